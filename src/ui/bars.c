/* The frame around the view: tabs, ticker, status, hints. */
#include <math.h>

#include "view.h"
#include "words.h"

#define TICKER_LEAST_HEIGHT                                              \
    20 /* lines of the screen from which on there is room for the ticker \
        */
#define STATUS_LEAST_HEIGHT 16
#define TICKER_EVENTS 40 /* looked at, newest first */
#define TICKER_ITEMS 8   /* shown: the largest of them */
#define TICKER_PART 24   /* cells that are worth a part of an item */
#define TICKER_ARENA (4u << 20)

static void add_hit(struct ui *ui, struct ui_rect rect, enum ui_action action)
{
    if (ui->hit_count < UI_HITS)
        ui->hits[ui->hit_count++] = (struct ui_hit){rect, action};
}

/* ---- Top line ---- */

/* Draws to the right end of the top line, before `x`; gives where it begins. */
static int put_before(struct ui *ui, int x, int least, ui_style style, struct dw_str text)
{
    int width = ui_width(text);
    if (text.len == 0 || x - width - 2 < least)
        return x;
    (void)ui_put(ui->screen, x - width, 0, style, text);
    return x - width - 2;
}

/* Whole cells only: a half block would look like the mark of a selected row. */
static struct dw_str gauge(struct ui *ui, bool wide)
{
    const struct engine_progress *p = &ui->progress;
    if (!p->running || p->total == 0) {
        if (!wide || !ui->engine || p->due == DW_TIME_NONE || p->due <= ui->now)
            return DW_STR("");
        int64_t wait = p->due - ui->now;
        return dw_str_format(&ui->frame, "next %dm", (int)((wait + 59) / 60));
    }
    struct dw_str sign = ui_glyph(ui->screen, UI_GLYPH_REFRESH);
    if (!wide)
        return dw_str_format(&ui->frame, "%.*s %zu/%zu", DW_FMT(sign), p->done, p->total);
    struct dw_buf bar;
    dw_buf_init(&bar, 64);
    size_t full = p->done * 8 / p->total;
    for (size_t i = 0; i < 8; i++)
        dw_buf_add(&bar, ui_glyph(ui->screen, i < full ? UI_GLYPH_THUMB : UI_GLYPH_VAGUE));
    struct dw_str text = dw_str_format(&ui->frame, "%.*s %zu/%zu %.*s", DW_FMT(sign), p->done,
                                       p->total, DW_FMT(dw_buf_str(&bar)));
    dw_buf_release(&bar);
    return text;
}

static void draw_facts(struct ui *ui, int least)
{
    struct ui_screen *screen = ui->screen;
    struct ui_view *view = ui_view_now(ui);
    bool wide = screen->width >= 100;
    int x = screen->width - 1;
    struct dw_str clock =
        wide ? ui_format_clock(&ui->frame, ui->now) : ui_format_minute(&ui->frame, ui->now);
    x = put_before(ui, x, least, UI_ROLE_STRONG, clock);
    if (view->ops->note)
        x = put_before(ui, x, least, UI_ROLE_MUTED, view->ops->note(ui, view, &ui->frame));
    if (ui->options->demo)
        x = put_before(ui, x, least, UI_ROLE_BADGE, DW_STR(" demo "));
    if (ui->progress.offline || !ui->engine)
        x = put_before(ui, x, least, UI_ROLE_BADGE, DW_STR(" offline "));
    if (ui->paused)
        x = put_before(ui, x, least, UI_ROLE_BADGE, DW_STR(" paused "));
    if (ui->fresh > 0)
        x = put_before(ui, x, least, UI_ROLE_NEW, dw_str_format(&ui->frame, "%zu new", ui->fresh));
    if (ui->counts.failing > 0 && wide)
        x = put_before(ui, x, least, UI_ROLE_WARN,
                       dw_str_format(&ui->frame, "%d failing", (int)ui->counts.failing));
    (void)put_before(ui, x, least, UI_ROLE_MUTED, gauge(ui, wide));
}

