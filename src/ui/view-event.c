/* The page of one event: what is known now, how it came to be, who says so in which words. */
#include <math.h>

#include "frame.h"
#include "rows.h"
#include "text.h"

#define HEAD_HEIGHT 8
#define SENTENCE_HEIGHT 6
#define SENTENCE_LEAST 20 /* lines of the body that leave room for the sentence */

enum timeline_column { TIME_MARK, TIME_WHEN, TIME_OUTLET, TIME_STATUS, TIME_AMOUNT, TIME_SAYS };

static const struct ui_column timeline_columns[] = {
    {TIME_MARK, DW_STR_INIT(""), 1, 1, false, UI_LEFT, 60, 0},
    {TIME_WHEN, DW_STR_INIT("published"), 12, 13, false, UI_LEFT, 70, 0},
    {TIME_OUTLET, DW_STR_INIT("feed"), 9, 16, false, UI_LEFT, 80, 0},
    {TIME_STATUS, DW_STR_INIT("status"), 10, 11, false, UI_LEFT, 85, 0},
    {TIME_AMOUNT, DW_STR_INIT("amount"), 8, 10, false, UI_RIGHT, 90, 0},
    {TIME_SAYS, DW_STR_INIT("what it says"), 12, 20, true, UI_LEFT, 100, 0},
};

struct event_page {
    int64_t id;
    struct ui *ui;
    struct store_event event;
    struct ui_table table;
};

static bool event_open(struct ui *ui, struct ui_view *view, const struct ui_target *target)
{
    struct event_page *state = view->state;
    state->id = target->event;
    state->ui = ui;
    ui_table_init(&state->table, timeline_columns,
                  sizeof timeline_columns / sizeof timeline_columns[0]);
    return true;
}

static int64_t evidence_key(const void *context, size_t row)
{
    return ((const struct event_page *)context)->event.evidence.at[row].figure_id;
}

/* Whether a piece of evidence changed the event or told it again. */
static bool changed_it(const struct event_page *state, const struct store_evidence *evidence)
{
    for (size_t i = 0; i < state->event.revision_count; i++) {
        if (state->event.revisions[i].figure == evidence->figure_id)
            return true;
    }
    return false;
}

static void draw_evidence_cell(const void *context, size_t row, int column,
                               const struct ui_slot *slot)
{
    const struct event_page *state = context;
    const struct store_evidence *evidence = &state->event.evidence.at[row];
    struct dw_arena *arena = &state->ui->frame;
    bool changed = changed_it(state, evidence);
    switch ((enum timeline_column)column) {
    case TIME_MARK:
        ui_slot_put(slot, changed ? UI_ROLE_NEW : UI_ROLE_MUTED,
                    ui_glyph(slot->screen, changed ? UI_GLYPH_CHANGED : UI_GLYPH_CONFIRMED));
        break;
    case TIME_WHEN:
        ui_slot_put(slot, UI_ROLE_MUTED, ui_format_moment(arena, evidence->published));
        break;
    case TIME_OUTLET:
        ui_slot_put(slot, UI_ROLE_FEED, evidence->outlet);
        break;
    case TIME_STATUS:
        ui_slot_put(slot, ui_status_role(evidence->figure.status),
                    ui_status_text(arena, evidence->figure.status));
        break;
    case TIME_AMOUNT:
        ui_slot_put(slot, ui_kind_role(evidence->figure.kind),
                    ui_figure_amount(arena, &evidence->figure, slot->screen->ascii));
        break;
    case TIME_SAYS:
        ui_slot_put(slot, UI_ROLE_TEXT,
                    evidence->sentence.len > 0 ? evidence->sentence : evidence->title);
        break;
    }
}

static struct ui_rows rows_of(const struct event_page *state)
{
    return (struct ui_rows){state, state->event.evidence.len, evidence_key, draw_evidence_cell};
}

static bool event_refresh(struct ui *ui, struct ui_view *view, struct dw_arena *into,
                          struct dw_error *err)
{
    struct event_page *state = view->state;
    struct store_event event = {.row = {.id = 0}};
    if (!store_event_read(ui->store, into, state->id, &event, err))
        return false;
    if (event.row.id == 0)
        return dw_error_set(err, DW_ERR_STORE, "this event is no longer in the store");
    state->event = event;
    struct ui_rows rows = rows_of(state);
    ui_table_reload(&state->table, &rows);
    return true;
}

/* ---- Drawing ---- */

static struct dw_str revision_amount(struct ui *ui, const struct event_page *state,
                                     const struct store_revision *revision)
{
    struct ui_amount amount = {state->event.row.figure.unit, revision->qualifier, revision->value,
                               revision->low, revision->high};
    return ui_format_amount(&ui->frame, &amount, ui->screen->ascii);
}

