/* The feed itself: title, link, description, language, dates and how often it changes. */
#include "node.h"

#include <limits.h>

/* One feed's own elements being read. */
struct channel_reading {
    struct reading *r;
    struct channel *channel;
};

static void keep_first(struct dw_str *field, struct dw_str value)
{
    if (field->len == 0)
        *field = value;
}

/* A count times a number of seconds; -1 if it is no sensible count. */
static int64_t seconds_of(struct dw_str number, int64_t factor)
{
    int64_t value;
    if (!dw_str_to_int(dw_str_trim(number), &value) || value < 0 || value > INT_MAX)
        return -1;
    return value * factor;
}

static void read_title(struct channel_reading *c, xmlNode *node)
{
    keep_first(&c->r->feed->title, feed_node_line(c->r, node));
}

static void read_link(struct channel_reading *c, xmlNode *node)
{
    struct dw_feed *feed = c->r->feed;
    if (feed->link.len > 0)
        return;
    if (!feed_node_has_attribute(node, "href")) {
        /* an Atom link without an address is none, whatever text stands in it */
        bool is_atom = feed->format == DW_FEED_ATOM_10 || feed->format == DW_FEED_ATOM_03;
        if (!is_atom)
            feed->link = feed_node_link(c->r, node, feed_node_raw(c->r, node));
        return;
    }
    if (dw_str_eq_nocase(feed_node_rel(c->r, node), DW_STR("alternate")))
        feed->link = feed_node_link(c->r, node, feed_node_attribute(c->r, node, "href"));
}

static void read_description(struct channel_reading *c, xmlNode *node)
{
    keep_first(&c->r->feed->description, feed_node_text(c->r, node));
}

static void read_language(struct channel_reading *c, xmlNode *node)
{
    keep_first(&c->r->feed->language, feed_node_line(c->r, node));
}

static void read_author(struct channel_reading *c, xmlNode *node)
{
    keep_first(&c->channel->author, feed_node_person(c->r, node));
}

/* RSS counts it in minutes. */
static void read_ttl(struct channel_reading *c, xmlNode *node)
{
    c->r->feed->ttl = seconds_of(feed_node_raw(c->r, node), 60);
}

static void read_period(struct channel_reading *c, xmlNode *node)
{
    static const struct {
        struct dw_str name;
        int64_t seconds;
    } periods[] = {{DW_STR_INIT("hourly"), 3600},
                   {DW_STR_INIT("daily"), 86400},
                   {DW_STR_INIT("weekly"), 604800},
                   {DW_STR_INIT("monthly"), 2592000},
                   {DW_STR_INIT("yearly"), 31536000}};
    struct dw_str name = dw_str_trim(feed_node_raw(c->r, node));
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
        if (dw_str_eq_nocase(name, periods[i].name))
            c->channel->period = periods[i].seconds;
    }
}

static void read_frequency(struct channel_reading *c, xmlNode *node)
{
    c->channel->frequency = seconds_of(feed_node_raw(c->r, node), 1);
}

static void read_date(struct channel_reading *c, xmlNode *node, int64_t *place)
{
    if (*place == DW_TIME_NONE)
        *place = feed_date(c->r, feed_node_raw(c->r, node), "the feed's date");
}

static void read_updated(struct channel_reading *c, xmlNode *node)
{
    read_date(c, node, &c->r->feed->updated);
}

static void read_pubdate(struct channel_reading *c, xmlNode *node)
{
    read_date(c, node, &c->channel->pubdate);
}

static void read_any_date(struct channel_reading *c, xmlNode *node)
{
    read_date(c, node, &c->channel->date);
}

/* How each meaning of elements.tsv is read. */
static const struct {
    struct dw_str meaning;
    void (*read)(struct channel_reading *c, xmlNode *node);
} readers[] = {
    {DW_STR_INIT("title"), read_title},
    {DW_STR_INIT("link"), read_link},
    {DW_STR_INIT("description"), read_description},
    {DW_STR_INIT("language"), read_language},
    {DW_STR_INIT("author"), read_author},
    {DW_STR_INIT("ttl"), read_ttl},
    {DW_STR_INIT("period"), read_period},
    {DW_STR_INIT("frequency"), read_frequency},
    {DW_STR_INIT("updated"), read_updated},
    {DW_STR_INIT("pubdate"), read_pubdate},
    {DW_STR_INIT("date"), read_any_date},
};

static void read_element(struct channel_reading *c, xmlNode *node)
{
    struct dw_str meaning = feed_node_meaning(c->r, node, FEED_IN_CHANNEL);
    for (size_t i = 0; meaning.len > 0 && i < sizeof readers / sizeof readers[0]; i++) {
        if (dw_str_eq(meaning, readers[i].meaning)) {
            readers[i].read(c, node);
            return;
        }
    }
}

void feed_read_channel(struct reading *r, xmlNode *node, struct channel *channel)
{
    struct channel_reading c = {r, channel};
    keep_first(&r->feed->language, feed_node_attribute(r, node, "lang"));
    if (r->feed->format == DW_FEED_CDF && feed_node_is(node, "channel")) {
        r->feed->link = feed_node_link(r, node, feed_node_attribute(r, node, "href"));
        r->feed->updated = feed_date(r, feed_node_attribute(r, node, "lastmod"), "lastmod");
    }
    for (xmlNode *child = node->children; child != NULL; child = child->next) {
        bool own = child->type == XML_ELEMENT_NODE && !feed_node_is(child, "item") &&
                   !feed_node_is(child, "entry") && !feed_node_is(child, "channel");
        if (own)
            read_element(&c, child);
    }
}

void feed_finish_channel(struct reading *r, const struct channel *channel)
{
    struct dw_feed *feed = r->feed;
    if (feed->updated == DW_TIME_NONE)
        feed->updated = channel->date != DW_TIME_NONE ? channel->date : channel->pubdate;
    if (feed->ttl < 0 && channel->period > 0)
        feed->ttl = channel->period / (channel->frequency > 0 ? channel->frequency : 1);
    feed->language = dw_utf8_cut(feed->language, 35);
}
