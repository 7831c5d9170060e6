/* Article pages: HTML in, the story's text and its metadata out. */
#ifndef DW_PAGE_H
#define DW_PAGE_H

#include <dealwire/base.h>

#ifdef __cplusplus
extern "C" {
#endif

struct dw_page {
    struct dw_str title;
    struct dw_str byline;
    struct dw_str site;
    int64_t published;
    struct dw_str language;
    struct dw_str canonical; /* absolute http(s) address, or empty */
    struct dw_str text;      /* the story alone, a blank line between paragraphs */
};

struct dw_page_input {
    struct dw_str bytes;
    struct dw_str url;          /* resolves links; may be empty */
    struct dw_str content_type; /* the HTTP header; may be empty */
};

/* Reads an article page into the arena. False: not HTML, no text in it, or out of memory. */
bool dw_page_read(struct dw_arena *arena, const struct dw_page_input *input, struct dw_page *page,
                  struct dw_error *err) DW_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