/* Amounts (or statuses) in the order in which they were told, an arrow between two. */
static int draw_steps(struct ui *ui, const struct event_page *state, struct ui_field field,
                      bool statuses)
{
    int x = field.x;
    struct dw_str before = DW_STR("");
    for (size_t i = 0; i < state->event.revision_count; i++) {
        const struct store_revision *revision = &state->event.revisions[i];
        struct dw_str text = statuses ? ui_status_text(&ui->frame, revision->status)
                                      : revision_amount(ui, state, revision);
        if (dw_str_eq(text, before) || x + ui_width(text) > field.x + field.width)
            continue;
        if (before.len > 0) {
            ui_put_glyph(ui->screen, x + 1, field.y, UI_ROLE_MUTED, UI_GLYPH_ARROW);
            x += 3;
        }
        x += ui_put(ui->screen, x, field.y,
                    statuses ? ui_status_role(revision->status)
                             : ui_kind_role(state->event.row.figure.kind),
                    text);
        before = text;
    }
    return x - field.x;
}

/* "-4%": the last value against the first. */
static struct dw_str change_text(struct ui *ui, const struct event_page *state)
{
    size_t count = state->event.revision_count;
    if (count < 2)
        return DW_STR("");
    double first = state->event.revisions[0].value;
    double last = state->event.row.figure.value;
    if (isnan(first) || isnan(last) || !(first > 0) || fabs(last - first) / first < 0.001)
        return DW_STR("");
    return dw_str_format(&ui->frame, "(%+.0f%%)", (last - first) / first * 100);
}

static void draw_head_line(struct ui *ui, struct ui_rect inner, int line, struct dw_str name,
                           struct dw_str text)
{
    if (line >= inner.height)
        return;
    (void)ui_put(ui->screen, inner.x + 1, inner.y + line, UI_ROLE_MUTED, name);
    ui_put_field(ui->screen,
                 (struct ui_field){inner.x + 10, inner.y + line, inner.width - 11, UI_LEFT},
                 UI_ROLE_TEXT, text);
}

static void draw_head(struct ui *ui, const struct event_page *state, struct ui_rect rect)
{
    const struct store_event_row *row = &state->event.row;
    const struct dw_figure *figure = &row->figure;
    struct dw_arena *arena = &ui->frame;
    struct dw_str parties = ui_from_to(arena, ui->screen, figure);
    struct dw_str kind = dw_kind_name(figure->kind);
    struct dw_str dot = ui_glyph(ui->screen, UI_GLYPH_DOT);
    struct ui_frame frame = {
        .title = dw_str_format(arena, "%.*s %.*s %.*s", DW_FMT(parties), DW_FMT(dot), DW_FMT(kind)),
        .note = dw_str_format(arena, "E-%d", (int)row->id)};
    struct ui_rect inner = ui_frame_draw(ui->screen, rect, &frame);
    struct ui_amount amount = {figure->unit, figure->qualifier, figure->value, figure->low,
                               figure->high};
    struct dw_str exact = ui_format_exact(arena, &amount, ui->screen->ascii);
    struct dw_str qualifier = dw_qualifier_name(figure->qualifier);
    struct dw_str status = ui_status_text(arena, figure->status);
    struct dw_str first = ui_format_moment(arena, row->first_seen);
    struct dw_str last = ui_format_moment(arena, row->last_seen);
    draw_head_line(ui, inner, 0, DW_STR("now"),
                   dw_str_format(arena, "%.*s %.*s   %.*s   sure %.2f", DW_FMT(exact),
                                 DW_FMT(qualifier), DW_FMT(status), row->confidence));
    struct ui_field steps = {inner.x + 10, inner.y + 1, inner.width - 20, UI_LEFT};
    draw_head_line(ui, inner, 1, DW_STR("amount"), DW_STR(""));
    draw_head_line(ui, inner, 2, DW_STR("status"), DW_STR(""));
    if (inner.height > 2) {
        int used = draw_steps(ui, state, steps, false);
        (void)ui_put(ui->screen, steps.x + used + 2, steps.y,
                     row->trend > 0 ? UI_ROLE_RISE : UI_ROLE_FALL, change_text(ui, state));
        steps.y++;
        (void)draw_steps(ui, state, steps, true);
    }
    draw_head_line(ui, inner, 3, DW_STR("seen"),
                   dw_str_format(arena, "first %.*s   last %.*s", DW_FMT(first), DW_FMT(last)));
    draw_head_line(ui, inner, 4, DW_STR("sources"),
                   dw_str_format(arena, "%d independent, %zu report%s", (int)row->sources,
                                 state->event.evidence.len,
                                 state->event.evidence.len == 1 ? "" : "s"));
    draw_head_line(
        ui, inner, 5, DW_STR("terms"),
        dw_str_format(arena, "%s%.*s%s%.*s%s%s", figure->term.len > 0 ? "for " : "",
                      DW_FMT(figure->term), figure->when.len > 0 ? "  when " : "",
                      DW_FMT(figure->when), figure->each ? "  for each party" : "",
                      figure->term.len + figure->when.len > 0 || figure->each ? "" : "none told"));
}

