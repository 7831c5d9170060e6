/* The state of an event out of its evidence.
 *
 * Invariant: the evidence is put into one order (time of publication, source, number) before
 * anything else, so that the same set gives the same state in whatever order it arrives. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>

/* A source's word counts half as much after this time: nine outlets of last month do not outvote
 * two of today. */
#define HALF_LIFE_DAYS 7.0
/* One text in so many behind the first must go as far, or it was in error. */
#define BORNE_OUT 2
/* Open ends and ranges that meet tell one amount only if they are that near. */
#define NEAR_RATIO 1.1
/* What one more source takes off the doubt, at full confidence: outlets copy from each other. */
#define INDEPENDENCE 0.5
#define HIGHEST_CONFIDENCE 0.99

/* Figures that tell the same amount. */
struct reading {
    const struct dw_evidence *first;
    double weight;
};

struct item {
    const struct dw_evidence *told;
    size_t reading;
};

struct work {
    struct dw_arena *arena;
    struct item *items; /* in order */
    size_t count;
    struct reading *readings;
    size_t reading_count;
    size_t best;
};

static int compare_evidence(const void *left, const void *right)
{
    const struct dw_evidence *a = ((const struct item *)left)->told;
    const struct dw_evidence *b = ((const struct item *)right)->told;
    if (a->published != b->published)
        return a->published < b->published ? -1 : 1;
    if (a->source != b->source)
        return a->source < b->source ? -1 : 1;
    return a->figure_id < b->figure_id ? -1 : a->figure_id > b->figure_id;
}

static bool prepare(struct work *w, const struct dw_evidence *evidence, size_t count)
{
    w->items = dw_arena_array(w->arena, count, sizeof *w->items);
    w->readings = dw_arena_array(w->arena, count, sizeof *w->readings);
    if (w->items == NULL || w->readings == NULL)
        return false;
    w->count = count;
    for (size_t i = 0; i < count; i++)
        w->items[i].told = &evidence[i];
    qsort(w->items, count, sizeof *w->items, compare_evidence);
    return true;
}

/* How precisely a qualifier speaks: the more, the better it represents its reading. */
static double precision_of(enum dw_qualifier qualifier)
{
    static const double precision[DW_QUALIFIER_COUNT] = {
        [DW_QUALIFIER_EXACT] = 1,   [DW_QUALIFIER_ABOUT] = 0.9, [DW_QUALIFIER_RANGE] = 0.8,
        [DW_QUALIFIER_OVER] = 0.7,  [DW_QUALIFIER_UNDER] = 0.7, [DW_QUALIFIER_UP_TO] = 0.7,
        [DW_QUALIFIER_VAGUE] = 0.2,
    };
    return precision[qualifier];
}

/* The reading whose amount this figure tells; the number of readings if it is a new one. */
static size_t find_reading(const struct work *w, const struct dw_evidence *item)
{
    size_t found = w->reading_count;
    enum dw_value_fit fit = DW_VALUE_APART;
    for (size_t r = 0; r < w->reading_count; r++) {
        struct dw_value_relation relation =
            dw_value_compare(w->readings[r].first->figure, item->figure, item->published);
        bool near = relation.fit != DW_VALUE_OVERLAP || relation.ratio <= NEAR_RATIO;
        if (relation.fit > fit && near) {
            fit = relation.fit;
            found = r;
        }
    }
    return found;
}

/* Whether a newer word of the same source takes this one's place: another of the same amount, or,
 * in the same text, one of an amount that came up later: the text tells what it was before. */
static bool source_counted(const struct work *w, size_t at)
{
    const struct item *item = &w->items[at];
    for (size_t i = 0; i < w->count; i++) {
        const struct item *other = &w->items[i];
        if (i == at || other->told->source != item->told->source)
            continue;
        if (i > at && other->reading == item->reading)
            return true;
        if (other->told->published == item->told->published && other->reading > item->reading)
            return true;
    }
    return false;
}

