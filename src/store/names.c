/* Names that the store knows, for completing what a person types. */
#include "internal.h"

/* Begins with what is typed; behind all letters stands the last one of all. */
#define BEGINS(column) column " >= lower(:typed) AND " column " < lower(:typed) || char(1114111)"

static const char companies[] =
    "SELECT MIN(name) FROM event_parties WHERE " BEGINS("company") " GROUP BY company"
                                                                   " ORDER BY company LIMIT :limit";
static const char feeds[] = "SELECT name FROM (SELECT " FEED_TITLE(
    "f") " AS name FROM feeds f) WHERE " BEGINS("lower(name)") " ORDER BY name LIMIT :limit";
/* tags are lines of one text */
static const char tags[] =
    "WITH RECURSIVE parts (tag, rest) AS (SELECT NULL, tags || char(10) FROM feeds UNION"
    " SELECT substr(rest, 1, instr(rest, char(10)) - 1), substr(rest, instr(rest, char(10)) + 1)"
    " FROM parts WHERE rest <> '') SELECT DISTINCT tag FROM parts WHERE tag <> '' AND " BEGINS(
        "lower(tag)") " ORDER BY tag LIMIT :limit";

bool store_names(struct store *store, struct dw_arena *arena, enum store_name what,
                 struct dw_str typed, size_t limit, struct dw_strs *names, struct dw_error *err)
{
    static const char *const statements[] = {
        [STORE_NAME_COMPANY] = companies, [STORE_NAME_FEED] = feeds, [STORE_NAME_TAG] = tags};
    struct dw_scratch scratch = dw_scratch_begin(&store->arena);
    struct ask ask = ask_begin(store, statements[what]);
    ask_text(&ask, ":typed", dw_utf8_fold(&store->arena, typed));
    ask_int(&ask, ":limit", (int64_t)limit);
    while (ask_row(&ask))
        if (!dw_strs_push(arena, names, ask_get_text(&ask, 0, arena)))
            break;
    bool ok = ask_end(&ask, err, "look for names") && scratch_ok(store, err);
    dw_scratch_end(scratch);
    return ok && store_arena_ok(arena, err);
}
