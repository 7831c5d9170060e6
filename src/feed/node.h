/* What the reader of lists asks of libxml2's tree: names of elements, attributes and text. */
#ifndef FEED_NODE_H
#define FEED_NODE_H

#include <libxml/tree.h>

#include "internal.h"

/* Parses the repaired text of the reading, with warnings for what is ill-formed or too much. NULL:
 * no XML at all, or out of memory, which the arena tells. To be given to xmlFreeDoc() (document.c).
 */
xmlDocPtr feed_xml_document(struct reading *r);

/* A C string of libxml2 as a slice; borrowed. */
struct dw_str feed_xml_str(const xmlChar *s);

/* Whether it is an element of this name, in any case. */
bool feed_node_is(const xmlNode *node, const char *name);
/* An attribute by its local name in any case, trimmed, in the arena; empty if it is not there. */
struct dw_str feed_node_attribute(struct reading *r, const xmlNode *node, const char *name);
/* All text within, as it is written, in the arena. */
struct dw_str feed_node_raw(struct reading *r, const xmlNode *node);

#endif
