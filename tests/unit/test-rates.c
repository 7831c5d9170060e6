/* Reference rates: what the bank publishes, and nothing that is none. */
#include <math.h>

#include "unit.h"

#include "event/event.h"

static struct dw_arena arena;
static struct dw_rates rates;

static int make_arena(void **state)
{
    (void)state;
    dw_arena_init(&arena, 64u << 20);
    return 0;
}

static int drop_arena(void **state)
{
    (void)state;
    dw_arena_release(&arena);
    return 0;
}

static bool parse(const char *xml)
{
    struct dw_error err = {0};
    bool done = dw_rates_parse(&arena, dw_str_from_c(xml), &rates, &err);
    assert_true(done == (err.message[0] == '\0'));
    return done;
}

static void days_and_their_rates_are_read(void **state)
{
    (void)state;
    assert_true(parse("<Cube><Cube time='2026-01-28'><Cube currency='USD' rate='1.1974'/>"
                      "<Cube rate=\"182.81\" currency=\"JPY\"/></Cube>"
                      "<Cube time='2026-01-27'>\n<Cube currency='USD' rate='1.2'/></Cube></Cube>"));
    assert_int_equal(rates.len, 3);
    assert_memory_equal(rates.at[0].currency.at, "USD", 3);
    assert_true(rates.at[0].per_euro == 1.1974);
    assert_int_equal(rates.at[0].day, 1769558400);
    assert_true(rates.at[1].per_euro == 182.81);
    assert_int_equal(rates.at[2].day, 1769558400 - 86400);
}

static void what_is_no_rate_is_left_out(void **state)
{
    (void)state;
    assert_false(parse(""));
    assert_false(parse("<html>Sorry</html>"));
    assert_false(parse("<Cube currency='USD' rate='1.2'/>")); /* of no day */
    assert_false(parse("<Cube time='yesterday'><Cube currency='USD' rate='1.2'/>"));
    assert_false(parse("<Cube time='2026-01-28'><Cube currency='usd' rate='1.2'/>"));
    assert_false(parse("<Cube time='2026-01-28'><Cube currency='USD' rate='1.2.3'/>"));
    assert_false(parse("<Cube time='2026-01-28'><Cube currency='USD' rate='-1'/>"));
    assert_false(parse("<Cube time='2026-01-28'><Cube currency='USD' rate='0'/>"));
    assert_false(parse("<Cube time='2026-01-28'><Cube currency='USD' rate='9999999999'/>"));
    assert_false(parse("<Cube time='2026-01-28'><Cube currency='USD' rate='.'/>"));
    assert_false(parse("<Cube time='2026-01-28'><Cube currency='USD"));
    assert_true(parse("<Cube time='2026-01-28'><Cube bad currency='USD'/>"
                      "<Cube currency='GBP' rate='0.867'/>"));
    assert_int_equal(rates.len, 1);
}

static void the_table_that_is_built_in_tells_its_day(void **state)
{
    (void)state;
    struct dw_rate rate;
    assert_true(dw_money_rate(DW_STR("USD"), 1735689600 + 40 * 86400, &rate)); /* 2025-02-10 */
    assert_int_equal(rate.day, 1738368000);                                    /* 2025-02-01 */
    assert_true(rate.per_euro > 1 && rate.per_euro < 1.1);
    assert_true(dw_money_rate(DW_STR("EUR"), DW_TIME_NONE, &rate));
    assert_true(rate.per_euro == 1);
    assert_false(dw_money_rate(DW_STR("people"), DW_TIME_NONE, &rate));
    assert_true(isnan(dw_money_usd(1, DW_STR("W"), DW_TIME_NONE)));
    double pounds = dw_money_usd(1e9, DW_STR("GBP"), DW_TIME_NONE);
    assert_true(pounds > 1.1e9 && pounds < 1.6e9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(days_and_their_rates_are_read, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(what_is_no_rate_is_left_out, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(the_table_that_is_built_in_tells_its_day, make_arena,
                                        drop_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
