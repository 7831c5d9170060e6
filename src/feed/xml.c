/* XML feeds: libxml2's parser kept on a short leash, the dialect, and the way to the entries. */
#include "node.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <limits.h>

/* ---- Which dialect ---- */

static bool has_namespace(const xmlNode *root, struct dw_str part)
{
    for (const xmlNs *ns = root->nsDef; ns != NULL; ns = ns->next) {
        if (dw_str_find_nocase(feed_xml_str(ns->href), part, 0) != SIZE_MAX)
            return true;
    }
    return false;
}

static enum dw_feed_format rss_version(struct dw_str version)
{
    static const struct {
        struct dw_str prefix;
        enum dw_feed_format format;
    } versions[] = {{DW_STR_INIT("0.90"), DW_FEED_RSS_090}, {DW_STR_INIT("0.91"), DW_FEED_RSS_091},
                    {DW_STR_INIT("0.92"), DW_FEED_RSS_092}, {DW_STR_INIT("0.93"), DW_FEED_RSS_092},
                    {DW_STR_INIT("0.94"), DW_FEED_RSS_092}, {DW_STR_INIT("1."), DW_FEED_RSS_10}};
    if (dw_str_eq(version, DW_STR("0.9")))
        return DW_FEED_RSS_090;
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
        if (dw_str_starts(version, versions[i].prefix))
            return versions[i].format;
    }
    return DW_FEED_RSS_20;
}

static bool find_format(struct reading *r, xmlNode *root, enum dw_feed_format *format)
{
    if (feed_node_is(root, "rss")) {
        *format = rss_version(feed_node_attribute(r, root, "version"));
        return true;
    }
    if (feed_node_is(root, "rdf")) {
        bool is_090 = has_namespace(root, DW_STR("netscape.com")) &&
                      !has_namespace(root, DW_STR("purl.org/rss/1.0"));
        *format = is_090 ? DW_FEED_RSS_090 : DW_FEED_RSS_10;
        return true;
    }
    if (feed_node_is(root, "feed") || feed_node_is(root, "entry")) {
        bool is_03 = has_namespace(root, DW_STR("purl.org/atom")) ||
                     dw_str_starts(feed_node_attribute(r, root, "version"), DW_STR("0."));
        *format = is_03 ? DW_FEED_ATOM_03 : DW_FEED_ATOM_10;
        return true;
    }
    if (feed_node_is(root, "channel")) {
        bool cdf = feed_node_has_attribute(root, "href") || feed_node_has_attribute(root, "base") ||
                   feed_node_has_attribute(root, "lastmod");
        *format = cdf ? DW_FEED_CDF : DW_FEED_RSS_20;
        return true;
    }
    return false;
}

/* ---- From the root to the entries ---- */

static bool is_entry(const xmlNode *node)
{
    return feed_node_is(node, "item") || feed_node_is(node, "entry");
}

static void read_entries(struct reading *r, xmlNode *node, const struct channel *channel, int depth)
{
    for (xmlNode *child = node->children; child != NULL; child = child->next) {
        if (child->type != XML_ELEMENT_NODE)
            continue;
        if (is_entry(child))
            feed_read_entry(r, child, channel->author);
        /* recovery may leave an entry inside what was not closed before it */
        if (depth < 8 &&
            (is_entry(child) || feed_node_is(child, "channel") || feed_node_is(child, "items")))
            read_entries(r, child, channel, depth + 1);
    }
}

/* The feed's own elements come first, so that their link is known when entries are read. */
static void read_root(struct reading *r, xmlNode *root)
{
    struct channel channel = {
        .pubdate = DW_TIME_NONE, .date = DW_TIME_NONE, .period = -1, .frequency = -1};
    bool is_atom = feed_node_is(root, "feed") || feed_node_is(root, "entry");
    r->own_namespace = root->ns != NULL ? feed_xml_str(root->ns->href) : DW_STR("");
    r->own_vocabulary = is_atom ? DW_STR("atom") : DW_STR("rss");
    r->feed->language = feed_node_attribute(r, root, "lang");
    if (feed_node_is(root, "entry")) {
        feed_read_entry(r, root, channel.author);
        return;
    }
    for (xmlNode *child = root->children; child != NULL; child = child->next) {
        if (feed_node_is(child, "channel"))
            feed_read_channel(r, child, &channel);
    }
    feed_read_channel(r, root, &channel);
    read_entries(r, root, &channel, 0);
    feed_finish_channel(r, &channel);
}

