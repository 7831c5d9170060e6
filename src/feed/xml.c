/* RSS of all versions, RDF, Atom and CDF: one walk over libxml2's tree, one table of elements. */
#include "internal.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <limits.h>

extern const struct dw_tsv feed_elements;

static const struct {
    struct dw_str uri, vocabulary; /* the namespace begins so */
} namespaces[] = {
    {DW_STR_INIT("http://www.w3.org/2005/atom"), DW_STR_INIT("atom")},
    {DW_STR_INIT("http://purl.org/atom/"), DW_STR_INIT("atom")},
    {DW_STR_INIT("https://www.w3.org/2005/atom"), DW_STR_INIT("atom")},
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

static struct dw_str str_of(const xmlChar *s)
{
    return dw_str_from_c((const char *)s);
}

/* The vocabulary of an element: by its namespace, or by its prefix where that is not declared. The
 * local name comes back in `local`. */
static struct dw_str vocabulary_of(const xmlNode *node, struct dw_str *local)
{
    *local = str_of(node->name);
    if (node->ns == NULL) {
        size_t colon = dw_str_find_char(*local, ':', 0);
        if (colon == SIZE_MAX)
            return DW_STR("rss");
        struct dw_str prefix = dw_str_slice(*local, 0, colon);
        *local = dw_str_slice(*local, colon + 1, local->len);
        return prefix;
    }
    struct dw_str uri = str_of(node->ns->href);
    struct dw_str best = DW_STR("other");
    size_t longest = 0;
    for (size_t i = 0; i < sizeof namespaces / sizeof namespaces[0]; i++) {
        if (namespaces[i].uri.len > longest && dw_str_starts_nocase(uri, namespaces[i].uri)) {
            best = namespaces[i].vocabulary;
            longest = namespaces[i].uri.len;
        }
    }
    return best;
}

static bool is_named(const xmlNode *node, const char *name)
{
    struct dw_str local;
    vocabulary_of(node, &local);
    return node->type == XML_ELEMENT_NODE && dw_str_eq_nocase(local, dw_str_from_c(name));
}

/* What an element means by the table: column 2 in a feed, column 3 in an entry. Empty: nothing. */
static struct dw_str meaning_of(const xmlNode *node, size_t column)
{
    struct dw_str local;
    struct dw_str vocabulary = vocabulary_of(node, &local);
    for (size_t i = 0; i < feed_elements.len; i++) {
        const struct dw_str *cell = feed_elements.rows[i].cell;
        if (dw_str_eq_nocase(cell[1], local) && dw_str_eq_nocase(cell[0], vocabulary))
            return dw_str_eq(cell[column], DW_STR("-")) ? DW_STR("") : cell[column];
    }
    return DW_STR("");
}

static struct dw_str attribute(struct reading *r, const xmlNode *node, const char *name)
{
    for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
        if (!dw_str_eq_nocase(str_of(a->name), dw_str_from_c(name)))
            continue;
        xmlChar *value = xmlNodeListGetString(node->doc, a->children, 1);
        struct dw_str copy = dw_str_dup(r->arena, dw_str_trim(str_of(value)));
        xmlFree(value);
        return copy;
    }
    return DW_STR("");
}

