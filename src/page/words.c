/* What the names that a page gives to its elements say of their content. */
#include "internal.h"

#include <pthread.h>

/* word (a * at its end: any word that begins so), hint; tags and roles as "<nav>", "@banner" */
extern const struct dw_tsv page_words;

#define FIRST_BYTES 128 /* rows are found by their first byte */
#define MOST_ROWS 512

/* Rows of the table in the order of their first bytes, and the hint of each: made once, asked for
 * each name. */
static struct {
    uint16_t from[FIRST_BYTES + 1];
    uint16_t order[MOST_ROWS];
    enum page_hint hints[MOST_ROWS];
} rows;
static pthread_once_t rows_once = PTHREAD_ONCE_INIT;

static enum page_hint hint_of_row(const struct dw_tsv_row *row)
{
    static const struct {
        struct dw_str name;
        enum page_hint hint;
    } hints[] = {
        {DW_STR_INIT("story"), PAGE_HINT_STORY},
        {DW_STR_INIT("aside"), PAGE_HINT_ASIDE},
        {DW_STR_INIT("foreign"), PAGE_HINT_FOREIGN},
    };
    for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++) {
        if (dw_str_eq(row->cell[1], hints[i].name))
            return hints[i].hint;
    }
    return PAGE_HINT_NONE;
}

static void index_rows(void)
{
    uint16_t count = 0;
    for (unsigned byte = 0; byte < FIRST_BYTES; byte++) {
        rows.from[byte] = count;
        for (size_t i = 0; i < page_words.len && i < MOST_ROWS; i++) {
            if ((unsigned char)page_words.rows[i].cell[0].at[0] != byte)
                continue;
            rows.hints[count] = hint_of_row(&page_words.rows[i]);
            rows.order[count++] = (uint16_t)i;
        }
    }
    rows.from[FIRST_BYTES] = count;
}

static bool matches(struct dw_str pattern, struct dw_str word)
{
    if (pattern.at[pattern.len - 1] != '*')
        return pattern.len == word.len && dw_str_eq_nocase(pattern, word);
    return pattern.len <= word.len + 1 &&
           dw_str_starts_nocase(word, dw_str_slice(pattern, 0, pattern.len - 1));
}

static enum page_hint stronger(enum page_hint a, enum page_hint b)
{
    return a > b ? a : b;
}

/* The hint of a word behind a sign ('<' for tags, '@' for roles), or of a plain one ('\0'). */
static enum page_hint hint_of_word(char sign, struct dw_str word)
{
    enum page_hint hint = PAGE_HINT_NONE;
    if (word.len == 0)
        return hint;
    pthread_once(&rows_once, index_rows);
    unsigned first = (unsigned char)(sign != '\0' ? sign : dw_to_lower(word.at[0]));
    if (first >= FIRST_BYTES)
        return hint;
    for (unsigned i = rows.from[first]; i < rows.from[first + 1]; i++) {
        struct dw_str pattern = page_words.rows[rows.order[i]].cell[0];
        if (sign != '\0')
            pattern = dw_str_slice(pattern, 1, pattern.len - (sign == '<'));
        if (matches(pattern, word))
            hint = stronger(hint, rows.hints[i]);
    }
    return hint;
}

static bool is_letter(char c)
{
    return dw_is_alpha(c) || dw_is_digit(c);
}

/* "has-sidebar", "no-comments", "category-tools": said of what is around or of the subject. */
static bool tells_of_others(struct dw_str name)
{
    enum { LONGEST_PREFIX = 9 };
    static const struct dw_str prefixes[] = {
        DW_STR_INIT("has-"), DW_STR_INIT("with-"), DW_STR_INIT("no-"),
        DW_STR_INIT("is-"),  DW_STR_INIT("tag-"),  DW_STR_INIT("category-"),
    };
    if (dw_str_find_char(dw_str_slice(name, 0, LONGEST_PREFIX), '-', 0) == SIZE_MAX)
        return false;
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        if (dw_str_starts_nocase(name, prefixes[i]))
            return true;
    }
    return false;
}

