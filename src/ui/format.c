/* Numbers and times as people read them at a glance. */
#include "format.h"

#include <math.h>

static const struct {
    struct dw_str code;
    struct dw_str sign;
    bool ascii; /* the sign is drawable everywhere */
} currencies[] = {
    {DW_STR_INIT("USD"), DW_STR_INIT("$"), true},    {DW_STR_INIT("EUR"), DW_STR_INIT("€"), false},
    {DW_STR_INIT("GBP"), DW_STR_INIT("£"), false},   {DW_STR_INIT("JPY"), DW_STR_INIT("¥"), false},
    {DW_STR_INIT("CNY"), DW_STR_INIT("CN¥"), false}, {DW_STR_INIT("INR"), DW_STR_INIT("₹"), false},
    {DW_STR_INIT("KRW"), DW_STR_INIT("₩"), false},   {DW_STR_INIT("CAD"), DW_STR_INIT("C$"), true},
    {DW_STR_INIT("AUD"), DW_STR_INIT("A$"), true},   {DW_STR_INIT("HKD"), DW_STR_INIT("HK$"), true},
    {DW_STR_INIT("SGD"), DW_STR_INIT("S$"), true},   {DW_STR_INIT("TWD"), DW_STR_INIT("NT$"), true},
    {DW_STR_INIT("BRL"), DW_STR_INIT("R$"), true},
};

static const struct {
    double at_least;
    double divisor;
    const char *letter;
    const char *power; /* of watts */
    const char *vague;
} magnitudes[] = {
    {1e12, 1e12, "T", "TW", "trillions"}, {1e9, 1e9, "B", "GW", "billions"},
    {1e6, 1e6, "M", "MW", "millions"},    {1e3, 1e3, "K", "kW", "thousands"},
    {0, 1, "", "W", "hundreds"},
};
#define MAGNITUDES (sizeof magnitudes / sizeof magnitudes[0])

static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
static const char *const weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

static bool is_unit(struct dw_str unit, const char *name)
{
    return dw_str_eq(unit, dw_str_from_c(name));
}

static bool is_counted(struct dw_str unit)
{
    return is_unit(unit, "people") || is_unit(unit, "chips") || is_unit(unit, "parameters") ||
           is_unit(unit, "tokens");
}

/* What stands before the digits: a sign, or the code and a space. */
static struct dw_str sign_of(struct dw_arena *arena, struct dw_str unit, bool ascii)
{
    if (unit.len == 0 || is_counted(unit) || is_unit(unit, "percent") || is_unit(unit, "W"))
        return DW_STR("");
    for (size_t i = 0; i < sizeof currencies / sizeof currencies[0]; i++) {
        if (dw_str_eq(unit, currencies[i].code) && (currencies[i].ascii || !ascii))
            return currencies[i].sign;
    }
    return dw_str_format(arena, "%.*s ", DW_FMT(unit));
}

/* The row of the table for a value, after rounding: 999.96 million are 1.0 billion. */
static size_t magnitude_of(double value)
{
    double size = fabs(value);
    size_t i = 0;
    while (i + 1 < MAGNITUDES) {
        double digits = size / magnitudes[i].divisor;
        if (size >= magnitudes[i].at_least || digits >= 0.9995)
            break;
        i++;
    }
    return i;
}

/* One decimal below ten, and for billions and trillions always; else whole. */
static struct dw_str digits_of(struct dw_arena *arena, double value, size_t magnitude)
{
    double digits = fabs(value) / magnitudes[magnitude].divisor;
    bool large = magnitudes[magnitude].divisor >= 1e9;
    bool whole = fabs(digits - round(digits)) < 0.005;
    if (magnitudes[magnitude].divisor <= 1)
        return dw_str_format(arena, whole ? "%.0f" : "%.2f", digits);
    if (large && digits < 999.95)
        return dw_str_format(arena, "%.1f", digits);
    return dw_str_format(arena, digits < 9.95 && !whole ? "%.1f" : "%.0f", digits);
}

