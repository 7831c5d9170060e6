/* Numbers and times as they are written on the screen. */
#include "format.h"

#include <math.h>

#include "unit.h"

static struct dw_arena arena;

static int set_up(void **state)
{
    (void)state;
    dw_arena_init(&arena, 1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dw_arena_release(&arena);
    return 0;
}

static void amounts_are_written_by_their_unit(void **state)
{
    (void)state;
    static const struct {
        const char *unit;
        double value;
        const char *utf8;
        const char *ascii;
    } cases[] = {
        {"USD", 50e9, "$50.0B", "$50.0B"},
        {"USD", 830e9, "$830.0B", "$830.0B"},
        {"USD", 1.4e12, "$1.4T", "$1.4T"},
        {"USD", 310e6, "$310M", "$310M"},
        {"USD", 2.5e6, "$2.5M", "$2.5M"},
        {"USD", 999.97e6, "$1.0B", "$1.0B"},
        {"USD", 999.4e6, "$999M", "$999M"},
        {"USD", 300e3, "$300K", "$300K"},
        {"USD", 20, "$20", "$20"},
        {"USD", 4.99, "$4.99", "$4.99"},
        {"USD", -2.1e9, "-$2.1B", "-$2.1B"},
        {"EUR", 1.2e9, "€1.2B", "EUR 1.2B"},
        {"GBP", 120e6, "£120M", "GBP 120M"},
        {"CAD", 3e9, "C$3.0B", "C$3.0B"},
        {"SEK", 4e9, "SEK 4.0B", "SEK 4.0B"},
        {"people", 16000, "16,000", "16,000"},
        {"people", 300e6, "300M", "300M"},
        {"people", 1.5e9, "1.5B", "1.5B"},
        {"percent", 9, "9%", "9%"},
        {"percent", -14.5, "-14.5%", "-14.5%"},
        {"W", 1.2e9, "1.2 GW", "1.2 GW"},
        {"W", 300e6, "300 MW", "300 MW"},
        {"chips", 40000, "40,000", "40,000"},
        {"parameters", 70e9, "70B", "70B"},
        {"tokens", 15e12, "15T", "15T"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ui_amount amount = {dw_str_from_c(cases[i].unit), DW_QUALIFIER_EXACT, cases[i].value,
                                   cases[i].value, cases[i].value};
        for (int ascii = 0; ascii < 2; ascii++) {
            struct dw_str got = ui_format_amount(&arena, &amount, ascii != 0);
            struct dw_str want = dw_str_from_c(ascii ? cases[i].ascii : cases[i].utf8);
            if (!dw_str_eq(got, want))
                fail_msg("%s %g: got %.*s, want %.*s", cases[i].unit, cases[i].value, DW_FMT(got),
                         DW_FMT(want));
        }
    }
}

static void qualifiers_show(void **state)
{
    (void)state;
    struct ui_amount amount = {DW_STR("USD"), DW_QUALIFIER_RANGE, 45e9, 40e9, 50e9};
    assert_str(ui_format_amount(&arena, &amount, false), "$40–50B");
    assert_str(ui_format_amount(&arena, &amount, true), "$40-50B");
    amount.low = 800e6;
    assert_str(ui_format_amount(&arena, &amount, true), "$800M-$50.0B");
    amount.qualifier = DW_QUALIFIER_OVER;
    assert_str(ui_format_amount(&arena, &amount, false), ">$45.0B");
    amount.qualifier = DW_QUALIFIER_UP_TO;
    assert_str(ui_format_amount(&arena, &amount, false), "<$45.0B");
    struct ui_amount people = {DW_STR("people"), DW_QUALIFIER_RANGE, 150, 100, 200};
    assert_str(ui_format_amount(&arena, &people, true), "100-200");
}

static void vague_amounts_are_words(void **state)
{
    (void)state;
    struct ui_amount amount = {DW_STR("USD"), DW_QUALIFIER_VAGUE, NAN, 1e9, NAN};
    assert_str(ui_format_amount(&arena, &amount, false), "billions");
    amount.low = 1000;
    assert_str(ui_format_amount(&arena, &amount, false), "thousands");
    amount.low = 100;
    assert_str(ui_format_amount(&arena, &amount, false), "hundreds");
    amount.low = 12;
    assert_str(ui_format_amount(&arena, &amount, false), "dozens");
    amount.low = NAN;
    assert_str(ui_format_amount(&arena, &amount, false), "vague");
}

static void a_value_that_nobody_knows_is_nothing(void **state)
{
    (void)state;
    struct ui_amount amount = {DW_STR("USD"), DW_QUALIFIER_EXACT, NAN, NAN, NAN};
    assert_str(ui_format_amount(&arena, &amount, false), "");
}

static void exact_values_have_all_digits(void **state)
{
    (void)state;
    struct ui_amount amount = {DW_STR("USD"), DW_QUALIFIER_EXACT, 50e9, 50e9, 50e9};
    assert_str(ui_format_exact(&arena, &amount, false), "$50,000,000,000");
    amount.value = -1234;
    assert_str(ui_format_exact(&arena, &amount, false), "-$1,234");
    amount.value = 1e300;
    assert_true(ui_format_exact(&arena, &amount, false).len > 0);
}

static void counts_are_grouped(void **state)
{
    (void)state;
    assert_str(ui_format_count(&arena, 0), "0");
    assert_str(ui_format_count(&arena, 999), "999");
    assert_str(ui_format_count(&arena, 19870), "19,870");
    assert_str(ui_format_count(&arena, -1234567), "-1,234,567");
    assert_str(ui_format_count(&arena, INT64_MIN), "-9,223,372,036,854,775,808");
}

static void ages_have_at_most_three_cells(void **state)
{
    (void)state;
    static const struct {
        int64_t age;
        const char *text;
    } cases[] = {{-100, "now"},        {0, "now"},           {59, "now"},
                 {60, "1m"},           {3599, "59m"},        {3600, "1h"},
                 {86399, "23h"},       {86400, "1d"},        {99 * 86400, "99d"},
                 {100 * 86400, "14w"}, {699 * 86400, "99w"}, {800 * 86400, "2y"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct dw_str got = ui_format_age(&arena, 1000000000 - cases[i].age, 1000000000);
        assert_true(got.len <= 3);
        assert_true(dw_str_eq(got, dw_str_from_c(cases[i].text)));
    }
    assert_str(ui_format_age(&arena, DW_TIME_NONE, 1000), "");
}

static void dates_are_local_and_short(void **state)
{
    (void)state;
    int64_t time = 1769683320; /* 2026-01-29T10:42:00Z */
    assert_str(ui_format_moment(&arena, time), "29 Jan 10:42");
    assert_str(ui_format_clock(&arena, time), "Thu 29 Jan 10:42");
    assert_str(ui_format_minute(&arena, time), "10:42");
    assert_str(ui_format_day(&arena, time, time), "29 Jan");
    assert_str(ui_format_day(&arena, time - 300 * 86400, time), "Apr 25");
    assert_str(ui_format_day(&arena, DW_TIME_NONE, time), "");
}

static void without_memory_nothing_crashes(void **state)
{
    (void)state;
    struct ui_amount amount = {DW_STR("EUR"), DW_QUALIFIER_RANGE, 45e9, 40e9, 50e9};
    for (size_t n = 0; n < 4; n++) {
        struct dw_arena small;
        dw_arena_init(&small, 1 << 16);
        unit_fail_after(n);
        (void)ui_format_amount(&small, &amount, false);
        (void)ui_format_exact(&small, &amount, true);
        (void)ui_format_age(&small, 5, 1000);
        unit_fail_after(SIZE_MAX);
        dw_arena_release(&small);
    }
}

int main(void)
{
#define EACH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        EACH(amounts_are_written_by_their_unit), EACH(qualifiers_show),
        EACH(vague_amounts_are_words),           EACH(a_value_that_nobody_knows_is_nothing),
        EACH(exact_values_have_all_digits),      EACH(counts_are_grouped),
        EACH(ages_have_at_most_three_cells),     EACH(dates_are_local_and_short),
        EACH(without_memory_nothing_crashes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
