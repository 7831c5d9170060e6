/* Help: every action of the view below and of all views, searched by typing, run by Enter. */
#include "frame.h"
#include "table.h"
#include "view.h"

enum help_column { HELP_KEYS, HELP_NAME, HELP_TEXT };

static const struct ui_column help_columns[] = {
    {HELP_KEYS, DW_STR_INIT("keys"), 8, 20, false, UI_LEFT, 100, 0},
    {HELP_NAME, DW_STR_INIT("command"), 10, 19, false, UI_LEFT, 80, 0},
    {HELP_TEXT, DW_STR_INIT("what it does"), 16, 30, true, UI_LEFT, 90, 0},
};

struct help {
    unsigned contexts; /* of the view below */
    enum ui_action actions[UI_ACTION_COUNT];
    size_t count;
    struct ui_table table;
};

static int64_t action_key(const void *context, size_t row)
{
    return ((const struct help *)context)->actions[row];
}

static void draw_action_cell(const void *context, size_t row, int column,
                             const struct ui_slot *slot)
{
    const struct ui_action_info *info =
        ui_action_info(((const struct help *)context)->actions[row]);
    switch ((enum help_column)column) {
    case HELP_KEYS:
        ui_slot_put(slot, UI_ROLE_KEY, info->keys);
        break;
    case HELP_NAME:
        ui_slot_put(slot, UI_ROLE_STRONG, info->name);
        break;
    case HELP_TEXT:
        ui_slot_put(slot, UI_ROLE_TEXT, info->help);
        break;
    }
}

static struct ui_rows rows_of(const struct help *state)
{
    return (struct ui_rows){state, state->count, action_key, draw_action_cell};
}

static bool matches(const struct ui_action_info *info, struct dw_str text)
{
    return text.len == 0 || dw_str_find_nocase(info->name, text, 0) != SIZE_MAX ||
           dw_str_find_nocase(info->help, text, 0) != SIZE_MAX || dw_str_eq(info->keys, text);
}

/* First what belongs to the view below, then what works everywhere. */
static void help_search(struct ui *ui, struct ui_view *view, struct dw_str text)
{
    struct help *state = view->state;
    (void)ui;
    state->count = 0;
    for (int general = 0; general < 2; general++) {
        for (int i = 1; i < UI_ACTION_COUNT; i++) {
            const struct ui_action_info *info = ui_action_info((enum ui_action)i);
            bool everywhere = (info->contexts & UI_IN_ALL) != 0;
            if (everywhere != (general == 1) || !(info->contexts & state->contexts))
                continue;
            if (matches(info, text))
                state->actions[state->count++] = (enum ui_action)i;
        }
    }
    struct ui_rows rows = rows_of(state);
    ui_table_reload(&state->table, &rows);
}

static bool help_open(struct ui *ui, struct ui_view *view, const struct ui_target *target)
{
    struct help *state = view->state;
    state->contexts = target->contexts;
    ui_table_init(&state->table, help_columns, sizeof help_columns / sizeof help_columns[0]);
    help_search(ui, view, DW_STR(""));
    return true;
}

static void help_draw(struct ui *ui, struct ui_view *view, struct ui_rect body)
{
    struct help *state = view->state;
    struct ui_rows rows = rows_of(state);
    struct ui_frame frame = {.title = DW_STR("Help"),
                             .note = DW_STR("/ searches, Enter runs the line, q goes back"),
                             .focused = true};
    struct ui_rect inner = ui_frame_draw(ui->screen, body, &frame);
    if (rows.count == 0) {
        static const struct dw_str empty[] = {DW_STR_INIT("no command says that")};
        ui_frame_empty(ui->screen, inner, empty, 1);
        return;
    }
    ui_table_draw(&state->table, ui->screen, inner, &rows, true);
}

/* The help closes, and the action is done in the view below. */
static unsigned run_selected(struct ui *ui, const struct help *state)
{
    if (state->table.selected >= state->count)
        return UI_REDRAW;
    enum ui_action action = state->actions[state->table.selected];
    ui_do(ui, UI_ACTION_BACK);
    ui_do(ui, action);
    return UI_REDRAW;
}

static unsigned help_act(struct ui *ui, struct ui_view *view, enum ui_action action)
{
    struct help *state = view->state;
    struct ui_rows rows = rows_of(state);
    if (action == UI_ACTION_OPEN)
        return run_selected(ui, state);
    return ui_table_act(&state->table, &rows, action) ? UI_REDRAW : UI_IGNORED;
}

static unsigned help_mouse(struct ui *ui, struct ui_view *view, const struct ui_event *event)
{
    struct help *state = view->state;
    struct ui_rows rows = rows_of(state);
    if (event->type == UI_EVENT_WHEEL) {
        ui_table_wheel(&state->table, &rows, event->key);
        return UI_REDRAW;
    }
    if (ui_table_click(&state->table, &rows, event->x, event->y) == UI_HIT_AGAIN)
        return run_selected(ui, state);
    return UI_REDRAW;
}

const struct ui_view_ops ui_view_help = {
    .title = DW_STR_INIT("Help"),
    .tab = DW_STR_INIT("Help"),
    .contexts = UI_IN_ALL | UI_IN_LIST | UI_IN_FILTER,
    .state_size = sizeof(struct help),
    .open = help_open,
    .draw = help_draw,
    .act = help_act,
    .mouse = help_mouse,
    .search = help_search,
};
