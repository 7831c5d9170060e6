/* The engine: fetch, parse, extract, match and store on threads of its own; tells by messages.
 *
 * 1. Whoever opened the engine reads its messages: engine_fd() becomes readable when there are some
 *    (a thousand messages, one wake-up); engine_message_take() hands them out.
 * 2. A message about an article or event is sent after its transaction was committed: a reader that
 *    asks the store then, sees it.
 * 3. Commands may come from any thread and never wait; writes are done by the writer in their
 * order.
 * 4. engine_close() is bounded by seconds: transfers are dropped, what came is stored. */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "base/base.h"
#include "store/store.h"

#include <dealwire/feed.h>

struct dw_extractor;
struct store;
struct engine;
struct engine_answer;

/* ---- Life ------------------------------------------------------------------------------------ */

struct engine_options {
    struct dw_str store_path;
    struct dw_str config_folder; /* with feeds.opml; empty: the feeds are those of the store */
    const struct dw_extractor *extractor; /* outlives the engine */
    const struct dw_clock *clock;         /* NULL: the system's; outlives the engine */
    struct dw_log *log;                   /* NULL: none; outlives the engine */
    struct dw_strs allow_private;         /* hosts that may have a private address */
    unsigned workers;                     /* 0: as many as cores */
    bool watch;                           /* refreshes what is due by itself, as long as it lives */
    int64_t own_interval; /* seconds that the user wants between two requests for a feed; 0: as the
                             feed deserves */
    int64_t interval;     /* seconds: every feed is due that often (demo); 0: by its schedule */
    int64_t page_gap_ms;  /* between two pages of one host; 0: two seconds */
    bool withhold_future; /* entries of the future stay unseen until their time comes (demo) */
};

/* Opens the store for writing, mirrors feeds.opml into it and starts the threads. NULL with the
 * error. The signals that the program reads from descriptors must be blocked before. */
struct engine *engine_open(const struct engine_options *options, struct dw_error *err);
/* Stops: drops transfers, stores and commits what came, ends the threads. Messages not taken are
 * lost. NULL is fine. */
void engine_close(struct engine *engine);

/* ---- Messages -------------------------------------------------------------------------------- */

enum engine_message_kind {
    ENGINE_FEED_STARTED,   /* feed: its transfer begins */
    ENGINE_FEED_DONE,      /* feed: read and stored; articles, figures, events tell how many new */
    ENGINE_FEED_UNCHANGED, /* feed: 304 */
    ENGINE_FEED_FAILED,    /* feed, text: what is wrong and what to do */
    ENGINE_FEED_GONE,      /* feed, text: 410, paused until the user resumes it */
    ENGINE_ARTICLE_NEW,    /* feed, article */
    ENGINE_ARTICLE_CHANGED,
    ENGINE_EVENT_NEW,     /* event, article: the article that opened it */
    ENGINE_EVENT_REVISED, /* event, article: value or status changed by it */
    ENGINE_PROGRESS,      /* done, total, failed: feeds of the present refresh */
    ENGINE_FINISHED,      /* done, total, failed, articles, figures, events, revised: its sums */
    ENGINE_SCHEDULED,     /* due: when the next feed is due; DW_TIME_NONE: none */
    ENGINE_OFFLINE,       /* no host answered: the network is down; no feed is blamed */
    ENGINE_ONLINE,        /* after ENGINE_OFFLINE: a host answered again */
    ENGINE_FEEDS_CHANGED, /* the list of feeds, its tags or titles */
    ENGINE_MARKED,        /* a mark of the user was stored (read, star) */
    ENGINE_TROUBLE,       /* text: the store cannot be written, or a command failed */
    ENGINE_SEARCH,        /* text: the address that a search asks now; empty: it has ended */
    ENGINE_LOST           /* messages were lost because nobody took them: read everything anew */
};

struct engine_message {
    enum engine_message_kind kind;
    int64_t feed;
    int64_t article;
    int64_t event;
    int64_t due;
    size_t done;
    size_t total;
    size_t failed;
    size_t articles;
    size_t figures;
    size_t events;
    size_t revised;
    char text[DW_ERROR_BYTES]; /* clean UTF-8; a feed's messages name its title or address */
};

/* Readable while messages wait; poll it, never read it. */
int engine_fd(const struct engine *engine);
/* Takes the next message, in the order of sending; false: there is none now. Never waits. One
 * thread. */
bool engine_message_take(struct engine *engine, struct engine_message *message) DW_MUST_CHECK;

/* How the present or last refresh stands; any thread, exact enough to draw. */
struct engine_progress {
    size_t done;
    size_t total;
    size_t failed;
    size_t articles;
    size_t figures;
    size_t events;
    bool running;
    bool offline;
    int64_t due; /* when the next feed is due; DW_TIME_NONE: unknown */
};
struct engine_progress engine_progress(const struct engine *engine);

/* ---- Money (money.c) ------------------------------------------------------------------------- */