/* The words of one name: "related-posts", "RelatedPosts", "related_posts". */
static void each_word_of_name(struct dw_str name, page_word_fn call, void *context)
{
    for (size_t i = 0; i < name.len;) {
        size_t from = i;
        while (i < name.len && is_letter(name.at[i]) &&
               !(i > from && dw_is_upper(name.at[i]) && dw_is_lower(name.at[i - 1])))
            i++;
        if (i > from)
            call(context, dw_str_slice(name, from, i));
        if (i < name.len && !is_letter(name.at[i]))
            i++;
    }
}

void page_each_word(const struct page_names *names, page_word_fn call, void *context)
{
    struct dw_str lists[] = {names->classes, names->id};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        struct dw_str name;
        while (lists[i].len > 0 && dw_str_split(&lists[i], ' ', &name)) {
            name = dw_str_trim(name);
            if (!tells_of_others(name))
                each_word_of_name(name, call, context);
        }
    }
}

static void take_hint(void *context, struct dw_str word)
{
    enum page_hint *hint = context;
    *hint = stronger(*hint, hint_of_word('\0', word));
}

/* Lower-case letters alone: its only word is itself. */
static bool is_one_word(struct dw_str name)
{
    size_t i = 0;
    while (i < name.len && (dw_is_lower(name.at[i]) || dw_is_digit(name.at[i])))
        i++;
    return i == name.len;
}

/* Each name of a class or id, as a whole and by its words. */
static enum page_hint hint_of_names(struct dw_str names)
{
    enum page_hint hint = PAGE_HINT_NONE;
    struct dw_str name;
    while (names.len > 0 && dw_str_split(&names, ' ', &name)) {
        name = dw_str_trim(name);
        if (tells_of_others(name))
            continue;
        if (!is_one_word(name))
            hint = stronger(hint, hint_of_word('\0', name));
        each_word_of_name(name, take_hint, &hint);
    }
    return hint;
}

enum page_hint page_hint_of(const struct page_names *names)
{
    struct dw_str tag = names->tag;
    if (tag.len == 0 || dw_str_eq(tag, DW_STR("html")) || dw_str_eq(tag, DW_STR("body")))
        return PAGE_HINT_NONE;
    enum page_hint hint = hint_of_word('<', tag);
    hint = stronger(hint, hint_of_word('@', names->role));
    hint = stronger(hint, hint_of_names(names->classes));
    hint = stronger(hint, hint_of_names(names->id));
    if (hint < PAGE_HINT_ASIDE && page_has_word(names->itemprop, DW_STR("articleBody")))
        hint = PAGE_HINT_STORY;
    if (names->aria_hidden)
        hint = stronger(hint, PAGE_HINT_ASIDE);
    /* what the page itself marks as an article is believed against vague names */
    bool is_article = dw_str_eq(tag, DW_STR("article")) || dw_str_eq(tag, DW_STR("main"));
    return is_article && hint == PAGE_HINT_ASIDE ? PAGE_HINT_NONE : hint;
}

static bool style_hides(struct dw_str style)
{
    size_t at = dw_str_find_nocase(style, DW_STR("display"), 0);
    return at != SIZE_MAX && dw_str_find_nocase(style, DW_STR("none"), at) != SIZE_MAX;
}

void page_read_names(struct page_work *work, const xmlNode *node, struct page_names *names)
{
    *names = (struct page_names){.tag = page_tag(node)};
    for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
        struct dw_str name = dw_str_from_c((const char *)a->name);
        if (dw_str_eq(name, DW_STR("class")))
            names->classes = page_value(work, a);
        else if (dw_str_eq(name, DW_STR("id")))
            names->id = page_value(work, a);
        else if (dw_str_eq(name, DW_STR("role")))
            names->role = page_value(work, a);
        else if (dw_str_eq(name, DW_STR("itemprop")))
            names->itemprop = page_value(work, a);
        else if (dw_str_eq(name, DW_STR("rel")))
            names->rel = page_value(work, a);
        else if (dw_str_eq(name, DW_STR("hidden")))
            names->hidden = true;
        else if (dw_str_eq(name, DW_STR("style")))
            names->hidden = names->hidden || style_hides(page_value(work, a));
        else if (dw_str_eq(name, DW_STR("aria-hidden")))
            names->aria_hidden = dw_str_eq(page_value(work, a), DW_STR("true"));
    }
}
