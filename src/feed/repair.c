/* Repairs of XML that a person could read and a parser could not. */
#include "repair.h"

/* What XML itself knows, as a number: once a document has shown to be ill-formed, libxml2 drops
 * named references, and with them the signs of all escaped HTML. 0: it does not know it. */
static unsigned xml_reference(struct dw_str name)
{
    static const struct {
        struct dw_str name;
        unsigned number;
    } known[] = {{DW_STR_INIT("amp"), '&'},
                 {DW_STR_INIT("lt"), '<'},
                 {DW_STR_INIT("gt"), '>'},
                 {DW_STR_INIT("quot"), '"'},
                 {DW_STR_INIT("apos"), '\''}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (dw_str_eq(name, known[i].name))
            return known[i].number;
    }
    return 0;
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

/* Characters that entities of a document type may add in all: what is written once could otherwise
 * be read a million times. */
#define MOST_ENTITY_BYTES DW_LIMIT_FIELD_BYTES

static void add_reference(struct repair *r, struct dw_str name)
{
    dw_buf_add_char(&r->out, '&');
    dw_buf_add(&r->out, name);
    dw_buf_add_char(&r->out, ';');
}

/* Writes the text of an entity of the document type. It is text and nothing else: markup and
 * entities within it are not followed. */
static void add_entity(struct repair *r, struct dw_str value)
{
    struct repair inner = *r;
    inner.text = value;
    inner.in_entity = true;
    inner.entity_bytes += value.len;
    if (inner.entity_bytes > MOST_ENTITY_BYTES) {
        feed_warn(r->reading, "line %zu: entities beyond %u bytes left out", r->line,
                  MOST_ENTITY_BYTES);
        return;
    }
    for (size_t i = 0; i < value.len;) {
        char c = value.at[i];
        if (c == '&') {
            repair_ampersand(&inner, &i);
            continue;
        }
        if (c == '<' || c == '"')
            dw_buf_add(&inner.out, c == '<' ? DW_STR("&#60;") : DW_STR("&#34;"));
        else
            dw_buf_add_char(&inner.out, c);
        i++;
    }
    r->out = inner.out;
    r->entity_bytes = inner.entity_bytes;
}

/* The entities of the document type and of HTML; false if there is no such one. */
static bool add_named(struct repair *r, struct dw_str name)
{
    for (size_t i = 0; !r->in_entity && i < r->names.len; i++) {
        if (dw_str_eq(r->names.at[i], name)) {
            add_entity(r, r->values.at[i]);
            return true;
        }
    }
    uint32_t points[2];
    if (!dw_html_entity(name, points))
        return false;
    feed_warn(r->reading, "line %zu: undefined entity &%.*s; taken as U+%04X", r->line,
              DW_FMT(name), (unsigned)points[0]);
    dw_buf_add_codepoint(&r->out, points[0]);
    if (points[1] != 0)
        dw_buf_add_codepoint(&r->out, points[1]);
    return true;
}

/* A closed reference; false if it is none and the ampersand stands for itself. */
static bool repair_reference(struct repair *r, struct dw_str name)
{
    if (name.at[0] != '#') {
        unsigned number = xml_reference(name);
        if (number == 0)
            return add_named(r, name);
        dw_buf_add_format(&r->out, "&#%u;", number);
        return true;
    }
    if (is_allowed_number(name))
        add_reference(r, name);
    else
        feed_warn(r->reading, "line %zu: reference &%.*s; to no character left out", r->line,
                  DW_FMT(name));
    return true;
}

static bool is_name_char(char c)
{
    return dw_is_alpha(c) || dw_is_digit(c) || c == '#' || c == '_' || c == '-' || c == '.';
}

void repair_ampersand(struct repair *r, size_t *at)
{
    size_t end = *at + 1;
    while (end < r->text.len && end - *at < 40 && is_name_char(r->text.at[end]))
        end++;
    struct dw_str name = dw_str_slice(r->text, *at + 1, end);
    bool closed = end < r->text.len && r->text.at[end] == ';';
    if (closed && name.len > 0 && repair_reference(r, name)) {
        *at = end + 1;
        return;
    }
    if (closed && name.len > 0)
        feed_warn(r->reading, "line %zu: unknown entity &%.*s; kept as text", r->line,
                  DW_FMT(name));
    else
        feed_warn(r->reading, "line %zu: bare ampersand", r->line);
    dw_buf_add(&r->out, DW_STR("&#38;"));
    ++*at;
}

void repair_copy(struct repair *r, struct dw_str part)
{
    for (size_t i = 0; i < part.len;) {
        size_t run = i;
        while (run < part.len && ((unsigned char)part.at[run] >= 0x20 || dw_is_space(part.at[run])))
            r->line += part.at[run++] == '\n';
        dw_buf_add(&r->out, dw_str_slice(part, i, run));
        if (run < part.len)
            feed_warn(r->reading, "line %zu: control character left out", r->line);
        i = run + 1;
    }
}

/* Copies what stands between two marks as it is (CDATA, comments). */
static bool copy_span(struct repair *r, size_t *at, struct dw_str open, struct dw_str close)
{
    if (!dw_str_starts(dw_str_slice(r->text, *at, r->text.len), open))
        return false;
    size_t end = dw_str_find(r->text, close, *at + open.len);
    end = end == SIZE_MAX ? r->text.len : end + close.len;
    repair_copy(r, dw_str_slice(r->text, *at, end));
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

/* Passes over what is left out, but for its line ends: the parser's line numbers are to hold. */
static void skip_to(struct repair *r, size_t *at, size_t to)
{
    for (; *at < to; ++*at) {
        if (r->text.at[*at] == '\n') {
            r->line++;
            dw_buf_add_char(&r->out, '\n');
        }
    }
}

/* Passes over what stands between two marks (comments, instructions to other programs). */
static bool skip_span(struct repair *r, size_t *at, struct dw_str open, struct dw_str close)
{
    if (!dw_str_starts(dw_str_slice(r->text, *at, r->text.len), open))
        return false;
    size_t end = dw_str_find(r->text, close, *at + open.len);
    skip_to(r, at, end == SIZE_MAX ? r->text.len : end + close.len);
    return true;
}

static bool skip_doctype(struct repair *r, size_t *at)
{
    struct dw_str rest = dw_str_slice(r->text, *at, r->text.len);
    if (!dw_str_starts_nocase(rest, DW_STR("<!DOCTYPE")))
        return false;
    skip_to(r, at, *at + feed_doctype(r->reading->arena, rest, &r->names, &r->values));
    return true;
}

/* What begins with '<' and is no tag. */
static bool skip_or_copy(struct repair *r, size_t *at)
{
    return copy_span(r, at, DW_STR("<![CDATA["), DW_STR("]]>")) ||
           skip_span(r, at, DW_STR("<!--"), DW_STR("-->")) ||
           skip_span(r, at, DW_STR("<?"), DW_STR("?>")) || skip_doctype(r, at);
}

/* One behind the text that begins at `at`. */
static size_t end_of_text(struct dw_str text, size_t at)
{
    while (at < text.len && text.at[at] != '<' && text.at[at] != '&')
        at++;
    return at;
}

void feed_repair(struct reading *reading, struct dw_buf *out)
{
    struct repair r = {.reading = reading, .text = reading->text, .line = 1};
    /* honest feeds grow by a tenth */
    dw_buf_init(&r.out, r.text.len * 2 + MOST_ENTITY_BYTES * 5);
    size_t at = 0;
    skip_to(&r, &at, begin_of(reading, r.text));
    while (at < r.text.len) {
        size_t end = end_of_text(r.text, at);
        repair_copy(&r, dw_str_slice(r.text, at, end));
        at = end;
        if (at < r.text.len && r.text.at[at] == '&')
            repair_ampersand(&r, &at);
        else if (at < r.text.len && !skip_or_copy(&r, &at))
            repair_tag(&r, &at);
    }
    repair_end(&r);
    if (!dw_buf_ok(&r.out))
        reading->arena->failed = true;
    *out = r.out;
}
