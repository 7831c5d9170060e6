/* HTML to plain text: what a reader sees, blocks kept apart, nothing of the machinery. */
#include "text/text.h"

#include <libxml/HTMLparser.h>

extern const struct dw_tsv text_tags;

enum tag_role {
    TAG_UNKNOWN,
    TAG_INLINE,
    TAG_BLOCK,
    TAG_LINE,
    TAG_ITEM,
    TAG_CELL,
    TAG_BREAK,
    TAG_PRE,
    TAG_SKIP
};

static enum tag_role role_of_row(const struct dw_tsv_row *row)
{
    static const struct {
        struct dw_str name;
        enum tag_role role;
    } roles[] = {
        {DW_STR_INIT("inline"), TAG_INLINE}, {DW_STR_INIT("block"), TAG_BLOCK},
        {DW_STR_INIT("line"), TAG_LINE},     {DW_STR_INIT("item"), TAG_ITEM},
        {DW_STR_INIT("cell"), TAG_CELL},     {DW_STR_INIT("break"), TAG_BREAK},
        {DW_STR_INIT("pre"), TAG_PRE},       {DW_STR_INIT("skip"), TAG_SKIP},
    };
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        if (dw_str_eq(row->cell[1], roles[i].name))
            return roles[i].role;
    }
    return TAG_UNKNOWN;
}

static enum tag_role role_of(struct dw_str name)
{
    size_t low = 0;
    size_t high = text_tags.len;
    char lower[16];
    if (name.len > sizeof lower)
        return TAG_UNKNOWN;
    for (size_t i = 0; i < name.len; i++)
        lower[i] = dw_to_lower(name.at[i]);
    struct dw_str key = {lower, name.len};
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = dw_str_compare(key, text_tags.rows[middle].cell[0]);
        if (order == 0)
            return role_of_row(&text_tags.rows[middle]);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return TAG_UNKNOWN;
}

bool dw_html_looks_like(struct dw_str s)
{
    for (size_t i = dw_str_find_char(s, '<', 0); i != SIZE_MAX;
         i = dw_str_find_char(s, '<', i + 1)) {
        size_t from = i + 1 < s.len && s.at[i + 1] == '/' ? i + 2 : i + 1;
        size_t to = from;
        while (to < s.len && (dw_is_alpha(s.at[to]) || dw_is_digit(s.at[to])))
            to++;
        bool ends = to < s.len && (s.at[to] == '>' || s.at[to] == '/' || dw_is_space(s.at[to]));
        if (ends && role_of(dw_str_slice(s, from, to)) != TAG_UNKNOWN)
            return true;
        if (dw_str_starts(dw_str_slice(s, i, s.len), DW_STR("<!--")))
            return true;
    }
    for (size_t i = dw_str_find_char(s, '&', 0); i != SIZE_MAX;
         i = dw_str_find_char(s, '&', i + 1)) {
        size_t end = dw_str_find_char(s, ';', i);
        uint32_t points[2];
        if (end == SIZE_MAX || end - i > 32)
            continue;
        struct dw_str name = dw_str_slice(s, i + 1, end);
        if (name.len > 0 && (name.at[0] == '#' || dw_html_entity(name, points)))
            return true;
    }
    return false;
}

/* ---- Walking libxml2's tree ---- */

struct writer {
    struct dw_buf out;
    int lines;  /* line ends that stand before the next word: 1 a new line, 2 a new block */
    bool space; /* white space stands before the next word */
    bool cell;  /* a cell came before in this row */
    bool fresh; /* nothing was written since the last line end */
    int pre;    /* inside this many pre elements */
    int depth;
    dw_html_skip skip;
    const void *context; /* for skip */
};

static void want_lines(struct writer *w, int lines)
{
    if (w->lines < lines)
        w->lines = lines;
    w->space = false;
}

/* Writes what waits before a word. */
static void write_gap(struct writer *w)
{
    if (w->out.len > 0 && w->lines > 0)
        dw_buf_add(&w->out, w->lines > 1 ? DW_STR("\n\n") : DW_STR("\n"));
    else if (w->out.len > 0 && w->space)
        dw_buf_add_char(&w->out, ' ');
    w->lines = 0;
    w->space = false;
    w->fresh = false;
}

static void write_text(struct writer *w, struct dw_str s)
{
    while (s.len > 0) {
        size_t word = 0;
        while (word < s.len && !dw_is_space(s.at[word]))
            word++;
        if (word > 0) {
            write_gap(w);
            dw_buf_add(&w->out, dw_str_slice(s, 0, word));
        }
        s = dw_str_slice(s, word, s.len);
        if (s.len == 0)
            break;
        if (w->pre > 0 && s.at[0] == '\n')
            want_lines(w, 1);
        else
            w->space = true;
        s = dw_str_slice(s, 1, s.len);
    }
}

static void write_image(struct writer *w, const xmlNode *node)
{
    xmlChar *alt = xmlGetNoNsProp(node, (const xmlChar *)"alt");
    struct dw_str text = dw_str_trim(dw_str_from_c((const char *)alt));
    if (text.len > 0) {
        w->space = true;
        write_text(w, text);
        w->space = true;
    }
    xmlFree(alt);
}

