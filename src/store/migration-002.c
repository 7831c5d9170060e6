/* The second schema: when a feed asks not to be read. */
#include "internal.h"

static const char *const statements[] = {
    "ALTER TABLE feeds ADD COLUMN skip_hours INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE feeds ADD COLUMN skip_days INTEGER NOT NULL DEFAULT 0",
};

const struct migration store_migration_002 = {2, statements,
                                              sizeof statements / sizeof statements[0]};
