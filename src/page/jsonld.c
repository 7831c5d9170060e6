/* The article that a page describes in JSON-LD. */
#include <jansson.h>

#include "internal.h"

#define DEPTH_MAX 12 /* graphs in arrays in graphs: real pages stay below six */

#define RANK_ARTICLE 3
#define RANK_PAGE 20
#define RANK_CREATED 20 /* more, for a date that is not that of publication */
#define RANK_MODIFIED 74
#define RANK_NO_PERSON 30 /* more, for an author that is an organisation */

static struct dw_str string_of(struct page_work *work, const json_t *value)
{
    if (!json_is_string(value))
        return (struct dw_str){"", 0};
    struct dw_str s = {json_string_value(value), json_string_length(value)};
    return dw_str_dup(work->arena, s);
}

/* "NewsArticle", "BlogPosting", …: things with a story; 0 for what is none. */
static int rank_of_type(struct dw_str type)
{
    if (dw_str_ends(type, DW_STR("Article")) || dw_str_ends(type, DW_STR("Posting")) ||
        dw_str_eq(type, DW_STR("Report")) || dw_str_eq(type, DW_STR("Review")))
        return RANK_ARTICLE;
    return dw_str_ends(type, DW_STR("WebPage")) ? RANK_PAGE : 0;
}

static int rank_of(struct page_work *work, const json_t *object)
{
    const json_t *type = json_object_get(object, "@type");
    if (json_is_string(type))
        return rank_of_type(string_of(work, type));
    int best = 0;
    for (size_t i = 0; json_is_array(type) && i < json_array_size(type); i++) {
        int rank = rank_of_type(string_of(work, json_array_get(type, i)));
        if (rank != 0 && (best == 0 || rank < best))
            best = rank;
    }
    return best;
}

/* Whether it names no person: as an author it is believed less than a name on the page. */
static bool is_organization(struct page_work *work, const json_t *value)
{
    if (json_is_array(value) && json_array_size(value) == 1)
        value = json_array_get(value, 0);
    return dw_str_ends(string_of(work, json_object_get(value, "@type")), DW_STR("Organization"));
}

/* A name: of a person or organisation, or of several with commas between. */
static struct dw_str names_of(struct page_work *work, const json_t *value)
{
    if (json_is_object(value))
        return names_of(work, json_object_get(value, "name"));
    if (!json_is_array(value))
        return string_of(work, value);
    struct dw_strs names = {0};
    for (size_t i = 0; i < json_array_size(value) && i < 20; i++) {
        const json_t *item = json_array_get(value, i);
        struct dw_str name =
            string_of(work, json_is_object(item) ? json_object_get(item, "name") : item);
        if (name.len > 0 && !dw_strs_has(&names, name) && !dw_strs_push(work->arena, &names, name))
            break;
    }
    return dw_strs_join(work->arena, &names, DW_STR(", "));
}

#define UPDATES_MOST 500

/* The parts of a report that goes on: headline and text of each, a blank line between. */
static void read_updates(struct page_work *work, const json_t *updates)
{
    struct dw_strs parts = {0};
    for (size_t i = 0; i < json_array_size(updates) && i < UPDATES_MOST; i++) {
        const json_t *update = json_array_get(updates, i);
        const char *const names[] = {"headline", "articleBody"};
        for (size_t n = 0; n < 2; n++) {
            struct dw_str part = string_of(work, json_object_get(update, names[n]));
            if (part.len > 0 && !dw_strs_push(work->arena, &parts, part))
                return;
        }
    }
    struct dw_str all = dw_strs_join(work->arena, &parts, DW_STR("\n\n"));
    if (all.len > work->story.len && all.len <= DW_LIMIT_ARTICLE_BYTES)
        work->story = all;
    work->live = true;
}

static bool is_no(const json_t *value)
{
    return json_is_false(value) ||
           (json_is_string(value) &&
            dw_str_eq_nocase(dw_str_from_c(json_string_value(value)), DW_STR("false")));
}

