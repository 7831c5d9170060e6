/* The screen: cells in a grid, drawn by clipped calls, shown by a back end (a terminal, or memory
 * for tests). Input comes back as events. Nothing else of the program knows of terminals. */
#ifndef UI_SCREEN_H
#define UI_SCREEN_H

#include "base/base.h"

#include "theme.h"
#include "ui.h"

/* ---- Geometry -------------------------------------------------------------------------------- */

#define UI_SCREEN_MAX_WIDTH 500
#define UI_SCREEN_MAX_HEIGHT 200

struct ui_rect {
    int x;
    int y;
    int width;
    int height;
};

bool ui_rect_has(struct ui_rect rect, int x, int y);
/* The part that both share; of no size if there is none. */
struct ui_rect ui_rect_meet(struct ui_rect a, struct ui_rect b);
/* Without `by` cells at each side. */
struct ui_rect ui_rect_shrink(struct ui_rect rect, int by);

/* ---- Styles ---------------------------------------------------------------------------------- */

/* A role of the theme (theme.h) and how it stands out: UI_ROLE_AMOUNT | UI_STYLE_SELECT. */
typedef uint16_t ui_style;
#define UI_STYLE_SELECT 0x100    /* on the background of the selected row */
#define UI_STYLE_BOLD 0x200      /* beside what the role asks for */
#define UI_STYLE_UNDERLINE 0x400 /* the same */
#define UI_STYLE_REVERSE 0x800   /* the same */
#define UI_STYLE_ROLE(style) ((enum ui_role)((style)&0xFF))

/* ---- Glyphs ---------------------------------------------------------------------------------- */

/* name, in UTF-8, in ASCII; all one cell wide */
#define UI_GLYPHS(X)               \
    X(UI_GLYPH_SPACE, " ", " ")    \
    X(UI_GLYPH_H, "─", "-")        \
    X(UI_GLYPH_V, "│", "|")        \
    X(UI_GLYPH_TL, "┌", "+")       \
    X(UI_GLYPH_TR, "┐", "+")       \
    X(UI_GLYPH_BL, "└", "+")       \
    X(UI_GLYPH_BR, "┘", "+")       \
    X(UI_GLYPH_HEAVY_H, "━", "=")  \
    X(UI_GLYPH_HEAVY_V, "┃", "|")  \
    X(UI_GLYPH_HEAVY_TL, "┏", "#") \
    X(UI_GLYPH_HEAVY_TR, "┓", "#") \
    X(UI_GLYPH_HEAVY_BL, "┗", "#") \
    X(UI_GLYPH_HEAVY_BR, "┛", "#") \
    X(UI_GLYPH_SELECT, "▌", ">")   \
    X(UI_GLYPH_ELLIPSIS, "…", "~") \
    X(UI_GLYPH_ARROW, "→", ">")    \
    X(UI_GLYPH_TICKER, "▸", ">")   \
    X(UI_GLYPH_DOT, "·", "-")      \
    X(UI_GLYPH_UNREAD, "●", "*")   \
    X(UI_GLYPH_UP, "▲", "^")       \
    X(UI_GLYPH_DOWN, "▼", "v")     \
    X(UI_GLYPH_NEW, "↑", "^")      \
    X(UI_GLYPH_NONE, "—", "-")     \
    X(UI_GLYPH_VAGUE, "░", ":")    \
    X(UI_GLYPH_THUMB, "█", "#")    \
    X(UI_GLYPH_REFRESH, "⟳", "@")  \
    X(UI_GLYPH_AXIS_Y, "┤", "+")   \
    X(UI_GLYPH_AXIS_0, "└", "+")   \
    X(UI_GLYPH_CHANGED, "●", "*")  \
    X(UI_GLYPH_CONFIRMED, "○", "o")

enum ui_glyph {
#define UI_GLYPH_NAME(name, utf8, ascii) name,
    UI_GLYPHS(UI_GLYPH_NAME)
#undef UI_GLYPH_NAME
        UI_GLYPH_COUNT
};

/* ---- Input ----------------------------------------------------------------------------------- */

/* Keys that are no characters, as events carry them: beyond all code points. Characters come as
 * code points, Ctrl-A as 1. The name is what help shows and configuration takes. */
#define UI_KEYS(X)                   \
    X(UI_KEY_UP, "Up")               \
    X(UI_KEY_DOWN, "Down")           \
    X(UI_KEY_LEFT, "Left")           \
    X(UI_KEY_RIGHT, "Right")         \
    X(UI_KEY_HOME, "Home")           \
    X(UI_KEY_END, "End")             \
    X(UI_KEY_PAGE_UP, "PgUp")        \
    X(UI_KEY_PAGE_DOWN, "PgDn")      \
    X(UI_KEY_INSERT, "Ins")          \
    X(UI_KEY_DELETE, "Del")          \
    X(UI_KEY_BACKSPACE, "Backspace") \
    X(UI_KEY_ENTER, "Enter")         \
    X(UI_KEY_ESCAPE, "Esc")          \
    X(UI_KEY_TAB, "Tab")             \
    X(UI_KEY_BACKTAB, "S-Tab")       \
    X(UI_KEY_SPACE, "Space")         \
    X(UI_KEY_F1, "F1")               \
    X(UI_KEY_F5, "F5")               \
    X(UI_KEY_OTHER, "Other")

