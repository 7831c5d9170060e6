/* Fuzz target: a feed of any dialect. */
#include <stddef.h>
#include <stdint.h>

#include "base/base.h"
#include "feed/feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dw_arena arena;
    dw_arena_init(&arena, DW_LIMIT_DOCUMENT_ARENA);
    struct dw_str bytes = {(const char *)data, size};
    struct dw_feed feed;
    struct dw_error err;
    struct dw_feed_input input = {
        .bytes = bytes, .url = DW_STR("https://ex.org/f"), .now = DW_TIME_NONE};
    bool done = dw_feed_parse(&arena, &input, &feed, &err);
    (void)done;
    dw_arena_release(&arena);
    return 0;
}
