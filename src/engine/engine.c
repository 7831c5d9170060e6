/* The engine's life: options, store, queues and threads; and the commands from outside. */
#include "internal.h"

#include <string.h>
#include <unistd.h>

/* ---- Opening --------------------------------------------------------------------------------- */

static void copy_options(struct engine *engine, const struct engine_options *options)
{
    struct dw_arena *arena = &engine->arena;
    dw_arena_init(arena, 1u << 20);
    engine->options = *options;
    engine->options.store_path = dw_str_dup(arena, options->store_path);
    engine->options.config_folder = dw_str_dup(arena, options->config_folder);
    engine->options.allow_private = (struct dw_strs){0};
    for (size_t i = 0; i < options->allow_private.len; i++)
        dw_strs_push(arena, &engine->options.allow_private,
                     dw_str_dup(arena, options->allow_private.at[i]));
}

static size_t count_workers(unsigned wanted)
{
    long cores = wanted > 0 ? (long)wanted : sysconf(_SC_NPROCESSORS_ONLN);
    if (cores < 1)
        return 1;
    return cores < ENGINE_WORKERS_MOST ? (size_t)cores : ENGINE_WORKERS_MOST;
}

static bool open_parts(struct engine *engine, struct dw_error *err)
{
    const struct engine_options *options = &engine->options;
    if (engine->arena.failed)
        return dw_error_set(err, DW_ERR_MEMORY, "out of memory for the engine");
    engine->store = store_open(options->store_path, STORE_WRITE, options->clock, err);
    if (engine->store == NULL)
        return false;
    store_index_later(engine->store);
    struct fetch_options fetch_options = {
        .limits = fetch_limits_default(),
        .allow_private = options->allow_private,
        .clock = options->clock,
    };
    engine->fetch = fetch_new(&fetch_options, err);
    if (engine->fetch == NULL || !engine_mailbox_init(&engine->mailbox, err))
        return false;
    engine->page_fetch = fetch_new(&fetch_options, err);
    engine->pages.queue = dw_queue_new(ENGINE_PAGES_MOST, err);
    if (engine->page_fetch == NULL || engine->pages.queue == NULL)
        return false;
    engine->pages.look = true; /* what was left over the last time */
    engine->intake = dw_queue_new(ENGINE_TASKS_MOST, err);
    engine->parse = dw_queue_new(2 * count_workers(options->workers), err);
    engine->jobs =
        dw_queue_new(ENGINE_COMMANDS_MOST + 2 * ENGINE_TASKS_MOST + ENGINE_PAGES_MOST, err);
    return engine->intake != NULL && engine->parse != NULL && engine->jobs != NULL;
}

static bool start_threads(struct engine *engine, struct dw_error *err)
{
    size_t workers = count_workers(engine->options.workers);
    engine->has_writer = pthread_create(&engine->writer, NULL, engine_writer_run, engine) == 0;
    for (size_t i = 0; i < workers; i++) {
        if (pthread_create(&engine->workers[i], NULL, engine_worker_run, engine) != 0)
            break;
        engine->worker_count++;
    }
    engine->has_fetcher = pthread_create(&engine->fetcher, NULL, engine_fetcher_run, engine) == 0;
    engine->has_pager = pthread_create(&engine->pager, NULL, engine_pager_run, engine) == 0;
    if (engine->has_writer && engine->worker_count > 0 && engine->has_fetcher && engine->has_pager)
        return true;
    return dw_error_set(err, DW_ERR_MEMORY, "the system gives no more threads");
}

struct engine *engine_open(const struct engine_options *options, struct dw_error *err)
{
    struct engine *engine = dw_alloc(sizeof *engine);
    if (engine == NULL) {
        dw_error_set(err, DW_ERR_MEMORY, "out of memory for the engine");
        return NULL;
    }
    engine->mailbox.fd = -1;
    atomic_store(&engine->due, DW_TIME_NONE);
    dw_arena_init(&engine->batch.arena, DW_LIMIT_QUERY_ARENA);
    dw_arena_init(&engine->placing.work, DW_LIMIT_DOCUMENT_ARENA);
    copy_options(engine, options);
    if (!open_parts(engine, err)) {
        engine_close(engine);
        return NULL;
    }
    /* a broken list is told, and the feeds that the store knows go on */
    struct dw_error list_error;
    if (!engine_subscriptions_load(engine->store, engine->options.config_folder, &list_error))
        engine_complain(engine, &list_error);
    if (!start_threads(engine, err)) {
        engine_close(engine);
        return NULL;
    }
    return engine;
}

