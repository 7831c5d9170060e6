/* One element of libxml2's tree: its meaning by the table of elements, its attributes and text. */
#include "node.h"

extern const struct dw_tsv feed_elements;

static const struct {
    struct dw_str uri, vocabulary; /* the namespace begins so */
} namespaces[] = {
    {DW_STR_INIT("http://www.w3.org/2005/atom"), DW_STR_INIT("atom")},
    {DW_STR_INIT("https://www.w3.org/2005/atom"), DW_STR_INIT("atom")},
    {DW_STR_INIT("http://purl.org/atom/"), DW_STR_INIT("atom")},
    {DW_STR_INIT("http://purl.org/dc/"), DW_STR_INIT("dc")},
    {DW_STR_INIT("http://purl.org/rss/1.0/modules/content"), DW_STR_INIT("content")},
    {DW_STR_INIT("http://purl.org/rss/1.0/modules/syndication"), DW_STR_INIT("sy")},
    {DW_STR_INIT("http://purl.org/rss/1.0/modules/dc"), DW_STR_INIT("dc")},
    {DW_STR_INIT("http://purl.org/rss/1.0/modules/"), DW_STR_INIT("other")},
    {DW_STR_INIT("http://purl.org/rss/"), DW_STR_INIT("rss")},
    {DW_STR_INIT("http://purl.org/net/rss"), DW_STR_INIT("rss")},
    {DW_STR_INIT("http://my.netscape.com/"), DW_STR_INIT("rss")},
    {DW_STR_INIT("http://channel.netscape.com/"), DW_STR_INIT("rss")},
    {DW_STR_INIT("http://backend.userland.com/"), DW_STR_INIT("rss")},
    {DW_STR_INIT("http://blogs.law.harvard.edu/"), DW_STR_INIT("rss")},
    {DW_STR_INIT("http://cyber.law.harvard.edu/"), DW_STR_INIT("rss")},
    {DW_STR_INIT("http://www.rssboard.org"), DW_STR_INIT("rss")},
    {DW_STR_INIT("http://search.yahoo.com/mrss"), DW_STR_INIT("media")},
    {DW_STR_INIT("https://search.yahoo.com/mrss"), DW_STR_INIT("media")},
    {DW_STR_INIT("http://www.rssboard.org/media-rss"), DW_STR_INIT("media")},
    {DW_STR_INIT("http://www.itunes.com/"), DW_STR_INIT("itunes")},
    {DW_STR_INIT("http://example.com/dtds/podcast"), DW_STR_INIT("itunes")},
    {DW_STR_INIT("http://www.w3.org/1999/xhtml"), DW_STR_INIT("xhtml")},
};

struct dw_str feed_xml_str(const xmlChar *s)
{
    return dw_str_from_c((const char *)s);
}

/* ---- Meaning ---- */

static struct dw_str vocabulary_of_uri(struct dw_str uri)
{
    struct dw_str best = DW_STR("");
    size_t longest = 0;
    for (size_t i = 0; i < sizeof namespaces / sizeof namespaces[0]; i++) {
        if (namespaces[i].uri.len > longest && dw_str_starts_nocase(uri, namespaces[i].uri)) {
            best = namespaces[i].vocabulary;
            longest = namespaces[i].uri.len;
        }
    }
    return best;
}

/* Without the prefix that libxml2 leaves in a name whose prefix nobody declared. */
static struct dw_str local_name(const xmlNode *node, struct dw_str *prefix)
{
    struct dw_str name = feed_xml_str(node->name);
    size_t colon = node->ns == NULL ? dw_str_find_char(name, ':', 0) : SIZE_MAX;
    *prefix = colon == SIZE_MAX ? DW_STR("") : dw_str_slice(name, 0, colon);
    return colon == SIZE_MAX ? name : dw_str_slice(name, colon + 1, name.len);
}

/* The vocabulary of an element: by its namespace, or by its prefix where that is not declared. An
 * unknown namespace that the document's root has too is the dialect's own: early Atom had many. */
static struct dw_str vocabulary_of(const struct reading *r, const xmlNode *node,
                                   struct dw_str prefix)
{
    if (node->ns == NULL)
        return prefix.len > 0 ? prefix : DW_STR("rss");
    struct dw_str uri = feed_xml_str(node->ns->href);
    struct dw_str vocabulary = vocabulary_of_uri(uri);
    if (vocabulary.len > 0)
        return vocabulary;
    return dw_str_eq(uri, r->own_namespace) ? r->own_vocabulary : DW_STR("other");
}

