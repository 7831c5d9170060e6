/* The article that a page describes in JSON-LD. */
#include <jansson.h>

#include "internal.h"

#define DEPTH_MAX 12 /* graphs in arrays in graphs: real pages stay below six */

#define RANK_ARTICLE 3
#define RANK_PAGE 20

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

static void read_article(struct page_work *work, const json_t *object, int rank)
{
    page_offer(work, PAGE_TITLE, string_of(work, json_object_get(object, "headline")), rank);
    page_offer(work, PAGE_BYLINE, names_of(work, json_object_get(object, "author")), rank);
    page_offer(work, PAGE_SITE, names_of(work, json_object_get(object, "publisher")), rank + 5);
    page_offer(work, PAGE_PUBLISHED, string_of(work, json_object_get(object, "datePublished")),
               rank);
    page_offer(work, PAGE_LANGUAGE, string_of(work, json_object_get(object, "inLanguage")),
               rank + 5);
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

void page_read_jsonld(struct page_work *work, struct dw_str json)
{
    json = dw_str_trim(json);
    /* some pages still hide the block from old browsers */
    if (dw_str_starts(json, DW_STR("<!--")) || dw_str_starts(json, DW_STR("//<![CDATA["))) {
        size_t line = dw_str_find_char(json, '\n', 0);
        json = dw_str_slice(json, line == SIZE_MAX ? 0 : line + 1, json.len);
    }
    json_t *root = json_loadb(json.at, json.len, JSON_DISABLE_EOF_CHECK, NULL);
    walk(work, root, 0);
    json_decref(root);
}
