/* Currencies: the signs, codes and words that make a number money, before it and behind it. */
#include "internal.h"

/* What a token means as a currency of a style; NULL: nothing. */
static const struct currency *currency_at(const struct analysis *a, size_t token,
                                          enum currency_style style)
{
    if (token >= a->tokens.len || a->words[token].id == 0)
        return NULL;
    uint16_t index = lexicon_measure(a->lexicon, a->words[token].id)->currencies[style];
    return index > 0 ? &a->lexicon->currencies.at[index - 1] : NULL;
}

static bool is_sign(const struct analysis *a, size_t token)
{
    return token < a->tokens.len && a->tokens.at[token].kind == DW_TOKEN_CURRENCY;
}

static bool is_dollar(const struct analysis *a, size_t token)
{
    return is_sign(a, token) && dw_str_eq(token_text(a, token), DW_STR("$"));
}

/* "US$", "US $", "C$", "CAD$": letters that say whose dollar it is. */
static const struct currency *dollar_prefix(const struct analysis *a, size_t token)
{
    if (!is_dollar(a, token + 1))
        return NULL;
    const struct currency *c = currency_at(a, token, CURRENCY_PREFIX);
    if (c == NULL)
        c = currency_at(a, token, CURRENCY_CODE);
    bool glued = !a->tokens.at[token + 1].space;
    return c != NULL && (glued || token_text(a, token).len >= 2) ? c : NULL;
}

bool is_dollar_prefix(const struct analysis *a, size_t token)
{
    return is_sign(a, token + 1) && dollar_prefix(a, token) != NULL;
}

static void set_currency(struct amount *m, const struct currency *c)
{
    m->currency = c;
    m->code = c->code;
}

size_t take_prefix(const struct analysis *a, size_t at, size_t end, struct amount *m)
{
    if (is_sign(a, at)) {
        m->currency = currency_at(a, at, CURRENCY_SIGN);
        m->code = m->currency != NULL ? m->currency->code : DW_STR("USD");
        return at + 1;
    }
    if (a->tokens.at[at].kind != DW_TOKEN_WORD || at + 1 >= end)
        return at;
    const struct currency *prefix = dollar_prefix(a, at);
    if (prefix != NULL) {
        set_currency(m, prefix);
        return at + 2;
    }
    const struct currency *code = currency_at(a, at, CURRENCY_CODE);
    if (code == NULL ||
        (!a->tokens.at[at].caps && !a->tokens.at[at].capital && token_text(a, at).len > 3))
        return at;
    size_t number = at + 1;
    if (token_is(a, number, W_STOP) && number + 1 < end)
        number++;
    if (a->tokens.at[number].kind != DW_TOKEN_NUMBER)
        return at;
    set_currency(m, code);
    return number;
}

/* The row of demonyms that a word and the currency word behind it make; NULL: none. */
static const struct dw_str *demonym_at(const struct analysis *a, size_t word)
{
    for (size_t i = 0; i < extract_demonyms.len; i++) {
        const struct dw_str *cell = extract_demonyms.rows[i].cell;
        if (dw_str_eq_nocase(token_text(a, word), cell[0]) &&
            dw_str_starts_nocase(token_text(a, word + 1), cell[1]))
            return cell;
    }
    return NULL;
}

/* "Canadian", "Hong Kong" before a currency word, so that the word is looked for behind it. */
static bool may_name_country(const struct analysis *a, size_t token)
{
    return a->tokens.at[token].capital || token_is(a, token, W_KONG) || token_is(a, token, W_US) ||
           token_is(a, token, W_U_S) ||
           (token + 1 < a->tokens.len && currency_at(a, token + 1, CURRENCY_WORD) != NULL &&
            demonym_at(a, token) != NULL);
}

/* "1 C$": the sign of another country's dollar behind the number. */
static size_t take_sign_behind(const struct analysis *a, size_t at, struct amount *m)
{
    const struct currency *prefix = is_dollar_prefix(a, at) ? dollar_prefix(a, at) : NULL;
    bool next = at + 2 < a->tokens.len && a->tokens.at[at + 2].kind == DW_TOKEN_NUMBER &&
                !a->tokens.at[at + 2].space;
    if (prefix == NULL || next || a->tokens.at[at + 1].space)
        return at;
    set_currency(m, prefix);
    return at + 2;
}

/* Whether a sign behind a number begins the next amount: "$40-$50 billion", "$5 $6". */
static bool begins_next(const struct analysis *a, size_t sign, bool dashed)
{
    return is_sign(a, sign) && (a->tokens.at[sign].space || dashed) && sign + 1 < a->tokens.len &&
           a->tokens.at[sign + 1].kind == DW_TOKEN_NUMBER && !a->tokens.at[sign + 1].space;
}

/* "2,204 pounds" of something that is weighed. */
static bool is_weight(const struct analysis *a, size_t word)
{
    enum { NEAR = 12 };
    if (!token_is(a, word, W_POUNDS) && !token_is(a, word, W_POUND))
        return false;
    size_t from = word > NEAR ? word - NEAR : 0;
    for (size_t i = from; i < word + NEAR && i < a->tokens.len; i++) {
        if (token_has(a, i, CLASS(WEIGHT)))
            return true;
    }
    return false;
}

size_t take_currency_word(const struct analysis *a, size_t at, size_t end, struct amount *m)
{
    enum { FARTHEST = 3 };
    size_t word = at;
    bool dashed = word + 1 < end && a->tokens.at[word].kind == DW_TOKEN_DASH &&
                  !a->tokens.at[word].space; /* "Feb 3 - AMD" has no drams */
    if (dashed || (word + 1 < end && m->number.is_vague && token_is(a, word, W_OF)))
        word++;
    if (word < end && take_sign_behind(a, word, m) > word)
        return dashed ? at : word + 2;
    for (size_t skipped = 0; skipped < FARTHEST && word < end; skipped++, word++) {
        const struct currency *c = currency_at(a, word, CURRENCY_WORD);
        if (c == NULL && skipped == 0)
            c = currency_at(a, word, CURRENCY_CODE);
        if (c == NULL && skipped == 0)
            c = currency_at(a, word, CURRENCY_SIGN);
        if (c != NULL && (begins_next(a, word, dashed) || is_weight(a, word)))
            return at;
        if (c != NULL) {
            set_currency(m, c);
            m->factor = c->factor;
            const struct dw_str *demonym = word > at ? demonym_at(a, word - 1) : NULL;
            if (demonym != NULL)
                m->code = demonym[2];
            return word + 1 + token_is(a, word + 1, W_STERLING);
        }
        if (!may_name_country(a, word))
            return at;
    }
    return at;
}

size_t take_cents(const struct analysis *a, size_t at, size_t end, struct amount *m)
{
    size_t number_at = token_is(a, at, W_AND) ? at + 1 : at;
    struct number cents;
    if (m->number.magnitude >= 1000 || m->number.is_vague || m->factor < 1)
        return at;
    size_t after = scan_number(a, number_at, end, &cents);
    const struct currency *c = after > 0 ? currency_at(a, after, CURRENCY_WORD) : NULL;
    if (c == NULL && after > 0)
        c = currency_at(a, after, CURRENCY_SIGN);
    bool letter = after > 0 && token_is(a, after, W_C) && !a->tokens.at[after].space; /* "43c" */
    if ((!letter && (c == NULL || c->factor >= 1)) || cents.value >= 100)
        return at;
    m->number.value += cents.value * (letter ? 0.01 : c->factor);
    return after + 1;
}
