/* One transfer: its request, what comes back, its redirects. */
#include "internal.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text/text.h"

/* Validators, addresses of all hops, headers and the error of one transfer. */
#define ARENA_BYTES (1u << 20)
/* Kept of a body that is not what was asked for, to tell what it is. */
#define SAMPLE_BYTES 8192

struct dw_str fetch_response_body(const struct fetch_response *response)
{
    return dw_buf_str(&response->buffer);
}

void fetch_response_drop_body(struct fetch_response *response)
{
    dw_buf_release(&response->buffer);
    fetch_let_go(response->fetch, response->counted);
    response->counted = 0;
}

void fetch_response_free(struct fetch_response *response)
{
    if (response == NULL)
        return;
    fetch_response_drop_body(response);
    dw_arena_release(&response->arena);
    dw_free(response);
}

/* ---- Life ------------------------------------------------------------------------------------ */

static struct fetch_response *response_new(struct fetch *fetch, void *context, size_t body_bytes)
{
    struct fetch_response *response = dw_alloc(sizeof *response);
    if (response == NULL)
        return NULL;
    dw_arena_init(&response->arena, ARENA_BYTES);
    dw_buf_init(&response->buffer, body_bytes);
    response->fetch = fetch;
    response->context = context;
    response->outcome = FETCH_STOPPED;
    response->retry_after = -1;
    response->max_age = -1;
    response->expires = -1;
    return response;
}

struct fetch_transfer *fetch_transfer_new(struct fetch *fetch, const struct fetch_options *options,
                                          const struct fetch_request *request)
{
    struct fetch_transfer *transfer = dw_alloc(sizeof *transfer);
    if (transfer == NULL)
        return NULL;
    transfer->options = options;
    transfer->response = response_new(fetch, request->context, options->limits.body_bytes);
    if (transfer->response == NULL) {
        dw_free(transfer);
        return NULL;
    }
    struct dw_arena *arena = &transfer->response->arena;
    transfer->request = *request;
    transfer->request.url = dw_str_dup(arena, request->url);
    transfer->request.etag = dw_str_dup(arena, request->etag);
    transfer->request.last_modified = dw_str_dup(arena, request->last_modified);
    transfer->request.user = dw_str_dup(arena, request->user);
    transfer->request.password = dw_str_dup(arena, request->password);
    transfer->request.header = dw_str_dup(arena, request->header);
    transfer->url = transfer->request.url;
    transfer->response->url = transfer->url;
    if (!request->file) {
        transfer->host = dw_url_host(arena, transfer->url);
        transfer->response->server = dw_url_server(arena, transfer->url);
    }
    if (request->user_named)
        transfer->named_host = transfer->host;
    if (arena->failed) {
        fetch_transfer_free(transfer);
        return NULL;
    }
    return transfer;
}

void fetch_transfer_end(struct fetch_transfer *transfer)
{
    if (transfer->easy != NULL)
        curl_easy_cleanup(transfer->easy);
    transfer->easy = NULL;
    curl_slist_free_all(transfer->lines);
    transfer->lines = NULL;
}

void fetch_transfer_free(struct fetch_transfer *transfer)
{
    if (transfer == NULL)
        return;
    fetch_transfer_end(transfer);
    fetch_response_free(transfer->response);
    dw_free(transfer);
}

/* ---- What libcurl calls ---------------------------------------------------------------------- */

/* Bytes came. The time until the first ones counts over all redirects: a chain of slow servers must
 * not add up. */
static void hear(struct fetch_transfer *transfer, size_t bytes)
{
    int64_t now = dw_clock_milliseconds();
    if (transfer->heard_ms == 0) {
        transfer->waited_ms += now - transfer->hop_ms;
        transfer->window_ms = now;
        transfer->window_bytes = 0;
    }
    transfer->heard_ms = now;
    transfer->window_bytes += bytes;
}

