/* Panels of the dashboard: a saved query with a shape. */
#ifndef UI_PANEL_H
#define UI_PANEL_H

#include "rows.h"

enum ui_panel_shape { UI_PANEL_ARTICLES, UI_PANEL_EVENTS, UI_PANEL_TOTALS };

/* What a panel is: everything about it that does not change. */
struct ui_panel_info {
    struct dw_str title;
    struct dw_str query; /* what it shows, in the filter's language */
    enum ui_panel_shape shape;
    int sort;               /* enum store_event_sort or store_article_sort */
    struct dw_str note;     /* of the query, in its title: "30d · by amount" */
    struct dw_str empty[2]; /* what it says while it has no rows */
    const struct ui_column *columns;
    size_t column_count;
    bool bars;   /* the footer of layoffs: their weeks */
    bool legend; /* tells the signs of statuses where there is room */
};

#define UI_TOTAL_WEEKS 26

struct ui_panel {
    const struct ui_panel_info *info;
    struct ui_table table;
    struct ui_article_source articles;
    struct ui_event_source events;
    int64_t matching;                /* rows that the query has in all */
    struct store_total *weeks;       /* UI_TOTAL_WEEKS of them, oldest first; NULL: not read yet */
    const struct ui_panel *weeks_of; /* while reading: another panel that has them already */
    bool wants_companies;            /* the last frame had room for them */
    struct store_companies companies;
    bool talks;   /* totals count talk too */
    bool layoffs; /* totals of jobs, not of money */
    bool quiet;   /* the last frame had room for its title alone */
    bool hurried; /* only rows are read now: sums take longer and come with the next reading */
    struct ui_rect rect;
};

extern const struct ui_panel_info ui_panels[];
#define UI_PANELS 4
/* The panels of the view of layoffs: all of them in a table, and their totals. */
extern const struct ui_panel_info ui_layoff_panels[2];

void ui_panel_init(struct ui_panel *panel, const struct ui_panel_info *info);
/* Reads what it shows into the arena. Nothing is changed where it fails. */
bool ui_panel_read(struct ui *ui, const struct ui_view *view, struct ui_panel *panel,
                   struct dw_arena *into, struct dw_error *err) DW_MUST_CHECK;
void ui_panel_draw(struct ui *ui, struct ui_panel *panel, struct ui_rect rect, bool focused);
unsigned ui_panel_act(struct ui *ui, struct ui_panel *panel, enum ui_action action);
/* A click that moves the focus here selects, but never opens. */
unsigned ui_panel_mouse(struct ui *ui, struct ui_panel *panel, const struct ui_event *event,
                        bool focuses);
/* What is to be said of the selected row. */
struct dw_str ui_panel_line(struct ui *ui, const struct ui_panel *panel, struct dw_arena *arena);
/* The body of a panel of totals, and the footer of layoffs. */
void ui_totals_draw(struct ui *ui, struct ui_panel *panel, struct ui_rect area);
void ui_weeks_draw(struct ui *ui, const struct ui_panel *panel, struct ui_rect area);
struct dw_str ui_totals_note(const struct ui_panel *panel);

#endif
