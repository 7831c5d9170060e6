/* Lists of figures, each with its article and the words that tell it. */
#include "internal.h"

/* Offsets are bytes; SQLite counts characters in text and bytes in blobs. */
#define TOLD_IN "CAST(CASE WHEN m.in_title THEN a.title ELSE t.text END AS BLOB)"

const char store_figure_columns[] =
    FIGURE_COLUMNS("f") ", f.id, f.article, f.event, f.credited, f.rule, f.usd, a.title, a.url,"
                        " a.outlet, f.at, COALESCE(NULLIF(f.surface, ''), substr(" TOLD_IN
                        ", m.start + 1, m.stop - m.start)), COALESCE(NULLIF(f.sentence, ''),"
                        " substr(" TOLD_IN
                        ", m.sentence_start + 1, m.sentence_stop - m.sentence_start))";
const char store_figure_tables[] =
    "figures f JOIN articles a ON a.id = f.article LEFT JOIN texts t ON t.article = f.article"
    " LEFT JOIN mentions m ON m.figure = f.id AND m.n = 0";

static const struct order orders[] = {
    [STORE_FIGURE_BY_TIME] = {"f.at", false, true, true},
    [STORE_FIGURE_BY_AMOUNT] = {"f.amount", false, true, true},
};

static const struct listing listing = {
    .columns = store_figure_columns,
    .tables = store_figure_tables,
    .id = "f.id",
    .always = "1",
    .orders = orders,
    .order_count = sizeof orders / sizeof orders[0],
};

void figure_row_read(struct ask *ask, struct dw_arena *arena, struct store_figure_row *row)
{
    int at = FIGURE_COLUMN_COUNT;
    *row = (struct store_figure_row){
        .id = ask_get_int(ask, at),
        .article = ask_get_int(ask, at + 1),
        .event = ask_get_int(ask, at + 2),
        .usd = ask_get_real(ask, at + 5),
        .article_title = ask_get_text(ask, at + 6, arena),
        .article_url = ask_get_text(ask, at + 7, arena),
        .feed_title = ask_get_text(ask, at + 8, arena),
        .at = ask_get_int(ask, at + 9),
        .surface = ask_get_text(ask, at + 10, arena),
        .sentence = ask_get_text(ask, at + 11, arena),
    };
    figure_read(ask, 0, arena, &row->figure);
    row->figure.attribution = names_split(arena, ask_get_text(ask, at + 3, arena));
    row->figure.rule = ask_get_text(ask, at + 4, arena);
}

bool store_figure_list(struct store *store, struct dw_arena *arena, const struct store_page *page,
                       struct store_figure_rows *rows, struct dw_error *err)
{
    *rows = (struct store_figure_rows){0};
    struct ask ask = page_begin(store, arena, &listing, page);
    while (ask_row(&ask)) {
        struct store_figure_row *row = dw_vec_push(arena, rows);
        if (row == NULL)
            break;
        figure_row_read(&ask, arena, row);
        row->key = page_key(&ask, arena, &listing, page, STORE_FIGURE_COLUMN_COUNT);
    }
    if (!ask_end(&ask, err, "list figures") || !store_arena_ok(arena, err))
        return false;
    page_turn(page, rows->at, rows->len, sizeof *rows->at);
    return true;
}

bool store_figure_count(struct store *store, const struct store_condition *condition,
                        int64_t *count, struct dw_error *err)
{
    if (condition != NULL && condition->sql.len > 0)
        return page_count(store, &listing, condition, count, err);
    *count = store_meta_get(store, DW_STR("figures"), 0);
    return true;
}
