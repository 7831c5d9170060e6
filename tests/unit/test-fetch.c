/* Transfers against a server on 127.0.0.1: what it says and what must be asked stand in files of
 * tests/unit/fetch/, whose README tells their form. */
#include "unit.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include <curl/curl.h>

#include "fetch/fetch.h"
#include "http-server.h"

#define STEPS 16
#define SCRIPT_LINES 200

/* ---- Scripts --------------------------------------------------------------------------------- */

/* One request that is expected and its answer: lines [first, last) of the script. */
struct step {
    size_t first;
    size_t last;
};

struct script {
    struct dw_arena arena;
    struct dw_str name;
    struct dw_str lines[SCRIPT_LINES];
    size_t line_count;
    struct step steps[STEPS];
    size_t step_count;
    atomic_size_t at;     /* the step of the next request */
    char complaint[1000]; /* of the server's thread; empty: content */
    int port;
};

/* Takes the first word off the line. */
static struct dw_str word(struct dw_str *line)
{
    size_t space = dw_str_find_char(*line, ' ', 0);
    struct dw_str first = dw_str_slice(*line, 0, space);
    *line = space == SIZE_MAX ? DW_STR("") : dw_str_slice(*line, space + 1, line->len);
    return first;
}

static int64_t number(struct dw_str s)
{
    int64_t value = 0;
    if (!dw_str_to_int(s, &value))
        fail_msg("no number: %.*s", DW_FMT(s));
    return value;
}

static int hex(char c)
{
    const char *digits = "0123456789abcdef";
    const char *at = memchr(digits, dw_to_lower(c), 16);
    return at != NULL ? (int)(at - digits) : 0;
}

/* "{port}" becomes the server's; \n, \r, \0 and \xNN become bytes. */
static void add_expanded(struct dw_buf *out, struct dw_str s, int port)
{
    for (size_t i = 0; i < s.len; i++) {
        struct dw_str rest = dw_str_slice(s, i, s.len);
        if (dw_str_starts(rest, DW_STR("{port}"))) {
            dw_buf_add_format(out, "%d", port);
            i += 5;
        } else if (dw_str_starts(rest, DW_STR("\\n"))) {
            dw_buf_add_char(out, '\n');
            i += 1;
        } else if (dw_str_starts(rest, DW_STR("\\x")) && rest.len >= 4) {
            dw_buf_add_char(out, (char)(hex(rest.at[2]) * 16 + hex(rest.at[3])));
            i += 3;
        } else {
            dw_buf_add_char(out, s.at[i]);
        }
    }
}

static struct dw_str expanded(struct script *script, struct dw_str s)
{
    struct dw_buf out;
    dw_buf_init(&out, 100000);
    add_expanded(&out, s, script->port);
    struct dw_str copy = dw_str_dup(&script->arena, dw_buf_str(&out));
    dw_buf_release(&out);
    return copy;
}

static void script_load(struct script *script, struct dw_str name)
{
    memset(script, 0, sizeof *script);
    dw_arena_init(&script->arena, 1u << 22);
    script->name = dw_str_dup(&script->arena, name);
    struct dw_str path = dw_str_format(&script->arena, "%s/tests/unit/fetch/%.*s",
                                       getenv("DW_SOURCE_DIR"), DW_FMT(name));
    struct dw_str text;
    struct dw_error err;
    if (!dw_file_read(&script->arena, path, 1u << 20, &text, &err))
        fail_msg("%s", err.message);
    struct dw_str line;
    script->step_count = 1;
    while (dw_str_split(&text, '\n', &line)) {
        if (line.len == 0 || line.at[0] == '#')
            continue;
        assert_true(script->line_count < SCRIPT_LINES && script->step_count < STEPS);
        if (dw_str_eq(line, DW_STR("next"))) {
            script->steps[script->step_count - 1].last = script->line_count;
            script->steps[script->step_count++].first = script->line_count;
            continue;
        }
        script->lines[script->line_count++] = line;
    }
    script->steps[script->step_count - 1].last = script->line_count;
}

