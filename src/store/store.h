/* The store: everything that dealwire remembers, in one SQLite file. The only folder that knows
 * SQL.
 *
 * A connection (struct store) belongs to one thread at a time. Any number of processes and
 * connections may read while one writes. Results are copied into the caller's arena; nothing that
 * is returned points into the store. All functions that return false have filled the error with
 * the store's path, what failed and what to do. Ids are above 0; 0 stands for none. Times are UTC
 * seconds or DW_TIME_NONE; numbers that are unknown are NAN. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <dealwire/extract.h>
#include <dealwire/feed.h>

#include "base/base.h"

struct store;

/* ---- Opening (open.c, migrate.c) ------------------------------------------------------------- */

enum store_mode {
    STORE_WRITE, /* made if missing, migrated if older (a copy is kept beside it) */
    STORE_READ   /* never changes the file; works in a folder without write permission too */
};

/* Opens the store. NULL with the error: missing folder, no permission, read-only, disk full,
 * corrupt, made by a newer dealwire (left untouched). After an unclean end the file is checked
 * first. `clock` (NULL: the system's) outlives the store. */
struct store *store_open(struct dw_str path, enum store_mode mode, const struct dw_clock *clock,
                         struct dw_error *err);
/* Rolls back what is not committed. NULL is fine. */
void store_close(struct store *store);
/* The path as given; valid until closed. */
struct dw_str store_path(const struct store *store);
/* A number that differs from the last one if anything was committed since, by this connection or
 * any other, in this process or another. Cheap enough for a timer. */
int64_t store_data_version(struct store *store);

/* ---- Writing in batches (open.c) ------------------------------------------------------------- */

/* Takes the write lock (waits up to 10 s for another process). The writing functions below work
 * inside and outside of a batch. Outside, each is a transaction of its own. Inside, one that fails
 * may have done a part: undo the document, or roll back. */
bool store_begin(struct store *store, struct dw_error *err) DW_MUST_CHECK;
bool store_commit(struct store *store, struct dw_error *err) DW_MUST_CHECK;
/* From now on new texts enter the full-text index by store_index() alone, not with each commit:
 * many at once cost less. Until then no search finds them. */
void store_index_later(struct store *store);
#define STORE_INDEX_TEXTS 300 /* at once: what a transaction of some 50 ms can do */
/* How many texts wait, about; also those that a process left that died. */
size_t store_index_waiting(const struct store *store);
/* Indexes the next STORE_INDEX_TEXTS of them in a transaction of its own. */
bool store_index(struct store *store, struct dw_error *err) DW_MUST_CHECK;
void store_rollback(struct store *store);
/* One document inside a batch: kept, or undone without touching the rest of the batch. */
bool store_document_begin(struct store *store, struct dw_error *err) DW_MUST_CHECK;
bool store_document_keep(struct store *store, struct dw_error *err) DW_MUST_CHECK;
void store_document_undo(struct store *store);

/* ---- Small things by name (meta.c) ----------------------------------------------------------- */

#define STORE_META_LAST_VISIT DW_STR("last_visit") /* when the dashboard was last left */

/* A number kept under a name; `fallback` where there is none. */
int64_t store_meta_get(struct store *store, struct dw_str name, int64_t fallback);
bool store_meta_put(struct store *store, struct dw_str name, int64_t value,
                    struct dw_error *err) DW_MUST_CHECK;

/* What the store holds in all, kept by the store and not counted when asked. */
struct store_counts {
    int64_t articles;
    int64_t unread;
    int64_t figures;
    int64_t events;
    int64_t feeds;
    int64_t failing; /* feeds whose last try failed, paused ones apart */
};
bool store_counts(struct store *store, struct store_counts *counts,
                  struct dw_error *err) DW_MUST_CHECK;

/* ---- Feeds (feeds.c) ------------------------------------------------------------------------- */

enum store_pause {
    STORE_PAUSE_NONE,
    STORE_PAUSE_USER, /* the user said so */
    STORE_PAUSE_GONE  /* the server said 410: only the user resumes it */
};

