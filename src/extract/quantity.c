/* Quantities: amounts with their unit, range and qualifier, in one pass over the tokens. */
#include "internal.h"

#include <math.h>

const struct unit *unit_at(const struct analysis *a, size_t at, size_t end, size_t *last)
{
    const struct sense *sense;
    *last = phrase_at(a, at, end, SENSE_UNIT, &sense);
    return *last > 0 ? &a->lexicon->units.at[sense->index] : NULL;
}

/* Words that may stand between a number and the noun it counts. */
static bool may_stand_between(const struct analysis *a, size_t at)
{
    const struct dw_token *token = &a->tokens.at[at];
    if (token->kind == DW_TOKEN_DASH || token_is(a, at, W_PLUS_SIGN))
        return true;
    if (token->kind != DW_TOKEN_WORD ||
        token_has(a, at,
                  CLASS(MODAL) | CLASS(AUXILIARY) | CLASS(RELATIVE) | CLASS(PRONOUN) |
                      CLASS(TIMEUNIT) | CLASS(NEGATION)))
        return false;
    if (token_is(a, at, W_AND))
        return true;
    return !token_has(a, at, CLASS(PREPOSITION) | CLASS(CONJUNCTION));
}

/* "112 of the 530 workers", "6,200 of the company's 43,000 employees": the number in between. */
static size_t skip_whole(const struct analysis *a, size_t at, size_t end)
{
    enum { FARTHEST = 4 };
    struct number whole;
    for (size_t i = at; i < end && i < at + FARTHEST; i++) {
        size_t behind =
            a->tokens.at[i].kind == DW_TOKEN_NUMBER ? scan_number(a, i, end, &whole) : 0;
        if (behind > 0)
            return behind;
        if (a->tokens.at[i].kind != DW_TOKEN_WORD || token_has(a, i, CLASS(PREPOSITION)))
            return at;
    }
    return at;
}

/* The noun that a bare number counts, some words on. */
static const struct unit *unit_near(const struct analysis *a, size_t at, size_t end, size_t *last)
{
    enum { FARTHEST = 5 };
    for (size_t i = 0; i < FARTHEST && at < end; i++, at++) {
        const struct unit *unit = unit_at(a, at, end, last);
        bool direct = i == 0 || (i == 1 && a->tokens.at[at - 1].kind == DW_TOKEN_DASH);
        if (unit != NULL && unit->style != UNIT_NEVER &&
            (direct || (unit->style != UNIT_GLUED && unit->style != UNIT_STRONG)))
            return unit;
        if (i == 0 && token_is(a, at, W_OF) && skip_whole(a, at + 1, end) > at + 1)
            at = skip_whole(a, at + 1, end) - 1;
        else if (i <= 1 && token_is(a, at, W_OF) && token_has(a, at + 1, CLASS(DETERMINER)))
            at++;
        else if (i <= 1 && token_is(a, at, W_OF))
            continue;
        else if (!may_stand_between(a, at))
            return NULL;
    }
    return NULL;
}

/* "$(21.3) million": accounts write what is below zero in brackets. */
static size_t scan_bracketed(const struct analysis *a, size_t at, size_t end, struct amount *m)
{
    if (m->code.len == 0 || !token_is(a, at, W_OPEN) || a->tokens.at[at].space)
        return 0;
    size_t after = scan_number(a, at + 1, end, &m->number);
    if (after == 0 || !token_is(a, after, W_CLOSE))
        return 0;
    m->number.value = -m->number.value;
    return take_magnitudes(a, after + 1, end, true, &m->number);
}