/* Text within an element, that of its children included. */
static struct dw_str content_of(struct reading *r, const xmlNode *node)
{
    xmlChar *content = xmlNodeGetContent(node);
    struct dw_str copy = dw_str_dup(r->arena, str_of(content));
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

/* Markup within an element, as it was written: XHTML content, or tags that nobody escaped. */
static struct dw_str markup_of(struct reading *r, xmlNode *node)
{
    xmlBufferPtr buffer = xmlBufferCreate();
    if (buffer == NULL) {
        r->arena->failed = true;
        return DW_STR("");
    }
    for (xmlNode *child = node->children; child != NULL; child = child->next)
        xmlNodeDump(buffer, node->doc, child, 0, 0);
    struct dw_str markup =
        dw_str_dup(r->arena, (struct dw_str){(const char *)xmlBufferContent(buffer),
                                             (size_t)xmlBufferLength(buffer)});
    xmlBufferFree(buffer);
    return markup;
}

/* An element's text in raw form, and whether that is HTML: Atom says so, RSS is looked at. */
static struct dw_str raw_of(struct reading *r, xmlNode *node, bool *is_html)
{
    struct dw_str local;
    struct dw_str type = attribute(r, node, "type");
    struct dw_str mode = attribute(r, node, "mode");
    bool atom = dw_str_eq(vocabulary_of(node, &local), DW_STR("atom"));
    if (dw_str_eq_nocase(type, DW_STR("xhtml")) || dw_str_eq_nocase(mode, DW_STR("xml")) ||
        has_elements(node)) {
        *is_html = true;
        return markup_of(r, node);
    }
    struct dw_str raw = content_of(r, node);
    bool says_text = atom && (type.len == 0 || dw_str_eq_nocase(type, DW_STR("text")) ||
                              dw_str_eq_nocase(type, DW_STR("text/plain")));
    bool says_html = dw_str_find_nocase(type, DW_STR("html"), 0) != SIZE_MAX;
    *is_html = says_html || (!says_text && feed_is_html(raw));
    /* Atom 0.3 left the type out and escaped all the same; so do many feeds of 1.0 */
    if (says_text && r->feed->format == DW_FEED_ATOM_03)
        *is_html = dw_str_eq_nocase(mode, DW_STR("escaped")) || feed_is_html(raw);
    return raw;
}

static struct dw_str text_of(struct reading *r, xmlNode *node)
{
    bool is_html;
    struct dw_str raw = raw_of(r, node, &is_html);
    return feed_text(r, raw, is_html);
}

static struct dw_str line_of(struct reading *r, xmlNode *node)
{
    bool is_html;
    struct dw_str raw = raw_of(r, node, &is_html);
    return feed_line(r, raw, is_html);
}

/* xml:base of the element and those around it, else the feed's link, else where it came from. */
static struct dw_str base_of(struct reading *r, const xmlNode *node)
{
    struct dw_str base = r->feed->link.len > 0 ? r->feed->link : r->input->url;
    xmlChar *declared = xmlNodeGetBase(node->doc, node);
    if (declared != NULL) {
        struct dw_str resolved = dw_url_resolve(r->arena, base, str_of(declared));
        if (resolved.len > 0)
            base = resolved;
        xmlFree(declared);
    }
    return base;
}

/* A person: a plain text, or name, email and uri in elements. "mail@host (Name)" is Name. */
static struct dw_str person_of(struct reading *r, xmlNode *node)
{
    struct dw_str email = DW_STR("");
    for (xmlNode *child = node->children; child != NULL; child = child->next) {
        if (is_named(child, "name") && line_of(r, child).len > 0)
            return line_of(r, child);
        if (is_named(child, "email"))
            email = line_of(r, child);
    }
    if (email.len > 0)
        return email;
    if (has_elements(node))
        return DW_STR("");
    struct dw_str text = line_of(r, node);
    size_t open = dw_str_find_char(text, '(', 0);
    size_t close = dw_str_find_char(text, ')', open == SIZE_MAX ? text.len : open);
    bool has_mail = dw_str_find_char(dw_str_slice(text, 0, open), '@', 0) != SIZE_MAX;
    if (has_mail && close != SIZE_MAX && close > open + 1)
        return dw_str_trim(dw_str_slice(text, open + 1, close));
    return text;
}

static void keep_first(struct dw_str *field, struct dw_str value)
{
    if (field->len == 0)
        *field = value;
}

static int64_t seconds_of(struct dw_str number, int64_t factor)
{
    int64_t value;
    if (!dw_str_to_int(dw_str_trim(number), &value) || value < 0 || value > INT_MAX)
        return -1;
    return value * factor;
}

static int64_t length_of(struct dw_str number)
{
    int64_t value;
    return dw_str_to_int(dw_str_trim(number), &value) && value >= 0 ? value : -1;
}

static void add_category(struct reading *r, struct dw_entry *entry, struct dw_str name)
{
    name = dw_text_clean(r->arena, name, DW_CLEAN_LINE);
    if (name.len > 0 && entry->categories.len < 200 && !dw_strs_has(&entry->categories, name))
        dw_strs_push(r->arena, &entry->categories, name);
}

/* ---- Entries ---- */

/* What an entry's elements told that has to wait for the others. */
struct pending {
    struct dw_str guid_link; /* a guid that may serve as link */
    struct dw_str media_text;
    struct dw_str contributor;
    int64_t date;
    int64_t created;
    bool has_alternate;
};

static void read_link(struct reading *r, xmlNode *node, struct dw_entry *entry,
                      struct pending *pending)
{
    struct dw_str href = attribute(r, node, "href");
    struct dw_str rel = attribute(r, node, "rel");
    if (href.len == 0) {
        struct dw_str text = content_of(r, node);
        if (!pending->has_alternate && entry->link.len == 0)
            entry->link = feed_link(r, base_of(r, node), text);
        return;
    }
    if (dw_str_eq_nocase(rel, DW_STR("enclosure"))) {
        feed_add_enclosure(r, entry,
                           (struct dw_enclosure){feed_link(r, base_of(r, node), href),
                                                 attribute(r, node, "type"),
                                                 length_of(attribute(r, node, "length"))});
        return;
    }
    bool alternate = rel.len == 0 || dw_str_eq_nocase(rel, DW_STR("alternate"));
    if (!alternate || pending->has_alternate)
        return;
    struct dw_str link = feed_link(r, base_of(r, node), href);
    if (link.len > 0 && (entry->link.len == 0 || !pending->has_alternate)) {
        entry->link = link;
        pending->has_alternate = true;
    }
}

static void read_media(struct reading *r, xmlNode *node, struct dw_entry *entry)
{
    struct dw_str url = attribute(r, node, "url");
    if (url.len > 0)
        feed_add_enclosure(r, entry,
                           (struct dw_enclosure){feed_link(r, base_of(r, node), url),
                                                 attribute(r, node, "type"),
                                                 length_of(attribute(r, node, "fileSize"))});
}

static void read_entry_element(struct reading *r, xmlNode *node, struct dw_entry *entry,
                               struct pending *pending);

static void read_children(struct reading *r, xmlNode *node, struct dw_entry *entry,
                          struct pending *pending)
{
    for (xmlNode *child = node->children; child != NULL; child = child->next) {
        if (child->type == XML_ELEMENT_NODE)
            read_entry_element(r, child, entry, pending);
    }
}

static void read_keywords(struct reading *r, xmlNode *node, struct dw_entry *entry)
{
    struct dw_str rest = line_of(r, node);
    struct dw_str word;
    while (dw_str_split(&rest, ',', &word))
        add_category(r, entry, word);
}

static void read_category(struct reading *r, xmlNode *node, struct dw_entry *entry)
{
    struct dw_str name = attribute(r, node, "label");
    if (name.len == 0)
        name = line_of(r, node);
    if (name.len == 0)
        name = attribute(r, node, "term");
    if (name.len == 0)
        name = attribute(r, node, "text");
    add_category(r, entry, name);
}

static void read_guid(struct reading *r, xmlNode *node, struct dw_entry *entry,
                      struct pending *pending)
{
    struct dw_str id = line_of(r, node);
    keep_first(&entry->id, id);
    struct dw_str permanent = attribute(r, node, "isPermaLink");
    bool web =
        dw_str_starts_nocase(id, DW_STR("http://")) || dw_str_starts_nocase(id, DW_STR("https://"));
    if (!dw_str_eq_nocase(permanent, DW_STR("false")) && (web || permanent.len > 0))
        pending->guid_link = id;
}

static void read_entry_text(struct reading *r, xmlNode *node, struct dw_entry *entry,
                            struct dw_str meaning)
{
    bool is_content = dw_str_eq(meaning, DW_STR("content"));
    struct dw_str *field = is_content ? &entry->content : &entry->summary;
    if (field->len > 0)
        return;
    struct dw_str source = is_content ? attribute(r, node, "src") : DW_STR("");
    if (source.len == 0)
        *field = text_of(r, node);
}

/* The fields with a date; `what` names the element in a warning. */
static bool read_entry_date(struct reading *r, xmlNode *node, struct dw_entry *entry,
                            struct pending *pending, struct dw_str meaning)
{
    static const struct {
        struct dw_str meaning;
        int field;
    } fields[] = {{DW_STR_INIT("published"), 0},
                  {DW_STR_INIT("updated"), 1},
                  {DW_STR_INIT("date"), 2},
                  {DW_STR_INIT("created"), 3}};
    int64_t *const places[] = {&entry->published, &entry->updated, &pending->date,
                               &pending->created};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (!dw_str_eq(meaning, fields[i].meaning))
            continue;
        if (*places[i] == DW_TIME_NONE)
            *places[i] = feed_date(r, content_of(r, node), "date");
        return true;
    }
    return false;
}

