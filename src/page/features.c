/* What is known of a block that tells whether it is part of the story: its size, links and words,
 * the elements around it and their names, its neighbours, its place. */
#include "internal.h"

#define FAR_AWAY 7 /* blocks: further ones make no difference */

static const struct page_element *element_at(const struct page_work *work, uint32_t at)
{
    return &work->elements.at[at];
}

/* The next element up that stands apart; the body at last. */
static uint32_t up(const struct page_work *work, uint32_t at)
{
    while (element_at(work, at)->parent != PAGE_NO_ELEMENT) {
        at = element_at(work, at)->parent;
        if (!element_at(work, at)->is_inline)
            break;
    }
    return at;
}

/* 0 to 5: none, some, many, nothing but. */
static unsigned share_of(uint32_t part, uint32_t whole)
{
    static const unsigned bounds[] = {0, 10, 25, 50, 90}; /* percent */
    unsigned bucket = 0;
    while (bucket < 5 && (uint64_t)part * 100 > (uint64_t)whole * bounds[bucket])
        bucket++;
    return bucket;
}

/* Powers of two. */
static unsigned magnitude(size_t number)
{
    unsigned bucket = 0;
    while (number > 0) {
        number >>= 1;
        bucket++;
    }
    return bucket;
}

static unsigned at_most_7(unsigned number)
{
    return number < 7 ? number : 7;
}

/* Size and share of links of a block in one number below 64; 63 for no block. */
static unsigned size_of(const struct page_work *work, uint32_t at)
{
    if (at >= work->blocks.len)
        return 63;
    const struct page_block *block = &work->blocks.at[at];
    static const size_t bounds[] = {8, 16, 32, 60, 100, 160, 300, 600, 1200};
    unsigned size = 0;
    while (size < sizeof bounds / sizeof bounds[0] && block->text.len >= bounds[size])
        size++;
    return size * 6 + share_of(block->links, (uint32_t)block->text.len);
}

/* What kind of sign stands at an end of a block. */
static unsigned sign_of(char c)
{
    if (dw_is_lower(c))
        return 0;
    if (dw_is_upper(c))
        return 1;
    if (dw_is_digit(c))
        return 2;
    static const struct dw_str kinds[] = {
        DW_STR_INIT(".!?"), DW_STR_INIT("\"'"),  DW_STR_INIT(":;"),
        DW_STR_INIT(","),   DW_STR_INIT("()[]"), DW_STR_INIT("|/>+*#@"),
    };
    for (unsigned i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (dw_str_find_char(kinds[i], c, 0) != SIZE_MAX)
            return 3 + i;
    }
    return (unsigned char)c >= 0x80 ? 9 : 10;
}

/* Signs that stories seldom have, each a number of its own. */
static void add_signs(struct page_sum *sum, struct dw_str text)
{
    static const struct dw_str signs[] = {
        DW_STR_INIT("\xC2\xA9"),
        DW_STR_INIT("|"),
        DW_STR_INIT("\xC2\xBB"),
        DW_STR_INIT("@"),
        DW_STR_INIT("http"),
        DW_STR_INIT("..."),
        DW_STR_INIT("#"),
        DW_STR_INIT("\xE2\x80\xA6"),
        DW_STR_INIT("{"),
        DW_STR_INIT("_"),
        DW_STR_INIT("\xE2\x80\xBA"),
        DW_STR_INIT("?"),
    };
    for (unsigned i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (dw_str_find(text, signs[i], 0) != SIZE_MAX)
            page_add_number(sum, PAGE_FAMILY_SIGNS, i);
    }
}

static bool is_word_byte(char c)
{
    return dw_is_alpha(c) || dw_is_digit(c) || (unsigned char)c >= 0x80;
}

/* The words of a short block: "share", "read", "more". */
static void add_words(struct page_sum *sum, const struct page_block *block)
{
    enum { SHORT = 14 };
    if (block->words > SHORT)
        return;
    for (size_t i = 0; i < block->text.len;) {
        size_t from = i;
        while (i < block->text.len && is_word_byte(block->text.at[i]))
            i++;
        if (i > from)
            page_add_word(sum, PAGE_FAMILY_WORD, dw_str_slice(block->text, from, i));
        else
            i++;
    }
}

