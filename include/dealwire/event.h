/* Events: the same fact across articles. Pure functions: the caller brings the candidates. */
#ifndef DW_EVENT_H
#define DW_EVENT_H

#include <dealwire/extract.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What the sentence of a figure says of its deal. */
struct dw_told {
    bool apart;  /* it is another one: "an additional", "second round" */
    char series; /* the letter of its round ("Series C": 'C', seed: 's'); 0: none */
};
struct dw_told dw_event_told(struct dw_str sentence);

/* A figure with what places it among others: one piece of evidence of an event. */
struct dw_evidence {
    const struct dw_figure *figure;
    int64_t figure_id;
    int64_t published; /* of the article; the time of its first sight where it has none */
    int64_t source; /* equal for articles that count as one source (one outlet, one agency text) */
    struct dw_told told;
};

struct dw_revision;

/* An event that a figure may belong to: its present state, and the time of its newest evidence. */
struct dw_candidate {
    int64_t event_id;
    const struct dw_figure *figure;      /* the state: value, parties, status */
    const struct dw_revision *revisions; /* the amounts that it had before; may be NULL */
    size_t revision_count;
    int64_t first_seen;
    int64_t last_seen;
    char series;       /* of its round, or 0 */
    bool same_article; /* it already holds a figure of the article at hand */
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

/* The kinds that texts use for the facts of one: bit (1 << enum dw_kind) for each, its own too. */
uint32_t dw_event_kinds(enum dw_kind kind);

/* What figures and events are found by: numbers made of the kind and of words of the names of who
 * pays and who is paid. */
struct dw_event_keys {
    int64_t *at;
    size_t len;
    size_t cap;
};
/* The keys of an event with this state. False: the arena is exhausted. */
bool dw_event_keys_held(struct dw_arena *arena, const struct dw_figure *figure,
                        struct dw_event_keys *keys) DW_MUST_CHECK;
/* The keys of all events that a figure may belong to, but for those of its own article. */
bool dw_event_keys_asked(struct dw_arena *arena, const struct dw_figure *figure,
                         struct dw_event_keys *keys) DW_MUST_CHECK;
/* The keys of all events of these kinds with a party in common. False: as above. */
bool dw_event_keys_near(struct dw_arena *arena, const struct dw_figure *figure,
                        struct dw_event_keys *keys) DW_MUST_CHECK;

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
    char series; /* of the round that its evidence names first, or 0 */
};

/* Computes the state from all evidence, whatever its order. False: none given or out of memory. */
bool dw_event_state(struct dw_arena *arena, const struct dw_evidence *evidence, size_t count,
                    struct dw_event_state *state) DW_MUST_CHECK;

/* A figure that is to be placed. */
struct dw_piece {
    struct dw_evidence evidence;
    int64_t article;
};

/* Figures that tell the same, in the order of their publication. */
struct dw_cluster {
    struct dw_evidence *at;
    size_t len;
    size_t cap;
    struct dw_event_state state;
    int64_t article; /* of the newest one */
};
struct dw_clusters {
    struct dw_cluster *at;
    size_t len;
    size_t cap;
};

/* The cluster that a piece belongs to, all of whose pieces come before it: `index` is the number of
 * clusters where it opens one of its own. False: the arena is exhausted. */
bool dw_cluster_choose(struct dw_arena *arena, const struct dw_clusters *clusters,
                       const struct dw_piece *piece, size_t *index) DW_MUST_CHECK;
/* Adds a piece to a cluster, or to a new one, and computes its state. False: as above. */
bool dw_cluster_add(struct dw_arena *arena, struct dw_clusters *clusters,
                    const struct dw_piece *piece, size_t index) DW_MUST_CHECK;

/* What one party pays another in all; parties are numbers from 0. */
struct dw_payment {
    size_t from;
    size_t to;
    double amount;
};
#define DW_CIRCLE_MOST 5 /* parties of a circle: longer ones say nothing */
/* Parties of whom each pays the next and the last the first. */
struct dw_circle {
    size_t parties[DW_CIRCLE_MOST];
    size_t len;
    double least; /* of its payments: what may have gone round */
};
struct dw_circles {
    struct dw_circle *at;
    size_t len;
    size_t cap;
};
/* All circles, those with the largest least payment first. Sorts the payments, of which there is
 * one at most for a pair. False: the arena is exhausted. */
bool dw_circles_find(struct dw_arena *arena, struct dw_payment *payments, size_t count,
                     size_t parties, struct dw_circles *circles) DW_MUST_CHECK;

/* A reference rate: units of a currency for one euro, from a day on. */
#define DW_CURRENCY_BYTES 3
struct dw_rate {
    struct dw_str currency;
    int64_t day; /* its start; DW_TIME_NONE: any */
    double per_euro;
};
struct dw_rates {
    struct dw_rate *at;
    size_t len;
    size_t cap;
};
/* The rates in the XML of the European Central Bank, that of a day or that of all days; slices
 * point into the bytes. False: there are none in it, or out of memory. */
bool dw_rates_parse(struct dw_arena *arena, struct dw_str bytes, struct dw_rates *rates,
                    struct dw_error *err) DW_MUST_CHECK;
/* The rate of a day in the table that is built in: monthly averages, the newest one for what comes
 * later (DW_TIME_NONE: the newest). False: the unit is no currency that it knows. */
bool dw_money_rate(struct dw_str unit, int64_t at, struct dw_rate *rate) DW_MUST_CHECK;

/* US dollars for an amount in `unit` at the rate of the day `at` in the table that is built in
 * (DW_TIME_NONE: newest known); NAN where the unit is no money or its rate unknown. */
double dw_money_usd(double value, struct dw_str unit, int64_t at);

#ifdef __cplusplus
}
#endif

#endif
