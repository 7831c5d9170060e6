/* Rounds: which feeds are asked when, and the sums of what came of them. */
#include "internal.h"

#include <string.h>

#include "text/text.h"

/* How long the writer sleeps where nothing is planned, and at most where something is: a clock that
 * was turned is noticed by then. */
#define SLEEP_MS (60 * 60 * 1000)
#define LOOK_AGAIN_MS (60 * 1000)
/* ... and at least, though a feed is due that another process holds. */
#define LEAST_MS 2000
/* Offline, the network is tried again after a minute, then more rarely. */
#define OFFLINE_FIRST_MS (60 * 1000)
#define OFFLINE_MOST_MS (15 * 60 * 1000)
/* Kept of a feed's name in front of an error. */
#define NAME_BYTES 200
/* How often it is looked whether figures have waited long enough. */
#define PLACE_LOOK_MS 500
/* Memory of the list of feeds of a round. */
#define ROUND_BYTES (64u << 20)

static int64_t now_of(const struct engine *engine)
{
    return dw_clock_now(engine->options.clock);
}

static void publish(struct engine *engine)
{
    struct engine_message message = {
        .kind = ENGINE_PROGRESS,
        .done = atomic_load(&engine->done),
        .total = atomic_load(&engine->total),
        .failed = atomic_load(&engine->failed),
    };
    engine_post(engine, &message);
}

/* ---- Beginning ------------------------------------------------------------------------------- */

static void start(struct engine *engine)
{
    struct engine_round *round = &engine->round;
    dw_arena_release(&round->arena);
    dw_arena_init(&round->arena, ROUND_BYTES);
    memset(&round->feeds, 0, sizeof round->feeds);
    struct dw_error err = {0};
    if (!engine_credentials_read(&round->arena, engine->options.config_folder, &round->credentials,
                                 &err))
        engine_complain(engine, &err);
    round->next = 0;
    round->answered = false;
    round->spread = false;
    round->running = true;
    round->begun_ms = dw_clock_milliseconds();
    /* what an earlier run left unplaced */
    engine_place_later(engine, 1);
    atomic_store(&engine->done, 0);
    atomic_store(&engine->total, 0);
    atomic_store(&engine->failed, 0);
    atomic_store(&engine->articles, 0);
    atomic_store(&engine->figures, 0);
    atomic_store(&engine->events, 0);
    atomic_store(&engine->revised, 0);
    atomic_store(&engine->running, true);
    engine->pages.look = true; /* some may wait for their time */
}

/* Whether the round asks the feed already. */
static bool has_feed(const struct engine_round *round, int64_t id, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (round->feeds.at[i].id == id)
            return true;
    return false;
}

static void add(struct engine *engine, const struct store_feeds *feeds)
{
    struct engine_round *round = &engine->round;
    size_t before = round->feeds.len;
    for (size_t i = 0; i < feeds->len; i++) {
        if (has_feed(round, feeds->at[i].id, before))
            continue;
        struct store_feed *feed = dw_vec_push(&round->arena, &round->feeds);
        if (feed == NULL)
            break;
        *feed = feeds->at[i];
    }
    atomic_fetch_add(&engine->total, round->feeds.len - before);
}

