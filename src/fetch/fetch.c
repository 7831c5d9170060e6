/* Many transfers at once on one thread: who waits, who runs, who is done. */
#include "internal.h"

#include <limits.h>
#include <stdatomic.h>

/* Invariants: 1. A transfer is in exactly one of the three lists. 2. Those in `running`, and only
 * those, have an easy handle that is in the multi handle; there are at most limits.transfers of
 * them, and at most limits.per_host to one server, which counts them. 3. Those in `done` have a
 * complete response.
 * 4. `count` is the length of all three. */
struct transfer_list {
    struct fetch_transfer *first;
    struct fetch_transfer *last;
};

struct fetch {
    struct fetch_options options;
    CURLM *multi;
    struct fetch_servers servers;
    struct transfer_list waiting;
    struct transfer_list running;
    struct transfer_list done;
    size_t count;
    size_t running_count;
    atomic_size_t held; /* bytes of bodies, here and handed out */
    atomic_bool woken;
};

struct fetch_limits fetch_limits_default(void)
{
    return (struct fetch_limits){
        .connect_ms = DW_LIMIT_CONNECT_SECONDS * 1000,
        .first_byte_ms = DW_LIMIT_FIRST_BYTE_SECONDS * 1000,
        .stall_ms = DW_LIMIT_STALL_SECONDS * 1000,
        .transfer_ms = DW_LIMIT_TRANSFER_SECONDS * 1000,
        .header_bytes = DW_LIMIT_HEADER_BYTES,
        .body_bytes = DW_LIMIT_BODY_BYTES,
        .held_bytes = DW_LIMIT_HELD_BYTES,
        .redirects = DW_LIMIT_REDIRECTS,
        .transfers = DW_LIMIT_TRANSFERS,
        .per_host = DW_LIMIT_TRANSFERS_PER_HOST,
    };
}

/* ---- Lists ----------------------------------------------------------------------------------- */

static void append(struct transfer_list *list, struct fetch_transfer *transfer)
{
    transfer->next = NULL;
    if (list->last != NULL)
        list->last->next = transfer;
    else
        list->first = transfer;
    list->last = transfer;
}

static void prepend(struct transfer_list *list, struct fetch_transfer *transfer)
{
    transfer->next = list->first;
    list->first = transfer;
    if (list->last == NULL)
        list->last = transfer;
}

static void remove_from(struct transfer_list *list, struct fetch_transfer *transfer)
{
    struct fetch_transfer *before = NULL;
    for (struct fetch_transfer *at = list->first; at != transfer; at = at->next)
        before = at;
    if (before != NULL)
        before->next = transfer->next;
    else
        list->first = transfer->next;
    if (list->last == transfer)
        list->last = before;
    transfer->next = NULL;
}

/* ---- Life ------------------------------------------------------------------------------------ */

/* Idle connections count too: servers see connections, not transfers. */
static bool limit_connections(CURLM *multi, const struct fetch_limits *limits)
{
    return curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long)limits->per_host) ==
               CURLM_OK &&
           curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)limits->transfers) ==
               CURLM_OK;
}

struct fetch *fetch_new(const struct fetch_options *options, struct dw_error *err)
{
    struct fetch *fetch = dw_alloc(sizeof *fetch);
    if (fetch == NULL) {
        dw_error_set(err, DW_ERR_MEMORY, "out of memory for transfers");
        return NULL;
    }
    fetch->options = *options;
    if (fetch->options.limits.transfers == 0)
        fetch->options.limits = fetch_limits_default();
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        dw_error_set(err, DW_ERR_NETWORK, "libcurl does not start");
        dw_free(fetch);
        return NULL;
    }
    fetch_servers_init(&fetch->servers);
    fetch->multi = curl_multi_init();
    const struct fetch_limits *limits = &fetch->options.limits;
    if (fetch->multi == NULL || !limit_connections(fetch->multi, limits)) {
        dw_error_set(err, DW_ERR_MEMORY, "out of memory for transfers");
        curl_multi_cleanup(fetch->multi);
        curl_global_cleanup();
        dw_free(fetch);
        return NULL;
    }
    return fetch;
}

static void free_list(struct fetch *fetch, struct transfer_list *list)
{
    while (list->first != NULL) {
        struct fetch_transfer *transfer = list->first;
        remove_from(list, transfer);
        if (transfer->easy != NULL)
            curl_multi_remove_handle(fetch->multi, transfer->easy);
        fetch_transfer_free(transfer);
    }
}

