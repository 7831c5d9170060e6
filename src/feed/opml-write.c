/* OPML lists of feeds, written so that they are the same when they are read again. */
#include "feed/feed.h"

#include "base/base.h"

/* What a value of an attribute or element cannot hold as it is. */
static void add_escaped(struct dw_buf *out, struct dw_str s)
{
    static const struct {
        char sign;
        struct dw_str reference;
    } signs[] = {{'&', DW_STR_INIT("&amp;")}, {'<', DW_STR_INIT("&lt;")},
                 {'>', DW_STR_INIT("&gt;")},  {'"', DW_STR_INIT("&quot;")},
                 {'\t', DW_STR_INIT("&#9;")}, {'\n', DW_STR_INIT("&#10;")},
                 {'\r', DW_STR_INIT("&#13;")}};
    const size_t count = sizeof signs / sizeof signs[0];
    for (size_t i = 0; i < s.len; i++) {
        size_t sign = 0;
        while (sign < count && signs[sign].sign != s.at[i])
            sign++;
        if (sign < count)
            dw_buf_add(out, signs[sign].reference);
        else if ((unsigned char)s.at[i] >= 0x20)
            dw_buf_add_char(out, s.at[i]);
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

/* ---- Folders ---- */

/* Whether a comma-separated list of categories can name it. */
static bool fits_category(struct dw_str folder)
{
    return dw_str_find_char(folder, ',', 0) == SIZE_MAX && !dw_str_starts(folder, DW_STR("/"));
}

/* The folders that become outlines: the first one, and all up to the last that no category can
 * name. The others become its category. */
static struct dw_strs outlines_of(const struct dw_opml_feed *feed)
{
    struct dw_strs outlines = feed->folders;
    while (outlines.len > 1 && fits_category(outlines.at[outlines.len - 1]))
        outlines.len--;
    return outlines;
}

static bool are_same(const struct dw_strs *a, const struct dw_strs *b)
{
    bool same = a->len == b->len;
    for (size_t i = 0; same && i < a->len; i++)
        same = dw_str_eq(a->at[i], b->at[i]);
    return same;
}

/* ---- Outlines ---- */

static void add_feed(struct dw_arena *arena, struct dw_buf *out, const struct dw_opml_feed *feed)
{
    struct dw_strs rest = {0};
    size_t depth = outlines_of(feed).len;
    for (size_t i = depth; i < feed->folders.len; i++)
        dw_strs_push(arena, &rest, feed->folders.at[i]);
    dw_buf_add_format(out, "%*s<outline", 4 + 2 * (int)depth, "");
    add_attribute(out, "type", feed->type.len > 0 ? feed->type : DW_STR("rss"));
    add_attribute(out, "text", feed->title.len > 0 ? feed->title : feed->url);
    add_attribute(out, "xmlUrl", feed->url);
    add_attribute(out, "htmlUrl", feed->home);
    add_attribute(out, "category", dw_strs_join(arena, &rest, DW_STR(",")));
    add_attribute(out, "description", feed->description);
    add_attribute(out, "language", feed->language);
    add_attribute(out, "fullText", feed->full_text ? DW_STR("true") : DW_STR(""));
    dw_buf_add(out, DW_STR("/>\n"));
}

static void open_folders(struct dw_buf *out, const struct dw_strs *folders)
{
    for (size_t i = 0; i < folders->len; i++) {
        dw_buf_add_format(out, "%*s<outline", 4 + 2 * (int)i, "");
        add_attribute(out, "text", folders->at[i]);
        dw_buf_add(out, DW_STR(">\n"));
    }
}

static void close_folders(struct dw_buf *out, const struct dw_strs *folders)
{
    for (size_t i = folders->len; i > 0; i--)
        dw_buf_add_format(out, "%*s</outline>\n", 2 + 2 * (int)i, "");
}

/* ---- The list ---- */

/* The feeds of each folder in their order, as chains of indices. */
struct group {
    struct dw_strs folders;
    size_t first, last;
};

struct groups {
    DW_VEC(struct group) all;
    struct dw_map places; /* of their folders' names, joined by a sign that no name has */
    size_t *next;         /* of each feed, the next one of its group; SIZE_MAX: none */
};

static bool add_to_group(struct dw_arena *arena, struct groups *groups, const struct dw_opml *opml,
                         size_t feed)
{
    struct dw_strs folders = outlines_of(&opml->feeds[feed]);
    struct dw_str key = dw_strs_join(arena, &folders, DW_STR("\n"));
    uint64_t place = 0;
    groups->next[feed] = SIZE_MAX;
    if (dw_map_get(&groups->places, key, &place) &&
        are_same(&groups->all.at[place].folders, &folders)) {
        struct group *group = &groups->all.at[place];
        groups->next[group->last] = feed;
        group->last = feed;
        return true;
    }
    if (!dw_map_put(&groups->places, key, groups->all.len))
        return false;
    struct group *group = dw_vec_push(arena, &groups->all);
    if (group != NULL)
        *group = (struct group){folders, feed, feed};
    return group != NULL;
}

static void add_body(struct dw_arena *arena, struct dw_buf *out, const struct dw_opml *opml)
{
    struct groups groups = {.next = dw_arena_array(arena, opml->feed_count + 1, sizeof(size_t))};
    bool done = groups.next != NULL;
    dw_map_init(&groups.places, arena);
    for (size_t i = 0; done && i < opml->feed_count; i++)
        done = add_to_group(arena, &groups, opml, i);
    for (size_t i = 0; done && i < groups.all.len; i++) {
        const struct group *group = &groups.all.at[i];
        open_folders(out, &group->folders);
        for (size_t feed = group->first; feed != SIZE_MAX; feed = groups.next[feed])
            add_feed(arena, out, &opml->feeds[feed]);
        close_folders(out, &group->folders);
    }
    arena->failed = arena->failed || !done;
}

struct dw_str dw_opml_render(struct dw_arena *arena, const struct dw_opml *opml)
{
    struct dw_buf out;
    dw_buf_init(&out, DW_LIMIT_BODY_BYTES);
    dw_buf_add(&out, DW_STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n"
                            "  <head><title>"));
    add_escaped(&out, opml->title);
    dw_buf_add(&out, DW_STR("</title></head>\n  <body>\n"));
    add_body(arena, &out, opml);
    dw_buf_add(&out, DW_STR("  </body>\n</opml>\n"));
    struct dw_str text = dw_str_dup(arena, dw_buf_str(&out));
    if (!dw_buf_ok(&out))
        arena->failed = true;
    dw_buf_release(&out);
    return text;
}