/* One feed that the user asks for, unless it rests. */
static bool find_one(struct engine *engine, int64_t id, struct store_feeds *feeds,
                     struct dw_error *err)
{
    struct dw_arena *arena = &engine->round.arena;
    struct store_feed feed;
    if (!store_feed_get(engine->store, arena, id, &feed, err))
        return false;
    int64_t now = now_of(engine);
    int64_t asked = feed.last_try != DW_TIME_NONE && feed.last_try <= now ? now - feed.last_try
                                                                          : FETCH_PAUSE_LEAST;
    int64_t until = store_host_pause_get(engine->store, dw_url_server(arena, feed.url));
    if (feed.id == 0)
        return dw_error_set(err, DW_ERR_INPUT, "there is no such feed any more");
    if (feed.pause != STORE_PAUSE_NONE)
        return dw_error_set(err, DW_ERR_INPUT, "%.*s: paused; resume it first", DW_FMT(feed.title));
    if (asked < FETCH_PAUSE_LEAST)
        return dw_error_set(err, DW_ERR_INPUT, "%.*s: asked %d s ago; again in %d s",
                            DW_FMT(feed.title), (int)asked, (int)(FETCH_PAUSE_LEAST - asked));
    if (until != DW_TIME_NONE && until > now)
        return dw_error_set(err, DW_ERR_INPUT,
                            "%.*s: its host wants no requests for another %d min",
                            DW_FMT(feed.title), (int)((until - now + 59) / 60));
    struct store_feed *found = dw_vec_push(arena, feeds);
    if (found != NULL)
        *found = feed;
    return true;
}

static bool find_feeds(struct engine *engine, enum engine_refresh which, struct store_feeds *feeds,
                       struct dw_error *err)
{
    int64_t interval = engine->options.interval;
    struct store_due due = {
        .now = now_of(engine),
        .all = which == ENGINE_REFRESH_ALL || interval > 0,
        .gap = interval > 0 ? interval - 1 : FETCH_PAUSE_LEAST,
    };
    engine->round.spread = engine->round.spread || which == ENGINE_REFRESH_ALL;
    return store_feed_due(engine->store, &engine->round.arena, &due, feeds, err);
}

void engine_round_begin(struct engine *engine, enum engine_refresh which, const int64_t *ids,
                        size_t count)
{
    if (atomic_load(&engine->stopping))
        return;
    if (!engine->round.running)
        start(engine);
    struct dw_error err = {0};
    struct store_feeds feeds = {0};
    if (engine_batch_open(engine, &err) &&
        !engine_list_mirror(engine->store, engine->options.config_folder, &err))
        engine_complain(engine, &err);
    for (size_t i = 0; which == ENGINE_REFRESH_FEED && i < count; i++)
        if (!find_one(engine, ids[i], &feeds, &err))
            engine_complain(engine, &err);
    if (which != ENGINE_REFRESH_FEED && !find_feeds(engine, which, &feeds, &err))
        engine_complain(engine, &err);
    add(engine, &feeds);
    publish(engine);
}

/* ---- Handing out ----------------------------------------------------------------------------- */

/* A feed of the list that is not asked after all. */
static void drop(struct engine *engine)
{
    atomic_fetch_sub(&engine->total, 1);
}

static bool may_ask(struct engine *engine, const struct engine_task *task, struct dw_error *err)
{
    int64_t now = now_of(engine);
    int64_t until =
        task->server.len > 0 ? store_host_pause_get(engine->store, task->server) : DW_TIME_NONE;
    if (until != DW_TIME_NONE && until > now)
        return false;
    bool claimed = false;
    return store_feed_claim(engine->store, task->id, now + ENGINE_CLAIM_SECONDS, &claimed, err) &&
           claimed;
}

/* Few feeds come back soon, many over an hour. */
static int64_t spread_of(const struct engine_round *round, const struct store_feed *feed)
{
    if (!round->spread && feed->last_try != DW_TIME_NONE)
        return 0;
    int64_t span = (int64_t)round->feeds.len * ENGINE_SPREAD_EACH;
    return span < ENGINE_SPREAD_MOST ? span : ENGINE_SPREAD_MOST;
}

static void hand_out(struct engine *engine, const struct store_feed *feed)
{
    struct dw_error err = {0};
    struct engine_task *task = engine_task_new(feed, spread_of(&engine->round, feed));
    if (task != NULL &&
        !engine_task_trust(task, engine_credential_find(&engine->round.credentials, feed->url))) {
        engine_task_free(task);
        task = NULL;
    }
    if (task == NULL)
        dw_error_set(&err, DW_ERR_MEMORY, "%.*s: out of memory", DW_FMT(feed->title));
    if (task != NULL && may_ask(engine, task, &err) && dw_queue_try_push(engine->intake, task)) {
        engine->round.on_way++;
        return;
    }
    if (err.code != DW_OK)
        engine_complain(engine, &err);
    engine_task_free(task);
    drop(engine);
}

