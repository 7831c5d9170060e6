/* A store with a few weeks of invented news, and a dashboard on a screen in memory that shows it.
 */
#ifndef UNIT_UI_FIXTURE_H
#define UNIT_UI_FIXTURE_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "view.h"

#include "unit.h"

#define FIXTURE_NOW 1769683320 /* 2026-01-29T10:42:00Z */
#define MINUTE 60
#define HOUR 3600
#define DAY 86400

/* One article with the one figure that it tells. */
struct fixture_news {
    const char *feed;
    int64_t age;
    const char *title;
    const char *text;    /* NULL: the title is all there is */
    const char *surface; /* of the figure, in the text; NULL: no figure */
    enum dw_kind kind;
    const char *unit;
    enum dw_qualifier qualifier;
    double value;
    const char *from;
    const char *to;
    enum dw_status status;
    int event; /* articles with the same number above 0 tell the same event */
};

static const struct fixture_news fixture_news[] = {
    {"DC News", 2 * MINUTE, "Amazon in talks to put $50B into OpenAI",
     "According to people who know of it, Amazon is in active talks to invest $50 billion in "
     "OpenAI, as part of a larger round.\n\nThe sum of $50 billion would be the largest that the "
     "company has ever put into another one.",
     "$50 billion", DW_KIND_INVESTMENT, "USD", DW_QUALIFIER_EXACT, 50e9, "Amazon", "OpenAI",
     DW_STATUS_TALKS, 1},
    {"Techwire", 2 * MINUTE, "OpenAI round would value it at $830B", NULL, "$830B",
     DW_KIND_VALUATION, "USD", DW_QUALIFIER_EXACT, 830e9, "", "OpenAI", DW_STATUS_TALKS, 2},
    {"Chipletter", 9 * MINUTE, "Halden Chips books $2.1B from Osterberg Cloud", NULL, "$2.1B",
     DW_KIND_CONTRACT, "USD", DW_QUALIFIER_EXACT, 2.1e9, "Osterberg Cloud", "Halden Chips",
     DW_STATUS_ANNOUNCED, 3},
    {"The Ledger", 14 * MINUTE, "Mistfield lays off 1,200 after merger", NULL, "1,200",
     DW_KIND_LAYOFFS, "people", DW_QUALIFIER_EXACT, 1200, "Mistfield", "", DW_STATUS_COMPLETED, 4},
    {"AI Weekly", 21 * MINUTE, "Corvid Robotics closes $310M Series C", NULL, "$310M",
     DW_KIND_ROUND, "USD", DW_QUALIFIER_EXACT, 310e6, "Rive", "Corvid Robotics",
     DW_STATUS_COMPLETED, 5},
    {"Techwire", 33 * MINUTE, "Tarn Labs denies sale to Quillon for $4 billion", NULL, "$4 billion",
     DW_KIND_ACQUISITION, "USD", DW_QUALIFIER_ABOUT, 4e9, "Quillon", "Tarn Labs", DW_STATUS_DENIED,
     6},
    {"DC News", 41 * MINUTE, "Northlake plans 1.2 GW campus in Norway", NULL, "1.2 GW",
     DW_KIND_POWER, "W", DW_QUALIFIER_EXACT, 1.2e9, "Northlake AI", "", DW_STATUS_PLANNED, 7},
    {"The Ledger", 55 * MINUTE, "Osterberg Cloud raises 2026 capex to €18B", NULL, "€18B",
     DW_KIND_SPENDING, "EUR", DW_QUALIFIER_EXACT, 18e9, "Osterberg Cloud", "", DW_STATUS_PLANNED,
     8},
    {"AI Weekly", 63 * MINUTE, "Vellum Health to cut 9% of its workforce", NULL, "9%",
     DW_KIND_LAYOFFS, "percent", DW_QUALIFIER_EXACT, 9, "Vellum Health", "", DW_STATUS_PLANNED, 9},
    {"Chipletter", 80 * MINUTE, "Quillon orders 40,000 accelerators", NULL, "40,000", DW_KIND_CHIPS,
     "chips", DW_QUALIFIER_EXACT, 40000, "Quillon", "", DW_STATUS_ANNOUNCED, 10},
    {"東京テック新聞", 2 * HOUR,
     "ソフトハウス、AI企業に1200億円を投資へ 👩‍🔬", NULL, "1200億円",
     DW_KIND_INVESTMENT, "JPY", DW_QUALIFIER_EXACT, 120e9, "ソフトハウス", "", DW_STATUS_PLANNED,
     11},
    {"The Ledger", 2 * HOUR, "Grant of £120M for chip packaging", NULL, "£120M", DW_KIND_GRANT,
     "GBP", DW_QUALIFIER_EXACT, 120e6, "UK government", "Packline", DW_STATUS_ANNOUNCED, 12},
    {"DC News", 26 * HOUR, "Amazon confirms plans to lay off 16,000 workers", NULL, "16,000",
     DW_KIND_LAYOFFS, "people", DW_QUALIFIER_EXACT, 16000, "Amazon", "", DW_STATUS_PLANNED, 13},
    {"Techwire", 3 * DAY, "Brack sheds 340 jobs", NULL, "340", DW_KIND_LAYOFFS, "people",
     DW_QUALIFIER_EXACT, 340, "Brack", "", DW_STATUS_COMPLETED, 14},
    {"AI Weekly", 4 * DAY, "Amazon weighs $40 billion for OpenAI", NULL, "$40 billion",
     DW_KIND_INVESTMENT, "USD", DW_QUALIFIER_EXACT, 40e9, "Amazon", "OpenAI", DW_STATUS_RUMORED, 1},
    {"The Ledger", 8 * DAY, "Ferro Bank lends Northlake $900 million", NULL, "$900 million",
     DW_KIND_DEBT, "USD", DW_QUALIFIER_EXACT, 900e6, "Ferro Bank", "Northlake AI",
     DW_STATUS_COMPLETED, 15},
    {"DC News", 11 * DAY, "Tarn Labs lets hundreds go, staff say", NULL, "hundreds",
     DW_KIND_LAYOFFS, "people", DW_QUALIFIER_VAGUE, NAN, "Tarn Labs", "", DW_STATUS_RUMORED, 16},
    {"Techwire", 20 * DAY, "OpenAI signs $38 billion cloud contract with Amazon", NULL,
     "$38 billion", DW_KIND_CONTRACT, "USD", DW_QUALIFIER_EXACT, 38e9, "OpenAI", "Amazon",
     DW_STATUS_COMPLETED, 17},
    {"Chipletter", 30 * DAY, "A long look at packaging", NULL, NULL, DW_KIND_MONEY, "",
     DW_QUALIFIER_EXACT, 0, "", "", DW_STATUS_RUMORED, 0},
};
#define FIXTURE_NEWS (sizeof fixture_news / sizeof fixture_news[0])
#define FIXTURE_EVENTS 20

