/* Feeds: the health of each, in words. */
#include <math.h>

#include "chart.h"
#include "frame.h"
#include "rows.h"

#define DETAIL_LEAST_HEIGHT 18
#define DETAIL_HEIGHT 8
#define SLOW_MILLISECONDS 5000

enum feed_column {
    FEED_STATE,
    FEED_TITLE,
    FEED_DAY,
    FEED_LAST,
    FEED_NEXT,
    FEED_STORED,
    FEED_FIGURES,
    FEED_TRIES,
    FEED_ANSWER
};

static const struct ui_column feed_columns[] = {
    {FEED_STATE, DW_STR_INIT(""), 4, 4, false, UI_LEFT, 90, 0},
    {FEED_TITLE, DW_STR_INIT("feed"), 12, 24, true, UI_LEFT, 100, 0},
    {FEED_DAY, DW_STR_INIT("24 h"), 4, 5, false, UI_RIGHT, 50, 0},
    {FEED_LAST, DW_STR_INIT("last"), 4, 5, false, UI_RIGHT, 70, 0},
    {FEED_NEXT, DW_STR_INIT("next"), 4, 5, false, UI_RIGHT, 60, 0},
    {FEED_STORED, DW_STR_INIT("stored"), 6, 7, false, UI_RIGHT, 40, 0},
    {FEED_FIGURES, DW_STR_INIT("fig%"), 4, 4, false, UI_RIGHT, 30, 0},
    {FEED_TRIES, DW_STR_INIT("12 tries"), 12, 12, false, UI_LEFT, 45, 0},
    {FEED_ANSWER, DW_STR_INIT("last answer"), 12, 20, true, UI_LEFT, 80, 0},
};

struct feeds {
    struct ui *ui;
    struct store_feeds list;
    struct ui_table table;
};

struct health {
    const char *word;
    ui_style role;
};

static struct health health_of(const struct store_feed *feed)
{
    const struct store_try *last = feed->try_count > 0 ? &feed->tries[feed->try_count - 1] : NULL;
    if (feed->pause == STORE_PAUSE_GONE)
        return (struct health){"gone", UI_ROLE_ERROR};
    if (feed->pause == STORE_PAUSE_USER)
        return (struct health){"off", UI_ROLE_MUTED};
    if (feed->last_try == DW_TIME_NONE)
        return (struct health){"new", UI_ROLE_NEW};
    if (feed->failures > 0)
        return (struct health){"FAIL", UI_ROLE_ERROR};
    if (feed->notice.len > 0)
        return (struct health){"warn", UI_ROLE_WARN};
    if (last && last->milliseconds > SLOW_MILLISECONDS)
        return (struct health){"slow", UI_ROLE_WARN};
    return (struct health){"ok", UI_ROLE_GOOD};
}

static struct dw_str answer_of(struct ui *ui, const struct store_feed *feed)
{
    const struct store_try *last = feed->try_count > 0 ? &feed->tries[feed->try_count - 1] : NULL;
    if (feed->failures > 0 && feed->error.len > 0)
        return feed->error;
    if (feed->last_try == DW_TIME_NONE)
        return DW_STR("not asked yet");
    if (feed->notice.len > 0)
        return feed->notice;
    double seconds = last ? (double)last->milliseconds / 1000 : 0;
    if (feed->local || feed->status == 0)
        return DW_STR("a local file");
    return dw_str_format(&ui->frame, "%d  %.1f s", feed->status, seconds);
}

/* How long until, in the letters of ages. */
static struct dw_str until(struct ui *ui, int64_t time)
{
    if (time == DW_TIME_NONE)
        return ui_glyph(ui->screen, UI_GLYPH_NONE);
    return ui_format_age(&ui->frame, ui->now, time);
}

/* Height is time, full is failure. */
static void draw_tries(const struct store_feed *feed, const struct ui_slot *slot)
{
    double values[STORE_TRIES];
    for (size_t i = 0; i < feed->try_count; i++) {
        double share = (double)feed->tries[i].milliseconds / (2.0 * SLOW_MILLISECONDS);
        values[i] = feed->tries[i].ok ? (share > 0.8 ? 0.8 : share) : 1;
    }
    for (size_t i = 0; i < feed->try_count; i++) {
        struct ui_field cell = {slot->field.x + (int)i, slot->field.y, 1, UI_LEFT};
        double share[2] = {values[i] < 0.1 ? 0.1 : values[i], 1};
        ui_chart_level(slot->screen, cell,
                       (ui_style)((feed->tries[i].ok ? UI_ROLE_BAR : UI_ROLE_ERROR) | slot->flags),
                       share);
    }
}

