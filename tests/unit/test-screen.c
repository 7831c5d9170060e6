/* The grid of cells: clipping, cutting, wide and hostile text, both sets of glyphs. */
#include "screen.h"

#include "unit.h"

struct fixture {
    struct ui_screen *screen;
    struct dw_arena arena;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    dw_arena_init(&fixture.arena, 1 << 20);
    fixture.screen = ui_screen_new(20, 3, false);
    *state = &fixture;
    return fixture.screen ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    ui_screen_close(f->screen);
    dw_arena_release(&f->arena);
    return 0;
}

static struct dw_str text_of(struct fixture *f)
{
    return ui_screen_text(f->screen, &f->arena);
}

static void text_lands_where_it_is_put(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(ui_put(f->screen, 3, 1, UI_ROLE_TEXT, DW_STR("Amazon")), 6);
    assert_str(text_of(f), "\n   Amazon\n\n");
}

static void text_outside_of_the_clip_is_not_drawn(void **state)
{
    struct fixture *f = *state;
    struct ui_rect before = ui_screen_clip(f->screen, (struct ui_rect){2, 0, 4, 1});
    (void)ui_put(f->screen, 0, 0, UI_ROLE_TEXT, DW_STR("abcdefghij"));
    (void)ui_put(f->screen, 0, 1, UI_ROLE_TEXT, DW_STR("below"));
    ui_screen_unclip(f->screen, before);
    assert_str(text_of(f), "  cdef\n\n\n");
}

static void a_clip_never_grows_the_one_around_it(void **state)
{
    struct fixture *f = *state;
    (void)ui_screen_clip(f->screen, (struct ui_rect){0, 0, 3, 1});
    (void)ui_screen_clip(f->screen, (struct ui_rect){0, 0, 20, 3});
    (void)ui_put(f->screen, 0, 0, UI_ROLE_TEXT, DW_STR("abcdef"));
    assert_str(text_of(f), "abc\n\n\n");
}

static void drawing_off_the_screen_does_nothing(void **state)
{
    struct fixture *f = *state;
    (void)ui_put(f->screen, -3, 0, UI_ROLE_TEXT, DW_STR("abcde"));
    (void)ui_put(f->screen, 18, 1, UI_ROLE_TEXT, DW_STR("vwxyz"));
    (void)ui_put(f->screen, 0, -1, UI_ROLE_TEXT, DW_STR("no"));
    (void)ui_put(f->screen, 0, 99, UI_ROLE_TEXT, DW_STR("no"));
    ui_fill(f->screen, (struct ui_rect){-5, -5, 3, 3}, UI_ROLE_TEXT, UI_GLYPH_H);
    assert_str(text_of(f), "de\n                  vw\n\n");
}

static void wide_characters_take_two_cells(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(ui_put(f->screen, 0, 0, UI_ROLE_TEXT, DW_STR("東京x")), 5);
    assert_str(text_of(f), "東京x\n\n\n");
}

static void a_wide_character_that_is_cut_becomes_a_space(void **state)
{
    struct fixture *f = *state;
    (void)ui_screen_clip(f->screen, (struct ui_rect){0, 0, 3, 1});
    (void)ui_put(f->screen, 0, 0, UI_ROLE_TEXT, DW_STR("東京"));
    assert_str(text_of(f), "東\n\n\n");
}

static void overwriting_half_of_a_wide_character_clears_the_other_half(void **state)
{
    struct fixture *f = *state;
    (void)ui_put(f->screen, 0, 0, UI_ROLE_TEXT, DW_STR("東京"));
    (void)ui_put(f->screen, 1, 0, UI_ROLE_TEXT, DW_STR("x"));
    assert_str(text_of(f), " x京\n\n\n");
    (void)ui_put(f->screen, 2, 0, UI_ROLE_TEXT, DW_STR("y"));
    assert_str(text_of(f), " xy\n\n\n");
}

static void an_emoji_family_is_reduced_to_what_all_terminals_agree_on(void **state)
{
    struct fixture *f = *state;
    int width = ui_put(f->screen, 0, 0, UI_ROLE_TEXT,
                       DW_STR("\U0001F468\u200D\U0001F469\u200D\U0001F467|"));
    assert_int_equal(width, 3);
    assert_str(text_of(f), "\U0001F468|\n\n\n");
}

static void combining_marks_stay_with_their_base_up_to_two(void **state)
{
    struct fixture *f = *state;
    int width = ui_put(f->screen, 0, 0, UI_ROLE_TEXT, DW_STR("e\u0301\u0302\u0303\u0304|"));
    assert_int_equal(width, 2);
    assert_str(text_of(f), "e\u0301\u0302|\n\n\n");
}

