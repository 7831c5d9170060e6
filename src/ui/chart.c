/* Charts in eighths of cells, or in ASCII where nothing else can be drawn. */
#include "chart.h"

#include <math.h>

#define COLUMN_WIDTH 2
#define LABEL_WIDTH 6 /* of the axis: "$1.5T" and a space */

/* Parts of a cell filled from below, and from the left; ASCII has few of them. */
static const struct dw_str rising[2][9] = {
    {DW_STR_INIT(" "), DW_STR_INIT("▁"), DW_STR_INIT("▂"), DW_STR_INIT("▃"), DW_STR_INIT("▄"),
     DW_STR_INIT("▅"), DW_STR_INIT("▆"), DW_STR_INIT("▇"), DW_STR_INIT("█")},
    {DW_STR_INIT(" "), DW_STR_INIT("."), DW_STR_INIT("."), DW_STR_INIT("-"), DW_STR_INIT("-"),
     DW_STR_INIT("="), DW_STR_INIT("+"), DW_STR_INIT("*"), DW_STR_INIT("#")},
};
static const struct dw_str growing[2][9] = {
    {DW_STR_INIT(" "), DW_STR_INIT("▏"), DW_STR_INIT("▎"), DW_STR_INIT("▍"), DW_STR_INIT("▌"),
     DW_STR_INIT("▋"), DW_STR_INIT("▊"), DW_STR_INIT("▉"), DW_STR_INIT("█")},
    {DW_STR_INIT(" "), DW_STR_INIT("."), DW_STR_INIT("."), DW_STR_INIT("-"), DW_STR_INIT("-"),
     DW_STR_INIT("="), DW_STR_INIT("="), DW_STR_INIT("="), DW_STR_INIT("#")},
};

double ui_chart_round_up(double value)
{
    static const double steps[] = {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10};
    if (!(value > 0))
        return 1;
    double power = pow(10, floor(log10(value)));
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (value <= steps[i] * power * (1 + 1e-9))
            return steps[i] * power;
    }
    return 10 * power;
}

/* Eighths of a cell that a part of the whole fills; something that is there shows. */
static int eighths(double value, double whole, int cells)
{
    if (!(value > 0) || !(whole > 0))
        return 0;
    int parts = (int)lround(value / whole * 8 * cells);
    return parts < 1 ? 1 : (parts > 8 * cells ? 8 * cells : parts);
}

static void draw_stack(struct ui_screen *screen, struct ui_rect column,
                       const struct ui_stack *stack, double most)
{
    int all = eighths(stack->solid + stack->hatched, most, column.height);
    int solid = eighths(stack->solid, most, column.height);
    for (int cell = 0; cell < column.height; cell++) {
        int y = column.y + column.height - 1 - cell;
        int from = cell * 8;
        int fill = all - from;
        if (fill <= 0)
            return;
        bool sure = solid >= from + 4 || (solid > from && all <= from + 8 && solid * 2 >= all);
        for (int x = column.x; x < column.x + column.width; x++) {
            if (sure || solid > from + 7)
                (void)ui_put(screen, x, y, UI_ROLE_BAR, rising[screen->ascii][fill > 8 ? 8 : fill]);
            else if (fill >= 4)
                ui_put_glyph(screen, x, y, UI_ROLE_BAR_TALK, UI_GLYPH_VAGUE);
            else
                (void)ui_put(screen, x, y, UI_ROLE_BAR_TALK, rising[screen->ascii][fill]);
        }
    }
}

static double tallest(const struct ui_columns_chart *chart, size_t first)
{
    double most = 0;
    for (size_t i = first; i < chart->count; i++) {
        double sum = chart->stacks[i].solid + chart->stacks[i].hatched;
        if (!chart->stacks[i].missing && sum > most)
            most = sum;
    }
    return ui_chart_round_up(most);
}

/* The axis with labels at its top, at half of it where there is room, and at zero. */
static void draw_axis(struct ui_screen *screen, struct ui_rect area, struct dw_arena *frame,
                      const struct ui_columns_chart *chart, double most)
{
    int x = area.x + LABEL_WIDTH;
    for (int row = 0; row < area.height; row++) {
        double value = most * (area.height - row) / area.height;
        bool labelled = row == 0 || (area.height >= 4 && row * 2 == area.height);
        ui_put_glyph(screen, x, area.y + row, UI_ROLE_AXIS,
                     labelled ? UI_GLYPH_AXIS_Y : UI_GLYPH_V);
        if (!labelled)
            continue;
        struct ui_field field = {area.x, area.y + row, LABEL_WIDTH - 1, UI_RIGHT};
        ui_put_field(screen, field, UI_ROLE_AXIS, chart->value_label(chart->context, frame, value));
    }
}

