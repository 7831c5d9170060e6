/* The line editor. */
#include "prompt.h"

#include "unit.h"

static struct ui_prompt prompt;

static int set_up(void **state)
{
    (void)state;
    prompt = (struct ui_prompt){.cursor = 0};
    return 0;
}

static void type(const char *text)
{
    struct dw_str rest = dw_str_from_c(text);
    while (rest.len > 0)
        (void)ui_prompt_key(&prompt, dw_utf8_next(&rest));
}

static void typed_characters_appear_at_the_cursor(void **state)
{
    (void)state;
    type("knd:deals");
    (void)ui_prompt_key(&prompt, UI_KEY_HOME);
    (void)ui_prompt_key(&prompt, UI_KEY_RIGHT);
    type("i");
    assert_str(ui_prompt_text(&prompt), "kind:deals");
}

static void backspace_takes_a_whole_cluster(void **state)
{
    (void)state;
    type("xé東");
    assert_int_equal(ui_prompt_key(&prompt, UI_KEY_BACKSPACE), UI_PROMPT_CHANGED);
    assert_str(ui_prompt_text(&prompt), "xé");
    (void)ui_prompt_key(&prompt, UI_KEY_LEFT);
    assert_int_equal(ui_prompt_key(&prompt, UI_KEY_DELETE), UI_PROMPT_CHANGED);
    assert_str(ui_prompt_text(&prompt), "x");
}

static void backspace_on_the_empty_line_leaves(void **state)
{
    (void)state;
    assert_int_equal(ui_prompt_key(&prompt, UI_KEY_BACKSPACE), UI_PROMPT_LEFT);
    assert_int_equal(ui_prompt_key(&prompt, UI_KEY_ESCAPE), UI_PROMPT_LEFT);
}

static void words_and_lines_are_erased_at_once(void **state)
{
    (void)state;
    type("kind:deals from:amazon");
    (void)ui_prompt_key(&prompt, 'W' - '@');
    assert_str(ui_prompt_text(&prompt), "kind:deals ");
    (void)ui_prompt_key(&prompt, 'U' - '@');
    assert_str(ui_prompt_text(&prompt), "");
}

static void the_history_goes_back_and_returns_to_what_was_typed(void **state)
{
    (void)state;
    type("first");
    assert_int_equal(ui_prompt_key(&prompt, UI_KEY_ENTER), UI_PROMPT_DONE);
    ui_prompt_start(&prompt, DW_STR(""));
    type("second");
    (void)ui_prompt_key(&prompt, UI_KEY_ENTER);
    ui_prompt_start(&prompt, DW_STR(""));
    type("thi");
    (void)ui_prompt_key(&prompt, UI_KEY_UP);
    assert_str(ui_prompt_text(&prompt), "second");
    (void)ui_prompt_key(&prompt, UI_KEY_UP);
    (void)ui_prompt_key(&prompt, UI_KEY_UP);
    assert_str(ui_prompt_text(&prompt), "first");
    (void)ui_prompt_key(&prompt, UI_KEY_DOWN);
    (void)ui_prompt_key(&prompt, UI_KEY_DOWN);
    assert_str(ui_prompt_text(&prompt), "thi");
}

static void the_line_has_an_end(void **state)
{
    (void)state;
    for (int i = 0; i < 2 * UI_PROMPT_BYTES; i++)
        (void)ui_prompt_key(&prompt, 0x6771);
    assert_true(ui_prompt_text(&prompt).len <= UI_PROMPT_BYTES);
    assert_true(dw_utf8_valid(ui_prompt_text(&prompt)));
}

static void pasted_controls_are_left_out(void **state)
{
    (void)state;
    assert_true(ui_prompt_insert(&prompt, 'a'));
    assert_false(ui_prompt_insert(&prompt, '\n'));
    assert_false(ui_prompt_insert(&prompt, 27));
    assert_false(ui_prompt_insert(&prompt, 0x202E));
    assert_str(ui_prompt_text(&prompt), "a");
}

static void a_long_line_scrolls_so_that_the_cursor_shows(void **state)
{
    (void)state;
    struct dw_arena arena;
    struct ui_screen *screen = ui_screen_new(20, 1, false);
    dw_arena_init(&arena, 1 << 16);
    assert_non_null(screen);
    type("a line that is longer than it");
    ui_prompt_draw(&prompt, screen, (struct ui_field){0, 0, 20, UI_LEFT}, DW_STR("filter "));
    assert_true(screen->cursor_shown);
    assert_true(screen->cursor_x >= 7 && screen->cursor_x < 20);
    struct dw_str text = ui_screen_text(screen, &arena);
    assert_true(dw_str_find(text, DW_STR("than it"), 0) != SIZE_MAX);
    ui_screen_close(screen);
    dw_arena_release(&arena);
}

int main(void)
{
#define EACH(test) cmocka_unit_test_setup(test, set_up)
    const struct CMUnitTest tests[] = {
        EACH(typed_characters_appear_at_the_cursor),
        EACH(backspace_takes_a_whole_cluster),
        EACH(backspace_on_the_empty_line_leaves),
        EACH(words_and_lines_are_erased_at_once),
        EACH(the_history_goes_back_and_returns_to_what_was_typed),
        EACH(the_line_has_an_end),
        EACH(pasted_controls_are_left_out),
        EACH(a_long_line_scrolls_so_that_the_cursor_shows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