/* Groups the evidence by amount, and weighs the groups: each source once, by its newest word. */
static void find_readings(struct work *w)
{
    for (size_t i = 0; i < w->count; i++) {
        size_t r = find_reading(w, w->items[i].told);
        if (r == w->reading_count)
            w->readings[w->reading_count++].first = w->items[i].told;
        w->items[i].reading = r;
    }
    int64_t newest = w->items[w->count - 1].told->published;
    for (size_t i = 0; i < w->count; i++) {
        if (source_counted(w, i))
            continue;
        double days = (double)(newest - w->items[i].told->published) / DW_DAY_SECONDS;
        w->readings[w->items[i].reading].weight +=
            exp2(-days / HALF_LIFE_DAYS) * precision_of(w->items[i].told->figure->qualifier);
    }
    for (size_t r = 1; r < w->reading_count; r++) {
        if (w->readings[r].weight >= w->readings[w->best].weight) /* as good and newer */
            w->best = r;
    }
}

/* The figure that speaks for the event: of the best reading the most precise, then the newest. */
static const struct dw_evidence *representative(const struct work *w)
{
    const struct dw_evidence *chosen = NULL;
    double precision = 0;
    for (size_t i = 0; i < w->count; i++) {
        double p = precision_of(w->items[i].told->figure->qualifier);
        if (w->items[i].reading != w->best || p < precision)
            continue;
        chosen = w->items[i].told;
        precision = p;
    }
    return chosen;
}

/* What the texts so far say of how far along the deal is. */
struct ladder {
    size_t told[DW_STATUS_COUNT];  /* texts since the first that said so much, it included */
    size_t borne[DW_STATUS_COUNT]; /* ... that say so or more */
    bool revived;                  /* a text behind the last denial tells of a deal after all */
};

static void ladder_add(struct ladder *ladder, enum dw_status told)
{
    for (int step = 0; step < DW_STATUS_COUNT; step++) {
        bool denial = step == DW_STATUS_DENIED || told == DW_STATUS_DENIED;
        if (ladder->told[step] == 0 && (int)told != step)
            continue;
        ladder->told[step]++;
        ladder->borne[step] += denial ? (int)told == step : (int)told >= step;
    }
    ladder->revived = told == DW_STATUS_ANNOUNCED || told == DW_STATUS_COMPLETED ||
                      (ladder->revived && told != DW_STATUS_DENIED);
}

/* The ladder: further along wins and stays; but that a deal is done or off must be borne out by the
 * texts behind, since one word in error would end it for good. A denial takes everything back, and
 * only a text that tells of a deal done after all takes back a denial.
 */
static enum dw_status ladder_status(const struct ladder *ladder)
{
    for (int step = DW_STATUS_COUNT - 1; step > 0; step--) {
        bool borne =
            step < DW_STATUS_COMPLETED || ladder->borne[step] * BORNE_OUT >= ladder->told[step];
        if (ladder->told[step] == 0 || !borne || (step == DW_STATUS_DENIED && ladder->revived))
            continue;
        return (enum dw_status)step;
    }
    return DW_STATUS_RUMORED;
}

/* Walks the evidence in order and notes each new amount and each step of the status. */
static bool write_revisions(struct work *w, struct dw_event_state *state)
{
    bool *told = dw_arena_array(w->arena, w->count, sizeof *told);
    state->revisions = dw_arena_array(w->arena, w->count, sizeof *state->revisions);
    if (told == NULL || state->revisions == NULL)
        return false;
    struct ladder ladder = {0};
    enum dw_status status = DW_STATUS_RUMORED;
    for (size_t i = 0; i < w->count; i++) {
        const struct dw_figure *f = w->items[i].told->figure;
        ladder_add(&ladder, f->status);
        enum dw_status next = ladder_status(&ladder);
        bool new_amount = !told[w->items[i].reading] && f->qualifier != DW_QUALIFIER_VAGUE;
        told[w->items[i].reading] = true;
        if (i > 0 && next == status && !new_amount)
            continue;
        status = next;
        state->revisions[state->revision_count++] =
            (struct dw_revision){w->items[i].told->figure_id,
                                 w->items[i].told->published,
                                 f->qualifier,
                                 f->value,
                                 f->low,
                                 f->high,
                                 status};
    }
    state->figure.status = status;
    return true;
}

