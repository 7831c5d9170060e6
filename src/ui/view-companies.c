/* Companies: who received, paid and cut most in the last twelve weeks. */
#include <math.h>

#include "chart.h"
#include "frame.h"
#include "rows.h"

#define WEEKS 12
#define LIMIT 300

enum company_column {
    COMPANY_RANK,
    COMPANY_NAME,
    COMPANY_IN,
    COMPANY_BAR,
    COMPANY_OUT,
    COMPANY_LAYOFFS,
    COMPANY_VALUED,
    COMPANY_EVENTS
};

static const struct ui_column company_columns[] = {
    {COMPANY_RANK, DW_STR_INIT(""), 3, 3, false, UI_RIGHT, 60, 0},
    {COMPANY_NAME, DW_STR_INIT("company"), 12, 26, false, UI_LEFT, 100,
     UI_SORT(STORE_COMPANY_BY_MOVED)},
    {COMPANY_IN, DW_STR_INIT("received"), 9, 11, false, UI_RIGHT, 90, UI_SORT(STORE_COMPANY_BY_IN)},
    {COMPANY_BAR, DW_STR_INIT(""), 6, 14, true, UI_LEFT, 45, 0},
    {COMPANY_OUT, DW_STR_INIT("paid"), 8, 11, false, UI_RIGHT, 85, UI_SORT(STORE_COMPANY_BY_OUT)},
    {COMPANY_LAYOFFS, DW_STR_INIT("jobs cut"), 9, 10, false, UI_RIGHT, 80,
     UI_SORT(STORE_COMPANY_BY_LAYOFFS)},
    {COMPANY_VALUED, DW_STR_INIT("valued"), 8, 10, false, UI_RIGHT, 50, 0},
    {COMPANY_EVENTS, DW_STR_INIT("events"), 6, 7, false, UI_RIGHT, 70,
     UI_SORT(STORE_COMPANY_BY_EVENTS)},
};

struct companies {
    struct ui *ui;
    struct store_companies list;
    double most; /* received by one of them */
    struct ui_table table;
};

static int64_t company_key(const void *context, size_t row)
{
    return (int64_t)dw_str_hash(((const struct companies *)context)->list.at[row].name);
}

/* The firm part solid, talk hatched behind it. */
static void draw_bar(const struct companies *state, const struct store_company *company,
                     const struct ui_slot *slot)
{
    double all[2] = {company->in, state->most};
    double firm[2] = {company->in_firm, state->most};
    ui_chart_bar(slot->screen, slot->field, (ui_style)(UI_ROLE_BAR_TALK | slot->flags), all, true);
    ui_chart_bar(slot->screen, slot->field, (ui_style)(UI_ROLE_BAR | slot->flags), firm, false);
}

static struct dw_str money(struct ui *ui, double value)
{
    return isnan(value) || value <= 0 ? ui_glyph(ui->screen, UI_GLYPH_NONE)
                                      : ui_format_usd(&ui->frame, value, ui->screen->ascii);
}

static void draw_company_cell(const void *context, size_t row, int column,
                              const struct ui_slot *slot)
{
    const struct companies *state = context;
    const struct store_company *company = &state->list.at[row];
    struct ui *ui = state->ui;
    switch ((enum company_column)column) {
    case COMPANY_RANK:
        ui_slot_put(slot, UI_ROLE_MUTED, ui_format_count(&ui->frame, (int64_t)row + 1));
        break;
    case COMPANY_NAME:
        ui_slot_put(slot, UI_ROLE_COMPANY, company->name);
        break;
    case COMPANY_IN:
        ui_slot_put(slot, company->in > 0 ? UI_ROLE_DEALS : UI_ROLE_MUTED, money(ui, company->in));
        break;
    case COMPANY_BAR:
        draw_bar(state, company, slot);
        break;
    case COMPANY_OUT:
        ui_slot_put(slot, company->out > 0 ? UI_ROLE_DEALS : UI_ROLE_MUTED,
                    money(ui, company->out));
        break;
    case COMPANY_LAYOFFS:
        ui_slot_put(slot, company->layoffs > 0 ? UI_ROLE_PEOPLE : UI_ROLE_MUTED,
                    company->layoffs > 0
                        ? ui_format_count(&ui->frame, (int64_t)llround(company->layoffs))
                        : ui_glyph(ui->screen, UI_GLYPH_NONE));
        break;
    case COMPANY_VALUED:
        ui_slot_put(slot, company->valuation > 0 ? UI_ROLE_TEXT : UI_ROLE_MUTED,
                    money(ui, company->valuation));
        break;
    case COMPANY_EVENTS:
        ui_slot_put(slot, UI_ROLE_MUTED, ui_format_count(&ui->frame, company->events));
        break;
    }
}

static struct ui_rows rows_of(const struct companies *state)
{
    return (struct ui_rows){state, state->list.len, company_key, draw_company_cell};
}

static bool companies_open(struct ui *ui, struct ui_view *view, const struct ui_target *target)
{
    struct companies *state = view->state;
    (void)target;
    state->ui = ui;
    ui_table_init(&state->table, company_columns,
                  sizeof company_columns / sizeof company_columns[0]);
    state->table.sort = UI_SORT(STORE_COMPANY_BY_IN);
    return true;
}

