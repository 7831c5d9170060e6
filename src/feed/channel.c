/* The feed itself: title, link, description, language, dates and how often it changes. */
#include "xml.h"

#include <limits.h>

static void keep_first(struct dw_str *field, struct dw_str value)
{
    if (field->len == 0)
        *field = value;
}

static bool is_atom(const struct feed_xml *x)
{
    return x->r->feed->format == DW_FEED_ATOM_10 || x->r->feed->format == DW_FEED_ATOM_03;
}

/* ---- Texts and links ---- */

static void put_title(struct feed_xml *x, struct dw_str value)
{
    keep_first(&x->r->feed->title, value);
}

static void put_description(struct feed_xml *x, struct dw_str value)
{
    keep_first(&x->r->feed->description, value);
}

static void put_other_title(struct feed_xml *x, struct dw_str value)
{
    keep_first(&x->channel.other_title, value);
}

static void put_other_text(struct feed_xml *x, struct dw_str value)
{
    keep_first(&x->channel.other_text, value);
}

static void put_last_text(struct feed_xml *x, struct dw_str value)
{
    keep_first(&x->channel.last_text, value);
}

static void put_language(struct feed_xml *x, struct dw_str value)
{
    keep_first(&x->r->feed->language, value);
}

static void put_author(struct feed_xml *x, struct dw_str value)
{
    keep_first(&x->channel.author, value);
}

static enum feed_place start_link(struct feed_xml *x, const struct feed_element *element)
{
    struct dw_feed *feed = x->r->feed;
    if (feed->link.len > 0)
        return FEED_PLACE_NOTHING;
    /* an Atom link without an address is none, whatever text stands in it */
    if (!feed_has_attribute(element, FEED_HREF))
        return is_atom(x) ? FEED_PLACE_NOTHING : FEED_PLACE_VALUE;
    if (dw_str_eq_nocase(feed_rel(x, element), DW_STR("alternate")))
        feed->link = feed_address(x, x->frames[x->depth - 1].base,
                                  feed_attribute(x->r->arena, element, FEED_HREF));
    return FEED_PLACE_NOTHING;
}

static void put_link(struct feed_xml *x, struct dw_str value)
{
    x->r->feed->link = feed_address(x, x->frames[x->depth].base, value);
}

/* ---- Dates ---- */

static void put_date(struct feed_xml *x, struct dw_str value, int64_t *place)
{
    if (*place == DW_TIME_NONE)
        *place = feed_date(x->r, value, "the feed's date");
}

static void put_updated(struct feed_xml *x, struct dw_str value)
{
    put_date(x, value, &x->r->feed->updated);
}

static void put_pubdate(struct feed_xml *x, struct dw_str value)
{
    put_date(x, value, &x->channel.pubdate);
}

static void put_any_date(struct feed_xml *x, struct dw_str value)
{
    put_date(x, value, &x->channel.date);
}

/* ---- How often it changes ---- */

/* A count times a number of seconds; -1 if it is no sensible count. */
static int64_t seconds_of(struct dw_str number, int64_t factor)
{
    int64_t value;
    if (!dw_str_to_int(dw_str_trim(number), &value) || value < 0 || value > INT_MAX)
        return -1;
    return value * factor;
}

/* RSS counts it in minutes. */
static void put_ttl(struct feed_xml *x, struct dw_str value)
{
    x->r->feed->ttl = seconds_of(value, 60);
}

static void put_period(struct feed_xml *x, struct dw_str value)
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
        if (dw_str_eq_nocase(value, periods[i].name))
            x->channel.period = periods[i].seconds;
    }
}

static void put_frequency(struct feed_xml *x, struct dw_str value)
{
    x->channel.frequency = seconds_of(value, 1);
}

static enum feed_place start_group(struct feed_xml *x, const struct feed_element *element)
{
    (void)x, (void)element;
    return FEED_PLACE_GROUP;
}

/* RSS 0.91 counted the hours from 1 to 24, where 24 is midnight. */
static void put_hour(struct feed_xml *x, struct dw_str value)
{
    int64_t hour;
    if (dw_str_to_int(value, &hour) && hour >= 0 && hour <= 24)
        x->r->feed->skip_hours |= 1u << (hour % 24);
}

