/* Where the panels of the dashboard stand, computed from the size alone. */
#ifndef UI_LAYOUT_H
#define UI_LAYOUT_H

#include "screen.h"

#define UI_LAYOUT_PANELS 4

/* Fills `rects` for headlines, deals, layoffs, totals: three columns from 160 cells, two from 100,
 * below that a stack whose focused panel is tall and whose others shrink down to their title, or
 * to nothing. */
void ui_layout(struct ui_rect body, size_t focus, struct ui_rect rects[UI_LAYOUT_PANELS]);

#endif
