/* Documents as a stream: libxml2's push parser on a short leash, and no tree. */
#include "stream.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "section.h"

/* Namespaces in force at once: libxml2 looks through all of them for each element. */
#define MOST_NAMESPACES 2000
/* Distinct names: libxml2's dictionary stops growing at 16,000 and is searched ever longer then. */
#define MOST_NAMES 20000
/* Bytes given to the parser at once: what it has not used yet must not reach 10 MB. */
#define CHUNK (1u << 18)
/* Bytes of one tag that libxml2 sees as it is: it compares each attribute with all others. Honest
 * ones have 3,000; longer ones are shortened by the repair. */
#define LONGEST_TAG 8192

/* "&#x0010FFFF;" and some zeroes. */
#define LONGEST_REFERENCE 40

/* One document being streamed. */
struct stream {
    struct reading *r;
    xmlParserCtxtPtr parser;
    struct feed_names *names;
    const struct feed_handlers *handlers;
    bool repaired;
    bool refused;              /* by a limit, or for a document type */
    bool stopped;              /* by a handler */
    struct dw_str section;     /* a text that is told where the parser meets an empty one */
    bool section_is_cdata;     /* it has no references */
    struct dw_error complaint; /* the first one; DW_OK: none */
};

/* ---- Attributes ---- */

/* libxml2 leaves an ampersand of a value as "&#38;" for a tree that is not made. */
static struct dw_str without_references(struct dw_arena *arena, struct dw_str value)
{
    const struct dw_str reference = DW_STR("&#38;");
    char *out = NULL;
    size_t len = 0;
    if (dw_str_find_char(value, '&', 0) == SIZE_MAX)
        return value;
    out = dw_arena_array(arena, value.len, 1);
    for (size_t i = 0; out != NULL && i < value.len;) {
        out[len++] = value.at[i];
        i += dw_str_starts(dw_str_slice(value, i, value.len), reference) ? reference.len : 1;
    }
    return (struct dw_str){out, len};
}

/* The index of an attribute; the number of attributes if it is not there. */
static size_t index_of(const struct feed_element *e, enum feed_attribute wanted)
{
    size_t i = 0;
    while (i < e->attribute_count &&
           feed_attribute_find(e->names, (const char *)e->attributes[i * 5]) != wanted)
        i++;
    return i;
}

void feed_attribute_at(struct dw_arena *arena, const struct feed_element *e, size_t index,
                       struct dw_str *name, struct dw_str *value)
{
    const unsigned char **attribute = &e->attributes[index * 5];
    struct dw_str raw = {(const char *)attribute[3], (size_t)(attribute[4] - attribute[3])};
    *name = dw_str_from_c((const char *)attribute[0]);
    *value = without_references(arena, raw);
}

struct dw_str feed_attribute(struct dw_arena *arena, const struct feed_element *e,
                             enum feed_attribute attribute)
{
    size_t i = index_of(e, attribute);
    struct dw_str name;
    struct dw_str value = {"", 0};
    if (i < e->attribute_count)
        feed_attribute_at(arena, e, i, &name, &value);
    return dw_str_trim(value);
}

bool feed_has_attribute(const struct feed_element *e, enum feed_attribute attribute)
{
    return index_of(e, attribute) < e->attribute_count;
}

/* ---- libxml2's events ---- */

/* NOLINTNEXTLINE(readability-function-size): the signature is libxml2's */
static void on_start(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int attribute_count,
                     int defaulted, const xmlChar **attributes)
{
    struct stream *s = context;
    (void)defaulted;
    s->refused = s->parser->nsNr > MOST_NAMESPACES * 2 || s->parser->nameNr > DW_LIMIT_DEPTH ||
                 xmlDictSize(s->parser->dict) > MOST_NAMES;
    struct feed_element element = {
        .name =
            feed_name_find(s->names, (const char *)local, (const char *)prefix, (const char *)uri),
        .uri = (const char *)uri,
        .names = s->names,
        .attributes = attributes,
        .attribute_count = (size_t)attribute_count,
        .namespaces = namespaces,
        .namespace_count = (size_t)namespace_count,
        .line = s->parser->input->line,
    };
    s->stopped = s->refused || !s->handlers->start(s->handlers->context, &element);
    if (s->stopped)
        xmlStopParser(s->parser);
}

static void on_end(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    struct stream *s = context;
    s->handlers->end(s->handlers->context, feed_name_find(s->names, (const char *)local,
                                                          (const char *)prefix, (const char *)uri));
}

static void on_text(void *context, const xmlChar *text, int len)
{
    struct stream *s = context;
    s->handlers->text(s->handlers->context, (struct dw_str){(const char *)text, (size_t)len});
}