/* One amount at a token; false if there is none. */
static bool scan_amount(const struct analysis *a, size_t token, size_t end, struct amount *m)
{
    *m = (struct amount){.first = token, .factor = 1};
    size_t at = take_prefix(a, token, end, m);
    size_t after = scan_number(a, at, end, &m->number);
    if (after == 0)
        after = scan_bracketed(a, at, end, m);
    if (after == 0)
        return false;
    m->factor = m->currency != NULL ? m->currency->factor : 1;
    m->last = after;
    size_t behind = take_currency_word(a, after, end, m);
    if (behind > after && m->code.len > 0) {
        /* "75 USD million" */
        if (!m->number.has_magnitude)
            behind = take_magnitudes(a, behind, end, false, &m->number);
        m->last = behind;
    }
    if (m->code.len > 0)
        m->last = take_cents(a, m->last, end, m);
    m->reach = m->last;
    if (m->code.len > 0)
        return true;
    size_t unit_last;
    m->unit = unit_near(a, after, end, &unit_last);
    if (m->unit != NULL) {
        m->reach = unit_last;
        m->factor = m->unit->factor;
        if (m->unit->style == UNIT_GLUED)
            m->last = unit_last;
    }
    return true;
}

/* ---- Ranges ---- */

static bool is_range_dash(const struct analysis *a, size_t at)
{
    return a->tokens.at[at].kind == DW_TOKEN_DASH || token_is(a, at, W_TILDE);
}

/* Whether something moves from the first amount to the second, which makes two figures of them;
 * "cut from 200 to 300 jobs" cuts a number of them. */
static bool moves_before(const struct analysis *a, size_t token, size_t floor, bool counts)
{
    enum { NEAR = 10 };
    uint64_t classes = CLASS(RISE) | CLASS(FALL) | (counts ? 0 : CLASS(MOVE));
    for (size_t i = token; i > floor && token - i < NEAR; i--) {
        if (token_has(a, i - 1, classes))
            return true;
    }
    return false;
}

static bool may_join(const struct analysis *a, size_t between)
{
    return is_range_dash(a, between) || token_is(a, between, W_TO) || token_is(a, between, W_AND) ||
           token_is(a, between, W_THROUGH) || token_is(a, between, W_UNTIL);
}

/* Whether the word between two amounts joins them to a range. */
static bool joins(const struct analysis *a, size_t first, size_t between, size_t floor, bool counts)
{
    if (is_range_dash(a, between))
        return true;
    bool from = first > floor && token_is(a, first - 1, W_FROM);
    if (token_is(a, between, W_TO))
        return !from || !moves_before(a, first, floor, counts);
    if (token_is(a, between, W_AND))
        return first > floor && token_is(a, first - 1, W_BETWEEN);
    return from && (token_is(a, between, W_THROUGH) || token_is(a, between, W_UNTIL));
}

static bool same_sort(const struct amount *m, const struct amount *n)
{
    bool money = m->code.len > 0;
    bool other = n->code.len > 0;
    if (money && other)
        return dw_str_eq(m->code, n->code);
    if (money != other)
        return money ? n->unit == NULL : m->unit == NULL;
    return m->unit == NULL || n->unit == NULL || dw_str_eq(m->unit->name, n->unit->name);
}

/* Takes a second amount in; the first one's magnitude and unit come from it where it has none. */
static bool take_range(const struct analysis *a, struct amount *m, size_t floor, size_t end,
                       double *low, double *high)
{
    size_t between = m->last;
    struct amount n;
    if (between + 1 >= end || m->number.is_vague || !may_join(a, between) ||
        !scan_amount(a, between + 1, end, &n) || n.number.is_vague || !same_sort(m, &n))
        return false;
    bool counts = n.code.len == 0 && n.unit != NULL && n.unit->style != UNIT_GLUED;
    if (!joins(a, m->first, between, floor, counts))
        return false;
    bool open = !m->number.has_magnitude && n.number.has_magnitude;
    bool smaller = m->number.value <= n.number.bare * 1.0001;
    if (open && !smaller && m->code.len == 0 && m->unit == NULL)
        return false; /* "the plan for 2026 to €18 billion" */
    double shared = open && smaller ? n.number.magnitude : 1;
    if (n.code.len > 0 && m->code.len == 0) {
        m->code = n.code;
        m->factor = n.factor;
    }
    if (m->unit == NULL && m->code.len == 0) {
        m->unit = n.unit;
        m->factor = n.factor;
    }
    *low = m->number.value * shared * m->factor;
    *high = n.number.value * m->factor;
    if (*high <= *low)
        return false;
    m->last = n.last;
    m->reach = n.reach;
    return true;
}