static void read_article(struct page_work *work, const json_t *object, int rank)
{
    page_offer(work, PAGE_TITLE, string_of(work, json_object_get(object, "headline")), rank);
    const json_t *author = json_object_get(object, "author");
    page_offer(work, PAGE_BYLINE, names_of(work, author),
               is_organization(work, author) ? rank + RANK_NO_PERSON : rank);
    page_offer(work, PAGE_SITE, names_of(work, json_object_get(object, "publisher")), rank + 5);
    page_offer(work, PAGE_PUBLISHED, string_of(work, json_object_get(object, "datePublished")),
               rank);
    page_offer(work, PAGE_PUBLISHED, string_of(work, json_object_get(object, "dateCreated")),
               rank + RANK_CREATED);
    page_offer(work, PAGE_PUBLISHED, string_of(work, json_object_get(object, "dateModified")),
               rank + RANK_MODIFIED);
    page_offer(work, PAGE_LANGUAGE, string_of(work, json_object_get(object, "inLanguage")),
               rank + 5);
    work->not_free = work->not_free || is_no(json_object_get(object, "isAccessibleForFree"));
    if (json_is_array(json_object_get(object, "liveBlogUpdate")))
        read_updates(work, json_object_get(object, "liveBlogUpdate"));
    struct dw_str body = string_of(work, json_object_get(object, "articleBody"));
    if (body.len > work->story.len && body.len <= DW_LIMIT_ARTICLE_BYTES)
        work->story = body;
}

/* Recursion is bounded by DEPTH_MAX. */
static void walk(struct page_work *work, const json_t *value, int depth)
{
    if (depth > DEPTH_MAX)
        return;
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++)
            walk(work, json_array_get(value, i), depth + 1);
        return;
    }
    if (!json_is_object(value))
        return;
    int rank = rank_of(work, value);
    if (rank != 0)
        read_article(work, value, rank);
    walk(work, json_object_get(value, "@graph"), depth + 1);
    walk(work, json_object_get(value, "mainEntity"), depth + 1);
}

/* Faults that real blocks have, mended: line ends within strings, commas before a closing bracket.
 * A copy in the arena; NULL without memory. */
static char *mend(struct dw_arena *arena, struct dw_str json)
{
    char *copy = dw_arena_array(arena, json.len + 1, 1);
    size_t last = SIZE_MAX; /* the last byte that is no white space */
    for (size_t i = 0; copy != NULL && i < json.len; i++) {
        copy[i] = (unsigned char)json.at[i] < ' ' ? ' ' : json.at[i];
        if ((copy[i] == '}' || copy[i] == ']') && last != SIZE_MAX && copy[last] == ',')
            copy[last] = ' ';
        last = copy[i] == ' ' ? last : i;
    }
    return copy;
}

/* Without the comment that hides the block from old browsers. */
static struct dw_str without_comment(struct dw_str json)
{
    static const struct dw_str openings[] = {DW_STR_INIT("<!--"), DW_STR_INIT("//<![CDATA["),
                                             DW_STR_INIT("/*<![CDATA[*/"),
                                             DW_STR_INIT("<![CDATA[")};
    json = dw_str_trim(json);
    for (size_t i = 0; i < sizeof openings / sizeof openings[0]; i++) {
        if (dw_str_starts(json, openings[i]))
            json = dw_str_trim(dw_str_slice(json, openings[i].len, json.len));
    }
    return json;
}

void page_read_jsonld(struct page_work *work, struct dw_str json)
{
    json = without_comment(json);
    json_t *root = json_loadb(json.at, json.len, JSON_DISABLE_EOF_CHECK, NULL);
    if (root == NULL) {
        char *mended = mend(work->arena, json);
        root = mended != NULL ? json_loadb(mended, json.len, JSON_DISABLE_EOF_CHECK, NULL) : NULL;
    }
    walk(work, root, 0);
    json_decref(root);
}
