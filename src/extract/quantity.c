/* Quantities: amounts with their unit, range and qualifier, in one pass over the tokens. */
#include "internal.h"

#include <math.h>

/* One amount before ranges and qualifiers are looked at. */
struct amount {
    size_t first, last; /* tokens of the surface */
    size_t reach;       /* behind the unit noun */
    struct number number;
    const struct currency *currency;
    struct dw_str code; /* of the money; empty: no money */
    double factor;      /* of the unit */
    const struct unit *unit;
};

static const struct currency *currency_at(const struct analysis *a, size_t token, unsigned styles)
{
    if (token >= a->tokens.len || a->words[token].id == 0)
        return NULL;
    const struct lexicon *l = a->lexicon;
    for (size_t i = 0; i < l->currencies.len; i++) {
        const struct currency *c = &l->currencies.at[i];
        if (c->word == a->words[token].id && (styles & (1u << c->style)) != 0)
            return c;
    }
    return NULL;
}

#define AS_SIGN (1u << CURRENCY_SIGN)
#define AS_PREFIX (1u << CURRENCY_PREFIX)
#define AS_CODE (1u << CURRENCY_CODE)
#define AS_WORD (1u << CURRENCY_WORD)

/* Currency before the number: "$", "US$", "US $", "Rs.", "USD"; returns the number's token. */
static size_t take_prefix(const struct analysis *a, size_t at, size_t end, struct amount *m)
{
    if (a->tokens.at[at].kind == DW_TOKEN_CURRENCY) {
        m->currency = currency_at(a, at, AS_SIGN);
        m->code = m->currency != NULL ? m->currency->code : DW_STR("USD");
        return at + 1;
    }
    if (a->tokens.at[at].kind != DW_TOKEN_WORD || at + 1 >= end)
        return at;
    bool dollar = a->tokens.at[at + 1].kind == DW_TOKEN_CURRENCY &&
                  dw_str_eq(token_text(a, at + 1), DW_STR("$"));
    const struct currency *prefix = dollar ? currency_at(a, at, AS_PREFIX | AS_CODE) : NULL;
    bool glued = dollar && !a->tokens.at[at + 1].space;
    if (prefix != NULL && (glued || token_text(a, at).len >= 2)) {
        m->currency = prefix;
        m->code = prefix->code;
        return at + 2;
    }
    const struct currency *code = currency_at(a, at, AS_CODE);
    if (code == NULL || (!a->words[at].caps && !a->words[at].capital && token_text(a, at).len > 3))
        return at;
    size_t number = at + 1;
    if (token_is(a, number, ".") && number + 1 < end)
        number++;
    if (a->tokens.at[number].kind != DW_TOKEN_NUMBER)
        return at;
    m->currency = code;
    m->code = code->code;
    return number;
}

/* The currency of "Canadian dollars", "pounds": a word before it, or the word's own. */
static struct dw_str code_of_word(const struct analysis *a, size_t word, const struct currency *c)
{
    struct dw_str text = token_text(a, word);
    for (size_t i = 0; word > 0 && i < extract_demonyms.len; i++) {
        const struct dw_str *cell = extract_demonyms.rows[i].cell;
        if (dw_str_eq_nocase(token_text(a, word - 1), cell[0]) &&
            dw_str_starts_nocase(text, cell[1]))
            return cell[2];
    }
    return c->code;
}

/* "Canadian", "qatari": a word that fixes which dollars or riyals. */
static bool is_demonym(const struct analysis *a, size_t token)
{
    struct dw_str word = token_text(a, token);
    for (size_t i = 0; i < extract_demonyms.len; i++) {
        if (dw_str_eq_nocase(word, extract_demonyms.rows[i].cell[0]))
            return true;
    }
    return false;
}

