/* The ledger of events and the list of articles: one table over the whole body, with what is
 * selected told beside or below it. */
#include "frame.h"
#include "rows.h"

#define PAGE 200 /* rows read at first, and more each time the end comes near */
#define NEAR_END 20
#define DETAIL_LEAST_HEIGHT 18
#define DETAIL_HEIGHT 7

struct list {
    struct ui_table table;
    struct ui_article_source articles;
    struct ui_event_source events;
    int64_t matching;
    size_t limit;
};

static const struct ui_column event_columns[] = {
    {UI_EVENT_STAR, DW_STR_INIT(""), 1, 1, false, UI_LEFT, 20, 0},
    {UI_EVENT_AGE, DW_STR_INIT("age"), 4, 6, false, UI_RIGHT, 70, UI_SORT(STORE_EVENT_BY_TIME)},
    {UI_EVENT_STATUS_WORD, DW_STR_INIT("status"), 10, 11, false, UI_LEFT, 75,
     UI_SORT(STORE_EVENT_BY_STATUS)},
    {UI_EVENT_KIND, DW_STR_INIT("kind"), 11, 12, false, UI_LEFT, 60, UI_SORT(STORE_EVENT_BY_KIND)},
    {UI_EVENT_FROM, DW_STR_INIT("from"), 10, 22, true, UI_LEFT, 85,
     UI_SORT(STORE_EVENT_BY_COMPANY)},
    {UI_EVENT_TO, DW_STR_INIT("to"), 10, 22, true, UI_LEFT, 80, 0},
    {UI_EVENT_AMOUNT, DW_STR_INIT("amount"), 9, 11, false, UI_RIGHT, 100,
     UI_SORT(STORE_EVENT_BY_AMOUNT)},
    {UI_EVENT_TREND, DW_STR_INIT(""), 1, 1, false, UI_LEFT, 50, 0},
    {UI_EVENT_SOURCES, DW_STR_INIT("sources"), 3, 7, false, UI_RIGHT, 40,
     UI_SORT(STORE_EVENT_BY_SOURCES)},
    {UI_EVENT_SURE, DW_STR_INIT("sure"), 4, 4, false, UI_RIGHT, 30, 0},
};

static const struct ui_column article_columns[] = {
    {UI_ARTICLE_AGE, DW_STR_INIT("age"), 3, 6, false, UI_RIGHT, 70, UI_SORT(STORE_ARTICLE_BY_TIME)},
    {UI_ARTICLE_UNREAD, DW_STR_INIT(""), 1, 1, false, UI_LEFT, 60, 0},
    {UI_ARTICLE_FEED, DW_STR_INIT("feed"), 9, 18, false, UI_LEFT, 50,
     UI_SORT(STORE_ARTICLE_BY_FEED)},
    {UI_ARTICLE_TITLE, DW_STR_INIT("headline"), 14, 40, true, UI_LEFT, 100,
     UI_SORT(STORE_ARTICLE_BY_TITLE)},
    {UI_ARTICLE_CHIP, DW_STR_INIT("figure"), 8, 9, false, UI_RIGHT, 90,
     UI_SORT(STORE_ARTICLE_BY_AMOUNT)},
    {UI_ARTICLE_CHIP_KIND, DW_STR_INIT("kind"), 7, 7, false, UI_LEFT, 40, 0},
};

#define COLUMNS(table) (table), sizeof(table) / sizeof(table)[0]

static bool is_events(const struct ui_view *view)
{
    return view->ops == &ui_view_events;
}

static struct ui_rows rows_of(const struct ui_view *view, const struct list *state)
{
    return is_events(view) ? ui_event_rows(&state->events) : ui_article_rows(&state->articles);
}

static bool list_open(struct ui *ui, struct ui_view *view, const struct ui_target *target)
{
    struct list *state = view->state;
    (void)ui;
    (void)target;
    state->limit = PAGE;
    if (is_events(view)) {
        ui_table_init(&state->table, COLUMNS(event_columns));
        state->table.sort = UI_SORT(STORE_EVENT_BY_TIME);
    } else {
        ui_table_init(&state->table, COLUMNS(article_columns));
        state->table.sort = UI_SORT(STORE_ARTICLE_BY_TIME);
    }
    return true;
}

static bool list_refresh(struct ui *ui, struct ui_view *view, struct dw_arena *into,
                         struct dw_error *err)
{
    struct list *state = view->state;
    struct ui_ask ask = {.view = view, .target = view->ops->target};
    struct store_article_rows articles = {NULL, 0, 0};
    struct store_event_rows events = {NULL, 0, 0};
    struct store_page page = {.condition = &ask.condition,
                              .limit = state->limit,
                              .sort = state->table.sort - UI_SORT(0),
                              .reverse = state->table.ascending};
    int64_t count = 0;
    if (!ui_condition(ui, &ask, into, err))
        return false;
    bool done = is_events(view) ? store_event_list(ui->store, into, &page, &events, err) &&
                                      store_event_count(ui->store, &ask.condition, &count, err)
                                : store_article_list(ui->store, into, &page, &articles, err) &&
                                      store_article_count(ui->store, &ask.condition, &count, err);
    if (!done)
        return false;
    state->events = (struct ui_event_source){ui, events, 0};
    state->articles = (struct ui_article_source){ui, articles};
    state->matching = count;
    struct ui_rows rows = rows_of(view, state);
    ui_table_reload(&state->table, &rows);
    return true;
}

