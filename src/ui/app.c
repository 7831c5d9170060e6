/* The dashboard's views: opening, refreshing, drawing them. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "view.h"

#define VIEW_ARENA (64u << 20)
#define FRAME_ARENA (8u << 20)

const struct ui_root ui_roots[UI_ROOTS] = {
    {&ui_view_dashboard, UI_ACTION_VIEW_1}, {&ui_view_events, UI_ACTION_VIEW_2},
    {&ui_view_companies, UI_ACTION_VIEW_3}, {&ui_view_layoffs, UI_ACTION_VIEW_4},
    {&ui_view_feeds, UI_ACTION_VIEW_5},     {&ui_view_articles, UI_ACTION_VIEW_6},
    {&ui_view_flows, UI_ACTION_VIEW_7},
};

/* ---- Messages ---- */

void ui_say(struct ui *ui, enum ui_tone tone, const char *format, ...)
{
    struct ui_message *message = &ui->messages[ui->message_count % UI_MESSAGES];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(message->text, sizeof message->text, format, args);
    va_end(args);
    size_t kept = len < 0 ? 0 : (size_t)len;
    if (kept >= sizeof message->text)
        kept = dw_utf8_cut((struct dw_str){message->text, sizeof message->text - 1},
                           sizeof message->text - 4)
                   .len;
    message->len = kept;
    message->at = ui->now;
    message->tone = tone;
    ui->message_count++;
    ui->message_shown = true;
    ui->dirty = true;
    if (tone == UI_TONE_ERROR && ui->options->log)
        dw_log_write(ui->options->log, DW_LOG_WARN, "%.*s", (int)message->len, message->text);
}

/* ---- Views ---- */

struct ui_view *ui_view_now(struct ui *ui)
{
    return ui->depth > 0 ? &ui->stack[ui->depth - 1] : &ui->roots[ui->root];
}

struct dw_str ui_filter_text(const struct ui_view *view)
{
    return (struct dw_str){view->filter.text, view->filter.len};
}

static void close_view(struct ui_view *view)
{
    if (view->ops && view->ops->close && view->state)
        view->ops->close(view);
    dw_arena_release(&view->data);
    dw_arena_release(&view->life);
    memset(view, 0, sizeof *view);
}

static bool open_view(struct ui *ui, struct ui_view *view, const struct ui_view_ops *ops,
                      const struct ui_target *target)
{
    memset(view, 0, sizeof *view);
    dw_arena_init(&view->life, VIEW_ARENA);
    dw_arena_init(&view->data, VIEW_ARENA);
    view->ops = ops;
    view->state = dw_arena_array(&view->life, 1, ops->state_size);
    view->stale = true;
    ui->urgent = true;
    if (view->state && ops->open(ui, view, target) && !view->life.failed)
        return true;
    close_view(view);
    ui_say(ui, UI_TONE_ERROR, "no memory to open %.*s", DW_FMT(ops->title));
    return false;
}

void ui_push(struct ui *ui, const struct ui_view_ops *ops, const struct ui_target *target)
{
    if (ui->depth == UI_STACK) {
        ui_say(ui, UI_TONE_ERROR, "too many pages are open: go back with q first");
        return;
    }
    if (open_view(ui, &ui->stack[ui->depth], ops, target))
        ui->depth++;
    ui->dirty = true;
}

void ui_pop(struct ui *ui)
{
    if (ui->depth == 0) {
        ui->quit = true;
        return;
    }
    ui->depth--;
    ui->urgent = true;
    close_view(&ui->stack[ui->depth]);
    ui->dirty = true;
}

void ui_show_root(struct ui *ui, size_t root)
{
    while (ui->depth > 0)
        ui_pop(ui);
    if (!ui->roots[root].ops && !open_view(ui, &ui->roots[root], ui_roots[root].ops, NULL))
        return;
    ui->root = root;
    ui->urgent = true;
    ui->dirty = true;
}

