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
    bool deal;           /* what is done is not revised by talk: that is of the next deal */
    bool guidance;       /* only plans for one and the same period are revised */
};

/* Another amount of a done deal is a correction up to this ratio. */
#define DONE_RATIO 1.25
/* Shares move less than amounts of money do. */
#define PERCENT_RATIO 2
#define DEAL 120
#define STAFF 45
#define RETOLD 240
#define LONG 730 /* outlets retell deals for years */

static const struct kind_rule rules[DW_KIND_COUNT] = {
    [DW_KIND_INVESTMENT] = {ROLE_STRICT, ROLE_STRICT, DEAL, 5, LONG, DEAL, .deal = true},
    [DW_KIND_ROUND] = {ROLE_LIST, ROLE_STRICT, DEAL, 5, LONG, DEAL, .deal = true},
    [DW_KIND_VALUATION] = {ROLE_LIST, ROLE_STRICT, DEAL, 2, LONG, DEAL, .deal = true},
    [DW_KIND_ACQUISITION] = {ROLE_STRICT, ROLE_STRICT, DEAL, 3, LONG, DEAL, .deal = true},
    [DW_KIND_CONTRACT] = {ROLE_STRICT, ROLE_STRICT, DEAL, 3, LONG, DEAL, .deal = true},
    [DW_KIND_DEBT] = {ROLE_LIST, ROLE_STRICT, DEAL, 3, LONG, DEAL, .deal = true},
    [DW_KIND_GRANT] = {ROLE_STRICT, ROLE_STRICT, DEAL, 3, LONG, DEAL, .deal = true},
    [DW_KIND_STAKE] = {ROLE_STRICT, ROLE_STRICT, DEAL, 2, LONG, DEAL, .deal = true},
    [DW_KIND_LAYOFFS] = {ROLE_STRICT, ROLE_LIST, STAFF, 4, RETOLD, STAFF, .needs_from = true},
    [DW_KIND_HIRING] = {ROLE_STRICT, ROLE_LIST, STAFF, 4, DEAL, STAFF, .deal = false},
    [DW_KIND_HEADCOUNT] = {ROLE_STRICT, ROLE_LIST, 0, 0, DEAL, 0, .deal = false},
    [DW_KIND_USERS] = {ROLE_LIST, ROLE_STRICT, 0, 0, DEAL, 0, .deal = false},
    [DW_KIND_SPENDING] = {ROLE_STRICT, ROLE_STRICT, DEAL, 1.5, LONG, DEAL, .guidance = true},
    [DW_KIND_POWER] = {ROLE_STRICT, ROLE_STRICT, 0, 0, LONG, DEAL, .deal = false},
    [DW_KIND_CHIPS] = {ROLE_STRICT, ROLE_STRICT, 0, 0, LONG, DEAL, .deal = false},
    [DW_KIND_PARAMETERS] = {ROLE_LIST, ROLE_STRICT, 0, 0, LONG, DEAL, .deal = false},
    [DW_KIND_REVENUE] = {ROLE_LIST, ROLE_STRICT, 0, 0, DEAL, 0, .deal = false},
    [DW_KIND_PROFIT] = {ROLE_LIST, ROLE_STRICT, 0, 0, DEAL, 0, .deal = false},
    [DW_KIND_CHANGE] = {ROLE_LIST, ROLE_STRICT, 0, 0, 7, 0, .deal = false},
    [DW_KIND_PRICE] = {ROLE_LIST, ROLE_STRICT, 0, 0, LONG, DEAL, .deal = false},
    [DW_KIND_COMPENSATION] = {ROLE_STRICT, ROLE_STRICT, 0, 0, LONG, DEAL, .deal = false},
    [DW_KIND_SETTLEMENT] = {ROLE_STRICT, ROLE_STRICT, 0, 0, LONG, DEAL, .deal = false},
    [DW_KIND_MONEY] = {ROLE_STRICT, ROLE_STRICT, 0, 0, DEAL, DEAL, .deal = false},
};

/* The first of each pair is the stricter. */
const struct dw_kind_pair dw_kind_pairs[] = {
    {DW_KIND_INVESTMENT, DW_KIND_ROUND, false, true},
    {DW_KIND_CONTRACT, DW_KIND_SPENDING, true, true},
};
const size_t dw_kind_pair_count = sizeof dw_kind_pairs / sizeof dw_kind_pairs[0];