static void read_entry_element(struct reading *r, xmlNode *node, struct dw_entry *entry,
                               struct pending *pending)
{
    struct dw_str meaning = meaning_of(node, 3);
    if (meaning.len == 0 || read_entry_date(r, node, entry, pending, meaning))
        return;
    if (dw_str_eq(meaning, DW_STR("title")))
        keep_first(&entry->title, line_of(r, node));
    else if (dw_str_eq(meaning, DW_STR("link")))
        read_link(r, node, entry, pending);
    else if (dw_str_eq(meaning, DW_STR("guid")))
        read_guid(r, node, entry, pending);
    else if (dw_str_eq(meaning, DW_STR("id")))
        keep_first(&entry->id, line_of(r, node));
    else if (dw_str_eq(meaning, DW_STR("summary")) || dw_str_eq(meaning, DW_STR("content")))
        read_entry_text(r, node, entry, meaning);
    else if (dw_str_eq(meaning, DW_STR("author")))
        keep_first(&entry->author, person_of(r, node));
    else if (dw_str_eq(meaning, DW_STR("contributor")))
        keep_first(&pending->contributor, person_of(r, node));
    else if (dw_str_eq(meaning, DW_STR("mediatext")))
        keep_first(&pending->media_text, text_of(r, node));
    else if (dw_str_eq(meaning, DW_STR("category")) || dw_str_eq(meaning, DW_STR("itunescategory")))
        read_category(r, node, entry);
    else if (dw_str_eq(meaning, DW_STR("keywords")))
        read_keywords(r, node, entry);
    else if (dw_str_eq(meaning, DW_STR("enclosure")))
        feed_add_enclosure(
            r, entry,
            (struct dw_enclosure){feed_link(r, base_of(r, node), attribute(r, node, "url")),
                                  attribute(r, node, "type"),
                                  length_of(attribute(r, node, "length"))});
    else if (dw_str_eq(meaning, DW_STR("media")))
        read_media(r, node, entry);
    if (dw_str_eq(meaning, DW_STR("group")) || dw_str_eq(meaning, DW_STR("media")))
        read_children(r, node, entry, pending);
}

