/* The cutter of sentences in progress: shared by group.c and verb-form.c. */
#ifndef EXTRACT_CUTTER_H
#define EXTRACT_CUTTER_H

#include "internal.h"

/* What the last token was, as far as the next one asks. */
enum before {
    BEFORE_START,     /* the sentence or a clause begins */
    BEFORE_NOUN,      /* a noun, a name, an amount */
    BEFORE_PRONOUN,   /* it, they, which */
    BEFORE_DESCRIBER, /* an article, a possessive: a noun follows */
    BEFORE_PREPOSITION,
    BEFORE_TO,    /* "to" */
    BEFORE_MODAL, /* will, do: a base form follows */
    BEFORE_HAVE,
    BEFORE_BE,
    BEFORE_VERB,
    BEFORE_AND,
    BEFORE_COMMA
};

struct cutter {
    const struct analysis *a;
    struct syntax *x;
    size_t end;
    enum before before;
    enum before outside; /* what stood before the last bracket */
    size_t noun;         /* the last token of the last group of nouns */
    bool finite;         /* the clause has its verb */
    bool title;          /* capitals say nothing */
};

/* verb-form.c: the form in which a token is a verb here, as a class of words; 0: it is none. */
uint64_t verb_form(const struct cutter *c, size_t token);
/* Whether the clause has a finite verb further on, before anything that begins another one: then a
 * participle before it only describes. */
bool verb_ahead(const struct cutter *c, size_t token);

static inline bool is_word(const struct analysis *a, size_t token)
{
    return a->tokens.at[token].kind == DW_TOKEN_WORD;
}

#endif
