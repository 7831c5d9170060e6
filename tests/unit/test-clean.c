/* Tests of cleaning: what may never reach the store or a terminal. */
#include "unit.h"

static const struct {
    const char *from;
    const char *to;
} lines[] = {
    {"  plain   text\twith\nwhite  ", "plain text with white"},
    {"esc \033[31mred", "esc [31mred"},
    {"c1 \xc2\x9b"
     "31m",
     "c1 31m"},
    {"windows \xc2\x80"
     "15\xc2\x96"
     "20 \xc2\x93yes\xc2\x94",
     "windows \xe2\x82\xac"
     "15\xe2\x80\x93"
     "20 \xe2\x80\x9cyes\xe2\x80\x9d"},
    {"del\x7f bell\a", "del bell"},
    {"bidi \xe2\x80\xae"
     "evil\xe2\x80\xac isolate\xe2\x81\xa6",
     "bidi evil isolate"},
    {"zero\xe2\x80\x8bwidth", "zerowidth"},
    {"bom\xef\xbb\xbf soft\xc2\xadhyphen", "bom softhyphen"},
    {"nbsp\xc2\xa0thin\xe2\x80\x89wide\xe3\x80\x80.", "nbsp thin wide ."},
    {"16\xc2\xa0"
     "000 and 1\xe2\x80\xaf"
     "200, 3 \xc2\xa0"
     "4",
     "16\xc2\xa0"
     "000 and 1\xc2\xa0"
     "200, 3 4"},
    {"bad \xff\xfe bytes", "bad \xef\xbf\xbd\xef\xbf\xbd bytes"},
    {"e\xcc\x81 composed", "\xc3\xa9 composed"},
    {"tag \xf3\xa0\x81\x81hidden", "tag hidden"},
    {"joined \xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9",
     "joined \xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9"},
    {"a\xe2\x80\x8d"
     "b",
     "ab"},
    {"\xe0\xa6\xb0\xe2\x80\x8d\xe0\xa7\x8d\xe0\xa6\xaf",
     "\xe0\xa6\xb0\xe2\x80\x8d\xe0\xa7\x8d\xe0\xa6\xaf"},
    {"\xdb\x81\xe2\x80\x8d\xdb\x96\xd6\x96", "\xdb\x81\xd6\x96\xdb\x96"},
    {"\xe1\x80\x80\xe2\x80\x8d\xe1\xa0\x8d.", "\xe1\x80\x80."},
    {"\xcc\x81\xcc\x81start", "start"},
    {"private \xee\x80\x80", "private \xef\xbf\xbd"},
};

static void a_line_keeps_only_what_is_safe(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, 1 << 16);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct dw_str got = dw_text_clean(&arena, dw_str_from_c(lines[i].from), DW_CLEAN_LINE);
        if (!dw_str_eq(got, dw_str_from_c(lines[i].to)))
            fail_msg("case %zu: got \"%.*s\", want \"%s\"", i, DW_FMT(got), lines[i].to);
        struct dw_str again = dw_text_clean(&arena, got, DW_CLEAN_LINE);
        assert_true(dw_str_eq(got, again));
    }
    dw_arena_release(&arena);
}

static void a_text_keeps_its_paragraphs(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, 1 << 16);
    assert_str(dw_text_clean(&arena, DW_STR("\n\na  b \r\nc\n\n\n\nd\n"), DW_CLEAN_TEXT),
               "a b\nc\n\nd");
    dw_arena_release(&arena);
}

static void towers_of_marks_are_cut(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, 1 << 16);
    struct dw_buf tower;
    dw_buf_init(&tower, 1000);
    dw_buf_add(&tower, DW_STR("q"));
    for (int i = 0; i < 50; i++)
        dw_buf_add_codepoint(&tower, 0x0316);
    struct dw_str clean = dw_text_clean(&arena, dw_buf_str(&tower), DW_CLEAN_LINE);
    assert_int_equal(clean.len, 1 + 2 * DW_LIMIT_COMBINING);
    dw_buf_release(&tower);
    dw_arena_release(&arena);
}

static void out_of_memory_is_told_by_the_arena(void **state)
{
    (void)state;
    for (size_t n = 0; n < 3; n++) {
        struct dw_arena arena;
        dw_arena_init(&arena, 1 << 16);
        unit_fail_after(n);
        struct dw_str got = dw_text_clean(&arena, DW_STR("some text"), DW_CLEAN_TEXT);
        unit_fail_after(SIZE_MAX);
        assert_true(arena.failed || dw_str_eq(got, DW_STR("some text")));
        dw_arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_keeps_only_what_is_safe),
        cmocka_unit_test(a_text_keeps_its_paragraphs),
        cmocka_unit_test(towers_of_marks_are_cut),
        cmocka_unit_test(out_of_memory_is_told_by_the_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
