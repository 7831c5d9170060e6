/* Flows: who pays whom, as a matrix, as a list, and the circles in it. */
#include <math.h>

#include "chart.h"
#include "frame.h"
#include "rows.h"

#define WEEKS 26
#define LIMIT 300
#define MATRIX_SIDE 12
#define WIDE 100         /* cells that leave room for the matrix beside the list */
#define LABEL 13         /* cells of a payer's name */
#define CELL 8           /* ... and of a payee's column, with the one between */
#define CIRCLES_MOST 4   /* shown */
#define CIRCLES_LEAST 12 /* lines of the body that leave room for circles */

enum flow_column { FLOW_FROM, FLOW_TO, FLOW_AMOUNT, FLOW_BAR, FLOW_EVENTS };

static const struct ui_column flow_columns[] = {
    {FLOW_FROM, DW_STR_INIT("from"), 10, 20, false, UI_LEFT, 100, 0},
    {FLOW_TO, DW_STR_INIT("to"), 10, 20, false, UI_LEFT, 95, 0},
    {FLOW_AMOUNT, DW_STR_INIT("amount"), 8, 10, false, UI_RIGHT, 90, 0},
    {FLOW_BAR, DW_STR_INIT(""), 6, 12, true, UI_LEFT, 45, 0},
    {FLOW_EVENTS, DW_STR_INIT("events"), 6, 6, false, UI_RIGHT, 70, 0},
};

struct flows {
    struct ui *ui;
    struct store_flows list;
    struct query_matrix matrix;
    struct query_circles circles;
    bool firm;    /* without what is only talked about */
    bool numbers; /* in the matrix, not shades */
    struct ui_table table;
};

/* ---- The list ---- */

static int64_t flow_key(const void *context, size_t row)
{
    const struct store_flow *flow = &((const struct flows *)context)->list.at[row];
    return (int64_t)(dw_str_hash(flow->from) * 31 + dw_str_hash(flow->to));
}

static void draw_flow_cell(const void *context, size_t row, int column, const struct ui_slot *slot)
{
    const struct flows *state = context;
    const struct store_flow *flow = &state->list.at[row];
    struct ui *ui = state->ui;
    double all[2] = {flow->usd, state->list.at[0].usd};
    double firm[2] = {flow->firm, state->list.at[0].usd};
    switch ((enum flow_column)column) {
    case FLOW_FROM:
        ui_slot_put(slot, UI_ROLE_COMPANY, flow->from);
        break;
    case FLOW_TO:
        ui_slot_put(slot, UI_ROLE_COMPANY, flow->to);
        break;
    case FLOW_AMOUNT:
        ui_slot_put(slot, UI_ROLE_DEALS, ui_format_usd(&ui->frame, flow->usd, ui->screen->ascii));
        break;
    case FLOW_BAR:
        ui_chart_bar(slot->screen, slot->field, (ui_style)(UI_ROLE_BAR_TALK | slot->flags), all,
                     true);
        ui_chart_bar(slot->screen, slot->field, (ui_style)(UI_ROLE_BAR | slot->flags), firm, false);
        break;
    case FLOW_EVENTS:
        ui_slot_put(slot, UI_ROLE_MUTED, ui_format_count(&ui->frame, flow->events));
        break;
    }
}

static struct ui_rows rows_of(const struct flows *state)
{
    return (struct ui_rows){state, state->list.len, flow_key, draw_flow_cell};
}

static void draw_list(struct ui *ui, struct flows *state, struct ui_rect area)
{
    struct ui_rows rows = rows_of(state);
    struct dw_str dot = ui_glyph(ui->screen, UI_GLYPH_DOT);
    struct ui_frame frame = {.title = DW_STR("Flows"), .focused = true};
    frame.note =
        dw_str_format(&ui->frame, "%d weeks %.*s %s %.*s %zu", WEEKS, DW_FMT(dot),
                      state->firm ? "without talk" : "talk hatched", DW_FMT(dot), rows.count);
    struct ui_rect inner = ui_frame_draw(ui->screen, area, &frame);
    if (rows.count == 0) {
        static const struct dw_str empty[] = {
            DW_STR_INIT("nobody paid anybody yet"),
            DW_STR_INIT("flows appear with the first deals that name both sides")};
        ui_frame_empty(ui->screen, inner, empty, 2);
        return;
    }
    ui_table_draw(&state->table, ui->screen, inner, &rows, true);
}

/* ---- The matrix ---- */

/* How dark a cell is: by halves of the largest one's size, of which there are many. */
static size_t shade_of(double usd, double most)
{
    double share = most > 0 ? usd / most : 0;
    return share >= 0.5 ? 3 : share >= 0.125 ? 2 : share >= 0.03 ? 1 : 0;
}

