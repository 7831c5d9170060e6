/* What the readers of XML dialects ask of an element: its meaning, attributes, text and base. */
#ifndef FEED_NODE_H
#define FEED_NODE_H

#include <libxml/tree.h>

#include "internal.h"

/* Columns of elements.tsv. */
enum { FEED_IN_CHANNEL = 2, FEED_IN_ENTRY = 3 };

/* Parses the repaired text of the reading, with warnings for what is ill-formed or too much. NULL:
 * no XML at all, or out of memory, which the arena tells. To be given to xmlFreeDoc() (document.c).
 */
xmlDocPtr feed_xml_document(struct reading *r);

/* A C string of libxml2 as a slice; borrowed. */
struct dw_str feed_xml_str(const xmlChar *s);

/* Whether it is an element of this local name, in any case and of any vocabulary. */
bool feed_node_is(const xmlNode *node, const char *name);
/* What an element means by elements.tsv in a feed or in an entry (FEED_IN_…); empty: nothing. */
struct dw_str feed_node_meaning(const struct reading *r, const xmlNode *node, size_t column);
/* An attribute by its local name in any case, trimmed, in the arena; empty if it is not there. */
struct dw_str feed_node_attribute(struct reading *r, const xmlNode *node, const char *name);
bool feed_node_has_attribute(const xmlNode *node, const char *name);

/* All text within, as it is written, in the arena: for dates, numbers and addresses. */
struct dw_str feed_node_raw(struct reading *r, const xmlNode *node);
/* The element as plain text of many lines or of one, HTML rendered where it is HTML. */
struct dw_str feed_node_text(struct reading *r, xmlNode *node);
struct dw_str feed_node_line(struct reading *r, xmlNode *node);
/* A person: a plain name, or name, email and uri in elements. "mail@host (Name)" is Name. */
struct dw_str feed_node_person(struct reading *r, xmlNode *node);

/* What addresses in the element are relative to: xml:base, else the feed's link, else where the
 * feed came from. */
struct dw_str feed_node_base(struct reading *r, const xmlNode *node);
/* An absolute http(s) address; empty with a warning for any other scheme. */
struct dw_str feed_node_link(struct reading *r, const xmlNode *node, struct dw_str address);

/* The rel of a link as a short word ("alternate" where there is none). */
struct dw_str feed_node_rel(struct reading *r, const xmlNode *node);

/* ---- Readers (channel.c, entry.c) ---- */

/* What a feed's own elements told that has to wait for the others. */
struct channel {
    struct dw_str author;
    int64_t pubdate;
    int64_t date;
    int64_t period;    /* sy:updatePeriod in seconds; -1: not told */
    int64_t frequency; /* sy:updateFrequency; -1: not told */
};

/* Reads the elements of a feed that are no entries. */
void feed_read_channel(struct reading *r, xmlNode *node, struct channel *channel);
/* Settles what had to wait, once all channels are read. */
void feed_finish_channel(struct reading *r, const struct channel *channel);
/* Reads one item or entry; `author` is the feed's own. */
void feed_read_entry(struct reading *r, xmlNode *node, struct dw_str author);

#endif
