/* The dashboard: what the command line needs to open it. */
#ifndef UI_UI_H
#define UI_UI_H

#include "base/base.h"

struct dw_extractor;
struct engine;

/* How light or dark the terminal's background is, or what else decides the colours. */
enum ui_theme {
    UI_THEME_AUTO, /* COLORFGBG where it is set, else dark */
    UI_THEME_DARK,
    UI_THEME_LIGHT,
    UI_THEME_MONO /* bold, reverse, underline and dim alone: also NO_COLOR */
};

/* All that the dashboard is told when it starts. Everything that is pointed at outlives the run. */
struct ui_options {
    struct dw_str store_path;             /* opened for reading, and for what the user marks */
    struct engine *engine;                /* already started; NULL: nothing is fetched */
    const struct dw_clock *clock;         /* NULL: the system's */
    struct dw_log *log;                   /* NULL: none */
    const struct dw_extractor *extractor; /* knows companies by their aliases; NULL: none does */
    enum ui_theme theme;
    bool ascii;     /* draws with ASCII alone, also where the locale is UTF-8 */
    bool no_mouse;  /* the terminal keeps the mouse */
    bool no_ticker; /* the second line stays free */
    bool demo;      /* says so: the store holds the sample feeds */
};

/* The name of a theme, as on the command line: "auto", "dark", "light", "mono". False: none. */
bool ui_theme_find(struct dw_str name, enum ui_theme *theme) DW_MUST_CHECK;

/* Blocks the signals that the dashboard reads from a descriptor of its own. Call it before the
 * first thread starts, so that every thread inherits it. */
void ui_signals_block(void);

/* Runs the dashboard on the terminal until the user leaves it. False: no terminal, one that cannot
 * place a cursor, or a store that cannot be read; the screen is restored and the error says what
 * to do instead. */
bool ui_run(const struct ui_options *options, struct dw_error *err) DW_MUST_CHECK;

#endif