static void draw_feed_cell(const void *context, size_t row, int column, const struct ui_slot *slot)
{
    const struct feeds *state = context;
    const struct store_feed *feed = &state->list.at[row];
    struct ui *ui = state->ui;
    struct health health = health_of(feed);
    switch ((enum feed_column)column) {
    case FEED_STATE:
        ui_slot_put(slot, health.role, dw_str_from_c(health.word));
        break;
    case FEED_TITLE:
        ui_slot_put(slot, UI_ROLE_FEED, feed->title);
        break;
    case FEED_DAY:
        ui_slot_put(slot, UI_ROLE_TEXT, ui_format_count(&ui->frame, feed->articles_day));
        break;
    case FEED_LAST:
        ui_slot_put(slot, UI_ROLE_MUTED, ui_format_age(&ui->frame, feed->last_try, ui->now));
        break;
    case FEED_NEXT:
        ui_slot_put(slot, UI_ROLE_MUTED, until(ui, feed->next_try));
        break;
    case FEED_STORED:
        ui_slot_put(slot, UI_ROLE_TEXT, ui_format_count(&ui->frame, feed->articles));
        break;
    case FEED_FIGURES:
        ui_slot_put(slot, UI_ROLE_MUTED,
                    feed->articles > 0
                        ? dw_str_format(&ui->frame, "%d",
                                        (int)(feed->articles_with_figures * 100 / feed->articles))
                        : DW_STR(""));
        break;
    case FEED_TRIES:
        draw_tries(feed, slot);
        break;
    case FEED_ANSWER:
        ui_slot_put(slot, feed->failures > 0 ? UI_ROLE_ERROR : UI_ROLE_MUTED, answer_of(ui, feed));
        break;
    }
}

static int64_t feed_key(const void *context, size_t row)
{
    return ((const struct feeds *)context)->list.at[row].id;
}

static struct ui_rows rows_of(const struct feeds *state)
{
    return (struct ui_rows){state, state->list.len, feed_key, draw_feed_cell};
}

static bool feeds_open(struct ui *ui, struct ui_view *view, const struct ui_target *target)
{
    struct feeds *state = view->state;
    (void)target;
    state->ui = ui;
    ui_table_init(&state->table, feed_columns, sizeof feed_columns / sizeof feed_columns[0]);
    return true;
}

static bool feeds_refresh(struct ui *ui, struct ui_view *view, struct dw_arena *into,
                          struct dw_error *err)
{
    struct feeds *state = view->state;
    struct store_feeds list = {NULL, 0, 0};
    if (!store_feed_list(ui->store, into, &list, err))
        return false;
    state->list = list;
    struct ui_rows rows = rows_of(state);
    ui_table_reload(&state->table, &rows);
    return true;
}

/* ---- Drawing ---- */

static void draw_detail(struct ui *ui, const struct feeds *state, struct ui_rect rect)
{
    const struct store_feed *feed = &state->list.at[state->table.selected];
    struct dw_arena *arena = &ui->frame;
    struct health health = health_of(feed);
    struct dw_str tags = dw_strs_join(arena, &feed->tags, DW_STR(", "));
    struct dw_str newest = ui_format_moment(arena, feed->newest);
    struct dw_str ok = ui_format_moment(arena, feed->last_ok);
    struct dw_str none = ui_glyph(ui->screen, UI_GLYPH_NONE);
    struct ui_frame frame = {.title = feed->title, .note = dw_str_from_c(health.word)};
    struct ui_rect inner = ui_frame_draw(ui->screen, rect, &frame);
    const struct {
        struct dw_str name;
        struct dw_str text;
    } facts[] = {
        {DW_STR("address"), feed->url},
        {DW_STR("answer"), answer_of(ui, feed)},
        {DW_STR("tries"),
         dw_str_format(arena, "%d good, %d failed; last good one %.*s", (int)feed->ok_count,
                       (int)feed->fail_count, DW_FMT(ok.len > 0 ? ok : none))},
        {DW_STR("articles"),
         dw_str_format(arena, "%d stored, %.1f a day, newest %.*s", (int)feed->articles,
                       feed->per_day, DW_FMT(newest.len > 0 ? newest : none))},
        {DW_STR("tags"), tags.len > 0 ? tags : none},
        {DW_STR("page"), feed->home.len > 0 ? feed->home : none},
    };
    for (int i = 0; i < (int)(sizeof facts / sizeof facts[0]) && i < inner.height; i++) {
        (void)ui_put(ui->screen, inner.x + 1, inner.y + i, UI_ROLE_MUTED, facts[i].name);
        ui_put_field(ui->screen,
                     (struct ui_field){inner.x + 11, inner.y + i, inner.width - 12, UI_LEFT},
                     i == 1 && feed->failures > 0 ? UI_ROLE_ERROR : UI_ROLE_TEXT, facts[i].text);
    }
}