/* An amount in US dollars, and where the rate is from. */
struct engine_conversion {
    double usd;    /* NAN: no money, or its rate is unknown */
    int64_t day;   /* of the rate; DW_TIME_NONE: none was needed */
    bool is_daily; /* the European Central Bank's of that day; else the average that is built in */
};
struct engine_conversion engine_convert(struct store *store, double value, struct dw_str unit,
                                        int64_t at);

/* ---- Corrections (correct.c) ----------------------------------------------------------------- */

/* What the user says of an event. It wins over matching, holds when articles are read anew, and can
 * be undone. */
struct engine_correction {
    enum store_action action;
    int64_t event;
    int64_t
        other; /* merge: the event that goes into it; split: an article whose source leaves it */
    struct dw_str text; /* as store_correction has it */
    int64_t at;
};
/* These need a store open for writing, inside a transaction or not, and no engine. */
bool engine_correct(struct store *store, const struct engine_correction *what, int64_t *id,
                    struct dw_error *err) DW_MUST_CHECK;
/* Stores and enacts a correction that names its figures itself, as one from another store does. */
bool engine_correction_take(struct store *store, struct store_correction *row,
                            struct dw_error *err) DW_MUST_CHECK;
/* Undoes one; 0: the newest that is not undone. `undone` (may be NULL) tells which. */
bool engine_correction_undo(struct store *store, int64_t id, int64_t *undone,
                            struct dw_error *err) DW_MUST_CHECK;
/* Applies the lines of an edit to a figure. False: one of them says nothing that can be edited. */
bool engine_edit_apply(struct dw_arena *arena, struct dw_str text, struct dw_figure *figure,
                       struct dw_error *err) DW_MUST_CHECK;

/* ---- Reading anew (reread.c) ----------------------------------------------------------------- */

/* Reads all stored articles with a (better) extractor, and makes their events anew; corrections
 * hold. `progress` (may be NULL) is told how many articles are done, and stops it by false: what
 * was not read stays as it is, and events are made of what there is. Needs a store open for writing
 * and no engine. */
bool engine_reread(struct store *store, const struct dw_extractor *extractor,
                   bool (*progress)(void *context, size_t articles), void *context,
                   struct dw_error *err) DW_MUST_CHECK;
/* Places all figures that belong to no event, in the order of their publication. */
bool engine_place_all(struct store *store, struct dw_error *err) DW_MUST_CHECK;

/* ---- Commands -------------------------------------------------------------------------------- */

/* Which feeds a refresh asks. Retry-After of a host, 410 and the pause of FETCH_PAUSE_LEAST seconds
 * between two requests for a feed hold for all of them. */
enum engine_refresh {
    ENGINE_REFRESH_DUE, /* those whose time has come */
    ENGINE_REFRESH_ALL, /* every one */
    ENGINE_REFRESH_FEED /* one, by its id */
};

/* Each asks the writer and returns at once; false: it has no room (thousands of commands wait) or
 * stops. Failures come as ENGINE_TROUBLE. */
bool engine_refresh(struct engine *engine, enum engine_refresh which, int64_t feed) DW_MUST_CHECK;
/* Several feeds in one round. */
bool engine_refresh_feeds(struct engine *engine, const int64_t *feeds, size_t count) DW_MUST_CHECK;
bool engine_mark_read(struct engine *engine, int64_t article, bool read) DW_MUST_CHECK;
bool engine_mark_starred(struct engine *engine, int64_t article, bool starred) DW_MUST_CHECK;
bool engine_mark_all_read(struct engine *engine) DW_MUST_CHECK;
bool engine_mark_event_starred(struct engine *engine, int64_t event, bool starred) DW_MUST_CHECK;
/* Corrects an event, as engine_correct() does. */
bool engine_event_correct(struct engine *engine,
                          const struct engine_correction *what) DW_MUST_CHECK;
/* Undoes the newest correction. */
bool engine_event_undo(struct engine *engine) DW_MUST_CHECK;
/* Fetches the page of an article and takes its text in place of the feed's, if it has more. */
bool engine_page_want(struct engine *engine, int64_t article) DW_MUST_CHECK;
/* An address or a local path, as engine_subscribe() takes it; then refreshes that feed. */
bool engine_feed_add(struct engine *engine, struct dw_str address) DW_MUST_CHECK;
bool engine_feed_remove(struct engine *engine, int64_t feed) DW_MUST_CHECK;
/* Stores an answer (taken over in any case) as if the feed had just been asked, so that adding a
 * feed costs one request. */
bool engine_feed_take(struct engine *engine, int64_t feed,
                      struct engine_answer *answer) DW_MUST_CHECK;
/* A feed that was paused (410, or by the user) is asked again, or no more. */
bool engine_feed_pause(struct engine *engine, int64_t feed, bool paused) DW_MUST_CHECK;

/* ---- Subscriptions (subscriptions.c) ----------------------------------------------------------
 */

/* feeds.opml in the configuration folder is the truth about which feeds there are; folders are
 * tags. The store mirrors it. These need a store open for writing and no engine. */

/* Mirrors feeds.opml into the store. Where there is no configuration at all (no folder, or an empty
 * one), the default list is set up first; an empty list means no feeds. */
