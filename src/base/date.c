/* Dates as feeds write them: RFC 822 and its real-life variants, RFC 3339, W3CDTF, asctime. */
#include "date.h"

extern const struct dw_tsv base_zones;
extern const struct dw_tsv base_months;

/* The parts found so far; a year below zero means that none was found. */
struct parts {
    struct dw_civil civil;
    bool has_year, has_month, has_day, has_time;
    int offset; /* minutes east of UTC */
    bool afternoon, forenoon;
    bool month_leads;     /* a word that may be a month came before any day */
    bool has_offset;      /* in digits: names beside it only repeat it */
    bool impossible;      /* a week or day that no calendar has */
    struct dw_str region; /* "Europe/Berlin"; empty: none */
};

#define LONGEST_DATE 100 /* bytes: more is no date */

static const char month_names[] = "janfebmaraprmayjunjulaugsepoctnovdec";

/* The month of a name in another language; 0 if it is none. */
static int foreign_month_of(struct dw_str word)
{
    for (size_t i = 0; i < base_months.len; i++) {
        int64_t month;
        if (dw_str_eq_nocase(base_months.rows[i].cell[0], word) &&
            dw_str_to_int(base_months.rows[i].cell[1], &month))
            return (int)month;
    }
    return 0;
}

/* Most dates begin with one: it needs no look at the months of all languages. */
static bool is_weekday(struct dw_str word)
{
    static const struct dw_str names[] = {
        DW_STR_INIT("monday"),   DW_STR_INIT("tuesday"), DW_STR_INIT("wednesday"),
        DW_STR_INIT("thursday"), DW_STR_INIT("friday"),  DW_STR_INIT("saturday"),
        DW_STR_INIT("sunday"),
    };
    for (size_t i = 0; word.len >= 3 && i < sizeof names / sizeof names[0]; i++) {
        if (dw_str_starts_nocase(names[i], word))
            return true;
    }
    return false;
}

/* The month of an English name or its first three letters or more, or of a name in another
 * language; 0 if it is none. */
static int month_of(struct dw_str word)
{
    static const struct dw_str full[] = {
        DW_STR_INIT("january"), DW_STR_INIT("february"), DW_STR_INIT("march"),
        DW_STR_INIT("april"),   DW_STR_INIT("may"),      DW_STR_INIT("june"),
        DW_STR_INIT("july"),    DW_STR_INIT("august"),   DW_STR_INIT("september"),
        DW_STR_INIT("october"), DW_STR_INIT("november"), DW_STR_INIT("december"),
    };
    for (int month = 0; word.len >= 3 && month < 12; month++) {
        if (dw_str_starts_nocase(full[month], word) &&
            dw_str_starts_nocase(word, (struct dw_str){month_names + month * 3, 3}))
            return month + 1;
    }
    return is_weekday(word) ? 0 : foreign_month_of(word);
}

/* Takes up to `digits` decimal digits off the front; how many there were. */
static size_t take_number(struct dw_str *s, size_t digits, int *number)
{
    size_t count = 0;
    *number = 0;
    while (count < digits && count < s->len && dw_is_digit(s->at[count]))
        *number = *number * 10 + (s->at[count++] - '0');
    *s = dw_str_slice(*s, count, s->len);
    return count;
}

static bool take_char(struct dw_str *s, char c)
{
    if (s->len == 0 || dw_to_lower(s->at[0]) != c)
        return false;
    *s = dw_str_slice(*s, 1, s->len);
    return true;
}

/* Two-digit years as RFC 2822 reads them. */
static int full_year(int year, size_t digits)
{
    if (digits == 2)
        return year < 50 ? 2000 + year : 1900 + year;
    return digits == 3 ? 1900 + year : year;
}

