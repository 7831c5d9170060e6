/* Whether a figure tells the same fact as an event does, and which of several events does best.
 *
 * Invariants: the score depends on the contents and publication times of both alone; it is 0 as
 * soon as one rule of the contract (kind, parties, unit, value, time) is broken; the choice among
 * several candidates is the same in whatever order they come. */
#include "internal.h"

#include <math.h>

enum role_rule {
    ROLE_STRICT, /* names that contradict each other mean another fact */
    ROLE_LIST    /* each text may name other members of one list: investors of a round */
};

/* What is particular to a kind. */
struct kind_rule {
    enum role_rule from;
    enum role_rule to;
    int revise_days; /* another value this close in time is a revision; 0: always another fact */
    double revise_ratio; /* of the larger to the smaller value of a revision, at most */
    int repeat_days;     /* the same value this far apart in time is the same fact still */
    int when_days;       /* `when` of the two may differ by this much */
    bool needs_from;     /* without the same payer or employer it is another fact */
};

#define DEAL 120
#define STAFF 45
#define LONG 730 /* outlets retell deals for years */

static const struct kind_rule rules[DW_KIND_COUNT] = {
    [DW_KIND_INVESTMENT] = {ROLE_STRICT, ROLE_STRICT, DEAL, 10, LONG, DEAL, false},
    [DW_KIND_ROUND] = {ROLE_LIST, ROLE_STRICT, DEAL, 10, LONG, DEAL, false},
    [DW_KIND_VALUATION] = {ROLE_LIST, ROLE_STRICT, DEAL, 2, LONG, DEAL, false},
    [DW_KIND_ACQUISITION] = {ROLE_STRICT, ROLE_STRICT, DEAL, 10, LONG, DEAL, false},
    [DW_KIND_CONTRACT] = {ROLE_STRICT, ROLE_STRICT, DEAL, 10, LONG, DEAL, false},
    [DW_KIND_DEBT] = {ROLE_LIST, ROLE_STRICT, DEAL, 10, LONG, DEAL, false},
    [DW_KIND_GRANT] = {ROLE_STRICT, ROLE_STRICT, DEAL, 10, LONG, DEAL, false},
    [DW_KIND_STAKE] = {ROLE_STRICT, ROLE_STRICT, DEAL, 2, LONG, DEAL, false},
    [DW_KIND_LAYOFFS] = {ROLE_STRICT, ROLE_LIST, STAFF, 4, DEAL, STAFF, true},
    [DW_KIND_HIRING] = {ROLE_STRICT, ROLE_LIST, STAFF, 4, DEAL, STAFF, false},
    [DW_KIND_HEADCOUNT] = {ROLE_STRICT, ROLE_LIST, 0, 0, DEAL, 0, false},
    [DW_KIND_USERS] = {ROLE_LIST, ROLE_STRICT, 0, 0, DEAL, 0, false},
    [DW_KIND_SPENDING] = {ROLE_STRICT, ROLE_STRICT, 0, 0, LONG, DEAL, false},
    [DW_KIND_POWER] = {ROLE_STRICT, ROLE_STRICT, 0, 0, LONG, DEAL, false},
    [DW_KIND_CHIPS] = {ROLE_STRICT, ROLE_STRICT, 0, 0, LONG, DEAL, false},
    [DW_KIND_PARAMETERS] = {ROLE_LIST, ROLE_STRICT, 0, 0, LONG, DEAL, false},
    [DW_KIND_REVENUE] = {ROLE_LIST, ROLE_STRICT, 0, 0, DEAL, 0, false},
    [DW_KIND_PROFIT] = {ROLE_LIST, ROLE_STRICT, 0, 0, DEAL, 0, false},
    [DW_KIND_CHANGE] = {ROLE_LIST, ROLE_STRICT, 0, 0, 7, 0, false},
    [DW_KIND_PRICE] = {ROLE_LIST, ROLE_STRICT, 0, 0, LONG, DEAL, false},
    [DW_KIND_COMPENSATION] = {ROLE_STRICT, ROLE_STRICT, 0, 0, LONG, DEAL, false},
    [DW_KIND_SETTLEMENT] = {ROLE_STRICT, ROLE_STRICT, 0, 0, LONG, DEAL, false},
    [DW_KIND_MONEY] = {ROLE_STRICT, ROLE_STRICT, 0, 0, DEAL, DEAL, false},
};

