/* The panels of the dashboard: what each shows, read from the store and drawn. */
#include "panel.h"

#include <math.h>

#include "frame.h"

#define ROWS 200 /* read of each list: what a person scrolls through here; the views show all */
#define WEEK (7 * 86400)
#define FOOTER_LEAST 9 /* lines of a panel below which its rows need them all */
#define COMPANIES 8

static const struct ui_column headline_columns[] = {
    {UI_ARTICLE_AGE, DW_STR_INIT("age"), 4, 4, false, UI_RIGHT, 70, 0},
    {UI_ARTICLE_UNREAD, DW_STR_INIT(""), 1, 1, false, UI_LEFT, 60, 0},
    {UI_ARTICLE_FEED, DW_STR_INIT("feed"), 10, 13, false, UI_LEFT, 50, 0},
    {UI_ARTICLE_TITLE, DW_STR_INIT("headline"), 12, 32, true, UI_LEFT, 100, 0},
    {UI_ARTICLE_CHIP, DW_STR_INIT("figure"), 8, 9, false, UI_RIGHT, 90, 0},
    {UI_ARTICLE_CHIP_KIND, DW_STR_INIT("kind"), 7, 7, false, UI_LEFT, 30, 0},
};

static const struct ui_column deal_columns[] = {
    {UI_EVENT_STATUS, DW_STR_INIT(""), 1, 1, false, UI_LEFT, 90, 0},
    {UI_EVENT_FROM, DW_STR_INIT("from"), 8, 12, true, UI_LEFT, 80, UI_SORT(STORE_EVENT_BY_COMPANY)},
    {UI_EVENT_TO, DW_STR_INIT("to"), 8, 12, true, UI_LEFT, 70, 0},
    {UI_EVENT_KIND_SHORT, DW_STR_INIT("kind"), 6, 6, false, UI_LEFT, 50,
     UI_SORT(STORE_EVENT_BY_KIND)},
    {UI_EVENT_AMOUNT, DW_STR_INIT("amount"), 8, 9, false, UI_RIGHT, 100,
     UI_SORT(STORE_EVENT_BY_AMOUNT)},
    {UI_EVENT_TREND, DW_STR_INIT(""), 1, 1, false, UI_LEFT, 40, 0},
    {UI_EVENT_SOURCES, DW_STR_INIT("n"), 2, 2, false, UI_RIGHT, 30,
     UI_SORT(STORE_EVENT_BY_SOURCES)},
    {UI_EVENT_AGE, DW_STR_INIT("age"), 3, 4, false, UI_RIGHT, 35, UI_SORT(STORE_EVENT_BY_TIME)},
};

static const struct ui_column layoff_columns[] = {
    {UI_EVENT_DAY, DW_STR_INIT("date"), 6, 6, false, UI_LEFT, 50, UI_SORT(STORE_EVENT_BY_TIME)},
    {UI_EVENT_COMPANY, DW_STR_INIT("company"), 8, 16, false, UI_LEFT, 90,
     UI_SORT(STORE_EVENT_BY_COMPANY)},
    {UI_EVENT_AMOUNT, DW_STR_INIT("people"), 7, 9, false, UI_RIGHT, 100,
     UI_SORT(STORE_EVENT_BY_AMOUNT)},
    {UI_EVENT_STATUS, DW_STR_INIT(""), 1, 1, false, UI_LEFT, 80, 0},
    {UI_EVENT_BAR, DW_STR_INIT(""), 4, 8, true, UI_LEFT, 40, 0},
    {UI_EVENT_SOURCES, DW_STR_INIT("n"), 2, 2, false, UI_RIGHT, 30,
     UI_SORT(STORE_EVENT_BY_SOURCES)},
};

#define COLUMNS(table) (table), sizeof(table) / sizeof(table)[0]

