/* Units that a number takes from the words around it: money told before, the people whom a verb of
 * layoffs asks for, the users that "up from 500 million" goes on counting. */
#include "internal.h"

#include <math.h>

/* The newest money before, for amounts that take their unit from it. */
static const struct quantity *last_money(const struct analysis *a)
{
    for (size_t i = a->quantities.len; i > 0; i--) {
        if (a->quantities.at[i - 1].is_money)
            return &a->quantities.at[i - 1];
    }
    return NULL;
}

bool is_job_verb(const struct analysis *a, size_t token)
{
    const struct sense *sense;
    for (size_t back = 1; back <= 3 && back <= token; back++) {
        size_t last = phrase_at(a, token - back, token, SENSE_TRIGGER, &sense);
        if (last != token)
            continue;
        for (; sense != a->lexicon->senses.at; sense = &a->lexicon->senses.at[sense->next]) {
            const struct trigger *t = &a->lexicon->triggers.at[sense->index];
            bool jobs = t->kind == DW_KIND_LAYOFFS || t->kind == DW_KIND_HEADCOUNT;
            if (sense->kind == SENSE_TRIGGER && t->part == TRIGGER_VERB && jobs && !t->light)
                return true;
        }
    }
    return false;
}

/* "The workforce shrank from 9,800 to 7,200", "headcount was 21,000", "a team of 200", "headcount,
 * currently 310": the noun before is counted. */
static bool counts_workforce(const struct analysis *a, const struct dw_sentence *s, size_t before)
{
    enum { NEAR = 14 };
    if (before == s->first ||
        !(token_is(a, before - 1, W_FROM) || token_is(a, before - 1, W_TO) ||
          token_is(a, before - 1, W_OF) || token_is(a, before - 1, W_BY) ||
          token_is(a, before - 1, W_AT) || token_is(a, before - 1, W_IS) ||
          token_is(a, before - 1, W_WAS) || token_is(a, before - 1, W_REACHED) ||
          token_is(a, before - 1, W_CURRENTLY)))
        return false;
    for (size_t i = before - 1; i > s->first && before - i < NEAR; i--) {
        if (token_has(a, i - 1, CLASS(MUSTER)))
            return true;
        if (a->quantity_at[i - 1] != 0 &&
            !dw_str_eq(a->quantities.at[a->quantity_at[i - 1] - 1].unit, DW_STR("people")))
            return false;
    }
    return false;
}

/* Whether no noun stands behind a number that it could count: "in May", ", a year earlier". */
static bool amount_ends(const struct analysis *a, const struct dw_sentence *s, size_t at)
{
    if (at >= s->last || a->tokens.at[at].kind == DW_TOKEN_PUNCT ||
        token_has(a, at,
                  CLASS(PREPOSITION) | CLASS(CONJUNCTION) | CLASS(MODAL) | CLASS(AUXILIARY)) ||
        token_is(a, at, W_INVESTED))
        return true;
    bool span = token_has(a, at, CLASS(ARTICLE)) || a->tokens.at[at].kind == DW_TOKEN_NUMBER ||
                a->words[at].amount == AMOUNT_BEGINS;
    return span && token_has(a, at + 1, CLASS(TIMEUNIT));
}

/* ---- What is counted already ---- */

static bool is_countable(const struct unit *unit)
{
    return unit != NULL &&
           (unit->style == UNIT_NEAR || unit->style == UNIT_USERS || unit->style == UNIT_CROWD);
}

static bool lend(struct quantity *q, struct dw_str unit, enum unit_style style)
{
    q->unit = unit;
    q->style = style;
    return true;
}

/* "117 billion and 21 billion parameters": the unit comes with the second number. */
static bool borrow_from_next(const struct analysis *a, const struct dw_sentence *s,
                             const struct amount *m, struct quantity *q)
{
    struct number next;
    if (!token_is(a, m->last, W_AND) && !token_is(a, m->last, W_OR))
        return false;
    size_t last;
    size_t behind = scan_number(a, m->last + 1, s->last, &next);
    const struct unit *unit =
        behind > 0 && next.has_magnitude ? unit_at(a, behind, s->last, &last) : NULL;
    return is_countable(unit) && lend(q, unit->name, unit->style);
}

/* "700 million users, up from 500 million", "and MiniMax-M2 with 230 billion", "AI Overviews more
 * than 2 billion", "32B of them". */
