/* The article reader: text with its figures highlighted and numbered, what each of them says. */
#include <math.h>
#include <stdlib.h>

#include "frame.h"
#include "rows.h"
#include "text.h"

#define SIDE_LEAST_WIDTH 110 /* of the body, from which on the figures stand beside the text */
#define SIDE_WIDTH 42
#define DETAIL_HEIGHT 6 /* of the box below the text */
#define MEASURE 92      /* the longest line that is read with ease */
#define DETAIL_LEAST 14 /* lines of the body that leave room for the box */

struct reader {
    int64_t id;
    int64_t *list; /* of articles that J and K walk */
    size_t list_len;
    struct store_article article;
    struct ui_span *spans;
    size_t span_count;
    struct dw_arena wrapped; /* the text at one width */
    struct ui_text text;
    int width; /* that it is wrapped to; 0: not yet */
    bool ascii;
    size_t top;
    size_t page;
    int figure;  /* the current one; -1: none */
    bool follow; /* scroll to the current figure in the next frame */
    struct ui_rect text_area;
    struct ui_rect list_area;
};

/* ---- Reading ---- */

/* The number before a mention: circled, as far as there are circled digits. */
static struct dw_str mark_of(struct dw_arena *arena, size_t number, bool ascii)
{
    char bytes[4];
    if (ascii || number > 20)
        return dw_str_format(arena, "[%zu]", number);
    size_t len = dw_utf8_put(bytes, (uint32_t)(0x2460 + number - 1));
    return dw_str_dup(arena, (struct dw_str){bytes, len});
}

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
                                             .label = mark_of(arena, i + 1, ascii),
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

/* ---- The figures ---- */

static void draw_list(struct ui *ui, struct reader *state, struct ui_rect rect)
{
    const struct store_figure_rows *figures = &state->article.figures;
    struct dw_arena *arena = &ui->frame;
    struct ui_frame frame = {.title = DW_STR("Figures"),
                             .note = ui_format_count(arena, (int64_t)figures->len)};
    struct ui_rect inner = ui_frame_draw(ui->screen, rect, &frame);
    size_t page = inner.height > 0 ? (size_t)inner.height : 1;
    size_t current = state->figure > 0 ? (size_t)state->figure : 0;
    size_t first = current >= page ? current - page + 1 : 0;
    state->list_area = inner;
    if (figures->len == 0) {
        static const struct dw_str empty[] = {DW_STR_INIT("no figures in this text")};
        ui_frame_empty(ui->screen, inner, empty, 1);
    }
    for (size_t i = first; i < figures->len && i - first < page; i++) {
        const struct dw_figure *figure = &figures->at[i].figure;
        int y = inner.y + (int)(i - first);
        bool selected = (int)i == state->figure;
        ui_style flags = selected ? UI_STYLE_SELECT : 0;
        struct dw_str mark = mark_of(arena, i + 1, state->ascii);
        int mark_width = figures->len > 20 || state->ascii ? 5 : 2;
        int x = inner.x + 1;
        int amount_width = 10;
        int status_width = 11;
        int kind_width = inner.width - 3 - mark_width - amount_width - status_width;
        ui_fill(ui->screen, (struct ui_rect){inner.x, y, inner.width, 1}, UI_ROLE_TEXT | flags,
                UI_GLYPH_SPACE);
        if (selected)
            ui_put_glyph(ui->screen, inner.x, y, UI_ROLE_FOCUS | flags, UI_GLYPH_SELECT);
        ui_style kind = (ui_style)(ui_kind_role(figure->kind) | flags);
        ui_put_field(ui->screen, (struct ui_field){x, y, mark_width, UI_LEFT}, kind, mark);
        x += mark_width + 1;
        ui_put_field(ui->screen, (struct ui_field){x, y, kind_width, UI_LEFT}, UI_ROLE_TEXT | flags,
                     dw_kind_name(figure->kind));
        x += kind_width;
        ui_put_field(ui->screen, (struct ui_field){x, y, amount_width, UI_RIGHT}, kind,
                     ui_figure_amount(arena, figure, state->ascii));
        x += amount_width + 1;
        ui_put_field(ui->screen, (struct ui_field){x, y, status_width, UI_LEFT},
                     (ui_style)(ui_status_role(figure->status) | flags),
                     ui_status_text(arena, figure->status));
    }
}

