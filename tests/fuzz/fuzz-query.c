/* Fuzz target: the filter language, from any bytes to conditions for all kinds of rows. */
#include "query/query.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dw_arena arena;
    struct query_options options = {.now = 1769680920};
    struct dw_str text = {(const char *)data, size};
    dw_arena_init(&arena, DW_LIMIT_QUERY_ARENA);
    for (int target = QUERY_ARTICLES; target <= QUERY_EVENTS; target++) {
        struct store_condition condition;
        struct query_error err = {0};
        if (!query_condition(&arena, text, &options, (enum query_target)target, &condition, &err) &&
            (err.start > err.end || err.end > size || err.error.message[0] == '\0'))
            abort();
    }
    struct query_completion completion;
    for (size_t cursor = 0; cursor <= size && size < 200; cursor++)
        if (query_complete(&arena, text, cursor, &options, &completion) &&
            (completion.start > completion.end || completion.end != cursor))
            abort();
    dw_arena_release(&arena);
    return 0;
}
