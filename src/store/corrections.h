/* Corrections: what the user says of events. Part of store.h, which others include. */
#ifndef STORE_CORRECTIONS_H
#define STORE_CORRECTIONS_H

#include "base/base.h"

struct store;

/* ---- Corrections (corrections.c) ------------------------------------------------------------- */

/* What the user does to events: enum, name */
#define STORE_ACTIONS(X)               \
    X(STORE_ACTION_EDIT, "edit")       \
    X(STORE_ACTION_DISMISS, "dismiss") \
    X(STORE_ACTION_MERGE, "merge")     \
    X(STORE_ACTION_SPLIT, "split")     \
    X(STORE_ACTION_STAR, "star")       \
    X(STORE_ACTION_NOTE, "note")

enum store_action {
#define STORE_ACTION_ENUM(name, text) name,
    STORE_ACTIONS(STORE_ACTION_ENUM)
#undef STORE_ACTION_ENUM
        STORE_ACTION_COUNT
};
struct dw_str store_action_name(enum store_action action);
bool store_action_find(struct dw_str name, enum store_action *action) DW_MUST_CHECK;

/* Where an article tells a figure: holds when the article is read anew. */
struct store_anchor {
    int64_t article;
    bool in_title;
    int64_t start;
    int64_t stop;
    struct dw_str kind;
    struct dw_str link; /* of the article, filled when read */
    struct dw_str title;
};
struct store_anchors {
    struct store_anchor *at;
    size_t len;
    size_t cap;
};

/* A correction. Edit, dismiss, star and note are about the event that holds one of `figures`; merge
 * puts `figures` into the event of `others`; split keeps `figures` out of it. `text`: the note;
 * "on" or "off" of star and dismiss; of an edit lines such as "status=denied". */
struct store_correction {
    int64_t id;
    int64_t at;
    enum store_action action;
    struct dw_str text;
    bool undone;
    struct store_anchors figures;
    struct store_anchors others;
};
struct store_corrections {
    struct store_correction *at;
    size_t len;
    size_t cap;
};
bool store_correction_add(struct store *store, const struct store_correction *in, int64_t *id,
                          struct dw_error *err) DW_MUST_CHECK;
/* Undoes it, or does it again. */
bool store_correction_mark(struct store *store, int64_t id, bool undone,
                           struct dw_error *err) DW_MUST_CHECK;
/* All of them, oldest first. */
bool store_correction_list(struct store *store, struct dw_arena *arena,
                           struct store_corrections *corrections,
                           struct dw_error *err) DW_MUST_CHECK;
/* One, without its figures; 0 is the newest that is not undone; `correction->id` is 0 where there
 * is none. */
bool store_correction_get(struct store *store, struct dw_arena *arena, int64_t id,
                          struct store_correction *correction, struct dw_error *err) DW_MUST_CHECK;
/* Whether there are any, undone ones too. */
bool store_corrections_any(struct store *store);
/* Where the figures of an event are told; of the source of `article` alone unless that is 0. */
bool store_event_anchors(struct store *store, struct dw_arena *arena, int64_t event,
                         int64_t article, struct store_anchors *anchors,
                         struct dw_error *err) DW_MUST_CHECK;
/* Those that hold for an event, oldest first, without figures, merges and splits. */
bool store_event_corrections(struct store *store, struct dw_arena *arena, int64_t event,
                             struct store_corrections *corrections,
                             struct dw_error *err) DW_MUST_CHECK;

/* A figure, and the event that it is in now (0: none). */
struct store_link {
    int64_t figure;
    int64_t event;
    bool apart; /* it must not be in the same event */
};
struct store_links {
    struct store_link *at;
    size_t len;
    size_t cap;
};
/* The figures that stand now where a correction names `figures` or `others`, oldest first. */
bool store_correction_figures(struct store *store, struct dw_arena *arena, int64_t correction,
                              bool others, struct store_links *figures,
                              struct dw_error *err) DW_MUST_CHECK;
/* The figures that merges join to a figure and splits keep apart from it. */
bool store_figure_links(struct store *store, struct dw_arena *arena, int64_t figure,
                        struct store_links *links, struct dw_error *err) DW_MUST_CHECK;

/* What the corrections of an event amount to. */
struct store_marks {
    bool starred;
    bool dismissed;
    bool edited;
    struct dw_str note;
};
bool store_event_mark(struct store *store, int64_t event, const struct store_marks *marks,
                      struct dw_error *err) DW_MUST_CHECK;
/* The article of an address, or of a title where that is empty; 0: none. */
int64_t store_article_by_link(struct store *store, struct dw_str link, struct dw_str title);

#endif
