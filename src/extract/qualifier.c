/* Qualifiers: the words around an amount that say how exact it is, and the bounds they set. */
#include "internal.h"

#include <math.h>

static enum dw_qualifier qualifier_of(const struct sense *sense)
{
    enum dw_qualifier qualifier = DW_QUALIFIER_EXACT;
    return dw_qualifier_find(extract_qualifiers.rows[sense->index].cell[1], &qualifier)
               ? qualifier
               : DW_QUALIFIER_EXACT;
}

const struct sense *qualifier_at(const struct analysis *a, size_t from, size_t to, bool before)
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

enum dw_qualifier qualifier_around(const struct analysis *a, size_t floor, size_t first,
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
