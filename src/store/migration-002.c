/* The second schema: when a feed asks not to be read; full text that is brought up to date once per
 * transaction.
 *
 * Invariant: `search` holds the texts of articles up to the number that meta calls "indexed", which
 * store_commit() raises. FTS5 writes its index out at each savepoint: a row at a time costs it ten
 * times as much. */
#include "internal.h"

#define IS_INDEXED(article) article " <= (SELECT value FROM meta WHERE name = 'indexed')"

static const char *const statements[] = {
    "ALTER TABLE feeds ADD COLUMN skip_hours INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE feeds ADD COLUMN skip_days INTEGER NOT NULL DEFAULT 0",

    "INSERT INTO meta SELECT 'indexed', COALESCE(MAX(article), 0) FROM texts",
    "DROP TRIGGER texts_insert",
    "DROP TRIGGER texts_delete",
    "DROP TRIGGER texts_update",
    "CREATE TRIGGER texts_delete AFTER DELETE ON texts WHEN " IS_INDEXED(
        "old.article") " BEGIN"
                       " INSERT INTO search (search, rowid, title, summary, text, outlet)"
                       " VALUES ('delete', old.article, old.title, old.summary, old.text, "
                       "old.outlet); END",
    "CREATE TRIGGER texts_update AFTER UPDATE ON texts WHEN " IS_INDEXED(
        "old.article") " BEGIN"
                       " INSERT INTO search (search, rowid, title, summary, text, outlet)"
                       " VALUES ('delete', old.article, old.title, old.summary, old.text, "
                       "old.outlet);"
                       " INSERT INTO search (rowid, title, summary, text, outlet)"
                       " VALUES (new.article, new.title, new.summary, new.text, new.outlet); END",
};

const struct migration store_migration_002 = {2, statements,
                                              sizeof statements / sizeof statements[0]};