/* What the user decides about a feed. */
struct store_feed_settings {
    struct dw_str url;   /* as given: unique */
    struct dw_str title; /* the user's name for it; empty: the feed's own */
    struct dw_str home;  /* its web page, or empty */
    struct dw_strs tags;
    int64_t interval; /* seconds that the user wants between tries; 0: as the feed deserves */
    bool local;       /* a file that the user named, not an address */
    bool full_text;   /* fetch the article's page where the feed has a summary only */
};

#define STORE_TRIES 12 /* kept per feed: what the health table draws */

/* One try to fetch a feed. */
struct store_try {
    int64_t at;
    int64_t milliseconds;
    int status; /* HTTP; 0: no answer, or a local file */
    bool ok;
};

struct store_feed {
    int64_t id;
    struct dw_str url;
    struct dw_str title; /* the user's, else the feed's own, else the address */
    struct dw_str home;
    struct dw_strs tags;
    bool local;
    bool full_text;
    enum store_pause pause;
    int64_t added;
    int64_t interval;
    int64_t ttl;         /* seconds that the feed asks for; -1: not told */
    uint32_t skip_hours; /* of the day, bit by bit, in which it asks not to be read */
    uint32_t skip_days;  /* of the week; bit 0 is Sunday */
    struct dw_str etag;  /* opaque, sent back as they came */
    struct dw_str last_modified;
    int64_t last_try;
    int64_t last_ok;
    int64_t next_try;
    int64_t ok_count;
    int64_t fail_count;
    int64_t failures;       /* in a row, up to now */
    int status;             /* of the last try */
    struct dw_str error;    /* of the last try, in plain words; empty: none */
    struct dw_str notice;   /* what was odd about a good one ("line 12: undefined entity") */
    struct dw_str moved_to; /* permanent redirect seen, or empty */
    int64_t moved_since;
    int64_t articles; /* stored of it */
    int64_t articles_with_figures;
    int64_t articles_day;                /* new in the last 24 hours */
    double per_day;                      /* articles a day over the last four weeks */
    int64_t newest;                      /* publication of its newest article */
    struct store_try tries[STORE_TRIES]; /* oldest first */
    size_t try_count;
};

struct store_feeds {
    struct store_feed *at;
    size_t len;
    size_t cap;
};

/* Subscribes. An address that is there already keeps its history: its settings are replaced and
 * `added` (may be NULL) is false. */
bool store_feed_put(struct store *store, const struct store_feed_settings *settings, int64_t *id,
                    bool *added, struct dw_error *err) DW_MUST_CHECK;
/* Unsubscribes. Its articles stay where another feed has them too or an event needs them as
 * evidence; the rest go. */
bool store_feed_remove(struct store *store, int64_t id, struct dw_error *err) DW_MUST_CHECK;
/* Pauses and resumes; a resumed feed is due at once. */
bool store_feed_pause(struct store *store, int64_t id, enum store_pause pause,
                      struct dw_error *err) DW_MUST_CHECK;
/* Moves a feed to another address with its history; fails if that one is subscribed to already. */
bool store_feed_move(struct store *store, int64_t id, struct dw_str url,
                     struct dw_error *err) DW_MUST_CHECK;
/* All feeds with their health, by title. */
bool store_feed_list(struct store *store, struct dw_arena *arena, struct store_feeds *feeds,
                     struct dw_error *err) DW_MUST_CHECK;
/* The feed of an id; `feed->id` is 0 where there is none. */
bool store_feed_get(struct store *store, struct dw_arena *arena, int64_t id,
                    struct store_feed *feed, struct dw_error *err) DW_MUST_CHECK;
/* The feed that a person means: its id, address, title or a part of one that fits no other. False
 * with the error that names what came close where none or several fit. */
bool store_feed_find(struct store *store, struct dw_arena *arena, struct dw_str name,
                     struct store_feed *feed, struct dw_error *err) DW_MUST_CHECK;

