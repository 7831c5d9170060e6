/* The fourth schema: what the sentence of a figure says of its deal, and the keys by which a figure
 * finds the events that it may belong to. Events are made anew of the figures, which wait to be
 * placed.
 *
 * Invariant: event_keys holds the keys that the row of each event tells, with its last_seen. */
#include "internal.h"

static const char *const statements[] = {
    "ALTER TABLE figures ADD COLUMN told TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE events ADD COLUMN told TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE events ADD COLUMN keys BLOB NOT NULL DEFAULT x''",
    ("CREATE TABLE event_keys (key INTEGER NOT NULL, last_seen INTEGER NOT NULL,"
     " event INTEGER NOT NULL, size INTEGER, PRIMARY KEY (key, last_seen, event)) WITHOUT ROWID"),
    "UPDATE figures SET event = NULL",
    "DELETE FROM events",
};

const struct migration store_migration_004 = {4, statements,
                                              sizeof statements / sizeof statements[0]};