/* ---- The server's side ----------------------------------------------------------------------- */

static bool head_has_line(struct dw_str head, struct dw_str wanted, bool prefix)
{
    struct dw_str line;
    while (dw_str_split(&head, '\n', &line)) {
        line = dw_str_trim(line);
        if (prefix ? dw_str_starts_nocase(line, wanted) : dw_str_eq(line, wanted))
            return true;
    }
    return false;
}

static void complain(struct script *script, const char *what, struct dw_str line,
                     struct dw_str head)
{
    if (script->complaint[0] == '\0')
        snprintf(script->complaint, sizeof script->complaint, "%s \"%.*s\" in:\n%.*s", what,
                 DW_FMT(line), DW_FMT(head));
}

static void check_asked(struct script *script, struct dw_str verb, struct dw_str line,
                        struct dw_str head)
{
    char bytes[2000];
    struct dw_buf text;
    dw_buf_init(&text, sizeof bytes);
    add_expanded(&text, line, script->port);
    if (dw_str_eq(verb, DW_STR("ask")) && !head_has_line(head, dw_buf_str(&text), false))
        complain(script, "no line", line, head);
    if (dw_str_eq(verb, DW_STR("not")) && head_has_line(head, line, true))
        complain(script, "unwanted line", line, head);
    dw_buf_release(&text);
}

/* "N MS TEXT": N times the text, that long apart, until the client hangs up. */
static void drip(struct http_exchange *exchange, struct dw_str line)
{
    int64_t left = number(word(&line));
    int64_t apart = number(word(&line));
    struct pollfd fd = {.fd = exchange->fd, .events = POLLIN};
    for (; left > 0 && poll(&fd, 1, (int)apart) == 0; left--)
        http_send(exchange, line);
}

/* Answers one request by the script's next step; false where the step ends the connection. */
static bool answer_by_script(struct http_exchange *exchange)
{
    struct script *script = exchange->context;
    struct dw_str head = http_head(exchange);
    size_t at = atomic_fetch_add(&script->at, 1);
    if (at >= script->step_count) {
        complain(script, "one request too many", DW_STR(""), head);
        return false;
    }
    struct dw_buf out;
    dw_buf_init(&out, 64u << 20);
    bool hangs = false;
    bool keeps = false;
    struct dw_str drops = {0};
    for (size_t i = script->steps[at].first; i < script->steps[at].last; i++) {
        struct dw_str line = script->lines[i];
        struct dw_str verb = word(&line);
        check_asked(script, verb, line, head);
        if (dw_str_eq(verb, DW_STR("say")) || dw_str_eq(verb, DW_STR("body")))
            add_expanded(&out, line, script->port);
        if (dw_str_eq(verb, DW_STR("say")))
            dw_buf_add(&out, DW_STR("\r\n"));
        if (dw_str_eq(verb, DW_STR("repeat")))
            for (int64_t left = number(word(&line)); left > 0; left--)
                add_expanded(&out, line, script->port);
        if (dw_str_eq(verb, DW_STR("drip")))
            drops = line;
        if (dw_str_eq(verb, DW_STR("pause")))
            poll(NULL, 0, (int)number(line));
        hangs = hangs || dw_str_eq(verb, DW_STR("hang"));
        keeps = keeps || dw_str_eq(verb, DW_STR("keep"));
    }
    http_send(exchange, dw_buf_str(&out));
    dw_buf_release(&out);
    if (drops.len > 0)
        drip(exchange, drops);
    if (hangs)
        http_wait_for_hangup(exchange);
    return keeps;
}

/* ---- The client's side ----------------------------------------------------------------------- */

