/* Tests of errors: codes, context, clean messages. */
#include "unit.h"

#include <string.h>

static void an_error_carries_code_and_sentence(void **state)
{
    (void)state;
    struct dw_error err = {0};
    assert_false(dw_error_set(&err, DW_ERR_NETWORK, "no such host: %s", "ex.org"));
    assert_int_equal(err.code, DW_ERR_NETWORK);
    assert_string_equal(err.message, "no such host: ex.org");
    assert_false(dw_error_wrap(&err, "feed %d", 7));
    assert_string_equal(err.message, "feed 7: no such host: ex.org");
    assert_int_equal(err.code, DW_ERR_NETWORK);
    assert_false(dw_error_set(NULL, DW_ERR_INPUT, "nobody listens"));
    assert_false(dw_error_wrap(NULL, "nobody listens"));
}

static void what_a_server_says_cannot_steer_the_terminal(void **state)
{
    (void)state;
    struct dw_error err = {0};
    dw_error_set(&err, DW_ERR_NETWORK, "server: %s",
                 "a\033[2Jb\r\nc\xE2\x80\xAE"
                 "d\xFF");
    assert_string_equal(err.message, "server: a[2Jb cd\xEF\xBF\xBD");
    unit_fail_after(0);
    dw_error_set(&err, DW_ERR_MEMORY, "x: %s", "a\033[2Jb\xC3\xA4");
    unit_fail_after(SIZE_MAX);
    assert_string_equal(err.message, "x: a?[2Jb??");
}

static void long_messages_are_cut_between_characters(void **state)
{
    (void)state;
    struct dw_error err = {0};
    char text[DW_ERROR_BYTES * 2 + 1];
    for (size_t i = 0; i + 2 < sizeof text; i += 2)
        memcpy(text + i, "\xC3\xA4", 2);
    text[sizeof text - 1] = '\0';
    dw_error_set(&err, DW_ERR_INPUT, "x%s", text);
    struct dw_str message = dw_str_from_c(err.message);
    assert_true(message.len < DW_ERROR_BYTES && message.len >= DW_ERROR_BYTES - 4);
    assert_true(dw_utf8_valid(message));
    dw_error_wrap(&err, "%s", text);
    assert_true(dw_utf8_valid(dw_str_from_c(err.message)));
}

static void every_code_has_a_text_and_a_status(void **state)
{
    (void)state;
    assert_str(dw_code_text(DW_ERR_INPUT), "bad input");
    assert_int_equal(dw_code_status(DW_OK), 0);
    assert_int_equal(dw_code_status(DW_ERR_USAGE), 2);
    for (int code = DW_ERR_MEMORY; code <= DW_ERR_STOPPED; code++) {
        assert_true(dw_code_text((enum dw_code)code).len > 0);
        assert_int_equal(dw_code_status((enum dw_code)code), 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_carries_code_and_sentence),
        cmocka_unit_test(what_a_server_says_cannot_steer_the_terminal),
        cmocka_unit_test(long_messages_are_cut_between_characters),
        cmocka_unit_test(every_code_has_a_text_and_a_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
