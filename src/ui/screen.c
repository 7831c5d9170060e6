/* The grid of cells that every back end shows: clipping, cutting by cells, reduction of clusters.
 */
#include "screen.h"

#include "ascii.h"

static const struct dw_str glyphs[UI_GLYPH_COUNT][2] = {
#define UI_GLYPH_TEXTS(name, utf8, ascii) {DW_STR_INIT(utf8), DW_STR_INIT(ascii)},
    UI_GLYPHS(UI_GLYPH_TEXTS)
#undef UI_GLYPH_TEXTS
};

/* ---- Geometry ---- */

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int most(int a, int b)
{
    return a > b ? a : b;
}

bool ui_rect_has(struct ui_rect rect, int x, int y)
{
    return x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height;
}

struct ui_rect ui_rect_meet(struct ui_rect a, struct ui_rect b)
{
    struct ui_rect both = {most(a.x, b.x), most(a.y, b.y), 0, 0};
    both.width = most(0, least(a.x + a.width, b.x + b.width) - both.x);
    both.height = most(0, least(a.y + a.height, b.y + b.height) - both.y);
    return both;
}

struct ui_rect ui_rect_shrink(struct ui_rect rect, int by)
{
    return (struct ui_rect){rect.x + by, rect.y + by, most(0, rect.width - 2 * by),
                            most(0, rect.height - 2 * by)};
}

/* ---- The grid ---- */

bool ui_screen_init(struct ui_screen *screen, const struct ui_screen_ops *ops, int width,
                    int height)
{
    screen->ops = ops;
    screen->fd = -1;
    screen->cursor_x = -1;
    screen->cursor_y = -1;
    ui_screen_resize(screen, width, height);
    return screen->cells != NULL;
}

void ui_screen_release(struct ui_screen *screen)
{
    dw_free(screen->cells);
    screen->cells = NULL;
}

void ui_screen_resize(struct ui_screen *screen, int width, int height)
{
    width = least(most(width, 1), UI_SCREEN_MAX_WIDTH);
    height = least(most(height, 1), UI_SCREEN_MAX_HEIGHT);
    struct ui_cell *cells = dw_alloc((size_t)width * (size_t)height * sizeof *cells);
    if (!cells)
        return;
    dw_free(screen->cells);
    screen->cells = cells;
    screen->width = width;
    screen->height = height;
    ui_screen_erase(screen);
}

void ui_screen_close(struct ui_screen *screen)
{
    if (screen)
        screen->ops->close(screen);
}

static const struct ui_cell blank = {.text = " ", .len = 1, .width = 1, .style = UI_ROLE_TEXT};

void ui_screen_erase(struct ui_screen *screen)
{
    size_t count = (size_t)screen->width * (size_t)screen->height;
    for (size_t i = 0; i < count; i++)
        screen->cells[i] = blank;
    screen->clip = (struct ui_rect){0, 0, screen->width, screen->height};
    ui_screen_cursor(screen, -1, -1, false);
}

struct ui_rect ui_screen_clip(struct ui_screen *screen, struct ui_rect rect)
{
    struct ui_rect before = screen->clip;
    screen->clip = ui_rect_meet(before, rect);
    return before;
}

void ui_screen_unclip(struct ui_screen *screen, struct ui_rect before)
{
    screen->clip = before;
}

void ui_screen_cursor(struct ui_screen *screen, int x, int y, bool shown)
{
    screen->cursor_x = x;
    screen->cursor_y = y;
    screen->cursor_shown = shown;
}

/* ---- Clusters ---- */

static bool is_mark(uint32_t codepoint)
{
    return dw_width_codepoint(codepoint) == 0;
}

/* What ends a cluster early for us: joiners and what they join, selectors, skin tones, tags. All
 * terminals agree on what is left (a base and at most two marks), few on the whole. */
static bool is_dropped(uint32_t codepoint)
{
    return codepoint == 0x200C || (codepoint >= 0xFE00 && codepoint <= 0xFE0F) ||
           (codepoint >= 0x1F3FB && codepoint <= 0x1F3FF) ||
           (codepoint >= 0xE0000 && codepoint <= 0xE0FFF);
}

/* Reduces a cluster to the cell that shows it. */
static struct ui_cell reduce(struct dw_str cluster, bool ascii)
{
    struct ui_cell cell = {.width = 0};
    uint32_t base = dw_utf8_next(&cluster);
    int width = dw_width_codepoint(base);
    if (width < 1) {
        base = DW_CODEPOINT_BAD;
        width = 1;
    }
    cell.width = (uint8_t)width;
    if (ascii) {
        cell.text[0] = ui_ascii(base);
        cell.len = 1;
        return cell;
    }
    cell.len = (uint8_t)dw_utf8_put(cell.text, base);
    int marks = 0;
    while (cluster.len > 0 && marks < 2) {
        uint32_t mark = dw_utf8_next(&cluster);
        if (mark == 0x200D || !is_mark(mark))
            break;
        if (is_dropped(mark))
            continue;
        cell.len = (uint8_t)(cell.len + dw_utf8_put(cell.text + cell.len, mark));
        marks++;
    }
    return cell;
}

