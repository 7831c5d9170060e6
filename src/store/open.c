/* Opening and closing the store, and its transactions. */
#include "internal.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>

/* The path as a file: address, which SQLite wants for its options. */
static const char *file_uri(struct dw_arena *arena, struct dw_str path, const char *options)
{
    struct dw_buf buf;
    dw_buf_init(&buf, path.len * 3 + 64);
    dw_buf_add(&buf, DW_STR("file:"));
    for (size_t i = 0; i < path.len; i++) {
        char c = path.at[i];
        if (c == '%' || c == '?' || c == '#')
            dw_buf_add_format(&buf, "%%%02X", (unsigned)(unsigned char)c);
        else
            dw_buf_add_char(&buf, c);
    }
    dw_buf_add(&buf, dw_str_from_c(options));
    const char *uri = dw_buf_ok(&buf) ? dw_str_cstr(arena, dw_buf_str(&buf)) : NULL;
    if (uri == NULL)
        arena->failed = true;
    dw_buf_release(&buf);
    return uri;
}

/* Why there is no store to open, if that can be told from outside. */
static bool look_outside(struct store *store, struct dw_error *err)
{
    struct stat info;
    const char *path = dw_str_cstr(&store->arena, store->path);
    if (store->arena.failed)
        return scratch_ok(store, err);
    if (stat(path, &info) == 0) {
        if (S_ISREG(info.st_mode))
            return true;
        return dw_error_set(err, DW_ERR_STORE, "the store %.*s is no file: name one with --store",
                            DW_FMT(store->path));
    }
    if (errno == ENOENT && store->mode == STORE_WRITE)
        return true;
    if (errno == ENOENT)
        return dw_error_set(err, DW_ERR_STORE,
                            "there is no store %.*s yet: run `dealwire fetch` to fill one",
                            DW_FMT(store->path));
    return dw_error_set(err, DW_ERR_STORE, "the store %.*s cannot be reached: %s",
                        DW_FMT(store->path), strerror(errno));
}

/* Connects; SQLite opens the file only when it is first read. */
static bool connect(struct store *store, const char *options, struct dw_error *err)
{
    int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
    flags |= store->mode == STORE_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                        : SQLITE_OPEN_READONLY;
    const char *uri = file_uri(&store->arena, store->path, options);
    if (uri == NULL)
        return scratch_ok(store, err);
    int code = sqlite3_open_v2(uri, &store->db, flags, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_extended_result_codes(store->db, 1);
    if (code == SQLITE_OK)
        code = sqlite3_busy_timeout(store->db, STORE_BUSY_MILLISECONDS);
    if (code == SQLITE_OK)
        code = sqlite3_exec(store->db, "SELECT 1 FROM sqlite_master LIMIT 1", NULL, NULL, NULL);
    if (code == SQLITE_OK)
        return true;
    return store_fail(store, code, err, "open the store");
}

static void disconnect(struct store *store)
{
    for (size_t i = 0; i < STORE_STATEMENTS; i++)
        sqlite3_finalize(store->statements[i].stmt);
    memset(store->statements, 0, sizeof store->statements);
    sqlite3_close(store->db);
    store->db = NULL;
}

/* A store in a folder that cannot be written has no place for SQLite's shared memory: then it is
 * read as a file that nobody changes. */
static bool connect_for_reading(struct store *store, struct dw_error *err)
{
    if (connect(store, "", NULL))
        return true;
    int code = store->db != NULL ? sqlite3_errcode(store->db) & 0xff : SQLITE_NOMEM;
    if (code != SQLITE_CANTOPEN && code != SQLITE_READONLY)
        return store_fail(store, code, err, "open the store");
    disconnect(store);
    return connect(store, "?immutable=1", err);
}

/* Texts that a process that died had stored, but not indexed. */
static void count_waiting(struct store *store)
{
    static const char sql[] = "SELECT COUNT(*) FROM texts WHERE article >"
                              " (SELECT value FROM meta WHERE name = 'indexed')";
    struct ask ask = ask_begin(store, sql);
    store->texts_waiting = (size_t)ask_number(&ask, 0);
}

/* Settings of a connection; the journal's mode is the file's. */
static bool set_up(struct store *store, struct dw_error *err)
{
    static const char settings[] =
        /* of a new file: most texts fit a page this large, which wastes little of it */
        "PRAGMA page_size = 8192;"
        " PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;"
        " PRAGMA cache_size = -4096";
    if (!store_run(store, settings, err, "open the store"))
        return false;
    if (store->mode == STORE_READ)
        return store_migrate_all(store, err);
    /* in this order: a newer store is refused before anything is written */
    bool ok = store_migrate_all(store, err) &&
              store_run(store,
                        "PRAGMA journal_mode = WAL; PRAGMA cache_size = -8192;"
                        " PRAGMA wal_autocheckpoint = 2000",
                        err, "open the store") &&
              store_mark_open(store, err) && store_feed_free_claims(store, err);
    if (ok)
        count_waiting(store);
    return ok;
}

/* SQLite's bookkeeping of its memory takes a lock that all threads share. */
static void set_up_library(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

struct store *store_open(struct dw_str path, enum store_mode mode, const struct dw_clock *clock,
                         struct dw_error *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, set_up_library);
    struct store *store = dw_alloc(sizeof *store);
    if (store == NULL) {
        dw_error_set(err, DW_ERR_MEMORY, "out of memory for the store %.*s", DW_FMT(path));
        return NULL;
    }
    store->mode = mode;
    store->clock = clock;
    store->lock = -1;
    dw_arena_init(&store->arena, STORE_SCRATCH_BYTES);
    store->path = dw_str_dup(&store->arena, path);
    bool ok = scratch_ok(store, err) && look_outside(store, err) &&
              (mode == STORE_WRITE ? connect(store, "", err) : connect_for_reading(store, err)) &&
              set_up(store, err);
    if (ok)
        return store;
    store_close(store);
    return NULL;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    if (store->db != NULL) {
        store_rollback(store);
        store_mark_closed(store);
    }
    disconnect(store);
    dw_arena_release(&store->arena);
    dw_free(store);
}

struct dw_str store_path(const struct store *store)
{
    return store->path;
}

int64_t store_data_version(struct store *store)
{
    struct ask ask = ask_begin(store, "PRAGMA data_version");
    int64_t others = ask_number(&ask, 0);
    int64_t own = sqlite3_total_changes(store->db);
    return (int64_t)((uint64_t)others << 32 ^ (uint64_t)own);
}

bool store_run(struct store *store, const char *sql, struct dw_error *err, const char *what)
{
    int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK || store_fail(store, code, err, what);
}

/* Statements that a transaction is made of, prepared once like all others. */
static bool run_kept(struct store *store, const char *sql, struct dw_error *err, const char *what)
{
    struct ask ask = ask_begin(store, sql);
    return ask_run(&ask, err, what);
}

static bool in_batch(struct store *store)
{
    return sqlite3_get_autocommit(store->db) == 0;
}

bool store_begin(struct store *store, struct dw_error *err)
{
    store->added = (struct added){0};
    return run_kept(store, "BEGIN IMMEDIATE", err, "write to the store");
}

/* The number of the last one of as many texts as are indexed together; DW_TIME_NONE: none waits. */
static int64_t last_to_index(struct store *store, int64_t most)
{
    static const char sql[] =
        "SELECT MAX(article) FROM (SELECT article FROM texts WHERE article >"
        " (SELECT value FROM meta WHERE name = 'indexed') ORDER BY article LIMIT :most)";
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":most", most);
    return ask_number(&ask, DW_TIME_NONE);
}