const struct ui_panel_info ui_panels[UI_PANELS] = {
    {DW_STR_INIT("Headlines"),
     DW_STR_INIT(""),
     UI_PANEL_ARTICLES,
     STORE_ARTICLE_BY_TIME,
     DW_STR_INIT("live"),
     {DW_STR_INIT("no articles yet"), DW_STR_INIT("r asks the feeds for news")},
     COLUMNS(headline_columns),
     false,
     false},
    {DW_STR_INIT("Deals"),
     DW_STR_INIT("kind:deals since:30d"),
     UI_PANEL_EVENTS,
     STORE_EVENT_BY_AMOUNT,
     DW_STR_INIT("30d"),
     {DW_STR_INIT("no deals in 30 days"), DW_STR_INIT("they appear as articles tell them")},
     COLUMNS(deal_columns),
     false,
     true},
    {DW_STR_INIT("Layoffs"),
     DW_STR_INIT("kind:layoffs since:90d"),
     UI_PANEL_EVENTS,
     STORE_EVENT_BY_TIME,
     DW_STR_INIT("90d"),
     {DW_STR_INIT("no layoffs in 90 days"), DW_STR_INIT("nobody is sad about it")},
     COLUMNS(layoff_columns),
     true,
     false},
    {DW_STR_INIT("Totals"),
     DW_STR_INIT(""),
     UI_PANEL_TOTALS,
     0,
     DW_STR_INIT(""),
     {DW_STR_INIT("no totals yet"), DW_STR_INIT("they grow with the deals")},
     NULL,
     0,
     false,
     false},
};

static const struct ui_column all_layoff_columns[] = {
    {UI_EVENT_DAY, DW_STR_INIT("date"), 6, 7, false, UI_LEFT, 60, UI_SORT(STORE_EVENT_BY_TIME)},
    {UI_EVENT_COMPANY, DW_STR_INIT("company"), 10, 24, false, UI_LEFT, 90,
     UI_SORT(STORE_EVENT_BY_COMPANY)},
    {UI_EVENT_AMOUNT, DW_STR_INIT("people"), 8, 11, false, UI_RIGHT, 100,
     UI_SORT(STORE_EVENT_BY_AMOUNT)},
    {UI_EVENT_STATUS_WORD, DW_STR_INIT("status"), 10, 11, false, UI_LEFT, 80,
     UI_SORT(STORE_EVENT_BY_STATUS)},
    {UI_EVENT_BAR, DW_STR_INIT(""), 6, 12, true, UI_LEFT, 50, 0},
    {UI_EVENT_TREND, DW_STR_INIT(""), 1, 1, false, UI_LEFT, 45, 0},
    {UI_EVENT_SOURCES, DW_STR_INIT("sources"), 3, 7, false, UI_RIGHT, 40,
     UI_SORT(STORE_EVENT_BY_SOURCES)},
    {UI_EVENT_SURE, DW_STR_INIT("sure"), 4, 4, false, UI_RIGHT, 35, 0},
};

const struct ui_panel_info ui_layoff_panels[2] = {
    {DW_STR_INIT("Layoffs"),
     DW_STR_INIT("kind:layoffs"),
     UI_PANEL_EVENTS,
     STORE_EVENT_BY_TIME,
     DW_STR_INIT("all"),
     {DW_STR_INIT("no layoffs"), DW_STR_INIT("they appear as articles tell them")},
     COLUMNS(all_layoff_columns),
     false,
     true},
    {DW_STR_INIT("Jobs cut"),
     DW_STR_INIT(""),
     UI_PANEL_TOTALS,
     0,
     DW_STR_INIT(""),
     {DW_STR_INIT("no totals yet"), DW_STR_INIT("")},
     NULL,
     0,
     false,
     false},
};

void ui_panel_init(struct ui_panel *panel, const struct ui_panel_info *info)
{
    panel->info = info;
    panel->talks = true;
    ui_table_init(&panel->table, info->columns, info->column_count);
    panel->table.sort = info->shape == UI_PANEL_EVENTS ? UI_SORT(info->sort) : 0;
}

/* ---- Reading ---- */

static struct ui_rows rows_of(const struct ui_panel *panel)
{
    if (panel->info->shape == UI_PANEL_ARTICLES)
        return ui_article_rows(&panel->articles);
    return ui_event_rows(&panel->events);
}

static bool read_articles(struct ui *ui, const struct ui_view *view, struct ui_panel *panel,
                          struct dw_arena *into, struct dw_error *err)
{
    struct ui_ask ask = {.view = view, .query = panel->info->query, .target = QUERY_ARTICLES};
    struct store_article_rows rows = {NULL, 0, 0};
    struct store_page page = {
        .condition = &ask.condition, .limit = ROWS, .sort = panel->info->sort};
    int64_t count = 0;
    if (!ui_condition(ui, &ask, into, err) ||
        !store_article_list(ui->store, into, &page, &rows, err) ||
        !store_article_count(ui->store, &ask.condition, &count, err))
        return false;
    panel->articles = (struct ui_article_source){ui, rows};
    panel->matching = count;
    return true;
}