/* ---- Closing --------------------------------------------------------------------------------- */

static void free_jobs(struct engine *engine)
{
    struct engine_job *job = NULL;
    while (engine->jobs != NULL && (job = dw_queue_try_pop(engine->jobs)) != NULL) {
        engine_answer_free(job->answer);
        if (job->task != NULL)
            engine_task_free(job->task);
        else if (job->page == NULL) /* pages are freed below */
            dw_free(job);
    }
    engine_pages_drop(engine);
    struct engine_task *task = NULL;
    while (engine->intake != NULL && (task = dw_queue_try_pop(engine->intake)) != NULL)
        engine_task_free(task);
    while (engine->round.held != NULL) {
        task = engine->round.held;
        engine->round.held = task->next;
        engine_task_free(task);
    }
}

/* In the order of the data: what a step still has, the next one takes. */
static void stop_threads(struct engine *engine)
{
    atomic_store(&engine->stop_ms, dw_clock_milliseconds() + ENGINE_STOP_MS);
    atomic_store(&engine->stopping, true);
    if (engine->fetch != NULL)
        fetch_wakeup(engine->fetch);
    if (engine->page_fetch != NULL)
        fetch_wakeup(engine->page_fetch);
    if (engine->has_fetcher)
        pthread_join(engine->fetcher, NULL);
    if (engine->has_pager)
        pthread_join(engine->pager, NULL);
    if (engine->parse != NULL)
        dw_queue_close(engine->parse);
    for (size_t i = 0; i < engine->worker_count; i++)
        pthread_join(engine->workers[i], NULL);
    atomic_store(&engine->closed, true);
    if (engine->jobs != NULL)
        dw_queue_close(engine->jobs);
    if (engine->has_writer)
        pthread_join(engine->writer, NULL);
}

void engine_close(struct engine *engine)
{
    if (engine == NULL)
        return;
    engine_searches_end(engine);
    stop_threads(engine);
    free_jobs(engine);
    dw_queue_free(engine->pages.queue);
    dw_queue_free(engine->intake);
    dw_queue_free(engine->parse);
    dw_queue_free(engine->jobs);
    engine_mailbox_release(&engine->mailbox);
    fetch_free(engine->fetch);
    fetch_free(engine->page_fetch);
    store_close(engine->store);
    dw_arena_release(&engine->round.arena);
    dw_arena_release(&engine->placing.arena);
    dw_arena_release(&engine->placing.work);
    dw_arena_release(&engine->batch.arena);
    dw_arena_release(&engine->arena);
    dw_free(engine);
}

/* ---- From outside ---------------------------------------------------------------------------- */

int engine_fd(const struct engine *engine)
{
    return engine->mailbox.fd;
}

bool engine_message_take(struct engine *engine, struct engine_message *message)
{
    return engine_mailbox_take(&engine->mailbox, message);
}

struct engine_progress engine_progress(const struct engine *engine)
{
    return (struct engine_progress){
        .done = atomic_load(&engine->done),
        .total = atomic_load(&engine->total),
        .failed = atomic_load(&engine->failed),
        .articles = atomic_load(&engine->articles),
        .figures = atomic_load(&engine->figures),
        .events = atomic_load(&engine->events),
        .running = atomic_load(&engine->running),
        .offline = atomic_load(&engine->offline),
        .due = atomic_load(&engine->due),
    };
}

bool engine_is_late(const struct engine *engine)
{
    return atomic_load(&engine->stopping) &&
           dw_clock_milliseconds() >= atomic_load(&engine->stop_ms);
}

void engine_return(struct engine *engine, struct engine_task *task)
{
    task->job = (struct engine_job){.kind = ENGINE_JOB_TASK, .task = task};
    /* open until the workers and the fetch thread have ended, and never full (invariant 2) */
    bool pushed = dw_queue_push(engine->jobs, &task->job);
    (void)pushed;
}

