/* What the tables of events and articles show in each cell, and what can be done to a row. */
#include "rows.h"

#include <math.h>

#include "chart.h"

/* ---- Events ---- */

static int64_t event_key(const void *context, size_t row)
{
    return ((const struct ui_event_source *)context)->rows.at[row].id;
}

static struct dw_str time_text(struct ui *ui, int64_t time)
{
    return ui->dates ? ui_format_day(&ui->frame, time, ui->now)
                     : ui_format_age(&ui->frame, time, ui->now);
}

/* The employer, or whoever the figure is about. */
static struct dw_str company_of(struct ui *ui, const struct dw_figure *figure)
{
    const struct dw_strs *parties = figure->from.len > 0 ? &figure->from : &figure->to;
    return ui_parties(&ui->frame, ui->screen, parties);
}

static void draw_bar(const struct ui_event_source *source, const struct store_event_row *row,
                     const struct ui_slot *slot)
{
    const struct dw_figure *figure = &row->figure;
    double value = isnan(figure->value) ? figure->low : figure->value;
    bool people = dw_str_eq(figure->unit, DW_STR("people"));
    bool talk = figure->status == DW_STATUS_RUMORED || figure->status == DW_STATUS_TALKS ||
                figure->qualifier == DW_QUALIFIER_VAGUE;
    if (!people || isnan(value) || figure->status == DW_STATUS_DENIED)
        return;
    double share[2] = {value, source->most};
    ui_chart_bar(slot->screen, slot->field,
                 (ui_style)((talk ? UI_ROLE_BAR_TALK : UI_ROLE_PEOPLE) | slot->flags), share, talk);
}

static void draw_trend(const struct store_event_row *row, const struct ui_slot *slot)
{
    if (row->trend == 0)
        return;
    ui_put_glyph(slot->screen, slot->field.x, slot->field.y,
                 (ui_style)((row->trend > 0 ? UI_ROLE_RISE : UI_ROLE_FALL) | slot->flags),
                 row->trend > 0 ? UI_GLYPH_UP : UI_GLYPH_DOWN);
}

static ui_style amount_role(const struct dw_figure *figure)
{
    return figure->status == DW_STATUS_DENIED ? UI_ROLE_DENIED : ui_kind_role(figure->kind);
}

/* Text and role of the columns that are only that. */
static struct dw_str event_text(struct ui *ui, const struct store_event_row *row, int column,
                                ui_style *style)
{
    const struct dw_figure *figure = &row->figure;
    struct dw_arena *arena = &ui->frame;
    switch ((enum ui_event_column)column) {
    case UI_EVENT_STATUS:
        *style = ui_status_role(figure->status);
        return dw_str_format(arena, "%c", dw_status_sign(figure->status));
    case UI_EVENT_STATUS_WORD:
        *style = ui_status_role(figure->status);
        return ui_status_text(arena, figure->status);
    case UI_EVENT_FROM:
        *style = figure->from.len > 0 ? UI_ROLE_COMPANY : UI_ROLE_MUTED;
        return ui_parties(arena, ui->screen, &figure->from);
    case UI_EVENT_TO:
        *style = figure->to.len > 0 ? UI_ROLE_COMPANY : UI_ROLE_MUTED;
        return ui_parties(arena, ui->screen, &figure->to);
    case UI_EVENT_PARTIES:
        *style = UI_ROLE_COMPANY;
        return ui_from_to(arena, ui->screen, figure);
    case UI_EVENT_COMPANY:
        *style = UI_ROLE_COMPANY;
        return company_of(ui, figure);
    case UI_EVENT_KIND:
        *style = UI_ROLE_MUTED;
        return dw_kind_name(figure->kind);
    case UI_EVENT_KIND_SHORT:
        *style = UI_ROLE_MUTED;
        return dw_kind_label(figure->kind);
    case UI_EVENT_AMOUNT:
        *style = amount_role(figure);
        return ui_figure_amount(arena, figure, ui->screen->ascii);
    case UI_EVENT_SOURCES:
        *style = UI_ROLE_MUTED;
        return ui_format_count(arena, row->sources);
    case UI_EVENT_AGE:
        *style = UI_ROLE_MUTED;
        return time_text(ui, row->last_seen);
    case UI_EVENT_DAY:
        *style = UI_ROLE_MUTED;
        return ui_format_day(arena, row->last_seen, ui->now);
    case UI_EVENT_SURE:
        *style = UI_ROLE_MUTED;
        return dw_str_format(arena, "%.2f", row->confidence);
    case UI_EVENT_STAR:
        *style = UI_ROLE_NEW;
        return row->starred ? DW_STR("*") : DW_STR(" ");
    case UI_EVENT_TREND:
    case UI_EVENT_BAR:
        break;
    }
    return DW_STR("");
}

