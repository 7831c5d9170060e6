/* Forms of verbs: which of the words that may be verbs are verbs where they stand, by what comes
 * before and behind them. */
#include "cutter.h"

#define VERB_FORMS \
    (CLASS(VERBBASE) | CLASS(VERBS) | CLASS(VERBPAST) | CLASS(VERBPARTICIPLE) | CLASS(VERBING))

/* Whether an object or a place may begin at a token, so that a verb stands before it. */
static bool opens_object(const struct cutter *c, size_t token)
{
    const struct analysis *a = c->a;
    if (token >= c->end)
        return false;
    return a->quantity_at[token] != 0 || a->name_at[token] != 0 ||
           a->tokens.at[token].kind == DW_TOKEN_NUMBER ||
           token_has(a, token,
                     CLASS(ARTICLE) | CLASS(DETERMINER) | CLASS(PRONOUN) | CLASS(ADVERB)) ||
           token_is(a, token, W_TO);
}

static bool ends_phrase(const struct cutter *c, size_t token)
{
    return token >= c->end || token_is(c->a, token, W_OF) || token_is(c->a, token, W_COMMA) ||
           token_is(c->a, token, W_STOP) ||
           token_has(c->a, token, CLASS(AUXILIARY) | CLASS(MODAL) | CLASS(CONJUNCTION));
}

bool verb_ahead(const struct cutter *c, size_t token)
{
    enum { NEAR = 14 };
    const struct analysis *a = c->a;
    for (size_t i = token; i < c->end && i < token + NEAR; i++) {
        if (token_is(a, i, W_SEMICOLON) || token_is(a, i, W_COLON) ||
            token_has(a, i, CLASS(RELATIVE) | CLASS(CONJUNCTION) | CLASS(SAYING)))
            return false;
        if (token_has(a, i, CLASS(PRONOUN)) && !token_is(a, i, W_IT))
            return false;
        if (token_has(a, i, CLASS(MODAL)) || token_is(a, i, W_IS) || token_is(a, i, W_WAS) ||
            token_is(a, i, W_HAS) || token_is(a, i, W_ARE) || token_is(a, i, W_WERE) ||
            token_is(a, i, W_HAD))
            return i > 0 && name_at(a, i - 1) == NULL && !token_has(a, i - 1, CLASS(PRONOUN));
    }
    return false;
}

static bool is_past_verb(const struct cutter *c, size_t i)
{
    if (c->before == BEFORE_HAVE || c->before == BEFORE_BE)
        return true;
    if (c->before == BEFORE_DESCRIBER || c->before == BEFORE_PREPOSITION ||
        c->before == BEFORE_TO || c->before == BEFORE_MODAL)
        return false;
    /* "planned spending", "combined company" after a verb or an "and" describe */
    bool describes = (c->before == BEFORE_VERB || c->before == BEFORE_AND) && i + 1 < c->end &&
                     is_word(c->a, i + 1) && c->a->name_at[i + 1] == 0 &&
                     c->a->quantity_at[i + 1] == 0 &&
                     !token_has(c->a, i + 1,
                                CLASS(PREPOSITION) | CLASS(ARTICLE) | CLASS(DETERMINER) |
                                    CLASS(PRONOUN) | CLASS(ADVERB));
    return !describes || token_is(c->a, i, W_SAID);
}

/* -ing: "is raising", "by selling shares", ", taking"; "in funding" and "the building" are nouns.
 */
static bool is_ing_verb(const struct cutter *c, size_t i)
{
    bool noun_too = token_has(c->a, i, CLASS(VERBNOUN));
    switch (c->before) {
    case BEFORE_BE:
        return true;
    case BEFORE_DESCRIBER:
    case BEFORE_MODAL:
    case BEFORE_TO:
    case BEFORE_HAVE:
        return false;
    case BEFORE_NOUN:
    case BEFORE_VERB:
    case BEFORE_AND:
        return !noun_too || (c->before == BEFORE_AND && opens_object(c, i + 1));
    default:
        return !noun_too || opens_object(c, i + 1);
    }
}

/* "plans", "raises", "deals": a verb behind its subject, a noun behind what describes it. */
static bool is_s_verb(const struct cutter *c, size_t i)
{
    bool noun_too = token_has(c->a, i, CLASS(VERBNOUN));
    switch (c->before) {
    case BEFORE_NOUN:
        if (!noun_too)
            return true;
        if (ends_phrase(c, i + 1))
            return false;
        return !c->finite && (opens_object(c, i + 1) ||
                              (i > 0 && c->a->name_at[i - 1] != 0 && !ends_phrase(c, i + 1)));
    case BEFORE_PRONOUN:
        return true;
    case BEFORE_AND:
        return c->finite && (!noun_too || opens_object(c, i + 1));
    case BEFORE_COMMA:
        return !noun_too || (!c->finite && opens_object(c, i + 1));
    default:
        return false;
    }
}

/* Whether a noun behind "to" is more likely than a verb: "access to power,". */
static bool is_noun_behind_to(const struct cutter *c, size_t i)
{
    return token_has(c->a, i, CLASS(VERBNOUN)) &&
           (ends_phrase(c, i + 1) || token_has(c->a, i + 1, CLASS(RELATIVE)));
}

static bool is_plural(const struct cutter *c, size_t token)
{
    struct dw_str word = token_text(c->a, token);
    return word.len > 3 && dw_str_ends(word, DW_STR("s"));
}

static bool is_base_verb(const struct cutter *c, size_t i)
{
    bool noun_too = token_has(c->a, i, CLASS(VERBNOUN));
    switch (c->before) {
    case BEFORE_TO:
        return !is_noun_behind_to(c, i);
    case BEFORE_MODAL:
        return true;
    case BEFORE_PRONOUN:
        return !noun_too || opens_object(c, i + 1);
    case BEFORE_NOUN:
        return !c->finite && (is_plural(c, c->noun) || c->a->name_at[c->noun] != 0) &&
               (noun_too ? opens_object(c, i + 1) : !ends_phrase(c, i + 1));
    case BEFORE_AND:
        return c->finite && opens_object(c, i + 1);
    case BEFORE_START:
        return !noun_too && opens_object(c, i + 1);
    default:
        return false;
    }
}

uint64_t verb_form(const struct cutter *c, size_t i)
{
    const struct analysis *a = c->a;
    uint64_t forms = a->words[i].classes & VERB_FORMS;
    if (forms == 0 || a->name_at[i] != 0 || a->quantity_at[i] != 0 || a->tokens.at[i].possessive ||
        (a->tokens.at[i].capital && !c->title && i != c->x->sentence->first))
        return 0;
    bool past = (forms & (CLASS(VERBPAST) | CLASS(VERBPARTICIPLE))) != 0;
    if ((forms & CLASS(VERBING)) && is_ing_verb(c, i))
        return CLASS(VERBING);
    if ((forms & CLASS(VERBBASE)) && is_base_verb(c, i) &&
        (!past || c->before == BEFORE_TO || c->before == BEFORE_MODAL))
        return CLASS(VERBBASE);
    if ((forms & CLASS(VERBS)) && is_s_verb(c, i))
        return CLASS(VERBS);
    if (!past || !is_past_verb(c, i))
        return 0;
    if (token_has(a, i, CLASS(VERBNOUN)) && c->before != BEFORE_HAVE && c->before != BEFORE_BE &&
        c->before != BEFORE_PRONOUN && !opens_object(c, i + 1))
        return 0; /* "job cuts and cut rates": a noun as likely */
    return forms & CLASS(VERBPAST) ? CLASS(VERBPAST) : CLASS(VERBPARTICIPLE);
}
