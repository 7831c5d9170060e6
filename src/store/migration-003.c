/* The third schema: articles whose page is to be fetched because their feed gives a summary. */
#include "internal.h"

static const char *const statements[] = {
    "CREATE TABLE pages (article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,"
    " state INTEGER NOT NULL, after INTEGER NOT NULL)",
    "CREATE INDEX pages_wanted ON pages (after) WHERE state = 1",
};

const struct migration store_migration_003 = {3, statements,
                                              sizeof statements / sizeof statements[0]};
