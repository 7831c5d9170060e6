/* Tests of the clock and the calendar. */
#include "unit.h"

#include <time.h>

static int64_t fixed(void *context)
{
    return *(int64_t *)context;
}

static void a_replaced_clock_wins_over_an_offset_and_an_offset_over_none(void **state)
{
    (void)state;
    int64_t moment = 1764139320;
    struct dw_clock clock = {.now = fixed, .context = &moment, .offset = 99};
    assert_int_equal(dw_clock_now(&clock), moment);
    struct dw_clock moved = {.offset = -1000000};
    int64_t now = dw_clock_now(NULL);
    int64_t shifted = dw_clock_now(&moved);
    assert_true(shifted + 1000000 - now >= 0 && shifted + 1000000 - now < 60);
}

static void milliseconds_never_run_backwards(void **state)
{
    (void)state;
    int64_t before = dw_clock_milliseconds();
    for (int i = 0; i < 1000; i++) {
        int64_t now = dw_clock_milliseconds();
        assert_true(now >= before);
        before = now;
    }
}

static void the_calendar_goes_there_and_back(void **state)
{
    (void)state;
    for (int64_t at = -70000000000; at < 200000000000; at += 86399 * 91) {
        struct dw_civil civil = dw_civil_from_time(at);
        assert_int_equal(dw_time_from_civil(&civil), at);
        assert_true(civil.month >= 1 && civil.month <= 12 && civil.day >= 1 && civil.day <= 31);
        assert_true(civil.weekday >= 0 && civil.weekday <= 6);
        assert_true(civil.yearday >= 0 && civil.yearday <= 365);
    }
    struct dw_civil leap = dw_civil_from_time(951782400);
    assert_int_equal(leap.month, 2);
    assert_int_equal(leap.day, 29);
    assert_int_equal(leap.weekday, 2);
}

static void fields_out_of_range_carry_over(void **state)
{
    (void)state;
    struct dw_civil next = {.year = 2025, .month = 13, .day = 1};
    struct dw_civil back = {.year = 2026, .month = 0, .day = 32, .hour = 24};
    struct dw_civil start = dw_civil_from_time(dw_time_from_civil(&next));
    assert_int_equal(start.year, 2026);
    assert_int_equal(start.month, 1);
    struct dw_civil same = dw_civil_from_time(dw_time_from_civil(&back));
    assert_int_equal(same.year, 2026);
    assert_int_equal(same.day, 2);
}

static void local_time_follows_the_zone_of_the_process(void **state)
{
    (void)state;
    setenv("TZ", "EST5EDT,M3.2.0,M11.1.0", 1);
    tzset();
    struct dw_civil winter = dw_civil_local(1764139320);
    struct dw_civil summer = dw_civil_local(1751328000);
    setenv("TZ", "UTC", 1);
    tzset();
    assert_int_equal(winter.hour, 1);
    assert_int_equal(winter.minute, 42);
    assert_int_equal(summer.hour, 20);
    assert_int_equal(summer.day, 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_replaced_clock_wins_over_an_offset_and_an_offset_over_none),
        cmocka_unit_test(milliseconds_never_run_backwards),
        cmocka_unit_test(the_calendar_goes_there_and_back),
        cmocka_unit_test(fields_out_of_range_carry_over),
        cmocka_unit_test(local_time_follows_the_zone_of_the_process),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