static int count_lines(struct dw_str text)
{
    int count = 0;
    for (size_t i = dw_str_find_char(text, '\n', 0); i != SIZE_MAX;
         i = dw_str_find_char(text, '\n', i + 1))
        count++;
    return count;
}

static void tell(struct stream *s, struct dw_str text)
{
    if (text.len > 0)
        s->handlers->text(s->handlers->context, text);
}

/* Tells a text with its references as characters; false if one is none that XML knows. */
static bool tell_decoded(struct stream *s, struct dw_str text)
{
    for (size_t at = dw_str_find_char(text, '&', 0); at != SIZE_MAX;
         at = dw_str_find_char(text, '&', 0)) {
        size_t end = dw_str_find_char(dw_str_slice(text, 0, at + LONGEST_REFERENCE), ';', at);
        uint32_t c = end != SIZE_MAX ? feed_reference(dw_str_slice(text, at + 1, end)) : 0;
        char bytes[4];
        if (c == 0)
            return false;
        tell(s, dw_str_slice(text, 0, at));
        tell(s, (struct dw_str){bytes, dw_utf8_put(bytes, c)});
        text = dw_str_slice(text, end + 1, text.len);
    }
    tell(s, text);
    return true;
}

/* An empty section stands for what push_all() kept back. */
static void on_cdata(void *context, const xmlChar *text, int len)
{
    struct stream *s = context;
    struct dw_str section = s->section;
    if (len > 0 || section.len == 0) {
        on_text(context, text, len);
        return;
    }
    s->section.len = 0;
    s->parser->input->line += count_lines(section);
    if (s->section_is_cdata) {
        tell(s, section);
    } else if (!tell_decoded(s, section)) {
        s->refused = true;
        xmlStopParser(s->parser);
    }
}

/* Entities are the repair's business. */
static void on_document_type(void *context, const xmlChar *name, const xmlChar *external,
                             const xmlChar *system)
{
    struct stream *s = context;
    (void)name, (void)external, (void)system;
    s->refused = true;
    xmlStopParser(s->parser);
}

/* The first complaint is kept; those of stopping are our own doing. */
static void on_error(void *context, xmlErrorPtr error)
{
    struct stream *s = context;
    if (error->code == XML_ERR_NO_MEMORY)
        s->r->arena->failed = true;
    if (s->complaint.code != DW_OK || error->code == XML_ERR_USER_STOP)
        return;
    struct dw_str message = dw_str_trim(dw_str_from_c(error->message));
    dw_error_set(&s->complaint, DW_ERR_INPUT, "line %d: %.*s", error->line > 0 ? error->line : 1,
                 DW_FMT(dw_utf8_cut(message, 200)));
}

/* No tree is made, nothing outside of the document is ever asked for. */
static const xmlSAXHandler events = {
    .initialized = XML_SAX2_MAGIC,
    .internalSubset = on_document_type,
    .startElementNs = on_start,
    .endElementNs = on_end,
    .characters = on_text,
    .ignorableWhitespace = on_text,
    .cdataBlock = on_cdata,
    .serror = on_error,
};

/* ---- Texts that the parser needs not look at ---- */

static void push(struct stream *s, struct dw_str text, bool last)
{
    while (text.len > 0) {
        struct dw_str chunk = dw_str_slice(text, 0, CHUNK);
        text = dw_str_slice(text, chunk.len, text.len);
        xmlParseChunk(s->parser, chunk.at, (int)chunk.len, last && text.len == 0);
    }
}

/* Gives the parser the document with empty CDATA sections in place of its long texts, which
 * on_cdata() tells where they stood. */
static void push_all(struct stream *s, struct dw_str text)
{
    size_t from = 0;
    struct feed_section section;
    for (size_t at = 0; feed_next_section(text, at, &section); at = section.to) {
        push(s, dw_str_slice(text, from, section.from), false);
        from = section.from;
        if (!section.is_cdata && s->parser->nameNr == 0)
            continue; /* outside of the root */
        if (!section.is_cdata)
            push(s, DW_STR("<![CDATA["), false);
        s->section = dw_str_slice(text, section.from, section.to);
        s->section_is_cdata = section.is_cdata;
        if (!section.is_cdata)
            push(s, DW_STR("]]>"), false);
        from = section.to;
    }
    push(s, dw_str_slice(text, from, text.len), true);
}

