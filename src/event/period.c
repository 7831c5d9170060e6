/* ISO 8601 dates and periods as spans of time. */
#include "internal.h"

/* A number of exactly `digits` digits off the front. */
static bool take_digits(struct dw_str *s, size_t digits, int *number)
{
    int64_t value;
    if (s->len < digits || !dw_is_digit(s->at[0]) ||
        !dw_str_to_int(dw_str_slice(*s, 0, digits), &value))
        return false;
    *number = (int)value;
    *s = dw_str_slice(*s, digits, s->len);
    return true;
}

static int64_t start_of(int year, int month, int day)
{
    struct dw_civil civil = {.year = year, .month = month, .day = day};
    return dw_time_from_civil(&civil);
}

/* "-Q3", "-H1": parts of a year with so many months each. */
static bool parse_part(struct dw_str s, int year, int64_t *start, int64_t *end)
{
    int months = s.len == 2 && s.at[0] == 'Q' ? 3 : s.len == 2 && s.at[0] == 'H' ? 6 : 0;
    if (months == 0 || s.at[1] < '1' || s.at[1] > '0' + 12 / months)
        return false;
    int first = (s.at[1] - '1') * months + 1;
    *start = start_of(year, first, 1);
    *end = start_of(year, first + months, 1);
    return true;
}

static bool parse_one(struct dw_str s, int64_t *start, int64_t *end)
{
    int year;
    int month;
    int day;
    if (!take_digits(&s, 4, &year))
        return false;
    if (s.len == 0) {
        *start = start_of(year, 1, 1);
        *end = start_of(year + 1, 1, 1);
        return true;
    }
    if (s.at[0] != '-')
        return false;
    s = dw_str_slice(s, 1, s.len);
    if (parse_part(s, year, start, end))
        return true;
    if (!take_digits(&s, 2, &month) || month < 1 || month > 12)
        return false;
    if (s.len == 0) {
        *start = start_of(year, month, 1);
        *end = start_of(year, month + 1, 1);
        return true;
    }
    s = dw_str_slice(s, 1, s.len);
    if (!take_digits(&s, 2, &day) || day < 1 || day > 31 || (s.len > 0 && s.at[0] != 'T'))
        return false;
    *start = start_of(year, month, day);
    *end = *start + DW_DAY_SECONDS;
    return true;
}

bool dw_period_parse(struct dw_str when, int64_t *start, int64_t *end)
{
    size_t slash = dw_str_find_char(when, '/', 0);
    if (slash == SIZE_MAX)
        return parse_one(when, start, end);
    int64_t unused;
    return parse_one(dw_str_slice(when, 0, slash), start, &unused) &&
           parse_one(dw_str_slice(when, slash + 1, when.len), &unused, end) && *start < *end;
}

int64_t dw_period_gap(int64_t start, int64_t end, int64_t other_start, int64_t other_end)
{
    if (end <= other_start)
        return other_start - end + 1; /* spans that only touch do not overlap */
    return other_end <= start ? start - other_end + 1 : 0;
}