static bool companies_refresh(struct ui *ui, struct ui_view *view, struct dw_arena *into,
                              struct dw_error *err)
{
    struct companies *state = view->state;
    struct store_companies list = {NULL, 0, 0};
    struct store_company_ask ask = {.since = ui->now - (int64_t)WEEKS * 7 * 86400,
                                    .until = ui->now + 1,
                                    .sort =
                                        (enum store_company_sort)(state->table.sort - UI_SORT(0)),
                                    .limit = LIMIT};
    if (!store_company_list(ui->store, into, &ask, &list, err))
        return false;
    for (size_t i = 0; state->table.ascending && i < list.len / 2; i++) {
        struct store_company other = list.at[list.len - 1 - i];
        list.at[list.len - 1 - i] = list.at[i];
        list.at[i] = other;
    }
    state->list = list;
    state->most = 0;
    for (size_t i = 0; i < list.len; i++)
        state->most = list.at[i].in > state->most ? list.at[i].in : state->most;
    struct ui_rows rows = rows_of(state);
    ui_table_reload(&state->table, &rows);
    return true;
}

static void companies_draw(struct ui *ui, struct ui_view *view, struct ui_rect body)
{
    struct companies *state = view->state;
    struct ui_rows rows = rows_of(state);
    struct dw_str dot = ui_glyph(ui->screen, UI_GLYPH_DOT);
    struct ui_frame frame = {.title = DW_STR("Companies"), .focused = true};
    frame.note = dw_str_format(&ui->frame, "%d weeks %.*s %zu companies %.*s USD", WEEKS,
                               DW_FMT(dot), rows.count, DW_FMT(dot));
    struct ui_rect inner = ui_frame_draw(ui->screen, body, &frame);
    if (rows.count == 0) {
        static const struct dw_str empty[] = {
            DW_STR_INIT("no companies yet"),
            DW_STR_INIT("they appear with the first deals and layoffs")};
        ui_frame_empty(ui->screen, inner, empty, 2);
        return;
    }
    if ((int)rows.count + 2 < inner.height) {
        ui_put_field(
            ui->screen,
            (struct ui_field){inner.x + 1, inner.y + inner.height - 1, inner.width - 2, UI_LEFT},
            UI_ROLE_MUTED, DW_STR("solid bar: announced or completed   hatched: talk and plans"));
        inner.height--;
    }
    ui_table_draw(&state->table, ui->screen, inner, &rows, true);
}

/* The ledger, narrowed to the company. */
static void open_company(struct ui *ui, const struct store_company *company)
{
    struct dw_str filter = dw_str_format(&ui->frame, "company:\"%.*s\"", DW_FMT(company->name));
    ui_show_events(ui, filter);
}

static unsigned companies_act(struct ui *ui, struct ui_view *view, enum ui_action action)
{
    struct companies *state = view->state;
    struct ui_rows rows = rows_of(state);
    if (ui_table_act(&state->table, &rows, action))
        return UI_REDRAW;
    switch (action) {
    case UI_ACTION_SORT_LEFT:
    case UI_ACTION_SORT_RIGHT:
        (void)ui_table_sort_step(&state->table, action == UI_ACTION_SORT_LEFT ? -1 : 1);
        return UI_REDRAW | UI_RELOAD;
    case UI_ACTION_SORT_INVERT:
        state->table.ascending = !state->table.ascending;
        return UI_REDRAW | UI_RELOAD;
    case UI_ACTION_OPEN:
        if (state->table.selected < state->list.len)
            open_company(ui, &state->list.at[state->table.selected]);
        return UI_REDRAW;
    case UI_ACTION_COPY:
        if (state->table.selected < state->list.len)
            ui_copy(ui, state->list.at[state->table.selected].name);
        return UI_REDRAW;
    default:
        return UI_IGNORED;
    }
}

static unsigned companies_mouse(struct ui *ui, struct ui_view *view, const struct ui_event *event)
{
    struct companies *state = view->state;
    struct ui_rows rows = rows_of(state);
    if (event->type == UI_EVENT_WHEEL) {
        ui_table_wheel(&state->table, &rows, event->key);
        return UI_REDRAW;
    }
    enum ui_table_hit hit = ui_table_click(&state->table, &rows, event->x, event->y);
    if (hit == UI_HIT_AGAIN)
        return companies_act(ui, view, UI_ACTION_OPEN);
    return hit == UI_HIT_SORT ? UI_REDRAW | UI_RELOAD : UI_REDRAW;
}

const struct ui_view_ops ui_view_companies = {
    .title = DW_STR_INIT("Companies"),
    .tab = DW_STR_INIT("Comp"),
    .contexts = UI_IN_ALL | UI_IN_LIST | UI_IN_SORT,
    .target = QUERY_EVENTS,
    .state_size = sizeof(struct companies),
    .open = companies_open,
    .refresh = companies_refresh,
    .draw = companies_draw,
    .act = companies_act,
    .mouse = companies_mouse,
};
