/* HTML fragments to plain text: one pass over the tags, no tree. What a reader sees stays, the
 * machinery goes. Where tags are not closed or not tags at all, the text wins. */
#include "html-writer.h"

struct reader {
    struct dw_str html;
    size_t at;
    struct html_writer writer;
    struct dw_buf decoded; /* of the text in work */
    bool no_more_ends;     /* no '>' comes any more: what looks like a tag is text */
};

/* One tag: what stands between its brackets. */
struct tag {
    struct dw_str name;
    struct dw_str attributes;
    bool closes; /* an end tag */
    bool empty;  /* ends in "/>" */
};

/* ---- Tags ---- */

static bool is_name_char(char c)
{
    return dw_is_alpha(c) || dw_is_digit(c) || c == '-' || c == ':';
}

/* Whether a quote at `at` begins a value: only "=" and white space stand before it. */
static bool opens_value(struct dw_str html, size_t from, size_t at)
{
    while (at > from && dw_is_space(html.at[at - 1]))
        at--;
    return at > from && html.at[at - 1] == '=';
}

/* The '>' that ends the tag whose name ends at `from`; one in a quoted value ends nothing, unless
 * the quote is never closed. SIZE_MAX: there is none. */
static size_t find_tag_end(struct reader *r, size_t from)
{
    struct dw_str html = r->html;
    size_t first = r->no_more_ends ? SIZE_MAX : dw_str_find_char(html, '>', from);
    if (first == SIZE_MAX) {
        r->no_more_ends = true;
        return SIZE_MAX;
    }
    struct dw_str inside = dw_str_slice(html, 0, first);
    if (dw_str_find_char(inside, '"', from) == SIZE_MAX &&
        dw_str_find_char(inside, '\'', from) == SIZE_MAX)
        return first;
    enum { LONGEST_TAG = 20000 }; /* addresses of inline images; beyond it the first '>' ends it */
    struct dw_str near = dw_str_slice(html, 0, from + LONGEST_TAG);
    for (size_t i = from; i < near.len; i++) {
        if (near.at[i] == '>')
            return i;
        if ((near.at[i] == '"' || near.at[i] == '\'') && opens_value(near, from, i)) {
            size_t quote = dw_str_find_char(near, near.at[i], i + 1);
            if (quote == SIZE_MAX)
                return first;
            i = quote;
        }
    }
    return first;
}

/* Reads the tag at r->at and moves behind it; false if none begins there. */
static bool read_tag(struct reader *r, struct tag *tag)
{
    struct dw_str html = r->html;
    size_t from = r->at + 1;
    bool closes = from < html.len && html.at[from] == '/';
    from += closes;
    if (from >= html.len || !dw_is_alpha(html.at[from]))
        return false;
    size_t name_end = from;
    while (name_end < html.len && is_name_char(html.at[name_end]))
        name_end++;
    size_t end = find_tag_end(r, name_end);
    if (end == SIZE_MAX)
        return false;
    struct dw_str name = dw_str_slice(html, from, name_end);
    size_t colon = dw_str_find_char(name, ':', 0); /* a prefix of XHTML says nothing */
    *tag = (struct tag){.name = colon == SIZE_MAX ? name : dw_str_slice(name, colon + 1, name.len),
                        .attributes = dw_str_slice(html, name_end, end),
                        .closes = closes,
                        .empty = html.at[end - 1] == '/'};
    r->at = end + 1;
    return true;
}

/* Takes the next attribute off the front; false at the end. */
static bool next_attribute(struct dw_str *rest, struct dw_str *name, struct dw_str *value)
{
    struct dw_str s = *rest;
    size_t at = 0;
    while (at < s.len && (dw_is_space(s.at[at]) || s.at[at] == '/'))
        at++;
    size_t from = at;
    while (at < s.len && !dw_is_space(s.at[at]) && s.at[at] != '=' && s.at[at] != '/')
        at++;
    *name = dw_str_slice(s, from, at);
    *value = (struct dw_str){"", 0};
    while (at < s.len && dw_is_space(s.at[at]))
        at++;
    if (at < s.len && s.at[at] == '=') {
        at++;
        while (at < s.len && dw_is_space(s.at[at]))
            at++;
        bool quoted = at < s.len && (s.at[at] == '"' || s.at[at] == '\'');
        size_t end = quoted ? dw_str_find_char(s, s.at[at], at + 1) : SIZE_MAX;
        if (end == SIZE_MAX) {
            for (end = at; end < s.len && !dw_is_space(s.at[end]);)
                end++;
            quoted = false;
        }
        *value = dw_str_slice(s, at + quoted, end);
        at = end + quoted;
    }
    *rest = dw_str_slice(s, at, s.len);
    return name->len > 0 || rest->len > 0;
}

static struct dw_str attribute(const struct tag *tag, struct dw_str wanted)
{
    struct dw_str rest = tag->attributes;
    struct dw_str name;
    struct dw_str value;
    while (next_attribute(&rest, &name, &value)) {
        if (dw_str_eq_nocase(name, wanted))
            return value;
    }
    return (struct dw_str){"", 0};
}