static struct dw_str author_of_source(struct reading *r, xmlNode *entry_node)
{
    for (xmlNode *child = entry_node->children; child != NULL; child = child->next) {
        if (!is_named(child, "source"))
            continue;
        for (xmlNode *inner = child->children; inner != NULL; inner = inner->next) {
            if (is_named(inner, "author"))
                return person_of(r, inner);
        }
    }
    return DW_STR("");
}

static void read_entry(struct reading *r, xmlNode *node, struct dw_str feed_author)
{
    struct dw_entry *entry = feed_new_entry(r);
    if (entry == NULL)
        return;
    struct pending pending = {.date = DW_TIME_NONE, .created = DW_TIME_NONE};
    keep_first(&entry->id, attribute(r, node, "about"));
    struct dw_str href = attribute(r, node, "href");
    if (href.len > 0)
        entry->link = feed_link(r, base_of(r, node), href);
    read_children(r, node, entry, &pending);
    if (entry->link.len == 0 && pending.guid_link.len > 0)
        entry->link = feed_link(r, base_of(r, node), pending.guid_link);
    if (entry->published == DW_TIME_NONE)
        entry->published = pending.date != DW_TIME_NONE ? pending.date : pending.created;
    keep_first(&entry->summary, pending.media_text);
    keep_first(&entry->author, pending.contributor);
    keep_first(&entry->author, author_of_source(r, node));
    if (r->feed->format == DW_FEED_ATOM_10 || r->feed->format == DW_FEED_ATOM_03)
        keep_first(&entry->author, feed_author);
}

/* ---- The feed itself ---- */

struct channel {
    struct dw_str author;
    int64_t pubdate;
    int64_t date;
    int64_t period;
    int64_t frequency;
    bool has_alternate;
};

static void read_channel_link(struct reading *r, xmlNode *node, struct channel *channel)
{
    struct dw_str href = attribute(r, node, "href");
    struct dw_str rel = attribute(r, node, "rel");
    bool alternate = rel.len == 0 || dw_str_eq_nocase(rel, DW_STR("alternate"));
    struct dw_str local;
    bool is_rss = dw_str_eq(vocabulary_of(node, &local), DW_STR("rss"));
    if (href.len == 0 && is_rss && r->feed->link.len == 0)
        r->feed->link = feed_link(r, base_of(r, node), content_of(r, node));
    else if (href.len > 0 && alternate && !channel->has_alternate && r->feed->link.len == 0) {
        r->feed->link = feed_link(r, base_of(r, node), href);
        channel->has_alternate = r->feed->link.len > 0;
    }
}

