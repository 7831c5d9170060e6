/* The panel of totals: money or jobs by week, the parties that moved most. */
#include <math.h>

#include "chart.h"
#include "panel.h"

#define WEEK (7 * 86400)
#define BARS_LEAST_WIDTH 72  /* of the panel, from which on bars stand beside the chart */
#define BARS_LEAST_HEIGHT 16 /* below the chart */

static double firm_of(const struct store_total *week)
{
    return week->usd[DW_STATUS_ANNOUNCED] + week->usd[DW_STATUS_COMPLETED];
}

static double talk_of(const struct store_total *week)
{
    return week->usd[DW_STATUS_RUMORED] + week->usd[DW_STATUS_TALKS] + week->usd[DW_STATUS_PLANNED];
}

struct dw_str ui_totals_note(const struct ui_panel *panel)
{
    if (panel->layoffs)
        return DW_STR("jobs cut by week");
    return panel->talks ? DW_STR("USD by week, talk hatched") : DW_STR("USD by week, no talk");
}

static struct dw_str value_label(const void *context, struct dw_arena *arena, double value)
{
    const struct ui_panel *panel = context;
    if (!panel->layoffs) {
        struct dw_str text = ui_format_usd(arena, value, true);
        return dw_str_ends(text, DW_STR(".0B")) || dw_str_ends(text, DW_STR(".0T"))
                   ? dw_str_format(arena, "%.*s%c", (int)text.len - 3, text.at,
                                   text.at[text.len - 1])
                   : text;
    }
    if (value < 10000)
        return ui_format_count(arena, (int64_t)value);
    return dw_str_format(arena, "%.0fK", value / 1000);
}

/* Every fourth week says when it began. */
static struct dw_str column_label(const void *context, struct dw_arena *arena, size_t column)
{
    const struct ui_panel *panel = context;
    size_t first_labelled = (UI_TOTAL_WEEKS - 1) % 4;
    if (column % 4 != first_labelled)
        return DW_STR("");
    return ui_format_day(arena, panel->weeks[column].from, DW_TIME_NONE);
}

static void draw_weeks(struct ui *ui, const struct ui_panel *panel, struct ui_rect area)
{
    struct ui_stack stacks[UI_TOTAL_WEEKS] = {{0}};
    for (size_t i = 0; i < UI_TOTAL_WEEKS; i++) {
        const struct store_total *week = &panel->weeks[i];
        stacks[i].solid = panel->layoffs ? week->layoffs : firm_of(week);
        stacks[i].hatched = panel->layoffs || !panel->talks ? 0 : talk_of(week);
    }
    struct ui_columns_chart chart = {stacks, UI_TOTAL_WEEKS, value_label, column_label, panel};
    ui_chart_columns(ui->screen, area, &ui->frame, &chart);
}

static double moved(const struct ui_panel *panel, const struct store_company *company)
{
    return panel->layoffs ? company->layoffs : company->in + company->out;
}

/* Ranked bars with the number at the end. */
static void draw_companies(struct ui *ui, const struct ui_panel *panel, struct ui_rect area)
{
    struct ui_screen *screen = ui->screen;
    int name_width = area.width >= 34 ? 14 : 10;
    int bar_width = area.width - name_width - 10;
    double most = panel->companies.len > 0 ? moved(panel, &panel->companies.at[0]) : 0;
    ui_put_field(screen, (struct ui_field){area.x, area.y, area.width, UI_LEFT}, UI_ROLE_HEADER,
                 panel->layoffs ? DW_STR("most jobs cut, 12 weeks")
                                : DW_STR("most money moved, 12 weeks"));
    for (size_t i = 0; i < panel->companies.len && (int)i + 1 < area.height; i++) {
        const struct store_company *company = &panel->companies.at[i];
        double value = moved(panel, company);
        int y = area.y + 1 + (int)i;
        if (!(value > 0) || bar_width < 4)
            break;
        ui_put_field(screen, (struct ui_field){area.x, y, name_width, UI_LEFT}, UI_ROLE_COMPANY,
                     company->name);
        double share[2] = {value, most};
        ui_chart_bar(screen, (struct ui_field){area.x + name_width + 1, y, bar_width, UI_LEFT},
                     panel->layoffs ? UI_ROLE_PEOPLE : UI_ROLE_BAR, share, false);
        struct dw_str text = panel->layoffs ? ui_format_count(&ui->frame, (int64_t)llround(value))
                                            : ui_format_usd(&ui->frame, value, screen->ascii);
        ui_put_field(screen, (struct ui_field){area.x + area.width - 8, y, 8, UI_RIGHT},
                     panel->layoffs ? UI_ROLE_PEOPLE : UI_ROLE_DEALS, text);
    }
}

