/* The dashboard's skeleton: what a view is, and what all of them share. */
#ifndef UI_VIEW_H
#define UI_VIEW_H

#include "engine/engine.h"
#include "query/query.h"
#include "store/store.h"

#include "actions.h"
#include "prompt.h"
#include "screen.h"
#include "ui.h"

struct ui;
struct ui_view;

/* What a view's handlers answer. */
enum ui_result {
    UI_IGNORED = 0,
    UI_REDRAW = 1, /* it was its action, and something looks different now */
    UI_RELOAD = 2, /* read the store again */
    UI_POP = 4     /* close this view */
};

/* What a view is opened on. */
struct ui_target {
    int64_t article;
    int64_t event;
    const int64_t *articles; /* the list that the article was chosen from, to walk it */
    size_t article_count;
    unsigned contexts;     /* of the view below: help explains its keys */
    struct dw_str address; /* as the user typed it */
};

/* One kind of view: a file and a const table. Handlers never draw; draw never reads the store. */
struct ui_view_ops {
    struct dw_str title;
    struct dw_str tab;        /* a shorter one */
    unsigned contexts;        /* where its keys come from, see actions.h */
    enum query_target target; /* what its filter is about */
    size_t state_size;
    /* Sets the zeroed state up. False: out of memory. */
    bool (*open)(struct ui *ui, struct ui_view *view, const struct ui_target *target);
    /* Gives back what the view's arenas don't hold; may be NULL. */
    void (*close)(struct ui_view *view);
    /* Reads the store into `into`. Puts what it read into the state only if all of it is there. */
    bool (*refresh)(struct ui *ui, struct ui_view *view, struct dw_arena *into,
                    struct dw_error *err);
    void (*draw)(struct ui *ui, struct ui_view *view, struct ui_rect body);
    unsigned (*act)(struct ui *ui, struct ui_view *view, enum ui_action action);
    /* A click or the wheel in the body; NULL: neither does anything. */
    unsigned (*mouse)(struct ui *ui, struct ui_view *view, const struct ui_event *event);
    /* A line about what is selected, for the line above the hints; may be NULL. */
    struct dw_str (*line)(struct ui *ui, struct ui_view *view, struct dw_arena *arena);
    /* What stands at the right of the top line ("article 1 of 214"); may be NULL. */
    struct dw_str (*note)(struct ui *ui, struct ui_view *view, struct dw_arena *arena);
    /* What the engine says, also while other views lie over it; NULL: a reading tells all. */
    void (*hear)(struct ui *ui, struct ui_view *view, const struct engine_message *message);
    /* The text of the running search is another; NULL: the view is not searched by typing. */
    void (*search)(struct ui *ui, struct ui_view *view, struct dw_str text);
};

struct ui_view {
    const struct ui_view_ops *ops; /* NULL: not open */
    void *state;
    struct dw_arena life; /* lives as long as the view */
    struct dw_arena data; /* what refresh read last */
    struct ui_prompt_line filter;
    bool stale; /* the store holds more than it shows */
};

/* ---- Messages -------------------------------------------------------------------------------- */

enum ui_tone { UI_TONE_PLAIN, UI_TONE_GOOD, UI_TONE_ERROR };
#define UI_MESSAGE_BYTES 300
#define UI_MESSAGES 100

struct ui_message {
    int64_t at;
    enum ui_tone tone;
    char text[UI_MESSAGE_BYTES];
    size_t len;
};

/* ---- All of it ------------------------------------------------------------------------------- */

#define UI_ROOTS 7  /* views with a tab */
#define UI_STACK 12 /* views over one of them */
#define UI_HITS 64  /* things of the frame that can be clicked */

enum ui_typing { UI_TYPING_NOTHING, UI_TYPING_FILTER, UI_TYPING_SEARCH, UI_TYPING_ADDRESS };
#define UI_PROMPTS UI_TYPING_ADDRESS /* one for each that types something */

/* A part of the frame that does something when it is clicked. */
struct ui_hit {
    struct ui_rect rect;
    enum ui_action action;
};

struct ui_ticker {
    struct dw_arena arena;
    struct dw_str *items;
    ui_style *styles;
    size_t count;
    size_t first; /* drawn first */
    size_t shown; /* drawn in the last frame */
    bool paused;
};