/* Pairs of kinds that texts use for one fact, and the roles in which both must then agree. */
static const struct kind_pair {
    enum dw_kind one;
    enum dw_kind other;
    bool from;
    bool to;
} pairs[] = {
    {DW_KIND_INVESTMENT, DW_KIND_ROUND, false, true},
    {DW_KIND_CONTRACT, DW_KIND_SPENDING, true, true},
};

/* The two sides and what is known so far of their relation. */
struct comparison {
    struct dw_arena *arena;
    const struct dw_evidence *evidence;
    const struct dw_candidate *candidate;
    const struct dw_figure *a; /* of the evidence */
    const struct dw_figure *b; /* of the candidate */
    struct kind_rule rule;
    const struct kind_pair *pair; /* NULL: the same kind */
    enum dw_party_fit from;
    enum dw_party_fit to;
    struct dw_str shared; /* a party in both */
    struct dw_value_relation values;
    int64_t gap; /* seconds between the evidence and the nearest sighting of the candidate */
    bool revision;
};

/* Whether the kinds go together; sets the rule, the stricter of two. */
static bool kinds_fit(struct comparison *c)
{
    c->rule = rules[c->a->kind];
    if (c->a->kind == c->b->kind)
        return true;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        const struct kind_pair *p = &pairs[i];
        if ((c->a->kind != p->one || c->b->kind != p->other) &&
            (c->a->kind != p->other || c->b->kind != p->one))
            continue;
        c->pair = p;
        c->rule = rules[p->one]; /* the first of each pair is the stricter */
        return true;
    }
    return false;
}

static bool parties_fit(struct comparison *c)
{
    c->from = dw_party_compare(c->arena, &c->a->from, &c->b->from, &c->shared);
    c->to = dw_party_compare(c->arena, &c->a->to, &c->b->to, &c->shared);
    if ((c->from == DW_PARTY_CONTRARY && c->rule.from == ROLE_STRICT) ||
        (c->to == DW_PARTY_CONTRARY && c->rule.to == ROLE_STRICT))
        return false;
    if (c->rule.needs_from && c->from < DW_PARTY_ALIKE)
        return false;
    if (c->pair != NULL &&
        ((c->pair->from && c->from < DW_PARTY_ALIKE) || (c->pair->to && c->to < DW_PARTY_ALIKE)))
        return false;
    return c->from >= DW_PARTY_ALIKE || c->to >= DW_PARTY_ALIKE || c->candidate->same_article;
}

/* Whether both name the same parties as far as they name any: what a revision asks for. A role in
 * which only one side names somebody does not count against it where the other role is shared. */
static bool parties_same(const struct comparison *c)
{
    bool contrary = c->from == DW_PARTY_CONTRARY || c->to == DW_PARTY_CONTRARY;
    bool two_roles = c->a->from.len + c->b->from.len > 0 && c->a->to.len + c->b->to.len > 0;
    bool list = c->rule.from == ROLE_LIST || c->rule.to == ROLE_LIST;
    bool both = c->from == DW_PARTY_SHARED && c->to == DW_PARTY_SHARED;
    return !contrary && (both || !two_roles || list) &&
           (c->from == DW_PARTY_SHARED || c->to == DW_PARTY_SHARED);
}

/* Whether the younger of the two texts sets its deal apart from the older one's. */
static bool set_apart(const struct comparison *c)
{
    struct dw_str ours = c->evidence->sentence;
    struct dw_str theirs = c->candidate->sentence;
    bool younger = c->evidence->published >= c->candidate->first_seen;
    char our_round = dw_apart_round(ours);
    char their_round = dw_apart_round(theirs);
    if (our_round != 0 && their_round != 0 && our_round != their_round)
        return true;
    return dw_apart_told(younger ? ours : theirs);
}

/* Whether the values go together, as one amount or as a revision. */
static bool values_fit(struct comparison *c)
{
    c->values = dw_value_compare(c->a, c->b, c->evidence->published);
    if (c->values.fit >= DW_VALUE_VAGUE)
        return true;
    /* two amounts in one text are two facts: the extractor has joined what is one */
    if (c->values.fit == DW_VALUE_UNLIKE || c->pair != NULL || c->candidate->same_article)
        return false;
    c->revision = true;
    return c->gap <= (int64_t)c->rule.revise_days * DW_DAY_SECONDS && c->rule.revise_days > 0 &&
           c->values.ratio <= c->rule.revise_ratio && parties_same(c) && !set_apart(c);
}