static struct dw_str outcome_name(enum fetch_outcome outcome)
{
    static const struct dw_str names[] = {
        [FETCH_BODY] = DW_STR_INIT("body"),       [FETCH_UNCHANGED] = DW_STR_INIT("unchanged"),
        [FETCH_GONE] = DW_STR_INIT("gone"),       [FETCH_BUSY] = DW_STR_INIT("busy"),
        [FETCH_REFUSED] = DW_STR_INIT("refused"), [FETCH_NETWORK] = DW_STR_INIT("network"),
        [FETCH_LIMIT] = DW_STR_INIT("limit"),     [FETCH_STOPPED] = DW_STR_INIT("stopped"),
    };
    return names[outcome];
}

static void check_equal(const struct script *script, const char *what, struct dw_str got,
                        struct dw_str want)
{
    if (!dw_str_eq(got, want))
        fail_msg("%.*s: %s is \"%.*s\", want \"%.*s\"", DW_FMT(script->name), what, DW_FMT(got),
                 DW_FMT(want));
}

static void check_number(const struct script *script, const char *what, int64_t got,
                         struct dw_str want)
{
    if (got != number(want))
        fail_msg("%.*s: %s is %lld, want %.*s", DW_FMT(script->name), what, (long long)got,
                 DW_FMT(want));
}

/* One "want" line against the response. */
static void check_wanted(struct script *script, struct dw_str line,
                         const struct fetch_response *response)
{
    struct dw_str what = word(&line);
    struct dw_str want = expanded(script, line);
    struct dw_str message = dw_str_from_c(response->error.message);
    struct dw_str body = fetch_response_body(response);
    if (dw_str_eq(what, DW_STR("outcome")))
        check_equal(script, "outcome", outcome_name(response->outcome), want);
    else if (dw_str_eq(what, DW_STR("body")))
        check_equal(script, "body", body, want);
    else if (dw_str_eq(what, DW_STR("body_bytes")))
        check_number(script, "body_bytes", (int64_t)body.len, want);
    else if (dw_str_eq(what, DW_STR("etag")))
        check_equal(script, "etag", response->etag, want);
    else if (dw_str_eq(what, DW_STR("modified")))
        check_equal(script, "modified", response->last_modified, want);
    else if (dw_str_eq(what, DW_STR("type")))
        check_equal(script, "type", response->content_type, want);
    else if (dw_str_eq(what, DW_STR("url")))
        check_equal(script, "url", response->url, want);
    else if (dw_str_eq(what, DW_STR("permanent")))
        check_equal(script, "permanent", response->permanent_url, want);
    else if (dw_str_eq(what, DW_STR("status")))
        check_number(script, "status", response->status, want);
    else if (dw_str_eq(what, DW_STR("retry_after")))
        check_number(script, "retry_after", response->retry_after, want);
    else if (dw_str_eq(what, DW_STR("max_age")))
        check_number(script, "max_age", response->max_age, want);
    else if (dw_str_eq(what, DW_STR("expires")))
        check_number(script, "expires", response->expires, want);
    else if (dw_str_eq(what, DW_STR("unreachable")))
        check_number(script, "unreachable", response->unreachable, want);
    else if (!dw_str_eq(what, DW_STR("error")))
        fail_msg("%.*s: nothing is called %.*s", DW_FMT(script->name), DW_FMT(what));
    else if (dw_str_find(message, want, 0) == SIZE_MAX)
        fail_msg("%.*s: no \"%.*s\" in \"%s\"", DW_FMT(script->name), DW_FMT(want),
                 response->error.message);
}

static void set_limit(struct fetch_limits *limits, struct dw_str line)
{
    struct dw_str what = word(&line);
    int64_t value = number(line);
    if (dw_str_eq(what, DW_STR("body_bytes")))
        limits->body_bytes = (size_t)value;
    else if (dw_str_eq(what, DW_STR("header_bytes")))
        limits->header_bytes = (size_t)value;
    else if (dw_str_eq(what, DW_STR("first_byte_ms")))
        limits->first_byte_ms = value;
    else if (dw_str_eq(what, DW_STR("stall_ms")))
        limits->stall_ms = value;
    else if (dw_str_eq(what, DW_STR("transfer_ms")))
        limits->transfer_ms = value;
    else
        fail_msg("no limit is called %.*s", DW_FMT(what));
}