/* ---- Drawing ---- */

/* What is told of the selected event: parties, status, how many tell it and since when. */
static size_t event_lines(struct ui *ui, const struct list *state, struct dw_str lines[4])
{
    if (state->table.selected >= state->events.rows.len)
        return 0;
    const struct store_event_row *row = &state->events.rows.at[state->table.selected];
    const struct dw_figure *figure = &row->figure;
    struct dw_arena *arena = &ui->frame;
    struct ui_amount amount = {figure->unit, figure->qualifier, figure->value, figure->low,
                               figure->high};
    struct dw_str exact = ui_format_exact(arena, &amount, ui->screen->ascii);
    struct dw_str qualifier = dw_qualifier_name(figure->qualifier);
    struct dw_str first = ui_format_moment(arena, row->first_seen);
    struct dw_str last = ui_format_moment(arena, row->last_seen);
    struct dw_str parties = ui_from_to(arena, ui->screen, figure);
    struct dw_str status = ui_status_text(arena, figure->status);
    lines[0] = parties;
    lines[1] =
        dw_str_format(arena, "%.*s %.*s   %.*s", DW_FMT(exact), DW_FMT(qualifier), DW_FMT(status));
    lines[2] =
        dw_str_format(arena, "first %.*s   last %.*s   %d source%s   %d revision%s", DW_FMT(first),
                      DW_FMT(last), (int)row->sources, row->sources == 1 ? "" : "s",
                      (int)row->revisions, row->revisions == 1 ? "" : "s");
    lines[3] = dw_str_format(arena, "%s%.*s%s%.*s", figure->term.len > 0 ? "term " : "",
                             DW_FMT(figure->term), figure->when.len > 0 ? "  when " : "",
                             DW_FMT(figure->when));
    return lines[3].len > 0 ? 4 : 3;
}

static size_t article_lines(struct ui *ui, const struct list *state, struct dw_str lines[4])
{
    if (state->table.selected >= state->articles.rows.len)
        return 0;
    const struct store_article_row *row = &state->articles.rows.at[state->table.selected];
    struct dw_arena *arena = &ui->frame;
    struct dw_str moment = ui_format_moment(arena, row->at);
    struct dw_str dot = ui_glyph(ui->screen, UI_GLYPH_DOT);
    struct dw_buf chips;
    dw_buf_init(&chips, 400);
    for (size_t i = 0; i < row->chip_count; i++) {
        struct dw_str amount = ui_chip_amount(arena, &row->chips[i], ui->screen->ascii);
        struct dw_str kind = dw_kind_name(row->chips[i].kind);
        dw_buf_add_format(&chips, "%s%.*s %.*s %c", i > 0 ? "   " : "", DW_FMT(amount),
                          DW_FMT(kind), dw_status_sign(row->chips[i].status));
    }
    lines[0] = row->title;
    lines[1] =
        dw_str_format(arena, "%.*s %.*s %.*s%s%.*s", DW_FMT(row->feed_title), DW_FMT(dot),
                      DW_FMT(moment), row->author.len > 0 ? "   by " : "", DW_FMT(row->author));
    lines[2] = dw_str_dup(arena, dw_buf_str(&chips));
    lines[3] = row->url;
    dw_buf_release(&chips);
    return 4;
}

static void draw_detail(struct ui *ui, struct ui_view *view, struct ui_rect rect)
{
    struct list *state = view->state;
    struct dw_str lines[4];
    size_t count =
        is_events(view) ? event_lines(ui, state, lines) : article_lines(ui, state, lines);
    struct ui_frame frame = {.title = is_events(view) ? DW_STR("Event") : DW_STR("Article"),
                             .note = DW_STR("Enter opens it")};
    struct ui_rect inner = ui_frame_draw(ui->screen, rect, &frame);
    for (size_t i = 0; i < count && (int)i < inner.height; i++)
        ui_put_field(ui->screen,
                     (struct ui_field){inner.x + 1, inner.y + (int)i, inner.width - 2, UI_LEFT},
                     i == 0 ? UI_ROLE_STRONG : UI_ROLE_TEXT, lines[i]);
}

