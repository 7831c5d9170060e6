/* What keys, clicks and pasted text do, in whichever view has them. */
#include "view.h"

struct ui_prompt *ui_prompt_now(struct ui *ui)
{
    return &ui->prompts[ui->typing - 1];
}

static void start_typing(struct ui *ui, enum ui_typing typing)
{
    struct ui_view *view = ui_view_now(ui);
    ui->typing = typing;
    ui->filter_before = view->filter;
    ui_prompt_start(ui_prompt_now(ui), ui_filter_text(view));
    ui->message_shown = false;
    ui->dirty = true;
}

void ui_ask_address(struct ui *ui)
{
    ui->typing = UI_TYPING_ADDRESS;
    ui_prompt_start(ui_prompt_now(ui), DW_STR(""));
    ui->message_shown = false;
    ui->dirty = true;
}

static void typed_changed(struct ui *ui)
{
    struct ui_view *view = ui_view_now(ui);
    ui->dirty = true;
    ui->message_shown = false;
    if (ui->typing == UI_TYPING_ADDRESS)
        return;
    view->filter = ui_prompt_now(ui)->line;
    if (view->ops->search)
        view->ops->search(ui, view, ui_filter_text(view));
    else
        view->stale = ui->urgent = true;
}

static void stop_address(struct ui *ui, enum ui_prompt_result how)
{
    struct ui_target target = {.address = dw_str_trim(ui_prompt_text(ui_prompt_now(ui)))};
    ui->typing = UI_TYPING_NOTHING;
    ui->dirty = true;
    if (how == UI_PROMPT_DONE && target.address.len > 0)
        ui_push(ui, &ui_view_found, &target);
}

static void stop_typing(struct ui *ui, enum ui_prompt_result how)
{
    if (ui->typing == UI_TYPING_ADDRESS) {
        stop_address(ui, how);
        return;
    }
    struct ui_view *view = ui_view_now(ui);
    bool search = ui->typing == UI_TYPING_SEARCH;
    ui->typing = UI_TYPING_NOTHING;
    ui->dirty = true;
    if (how == UI_PROMPT_LEFT) {
        view->filter = ui->filter_before;
        view->stale = ui->urgent = true;
        if (view->ops->search)
            view->ops->search(ui, view, ui_filter_text(view));
    } else if (search) {
        ui_do(ui, UI_ACTION_OPEN);
    }
}

static void typed_key(struct ui *ui, uint32_t key)
{
    /* in a list that is searched by typing the arrows choose a line */
    if (ui->typing == UI_TYPING_SEARCH && (key == UI_KEY_UP || key == UI_KEY_DOWN)) {
        ui_do(ui, key == UI_KEY_UP ? UI_ACTION_UP : UI_ACTION_DOWN);
        return;
    }
    switch (ui_prompt_key(ui_prompt_now(ui), key)) {
    case UI_PROMPT_CHANGED:
        typed_changed(ui);
        break;
    case UI_PROMPT_DONE:
        stop_typing(ui, UI_PROMPT_DONE);
        break;
    case UI_PROMPT_LEFT:
        stop_typing(ui, UI_PROMPT_LEFT);
        break;
    case UI_PROMPT_MOVED:
    case UI_PROMPT_NOTHING:
        ui->dirty = true;
        break;
    }
}

static void refresh_feeds(struct ui *ui, enum engine_refresh which)
{
    if (!ui->engine)
        ui_say(ui, UI_TONE_ERROR, "nothing is fetched here: the store is only read");
    else if (!engine_refresh(ui->engine, which, 0))
        ui_say(ui, UI_TONE_ERROR, "the engine has no time for another refresh just now");
    else
        ui_say(ui, UI_TONE_PLAIN,
               which == ENGINE_REFRESH_ALL ? "asking every feed for news"
                                           : "asking the feeds that are due");
}

static void mark_all_read(struct ui *ui)
{
    ui->fresh = 0;
    if (!ui->engine || !engine_mark_all_read(ui->engine))
        ui_say(ui, UI_TONE_ERROR, "cannot be marked: the store is only read");
    else
        ui_say(ui, UI_TONE_GOOD, "all articles are read");
}

static void toggle_pause(struct ui *ui)
{
    ui->paused = !ui->paused;
    if (!ui->paused && ui->pending) {
        ui->pending = false;
        ui_set_stale(ui);
    }
    ui_say(ui, UI_TONE_PLAIN, ui->paused ? "new rows are held back until Z" : "live again");
}

static void set_filter(struct ui *ui, struct dw_str text)
{
    struct ui_view *view = ui_view_now(ui);
    view->filter.len = text.len;
    view->stale = ui->urgent = true;
    ui->dirty = true;
}

static void step_root(struct ui *ui, size_t step)
{
    ui_show_root(ui, (ui->root + step) % UI_ROOTS);
}

static void open_help(struct ui *ui, bool searching)
{
    struct ui_target target = {.contexts = ui_view_now(ui)->ops->contexts};
    if (ui_view_now(ui)->ops == &ui_view_help)
        return;
    ui_push(ui, &ui_view_help, &target);
    if (searching && ui_view_now(ui)->ops == &ui_view_help)
        start_typing(ui, UI_TYPING_SEARCH);
}

