/* The filter language: what a person types, as a tree, and as a condition for the store.
 *
 *   query = both { "or" both }          both = one { one }         one = [ "-" ] ( "(" query ")" |
 * term ) term  = word | "\"phrase\"" | name ":" value | "amount" (">=" | ">" | "<=" | "<" | "=")
 * number [unit]
 *
 * Words match the full text. `a b` means both, `or` joins, `-` negates what follows, brackets
 * group. A `*` at the end of a word matches its beginning. Nothing here does input or output. */
#ifndef QUERY_QUERY_H
#define QUERY_QUERY_H

#include <dealwire/extract.h>

#include "base/base.h"
#include "store/store.h"

/* name in the language, what its value is, help for a person */
#define QUERY_FIELDS(X)                                                                     \
    X(QUERY_KIND, "kind", "a kind or group: investment, layoffs, deals, people, compute …") \
    X(QUERY_AMOUNT, "amount", "amount>=1B, amount>10k people, amount>1GW")                  \
    X(QUERY_FROM, "from", "who pays, invests, buys, lays off")                              \
    X(QUERY_TO, "to", "who is paid, invested in, bought")                                   \
    X(QUERY_COMPANY, "company", "a party in any role")                                      \
    X(QUERY_STATUS, "status", "rumored talks planned announced completed denied")           \
    X(QUERY_SINCE, "since", "7d, 2w, 36h or a date")                                        \
    X(QUERY_UNTIL, "until", "a date, or 7d ago")                                            \
    X(QUERY_FEED, "feed", "a feed's title, address or id")                                  \
    X(QUERY_TAG, "tag", "a feed's tag")                                                     \
    X(QUERY_IS, "is", "unread read starred")

enum query_field {
    QUERY_WORDS, /* full text */
#define QUERY_FIELD_NAME(name, text, help) name,
    QUERY_FIELDS(QUERY_FIELD_NAME)
#undef QUERY_FIELD_NAME
        QUERY_FIELD_COUNT
};

/* The name of a field ("since") and a line of help about its values. Empty for QUERY_WORDS. */
struct dw_str query_field_name(enum query_field field);
struct dw_str query_field_help(enum query_field field);

enum query_type { QUERY_ALL, QUERY_AND, QUERY_OR, QUERY_NOT, QUERY_TERM };
enum query_compare { QUERY_EQ, QUERY_GE, QUERY_GT, QUERY_LE, QUERY_LT };
enum query_state { QUERY_UNREAD, QUERY_READ, QUERY_STARRED };

/* A node of the tree. */
struct query {
    enum query_type type;
    struct query *left;  /* AND, OR, NOT */
    struct query *right; /* AND, OR */
    /* of a term: */
    enum query_field field;
    enum query_compare compare; /* of an amount */
    struct dw_str text;         /* word, phrase, company, feed, tag */
    bool prefix;                /* of a word: "data*" */
    uint32_t kinds;             /* bit (1 << enum dw_kind) for each kind that is meant */
    enum dw_status status;
    enum query_state state;
    double number; /* of an amount */
    struct dw_str
        unit;     /* of an amount: empty is money in US dollars; people, W, percent, chips … */
    int64_t time; /* since (included), until (excluded) */
    size_t start; /* bytes of the query's text that the term was made from */
    size_t end;
};

/* Finds the canonical name of a company by any of its names; empty if it knows none. */
typedef struct dw_str (*query_resolve)(void *context, struct dw_str name);

/* Adds names of companies, feeds or tags that begin with what is typed. False: out of memory. */
typedef bool (*query_names)(void *context, struct dw_arena *arena, enum query_field field,
                            struct dw_str typed, struct dw_strs *names);

/* What a text is read with. */
struct query_options {
    int64_t now;           /* for 7d */
    query_resolve resolve; /* NULL: names are taken as written */
    query_names names;     /* for completion; NULL: there are none */
    void *context;
};

/* Which word is wrong, and why. */
struct query_error {
    size_t start; /* bytes of the text */
    size_t end;
    struct dw_error error; /* "status:talk: …, one of rumored, talks, …" */
};

/* Reads a query. An empty text gives QUERY_ALL. NULL with the error where it cannot be meant, or
 * out of memory. The tree lives in the arena and points into `text`. */
struct query *query_parse(struct dw_arena *arena, struct dw_str text,
                          const struct query_options *options, struct query_error *err);

enum query_target { QUERY_ARTICLES, QUERY_FIGURES, QUERY_EVENTS };

/* Makes the store's condition out of a tree, in the arena, values bound and never in the text.
 * False: the arena is exhausted. */
bool query_compile(struct dw_arena *arena, const struct query *query, enum query_target target,
                   struct store_condition *condition) DW_MUST_CHECK;

/* Both steps: a text to a condition. */
bool query_condition(struct dw_arena *arena, struct dw_str text,
                     const struct query_options *options, enum query_target target,
                     struct store_condition *condition, struct query_error *err) DW_MUST_CHECK;

/* One way in which a word may go on. */
struct query_candidate {
    struct dw_str text; /* in place of what is typed */
    struct dw_str help; /* a line about it, or empty */
};
struct query_completion {
    size_t start; /* bytes of the text that a candidate replaces */
    size_t end;
    struct {
        struct query_candidate *at;
        size_t len;
        size_t cap;
    } candidates;
};
/* How the word that ends at the cursor (a byte) may go on: fields, and values of those that have
 * names. False: the arena is exhausted. */
bool query_complete(struct dw_arena *arena, struct dw_str text, size_t cursor,
                    const struct query_options *options,
                    struct query_completion *completion) DW_MUST_CHECK;

/* ---- Flows: what a list of them says as a whole (flows.c) -------------------------------------
 */

/* Payers by payees, the largest of each first. The names are slices of the flows. */
struct query_matrix {
    struct dw_strs payers;
    struct dw_strs payees;
    const struct store_flow **cells; /* payers.len rows of payees.len; NULL: nothing was paid */
};
/* `side`: as many payers and payees at most. False: the arena is exhausted. */
bool query_matrix_make(struct dw_arena *arena, const struct store_flows *flows, size_t side,
                       struct query_matrix *matrix) DW_MUST_CHECK;

/* Parties of whom each pays the next, and the last the first, who stands at the end once more. */
struct query_circle {
    struct dw_strs parties;
    struct dw_strs events; /* ids of those of the payments */
    double least;          /* of its payments, in US dollars: what may have gone round */
};
struct query_circles {
    struct query_circle *at;
    size_t len;
    size_t cap;
};
/* The circles of payments that are announced or completed, those of the largest least one first.
 * False: the arena is exhausted. */
bool query_circles_find(struct dw_arena *arena, const struct store_flows *flows,
                        struct query_circles *circles) DW_MUST_CHECK;

#endif
