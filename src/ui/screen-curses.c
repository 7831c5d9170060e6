/* The screen on a terminal: the only file that includes curses. */
#include "screen.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

#include "terminal.h"

#define PAIRS 250
#define PASTE_BEGIN (KEY_MAX + 1)
#define PASTE_END (KEY_MAX + 2)
#define COPY_BYTES 74000 /* what terminals take in one OSC 52 */

static const struct dw_str paste_on = DW_STR_INIT("\033[?2004h");
static const struct dw_str paste_off = DW_STR_INIT("\033[?2004l");
static const struct dw_str sync_on = DW_STR_INIT("\033[?2026h");
static const struct dw_str sync_off = DW_STR_INIT("\033[?2026l");

struct pair {
    short foreground;
    short background;
};

struct curses_screen {
    struct ui_screen screen; /* first, so that either points to the other */
    struct ui_terminal terminal;
    struct ui_palette palette;
    SCREEN *curses;
    FILE *in;
    FILE *out;
    struct ui_cell *shown; /* the grid as it was flushed last */
    int shown_width;
    int shown_height;
    int shown_cursor_x;
    int shown_cursor_y;
    bool mouse;
    bool pasting;
    bool gone; /* reading failed: the terminal is no more */
    struct pair pairs[PAIRS];
    int pair_count;
};

static struct curses_screen *of(struct ui_screen *screen)
{
    return (struct curses_screen *)screen;
}

/* ---- Drawing ---- */

/* Pairs are made as they are needed: few of the possible ones ever are, and some terminals have
 * 64 in all. */
static short pair_for(struct curses_screen *c, short foreground, short background)
{
    if (foreground == UI_COLOUR_DEFAULT && background == UI_COLOUR_DEFAULT)
        return 0;
    for (int i = 0; i < c->pair_count; i++) {
        if (c->pairs[i].foreground == foreground && c->pairs[i].background == background)
            return (short)(i + 1);
    }
    if (c->pair_count >= PAIRS || c->pair_count + 1 >= COLOR_PAIRS)
        return 0;
    c->pairs[c->pair_count] = (struct pair){foreground, background};
    c->pair_count++;
    (void)init_pair((short)c->pair_count, foreground, background);
    return (short)c->pair_count;
}

static attr_t attributes_of(const struct ui_look *look, ui_style style)
{
    attr_t attributes = A_NORMAL;
    if (look->bold || (style & UI_STYLE_BOLD))
        attributes |= A_BOLD;
    if (look->dim)
        attributes |= A_DIM;
    if (look->underline || (style & UI_STYLE_UNDERLINE))
        attributes |= A_UNDERLINE;
    if (look->reverse != ((style & UI_STYLE_REVERSE) != 0))
        attributes |= A_REVERSE;
    return attributes;
}

static void look_up(struct curses_screen *c, ui_style style, attr_t *attributes, short *pair)
{
    struct ui_look look = c->palette.looks[UI_STYLE_ROLE(style)];
    if (style & UI_STYLE_SELECT) {
        if (c->palette.select.background != UI_COLOUR_DEFAULT)
            look.background = c->palette.select.background;
        look.reverse = look.reverse || c->palette.select.reverse;
    }
    *attributes = attributes_of(&look, style);
    *pair = c->palette.depth == UI_DEPTH_MONO ? 0 : pair_for(c, look.foreground, look.background);
}

/* The cell as wide characters that curses measures as we do; U+FFFD where it does not. */
static void widen(const struct ui_cell *cell, wchar_t wide[CCHARW_MAX + 1])
{
    struct dw_str text = {cell->text, cell->len};
    size_t count = 0;
    while (text.len > 0 && count < CCHARW_MAX) {
        wchar_t next = (wchar_t)dw_utf8_next(&text);
        int want = count == 0 ? cell->width : 0;
        if (next >= 0x80 && wcwidth(next) != want) {
            if (count > 0)
                continue;
            wide[0] = cell->width == 1 ? 0xFFFD : 0xFF1F; /* a wide question mark keeps columns */
            count = 1;
            break;
        }
        wide[count++] = next;
    }
    wide[count] = L'\0';
}

