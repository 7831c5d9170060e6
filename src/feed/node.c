/* One element of libxml2's tree: its name, its attributes and text. */
#include "node.h"

struct dw_str feed_xml_str(const xmlChar *s)
{
    return dw_str_from_c((const char *)s);
}

bool feed_node_is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE &&
           dw_str_eq_nocase(feed_xml_str(node->name), dw_str_from_c(name));
}

struct dw_str feed_node_attribute(struct reading *r, const xmlNode *node, const char *name)
{
    struct dw_str wanted = dw_str_from_c(name);
    const xmlAttr *a = node->properties;
    while (a != NULL && !dw_str_eq_nocase(feed_xml_str(a->name), wanted))
        a = a->next;
    if (a == NULL)
        return DW_STR("");
    xmlChar *value = xmlNodeListGetString(node->doc, a->children, 1);
    struct dw_str copy = dw_str_dup(r->arena, dw_str_trim(feed_xml_str(value)));
    xmlFree(value);
    return copy;
}

struct dw_str feed_node_raw(struct reading *r, const xmlNode *node)
{
    xmlChar *content = xmlNodeGetContent(node);
    struct dw_str copy = dw_str_dup(r->arena, feed_xml_str(content));
    xmlFree(content);
    return copy;
}
