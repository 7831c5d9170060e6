/* The story of a page: which element holds it, and what in it is no part of it. */
#include "internal.h"

/* An element that calls itself the story is believed if it holds this share of the page's prose. */
#define STORY_SHARE 0.4
#define ARTICLE_SHARE 0.5
/* The container of the story is the innermost element with this share of what is around it. */
#define DESCENT_SHARE 0.9
/* What JSON-LD tells is taken where the page shows less than this share of it: behind a script. */
#define SHOWN_SHARE 0.5

/* The element with the most prose among those that `fits` accepts; NULL if there is none. */
static const xmlNode *find_largest(struct page_work *work,
                                   bool (*fits)(struct page_work *, const xmlNode *))
{
    const xmlNode *best = NULL;
    bool into = true;
    for (const xmlNode *node = work->body; node != NULL; node = page_next(node, work->body, into)) {
        const struct page_stats *stats = page_stats_of(node);
        into = node->type == XML_ELEMENT_NODE && !stats->dropped && stats->text > 0;
        if (into && fits(work, node) && (best == NULL || stats->prose > page_stats_of(best)->prose))
            best = node;
    }
    return best;
}

static bool is_story(struct page_work *work, const xmlNode *node)
{
    return page_hint_of(work, node) == PAGE_HINT_STORY;
}

static bool is_article(struct page_work *work, const xmlNode *node)
{
    (void)work;
    struct dw_str tag = page_tag(node);
    return dw_str_eq(tag, DW_STR("article")) || dw_str_eq(tag, DW_STR("main"));
}

/* Down from `node` as long as one child holds nearly all of its prose. */
static const xmlNode *descend(const xmlNode *node)
{
    for (;;) {
        const xmlNode *next = NULL;
        for (const xmlNode *child = node->children; child != NULL; child = child->next) {
            if (child->type != XML_ELEMENT_NODE || page_stats_of(child)->dropped)
                continue;
            if ((double)page_stats_of(child)->prose >=
                DESCENT_SHARE * (double)page_stats_of(node)->prose)
                next = child;
        }
        if (next == NULL || page_stats_of(next)->runs < 2)
            return node;
        node = next;
    }
}

static const xmlNode *find_story(struct page_work *work)
{
    double prose = (double)page_stats_of(work->body)->prose;
    const xmlNode *story = find_largest(work, is_story);
    if (story != NULL && (double)page_stats_of(story)->prose > STORY_SHARE * prose)
        return story;
    const xmlNode *article = find_largest(work, is_article);
    if (article != NULL && (double)page_stats_of(article)->prose > ARTICLE_SHARE * prose)
        return descend(article);
    return descend(work->body);
}

static bool is_heading(struct dw_str tag)
{
    return tag.len == 2 && tag.at[0] == 'h' && dw_is_digit(tag.at[1]);
}

/* Headings that repeat the title. */
static bool repeats_title(const xmlNode *node, struct dw_str title)
{
    const xmlNode *text = node->children;
    while (text != NULL && text->type == XML_ELEMENT_NODE)
        text = text->children;
    if (text == NULL || text->type != XML_TEXT_NODE || title.len == 0)
        return false;
    struct dw_str own = dw_str_trim(dw_str_from_c((const char *)text->content));
    return dw_str_eq_nocase(own, title);
}

/* What stands inside the story's element, but is no part of it. `context` is the title. */
static bool is_left_out(const xmlNode *node, const void *context)
{
    const struct page_stats *stats = page_stats_of(node);
    const struct dw_str *title = context;
    struct dw_str tag = page_tag(node);
    if (stats->dropped)
        return true;
    if (is_heading(tag))
        return repeats_title(node, *title);
    if (dw_str_eq(tag, DW_STR("img")) || dw_str_eq(tag, DW_STR("figcaption")))
        return true;
    /* rows of links: related stories, tags, sharing */
    return !dw_html_is_inline(tag) && stats->prose == 0 && stats->links * 3 > stats->text * 2;
}

struct dw_str page_content(struct page_work *work, struct dw_str title)
{
    struct dw_str text = dw_html_node_to_text(work->arena, find_story(work), is_left_out, &title);
    struct dw_str told = work->story;
    if ((double)text.len >= SHOWN_SHARE * (double)told.len)
        return text;
    if (dw_html_looks_like(told))
        return dw_html_to_text(work->arena, told);
    return dw_text_clean(work->arena, told, DW_CLEAN_TEXT);
}
