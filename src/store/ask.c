/* Statements: prepared once per connection, bound by name, read column by column, and their
 * failures put into words. */
#include "internal.h"

#include <errno.h>
#include <math.h>
#include <string.h>

/* A free slot, or the next one in turn that nobody uses. NULL: all are in use. */
static struct statement *slot_take(struct store *store)
{
    for (size_t i = 0; i < STORE_STATEMENTS; i++) {
        struct statement *slot = &store->statements[store->fresh];
        store->fresh = (store->fresh + 1) % STORE_STATEMENTS;
        if (slot->busy)
            continue;
        sqlite3_finalize(slot->stmt);
        *slot = (struct statement){0};
        return slot;
    }
    return NULL;
}

/* A statement that the same lines of the program asked for before: most texts are constants. */
static struct statement *slot_known(struct store *store, const char *sql)
{
    for (size_t i = 0; i < STORE_STATEMENTS; i++) {
        struct statement *slot = &store->statements[i];
        if (slot->asked == sql && slot->stmt != NULL && !slot->busy &&
            strcmp(sqlite3_sql(slot->stmt), sql) == 0)
            return slot;
    }
    return NULL;
}

static struct statement *slot_find(struct store *store, struct dw_str sql, uint64_t hash)
{
    for (size_t i = 0; i < STORE_STATEMENTS; i++) {
        struct statement *slot = &store->statements[i];
        if (slot->stmt != NULL && !slot->busy && slot->hash == hash &&
            dw_str_eq(dw_str_from_c(sqlite3_sql(slot->stmt)), sql))
            return slot;
    }
    return NULL;
}

/* Compiles the text. An empty one comes from an exhausted arena. */
static int prepare(struct store *store, struct dw_str sql, sqlite3_stmt **stmt)
{
    int code =
        sqlite3_prepare_v3(store->db, sql.at, (int)sql.len, SQLITE_PREPARE_PERSISTENT, stmt, NULL);
    return code == SQLITE_OK && *stmt == NULL ? SQLITE_NOMEM : code;
}

/* Finds the statement by its text, or compiles it. */
static void find_or_prepare(struct ask *ask, const char *sql)
{
    struct store *store = ask->store;
    struct dw_str text = dw_str_from_c(sql);
    uint64_t hash = dw_str_hash(text);
    ask->kept = slot_find(store, text, hash);
    if (ask->kept == NULL) {
        ask->code = prepare(store, text, &ask->stmt);
        ask->kept = ask->code == SQLITE_OK ? slot_take(store) : NULL;
        if (ask->kept != NULL)
            *ask->kept = (struct statement){.stmt = ask->stmt, .hash = hash};
    }
    if (ask->kept != NULL)
        ask->kept->asked = sql;
}

struct ask ask_begin(struct store *store, const char *sql)
{
    struct ask ask = {.store = store, .code = SQLITE_OK};
    ask.kept = slot_known(store, sql);
    if (ask.kept == NULL)
        find_or_prepare(&ask, sql);
    if (ask.kept != NULL) {
        ask.kept->busy = true;
        ask.stmt = ask.kept->stmt;
    }
    return ask;
}

/* The number of a parameter; 0 (and a failure) if the statement has none of that name. */
static int parameter(struct ask *ask, const char *name)
{
    if (ask->code != SQLITE_OK)
        return 0;
    /* mostly the one behind the last: SQLite looks for a name among all of them */
    int index = ask->bound + 1;
    const char *there = sqlite3_bind_parameter_name(ask->stmt, index);
    if (there == NULL || strcmp(there, name) != 0)
        index = sqlite3_bind_parameter_index(ask->stmt, name);
    if (index == 0)
        ask->code = SQLITE_MISUSE;
    ask->bound = index;
    return index;
}

void ask_int(struct ask *ask, const char *name, int64_t value)
{
    int index = parameter(ask, name);
    if (index > 0)
        ask->code = sqlite3_bind_int64(ask->stmt, index, value);
}

