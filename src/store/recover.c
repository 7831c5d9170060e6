/* Recovery: what can still be read of a damaged store goes into a new one.
 *
 * Each table is read from its front to the damage and from its end back to it. Events, their keys,
 * full text and counts are not copied: they are made anew of the rest. */
#include "internal.h"

/* In the order in which rows depend on each other. `back`: whether it can be read by its number. */
static const struct {
    const char *name;
    bool back;
} tables[] = {
    {"feeds", true},       {"articles", true},
    {"texts", true},       {"article_revisions", true},
    {"places", false},     {"figures", true},
    {"mentions", false},   {"figure_parties", false},
    {"corrections", true}, {"correction_figures", false},
    {"pages", true},       {"hosts", false},
    {"rates", false},
};

/* Columns that both have, joined by commas. */
static bool columns_of(struct store *store, struct dw_arena *arena, const char *table,
                       struct dw_str *columns, struct dw_error *err)
{
    struct dw_strs names = {0};
    struct ask ask = ask_begin(store, "SELECT name FROM pragma_table_info(:table)");
    ask_text(&ask, ":table", dw_str_from_c(table));
    while (ask_row(&ask))
        if (!dw_strs_push(arena, &names, ask_get_text(&ask, 0, arena)))
            break;
    *columns = dw_strs_join(arena, &names, DW_STR(", "));
    return ask_end(&ask, err, "recover a store") && store_arena_ok(arena, err);
}

static struct dw_str parameters(struct dw_arena *arena, int count)
{
    struct dw_strs marks = {0};
    for (int i = 0; i < count; i++)
        dw_strs_push(arena, &marks, DW_STR("?"));
    return dw_strs_join(arena, &marks, DW_STR(", "));
}

/* Rows as long as they can be read; the damage ends it, and is no failure. */
static int64_t copy_rows(struct store *fresh, sqlite3_stmt *read, sqlite3_stmt *write)
{
    int64_t count = 0;
    while (sqlite3_step(read) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(read); i++)
            sqlite3_bind_value(write, i + 1, sqlite3_column_value(read, i));
        if (sqlite3_step(write) == SQLITE_DONE)
            count += sqlite3_changes(fresh->db);
        sqlite3_reset(write);
    }
    return count;
}

/* One table in one direction. */
static int64_t copy(struct store *fresh, sqlite3 *damaged, struct dw_str select,
                    struct dw_str table, struct dw_str columns)
{
    sqlite3_stmt *read = NULL;
    sqlite3_stmt *write = NULL;
    int64_t count = 0;
    if (sqlite3_prepare_v2(damaged, select.at, (int)select.len, &read, NULL) == SQLITE_OK) {
        struct dw_str marks = parameters(&fresh->arena, sqlite3_column_count(read));
        struct dw_str insert =
            dw_str_format(&fresh->arena, "INSERT OR IGNORE INTO %.*s (%.*s) VALUES (%.*s)",
                          DW_FMT(table), DW_FMT(columns), DW_FMT(marks));
        if (sqlite3_prepare_v2(fresh->db, insert.at, (int)insert.len, &write, NULL) == SQLITE_OK)
            count = copy_rows(fresh, read, write);
    }
    sqlite3_finalize(read);
    sqlite3_finalize(write);
    return count;
}

static bool copy_table(struct store *fresh, sqlite3 *damaged, size_t number, int64_t *count,
                       struct dw_error *err)
{
    struct dw_arena *arena = &fresh->arena;
    struct dw_str table = dw_str_from_c(tables[number].name);
    struct dw_str columns;
    if (!columns_of(fresh, arena, tables[number].name, &columns, err))
        return false;
    struct dw_str select =
        dw_str_format(arena, "SELECT %.*s FROM %.*s NOT INDEXED", DW_FMT(columns), DW_FMT(table));
    *count = copy(fresh, damaged, select, table, columns);
    if (tables[number].back) {
        select = dw_str_format(arena, "%.*s ORDER BY rowid DESC", DW_FMT(select));
        *count += copy(fresh, damaged, select, table, columns);
    }
    return true;
}

/* Rows whose others were lost, and what is made anew. */
static const char *const tidy[] = {
    "DELETE FROM texts WHERE article NOT IN (SELECT id FROM articles)",
    "DELETE FROM article_revisions WHERE article NOT IN (SELECT id FROM articles)",
    ("DELETE FROM places WHERE article NOT IN (SELECT id FROM articles)"
     " OR feed NOT IN (SELECT id FROM feeds)"),
    "UPDATE articles SET feed = NULL WHERE feed NOT IN (SELECT id FROM feeds)",
    "DELETE FROM pages WHERE article NOT IN (SELECT id FROM articles)",
    "DELETE FROM figures WHERE article NOT IN (SELECT id FROM articles)",
    "DELETE FROM mentions WHERE figure NOT IN (SELECT id FROM figures)",
    "DELETE FROM figure_parties WHERE figure NOT IN (SELECT id FROM figures)",
    "DELETE FROM correction_figures WHERE correction NOT IN (SELECT id FROM corrections)",
    "UPDATE figures SET event = NULL",
    /* validators of articles that may be lost would keep them from coming again */
    "UPDATE feeds SET etag = x'', last_modified = x'', next_try = NULL, claimed_until = 0",
};

static bool recover(struct store *fresh, sqlite3 *damaged, struct store_recovered *recovered,
                    struct dw_error *err)
{
    bool ok = store_run(fresh, "PRAGMA foreign_keys = OFF", err, "recover a store") &&
              store_begin(fresh, err);
    for (size_t i = 0; ok && i < sizeof tables / sizeof tables[0]; i++) {
        struct dw_scratch scratch = dw_scratch_begin(&fresh->arena);
        int64_t count = 0;
        ok = copy_table(fresh, damaged, i, &count, err);
        dw_scratch_end(scratch);
    }
    for (size_t i = 0; ok && i < sizeof tidy / sizeof tidy[0]; i++)
        ok = store_run(fresh, tidy[i], err, "recover a store");
    ok = ok && store_rebuild(fresh, err) && store_commit(fresh, err);
    if (!ok)
        store_rollback(fresh);
    recovered->articles = store_meta_get(fresh, DW_STR("articles"), 0);
    recovered->figures = store_meta_get(fresh, DW_STR("figures"), 0);
    return ok;
}

bool store_recover(struct dw_str damaged_path, struct dw_str fresh_path,
                   const struct dw_clock *clock, struct store_recovered *recovered,
                   struct dw_error *err)
{
    *recovered = (struct store_recovered){0};
    struct store *fresh = store_open(fresh_path, STORE_WRITE, clock, err);
    sqlite3 *damaged = NULL;
    if (fresh == NULL)
        return false;
    const char *path = dw_str_cstr(&fresh->arena, damaged_path);
    bool ok = sqlite3_open_v2(path, &damaged, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
              sqlite3_exec(damaged, "SELECT 1 FROM sqlite_master", NULL, NULL, NULL) == SQLITE_OK;
    if (!ok)
        dw_error_set(err, DW_ERR_STORE,
                     "nothing can be recovered of %.*s: %s. The list of feeds is in feeds.opml",
                     DW_FMT(damaged_path), sqlite3_errmsg(damaged));
    ok = ok && recover(fresh, damaged, recovered, err);
    sqlite3_close(damaged);
    store_close(fresh);
    return ok;
}