/* The part that is announced or completed full, the rest, talk, with gaps. */
static void draw_shade(struct ui *ui, const struct store_flow *flow, double most, int x, int y)
{
    static const struct dw_str shades[2][4] = {
        {DW_STR_INIT("░"), DW_STR_INIT("▒"), DW_STR_INIT("▓"), DW_STR_INIT("█")},
        {DW_STR_INIT("."), DW_STR_INIT(":"), DW_STR_INIT("+"), DW_STR_INIT("#")}};
    int width = CELL - 1;
    int firm = flow->usd > 0 ? (int)lround(width * flow->firm / flow->usd) : 0;
    struct dw_str shade = shades[ui->screen->ascii][shade_of(flow->usd, most)];
    for (int i = 0; i < width; i++)
        if (i < firm || (i - firm) % 2 == 0)
            (void)ui_put(ui->screen, x + i, y, i < firm ? UI_ROLE_BAR : UI_ROLE_BAR_TALK, shade);
}

static void draw_matrix_cell(struct ui *ui, const struct flows *state,
                             const struct store_flow *flow, int x, int y)
{
    struct ui_field field = {x, y, CELL - 1, UI_RIGHT};
    if (flow == NULL)
        ui_put_field(ui->screen, field, UI_ROLE_MUTED, ui_glyph(ui->screen, UI_GLYPH_DOT));
    else if (state->numbers)
        ui_put_field(ui->screen, field, flow->firm > 0 ? UI_ROLE_DEALS : UI_ROLE_MUTED,
                     ui_format_usd(&ui->frame, flow->usd, ui->screen->ascii));
    else
        draw_shade(ui, flow, state->list.at[0].usd, x, y);
}

/* The pair of the selected flow stands out. */
static ui_style name_style(const struct flows *state, struct dw_str name, bool payer)
{
    const struct store_flow *flow =
        state->table.selected < state->list.len ? &state->list.at[state->table.selected] : NULL;
    bool selected = flow != NULL && dw_str_eq(payer ? flow->from : flow->to, name);
    return selected ? UI_ROLE_STRONG : UI_ROLE_COMPANY;
}

static void draw_matrix(struct ui *ui, const struct flows *state, struct ui_rect area)
{
    struct ui_frame frame = {.title = DW_STR("Who pays whom"),
                             .note = state->numbers ? DW_STR("payers down, payees across")
                                                    : DW_STR("v numbers")};
    struct ui_rect inner = ui_frame_draw(ui->screen, area, &frame);
    const struct query_matrix *matrix = &state->matrix;
    struct ui_rect before = ui_screen_clip(ui->screen, inner);
    int columns = (inner.width - LABEL - 1) / CELL;
    for (int k = 0; k < columns && (size_t)k < matrix->payees.len; k++) {
        struct dw_str name = matrix->payees.at[k];
        ui_put_field(ui->screen,
                     (struct ui_field){inner.x + LABEL + 1 + k * CELL, inner.y, CELL - 1, UI_RIGHT},
                     name_style(state, name, false), name);
    }
    for (int i = 0; i + 1 < inner.height && (size_t)i < matrix->payers.len; i++) {
        int y = inner.y + 1 + i;
        struct dw_str name = matrix->payers.at[i];
        ui_put_field(ui->screen, (struct ui_field){inner.x + 1, y, LABEL - 1, UI_LEFT},
                     name_style(state, name, true), name);
        for (int k = 0; k < columns && (size_t)k < matrix->payees.len; k++)
            draw_matrix_cell(ui, state, matrix->cells[(size_t)i * matrix->payees.len + (size_t)k],
                             inner.x + LABEL + 1 + k * CELL, y);
    }
    ui_screen_unclip(ui->screen, before);
}

/* ---- Circles ---- */

static void draw_circles(struct ui *ui, const struct flows *state, struct ui_rect area)
{
    struct ui_frame frame = {.title = DW_STR("Circles"),
                             .note = DW_STR("announced or completed, and back again")};
    struct ui_rect inner = ui_frame_draw(ui->screen, area, &frame);
    struct dw_str arrow =
        dw_str_format(&ui->frame, " %.*s ", DW_FMT(ui_glyph(ui->screen, UI_GLYPH_ARROW)));
    if (state->circles.len == 0)
        (void)ui_put(ui->screen, inner.x + 1, inner.y, UI_ROLE_MUTED,
                     DW_STR("no money comes back to where it went from"));
    for (size_t i = 0; i < state->circles.len && (int)i < inner.height; i++) {
        const struct query_circle *circle = &state->circles.at[i];
        struct dw_str line =
            dw_str_format(&ui->frame, "%.*s  at least %.*s",
                          DW_FMT(dw_strs_join(&ui->frame, &circle->parties, arrow)),
                          DW_FMT(ui_format_usd(&ui->frame, circle->least, ui->screen->ascii)));
        ui_put_field(ui->screen,
                     (struct ui_field){inner.x + 1, inner.y + (int)i, inner.width - 2, UI_LEFT},
                     UI_ROLE_TEXT, line);
    }
}