static double largest(const struct store_event_rows *rows)
{
    double most = 0;
    for (size_t i = 0; i < rows->len; i++) {
        const struct dw_figure *figure = &rows->at[i].figure;
        double value = isnan(figure->value) ? figure->low : figure->value;
        if (dw_str_eq(figure->unit, DW_STR("people")) && value > most)
            most = value;
    }
    return most;
}

/* Parts that end with the present week. */
static struct store_span weeks_until(int64_t now)
{
    return (struct store_span){
        .from = now - (int64_t)UI_TOTAL_WEEKS * WEEK + 1, .step = WEEK, .count = UI_TOTAL_WEEKS};
}

static bool read_events(struct ui *ui, const struct ui_view *view, struct ui_panel *panel,
                        struct dw_arena *into, struct dw_error *err)
{
    struct ui_ask ask = {.view = view, .query = panel->info->query, .target = QUERY_EVENTS};
    struct store_event_rows rows = {NULL, 0, 0};
    struct store_page page = {.condition = &ask.condition,
                              .limit = ROWS,
                              .sort = panel->table.sort - UI_SORT(0),
                              .reverse = panel->table.ascending};
    struct store_span span = weeks_until(ui->now);
    struct store_total *weeks = NULL;
    int64_t count = 0;
    if (!ui_condition(ui, &ask, into, err) ||
        !store_event_list(ui->store, into, &page, &rows, err) ||
        !store_event_count(ui->store, &ask.condition, &count, err))
        return false;
    if (panel->info->bars && !panel->hurried && !store_totals(ui->store, into, &span, &weeks, err))
        return false;
    panel->events = (struct ui_event_source){ui, rows, largest(&rows)};
    panel->matching = count;
    panel->weeks = weeks;
    return true;
}

static bool read_totals(struct ui *ui, struct ui_panel *panel, struct dw_arena *into,
                        struct dw_error *err)
{
    struct store_total *weeks = NULL;
    struct store_companies companies = {NULL, 0, 0};
    struct store_span span = weeks_until(ui->now);
    struct store_company_ask ask = {.since = ui->now - 12 * (int64_t)WEEK,
                                    .until = ui->now + 1,
                                    .sort = panel->layoffs ? STORE_COMPANY_BY_LAYOFFS
                                                           : STORE_COMPANY_BY_MOVED,
                                    .limit = COMPANIES};
    if (panel->weeks_of && panel->weeks_of->weeks)
        weeks = panel->weeks_of->weeks;
    else if (!store_totals(ui->store, into, &span, &weeks, err))
        return false;
    if (panel->wants_companies && !store_company_list(ui->store, into, &ask, &companies, err))
        return false;
    panel->weeks = weeks;
    panel->companies = companies;
    return true;
}

bool ui_panel_read(struct ui *ui, const struct ui_view *view, struct ui_panel *panel,
                   struct dw_arena *into, struct dw_error *err)
{
    if (panel->info->shape == UI_PANEL_TOTALS)
        return panel->hurried || read_totals(ui, panel, into, err);
    bool done = panel->info->shape == UI_PANEL_ARTICLES ? read_articles(ui, view, panel, into, err)
                                                        : read_events(ui, view, panel, into, err);
    if (!done)
        return false;
    struct ui_rows rows = rows_of(panel);
    ui_table_reload(&panel->table, &rows);
    return true;
}

/* ---- Drawing ---- */

static struct dw_str sort_name(const struct ui_table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].sort != 0 && table->columns[i].sort == table->sort)
            return table->columns[i].title;
    }
    return DW_STR("time");
}

