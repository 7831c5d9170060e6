/* Fuzz target: a web page that may name feeds. */
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
    dw_feed_discover(&arena, bytes, DW_STR("https://ex.org/dir/"));
    dw_arena_release(&arena);
    return 0;
}