/* ---- The view ---- */

static bool flows_open(struct ui *ui, struct ui_view *view, const struct ui_target *target)
{
    struct flows *state = view->state;
    (void)target;
    state->ui = ui;
    ui_table_init(&state->table, flow_columns, sizeof flow_columns / sizeof flow_columns[0]);
    return true;
}

static bool flows_refresh(struct ui *ui, struct ui_view *view, struct dw_arena *into,
                          struct dw_error *err)
{
    struct flows *state = view->state;
    struct flows next = *state;
    struct store_flow_ask ask = {.since = ui->now - (int64_t)WEEKS * 7 * 86400,
                                 .until = ui->now + 1,
                                 .firm = state->firm,
                                 .limit = LIMIT};
    if (!store_flow_list(ui->store, into, &ask, &next.list, err))
        return false;
    if (!query_matrix_make(into, &next.list, MATRIX_SIDE, &next.matrix) ||
        !query_circles_find(into, &next.list, &next.circles))
        return dw_error_set(err, DW_ERR_MEMORY, "no memory for the flows");
    *state = next;
    struct ui_rows rows = rows_of(state);
    ui_table_reload(&state->table, &rows);
    return true;
}

static void flows_draw(struct ui *ui, struct ui_view *view, struct ui_rect body)
{
    struct flows *state = view->state;
    if (body.height >= CIRCLES_LEAST) {
        int circles = state->circles.len < CIRCLES_MOST ? (int)state->circles.len : CIRCLES_MOST;
        struct ui_rect area = body;
        area.height = 2 + (circles > 0 ? circles : 1);
        area.y = body.y + body.height - area.height;
        body.height -= area.height;
        draw_circles(ui, state, area);
    }
    if (body.width >= WIDE && state->list.len > 0) {
        struct ui_rect area = body;
        area.width = body.width * 55 / 100;
        body.x += area.width;
        body.width -= area.width;
        draw_matrix(ui, state, area);
    }
    draw_list(ui, state, body);
}

/* The ledger, narrowed to the two. */
static void open_flow(struct ui *ui, const struct store_flow *flow)
{
    struct dw_str filter = dw_str_format(&ui->frame, "from:\"%.*s\" to:\"%.*s\"",
                                         DW_FMT(flow->from), DW_FMT(flow->to));
    ui_show_events(ui, filter);
}

static unsigned flows_act(struct ui *ui, struct ui_view *view, enum ui_action action)
{
    struct flows *state = view->state;
    struct ui_rows rows = rows_of(state);
    const struct store_flow *flow =
        state->table.selected < state->list.len ? &state->list.at[state->table.selected] : NULL;
    if (ui_table_act(&state->table, &rows, action))
        return UI_REDRAW;
    switch (action) {
    case UI_ACTION_NUMBERS:
        state->numbers = !state->numbers;
        return UI_REDRAW;
    case UI_ACTION_TALKS:
        state->firm = !state->firm;
        return UI_REDRAW | UI_RELOAD;
    case UI_ACTION_OPEN:
        if (flow != NULL)
            open_flow(ui, flow);
        return UI_REDRAW;
    case UI_ACTION_COPY:
        if (flow != NULL)
            ui_copy(ui, dw_str_format(&ui->frame, "%.*s -> %.*s %.*s", DW_FMT(flow->from),
                                      DW_FMT(flow->to),
                                      DW_FMT(ui_format_usd(&ui->frame, flow->usd, true))));
        return UI_REDRAW;
    default:
        return UI_IGNORED;
    }
}

static unsigned flows_mouse(struct ui *ui, struct ui_view *view, const struct ui_event *event)
{
    struct flows *state = view->state;
    struct ui_rows rows = rows_of(state);
    if (event->type == UI_EVENT_WHEEL) {
        ui_table_wheel(&state->table, &rows, event->key);
        return UI_REDRAW;
    }
    enum ui_table_hit hit = ui_table_click(&state->table, &rows, event->x, event->y);
    return hit == UI_HIT_AGAIN ? flows_act(ui, view, UI_ACTION_OPEN) : UI_REDRAW;
}

const struct ui_view_ops ui_view_flows = {
    .title = DW_STR_INIT("Flows"),
    .tab = DW_STR_INIT("Flow"),
    .contexts = UI_IN_ALL | UI_IN_LIST | UI_IN_FLOWS,
    .target = QUERY_EVENTS,
    .state_size = sizeof(struct flows),
    .open = flows_open,
    .refresh = flows_refresh,
    .draw = flows_draw,
    .act = flows_act,
    .mouse = flows_mouse,
};