/* An element that says it is not to be seen, or that only counts readers. */
static bool is_hidden(const struct tag *tag)
{
    struct dw_str rest = tag->attributes;
    struct dw_str name;
    struct dw_str value;
    while (rest.len > 1 && next_attribute(&rest, &name, &value)) {
        if (dw_str_eq_nocase(name, DW_STR("hidden")) ||
            (dw_str_eq_nocase(name, DW_STR("aria-hidden")) &&
             dw_str_eq_nocase(value, DW_STR("true"))) ||
            (dw_str_eq_nocase(name, DW_STR("style")) && html_style_hides(value)) ||
            (dw_str_eq_nocase(name, DW_STR("class")) &&
             dw_str_eq_nocase(value, DW_STR("feedflare"))))
            return true;
    }
    return false;
}

/* ---- What is left out ---- */

/* Elements whose content is no markup. */
static bool is_raw(struct dw_str name)
{
    static const struct dw_str names[] = {DW_STR_INIT("script"),   DW_STR_INIT("style"),
                                          DW_STR_INIT("textarea"), DW_STR_INIT("title"),
                                          DW_STR_INIT("noframes"), DW_STR_INIT("noembed")};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (dw_str_eq_nocase(name, names[i]))
            return true;
    }
    return false;
}

/* Elements that end without an end tag where another begins or their parent ends. */
static bool may_stay_open(struct dw_str name)
{
    static const struct dw_str names[] = {
        DW_STR_INIT("p"),  DW_STR_INIT("li"), DW_STR_INIT("td"), DW_STR_INIT("th"),
        DW_STR_INIT("tr"), DW_STR_INIT("dd"), DW_STR_INIT("dt"), DW_STR_INIT("option")};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (dw_str_eq_nocase(name, names[i]))
            return true;
    }
    return false;
}

/* Moves behind the end tag of an element without markup, or to the end of everything. */
static void skip_raw(struct reader *r, struct dw_str name)
{
    struct tag tag;
    while ((r->at = dw_str_find_char(r->html, '<', r->at)) != SIZE_MAX) {
        size_t here = r->at;
        if (here + 1 < r->html.len && r->html.at[here + 1] == '/' && read_tag(r, &tag) &&
            dw_str_eq_nocase(tag.name, name))
            return;
        r->at = here + 1;
    }
    r->at = r->html.len;
}

/* Moves behind a declaration, comment, instruction or CDATA mark that begins at r->at. */
static void skip_declaration(struct reader *r)
{
    struct dw_str rest = dw_str_slice(r->html, r->at, r->html.len);
    bool comment = dw_str_starts(rest, DW_STR("<!--"));
    if (dw_str_starts(rest, DW_STR("<![CDATA["))) {
        r->at += DW_STR("<![CDATA[").len; /* what it holds is read on; its end goes with "]]>" */
        return;
    }
    size_t end = comment ? dw_str_find(rest, DW_STR("-->"), 2) : SIZE_MAX;
    if (end != SIZE_MAX) {
        r->at += end + 3;
        return;
    }
    end = dw_str_find_char(rest, '>', 0);
    r->at = end != SIZE_MAX ? r->at + end + 1 : r->html.len;
}

static bool is_declaration(struct dw_str html, size_t at)
{
    return at + 1 < html.len && (html.at[at + 1] == '!' || html.at[at + 1] == '?');
}

/* Moves behind an element and all that is in it. One that may stay open ends before the tag that
 * ends it silently. */
static void skip_element(struct reader *r, const struct tag *element, enum tag_role role)
{
    bool open = may_stay_open(element->name);
    size_t same = 0;  /* elements of that name within */
    size_t inner = 0; /* blocks within, for one that its parent's end ends */
    struct tag tag;
    while ((r->at = dw_str_find_char(r->html, '<', r->at)) != SIZE_MAX) {
        size_t here = r->at;
        if (is_declaration(r->html, here)) {
            skip_declaration(r);
            continue;
        }
        if (!read_tag(r, &tag)) {
            r->at = here + 1;
            continue;
        }
        bool is_same = dw_str_eq_nocase(tag.name, element->name);
        enum tag_role tag_role = html_tag_role(tag.name);
        bool block = tag_role == TAG_BLOCK || tag_role == TAG_PRE || tag_role == TAG_LIST;
        if (is_same && tag.closes && same-- == 0)
            return;
        bool ends_open = open && !is_same && tag.closes && block && inner-- == 0;
        bool next_open =
            open && !tag.closes && inner == 0 && (is_same || (role == TAG_BLOCK && block));
        if (ends_open || next_open) {
            r->at = here;
            return;
        }
        if (tag.closes || tag.empty || tag_role == TAG_VOID)
            continue;
        same += is_same;
        inner += block;
        if (is_raw(tag.name))
            skip_raw(r, tag.name);
    }
    r->at = r->html.len;
}

