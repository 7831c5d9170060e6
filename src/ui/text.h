/* Running text: wrapped to a width, with styled and numbered spans. */
#ifndef UI_TEXT_H
#define UI_TEXT_H

#include "screen.h"

/* Bytes of the text that look different. Sorted by start, without overlap. */
struct ui_span {
    size_t start;
    size_t end;
    ui_style style;
    struct dw_str label; /* drawn before it, glued to it; may be empty */
    int id;              /* what the caller calls it; spans may share one */
};

/* A run of one style on a line. */
struct ui_piece {
    struct dw_str text;
    ui_style style;
    int id; /* of the span; -1: plain text */
};

struct ui_line {
    struct ui_piece *pieces;
    size_t count;
    size_t cap;
    int width;
};

/* The wrapped text. Slices point into the text and the labels. */
struct ui_text {
    DW_VEC(struct ui_line) lines;
};

/* Wraps at spaces (inside of words only where one is wider than a line); line ends of the text
 * stay. The result is in the arena; what no memory was left for is missing at its end. */
struct ui_text ui_text_wrap(struct dw_arena *arena, struct dw_str text, const struct ui_span *spans,
                            size_t span_count, int width);
/* Draws from line `top` on; pieces of span `current` are reversed. */
void ui_text_draw(const struct ui_text *text, struct ui_screen *screen, struct ui_rect area,
                  size_t top, int current);
/* The first line that holds a piece of the span; SIZE_MAX if none does. */
size_t ui_text_line_of(const struct ui_text *text, int id);
/* The span at a cell of the area as drawn from line `top` on; -1: none. */
int ui_text_span_at(const struct ui_text *text, struct ui_rect area, size_t top, int x, int y);

#endif
