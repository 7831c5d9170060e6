/* Fuzz target: a web page that may name feeds, its first line as an address that may have one. */
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
    struct dw_feed_leads leads = {0};
    size_t line = dw_str_find_char(bytes, '\n', 0);
    struct dw_str url = dw_str_slice(bytes, 0, line);
    dw_feed_discover(&arena, bytes, DW_STR("https://ex.org/dir/"), &leads);
    dw_feed_leads_by_rule(&arena, url, &leads);
    dw_feed_leads_by_path(&arena, url, &leads);
    dw_arena_release(&arena);
    return 0;
}
