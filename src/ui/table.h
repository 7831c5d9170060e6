/* A table over any source of rows: columns that fit, a selection that follows its row. */
#ifndef UI_TABLE_H
#define UI_TABLE_H

#include "actions.h"
#include "screen.h"

#define UI_TABLE_COLUMNS 16

/* A view's sort order as a column's `sort`, where 0 says that it cannot be sorted by. */
#define UI_SORT(order) ((int)(order) + 1)

/* Columns of a lower rank are shown only where those that grow have the width that they want. */
#define UI_RANK_EXTRA 40

struct ui_column {
    int id; /* what it shows, as its row source calls it */
    struct dw_str title;
    int min;    /* cells without which it is left out */
    int want;   /* cells it gets where there are enough */
    bool grows; /* takes what is left over */
    enum ui_align align;
    int rank; /* the lowest is left out first; the highest never */
    int sort; /* what the view sorts by when it is chosen; 0: cannot be */
};

/* Where one cell is drawn: by ui_slot_put(), or freely inside of the field. */
struct ui_slot {
    struct ui_screen *screen;
    struct ui_field field;
    ui_style flags; /* to be added to every style: the row is selected */
};

/* The rows as they are now. Keys are unique and stay with the thing that a row shows. */
struct ui_rows {
    const void *context;
    size_t count;
    int64_t (*key_of)(const void *context, size_t row);
    void (*draw)(const void *context, size_t row, int column, const struct ui_slot *slot);
};

struct ui_table {
    const struct ui_column *columns;
    size_t column_count;
    bool header; /* draws the titles of the columns where there is room */
    bool follow; /* the selection stays on the first row, whatever comes */
    size_t count;
    size_t selected;
    size_t top;   /* first row that is drawn */
    size_t page;  /* rows that fit, as drawn last */
    size_t fresh; /* rows that came in above the first drawn one and were not seen yet */
    int64_t selected_key;
    int64_t top_key;
    int sort; /* of the present column */
    bool ascending;
    bool focused;        /* as drawn last: the selection shows */
    struct ui_rect area; /* as drawn last, for the mouse */
    int widths[UI_TABLE_COLUMNS];
};

/* Cells for each column in `width` cells: 0 for those left out. One cell lies between two. */
void ui_columns_fit(const struct ui_column *columns, size_t count, int width, int *widths);

void ui_table_init(struct ui_table *table, const struct ui_column *columns, size_t count);
/* Finds selection and scroll position again after the rows were read anew. */
void ui_table_reload(struct ui_table *table, const struct ui_rows *rows);
/* Draws into the rectangle; `focused` shows the selection. */
void ui_table_draw(struct ui_table *table, struct ui_screen *screen, struct ui_rect area,
                   const struct ui_rows *rows, bool focused);
/* Moves the selection by an action; false: it is none that moves. */
bool ui_table_act(struct ui_table *table, const struct ui_rows *rows, enum ui_action action);
/* Sets the selection. */
void ui_table_select(struct ui_table *table, const struct ui_rows *rows, size_t row);

enum ui_table_hit { UI_HIT_NOTHING, UI_HIT_ROW, UI_HIT_AGAIN, UI_HIT_SORT };
/* A click: selects the row (again: it was selected already), or sorts by the column of the header.
 */
enum ui_table_hit ui_table_click(struct ui_table *table, const struct ui_rows *rows, int x, int y);
/* The wheel: scrolls by three rows, and takes the selection along only where it leaves the view. */
void ui_table_wheel(struct ui_table *table, const struct ui_rows *rows, uint32_t key);
/* Sorts by the next column in this direction that can be sorted by. True: something changed. */
bool ui_table_sort_step(struct ui_table *table, int direction);

/* Draws a text into the slot's field in its role. */
void ui_slot_put(const struct ui_slot *slot, ui_style style, struct dw_str text);

#endif