struct ui_fixture {
    struct ui ui;
    struct ui_options options;
    struct dw_clock clock;
    struct ui_screen *screen;
    struct store *store;
    struct dw_arena arena;
    char folder[64];
    char path[96];
};

static int64_t fixture_time(void *context)
{
    (void)context;
    return FIXTURE_NOW;
}

static inline int64_t fixture_feed(struct store *store, const char *title)
{
    char url[80];
    int len = snprintf(url, sizeof url, "https://feeds.example/%08llx",
                       (unsigned long long)dw_str_hash(dw_str_from_c(title)));
    struct store_feed_settings settings = {.url = {url, (size_t)len},
                                           .title = dw_str_from_c(title)};
    struct dw_error err;
    int64_t id = 0;
    if (!store_feed_put(store, &settings, &id, NULL, &err))
        fail_msg("%s", err.message);
    return id;
}

static inline struct dw_figure fixture_figure(struct dw_arena *arena,
                                              const struct fixture_news *news)
{
    struct dw_figure figure = {.kind = news->kind,
                               .unit = dw_str_from_c(news->unit),
                               .qualifier = news->qualifier,
                               .value = news->value,
                               .low = isnan(news->value) ? 100 : news->value,
                               .high = news->value,
                               .status = news->status,
                               .confidence = 0.9,
                               .rule = DW_STR("amount+verb")};
    if (news->from[0])
        (void)dw_strs_push(arena, &figure.from, dw_str_from_c(news->from));
    if (news->to[0])
        (void)dw_strs_push(arena, &figure.to, dw_str_from_c(news->to));
    return figure;
}

