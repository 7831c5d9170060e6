/* Which feeds are due, who fetches them, and what came of it.
 *
 * Invariants: 1. a feed is fetched by one process at a time (its claim, which ends by itself).
 * 2. Validators change only together with a whole answer. 3. A time that a wrong clock wrote does
 * neither silence a feed nor cause a storm. */
#include "internal.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "text/text.h"

#define TIME_HORIZON (8 * STORE_DAY) /* nothing is honestly planned further ahead */

/* Feeds that nobody else has and that may be asked; a claim far ahead is of a wrong clock. */
#define FREE_FEEDS                                                                   \
    " f.pause = 0 AND (f.claimed_until <= :now OR f.claimed_until > :now + :horizon" \
    " OR f.claimed_by = :me)"
#define DUE_FEEDS                                                                \
    " (f.next_try IS NULL OR f.next_try <= :now OR f.next_try > :now + :horizon" \
    " OR f.last_try > :now)"

/* Who this connection is among all that may claim. */
static int64_t claimant(const struct store *store)
{
    return (int64_t)((uint64_t)getpid() << 20 ^ ((uintptr_t)store >> 4 & 0xFFFFF));
}

/* Until when the host of an address wants no requests; DW_TIME_NONE: it may be asked now. */
static int64_t host_pause_of(struct store *store, struct dw_str url, int64_t now)
{
    struct dw_scratch scratch = dw_scratch_begin(&store->arena);
    int64_t until = store_host_pause_get(store, dw_url_server(&store->arena, url));
    dw_scratch_end(scratch);
    return until == DW_TIME_NONE || until <= now || until > now + TIME_HORIZON ? DW_TIME_NONE
                                                                               : until;
}

/* Drops feeds whose host wants no requests now. */
static void drop_paused_hosts(struct store *store, int64_t now, struct store_feeds *feeds)
{
    size_t kept = 0;
    for (size_t i = 0; i < feeds->len; i++) {
        const struct store_feed *feed = &feeds->at[i];
        if (feed->local || host_pause_of(store, feed->url, now) == DW_TIME_NONE)
            feeds->at[kept++] = *feed;
    }
    feeds->len = kept;
}

bool store_feed_due(struct store *store, struct dw_arena *arena, const struct store_due *due,
                    struct store_feeds *feeds, struct dw_error *err)
{
    *feeds = (struct store_feeds){0};
    struct dw_scratch scratch = dw_scratch_begin(&store->arena);
    struct dw_str sql =
        dw_str_format(&store->arena,
                      "SELECT %s FROM feeds f WHERE" FREE_FEEDS " AND (:all OR" DUE_FEEDS ")"
                      " AND (f.last_try IS NULL OR f.last_try > :now OR f.last_try <= :now - :gap)"
                      " ORDER BY f.last_try IS NOT NULL, f.next_try, f.id",
                      store_feed_columns);
    struct ask ask = ask_begin(store, sql.at);
    ask_int(&ask, ":now", due->now);
    ask_int(&ask, ":horizon", TIME_HORIZON);
    ask_int(&ask, ":me", claimant(store));
    ask_int(&ask, ":all", due->all);
    ask_int(&ask, ":gap", due->gap);
    while (ask_row(&ask)) {
        struct store_feed *feed = dw_vec_push(arena, feeds);
        if (feed == NULL)
            break;
        feed_read(&ask, arena, feed);
    }
    bool ok = ask_end(&ask, err, "find the feeds that are due") && scratch_ok(store, err);
    dw_scratch_end(scratch);
    if (!ok || !store_arena_ok(arena, err))
        return false;
    drop_paused_hosts(store, due->now, feeds);
    if (due->limit > 0 && feeds->len > due->limit)
        feeds->len = due->limit;
    return true;
}

int64_t store_feed_next(struct store *store)
{
    static const char sql[] =
        "SELECT CASE WHEN" DUE_FEEDS " THEN :now ELSE f.next_try END, f.local, f.url,"
        " CASE WHEN" FREE_FEEDS " THEN 0 ELSE f.claimed_until END FROM feeds f WHERE f.pause = 0";
    int64_t now = dw_clock_now(store->clock);
    int64_t next = DW_TIME_NONE;
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":now", now);
    ask_int(&ask, ":horizon", TIME_HORIZON);
    ask_int(&ask, ":me", claimant(store));
    while (ask_row(&ask)) {
        /* a pause or a claim that lasts longer wins: else the caller would ask again and again */
        int64_t at = ask_get_int(&ask, 0);
        int64_t claimed = ask_get_int(&ask, 3);
        int64_t paused = DW_TIME_NONE;
        if (!ask_get_bool(&ask, 1))
            paused = host_pause_of(store, ask_borrow_text(&ask, 2), now);
        at = claimed > at ? claimed : at;
        at = paused > at ? paused : at;
        next = next == DW_TIME_NONE || at < next ? at : next;
    }
    return ask_end(&ask, NULL, "find the next feed") ? next : DW_TIME_NONE;
}