/* New texts enter the full-text index together, `most` at once, -1: all of them. */
static bool index_texts(struct store *store, int64_t most, struct dw_error *err)
{
    static const char add[] = "INSERT INTO search (rowid, title, summary, text, outlet)"
                              " SELECT article, title, summary, text, outlet FROM texts"
                              " WHERE article > (SELECT value FROM meta WHERE name = 'indexed')"
                              " AND article <= :last";
    static const char note[] = "UPDATE meta SET value = :last WHERE name = 'indexed'";
    int64_t last = last_to_index(store, most);
    if (last == DW_TIME_NONE)
        return true;
    struct ask ask = ask_begin(store, add);
    ask_int(&ask, ":last", last);
    if (!ask_run(&ask, err, "index articles"))
        return false;
    ask = ask_begin(store, note);
    ask_int(&ask, ":last", last);
    return ask_run(&ask, err, "index articles");
}

/* The counts, so that nobody ever counts. */
static bool count_added(struct store *store, struct dw_error *err)
{
    static const char sql[] =
        "UPDATE meta SET value = value + CASE name WHEN 'figures' THEN :figures"
        " WHEN 'events' THEN :events ELSE :articles END"
        " WHERE name IN ('articles', 'unread', 'figures', 'events')";
    const struct added *added = &store->added;
    if (added->articles == 0 && added->figures == 0 && added->events == 0)
        return true;
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":figures", added->figures);
    ask_int(&ask, ":events", added->events);
    ask_int(&ask, ":articles", added->articles);
    return ask_run(&ask, err, "count what is in the store");
}

bool store_commit(struct store *store, struct dw_error *err)
{
    bool indexes = store->texts_waiting > 0 && !store->indexes_later;
    if ((indexes && !index_texts(store, -1, err)) || !count_added(store, err) ||
        !run_kept(store, "COMMIT", err, "write to the store"))
        return false;
    store->texts_waiting = indexes ? 0 : store->texts_waiting;
    return true;
}

void store_index_later(struct store *store)
{
    store->indexes_later = true;
}

size_t store_index_waiting(const struct store *store)
{
    return store->texts_waiting;
}

bool store_index(struct store *store, struct dw_error *err)
{
    if (!store_begin(store, err))
        return false;
    if (!index_texts(store, STORE_INDEX_TEXTS, err) ||
        !run_kept(store, "COMMIT", err, "write to the store")) {
        store_rollback(store);
        return false;
    }
    size_t waiting = store->texts_waiting;
    store->texts_waiting = waiting > STORE_INDEX_TEXTS ? waiting - STORE_INDEX_TEXTS : 0;
    return true;
}

void store_rollback(struct store *store)
{
    /* a failure that ended the transaction by itself leaves nothing to roll back */
    if (in_batch(store))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

bool store_document_begin(struct store *store, struct dw_error *err)
{
    store->kept = store->added;
    return run_kept(store, "SAVEPOINT document", err, "write to the store");
}

bool store_document_keep(struct store *store, struct dw_error *err)
{
    return run_kept(store, "RELEASE document", err, "write to the store");
}

void store_document_undo(struct store *store)
{
    store->added = store->kept;
    if (in_batch(store))
        sqlite3_exec(store->db, "ROLLBACK TO document; RELEASE document", NULL, NULL, NULL);
}

/* Inside a batch there is no savepoint per function: FTS5 writes out what it holds at each one, and
 * the document's is enough. */
bool unit_begin(struct store *store, struct unit *unit, struct dw_error *err)
{
    unit->nested = in_batch(store);
    return unit->nested || store_begin(store, err);
}

bool unit_end(struct store *store, const struct unit *unit, bool ok, struct dw_error *err)
{
    if (unit->nested)
        return ok;
    if (ok && store_commit(store, err))
        return true;
    store_rollback(store);
    return false;
}
