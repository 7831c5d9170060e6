/* Qualifiers: the words around an amount that say how exact it is, and the bounds they set. */
#include "internal.h"

#include <math.h>

const struct qualifier_sense *qualifier_at(const struct analysis *a, size_t from, size_t to,
                                           bool before)
{
    const struct lexicon *l = a->lexicon;
    if ((a->words[from].starts & 1u << SENSE_QUALIFIER) == 0)
        return NULL;
    uint32_t node = lexicon_begin(l, a->words[from].id);
    for (size_t i = from + 1; i < to && node != 0; i++)
        node = lexicon_step(l, node, a->words[i].id);
    for (uint32_t s = node != 0 ? l->nodes.at[node] : 0; s != 0; s = l->senses.at[s].next) {
        const struct sense *sense = &l->senses.at[s];
        if (sense->kind == SENSE_QUALIFIER && l->qualifiers.at[sense->index].before == before)
            return &l->qualifiers.at[sense->index];
    }
    return NULL;
}

/* "$30 million plus another $5 million": what follows is added, not told of the amount before. */
static bool adds_amount(const struct analysis *a, size_t token, size_t end)
{
    return token_is(a, token, W_PLUS) && token + 1 < end &&
           (token_is(a, token + 1, W_ANOTHER) || (a->marks[token + 1] & MARK_AMOUNT) != 0);
}

enum dw_qualifier qualifier_around(const struct analysis *a, size_t floor, size_t first,
                                   size_t last, size_t end)
{
    enum { LONGEST = 5 };
    const uint8_t starts = 1u << SENSE_QUALIFIER;
    const struct qualifier_sense *sense = NULL;
    size_t most = end - last < LONGEST ? end - last : LONGEST;
    if (most > 0 && ((a->words[last].starts & starts) == 0 || adds_amount(a, last, end)))
        most = 0;
    for (size_t len = most; len > 0 && sense == NULL; len--)
        sense = qualifier_at(a, last, last + len, false);
    /* "more than a staggering $50 billion" */
    most = first - floor < LONGEST ? first - floor : LONGEST;
    for (size_t len = most; len > 0 && sense == NULL; len--) {
        if (a->words[first - len].starts & starts)
            sense = qualifier_at(a, first - len, first, true);
    }
    return sense != NULL ? sense->qualifier : DW_QUALIFIER_EXACT;
}

void set_bounds(struct quantity *q)
{
    double v = q->value;
    q->low = v;
    q->high = v;
    if (q->qualifier == DW_QUALIFIER_OVER || q->qualifier == DW_QUALIFIER_VAGUE)
        q->high = NAN;
    else if (q->qualifier == DW_QUALIFIER_UNDER || q->qualifier == DW_QUALIFIER_UP_TO)
        q->low = NAN;
}

/* "plus or minus 2%": a range around the value. */
size_t take_tolerance(const struct analysis *a, size_t at, size_t end, struct quantity *q)
{
    size_t number_at = at;
    if (token_is(a, number_at, W_COMMA))
        number_at++;
    if (token_is(a, number_at, W_PLUS) && token_is(a, number_at + 1, W_OR) &&
        token_is(a, number_at + 2, W_MINUS))
        number_at += 3;
    else if (token_is(a, number_at, W_PLUS_MINUS))
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
