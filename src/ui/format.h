/* How figures, times and counts are written on the screen. */
#ifndef UI_FORMAT_H
#define UI_FORMAT_H

#include "base/base.h"
#include "extract/extract.h"

/* A quantity to show. */
struct ui_amount {
    struct dw_str unit; /* as in figures: ISO 4217, people percent W chips parameters tokens */
    enum dw_qualifier qualifier;
    double value; /* NAN: unknown, as in vague ones */
    double low;
    double high;
};

/* "$50.0B", "€40–50B", ">16,000", "1.2 GW", "9%", "billions"; in ASCII "EUR 1.2B". In the arena. */
struct dw_str ui_format_amount(struct dw_arena *arena, const struct ui_amount *amount, bool ascii);
/* The same for a sum of US dollars. */
struct dw_str ui_format_usd(struct dw_arena *arena, double value, bool ascii);
/* All digits, grouped: "$50,000,000,000". */
struct dw_str ui_format_exact(struct dw_arena *arena, const struct ui_amount *amount, bool ascii);
/* "19,870" */
struct dw_str ui_format_count(struct dw_arena *arena, int64_t count);
/* "now", "4m", "2h", "3d", "20w", "2y": at most three cells. Empty for DW_TIME_NONE. */
struct dw_str ui_format_age(struct dw_arena *arena, int64_t time, int64_t now);
/* "29 Jan"; with another year than that of `now`, "Jan 25". */
struct dw_str ui_format_day(struct dw_arena *arena, int64_t time, int64_t now);
/* "29 Jan 10:42", in local time */
struct dw_str ui_format_moment(struct dw_arena *arena, int64_t time);
/* "Thu 29 Jan 10:42" */
struct dw_str ui_format_clock(struct dw_arena *arena, int64_t time);
/* "10:42" */
struct dw_str ui_format_minute(struct dw_arena *arena, int64_t time);

#endif