/* What the script's client does: "give" lines for the request, "limit" lines. */
static void prepare(struct script *script, struct fetch_options *options,
                    struct fetch_request *request)
{
    request->url = expanded(script, DW_STR("http://127.0.0.1:{port}/feed.xml"));
    request->user_named = true;
    for (size_t i = 0; i < script->line_count; i++) {
        struct dw_str line = script->lines[i];
        struct dw_str verb = word(&line);
        if (dw_str_eq(verb, DW_STR("limit")))
            set_limit(&options->limits, line);
        if (dw_str_eq(verb, DW_STR("proxy")))
            setenv("http_proxy", expanded(script, line).at, 1);
        if (!dw_str_eq(verb, DW_STR("give")))
            continue;
        struct dw_str what = word(&line);
        if (dw_str_eq(what, DW_STR("etag")))
            request->etag = line;
        else if (dw_str_eq(what, DW_STR("modified")))
            request->last_modified = line;
        else if (dw_str_eq(what, DW_STR("url")))
            request->url = expanded(script, line);
        else if (dw_str_eq(what, DW_STR("user")))
            request->user = line;
        else if (dw_str_eq(what, DW_STR("password")))
            request->password = line;
        else if (dw_str_eq(what, DW_STR("header")))
            request->header = line;
        else if (dw_str_eq(what, DW_STR("stranger")))
            request->user_named = false;
    }
}

static struct fetch_response *wait_for(struct fetch *fetch)
{
    struct fetch_response *response = NULL;
    int64_t until = dw_clock_milliseconds() + 20000;
    while (response == NULL && dw_clock_milliseconds() < until)
        response = fetch_poll(fetch, 1000);
    assert_non_null(response);
    return response;
}

static int64_t fixed_now(void *context)
{
    (void)context;
    return 1769683320; /* Thu, 29 Jan 2026 10:42:00 GMT */
}

static const struct dw_clock fixed_clock = {.now = fixed_now};

/* Whether libcurl is built with all that the script needs. */
static bool can_run(const struct script *script)
{
    const curl_version_info_data *curl = curl_version_info(CURLVERSION_NOW);
    bool can = true;
    for (size_t i = 0; i < script->line_count; i++) {
        struct dw_str line = script->lines[i];
        if (!dw_str_eq(word(&line), DW_STR("needs")))
            continue;
        int feature = dw_str_eq(line, DW_STR("brotli")) ? CURL_VERSION_BROTLI : CURL_VERSION_ZSTD;
        can = can && (curl->features & feature) != 0;
    }
    return can;
}

static void run_script(struct dw_str name)
{
    static struct script script;
    static struct http_server server;
    script_load(&script, name);
    if (!can_run(&script)) {
        dw_arena_release(&script.arena);
        return;
    }
    http_server_start(&server, answer_by_script, &script);
    script.port = server.port;
    struct fetch_options options = {.limits = fetch_limits_default(), .clock = &fixed_clock};
    struct fetch_request request = {.context = &script};
    prepare(&script, &options, &request);
    struct dw_error err;
    struct fetch *fetch = fetch_new(&options, &err);
    assert_non_null(fetch);
    assert_true(fetch_add(fetch, &request, &err));
    assert_int_equal(fetch_count(fetch), 1);
    struct fetch_response *response = wait_for(fetch);
    assert_int_equal(fetch_count(fetch), 0);
    http_server_stop(&server);
    unsetenv("http_proxy");
    if (script.complaint[0] != '\0')
        fail_msg("%.*s: %s", DW_FMT(script.name), script.complaint);
    assert_ptr_equal(response->context, &script);
    for (size_t i = 0; i < script.line_count; i++) {
        struct dw_str line = script.lines[i];
        if (dw_str_eq(word(&line), DW_STR("want")))
            check_wanted(&script, line, response);
    }
    fetch_response_free(response);
    fetch_free(fetch);
    dw_arena_release(&script.arena);
}

