/* Amounts in US dollars, by a table of dated reference rates. */
#include "internal.h"

#include <math.h>

/* day, currency, units for one euro, source; sorted by currency, then day */
extern const struct dw_tsv event_rates;

/* A decimal number of the table ("1.0905"). */
static double number_of(struct dw_str cell)
{
    double number = 0;
    double place = 0;
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.at[i] == '.') {
            place = 1;
            continue;
        }
        number = number * 10 + (cell.at[i] - '0');
        place *= 10;
    }
    return place > 0 ? number / place : number;
}

/* The row of the currency whose day is the last one not after `day`, or its first row where all are
 * later; NULL if there is no such currency. */
static const struct dw_tsv_row *find_row(struct dw_str currency, struct dw_str day)
{
    size_t low = 0;
    size_t high = event_rates.len;
    while (low < high) { /* the first row beyond (currency, day) */
        size_t middle = (low + high) / 2;
        const struct dw_tsv_row *row = &event_rates.rows[middle];
        int order = dw_str_compare(row->cell[1], currency);
        if (order == 0)
            order = dw_str_compare(row->cell[0], day);
        if (order <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low > 0 && dw_str_eq(event_rates.rows[low - 1].cell[1], currency))
        return &event_rates.rows[low - 1];
    if (low < event_rates.len && dw_str_eq(event_rates.rows[low].cell[1], currency))
        return &event_rates.rows[low];
    return NULL;
}

/* Units of the currency for one euro; NAN if the table does not know it. */
static double rate_of(struct dw_str currency, struct dw_str day)
{
    if (dw_str_eq(currency, DW_STR("EUR")))
        return 1;
    const struct dw_tsv_row *row = find_row(currency, day);
    return row != NULL ? number_of(row->cell[2]) : NAN;
}

double dw_money_usd(double value, struct dw_str unit, int64_t at)
{
    if (dw_str_eq(unit, DW_STR("USD")))
        return value;
    char text[] = "9999-99-99"; /* behind every row */
    if (at != DW_TIME_NONE) {
        struct dw_civil day = dw_civil_from_time(at);
        int digits[] = {day.year / 1000,
                        day.year / 100,
                        day.year / 10,
                        day.year,
                        -1,
                        day.month / 10,
                        day.month,
                        -1,
                        day.day / 10,
                        day.day};
        for (size_t i = 0; day.year >= 0 && day.year <= 9999 && i < sizeof text - 1; i++) {
            if (digits[i] >= 0)
                text[i] = (char)('0' + digits[i] % 10);
        }
    }
    struct dw_str day = {text, sizeof text - 1};
    return value / rate_of(unit, day) * rate_of(DW_STR("USD"), day);
}
