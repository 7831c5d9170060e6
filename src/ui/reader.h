/* The article reader, in two files: its text (view-reader.c) and its figures (reader-figures.c). */
#ifndef UI_READER_H
#define UI_READER_H

#include "rows.h"
#include "text.h"

#define UI_READER_FACTS 11 /* lines that tell one figure */

struct reader {
    int64_t id;
    int64_t *list; /* of articles that J and K walk */
    size_t list_len;
    struct store_article article;
    struct ui_span *spans;
    size_t span_count;
    struct dw_arena wrapped; /* the text at one width */
    struct ui_text text;
    int width; /* that it is wrapped to; 0: not yet */
    bool ascii;
    size_t top;
    size_t page;
    int figure;  /* the current one; -1: none */
    bool follow; /* scroll to the current figure in the next frame */
    struct ui_rect text_area;
    struct ui_rect list_area;
};

/* The number before a mention: circled as far as there are circled digits, else in brackets. */
struct dw_str ui_reader_mark(struct dw_arena *arena, size_t number, bool ascii);
/* All figures, a line each, in a box. */
void ui_reader_draw_list(struct ui *ui, struct reader *state, struct ui_rect rect);
/* All that is known of the current figure, in a box; nothing without one. */
void ui_reader_draw_detail(struct ui *ui, const struct reader *state, struct ui_rect rect);
/* The same in few lines, for narrow screens. */
void ui_reader_draw_compact(struct ui *ui, const struct reader *state, struct ui_rect rect);
/* Where the article stands, to be opened in the browser. */
void ui_reader_draw_places(struct ui *ui, const struct reader *state, struct ui_rect rect);

#endif
