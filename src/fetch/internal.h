/* What the files of fetch share: response headers, words for what went wrong, the proxy. */
#ifndef FETCH_INTERNAL_H
#define FETCH_INTERNAL_H

#include <curl/curl.h>

#include "fetch/fetch.h"

/* ---- Response headers (header.c) ------------------------------------------------------------- */

/* The headers of one answer that matter here, as the server wrote them. */
struct fetch_headers {
    int status;
    size_t bytes; /* of all header lines of the transfer, over all hops */
    struct dw_str etag;
    struct dw_str last_modified;
    struct dw_str content_type;
    struct dw_str location;
    struct dw_str retry_after;
    struct dw_str cache_control;
    struct dw_str expires;
    struct dw_str date;
};

/* Takes in one line, with or without its line end. A status line begins a new answer. */
void fetch_headers_add(struct fetch_headers *headers, struct dw_arena *arena, struct dw_str line);
/* Fills what the response tells of caching and time. Dates are taken relative to the server's own
 * Date, so that a wrong clock on either side does no harm. */
void fetch_headers_apply(const struct fetch_headers *headers, int64_t now,
                         struct fetch_response *response);

/* ---- Words (words.c) ------------------------------------------------------------------------- */

/* Why we ended a transfer ourselves. */
enum fetch_abort {
    FETCH_ABORT_NONE,
    FETCH_ABORT_HEADERS,
    FETCH_ABORT_BODY,
    FETCH_ABORT_ADDRESS,
    FETCH_ABORT_REDIRECTS,
    FETCH_ABORT_FIRST_BYTE,
    FETCH_ABORT_STALL,
    FETCH_ABORT_SLOW,
    FETCH_ABORT_TIME,
    FETCH_ABORT_MEMORY
};

/* Outcome and error for a transfer that libcurl ended with `code`. `system` is the errno of the
 * connection, `detail` libcurl's own words. */
void fetch_words_curl(struct fetch_response *response, int code, long system, struct dw_str detail);
/* ... that we ended. */
void fetch_words_abort(struct fetch_response *response, enum fetch_abort why,
                       const struct fetch_limits *limits);
/* Outcome, and the error where there is one, for an answer with this status; `sample` is the
 * beginning of its body. */
void fetch_words_status(struct fetch_response *response, struct dw_str sample);

/* ---- Servers (servers.c) --------------------------------------------------------------------- */

/* A server that transfers go to. */
struct fetch_server {
    unsigned running;
    int64_t rests_until_ms; /* it said 429 or 503: nothing more is sent before this time */
    bool is_slow; /* it let a transfer wait until its time was over, and none was good since */
};

/* All that were met, by name; they stay as long as the fetch. */
struct fetch_servers {
    struct dw_arena arena;
    struct dw_map by_name;
};

void fetch_servers_init(struct fetch_servers *servers);
void fetch_servers_release(struct fetch_servers *servers);
/* NULL: out of memory. */
struct fetch_server *fetch_server_get(struct fetch_servers *servers, struct dw_str name);
bool fetch_server_rests(const struct fetch_server *server);

/* ---- One transfer (transfer.c) --------------------------------------------------------------- */

/* One request on its way, over all its redirects. */
struct fetch_transfer {
    struct fetch_transfer *next;
    const struct fetch_options *options;
    struct fetch_response *response; /* filled on the way; NULL once handed out */
    struct fetch_server *server;     /* of the present hop, while it runs */
    CURL *easy;                      /* NULL while it waits or once it is done */
    struct curl_slist *lines;        /* request headers */
    struct fetch_request request;    /* slices in the response's arena */
    struct dw_str url;               /* of the present hop */
    struct dw_str host;
    struct dw_str named_host; /* that the user's own address names; empty: none */
    bool private_allowed;     /* this hop may reach a private address */
    bool was_temporary;       /* some redirect was not permanent */
    unsigned hops;
    enum fetch_abort abort;
    struct fetch_headers headers;
    int64_t begun_ms;  /* of the first hop; 0: not yet */
    int64_t hop_ms;    /* of the present hop */
    int64_t waited_ms; /* for the first bytes of all hops up to now */
    int64_t heard_ms;  /* of the last byte of this hop; 0: none yet */
    int64_t paused_ms; /* since when it waits for memory; 0: it does not */
    int64_t window_ms; /* since when bytes are counted, for those that only drip */
    size_t window_bytes;
    char detail[CURL_ERROR_SIZE];
};

/* Makes a transfer for the request; NULL: out of memory. */
struct fetch_transfer *fetch_transfer_new(struct fetch *fetch, const struct fetch_options *options,
                                          const struct fetch_request *request);
/* Frees it with its response, if that is still there. */
void fetch_transfer_free(struct fetch_transfer *transfer);
/* Makes the easy handle of the present hop. False: the response tells why it cannot be. */
bool fetch_transfer_start(struct fetch_transfer *transfer) DW_MUST_CHECK;
/* Gives the easy handle back. It must have left the multi handle. */
void fetch_transfer_end(struct fetch_transfer *transfer);
/* Lets it go on after it waited for memory; the wait does not count against it. */
void fetch_transfer_resume(struct fetch_transfer *transfer);
/* Reads a local file into the response. */
void fetch_transfer_read_file(struct fetch_transfer *transfer);
/* What libcurl's end means: true: the response is complete; false: a redirect, the next hop is set.
 */
bool fetch_transfer_finish(struct fetch_transfer *transfer, int code) DW_MUST_CHECK;
/* When the transfer must be ended if nothing comes, by dw_clock_milliseconds(), and why. */
int64_t fetch_transfer_deadline(struct fetch_transfer *transfer, enum fetch_abort *why);
/* How long to wait for its server where `usual` is the limit. */
int64_t fetch_transfer_patience(const struct fetch_transfer *transfer, int64_t usual);

/* ---- The request (request.c) ----------------------------------------------------------------- */

/* Sets all of libcurl's options for the present hop but the callbacks. */
CURLcode fetch_request_set(struct fetch_transfer *transfer, struct dw_str proxy);

/* ---- Memory of bodies (fetch.c) -------------------------------------------------------------- */

/* Whether a transfer may take `more` bytes now; counts them if so. The oldest one always may, so
 * that something moves. */
bool fetch_hold(struct fetch *fetch, const struct fetch_transfer *transfer, size_t more);
/* Bytes that were counted are given back. Any thread. */
void fetch_let_go(struct fetch *fetch, size_t bytes);

/* ---- Proxy (proxy.c) ------------------------------------------------------------------------- */

/* The proxy that the environment names for an address; empty: none. */
struct dw_str fetch_proxy_find(struct dw_str url, struct dw_str host);

#endif