static void draw_sentence(struct ui *ui, const struct event_page *state, struct ui_rect rect)
{
    if (state->table.selected >= state->event.evidence.len)
        return;
    const struct store_evidence *evidence = &state->event.evidence.at[state->table.selected];
    struct dw_str moment = ui_format_moment(&ui->frame, evidence->published);
    struct ui_frame frame = {.title = evidence->outlet, .note = moment};
    struct ui_rect inner = ui_frame_draw(ui->screen, rect, &frame);
    struct ui_rect area = {inner.x + 1, inner.y, inner.width - 2, inner.height};
    ui_put_field(ui->screen, (struct ui_field){area.x, area.y, area.width, UI_LEFT}, UI_ROLE_STRONG,
                 evidence->title);
    struct ui_text text = ui_text_wrap(&ui->frame, evidence->sentence, NULL, 0, area.width);
    ui_text_draw(&text, ui->screen,
                 (struct ui_rect){area.x, area.y + 1, area.width, area.height - 1}, 0, -1);
}

static void event_draw(struct ui *ui, struct ui_view *view, struct ui_rect body)
{
    struct event_page *state = view->state;
    if (state->event.row.id == 0)
        return;
    int head = body.height >= 16 ? HEAD_HEIGHT : 5;
    int sentence = body.height >= SENTENCE_LEAST ? SENTENCE_HEIGHT : 0;
    struct ui_rect upper = {body.x, body.y, body.width, head};
    struct ui_rect middle = {body.x, body.y + head, body.width, body.height - head - sentence};
    draw_head(ui, state, upper);
    struct ui_frame frame = {.title = DW_STR("Timeline"),
                             .note = ui->screen->ascii ? DW_STR("* changed it  o told it again")
                                                       : DW_STR("● changed it  ○ told it again"),
                             .focused = true};
    struct ui_rect inner = ui_frame_draw(ui->screen, middle, &frame);
    struct ui_rows rows = rows_of(state);
    ui_table_draw(&state->table, ui->screen, inner, &rows, true);
    if (sentence > 0)
        draw_sentence(ui, state,
                      (struct ui_rect){body.x, middle.y + middle.height, body.width, sentence});
}

/* ---- Keys and mouse ---- */

static void open_evidence(struct ui *ui, const struct event_page *state, size_t row)
{
    const struct store_evidences *evidence = &state->event.evidence;
    struct ui_target target = {.article = evidence->at[row].article};
    int64_t *ids = dw_arena_array(&ui->frame, evidence->len, sizeof *ids);
    if (ids) {
        for (size_t i = 0; i < evidence->len; i++) {
            bool again = target.article_count > 0 &&
                         ids[target.article_count - 1] == evidence->at[i].article;
            if (!again)
                ids[target.article_count++] = evidence->at[i].article;
        }
        target.articles = ids;
    }
    ui_open_article(ui, &target);
}

static unsigned event_act(struct ui *ui, struct ui_view *view, enum ui_action action)
{
    struct event_page *state = view->state;
    struct ui_rows rows = rows_of(state);
    if (ui_table_act(&state->table, &rows, action))
        return UI_REDRAW;
    size_t row = state->table.selected;
    if (row >= state->event.evidence.len)
        return UI_IGNORED;
    switch (action) {
    case UI_ACTION_OPEN:
        open_evidence(ui, state, row);
        return UI_REDRAW;
    case UI_ACTION_BROWSER:
        ui_browse(ui, state->event.evidence.at[row].url);
        return UI_REDRAW;
    default:
        break;
    }
    struct ui_event_source one = {ui, {&state->event.row, 1, 1}, 0};
    return ui_event_act(&one, 0, action);
}

static unsigned event_mouse(struct ui *ui, struct ui_view *view, const struct ui_event *event)
{
    struct event_page *state = view->state;
    struct ui_rows rows = rows_of(state);
    if (event->type == UI_EVENT_WHEEL) {
        ui_table_wheel(&state->table, &rows, event->key);
        return UI_REDRAW;
    }
    if (ui_table_click(&state->table, &rows, event->x, event->y) == UI_HIT_AGAIN)
        return event_act(ui, view, UI_ACTION_OPEN);
    return UI_REDRAW;
}

static struct dw_str event_note(struct ui *ui, struct ui_view *view, struct dw_arena *arena)
{
    (void)ui;
    return dw_str_format(arena, "event E-%d", (int)((struct event_page *)view->state)->id);
}

static struct dw_str event_line(struct ui *ui, struct ui_view *view, struct dw_arena *arena)
{
    struct event_page *state = view->state;
    return state->event.row.id > 0 ? ui_figure_line(arena, ui->screen, &state->event.row.figure)
                                   : DW_STR("");
}

const struct ui_view_ops ui_view_event = {
    .title = DW_STR_INIT("Event"),
    .tab = DW_STR_INIT("Event"),
    .contexts = UI_IN_ALL | UI_IN_LIST | UI_IN_NEWS | UI_IN_EVENTS,
    .target = QUERY_EVENTS,
    .state_size = sizeof(struct event_page),
    .open = event_open,
    .refresh = event_refresh,
    .draw = event_draw,
    .act = event_act,
    .mouse = event_mouse,
    .line = event_line,
    .note = event_note,
};
