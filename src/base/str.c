/* Slices of bytes: comparing, searching, cutting. */
#include "base/base.h"

#include <string.h>

#define NAMES_NEAR 2 /* letters that may be wrong in a name that is still recognised */
#define NAME_BYTES 32

struct dw_str dw_str_from_c(const char *c)
{
    if (c == NULL)
        return (struct dw_str){NULL, 0};
    return (struct dw_str){c, (size_t)(strchr(c, '\0') - c)};
}

bool dw_str_eq_nocase(struct dw_str a, struct dw_str b)
{
    return a.len == b.len && dw_str_starts_nocase(a, b);
}

int dw_str_compare(struct dw_str a, struct dw_str b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter > 0 ? memcmp(a.at, b.at, shorter) : 0;
    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

bool dw_str_starts(struct dw_str s, struct dw_str prefix)
{
    return s.len >= prefix.len && dw_str_eq((struct dw_str){s.at, prefix.len}, prefix);
}

bool dw_str_starts_nocase(struct dw_str s, struct dw_str prefix)
{
    if (s.len < prefix.len)
        return false;
    for (size_t i = 0; i < prefix.len; i++) {
        if (dw_to_lower(s.at[i]) != dw_to_lower(prefix.at[i]))
            return false;
    }
    return true;
}

bool dw_str_ends(struct dw_str s, struct dw_str suffix)
{
    return s.len >= suffix.len && dw_str_eq(dw_str_slice(s, s.len - suffix.len, s.len), suffix);
}

size_t dw_str_find_char(struct dw_str s, char c, size_t from)
{
    if (from >= s.len)
        return SIZE_MAX;
    const char *found = memchr(s.at + from, c, s.len - from);
    return found != NULL ? (size_t)(found - s.at) : SIZE_MAX;
}

size_t dw_str_find(struct dw_str s, struct dw_str needle, size_t from)
{
    if (needle.len == 0)
        return from <= s.len ? from : SIZE_MAX;
    for (size_t i = dw_str_find_char(s, needle.at[0], from); i != SIZE_MAX;
         i = dw_str_find_char(s, needle.at[0], i + 1)) {
        if (s.len - i < needle.len)
            return SIZE_MAX;
        if (memcmp(s.at + i, needle.at, needle.len) == 0)
            return i;
    }
    return SIZE_MAX;
}

size_t dw_str_find_nocase(struct dw_str s, struct dw_str needle, size_t from)
{
    char first = needle.len > 0 ? dw_to_lower(needle.at[0]) : '\0';
    for (size_t i = from; i + needle.len <= s.len; i++) {
        if (needle.len > 0 && dw_to_lower(s.at[i]) != first)
            continue;
        if (dw_str_starts_nocase(dw_str_slice(s, i, s.len), needle))
            return i;
    }
    return SIZE_MAX;
}

struct dw_str dw_str_trim(struct dw_str s)
{
    size_t from = 0;
    size_t to = s.len;
    while (from < to && dw_is_space(s.at[from]))
        from++;
    while (to > from && dw_is_space(s.at[to - 1]))
        to--;
    return dw_str_slice(s, from, to);
}

bool dw_str_split(struct dw_str *rest, char separator, struct dw_str *part)
{
    if (rest->at == NULL)
        return false;
    size_t at = dw_str_find_char(*rest, separator, 0);
    if (at == SIZE_MAX) {
        *part = *rest;
        *rest = (struct dw_str){NULL, 0};
        return true;
    }
    *part = dw_str_slice(*rest, 0, at);
    *rest = (struct dw_str){rest->at + at + 1, rest->len - at - 1};
    return true;
}

bool dw_str_to_int(struct dw_str s, int64_t *value)
{
    bool negative = s.len > 0 && s.at[0] == '-';
    size_t i = negative || (s.len > 0 && s.at[0] == '+') ? 1 : 0;
    if (i == s.len)
        return false;
    int64_t sum = 0;
    for (; i < s.len; i++) {
        if (!dw_is_digit(s.at[i]))
            return false;
        int digit = s.at[i] - '0';
        if (sum > (INT64_MAX - digit) / 10)
            return false;
        sum = sum * 10 + digit;
    }
    *value = negative ? -sum : sum;
    return true;
}

uint64_t dw_str_hash(struct dw_str s)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < s.len; i++) {
        hash ^= (unsigned char)s.at[i];
        hash *= 0x100000001b3u;
    }
    return hash;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters to change, add or drop to make one name of the other; names are short. */
static size_t distance(struct dw_str a, struct dw_str b)
{
    size_t row[NAME_BYTES + 1];
    if (a.len > NAME_BYTES || b.len > NAME_BYTES)
        return SIZE_MAX;
    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t same = diagonal + (dw_to_lower(a.at[i - 1]) != b.at[j - 1]);
            diagonal = row[j];
            row[j] = smaller(same, smaller(row[j], row[j - 1]) + 1);
        }
    }
    return row[b.len];
}

struct dw_str dw_str_nearest(struct dw_str typed, const struct dw_str *names, size_t count)
{
    struct dw_str nearest = DW_STR("");
    size_t least = NAMES_NEAR + 1;
    for (size_t i = 0; i < count; i++) {
        size_t far = names[i].len > 0 ? distance(typed, names[i]) : SIZE_MAX;
        if (far < least && far < names[i].len) {
            least = far;
            nearest = names[i];
        }
    }
    return nearest;
}

bool dw_strs_push(struct dw_arena *arena, struct dw_strs *list, struct dw_str s)
{
    struct dw_str *item = dw_vec_push(arena, list);
    if (item == NULL)
        return false;
    *item = s;
    return true;
}

bool dw_strs_has(const struct dw_strs *list, struct dw_str s)
{
    for (size_t i = 0; i < list->len; i++) {
        if (dw_str_eq(list->at[i], s))
            return true;
    }
    return false;
}

struct dw_str dw_strs_join(struct dw_arena *arena, const struct dw_strs *list,
                           struct dw_str between)
{
    size_t len = 0;
    for (size_t i = 0; i < list->len; i++)
        len += list->at[i].len + (i > 0 ? between.len : 0);
    char *joined = dw_arena_array(arena, len + 1, 1);
    if (joined == NULL)
        return (struct dw_str){NULL, 0};
    size_t at = 0;
    for (size_t i = 0; i < list->len; i++) {
        if (i > 0 && between.len > 0) {
            memcpy(joined + at, between.at, between.len);
            at += between.len;
        }
        if (list->at[i].len > 0)
            memcpy(joined + at, list->at[i].at, list->at[i].len);
        at += list->at[i].len;
    }
    return (struct dw_str){joined, len};
}