void ui_show_events(struct ui *ui, struct dw_str filter)
{
    size_t root = 0;
    while (root + 1 < UI_ROOTS && ui_roots[root].ops != &ui_view_events)
        root++;
    ui_show_root(ui, root);
    struct ui_view *view = ui_view_now(ui);
    if (view->ops != &ui_view_events || filter.len > sizeof view->filter.text)
        return;
    memcpy(view->filter.text, filter.at, filter.len);
    view->filter.len = filter.len;
    view->stale = true;
}

void ui_open_article(struct ui *ui, const struct ui_target *target)
{
    if (target->article > 0)
        ui_push(ui, &ui_view_reader, target);
}

void ui_open_event(struct ui *ui, int64_t event)
{
    struct ui_target target = {.event = event};
    if (event > 0)
        ui_push(ui, &ui_view_event, &target);
}

bool ui_init(struct ui *ui, const struct ui_options *options, struct ui_screen *screen,
             struct store *store, struct dw_error *err)
{
    memset(ui, 0, sizeof *ui);
    ui->options = options;
    ui->screen = screen;
    ui->store = store;
    ui->engine = options->engine;
    ui->now = dw_clock_now(options->clock);
    ui->last_visit = store_meta_get(store, STORE_META_LAST_VISIT, DW_TIME_NONE);
    ui->ticker.paused = options->no_ticker;
    dw_arena_init(&ui->frame, FRAME_ARENA);
    dw_arena_init(&ui->ticker.arena, VIEW_ARENA);
    if (!open_view(ui, &ui->roots[0], ui_roots[0].ops, NULL))
        return dw_error_set(err, DW_ERR_MEMORY, "no memory for the dashboard");
    ui_set_stale(ui);
    return true;
}

void ui_release(struct ui *ui)
{
    while (ui->depth > 0)
        ui_pop(ui);
    for (size_t i = 0; i < UI_ROOTS; i++)
        close_view(&ui->roots[i]);
    dw_arena_release(&ui->ticker.arena);
    dw_arena_release(&ui->frame);
}

/* ---- Reading ---- */

static struct dw_str resolve_company(void *context, struct dw_str name)
{
    return dw_company_find(context, name);
}

static bool parse_part(struct ui *ui, struct dw_str text, struct dw_arena *arena,
                       struct query **tree, struct dw_error *err)
{
    /* the extractor is only read, but a callback's context is not const */
    union {
        const struct dw_extractor *in;
        void *out;
    } extractor = {.in = ui->options->extractor};
    struct query_options options = {
        .now = ui->now, .resolve = extractor.in ? resolve_company : NULL, .context = extractor.out};
    struct query_error wrong;
    *tree = query_parse(arena, text, &options, &wrong);
    if (*tree)
        return true;
    ui->wrong_start = wrong.start;
    ui->wrong_end = wrong.end;
    if (err)
        *err = wrong.error;
    return false;
}

bool ui_condition(struct ui *ui, struct ui_ask *ask, struct dw_arena *arena, struct dw_error *err)
{
    struct query *own = NULL;
    struct query *typed = NULL;
    if (!parse_part(ui, ask->query, arena, &own, err))
        return false;
    ui->wrong_end = 0;
    if (!parse_part(ui, ui_filter_text(ask->view), arena, &typed, err))
        return dw_error_wrap(err, "filter");
    struct query both = {.type = QUERY_AND, .left = own, .right = typed};
    const struct query *tree = &both;
    if (own->type == QUERY_ALL)
        tree = typed;
    else if (typed->type == QUERY_ALL)
        tree = own;
    if (!query_compile(arena, tree, ask->target, &ask->condition))
        return dw_error_set(err, DW_ERR_MEMORY, "no memory for the filter");
    return true;
}

void ui_set_stale(struct ui *ui)
{
    for (size_t i = 0; i < UI_ROOTS; i++)
        ui->roots[i].stale = true;
    for (size_t i = 0; i < ui->depth; i++)
        ui->stack[i].stale = true;
}

static void refresh_view(struct ui *ui, struct ui_view *view)
{
    struct dw_arena next;
    struct dw_error err;
    dw_arena_init(&next, VIEW_ARENA);
    view->stale = false;
    ui->urgent = false;
    ui->dirty = true;
    if (!view->ops->refresh || view->ops->refresh(ui, view, &next, &err)) {
        dw_arena_release(&view->data);
        view->data = next;
        return;
    }
    dw_arena_release(&next);
    ui_say(ui, UI_TONE_ERROR, "%s", err.message);
}

