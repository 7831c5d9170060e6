/* OPML lists of feeds, read: outlines with addresses, within outlines that are folders. */
#include "stream.h"

struct list {
    struct reading *reading;
    struct feed_names names;
    DW_VEC(struct dw_opml_feed) feeds;
    struct dw_map places;                /* of addresses among the feeds */
    struct dw_strs folders;              /* around the element at hand, outermost first */
    size_t folders_before[FEED_DEEPEST]; /* how many were around each open element */
    size_t depth;
    struct dw_buf title;
    size_t left_out;
    bool in_title;
    bool is_opml;
};

/* ---- Feeds ---- */

/* An attribute as one clean line. */
static struct dw_str line_of(struct list *list, const struct feed_element *e,
                             enum feed_attribute attribute)
{
    struct dw_arena *arena = list->reading->arena;
    struct dw_str value = dw_utf8_cut(feed_attribute(arena, e, attribute), DW_LIMIT_FIELD_BYTES);
    return dw_text_clean(arena, value, DW_CLEAN_LINE);
}

static struct dw_str name_of(struct list *list, const struct feed_element *e)
{
    struct dw_str text = line_of(list, e, FEED_TEXT);
    return dw_utf8_cut(text.len > 0 ? text : line_of(list, e, FEED_TITLE), DW_LIMIT_TITLE_BYTES);
}

/* Whether an outline names a feed; `url` gets its address. Without xmlUrl the older `url` counts,
 * which in OPML 2.0 leads to pages and to other lists too. */
static bool find_address(struct list *list, const struct feed_element *e, struct dw_str *url)
{
    struct reading *r = list->reading;
    struct dw_str type = line_of(list, e, FEED_TYPE);
    *url = line_of(list, e, FEED_XML_URL);
    if (url->len > 0)
        return true;
    *url = e->name->tag == FEED_TAG_OUTLINE ? line_of(list, e, FEED_URL) : (struct dw_str){"", 0};
    if (url->len == 0)
        return false;
    bool is_list = dw_str_eq_nocase(type, DW_STR("include")) || dw_str_ends(*url, DW_STR(".opml"));
    if (!is_list && !dw_str_eq_nocase(type, DW_STR("link")))
        return true;
    feed_warn(r,
              is_list ? "line %ld: %.*s is another list: import it too"
                      : "line %ld: %.*s is a link to a page, not to a feed",
              e->line, DW_FMT(dw_utf8_cut(*url, 200)));
    return false;
}

/* Whether an address may enter the list. "exec:", "filter:" and "|" of other readers run commands:
 * they never do. What has no scheme stays as it is written: the list of the demo names files so. */
static bool is_allowed(struct list *list, const struct feed_element *e, struct dw_str url)
{
    bool has_scheme = dw_str_find_char(url, ':', 0) != SIZE_MAX || url.at[0] == '|';
    bool is_web = dw_str_starts_nocase(url, DW_STR("http://")) ||
                  dw_str_starts_nocase(url, DW_STR("https://"));
    if (!is_web && has_scheme)
        feed_warn(list->reading, "line %ld: %.*s is no http or https address", e->line,
                  DW_FMT(dw_utf8_cut(url, 200)));
    else if (url.len > DW_LIMIT_URL_BYTES)
        feed_warn(list->reading, "line %ld: an address of more than %d bytes", e->line,
                  DW_LIMIT_URL_BYTES);
    else
        return true;
    list->left_out++;
    return false;
}

static void add_folder(struct list *list, struct dw_strs *folders, struct dw_str name)
{
    if (name.len > 0 && folders->len < DW_LIMIT_TAGS && !dw_strs_has(folders, name))
        dw_strs_push(list->reading->arena, folders, name);
}

/* The folders around it, and tags that other readers write into `category`: "/a/b,c". */
static void add_folders(struct list *list, const struct feed_element *e, struct dw_strs *folders)
{
    struct dw_str categories = line_of(list, e, FEED_CATEGORY);
    struct dw_str part;
    for (size_t i = 0; i < list->folders.len; i++)
        add_folder(list, folders, list->folders.at[i]);
    while (categories.len > 0 && folders->len < DW_LIMIT_TAGS &&
           dw_str_split(&categories, ',', &part)) {
        part = dw_str_trim(part);
        if (part.len > 0 && part.at[0] == '/')
            part = dw_str_trim(dw_str_slice(part, 1, part.len));
        add_folder(list, folders, part);
    }
    if (folders->len == DW_LIMIT_TAGS && categories.len > 0)
        feed_warn(list->reading, "line %ld: tags beyond %d left out", e->line, DW_LIMIT_TAGS);
}

/* The feed of an address, which may stand in several folders; NULL: there is no room for it. */
static struct dw_opml_feed *feed_of(struct list *list, const struct feed_element *e,
                                    struct dw_str url, bool *is_new)
{
    uint64_t place = 0;
    *is_new = !dw_map_get(&list->places, url, &place);
    if (!*is_new)
        return &list->feeds.at[place];
    if (list->feeds.len >= DW_LIMIT_OPML_FEEDS) {
        feed_warn(list->reading, "line %ld: more than %d feeds", e->line, DW_LIMIT_OPML_FEEDS);
        return NULL;
    }
    if (!dw_map_put(&list->places, url, list->feeds.len))
        return NULL;
    return dw_vec_push(list->reading->arena, &list->feeds);
}

