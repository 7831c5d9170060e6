/* Values of fields: kinds and groups, amounts with units, statuses, dates, companies, states. */
#include "internal.h"

#include <math.h>

#define YEAR_FIRST 1990 /* dates that a filter may name: news of the field is not older */
#define YEAR_LAST 2200

static bool fail_value(struct query_error *err, const struct word *word, const char *allowed)
{
    return query_fail(err, word->value, word->end, "%.*s cannot be \"%.*s\": %s",
                      DW_FMT(query_field_name(word->field)), DW_FMT(word->text), allowed);
}

/* ---- Kinds ----------------------------------------------------------------------------------- */

struct kind_group {
    struct dw_str name;
    enum dw_group group;
};
static const struct dw_str times[] = {DW_STR_INIT("today"), DW_STR_INIT("yesterday")};
#define TIME_COUNT (sizeof times / sizeof times[0])

static const struct kind_group groups[] = {
    {DW_STR_INIT("deals"), DW_GROUP_DEALS},     {DW_STR_INIT("people"), DW_GROUP_PEOPLE},
    {DW_STR_INIT("compute"), DW_GROUP_COMPUTE}, {DW_STR_INIT("results"), DW_GROUP_RESULTS},
    {DW_STR_INIT("other"), DW_GROUP_OTHER},
};
#define GROUP_COUNT (sizeof groups / sizeof groups[0])

/* Bits of the kinds that a name means: one, or a group's. "layoff" means layoffs. */
static uint32_t kinds_of(struct dw_str name)
{
    uint32_t kinds = 0;
    for (size_t i = 0; i < GROUP_COUNT; i++) {
        if (!dw_str_eq_nocase(groups[i].name, name))
            continue;
        for (int kind = 0; kind < DW_KIND_COUNT; kind++) {
            if (dw_kind_group((enum dw_kind)kind) == groups[i].group)
                kinds |= 1u << kind;
        }
        return kinds;
    }
    for (int kind = 0; kind < DW_KIND_COUNT; kind++) {
        struct dw_str full = dw_kind_name((enum dw_kind)kind);
        bool singular = full.len == name.len + 1 && dw_str_starts_nocase(full, name);
        if (dw_str_eq_nocase(full, name) || singular)
            return 1u << kind;
    }
    return 0;
}

static bool read_kind(const struct word *word, struct query *term, struct query_error *err)
{
    struct dw_str rest = word->text;
    struct dw_str name;
    while (dw_str_split(&rest, ',', &name)) {
        uint32_t kinds = kinds_of(dw_str_trim(name));
        if (kinds != 0) {
            term->kinds |= kinds;
            continue;
        }
        struct dw_str names[GROUP_COUNT + DW_KIND_COUNT];
        for (size_t i = 0; i < GROUP_COUNT; i++)
            names[i] = groups[i].name;
        for (size_t i = 0; i < DW_KIND_COUNT; i++)
            names[GROUP_COUNT + i] = dw_kind_name((enum dw_kind)i);
        struct dw_str nearest = dw_str_nearest(name, names, GROUP_COUNT + DW_KIND_COUNT);
        if (nearest.len > 0)
            return query_fail(err, word->value, word->end,
                              "there is no kind \"%.*s\": did you mean %.*s?", DW_FMT(name),
                              DW_FMT(nearest));
        return fail_value(err, word,
                          "a group (deals, people, compute, results, other) or a kind "
                          "(investment, round, layoffs, power …)");
    }
    return true;
}

/* ---- Amounts --------------------------------------------------------------------------------- */

struct magnitude {
    struct dw_str name;
    double factor;
    struct dw_str unit; /* empty: says nothing of the unit */
};
static const struct magnitude magnitudes[] = {
    {DW_STR_INIT("k"), 1e3, DW_STR_INIT("")},
    {DW_STR_INIT("thousand"), 1e3, DW_STR_INIT("")},
    {DW_STR_INIT("m"), 1e6, DW_STR_INIT("")},
    {DW_STR_INIT("mn"), 1e6, DW_STR_INIT("")},
    {DW_STR_INIT("million"), 1e6, DW_STR_INIT("")},
    {DW_STR_INIT("b"), 1e9, DW_STR_INIT("")},
    {DW_STR_INIT("bn"), 1e9, DW_STR_INIT("")},
    {DW_STR_INIT("billion"), 1e9, DW_STR_INIT("")},
    {DW_STR_INIT("t"), 1e12, DW_STR_INIT("")},
    {DW_STR_INIT("tn"), 1e12, DW_STR_INIT("")},
    {DW_STR_INIT("trillion"), 1e12, DW_STR_INIT("")},
    {DW_STR_INIT("kw"), 1e3, DW_STR_INIT("W")},
    {DW_STR_INIT("mw"), 1e6, DW_STR_INIT("W")},
    {DW_STR_INIT("gw"), 1e9, DW_STR_INIT("W")},
    {DW_STR_INIT("tw"), 1e12, DW_STR_INIT("W")},
    {DW_STR_INIT("%"), 1, DW_STR_INIT("percent")},
    {DW_STR_INIT("percent"), 1, DW_STR_INIT("percent")},
    {DW_STR_INIT("w"), 1, DW_STR_INIT("W")},
    {DW_STR_INIT("people"), 1, DW_STR_INIT("people")},
    {DW_STR_INIT("jobs"), 1, DW_STR_INIT("people")},
    {DW_STR_INIT("users"), 1, DW_STR_INIT("people")},
    {DW_STR_INIT("chips"), 1, DW_STR_INIT("chips")},
    {DW_STR_INIT("parameters"), 1, DW_STR_INIT("parameters")},
    {DW_STR_INIT("tokens"), 1, DW_STR_INIT("tokens")},
    {DW_STR_INIT("usd"), 1, DW_STR_INIT("")},
    {DW_STR_INIT("dollars"), 1, DW_STR_INIT("")},
};