static int width_of(struct dw_str cluster)
{
    int width = dw_width_codepoint(dw_utf8_next(&cluster));
    return width < 1 ? 1 : width;
}

int ui_width(struct dw_str text)
{
    int width = 0;
    while (text.len > 0)
        width += width_of(dw_utf8_cluster(&text));
    return width;
}

struct dw_str ui_cut(struct dw_str text, int width)
{
    struct dw_str rest = text;
    while (rest.len > 0) {
        struct dw_str before = rest;
        width -= width_of(dw_utf8_cluster(&rest));
        if (width < 0)
            return dw_str_slice(text, 0, text.len - before.len);
    }
    return text;
}

/* ---- Drawing ---- */

static struct ui_cell *cell_at(struct ui_screen *screen, int x, int y)
{
    return &screen->cells[(size_t)y * (size_t)screen->width + (size_t)x];
}

/* Writes one cell; what is left of a wide character that it cuts becomes a space. */
static void put_cell(struct ui_screen *screen, int x, int y, struct ui_cell cell)
{
    struct ui_rect clip = screen->clip;
    if (!ui_rect_has(clip, x, y))
        return;
    struct ui_cell *at = cell_at(screen, x, y);
    if (at->len == 0 && x > 0)
        *cell_at(screen, x - 1, y) = blank;
    int last = x + cell.width - 1;
    if (last >= clip.x + clip.width) {
        cell = (struct ui_cell){.text = " ", .len = 1, .width = 1, .style = cell.style};
        last = x;
    }
    struct ui_cell *behind = last + 1 < screen->width ? cell_at(screen, last + 1, y) : NULL;
    if (behind && behind->len == 0)
        *behind = blank;
    *at = cell;
    if (last > x)
        *cell_at(screen, last, y) = (struct ui_cell){.style = cell.style};
}

int ui_put(struct ui_screen *screen, int x, int y, ui_style style, struct dw_str text)
{
    int start = x;
    while (text.len > 0) {
        struct ui_cell cell = reduce(dw_utf8_cluster(&text), screen->ascii);
        int width = cell.width;
        cell.style = style;
        if (screen->ascii && width == 2) { /* one sign for a wide character, and a space */
            cell.width = 1;
            put_cell(screen, x + 1, y,
                     (struct ui_cell){.text = " ", .len = 1, .width = 1, .style = style});
        }
        put_cell(screen, x, y, cell);
        x += width;
    }
    return x - start;
}

struct dw_str ui_glyph(const struct ui_screen *screen, enum ui_glyph glyph)
{
    return glyphs[glyph][screen->ascii];
}

void ui_put_glyph(struct ui_screen *screen, int x, int y, ui_style style, enum ui_glyph glyph)
{
    (void)ui_put(screen, x, y, style, ui_glyph(screen, glyph));
}

void ui_put_field(struct ui_screen *screen, struct ui_field field, ui_style style,
                  struct dw_str text)
{
    if (field.width <= 0)
        return;
    int width = ui_width(text);
    bool cut = width > field.width;
    if (cut) {
        text = ui_cut(text, field.width - 1);
        width = ui_width(text) + 1;
    }
    int x = field.x;
    int end = field.x + field.width;
    if (field.align == UI_RIGHT) {
        for (; x < end - width; x++)
            (void)ui_put(screen, x, field.y, style, DW_STR(" "));
    }
    x += ui_put(screen, x, field.y, style, text);
    if (cut) {
        ui_put_glyph(screen, x, field.y, style, UI_GLYPH_ELLIPSIS);
        x++;
    }
    for (; x < end; x++)
        (void)ui_put(screen, x, field.y, style, DW_STR(" "));
}

void ui_fill(struct ui_screen *screen, struct ui_rect rect, ui_style style, enum ui_glyph glyph)
{
    rect = ui_rect_meet(rect, screen->clip);
    for (int y = rect.y; y < rect.y + rect.height; y++) {
        for (int x = rect.x; x < rect.x + rect.width; x++)
            ui_put_glyph(screen, x, y, style, glyph);
    }
}

void ui_restyle(struct ui_screen *screen, struct ui_rect rect, ui_style flags)
{
    rect = ui_rect_meet(rect, screen->clip);
    for (int y = rect.y; y < rect.y + rect.height; y++) {
        for (int x = rect.x; x < rect.x + rect.width; x++) {
            struct ui_cell *cell = cell_at(screen, x, y);
            cell->style = (ui_style)(cell->style | flags);
        }
    }
}
