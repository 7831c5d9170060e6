/* Tests of arenas: alignment, zeroes, limits, marks, failing allocations. */
#include "unit.h"

#include <string.h>

static void memory_is_zeroed_and_aligned(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, 1 << 20);
    for (size_t size = 1; size < 5000; size = size * 3 / 2 + 1) {
        unsigned char *memory = dw_arena_alloc(&arena, size);
        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % sizeof(max_align_t) % 16, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 0xA5, size);
    }
    assert_false(arena.failed);
    dw_arena_release(&arena);
    assert_int_equal(arena.total, 0);
}

static void the_limit_is_kept_and_small_requests_still_get_a_pointer(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, 10000);
    while (!arena.failed)
        assert_non_null(dw_arena_alloc(&arena, 100));
    assert_true(arena.total <= 10000);
    assert_non_null(dw_arena_alloc(&arena, DW_ARENA_HARMLESS));
    assert_null(dw_arena_alloc(&arena, DW_ARENA_HARMLESS + 1));
    assert_null(dw_arena_array(&arena, 1000, 100));
    dw_arena_release(&arena);
}

static void a_product_that_overflows_is_refused(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, SIZE_MAX);
    assert_null(dw_arena_array(&arena, SIZE_MAX / 2, 3));
    assert_null(dw_arena_array(&arena, 1, SIZE_MAX));
    assert_true(arena.failed);
    dw_arena_release(&arena);
}

static void scratch_gives_back_and_leaves_zeroes(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, 1 << 20);
    char *kept = dw_arena_alloc(&arena, 10);
    kept[0] = 'k';
    struct dw_scratch scratch = dw_scratch_begin(&arena);
    memset(dw_arena_alloc(&arena, 100), 1, 100);
    memset(dw_arena_array(&arena, 100000, 1), 1, 100000);
    dw_scratch_end(scratch);
    char *again = dw_arena_alloc(&arena, 100);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(again[i], 0);
    assert_int_equal(kept[0], 'k');
    dw_arena_release(&arena);
}

static void a_vector_keeps_its_elements_while_it_grows(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, 1 << 20);
    DW_VEC(int) numbers = {0};
    for (int i = 0; i < 1000; i++)
        *dw_vec_push(&arena, &numbers) = i;
    assert_int_equal(numbers.len, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(numbers.at[i], i);
    dw_arena_release(&arena);
}

static void failing_allocations_set_the_flag_and_crash_nothing(void **state)
{
    (void)state;
    for (size_t n = 0; n < 4; n++) {
        unit_fail_after(n);
        struct dw_arena arena;
        dw_arena_init(&arena, 1 << 20);
        DW_VEC(struct dw_str) list = {0};
        size_t pushed = 0;
        while (pushed < 5000) {
            struct dw_str *item = dw_vec_push(&arena, &list);
            if (item == NULL)
                break;
            *item = dw_str_format(&arena, "%zu", pushed++);
        }
        assert_true(arena.failed);
        assert_int_equal(list.len, pushed);
        unit_fail_after(SIZE_MAX);
        dw_arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned),
        cmocka_unit_test(the_limit_is_kept_and_small_requests_still_get_a_pointer),
        cmocka_unit_test(a_product_that_overflows_is_refused),
        cmocka_unit_test(scratch_gives_back_and_leaves_zeroes),
        cmocka_unit_test(a_vector_keeps_its_elements_while_it_grows),
        cmocka_unit_test(failing_allocations_set_the_flag_and_crash_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