void ui_refresh(struct ui *ui)
{
    struct ui_view *view = ui_view_now(ui);
    if (!view->stale)
        return;
    struct dw_error err;
    if (!store_counts(ui->store, &ui->counts, &err) || !ui_ticker_read(ui, &err))
        ui_say(ui, UI_TONE_ERROR, "%s", err.message);
    refresh_view(ui, view);
}

static void add_text(char *out, size_t room, size_t *len, const char *text)
{
    int added = snprintf(out + *len, room - *len, "%s", text);
    if (added > 0)
        *len += (size_t)added < room - *len ? (size_t)added : room - *len - 1;
}

/* "3 new articles, 2 failed" */
static void say_finished(struct ui *ui, const struct engine_message *message)
{
    char text[120];
    size_t len = 0;
    char part[60];
    (void)snprintf(part, sizeof part, "refreshed: %zu new article%s", message->articles,
                   message->articles == 1 ? "" : "s");
    add_text(text, sizeof text, &len, part);
    (void)snprintf(part, sizeof part, ", %zu event%s", message->events,
                   message->events == 1 ? "" : "s");
    add_text(text, sizeof text, &len, part);
    if (message->failed > 0) {
        (void)snprintf(part, sizeof part, ", %zu feed%s failed (5 shows why)", message->failed,
                       message->failed == 1 ? "" : "s");
        add_text(text, sizeof text, &len, part);
    }
    if (message->articles > 0 || message->failed > 0)
        ui_say(ui, message->failed > 0 ? UI_TONE_ERROR : UI_TONE_GOOD, "%.*s", (int)len, text);
}

void ui_hear(struct ui *ui, const struct engine_message *message)
{
    ui->dirty = true;
    for (size_t i = 0; i < ui->depth; i++) {
        if (ui->stack[i].ops->hear)
            ui->stack[i].ops->hear(ui, &ui->stack[i], message);
    }
    switch (message->kind) {
    case ENGINE_ARTICLE_NEW:
        ui->fresh++;
        break;
    case ENGINE_FEED_STARTED:
    case ENGINE_PROGRESS:
    case ENGINE_SCHEDULED:
    case ENGINE_SEARCH:
        return;
    case ENGINE_FINISHED:
        say_finished(ui, message);
        break;
    case ENGINE_OFFLINE:
        ui_say(ui, UI_TONE_ERROR,
               "offline: no feed answers; what is stored stays readable, `dealwire demo` shows "
               "sample feeds");
        break;
    case ENGINE_ONLINE:
        ui_say(ui, UI_TONE_GOOD, "online again");
        break;
    case ENGINE_FEED_GONE:
    case ENGINE_TROUBLE:
        ui_say(ui, UI_TONE_ERROR, "%s", message->text);
        break;
    default:
        break;
    }
    if (ui->paused)
        ui->pending = true;
    else
        ui_set_stale(ui);
}

/* ---- Drawing ---- */

static void draw_too_small(struct ui *ui)
{
    struct dw_str text =
        dw_str_format(&ui->frame, "needs 40x8, is %dx%d", ui->screen->width, ui->screen->height);
    struct ui_field field = {0, 0, ui->screen->width, UI_LEFT};
    ui_put_field(ui->screen, field, UI_ROLE_TEXT, text);
}

void ui_draw(struct ui *ui)
{
    dw_arena_release(&ui->frame);
    if (ui->engine)
        ui->progress = engine_progress(ui->engine);
    ui_screen_erase(ui->screen);
    ui->hit_count = 0;
    ui->dirty = false;
    if (ui->screen->width < 40 || ui->screen->height < 8) {
        draw_too_small(ui);
        return;
    }
    struct ui_view *view = ui_view_now(ui);
    ui->body = (struct ui_rect){0, 0, 0, 0};
    struct ui_rect body = ui_bars_draw(ui);
    ui->body = body;
    struct ui_rect before = ui_screen_clip(ui->screen, body);
    view->ops->draw(ui, view, body);
    ui_screen_unclip(ui->screen, before);
}
