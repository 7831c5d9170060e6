/* The table widget: the selection follows its row, columns fit, nothing jumps. */
#include "table.h"

#include <stdio.h>

#include "unit.h"

#define MOST 100

/* Rows that are numbers: the key is the number, the cell its digits. */
struct numbers {
    int64_t at[MOST];
    size_t count;
};

static int64_t key_of(const void *context, size_t row)
{
    return ((const struct numbers *)context)->at[row];
}

static void draw_number(const void *context, size_t row, int column, const struct ui_slot *slot)
{
    char text[24];
    int len = snprintf(text, sizeof text, "%d.%d", (int)((const struct numbers *)context)->at[row],
                       column);
    ui_slot_put(slot, UI_ROLE_TEXT, (struct dw_str){text, (size_t)len});
}

static struct ui_rows rows_of(const struct numbers *numbers)
{
    return (struct ui_rows){numbers, numbers->count, key_of, draw_number};
}

static const struct ui_column columns[] = {
    {1, DW_STR_INIT("one"), 4, 6, false, UI_LEFT, 100, 1},
    {2, DW_STR_INIT("two"), 4, 6, true, UI_LEFT, 50, 0},
    {3, DW_STR_INIT("three"), 5, 8, false, UI_RIGHT, 70, 3},
};

struct fixture {
    struct numbers numbers;
    struct ui_table table;
    struct ui_screen *screen;
    struct dw_arena arena;
};

/* Numbers from `first` down to 1, newest first, in a table of five visible rows. */
static void fill(struct fixture *f, int64_t first)
{
    f->numbers.count = 0;
    for (int64_t i = first; i >= 1 && f->numbers.count < MOST; i--)
        f->numbers.at[f->numbers.count++] = i;
}

static void draw(struct fixture *f)
{
    struct ui_rows rows = rows_of(&f->numbers);
    ui_screen_erase(f->screen);
    ui_table_draw(&f->table, f->screen, (struct ui_rect){0, 0, 24, 6}, &rows, true);
}

static void reload(struct fixture *f)
{
    struct ui_rows rows = rows_of(&f->numbers);
    ui_table_reload(&f->table, &rows);
    draw(f);
}

static void act(struct fixture *f, enum ui_action action)
{
    struct ui_rows rows = rows_of(&f->numbers);
    assert_true(ui_table_act(&f->table, &rows, action));
    draw(f);
}

static int set_up(void **state)
{
    static struct fixture f;
    dw_arena_init(&f.arena, 1 << 20);
    f.screen = ui_screen_new(24, 6, true);
    if (!f.screen)
        return -1;
    ui_table_init(&f.table, columns, 3);
    fill(&f, 20);
    reload(&f);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    ui_screen_close(f->screen);
    dw_arena_release(&f->arena);
    return 0;
}

static void a_list_that_nobody_touched_follows_what_is_new(void **state)
{
    struct fixture *f = *state;
    fill(f, 23);
    reload(f);
    assert_int_equal(f->table.selected, 0);
    assert_int_equal(f->table.top, 0);
    assert_int_equal(f->table.selected_key, 23);
}

static void at_the_top_new_rows_slide_in_and_the_selection_stays_on_its_row(void **state)
{
    struct fixture *f = *state;
    act(f, UI_ACTION_DOWN);
    assert_int_equal(f->table.selected_key, 19);
    fill(f, 22);
    reload(f);
    assert_int_equal(f->table.selected_key, 19);
    assert_int_equal(f->table.top, 0);
    assert_int_equal(f->table.fresh, 0);
}

static void further_down_the_view_stays_put_and_offers_what_is_new(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 9; i++)
        act(f, UI_ACTION_DOWN);
    int64_t top = f->table.top_key;
    fill(f, 23);
    reload(f);
    assert_int_equal(f->table.top_key, top);
    assert_int_equal(f->table.selected_key, 11);
    assert_int_equal(f->table.fresh, 3);
    act(f, UI_ACTION_FIRST);
    assert_int_equal(f->table.fresh, 0);
    assert_int_equal(f->table.selected_key, 23);
}

static void a_row_that_vanishes_leaves_the_selection_in_its_place(void **state)
{
    struct fixture *f = *state;
    act(f, UI_ACTION_DOWN);
    act(f, UI_ACTION_DOWN);
    for (size_t i = 2; i + 1 < f->numbers.count; i++)
        f->numbers.at[i] = f->numbers.at[i + 1];
    f->numbers.count--;
    reload(f);
    assert_int_equal(f->table.selected, 2);
    assert_int_equal(f->table.selected_key, 17);
}

static void an_emptied_list_and_its_return_are_survived(void **state)
{
    struct fixture *f = *state;
    act(f, UI_ACTION_LAST);
    f->numbers.count = 0;
    reload(f);
    assert_int_equal(f->table.selected, 0);
    act(f, UI_ACTION_DOWN);
    act(f, UI_ACTION_PAGE_UP);
    fill(f, 3);
    reload(f);
    assert_true(f->table.selected < 3);
}

