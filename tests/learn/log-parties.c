/* What the weights of parties are learned from: log-parties DATE <TEXT prints a line for everybody
 * who may be a party of an amount of the text: byte offsets of the amount, its kind, the candidate,
 * and what holds for it. DATE is that of the article, 2026-01-29, or "-". */
#include <stdio.h>
#include <stdlib.h>

#include "internal.h"

int main(int argc, char **argv)
{
    struct dw_error err = {0};
    struct dw_arena arena;
    struct dw_str text;
    struct dw_buf log;
    struct analysis a;
    struct dw_extraction found;
    int64_t published = DW_TIME_NONE;
    dw_arena_init(&arena, DW_LIMIT_DOCUMENT_ARENA);
    dw_buf_init(&log, DW_LIMIT_DOCUMENT_ARENA);
    struct dw_extractor *extractor = dw_extractor_new((struct dw_str){"", 0}, &err);
    if (argc != 2 || extractor == NULL ||
        !dw_file_read(&arena, DW_STR("-"), DW_LIMIT_ARTICLE_BYTES, &text, &err)) {
        fprintf(stderr, "log-parties DATE <TEXT\n");
        return 2;
    }
    if (!dw_date_parse(dw_str_from_c(argv[1]), &published))
        published = DW_TIME_NONE;
    struct dw_article article = {.text = dw_text_clean(&arena, text, DW_CLEAN_TEXT),
                                 .published = published};
    bool done = analyse(extractor, &arena, &article, &log, &a, &found, &err) && dw_buf_ok(&log);
    if (done)
        fwrite(log.at, 1, log.len, stdout);
    dw_buf_release(&log);
    dw_arena_release(&arena);
    dw_extractor_free(extractor);
    return done ? 0 : 1;
}