struct dw_str ui_format_count(struct dw_arena *arena, int64_t count)
{
    char bytes[32];
    size_t at = sizeof bytes;
    bool negative = count < 0;
    uint64_t rest = negative ? (uint64_t)(-(count + 1)) + 1 : (uint64_t)count;
    int digits = 0;
    do {
        if (digits > 0 && digits % 3 == 0)
            bytes[--at] = ',';
        bytes[--at] = (char)('0' + rest % 10);
        rest /= 10;
        digits++;
    } while (rest > 0);
    if (negative)
        bytes[--at] = '-';
    return dw_str_dup(arena, (struct dw_str){bytes + at, sizeof bytes - at});
}

/* A number of people or things: all digits up to a million. */
static struct dw_str count_of(struct dw_arena *arena, double value, bool large_words)
{
    if (fabs(value) < 999500 && !(large_words && fabs(value) >= 1e6))
        return ui_format_count(arena, (int64_t)llround(value));
    size_t magnitude = magnitude_of(value);
    double digits = fabs(value) / magnitudes[magnitude].divisor;
    bool whole = fabs(digits - round(digits)) < 0.05;
    return dw_str_format(arena, whole || digits >= 99.5 ? "%s%.0f%s" : "%s%.1f%s",
                         value < 0 ? "-" : "", digits, magnitudes[magnitude].letter);
}

static struct dw_str percent_of(struct dw_arena *arena, double value)
{
    bool whole = fabs(value - round(value)) < 0.05;
    return dw_str_format(arena, whole ? "%.0f%%" : "%.1f%%", value);
}

/* One value with its unit. */
static struct dw_str value_of(struct dw_arena *arena, double value, struct dw_str unit, bool ascii)
{
    if (is_unit(unit, "percent"))
        return percent_of(arena, value);
    if (is_counted(unit))
        return count_of(arena, value, !is_unit(unit, "people"));
    size_t magnitude = magnitude_of(value);
    const char *minus = value < 0 ? "-" : "";
    if (is_unit(unit, "W")) {
        double digits = fabs(value) / magnitudes[magnitude].divisor;
        bool whole = fabs(digits - round(digits)) < 0.05;
        return dw_str_format(arena, whole ? "%s%.0f %s" : "%s%.1f %s", minus, digits,
                             magnitudes[magnitude].power);
    }
    struct dw_str sign = sign_of(arena, unit, ascii);
    struct dw_str digits = digits_of(arena, value, magnitude);
    return dw_str_format(arena, "%s%.*s%.*s%s", minus, DW_FMT(sign), DW_FMT(digits),
                         magnitudes[magnitude].letter);
}

/* "$40–50B": both ends share sign and magnitude, else each has its own. */
static struct dw_str range_of(struct dw_arena *arena, const struct ui_amount *amount, bool ascii)
{
    const char *dash = ascii ? "-" : "–";
    struct dw_str low = value_of(arena, amount->low, amount->unit, ascii);
    struct dw_str high = value_of(arena, amount->high, amount->unit, ascii);
    size_t magnitude = magnitude_of(amount->high);
    bool plain = is_counted(amount->unit) || is_unit(amount->unit, "W");
    if (is_unit(amount->unit, "percent"))
        return dw_str_format(arena, "%g%s%.*s", amount->low, dash, DW_FMT(high));
    if (plain || magnitude_of(amount->low) != magnitude)
        return dw_str_format(arena, "%.*s%s%.*s", DW_FMT(low), dash, DW_FMT(high));
    struct dw_str sign = sign_of(arena, amount->unit, ascii);
    double divisor = magnitudes[magnitude].divisor;
    return dw_str_format(arena, "%.*s%g%s%g%s", DW_FMT(sign), amount->low / divisor, dash,
                         amount->high / divisor, magnitudes[magnitude].letter);
}

static struct dw_str vague_of(const struct ui_amount *amount)
{
    double size = isnan(amount->low) ? amount->value : amount->low;
    if (isnan(size))
        return DW_STR("vague");
    if (size < 100)
        return DW_STR("dozens");
    return dw_str_from_c(magnitudes[magnitude_of(size)].vague);
}

