/* Plain text in the making: what an HTML reader, of tags or of a tree, tells of blocks and words.
 */
#ifndef TEXT_HTML_WRITER_H
#define TEXT_HTML_WRITER_H

#include "text/text.h"

/* What a tag does to the text around it; the names are those of tags.tsv. */
enum tag_role {
    TAG_UNKNOWN,
    TAG_INLINE,
    TAG_BLOCK,
    TAG_LINE,
    TAG_ITEM,
    TAG_CELL,
    TAG_BREAK,
    TAG_PRE,
    TAG_LIST, /* stands apart, but not within another list */
    TAG_SKIP,
    TAG_VOID /* nothing is in it, and it is no text */
};

/* The role of a tag by its name in any case (tag.c). */
enum tag_role html_tag_role(struct dw_str name);

/* Appends a text with its character references decoded (entity.c). */
void html_decode_into(struct dw_buf *out, struct dw_str s);

/* Whether a style attribute hides its element (tag.c). */
bool html_style_hides(struct dw_str style);

struct html_writer {
    struct dw_buf out;
    int lines;  /* line ends that stand before the next word: 1 a new line, 2 a new block */
    bool space; /* white space stands before the next word */
    bool cell;  /* a cell came before in this row */
    int pre;    /* inside this many pre elements */
    int lists;  /* and lists */
};

/* `room`: bytes that the text may have at most. To be ended with html_writer_text(). */
void html_writer_init(struct html_writer *w, size_t room);
/* Text between two tags, its references decoded. Runs of white space are left to the cleaning. */
void html_write_text(struct html_writer *w, struct dw_str text);
void html_open_tag(struct html_writer *w, enum tag_role role);
void html_close_tag(struct html_writer *w, enum tag_role role);
/* The text that stands for an image. */
void html_write_image(struct html_writer *w, struct dw_str alt);
/* All that was written, cleaned, in the arena. */
struct dw_str html_writer_text(struct html_writer *w, struct dw_arena *arena);

#endif