static int is_script(const struct dirent *entry)
{
    return dw_str_ends(dw_str_from_c(entry->d_name), DW_STR(".txt"));
}

static void every_script_goes_as_written(void **state)
{
    (void)state;
    char folder[1000];
    snprintf(folder, sizeof folder, "%s/tests/unit/fetch", getenv("DW_SOURCE_DIR"));
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_script, alphasort);
    assert_true(count > 0);
    for (int i = 0; i < count; i++) {
        run_script(dw_str_from_c(entries[i]->d_name));
        free(entries[i]);
    }
    free(entries);
}

/* ---- Many at once ---------------------------------------------------------------------------- */

#define CROWD 20

struct crowd {
    atomic_int inside;
    atomic_int most;
};

static bool answer_crowd(struct http_exchange *exchange)
{
    struct crowd *crowd = exchange->context;
    int inside = atomic_fetch_add(&crowd->inside, 1) + 1;
    int most = atomic_load(&crowd->most);
    while (inside > most && !atomic_compare_exchange_weak(&crowd->most, &most, inside))
        continue;
    /* long enough for others to come in, were they let */
    poll(NULL, 0, 5);
    atomic_fetch_sub(&crowd->inside, 1);
    http_send(exchange, DW_STR("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    return true;
}

static void a_host_gets_four_transfers_at_once(void **state)
{
    (void)state;
    static struct http_server server;
    struct crowd crowd = {0};
    http_server_start(&server, answer_crowd, &crowd);
    struct fetch_options options = {0};
    struct dw_error err;
    struct fetch *fetch = fetch_new(&options, &err);
    assert_non_null(fetch);
    char url[100];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/", server.port);
    for (int i = 0; i < CROWD; i++) {
        struct fetch_request request = {.url = dw_str_from_c(url), .user_named = true};
        assert_true(fetch_add(fetch, &request, &err));
    }
    for (int i = 0; i < CROWD; i++) {
        struct fetch_response *response = wait_for(fetch);
        assert_int_equal(response->outcome, FETCH_BODY);
        fetch_response_free(response);
    }
    fetch_free(fetch);
    http_server_stop(&server);
    assert_in_range(atomic_load(&crowd.most), 1, DW_LIMIT_TRANSFERS_PER_HOST);
    assert_in_range(server.count, 1, DW_LIMIT_TRANSFERS_PER_HOST);
}

#define LARGE_BYTES 400000

static bool answer_large(struct http_exchange *exchange)
{
    static const char zeros[LARGE_BYTES];
    char head[100];
    int len =
        snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", LARGE_BYTES);
    http_send(exchange, (struct dw_str){head, (size_t)len});
    http_send(exchange, (struct dw_str){zeros, LARGE_BYTES});
    return true;
}

static void large_bodies_wait_for_memory_and_come_whole(void **state)
{
    (void)state;
    static struct http_server server;
    http_server_start(&server, answer_large, NULL);
    struct fetch_options options = {.limits = fetch_limits_default()};
    options.limits.held_bytes = LARGE_BYTES / 2;
    struct dw_error err;
    struct fetch *fetch = fetch_new(&options, &err);
    assert_non_null(fetch);
    char url[100];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/", server.port);
    for (int i = 0; i < 8; i++) {
        struct fetch_request request = {.url = dw_str_from_c(url), .user_named = true};
        assert_true(fetch_add(fetch, &request, &err));
    }
    struct fetch_response *kept = NULL;
    for (int i = 0; i < 8; i++) {
        struct fetch_response *response = wait_for(fetch);
        assert_int_equal(response->outcome, FETCH_BODY);
        assert_int_equal(fetch_response_body(response).len, LARGE_BYTES);
        /* one that is held back by its receiver keeps the others from no end */
        fetch_response_free(kept);
        kept = response;
    }
    fetch_response_free(kept);
    fetch_free(fetch);
    http_server_stop(&server);
}

static bool answer_never(struct http_exchange *exchange)
{
    http_wait_for_hangup(exchange);
    return false;
}

static void stopping_hands_every_request_back_at_once(void **state)
{
    (void)state;
    static struct http_server server;
    http_server_start(&server, answer_never, NULL);
    struct fetch_options options = {0};
    struct dw_error err;
    struct fetch *fetch = fetch_new(&options, &err);
    assert_non_null(fetch);
    char url[100];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/", server.port);
    int contexts[7];
    for (int i = 0; i < 7; i++) {
        struct fetch_request request = {
            .url = dw_str_from_c(url), .user_named = true, .context = &contexts[i]};
        assert_true(fetch_add(fetch, &request, &err));
    }
    assert_null(fetch_poll(fetch, 1));
    fetch_stop(fetch);
    for (int i = 0; i < 7; i++) {
        struct fetch_response *response = fetch_poll(fetch, 0);
        assert_non_null(response);
        assert_int_equal(response->outcome, FETCH_STOPPED);
        assert_in_range((uintptr_t)response->context, (uintptr_t)contexts, (uintptr_t)&contexts[6]);
        fetch_response_free(response);
    }
    assert_null(fetch_poll(fetch, 0));
    fetch_free(fetch);
    http_server_stop(&server);
}

static void *wake(void *context)
{
    fetch_wakeup(context);
    return NULL;
}

static void a_wakeup_from_another_thread_ends_the_wait(void **state)
{
    (void)state;
    struct fetch_options options = {0};
    struct dw_error err;
    struct fetch *fetch = fetch_new(&options, &err);
    assert_non_null(fetch);
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, wake, fetch), 0);
    int64_t begun = dw_clock_milliseconds();
    assert_null(fetch_poll(fetch, 60000));
    assert_true(dw_clock_milliseconds() - begun < 30000);
    pthread_join(thread, NULL);
    fetch_free(fetch);
}

