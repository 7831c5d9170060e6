/* Adding a feed: what a search finds at the address that the user typed, to choose from. */
#include <string.h>

#include "frame.h"
#include "rows.h"
#include "table.h"
#include "text.h"
#include "view.h"

enum found_column { FOUND_ADDRESS, FOUND_TITLE, FOUND_FORMAT, FOUND_HOW };

static const struct ui_column found_columns[] = {
    {FOUND_ADDRESS, DW_STR_INIT("address"), 16, 40, true, UI_LEFT, 100, 0},
    {FOUND_TITLE, DW_STR_INIT("title"), 10, 24, true, UI_LEFT, 90, 0},
    {FOUND_FORMAT, DW_STR_INIT("format"), 7, 8, false, UI_LEFT, 50, 0},
    {FOUND_HOW, DW_STR_INIT("found"), 12, 18, false, UI_LEFT, 60, 0},
};

struct found {
    struct dw_str address;
    struct engine_search *search;
    const struct engine_find *result; /* NULL: it goes on */
    const struct dw_error *err;       /* why it found nothing */
    char asking[DW_ERROR_BYTES];
    size_t asked; /* requests so far */
    struct ui_table table;
};

/* ---- Rows ---- */

static const struct engine_feeds_found *feeds_of(const struct found *state)
{
    static const struct engine_feeds_found none;
    return state->result ? &state->result->found : &none;
}

static int64_t feed_key(const void *context, size_t row)
{
    (void)context;
    return (int64_t)row;
}

static void draw_feed_cell(const void *context, size_t row, int column, const struct ui_slot *slot)
{
    const struct engine_feed_found *feed = &feeds_of(context)->at[row];
    switch ((enum found_column)column) {
    case FOUND_ADDRESS:
        ui_slot_put(slot, UI_ROLE_STRONG, feed->url);
        break;
    case FOUND_TITLE:
        ui_slot_put(slot, UI_ROLE_TEXT, feed->title);
        break;
    case FOUND_FORMAT:
        ui_slot_put(slot, UI_ROLE_MUTED, feed->format);
        break;
    case FOUND_HOW:
        ui_slot_put(slot, UI_ROLE_MUTED, feed->how);
        break;
    }
}

static struct ui_rows rows_of(const struct found *state)
{
    return (struct ui_rows){state, feeds_of(state)->len, feed_key, draw_feed_cell};
}

/* ---- The search ---- */

static bool found_open(struct ui *ui, struct ui_view *view, const struct ui_target *target)
{
    struct found *state = view->state;
    struct dw_error err;
    state->address = dw_str_dup(&view->life, target->address);
    ui_table_init(&state->table, found_columns, sizeof found_columns / sizeof found_columns[0]);
    state->search = engine_search_new(ui->engine, state->address, &err);
    return state->search != NULL;
}

static void found_close(struct ui_view *view)
{
    engine_search_free(((struct found *)view->state)->search);
}

static void found_hear(struct ui *ui, struct ui_view *view, const struct engine_message *message)
{
    struct found *state = view->state;
    bool lost = message->kind == ENGINE_LOST;
    (void)ui;
    if (state->result || (message->kind != ENGINE_SEARCH && !lost))
        return;
    if (!lost && message->text[0] != '\0') {
        memcpy(state->asking, message->text, sizeof state->asking);
        state->asked++;
    }
    state->result = engine_search_result(state->search, &state->err);
    struct ui_rows rows = rows_of(state);
    ui_table_reload(&state->table, &rows);
}

/* ---- Drawing ---- */

/* What there is to say instead of a list. */
static struct dw_str words_of(struct dw_arena *arena, const struct found *state)
{
    if (!state->result)
        return dw_str_format(arena,
                             "Looking for the feeds of %.*s\n\nasking %s (%zu so far)\n\nq "
                             "gives up",
                             DW_FMT(state->address), state->asking, state->asked);
    if (state->result->answered)
        return dw_str_format(arena, "No feed was found at %.*s\n\n%s\n\nq goes back",
                             DW_FMT(state->address), state->err->message);
    return dw_str_format(arena,
                         "%.*s could not be asked\n\n%s\n\nEnter adds the address as it is: "
                         "it is asked again later; q goes back",
                         DW_FMT(state->address), state->err->message);
}