/* Which feeds to fetch. */
struct store_due {
    int64_t now;
    bool all;     /* also before their time: only the least gap counts */
    int64_t gap;  /* seconds that must lie between two tries even so */
    size_t limit; /* 0: no limit */
};
/* Feeds that are due, those never tried first, then by their time; without those that are paused,
 * claimed by another process, or whose host is paused. A next time more than 8 days ahead or a
 * last one in the future (the clock was wrong) counts as due. Health counts are left 0. */
bool store_feed_due(struct store *store, struct dw_arena *arena, const struct store_due *due,
                    struct store_feeds *feeds, struct dw_error *err) DW_MUST_CHECK;
/* When the next feed will be due, pauses of hosts and claims of others counted; DW_TIME_NONE: none
 * will. */
int64_t store_feed_next(struct store *store);
/* Claims a feed for this connection until `until`. `claimed` false: another process has it. */
bool store_feed_claim(struct store *store, int64_t id, int64_t until, bool *claimed,
                      struct dw_error *err) DW_MUST_CHECK;
bool store_feed_unclaim(struct store *store, int64_t id, struct dw_error *err) DW_MUST_CHECK;

/* The outcome of one try. */
struct store_fetch {
    int64_t feed;
    int64_t at;
    int64_t milliseconds;
    int64_t next; /* when to try again */
    int status;
    bool ok;        /* the answer was whole and could be read, or was 304 */
    bool unchanged; /* 304: title and the like stay as they are */
    bool gone;      /* 410 */
    struct dw_str error;
    struct dw_str notice;
    struct dw_str etag; /* stored only if ok; empty clears, but where it is unchanged */
    struct dw_str last_modified;
    struct dw_str title; /* the feed's own */
    struct dw_str home;
    int64_t ttl;
    uint32_t skip_hours;
    uint32_t skip_days;
    struct dw_str moved_to; /* permanent redirect; empty: none this time */
};
/* What the feed calls itself, and its web page; empty ones change nothing. Comes before its
 * articles, so that they carry its title from the beginning. */
bool store_feed_describe(struct store *store, int64_t feed, struct dw_str title, struct dw_str home,
                         struct dw_error *err) DW_MUST_CHECK;
/* Records a try and gives up the claim. Belongs in the transaction of the feed's (last) articles.
 */
bool store_feed_fetched(struct store *store, const struct store_fetch *fetch,
                        struct dw_error *err) DW_MUST_CHECK;

/* Until when a server ("host", "host:port") wants no requests (Retry-After); DW_TIME_NONE: it has
 * not said. */
int64_t store_host_pause_get(struct store *store, struct dw_str host);
bool store_host_pause_put(struct store *store, struct dw_str host, int64_t until,
                          struct dw_error *err) DW_MUST_CHECK;

/* ---- Articles: writing (articles.c) ---------------------------------------------------------- */

enum store_outcome {
    STORE_KNOWN,   /* stored as it is */
    STORE_PLACED,  /* known from another feed or under another id: now listed here too */
    STORE_UPDATED, /* known, and its text has changed: the former text is kept as a revision */
    STORE_NEW
};

#define STORE_SIGNATURE_HASHES 16

/* An article as it came. */
struct store_article_in {
    int64_t feed;
    const struct dw_entry *entry;
    struct dw_str text; /* what offsets of its figures point into; empty: content, else summary */
    struct dw_str language;
    int64_t now;               /* first seen, where it is new */
    const uint64_t *signature; /* MinHash, STORE_SIGNATURE_HASHES of them; NULL: none */
    int64_t source; /* what it counts as among sources; 0: its outlet (the feed's host) */
};

/* What storing the entry would do; reads only. `article` is 0 for a new one. */
bool store_article_look(struct store *store, int64_t feed, const struct dw_entry *entry,
                        enum store_outcome *outcome, int64_t *article,
                        struct dw_error *err) DW_MUST_CHECK;
/* Stores the entry; says what it was and which article it is. */
bool store_article_put(struct store *store, const struct store_article_in *in,
                       enum store_outcome *outcome, int64_t *article,
                       struct dw_error *err) DW_MUST_CHECK;
/* The text that extraction reads where an entry has several: content, else summary. */
struct dw_str store_entry_text(const struct dw_entry *entry);

