/* Migrations: numbered, one-way steps of the schema. user_version names the step that a file is at;
 * a newer file is refused untouched, an older one is copied before it changes. */
#include "internal.h"

static const struct migration *const migrations_all[] = {
    &store_migration_001, &store_migration_002, &store_migration_003, &store_migration_004,
    &store_migration_005, &store_migration_006, &store_migration_007};
#define MIGRATION_COUNT (sizeof migrations_all / sizeof migrations_all[0])

static bool pragma_number(struct store *store, const char *sql, int64_t *number,
                          struct dw_error *err)
{
    struct ask ask = ask_begin(store, sql);
    if (ask_row(&ask))
        *number = ask_get_int(&ask, 0);
    return ask_end(&ask, err, "open the store");
}

static bool version_of(struct store *store, int64_t *version, struct dw_error *err)
{
    return pragma_number(store, "PRAGMA user_version", version, err);
}

/* An SQLite file without our mark that holds something is somebody else's. */
static bool is_ours(struct store *store, struct dw_error *err)
{
    int64_t application = 0;
    int64_t objects = 0;
    if (!pragma_number(store, "PRAGMA application_id", &application, err) ||
        !pragma_number(store, "SELECT COUNT(*) FROM sqlite_master", &objects, err))
        return false;
    if (objects == 0 || application == STORE_APPLICATION)
        return true;
    return dw_error_set(err, DW_ERR_STORE,
                        "%.*s is a database of another program; it is left untouched. Name another "
                        "store with --store",
                        DW_FMT(store->path));
}

/* A whole copy beside the store, before it changes for good. An older copy of that version stays:
 * it is of a try that did not get through. */
static bool copy_before(struct store *store, int64_t version, struct dw_error *err)
{
    struct dw_scratch scratch = dw_scratch_begin(&store->arena);
    struct dw_str path =
        dw_str_format(&store->arena, "%.*s.version-%lld", DW_FMT(store->path), (long long)version);
    const char *drop = dw_str_cstr(&store->arena, path);
    bool ok = scratch_ok(store, err);
    if (ok && sqlite3_vfs_find(NULL) != NULL) {
        int exists = 0;
        sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
        if (vfs->xAccess(vfs, drop, SQLITE_ACCESS_EXISTS, &exists) == SQLITE_OK && exists)
            vfs->xDelete(vfs, drop, 0);
    }
    if (ok) {
        struct ask ask = ask_begin(store, "VACUUM INTO :path");
        ask_text(&ask, ":path", path);
        ok = ask_run(&ask, err, "copy the store before changing it");
    }
    dw_scratch_end(scratch);
    return ok;
}

static bool run_step(struct store *store, const struct migration *migration, struct dw_error *err)
{
    for (size_t i = 0; i < migration->count; i++)
        if (!store_run(store, migration->statements[i], err, "change the store's schema"))
            return false;
    char pragma[64];
    sqlite3_snprintf(sizeof pragma, pragma, "PRAGMA user_version = %d", migration->version);
    if (!store_run(store, pragma, err, "change the store's schema"))
        return false;
    sqlite3_snprintf(sizeof pragma, pragma, "PRAGMA application_id = %d", STORE_APPLICATION);
    return store_run(store, pragma, err, "change the store's schema");
}

/* Steps in one transaction. Another process may have done them meanwhile: the lock is taken, then
 * it is looked again. */
static bool apply(struct store *store, const struct migration *const *migrations, size_t count,
                  struct dw_error *err)
{
    if (!store_begin(store, err))
        return false;
    int64_t version = 0;
    bool ok = version_of(store, &version, err);
    for (size_t i = 0; ok && i < count; i++)
        if (migrations[i]->version > version)
            ok = run_step(store, migrations[i], err);
    if (ok)
        return store_commit(store, err);
    store_rollback(store);
    return false;
}

bool store_migrate(struct store *store, const struct migration *const *migrations, size_t count,
                   struct dw_error *err)
{
    int64_t version = 0;
    int64_t newest = migrations[count - 1]->version;
    if (!version_of(store, &version, err))
        return false;
    if (version > newest)
        return dw_error_set(
            err, DW_ERR_STORE,
            "the store %.*s was made by a newer dealwire (schema %lld, this one "
            "knows %lld); it is left untouched. Use that one, or name another store "
            "with --store",
            DW_FMT(store->path), (long long)version, (long long)newest);
    if (!is_ours(store, err))
        return false;
    if (version == newest)
        return true;
    if (store->mode == STORE_READ)
        return dw_error_set(
            err, DW_ERR_STORE,
            "the store %.*s is of an older dealwire and is read-only: run `dealwire "
            "fetch` where it can be written",
            DW_FMT(store->path));
    /* a new store is whole or not there at all */
    if (version == 0)
        return apply(store, migrations, count, err);
    if (!copy_before(store, version, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (migrations[i]->version > version && !apply(store, &migrations[i], 1, err))
            return false;
    }
    return true;
}

bool store_migrate_all(struct store *store, struct dw_error *err)
{
    return store_migrate(store, migrations_all, MIGRATION_COUNT, err);
}
