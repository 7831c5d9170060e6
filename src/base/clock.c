/* The clock, which tests and fixed demos replace, and the calendar. */
#define _DEFAULT_SOURCE
#include "base/base.h"

#include <time.h>

int64_t dw_clock_now(const struct dw_clock *clock)
{
    if (clock != NULL && clock->now != NULL)
        return clock->now(clock->context);
    return (int64_t)time(NULL) + (clock != NULL ? clock->offset : 0);
}

int64_t dw_clock_milliseconds(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return (int64_t)time(NULL) * 1000;
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Days since 1970-01-01 of a civil date; years begin in March so that leap days come last. */
static int64_t days_from_civil(int64_t year, int64_t month, int64_t day)
{
    year += (month - 1) / 12;
    month = (month - 1) % 12 + 1;
    if (month < 1) {
        month += 12;
        year--;
    }
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

int64_t dw_time_from_civil(const struct dw_civil *civil)
{
    int64_t days = days_from_civil(civil->year, civil->month, civil->day);
    return days * 86400 + (int64_t)civil->hour * 3600 + (int64_t)civil->minute * 60 + civil->second;
}

struct dw_civil dw_civil_from_time(int64_t time)
{
    int64_t days = time / 86400;
    int64_t seconds = time % 86400;
    if (seconds < 0) {
        seconds += 86400;
        days--;
    }
    int64_t shifted = days + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    struct dw_civil civil = {
        .day = (int)(day_of_year - (153 * month + 2) / 5 + 1),
        .month = (int)(month < 10 ? month + 3 : month - 9),
        .hour = (int)(seconds / 3600),
        .minute = (int)(seconds % 3600 / 60),
        .second = (int)(seconds % 60),
        .weekday = (int)((days % 7 + 11) % 7),
    };
    civil.year = (int)(year_of_era + era * 400 + (civil.month <= 2));
    civil.yearday = (int)(days - days_from_civil(civil.year, 1, 1));
    return civil;
}

struct dw_civil dw_civil_local(int64_t at)
{
    time_t wanted = (time_t)at;
    struct tm local;
    if (localtime_r(&wanted, &local) == NULL)
        return dw_civil_from_time(at);
    return dw_civil_from_time(at + local.tm_gmtoff);
}
