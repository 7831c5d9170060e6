/* Values that every dialect has: texts, dates, links, and the warnings about them. */
#include "internal.h"

#include <stdio.h>

#define A_DAY 86400

void feed_warn(struct reading *reading, const char *format, ...)
{
    bool enough = reading->feed->warnings.len >= DW_LIMIT_WARNINGS;
    if (enough || reading->warnings_given++ >= DW_LIMIT_WARNINGS * 10)
        return; /* formatting a million that repeat would take minutes */
    char message[512];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    struct dw_strs *all = &reading->feed->warnings;
    struct dw_str clean = dw_text_clean(reading->arena, dw_str_from_c(message), DW_CLEAN_LINE);
    if (all->len == 0 || !dw_str_eq(all->at[all->len - 1], clean))
        dw_strs_push(reading->arena, all, clean);
}

bool feed_is_html(struct dw_str raw)
{
    return dw_html_looks_like(raw);
}

static struct dw_str cut_field(struct reading *reading, struct dw_str raw)
{
    if (raw.len <= DW_LIMIT_FIELD_BYTES)
        return raw;
    feed_warn(reading, "a text of %zu bytes was cut", raw.len);
    return dw_utf8_cut(raw, DW_LIMIT_FIELD_BYTES);
}

struct dw_str feed_text(struct reading *reading, struct dw_str raw, bool is_html)
{
    raw = cut_field(reading, raw);
    return is_html ? dw_html_to_text(reading->arena, raw)
                   : dw_text_clean(reading->arena, raw, DW_CLEAN_TEXT);
}

struct dw_str feed_line(struct reading *reading, struct dw_str raw, bool is_html)
{
    struct dw_str line = cut_field(reading, raw);
    if (is_html)
        line = dw_html_to_text(reading->arena, line);
    /* what comes out of HTML is clean but for its line ends */
    if (!is_html || dw_str_find_char(line, '\n', 0) != SIZE_MAX)
        line = dw_text_clean(reading->arena, line, DW_CLEAN_LINE);
    return dw_utf8_cut(line, DW_LIMIT_TITLE_BYTES);
}

int64_t feed_date(struct reading *reading, struct dw_str raw, const char *what)
{
    int64_t time = DW_TIME_NONE;
    struct dw_scratch scratch = dw_scratch_begin(reading->arena);
    struct dw_str clean = dw_text_clean(reading->arena, raw, DW_CLEAN_LINE);
    bool is_empty = clean.len == 0;
    bool is_read = !is_empty && dw_date_parse(clean, &time);
    dw_scratch_end(scratch);
    if (is_empty)
        return DW_TIME_NONE;
    if (!is_read) {
        feed_warn(reading, "%s \"%.*s\" names no instant", what, DW_FMT(dw_utf8_cut(raw, 60)));
        return DW_TIME_NONE;
    }
    if (reading->input->now != DW_TIME_NONE && time > reading->input->now + A_DAY)
        feed_warn(reading, "%s \"%.*s\" lies in the future", what, DW_FMT(dw_utf8_cut(raw, 60)));
    return time;
}

/* "#part" of an address, without what ends or breaks one: change logs tell their entries apart by
 * nothing else. */
static struct dw_str fragment_of(struct dw_str address)
{
    size_t at = dw_str_find_char(address, '#', 0);
    struct dw_str fragment = dw_str_slice(address, at, address.len);
    for (size_t i = 0; i < fragment.len; i++) {
        char c = fragment.at[i];
        if (c == ' ' || c == '"' || c == '<' || c == '>' || c == '\\')
            return dw_str_slice(fragment, 0, i);
    }
    return dw_str_slice(fragment, 0, DW_LIMIT_URL_BYTES);
}

/* Whether an address is absolute and has nothing in it that resolving would change. */
static bool is_settled(struct dw_str s)
{
    size_t host = dw_str_starts(s, DW_STR("https://"))  ? 8
                  : dw_str_starts(s, DW_STR("http://")) ? 7
                                                        : s.len;
    if (host >= s.len || s.len > DW_LIMIT_URL_BYTES || s.at[host] == '/' || s.at[host] == '?')
        return false;
    for (size_t i = host; i < s.len; i++) {
        char c = s.at[i];
        bool dots = c == '.' && s.at[i - 1] == '/';
        if (c <= ' ' || c > '~' || c == '"' || c == '<' || c == '>' || c == '\\' || c == '#' ||
            dots)
            return false;
    }
    return true;
}

struct dw_str feed_link(struct reading *reading, struct dw_str base, struct dw_str raw)
{
    if (is_settled(raw))
        return dw_str_dup(reading->arena, raw);
    struct dw_scratch scratch = dw_scratch_begin(reading->arena);
    struct dw_str clean = dw_text_clean(reading->arena, raw, DW_CLEAN_LINE);
    struct dw_str link = dw_url_resolve(reading->arena, base, clean);
    if (link.len == 0) {
        bool is_empty = clean.len == 0;
        dw_scratch_end(scratch);
        if (!is_empty)
            feed_warn(reading, "link \"%.*s\" is no http or https address",
                      DW_FMT(dw_utf8_cut(raw, 80)));
        return (struct dw_str){"", 0};
    }
    struct dw_str fragment = fragment_of(clean);
    if (fragment.len < 2)
        return link;
    return dw_str_format(reading->arena, "%.*s%.*s", DW_FMT(link), DW_FMT(fragment));
}

struct dw_entry *feed_new_entry(struct reading *reading)
{
    if (reading->entries.len >= DW_LIMIT_ENTRIES) {
        if (!reading->full)
            feed_warn(reading, "entries beyond the first %d were left out", DW_LIMIT_ENTRIES);
        reading->full = true;
        return NULL;
    }
    struct dw_entry *entry = dw_vec_push(reading->arena, &reading->entries);
    if (entry == NULL)
        return NULL;
    entry->published = DW_TIME_NONE;
    entry->updated = DW_TIME_NONE;
    return entry;
}

bool feed_takes_file(const struct dw_entry *entry)
{
    enum { MOST = 64 }; /* no honest entry carries more files */
    return entry->enclosure_count < MOST;
}

bool feed_add_enclosure(struct reading *reading, struct dw_entry *entry, struct dw_enclosure item)
{
    if (item.url.len == 0 || !feed_takes_file(entry))
        return false;
    for (size_t i = 0; i < entry->enclosure_count; i++) {
        if (dw_str_eq(entry->enclosures[i].url, item.url))
            return false;
    }
    struct dw_enclosure *all =
        dw_arena_array(reading->arena, entry->enclosure_count + 1, sizeof *all);
    if (all == NULL)
        return false;
    for (size_t i = 0; i < entry->enclosure_count; i++)
        all[i] = entry->enclosures[i];
    all[entry->enclosure_count++] = item;
    entry->enclosures = all;
    return true;
}
