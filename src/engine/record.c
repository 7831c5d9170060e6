/* Recording: a feed's articles with their figures and events, and the outcome of the try. */
#include "internal.h"

#include "text/text.h"

/* Articles in a row that cannot be stored before the rest of a feed is given up: one bad article
 * must not cost the others, a full disk must not cost ten thousand attempts. */
#define FAILURES_MOST 3
/* Articles stored within one savepoint: each costs SQLite copies of all pages that change after it.
 */
#define GROUP 8
/* Copies of one text come within this time. */
#define COPY_SECONDS (3 * 24 * 60 * 60)
/* A permanent redirect is taken over once it was seen for so long. */
#define MOVE_SECONDS (7 * 24 * 60 * 60)

/* ---- Articles -------------------------------------------------------------------------------- */

/* What an article counts as among sources, if it is no copy: the host that it stands on. */
static int64_t outlet_of(struct engine_task *task, const struct dw_entry *entry)
{
    struct dw_str host = dw_url_host(&task->arena, entry->link);
    if (dw_str_starts(host, DW_STR("www.")))
        host = dw_str_slice(host, 4, host.len);
    return host.len > 0 ? (int64_t)(dw_str_hash(host) >> 1) : task->id;
}

/* The events that an article tells count its source anew. */
static bool recompute(struct engine *engine, struct dw_arena *arena, int64_t article,
                      struct dw_error *err)
{
    struct engine_told told = {.article = article};
    size_t events = 0;
    size_t revised = 0;
    struct engine_matching matching = {.engine = engine,
                                       .store = engine->store,
                                       .arena = arena,
                                       .told = &told,
                                       .events = &events,
                                       .revised = &revised};
    struct store_ids ids;
    if (!store_article_events(engine->store, arena, article, &ids, err))
        return false;
    for (size_t i = 0; i < ids.len; i++)
        if (!engine_event_compute(&matching, ids.at[i], err))
            return false;
    return true;
}

bool engine_join_copies(struct engine *engine, struct dw_arena *arena, const uint64_t *signature,
                        struct engine_told *told, struct dw_error *err)
{
    struct store_similars similars = {0};
    if (!store_article_similar(engine->store, arena, signature, told->published, COPY_SECONDS,
                               &similars, err))
        return false;
    size_t copies = 0;
    for (size_t i = 0; i < similars.len; i++) {
        if (!engine_signature_same(signature, similars.at[i].signature))
            continue;
        similars.at[copies++] = similars.at[i];
        if (similars.at[i].source < told->source)
            told->source = similars.at[i].source;
    }
    for (size_t i = 0; i < copies; i++)
        if (similars.at[i].source != told->source &&
            !(store_article_source_put(engine->store, similars.at[i].article, told->source, err) &&
              recompute(engine, arena, similars.at[i].article, err)))
            return false;
    return true;
}

static bool store_item(struct engine *engine, struct engine_task *task, struct engine_item *item,
                       struct dw_error *err)
{
    int64_t now = dw_clock_now(engine->options.clock);
    int64_t outlet = outlet_of(task, item->entry);
    struct store_article_in in = {
        .feed = task->id,
        .source = outlet,
        .entry = item->entry,
        .language = task->feed.language,
        .now = now,
        .signature = item->has_signature ? item->signature : NULL,
    };
    enum store_outcome outcome = STORE_KNOWN;
    struct engine_told told = {
        .source = outlet,
        .url = item->entry->link,
        .title = item->entry->title,
        .text = store_entry_text(item->entry),
        .deals = item->deals,
    };
    if (!store_article_put(engine->store, &in, &outcome, &told.article, err))
        return false;
    if (outcome != STORE_NEW && outcome != STORE_UPDATED)
        return true;
    bool has_date = item->entry->published != DW_TIME_NONE;
    told.published = has_date ? item->entry->published : now;
    if (item->has_signature &&
        !engine_join_copies(engine, &task->arena, item->signature, &told, err))
        return false;
    bool is_new = outcome == STORE_NEW;
    if (is_new && !engine_page_consider(engine, task, item->entry, told.article, err))
        return false;
    told.is_new = is_new;
    task->articles += is_new;
    struct engine_message message = {
        .kind = is_new ? ENGINE_ARTICLE_NEW : ENGINE_ARTICLE_CHANGED,
        .feed = task->id,
        .article = told.article,
    };
    engine_batch_post(engine, &message);
    return !item->has_figures || engine_match(engine, task, &told, &item->extraction, err);
}

