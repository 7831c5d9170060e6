/* The text of an element as its reader wants it: raw, plain text of HTML or XHTML, a name. */
#include "xml.h"

/* ---- What the tag says of the text ---- */

/* Whether an Atom type says that the content is bytes, which base64 carries. */
static bool is_binary(struct dw_str type)
{
    return dw_str_find_char(type, '/', 0) != SIZE_MAX &&
           !dw_str_starts_nocase(type, DW_STR("text/")) &&
           dw_str_find_nocase(type, DW_STR("xml"), 0) == SIZE_MAX &&
           dw_str_find_nocase(type, DW_STR("html"), 0) == SIZE_MAX;
}

void feed_capture_begin(struct feed_xml *x, const struct feed_element *e, enum feed_take take)
{
    struct dw_buf text = x->capture.text;
    dw_buf_clear(&text);
    x->capture = (struct feed_capture){.text = text,
                                       .take = take,
                                       .depth = x->depth,
                                       .atom = e->name->vocabulary == FEED_ATOM,
                                       .plain = true};
    if (e->attribute_count == 0 || take == FEED_TAKE_RAW)
        return;
    struct dw_str type = feed_attribute(x->r->arena, e, FEED_TYPE);
    struct dw_str mode = feed_attribute(x->r->arena, e, FEED_MODE);
    struct feed_capture *c = &x->capture;
    c->markup = dw_str_eq_nocase(type, DW_STR("xhtml")) || dw_str_eq_nocase(mode, DW_STR("xml"));
    c->html = dw_str_find_nocase(type, DW_STR("html"), 0) != SIZE_MAX;
    c->plain = type.len == 0 || dw_str_eq_nocase(type, DW_STR("text")) ||
               dw_str_eq_nocase(type, DW_STR("text/plain"));
    c->escaped = dw_str_eq_nocase(mode, DW_STR("escaped"));
    c->base64 = dw_str_eq_nocase(mode, DW_STR("base64")) || (c->atom && is_binary(type));
    c->guessed = mode.len == 0 && e->name->in_entry != FEED_SAYS_CONTENT;
}

/* ---- Taking it ---- */

/* Cuts what comes beyond the limit; whether anything is left. */
static bool has_room(struct feed_capture *c, struct dw_str *text)
{
    size_t room = c->text.len < DW_LIMIT_FIELD_BYTES ? DW_LIMIT_FIELD_BYTES - c->text.len : 0;
    if (text->len <= room)
        return true;
    *text = dw_utf8_cut(*text, room);
    c->cut = true;
    return text->len > 0;
}

static void add_escaped(struct dw_buf *out, struct dw_str text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c != '&' && c != '<' && c != '"')
            continue;
        dw_buf_add(out, dw_str_slice(text, from, i));
        dw_buf_add(out, c == '&' ? DW_STR("&amp;") : c == '<' ? DW_STR("&lt;") : DW_STR("&quot;"));
        from = i + 1;
    }
    dw_buf_add(out, dw_str_slice(text, from, text.len));
}

void feed_capture_text(struct feed_xml *x, struct dw_str text)
{
    struct feed_capture *c = &x->capture;
    if (!has_room(c, &text))
        return;
    if (c->markup)
        add_escaped(&c->text, text);
    else
        dw_buf_add(&c->text, text);
}

/* What was taken as text so far becomes markup too. */
static void turn_to_markup(struct feed_xml *x)
{
    struct feed_capture *c = &x->capture;
    struct dw_str text = dw_str_dup(x->r->arena, dw_buf_str(&c->text));
    dw_buf_clear(&c->text);
    add_escaped(&c->text, text);
    c->markup = true;
}

void feed_capture_start_tag(struct feed_xml *x, const struct feed_element *e)
{
    struct feed_capture *c = &x->capture;
    if (c->take == FEED_TAKE_RAW)
        return;
    if (!c->markup)
        turn_to_markup(x);
    struct dw_str local = e->name->local;
    if (!has_room(c, &local) || c->cut)
        return;
    dw_buf_add_char(&c->text, '<');
    dw_buf_add(&c->text, local);
    for (size_t i = 0; i < e->attribute_count; i++) {
        struct dw_str name;
        struct dw_str value;
        feed_attribute_at(x->r->arena, e, i, &name, &value);
        if (!has_room(c, &value))
            continue;
        dw_buf_add_char(&c->text, ' ');
        dw_buf_add(&c->text, name);
        dw_buf_add(&c->text, DW_STR("=\""));
        add_escaped(&c->text, value);
        dw_buf_add_char(&c->text, '"');
    }
    dw_buf_add_char(&c->text, '>');
}

