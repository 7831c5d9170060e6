/* OPML lists of feeds, in and out. */
#include "node.h"

struct list {
    struct reading *reading;
    struct dw_opml *opml;
    DW_VEC(struct dw_opml_feed) feeds;
};

static struct dw_str attribute(struct list *list, const xmlNode *node, const char *name)
{
    struct dw_str value = feed_node_attribute(list->reading, node, name);
    return dw_utf8_cut(dw_text_clean(list->reading->arena, value, DW_CLEAN_LINE),
                       DW_LIMIT_URL_BYTES);
}

static struct dw_str first_of(struct dw_str a, struct dw_str b)
{
    return a.len > 0 ? a : b;
}

static struct dw_strs copy(struct list *list, const struct dw_strs *folders)
{
    struct dw_strs copied = {0};
    for (size_t i = 0; i < folders->len; i++)
        dw_strs_push(list->reading->arena, &copied, folders->at[i]);
    return copied;
}

/* Tags that other readers write into `category`: "/a/b,c". */
static void add_categories(struct list *list, struct dw_str categories, struct dw_strs *folders)
{
    struct dw_str part;
    if (categories.len == 0)
        return;
    while (dw_str_split(&categories, ',', &part)) {
        part = dw_str_trim(part);
        if (part.len > 0 && part.at[0] == '/')
            part = dw_str_slice(part, 1, part.len);
        if (part.len > 0 && !dw_strs_has(folders, part))
            dw_strs_push(list->reading->arena, folders, part);
    }
}

static void add_feed(struct list *list, const xmlNode *node, struct dw_str url,
                     const struct dw_strs *folders)
{
    bool is_web = dw_str_starts_nocase(url, DW_STR("http://")) ||
                  dw_str_starts_nocase(url, DW_STR("https://"));
    /* "exec:", "filter:" and "|" of other readers run commands: they never enter from a list. What
     * has no scheme stays as it is written: the list of the demo names files so. */
    bool has_scheme = dw_str_find_char(url, ':', 0) != SIZE_MAX || url.at[0] == '|';
    if (!is_web && has_scheme) {
        feed_warn(list->reading, "line %ld: %.*s is no http or https address", xmlGetLineNo(node),
                  DW_FMT(dw_utf8_cut(url, 200)));
        return;
    }
    if (list->feeds.len >= DW_LIMIT_OPML_FEEDS) {
        feed_warn(list->reading, "line %ld: more than %d feeds", xmlGetLineNo(node),
                  DW_LIMIT_OPML_FEEDS);
        return;
    }
    struct dw_opml_feed *feed = dw_vec_push(list->reading->arena, &list->feeds);
    if (feed == NULL)
        return;
    feed->url = url;
    feed->title = first_of(attribute(list, node, "text"), attribute(list, node, "title"));
    feed->home = dw_url_resolve(list->reading->arena, DW_STR(""), attribute(list, node, "htmlUrl"));
    feed->folders = copy(list, folders);
    add_categories(list, attribute(list, node, "category"), &feed->folders);
}

static void read_outlines(struct list *list, const xmlNode *parent, struct dw_strs *folders,
                          int depth)
{
    for (const xmlNode *node = parent->children; node != NULL && depth < 32; node = node->next) {
        if (!feed_node_is(node, "outline"))
            continue;
        struct dw_str url = first_of(attribute(list, node, "xmlUrl"), attribute(list, node, "url"));
        if (url.len > 0) {
            add_feed(list, node, url, folders);
            read_outlines(list, node, folders, depth + 1);
            continue;
        }
        struct dw_str name =
            first_of(attribute(list, node, "text"), attribute(list, node, "title"));
        size_t before = folders->len;
        if (name.len > 0)
            dw_strs_push(list->reading->arena, folders, name);
        read_outlines(list, node, folders, depth + 1);
        folders->len = before;
    }
}

static const xmlNode *child_named(const xmlNode *parent, const char *name)
{
    for (const xmlNode *node = parent->children; node != NULL; node = node->next) {
        if (feed_node_is(node, name))
            return node;
    }
    return NULL;
}

static void read_document(struct list *list, const xmlNode *root)
{
    const xmlNode *head = child_named(root, "head");
    const xmlNode *title = head != NULL ? child_named(head, "title") : NULL;
    if (title != NULL)
        list->opml->title = feed_line(list->reading, feed_node_raw(list->reading, title), false);
    struct dw_strs folders = {0};
    const xmlNode *body = child_named(root, "body");
    read_outlines(list, body != NULL ? body : root, &folders, 0);
    list->opml->feeds = list->feeds.at;
    list->opml->feed_count = list->feeds.len;
}

