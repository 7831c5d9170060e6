/* The fifth schema: what the user corrects, as rows of its own, and the rates of currencies.
 *
 * Invariant: a correction names figures by where their article tells them, not by their number, so
 * that it holds when articles are read anew. */
#include "internal.h"

static const char *const statements[] = {
    "CREATE TABLE corrections (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL,"
    " action TEXT NOT NULL, text TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0)",
    /* the key's columns come first: the integrity check of SQLite 3.40 errs where they do not */
    "CREATE TABLE correction_figures (correction INTEGER NOT NULL REFERENCES corrections"
    " ON DELETE CASCADE, role INTEGER NOT NULL, article INTEGER NOT NULL, in_title INTEGER NOT"
    " NULL, start INTEGER NOT NULL, kind TEXT NOT NULL, stop INTEGER NOT NULL,"
    " PRIMARY KEY (correction, role, article, in_title, start, kind)) WITHOUT ROWID",
    "CREATE INDEX correction_figures_article ON correction_figures (article)",
    "ALTER TABLE events ADD COLUMN edited INTEGER NOT NULL DEFAULT 0",
    "CREATE TABLE rates (currency TEXT NOT NULL, day INTEGER NOT NULL, per_euro REAL NOT NULL,"
    " PRIMARY KEY (currency, day)) WITHOUT ROWID",
};

const struct migration store_migration_005 = {5, statements,
                                              sizeof statements / sizeof statements[0]};
