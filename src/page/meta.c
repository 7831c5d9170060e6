/* What a page says of itself: meta tags, links, JSON-LD, headings, times, bylines. */
#include "internal.h"

/* attribute value, field, rank */
extern const struct dw_tsv page_meta;

#define HEADINGS_MAX 20 /* headings of the first level that are looked at */
#define SCRIPTS_MAX 20  /* JSON-LD blocks of a page: honest ones have up to five */

/* Ranks of what is found elsewhere than in the table's tags and JSON-LD. */
#define RANK_CANONICAL_LINK 1
#define RANK_ITEMPROP 25
#define RANK_TITLE_TAG 30
#define RANK_HEADING 40
#define RANK_LANGUAGE_TAG 5
#define RANK_TIME_TAG 50
#define RANK_TIME_LOOSE 60
#define RANK_BYLINE 50
#define RANK_URL_DATE 90

static const struct dw_str field_names[PAGE_FIELD_COUNT] = {
    [PAGE_TITLE] = DW_STR_INIT("title"),       [PAGE_BYLINE] = DW_STR_INIT("byline"),
    [PAGE_SITE] = DW_STR_INIT("site"),         [PAGE_PUBLISHED] = DW_STR_INIT("published"),
    [PAGE_LANGUAGE] = DW_STR_INIT("language"), [PAGE_CANONICAL] = DW_STR_INIT("canonical"),
};

/* The text of an element, for headings and bylines. */
static struct dw_str text_of(struct page_work *work, const xmlNode *node)
{
    return dw_html_node_to_text(work->arena, node, NULL, NULL);
}

static void offer_row(struct page_work *work, const struct dw_tsv_row *row, struct dw_str value)
{
    int64_t rank;
    if (!dw_str_to_int(row->cell[2], &rank))
        return;
    for (int field = 0; field < PAGE_FIELD_COUNT; field++) {
        if (dw_str_eq(row->cell[1], field_names[field]))
            page_offer(work, (enum page_field)field, value, (int)rank);
    }
}

static void read_meta(struct page_work *work, const xmlNode *node)
{
    static const char *const names[] = {"property", "name", "itemprop", "http-equiv"};
    struct dw_str content = page_attribute(work, node, "content");
    for (size_t n = 0; content.len > 0 && n < sizeof names / sizeof names[0]; n++) {
        struct dw_str name = page_attribute(work, node, names[n]);
        for (size_t i = 0; name.len > 0 && i < page_meta.len; i++) {
            if (dw_str_eq_nocase(name, page_meta.rows[i].cell[0]))
                offer_row(work, &page_meta.rows[i], content);
        }
    }
}

static bool has_word(struct dw_str list, struct dw_str word)
{
    struct dw_str part;
    while (list.len > 0 && dw_str_split(&list, ' ', &part)) {
        if (dw_str_eq_nocase(part, word))
            return true;
    }
    return false;
}

static void read_script(struct page_work *work, const xmlNode *node)
{
    struct dw_str type = page_attribute(work, node, "type");
    if (!dw_str_starts_nocase(dw_str_trim(type), DW_STR("application/ld+json")) ||
        node->children == NULL || work->scripts++ >= SCRIPTS_MAX)
        return;
    page_read_jsonld(work, dw_str_from_c((const char *)node->children->content));
}

/* A heading of the first level: often the title, sometimes the site's name or that of a menu. */
static void read_heading(struct page_work *work, const xmlNode *node)
{
    struct dw_str text = dw_text_clean(work->arena, text_of(work, node), DW_CLEAN_LINE);
    page_offer(work, PAGE_TITLE, text, RANK_HEADING);
    if (text.len > 0 && work->headings.len < HEADINGS_MAX &&
        !dw_strs_push(work->arena, &work->headings, text))
        work->arena->failed = true;
}

static void read_time(struct page_work *work, const xmlNode *node)
{
    struct dw_str when = page_attribute(work, node, "datetime");
    struct dw_str class = page_attribute(work, node, "class");
    bool marked = dw_str_find_nocase(class, DW_STR("publish"), 0) != SIZE_MAX ||
                  has_word(class, DW_STR("entry-date")) ||
                  page_attribute(work, node, "pubdate").at != NULL;
    if (when.len == 0)
        when = text_of(work, node);
    page_offer(work, PAGE_PUBLISHED, when, marked ? RANK_TIME_TAG : RANK_TIME_LOOSE);
}

