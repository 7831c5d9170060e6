/* The feed list: subscribing, settings, pauses, moves. */
#include "internal.h"

/* Tags as they are kept: a line end before each and after the last. */
static struct dw_str tags_join(struct dw_arena *arena, const struct dw_strs *tags)
{
    if (tags->len == 0)
        return DW_STR("");
    struct dw_str lines = dw_strs_join(arena, tags, DW_STR("\n"));
    return dw_str_format(arena, "\n%.*s\n", DW_FMT(lines));
}

static int64_t feed_id(struct store *store, struct dw_str url)
{
    struct ask ask = ask_begin(store, "SELECT id FROM feeds WHERE url = :url");
    ask_text(&ask, ":url", url);
    return ask_number(&ask, 0);
}

static bool put_settings(struct store *store, const struct store_feed_settings *settings,
                         struct dw_error *err)
{
    static const char sql[] =
        "INSERT INTO feeds (url, user_title, home, tags, local, full_text, interval, added)"
        " VALUES (:url, :title, :home, :tags, :local, :full_text, :interval, :now)"
        " ON CONFLICT (url) DO UPDATE SET user_title = excluded.user_title,"
        " home = CASE WHEN excluded.home = '' THEN home ELSE excluded.home END,"
        " tags = excluded.tags, local = excluded.local, full_text = excluded.full_text,"
        " interval = excluded.interval";
    struct dw_scratch scratch = dw_scratch_begin(&store->arena);
    struct ask ask = ask_begin(store, sql);
    ask_text(&ask, ":url", settings->url);
    ask_text(&ask, ":title", settings->title);
    ask_text(&ask, ":home", settings->home);
    ask_text(&ask, ":tags", tags_join(&store->arena, &settings->tags));
    ask_int(&ask, ":local", settings->local);
    ask_int(&ask, ":full_text", settings->full_text);
    ask_int(&ask, ":interval", settings->interval);
    ask_int(&ask, ":now", dw_clock_now(store->clock));
    bool ok = ask_run(&ask, err, "subscribe to a feed") && scratch_ok(store, err);
    dw_scratch_end(scratch);
    return ok;
}

bool store_feed_put(struct store *store, const struct store_feed_settings *settings, int64_t *id,
                    bool *added, struct dw_error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    bool known = feed_id(store, settings->url) != 0;
    bool ok = put_settings(store, settings, err);
    *id = ok ? feed_id(store, settings->url) : 0;
    if (added != NULL)
        *added = !known;
    return unit_end(store, &unit, ok, err);
}

/* Articles that only this feed lists and no event needs go with it. */
bool store_feed_remove(struct store *store, int64_t id, struct dw_error *err)
{
    static const char orphans[] =
        "DELETE FROM articles WHERE id IN (SELECT article FROM places WHERE feed = :id)"
        " AND NOT EXISTS (SELECT 1 FROM places p WHERE p.article = articles.id AND p.feed <> :id)"
        " AND NOT EXISTS (SELECT 1 FROM figures g WHERE g.article = articles.id"
        " AND g.event IS NOT NULL) AND starred = 0";
    static const char heirs[] =
        "UPDATE articles SET feed = (SELECT MIN(p.feed) FROM places p"
        " WHERE p.article = articles.id AND p.feed <> :id) WHERE feed = :id";
    static const char *const steps[] = {orphans, heirs, "DELETE FROM feeds WHERE id = :id"};
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof steps / sizeof steps[0]; i++) {
        struct ask ask = ask_begin(store, steps[i]);
        ask_int(&ask, ":id", id);
        ok = ask_run(&ask, err, "remove a feed");
    }
    static const char bands[] = "DELETE FROM bands WHERE article NOT IN (SELECT id FROM articles)";
    ok = ok && store_run(store, bands, err, "remove a feed");
    return unit_end(store, &unit, ok, err);
}

bool store_feed_pause(struct store *store, int64_t id, enum store_pause pause, struct dw_error *err)
{
    static const char sql[] = "UPDATE feeds SET pause = :pause,"
                              " next_try = CASE WHEN :pause = 0 THEN NULL ELSE next_try END"
                              " WHERE id = :id";
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":pause", pause);
    ask_int(&ask, ":id", id);
    return ask_run(&ask, err, "pause a feed");
}

bool store_feed_move(struct store *store, int64_t id, struct dw_str url, struct dw_error *err)
{
    static const char sql[] = "UPDATE feeds SET url = :url, moved_to = '', moved_since = NULL"
                              " WHERE id = :id";
    int64_t owner = feed_id(store, url);
    if (owner != 0 && owner != id)
        return dw_error_set(err, DW_ERR_USAGE,
                            "%.*s is subscribed to already: remove one of the two feeds",
                            DW_FMT(url));
    struct ask ask = ask_begin(store, sql);
    ask_text(&ask, ":url", url);
    ask_int(&ask, ":id", id);
    return ask_run(&ask, err, "move a feed");
}
