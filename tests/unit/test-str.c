/* Tests of slices: comparing, searching, cutting, numbers, lists. */
#include "unit.h"

static void comparing_goes_by_bytes_and_folds_ascii_only(void **state)
{
    (void)state;
    assert_true(dw_str_eq(DW_STR(""), (struct dw_str){NULL, 0}));
    assert_false(dw_str_eq(DW_STR("ab"), DW_STR("aB")));
    assert_true(dw_str_eq_nocase(DW_STR("ab-Z"), DW_STR("AB-z")));
    assert_false(dw_str_eq_nocase(DW_STR("\xC3\xA4"), DW_STR("\xC3\x84")));
    assert_true(dw_str_compare(DW_STR("a"), DW_STR("ab")) < 0);
    assert_true(dw_str_compare(DW_STR("b"), DW_STR("ab")) > 0);
    assert_int_equal(dw_str_compare(DW_STR("ab"), DW_STR("ab")), 0);
    assert_true(dw_str_starts(DW_STR("abc"), DW_STR("ab")));
    assert_false(dw_str_starts(DW_STR("a"), DW_STR("ab")));
    assert_true(dw_str_ends(DW_STR("abc"), DW_STR("bc")));
    assert_false(dw_str_ends(DW_STR("c"), DW_STR("bc")));
}

static void searching_finds_the_first_at_or_behind_a_place(void **state)
{
    (void)state;
    struct dw_str s = DW_STR("one two One");
    assert_int_equal(dw_str_find(s, DW_STR("o"), 1), 6);
    assert_int_equal(dw_str_find_nocase(s, DW_STR("ONE"), 1), 8);
    assert_true(dw_str_find(s, DW_STR("three"), 0) == SIZE_MAX);
    assert_true(dw_str_find(s, DW_STR("One!"), 0) == SIZE_MAX);
    assert_true(dw_str_find(s, DW_STR("e"), 100) == SIZE_MAX);
    assert_int_equal(dw_str_find(s, DW_STR(""), 4), 4);
    assert_int_equal(dw_str_find_char(s, 't', 0), 4);
    assert_true(dw_str_find_char((struct dw_str){NULL, 0}, 'x', 0) == SIZE_MAX);
}

static void slices_are_cut_to_what_is_there(void **state)
{
    (void)state;
    assert_str(dw_str_slice(DW_STR("abcdef"), 2, 4), "cd");
    assert_str(dw_str_slice(DW_STR("abc"), 2, SIZE_MAX), "c");
    assert_str(dw_str_slice(DW_STR("abc"), 5, 9), "");
    assert_str(dw_str_slice(DW_STR("abc"), 2, 1), "");
    assert_str(dw_str_trim(DW_STR(" \t\r\n a b \f\v")), "a b");
    assert_str(dw_str_trim(DW_STR("   ")), "");
}

static void splitting_gives_each_part_once(void **state)
{
    (void)state;
    struct dw_str rest = DW_STR("a,,b,");
    struct dw_str part;
    assert_true(dw_str_split(&rest, ',', &part));
    assert_str(part, "a");
    assert_true(dw_str_split(&rest, ',', &part));
    assert_str(part, "");
    assert_true(dw_str_split(&rest, ',', &part));
    assert_str(part, "b");
    assert_true(dw_str_split(&rest, ',', &part));
    assert_str(part, "");
    assert_false(dw_str_split(&rest, ',', &part));
}

static void numbers_are_whole_and_in_range(void **state)
{
    (void)state;
    int64_t value = 7;
    assert_true(dw_str_to_int(DW_STR("-42"), &value));
    assert_int_equal(value, -42);
    assert_true(dw_str_to_int(DW_STR("+9223372036854775807"), &value));
    assert_true(value == INT64_MAX);
    static const char *const wrong[] = {"", "-", "+", "1 ", "0x1", "1.0", "9223372036854775808"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(dw_str_to_int(dw_str_from_c(wrong[i]), &value));
}

static void hashes_are_stable(void **state)
{
    (void)state;
    assert_true(dw_str_hash(DW_STR("")) == 0xcbf29ce484222325u);
    assert_true(dw_str_hash(DW_STR("a")) == 0xaf63dc4c8601ec8cu);
}

static void lists_grow_and_join(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, 1 << 16);
    struct dw_strs list = {0};
    assert_str(dw_strs_join(&arena, &list, DW_STR(", ")), "");
    assert_true(dw_strs_push(&arena, &list, DW_STR("a")));
    assert_true(dw_strs_push(&arena, &list, DW_STR("")));
    assert_true(dw_strs_push(&arena, &list, DW_STR("b")));
    assert_str(dw_strs_join(&arena, &list, DW_STR(", ")), "a, , b");
    assert_true(dw_strs_has(&list, DW_STR("b")));
    assert_false(dw_strs_has(&list, DW_STR("c")));
    dw_arena_release(&arena);
}

static void a_list_without_memory_says_so(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, 1 << 16);
    unit_fail_after(0);
    struct dw_strs list = {0};
    assert_false(dw_strs_push(&arena, &list, DW_STR("a")));
    assert_int_equal(list.len, 0);
    unit_fail_after(SIZE_MAX);
    assert_true(arena.failed);
    dw_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comparing_goes_by_bytes_and_folds_ascii_only),
        cmocka_unit_test(searching_finds_the_first_at_or_behind_a_place),
        cmocka_unit_test(slices_are_cut_to_what_is_there),
        cmocka_unit_test(splitting_gives_each_part_once),
        cmocka_unit_test(numbers_are_whole_and_in_range),
        cmocka_unit_test(hashes_are_stable),
        cmocka_unit_test(lists_grow_and_join),
        cmocka_unit_test(a_list_without_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
