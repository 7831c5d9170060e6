/* Numbers kept by name, and the counts that triggers keep. */
#include "internal.h"

int64_t store_meta_get(struct store *store, struct dw_str name, int64_t fallback)
{
    struct ask ask = ask_begin(store, "SELECT value FROM meta WHERE name = :name");
    ask_text(&ask, ":name", name);
    return ask_number(&ask, fallback);
}

bool store_meta_put(struct store *store, struct dw_str name, int64_t value, struct dw_error *err)
{
    static const char sql[] = "INSERT INTO meta (name, value) VALUES (:name, :value)"
                              " ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    struct ask ask = ask_begin(store, sql);
    ask_text(&ask, ":name", name);
    ask_int(&ask, ":value", value);
    return ask_run(&ask, err, "write to the store");
}

bool store_counts(struct store *store, struct store_counts *counts, struct dw_error *err)
{
    static const char sql[] = "SELECT (SELECT value FROM meta WHERE name = 'articles'),"
                              " (SELECT value FROM meta WHERE name = 'unread'),"
                              " (SELECT value FROM meta WHERE name = 'figures'),"
                              " (SELECT value FROM meta WHERE name = 'events'),"
                              " COUNT(*), COALESCE(SUM(failures > 0 AND pause = 0), 0) FROM feeds";
    struct ask ask = ask_begin(store, sql);
    if (ask_row(&ask)) {
        *counts = (struct store_counts){
            .articles = ask_get_int(&ask, 0),
            .unread = ask_get_int(&ask, 1),
            .figures = ask_get_int(&ask, 2),
            .events = ask_get_int(&ask, 3),
            .feeds = ask_get_int(&ask, 4),
            .failing = ask_get_int(&ask, 5),
        };
    }
    return ask_end(&ask, err, "read the store's counts");
}