/* Whether the periods that the texts name, or their absence, allow one fact. */
static bool times_fit(const struct comparison *c)
{
    int64_t window = (int64_t)c->rule.when_days * DW_DAY_SECONDS;
    int64_t start, end, other_start, other_end;
    bool ours = dw_period_parse(c->a->when, &start, &end);
    bool theirs = dw_period_parse(c->b->when, &other_start, &other_end);
    if (ours && theirs) {
        int64_t gap = dw_period_gap(start, end, other_start, other_end);
        return c->revision || window == 0 ? gap == 0 : gap <= window;
    }
    /* a plan's `when` lies ahead of all texts: only the past tells one fact from another */
    if (ours && end + DEAL * DW_DAY_SECONDS < c->candidate->first_seen)
        return false;
    if (theirs && other_end + DEAL * DW_DAY_SECONDS < c->evidence->published)
        return false;
    return c->gap <= (int64_t)c->rule.repeat_days * DW_DAY_SECONDS;
}

static double value_score(const struct comparison *c)
{
    if (c->revision)
        return 0.75 - 0.35 * log10(c->values.ratio);
    switch (c->values.fit) {
    case DW_VALUE_EQUAL:
        return 1;
    case DW_VALUE_OVERLAP:
        return 0.85;
    default:
        return 0.6;
    }
}

static double party_score(const struct comparison *c)
{
    static const double scores[] = {[DW_PARTY_CONTRARY] = 0,
                                    [DW_PARTY_OPEN] = 0.3,
                                    [DW_PARTY_ALIKE] = 0.4,
                                    [DW_PARTY_SHARED] = 0.5};
    return scores[c->from] + scores[c->to];
}

/* Nearer in time is likelier; half of it remains at the end of the window. */
static double time_score(const struct comparison *c)
{
    int days = c->revision ? c->rule.revise_days : c->rule.repeat_days;
    return 1 - 0.5 * (double)c->gap / ((double)days * DW_DAY_SECONDS);
}

static struct dw_str explain(const struct comparison *c)
{
    const char *value = c->revision                         ? "a revised value"
                        : c->values.fit == DW_VALUE_EQUAL   ? "the same value"
                        : c->values.fit == DW_VALUE_OVERLAP ? "a value in the same range"
                                                            : "the same magnitude";
    long long days = (long long)(c->gap / DW_DAY_SECONDS);
    struct dw_str party = c->shared.len > 0 ? c->shared : DW_STR("the same article");
    return dw_str_format(c->arena, "%s, %.*s in both, %lld day%s apart", value, DW_FMT(party), days,
                         days == 1 ? "" : "s");
}

double dw_event_score(struct dw_arena *arena, const struct dw_evidence *evidence,
                      const struct dw_candidate *candidate, struct dw_str *why)
{
    struct comparison c = {.arena = arena,
                           .evidence = evidence,
                           .candidate = candidate,
                           .a = evidence->figure,
                           .b = candidate->figure};
    c.gap = dw_period_gap(evidence->published, evidence->published + 1, candidate->first_seen,
                          candidate->last_seen + 1);
    if (!kinds_fit(&c) || !parties_fit(&c) || !values_fit(&c) || !times_fit(&c))
        return 0;
    if (why != NULL)
        *why = explain(&c);
    double score = 0.4 * value_score(&c) + 0.4 * party_score(&c) + 0.2 * time_score(&c);
    return c.pair == NULL ? score : score * 0.9;
}

/* Order of candidates that score the same: content and time first, the number only if those are the
 * same too. */
static bool is_preferred(const struct dw_candidate *a, const struct dw_candidate *b)
{
    if (a->first_seen != b->first_seen)
        return a->first_seen < b->first_seen;
    if (a->last_seen != b->last_seen)
        return a->last_seen > b->last_seen;
    if (a->figure->kind != b->figure->kind)
        return a->figure->kind < b->figure->kind;
    if (a->figure->value < b->figure->value || a->figure->value > b->figure->value)
        return a->figure->value > b->figure->value;
    return a->event_id < b->event_id;
}

const struct dw_candidate *dw_event_match(struct dw_arena *arena,
                                          const struct dw_evidence *evidence,
                                          const struct dw_candidate *candidates, size_t count,
                                          double *score)
{
    const struct dw_candidate *best = NULL;
    *score = 0;
    for (size_t i = 0; i < count; i++) {
        double fit = dw_event_score(arena, evidence, &candidates[i], NULL);
        if (fit <= 0 || fit < *score)
            continue;
        if (best != NULL && fit <= *score && !is_preferred(&candidates[i], best))
            continue;
        best = &candidates[i];
        *score = fit;
    }
    return best;
}
