/* A worker: bytes of a feed to entries, entries that are new to figures. */
#include "internal.h"

#include <stdlib.h>

/* What a worker has of its own. */
struct worker {
    struct engine *engine;
    struct store *store;   /* for reading; NULL: it cannot be opened */
    struct dw_arena arena; /* of one extraction at a time */
};

/* By time, so that a feed's older reports open the events that its newer ones join. */
static int by_time(const void *a, const void *b)
{
    const struct engine_item *one = a;
    const struct engine_item *two = b;
    int64_t first = one->entry->published;
    int64_t second = two->entry->published;
    if (first != second)
        return first < second ? -1 : 1;
    return one->entry < two->entry ? -1 : one->entry > two->entry;
}

/* Extracts the figures and the signature of one entry. False: out of memory; a text that is too
 * long has no figures. */
static bool understand(struct worker *worker, struct engine_task *task, struct engine_item *item)
{
    const struct engine_options *options = &worker->engine->options;
    struct dw_article article = {
        .title = item->entry->title,
        .text = store_entry_text(item->entry),
        .published = item->entry->published,
        .outlet = task->feed.title,
    };
    struct dw_error err = {0};
    struct dw_extraction found;
    struct dw_arena *arena = &worker->arena;
    struct dw_scratch scratch = dw_scratch_begin(arena);
    item->has_signature = engine_signature(arena, article.text, item->signature);
    item->has_figures = dw_extract(options->extractor, arena, &article, &found, &err);
    if (item->has_figures) {
        item->extraction = engine_extraction_copy(&task->arena, &found);
        item->deals = engine_deals(&task->arena, &item->extraction, article.title, article.text);
    } else
        dw_log_write(options->log, DW_LOG_WARN, "%.*s: \"%.*s\": %s", DW_FMT(task->name),
                     DW_FMT(article.title), err.message);
    dw_scratch_end(scratch);
    /* an arena that has failed stays so until it is given back */
    if (arena->failed)
        dw_arena_release(arena);
    return !task->arena.failed && (item->has_figures || err.code != DW_ERR_MEMORY);
}

/* Whether the entry is to be stored, and read for figures. */
static bool is_wanted(struct worker *worker, const struct engine_task *task,
                      const struct dw_entry *entry, bool *has_new_text)
{
    const struct engine_options *options = &worker->engine->options;
    if (options->withhold_future && entry->published != DW_TIME_NONE &&
        entry->published > dw_clock_now(options->clock))
        return false;
    enum store_outcome outcome = STORE_NEW;
    int64_t article = 0;
    struct dw_error err;
    /* a store that cannot be asked now is asked again by the writer */
    if (worker->store != NULL &&
        !store_article_look(worker->store, task->id, entry, &outcome, &article, &err))
        outcome = STORE_NEW;
    *has_new_text = outcome == STORE_NEW || outcome == STORE_UPDATED;
    return outcome != STORE_KNOWN;
}

/* False: out of memory. */
static bool read_entries(struct worker *worker, struct engine_task *task)
{
    const struct dw_feed *feed = &task->feed;
    task->items = dw_arena_array(&task->arena, feed->entry_count, sizeof *task->items);
    for (size_t i = 0; task->items != NULL && i < feed->entry_count; i++) {
        bool has_new_text = false;
        if (!is_wanted(worker, task, &feed->entries[i], &has_new_text))
            continue;
        struct engine_item *item = &task->items[task->item_count];
        item->entry = &feed->entries[i];
        if (has_new_text && !understand(worker, task, item))
            return false;
        task->item_count++;
    }
    if (task->items != NULL && task->item_count > 1)
        qsort(task->items, task->item_count, sizeof *task->items, by_time);
    return !task->arena.failed;
}

/* Turns a response that cannot be used into one that says why. */
static void refuse(struct engine_task *task, const struct dw_error *err)
{
    task->is_read = false;
    task->item_count = 0;
    task->response->outcome = FETCH_REFUSED;
    dw_error_set(&task->response->error, err->code, "%.*s: %s", DW_FMT(task->url), err->message);
}

static void read_feed(struct worker *worker, struct engine_task *task)
{
    const struct engine_options *options = &worker->engine->options;
    struct dw_feed_input input = {
        .bytes = fetch_response_body(task->response),
        .url = task->local ? DW_STR("") : task->response->url,
        .content_type = task->response->content_type,
        .now = options->withhold_future ? DW_TIME_NONE : dw_clock_now(options->clock),
    };
    struct dw_error err = {0};
    task->is_read = dw_feed_parse(&task->arena, &input, &task->feed, &err);
    fetch_response_drop_body(task->response);
    if (task->arena.failed || (task->is_read && !read_entries(worker, task)))
        dw_error_set(&err, DW_ERR_MEMORY, "out of memory for this feed");
    if (err.code != DW_OK)
        refuse(task, &err);
}

void *engine_worker_run(void *context)
{
    struct worker worker = {.engine = context};
    const struct engine_options *options = &worker.engine->options;
    struct dw_error err;
    dw_arena_init(&worker.arena, DW_LIMIT_DOCUMENT_ARENA);
    worker.store = store_open(options->store_path, STORE_READ, options->clock, &err);
    if (worker.store == NULL)
        dw_log_write(options->log, DW_LOG_WARN, "a worker reads without the store: %s",
                     err.message);
    struct engine_task *task = NULL;
    while ((task = dw_queue_pop(worker.engine->parse)) != NULL) {
        /* there is room again for what the fetch thread may have kept */
        fetch_wakeup(worker.engine->fetch);
        if (engine_is_late(worker.engine))
            task->response->outcome = FETCH_STOPPED;
        else
            read_feed(&worker, task);
        engine_return(worker.engine, task);
    }
    store_close(worker.store);
    dw_arena_release(&worker.arena);
    return NULL;
}
