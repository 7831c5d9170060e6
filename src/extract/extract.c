/* The cascade: one article through all stages. */
#include "internal.h"

#include <string.h>

/* Title and body as one text, so that both are understood together. */
static bool join_title(struct analysis *a, const struct dw_article *article)
{
    if (article->title.len == 0) {
        a->text = article->text;
        return true;
    }
    char *joined = dw_arena_array(a->arena, article->title.len + article->text.len + 2, 1);
    if (joined == NULL)
        return false;
    memcpy(joined, article->title.at, article->title.len);
    joined[article->title.len] = '\n';
    joined[article->title.len + 1] = '\n';
    if (article->text.len > 0)
        memcpy(joined + article->title.len + 2, article->text.at, article->text.len);
    a->title_len = article->title.len + 2;
    a->text = (struct dw_str){joined, a->title_len + article->text.len};
    return true;
}

/* No sentence that a person writes is as long; each stage may look at all of it for each amount. */
#define SENTENCE_TOKENS 200

/* How well a sentence is cut before a token: behind a comma nothing is torn apart, between two
 * words hardly anything is, an amount is not cut if anything else can be. */
static int rank_of_cut(const struct analysis *a, size_t token)
{
    const struct dw_token *before = &a->tokens.at[token - 1];
    char c = a->text.at[before->start];
    if (before->kind == DW_TOKEN_PUNCT && (c == ',' || c == ';'))
        return 3;
    bool words = before->kind == DW_TOKEN_WORD && a->tokens.at[token].kind == DW_TOKEN_WORD;
    if (!words)
        return 0;
    uint8_t two_before = token >= 2 ? a->tokens.at[token - 2].kind : DW_TOKEN_WORD;
    return two_before == DW_TOKEN_WORD ? 2 : 1;
}

/* Where the piece of a long sentence that begins at a token ends. */
static uint32_t end_of_piece(const struct analysis *a, uint32_t first, uint32_t last)
{
    enum { NEAR = 40 };
    if (last - first <= SENTENCE_TOKENS)
        return last;
    uint32_t best = first + SENTENCE_TOKENS;
    for (uint32_t at = best - 1; at > first + SENTENCE_TOKENS - NEAR; at--)
        best = rank_of_cut(a, at) > rank_of_cut(a, best) ? at : best;
    return best;
}

/* Cuts what is longer into pieces, so that time stays in proportion to the text. */
static bool cut_long_sentences(struct analysis *a)
{
    struct dw_sentences cut = {0};
    size_t longest = 0;
    for (size_t i = 0; i < a->sentences.len; i++) {
        size_t len = a->sentences.at[i].last - a->sentences.at[i].first;
        longest = len > longest ? len : longest;
    }
    for (size_t i = 0; longest > SENTENCE_TOKENS && i < a->sentences.len; i++) {
        struct dw_sentence s = a->sentences.at[i];
        uint32_t end;
        for (uint32_t first = s.first; first < s.last; first = end) {
            struct dw_sentence *piece = dw_vec_push(a->arena, &cut);
            if (piece == NULL)
                return false;
            end = end_of_piece(a, first, s.last);
            *piece = s;
            piece->first = first;
            piece->last = end;
            piece->start = first == s.first ? s.start : a->tokens.at[first].start;
            piece->end = end == s.last ? s.end : a->tokens.at[end - 1].end;
        }
    }
    if (longest > SENTENCE_TOKENS)
        a->sentences = cut;
    return true;
}

bool read_quantities(const struct dw_extractor *extractor, struct dw_arena *arena,
                     const struct dw_article *article, struct analysis *a)
{
    *a = (struct analysis){.lexicon = &extractor->lexicon,
                           .arena = arena,
                           .published = article->published,
                           .outlet = article->outlet,
                           .topic = UINT32_MAX,
                           .second_topic = UINT32_MAX};
    return join_title(a, article) && dw_tokenize(arena, a->text, &a->tokens) && prepare_tokens(a) &&
           dw_sentences(arena, a->text, &a->tokens, &a->sentences) && cut_long_sentences(a) &&
           annotate_words(a) && find_names(a) && find_quantities(a);
}

bool analyse(const struct dw_extractor *extractor, struct dw_arena *arena,
             const struct dw_article *article, struct dw_buf *log, struct analysis *a,
             struct dw_extraction *out, struct dw_error *err)
{
    *out = (struct dw_extraction){0};
    if (article->text.len + article->title.len > DW_LIMIT_ARTICLE_BYTES)
        return dw_error_set(err, DW_ERR_LIMIT, "an article of more than %u MiB",
                            DW_LIMIT_ARTICLE_BYTES >> 20);
    bool done = read_quantities(extractor, arena, article, a);
    a->log = log;
    a->clue_memo = dw_arena_array(arena, 1, sizeof *a->clue_memo);
    if (done) {
        resolve_references(a);
        done = read_facts(a) && make_figures(a, out);
    }
    if (!done || arena->failed)
        return dw_error_set(err, DW_ERR_MEMORY, "out of memory for an article");
    return true;
}

bool dw_extract(const struct dw_extractor *extractor, struct dw_arena *arena,
                const struct dw_article *article, struct dw_extraction *out, struct dw_error *err)
{
    struct analysis a;
    if (article->text.len > DW_LIMIT_TEXT_BYTES) {
        *out = (struct dw_extraction){0};
        return dw_error_set(err, DW_ERR_LIMIT, "a text of more than %u MiB",
                            DW_LIMIT_TEXT_BYTES >> 20);
    }
    if (article->text.len + article->title.len > DW_LIMIT_ARTICLE_BYTES)
        return extract_pieces(extractor, arena, article, out, err);
    return analyse(extractor, arena, article, NULL, &a, out, err);
}