/* ---- Pages of articles (article-page.c) ------------------------------------------------------ */

/* Asks for the page of an article whose feed has a summary only: once, unless `again` (the user's
 * own wish). */
bool store_page_want(struct store *store, int64_t article, bool again,
                     struct dw_error *err) DW_MUST_CHECK;

/* A page to fetch. */
struct store_page_wanted {
    int64_t article;
    int64_t feed; /* 0: the article has none any more */
    struct dw_str url;
    struct dw_str title;
    struct dw_str outlet;
    struct dw_str feed_url;
    int64_t published;
    int64_t source;
    size_t text_bytes; /* of the text that is stored */
};
struct store_pages_wanted {
    struct store_page_wanted *at;
    size_t len;
    size_t cap;
};
/* Pages whose time has come, those that wait longest first. */
bool store_page_next(struct store *store, struct dw_arena *arena, int64_t now, size_t limit,
                     struct store_pages_wanted *wanted, struct dw_error *err) DW_MUST_CHECK;
/* It could not be had now: not before `after`. */
bool store_page_later(struct store *store, int64_t article, int64_t after,
                      struct dw_error *err) DW_MUST_CHECK;
/* It cannot be had. */
bool store_page_failed(struct store *store, int64_t article, struct dw_error *err) DW_MUST_CHECK;

/* A page that was read. */
struct store_page_in {
    int64_t article;
    struct dw_str text;   /* from now on what offsets point into; empty: the stored one stays */
    struct dw_str author; /* taken, like the language, where the feed named none */
    struct dw_str language;
    int64_t now;
};
/* Stores it; the article's figures are to be replaced in the same transaction. */
bool store_page_put(struct store *store, const struct store_page_in *in,
                    struct dw_error *err) DW_MUST_CHECK;

/* An article whose signature shares a part with another: perhaps a copy of one agency text. */
struct store_similar {
    int64_t article;
    int64_t source;
    int64_t published;
    uint64_t signature[STORE_SIGNATURE_HASHES];
};
struct store_similars {
    struct store_similar *at;
    size_t len;
    size_t cap;
};
/* Articles published within `seconds` of `at` that may be copies; the caller compares. */
bool store_article_similar(struct store *store, struct dw_arena *arena, const uint64_t *signature,
                           int64_t at, int64_t seconds, struct store_similars *similars,
                           struct dw_error *err) DW_MUST_CHECK;
/* Sets what an article counts as among sources. */
bool store_article_source_put(struct store *store, int64_t article, int64_t source,
                              struct dw_error *err) DW_MUST_CHECK;

/* What the user does to articles. */
bool store_article_mark_read(struct store *store, int64_t article, bool read,
                             struct dw_error *err) DW_MUST_CHECK;
bool store_article_mark_starred(struct store *store, int64_t article, bool starred,
                                struct dw_error *err) DW_MUST_CHECK;
bool store_article_mark_all_read(struct store *store, struct dw_error *err) DW_MUST_CHECK;

/* ---- Figures: writing (figures.c) ------------------------------------------------------------ */

struct store_ids {
    int64_t *at;
    size_t len;
    size_t cap;
};

/* The figures that an extraction found in an article. */
struct store_figures_in {
    int64_t article;
    const struct dw_figure *figures;
    size_t count;
    const double *usd;         /* per figure: US dollars, NAN where it is no money; NULL: all NAN */
    const struct dw_str *told; /* per figure: what its sentence says of the deal; NULL: nothing */
    bool is_new;               /* the article has none yet */
};
/* Replaces all figures of the article. `ids` has room for `count`. `orphaned` gets the events that
 * lost figures by it: their state is to be computed anew. */
bool store_figures_put(struct store *store, struct dw_arena *arena,
                       const struct store_figures_in *in, int64_t *ids, struct store_ids *orphaned,
                       struct dw_error *err) DW_MUST_CHECK;

/* The events that figures of an article belong to. */
bool store_article_events(struct store *store, struct dw_arena *arena, int64_t article,
                          struct store_ids *events, struct dw_error *err) DW_MUST_CHECK;