static bool borrow_from_last(const struct analysis *a, const struct dw_sentence *s,
                             const struct amount *m, size_t lead, struct quantity *q)
{
    const struct quantity *last =
        a->quantities.len > 0 ? &a->quantities.at[a->quantities.len - 1] : NULL;
    if (last == NULL || last->is_money || last->first < s->first || lead == s->first ||
        (last->style != UNIT_NEAR && last->style != UNIT_USERS && last->style != UNIT_CROWD) ||
        token_is(a, m->last, W_IN))
        return false;
    size_t before = lead - 1;
    bool compared = token_is(a, before, W_FROM) || token_is(a, before, W_TO) ||
                    token_is(a, before, W_THAN) || token_is(a, before, W_WITH) ||
                    token_is(a, before, W_AND) || token_is(a, before, W_AGAINST) ||
                    token_is(a, before, W_VERSUS) || a->tokens.at[before].capital ||
                    (last->style == UNIT_NEAR && token_is(a, before, W_AT));
    bool part = token_is(a, m->last, W_OF) && token_is(a, m->last + 1, W_THEM);
    return (compared || part) && lend(q, last->unit, last->style);
}

static bool is_staff(const struct quantity *q)
{
    return q->style == UNIT_STAFF || q->style == UNIT_CROWD || q->style == UNIT_USERS;
}

/* "151,000 employees, against 162,000 in May", "1,900 of them", "let 600 go". */
static bool borrow_count(const struct analysis *a, const struct dw_sentence *s,
                         const struct amount *m, size_t lead, bool ends, struct quantity *q)
{
    enum { FARTHEST = 16 };
    const struct quantity *last =
        a->quantities.len > 0 ? &a->quantities.at[a->quantities.len - 1] : NULL;
    double value = m->number.value;
    bool goes = lead > s->first && token_is(a, m->last, W_GO) &&
                (token_is(a, lead - 1, W_LET) || token_is(a, lead - 1, W_LETS) ||
                 token_is(a, lead - 1, W_LETTING));
    if (goes)
        return lend(q, DW_STR("people"), UNIT_STAFF);
    if (last == NULL || last->is_money || last->first < s->first || lead == s->first || !ends)
        return false;
    bool year =
        value >= 1900 && value <= 2100 && value == floor(value) && token_text(a, m->first).len == 4;
    bool compared = token_is(a, lead - 1, W_FROM) || token_is(a, lead - 1, W_AGAINST) ||
                    token_is(a, lead - 1, W_VERSUS);
    bool alike = last->value > 0 && value < 10 * last->value && last->value < 10 * value;
    bool of_them = token_is(a, m->last, W_OF) && token_is(a, m->last + 1, W_THEM);
    if (is_staff(last) && !year &&
        ((compared && alike && value >= 10 && m->first - last->reach < FARTHEST) || of_them))
        return lend(q, last->unit, last->style);
    return false;
}

/* "90 megawatts here and another 35", "from 21 gigawatts to 47": at the scale told before. */
static bool borrow_capacity(const struct analysis *a, const struct dw_sentence *s, struct amount *m,
                            size_t lead, struct quantity *q)
{
    enum { FARTHEST = 6 };
    const struct quantity *last =
        a->quantities.len > 0 ? &a->quantities.at[a->quantities.len - 1] : NULL;
    if (last == NULL || !is_unit(last, "W") || last->first < s->first || lead == s->first ||
        m->first - last->reach > FARTHEST ||
        !(token_is(a, lead - 1, W_ANOTHER) || token_is(a, lead - 1, W_TO)))
        return false;
    size_t behind;
    const struct unit *unit = unit_at(a, last->last - 1u, last->last, &behind);
    if (unit == NULL || m->number.value >= 1900)
        return false;
    m->factor = unit->factor;
    return lend(q, last->unit, last->style);
}

/* Whether a verb at a token says how many there are: "reached", "topped", "rose to". */
static bool tells_count(const struct analysis *a, size_t token)
{
    const struct sense *sense;
    if (token_is(a, token, W_TO) || token_has(a, token, CLASS(AUXILIARY)))
        return true;
    if (phrase_at(a, token, token + 1, SENSE_TRIGGER, &sense) == 0)
        return false;
    for (; sense != a->lexicon->senses.at; sense = &a->lexicon->senses.at[sense->next]) {
        const struct trigger *t = &a->lexicon->triggers.at[sense->index];
        if (sense->kind == SENSE_TRIGGER && t->part == TRIGGER_VERB && t->kind == DW_KIND_USERS)
            return true;
    }
    return false;
}

/* "Monthly active users have slumped to under 3 million", "the number of people using one of its
 * apps reached 3.54 billion": the noun before the verb is counted, unless it only acts or pays. */
static bool borrow_from_noun(const struct analysis *a, const struct dw_sentence *s, size_t lead,
                             struct quantity *q)
{
    enum { NEAR = 16 };
    if (lead == s->first || !tells_count(a, lead - 1))
        return false;
    for (size_t i = lead - 1; i > s->first && lead - i < NEAR; i--) {
        size_t last;
        size_t noun = i - 1;
        if (a->quantity_at[noun] != 0 || token_is(a, noun, W_SEMICOLON) ||
            a->tokens.at[noun].kind == DW_TOKEN_CURRENCY)
            return false;
        const struct unit *unit = unit_at(a, noun, i, &last);
        if (!is_countable(unit))
            continue;
        bool passive = noun > s->first && token_has(a, noun - 1, CLASS(PREPOSITION)) &&
                       !token_is(a, noun - 1, W_OF);
        return !passive && lend(q, unit->name, unit->style);
    }
    return false;
}

