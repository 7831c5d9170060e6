/* Figures: readings of one fact joined, parts given their deal's status, the whole put in order. */
#include "internal.h"

#include <math.h>

#define SURE_PARTIES 0.75 /* parties that a later mention adds */
#define SURE_STATUS 0.75  /* a later mention changes the status only where it says it clearly */

struct draft {
    struct dw_figure figure;
    DW_VEC(struct dw_mention) mentions;
    uint32_t first_token;
    uint32_t sentence;
    double score;
    double share; /* of the kind, in the reading that it is taken from */
};

struct drafts {
    struct draft *at;
    size_t len;
    size_t cap;
};

static bool shares(const struct dw_strs *x, const struct dw_strs *y)
{
    if (x->len == 0 || y->len == 0)
        return true;
    for (size_t i = 0; i < x->len; i++) {
        if (dw_strs_has(y, x->at[i]))
            return true;
    }
    return false;
}

static bool same_number(double x, double y)
{
    return (isnan(x) && isnan(y)) || fabs(x - y) <= 1e-6 * fmax(fabs(x), 1e-9);
}

static bool is_vague(const struct dw_figure *f)
{
    return f->qualifier == DW_QUALIFIER_VAGUE;
}

/* A vague or rounded mention of a precise value: "thousands" of 16,000, "$12 billion" of 11.9. */
static bool restates(const struct dw_figure *rough, const struct dw_figure *precise)
{
    if (is_vague(rough))
        return precise->value >= rough->value && precise->value < rough->value * 1000;
    return false;
}

#define DOUBTFUL 0.5 /* share of a kind below which an equal amount elsewhere may know better */

static bool compatible_kinds(const struct draft *d, const struct reading *r)
{
    if (d->figure.kind == r->kind || d->share < DOUBTFUL || r->share < DOUBTFUL)
        return true;
    /* an amount that nothing near it explains is the one that was explained before */
    if (r->kind == DW_KIND_MONEY || r->score < 4)
        return true;
    bool deal = d->figure.kind == DW_KIND_INVESTMENT || d->figure.kind == DW_KIND_ROUND;
    bool deal_too = r->kind == DW_KIND_INVESTMENT || r->kind == DW_KIND_ROUND;
    return deal && deal_too && d->sentence + 8 < UINT32_MAX && shares(&d->figure.to, &r->to) &&
           (d->figure.from.len == 0 || r->from.len == 0);
}

/* "The remaining $50 billion" is another one, whatever its value. */
static bool is_set_apart(const struct analysis *a, const struct quantity *q)
{
    if (q->first == 0 || q->bare)
        return false;
    return token_is(a, q->first - 1, W_REMAINING) || token_is(a, q->first - 1, W_ADDITIONAL) ||
           token_is(a, q->first - 1, W_ANOTHER) || token_is(a, q->first - 1, W_FURTHER) ||
           token_is(a, q->first - 1, W_EXTRA);
}

/* Whether both have a name in common, in any part: what a doubtful kind makes of its parties says
 * little. */
static bool share_a_name(const struct dw_figure *f, const struct reading *r)
{
    const struct dw_strs *told[] = {&f->from, &f->to};
    for (size_t i = 0; i < 2; i++) {
        for (size_t k = 0; k < told[i]->len; k++) {
            if (dw_strs_has(&r->from, told[i]->at[k]) || dw_strs_has(&r->to, told[i]->at[k]))
                return true;
        }
    }
    return false;
}

/* How well a reading tells a draft again: 0 not, more is better. */
static int sameness(const struct draft *d, const struct quantity *q, const struct reading *r)
{
    struct dw_figure next = {.kind = r->kind, .qualifier = q->qualifier, .value = q->value};
    if (!dw_str_eq(d->figure.unit, q->unit))
        return 0;
    bool parties = shares(&d->figure.from, &r->from) && shares(&d->figure.to, &r->to);
    bool kinds = d->figure.kind == r->kind;
    if (!kinds && (d->share < DOUBTFUL || r->share < DOUBTFUL))
        parties = parties || share_a_name(&d->figure, r);
    bool equal = same_number(d->figure.value, q->value) && is_vague(&next) == is_vague(&d->figure);
    if (equal && q->bare && !is_vague(&next))
        return 3;
    if (equal && kinds && parties)
        return 5;
    if (equal && !is_vague(&next) && compatible_kinds(d, r) &&
        (parties || r->kind == DW_KIND_MONEY || r->score < 4))
        return 2;
    bool named =
        (d->figure.from.len > 0 && r->from.len > 0) || (d->figure.to.len > 0 && r->to.len > 0);
    if (kinds && parties && named && restates(&next, &d->figure))
        return 1;
    return 0;
}