/* Takes a feed up as one of the round, for an answer that is there already. */
static struct engine_task *adopt(struct engine *engine, int64_t feed, struct dw_error *err)
{
    struct store_feeds one = {0};
    if (!engine_batch_open(engine, err) || !find_one(engine, feed, &one, err))
        return NULL;
    struct engine_task *task = one.len > 0 ? engine_task_new(&one.at[0], 0) : NULL;
    if (task == NULL)
        dw_error_set(err, DW_ERR_MEMORY, "out of memory for a feed");
    else if (may_ask(engine, task, err))
        return task;
    engine_task_free(task);
    return NULL;
}

void engine_round_take(struct engine *engine, int64_t feed, struct engine_answer *answer)
{
    if (!engine->round.running)
        start(engine);
    struct dw_error err = {0};
    struct engine_task *task = adopt(engine, feed, &err);
    if (task == NULL) {
        if (err.code != DW_OK)
            engine_complain(engine, &err);
        engine_answer_free(answer);
        return;
    }
    task->answer = answer;
    task->response = answer->response;
    task->response->context = task;
    atomic_fetch_add(&engine->total, 1);
    engine->round.on_way++;
    if (!dw_queue_push(engine->parse, task)) {
        task->response->outcome = FETCH_STOPPED;
        engine_round_receive(engine, task);
    }
}

/* ---- Coming back ----------------------------------------------------------------------------- */

static bool was_stopped(const struct engine_task *task)
{
    return task->abandoned || task->response == NULL || task->response->outcome == FETCH_STOPPED;
}

/* Records what was held: another host answered, so these servers themselves are down. */
static void blame_held(struct engine *engine)
{
    struct engine_round *round = &engine->round;
    while (round->held != NULL) {
        struct engine_task *task = round->held;
        round->held = task->next;
        round->held_count--;
        engine_record(engine, task);
    }
}

void engine_let_go(struct engine *engine, struct engine_task *task)
{
    struct dw_error err = {0};
    if (!engine_batch_open(engine, &err) || !store_feed_unclaim(engine->store, task->id, &err))
        dw_log_write(engine->options.log, DW_LOG_WARN, "%.*s: %s", DW_FMT(task->name), err.message);
    task->next = engine->batch.tasks;
    engine->batch.tasks = task;
}

/* No host at all answered, and there were several, or it was so before: it is our network. */
static bool are_offline(const struct engine *engine)
{
    const struct engine_round *round = &engine->round;
    if (atomic_load(&engine->offline))
        return true;
    for (const struct engine_task *task = round->held; task != NULL; task = task->next)
        if (!dw_str_eq(task->host, round->held->host))
            return true;
    return false;
}

static void let_go_held(struct engine *engine)
{
    struct engine_round *round = &engine->round;
    while (round->held != NULL) {
        struct engine_task *task = round->held;
        round->held = task->next;
        round->held_count--;
        engine_let_go(engine, task);
    }
}

static void go_offline(struct engine *engine)
{
    struct engine_round *round = &engine->round;
    struct engine_message message = {.kind = ENGINE_OFFLINE};
    struct dw_error words;
    dw_error_set(&words, DW_ERR_NETWORK,
                 "offline: none of %zu hosts' feeds can be reached; check the network",
                 round->held_count);
    memcpy(message.text, words.message, sizeof message.text);
    int64_t pause = OFFLINE_FIRST_MS << (round->offlines < 4 ? round->offlines : 4);
    round->offlines++;
    round->retry_ms = dw_clock_milliseconds() + (pause < OFFLINE_MOST_MS ? pause : OFFLINE_MOST_MS);
    atomic_store(&engine->offline, true);
    engine_post(engine, &message);
    let_go_held(engine);
}

