/* What the names that a page gives to its elements say of their content. */
#include "internal.h"

/* word (a * at its end: any word that begins so), hint; tags and roles as "<nav>", "@banner" */
extern const struct dw_tsv page_words;

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

static bool matches(struct dw_str pattern, struct dw_str word)
{
    if (dw_to_lower(word.at[0]) != pattern.at[0])
        return false;
    if (!dw_str_ends(pattern, DW_STR("*")))
        return dw_str_eq_nocase(pattern, word);
    return dw_str_starts_nocase(word, dw_str_slice(pattern, 0, pattern.len - 1));
}

static enum page_hint hint_of_word(struct dw_str word)
{
    for (size_t i = 0; word.len > 0 && i < page_words.len; i++) {
        if (matches(page_words.rows[i].cell[0], word))
            return hint_of_row(&page_words.rows[i]);
    }
    return PAGE_HINT_NONE;
}

static enum page_hint stronger(enum page_hint a, enum page_hint b)
{
    return a > b ? a : b;
}

static bool is_letter(char c)
{
    return dw_is_alpha(c) || dw_is_digit(c);
}

/* "has-sidebar", "no-comments", "category-tools": said of what is around or of the subject. */
static bool tells_of_others(struct dw_str name)
{
    static const struct dw_str prefixes[] = {
        DW_STR_INIT("has-"), DW_STR_INIT("with-"), DW_STR_INIT("no-"),
        DW_STR_INIT("is-"),  DW_STR_INIT("tag-"),  DW_STR_INIT("category-"),
    };
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        if (dw_str_starts_nocase(name, prefixes[i]))
            return true;
    }
    return false;
}

/* The words of one name: "related-posts", "RelatedPosts", "related_posts". */
static enum page_hint hint_of_words(struct dw_str name)
{
    enum page_hint hint = PAGE_HINT_NONE;
    for (size_t i = 0; i < name.len;) {
        size_t from = i;
        while (i < name.len && is_letter(name.at[i]) &&
               !(i > from && dw_is_upper(name.at[i]) && dw_is_lower(name.at[i - 1])))
            i++;
        hint = stronger(hint, hint_of_word(dw_str_slice(name, from, i)));
        if (i < name.len && !is_letter(name.at[i]))
            i++;
    }
    return hint;
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
        hint = stronger(hint, stronger(hint_of_word(name), hint_of_words(name)));
    }
    return hint;
}

enum page_hint page_hint_of(struct page_work *work, const xmlNode *node)
{
    struct dw_str tag = page_tag(node);
    if (tag.len == 0 || dw_str_eq(tag, DW_STR("html")) || dw_str_eq(tag, DW_STR("body")))
        return PAGE_HINT_NONE;
    struct dw_scratch scratch = dw_scratch_begin(work->arena);
    enum page_hint hint = hint_of_word(dw_str_format(work->arena, "<%.*s>", DW_FMT(tag)));
    struct dw_str role = page_attribute(work, node, "role");
    if (role.len > 0)
        hint = stronger(hint, hint_of_word(dw_str_format(work->arena, "@%.*s", DW_FMT(role))));
    hint = stronger(hint, hint_of_names(page_attribute(work, node, "class")));
    hint = stronger(hint, hint_of_names(page_attribute(work, node, "id")));
    if (hint < PAGE_HINT_ASIDE &&
        dw_str_eq_nocase(page_attribute(work, node, "itemprop"), DW_STR("articleBody")))
        hint = PAGE_HINT_STORY;
    if (dw_str_eq(page_attribute(work, node, "aria-hidden"), DW_STR("true")))
        hint = stronger(hint, PAGE_HINT_ASIDE);
    dw_scratch_end(scratch);
    /* what the page itself marks as an article is believed against vague names */
    bool is_article = dw_str_eq(tag, DW_STR("article")) || dw_str_eq(tag, DW_STR("main"));
    return is_article && hint == PAGE_HINT_ASIDE ? PAGE_HINT_NONE : hint;
}