static void open_tag(struct writer *w, enum tag_role role)
{
    switch (role) {
    case TAG_BLOCK:
    case TAG_PRE:
        want_lines(w, 2);
        w->cell = false;
        w->pre += role == TAG_PRE;
        break;
    case TAG_LINE:
        want_lines(w, 1);
        w->cell = false;
        break;
    case TAG_ITEM:
        want_lines(w, 1);
        write_gap(w);
        dw_buf_add_char(&w->out, '-');
        w->space = true;
        break;
    case TAG_CELL:
        if (w->cell && w->lines == 0) {
            w->space = true;
            write_gap(w);
            dw_buf_add_char(&w->out, '|');
            w->space = true;
        }
        w->cell = true;
        break;
    case TAG_BREAK:
        want_lines(w, w->lines > 0 ? 2 : 1);
        break;
    case TAG_INLINE:
    case TAG_UNKNOWN:
    case TAG_SKIP:
        break;
    }
}

static void close_tag(struct writer *w, enum tag_role role)
{
    if (role == TAG_BLOCK || role == TAG_PRE)
        want_lines(w, 2);
    else if (role == TAG_LINE || role == TAG_ITEM)
        want_lines(w, 1);
    w->pre -= role == TAG_PRE;
}

/* A one-pixel image or an element that says it is hidden. */
static bool is_hidden(const xmlNode *node)
{
    for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
        struct dw_str name = dw_str_from_c((const char *)a->name);
        if (dw_str_eq(name, DW_STR("hidden")))
            return true;
        if (!dw_str_eq(name, DW_STR("style")) || a->children == NULL)
            continue;
        struct dw_str style = dw_str_from_c((const char *)a->children->content);
        size_t at = dw_str_find_nocase(style, DW_STR("display"), 0);
        if (at != SIZE_MAX && dw_str_find_nocase(style, DW_STR("none"), at) != SIZE_MAX)
            return true;
    }
    return false;
}

static void write_node(struct writer *w, const xmlNode *node);

static void write_element(struct writer *w, const xmlNode *node)
{
    struct dw_str name = dw_str_from_c((const char *)node->name);
    enum tag_role role = role_of(name);
    if (role == TAG_SKIP || is_hidden(node) || (w->skip != NULL && w->skip(node, w->context)))
        return;
    if (dw_str_eq(name, DW_STR("img"))) {
        write_image(w, node);
        return;
    }
    open_tag(w, role);
    w->depth++;
    for (const xmlNode *child = node->children; child != NULL && w->depth < DW_LIMIT_DEPTH;
         child = child->next)
        write_node(w, child);
    w->depth--;
    close_tag(w, role);
}

/* Recursion is bounded by DW_LIMIT_DEPTH. */
static void write_node(struct writer *w, const xmlNode *node)
{
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
        write_text(w, dw_str_from_c((const char *)node->content));
    else if (node->type == XML_ELEMENT_NODE)
        write_element(w, node);
}

struct dw_str dw_html_without_nul(struct dw_arena *arena, struct dw_str s)
{
    if (dw_str_find_char(s, '\0', 0) == SIZE_MAX)
        return s;
    char *copy = dw_arena_array(arena, s.len, 1);
    if (copy == NULL)
        return (struct dw_str){"", 0};
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] != '\0')
            copy[len++] = s.at[i];
    }
    return (struct dw_str){copy, len};
}

bool dw_html_is_inline(struct dw_str tag)
{
    enum tag_role role = role_of(tag);
    return role == TAG_INLINE || role == TAG_UNKNOWN || role == TAG_BREAK;
}

bool dw_html_is_skipped(struct dw_str tag)
{
    return role_of(tag) == TAG_SKIP;
}

struct dw_str dw_html_node_to_text(struct dw_arena *arena, const struct _xmlNode *node,
                                   dw_html_skip skip, const void *context)
{
    struct writer w = {.fresh = true, .skip = skip, .context = context};
    dw_buf_init(&w.out, 3 * (size_t)DW_LIMIT_BODY_BYTES);
    write_node(&w, node);
    struct dw_str text = dw_text_clean(arena, dw_buf_str(&w.out), DW_CLEAN_TEXT);
    if (!dw_buf_ok(&w.out))
        arena->failed = true;
    dw_buf_release(&w.out);
    return text;
}

struct dw_str dw_html_to_text(struct dw_arena *arena, struct dw_str html)
{
    html = dw_html_without_nul(arena, html);
    if (dw_str_find_char(html, '<', 0) == SIZE_MAX)
        return dw_text_clean(arena, dw_html_decode(arena, html), DW_CLEAN_TEXT);
    if (html.len > DW_LIMIT_BODY_BYTES)
        html = dw_utf8_cut(html, DW_LIMIT_BODY_BYTES);
    htmlDocPtr doc = htmlReadMemory(html.at, (int)html.len, NULL, "UTF-8",
                                    HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                        HTML_PARSE_NONET | HTML_PARSE_COMPACT);
    const xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
    struct dw_str text = {"", 0};
    if (root != NULL)
        text = dw_html_node_to_text(arena, root, NULL, NULL);
    xmlFreeDoc(doc);
    return text;
}
