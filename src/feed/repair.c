/* Repairs of XML that a person could read and a parser could not. */
#include "repair.h"

/* Characters that entities of a document type may add in all: what is written once could otherwise
 * be read a million times. */
#define MOST_ENTITY_BYTES DW_LIMIT_FIELD_BYTES

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

/* A closed reference; false if it is none and the ampersand stands for itself. What XML knows by
 * name is written as a number: once a document has shown to be ill-formed, libxml2 drops named
 * references, and with them the signs of all escaped HTML. */
static bool repair_reference(struct repair *r, struct dw_str name)
{
    uint32_t number = feed_reference(name);
    if (number == 0 && name.at[0] != '#')
        return add_named(r, name);
    if (number != 0)
        dw_buf_add_format(&r->out, "&#%u;", (unsigned)number);
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

/* How many bytes at the offset XML allows nowhere: controls, U+FFFE and U+FFFF. */
static size_t forbidden_bytes(struct dw_str text, size_t at)
{
    unsigned char c = (unsigned char)text.at[at];
    if (c < 0x20)
        return c != '\t' && c != '\n' && c != '\r';
    bool is_last = c == 0xEF && at + 2 < text.len && (unsigned char)text.at[at + 1] == 0xBF &&
                   (unsigned char)text.at[at + 2] >= 0xBE;
    return is_last ? 3 : 0;
}

void repair_copy(struct repair *r, struct dw_str part)
{
    size_t from = 0;
    for (size_t i = 0; i < part.len;) {
        size_t forbidden = forbidden_bytes(part, i);
        r->line += part.at[i] == '\n';
        if (forbidden == 0) {
            i++;
            continue;
        }
        feed_warn(r->reading, "line %zu: control character left out", r->line);
        dw_buf_add(&r->out, dw_str_slice(part, from, i));
        i += forbidden;
        from = i;
    }
    dw_buf_add(&r->out, dw_str_slice(part, from, part.len));
}

/* Text outside of tags, where XML knows "]]>" only as an end. */
static void copy_text(struct repair *r, struct dw_str part)
{
    const struct dw_str mark = DW_STR("]]>");
    for (size_t at = dw_str_find(part, mark, 0); at != SIZE_MAX; at = dw_str_find(part, mark, 0)) {
        repair_copy(r, dw_str_slice(part, 0, at + 2));
        dw_buf_add(&r->out, DW_STR("&#62;"));
        feed_warn(r->reading, "line %zu: ]]> ends nothing", r->line);
        part = dw_str_slice(part, at + mark.len, part.len);
    }
    repair_copy(r, part);
}

/* Passes over what is left out, but for its line ends: the parser's line numbers are to hold. */
static void skip_to(struct repair *r, size_t *at, size_t to)
{
    for (; *at < to && *at < r->text.len; ++*at) {
        if (r->text.at[*at] == '\n') {
            r->line++;
            dw_buf_add_char(&r->out, '\n');
        }
    }
}

/* Where the text goes on with these characters at an offset. */
static bool goes_on(const struct repair *r, size_t at, struct dw_str with)
{
    return dw_str_starts(dw_str_slice(r->text, at, r->text.len), with);
}

/* The first place of the mark at or behind `from`. Places are asked for in rising order. */
static size_t find_mark(const struct repair *r, struct repair_mark *mark, struct dw_str text,
                        size_t from)
{
    if (!mark->known || mark->at < from)
        *mark = (struct repair_mark){dw_str_find(r->text, text, from), true};
    return mark->at;
}

/* Where the element around ends, if that is before `limit`; SIZE_MAX if it is not. */
static size_t end_of_element(struct repair *r, size_t at, size_t limit)
{
    if (r->open.len == 0)
        return SIZE_MAX;
    struct dw_str name = r->open.at[r->open.len - 1];
    struct dw_str tag = dw_str_format(r->reading->arena, "</%.*s", DW_FMT(name));
    return dw_str_find_nocase(dw_str_slice(r->text, 0, limit), tag, at);
}

/* Where the CDATA section at an offset ends, before its mark. One that has none, or only that of
 * the next section, goes to the end of the element that it is in. */
static size_t end_of_cdata(struct repair *r, size_t at, bool *closed)
{
    size_t end = find_mark(r, &r->cdata_end, DW_STR("]]>"), at);
    size_t next = dw_str_find(dw_str_slice(r->text, 0, end), DW_STR("<![CDATA["), at);
    size_t limit = next != SIZE_MAX ? next : r->text.len;
    *closed = end != SIZE_MAX;
    size_t element = end == SIZE_MAX || next != SIZE_MAX ? end_of_element(r, at, limit) : SIZE_MAX;
    if (element != SIZE_MAX) {
        *closed = false;
        end = element;
    }
    return end == SIZE_MAX ? r->text.len : end;
}

/* Kept of one: readers want less, and libxml2 ends its reading at 10 MB. */
#define LONGEST_CDATA (4u * DW_LIMIT_FIELD_BYTES)

/* Copies a CDATA section. */
static bool copy_cdata(struct repair *r, size_t *at)
{
    const struct dw_str open = DW_STR("<![CDATA[");
    const struct dw_str close = DW_STR("]]>");
    bool closed;
    if (!goes_on(r, *at, open))
        return false;
    size_t end = end_of_cdata(r, *at + open.len, &closed);
    if (!closed)
        feed_warn(r->reading, "line %zu: a CDATA section is not closed", r->line);
    size_t kept = end - *at < LONGEST_CDATA ? end : *at + LONGEST_CDATA;
    repair_copy(r, dw_utf8_cut(dw_str_slice(r->text, *at, end), kept - *at));
    dw_buf_add(&r->out, close);
    skip_to(r, &kept, end);
    *at = end + (closed ? close.len : 0);
    return true;
}

/* Where the XML declaration at an offset ends, whose character set no longer holds; the offset if
 * there is none. */
static size_t behind_declaration(struct dw_str text, size_t at)
{
    const struct dw_str open = DW_STR("<?xml");
    struct dw_str rest = dw_str_slice(text, at, text.len);
    if (!dw_str_starts_nocase(rest, open) || rest.len == open.len ||
        !dw_is_space(rest.at[open.len]))
        return at;
    size_t end = at + open.len;
    while (end < text.len && text.at[end] != '>' && text.at[end] != '<')
        end++;
    return end + (end < text.len && text.at[end] == '>');
}

#define HEAD_BYTES 65536

size_t feed_find_root(struct dw_str text)
{
    static const struct dw_str roots[] = {DW_STR_INIT("<rss"), DW_STR_INIT("<rdf:RDF"),
                                          DW_STR_INIT("<feed")};
    struct dw_str head = dw_str_slice(text, 0, HEAD_BYTES);
    size_t first = SIZE_MAX;
    for (size_t i = 0; i < sizeof roots / sizeof roots[0]; i++) {
        size_t at = dw_str_find_nocase(head, roots[i], 0);
        size_t behind = at + roots[i].len;
        if (at < first && behind < head.len &&
            (head.at[behind] == '>' || dw_is_space(head.at[behind])))
            first = at;
    }
    struct dw_str before = dw_str_slice(head, 0, first == SIZE_MAX ? 0 : first);
    bool is_page = dw_str_find_nocase(before, DW_STR("<html"), 0) != SIZE_MAX ||
                   dw_str_find_nocase(before, DW_STR("<!doctype html"), 0) != SIZE_MAX;
    return is_page ? SIZE_MAX : first;
}

/* Where a list begins behind something else. */
static size_t find_list(struct dw_str text)
{
    size_t at = dw_str_find_nocase(dw_str_slice(text, 0, HEAD_BYTES), DW_STR("<opml"), 0);
    size_t outline = dw_str_find_nocase(dw_str_slice(text, 0, at), DW_STR("<outline"), 0);
    return outline == SIZE_MAX ? at : SIZE_MAX;
}

/* Whether a tag stands in the text, outside of comments and document types. */
static bool has_tag(struct dw_str text)
{
    for (size_t i = dw_str_find_char(text, '<', 0); i < text.len;
         i = dw_str_find_char(text, '<', i + 1)) {
        struct dw_str rest = dw_str_slice(text, i, text.len);
        if (rest.len > 1 && dw_is_alpha(rest.at[1]))
            return true;
        if (dw_str_starts_nocase(rest, DW_STR("<!DOCTYPE")))
            return false;
        if (dw_str_starts(rest, DW_STR("<!--")))
            i = dw_str_find(text, DW_STR("-->"), i);
        if (i == SIZE_MAX)
            return false;
    }
    return false;
}

/* Where the document begins: junk, blank lines and declarations stand before it. */
static size_t begin_of(struct reading *reading, struct dw_str text)
{
    size_t root = reading->is_list ? find_list(text) : feed_find_root(text);
    size_t at = dw_str_find_char(text, '<', 0);
    if (at == SIZE_MAX)
        return text.len;
    bool junk = dw_str_trim(dw_str_slice(text, 0, at)).len > 0;
    if (root != SIZE_MAX && has_tag(dw_str_slice(text, 0, root))) {
        junk = true;
        at = root;
    }
    if (junk)
        feed_warn(reading, "text before the document left out");
    size_t declarations = 0;
    for (size_t end = behind_declaration(text, at); end > at; end = behind_declaration(text, at)) {
        if (declarations++ == 1)
            feed_warn(reading, "a second XML declaration left out");
        at = dw_str_find_char(text, '<', end);
        if (at == SIZE_MAX)
            return text.len;
    }
    return at;
}

/* Passes over what stands between two marks: comments, instructions to other programs. What is not
 * closed ends where the next tag begins or this one seems to end. */
static bool skip_span(struct repair *r, size_t *at, struct dw_str open, struct dw_str close,
                      struct repair_mark *mark)
{
    if (!goes_on(r, *at, open))
        return false;
    size_t end = find_mark(r, mark, close, *at + open.len);
    if (end != SIZE_MAX) {
        skip_to(r, at, end + close.len);
        return true;
    }
    feed_warn(r->reading, "line %zu: %.*s is missing", r->line, DW_FMT(close));
    end = *at + open.len;
    while (end < r->text.len && r->text.at[end] != '<' && r->text.at[end] != '>')
        end++;
    skip_to(r, at, end + (end < r->text.len && r->text.at[end] == '>'));
    return true;
}

static bool skip_doctype(struct repair *r, size_t *at)
{
    struct dw_str rest = dw_str_slice(r->text, *at, r->text.len);
    if (!dw_str_starts_nocase(rest, DW_STR("<!DOCTYPE")))
        return false;
    size_t len = feed_doctype(r->reading->arena, rest, &r->names, &r->values);
    size_t root = len == rest.len ? feed_find_root(rest) : SIZE_MAX;
    if (root != SIZE_MAX)
        feed_warn(r->reading, "line %zu: the document type is not closed", r->line);
    skip_to(r, at, *at + (root != SIZE_MAX ? root : len));
    return true;
}

/* What begins with '<' and is no tag. */
static bool skip_or_copy(struct repair *r, size_t *at)
{
    return copy_cdata(r, at) || skip_span(r, at, DW_STR("<!--"), DW_STR("-->"), &r->comment_end) ||
           skip_span(r, at, DW_STR("<?"), DW_STR("?>"), &r->instruction_end) || skip_doctype(r, at);
}

/* One behind the text that begins at `at`. */
static size_t end_of_text(struct dw_str text, size_t at)
{
    while (at < text.len && text.at[at] != '<' && text.at[at] != '&')
        at++;
    return at;
}

/* Passes over text that stands before or behind the root, up to the next tag. */
static void skip_outside(struct repair *r, size_t at, size_t *end)
{
    *end = dw_str_find_char(r->text, '<', at);
    if (*end == SIZE_MAX)
        *end = r->text.len;
    if (dw_str_trim(dw_str_slice(r->text, at, *end)).len > 0)
        feed_warn(r->reading, "line %zu: text outside of the document left out", r->line);
    skip_to(r, &at, *end);
}

/* A list may have any root, several, or none: one of ours stands around all. */
static void begin_list(struct repair *r)
{
    struct dw_str name = DW_STR("outlines");
    if (repair_push(r, name))
        dw_buf_add(&r->out, DW_STR("<outlines>"));
}

/* What one step may write at most: a text, a CDATA section, a tag with its attributes. */
#define LONGEST_STEP ((size_t)DW_LIMIT_BODY_BYTES * 6)

void feed_repair(struct reading *reading, struct dw_buf *out)
{
    struct repair r = {
        .reading = reading, .text = reading->text, .line = 1 + (size_t)reading->lines_before};
    /* honest feeds grow by a tenth; what is beyond twice their size is not worth its memory */
    size_t most = r.text.len * 2 + MOST_ENTITY_BYTES * 5;
    dw_buf_init(&r.out, most + LONGEST_STEP);
    size_t at = 0;
    skip_to(&r, &at, begin_of(reading, r.text));
    if (reading->is_list)
        begin_list(&r);
    while (at < r.text.len && r.out.len < most) {
        size_t end = end_of_text(r.text, at);
        if (r.open.len > 0)
            copy_text(&r, dw_str_slice(r.text, at, end));
        else
            skip_outside(&r, at, &end);
        at = end;
        if (at < r.text.len && r.text.at[at] == '&')
            repair_ampersand(&r, &at);
        else if (at < r.text.len && !skip_or_copy(&r, &at))
            repair_tag(&r, &at);
    }
    if (at < r.text.len)
        feed_warn(reading, "line %zu: too much to repair: what follows was left out", r.line);
    repair_end(&r);
    if (!dw_buf_ok(&r.out))
        reading->arena->failed = true;
    *out = r.out;
}
