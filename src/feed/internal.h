/* What the files of feed share: the reading in progress and its warnings. */
#ifndef FEED_INTERNAL_H
#define FEED_INTERNAL_H

#include "feed/feed.h"

#include "base/base.h"
#include "text/text.h"

/* One feed being read. */
struct reading {
    struct dw_arena *arena;
    const struct dw_feed_input *input;
    struct dw_str text; /* the bytes as UTF-8, or what stands in a web page of them */
    int lines_before;   /* of that page */
    bool is_list;       /* of feeds, not a feed */
    struct dw_feed *feed;
    DW_VEC(struct dw_entry) entries;
    size_t warnings_given; /* those that were not kept included */
    bool full;             /* DW_LIMIT_ENTRIES are there and the warning is given */
};

/* Adds a warning; forgets it beyond DW_LIMIT_WARNINGS and where it repeats the last one. */
void feed_warn(struct reading *reading, const char *format, ...) DW_PRINTF(2, 3);

/* The bytes as UTF-8, by byte order mark, HTTP header, declaration, or what they look like
 * (encoding.c). */
struct dw_str feed_decode(struct reading *reading);

/* The character of a reference that XML knows by itself, without & and ; (reference.c). 0: it is
 * another's, or stands for nothing that XML allows. */
uint32_t feed_reference(struct dw_str name);

/* What base64 carries, white space ignored; false if it is none (base64.c). */
bool feed_base64(struct dw_arena *arena, struct dw_str text, struct dw_str *bytes) DW_MUST_CHECK;

/* Makes the text digestible for an XML parser: no junk before the root, no declaration, no document
 * type (whose entities are replaced by their text), no references that XML does not know, no bare
 * ampersands, tags well formed and nested no deeper than DW_LIMIT_DEPTH. Line numbers stay.
 * The caller releases `out`; if it could not hold it all, the arena has failed (repair.c, tags.c).
 */
void feed_repair(struct reading *reading, struct dw_buf *out);

/* Takes a feed or a list of feeds out of a web page that stands around it, as markup or as the text
 * that the page shows, with a warning; else leaves the text as it is (unwrap.c). */
void feed_unwrap(struct reading *reading);

/* Whether a feed begins within what is none itself: behind messages of the program that wrote it,
 * for example. Its offset, or SIZE_MAX; none is looked for in a web page (repair.c). */
size_t feed_find_root(struct dw_str text);

/* Reads a document type declaration that stands at the front of the text: how long it is, and the
 * texts of its internal entities, which are not yet safe to be put anywhere (doctype.c). */
size_t feed_doctype(struct dw_arena *arena, struct dw_str text, struct dw_strs *names,
                    struct dw_strs *values);

/* Makes JSON digestible that was cut off or has signs that it may not have. False: it is nested too
 * deep, or memory is short. The caller releases `out` in any case (json-repair.c). */
bool feed_repair_json(struct reading *reading, struct dw_str text,
                      struct dw_buf *out) DW_MUST_CHECK;

/* Says in the error what the text is instead of a feed; returns false (notfeed.c). */
bool feed_not_a_feed(struct dw_arena *arena, const struct dw_feed_input *input, struct dw_str text,
                     struct dw_error *err);

bool feed_read_xml(struct reading *reading, struct dw_error *err) DW_MUST_CHECK;
bool feed_read_json(struct reading *reading, struct dw_error *err) DW_MUST_CHECK;

/* ---- Values that every dialect has (value.c) ---- */

/* A text that may be HTML as plain text, at most DW_LIMIT_FIELD_BYTES. */
struct dw_str feed_text(struct reading *reading, struct dw_str raw, bool is_html);
/* The same on one line, for titles and names. */
struct dw_str feed_line(struct reading *reading, struct dw_str raw, bool is_html);
/* Whether a text of unsaid type is to be taken as HTML. */
bool feed_is_html(struct dw_str raw);
/* A date, with a warning if it names no instant or lies far ahead. */
int64_t feed_date(struct reading *reading, struct dw_str raw, const char *what);
/* An absolute http(s) address; empty with a warning for any other scheme. */
struct dw_str feed_link(struct reading *reading, struct dw_str base, struct dw_str raw);
/* A new entry at the end; NULL beyond DW_LIMIT_ENTRIES or out of memory. */
struct dw_entry *feed_new_entry(struct reading *reading);
/* Whether the entry takes another file. */
bool feed_takes_file(const struct dw_entry *entry);
/* Adds a file; false if it is none, there already, or too many. */
bool feed_add_enclosure(struct reading *reading, struct dw_entry *entry, struct dw_enclosure item);

#endif