#define FULL_TABS 134  /* cells of a line that holds the titles of all views beside the facts */
#define ROOMY_TABS 100 /* ... that of the present one */
#define BRAND 90       /* ... the name of the program */

static void draw_top(struct ui *ui)
{
    struct ui_screen *screen = ui->screen;
    bool full = screen->width >= FULL_TABS;
    bool roomy = screen->width >= ROOMY_TABS;
    int x = 1;
    if (screen->width >= BRAND)
        x += ui_put(screen, x, 0, UI_ROLE_BRAND, DW_STR(" dealwire ")) + 1;
    for (size_t i = 0; i < UI_ROOTS; i++) {
        bool active = ui->root == i;
        bool whole = full || (roomy && active);
        struct dw_str name = whole ? ui_roots[i].ops->title : ui_roots[i].ops->tab;
        struct dw_str key = ui_action_key(ui_roots[i].action);
        struct dw_str text =
            screen->width < 76 && !active
                ? dw_str_format(&ui->frame, " %.*s ", DW_FMT(key))
                : dw_str_format(&ui->frame, " %.*s %.*s ", DW_FMT(key), DW_FMT(name));
        int width = ui_put(screen, x, 0, active ? UI_ROLE_TAB_ACTIVE : UI_ROLE_TAB, text);
        add_hit(ui, (struct ui_rect){x, 0, width, 1}, ui_roots[i].action);
        x += width;
    }
    draw_facts(ui, x + 1);
}

/* ---- Ticker ---- */

static bool put_item(struct ui *ui, size_t item, const struct store_event_row *row)
{
    struct ui_ticker *ticker = &ui->ticker;
    struct dw_arena *arena = &ticker->arena;
    const struct dw_figure *figure = &row->figure;
    struct dw_str parties = ui_from_to(arena, ui->screen, figure);
    struct dw_str kind = dw_kind_name(figure->kind);
    struct dw_str amount = ui_figure_amount(arena, figure, ui->screen->ascii);
    struct dw_str status = ui_status_text(arena, figure->status);
    const char *trend = row->trend > 0   ? (ui->screen->ascii ? " ^" : " ▲")
                        : row->trend < 0 ? (ui->screen->ascii ? " v" : " ▼")
                                         : "";
    ticker->items[item] = dw_str_format(arena, "%.*s  %.*s %.*s%s %.*s", DW_FMT(parties),
                                        DW_FMT(amount), DW_FMT(kind), trend, DW_FMT(status));
    ticker->styles[item] = ui_kind_role(figure->kind);
    return !arena->failed;
}

/* How much an event is worth a person's glance. */
static double weight(const struct store_event_row *row)
{
    double size = isnan(row->usd) ? 0 : row->usd;
    if (row->figure.from.len + row->figure.to.len == 0)
        return 0; /* nobody did it */
    if (row->figure.kind == DW_KIND_LAYOFFS && !isnan(row->figure.value))
        size = row->figure.value * 1e5; /* a job weighs as much as what it costs a year */
    return size;
}

bool ui_ticker_read(struct ui *ui, struct dw_error *err)
{
    struct ui_ticker *ticker = &ui->ticker;
    struct dw_arena next;
    struct store_event_rows rows = {NULL, 0, 0};
    struct store_page page = {.limit = TICKER_EVENTS, .sort = STORE_EVENT_BY_TIME};
    dw_arena_init(&next, TICKER_ARENA);
    if (!store_event_list(ui->store, &next, &page, &rows, err)) {
        dw_arena_release(&next);
        return false;
    }
    dw_arena_release(&ticker->arena);
    ticker->arena = next;
    ticker->count = 0;
    ticker->items = dw_arena_array(&ticker->arena, TICKER_ITEMS, sizeof *ticker->items);
    ticker->styles = dw_arena_array(&ticker->arena, TICKER_ITEMS, sizeof *ticker->styles);
    if (!ticker->items || !ticker->styles)
        return dw_error_set(err, DW_ERR_MEMORY, "no memory for the ticker");
    while (ticker->count < TICKER_ITEMS && ticker->count < rows.len) {
        size_t best = ticker->count;
        for (size_t i = ticker->count; i < rows.len; i++) {
            if (weight(&rows.at[i]) > weight(&rows.at[best]))
                best = i;
        }
        struct store_event_row row = rows.at[best];
        rows.at[best] = rows.at[ticker->count];
        rows.at[ticker->count] = row;
        if (weight(&row) <= 0 || !put_item(ui, ticker->count, &row))
            break;
        ticker->count++;
    }
    if (ticker->first >= ticker->count)
        ticker->first = 0;
    return true;
}

