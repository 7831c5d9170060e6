/* Dates and durations that a sentence gives to a quantity. */
#include "internal.h"

#include <math.h>

static const char *const month_names[] = {"january",   "february", "march",    "april",
                                          "may",       "june",     "july",     "august",
                                          "september", "october",  "november", "december"};

/* The month that a word names, with its capital ("may" is a verb); 0 if none. */
static int month_of(const struct analysis *a, size_t token)
{
    if (!token_has(a, token, CLASS(MONTH)) || !a->tokens.at[token].capital)
        return 0;
    struct dw_str word = token_text(a, token);
    for (int i = 0; i < 12; i++) {
        if (dw_str_starts_nocase(dw_str_from_c(month_names[i]), dw_str_slice(word, 0, 3)))
            return i + 1;
    }
    return 0;
}

static int year_of(const struct analysis *a, size_t token)
{
    int64_t year;
    if (token >= a->tokens.len || a->tokens.at[token].kind != DW_TOKEN_NUMBER ||
        !dw_str_to_int(token_text(a, token), &year) || year < 1980 || year > 2100)
        return 0;
    return (int)year;
}

static int day_of(const struct analysis *a, size_t token)
{
    int64_t day;
    if (token >= a->tokens.len || a->tokens.at[token].kind != DW_TOKEN_NUMBER ||
        !dw_str_to_int(token_text(a, token), &day) || day < 1 || day > 31 ||
        a->quantity_at[token] != 0)
        return 0;
    return (int)day;
}

/* The year of a month that stands alone: the newest such month that is not after the article, or
 * the next one where the text looks ahead. 0 where the article has no date. */
static int year_for_month(const struct analysis *a, int month, bool ahead)
{
    if (a->published == DW_TIME_NONE)
        return 0;
    struct dw_civil now = dw_civil_from_time(a->published);
    if (ahead)
        return month >= now.month ? now.year : now.year + 1;
    return month <= now.month ? now.year : now.year - 1;
}

static struct dw_str month_date(const struct analysis *a, size_t token, int month,
                                enum dw_status status)
{
    int day = token > 0 ? day_of(a, token - 1) : 0;
    size_t next = token + 1;
    if (day == 0 && day_of(a, next) > 0 && year_of(a, next) == 0) {
        day = day_of(a, next);
        next++;
    }
    if (token_is(a, next, W_COMMA) || token_is(a, next, W_STOP))
        next++;
    int year = year_of(a, next);
    if (year == 0)
        year = year_for_month(a, month, status == DW_STATUS_PLANNED || status == DW_STATUS_TALKS);
    if (year == 0)
        return (struct dw_str){"", 0};
    if (day > 0)
        return dw_str_format(a->arena, "%04d-%02d-%02d", year, month, day);
    return dw_str_format(a->arena, "%04d-%02d", year, month);
}