/* What it amounts to in words: the sums of the last week and of all weeks. */
static void draw_sums(struct ui *ui, const struct ui_panel *panel, struct ui_rect line)
{
    double firm = 0;
    double talk = 0;
    double jobs = 0;
    for (size_t i = UI_TOTAL_WEEKS - 12; i < UI_TOTAL_WEEKS; i++) {
        firm += firm_of(&panel->weeks[i]);
        talk += talk_of(&panel->weeks[i]);
        jobs += panel->weeks[i].layoffs;
    }
    bool ascii = ui->screen->ascii;
    struct dw_str count = ui_format_count(&ui->frame, (int64_t)llround(jobs));
    struct dw_str sure = ui_format_usd(&ui->frame, firm, ascii);
    struct dw_str vague = ui_format_usd(&ui->frame, talk, ascii);
    struct dw_str text = panel->layoffs
                             ? dw_str_format(&ui->frame, "12 weeks: %.*s jobs cut", DW_FMT(count))
                             : dw_str_format(&ui->frame, "12 weeks: %.*s firm, %.*s talk",
                                             DW_FMT(sure), DW_FMT(vague));
    ui_put_field(ui->screen, (struct ui_field){line.x, line.y, line.width, UI_LEFT}, UI_ROLE_MUTED,
                 text);
}

/* Where there is no height for a chart: a sparkline. */
static void draw_short(struct ui *ui, const struct ui_panel *panel, struct ui_rect area)
{
    double values[UI_TOTAL_WEEKS];
    for (size_t i = 0; i < UI_TOTAL_WEEKS; i++)
        values[i] = panel->layoffs ? panel->weeks[i].layoffs
                                   : firm_of(&panel->weeks[i]) +
                                         (panel->talks ? talk_of(&panel->weeks[i]) : 0);
    int used = ui_put(ui->screen, area.x, area.y, UI_ROLE_MUTED, DW_STR(" 26 weeks "));
    struct ui_field field = {area.x + used, area.y, UI_TOTAL_WEEKS, UI_LEFT};
    used += ui_chart_spark(ui->screen, field, UI_ROLE_BAR, values, UI_TOTAL_WEEKS) + 1;
    struct ui_rect rest = {area.x + used, area.y, area.width - used, 1};
    if (area.height > 1)
        rest = (struct ui_rect){area.x + 1, area.y + 1, area.width - 1, 1};
    draw_sums(ui, panel, rest);
}

/* Companies are read only where they are drawn: it takes longest of all. */
static void want_companies(struct ui *ui, struct ui_panel *panel, struct ui_rect area)
{
    bool wants =
        area.height >= 5 && (area.width >= BARS_LEAST_WIDTH || area.height >= BARS_LEAST_HEIGHT);
    if (wants && !panel->wants_companies)
        ui_view_now(ui)->stale = true;
    panel->wants_companies = wants;
}

void ui_totals_draw(struct ui *ui, struct ui_panel *panel, struct ui_rect area)
{
    want_companies(ui, panel, area);
    if (!panel->weeks || area.height < 1)
        return;
    if (area.height < 5) {
        draw_short(ui, panel, area);
        return;
    }
    struct ui_rect chart = {area.x, area.y, area.width, area.height - 1};
    draw_sums(ui, panel, (struct ui_rect){area.x + 1, area.y + area.height - 1, area.width - 2, 1});
    if (area.width >= BARS_LEAST_WIDTH) {
        int bars = area.width * 2 / 5;
        chart.width -= bars + 2;
        draw_companies(
            ui, panel,
            (struct ui_rect){area.x + area.width - bars - 1, area.y, bars, area.height - 1});
    } else if (area.height >= BARS_LEAST_HEIGHT) {
        int bars = chart.height / 2;
        chart.height -= bars;
        draw_companies(ui, panel,
                       (struct ui_rect){area.x + 1, area.y + chart.height, area.width - 2, bars});
    }
    draw_weeks(ui, panel, chart);
}

void ui_weeks_draw(struct ui *ui, const struct ui_panel *panel, struct ui_rect area)
{
    double values[UI_TOTAL_WEEKS];
    double most = 0;
    double all = 0;
    for (size_t i = 0; i < UI_TOTAL_WEEKS; i++) {
        values[i] = panel->weeks[i].layoffs;
        most = values[i] > most ? values[i] : most;
        all += values[i];
    }
    int x = area.x + 1;
    int y = area.y + 1;
    x += ui_put(ui->screen, x, y, UI_ROLE_MUTED, DW_STR("by week "));
    struct ui_field field = {x, y, UI_TOTAL_WEEKS, UI_LEFT};
    x += ui_chart_spark(ui->screen, field, UI_ROLE_PEOPLE, values, UI_TOTAL_WEEKS) + 2;
    struct dw_str highest = ui_format_count(&ui->frame, (int64_t)llround(most));
    struct dw_str sum = ui_format_count(&ui->frame, (int64_t)llround(all));
    struct dw_str text =
        dw_str_format(&ui->frame, "max %.*s  sum %.*s", DW_FMT(highest), DW_FMT(sum));
    ui_put_field(ui->screen, (struct ui_field){x, y, area.x + area.width - x, UI_LEFT},
                 UI_ROLE_MUTED, text);
}