static void a_dead_port_is_named_and_is_no_sign_of_being_offline(void **state)
{
    (void)state;
    int port = 0;
    int listener = http_listen(&port);
    close(listener);
    struct fetch_options options = {0};
    struct dw_error err;
    struct fetch *fetch = fetch_new(&options, &err);
    assert_non_null(fetch);
    char url[100];
    snprintf(url, sizeof url, "http://name:secret@127.0.0.1:%d/", port);
    struct fetch_request request = {.url = dw_str_from_c(url), .user_named = true};
    assert_true(fetch_add(fetch, &request, &err));
    struct fetch_response *response = wait_for(fetch);
    assert_int_equal(response->outcome, FETCH_NETWORK);
    assert_false(response->unreachable);
    assert_non_null(strstr(response->error.message, "127.0.0.1:"));
    assert_non_null(strstr(response->error.message, "refused"));
    assert_null(strstr(response->error.message, "secret"));
    fetch_response_free(response);
    fetch_free(fetch);
}

/* ---- Local files ----------------------------------------------------------------------------- */

/* Reads a file with a limit; `want` is its text, or a part of the error. */
static void check_local(const char *path, size_t body_bytes, enum fetch_outcome outcome,
                        const char *want)
{
    struct fetch_options options = {.limits = fetch_limits_default()};
    options.limits.body_bytes = body_bytes;
    struct dw_error err;
    struct fetch *fetch = fetch_new(&options, &err);
    assert_non_null(fetch);
    struct fetch_request request = {.url = dw_str_from_c(path), .file = true};
    assert_true(fetch_add(fetch, &request, &err));
    struct fetch_response *response = wait_for(fetch);
    assert_int_equal(response->outcome, outcome);
    if (outcome == FETCH_BODY)
        assert_true(dw_str_eq(fetch_response_body(response), dw_str_from_c(want)));
    else
        assert_non_null(strstr(response->error.message, want));
    fetch_response_free(response);
    fetch_free(fetch);
}

