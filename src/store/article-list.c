/* Lists of articles, with the first figures of each as chips. */
#include "internal.h"

static const struct order orders[] = {
    [STORE_ARTICLE_BY_TIME] = {"a.at", false, true, true},
    [STORE_ARTICLE_BY_FEED] = {"a.outlet", true, false, true},
    [STORE_ARTICLE_BY_TITLE] = {"a.title", true, false, false},
    [STORE_ARTICLE_BY_AMOUNT] = {"a.amount", false, true, true},
};

static const struct listing listing = {
    .columns = "a.id, a.title, a.url, a.author, a.outlet, a.feed, a.published, a.at, a.first_seen,"
               " a.read, a.starred, a.figures,"
               " (SELECT COUNT(DISTINCT feed) FROM places WHERE article = a.id)",
    .tables = "articles a",
    .id = "a.id",
    .always = "1",
    .orders = orders,
    .order_count = sizeof orders / sizeof orders[0],
};
#define COLUMN_COUNT 13

static void row_read(struct ask *ask, struct dw_arena *arena, struct store_article_row *row)
{
    *row = (struct store_article_row){
        .id = ask_get_int(ask, 0),
        .title = ask_get_text(ask, 1, arena),
        .url = ask_get_text(ask, 2, arena),
        .author = ask_get_text(ask, 3, arena),
        .feed_title = ask_get_text(ask, 4, arena),
        .feed = ask_get_int(ask, 5),
        .published = ask_get_time(ask, 6),
        .at = ask_get_int(ask, 7),
        .first_seen = ask_get_int(ask, 8),
        .read = ask_get_bool(ask, 9),
        .starred = ask_get_bool(ask, 10),
        .figures = ask_get_int(ask, 11),
        .places = ask_get_int(ask, 12),
    };
}

static bool read_chips(struct store *store, struct dw_arena *arena, struct store_article_row *row,
                       struct dw_error *err)
{
    static const char sql[] =
        "SELECT " FIGURE_COLUMNS("f") ", f.id, f.event FROM figures f"
                                      " WHERE f.article = :article ORDER BY f.n LIMIT :limit";
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":article", row->id);
    ask_int(&ask, ":limit", STORE_CHIPS);
    while (ask_row(&ask)) {
        struct dw_figure figure;
        figure_read(&ask, 0, arena, &figure);
        row->chips[row->chip_count++] = (struct store_chip){
            .figure = ask_get_int(&ask, FIGURE_COLUMN_COUNT),
            .event = ask_get_int(&ask, FIGURE_COLUMN_COUNT + 1),
            .kind = figure.kind,
            .unit = figure.unit,
            .qualifier = figure.qualifier,
            .value = figure.value,
            .low = figure.low,
            .high = figure.high,
            .status = figure.status,
        };
    }
    return ask_end(&ask, err, "read an article's figures");
}

bool store_article_list(struct store *store, struct dw_arena *arena, const struct store_page *page,
                        struct store_article_rows *rows, struct dw_error *err)
{
    *rows = (struct store_article_rows){0};
    struct ask ask = page_begin(store, arena, &listing, page);
    while (ask_row(&ask)) {
        struct store_article_row *row = dw_vec_push(arena, rows);
        if (row == NULL)
            break;
        row_read(&ask, arena, row);
        row->key = page_key(&ask, arena, &listing, page, COLUMN_COUNT);
    }
    if (!ask_end(&ask, err, "list articles") || !store_arena_ok(arena, err))
        return false;
    page_turn(page, rows->at, rows->len, sizeof *rows->at);
    for (size_t i = 0; i < rows->len; i++) {
        if (rows->at[i].figures > 0 && !read_chips(store, arena, &rows->at[i], err))
            return false;
    }
    return store_arena_ok(arena, err);
}

bool store_article_count(struct store *store, const struct store_condition *condition,
                         int64_t *count, struct dw_error *err)
{
    if (condition != NULL && condition->sql.len > 0)
        return page_count(store, &listing, condition, count, err);
    *count = store_meta_get(store, DW_STR("articles"), 0);
    return true;
}

/* ---- One article ----------------------------------------------------------------------------- */

