/* What the files of page share: the page being read, what is known of its elements and blocks. */
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
    PAGE_SHOWN_BYLINE, /* that of the page's text alone */
    PAGE_SITE,
    PAGE_PUBLISHED,
    PAGE_LANGUAGE,
    PAGE_CANONICAL,
    PAGE_NEXT,
    PAGE_AMP,
    PAGE_PRINT,
    PAGE_FIELD_COUNT
};

/* What class, id, role and tag say of an element; the stronger, the larger (words.c). */
enum page_hint {
    PAGE_HINT_NONE,
    PAGE_HINT_STORY,  /* it holds the story */
    PAGE_HINT_ASIDE,  /* it may be no part of the story */
    PAGE_HINT_FOREIGN /* it is surely none: comments, other stories */
};

/* Where a word of a class or id stands, seen from a block: each place has weights of its own. */
enum page_place { PAGE_OWN, PAGE_NEAR, PAGE_FAR, PAGE_PLACE_COUNT };

#define PAGE_NO_ELEMENT UINT32_MAX

/* An element of the body that may show text, in document order: parents before children. Bytes of
 * text without white space at the edges; what is dropped counts in none of its ancestors. */
struct page_element {
    xmlNode *node;
    uint32_t parent; /* PAGE_NO_ELEMENT for the body */
    uint32_t text;
    uint32_t links;                  /* of it inside links */
    uint32_t prose;                  /* of it in blocks that read like sentences */
    uint32_t prose_near;             /* of that in blocks of its own or of its children */
    uint32_t blocks;                 /* within it, all */
    uint32_t first_block;            /* the first that ends behind its start */
    uint32_t kept;                   /* of them are part of the story */
    uint16_t depth;                  /* of the body: 0 */
    uint8_t hint;                    /* enum page_hint */
    uint8_t author;                  /* it holds the author: rank among bylines; 0: it does not */
    bool is_inline;                  /* stands within a line */
    bool dropped;                    /* no part of the story, by its names */
    float weights[PAGE_PLACE_COUNT]; /* of its names; that of PAGE_FAR with those of all above it */
};

/* A text node, or a line end. */
struct page_piece {
    xmlNode *text; /* NULL: a line end */
};

/* The text between two block borders. */
struct page_block {
    uint32_t element; /* the innermost around it that stands apart */
    uint32_t inner;   /* the innermost around its first word */
    uint32_t first;   /* pieces, from first to before last */
    uint32_t last;
    struct dw_str text; /* white space folded, not cleaned */
    uint32_t links;     /* bytes of it inside links */
    uint32_t words;
    bool kept;
};

struct page_work {
    struct dw_arena *arena;
    struct dw_str url; /* of the page; may be empty */
    xmlDoc *doc;
    xmlNode *body;
    struct dw_str found[PAGE_FIELD_COUNT]; /* raw values */
    int rank[PAGE_FIELD_COUNT];            /* of each: the smaller, the better; 0: none yet */
    struct dw_str story;                   /* the body of the article as JSON-LD tells it */
    size_t scripts;                        /* JSON-LD blocks read */
    bool not_free;                         /* JSON-LD says that the story is for subscribers */
    bool live;                             /* JSON-LD says that it goes on */
    DW_VEC(struct page_element) elements;
    DW_VEC(struct page_block) blocks;
    DW_VEC(struct page_piece) pieces;
    struct dw_str title; /* as it was chosen, clean */
    uint32_t container;  /* the element that holds the story, by names and prose */
};

/* From bytes to a measured page, and back to nothing (page.c). To be closed in either case. */
bool page_open(struct page_work *work, const struct dw_page_input *input,
               struct dw_error *err) DW_MUST_CHECK;
void page_close(struct page_work *work);

/* The HTML without what would cost the parser too much: itself, a part of it or a copy (guard.c).
 */
struct dw_str page_guard(struct dw_arena *arena, struct dw_str html);

/* Offers a value for a field; kept if it is the best so far, the first of equals. Dates that name
 * no instant and addresses in place of a name are refused. */
void page_offer(struct page_work *work, enum page_field field, struct dw_str value, int rank);
/* An attribute's value, empty if it is not there; its name in lower case. Valid as long as the
 * tree, or in the arena. */