static void put_row(struct curses_screen *c, int y)
{
    const struct ui_cell *row = &c->screen.cells[(size_t)y * (size_t)c->screen.width];
    for (int x = 0; x < c->screen.width; x++) {
        if (row[x].len == 0)
            continue;
        attr_t attributes = A_NORMAL;
        short pair = 0;
        look_up(c, row[x].style, &attributes, &pair);
        wchar_t wide[CCHARW_MAX + 1];
        widen(&row[x], wide);
        cchar_t cell;
        if (setcchar(&cell, wide, attributes, pair, NULL) == OK)
            (void)mvadd_wch(y, x, &cell);
    }
}

/* Redraws into curses the rows that changed since the last flush; true if there is one. */
static bool put_changes(struct curses_screen *c)
{
    bool same_size =
        c->shown && c->shown_width == c->screen.width && c->shown_height == c->screen.height;
    size_t row_bytes = (size_t)c->screen.width * sizeof *c->shown;
    bool changed = !same_size;
    for (int y = 0; y < c->screen.height; y++) {
        size_t at = (size_t)y * (size_t)c->screen.width;
        if (same_size && memcmp(&c->shown[at], &c->screen.cells[at], row_bytes) == 0)
            continue;
        changed = true;
        put_row(c, y);
        if (same_size)
            memcpy(&c->shown[at], &c->screen.cells[at], row_bytes);
    }
    if (same_size)
        return changed;
    dw_free(c->shown);
    c->shown = dw_alloc(row_bytes * (size_t)c->screen.height);
    if (c->shown)
        memcpy(c->shown, c->screen.cells, row_bytes * (size_t)c->screen.height);
    c->shown_width = c->screen.width;
    c->shown_height = c->screen.height;
    return true;
}

static void curses_flush(struct ui_screen *screen)
{
    struct curses_screen *c = of(screen);
    int cursor_x = screen->cursor_x < 0 ? 0 : screen->cursor_x;
    int cursor_y = screen->cursor_y < 0 ? 0 : screen->cursor_y;
    bool changed = put_changes(c);
    if (!changed && cursor_x == c->shown_cursor_x && cursor_y == c->shown_cursor_y)
        return;
    c->shown_cursor_x = cursor_x;
    c->shown_cursor_y = cursor_y;
    (void)curs_set(screen->cursor_shown ? 1 : 0);
    (void)move(cursor_y, cursor_x);
    if (!c->terminal.plain_modes)
        ui_terminal_write(c->terminal.out, sync_on);
    (void)wnoutrefresh(stdscr);
    (void)doupdate();
    if (!c->terminal.plain_modes)
        ui_terminal_write(c->terminal.out, sync_off);
}