static void draw_event_cell(const void *context, size_t row, int column, const struct ui_slot *slot)
{
    const struct ui_event_source *source = context;
    const struct store_event_row *event = &source->rows.at[row];
    if (column == UI_EVENT_BAR) {
        draw_bar(source, event, slot);
        return;
    }
    if (column == UI_EVENT_TREND) {
        draw_trend(event, slot);
        return;
    }
    ui_style style = UI_ROLE_TEXT;
    struct dw_str text = event_text(source->ui, event, column, &style);
    ui_slot_put(slot, style, text);
}

struct ui_rows ui_event_rows(const struct ui_event_source *source)
{
    return (struct ui_rows){source, source->rows.len, event_key, draw_event_cell};
}

void ui_copy(struct ui *ui, struct dw_str text)
{
    ui->screen->ops->copy(ui->screen, text);
    ui_say(ui, UI_TONE_GOOD, "sent to the terminal's clipboard: %.*s", DW_FMT(text));
}

unsigned ui_event_act(const struct ui_event_source *source, size_t row, enum ui_action action)
{
    struct ui *ui = source->ui;
    if (row >= source->rows.len)
        return UI_IGNORED;
    struct store_event_row *event = &source->rows.at[row];
    switch (action) {
    case UI_ACTION_OPEN:
        ui_open_event(ui, event->id);
        return UI_REDRAW;
    case UI_ACTION_COPY:
        ui_copy(ui, ui_figure_line(&ui->frame, ui->screen, &event->figure));
        return UI_REDRAW;
    case UI_ACTION_STAR:
        if (!ui->engine || !engine_mark_event_starred(ui->engine, event->id, !event->starred))
            ui_say(ui, UI_TONE_ERROR, "cannot be starred: the store is only read");
        else
            event->starred = !event->starred;
        return UI_REDRAW;
    default:
        return UI_IGNORED;
    }
}

/* ---- Articles ---- */

static int64_t article_key(const void *context, size_t row)
{
    return ((const struct ui_article_source *)context)->rows.at[row].id;
}

/* The figure that a headline is about: the first that the article tells. */
static const struct store_chip *main_chip(const struct store_article_row *row)
{
    return row->chip_count > 0 ? &row->chips[0] : NULL;
}

static void draw_chip(struct ui *ui, const struct store_article_row *row, bool kind,
                      const struct ui_slot *slot)
{
    const struct store_chip *chip = main_chip(row);
    if (!chip) {
        ui_slot_put(slot, UI_ROLE_MUTED, DW_STR(""));
        return;
    }
    if (kind) {
        ui_slot_put(slot, UI_ROLE_MUTED, dw_kind_label(chip->kind));
        return;
    }
    ui_style style = chip->status == DW_STATUS_DENIED ? UI_ROLE_DENIED : ui_kind_role(chip->kind);
    ui_slot_put(slot, style, ui_chip_amount(&ui->frame, chip, ui->screen->ascii));
}

static void draw_unread(struct ui *ui, const struct store_article_row *row,
                        const struct ui_slot *slot)
{
    bool fresh = ui->last_visit != DW_TIME_NONE && row->first_seen > ui->last_visit;
    if (row->starred)
        ui_slot_put(slot, UI_ROLE_NEW, DW_STR("*"));
    else if (!row->read)
        ui_slot_put(slot, fresh ? UI_ROLE_NEW : UI_ROLE_MUTED,
                    ui_glyph(slot->screen, fresh ? UI_GLYPH_UNREAD : UI_GLYPH_DOT));
}