void ask_real(struct ask *ask, const char *name, double value)
{
    int index = parameter(ask, name);
    if (index > 0)
        ask->code = isnan(value) ? sqlite3_bind_null(ask->stmt, index)
                                 : sqlite3_bind_double(ask->stmt, index, value);
}

void ask_time(struct ask *ask, const char *name, int64_t value)
{
    int index = parameter(ask, name);
    if (index > 0)
        ask->code = value == DW_TIME_NONE ? sqlite3_bind_null(ask->stmt, index)
                                          : sqlite3_bind_int64(ask->stmt, index, value);
}

void ask_text(struct ask *ask, const char *name, struct dw_str value)
{
    int index = parameter(ask, name);
    if (index > 0)
        ask->code = sqlite3_bind_text64(ask->stmt, index, value.at ? value.at : "", value.len,
                                        SQLITE_STATIC, SQLITE_UTF8);
}

void ask_blob(struct ask *ask, const char *name, struct dw_str value)
{
    int index = parameter(ask, name);
    if (index > 0)
        ask->code = sqlite3_bind_blob64(ask->stmt, index, value.at ? value.at : "", value.len,
                                        SQLITE_STATIC);
}

void ask_condition(struct ask *ask, const struct store_condition *condition)
{
    if (condition == NULL)
        return;
    for (size_t i = 0; i < condition->value_count; i++) {
        const struct store_value *value = &condition->values[i];
        char name[24];
        sqlite3_snprintf(sizeof name, name, ":q%d", (int)i);
        switch (value->type) {
        case STORE_INTEGER:
            ask_int(ask, name, value->integer);
            break;
        case STORE_REAL:
            ask_real(ask, name, value->real);
            break;
        case STORE_TEXT:
            ask_text(ask, name, value->text);
            break;
        }
    }
}

bool ask_row(struct ask *ask)
{
    if (ask->code != SQLITE_OK && ask->code != SQLITE_ROW)
        return false;
    ask->code = sqlite3_step(ask->stmt);
    return ask->code == SQLITE_ROW;
}

int64_t ask_get_int(struct ask *ask, int column)
{
    return sqlite3_column_int64(ask->stmt, column);
}

bool ask_get_bool(struct ask *ask, int column)
{
    return ask_get_int(ask, column) != 0;
}

static bool is_null(struct ask *ask, int column)
{
    return sqlite3_column_type(ask->stmt, column) == SQLITE_NULL;
}

double ask_get_real(struct ask *ask, int column)
{
    return is_null(ask, column) ? (double)NAN : sqlite3_column_double(ask->stmt, column);
}

int64_t ask_get_time(struct ask *ask, int column)
{
    return is_null(ask, column) ? DW_TIME_NONE : ask_get_int(ask, column);
}

struct dw_str ask_borrow_text(struct ask *ask, int column)
{
    const void *bytes = sqlite3_column_blob(ask->stmt, column);
    int len = sqlite3_column_bytes(ask->stmt, column);
    if (bytes == NULL)
        return (struct dw_str){"", 0};
    return (struct dw_str){bytes, (size_t)len};
}

struct dw_str ask_get_text(struct ask *ask, int column, struct dw_arena *arena)
{
    struct dw_str text = ask_borrow_text(ask, column);
    return text.len > 0 ? dw_str_dup(arena, text) : DW_STR("");
}

bool ask_end(struct ask *ask, struct dw_error *err, const char *what)
{
    int code = ask->code;
    bool ok = code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE;
    if (!ok)
        store_fail(ask->store, code, err, what);
    if (ask->kept != NULL) {
        sqlite3_reset(ask->stmt);
        sqlite3_clear_bindings(ask->stmt);
        ask->kept->busy = false;
    } else {
        sqlite3_finalize(ask->stmt);
    }
    *ask = (struct ask){.store = ask->store, .code = code};
    return ok;
}

bool ask_run(struct ask *ask, struct dw_error *err, const char *what)
{
    while (ask_row(ask))
        continue;
    return ask_end(ask, err, what);
}