static void feeds_draw(struct ui *ui, struct ui_view *view, struct ui_rect body)
{
    struct feeds *state = view->state;
    struct ui_rows rows = rows_of(state);
    struct ui_rect upper = body;
    if (body.height >= DETAIL_LEAST_HEIGHT && rows.count > 0) {
        upper.height -= DETAIL_HEIGHT;
        draw_detail(ui, state,
                    (struct ui_rect){body.x, body.y + upper.height, body.width, DETAIL_HEIGHT});
    }
    struct dw_str dot = ui_glyph(ui->screen, UI_GLYPH_DOT);
    struct ui_frame frame = {.title = DW_STR("Feeds"), .focused = true};
    frame.note = dw_str_format(&ui->frame, "%zu feeds %.*s %d failing", rows.count, DW_FMT(dot),
                               (int)ui->counts.failing);
    struct ui_rect inner = ui_frame_draw(ui->screen, upper, &frame);
    if (rows.count == 0) {
        static const struct dw_str empty[] = {
            DW_STR_INIT("no feeds"),
            DW_STR_INIT("+ subscribes to one by its address, or by that of its site")};
        ui_frame_empty(ui->screen, inner, empty, 2);
        return;
    }
    ui_table_draw(&state->table, ui->screen, inner, &rows, true);
}

/* ---- Keys and mouse ---- */

static unsigned feeds_act(struct ui *ui, struct ui_view *view, enum ui_action action)
{
    struct feeds *state = view->state;
    struct ui_rows rows = rows_of(state);
    if (ui_table_act(&state->table, &rows, action))
        return UI_REDRAW;
    if (action == UI_ACTION_FEED_ADD) {
        if (ui->engine)
            ui_ask_address(ui);
        else
            ui_say(ui, UI_TONE_ERROR, "nothing can be added here: the store is only read");
        return UI_REDRAW;
    }
    if (state->table.selected >= state->list.len)
        return UI_IGNORED;
    const struct store_feed *feed = &state->list.at[state->table.selected];
    switch (action) {
    case UI_ACTION_REFRESH:
        if (!ui->engine || !engine_refresh(ui->engine, ENGINE_REFRESH_FEED, feed->id))
            ui_say(ui, UI_TONE_ERROR, "nothing is fetched here: the store is only read");
        else
            ui_say(ui, UI_TONE_PLAIN, "asking %.*s for news", DW_FMT(feed->title));
        return UI_REDRAW;
    case UI_ACTION_FEED_PAUSE:
        if (!ui->engine ||
            !engine_feed_pause(ui->engine, feed->id, feed->pause == STORE_PAUSE_NONE))
            ui_say(ui, UI_TONE_ERROR, "cannot be paused: the store is only read");
        else
            ui_say(ui, UI_TONE_PLAIN,
                   feed->pause == STORE_PAUSE_NONE ? "%.*s is paused" : "%.*s is asked again",
                   DW_FMT(feed->title));
        return UI_REDRAW;
    case UI_ACTION_BROWSER:
    case UI_ACTION_OPEN:
        ui_browse(ui, feed->home.len > 0 ? feed->home : feed->url);
        return UI_REDRAW;
    case UI_ACTION_COPY:
        ui_copy(ui, feed->url);
        return UI_REDRAW;
    default:
        return UI_IGNORED;
    }
}

static unsigned feeds_mouse(struct ui *ui, struct ui_view *view, const struct ui_event *event)
{
    struct feeds *state = view->state;
    struct ui_rows rows = rows_of(state);
    (void)ui;
    if (event->type == UI_EVENT_WHEEL)
        ui_table_wheel(&state->table, &rows, event->key);
    else
        (void)ui_table_click(&state->table, &rows, event->x, event->y);
    return UI_REDRAW;
}

const struct ui_view_ops ui_view_feeds = {
    .title = DW_STR_INIT("Feeds"),
    .tab = DW_STR_INIT("Feeds"),
    .contexts = UI_IN_ALL | UI_IN_FEEDS,
    .target = QUERY_ARTICLES,
    .state_size = sizeof(struct feeds),
    .open = feeds_open,
    .refresh = feeds_refresh,
    .draw = feeds_draw,
    .act = feeds_act,
    .mouse = feeds_mouse,
};