void ui_ticker_step(struct ui *ui)
{
    struct ui_ticker *ticker = &ui->ticker;
    if (ticker->paused || ticker->count == 0 || ticker->shown >= ticker->count)
        return;
    ticker->first = (ticker->first + (ticker->shown > 0 ? ticker->shown : 1)) % ticker->count;
    ui->dirty = true;
}

static void draw_ticker(struct ui *ui, int y)
{
    struct ui_ticker *ticker = &ui->ticker;
    struct ui_screen *screen = ui->screen;
    int x = 1;
    ui_put_glyph(screen, x, y, UI_ROLE_FOCUS, UI_GLYPH_TICKER);
    x += 2;
    ticker->shown = 0;
    for (size_t i = 0; i < ticker->count; i++) {
        size_t item = (ticker->first + i) % ticker->count;
        struct dw_str text = ticker->items[item];
        int room = screen->width - 1 - x;
        int width = ui_width(text);
        bool whole = width + 3 <= room;
        if (i > 0 && !whole && room < TICKER_PART)
            break;
        if (i > 0) {
            ui_put_glyph(screen, x + 1, y, UI_ROLE_BORDER, UI_GLYPH_DOT);
            x += 3;
            room -= 3;
        }
        struct ui_field field = {x, y, width < room ? width : room, UI_LEFT};
        ui_put_field(screen, field, ticker->styles[item], text);
        x += width;
        if (!whole && i > 0)
            break; /* it comes first, whole, at the next step */
        ticker->shown++;
    }
    if (ticker->count == 0)
        (void)ui_put(screen, x, y, UI_ROLE_MUTED, DW_STR("no events yet"));
}

/* ---- Status and hints ---- */

/* The word that cannot be meant stands out, as long as the line is not scrolled. */
static void mark_wrong(struct ui *ui, struct ui_field field, struct dw_str label)
{
    struct dw_str text = ui_prompt_text(&ui->prompts[0]);
    if (ui->typing != UI_TYPING_FILTER || ui->wrong_end <= ui->wrong_start ||
        ui->wrong_end > text.len || ui_width(label) + ui_width(text) >= field.width)
        return;
    int x = field.x + ui_width(label) + ui_width(dw_str_slice(text, 0, ui->wrong_start));
    (void)ui_put(ui->screen, x, field.y, UI_ROLE_ERROR | UI_STYLE_UNDERLINE,
                 dw_str_slice(text, ui->wrong_start, ui->wrong_end));
}

/* The line that says something: prompt, message, or what the view tells of its selection. */
static bool draw_said(struct ui *ui, int y)
{
    struct ui_screen *screen = ui->screen;
    struct ui_field field = {1, y, screen->width - 2, UI_LEFT};
    if (ui->typing != UI_TYPING_NOTHING) {
        static const struct dw_str labels[] = {
            [UI_TYPING_FILTER] = DW_STR_INIT("filter "),
            [UI_TYPING_SEARCH] = DW_STR_INIT("search "),
            [UI_TYPING_ADDRESS] = DW_STR_INIT("address of a feed or site "),
        };
        struct dw_str label = labels[ui->typing];
        ui_prompt_draw(ui_prompt_now(ui), screen, field, label);
        mark_wrong(ui, field, label);
        return true;
    }
    if (!ui->message_shown || ui->message_count == 0)
        return false;
    const struct ui_message *message = &ui->messages[(ui->message_count - 1) % UI_MESSAGES];
    static const ui_style roles[] = {UI_ROLE_MESSAGE, UI_ROLE_GOOD, UI_ROLE_ERROR};
    ui_put_field(screen, field, roles[message->tone], (struct dw_str){message->text, message->len});
    return true;
}

