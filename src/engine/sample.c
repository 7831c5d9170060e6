/* The demo's feeds: sample feeds compiled in, their dates set around now, in a throw-away folder.
 */
#include "internal.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SAMPLE_BYTES (16u << 20)
#define SAMPLE_PREFIX DW_STR("sample/")

struct dw_str engine_default_list(void)
{
    for (size_t i = 0; i < engine_asset_count; i++)
        if (dw_str_eq(dw_str_from_c(engine_assets[i].name), DW_STR("ai-industry.opml")))
            return (struct dw_str){(const char *)engine_assets[i].bytes, engine_assets[i].len};
    return DW_STR("<opml version=\"2.0\"><head/><body/></opml>\n");
}

/* ---- Dates ----------------------------------------------------------------------------------- */

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};
static const char *const days[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                   "Thursday", "Friday", "Saturday"};
static const char *const quarters[] = {"first", "second", "third", "fourth"};

static void add_rfc822(struct dw_buf *out, const struct dw_civil *at)
{
    dw_buf_add_format(out, "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT", days[at->weekday], at->day,
                      months[at->month - 1], at->year, at->hour, at->minute, at->second);
}

static void add_iso(struct dw_buf *out, const struct dw_civil *at)
{
    dw_buf_add_format(out, "%04d-%02d-%02dT%02d:%02d:%02dZ", at->year, at->month, at->day, at->hour,
                      at->minute, at->second);
}

static void add_month(struct dw_buf *out, const struct dw_civil *at)
{
    dw_buf_add_format(out, "%s", months[at->month - 1]);
}

static void add_date(struct dw_buf *out, const struct dw_civil *at)
{
    dw_buf_add_format(out, "%d %s %d", at->day, months[at->month - 1], at->year);
}

static void add_day(struct dw_buf *out, const struct dw_civil *at)
{
    dw_buf_add_format(out, "%s", days[at->weekday]);
}

static void add_year(struct dw_buf *out, const struct dw_civil *at)
{
    dw_buf_add_format(out, "%d", at->year);
}

static void add_quarter(struct dw_buf *out, const struct dw_civil *at)
{
    dw_buf_add_format(out, "%s quarter", quarters[(at->month - 1) / 3]);
}

/* word in a mark, what it writes */
static const struct {
    struct dw_str name;
    void (*add)(struct dw_buf *out, const struct dw_civil *at);
} formats[] = {
    {DW_STR_INIT("rfc822"), add_rfc822},   {DW_STR_INIT("iso"), add_iso},
    {DW_STR_INIT("month"), add_month},     {DW_STR_INIT("date"), add_date},
    {DW_STR_INIT("day"), add_day},         {DW_STR_INIT("year"), add_year},
    {DW_STR_INIT("quarter"), add_quarter},
};

/* ---- Marks ----------------------------------------------------------------------------------- */

static int64_t unit_seconds(char unit)
{
    switch (unit) {
    case 'w':
        return 7 * 24 * 60 * 60;
    case 'd':
        return 24 * 60 * 60;
    case 'h':
        return 60 * 60;
    case 'm':
        return 60;
    case 's':
        return 1;
    default:
        return 0;
    }
}

/* "-3d4h", "+40s", "": seconds. */
static bool parse_offset(struct dw_str s, int64_t *seconds)
{
    int64_t sign = 0;
    *seconds = 0;
    while (s.len > 0) {
        if (s.at[0] == '+' || s.at[0] == '-') {
            sign = s.at[0] == '+' ? 1 : -1;
            s = dw_str_slice(s, 1, s.len);
        }
        size_t digits = 0;
        while (digits < s.len && dw_is_digit(s.at[digits]))
            digits++;
        int64_t count = 0;
        int64_t unit = digits < s.len ? unit_seconds(s.at[digits]) : 0;
        if (sign == 0 || unit == 0 || digits > 9 ||
            !dw_str_to_int(dw_str_slice(s, 0, digits), &count))
            return false;
        *seconds += sign * count * unit;
        s = dw_str_slice(s, digits + 1, s.len);
    }
    return true;
}

/* One mark without its braces: "now-3d4h rfc822". */
static bool expand_mark(struct dw_buf *out, struct dw_str mark, int64_t now)
{
    struct dw_str rest = mark;
    struct dw_str when;
    int64_t offset = 0;
    if (!dw_str_split(&rest, ' ', &when) || !dw_str_starts(when, DW_STR("now")) ||
        !parse_offset(dw_str_slice(when, 3, when.len), &offset))
        return false;
    struct dw_civil at = dw_civil_from_time(now + offset);
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (!dw_str_eq(rest, formats[i].name))
            continue;
        formats[i].add(out, &at);
        return true;
    }
    return false;
}