static void found_draw(struct ui *ui, struct ui_view *view, struct ui_rect body)
{
    struct found *state = view->state;
    struct ui_rows rows = rows_of(state);
    struct ui_frame frame = {.title = DW_STR("Add a feed"), .focused = true};
    if (rows.count > 0)
        frame.note = DW_STR("Enter subscribes, q goes back");
    struct ui_rect inner = ui_frame_draw(ui->screen, body, &frame);
    if (rows.count > 0) {
        ui_table_draw(&state->table, ui->screen, inner, &rows, true);
        return;
    }
    struct ui_rect area = {inner.x + 1, inner.y, inner.width - 2, inner.height};
    struct dw_str words = words_of(&ui->frame, state);
    struct ui_text text = ui_text_wrap(&ui->frame, words, NULL, 0, area.width);
    ui_text_draw(&text, ui->screen, area, 0, -1);
}

/* ---- Keys and mouse ---- */

static unsigned copy_selected(struct ui *ui, const struct found *state)
{
    const struct engine_feeds_found *feeds = feeds_of(state);
    if (state->table.selected >= feeds->len)
        return UI_IGNORED;
    ui_copy(ui, feeds->at[state->table.selected].url);
    return UI_REDRAW;
}

/* Tells what came of handing an address to the engine. */
static unsigned told(struct ui *ui, struct dw_str url, bool is_taken)
{
    if (!is_taken) {
        ui_say(ui, UI_TONE_ERROR, "the engine has no time for another feed just now");
        return UI_REDRAW;
    }
    ui_say(ui, UI_TONE_PLAIN, "adding %.*s", DW_FMT(url));
    return UI_POP | UI_REDRAW;
}

/* An address that did not answer, as it is. */
static unsigned add_unseen(struct ui *ui, struct dw_str address)
{
    if (dw_str_find(address, DW_STR("://"), 0) == SIZE_MAX)
        address = dw_str_format(&ui->frame, "https://%.*s", DW_FMT(address));
    return told(ui, address, engine_feed_add(ui->engine, address));
}

/* Subscribes to what is selected; to the address itself where nobody answers there now. */
static unsigned add_selected(struct ui *ui, const struct found *state)
{
    const struct engine_feeds_found *feeds = feeds_of(state);
    if (state->table.selected < feeds->len)
        return told(ui, feeds->at[state->table.selected].url,
                    engine_search_subscribe(state->search, state->table.selected));
    if (!state->result)
        ui_say(ui, UI_TONE_PLAIN, "still looking for feeds: q gives up");
    else if (state->result->answered)
        ui_say(ui, UI_TONE_ERROR, "there is no feed to add: q goes back");
    else
        return add_unseen(ui, state->address);
    return UI_REDRAW;
}

static unsigned found_act(struct ui *ui, struct ui_view *view, enum ui_action action)
{
    struct found *state = view->state;
    struct ui_rows rows = rows_of(state);
    if (action == UI_ACTION_OPEN)
        return add_selected(ui, state);
    if (action == UI_ACTION_COPY)
        return copy_selected(ui, state);
    return ui_table_act(&state->table, &rows, action) ? UI_REDRAW : UI_IGNORED;
}

static unsigned found_mouse(struct ui *ui, struct ui_view *view, const struct ui_event *event)
{
    struct found *state = view->state;
    struct ui_rows rows = rows_of(state);
    if (event->type == UI_EVENT_WHEEL) {
        ui_table_wheel(&state->table, &rows, event->key);
        return UI_REDRAW;
    }
    if (ui_table_click(&state->table, &rows, event->x, event->y) == UI_HIT_AGAIN)
        return add_selected(ui, state);
    return UI_REDRAW;
}

const struct ui_view_ops ui_view_found = {
    .title = DW_STR_INIT("Add a feed"),
    .tab = DW_STR_INIT("Add"),
    .contexts = UI_IN_ALL | UI_IN_LIST,
    .state_size = sizeof(struct found),
    .open = found_open,
    .close = found_close,
    .draw = found_draw,
    .act = found_act,
    .mouse = found_mouse,
    .hear = found_hear,
};
