/* What things look like: roles in code, colours and attributes in theme.tsv. */
#ifndef UI_THEME_H
#define UI_THEME_H

#include "base/base.h"

#include "ui.h"

/* enum name, name in theme.tsv */
#define UI_ROLES(X)                          \
    X(UI_ROLE_TEXT, "text")                  \
    X(UI_ROLE_MUTED, "muted")                \
    X(UI_ROLE_STRONG, "strong")              \
    X(UI_ROLE_TITLE, "title")                \
    X(UI_ROLE_BORDER, "border")              \
    X(UI_ROLE_FOCUS, "border.focus")         \
    X(UI_ROLE_BRAND, "brand")                \
    X(UI_ROLE_TAB, "tab")                    \
    X(UI_ROLE_TAB_ACTIVE, "tab.active")      \
    X(UI_ROLE_BADGE, "badge")                \
    X(UI_ROLE_KEY, "hint.key")               \
    X(UI_ROLE_HINT, "hint")                  \
    X(UI_ROLE_PROMPT, "prompt")              \
    X(UI_ROLE_MESSAGE, "message")            \
    X(UI_ROLE_ERROR, "error")                \
    X(UI_ROLE_WARN, "warn")                  \
    X(UI_ROLE_GOOD, "good")                  \
    X(UI_ROLE_NEW, "new")                    \
    X(UI_ROLE_UNREAD, "unread")              \
    X(UI_ROLE_READ, "read")                  \
    X(UI_ROLE_HEADER, "header")              \
    X(UI_ROLE_FEED, "feed")                  \
    X(UI_ROLE_COMPANY, "company")            \
    X(UI_ROLE_DEALS, "kind.deals")           \
    X(UI_ROLE_PEOPLE, "kind.people")         \
    X(UI_ROLE_COMPUTE, "kind.compute")       \
    X(UI_ROLE_RESULTS, "kind.results")       \
    X(UI_ROLE_OTHER, "kind.other")           \
    X(UI_ROLE_RUMORED, "status.rumored")     \
    X(UI_ROLE_TALKS, "status.talks")         \
    X(UI_ROLE_PLANNED, "status.planned")     \
    X(UI_ROLE_ANNOUNCED, "status.announced") \
    X(UI_ROLE_COMPLETED, "status.completed") \
    X(UI_ROLE_DENIED, "status.denied")       \
    X(UI_ROLE_RISE, "rise")                  \
    X(UI_ROLE_FALL, "fall")                  \
    X(UI_ROLE_BAR, "bar")                    \
    X(UI_ROLE_BAR_TALK, "bar.talk")          \
    X(UI_ROLE_AXIS, "axis")                  \
    X(UI_ROLE_LINK, "link")

enum ui_role {
#define UI_ROLE_NAME(name, text) name,
    UI_ROLES(UI_ROLE_NAME)
#undef UI_ROLE_NAME
        UI_ROLE_COUNT
};

/* What a terminal can show: the columns of theme.tsv after the role's name. */
enum ui_depth { UI_DEPTH_MONO = 1, UI_DEPTH_8, UI_DEPTH_16, UI_DEPTH_256_DARK, UI_DEPTH_256_LIGHT };

#define UI_COLOUR_DEFAULT (-1)

/* How one role looks at one depth. */
struct ui_look {
    short foreground; /* colour number of the terminal, or UI_COLOUR_DEFAULT */
    short background;
    bool bold;
    bool dim;
    bool underline;
    bool reverse;
};

struct ui_palette {
    enum ui_depth depth;
    struct ui_look looks[UI_ROLE_COUNT];
    struct ui_look select; /* its background and attributes lie under a selected row */
};

/* The name of a role as theme.tsv writes it, and the letter that stands for it in dumps. */
struct dw_str ui_role_name(enum ui_role role);
char ui_role_letter(enum ui_role role);
/* Reads one column of theme.tsv. False: a line that cannot be read, named by the error. */
bool ui_palette_load(struct ui_palette *palette, enum ui_depth depth,
                     struct dw_error *err) DW_MUST_CHECK;

#endif