/* "Read more: …" */
static void add_first_words(struct page_sum *sum, struct dw_str text)
{
    enum { LONGEST_WORD = 24 };
    size_t from = 0;
    while (from < text.len && !is_word_byte(text.at[from]))
        from++;
    size_t first = from;
    while (first < text.len && is_word_byte(text.at[first]))
        first++;
    size_t second = first;
    while (second < text.len && !is_word_byte(text.at[second]))
        second++;
    while (second < text.len && is_word_byte(text.at[second]))
        second++;
    if (first > from && first - from <= LONGEST_WORD)
        page_add_word(sum, PAGE_FAMILY_FIRST, dw_str_slice(text, from, first));
    if (second > first && second - from <= 2 * (size_t)LONGEST_WORD)
        page_add_word(sum, PAGE_FAMILY_FIRST, dw_str_slice(text, from, second));
}

/* Share of capitals among its letters of ASCII, in sixths. */
static unsigned caps_of(struct dw_str text)
{
    size_t upper = 0;
    size_t letters = 0;
    for (size_t i = 0; i < text.len; i++) {
        upper += dw_is_upper(text.at[i]);
        letters += dw_is_alpha(text.at[i]);
    }
    return letters == 0 ? 7 : (unsigned)(upper * 6 / letters);
}

/* Paragraph, item, heading, cell or something else. */
static unsigned kind_of(struct dw_str tag)
{
    if (dw_str_eq(tag, DW_STR("p")))
        return 1;
    if (dw_str_eq(tag, DW_STR("li")))
        return 2;
    if (tag.len == 2 && tag.at[0] == 'h' && dw_is_digit(tag.at[1]))
        return 3;
    return dw_str_eq(tag, DW_STR("td")) ? 4 : 0;
}

/* What it is, how much of it links, how long it is. */
static unsigned linked_of(const struct page_work *work, const struct page_block *block)
{
    static const unsigned few[] = {0, 1, 1, 1, 2, 3}; /* none, some, most, all */
    unsigned kind = kind_of(page_tag(element_at(work, block->element)->node));
    unsigned share = few[share_of(block->links, (uint32_t)block->text.len)];
    unsigned length = block->text.len >= 120 ? 2 : block->text.len >= 40 ? 1 : 0;
    return kind * 12 + share * 3 + length;
}

/* The nearest name around the block that dropped it: how strong, how far, how long the block. */
static unsigned dropped_of(const struct page_work *work, const struct page_block *block)
{
    unsigned level = 0;
    const struct page_element *e = element_at(work, block->inner);
    if (!e->dropped)
        return page_is_prose(block);
    while (e->hint < PAGE_HINT_ASIDE && e->parent != PAGE_NO_ELEMENT) {
        level += !e->is_inline;
        e = element_at(work, e->parent);
    }
    unsigned strong = e->hint == PAGE_HINT_FOREIGN;
    return 2 + (level < 4 ? level : 4) * 4 + strong * 2 + page_is_prose(block);
}

static void add_text(const struct page_view *view, uint32_t at, struct page_sum *sum)
{
    const struct page_block *block = &view->work->blocks.at[at];
    struct dw_str text = block->text;
    uint64_t times = 0;
    page_add_number(sum, PAGE_FAMILY_BIAS, 0);
    page_add_number(sum, PAGE_FAMILY_SIZE, size_of(view->work, at));
    page_add_number(sum, PAGE_FAMILY_BEFORE, size_of(view->work, at - 1));
    page_add_number(sum, PAGE_FAMILY_AFTER, size_of(view->work, at + 1));
    page_add_number(sum, PAGE_FAMILY_START, sign_of(text.at[0]));
    page_add_number(sum, PAGE_FAMILY_END, sign_of(text.at[text.len - 1]));
    page_add_number(sum, PAGE_FAMILY_WORD_LENGTH,
                    (unsigned)(text.len / (block->words > 0 ? block->words : 1)));
    page_add_number(sum, PAGE_FAMILY_WORDS, magnitude(block->words));
    if (dw_map_get(&view->seen, text, &times))
        page_add_number(sum, PAGE_FAMILY_SAME,
                        (times > 3 ? 3 : (unsigned)times) * 2 + page_is_prose(block));
    page_add_number(sum, PAGE_FAMILY_CAPS, caps_of(text));
    page_add_number(sum, PAGE_FAMILY_LINKED, linked_of(view->work, block));
    page_add_number(sum, PAGE_FAMILY_DROPPED, dropped_of(view->work, block));
    add_first_words(sum, text);
    add_signs(sum, text);
    add_words(sum, block);
}

/* Calls with each word of the element's names as a word of a family. */
struct telling {
    struct page_sum *sum;
    enum page_family family;
};

static void tell_word(void *context, struct dw_str word)
{
    struct telling *telling = context;
    page_add_word(telling->sum, telling->family, word);
}

