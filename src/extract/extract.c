/* The cascade: one article through all stages. */
#include "internal.h"

#include <string.h>

struct dw_extractor *dw_extractor_new(struct dw_str user_companies, struct dw_error *err)
{
    struct dw_extractor *extractor = dw_alloc(sizeof *extractor);
    if (extractor == NULL) {
        dw_error_set(err, DW_ERR_MEMORY, "out of memory for the extractor");
        return NULL;
    }
    if (!lexicon_build(&extractor->lexicon, user_companies, err)) {
        dw_extractor_free(extractor);
        return NULL;
    }
    return extractor;
}

void dw_extractor_free(struct dw_extractor *extractor)
{
    if (extractor == NULL)
        return;
    lexicon_release(&extractor->lexicon);
    dw_free(extractor);
}

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
#define SENTENCE_TOKENS 400

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
        for (uint32_t first = s.first; first < s.last; first += SENTENCE_TOKENS) {
            struct dw_sentence *piece = dw_vec_push(a->arena, &cut);
            if (piece == NULL)
                return false;
            *piece = s;
            piece->first = first;
            piece->last = s.last - first > SENTENCE_TOKENS ? first + SENTENCE_TOKENS : s.last;
            piece->start = first == s.first ? s.start : a->tokens.at[first].start;
            piece->end = piece->last == s.last ? s.end : a->tokens.at[piece->last - 1].end;
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
                           .topic = UINT32_MAX};
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
    return analyse(extractor, arena, article, NULL, &a, out, err);
}

struct dw_str dw_company_find(const struct dw_extractor *extractor, struct dw_str name)
{
    const struct lexicon *l = &extractor->lexicon;
    struct dw_arena arena;
    struct dw_tokens tokens;
    struct dw_str found = {"", 0};
    uint32_t node = 0;
    dw_arena_init(&arena, 1 << 20);
    bool cut = dw_tokenize(&arena, name, &tokens);
    for (size_t i = 0; cut && i < tokens.len && (i == 0 || node != 0); i++) {
        const struct dw_token *t = &tokens.at[i];
        uint32_t word = lexicon_word(l, dw_str_slice(name, t->start, t->end - t->ending));
        node = i == 0 ? lexicon_begin(l, word) : lexicon_step(l, node, word);
    }
    for (uint32_t s = node != 0 ? l->nodes.at[node] : 0; s != 0; s = l->senses.at[s].next) {
        if (l->senses.at[s].kind == SENSE_COMPANY) {
            found = l->organisations.at[l->senses.at[s].index].name;
            break;
        }
    }
    dw_arena_release(&arena);
    return found;
}
