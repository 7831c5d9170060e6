/* Named character references, by table. */
#include "html-writer.h"

extern const struct dw_tsv text_entities;

static uint32_t hexadecimal(struct dw_str s)
{
    uint32_t number = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = dw_to_lower(s.at[i]);
        number = number * 16 + (uint32_t)(dw_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return number;
}

bool dw_html_entity(struct dw_str name, uint32_t codepoints[2])
{
    size_t low = 0;
    size_t high = text_entities.len;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct dw_tsv_row *row = &text_entities.rows[middle];
        int order = dw_str_compare(name, row->cell[0]);
        if (order == 0) {
            struct dw_str rest = row->cell[1];
            struct dw_str part = {0};
            dw_str_split(&rest, ' ', &part);
            codepoints[0] = hexadecimal(part);
            codepoints[1] = rest.at != NULL ? hexadecimal(rest) : 0;
            return true;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

uint32_t dw_html_windows(uint32_t c)
{
    static const uint16_t letters[32] = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
    };
    if (c < 0x80 || c > 0x9F)
        return c;
    return letters[c - 0x80];
}

/* "#8364" or "#x20AC". */
static bool numeric(struct dw_str s, uint32_t *codepoint)
{
    bool is_hex = s.len > 1 && dw_to_lower(s.at[1]) == 'x';
    uint32_t number = 0;
    size_t i = is_hex ? 2 : 1;
    if (i >= s.len)
        return false;
    for (; i < s.len; i++) {
        char c = dw_to_lower(s.at[i]);
        bool is_letter = is_hex && c >= 'a' && c <= 'f';
        if (!dw_is_digit(c) && !is_letter)
            return false;
        if (number > 0x10FFFF)
            continue;
        number = number * (is_hex ? 16 : 10) + (uint32_t)(is_letter ? c - 'a' + 10 : c - '0');
    }
    *codepoint = number > 0x10FFFF ? DW_CODEPOINT_BAD : dw_html_windows(number);
    return true;
}

/* The longest a reference may be, to look for its semicolon only nearby. */
#define LONGEST_REFERENCE 40

/* Names that old pages leave unclosed, "&copy 2025": those of the first HTML. */
static bool is_old_name(struct dw_str name)
{
    static const struct dw_str names[] = {
        DW_STR_INIT("amp"),    DW_STR_INIT("lt"),     DW_STR_INIT("gt"),     DW_STR_INIT("quot"),
        DW_STR_INIT("nbsp"),   DW_STR_INIT("copy"),   DW_STR_INIT("reg"),    DW_STR_INIT("pound"),
        DW_STR_INIT("yen"),    DW_STR_INIT("cent"),   DW_STR_INIT("sect"),   DW_STR_INIT("para"),
        DW_STR_INIT("laquo"),  DW_STR_INIT("raquo"),  DW_STR_INIT("deg"),    DW_STR_INIT("plusmn"),
        DW_STR_INIT("middot"), DW_STR_INIT("frac12"), DW_STR_INIT("frac14"), DW_STR_INIT("frac34"),
        DW_STR_INIT("times"),  DW_STR_INIT("divide"), DW_STR_INIT("shy"),    DW_STR_INIT("micro"),
        DW_STR_INIT("iexcl"),  DW_STR_INIT("iquest"), DW_STR_INIT("szlig"),  DW_STR_INIT("curren")};
    static const struct dw_str accents[] = {
        DW_STR_INIT("acute"), DW_STR_INIT("grave"), DW_STR_INIT("circ"),  DW_STR_INIT("uml"),
        DW_STR_INIT("tilde"), DW_STR_INIT("cedil"), DW_STR_INIT("slash"), DW_STR_INIT("ring")};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (dw_str_eq_nocase(name, names[i]))
            return true;
    }
    for (size_t i = 0; i < sizeof accents / sizeof accents[0]; i++) {
        if (name.len == accents[i].len + 1 && dw_str_ends(name, accents[i]))
            return true;
    }
    return false;
}

/* Reads the reference at the front (s begins with '&'); its length, or 0 if it is none. */
static size_t read_reference(struct dw_str s, uint32_t codepoints[2])
{
    size_t end = 1;
    while (end < s.len && end < LONGEST_REFERENCE &&
           (dw_is_alpha(s.at[end]) || dw_is_digit(s.at[end]) || (end == 1 && s.at[end] == '#')))
        end++;
    if (end < 2)
        return 0;
    bool closed = end < s.len && s.at[end] == ';';
    struct dw_str name = dw_str_slice(s, 1, end);
    codepoints[1] = 0;
    bool known = name.at[0] == '#'
                     ? numeric(name, &codepoints[0])
                     : (closed || is_old_name(name)) && dw_html_entity(name, codepoints);
    return known ? end + closed : 0;
}

/* "&amp;eacute;" was escaped twice; "&amp;lt;" is how one writes of "&lt;", as for "&amp;". */
static size_t read_twice_escaped(struct dw_str s, size_t first, uint32_t codepoints[2])
{
    uint32_t inner[2];
    if (codepoints[0] != '&' || s.at[first - 1] != ';')
        return first;
    size_t next = first;
    while (next < s.len && next - first < LONGEST_REFERENCE &&
           (dw_is_alpha(s.at[next]) || dw_is_digit(s.at[next]) || s.at[next] == '#'))
        next++;
    if (next == first || next >= s.len || s.at[next] != ';')
        return first;
    char reference[LONGEST_REFERENCE + 2] = "&";
    memcpy(reference + 1, s.at + first, next + 1 - first);
    size_t len = read_reference((struct dw_str){reference, next + 2 - first}, inner);
    if (len == 0 || inner[0] == '<' || inner[0] == '>' || inner[0] == '&')
        return first;
    codepoints[0] = inner[0];
    codepoints[1] = inner[1];
    return next + 1;
}

void html_decode_into(struct dw_buf *out, struct dw_str s)
{
    while (s.len > 0) {
        size_t at = dw_str_find_char(s, '&', 0);
        if (at == SIZE_MAX)
            at = s.len;
        dw_buf_add(out, dw_str_slice(s, 0, at));
        s = dw_str_slice(s, at, s.len);
        if (s.len == 0)
            return;
        uint32_t codepoints[2];
        size_t len = read_reference(s, codepoints);
        if (len == 0) {
            dw_buf_add_char(out, '&');
            len = 1;
        } else {
            len = read_twice_escaped(s, len, codepoints);
            dw_buf_add_codepoint(out, codepoints[0]);
            if (codepoints[1] != 0)
                dw_buf_add_codepoint(out, codepoints[1]);
        }
        s = dw_str_slice(s, len, s.len);
    }
}

struct dw_str dw_html_decode(struct dw_arena *arena, struct dw_str s)
{
    if (dw_str_find_char(s, '&', 0) == SIZE_MAX)
        return s;
    struct dw_buf out;
    dw_buf_init(&out, s.len * 2 + 8);
    html_decode_into(&out, s);
    struct dw_str decoded = dw_str_dup(arena, dw_buf_str(&out));
    if (!dw_buf_ok(&out))
        arena->failed = true;
    dw_buf_release(&out);
    return decoded;
}
