/* Wrapping and drawing of running text. */
#include "text.h"

#define UNBROKEN 24 /* bytes of a span that stays on one line: a figure is read in one go */

/* What wrapping works on. */
struct wrap {
    struct dw_arena *arena;
    struct ui_text *out;
    struct dw_str text;
    const struct ui_span *spans;
    size_t span_count;
    size_t span; /* the first that does not end before the present place */
    int width;
};

static struct ui_line *last_line(struct wrap *w)
{
    if (w->out->lines.len == 0)
        return dw_vec_push(w->arena, &w->out->lines);
    return &w->out->lines.at[w->out->lines.len - 1];
}

static void add_piece(struct wrap *w, struct dw_str text, ui_style style, int id)
{
    struct ui_line *line = last_line(w);
    if (!line || text.len == 0)
        return;
    struct ui_piece *end = line->count > 0 ? &line->pieces[line->count - 1] : NULL;
    if (end && end->id == id && end->style == style && end->text.at + end->text.len == text.at) {
        end->text.len += text.len;
    } else {
        line->pieces =
            dw_vec_room(w->arena, line->pieces, line->count, &line->cap, sizeof *line->pieces);
        if (line->count >= line->cap)
            return;
        line->pieces[line->count] = (struct ui_piece){text, style, id};
        line->count++;
    }
    line->width += ui_width(text);
}

/* The span that holds a byte, or NULL. Places only go forward. */
static const struct ui_span *span_at(struct wrap *w, size_t at)
{
    while (w->span < w->span_count && w->spans[w->span].end <= at)
        w->span++;
    if (w->span < w->span_count && w->spans[w->span].start <= at)
        return &w->spans[w->span];
    return NULL;
}

/* Adds text[from, to) to the present line, cut where spans begin and end. */
static void add_run(struct wrap *w, size_t from, size_t to)
{
    while (from < to) {
        const struct ui_span *span = span_at(w, from);
        size_t end = to;
        if (span && span->end < end)
            end = span->end;
        if (!span && w->span < w->span_count && w->spans[w->span].start < end)
            end = w->spans[w->span].start;
        if (span && span->start == from)
            add_piece(w, span->label, span->style, span->id);
        add_piece(w, dw_str_slice(w->text, from, end), span ? span->style : UI_ROLE_TEXT,
                  span ? span->id : -1);
        from = end;
    }
}

/* Cells of text[from, to) with the labels that begin in it. */
static int measure(struct wrap *w, size_t from, size_t to)
{
    int width = ui_width(dw_str_slice(w->text, from, to));
    (void)span_at(w, from);
    for (size_t i = w->span; i < w->span_count && w->spans[i].start < to; i++) {
        if (w->spans[i].start >= from)
            width += ui_width(w->spans[i].label);
    }
    return width;
}

/* A word that no line can hold is cut by cells. */
static void add_long_word(struct wrap *w, size_t from, size_t to)
{
    while (from < to) {
        struct ui_line *line = last_line(w);
        if (!line)
            return;
        int room = w->width - line->width;
        struct dw_str part = ui_cut(dw_str_slice(w->text, from, to), room > 0 ? room : 0);
        if (part.len == 0 && line->width == 0) {
            part = dw_str_slice(w->text, from, to);
            part = dw_utf8_cluster(&part);
        }
        add_run(w, from, from + part.len);
        from += part.len;
        if (from < to && !dw_vec_push(w->arena, &w->out->lines))
            return;
    }
}

static void add_word(struct wrap *w, size_t from, size_t to)
{
    struct ui_line *line = last_line(w);
    if (!line)
        return;
    int width = measure(w, from, to);
    if (line->width > 0 && line->width + 1 + width > w->width) {
        line = dw_vec_push(w->arena, &w->out->lines);
        if (!line)
            return;
    } else if (line->width > 0) {
        const struct ui_span *span = span_at(w, from - 1);
        bool inside = span && span->start < from - 1 && span->end >= from;
        add_piece(w, dw_str_slice(w->text, from - 1, from), inside ? span->style : UI_ROLE_TEXT,
                  inside ? span->id : -1);
    }
    if (width > w->width)
        add_long_word(w, from, to);
    else
        add_run(w, from, to);
}

/* Whether a line may end before text.at[at]: at white space, but not inside of a short span. */
static bool is_break(struct wrap *w, size_t at)
{
    if (w->text.at[at] == '\n')
        return true;
    if (w->text.at[at] != ' ')
        return false;
    const struct ui_span *span = span_at(w, at);
    return !span || span->start == at || span->end - span->start > UNBROKEN;
}

/* Looking ahead moves the place among the spans, which only goes forward otherwise. */
static size_t word_end(struct wrap *w, size_t at)
{
    size_t span = w->span;
    while (at < w->text.len && !is_break(w, at))
        at++;
    w->span = span;
    return at;
}

struct ui_text ui_text_wrap(struct dw_arena *arena, struct dw_str text, const struct ui_span *spans,
                            size_t span_count, int width)
{
    struct ui_text out = {.lines = {NULL, 0, 0}};
    struct wrap w = {.arena = arena,
                     .out = &out,
                     .text = text,
                     .spans = spans,
                     .span_count = span_count,
                     .width = width > 1 ? width : 1};
    size_t at = 0;
    while (at < text.len && !arena->failed) {
        size_t end = word_end(&w, at);
        if (end > at)
            add_word(&w, at, end);
        if (end < text.len && text.at[end] == '\n') {
            (void)last_line(&w);
            (void)dw_vec_push(arena, &out.lines);
        }
        at = end + 1;
    }
    return out;
}

void ui_text_draw(const struct ui_text *text, struct ui_screen *screen, struct ui_rect area,
                  size_t top, int current)
{
    struct ui_rect before = ui_screen_clip(screen, area);
    for (int row = 0; row < area.height && top + (size_t)row < text->lines.len; row++) {
        const struct ui_line *line = &text->lines.at[top + (size_t)row];
        int x = area.x;
        for (size_t i = 0; i < line->count; i++) {
            const struct ui_piece *piece = &line->pieces[i];
            bool reversed = piece->id >= 0 && piece->id == current;
            ui_style style = (ui_style)(piece->style | (reversed ? UI_STYLE_REVERSE : 0));
            x += ui_put(screen, x, area.y + row, style, piece->text);
        }
    }
    ui_screen_unclip(screen, before);
}

size_t ui_text_line_of(const struct ui_text *text, int id)
{
    for (size_t i = 0; i < text->lines.len; i++) {
        for (size_t j = 0; j < text->lines.at[i].count; j++) {
            if (text->lines.at[i].pieces[j].id == id)
                return i;
        }
    }
    return SIZE_MAX;
}

int ui_text_span_at(const struct ui_text *text, struct ui_rect area, size_t top, int x, int y)
{
    if (!ui_rect_has(area, x, y) || top + (size_t)(y - area.y) >= text->lines.len)
        return -1;
    const struct ui_line *line = &text->lines.at[top + (size_t)(y - area.y)];
    int at = area.x;
    for (size_t i = 0; i < line->count; i++) {
        at += ui_width(line->pieces[i].text);
        if (x < at)
            return line->pieces[i].id;
    }
    return -1;
}