static void draw_article_cell(const void *context, size_t row, int column,
                              const struct ui_slot *slot)
{
    const struct ui_article_source *source = context;
    const struct store_article_row *article = &source->rows.at[row];
    struct ui *ui = source->ui;
    switch ((enum ui_article_column)column) {
    case UI_ARTICLE_AGE:
        ui_slot_put(slot, UI_ROLE_MUTED, time_text(ui, article->at));
        break;
    case UI_ARTICLE_UNREAD:
        draw_unread(ui, article, slot);
        break;
    case UI_ARTICLE_FEED:
        ui_slot_put(slot, UI_ROLE_FEED, article->feed_title);
        break;
    case UI_ARTICLE_TITLE:
        ui_slot_put(slot, article->read ? UI_ROLE_READ : UI_ROLE_UNREAD,
                    article->title.len > 0 ? article->title : DW_STR("(no title)"));
        break;
    case UI_ARTICLE_CHIP:
        draw_chip(ui, article, false, slot);
        break;
    case UI_ARTICLE_CHIP_KIND:
        draw_chip(ui, article, true, slot);
        break;
    }
}

struct ui_rows ui_article_rows(const struct ui_article_source *source)
{
    return (struct ui_rows){source, source->rows.len, article_key, draw_article_cell};
}

struct ui_target ui_article_target(const struct ui_article_source *source, struct dw_arena *arena,
                                   size_t row)
{
    struct ui_target target = {.article = source->rows.at[row].id};
    int64_t *ids = dw_arena_array(arena, source->rows.len, sizeof *ids);
    if (!ids)
        return target;
    for (size_t i = 0; i < source->rows.len; i++)
        ids[i] = source->rows.at[i].id;
    target.articles = ids;
    target.article_count = source->rows.len;
    return target;
}

static unsigned mark(struct ui *ui, struct store_article_row *row, enum ui_action action)
{
    bool star = action == UI_ACTION_STAR;
    bool done = ui->engine && (star ? engine_mark_starred(ui->engine, row->id, !row->starred)
                                    : engine_mark_read(ui->engine, row->id, !row->read));
    if (!done) {
        ui_say(ui, UI_TONE_ERROR, "cannot be marked: the store is only read");
        return UI_REDRAW;
    }
    /* shown at once; the engine's message brings what was stored */
    if (star)
        row->starred = !row->starred;
    else
        row->read = !row->read;
    return UI_REDRAW;
}

/* Asks for the article's page; the engine's message brings its text. */
static unsigned want_page(struct ui *ui, const struct store_article_row *row)
{
    if (row->url.len == 0)
        ui_say(ui, UI_TONE_ERROR, "this article has no page");
    else if (!ui->engine || !engine_page_want(ui->engine, row->id))
        ui_say(ui, UI_TONE_ERROR, "nothing is fetched here: the store is only read");
    else
        ui_say(ui, UI_TONE_PLAIN, "asking for the article's page");
    return UI_REDRAW;
}

unsigned ui_article_act(const struct ui_article_source *source, size_t row, enum ui_action action)
{
    struct ui *ui = source->ui;
    if (row >= source->rows.len)
        return UI_IGNORED;
    struct store_article_row *article = &source->rows.at[row];
    struct ui_target target;
    switch (action) {
    case UI_ACTION_OPEN:
        target = ui_article_target(source, &ui->frame, row);
        ui_open_article(ui, &target);
        return UI_REDRAW;
    case UI_ACTION_BROWSER:
        ui_browse(ui, article->url);
        return UI_REDRAW;
    case UI_ACTION_FULL_TEXT:
        return want_page(ui, article);
    case UI_ACTION_COPY:
        ui_copy(ui, article->url.len > 0 ? article->url : article->title);
        return UI_REDRAW;
    case UI_ACTION_MARK_READ:
    case UI_ACTION_STAR:
        return mark(ui, article, action);
    default:
        return UI_IGNORED;
    }
}
