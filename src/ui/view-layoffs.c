/* Layoffs: all that were told, by week, and who cut most. */
#include "panel.h"

#define CHART_LEAST_HEIGHT 20 /* lines of the body that leave room for the chart */

enum { TABLE, CHART, PARTS };

struct layoffs {
    struct ui_panel parts[PARTS];
};

static bool layoffs_open(struct ui *ui, struct ui_view *view, const struct ui_target *target)
{
    struct layoffs *state = view->state;
    (void)ui;
    (void)target;
    for (size_t i = 0; i < PARTS; i++)
        ui_panel_init(&state->parts[i], &ui_layoff_panels[i]);
    state->parts[CHART].layoffs = true;
    return true;
}

static bool layoffs_refresh(struct ui *ui, struct ui_view *view, struct dw_arena *into,
                            struct dw_error *err)
{
    struct layoffs *state = view->state;
    struct layoffs *next = dw_arena_array(into, 1, sizeof *next);
    if (!next)
        return dw_error_set(err, DW_ERR_MEMORY, "no memory for the layoffs");
    *next = *state;
    for (size_t i = 0; i < PARTS; i++) {
        if (!ui_panel_read(ui, view, &next->parts[i], into, err))
            return false;
    }
    *state = *next;
    return true;
}

static void layoffs_draw(struct ui *ui, struct ui_view *view, struct ui_rect body)
{
    struct layoffs *state = view->state;
    struct ui_rect table = body;
    if (body.height >= CHART_LEAST_HEIGHT) {
        table.height = body.height * 55 / 100;
        ui_panel_draw(
            ui, &state->parts[CHART],
            (struct ui_rect){body.x, body.y + table.height, body.width, body.height - table.height},
            false);
    }
    ui_panel_draw(ui, &state->parts[TABLE], table, true);
}

static unsigned layoffs_act(struct ui *ui, struct ui_view *view, enum ui_action action)
{
    struct layoffs *state = view->state;
    return ui_panel_act(ui, &state->parts[TABLE], action);
}

static unsigned layoffs_mouse(struct ui *ui, struct ui_view *view, const struct ui_event *event)
{
    struct layoffs *state = view->state;
    return ui_panel_mouse(ui, &state->parts[TABLE], event, false);
}

static struct dw_str layoffs_line(struct ui *ui, struct ui_view *view, struct dw_arena *arena)
{
    return ui_panel_line(ui, &((struct layoffs *)view->state)->parts[TABLE], arena);
}

const struct ui_view_ops ui_view_layoffs = {
    .title = DW_STR_INIT("Layoffs"),
    .tab = DW_STR_INIT("Cuts"),
    .contexts = UI_IN_ALL | UI_IN_LIST | UI_IN_FILTER | UI_IN_SORT | UI_IN_EVENTS,
    .target = QUERY_EVENTS,
    .state_size = sizeof(struct layoffs),
    .open = layoffs_open,
    .refresh = layoffs_refresh,
    .draw = layoffs_draw,
    .act = layoffs_act,
    .mouse = layoffs_mouse,
    .line = layoffs_line,
};
