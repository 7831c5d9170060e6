/* A node of libxml2's HTML tree as plain text: for pages, whose structure somebody has judged. */
#include "html-writer.h"

#include <libxml/HTMLparser.h>

struct walk {
    struct html_writer writer;
    int depth;
    dw_html_skip skip;
    const void *context; /* for skip */
};

static void write_image(struct html_writer *w, const xmlNode *node)
{
    xmlChar *alt = xmlGetNoNsProp(node, (const xmlChar *)"alt");
    html_write_image(w, dw_str_from_c((const char *)alt));
    xmlFree(alt);
}

/* An element that says it is hidden. */
static bool is_hidden(const xmlNode *node)
{
    for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
        struct dw_str name = dw_str_from_c((const char *)a->name);
        if (dw_str_eq(name, DW_STR("hidden")))
            return true;
        if (!dw_str_eq(name, DW_STR("style")) || a->children == NULL)
            continue;
        if (html_style_hides(dw_str_from_c((const char *)a->children->content)))
            return true;
    }
    return false;
}

static void write_node(struct walk *walk, const xmlNode *node);

static void write_element(struct walk *walk, const xmlNode *node)
{
    struct html_writer *w = &walk->writer;
    struct dw_str name = dw_str_from_c((const char *)node->name);
    enum tag_role role = html_tag_role(name);
    if (role == TAG_SKIP || role == TAG_VOID || is_hidden(node) ||
        (walk->skip != NULL && walk->skip(node, walk->context)))
        return;
    if (dw_str_eq(name, DW_STR("img"))) {
        write_image(w, node);
        return;
    }
    html_open_tag(w, role);
    walk->depth++;
    for (const xmlNode *child = node->children; child != NULL && walk->depth < DW_LIMIT_DEPTH;
         child = child->next)
        write_node(walk, child);
    walk->depth--;
    html_close_tag(w, role);
}

/* Recursion is bounded by DW_LIMIT_DEPTH. */
static void write_node(struct walk *walk, const xmlNode *node)
{
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
        html_write_text(&walk->writer, dw_str_from_c((const char *)node->content));
    else if (node->type == XML_ELEMENT_NODE)
        write_element(walk, node);
}

struct dw_str dw_html_node_to_text(struct dw_arena *arena, const struct _xmlNode *node,
                                   dw_html_skip skip, const void *context)
{
    struct walk walk = {.skip = skip, .context = context};
    html_writer_init(&walk.writer, 3 * (size_t)DW_LIMIT_BODY_BYTES);
    write_node(&walk, node);
    return html_writer_text(&walk.writer, arena);
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