struct dw_str page_value(struct page_work *work, const xmlAttr *attribute);
struct dw_str page_attribute(struct page_work *work, const xmlNode *node, const char *name);
struct dw_str page_tag(const xmlNode *node);
/* The next node in document order within `top`; NULL at the end. `into`: also below `node`. */
const xmlNode *page_next(const xmlNode *node, const xmlNode *top, bool into);
/* Whether a list of words apart by spaces, as in class and rel, has the word, in any case. */
bool page_has_word(struct dw_str list, struct dw_str word);

/* Meta tags, links, headings, times (meta.c). */
void page_read_meta(struct page_work *work);
/* One block of JSON-LD (jsonld.c). */
void page_read_jsonld(struct page_work *work, struct dw_str json);

/* ---- What a page shows of itself (title.c, visible.c, byline.c, date.c) ---------------------- */

/* what (see there), word, points */
extern const struct dw_tsv page_facts;
/* Whether facts.tsv has the word (or its beginning) under `kind`; its points then. */
bool page_has_fact_word(struct dw_str kind, struct dw_str word, int *points);

/* The title out of what the page declares and of its headings, clean. */
struct dw_str page_choose_title(struct page_work *work, struct dw_str declared, struct dw_str site);
/* Whether a name is that of the site, or that of its host. */
bool page_is_site(struct page_work *work, struct dw_str name, struct dw_str site);
/* Dates and names near the title, and the date in the address. */
void page_read_visible(struct page_work *work);

/* The names in a byline, without labels and what follows them. `labelled`: it began with "By" or
 * the like. False: there is no name in it. */
bool page_clean_byline(struct page_work *work, struct dw_str raw, bool *labelled,
                       struct dw_str *name) DW_MUST_CHECK;

/* Whether a value can be that of an author: no address, not the site itself. */
bool page_is_author(const struct page_work *work, struct dw_str value);

#define PAGE_FIRST_YEAR 1990 /* no page is older, whatever it says */
#define PAGE_LAST_YEAR 2069

/* A date in a text, from offset to offset. */
struct page_date {
    int64_t time;
    size_t from;
    size_t to;
    bool has_time; /* of day */
};
/* The first date in a text. `month_first`: so are numbers with slashes. False: there is none. */
bool page_find_date(struct dw_str text, bool month_first, struct page_date *date) DW_MUST_CHECK;
/* The last day that an address has in its path. False: there is none. */
bool page_date_of_url(struct dw_str url, int64_t *time) DW_MUST_CHECK;

/* ---- Names of elements (words.c) ------------------------------------------------------------- */

struct page_names {
    struct dw_str tag, classes, id, role, itemprop, rel;
    bool hidden;      /* says that it is not to be seen */
    bool aria_hidden; /* says so to screen readers alone */
};
void page_read_names(struct page_work *work, const xmlNode *node, struct page_names *names);
/* Calls back with each word of class and id: "related-posts", "RelatedPosts" have two. */
typedef void (*page_word_fn)(void *context, struct dw_str word);
void page_each_word(const struct page_names *names, page_word_fn call, void *context);
enum page_hint page_hint_of(const struct page_names *names);
/* The rank of what an element of these names holds as a byline; 0: it is none (byline.c). */
uint8_t page_author_rank(const struct page_names *names);

/* ---- Blocks (blocks.c) ----------------------------------------------------------------------- */

/* Splits the body into elements and blocks. False: out of memory. */
bool page_split(struct page_work *work) DW_MUST_CHECK;
/* Drops elements by their names, sums up the others and finds the container. */
void page_measure(struct page_work *work);
/* Whether the block or something around it was dropped by name. */
bool page_is_dropped(const struct page_work *work, const struct page_block *block);
/* Whether the block reads like sentences. */
bool page_is_prose(const struct page_block *block);

/* ---- Weights (features.c, weights.c) --------------------------------------------------------- */

