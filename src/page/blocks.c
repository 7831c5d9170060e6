/* The body of a page as a list of blocks of text and of the elements around them, with how much
 * text, links and prose each holds. */
#include "internal.h"

#include <string.h>

/* A block this long with few links reads like prose; shorter ones are labels and captions. */
#define PROSE_BYTES 60
/* At most a third of prose is links. */
#define PROSE_LINKS 3

/* Elements with more than this share of the page's prose stay, whatever their names say: many a
 * wrapper around the story is called "has-sidebar". */
#define FOREIGN_SHARE 0.7
#define ASIDE_SHARE 0.3

/* An element that calls itself the story is believed if it holds this share of the page's prose. */
#define STORY_SHARE 0.4
#define ARTICLE_SHARE 0.5
/* The container of the story is the innermost element with this share of what is around it. */
#define DESCENT_SHARE 0.9

struct splitting {
    struct page_work *work;
    uint32_t element; /* the innermost that stands apart */
    uint32_t inner;   /* the innermost */
    uint32_t links;   /* open elements that are links */
    int depth;
    struct page_block block; /* in the making */
    size_t bytes;            /* of its pieces */
    bool broken;             /* a line end came last */
};

bool page_is_prose(const struct page_block *block)
{
    return block->text.len >= PROSE_BYTES && block->links * PROSE_LINKS <= block->text.len;
}

/* ---- Splitting ---- */

/* Text with runs of white space folded into `out`; how many bytes, and how many words began. */
static size_t fold(struct dw_str text, char *out, bool *space, uint32_t *words)
{
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (dw_is_space(text.at[i])) {
            *space = true;
            continue;
        }
        if (*space) {
            out[len++] = ' ';
            ++*words;
        }
        *space = false;
        out[len++] = text.at[i];
    }
    return len;
}

static void close_block(struct splitting *s)
{
    struct page_block *block = &s->block;
    struct page_work *work = s->work;
    block->last = (uint32_t)work->pieces.len;
    s->broken = false;
    if (s->bytes == 0)
        return;
    char *text = dw_arena_array(work->arena, s->bytes + block->last - block->first + 1, 1);
    struct page_block *added = text != NULL ? dw_vec_push(work->arena, &work->blocks) : NULL;
    if (added == NULL)
        return;
    size_t len = 0;
    bool space = true;
    for (uint32_t i = block->first; i < block->last; i++) {
        space = space || work->pieces.at[i].text == NULL;
        if (work->pieces.at[i].text != NULL)
            len += fold(dw_str_from_c((const char *)work->pieces.at[i].text->content), text + len,
                        &space, &block->words);
    }
    block->text = (struct dw_str){text + 1, len - 1}; /* the first byte is a blank */
    *added = *block;
    s->bytes = 0;
}

static void open_block(struct splitting *s)
{
    s->block = (struct page_block){
        .element = s->element, .inner = s->inner, .first = (uint32_t)s->work->pieces.len};
}

static void split_text(struct splitting *s, xmlNode *node)
{
    struct dw_str text = dw_str_from_c((const char *)node->content);
    struct dw_str trimmed = dw_str_trim(text);
    if (s->bytes == 0 && trimmed.len == 0)
        return;
    if (s->bytes == 0)
        open_block(s);
    struct page_piece *piece = dw_vec_push(s->work->arena, &s->work->pieces);
    if (piece == NULL)
        return;
    piece->text = node;
    s->bytes += text.len;
    s->block.links += s->links > 0 ? (uint32_t)trimmed.len : 0;
    s->broken = s->broken && trimmed.len == 0;
}

static void split_children(struct splitting *s, xmlNode *node);

static void weigh_word(void *context, struct dw_str word)
{
    struct page_element *element = context;
    float weights[PAGE_PLACE_COUNT];
    page_name_weights(word, weights);
    for (int place = 0; place < PAGE_PLACE_COUNT; place++)
        element->weights[place] += weights[place];
}

/* Enters an element; NULL: no memory for it. */
static struct page_element *add_element(struct splitting *s, xmlNode *node,
                                        const struct page_names *names)
{
    struct page_work *work = s->work;
    struct page_element *element = dw_vec_push(work->arena, &work->elements);
    if (element == NULL)
        return NULL;
    *element = (struct page_element){.node = node,
                                     .parent = s->inner,
                                     .first_block = (uint32_t)work->blocks.len,
                                     .depth = (uint16_t)s->depth,
                                     .hint = (uint8_t)page_hint_of(names),
                                     .author = page_author_rank(names),
                                     .is_inline = dw_html_is_inline(names->tag)};
    if (s->inner != PAGE_NO_ELEMENT)
        element->weights[PAGE_FAR] = work->elements.at[s->inner].weights[PAGE_FAR];
    page_each_word(names, weigh_word, element);
    node->_private = element; /* moves with the array: set again when it is whole */
    return element;
}

/* Two line ends in a row end a paragraph; one is white space. */
static void split_break(struct splitting *s)
{
    if (s->broken) {
        close_block(s);
    } else if (s->bytes > 0) {
        s->broken = true;
        struct page_piece *piece = dw_vec_push(s->work->arena, &s->work->pieces);
        if (piece != NULL)
            piece->text = NULL;
    }
}

