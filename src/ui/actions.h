/* Actions: what keys do, made from actions.def. */
#ifndef UI_ACTIONS_H
#define UI_ACTIONS_H

#include "base/base.h"

/* Where an action works. A view is in several of them at once. */
enum ui_context {
    UI_IN_ALL = 1,       /* everywhere */
    UI_IN_LIST = 2,      /* a table has a selected row */
    UI_IN_PANELS = 4,    /* several panels share the body */
    UI_IN_DASHBOARD = 8, /* the first view alone */
    UI_IN_READER = 16,   /* an article is open */
    UI_IN_FILTER = 32,   /* a query narrows what is shown */
    UI_IN_SORT = 64,     /* columns can be sorted by */
    UI_IN_FEEDS = 128,   /* a feed is selected */
    UI_IN_NEWS = 256,    /* an article may be selected */
    UI_IN_EVENTS = 512,  /* an event may be selected */
    UI_IN_FLOWS = 1024   /* who pays whom */
};

enum ui_action {
    UI_ACTION_NONE,
#define UI_ACTION(id, name, help, keys, contexts, hint, rank) UI_ACTION_##id,
#include "actions.def"
#undef UI_ACTION
    UI_ACTION_COUNT
};

/* One line of actions.def. */
struct ui_action_info {
    struct dw_str name;
    struct dw_str help;
    struct dw_str keys;
    unsigned contexts;
    struct dw_str hint;
    int rank;
};

/* What the list says of an action: static. */
const struct ui_action_info *ui_action_info(enum ui_action action);
/* What a key does in a view that is in `contexts`; UI_ACTION_NONE: nothing. */
enum ui_action ui_action_find(unsigned contexts, uint32_t key);
/* How a key is written ("j", "^L", "PgDn", "A-x"), in the arena. */
struct dw_str ui_key_name(struct dw_arena *arena, uint32_t key);
/* The reverse; UI_KEY_NONE if there is no such key. */
uint32_t ui_key_find(struct dw_str name);
/* The first key of an action, as hints show it. */
struct dw_str ui_action_key(enum ui_action action);

#endif
