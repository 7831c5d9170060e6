/* Spellings: how the article writes a word elsewhere, and lines whose capitals say nothing. */
#include "names.h"

static struct spelling *spelling_of(const struct analysis *a, uint32_t hash)
{
    size_t mask = a->spelling_cap - 1;
    size_t at = hash & mask;
    while (a->spellings[at].hash != 0 && a->spellings[at].hash != hash)
        at = (at + 1) & mask;
    return &a->spellings[at];
}

/* A bit for each word that is asked for: those with a capital that begin a sentence. */
#define FILTER_BITS 8192u

static uint64_t *filter_first_words(struct analysis *a)
{
    uint64_t *filter = dw_arena_array(a->arena, FILTER_BITS / 64, sizeof *filter);
    size_t end = a->tokens.len;
    if (filter == NULL)
        return NULL;
    for (size_t i = next_mark(a, 0, end, MARK_CAPITAL); i < end;
         i = next_mark(a, i + 1, end, MARK_CAPITAL)) {
        uint32_t bit = a->tokens.at[i].hash % FILTER_BITS;
        if (a->name_at[i] == 0 && sentence_begins(a, i))
            filter[bit / 64] |= (uint64_t)1 << bit % 64;
    }
    return filter;
}

static bool count_spellings(struct analysis *a)
{
    size_t cap = 64;
    const uint64_t *filter = filter_first_words(a);
    while (cap < a->tokens.len * 2)
        cap *= 2;
    a->spellings = dw_arena_array(a->arena, cap, sizeof *a->spellings);
    if (a->spellings == NULL || filter == NULL)
        return false;
    a->spelling_cap = cap;
    for (size_t i = 0, len = a->tokens.len; i < len; i++) {
        const struct dw_token *t = &a->tokens.at[i];
        uint32_t bit = t->hash % FILTER_BITS;
        if ((filter[bit / 64] >> bit % 64 & 1) == 0 || t->kind != DW_TOKEN_WORD)
            continue;
        struct spelling *s = spelling_of(a, t->hash);
        s->hash = t->hash;
        uint16_t *count = t->capital ? &s->capital : &s->lower;
        if (*count < UINT16_MAX)
            ++*count;
    }
    return true;
}

/* How often the article writes the token's word, by case; NULL: out of memory. */
const struct spelling *spelling_at(struct analysis *a, size_t token)
{
    if (a->spellings == NULL && !count_spellings(a))
        return NULL;
    return spelling_of(a, a->tokens.at[token].hash);
}

bool lower_elsewhere(struct analysis *a, size_t token)
{
    if (token_has(a, token,
                  CLASS(COMMONSTART) | CLASS(PREPOSITION) | CLASS(CONJUNCTION) | CLASS(DETERMINER) |
                      CLASS(PRONOUN) | CLASS(MODAL) | CLASS(AUXILIARY) | CLASS(RELATIVE)))
        return true;
    const struct spelling *spelling = spelling_at(a, token);
    return spelling != NULL && spelling->lower > 0;
}

/* The sentence of a token; NULL: it is a line end. Sentences are in order. */
static const struct dw_sentence *sentence_of(const struct analysis *a, size_t token)
{
    size_t low = 0;
    size_t high = a->sentences.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (a->sentences.at[middle].last <= token)
            low = middle + 1;
        else
            high = middle;
    }
    bool inside = low < a->sentences.len && a->sentences.at[low].first <= token;
    return inside ? &a->sentences.at[low] : NULL;
}

/* Whether a line writes all of its words in capitals, as flashes do: they say nothing of names. */
static bool is_in_capitals(const struct analysis *a, const struct dw_sentence *s)
{
    size_t capitals = 0;
    size_t words = 0;
    for (size_t i = s->first; i < s->last; i++) {
        const struct dw_token *t = &a->tokens.at[i];
        if (t->kind != DW_TOKEN_WORD || t->end - t->start < 2)
            continue;
        words++;
        capitals += t->caps && !dw_is_lower(a->text.at[t->start + 1]);
    }
    return words >= 4 && capitals * 10 >= words * 8;
}

/* "Item 2.02 Results of Operations and Financial Condition." */
static bool is_item(const struct analysis *a, const struct dw_sentence *s)
{
    return s->first + 1 < s->last && token_is(a, s->first, W_ITEM) &&
           a->tokens.at[s->first + 1].kind == DW_TOKEN_NUMBER;
}

/* Whether the sentence of a token is a heading that writes most words with a capital, or a line in
 * capitals. Many names stand in one sentence: it is looked at once. */
bool hides_names(struct analysis *a, size_t token)
{
    const struct dw_sentence *s = a->sentence;
    if (s == NULL || token < s->first || token >= s->last) {
        s = sentence_of(a, token);
        a->in_capitals = s != NULL && is_in_capitals(a, s);
        a->sentence = s;
    }
    return s != NULL && (s->title_case || a->in_capitals || is_item(a, s));
}