static void draw_labels(struct ui_screen *screen, struct ui_rect area, struct dw_arena *frame,
                        const struct ui_columns_chart *chart, size_t first)
{
    int step = COLUMN_WIDTH + 1;
    int x0 = area.x + LABEL_WIDTH + 1;
    int free_from = x0;
    for (size_t i = first; i < chart->count; i++) {
        int x = x0 + (int)(i - first) * step;
        struct dw_str label = chart->column_label(chart->context, frame, i);
        int width = ui_width(label);
        if (label.len == 0 || x < free_from || x + width > area.x + area.width)
            continue;
        (void)ui_put(screen, x, area.y, UI_ROLE_AXIS, label);
        free_from = x + width + 1;
    }
}

void ui_chart_columns(struct ui_screen *screen, struct ui_rect area, struct dw_arena *frame,
                      const struct ui_columns_chart *chart)
{
    int step = COLUMN_WIDTH + 1;
    int room = (area.width - LABEL_WIDTH - 1) / step;
    if (room < 1 || area.height < 3)
        return;
    size_t first = chart->count > (size_t)room ? chart->count - (size_t)room : 0;
    struct ui_rect body = {area.x, area.y, area.width, area.height - 2};
    if (body.height > 4 && body.height % 2 == 1) { /* so that half of it is a line */
        body.y++;
        body.height--;
    }
    double most = tallest(chart, first);
    draw_axis(screen, body, frame, chart, most);
    int base = body.y + body.height;
    int x0 = area.x + LABEL_WIDTH + 1;
    ui_put_glyph(screen, area.x + LABEL_WIDTH, base, UI_ROLE_AXIS, UI_GLYPH_AXIS_0);
    int length = (int)(chart->count - first) * step;
    ui_fill(screen, (struct ui_rect){x0, base, length, 1}, UI_ROLE_AXIS, UI_GLYPH_H);
    for (size_t i = first; i < chart->count; i++) {
        int x = x0 + (int)(i - first) * step;
        if (!chart->stacks[i].missing)
            draw_stack(screen, (struct ui_rect){x, body.y, COLUMN_WIDTH, body.height},
                       &chart->stacks[i], most);
    }
    draw_labels(screen, (struct ui_rect){area.x, base + 1, area.width, 1}, frame, chart, first);
}

void ui_chart_bar(struct ui_screen *screen, struct ui_field field, ui_style style,
                  const double share[2], bool hatched)
{
    int parts = eighths(share[0], share[1], field.width);
    for (int cell = 0; cell * 8 < parts; cell++) {
        int fill = parts - cell * 8;
        if (hatched && fill >= 4)
            ui_put_glyph(screen, field.x + cell, field.y, style, UI_GLYPH_VAGUE);
        else
            (void)ui_put(screen, field.x + cell, field.y, style,
                         growing[screen->ascii][fill > 8 ? 8 : fill]);
    }
}

int ui_chart_spark(struct ui_screen *screen, struct ui_field field, ui_style style,
                   const double *values, size_t count)
{
    size_t first = count > (size_t)field.width ? count - (size_t)field.width : 0;
    double most = 0;
    for (size_t i = first; i < count; i++)
        most = values[i] > most ? values[i] : most;
    int x = field.x;
    for (size_t i = first; i < count; i++) {
        int parts = isnan(values[i]) ? 0 : eighths(values[i], most, 1);
        bool nothing = !isnan(values[i]) && parts == 0;
        (void)ui_put(screen, x, field.y, nothing ? UI_ROLE_AXIS : style,
                     rising[screen->ascii][nothing ? 1 : parts]);
        x++;
    }
    return x - field.x;
}

void ui_chart_level(struct ui_screen *screen, struct ui_field field, ui_style style,
                    const double share[2])
{
    (void)ui_put(screen, field.x, field.y, style,
                 rising[screen->ascii][eighths(share[0], share[1], 1)]);
}
