/* Dates within running text and within addresses. */
#include <stdio.h>

#include "internal.h"

struct day {
    int year, month, day;
};

static bool is_day(const struct day *d)
{
    static const int lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return d->year >= PAGE_FIRST_YEAR && d->year <= PAGE_LAST_YEAR && d->month >= 1 &&
           d->month <= 12 && d->day >= 1 && d->day <= lengths[d->month - 1];
}

/* Takes a number of at most `most` digits; how many there were, 0 if more follow. */
static size_t take_number(struct dw_str *s, size_t most, int *number)
{
    size_t count = 0;
    *number = 0;
    while (count < s->len && dw_is_digit(s->at[count])) {
        if (count == most)
            return 0;
        *number = *number * 10 + (s->at[count++] - '0');
    }
    *s = dw_str_slice(*s, count, s->len);
    return count;
}

static bool take(struct dw_str *s, struct dw_str what)
{
    if (!dw_str_starts_nocase(*s, what))
        return false;
    *s = dw_str_slice(*s, what.len, s->len);
    return true;
}

static void skip(struct dw_str *s, struct dw_str signs)
{
    size_t count = 0;
    while (count < s->len && dw_str_find_char(signs, s->at[count], 0) != SIZE_MAX)
        count++;
    *s = dw_str_slice(*s, count, s->len);
}

static bool is_letter(char c)
{
    return dw_is_alpha(c) || (unsigned char)c >= 0x80;
}

/* A month by name, in any language that dates are read in. */
static bool take_month(struct dw_str *s, int *month)
{
    enum { LONGEST = 24 };
    size_t end = 0;
    while (end < s->len && is_letter(s->at[end]))
        end++;
    char text[LONGEST + 16];
    int64_t time;
    if (end < 3 || end > LONGEST)
        return false;
    int len = snprintf(text, sizeof text, "1 %.*s 2000", (int)end, s->at);
    if (!dw_date_parse((struct dw_str){text, (size_t)len}, &time))
        return false;
    *month = dw_civil_from_time(time).month;
    *s = dw_str_slice(*s, end, s->len);
    take(s, DW_STR("."));
    return true;
}

static void skip_ordinal(struct dw_str *s)
{
    static const struct dw_str endings[] = {
        DW_STR_INIT("st"), DW_STR_INIT("nd"), DW_STR_INIT("rd"),       DW_STR_INIT("th"),
        DW_STR_INIT("er"), DW_STR_INIT("."),  DW_STR_INIT("\xC2\xBA"),
    };
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (take(s, endings[i]))
            return;
    }
}

/* "2026-01-29", "2026/01/29", "2026.1.29", "2026年1月29日" behind the year. */
static bool take_year_first(struct dw_str *s, struct day *d)
{
    static const struct dw_str seps[] = {DW_STR_INIT("-"), DW_STR_INIT("/"), DW_STR_INIT("."),
                                         DW_STR_INIT("年")};
    for (size_t i = 0; i < sizeof seps / sizeof seps[0]; i++) {
        struct dw_str rest = *s;
        if (!take(&rest, seps[i]))
            continue;
        skip(&rest, DW_STR(" "));
        if (take_number(&rest, 2, &d->month) == 0 ||
            !(take(&rest, seps[i]) || take(&rest, DW_STR("月"))))
            continue;
        skip(&rest, DW_STR(" "));
        if (take_number(&rest, 2, &d->day) == 0 || !is_day(d))
            continue;
        take(&rest, DW_STR("日"));
        *s = rest;
        return true;
    }
    return false;
}

static bool take_year(struct dw_str *s, int *year)
{
    take(s, DW_STR("'"));
    struct dw_str rest = *s;
    size_t digits = take_number(&rest, 4, year);
    if (digits != 4 && digits != 2)
        return false;
    if (digits == 2)
        *year += 2000;
    *s = rest;
    return true;
}