bool store_feed_claim(struct store *store, int64_t id, int64_t until, bool *claimed,
                      struct dw_error *err)
{
    static const char sql[] = "UPDATE feeds AS f SET claimed_until = :until, claimed_by = :me"
                              " WHERE f.id = :id AND" FREE_FEEDS;
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":until", until);
    ask_int(&ask, ":me", claimant(store));
    ask_int(&ask, ":id", id);
    ask_int(&ask, ":now", dw_clock_now(store->clock));
    ask_int(&ask, ":horizon", TIME_HORIZON);
    bool ok = ask_run(&ask, err, "claim a feed");
    *claimed = ok && sqlite3_changes(store->db) > 0;
    return ok;
}

bool store_feed_unclaim(struct store *store, int64_t id, struct dw_error *err)
{
    static const char sql[] = "UPDATE feeds SET claimed_until = 0, claimed_by = 0"
                              " WHERE id = :id AND claimed_by = :me";
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":id", id);
    ask_int(&ask, ":me", claimant(store));
    return ask_run(&ask, err, "give up a feed");
}

/* Whether a claim's process has died: its number is in the claim. */
static bool is_dead(int64_t claimed_by)
{
    pid_t pid = (pid_t)((uint64_t)claimed_by >> 20);
    return pid > 0 && kill(pid, 0) != 0 && errno == ESRCH;
}

bool store_feed_free_claims(struct store *store, struct dw_error *err)
{
    static const char list[] = "SELECT DISTINCT claimed_by FROM feeds WHERE claimed_until > 0";
    static const char drop[] = "UPDATE feeds SET claimed_until = 0, claimed_by = 0"
                               " WHERE claimed_by = :by";
    struct dw_scratch scratch = dw_scratch_begin(&store->arena);
    DW_VEC(int64_t) dead = {0};
    struct ask ask = ask_begin(store, list);
    while (ask_row(&ask)) {
        int64_t by = ask_get_int(&ask, 0);
        int64_t *place = is_dead(by) ? dw_vec_push(&store->arena, &dead) : NULL;
        if (place != NULL)
            *place = by;
    }
    bool ok = ask_end(&ask, err, "free the feeds of a process that died");
    for (size_t i = 0; ok && i < dead.len; i++) {
        ask = ask_begin(store, drop);
        ask_int(&ask, ":by", dead.at[i]);
        ok = ask_run(&ask, err, "free the feeds of a process that died");
    }
    dw_scratch_end(scratch);
    return ok;
}

/* What every try changes, good or bad. */
static bool put_try(struct store *store, const struct store_fetch *fetch, struct dw_error *err)
{
    static const char sql[] =
        "UPDATE feeds SET last_try = :at, next_try = :next, status = :status, error = :error,"
        " last_ok = CASE WHEN :ok THEN :at ELSE last_ok END,"
        " ok_count = ok_count + :ok, fail_count = fail_count + NOT :ok,"
        " failures = CASE WHEN :ok THEN 0 ELSE failures + 1 END,"
        " pause = CASE WHEN :gone THEN 2 ELSE pause END,"
        " moved_since = CASE WHEN :moved_to = '' THEN NULL"
        " WHEN moved_to = :moved_to THEN moved_since ELSE :at END,"
        " moved_to = :moved_to, claimed_until = 0, claimed_by = 0 WHERE id = :id";
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":id", fetch->feed);
    ask_int(&ask, ":at", fetch->at);
    ask_time(&ask, ":next", fetch->next);
    ask_int(&ask, ":status", fetch->status);
    ask_text(&ask, ":error", fetch->error);
    ask_int(&ask, ":ok", fetch->ok);
    ask_int(&ask, ":gone", fetch->gone);
    ask_text(&ask, ":moved_to", fetch->moved_to);
    return ask_run(&ask, err, "store a feed's answer");
}

/* What a whole, new answer changes. */
static bool put_answer(struct store *store, const struct store_fetch *fetch, struct dw_error *err)
{
    static const char sql[] =
        "UPDATE feeds SET etag = :etag, last_modified = :last_modified, ttl = :ttl,"
        " notice = :notice, skip_hours = :skip_hours, skip_days = :skip_days WHERE id = :id";
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":id", fetch->feed);
    ask_blob(&ask, ":etag", fetch->etag);
    ask_blob(&ask, ":last_modified", fetch->last_modified);
    ask_int(&ask, ":ttl", fetch->ttl);
    ask_text(&ask, ":notice", fetch->notice);
    ask_int(&ask, ":skip_hours", fetch->skip_hours);
    ask_int(&ask, ":skip_days", fetch->skip_days);
    return ask_run(&ask, err, "store a feed's answer");
}

