/* A feed as the JSON of `dealwire parse`. */
#include "feed-json.h"

#include "base/base.h"

/* Text, or null where there is none. */
static json_t *text(struct dw_str s)
{
    return s.len > 0 ? json_stringn(s.at, s.len) : json_null();
}

static json_t *date(struct dw_arena *arena, int64_t time)
{
    return text(dw_date_iso(arena, time));
}

/* A count of bytes or seconds, of which -1 says that nobody told it. */
static json_t *number(int64_t value)
{
    return value >= 0 ? json_integer(value) : json_null();
}

static json_t *texts(const struct dw_strs *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->len; i++) {
        if (json_array_append_new(array, json_stringn(list->at[i].at, list->at[i].len)) != 0)
            break;
    }
    if (json_array_size(array) == list->len)
        return array;
    json_decref(array);
    return NULL;
}

static json_t *enclosures(const struct dw_entry *entry)
{
    json_t *array = json_array();
    for (size_t i = 0; i < entry->enclosure_count; i++) {
        const struct dw_enclosure *one = &entry->enclosures[i];
        json_t *object = json_pack("{so so so}", "url", text(one->url), "type", text(one->type),
                                   "length", number(one->length));
        if (json_array_append_new(array, object) != 0)
            break;
    }
    if (json_array_size(array) == entry->enclosure_count)
        return array;
    json_decref(array);
    return NULL;
}

static json_t *entry_json(struct dw_arena *arena, const struct dw_entry *entry)
{
    return json_pack("{so so so so so so so so so so}", "id", text(entry->id), "title",
                     text(entry->title), "link", text(entry->link), "author", text(entry->author),
                     "published", date(arena, entry->published), "updated",
                     date(arena, entry->updated), "summary", text(entry->summary), "content",
                     text(entry->content), "categories", texts(&entry->categories), "enclosures",
                     enclosures(entry));
}

static json_t *entries(struct dw_arena *arena, const struct dw_feed *feed)
{
    json_t *array = json_array();
    for (size_t i = 0; i < feed->entry_count; i++) {
        if (json_array_append_new(array, entry_json(arena, &feed->entries[i])) != 0)
            break;
    }
    if (json_array_size(array) == feed->entry_count)
        return array;
    json_decref(array);
    return NULL;
}

json_t *cli_feed_json(struct dw_arena *arena, const struct dw_feed *feed)
{
    return json_pack(
        "{so so so so so so so so so}", "format", text(dw_feed_format_name(feed->format)), "title",
        text(feed->title), "link", text(feed->link), "description", text(feed->description),
        "language", text(feed->language), "updated", date(arena, feed->updated), "ttl",
        number(feed->ttl), "entries", entries(arena, feed), "warnings", texts(&feed->warnings));
}
