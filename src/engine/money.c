/* Amounts in US dollars: at the rates that the store has, else at those built in. */
#include "internal.h"

#include <math.h>

/* The newer of the store's rate and the built-in one, of those on or before the day. */
static bool rate_of(struct store *store, struct dw_str unit, int64_t at, struct dw_rate *rate,
                    bool *is_ecb)
{
    int64_t day = DW_TIME_NONE;
    double per_euro = 0;
    bool built_in = dw_money_rate(unit, at, rate);
    *is_ecb = store_rate_find(store, unit, at, &day, &per_euro) && (!built_in || day >= rate->day);
    if (*is_ecb)
        *rate = (struct dw_rate){.currency = unit, .day = day, .per_euro = per_euro};
    return built_in || *is_ecb;
}

struct engine_conversion engine_convert(struct store *store, double value, struct dw_str unit,
                                        int64_t at)
{
    struct engine_conversion none = {.usd = NAN, .day = DW_TIME_NONE};
    struct engine_conversion same = {.usd = value, .day = DW_TIME_NONE};
    struct dw_rate from;
    struct dw_rate to;
    bool from_ecb = false;
    bool to_ecb = false;
    if (dw_str_eq(unit, DW_STR("USD")))
        return same;
    if (isnan(value) || unit.len != DW_CURRENCY_BYTES ||
        !rate_of(store, unit, at, &from, &from_ecb) ||
        !rate_of(store, DW_STR("USD"), at, &to, &to_ecb))
        return none;
    bool is_euro = dw_str_eq(unit, DW_STR("EUR"));
    return (struct engine_conversion){
        .usd = value / from.per_euro * to.per_euro,
        .day = is_euro ? to.day : from.day,
        .is_daily = to_ecb && (is_euro || from_ecb),
    };
}

double engine_usd(struct store *store, double value, struct dw_str unit, int64_t at)
{
    return engine_convert(store, value, unit, at).usd;
}