/* "10:42", "10:42:07", "10:42:07.25", "10.42": the hour is taken already. */
static bool take_time(struct dw_str *s, int hour, struct parts *parts)
{
    int minute;
    int second = 0;
    if (take_number(s, 2, &minute) == 0)
        return false;
    bool basic = s->len > 1 && dw_is_digit(s->at[0]) && dw_is_digit(s->at[1]); /* 064200 */
    if (basic || (s->len > 1 && (s->at[0] == ':' || s->at[0] == '.') && dw_is_digit(s->at[1]))) {
        *s = dw_str_slice(*s, basic ? 0 : 1, s->len);
        take_number(s, 2, &second);
        if (take_char(s, '.') || take_char(s, ',')) {
            int fraction;
            take_number(s, 9, &fraction);
        }
    }
    parts->civil.hour = hour;
    parts->civil.minute = minute;
    parts->civil.second = second;
    parts->has_time = true;
    return hour <= 24 && minute < 60 && second <= 60;
}

/* "+0100", "-05:00", "+2"; the sign is the first byte. */
static bool take_offset(struct dw_str *s, struct parts *parts)
{
    int sign = s->at[0] == '-' ? -1 : 1;
    *s = dw_str_slice(*s, 1, s->len);
    int hours;
    int minutes = 0;
    if (take_number(s, 2, &hours) == 0)
        return false;
    take_char(s, ':');
    take_number(s, 2, &minutes);
    parts->offset = sign * (hours * 60 + minutes);
    parts->has_offset = true;
    return hours <= 15 && minutes < 60;
}

static bool zone_of(struct dw_str word, int *offset)
{
    for (size_t i = 0; i < base_zones.len; i++) {
        const struct dw_tsv_row *row = &base_zones.rows[i];
        int64_t minutes;
        if (dw_str_eq_nocase(row->cell[0], word) && dw_str_to_int(row->cell[1], &minutes)) {
            *offset = (int)minutes;
            return true;
        }
    }
    return false;
}

/* A zone by region and city at the front: its length, 0 if there is none. */
static size_t region_length(struct dw_str s)
{
    size_t slash = 0;
    size_t end = 0;
    while (end < s.len && (dw_is_alpha(s.at[end]) || s.at[end] == '_' || s.at[end] == '/')) {
        slash = s.at[end] == '/' ? end : slash;
        end++;
    }
    return slash > 1 && end > slash + 1 ? end : 0;
}

/* am, pm, a.m. at the front of what is behind a time. */
static void take_half(struct dw_str *s, struct parts *parts)
{
    char first = s->len > 1 ? dw_to_lower(s->at[0]) : '\0';
    size_t dot = s->len > 2 && s->at[1] == '.';
    if ((first != 'a' && first != 'p') || s->len < 2 + dot || dw_to_lower(s->at[1 + dot]) != 'm' ||
        (s->len > 2 + dot && dw_is_alpha(s->at[2 + dot])))
        return;
    parts->afternoon = first == 'p';
    parts->forenoon = first == 'a';
    *s = dw_str_slice(*s, 2 + dot, s->len);
    take_char(s, '.');
    *s = dw_str_trim(*s);
}

/* The day of a year by its number, 1 to 366. */
static bool set_ordinal(int day, struct dw_civil *civil)
{
    struct dw_civil first = {.year = civil->year, .month = 1, .day = 1};
    struct dw_civil found =
        dw_civil_from_time(dw_time_from_civil(&first) + (int64_t)(day - 1) * 86400);
    civil->month = found.month;
    civil->day = found.day;
    return day >= 1 && found.year == civil->year;
}

/* ISO 8601: week 1 is that of January 4th, days count from Monday. */
static bool set_week(int week, int day, struct dw_civil *civil)
{
    struct dw_civil fourth = {.year = civil->year, .month = 1, .day = 4};
    int64_t time = dw_time_from_civil(&fourth);
    int since_monday = (dw_civil_from_time(time).weekday + 6) % 7;
    struct dw_civil found =
        dw_civil_from_time(time + (int64_t)((week - 1) * 7 + day - 1 - since_monday) * 86400);
    civil->year = found.year;
    civil->month = found.month;
    civil->day = found.day;
    return week >= 1 && week <= 53 && day >= 1 && day <= 7;
}

/* "-W05-4", "W054", "-029", "029" behind a year; false if none of them stands there, or one that no
 * calendar has (`*wrong`). */