/* Some articles within one savepoint, in memory that is given back: all of them, or none. */
static bool record_group(struct engine *engine, struct engine_task *task, size_t count,
                         struct dw_error *err)
{
    size_t messages = engine->batch.messages.len;
    struct engine_task before = *task;
    struct engine_placing placing = engine->placing;
    bool stored = store_document_begin(engine->store, err);
    for (size_t i = 0; stored && i < count; i++) {
        struct dw_scratch scratch = dw_scratch_begin(&task->arena);
        stored = store_item(engine, task, &task->items[task->item_next + i], err);
        if (stored && task->arena.failed)
            stored = dw_error_set(err, DW_ERR_MEMORY, "out of memory");
        dw_scratch_end(scratch);
    }
    if (stored && store_document_keep(engine->store, err))
        return true;
    store_document_undo(engine->store);
    engine->batch.messages.len = messages;
    engine->placing = placing;
    task->articles = before.articles;
    task->figures = before.figures;
    task->events = before.events;
    task->revised = before.revised;
    return false;
}

/* Tells of an article that cannot be stored. */
static void lose(struct engine *engine, struct engine_task *task, const struct engine_item *item,
                 const struct dw_error *err)
{
    task->lost++;
    dw_error_set(&task->trouble, err->code, "%.*s: \"%.*s\" cannot be stored: %s",
                 DW_FMT(task->name), DW_FMT(dw_utf8_cut(item->entry->title, 80)), err->message);
    dw_log_write(engine->options.log, DW_LOG_ERROR, "%s", task->trouble.message);
}

/* The articles, in as many batches as it takes. What is left out is told by task->trouble, so that
 * the validators are not stored and the feed is read again. */
static void record_items(struct engine *engine, struct engine_task *task)
{
    unsigned in_row = 0;
    while (task->item_next < task->item_count && in_row < FAILURES_MOST) {
        task->abandoned = engine_is_late(engine);
        if (task->abandoned)
            return;
        struct dw_error err = {0};
        /* articles that a broken commit undid are lost to this feed too: it must be read again */
        if (engine_batch_is_late(engine) && !engine_batch_close(engine, &err))
            dw_error_set(&task->trouble, err.code, "%.*s: %s", DW_FMT(task->name), err.message);
        size_t left = task->item_count - task->item_next;
        size_t count = left < GROUP ? left : GROUP;
        bool stored = engine_batch_open(engine, &err) && record_group(engine, task, count, &err);
        if (!stored && count > 1) { /* it is one of them */
            count = 1;
            stored = engine_batch_open(engine, &err) && record_group(engine, task, count, &err);
        }
        in_row = stored ? 0 : in_row + 1;
        if (!stored)
            lose(engine, task, &task->items[task->item_next], &err);
        task->item_next += count;
    }
}

/* ---- The outcome ----------------------------------------------------------------------------- */

static int64_t newest_of(const struct engine_task *task, int64_t now)
{
    int64_t newest = task->newest;
    for (size_t i = 0; i < task->feed.entry_count; i++) {
        int64_t published = task->feed.entries[i].published;
        if (published != DW_TIME_NONE && published <= now &&
            (newest == DW_TIME_NONE || published > newest))
            newest = published;
    }
    return newest;
}

static int64_t next_time(const struct engine *engine, const struct engine_task *task, bool ok,
                         int64_t now)
{
    const struct fetch_response *response = task->response;
    if (engine->options.interval > 0)
        return now + engine->options.interval;
    struct fetch_schedule schedule = {
        .outcome = task->trouble.code != DW_OK ? FETCH_REFUSED : response->outcome,
        .now = now,
        .feed = dw_str_hash(task->url),
        .spread = task->spread,
        .interval = task->interval > 0 ? task->interval : engine->options.own_interval,
        .newest = newest_of(task, now),
        .ttl = task->is_read ? task->feed.ttl : task->ttl,
        .skip_hours = task->is_read ? task->feed.skip_hours : task->skip_hours,
        .skip_days = task->is_read ? task->feed.skip_days : task->skip_days,
        .max_age = response->max_age,
        .expires = response->expires,
        .retry_after = response->retry_after,
        .failures = ok ? 0 : (unsigned)task->failures + 1,
    };
    int64_t next = fetch_schedule_next(&schedule);
    return next != DW_TIME_NONE ? next : now + FETCH_NEXT_MOST;
}

