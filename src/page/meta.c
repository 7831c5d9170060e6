/* What a page says of itself: meta tags, links, JSON-LD, headings, times, bylines. */
#include "internal.h"

/* attribute value, field, rank */
extern const struct dw_tsv page_meta;

#define SCRIPTS_MAX 20 /* JSON-LD blocks of a page: honest ones have up to five */

/* Ranks of what is found elsewhere than in the table's tags and JSON-LD. */
#define RANK_CANONICAL_LINK 1
#define RANK_ITEMPROP 25
#define RANK_TITLE_TAG 30
#define RANK_LANGUAGE_TAG 5
#define RANK_TIME_TAG 50
#define RANK_TIME_LOOSE 54
#define RANK_TIME_UPDATED 70

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

bool page_has_word(struct dw_str list, struct dw_str word)
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

/* A time, or an abbreviation that has one as its title, as blogs write it. */
static void read_time(struct page_work *work, const xmlNode *node)
{
    struct dw_str when = page_attribute(work, node, "datetime");
    struct dw_str class = page_attribute(work, node, "class");
    bool marked = dw_str_find_nocase(class, DW_STR("publish"), 0) != SIZE_MAX ||
                  page_has_word(class, DW_STR("entry-date")) ||
                  page_attribute(work, node, "pubdate").at != NULL;
    bool is_time = dw_str_eq(page_tag(node), DW_STR("time"));
    if (!is_time && !marked)
        return;
    if (when.len == 0)
        when = page_attribute(work, node, "title");
    if (when.len == 0 && is_time)
        when = text_of(work, node);
    bool updated = page_has_word(class, DW_STR("updated")) && !marked;
    page_offer(work, PAGE_PUBLISHED, when,
               marked    ? RANK_TIME_TAG
               : updated ? RANK_TIME_UPDATED
                         : RANK_TIME_LOOSE);
}

/* itemprop on any element: its content or text. */
static void read_itemprop(struct page_work *work, const xmlNode *node, struct dw_str names)
{
    struct dw_str value = page_attribute(work, node, "content");
    if (value.len == 0)
        value = page_attribute(work, node, "datetime");
    if (value.len == 0 && page_has_word(names, DW_STR("datePublished")))
        value = page_attribute(work, node, "title");
    if (page_has_word(names, DW_STR("datePublished")))
        page_offer(work, PAGE_PUBLISHED, value, RANK_ITEMPROP);
    if (page_has_word(names, DW_STR("headline")))
        page_offer(work, PAGE_TITLE, value.len > 0 ? value : text_of(work, node), RANK_ITEMPROP);
}

static void read_link(struct page_work *work, const xmlNode *node)
{
    if (page_has_word(page_attribute(work, node, "rel"), DW_STR("canonical")))
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
    else if (dw_str_eq(tag, DW_STR("time")) || dw_str_eq(tag, DW_STR("abbr")))
        read_time(work, node);
    if (node->properties == NULL || dw_str_eq(tag, DW_STR("meta")))
        return;
    struct dw_str names = page_attribute(work, node, "itemprop");
    if (names.len > 0)
        read_itemprop(work, node, names);
}

void page_read_meta(struct page_work *work)
{
    const xmlNode *root = xmlDocGetRootElement(work->doc);
    for (const xmlNode *node = root; node != NULL; node = page_next(node, root, true)) {
        if (node->type == XML_ELEMENT_NODE)
            read_element(work, node);
    }
}
