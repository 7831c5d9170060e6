/* The theme: every role has its line, and what the reference look shows can be read. */
#include "theme.h"

#include <math.h>

#include "unit.h"

#define LEAST_CONTRAST 4.3     /* of text on the background that it is meant for */
#define LEAST_ON_SELECTION 3.0 /* of text on a selected row */
#define LEAST_OF_LINES 1.5     /* of borders, which nobody reads */

struct rgb {
    double r, g, b;
};

/* The 256 colours as xterm defines them. */
static struct rgb rgb_of(short colour)
{
    static const double levels[] = {0, 95, 135, 175, 215, 255};
    static const struct rgb basic[16] = {
        {0, 0, 0},     {205, 0, 0},     {0, 205, 0},     {205, 205, 0},  {0, 0, 238}, {205, 0, 205},
        {0, 205, 205}, {229, 229, 229}, {127, 127, 127}, {255, 0, 0},    {0, 255, 0}, {255, 255, 0},
        {92, 92, 255}, {255, 0, 255},   {0, 255, 255},   {255, 255, 255}};
    if (colour < 16)
        return basic[colour];
    if (colour >= 232) {
        double grey = 8 + 10 * (colour - 232);
        return (struct rgb){grey, grey, grey};
    }
    int index = colour - 16;
    return (struct rgb){levels[index / 36], levels[index / 6 % 6], levels[index % 6]};
}

static double linear(double channel)
{
    double c = channel / 255;
    return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(struct rgb c)
{
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

static double contrast(struct rgb a, struct rgb b)
{
    double x = luminance(a);
    double y = luminance(b);
    return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

static void every_depth_of_the_table_can_be_read(void **state)
{
    (void)state;
    struct ui_palette palette;
    struct dw_error err;
    for (int depth = UI_DEPTH_MONO; depth <= UI_DEPTH_256_LIGHT; depth++)
        assert_true(ui_palette_load(&palette, (enum ui_depth)depth, &err));
}

static void check_contrast(enum ui_depth depth, struct rgb background, struct rgb foreground)
{
    struct ui_palette palette;
    struct dw_error err;
    assert_true(ui_palette_load(&palette, depth, &err));
    struct rgb select = rgb_of(palette.select.background);
    for (int i = 0; i < UI_ROLE_COUNT; i++) {
        const struct ui_look *look = &palette.looks[i];
        struct rgb fore = look->foreground < 0 ? foreground : rgb_of(look->foreground);
        struct rgb back = look->background < 0 ? background : rgb_of(look->background);
        bool line = i == UI_ROLE_BORDER;
        double got = contrast(fore, back);
        if (got < (line ? LEAST_OF_LINES : LEAST_CONTRAST))
            fail_msg("%.*s: contrast %.1f", DW_FMT(ui_role_name((enum ui_role)i)), got);
        got = contrast(fore, select);
        if (look->background < 0 && !line && got < LEAST_ON_SELECTION)
            fail_msg("%.*s selected: contrast %.1f", DW_FMT(ui_role_name((enum ui_role)i)), got);
    }
}

static void every_role_can_be_read_on_dark(void **state)
{
    (void)state;
    check_contrast(UI_DEPTH_256_DARK, (struct rgb){0x1e, 0x1e, 0x1e}, (struct rgb){220, 220, 220});
}

static void every_role_can_be_read_on_light(void **state)
{
    (void)state;
    check_contrast(UI_DEPTH_256_LIGHT, (struct rgb){255, 255, 255}, (struct rgb){30, 30, 30});
}

static void mono_has_no_colours(void **state)
{
    (void)state;
    struct ui_palette palette;
    struct dw_error err;
    assert_true(ui_palette_load(&palette, UI_DEPTH_MONO, &err));
    for (int i = 0; i < UI_ROLE_COUNT; i++) {
        assert_int_equal(palette.looks[i].foreground, UI_COLOUR_DEFAULT);
        assert_int_equal(palette.looks[i].background, UI_COLOUR_DEFAULT);
    }
    assert_true(palette.select.reverse);
}

static void eight_colours_stay_within_eight(void **state)
{
    (void)state;
    struct ui_palette palette;
    struct dw_error err;
    assert_true(ui_palette_load(&palette, UI_DEPTH_8, &err));
    for (int i = 0; i < UI_ROLE_COUNT; i++)
        assert_true(palette.looks[i].foreground < 8 && palette.looks[i].background < 8);
}

static void roles_have_letters_of_their_own(void **state)
{
    (void)state;
    for (int i = 0; i < UI_ROLE_COUNT; i++) {
        assert_int_not_equal(ui_role_letter((enum ui_role)i), '\0');
        for (int j = 0; j < i; j++)
            assert_int_not_equal(ui_role_letter((enum ui_role)i), ui_role_letter((enum ui_role)j));
    }
}

static void themes_are_found_by_name(void **state)
{
    (void)state;
    enum ui_theme theme = UI_THEME_AUTO;
    assert_true(ui_theme_find(DW_STR("light"), &theme));
    assert_int_equal(theme, UI_THEME_LIGHT);
    assert_false(ui_theme_find(DW_STR("purple"), &theme));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_depth_of_the_table_can_be_read),
        cmocka_unit_test(every_role_can_be_read_on_dark),
        cmocka_unit_test(every_role_can_be_read_on_light),
        cmocka_unit_test(mono_has_no_colours),
        cmocka_unit_test(eight_colours_stay_within_eight),
        cmocka_unit_test(roles_have_letters_of_their_own),
        cmocka_unit_test(themes_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