static size_t on_header(char *bytes, size_t size, size_t count, void *context)
{
    struct fetch_transfer *transfer = context;
    struct dw_arena *arena = &transfer->response->arena;
    hear(transfer, size * count);
    fetch_headers_add(&transfer->headers, arena, (struct dw_str){bytes, size * count});
    if (arena->failed)
        transfer->abort = FETCH_ABORT_MEMORY;
    else if (transfer->headers.bytes > transfer->options->limits.header_bytes)
        transfer->abort = FETCH_ABORT_HEADERS;
    else
        return size * count;
    return 0;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *context)
{
    struct fetch_transfer *transfer = context;
    struct dw_buf *buffer = &transfer->response->buffer;
    struct dw_str chunk = {bytes, size * count};
    hear(transfer, size * count);
    if (transfer->headers.status != 200) {
        size_t room = buffer->len < SAMPLE_BYTES ? SAMPLE_BYTES - buffer->len : 0;
        chunk = dw_str_slice(chunk, 0, room);
    }
    if (chunk.len > buffer->limit - buffer->len) {
        transfer->abort = FETCH_ABORT_BODY;
        return 0;
    }
    if (!fetch_hold(transfer->response->fetch, transfer, chunk.len)) {
        transfer->paused_ms = transfer->heard_ms;
        return CURL_WRITEFUNC_PAUSE;
    }
    transfer->response->counted += chunk.len;
    dw_buf_add(buffer, chunk);
    if (dw_buf_ok(buffer))
        return size * count;
    transfer->abort = FETCH_ABORT_MEMORY;
    return 0;
}

/* Judges each address that libcurl is about to connect to, after the name was resolved. */
static curl_socket_t on_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct fetch_transfer *transfer = context;
    (void)purpose;
    if (!transfer->private_allowed && !fetch_address_public(&address->addr)) {
        transfer->abort = FETCH_ABORT_ADDRESS;
        return CURL_SOCKET_BAD;
    }
    transfer->abort = FETCH_ABORT_NONE;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* ---- A hop ----------------------------------------------------------------------------------- */

static CURLcode set_callbacks(struct fetch_transfer *transfer)
{
    CURL *easy = transfer->easy;
    CURLcode codes[] = {
        curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header),
        curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer),
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body),
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer),
        curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_socket),
        curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, transfer),
    };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (codes[i] != CURLE_OK)
            return codes[i];
    return CURLE_OK;
}

static bool may_be_private(const struct fetch_transfer *transfer)
{
    if (transfer->named_host.len > 0 && dw_str_eq(transfer->host, transfer->named_host))
        return true;
    return dw_strs_has(&transfer->options->allow_private, transfer->host);
}

bool fetch_transfer_start(struct fetch_transfer *transfer)
{
    struct dw_str proxy = fetch_proxy_find(transfer->url, transfer->host);
    transfer->private_allowed = proxy.len > 0 || may_be_private(transfer);
    transfer->hop_ms = dw_clock_milliseconds();
    if (transfer->begun_ms == 0)
        transfer->begun_ms = transfer->hop_ms;
    transfer->heard_ms = 0;
    transfer->detail[0] = '\0';
    fetch_response_drop_body(transfer->response);
    transfer->easy = curl_easy_init();
    CURLcode code = CURLE_OUT_OF_MEMORY;
    if (transfer->easy != NULL)
        code = fetch_request_set(transfer, proxy);
    if (code == CURLE_OK)
        code = set_callbacks(transfer);
    if (code == CURLE_OK)
        return true;
    fetch_words_curl(transfer->response, (int)code, 0, dw_str_from_c(transfer->detail));
    fetch_transfer_end(transfer);
    return false;
}

static bool is_redirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* Sets the next hop. False: there is none that may be followed; the response tells. */
static bool follow(struct fetch_transfer *transfer)
{
    struct fetch_response *response = transfer->response;
    struct dw_arena *arena = &response->arena;
    struct dw_str url = dw_url_resolve(arena, transfer->url, transfer->headers.location);
    if (url.len == 0) {
        fetch_words_status(response, (struct dw_str){"", 0});
        return false;
    }
    if (++transfer->hops > transfer->options->limits.redirects) {
        fetch_words_abort(response, FETCH_ABORT_REDIRECTS, &transfer->options->limits);
        return false;
    }
    int status = transfer->headers.status;
    if (status != 301 && status != 308)
        transfer->was_temporary = true;
    if (!transfer->was_temporary)
        response->permanent_url = url;
    transfer->url = url;
    transfer->host = dw_url_host(arena, url);
    response->url = url;
    response->server = dw_url_server(arena, url);
    transfer->headers = (struct fetch_headers){.bytes = transfer->headers.bytes};
    return true;
}

