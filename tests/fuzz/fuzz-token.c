/* Fuzz target: tokens, sentences and addresses. */
#include <stddef.h>
#include <stdint.h>

#include "text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dw_arena arena;
    dw_arena_init(&arena, DW_LIMIT_DOCUMENT_ARENA);
    struct dw_str bytes = {(const char *)data, size};
    struct dw_tokens tokens;
    struct dw_sentences sentences;
    struct dw_str text = dw_text_clean(&arena, bytes, DW_CLEAN_TEXT);
    if (dw_tokenize(&arena, text, &tokens) && dw_sentences(&arena, text, &tokens, &sentences)) {
        for (size_t i = 0; i < sentences.len; i++) {
            if (sentences.at[i].end > text.len || sentences.at[i].start >= sentences.at[i].end)
                __builtin_trap();
        }
    }
    dw_url_identity(&arena, dw_url_resolve(&arena, DW_STR("https://ex.org/a/b"), bytes));
    dw_arena_release(&arena);
    return 0;
}
