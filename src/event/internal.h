/* What the files of event share: names of parties, comparable values, periods. */
#ifndef EVENT_INTERNAL_H
#define EVENT_INTERNAL_H

#include "base/base.h"
#include "event/event.h"

#define DW_DAY_SECONDS 86400

/* ---- Parties (party.c) ---- */

enum dw_party_fit {
    DW_PARTY_CONTRARY, /* both name somebody, but nobody in common */
    DW_PARTY_OPEN,     /* at least one side names nobody */
    DW_PARTY_ALIKE,    /* a name in one is the beginning of a name in the other */
    DW_PARTY_SHARED    /* a name in both */
};

/* Whether it names somebody: "OpenAI", "xAI"; not "investors", "sovereign wealth funds". */
bool dw_party_is_named(struct dw_str party);
/* The part of a name that tells it from others: "Mistral" of "Mistral AI". */
struct dw_str dw_party_core(struct dw_str name);
/* Whether both name the same: case, "Inc." and the like make no difference. */
bool dw_party_same(struct dw_arena *scratch, struct dw_str a, struct dw_str b);
/* Whether one may be the other's short form: "Osterberg", "Osterberg Cloud". */
bool dw_party_alike(struct dw_str a, struct dw_str b);
/* Compares one role of two figures. `shared` (may be NULL) gets the first name in both. */
enum dw_party_fit dw_party_compare(struct dw_arena *scratch, const struct dw_strs *a,
                                   const struct dw_strs *b, struct dw_str *shared);

/* How many names of one role stand in the other, too. */
size_t dw_party_count_common(struct dw_arena *scratch, const struct dw_strs *a,
                             const struct dw_strs *b);

/* ---- Values (value.c) ---- */

enum dw_value_fit {
    DW_VALUE_UNLIKE,  /* units that cannot be compared */
    DW_VALUE_APART,   /* comparable, but not the same amount */
    DW_VALUE_VAGUE,   /* one of them tells only the magnitude, and it fits */
    DW_VALUE_OVERLAP, /* the ranges that they allow meet */
    DW_VALUE_EQUAL    /* the same amount within rounding */
};

struct dw_value_relation {
    enum dw_value_fit fit;
    double ratio; /* of the larger to the smaller; INFINITY where it means nothing */
};

/* How the values of two figures relate; currencies differ: at the rate of the day. */
struct dw_value_relation dw_value_compare(const struct dw_figure *a, const struct dw_figure *b,
                                          int64_t day);
/* Digits that the value was told with: 2 for 6.6e9, 1 for 5e10. */
int dw_value_digits(double value);

/* ---- Periods (period.c) ---- */

/* The span of time that an ISO 8601 date or period names: "2025", "2025-Q3", "2025-11",
 * "2025-11-03", two of them around a slash. False if it names none. */
bool dw_period_parse(struct dw_str when, int64_t *start, int64_t *end) DW_MUST_CHECK;
/* Seconds between two spans; 0 where they overlap. */
int64_t dw_period_gap(int64_t start, int64_t end, int64_t other_start, int64_t other_end);

/* ---- Money (money.c) ---- */

/* Digits with at most one point ("1.0905"); NAN: it is anything else. */
double dw_decimal_read(struct dw_str text);

/* ---- Kinds (match.c) ---- */

/* A pair of kinds that texts use for one fact, and the roles in which both must then agree. */
struct dw_kind_pair {
    enum dw_kind one;
    enum dw_kind other;
    bool from;
    bool to;
};
extern const struct dw_kind_pair dw_kind_pairs[];
extern const size_t dw_kind_pair_count;
/* Whether each text may name other members of one list in that role: investors of a round. */
bool dw_kind_lists_payers(enum dw_kind kind);
bool dw_kind_lists_payees(enum dw_kind kind);

#endif