static bool take_week_or_day(struct dw_str *s, struct dw_civil *civil, bool *wrong)
{
    struct dw_str rest = *s;
    int number;
    int day = 1;
    take_char(&rest, '-');
    if (take_char(&rest, 'w')) {
        *wrong = take_number(&rest, 2, &number) != 2;
        if (take_char(&rest, '-') || (rest.len > 0 && dw_is_digit(rest.at[0])))
            *wrong = *wrong || take_number(&rest, 1, &day) != 1;
        *wrong = *wrong || !set_week(number, day, civil);
    } else if (take_number(&rest, 4, &number) == 3) {
        *wrong = !set_ordinal(number, civil);
    } else {
        return false;
    }
    *s = rest;
    return true;
}

/* Year first: 2026, 2026-01, 2026-01-29, 20260129, with or without a time. */
static bool parse_iso(struct dw_str s, struct parts *parts)
{
    struct dw_civil *civil = &parts->civil;
    if (take_number(&s, 4, &civil->year) != 4)
        return false;
    civil->month = 1;
    civil->day = 1;
    parts->has_year = parts->has_month = parts->has_day = true;
    bool named = take_week_or_day(&s, civil, &parts->impossible);
    if (parts->impossible)
        return false;
    bool dashes = !named && (take_char(&s, '-') || take_char(&s, '/') || take_char(&s, '.'));
    if (!named && s.len > 0 && dw_is_digit(s.at[0])) {
        take_number(&s, 2, &civil->month);
        if (!dashes || take_char(&s, '-') || take_char(&s, '/') || take_char(&s, '.'))
            take_number(&s, 2, &civil->day);
    }
    s = dw_str_trim(s);
    if (s.len == 0)
        return true;
    take_char(&s, 't');
    s = dw_str_trim(s);
    int hour;
    if (take_number(&s, 2, &hour) != 0) {
        take_char(&s, ':');
        if (!take_time(&s, hour, parts))
            return false;
    }
    s = dw_str_trim(s);
    take_half(&s, parts);
    if (s.len == 0)
        return true;
    if (region_length(s) == s.len) {
        parts->region = s;
        return true;
    }
    if (s.at[0] == '+' || s.at[0] == '-') {
        int told_twice; /* "-05:00Z": the number counts */
        bool done = take_offset(&s, parts);
        s = dw_str_trim(s);
        return done && (s.len == 0 || zone_of(s, &told_twice));
    }
    return zone_of(s, &parts->offset);
}

/* Of any language: bytes beyond ASCII belong to words. */
static bool is_letter(char c)
{
    return dw_is_alpha(c) || (unsigned char)c >= 0x80;
}

/* One word: a month, a zone, am or pm (p.m.), or something that says nothing about the instant. */
static void read_word(struct dw_str *s, struct parts *parts)
{
    size_t end = 1;
    while (end < s->len && is_letter(s->at[end]))
        end++;
    struct dw_str word = dw_str_slice(*s, 0, end);
    *s = dw_str_slice(*s, end, s->len);
    int month = month_of(word);
    /* "mar, 11 abr 2023": the first was a day of the week */
    if (month > 0 && (!parts->has_month || (parts->month_leads && parts->has_day))) {
        parts->month_leads = !parts->has_day;
        parts->civil.month = month;
        parts->has_month = true;
        return;
    }
    bool half = word.len == 1 && dw_str_starts_nocase(*s, DW_STR(".m"));
    bool pm = dw_str_eq_nocase(word, half ? DW_STR("p") : DW_STR("pm"));
    bool am = dw_str_eq_nocase(word, half ? DW_STR("a") : DW_STR("am"));
    parts->afternoon = parts->afternoon || pm;
    parts->forenoon = parts->forenoon || am;
    bool at = dw_str_eq(word, DW_STR("at")); /* no zone: "Jan 29 at 10:02" */
    if (!half && !at && !parts->has_offset)
        zone_of(word, &parts->offset);
}

/* "01/29/2026" as Americans write it, or day first where the month cannot be. */
static bool read_slashes(struct dw_str *s, int first, struct parts *parts)
{
    int second;
    int year;
    take_number(s, 2, &second);
    if (!take_char(s, '/') && !take_char(s, '.') && !take_char(s, '-'))
        return false;
    size_t digits = take_number(s, 4, &year);
    if (digits < 2)
        return false;
    bool day_first = first > 12;
    parts->civil.month = day_first ? second : first;
    parts->civil.day = day_first ? first : second;
    parts->civil.year = full_year(year, digits);
    parts->has_year = parts->has_month = parts->has_day = true;
    return true;
}

