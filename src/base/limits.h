/* Every limit on what comes from outside, with its reason. */
#ifndef DW_LIMITS_H
#define DW_LIMITS_H

/* ---- Documents ---- */
#define DW_LIMIT_BODY_BYTES \
    (16u << 20) /* a feed or page, on the wire and decoded: the largest honest feeds have 5 MB */
#define DW_LIMIT_ENTRIES 10000            /* entries of a feed: full archives have some thousands */
#define DW_LIMIT_FIELD_BYTES (1u << 20)   /* one title, summary or content: a long book chapter */
#define DW_LIMIT_TITLE_BYTES 2000         /* kept of a title: more is no title */
#define DW_LIMIT_URL_BYTES 4000           /* an address: what servers accept */
#define DW_LIMIT_DEPTH 256                /* nested elements: parsers recurse */
#define DW_LIMIT_WARNINGS 100             /* kept of one feed: a person reads the first few */
#define DW_LIMIT_OPML_FEEDS 50000         /* feeds of a list: what the store lists at once */
#define DW_LIMIT_TAGS 64                  /* folders and tags of a feed: people keep some few */
#define DW_LIMIT_ARTICLE_BYTES (2u << 20) /* text understood as a whole: a book has less */
#define DW_LIMIT_TEXT_BYTES (16u << 20)   /* text read at all, in pieces: what a page may have */
#define DW_LIMIT_COMBINING 4 /* marks on one base character: Vietnamese needs 2, Hebrew 3 */
#define DW_LIMIT_DOCUMENT_ARENA (256u << 20) /* memory of one document at work */
#define DW_LIMIT_QUERY_ARENA (64u << 20)     /* memory of one query's result */

/* ---- Transfers ---- */
#define DW_LIMIT_CONNECT_SECONDS 10
#define DW_LIMIT_FIRST_BYTE_SECONDS 20
#define DW_LIMIT_STALL_SECONDS 20
#define DW_LIMIT_TRANSFER_SECONDS 60
#define DW_LIMIT_SLOWEST_BYTES 1024 /* a second over the stall time: a telephone line does more */
#define DW_LIMIT_HEADER_BYTES (256u << 10)
#define DW_LIMIT_HELD_BYTES \
    (32u << 20) /* bodies in memory at once: beyond it one grows while the others wait */
#define DW_LIMIT_REDIRECTS 10
#define DW_LIMIT_TRANSFERS 24         /* at once in all: a home router's patience */
#define DW_LIMIT_TRANSFERS_PER_HOST 4 /* at once to one host: what browsers' users never notice */

/* ---- Program ---- */
#define DW_LIMIT_QUERY_BYTES 2000     /* a filter typed by a person */
#define DW_LIMIT_LOG_BYTES (4u << 20) /* the log starts anew beyond this */
#define DW_LIMIT_CONFIG_BYTES (1u << 20)

#endif
