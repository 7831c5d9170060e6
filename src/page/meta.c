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
#define RANK_UNKNOWN_META 45
#define RANK_SCRIPT 66

static const struct dw_str field_names[PAGE_FIELD_COUNT] = {
    [PAGE_TITLE] = DW_STR_INIT("title"),       [PAGE_BYLINE] = DW_STR_INIT("byline"),
    [PAGE_SITE] = DW_STR_INIT("site"),         [PAGE_PUBLISHED] = DW_STR_INIT("published"),
    [PAGE_LANGUAGE] = DW_STR_INIT("language"), [PAGE_CANONICAL] = DW_STR_INIT("canonical"),
    [PAGE_NEXT] = DW_STR_INIT("next"),         [PAGE_AMP] = DW_STR_INIT("amp"),
    [PAGE_PRINT] = DW_STR_INIT("print"),       [PAGE_SHOWN_BYLINE] = DW_STR_INIT("-"),
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

/* "article.first_date", "publishing-time": names that nobody has listed. */
static void read_unknown_date(struct page_work *work, struct dw_str name, struct dw_str content)
{
    static const struct dw_str good[] = {DW_STR_INIT("date"), DW_STR_INIT("publi"),
                                         DW_STR_INIT("created")};
    static const struct dw_str bad[] = {
        DW_STR_INIT("modif"), DW_STR_INIT("updat"), DW_STR_INIT("expir"), DW_STR_INIT("event"),
        DW_STR_INIT("start"), DW_STR_INIT("end"),   DW_STR_INIT("birth"), DW_STR_INIT("unpub"),
    };
    bool fits = false;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        fits = fits || dw_str_find_nocase(name, good[i], 0) != SIZE_MAX;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        fits = fits && dw_str_find_nocase(name, bad[i], 0) == SIZE_MAX;
    if (fits && content.len >= 8)
        page_offer(work, PAGE_PUBLISHED, content, RANK_UNKNOWN_META);
}

static void read_meta(struct page_work *work, const xmlNode *node)
{
    static const char *const names[] = {"property", "name", "itemprop", "http-equiv"};
    struct dw_str content = page_attribute(work, node, "content");
    for (size_t n = 0; content.len > 0 && n < sizeof names / sizeof names[0]; n++) {
        struct dw_str name = page_attribute(work, node, names[n]);
        if (name.len > 0)
            read_unknown_date(work, name, content);
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

/* A quoted date behind a key and a colon. */
static void offer_script_date(struct page_work *work, struct dw_str behind)
{
    enum { SPAN = 48 };
    struct dw_str rest = dw_str_trim(dw_str_slice(behind, 0, SPAN));
    struct dw_str quoted = dw_str_trim(dw_str_slice(rest, 1, rest.len));
    size_t end = dw_str_find_char(quoted, '"', 1);
    if (dw_str_starts(rest, DW_STR(":")) && dw_str_starts(quoted, DW_STR("\"")) && end != SIZE_MAX)
        page_offer(work, PAGE_PUBLISHED, dw_str_slice(quoted, 1, end), RANK_SCRIPT);
}

/* The dates that a page's own scripts are given: "publishedDate":"2026-01-29T09:30:00Z". */
static void read_script_dates(struct page_work *work, struct dw_str script)
{
    static const struct dw_str starts[] = {DW_STR_INIT("\"pub"), DW_STR_INIT("\"datePub")};
    static const struct dw_str keys[] = {
        DW_STR_INIT("\"datePublished\""),   DW_STR_INIT("\"publishedDate\""),
        DW_STR_INIT("\"publishDate\""),     DW_STR_INIT("\"publish_date\""),
        DW_STR_INIT("\"publishedAt\""),     DW_STR_INIT("\"published_at\""),
        DW_STR_INIT("\"publicationDate\""), DW_STR_INIT("\"pubDate\""),
        DW_STR_INIT("\"pubdate\""),
    };
    for (size_t s = 0; s < sizeof starts / sizeof starts[0]; s++) {
        for (size_t at = dw_str_find(script, starts[s], 0); at != SIZE_MAX;
             at = dw_str_find(script, starts[s], at + 1)) {
            struct dw_str rest = dw_str_slice(script, at, script.len);
            for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
                if (dw_str_starts(rest, keys[i]))
                    offer_script_date(work, dw_str_slice(rest, keys[i].len, rest.len));
            }
        }
    }
}

static void read_script(struct page_work *work, const xmlNode *node)
{
    struct dw_str type = page_attribute(work, node, "type");
    if (node->children == NULL)
        return;
    struct dw_str text = dw_str_from_c((const char *)node->children->content);
    if (!dw_str_starts_nocase(dw_str_trim(type), DW_STR("application/ld+json")))
        read_script_dates(work, text);
    else if (work->scripts++ < SCRIPTS_MAX)
        page_read_jsonld(work, text);
}

/* A time, or another element that has one as its title, as blogs write it. */
static void read_time(struct page_work *work, const xmlNode *node, bool is_time)
{
    struct dw_str class = page_attribute(work, node, "class");
    bool marked = dw_str_find_nocase(class, DW_STR("publish"), 0) != SIZE_MAX ||
                  page_has_word(class, DW_STR("entry-date"));
    bool updated = page_has_word(class, DW_STR("updated")) && !marked;
    if (!is_time && !marked && !updated)
        return;
    struct dw_str when = page_attribute(work, node, "datetime");
    if (when.len == 0)
        when = page_attribute(work, node, "title");
    if (!is_time && (when.len == 0 || !dw_is_digit(when.at[0])))
        return;
    if (when.len == 0)
        when = text_of(work, node);
    marked = marked || page_attribute(work, node, "pubdate").at != NULL;
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

/* The address without its last part: pages of one story differ there alone. */
static struct dw_str folder_of(struct dw_str url)
{
    size_t end = url.len;
    while (end > 0 && (url.at[end - 1] == '/' || dw_is_digit(url.at[end - 1])))
        end--;
    while (end > 0 && dw_str_find_char(DW_STR("/?&="), url.at[end - 1], 0) == SIZE_MAX)
        end--;
    return dw_str_slice(url, 0, end);
}

/* "next" is the next page of this story, not the next story, where it begins as this one does. */
static void read_next(struct page_work *work, const xmlNode *node)
{
    struct dw_str next = dw_url_resolve(work->arena, work->url, page_attribute(work, node, "href"));
    if (next.len > 0 && !dw_str_eq(next, work->url) &&
        (dw_str_starts(next, work->url) || dw_str_eq(folder_of(next), work->url) ||
         (dw_is_digit(next.at[next.len - 1]) && dw_str_eq(folder_of(next), folder_of(work->url)) &&
          dw_str_find_char(next, '?', 0) != SIZE_MAX)))
        page_offer(work, PAGE_NEXT, next, 1);
}

static void read_link(struct page_work *work, const xmlNode *node)
{
    struct dw_str rel = page_attribute(work, node, "rel");
    struct dw_str href = page_attribute(work, node, "href");
    if (page_has_word(rel, DW_STR("canonical")))
        page_offer(work, PAGE_CANONICAL, href, RANK_CANONICAL_LINK);
    if (page_has_word(rel, DW_STR("amphtml")))
        page_offer(work, PAGE_AMP, href, 1);
    if (page_has_word(rel, DW_STR("alternate")) &&
        page_has_word(page_attribute(work, node, "media"), DW_STR("print")))
        page_offer(work, PAGE_PRINT, href, 1);
}

/* What any element may tell by its attributes. */
static void read_attributes(struct page_work *work, const xmlNode *node, struct dw_str tag)
{
    if (dw_str_eq(tag, DW_STR("meta")))
        return;
    if ((dw_str_eq(tag, DW_STR("link")) || dw_str_eq(tag, DW_STR("a"))) &&
        page_has_word(page_attribute(work, node, "rel"), DW_STR("next")))
        read_next(work, node);
    read_time(work, node, dw_str_eq(tag, DW_STR("time")));
    struct dw_str names = page_attribute(work, node, "itemprop");
    if (names.len > 0)
        read_itemprop(work, node, names);
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
    if (dw_str_eq(tag, DW_STR("time")) || node->properties != NULL)
        read_attributes(work, node, tag);
}

void page_read_meta(struct page_work *work)
{
    const xmlNode *root = xmlDocGetRootElement(work->doc);
    for (const xmlNode *node = root; node != NULL; node = page_next(node, root, true)) {
        if (node->type == XML_ELEMENT_NODE)
            read_element(work, node);
    }
}
