/* An article page in, its story and metadata out. */
#include "internal.h"

#define BLANK ((struct dw_str){"", 0})

/* Further bytes have no meta tags that name a character set. */
#define CHARSET_WINDOW 4096

/* The character set that a meta tag names. */
static struct dw_str declared_charset(struct dw_str bytes)
{
    struct dw_str head = dw_str_slice(bytes, 0, CHARSET_WINDOW);
    for (size_t at = dw_str_find_nocase(head, DW_STR("<meta"), 0); at != SIZE_MAX;
         at = dw_str_find_nocase(head, DW_STR("<meta"), at + 1)) {
        size_t end = dw_str_find_char(head, '>', at);
        struct dw_str tag = dw_str_slice(head, at, end);
        struct dw_str charset = dw_charset_parameter(tag, DW_STR("charset"));
        if (charset.len > 0)
            return charset;
    }
    return BLANK;
}

static struct dw_str decode(struct dw_arena *arena, const struct dw_page_input *input)
{
    struct dw_str bytes = dw_str_slice(input->bytes, 0, DW_LIMIT_BODY_BYTES);
    struct dw_str text;
    if (dw_charset_by_mark(arena, &bytes, &text))
        return text;
    const struct dw_str names[] = {
        dw_charset_parameter(input->content_type, DW_STR("charset")),
        declared_charset(bytes),
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i].len > 0 && dw_charset_convert(arena, bytes, names[i], &text))
            return text;
    }
    enum dw_charset_guess guess;
    return dw_charset_guess(arena, bytes, &guess);
}

/* Whether it names an instant that a page can be of. */
static bool is_date(struct dw_str value)
{
    int64_t time;
    if (!dw_date_parse(value, &time))
        return false;
    int year = dw_civil_from_time(time).year;
    return year >= PAGE_FIRST_YEAR && year <= PAGE_LAST_YEAR;
}

void page_offer(struct page_work *work, enum page_field field, struct dw_str value, int rank)
{
    value = dw_str_trim(value);
    if (value.len == 0 || value.len > DW_LIMIT_URL_BYTES)
        return;
    if (work->rank[field] != 0 && work->rank[field] <= rank)
        return;
    if (field == PAGE_PUBLISHED && !is_date(value))
        return;
    if ((field == PAGE_BYLINE || field == PAGE_SHOWN_BYLINE) && !page_is_author(work, value))
        return;
    work->found[field] = value;
    work->rank[field] = rank;
}

struct dw_str page_value(struct page_work *work, const xmlAttr *attribute)
{
    if (attribute->children == NULL)
        return BLANK;
    if (attribute->children->next == NULL)
        return dw_str_from_c((const char *)attribute->children->content);
    xmlChar *joined = xmlNodeListGetString(work->doc, attribute->children, 1);
    struct dw_str value = dw_str_dup(work->arena, dw_str_from_c((const char *)joined));
    xmlFree(joined);
    return value;
}

struct dw_str page_attribute(struct page_work *work, const xmlNode *node, const char *name)
{
    struct dw_str wanted = dw_str_from_c(name);
    for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
        if (dw_str_eq(dw_str_from_c((const char *)a->name), wanted))
            return page_value(work, a);
    }
    return BLANK;
}

struct dw_str page_tag(const xmlNode *node)
{
    if (node->type != XML_ELEMENT_NODE)
        return BLANK;
    return dw_str_from_c((const char *)node->name);
}

const xmlNode *page_next(const xmlNode *node, const xmlNode *top, bool into)
{
    if (into && node->type == XML_ELEMENT_NODE && node->children != NULL)
        return node->children;
    while (node != top && node->next == NULL)
        node = node->parent;
    return node == top ? NULL : node->next;
}

static xmlNode *find_body(const xmlDoc *doc)
{
    xmlNode *root = xmlDocGetRootElement(doc);
    for (xmlNode *n = root != NULL ? root->children : NULL; n != NULL; n = n->next) {
        if (dw_str_eq(page_tag(n), DW_STR("body")))
            return n;
    }
    return root;
}

/* A found value on one clean line. */
static struct dw_str line_of(struct page_work *work, enum page_field field)
{
    struct dw_str raw = work->found[field];
    struct dw_str text = dw_html_looks_like(raw) ? dw_html_to_text(work->arena, raw) : raw;
    return dw_text_clean(work->arena, text, DW_CLEAN_LINE);
}

