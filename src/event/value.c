/* Whether two figures can mean the same amount, as precisely as their texts tell it. */
#include "internal.h"

#include <math.h>

/* Reference rates are rounded, and outlets convert on different days. */
#define RATE_TOLERANCE 0.03
/* "More than $50 billion" may be $60 billion, but hardly $70 billion. */
#define OPEN_END 0.2
/* The share of a value that "about" may be off, whatever its digits. */
#define ABOUT_TOLERANCE 0.1
/* The same for what is told without "about". */
#define EXACT_TOLERANCE 0.05

struct span {
    double low;
    double high;
    double middle;
    bool vague;
};

/* The unit of the last digit, when `digits` of them count. */
static double step_of(double value, int digits)
{
    return pow(10, floor(log10(fabs(value))) - digits + 1);
}

int dw_value_digits(double value)
{
    if (!isfinite(value) || value == 0)
        return 1;
    for (int digits = 1; digits < 15; digits++) {
        double step = step_of(value, digits);
        if (fabs(round(value / step) * step - value) <= fabs(value) * 1e-9)
            return digits;
    }
    return 15;
}

/* How far the fact may be from the value that a text gives: half its last digit. A single digit
 * counts as rounded only after "about": "$50 billion" is not $47 billion. */
static double rounding_of(double value, enum dw_qualifier qualifier)
{
    if (value == 0)
        return 0;
    bool about = qualifier == DW_QUALIFIER_ABOUT;
    int digits = dw_value_digits(value);
    double half = step_of(value, about || digits > 1 ? digits : 2) / 2;
    return fmin(half, fabs(value) * (about ? ABOUT_TOLERANCE : EXACT_TOLERANCE));
}

static struct span span_of(const struct dw_figure *f)
{
    struct span s = {f->low, f->high, f->value, false};
    double rounding = isnan(f->value) ? 0 : rounding_of(f->value, f->qualifier);
    double open = isnan(f->value) ? 0 : fabs(f->value) * OPEN_END;
    switch (f->qualifier) {
    case DW_QUALIFIER_EXACT:
    case DW_QUALIFIER_ABOUT:
        s.low = f->value - rounding;
        s.high = f->value + rounding;
        break;
    case DW_QUALIFIER_OVER:
    case DW_QUALIFIER_UNDER:
    case DW_QUALIFIER_UP_TO:
        /* one bound is told (which one turns with the sign), the other follows from the value */
        s.low = isnan(f->low) ? f->value - open : f->low - rounding;
        s.high = isnan(f->high) ? f->value + open : f->high + rounding;
        break;
    case DW_QUALIFIER_RANGE:
        s.middle = (f->low + f->high) / 2;
        break;
    case DW_QUALIFIER_VAGUE:
    case DW_QUALIFIER_COUNT:
        s.vague = true;
        s.low = isnan(f->low) ? f->value : f->low;
        s.high = isnan(f->high) ? s.low * 10 : f->high; /* "billions": one digit's worth */
        s.middle = s.low * 3;
        break;
    }
    return s;
}

/* To US dollars; false where one of the two is no money or has no rate. */
static bool convert(struct span *s, struct dw_str unit, int64_t day)
{
    double rate = dw_money_usd(1, unit, day);
    if (isnan(rate))
        return false;
    double low = s->low * rate;
    double high = s->high * rate;
    s->middle *= rate;
    s->low = low - fabs(low) * RATE_TOLERANCE;
    s->high = high + fabs(high) * RATE_TOLERANCE;
    return true;
}

static double ratio_of(double a, double b)
{
    if (!(a * b > 0))
        return a == b ? 1 : INFINITY;
    return fmax(fabs(a), fabs(b)) / fmin(fabs(a), fabs(b));
}

/* Whether spans have more in common than an end, unless one of them is but a point: 33 % and 34 %
 * are no rounding of one amount. NAN: they have nothing. */
static bool overlap(const struct span *a, const struct span *b)
{
    bool point = a->low == a->high || b->low == b->high;
    return point ? a->low <= b->high && b->low <= a->high : a->low < b->high && b->low < a->high;
}

/* "More than $1 billion" and "up to $1 billion" meet, but do not say the same. */
static bool contrary(enum dw_qualifier a, enum dw_qualifier b)
{
    bool over = a == DW_QUALIFIER_OVER || b == DW_QUALIFIER_OVER;
    return over && (a == DW_QUALIFIER_UNDER || b == DW_QUALIFIER_UNDER || a == DW_QUALIFIER_UP_TO ||
                    b == DW_QUALIFIER_UP_TO);
}

struct dw_value_relation dw_value_compare(const struct dw_figure *a, const struct dw_figure *b,
                                          int64_t day)
{
    struct span first = span_of(a);
    struct span second = span_of(b);
    bool same_unit = dw_str_eq(a->unit, b->unit);
    if (!same_unit && !(convert(&first, a->unit, day) && convert(&second, b->unit, day)))
        return (struct dw_value_relation){DW_VALUE_UNLIKE, INFINITY};
    struct dw_value_relation relation = {DW_VALUE_APART, ratio_of(first.middle, second.middle)};
    if (!overlap(&first, &second))
        return relation;
    bool plain = a->qualifier <= DW_QUALIFIER_ABOUT && b->qualifier <= DW_QUALIFIER_ABOUT;
    bool same = relation.ratio == 1 && !contrary(a->qualifier, b->qualifier);
    if (first.vague || second.vague)
        relation.fit = first.vague && second.vague && first.low == second.low ? DW_VALUE_OVERLAP
                                                                              : DW_VALUE_VAGUE;
    else
        relation.fit = plain || same ? DW_VALUE_EQUAL : DW_VALUE_OVERLAP;
    return relation;
}
