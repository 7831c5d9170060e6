/* Keys, clicks, pastes and resizes at random, on a dashboard over a store with a little news. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "view.h"

#define NOW 1769683320
#define EVENTS_MOST 2000 /* of one input, so that it stays quick */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int64_t fixed_time(void *context)
{
    (void)context;
    return NOW;
}

static const struct dw_clock clock_fixed = {.now = fixed_time};

static void add_article(struct store *store, int64_t feed, int number)
{
    char id[32];
    struct dw_error err;
    struct dw_arena arena;
    int len = snprintf(id, sizeof id, "https://a.example/%d", number);
    struct dw_str text =
        DW_STR("Amazon puts $50 billion into OpenAI, \U0001F469\u200D\U0001F52C 東京");
    struct dw_entry entry = {.id = {id, (size_t)len},
                             .title = text,
                             .link = {id, (size_t)len},
                             .published = NOW - number * 4000,
                             .updated = DW_TIME_NONE,
                             .content = text};
    struct store_article_in in = {.feed = feed, .entry = &entry, .text = text, .now = NOW};
    struct dw_str from = DW_STR("Amazon");
    struct dw_mention mention = {12, 23, 0, (uint32_t)text.len, false};
    struct dw_figure figure = {.kind = (enum dw_kind)(number % DW_KIND_COUNT),
                               .unit = number % 3 ? DW_STR("USD") : DW_STR("people"),
                               .value = 50e9,
                               .low = 50e9,
                               .high = 50e9,
                               .from = {&from, 1, 1},
                               .status = (enum dw_status)(number % DW_STATUS_COUNT),
                               .mentions = &mention,
                               .mention_count = 1};
    struct store_event_in event_in = {.figure = &figure,
                                      .usd = 50e9,
                                      .first_seen = entry.published,
                                      .last_seen = entry.published,
                                      .sources = 1};
    enum store_outcome outcome;
    struct store_ids orphaned = {NULL, 0, 0};
    int64_t article = 0;
    int64_t figure_id = 0;
    int64_t event = 0;
    dw_arena_init(&arena, 1 << 20);
    bool done = store_article_put(store, &in, &outcome, &article, &err);
    struct store_figures_in figures = {
        .article = article, .figures = &figure, .count = 1, .usd = NULL};
    done = done && store_figures_put(store, &arena, &figures, &figure_id, &orphaned, &err) &&
           store_event_new(store, &event_in, &event, &err) &&
           store_event_attach(store, event, figure_id, &err);
    dw_arena_release(&arena);
    if (!done)
        abort();
}

static char folder[] = "/tmp/dealwire-keys-XXXXXX";

/* The store's files, whatever they are called, and the folder that was made for them. */
static void remove_folder(void)
{
    DIR *open_folder = opendir(folder);
    struct dirent *entry;
    char path[512];
    while (open_folder && (entry = readdir(open_folder)) != NULL) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        (void)unlink(path);
    }
    if (open_folder)
        (void)closedir(open_folder);
    (void)rmdir(folder);
}

/* Made once: the monkey only reads. */
static struct store *the_store(void)
{
    static struct store *store;
    static char path[64];
    struct dw_error err;
    int64_t feed = 0;
    struct store_feed_settings settings = {.url = DW_STR("https://a.example/feed"),
                                           .title = DW_STR("A feed")};
    if (store)
        return store;
    if (!mkdtemp(folder) || atexit(remove_folder) != 0)
        abort();
    int len = snprintf(path, sizeof path, "%s/store.db", folder);
    store = store_open((struct dw_str){path, (size_t)len}, STORE_WRITE, &clock_fixed, &err);
    if (!store || !store_feed_put(store, &settings, &feed, NULL, &err))
        abort();
    for (int i = 0; i < 40; i++)
        add_article(store, feed, i);
    return store;
}

/* Three bytes are one event. */
static struct ui_event event_of(const uint8_t *bytes)
{
    struct ui_event event = {.type = UI_EVENT_KEY, .key = bytes[1]};
    event.x = bytes[1];
    event.y = bytes[2] % 64;
    switch (bytes[0] % 8) {
    case 0:
        event.key = UI_KEY_FIRST + 1 + bytes[1] % (UI_KEY_END_OF_LIST - UI_KEY_FIRST - 1);
        break;
    case 1:
        event.type = UI_EVENT_CLICK;
        break;
    case 2:
        event.type = UI_EVENT_WHEEL;
        event.key = bytes[1] & 1 ? UI_KEY_UP : UI_KEY_DOWN;
        break;
    case 3:
        event.type = UI_EVENT_PASTE;
        event.key = (uint32_t)bytes[1] << 8 | bytes[2];
        break;
    default:
        break;
    }
    return event;
}

static void turn(struct ui *ui, const uint8_t *bytes)
{
    struct ui_event event = event_of(bytes);
    if (bytes[0] % 16 == 15)
        ui_screen_resize(ui->screen, bytes[1] + 1, bytes[2] / 3 + 1);
    else
        ui_handle(ui, &event);
    if (bytes[0] % 4 == 0)
        ui_set_stale(ui);
    ui_refresh(ui);
    ui_draw(ui);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ui_options options = {.clock = &clock_fixed};
    struct dw_error err;
    struct ui_screen *screen = ui_screen_new(80, 24, size % 2 == 0);
    struct ui *ui = calloc(1, sizeof *ui);
    (void)setenv("BROWSER", "/nonexistent", 1);
    if (!screen || !ui || !ui_init(ui, &options, screen, the_store(), &err))
        abort();
    for (size_t i = 0; i + 3 <= size && i < 3 * EVENTS_MOST; i += 3) {
        turn(ui, data + i);
        ui->quit = false;
    }
    ui_release(ui);
    ui_screen_close(screen);
    free(ui);
    return 0;
}
