/* Tests of UTF-8: taking apart, cutting, clusters, width, folding. */
#include "unit.h"

#define FAMILY "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7"
#define FLAG "\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA"

static void wrong_bytes_are_taken_one_by_one(void **state)
{
    (void)state;
    struct dw_str s = DW_STR("a\xE2\x82\xAC\xC0\xAF\xED\xA0\x80\xF4\x90\x80\x80\xE2\x82");
    static const uint32_t wanted[] = {'a',    0x20AC, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD,
                                      0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD};
    size_t count = 0;
    while (s.len > 0)
        assert_int_equal(dw_utf8_next(&s), wanted[count++]);
    assert_int_equal(count, sizeof wanted / sizeof wanted[0]);
    assert_true(dw_utf8_valid(DW_STR("\xEF\xBF\xBD is valid itself")));
    assert_false(dw_utf8_valid(DW_STR("cut \xE2\x82")));
}

static void code_points_go_there_and_back(void **state)
{
    (void)state;
    static const uint32_t points[] = {1, 0x7F, 0x80, 0x7FF, 0x800, 0xFFFF, 0x10000, 0x10FFFF};
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++) {
        char bytes[4];
        struct dw_str s = {bytes, dw_utf8_put(bytes, points[i])};
        assert_int_equal(dw_utf8_next(&s), points[i]);
        assert_int_equal(s.len, 0);
    }
    char bytes[4];
    assert_int_equal(dw_utf8_put(bytes, 0xD800), 3);
    assert_int_equal(dw_utf8_put(bytes, 0x110000), 3);
}

static void cutting_never_splits_a_character(void **state)
{
    (void)state;
    assert_str(dw_utf8_cut(DW_STR("a\xE2\x82\xAC"), 3), "a");
    assert_str(dw_utf8_cut(DW_STR("a\xE2\x82\xAC"), 4), "a\xE2\x82\xAC");
    assert_str(dw_utf8_cut(DW_STR("\xE2\x82\xAC"), 2), "");
}

static void a_cluster_is_what_a_reader_calls_a_character(void **state)
{
    (void)state;
    struct dw_str s = DW_STR("e\xCC\x81" FAMILY FLAG "\r\nx");
    assert_str(dw_utf8_cluster(&s), "e\xCC\x81");
    assert_str(dw_utf8_cluster(&s), FAMILY);
    assert_str(dw_utf8_cluster(&s), FLAG);
    assert_str(dw_utf8_cluster(&s), "\r\n");
    assert_str(dw_utf8_cluster(&s), "x");
    assert_int_equal(s.len, 0);
}

static void width_counts_the_cells_of_a_terminal(void **state)
{
    (void)state;
    assert_int_equal(dw_width(DW_STR("plain")), 5);
    assert_int_equal(dw_width(DW_STR("\xE4\xB8\xAD\xE6\x96\x87")), 4);
    assert_int_equal(dw_width(DW_STR("e\xCC\x81")), 1);
    assert_int_equal(dw_width(DW_STR(FAMILY)), 2);
    assert_int_equal(dw_width(DW_STR("")), 0);
    assert_int_equal(dw_width_codepoint(0x07), 0);
    assert_int_equal(dw_width_codepoint(0x20AC), 1);
}

static void folding_makes_names_comparable(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, 1 << 16);
    assert_str(dw_utf8_fold(&arena, DW_STR("Nestl\xC3\xA9")), "nestle");
    assert_str(dw_utf8_fold(&arena, DW_STR("STRA\xC3\x9F"
                                           "E")),
               "strasse");
    assert_str(dw_utf8_fold(&arena, DW_STR("\xEF\xBC\xA1\xEF\xAC\x81")), "afi");
    assert_str(dw_utf8_fold(&arena, DW_STR("")), "");
    dw_arena_release(&arena);
    for (size_t n = 0; n < 2; n++) {
        dw_arena_init(&arena, 1 << 16);
        unit_fail_after(n);
        dw_utf8_fold(&arena, DW_STR("Nestl\xC3\xA9"));
        unit_fail_after(SIZE_MAX);
        assert_true(arena.failed);
        dw_arena_release(&arena);
    }
}

static void letters_of_all_scripts_are_letters(void **state)
{
    (void)state;
    assert_true(dw_is_wide_letter(0x4E2D));
    assert_true(dw_is_wide_letter(0xE9));
    assert_false(dw_is_wide_letter('1'));
    assert_false(dw_is_wide_letter(0x20AC));
    assert_true(dw_is_wide_upper(0xC9));
    assert_false(dw_is_wide_upper(0xE9));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_bytes_are_taken_one_by_one),
        cmocka_unit_test(code_points_go_there_and_back),
        cmocka_unit_test(cutting_never_splits_a_character),
        cmocka_unit_test(a_cluster_is_what_a_reader_calls_a_character),
        cmocka_unit_test(width_counts_the_cells_of_a_terminal),
        cmocka_unit_test(folding_makes_names_comparable),
        cmocka_unit_test(letters_of_all_scripts_are_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
