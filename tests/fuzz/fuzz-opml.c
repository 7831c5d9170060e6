/* Fuzz target: a list of feeds, read and written again. */
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
    struct dw_opml list;
    struct dw_error err;
    if (dw_opml_parse(&arena, bytes, &list, &err)) {
        struct dw_opml again;
        struct dw_str text = dw_opml_render(&arena, &list);
        if (!dw_opml_parse(&arena, text, &again, &err) || again.feed_count != list.feed_count)
            __builtin_trap();
    }
    dw_arena_release(&arena);
    return 0;
}
