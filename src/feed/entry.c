/* One item or entry of any XML dialect. */
#include "node.h"

#define MOST_CATEGORIES 200 /* no honest entry has more */

/* One entry being read, and what its elements told that has to wait for the others. */
struct entry_reading {
    struct reading *r;
    struct dw_entry *entry;
    struct dw_str guid_link; /* a guid that may serve as link */
    struct dw_str media_text;
    struct dw_str contributor;
    struct dw_str source_author;
    int64_t date;
    int64_t created;
    bool has_alternate; /* a link element with rel=alternate was there */
};

static void keep_first(struct dw_str *field, struct dw_str value)
{
    if (field->len == 0)
        *field = value;
}

static int64_t length_of(struct dw_str number)
{
    int64_t value;
    return dw_str_to_int(dw_str_trim(number), &value) && value >= 0 ? value : -1;
}

/* ---- Links and files ---- */

static void add_file(struct entry_reading *e, xmlNode *node, const char *address,
                     const char *length)
{
    struct dw_str url = feed_node_attribute(e->r, node, address);
    if (url.len == 0)
        return;
    struct dw_enclosure item = {
        feed_node_link(e->r, node, url),
        dw_text_clean(e->r->arena, feed_node_attribute(e->r, node, "type"), DW_CLEAN_LINE),
        length_of(feed_node_attribute(e->r, node, length))};
    feed_add_enclosure(e->r, e->entry, item);
}

static void read_link(struct entry_reading *e, xmlNode *node)
{
    struct dw_str href = feed_node_attribute(e->r, node, "href");
    if (href.len == 0) {
        if (e->entry->link.len == 0)
            e->entry->link = feed_node_link(e->r, node, feed_node_raw(e->r, node));
        return;
    }
    struct dw_str rel = feed_node_rel(e->r, node);
    if (dw_str_eq_nocase(rel, DW_STR("enclosure"))) {
        add_file(e, node, "href", "length");
        return;
    }
    if (e->has_alternate || !dw_str_eq_nocase(rel, DW_STR("alternate")))
        return;
    struct dw_str link = feed_node_link(e->r, node, href);
    if (link.len > 0) {
        e->entry->link = link;
        e->has_alternate = true;
    }
}

static void read_guid(struct entry_reading *e, xmlNode *node)
{
    struct dw_str id = feed_node_line(e->r, node);
    keep_first(&e->entry->id, id);
    struct dw_str permanent = feed_node_attribute(e->r, node, "isPermaLink");
    bool web =
        dw_str_starts_nocase(id, DW_STR("http://")) || dw_str_starts_nocase(id, DW_STR("https://"));
    if (permanent.len == 0 ? web : dw_str_eq_nocase(permanent, DW_STR("true")))
        e->guid_link = id;
}

static void read_enclosure(struct entry_reading *e, xmlNode *node)
{
    add_file(e, node, "url", "length");
}

/* ---- Texts ---- */

static void read_title(struct entry_reading *e, xmlNode *node)
{
    keep_first(&e->entry->title, feed_node_line(e->r, node));
}

static void read_id(struct entry_reading *e, xmlNode *node)
{
    keep_first(&e->entry->id, feed_node_line(e->r, node));
}

static void read_summary(struct entry_reading *e, xmlNode *node)
{
    if (e->entry->summary.len == 0)
        e->entry->summary = feed_node_text(e->r, node);
}

/* Atom may keep the content elsewhere: then there is none here. */
static void read_content(struct entry_reading *e, xmlNode *node)
{
    if (e->entry->content.len == 0 && !feed_node_has_attribute(node, "src"))
        e->entry->content = feed_node_text(e->r, node);
}

static void read_media_text(struct entry_reading *e, xmlNode *node)
{
    keep_first(&e->media_text, feed_node_text(e->r, node));
}

static void read_author(struct entry_reading *e, xmlNode *node)
{
    keep_first(&e->entry->author, feed_node_person(e->r, node));
}

static void read_contributor(struct entry_reading *e, xmlNode *node)
{
    keep_first(&e->contributor, feed_node_person(e->r, node));
}

/* The feed that an Atom entry was taken from. */
static void read_source(struct entry_reading *e, xmlNode *node)
{
    for (xmlNode *child = node->children; child != NULL; child = child->next) {
        if (feed_node_is(child, "author"))
            keep_first(&e->source_author, feed_node_person(e->r, child));
    }
}

/* ---- Categories ---- */

static void add_category(struct entry_reading *e, struct dw_str name)
{
    struct dw_strs *all = &e->entry->categories;
    name = dw_text_clean(e->r->arena, name, DW_CLEAN_LINE);
    if (name.len > 0 && all->len < MOST_CATEGORIES && !dw_strs_has(all, name))
        dw_strs_push(e->r->arena, all, dw_utf8_cut(name, DW_LIMIT_TITLE_BYTES));
}

