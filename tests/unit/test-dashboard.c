/* The dashboard on a screen in memory: its looks at many sizes, and what keys do to it. */
#include "ui-fixture.h"

static const struct {
    int width;
    int height;
    bool ascii;
    const char *name;
} sizes[] = {
    {200, 60, false, "dashboard-200x60"}, {120, 36, false, "dashboard-120x36"},
    {80, 24, false, "dashboard-80x24"},   {60, 16, false, "dashboard-60x16"},
    {40, 10, false, "dashboard-40x10"},   {120, 36, true, "dashboard-120x36-ascii"},
};

static void it_looks_as_it_should_at_every_size(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct ui_fixture *f = fixture_open(sizes[i].width, sizes[i].height, sizes[i].ascii, true);
        assert_golden(f, sizes[i].name, fixture_frame(f));
        fixture_close(f);
    }
}

static void its_roles_are_as_they_should_be(void **state)
{
    (void)state;
    struct ui_fixture *f = fixture_open(120, 36, false, true);
    (void)fixture_frame(f);
    assert_golden(f, "dashboard-120x36-roles", ui_screen_roles(f->screen, &f->arena));
    fixture_close(f);
}

static void an_empty_store_says_what_to_do(void **state)
{
    (void)state;
    struct ui_fixture *f = fixture_open(120, 36, false, false);
    assert_golden(f, "dashboard-empty-120x36", fixture_frame(f));
    fixture_close(f);
}

static void no_line_is_wider_than_the_screen_at_any_size(void **state)
{
    (void)state;
    for (int filled = 0; filled < 2; filled++) {
        struct ui_fixture *f = fixture_open(80, 24, false, filled != 0);
        for (int width = 1; width < 210; width += 13) {
            for (int height = 1; height < 64; height += 7) {
                ui_screen_resize(f->screen, width, height);
                struct dw_str text = fixture_frame(f);
                struct dw_str line = {NULL, 0};
                while (dw_str_split(&text, '\n', &line))
                    assert_true(ui_width(line) <= width);
            }
        }
        fixture_close(f);
    }
}

static void in_ascii_no_byte_above_127_is_drawn_in_any_view(void **state)
{
    (void)state;
    static const char *const walks[] = {"Enter", "2", "2 Enter", "3", "4",
                                        "5",     "6", "6 Enter", "?", "!"};
    for (size_t i = 0; i < sizeof walks / sizeof walks[0]; i++) {
        struct ui_fixture *f = fixture_open(120, 36, true, true);
        (void)fixture_frame(f);
        fixture_press(f, walks[i]);
        struct dw_str text = fixture_frame(f);
        for (size_t j = 0; j < text.len; j++)
            assert_true((unsigned char)text.at[j] < 0x80);
        fixture_close(f);
    }
}

static void too_small_a_screen_says_which_size_it_needs(void **state)
{
    (void)state;
    struct ui_fixture *f = fixture_open(30, 5, false, true);
    assert_sees(f, "needs 40x8, is 30x5");
    ui_screen_resize(f->screen, 1, 1);
    (void)fixture_frame(f);
    ui_screen_resize(f->screen, 80, 24);
    assert_sees(f, "Headlines");
    fixture_close(f);
}

static void zoom_gives_the_focused_panel_the_body_and_back(void **state)
{
    (void)state;
    struct ui_fixture *f = fixture_open(120, 36, false, true);
    assert_sees(f, "Headlines");
    fixture_press(f, "Tab z");
    assert_sees(f, "Deals");
    assert_false(fixture_sees(f, "Headlines"));
    fixture_press(f, "z");
    assert_sees(f, "Headlines");
    fixture_close(f);
}

static void the_selection_stays_on_its_headline_when_news_come_in(void **state)
{
    (void)state;
    struct ui_fixture *f = fixture_open(120, 36, false, true);
    int64_t events[FIXTURE_EVENTS] = {0};
    (void)fixture_frame(f);
    fixture_press(f, "Down Down Down");
    assert_sees(f, "▌ 14m");
    struct fixture_news late = {"Late News",
                                1 * MINUTE,
                                "Something just happened",
                                NULL,
                                NULL,
                                DW_KIND_MONEY,
                                "",
                                DW_QUALIFIER_EXACT,
                                0,
                                "",
                                "",
                                DW_STATUS_RUMORED,
                                0};
    fixture_article(f->store, &late, events);
    ui_set_stale(&f->ui);
    assert_sees(f, "Something just happened");
    assert_sees(f, "▌ 14m");
    fixture_close(f);
}

static void enter_opens_the_selected_headline_and_q_returns_to_it(void **state)
{
    (void)state;
    struct ui_fixture *f = fixture_open(120, 36, false, true);
    (void)fixture_frame(f);
    fixture_press(f, "j j Enter");
    assert_sees(f, "article 3 of 19");
    fixture_press(f, "q");
    assert_sees(f, "▌  9m");
    fixture_press(f, "q");
    assert_true(f->ui.quit);
    fixture_close(f);
}

