/* The table widget. Invariants: selected < count where there are rows; top <= selected < top + page
 * after each draw; selected_key and top_key are the keys of those rows when they were last known.
 */
#include "table.h"

#include <limits.h>

#define GAP 1
#define MARK 1   /* the column of the selection's sign */
#define MARGIN 1 /* left free at the right */
#define WHEEL_ROWS 3
#define HEADER_LEAST 4 /* lines below which the header makes room for rows */

/* ---- Columns ---- */

static int used_width(const int *widths, size_t count)
{
    int used = 0;
    for (size_t i = 0; i < count; i++) {
        if (widths[i] > 0)
            used += widths[i] + (used > 0 ? GAP : 0);
    }
    return used;
}

/* Leaves out the column of the lowest rank below `rank`; false if only one is left, or none is. */
static bool drop_one(const struct ui_column *columns, size_t count, int *widths, int rank)
{
    size_t lowest = count;
    size_t shown = 0;
    for (size_t i = 0; i < count; i++) {
        if (widths[i] == 0)
            continue;
        shown++;
        if (lowest == count || columns[i].rank < columns[lowest].rank)
            lowest = i;
    }
    if (shown < 2 || columns[lowest].rank >= rank)
        return false;
    widths[lowest] = 0;
    return true;
}

void ui_columns_fit(const struct ui_column *columns, size_t count, int width, int *widths)
{
    for (size_t i = 0; i < count; i++)
        widths[i] = columns[i].grows ? columns[i].want : columns[i].min;
    while (used_width(widths, count) > width) {
        if (!drop_one(columns, count, widths, UI_RANK_EXTRA))
            break;
    }
    for (size_t i = 0; i < count; i++)
        widths[i] = widths[i] > 0 ? columns[i].min : 0;
    while (used_width(widths, count) > width) {
        if (!drop_one(columns, count, widths, INT_MAX))
            break;
    }
    int left = width - used_width(widths, count);
    for (int rank = 100; rank >= 0 && left > 0; rank--) {
        for (size_t i = 0; i < count; i++) {
            if (columns[i].rank != rank || widths[i] == 0)
                continue;
            int more = columns[i].want - widths[i];
            more = more > left ? left : more;
            widths[i] += more > 0 ? more : 0;
            left -= more > 0 ? more : 0;
        }
    }
    size_t growing = 0;
    for (size_t i = 0; i < count; i++)
        growing += columns[i].grows && widths[i] > 0;
    for (size_t i = 0; i < count && left > 0; i++) {
        if (!columns[i].grows || widths[i] == 0)
            continue;
        int share = left / (int)growing;
        widths[i] += share;
        left -= share;
        growing--;
    }
}

/* ---- Selection ---- */

void ui_table_init(struct ui_table *table, const struct ui_column *columns, size_t count)
{
    *table = (struct ui_table){
        .columns = columns, .column_count = count, .header = true, .follow = true, .page = 1};
}

static size_t find_key(const struct ui_rows *rows, int64_t key)
{
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->key_of(rows->context, i) == key)
            return i;
    }
    return SIZE_MAX;
}

/* Keeps the selection in view, and remembers the keys of both rows. */
static void settle(struct ui_table *table, const struct ui_rows *rows)
{
    table->count = rows->count;
    if (rows->count == 0) {
        table->selected = 0;
        table->top = 0;
        table->fresh = 0;
        return;
    }
    if (table->selected >= rows->count)
        table->selected = rows->count - 1;
    size_t page = table->page > 0 ? table->page : 1;
    if (table->top > table->selected)
        table->top = table->selected;
    if (table->selected - table->top >= page)
        table->top = table->selected - page + 1;
    if (table->top + page > rows->count)
        table->top = rows->count > page ? rows->count - page : 0;
    if (table->fresh > table->top)
        table->fresh = table->top;
    table->selected_key = rows->key_of(rows->context, table->selected);
    table->top_key = rows->key_of(rows->context, table->top);
}

void ui_table_reload(struct ui_table *table, const struct ui_rows *rows)
{
    bool was_empty = table->count == 0;
    if (table->follow || was_empty) {
        table->selected = 0;
        table->top = 0;
        settle(table, rows);
        return;
    }
    size_t selected = find_key(rows, table->selected_key);
    if (selected != SIZE_MAX)
        table->selected = selected;
    size_t top = find_key(rows, table->top_key);
    bool slides = table->top == 0 && table->selected < table->page;
    if (!slides && top != SIZE_MAX) {
        if (top > table->top)
            table->fresh += top - table->top;
        table->top = top;
    }
    settle(table, rows);
}