/* The weights of an element's names: kept with it, but told one by one where somebody asks. */
static void add_names(struct page_work *work, const struct page_element *element,
                      enum page_place place, struct page_sum *sum)
{
    if (sum->tell == NULL) {
        sum->total += (double)element->weights[place];
        return;
    }
    struct page_names names;
    struct telling telling = {sum, (enum page_family)((int)PAGE_FAMILY_OWN + (int)place)};
    page_read_names(work, element->node, &names);
    page_each_word(&names, tell_word, &telling);
}

/* Names on the block's own elements, on the two around them, on all further ones. */
static void add_all_names(const struct page_view *view, const struct page_block *block,
                          struct page_sum *sum)
{
    struct page_work *work = view->work;
    uint32_t at = block->inner;
    unsigned hints[PAGE_PLACE_COUNT] = {0};
    for (unsigned apart = 0; at != PAGE_NO_ELEMENT; at = element_at(work, at)->parent) {
        const struct page_element *element = element_at(work, at);
        enum page_place place = apart == 0 ? PAGE_OWN : apart <= 2 ? PAGE_NEAR : PAGE_FAR;
        if (hints[place] < element->hint)
            hints[place] = element->hint;
        if (place != PAGE_FAR || sum->tell != NULL)
            add_names(work, element, place, sum);
        else if (apart == 3)
            sum->total += (double)element->weights[PAGE_FAR]; /* with all above it */
        apart += !element->is_inline;
    }
    page_add_number(sum, PAGE_FAMILY_HINT,
                    hints[PAGE_OWN] * 16 + hints[PAGE_NEAR] * 4 + hints[PAGE_FAR]);
}

/* Elements that say much about what is in them, wherever above it they are. */
static void add_kinds(const struct page_view *view, uint32_t at, struct page_sum *sum)
{
    static const struct dw_str kinds[] = {
        DW_STR_INIT("article"), DW_STR_INIT("main"),       DW_STR_INIT("aside"),
        DW_STR_INIT("nav"),     DW_STR_INIT("header"),     DW_STR_INIT("footer"),
        DW_STR_INIT("form"),    DW_STR_INIT("figure"),     DW_STR_INIT("table"),
        DW_STR_INIT("ul"),      DW_STR_INIT("blockquote"), DW_STR_INIT("section"),
        DW_STR_INIT("ol"),      DW_STR_INIT("noscript"),   DW_STR_INIT("dl"),
        DW_STR_INIT("label"),   DW_STR_INIT("strong"),     DW_STR_INIT("b"),
    };
    bool found[sizeof kinds / sizeof kinds[0]] = {false};
    for (; at != PAGE_NO_ELEMENT; at = element_at(view->work, at)->parent) {
        struct dw_str tag = page_tag(element_at(view->work, at)->node);
        for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
            if (!found[i] && dw_str_eq(tag, kinds[i])) {
                found[i] = true;
                page_add_word(sum, PAGE_FAMILY_IN, tag);
            }
        }
    }
}

static void add_elements(const struct page_view *view, const struct page_block *block,
                         struct page_sum *sum)
{
    const struct page_work *work = view->work;
    uint32_t above = up(work, block->element);
    uint32_t second = up(work, above);
    const struct page_element *parent = element_at(work, above);
    const struct page_element *grand = element_at(work, second);
    uint32_t prose = element_at(work, 0)->prose;
    page_add_word(sum, PAGE_FAMILY_TAG, page_tag(element_at(work, block->element)->node));
    page_add_word(sum, PAGE_FAMILY_UP_TAG, page_tag(parent->node));
    page_add_number(sum, PAGE_FAMILY_SIBLINGS, magnitude(parent->prose_near / 64));
    page_add_number(sum, PAGE_FAMILY_UP_LINKS,
                    share_of(parent->links, parent->text) * 8 +
                        at_most_7(magnitude(parent->text / 128)));
    page_add_number(sum, PAGE_FAMILY_UP2_LINKS,
                    share_of(grand->links, grand->text) * 8 +
                        at_most_7(magnitude(grand->text / 256)));
    page_add_number(sum, PAGE_FAMILY_SHARE,
                    share_of(parent->prose, prose) * 8 + share_of(grand->prose, prose));
    add_kinds(view, block->inner, sum);
}

/* What the rules of names and prose make of it: 0 outside of the container, 1 dropped within it, 2
 * a row of links within it, 3 the story. */
static unsigned by_rules(const struct page_work *work, const struct page_block *block)
{
    unsigned rule = 0;
    bool links = false;
    for (uint32_t at = block->inner; at != PAGE_NO_ELEMENT; at = element_at(work, at)->parent) {
        const struct page_element *e = element_at(work, at);
        links = links || (!e->is_inline && e->prose == 0 && e->links * 3 > e->text * 2);
        if (at == work->container)
            rule = page_is_dropped(work, block) ? 1 : links ? 2 : 3;
    }
    return rule;
}

