/* Running text: wrapping, spans, finding them again. */
#include "text.h"

#include "unit.h"

static struct dw_arena arena;

static int set_up(void **state)
{
    (void)state;
    dw_arena_init(&arena, 1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dw_arena_release(&arena);
    return 0;
}

/* The wrapped lines, joined by '|'. */
static struct dw_str joined(const struct ui_text *text)
{
    struct dw_buf out;
    dw_buf_init(&out, 1 << 16);
    for (size_t i = 0; i < text->lines.len; i++) {
        if (i > 0)
            dw_buf_add_char(&out, '|');
        for (size_t j = 0; j < text->lines.at[i].count; j++)
            dw_buf_add(&out, text->lines.at[i].pieces[j].text);
    }
    struct dw_str result = dw_str_dup(&arena, dw_buf_str(&out));
    dw_buf_release(&out);
    return result;
}

static void lines_break_at_spaces(void **state)
{
    (void)state;
    struct ui_text text = ui_text_wrap(&arena, DW_STR("the quick brown fox"), NULL, 0, 10);
    assert_str(joined(&text), "the quick|brown fox");
}

static void line_ends_of_the_text_stay(void **state)
{
    (void)state;
    struct ui_text text = ui_text_wrap(&arena, DW_STR("one\n\ntwo"), NULL, 0, 10);
    assert_str(joined(&text), "one||two");
}

static void words_wider_than_a_line_are_cut(void **state)
{
    (void)state;
    struct ui_text text = ui_text_wrap(&arena, DW_STR("a abcdefghij b"), NULL, 0, 4);
    assert_str(joined(&text), "a|abcd|efgh|ij b");
    text = ui_text_wrap(&arena, DW_STR("東京都庁"), NULL, 0, 1);
    assert_int_equal(text.lines.len, 4);
}

static void long_spans_keep_their_label_and_style_across_lines(void **state)
{
    (void)state;
    struct dw_str source = DW_STR("pay fifty thousand million dollars now");
    struct ui_span span = {4, 34, UI_ROLE_DEALS, DW_STR("①"), 7};
    struct ui_text text = ui_text_wrap(&arena, source, &span, 1, 12);
    assert_str(joined(&text), "pay ①fifty|thousand|million|dollars now");
    assert_int_equal(text.lines.at[0].pieces[1].id, 7);
    assert_int_equal(text.lines.at[1].pieces[0].id, 7);
    assert_int_equal(text.lines.at[1].pieces[0].style, UI_ROLE_DEALS);
    assert_int_equal(text.lines.at[3].pieces[1].id, -1);
    assert_int_equal(ui_text_line_of(&text, 7), 0);
    assert_true(ui_text_line_of(&text, 8) == SIZE_MAX);
}

static void a_short_span_stays_on_one_line(void **state)
{
    (void)state;
    struct ui_span span = {4, 15, UI_ROLE_DEALS, DW_STR("①"), 0};
    struct ui_text text = ui_text_wrap(&arena, DW_STR("pay $50 billion now"), &span, 1, 13);
    assert_str(joined(&text), "pay|①$50 billion|now");
}

static void no_line_is_wider_than_asked_for(void **state)
{
    (void)state;
    struct dw_str source =
        DW_STR("According to DCD, Amazon is in active talks to invest a "
               "staggering $50 billion in 東京 OpenAI, as part of a larger round");
    struct ui_span spans[] = {{68, 79, UI_ROLE_DEALS, DW_STR("[12]"), 0}};
    for (int width = 2; width < 60; width++) {
        struct ui_text text = ui_text_wrap(&arena, source, spans, 1, width);
        for (size_t i = 0; i < text.lines.len; i++)
            assert_true(text.lines.at[i].width <= width + 4);
    }
}

static void a_click_finds_the_span_under_it(void **state)
{
    (void)state;
    struct ui_span span = {4, 7, UI_ROLE_DEALS, DW_STR("#"), 3};
    struct ui_text text = ui_text_wrap(&arena, DW_STR("pay $50 now"), &span, 1, 40);
    struct ui_rect area = {10, 5, 40, 3};
    assert_int_equal(ui_text_span_at(&text, area, 0, 15, 5), 3);
    assert_int_equal(ui_text_span_at(&text, area, 0, 11, 5), -1);
    assert_int_equal(ui_text_span_at(&text, area, 0, 49, 5), -1);
    assert_int_equal(ui_text_span_at(&text, area, 0, 15, 7), -1);
}

static void without_memory_what_came_before_stays(void **state)
{
    (void)state;
    for (size_t n = 0; n < 6; n++) {
        struct dw_arena small;
        dw_arena_init(&small, 1 << 20);
        unit_fail_after(n);
        struct ui_text text = ui_text_wrap(&small, DW_STR("one two three four"), NULL, 0, 4);
        unit_fail_after(SIZE_MAX);
        assert_true(text.lines.len <= 5);
        dw_arena_release(&small);
    }
}

int main(void)
{
#define EACH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        EACH(lines_break_at_spaces),
        EACH(line_ends_of_the_text_stay),
        EACH(words_wider_than_a_line_are_cut),
        EACH(long_spans_keep_their_label_and_style_across_lines),
        EACH(a_short_span_stays_on_one_line),
        EACH(no_line_is_wider_than_asked_for),
        EACH(a_click_finds_the_span_under_it),
        EACH(without_memory_what_came_before_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
