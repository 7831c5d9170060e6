/* When a feed is asked again. */
#include "unit.h"

#include "fetch/fetch.h"

#define NOW 1769683320 /* 2026-01-29T10:42:00Z */
#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static struct fetch_schedule quiet_schedule(enum fetch_outcome outcome)
{
    return (struct fetch_schedule){
        .outcome = outcome,
        .now = NOW,
        .feed = 7,
        .newest = NOW - HOUR,
        .ttl = -1,
        .max_age = -1,
        .expires = -1,
        .retry_after = -1,
    };
}

struct row {
    const char *name;
    enum fetch_outcome outcome;
    int64_t interval;
    int64_t newest_age;
    int64_t ttl;
    int64_t max_age;
    int64_t expires;
    int64_t retry_after;
    unsigned failures;
    int64_t least; /* seconds until the next try */
    int64_t most;
};

static const struct row rows[] = {
    {"a lively feed", FETCH_BODY, 0, HOUR, -1, -1, -1, -1, 0, 27 * MINUTE, 33 * MINUTE},
    {"unchanged is like a body", FETCH_UNCHANGED, 0, HOUR, -1, -1, -1, -1, 0, 27 * MINUTE,
     33 * MINUTE},
    {"quiet for a week", FETCH_BODY, 0, 7 * DAY, -1, -1, -1, -1, 0, 160 * MINUTE, 200 * MINUTE},
    {"quiet for a year", FETCH_BODY, 0, 365 * DAY, -1, -1, -1, -1, 0, 324 * MINUTE, 396 * MINUTE},
    {"an entry of the future", FETCH_BODY, 0, -9 * DAY, -1, -1, -1, -1, 0, 27 * MINUTE,
     33 * MINUTE},
    {"the user's interval", FETCH_BODY, 2 * HOUR, 365 * DAY, -1, -1, -1, -1, 0, 108 * MINUTE,
     132 * MINUTE},
    {"never below ten minutes", FETCH_BODY, 1, HOUR, -1, -1, -1, -1, 0, 9 * MINUTE, 11 * MINUTE},
    {"max-age is longer", FETCH_BODY, 0, HOUR, -1, 3 * HOUR, -1, -1, 0, 3 * HOUR, 3 * HOUR},
    {"max-age is shorter", FETCH_BODY, 0, HOUR, -1, 60, -1, -1, 0, 27 * MINUTE, 33 * MINUTE},
    {"Expires is longer", FETCH_UNCHANGED, 0, HOUR, -1, -1, 4 * HOUR, -1, 0, 4 * HOUR, 4 * HOUR},
    {"ttl is the longest", FETCH_BODY, 0, HOUR, 5 * HOUR, HOUR, HOUR, -1, 0, 5 * HOUR, 5 * HOUR},
    {"a year of max-age is a week", FETCH_BODY, 0, HOUR, -1, 365 * DAY, -1, -1, 0, 7 * DAY,
     7 * DAY},
    {"Retry-After", FETCH_BUSY, 0, HOUR, -1, -1, -1, 2 * HOUR, 1, 2 * HOUR, 2 * HOUR},
    {"Retry-After of a second", FETCH_BUSY, 0, HOUR, -1, -1, -1, 1, 1, 15 * MINUTE, 15 * MINUTE},
    {"Retry-After of a year", FETCH_BUSY, 0, HOUR, -1, -1, -1, 365 * DAY, 1, 7 * DAY, 7 * DAY},
    {"max-age beside 429", FETCH_BUSY, 0, HOUR, -1, 3 * HOUR, -1, 1, 1, 3 * HOUR, 3 * HOUR},
    {"busy without a word", FETCH_BUSY, 0, HOUR, -1, -1, -1, -1, 1, HOUR, 66 * MINUTE},
    {"busy for the third time", FETCH_BUSY, 0, HOUR, -1, -1, -1, -1, 3, 4 * HOUR, 264 * MINUTE},
    {"a first failure", FETCH_REFUSED, 0, HOUR, -1, -1, -1, -1, 1, HOUR, 66 * MINUTE},
    {"a fourth failure", FETCH_NETWORK, 0, HOUR, -1, -1, -1, -1, 4, 8 * HOUR, 528 * MINUTE},
    {"failing for ever", FETCH_LIMIT, 0, HOUR, -1, -1, -1, -1, 4000000000u, 2 * DAY, 2 * DAY},
    {"stopped by us", FETCH_STOPPED, 0, HOUR, -1, -1, -1, -1, 0, 0, 0},
};

static void each_row_gives_its_gap(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct fetch_schedule schedule = quiet_schedule(rows[i].outcome);
        schedule.interval = rows[i].interval;
        schedule.newest = NOW - rows[i].newest_age;
        schedule.ttl = rows[i].ttl;
        schedule.max_age = rows[i].max_age;
        schedule.expires = rows[i].expires;
        schedule.retry_after = rows[i].retry_after;
        schedule.failures = rows[i].failures;
        for (uint64_t feed = 1; feed <= 200; feed++) {
            schedule.feed = feed;
            int64_t gap = fetch_schedule_next(&schedule) - NOW;
            if (gap < rows[i].least || gap > rows[i].most)
                fail_msg("%s: feed %d waits %d s", rows[i].name, (int)feed, (int)gap);
        }
    }
}

