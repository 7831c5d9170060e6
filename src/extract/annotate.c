/* Words: each token looked up once, so that later stages compare numbers. */
#include "internal.h"

#define LONGEST_WORD 64

struct dw_str token_text(const struct analysis *a, size_t token)
{
    return dw_str_slice(a->text, a->tokens.at[token].start, a->tokens.at[token].end);
}

bool token_spells(const struct analysis *a, size_t token, const char *word)
{
    return dw_str_eq_nocase(token_text(a, token), dw_str_from_c(word));
}

bool token_has(const struct analysis *a, size_t token, uint64_t classes)
{
    return token < a->tokens.len && (a->words[token].classes & classes) != 0;
}

size_t phrase_at(const struct analysis *a, size_t token, size_t end, enum sense_kind kind,
                 const struct sense **sense)
{
    uint32_t node = LEXICON_ROOT;
    size_t found = 0;
    for (size_t i = token; i < end; i++) {
        node = lexicon_step(a->lexicon, node, a->words[i].id);
        if (node == 0)
            break;
        for (uint32_t s = a->lexicon->nodes.at[node]; s != 0; s = a->lexicon->senses.at[s].next) {
            if (a->lexicon->senses.at[s].kind == kind) {
                *sense = &a->lexicon->senses.at[s];
                found = i + 1;
                break;
            }
        }
    }
    return found;
}

/* Cuts a possessive ending off: 's with any apostrophe. */
static struct dw_str without_possessive(struct dw_str s, bool *possessive)
{
    static const struct dw_str endings[] = {DW_STR_INIT("'s"), DW_STR_INIT("\xe2\x80\x99s"),
                                            DW_STR_INIT("'S"), DW_STR_INIT("\xe2\x80\x99S")};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (s.len > endings[i].len && dw_str_ends(s, endings[i])) {
            *possessive = true;
            return dw_str_slice(s, 0, s.len - endings[i].len);
        }
    }
    *possessive = false;
    return s;
}

/* "they'll", "it's" as written with any apostrophe: the pronoun is the word. */
static struct dw_str without_contraction(struct dw_str s)
{
    static const struct dw_str endings[] = {DW_STR_INIT("ll"), DW_STR_INIT("re"), DW_STR_INIT("ve"),
                                            DW_STR_INIT("d"), DW_STR_INIT("m")};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t len = endings[i].len;
        if (s.len < len + 2 || !dw_str_ends(s, endings[i]))
            continue;
        struct dw_str stem = dw_str_slice(s, 0, s.len - len);
        if (dw_str_ends(stem, DW_STR("'")))
            return dw_str_slice(stem, 0, stem.len - 1);
        if (dw_str_ends(stem, DW_STR("\xe2\x80\x99")))
            return dw_str_slice(stem, 0, stem.len - 3);
    }
    return s;
}

static bool is_contracted_not(struct dw_str s)
{
    return s.len > 3 && (dw_str_ends(s, DW_STR("n't")) || dw_str_ends(s, DW_STR("n\xe2\x80\x99t")));
}

static void annotate(struct analysis *a, size_t i)
{
    const struct dw_token *token = &a->tokens.at[i];
    struct word *word = &a->words[i];
    struct dw_str s = token_text(a, i);
    if (token->kind == DW_TOKEN_DASH)
        s = DW_STR("-");
    else if (token->kind == DW_TOKEN_QUOTE)
        s = DW_STR("'");
    else if (token->kind == DW_TOKEN_WORD)
        s = without_contraction(without_possessive(s, &word->possessive));
    if (s.len > LONGEST_WORD)
        return;
    char lower[LONGEST_WORD];
    for (size_t k = 0; k < s.len; k++) {
        lower[k] = dw_to_lower(s.at[k]);
        word->caps = word->caps || (k > 0 && dw_is_upper(s.at[k]));
    }
    struct dw_str first = s;
    word->capital = token->kind == DW_TOKEN_WORD && dw_is_wide_upper(dw_utf8_next(&first));
    word->id = lexicon_word(a->lexicon, (struct dw_str){lower, s.len});
    word->classes = a->lexicon->lexemes.at[word->id].classes;
    if (is_contracted_not(s))
        word->classes |= CLASS(NEGATION) | CLASS(AUXILIARY);
}

bool annotate_words(struct analysis *a)
{
    a->words = dw_arena_array(a->arena, a->tokens.len + 1, sizeof *a->words);
    a->name_at = dw_arena_array(a->arena, a->tokens.len + 1, sizeof *a->name_at);
    a->quantity_at = dw_arena_array(a->arena, a->tokens.len + 1, sizeof *a->quantity_at);
    if (a->words == NULL || a->name_at == NULL || a->quantity_at == NULL)
        return false;
    for (size_t i = 0; i < a->tokens.len; i++)
        annotate(a, i);
    return true;
}