struct ui {
    struct ui_screen *screen;
    const struct ui_options *options;
    struct store *store; /* for reading */
    struct engine *engine;
    struct dw_arena frame; /* lives for one frame */
    struct ui_view roots[UI_ROOTS];
    size_t root;
    struct ui_view stack[UI_STACK];
    size_t depth;
    struct ui_prompt prompts[UI_PROMPTS]; /* filter, search, address */
    enum ui_typing typing;
    struct ui_prompt_line filter_before;     /* what Esc returns to */
    struct ui_message messages[UI_MESSAGES]; /* a ring */
    size_t message_count;                    /* ever */
    bool message_shown;
    size_t wrong_start; /* the word of the typed filter that cannot be meant: bytes of its text */
    size_t wrong_end;
    bool paste_told;
    struct ui_hit hits[UI_HITS];
    size_t hit_count;
    struct ui_rect body;
    struct ui_ticker ticker;
    struct store_counts counts;
    struct engine_progress progress;
    size_t fresh; /* articles that came in since the user looked at the top of the list */
    int64_t now;
    int64_t last_visit;
    bool dates;   /* times as dates, not ages */
    bool paused;  /* new rows are held back */
    bool pending; /* something came in meanwhile */
    bool urgent;  /* a key asked for another reading: it does not wait */
    bool dirty;   /* the frame is not what is on the screen */
    bool repaint;
    bool suspend;
    bool quit;
};

extern const struct ui_view_ops ui_view_dashboard;
extern const struct ui_view_ops ui_view_events;
extern const struct ui_view_ops ui_view_companies;
extern const struct ui_view_ops ui_view_layoffs;
extern const struct ui_view_ops ui_view_feeds;
extern const struct ui_view_ops ui_view_articles;
extern const struct ui_view_ops ui_view_flows;
extern const struct ui_view_ops ui_view_reader;
extern const struct ui_view_ops ui_view_event;
extern const struct ui_view_ops ui_view_help;
extern const struct ui_view_ops ui_view_log;
extern const struct ui_view_ops ui_view_found;

/* A view with a tab, and the action that shows it. */
struct ui_root {
    const struct ui_view_ops *ops;
    enum ui_action action;
};
extern const struct ui_root ui_roots[UI_ROOTS];

/* ---- app.c: views ---------------------------------------------------------------------------- */

/* Sets up the dashboard on a screen and a store (both stay the caller's) and opens its first view.
 * False: out of memory, or the store cannot be read. */
bool ui_init(struct ui *ui, const struct ui_options *options, struct ui_screen *screen,
             struct store *store, struct dw_error *err) DW_MUST_CHECK;
void ui_release(struct ui *ui);
/* The view that has the keys. */
struct ui_view *ui_view_now(struct ui *ui);
/* Opens a view over the present one. */
void ui_push(struct ui *ui, const struct ui_view_ops *ops, const struct ui_target *target);
/* Opens the reader, or the page of an event. */
void ui_open_article(struct ui *ui, const struct ui_target *target);
void ui_open_event(struct ui *ui, int64_t event);
/* Shows the ledger of events, narrowed by a filter. */
void ui_show_events(struct ui *ui, struct dw_str filter);
/* Closes the view on top; the last one: quits. */
void ui_pop(struct ui *ui);
/* Shows a view that has a tab, by its place among them. */
void ui_show_root(struct ui *ui, size_t root);
/* Takes in what the engine says. */
void ui_hear(struct ui *ui, const struct engine_message *message);
/* Every view reads the store again before it is drawn next. */
void ui_set_stale(struct ui *ui);
/* Reads what the present view and the frame show, if it is stale. */
void ui_refresh(struct ui *ui);
/* Draws a frame into the screen's cells. */
void ui_draw(struct ui *ui);
/* Says something to the user: in the bottom line until the next key, and in the log. */
void ui_say(struct ui *ui, enum ui_tone tone, const char *format, ...) DW_PRINTF(3, 4);
/* What a view asks the store for: its own query and what the user typed into its filter. */
struct ui_ask {
    const struct ui_view *view;
    struct dw_str query;
    enum query_target target;
    struct store_condition condition; /* of both, filled by ui_condition() */
};
/* Makes the condition, in the arena. False with the error where the user's text cannot be meant. */
bool ui_condition(struct ui *ui, struct ui_ask *ask, struct dw_arena *arena,
                  struct dw_error *err) DW_MUST_CHECK;
/* What is typed into a view's filter. */
struct dw_str ui_filter_text(const struct ui_view *view);

/* ---- input.c: what the user does --------------------------------------------------------------
 */

/* What a key, a click or pasted text does. */
void ui_handle(struct ui *ui, const struct ui_event *event);
/* Asks for the address of a feed or site, and shows the feeds found there. */
void ui_ask_address(struct ui *ui);
/* What is being typed; only while something is. */
struct ui_prompt *ui_prompt_now(struct ui *ui);
/* Does an action as if its key had been pressed. */
void ui_do(struct ui *ui, enum ui_action action);

/* ---- bars.c: the frame around the view ------------------------------------------------------- */

/* Draws top line, ticker, status and hints; gives the body that is left. */
struct ui_rect ui_bars_draw(struct ui *ui);
/* Reads what the ticker shows. */
bool ui_ticker_read(struct ui *ui, struct dw_error *err) DW_MUST_CHECK;
/* Goes on to the next items. */
void ui_ticker_step(struct ui *ui);

/* ---- browser.c ------------------------------------------------------------------------------- */

/* Opens an http(s) address in the user's browser, without a shell. Says what happened. */
void ui_browse(struct ui *ui, struct dw_str url);

#endif
