/* Fuzz target: the whole extractor on any text; every mention must lie within it, on the borders of
 * characters. */
#include <stddef.h>
#include <stdint.h>

#include "base/base.h"
#include "extract/extract.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whether an offset lies in the middle of a character. */
static bool cuts(struct dw_str text, size_t at)
{
    return at < text.len && ((unsigned char)text.at[at] & 0xC0) == 0x80;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct dw_extractor *extractor;
    if (extractor == NULL)
        extractor = dw_extractor_new((struct dw_str){"", 0}, NULL);
    struct dw_arena arena;
    struct dw_extraction found;
    dw_arena_init(&arena, DW_LIMIT_DOCUMENT_ARENA);
    struct dw_str text =
        dw_text_clean(&arena, (struct dw_str){(const char *)data, size}, DW_CLEAN_TEXT);
    size_t cut = dw_str_find_char(text, '\n', 0);
    struct dw_article article = {.title = dw_str_slice(text, 0, cut == SIZE_MAX ? 0 : cut),
                                 .text =
                                     dw_str_slice(text, cut == SIZE_MAX ? 0 : cut + 1, text.len),
                                 .published = 1769680800};
    if (dw_extract(extractor, &arena, &article, &found, NULL)) {
        for (size_t i = 0; i < found.figure_count; i++) {
            for (size_t k = 0; k < found.figures[i].mention_count; k++) {
                const struct dw_mention *m = &found.figures[i].mentions[k];
                struct dw_str in = m->in_title ? article.title : article.text;
                if (m->start >= m->end || m->end > in.len || cuts(in, m->start) ||
                    cuts(in, m->end) || m->sentence_start > m->start || m->sentence_end < m->end ||
                    m->sentence_end > in.len)
                    __builtin_trap();
            }
        }
    }
    dw_arena_release(&arena);
    return 0;
}
