/* Keyset pages: rows behind (or before) a key, in an order of the listing's table. No offsets, so
 * that the thousandth page costs what the first one does and rows that arrive shift nothing. */
#include "internal.h"

#include <string.h>

static const struct order *order_of(const struct listing *listing, const struct store_page *page)
{
    size_t sort = page->sort >= 0 ? (size_t)page->sort : 0;
    return &listing->orders[sort < listing->order_count ? sort : 0];
}

/* Directions after `reverse` and `back` had their say. */
struct direction {
    bool descending;
    bool id_descending;
};

static struct direction direction_of(const struct order *order, const struct store_page *page)
{
    bool flip = page->reverse != page->back;
    return (struct direction){order->descending != flip, order->newest_first != flip};
}

static const char *word(bool descending)
{
    return descending ? "DESC" : "ASC";
}

/* Rows behind the key. The first comparison lets an index find the place, the second is exact. */
static struct dw_str keyset(struct dw_arena *arena, const struct listing *listing,
                            const struct order *order, struct direction direction)
{
    const char *sign = direction.descending ? "<" : ">";
    return dw_str_format(arena, " AND %s %s= :key AND (%s %s :key OR %s %s :key_id)", order->column,
                         sign, order->column, sign, listing->id,
                         direction.id_descending ? "<" : ">");
}

static struct dw_str condition_sql(struct dw_arena *arena, const struct listing *listing,
                                   const struct store_condition *condition)
{
    bool any = condition != NULL && condition->sql.len > 0;
    if (!any)
        return dw_str_from_c(listing->always);
    return dw_str_format(arena, "%s AND (%.*s)", listing->always, DW_FMT(condition->sql));
}

struct ask page_begin(struct store *store, struct dw_arena *arena, const struct listing *listing,
                      const struct store_page *page)
{
    const struct order *order = order_of(listing, page);
    struct direction direction = direction_of(order, page);
    struct dw_str where = condition_sql(arena, listing, page->condition);
    struct dw_str behind = DW_STR("");
    if (page->after.set)
        behind = keyset(arena, listing, order, direction);
    struct dw_str sql = dw_str_format(
        arena, "SELECT %s, %s, %s FROM %s WHERE %.*s%.*s ORDER BY %s %s, %s %s LIMIT :limit",
        listing->columns, order->column, listing->id, listing->tables, DW_FMT(where),
        DW_FMT(behind), order->column, word(direction.descending), listing->id,
        word(direction.id_descending));
    struct ask ask = ask_begin(store, sql.at);
    ask_condition(&ask, page->condition);
    ask_int(&ask, ":limit", (int64_t)(page->limit > 0 ? page->limit : STORE_PAGE_ROWS));
    if (!page->after.set)
        return ask;
    if (order->text)
        ask_text(&ask, ":key", page->after.text);
    else
        ask_real(&ask, ":key", page->after.number);
    ask_int(&ask, ":key_id", page->after.id);
    return ask;
}

struct store_key page_key(struct ask *ask, struct dw_arena *arena, const struct listing *listing,
                          const struct store_page *page, int columns)
{
    struct store_key key = {.set = true, .id = ask_get_int(ask, columns + 1)};
    if (order_of(listing, page)->text)
        key.text = ask_get_text(ask, columns, arena);
    else
        key.number = ask_get_real(ask, columns);
    return key;
}

void page_turn(const struct store_page *page, void *rows, size_t count, size_t size)
{
    if (!page->back)
        return;
    char *bytes = rows;
    for (size_t i = 0, j = count; i + 1 < j; i++) {
        j--;
        for (size_t k = 0; k < size; k++) {
            char byte = bytes[i * size + k];
            bytes[i * size + k] = bytes[j * size + k];
            bytes[j * size + k] = byte;
        }
    }
}

bool page_count(struct store *store, const struct listing *listing,
                const struct store_condition *condition, int64_t *count, struct dw_error *err)
{
    struct dw_scratch scratch = dw_scratch_begin(&store->arena);
    struct dw_str where = condition_sql(&store->arena, listing, condition);
    struct dw_str sql =
        dw_str_format(&store->arena, "SELECT COUNT(*) FROM (SELECT 1 FROM %s WHERE %.*s LIMIT %d)",
                      listing->tables, DW_FMT(where), STORE_COUNT_LIMIT);
    struct ask ask = ask_begin(store, sql.at);
    ask_condition(&ask, condition);
    if (ask_row(&ask))
        *count = ask_get_int(&ask, 0);
    bool ok = ask_end(&ask, err, "count rows") && scratch_ok(store, err);
    dw_scratch_end(scratch);
    return ok;
}
