/* Events don't depend on the order in which feeds arrive: the sample feeds one after the other. */
#include "unit.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "engine/engine.h"
#include "store/store.h"

#define NOW 1769683320 /* 2026-01-29T10:42:00Z */
#define WAIT_MS 60000
#define ORDERS 20

static int64_t told_time(void *context)
{
    (void)context;
    return NOW;
}

static const struct dw_clock fixed_clock = {.now = told_time};

static void wait_for_end(struct engine *engine)
{
    int64_t until = dw_clock_milliseconds() + WAIT_MS;
    while (dw_clock_milliseconds() < until) {
        struct pollfd fd = {.fd = engine_fd(engine), .events = POLLIN};
        poll(&fd, 1, 1000);
        struct engine_message message;
        while (engine_message_take(engine, &message))
            if (message.kind == ENGINE_FINISHED)
                return;
    }
    fail_msg("the round does not end");
}

static int by_text(const void *a, const void *b)
{
    return dw_str_compare(*(const struct dw_str *)a, *(const struct dw_str *)b);
}

/* What a reader sees of the events, sorted. Times apart: an article that two feeds list with
 * different times has that of the feed which came first. */
static struct dw_str describe_events(struct dw_arena *arena, struct dw_str path)
{
    struct dw_error err;
    struct store *store = store_open(path, STORE_READ, &fixed_clock, &err);
    assert_non_null(store);
    struct store_page page = {.limit = 5000};
    struct store_event_rows rows = {0};
    assert_true(store_event_list(store, arena, &page, &rows, &err));
    store_close(store);
    if (rows.len <= 100)
        fail_msg("only %zu events", rows.len);
    struct dw_strs lines = {0};
    for (size_t i = 0; i < rows.len; i++) {
        const struct store_event_row *row = &rows.at[i];
        struct dw_str from = dw_strs_join(arena, &row->figure.from, DW_STR(","));
        struct dw_str to = dw_strs_join(arena, &row->figure.to, DW_STR(","));
        dw_strs_push(arena, &lines,
                     dw_str_format(arena, "%.*s %.17g %.*s %.*s>%.*s %.*s n%d r%d",
                                   DW_FMT(dw_kind_name(row->figure.kind)), row->figure.value,
                                   DW_FMT(row->figure.unit), DW_FMT(from), DW_FMT(to),
                                   DW_FMT(dw_status_name(row->figure.status)), (int)row->sources,
                                   (int)row->revisions));
    }
    qsort(lines.at, lines.len, sizeof *lines.at, by_text);
    return dw_strs_join(arena, &lines, DW_STR("\n"));
}

/* Puts feeds into an order that a number stands for; 0 leaves them as they are. */
static void shuffle(struct store_feeds *feeds, uint64_t order)
{
    uint64_t random = order * 0x9E3779B97F4A7C15u;
    for (size_t i = feeds->len - 1; order > 0 && i > 0; i--) {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        size_t j = random % (i + 1);
        struct store_feed swap = feeds->at[i];
        feeds->at[i] = feeds->at[j];
        feeds->at[j] = swap;
    }
}

/* Reads the sample feeds one after the other. */
static struct dw_str run_in_order(struct dw_arena *arena, const struct dw_extractor *extractor,
                                  uint64_t order)
{
    struct engine_sample sample;
    struct dw_error err;
    assert_true(engine_sample_open(&sample, NOW, &err));
    struct engine_options options = {
        .store_path = sample.store_path,
        .config_folder = sample.config_folder,
        .extractor = extractor,
        .clock = &fixed_clock,
    };
    struct engine *engine = engine_open(&options, &err);
    if (engine == NULL)
        fail_msg("%s", err.message);
    struct store *store = store_open(sample.store_path, STORE_READ, &fixed_clock, &err);
    struct store_feeds feeds = {0};
    assert_true(store_feed_list(store, arena, &feeds, &err));
    store_close(store);
    shuffle(&feeds, order);
    for (size_t i = 0; i < feeds.len; i++) {
        assert_true(engine_refresh(engine, ENGINE_REFRESH_FEED, feeds.at[i].id));
        wait_for_end(engine);
    }
    engine_close(engine);
    struct dw_str events = describe_events(arena, sample.store_path);
    engine_sample_close(&sample);
    return events;
}

/* Fails with the first line that differs. */
static void compare(struct dw_str one, struct dw_str two)
{
    struct dw_str a;
    struct dw_str b;
    while (dw_str_split(&one, '\n', &a)) {
        if (!dw_str_split(&two, '\n', &b) || !dw_str_eq(a, b))
            fail_msg("\n%.*s\n%.*s", DW_FMT(a), DW_FMT(b));
    }
    assert_int_equal(two.len, 0);
}

static void the_order_of_arrival_changes_no_event(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, 512u << 20);
    struct dw_error err;
    struct dw_extractor *extractor = dw_extractor_new(DW_STR(""), &err);
    assert_non_null(extractor);
    struct dw_str forward = run_in_order(&arena, extractor, 0);
    for (uint64_t order = 1; order <= ORDERS; order++)
        compare(run_in_order(&arena, extractor, order), forward);
    dw_extractor_free(extractor);
    dw_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_arrival_changes_no_event),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
