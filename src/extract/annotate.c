/* Words: each token looked up once, so that later stages compare numbers. */
#include "internal.h"

struct dw_str token_text(const struct analysis *a, size_t token)
{
    return dw_str_slice(a->text, a->tokens.at[token].start, a->tokens.at[token].end);
}

size_t phrase_at(const struct analysis *a, size_t token, size_t end, enum sense_kind kind,
                 const struct sense **sense)
{
    const struct lexicon *l = a->lexicon;
    size_t found = 0;
    if (token >= end || (a->words[token].starts & 1u << kind) == 0)
        return 0;
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

static uint32_t word_of(const struct analysis *a, const struct dw_token *token)
{
    unsigned char first = (unsigned char)a->text.at[token->start];
    switch (token->kind) {
    case DW_TOKEN_BREAK:
        return 0;
    case DW_TOKEN_DASH:
        return W_DASH;
    case DW_TOKEN_QUOTE:
        return W_QUOTE;
    default:
        return token->hash != 0 ? lexicon_find(a->lexicon, token->hash, token->head)
                                : a->lexicon->signs[first & 0x7F];
    }
}

size_t next_mark(const struct analysis *a, size_t token, size_t end, uint8_t marks)
{
    enum { LANE = 8 };
    uint64_t wanted = 0x0101010101010101u * (uint64_t)marks;
    while (token < end) {
        uint64_t lane;
        memcpy(&lane, a->marks + token, LANE); /* the array has as many bytes behind its end */
        if ((lane & wanted) == 0) {
            token += LANE;
            continue;
        }
        while ((a->marks[token] & marks) == 0)
            token++;
        break;
    }
    return token < end ? token : end;
}

static uint8_t marks_of(const struct dw_token *token)
{
    if (token->kind == DW_TOKEN_WORD)
        return token->capital || token->caps ? MARK_CAPITAL : 0;
    return token->kind == DW_TOKEN_NUMBER || token->kind == DW_TOKEN_CURRENCY ? MARK_AMOUNT : 0;
}

bool annotate_words(struct analysis *a)
{
    enum { LANE = 8 };
    a->words = dw_arena_array(a->arena, a->tokens.len + 1, sizeof *a->words);
    a->marks = dw_arena_array(a->arena, a->tokens.len + LANE, 1);
    a->name_at = dw_arena_array(a->arena, a->tokens.len + 1, sizeof *a->name_at);
    a->quantity_at = dw_arena_array(a->arena, a->tokens.len + 1, sizeof *a->quantity_at);
    a->entity_lists = dw_arena_array(a->arena, ENTITY_LISTS, sizeof *a->entity_lists);
    if (a->arena->failed)
        return false;
    for (size_t i = 0; i < a->tokens.len; i++) {
        struct word *word = &a->words[i];
        const struct dw_token *token = &a->tokens.at[i];
        word->id = word_of(a, token);
        const struct lexeme *lexeme = &a->lexicon->lexemes.at[word->id];
        word->classes = lexeme->classes;
        word->starts = lexeme->starts;
        word->amount = lexeme->amount;
        if (token->negated)
            word->classes |= CLASS(NEGATION) | CLASS(AUXILIARY);
        a->marks[i] = lexeme->marks | marks_of(token);
        if ((a->marks[i] & MARK_REFERENCE) != 0)
            a->marks[i] &= (uint8_t)~MARK_CAPITAL;
    }
    return true;
}