/* ---- Events: writing (events.c) -------------------------------------------------------------- */

/* A change of value or status that an article brought. */
struct store_revision {
    int64_t figure; /* that brought it */
    int64_t article;
    int64_t at;
    enum dw_qualifier qualifier;
    double value;
    double low;
    double high;
    enum dw_status status;
    struct dw_str outlet; /* filled when read: the feed's title */
};

/* An event that a figure may belong to. */
struct store_candidate {
    int64_t event;
    struct dw_figure figure; /* its present state, without mentions and attribution */
    int64_t first_seen;
    int64_t last_seen;
    struct dw_str told;
    const struct store_revision *revisions; /* oldest first, without article and outlet */
    size_t revision_count;
    bool same_article;
};
struct store_candidates {
    struct store_candidate *at;
    size_t len;
    size_t cap;
};
struct store_candidate_ask {
    const int64_t *keys; /* by what figures find events: the engine makes them */
    size_t key_count;
    int64_t article;
    uint32_t kinds; /* of events that hold a figure of the article: bit (1 << enum dw_kind) */
    int64_t since;  /* events last seen before or first seen after have no chance */
    int64_t until;
    int64_t retold_since; /* ... but for those with the same amount, up to `retold_ratio` */
    double retold_ratio;  /* 0: none */
    double usd;           /* the figure's amount; NAN: unknown */
    double usd_ratio; /* events whose known amount is that many times another have none either; 0:
                         all may */
};
/* Events that hold one of the keys, in that time, and those that hold a figure of the same article
 * and of the kinds. By id. */
bool store_event_candidates(struct store *store, struct dw_arena *arena,
                            const struct store_candidate_ask *ask,
                            struct store_candidates *candidates,
                            struct dw_error *err) DW_MUST_CHECK;

/* The state of an event, as computed from its evidence. */
struct store_event_in {
    const struct dw_figure *figure;
    double usd; /* US dollars, NAN where it is no money */
    int64_t first_seen;
    int64_t last_seen;
    int64_t sources;
    double confidence;
    struct dw_str told;
    const int64_t *keys;
    size_t key_count;
    const struct store_revision *revisions; /* oldest first; outlet and article are not read */
    size_t revision_count;
};
/* Makes an event that has no figures yet. */
bool store_event_new(struct store *store, const struct store_event_in *in, int64_t *event,
                     struct dw_error *err) DW_MUST_CHECK;
/* Replaces its state; `revised` (may be NULL) tells whether value or status are not what they were.
 */
bool store_event_update(struct store *store, int64_t event, const struct store_event_in *in,
                        bool *revised, struct dw_error *err) DW_MUST_CHECK;
/* Puts a figure into an event (0: into none); it leaves the one it was in. */
bool store_event_attach(struct store *store, int64_t event, int64_t figure,
                        struct dw_error *err) DW_MUST_CHECK;
/* Removes an event; its figures belong to none then. */
bool store_event_delete(struct store *store, int64_t event, struct dw_error *err) DW_MUST_CHECK;

/* One figure of an event with what places it among the others. */
struct store_evidence {
    int64_t figure_id;
    int64_t article;
    struct dw_figure figure; /* without mentions */
    int64_t published;       /* of the article; its first sight where it has none */
    int64_t source;
    struct dw_str told;
    struct dw_str sentence;
    struct dw_str outlet; /* the feed's title */
    struct dw_str title;  /* of the article */
    struct dw_str url;
};
struct store_evidences {
    struct store_evidence *at;
    size_t len;
    size_t cap;
};
/* All evidence of an event, by time of publication, then id. */
bool store_event_evidence(struct store *store, struct dw_arena *arena, int64_t event,
                          struct store_evidences *evidence, struct dw_error *err) DW_MUST_CHECK;
/* The same without sentence and outlet: what a state is computed from. */
bool store_event_figures(struct store *store, struct dw_arena *arena, int64_t event,
                         struct store_evidences *evidence, struct dw_error *err) DW_MUST_CHECK;
