/* What the tests of feeds share: an arena for each test, and feeds read into it. */
#ifndef UNIT_UNIT_FEED_H
#define UNIT_UNIT_FEED_H

#include "unit.h"

#include "feed/feed.h"

#define UNIT_ARENA (64u << 20)
#define UNIT_URL "https://ex.org/dir/feed.xml"

/* The arena of the test that runs. */
static struct dw_arena arena;

static inline int unit_set_up(void **state)
{
    (void)state;
    dw_arena_init(&arena, UNIT_ARENA);
    return 0;
}

static inline int unit_tear_down(void **state)
{
    (void)state;
    dw_arena_release(&arena);
    return 0;
}

/* A feed that came from UNIT_URL with this HTTP header; the test fails if it is none. */
static inline struct dw_feed unit_parse_as(struct dw_str bytes, const char *content_type)
{
    struct dw_feed feed;
    struct dw_error err = {0};
    struct dw_feed_input input = {.bytes = bytes,
                                  .url = DW_STR(UNIT_URL),
                                  .content_type = dw_str_from_c(content_type),
                                  .now = DW_TIME_NONE};
    if (!dw_feed_parse(&arena, &input, &feed, &err))
        fail_msg("%s", err.message);
    return feed;
}

static inline struct dw_feed unit_parse(const char *text)
{
    return unit_parse_as(dw_str_from_c(text), "");
}

/* Fails each allocation in turn; the reading has to say so, or to do without. */
static inline void unit_parse_without_memory(const char *text)
{
    size_t failures = 0;
    bool done = false;
    for (size_t n = 0; n < 2000 && !done; n++) {
        struct dw_arena small;
        dw_arena_init(&small, UNIT_ARENA);
        struct dw_feed feed;
        struct dw_error err = {0};
        struct dw_feed_input input = {.bytes = dw_str_from_c(text), .now = DW_TIME_NONE};
        unit_fail_after(n);
        done = dw_feed_parse(&small, &input, &feed, &err);
        unit_fail_after(SIZE_MAX);
        failures += !done;
        assert_true(done || err.code != DW_OK);
        dw_arena_release(&small);
    }
    assert_true(done);
    assert_true(failures > 0);
}

/* One string after the other `count` times, in the arena. */
static inline struct dw_str unit_repeat(struct dw_str head, struct dw_str part, size_t count,
                                        struct dw_str tail)
{
    struct dw_buf out;
    dw_buf_init(&out, head.len + part.len * count + tail.len + 1);
    dw_buf_add(&out, head);
    for (size_t i = 0; i < count; i++)
        dw_buf_add(&out, part);
    dw_buf_add(&out, tail);
    struct dw_str all = dw_str_dup(&arena, dw_buf_str(&out));
    dw_buf_release(&out);
    return all;
}

static inline bool unit_warned(const struct dw_feed *feed, const char *part)
{
    for (size_t i = 0; i < feed->warnings.len; i++) {
        if (dw_str_find(feed->warnings.at[i], dw_str_from_c(part), 0) != SIZE_MAX)
            return true;
    }
    return false;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, unit_set_up, unit_tear_down)

#define RSS(inner)                                                                 \
    "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' " \
    "xmlns:dc='http://purl.org/dc/elements/1.1/' "                                 \
    "xmlns:atom='http://www.w3.org/2005/Atom' "                                    \
    "xmlns:media='http://search.yahoo.com/mrss/'><channel><title>T</title>"        \
    "<link>https://ex.org/</link>" inner "</channel></rss>"

#define ATOM(inner) "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title>" inner "</feed>"

#endif
