/* The writer: the one thread with the writing connection. Takes jobs and commits in batches. */
#include "internal.h"

#include <string.h>

/* ---- Batches --------------------------------------------------------------------------------- */

bool engine_batch_open(struct engine *engine, struct dw_error *err)
{
    struct engine_batch *batch = &engine->batch;
    if (batch->open)
        return true;
    if (!store_begin(engine->store, err))
        return false;
    batch->open = true;
    batch->begun_ms = dw_clock_milliseconds();
    return true;
}

bool engine_batch_is_late(const struct engine *engine)
{
    const struct engine_batch *batch = &engine->batch;
    return batch->open && dw_clock_milliseconds() - batch->begun_ms >= ENGINE_BATCH_MS;
}

void engine_batch_post(struct engine *engine, const struct engine_message *message)
{
    struct engine_batch *batch = &engine->batch;
    struct engine_message *kept = dw_vec_push(&batch->arena, &batch->messages);
    if (kept != NULL)
        *kept = *message;
    else
        atomic_store(&engine->mailbox.lost, true);
}

void engine_complain(struct engine *engine, const struct dw_error *err)
{
    struct engine_message message = {.kind = ENGINE_TROUBLE};
    memcpy(message.text, err->message, sizeof message.text);
    dw_log_write(engine->options.log, DW_LOG_ERROR, "%s", err->message);
    engine_post(engine, &message);
}

/* Full text follows in steps, and whole at the end of a round. */
static void index_texts(struct engine *engine)
{
    struct dw_error err = {0};
    bool ends = engine_round_is_over(engine) && engine_place_is_done(engine);
    size_t least = ends ? 1 : STORE_INDEX_TEXTS;
    while (store_index_waiting(engine->store) >= least) {
        if (!store_index(engine->store, &err)) {
            engine_complain(engine, &err);
            return;
        }
    }
}

bool engine_batch_close(struct engine *engine, struct dw_error *why)
{
    struct engine_batch *batch = &engine->batch;
    struct dw_error err = {0};
    bool broken = batch->open && !store_commit(engine->store, &err);
    if (broken) {
        store_rollback(engine->store);
        engine_complain(engine, &err);
    }
    batch->open = false;
    atomic_fetch_add(&engine->events, broken ? 0 : batch->events);
    atomic_fetch_add(&engine->revised, broken ? 0 : batch->revised);
    batch->events = 0;
    batch->revised = 0;
    if (!broken)
        index_texts(engine);
    for (size_t i = 0; !broken && i < batch->messages.len; i++)
        engine_post(engine, &batch->messages.at[i]);
    memset(&batch->messages, 0, sizeof batch->messages);
    dw_arena_release(&batch->arena);
    while (batch->tasks != NULL) {
        struct engine_task *task = batch->tasks;
        batch->tasks = task->next;
        engine_round_settle(engine, task, broken ? &err : NULL);
    }
    engine_round_end(engine);
    if (broken && why != NULL)
        *why = err;
    return !broken;
}

/* ---- Jobs ------------------------------------------------------------------------------------ */

/* Subscribes to a feed and asks it, or takes the answer that is there already. */
static bool add_feed(struct engine *engine, struct engine_job *job, struct dw_error *err)
{
    struct dw_opml_feed feed = {.url = job->text};
    int64_t id = 0;
    if (!engine_list_add(engine->store, engine->options.config_folder, &feed, &id, err))
        return false;
    struct engine_answer *answer = job->answer;
    job->answer = NULL;
    if (answer != NULL)
        engine_round_take(engine, id, answer);
    else
        engine_round_begin(engine, ENGINE_REFRESH_FEED, &id, 1);
    return true;
}