static const struct magnitude *magnitude_of(struct dw_str name)
{
    for (size_t i = 0; i < sizeof magnitudes / sizeof magnitudes[0]; i++) {
        if (dw_str_eq_nocase(magnitudes[i].name, name))
            return &magnitudes[i];
    }
    return NULL;
}

/* Digits with an optional point off the front; false: none. */
static bool take_number(struct dw_str *s, double *number)
{
    double scale = 0;
    size_t digits = 0;
    *number = 0;
    while (s->len > 0 && (dw_is_digit(s->at[0]) || s->at[0] == '.' || s->at[0] == ',')) {
        char c = s->at[0];
        *s = dw_str_slice(*s, 1, s->len);
        if (c == '.' && scale > 0)
            return false;
        if (c == '.')
            scale = 1;
        if (!dw_is_digit(c))
            continue;
        digits++;
        *number = *number * 10 + (c - '0');
        scale *= 10;
    }
    if (scale > 1)
        *number /= scale;
    return digits > 0;
}

static struct dw_str take_letters(struct dw_str *s)
{
    *s = dw_str_trim(*s);
    size_t len = 0;
    while (len < s->len && !dw_is_space(s->at[len]))
        len++;
    struct dw_str letters = dw_str_slice(*s, 0, len);
    *s = dw_str_trim(dw_str_slice(*s, len, s->len));
    return letters;
}

static bool read_amount(const struct word *word, struct query *term, struct query_error *err)
{
    static const char allowed[] = "a number such as 1B, 500M, 10k people, 1.2GW, 5%";
    struct dw_str rest = dw_str_trim(word->text);
    term->compare = word->compare;
    if (rest.len > 0 && rest.at[0] == '$')
        rest = dw_str_slice(rest, 1, rest.len);
    if (!take_number(&rest, &term->number))
        return fail_value(err, word, allowed);
    while (rest.len > 0) {
        const struct magnitude *magnitude = magnitude_of(take_letters(&rest));
        if (magnitude == NULL || (magnitude->unit.len > 0 && term->unit.len > 0))
            return fail_value(err, word, allowed);
        term->number *= magnitude->factor;
        if (magnitude->unit.len > 0)
            term->unit = magnitude->unit;
    }
    return true;
}

/* ---- Times ----------------------------------------------------------------------------------- */

/* A year, month or day, as the span from its begin to its end. */
static bool read_date(struct dw_str s, int64_t *from, int64_t *to)
{
    int64_t parts[3] = {0, 1, 1};
    size_t count = 0;
    struct dw_str part;
    while (dw_str_split(&s, '-', &part)) {
        if (count == 3 || part.len > 4 || !dw_str_to_int(part, &parts[count]))
            return false;
        count++;
    }
    if (count == 0 || parts[0] < YEAR_FIRST || parts[0] > YEAR_LAST || parts[1] < 1 ||
        parts[1] > 12 || parts[2] < 1 || parts[2] > 31)
        return false;
    struct dw_civil civil = {.year = (int)parts[0], .month = (int)parts[1], .day = (int)parts[2]};
    *from = dw_time_from_civil(&civil);
    if (count == 1)
        civil.year++;
    else if (count == 2)
        civil.month++;
    else
        civil.day++;
    *to = dw_time_from_civil(&civil);
    return true;
}

