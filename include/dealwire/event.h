/* Events: the same fact across articles. Pure functions: the caller brings the candidates. */
#ifndef DW_EVENT_H
#define DW_EVENT_H

#include <dealwire/extract.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A figure with what places it among others: one piece of evidence of an event. */
struct dw_evidence {
    const struct dw_figure *figure;
    int64_t figure_id;
    int64_t published; /* of the article; the time of its first sight where it has none */
    int64_t source; /* equal for articles that count as one source (one outlet, one agency text) */
    struct dw_str sentence; /* where the figure is told: "another", "second" set a deal apart */
};

/* An event that a figure may belong to: its present state, and the time of its newest evidence. */
struct dw_candidate {
    int64_t event_id;
    const struct dw_figure *figure; /* the state: value, parties, status */
    int64_t first_seen;
    int64_t last_seen;
    struct dw_str sentence; /* of its newest evidence: where it names its round; may be empty */
    bool same_article;      /* it already holds a figure of the article at hand */
};

/* How well the figure fits the candidate: 0 no match, up to 1. `why` (may be NULL) is filled with a
 * short clause for a person, in the arena. */
double dw_event_score(struct dw_arena *arena, const struct dw_evidence *evidence,
                      const struct dw_candidate *candidate, struct dw_str *why);
/* The best candidate, or NULL if none fits: then the figure opens an event of its own. The choice
 * depends on content and times only, not on the order of the candidates. */
const struct dw_candidate *dw_event_match(struct dw_arena *arena,
                                          const struct dw_evidence *evidence,
                                          const struct dw_candidate *candidates, size_t count,
                                          double *score);

/* A change of value or status that an article brought. */
struct dw_revision {
    int64_t figure_id;
    int64_t at;
    enum dw_qualifier qualifier;
    double value;
    double low;
    double high;
    enum dw_status status;
};

/* What a set of evidence says. */
struct dw_event_state {
    struct dw_figure figure; /* value and status of the best-attested newest reading, all parties */
    struct dw_revision *revisions; /* oldest first; the first is how the event began */
    size_t revision_count;
    size_t sources; /* distinct */
    int64_t first_seen;
    int64_t last_seen;
    double confidence;
};

/* Computes the state from all evidence, whatever its order. False: none given or out of memory. */
bool dw_event_state(struct dw_arena *arena, const struct dw_evidence *evidence, size_t count,
                    struct dw_event_state *state) DW_MUST_CHECK;

/* US dollars for an amount in `unit` at the reference rate of the day `at` (DW_TIME_NONE: newest
 * known); NAN where the unit is no money or its rate unknown. Rates: European Central Bank. */
double dw_money_usd(double value, struct dw_str unit, int64_t at);

#ifdef __cplusplus
}
#endif

#endif
