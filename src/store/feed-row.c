/* Rows of the feed list: settings, health, the last tries. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>

const char store_feed_columns[] = "f.id, f.url, " FEED_TITLE(
    "f") ", f.home, f.tags, f.local, f.full_text, f.pause, f.added,"
         " f.interval, f.ttl, f.etag, f.last_modified, f.last_try, f.last_ok, f.next_try, "
         "f.ok_count,"
         " f.fail_count, f.failures, f.status, f.error, f.notice, f.moved_to, f.moved_since,"
         " f.articles, f.articles_with_figures, f.skip_hours, f.skip_days";

void feed_read(struct ask *ask, struct dw_arena *arena, struct store_feed *feed)
{
    *feed = (struct store_feed){
        .id = ask_get_int(ask, 0),
        .url = ask_get_text(ask, 1, arena),
        .title = ask_get_text(ask, 2, arena),
        .home = ask_get_text(ask, 3, arena),
        .tags = names_split(arena, ask_get_text(ask, 4, arena)),
        .local = ask_get_bool(ask, 5),
        .full_text = ask_get_bool(ask, 6),
        .pause = (enum store_pause)ask_get_int(ask, 7),
        .added = ask_get_int(ask, 8),
        .interval = ask_get_int(ask, 9),
        .ttl = ask_get_int(ask, 10),
        .etag = ask_get_text(ask, 11, arena),
        .last_modified = ask_get_text(ask, 12, arena),
        .last_try = ask_get_time(ask, 13),
        .last_ok = ask_get_time(ask, 14),
        .next_try = ask_get_time(ask, 15),
        .ok_count = ask_get_int(ask, 16),
        .fail_count = ask_get_int(ask, 17),
        .failures = ask_get_int(ask, 18),
        .status = (int)ask_get_int(ask, 19),
        .error = ask_get_text(ask, 20, arena),
        .notice = ask_get_text(ask, 21, arena),
        .moved_to = ask_get_text(ask, 22, arena),
        .moved_since = ask_get_time(ask, 23),
        .articles = ask_get_int(ask, 24),
        .articles_with_figures = ask_get_int(ask, 25),
        .skip_hours = (uint32_t)ask_get_int(ask, 26),
        .skip_days = (uint32_t)ask_get_int(ask, 27),
        .newest = DW_TIME_NONE,
    };
}

/* Feeds by their ids, for lists that are sorted otherwise. */
struct place {
    int64_t id;
    struct store_feed *feed;
};

struct by_id {
    struct place *at;
    size_t len;
};

static int compare_ids(const void *a, const void *b)
{
    int64_t left = ((const struct place *)a)->id;
    int64_t right = ((const struct place *)b)->id;
    return (left > right) - (left < right);
}

static struct by_id sort_by_id(struct dw_arena *arena, const struct store_feeds *feeds)
{
    struct by_id sorted = {dw_arena_array(arena, feeds->len, sizeof *sorted.at), 0};
    for (; sorted.at != NULL && sorted.len < feeds->len; sorted.len++)
        sorted.at[sorted.len] = (struct place){feeds->at[sorted.len].id, &feeds->at[sorted.len]};
    if (sorted.len > 0)
        qsort(sorted.at, sorted.len, sizeof *sorted.at, compare_ids);
    return sorted;
}

/* NULL: there is none. */
static struct store_feed *feed_of(const struct by_id *feeds, int64_t id)
{
    struct place wanted = {id, NULL};
    const struct place *found =
        feeds->len > 0 ? bsearch(&wanted, feeds->at, feeds->len, sizeof *feeds->at, compare_ids)
                       : NULL;
    return found != NULL ? found->feed : NULL;
}

/* Per feed: articles of the last day and of four weeks. */
static bool read_pace(struct store *store, const struct by_id *feeds, struct dw_error *err)
{
    static const char sql[] = "SELECT feed, SUM(seen >= :day), COUNT(*), MIN(seen) FROM places"
                              " WHERE seen >= :month GROUP BY feed";
    int64_t now = dw_clock_now(store->clock);
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":day", now - STORE_DAY);
    ask_int(&ask, ":month", now - 28 * STORE_DAY);
    while (ask_row(&ask)) {
        struct store_feed *feed = feed_of(feeds, ask_get_int(&ask, 0));
        if (feed == NULL)
            continue;
        int64_t since = feed->added > now - 28 * STORE_DAY ? feed->added : now - 28 * STORE_DAY;
        double days = (double)(now - since) / STORE_DAY;
        feed->articles_day = ask_get_int(&ask, 1);
        feed->per_day = (double)ask_get_int(&ask, 2) / fmax(days, 1);
    }
    return ask_end(&ask, err, "count the feeds' articles");
}

static bool read_newest(struct store *store, const struct by_id *feeds, struct dw_error *err)
{
    static const char sql[] = "SELECT f.id, (SELECT MAX(at) FROM articles WHERE feed = f.id)"
                              " FROM feeds f";
    struct ask ask = ask_begin(store, sql);
    while (ask_row(&ask)) {
        struct store_feed *feed = feed_of(feeds, ask_get_int(&ask, 0));
        if (feed != NULL)
            feed->newest = ask_get_time(&ask, 1);
    }
    return ask_end(&ask, err, "read the feeds' newest articles");
}