/* Figures that belong to no event yet, in the order of their articles' publication. */
bool store_figures_unplaced(struct store *store, struct dw_arena *arena, struct store_ids *figures,
                            struct dw_error *err) DW_MUST_CHECK;
/* One of these; `evidence->figure_id` is 0 where it belongs to an event, or is gone. */
bool store_figure_evidence(struct store *store, struct dw_arena *arena, int64_t figure,
                           struct store_evidence *evidence, struct dw_error *err) DW_MUST_CHECK;

/* ---- Reading: pages -------------------------------------------------------------------------- */

/* A value bound to a condition. */
enum store_type { STORE_INTEGER, STORE_REAL, STORE_TEXT };
struct store_value {
    enum store_type type;
    int64_t integer;
    double real;
    struct dw_str text;
};

/* What rows must fulfil, made by query_compile(). An empty `sql` is fulfilled by all. Articles are
 * `a`, figures `f` (and their article `a`), events `e`; values are :q0, :q1, … */
struct store_condition {
    struct dw_str sql;
    struct store_value *values;
    size_t value_count;
};

/* Where a row stands in its order; opaque to others, who keep it to ask for the rows after it. */
struct store_key {
    bool set;
    double number;
    struct dw_str text;
    int64_t id;
};

/* Which rows. All zero: the first ones in the default order. */
struct store_page {
    const struct store_condition *condition; /* NULL: all */
    size_t limit;                            /* 0: STORE_PAGE_ROWS */
    struct store_key after;                  /* rows behind this one (before it if `back`) */
    bool back;    /* the rows before `after`, or the last ones; still in the order asked for */
    int sort;     /* enum store_event_sort, … */
    bool reverse; /* the other way than the default of that order */
};

#define STORE_PAGE_ROWS 100
#define STORE_COUNT_LIMIT 10000 /* rows under a condition are counted up to here */

/* ---- Reading: articles (article-list.c, article-read.c) -------------------------------------- */

enum store_article_sort {
    STORE_ARTICLE_BY_TIME,  /* newest first */
    STORE_ARTICLE_BY_FEED,  /* A to Z, newest first within */
    STORE_ARTICLE_BY_TITLE, /* A to Z */
    STORE_ARTICLE_BY_AMOUNT /* largest amount of money first */
};

/* What is said of a figure where it has a few cells. */
struct store_chip {
    int64_t figure;
    int64_t event;
    enum dw_kind kind;
    struct dw_str unit;
    enum dw_qualifier qualifier;
    double value;
    double low;
    double high;
    enum dw_status status;
};
#define STORE_CHIPS 3

struct store_article_row {
    int64_t id;
    struct store_key key;
    struct dw_str title;
    struct dw_str url;
    struct dw_str author;
    struct dw_str feed_title;
    int64_t feed;
    int64_t published; /* as the feed says, or DW_TIME_NONE */
    int64_t at;        /* what it is ordered by: published, else first seen */
    int64_t first_seen;
    bool read;
    bool starred;
    int64_t figures;                      /* how many */
    int64_t places;                       /* in how many feeds */
    struct store_chip chips[STORE_CHIPS]; /* the first ones that the article tells */
    size_t chip_count;
};
struct store_article_rows {
    struct store_article_row *at;
    size_t len;
    size_t cap;
};
bool store_article_list(struct store *store, struct dw_arena *arena, const struct store_page *page,
                        struct store_article_rows *rows, struct dw_error *err) DW_MUST_CHECK;
/* How many fulfil the condition (NULL: all, for free); at most STORE_COUNT_LIMIT are counted. */
bool store_article_count(struct store *store, const struct store_condition *condition,
                         int64_t *count, struct dw_error *err) DW_MUST_CHECK;

/* A figure as stored. */
struct store_figure_row {
    int64_t id;
    struct store_key key;
    int64_t article;
    int64_t event;
    struct dw_figure figure; /* with mentions where one article is read, without in lists */
    double usd;
    struct dw_str article_title;
    struct dw_str article_url;
    struct dw_str feed_title;
    struct dw_str surface; /* the words of its first mention */
    struct dw_str sentence;
    int64_t at; /* of the article */
};
struct store_figure_rows {
    struct store_figure_row *at;
    size_t len;
    size_t cap;
};

