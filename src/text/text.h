/* What text offers: HTML to plain text, sentences and tokens. */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "base/base.h"

/* ---- HTML to text (html.c) ------------------------------------------------------------------- */

/* An HTML fragment or page as plain text: blocks apart by a blank line, list items as "- item",
 * cells by " | ", references decoded, scripts and styles gone. UTF-8 in; cleaned text out. */
struct dw_str dw_html_to_text(struct dw_arena *arena, struct dw_str html);
/* Whether a text that may be either looks like HTML: a known tag or a character reference. */
bool dw_html_looks_like(struct dw_str s);
/* Decodes the character references of a text that has no tags. */
struct dw_str dw_html_decode(struct dw_arena *arena, struct dw_str s);
/* The code point (or two) of a named reference without & and ;, by table; false if unknown. */
bool dw_html_entity(struct dw_str name, uint32_t codepoints[2]) DW_MUST_CHECK;

/* What browsers take a byte or a reference of the range of C1 controls for: windows-1252. 0: it has
 * no letter there. Other numbers stay themselves. */
uint32_t dw_html_windows(uint32_t c);

struct _xmlNode;
/* Whether a node and all in it is to be left out. */
typedef bool (*dw_html_skip)(const struct _xmlNode *node, const void *context);
/* A node of libxml2's HTML tree as plain text, by the rules of dw_html_to_text(). `skip` may be
 * NULL. */
struct dw_str dw_html_node_to_text(struct dw_arena *arena, const struct _xmlNode *node,
                                   dw_html_skip skip, const void *context);
/* What a tag does to the text around it. */
bool dw_html_is_inline(struct dw_str tag);
bool dw_html_is_skipped(struct dw_str tag);
/* The bytes without NULs, which would end libxml2's reading: the slice itself or a copy. */
struct dw_str dw_html_without_nul(struct dw_arena *arena, struct dw_str s);

/* ---- Character sets (charset.c) -------------------------------------------------------------- */

enum dw_charset_guess {
    DW_CHARSET_UTF8,
    DW_CHARSET_UTF8_BROKEN, /* with some wrong bytes, now U+FFFD */
    DW_CHARSET_WINDOWS,     /* taken as windows-1252 */
    DW_CHARSET_OTHER        /* one of charsets.tsv, by its commonest characters */
};

/* Bytes in a named character set as UTF-8. False: no such set, or they don't decode in it. */
bool dw_charset_convert(struct dw_arena *arena, struct dw_str bytes, struct dw_str charset,
                        struct dw_str *text) DW_MUST_CHECK;
/* The same by their byte order mark or the zeroes of their first characters. False: they show none;
 * a mark that does not fit is taken off `bytes`. */
bool dw_charset_by_mark(struct dw_arena *arena, struct dw_str *bytes,
                        struct dw_str *text) DW_MUST_CHECK;
/* UTF-8 whatever comes, for bytes that nothing speaks for: by what they look like. */
struct dw_str dw_charset_guess(struct dw_arena *arena, struct dw_str bytes,
                               enum dw_charset_guess *guess);
/* The value of `name=` in a header, declaration or tag, without quotes; empty if it is not there.
 */
struct dw_str dw_charset_parameter(struct dw_str s, struct dw_str name);

/* ---- Addresses (url.c) ----------------------------------------------------------------------- */

/* An absolute http(s) address for `reference` seen at `base` (RFC 3986), without fragment or
 * control characters; empty if it is none or has another scheme. */
struct dw_str dw_url_resolve(struct dw_arena *arena, struct dw_str base, struct dw_str reference);
/* The host part in lower case, without user and port; empty if there is none. Borrowed or in arena.
 */
struct dw_str dw_url_host(struct dw_arena *arena, struct dw_str url);
/* An address without the user name and password that it may hold. */
struct dw_str dw_url_shown(struct dw_arena *arena, struct dw_str url);
/* The server of an address: its host and, where it is another than the scheme's, its port; empty
 * where it names none. */
struct dw_str dw_url_server(struct dw_arena *arena, struct dw_str url);
/* The address as an identity: lower-case host, no default port, fragment, tracking parameters
 * (utm_*, fbclid ...) or trailing slash; http counts as https. */
struct dw_str dw_url_identity(struct dw_arena *arena, struct dw_str url);

/* ---- Tokens (token.c) ------------------------------------------------------------------------ */

enum dw_token_kind {
    DW_TOKEN_WORD,     /* letters, with inner apostrophes and digits: "OpenAI", "O'Reilly", "GPT" */
    DW_TOKEN_NUMBER,   /* digits with groupings and a decimal point: "1,200.50" */
    DW_TOKEN_CURRENCY, /* a currency sign: "$", "€" */
    DW_TOKEN_DASH,     /* any hyphen or dash */
    DW_TOKEN_QUOTE,    /* any single or double quotation mark */
    DW_TOKEN_PUNCT,    /* any other sign */
    DW_TOKEN_BREAK     /* a line end: paragraphs and headings end here */
};

/* Words carry what later stages ask of their letters, so that nobody looks at them again. */
struct dw_token {
    uint64_t head; /* dw_word_head() and */
    uint32_t hash; /* dw_word_hash() of the word without its ending; 0 for single signs */
    uint32_t start;
    uint32_t end;        /* byte offsets, exclusive */
    uint8_t kind;        /* enum dw_token_kind */
    uint8_t ending;      /* bytes at its end that are no part of the word: 's, 'll; n't stays */
    bool space : 1;      /* white space stands before it */
    bool capital : 1;    /* begins with a capital */
    bool caps : 1;       /* has a capital behind its first letter */
    bool digits : 1;     /* a word with digits in it */
    bool possessive : 1; /* ends in 's */
    bool negated : 1;    /* ends in n't */
    bool initials : 1;   /* "U.S.": letters with full stops */
};

struct dw_tokens {
    struct dw_token *at;
    size_t len;
    size_t cap;
};

/* Fills in what a token tells of its letters, from its start, end and kind. */
void dw_token_read(struct dw_str text, struct dw_token *token);

/* Hash of a word, the same whatever the case of its ASCII letters; never 0. */
uint32_t dw_word_hash(struct dw_str word);
/* Its first eight bytes in lower case: with the hash they tell words apart. */
uint64_t dw_word_head(struct dw_str word);

/* Splits clean text. False: the arena is exhausted. */
bool dw_tokenize(struct dw_arena *arena, struct dw_str text,
                 struct dw_tokens *tokens) DW_MUST_CHECK;

/* ---- Sentences (sentence.c) ------------------------------------------------------------------ */

struct dw_sentence {
    uint32_t first; /* index of its first token */
    uint32_t last;  /* one behind its last token; line ends belong to no sentence */
    uint32_t start;
    uint32_t end;    /* byte offsets */
    bool heading;    /* a line without a full stop at its end */
    bool title_case; /* a heading that writes most words with a capital */
};

struct dw_sentences {
    struct dw_sentence *at;
    size_t len;
    size_t cap;
};

/* Groups tokens to sentences. False: the arena is exhausted. */
bool dw_sentences(struct dw_arena *arena, struct dw_str text, const struct dw_tokens *tokens,
                  struct dw_sentences *sentences) DW_MUST_CHECK;

#endif