/* Whether the list has the name; its short form there gives way to the full one. */
static bool has_party(const struct work *w, struct dw_strs *list, struct dw_str name)
{
    for (size_t i = 0; i < list->len; i++) {
        if (dw_party_same(w->arena, list->at[i], name))
            return true;
        if (dw_party_alike(list->at[i], name)) {
            if (name.len > list->at[i].len)
                list->at[i] = name;
            return true;
        }
    }
    return false;
}

/* Adds the names of a role; groups without a name only where nobody is named. */
static bool add_parties(const struct work *w, struct dw_strs *list, const struct dw_strs *more,
                        bool named)
{
    for (size_t i = 0; i < more->len; i++) {
        if (dw_party_is_named(more->at[i]) != named || has_party(w, list, more->at[i]))
            continue;
        if (!dw_strs_push(w->arena, list, more->at[i]))
            return false;
    }
    return true;
}

/* All parties of all evidence: the representative's first, then in order. */
static bool unite_parties(const struct work *w, const struct dw_figure *lead,
                          struct dw_figure *figure)
{
    figure->from = figure->to = (struct dw_strs){0};
    for (int pass = 0; pass < 2; pass++) {
        bool named = pass == 0;
        bool from = named || figure->from.len == 0;
        bool to = named || figure->to.len == 0;
        if ((from && !add_parties(w, &figure->from, &lead->from, named)) ||
            (to && !add_parties(w, &figure->to, &lead->to, named)))
            return false;
        for (size_t i = 0; i < w->count; i++) {
            const struct dw_figure *f = w->items[i].told->figure;
            if ((from && !add_parties(w, &figure->from, &f->from, named)) ||
                (to && !add_parties(w, &figure->to, &f->to, named)))
                return false;
        }
    }
    return true;
}

/* What the representative leaves open is taken from the newest text that tells it. */
static void fill_gaps(const struct work *w, struct dw_figure *figure)
{
    for (size_t i = w->count; i-- > 0;) {
        const struct dw_figure *f = w->items[i].told->figure;
        if (figure->when.len == 0)
            figure->when = f->when;
        if (figure->term.len == 0)
            figure->term = f->term;
    }
}

/* Counts sources, and lets each further one take some doubt away; those that tell another amount
 * take away less. */
static void weigh_sources(const struct work *w, struct dw_event_state *state)
{
    double strongest = 0;
    double doubt = 1;
    for (size_t i = 0; i < w->count; i++) {
        double own = 0; /* the best word of this source, looked at once, at its first figure */
        bool seen = false;
        for (size_t j = 0; j < w->count; j++) {
            if (w->items[j].told->source != w->items[i].told->source)
                continue;
            seen = seen || j < i;
            double agreement = w->items[j].reading == w->best ? 1 : 0.5;
            own = fmax(own, w->items[j].told->figure->confidence * agreement);
        }
        if (seen)
            continue;
        state->sources++;
        doubt *= 1 - INDEPENDENCE * fmin(own, 1);
        strongest = fmax(strongest, own);
    }
    strongest = fmin(strongest, 1);
    /* the strongest source counts in full, all others by their share */
    doubt = doubt / (1 - INDEPENDENCE * strongest) * (1 - strongest);
    state->confidence = fmin(1 - doubt, HIGHEST_CONFIDENCE);
}

bool dw_event_state(struct dw_arena *arena, const struct dw_evidence *evidence, size_t count,
                    struct dw_event_state *state)
{
    *state = (struct dw_event_state){0};
    struct work w = {.arena = arena};
    if (count == 0 || !prepare(&w, evidence, count))
        return false;
    find_readings(&w);
    const struct dw_evidence *lead = representative(&w);
    state->figure = *lead->figure;
    if (!unite_parties(&w, lead->figure, &state->figure) || !write_revisions(&w, state))
        return false;
    fill_gaps(&w, &state->figure);
    weigh_sources(&w, state);
    state->figure.confidence = state->confidence;
    for (size_t i = 0; i < count && state->series == 0; i++)
        state->series = w.items[i].told->told.series;
    state->first_seen = w.items[0].told->published;
    state->last_seen = w.items[count - 1].told->published;
    return !arena->failed;
}
