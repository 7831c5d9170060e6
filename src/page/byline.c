/* Names of authors out of what pages write around them. */
#include "internal.h"

#include <pthread.h>

#define LONGEST 120 /* bytes: more tells about the author */

#define RANK_REL_AUTHOR 20
#define RANK_ITEMPROP_AUTHOR 22
#define RANK_NAMED_AUTHOR 26

#define MOST_KINDS 16

/* Rows of one kind and the letters that they begin with, so that most words need no look at them.
 */
struct kind {
    struct dw_str name;
    size_t from, to;
    uint32_t letters; /* bit 31: others than a to z */
};

static struct kind fact_kinds[MOST_KINDS];
static size_t kind_count;
static pthread_once_t kinds_once = PTHREAD_ONCE_INIT;

static uint32_t letter_bit(char c)
{
    c = dw_to_lower(c);
    return dw_is_lower(c) ? (uint32_t)1 << (c - 'a') : (uint32_t)1 << 31;
}

/* Rows of one kind stand together in the table. */
static void index_kinds(void)
{
    for (size_t i = 0; i < page_facts.len; i++) {
        struct dw_str name = page_facts.rows[i].cell[0];
        bool is_new = kind_count == 0 || !dw_str_eq(fact_kinds[kind_count - 1].name, name);
        if (is_new && kind_count == MOST_KINDS)
            return;
        if (is_new)
            fact_kinds[kind_count++] = (struct kind){.name = name, .from = i};
        fact_kinds[kind_count - 1].to = i + 1;
        fact_kinds[kind_count - 1].letters |= letter_bit(page_facts.rows[i].cell[1].at[0]);
    }
}

static const struct kind *find_kind(struct dw_str name)
{
    pthread_once(&kinds_once, index_kinds);
    for (size_t i = 0; i < kind_count; i++) {
        if (dw_str_eq(fact_kinds[i].name, name))
            return &fact_kinds[i];
    }
    return NULL;
}

static bool fits(struct dw_str pattern, struct dw_str word)
{
    if (!dw_str_ends(pattern, DW_STR("*")))
        return dw_str_eq_nocase(pattern, word);
    return dw_str_starts_nocase(word, dw_str_slice(pattern, 0, pattern.len - 1));
}

bool page_has_fact_word(struct dw_str kind_name, struct dw_str word, int *points)
{
    const struct kind *kind = find_kind(kind_name);
    if (kind == NULL || word.len == 0 || (kind->letters & letter_bit(word.at[0])) == 0)
        return false;
    for (size_t i = kind->from; i < kind->to; i++) {
        const struct dw_tsv_row *row = &page_facts.rows[i];
        int64_t number = 0;
        if (fits(row->cell[1], word) && dw_str_to_int(row->cell[2], &number)) {
            *points = (int)number;
            return true;
        }
    }
    return false;
}

static void look_for_author(void *context, struct dw_str word)
{
    bool *named = context;
    int points;
    *named = *named || page_has_fact_word(DW_STR("byline-name"), word, &points);
}

uint8_t page_author_rank(const struct page_names *names)
{
    bool named = false;
    if (page_has_word(names->rel, DW_STR("author")))
        return RANK_REL_AUTHOR;
    if (page_has_word(names->itemprop, DW_STR("author")) ||
        page_has_word(names->itemprop, DW_STR("creator")))
        return RANK_ITEMPROP_AUTHOR;
    page_each_word(names, look_for_author, &named);
    return named ? RANK_NAMED_AUTHOR : 0;
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