/* ---- Rates ---- */

static struct dw_str period_of(const struct analysis *a, size_t token)
{
    static const struct {
        enum known_word word;
        struct dw_str term;
    } periods[] = {{W_MONTH, DW_STR_INIT("P1M")}, {W_YEAR, DW_STR_INIT("P1Y")},
                   {W_WEEK, DW_STR_INIT("P1W")},  {W_DAY, DW_STR_INIT("P1D")},
                   {W_HOUR, DW_STR_INIT("PT1H")}, {W_QUARTER, DW_STR_INIT("P3M")},
                   {W_ANNUM, DW_STR_INIT("P1Y")}};
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
        if (token_is(a, token, periods[i].word))
            return periods[i].term;
    }
    return (struct dw_str){"", 0};
}

static void find_rate(const struct analysis *a, struct quantity *q)
{
    size_t at = q->reach;
    if (at < a->tokens.len && a->tokens.at[at].kind == DW_TOKEN_DASH && at + 2 < a->tokens.len)
        at++; /* "$20-a-month" */
    bool each = token_is(a, at, W_A) || token_is(a, at, W_AN) || token_is(a, at, W_PER) ||
                token_is(a, at, W_EACH) || token_is(a, at, W_EVERY) || token_is(a, at, W_SLASH);
    if (token_is(a, at, W_MONTHLY))
        q->term = DW_STR("P1M");
    if (token_is(a, at, W_ANNUALLY) || token_is(a, at, W_YEARLY))
        q->term = DW_STR("P1Y");
    if (token_is(a, at, W_APIECE) || token_is(a, at, W_PER))
        q->per_unit = true;
    if (!each)
        return;
    size_t noun = at + 1;
    if (noun < a->tokens.len && a->tokens.at[noun].kind == DW_TOKEN_DASH)
        noun++;
    q->term = period_of(a, noun);
    if (q->term.len == 0 && noun < a->tokens.len && a->tokens.at[noun].kind == DW_TOKEN_WORD &&
        (token_is(a, noun, W_SHARE) || token_is(a, noun, W_SEAT) || token_is(a, noun, W_USER) ||
         token_is(a, noun, W_CHIP) || token_is(a, noun, W_UNIT) || token_is(a, noun, W_PIECE) ||
         token_is(a, at, W_PER)))
        q->per_unit = true;
    if (token_is(a, at, W_PER) && q->term.len > 0)
        q->per_unit = false;
}

/* ---- What is a quantity ---- */

/* "two people familiar with the matter", "three people said": who tells the news. */
static bool is_source(const struct analysis *a, const struct amount *m)
{
    if (m->unit == NULL || m->unit->style == UNIT_GLUED || m->number.value >= 100)
        return false;
    /* "two people in on the talks", "two people in helmets", but not "lay off 12 people in Lyon" */
    bool somewhere = token_is(a, m->reach, W_IN) && !token_is(a, m->reach + 1, W_ON) &&
                     (m->number.value >= 10 || is_job_verb(a, m->first));
    bool informed = token_has(a, m->reach, CLASS(INFORMED)) && !somewhere;
    bool cited = m->first > 0 && token_is(a, m->first - 1, W_CITING);
    return token_is(a, m->reach - 1, W_PEOPLE) && (informed || cited);
}

