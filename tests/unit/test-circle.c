/* Circles of payments: each found once, none that is not there, in bounded time. */
#include "unit.h"

#include "event/event.h"

static struct dw_arena arena;

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

static void each_circle_is_found_once_the_widest_first(void **state)
{
    (void)state;
    struct dw_payment payments[] = {
        {2, 0, 100e9}, {0, 1, 300e9}, {1, 2, 40e9}, /* 0 -> 1 -> 2 -> 0 */
        {1, 0, 5e9},                                /* 0 -> 1 -> 0 */
        {3, 0, 1e9},   {0, 4, 1e9},                 /* no way back */
    };
    struct dw_circles circles;
    assert_true(
        dw_circles_find(&arena, payments, sizeof payments / sizeof payments[0], 5, &circles));
    assert_int_equal(circles.len, 2);
    assert_int_equal(circles.at[0].len, 3);
    assert_true(circles.at[0].least == 40e9);
    assert_int_equal(circles.at[0].parties[0], 0);
    assert_int_equal(circles.at[0].parties[1], 1);
    assert_int_equal(circles.at[0].parties[2], 2);
    assert_int_equal(circles.at[1].len, 2);
    assert_true(circles.at[1].least == 5e9);
}

static void circles_of_five_are_the_longest(void **state)
{
    (void)state;
    struct dw_payment five[] = {{0, 1, 1}, {1, 2, 1}, {2, 3, 1}, {3, 4, 1}, {4, 0, 1}};
    struct dw_payment six[] = {{0, 1, 1}, {1, 2, 1}, {2, 3, 1}, {3, 4, 1}, {4, 5, 1}, {5, 0, 1}};
    struct dw_circles circles;
    assert_true(dw_circles_find(&arena, five, 5, 5, &circles));
    assert_int_equal(circles.len, 1);
    assert_int_equal(circles.at[0].len, 5);
    assert_true(dw_circles_find(&arena, six, 6, 6, &circles));
    assert_int_equal(circles.len, 0);
    assert_true(dw_circles_find(&arena, NULL, 0, 0, &circles));
    assert_int_equal(circles.len, 0);
}

static void a_dense_net_ends_and_a_full_arena_is_told(void **state)
{
    (void)state;
    enum { SIDE = 60 };
    struct dw_payment *payments = dw_arena_array(&arena, SIDE * SIDE, sizeof *payments);
    size_t count = 0;
    for (size_t i = 0; i < SIDE; i++)
        for (size_t j = 0; j < SIDE; j++)
            if (i != j)
                payments[count++] = (struct dw_payment){i, j, (double)(i + j)};
    struct dw_arena small;
    dw_arena_init(&small, 1u << 20);
    struct dw_circles circles;
    assert_false(dw_circles_find(&small, payments, count, SIDE, &circles));
    dw_arena_release(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_circle_is_found_once_the_widest_first, make_arena,
                                        drop_arena),
        cmocka_unit_test_setup_teardown(circles_of_five_are_the_longest, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(a_dense_net_ends_and_a_full_arena_is_told, make_arena,
                                        drop_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
