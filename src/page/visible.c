/* What a page shows of itself near its title: the date and who wrote it. */
#include "internal.h"

/* Ranks of what is found here, among those of meta.tsv. */
#define RANK_VISIBLE_DATE 55
#define RANK_ANY_DATE 90
#define RANK_LABELLED 32
#define RANK_FAR 20 /* more, for what stands far from the title */

#define NEAR_BLOCKS 12    /* between the title and what belongs to it */
#define DATE_POINTS 2     /* what a date has at least to be that of the page */
#define LEAST_POINTS (-2) /* ... and where nothing else tells a date */
#define DATE_WINDOW 200   /* bytes at the front of a block where its date is looked for */
#define LABEL_WINDOW 40   /* bytes before a date where a label may stand */
#define BYLINE_BYTES 160  /* longer blocks tell about the author */
#define FAR_DAYS 2        /* an address whose date is further off is right */

/* The block of the title: the first heading of the first level that is not dropped; else the first
 * of the container. */
static uint32_t title_block(const struct page_work *work)
{
    uint32_t any = UINT32_MAX;
    for (uint32_t i = 0; i < work->blocks.len; i++) {
        const struct page_block *block = &work->blocks.at[i];
        if (!dw_str_eq(page_tag(work->elements.at[block->element].node), DW_STR("h1")))
            continue;
        if (work->title.len > 0 && dw_str_eq_nocase(block->text, work->title))
            return i;
        if (any == UINT32_MAX && !page_is_dropped(work, block))
            any = i;
    }
    if (any != UINT32_MAX)
        return any;
    return work->elements.at[work->container].first_block;
}

static uint32_t distance(uint32_t a, uint32_t b)
{
    return a > b ? a - b : b - a;
}

/* ---- Dates ---- */

struct points {
    int sum;
    struct dw_str kind;
};

static void add_points(void *context, struct dw_str word)
{
    struct points *points = context;
    int more = 0;
    if (page_has_fact_word(points->kind, word, &more))
        points->sum += more;
}

/* What the names of a block's elements say of a date in it. */
static int by_names(struct page_work *work, const struct page_block *block)
{
    int sum = 0;
    uint32_t at = block->inner;
    for (int up = 0; up < 5 && at != PAGE_NO_ELEMENT; up++) {
        struct page_names names;
        struct points points = {.kind = DW_STR("date-name")};
        page_read_names(work, work->elements.at[at].node, &names);
        page_each_word(&names, add_points, &points);
        if (points.sum < 0 || up < 3)
            sum += points.sum > 4 ? 4 : points.sum;
        at = work->elements.at[at].parent;
    }
    return sum > 6 ? 6 : sum;
}

static int by_label(struct dw_str text, const struct page_date *date)
{
    struct points points = {.kind = DW_STR("date-label")};
    struct dw_str before = dw_str_slice(text, 0, date->from);
    if (before.len > LABEL_WINDOW)
        before = dw_str_slice(before, before.len - LABEL_WINDOW, before.len);
    for (size_t i = 0; i < before.len;) {
        size_t from = i;
        while (i < before.len && before.at[i] != ' ' && before.at[i] != ':')
            i++;
        if (i > from)
            add_points(&points, dw_str_slice(before, from, i));
        i++;
    }
    return points.sum;
}

static int points_of(struct page_work *work, uint32_t at, uint32_t title,
                     const struct page_date *date)
{
    const struct page_block *block = &work->blocks.at[at];
    uint32_t away = distance(at, title);
    int points = by_names(work, block) + by_label(block->text, date);
    points += away <= 4 ? 3 : away <= NEAR_BLOCKS ? 2 : away <= 30 ? 1 : 0;
    points += (date->to - date->from) * 10 >= block->text.len * 6 ? 1 : 0;
    points += date->from == 0;
    points += date->has_time;
    points -= page_is_prose(block) && date->from > 20 ? 3 : 0;
    points -= page_is_dropped(work, block) ? 1 : 0;
    points -= at < title && away > NEAR_BLOCKS ? 2 : 0;
    return points;
}

