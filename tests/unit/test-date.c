/* Tests of dates, durations and the calendar. */
#include "unit.h"

static const struct {
    const char *text;
    const char *iso; /* NULL: names no instant */
} dates[] = {
    {"Wed, 26 Nov 2025 06:42:00 GMT", "2025-11-26T06:42:00Z"},
    {"26 Nov 2025 06:42:00 +0100", "2025-11-26T05:42:00Z"},
    {"Wed, 26 Nov 25 06:42 EST", "2025-11-26T11:42:00Z"},
    {"Wed, 26 November 2025 06:42:07 PDT", "2025-11-26T13:42:07Z"},
    {"Sat, 1 Sept 2025 00:00:00 Z", "2025-09-01T00:00:00Z"},
    {"26 Nov 2025", "2025-11-26T00:00:00Z"},
    {"Nov 26, 2025 6:42 PM", "2025-11-26T18:42:00Z"},
    {"November 26, 2025 12:05 am", "2025-11-26T00:05:00Z"},
    {"Wed Nov 26 06:42:00 2025", "2025-11-26T06:42:00Z"},
    {"2025-11-26T06:42:00Z", "2025-11-26T06:42:00Z"},
    {"2025-11-26t06:42:00.123456+05:30", "2025-11-26T01:12:00Z"},
    {"2025-11-26 06:42:00 -0800", "2025-11-26T14:42:00Z"},
    {"2025-11-26 06:42", "2025-11-26T06:42:00Z"},
    {"2025-11-26T06:42+01:00", "2025-11-26T05:42:00Z"},
    {"2025-11", "2025-11-01T00:00:00Z"},
    {"2025", "2025-01-01T00:00:00Z"},
    {"20251126T064200Z", "2025-11-26T06:42:00Z"},
    {"11/26/2025 06:42", "2025-11-26T06:42:00Z"},
    {"26/11/2025", "2025-11-26T00:00:00Z"},
    {"1764139320", "2025-11-26T06:42:00Z"},
    {"1764139320000", "2025-11-26T06:42:00Z"},
    {"Thu, 29 Feb 2024 23:59:60 GMT", "2024-03-01T00:00:00Z"},
    {"Nov. 26, 2025, 6:42 p.m. EST", "2025-11-26T23:42:00Z"},
    {"Wed, 26 Nov 2025 06:42:00 +0100 (IST)", "2025-11-26T05:42:00Z"},
    {"Wed, 26 Nov 2025 06:42 CEST", "2025-11-26T04:42:00Z"},
    {"Wed, 26 Nov 2025 15:42 JST", "2025-11-26T06:42:00Z"},
    {"Mon, 26 Nov 2025 06:42:00 GMT", "2025-11-26T06:42:00Z"},
    {"26-Nov-25 06:42", "2025-11-26T06:42:00Z"},
    {"Wed, 26 Nov 95 06:42:00 GMT", "1995-11-26T06:42:00Z"},
    {"2025-11-26T06:42:00+0000", "2025-11-26T06:42:00Z"},
    {"2025-11-26T06:42:00.5z", "2025-11-26T06:42:00Z"},
    {"Wed Nov 26 06:42:00 PST 2025", "2025-11-26T14:42:00Z"},
    {"mer, 9 avr 2025 00:00:00 +0200", "2025-04-08T22:00:00Z"},
    {"jeu., 02 avril 2020 00:00:00 +0200", "2020-04-01T22:00:00Z"},
    {"mar, 11 abr 2023 10:00:00 GMT", "2023-04-11T10:00:00Z"},
    {"Do, 29 M\xc3\xa4r 2018 00:00:00 +0200", "2018-03-28T22:00:00Z"},
    {"Lundi, 16. Novembre 2020 - 15:54", "2020-11-16T15:54:00Z"},
    {"2004-j\xc3\xbalius-13T9:15-05:00", "2004-07-13T14:15:00Z"},
    {"11 \xd0\x90\xd0\xb2\xd0\xb3\xd1\x83\xd1\x81\xd1\x82\xd0\xb0 2025", "2025-08-11T00:00:00Z"},
    {"Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53Z"},
    {"2020-11-08T16:20:00-05:00Z", "2020-11-08T21:20:00Z"},
    {"Sat, 11 04 2020 08:51:49 +0100", "2020-04-11T07:51:49Z"},
    {"Sun, 16 Dec 2012 11:47:32 +zz:00", NULL},
    {"", NULL},
    {"yesterday", NULL},
    {"2026-W05-4", "2026-01-29T00:00:00Z"},
    {"2026W054", "2026-01-29T00:00:00Z"},
    {"2020-W53-7", "2021-01-03T00:00:00Z"},
    {"2025-W01-1", "2024-12-30T00:00:00Z"},
    {"2026-W05-4T10:02:00Z", "2026-01-29T10:02:00Z"},
    {"2026-W54-1", NULL},
    {"2026-W05-8", NULL},
    {"2026-029", "2026-01-29T00:00:00Z"},
    {"2026029T1002Z", "2026-01-29T10:02:00Z"},
    {"2024-366", "2024-12-31T00:00:00Z"},
    {"2025-366", NULL},
    {"2025-000", NULL},
    {"2026年1月29日", "2026-01-29T00:00:00Z"},
    {"2026年01月29日 10時02分", "2026-01-29T10:02:00Z"},
    {"2026年1月29日 下午3:02", "2026-01-29T15:02:00Z"},
    {"2026년 1월 29일 10:02", "2026-01-29T10:02:00Z"},
    {"2026-01-29 오후 11:23:17", "2026-01-29T23:23:17Z"},
    {"2026-01-29 5:02 PM", "2026-01-29T17:02:00Z"},
    {"2026-01-29 12:02 a.m. EST", "2026-01-29T05:02:00Z"},
    {"Jan 29, 2026 at 10:02 am", "2026-01-29T10:02:00Z"},
    {"2026-01-29 10:02:00 Europe/Berlin", "2026-01-29T09:02:00Z"},
    {"2026-07-29 10:02:00 Europe/Berlin", "2026-07-29T08:02:00Z"},
    {"2026-03-29 01:59:59 Europe/London", "2026-03-29T00:59:59Z"},
    {"2025-03-30 00:59:59 Europe/London", "2025-03-30T00:59:59Z"},
    {"Thu, 29 Jan 2026 10:02:00 Asia/Kolkata", "2026-01-29T04:32:00Z"},
    {"2025-11-02 03:00 America/New_York", "2025-11-02T08:00:00Z"},
    {"2025-07-02 03:00 America/New_York", "2025-07-02T07:00:00Z"},
    {"2026-01-29 10:00 Australia/Sydney", "2026-01-28T23:00:00Z"},
    {"2026-07-29 10:00 Australia/Sydney", "2026-07-29T00:00:00Z"},
    {"2026-01-29 10:02 Atlantis/Poseidonis", NULL},
    {"32 Nov 2025", NULL},
    {"2025-13-01", NULL},
    {"Wed, 26 Nov", NULL},
};