/* The draft that a new reading tells again; NULL if it tells something new. */
static struct draft *find_same(const struct analysis *a, struct drafts *drafts,
                               const struct quantity *q, const struct reading *r)
{
    struct draft *best = NULL;
    int most = 0;
    if (is_set_apart(a, q))
        return NULL;
    size_t floor = drafts->len > MOST_LOOKED_BACK ? drafts->len - MOST_LOOKED_BACK : 0;
    for (size_t i = floor; i < drafts->len; i++) {
        int score = sameness(&drafts->at[i], q, r);
        if (score > most) {
            most = score;
            best = &drafts->at[i];
        }
    }
    return best;
}

static void unite(struct analysis *a, struct dw_strs *into, const struct dw_strs *more,
                  const struct dw_strs * not )
{
    for (size_t i = 0; i < more->len; i++) {
        if (!dw_strs_has(into, more->at[i]) && !dw_strs_has(not, more->at[i]))
            dw_strs_push(a->arena, into, more->at[i]);
    }
}

static enum dw_status stronger(enum dw_status x, enum dw_status y)
{
    if (x == DW_STATUS_DENIED || y == DW_STATUS_DENIED)
        return DW_STATUS_DENIED;
    return x > y ? x : y;
}

static void add_mention(struct analysis *a, struct draft *d, const struct quantity *q)
{
    const struct dw_sentence *s = &a->sentences.at[q->sentence];
    struct dw_mention *m = dw_vec_push(a->arena, &d->mentions);
    if (m == NULL)
        return;
    bool in_title = q->start < a->title_len;
    uint32_t shift = in_title ? 0 : (uint32_t)a->title_len;
    *m = (struct dw_mention){q->start - shift, q->end - shift, s->start - shift, s->end - shift,
                             in_title};
}

static struct draft *add_draft(struct analysis *a, struct drafts *drafts, const struct quantity *q,
                               const struct reading *r)
{
    struct draft *d = dw_vec_push(a->arena, drafts);
    if (d == NULL)
        return NULL;
    d->figure = (struct dw_figure){.kind = r->kind,
                                   .unit = q->unit,
                                   .qualifier = q->qualifier,
                                   .value = q->value,
                                   .low = q->low,
                                   .high = q->high,
                                   .from = r->from,
                                   .to = r->to,
                                   .each = r->each,
                                   .status = r->status,
                                   .term = r->term,
                                   .when = r->when,
                                   .attribution = r->attribution,
                                   .confidence = r->confidence,
                                   .rule = r->rule};
    d->first_token = q->first;
    d->sentence = q->sentence;
    d->score = r->score;
    d->share = r->share;
    return d;
}

static void merge(struct analysis *a, struct draft *d, const struct quantity *q,
                  const struct reading *r)
{
    struct dw_figure *f = &d->figure;
    if (r->kind != f->kind && r->share > d->share) {
        /* the mention that says most clearly what it is tells for all */
        f->kind = r->kind;
        f->from = r->from;
        f->to = r->to;
        f->rule = r->rule;
        f->status = r->status;
        d->share = r->share;
        d->score = r->score;
    }
    bool explained = r->score >= 4 && r->kind == f->kind;
    if (explained) {
        bool sure = r->confidence >= SURE_PARTIES;
        if (f->from.len == 0 || sure)
            unite(a, &f->from, &r->from, &f->to);
        if (f->to.len == 0 || sure)
            unite(a, &f->to, &r->to, &f->from);
        if (r->told && r->status_share >= SURE_STATUS)
            f->status = stronger(f->status, r->status);
        if (f->term.len == 0)
            f->term = r->term;
        if (f->when.len == 0)
            f->when = r->when;
    }
    unite(a, &f->attribution, &r->attribution, &(struct dw_strs){0});
    if (r->confidence > f->confidence)
        f->confidence = r->confidence;
    if (is_vague(f) && q->qualifier != DW_QUALIFIER_VAGUE) {
        f->qualifier = q->qualifier;
        f->value = q->value;
        f->low = q->low;
        f->high = q->high;
    }
}

