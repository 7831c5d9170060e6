/* Care of the store: checks, rebuilding, retention, recovery. Part of store.h, which others
 * include. */
#ifndef STORE_CARE_H
#define STORE_CARE_H

#include "base/base.h"

struct store;

/* ---- Care (maintain.c, recover.c) ------------------------------------------------------------ */

/* Looks for damage, rows that belong to nothing and wrong counts; `problems` gets a line for each.
 */
bool store_check(struct store *store, struct dw_arena *arena, struct dw_strs *problems,
                 struct dw_error *err) DW_MUST_CHECK;
/* Makes indexes, full text and counts anew of the rows. */
bool store_rebuild(struct store *store, struct dw_error *err) DW_MUST_CHECK;
/* Drops the full text of articles from before that time, but of starred ones: `limit` at a time,
 * `count` tells how many. Their titles, figures and the sentences of these stay. */
bool store_trim(struct store *store, int64_t before, size_t limit, size_t *count,
                struct dw_error *err) DW_MUST_CHECK;

/* What came out of a damaged store. */
struct store_recovered {
    int64_t articles;
    int64_t figures; /* they wait to be placed: the next refresh makes their events */
};
/* Copies what can be read of a damaged store, which is left as it is, into a new one. False:
 * nothing can be read, or the new one cannot be written. */
bool store_recover(struct dw_str damaged_path, struct dw_str fresh_path,
                   const struct dw_clock *clock, struct store_recovered *recovered,
                   struct dw_error *err) DW_MUST_CHECK;

/* An article to be read anew. */
struct store_reading {
    int64_t article; /* 0: there is none any more */
    int64_t published;
    int64_t source;
    struct dw_str url;
    struct dw_str title;
    struct dw_str text;
    struct dw_str outlet;
};
/* The first article behind `after` that still has its text. */
bool store_reading_next(struct store *store, struct dw_arena *arena, int64_t after,
                        struct store_reading *reading, struct dw_error *err) DW_MUST_CHECK;
/* Drops all events; their figures wait to be placed. */
bool store_events_drop(struct store *store, struct dw_error *err) DW_MUST_CHECK;

#endif
