/* Lists of events, and one event with its revisions and evidence. */
#include "internal.h"

static const struct order orders[] = {
    [STORE_EVENT_BY_TIME] = {"e.last_seen", false, true, true},
    [STORE_EVENT_BY_AMOUNT] = {"e.amount", false, true, true},
    [STORE_EVENT_BY_COMPANY] = {"e.company", true, false, true},
    [STORE_EVENT_BY_KIND] = {"e.kind", true, false, true},
    [STORE_EVENT_BY_SOURCES] = {"e.sources", false, true, true},
    [STORE_EVENT_BY_STATUS] = {"e.ladder", false, true, true},
};

static const struct listing listing = {
    .columns =
        FIGURE_COLUMNS("e") ", e.id, e.usd, e.first_seen, e.last_seen, e.sources, e.confidence,"
                            " e.revisions, e.trend, e.starred, e.note",
    .tables = "events e",
    .id = "e.id",
    .always = "e.dismissed = 0",
    .orders = orders,
    .order_count = sizeof orders / sizeof orders[0],
};
#define COLUMN_COUNT (FIGURE_COLUMN_COUNT + 10)

static void row_read(struct ask *ask, struct dw_arena *arena, struct store_event_row *row)
{
    int at = FIGURE_COLUMN_COUNT;
    *row = (struct store_event_row){
        .id = ask_get_int(ask, at),
        .usd = ask_get_real(ask, at + 1),
        .first_seen = ask_get_int(ask, at + 2),
        .last_seen = ask_get_int(ask, at + 3),
        .sources = ask_get_int(ask, at + 4),
        .confidence = ask_get_real(ask, at + 5),
        .revisions = ask_get_int(ask, at + 6),
        .trend = (int)ask_get_int(ask, at + 7),
        .starred = ask_get_bool(ask, at + 8),
        .note = ask_get_text(ask, at + 9, arena),
    };
    figure_read(ask, 0, arena, &row->figure);
}

bool store_event_list(struct store *store, struct dw_arena *arena, const struct store_page *page,
                      struct store_event_rows *rows, struct dw_error *err)
{
    *rows = (struct store_event_rows){0};
    struct ask ask = page_begin(store, arena, &listing, page);
    while (ask_row(&ask)) {
        struct store_event_row *row = dw_vec_push(arena, rows);
        if (row == NULL)
            break;
        row_read(&ask, arena, row);
        row->key = page_key(&ask, arena, &listing, page, COLUMN_COUNT);
    }
    if (!ask_end(&ask, err, "list events") || !store_arena_ok(arena, err))
        return false;
    page_turn(page, rows->at, rows->len, sizeof *rows->at);
    return true;
}

bool store_event_count(struct store *store, const struct store_condition *condition, int64_t *count,
                       struct dw_error *err)
{
    if (condition != NULL && condition->sql.len > 0)
        return page_count(store, &listing, condition, count, err);
    *count = store_meta_get(store, DW_STR("events"), 0);
    return true;
}

static void evidence_read(struct ask *ask, struct dw_arena *arena, struct store_evidence *piece)
{
    struct store_figure_row row;
    figure_row_read(ask, arena, &row);
    *piece = (struct store_evidence){
        .figure_id = row.id,
        .article = row.article,
        .figure = row.figure,
        .published = row.at,
        .source = ask_get_int(ask, STORE_FIGURE_COLUMN_COUNT),
        .told = ask_get_text(ask, STORE_FIGURE_COLUMN_COUNT + 1, arena),
        .sentence = row.sentence,
        .outlet = row.feed_title,
        .title = row.article_title,
        .url = row.article_url,
    };
}

bool store_event_evidence(struct store *store, struct dw_arena *arena, int64_t event,
                          struct store_evidences *evidence, struct dw_error *err)
{
    struct dw_scratch scratch = dw_scratch_begin(&store->arena);
    struct dw_str sql = dw_str_format(
        &store->arena,
        "SELECT %s, a.source, f.told FROM %s WHERE f.event = :event ORDER BY f.at, f.id",
        store_figure_columns, store_figure_tables);
    *evidence = (struct store_evidences){0};
    struct ask ask = ask_begin(store, sql.at);
    ask_int(&ask, ":event", event);
    while (ask_row(&ask)) {
        struct store_evidence *piece = dw_vec_push(arena, evidence);
        if (piece == NULL)
            break;
        evidence_read(&ask, arena, piece);
    }
    bool ok = ask_end(&ask, err, "read an event's evidence") && scratch_ok(store, err);
    dw_scratch_end(scratch);
    return ok && store_arena_ok(arena, err);
}

