/* Foreign text made harmless: what could steer a terminal, hide or reorder text goes away. */
#include "base/base.h"

#include <utf8proc.h>

#include <stdlib.h>
#include <string.h>

/* Code points that are taken out, as closed ranges in order. Controls are treated apart. The list
 * is explicit because categories miss some (the Hangul fillers are letters) and Unicode adds
 * others. */
static const struct {
    uint32_t first, last;
} stripped[] = {
    {0x00AD, 0x00AD},   /* soft hyphen */
    {0x034F, 0x034F},   /* combining grapheme joiner */
    {0x061C, 0x061C},   /* Arabic letter mark */
    {0x115F, 0x1160},   /* Hangul fillers */
    {0x17B4, 0x17B5},   /* Khmer inherent vowels */
    {0x180B, 0x180F},   /* Mongolian selectors */
    {0x200B, 0x200B},   /* zero width space */
    {0x200E, 0x200F},   /* direction marks */
    {0x202A, 0x202E},   /* bidirectional embeddings and overrides */
    {0x2060, 0x206F},   /* word joiner, invisible operators, isolates */
    {0x3164, 0x3164},   /* Hangul filler */
    {0xFE00, 0xFE0F},   /* variation selectors */
    {0xFEFF, 0xFEFF},   /* byte order mark */
    {0xFFA0, 0xFFA0},   /* half-width Hangul filler */
    {0xFFF9, 0xFFFB},   /* annotations */
    {0x1D173, 0x1D17A}, /* musical controls */
    {0xE0000, 0xE0FFF}, /* tags and further selectors */
};

static bool is_stripped(uint32_t c)
{
    if (c < 0xAD)
        return false;
    size_t low = 0;
    size_t high = sizeof stripped / sizeof stripped[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c > stripped[middle].last)
            low = middle + 1;
        else if (c < stripped[middle].first)
            high = middle;
        else
            return true;
    }
    return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF); /* noncharacters */
}