void fetch_free(struct fetch *fetch)
{
    if (fetch == NULL)
        return;
    free_list(fetch, &fetch->running);
    free_list(fetch, &fetch->waiting);
    free_list(fetch, &fetch->done);
    curl_multi_cleanup(fetch->multi);
    curl_global_cleanup();
    fetch_servers_release(&fetch->servers);
    dw_free(fetch);
}

bool fetch_add(struct fetch *fetch, const struct fetch_request *request, struct dw_error *err)
{
    struct fetch_transfer *transfer = fetch_transfer_new(fetch, &fetch->options, request);
    if (transfer == NULL)
        return dw_error_set(err, DW_ERR_MEMORY, "out of memory for a transfer");
    append(&fetch->waiting, transfer);
    fetch->count++;
    return true;
}

size_t fetch_count(const struct fetch *fetch)
{
    return fetch->count;
}

void fetch_wakeup(struct fetch *fetch)
{
    atomic_store(&fetch->woken, true);
    curl_multi_wakeup(fetch->multi);
}

/* ---- Memory of bodies ------------------------------------------------------------------------ */

/* How long a transfer that waits for memory may sleep before it looks again. */
#define PAUSED_LOOK_MS 20

bool fetch_hold(struct fetch *fetch, const struct fetch_transfer *transfer, size_t more)
{
    size_t held = atomic_load(&fetch->held);
    bool may = transfer == NULL || transfer == fetch->running.first ||
               held + more <= fetch->options.limits.held_bytes;
    if (may)
        atomic_fetch_add(&fetch->held, more);
    return may;
}

void fetch_let_go(struct fetch *fetch, size_t bytes)
{
    atomic_fetch_sub(&fetch->held, bytes);
}

/* Lets transfers go on that waited, oldest first, as far as there is room. True: some still wait.
 */
static bool resume_paused(struct fetch *fetch)
{
    bool waits = false;
    for (struct fetch_transfer *at = fetch->running.first; at != NULL; at = at->next) {
        bool room = at == fetch->running.first ||
                    atomic_load(&fetch->held) < fetch->options.limits.held_bytes;
        if (at->paused_ms != 0 && room)
            fetch_transfer_resume(at);
        waits = waits || at->paused_ms != 0;
    }
    return waits;
}

/* ---- Moving on ------------------------------------------------------------------------------- */

/* Where a transfer goes that is over before it began. */
static void end_unbegun(struct fetch *fetch, struct fetch_transfer *transfer)
{
    transfer->server = NULL;
    append(&fetch->done, transfer);
}

/* Takes a waiting transfer to where it belongs next. */
static void start(struct fetch *fetch, struct fetch_transfer *transfer)
{
    remove_from(&fetch->waiting, transfer);
    if (transfer->request.file) {
        fetch_transfer_read_file(transfer);
        end_unbegun(fetch, transfer);
    } else if (transfer->server == NULL) {
        fetch_words_abort(transfer->response, FETCH_ABORT_MEMORY, &fetch->options.limits);
        end_unbegun(fetch, transfer);
    } else if (!fetch_transfer_start(transfer)) {
        end_unbegun(fetch, transfer);
    } else if (curl_multi_add_handle(fetch->multi, transfer->easy) != CURLM_OK) {
        fetch_words_abort(transfer->response, FETCH_ABORT_MEMORY, &fetch->options.limits);
        fetch_transfer_end(transfer);
        end_unbegun(fetch, transfer);
    } else {
        append(&fetch->running, transfer);
        fetch->running_count++;
        transfer->server->running++;
    }
}

/* Whether its server wants no more requests. Who was redirected goes on: its own server does. */
static bool is_spared(const struct fetch_transfer *transfer)
{
    return transfer->server != NULL && transfer->hops == 0 && fetch_server_rests(transfer->server);
}

static void start_waiting(struct fetch *fetch)
{
    struct fetch_transfer *next = NULL;
    for (struct fetch_transfer *at = fetch->waiting.first; at != NULL; at = next) {
        next = at->next;
        if (fetch->running_count >= fetch->options.limits.transfers)
            return;
        if (at->server == NULL && !at->request.file)
            at->server = fetch_server_get(&fetch->servers, at->response->server);
        if (is_spared(at)) {
            remove_from(&fetch->waiting, at);
            end_unbegun(fetch, at);
        } else if (at->server == NULL || at->server->running < fetch->options.limits.per_host) {
            start(fetch, at);
        }
    }
}