enum ui_key {
    UI_KEY_NONE = 0,
    UI_KEY_FIRST = 0x110000,
#define UI_KEY_NAME(name, text) name,
    UI_KEYS(UI_KEY_NAME)
#undef UI_KEY_NAME
        UI_KEY_END_OF_LIST
};
#define UI_KEY_ALT 0x200000 /* added to a key that came behind an escape */

enum ui_event_type {
    UI_EVENT_NONE,
    UI_EVENT_KEY,
    UI_EVENT_PASTE, /* one character of pasted text, in `key` */
    UI_EVENT_CLICK,
    UI_EVENT_WHEEL, /* `key` is UI_KEY_UP or UI_KEY_DOWN */
    UI_EVENT_CLOSED /* the terminal is gone */
};

struct ui_event {
    enum ui_event_type type;
    uint32_t key;
    int x; /* of the mouse */
    int y;
};

/* ---- The screen ------------------------------------------------------------------------------ */

#define UI_CELL_BYTES 14

/* What stands in one cell: a character with its marks. A wide one holds the cell behind it too,
 * whose `len` is 0. */
struct ui_cell {
    char text[UI_CELL_BYTES];
    uint8_t len;
    uint8_t width;
    ui_style style;
};

struct ui_screen;

/* What a back end does. */
struct ui_screen_ops {
    /* Shows the cells that changed; writes nothing if none did. */
    void (*flush)(struct ui_screen *screen);
    /* The next event that waits; false: none does. */
    bool (*read)(struct ui_screen *screen, struct ui_event *event);
    /* Asks for the present size, and from now on repaints all. */
    void (*measure)(struct ui_screen *screen, int *width, int *height);
    /* Gives the terminal to another program or the shell, and takes it back. */
    void (*leave)(struct ui_screen *screen);
    void (*enter)(struct ui_screen *screen);
    void (*copy)(struct ui_screen *screen, struct dw_str text);
    void (*close)(struct ui_screen *screen);
};

struct ui_screen {
    const struct ui_screen_ops *ops;
    struct ui_cell *cells; /* height rows of width */
    int width;
    int height;
    struct ui_rect clip;
    bool ascii;   /* nothing but ASCII may be drawn */
    int cursor_x; /* where readers of the screen should look; outside: nowhere */
    int cursor_y;
    bool cursor_shown;
    int fd; /* to poll for input; -1: none */
};

/* The terminal. NULL: there is none, or it cannot be used, and the error says why. */
struct ui_screen *ui_screen_open(const struct ui_options *options, struct dw_error *err);
/* A screen in memory. NULL: out of memory. */
struct ui_screen *ui_screen_new(int width, int height, bool ascii);
/* Closes either; the terminal is as it was before. */
void ui_screen_close(struct ui_screen *screen);

/* For back ends: makes the grid and gives it back. */
bool ui_screen_init(struct ui_screen *screen, const struct ui_screen_ops *ops, int width,
                    int height) DW_MUST_CHECK;
void ui_screen_release(struct ui_screen *screen);

/* Takes a new size. Without memory for it the old one stays. */
void ui_screen_resize(struct ui_screen *screen, int width, int height);
/* Empties all cells and takes the clipping rectangle back: the start of a frame. */
void ui_screen_erase(struct ui_screen *screen);
/* Draws only inside of `rect` (and of what held before, which is returned) from now on. */
struct ui_rect ui_screen_clip(struct ui_screen *screen, struct ui_rect rect);
void ui_screen_unclip(struct ui_screen *screen, struct ui_rect before);
/* Puts the hardware cursor, which readers for the blind follow. */
void ui_screen_cursor(struct ui_screen *screen, int x, int y, bool shown);

/* ---- Drawing --------------------------------------------------------------------------------- */

enum ui_align { UI_LEFT, UI_RIGHT };

/* A place for one text. */
struct ui_field {
    int x;
    int y;
    int width;
    enum ui_align align;
};

/* Cells that a text takes on the screen (clusters reduced as it will draw them). */
int ui_width(struct dw_str text);
/* The largest prefix of at most `width` cells that ends between clusters. */
struct dw_str ui_cut(struct dw_str text, int width);
/* Draws from x on; returns the cells that it would take. Controls come out as U+FFFD. */
int ui_put(struct ui_screen *screen, int x, int y, ui_style style, struct dw_str text);
/* Draws into the field: cut with an ellipsis, padded with spaces of the style. */
void ui_put_field(struct ui_screen *screen, struct ui_field field, ui_style style,
                  struct dw_str text);
void ui_put_glyph(struct ui_screen *screen, int x, int y, ui_style style, enum ui_glyph glyph);
/* The text of a glyph as this screen draws it: static. */
struct dw_str ui_glyph(const struct ui_screen *screen, enum ui_glyph glyph);
/* Fills with one glyph. */
void ui_fill(struct ui_screen *screen, struct ui_rect rect, ui_style style, enum ui_glyph glyph);
/* Adds flags (UI_STYLE_SELECT …) to what is drawn already. */
void ui_restyle(struct ui_screen *screen, struct ui_rect rect, ui_style flags);

/* ---- Memory back end ------------------------------------------------------------------------- */

/* The grid as text: a line a row, without spaces at its end. In the arena. */
struct dw_str ui_screen_text(const struct ui_screen *screen, struct dw_arena *arena);
/* The same with one letter per cell for its role (see ui_role_letter); '.' is plain text. */
struct dw_str ui_screen_roles(const struct ui_screen *screen, struct dw_arena *arena);
/* Queues an event for ui_screen_read(). */
void ui_screen_feed(struct ui_screen *screen, struct ui_event event);

#endif
