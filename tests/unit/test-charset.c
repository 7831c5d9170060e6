/* Tests of character sets: by name, by mark, by looks. */
#include "unit.h"

#include <iconv.h>

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

static const struct {
    const char *charset;
    const char *text;
} foreign[] = {
    {"EUC-JP", "新しい半導体工場の建設を始めたと発表した。"},
    {"SHIFT_JIS", "新しい半導体工場の建設を始めたと発表した。"},
    {"GB18030", "这家公司说它要在上海建一个新的数据中心。"},
    {"GB18030", "专业工作"},
    {"BIG5", "這家公司說它要在台北建一個新的數據中心，而且很大。"},
    {"EUC-KR", "이 회사는 새로운 데이터 센터를 짓는다고 밝혔다."},
    {"WINDOWS-1251", "Компания объявила о строительстве нового центра"},
    {"KOI8-R", "Компания объявила о строительстве нового центра"},
    {"WINDOWS-1255", "החברה הודיעה על הקמת מרכז נתונים חדש"},
    {"WINDOWS-1253", "Η εταιρεία ανακοίνωσε την κατασκευή νέου κέντρου"},
    {"WINDOWS-1256", "أعلنت الشركة عن بناء مركز جديد للبيانات"},
    {"WINDOWS-1252", "Zürich baut für Ängstliche ein Rechenzentrum, “größer” als je"},
};

/* The bytes of a text in another set. */
static struct dw_str encode(const char *text, const char *charset)
{
    struct dw_str from = dw_str_from_c(text);
    char *bytes = dw_arena_array(&arena, from.len * 4, 1);
    iconv_t conversion = iconv_open(charset, "UTF-8");
    char *in = (char *)(uintptr_t)from.at;
    char *out = bytes;
    size_t in_left = from.len;
    size_t out_left = from.len * 4;
    assert_int_not_equal(iconv(conversion, &in, &in_left, &out, &out_left), (size_t)-1);
    iconv_close(conversion);
    return (struct dw_str){bytes, (size_t)(out - bytes)};
}

static void sets_that_nobody_names_are_known_by_their_letters(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++) {
        enum dw_charset_guess guess;
        struct dw_str bytes = encode(foreign[i].text, foreign[i].charset);
        struct dw_str got = dw_charset_guess(&arena, bytes, &guess);
        if (!dw_str_eq(got, dw_str_from_c(foreign[i].text)))
            fail_msg("%s: got \"%.*s\", want \"%s\"", foreign[i].charset, DW_FMT(got),
                     foreign[i].text);
    }
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
        CHARSET_TEST(sets_that_nobody_names_are_known_by_their_letters),
        CHARSET_TEST(parameters_are_read_with_and_without_quotes),
        CHARSET_TEST(out_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