bool engine_sample_expand(struct dw_arena *arena, struct dw_str text, int64_t now,
                          struct dw_str *out, struct dw_error *err)
{
    struct dw_buf buf;
    dw_buf_init(&buf, SAMPLE_BYTES);
    struct dw_str mark = {0};
    bool read = true;
    size_t from = 0;
    for (;;) {
        size_t open = dw_str_find(text, DW_STR("{{"), from);
        dw_buf_add(&buf, dw_str_slice(text, from, open));
        if (open == SIZE_MAX)
            break;
        size_t close = dw_str_find(text, DW_STR("}}"), open);
        mark = dw_str_slice(text, open + 2, close);
        read = close != SIZE_MAX && expand_mark(&buf, mark, now);
        if (!read)
            break;
        from = close + 2;
    }
    *out = dw_str_dup(arena, dw_buf_str(&buf));
    bool fits = dw_buf_ok(&buf) && !arena->failed;
    dw_buf_release(&buf);
    if (!read)
        return dw_error_set(err, DW_ERR_INPUT, "{{%.*s}} is no date mark",
                            DW_FMT(dw_utf8_cut(mark, 60)));
    return fits || dw_error_set(err, DW_ERR_MEMORY, "out of memory for a sample feed");
}

/* ---- The folder ------------------------------------------------------------------------------ */

static int remove_entry(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

void engine_sample_close(struct engine_sample *sample)
{
    if (sample->folder.len > 0)
        nftw(sample->folder.at, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    sample->folder = (struct dw_str){0};
    dw_arena_release(&sample->arena);
}

static bool make_folder(struct engine_sample *sample, struct dw_error *err)
{
    struct dw_str base = dw_str_from_c(getenv("TMPDIR"));
    if (base.len == 0)
        base = DW_STR("/tmp");
    struct dw_str path = dw_str_format(&sample->arena, "%.*s/dealwire-demo.XXXXXX", DW_FMT(base));
    char *name = dw_arena_array(&sample->arena, path.len + 1, 1);
    if (name == NULL || path.len == 0)
        return dw_error_set(err, DW_ERR_MEMORY, "out of memory for the demo");
    memcpy(name, path.at, path.len);
    if (mkdtemp(name) == NULL)
        return dw_error_set(err, DW_ERR_FILE, "cannot make a folder for the demo in %.*s: %s",
                            DW_FMT(base), strerror(errno));
    sample->folder = (struct dw_str){name, path.len};
    sample->store_path = dw_str_format(&sample->arena, "%s/store.db", name);
    sample->config_folder = dw_str_format(&sample->arena, "%s/config", name);
    return dw_folder_make(sample->config_folder, err);
}

/* The list of the sample feeds, their bare names as whole paths. */
static bool write_list(struct engine_sample *sample, struct dw_str bytes, struct dw_error *err)
{
    struct dw_arena *arena = &sample->arena;
    struct dw_opml opml;
    if (!dw_opml_parse(arena, bytes, &opml, err))
        return false;
    for (size_t i = 0; i < opml.feed_count; i++)
        opml.feeds[i].url =
            dw_str_format(arena, "%.*s/%.*s", DW_FMT(sample->folder), DW_FMT(opml.feeds[i].url));
    struct dw_str path = dw_str_format(arena, "%.*s/feeds.opml", DW_FMT(sample->config_folder));
    return dw_file_write(path, dw_opml_render(arena, &opml), err);
}

static bool write_asset(struct engine_sample *sample, const struct engine_asset *asset, int64_t now,
                        struct dw_error *err)
{
    struct dw_str name = dw_str_from_c(asset->name);
    struct dw_str bytes = {(const char *)asset->bytes, asset->len};
    if (!dw_str_starts(name, SAMPLE_PREFIX))
        return true;
    name = dw_str_slice(name, SAMPLE_PREFIX.len, name.len);
    if (dw_str_ends(name, DW_STR(".opml")))
        return write_list(sample, bytes, err);
    struct dw_scratch scratch = dw_scratch_begin(&sample->arena);
    struct dw_str path =
        dw_str_format(&sample->arena, "%.*s/%.*s", DW_FMT(sample->folder), DW_FMT(name));
    struct dw_str expanded;
    bool done = engine_sample_expand(&sample->arena, bytes, now, &expanded, err) &&
                dw_file_write(path, expanded, err);
    dw_scratch_end(scratch);
    return done || dw_error_wrap(err, "sample feed %.*s", DW_FMT(name));
}

bool engine_sample_open(struct engine_sample *sample, int64_t now, struct dw_error *err)
{
    *sample = (struct engine_sample){0};
    dw_arena_init(&sample->arena, 2 * SAMPLE_BYTES);
    bool done = make_folder(sample, err);
    for (size_t i = 0; done && i < engine_asset_count; i++)
        done = write_asset(sample, &engine_assets[i], now, err);
    if (done && sample->arena.failed)
        done = dw_error_set(err, DW_ERR_MEMORY, "out of memory for the demo");
    if (!done)
        engine_sample_close(sample);
    return done;
}
