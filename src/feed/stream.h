/* The stream of a feed's elements and texts, as libxml2 meets them. */
#ifndef FEED_STREAM_H
#define FEED_STREAM_H

#include "internal.h"
#include "names.h"

/* An element that begins. Names and values belong to libxml2 and last as long as the event. */
struct feed_element {
    const struct feed_name *name;
    const char *uri; /* of its namespace; NULL: none */
    struct feed_names *names;
    const unsigned char **attributes; /* five pointers each, as libxml2 gives them */
    size_t attribute_count;
    const unsigned char **namespaces; /* declared here: prefix, address */
    size_t namespace_count;
    long line; /* where its tag ends */
};

/* What is told of the elements. A handler of `start` may end the stream by returning false. */
struct feed_handlers {
    /* The document begins, as it is or repaired: what was told before does not count. */
    void (*begin)(void *context, bool repaired);
    bool (*start)(void *context, const struct feed_element *element);
    void (*text)(void *context, struct dw_str text);
    void (*end)(void *context, const struct feed_name *name);
    /* Whether a well-formed document, now told, is what was looked for, or can hold none. */
    bool (*is_done)(const void *context);
    void *context;
};

/* The stream ends at DW_LIMIT_DEPTH. */
#define FEED_DEEPEST (DW_LIMIT_DEPTH + 4)

/* Reads a document as it is; where that is ill-formed, not what was looked for, or needs more than
 * a parser may be trusted with (a document type), reads what feed_repair() makes of it. What is
 * wrong becomes a warning. Ends of elements may be missing at the end. */
void feed_stream(struct reading *r, struct feed_names *names, const struct feed_handlers *handlers);

/* An attribute of the element, trimmed; empty if it is not there. Lasts as long as the event, or in
 * the arena. */
struct dw_str feed_attribute(struct dw_arena *arena, const struct feed_element *element,
                             enum feed_attribute attribute);
bool feed_has_attribute(const struct feed_element *element, enum feed_attribute attribute);
/* Name and value of the attribute at an index. */
void feed_attribute_at(struct dw_arena *arena, const struct feed_element *element, size_t index,
                       struct dw_str *name, struct dw_str *value);

#endif
