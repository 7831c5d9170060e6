/* Words: each token looked up once, so that later stages compare numbers. */
#include "internal.h"

size_t phrase_from(const struct analysis *a, size_t token, size_t end, enum sense_kind kind,
                   const struct sense **sense)
{
    const struct lexicon *l = a->lexicon;
    size_t found = 0;
    uint32_t node = lexicon_begin(l, a->words[token].id);
    for (size_t i = token + 1; node != 0; i++) {
        for (uint32_t s = l->nodes.at[node]; s != 0; s = l->senses.at[s].next) {
            if (l->senses.at[s].kind == kind) {
                *sense = &l->senses.at[s];
                found = i;
                break;
            }
        }
        node = i < end ? lexicon_step(l, node, a->words[i].id) : 0;
    }
    return found;
}

/* The number of a token's word in the lexicon. */
static inline uint32_t word_of(const struct lexicon *l, struct dw_str text,
                               const struct dw_token *token)
{
    if (token->hash != 0)
        return lexicon_find(l, token->hash, token->head);
    switch (token->kind) {
    case DW_TOKEN_BREAK:
        return 0;
    case DW_TOKEN_DASH:
        return W_DASH;
    case DW_TOKEN_QUOTE:
        return W_QUOTE;
    default:
        return l->signs[text.at[token->start] & 0x7F];
    }
}

static inline uint8_t marks_of(const struct lexeme *lexeme, const struct dw_token *token)
{
    if (token->kind == DW_TOKEN_NUMBER || token->kind == DW_TOKEN_CURRENCY)
        return lexeme->marks | MARK_AMOUNT;
    uint8_t marks = token->capital || token->caps ? lexeme->capital_marks : lexeme->small_marks;
    return token->digits ? marks | MARK_TIME : marks; /* "Q3" */
}

static void annotate(struct analysis *a)
{
    const struct lexicon *l = a->lexicon;
    const struct dw_token *tokens = a->tokens.at;
    struct word *words = a->words;
    uint8_t *marks = a->marks;
    struct dw_str text = a->text;
    for (size_t i = 0, len = a->tokens.len; i < len; i++) {
        uint32_t id = word_of(l, text, &tokens[i]);
        const struct lexeme *lexeme = &l->lexemes.at[id];
        words[i] = (struct word){lexeme->classes, id, lexeme->starts, lexeme->amount};
        marks[i] = marks_of(lexeme, &tokens[i]);
        if (tokens[i].negated)
            words[i].classes |= CLASS(NEGATION) | CLASS(AUXILIARY);
    }
}

bool annotate_words(struct analysis *a)
{
    enum { LANE = 8 };
    a->words = dw_arena_array(a->arena, a->tokens.len + 1, sizeof *a->words);
    a->marks = dw_arena_array(a->arena, a->tokens.len + LANE, 1);
    a->name_at = dw_arena_array(a->arena, a->tokens.len + 1, sizeof *a->name_at);
    a->quantity_at = dw_arena_array(a->arena, a->tokens.len + 1, sizeof *a->quantity_at);
    a->entity_lists = dw_arena_array(a->arena, ENTITY_LISTS, sizeof *a->entity_lists);
    if (!a->arena->failed)
        annotate(a);
    return !a->arena->failed;
}
