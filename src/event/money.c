/* Amounts in US dollars, by a table of dated reference rates. */
#include "internal.h"

#include <math.h>

/* day, currency, units for one euro, source; sorted by currency, then day */
extern const struct dw_tsv event_rates;

double dw_decimal_read(struct dw_str text)
{
    double number = 0;
    double place = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '.' && place == 0) {
            place = 1;
            continue;
        }
        if (!dw_is_digit(text.at[i]))
            return NAN;
        number = number * 10 + (text.at[i] - '0');
        place *= 10;
    }
    return text.len > (place > 0) ? number / fmax(place, 1) : (double)NAN;
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

/* A day as the table writes it. */
static struct dw_str day_text(int64_t at, char text[11])
{
    static const char behind_all[] = "9999-99-99";
    for (size_t i = 0; i < sizeof behind_all; i++)
        text[i] = behind_all[i];
    struct dw_str day = {text, sizeof behind_all - 1};
    if (at == DW_TIME_NONE)
        return day;
    struct dw_civil civil = dw_civil_from_time(at);
    int digits[] = {civil.year / 1000,
                    civil.year / 100,
                    civil.year / 10,
                    civil.year,
                    -1,
                    civil.month / 10,
                    civil.month,
                    -1,
                    civil.day / 10,
                    civil.day};
    for (size_t i = 0; civil.year >= 0 && civil.year <= 9999 && i < day.len; i++) {
        if (digits[i] >= 0)
            text[i] = (char)('0' + digits[i] % 10);
    }
    return day;
}

bool dw_money_rate(struct dw_str unit, int64_t at, struct dw_rate *rate)
{
    char text[11];
    int64_t end;
    const struct dw_tsv_row *row = find_row(unit, day_text(at, text));
    *rate = (struct dw_rate){.currency = unit, .day = DW_TIME_NONE, .per_euro = 1};
    if (dw_str_eq(unit, DW_STR("EUR")))
        return true;
    if (row == NULL || !dw_period_parse(row->cell[0], &rate->day, &end))
        return false;
    rate->per_euro = dw_decimal_read(row->cell[2]);
    return true;
}

double dw_money_usd(double value, struct dw_str unit, int64_t at)
{
    struct dw_rate from;
    struct dw_rate to;
    if (dw_str_eq(unit, DW_STR("USD")))
        return value;
    if (!dw_money_rate(unit, at, &from) || !dw_money_rate(DW_STR("USD"), at, &to))
        return NAN;
    return value / from.per_euro * to.per_euro;
}
