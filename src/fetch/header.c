/* Response headers: the few that matter, and what they say about the time of the next request. */
#include "internal.h"

#include <stddef.h>

/* Longer values are no validators that a server means seriously. */
#define VALUE_BYTES 4096

/* header name, where it is kept */
static const struct {
    struct dw_str name;
    size_t offset;
} kept[] = {
    {DW_STR_INIT("etag"), offsetof(struct fetch_headers, etag)},
    {DW_STR_INIT("last-modified"), offsetof(struct fetch_headers, last_modified)},
    {DW_STR_INIT("content-type"), offsetof(struct fetch_headers, content_type)},
    {DW_STR_INIT("location"), offsetof(struct fetch_headers, location)},
    {DW_STR_INIT("retry-after"), offsetof(struct fetch_headers, retry_after)},
    {DW_STR_INIT("cache-control"), offsetof(struct fetch_headers, cache_control)},
    {DW_STR_INIT("expires"), offsetof(struct fetch_headers, expires)},
    {DW_STR_INIT("date"), offsetof(struct fetch_headers, date)},
};

/* "HTTP/1.1 304 Not Modified", "HTTP/2 200": the number. */
static int parse_status(struct dw_str line)
{
    size_t space = dw_str_find_char(line, ' ', 0);
    if (space == SIZE_MAX)
        return 0;
    int64_t status = 0;
    struct dw_str digits = dw_str_trim(dw_str_slice(line, space + 1, space + 4));
    return dw_str_to_int(digits, &status) && status >= 100 && status <= 999 ? (int)status : 0;
}

void fetch_headers_add(struct fetch_headers *headers, struct dw_arena *arena, struct dw_str line)
{
    size_t bytes = headers->bytes + line.len;
    line = dw_str_trim(line);
    if (dw_str_starts(line, DW_STR("HTTP/")))
        *headers = (struct fetch_headers){.status = parse_status(line)};
    headers->bytes = bytes;
    size_t colon = dw_str_find_char(line, ':', 0);
    if (colon == SIZE_MAX)
        return;
    struct dw_str name = dw_str_slice(line, 0, colon);
    struct dw_str value = dw_str_trim(dw_str_slice(line, colon + 1, line.len));
    if (value.len > VALUE_BYTES)
        return;
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        if (!dw_str_eq_nocase(name, kept[i].name))
            continue;
        struct dw_str *place = (struct dw_str *)(void *)((char *)headers + kept[i].offset);
        *place = dw_str_dup(arena, value);
    }
}

/* max-age of a Cache-Control; -1: none. The first one counts. */
static int64_t parse_max_age(struct dw_str value)
{
    struct dw_str part;
    while (dw_str_split(&value, ',', &part)) {
        part = dw_str_trim(part);
        if (!dw_str_starts_nocase(part, DW_STR("max-age")))
            continue;
        size_t equals = dw_str_find_char(part, '=', 0);
        if (equals == SIZE_MAX)
            continue;
        struct dw_str digits = dw_str_trim(dw_str_slice(part, equals + 1, part.len));
        if (digits.len >= 2 && digits.at[0] == '"' && digits.at[digits.len - 1] == '"')
            digits = dw_str_slice(digits, 1, digits.len - 1);
        int64_t seconds = 0;
        if (dw_str_to_int(digits, &seconds) && seconds >= 0)
            return seconds;
    }
    return -1;
}

/* Seconds from `now` to an HTTP date; -1: none, 0: past. */
static int64_t seconds_until(struct dw_str date, int64_t now)
{
    int64_t time = 0;
    if (date.len == 0 || !dw_date_parse(date, &time))
        return -1;
    return time > now ? time - now : 0;
}

/* Seconds or a date. */
static int64_t parse_retry_after(struct dw_str value, int64_t now)
{
    int64_t seconds = 0;
    if (dw_str_to_int(value, &seconds))
        return seconds >= 0 ? seconds : -1;
    return seconds_until(value, now);
}

void fetch_headers_apply(const struct fetch_headers *headers, int64_t now,
                         struct fetch_response *response)
{
    int64_t server_now = 0;
    if (headers->date.len == 0 || !dw_date_parse(headers->date, &server_now))
        server_now = now;
    response->status = headers->status;
    response->etag = headers->etag;
    response->last_modified = headers->last_modified;
    response->content_type = headers->content_type;
    response->max_age = parse_max_age(headers->cache_control);
    response->expires = seconds_until(headers->expires, server_now);
    response->retry_after = parse_retry_after(headers->retry_after, server_now);
}