static void add_feed(struct list *list, const struct feed_element *e, struct dw_str url)
{
    struct dw_arena *arena = list->reading->arena;
    bool is_new;
    url = dw_feed_address(arena, url);
    struct dw_opml_feed *feed = is_allowed(list, e, url) ? feed_of(list, e, url, &is_new) : NULL;
    if (feed == NULL)
        return;
    add_folders(list, e, &feed->folders);
    if (!is_new)
        return;
    struct dw_str title = name_of(list, e);
    struct dw_str type = line_of(list, e, FEED_TYPE);
    feed->url = url;
    feed->title = dw_str_eq(title, url) ? (struct dw_str){"", 0} : title;
    feed->home = dw_url_resolve(arena, DW_STR(""), line_of(list, e, FEED_HTML_URL));
    feed->type = dw_str_eq_nocase(type, DW_STR("rss")) ? (struct dw_str){"", 0} : type;
    feed->description = line_of(list, e, FEED_DESCRIPTION);
    feed->language = line_of(list, e, FEED_LANGUAGE);
    feed->full_text = dw_str_eq_nocase(line_of(list, e, FEED_FULL_TEXT), DW_STR("true"));
}

/* ---- The stream ---- */

static void read_outline(struct list *list, const struct feed_element *e)
{
    struct dw_str url;
    if (find_address(list, e, &url))
        add_feed(list, e, url);
    else if (e->name->tag == FEED_TAG_OUTLINE && url.len == 0)
        add_folder(list, &list->folders, name_of(list, e));
}

static bool on_start(void *context, const struct feed_element *e)
{
    struct list *list = context;
    list->folders_before[list->depth++] = list->folders.len;
    list->is_opml = list->is_opml || e->name->tag == FEED_TAG_OPML;
    list->in_title = e->name->tag == FEED_TAG_TITLE && list->title.len == 0;
    if (e->name->tag == FEED_TAG_OUTLINE || feed_has_attribute(e, FEED_XML_URL))
        read_outline(list, e);
    return !list->reading->arena->failed;
}

static void on_text(void *context, struct dw_str text)
{
    struct list *list = context;
    if (list->in_title)
        dw_buf_add(&list->title, dw_utf8_cut(text, DW_LIMIT_TITLE_BYTES - list->title.len));
}

static void on_end(void *context, const struct feed_name *name)
{
    struct list *list = context;
    (void)name;
    list->in_title = false;
    if (list->depth > 0)
        list->folders.len = list->folders_before[--list->depth];
}

static void begin(void *context, bool repaired)
{
    struct list *list = context;
    if (repaired)
        dw_buf_release(&list->title);
    *list = (struct list){.reading = list->reading};
    dw_map_init(&list->places, list->reading->arena);
    dw_buf_init(&list->title, DW_LIMIT_TITLE_BYTES);
}

static bool is_list(const void *context)
{
    const struct list *list = context;
    return list->is_opml || list->feeds.len > 0;
}

static bool say_no_list(struct dw_str text, struct dw_error *err)
{
    if (feed_find_root(text) != SIZE_MAX)
        return dw_error_set(err, DW_ERR_INPUT,
                            "this is a feed, not an OPML list of feeds: add it by its address");
    return dw_error_set(err, DW_ERR_INPUT, "this is no OPML list of feeds");
}

bool dw_opml_parse(struct dw_arena *arena, struct dw_str bytes, struct dw_opml *opml,
                   struct dw_error *err)
{
    struct dw_feed feed = {.ttl = -1};
    struct dw_feed_input input = {.bytes = bytes, .now = DW_TIME_NONE};
    struct reading reading = {.arena = arena, .input = &input, .feed = &feed, .is_list = true};
    *opml = (struct dw_opml){0};
    if (bytes.len > DW_LIMIT_BODY_BYTES)
        return dw_error_set(err, DW_ERR_LIMIT, "larger than %u MiB", DW_LIMIT_BODY_BYTES >> 20);
    reading.text = feed_decode(&reading);
    feed_unwrap(&reading);
    struct list *list = dw_arena_array(arena, 1, sizeof *list);
    if (list != NULL) {
        const struct feed_handlers handlers = {begin, on_start, on_text, on_end, is_list, list};
        list->reading = &reading;
        feed_stream(&reading, &list->names, &handlers);
        opml->title = feed_line(&reading, dw_str_dup(arena, dw_buf_str(&list->title)), false);
        arena->failed = arena->failed || !dw_buf_ok(&list->title);
        dw_buf_release(&list->title);
    }
    if (arena->failed || list == NULL)
        return dw_error_set(err, DW_ERR_MEMORY, "out of memory for a list of feeds");
    opml->feeds = list->feeds.at;
    opml->feed_count = list->feeds.len;
    opml->left_out = list->left_out;
    opml->warnings = feed.warnings;
    return is_list(list) || say_no_list(reading.text, err);
}
