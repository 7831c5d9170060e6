/* Numbers: digits with any grouping, number words, magnitudes, and amounts that nobody counted. */
#include "internal.h"

#include <math.h>

static const struct measure *measure_of(const struct analysis *a, size_t token)
{
    return lexicon_measure(a->lexicon, a->words[token].id);
}

/* Digits of full-width forms count as themselves. */
static int digit_at(struct dw_str *s)
{
    uint32_t c = dw_utf8_next(s);
    if (c >= '0' && c <= '9')
        return (int)(c - '0');
    if (c >= 0xFF10 && c <= 0xFF19)
        return (int)(c - 0xFF10);
    return c == '.' ? -1 : c == ',' ? -2 : -3;
}

/* Where the separators stand decides what they are: "1,200" "1.200.000" "3,00,000" "1,5" "1.5". */
struct digits {
    size_t points, commas;
    size_t behind_last; /* digits behind the last separator */
    size_t before_first;
    int last; /* -1 point, -2 comma */
};

static struct digits look_at(struct dw_str s)
{
    struct digits d = {0};
    while (s.len > 0) {
        int digit = digit_at(&s);
        if (digit >= 0) {
            d.behind_last++;
            d.before_first += d.points + d.commas == 0;
        } else if (digit > -3) {
            d.points += digit == -1;
            d.commas += digit == -2;
            d.behind_last = 0;
            d.last = digit;
        }
    }
    return d;
}

/* Which separator is the decimal one: -1, -2, or 0 for none. A single point before three digits is
 * a decimal point where a magnitude follows ("1.234 billion"), else a grouping ("100.000 jobs"). */
static int decimal_mark(const struct digits *d, bool has_magnitude, bool is_money)
{
    if (d->points > 0 && d->commas > 0)
        return d->last;
    if (d->points == 1) {
        bool grouping = d->behind_last == 3 && d->before_first <= 3 && d->before_first > 0 &&
                        !has_magnitude && !is_money;
        return grouping ? 0 : -1;
    }
    if (d->commas == 1 && d->behind_last != 3 && d->behind_last > 0)
        return -2;
    return 0;
}

static double value_of_digits(struct dw_str s, bool has_magnitude, bool is_money)
{
    struct digits d = look_at(s);
    int mark = decimal_mark(&d, has_magnitude, is_money);
    double whole = 0;
    double scale = 0;
    while (s.len > 0) {
        int digit = digit_at(&s);
        if (digit >= 0) {
            whole = whole * 10 + digit;
            scale *= 10;
        } else if (digit == mark && mark != 0) {
            scale = 1;
        }
    }
    return scale > 0 ? whole / scale : whole;
}

/* A magnitude at a token: behind digits also the short ones, but only glued to them or after money.
 */
static double magnitude_at(const struct analysis *a, size_t token, size_t end, bool glued)
{
    if (token >= end)
        return 0;
    const struct measure *measure = measure_of(a, token);
    if (measure->magnitude == 0)
        return 0;
    bool counts = token + 1 < end && (a->words[token + 1].starts & 1u << SENSE_UNIT) != 0;
    if (measure->glued_only && !glued && !counts && a->tokens.at[token].space)
        return 0; /* "2.3 k employees", but "5 m" is a length */
    return measure->magnitude;
}

/* "50 billion", "50-billion", "10 thousand million". */
size_t take_magnitudes(const struct analysis *a, size_t at, size_t end, bool glued,
                       struct number *number)
{
    for (;;) {
        size_t next = at;
        if (next + 1 < end && a->tokens.at[next].kind == DW_TOKEN_DASH &&
            !a->tokens.at[next + 1].space)
            next++;
        double magnitude = magnitude_at(a, next, end, glued && next == at);
        bool letter = magnitude != 0 && measure_of(a, next)->glued_only;
        if (magnitude == 0 || (letter && number->magnitude > 1))
            return at; /* "a $75M B": the round's letter */
        number->value *= magnitude;
        number->magnitude *= magnitude;
        number->has_magnitude = true;
        at = next + 1;
    }
}

static bool is_money_before(const struct analysis *a, size_t token)
{
    if (token == 0)
        return false;
    const struct dw_token *before = &a->tokens.at[token - 1];
    bool code = before->kind == DW_TOKEN_WORD && before->capital && before->caps &&
                measure_of(a, token - 1)->currencies[CURRENCY_CODE] != 0;
    return code || before->kind == DW_TOKEN_CURRENCY;
}