/* A 304 may bring newer validators; those that it leaves out still hold. */
static bool renew_validators(struct store *store, const struct store_fetch *fetch,
                             struct dw_error *err)
{
    static const char sql[] =
        "UPDATE feeds SET etag = CASE WHEN :etag = x'' THEN etag ELSE :etag END,"
        " last_modified = CASE WHEN :last_modified = x'' THEN last_modified ELSE :last_modified END"
        " WHERE id = :id";
    if (fetch->etag.len == 0 && fetch->last_modified.len == 0)
        return true;
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":id", fetch->feed);
    ask_blob(&ask, ":etag", fetch->etag);
    ask_blob(&ask, ":last_modified", fetch->last_modified);
    return ask_run(&ask, err, "store a feed's answer");
}

/* Articles carry their feed's title, which full text finds: it follows a change. */
static bool rename_articles(struct store *store, int64_t feed, struct dw_error *err)
{
    static const char articles[] = "UPDATE articles SET outlet = (SELECT " FEED_TITLE(
        "f") " FROM feeds f WHERE f.id = :feed)"
             " WHERE feed = :feed"
             " AND outlet <> (SELECT " FEED_TITLE("f") " FROM feeds f WHERE f.id = :feed)";
    static const char texts[] =
        "UPDATE texts SET outlet = (SELECT outlet FROM articles a WHERE a.id = article)"
        " WHERE article IN (SELECT id FROM articles WHERE feed = :feed)";
    struct ask ask = ask_begin(store, articles);
    ask_int(&ask, ":feed", feed);
    if (!ask_run(&ask, err, "rename a feed"))
        return false;
    if (sqlite3_changes(store->db) == 0)
        return true;
    ask = ask_begin(store, texts);
    ask_int(&ask, ":feed", feed);
    return ask_run(&ask, err, "rename a feed");
}

static bool put_names(struct store *store, int64_t feed, struct dw_str title, struct dw_str home,
                      struct dw_error *err)
{
    static const char sql[] =
        "UPDATE feeds SET title = CASE WHEN :title = '' THEN title"
        " ELSE :title END, home = CASE WHEN :home = '' THEN home ELSE :home END"
        " WHERE id = :id";
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":id", feed);
    ask_text(&ask, ":title", title);
    ask_text(&ask, ":home", home);
    return ask_run(&ask, err, "store a feed's title");
}

bool store_feed_describe(struct store *store, int64_t feed, struct dw_str title, struct dw_str home,
                         struct dw_error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    bool ok = put_names(store, feed, title, home, err) && rename_articles(store, feed, err);
    return unit_end(store, &unit, ok, err);
}

/* Keeps the try for the health table, and as many as it draws. */
static bool log_try(struct store *store, const struct store_fetch *fetch, struct dw_error *err)
{
    static const char add[] = "INSERT OR REPLACE INTO tries (feed, at, milliseconds, status, ok)"
                              " VALUES (:feed, :at, :milliseconds, :status, :ok)";
    static const char prune[] =
        "DELETE FROM tries WHERE feed = :feed AND at NOT IN"
        " (SELECT at FROM tries WHERE feed = :feed ORDER BY at DESC LIMIT :kept)";
    struct ask ask = ask_begin(store, add);
    ask_int(&ask, ":feed", fetch->feed);
    ask_int(&ask, ":at", fetch->at);
    ask_int(&ask, ":milliseconds", fetch->milliseconds);
    ask_int(&ask, ":status", fetch->status);
    ask_int(&ask, ":ok", fetch->ok);
    if (!ask_run(&ask, err, "store a feed's answer"))
        return false;
    ask = ask_begin(store, prune);
    ask_int(&ask, ":feed", fetch->feed);
    ask_int(&ask, ":kept", STORE_TRIES);
    return ask_run(&ask, err, "store a feed's answer");
}

bool store_feed_fetched(struct store *store, const struct store_fetch *fetch, struct dw_error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    bool ok = put_try(store, fetch, err) && log_try(store, fetch, err);
    if (ok && fetch->ok && fetch->unchanged)
        ok = renew_validators(store, fetch, err);
    else if (ok && fetch->ok)
        ok = put_answer(store, fetch, err) &&
             store_feed_describe(store, fetch->feed, fetch->title, fetch->home, err);
    return unit_end(store, &unit, ok, err);
}

int64_t store_host_pause_get(struct store *store, struct dw_str host)
{
    struct ask ask = ask_begin(store, "SELECT paused_until FROM hosts WHERE host = :host");
    ask_text(&ask, ":host", host);
    return ask_number(&ask, DW_TIME_NONE);
}

bool store_host_pause_put(struct store *store, struct dw_str host, int64_t until,
                          struct dw_error *err)
{
    static const char sql[] =
        "INSERT INTO hosts (host, paused_until) VALUES (:host, :until)"
        " ON CONFLICT (host) DO UPDATE SET paused_until = excluded.paused_until";
    struct ask ask = ask_begin(store, sql);
    ask_text(&ask, ":host", host);
    ask_int(&ask, ":until", until);
    return ask_run(&ask, err, "pause a host");
}