static void a_gone_feed_is_never_asked_again_by_itself(void **state)
{
    (void)state;
    struct fetch_schedule schedule = quiet_schedule(FETCH_GONE);
    assert_true(fetch_schedule_next(&schedule) == DW_TIME_NONE);
}

static void the_same_feed_and_time_give_the_same_gap(void **state)
{
    (void)state;
    struct fetch_schedule schedule = quiet_schedule(FETCH_BODY);
    int64_t next = fetch_schedule_next(&schedule);
    assert_int_equal(fetch_schedule_next(&schedule), next);
    schedule.now += HOUR;
    assert_int_not_equal(fetch_schedule_next(&schedule), next);
}

static void a_thousand_feeds_asked_at_once_come_back_evenly(void **state)
{
    (void)state;
    unsigned minutes[180] = {0};
    for (uint64_t feed = 1; feed <= 1000; feed++) {
        struct fetch_schedule schedule = quiet_schedule(FETCH_BODY);
        schedule.feed = feed;
        schedule.spread = HOUR;
        int64_t gap = fetch_schedule_next(&schedule) - NOW;
        assert_true(gap >= 27 * MINUTE && gap <= 93 * MINUTE);
        minutes[gap / MINUTE]++;
    }
    for (size_t i = 0; i < 180; i++)
        assert_true(minutes[i] <= 40);
}

static void feeds_with_one_max_age_come_back_evenly_too(void **state)
{
    (void)state;
    unsigned minutes[180] = {0};
    for (uint64_t feed = 1; feed <= 1000; feed++) {
        struct fetch_schedule schedule = quiet_schedule(FETCH_BODY);
        schedule.feed = feed;
        schedule.spread = HOUR;
        schedule.max_age = HOUR;
        minutes[(fetch_schedule_next(&schedule) - NOW) / MINUTE]++;
    }
    for (size_t i = 0; i < 180; i++)
        assert_true(minutes[i] <= 40);
}

/* NOW is a Thursday, 10:42. */
static void hours_and_days_that_a_feed_skips_are_skipped(void **state)
{
    (void)state;
    struct fetch_schedule schedule = quiet_schedule(FETCH_BODY);
    schedule.max_age = HOUR; /* 11:42 */
    schedule.skip_hours = 1u << 11 | 1u << 12;
    assert_int_equal(fetch_schedule_next(&schedule), NOW + 3 * HOUR);
    schedule.skip_days = 1u << 4 | 1u << 5;
    assert_int_equal(fetch_schedule_next(&schedule),
                     NOW - 42 * MINUTE - 10 * HOUR + 2 * DAY + 42 * MINUTE);
    schedule.skip_days = 0x7F;
    assert_int_equal(fetch_schedule_next(&schedule), NOW + HOUR);
}

static void a_server_that_fails_for_a_day_gets_few_requests_of_an_hourly_run(void **state)
{
    (void)state;
    int64_t next = NOW;
    unsigned failures = 0;
    for (int hour = 0; hour < 24; hour++) {
        int64_t now = NOW + hour * HOUR;
        if (!fetch_schedule_due(next, now - HOUR, now))
            continue;
        struct fetch_schedule schedule = quiet_schedule(FETCH_REFUSED);
        schedule.now = now;
        schedule.failures = ++failures;
        next = fetch_schedule_next(&schedule);
    }
    assert_true(failures >= 3 && failures <= 6);
}

static void a_turned_clock_neither_silences_nor_storms(void **state)
{
    (void)state;
    assert_true(fetch_schedule_due(DW_TIME_NONE, DW_TIME_NONE, NOW));
    assert_true(fetch_schedule_due(NOW, NOW - HOUR, NOW));
    assert_false(fetch_schedule_due(NOW + 1, NOW - HOUR, NOW));
    assert_false(fetch_schedule_due(NOW + 7 * DAY, NOW, NOW));
    assert_true(fetch_schedule_due(NOW + 9 * DAY, NOW - HOUR, NOW));
    assert_true(fetch_schedule_due(NOW + HOUR, NOW + DAY, NOW));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_gives_its_gap),
        cmocka_unit_test(a_gone_feed_is_never_asked_again_by_itself),
        cmocka_unit_test(the_same_feed_and_time_give_the_same_gap),
        cmocka_unit_test(a_thousand_feeds_asked_at_once_come_back_evenly),
        cmocka_unit_test(feeds_with_one_max_age_come_back_evenly_too),
        cmocka_unit_test(hours_and_days_that_a_feed_skips_are_skipped),
        cmocka_unit_test(a_server_that_fails_for_a_day_gets_few_requests_of_an_hourly_run),
        cmocka_unit_test(a_turned_clock_neither_silences_nor_storms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