void feed_capture_end_tag(struct feed_xml *x, const struct feed_name *name)
{
    struct feed_capture *c = &x->capture;
    if (c->take == FEED_TAKE_RAW || c->cut || name == NULL || name->is_void)
        return;
    dw_buf_add(&c->text, DW_STR("</"));
    dw_buf_add(&c->text, name->local);
    dw_buf_add_char(&c->text, '>');
}

/* ---- Giving it ---- */

/* What base64 carries, if that is text. */
static struct dw_str decoded(struct reading *r, struct dw_str content, struct dw_str otherwise)
{
    struct dw_str bytes;
    if (feed_base64(r->arena, content, &bytes) && dw_utf8_valid(bytes))
        return bytes;
    return otherwise;
}

/* Whether text without elements is HTML: Atom says so, RSS is looked at. */
static bool is_html(const struct feed_xml *x, struct dw_str raw)
{
    const struct feed_capture *c = &x->capture;
    if (c->markup || c->html)
        return true;
    if (c->base64)
        return false;
    /* Atom 0.3 left the type out and escaped all the same */
    if (c->atom && c->plain)
        return x->r->feed->format == DW_FEED_ATOM_03 && (c->escaped || feed_is_html(raw));
    return feed_is_html(raw);
}

static struct dw_str text_of(struct feed_xml *x, bool one_line)
{
    struct feed_capture *c = &x->capture;
    struct dw_str raw = dw_buf_str(&c->text);
    if (c->base64 && !c->markup)
        raw = decoded(x->r, raw, c->guessed ? raw : DW_STR(""));
    bool html = is_html(x, raw);
    return one_line ? feed_line(x->r, raw, html) : feed_text(x->r, raw, html);
}

/* "mail@host (Name)" is Name. */
static struct dw_str name_in(struct dw_str line)
{
    size_t open = dw_str_find_char(line, '(', 0);
    size_t close = dw_str_find_char(line, ')', open == SIZE_MAX ? line.len : open);
    bool has_mail = dw_str_find_char(dw_str_slice(line, 0, open), '@', 0) != SIZE_MAX;
    if (has_mail && close != SIZE_MAX && close > open + 1)
        return dw_str_trim(dw_str_slice(line, open + 1, close));
    return line;
}

static struct dw_str person_of(struct feed_xml *x)
{
    struct feed_capture *c = &x->capture;
    if (c->has_parts)
        return c->name.len > 0 ? c->name : c->email;
    return name_in(text_of(x, true));
}

void feed_capture_part(struct feed_xml *x)
{
    dw_buf_clear(&x->capture.text);
    x->capture.markup = false;
}

void feed_capture_part_end(struct feed_xml *x, bool is_name)
{
    struct dw_str *place = is_name ? &x->capture.name : &x->capture.email;
    if (place->len == 0)
        *place = text_of(x, true);
    feed_capture_part(x);
}

struct dw_str feed_capture_end(struct feed_xml *x)
{
    struct feed_capture *c = &x->capture;
    if (!dw_buf_ok(&c->text))
        x->r->arena->failed = true;
    if (c->depth != x->depth + 1) /* an entry began within it, since its end was missing */
        return DW_STR("");
    if (c->cut)
        feed_warn(x->r, "a text was cut behind its first %u bytes", DW_LIMIT_FIELD_BYTES);
    switch (c->take) {
    case FEED_TAKE_RAW:
        return dw_str_dup(x->r->arena, dw_str_trim(dw_buf_str(&c->text)));
    case FEED_TAKE_TEXT:
        return text_of(x, false);
    case FEED_TAKE_LINE:
        return text_of(x, true);
    case FEED_TAKE_PERSON:
        break;
    }
    return person_of(x);
}
