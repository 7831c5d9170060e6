/* Long texts in a document, which the parser needs not look at. */
#ifndef FEED_SECTION_H
#define FEED_SECTION_H

#include "base/base.h"

/* A stretch of a document that is nothing but text. */
struct feed_section {
    size_t from, to; /* of its text, without marks */
    bool is_cdata;   /* it stands between CDATA marks, and has no references */
};

/* The next long CDATA section, or long text between two tags, at or behind `at`; false if there is
 * none. Right for well-formed documents; in others the parser still complains of what is wrong. */
bool feed_next_section(struct dw_str text, size_t at, struct feed_section *section);

#endif
