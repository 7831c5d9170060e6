/* Tags of HTML: what each does to the text around it, and whether a text has any. */
#include <pthread.h>

#include "html-writer.h"

extern const struct dw_tsv text_tags;

#define SLOTS 512 /* twice the tags and a power of two, so that a search ends soon */

/* The table of tags by their hash, made once: a page asks thousands of times. */
static struct {
    struct dw_str name;
    uint32_t hash; /* 0: free */
    enum tag_role role;
} slots[SLOTS];
static pthread_once_t slots_once = PTHREAD_ONCE_INIT;

static enum tag_role role_of_row(const struct dw_tsv_row *row)
{
    static const struct {
        struct dw_str name;
        enum tag_role role;
    } roles[] = {
        {DW_STR_INIT("inline"), TAG_INLINE}, {DW_STR_INIT("block"), TAG_BLOCK},
        {DW_STR_INIT("line"), TAG_LINE},     {DW_STR_INIT("item"), TAG_ITEM},
        {DW_STR_INIT("cell"), TAG_CELL},     {DW_STR_INIT("break"), TAG_BREAK},
        {DW_STR_INIT("pre"), TAG_PRE},       {DW_STR_INIT("skip"), TAG_SKIP},
        {DW_STR_INIT("void"), TAG_VOID},     {DW_STR_INIT("list"), TAG_LIST},
    };
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        if (dw_str_eq(row->cell[1], roles[i].name))
            return roles[i].role;
    }
    return TAG_UNKNOWN;
}

static void fill_slots(void)
{
    for (size_t i = 0; i < text_tags.len && i < SLOTS / 2; i++) {
        const struct dw_tsv_row *row = &text_tags.rows[i];
        uint32_t hash = dw_word_hash(row->cell[0]);
        size_t at = hash % SLOTS;
        while (slots[at].hash != 0)
            at = (at + 1) % SLOTS;
        slots[at].name = row->cell[0];
        slots[at].hash = hash;
        slots[at].role = role_of_row(row);
    }
}

enum tag_role html_tag_role(struct dw_str name)
{
    uint32_t hash = dw_word_hash(name);
    pthread_once(&slots_once, fill_slots);
    for (size_t at = hash % SLOTS; slots[at].hash != 0; at = (at + 1) % SLOTS) {
        if (slots[at].hash == hash && dw_str_eq_nocase(slots[at].name, name))
            return slots[at].role;
    }
    return TAG_UNKNOWN;
}

bool dw_html_is_inline(struct dw_str tag)
{
    enum tag_role role = html_tag_role(tag);
    return role == TAG_INLINE || role == TAG_UNKNOWN || role == TAG_BREAK;
}

bool dw_html_is_skipped(struct dw_str tag)
{
    enum tag_role role = html_tag_role(tag);
    return role == TAG_SKIP || role == TAG_VOID;
}

bool html_style_hides(struct dw_str style)
{
    size_t at = dw_str_find_nocase(style, DW_STR("display"), 0);
    return at != SIZE_MAX && dw_str_find_nocase(style, DW_STR("none"), at) != SIZE_MAX;
}

/* Whether a known tag or a comment begins at a '<'. */
static bool is_tag(struct dw_str s, size_t at)
{
    size_t from = at + 1 < s.len && s.at[at + 1] == '/' ? at + 2 : at + 1;
    size_t to = from;
    while (to < s.len && (dw_is_alpha(s.at[to]) || dw_is_digit(s.at[to])))
        to++;
    bool ends = to < s.len && (s.at[to] == '>' || s.at[to] == '/' || dw_is_space(s.at[to]));
    if (ends && html_tag_role(dw_str_slice(s, from, to)) != TAG_UNKNOWN)
        return true;
    return dw_str_starts(dw_str_slice(s, at, s.len), DW_STR("<!--"));
}

/* Whether a reference that somebody knows begins at an '&'. */
static bool is_reference(struct dw_str s, size_t at)
{
    enum { LONGEST = 32 };
    size_t end = at + 1;
    uint32_t points[2];
    while (end < s.len && end - at <= LONGEST &&
           (dw_is_alpha(s.at[end]) || dw_is_digit(s.at[end]) || s.at[end] == '#'))
        end++;
    struct dw_str name = dw_str_slice(s, at + 1, end);
    return end < s.len && s.at[end] == ';' && name.len > 0 &&
           (name.at[0] == '#' || dw_html_entity(name, points));
}

bool dw_html_looks_like(struct dw_str s)
{
    for (size_t i = dw_str_find_char(s, '<', 0); i != SIZE_MAX;
         i = dw_str_find_char(s, '<', i + 1)) {
        if (is_tag(s, i))
            return true;
    }
    for (size_t i = dw_str_find_char(s, '&', 0); i != SIZE_MAX;
         i = dw_str_find_char(s, '&', i + 1)) {
        if (is_reference(s, i))
            return true;
    }
    return false;
}