struct fact {
    struct dw_str name;
    struct dw_str text;
    ui_style style;
};

#define FACTS 11

static struct dw_str joined(struct ui *ui, const struct dw_strs *list)
{
    return list->len == 0 ? ui_glyph(ui->screen, UI_GLYPH_NONE)
                          : dw_strs_join(&ui->frame, list, DW_STR(", "));
}

static struct dw_str or_none(struct ui *ui, struct dw_str text)
{
    return text.len > 0 ? text : ui_glyph(ui->screen, UI_GLYPH_NONE);
}

/* How sure, in a number and a word. */
static struct dw_str sureness(struct ui *ui, double confidence)
{
    const char *word = confidence >= 0.85 ? "high" : confidence >= 0.6 ? "fair" : "low";
    return dw_str_format(&ui->frame, "%.2f  %s", confidence, word);
}

static size_t facts_of(struct ui *ui, const struct reader *state, struct fact facts[FACTS])
{
    const struct store_figure_row *row = &state->article.figures.at[state->figure];
    const struct dw_figure *figure = &row->figure;
    struct dw_arena *arena = &ui->frame;
    struct ui_amount amount = {figure->unit, figure->qualifier, figure->value, figure->low,
                               figure->high};
    struct dw_str exact = ui_format_exact(arena, &amount, state->ascii);
    struct dw_str qualifier = dw_qualifier_name(figure->qualifier);
    size_t n = 0;
    facts[n++] = (struct fact){DW_STR("value"),
                               dw_str_format(arena, "%.*s  %.*s", DW_FMT(exact), DW_FMT(qualifier)),
                               ui_kind_role(figure->kind)};
    facts[n++] = (struct fact){DW_STR("from"), joined(ui, &figure->from), UI_ROLE_COMPANY};
    facts[n++] = (struct fact){DW_STR("to"), joined(ui, &figure->to), UI_ROLE_COMPANY};
    facts[n++] = (struct fact){DW_STR("status"), ui_status_text(arena, figure->status),
                               ui_status_role(figure->status)};
    facts[n++] = (struct fact){DW_STR("term"), or_none(ui, figure->term), UI_ROLE_TEXT};
    facts[n++] = (struct fact){DW_STR("when"), or_none(ui, figure->when), UI_ROLE_TEXT};
    facts[n++] = (struct fact){DW_STR("said by"), joined(ui, &figure->attribution), UI_ROLE_TEXT};
    facts[n++] = (struct fact){DW_STR("sure"), sureness(ui, figure->confidence), UI_ROLE_TEXT};
    facts[n++] =
        (struct fact){DW_STR("told"),
                      dw_str_format(arena, "%zu time%s in this text", figure->mention_count,
                                    figure->mention_count == 1 ? "" : "s"),
                      UI_ROLE_TEXT};
    facts[n++] =
        (struct fact){DW_STR("event"),
                      row->event > 0 ? dw_str_format(arena, "E-%d  Enter opens it", (int)row->event)
                                     : ui_glyph(ui->screen, UI_GLYPH_NONE),
                      UI_ROLE_TEXT};
    facts[n++] = (struct fact){DW_STR("rule"), or_none(ui, figure->rule), UI_ROLE_MUTED};
    return n;
}

static struct dw_str detail_title(struct ui *ui, const struct reader *state)
{
    const struct dw_figure *figure = &state->article.figures.at[state->figure].figure;
    struct dw_str mark = mark_of(&ui->frame, (size_t)state->figure + 1, state->ascii);
    struct dw_str kind = dw_kind_name(figure->kind);
    return dw_str_format(&ui->frame, "%.*s %.*s", DW_FMT(mark), DW_FMT(kind));
}

static void draw_detail(struct ui *ui, const struct reader *state, struct ui_rect rect)
{
    if (state->figure < 0)
        return;
    struct fact facts[FACTS];
    size_t count = facts_of(ui, state, facts);
    struct ui_frame frame = {.title = detail_title(ui, state)};
    struct ui_rect inner = ui_frame_draw(ui->screen, rect, &frame);
    for (size_t i = 0; i < count && (int)i < inner.height; i++) {
        int y = inner.y + (int)i;
        (void)ui_put(ui->screen, inner.x + 1, y, UI_ROLE_MUTED, facts[i].name);
        ui_put_field(ui->screen, (struct ui_field){inner.x + 10, y, inner.width - 11, UI_LEFT},
                     facts[i].style, facts[i].text);
    }
}