/* A feed that lists the article. */
struct store_place {
    int64_t feed;
    struct dw_str feed_title;
    struct dw_str url;
};

/* One article, whole. */
struct store_article {
    struct store_article_row row; /* without chips */
    struct dw_str summary;
    struct dw_str text; /* what offsets point into */
    struct dw_str language;
    struct dw_str note;
    int64_t updated; /* when its text last changed, or DW_TIME_NONE */
    struct store_place *places;
    size_t place_count;
    struct store_figure_rows figures; /* in the order of their first mention */
};
/* `article->row.id` is 0 where there is none of that id. */
bool store_article_read(struct store *store, struct dw_arena *arena, int64_t id,
                        struct store_article *article, struct dw_error *err) DW_MUST_CHECK;

/* ---- Reading: figures (figure-list.c) -------------------------------------------------------- */

enum store_figure_sort {
    STORE_FIGURE_BY_TIME,  /* newest article first */
    STORE_FIGURE_BY_AMOUNT /* largest first */
};
bool store_figure_list(struct store *store, struct dw_arena *arena, const struct store_page *page,
                       struct store_figure_rows *rows, struct dw_error *err) DW_MUST_CHECK;
bool store_figure_count(struct store *store, const struct store_condition *condition,
                        int64_t *count, struct dw_error *err) DW_MUST_CHECK;

/* ---- Reading: events (event-list.c) ---------------------------------------------------------- */

enum store_event_sort {
    STORE_EVENT_BY_TIME,    /* last seen first */
    STORE_EVENT_BY_AMOUNT,  /* largest first: US dollars for money, else the value */
    STORE_EVENT_BY_COMPANY, /* A to Z by the first party */
    STORE_EVENT_BY_KIND,    /* A to Z */
    STORE_EVENT_BY_SOURCES, /* most first */
    STORE_EVENT_BY_STATUS   /* furthest along first, denied last */
};

struct store_event_row {
    int64_t id;
    struct store_key key;
    struct dw_figure figure; /* the present state, without mentions and attribution */
    double usd;              /* NAN: no money */
    int64_t first_seen;
    int64_t last_seen;
    int64_t sources;
    double confidence;
    int64_t revisions; /* changes after the first report */
    int trend;         /* the last change of value: 1 up, -1 down, 0 none */
    bool starred;
    struct dw_str note;
};
struct store_event_rows {
    struct store_event_row *at;
    size_t len;
    size_t cap;
};
bool store_event_list(struct store *store, struct dw_arena *arena, const struct store_page *page,
                      struct store_event_rows *rows, struct dw_error *err) DW_MUST_CHECK;
bool store_event_count(struct store *store, const struct store_condition *condition, int64_t *count,
                       struct dw_error *err) DW_MUST_CHECK;

/* One event, whole. */
struct store_event {
    struct store_event_row row;
    struct store_revision *revisions; /* oldest first; the first is how it began */
    size_t revision_count;
    struct store_evidences evidence;
};
/* `event->row.id` is 0 where there is none of that id. */
bool store_event_read(struct store *store, struct dw_arena *arena, int64_t id,
                      struct store_event *event, struct dw_error *err) DW_MUST_CHECK;

/* ---- Reading: totals (totals.c) -------------------------------------------------------------- */

/* A span of time cut into equal parts. */
struct store_span {
    int64_t from;
    int64_t step;                            /* seconds of a part: 7 * 86400 for weeks */
    size_t count;                            /* parts: at most STORE_SPAN_PARTS */
    const struct store_condition *condition; /* on events `e`; NULL: all */
};
#define STORE_SPAN_PARTS 400

/* One part: money in US dollars that flows (investments, rounds, acquisitions, contracts, debt,
 * grants; never valuations), each event once at its present amount in the part where it was first
 * seen, apart by status. An investment within a round of the same recipient counts with the round
 * alone. Layoffs told as a share of the workforce are counted as events only. */