static void put_day(struct feed_xml *x, struct dw_str value)
{
    static const struct dw_str days[] = {
        DW_STR_INIT("sunday"),    DW_STR_INIT("monday"),   DW_STR_INIT("tuesday"),
        DW_STR_INIT("wednesday"), DW_STR_INIT("thursday"), DW_STR_INIT("friday"),
        DW_STR_INIT("saturday"),
    };
    for (size_t i = 0; value.len >= 3 && i < sizeof days / sizeof days[0]; i++) {
        if (dw_str_starts_nocase(days[i], value))
            x->r->feed->skip_days |= 1u << i;
    }
}

const struct feed_reader feed_channel_readers[FEED_MEANING_COUNT] = {
    [FEED_SAYS_TITLE] = {FEED_TAKE_LINE, put_title, NULL},
    [FEED_SAYS_LINK] = {FEED_TAKE_RAW, put_link, start_link},
    [FEED_SAYS_OTHER_TITLE] = {FEED_TAKE_LINE, put_other_title, NULL},
    [FEED_SAYS_OTHER_TEXT] = {FEED_TAKE_TEXT, put_other_text, NULL},
    [FEED_SAYS_LAST_TEXT] = {FEED_TAKE_TEXT, put_last_text, NULL},
    [FEED_SAYS_DESCRIPTION] = {FEED_TAKE_TEXT, put_description, NULL},
    [FEED_SAYS_LANGUAGE] = {FEED_TAKE_LINE, put_language, NULL},
    [FEED_SAYS_AUTHOR] = {FEED_TAKE_PERSON, put_author, NULL},
    [FEED_SAYS_TTL] = {FEED_TAKE_RAW, put_ttl, NULL},
    [FEED_SAYS_PERIOD] = {FEED_TAKE_RAW, put_period, NULL},
    [FEED_SAYS_FREQUENCY] = {FEED_TAKE_RAW, put_frequency, NULL},
    [FEED_SAYS_UPDATED] = {FEED_TAKE_RAW, put_updated, NULL},
    [FEED_SAYS_PUBDATE] = {FEED_TAKE_RAW, put_pubdate, NULL},
    [FEED_SAYS_DATE] = {FEED_TAKE_RAW, put_any_date, NULL},
    [FEED_SAYS_GROUP] = {FEED_TAKE_RAW, NULL, start_group},
    [FEED_SAYS_HOUR] = {FEED_TAKE_RAW, put_hour, NULL},
    [FEED_SAYS_DAY] = {FEED_TAKE_RAW, put_day, NULL},
};

/* ---- The feed ---- */

/* CDF says things of a channel in its tag. */
void feed_start_channel(struct feed_xml *x, const struct feed_element *element)
{
    struct dw_feed *feed = x->r->feed;
    struct dw_arena *arena = x->r->arena;
    keep_first(&x->channel.lang, feed_line(x->r, feed_attribute(arena, element, FEED_LANG), false));
    if (feed->format != DW_FEED_CDF || feed->link.len > 0)
        return;
    feed->link =
        feed_address(x, x->frames[x->depth - 1].base, feed_attribute(arena, element, FEED_HREF));
    feed->updated = feed_date(x->r, feed_attribute(arena, element, FEED_LASTMOD), "lastmod");
}

void feed_finish_channel(struct feed_xml *x)
{
    struct dw_feed *feed = x->r->feed;
    const struct feed_channel *channel = &x->channel;
    keep_first(&feed->title, channel->other_title);
    keep_first(&feed->description, channel->other_text);
    keep_first(&feed->description, channel->last_text);
    if (feed->updated == DW_TIME_NONE)
        feed->updated = channel->date != DW_TIME_NONE ? channel->date : channel->pubdate;
    if (feed->ttl < 0 && channel->period > 0)
        feed->ttl = channel->period / (channel->frequency > 0 ? channel->frequency : 1);
    keep_first(&feed->language, channel->lang);
    feed->language = dw_utf8_cut(feed->language, 35);
    for (size_t i = 0; is_atom(x) && i < x->r->entries.len; i++)
        keep_first(&x->r->entries.at[i].author, channel->author);
}
