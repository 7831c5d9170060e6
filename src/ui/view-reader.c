/* The article reader: text with its figures highlighted and numbered, what each of them says. */
#include <math.h>
#include <stdlib.h>

#include "frame.h"
#include "reader.h"

#define SIDE_LEAST_WIDTH 110 /* of the body, from which on the figures stand beside the text */
#define SIDE_WIDTH 42
#define DETAIL_HEIGHT 6 /* of the box below the text */
#define MEASURE 92      /* the longest line that is read with ease */
#define DETAIL_LEAST 14 /* lines of the body that leave room for the box */

/* ---- Reading ---- */

static int compare_spans(const void *a, const void *b)
{
    const struct ui_span *x = a;
    const struct ui_span *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

/* One span per mention in the text, in order; where two overlap the first stays. */
static bool make_spans(const struct store_article *article, bool ascii, struct dw_arena *arena,
                       struct ui_span **out, size_t *count)
{
    size_t room = 0;
    for (size_t i = 0; i < article->figures.len; i++)
        room += article->figures.at[i].figure.mention_count;
    struct ui_span *spans = dw_arena_array(arena, room > 0 ? room : 1, sizeof *spans);
    size_t made = 0;
    if (!spans)
        return false;
    for (size_t i = 0; i < article->figures.len; i++) {
        const struct dw_figure *figure = &article->figures.at[i].figure;
        for (size_t j = 0; j < figure->mention_count; j++) {
            const struct dw_mention *mention = &figure->mentions[j];
            if (mention->in_title || mention->end > article->text.len ||
                mention->start >= mention->end)
                continue;
            spans[made++] = (struct ui_span){.start = mention->start,
                                             .end = mention->end,
                                             .style = ui_kind_role(figure->kind) | UI_STYLE_BOLD,
                                             .label = ui_reader_mark(arena, i + 1, ascii),
                                             .id = (int)i};
        }
    }
    qsort(spans, made, sizeof *spans, compare_spans);
    size_t kept = 0;
    for (size_t i = 0; i < made; i++) {
        if (kept == 0 || spans[i].start >= spans[kept - 1].end)
            spans[kept++] = spans[i];
    }
    *out = spans;
    *count = kept;
    return true;
}

static bool reader_open(struct ui *ui, struct ui_view *view, const struct ui_target *target)
{
    struct reader *state = view->state;
    state->id = target->article;
    state->figure = -1;
    state->ascii = ui->screen->ascii;
    dw_arena_init(&state->wrapped, DW_LIMIT_QUERY_ARENA);
    state->list = dw_arena_array(&view->life, target->article_count + 1, sizeof *state->list);
    if (!state->list)
        return false;
    for (size_t i = 0; i < target->article_count; i++)
        state->list[i] = target->articles[i];
    state->list_len = target->article_count;
    return true;
}

static void reader_close(struct ui_view *view)
{
    dw_arena_release(&((struct reader *)view->state)->wrapped);
}

static bool reader_refresh(struct ui *ui, struct ui_view *view, struct dw_arena *into,
                           struct dw_error *err)
{
    struct reader *state = view->state;
    struct store_article article = {.row = {.id = 0}};
    struct ui_span *spans = NULL;
    size_t count = 0;
    if (!store_article_read(ui->store, into, state->id, &article, err))
        return false;
    if (article.row.id == 0)
        return dw_error_set(err, DW_ERR_STORE, "this article is no longer in the store");
    if (!make_spans(&article, state->ascii, into, &spans, &count))
        return dw_error_set(err, DW_ERR_MEMORY, "no memory for the article");
    bool first = state->article.row.id != article.row.id;
    state->article = article;
    state->spans = spans;
    state->span_count = count;
    state->width = 0;
    if (state->figure >= (int)article.figures.len)
        state->figure = -1;
    if (first && state->figure < 0 && article.figures.len > 0)
        state->figure = 0;
    if (first && !article.row.read && ui->engine &&
        !engine_mark_read(ui->engine, article.row.id, true))
        ui_say(ui, UI_TONE_ERROR, "the article could not be marked read");
    return true;
}

/* ---- The text ---- */

static struct dw_str shown_text(const struct reader *state)
{
    return state->article.text.len > 0 ? state->article.text : state->article.summary;
}

static void wrap_to(struct reader *state, int width)
{
    if (state->width == width)
        return;
    dw_arena_release(&state->wrapped);
    bool has_text = state->article.text.len > 0;
    state->text = ui_text_wrap(&state->wrapped, shown_text(state), state->spans,
                               has_text ? state->span_count : 0, width);
    state->width = width;
}

static void keep_in_view(struct reader *state, size_t page)
{
    size_t lines = state->text.lines.len;
    size_t last = lines > page ? lines - page : 0;
    size_t line = state->follow && state->figure >= 0 ? ui_text_line_of(&state->text, state->figure)
                                                      : SIZE_MAX;
    if (line != SIZE_MAX && (line < state->top || line >= state->top + page))
        state->top = line > page / 3 ? line - page / 3 : 0;
    state->follow = false;
    if (state->top > last)
        state->top = last;
    state->page = page;
}

/* Title, by-line and a rule; gives the lines used. */
static int draw_head(struct ui *ui, const struct reader *state, struct ui_rect area)
{
    const struct store_article_row *row = &state->article.row;
    struct dw_arena *arena = &ui->frame;
    struct ui_text title = ui_text_wrap(arena, row->title, NULL, 0, area.width);
    int height = area.height >= 12 ? 2 : 1;
    if ((int)title.lines.len < height)
        height = (int)title.lines.len;
    for (int i = 0; i < height; i++) {
        int x = area.x;
        for (size_t j = 0; j < title.lines.at[i].count; j++)
            x +=
                ui_put(ui->screen, x, area.y + i, UI_ROLE_STRONG, title.lines.at[i].pieces[j].text);
    }
    if (area.height < 8)
        return height;
    struct dw_str dot = ui_glyph(ui->screen, UI_GLYPH_DOT);
    struct dw_str by = row->author.len > 0
                           ? dw_str_format(arena, "by %.*s %.*s ", DW_FMT(row->author), DW_FMT(dot))
                           : DW_STR("");
    struct dw_str places =
        state->article.place_count > 1
            ? dw_str_format(arena, " %.*s in %zu feeds", DW_FMT(dot), state->article.place_count)
            : DW_STR("");
    struct dw_str line =
        dw_str_format(arena, "%.*s%zu figure%s%.*s", DW_FMT(by), state->article.figures.len,
                      state->article.figures.len == 1 ? "" : "s", DW_FMT(places));
    ui_put_field(ui->screen, (struct ui_field){area.x, area.y + height, area.width, UI_LEFT},
                 UI_ROLE_MUTED, line);
    ui_fill(ui->screen, (struct ui_rect){area.x, area.y + height + 1, area.width, 1},
            UI_ROLE_BORDER, UI_GLYPH_H);
    return height + (area.height >= 12 ? 3 : 2);
}

static struct dw_str place_note(struct ui *ui, const struct reader *state)
{
    size_t lines = state->text.lines.len;
    size_t end = state->top + state->page;
    if (lines <= state->page || lines == 0)
        return DW_STR("");
    end = end < lines ? end : lines;
    return dw_str_format(&ui->frame, "%zu-%zu of %zu lines  %zu%%", state->top + 1, end, lines,
                         end * 100 / lines);
}

static void draw_text(struct ui *ui, struct reader *state, struct ui_rect rect)
{
    struct ui_rect inner = ui_rect_shrink(rect, 1);
    struct ui_rect page = {inner.x + 1, inner.y, inner.width - 2, inner.height};
    if (page.width > MEASURE) {
        page.x += (page.width - MEASURE) / 4;
        page.width = MEASURE;
    }
    struct dw_str moment = ui_format_moment(&ui->frame, state->article.row.at);
    struct dw_str dot = ui_glyph(ui->screen, UI_GLYPH_DOT);
    struct ui_frame frame = {.title = DW_STR("Article"), .focused = true};
    frame.note = dw_str_format(&ui->frame, "%.*s %.*s %.*s", DW_FMT(state->article.row.feed_title),
                               DW_FMT(dot), DW_FMT(moment));
    (void)ui_frame_draw(ui->screen, rect, &frame);
    int head = draw_head(ui, state, page);
    struct ui_rect area = {page.x, page.y + head, page.width, page.height - head};
    if (area.height < 1)
        return;
    wrap_to(state, area.width);
    keep_in_view(state, (size_t)area.height);
    state->text_area = area;
    ui_text_draw(&state->text, ui->screen, area, state->top, state->figure);
    if (shown_text(state).len == 0) {
        static const struct dw_str empty[] = {
            DW_STR_INIT("the feed gives no text"),
            DW_STR_INIT("o opens the page in the browser"),
        };
        ui_frame_empty(ui->screen, area, empty, 2);
    }
    struct dw_str note = place_note(ui, state);
    int x = rect.x + rect.width - 3 - ui_width(note);
    (void)ui_put(ui->screen, x, rect.y + rect.height - 1, UI_ROLE_MUTED, note);
}

static void draw_side(struct ui *ui, struct reader *state, struct ui_rect side)
{
    int figures = (int)state->article.figures.len + 2;
    int detail = state->figure >= 0 ? UI_READER_FACTS + 2 : 0;
    int places = (int)state->article.place_count + 3;
    if (figures > side.height - detail)
        figures = side.height - detail;
    if (figures < 3)
        figures = 3;
    int left = side.height - figures - detail;
    if (left < places)
        figures += left;
    ui_reader_draw_list(ui, state, (struct ui_rect){side.x, side.y, side.width, figures});
    ui_reader_draw_detail(ui, state,
                          (struct ui_rect){side.x, side.y + figures, side.width, detail});
    if (left >= places)
        ui_reader_draw_places(
            ui, state, (struct ui_rect){side.x, side.y + figures + detail, side.width, left});
}

static void reader_draw(struct ui *ui, struct ui_view *view, struct ui_rect body)
{
    struct reader *state = view->state;
    state->text_area = (struct ui_rect){0, 0, 0, 0};
    state->list_area = state->text_area;
    if (state->article.row.id == 0)
        return;
    struct ui_rect text = body;
    if (body.width >= SIDE_LEAST_WIDTH) {
        text.width -= SIDE_WIDTH;
        draw_side(ui, state,
                  (struct ui_rect){body.x + text.width, body.y, SIDE_WIDTH, body.height});
    } else if (body.height >= DETAIL_LEAST && state->figure >= 0) {
        text.height -= DETAIL_HEIGHT;
        ui_reader_draw_compact(
            ui, state, (struct ui_rect){body.x, body.y + text.height, body.width, DETAIL_HEIGHT});
    }
    draw_text(ui, state, text);
}

/* ---- Keys and mouse ---- */

static unsigned step_figure(struct ui *ui, struct reader *state, int step)
{
    int count = (int)state->article.figures.len;
    if (count == 0) {
        ui_say(ui, UI_TONE_PLAIN, "no figures in this article");
        return UI_REDRAW;
    }
    state->figure =
        state->figure < 0 ? (step > 0 ? 0 : count - 1) : (state->figure + step + count) % count;
    state->follow = true;
    return UI_REDRAW;
}

static unsigned step_article(struct ui *ui, struct ui_view *view, int step)
{
    struct reader *state = view->state;
    size_t at = SIZE_MAX;
    for (size_t i = 0; i < state->list_len; i++) {
        if (state->list[i] == state->id)
            at = i;
    }
    bool first = step < 0 && at == 0;
    if (at == SIZE_MAX || first || (step > 0 && at + 1 >= state->list_len)) {
        ui_say(ui, UI_TONE_PLAIN,
               step > 0 ? "this is the last article of the list"
                        : "this is the first article of the list");
        return UI_REDRAW;
    }
    state->id = state->list[step > 0 ? at + 1 : at - 1];
    state->figure = -1;
    state->top = 0;
    return UI_REDRAW | UI_RELOAD;
}

static unsigned scroll(struct reader *state, enum ui_action action)
{
    size_t page = state->page > 1 ? state->page - 1 : 1;
    size_t lines = state->text.lines.len;
    size_t last = lines > state->page ? lines - state->page : 0;
    size_t by = 0;
    bool up = false;
    switch (action) {
    case UI_ACTION_UP:
    case UI_ACTION_DOWN:
        by = 1;
        up = action == UI_ACTION_UP;
        break;
    case UI_ACTION_HALF_UP:
    case UI_ACTION_HALF_DOWN:
        by = page / 2 + 1;
        up = action == UI_ACTION_HALF_UP;
        break;
    case UI_ACTION_PAGE_UP:
    case UI_ACTION_PAGE_DOWN:
        by = page;
        up = action == UI_ACTION_PAGE_UP;
        break;
    case UI_ACTION_FIRST:
    case UI_ACTION_LAST:
        by = lines;
        up = action == UI_ACTION_FIRST;
        break;
    default:
        return UI_IGNORED;
    }
    if (up)
        state->top = state->top > by ? state->top - by : 0;
    else
        state->top = last > by && state->top < last - by ? state->top + by : last;
    return UI_REDRAW;
}

static unsigned reader_act(struct ui *ui, struct ui_view *view, enum ui_action action)
{
    struct reader *state = view->state;
    if (state->article.row.id == 0)
        return UI_IGNORED;
    switch (action) {
    case UI_ACTION_FIGURE_NEXT:
        return step_figure(ui, state, 1);
    case UI_ACTION_FIGURE_PREVIOUS:
        return step_figure(ui, state, -1);
    case UI_ACTION_ARTICLE_NEXT:
        return step_article(ui, view, 1);
    case UI_ACTION_ARTICLE_PREVIOUS:
        return step_article(ui, view, -1);
    case UI_ACTION_OPEN:
        if (state->figure < 0 || state->article.figures.at[state->figure].event == 0)
            ui_say(ui, UI_TONE_PLAIN, "no event to open: n goes to a figure first");
        else
            ui_open_event(ui, state->article.figures.at[state->figure].event);
        return UI_REDRAW;
    default:
        break;
    }
    unsigned scrolled = scroll(state, action);
    if (scrolled != UI_IGNORED)
        return scrolled;
    struct ui_article_source one = {ui, {&state->article.row, 1, 1}};
    return ui_article_act(&one, 0, action);
}

static unsigned reader_mouse(struct ui *ui, struct ui_view *view, const struct ui_event *event)
{
    struct reader *state = view->state;
    if (event->type == UI_EVENT_WHEEL) {
        for (int i = 0; i < 3; i++)
            (void)scroll(state, event->key == UI_KEY_UP ? UI_ACTION_UP : UI_ACTION_DOWN);
        return UI_REDRAW;
    }
    int figure = ui_text_span_at(&state->text, state->text_area, state->top, event->x, event->y);
    if (ui_rect_has(state->list_area, event->x, event->y)) {
        size_t page = (size_t)state->list_area.height;
        size_t current = state->figure > 0 ? (size_t)state->figure : 0;
        size_t first = current >= page ? current - page + 1 : 0;
        figure = (int)first + event->y - state->list_area.y;
        state->follow = true;
    }
    if (figure < 0 || figure >= (int)state->article.figures.len)
        return UI_IGNORED;
    if (figure == state->figure)
        return reader_act(ui, view, UI_ACTION_OPEN);
    state->figure = figure;
    return UI_REDRAW;
}

static struct dw_str reader_line(struct ui *ui, struct ui_view *view, struct dw_arena *arena)
{
    const struct reader *state = view->state;
    if (state->article.row.id == 0 || state->figure < 0)
        return DW_STR("");
    const struct dw_figure *figure = &state->article.figures.at[state->figure].figure;
    struct dw_str mark = ui_reader_mark(arena, (size_t)state->figure + 1, state->ascii);
    struct dw_str line = ui_figure_line(arena, ui->screen, figure);
    struct dw_str dot = ui_glyph(ui->screen, UI_GLYPH_DOT);
    return dw_str_format(arena, "%.*s %.*s %.*s sure %.2f %.*s %.*s", DW_FMT(mark), DW_FMT(line),
                         DW_FMT(dot), figure->confidence, DW_FMT(dot), DW_FMT(figure->rule));
}

static struct dw_str reader_note(struct ui *ui, struct ui_view *view, struct dw_arena *arena)
{
    const struct reader *state = view->state;
    (void)ui;
    for (size_t i = 0; i < state->list_len; i++) {
        if (state->list[i] == state->id)
            return dw_str_format(arena, "article %zu of %zu", i + 1, state->list_len);
    }
    return DW_STR("");
}

const struct ui_view_ops ui_view_reader = {
    .title = DW_STR_INIT("Article"),
    .tab = DW_STR_INIT("Article"),
    .contexts = UI_IN_ALL | UI_IN_READER | UI_IN_NEWS,
    .target = QUERY_ARTICLES,
    .state_size = sizeof(struct reader),
    .open = reader_open,
    .close = reader_close,
    .refresh = reader_refresh,
    .draw = reader_draw,
    .act = reader_act,
    .mouse = reader_mouse,
    .line = reader_line,
    .note = reader_note,
};
