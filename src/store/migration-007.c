/* The seventh schema: counts of what is added, which the program keeps itself (see struct added),
 * for a statement with triggers costs a copy of every page that it changes; and a full-text index
 * whose parts are merged four times as rarely. */
#include "internal.h"

static const char *const statements[] = {
    "DROP TRIGGER articles_insert",  "DROP TRIGGER figures_insert",
    "DROP TRIGGER events_insert",    "DROP TRIGGER places_insert",
    "DROP TRIGGER articles_figures", "INSERT INTO search (search, rank) VALUES ('automerge', 16)",
};

const struct migration store_migration_007 = {7, statements,
                                              sizeof statements / sizeof statements[0]};