static bool is_atom(const struct reading *r, const xmlNode *node)
{
    struct dw_str prefix;
    local_name(node, &prefix);
    return dw_str_eq_nocase(vocabulary_of(r, node, prefix), DW_STR("atom"));
}

bool feed_node_is(const xmlNode *node, const char *name)
{
    struct dw_str prefix;
    return node->type == XML_ELEMENT_NODE &&
           dw_str_eq_nocase(local_name(node, &prefix), dw_str_from_c(name));
}

struct dw_str feed_node_meaning(const struct reading *r, const xmlNode *node, size_t column)
{
    struct dw_str prefix;
    struct dw_str local = local_name(node, &prefix);
    struct dw_str vocabulary = vocabulary_of(r, node, prefix);
    for (size_t i = 0; i < feed_elements.len; i++) {
        const struct dw_str *cell = feed_elements.rows[i].cell;
        if (dw_str_eq_nocase(cell[1], local) && dw_str_eq_nocase(cell[0], vocabulary))
            return dw_str_eq(cell[column], DW_STR("-")) ? DW_STR("") : cell[column];
    }
    return DW_STR("");
}

/* ---- Attributes ---- */

static const xmlAttr *find_attribute(const xmlNode *node, const char *name)
{
    struct dw_str wanted = dw_str_from_c(name);
    for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
        if (dw_str_eq_nocase(feed_xml_str(a->name), wanted))
            return a;
    }
    return NULL;
}

bool feed_node_has_attribute(const xmlNode *node, const char *name)
{
    return find_attribute(node, name) != NULL;
}

struct dw_str feed_node_attribute(struct reading *r, const xmlNode *node, const char *name)
{
    const xmlAttr *found = find_attribute(node, name);
    if (found == NULL)
        return DW_STR("");
    xmlChar *value = xmlNodeListGetString(node->doc, found->children, 1);
    struct dw_str copy = dw_str_dup(r->arena, dw_str_trim(feed_xml_str(value)));
    xmlFree(value);
    return copy;
}

struct dw_str feed_node_rel(struct reading *r, const xmlNode *node)
{
    struct dw_str registry = DW_STR("http://www.iana.org/assignments/relation/");
    struct dw_str rel = feed_node_attribute(r, node, "rel");
    if (dw_str_starts_nocase(rel, registry))
        rel = dw_str_slice(rel, registry.len, rel.len);
    return rel.len > 0 ? rel : DW_STR("alternate");
}

/* ---- Text ---- */

struct dw_str feed_node_raw(struct reading *r, const xmlNode *node)
{
    xmlChar *content = xmlNodeGetContent(node);
    struct dw_str copy = dw_str_dup(r->arena, feed_xml_str(content));
    xmlFree(content);
    return copy;
}

static bool has_elements(const xmlNode *node)
{
    for (const xmlNode *child = node->children; child != NULL; child = child->next) {
        if (child->type == XML_ELEMENT_NODE)
            return true;
    }
    return false;
}

/* HTML's parser knows no prefixes: <h:p> is to be <p>. */
static void drop_prefixes(xmlNode *node)
{
    for (xmlNode *child = node->children; child != NULL; child = child->next) {
        if (child->type != XML_ELEMENT_NODE)
            continue;
        child->ns = NULL;
        drop_prefixes(child); /* no deeper than DW_LIMIT_DEPTH: tags.c has seen to that */
    }
}

/* Markup within an element, as it was written: XHTML, or tags that nobody escaped. */
static struct dw_str markup_text(struct reading *r, xmlNode *node)
{
    xmlBufferPtr buffer = xmlBufferCreate();
    if (buffer == NULL) {
        r->arena->failed = true;
        return DW_STR("");
    }
    drop_prefixes(node);
    for (xmlNode *child = node->children; child != NULL; child = child->next)
        xmlNodeDump(buffer, node->doc, child, 0, 0);
    struct dw_str markup = {(const char *)xmlBufferContent(buffer),
                            (size_t)xmlBufferLength(buffer)};
    struct dw_str text = feed_text(r, markup, true);
    xmlBufferFree(buffer);
    return text;
}

