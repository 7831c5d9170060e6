/* A line that a person types: editing, history. */
#ifndef UI_PROMPT_H
#define UI_PROMPT_H

#include "screen.h"

#define UI_PROMPT_BYTES 500
#define UI_PROMPT_HISTORY 20

struct ui_prompt_line {
    char text[UI_PROMPT_BYTES];
    size_t len;
};

struct ui_prompt {
    struct ui_prompt_line line;
    size_t cursor;                                    /* byte offset, between characters */
    struct ui_prompt_line history[UI_PROMPT_HISTORY]; /* newest first */
    size_t history_count;
    size_t history_at; /* 0: the line as typed; n: the n-th of the history */
    struct ui_prompt_line typed;
};

enum ui_prompt_result {
    UI_PROMPT_NOTHING, /* not a key that it knows */
    UI_PROMPT_MOVED,   /* the cursor moved */
    UI_PROMPT_CHANGED, /* the text is another */
    UI_PROMPT_DONE,    /* Enter: the line is in the history */
    UI_PROMPT_LEFT     /* Esc, or Backspace on the empty line */
};

/* Begins with a text; the history stays. */
void ui_prompt_start(struct ui_prompt *prompt, struct dw_str text);
enum ui_prompt_result ui_prompt_key(struct ui_prompt *prompt, uint32_t key);
/* A pasted character: controls are left out. True: the text is another. */
bool ui_prompt_insert(struct ui_prompt *prompt, uint32_t codepoint);
struct dw_str ui_prompt_text(const struct ui_prompt *prompt);
/* Draws label and line, scrolled so that the cursor shows, and puts the hardware cursor. */
void ui_prompt_draw(const struct ui_prompt *prompt, struct ui_screen *screen, struct ui_field field,
                    struct dw_str label);

#endif
