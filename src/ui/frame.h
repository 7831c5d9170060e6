/* The box around a panel: title left, note right, a badge in its lower border. */
#ifndef UI_FRAME_H
#define UI_FRAME_H

#include "screen.h"

struct ui_frame {
    struct dw_str title;
    struct dw_str note;  /* right in the upper border */
    struct dw_str badge; /* right in the lower border, in the colour of what is new */
    bool focused;        /* heavy lines */
};

/* Draws the box and gives the room inside of it. */
struct ui_rect ui_frame_draw(struct ui_screen *screen, struct ui_rect rect,
                             const struct ui_frame *frame);
/* Some centred muted lines in the middle of an area: what an empty panel says. */
void ui_frame_empty(struct ui_screen *screen, struct ui_rect area, const struct dw_str *lines,
                    size_t count);

#endif