/* ---- The parser ---- */

/* Elements and attributes of one document: each takes libxml2 some 200 bytes, so that 16 MiB of
 * "<a/>" would take a gigabyte. Honest feeds of 5 MB have 100,000. */
#define MOST_NODES 300000

/* Counts what libxml2 allocates, and ends the document beyond the limit. */
static void start_element(void *context, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
                          int attribute_count, int defaulted, const xmlChar **attributes)
{
    xmlParserCtxtPtr parser = context;
    size_t *left = parser->_private;
    size_t nodes = 1 + (size_t)namespace_count + (size_t)attribute_count;
    if (nodes > *left) {
        *left = 0;
        xmlStopParser(parser);
        return;
    }
    *left -= nodes;
    xmlSAX2StartElementNs(context, name, prefix, uri, namespace_count, namespaces, attribute_count,
                          defaulted, attributes);
}

/* The first thing that the parser had to complain about, as a warning. */
static void warn_of_errors(struct reading *r, xmlParserCtxtPtr parser, size_t nodes_left)
{
    const xmlError *error = xmlCtxtGetLastError(parser);
    if (nodes_left == 0)
        feed_warn(r, "what comes after %d elements was left out", MOST_NODES);
    if ((parser->wellFormed && parser->nsWellFormed) || error == NULL || error->message == NULL)
        return;
    struct dw_str message = dw_text_clean(r->arena, dw_str_from_c(error->message), DW_CLEAN_LINE);
    feed_warn(r, "line %d: %.*s", error->line, DW_FMT(dw_utf8_cut(message, 200)));
}

/* The next node of a walk over a tree, parents first; NULL at its end. Keeps the depth. */
static const xmlNode *next_node(const xmlNode *node, const xmlNode *root, int *depth)
{
    if (node->type == XML_ELEMENT_NODE && node->children != NULL) {
        ++*depth;
        return node->children;
    }
    while (node != root && node->next == NULL) {
        node = node->parent;
        --*depth;
    }
    return node == root ? NULL : node->next;
}

static bool within_depth(const xmlNode *root)
{
    int depth = 0;
    for (const xmlNode *node = root; node != NULL; node = next_node(node, root, &depth)) {
        if (depth > DW_LIMIT_DEPTH)
            return false;
    }
    return true;
}

static bool read_document(struct reading *r, xmlParserCtxtPtr parser, xmlDocPtr doc,
                          struct dw_error *err)
{
    size_t *nodes_left = parser->_private;
    xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
    if (parser->errNo == XML_ERR_NO_MEMORY)
        return dw_error_set(err, DW_ERR_MEMORY, "out of memory for a feed");
    if (root == NULL || !find_format(r, root, &r->feed->format))
        return feed_not_a_feed(r->arena, r->input, r->text, err);
    if (!within_depth(root))
        return dw_error_set(err, DW_ERR_LIMIT, "elements are nested deeper than %d",
                            DW_LIMIT_DEPTH);
    warn_of_errors(r, parser, *nodes_left);
    read_root(r, root);
    return true;
}

bool feed_read_xml(struct reading *r, struct dw_error *err)
{
    /* never HUGE, NOENT, DTDLOAD, DTDATTR or XINCLUDE; what feed_repair() gives has no DTD at all
     */
    const int options = XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR |
                        XML_PARSE_NOWARNING | XML_PARSE_NOCDATA | XML_PARSE_COMPACT;
    struct dw_str text = feed_repair(r);
    size_t nodes_left = MOST_NODES;
    if (dw_str_find_char(text, '<', 0) == SIZE_MAX || text.len > INT_MAX)
        return feed_not_a_feed(r->arena, r->input, r->text, err);
    xmlParserCtxtPtr parser = xmlNewParserCtxt();
    if (parser == NULL)
        return dw_error_set(err, DW_ERR_MEMORY, "out of memory for a feed");
    parser->_private = &nodes_left;
    parser->sax->startElementNs = start_element;
    xmlDocPtr doc = xmlCtxtReadMemory(parser, text.at, (int)text.len, NULL, "UTF-8", options);
    bool done = read_document(r, parser, doc, err);
    xmlFreeDoc(doc);
    xmlFreeParserCtxt(parser);
    return done;
}
