/* XML feeds: which dialect it is, and the way from the root to the entries. */
#include "node.h"

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

bool feed_read_xml(struct reading *r, struct dw_error *err)
{
    xmlDocPtr doc = feed_xml_document(r);
    xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
    bool done = false;
    if (r->arena->failed)
        dw_error_set(err, DW_ERR_MEMORY, "out of memory for a feed");
    else if (root == NULL || !find_format(r, root, &r->feed->format))
        feed_not_a_feed(r->arena, r->input, r->text, err);
    else
        done = true;
    if (done)
        read_root(r, root);
    xmlFreeDoc(doc);
    return done;
}