static void the_selection_is_always_in_view(void **state)
{
    struct fixture *f = *state;
    static const enum ui_action moves[] = {
        UI_ACTION_LAST,      UI_ACTION_UP,        UI_ACTION_PAGE_UP, UI_ACTION_FIRST,
        UI_ACTION_HALF_DOWN, UI_ACTION_PAGE_DOWN, UI_ACTION_HALF_UP, UI_ACTION_DOWN};
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++) {
        act(f, moves[i]);
        assert_true(f->table.selected >= f->table.top);
        assert_true(f->table.selected < f->table.top + f->table.page);
    }
}

static void the_wheel_takes_the_selection_along_only_at_the_edge(void **state)
{
    struct fixture *f = *state;
    struct ui_rows rows = rows_of(&f->numbers);
    act(f, UI_ACTION_DOWN);
    for (int i = 0; i < 3; i++)
        act(f, UI_ACTION_DOWN);
    ui_table_wheel(&f->table, &rows, UI_KEY_DOWN);
    assert_int_equal(f->table.top, 3);
    assert_int_equal(f->table.selected, 4);
    ui_table_wheel(&f->table, &rows, UI_KEY_DOWN);
    assert_int_equal(f->table.selected, 6);
}

static void a_click_selects_and_a_second_one_opens(void **state)
{
    struct fixture *f = *state;
    struct ui_rows rows = rows_of(&f->numbers);
    assert_int_equal(ui_table_click(&f->table, &rows, 3, 3), UI_HIT_ROW);
    assert_int_equal(f->table.selected, 2);
    assert_int_equal(ui_table_click(&f->table, &rows, 3, 3), UI_HIT_AGAIN);
    assert_int_equal(ui_table_click(&f->table, &rows, 3, 40), UI_HIT_NOTHING);
}

static void a_click_on_a_header_sorts_and_again_inverts(void **state)
{
    struct fixture *f = *state;
    struct ui_rows rows = rows_of(&f->numbers);
    assert_int_equal(ui_table_click(&f->table, &rows, 2, 0), UI_HIT_SORT);
    assert_int_equal(f->table.sort, 1);
    assert_false(f->table.ascending);
    assert_int_equal(ui_table_click(&f->table, &rows, 2, 0), UI_HIT_SORT);
    assert_true(f->table.ascending);
}

static void sorting_steps_over_columns_that_cannot_be_sorted_by(void **state)
{
    struct fixture *f = *state;
    f->table.sort = 1;
    assert_true(ui_table_sort_step(&f->table, 1));
    assert_int_equal(f->table.sort, 3);
    assert_true(ui_table_sort_step(&f->table, 1));
    assert_int_equal(f->table.sort, 1);
    assert_true(ui_table_sort_step(&f->table, -1));
    assert_int_equal(f->table.sort, 3);
}

static void narrow_tables_drop_their_least_columns(void **state)
{
    (void)state;
    int widths[3];
    ui_columns_fit(columns, 3, 10, widths);
    assert_int_equal(widths[1], 0);
    assert_int_equal(widths[0], 4);
    assert_int_equal(widths[2], 5);
    ui_columns_fit(columns, 3, 3, widths);
    assert_int_equal(widths[0], 4);
    assert_int_equal(widths[2], 0);
}

static void wide_tables_give_the_rest_to_columns_that_grow(void **state)
{
    (void)state;
    int widths[3];
    ui_columns_fit(columns, 3, 60, widths);
    assert_int_equal(widths[0], 6);
    assert_int_equal(widths[2], 8);
    assert_int_equal(widths[0] + widths[1] + widths[2] + 2, 60);
}

static void rows_header_and_mark_are_drawn(void **state)
{
    struct fixture *f = *state;
    f->table.sort = 3;
    draw(f);
    struct dw_str text = ui_screen_text(f->screen, &f->arena);
    assert_true(dw_str_starts(text, DW_STR(" one    two         threev\n>20.1")) ||
                dw_str_find(text, DW_STR(">20.1"), 0) != SIZE_MAX);
    assert_true(dw_str_find(text, DW_STR("v"), 0) != SIZE_MAX);
}

int main(void)
{
#define EACH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        EACH(a_list_that_nobody_touched_follows_what_is_new),
        EACH(at_the_top_new_rows_slide_in_and_the_selection_stays_on_its_row),
        EACH(further_down_the_view_stays_put_and_offers_what_is_new),
        EACH(a_row_that_vanishes_leaves_the_selection_in_its_place),
        EACH(an_emptied_list_and_its_return_are_survived),
        EACH(the_selection_is_always_in_view),
        EACH(the_wheel_takes_the_selection_along_only_at_the_edge),
        EACH(a_click_selects_and_a_second_one_opens),
        EACH(a_click_on_a_header_sorts_and_again_inverts),
        EACH(sorting_steps_over_columns_that_cannot_be_sorted_by),
        EACH(narrow_tables_drop_their_least_columns),
        EACH(wide_tables_give_the_rest_to_columns_that_grow),
        EACH(rows_header_and_mark_are_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
