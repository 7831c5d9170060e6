/* The engine when memory or disk run out: nothing breaks, nothing is lost for good. */
#include "unit.h"

#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "engine/engine.h"
#include "folder.h"
#include "store/store.h"

#define START 1769683320 /* 2026-01-29T10:42:00Z */
#define WAIT_MS 20000
#define ARTICLES 40

struct fixture {
    struct folder folder;
    struct dw_arena arena;
    struct dw_error err;
    struct dw_extractor *extractor;
    struct dw_clock clock;
    atomic_llong now;
    struct engine_options options;
};

static int64_t told_time(void *context)
{
    return atomic_load((atomic_llong *)context);
}

static void write_file(struct fixture *f, const char *name, struct dw_str text)
{
    struct dw_str path = dw_str_format(&f->arena, "%s/%s", f->folder.path, name);
    if (!dw_file_write(path, text, &f->err))
        fail_msg("%s", f->err.message);
}

/* A local feed of ARTICLES articles, each with a deal and some text. */
static void write_feed(struct fixture *f)
{
    struct dw_buf feed;
    dw_buf_init(&feed, 1u << 20);
    dw_buf_add(&feed, DW_STR("<rss version=\"2.0\"><channel><title>a</title>"));
    for (int i = 1; i <= ARTICLES; i++) {
        dw_buf_add_format(&feed,
                          "<item><title>Deal %d</title><guid>%d</guid><description>Amazon will "
                          "invest $%d million in Anthropic, the company said.",
                          i, i, i * 37);
        for (int line = 0; line < 60; line++)
            dw_buf_add_format(&feed, " Sentence %d of article %d fills the text.", line, i);
        dw_buf_add(&feed, DW_STR("</description></item>"));
    }
    dw_buf_add(&feed, DW_STR("</channel></rss>"));
    assert_true(dw_buf_ok(&feed));
    write_file(f, "a.xml", dw_buf_str(&feed));
    dw_buf_release(&feed);
    assert_true(dw_folder_make(f->options.config_folder, &f->err));
    write_file(f, "config/feeds.opml",
               dw_str_format(&f->arena,
                             "<opml version=\"2.0\"><body><outline text=\"a\" xmlUrl=\"%s/a.xml\"/>"
                             "</body></opml>",
                             f->folder.path));
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    dw_arena_init(&f->arena, 64u << 20);
    folder_make(&f->folder);
    f->extractor = dw_extractor_new(DW_STR(""), &f->err);
    assert_non_null(f->extractor);
    atomic_store(&f->now, START);
    f->clock = (struct dw_clock){.now = told_time, .context = &f->now};
    f->options = (struct engine_options){
        .store_path = dw_str_format(&f->arena, "%s/store.db", f->folder.path),
        .config_folder = dw_str_format(&f->arena, "%s/config", f->folder.path),
        .extractor = f->extractor,
        .clock = &f->clock,
        .workers = 2,
    };
    write_feed(f);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    dw_extractor_free(f->extractor);
    folder_remove(&f->folder);
    dw_arena_release(&f->arena);
    free(f);
    return 0;
}

/* Waits until the round that was asked for is over, though its last message may be lost. */
static bool wait_for_end(struct engine *engine, struct engine_message *failure)
{
    int64_t until = dw_clock_milliseconds() + WAIT_MS;
    while (dw_clock_milliseconds() < until) {
        struct pollfd fd = {.fd = engine_fd(engine), .events = POLLIN};
        poll(&fd, 1, 100);
        struct engine_message message;
        while (engine_message_take(engine, &message)) {
            bool fails = message.kind == ENGINE_FEED_FAILED || message.kind == ENGINE_TROUBLE;
            if (fails && failure != NULL)
                *failure = message;
            if (message.kind == ENGINE_FINISHED)
                return true;
            if (message.kind == ENGINE_LOST && !engine_progress(engine).running)
                return true;
        }
    }
    return false;
}

static struct store_counts counts_of(struct fixture *f)
{
    struct store_counts counts = {0};
    struct store *store = store_open(f->options.store_path, STORE_READ, NULL, &f->err);
    if (store == NULL)
        fail_msg("%s", f->err.message);
    assert_true(store_counts(store, &counts, &f->err));
    store_close(store);
    return counts;
}

/* One round by an engine of its own, an hour later; the last message of a failure. */
static struct engine_message run_round(struct fixture *f)
{
    struct engine_message failure = {0};
    atomic_fetch_add(&f->now, 3600);
    struct engine *engine = engine_open(&f->options, &f->err);
    if (engine == NULL)
        fail_msg("%s", f->err.message);
    assert_true(engine_refresh(engine, ENGINE_REFRESH_ALL, 0));
    assert_true(wait_for_end(engine, &failure));
    engine_close(engine);
    return failure;
}

/* ---- Memory ---------------------------------------------------------------------------------- */

static atomic_llong allocations;   /* counted down */
static atomic_llong failures_left; /* from 0 on so many fail */

static void *fail_some(void *old, size_t size)
{
    if (size == 0) {
        free(old);
        return NULL;
    }
    if (atomic_fetch_sub(&allocations, 1) <= 0 && atomic_fetch_sub(&failures_left, 1) > 0)
        return NULL;
    return realloc(old, size);
}

static void *never_fail(void *old, size_t size)
{
    if (size != 0)
        return realloc(old, size);
    free(old);
    return NULL;
}

/* A round in which `count` allocations succeed and then `failures` fail. True: it got that far. */
static bool run_with_failures(struct fixture *f, long long count, long long failures)
{
    atomic_store(&allocations, count);
    atomic_store(&failures_left, failures);
    dw_alloc_hook = fail_some;
    atomic_fetch_add(&f->now, 3600);
    struct engine *engine = engine_open(&f->options, &f->err);
    if (engine != NULL && engine_refresh(engine, ENGINE_REFRESH_ALL, 0))
        assert_true(wait_for_end(engine, NULL));
    engine_close(engine);
    dw_alloc_hook = never_fail;
    return atomic_load(&allocations) <= 0;
}

static void failing_allocations_lose_no_article_for_good(void **state)
{
    struct fixture *f = *state;
    bool reached = true;
    for (long long count = 0; reached; count += 1 + count / 3) {
        f->options.store_path = dw_str_format(&f->arena, "%s/store-%lld.db", f->folder.path, count);
        reached = run_with_failures(f, count, count % 3 == 0 ? 20 : 1);
        run_round(f);
        assert_int_equal(counts_of(f).articles, ARTICLES);
        assert_int_equal(counts_of(f).figures, ARTICLES);
        assert_int_equal(counts_of(f).failing, 0);
    }
}

/* ---- Disk ------------------------------------------------------------------------------------ */

static void limit_files(rlim_t bytes)
{
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_full_disk_is_named_and_the_round_completes_once_there_is_room(void **state)
{
    struct fixture *f = *state;
    signal(SIGXFSZ, SIG_IGN);
    write_file(f, "config/feeds.opml", DW_STR("<opml version=\"2.0\"><body/></opml>"));
    run_round(f);
    write_feed(f);
    limit_files(300000);
    struct engine_message failure = run_round(f);
    limit_files(RLIM_INFINITY);
    if (strstr(failure.text, "space") == NULL)
        fail_msg("no space in \"%s\"", failure.text);
    assert_true(counts_of(f).articles < ARTICLES);
    run_round(f);
    assert_int_equal(counts_of(f).articles, ARTICLES);
    assert_int_equal(counts_of(f).failing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(failing_allocations_lose_no_article_for_good, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            a_full_disk_is_named_and_the_round_completes_once_there_is_room, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