/* Whether the parser came through the text behind `from` without finding it ill-formed. */
static bool run(struct stream *s, struct dw_str whole, size_t from)
{
    struct dw_str text = dw_str_slice(whole, from, whole.len);
    /* never HUGE, NOENT, DTDLOAD, DTDATTR or XINCLUDE */
    const int options =
        XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | (s->repaired ? XML_PARSE_RECOVER : 0);
    xmlSAXHandler handler = events;
    s->parser = xmlCreatePushParserCtxt(&handler, s, NULL, 0, NULL);
    if (s->parser == NULL) {
        s->r->arena->failed = true;
        return false;
    }
    xmlCtxtUseOptions(s->parser, options);
    xmlSwitchEncoding(s->parser, XML_CHAR_ENCODING_UTF8); /* or it would guess */
    s->parser->input->line += s->r->lines_before + count_lines(dw_str_slice(whole, 0, from));
    push_all(s, text);
    bool well_formed = s->parser->wellFormed != 0 || s->stopped;
    xmlFreeParserCtxt(s->parser);
    return well_formed;
}

/* ---- What libxml2 may see as it is ---- */

/* Whether the tag that begins at `from` goes on for longer than it may. */
static bool is_long_tag(struct dw_str text, size_t from)
{
    char quote = '\0';
    if (from + 1 >= text.len || text.at[from + 1] == '!' || text.at[from + 1] == '?')
        return false;
    for (size_t i = from; i < text.len && i - from <= LONGEST_TAG; i++) {
        char c = text.at[i];
        if (quote == '\0' && c == '>')
            return false;
        if (quote == '\0' && (c == '"' || c == '\''))
            quote = c;
        else if (c == quote)
            quote = '\0';
    }
    return true;
}

/* Whether some tag is too long. In what is well-formed no '<' stands within a tag, so that only the
 * longer stretches without one have to be looked at. */
static bool has_long_tag(struct dw_str text)
{
    size_t at = dw_str_find_char(text, '<', 0);
    while (at < text.len && text.len - at > LONGEST_TAG) {
        size_t next = at + LONGEST_TAG;
        while (next > at && text.at[next] != '<')
            next--;
        if (next == at && is_long_tag(text, at))
            return true;
        at = next > at ? next : dw_str_find_char(text, '<', at + 1);
    }
    return false;
}

/* One behind the XML declaration at the front, whose character set no longer holds. */
static size_t behind_declaration(struct dw_str text)
{
    const struct dw_str open = DW_STR("<?xml");
    if (!dw_str_starts(text, open) || text.len == open.len || !dw_is_space(text.at[open.len]))
        return 0;
    size_t end = dw_str_find_char(text, '>', 0);
    return end != SIZE_MAX && text.at[end - 1] == '?' ? end + 1 : 0;
}

/* Reads the document as it is, up to the first thing that makes it ill-formed: then it is false,
 * what was told so far does not count, and `reason` gets the parser's first complaint if there is
 * one. */
static bool stream_exact(struct stream *s, struct dw_error *reason)
{
    struct dw_str text = s->r->text;
    size_t from = behind_declaration(text);
    struct dw_str rest = dw_str_slice(text, from, text.len);
    if (rest.len == 0 || behind_declaration(rest) > 0 || has_long_tag(rest))
        return false;
    bool well_formed = run(s, text, from);
    if (s->refused)
        return false;
    if (!well_formed)
        *reason = s->complaint;
    else if (s->complaint.code != DW_OK)
        feed_warn(s->r, "%s", s->complaint.message);
    return well_formed;
}

static void stream_repaired(struct stream *s)
{
    struct dw_buf repaired;
    s->repaired = true;
    feed_repair(s->r, &repaired);
    if (dw_buf_ok(&repaired) && repaired.len > 0)
        run(s, dw_buf_str(&repaired), 0);
    dw_buf_release(&repaired);
    if (s->refused)
        feed_warn(s->r, "more names or namespaces than any feed has: what follows was left out");
    else if (s->complaint.code != DW_OK)
        feed_warn(s->r, "%s", s->complaint.message);
}

void feed_stream(struct reading *r, struct feed_names *names, const struct feed_handlers *handlers)
{
    const struct stream fresh = {.r = r, .names = names, .handlers = handlers};
    const struct reading before = *r;
    const struct dw_feed feed_before = *r->feed;
    struct dw_scratch mark = dw_scratch_begin(r->arena);
    struct dw_error reason = {0};
    struct stream s = fresh;
    handlers->begin(handlers->context, false);
    bool well_formed = stream_exact(&s, &reason);
    if (r->arena->failed || (well_formed && handlers->is_done(handlers->context)))
        return;
    dw_scratch_end(mark);
    *r = before;
    *r->feed = feed_before;
    s = fresh;
    handlers->begin(handlers->context, true);
    stream_repaired(&s);
    if (r->warnings_given == before.warnings_given && reason.code != DW_OK)
        feed_warn(r, "%s", reason.message);
}