void ui_table_select(struct ui_table *table, const struct ui_rows *rows, size_t row)
{
    table->selected = row;
    table->follow = false;
    settle(table, rows);
}

static size_t down_by(const struct ui_table *table, size_t rows)
{
    size_t last = table->count > 0 ? table->count - 1 : 0;
    return last - table->selected < rows ? last : table->selected + rows;
}

static size_t up_by(const struct ui_table *table, size_t rows)
{
    return table->selected < rows ? 0 : table->selected - rows;
}

bool ui_table_act(struct ui_table *table, const struct ui_rows *rows, enum ui_action action)
{
    size_t page = table->page > 1 ? table->page - 1 : 1;
    size_t half = table->page > 2 ? table->page / 2 : 1;
    size_t to = 0;
    switch (action) {
    case UI_ACTION_UP:
        to = up_by(table, 1);
        break;
    case UI_ACTION_DOWN:
        to = down_by(table, 1);
        break;
    case UI_ACTION_PAGE_UP:
        to = up_by(table, page);
        break;
    case UI_ACTION_PAGE_DOWN:
        to = down_by(table, page);
        break;
    case UI_ACTION_HALF_UP:
        to = up_by(table, half);
        break;
    case UI_ACTION_HALF_DOWN:
        to = down_by(table, half);
        break;
    case UI_ACTION_FIRST:
        break;
    case UI_ACTION_LAST:
        to = down_by(table, table->count);
        break;
    default:
        return false;
    }
    ui_table_select(table, rows, to);
    table->follow = action == UI_ACTION_FIRST;
    return true;
}

/* ---- Drawing ---- */

/* Lines that the header takes. */
static int header_lines(const struct ui_table *table, struct ui_rect area)
{
    return table->header && area.height >= HEADER_LEAST ? 1 : 0;
}

static void draw_header(const struct ui_table *table, struct ui_screen *screen, struct ui_rect area)
{
    int x = area.x + MARK;
    for (size_t i = 0; i < table->column_count; i++) {
        const struct ui_column *column = &table->columns[i];
        int width = table->widths[i];
        if (width == 0)
            continue;
        bool sorted = column->sort != 0 && column->sort == table->sort;
        struct ui_field field = {x, area.y, width, column->align};
        if (sorted && width > 2) {
            int title = ui_width(column->title);
            int at = column->align == UI_RIGHT || title + 1 > width ? x + width - 1 : x + title;
            field.width = width - 1;
            ui_put_field(screen, field, UI_ROLE_HEADER, column->title);
            ui_put_glyph(screen, at, area.y, UI_ROLE_HEADER,
                         table->ascending ? UI_GLYPH_UP : UI_GLYPH_DOWN);
        } else {
            ui_put_field(screen, field, UI_ROLE_HEADER, column->title);
        }
        x += width + GAP;
    }
}

static void draw_row(const struct ui_table *table, struct ui_screen *screen, struct ui_rect line,
                     const struct ui_rows *rows, size_t row)
{
    bool selected = table->focused && row == table->selected;
    ui_style flags = selected ? UI_STYLE_SELECT : 0;
    if (selected) {
        ui_fill(screen, line, UI_ROLE_TEXT | flags, UI_GLYPH_SPACE);
        ui_put_glyph(screen, line.x, line.y, UI_ROLE_FOCUS | flags, UI_GLYPH_SELECT);
    }
    int x = line.x + MARK;
    for (size_t i = 0; i < table->column_count; i++) {
        int width = table->widths[i];
        if (width == 0)
            continue;
        struct ui_slot slot = {screen, {x, line.y, width, table->columns[i].align}, flags};
        rows->draw(rows->context, row, table->columns[i].id, &slot);
        x += width + GAP;
    }
    if (selected)
        ui_screen_cursor(screen, line.x, line.y, false);
}