/* "was downloaded more than 10 million times": users, as far as one can tell. */
static bool borrow_downloads(const struct analysis *a, const struct dw_sentence *s,
                             const struct amount *m, size_t lead, struct quantity *q)
{
    return token_is(a, m->last, W_TIMES) && lead > s->first &&
           (token_is(a, lead - 1, W_DOWNLOADED) || token_is(a, lead - 1, W_INSTALLED)) &&
           lend(q, DW_STR("people"), UNIT_USERS);
}

/* "Llama 3 70B", "Qwen 72B": how large a model is, as part of its name. */
static bool is_model_size(const struct analysis *a, const struct amount *m)
{
    if (m->first == 0 || m->last != m->first + 2 || a->tokens.at[m->first + 1].space ||
        a->tokens.at[m->first + 1].end - a->tokens.at[m->first + 1].start != 1)
        return false;
    const struct dw_token *before = &a->tokens.at[m->first - 1];
    return before->space &&
           (before->kind == DW_TOKEN_NUMBER ||
            (before->kind == DW_TOKEN_WORD && before->capital && name_at(a, m->first - 1) == NULL));
}

/* Money told before: "another 5 million", "up from 3 billion". */
static bool borrow_money(const struct analysis *a, const struct dw_sentence *s,
                         const struct amount *m, bool ends, struct quantity *q)
{
    const struct quantity *money = last_money(a);
    size_t first = m->first;
    bool more = first > s->first &&
                (token_is(a, first - 1, W_ANOTHER) || token_is(a, first - 1, W_ADDITIONAL) ||
                 token_is(a, first - 1, W_EXTRA) || token_is(a, first - 1, W_REMAINING) ||
                 token_is(a, first - 1, W_FURTHER) || token_is(a, first - 1, W_OTHER));
    bool part = token_is(a, m->last, W_OF) && token_has(a, m->last + 1, CLASS(POSSESSIVE));
    if (m->number.value < 1e6 || part) /* "1 million of its chips" */
        return false;
    if (m->number.has_magnitude && money != NULL && (more || ends) && !is_job_verb(a, first)) {
        q->unit = money->unit;
        q->is_money = true;
        return true;
    }
    if (m->number.is_vague && ends) {
        q->unit = DW_STR("USD");
        q->is_money = true;
        return true;
    }
    return false;
}

/* People whom a verb, a noun or an amount before asks for. */
static bool borrow_people(const struct analysis *a, const struct dw_sentence *s,
                          const struct amount *m, size_t lead, bool ends, struct quantity *q)
{
    enum { NEAR = 4 };
    size_t first = m->first;
    size_t before = first;
    while (before > s->first &&
           (qualifier_at(a, before - 1, before, true) != NULL || token_is(a, before - 1, W_THAN) ||
            token_is(a, before - 1, W_MORE) || token_is(a, before - 1, W_ANOTHER) ||
            token_is(a, before - 1, W_UP) || token_is(a, before - 1, W_TO)))
        before--;
    bool counts = m->number.value >= 10 || m->number.is_words;
    if (counts && ends && (is_job_verb(a, before) || counts_workforce(a, s, lead)))
        return lend(q, DW_STR("people"), UNIT_STAFF);
    const struct quantity *last =
        a->quantities.len > 0 ? &a->quantities.at[a->quantities.len - 1] : NULL;
    if (last == NULL || last->is_money || last->style < UNIT_NEAR || last->first < s->first)
        return false;
    bool further =
        token_is(a, m->last, W_MORE) || (first > s->first && token_is(a, first - 1, W_ANOTHER));
    /* "5,000 people from 9,000" */
    bool echo = lead > s->first && ends && first - last->reach <= NEAR &&
                (token_is(a, lead - 1, W_FROM) || token_is(a, lead - 1, W_TO));
    return (further || echo) && lend(q, last->unit, last->style);
}

bool borrow_unit(const struct analysis *a, const struct dw_sentence *s, struct amount *m,
                 struct quantity *q)
{
    bool ends = amount_ends(a, s, m->last);
    size_t lead = qualifier_start(a, s->first, m->first);
    q->bare = true;
    if (is_model_size(a, m))
        return false;
    if (borrow_downloads(a, s, m, lead, q))
        return true;
    if (m->number.has_magnitude && ends &&
        (borrow_from_next(a, s, m, q) || borrow_from_last(a, s, m, lead, q) ||
         borrow_from_noun(a, s, lead, q)))
        return true;
    return borrow_money(a, s, m, ends, q) || borrow_count(a, s, m, lead, ends, q) ||
           (ends && borrow_capacity(a, s, m, lead, q)) || borrow_people(a, s, m, lead, ends, q);
}
