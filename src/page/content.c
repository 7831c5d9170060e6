/* The story of a page: which blocks are part of it, and their text. */
#include "internal.h"

/* What JSON-LD tells is taken where the page shows less than this share of it: behind a script. */
#define SHOWN_SHARE 0.5
/* Prose that the page has more often than once and this is no part of the story. */
#define REPEATS_MOST 2

/* Headings that repeat the title. */
static bool repeats_title(const struct page_work *work, const struct page_block *block,
                          struct dw_str title)
{
    struct dw_str tag = page_tag(work->elements.at[block->element].node);
    return tag.len == 2 && tag.at[0] == 'h' && dw_is_digit(tag.at[1]) &&
           dw_str_eq_nocase(block->text, title);
}

/* Keeps what is not dropped by name, all or prose alone. */
static bool keep_undropped(struct page_work *work, bool prose)
{
    bool any = false;
    for (uint32_t i = 0; i < work->blocks.len; i++) {
        struct page_block *block = &work->blocks.at[i];
        block->kept = !page_is_dropped(work, block) && (!prose || page_is_prose(block));
        any = any || block->kept;
    }
    return any;
}

/* Prose that stands in the page again and again is a caption or a teaser; what stands there twice
 * is told once. False: out of memory. */
static bool drop_repeats(const struct page_view *view)
{
    struct page_work *work = view->work;
    struct dw_map told;
    dw_map_init(&told, work->arena);
    for (size_t i = 0; i < work->blocks.len; i++) {
        struct page_block *block = &work->blocks.at[i];
        uint64_t more = 0;
        uint64_t before = 0;
        if (!block->kept || !page_is_prose(block) || !dw_map_get(&view->seen, block->text, &more) ||
            more == 0)
            continue;
        block->kept = more < REPEATS_MOST && !dw_map_get(&told, block->text, &before);
        if (block->kept && !dw_map_put(&told, block->text, 1))
            return false;
    }
    return true;
}

static bool keeps_any(const struct page_work *work)
{
    for (size_t i = 0; i < work->blocks.len; i++) {
        if (work->blocks.at[i].kept)
            return true;
    }
    return false;
}

bool page_decide(struct page_work *work, struct dw_str title)
{
    struct page_view view;
    if (!page_view_init(&view, work))
        return false;
    for (uint32_t i = 0; i < work->blocks.len; i++) {
        struct page_block *block = &work->blocks.at[i];
        struct page_sum sum = {0};
        page_judge(&view, i, &sum);
        block->kept =
            sum.total > 0 && !repeats_title(work, block, title) && !page_is_notice(work, block);
    }
    if (!drop_repeats(&view))
        return false;
    /* where the weights keep nothing, what reads like prose is the story, or all there is */
    if (!keeps_any(work) && !keep_undropped(work, true))
        keep_undropped(work, false);
    return true;
}

/* Counts what is kept in each element, and takes the other text out of the tree. */
static void clear_others(struct page_work *work)
{
    for (size_t i = 0; i < work->blocks.len; i++) {
        const struct page_block *block = &work->blocks.at[i];
        uint32_t at = block->inner;
        for (; block->kept && at != PAGE_NO_ELEMENT; at = work->elements.at[at].parent)
            work->elements.at[at].kept++;
        for (uint32_t p = block->first; !block->kept && p < block->last; p++) {
            if (work->pieces.at[p].text != NULL)
                xmlNodeSetContent(work->pieces.at[p].text, NULL);
        }
    }
}

/* Elements that stand apart without anything of the story in them: the marks of their lists and
 * cells go as well. What stands within a line has lost its text already. */
static bool is_empty(const xmlNode *node, const void *context)
{
    (void)context;
    const struct page_element *element = node->_private;
    if (element == NULL)
        return !dw_str_eq(page_tag(node), DW_STR("br"));
    return !element->is_inline && element->kept == 0;
}

struct dw_str page_content(struct page_work *work)
{
    clear_others(work);
    struct dw_str text = dw_html_node_to_text(work->arena, work->body, is_empty, NULL);
    struct dw_str told = work->story;
    if ((double)text.len >= SHOWN_SHARE * (double)told.len)
        return text;
    if (dw_html_looks_like(told))
        return dw_html_to_text(work->arena, told);
    return dw_text_clean(work->arena, told, DW_CLEAN_TEXT);
}