static struct dw_str range_note(struct ui *ui, const struct list *state)
{
    const struct ui_table *table = &state->table;
    if (table->count == 0)
        return DW_STR("");
    size_t last = table->top + table->page < table->count ? table->top + table->page : table->count;
    struct dw_str all = ui_format_count(&ui->frame, state->matching);
    return dw_str_format(&ui->frame, "%zu-%zu of %.*s%s", table->top + 1, last, DW_FMT(all),
                         state->matching >= STORE_COUNT_LIMIT ? "+" : "");
}

static void list_draw(struct ui *ui, struct ui_view *view, struct ui_rect body)
{
    struct list *state = view->state;
    struct ui_rows rows = rows_of(view, state);
    struct ui_rect upper = body;
    if (body.height >= DETAIL_LEAST_HEIGHT && rows.count > 0) {
        upper.height -= DETAIL_HEIGHT;
        draw_detail(ui, view,
                    (struct ui_rect){body.x, body.y + upper.height, body.width, DETAIL_HEIGHT});
    }
    state->table.page = upper.height > 3 ? (size_t)upper.height - 3 : 1;
    struct ui_frame frame = {
        .title = view->ops->title, .note = range_note(ui, state), .focused = true};
    if (state->table.fresh > 0)
        frame.badge = dw_str_format(&ui->frame, "%.*s %zu new: g",
                                    DW_FMT(ui_glyph(ui->screen, UI_GLYPH_NEW)), state->table.fresh);
    struct ui_rect inner = ui_frame_draw(ui->screen, upper, &frame);
    if (rows.count == 0) {
        bool filtered = view->filter.len > 0;
        struct dw_str empty[] = {filtered ? DW_STR("nothing matches the filter")
                                          : DW_STR("nothing here yet"),
                                 filtered ? DW_STR("\\ clears it") : DW_STR("R asks every feed")};
        ui_frame_empty(ui->screen, inner, empty, 2);
        return;
    }
    ui_table_draw(&state->table, ui->screen, inner, &rows, true);
}

/* ---- Keys and mouse ---- */

/* More rows are read before the selection reaches the last one. */
static unsigned more_if_near(struct list *state)
{
    if (state->table.count < state->limit || state->table.selected + NEAR_END < state->table.count)
        return UI_REDRAW;
    state->limit += state->limit;
    return UI_REDRAW | UI_RELOAD;
}

static unsigned list_act(struct ui *ui, struct ui_view *view, enum ui_action action)
{
    struct list *state = view->state;
    struct ui_rows rows = rows_of(view, state);
    if (action == UI_ACTION_FIRST)
        ui->fresh = 0;
    if (ui_table_act(&state->table, &rows, action))
        return more_if_near(state);
    switch (action) {
    case UI_ACTION_SORT_LEFT:
    case UI_ACTION_SORT_RIGHT:
        (void)ui_table_sort_step(&state->table, action == UI_ACTION_SORT_LEFT ? -1 : 1);
        return UI_REDRAW | UI_RELOAD;
    case UI_ACTION_SORT_INVERT:
        state->table.ascending = !state->table.ascending;
        return UI_REDRAW | UI_RELOAD;
    default:
        break;
    }
    return is_events(view) ? ui_event_act(&state->events, state->table.selected, action)
                           : ui_article_act(&state->articles, state->table.selected, action);
}

static unsigned list_mouse(struct ui *ui, struct ui_view *view, const struct ui_event *event)
{
    struct list *state = view->state;
    struct ui_rows rows = rows_of(view, state);
    if (event->type == UI_EVENT_WHEEL) {
        ui_table_wheel(&state->table, &rows, event->key);
        return more_if_near(state);
    }
    enum ui_table_hit hit = ui_table_click(&state->table, &rows, event->x, event->y);
    if (hit == UI_HIT_AGAIN)
        return list_act(ui, view, UI_ACTION_OPEN);
    return hit == UI_HIT_SORT ? UI_REDRAW | UI_RELOAD : UI_REDRAW;
}

#define LIST_CONTEXTS (UI_IN_ALL | UI_IN_LIST | UI_IN_FILTER | UI_IN_SORT)

const struct ui_view_ops ui_view_events = {
    .title = DW_STR_INIT("Events"),
    .tab = DW_STR_INIT("Events"),
    .contexts = LIST_CONTEXTS | UI_IN_EVENTS,
    .target = QUERY_EVENTS,
    .state_size = sizeof(struct list),
    .open = list_open,
    .refresh = list_refresh,
    .draw = list_draw,
    .act = list_act,
    .mouse = list_mouse,
};

const struct ui_view_ops ui_view_articles = {
    .title = DW_STR_INIT("Articles"),
    .tab = DW_STR_INIT("Art"),
    .contexts = LIST_CONTEXTS | UI_IN_NEWS,
    .target = QUERY_ARTICLES,
    .state_size = sizeof(struct list),
    .open = list_open,
    .refresh = list_refresh,
    .draw = list_draw,
    .act = list_act,
    .mouse = list_mouse,
};
