/* Fuzz target: addresses: what resolves is absolute, of the web, and has no control or space. */
#include <stddef.h>
#include <stdint.h>

#include "text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct dw_str url)
{
    if (url.len == 0)
        return;
    if (!dw_str_starts(url, DW_STR("http://")) && !dw_str_starts(url, DW_STR("https://")))
        __builtin_trap();
    if (!dw_utf8_valid(url))
        __builtin_trap();
    for (size_t i = 0; i < url.len; i++) {
        if ((unsigned char)url.at[i] <= ' ' || url.at[i] == 0x7F || url.at[i] == '"')
            __builtin_trap();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dw_arena arena;
    dw_arena_init(&arena, DW_LIMIT_DOCUMENT_ARENA);
    struct dw_str rest = {(const char *)data, size};
    struct dw_str base = {"", 0};
    size_t line = dw_str_find_char(rest, '\n', 0);
    if (line != SIZE_MAX) {
        base = dw_str_slice(rest, 0, line);
        rest = dw_str_slice(rest, line + 1, rest.len);
    }
    struct dw_str url = dw_url_resolve(&arena, base, rest);
    check(url);
    check(dw_url_resolve(&arena, url, DW_STR("../x?y")));
    if (url.len > 0)
        check(dw_url_identity(&arena, url));
    dw_url_host(&arena, rest);
    dw_arena_release(&arena);
    return 0;
}
