/* Tests of the bounded buffer: limits, remembered failures, formats. */
#include "unit.h"

static void what_is_added_stands_there(void **state)
{
    (void)state;
    struct dw_buf buf;
    dw_buf_init(&buf, 10000);
    for (int i = 0; i < 1000; i++)
        dw_buf_add_format(&buf, "%d,", i % 10);
    dw_buf_add(&buf, DW_STR("end"));
    dw_buf_add_char(&buf, '.');
    dw_buf_add_codepoint(&buf, 0x20AC);
    assert_true(dw_buf_ok(&buf));
    struct dw_str s = dw_buf_str(&buf);
    assert_int_equal(s.len, 2007);
    assert_true(dw_str_starts(s, DW_STR("0,1,2,")));
    assert_true(dw_str_ends(s, DW_STR("end.\xE2\x82\xAC")));
    dw_buf_release(&buf);
    assert_int_equal(dw_buf_str(&buf).len, 0);
}

static void the_limit_is_never_passed_and_the_failure_is_kept(void **state)
{
    (void)state;
    struct dw_buf buf;
    dw_buf_init(&buf, 8);
    dw_buf_add(&buf, DW_STR("12345678"));
    assert_true(dw_buf_ok(&buf));
    dw_buf_add_char(&buf, '9');
    assert_false(dw_buf_ok(&buf));
    dw_buf_clear(&buf);
    assert_true(dw_buf_ok(&buf));
    dw_buf_add(&buf, DW_STR("123456789"));
    dw_buf_add(&buf, DW_STR("1"));
    assert_false(dw_buf_ok(&buf));
    assert_int_equal(dw_buf_str(&buf).len, 0);
    dw_buf_release(&buf);
}

static void out_of_memory_is_a_failure_too(void **state)
{
    (void)state;
    struct dw_buf buf;
    dw_buf_init(&buf, 100000);
    unit_fail_after(1);
    while (dw_buf_ok(&buf))
        dw_buf_add(&buf, DW_STR("0123456789"));
    unit_fail_after(SIZE_MAX);
    assert_true(buf.len > 0 && buf.len <= 256);
    dw_buf_release(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_added_stands_there),
        cmocka_unit_test(the_limit_is_never_passed_and_the_failure_is_kept),
        cmocka_unit_test(out_of_memory_is_a_failure_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
