/* Boxes around panels. */
#include "frame.h"

struct box {
    enum ui_glyph horizontal;
    enum ui_glyph vertical;
    enum ui_glyph corners[4]; /* top left, top right, bottom left, bottom right */
};

static const struct box thin = {
    UI_GLYPH_H, UI_GLYPH_V, {UI_GLYPH_TL, UI_GLYPH_TR, UI_GLYPH_BL, UI_GLYPH_BR}};
static const struct box heavy = {
    UI_GLYPH_HEAVY_H,
    UI_GLYPH_HEAVY_V,
    {UI_GLYPH_HEAVY_TL, UI_GLYPH_HEAVY_TR, UI_GLYPH_HEAVY_BL, UI_GLYPH_HEAVY_BR}};

static void draw_lines(struct ui_screen *screen, struct ui_rect r, const struct box *box,
                       ui_style style)
{
    int right = r.x + r.width - 1;
    int bottom = r.y + r.height - 1;
    ui_fill(screen, (struct ui_rect){r.x, r.y, r.width, 1}, style, box->horizontal);
    ui_fill(screen, (struct ui_rect){r.x, bottom, r.width, 1}, style, box->horizontal);
    ui_fill(screen, (struct ui_rect){r.x, r.y, 1, r.height}, style, box->vertical);
    ui_fill(screen, (struct ui_rect){right, r.y, 1, r.height}, style, box->vertical);
    ui_put_glyph(screen, r.x, r.y, style, box->corners[0]);
    ui_put_glyph(screen, right, r.y, style, box->corners[1]);
    ui_put_glyph(screen, r.x, bottom, style, box->corners[2]);
    ui_put_glyph(screen, right, bottom, style, box->corners[3]);
}

/* A text in the border, a space at each side, that ends two cells before the corner. */
static int put_right(struct ui_screen *screen, struct ui_rect r, int y, ui_style style,
                     struct dw_str text)
{
    int room = r.width - 6;
    if (text.len == 0 || room < 4)
        return 0;
    text = ui_cut(text, room);
    int width = ui_width(text) + 2;
    int x = r.x + r.width - 2 - width;
    (void)ui_put(screen, x, y, style, DW_STR(" "));
    int used = ui_put(screen, x + 1, y, style, text);
    (void)ui_put(screen, x + 1 + used, y, style, DW_STR(" "));
    return width;
}

struct ui_rect ui_frame_draw(struct ui_screen *screen, struct ui_rect rect,
                             const struct ui_frame *frame)
{
    if (rect.width < 4 || rect.height < 2)
        return (struct ui_rect){rect.x, rect.y, 0, 0};
    ui_style border = frame->focused ? UI_ROLE_FOCUS : UI_ROLE_BORDER;
    draw_lines(screen, rect, frame->focused ? &heavy : &thin, border);
    int title = ui_width(frame->title);
    bool both = title + ui_width(frame->note) + 8 <= rect.width;
    if (both)
        (void)put_right(screen, rect, rect.y, UI_ROLE_MUTED, frame->note);
    if (frame->title.len > 0 && rect.width > 6) {
        struct ui_field field = {rect.x + 3, rect.y, title, UI_LEFT};
        if (field.width > rect.width - 6)
            field.width = rect.width - 6;
        (void)ui_put(screen, field.x - 1, rect.y, border, DW_STR(" "));
        ui_put_field(screen, field, UI_ROLE_TITLE, frame->title);
        (void)ui_put(screen, field.x + field.width, rect.y, border, DW_STR(" "));
    }
    (void)put_right(screen, rect, rect.y + rect.height - 1, UI_ROLE_NEW, frame->badge);
    return ui_rect_shrink(rect, 1);
}

void ui_frame_empty(struct ui_screen *screen, struct ui_rect area, const struct dw_str *lines,
                    size_t count)
{
    int y = area.y + (area.height - (int)count) / 2;
    if (y < area.y)
        y = area.y;
    struct ui_rect before = ui_screen_clip(screen, area);
    for (size_t i = 0; i < count; i++) {
        int width = ui_width(lines[i]);
        struct ui_field field = {area.x + (area.width - width) / 2, y + (int)i, width, UI_LEFT};
        if (width > area.width) {
            field.x = area.x;
            field.width = area.width;
        }
        ui_put_field(screen, field, i == 0 ? UI_ROLE_TEXT : UI_ROLE_MUTED, lines[i]);
    }
    ui_screen_unclip(screen, before);
}