/* itemprop on any element: its content or text. */
static void read_itemprop(struct page_work *work, const xmlNode *node, struct dw_str names)
{
    struct dw_str value = page_attribute(work, node, "content");
    if (value.len == 0)
        value = page_attribute(work, node, "datetime");
    if (has_word(names, DW_STR("datePublished")))
        page_offer(work, PAGE_PUBLISHED, value, RANK_ITEMPROP);
    if (has_word(names, DW_STR("headline")))
        page_offer(work, PAGE_TITLE, value.len > 0 ? value : text_of(work, node), RANK_ITEMPROP);
    if (has_word(names, DW_STR("author")))
        page_offer(work, PAGE_BYLINE, value.len > 0 ? value : text_of(work, node),
                   RANK_ITEMPROP + 1);
}

/* Longer texts in an element for the author tell about the author. */
#define BYLINE_BYTES 80

static void read_byline(struct page_work *work, const xmlNode *node)
{
    struct dw_str rel = page_attribute(work, node, "rel");
    struct dw_str class = page_attribute(work, node, "class");
    bool linked = has_word(rel, DW_STR("author"));
    bool named = has_word(class, DW_STR("byline")) || has_word(class, DW_STR("author")) ||
                 has_word(class, DW_STR("author-name")) || has_word(class, DW_STR("byline-name"));
    if (!linked && !named)
        return;
    struct dw_str text = text_of(work, node);
    if (dw_str_starts_nocase(text, DW_STR("by ")))
        text = dw_str_slice(text, 3, text.len);
    size_t line = dw_str_find_char(text, '\n', 0);
    text = dw_str_slice(text, 0, line);
    if (text.len <= BYLINE_BYTES)
        page_offer(work, PAGE_BYLINE, text, linked ? RANK_BYLINE : RANK_BYLINE + 1);
}

static void read_link(struct page_work *work, const xmlNode *node)
{
    if (has_word(page_attribute(work, node, "rel"), DW_STR("canonical")))
        page_offer(work, PAGE_CANONICAL, page_attribute(work, node, "href"), RANK_CANONICAL_LINK);
}

static void read_element(struct page_work *work, const xmlNode *node)
{
    struct dw_str tag = page_tag(node);
    if (dw_str_eq(tag, DW_STR("meta")))
        read_meta(work, node);
    else if (dw_str_eq(tag, DW_STR("link")))
        read_link(work, node);
    else if (dw_str_eq(tag, DW_STR("script")))
        read_script(work, node);
    else if (dw_str_eq(tag, DW_STR("html")))
        page_offer(work, PAGE_LANGUAGE, page_attribute(work, node, "lang"), RANK_LANGUAGE_TAG);
    else if (dw_str_eq(tag, DW_STR("title")) && node->children != NULL)
        page_offer(work, PAGE_TITLE, dw_str_from_c((const char *)node->children->content),
                   RANK_TITLE_TAG);
    else if (dw_str_eq(tag, DW_STR("h1")))
        read_heading(work, node);
    else if (dw_str_eq(tag, DW_STR("time")))
        read_time(work, node);
    if (node->properties == NULL || dw_str_eq(tag, DW_STR("meta")))
        return;
    struct dw_str names = page_attribute(work, node, "itemprop");
    if (names.len > 0)
        read_itemprop(work, node, names);
    read_byline(work, node);
}

/* A number of so many digits and then a slash. */
static bool takes_part(struct dw_str url, size_t *at, size_t digits)
{
    for (size_t i = 0; i < digits; i++) {
        if (*at + i >= url.len || !dw_is_digit(url.at[*at + i]))
            return false;
    }
    *at += digits;
    return *at < url.len && url.at[(*at)++] == '/';
}

/* "/2026/01/29/" in the page's address, the last resort. */
static void read_url_date(struct page_work *work, struct dw_str url)
{
    for (size_t at = dw_str_find_char(url, '/', 0); at != SIZE_MAX;
         at = dw_str_find_char(url, '/', at + 1)) {
        size_t end = at + 1;
        if (takes_part(url, &end, 4) && takes_part(url, &end, 2) && takes_part(url, &end, 2))
            page_offer(work, PAGE_PUBLISHED, dw_str_slice(url, at + 1, end - 1), RANK_URL_DATE);
    }
}

void page_read_meta(struct page_work *work)
{
    const xmlNode *root = xmlDocGetRootElement(work->doc);
    for (const xmlNode *node = root; node != NULL; node = page_next(node, root, true)) {
        if (node->type == XML_ELEMENT_NODE)
            read_element(work, node);
    }
    read_url_date(work, work->url);
    read_url_date(work, work->found[PAGE_CANONICAL]);
}
