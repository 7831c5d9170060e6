/* Article pages: HTML in, the story's text and its metadata out. */
#ifndef DW_PAGE_H
#define DW_PAGE_H

#include <dealwire/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A part of a text under a heading of its own, the heading with it: bytes from start to end. */
struct dw_page_section {
    struct dw_str title;
    size_t start;
    size_t end;
};

struct dw_page {
    struct dw_str title;
    struct dw_str byline;
    struct dw_str site;
    int64_t published;
    struct dw_str language;
    struct dw_str canonical; /* absolute http(s) address, or empty */
    struct dw_str text;      /* the story alone, a blank line between paragraphs */
    struct dw_str next;      /* address of the story's next page, or empty */
    struct dw_str amp; /* addresses of the same story made for phones and for paper, or empty */
    struct dw_str print;
    bool partial; /* the text is only the beginning: the rest is for subscribers */
    bool live;    /* a report that goes on: each section is a story of its own */
    struct dw_page_section *sections; /* where the text has headings */
    size_t section_count;
};

struct dw_page_input {
    struct dw_str bytes;
    struct dw_str url;          /* resolves links; may be empty */
    struct dw_str content_type; /* the HTTP header; may be empty */
};

/* Reads an article page into the arena. False: not HTML, no story in it (a test for robots, a
 * cookie wall, an error page: the error says which), or out of memory. */
bool dw_page_read(struct dw_arena *arena, const struct dw_page_input *input, struct dw_page *page,
                  struct dw_error *err) DW_MUST_CHECK;
/* Adds the text of the story's next page, without paragraphs that it repeats. Slices of `more` must
 * live as long as those of `page`. False: out of memory. */
bool dw_page_append(struct dw_arena *arena, struct dw_page *page,
                    const struct dw_page *more) DW_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
