/* What the user and the engine mark on articles. */
#include "internal.h"

static bool set_mark(struct store *store, const char *sql, int64_t article, int64_t value,
                     struct dw_error *err)
{
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":article", article);
    ask_int(&ask, ":value", value);
    return ask_run(&ask, err, "mark an article");
}

bool store_article_source_put(struct store *store, int64_t article, int64_t source,
                              struct dw_error *err)
{
    static const char sql[] = "UPDATE articles SET source = :value WHERE id = :article";
    return set_mark(store, sql, article, source, err);
}

bool store_article_mark_read(struct store *store, int64_t article, bool read, struct dw_error *err)
{
    static const char sql[] = "UPDATE articles SET read = :value WHERE id = :article";
    return set_mark(store, sql, article, read, err);
}

bool store_article_mark_starred(struct store *store, int64_t article, bool starred,
                                struct dw_error *err)
{
    static const char sql[] = "UPDATE articles SET starred = :value WHERE id = :article";
    return set_mark(store, sql, article, starred, err);
}

bool store_article_mark_all_read(struct store *store, struct dw_error *err)
{
    struct ask ask = ask_begin(store, "UPDATE articles SET read = 1 WHERE read = 0");
    return ask_run(&ask, err, "mark all articles as read");
}
