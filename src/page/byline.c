/* Names of authors out of what pages write around them. */
#include "internal.h"

#include <string.h>

#define LONGEST 120 /* bytes: more tells about the author */

bool page_has_fact_word(struct dw_str kind, struct dw_str word, int *points)
{
    for (size_t i = 0; i < page_facts.len; i++) {
        const struct dw_tsv_row *row = &page_facts.rows[i];
        struct dw_str pattern = row->cell[1];
        int64_t number = 0;
        if (!dw_str_eq(row->cell[0], kind) || !dw_str_to_int(row->cell[2], &number))
            continue;
        bool any = dw_str_ends(pattern, DW_STR("*"));
        bool fits = any ? dw_str_starts_nocase(word, dw_str_slice(pattern, 0, pattern.len - 1))
                        : dw_str_eq_nocase(pattern, word);
        if (fits) {
            *points = (int)number;
            return true;
        }
    }
    return false;
}

static bool is_word_byte(char c)
{
    return dw_is_alpha(c) || dw_is_digit(c) || (unsigned char)c >= 0x80;
}

/* Takes the longest label off the front ("by", "Ein Artikel von:"); false if there is none. */
static bool take_label(struct dw_str *s)
{
    size_t longest = 0;
    for (size_t i = 0; i < page_facts.len; i++) {
        struct dw_str label = page_facts.rows[i].cell[1];
        if (dw_str_eq(page_facts.rows[i].cell[0], DW_STR("byline-label")) && label.len > longest &&
            dw_str_starts_nocase(*s, label) &&
            (s->len == label.len || !is_word_byte(s->at[label.len])))
            longest = label.len;
    }
    if (longest == 0)
        return false;
    struct dw_str rest = dw_str_trim(dw_str_slice(*s, longest, s->len));
    bool colon = dw_str_starts(rest, DW_STR(":"));
    *s = dw_str_trim(dw_str_slice(rest, colon, rest.len));
    return true;
}

/* Cuts at the first thing that ends names: a sign, a date, a word like "on". */
static struct dw_str cut(struct dw_str s)
{
    struct page_date date;
    if (page_find_date(s, false, &date))
        s = dw_str_slice(s, 0, date.from);
    for (size_t i = 0; i < page_facts.len; i++) {
        if (!dw_str_eq(page_facts.rows[i].cell[0], DW_STR("byline-end")))
            continue;
        size_t at = dw_str_find_nocase(s, page_facts.rows[i].cell[1], 0);
        if (at != SIZE_MAX && at > 0)
            s = dw_str_slice(s, 0, at);
    }
    return s;
}

static struct dw_str trim_signs(struct dw_str s)
{
    static const struct dw_str signs = DW_STR_INIT(" ,:;|/-\"*\t\n");
    while (s.len > 0 && dw_str_find_char(signs, s.at[0], 0) != SIZE_MAX)
        s = dw_str_slice(s, 1, s.len);
    while (s.len > 0 && dw_str_find_char(signs, s.at[s.len - 1], 0) != SIZE_MAX)
        s = dw_str_slice(s, 0, s.len - 1);
    return s;
}

/* "Ann Lee Ann Lee": the same twice. */
static struct dw_str without_echo(struct dw_str s)
{
    for (size_t half = s.len / 2; half > 2 && half + 3 > s.len / 2; half--) {
        struct dw_str first = trim_signs(dw_str_slice(s, 0, half));
        struct dw_str second = trim_signs(dw_str_slice(s, half, s.len));
        if (dw_str_eq(first, second))
            return first;
    }
    return s;
}

/* Whether it can be names: few words, hardly a digit, no address. */
static bool is_name(struct dw_str s)
{
    size_t words = 1;
    size_t digits = 0;
    int points;
    for (size_t i = 0; i < s.len; i++) {
        words += s.at[i] == ' ';
        digits += dw_is_digit(s.at[i]);
    }
    return s.len > 1 && s.len <= LONGEST && words <= 14 && digits * 3 <= s.len &&
           dw_str_find(s, DW_STR("://"), 0) == SIZE_MAX &&
           dw_str_find(s, DW_STR("www."), 0) == SIZE_MAX &&
           !page_has_fact_word(DW_STR("nobody"), s, &points);
}

bool page_clean_byline(struct page_work *work, struct dw_str raw, bool *labelled,
                       struct dw_str *name)
{
    struct dw_str s = dw_html_looks_like(raw) ? dw_html_to_text(work->arena, raw) : raw;
    size_t line = dw_str_find_char(dw_str_trim(s), '\n', 0);
    s = dw_str_slice(dw_str_trim(s), 0, line);
    s = trim_signs(dw_text_clean(work->arena, s, DW_CLEAN_LINE));
    *labelled = false;
    while (take_label(&s))
        *labelled = true;
    s = without_echo(trim_signs(cut(s)));
    *name = s;
    return is_name(s);
}

bool page_is_author(const struct page_work *work, struct dw_str value)
{
    int points;
    return dw_str_find(value, DW_STR("://"), 0) == SIZE_MAX &&
           !page_has_fact_word(DW_STR("nobody"), value, &points) &&
           !dw_str_eq_nocase(value, work->found[PAGE_SITE]);
}