static void read_category(struct entry_reading *e, xmlNode *node)
{
    struct dw_str name = feed_node_attribute(e->r, node, "label");
    if (name.len == 0)
        name = feed_node_line(e->r, node);
    if (name.len == 0)
        name = feed_node_attribute(e->r, node, "term");
    if (name.len == 0)
        name = feed_node_attribute(e->r, node, "text");
    add_category(e, name);
}

static void read_keywords(struct entry_reading *e, xmlNode *node)
{
    struct dw_str rest = feed_node_line(e->r, node);
    struct dw_str word;
    while (dw_str_split(&rest, ',', &word))
        add_category(e, word);
}

/* ---- Dates ---- */

static void read_date(struct entry_reading *e, xmlNode *node, int64_t *place)
{
    if (*place == DW_TIME_NONE)
        *place = feed_date(e->r, feed_node_raw(e->r, node), "date");
}

static void read_published(struct entry_reading *e, xmlNode *node)
{
    read_date(e, node, &e->entry->published);
}

static void read_updated(struct entry_reading *e, xmlNode *node)
{
    read_date(e, node, &e->entry->updated);
}

static void read_any_date(struct entry_reading *e, xmlNode *node)
{
    read_date(e, node, &e->date);
}

static void read_created(struct entry_reading *e, xmlNode *node)
{
    read_date(e, node, &e->created);
}

/* ---- Elements by their meaning ---- */

static void read_children(struct entry_reading *e, xmlNode *node);

static void read_group(struct entry_reading *e, xmlNode *node)
{
    read_children(e, node);
}

static void read_media(struct entry_reading *e, xmlNode *node)
{
    add_file(e, node, "url", "fileSize");
    read_children(e, node);
}

static const struct {
    struct dw_str meaning;
    void (*read)(struct entry_reading *e, xmlNode *node);
} readers[] = {
    {DW_STR_INIT("title"), read_title},
    {DW_STR_INIT("link"), read_link},
    {DW_STR_INIT("guid"), read_guid},
    {DW_STR_INIT("id"), read_id},
    {DW_STR_INIT("summary"), read_summary},
    {DW_STR_INIT("content"), read_content},
    {DW_STR_INIT("mediatext"), read_media_text},
    {DW_STR_INIT("author"), read_author},
    {DW_STR_INIT("contributor"), read_contributor},
    {DW_STR_INIT("source"), read_source},
    {DW_STR_INIT("category"), read_category},
    {DW_STR_INIT("keywords"), read_keywords},
    {DW_STR_INIT("published"), read_published},
    {DW_STR_INIT("updated"), read_updated},
    {DW_STR_INIT("date"), read_any_date},
    {DW_STR_INIT("created"), read_created},
    {DW_STR_INIT("enclosure"), read_enclosure},
    {DW_STR_INIT("media"), read_media},
    {DW_STR_INIT("group"), read_group},
};

static void read_element(struct entry_reading *e, xmlNode *node)
{
    struct dw_str meaning = feed_node_meaning(e->r, node, FEED_IN_ENTRY);
    for (size_t i = 0; meaning.len > 0 && i < sizeof readers / sizeof readers[0]; i++) {
        if (dw_str_eq(meaning, readers[i].meaning)) {
            readers[i].read(e, node);
            return;
        }
    }
}

/* Recursion through groups is bounded by the tree's depth. */
static void read_children(struct entry_reading *e, xmlNode *node)
{
    for (xmlNode *child = node->children; child != NULL; child = child->next) {
        if (child->type == XML_ELEMENT_NODE)
            read_element(e, child);
    }
}

/* CDF and RSS 1.0 say things of an item in its tag. */
static void read_attributes(struct entry_reading *e, xmlNode *node)
{
    struct dw_str href = feed_node_attribute(e->r, node, "href");
    keep_first(&e->entry->id,
               dw_text_clean(e->r->arena, feed_node_attribute(e->r, node, "about"), DW_CLEAN_LINE));
    if (href.len > 0)
        e->entry->link = feed_node_link(e->r, node, href);
    e->entry->updated = feed_date(e->r, feed_node_attribute(e->r, node, "lastmod"), "lastmod");
}

void feed_read_entry(struct reading *r, xmlNode *node, struct dw_str author)
{
    struct dw_entry *entry = feed_new_entry(r);
    if (entry == NULL)
        return;
    struct entry_reading e = {
        .r = r, .entry = entry, .date = DW_TIME_NONE, .created = DW_TIME_NONE};
    read_attributes(&e, node);
    read_children(&e, node);
    if (entry->link.len == 0 && e.guid_link.len > 0)
        entry->link = feed_node_link(r, node, e.guid_link);
    if (entry->published == DW_TIME_NONE)
        entry->published = e.date != DW_TIME_NONE ? e.date : e.created;
    keep_first(&entry->summary, e.media_text);
    keep_first(&entry->author, e.contributor);
    keep_first(&entry->author, e.source_author);
    if (r->feed->format == DW_FEED_ATOM_10 || r->feed->format == DW_FEED_ATOM_03)
        keep_first(&entry->author, author);
}