int64_t ask_number(struct ask *ask, int64_t fallback)
{
    int64_t number = fallback;
    if (ask_row(ask) && !is_null(ask, 0))
        number = ask_get_int(ask, 0);
    return ask_end(ask, NULL, "read a number") ? number : fallback;
}

/* What the system said of the last failure on one of SQLite's files. */
static int errno_of(struct store *store, int which)
{
    sqlite3_file *file = NULL;
    int cause = 0;
    if (sqlite3_file_control(store->db, "main", which, &file) == SQLITE_OK && file != NULL &&
        file->pMethods != NULL)
        file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &cause);
    return cause;
}

static bool means_full(int cause)
{
    return cause == ENOSPC || cause == EDQUOT || cause == EFBIG;
}

/* Whether an input/output error is really one of room. */
static bool is_full(struct store *store, int code)
{
    if ((code & 0xff) == SQLITE_FULL)
        return true;
    if ((code & 0xff) != SQLITE_IOERR || store->db == NULL)
        return false;
    return means_full(sqlite3_system_errno(store->db)) ||
           means_full(errno_of(store, SQLITE_FCNTL_FILE_POINTER)) ||
           means_full(errno_of(store, SQLITE_FCNTL_JOURNAL_POINTER));
}

struct cause {
    int code;
    enum dw_code error;
    const char *words; /* with one %.*s for the path */
};

static const struct cause causes[] = {
    {SQLITE_FULL, DW_ERR_STORE,
     "no space is left for the store %.*s (disk full, or a limit on file sizes): make room, then "
     "try again; what is stored already stays readable"},
    {SQLITE_READONLY, DW_ERR_STORE,
     "the store %.*s is read-only: allow writing to the file and its folder, or name another with "
     "--store"},
    {SQLITE_PERM, DW_ERR_STORE,
     "the store %.*s is read-only: allow writing to the file and its folder, or name another with "
     "--store"},
    {SQLITE_CORRUPT, DW_ERR_STORE,
     "the store %.*s is corrupt; it is left as it is. Move it away and run `dealwire fetch`: the "
     "feeds are kept in feeds.opml"},
    {SQLITE_NOTADB, DW_ERR_STORE,
     "the store %.*s is corrupt or no store at all; it is left as it is. Move it away and run "
     "`dealwire fetch`: the feeds are kept in feeds.opml"},
    {SQLITE_BUSY, DW_ERR_STORE,
     "another program has been writing to the store %.*s for too long: try again when it is done"},
    {SQLITE_LOCKED, DW_ERR_STORE,
     "another program has been writing to the store %.*s for too long: try again when it is done"},
    {SQLITE_NOMEM, DW_ERR_MEMORY, "out of memory (store %.*s)"},
};

bool store_fail(struct store *store, int code, struct dw_error *err, const char *what)
{
    int wanted = is_full(store, code) ? SQLITE_FULL : code & 0xff;
    for (size_t i = 0; i < sizeof causes / sizeof causes[0]; i++) {
        if (causes[i].code != wanted)
            continue;
        char words[DW_ERROR_BYTES];
        sqlite3_snprintf(sizeof words, words, causes[i].words, DW_FMT(store->path));
        return dw_error_set(err, causes[i].error, "cannot %s: %s", what, words);
    }
    const char *reason = store->db != NULL ? sqlite3_errmsg(store->db) : sqlite3_errstr(code);
    return dw_error_set(err, DW_ERR_STORE, "cannot %s: store %.*s: %s", what, DW_FMT(store->path),
                        reason);
}

bool store_arena_ok(const struct dw_arena *arena, struct dw_error *err)
{
    if (!arena->failed)
        return true;
    return dw_error_set(err, DW_ERR_MEMORY, "out of memory for what was read from the store");
}

bool scratch_ok(struct store *store, struct dw_error *err)
{
    bool ok = store_arena_ok(&store->arena, err);
    store->arena.failed = false;
    return ok;
}
