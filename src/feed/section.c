/* Finds the long texts of a document: libxml2 looks at each of their bytes three times, and at
 * references for a hundred times as long as they are. */
#include "section.h"

#include <string.h>

/* Shorter texts are left to the parser: stopping it takes as long as reading them. */
#define SHORTEST_CDATA 200
#define SHORTEST_TEXT 400

/* ---- What XML allows in a text ---- */

static bool has_controls(struct dw_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
            return true;
    }
    return false;
}

/* No controls but white space. Eight bytes at a time are looked at for any below 0x20. */
static bool is_allowed(struct dw_str text)
{
    const uint64_t each = 0x0101010101010101u;
    const uint64_t high = 0x8080808080808080u;
    while (text.len >= sizeof each) {
        uint64_t bytes;
        memcpy(&bytes, text.at, sizeof bytes);
        uint64_t low = ~((bytes & ~high) + each * (0x80 - 0x20)) & ~bytes & high;
        if (low != 0 && has_controls(dw_str_slice(text, 0, sizeof bytes)))
            return false;
        text = dw_str_slice(text, sizeof bytes, text.len);
    }
    return !has_controls(text);
}

/* ---- Where texts are ---- */

/* One behind what the mark ends, or the text's end. */
static size_t behind(struct dw_str text, struct dw_str mark, size_t from)
{
    size_t found = dw_str_find(text, mark, from);
    return found == SIZE_MAX ? text.len : found + mark.len;
}

/* One behind the tag at an offset, whose attributes may hold '>'. */
static size_t behind_tag(struct dw_str text, size_t at)
{
    char quote = '\0';
    for (; at < text.len; at++) {
        char c = text.at[at];
        if (quote == '\0' && c == '>')
            return at + 1;
        if (quote == '\0' && (c == '"' || c == '\''))
            quote = c;
        else if (c == quote)
            quote = '\0';
    }
    return text.len;
}

/* A long CDATA section that begins at an offset. */
static bool is_long_cdata(struct dw_str text, size_t at, struct feed_section *section)
{
    const struct dw_str open = DW_STR("<![CDATA[");
    if (!dw_str_starts(dw_str_slice(text, at, text.len), open))
        return false;
    size_t end = dw_str_find(text, DW_STR("]]>"), at + open.len);
    *section = (struct feed_section){at + open.len, end, true};
    return end != SIZE_MAX && end - section->from >= SHORTEST_CDATA &&
           is_allowed(dw_str_slice(text, section->from, end));
}

/* A long text between the tag at an offset and the next tag. */
static bool is_long_text(struct dw_str text, size_t at, size_t next, struct feed_section *section)
{
    if (next == SIZE_MAX || next - at < SHORTEST_TEXT)
        return false;
    *section = (struct feed_section){behind_tag(dw_str_slice(text, 0, next), at), next, false};
    if (section->from + SHORTEST_TEXT > next)
        return false;
    struct dw_str inner = dw_str_slice(text, section->from, next);
    return is_allowed(inner) && dw_str_find(inner, DW_STR("]]>"), 0) == SIZE_MAX;
}

/* Where to go on behind the sign at an offset that begins no tag: a comment, an instruction, a
 * CDATA section. */
static size_t behind_span(struct dw_str text, size_t at)
{
    struct dw_str rest = dw_str_slice(text, at, text.len);
    if (dw_str_starts(rest, DW_STR("<!--")))
        return behind(text, DW_STR("-->"), at + 4);
    if (dw_str_starts(rest, DW_STR("<![CDATA[")))
        return behind(text, DW_STR("]]>"), at + 9);
    return behind(text, rest.at[1] == '?' ? DW_STR("?>") : DW_STR(">"), at);
}

bool feed_next_section(struct dw_str text, size_t at, struct feed_section *section)
{
    at = dw_str_find_char(text, '<', at);
    while (at < text.len) {
        char next = at + 1 < text.len ? text.at[at + 1] : '\0';
        size_t end = at + 1;
        if (next == '!' || next == '?') {
            if (is_long_cdata(text, at, section))
                return true;
            end = behind_span(text, at);
        }
        size_t tag = dw_str_find_char(text, '<', end);
        if (end == at + 1 && is_long_text(text, at, tag, section))
            return true;
        at = tag;
    }
    return false;
}