/* What is known of a block, by family; the names are those of weights.tsv. */
#define PAGE_FAMILIES(X)                                                             \
    X(BIAS, "bias")                                                                  \
    X(SIZE, "size")           /* bytes and share of links */                         \
    X(BEFORE, "before")       /* the same of the block before */                     \
    X(AFTER, "after")         /* the same of the block behind */                     \
    X(END, "end")             /* its last sign */                                    \
    X(START, "start")         /* its first sign */                                   \
    X(WORD_LENGTH, "letters") /* letters of its words on average */                  \
    X(WORDS, "words")         /* their number */                                     \
    X(RULES, "rules")         /* what the rules of names and prose make of it */     \
    X(HINT, "hint")           /* strongest hint on itself, near it, above it */      \
    X(SIBLINGS, "siblings")   /* prose beside it */                                  \
    X(UP_LINKS, "uplinks")    /* links in the element around it */                   \
    X(UP2_LINKS, "uplinks2")  /* and in the one around that */                       \
    X(SHARE, "share")         /* of the page's prose in the elements around it */    \
    X(TITLE, "title")         /* blocks since the last heading of the first level */ \
    X(PLACE, "place")         /* where it stands among the container's blocks */     \
    X(LEVEL, "level")         /* elements between it and the container */            \
    X(SIGNS, "signs")         /* signs that stories seldom have */                   \
    X(SAME, "same")           /* its text stands in the page more than once */       \
    X(NEXT_PROSE, "next")     /* how far the next prose is */                        \
    X(LAST_PROSE, "last")     /* how far the prose before it is */                   \
    X(LINKED, "linked")       /* links in it by what it is */                        \
    X(DROPPED, "dropped")     /* by which name around it, how far around */          \
    X(CAPS, "caps")           /* share of capitals */                                \
    /* families of words: */                                                         \
    X(TAG, "tag")      /* of the element around it */                                \
    X(UP_TAG, "uptag") /* of the element around that */                              \
    X(IN, "in")        /* elements of a kind somewhere around it */                  \
    X(WORD, "word")    /* words of a short one */                                    \
    X(FIRST, "first")  /* first word, and the first two */                           \
    X(OWN, "own")      /* words of class and id on itself */                         \
    X(NEAR, "near")    /* on the two elements around it */                           \
    X(FAR, "far")      /* on all further ones */

enum page_family {
#define PAGE_FAMILY_NAME(family, name) PAGE_FAMILY_##family,
    PAGE_FAMILIES(PAGE_FAMILY_NAME)
#undef PAGE_FAMILY_NAME
        PAGE_FAMILY_COUNT
};

/* The sum of a block's weights in the making. `tell` is called with each thing that adds to it, by
 * those that learn weights; NULL: nobody asks. */
struct page_sum {
    double total;
    void (*tell)(void *context, enum page_family family, struct dw_str value);
    void *context;
};

/* Adds the weight of a number (below 64) or of a word. */
void page_add_number(struct page_sum *sum, enum page_family family, unsigned number);
void page_add_word(struct page_sum *sum, enum page_family family, struct dw_str word);
/* The weights of a word of class or id at each place. */
void page_name_weights(struct dw_str word, float weights[PAGE_PLACE_COUNT]);
struct dw_str page_family_name(enum page_family family);

/* What the blocks of a page have in common, for looking at one after the other (features.c). */
struct page_view {
    struct page_work *work;
    struct dw_map seen;    /* text to how often */
    uint32_t *since_title; /* blocks since the last first-level heading; by block */
    uint32_t *since_prose; /* blocks since prose, and to the next; by block */
    uint32_t *to_prose;
    uint32_t first, last; /* blocks of the container */
};
/* False: out of memory. */
bool page_view_init(struct page_view *view, struct page_work *work) DW_MUST_CHECK;
/* The innermost list or table around a block; PAGE_NO_ELEMENT if there is none. */
uint32_t page_list_of(const struct page_work *work, const struct page_block *block);
/* Adds up what speaks for the block as part of the story and against it. */
void page_judge(const struct page_view *view, uint32_t block, struct page_sum *sum);

/* ---- What is no story (barrier.c) ------------------------------------------------------------ */

enum page_barrier {
    PAGE_BARRIER_NONE,
    PAGE_BARRIER_ROBOT,
    PAGE_BARRIER_CONSENT,
    PAGE_BARRIER_MISSING,
    PAGE_BARRIER_SCRIPT,
    PAGE_BARRIER_SUBSCRIBE /* what there is of the story is its beginning */
};
/* What stands before the story or in its place, once blocks are kept or not. */
enum page_barrier page_find_barrier(struct page_work *work);
/* Whether a block asks for a subscription: no part of any story. */
bool page_is_notice(struct page_work *work, const struct page_block *block);
/* For a person: what the page is instead. */
const char *page_barrier_message(enum page_barrier barrier);

/* ---- The story (content.c, section.c) -------------------------------------------------------- */

/* Decides which blocks are the story. `title` is left out where it stands as a heading. False: out
 * of memory. */
bool page_decide(struct page_work *work, struct dw_str title) DW_MUST_CHECK;
/* Their text. The tree's other text is gone then. */
struct dw_str page_content(struct page_work *work);
/* The headings within the text. */
void page_fill_sections(struct page_work *work, struct dw_page *page);

#endif