/* A currency word behind the number, perhaps with "of", a dash, or the country before it. */
static size_t take_currency_word(const struct analysis *a, size_t at, size_t end, struct amount *m)
{
    size_t word = at;
    if (word + 1 < end && m->number.is_vague && token_is(a, word, "of"))
        word++;
    else if (word + 1 < end && a->tokens.at[word].kind == DW_TOKEN_DASH)
        word++;
    bool dashed = word > at && a->tokens.at[at].kind == DW_TOKEN_DASH;
    for (size_t skipped = 0; skipped < 3 && word < end; skipped++, word++) {
        const struct currency *c =
            currency_at(a, word, AS_WORD | (skipped == 0 && !dashed ? AS_CODE | AS_SIGN : 0));
        if (c != NULL && a->tokens.at[word].kind == DW_TOKEN_CURRENCY && a->tokens.at[word].space &&
            word + 1 < end && a->tokens.at[word + 1].kind == DW_TOKEN_NUMBER &&
            !a->tokens.at[word + 1].space)
            return at; /* the sign belongs to the next number */
        if (c != NULL) {
            m->currency = c;
            m->code = code_of_word(a, word, c);
            m->factor = c->factor;
            if (token_is(a, word + 1, "sterling"))
                word++;
            return word + 1;
        }
        const struct currency *prefix = skipped == 0 ? currency_at(a, word, AS_PREFIX) : NULL;
        bool glued = word + 1 < end && a->tokens.at[word + 1].kind == DW_TOKEN_CURRENCY &&
                     !a->tokens.at[word + 1].space;
        if (prefix != NULL && glued) {
            m->currency = prefix;
            m->code = prefix->code;
            return word + 2;
        }
        if (!a->words[word].capital && !is_demonym(a, word))
            return at;
    }
    return at;
}

/* "3 dollars 50 cents", "five dollars and thirty-five cents", "10 $ 30 cent". */
static size_t take_cents(const struct analysis *a, size_t at, size_t end, struct amount *m)
{
    size_t number_at = token_is(a, at, "and") ? at + 1 : at;
    struct number cents;
    if (m->number.magnitude >= 1000 || m->factor < 1)
        return at;
    size_t after = scan_number(a, number_at, end, &cents);
    const struct currency *c = after > 0 ? currency_at(a, after, AS_WORD) : NULL;
    if (c == NULL || c->factor >= 1 || cents.value >= 100)
        return at;
    m->number.value += cents.value * c->factor;
    return after + 1;
}

static const struct unit *unit_at(const struct analysis *a, size_t at, size_t end, size_t *last)
{
    const struct sense *sense;
    *last = phrase_at(a, at, end, SENSE_UNIT, &sense);
    return *last > 0 ? &a->lexicon->units.at[sense->index] : NULL;
}

/* Words that may stand between a number and the noun it counts. */
static bool may_stand_between(const struct analysis *a, size_t at)
{
    const struct dw_token *token = &a->tokens.at[at];
    if (token->kind == DW_TOKEN_DASH || token_is(a, at, "+"))
        return true;
    if (token->kind != DW_TOKEN_WORD ||
        token_has(a, at,
                  CLASS(MODAL) | CLASS(AUXILIARY) | CLASS(RELATIVE) | CLASS(PRONOUN) |
                      CLASS(TIMEUNIT) | CLASS(NEGATION)))
        return false;
    if (token_is(a, at, "and"))
        return true;
    return !token_has(a, at, CLASS(PREPOSITION) | CLASS(CONJUNCTION));
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
        if (i <= 1 && token_is(a, at, "of") && token_has(a, at + 1, CLASS(DETERMINER)))
            at++;
        else if (i <= 1 && token_is(a, at, "of"))
            continue;
        else if (!may_stand_between(a, at))
            return NULL;
    }
    return NULL;
}

/* One amount at a token; false if there is none. */
static bool scan_amount(const struct analysis *a, size_t token, size_t end, struct amount *m)
{
    *m = (struct amount){.first = token, .factor = 1};
    size_t at = take_prefix(a, token, end, m);
    size_t after = scan_number(a, at, end, &m->number);
    if (after == 0)
        return false;
    m->factor = m->currency != NULL ? m->currency->factor : 1;
    m->last = after;
    size_t behind = take_currency_word(a, after, end, m);
    if (behind > after && (m->code.len > 0)) {
        m->last = behind;
        size_t with_cents = take_cents(a, behind, end, m);
        m->last = with_cents;
    }
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
    return a->tokens.at[at].kind == DW_TOKEN_DASH || token_is(a, at, "~");
}

