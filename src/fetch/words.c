/* What went wrong, in words for a person: what, why, and what to do. */
#include "internal.h"

#include <errno.h>
#include <string.h>

#include "text/text.h"

/* Where libcurl ended: whether any server was there at all, what happened, what to do. */
static const struct {
    int code;
    bool unreachable;
    const char *what;
    const char *cure;
} curl_words[] = {
    {CURLE_COULDNT_RESOLVE_HOST, true, "DNS failed: no such host is known",
     "check the address, or the network"},
    {CURLE_COULDNT_RESOLVE_PROXY, true, "DNS failed for the proxy", "check the proxy's settings"},
    {CURLE_COULDNT_CONNECT, true, "no connection", "the server may be down: it is tried again"},
    {CURLE_OPERATION_TIMEDOUT, true, "time-out: no connection in time",
     "the server may be down: it is tried again"},
    {CURLE_PEER_FAILED_VERIFICATION, false, "the server's certificate is not to be trusted",
     "tell its operator, or check this machine's clock and certificates"},
    {CURLE_SSL_CACERT_BADFILE, false, "this machine's certificates cannot be read",
     "install the package ca-certificates"},
    {CURLE_SSL_CONNECT_ERROR, false, "no encrypted connection (TLS certificate or version)",
     "the server may speak no TLS at this address"},
    {CURLE_GOT_NOTHING, false, "the server hung up without an answer", "it is tried again"},
    {CURLE_RECV_ERROR, false, "the connection broke in mid-answer", "it is tried again"},
    {CURLE_SEND_ERROR, false, "the connection broke in mid-request", "it is tried again"},
    {CURLE_PARTIAL_FILE, false, "the answer was cut off", "it is tried again"},
    {CURLE_WEIRD_SERVER_REPLY, false, "what answers there does not speak HTTP",
     "check the address and its port"},
    {CURLE_UNSUPPORTED_PROTOCOL, false, "only http and https addresses are fetched",
     "check the address"},
    {CURLE_URL_MALFORMAT, false, "that is no address", "check how it is written"},
    {CURLE_BAD_CONTENT_ENCODING, false, "the answer's compression is broken",
     "tell the feed's operator"},
    {CURLE_HTTP2, false, "the server broke the rules of HTTP/2", "it is tried again"},
    {CURLE_HTTP2_STREAM, false, "the server broke the rules of HTTP/2", "it is tried again"},
};

static void say(struct fetch_response *response, enum fetch_outcome outcome, enum dw_code code,
                struct dw_str words)
{
    response->outcome = outcome;
    struct dw_str url = dw_url_shown(&response->arena, response->url);
    dw_error_set(&response->error, code, "%.*s: %.*s", DW_FMT(url), DW_FMT(words));
}

void fetch_words_curl(struct fetch_response *response, int code, long system, struct dw_str detail)
{
    struct dw_arena *arena = &response->arena;
    if (code == CURLE_OUT_OF_MEMORY) {
        say(response, FETCH_LIMIT, DW_ERR_MEMORY, DW_STR("out of memory"));
        return;
    }
    if (code == CURLE_FILESIZE_EXCEEDED) {
        say(response, FETCH_LIMIT, DW_ERR_LIMIT,
            DW_STR("the answer is larger than any feed: is this the right address?"));
        return;
    }
    /* the system's word for a refused connection says more than libcurl's */
    struct dw_str reason = code == CURLE_COULDNT_CONNECT && system != 0
                               ? dw_str_from_c(strerror((int)system))
                               : detail;
    for (size_t i = 0; i < sizeof curl_words / sizeof curl_words[0]; i++) {
        if (curl_words[i].code != code)
            continue;
        /* who refuses a connection is there */
        response->unreachable = curl_words[i].unreachable && system != ECONNREFUSED;
        say(response, FETCH_NETWORK, DW_ERR_NETWORK,
            dw_str_format(arena, "%s%s%.*s; %s", curl_words[i].what, reason.len > 0 ? ": " : "",
                          DW_FMT(reason), curl_words[i].cure));
        return;
    }
    say(response, FETCH_NETWORK, DW_ERR_NETWORK,
        detail.len > 0 ? detail : dw_str_from_c(curl_easy_strerror((CURLcode)code)));
}

