/* What the extractor's weights are learned from: log-choices WEIGHTS <ARTICLES prints a line for
 * each candidate of each choice (kind, party, status) and for each reading ("sure"), with what
 * holds for it. WEIGHTS is a folder with kinds.tsv, parties.tsv, states.tsv and confidence.tsv to
 * choose by, or
 * "-" for the built-in ones. ARTICLES: for each a line "DATE LENGTH" (DATE as 2026-01-29, or -),
 * then LENGTH bytes of text; the answer to each ends in a line "end". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

/* A table of the house read at run time. */
static bool read_table(struct dw_arena *arena, const char *folder, const char *name,
                       struct dw_tsv *table)
{
    struct dw_error err = {0};
    struct dw_str text;
    struct dw_str line;
    DW_VEC(struct dw_tsv_row) rows = {0};
    if (!dw_file_read(arena, dw_str_format(arena, "%s/%s.tsv", folder, name),
                      DW_LIMIT_DOCUMENT_ARENA, &text, &err)) {
        fprintf(stderr, "log-choices: %s\n", err.message);
        return false;
    }
    while (text.len > 0 && dw_str_split(&text, '\n', &line)) {
        struct dw_tsv_row *row =
            line.len > 0 && line.at[0] != '#' ? dw_vec_push(arena, &rows) : NULL;
        struct dw_str cell;
        for (size_t i = 0; row != NULL && i < DW_TSV_COLUMNS && dw_str_split(&line, '\t', &cell);
             i++)
            row->cell[i] = cell;
    }
    *table = (struct dw_tsv){.name = name, .rows = rows.at, .len = rows.len};
    return true;
}

static bool load_weights(struct dw_arena *arena, const char *folder, struct lexicon *lexicon)
{
    struct dw_tsv kinds;
    struct dw_tsv parties;
    struct dw_tsv states;
    struct dw_tsv confidence;
    if (!read_table(arena, folder, "kinds", &kinds) ||
        !read_table(arena, folder, "parties", &parties) ||
        !read_table(arena, folder, "states", &states) ||
        !read_table(arena, folder, "confidence", &confidence))
        return false;
    memset(&lexicon->kinds, 0, sizeof lexicon->kinds);
    memset(&lexicon->states, 0, sizeof lexicon->states);
    memset(lexicon->party_weights, 0, sizeof lexicon->party_weights);
    memset(lexicon->slot_weights, 0, sizeof lexicon->slot_weights);
    if (!kind_weights_load(lexicon, &kinds) || !party_weights_load(lexicon, &parties) ||
        !status_weights_load(lexicon, &states))
        return false;
    confidence_load(lexicon, &confidence);
    return true;
}

static bool log_article(const struct dw_extractor *extractor, const char *date, const char *bytes,
                        size_t len)
{
    struct dw_error err = {0};
    struct dw_arena arena;
    struct dw_buf log;
    struct analysis a;
    struct dw_extraction found;
    int64_t published = DW_TIME_NONE;
    dw_arena_init(&arena, DW_LIMIT_DOCUMENT_ARENA);
    dw_buf_init(&log, DW_LIMIT_DOCUMENT_ARENA);
    if (!dw_date_parse(dw_str_from_c(date), &published))
        published = DW_TIME_NONE;
    struct dw_str text = dw_text_clean(&arena, (struct dw_str){bytes, len}, DW_CLEAN_TEXT);
    struct dw_article article = {.text = text, .published = published};
    bool done = analyse(extractor, &arena, &article, &log, &a, &found, &err) && dw_buf_ok(&log);
    if (done)
        fwrite(log.at, 1, log.len, stdout);
    puts("end");
    dw_buf_release(&log);
    dw_arena_release(&arena);
    return done;
}

int main(int argc, char **argv)
{
    struct dw_error err = {0};
    struct dw_arena arena;
    bool done = true;
    dw_arena_init(&arena, DW_LIMIT_DOCUMENT_ARENA);
    struct dw_extractor *extractor = dw_extractor_new((struct dw_str){"", 0}, &err);
    if (argc != 2 || extractor == NULL ||
        (argv[1][0] != '-' && !load_weights(&arena, argv[1], &extractor->lexicon))) {
        fprintf(stderr, "log-choices WEIGHTS <ARTICLES\n");
        return 2;
    }
    char line[64];
    while (done && fgets(line, sizeof line, stdin) != NULL) {
        char *space = strchr(line, ' ');
        size_t len = space != NULL ? strtoul(space, NULL, 10) : 0;
        if (space == NULL || len > DW_LIMIT_ARTICLE_BYTES)
            break;
        *space = '\0';
        char *bytes = malloc(len + 1);
        done = bytes != NULL && fread(bytes, 1, len, stdin) == len &&
               log_article(extractor, line, bytes, len);
        free(bytes);
    }
    dw_arena_release(&arena);
    dw_extractor_free(extractor);
    return done ? 0 : 1;
}
