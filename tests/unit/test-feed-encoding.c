/* Tests of character sets: the header's, the declaration's, the mark's, or what the bytes show. */
#include "unit-feed.h"

static const struct dw_str latin =
    DW_STR_INIT("<?xml version='1.0' encoding='iso-8859-1'?><rss version='2.0'>"
                "<channel><title>Z\xfcrich \x80</title></channel></rss>");

static void the_declaration_counts_and_latin_1_is_windows_1252(void **state)
{
    (void)state;
    assert_str(unit_parse_as(latin, "").title, "Z\xc3\xbcrich \xe2\x82\xac");
}

static void the_header_goes_before_the_declaration(void **state)
{
    (void)state;
    struct dw_str bytes = DW_STR("<?xml version='1.0' encoding='iso-8859-1'?><rss version='2.0'>"
                                 "<channel><title>\xcf\xf0\xe8</title></channel></rss>");
    assert_str(unit_parse_as(bytes, "text/xml; charset=\"windows-1251\"").title,
               "\xd0\x9f\xd1\x80\xd0\xb8");
}

static void a_set_that_does_not_fit_is_not_believed(void **state)
{
    (void)state;
    static const char *const headers[] = {"text/xml; charset=utf-8", "text/xml; charset=utf-16",
                                          "text/xml; charset=nonsense"};
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        struct dw_feed feed = unit_parse_as(latin, headers[i]);
        assert_str(feed.title, "Z\xc3\xbcrich \xe2\x82\xac");
        assert_true(unit_warned(&feed, "does not fit"));
    }
}

static void a_mark_goes_before_everything(void **state)
{
    (void)state;
    struct dw_str marked = DW_STR("\xEF\xBB\xBF<?xml version='1.0' encoding='iso-8859-1'?>"
                                  "<rss><channel><title>\xc3\xa9</title></channel></rss>");
    assert_str(unit_parse_as(marked, "text/xml; charset=windows-1251").title, "\xc3\xa9");
    static const char wide[] =
        "\xFE\xFF\0<\0r\0s\0s\0>\0<\0c\0h\0a\0n\0n\0e\0l\0>\0<\0t\0i\0t\0l\0e"
        "\0>\0\xe9\0<\0/\0t\0i\0t\0l\0e\0>\0<\0/\0c\0h\0a\0n\0n\0e\0l\0>\0<"
        "\0/\0r\0s\0s\0>";
    struct dw_str bytes = {wide, sizeof wide - 1};
    assert_str(unit_parse_as(bytes, "").title, "\xc3\xa9");
}

static void a_declaration_that_lies_about_its_width_does_no_harm(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse("<?xml version='1.0' encoding='utf-16'?><rss><channel>"
                                     "<title>\xc3\xa9</title></channel></rss>");
    assert_str(feed.title, "\xc3\xa9");
}

static void wrong_bytes_do_not_take_the_rest_with_them(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(
        "<rss><channel>\n<title>caf\xc3\xa9 \xc3\xa0 Paris \xff!</title></channel></rss>");
    assert_str(feed.title, "caf\xc3\xa9 \xc3\xa0 Paris \xef\xbf\xbd!");
    assert_true(unit_warned(&feed, "line 2: "));
}

static void c1_controls_are_what_windows_1252_means(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse("<rss><channel><title>don\xc2\x92t \xc2\xa9 \xc2\x81"
                                     "\xc2\x80</title></channel></rss>");
    assert_str(feed.title, "don\xe2\x80\x99t \xc2\xa9 \xe2\x82\xac");
}

static void asian_sets_are_read(void **state)
{
    (void)state;
    struct dw_str japanese = DW_STR("<?xml version='1.0' encoding='Shift_JIS'?><rss><channel>"
                                    "<title>\x93\xfa\x96\x7b</title></channel></rss>");
    assert_str(unit_parse_as(japanese, "").title, "\xe6\x97\xa5\xe6\x9c\xac");
    struct dw_str chinese = DW_STR("<?xml version='1.0' encoding='gb2312'?><rss><channel>"
                                   "<title>\xd6\xd0\xb9\xfa</title></channel></rss>");
    assert_str(unit_parse_as(chinese, "").title, "\xe4\xb8\xad\xe5\x9b\xbd");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_declaration_counts_and_latin_1_is_windows_1252),
        TEST(the_header_goes_before_the_declaration),
        TEST(a_set_that_does_not_fit_is_not_believed),
        TEST(a_mark_goes_before_everything),
        TEST(a_declaration_that_lies_about_its_width_does_no_harm),
        TEST(wrong_bytes_do_not_take_the_rest_with_them),
        TEST(c1_controls_are_what_windows_1252_means),
        TEST(asian_sets_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
