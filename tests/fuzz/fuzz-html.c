/* Fuzz target: HTML to text. */
#include <stddef.h>
#include <stdint.h>

#include "text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dw_arena arena;
    dw_arena_init(&arena, DW_LIMIT_DOCUMENT_ARENA);
    struct dw_str bytes = {(const char *)data, size};
    struct dw_str text = dw_html_to_text(&arena, bytes);
    if (!dw_utf8_valid(text))
        __builtin_trap();
    dw_html_looks_like(bytes);
    dw_arena_release(&arena);
    return 0;
}