struct store_total {
    int64_t from;
    double usd[DW_STATUS_COUNT];
    int64_t events[DW_STATUS_COUNT]; /* with an amount */
    double layoffs;                  /* jobs, denied ones apart */
    int64_t layoff_events;
    double power; /* watts, denied ones apart */
};
/* Fills `totals` with span->count parts. */
bool store_totals(struct store *store, struct dw_arena *arena, const struct store_span *span,
                  struct store_total **totals, struct dw_error *err) DW_MUST_CHECK;

/* Money by kind over a span. */
struct store_kind_total {
    enum dw_kind kind;
    double usd; /* denied ones apart */
    int64_t events;
};
/* Largest first; only kinds that flow. `len` of them in the arena. */
bool store_kind_totals(struct store *store, struct dw_arena *arena, int64_t since, int64_t until,
                       struct store_kind_total **totals, size_t *len,
                       struct dw_error *err) DW_MUST_CHECK;

enum store_company_sort {
    STORE_COMPANY_BY_MOVED, /* money in and out together, largest first */
    STORE_COMPANY_BY_IN,
    STORE_COMPANY_BY_OUT,
    STORE_COMPANY_BY_LAYOFFS,
    STORE_COMPANY_BY_EVENTS
};

/* A party and what moved over a span, denied events apart. An amount with several parties in a role
 * is shared out equally among them, unless it holds for each. */
struct store_company {
    struct dw_str name;
    double in;        /* US dollars */
    double out;       /* US dollars */
    double in_firm;   /* of it announced or completed */
    double out_firm;  /* of it announced or completed */
    double layoffs;   /* jobs */
    double valuation; /* US dollars, last told; NAN: none */
    int64_t events;
};
struct store_companies {
    struct store_company *at;
    size_t len;
    size_t cap;
};
struct store_company_ask {
    int64_t since;
    int64_t until;
    enum store_company_sort sort;
    size_t limit;
};
bool store_company_list(struct store *store, struct dw_arena *arena,
                        const struct store_company_ask *ask, struct store_companies *companies,
                        struct dw_error *err) DW_MUST_CHECK;

/* ---- Names (names.c) ------------------------------------------------------------------------- */

enum store_name { STORE_NAME_COMPANY, STORE_NAME_FEED, STORE_NAME_TAG };
/* Adds names that begin with what is typed, in any case, A to Z: `limit` at most. */
bool store_names(struct store *store, struct dw_arena *arena, enum store_name what,
                 struct dw_str typed, size_t limit, struct dw_strs *names,
                 struct dw_error *err) DW_MUST_CHECK;

/* ---- Rates (rates.c) ------------------------------------------------------------------------- */

/* Units of a currency for one euro on a day, which is kept as its start. */
bool store_rate_put(struct store *store, struct dw_str currency, int64_t day, double per_euro,
                    struct dw_error *err) DW_MUST_CHECK;
/* The newest rate of a currency on or before `at` (DW_TIME_NONE: of all); false: there is none. */
bool store_rate_find(struct store *store, struct dw_str currency, int64_t at, int64_t *day,
                     double *per_euro) DW_MUST_CHECK;

/* ---- Reading: flows (flows.c) ---------------------------------------------------------------- */

/* Who pays whom over a span, denied events apart; rules as for totals. An amount with several
 * parties is shared out among them, unless it holds for each. */
struct store_flow {
    struct dw_str from;
    struct dw_str to;
    double usd;
    double firm; /* of it announced or completed */
    int64_t events;
    struct dw_str ids; /* of the events, with commas between */
};
struct store_flows {
    struct store_flow *at;
    size_t len;
    size_t cap;
};
struct store_flow_ask {
    int64_t since;
    int64_t until;
    bool firm;    /* only what is announced or completed */
    size_t limit; /* 0: all */
};
/* Largest first. */
bool store_flow_list(struct store *store, struct dw_arena *arena, const struct store_flow_ask *ask,
                     struct store_flows *flows, struct dw_error *err) DW_MUST_CHECK;

#include "store/care.h"
#include "store/corrections.h"

#endif