/* ---- What is written ---- */

static void write_text(struct reader *r, struct dw_str text)
{
    if (dw_str_find_char(text, '&', 0) != SIZE_MAX) {
        r->decoded.len = 0;
        html_decode_into(&r->decoded, text);
        text = dw_buf_str(&r->decoded);
    }
    if (dw_str_starts(text, DW_STR("]]>")))
        text = dw_str_slice(text, 3, text.len);
    html_write_text(&r->writer, text);
}

/* A picture of one pixel only counts readers. */
static bool is_pixel(const struct tag *tag)
{
    struct dw_str width = attribute(tag, DW_STR("width"));
    struct dw_str height = attribute(tag, DW_STR("height"));
    return (dw_str_eq(width, DW_STR("1")) || dw_str_eq(width, DW_STR("0"))) &&
           (dw_str_eq(height, DW_STR("1")) || dw_str_eq(height, DW_STR("0")));
}

static void write_image(struct reader *r, const struct tag *tag)
{
    struct dw_str alt = attribute(tag, DW_STR("alt"));
    if (alt.len == 0 || is_pixel(tag))
        return;
    r->decoded.len = 0;
    html_decode_into(&r->decoded, alt);
    html_write_image(&r->writer, dw_buf_str(&r->decoded));
}

static void read_element(struct reader *r, const struct tag *tag)
{
    enum tag_role role = html_tag_role(tag->name);
    if (tag->closes) {
        if (role == TAG_BREAK)
            html_open_tag(&r->writer, role);
        else
            html_close_tag(&r->writer, role);
        return;
    }
    bool hidden = tag->attributes.len > 1 && is_hidden(tag);
    if (dw_str_eq_nocase(tag->name, DW_STR("img"))) {
        if (!hidden)
            write_image(r, tag);
        return;
    }
    if (role == TAG_VOID)
        return;
    if (role == TAG_SKIP && is_raw(tag->name))
        skip_raw(r, tag->name);
    else if ((role == TAG_SKIP || hidden) && !tag->empty)
        skip_element(r, tag, role);
    else if (role != TAG_SKIP && !hidden)
        html_open_tag(&r->writer, role);
}

/* Where the text that begins at `from` ends: at a tag or a declaration. A '<' that begins neither
 * belongs to the text. */
static size_t find_markup(const struct reader *r, size_t from)
{
    struct dw_str html = r->html;
    for (size_t at = dw_str_find_char(html, '<', from); at != SIZE_MAX && at + 1 < html.len;
         at = dw_str_find_char(html, '<', at + 1)) {
        char next = html.at[at + 1];
        bool tag =
            dw_is_alpha(next) || (next == '/' && at + 2 < html.len && dw_is_alpha(html.at[at + 2]));
        if ((tag && !r->no_more_ends) || next == '!' || next == '?')
            return at;
    }
    return html.len;
}

static void read_all(struct reader *r)
{
    while (r->at < r->html.len) {
        size_t from = r->at;
        struct tag tag;
        r->at = find_markup(r, from);
        write_text(r, dw_str_slice(r->html, from, r->at));
        if (r->at >= r->html.len)
            return;
        if (is_declaration(r->html, r->at)) {
            skip_declaration(r);
        } else if (read_tag(r, &tag)) {
            read_element(r, &tag);
        } else {
            html_write_text(&r->writer, DW_STR("<"));
            r->at++;
        }
    }
}

/* Text whose tags were escaped once too often: decoded, it has several end tags of elements that
 * everybody knows. A single one may be what the text is about. */
static bool is_escaped_twice(struct dw_str decoded)
{
    size_t found = 0;
    for (size_t at = dw_str_find(decoded, DW_STR("</"), 0); at != SIZE_MAX;
         at = dw_str_find(decoded, DW_STR("</"), at + 2)) {
        size_t end = at + 2;
        while (end < decoded.len && is_name_char(decoded.at[end]))
            end++;
        if (end < decoded.len && decoded.at[end] == '>' &&
            html_tag_role(dw_str_slice(decoded, at + 2, end)) != TAG_UNKNOWN && ++found == 2)
            return true;
    }
    return false;
}

struct dw_str dw_html_to_text(struct dw_arena *arena, struct dw_str html)
{
    if (dw_str_find_char(html, '<', 0) == SIZE_MAX) {
        html = dw_html_decode(arena, html);
        if (!is_escaped_twice(html))
            return dw_text_clean(arena, html, DW_CLEAN_TEXT);
    }
    struct reader r = {.html = dw_utf8_cut(html, DW_LIMIT_BODY_BYTES)};
    html_writer_init(&r.writer, 3 * (size_t)DW_LIMIT_BODY_BYTES);
    dw_buf_init(&r.decoded, 3 * (size_t)DW_LIMIT_BODY_BYTES);
    read_all(&r);
    if (!dw_buf_ok(&r.decoded))
        arena->failed = true;
    dw_buf_release(&r.decoded);
    return html_writer_text(&r.writer, arena);
}