static bool read_row(struct store *store, struct dw_arena *arena, int64_t id,
                     struct store_article *article, struct dw_error *err)
{
    struct dw_str sql = dw_str_format(arena,
                                      "SELECT %s, t.summary, t.text, a.language, a.note, a.updated"
                                      " FROM %s LEFT JOIN texts t ON t.article = a.id"
                                      " WHERE a.id = :id",
                                      listing.columns, listing.tables);
    struct ask ask = ask_begin(store, sql.at);
    ask_int(&ask, ":id", id);
    if (ask_row(&ask)) {
        row_read(&ask, arena, &article->row);
        article->summary = ask_get_text(&ask, COLUMN_COUNT, arena);
        article->text = ask_get_text(&ask, COLUMN_COUNT + 1, arena);
        article->language = ask_get_text(&ask, COLUMN_COUNT + 2, arena);
        article->note = ask_get_text(&ask, COLUMN_COUNT + 3, arena);
        article->updated = ask_get_time(&ask, COLUMN_COUNT + 4);
    }
    return ask_end(&ask, err, "read an article");
}

static bool read_places(struct store *store, struct dw_arena *arena, struct store_article *article,
                        struct dw_error *err)
{
    static const char sql[] = "SELECT p.feed, " FEED_TITLE(
        "f") ", p.url FROM places p JOIN feeds f ON f.id = p.feed"
             " WHERE p.article = :article GROUP BY p.feed ORDER BY MIN(p.seen), p.feed";
    DW_VEC(struct store_place) places = {0};
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":article", article->row.id);
    while (ask_row(&ask)) {
        struct store_place *place = dw_vec_push(arena, &places);
        if (place == NULL)
            break;
        place->feed = ask_get_int(&ask, 0);
        place->feed_title = ask_get_text(&ask, 1, arena);
        place->url = ask_get_text(&ask, 2, arena);
    }
    article->places = places.at;
    article->place_count = places.len;
    return ask_end(&ask, err, "read an article's places");
}

static bool read_mentions(struct store *store, struct dw_arena *arena, struct store_figure_row *row,
                          struct dw_error *err)
{
    static const char sql[] = "SELECT start, stop, sentence_start, sentence_stop, in_title"
                              " FROM mentions WHERE figure = :figure AND NOT EXISTS (SELECT 1 FROM"
                              " articles WHERE id = :article AND trimmed = 1 AND NOT in_title)"
                              " ORDER BY n";
    DW_VEC(struct dw_mention) mentions = {0};
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":figure", row->id);
    ask_int(&ask, ":article", row->article);
    while (ask_row(&ask)) {
        struct dw_mention *mention = dw_vec_push(arena, &mentions);
        if (mention == NULL)
            break;
        *mention = (struct dw_mention){
            .start = (uint32_t)ask_get_int(&ask, 0),
            .end = (uint32_t)ask_get_int(&ask, 1),
            .sentence_start = (uint32_t)ask_get_int(&ask, 2),
            .sentence_end = (uint32_t)ask_get_int(&ask, 3),
            .in_title = ask_get_bool(&ask, 4),
        };
    }
    row->figure.mentions = mentions.at;
    row->figure.mention_count = mentions.len;
    return ask_end(&ask, err, "read an article's figures");
}

static bool read_figures(struct store *store, struct dw_arena *arena, struct store_article *article,
                         struct dw_error *err)
{
    struct dw_str sql =
        dw_str_format(arena, "SELECT %s FROM %s WHERE f.article = :article ORDER BY f.n",
                      store_figure_columns, store_figure_tables);
    struct ask ask = ask_begin(store, sql.at);
    ask_int(&ask, ":article", article->row.id);
    while (ask_row(&ask)) {
        struct store_figure_row *row = dw_vec_push(arena, &article->figures);
        if (row == NULL)
            break;
        figure_row_read(&ask, arena, row);
    }
    if (!ask_end(&ask, err, "read an article's figures"))
        return false;
    for (size_t i = 0; i < article->figures.len; i++) {
        if (!read_mentions(store, arena, &article->figures.at[i], err))
            return false;
    }
    return true;
}

bool store_article_read(struct store *store, struct dw_arena *arena, int64_t id,
                        struct store_article *article, struct dw_error *err)
{
    *article = (struct store_article){.updated = DW_TIME_NONE};
    if (!read_row(store, arena, id, article, err))
        return false;
    if (article->row.id != 0 &&
        (!read_places(store, arena, article, err) || !read_figures(store, arena, article, err)))
        return false;
    return store_arena_ok(arena, err);
}
