/* Charts out of blocks: stacked columns, bars, sparklines. They know numbers, not news. */
#ifndef UI_CHART_H
#define UI_CHART_H

#include "screen.h"

/* One column of a chart: what is sure below, what is only talked about above. */
struct ui_stack {
    double solid;
    double hatched;
    bool missing; /* nothing is known: a gap, not a zero */
};

struct ui_columns_chart {
    const struct ui_stack *stacks;
    size_t count;
    /* Writes the label of a value of the axis, and of a column; may give an empty one. */
    struct dw_str (*value_label)(const void *context, struct dw_arena *arena, double value);
    struct dw_str (*column_label)(const void *context, struct dw_arena *arena, size_t column);
    const void *context;
};

/* A column per stack from zero up, with an axis; the newest ones where not all have room. */
void ui_chart_columns(struct ui_screen *screen, struct ui_rect area, struct dw_arena *frame,
                      const struct ui_columns_chart *chart);
/* A bar of `value` in parts of `most`, in `width` cells, an eighth of a cell exact: the smallest
 * positive value still shows. Hatched if it is only talk. */
void ui_chart_bar(struct ui_screen *screen, struct ui_field field, ui_style style,
                  const double share[2], bool hatched);
/* One cell a value, from zero; returns the cells used. NAN is a gap. */
int ui_chart_spark(struct ui_screen *screen, struct ui_field field, ui_style style,
                   const double *values, size_t count);
/* One cell filled from below by share[0] in parts of share[1]. */
void ui_chart_level(struct ui_screen *screen, struct ui_field field, ui_style style,
                    const double share[2]);
/* The smallest round number (1, 2, 2.5, 5 times a power of ten) that is not below the value. */
double ui_chart_round_up(double value);

#endif