/* Whether a token is a group of three digits, perhaps with a decimal mark behind them. */
static bool is_group(const struct analysis *a, size_t token)
{
    struct dw_str text = token_text(a, token);
    bool three = text.len >= 3 && dw_is_digit(text.at[0]) && dw_is_digit(text.at[1]) &&
                 dw_is_digit(text.at[2]);
    return a->tokens.at[token].kind == DW_TOKEN_NUMBER && three &&
           (text.len == 3 || text.at[3] == ',' || text.at[3] == '.');
}

/* "1 234 567", "1'250'000.50": groups of three set apart by spaces or apostrophes are one number,
 * but not behind a month. */
static size_t end_of_groups(const struct analysis *a, size_t token, size_t end)
{
    size_t at = token + 1;
    bool date = token > 0 && token_has(a, token - 1, CLASS(MONTH));
    if (date || token_text(a, token).len > 3)
        return at;
    while (at < end) {
        bool quote = a->tokens.at[at].kind == DW_TOKEN_QUOTE && !a->tokens.at[at].space;
        size_t group = at + quote;
        bool near = group < end && (quote ? !a->tokens.at[group].space
                                          : a->tokens.at[at].start - a->tokens.at[at - 1].end == 1);
        if (!near || !is_group(a, group))
            break;
        at = group + 1;
        if (token_text(a, group).len > 3)
            break;
    }
    return at;
}

/* "1½ billion", "1 1/2 billion": a fraction behind the digits; the token behind it, or `at`. */
static size_t take_fraction(const struct analysis *a, size_t at, size_t end, double *part)
{
    static const struct {
        struct dw_str sign;
        double value;
    } marks[] = {{DW_STR_INIT("\xc2\xbd"), 0.5},
                 {DW_STR_INIT("\xc2\xbc"), 0.25},
                 {DW_STR_INIT("\xc2\xbe"), 0.75}};
    *part = 0;
    if (at >= end)
        return at;
    for (size_t i = 0; !a->tokens.at[at].space && i < sizeof marks / sizeof marks[0]; i++) {
        if (dw_str_eq(token_text(a, at), marks[i].sign)) {
            *part = marks[i].value;
            return at + 1;
        }
    }
    if (at + 2 >= end || !token_is(a, at + 1, W_SLASH) || a->tokens.at[at + 1].space ||
        a->tokens.at[at + 2].space)
        return at;
    struct dw_str above = token_text(a, at);
    struct dw_str below = token_text(a, at + 2);
    bool common = above.len == 1 && below.len == 1 && above.at[0] >= '1' &&
                  above.at[0] < below.at[0] &&
                  (below.at[0] == '2' || below.at[0] == '4' || below.at[0] == '8');
    if (!common)
        return at;
    *part = (double)(above.at[0] - '0') / (below.at[0] - '0');
    return at + 3;
}

static size_t scan_digits(const struct analysis *a, size_t token, size_t end, struct number *number)
{
    bool money = is_money_before(a, token);
    size_t last = end_of_groups(a, token + token_is(a, token, W_STOP), end);
    double part;
    *number = (struct number){.value = 1, .magnitude = 1};
    size_t at = take_magnitudes(a, take_fraction(a, last, end, &part), end, money, number);
    struct dw_str digits =
        dw_str_slice(a->text, a->tokens.at[token].start, a->tokens.at[last - 1].end);
    number->bare = value_of_digits(digits, number->has_magnitude, money) + part;
    number->value = number->bare * number->magnitude;
    /* "9 hundred and twenty": words go on where digits began */
    if (number->magnitude == 100 && at + 1 < end && token_is(a, at, W_AND)) {
        struct number rest;
        size_t after = scan_number(a, at + 1, end, &rest);
        if (after > 0 && rest.value < 100 && !rest.is_vague) {
            number->value += rest.value;
            return after;
        }
    }
    return at;
}

/* "half a billion", "a quarter of a million", "three quarters of a billion". */
static size_t scan_fraction(const struct analysis *a, size_t token, size_t end,
                            struct number *number)
{
    size_t at = token;
    double part = 0;
    if (token_is(a, at, W_A) && (token_is(a, at + 1, W_HALF) || token_is(a, at + 1, W_QUARTER)))
        at++;
    if (token_is(a, at, W_HALF))
        part = 0.5;
    else if (token_is(a, at, W_QUARTER))
        part = 0.25;
    else if (token_is(a, at, W_THREE) && (token_is(a, at + 1, W_QUARTERS) ||
                                          (at + 2 < end && token_is(a, at + 2, W_QUARTERS)))) {
        part = 0.75;
        at += token_is(a, at + 1, W_QUARTERS) ? 1 : 2;
    } else
        return 0;
    at++;
    if (token_is(a, at, W_OF))
        at++;
    if (token_is(a, at, W_A) || token_is(a, at, W_DASH))
        at++;
    double magnitude = at < end ? measure_of(a, at)->magnitude : 0;
    if (magnitude < 1000 || measure_of(a, at)->glued_only)
        return 0;
    *number = (struct number){.value = part * magnitude,
                              .bare = part,
                              .magnitude = magnitude,
                              .has_magnitude = true,
                              .is_words = true};
    return at + 1;
}

