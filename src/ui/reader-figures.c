/* What the reader tells of an article's figures beside or below its text. */
#include "frame.h"
#include "reader.h"

struct dw_str ui_reader_mark(struct dw_arena *arena, size_t number, bool ascii)
{
    char bytes[4];
    if (ascii || number > 20)
        return dw_str_format(arena, "[%zu]", number);
    size_t len = dw_utf8_put(bytes, (uint32_t)(0x2460 + number - 1));
    return dw_str_dup(arena, (struct dw_str){bytes, len});
}

void ui_reader_draw_list(struct ui *ui, struct reader *state, struct ui_rect rect)
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
        struct dw_str mark = ui_reader_mark(arena, i + 1, state->ascii);
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

static size_t facts_of(struct ui *ui, const struct reader *state,
                       struct fact facts[UI_READER_FACTS])
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
    struct dw_str mark = ui_reader_mark(&ui->frame, (size_t)state->figure + 1, state->ascii);
    struct dw_str kind = dw_kind_name(figure->kind);
    return dw_str_format(&ui->frame, "%.*s %.*s", DW_FMT(mark), DW_FMT(kind));
}

void ui_reader_draw_detail(struct ui *ui, const struct reader *state, struct ui_rect rect)
{
    if (state->figure < 0)
        return;
    struct fact facts[UI_READER_FACTS];
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

void ui_reader_draw_places(struct ui *ui, const struct reader *state, struct ui_rect rect)
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

void ui_reader_draw_compact(struct ui *ui, const struct reader *state, struct ui_rect rect)
{
    if (state->figure < 0)
        return;
    const struct store_figure_row *row = &state->article.figures.at[state->figure];
    struct dw_arena *arena = &ui->frame;
    struct ui_frame frame = {.title = detail_title(ui, state)};
    frame.note = dw_str_format(arena, "%d of %zu", state->figure + 1, state->article.figures.len);
    struct ui_rect inner = ui_frame_draw(ui->screen, rect, &frame);
    struct dw_str dot = ui_glyph(ui->screen, UI_GLYPH_DOT);
    struct fact facts[UI_READER_FACTS];
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