/* "30d · by amount · 1-11 of 42" */
static struct dw_str note_of(struct ui *ui, const struct ui_panel *panel)
{
    struct dw_arena *arena = &ui->frame;
    const struct ui_table *table = &panel->table;
    struct dw_str dot = ui_glyph(ui->screen, UI_GLYPH_DOT);
    if (panel->info->shape == UI_PANEL_TOTALS)
        return ui_totals_note(panel);
    struct dw_str note = ui->paused ? DW_STR("paused") : panel->info->note;
    if (panel->info->shape == UI_PANEL_EVENTS && panel->rect.width >= 50)
        note = dw_str_format(arena, "%.*s %.*s by %.*s", DW_FMT(note), DW_FMT(dot),
                             DW_FMT(sort_name(table)));
    if (table->count == 0)
        return note;
    size_t last = table->top + table->page;
    last = last < table->count ? last : table->count;
    if (panel->quiet)
        return dw_str_format(arena, "%.*s %.*s %d", DW_FMT(note), DW_FMT(dot),
                             (int)panel->matching);
    struct dw_str all = ui_format_count(arena, panel->matching);
    return dw_str_format(arena, "%.*s %.*s %zu-%zu of %.*s", DW_FMT(note), DW_FMT(dot),
                         table->top + 1, last, DW_FMT(all));
}

static struct dw_str badge_of(struct ui *ui, const struct ui_panel *panel)
{
    if (panel->table.fresh == 0)
        return DW_STR("");
    struct dw_str sign = ui_glyph(ui->screen, UI_GLYPH_NEW);
    return dw_str_format(&ui->frame, "%.*s %zu new: g", DW_FMT(sign), panel->table.fresh);
}

/* What the signs of statuses mean, where a list leaves a line for it. */
static void draw_legend(struct ui *ui, struct ui_rect line)
{
    int x = line.x + 1;
    for (int i = 0; i < DW_STATUS_COUNT; i++) {
        struct dw_str text = ui_status_text(&ui->frame, (enum dw_status)i);
        int width = ui_width(text);
        if (x + width > line.x + line.width)
            return;
        (void)ui_put(ui->screen, x, line.y, ui_status_role((enum dw_status)i), text);
        x += width + 1;
    }
}

/* Why there is nothing, and what can be done about it. */
static void draw_empty(struct ui *ui, const struct ui_panel *panel, struct ui_rect inner)
{
    struct dw_str lines[2] = {panel->info->empty[0], panel->info->empty[1]};
    bool first = panel->info->shape == UI_PANEL_ARTICLES;
    if (ui_filter_text(ui_view_now(ui)).len > 0) {
        lines[0] = DW_STR("nothing matches the filter");
        lines[1] = DW_STR("\\ clears it");
    } else if (first && ui->progress.offline) {
        lines[0] = DW_STR("offline: no feed answers");
        lines[1] = DW_STR("`dealwire demo` shows it all on sample feeds");
    } else if (first && ui->progress.running) {
        lines[0] = dw_str_format(&ui->frame, "asking %zu feeds for news", ui->progress.total);
        lines[1] = DW_STR("headlines appear as they come");
    } else if (first && !ui->engine) {
        lines[1] = DW_STR("`dealwire fetch` asks the feeds for news");
    }
    ui_frame_empty(ui->screen, inner, lines, 2);
}

static void draw_inside(struct ui *ui, struct ui_panel *panel, struct ui_rect inner, bool focused)
{
    if (panel->info->shape == UI_PANEL_TOTALS) {
        ui_totals_draw(ui, panel, inner);
        return;
    }
    struct ui_rows rows = rows_of(panel);
    if (rows.count == 0) {
        draw_empty(ui, panel, inner);
        return;
    }
    struct ui_rect list = inner;
    if (panel->info->bars && inner.height >= FOOTER_LEAST && panel->weeks) {
        list.height -= 2;
        ui_weeks_draw(ui, panel, (struct ui_rect){inner.x, list.y + list.height, inner.width, 2});
    }
    int free_from = (panel->table.header ? 1 : 0) + (int)rows.count;
    if (panel->info->legend && free_from + 1 < list.height)
        draw_legend(ui, (struct ui_rect){list.x, list.y + list.height - 1, list.width, 1});
    ui_table_draw(&panel->table, ui->screen, list, &rows, focused);
}

/* One line where there is no room for more. */
static void draw_title_only(struct ui *ui, struct ui_panel *panel, struct ui_rect rect)
{
    struct ui_frame frame = {.title = panel->info->title, .note = note_of(ui, panel)};
    struct ui_rect before = ui_screen_clip(ui->screen, rect);
    (void)ui_frame_draw(ui->screen, (struct ui_rect){rect.x, rect.y, rect.width, 2}, &frame);
    ui_put_glyph(ui->screen, rect.x, rect.y, UI_ROLE_BORDER, UI_GLYPH_H);
    ui_put_glyph(ui->screen, rect.x + rect.width - 1, rect.y, UI_ROLE_BORDER, UI_GLYPH_H);
    ui_screen_unclip(ui->screen, before);
}

