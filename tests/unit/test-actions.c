/* The table of actions: every action can be reached, no key means two things in one view. */
#include "actions.h"

#include "view.h"

#include "unit.h"

static const struct ui_view_ops *const views[] = {
    &ui_view_dashboard, &ui_view_events,   &ui_view_companies, &ui_view_layoffs,
    &ui_view_feeds,     &ui_view_articles, &ui_view_reader,    &ui_view_event,
    &ui_view_help,      &ui_view_log,      &ui_view_flows};
#define VIEWS (sizeof views / sizeof views[0])

static void every_key_of_the_table_has_a_name_that_is_known(void **state)
{
    (void)state;
    for (int i = 1; i < UI_ACTION_COUNT; i++) {
        struct dw_str keys = ui_action_info((enum ui_action)i)->keys;
        struct dw_str name = {NULL, 0};
        size_t count = 0;
        while (dw_str_split(&keys, ' ', &name)) {
            if (ui_key_find(name) == UI_KEY_NONE)
                fail_msg("\"%.*s\" is no key", DW_FMT(name));
            count++;
        }
        assert_true(count > 0);
    }
}

static void every_action_works_in_some_view(void **state)
{
    (void)state;
    for (int i = 1; i < UI_ACTION_COUNT; i++) {
        const struct ui_action_info *info = ui_action_info((enum ui_action)i);
        bool reached = false;
        for (size_t v = 0; v < VIEWS; v++) {
            if (ui_action_find(views[v]->contexts, ui_key_find(ui_action_key((enum ui_action)i))) ==
                (enum ui_action)i)
                reached = true;
        }
        if (!reached)
            fail_msg("no key reaches %.*s", DW_FMT(info->name));
    }
}

static void no_key_means_two_things_in_one_view(void **state)
{
    (void)state;
    for (size_t v = 0; v < VIEWS; v++) {
        for (int i = 1; i < UI_ACTION_COUNT; i++) {
            const struct ui_action_info *info = ui_action_info((enum ui_action)i);
            struct dw_str keys = info->keys;
            struct dw_str name = {NULL, 0};
            while ((info->contexts & views[v]->contexts) && dw_str_split(&keys, ' ', &name)) {
                if (ui_action_find(views[v]->contexts, ui_key_find(name)) != (enum ui_action)i)
                    fail_msg("%.*s: %.*s means something else", DW_FMT(views[v]->title),
                             DW_FMT(name));
            }
        }
    }
}

static void every_action_is_explained(void **state)
{
    (void)state;
    for (int i = 1; i < UI_ACTION_COUNT; i++) {
        const struct ui_action_info *info = ui_action_info((enum ui_action)i);
        assert_true(info->name.len > 0 && info->help.len > 0);
        assert_true((info->rank > 0) == (info->hint.len > 0));
    }
}

static void keys_are_written_as_they_are_read(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, 1 << 16);
    static const struct dw_str names[] = {
        DW_STR_INIT("j"),  DW_STR_INIT("^L"),   DW_STR_INIT("PgDn"), DW_STR_INIT("Esc"),
        DW_STR_INIT("\\"), DW_STR_INIT("A-x"),  DW_STR_INIT("é"),    DW_STR_INIT("S-Tab"),
        DW_STR_INIT("F5"), DW_STR_INIT("Space")};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct dw_str back = ui_key_name(&arena, ui_key_find(names[i]));
        assert_true(dw_str_eq(back, names[i]));
    }
    assert_int_equal(ui_key_find(DW_STR("Nonsense")), UI_KEY_NONE);
    assert_int_equal(ui_key_find(DW_STR("")), UI_KEY_NONE);
    dw_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_of_the_table_has_a_name_that_is_known),
        cmocka_unit_test(every_action_works_in_some_view),
        cmocka_unit_test(no_key_means_two_things_in_one_view),
        cmocka_unit_test(every_action_is_explained),
        cmocka_unit_test(keys_are_written_as_they_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
