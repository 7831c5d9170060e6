/* Fuzz target: cleaning of foreign text: the result is valid, and cleaning it again changes
 * nothing. */
#include <stddef.h>
#include <stdint.h>

#include "base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dw_arena arena;
    dw_arena_init(&arena, DW_LIMIT_DOCUMENT_ARENA);
    struct dw_str bytes = {(const char *)data, size};
    struct dw_str line = dw_text_clean(&arena, bytes, DW_CLEAN_LINE);
    if (!dw_utf8_valid(line) || !dw_str_eq(line, dw_text_clean(&arena, line, DW_CLEAN_LINE)))
        __builtin_trap();
    dw_width(line);
    dw_utf8_fold(&arena, line);
    dw_arena_release(&arena);
    return 0;
}