void ui_panel_draw(struct ui *ui, struct ui_panel *panel, struct ui_rect rect, bool focused)
{
    panel->rect = rect;
    panel->quiet = rect.height < 3;
    if (panel->quiet) {
        if (rect.height > 0)
            draw_title_only(ui, panel, rect);
        return;
    }
    panel->table.header = rect.height >= 8;
    struct ui_rect inner = ui_rect_shrink(rect, 1);
    int header = panel->table.header ? 1 : 0;
    int footer = panel->info->bars && inner.height >= FOOTER_LEAST ? 2 : 0;
    int page = inner.height - header - footer;
    panel->table.page = page > 0 ? (size_t)page : 1;
    struct ui_frame frame = {.title = panel->info->title,
                             .note = note_of(ui, panel),
                             .badge = badge_of(ui, panel),
                             .focused = focused};
    inner = ui_frame_draw(ui->screen, rect, &frame);
    draw_inside(ui, panel, inner, focused);
}

/* ---- Keys and mouse ---- */

unsigned ui_panel_act(struct ui *ui, struct ui_panel *panel, enum ui_action action)
{
    if (panel->info->shape == UI_PANEL_TOTALS)
        return UI_IGNORED;
    struct ui_rows rows = rows_of(panel);
    if (action == UI_ACTION_FIRST && panel->info->shape == UI_PANEL_ARTICLES)
        ui->fresh = 0;
    if (ui_table_act(&panel->table, &rows, action))
        return UI_REDRAW;
    switch (action) {
    case UI_ACTION_SORT_LEFT:
    case UI_ACTION_SORT_RIGHT:
        return ui_table_sort_step(&panel->table, action == UI_ACTION_SORT_LEFT ? -1 : 1)
                   ? UI_RELOAD | UI_REDRAW
                   : UI_IGNORED;
    case UI_ACTION_SORT_INVERT:
        panel->table.ascending = !panel->table.ascending;
        return UI_RELOAD | UI_REDRAW;
    default:
        break;
    }
    if (panel->info->shape == UI_PANEL_ARTICLES)
        return ui_article_act(&panel->articles, panel->table.selected, action);
    return ui_event_act(&panel->events, panel->table.selected, action);
}

unsigned ui_panel_mouse(struct ui *ui, struct ui_panel *panel, const struct ui_event *event,
                        bool focuses)
{
    if (panel->info->shape == UI_PANEL_TOTALS)
        return UI_REDRAW;
    struct ui_rows rows = rows_of(panel);
    if (event->type == UI_EVENT_WHEEL) {
        ui_table_wheel(&panel->table, &rows, event->key);
        return UI_REDRAW;
    }
    switch (ui_table_click(&panel->table, &rows, event->x, event->y)) {
    case UI_HIT_AGAIN:
        return focuses ? UI_REDRAW : ui_panel_act(ui, panel, UI_ACTION_OPEN);
    case UI_HIT_SORT:
        return UI_RELOAD | UI_REDRAW;
    case UI_HIT_ROW:
    case UI_HIT_NOTHING:
        break;
    }
    return UI_REDRAW;
}

struct dw_str ui_panel_line(struct ui *ui, const struct ui_panel *panel, struct dw_arena *arena)
{
    size_t row = panel->table.selected;
    if (panel->info->shape == UI_PANEL_ARTICLES && row < panel->articles.rows.len) {
        const struct store_article_row *article = &panel->articles.rows.at[row];
        struct dw_str moment = ui_format_moment(arena, article->at);
        struct dw_str dot = ui_glyph(ui->screen, UI_GLYPH_DOT);
        return dw_str_format(arena, "%.*s %.*s %.*s %.*s %d figure%s", DW_FMT(article->feed_title),
                             DW_FMT(dot), DW_FMT(moment), DW_FMT(dot), (int)article->figures,
                             article->figures == 1 ? "" : "s");
    }
    if (panel->info->shape == UI_PANEL_EVENTS && row < panel->events.rows.len)
        return ui_figure_line(arena, ui->screen, &panel->events.rows.at[row].figure);
    return DW_STR("");
}
