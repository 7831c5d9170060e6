/* Feeds within web pages: a proxy, a browser that saved them, or the program that wrote them put
 * them there. */
#include "internal.h"

/* Bytes in which a page shows that it is one, and in which the feed in it begins. */
#define HEAD_BYTES 4096
#define SEARCHED_BYTES (1u << 20)
/* Bytes behind a root in which the first of its parts comes. */
#define NEAR_BYTES 8192

/* Roots, and what has to follow in a document of that kind: pages hold RDF of other kinds. */
static const struct {
    struct dw_str root;
    struct dw_str end;
    struct dw_str part;
    bool is_list;
} roots[] = {
    {DW_STR_INIT("<rss"), DW_STR_INIT("</rss>"), DW_STR_INIT("<channel"), false},
    {DW_STR_INIT("<rdf:RDF"), DW_STR_INIT("</rdf:RDF>"), DW_STR_INIT("<item"), false},
    {DW_STR_INIT("<feed"), DW_STR_INIT("</feed>"), DW_STR_INIT("<entry"), false},
    {DW_STR_INIT("<opml"), DW_STR_INIT("</opml>"), DW_STR_INIT("<outline"), true},
};
#define ROOTS (sizeof roots / sizeof roots[0])

/* Whether a tag of that name stands at an offset. */
static bool has_tag_at(struct dw_str text, size_t at, struct dw_str tag)
{
    size_t behind = at + tag.len;
    return dw_str_starts_nocase(dw_str_slice(text, at, text.len), tag) && behind < text.len &&
           (text.at[behind] == '>' || dw_is_space(text.at[behind]));
}

static bool is_page(struct dw_str text)
{
    static const struct dw_str signs[] = {DW_STR_INIT("<html"), DW_STR_INIT("<!doctype html"),
                                          DW_STR_INIT("<body"), DW_STR_INIT("<pre")};
    struct dw_str head = dw_str_slice(text, 0, HEAD_BYTES);
    size_t first = SIZE_MAX;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        size_t at = dw_str_find_nocase(head, signs[i], 0);
        if (at < first && has_tag_at(text, at, signs[i]))
            first = at;
    }
    for (size_t i = 0; first != SIZE_MAX && i < ROOTS; i++) {
        if (dw_str_find_nocase(dw_str_slice(head, 0, first), roots[i].root, 0) != SIZE_MAX)
            return false; /* the page is what the feed tells */
    }
    return first != SIZE_MAX;
}

/* Whether the text ends within a comment, or an element whose text is no markup. */
static bool ends_hidden(struct dw_str before)
{
    static const struct {
        struct dw_str open, close;
    } spans[] = {{DW_STR_INIT("<!--"), DW_STR_INIT("-->")},
                 {DW_STR_INIT("<script"), DW_STR_INIT("</script")},
                 {DW_STR_INIT("<style"), DW_STR_INIT("</style")},
                 {DW_STR_INIT("<template"), DW_STR_INIT("</template")}};
    for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
        size_t at = 0;
        while (at != SIZE_MAX && (at = dw_str_find_nocase(before, spans[i].open, at)) != SIZE_MAX) {
            at = dw_str_find_nocase(before, spans[i].close, at);
            if (at == SIZE_MAX)
                return true;
        }
    }
    return false;
}

/* The document that stands as markup in the page; empty if none does. */
static struct dw_str find_markup(struct dw_str page, bool is_list)
{
    struct dw_str head = dw_str_slice(page, 0, SEARCHED_BYTES);
    for (size_t i = 0; i < ROOTS; i++) {
        size_t at = dw_str_find_nocase(head, roots[i].root, 0);
        if (at == SIZE_MAX || !has_tag_at(page, at, roots[i].root) || roots[i].is_list != is_list)
            continue;
        struct dw_str near = dw_str_slice(page, at, at + NEAR_BYTES);
        if (dw_str_find_nocase(near, roots[i].part, 0) == SIZE_MAX ||
            ends_hidden(dw_str_slice(page, 0, at)))
            continue;
        size_t end = dw_str_find_nocase(page, roots[i].end, at);
        return dw_str_slice(page, at, end == SIZE_MAX ? page.len : end + roots[i].end.len);
    }
    return (struct dw_str){"", 0};
}

/* Whether a text that a page shows is the source of a document. */
static bool is_source(struct dw_str text, bool is_list)
{
    struct dw_str head = dw_str_slice(text, 0, NEAR_BYTES);
    if (!is_list && text.len > 0 && text.at[0] == '{')
        return dw_str_find(head, DW_STR("jsonfeed.org/version"), 0) != SIZE_MAX;
    size_t at = 0;
    if (dw_str_starts_nocase(head, DW_STR("<?xml"))) {
        size_t end = dw_str_find(head, DW_STR("?>"), 0);
        at = end == SIZE_MAX ? text.len : end + 2;
        while (at < head.len && dw_is_space(head.at[at]))
            at++;
    }
    for (size_t i = 0; i < ROOTS; i++) {
        if (roots[i].is_list == is_list && has_tag_at(text, at, roots[i].root))
            return true;
    }
    return false;
}

/* A program that took the document for HTML made comments of its CDATA sections: makes sections of
 * them again. */
static struct dw_str with_cdata(struct dw_arena *arena, struct dw_str text)
{
    static const struct {
        struct dw_str comment, section;
    } marks[] = {{DW_STR_INIT("<!--[CDATA["), DW_STR_INIT("<![CDATA[")},
                 {DW_STR_INIT("]]-->"), DW_STR_INIT("]]>")}};
    for (size_t i = 0; i < 2; i++) {
        struct dw_strs parts = {0};
        size_t from = 0;
        for (size_t at = 0; (at = dw_str_find(text, marks[i].comment, from)) != SIZE_MAX;
             from = at + marks[i].comment.len)
            dw_strs_push(arena, &parts, dw_str_slice(text, from, at));
        dw_strs_push(arena, &parts, dw_str_slice(text, from, text.len));
        if (parts.len > 1)
            text = dw_strs_join(arena, &parts, marks[i].section);
    }
    return text;
}

void feed_unwrap(struct reading *reading)
{
    struct dw_str page = reading->text;
    if (!is_page(page))
        return;
    struct dw_str inside = find_markup(page, reading->is_list);
    if (inside.len > 0) {
        for (const char *c = page.at; c < inside.at; c++)
            reading->lines_before += *c == '\n';
        inside = with_cdata(reading->arena, inside);
    } else {
        inside = dw_str_trim(dw_html_to_text(reading->arena, page));
        if (!is_source(inside, reading->is_list))
            return;
    }
    reading->text = inside;
    feed_warn(reading, "a web page stands around it: what it holds was taken out");
}
