/* What the files of the store share: the connection, statements, and rows of figures. */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include <sqlite3.h>

#include "base/base.h"
#include "store/store.h"

#define STORE_STATEMENTS 128 /* prepared ones kept: the store has about as many questions */
#define STORE_BUSY_MILLISECONDS 10000 /* how long to wait for another process that writes */
#define STORE_SCRATCH_BYTES (64u << 20)
#define STORE_HOUR 3600
#define STORE_DAY 86400

/* A prepared statement and whether somebody steps through it now. */
struct statement {
    sqlite3_stmt *stmt;
    const char *asked; /* where its text stood when it was asked for last */
    uint64_t hash;     /* of its text */
    bool busy;
};

/* Rows that a transaction added: the counts in `meta` follow at its commit, for a statement with a
 * trigger costs SQLite a copy of each page that it changes. */
struct added {
    int64_t articles; /* all of them unread */
    int64_t figures;
    int64_t events;
};

struct store {
    sqlite3 *db;
    struct dw_str path;
    const struct dw_clock *clock;
    enum store_mode mode;
    int lock;     /* descriptor of the file that tells whether anybody has the store open; -1 */
    size_t fresh; /* the slot of `statements` that is given up next */
    struct statement statements[STORE_STATEMENTS];
    struct dw_arena arena; /* holds the path, and scratch of the functions that are given none */
    size_t texts_waiting;  /* about as many are new to the full-text index */
    bool indexes_later;    /* the caller says when they enter it */
    struct added added;    /* by the transaction so far */
    struct added kept;     /* ... before the document at hand */
};

/* ---- Statements (ask.c) ---------------------------------------------------------------------- */

/* One run of a statement. The first failure is remembered, so that callers look once, at the end.
 */
struct ask {
    struct store *store;
    sqlite3_stmt *stmt;
    struct statement *kept; /* NULL: finalised at the end */
    int bound;              /* the parameter that was bound last */
    int code;               /* of SQLite: the first failure, else the last step's */
};

/* Starts a run; the text is compiled once per connection. */
struct ask ask_begin(struct store *store, const char *sql);
/* Bind by name (":id"). Text and blobs must live until ask_end(). NAN and DW_TIME_NONE are NULL. */
void ask_int(struct ask *ask, const char *name, int64_t value);
void ask_real(struct ask *ask, const char *name, double value);
void ask_time(struct ask *ask, const char *name, int64_t value);
void ask_text(struct ask *ask, const char *name, struct dw_str value);
void ask_blob(struct ask *ask, const char *name, struct dw_str value);
/* Binds the values of a condition to :q0, :q1, … */
void ask_condition(struct ask *ask, const struct store_condition *condition);
/* Steps to the next row; false: none left, or a failure, which ask_end() tells. */
bool ask_row(struct ask *ask);
/* Columns of the row, from 0. NULL reads as 0, NAN, DW_TIME_NONE, empty. */
int64_t ask_get_int(struct ask *ask, int column);
bool ask_get_bool(struct ask *ask, int column);
double ask_get_real(struct ask *ask, int column);
int64_t ask_get_time(struct ask *ask, int column);
struct dw_str ask_get_text(struct ask *ask, int column, struct dw_arena *arena);
/* The same without a copy: valid until the next step. */
struct dw_str ask_borrow_text(struct ask *ask, int column);
/* Ends the run. False: it failed, and `what` ("list the feeds") with the cause is in the error. */
bool ask_end(struct ask *ask, struct dw_error *err, const char *what) DW_MUST_CHECK;
/* Steps to the end and ends the run. */
bool ask_run(struct ask *ask, struct dw_error *err, const char *what) DW_MUST_CHECK;
/* A number of one row; `fallback` where there is no row or a failure. */
int64_t ask_number(struct ask *ask, int64_t fallback);
/* Puts what SQLite says into words: "cannot list the feeds: …, what to do". Returns false. */
bool store_fail(struct store *store, int code, struct dw_error *err, const char *what);
/* False with the error if the arena is exhausted. */
bool store_arena_ok(const struct dw_arena *arena, struct dw_error *err);
/* The same for the store's own scratch, which works again afterwards. */
bool scratch_ok(struct store *store, struct dw_error *err);

/* ---- Transactions (open.c) ------------------------------------------------------------------- */

/* A function's own transaction, or a part of the batch that is under way. */
struct unit {
    bool nested;
};
bool unit_begin(struct store *store, struct unit *unit, struct dw_error *err) DW_MUST_CHECK;
/* Commits if `ok`, else rolls back and returns false; within a batch that is left to the document.
 */
bool unit_end(struct store *store, const struct unit *unit, bool ok,
              struct dw_error *err) DW_MUST_CHECK;
/* Statements without parameters or rows, one after the other. */
bool store_run(struct store *store, const char *sql, struct dw_error *err,
               const char *what) DW_MUST_CHECK;

/* ---- Schema (migrate.c, migration-00N.c) ----------------------------------------------------- */

/* A step from one version of the schema to the next. */
struct migration {
    int version; /* after it */
    const char *const *statements;
    size_t count;
};
extern const struct migration store_migration_001;
extern const struct migration store_migration_002;
extern const struct migration store_migration_003;
extern const struct migration store_migration_004;
extern const struct migration store_migration_005;
extern const struct migration store_migration_006;
extern const struct migration store_migration_007;

#define STORE_APPLICATION 0x4465616C /* "Deal": tells our files from others' */

/* Brings the file up to the last of `count` migrations, each in a transaction of its own, after
 * a copy of a store that is not new. */
bool store_migrate(struct store *store, const struct migration *const *migrations, size_t count,
                   struct dw_error *err) DW_MUST_CHECK;