static bool read_number(struct dw_str *s, struct parts *parts)
{
    int number;
    size_t digits = take_number(s, 4, &number);
    char next = s->len > 1 && dw_is_digit(s->at[1]) ? s->at[0] : '\0';
    if (digits <= 2 && next == ':' && !parts->has_time) {
        *s = dw_str_slice(*s, 1, s->len);
        return take_time(s, number, parts);
    }
    if (digits <= 2 && !parts->has_day && !parts->has_month && (next == '/' || next == '.')) {
        *s = dw_str_slice(*s, 1, s->len);
        return read_slashes(s, number, parts);
    }
    if (digits <= 2 && !parts->has_day) {
        parts->civil.day = number;
        parts->has_day = true;
        return true;
    }
    if (digits <= 2 && !parts->has_month && number >= 1 && number <= 12) {
        parts->civil.month = number; /* "11 04 2020" */
        parts->has_month = true;
        return true;
    }
    if (!parts->has_year) {
        parts->civil.year = full_year(number, digits);
        parts->has_year = true;
    }
    return true;
}

/* "2006/09/15" behind a day of the week. */
static bool starts_iso(struct dw_str s, const struct parts *parts)
{
    if (s.len < 10 || parts->has_year || parts->has_month || parts->has_day)
        return false;
    for (size_t i = 0; i < 10; i++) {
        bool separator = i == 4 || i == 7;
        if (separator ? s.at[i] != '-' && s.at[i] != '/' : !dw_is_digit(s.at[i]))
            return false;
    }
    return true;
}

/* Day first, month first, asctime: words and numbers in any order. */
static bool parse_words(struct dw_str s, struct parts *parts)
{
    while (s.len > 0) {
        char c = s.at[0];
        if (starts_iso(s, parts))
            return parse_iso(s, parts);
        if (dw_is_digit(c)) {
            if (!read_number(&s, parts))
                return false;
        } else if (region_length(s) > 0) {
            parts->region = dw_str_slice(s, 0, region_length(s));
            s = dw_str_slice(s, parts->region.len, s.len);
        } else if (is_letter(c)) {
            read_word(&s, parts);
        } else if (c == '+' && parts->has_time && s.len > 1 && dw_is_alpha(s.at[1])) {
            return false; /* a distance to UTC that is no number */
        } else if ((c == '+' || c == '-') && parts->has_time && s.len > 1 && dw_is_digit(s.at[1])) {
            if (!take_offset(&s, parts))
                return false;
        } else {
            s = dw_str_slice(s, 1, s.len);
        }
    }
    return parts->has_year && parts->has_month && parts->has_day;
}

/* Seconds or milliseconds since 1970, as some feeds give them. */
static bool parse_epoch(struct dw_str s, int64_t *time)
{
    int64_t number;
    if (s.len < 9 || s.len > 13 || !dw_str_to_int(s, &number))
        return false;
    *time = s.len >= 12 ? number / 1000 : number;
    return true;
}

static bool is_day(const struct dw_civil *civil)
{
    static const int lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return civil->month >= 1 && civil->month <= 12 && civil->day >= 1 &&
           civil->day <= lengths[civil->month - 1] && civil->year >= 1000;
}