static struct dw_str weekday_date(const struct analysis *a, size_t token)
{
    static const char *const days[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
    if (a->published == DW_TIME_NONE)
        return (struct dw_str){"", 0};
    struct dw_civil now = dw_civil_from_time(a->published);
    for (int i = 0; i < 7; i++) {
        if (!dw_str_starts_nocase(token_text(a, token), dw_str_from_c(days[i])))
            continue;
        int back = (now.weekday - i + 7) % 7;
        struct dw_civil day = dw_civil_from_time(a->published - (int64_t)back * 86400);
        return dw_str_format(a->arena, "%04d-%02d-%02d", day.year, day.month, day.day);
    }
    return (struct dw_str){"", 0};
}

static struct dw_str quarter_date(const struct analysis *a, size_t token)
{
    static const enum known_word ordinals[] = {W_FIRST, W_SECOND, W_THIRD, W_FOURTH};
    int quarter = 0;
    size_t next = token + 1;
    for (int i = 0; i < 4; i++) {
        bool word = token_is(a, token, ordinals[i]) &&
                    (token_is(a, token + 1, W_QUARTER) || token_is(a, token + 2, W_QUARTER));
        if (word) {
            quarter = i + 1;
            next = token + (token_is(a, token + 1, W_QUARTER) ? 2 : 3);
        }
    }
    struct dw_str text = token_text(a, token);
    if (quarter == 0 && text.len == 2 && dw_to_lower(text.at[0]) == 'q' && text.at[1] >= '1' &&
        text.at[1] <= '4')
        quarter = text.at[1] - '0';
    if (quarter == 0)
        return (struct dw_str){"", 0};
    if (token_is(a, next, W_OF))
        next++;
    int year = year_of(a, next);
    if (year == 0 && a->published != DW_TIME_NONE) {
        struct dw_civil now = dw_civil_from_time(a->published);
        year = quarter * 3 > now.month + 2 ? now.year - 1 : now.year;
    }
    if (year == 0)
        return (struct dw_str){"", 0};
    return dw_str_format(a->arena, "%04d-Q%d", year, quarter);
}

static struct dw_str year_date(const struct analysis *a, size_t token)
{
    int year = year_of(a, token);
    bool introduced =
        token > 0 && (token_is(a, token - 1, W_IN) || token_is(a, token - 1, W_BY) ||
                      token_is(a, token - 1, W_FOR) || token_is(a, token - 1, W_FISCAL) ||
                      token_is(a, token - 1, W_DURING) || token_is(a, token - 1, W_SINCE) ||
                      token_is(a, token - 1, W_OF) || token_is(a, token - 1, W_THROUGH));
    if (year > 0 && introduced && a->quantity_at[token] == 0)
        return dw_str_format(a->arena, "%04d", year);
    bool last = token_is(a, token, W_LAST) && token_is(a, token + 1, W_YEAR);
    bool current = token_is(a, token, W_THIS) && token_is(a, token + 1, W_YEAR);
    bool coming = token_is(a, token, W_NEXT) && token_is(a, token + 1, W_YEAR);
    if ((last || current || coming) && a->published != DW_TIME_NONE) {
        struct dw_civil now = dw_civil_from_time(a->published);
        return dw_str_format(a->arena, "%04d", now.year + (coming ? 1 : 0) - (last ? 1 : 0));
    }
    return (struct dw_str){"", 0};
}

/* "DCD reported on Wednesday" dates the report, not the fact. */
static bool is_day_of_report(const struct analysis *a, size_t token)
{
    size_t verb = token > 0 && token_is(a, token - 1, W_ON) ? token - 1 : token;
    return verb > 0 && (token_is(a, verb - 1, W_REPORTED) || token_is(a, verb - 1, W_WROTE) ||
                        token_is(a, verb - 1, W_REPORTS));
}

static struct dw_str date_at(const struct analysis *a, size_t token, enum dw_status status)
{
    int month = month_of(a, token);
    if (month > 0)
        return month_date(a, token, month, status);
    if (token_has(a, token, CLASS(WEEKDAY)) && a->tokens.at[token].capital)
        return is_day_of_report(a, token) ? (struct dw_str){"", 0} : weekday_date(a, token);
    struct dw_str quarter = quarter_date(a, token);
    return quarter.len > 0 ? quarter : year_date(a, token);
}

/* ---- Durations ---- */

static char unit_letter(const struct analysis *a, size_t token)
{
    static const struct {
        enum known_word word;
        char letter;
    } units[] = {{W_YEAR, 'Y'}, {W_YEARS, 'Y'}, {W_MONTH, 'M'}, {W_MONTHS, 'M'},
                 {W_WEEK, 'W'}, {W_WEEKS, 'W'}, {W_DAY, 'D'},   {W_DAYS, 'D'}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (token_is(a, token, units[i].word))
            return units[i].letter;
    }
    return token_is(a, token, W_DECADE) ? 'T' : '\0';
}

/* "seven-year", "over five years", "for 20 years", "over the next decade" at a token. */
static struct dw_str duration_at(const struct analysis *a, size_t token, size_t end)
{
    struct number number;
    size_t after = scan_number(a, token, end, &number);
    if (after == 0) {
        bool decade = token > 0 && token_is(a, token, W_DECADE) &&
                      (token_is(a, token - 1, W_A) || token_is(a, token - 1, W_THE) ||
                       token_is(a, token - 1, W_NEXT));
        return decade ? DW_STR("P10Y") : DW_STR("");
    }
    bool dash = after < end && a->tokens.at[after].kind == DW_TOKEN_DASH;
    char letter = unit_letter(a, dash ? after + 1 : after);
    bool whole = number.value >= 1 && number.value < 200 && fmod(number.value, 1) == 0;
    if (letter == '\0' || !whole || number.is_vague)
        return DW_STR("");
    if (!dash) {
        size_t before = token;
        while (before > 0 && token_has(a, before - 1, CLASS(DETERMINER) | CLASS(ARTICLE)))
            before--;
        if (token > 0 && (token_is(a, token - 1, W_NEXT) || token_is(a, token - 1, W_COMING)))
            before = token - 2 < token ? token - 2 : before;
        bool covers =
            before > 0 && (token_is(a, before - 1, W_OVER) || token_is(a, before - 1, W_FOR) ||
                           token_is(a, before - 1, W_ACROSS) || token_is(a, before - 1, W_WITHIN) ||
                           token_is(a, before - 1, W_THROUGH));
        bool next = token > 1 && token_is(a, token - 1, W_NEXT) &&
                    (token_is(a, token - 2, W_THE) || token_is(a, token - 2, W_OVER));
        if (!covers && !next)
            return DW_STR("");
    } else if (token_is(a, after + 2, W_OLD) ||
               (after + 2 < end && a->tokens.at[after + 2].kind == DW_TOKEN_DASH)) {
        return DW_STR("");
    }
    return dw_str_format(a->arena, "P%d%c", (int)(letter == 'T' ? number.value * 10 : number.value),
                         letter == 'T' ? 'Y' : letter);
}

static bool is_annual(const struct analysis *a, size_t first, size_t last)
{
    for (size_t i = first; i < last; i++) {
        if (token_is(a, i, W_ANNUAL) || token_is(a, i, W_ANNUALIZED) ||
            token_is(a, i, W_ANNUALISED) || token_is(a, i, W_ARR) ||
            (token_is(a, i, W_RUN) && (token_is(a, i + 1, W_RATE) || token_is(a, i + 2, W_RATE))))
            return true;
    }
    return false;
}

void find_times(const struct analysis *a, const struct dw_sentence *s, const struct quantity *q,
                struct reading *reading)
{
    size_t first;
    size_t last;
    clause_around(a, s, q->first, &first, &last);
    size_t best_term = SIZE_MAX;
    size_t best_when = SIZE_MAX;
    reading->term = q->term;
    const uint8_t marks = MARK_TIME | MARK_AMOUNT;
    for (size_t i = next_mark(a, first, last, marks); i < last;
         i = next_mark(a, i + 1, last, marks)) {
        if (i >= q->first && i < q->last)
            continue;
        size_t distance = i < q->first ? q->first - i : i - q->last;
        struct dw_str duration = q->term.len == 0 ? duration_at(a, i, last) : DW_STR("");
        if (duration.len > 0 && distance < best_term) {
            best_term = distance;
            reading->term = duration;
        }
        struct dw_str when = date_at(a, i, reading->status);
        size_t cost = i > q->last ? distance : distance + 2;
        if (when.len > 0 && cost < best_when) {
            best_when = cost;
            reading->when = when;
        }
    }
    size_t before = q->first > first + 6 ? q->first - 6 : first;
    size_t behind = q->reach + 4 < last ? q->reach + 4 : last;
    bool rate = reading->kind == DW_KIND_REVENUE || reading->kind == DW_KIND_SPENDING;
    if (reading->term.len == 0 && rate && is_annual(a, before, behind))
        reading->term = DW_STR("P1Y");
}