bool store_event_figures(struct store *store, struct dw_arena *arena, int64_t event,
                         struct store_evidences *evidence, struct dw_error *err)
{
    static const char sql[] =
        "SELECT " FIGURE_COLUMNS("f") ", f.id, f.article, f.at, a.source, f.told, a.title, a.url"
                                      " FROM figures f JOIN articles a ON a.id = f.article"
                                      " WHERE f.event = :event ORDER BY f.at, f.id";
    *evidence = (struct store_evidences){0};
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":event", event);
    while (ask_row(&ask)) {
        struct store_evidence *piece = dw_vec_push(arena, evidence);
        if (piece == NULL)
            break;
        figure_read(&ask, 0, arena, &piece->figure);
        piece->figure_id = ask_get_int(&ask, FIGURE_COLUMN_COUNT);
        piece->article = ask_get_int(&ask, FIGURE_COLUMN_COUNT + 1);
        piece->published = ask_get_int(&ask, FIGURE_COLUMN_COUNT + 2);
        piece->source = ask_get_int(&ask, FIGURE_COLUMN_COUNT + 3);
        piece->told = ask_get_text(&ask, FIGURE_COLUMN_COUNT + 4, arena);
        piece->title = ask_get_text(&ask, FIGURE_COLUMN_COUNT + 5, arena);
        piece->url = ask_get_text(&ask, FIGURE_COLUMN_COUNT + 6, arena);
    }
    return ask_end(&ask, err, "read an event's figures") && store_arena_ok(arena, err);
}

bool store_figures_unplaced(struct store *store, struct dw_arena *arena, struct store_ids *figures,
                            struct dw_error *err)
{
    static const char sql[] =
        "SELECT f.id FROM figures f JOIN articles a ON a.id = f.article"
        " WHERE f.event IS NULL ORDER BY f.at, a.url, a.title, f.article, f.n";
    *figures = (struct store_ids){0};
    struct ask ask = ask_begin(store, sql);
    while (ask_row(&ask)) {
        int64_t *figure = dw_vec_push(arena, figures);
        if (figure == NULL)
            break;
        *figure = ask_get_int(&ask, 0);
    }
    return ask_end(&ask, err, "find figures without an event") && store_arena_ok(arena, err);
}

bool store_figure_evidence(struct store *store, struct dw_arena *arena, int64_t figure,
                           struct store_evidence *evidence, struct dw_error *err)
{
    struct dw_scratch scratch = dw_scratch_begin(&store->arena);
    struct dw_str sql = dw_str_format(
        &store->arena,
        "SELECT %s, a.source, f.told FROM %s WHERE f.id = :figure AND f.event IS NULL",
        store_figure_columns, store_figure_tables);
    *evidence = (struct store_evidence){0};
    struct ask ask = ask_begin(store, sql.at);
    ask_int(&ask, ":figure", figure);
    if (ask_row(&ask))
        evidence_read(&ask, arena, evidence);
    bool ok = ask_end(&ask, err, "read a figure") && scratch_ok(store, err);
    dw_scratch_end(scratch);
    return ok && store_arena_ok(arena, err);
}

static bool read_row(struct store *store, struct dw_arena *arena, int64_t id,
                     struct store_event_row *row, struct dw_error *err)
{
    struct dw_str sql =
        dw_str_format(arena, "SELECT %s FROM %s WHERE e.id = :id", listing.columns, listing.tables);
    struct ask ask = ask_begin(store, sql.at);
    ask_int(&ask, ":id", id);
    if (ask_row(&ask))
        row_read(&ask, arena, row);
    return ask_end(&ask, err, "read an event");
}

static bool read_revisions(struct store *store, struct dw_arena *arena, struct store_event *event,
                           struct dw_error *err)
{
    static const char sql[] =
        "SELECT r.figure, f.article, r.at, r.qualifier, r.value, r.low, r.high, r.status, a.outlet"
        " FROM event_revisions r LEFT JOIN figures f ON f.id = r.figure"
        " LEFT JOIN articles a ON a.id = f.article WHERE r.event = :event ORDER BY r.n";
    DW_VEC(struct store_revision) revisions = {0};
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":event", event->row.id);
    while (ask_row(&ask)) {
        struct store_revision *revision = dw_vec_push(arena, &revisions);
        if (revision == NULL)
            break;
        revision->figure = ask_get_int(&ask, 0);
        revision->article = ask_get_int(&ask, 1);
        revision->at = ask_get_int(&ask, 2);
        if (!dw_qualifier_find(ask_borrow_text(&ask, 3), &revision->qualifier))
            revision->qualifier = DW_QUALIFIER_EXACT;
        revision->value = ask_get_real(&ask, 4);
        revision->low = ask_get_real(&ask, 5);
        revision->high = ask_get_real(&ask, 6);
        if (!dw_status_find(ask_borrow_text(&ask, 7), &revision->status))
            revision->status = DW_STATUS_RUMORED;
        revision->outlet = ask_get_text(&ask, 8, arena);
    }
    event->revisions = revisions.at;
    event->revision_count = revisions.len;
    return ask_end(&ask, err, "read an event's revisions");
}

bool store_event_read(struct store *store, struct dw_arena *arena, int64_t id,
                      struct store_event *event, struct dw_error *err)
{
    *event = (struct store_event){0};
    if (!read_row(store, arena, id, &event->row, err))
        return false;
    if (event->row.id == 0)
        return store_arena_ok(arena, err);
    return read_revisions(store, arena, event, err) &&
           store_event_evidence(store, arena, id, &event->evidence, err) &&
           store_arena_ok(arena, err);
}