/* The thumb in the column right of the area, where the panel's border is. */
static void draw_scrollbar(const struct ui_table *table, struct ui_screen *screen,
                           struct ui_rect lines)
{
    if (table->count <= table->page || lines.height < 3)
        return;
    size_t height = (size_t)lines.height;
    size_t thumb = height * table->page / table->count;
    thumb = thumb > 0 ? thumb : 1;
    size_t room = height - thumb;
    size_t hidden = table->count - table->page;
    size_t at = room * table->top / hidden;
    for (size_t i = 0; i < thumb; i++)
        ui_put_glyph(screen, lines.x + lines.width, lines.y + (int)(at + i), UI_ROLE_FOCUS,
                     UI_GLYPH_THUMB);
}

void ui_table_draw(struct ui_table *table, struct ui_screen *screen, struct ui_rect area,
                   const struct ui_rows *rows, bool focused)
{
    if (area.width < 2 || area.height < 1)
        return;
    int header = header_lines(table, area);
    table->area = area;
    table->focused = focused;
    table->page = area.height > header ? (size_t)(area.height - header) : 1;
    ui_columns_fit(table->columns, table->column_count, area.width - MARK - MARGIN, table->widths);
    settle(table, rows);
    if (header)
        draw_header(table, screen, area);
    struct ui_rect lines = {area.x, area.y + header, area.width, area.height - header};
    if (focused)
        draw_scrollbar(table, screen, lines);
    struct ui_rect before = ui_screen_clip(screen, area);
    for (int i = 0; i < lines.height && table->top + (size_t)i < rows->count; i++) {
        size_t row = table->top + (size_t)i;
        struct ui_rect line = {lines.x, lines.y + i, lines.width, 1};
        draw_row(table, screen, line, rows, row);
    }
    ui_screen_unclip(screen, before);
}

void ui_slot_put(const struct ui_slot *slot, ui_style style, struct dw_str text)
{
    ui_put_field(slot->screen, slot->field, (ui_style)(style | slot->flags), text);
}

/* ---- Mouse ---- */

static bool click_header(struct ui_table *table, int click_x)
{
    int x = table->area.x + MARK;
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->widths[i] == 0)
            continue;
        if (click_x >= x && click_x < x + table->widths[i] + GAP && table->columns[i].sort != 0) {
            if (table->sort == table->columns[i].sort)
                table->ascending = !table->ascending;
            else
                table->ascending = false;
            table->sort = table->columns[i].sort;
            return true;
        }
        x += table->widths[i] + GAP;
    }
    return false;
}

enum ui_table_hit ui_table_click(struct ui_table *table, const struct ui_rows *rows, int x, int y)
{
    if (!ui_rect_has(table->area, x, y))
        return UI_HIT_NOTHING;
    int header = header_lines(table, table->area);
    int line = y - table->area.y - header;
    if (line < 0)
        return click_header(table, x) ? UI_HIT_SORT : UI_HIT_NOTHING;
    size_t row = table->top + (size_t)line;
    if (row >= rows->count)
        return UI_HIT_NOTHING;
    bool again = row == table->selected;
    ui_table_select(table, rows, row);
    return again ? UI_HIT_AGAIN : UI_HIT_ROW;
}

void ui_table_wheel(struct ui_table *table, const struct ui_rows *rows, uint32_t key)
{
    size_t page = table->page > 0 ? table->page : 1;
    size_t last_top = rows->count > page ? rows->count - page : 0;
    size_t top = table->top;
    if (key == UI_KEY_UP)
        top = top < WHEEL_ROWS ? 0 : top - WHEEL_ROWS;
    else
        top = last_top - top < WHEEL_ROWS || top > last_top ? last_top : top + WHEEL_ROWS;
    size_t selected = table->selected;
    if (selected < top)
        selected = top;
    if (selected >= top + page)
        selected = top + page - 1;
    table->top = top;
    ui_table_select(table, rows, selected);
}

bool ui_table_sort_step(struct ui_table *table, int direction)
{
    size_t count = table->column_count;
    size_t present = count;
    for (size_t i = 0; i < count; i++) {
        if (table->columns[i].sort != 0 && table->columns[i].sort == table->sort)
            present = i;
    }
    size_t at = present < count ? present : (direction > 0 ? count - 1 : 0);
    for (size_t tried = 0; tried < count; tried++) {
        at = direction > 0 ? (at + 1) % count : (at + count - 1) % count;
        if (table->columns[at].sort == 0 || table->columns[at].sort == table->sort)
            continue;
        table->sort = table->columns[at].sort;
        table->ascending = false;
        return true;
    }
    return false;
}
