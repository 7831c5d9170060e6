/* Reference rates of currencies, a row for each day. */
#include "internal.h"

bool store_rate_put(struct store *store, struct dw_str currency, int64_t day, double per_euro,
                    struct dw_error *err)
{
    static const char sql[] = "INSERT OR REPLACE INTO rates (currency, day, per_euro)"
                              " VALUES (:currency, :day, :per_euro)";
    struct ask ask = ask_begin(store, sql);
    ask_text(&ask, ":currency", currency);
    ask_int(&ask, ":day", day);
    ask_real(&ask, ":per_euro", per_euro);
    return ask_run(&ask, err, "store a rate");
}

bool store_rate_find(struct store *store, struct dw_str currency, int64_t at, int64_t *day,
                     double *per_euro)
{
    static const char sql[] = "SELECT day, per_euro FROM rates WHERE currency = :currency"
                              " AND day <= :at ORDER BY day DESC LIMIT 1";
    struct ask ask = ask_begin(store, sql);
    ask_text(&ask, ":currency", currency);
    ask_int(&ask, ":at", at != DW_TIME_NONE ? at : INT64_MAX);
    bool found = ask_row(&ask);
    if (found) {
        *day = ask_get_int(&ask, 0);
        *per_euro = ask_get_real(&ask, 1);
    }
    return ask_end(&ask, NULL, "read a rate") && found;
}