bool engine_subscriptions_load(struct store *store, struct dw_str config_folder,
                               struct dw_error *err) DW_MUST_CHECK;
/* Adds http(s) addresses and paths of local files (made absolute); `title` and `tags` may be empty.
 * Gives the feed's id. False: no address that may be fetched, or already there (the error says so).
 */
bool engine_subscribe(struct store *store, struct dw_str config_folder,
                      const struct dw_opml_feed *feed, int64_t *id,
                      struct dw_error *err) DW_MUST_CHECK;
/* A feed that a site has. */
struct engine_feed_found {
    struct dw_str url;
    struct dw_str title;  /* may be empty */
    struct dw_str format; /* empty: a page names it, nobody has looked */
    struct dw_str how;    /* it was found, in words */
};

struct engine_feeds_found {
    struct engine_feed_found *at;
    size_t len;
    size_t cap;
};

/* What a feed's server said while it was looked for. */
struct engine_answer;
/* NULL is fine. */
void engine_answer_free(struct engine_answer *answer);

/* Finding the feeds of an address. */
struct engine_find {
    struct dw_str address;        /* "example.org" will do */
    const struct dw_clock *clock; /* NULL: the system's */
    /* Called before each request with its address, and with an empty one several times a second
     * until the answer is there. False ends the search. NULL: nobody does. */
    bool (*go_on)(void *context, struct dw_str url);
    void *context;
    bool keep;                       /* the answer that was a feed */
    struct engine_answer *answer;    /* of the first one found, where it was asked and kept: the
                                        caller's, for engine_feed_take() or engine_answer_free() */
    struct engine_feeds_found found; /* what came of it */
    bool answered; /* tells a site without feeds from one that could not be asked */
};

/* The feeds of an address: itself, those that its page names, else the first of some usual places.
 * Asks on the calling thread, ten times at most. False: none was found, and the error says why. */
bool engine_find_feeds(struct dw_arena *arena, struct engine_find *find,
                       struct dw_error *err) DW_MUST_CHECK;

/* The same on a thread of its own (search.c). Each request and the end are told by ENGINE_SEARCH.
 */
struct engine_search;
/* Begins one; NULL with the error: memory or threads are short. Thread of engine_open() only, as
 * all of these. */
struct engine_search *engine_search_new(struct engine *engine, struct dw_str address,
                                        struct dw_error *err);
/* What came of it, `err` too where it found nothing; NULL while it goes on. Lives as long as the
 * search. */
const struct engine_find *engine_search_result(const struct engine_search *search,
                                               const struct dw_error **err);
/* Subscribes to one of what it found, whose answer is used if it was asked, so that adding a feed
 * costs one request. False: as with the other commands. */
bool engine_search_subscribe(struct engine_search *search, size_t found) DW_MUST_CHECK;
/* Ends it, wherever it is, and never waits; before engine_close(). NULL is fine. */
void engine_search_free(struct engine_search *search);

/* Removes a feed from the list, and from the store what only it had (see store_feed_remove()). */
bool engine_unsubscribe(struct store *store, struct dw_str config_folder, int64_t feed,
                        struct dw_error *err) DW_MUST_CHECK;
/* A list of feeds from elsewhere, and what came of it. */
struct engine_import {
    struct dw_str opml;
    struct dw_arena *arena; /* for the warnings */
    size_t added;
    size_t known;            /* that are in the list already */
    size_t left_out;         /* that have no web address */
    struct dw_strs warnings; /* what was wrong with the list, with its lines */
};
/* Adds all feeds of an OPML list that are not there yet. False: none was added. */
bool engine_subscriptions_import(struct store *store, struct dw_str config_folder,
                                 struct engine_import *import, struct dw_error *err) DW_MUST_CHECK;
/* The present list as OPML, with the current address of each feed. False: the store cannot be read.
 */
bool engine_subscriptions_export(struct store *store, struct dw_arena *arena, struct dw_str *opml,
                                 struct dw_error *err) DW_MUST_CHECK;

/* ---- The demo's feeds (sample.c) ------------------------------------------------------------- */

/* A throw-away folder: the sample feeds with their dates set around `now`, and room for a store. */
struct engine_sample {
    struct dw_arena arena; /* holds the slices */
    struct dw_str folder;
    struct dw_str store_path;
    struct dw_str config_folder; /* holds a feeds.opml that names the sample feeds as local files */
};

/* Writes it under $TMPDIR. False with the error: nothing is left behind. */
bool engine_sample_open(struct engine_sample *sample, int64_t now,
                        struct dw_error *err) DW_MUST_CHECK;
/* Removes the folder with all that is in it. */
void engine_sample_close(struct engine_sample *sample);
/* Puts dates in place of the {{now-3d4h rfc822}} marks of a text. False: a mark that cannot be
 * read, which the error names, or out of memory. */
bool engine_sample_expand(struct dw_arena *arena, struct dw_str text, int64_t now,
                          struct dw_str *out, struct dw_error *err) DW_MUST_CHECK;

#endif
