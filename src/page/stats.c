/* How much text, links and prose each element holds, and which elements are no part of the story.
 */
#include "internal.h"

/* A run of text this long with few links reads like prose; shorter ones are labels and captions. */
#define PROSE_BYTES 60
/* At most a third of prose is links. */
#define PROSE_LINKS 3

/* Elements with more than this share of the page's prose stay, whatever their names say. */
#define FOREIGN_SHARE 0.7
#define ASIDE_SHARE 0.3

/* The text between two block borders. */
struct run {
    uint32_t text;
    uint32_t links;
};

struct measuring {
    struct page_work *work;
    int depth;
    bool failed;
};

static const struct page_stats nothing;

const struct page_stats *page_stats_of(const xmlNode *node)
{
    return node->_private != NULL ? node->_private : &nothing;
}

/* Length without white space at both ends; words apart count one. */
static uint32_t text_length(const xmlNode *node)
{
    struct dw_str s = dw_str_trim(dw_str_from_c((const char *)node->content));
    uint32_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += !dw_is_space(s.at[i]) || !dw_is_space(s.at[i - 1]);
    return count;
}

static void add(struct page_stats *sum, const struct page_stats *part)
{
    sum->text += part->text;
    sum->links += part->links;
    sum->prose += part->prose;
    sum->runs += part->runs;
}

static void close_run(struct page_stats *stats, const struct run *run)
{
    if (run->text < PROSE_BYTES || run->links * PROSE_LINKS > run->text)
        return;
    stats->prose += run->text;
    stats->runs++;
}

static void measure(struct measuring *m, xmlNode *node, struct run *run, bool in_link);

/* The children of an element into its measures. */
static void measure_children(struct measuring *m, xmlNode *node, struct run *run, bool in_link)
{
    struct page_stats *stats = node->_private;
    for (xmlNode *child = node->children; child != NULL; child = child->next) {
        if (child->type == XML_TEXT_NODE) {
            uint32_t length = text_length(child);
            stats->text += length;
            stats->links += in_link ? length : 0;
            run->text += length;
            run->links += in_link ? length : 0;
        } else if (child->type == XML_ELEMENT_NODE) {
            measure(m, child, run, in_link);
            const struct page_stats *part = page_stats_of(child);
            if (!part->dropped)
                add(stats, part);
        }
    }
}

/* Recursion is bounded by DW_LIMIT_DEPTH. What was dropped before counts nothing. */
static void measure(struct measuring *m, xmlNode *node, struct run *run, bool in_link)
{
    struct dw_str tag = page_tag(node);
    if (m->depth >= DW_LIMIT_DEPTH || dw_html_is_skipped(tag))
        return;
    bool first = node->_private == NULL;
    if (first)
        node->_private = dw_arena_array(m->work->arena, 1, sizeof(struct page_stats));
    struct page_stats *stats = node->_private;
    if (stats == NULL) {
        m->failed = true;
        return;
    }
    if (stats->dropped)
        return;
    *stats = (struct page_stats){0};
    bool is_link = in_link || dw_str_eq(tag, DW_STR("a"));
    struct run own = {0};
    bool is_inline = dw_html_is_inline(tag);
    m->depth++;
    measure_children(m, node, is_inline ? run : &own, is_link);
    m->depth--;
    if (!is_inline)
        close_run(stats, &own);
}

/* Takes elements out by what their names say, as far as they do not hold the bulk of the page:
 * many a wrapper around the story is called "has-sidebar". */
static void drop_by_name(struct page_work *work, uint32_t prose)
{
    bool into = true;
    for (const xmlNode *node = work->body; node != NULL; node = page_next(node, work->body, into)) {
        struct page_stats *stats = node->_private;
        into = stats != NULL;
        if (!into)
            continue;
        enum page_hint hint = page_hint_of(work, node);
        double share = prose > 0 ? (double)stats->prose / prose : 0;
        stats->dropped = (hint == PAGE_HINT_FOREIGN && share < FOREIGN_SHARE) ||
                         (hint == PAGE_HINT_ASIDE && share < ASIDE_SHARE);
        into = !stats->dropped;
    }
}

bool page_measure(struct page_work *work)
{
    struct measuring m = {.work = work};
    struct run run = {0};
    measure(&m, work->body, &run, false);
    if (m.failed)
        return false;
    drop_by_name(work, page_stats_of(work->body)->prose);
    run = (struct run){0};
    measure(&m, work->body, &run, false);
    return !m.failed;
}