/* Skips "and" or a dash between number words. */
static size_t joined(const struct analysis *a, size_t at, size_t end, bool allow_and)
{
    if (at + 1 < end && a->tokens.at[at].kind == DW_TOKEN_DASH)
        return at + 1;
    if (allow_and && at + 1 < end && token_is(a, at, W_AND))
        return at + 1;
    return at;
}

/* "point five", "point two five" behind a number word: 0.5, 0.25. */
static size_t take_point(const struct analysis *a, size_t at, size_t end, double *current)
{
    double scale = 0.1;
    size_t digit = at + 1;
    if (!token_is(a, at, W_POINT))
        return at;
    while (digit < end && measure_of(a, digit)->number < 10) {
        *current += scale * measure_of(a, digit)->number;
        scale /= 10;
        digit++;
    }
    return digit > at + 1 ? digit : at;
}

/* Skips a dash. */
static size_t past_dash(const struct analysis *a, size_t at, size_t end)
{
    return at < end && a->tokens.at[at].kind == DW_TOKEN_DASH ? at + 1 : at;
}

/* "and a half", "-and-a-half", "and three quarters" behind a number word; the token behind it, or
 * `at`. */
static size_t take_half(const struct analysis *a, size_t at, size_t end, double *part)
{
    size_t i = past_dash(a, at, end);
    *part = 0;
    if (i >= end || !token_is(a, i, W_AND))
        return at;
    i = past_dash(a, i + 1, end);
    bool one = token_is(a, i, W_A) || token_is(a, i, W_ONE);
    bool three = token_is(a, i, W_THREE);
    i = past_dash(a, i + 1, end);
    if (i >= end)
        return at;
    if (one && token_is(a, i, W_HALF))
        *part = 0.5;
    else if (one && token_is(a, i, W_QUARTER))
        *part = 0.25;
    else if (three && token_is(a, i, W_QUARTERS))
        *part = 0.75;
    return *part > 0 ? i + 1 : at;
}

static size_t scan_words(const struct analysis *a, size_t token, size_t end, struct number *number)
{
    double total = 0;
    double current = 0;
    bool any = false;
    size_t at = token;
    size_t done = 0;
    *number = (struct number){.is_words = true, .magnitude = 1};
    if ((token_is(a, at, W_A) || token_is(a, at, W_AN)) && at + 1 < end &&
        ((measure_of(a, at + 1)->magnitude > 0 && !measure_of(a, at + 1)->glued_only) ||
         token_is(a, at + 1, W_DOZEN))) {
        at++;
        current = 1;
    }
    while (at < end) {
        const struct measure *measure = measure_of(a, at);
        bool digits = a->tokens.at[at].kind == DW_TOKEN_NUMBER && any;
        if (!isnan(measure->number) && token_is(a, at, W_DOZEN)) {
            current = (current > 0 ? current : 1) * 12;
        } else if (!isnan(measure->number) &&
                   (current < 1 || fmod(current, 100) < 1 ||
                    (measure->number < 10 && fmod(current, 10) < 1 && fmod(current, 100) >= 20))) {
            current += measure->number;
        } else if (digits && current >= 100) {
            current += value_of_digits(token_text(a, at), false, false);
        } else if (measure->magnitude == 100) {
            current = (current > 0 ? current : 1) * 100;
            number->has_magnitude = true;
        } else if (measure->magnitude >= 1000 && !measure->glued_only && measure->vague == 0 &&
                   (any || current > 0)) {
            bool repeated = current == 0 && total > 0;
            total = repeated ? total * measure->magnitude
                             : total + (current > 0 ? current : 1) * measure->magnitude;
            number->magnitude = measure->magnitude;
            number->has_magnitude = true;
            current = 0;
        } else {
            /* "one billion and a quarter million" */
            struct number part;
            size_t behind = total > 0 && current == 0 ? scan_fraction(a, at, end, &part) : 0;
            if (behind == 0 || part.value >= number->magnitude)
                break;
            number->value = total + part.value;
            number->bare = number->value / number->magnitude;
            return behind;
        }
        any = true;
        double part;
        bool whole = current == 0 && total > 0; /* "a billion and a half" */
        size_t before = take_point(a, at + 1, end, &current);
        done = take_half(a, before, end, &part);
        if (whole && done < end && measure_of(a, done)->magnitude > 0) {
            done = before; /* "one billion and a quarter million" */
            part = 0;
        }
        total += whole ? part * number->magnitude : 0;
        current += whole ? 0 : part;
        at = joined(a, done, end, current >= 100 || total > 0);
    }
    number->value = total + current;
    number->bare = number->magnitude > 1 ? number->value / number->magnitude : number->value;
    return any ? done : 0;
}