/* What an answer that arrived whole means. */
static bool finish_answer(struct fetch_transfer *transfer)
{
    struct fetch_response *response = transfer->response;
    const struct fetch_request *request = &transfer->request;
    fetch_headers_apply(&transfer->headers, dw_clock_now(transfer->options->clock), response);
    bool conditional = request->etag.len > 0 || request->last_modified.len > 0;
    if (response->status == 200) {
        response->outcome = FETCH_BODY;
        return true;
    }
    if (is_redirect(response->status) && transfer->headers.location.len > 0 && follow(transfer))
        return false;
    if (response->status == 304 && conditional)
        response->outcome = FETCH_UNCHANGED;
    else if (response->error.code == DW_OK)
        fetch_words_status(response, dw_buf_str(&response->buffer));
    return true;
}

/* A server that kept another transfer waiting for nothing gets a part of the usual time. */
#define PATIENCE_PART 4

int64_t fetch_transfer_patience(const struct fetch_transfer *transfer, int64_t usual)
{
    bool is_slow = transfer->server != NULL && transfer->server->is_slow;
    return is_slow ? usual / PATIENCE_PART : usual;
}

/* Names the time that it really had. */
static void tell_abort(struct fetch_transfer *transfer)
{
    struct fetch_limits limits = transfer->options->limits;
    limits.first_byte_ms = fetch_transfer_patience(transfer, limits.first_byte_ms);
    fetch_words_abort(transfer->response, transfer->abort, &limits);
}

bool fetch_transfer_finish(struct fetch_transfer *transfer, int code)
{
    struct fetch_response *response = transfer->response;
    long system = 0;
    curl_off_t wire = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_OS_ERRNO, &system);
    curl_easy_getinfo(transfer->easy, CURLINFO_SIZE_DOWNLOAD_T, &wire);
    if (code == CURLE_OK && wire > (curl_off_t)transfer->options->limits.body_bytes)
        transfer->abort = FETCH_ABORT_BODY;
    else if (code == CURLE_OK)
        transfer->abort = FETCH_ABORT_NONE;
    /* two of libcurl's codes mean something else once the request went out: a header line that is
     * too long for it, and an answer in no version of HTTP that it knows */
    curl_off_t asked = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_PRETRANSFER_TIME_T, &asked);
    if (code == CURLE_OUT_OF_MEMORY && asked > 0)
        transfer->abort = FETCH_ABORT_HEADERS;
    if (code == CURLE_UNSUPPORTED_PROTOCOL && asked > 0)
        code = CURLE_WEIRD_SERVER_REPLY;
    bool complete = true;
    if (transfer->abort != FETCH_ABORT_NONE)
        tell_abort(transfer);
    else if (code != CURLE_OK)
        fetch_words_curl(response, code, system, dw_str_from_c(transfer->detail));
    else
        complete = finish_answer(transfer);
    if (response->outcome != FETCH_BODY)
        fetch_response_drop_body(response);
    fetch_transfer_end(transfer);
    response->milliseconds = dw_clock_milliseconds() - transfer->begun_ms;
    if (response->arena.failed)
        fetch_words_abort(response, FETCH_ABORT_MEMORY, &transfer->options->limits);
    return complete || response->arena.failed;
}

void fetch_transfer_resume(struct fetch_transfer *transfer)
{
    int64_t waited = dw_clock_milliseconds() - transfer->paused_ms;
    transfer->begun_ms += waited;
    transfer->heard_ms += waited;
    transfer->window_ms += waited;
    transfer->paused_ms = 0;
    curl_easy_pause(transfer->easy, CURLPAUSE_CONT);
}

