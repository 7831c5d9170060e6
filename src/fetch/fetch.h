/* What fetch offers: many transfers at once on one thread, and the time of the next try.
 *
 * A struct fetch belongs to one thread; only fetch_wakeup() may be called from others. Nothing here
 * knows the store: whoever asks brings the validators and keeps what comes back. */
#ifndef FETCH_FETCH_H
#define FETCH_FETCH_H

#include "base/base.h"

/* ---- Transfers (fetch.c) --------------------------------------------------------------------- */

/* What a transfer may cost, in milliseconds, bytes and counts. Tests make it smaller. */
struct fetch_limits {
    int64_t connect_ms;
    int64_t first_byte_ms;
    int64_t stall_ms;
    int64_t transfer_ms; /* over all redirects */
    size_t header_bytes;
    size_t body_bytes; /* on the wire, and decoded */
    size_t held_bytes; /* of all bodies not given back yet: beyond it one grows, the others wait */
    unsigned redirects;
    unsigned transfers; /* at once in all */
    unsigned per_host;  /* at once to one server */
};
/* The limits of base/limits.h. */
struct fetch_limits fetch_limits_default(void);

struct fetch_options {
    struct fetch_limits limits;
    struct dw_strs allow_private; /* hosts that may have a private address, besides the user's own
                                     feeds; borrowed */
    const struct dw_clock *clock; /* NULL: the system's */
};

/* What to ask for. The slices are copied. */
struct fetch_request {
    struct dw_str url;           /* http or https; with `file`, the path of a local file */
    bool file;                   /* the user named a local file: read it */
    bool user_named;             /* the user's own address: its host may be a private one */
    struct dw_str etag;          /* both sent back byte for byte; empty: not sent */
    struct dw_str last_modified; /* "" */
    struct dw_str user;          /* with the password: sent to the address's own server alone */
    struct dw_str password;
    struct dw_str header; /* a whole line, sent to the same; empty: none */
    void *context;        /* handed back with the response */
};

enum fetch_outcome {
    FETCH_BODY,      /* 200 and whole */
    FETCH_UNCHANGED, /* 304 */
    FETCH_GONE,      /* 410 */
    FETCH_BUSY,      /* 429 or 503: the whole host wants a rest */
    FETCH_REFUSED,   /* any other answer that is not what was asked for */
    FETCH_NETWORK,   /* no answer: name, route, connection, certificate or time */
    FETCH_LIMIT,     /* too much: headers, body, redirects, or an address that is not allowed */
    FETCH_STOPPED /* not asked to the end: fetch_stop() came first, or another answer of its server
                     said that it is busy */
};

struct fetch;

/* What came of a request. The receiver owns it and may take it to another thread. */
struct fetch_response {
    struct dw_arena arena; /* holds the slices below, but for the body */
    struct dw_buf buffer;  /* holds the body */
    size_t counted;        /* bytes of it that count as held */
    struct fetch *fetch;   /* where they are counted */
    void *context;
    enum fetch_outcome outcome;
    int status;                  /* of HTTP; 0: none, or a local file */
    bool unreachable;            /* no sign of life at all: perhaps we are offline */
    struct dw_str url;           /* where the answer came from */
    struct dw_str permanent_url; /* where 301 and 308 led to before any 302, 303 or 307;
                                    empty: nowhere else */
    struct dw_str server;        /* that answered or was asked, as dw_url_server() has it */
    struct dw_str etag;
    struct dw_str last_modified;
    struct dw_str content_type;
    int64_t retry_after;   /* seconds from now, -1: not told */
    int64_t max_age;       /* seconds from now by Cache-Control, -1: not told */
    int64_t expires;       /* seconds from now by Expires, -1: not told */
    int64_t milliseconds;  /* from the start to the last byte */
    struct dw_error error; /* what is wrong and what to do, where it is not a body or unchanged */
};

/* The body of a response; valid as long as the response. */
struct dw_str fetch_response_body(const struct fetch_response *response);
/* Gives the memory of the body back, the rest stays. Any thread. */
void fetch_response_drop_body(struct fetch_response *response);
/* Any thread; the fetch that it came from must still be there. */
void fetch_response_free(struct fetch_response *response);

