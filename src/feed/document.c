/* XML documents: libxml2's parser, kept on a short leash. */
#include <libxml/SAX2.h>
#include <libxml/parser.h>

#include "node.h"

/* Elements and attributes of one document: each takes libxml2 some 200 bytes, so that 16 MiB of
 * "<a/>" would take a gigabyte. Honest feeds of 5 MB have 100,000. */
#define MOST_NODES 300000
/* Namespaces in force at once: libxml2 looks through all of them for each element. */
#define MOST_NAMESPACES 2000

/* Counts what libxml2 allocates, and ends the document beyond the limit. */
/* NOLINTNEXTLINE(readability-function-size): the signature is libxml2's */
static void start_element(void *context, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
                          int attribute_count, int defaulted, const xmlChar **attributes)
{
    xmlParserCtxtPtr parser = context;
    size_t *left = parser->_private;
    size_t nodes = 1 + (size_t)namespace_count + (size_t)attribute_count;
    if (nodes > *left || parser->nsNr > MOST_NAMESPACES * 2) {
        *left = 0;
        xmlStopParser(parser);
        return;
    }
    *left -= nodes;
    xmlSAX2StartElementNs(context, name, prefix, uri, namespace_count, namespaces, attribute_count,
                          defaulted, attributes);
}

/* The first thing that the parser had to complain about, as a warning. */
static void warn_of_errors(struct reading *r, xmlParserCtxtPtr parser, size_t nodes_left)
{
    const xmlError *error = xmlCtxtGetLastError(parser);
    if (nodes_left == 0)
        feed_warn(r, "what comes after %d elements was left out", MOST_NODES);
    if ((parser->wellFormed && parser->nsWellFormed) || error == NULL || error->message == NULL)
        return;
    struct dw_str message = dw_text_clean(r->arena, dw_str_from_c(error->message), DW_CLEAN_LINE);
    feed_warn(r, "line %d: %.*s", error->line, DW_FMT(dw_utf8_cut(message, 200)));
}

xmlDocPtr feed_xml_document(struct reading *r)
{
    /* never HUGE, NOENT, DTDLOAD, DTDATTR or XINCLUDE; what feed_repair() gives has no DTD at all
     */
    const int options = XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR |
                        XML_PARSE_NOWARNING | XML_PARSE_NOCDATA | XML_PARSE_COMPACT;
    size_t nodes_left = MOST_NODES;
    if (dw_str_find_char(r->text, '<', 0) == SIZE_MAX)
        return NULL;
    xmlParserCtxtPtr parser = xmlNewParserCtxt();
    struct dw_buf repaired;
    feed_repair(r, &repaired);
    xmlDocPtr doc = NULL;
    if (parser != NULL && dw_buf_ok(&repaired)) {
        parser->_private = &nodes_left;
        parser->sax->startElementNs = start_element;
        doc = xmlCtxtReadMemory(parser, repaired.at, (int)repaired.len, NULL, "UTF-8", options);
    }
    dw_buf_release(&repaired);
    if (doc != NULL)
        warn_of_errors(r, parser, nodes_left);
    if (parser == NULL || parser->errNo == XML_ERR_NO_MEMORY)
        r->arena->failed = true;
    xmlFreeParserCtxt(parser);
    return doc;
}