static bool read_tries(struct store *store, const struct by_id *feeds, struct dw_error *err)
{
    static const char sql[] =
        "SELECT feed, at, milliseconds, status, ok FROM tries ORDER BY feed, at";
    struct ask ask = ask_begin(store, sql);
    while (ask_row(&ask)) {
        struct store_feed *feed = feed_of(feeds, ask_get_int(&ask, 0));
        if (feed == NULL || feed->try_count == STORE_TRIES)
            continue;
        feed->tries[feed->try_count++] = (struct store_try){
            .at = ask_get_int(&ask, 1),
            .milliseconds = ask_get_int(&ask, 2),
            .status = (int)ask_get_int(&ask, 3),
            .ok = ask_get_bool(&ask, 4),
        };
    }
    return ask_end(&ask, err, "read the feeds' tries");
}

static bool read_health(struct store *store, const struct store_feeds *feeds, struct dw_error *err)
{
    struct dw_scratch scratch = dw_scratch_begin(&store->arena);
    struct by_id sorted = sort_by_id(&store->arena, feeds);
    bool done = scratch_ok(store, err) && read_pace(store, &sorted, err) &&
                read_newest(store, &sorted, err) && read_tries(store, &sorted, err);
    dw_scratch_end(scratch);
    return done;
}

/* Room for all feeds at once: a list that grows by doubling takes twice the memory. */
static bool make_room(struct store *store, struct dw_arena *arena, struct store_feeds *feeds,
                      struct dw_error *err)
{
    struct ask ask = ask_begin(store, "SELECT COUNT(*) FROM feeds");
    size_t count = ask_row(&ask) ? (size_t)ask_get_int(&ask, 0) : 0;
    if (!ask_end(&ask, err, "count the feeds"))
        return false;
    feeds->at = count > 0 ? dw_arena_array(arena, count, sizeof *feeds->at) : NULL;
    feeds->cap = feeds->at != NULL ? count : 0;
    return store_arena_ok(arena, err);
}

bool store_feed_list(struct store *store, struct dw_arena *arena, struct store_feeds *feeds,
                     struct dw_error *err)
{
    *feeds = (struct store_feeds){0};
    if (!make_room(store, arena, feeds, err))
        return false;
    struct dw_scratch scratch = dw_scratch_begin(&store->arena);
    struct dw_str sql = dw_str_format(
        &store->arena, "SELECT %s FROM feeds f ORDER BY 3 COLLATE NOCASE, 1", store_feed_columns);
    struct ask ask = ask_begin(store, sql.at);
    while (ask_row(&ask)) {
        struct store_feed *feed = dw_vec_push(arena, feeds);
        if (feed == NULL)
            break;
        feed_read(&ask, arena, feed);
    }
    bool ok = ask_end(&ask, err, "list the feeds") && scratch_ok(store, err);
    dw_scratch_end(scratch);
    return ok && store_arena_ok(arena, err) && read_health(store, feeds, err);
}

bool store_feed_get(struct store *store, struct dw_arena *arena, int64_t id,
                    struct store_feed *feed, struct dw_error *err)
{
    *feed = (struct store_feed){0};
    struct dw_scratch scratch = dw_scratch_begin(&store->arena);
    struct dw_str sql =
        dw_str_format(&store->arena, "SELECT %s FROM feeds f WHERE f.id = :id", store_feed_columns);
    struct ask ask = ask_begin(store, sql.at);
    ask_int(&ask, ":id", id);
    if (ask_row(&ask))
        feed_read(&ask, arena, feed);
    bool ok = ask_end(&ask, err, "read a feed") && scratch_ok(store, err);
    dw_scratch_end(scratch);
    struct store_feeds one = {feed, 1, 1};
    return ok && store_arena_ok(arena, err) && (feed->id == 0 || read_health(store, &one, err));
}

/* Case-folded, so that people need not type it as the feed does. */
static bool contains(struct dw_arena *arena, struct dw_str text, struct dw_str folded)
{
    return dw_str_find(dw_utf8_fold(arena, text), folded, 0) != SIZE_MAX;
}

enum fit { FIT_NONE, FIT_PART, FIT_WHOLE };

static enum fit fit_of(struct dw_arena *arena, const struct store_feed *feed, struct dw_str name,
                       struct dw_str folded)
{
    int64_t id = 0;
    if (dw_str_eq(feed->url, name) || (dw_str_to_int(name, &id) && id == feed->id) ||
        dw_str_eq(dw_utf8_fold(arena, feed->title), folded))
        return FIT_WHOLE;
    if (contains(arena, feed->title, folded) || contains(arena, feed->url, folded))
        return FIT_PART;
    return FIT_NONE;
}

bool store_feed_find(struct store *store, struct dw_arena *arena, struct dw_str name,
                     struct store_feed *feed, struct dw_error *err)
{
    struct store_feeds feeds;
    if (!store_feed_list(store, arena, &feeds, err))
        return false;
    struct dw_str folded = dw_utf8_fold(arena, name);
    const struct store_feed *found = NULL;
    const struct store_feed *second = NULL;
    for (size_t i = 0; i < feeds.len && name.len > 0; i++) {
        enum fit fit = fit_of(arena, &feeds.at[i], name, folded);
        if (fit == FIT_WHOLE) {
            *feed = feeds.at[i];
            return store_arena_ok(arena, err);
        }
        if (fit == FIT_PART && found == NULL)
            found = &feeds.at[i];
        else if (fit == FIT_PART)
            second = &feeds.at[i];
    }
    if (!store_arena_ok(arena, err))
        return false;
    if (second != NULL)
        return dw_error_set(err, DW_ERR_USAGE,
                            "%.*s could be %.*s or %.*s: name the feed by its address or id",
                            DW_FMT(name), DW_FMT(found->title), DW_FMT(second->title));
    if (found == NULL)
        return dw_error_set(err, DW_ERR_USAGE,
                            "no feed is called %.*s: `dealwire feeds list` names them all",
                            DW_FMT(name));
    *feed = *found;
    return true;
}
