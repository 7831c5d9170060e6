/* Repairs of JSON that a person could read and a parser could not. */
#include "internal.h"

/* What the last thing outside of strings was: whether a document may end there. */
enum json_last { LAST_NONE, LAST_OPEN, LAST_CLOSE, LAST_COMMA, LAST_COLON, LAST_KEY, LAST_VALUE };

/* One text being repaired. */
struct json_repair {
    struct reading *reading;
    struct dw_str text;
    struct dw_buf out;
    size_t line;
    char open[DW_LIMIT_DEPTH]; /* brackets that are open */
    size_t depth;
    enum json_last last;
    size_t whole;       /* up to here what was written is whole */
    size_t whole_depth; /* and so many brackets are open */
};

static void mark_whole(struct json_repair *r)
{
    r->whole = r->out.len;
    r->whole_depth = r->depth;
}

/* The four digits behind "\u"; false if they are none. */
static bool read_unit(struct dw_str text, size_t at, uint32_t *unit)
{
    *unit = 0;
    if (at + 6 > text.len || text.at[at] != '\\' || text.at[at + 1] != 'u')
        return false;
    for (size_t i = at + 2; i < at + 6; i++) {
        char c = dw_to_lower(text.at[i]);
        bool letter = c >= 'a' && c <= 'f';
        if (!dw_is_digit(c) && !letter)
            return false;
        *unit = *unit * 16 + (uint32_t)(letter ? c - 'a' + 10 : c - '0');
    }
    return true;
}

static bool is_high(uint32_t unit)
{
    return unit >= 0xD800 && unit < 0xDC00;
}

static bool is_low(uint32_t unit)
{
    return unit >= 0xDC00 && unit < 0xE000;
}

/* Writes the escape at `at`; one behind it. Halves of characters become U+FFFD, a backslash that
 * escapes nothing goes. */
static size_t copy_escape(struct json_repair *r, size_t at)
{
    uint32_t unit;
    uint32_t second;
    bool known = at + 1 < r->text.len &&
                 dw_str_find_char(DW_STR("\"\\/bfnrt"), r->text.at[at + 1], 0) != SIZE_MAX;
    size_t len = known ? 2 : 0;
    if (read_unit(r->text, at, &unit)) {
        bool pair = is_high(unit) && read_unit(r->text, at + 6, &second) && is_low(second);
        len = pair ? 12 : is_high(unit) || is_low(unit) ? 0 : 6;
        if (len == 0) {
            feed_warn(r->reading, "line %zu: half a character left out", r->line);
            dw_buf_add(&r->out, DW_STR("\\ufffd"));
            return at + 6;
        }
    }
    if (len == 0)
        feed_warn(r->reading, "line %zu: a backslash escapes nothing", r->line);
    dw_buf_add(&r->out, dw_str_slice(r->text, at, at + len));
    return at + (len > 0 ? len : 1);
}

/* Writes the string whose quote stands at `at`; one behind it. A string that the text's end cuts is
 * closed. */
static size_t copy_string(struct json_repair *r, size_t at)
{
    dw_buf_add_char(&r->out, '"');
    at++;
    while (at < r->text.len && r->text.at[at] != '"') {
        char c = r->text.at[at];
        if (c == '\\') {
            at = copy_escape(r, at);
            continue;
        }
        if ((unsigned char)c < 0x20) {
            feed_warn(r->reading, "line %zu: control character in a string", r->line);
            dw_buf_add_format(&r->out, "\\u%04x", (unsigned)c);
        } else {
            dw_buf_add_char(&r->out, c);
        }
        r->line += c == '\n';
        at++;
    }
    dw_buf_add_char(&r->out, '"');
    return at < r->text.len ? at + 1 : at;
}

/* A comma is written once something follows it that is no end. */
static void before_value(struct json_repair *r)
{
    if (r->last == LAST_COMMA)
        dw_buf_add_char(&r->out, ',');
}

static bool open_bracket(struct json_repair *r, char c)
{
    if (r->depth == DW_LIMIT_DEPTH)
        return false;
    before_value(r);
    dw_buf_add_char(&r->out, c);
    r->open[r->depth++] = c;
    r->last = LAST_OPEN;
    mark_whole(r);
    return true;
}

/* An end that closes nothing is left out. */
static void close_bracket(struct json_repair *r, char c)
{
    char wanted = c == '}' ? '{' : '[';
    if (r->depth == 0 || r->open[r->depth - 1] != wanted)
        return;
    if (r->last == LAST_COMMA)
        feed_warn(r->reading, "line %zu: a comma before the end", r->line);
    dw_buf_add_char(&r->out, c);
    r->depth--;
    r->last = LAST_CLOSE;
    mark_whole(r);
}

/* Numbers, true, false, null, and whatever else stands outside of strings. */
static size_t copy_word(struct json_repair *r, size_t at)
{
    size_t end = at;
    while (end < r->text.len && !dw_is_space(r->text.at[end]) &&
           dw_str_find_char(DW_STR("{}[],:\""), r->text.at[end], 0) == SIZE_MAX)
        end++;
    before_value(r);
    dw_buf_add(&r->out, dw_str_slice(r->text, at, end));
    r->last = LAST_KEY; /* its end is not sure before the next sign */
    return end;
}

static size_t take_string(struct json_repair *r, size_t at)
{
    bool in_object = r->depth > 0 && r->open[r->depth - 1] == '{';
    bool is_key = in_object && r->last != LAST_COLON;
    before_value(r);
    at = copy_string(r, at);
    r->last = is_key ? LAST_KEY : LAST_VALUE;
    if (!is_key)
        mark_whole(r);
    return at;
}

/* Takes one thing off the text; one behind it, or SIZE_MAX if it is nested too deep. */
static size_t step(struct json_repair *r, size_t at)
{
    char c = r->text.at[at];
    if (c == '{' || c == '[')
        return open_bracket(r, c) ? at + 1 : SIZE_MAX;
    if (c == '"')
        return take_string(r, at);
    if (c == '}' || c == ']') {
        close_bracket(r, c);
    } else if (c == ',') {
        if (r->last == LAST_KEY)
            mark_whole(r);
        r->last = LAST_COMMA;
    } else if (c == ':') {
        dw_buf_add_char(&r->out, c);
        r->last = LAST_COLON;
    } else if (dw_is_space(c) || (unsigned char)c < 0x20) {
        r->line += c == '\n';
    } else {
        return copy_word(r, at);
    }
    return at + 1;
}

bool feed_repair_json(struct reading *reading, struct dw_str text, struct dw_buf *out)
{
    struct json_repair r = {.reading = reading, .text = text, .line = 1};
    dw_buf_init(&r.out, text.len * 2 + 2 * DW_LIMIT_DEPTH);
    size_t at = 0;
    do {
        at = step(&r, at);
    } while (at < text.len && r.depth > 0);
    if (r.depth > 0 && at != SIZE_MAX) {
        feed_warn(reading, "line %zu: the document ends too early", r.line);
        r.out.len = r.whole;
        r.depth = r.whole_depth;
    }
    while (at != SIZE_MAX && r.depth > 0)
        dw_buf_add_char(&r.out, r.open[--r.depth] == '{' ? '}' : ']');
    *out = r.out;
    return at != SIZE_MAX && dw_buf_ok(&r.out);
}