/* Once only held tasks are left, it is known what they mean. */
static void judge_held(struct engine *engine)
{
    struct engine_round *round = &engine->round;
    bool is_last = round->next >= round->feeds.len && round->on_way == round->held_count;
    if (!is_last || round->held == NULL)
        return;
    if (atomic_load(&engine->stopping))
        let_go_held(engine);
    else if (are_offline(engine))
        go_offline(engine);
    else
        blame_held(engine);
}

void engine_round_receive(struct engine *engine, struct engine_task *task)
{
    struct engine_round *round = &engine->round;
    bool unreachable = !was_stopped(task) && task->response->unreachable;
    if (was_stopped(task)) {
        engine_let_go(engine, task);
    } else if (unreachable && !round->answered && !atomic_load(&engine->stopping)) {
        task->next = round->held;
        round->held = task;
        round->held_count++;
    } else {
        if (!unreachable && !task->local && !round->answered) {
            round->answered = true;
            round->offlines = 0;
            if (atomic_exchange(&engine->offline, false))
                engine_post(engine, &(struct engine_message){.kind = ENGINE_ONLINE});
            blame_held(engine);
        }
        engine_record(engine, task);
    }
}

void engine_round_hand_out(struct engine *engine)
{
    struct engine_round *round = &engine->round;
    struct dw_error err;
    bool handed = false;
    for (; atomic_load(&engine->stopping) && round->next < round->feeds.len; round->next++)
        drop(engine);
    while (round->next < round->feeds.len &&
           round->on_way - round->held_count < ENGINE_TASKS_MOST) {
        if (!engine_batch_open(engine, &err)) {
            engine_complain(engine, &err);
            for (; round->next < round->feeds.len; round->next++)
                drop(engine);
            break;
        }
        hand_out(engine, &round->feeds.at[round->next++]);
        handed = true;
    }
    if (handed)
        fetch_wakeup(engine->fetch);
    judge_held(engine);
}

/* ---- Settling -------------------------------------------------------------------------------- */

/* The error, with the feed's name before it where it does not begin so: an error names the address
 * that it is about, which after redirects is another one. */
static void tell_trouble(struct engine_message *message, const struct engine_task *task,
                         const struct dw_error *error)
{
    struct dw_error named = *error;
    if (!dw_str_starts(dw_str_from_c(error->message), task->name))
        dw_error_wrap(&named, "%.*s", DW_FMT(dw_utf8_cut(task->name, NAME_BYTES)));
    memcpy(message->text, named.message, sizeof message->text);
}

/* The message that tells a task's outcome. */
static struct engine_message result_of(const struct engine_task *task,
                                       const struct dw_error *failure)
{
    struct engine_message message = {
        .kind = ENGINE_FEED_DONE,
        .feed = task->id,
        .articles = task->articles,
        .figures = task->figures,
        .events = task->events,
        .revised = task->revised,
    };
    const struct dw_error *error = failure;
    if (failure != NULL)
        message.kind = ENGINE_FEED_FAILED;
    else if (task->trouble.code != DW_OK) {
        message.kind = ENGINE_FEED_FAILED;
        error = &task->trouble;
    } else if (task->response->outcome == FETCH_UNCHANGED) {
        message.kind = ENGINE_FEED_UNCHANGED;
    } else if (task->response->outcome != FETCH_BODY) {
        bool is_gone = task->response->outcome == FETCH_GONE;
        message.kind = is_gone ? ENGINE_FEED_GONE : ENGINE_FEED_FAILED;
        error = &task->response->error;
    }
    if (error != NULL)
        tell_trouble(&message, task, error);
    else
        engine_name(&message, task);
    return message;
}

