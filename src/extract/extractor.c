/* An extractor: the lexicon that the program was built with, the user's own names on top. */
#include "lexicon-build.h"

#define LEXICON_BYTES (64u << 20)

/* The user's companies win over those of the house. */
static bool open_lexicon(struct lexicon *lexicon, struct dw_str user_companies,
                         struct dw_error *err)
{
    struct lexicon_builder builder;
    *lexicon = extract_lexicon;
    dw_arena_init(&lexicon->arena, LEXICON_BYTES);
    if (user_companies.len == 0)
        return true;
    if (!lexicon_build_on(&builder, &lexicon->arena, lexicon))
        return dw_error_set(err, DW_ERR_MEMORY, "out of memory for the lexicon");
    if (!lexicon_add_companies(&builder, user_companies, err))
        return false;
    lexicon_take(lexicon, &builder);
    return true;
}

struct dw_extractor *dw_extractor_new(struct dw_str user_companies, struct dw_error *err)
{
    struct dw_extractor *extractor = dw_alloc(sizeof *extractor);
    if (extractor == NULL) {
        dw_error_set(err, DW_ERR_MEMORY, "out of memory for the extractor");
        return NULL;
    }
    if (!open_lexicon(&extractor->lexicon, user_companies, err)) {
        dw_extractor_free(extractor);
        return NULL;
    }
    return extractor;
}

void dw_extractor_free(struct dw_extractor *extractor)
{
    if (extractor == NULL)
        return;
    dw_arena_release(&extractor->lexicon.arena);
    dw_free(extractor);
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