/* What the page declares; where that is but its own name, what it shows. */
static struct dw_str byline_of(struct page_work *work, struct dw_str site)
{
    struct dw_str declared = line_of(work, PAGE_BYLINE);
    struct dw_str shown = line_of(work, PAGE_SHOWN_BYLINE);
    bool is_name = shown.len > 0 && page_is_site(work, declared, site);
    return is_name ? shown : declared;
}

static void fill_metadata(struct page_work *work, struct dw_page *page)
{
    page->site = line_of(work, PAGE_SITE);
    page->title = page_choose_title(work, line_of(work, PAGE_TITLE), page->site);
    page->title = dw_utf8_cut(page->title, DW_LIMIT_TITLE_BYTES);
    work->title = page->title;
    page_read_visible(work);
    page->byline = byline_of(work, page->site);
    page->language = line_of(work, PAGE_LANGUAGE);
    page->canonical = dw_url_resolve(work->arena, work->url, work->found[PAGE_CANONICAL]);
    page->next = dw_url_resolve(work->arena, work->url, work->found[PAGE_NEXT]);
    page->amp = dw_url_resolve(work->arena, work->url, work->found[PAGE_AMP]);
    page->print = dw_url_resolve(work->arena, work->url, work->found[PAGE_PRINT]);
    if (!dw_date_parse(work->found[PAGE_PUBLISHED], &page->published))
        page->published = DW_TIME_NONE;
}

/* Whether it can be a page at all: something in angle brackets, and not the start of other files.
 */
static bool is_html(struct dw_str text)
{
    struct dw_str head = dw_str_slice(text, 0, CHARSET_WINDOW);
    return dw_str_find_char(head, '<', 0) != SIZE_MAX && !dw_str_starts(head, DW_STR("%PDF")) &&
           !dw_str_starts(head, DW_STR("\x89PNG"));
}

static bool no_memory(struct dw_error *err)
{
    return dw_error_set(err, DW_ERR_MEMORY, "out of memory reading a page");
}

bool page_open(struct page_work *work, const struct dw_page_input *input, struct dw_error *err)
{
    struct dw_str html = dw_html_without_nul(work->arena, decode(work->arena, input));
    html = page_guard(work->arena, html);
    if (work->arena->failed)
        return no_memory(err);
    if (!is_html(html))
        return dw_error_set(err, DW_ERR_INPUT, "this is not HTML");
    work->url = input->url;
    work->doc = htmlReadMemory(html.at, (int)html.len, NULL, "UTF-8",
                               HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                   HTML_PARSE_NONET | HTML_PARSE_COMPACT);
    if (work->doc == NULL)
        return no_memory(err);
    work->body = find_body(work->doc);
    if (work->body == NULL)
        return dw_error_set(err, DW_ERR_INPUT, "the page is empty");
    page_read_meta(work);
    if (!page_split(work))
        return no_memory(err);
    page_measure(work);
    return true;
}

void page_close(struct page_work *work)
{
    xmlFreeDoc(work->doc);
}

static bool read_story(struct page_work *work, struct dw_page *page, struct dw_error *err)
{
    fill_metadata(work, page);
    if (!page_decide(work, page->title))
        return no_memory(err);
    enum page_barrier barrier = page_find_barrier(work);
    if (barrier != PAGE_BARRIER_NONE && barrier != PAGE_BARRIER_SUBSCRIBE && work->story.len == 0)
        return dw_error_set(err, DW_ERR_INPUT, "%s", page_barrier_message(barrier));
    page->text = page_content(work);
    page->partial = barrier == PAGE_BARRIER_SUBSCRIBE;
    page->live = work->live;
    page_fill_sections(work, page);
    if (work->arena->failed)
        return no_memory(err);
    if (page->text.len == 0)
        return dw_error_set(
            err, DW_ERR_INPUT, "%s",
            page_barrier_message(barrier != PAGE_BARRIER_NONE ? barrier : PAGE_BARRIER_SCRIPT));
    return true;
}

bool dw_page_read(struct dw_arena *arena, const struct dw_page_input *input, struct dw_page *page,
                  struct dw_error *err)
{
    *page = (struct dw_page){.title = BLANK,
                             .byline = BLANK,
                             .site = BLANK,
                             .published = DW_TIME_NONE,
                             .language = BLANK,
                             .canonical = BLANK,
                             .text = BLANK,
                             .next = BLANK,
                             .amp = BLANK,
                             .print = BLANK};
    struct page_work work = {.arena = arena};
    bool done = page_open(&work, input, err) && read_story(&work, page, err);
    page_close(&work);
    return done;
}