static bool rise_before(const struct analysis *a, size_t token, size_t floor)
{
    enum { NEAR = 10 };
    for (size_t i = token; i > floor && token - i < NEAR; i--) {
        if (token_has(a, i - 1, CLASS(RISE) | CLASS(FALL)) || token_is(a, i - 1, "raised") ||
            token_is(a, i - 1, "went") || token_is(a, i - 1, "moved") ||
            token_is(a, i - 1, "lifted") || token_is(a, i - 1, "cut"))
            return true;
    }
    return false;
}

/* Whether the word between two amounts joins them to a range. */
static bool joins(const struct analysis *a, size_t first, size_t between, size_t floor)
{
    if (is_range_dash(a, between))
        return true;
    bool from = first > floor && token_is(a, first - 1, "from");
    if (token_is(a, between, "to"))
        return !from || !rise_before(a, first, floor);
    if (token_is(a, between, "and"))
        return first > floor && token_is(a, first - 1, "between");
    return from && (token_is(a, between, "through") || token_is(a, between, "until"));
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
    if (between + 1 >= end || m->number.is_vague || !joins(a, m->first, between, floor) ||
        !scan_amount(a, between + 1, end, &n) || n.number.is_vague || !same_sort(m, &n))
        return false;
    double shared = !m->number.has_magnitude && n.number.has_magnitude &&
                            m->number.value <= n.number.bare * 1.0001
                        ? n.number.magnitude
                        : 1;
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

/* ---- Qualifiers ---- */

static enum dw_qualifier qualifier_of(const struct sense *sense)
{
    enum dw_qualifier qualifier = DW_QUALIFIER_EXACT;
    return dw_qualifier_find(extract_qualifiers.rows[sense->index].cell[1], &qualifier)
               ? qualifier
               : DW_QUALIFIER_EXACT;
}

/* The sense of a qualifying phrase on the wanted side, since some phrases stand on either. */
static const struct sense *qualifier_at(const struct analysis *a, size_t from, size_t to,
                                        bool before)
{
    uint32_t node = LEXICON_ROOT;
    for (size_t i = from; i < to && node != 0; i++)
        node = lexicon_step(a->lexicon, node, a->words[i].id);
    for (uint32_t s = node != 0 ? a->lexicon->nodes.at[node] : 0; s != 0;
         s = a->lexicon->senses.at[s].next) {
        const struct sense *sense = &a->lexicon->senses.at[s];
        if (sense->kind == SENSE_QUALIFIER &&
            dw_str_eq(extract_qualifiers.rows[sense->index].cell[2],
                      before ? DW_STR("before") : DW_STR("after")))
            return sense;
    }
    return NULL;
}

static enum dw_qualifier qualifier_around(const struct analysis *a, size_t floor, size_t first,
                                          size_t last, size_t end)
{
    enum { LONGEST = 5 };
    for (size_t len = LONGEST; len > 0; len--) {
        if (last + len <= end) {
            const struct sense *sense = qualifier_at(a, last, last + len, false);
            if (sense != NULL)
                return qualifier_of(sense);
        }
    }
    size_t before = first;
    /* "more than a staggering $50 billion" */
    for (size_t len = LONGEST; len > 0; len--) {
        if (before < floor + len)
            continue;
        const struct sense *sense = qualifier_at(a, before - len, before, true);
        if (sense != NULL)
            return qualifier_of(sense);
    }
    return DW_QUALIFIER_EXACT;
}

static void set_bounds(struct quantity *q)
{
    double v = q->value;
    q->low = v;
    q->high = v;
    if (q->qualifier == DW_QUALIFIER_OVER || q->qualifier == DW_QUALIFIER_VAGUE)
        q->high = NAN;
    else if (q->qualifier == DW_QUALIFIER_UNDER || q->qualifier == DW_QUALIFIER_UP_TO)
        q->low = NAN;
}

/* ---- Rates ---- */

static struct dw_str period_of(const struct analysis *a, size_t token)
{
    static const struct {
        const char *word;
        struct dw_str term;
    } periods[] = {{"month", DW_STR_INIT("P1M")}, {"year", DW_STR_INIT("P1Y")},
                   {"week", DW_STR_INIT("P1W")},  {"day", DW_STR_INIT("P1D")},
                   {"hour", DW_STR_INIT("PT1H")}, {"quarter", DW_STR_INIT("P3M")},
                   {"annum", DW_STR_INIT("P1Y")}};
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
    bool each = token_is(a, at, "a") || token_is(a, at, "an") || token_is(a, at, "per") ||
                token_is(a, at, "each") || token_is(a, at, "every") || token_is(a, at, "/");
    if (token_is(a, at, "monthly"))
        q->term = DW_STR("P1M");
    if (token_is(a, at, "annually") || token_is(a, at, "yearly"))
        q->term = DW_STR("P1Y");
    if (token_is(a, at, "apiece") || token_is(a, at, "per"))
        q->per_unit = true;
    if (!each)
        return;
    size_t noun = at + 1;
    if (noun < a->tokens.len && a->tokens.at[noun].kind == DW_TOKEN_DASH)
        noun++;
    q->term = period_of(a, noun);
    if (q->term.len == 0 && noun < a->tokens.len && a->tokens.at[noun].kind == DW_TOKEN_WORD &&
        (token_is(a, noun, "share") || token_is(a, noun, "seat") || token_is(a, noun, "user") ||
         token_is(a, noun, "chip") || token_is(a, noun, "unit") || token_is(a, noun, "piece") ||
         token_is(a, at, "per")))
        q->per_unit = true;
    if (token_is(a, at, "per") && q->term.len > 0)
        q->per_unit = false;
}

/* ---- What is a quantity ---- */

/* The newest money before, for amounts that take their unit from it. */
static const struct quantity *last_money(const struct analysis *a)
{
    for (size_t i = a->quantities.len; i > 0; i--) {
        if (a->quantities.at[i - 1].is_money)
            return &a->quantities.at[i - 1];
    }
    return NULL;
}

static bool is_job_verb(const struct analysis *a, size_t token)
{
    const struct sense *sense;
    for (size_t back = 1; back <= 3 && back <= token; back++) {
        size_t last = phrase_at(a, token - back, token, SENSE_TRIGGER, &sense);
        if (last != token)
            continue;
        const struct trigger *trigger = &a->lexicon->triggers.at[sense->index];
        if (trigger->part == TRIGGER_VERB && trigger->kind == DW_KIND_LAYOFFS && !trigger->light)
            return true;
    }
    return false;
}

/* An amount without a unit of its own: from the sentence, or none. */
static bool borrow_unit(const struct analysis *a, const struct dw_sentence *s,
                        const struct amount *m, struct quantity *q)
{
    const struct quantity *money = last_money(a);
    size_t first = m->first;
    bool more = first > s->first &&
                (token_is(a, first - 1, "another") || token_is(a, first - 1, "additional") ||
                 token_is(a, first - 1, "extra") || token_is(a, first - 1, "remaining") ||
                 token_is(a, first - 1, "further") || token_is(a, first - 1, "other"));
    bool ends = m->last >= s->last || a->tokens.at[m->last].kind == DW_TOKEN_PUNCT ||
                token_has(a, m->last, CLASS(PREPOSITION) | CLASS(CONJUNCTION)) ||
                token_is(a, m->last, "invested");
    q->bare = true;
    if (m->number.has_magnitude && m->number.value >= 1e6 && money != NULL && (more || ends) &&
        !is_job_verb(a, first)) {
        q->unit = money->unit;
        q->is_money = true;
        return true;
    }
    if (m->number.is_vague && m->number.value >= 1e6 && ends) {
        q->unit = DW_STR("USD");
        q->is_money = true;
        return true;
    }
    size_t before = first;
    while (before > s->first &&
           (qualifier_at(a, before - 1, before, true) != NULL || token_is(a, before - 1, "than") ||
            token_is(a, before - 1, "more") || token_is(a, before - 1, "another") ||
            token_is(a, before - 1, "up") || token_is(a, before - 1, "to")))
        before--;
    bool counts = m->number.value >= 10 || m->number.is_words;
    if (counts && is_job_verb(a, before) && ends) {
        q->unit = DW_STR("people");
        q->style = UNIT_STAFF;
        return true;
    }
    /* "5,000 people from 9,000" */
    const struct quantity *previous =
        a->quantities.len > 0 ? &a->quantities.at[a->quantities.len - 1] : NULL;
    bool echo =
        first > s->first && (token_is(a, first - 1, "from") || token_is(a, first - 1, "to"));
    if (echo && previous != NULL && !previous->is_money && previous->style >= UNIT_NEAR &&
        previous->first >= s->first && first - previous->reach <= 4 && ends) {
        q->unit = previous->unit;
        q->style = previous->style;
        return true;
    }
    return false;
}

/* A year, a date, part of a name: not to be counted even before a noun that could be. */
static bool is_no_count(const struct analysis *a, const struct amount *m)
{
    struct dw_str text = token_text(a, m->first);
    bool year = m->last == m->first + 1 && text.len == 4 && m->number.value >= 1900 &&
                m->number.value <= 2100 && a->tokens.at[m->first].kind == DW_TOKEN_NUMBER;
    if (year && m->unit != NULL && m->unit->style != UNIT_GLUED && m->code.len == 0)
        return true;
    /* "GPT-4 users", "Llama 3 developers": a model's number */
    bool glued_name = m->first >= 2 && a->tokens.at[m->first - 1].kind == DW_TOKEN_DASH &&
                      !a->tokens.at[m->first].space && !a->tokens.at[m->first - 1].space &&
                      a->tokens.at[m->first - 2].kind == DW_TOKEN_WORD;
    bool after_name = m->first >= 1 && a->words[m->first - 1].capital && m->number.value < 10 &&
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
    for (; at < q->first && q->first - previous->last <= 4; at++) {
        if (token_is(a, at, "(")) {
            q->conversion = (uint32_t)a->quantities.len;
            return;
        }
        if (a->tokens.at[at].kind != DW_TOKEN_PUNCT)
            return;
    }
}

/* "plus or minus 2%": a range around the value. */
static size_t take_tolerance(const struct analysis *a, size_t at, size_t end, struct quantity *q)
{
    size_t number_at = at;
    if (token_is(a, number_at, ","))
        number_at++;
    if (token_is(a, number_at, "plus") && token_is(a, number_at + 1, "or") &&
        token_is(a, number_at + 2, "minus"))
        number_at += 3;
    else if (token_is(a, number_at, "\xc2\xb1"))
        number_at++;
    else
        return at;
    struct number number;
    size_t after = scan_number(a, number_at, end, &number);
    if (after == 0)
        return at;
    size_t last;
    const struct unit *unit = unit_at(a, after, end, &last);
    bool percent = unit != NULL && dw_str_eq(unit->name, DW_STR("percent"));
    double tolerance = percent ? q->value * number.value / 100 : number.value;
    q->qualifier = DW_QUALIFIER_RANGE;
    q->low = q->value - tolerance;
    q->high = q->value + tolerance;
    return percent ? last : after;
}

/* Makes a quantity of what stands at a token; the token behind it, or 0. */
static size_t take_quantity(struct analysis *a, const struct dw_sentence *s, size_t token)
{
    struct amount m;
    double low;
    double high;
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

bool find_quantities(struct analysis *a)
{
    for (size_t n = 0; n < a->sentences.len; n++) {
        const struct dw_sentence *s = &a->sentences.at[n];
        for (size_t i = s->first; i < s->last;) {
            bool prefix = i + 1 < s->last && a->tokens.at[i + 1].kind == DW_TOKEN_CURRENCY;
            bool name_inside = !prefix && a->name_at[i] != 0 &&
                               a->tokens.at[i].kind != DW_TOKEN_CURRENCY &&
                               a->names.at[a->name_at[i] - 1].kind == NAME_ORGANISATION;
            size_t next = name_inside ? 0 : take_quantity(a, s, i);
            if (next > 0)
                a->quantities.at[a->quantities.len - 1].sentence = (uint32_t)n;
            i = next > i ? next : i + 1;
        }
    }
    return !a->arena->failed;
}