/* Mentions wherever the surface stands in the text. */
static inline void fixture_mentions(struct dw_arena *arena, struct dw_figure *figure,
                                    struct dw_str text, struct dw_str surface)
{
    figure->mentions = dw_arena_array(arena, 4, sizeof *figure->mentions);
    size_t at = dw_str_find(text, surface, 0);
    while (at != SIZE_MAX && figure->mention_count < 4) {
        figure->mentions[figure->mention_count++] =
            (struct dw_mention){.start = (uint32_t)at,
                                .end = (uint32_t)(at + surface.len),
                                .sentence_start = 0,
                                .sentence_end = (uint32_t)text.len};
        at = dw_str_find(text, surface, at + surface.len);
    }
}

static inline double fixture_usd(const struct fixture_news *news)
{
    struct dw_str unit = dw_str_from_c(news->unit);
    if (unit.len != 3 || dw_is_lower(unit.at[0]))
        return NAN;
    return dw_str_eq(unit, DW_STR("JPY")) ? news->value / 150 : news->value * 1.1;
}

/* The event that the figure belongs to: a new one, or the one told before, revised. */
static inline void fixture_event(struct store *store, const struct fixture_news *news,
                                 const struct dw_figure *figure, int64_t id, int64_t *events)
{
    struct dw_error err;
    int64_t at = FIXTURE_NOW - news->age;
    struct store_revision revisions[2] = {{.figure = id,
                                           .at = at - DAY,
                                           .qualifier = figure->qualifier,
                                           .value = news->value * 0.8,
                                           .low = NAN,
                                           .high = NAN,
                                           .status = DW_STATUS_RUMORED},
                                          {.figure = id,
                                           .at = at,
                                           .qualifier = figure->qualifier,
                                           .value = news->value,
                                           .low = figure->low,
                                           .high = figure->high,
                                           .status = news->status}};
    bool again = events[news->event] != 0;
    struct store_event_in in = {.figure = figure,
                                .usd = fixture_usd(news),
                                .first_seen = at,
                                .last_seen = at,
                                .sources = again ? 2 : 1,
                                .confidence = 0.9,
                                .revisions = again ? revisions : &revisions[1],
                                .revision_count = again ? 2 : 1};
    bool done = again ? store_event_update(store, events[news->event], &in, NULL, &err)
                      : store_event_new(store, &in, &events[news->event], &err);
    if (!done || !store_event_attach(store, events[news->event], id, &err))
        fail_msg("%s", err.message);
}

static inline void fixture_article(struct store *store, const struct fixture_news *news,
                                   int64_t *events)
{
    struct dw_arena arena;
    struct dw_error err;
    char link[80];
    dw_arena_init(&arena, 1 << 20);
    int len = snprintf(link, sizeof link, "https://news.example/%08llx",
                       (unsigned long long)dw_str_hash(dw_str_from_c(news->title)));
    struct dw_str text = dw_str_from_c(news->text ? news->text : news->title);
    struct dw_entry entry = {.id = {link, (size_t)len},
                             .title = dw_str_from_c(news->title),
                             .link = {link, (size_t)len},
                             .author = DW_STR("A. Writer"),
                             .published = FIXTURE_NOW - news->age,
                             .updated = DW_TIME_NONE,
                             .content = text};
    struct store_article_in in = {.feed = fixture_feed(store, news->feed),
                                  .entry = &entry,
                                  .text = text,
                                  .now = FIXTURE_NOW - news->age};
    enum store_outcome outcome;
    int64_t article = 0;
    if (!store_article_put(store, &in, &outcome, &article, &err))
        fail_msg("%s", err.message);
    if (news->surface) {
        struct dw_figure figure = fixture_figure(&arena, news);
        double usd = fixture_usd(news);
        int64_t id = 0;
        struct store_ids orphaned = {NULL, 0, 0};
        fixture_mentions(&arena, &figure, text, dw_str_from_c(news->surface));
        struct store_figures_in figures = {
            .article = article, .figures = &figure, .count = 1, .usd = &usd};
        if (!store_figures_put(store, &arena, &figures, &id, &orphaned, &err))
            fail_msg("%s", err.message);
        fixture_event(store, news, &figure, id, events);
    }
    dw_arena_release(&arena);
}

/* Oldest first, as they came. */
static inline void fixture_fill(struct store *store)
{
    int64_t events[FIXTURE_EVENTS] = {0};
    struct dw_error err;
    if (!store_begin(store, &err))
        fail_msg("%s", err.message);
    for (size_t i = FIXTURE_NEWS; i > 0; i--)
        fixture_article(store, &fixture_news[i - 1], events);
    if (!store_commit(store, &err))
        fail_msg("%s", err.message);
}