struct dw_str ui_format_amount(struct dw_arena *arena, const struct ui_amount *amount, bool ascii)
{
    if (amount->qualifier == DW_QUALIFIER_VAGUE)
        return vague_of(amount);
    if (amount->qualifier == DW_QUALIFIER_RANGE && !isnan(amount->low) && !isnan(amount->high))
        return range_of(arena, amount, ascii);
    double value = amount->value;
    if (isnan(value))
        value = isnan(amount->high) ? amount->low : amount->high;
    if (isnan(value))
        return DW_STR("");
    struct dw_str text = value_of(arena, value, amount->unit, ascii);
    if (amount->qualifier == DW_QUALIFIER_OVER)
        return dw_str_format(arena, ">%.*s", DW_FMT(text));
    if (amount->qualifier == DW_QUALIFIER_UNDER || amount->qualifier == DW_QUALIFIER_UP_TO)
        return dw_str_format(arena, "<%.*s", DW_FMT(text));
    return text;
}

struct dw_str ui_format_usd(struct dw_arena *arena, double value, bool ascii)
{
    struct ui_amount amount = {.unit = DW_STR("USD"), .value = value, .low = NAN, .high = NAN};
    return ui_format_amount(arena, &amount, ascii);
}

struct dw_str ui_format_exact(struct dw_arena *arena, const struct ui_amount *amount, bool ascii)
{
    double value = amount->value;
    if (isnan(value) || fabs(value) >= 9e15 || is_unit(amount->unit, "percent") ||
        is_unit(amount->unit, "W") || fabs(value - round(value)) > 1e-9)
        return ui_format_amount(arena, amount, ascii);
    struct dw_str sign = sign_of(arena, amount->unit, ascii);
    struct dw_str digits = ui_format_count(arena, llround(fabs(value)));
    return dw_str_format(arena, "%s%.*s%.*s", value < 0 ? "-" : "", DW_FMT(sign), DW_FMT(digits));
}

struct dw_str ui_format_age(struct dw_arena *arena, int64_t time, int64_t now)
{
    if (time == DW_TIME_NONE)
        return DW_STR("");
    int64_t age = now - time;
    if (age < 60)
        return DW_STR("now");
    static const struct {
        int64_t below;
        int64_t divisor;
        char unit;
    } steps[] = {
        {3600, 60, 'm'},
        {86400, 3600, 'h'},
        {100 * 86400, 86400, 'd'},
        {100 * 7 * 86400, 7 * 86400, 'w'},
    };
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (age < steps[i].below)
            return dw_str_format(arena, "%d%c", (int)(age / steps[i].divisor), steps[i].unit);
    }
    return dw_str_format(arena, "%dy", (int)(age / (365 * 86400)));
}

struct dw_str ui_format_day(struct dw_arena *arena, int64_t time, int64_t now)
{
    if (time == DW_TIME_NONE)
        return DW_STR("");
    struct dw_civil civil = dw_civil_local(time);
    if (now != DW_TIME_NONE && dw_civil_local(now).year != civil.year &&
        (now - time > 180 * 86400 || time > now))
        return dw_str_format(arena, "%s %02d", months[civil.month - 1], civil.year % 100);
    return dw_str_format(arena, "%d %s", civil.day, months[civil.month - 1]);
}

struct dw_str ui_format_moment(struct dw_arena *arena, int64_t time)
{
    if (time == DW_TIME_NONE)
        return DW_STR("");
    struct dw_civil civil = dw_civil_local(time);
    return dw_str_format(arena, "%d %s %02d:%02d", civil.day, months[civil.month - 1], civil.hour,
                         civil.minute);
}

struct dw_str ui_format_clock(struct dw_arena *arena, int64_t time)
{
    struct dw_civil civil = dw_civil_local(time);
    return dw_str_format(arena, "%s %02d %s %02d:%02d", weekdays[civil.weekday], civil.day,
                         months[civil.month - 1], civil.hour, civil.minute);
}

struct dw_str ui_format_minute(struct dw_arena *arena, int64_t time)
{
    struct dw_civil civil = dw_civil_local(time);
    return dw_str_format(arena, "%02d:%02d", civil.hour, civil.minute);
}
