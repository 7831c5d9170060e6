/* The reader, the page of an event, the lists and the feeds, on a screen in memory. */
#include "ui-fixture.h"

static struct ui_fixture *opened(int width, int height, const char *keys)
{
    struct ui_fixture *f = fixture_open(width, height, false, true);
    (void)fixture_frame(f);
    fixture_press(f, keys);
    return f;
}

static void look(int width, int height, const char *keys, const char *name)
{
    struct ui_fixture *f = opened(width, height, keys);
    assert_golden(f, name, fixture_frame(f));
    fixture_close(f);
}

static void views_look_as_they_should(void **state)
{
    (void)state;
    static const struct {
        const char *keys;
        const char *name;
    } views[] = {{"Enter", "reader"},    {"Tab j Enter", "event"},
                 {"2", "events"},        {"3", "companies"},
                 {"4", "layoffs"},       {"5", "feeds"},
                 {"6", "articles"},      {"?", "help"},
                 {"Enter % q !", "log"}, {"7", "flows"}};
    static const struct {
        int width;
        int height;
    } sizes[] = {{120, 36}, {80, 24}, {40, 10}};
    for (size_t i = 0; i < sizeof views / sizeof views[0]; i++) {
        for (size_t j = 0; j < sizeof sizes / sizeof sizes[0]; j++) {
            char name[64];
            (void)snprintf(name, sizeof name, "%s-%dx%d", views[i].name, sizes[j].width,
                           sizes[j].height);
            look(sizes[j].width, sizes[j].height, views[i].keys, name);
        }
    }
}

static void the_roles_of_the_reader_are_as_they_should_be(void **state)
{
    (void)state;
    struct ui_fixture *f = opened(120, 36, "Enter");
    (void)fixture_frame(f);
    assert_golden(f, "reader-120x36-roles", ui_screen_roles(f->screen, &f->arena));
    fixture_close(f);
}

static void every_mention_of_a_figure_has_its_number(void **state)
{
    (void)state;
    struct ui_fixture *f = opened(120, 36, "Enter");
    assert_sees(f, "①$50 billion");
    struct dw_str text = fixture_frame(f);
    size_t first = dw_str_find(text, DW_STR("①$50"), 0);
    assert_true(dw_str_find(text, DW_STR("①$50"), first + 1) != SIZE_MAX);
    fixture_close(f);
}

static void big_and_small_j_walk_the_list(void **state)
{
    (void)state;
    struct ui_fixture *f = opened(120, 36, "Enter J J");
    assert_sees(f, "article 3 of 19");
    assert_sees(f, "Halden Chips books");
    fixture_press(f, "K K K");
    assert_sees(f, "first article of the list");
    assert_sees(f, "article 1 of 19");
    fixture_close(f);
}

static void a_figure_leads_to_its_event_and_that_to_its_articles(void **state)
{
    (void)state;
    struct ui_fixture *f = opened(120, 36, "Enter Enter");
    assert_sees(f, "Timeline");
    assert_sees(f, "Amazon weighs $40 billion");
    fixture_press(f, "Enter");
    assert_sees(f, "article 1 of 2");
    fixture_press(f, "q q q");
    assert_sees(f, "Headlines");
    assert_false(f->ui.quit);
    fixture_close(f);
}

static void the_filter_narrows_as_it_is_typed_and_esc_takes_it_back(void **state)
{
    (void)state;
    struct ui_fixture *f = opened(120, 36, "6 / q u i l l o n");
    assert_sees(f, "1-2 of 2");
    assert_sees(f, "filter quillon");
    fixture_press(f, "Esc");
    assert_sees(f, "of 19");
    fixture_press(f, "/ k i n d : l a y o f f s Enter");
    assert_sees(f, "\\ clears it");
    assert_sees(f, "of 5");
    fixture_press(f, "\\");
    assert_sees(f, "of 19");
    fixture_close(f);
}

static void a_filter_that_cannot_be_meant_is_explained(void **state)
{
    (void)state;
    struct ui_fixture *f = opened(120, 36, "6 / k i n d : n o n s e n s e");
    assert_sees(f, "nonsense");
    assert_sees(f, "investment");
    assert_true(f->ui.wrong_end > f->ui.wrong_start);
    size_t last = (size_t)(f->screen->height - 1) * (size_t)f->screen->width;
    assert_int_equal(UI_STYLE_ROLE(f->screen->cells[last + 8 + f->ui.wrong_start].style),
                     UI_ROLE_ERROR);
    fixture_close(f);
}

static void digits_in_the_filter_are_no_commands(void **state)
{
    (void)state;
    struct ui_fixture *f = opened(120, 36, "6 / 2 5 Q");
    assert_false(f->ui.quit);
    assert_sees(f, "filter 25Q");
    fixture_close(f);
}

static void sorting_keeps_the_selected_event(void **state)
{
    (void)state;
    struct ui_fixture *f = opened(120, 36, "2 j j");
    struct ui_view *view = ui_view_now(&f->ui);
    assert_non_null(view->state);
    assert_sees(f, "▌");
    fixture_press(f, "> I <");
    assert_sees(f, "▌");
    fixture_close(f);
}

static void enter_on_a_company_shows_its_events(void **state)
{
    (void)state;
    struct ui_fixture *f = opened(120, 36, "3 Enter");
    assert_sees(f, "━ Events ━");
    assert_sees(f, "company:\"");
    assert_false(fixture_sees(f, "of 17"));
    fixture_close(f);
}

static void an_article_that_is_gone_says_so(void **state)
{
    (void)state;
    struct ui_fixture *f = fixture_open(120, 36, false, true);
    struct ui_target target = {.article = 99999};
    (void)fixture_frame(f);
    ui_open_article(&f->ui, &target);
    assert_sees(f, "no longer in the store");
    fixture_press(f, "n J Enter m q");
    assert_sees(f, "Headlines");
    fixture_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(views_look_as_they_should),
        cmocka_unit_test(the_roles_of_the_reader_are_as_they_should_be),
        cmocka_unit_test(every_mention_of_a_figure_has_its_number),
        cmocka_unit_test(big_and_small_j_walk_the_list),
        cmocka_unit_test(a_figure_leads_to_its_event_and_that_to_its_articles),
        cmocka_unit_test(the_filter_narrows_as_it_is_typed_and_esc_takes_it_back),
        cmocka_unit_test(a_filter_that_cannot_be_meant_is_explained),
        cmocka_unit_test(digits_in_the_filter_are_no_commands),
        cmocka_unit_test(sorting_keeps_the_selected_event),
        cmocka_unit_test(enter_on_a_company_shows_its_events),
        cmocka_unit_test(an_article_that_is_gone_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