void engine_return_page(struct engine *engine, struct engine_page *page)
{
    page->job = (struct engine_job){.kind = ENGINE_JOB_PAGE, .page = page};
    bool pushed = dw_queue_push(engine->jobs, &page->job);
    (void)pushed; /* as above */
}

/* A copy of a job with its payload behind it; NULL: there is no room for it. */
static struct engine_job *copy_of(struct engine *engine, struct engine_job job,
                                  struct dw_str payload)
{
    if (atomic_load(&engine->stopping) || dw_queue_count(engine->jobs) >= ENGINE_COMMANDS_MOST)
        return NULL;
    struct engine_job *copy = dw_alloc(sizeof *copy + payload.len);
    if (copy == NULL)
        return NULL;
    *copy = job;
    char *behind = (char *)(copy + 1);
    if (payload.len > 0)
        memcpy(behind, payload.at, payload.len);
    copy->text = (struct dw_str){behind, payload.len};
    copy->ids = (const int64_t *)(const void *)behind;
    return copy;
}

bool engine_send(struct engine *engine, struct engine_job job, struct dw_str payload)
{
    struct engine_job *copy = copy_of(engine, job, payload);
    if (copy != NULL && dw_queue_try_push(engine->jobs, copy))
        return true;
    engine_answer_free(job.answer);
    dw_free(copy);
    return false;
}

bool engine_refresh(struct engine *engine, enum engine_refresh which, int64_t feed)
{
    if (which == ENGINE_REFRESH_FEED)
        return engine_refresh_feeds(engine, &feed, 1);
    struct engine_job job = {.kind = ENGINE_JOB_REFRESH, .which = which};
    return engine_send(engine, job, DW_STR(""));
}

bool engine_refresh_feeds(struct engine *engine, const int64_t *feeds, size_t count)
{
    struct engine_job job = {
        .kind = ENGINE_JOB_REFRESH, .which = ENGINE_REFRESH_FEED, .count = count};
    struct dw_str payload = {(const char *)feeds, count * sizeof *feeds};
    return engine_send(engine, job, payload);
}

static bool send_mark(struct engine *engine, enum engine_job_kind kind, int64_t id, bool on)
{
    return engine_send(engine, (struct engine_job){.kind = kind, .id = id, .on = on}, DW_STR(""));
}

bool engine_mark_read(struct engine *engine, int64_t article, bool read)
{
    return send_mark(engine, ENGINE_JOB_READ, article, read);
}

bool engine_mark_starred(struct engine *engine, int64_t article, bool starred)
{
    return send_mark(engine, ENGINE_JOB_STAR, article, starred);
}

bool engine_page_want(struct engine *engine, int64_t article)
{
    return send_mark(engine, ENGINE_JOB_PAGE_WANT, article, true);
}

bool engine_mark_event_starred(struct engine *engine, int64_t event, bool starred)
{
    struct engine_correction star = {.action = STORE_ACTION_STAR,
                                     .event = event,
                                     .text = starred ? DW_STR("on") : DW_STR("off")};
    return engine_event_correct(engine, &star);
}

bool engine_event_correct(struct engine *engine, const struct engine_correction *what)
{
    struct engine_job job = {.kind = ENGINE_JOB_CORRECT, .correction = *what};
    return engine_send(engine, job, what->text);
}

bool engine_event_undo(struct engine *engine)
{
    return send_mark(engine, ENGINE_JOB_UNDO, 0, true);
}

bool engine_mark_all_read(struct engine *engine)
{
    return send_mark(engine, ENGINE_JOB_ALL_READ, 0, true);
}

bool engine_feed_add(struct engine *engine, struct dw_str address)
{
    return engine_send(engine, (struct engine_job){.kind = ENGINE_JOB_FEED_ADD}, address);
}

bool engine_feed_take(struct engine *engine, int64_t feed, struct engine_answer *answer)
{
    struct engine_job job = {.kind = ENGINE_JOB_FEED_TAKE, .id = feed, .answer = answer};
    return engine_send(engine, job, DW_STR(""));
}

bool engine_feed_remove(struct engine *engine, int64_t feed)
{
    return send_mark(engine, ENGINE_JOB_FEED_REMOVE, feed, true);
}

bool engine_feed_pause(struct engine *engine, int64_t feed, bool paused)
{
    return send_mark(engine, ENGINE_JOB_FEED_PAUSE, feed, paused);
}
