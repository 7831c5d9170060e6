/* Fuzz target: dates. */
#include <stddef.h>
#include <stdint.h>

#include "base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dw_arena arena;
    dw_arena_init(&arena, DW_LIMIT_DOCUMENT_ARENA);
    struct dw_str bytes = {(const char *)data, size};
    int64_t time;
    if (dw_date_parse(bytes, &time))
        dw_date_iso(&arena, time);
    bool done = dw_duration_parse(bytes, &time);
    (void)done;
    dw_arena_release(&arena);
    return 0;
}