static void curses_measure(struct ui_screen *screen, int *width, int *height)
{
    struct curses_screen *c = of(screen);
    struct winsize size = {0};
    *width = screen->width;
    *height = screen->height;
    if (ioctl(c->terminal.out, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0) {
        *width = size.ws_col;
        *height = size.ws_row;
    }
    if (*width > UI_SCREEN_MAX_WIDTH)
        *width = UI_SCREEN_MAX_WIDTH;
    if (*height > UI_SCREEN_MAX_HEIGHT)
        *height = UI_SCREEN_MAX_HEIGHT;
    (void)resize_term(*height, *width);
    (void)erase();
    (void)clearok(curscr, TRUE);
    dw_free(c->shown);
    c->shown = NULL;
}

/* ---- Input ---- */

static const struct {
    int curses;
    uint32_t key;
} key_map[] = {
    {KEY_UP, UI_KEY_UP},
    {KEY_DOWN, UI_KEY_DOWN},
    {KEY_LEFT, UI_KEY_LEFT},
    {KEY_RIGHT, UI_KEY_RIGHT},
    {KEY_HOME, UI_KEY_HOME},
    {KEY_END, UI_KEY_END},
    {KEY_PPAGE, UI_KEY_PAGE_UP},
    {KEY_NPAGE, UI_KEY_PAGE_DOWN},
    {KEY_IC, UI_KEY_INSERT},
    {KEY_DC, UI_KEY_DELETE},
    {KEY_BACKSPACE, UI_KEY_BACKSPACE},
    {KEY_ENTER, UI_KEY_ENTER},
    {KEY_BTAB, UI_KEY_BACKTAB},
    {KEY_F(1), UI_KEY_F1},
    {KEY_F(5), UI_KEY_F5},
};

static uint32_t key_of_code(wint_t code)
{
    for (size_t i = 0; i < sizeof key_map / sizeof key_map[0]; i++) {
        if ((wint_t)key_map[i].curses == code)
            return key_map[i].key;
    }
    return UI_KEY_OTHER;
}

static uint32_t key_of_character(wint_t character)
{
    switch (character) {
    case '\r':
    case '\n':
        return UI_KEY_ENTER;
    case '\t':
        return UI_KEY_TAB;
    case ' ':
        return UI_KEY_SPACE;
    case 0x7F:
    case '\b':
        return UI_KEY_BACKSPACE;
    default:
        return (uint32_t)character;
    }
}

static bool read_mouse(struct ui_event *event)
{
    MEVENT mouse;
    if (getmouse(&mouse) != OK)
        return false;
    event->x = mouse.x;
    event->y = mouse.y;
    if (mouse.bstate & BUTTON4_PRESSED) {
        event->type = UI_EVENT_WHEEL;
        event->key = UI_KEY_UP;
        return true;
    }
    if (mouse.bstate & BUTTON5_PRESSED) {
        event->type = UI_EVENT_WHEEL;
        event->key = UI_KEY_DOWN;
        return true;
    }
    event->type = UI_EVENT_CLICK;
    return (mouse.bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED)) != 0;
}

/* A lone escape is the key; with something right behind it, that key with Alt. */
static uint32_t read_escape(void)
{
    wint_t next = 0;
    int got = wget_wch(stdscr, &next);
    if (got == ERR)
        return UI_KEY_ESCAPE;
    return UI_KEY_ALT | (got == KEY_CODE_YES ? key_of_code(next) : key_of_character(next));
}

/* One event out of what curses read. False: it was nothing that the program knows. */
static bool decode(struct curses_screen *c, int got, wint_t code, struct ui_event *event)
{
    *event = (struct ui_event){.type = UI_EVENT_KEY};
    if (got == KEY_CODE_YES) {
        if (code == PASTE_BEGIN || code == PASTE_END) {
            c->pasting = code == PASTE_BEGIN;
            return false;
        }
        if (code == KEY_MOUSE)
            return read_mouse(event);
        if (code == KEY_RESIZE)
            return false;
        event->key = key_of_code(code);
        return true;
    }
    if (c->pasting) {
        event->type = UI_EVENT_PASTE;
        event->key = (uint32_t)code;
        return true;
    }
    event->key = code == 27 ? read_escape() : key_of_character(code);
    return true;
}

