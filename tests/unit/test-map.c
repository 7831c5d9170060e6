/* Tests of the map from slices to numbers. */
#include "unit.h"

static void ten_thousand_keys_are_found_again(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, 16 << 20);
    struct dw_map map;
    dw_map_init(&map, &arena);
    uint64_t value;
    assert_false(dw_map_get(&map, DW_STR("none"), &value));
    for (uint64_t i = 0; i < 10000; i++)
        assert_true(dw_map_put(&map, dw_str_format(&arena, "key %d", (int)i), i));
    assert_int_equal(map.len, 10000);
    for (uint64_t i = 0; i < 10000; i++) {
        assert_true(dw_map_get(&map, dw_str_format(&arena, "key %d", (int)i), &value));
        assert_int_equal(value, i);
    }
    assert_false(dw_map_get(&map, DW_STR("key 10000"), &value));
    dw_arena_release(&arena);
}

static void a_key_put_again_takes_the_new_value(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, 1 << 16);
    struct dw_map map;
    dw_map_init(&map, &arena);
    uint64_t value = 0;
    assert_true(dw_map_put(&map, DW_STR(""), 1));
    assert_true(dw_map_put(&map, DW_STR(""), 2));
    assert_true(dw_map_get(&map, DW_STR(""), &value));
    assert_int_equal(value, 2);
    assert_int_equal(map.len, 1);
    dw_arena_release(&arena);
}

static void without_memory_nothing_is_put_and_nothing_lost(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, 4000);
    struct dw_map map;
    dw_map_init(&map, &arena);
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    size_t put = 0;
    while (put + 3 < sizeof letters && dw_map_put(&map, (struct dw_str){letters + put, 3}, put))
        put++;
    assert_true(put > 0 && put + 3 < sizeof letters);
    for (size_t i = 0; i < put; i++) {
        uint64_t value;
        assert_true(dw_map_get(&map, (struct dw_str){letters + i, 3}, &value));
        assert_int_equal(value, i);
    }
    dw_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_thousand_keys_are_found_again),
        cmocka_unit_test(a_key_put_again_takes_the_new_value),
        cmocka_unit_test(without_memory_nothing_is_put_and_nothing_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
