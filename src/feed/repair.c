/* Repairs of XML that a person could read and a parser could not. */
#include "internal.h"

/* What XML itself knows. */
static bool is_xml_reference(struct dw_str name)
{
    static const struct dw_str names[] = {DW_STR_INIT("amp"), DW_STR_INIT("lt"), DW_STR_INIT("gt"),
                                          DW_STR_INIT("quot"), DW_STR_INIT("apos")};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (dw_str_eq(name, names[i]))
            return true;
    }
    return false;
}

/* Numbers that XML forbids would end the parser's reading. */
static bool is_allowed_number(struct dw_str name)
{
    bool is_hex = name.len > 2 && dw_to_lower(name.at[1]) == 'x';
    uint32_t number = 0;
    if (name.len < (is_hex ? 3u : 2u) || (is_hex && name.at[1] == 'X'))
        return false;
    for (size_t i = is_hex ? 2 : 1; i < name.len; i++) {
        char c = dw_to_lower(name.at[i]);
        bool letter = is_hex && c >= 'a' && c <= 'f';
        if (!dw_is_digit(c) && !letter)
            return false;
        if (number > 0x10FFFF)
            return false;
        number = number * (is_hex ? 16 : 10) + (uint32_t)(letter ? c - 'a' + 10 : c - '0');
    }
    return number == 9 || number == 10 || number == 13 || (number >= 0x20 && number < 0xD800) ||
           (number >= 0xE000 && number < 0xFFFE) || (number >= 0x10000 && number <= 0x10FFFF);
}

struct repair {
    struct reading *reading;
    struct dw_buf out;
    struct dw_str text;
    bool has_doctype; /* entities may be declared there */
    size_t line;
};

static void repair_ampersand(struct repair *r, size_t *at)
{
    size_t end = *at + 1;
    while (end < r->text.len && end - *at < 40 &&
           (dw_is_alpha(r->text.at[end]) || dw_is_digit(r->text.at[end]) || r->text.at[end] == '#'))
        end++;
    struct dw_str name = dw_str_slice(r->text, *at + 1, end);
    bool closed = end < r->text.len && r->text.at[end] == ';';
    if (closed && name.len > 0) {
        uint32_t points[2];
        bool number = name.at[0] == '#';
        if ((number && is_allowed_number(name)) || is_xml_reference(name)) {
            dw_buf_add(&r->out, dw_str_slice(r->text, *at, end + 1));
            *at = end + 1;
            return;
        }
        if (!number && dw_html_entity(name, points)) {
            feed_warn(r->reading, "line %zu: undefined entity &%.*s; taken as U+%04X", r->line,
                      DW_FMT(name), (unsigned)points[0]);
            dw_buf_add_codepoint(&r->out, points[0]);
            if (points[1] != 0)
                dw_buf_add_codepoint(&r->out, points[1]);
            *at = end + 1;
            return;
        }
        if (number) {
            feed_warn(r->reading, "line %zu: reference &%.*s; to no character left out", r->line,
                      DW_FMT(name));
            *at = end + 1;
            return;
        }
        if (r->has_doctype) {
            dw_buf_add_char(&r->out, '&');
            ++*at;
            return;
        }
    }
    feed_warn(r->reading, "line %zu: bare ampersand", r->line);
    dw_buf_add(&r->out, DW_STR("&amp;"));
    ++*at;
}

/* Copies what stands between two marks as it is (CDATA, comments). */
static bool copy_span(struct repair *r, size_t *at, struct dw_str open, struct dw_str close)
{
    if (!dw_str_starts(dw_str_slice(r->text, *at, r->text.len), open))
        return false;
    size_t end = dw_str_find(r->text, close, *at + open.len);
    end = end == SIZE_MAX ? r->text.len : end + close.len;
    struct dw_str span = dw_str_slice(r->text, *at, end);
    for (size_t i = 0; i < span.len; i++) {
        unsigned char c = (unsigned char)span.at[i];
        r->line += c == '\n';
        if (c >= 0x20 || dw_is_space(span.at[i]))
            dw_buf_add_char(&r->out, span.at[i]);
    }
    *at = end;
    return true;
}

/* Where the document begins: junk, blank lines and a declaration (whose character set no longer
 * holds) stand before it. */
static size_t begin_of(struct reading *reading, struct dw_str text)
{
    size_t at = dw_str_find_char(text, '<', 0);
    if (at == SIZE_MAX)
        return text.len;
    if (dw_str_trim(dw_str_slice(text, 0, at)).len > 0)
        feed_warn(reading, "text before the document left out");
    while (dw_str_starts(dw_str_slice(text, at, text.len), DW_STR("<?xml")) && at + 5 < text.len &&
           dw_is_space(text.at[at + 5])) {
        size_t end = dw_str_find(text, DW_STR("?>"), at);
        size_t next = dw_str_find_char(text, '<', end == SIZE_MAX ? at + 1 : end);
        if (next == SIZE_MAX)
            return text.len;
        at = next;
    }
    return at;
}

struct dw_str feed_repair(struct reading *reading)
{
    struct repair r = {.reading = reading, .text = reading->text, .line = 1};
    dw_buf_init(&r.out, r.text.len * 5 + 64);
    r.has_doctype = dw_str_find(dw_str_slice(r.text, 0, 4096), DW_STR("<!ENTITY"), 0) != SIZE_MAX;
    size_t at = begin_of(reading, r.text);
    for (size_t i = 0; i < at; i++)
        r.line += r.text.at[i] == '\n';
    while (at < r.text.len) {
        unsigned char c = (unsigned char)r.text.at[at];
        if (c == '&') {
            repair_ampersand(&r, &at);
        } else if (c == '<' && (copy_span(&r, &at, DW_STR("<![CDATA["), DW_STR("]]>")) ||
                                copy_span(&r, &at, DW_STR("<!--"), DW_STR("-->")))) {
            continue;
        } else {
            r.line += c == '\n';
            if (c >= 0x20 || dw_is_space((char)c))
                dw_buf_add_char(&r.out, (char)c);
            at++;
        }
    }
    struct dw_str repaired = dw_str_dup(reading->arena, dw_buf_str(&r.out));
    if (!dw_buf_ok(&r.out))
        reading->arena->failed = true;
    dw_buf_release(&r.out);
    return repaired;
}
