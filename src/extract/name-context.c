/* What stands around a name: where sentences begin, verbs, legal forms, tickers. */
#include "names.h"

/* "• Operating income", "16:07 — Remaining": only marks and times before it in its line. */
static bool line_begins(const struct analysis *a, size_t token)
{
    enum { MOST_MARKS = 6 };
    for (size_t back = 1; back <= MOST_MARKS; back++) {
        if (back > token || a->tokens.at[token - back].kind == DW_TOKEN_BREAK)
            return true;
        if (a->tokens.at[token - back].kind == DW_TOKEN_WORD ||
            a->tokens.at[token - back].kind == DW_TOKEN_CURRENCY)
            return false;
    }
    return false;
}

/* "HONG KONG, July 8 - Shares": the story begins behind its dateline. */
static bool behind_dateline(const struct analysis *a, size_t token)
{
    enum { MOST_WORDS = 12 };
    const struct dw_token *t = &a->tokens.at[token - 1];
    if (t->kind != DW_TOKEN_DASH || !t->space || !a->tokens.at[token].space)
        return false;
    for (size_t back = 2; back <= MOST_WORDS; back++) {
        if (back > token || a->tokens.at[token - back].kind == DW_TOKEN_BREAK)
            return true;
        const struct dw_token *w = &a->tokens.at[token - back];
        if (w->kind == DW_TOKEN_WORD && !w->capital)
            return false;
    }
    return false;
}

bool sentence_begins(const struct analysis *a, size_t token)
{
    if (token == 0 || line_begins(a, token) || behind_dateline(a, token))
        return true;
    uint8_t kind = a->tokens.at[token - 1].kind;
    return kind == DW_TOKEN_BREAK || kind == DW_TOKEN_QUOTE || token_is(a, token - 1, W_STOP) ||
           token_is(a, token - 1, W_QUESTION) || token_is(a, token - 1, W_EXCLAMATION) ||
           token_is(a, token - 1, W_COLON);
}

bool is_verb_here(const struct analysis *a, size_t token)
{
    const struct sense *sense;
    if (token_has(a, token, CLASS(AUXILIARY) | CLASS(MODAL)))
        return true;
    if (token >= a->tokens.len || a->tokens.at[token].capital)
        return false;
    bool finite = token_has(a, token, CLASS(VERBS) | CLASS(VERBPAST));
    if (finite && !token_has(a, token, CLASS(VERBNOUN)))
        return true; /* "Meta broke ground", "Apple reiterated" */
    return phrase_at(a, token, a->tokens.len, SENSE_TRIGGER, &sense) > 0 &&
           a->lexicon->triggers.at[sense->index].part == TRIGGER_VERB;
}

/* Legal forms behind a name belong to it: "Acme Corp.", "Acme, Inc." */
size_t take_legal_form(const struct analysis *a, size_t last, size_t end)
{
    size_t at = last;
    if (at < end && token_is(a, at, W_COMMA) && at + 1 < end)
        at++;
    if (at >= end || !a->tokens.at[at].capital || !token_has(a, at, CLASS(LEGALFORM)))
        return last;
    at++;
    if (at < end && token_is(a, at, W_STOP) && !a->tokens.at[at].space)
        at++;
    return at;
}

/* "X-backed", "ex-X", "former X", "X rival": X is not who acts. */
bool is_aside(const struct analysis *a, size_t first, size_t last)
{
    if (last + 1 < a->tokens.len && a->tokens.at[last].kind == DW_TOKEN_DASH &&
        token_has(a, last + 1, CLASS(ASIDE)))
        return true;
    if (first > 0 && (token_is(a, first - 1, W_FORMER) || token_is(a, first - 1, W_EX)))
        return true;
    if (first > 1 && a->tokens.at[first - 1].kind == DW_TOKEN_DASH && token_is(a, first - 2, W_EX))
        return true;
    /* "OpenAI's biggest competitor" */
    enum { NEAR = 3 };
    size_t reach = a->tokens.at[last - 1].possessive ? last + NEAR : last + 1;
    for (size_t i = last; i < reach && i < a->tokens.len; i++) {
        if (token_is(a, i, W_RIVAL) || token_is(a, i, W_COMPETITOR))
            return true;
    }
    return token_is(a, last, W_VETERAN) || token_is(a, last, W_ALUMNI) || token_is(a, last, W_ALUM);
}

/* "(NASDAQ: VCTL)", "(TSX:ABC)": where shares are listed, and under which letters. */
bool is_ticker(const struct analysis *a, size_t first, size_t last)
{
    bool exchange = first > 0 && token_is(a, first - 1, W_OPEN) && token_is(a, last, W_COLON);
    bool letters = first > 1 && token_is(a, first - 1, W_COLON) && token_is(a, last, W_CLOSE) &&
                   last == first + 1;
    return exchange || letters;
}