/* "one in ten jobs": a share of them. */
static bool is_share(const struct analysis *a, const struct amount *m)
{
    enum { MOST = 100 };
    bool counted = m->code.len == 0 && (m->unit == NULL || m->unit->style != UNIT_GLUED);
    if (!counted || m->number.value > MOST)
        return false;
    struct number other;
    if (token_is(a, m->last, W_IN))
        return scan_number(a, m->last + 1, a->tokens.len, &other) > 0 &&
               other.value > m->number.value && other.value <= MOST;
    return m->first >= 2 && token_is(a, m->first - 1, W_IN) &&
           scan_number(a, m->first - 2, m->first - 1, &other) == m->first - 1 &&
           other.value < m->number.value;
}

/* "per 1 million tokens", "a context of 128,000 tokens": what a price is for, what a model reads.
 */
static bool is_no_training(const struct analysis *a, const struct amount *m)
{
    enum { NEAR = 8 };
    if (m->unit == NULL || !dw_str_eq(m->unit->name, DW_STR("tokens")))
        return false;
    for (size_t i = m->first; i > 0 && m->first - i < NEAR; i--) {
        if (token_is(a, i - 1, W_CONTEXT) || token_is(a, i - 1, W_CONTEXTS) ||
            token_is(a, i - 1, W_WINDOW) || (i == m->first && token_is(a, i - 1, W_PER)))
            return true;
    }
    return false;
}

/* A year, a date, part of a name: not to be counted even before a noun that could be. */
static bool is_no_count(const struct analysis *a, const struct amount *m)
{
    if (is_source(a, m) || is_share(a, m) || is_no_training(a, m))
        return true;
    struct dw_str text = token_text(a, m->first);
    bool year = m->last == m->first + 1 && text.len == 4 && m->number.value >= 1900 &&
                m->number.value <= 2100 && a->tokens.at[m->first].kind == DW_TOKEN_NUMBER;
    if (year && m->unit != NULL && m->unit->style != UNIT_GLUED && m->code.len == 0)
        return true;
    /* "GPT-4 users", "Llama 3 developers": a model's number */
    bool glued_name = m->first >= 2 && a->tokens.at[m->first - 1].kind == DW_TOKEN_DASH &&
                      !a->tokens.at[m->first].space && !a->tokens.at[m->first - 1].space &&
                      a->tokens.at[m->first - 2].kind == DW_TOKEN_WORD;
    bool after_name = m->first >= 1 && a->tokens.at[m->first - 1].capital && m->number.value < 10 &&
                      a->tokens.at[m->first].kind == DW_TOKEN_NUMBER;
    return (glued_name || after_name) && m->code.len == 0 && m->unit != NULL &&
           m->unit->style != UNIT_GLUED;
}

static void find_conversion(const struct analysis *a, struct quantity *q)
{
    if (a->quantities.len == 0 || !q->is_money)
        return;
    const struct quantity *previous = &a->quantities.at[a->quantities.len - 1];
    size_t at = previous->last;
    if (!previous->is_money || dw_str_eq(previous->unit, q->unit))
        return;
    /* "€12.5m (about $13.6m; £10.7m)" */
    bool further =
        previous->conversion > 0 && at + 1 == q->first &&
        (token_is(a, at, W_SEMICOLON) || token_is(a, at, W_COMMA) || token_is(a, at, W_SLASH));
    if (further) {
        q->conversion = previous->conversion;
        return;
    }
    for (; at < q->first && q->first - previous->last <= 4; at++) {
        if (token_is(a, at, W_OPEN)) {
            q->conversion = (uint32_t)a->quantities.len;
            return;
        }
        if (a->tokens.at[at].kind != DW_TOKEN_PUNCT)
            return;
    }
}