/* The user's own changes. */
static bool run_command(struct engine *engine, struct engine_job *job, struct dw_error *err)
{
    struct store *store = engine->store;
    struct dw_str folder = engine->options.config_folder;
    switch (job->kind) {
    case ENGINE_JOB_READ:
        return store_article_mark_read(store, job->id, job->on, err);
    case ENGINE_JOB_STAR:
        return store_article_mark_starred(store, job->id, job->on, err);
    case ENGINE_JOB_ALL_READ:
        return store_article_mark_all_read(store, err);
    case ENGINE_JOB_CORRECT: {
        struct engine_correction what = job->correction;
        what.text = job->text;
        what.at = dw_clock_now(engine->options.clock);
        return engine_correct(store, &what, NULL, err);
    }
    case ENGINE_JOB_UNDO:
        return engine_correction_undo(store, 0, NULL, err);
    case ENGINE_JOB_FEED_REMOVE:
        return engine_list_remove(store, folder, job->id, err);
    case ENGINE_JOB_FEED_PAUSE:
        return store_feed_pause(store, job->id, job->on ? STORE_PAUSE_USER : STORE_PAUSE_NONE, err);
    case ENGINE_JOB_FEED_ADD:
        return add_feed(engine, job, err);
    case ENGINE_JOB_PAGE_WANT:
        engine->pages.look = true;
        return store_page_want(store, job->id, true, err);
    case ENGINE_JOB_TASK:
    case ENGINE_JOB_PAGE:
    case ENGINE_JOB_REFRESH:
    case ENGINE_JOB_FEED_TAKE:
        break;
    }
    return true;
}

static bool changes_feeds(enum engine_job_kind kind)
{
    return kind == ENGINE_JOB_FEED_ADD || kind == ENGINE_JOB_FEED_REMOVE ||
           kind == ENGINE_JOB_FEED_PAUSE;
}

static void command(struct engine *engine, struct engine_job *job)
{
    struct dw_error err = {0};
    if (!engine_batch_open(engine, &err)) {
        engine_complain(engine, &err);
        return;
    }
    if (!store_document_begin(engine->store, &err)) {
        engine_complain(engine, &err);
        return;
    }
    if (!run_command(engine, job, &err)) {
        store_document_undo(engine->store);
        engine_complain(engine, &err);
        return;
    }
    if (!store_document_keep(engine->store, &err)) {
        engine_complain(engine, &err);
        return;
    }
    struct engine_message message = {.kind = changes_feeds(job->kind) ? ENGINE_FEEDS_CHANGED
                                                                      : ENGINE_MARKED};
    engine_batch_post(engine, &message);
}

/* Frees the job, but that of a task or page. */
static void run(struct engine *engine, struct engine_job *job)
{
    if (job->kind == ENGINE_JOB_TASK) {
        engine_round_receive(engine, job->task);
        return;
    }
    if (job->kind == ENGINE_JOB_PAGE) {
        engine_page_receive(engine, job->page);
        return;
    }
    if (job->kind == ENGINE_JOB_FEED_TAKE) {
        engine_round_take(engine, job->id, job->answer);
        job->answer = NULL;
    } else if (job->kind == ENGINE_JOB_REFRESH) {
        engine_round_begin(engine, job->which, job->ids, job->count);
    } else {
        command(engine, job);
    }
    dw_free(job);
}

void *engine_writer_run(void *context)
{
    struct engine *engine = context;
    for (;;) {
        struct engine_job *job = dw_queue_pop_within(engine->jobs, engine_round_wait(engine));
        if (job == NULL && atomic_load(&engine->closed))
            break;
        engine->placing.is_idle = job == NULL;
        for (; job != NULL; job = dw_queue_try_pop(engine->jobs)) {
            run(engine, job);
            if (engine_batch_is_late(engine))
                break;
        }
        if (engine_round_is_due(engine))
            engine_round_begin(engine, ENGINE_REFRESH_DUE, NULL, 0);
        engine_round_hand_out(engine);
        engine_pages_hand_out(engine);
        engine_place(engine);
        engine_batch_close(engine, NULL);
    }
    return NULL;
}