/* Where the article stands, to be opened with o. */
static void draw_places(struct ui *ui, const struct reader *state, struct ui_rect rect)
{
    struct ui_frame frame = {.title = DW_STR("Found in")};
    struct ui_rect inner = ui_frame_draw(ui->screen, rect, &frame);
    for (size_t i = 0; i < state->article.place_count && (int)i < inner.height; i++) {
        const struct store_place *place = &state->article.places[i];
        struct ui_field field = {inner.x + 1, inner.y + (int)i, inner.width - 2, UI_LEFT};
        ui_put_field(ui->screen, field, UI_ROLE_FEED, place->feed_title);
    }
    int left = inner.height - (int)state->article.place_count;
    if (left > 0)
        ui_put_field(
            ui->screen,
            (struct ui_field){inner.x + 1, inner.y + inner.height - left, inner.width - 2, UI_LEFT},
            UI_ROLE_LINK, state->article.row.url);
}

/* The same in few lines, for narrow screens. */
static void draw_compact(struct ui *ui, const struct reader *state, struct ui_rect rect)
{
    if (state->figure < 0)
        return;
    const struct store_figure_row *row = &state->article.figures.at[state->figure];
    struct dw_arena *arena = &ui->frame;
    struct ui_frame frame = {.title = detail_title(ui, state)};
    frame.note = dw_str_format(arena, "%d of %zu", state->figure + 1, state->article.figures.len);
    struct ui_rect inner = ui_frame_draw(ui->screen, rect, &frame);
    struct dw_str dot = ui_glyph(ui->screen, UI_GLYPH_DOT);
    struct fact facts[FACTS];
    (void)facts_of(ui, state, facts);
    struct dw_str lines[4];
    lines[0] = ui_figure_line(arena, ui->screen, &row->figure);
    lines[1] = dw_str_format(arena, "%.*s %.*s sure %.*s", DW_FMT(facts[0].text), DW_FMT(dot),
                             DW_FMT(facts[7].text));
    lines[2] =
        dw_str_format(arena, "said by %.*s %.*s when %.*s %.*s term %.*s", DW_FMT(facts[6].text),
                      DW_FMT(dot), DW_FMT(facts[5].text), DW_FMT(dot), DW_FMT(facts[4].text));
    lines[3] = dw_str_format(arena, "%.*s %.*s rule %.*s", DW_FMT(facts[8].text), DW_FMT(dot),
                             DW_FMT(facts[10].text));
    for (int i = 0; i < 4 && i < inner.height; i++)
        ui_put_field(ui->screen,
                     (struct ui_field){inner.x + 1, inner.y + i, inner.width - 2, UI_LEFT},
                     i == 0 ? ui_kind_role(row->figure.kind) : UI_ROLE_TEXT, lines[i]);
}

static void draw_side(struct ui *ui, struct reader *state, struct ui_rect side)
{
    int figures = (int)state->article.figures.len + 2;
    int detail = state->figure >= 0 ? FACTS + 2 : 0;
    int places = (int)state->article.place_count + 3;
    if (figures > side.height - detail)
        figures = side.height - detail;
    if (figures < 3)
        figures = 3;
    int left = side.height - figures - detail;
    if (left < places)
        figures += left;
    draw_list(ui, state, (struct ui_rect){side.x, side.y, side.width, figures});
    draw_detail(ui, state, (struct ui_rect){side.x, side.y + figures, side.width, detail});
    if (left >= places)
        draw_places(ui, state,
                    (struct ui_rect){side.x, side.y + figures + detail, side.width, left});
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
        draw_compact(ui, state,
                     (struct ui_rect){body.x, body.y + text.height, body.width, DETAIL_HEIGHT});
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
    struct dw_str mark = mark_of(arena, (size_t)state->figure + 1, state->ascii);
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
    .contexts = UI_IN_ALL | UI_IN_READER,
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
