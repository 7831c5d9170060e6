/* Tests of character sets: by name, by mark, by looks. */
#include "unit.h"

#include "text/text.h"

static struct dw_arena arena;

static int make_arena(void **state)
{
    (void)state;
    dw_arena_init(&arena, 1 << 20);
    return 0;
}

static int drop_arena(void **state)
{
    (void)state;
    dw_arena_release(&arena);
    return 0;
}

static void names_mean_what_browsers_take_them_for(void **state)
{
    (void)state;
    struct dw_str text;
    assert_true(dw_charset_convert(&arena,
                                   DW_STR("\x80"
                                          "5"),
                                   DW_STR("ISO-8859-1"), &text));
    assert_str(text, "\xE2\x82\xAC"
                     "5");
    assert_true(dw_charset_convert(&arena, DW_STR("\x82\xA0"), DW_STR("shift_jis"), &text));
    assert_str(text, "\xE3\x81\x82");
    assert_false(dw_charset_convert(&arena, DW_STR("x"), DW_STR("no-such-set"), &text));
    assert_false(dw_charset_convert(&arena, DW_STR("\xFF"), DW_STR("utf-8"), &text));
    assert_false(dw_charset_convert(&arena, DW_STR("x"), DW_STR(""), &text));
}

static void marks_speak_for_themselves(void **state)
{
    (void)state;
    struct dw_str text;
    struct dw_str bytes = DW_STR("\xFF\xFEh\0i\0");
    assert_true(dw_charset_by_mark(&arena, &bytes, &text));
    assert_str(text, "hi");
    bytes = DW_STR("\0<\0a");
    assert_true(dw_charset_by_mark(&arena, &bytes, &text));
    assert_str(text, "<a");
    bytes = DW_STR("plain");
    assert_false(dw_charset_by_mark(&arena, &bytes, &text));
    bytes = DW_STR("\xEF\xBB\xBF\xFF");
    assert_false(dw_charset_by_mark(&arena, &bytes, &text));
    assert_int_equal(bytes.len, 1);
}

static void guessing_loses_no_byte(void **state)
{
    (void)state;
    enum dw_charset_guess guess;
    assert_str(dw_charset_guess(&arena, DW_STR("Z\xC3\xBCrich"), &guess), "Z\xC3\xBCrich");
    assert_int_equal(guess, DW_CHARSET_UTF8);
    assert_str(dw_charset_guess(&arena, DW_STR("Z\xFCrich \x81"), &guess),
               "Z\xC3\xBCrich \xEF\xBF\xBD");
    assert_int_equal(guess, DW_CHARSET_WINDOWS);
    assert_str(dw_charset_guess(&arena, DW_STR("\xC3\xBC\xC3\xA4\xFF"), &guess),
               "\xC3\xBC\xC3\xA4\xEF\xBF\xBD");
    assert_int_equal(guess, DW_CHARSET_UTF8_BROKEN);
}

static void parameters_are_read_with_and_without_quotes(void **state)
{
    (void)state;
    struct dw_str name = DW_STR("charset");
    assert_str(dw_charset_parameter(DW_STR("text/html; Charset = \"utf-8\"; x"), name), "utf-8");
    assert_str(dw_charset_parameter(DW_STR("text/html;charset=gbk;q"), name), "gbk");
    assert_str(dw_charset_parameter(DW_STR("<meta charset=gbk/>"), name), "gbk");
    assert_str(dw_charset_parameter(DW_STR("text/html"), name), "");
    assert_str(dw_charset_parameter(DW_STR("charset"), name), "");
    assert_str(dw_charset_parameter(DW_STR("charset='cut"), name), "cut");
}

static void out_of_memory_is_told(void **state)
{
    (void)state;
    for (size_t n = 0; n < 3; n++) {
        struct dw_arena small;
        dw_arena_init(&small, 1 << 20);
        struct dw_str text = {0};
        unit_fail_after(n);
        bool done = dw_charset_convert(&small, DW_STR("\xE4"), DW_STR("latin1"), &text);
        unit_fail_after(SIZE_MAX);
        assert_true(!done || dw_str_eq(text, DW_STR("\xC3\xA4")));
        dw_arena_release(&small);
    }
}

#define CHARSET_TEST(name) cmocka_unit_test_setup_teardown(name, make_arena, drop_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHARSET_TEST(names_mean_what_browsers_take_them_for),
        CHARSET_TEST(marks_speak_for_themselves),
        CHARSET_TEST(guessing_loses_no_byte),
        CHARSET_TEST(parameters_are_read_with_and_without_quotes),
        CHARSET_TEST(out_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
