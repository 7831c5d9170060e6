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

size_t qualifier_start(const struct analysis *a, size_t floor, size_t first)
{
    enum { LONGEST = 5 };
    size_t most = first - floor < LONGEST ? first - floor : LONGEST;
    for (size_t len = most; len > 0; len--) {
        if (qualifier_at(a, first - len, first, true) != NULL)
            return first - len;
    }
    return first;
}

/* "$30 million plus another $5 million": what follows is added, not told of the amount before. */
static bool adds_amount(const struct analysis *a, size_t token, size_t end)
{
    return token_is(a, token, W_PLUS) && token + 1 < end &&
           (token_is(a, token + 1, W_ANOTHER) || (a->marks[token + 1] & MARK_AMOUNT) != 0);
}

/* "handed over 1.2 gigawatts": the word belongs to the verb. */
static bool is_of_verb(const struct analysis *a, size_t token)
{
    static const char *const verbs[] = {"hand", "turn", "carr", "sign"};
    if (token == 0 || !token_is(a, token, W_OVER) ||
        !token_has(a, token - 1, CLASS(VERBBASE) | CLASS(VERBS) | CLASS(VERBPAST) | CLASS(VERBING)))
        return false;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (dw_str_starts_nocase(token_text(a, token - 1), dw_str_from_c(verbs[i])))
            return true;
    }
    return false;
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
    for (size_t len = most; len > 0 && sense == NULL; len--) {
        /* "$10 billion and up to $5 billion" */
        bool goes_on = token_is(a, last + len - 1, W_UP) && token_is(a, last + len, W_TO);
        sense = goes_on ? NULL : qualifier_at(a, last, last + len, false);
    }
    /* "more than a staggering $50 billion" */
    most = first - floor < LONGEST ? first - floor : LONGEST;
    for (size_t len = most; len > 0 && sense == NULL; len--) {
        if ((a->words[first - len].starts & starts) != 0 && !is_of_verb(a, first - len))
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

/* "plus or minus 2%", "plus or minus $300 million": a range around the value. */
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
    struct amount money = {.factor = 1};
    if (q->is_money)
        number_at = take_prefix(a, number_at, end, &money);
    size_t after = scan_number(a, number_at, end, &number);
    if (after == 0 || (money.code.len > 0 && !dw_str_eq(money.code, q->unit)))
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