static void controls_never_reach_the_cells(void **state)
{
    struct fixture *f = *state;
    (void)ui_put(f->screen, 0, 0, UI_ROLE_TEXT, DW_STR("a\033[31mb\xc2\x9b\ad"));
    struct dw_str text = text_of(f);
    for (size_t i = 0; i < text.len; i++)
        assert_true(text.at[i] == '\n' || (unsigned char)text.at[i] >= 0x20);
    assert_true(dw_str_find(text, DW_STR("\xc2\x9b"), 0) == SIZE_MAX);
}

static void a_field_cuts_with_an_ellipsis_and_pads(void **state)
{
    struct fixture *f = *state;
    ui_put_field(f->screen, (struct ui_field){0, 0, 7, UI_LEFT}, UI_ROLE_TEXT,
                 DW_STR("Osterberg Cloud"));
    ui_put_field(f->screen, (struct ui_field){8, 0, 6, UI_RIGHT}, UI_ROLE_TEXT, DW_STR("$2.1B"));
    ui_put_field(f->screen, (struct ui_field){0, 1, 5, UI_LEFT}, UI_ROLE_TEXT, DW_STR("東京都庁"));
    assert_str(text_of(f), "Osterb…  $2.1B\n東京…\n\n");
}

static void in_ascii_no_byte_above_127_is_drawn(void **state)
{
    struct fixture *f = *state;
    struct ui_screen *screen = ui_screen_new(40, 2, true);
    assert_non_null(screen);
    (void)ui_put(screen, 0, 0, UI_ROLE_TEXT, DW_STR("“Café” — Łódź … €5 東"));
    for (int i = 0; i < UI_GLYPH_COUNT; i++)
        ui_put_glyph(screen, i, 1, UI_ROLE_TEXT, (enum ui_glyph)i);
    struct dw_str text = ui_screen_text(screen, &f->arena);
    for (size_t i = 0; i < text.len; i++)
        assert_true((unsigned char)text.at[i] < 0x80);
    assert_true(dw_str_starts(text, DW_STR("\"Cafe\" - Lodz ~ E5 ?")));
    ui_screen_close(screen);
}

static void every_glyph_is_one_cell_wide(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < UI_GLYPH_COUNT; i++) {
        f->screen->ascii = false;
        assert_int_equal(ui_width(ui_glyph(f->screen, (enum ui_glyph)i)), 1);
        f->screen->ascii = true;
        assert_int_equal(ui_width(ui_glyph(f->screen, (enum ui_glyph)i)), 1);
    }
}

static void cutting_never_splits_a_cluster(void **state)
{
    (void)state;
    assert_str(ui_cut(DW_STR("a東b"), 2), "a");
    assert_str(ui_cut(DW_STR("a東b"), 3), "a東");
    assert_str(ui_cut(DW_STR("e\u0301x"), 1), "e\u0301");
    assert_str(ui_cut(DW_STR("abc"), 0), "");
}

static void a_resize_without_memory_keeps_the_old_size(void **state)
{
    struct fixture *f = *state;
    unit_fail_after(0);
    ui_screen_resize(f->screen, 50, 50);
    unit_fail_after(SIZE_MAX);
    assert_int_equal(f->screen->width, 20);
    ui_screen_resize(f->screen, 9999, 0);
    assert_int_equal(f->screen->width, UI_SCREEN_MAX_WIDTH);
    assert_int_equal(f->screen->height, 1);
}

static void without_memory_there_is_no_screen(void **state)
{
    (void)state;
    for (size_t n = 0; n < 2; n++) {
        unit_fail_after(n);
        assert_null(ui_screen_new(80, 24, false));
        unit_fail_after(SIZE_MAX);
    }
}

int main(void)
{
#define EACH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        EACH(text_lands_where_it_is_put),
        EACH(text_outside_of_the_clip_is_not_drawn),
        EACH(a_clip_never_grows_the_one_around_it),
        EACH(drawing_off_the_screen_does_nothing),
        EACH(wide_characters_take_two_cells),
        EACH(a_wide_character_that_is_cut_becomes_a_space),
        EACH(overwriting_half_of_a_wide_character_clears_the_other_half),
        EACH(an_emoji_family_is_reduced_to_what_all_terminals_agree_on),
        EACH(combining_marks_stay_with_their_base_up_to_two),
        EACH(controls_never_reach_the_cells),
        EACH(a_field_cuts_with_an_ellipsis_and_pads),
        EACH(in_ascii_no_byte_above_127_is_drawn),
        EACH(every_glyph_is_one_cell_wide),
        EACH(cutting_never_splits_a_cluster),
        EACH(a_resize_without_memory_keeps_the_old_size),
        EACH(without_memory_there_is_no_screen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