/* "29.01.2026", "29/1/26", "01-29-2026" behind the first number. */
static bool take_year_last(struct dw_str *s, int first, bool month_first, struct day *d)
{
    struct dw_str rest = *s;
    int second;
    if (rest.len == 0 || dw_str_find_char(DW_STR("./-"), rest.at[0], 0) == SIZE_MAX)
        return false;
    struct dw_str sep = dw_str_slice(rest, 0, 1);
    take(&rest, sep);
    skip(&rest, DW_STR(" "));
    if (take_number(&rest, 2, &second) == 0 || !take(&rest, sep))
        return false;
    skip(&rest, DW_STR(" "));
    if (!take_year(&rest, &d->year))
        return false;
    bool swap = sep.at[0] != '.' && month_first;
    d->day = swap ? second : first;
    d->month = swap ? first : second;
    if (!is_day(d) && sep.at[0] != '.') {
        d->day = swap ? first : second;
        d->month = swap ? second : first;
    }
    if (!is_day(d))
        return false;
    *s = rest;
    return true;
}

/* Whether a year may follow the word at the front: without one it need not be looked at. */
static bool year_follows(struct dw_str s)
{
    size_t end = 0;
    while (end < s.len && is_letter(s.at[end]))
        end++;
    s = dw_str_slice(s, end, s.len);
    skip(&s, DW_STR(" .,-'"));
    if (!take(&s, DW_STR("de ")))
        take(&s, DW_STR("del "));
    return s.len > 1 && dw_is_digit(s.at[0]) && dw_is_digit(s.at[1]);
}

/* "29. Januar 2026", "29th of January, 2026", "29 de enero de 2026" behind the day. */
static bool take_named(struct dw_str *s, struct day *d)
{
    struct dw_str rest = *s;
    skip_ordinal(&rest);
    skip(&rest, DW_STR(" -"));
    if (!take(&rest, DW_STR("de ")))
        take(&rest, DW_STR("of "));
    if (!year_follows(rest) || !take_month(&rest, &d->month))
        return false;
    skip(&rest, DW_STR(" ,-"));
    if (!take(&rest, DW_STR("de ")))
        take(&rest, DW_STR("del "));
    if (!take_year(&rest, &d->year) || !is_day(d))
        return false;
    *s = rest;
    return true;
}

/* "January 29th, 2026". */
static bool take_month_first(struct dw_str *s, struct day *d)
{
    size_t end = 0;
    while (end < s->len && is_letter(s->at[end]))
        end++;
    struct dw_str rest = dw_str_slice(*s, end, s->len);
    skip(&rest, DW_STR(". "));
    if (end < 3 || rest.len == 0 || !dw_is_digit(rest.at[0]) || take_number(&rest, 2, &d->day) == 0)
        return false; /* most words: no need to look at them */
    skip_ordinal(&rest);
    skip(&rest, DW_STR(" ,"));
    if (!take_year(&rest, &d->year) || !take_month(s, &d->month) || !is_day(d))
        return false;
    *s = rest;
    return true;
}

/* A time of day behind a date: "10:42", "at 10:42 pm", "T10:42:00+01:00". */
static bool read_time(struct dw_str s, const struct day *d, int64_t *time)
{
    static const struct dw_str words[] = {DW_STR_INIT("T"), DW_STR_INIT("at "), DW_STR_INIT("um ")};
    skip(&s, DW_STR(" ,|-"));
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        take(&s, words[i]);
    size_t end = 0;
    while (end < s.len && (dw_is_digit(s.at[end]) || s.at[end] == ':'))
        end++;
    struct dw_str clock = dw_str_slice(s, 0, end);
    if (dw_str_find_char(clock, ':', 0) == SIZE_MAX || clock.len > 8)
        return false;
    struct dw_str rest = dw_str_slice(s, end, s.len);
    skip(&rest, DW_STR(" "));
    size_t zone = 0;
    while (zone < rest.len && zone < 6 && rest.at[zone] != ' ' && rest.at[zone] != ',')
        zone++;
    char text[64];
    for (int with_zone = 1; with_zone >= 0; with_zone--) {
        int len =
            snprintf(text, sizeof text, "%04d-%02d-%02dT%.*s %.*s", d->year, d->month, d->day,
                     DW_FMT(clock), with_zone ? (int)zone : 0, rest.at != NULL ? rest.at : "");
        if (dw_date_parse(dw_str_trim((struct dw_str){text, (size_t)len}), time))
            return true;
    }
    return false;
}

