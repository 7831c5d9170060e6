/* UTF-8: taking text apart into code points and user-perceived characters, width, folding. */
#include "base/base.h"

#include <utf8proc.h>

#include <string.h>

uint32_t dw_utf8_next(struct dw_str *s)
{
    unsigned char first = (unsigned char)s->at[0];
    if (first < 0x80) {
        s->at++;
        s->len--;
        return first;
    }
    utf8proc_int32_t codepoint;
    size_t longest = s->len < 4 ? s->len : 4;
    utf8proc_ssize_t taken =
        utf8proc_iterate((const utf8proc_uint8_t *)s->at, (utf8proc_ssize_t)longest, &codepoint);
    if (taken <= 0) {
        s->at++;
        s->len--;
        return DW_CODEPOINT_BAD;
    }
    s->at += taken;
    s->len -= (size_t)taken;
    return (uint32_t)codepoint;
}

/* How many bytes at the front are ASCII, looked at eight at a time: all or a few too few. */
static size_t ascii_run(struct dw_str s)
{
    enum { LANE = 8 };
    size_t len = 0;
    uint64_t bytes;
    while (s.len - len >= LANE) {
        memcpy(&bytes, s.at + len, LANE);
        if ((bytes & 0x8080808080808080u) != 0)
            break;
        len += LANE;
    }
    return len;
}

bool dw_utf8_valid(struct dw_str s)
{
    while (s.len > 0) {
        size_t ascii = ascii_run(s);
        s = dw_str_slice(s, ascii, s.len);
        if (s.len == 0)
            break;
        const char *before = s.at;
        if (dw_utf8_next(&s) == DW_CODEPOINT_BAD && s.at - before == 1)
            return false;
    }
    return true;
}

size_t dw_utf8_put(char out[4], uint32_t codepoint)
{
    if (!utf8proc_codepoint_valid((utf8proc_int32_t)codepoint))
        codepoint = DW_CODEPOINT_BAD;
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)codepoint, (utf8proc_uint8_t *)out);
}

void dw_buf_add_codepoint(struct dw_buf *buf, uint32_t codepoint)
{
    char bytes[4];
    dw_buf_add(buf, (struct dw_str){bytes, dw_utf8_put(bytes, codepoint)});
}

struct dw_str dw_utf8_cut(struct dw_str s, size_t bytes)
{
    if (s.len <= bytes)
        return s;
    while (bytes > 0 && ((unsigned char)s.at[bytes] & 0xC0) == 0x80)
        bytes--;
    return dw_str_slice(s, 0, bytes);
}

struct dw_str dw_utf8_cluster(struct dw_str *s)
{
    struct dw_str rest = *s;
    /* plain ASCII followed by ASCII is by far the most frequent case and needs no tables */
    if (rest.len >= 2 && (unsigned char)rest.at[0] < 0x80 && (unsigned char)rest.at[1] < 0x80 &&
        rest.at[0] != '\r') {
        *s = dw_str_slice(*s, 1, s->len);
        return (struct dw_str){rest.at, 1};
    }
    utf8proc_int32_t state = 0;
    uint32_t previous = dw_utf8_next(&rest);
    while (rest.len > 0) {
        struct dw_str after = rest;
        uint32_t next = dw_utf8_next(&after);
        if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)previous, (utf8proc_int32_t)next,
                                             &state))
            break;
        previous = next;
        rest = after;
    }
    struct dw_str cluster = {s->at, s->len - rest.len};
    *s = rest;
    return cluster;
}

int dw_width_codepoint(uint32_t codepoint)
{
    if (codepoint < 0x7F)
        return codepoint >= 0x20 ? 1 : 0;
    return utf8proc_charwidth((utf8proc_int32_t)codepoint);
}

/* A cluster is as wide as its widest part: marks and joiners add nothing to their base. */
static int width_of_cluster(struct dw_str cluster)
{
    int widest = 0;
    while (cluster.len > 0) {
        int width = dw_width_codepoint(dw_utf8_next(&cluster));
        if (width > widest)
            widest = width;
    }
    return widest;
}

size_t dw_width(struct dw_str s)
{
    size_t width = 0;
    while (s.len > 0)
        width += (size_t)width_of_cluster(dw_utf8_cluster(&s));
    return width;
}

struct dw_str dw_utf8_fold(struct dw_arena *arena, struct dw_str s)
{
    struct dw_buf folded;
    dw_buf_init(&folded, s.len * 18 + 1); /* the longest compatibility form has 18 code points */
    while (s.len > 0) {
        utf8proc_int32_t parts[32];
        int boundary = 0;
        if ((unsigned char)s.at[0] < 0x80) { /* nearly all of most texts */
            dw_buf_add_char(&folded, dw_to_lower(s.at[0]));
            s = dw_str_slice(s, 1, s.len);
            continue;
        }
        uint32_t codepoint = dw_utf8_next(&s);
        utf8proc_ssize_t count =
            utf8proc_decompose_char((utf8proc_int32_t)codepoint, parts, 32,
                                    UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                        UTF8PROC_STRIPMARK | UTF8PROC_IGNORE,
                                    &boundary);
        for (utf8proc_ssize_t i = 0; i < count && i < 32; i++)
            dw_buf_add_codepoint(&folded, (uint32_t)parts[i]);
    }
    struct dw_str result = dw_str_dup(arena, dw_buf_str(&folded));
    if (!dw_buf_ok(&folded))
        arena->failed = true;
    dw_buf_release(&folded);
    return result;
}

bool dw_is_wide_letter(uint32_t codepoint)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)codepoint);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool dw_is_wide_upper(uint32_t codepoint)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)codepoint);
    return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}
