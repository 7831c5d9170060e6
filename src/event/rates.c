/* Reference rates as the European Central Bank publishes them: XML read for what it is known to
 * hold, whatever else is in it.
 *
 * The format is fixed and flat: <Cube time='2026-01-28'> opens a day, <Cube currency='USD'
 * rate='1.1974'/> is a rate of it. A scanner of tags suffices, has nothing to expand or to load,
 * and takes one pass. */
#include "internal.h"

#include <math.h>

/* Far beyond what currencies are worth: a wrong point must not make a deal a thousand times larger.
 */
#define RATE_LEAST 1e-6
#define RATE_MOST 1e9
#define RATES_MOST 2000000 /* since 1999 there are some 220,000 */

/* What one tag says; empty: not said. */
struct cube {
    struct dw_str time;
    struct dw_str currency;
    struct dw_str rate;
};

/* Takes the next attribute of a tag off its front. */
static bool take_attribute(struct dw_str *tag, struct dw_str *name, struct dw_str *value)
{
    size_t equals = dw_str_find_char(*tag, '=', 0);
    if (equals == SIZE_MAX)
        return false;
    *name = dw_str_trim(dw_str_slice(*tag, 0, equals));
    struct dw_str rest = dw_str_trim(dw_str_slice(*tag, equals + 1, tag->len));
    if (rest.len == 0 || (rest.at[0] != '\'' && rest.at[0] != '"'))
        return false;
    size_t end = dw_str_find_char(rest, rest.at[0], 1);
    if (end == SIZE_MAX)
        return false;
    *value = dw_str_slice(rest, 1, end);
    *tag = dw_str_slice(rest, end + 1, rest.len);
    return true;
}

static struct cube read_cube(struct dw_str tag)
{
    struct cube cube = {0};
    struct dw_str name;
    struct dw_str value;
    while (take_attribute(&tag, &name, &value)) {
        if (dw_str_eq(name, DW_STR("time")))
            cube.time = value;
        else if (dw_str_eq(name, DW_STR("currency")))
            cube.currency = value;
        else if (dw_str_eq(name, DW_STR("rate")))
            cube.rate = value;
    }
    return cube;
}

static bool is_currency(struct dw_str code)
{
    bool upper = code.len == DW_CURRENCY_BYTES;
    for (size_t i = 0; upper && i < code.len; i++)
        upper = dw_is_upper(code.at[i]);
    return upper;
}

/* The start of a day "2026-01-28". */
static bool read_day(struct dw_str text, int64_t *day)
{
    int64_t end;
    return text.len == 10 && dw_period_parse(text, day, &end);
}

static bool add_rate(struct dw_arena *arena, const struct cube *cube, int64_t day,
                     struct dw_rates *rates)
{
    double per_euro = dw_decimal_read(cube->rate);
    if (!is_currency(cube->currency) || !(per_euro >= RATE_LEAST && per_euro <= RATE_MOST))
        return true;
    struct dw_rate *rate = rates->len < RATES_MOST ? dw_vec_push(arena, rates) : NULL;
    if (rate == NULL)
        return !arena->failed;
    *rate = (struct dw_rate){.currency = cube->currency, .day = day, .per_euro = per_euro};
    return true;
}

bool dw_rates_parse(struct dw_arena *arena, struct dw_str bytes, struct dw_rates *rates,
                    struct dw_error *err)
{
    static const struct dw_str open = DW_STR_INIT("<Cube");
    int64_t day = DW_TIME_NONE;
    *rates = (struct dw_rates){0};
    for (size_t at = dw_str_find(bytes, open, 0); at != SIZE_MAX;
         at = dw_str_find(bytes, open, at + open.len)) {
        size_t end = dw_str_find_char(bytes, '>', at);
        struct cube cube =
            read_cube(dw_str_slice(bytes, at + open.len, end == SIZE_MAX ? bytes.len : end));
        if (cube.time.len > 0 && !read_day(cube.time, &day))
            day = DW_TIME_NONE;
        if (day != DW_TIME_NONE && !add_rate(arena, &cube, day, rates))
            return dw_error_set(err, DW_ERR_MEMORY, "out of memory for rates");
    }
    return rates->len > 0 || dw_error_set(err, DW_ERR_INPUT, "there are no reference rates in it");
}