static void draw_status(struct ui *ui, int y)
{
    struct ui_view *view = ui_view_now(ui);
    struct ui_screen *screen = ui->screen;
    if (ui->typing != UI_TYPING_NOTHING && ui->message_shown && y > 0) {
        /* an error of the filter stays beside the prompt, which takes the hints' line */
        const struct ui_message *message = &ui->messages[(ui->message_count - 1) % UI_MESSAGES];
        struct ui_field field = {1, y, screen->width - 2, UI_LEFT};
        ui_put_field(screen, field, UI_ROLE_ERROR, (struct dw_str){message->text, message->len});
        return;
    }
    if (ui->typing == UI_TYPING_NOTHING && draw_said(ui, y))
        return;
    int x = 1;
    if (view->filter.len > 0 && ui->typing == UI_TYPING_NOTHING) {
        x += ui_put(screen, x, y, UI_ROLE_KEY, DW_STR("filter "));
        x += ui_put(screen, x, y, UI_ROLE_PROMPT, ui_filter_text(view));
        x += ui_put(screen, x, y, UI_ROLE_MUTED, DW_STR("  \\ clears it")) + 2;
    }
    if (!view->ops->line)
        return;
    struct ui_field field = {x, y, screen->width - 1 - x, UI_LEFT};
    ui_put_field(screen, field, UI_ROLE_MUTED, view->ops->line(ui, view, &ui->frame));
}

static int put_hint(struct ui *ui, int x, int y, enum ui_action action)
{
    struct dw_str key = ui_action_key(action);
    int start = x;
    x += ui_put(ui->screen, x, y, UI_ROLE_KEY, key) + 1;
    x += ui_put(ui->screen, x, y, UI_ROLE_HINT, ui_action_info(action)->hint);
    add_hit(ui, (struct ui_rect){start, y, x - start, 1}, action);
    return x;
}

static int hint_width(enum ui_action action)
{
    return ui_width(ui_action_key(action)) + 1 + ui_width(ui_action_info(action)->hint);
}

/* Actions of the view in the order of their rank, as many as fit; help has its place at the right,
 * always. */
static void draw_hints(struct ui *ui, int y)
{
    unsigned contexts = ui_view_now(ui)->ops->contexts;
    int end = ui->screen->width - 1 - hint_width(UI_ACTION_HELP);
    (void)put_hint(ui, end, y, UI_ACTION_HELP);
    int x = 1;
    for (int rank = 99; rank > 0; rank--) {
        for (int i = 1; i < UI_ACTION_COUNT; i++) {
            const struct ui_action_info *info = ui_action_info((enum ui_action)i);
            if (info->rank != rank || !(info->contexts & contexts) || info->hint.len == 0)
                continue;
            if (x + hint_width((enum ui_action)i) + 2 > end)
                continue;
            x = put_hint(ui, x, y, (enum ui_action)i) + 3;
        }
    }
}

struct ui_rect ui_bars_draw(struct ui *ui)
{
    struct ui_screen *screen = ui->screen;
    struct ui_rect body = {0, 1, screen->width, screen->height - 2};
    int last = screen->height - 1;
    draw_top(ui);
    if (screen->height >= TICKER_LEAST_HEIGHT && !ui->options->no_ticker) {
        draw_ticker(ui, 1);
        body.y++;
        body.height--;
    }
    bool status = screen->height >= STATUS_LEAST_HEIGHT;
    if (status) {
        body.height--;
        draw_status(ui, last - 1);
    }
    bool said = (!status || ui->typing != UI_TYPING_NOTHING) && draw_said(ui, last);
    if (!said)
        draw_hints(ui, last);
    return body;
}