/* Reading nothing where poll says that there is something means that the other end is closed. */
static bool closed(struct curses_screen *c)
{
    struct pollfd look = {.fd = c->terminal.in, .events = POLLIN};
    if (poll(&look, 1, 0) <= 0)
        return false;
    return (look.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

static bool curses_read(struct ui_screen *screen, struct ui_event *event)
{
    struct curses_screen *c = of(screen);
    for (;;) {
        wint_t code = 0;
        errno = 0;
        int got = wget_wch(stdscr, &code);
        if (got == ERR) {
            if (c->gone || !closed(c))
                return false;
            c->gone = true;
            *event = (struct ui_event){.type = UI_EVENT_CLOSED};
            return true;
        }
        if (decode(c, got, code, event))
            return true;
    }
}

static void modes_on(struct curses_screen *c)
{
    if (c->mouse)
        (void)mousemask(BUTTON1_PRESSED | BUTTON1_CLICKED | BUTTON4_PRESSED | BUTTON5_PRESSED,
                        NULL);
    if (!c->terminal.plain_modes)
        ui_terminal_write(c->terminal.out, paste_on);
}

static void modes_off(struct curses_screen *c)
{
    if (c->mouse)
        (void)mousemask(0, NULL);
    if (!c->terminal.plain_modes)
        ui_terminal_write(c->terminal.out, paste_off);
}

/* ---- Life ---- */

static void curses_leave(struct ui_screen *screen)
{
    modes_off(of(screen));
    (void)curs_set(1);
    (void)endwin();
}

static void curses_enter(struct ui_screen *screen)
{
    struct curses_screen *c = of(screen);
    (void)reset_prog_mode();
    modes_on(c);
    (void)clearok(curscr, TRUE);
    c->shown_cursor_x = -1;
    dw_free(c->shown);
    c->shown = NULL;
}

/* OSC 52: the terminal puts the text, as base64, on the clipboard. */
static void curses_copy(struct ui_screen *screen, struct dw_str text)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    struct curses_screen *c = of(screen);
    struct dw_buf out;
    dw_buf_init(&out, 2 * COPY_BYTES);
    text = dw_utf8_cut(text, COPY_BYTES * 3 / 4);
    dw_buf_add(&out, DW_STR("\033]52;c;"));
    for (size_t i = 0; i < text.len; i += 3) {
        size_t left = text.len - i;
        uint32_t bits = (uint32_t)(unsigned char)text.at[i] << 16;
        if (left > 1)
            bits |= (uint32_t)(unsigned char)text.at[i + 1] << 8;
        if (left > 2)
            bits |= (uint32_t)(unsigned char)text.at[i + 2];
        dw_buf_add_char(&out, digits[bits >> 18]);
        dw_buf_add_char(&out, digits[(bits >> 12) & 63]);
        dw_buf_add_char(&out, left > 1 ? digits[(bits >> 6) & 63] : '=');
        dw_buf_add_char(&out, left > 2 ? digits[bits & 63] : '=');
    }
    dw_buf_add_char(&out, '\a');
    if (dw_buf_ok(&out))
        ui_terminal_write(c->terminal.out, dw_buf_str(&out));
    dw_buf_release(&out);
}

static void close_files(struct curses_screen *c)
{
    if (c->in && c->terminal.in != STDIN_FILENO)
        (void)fclose(c->in);
}

static void curses_close(struct ui_screen *screen)
{
    struct curses_screen *c = of(screen);
    modes_off(c);
    (void)curs_set(1);
    (void)erase();
    (void)endwin();
    ui_terminal_unguard();
    delscreen(c->curses);
    close_files(c);
    dw_free(c->shown);
    ui_screen_release(screen);
    dw_free(c);
}

static const struct ui_screen_ops curses_ops = {
    .flush = curses_flush,
    .read = curses_read,
    .measure = curses_measure,
    .leave = curses_leave,
    .enter = curses_enter,
    .copy = curses_copy,
    .close = curses_close,
};

/* Asks the terminal's description before curses does, which would end the program itself. */
static bool check_description(const struct ui_terminal *terminal, struct dw_error *err)
{
    int status = 0;
    if (setupterm(terminal->name, terminal->out, &status) != OK)
        return dw_error_set(err, DW_ERR_TERMINAL,
                            "TERM=%s: this system does not know such a terminal; set TERM to one "
                            "that it knows, for example xterm-256color, or use `dealwire events`",
                            terminal->name);
    const char *place = tigetstr("cup");
    bool places = place && (intptr_t)place != -1;
    (void)del_curterm(set_curterm(NULL)); /* curses reads a description of its own */
    if (!places)
        return dw_error_set(err, DW_ERR_TERMINAL,
                            "TERM=%s cannot place its cursor, so that no dashboard can be drawn: "
                            "`dealwire events` prints the same as text",
                            terminal->name);
    return true;
}

static void guard_terminal(const struct curses_screen *c)
{
    struct dw_buf restore;
    dw_buf_init(&restore, 200);
    if (c->mouse)
        dw_buf_add(&restore, DW_STR("\033[?1000l\033[?1006l"));
    if (!c->terminal.plain_modes)
        dw_buf_add(&restore, DW_STR("\033[?2026l\033[?2004l"));
    static const char *const names[] = {"sgr0", "cnorm", "rmcup", "rmkx"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *bytes = tigetstr(names[i]);
        if (bytes && (intptr_t)bytes != -1)
            dw_buf_add(&restore, dw_str_from_c(bytes));
    }
    if (dw_buf_ok(&restore))
        ui_terminal_guard(&c->terminal, dw_buf_str(&restore));
    dw_buf_release(&restore);
}

static void set_up_input(struct curses_screen *c)
{
    (void)raw();
    (void)noecho();
    (void)nonl();
    (void)keypad(stdscr, TRUE);
    (void)nodelay(stdscr, TRUE);
    (void)leaveok(stdscr, FALSE);
    if (!getenv("ESCDELAY"))
        (void)set_escdelay(25);
    (void)mouseinterval(0);
    (void)define_key("\033[200~", PASTE_BEGIN);
    (void)define_key("\033[201~", PASTE_END);
    modes_on(c);
}

static bool set_up_colours(struct curses_screen *c, enum ui_theme theme, struct dw_error *err)
{
    /* start_color() writes colour sequences, so that it is not called where none are wanted */
    bool wanted = ui_terminal_depth(&c->terminal, theme, 256) != UI_DEPTH_MONO && has_colors();
    if (wanted) {
        (void)start_color();
        (void)use_default_colors();
    }
    enum ui_depth depth = ui_terminal_depth(&c->terminal, theme, wanted ? COLORS : 0);
    return ui_palette_load(&c->palette, depth, err);
}

static bool open_curses(struct curses_screen *c, struct dw_error *err)
{
    bool own = c->terminal.in != STDIN_FILENO;
    c->out = stdout;
    c->in = own ? fdopen(c->terminal.in, "r") : stdin;
    if (c->in)
        c->curses = newterm(c->terminal.name, c->out, c->in);
    if (!c->curses)
        return dw_error_set(err, DW_ERR_TERMINAL, "TERM=%s: the terminal cannot be opened",
                            c->terminal.name);
    (void)set_term(c->curses);
    return true;
}

struct ui_screen *ui_screen_open(const struct ui_options *options, struct dw_error *err)
{
    struct curses_screen *c = dw_alloc(sizeof *c);
    if (!c) {
        (void)dw_error_set(err, DW_ERR_MEMORY, "no memory for the screen");
        return NULL;
    }
    if (!ui_terminal_find(&c->terminal, err) || !check_description(&c->terminal, err) ||
        !open_curses(c, err)) {
        close_files(c);
        dw_free(c);
        return NULL;
    }
    c->mouse = !options->no_mouse;
    guard_terminal(c);
    if (!ui_screen_init(&c->screen, &curses_ops, COLS, LINES)) {
        (void)dw_error_set(err, DW_ERR_MEMORY, "no memory for a screen of %dx%d", COLS, LINES);
        curses_close(&c->screen);
        return NULL;
    }
    c->screen.fd = c->terminal.in;
    c->screen.ascii = options->ascii || !c->terminal.utf8;
    set_up_input(c);
    if (!set_up_colours(c, options->theme, err)) {
        curses_close(&c->screen);
        return NULL;
    }
    int width = 0;
    int height = 0;
    curses_measure(&c->screen, &width, &height);
    ui_screen_resize(&c->screen, width, height);
    return &c->screen;
}
