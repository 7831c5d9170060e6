/* Time zones by region and city, with summer time as the rules of today have it. */
#include "date.h"

extern const struct dw_tsv base_regions;

#define DAY 86400
#define HOUR 3600

/* The n-th Sunday of a month at midnight UTC, the last one for n = 0. */
static int64_t sunday_of(int year, int month, int n)
{
    struct dw_civil first = {.year = year, .month = month, .day = 1};
    int64_t time = dw_time_from_civil(&first);
    int days = (7 - dw_civil_from_time(time).weekday) % 7 + (n > 0 ? (n - 1) * 7 : 28);
    int64_t sunday = time + (int64_t)days * DAY;
    return n == 0 && dw_civil_from_time(sunday).month != month ? sunday - 7 * (int64_t)DAY : sunday;
}

/* Whether clocks are an hour ahead at a local time that is given as if it were UTC. */
static bool is_summer(struct dw_str rule, int64_t local, int year, int64_t winter)
{
    if (dw_str_eq(rule, DW_STR("eu")))
        return local >= sunday_of(year, 3, 0) + HOUR + winter &&
               local < sunday_of(year, 10, 0) + 2 * HOUR + winter;
    if (dw_str_eq(rule, DW_STR("us")))
        return local >= sunday_of(year, 3, 2) + 2 * HOUR &&
               local < sunday_of(year, 11, 1) + 2 * HOUR;
    if (dw_str_eq(rule, DW_STR("au")))
        return local >= sunday_of(year, 10, 1) + 2 * HOUR ||
               local < sunday_of(year, 4, 1) + 3 * HOUR;
    return false;
}

bool date_region(struct dw_str name, const struct dw_civil *local, int *minutes)
{
    for (size_t i = 0; i < base_regions.len; i++) {
        const struct dw_str *cell = base_regions.rows[i].cell;
        bool west = dw_str_starts(cell[1], DW_STR("-"));
        int64_t winter;
        if (!dw_str_eq_nocase(cell[0], name) ||
            !dw_str_to_int(dw_str_slice(cell[1], west, cell[1].len), &winter))
            continue;
        winter = west ? -winter : winter;
        int64_t time = dw_time_from_civil(local);
        *minutes = (int)winter + (is_summer(cell[2], time, local->year, winter * 60) ? 60 : 0);
        return true;
    }
    return false;
}