/* since is the begin of what is named, until its end. */
static bool read_time(const struct word *word, int64_t now, struct query *term,
                      struct query_error *err)
{
    struct dw_str text = dw_str_trim(word->text);
    int64_t from = 0;
    int64_t to = 0;
    int64_t seconds = 0;
    int64_t today = now - ((now % 86400) + 86400) % 86400;
    if (dw_duration_parse(text, &seconds) && seconds >= 0 && seconds < 200 * 366 * 86400LL) {
        from = now - seconds;
        to = from;
    } else if (dw_str_eq_nocase(text, times[0])) {
        from = today;
        to = today + 86400;
    } else if (dw_str_eq_nocase(text, times[1])) {
        from = today - 86400;
        to = today;
    } else if (!read_date(text, &from, &to)) {
        if (!dw_date_parse(text, &from))
            return fail_value(err, word,
                              "7d, 2w, 36h, today, yesterday, 2026, 2026-01 or 2026-01-31");
        to = from;
    }
    term->time = word->field == QUERY_SINCE ? from : to;
    return true;
}

/* ---- Names ----------------------------------------------------------------------------------- */

static bool read_status(const struct word *word, struct query *term, struct query_error *err)
{
    struct dw_str names[DW_STATUS_COUNT];
    for (int i = 0; i < DW_STATUS_COUNT; i++) {
        names[i] = dw_status_name((enum dw_status)i);
        if (dw_str_eq_nocase(names[i], word->text)) {
            term->status = (enum dw_status)i;
            return true;
        }
    }
    struct dw_str nearest = dw_str_nearest(word->text, names, DW_STATUS_COUNT);
    if (nearest.len > 0)
        return query_fail(err, word->value, word->end,
                          "there is no status \"%.*s\": did you mean %.*s?", DW_FMT(word->text),
                          DW_FMT(nearest));
    return fail_value(err, word, "rumored, talks, planned, announced, completed or denied");
}

static const struct dw_str states[] = {
    [QUERY_UNREAD] = DW_STR_INIT("unread"),
    [QUERY_READ] = DW_STR_INIT("read"),
    [QUERY_STARRED] = DW_STR_INIT("starred"),
};
#define STATE_COUNT (sizeof states / sizeof states[0])

static bool read_state(const struct word *word, struct query *term, struct query_error *err)
{
    for (size_t i = 0; i < STATE_COUNT; i++) {
        if (dw_str_eq_nocase(states[i], word->text)) {
            term->state = (enum query_state)i;
            return true;
        }
    }
    return fail_value(err, word, "unread, read or starred");
}

/* A known company is meant itself; of any other name the beginning is enough. */
static void read_company(struct dw_arena *arena, const struct word *word,
                         const struct query_options *options, struct query *term)
{
    struct dw_str name = dw_str_trim(word->text);
    struct dw_str known = DW_STR("");
    if (options->resolve != NULL)
        known = options->resolve(options->context, name);
    term->prefix = known.len == 0 && !word->quoted;
    term->text = dw_utf8_fold(arena, known.len > 0 ? known : name);
}

bool query_value(struct dw_arena *arena, const struct word *word,
                 const struct query_options *options, struct query *term, struct query_error *err)
{
    switch (word->field) {
    case QUERY_KIND:
        return read_kind(word, term, err);
    case QUERY_AMOUNT:
        return read_amount(word, term, err);
    case QUERY_STATUS:
        return read_status(word, term, err);
    case QUERY_SINCE:
    case QUERY_UNTIL:
        return read_time(word, options->now, term, err);
    case QUERY_IS:
        return read_state(word, term, err);
    case QUERY_FROM:
    case QUERY_TO:
    case QUERY_COMPANY:
        read_company(arena, word, options, term);
        return true;
    case QUERY_FEED:
    case QUERY_TAG:
    case QUERY_WORDS:
    case QUERY_FIELD_COUNT:
        break;
    }
    term->text = dw_utf8_fold(arena, dw_str_trim(word->text));
    return true;
}

static bool add_all(struct dw_arena *arena, struct dw_strs *names, const struct dw_str *list,
                    size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!dw_strs_push(arena, names, list[i]))
            return false;
    return true;
}

static bool add_kinds(struct dw_arena *arena, struct dw_strs *names)
{
    for (size_t i = 0; i < GROUP_COUNT; i++)
        if (!dw_strs_push(arena, names, groups[i].name))
            return false;
    for (int i = 0; i < DW_KIND_COUNT; i++)
        if (!dw_strs_push(arena, names, dw_kind_name((enum dw_kind)i)))
            return false;
    return true;
}

bool query_value_names(struct dw_arena *arena, enum query_field field, struct dw_strs *names)
{
    if (field == QUERY_KIND)
        return add_kinds(arena, names);
    if (field == QUERY_IS)
        return add_all(arena, names, states, STATE_COUNT);
    if (field == QUERY_SINCE || field == QUERY_UNTIL)
        return add_all(arena, names, times, TIME_COUNT);
    for (int i = 0; field == QUERY_STATUS && i < DW_STATUS_COUNT; i++)
        if (!dw_strs_push(arena, names, dw_status_name((enum dw_status)i)))
            return false;
    return true;
}