static bool is_part(enum dw_kind kind)
{
    return kind == DW_KIND_VALUATION || kind == DW_KIND_STAKE || kind == DW_KIND_POWER ||
           kind == DW_KIND_CHIPS;
}

/* Deals that a part may belong to: equity has a valuation and a stake, contracts have capacity. */
static bool may_hold(enum dw_kind deal, enum dw_kind part)
{
    if (part == DW_KIND_POWER || part == DW_KIND_CHIPS)
        return deal == DW_KIND_CONTRACT;
    return deal == DW_KIND_ROUND || deal == DW_KIND_INVESTMENT || deal == DW_KIND_ACQUISITION;
}

/* A valuation, a stake, a capacity that stands with a deal shares its state and, if open, its
 * company. */
static void follow_deal(struct drafts *drafts)
{
    for (size_t i = 0; i < drafts->len; i++) {
        struct draft *part = &drafts->at[i];
        size_t first = i; /* drafts come by sentence */
        while (first > 0 && drafts->at[first - 1].sentence == part->sentence)
            first--;
        for (size_t k = first; is_part(part->figure.kind) && k < drafts->len &&
                               drafts->at[k].sentence == part->sentence;
             k++) {
            const struct draft *deal = &drafts->at[k];
            if (!may_hold(deal->figure.kind, part->figure.kind) ||
                (deal->figure.kind != DW_KIND_CONTRACT &&
                 !shares(&deal->figure.to, &part->figure.to)))
                continue;
            part->figure.status = deal->figure.status;
            bool equity = deal->figure.kind != DW_KIND_CONTRACT;
            if (equity && part->figure.to.len == 0)
                part->figure.to = deal->figure.to;
            if (!equity && part->figure.to.len == 0) {
                part->figure.from = deal->figure.from;
                part->figure.to = deal->figure.to;
            }
            break;
        }
    }
}

/* A round's investors are often told one sentence later: "The round was led by A." */
static void find_late_investors(struct analysis *a, struct drafts *drafts)
{
    for (size_t i = 0; i < drafts->len; i++) {
        struct draft *d = &drafts->at[i];
        if (d->figure.kind != DW_KIND_ROUND || d->figure.from.len > 0)
            continue;
        for (uint32_t n = d->sentence + 1; n < a->sentences.len && n <= d->sentence + 2; n++) {
            const struct dw_sentence *s = &a->sentences.at[n];
            bool about = false;
            for (size_t t = s->first; t + 1 < s->last; t++) {
                about = about || token_is(a, t, W_ROUND) || token_is(a, t, W_FUNDING) ||
                        token_is(a, t, W_FINANCING) || token_is(a, t, W_RAISE) ||
                        token_is(a, t, W_INVESTORS);
                bool led = token_is(a, t, W_LED) && token_is(a, t + 1, W_BY);
                struct dw_strs names = {0};
                if (about && led && read_list(a, t + 2, s->last, &names))
                    unite(a, &d->figure.from, &names, &d->figure.to);
            }
        }
    }
}

static double clamp(double x)
{
    return x < 0.02 ? 0.02 : x > 0.99 ? 0.99 : x;
}

bool make_figures(struct analysis *a, struct dw_extraction *out)
{
    struct drafts drafts = {0};
    for (size_t i = 0; i < a->readings.len; i++) {
        const struct reading *r = &a->readings.at[i];
        const struct quantity *q = &a->quantities.at[r->quantity];
        struct draft *d = find_same(a, &drafts, q, r);
        if (d != NULL)
            merge(a, d, q, r);
        else
            d = add_draft(a, &drafts, q, r);
        if (d == NULL)
            return false;
        add_mention(a, d, q);
        for (size_t k = r->quantity + 1;
             k < a->quantities.len && a->quantities.at[k].conversion == r->quantity + 1; k++)
            add_mention(a, d, &a->quantities.at[k]);
    }
    find_late_investors(a, &drafts);
    follow_deal(&drafts);
    out->figures = dw_arena_array(a->arena, drafts.len + 1, sizeof *out->figures);
    if (out->figures == NULL)
        return false;
    out->figure_count = drafts.len;
    for (size_t i = 0; i < drafts.len; i++) {
        out->figures[i] = drafts.at[i].figure;
        out->figures[i].mentions = drafts.at[i].mentions.at;
        out->figures[i].mention_count = drafts.at[i].mentions.len;
        out->figures[i].confidence = clamp(out->figures[i].confidence);
    }
    return !a->arena->failed;
}
