/* What the bottom line said so far, newest first. */
#include "format.h"
#include "frame.h"
#include "table.h"
#include "view.h"

enum log_column { LOG_AT, LOG_TEXT };

static const struct ui_column log_columns[] = {
    {LOG_AT, DW_STR_INIT("time"), 5, 5, false, UI_LEFT, 90, 0},
    {LOG_TEXT, DW_STR_INIT("message"), 20, 40, true, UI_LEFT, 100, 0},
};

struct log {
    struct ui *ui;
    struct ui_table table;
};

static size_t number_of(const struct ui *ui, size_t row)
{
    return ui->message_count - 1 - row;
}

static int64_t message_key(const void *context, size_t row)
{
    return (int64_t)number_of(((const struct log *)context)->ui, row);
}

static void draw_message_cell(const void *context, size_t row, int column,
                              const struct ui_slot *slot)
{
    static const ui_style roles[] = {UI_ROLE_MESSAGE, UI_ROLE_GOOD, UI_ROLE_ERROR};
    struct ui *ui = ((const struct log *)context)->ui;
    const struct ui_message *message = &ui->messages[number_of(ui, row) % UI_MESSAGES];
    if (column == LOG_AT)
        ui_slot_put(slot, UI_ROLE_MUTED, ui_format_minute(&ui->frame, message->at));
    else
        ui_slot_put(slot, roles[message->tone], (struct dw_str){message->text, message->len});
}

static struct ui_rows rows_of(const struct log *state)
{
    size_t count = state->ui->message_count;
    return (struct ui_rows){state, count < UI_MESSAGES ? count : UI_MESSAGES, message_key,
                            draw_message_cell};
}

static bool log_open(struct ui *ui, struct ui_view *view, const struct ui_target *target)
{
    struct log *state = view->state;
    (void)target;
    state->ui = ui;
    ui_table_init(&state->table, log_columns, sizeof log_columns / sizeof log_columns[0]);
    return true;
}

static void log_draw(struct ui *ui, struct ui_view *view, struct ui_rect body)
{
    struct log *state = view->state;
    struct ui_rows rows = rows_of(state);
    struct ui_frame frame = {.title = DW_STR("Messages"), .focused = true};
    struct ui_rect inner = ui_frame_draw(ui->screen, body, &frame);
    if (rows.count == 0) {
        static const struct dw_str empty[] = {DW_STR_INIT("nothing was said yet")};
        ui_frame_empty(ui->screen, inner, empty, 1);
        return;
    }
    ui_table_draw(&state->table, ui->screen, inner, &rows, true);
}

static unsigned log_act(struct ui *ui, struct ui_view *view, enum ui_action action)
{
    struct log *state = view->state;
    struct ui_rows rows = rows_of(state);
    (void)ui;
    return ui_table_act(&state->table, &rows, action) ? UI_REDRAW : UI_IGNORED;
}

static unsigned log_mouse(struct ui *ui, struct ui_view *view, const struct ui_event *event)
{
    struct log *state = view->state;
    struct ui_rows rows = rows_of(state);
    (void)ui;
    if (event->type == UI_EVENT_WHEEL)
        ui_table_wheel(&state->table, &rows, event->key);
    return UI_REDRAW;
}

const struct ui_view_ops ui_view_log = {
    .title = DW_STR_INIT("Messages"),
    .tab = DW_STR_INIT("Messages"),
    .contexts = UI_IN_ALL,
    .state_size = sizeof(struct log),
    .open = log_open,
    .draw = log_draw,
    .act = log_act,
    .mouse = log_mouse,
};