/* The actions that mean the same in every view; false: it is none of them. */
static bool do_common(struct ui *ui, enum ui_action action)
{
    struct ui_view *view = ui_view_now(ui);
    for (size_t i = 0; i < UI_ROOTS; i++) {
        if (ui_roots[i].action == action) {
            ui_show_root(ui, i);
            return true;
        }
    }
    switch (action) {
    case UI_ACTION_QUIT:
        ui->quit = true;
        return true;
    case UI_ACTION_BACK:
        if (view->filter.len > 0 && ui->depth == 0)
            set_filter(ui, DW_STR(""));
        else
            ui_pop(ui);
        return true;
    case UI_ACTION_HELP:
        open_help(ui, false);
        return true;
    case UI_ACTION_PALETTE:
        open_help(ui, true);
        return true;
    case UI_ACTION_LOG:
        if (view->ops != &ui_view_log)
            ui_push(ui, &ui_view_log, NULL);
        return true;
    case UI_ACTION_FILTER:
        start_typing(ui, view->ops->search ? UI_TYPING_SEARCH : UI_TYPING_FILTER);
        return true;
    case UI_ACTION_UNFILTER:
        set_filter(ui, DW_STR(""));
        return true;
    case UI_ACTION_REFRESH:
        refresh_feeds(ui, ENGINE_REFRESH_DUE);
        return true;
    case UI_ACTION_REFRESH_ALL:
        refresh_feeds(ui, ENGINE_REFRESH_ALL);
        return true;
    case UI_ACTION_PAUSE:
        toggle_pause(ui);
        return true;
    case UI_ACTION_TICKER:
        ui->ticker.paused = !ui->ticker.paused;
        ui_say(ui, UI_TONE_PLAIN, ui->ticker.paused ? "the ticker stands" : "the ticker goes on");
        return true;
    case UI_ACTION_ALL_READ:
        mark_all_read(ui);
        return true;
    case UI_ACTION_TIME:
        ui->dates = !ui->dates;
        return true;
    case UI_ACTION_VIEW_NEXT:
        step_root(ui, 1);
        return true;
    case UI_ACTION_VIEW_PREVIOUS:
        step_root(ui, UI_ROOTS - 1);
        return true;
    case UI_ACTION_REPAINT:
        ui->repaint = true;
        return true;
    case UI_ACTION_SUSPEND:
        ui->suspend = true;
        return true;
    default:
        return false;
    }
}

static void apply(struct ui *ui, struct ui_view *view, unsigned result)
{
    if (result & UI_RELOAD)
        view->stale = ui->urgent = true;
    if (result & UI_POP)
        ui_pop(ui);
    if (result != UI_IGNORED)
        ui->dirty = true;
}

void ui_do(struct ui *ui, enum ui_action action)
{
    struct ui_view *view = ui_view_now(ui);
    unsigned result = view->ops->act(ui, view, action);
    if (result != UI_IGNORED) {
        apply(ui, view, result);
        return;
    }
    if (!do_common(ui, action))
        ui_say(ui, UI_TONE_PLAIN, "%.*s: there is nothing here to do it with",
               DW_FMT(ui_action_info(action)->name));
    ui->dirty = true;
}

static void handle_key(struct ui *ui, uint32_t key)
{
    if (ui->typing != UI_TYPING_NOTHING) {
        typed_key(ui, key);
        return;
    }
    if (ui->message_shown) {
        ui->message_shown = false;
        ui->dirty = true;
    }
    enum ui_action action = ui_action_find(ui_view_now(ui)->ops->contexts, key);
    if (action != UI_ACTION_NONE) {
        ui_do(ui, action);
        return;
    }
    struct dw_str name = ui_key_name(&ui->frame, key);
    ui_say(ui, UI_TONE_PLAIN, "%.*s does nothing here: ? lists the keys", DW_FMT(name));
}

static void handle_paste(struct ui *ui, uint32_t codepoint)
{
    if (ui->typing != UI_TYPING_NOTHING) {
        if (ui_prompt_insert(ui_prompt_now(ui), codepoint))
            typed_changed(ui);
        return;
    }
    if (!ui->paste_told)
        ui_say(ui, UI_TONE_PLAIN, "pasted text is ignored here: press / first to filter by it");
    ui->paste_told = true;
}

static void handle_mouse(struct ui *ui, const struct ui_event *event)
{
    ui->dirty = true;
    if (event->type == UI_EVENT_CLICK) {
        for (size_t i = 0; i < ui->hit_count; i++) {
            if (ui_rect_has(ui->hits[i].rect, event->x, event->y)) {
                ui_do(ui, ui->hits[i].action);
                return;
            }
        }
    }
    struct ui_view *view = ui_view_now(ui);
    if (view->ops->mouse && ui_rect_has(ui->body, event->x, event->y))
        apply(ui, view, view->ops->mouse(ui, view, event));
}

void ui_handle(struct ui *ui, const struct ui_event *event)
{
    switch (event->type) {
    case UI_EVENT_KEY:
        ui->paste_told = false;
        handle_key(ui, event->key);
        break;
    case UI_EVENT_PASTE:
        handle_paste(ui, event->key);
        break;
    case UI_EVENT_CLICK:
    case UI_EVENT_WHEEL:
        handle_mouse(ui, event);
        break;
    case UI_EVENT_CLOSED:
        ui->quit = true;
        break;
    case UI_EVENT_NONE:
        break;
    }
}