/* What the end of a transfer tells of its server. */
static void judge_server(struct fetch_server *server, const struct fetch_transfer *transfer)
{
    const struct fetch_response *response = transfer->response;
    if (response->outcome == FETCH_BUSY)
        server->rests_until_ms = dw_clock_milliseconds() + (int64_t)FETCH_RETRY_LEAST * 1000;
    if (transfer->abort == FETCH_ABORT_FIRST_BYTE || response->unreachable)
        server->is_slow = true;
    else if (response->status != 0)
        server->is_slow = false;
}

/* A running transfer ended, by libcurl's word or ours. */
static void finish(struct fetch *fetch, struct fetch_transfer *transfer, int code)
{
    curl_multi_remove_handle(fetch->multi, transfer->easy);
    remove_from(&fetch->running, transfer);
    fetch->running_count--;
    struct fetch_server *server = transfer->server;
    server->running--;
    bool complete = fetch_transfer_finish(transfer, code);
    transfer->server = NULL;
    judge_server(server, transfer);
    if (complete)
        append(&fetch->done, transfer);
    else
        prepend(&fetch->waiting, transfer);
}

/* Whether some ended. */
static bool collect(struct fetch *fetch)
{
    bool ended = false;
    int left = 0;
    CURLMsg *message = NULL;
    while ((message = curl_multi_info_read(fetch->multi, &left)) != NULL) {
        if (message->msg != CURLMSG_DONE)
            continue;
        CURLcode code = message->data.result;
        char *private = NULL;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &private);
        finish(fetch, (struct fetch_transfer *)(void *)private, (int)code);
        ended = true;
    }
    return ended;
}

/* Ends what is overdue. Returns the milliseconds until the next transfer is, at most `most`; 0 if
 * some ended. */
static int64_t end_overdue(struct fetch *fetch, int64_t most)
{
    int64_t now = dw_clock_milliseconds();
    int64_t wait = most;
    struct fetch_transfer *next = NULL;
    for (struct fetch_transfer *at = fetch->running.first; at != NULL; at = next) {
        next = at->next;
        enum fetch_abort why = FETCH_ABORT_NONE;
        int64_t left = fetch_transfer_deadline(at, &why) - now;
        if (left <= 0) {
            at->abort = why;
            finish(fetch, at, CURLE_ABORTED_BY_CALLBACK);
            left = 0;
        }
        if (left < wait)
            wait = left;
    }
    return wait;
}

static struct fetch_response *take_done(struct fetch *fetch)
{
    struct fetch_transfer *transfer = fetch->done.first;
    if (transfer == NULL)
        return NULL;
    remove_from(&fetch->done, transfer);
    fetch->count--;
    struct fetch_response *response = transfer->response;
    transfer->response = NULL;
    fetch_transfer_free(transfer);
    return response;
}

struct fetch_response *fetch_poll(struct fetch *fetch, int64_t milliseconds)
{
    int64_t until = dw_clock_milliseconds() + milliseconds;
    for (;;) {
        start_waiting(fetch);
        bool paused = resume_paused(fetch);
        int running = 0;
        curl_multi_perform(fetch->multi, &running);
        bool ended = collect(fetch);
        int64_t left = until - dw_clock_milliseconds();
        int64_t wait = end_overdue(fetch, left > 0 ? left : 0);
        struct fetch_response *response = take_done(fetch);
        if (response != NULL || left <= 0 || atomic_exchange(&fetch->woken, false))
            return response;
        /* what ended made room for what waits, or goes on to another host */
        if (ended)
            continue;
        if (paused && wait > PAUSED_LOOK_MS)
            wait = PAUSED_LOOK_MS;
        curl_multi_poll(fetch->multi, NULL, 0, (int)(wait < INT_MAX ? wait : INT_MAX), NULL);
    }
}

void fetch_stop(struct fetch *fetch)
{
    while (fetch->running.first != NULL) {
        struct fetch_transfer *transfer = fetch->running.first;
        curl_multi_remove_handle(fetch->multi, transfer->easy);
        fetch_transfer_end(transfer);
        remove_from(&fetch->running, transfer);
        transfer->response->outcome = FETCH_STOPPED;
        transfer->server->running--;
        end_unbegun(fetch, transfer);
    }
    fetch->running_count = 0;
    while (fetch->waiting.first != NULL) {
        struct fetch_transfer *transfer = fetch->waiting.first;
        remove_from(&fetch->waiting, transfer);
        append(&fetch->done, transfer);
    }
}