static unsigned level_of(const struct page_work *work, const struct page_block *block)
{
    unsigned level = 0;
    for (uint32_t at = block->element; at != PAGE_NO_ELEMENT; at = element_at(work, at)->parent) {
        if (at == work->container)
            return level < FAR_AWAY ? level : FAR_AWAY;
        level += !element_at(work, at)->is_inline;
    }
    return FAR_AWAY + 1;
}

static unsigned near_number(uint32_t number)
{
    return number < FAR_AWAY ? number : FAR_AWAY + magnitude(number / 16);
}

static void add_place(const struct page_view *view, uint32_t at, struct page_sum *sum)
{
    const struct page_work *work = view->work;
    const struct page_block *block = &work->blocks.at[at];
    unsigned rule = by_rules(work, block);
    uint32_t span = view->last - view->first + 1;
    unsigned place = at < view->first  ? 0
                     : at > view->last ? 11
                                       : 1 + (at - view->first) * 10 / span;
    page_add_number(sum, PAGE_FAMILY_RULES, rule * 2 + page_is_prose(block));
    page_add_number(sum, PAGE_FAMILY_LEVEL, level_of(work, block));
    page_add_number(sum, PAGE_FAMILY_PLACE, place);
    page_add_number(sum, PAGE_FAMILY_TITLE, near_number(view->since_title[at]));
    page_add_number(sum, PAGE_FAMILY_LAST_PROSE, near_number(view->since_prose[at]));
    page_add_number(sum, PAGE_FAMILY_NEXT_PROSE, near_number(view->to_prose[at]));
}

void page_judge(const struct page_view *view, uint32_t block, struct page_sum *sum)
{
    add_text(view, block, sum);
    add_elements(view, &view->work->blocks.at[block], sum);
    add_all_names(view, &view->work->blocks.at[block], sum);
    add_place(view, block, sum);
}

/* ---- What the blocks of a page have in common ---- */

static bool is_title_tag(const struct page_work *work, const struct page_block *block)
{
    return dw_str_eq(page_tag(element_at(work, block->element)->node), DW_STR("h1"));
}

/* Whether the container's text says so: prose, not dropped, and within it. */
static bool is_story_prose(const struct page_work *work, const struct page_block *block)
{
    return page_is_prose(block) && by_rules(work, block) == 3;
}

static void fill_distances(struct page_view *view)
{
    const struct page_work *work = view->work;
    uint32_t count = (uint32_t)work->blocks.len;
    uint32_t title = UINT32_MAX / 2;
    uint32_t prose = UINT32_MAX / 2;
    view->first = count;
    view->last = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct page_block *block = &work->blocks.at[i];
        view->since_title[i] = title = is_title_tag(work, block) ? 0 : title + 1;
        view->since_prose[i] = prose++;
        if (!is_story_prose(work, block))
            continue;
        prose = 0;
        view->first = view->first < i ? view->first : i;
        view->last = i;
    }
    if (view->first > view->last)
        view->first = view->last;
    prose = UINT32_MAX / 2;
    for (uint32_t i = count; i-- > 0;) {
        view->to_prose[i] = prose++;
        if (is_story_prose(work, &work->blocks.at[i]))
            prose = 0;
    }
}

bool page_view_init(struct page_view *view, struct page_work *work)
{
    size_t count = work->blocks.len;
    *view = (struct page_view){.work = work};
    dw_map_init(&view->seen, work->arena);
    view->since_title = dw_arena_array(work->arena, count + 1, sizeof(uint32_t));
    view->since_prose = dw_arena_array(work->arena, count + 1, sizeof(uint32_t));
    view->to_prose = dw_arena_array(work->arena, count + 1, sizeof(uint32_t));
    if (view->since_title == NULL || view->since_prose == NULL || view->to_prose == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        uint64_t times = 0;
        struct dw_str text = work->blocks.at[i].text;
        if (dw_map_get(&view->seen, text, &times))
            times++;
        if (!dw_map_put(&view->seen, text, times))
            return false;
    }
    fill_distances(view);
    return true;
}

uint32_t page_list_of(const struct page_work *work, const struct page_block *block)
{
    uint32_t at = block->element;
    for (; at != PAGE_NO_ELEMENT; at = element_at(work, at)->parent) {
        struct dw_str tag = page_tag(element_at(work, at)->node);
        if (dw_str_eq(tag, DW_STR("ul")) || dw_str_eq(tag, DW_STR("ol")) ||
            dw_str_eq(tag, DW_STR("table")) || dw_str_eq(tag, DW_STR("dl")))
            break;
    }
    return at;
}