/* A date at the front of a text. */
static bool take_date(struct dw_str *s, bool month_first, struct day *d)
{
    struct dw_str rest = *s;
    int number;
    bool found = false;
    if (!dw_is_digit(s->at[0])) {
        found = take_month_first(&rest, d);
    } else {
        size_t digits = take_number(&rest, 4, &number);
        d->year = d->day = number;
        found = digits == 4   ? take_year_first(&rest, d)
                : digits == 0 ? false
                : digits <= 2 ? take_year_last(&rest, number, month_first, d) ||
                                    (d->day = number, take_named(&rest, d))
                              : false;
    }
    if (!found || (rest.len > 0 && dw_is_digit(rest.at[0])))
        return false;
    *s = rest;
    return true;
}

bool page_find_date(struct dw_str text, bool month_first, struct page_date *date)
{
    for (size_t i = 0; i < text.len; i++) {
        bool inside = i > 0 && (is_letter(text.at[i - 1]) || dw_is_digit(text.at[i - 1]));
        struct dw_str rest = dw_str_slice(text, i, text.len);
        struct day d;
        if (inside &&
            (dw_is_digit(text.at[i]) == dw_is_digit(text.at[i - 1]) || dw_is_alpha(text.at[i - 1])))
            continue;
        if ((!dw_is_digit(text.at[i]) && !is_letter(text.at[i])) ||
            !take_date(&rest, month_first, &d))
            continue;
        struct dw_civil civil = {.year = d.year, .month = d.month, .day = d.day};
        date->time = dw_time_from_civil(&civil);
        date->has_time = read_time(rest, &d, &date->time);
        date->from = i;
        date->to = text.len - rest.len;
        return true;
    }
    return false;
}

/* Month and day behind a year in an address: digits, or a month's name, apart or not. */
static bool take_path_day(struct dw_str *s, struct day *d)
{
    static const struct dw_str seps = DW_STR_INIT("/-_.");
    skip(s, seps);
    struct dw_str rest = *s;
    int number;
    if (rest.len > 0 && is_letter(rest.at[0])) {
        if (!take_month(&rest, &d->month))
            return false;
    } else if (take_number(&rest, 4, &number) == 4) {
        d->month = number / 100; /* 0129 */
        d->day = number % 100;
        *s = rest;
        return is_day(d);
    } else {
        rest = *s;
        if (take_number(&rest, 2, &d->month) == 0)
            return false;
    }
    struct dw_str behind = rest;
    skip(&rest, seps);
    if (rest.len == behind.len || take_number(&rest, 2, &d->day) == 0)
        return false;
    *s = rest;
    return is_day(d);
}

bool page_date_of_url(struct dw_str url, int64_t *time)
{
    size_t scheme = dw_str_find(url, DW_STR("://"), 0);
    size_t path = dw_str_find_char(url, '/', scheme == SIZE_MAX ? 0 : scheme + 3);
    bool found = false;
    for (size_t i = path; i < url.len; i++) {
        if (!dw_is_digit(url.at[i]) || (i > 0 && dw_is_digit(url.at[i - 1])))
            continue;
        struct dw_str rest = dw_str_slice(url, i + 4, url.len);
        struct dw_str year = dw_str_slice(url, i, i + 4);
        struct day d;
        if (take_number(&year, 4, &d.year) != 4 || !take_path_day(&rest, &d) ||
            (rest.len > 0 && dw_is_digit(rest.at[0])))
            continue;
        struct dw_civil civil = {.year = d.year, .month = d.month, .day = d.day};
        *time = dw_time_from_civil(&civil);
        found = true; /* the last one: an archive's own date comes before that of the page */
    }
    return found;
}