/* Whether numbers with slashes begin with the month: in American English. */
static bool is_month_first(const struct page_work *work)
{
    static const struct dw_str others[] = {
        DW_STR_INIT(".uk/"), DW_STR_INIT(".au/"), DW_STR_INIT(".ie/"),
        DW_STR_INIT(".nz/"), DW_STR_INIT(".in/"), DW_STR_INIT(".za/"),
    };
    struct dw_str language = work->found[PAGE_LANGUAGE];
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (dw_str_find_nocase(work->url, others[i], 0) != SIZE_MAX)
            return false;
    }
    return language.len == 0 || dw_str_eq_nocase(language, DW_STR("en")) ||
           dw_str_starts_nocase(language, DW_STR("en-us")) ||
           dw_str_starts_nocase(language, DW_STR("en_us"));
}

static void offer_time(struct page_work *work, int64_t time, int rank)
{
    page_offer(work, PAGE_PUBLISHED, dw_date_iso(work->arena, time), rank);
}

static void find_date(struct page_work *work, uint32_t title)
{
    bool month_first = is_month_first(work);
    int best = LEAST_POINTS - 1;
    int64_t time = DW_TIME_NONE;
    for (uint32_t i = 0; i < work->blocks.len; i++) {
        struct page_date date;
        struct dw_str head = dw_str_slice(work->blocks.at[i].text, 0, DATE_WINDOW);
        if (!page_find_date(head, month_first, &date))
            continue;
        int points = points_of(work, i, title, &date);
        if (points > best) {
            best = points;
            time = date.time;
        }
    }
    if (time != DW_TIME_NONE)
        offer_time(work, time, best >= DATE_POINTS ? RANK_VISIBLE_DATE : RANK_ANY_DATE);
}

/* An address with a date is right where what the page says is days away from it. */
static void compare_with_url(struct page_work *work)
{
    int64_t by_url;
    int64_t told;
    if (!page_date_of_url(work->url, &by_url) &&
        !page_date_of_url(work->found[PAGE_CANONICAL], &by_url))
        return;
    bool has = dw_date_parse(work->found[PAGE_PUBLISHED], &told);
    int64_t days = has ? (told - by_url) / 86400 : FAR_DAYS + 1;
    if (days > FAR_DAYS || days < -FAR_DAYS)
        offer_time(work, by_url, 1);
}

/* ---- Bylines ---- */

static void offer_author(struct page_work *work, struct dw_str raw, int rank)
{
    struct dw_str name;
    bool labelled;
    if (!page_clean_byline(work, raw, &labelled, &name))
        return;
    page_offer(work, PAGE_BYLINE, name, labelled ? rank - 1 : rank);
    page_offer(work, PAGE_SHOWN_BYLINE, name, labelled ? rank - 1 : rank);
}

/* In a form, a comment or another story. */
static bool is_elsewhere(const struct page_work *work, uint32_t at)
{
    for (; at != PAGE_NO_ELEMENT; at = work->elements.at[at].parent) {
        const struct page_element *element = &work->elements.at[at];
        if (element->hint == PAGE_HINT_FOREIGN ||
            dw_str_eq(page_tag(element->node), DW_STR("form")))
            return true;
    }
    return false;
}

static void find_named_authors(struct page_work *work, uint32_t title)
{
    for (uint32_t i = 1; i < work->elements.len; i++) {
        const struct page_element *element = &work->elements.at[i];
        int rank = element->author;
        if (rank == 0)
            continue;
        struct dw_str text = dw_html_node_to_text(work->arena, element->node, NULL, NULL);
        if (text.len > BYLINE_BYTES || text.len == 0)
            continue;
        bool far = distance(element->first_block, title) > NEAR_BLOCKS || is_elsewhere(work, i);
        offer_author(work, text, far ? rank + RANK_FAR : rank);
    }
}

/* Short blocks near the title that begin with "By". */
static void find_labelled_authors(struct page_work *work, uint32_t title)
{
    for (uint32_t i = title; i < work->blocks.len && i <= title + NEAR_BLOCKS; i++) {
        struct dw_str text = work->blocks.at[i].text;
        struct dw_str name;
        bool labelled;
        if (text.len <= BYLINE_BYTES && page_clean_byline(work, text, &labelled, &name) && labelled)
            offer_author(work, text, RANK_LABELLED);
    }
}

void page_read_visible(struct page_work *work)
{
    uint32_t title = title_block(work);
    if (work->rank[PAGE_PUBLISHED] == 0 || work->rank[PAGE_PUBLISHED] > RANK_VISIBLE_DATE)
        find_date(work, title);
    compare_with_url(work);
    find_named_authors(work, title);
    find_labelled_authors(work, title);
}