void fetch_words_abort(struct fetch_response *response, enum fetch_abort why,
                       const struct fetch_limits *limits)
{
    struct dw_arena *arena = &response->arena;
    const char *again = "the server may be overloaded: it is tried again";
    switch (why) {
    case FETCH_ABORT_HEADERS:
        say(response, FETCH_LIMIT, DW_ERR_LIMIT,
            dw_str_format(arena, "more than %zu bytes of headers: no honest server sends that",
                          limits->header_bytes));
        return;
    case FETCH_ABORT_BODY:
        say(response, FETCH_LIMIT, DW_ERR_LIMIT,
            dw_str_format(arena, "more than %zu bytes: larger than any feed; check the address",
                          limits->body_bytes));
        return;
    case FETCH_ABORT_ADDRESS:
        say(response, FETCH_LIMIT, DW_ERR_NETWORK,
            DW_STR("this host has a private address, which is not allowed here; "
                   "allow_private in the configuration allows it"));
        return;
    case FETCH_ABORT_REDIRECTS:
        say(response, FETCH_LIMIT, DW_ERR_NETWORK,
            dw_str_format(arena, "more than %u redirects: it leads in a circle",
                          limits->redirects));
        return;
    case FETCH_ABORT_FIRST_BYTE:
        say(response, FETCH_NETWORK, DW_ERR_NETWORK,
            dw_str_format(arena, "time-out: no answer within %.3g s; %s",
                          (double)limits->first_byte_ms / 1000, again));
        return;
    case FETCH_ABORT_STALL:
        say(response, FETCH_NETWORK, DW_ERR_NETWORK,
            dw_str_format(arena, "time-out: the answer stopped for %.3g s; %s",
                          (double)limits->stall_ms / 1000, again));
        return;
    case FETCH_ABORT_SLOW:
        say(response, FETCH_NETWORK, DW_ERR_NETWORK,
            dw_str_format(arena, "time-out: less than %d bytes a second for %.3g s; %s",
                          DW_LIMIT_SLOWEST_BYTES, (double)limits->stall_ms / 1000, again));
        return;
    case FETCH_ABORT_TIME:
        say(response, FETCH_NETWORK, DW_ERR_NETWORK,
            dw_str_format(arena, "time-out: not whole after %.3g s; %s",
                          (double)limits->transfer_ms / 1000, again));
        return;
    case FETCH_ABORT_NONE:
    case FETCH_ABORT_MEMORY:
        say(response, FETCH_LIMIT, DW_ERR_MEMORY, DW_STR("out of memory"));
        return;
    }
}

/* What statuses mean for a reader of feeds. 0 ends a class: the first row whose range fits. */
static const struct {
    int first;
    int last;
    const char *words;
} status_words[] = {
    {304, 304, "says that nothing changed, though we asked without condition"},
    {300, 399, "redirects to what is no http or https address"},
    {401, 401, "asks for a name and password"},
    {402, 402, "wants to be paid"},
    {403, 403, "refuses us"},
    {404, 404, "has no such page; perhaps the feed moved: look at its home page"},
    {405, 406, "refuses this kind of request"},
    {407, 407, "is a proxy that asks for a name and password"},
    {410, 410, "says that the feed is gone for good: it is paused, its articles stay"},
    {429, 429, "wants fewer requests: the whole host is left alone for a while"},
    {451, 451, "may not show this for legal reasons"},
    {400, 499, "refuses the request"},
    {503, 503, "is overloaded or under maintenance: the whole host is left alone for a while"},
    {500, 599, "is broken at the moment: it is tried again"},
    {200, 299, "answers without the content"},
};

/* Phrases of the pages by which content networks turn programs away. */
static bool turns_programs_away(struct dw_str page)
{
    static const struct dw_str signs[] = {
        DW_STR_INIT("Just a moment"),
        DW_STR_INIT("cf-browser-verification"),
        DW_STR_INIT("challenge-platform"),
        DW_STR_INIT("Attention Required"),
        DW_STR_INIT("captcha"),
        DW_STR_INIT("Enable JavaScript and cookies"),
    };
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (dw_str_find_nocase(page, signs[i], 0) != SIZE_MAX)
            return true;
    return false;
}

static enum fetch_outcome outcome_of(int status)
{
    switch (status) {
    case 410:
        return FETCH_GONE;
    case 429:
    case 503:
        return FETCH_BUSY;
    default:
        return FETCH_REFUSED;
    }
}

void fetch_words_status(struct fetch_response *response, struct dw_str sample)
{
    int status = response->status;
    const char *words = "answers with a status that nobody knows";
    for (size_t i = 0; i < sizeof status_words / sizeof status_words[0]; i++) {
        if (status < status_words[i].first || status > status_words[i].last)
            continue;
        words = status_words[i].words;
        break;
    }
    if (turns_programs_away(sample))
        words = "refuses programs (its page is a check for browsers): ask the feed's operator "
                "to let feed readers in";
    say(response, outcome_of(status), DW_ERR_NETWORK,
        dw_str_format(&response->arena, "the server %s (status %d)", words, status));
}