/* Makes a quantity of what stands at a token; the token behind it, or 0. */
static size_t take_quantity(struct analysis *a, const struct dw_sentence *s, size_t token)
{
    struct amount m;
    double low = 0;
    double high = 0;
    if (!scan_amount(a, token, s->last, &m) || is_no_count(a, &m))
        return 0;
    struct quantity q = {.first = (uint32_t)m.first};
    bool range = take_range(a, &m, s->first, s->last, &low, &high);
    if (m.code.len > 0) {
        q.unit = m.code;
        q.is_money = true;
    } else if (m.unit != NULL) {
        q.unit = m.unit->name;
        q.style = m.unit->style;
    } else if (!borrow_unit(a, s, &m, &q)) {
        return 0;
    }
    q.last = (uint32_t)m.last;
    q.reach = (uint32_t)m.reach;
    q.start = a->tokens.at[q.first].start;
    q.end = a->tokens.at[q.last - 1].end;
    q.value = range ? (low + high) / 2 : m.number.value * m.factor;
    q.qualifier = m.number.is_vague ? DW_QUALIFIER_VAGUE
                  : range           ? DW_QUALIFIER_RANGE
                                    : qualifier_around(a, s->first, q.first, q.last, s->last);
    if (m.number.is_about && q.qualifier == DW_QUALIFIER_EXACT)
        q.qualifier = DW_QUALIFIER_ABOUT;
    if (q.qualifier == DW_QUALIFIER_EXACT && q.reach > q.last)
        q.qualifier = qualifier_around(a, s->first, q.first, q.reach, s->last);
    set_bounds(&q);
    if (range) {
        q.low = low;
        q.high = high;
    }
    size_t behind = take_tolerance(a, q.last, s->last, &q);
    if (behind > q.last && q.qualifier == DW_QUALIFIER_RANGE && !range) {
        q.last = (uint32_t)behind;
        q.reach = q.last;
        q.end = a->tokens.at[q.last - 1].end;
    }
    find_rate(a, &q);
    find_conversion(a, &q);
    struct quantity *added = dw_vec_push(a->arena, &a->quantities);
    if (added == NULL)
        return 0;
    *added = q;
    for (size_t i = q.first; i < q.last; i++)
        a->quantity_at[i] = (uint32_t)a->quantities.len;
    return q.last;
}

/* The token behind the address that begins with a token, or behind that token: the parts of an
 * address count nothing. */
static size_t skip_address(const struct analysis *a, size_t token, size_t end)
{
    bool scheme = !token_is(a, token, W_WWW) && token_is(a, token + 1, W_COLON);
    bool host = token_is(a, token, W_WWW) && token_is(a, token + 1, W_STOP);
    size_t at = token + 1;
    while ((scheme || host) && at < end && !a->tokens.at[at].space)
        at++;
    return at;
}

/* Whether an amount may begin at a token that is marked so: "a" needs one behind it. */
static bool may_begin(const struct analysis *a, size_t token)
{
    const struct name *name = name_at(a, token);
    if (name != NULL && name->kind == NAME_ORGANISATION &&
        a->tokens.at[token].kind != DW_TOKEN_CURRENCY)
        return false;
    return a->words[token].amount != AMOUNT_ARTICLE || (a->marks[token + 1] & MARK_AMOUNT) != 0;
}

bool find_quantities(struct analysis *a)
{
    const uint8_t marks = MARK_AMOUNT | MARK_ADDRESS;
    for (size_t n = 0; n < a->sentences.len; n++) {
        const struct dw_sentence *s = &a->sentences.at[n];
        size_t next;
        for (size_t i = next_mark(a, s->first, s->last, marks); i < s->last;
             i = next_mark(a, next, s->last, marks)) {
            next = i + 1;
            if (a->marks[i] & MARK_ADDRESS) {
                next = skip_address(a, i, s->last);
                continue;
            }
            size_t behind = may_begin(a, i) ? take_quantity(a, s, i) : 0;
            if (behind == 0)
                continue;
            a->quantities.at[a->quantities.len - 1].sentence = (uint32_t)n;
            next = behind;
        }
    }
    return !a->arena->failed;
}