static bool is_private(uint32_t c)
{
    return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

static bool is_white(uint32_t c)
{
    return c == ' ' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

/* White space that typesetters put into one number: "16 000". */
static bool groups_digits(uint32_t space, uint32_t before, struct dw_str after)
{
    return (space == 0xA0 || space == 0x202F || (space >= 0x2007 && space <= 0x2009)) &&
           before >= '0' && before <= '9' && after.len > 0 && dw_is_digit(after.at[0]);
}

static bool is_line_end(uint32_t c)
{
    return c == '\n' || c == '\r' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 ||
           c == 0x2029;
}

static bool is_mark(uint32_t c)
{
    if (c < 0x300)
        return false;
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

/* Scripts whose letters change their form by joiners: Arabic to Thaana, Indic to Khmer, Mongolian.
 */
static bool needs_joiners(uint32_t c)
{
    return (c >= 0x0600 && c <= 0x07BF) || (c >= 0x0900 && c <= 0x0DFF) ||
           (c >= 0x0E80 && c <= 0x109F) || (c >= 0x1780 && c <= 0x18AF);
}

static bool is_pictograph(uint32_t c)
{
    return (c >= 0x1F000 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x27BF) || c == 0x2B50 ||
           c == 0x2764;
}

/* Canonical combining class of the signs that join two letters of Indic scripts. */
#define VIRAMA_CLASS 9

struct cleaner {
    struct dw_buf out;
    enum dw_clean mode;
    uint32_t base;   /* the last code point that stands */
    uint32_t letter; /* the same without marks */
    int marks;       /* combining marks on it */
    bool space;      /* white space waits to be written */
    int lines;       /* line ends wait to be written */
    bool plain;      /* nothing so far needs normalisation */
};

/* A letter or pictograph that surely stays and is not put elsewhere by composition. */
static bool takes_joiner(uint32_t c)
{
    return (needs_joiners(c) || is_pictograph(c)) && !is_mark(c) && !is_stripped(c);
}

/* Whether a joiner here does something a reader needs: between two letters or two pictographs, or
 * before the sign that joins a letter to the next one (Bengali ya-phala). */
static bool joiner_belongs(const struct cleaner *c, uint32_t joiner, struct dw_str after)
{
    if (after.len == 0 || !takes_joiner(c->letter))
        return false;
    uint32_t next = dw_utf8_next(&after);
    bool joining = is_mark(next) &&
                   utf8proc_get_property((utf8proc_int32_t)next)->combining_class == VIRAMA_CLASS;
    if (joining && after.len > 0 && c->marks < DW_LIMIT_COMBINING)
        next = dw_utf8_next(&after);
    if (!takes_joiner(next))
        return false;
    return needs_joiners(c->letter) ? needs_joiners(next) : joiner == 0x200D && is_pictograph(next);
}

static void write_pending(struct cleaner *c)
{
    if (c->out.len > 0 && c->lines > 0)
        dw_buf_add(&c->out, c->lines > 1 ? DW_STR("\n\n") : DW_STR("\n"));
    else if (c->out.len > 0 && c->space)
        dw_buf_add_char(&c->out, ' ');
    c->lines = 0;
    c->space = false;
}

/* What some C1 controls were before somebody took windows-1252 for Latin-1: the euro, quotes,
 * dashes. Those that steer a terminal stay controls, which are taken out. 0: nothing. */
static uint32_t of_windows(uint32_t point)
{
    static const uint16_t letters[] = {0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014};
    if (point >= 0x91 && point <= 0x97)
        return letters[point - 0x91];
    return point == 0x80 ? 0x20AC : point == 0x99 ? 0x2122 : 0;
}

static void clean_codepoint(struct cleaner *c, uint32_t point, struct dw_str after)
{
    uint32_t meant = of_windows(point);
    if (meant != 0)
        point = meant;
    if (is_line_end(point)) {
        if (c->mode == DW_CLEAN_LINE)
            c->space = true;
        else if (point != '\r' || after.len == 0 || after.at[0] != '\n')
            c->lines += point == 0x2029 ? 2 : 1;
        return;
    }
    if (!c->space && c->lines == 0 && groups_digits(point, c->base, after)) {
        dw_buf_add_codepoint(&c->out, 0xA0);
        return;
    }
    if (point == '\t' || is_white(point)) {
        c->space = true;
        return;
    }
    if (point < 0x20 || (point >= 0x7F && point < 0xA0) || is_stripped(point))
        return;
    if ((point == 0x200C || point == 0x200D) && !joiner_belongs(c, point, after))
        return;
    if (is_mark(point)) {
        if (c->base == 0 || ++c->marks > DW_LIMIT_COMBINING)
            return;
    } else {
        c->marks = 0;
        c->letter = point;
    }
    /* dashes, quotes and dots of plain prose are their own normal form */
    if (point >= 0x300 && (point < 0x2010 || point > 0x2027))
        c->plain = false;
    write_pending(c);
    c->base = point;
    dw_buf_add_codepoint(&c->out, is_private(point) ? DW_CODEPOINT_BAD : point);
}

/* How many bytes at the front are printable ASCII that stays as it is: nearly all of English, eight
 * bytes at a time. White space twice is not among them. */
static size_t plain_run(struct dw_str s)
{
    enum { LANE = 8 };
    const uint64_t each = 0x0101010101010101u;
    const uint64_t high = 0x8080808080808080u;
    size_t len = 0;
    bool space = true; /* the byte before is one: the run begins with none */
    while (s.len - len >= LANE) {
        uint64_t bytes;
        memcpy(&bytes, s.at + len, LANE);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        bytes = __builtin_bswap64(bytes);
#endif
        uint64_t wide = bytes & high;
        uint64_t low = ~((bytes & ~high) + each * (0x80 - 0x20)) & high; /* below 0x20 */
        uint64_t last = ((bytes & ~high) + each) & high;                 /* 0x7F */
        uint64_t x = bytes ^ each * ' ';
        uint64_t spaces = ~(((x & ~high) + each * 0x7F) | x) & high;
        uint64_t twice = spaces & (spaces << LANE | (space ? 0x80 : 0));
        uint64_t stops = wide | low | last | twice;
        if (stops != 0) {
            len += (size_t)__builtin_ctzll(stops) / 8;
            break;
        }
        space = spaces >> 63 != 0;
        len += LANE;
    }
    while (len > 0 && s.at[len - 1] == ' ')
        len--; /* it waits until it is known what follows */
    return len;
}

/* Canonical composition, so that the same word is the same bytes wherever it comes from. */
static struct dw_str compose(struct dw_arena *arena, struct dw_str s)
{
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)s.at, (utf8proc_ssize_t)s.len,
                                        &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (len < 0)
        return dw_str_dup(arena, s);
    struct dw_str result = dw_str_dup(arena, (struct dw_str){(const char *)composed, (size_t)len});
    free(composed);
    return result;
}

struct dw_str dw_text_clean(struct dw_arena *arena, struct dw_str s, enum dw_clean mode)
{
    if (s.len == 0)
        return (struct dw_str){"", 0};
    struct cleaner c = {.mode = mode, .plain = true};
    dw_buf_init(&c.out, s.len * 3 + 8); /* a bad byte becomes U+FFFD */
    while (s.len > 0) {
        size_t plain = plain_run(s);
        if (plain > 0) {
            write_pending(&c);
            dw_buf_add(&c.out, dw_str_slice(s, 0, plain));
            c.base = c.letter = (unsigned char)s.at[plain - 1];
            c.marks = 0;
            s = dw_str_slice(s, plain, s.len);
        }
        for (size_t i = 0; s.len > 0 && (i == 0 || (unsigned char)s.at[0] >= 0x80); i++) {
            uint32_t point = dw_utf8_next(&s);
            clean_codepoint(&c, point, s);
        }
    }
    if (!dw_buf_ok(&c.out))
        arena->failed = true;
    struct dw_str result =
        c.plain ? dw_str_dup(arena, dw_buf_str(&c.out)) : compose(arena, dw_buf_str(&c.out));
    dw_buf_release(&c.out);
    return result;
}