/* Makes the thread's object. NULL with the error: out of memory, or libcurl does not start. */
struct fetch *fetch_new(const struct fetch_options *options, struct dw_error *err);
/* Drops what is under way. */
void fetch_free(struct fetch *fetch);
/* Takes a request on; it starts when the limits of its host and in all allow it. A request that
 * cannot start for its own fault (address, memory) comes back as a response with the error. False:
 * out of memory, nothing was taken on. */
bool fetch_add(struct fetch *fetch, const struct fetch_request *request,
               struct dw_error *err) DW_MUST_CHECK;
/* Moves the transfers on until a response is there, `milliseconds` have passed or fetch_wakeup()
 * was called; returns the response or NULL. Call it again at once after a response. */
struct fetch_response *fetch_poll(struct fetch *fetch, int64_t milliseconds);
/* Makes a running or the next fetch_poll() return soon. Any thread. */
void fetch_wakeup(struct fetch *fetch);
/* Ends every transfer: each comes back from fetch_poll() as FETCH_STOPPED without waiting. */
void fetch_stop(struct fetch *fetch);
/* Requests taken on whose response was not handed out yet. */
size_t fetch_count(const struct fetch *fetch);

/* ---- Addresses (address.c) ------------------------------------------------------------------- */

struct sockaddr;

/* Whether an address belongs to the public internet: not loopback, private, link-local, shared
 * (CGNAT), multicast, unspecified, reserved, or one of these wrapped in IPv6. */
bool fetch_address_public(const struct sockaddr *address);

/* ---- robots.txt (robots.c) ------------------------------------------------------------------- */

/* Whether a robots.txt lets us ask for a path (with its query, beginning with a slash). An empty
 * one allows everything. */
bool fetch_robots_allow(struct dw_str robots, struct dw_str path);

/* ---- Schedule (schedule.c) ------------------------------------------------------------------- */

#define FETCH_INTERVAL_LEAST (10 * 60)        /* that a user may set */
#define FETCH_INTERVAL_LIVELY (30 * 60)       /* a feed with news of today */
#define FETCH_INTERVAL_QUIET (6 * 60 * 60)    /* a feed without news for weeks */
#define FETCH_NEXT_MOST (7 * 24 * 60 * 60)    /* so that a silly value does not silence a feed */
#define FETCH_RETRY_LEAST (15 * 60)           /* after 429 and 503 */
#define FETCH_BACKOFF_FIRST (60 * 60)         /* after any other failure, doubling */
#define FETCH_BACKOFF_MOST (2 * 24 * 60 * 60) /* ... up to this */
#define FETCH_PAUSE_LEAST 30 /* between two requests for one feed, whatever the user wants */

/* What decides when a feed is asked again. Spans are seconds; -1: not told. */
struct fetch_schedule {
    enum fetch_outcome outcome; /* FETCH_BODY with a body that is no feed: FETCH_REFUSED */
    int64_t now;
    uint64_t feed;    /* a number of the feed that stays the same: spreads feeds over time */
    int64_t spread;   /* asked for the first time or out of turn: seconds over which those that
                         were asked together come back; 0: in its turn */
    int64_t interval; /* set by the user, 0: by the feed's habits */
    int64_t newest;   /* time of the newest entry, DW_TIME_NONE: unknown */
    int64_t ttl;
    int64_t max_age;
    int64_t expires;
    int64_t retry_after;
    uint32_t skip_hours; /* bit h: not in that hour of the day (UTC), if it can be helped */
    uint32_t skip_days;  /* bit d: nor on that day of the week; 0 is Sunday */
    unsigned failures;   /* in a row, this one counted */
};

/* The time from which the feed is due again. DW_TIME_NONE: never by itself (410). */
int64_t fetch_schedule_next(const struct fetch_schedule *schedule);
/* Whether a feed is due: its time has come, or the clock was turned and its times make no sense.
 * `last` and `next` may be DW_TIME_NONE (never tried). */
bool fetch_schedule_due(int64_t next, int64_t last, int64_t now);

#endif
