/* A worker: bytes of a feed to entries, entries that are new to figures. */
#include "internal.h"

#include <stdlib.h>

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

/* Extracts the figures and the signature of one entry. */
static bool understand(struct engine *engine, struct engine_task *task, struct engine_item *item)
{
    struct dw_article article = {
        .title = item->entry->title,
        .text = store_entry_text(item->entry),
        .published = item->entry->published,
    };
    struct dw_error err;
    item->has_signature = engine_signature(&task->arena, article.text, item->signature);
    item->has_figures =
        dw_extract(engine->options.extractor, &task->arena, &article, &item->extraction, &err);
    if (!item->has_figures)
        dw_log_write(engine->options.log, DW_LOG_WARN, "%.*s: \"%.*s\": %s", DW_FMT(task->name),
                     DW_FMT(article.title), err.message);
    return !task->arena.failed;
}

/* Whether the entry is to be stored, and read for figures. */
static bool is_wanted(struct engine *engine, struct store *store, const struct engine_task *task,
                      const struct dw_entry *entry, bool *has_new_text)
{
    int64_t now = dw_clock_now(engine->options.clock);
    if (engine->options.withhold_future && entry->published != DW_TIME_NONE &&
        entry->published > now)
        return false;
    enum store_outcome outcome = STORE_NEW;
    int64_t article = 0;
    struct dw_error err;
    /* a store that cannot be asked now is asked again by the writer */
    if (store != NULL && !store_article_look(store, task->id, entry, &outcome, &article, &err))
        outcome = STORE_NEW;
    *has_new_text = outcome == STORE_NEW || outcome == STORE_UPDATED;
    return outcome != STORE_KNOWN;
}

static void read_entries(struct engine *engine, struct store *store, struct engine_task *task)
{
    const struct dw_feed *feed = &task->feed;
    task->items = dw_arena_array(&task->arena, feed->entry_count, sizeof *task->items);
    for (size_t i = 0; task->items != NULL && i < feed->entry_count; i++) {
        bool has_new_text = false;
        if (!is_wanted(engine, store, task, &feed->entries[i], &has_new_text))
            continue;
        struct engine_item *item = &task->items[task->item_count];
        item->entry = &feed->entries[i];
        if (has_new_text && !understand(engine, task, item))
            break;
        task->item_count++;
    }
    if (task->item_count > 1)
        qsort(task->items, task->item_count, sizeof *task->items, by_time);
}

/* Turns a response that cannot be used into one that says why. */
static void refuse(struct engine_task *task, const struct dw_error *err)
{
    task->is_read = false;
    task->item_count = 0;
    task->response->outcome = FETCH_REFUSED;
    dw_error_set(&task->response->error, err->code, "%.*s: %s", DW_FMT(task->url), err->message);
}

static void read_feed(struct engine *engine, struct store *store, struct engine_task *task)
{
    struct dw_feed_input input = {
        .bytes = fetch_response_body(task->response),
        .url = task->local ? DW_STR("") : task->response->url,
        .content_type = task->response->content_type,
        .now = engine->options.withhold_future ? DW_TIME_NONE : dw_clock_now(engine->options.clock),
    };
    struct dw_error err = {0};
    task->is_read = dw_feed_parse(&task->arena, &input, &task->feed, &err);
    fetch_response_drop_body(task->response);
    if (task->is_read)
        read_entries(engine, store, task);
    if (task->arena.failed)
        dw_error_set(&err, DW_ERR_MEMORY, "out of memory for this feed");
    if (err.code != DW_OK)
        refuse(task, &err);
}

void *engine_worker_run(void *context)
{
    struct engine *engine = context;
    struct dw_error err;
    struct store *store =
        store_open(engine->options.store_path, STORE_READ, engine->options.clock, &err);
    if (store == NULL)
        dw_log_write(engine->options.log, DW_LOG_WARN, "a worker reads without the store: %s",
                     err.message);
    struct engine_task *task = NULL;
    while ((task = dw_queue_pop(engine->parse)) != NULL) {
        /* there is room again for what the fetch thread may have kept */
        fetch_wakeup(engine->fetch);
        read_feed(engine, store, task);
        engine_return(engine, task);
    }
    store_close(store);
    return NULL;
}