uint32_t dw_event_kinds(enum dw_kind kind)
{
    uint32_t kinds = 1u << kind;
    for (size_t i = 0; i < dw_kind_pair_count; i++)
        if (dw_kind_pairs[i].one == kind || dw_kind_pairs[i].other == kind)
            kinds |= 1u << dw_kind_pairs[i].one | 1u << dw_kind_pairs[i].other;
    return kinds;
}

bool dw_kind_lists_payers(enum dw_kind kind)
{
    return rules[kind].from == ROLE_LIST;
}

bool dw_kind_lists_payees(enum dw_kind kind)
{
    return rules[kind].to == ROLE_LIST;
}

/* The two sides and what is known so far of their relation. */
struct comparison {
    struct dw_arena *arena;
    const struct dw_evidence *evidence;
    const struct dw_candidate *candidate;
    const struct dw_figure *a; /* of the evidence */
    const struct dw_figure *b; /* of the candidate */
    struct kind_rule rule;
    const struct dw_kind_pair *pair; /* NULL: the same kind */
    enum dw_party_fit from;
    enum dw_party_fit to;
    struct dw_str shared; /* a party in both */
    size_t common;        /* names in both `from` */
    struct dw_value_relation values;
    int64_t gap; /* seconds between the evidence and the nearest sighting of the candidate */
    bool retold; /* an amount that the event had before */
    bool revision;
};

/* Whether the kinds go together; sets the rule, the stricter of two. */
static bool kinds_fit(struct comparison *c)
{
    c->rule = rules[c->a->kind];
    if (c->a->kind == c->b->kind)
        return true;
    for (size_t i = 0; i < dw_kind_pair_count; i++) {
        const struct dw_kind_pair *p = &dw_kind_pairs[i];
        if ((c->a->kind != p->one || c->b->kind != p->other) &&
            (c->a->kind != p->other || c->b->kind != p->one))
            continue;
        c->pair = p;
        c->rule = rules[p->one];
        return true;
    }
    return false;
}

static bool is_firm(const struct dw_figure *figure)
{
    return figure->status == DW_STATUS_ANNOUNCED || figure->status == DW_STATUS_COMPLETED;
}

