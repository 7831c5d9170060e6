/* Parties of two figures compared by name. */
#include "internal.h"

extern const struct dw_tsv event_suffixes;

bool dw_party_is_named(struct dw_str party)
{
    while (party.len > 0) {
        uint32_t c = dw_utf8_next(&party);
        /* names in scripts without case count as names */
        if (dw_is_wide_upper(c) || (c >= 0x2E80 && dw_is_wide_letter(c)))
            return true;
    }
    return false;
}

/* The last word of a name, without what closes it; `from` is where it starts. */
static struct dw_str last_word(struct dw_str name, size_t *from)
{
    size_t end = name.len;
    while (end > 0 && (name.at[end - 1] == '.' || name.at[end - 1] == ','))
        end--;
    *from = end;
    while (*from > 0 && name.at[*from - 1] != ' ')
        --*from;
    return dw_str_slice(name, *from, end);
}

static bool is_suffix(struct dw_str word)
{
    for (size_t i = 0; i < event_suffixes.len; i++) {
        if (dw_str_eq_nocase(word, event_suffixes.rows[i].cell[0]))
            return true;
    }
    return false;
}

struct dw_str dw_party_core(struct dw_str name)
{
    name = dw_str_trim(name);
    if (dw_str_starts_nocase(name, DW_STR("the ")))
        name = dw_str_trim(dw_str_slice(name, 4, name.len));
    for (;;) {
        size_t from;
        struct dw_str word = last_word(name, &from);
        struct dw_str before = dw_str_trim(dw_str_slice(name, 0, from));
        if (before.len == 0 || !is_suffix(word))
            return dw_str_slice(name, 0, from + word.len);
        name = before;
    }
}

static bool is_ascii(struct dw_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.at[i] >= 0x80)
            return false;
    }
    return true;
}

bool dw_party_same(struct dw_arena *scratch, struct dw_str a, struct dw_str b)
{
    if (dw_str_eq_nocase(a, b))
        return true;
    a = dw_party_core(a);
    b = dw_party_core(b);
    if (is_ascii(a) && is_ascii(b))
        return dw_str_eq_nocase(a, b);
    struct dw_scratch mark = dw_scratch_begin(scratch);
    bool same = dw_str_eq(dw_utf8_fold(scratch, a), dw_utf8_fold(scratch, b));
    dw_scratch_end(mark);
    return same;
}

static bool names_somebody(const struct dw_strs *parties)
{
    for (size_t i = 0; i < parties->len; i++) {
        if (dw_party_is_named(parties->at[i]))
            return true;
    }
    return false;
}

/* Shorter names are too often the beginning of somebody else's. */
#define SHORT_FORM_BYTES 5

bool dw_party_alike(struct dw_str a, struct dw_str b)
{
    a = dw_party_core(a);
    b = dw_party_core(b);
    struct dw_str brief = a.len < b.len ? a : b;
    struct dw_str full = a.len < b.len ? b : a;
    return brief.len >= SHORT_FORM_BYTES && full.len > brief.len && full.at[brief.len] == ' ' &&
           dw_str_starts_nocase(full, brief);
}

enum dw_party_fit dw_party_compare(struct dw_arena *scratch, const struct dw_strs *a,
                                   const struct dw_strs *b, struct dw_str *shared)
{
    enum dw_party_fit fit =
        names_somebody(a) && names_somebody(b) ? DW_PARTY_CONTRARY : DW_PARTY_OPEN;
    for (size_t i = 0; i < a->len; i++) {
        for (size_t j = 0; dw_party_is_named(a->at[i]) && j < b->len; j++) {
            bool same = dw_party_same(scratch, a->at[i], b->at[j]);
            if (!same && (fit == DW_PARTY_ALIKE || !dw_party_is_named(b->at[j]) ||
                          !dw_party_alike(a->at[i], b->at[j])))
                continue;
            if (shared != NULL)
                *shared = a->at[i];
            if (same)
                return DW_PARTY_SHARED;
            fit = DW_PARTY_ALIKE;
        }
    }
    return fit;
}

size_t dw_party_count_common(struct dw_arena *scratch, const struct dw_strs *a,
                             const struct dw_strs *b)
{
    size_t common = 0;
    for (size_t i = 0; i < a->len; i++) {
        bool found = false;
        for (size_t j = 0; j < b->len && !found; j++)
            found = dw_party_same(scratch, a->at[i], b->at[j]);
        common += found;
    }
    return common;
}
