/* Dollars at the rates that the store has, else at those built in. */
#include <math.h>

#include "place-test.h"

static void the_stores_rate_of_the_day_wins_where_it_is_newer(void **state)
{
    struct fixture *f = *state;
    begin(f, 0);
    struct engine_conversion built_in = engine_convert(f->store, 100, DW_STR("GBP"), NOW);
    assert_false(built_in.is_daily);
    assert_true(built_in.usd > 110 && built_in.usd < 160);
    OK(store_rate_put(f->store, DW_STR("GBP"), NOW - 2 * DAY, 0.5, &f->err));
    OK(store_rate_put(f->store, DW_STR("USD"), NOW - 2 * DAY, 2, &f->err));
    struct engine_conversion daily = engine_convert(f->store, 100, DW_STR("GBP"), NOW);
    assert_true(daily.is_daily);
    assert_true(daily.usd == 400);
    assert_int_equal(daily.day, NOW - 2 * DAY);
    /* before the store's rates the built-in ones hold */
    assert_false(engine_convert(f->store, 100, DW_STR("GBP"), NOW - 90 * DAY).is_daily);
    assert_true(engine_convert(f->store, 100, DW_STR("EUR"), NOW).usd == 200);
}

static void what_is_no_money_has_no_dollars(void **state)
{
    struct fixture *f = *state;
    begin(f, 0);
    assert_true(isnan(engine_convert(f->store, 5, DW_STR("people"), NOW).usd));
    assert_true(isnan(engine_convert(f->store, 5, DW_STR("QQQ"), NOW).usd));
    assert_true(isnan(engine_convert(f->store, (double)NAN, DW_STR("EUR"), NOW).usd));
    struct engine_conversion dollars = engine_convert(f->store, 5, DW_STR("USD"), NOW);
    assert_true(dollars.usd == 5);
    assert_int_equal(dollars.day, DW_TIME_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_stores_rate_of_the_day_wins_where_it_is_newer,
                                        open_store, close_store),
        cmocka_unit_test_setup_teardown(what_is_no_money_has_no_dollars, open_store, close_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