/* Dates of East Asia with the signs of the rest of the world: 2026年1月29日 午後3時02分. */
static struct dw_str plain_signs(struct dw_str s, char out[LONGEST_DATE + 8])
{
    static const struct {
        struct dw_str sign, plain;
    } signs[] = {
        {DW_STR_INIT("年"), DW_STR_INIT("-")},   {DW_STR_INIT("년"), DW_STR_INIT("-")},
        {DW_STR_INIT("月"), DW_STR_INIT("-")},   {DW_STR_INIT("월"), DW_STR_INIT("-")},
        {DW_STR_INIT("日"), DW_STR_INIT(" ")},   {DW_STR_INIT("일"), DW_STR_INIT(" ")},
        {DW_STR_INIT("時"), DW_STR_INIT(":")},   {DW_STR_INIT("时"), DW_STR_INIT(":")},
        {DW_STR_INIT("点"), DW_STR_INIT(":")},   {DW_STR_INIT("시"), DW_STR_INIT(":")},
        {DW_STR_INIT("分"), DW_STR_INIT(":")},   {DW_STR_INIT("분"), DW_STR_INIT(":")},
        {DW_STR_INIT("秒"), DW_STR_INIT(" ")},   {DW_STR_INIT("초"), DW_STR_INIT(" ")},
        {DW_STR_INIT("午後"), DW_STR_INIT("p")}, {DW_STR_INIT("下午"), DW_STR_INIT("p")},
        {DW_STR_INIT("오후"), DW_STR_INIT("p")}, {DW_STR_INIT("午前"), DW_STR_INIT("a")},
        {DW_STR_INIT("上午"), DW_STR_INIT("a")}, {DW_STR_INIT("오전"), DW_STR_INIT("a")},
    };
    size_t len = 0;
    char half = '\0';
    bool any = false;
    while (s.len > 0 && len < LONGEST_DATE) {
        size_t i = 0;
        while (i < sizeof signs / sizeof signs[0] && !dw_str_starts(s, signs[i].sign))
            i++;
        bool sign = i < sizeof signs / sizeof signs[0];
        char plain = sign ? signs[i].plain.at[0] : s.at[0];
        bool blank = any && plain == ' ' && len > 0 && (out[len - 1] == '-' || out[len - 1] == ':');
        if (sign && (plain == 'a' || plain == 'p'))
            half = plain;
        else if (!blank)
            out[len++] = plain;
        any = any || sign;
        s = dw_str_slice(s, sign ? signs[i].sign.len : 1, s.len);
    }
    while (any && len > 0 && (out[len - 1] == ':' || out[len - 1] == '-' || out[len - 1] == ' '))
        len--;
    if (half != '\0') {
        out[len++] = ' ';
        out[len++] = half;
        out[len++] = 'm';
    }
    return (struct dw_str){out, len};
}

bool dw_date_parse(struct dw_str s, int64_t *time)
{
    char plain[LONGEST_DATE + 8];
    s = dw_str_trim(s);
    if (s.len == 0 || s.len > LONGEST_DATE)
        return false;
    if ((unsigned char)s.at[0] >= 0x80 || dw_is_digit(s.at[0]))
        s = plain_signs(s, plain);
    int64_t epoch;
    if (parse_epoch(s, &epoch)) {
        *time = epoch;
        return true;
    }
    struct parts parts = {0};
    bool year_first = s.len >= 4 && dw_is_digit(s.at[0]) && dw_is_digit(s.at[1]) &&
                      dw_is_digit(s.at[2]) && dw_is_digit(s.at[3]);
    if (!(year_first && parse_iso(s, &parts))) {
        bool impossible = parts.impossible;
        parts = (struct parts){0};
        if (impossible || !parse_words(s, &parts))
            return false;
    }
    if (!is_day(&parts.civil))
        return false;
    if (parts.afternoon && parts.civil.hour < 12)
        parts.civil.hour += 12;
    if (parts.forenoon && parts.civil.hour == 12)
        parts.civil.hour = 0;
    if (parts.region.len > 0 && !parts.has_offset &&
        !date_region(parts.region, &parts.civil, &parts.offset))
        return false;
    *time = dw_time_from_civil(&parts.civil) - (int64_t)parts.offset * 60;
    return true;
}

struct dw_str dw_date_iso(struct dw_arena *arena, int64_t time)
{
    if (time == DW_TIME_NONE)
        return (struct dw_str){"", 0};
    struct dw_civil c = dw_civil_from_time(time);
    return dw_str_format(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day, c.hour,
                         c.minute, c.second);
}

bool dw_duration_parse(struct dw_str s, int64_t *seconds)
{
    static const struct {
        char unit;
        int64_t seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 604800}, {'y', 31536000}};
    int64_t number;
    if (s.len < 2 || !dw_str_to_int(dw_str_slice(s, 0, s.len - 1), &number) || number < 0 ||
        number > 100000000)
        return false;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (units[i].unit == dw_to_lower(s.at[s.len - 1])) {
            *seconds = number * units[i].seconds;
            return true;
        }
    }
    return false;
}