bool dw_opml_parse(struct dw_arena *arena, struct dw_str bytes, struct dw_opml *opml,
                   struct dw_error *err)
{
    struct dw_feed feed = {.ttl = -1};
    struct dw_feed_input input = {.bytes = bytes, .now = DW_TIME_NONE};
    struct reading reading = {.arena = arena, .input = &input, .feed = &feed};
    *opml = (struct dw_opml){0};
    if (bytes.len > DW_LIMIT_BODY_BYTES)
        return dw_error_set(err, DW_ERR_LIMIT, "larger than %u MiB", DW_LIMIT_BODY_BYTES >> 20);
    reading.text = feed_decode(&reading);
    xmlDocPtr doc = feed_xml_document(&reading);
    const xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
    bool is_opml = root != NULL && feed_node_is(root, "opml");
    if (is_opml) {
        struct list list = {.reading = &reading, .opml = opml};
        read_document(&list, root);
    }
    opml->warnings = feed.warnings;
    xmlFreeDoc(doc);
    if (arena->failed)
        return dw_error_set(err, DW_ERR_MEMORY, "out of memory for a list of feeds");
    return is_opml || dw_error_set(err, DW_ERR_INPUT, "this is no OPML list");
}

/* ---- Writing ---- */

static void add_escaped(struct dw_buf *out, struct dw_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        switch (s.at[i]) {
        case '&':
            dw_buf_add(out, DW_STR("&amp;"));
            break;
        case '<':
            dw_buf_add(out, DW_STR("&lt;"));
            break;
        case '>':
            dw_buf_add(out, DW_STR("&gt;"));
            break;
        case '"':
            dw_buf_add(out, DW_STR("&quot;"));
            break;
        default:
            dw_buf_add_char(out, s.at[i]);
        }
    }
}

static void add_attribute(struct dw_buf *out, const char *name, struct dw_str value)
{
    if (value.len == 0)
        return;
    dw_buf_add_format(out, " %s=\"", name);
    add_escaped(out, value);
    dw_buf_add_char(out, '"');
}

static void add_outline(struct dw_arena *arena, struct dw_buf *out, const struct dw_opml_feed *feed,
                        int indent)
{
    dw_buf_add_format(out, "%*s<outline type=\"rss\"", indent, "");
    add_attribute(out, "text", feed->title.len > 0 ? feed->title : feed->url);
    add_attribute(out, "xmlUrl", feed->url);
    add_attribute(out, "htmlUrl", feed->home);
    struct dw_strs more = {0};
    for (size_t i = 1; i < feed->folders.len; i++)
        dw_strs_push(arena, &more, feed->folders.at[i]);
    add_attribute(out, "category", dw_strs_join(arena, &more, DW_STR(",")));
    dw_buf_add(out, DW_STR("/>\n"));
}

static struct dw_str folder_of(const struct dw_opml_feed *feed)
{
    return feed->folders.len > 0 ? feed->folders.at[0] : DW_STR("");
}

/* The feeds of one folder, in their order. */
static void add_folder(struct dw_arena *arena, struct dw_buf *out, const struct dw_opml *opml,
                       struct dw_str folder)
{
    if (folder.len > 0) {
        dw_buf_add(out, DW_STR("    <outline"));
        add_attribute(out, "text", folder);
        dw_buf_add(out, DW_STR(">\n"));
    }
    for (size_t i = 0; i < opml->feed_count; i++) {
        if (dw_str_eq(folder_of(&opml->feeds[i]), folder))
            add_outline(arena, out, &opml->feeds[i], folder.len > 0 ? 6 : 4);
    }
    if (folder.len > 0)
        dw_buf_add(out, DW_STR("    </outline>\n"));
}

struct dw_str dw_opml_render(struct dw_arena *arena, const struct dw_opml *opml)
{
    struct dw_buf out;
    dw_buf_init(&out, DW_LIMIT_BODY_BYTES);
    dw_buf_add(&out, DW_STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n"
                            "  <head><title>"));
    add_escaped(&out, opml->title);
    dw_buf_add(&out, DW_STR("</title></head>\n  <body>\n"));
    struct dw_strs done = {0};
    for (size_t i = 0; i < opml->feed_count; i++) {
        struct dw_str folder = folder_of(&opml->feeds[i]);
        if (dw_strs_has(&done, folder))
            continue;
        dw_strs_push(arena, &done, folder);
        add_folder(arena, &out, opml, folder);
    }
    dw_buf_add(&out, DW_STR("  </body>\n</opml>\n"));
    struct dw_str text = dw_str_dup(arena, dw_buf_str(&out));
    if (!dw_buf_ok(&out))
        arena->failed = true;
    dw_buf_release(&out);
    return text;
}