static void a_local_file_is_read_up_to_the_limit(void **state)
{
    (void)state;
    char path[] = "/tmp/test-fetch-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "<rss/>", 6), 6);
    close(fd);
    check_local(path, 6, FETCH_BODY, "<rss/>");
    check_local(path, 5, FETCH_REFUSED, path);
    unlink(path);
    check_local(path, 100, FETCH_REFUSED, path);
    check_local("/dev/zero", 100, FETCH_REFUSED, "device");
    check_local("/tmp", 100, FETCH_REFUSED, "folder");
}

/* ---- Addresses ------------------------------------------------------------------------------- */

#include <arpa/inet.h>

static bool is_public(const char *text)
{
    struct sockaddr_in in4 = {.sin_family = AF_INET};
    if (inet_pton(AF_INET, text, &in4.sin_addr) == 1)
        return fetch_address_public((const struct sockaddr *)&in4);
    struct sockaddr_in6 in6 = {.sin6_family = AF_INET6};
    assert_int_equal(inet_pton(AF_INET6, text, &in6.sin6_addr), 1);
    return fetch_address_public((const struct sockaddr *)&in6);
}

static void private_addresses_are_told_from_public_ones(void **state)
{
    (void)state;
    static const char *const closed[] = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.8.8.8",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "2002:7f00:1::",
        "fe80::1",
        "febf::1",
        "fc00::1",
        "fdff::1",
        "fec0::1",
        "ff02::1",
        "2001::1",
        "2001:db8::1",
        "64:ff9b:1::1",
        "::ffff:0:127.0.0.1",
    };
    static const char *const open[] = {
        "1.1.1.1",     "100.63.255.255", "100.128.0.1",      "172.15.0.1",
        "172.32.0.1",  "192.169.0.1",    "223.255.255.255",  "2606:4700::1111",
        "2a00:1450::", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::",
    };
    for (size_t i = 0; i < sizeof closed / sizeof closed[0]; i++)
        if (is_public(closed[i]))
            fail_msg("%s is taken for public", closed[i]);
    for (size_t i = 0; i < sizeof open / sizeof open[0]; i++)
        if (!is_public(open[i]))
            fail_msg("%s is taken for private", open[i]);
}

/* ---- Faults ---------------------------------------------------------------------------------- */

static bool answer_shortly(struct http_exchange *exchange)
{
    http_send(exchange, DW_STR("HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: 2\r\n\r\nok"));
    return true;
}

/* True once nothing failed. */
static bool try_with_allocations(size_t count, const char *url)
{
    struct fetch_options options = {0};
    struct dw_error err;
    unit_fail_after(count);
    struct fetch *fetch = fetch_new(&options, &err);
    struct fetch_request request = {.url = dw_str_from_c(url), .user_named = true};
    bool whole = false;
    if (fetch != NULL && fetch_add(fetch, &request, &err)) {
        struct fetch_response *response = wait_for(fetch);
        whole = response->outcome == FETCH_BODY;
        if (!whole)
            assert_int_equal(response->error.code, DW_ERR_MEMORY);
        else
            assert_str(fetch_response_body(response), "ok");
        fetch_response_free(response);
    }
    fetch_free(fetch);
    unit_fail_after(SIZE_MAX);
    return whole;
}

static void every_failing_allocation_is_survived(void **state)
{
    (void)state;
    static struct http_server server;
    http_server_start(&server, answer_shortly, NULL);
    char url[100];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/", server.port);
    size_t count = 0;
    while (!try_with_allocations(count, url))
        assert_true(++count < 100);
    assert_true(count > 2);
    http_server_stop(&server);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_script_goes_as_written),
        cmocka_unit_test(a_host_gets_four_transfers_at_once),
        cmocka_unit_test(large_bodies_wait_for_memory_and_come_whole),
        cmocka_unit_test(stopping_hands_every_request_back_at_once),
        cmocka_unit_test(a_wakeup_from_another_thread_ends_the_wait),
        cmocka_unit_test(a_dead_port_is_named_and_is_no_sign_of_being_offline),
        cmocka_unit_test(a_local_file_is_read_up_to_the_limit),
        cmocka_unit_test(private_addresses_are_told_from_public_ones),
        cmocka_unit_test(every_failing_allocation_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