/* The same to the present schema; a store opened for reading is only compared. */
bool store_migrate_all(struct store *store, struct dw_error *err) DW_MUST_CHECK;

/* ---- Pages of articles (article-page.c) ------------------------------------------------------ */

/* Whether the article's text is that of its page. */
bool store_page_is_read(struct store *store, int64_t article);

/* ---- Unclean ends (unclean.c) ---------------------------------------------------------------- */

/* Marks the store as open; where nobody had it open and the last end was unclean, checks it first.
 */
bool store_mark_open(struct store *store, struct dw_error *err) DW_MUST_CHECK;
/* Gives up the claims of processes that died. */
bool store_feed_free_claims(struct store *store, struct dw_error *err) DW_MUST_CHECK;
/* Takes the mark away if nobody else has the store open. */
void store_mark_closed(struct store *store);

/* ---- Rows of figures (figure-row.c) ---------------------------------------------------------- */

/* The columns that figures and events share; read_figure() reads them from column `from` on. */
#define FIGURE_COLUMNS(alias)                                                                  \
    alias ".kind, " alias ".unit, " alias ".qualifier, " alias ".value, " alias ".low, " alias \
          ".high, " alias ".each, " alias ".status, " alias ".term, " alias ".period, " alias  \
          ".payer, " alias ".payee, " alias ".confidence"
#define FIGURE_COLUMN_COUNT 13

void figure_read(struct ask *ask, int from, struct dw_arena *arena, struct dw_figure *figure);
/* Binds :kind … :confidence. The joined lists live in the arena. */
void figure_bind(struct ask *ask, struct dw_arena *arena, const struct dw_figure *figure);
/* What a figure is sorted by: US dollars for money, else its value or known bound. */
double figure_amount(const struct dw_figure *figure, double usd);
/* Whether the unit is a currency. */
bool figure_is_money(const struct dw_figure *figure);
/* Names of a list joined by line ends, and back. */
struct dw_str names_join(struct dw_arena *arena, const struct dw_strs *names);
struct dw_strs names_split(struct dw_arena *arena, struct dw_str joined);

/* The size of an amount of money: hundredths of its natural logarithm, so that ratios are
 * differences; STORE_SIZE_NONE where it has none. */
#define STORE_SIZE_NONE INT64_MIN
int64_t event_size(double usd);

/* Roles of parties as stored. */
enum store_role { STORE_ROLE_FROM, STORE_ROLE_TO };

/* The kinds whose amounts are flows of money: totals add these and no others. */
#define FLOW_KINDS "('investment','round','acquisition','contract','debt','grant')"

/* ---- Totals (totals.c) ----------------------------------------------------------------------- */

/* An investment within the round of its recipient: told about the same time, not larger. */
#define IS_PART                                                                             \
    "(e.kind = 'investment' AND EXISTS (SELECT 1 FROM event_parties p JOIN event_parties q" \
    " ON q.company = p.company AND q.role = 1 AND q.kind = 'round'"                         \
    " AND q.last_seen BETWEEN e.first_seen - 45 * 86400 AND e.last_seen + 45 * 86400"       \
    " AND q.share >= e.amount"                                                              \
    " WHERE p.event = e.id AND p.role = 1))"
/* Money without a known amount in dollars has the amount 0. The + keeps to the index of times. */
#define IS_FLOW "(+e.kind IN " FLOW_KINDS " AND e.amount > 0 AND NOT " IS_PART ")"
/* Announced or completed. */
#define IS_FIRM "e.status IN ('announced', 'completed')"

/* ---- Feeds (feed-row.c) ---------------------------------------------------------------------- */

/* What a feed is called, in SQL. */
#define FEED_TITLE(alias) \
    "COALESCE(NULLIF(" alias ".user_title, ''), NULLIF(" alias ".title, ''), " alias ".url)"

/* The columns of feed_read(). */
extern const char store_feed_columns[];
void feed_read(struct ask *ask, struct dw_arena *arena, struct store_feed *feed);

/* ---- Pages (page.c) -------------------------------------------------------------------------- */

/* One order of a list. */
struct order {
    const char *column; /* with its alias */
    bool text;          /* else a number */
    bool descending;
    bool newest_first; /* among equals: the highest id first */
};

/* The parts of a list's statement. */
struct listing {
    const char *columns;
    const char *tables;
    const char *id;     /* column of the id, with its alias */
    const char *always; /* condition that always holds for shown rows */
    const struct order *orders;
    size_t order_count;
};

/* Starts the run of a page: the columns, then the order's column, then the id. The text of the
 * statement is made in the arena. */
struct ask page_begin(struct store *store, struct dw_arena *arena, const struct listing *listing,
                      const struct store_page *page);
/* The key of the row at hand; `columns` is how many the listing has. */
struct store_key page_key(struct ask *ask, struct dw_arena *arena, const struct listing *listing,
                          const struct store_page *page, int columns);
/* Turns rows that were read backwards round. */
void page_turn(const struct store_page *page, void *rows, size_t count, size_t size);
/* Counts rows under the condition, at most STORE_COUNT_LIMIT. */
bool page_count(struct store *store, const struct listing *listing,
                const struct store_condition *condition, int64_t *count,
                struct dw_error *err) DW_MUST_CHECK;

/* Columns and reader of a figure with its article, sentence and surface (figure-list.c). */
extern const char store_figure_columns[];
extern const char store_figure_tables[];
#define STORE_FIGURE_COLUMN_COUNT (FIGURE_COLUMN_COUNT + 12)
void figure_row_read(struct ask *ask, struct dw_arena *arena, struct store_figure_row *row);

#endif