/* Nothing came of this hop yet. */
static int64_t first_byte_deadline(const struct fetch_transfer *transfer)
{
    const struct fetch_limits *limits = &transfer->options->limits;
    curl_off_t asked = 0; /* microseconds from the start until the request went out */
    curl_easy_getinfo(transfer->easy, CURLINFO_PRETRANSFER_TIME_T, &asked);
    int64_t before =
        asked > 0 ? (int64_t)(asked / 1000) : fetch_transfer_patience(transfer, limits->connect_ms);
    int64_t patience = fetch_transfer_patience(transfer, limits->first_byte_ms);
    return transfer->hop_ms + before + patience - transfer->waited_ms;
}

/* Something came, but the rest may be silent, or drip. */
static int64_t body_deadline(struct fetch_transfer *transfer, enum fetch_abort *why)
{
    const struct fetch_limits *limits = &transfer->options->limits;
    int64_t quiet = transfer->heard_ms + limits->stall_ms;
    int64_t window = transfer->window_ms + limits->stall_ms;
    size_t least = (size_t)(limits->stall_ms * DW_LIMIT_SLOWEST_BYTES / 1000);
    bool is_over = window <= dw_clock_milliseconds();
    if (is_over && transfer->window_bytes >= least) {
        transfer->window_ms = dw_clock_milliseconds();
        transfer->window_bytes = 0;
        window = transfer->window_ms + limits->stall_ms;
    }
    bool is_silent = dw_clock_milliseconds() - transfer->heard_ms >= limits->stall_ms / 2;
    *why = is_silent ? FETCH_ABORT_STALL : FETCH_ABORT_SLOW;
    return quiet <= window ? quiet : window;
}

int64_t fetch_transfer_deadline(struct fetch_transfer *transfer, enum fetch_abort *why)
{
    if (transfer->paused_ms != 0)
        return INT64_MAX;
    int64_t whole = transfer->begun_ms + transfer->options->limits.transfer_ms;
    int64_t quiet = 0;
    *why = FETCH_ABORT_FIRST_BYTE;
    if (transfer->heard_ms == 0)
        quiet = first_byte_deadline(transfer);
    else
        quiet = body_deadline(transfer, why);
    if (quiet <= whole)
        return quiet;
    *why = FETCH_ABORT_TIME;
    return whole;
}

/* ---- Local files ----------------------------------------------------------------------------- */

/* Only a plain file: a pipe or device could keep the thread for ever. */
static bool read_file(struct fetch_transfer *transfer, struct dw_arena *scratch)
{
    struct fetch_response *response = transfer->response;
    struct dw_str path = transfer->request.url;
    struct stat info;
    if (stat(dw_str_cstr(scratch, path), &info) != 0)
        return dw_error_set(&response->error, DW_ERR_FILE, "%.*s: %s", DW_FMT(path),
                            strerror(errno));
    if (!S_ISREG(info.st_mode))
        return dw_error_set(&response->error, DW_ERR_FILE,
                            "%.*s: not a file but a folder, pipe or device", DW_FMT(path));
    struct dw_str bytes;
    size_t limit = transfer->options->limits.body_bytes;
    if (!dw_file_read(scratch, path, limit, &bytes, &response->error))
        return false;
    fetch_hold(response->fetch, NULL, bytes.len);
    response->counted = bytes.len;
    dw_buf_add(&response->buffer, bytes);
    if (!dw_buf_ok(&response->buffer))
        return dw_error_set(&response->error, DW_ERR_MEMORY, "%.*s: out of memory", DW_FMT(path));
    return true;
}

void fetch_transfer_read_file(struct fetch_transfer *transfer)
{
    struct fetch_response *response = transfer->response;
    int64_t begun = dw_clock_milliseconds();
    struct dw_arena scratch;
    dw_arena_init(&scratch, transfer->options->limits.body_bytes + ARENA_BYTES);
    response->outcome = read_file(transfer, &scratch) ? FETCH_BODY : FETCH_REFUSED;
    dw_arena_release(&scratch);
    response->milliseconds = dw_clock_milliseconds() - begun;
}
