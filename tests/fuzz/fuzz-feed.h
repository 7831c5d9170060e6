/* What the fuzz targets of feeds share: a reading whose result has to keep the contract. */
#ifndef FUZZ_FUZZ_FEED_H
#define FUZZ_FUZZ_FEED_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/base.h"
#include "feed/feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the run if a text is no clean UTF-8, or longer than its limit. */
static inline void fuzz_check_text(struct dw_str text, size_t most)
{
    if (text.len > most || !dw_utf8_valid(text))
        abort();
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F)
            abort();
    }
}

static inline void fuzz_check_link(struct dw_str link)
{
    fuzz_check_text(link, DW_LIMIT_URL_BYTES * 12);
    if (link.len > 0 && !dw_str_starts(link, DW_STR("http://")) &&
        !dw_str_starts(link, DW_STR("https://")))
        abort();
}

static inline void fuzz_check_feed(const struct dw_feed *feed)
{
    const size_t most_text = 4u * DW_LIMIT_FIELD_BYTES; /* cleaning may write more bytes */
    fuzz_check_text(feed->title, DW_LIMIT_TITLE_BYTES);
    fuzz_check_text(feed->description, most_text);
    fuzz_check_text(feed->language, DW_LIMIT_TITLE_BYTES);
    fuzz_check_link(feed->link);
    if (feed->entry_count > DW_LIMIT_ENTRIES || feed->warnings.len > DW_LIMIT_WARNINGS)
        abort();
    for (size_t i = 0; i < feed->entry_count; i++) {
        const struct dw_entry *entry = &feed->entries[i];
        fuzz_check_text(entry->id, most_text);
        fuzz_check_text(entry->title, DW_LIMIT_TITLE_BYTES);
        fuzz_check_text(entry->author, DW_LIMIT_TITLE_BYTES);
        fuzz_check_text(entry->summary, most_text);
        fuzz_check_text(entry->content, most_text);
        fuzz_check_link(entry->link);
        for (size_t j = 0; j < entry->enclosure_count; j++)
            fuzz_check_link(entry->enclosures[j].url);
        for (size_t j = 0; j < entry->enclosure_count; j++)
            fuzz_check_text(entry->enclosures[j].type, most_text);
        for (size_t j = 0; j < entry->categories.len; j++)
            fuzz_check_text(entry->categories.at[j], DW_LIMIT_TITLE_BYTES);
    }
    for (size_t i = 0; i < feed->warnings.len; i++)
        fuzz_check_text(feed->warnings.at[i], 4096);
}

/* Reads a feed and checks what comes out; bytes that are no feed are to say so. */
static inline void fuzz_read_feed(struct dw_str bytes)
{
    struct dw_arena arena;
    dw_arena_init(&arena, DW_LIMIT_DOCUMENT_ARENA);
    struct dw_feed feed;
    struct dw_error err = {0};
    struct dw_feed_input input = {
        .bytes = bytes, .url = DW_STR("https://ex.org/f"), .now = DW_TIME_NONE};
    if (dw_feed_parse(&arena, &input, &feed, &err))
        fuzz_check_feed(&feed);
    else if (err.code == DW_OK)
        abort();
    dw_arena_release(&arena);
}

/* Reads the bytes as they are, and as the inside of a document. */
static inline int fuzz_feed_within(const uint8_t *data, size_t size, struct dw_str head,
                                   struct dw_str tail)
{
    struct dw_str bytes = {(const char *)data, size};
    struct dw_buf document;
    fuzz_read_feed(bytes);
    dw_buf_init(&document, head.len + size + tail.len);
    dw_buf_add(&document, head);
    dw_buf_add(&document, bytes);
    dw_buf_add(&document, tail);
    fuzz_read_feed(dw_buf_str(&document));
    dw_buf_release(&document);
    return 0;
}

#endif
