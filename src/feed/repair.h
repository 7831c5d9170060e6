/* What the repairs of XML share: the text, where they are in it, and what they write. */
#ifndef FEED_REPAIR_H
#define FEED_REPAIR_H

#include "internal.h"

/* The next place of a mark, which is looked for only once. */
struct repair_mark {
    size_t at; /* SIZE_MAX: there is no more */
    bool known;
};

/* One text being repaired. */
struct repair {
    struct reading *reading;
    struct dw_buf out;
    struct dw_str text;
    size_t line;
    DW_VEC(struct dw_str) open; /* names of the elements around, outermost first */
    size_t stray_ends;          /* tags that closed nothing */
    size_t looks_ahead;         /* how often an end was looked for */
    struct repair_mark comment_end, instruction_end, cdata_end;
    size_t too_deep;      /* elements within these that were closed at once */
    bool ends_counted;    /* and what that gave */
    bool ends_missing;    /* outlines begin more often than they end */
    bool root_ended;      /* the root's end tag came, and was left out or written */
    struct dw_strs names; /* entities of the document type, and their texts */
    struct dw_strs values;
    size_t entity_bytes; /* of these written so far */
    bool in_entity;      /* the text is that of an entity */
};

/* Writes text as it is, but for controls, and counts its lines. */
void repair_copy(struct repair *r, struct dw_str part);
/* Writes what the ampersand at *at begins, and moves behind it (repair.c). */
void repair_ampersand(struct repair *r, size_t *at);
/* Writes what the '<' at *at begins, if that is a tag or a sign of its own, so that tags are well
 * formed and nested; moves behind it (tags.c). */
void repair_tag(struct repair *r, size_t *at);

/* ---- Nesting (nesting.c) ---- */

/* Closes what an element of this name, whose tag ends before `at`, shows to have been left open. */
void repair_before_start(struct repair *r, struct dw_str name, size_t at);
/* Whether the outline of a feed, written as `tag` up to the offset `at`, has no end of its own. */
bool repair_is_left_open(struct repair *r, struct dw_str tag, size_t at);
/* Notes that an element is open; false: it is nested too deep. */
bool repair_push(struct repair *r, struct dw_str name);
/* Closes the innermost element of that name, and first what is open within it. `at` is behind the
 * end tag's name. */
void repair_close(struct repair *r, struct dw_str name, size_t at);
/* Closes what is open where the text ends. */
void repair_end(struct repair *r);

#endif
