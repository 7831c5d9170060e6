/* The demo's feeds: date marks, and the throw-away folder. */
#include "unit.h"

#include <string.h>
#include <unistd.h>

#include <dealwire/feed.h>

#include "engine/engine.h"

#define NOW 1769683320 /* Thursday, 2026-01-29T10:42:00Z */

static void marks_become_dates_around_now(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *want;
    } rows[] = {
        {"", ""},
        {"no mark { here }", "no mark { here }"},
        {"{{now rfc822}}", "Thu, 29 Jan 2026 10:42:00 GMT"},
        {"{{now-3d4h rfc822}}", "Mon, 26 Jan 2026 06:42:00 GMT"},
        {"<d>{{now-90m iso}}</d>", "<d>2026-01-29T09:12:00Z</d>"},
        {"{{now+40s iso}}{{now-1w2d3h4m5s iso}}", "2026-01-29T10:42:40Z2026-01-20T07:37:55Z"},
        {"in {{now-75d month}} of {{now-75d year}}", "in November of 2025"},
        {"on {{now-75d date}}, a {{now-75d day}}", "on 15 November 2025, a Saturday"},
        {"the {{now-75d quarter}}", "the fourth quarter"},
    };
    struct dw_arena arena;
    dw_arena_init(&arena, 100000);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct dw_str out;
        struct dw_error err;
        assert_true(engine_sample_expand(&arena, dw_str_from_c(rows[i].text), NOW, &out, &err));
        struct dw_str want = dw_str_from_c(rows[i].want);
        if (!dw_str_eq(out, want))
            fail_msg("%s gives %.*s", rows[i].text, DW_FMT(out));
    }
    dw_arena_release(&arena);
}

static void marks_that_cannot_be_read_are_named(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "{{now-3x iso}}",
        "{{now-d iso}}",
        "{{now3d iso}}",
        "{{then iso}}",
        "{{now isotope}}",
        "{{now}}",
        "{{now-1d iso",
        "{{}}",
        "{{now-1d  iso}}",
        "{{now- iso}}",
        "{{now-99999999999d iso}}",
    };
    struct dw_arena arena;
    dw_arena_init(&arena, 100000);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct dw_str out;
        struct dw_error err = {0};
        if (engine_sample_expand(&arena, dw_str_from_c(wrong[i]), NOW, &out, &err))
            fail_msg("%s is taken for a mark", wrong[i]);
        assert_non_null(strstr(err.message, "date mark"));
    }
    dw_arena_release(&arena);
}

static void the_folder_holds_a_list_of_feeds_that_are_there_and_vanishes(void **state)
{
    (void)state;
    struct engine_sample sample;
    struct dw_error err;
    if (!engine_sample_open(&sample, NOW, &err))
        fail_msg("%s", err.message);
    struct dw_arena arena;
    dw_arena_init(&arena, 64u << 20);
    struct dw_str path = dw_str_format(&arena, "%.*s/feeds.opml", DW_FMT(sample.config_folder));
    struct dw_str bytes;
    struct dw_opml opml;
    assert_true(dw_file_read(&arena, path, 1u << 20, &bytes, &err));
    assert_true(dw_opml_parse(&arena, bytes, &opml, &err));
    assert_true(opml.feed_count >= 12);
    for (size_t i = 0; i < opml.feed_count; i++) {
        struct dw_feed_input input = {.now = DW_TIME_NONE};
        struct dw_feed feed;
        if (!dw_file_read(&arena, opml.feeds[i].url, 1u << 22, &input.bytes, &err) ||
            !dw_feed_parse(&arena, &input, &feed, &err))
            fail_msg("%s", err.message);
        assert_true(feed.entry_count > 0);
    }
    struct dw_str folder = dw_str_dup(&arena, sample.folder);
    engine_sample_close(&sample);
    assert_int_not_equal(access(folder.at, F_OK), 0);
    dw_arena_release(&arena);
}

static void no_room_for_the_folder_is_a_clear_error(void **state)
{
    (void)state;
    setenv("TMPDIR", "/nowhere/at/all", 1);
    struct engine_sample sample;
    struct dw_error err = {0};
    assert_false(engine_sample_open(&sample, NOW, &err));
    assert_non_null(strstr(err.message, "/nowhere/at/all"));
    unsetenv("TMPDIR");
}

static void failing_allocations_leave_nothing_behind(void **state)
{
    (void)state;
    size_t count = 0;
    bool done = false;
    for (; !done && count < 5000; count += count < 60 ? 1 : 97) {
        struct engine_sample sample;
        struct dw_error err = {0};
        unit_fail_after(count);
        done = engine_sample_open(&sample, NOW, &err);
        unit_fail_after(SIZE_MAX);
        if (done)
            engine_sample_close(&sample);
        else
            assert_int_not_equal(err.code, DW_OK);
    }
    assert_true(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_become_dates_around_now),
        cmocka_unit_test(marks_that_cannot_be_read_are_named),
        cmocka_unit_test(the_folder_holds_a_list_of_feeds_that_are_there_and_vanishes),
        cmocka_unit_test(no_room_for_the_folder_is_a_clear_error),
        cmocka_unit_test(failing_allocations_leave_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