static bool parties_fit(struct comparison *c)
{
    c->from = dw_party_compare(c->arena, &c->a->from, &c->b->from, &c->shared);
    c->common = dw_party_count_common(c->arena, &c->a->from, &c->b->from);
    c->to = dw_party_compare(c->arena, &c->a->to, &c->b->to, &c->shared);
    if ((c->from == DW_PARTY_CONTRARY && c->rule.from == ROLE_STRICT) ||
        (c->to == DW_PARTY_CONTRARY && c->rule.to == ROLE_STRICT))
        return false;
    if (c->rule.needs_from && c->from < DW_PARTY_ALIKE)
        return false;
    if (c->pair != NULL &&
        ((c->pair->from && c->from < DW_PARTY_ALIKE) || (c->pair->to && c->to < DW_PARTY_ALIKE)))
        return false;
    /* a signed investment is none of the money that a round still looks for */
    if (c->pair != NULL && c->from < DW_PARTY_ALIKE && is_firm(c->a) != is_firm(c->b))
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

/* Whether the text sets its deal apart from what was told before it. */
static bool set_apart(const struct comparison *c)
{
    char ours = c->evidence->told.series;
    char theirs = c->candidate->series;
    return (ours != 0 && theirs != 0 && ours != theirs) || c->evidence->told.apart;
}

/* Whether the event had this very amount before: texts tell what a deal was first said to be. */
static bool was_told(const struct comparison *c)
{
    for (size_t i = 0; i < c->candidate->revision_count; i++) {
        const struct dw_revision *revision = &c->candidate->revisions[i];
        struct dw_figure former = *c->b;
        former.qualifier = revision->qualifier;
        former.value = revision->value;
        former.low = revision->low;
        former.high = revision->high;
        if (dw_value_compare(c->a, &former, c->evidence->published).fit == DW_VALUE_EQUAL)
            return true;
    }
    return false;
}

/* Amounts of one text that differ, if only in how they are told, are two facts: the extractor has
 * joined what is one. A forecast's former range is told beside the new one. */
static bool is_fact_of_its_own(const struct comparison *c)
{
    bool ranges = c->a->qualifier == DW_QUALIFIER_RANGE && c->b->qualifier == DW_QUALIFIER_RANGE;
    return c->candidate->same_article && c->values.fit < DW_VALUE_EQUAL && !ranges;
}

/* A done deal is not revised by talk of another amount, and hardly by another amount at all. */
static bool is_done(const struct comparison *c)
{
    enum dw_status told = c->a->status;
    bool talk = told == DW_STATUS_RUMORED || told == DW_STATUS_TALKS || told == DW_STATUS_PLANNED;
    return c->b->status == DW_STATUS_COMPLETED &&
           (talk || (c->rule.deal && c->values.ratio > DONE_RATIO));
}

/* Whether both are plans for the same time, whose amount changes. */
static bool is_guidance(const struct comparison *c)
{
    return c->a->when.len > 0 && dw_str_eq(c->a->when, c->b->when) &&
           c->a->status == DW_STATUS_PLANNED && c->b->status == DW_STATUS_PLANNED;
}

static bool revises(const struct comparison *c)
{
    bool percent = dw_str_eq(c->a->unit, DW_STR("percent"));
    double most = percent ? fmin(c->rule.revise_ratio, PERCENT_RATIO) : c->rule.revise_ratio;
    return c->gap <= (int64_t)c->rule.revise_days * DW_DAY_SECONDS && c->rule.revise_days > 0 &&
           c->values.ratio <= most && parties_same(c) && !set_apart(c) && !is_done(c) &&
           (!c->rule.guidance || is_guidance(c));
}

/* Whether the values go together: as one amount, as one told before, or as a revision. */
static bool values_fit(struct comparison *c)
{
    c->values = dw_value_compare(c->a, c->b, c->evidence->published);
    if (c->values.fit >= DW_VALUE_VAGUE && !is_fact_of_its_own(c))
        return true;
    if (c->values.fit == DW_VALUE_UNLIKE || c->pair != NULL)
        return false;
    c->retold = was_told(c);
    if (c->retold)
        return true;
    if (c->candidate->same_article)
        return false;
    c->revision = true;
    return revises(c);
}

/* Whether both tell the very same deal of the same parties as a fact. */
static bool is_known(const struct comparison *c)
{
    return c->values.fit == DW_VALUE_EQUAL && is_firm(c->a) && is_firm(c->b) && parties_same(c);
}

/* Days by which the times that two texts name for one fact may differ. A deal is closed long after
 * it was signed, and both days are told. */
static int when_window(const struct comparison *c)
{
    if (c->revision)
        return 0;
    return c->rule.deal && is_known(c) && c->a->status != c->b->status ? LONG : c->rule.when_days;
}

/* Whether the periods that the texts name, or their absence, allow one fact. */
static bool times_fit(const struct comparison *c)
{
    int64_t start, end, other_start, other_end;
    bool ours = dw_period_parse(c->a->when, &start, &end);
    bool theirs = dw_period_parse(c->b->when, &other_start, &other_end);
    if (ours && theirs) {
        int64_t gap = dw_period_gap(start, end, other_start, other_end);
        return gap <= (int64_t)when_window(c) * DW_DAY_SECONDS;
    }
    /* texts that retell a known deal need not say when it was */
    bool known = c->rule.repeat_days >= RETOLD && is_known(c);
    /* a plan's `when` lies ahead of all texts: only the past tells one fact from another */
    if (!known && ours && end + DEAL * DW_DAY_SECONDS < c->candidate->first_seen)
        return false;
    if (!known && theirs && other_end + DEAL * DW_DAY_SECONDS < c->evidence->published)
        return false;
    return c->gap <= (int64_t)c->rule.repeat_days * DW_DAY_SECONDS;
}

static double value_score(const struct comparison *c)
{
    if (c->retold)
        return 0.8;
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
    double shared = c->a->from.len > 0 ? (double)c->common / (double)c->a->from.len : 1;
    return scores[c->from] * (0.9 + 0.1 * shared) + scores[c->to];
}

/* Nearer in time is likelier; half of it remains at the end of the window. */
static double time_score(const struct comparison *c)
{
    int days = c->revision ? c->rule.revise_days : c->rule.repeat_days;
    return 1 - 0.5 * (double)c->gap / ((double)days * DW_DAY_SECONDS);
}

static struct dw_str explain(const struct comparison *c)
{
    const char *value = c->retold                           ? "a value told before"
                        : c->revision                       ? "a revised value"
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