void engine_round_settle(struct engine *engine, struct engine_task *task,
                         const struct dw_error *failure)
{
    engine->round.on_way--;
    atomic_fetch_add(&engine->done, 1);
    bool blamed =
        was_stopped(task) || (task->response->unreachable && atomic_load(&engine->offline));
    if (blamed) {
        atomic_fetch_add(&engine->failed, task->response != NULL && task->response->unreachable);
    } else {
        struct engine_message message = result_of(task, failure);
        bool failed = message.kind == ENGINE_FEED_FAILED || message.kind == ENGINE_FEED_GONE;
        atomic_fetch_add(&engine->failed, failed);
        if (failed)
            dw_log_write(engine->options.log, DW_LOG_WARN, "%.*s: %s", DW_FMT(task->name),
                         message.text);
        engine_post(engine, &message);
        if (failure == NULL) {
            atomic_fetch_add(&engine->articles, task->articles);
            atomic_fetch_add(&engine->figures, task->figures);
            atomic_fetch_add(&engine->events, task->events);
            atomic_fetch_add(&engine->revised, task->revised);
        }
    }
    engine_task_free(task);
    publish(engine);
}

bool engine_round_is_over(const struct engine *engine)
{
    const struct engine_round *round = &engine->round;
    return round->next >= round->feeds.len && round->on_way == 0;
}

void engine_round_end(struct engine *engine)
{
    struct engine_round *round = &engine->round;
    bool is_placed = engine_place_is_done(engine) || engine_is_late(engine);
    bool wants_pages =
        engine->pages.count > 0 || (engine->pages.look && !atomic_load(&engine->stopping));
    if (!round->running || !engine_round_is_over(engine) || wants_pages || !is_placed)
        return;
    round->running = false;
    atomic_store(&engine->running, false);
    struct engine_message message = {
        .kind = ENGINE_FINISHED,
        .done = atomic_load(&engine->done),
        .total = atomic_load(&engine->total),
        .failed = atomic_load(&engine->failed),
        .articles = atomic_load(&engine->articles),
        .figures = atomic_load(&engine->figures),
        .events = atomic_load(&engine->events),
        .revised = atomic_load(&engine->revised),
    };
    engine_post(engine, &message);
    int64_t due = engine->options.interval > 0 ? now_of(engine) + engine->options.interval
                                               : store_feed_next(engine->store);
    atomic_store(&engine->due, due);
    engine_post(engine, &(struct engine_message){.kind = ENGINE_SCHEDULED, .due = due});
}

/* ---- By itself ------------------------------------------------------------------------------- */

/* Milliseconds until the next round by itself, not below 0. */
static int64_t until_round(struct engine *engine)
{
    const struct engine_round *round = &engine->round;
    int64_t now_ms = dw_clock_milliseconds();
    int64_t wait = 0;
    if (atomic_load(&engine->offline))
        wait = round->retry_ms - now_ms;
    else if (engine->options.interval > 0)
        wait =
            round->begun_ms == 0 ? 0 : round->begun_ms + engine->options.interval * 1000 - now_ms;
    else {
        int64_t due = store_feed_next(engine->store);
        if (due == DW_TIME_NONE)
            return SLEEP_MS;
        wait = (due - now_of(engine)) * 1000;
        /* a feed that another process holds stays due for a while */
        if (wait <= 0 && round->begun_ms != 0)
            wait = round->begun_ms + LEAST_MS - now_ms;
    }
    return wait > 0 ? wait : 0;
}

static bool runs_by_itself(const struct engine *engine)
{
    return engine->options.watch && !engine->round.running && !atomic_load(&engine->stopping);
}

bool engine_round_is_due(struct engine *engine)
{
    return runs_by_itself(engine) && until_round(engine) == 0;
}

int64_t engine_round_wait(struct engine *engine)
{
    if (engine_place_is_due(engine))
        return 0;
    if (!engine_place_is_done(engine))
        return PLACE_LOOK_MS;
    if (!runs_by_itself(engine))
        return SLEEP_MS;
    int64_t wait = until_round(engine);
    return wait < LOOK_AGAIN_MS ? wait : LOOK_AGAIN_MS;
}
