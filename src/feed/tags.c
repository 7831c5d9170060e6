/* Tags that a person could read and a parser could not: attributes without quotes, ends that are
 * missing or close nothing. libxml2 recovers from them too, but then closes whatever is open. */
#include "repair.h"

/* Attributes that one tag may have: the parser compares each with all others. Honest tags have 30
 * (declarations of namespaces). */
#define MOST_ATTRIBUTES 200
/* libxml2 ends the document beyond 256 nested elements. */
#define MOST_OPEN (DW_LIMIT_DEPTH - 2)

static bool is_name_start(char c)
{
    return dw_is_alpha(c) || c == '_' || c == ':' || (unsigned char)c >= 0x80;
}

static bool is_name_char(char c)
{
    return is_name_start(c) || dw_is_digit(c) || c == '-' || c == '.';
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
    if (!is_name_start(char_at(r, from)))
        return (struct dw_str){"", 0};
    while (is_name_char(char_at(r, *at)))
        ++*at;
    return dw_str_slice(r->text, from, *at);
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

/* The value at *at, in quotes or up to the next white space or the tag's end. */
static struct dw_str take_value(const struct repair *r, size_t *at)
{
    char quote = char_at(r, *at);
    bool quoted = quote == '"' || quote == '\'';
    size_t from = *at + quoted;
    size_t to = quoted ? find_quote(r, from, quote) : SIZE_MAX;
    if (to != SIZE_MAX) {
        *at = to + 1;
        return dw_str_slice(r->text, from, to);
    }
    to = from;
    while (to < r->text.len && !dw_is_space(r->text.at[to]) && r->text.at[to] != '>' &&
           r->text.at[to] != '<')
        to++;
    *at = to;
    return dw_str_slice(r->text, from, to);
}

static void add_value(struct repair *r, struct dw_str value)
{
    struct repair inner = *r;
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

/* Writes one attribute, or passes over one that is too much or has no name. */
static void repair_attribute(struct repair *r, size_t *at, size_t number)
{
    struct dw_str name = take_name(r, at);
    struct dw_str value = name;
    skip_space(r, at);
    if (char_at(r, *at) == '=') {
        ++*at;
        skip_space(r, at);
        if (char_at(r, *at) != '"' && char_at(r, *at) != '\'')
            feed_warn(r->reading, "line %zu: attribute %.*s without quotes", r->line,
                      DW_FMT(dw_utf8_cut(name, 40)));
        value = take_value(r, at);
    } else if (name.len > 0) {
        feed_warn(r->reading, "line %zu: attribute %.*s without a value", r->line,
                  DW_FMT(dw_utf8_cut(name, 40)));
    } else {
        ++*at; /* a sign that begins no attribute */
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

/* ---- Nesting ---- */

static void add_end(struct repair *r)
{
    r->open.len--;
    dw_buf_add(&r->out, DW_STR("</"));
    dw_buf_add(&r->out, r->open.at[r->open.len]);
    dw_buf_add_char(&r->out, '>');
}

/* Ends that close nothing; from then on only the innermost element is looked at: a document of
 * nothing else would be compared with all that is open for minutes. */
#define MOST_STRAY_ENDS 10000

/* Closes the innermost element of that name, and first what is open within it. */
static void close_element(struct repair *r, struct dw_str name)
{
    size_t found = r->open.len;
    size_t furthest = r->stray_ends < MOST_STRAY_ENDS ? 0 : found - (found > 0);
    while (found > furthest && !dw_str_eq_nocase(r->open.at[found - 1], name))
        found--;
    if (found == furthest) {
        r->stray_ends++;
        feed_warn(r->reading, "line %zu: </%.*s> closes nothing", r->line,
                  DW_FMT(dw_utf8_cut(name, 40)));
        return;
    }
    while (r->open.len > found) {
        feed_warn(r->reading, "line %zu: <%.*s> is not closed", r->line,
                  DW_FMT(dw_utf8_cut(r->open.at[r->open.len - 1], 40)));
        add_end(r);
    }
    add_end(r);
}

static void repair_start(struct repair *r, size_t *at, struct dw_str name)
{
    struct dw_str *open = r->open.len < MOST_OPEN ? dw_vec_push(r->reading->arena, &r->open) : NULL;
    size_t before = r->out.len;
    dw_buf_add_char(&r->out, '<');
    dw_buf_add(&r->out, name);
    bool is_empty = repair_attributes(r, at);
    if (open == NULL) {
        feed_warn(r->reading, "line %zu: elements nested deeper than %d left out", r->line,
                  MOST_OPEN);
        r->out.len = dw_buf_ok(&r->out) ? before : r->out.len;
    } else if (is_empty) {
        r->open.len--;
    } else {
        *open = name;
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
    close_element(r, name);
    while (*at < r->text.len && char_at(r, *at) != '>' && char_at(r, *at) != '<') {
        if (char_at(r, *at) == '\n')
            repair_copy(r, DW_STR("\n"));
        ++*at;
    }
    if (char_at(r, *at) != '>')
        feed_warn(r->reading, "line %zu: a tag is not closed", r->line);
    *at += char_at(r, *at) == '>';
}

void repair_end(struct repair *r)
{
    if (r->open.len > 0)
        feed_warn(r->reading, "line %zu: the document ends within <%.*s>", r->line,
                  DW_FMT(dw_utf8_cut(r->open.at[r->open.len - 1], 40)));
    while (r->open.len > 0)
        add_end(r);
}
