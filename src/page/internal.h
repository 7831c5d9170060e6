/* What the files of page share: the page being read, what is known of its elements. */
#ifndef PAGE_INTERNAL_H
#define PAGE_INTERNAL_H

#include <libxml/HTMLparser.h>

#include "base/base.h"
#include "page/page.h"
#include "text/text.h"

/* What a page says of itself, each by many ways. */
enum page_field {
    PAGE_TITLE,
    PAGE_BYLINE,
    PAGE_SITE,
    PAGE_PUBLISHED,
    PAGE_LANGUAGE,
    PAGE_CANONICAL,
    PAGE_FIELD_COUNT
};

/* Measures of an element and all in it. Bytes of text without white space at the edges. */
struct page_stats {
    uint32_t text;
    uint32_t links; /* of it inside links */
    uint32_t prose; /* of it in runs that read like sentences */
    uint32_t runs;  /* how many of those runs */
    bool dropped;   /* no part of the story */
};

struct page_work {
    struct dw_arena *arena;
    struct dw_str url; /* of the page; may be empty */
    xmlDoc *doc;
    xmlNode *body;
    struct dw_str found[PAGE_FIELD_COUNT]; /* raw values */
    int rank[PAGE_FIELD_COUNT];            /* of each: the smaller, the better; 0: none yet */
    struct dw_strs headings;               /* of the first level, clean */
    struct dw_str story;                   /* the body of the article as JSON-LD tells it */
    size_t scripts;                        /* JSON-LD blocks read */
};

/* Offers a value for a field; kept if it is the best so far, the first of equals. Dates that name
 * no instant and addresses in place of a name are refused. */
void page_offer(struct page_work *work, enum page_field field, struct dw_str value, int rank);
/* An attribute's value, empty if it is not there. Valid as long as the tree, or in the arena. */
struct dw_str page_attribute(struct page_work *work, const xmlNode *node, const char *name);
struct dw_str page_tag(const xmlNode *node);
/* The next node in document order within `top`; NULL at the end. `into`: also below `node`. */
const xmlNode *page_next(const xmlNode *node, const xmlNode *top, bool into);

/* Meta tags, links, headings, times (meta.c). */
void page_read_meta(struct page_work *work);
/* One block of JSON-LD (jsonld.c). */
void page_read_jsonld(struct page_work *work, struct dw_str json);

/* What class, id, role and tag say of an element (words.c). */
enum page_hint {
    PAGE_HINT_NONE,
    PAGE_HINT_STORY,  /* it holds the story */
    PAGE_HINT_ASIDE,  /* it may be no part of the story */
    PAGE_HINT_FOREIGN /* it is surely none: comments, other stories */
};
enum page_hint page_hint_of(struct page_work *work, const xmlNode *node);

/* Measures the body's elements (stats.c). False: out of memory. */
bool page_measure(struct page_work *work) DW_MUST_CHECK;
const struct page_stats *page_stats_of(const xmlNode *node);
/* The text of the story (content.c). `title` is left out where it stands as a heading. */
struct dw_str page_content(struct page_work *work, struct dw_str title);

#endif