static int64_t period_of(struct dw_str name)
{
    static const struct {
        struct dw_str name;
        int64_t seconds;
    } periods[] = {{DW_STR_INIT("hourly"), 3600},
                   {DW_STR_INIT("daily"), 86400},
                   {DW_STR_INIT("weekly"), 604800},
                   {DW_STR_INIT("monthly"), 2592000},
                   {DW_STR_INIT("yearly"), 31536000}};
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
        if (dw_str_eq_nocase(dw_str_trim(name), periods[i].name))
            return periods[i].seconds;
    }
    return -1;
}

static void read_channel_date(struct reading *r, xmlNode *node, struct channel *channel,
                              struct dw_str meaning)
{
    int64_t *place = dw_str_eq(meaning, DW_STR("updated"))   ? &r->feed->updated
                     : dw_str_eq(meaning, DW_STR("pubdate")) ? &channel->pubdate
                     : dw_str_eq(meaning, DW_STR("date"))    ? &channel->date
                                                             : NULL;
    if (place != NULL && *place == DW_TIME_NONE)
        *place = feed_date(r, content_of(r, node), "the feed's date");
}

static void read_channel_element(struct reading *r, xmlNode *node, struct channel *channel)
{
    struct dw_feed *feed = r->feed;
    struct dw_str meaning = meaning_of(node, 2);
    if (dw_str_eq(meaning, DW_STR("title")))
        keep_first(&feed->title, line_of(r, node));
    else if (dw_str_eq(meaning, DW_STR("link")))
        read_channel_link(r, node, channel);
    else if (dw_str_eq(meaning, DW_STR("description")))
        keep_first(&feed->description, text_of(r, node));
    else if (dw_str_eq(meaning, DW_STR("language")))
        keep_first(&feed->language, line_of(r, node));
    else if (dw_str_eq(meaning, DW_STR("author")))
        keep_first(&channel->author, person_of(r, node));
    else if (dw_str_eq(meaning, DW_STR("ttl")))
        feed->ttl = seconds_of(content_of(r, node), 60);
    else if (dw_str_eq(meaning, DW_STR("period")))
        channel->period = period_of(content_of(r, node));
    else if (dw_str_eq(meaning, DW_STR("frequency")))
        channel->frequency = seconds_of(content_of(r, node), 1);
    else
        read_channel_date(r, node, channel, meaning);
}

static bool is_entry(const xmlNode *node)
{
    return is_named(node, "item") || is_named(node, "entry");
}

/* The feed's own elements come first, so that their link is known when entries are read. */
static void read_channel(struct reading *r, xmlNode *node, struct channel *channel)
{
    struct dw_str language = attribute(r, node, "lang");
    keep_first(&r->feed->language, language);
    for (xmlNode *child = node->children; child != NULL; child = child->next) {
        if (child->type == XML_ELEMENT_NODE && !is_entry(child) && !is_named(child, "channel"))
            read_channel_element(r, child, channel);
    }
}

static void read_entries(struct reading *r, xmlNode *node, const struct channel *channel, int depth)
{
    for (xmlNode *child = node->children; child != NULL; child = child->next) {
        if (child->type != XML_ELEMENT_NODE)
            continue;
        if (is_entry(child))
            read_entry(r, child, channel->author);
        /* recovery may leave an entry inside what was not closed before it */
        if (depth < 8 &&
            (is_entry(child) || is_named(child, "channel") || is_named(child, "items")))
            read_entries(r, child, channel, depth + 1);
    }
}

/* ---- Which dialect ---- */

static bool has_namespace(const xmlNode *root, struct dw_str part)
{
    for (const xmlNs *ns = root->nsDef; ns != NULL; ns = ns->next) {
        if (dw_str_find_nocase(str_of(ns->href), part, 0) != SIZE_MAX)
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
                    {DW_STR_INIT("0.94"), DW_FEED_RSS_092}, {DW_STR_INIT("1.0"), DW_FEED_RSS_10}};
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
        if (dw_str_starts(version, versions[i].prefix))
            return versions[i].format;
    }
    return DW_FEED_RSS_20;
}

