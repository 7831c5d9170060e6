/* The terminal beside curses: which one it is, and how it is left on any way out. */
#ifndef UI_TERMINAL_H
#define UI_TERMINAL_H

#include "base/base.h"

#include "theme.h"
#include "ui.h"

/* What stands around the program. */
struct ui_terminal {
    const char *name; /* TERM */
    int in;           /* descriptors: standard ones, or the controlling terminal */
    int out;
    bool utf8;        /* the locale's character set */
    bool plain_modes; /* TERM whose makers don't ignore unknown private modes */
    bool no_color;    /* the user asks for none */
    bool light;       /* the background, as far as COLORFGBG tells */
};

/* Looks around, takes the locale of the environment. False: no terminal, or none with a name. */
bool ui_terminal_find(struct ui_terminal *terminal, struct dw_error *err) DW_MUST_CHECK;
/* The column of theme.tsv for a terminal with so many colours. */
enum ui_depth ui_terminal_depth(const struct ui_terminal *terminal, enum ui_theme theme,
                                int colours);
/* From now on every death of the process writes `restore` to the terminal and sets its line back
 * to what it was when ui_terminal_find() saw it. At most 200 bytes are kept. */
void ui_terminal_guard(const struct ui_terminal *terminal, struct dw_str restore);
/* No more: the screen is closed in good order. */
void ui_terminal_unguard(void);
/* Writes all bytes, as far as the terminal takes them. */
void ui_terminal_write(int fd, struct dw_str bytes);

#endif
