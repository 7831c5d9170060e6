/* Where the panels stand at the sizes that matter. */
#include "layout.h"

#include "unit.h"

static const struct {
    int width;
    int height;
} sizes[] = {{200, 60}, {160, 40}, {120, 36}, {100, 30}, {99, 30}, {80, 20}, {60, 12}, {40, 6}};
#define SIZES (sizeof sizes / sizeof sizes[0])

static void panels_cover_the_body_without_overlap(void **state)
{
    (void)state;
    for (size_t i = 0; i < SIZES; i++) {
        for (size_t focus = 0; focus < UI_LAYOUT_PANELS; focus++) {
            struct ui_rect body = {0, 2, sizes[i].width, sizes[i].height};
            struct ui_rect rects[UI_LAYOUT_PANELS];
            int cells = 0;
            ui_layout(body, focus, rects);
            for (size_t a = 0; a < UI_LAYOUT_PANELS; a++) {
                cells += rects[a].width * rects[a].height;
                for (size_t b = 0; b < a; b++) {
                    struct ui_rect both = ui_rect_meet(rects[a], rects[b]);
                    assert_int_equal(both.width * both.height, 0);
                }
            }
            assert_int_equal(cells, body.width * body.height);
        }
    }
}

static void wide_screens_have_three_columns(void **state)
{
    (void)state;
    struct ui_rect rects[UI_LAYOUT_PANELS];
    ui_layout((struct ui_rect){0, 2, 160, 40}, 0, rects);
    assert_int_equal(rects[0].height, 40);
    assert_int_equal(rects[1].height, 40);
    assert_int_equal(rects[2].x, rects[3].x);
}

static void middling_screens_have_two_columns(void **state)
{
    (void)state;
    struct ui_rect rects[UI_LAYOUT_PANELS];
    ui_layout((struct ui_rect){0, 2, 120, 32}, 0, rects);
    assert_int_equal(rects[0].x, rects[2].x);
    assert_int_equal(rects[1].x, rects[3].x);
    assert_true(rects[1].x > 0);
}

static void on_narrow_screens_the_focused_panel_is_tall(void **state)
{
    (void)state;
    for (size_t focus = 0; focus < UI_LAYOUT_PANELS; focus++) {
        struct ui_rect rects[UI_LAYOUT_PANELS];
        ui_layout((struct ui_rect){0, 1, 80, 20}, focus, rects);
        for (size_t i = 0; i < UI_LAYOUT_PANELS; i++) {
            assert_int_equal(rects[i].width, 80);
            if (i != focus)
                assert_true(rects[i].height < rects[focus].height);
        }
        assert_true(rects[focus].height >= 9);
    }
}

static void on_tiny_screens_the_focused_panel_is_alone(void **state)
{
    (void)state;
    struct ui_rect rects[UI_LAYOUT_PANELS];
    ui_layout((struct ui_rect){0, 1, 40, 8}, 2, rects);
    assert_int_equal(rects[2].height, 8);
    assert_int_equal(rects[0].height, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(panels_cover_the_body_without_overlap),
        cmocka_unit_test(wide_screens_have_three_columns),
        cmocka_unit_test(middling_screens_have_two_columns),
        cmocka_unit_test(on_narrow_screens_the_focused_panel_is_tall),
        cmocka_unit_test(on_tiny_screens_the_focused_panel_is_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
