/* The fetch thread: takes feeds from the writer, moves bytes, hands answers to the workers. */
#include "internal.h"

/* Nothing to do: sleeps until a wake-up; the span only has to be long. */
#define LONG_MS (60 * 60 * 1000)

/* Feeds whose answer waits until a worker has room. */
struct backlog {
    struct engine_task *first;
    struct engine_task *last;
};

static void append(struct backlog *backlog, struct engine_task *task)
{
    task->next = NULL;
    if (backlog->last != NULL)
        backlog->last->next = task;
    else
        backlog->first = task;
    backlog->last = task;
}

/* Gives the workers what they take without waiting. */
static void hand_on(struct engine *engine, struct backlog *backlog)
{
    while (backlog->first != NULL) {
        struct engine_task *task = backlog->first;
        struct engine_task *next = task->next;
        if (!dw_queue_try_push(engine->parse, task))
            return;
        backlog->first = next;
        if (next == NULL)
            backlog->last = NULL;
    }
}

/* A response of our own making, for a request that never got as far. */
static void fail(struct engine *engine, struct engine_task *task, const struct dw_error *error)
{
    dw_log_write(engine->options.log, DW_LOG_ERROR, "%.*s: %s", DW_FMT(task->name), error->message);
    engine_return(engine, task);
}

static void begin(struct engine *engine, struct engine_task *task)
{
    struct engine_message message = {.kind = ENGINE_FEED_STARTED, .feed = task->id};
    engine_name(&message, task);
    engine_post(engine, &message);
    struct fetch_request request = {
        .url = task->url,
        .file = task->local,
        .user_named = true,
        .etag = task->etag,
        .last_modified = task->last_modified,
        .user = task->credential.user,
        .password = task->credential.password,
        .header = task->credential.header,
        .context = task,
    };
    struct dw_error err = {0};
    if (!fetch_add(engine->fetch, &request, &err))
        fail(engine, task, &err);
}

/* An answer without a body needs no worker. */
static void receive(struct engine *engine, struct backlog *backlog, struct fetch_response *response)
{
    struct engine_task *task = response->context;
    task->response = response;
    if (response->outcome == FETCH_BODY)
        append(backlog, task);
    else
        engine_return(engine, task);
}

/* Ends what is under way; what came whole still goes to the workers. */
static void wind_up(struct engine *engine, struct backlog *backlog)
{
    struct engine_task *task = NULL;
    while ((task = dw_queue_try_pop(engine->intake)) != NULL)
        engine_return(engine, task);
    fetch_stop(engine->fetch);
    struct fetch_response *response = NULL;
    while ((response = fetch_poll(engine->fetch, 0)) != NULL)
        receive(engine, backlog, response);
    while ((task = backlog->first) != NULL) {
        backlog->first = task->next;
        if (!dw_queue_push(engine->parse, task))
            engine_return(engine, task);
    }
}

void *engine_fetcher_run(void *context)
{
    struct engine *engine = context;
    struct backlog backlog = {0};
    while (!atomic_load(&engine->stopping)) {
        struct engine_task *task = NULL;
        /* a backlog means that the workers are behind: start nothing new */
        while (backlog.first == NULL && (task = dw_queue_try_pop(engine->intake)) != NULL)
            begin(engine, task);
        struct fetch_response *response = fetch_poll(engine->fetch, LONG_MS);
        if (response != NULL)
            receive(engine, &backlog, response);
        hand_on(engine, &backlog);
    }
    wind_up(engine, &backlog);
    dw_queue_close(engine->parse);
    return NULL;
}
