/* What the files of query share: words of a text, and the values of fields. */
#ifndef QUERY_INTERNAL_H
#define QUERY_INTERNAL_H

#include "base/base.h"
#include "query/query.h"

/* ---- Words (word.c) -------------------------------------------------------------------------- */

enum word_kind {
    WORD_END,
    WORD_OPEN,  /* ( */
    WORD_CLOSE, /* ) */
    WORD_OR,
    WORD_AND, /* said outright; means nothing more than a space */
    WORD_NOT,
    WORD_PHRASE, /* "…": text is without the quotes */
    WORD_TEXT,   /* a word of the full text */
    WORD_FIELD   /* name:value or name>=value: field, compare and text are set */
};

struct word {
    enum word_kind kind;
    enum query_field field;
    enum query_compare compare;
    struct dw_str text; /* the word, the phrase, the value */
    bool quoted;        /* the value stood in quotes */
    size_t start;       /* bytes of the query's text */
    size_t end;
    size_t value; /* where the value starts */
};

/* Reads words from the front of a text. */
struct words {
    struct dw_str text;
    size_t at;
    struct query_error *err;
};

/* Takes the next word. False: no such field, or a quote that is not closed; the error is set. */
bool words_next(struct words *words, struct word *word) DW_MUST_CHECK;
/* Sets the error to bytes [start, end) of the text. Returns false. */
bool query_fail(struct query_error *err, size_t start, size_t end, const char *format, ...)
    DW_PRINTF(4, 5);

/* ---- Values (value.c) ------------------------------------------------------------------------ */

/* Reads the value of a field into the term. False with the error that names what is allowed. */
bool query_value(struct dw_arena *arena, const struct word *word,
                 const struct query_options *options, struct query *term,
                 struct query_error *err) DW_MUST_CHECK;

/* Adds the names that a value of the field may have: kinds, statuses, states, words for times.
 * False: the arena is exhausted. */
bool query_value_names(struct dw_arena *arena, enum query_field field,
                       struct dw_strs *names) DW_MUST_CHECK;

#endif
