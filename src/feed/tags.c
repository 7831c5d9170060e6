/* Tags that a person could read and a parser could not: attributes without quotes, ends that are
 * missing or close nothing. libxml2 recovers from them too, but then closes whatever is open. */
#include "repair.h"

/* Attributes that one tag may have: the parser compares each with all others. Honest tags have 30
 * (declarations of namespaces). */
#define MOST_ATTRIBUTES 200
/* Longer names end libxml2's reading. */
#define LONGEST_NAME 1000

/* The letters beyond ASCII that XML has in names, as closed ranges. */
static bool is_wide_name_char(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {{0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},
                  {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
                  {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    }
    return false;
}

/* How many bytes at the offset belong to a name, of which they are the first character or not; 0:
 * none. */
static size_t name_bytes(struct dw_str text, size_t at, bool first)
{
    if (at >= text.len)
        return 0;
    char c = text.at[at];
    if ((unsigned char)c >= 0x80) {
        struct dw_str rest = dw_str_slice(text, at, text.len);
        bool belongs = is_wide_name_char(dw_utf8_next(&rest));
        return belongs ? (size_t)(rest.at - (text.at + at)) : 0;
    }
    if (dw_is_alpha(c) || c == '_')
        return 1;
    return !first && (dw_is_digit(c) || c == '-' || c == '.' || c == ':') ? 1 : 0;
}

/* The character at an offset; '\0' behind the end. */
static char char_at(const struct repair *r, size_t at)
{
    return at < r->text.len ? r->text.at[at] : '\0';
}

/* The name at *at, which may be empty; moves behind it. */
static struct dw_str take_name(const struct repair *r, size_t *at)
{
    size_t from = *at;
    for (size_t bytes = name_bytes(r->text, from, true); bytes > 0;
         bytes = name_bytes(r->text, *at, false))
        *at += bytes;
    struct dw_str name = dw_str_slice(r->text, from, *at);
    return name.len <= LONGEST_NAME ? name : (struct dw_str){"", 0};
}

static void skip_space(struct repair *r, size_t *at)
{
    while (dw_is_space(char_at(r, *at))) {
        if (char_at(r, *at) == '\n')
            repair_copy(r, DW_STR("\n"));
        ++*at;
    }
}

/* ---- Attributes ---- */

/* Where the quoted value that begins at `from` ends. A quote that comes only after both a line end
 * and a tag belongs to something else: then nothing is found (SIZE_MAX). */
static size_t find_quote(const struct repair *r, size_t from, char quote)
{
    bool line_end = false;
    bool tag = false;
    for (size_t i = from; i < r->text.len && !(line_end && tag); i++) {
        char c = r->text.at[i];
        if (c == quote)
            return i;
        line_end = line_end || c == '\n';
        tag = tag || c == '<';
    }
    return SIZE_MAX;
}

/* Where a value ends that lacks its quote and goes on into the next attribute (`a b="`), or through
 * the tag's end into another tag (`a"/><b c="`). */
static size_t end_without_quote(struct dw_str value)
{
    size_t at = value.len > 0 && value.at[value.len - 1] == '=' ? value.len - 1 : 0;
    while (at > 0 && name_bytes(value, at - 1, false) == 1)
        at--;
    if (at == 0 || at + 1 >= value.len || !dw_is_space(value.at[at - 1]))
        return value.len;
    size_t tag = dw_str_find_char(value, '<', 0);
    size_t end = tag < at ? dw_str_trim(dw_str_slice(value, 0, tag)).len : 0;
    if (end == 0 || value.at[end - 1] != '>')
        return at - 1;
    end--;
    return end - (end > 0 && value.at[end - 1] == '/');
}

static bool is_quote(char c)
{
    return c == '"' || c == '\'';
}

/* The value at *at up to the next white space or the tag's end. */
static struct dw_str take_bare_value(const struct repair *r, size_t *at)
{
    size_t from = *at;
    while (*at < r->text.len && !dw_is_space(r->text.at[*at]) && r->text.at[*at] != '>' &&
           r->text.at[*at] != '<')
        ++*at;
    struct dw_str value = dw_str_slice(r->text, from, *at);
    /* only its first quote is missing */
    size_t end = value.len - (value.len > 0 && value.at[value.len - 1] == '/');
    if (end == 0 || !is_quote(value.at[end - 1]))
        return value;
    *at = from + end;
    return dw_str_slice(value, 0, end - 1);
}

/* The value at *at, in quotes or without. */
static struct dw_str take_value(const struct repair *r, size_t *at)
{
    size_t from = *at + is_quote(char_at(r, *at));
    size_t to = from > *at ? find_quote(r, from, char_at(r, *at)) : SIZE_MAX;
    *at = from;
    if (to == SIZE_MAX)
        return take_bare_value(r, at);
    struct dw_str value = dw_str_slice(r->text, from, to);
    value.len = end_without_quote(value);
    *at = value.len < to - from ? from + value.len : to + 1;
    return value;
}

static void add_value(struct repair *r, struct dw_str value)
{
    struct repair inner = *r;
    value = dw_utf8_cut(value, DW_LIMIT_FIELD_BYTES);
    inner.text = value;
    for (size_t i = 0; i < value.len;) {
        size_t run = i;
        while (run < value.len && dw_str_find_char(DW_STR("&<\""), value.at[run], 0) == SIZE_MAX)
            run++;
        repair_copy(&inner, dw_str_slice(value, i, run));
        i = run;
        if (i < value.len && value.at[i] == '&') {
            repair_ampersand(&inner, &i);
        } else if (i < value.len) {
            if (value.at[i] == '<')
                feed_warn(r->reading, "line %zu: < in an attribute", r->line);
            dw_buf_add(&inner.out, value.at[i] == '<' ? DW_STR("&#60;") : DW_STR("&#34;"));
            i++;
        }
    }
    inner.text = r->text;
    *r = inner;
}

/* Passes over one character. */
static void skip_sign(const struct repair *r, size_t *at)
{
    struct dw_str rest = dw_str_slice(r->text, *at, r->text.len);
    dw_utf8_next(&rest);
    *at = (size_t)(rest.at - r->text.at);
}

/* Writes one attribute, or passes over one that is too much or has no name. */
static void repair_attribute(struct repair *r, size_t *at, size_t number)
{
    struct dw_str name = take_name(r, at);
    struct dw_str value = name;
    skip_space(r, at);
    if (char_at(r, *at) == '=' || (name.len > 0 && is_quote(char_at(r, *at)))) {
        *at += char_at(r, *at) == '=';
        skip_space(r, at);
        if (!is_quote(char_at(r, *at)))
            feed_warn(r->reading, "line %zu: attribute %.*s without quotes", r->line,
                      DW_FMT(dw_utf8_cut(name, 40)));
        value = take_value(r, at);
    } else if (name.len > 0) {
        feed_warn(r->reading, "line %zu: attribute %.*s without a value", r->line,
                  DW_FMT(dw_utf8_cut(name, 40)));
    } else {
        skip_sign(r, at); /* it begins no attribute */
    }
    if (number == MOST_ATTRIBUTES)
        feed_warn(r->reading, "line %zu: attributes beyond %d left out", r->line, MOST_ATTRIBUTES);
    if (name.len == 0 || number >= MOST_ATTRIBUTES)
        return;
    dw_buf_add_char(&r->out, ' ');
    dw_buf_add(&r->out, name);
    dw_buf_add(&r->out, DW_STR("=\""));
    add_value(r, value);
    dw_buf_add_char(&r->out, '"');
}

/* Attributes up to the tag's end, which is written too; whether it says that the element is empty.
 */
static bool repair_attributes(struct repair *r, size_t *at)
{
    for (size_t number = 0;; number++) {
        skip_space(r, at);
        char c = char_at(r, *at);
        if (c == '/' && char_at(r, *at + 1) == '>') {
            *at += 2;
            dw_buf_add(&r->out, DW_STR("/>"));
            return true;
        }
        if (c == '>' || c == '<' || *at >= r->text.len) {
            if (c != '>')
                feed_warn(r->reading, "line %zu: a tag is not closed", r->line);
            *at += c == '>';
            dw_buf_add_char(&r->out, '>');
            return false;
        }
        repair_attribute(r, at, number);
    }
}

/* ---- Tags ---- */

static void repair_start(struct repair *r, size_t *at, struct dw_str name)
{
    repair_before_start(r, name, *at);
    size_t before = r->out.len;
    dw_buf_add_char(&r->out, '<');
    dw_buf_add(&r->out, name);
    bool is_empty = repair_attributes(r, at);
    if (!dw_buf_ok(&r->out))
        return;
    if (*at >= r->text.len && r->text.at[r->text.len - 1] != '>') {
        r->out.len = before; /* it was cut off, and so may be its last value */
        return;
    }
    struct dw_str tag = dw_str_slice(dw_buf_str(&r->out), before, r->out.len);
    if (!is_empty && (repair_is_left_open(r, tag, *at) || !repair_push(r, name))) {
        r->out.len--;
        dw_buf_add(&r->out, DW_STR("/>"));
    }
}

void repair_tag(struct repair *r, size_t *at)
{
    bool is_end = char_at(r, *at + 1) == '/';
    size_t behind = *at + 1 + is_end;
    struct dw_str name = take_name(r, &behind);
    char next = char_at(r, behind);
    bool ends_well = next == '>' || next == '/' || next == '<' || dw_is_space(next);
    if (name.len == 0 || !(ends_well || behind >= r->text.len)) {
        feed_warn(r->reading, "line %zu: bare <", r->line);
        dw_buf_add(&r->out, DW_STR("&#60;"));
        ++*at;
        return;
    }
    *at = behind;
    if (!is_end) {
        repair_start(r, at, name);
        return;
    }
    repair_close(r, name, *at);
    while (*at < r->text.len && char_at(r, *at) != '>' && char_at(r, *at) != '<') {
        if (char_at(r, *at) == '\n')
            repair_copy(r, DW_STR("\n"));
        ++*at;
    }
    if (char_at(r, *at) != '>')
        feed_warn(r->reading, "line %zu: a tag is not closed", r->line);
    *at += char_at(r, *at) == '>';
}