/* Whether an Atom type says that the content is bytes, which base64 carries. */
static bool is_binary(struct dw_str type)
{
    return dw_str_find_char(type, '/', 0) != SIZE_MAX &&
           !dw_str_starts_nocase(type, DW_STR("text/")) &&
           dw_str_find_nocase(type, DW_STR("xml"), 0) == SIZE_MAX &&
           dw_str_find_nocase(type, DW_STR("html"), 0) == SIZE_MAX;
}

/* Whether text without elements is HTML: Atom says so, RSS is looked at. */
static bool is_html(const struct reading *r, bool atom, struct dw_str type, struct dw_str mode,
                    struct dw_str text)
{
    if (dw_str_find_nocase(type, DW_STR("html"), 0) != SIZE_MAX)
        return true;
    if (dw_str_eq_nocase(mode, DW_STR("base64")))
        return false;
    bool plain = type.len == 0 || dw_str_eq_nocase(type, DW_STR("text")) ||
                 dw_str_eq_nocase(type, DW_STR("text/plain"));
    /* Atom 0.3 left the type out and escaped all the same */
    if (atom && plain)
        return r->feed->format == DW_FEED_ATOM_03 &&
               (dw_str_eq_nocase(mode, DW_STR("escaped")) || feed_is_html(text));
    return feed_is_html(text);
}

/* What base64 carries, if that is text. */
static struct dw_str decoded(struct reading *r, struct dw_str content)
{
    struct dw_str bytes;
    if (feed_base64(r->arena, content, &bytes) && dw_utf8_valid(bytes))
        return bytes;
    return DW_STR("");
}

struct dw_str feed_node_text(struct reading *r, xmlNode *node)
{
    struct dw_str type = feed_node_attribute(r, node, "type");
    struct dw_str mode = feed_node_attribute(r, node, "mode");
    if (dw_str_eq_nocase(type, DW_STR("xhtml")) || dw_str_eq_nocase(mode, DW_STR("xml")) ||
        has_elements(node))
        return markup_text(r, node);
    bool atom = is_atom(r, node);
    if (atom && is_binary(type))
        mode = DW_STR("base64");
    xmlChar *content = xmlNodeGetContent(node);
    struct dw_str raw = feed_xml_str(content);
    if (dw_str_eq_nocase(mode, DW_STR("base64")))
        raw = decoded(r, raw);
    struct dw_str text = feed_text(r, raw, is_html(r, atom, type, mode, raw));
    xmlFree(content);
    return text;
}

struct dw_str feed_node_line(struct reading *r, xmlNode *node)
{
    return feed_line(r, feed_node_text(r, node), false);
}

struct dw_str feed_node_person(struct reading *r, xmlNode *node)
{
    struct dw_str email = DW_STR("");
    for (xmlNode *child = node->children; child != NULL; child = child->next) {
        struct dw_str line = DW_STR("");
        if (feed_node_is(child, "name"))
            line = feed_node_line(r, child);
        else if (feed_node_is(child, "email"))
            email = feed_node_line(r, child);
        if (line.len > 0)
            return line;
    }
    if (email.len > 0 || has_elements(node))
        return email;
    struct dw_str text = feed_node_line(r, node);
    size_t open = dw_str_find_char(text, '(', 0);
    size_t close = dw_str_find_char(text, ')', open == SIZE_MAX ? text.len : open);
    bool has_mail = dw_str_find_char(dw_str_slice(text, 0, open), '@', 0) != SIZE_MAX;
    if (has_mail && close != SIZE_MAX && close > open + 1)
        return dw_str_trim(dw_str_slice(text, open + 1, close));
    return text;
}

/* ---- Addresses ---- */

struct dw_str feed_node_base(struct reading *r, const xmlNode *node)
{
    struct dw_str base = r->feed->link.len > 0 ? r->feed->link : r->input->url;
    xmlChar *declared = xmlNodeGetBase(node->doc, node);
    if (declared != NULL) {
        struct dw_str resolved = dw_url_resolve(r->arena, base, feed_xml_str(declared));
        if (resolved.len > 0)
            base = resolved;
        xmlFree(declared);
    }
    return base;
}

struct dw_str feed_node_link(struct reading *r, const xmlNode *node, struct dw_str address)
{
    return feed_link(r, feed_node_base(r, node), address);
}
