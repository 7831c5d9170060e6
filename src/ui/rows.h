/* Row sources for tables: events and articles as the store lists them. */
#ifndef UI_ROWS_H
#define UI_ROWS_H

#include "table.h"
#include "view.h"
#include "words.h"

/* ---- Events ---------------------------------------------------------------------------------- */

enum ui_event_column {
    UI_EVENT_STATUS,
    UI_EVENT_STATUS_WORD,
    UI_EVENT_FROM,
    UI_EVENT_TO,
    UI_EVENT_PARTIES,
    UI_EVENT_KIND,
    UI_EVENT_KIND_SHORT,
    UI_EVENT_AMOUNT,
    UI_EVENT_TREND,
    UI_EVENT_SOURCES,
    UI_EVENT_AGE,
    UI_EVENT_DAY,
    UI_EVENT_COMPANY,
    UI_EVENT_BAR,
    UI_EVENT_SURE,
    UI_EVENT_STAR
};

struct ui_event_source {
    struct ui *ui;
    struct store_event_rows rows;
    double most; /* what a full bar stands for */
};

struct ui_rows ui_event_rows(const struct ui_event_source *source);

/* ---- Articles -------------------------------------------------------------------------------- */

enum ui_article_column {
    UI_ARTICLE_AGE,
    UI_ARTICLE_UNREAD,
    UI_ARTICLE_FEED,
    UI_ARTICLE_TITLE,
    UI_ARTICLE_CHIP,
    UI_ARTICLE_CHIP_KIND
};

struct ui_article_source {
    struct ui *ui;
    struct store_article_rows rows;
};

struct ui_rows ui_article_rows(const struct ui_article_source *source);
/* The ids of the list, in the arena, for the reader to walk. */
struct ui_target ui_article_target(const struct ui_article_source *source, struct dw_arena *arena,
                                   size_t row);
/* Does what is done to an article in any list: open, browse, copy, mark. UI_IGNORED: none of it. */
unsigned ui_article_act(const struct ui_article_source *source, size_t row, enum ui_action action);
/* The same for events. */
unsigned ui_event_act(const struct ui_event_source *source, size_t row, enum ui_action action);
/* Sends a text to the clipboard and says so. */
void ui_copy(struct ui *ui, struct dw_str text);

#endif
