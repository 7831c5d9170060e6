/* Feeds of any dialect: finds out which one it is and hands it to its reader. */
#include "internal.h"

struct dw_str dw_feed_format_name(enum dw_feed_format format)
{
    static const struct dw_str names[] = {
#define FORMAT_TEXT(name, text) DW_STR_INIT(text),
        DW_FEED_FORMATS(FORMAT_TEXT)
#undef FORMAT_TEXT
    };
    return names[format];
}

bool dw_feed_parse(struct dw_arena *arena, const struct dw_feed_input *input, struct dw_feed *feed,
                   struct dw_error *err)
{
    struct reading reading = {.arena = arena, .input = input, .feed = feed};
    *feed = (struct dw_feed){.updated = DW_TIME_NONE, .ttl = -1};
    if (input->bytes.len > DW_LIMIT_BODY_BYTES)
        return dw_error_set(err, DW_ERR_LIMIT, "larger than %u MiB", DW_LIMIT_BODY_BYTES >> 20);
    reading.text = feed_decode(&reading);
    feed_unwrap(&reading);
    struct dw_str start = dw_str_trim(reading.text);
    bool done = start.len > 0 && start.at[0] == '{' ? feed_read_json(&reading, err)
                                                    : feed_read_xml(&reading, err);
    if (!done)
        return false;
    feed->entries = reading.entries.at;
    feed->entry_count = reading.entries.len;
    if (arena->failed)
        return dw_error_set(err, DW_ERR_MEMORY, "out of memory for a feed");
    return true;
}
