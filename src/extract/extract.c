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

bool analyse(const struct dw_extractor *extractor, struct dw_arena *arena,
             const struct dw_article *article, struct analysis *a, struct dw_extraction *out,
             struct dw_error *err)
{
    *out = (struct dw_extraction){0};
    if (article->text.len + article->title.len > DW_LIMIT_ARTICLE_BYTES)
        return dw_error_set(err, DW_ERR_LIMIT, "an article of more than %u MiB",
                            DW_LIMIT_ARTICLE_BYTES >> 20);
    *a = (struct analysis){.lexicon = &extractor->lexicon,
                           .arena = arena,
                           .published = article->published,
                           .topic = UINT32_MAX};
    bool done = join_title(a, article) && dw_tokenize(arena, a->text, &a->tokens) &&
                prepare_tokens(a) && dw_sentences(arena, a->text, &a->tokens, &a->sentences) &&
                annotate_words(a) && find_names(a) && find_quantities(a);
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
    return analyse(extractor, arena, article, &a, out, err);
}

struct dw_str dw_company_find(const struct dw_extractor *extractor, struct dw_str name)
{
    const struct lexicon *l = &extractor->lexicon;
    struct dw_arena arena;
    struct dw_tokens tokens;
    struct dw_str found = {"", 0};
    dw_arena_init(&arena, 1 << 20);
    uint32_t node = dw_tokenize(&arena, name, &tokens) && tokens.len > 0 ? LEXICON_ROOT : 0;
    for (size_t i = 0; i < tokens.len && node != 0; i++) {
        char lower[64];
        struct dw_str word = dw_str_slice(name, tokens.at[i].start, tokens.at[i].end);
        if (word.len > sizeof lower) {
            node = 0;
            break;
        }
        for (size_t k = 0; k < word.len; k++)
            lower[k] = dw_to_lower(word.at[k]);
        node = lexicon_step(l, node, lexicon_word(l, (struct dw_str){lower, word.len}));
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
