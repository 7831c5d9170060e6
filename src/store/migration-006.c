/* The sixth schema: articles may lose their text with age; what their figures were told with stays.
 */
#include "internal.h"

static const char *const statements[] = {
    "ALTER TABLE articles ADD COLUMN trimmed INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE figures ADD COLUMN surface TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE figures ADD COLUMN sentence TEXT NOT NULL DEFAULT ''",
};

const struct migration store_migration_006 = {6, statements,
                                              sizeof statements / sizeof statements[0]};
