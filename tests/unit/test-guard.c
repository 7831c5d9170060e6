/* Tests of what is kept from the HTML parser. */
#include "unit.h"

#include "internal.h"

static struct dw_arena arena;

static int make_arena(void **state)
{
    (void)state;
    dw_arena_init(&arena, 64u << 20);
    return 0;
}

static int drop_arena(void **state)
{
    (void)state;
    dw_arena_release(&arena);
    return 0;
}

/* The same text so often. */
static struct dw_str many(const char *text, size_t count)
{
    struct dw_buf out;
    dw_buf_init(&out, 32u << 20);
    for (size_t i = 0; i < count; i++)
        dw_buf_add(&out, dw_str_from_c(text));
    struct dw_str all = dw_str_dup(&arena, dw_buf_str(&out));
    dw_buf_release(&out);
    return all;
}

static void an_honest_page_passes_as_it_is(void **state)
{
    (void)state;
    static const char *const pages[] = {
        "",
        "<",
        "a < b and <b class='x y' id=\"1\">c</b>",
        "<p a='>' b=\">\" c = '>'>text",
        "<p a='never closed>text",
        "<!-- a comment <p a b c> --><p>text",
        "<script>if (a<b) { document.write('<p x=\"1\">') }</SCRIPT><p>text",
    };
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        struct dw_str html = dw_str_from_c(pages[i]);
        struct dw_str passed = page_guard(&arena, html);
        assert_ptr_equal(passed.at, html.at);
        assert_int_equal(passed.len, html.len);
    }
}

static void attributes_beyond_the_most_are_dropped_and_the_text_stays(void **state)
{
    (void)state;
    static const char *const attributes[] = {"a ", "a=1 ", "a='>' ", "a=\"1\"", "a/"};
    for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++) {
        struct dw_str html = dw_str_format(&arena, "<p>before</p><p %.*s>text</p><p>behind</p>",
                                           DW_FMT(many(attributes[i], 5000)));
        struct dw_str passed = page_guard(&arena, html);
        assert_true(passed.len < 2000);
        assert_true(dw_str_starts(passed, DW_STR("<p>before</p><p a")));
        assert_true(dw_str_ends(passed, DW_STR(">text</p><p>behind</p>")));
    }
}

static void tags_beyond_the_most_end_the_page(void **state)
{
    (void)state;
    struct dw_str passed = page_guard(&arena, many("<b>x</b>", 200000));
    assert_true(passed.len > 100000 && passed.len < 400000);
    assert_true(dw_str_starts(passed, DW_STR("<b>x</b>")));
}

static void scripts_and_comments_have_no_tags(void **state)
{
    (void)state;
    struct dw_str inside = many("<b>", 100000);
    struct dw_str html = dw_str_format(&arena, "<script>%.*s</script><!--%.*s--><p>text",
                                       DW_FMT(inside), DW_FMT(inside));
    assert_int_equal(page_guard(&arena, html).len, html.len);
}

static void a_page_of_attributes_is_read_like_another(void **state)
{
    (void)state;
    struct dw_buf attributes;
    dw_buf_init(&attributes, 32u << 20);
    for (int i = 0; i < 300000; i++)
        dw_buf_add_format(&attributes, "a%d ", i);
    struct dw_page page;
    struct dw_error err = {0};
    struct dw_page_input input = {
        .bytes = dw_str_format(&arena,
                               "<html><body><div %.*s><p>The chip maker said on Thursday that it "
                               "had raised money, and would build a plant.</p></div></body></html>",
                               DW_FMT(dw_buf_str(&attributes)))};
    dw_buf_release(&attributes);
    assert_true(dw_page_read(&arena, &input, &page, &err));
    assert_true(dw_str_starts(page.text, DW_STR("The chip maker")));
}

static void without_memory_the_arena_says_so(void **state)
{
    (void)state;
    struct dw_str html = dw_str_format(&arena, "<p %.*s>text", DW_FMT(many("a ", 1000)));
    for (size_t n = 0; n < 8; n++) {
        struct dw_arena small;
        dw_arena_init(&small, 1u << 20);
        unit_fail_after(n);
        struct dw_str passed = page_guard(&small, html);
        unit_fail_after(SIZE_MAX);
        assert_true(small.failed || dw_str_ends(passed, DW_STR(">text")));
        dw_arena_release(&small);
    }
}

#define GUARD_TEST(name) cmocka_unit_test_setup_teardown(name, make_arena, drop_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        GUARD_TEST(an_honest_page_passes_as_it_is),
        GUARD_TEST(attributes_beyond_the_most_are_dropped_and_the_text_stays),
        GUARD_TEST(tags_beyond_the_most_end_the_page),
        GUARD_TEST(scripts_and_comments_have_no_tags),
        GUARD_TEST(a_page_of_attributes_is_read_like_another),
        GUARD_TEST(without_memory_the_arena_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
