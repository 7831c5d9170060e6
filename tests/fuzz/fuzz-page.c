/* Fuzz target: article pages: whatever comes, the story is valid UTF-8. */
#include <stddef.h>
#include <stdint.h>

#include "page/page.h"

#include "base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dw_arena arena;
    dw_arena_init(&arena, DW_LIMIT_DOCUMENT_ARENA);
    struct dw_page page;
    struct dw_error err;
    struct dw_page_input input = {.bytes = {(const char *)data, size},
                                  .url = DW_STR("https://ex.org/a/2026/01/29/b")};
    if (dw_page_read(&arena, &input, &page, &err) &&
        (!dw_utf8_valid(page.text) || !dw_utf8_valid(page.title) || page.text.len == 0))
        __builtin_trap();
    dw_arena_release(&arena);
    return 0;
}
