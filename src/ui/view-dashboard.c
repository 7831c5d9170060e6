/* The first view: live panels side by side. */
#include "layout.h"
#include "panel.h"

struct dashboard {
    struct ui_panel panels[UI_PANELS];
    size_t focus;
    bool zoomed;
    bool read; /* once at least */
};

static bool dashboard_open(struct ui *ui, struct ui_view *view, const struct ui_target *target)
{
    struct dashboard *state = view->state;
    (void)ui;
    (void)target;
    for (size_t i = 0; i < UI_PANELS; i++)
        ui_panel_init(&state->panels[i], &ui_panels[i]);
    return true;
}

static bool dashboard_refresh(struct ui *ui, struct ui_view *view, struct dw_arena *into,
                              struct dw_error *err)
{
    struct dashboard *state = view->state;
    struct dashboard *next = dw_arena_array(into, 1, sizeof *next);
    if (!next)
        return dw_error_set(err, DW_ERR_MEMORY, "no memory for the dashboard");
    *next = *state;
    next->panels[UI_PANELS - 1].weeks_of = &next->panels[UI_PANELS - 2];
    for (size_t i = 0; i < UI_PANELS; i++) {
        next->panels[i].hurried = !state->read;
        if (!ui_panel_read(ui, view, &next->panels[i], into, err))
            return false;
    }
    if (into->failed)
        return dw_error_set(err, DW_ERR_MEMORY, "no memory for the dashboard's rows");
    *state = *next;
    view->stale = !state->read; /* the first frame shows rows at once; then come the sums */
    state->read = true;
    return true;
}

static void dashboard_draw(struct ui *ui, struct ui_view *view, struct ui_rect body)
{
    struct dashboard *state = view->state;
    struct ui_rect rects[UI_LAYOUT_PANELS];
    for (size_t i = 0; i < UI_PANELS; i++)
        state->panels[i].rect = (struct ui_rect){0, 0, 0, 0};
    if (state->zoomed) {
        ui_panel_draw(ui, &state->panels[state->focus], body, true);
        return;
    }
    ui_layout(body, state->focus, rects);
    for (size_t i = 0; i < UI_PANELS; i++)
        ui_panel_draw(ui, &state->panels[i], rects[i], i == state->focus);
}

static unsigned dashboard_act(struct ui *ui, struct ui_view *view, enum ui_action action)
{
    struct dashboard *state = view->state;
    struct ui_panel *panel = &state->panels[state->focus];
    struct ui_panel *totals = &state->panels[UI_PANELS - 1];
    switch (action) {
    case UI_ACTION_PANEL_NEXT:
        state->focus = (state->focus + 1) % UI_PANELS;
        return UI_REDRAW;
    case UI_ACTION_PANEL_PREVIOUS:
        state->focus = (state->focus + UI_PANELS - 1) % UI_PANELS;
        return UI_REDRAW;
    case UI_ACTION_ZOOM:
        state->zoomed = !state->zoomed;
        return UI_REDRAW;
    case UI_ACTION_TOTALS:
        totals->layoffs = !totals->layoffs;
        return UI_REDRAW | UI_RELOAD;
    case UI_ACTION_TALKS:
        totals->talks = !totals->talks;
        return UI_REDRAW;
    case UI_ACTION_BACK:
        if (!state->zoomed)
            return UI_IGNORED;
        state->zoomed = false;
        return UI_REDRAW;
    default:
        return ui_panel_act(ui, panel, action);
    }
}

static unsigned dashboard_mouse(struct ui *ui, struct ui_view *view, const struct ui_event *event)
{
    struct dashboard *state = view->state;
    for (size_t i = 0; i < UI_PANELS; i++) {
        if (!ui_rect_has(state->panels[i].rect, event->x, event->y))
            continue;
        bool focuses = event->type == UI_EVENT_CLICK && i != state->focus;
        if (focuses)
            state->focus = i;
        return ui_panel_mouse(ui, &state->panels[i], event, focuses);
    }
    return UI_IGNORED;
}

static struct dw_str dashboard_line(struct ui *ui, struct ui_view *view, struct dw_arena *arena)
{
    struct dashboard *state = view->state;
    return ui_panel_line(ui, &state->panels[state->focus], arena);
}

const struct ui_view_ops ui_view_dashboard = {
    .title = DW_STR_INIT("Dashboard"),
    .tab = DW_STR_INIT("Dash"),
    .contexts = UI_IN_ALL | UI_IN_LIST | UI_IN_PANELS | UI_IN_DASHBOARD | UI_IN_FILTER |
                UI_IN_SORT | UI_IN_NEWS | UI_IN_EVENTS,
    .target = QUERY_ARTICLES,
    .state_size = sizeof(struct dashboard),
    .open = dashboard_open,
    .refresh = dashboard_refresh,
    .draw = dashboard_draw,
    .act = dashboard_act,
    .mouse = dashboard_mouse,
    .line = dashboard_line,
};