/* From http to https of the same host. */
static bool is_made_secure(struct engine_task *task, struct dw_str to)
{
    struct dw_scratch scratch = dw_scratch_begin(&task->arena);
    bool is_so = dw_str_starts_nocase(task->url, DW_STR("http:")) &&
                 dw_str_starts_nocase(to, DW_STR("https:")) &&
                 dw_str_eq(dw_url_host(scratch.arena, to), task->host);
    dw_scratch_end(scratch);
    return is_so;
}

/* Takes a permanent redirect over, if it lasted and leads to a feed. */
static void follow_move(struct engine *engine, struct engine_task *task, int64_t now)
{
    struct dw_str to = task->response->permanent_url;
    if (to.len == 0 || dw_str_eq(to, task->url))
        return;
    bool lasted = dw_str_eq(to, task->moved_to) && task->moved_since != DW_TIME_NONE &&
                  now - task->moved_since >= MOVE_SECONDS;
    if (!lasted && !is_made_secure(task, to))
        return;
    struct dw_error err;
    if (engine_list_move(engine->store, engine->options.config_folder, task->id, to, &err))
        engine_batch_post(engine, &(struct engine_message){.kind = ENGINE_FEEDS_CHANGED});
    else
        dw_log_write(engine->options.log, DW_LOG_WARN, "%.*s stays where it was: %s",
                     DW_FMT(task->name), err.message);
}

static struct dw_str message_of(const struct engine_task *task)
{
    if (task->trouble.code != DW_OK)
        return dw_str_from_c(task->trouble.message);
    return dw_str_from_c(task->response->error.message);
}

static bool record_outcome(struct engine *engine, struct engine_task *task, struct dw_error *err)
{
    const struct fetch_response *response = task->response;
    int64_t now = dw_clock_now(engine->options.clock);
    bool unchanged = response->outcome == FETCH_UNCHANGED;
    bool ok = (task->is_read || unchanged) && task->trouble.code == DW_OK;
    struct store_fetch fetch = {
        .feed = task->id,
        .at = now,
        .milliseconds = response->milliseconds,
        .next = next_time(engine, task, ok, now),
        .status = response->status,
        .ok = ok,
        .unchanged = unchanged,
        .gone = response->outcome == FETCH_GONE,
        .error = ok ? DW_STR("") : message_of(task),
        .notice = task->feed.warnings.len > 0 ? task->feed.warnings.at[0] : DW_STR(""),
        .etag = response->etag,
        .last_modified = response->last_modified,
        .title = task->feed.title,
        .home = task->feed.link,
        .ttl = task->feed.ttl,
        .skip_hours = task->feed.skip_hours,
        .skip_days = task->feed.skip_days,
        .moved_to = ok ? response->permanent_url : DW_STR(""),
    };
    if (!store_feed_fetched(engine->store, &fetch, err))
        return false;
    if (ok)
        follow_move(engine, task, now);
    return response->outcome != FETCH_BUSY || response->server.len == 0 ||
           store_host_pause_put(engine->store, response->server, fetch.next, err);
}

/* The feed's own title comes first: articles carry it. */
static void describe(struct engine *engine, struct engine_task *task)
{
    struct dw_error err = {0};
    if (!engine_batch_open(engine, &err) ||
        !store_feed_describe(engine->store, task->id, task->feed.title, task->feed.link, &err))
        dw_log_write(engine->options.log, DW_LOG_WARN, "%.*s: %s", DW_FMT(task->name), err.message);
}

void engine_record(struct engine *engine, struct engine_task *task)
{
    struct dw_error err = {0};
    if (task->is_read) {
        describe(engine, task);
        record_items(engine, task);
    }
    if (task->abandoned) {
        engine_let_go(engine, task);
        return;
    }
    if (!engine_batch_open(engine, &err) || !record_outcome(engine, task, &err))
        dw_error_set(&task->trouble, err.code, "%.*s: %s", DW_FMT(task->name), err.message);
    task->next = engine->batch.tasks;
    engine->batch.tasks = task;
}