static void every_form_names_its_instant(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, 1 << 16);
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        int64_t time = DW_TIME_NONE;
        bool found = dw_date_parse(dw_str_from_c(dates[i].text), &time);
        if (dates[i].iso == NULL) {
            if (found)
                fail_msg("\"%s\" should name no instant", dates[i].text);
            continue;
        }
        struct dw_str iso = dw_date_iso(&arena, time);
        if (!found || !dw_str_eq(iso, dw_str_from_c(dates[i].iso)))
            fail_msg("\"%s\": got %.*s, want %s", dates[i].text, DW_FMT(iso), dates[i].iso);
    }
    dw_arena_release(&arena);
}

static void durations_have_one_unit(void **state)
{
    (void)state;
    int64_t seconds;
    assert_true(dw_duration_parse(DW_STR("7d"), &seconds));
    assert_int_equal(seconds, 604800);
    assert_true(dw_duration_parse(DW_STR("90m"), &seconds));
    assert_int_equal(seconds, 5400);
    assert_false(dw_duration_parse(DW_STR("7"), &seconds));
    assert_false(dw_duration_parse(DW_STR("d"), &seconds));
    assert_false(dw_duration_parse(DW_STR("-1d"), &seconds));
    assert_false(dw_duration_parse(DW_STR("99999999999999999999d"), &seconds));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_names_its_instant),
        cmocka_unit_test(durations_have_one_unit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
