/* XML feeds: which dialect it is, and the way from the root to the entries. */
#include "xml.h"

#include <assert.h>

/* ---- Which dialect ---- */

static bool declares(const struct feed_element *root, struct dw_str part)
{
    for (size_t i = 0; i < root->namespace_count; i++) {
        struct dw_str uri = dw_str_from_c((const char *)root->namespaces[i * 2 + 1]);
        if (dw_str_find_nocase(uri, part, 0) != SIZE_MAX)
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

static bool find_format(struct reading *r, const struct feed_element *root,
                        enum dw_feed_format *format)
{
    struct dw_str version = feed_attribute(r->arena, root, FEED_VERSION);
    switch (root->name->tag) {
    case FEED_TAG_RSS:
        *format = rss_version(version);
        return true;
    case FEED_TAG_RDF:
        *format =
            declares(root, DW_STR("netscape.com")) && !declares(root, DW_STR("purl.org/rss/1.0"))
                ? DW_FEED_RSS_090
                : DW_FEED_RSS_10;
        return true;
    case FEED_TAG_FEED:
    case FEED_TAG_ENTRY:
        *format = declares(root, DW_STR("purl.org/atom")) || dw_str_starts(version, DW_STR("0."))
                      ? DW_FEED_ATOM_03
                      : DW_FEED_ATOM_10;
        return true;
    case FEED_TAG_CHANNEL:
        *format = feed_has_attribute(root, FEED_HREF) || feed_has_attribute(root, FEED_BASE) ||
                          feed_has_attribute(root, FEED_LASTMOD)
                      ? DW_FEED_CDF
                      : DW_FEED_RSS_20;
        return true;
    default:
        return false;
    }
}

/* ---- Elements by where they stand ---- */

struct feed_entry *feed_entry_at(struct feed_xml *x)
{
    return &x->entries[x->entry_depth - 1];
}

/* Values of one document: each takes up to 200 bytes beside its text, so that 16 MiB of empty ones
 * would take half a gigabyte. Honest feeds of 5 MB have 50,000. */
#define MOST_VALUES 300000

/* Whether another value may be taken. */
static bool has_room(struct feed_xml *x)
{
    if (x->values == MOST_VALUES)
        feed_warn(x->r, "values beyond the first %d were left out", MOST_VALUES);
    return x->values++ < MOST_VALUES;
}

static enum feed_place open_value(struct feed_xml *x, const struct feed_element *e,
                                  const struct feed_reader *reader)
{
    if ((reader->put == NULL && reader->start == NULL) || !has_room(x))
        return FEED_PLACE_NOTHING;
    enum feed_place place = reader->take == FEED_TAKE_PERSON ? FEED_PLACE_PERSON : FEED_PLACE_VALUE;
    if (reader->start != NULL)
        place = reader->start(x, e);
    if (place != FEED_PLACE_VALUE && place != FEED_PLACE_PERSON)
        return place;
    feed_capture_begin(x, e, reader->take);
    x->frames[x->depth - 1].reader = reader;
    return place;
}

static enum feed_place open_entry(struct feed_xml *x, const struct feed_element *e)
{
    return feed_start_entry(x, e) ? FEED_PLACE_ENTRY : FEED_PLACE_NOTHING;
}

static bool is_entry(const struct feed_element *e)
{
    return e->name->tag == FEED_TAG_ITEM || e->name->tag == FEED_TAG_ENTRY;
}

static enum feed_place open_in_feed(struct feed_xml *x, const struct feed_element *e)
{
    if (is_entry(e))
        return open_entry(x, e);
    if (e->name->tag == FEED_TAG_ITEMS)
        return FEED_PLACE_FEED;
    if (e->name->tag != FEED_TAG_CHANNEL)
        return open_value(x, e, &feed_channel_readers[e->name->in_feed]);
    feed_start_channel(x, e);
    return FEED_PLACE_FEED;
}

/* Something that is passed over may not have been closed before an entry. */
static enum feed_place open_in_nothing(struct feed_xml *x, const struct feed_element *e)
{
    bool own = e->name->vocabulary == FEED_RSS || e->name->vocabulary == FEED_ATOM;
    return x->repaired && own && is_entry(e) ? open_entry(x, e) : FEED_PLACE_NOTHING;
}

static enum feed_place open_in_person(struct feed_xml *x, const struct feed_element *e)
{
    bool is_part = e->name->tag == FEED_TAG_NAME || e->name->tag == FEED_TAG_EMAIL;
    x->capture.has_parts = true;
    if (!is_part)
        return FEED_PLACE_NOTHING;
    feed_capture_part(x);
    x->frames[x->depth - 1].is_name = e->name->tag == FEED_TAG_NAME;
    return FEED_PLACE_VALUE;
}

static enum feed_place open_in(struct feed_xml *x, const struct feed_frame *around,
                               const struct feed_element *e)
{
    switch (around->place) {
    case FEED_PLACE_FEED:
        return open_in_feed(x, e);
    case FEED_PLACE_ENTRY:
        return is_entry(e) ? open_entry(x, e)
                           : open_value(x, e, &feed_entry_readers[e->name->in_entry]);
    case FEED_PLACE_GROUP:
        return x->entry_depth > 0 ? open_value(x, e, &feed_entry_readers[e->name->in_entry])
                                  : open_value(x, e, &feed_channel_readers[e->name->in_feed]);
    case FEED_PLACE_SOURCE:
        return e->name->tag == FEED_TAG_AUTHOR ? open_value(x, e, &feed_source_author)
                                               : FEED_PLACE_NOTHING;
    case FEED_PLACE_PERSON:
        return open_in_person(x, e);
    case FEED_PLACE_VALUE:
    case FEED_PLACE_MARKUP:
        feed_capture_start_tag(x, e);
        return FEED_PLACE_MARKUP;
    case FEED_PLACE_NOTHING:
        break;
    }
    return open_in_nothing(x, e);
}

/* The namespace of the dialect: the root's, or what it declares for elements without a prefix. */
static struct dw_str own_address(const struct feed_element *root)
{
    for (size_t i = 0; i < root->namespace_count; i++) {
        if (root->namespaces[i * 2] == NULL)
            return dw_str_from_c((const char *)root->namespaces[i * 2 + 1]);
    }
    return dw_str_from_c(root->uri);
}

/* The root says what the document is; false if that is no feed. */
static bool open_root(struct feed_xml *x, const struct feed_element *e)
{
    struct reading *r = x->r;
    struct feed_frame *frame = &x->frames[0];
    x->is_feed = find_format(r, e, &r->feed->format);
    if (!x->is_feed)
        return false;
    bool is_atom = e->name->tag == FEED_TAG_FEED || e->name->tag == FEED_TAG_ENTRY;
    x->names.own_address = own_address(e);
    x->names.own = is_atom ? FEED_ATOM : FEED_RSS;
    frame->place = FEED_PLACE_FEED;
    if (e->name->tag == FEED_TAG_ENTRY)
        frame->place = open_entry(x, e);
    else
        feed_start_channel(x, e);
    return true;
}

/* ---- The stream ---- */

static bool on_start(void *context, const struct feed_element *e)
{
    struct feed_xml *x = context;
    assert(x->depth < FEED_DEEPEST);
    struct feed_frame *frame = &x->frames[x->depth++];
    const struct feed_frame *around = x->depth > 1 ? frame - 1 : NULL;
    *frame = (struct feed_frame){.base = around != NULL ? around->base : DW_STR("")};
    if (e->attribute_count > 0)
        frame->base = feed_base_within(x, frame->base, feed_attribute(x->r->arena, e, FEED_BASE));
    if (around == NULL)
        return open_root(x, e);
    frame->place = open_in(x, around, e);
    return true;
}

static void on_text(void *context, struct dw_str text)
{
    struct feed_xml *x = context;
    enum feed_place place = x->depth > 0 ? x->frames[x->depth - 1].place : FEED_PLACE_NOTHING;
    if (place == FEED_PLACE_VALUE || place == FEED_PLACE_MARKUP || place == FEED_PLACE_PERSON)
        feed_capture_text(x, text);
}

static void on_end(void *context, const struct feed_name *name)
{
    struct feed_xml *x = context;
    if (x->depth == 0)
        return;
    struct feed_frame *frame = &x->frames[--x->depth];
    if (frame->place == FEED_PLACE_ENTRY)
        feed_end_entry(x);
    else if (frame->place == FEED_PLACE_MARKUP)
        feed_capture_end_tag(x, name);
    else if (frame->reader != NULL)
        frame->reader->put(x, feed_capture_end(x));
    else if (frame->place == FEED_PLACE_VALUE)
        feed_capture_part_end(x, frame->is_name);
}

/* ---- The document ---- */

static void begin(void *context, bool repaired)
{
    struct feed_xml *x = context;
    if (repaired)
        dw_buf_release(&x->capture.text);
    *x = (struct feed_xml){.r = x->r, .repaired = repaired};
    x->channel = (struct feed_channel){
        .pubdate = DW_TIME_NONE, .date = DW_TIME_NONE, .period = -1, .frequency = -1};
    /* markup is escaped, which makes six bytes of one at most */
    dw_buf_init(&x->capture.text, (size_t)DW_LIMIT_FIELD_BYTES * 8);
}

/* A feed may stand in what is none itself. */
static bool is_done(const void *context)
{
    const struct feed_xml *x = context;
    return x->is_feed || feed_find_root(x->r->text) == SIZE_MAX;
}

/* Ends may be missing at the end. */
static void close_all(struct feed_xml *x)
{
    while (x->depth > 0)
        on_end(x, NULL);
}

static void stream(struct feed_xml *x, struct reading *r)
{
    const struct feed_handlers handlers = {begin, on_start, on_text, on_end, is_done, x};
    x->r = r;
    feed_stream(r, &x->names, &handlers);
    close_all(x);
    dw_buf_release(&x->capture.text);
}

bool feed_read_xml(struct reading *r, struct dw_error *err)
{
    struct feed_xml *x = dw_arena_array(r->arena, 1, sizeof *x);
    if (x != NULL)
        stream(x, r);
    if (r->arena->failed || x == NULL)
        return dw_error_set(err, DW_ERR_MEMORY, "out of memory for a feed");
    if (!x->is_feed)
        return feed_not_a_feed(r->arena, r->input, r->text, err);
    feed_settle_addresses(x);
    feed_finish_channel(x);
    return true;
}
