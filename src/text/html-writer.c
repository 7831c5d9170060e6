/* Plain text in the making: blocks apart, list items, cells, images by their text. */
#include "html-writer.h"

void html_writer_init(struct html_writer *w, size_t room)
{
    *w = (struct html_writer){.lines = 0};
    dw_buf_init(&w->out, room);
}

static void want_lines(struct html_writer *w, int lines)
{
    if (w->lines < lines)
        w->lines = lines;
    w->space = false;
}

/* Writes what waits before a word. */
static void write_gap(struct html_writer *w)
{
    if (w->out.len > 0 && w->lines > 0)
        dw_buf_add(&w->out, w->lines > 1 ? DW_STR("\n\n") : DW_STR("\n"));
    else if (w->out.len > 0 && w->space)
        dw_buf_add_char(&w->out, ' ');
    w->lines = 0;
    w->space = false;
}

/* The next line end of any kind; the end of the text if there is none. */
static size_t find_line_end(struct dw_str text)
{
    size_t line = dw_str_find_char(text, '\n', 0);
    size_t to = line != SIZE_MAX ? line : text.len;
    size_t carriage = dw_str_find_char(dw_str_slice(text, 0, to), '\r', 0);
    return carriage != SIZE_MAX ? carriage : to;
}

void html_write_text(struct html_writer *w, struct dw_str text)
{
    while (text.len > 0) {
        if (dw_is_space(text.at[0])) {
            if (w->pre > 0 && text.at[0] == '\n')
                want_lines(w, 1);
            else
                w->space = true;
            text = dw_str_slice(text, 1, text.len);
            continue;
        }
        size_t end = find_line_end(text);
        write_gap(w);
        dw_buf_add(&w->out, dw_str_slice(text, 0, end));
        w->space = end > 0 && dw_is_space(text.at[end - 1]);
        text = dw_str_slice(text, end, text.len);
    }
}

void html_write_image(struct html_writer *w, struct dw_str alt)
{
    alt = dw_str_trim(alt);
    if (alt.len == 0)
        return;
    w->space = true;
    html_write_text(w, alt);
    w->space = true;
}

static void open_cell(struct html_writer *w)
{
    if (w->cell && w->lines == 0) {
        w->space = true;
        write_gap(w);
        dw_buf_add_char(&w->out, '|');
        w->space = true;
    }
    w->cell = true;
}

void html_open_tag(struct html_writer *w, enum tag_role role)
{
    switch (role) {
    case TAG_BLOCK:
    case TAG_PRE:
        want_lines(w, 2);
        w->cell = false;
        w->pre += role == TAG_PRE;
        break;
    case TAG_LIST:
        want_lines(w, w->lists++ == 0 ? 2 : 1);
        break;
    case TAG_LINE:
        want_lines(w, 1);
        w->cell = false;
        break;
    case TAG_ITEM:
        want_lines(w, 1);
        write_gap(w);
        dw_buf_add_char(&w->out, '-');
        w->space = true;
        break;
    case TAG_CELL:
        open_cell(w);
        break;
    case TAG_BREAK:
        want_lines(w, w->lines > 0 ? 2 : 1);
        break;
    case TAG_INLINE:
    case TAG_UNKNOWN:
    case TAG_SKIP:
    case TAG_VOID:
        break;
    }
}

void html_close_tag(struct html_writer *w, enum tag_role role)
{
    if (role == TAG_BLOCK || role == TAG_PRE)
        want_lines(w, 2);
    else if (role == TAG_LINE || role == TAG_ITEM)
        want_lines(w, 1);
    w->pre -= role == TAG_PRE && w->pre > 0;
    w->lists -= role == TAG_LIST && w->lists > 0;
    if (role == TAG_LIST)
        want_lines(w, w->lists > 0 ? 1 : 2);
}

struct dw_str html_writer_text(struct html_writer *w, struct dw_arena *arena)
{
    struct dw_str text = dw_text_clean(arena, dw_buf_str(&w->out), DW_CLEAN_TEXT);
    if (!dw_buf_ok(&w->out))
        arena->failed = true;
    dw_buf_release(&w->out);
    return text;
}