static void split_element(struct splitting *s, xmlNode *node)
{
    struct page_names names;
    page_read_names(s->work, node, &names);
    if (names.hidden || dw_html_is_skipped(names.tag) || dw_str_eq(names.tag, DW_STR("img")))
        return;
    if (dw_str_eq(names.tag, DW_STR("br"))) {
        split_break(s);
        return;
    }
    bool is_inline = dw_html_is_inline(names.tag);
    if (!is_inline)
        close_block(s);
    const struct splitting outer = *s;
    if (add_element(s, node, &names) == NULL)
        return;
    s->inner = (uint32_t)(s->work->elements.len - 1);
    s->element = is_inline ? s->element : s->inner;
    s->links += dw_str_eq(names.tag, DW_STR("a"));
    s->depth++;
    split_children(s, node);
    s->depth--;
    if (!is_inline)
        close_block(s);
    s->inner = outer.inner;
    s->element = outer.element;
    s->links = outer.links;
}

/* Recursion is bounded by DW_LIMIT_DEPTH. */
static void split_children(struct splitting *s, xmlNode *node)
{
    if (s->depth >= DW_LIMIT_DEPTH)
        return;
    for (xmlNode *child = node->children; child != NULL; child = child->next) {
        if (child->type == XML_TEXT_NODE)
            split_text(s, child);
        else if (child->type == XML_ELEMENT_NODE)
            split_element(s, child);
    }
}

bool page_split(struct page_work *work)
{
    struct splitting s = {.work = work, .element = PAGE_NO_ELEMENT, .inner = PAGE_NO_ELEMENT};
    struct page_names names;
    page_read_names(work, work->body, &names);
    if (add_element(&s, work->body, &names) == NULL)
        return false;
    s.element = 0;
    s.inner = 0;
    s.depth = 1;
    split_children(&s, work->body);
    close_block(&s);
    for (size_t i = 0; i < work->elements.len; i++)
        work->elements.at[i].node->_private = &work->elements.at[i];
    return !work->arena->failed;
}

/* ---- Measures ---- */

bool page_is_dropped(const struct page_work *work, const struct page_block *block)
{
    return work->elements.at[block->inner].dropped;
}

/* Sums up the blocks into all elements around them. */
static void sum_up(struct page_work *work)
{
    for (size_t i = 0; i < work->elements.len; i++) {
        struct page_element *e = &work->elements.at[i];
        e->text = e->links = e->prose = e->prose_near = e->blocks = 0;
    }
    for (size_t b = 0; b < work->blocks.len; b++) {
        const struct page_block *block = &work->blocks.at[b];
        if (page_is_dropped(work, block))
            continue;
        uint32_t prose = page_is_prose(block) ? (uint32_t)block->text.len : 0;
        unsigned apart = 0;
        for (uint32_t at = block->inner; at != PAGE_NO_ELEMENT; at = work->elements.at[at].parent) {
            struct page_element *e = &work->elements.at[at];
            e->text += (uint32_t)block->text.len;
            e->links += block->links;
            e->prose += prose;
            e->prose_near += apart < 2 ? prose : 0;
            e->blocks++;
            apart += !e->is_inline;
        }
    }
}

/* What names call no part of the story, as far as it does not hold the bulk of the page. */
static void drop_by_name(struct page_work *work)
{
    double prose = work->elements.at[0].prose;
    for (size_t i = 1; i < work->elements.len; i++) {
        struct page_element *e = &work->elements.at[i];
        double share = prose > 0 ? (double)e->prose / prose : 0;
        e->dropped = work->elements.at[e->parent].dropped ||
                     (e->hint == PAGE_HINT_FOREIGN && share < FOREIGN_SHARE) ||
                     (e->hint == PAGE_HINT_ASIDE && share < ASIDE_SHARE);
    }
}

static bool is_article(const struct page_element *e)
{
    struct dw_str tag = page_tag(e->node);
    return dw_str_eq(tag, DW_STR("article")) || dw_str_eq(tag, DW_STR("main"));
}

/* The element with the most prose among those that call themselves the story, or among articles;
 * PAGE_NO_ELEMENT if there is none. */
static uint32_t find_largest(const struct page_work *work, bool by_name)
{
    uint32_t best = PAGE_NO_ELEMENT;
    for (uint32_t i = 1; i < work->elements.len; i++) {
        const struct page_element *e = &work->elements.at[i];
        bool fits = by_name ? e->hint == PAGE_HINT_STORY : is_article(e);
        if (fits && !e->dropped && e->text > 0 &&
            (best == PAGE_NO_ELEMENT || e->prose > work->elements.at[best].prose))
            best = i;
    }
    return best;
}

/* Down from an element as long as one child holds nearly all of its prose. */
static uint32_t descend(const struct page_work *work, uint32_t at)
{
    for (uint32_t i = at + 1; i < work->elements.len; i++) {
        const struct page_element *e = &work->elements.at[i];
        const struct page_element *top = &work->elements.at[at];
        if (e->parent == at && !e->is_inline && e->blocks > 1 && e->prose > 0 &&
            (double)e->prose >= DESCENT_SHARE * (double)top->prose)
            at = i;
    }
    return at;
}

static uint32_t find_container(const struct page_work *work)
{
    double prose = work->elements.at[0].prose;
    uint32_t story = find_largest(work, true);
    if (story != PAGE_NO_ELEMENT && (double)work->elements.at[story].prose > STORY_SHARE * prose)
        return story;
    uint32_t article = find_largest(work, false);
    if (article != PAGE_NO_ELEMENT &&
        (double)work->elements.at[article].prose > ARTICLE_SHARE * prose)
        return descend(work, article);
    return descend(work, 0);
}

void page_measure(struct page_work *work)
{
    sum_up(work);
    drop_by_name(work);
    sum_up(work);
    work->container = find_container(work);
}