/* Opens a dashboard of that size over a new store, filled or empty. */
static inline struct ui_fixture *fixture_open(int width, int height, bool ascii, bool filled)
{
    struct ui_fixture *f = calloc(1, sizeof *f);
    struct dw_error err;
    assert_non_null(f);
    dw_arena_init(&f->arena, 64 << 20);
    (void)snprintf(f->folder, sizeof f->folder, "%s/dealwire-ui-XXXXXX",
                   getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    assert_non_null(mkdtemp(f->folder));
    (void)snprintf(f->path, sizeof f->path, "%s/store.db", f->folder);
    f->clock = (struct dw_clock){.now = fixture_time};
    f->options = (struct ui_options){.store_path = dw_str_from_c(f->path), .clock = &f->clock};
    f->store = store_open(f->options.store_path, STORE_WRITE, &f->clock, &err);
    if (!f->store)
        fail_msg("%s", err.message);
    if (filled)
        fixture_fill(f->store);
    f->screen = ui_screen_new(width, height, ascii);
    assert_non_null(f->screen);
    if (!ui_init(&f->ui, &f->options, f->screen, f->store, &err))
        fail_msg("%s", err.message);
    return f;
}

static inline void fixture_close(struct ui_fixture *f)
{
    static const char *const files[] = {"", "-wal", "-shm", ".lock"};
    ui_release(&f->ui);
    ui_screen_close(f->screen);
    store_close(f->store);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[128];
        (void)snprintf(path, sizeof path, "%s%s", f->path, files[i]);
        (void)unlink(path);
    }
    (void)rmdir(f->folder);
    dw_arena_release(&f->arena);
    free(f);
}

/* Reads and draws, as a turn of the loop does; gives the screen as text. */
static inline struct dw_str fixture_frame(struct ui_fixture *f)
{
    for (int i = 0; i < 3; i++) {
        ui_refresh(&f->ui);
        ui_draw(&f->ui);
    }
    return ui_screen_text(f->screen, &f->arena);
}

/* Presses keys by their names, separated by spaces, with a frame after each. */
static inline void fixture_press(struct ui_fixture *f, const char *keys)
{
    struct dw_str rest = dw_str_from_c(keys);
    struct dw_str name = {NULL, 0};
    while (dw_str_split(&rest, ' ', &name)) {
        struct ui_event event = {.type = UI_EVENT_KEY, .key = ui_key_find(name)};
        if (event.key == UI_KEY_NONE)
            fail_msg("no key is called %.*s", DW_FMT(name));
        ui_screen_feed(f->screen, event);
        while (f->screen->ops->read(f->screen, &event))
            ui_handle(&f->ui, &event);
        (void)fixture_frame(f);
    }
}

static inline bool fixture_sees(struct ui_fixture *f, const char *text)
{
    return dw_str_find(fixture_frame(f), dw_str_from_c(text), 0) != SIZE_MAX;
}

#define assert_sees(f, text)                                                   \
    do {                                                                       \
        if (!fixture_sees((f), (text)))                                        \
            fail_msg("no \"%s\" on:\n%.*s", (text), DW_FMT(fixture_frame(f))); \
    } while (0)

/* Compares with tests/golden/ui/NAME.txt. DW_UPDATE_GOLDEN in the environment writes it anew. */
static inline void assert_golden(struct ui_fixture *f, const char *name, struct dw_str got)
{
    char path[512];
    struct dw_error err;
    struct dw_str want = {NULL, 0};
    const char *source = getenv("DW_SOURCE_DIR");
    (void)snprintf(path, sizeof path, "%s/tests/golden/ui/%s.txt", source ? source : ".", name);
    if (getenv("DW_UPDATE_GOLDEN")) {
        if (!dw_file_write(dw_str_from_c(path), got, &err))
            fail_msg("%s", err.message);
        return;
    }
    if (!dw_file_read(&f->arena, dw_str_from_c(path), 1 << 20, &want, &err))
        fail_msg("%s", err.message);
    if (!dw_str_eq(got, want))
        fail_msg("%s is not what it was; it is now:\n%.*s", name, DW_FMT(got));
}

#endif