static bool find_format(struct reading *r, xmlNode *root, enum dw_feed_format *format)
{
    if (is_named(root, "rss")) {
        *format = rss_version(attribute(r, root, "version"));
        return true;
    }
    if (is_named(root, "rdf")) {
        bool is_090 = has_namespace(root, DW_STR("netscape.com")) &&
                      !has_namespace(root, DW_STR("purl.org/rss/1.0"));
        *format = is_090 ? DW_FEED_RSS_090 : DW_FEED_RSS_10;
        return true;
    }
    if (is_named(root, "feed") || is_named(root, "entry")) {
        bool is_03 = has_namespace(root, DW_STR("purl.org/atom")) ||
                     dw_str_starts(attribute(r, root, "version"), DW_STR("0."));
        *format = is_03 ? DW_FEED_ATOM_03 : DW_FEED_ATOM_10;
        return true;
    }
    if (is_named(root, "channel")) {
        bool cdf = attribute(r, root, "href").len > 0 || attribute(r, root, "base").len > 0;
        *format = cdf ? DW_FEED_CDF : DW_FEED_RSS_20;
        return true;
    }
    return false;
}

static void finish(struct reading *r, const struct channel *channel)
{
    struct dw_feed *feed = r->feed;
    if (feed->updated == DW_TIME_NONE)
        feed->updated = channel->date != DW_TIME_NONE ? channel->date : channel->pubdate;
    if (feed->ttl < 0 && channel->period > 0)
        feed->ttl = channel->period / (channel->frequency > 0 ? channel->frequency : 1);
    feed->language = dw_utf8_cut(feed->language, 35);
}

static void read_root(struct reading *r, xmlNode *root)
{
    struct channel channel = {
        .pubdate = DW_TIME_NONE, .date = DW_TIME_NONE, .period = -1, .frequency = -1};
    keep_first(&r->feed->language, attribute(r, root, "lang"));
    if (r->feed->format == DW_FEED_CDF)
        r->feed->link = feed_link(r, base_of(r, root), attribute(r, root, "href"));
    for (xmlNode *child = root->children; child != NULL; child = child->next) {
        if (is_named(child, "channel"))
            read_channel(r, child, &channel);
    }
    if (is_named(root, "entry")) {
        read_entry(r, root, channel.author);
    } else {
        read_channel(r, root, &channel);
        read_entries(r, root, &channel, 0);
    }
    finish(r, &channel);
}

/* The first thing that the parser had to complain about, as a warning. */
static void warn_of_errors(struct reading *r, xmlParserCtxtPtr parser)
{
    const xmlError *error = xmlCtxtGetLastError(parser);
    if (parser->wellFormed || error == NULL || error->message == NULL)
        return;
    struct dw_str message = dw_text_clean(r->arena, dw_str_from_c(error->message), DW_CLEAN_LINE);
    feed_warn(r, "line %d: %.*s", error->line, DW_FMT(dw_utf8_cut(message, 200)));
}

static bool within_depth(const xmlNode *root)
{
    int depth = 0;
    for (const xmlNode *node = root; node != NULL;) {
        if (node->type == XML_ELEMENT_NODE && node->children != NULL) {
            if (++depth > DW_LIMIT_DEPTH)
                return false;
            node = node->children;
            continue;
        }
        while (node != NULL && node != root && node->next == NULL) {
            node = node->parent;
            depth--;
        }
        node = node == NULL || node == root ? NULL : node->next;
    }
    return true;
}

bool feed_read_xml(struct reading *r, struct dw_error *err)
{
    struct dw_str text = feed_repair(r);
    struct dw_str start = dw_str_slice(text, dw_str_find_char(text, '<', 0), text.len);
    if (start.len == 0 || start.len > INT_MAX || start.at[0] != '<')
        return feed_not_a_feed(r->arena, r->input, r->text, err);
    xmlParserCtxtPtr parser = xmlNewParserCtxt();
    if (parser == NULL)
        return dw_error_set(err, DW_ERR_MEMORY, "out of memory for a feed");
    xmlDocPtr doc = xmlCtxtReadMemory(parser, start.at, (int)start.len, NULL, "UTF-8",
                                      XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR |
                                          XML_PARSE_NOWARNING | XML_PARSE_COMPACT);
    xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
    bool known = root != NULL && find_format(r, root, &r->feed->format);
    if (known && !within_depth(root)) {
        known = false;
        dw_error_set(err, DW_ERR_LIMIT, "elements are nested deeper than %d", DW_LIMIT_DEPTH);
    } else if (known) {
        warn_of_errors(r, parser);
        read_root(r, root);
    } else {
        feed_not_a_feed(r->arena, r->input, r->text, err);
    }
    xmlFreeDoc(doc);
    xmlFreeParserCtxt(parser);
    return known;
}