/* "several hundred", "a few thousand", "a couple of hundred": the end, and least or exact value. */
static size_t scan_few(const struct analysis *a, size_t token, size_t end, struct number *number)
{
    size_t at = token;
    bool couple = false;
    if (token_is(a, at, W_A) && (token_is(a, at + 1, W_FEW) || token_is(a, at + 1, W_COUPLE)))
        at++;
    couple = token_is(a, at, W_COUPLE);
    bool few = token_is(a, at, W_SEVERAL) || token_is(a, at, W_FEW) || token_is(a, at, W_MANY);
    if (!couple && !few)
        return 0;
    at++;
    if (token_is(a, at, W_OF))
        at++;
    double magnitude =
        at < end && !measure_of(a, at)->glued_only ? measure_of(a, at)->magnitude : 0;
    if (at < end && token_is(a, at, W_DOZEN))
        magnitude = 12;
    if (magnitude == 0)
        return 0;
    *number = (struct number){.value = couple ? 2 * magnitude : magnitude,
                              .bare = couple ? 2 : 1,
                              .magnitude = magnitude,
                              .has_magnitude = true,
                              .is_words = true,
                              .is_vague = !couple,
                              .is_about = couple};
    return take_magnitudes(a, at + 1, end, false, number);
}

/* What "single-digit", "double-digit" and "triple-digit" count at least; 0: none of them. */
static double least_of_digits(const struct analysis *a, size_t token, size_t end)
{
    if (token + 3 >= end || !token_is(a, token + 2, W_DIGIT) ||
        measure_of(a, token + 3)->vague < 1000)
        return 0;
    return token_is(a, token, W_SINGLE)   ? 1
           : token_is(a, token, W_DOUBLE) ? 10
           : token_is(a, token, W_TRIPLE) ? 100
                                          : 0;
}

/* "billions", "tens of billions", "hundreds of thousands", "multibillion", "double-digit billions".
 */
static size_t scan_vague(const struct analysis *a, size_t token, size_t end, struct number *number)
{
    size_t at = token;
    double factor = 1;
    if (token_is(a, at, W_MULTI) && at + 2 < end && a->tokens.at[at + 1].kind == DW_TOKEN_DASH)
        at += 2;
    if (at > token) {
        double magnitude = measure_of(a, at)->magnitude;
        if (magnitude < 1e6)
            return 0;
        *number = (struct number){.value = magnitude,
                                  .is_words = true,
                                  .is_vague = true,
                                  .magnitude = 1,
                                  .has_magnitude = true};
        return at + 1;
    }
    double least = least_of_digits(a, at, end);
    if (least > 0) {
        *number = (struct number){.value = least * measure_of(a, at + 3)->vague,
                                  .is_words = true,
                                  .is_vague = true,
                                  .magnitude = 1,
                                  .has_magnitude = true};
        return at + 4;
    }
    if (token_is(a, at, W_MANY) || token_is(a, at, W_UNTOLD))
        at++;
    if (at >= end || measure_of(a, at)->vague == 0)
        return 0;
    factor = measure_of(a, at)->vague;
    at++;
    while (at + 1 < end && token_is(a, at, W_OF) && measure_of(a, at + 1)->vague > 0) {
        factor *= measure_of(a, at + 1)->vague;
        at += 2;
    }
    *number = (struct number){
        .value = factor, .is_words = true, .is_vague = true, .magnitude = 1, .has_magnitude = true};
    return at;
}

size_t scan_number(const struct analysis *a, size_t token, size_t end, struct number *number)
{
    if (token >= end)
        return 0;
    if (a->tokens.at[token].kind == DW_TOKEN_NUMBER)
        return scan_digits(a, token, end, number);
    /* "$.5 billion" */
    if (token_is(a, token, W_STOP) && is_money_before(a, token) && !a->tokens.at[token].space &&
        token + 1 < end && a->tokens.at[token + 1].kind == DW_TOKEN_NUMBER &&
        !a->tokens.at[token + 1].space)
        return scan_digits(a, token, end, number);
    if (a->tokens.at[token].kind != DW_TOKEN_WORD || a->words[token].amount == AMOUNT_NEVER)
        return 0;
    size_t found = scan_fraction(a, token, end, number);
    if (found == 0)
        found = scan_few(a, token, end, number);
    if (found == 0)
        found = scan_vague(a, token, end, number);
    return found != 0 ? found : scan_words(a, token, end, number);
}