static void the_first_row_is_open_to_the_mouse_as_to_keys(void **state)
{
    (void)state;
    struct ui_fixture *f = fixture_open(120, 36, false, true);
    (void)fixture_frame(f);
    struct ui_event click = {.type = UI_EVENT_CLICK, .x = 30, .y = 5};
    ui_handle(&f->ui, &click);
    (void)fixture_frame(f);
    assert_int_equal(f->ui.depth, 0);
    ui_handle(&f->ui, &click);
    assert_sees(f, "article 2 of 19");
    fixture_close(f);
}

static void tabs_and_hints_can_be_clicked(void **state)
{
    (void)state;
    struct ui_fixture *f = fixture_open(120, 36, false, true);
    (void)fixture_frame(f);
    for (size_t i = 0; i < f->ui.hit_count; i++) {
        struct ui_hit hit = f->ui.hits[i];
        if (hit.action != UI_ACTION_VIEW_2)
            continue;
        struct ui_event click = {.type = UI_EVENT_CLICK, .x = hit.rect.x, .y = hit.rect.y};
        ui_handle(&f->ui, &click);
        break;
    }
    assert_sees(f, "━ Events ━");
    fixture_close(f);
}

static void help_is_never_cut_off(void **state)
{
    (void)state;
    for (int width = 40; width <= 200; width += 10) {
        struct ui_fixture *f = fixture_open(width, 24, false, true);
        assert_sees(f, "? help");
        fixture_close(f);
    }
}

static void help_is_searched_by_typing_and_enter_runs_the_line(void **state)
{
    (void)state;
    struct ui_fixture *f = fixture_open(120, 36, false, true);
    (void)fixture_frame(f);
    fixture_press(f, "? / z o o m");
    assert_sees(f, "whole body");
    assert_false(fixture_sees(f, "explain the keys"));
    fixture_press(f, "Enter");
    assert_false(fixture_sees(f, "Deals ─"));
    assert_sees(f, "Headlines");
    fixture_close(f);
}

static void a_key_that_does_nothing_says_so(void **state)
{
    (void)state;
    struct ui_fixture *f = fixture_open(120, 36, false, true);
    (void)fixture_frame(f);
    fixture_press(f, "%");
    assert_sees(f, "% does nothing here");
    fixture_press(f, "j");
    assert_false(fixture_sees(f, "does nothing here"));
    fixture_press(f, "!");
    assert_sees(f, "% does nothing here");
    fixture_close(f);
}

static void pasted_keys_do_nothing(void **state)
{
    (void)state;
    struct ui_fixture *f = fixture_open(120, 36, false, true);
    (void)fixture_frame(f);
    struct ui_event event = {.type = UI_EVENT_PASTE, .key = 'Q'};
    ui_handle(&f->ui, &event);
    assert_false(f->ui.quit);
    assert_sees(f, "pasted text is ignored");
    fixture_close(f);
}

static void without_memory_it_lives_on(void **state)
{
    (void)state;
    struct ui_fixture *f = fixture_open(120, 36, false, true);
    (void)fixture_frame(f);
    for (size_t n = 0; n < 60; n++) {
        struct ui_event enter = {.type = UI_EVENT_KEY, .key = UI_KEY_ENTER};
        struct ui_event back = {.type = UI_EVENT_KEY, .key = UI_KEY_ESCAPE};
        ui_set_stale(&f->ui);
        unit_fail_after(n);
        ui_refresh(&f->ui);
        ui_draw(&f->ui);
        ui_handle(&f->ui, &enter);
        ui_refresh(&f->ui);
        ui_draw(&f->ui);
        unit_fail_after(SIZE_MAX);
        if (f->ui.depth > 0)
            ui_handle(&f->ui, &back);
    }
    ui_set_stale(&f->ui);
    assert_sees(f, "Amazon in talks");
    fixture_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_looks_as_it_should_at_every_size),
        cmocka_unit_test(its_roles_are_as_they_should_be),
        cmocka_unit_test(an_empty_store_says_what_to_do),
        cmocka_unit_test(no_line_is_wider_than_the_screen_at_any_size),
        cmocka_unit_test(in_ascii_no_byte_above_127_is_drawn_in_any_view),
        cmocka_unit_test(too_small_a_screen_says_which_size_it_needs),
        cmocka_unit_test(zoom_gives_the_focused_panel_the_body_and_back),
        cmocka_unit_test(the_selection_stays_on_its_headline_when_news_come_in),
        cmocka_unit_test(enter_opens_the_selected_headline_and_q_returns_to_it),
        cmocka_unit_test(the_first_row_is_open_to_the_mouse_as_to_keys),
        cmocka_unit_test(tabs_and_hints_can_be_clicked),
        cmocka_unit_test(help_is_never_cut_off),
        cmocka_unit_test(help_is_searched_by_typing_and_enter_runs_the_line),
        cmocka_unit_test(a_key_that_does_nothing_says_so),
        cmocka_unit_test(pasted_keys_do_nothing),
        cmocka_unit_test(without_memory_it_lives_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
