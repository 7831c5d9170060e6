/* Status: how far along a fact is, by the words around it; and whom the text credits. */
#include "internal.h"

#include <math.h>

/* What the cues of a clause say, each with the distance of its nearest word to the quantity. */
struct cues {
    size_t distance[DW_STATUS_COUNT]; /* SIZE_MAX: none */
    bool before[DW_STATUS_COUNT];
};

static void note(struct cues *cues, enum dw_status status, size_t distance, bool before)
{
    if (distance < cues->distance[status]) {
        cues->distance[status] = distance;
        cues->before[status] = before;
    }
}

/* "$102 billion, above the $99 billion that analysts had expected": a cue behind another amount is
 * about that one. */
static bool belongs_to_next(const struct analysis *a, size_t from, size_t cue)
{
    for (size_t i = from; i < cue; i++) {
        if (a->quantity_at[i] != 0)
            return true;
    }
    return false;
}

/* "said on Tuesday it would cut": what somebody will do, told afterwards. */
static bool is_reported_future(const struct analysis *a, size_t would, size_t first)
{
    enum { NEAR = 9 };
    for (size_t i = would; i > first && would - i < NEAR; i--) {
        if (token_has(a, i - 1, CLASS(SAYING)) || token_is(a, i - 1, W_TOLD) ||
            token_is(a, i - 1, W_ANNOUNCED))
            return true;
    }
    return false;
}

static void collect(const struct analysis *a, size_t first, size_t last, const struct quantity *q,
                    struct cues *cues)
{
    for (size_t i = first; i < last; i++) {
        const struct sense *sense;
        size_t end = phrase_at(a, i, last, SENSE_STATUS, &sense);
        if (end == 0)
            continue;
        bool before = end <= q->first;
        if (!before && belongs_to_next(a, q->last, i))
            continue;
        size_t distance = before ? q->first - end : i >= q->last ? i - q->last : 0;
        enum dw_status status = a->lexicon->statuses.at[sense->index];
        if (status == DW_STATUS_TALKS && token_is(a, i, W_WOULD) && is_reported_future(a, i, first))
            status = DW_STATUS_PLANNED;
        note(cues, status, distance, before);
        i = end - 1;
    }
}

/* What stands behind the clause of an amount says nothing of it, but for hedges: "…, sources said".
 */
static void collect_hedges(const struct analysis *a, size_t first, size_t last,
                           const struct quantity *q, struct cues *cues)
{
    for (size_t i = first; i < last; i++) {
        const struct sense *sense;
        size_t end = phrase_at(a, i, last, SENSE_STATUS, &sense);
        if (end != 0 && a->lexicon->statuses.at[sense->index] == DW_STATUS_RUMORED)
            note(cues, DW_STATUS_RUMORED, i - q->last, false);
    }
}

/* "DCD reported", "according to Reuters", "the Journal said": another outlet says it. */
static bool is_outlet(const struct analysis *a, const struct name *name)
{
    return name != NULL && name->kind == NAME_ORGANISATION && name->entity != UINT32_MAX &&
           dw_str_eq(a->entities.at[name->entity].category, DW_STR("media"));
}

static bool is_saying(const struct analysis *a, size_t token)
{
    return token_has(a, token, CLASS(SAYING));
}

static void credit(const struct analysis *a, const struct name *name, struct dw_strs *attribution)
{
    struct dw_str text = a->entities.at[name->entity].name;
    if (!dw_strs_has(attribution, text))
        dw_strs_push(a->arena, attribution, text);
}

/* Outlets and people that the sentence credits; true if it rests on another outlet. */
static bool find_credit(const struct analysis *a, const struct dw_sentence *s,
                        struct dw_strs *attribution)
{
    bool outlet = false;
    for (size_t i = s->first; i < s->last; i++) {
        const struct name *name = name_at(a, i);
        if (name == NULL)
            continue;
        i = name->last - 1;
        bool credited = (name->first >= s->first + 2 && token_is(a, name->first - 1, W_TO) &&
                         token_is(a, name->first - 2, W_ACCORDING)) ||
                        is_saying(a, name->last) ||
                        (name->first >= s->first + 1 && is_saying(a, name->first - 1) &&
                         !token_is(a, name->first - 1, W_ACCORDING));
        bool told = name->first > s->first && token_is(a, name->first - 1, W_TOLD);
        if (name->entity == UINT32_MAX || (!credited && !told))
            continue;
        if (is_outlet(a, name)) {
            credit(a, name, attribution);
            outlet = outlet || !told;
        } else if (name->kind == NAME_PERSON && credited) {
            credit(a, name, attribution);
        }
    }
    return outlet;
}

static bool nearer(const struct cues *cues, enum dw_status x, enum dw_status y)
{
    return cues->distance[x] < cues->distance[y];
}

static bool has(const struct cues *cues, enum dw_status status)
{
    return cues->distance[status] != SIZE_MAX;
}

/* The ladder of one clause. A hedge or an intention goes before the verb that it governs; a firm
 * word
 * ("announced plans to cut", "agreed to buy") before the intention that follows it. */
static enum dw_status decide(const struct cues *c, bool hedged, bool *found)
{
    *found = true;
    if (has(c, DW_STATUS_DENIED))
        return DW_STATUS_DENIED;
    bool firm = has(c, DW_STATUS_ANNOUNCED) && c->before[DW_STATUS_ANNOUNCED];
    if (has(c, DW_STATUS_TALKS) && !(firm && nearer(c, DW_STATUS_ANNOUNCED, DW_STATUS_TALKS)) &&
        !(has(c, DW_STATUS_COMPLETED) && c->before[DW_STATUS_COMPLETED] &&
          c->distance[DW_STATUS_COMPLETED] + 6 < c->distance[DW_STATUS_TALKS]))
        return DW_STATUS_TALKS;
    if (hedged)
        return DW_STATUS_RUMORED;
    if (has(c, DW_STATUS_COMPLETED) && c->before[DW_STATUS_COMPLETED] &&
        c->distance[DW_STATUS_COMPLETED] <= 4 &&
        !nearer(c, DW_STATUS_PLANNED, DW_STATUS_COMPLETED) &&
        !(has(c, DW_STATUS_PLANNED) && c->distance[DW_STATUS_PLANNED] <= 6))
        return DW_STATUS_COMPLETED;
    if (has(c, DW_STATUS_ANNOUNCED))
        return DW_STATUS_ANNOUNCED;
    if (has(c, DW_STATUS_PLANNED))
        return DW_STATUS_PLANNED;
    if (has(c, DW_STATUS_COMPLETED))
        return DW_STATUS_COMPLETED;
    *found = false;
    return DW_STATUS_COMPLETED;
}

/* "is donating", "are building": what is under way is firm and not yet done. */
static bool is_under_way(const struct analysis *a, size_t first, const struct quantity *q)
{
    enum { NEAR = 9 };
    for (size_t i = q->first; i > first + 1 && q->first - i < NEAR; i--) {
        struct dw_str word = token_text(a, i - 1);
        bool progressive =
            word.len > 4 && dw_str_ends(word, DW_STR("ing")) && !a->tokens.at[i - 1].capital;
        if (progressive &&
            (token_is(a, i - 2, W_IS) || token_is(a, i - 2, W_ARE) ||
             (i > first + 2 && (token_is(a, i - 3, W_IS) || token_is(a, i - 3, W_ARE)) &&
              token_is(a, i - 2, W_NOW))))
            return true;
    }
    return false;
}

/* Whether the clause tells what was done before it comes to the amount: "sold $18 billion of
 * bonds". */
static bool has_past_verb(const struct analysis *a, size_t first, const struct quantity *q)
{
    for (size_t i = first; i < q->first; i++) {
        const struct sense *sense;
        if (!a->tokens.at[i].capital && is_participle(a, i) &&
            phrase_at(a, i, q->first, SENSE_TRIGGER, &sense) > 0 &&
            a->lexicon->triggers.at[sense->index].part == TRIGGER_VERB)
            return true;
    }
    return false;
}

/* What the ladder alone says. */
static enum dw_status status_by_rule(const struct analysis *a, const struct dw_sentence *s,
                                     const struct quantity *q, bool outlet, bool *told)
{
    size_t first;
    size_t last;
    struct cues clause;
    struct cues sentence;
    for (size_t i = 0; i < DW_STATUS_COUNT; i++) {
        clause.distance[i] = SIZE_MAX;
        sentence.distance[i] = SIZE_MAX;
        clause.before[i] = false;
        sentence.before[i] = false;
    }
    clause_around(a, s, q->first, &first, &last);
    collect(a, first, last, q, &clause);
    collect(a, s->first, q->first, q, &sentence);
    collect_hedges(a, q->last, s->last, q, &sentence);
    /* "has borrowed $9.6 billion … to build it": the purpose is planned, the loan is made */
    bool past = has_past_verb(a, first, q);
    if (past && !clause.before[DW_STATUS_PLANNED])
        clause.distance[DW_STATUS_PLANNED] = SIZE_MAX;
    bool hedged = outlet || has(&sentence, DW_STATUS_RUMORED);
    enum dw_status status = decide(&clause, hedged, told);
    if ((!*told || status == DW_STATUS_COMPLETED) && !hedged && is_under_way(a, first, q)) {
        *told = true;
        return DW_STATUS_ANNOUNCED;
    }
    if (!*told && !hedged && past)
        return DW_STATUS_COMPLETED;
    return *told ? status : decide(&sentence, hedged, told);
}

/* ---- What holds for a quantity ---- */

#define NAME_OF(name, text) DW_STR_INIT(text),
static const struct dw_str feature_names[] = {STATUS_FEATURES(NAME_OF)};
#undef NAME_OF
static const struct dw_str place_names[STATUS_PLACES] = {DW_STR_INIT("verb"),
                                                         DW_STR_INIT("higher verb"),
                                                         DW_STR_INIT("noun"),
                                                         DW_STR_INIT("clause before"),
                                                         DW_STR_INIT("clause behind"),
                                                         DW_STR_INIT("sentence before"),
                                                         DW_STR_INIT("sentence behind"),
                                                         DW_STR_INIT("rule"),
                                                         DW_STR_INIT("echo"),
                                                         DW_STR_INIT("amount before")};

enum place {
    PLACE_VERB,
    PLACE_HIGHER,
    PLACE_NOUN,
    PLACE_CLAUSE_BEFORE,
    PLACE_CLAUSE_BEHIND,
    PLACE_SENTENCE_BEFORE,
    PLACE_SENTENCE_BEHIND,
    PLACE_RULE,
    PLACE_ECHO,
    PLACE_LAST
};

/* What speaks for a status: features, and what the cues of a place say. */
struct evidence {
    uint64_t features;
    uint8_t cues[STATUS_PLACES]; /* a bit for each status */
    enum dw_kind kind;
    struct clues clues;
};

#define FEATURE(name) ((uint64_t)1 << STATUS_##name)
_Static_assert(STATUS_FEATURE_COUNT <= 64, "features are bits");

static uint64_t form_of_verb(const struct analysis *a, const struct group *v)
{
    size_t modal = v->modal > 0 ? v->modal - 1u : 0;
    if (v->modal > 0)
        return token_is(a, modal, W_WILL)                                   ? FEATURE(WILL)
               : token_is(a, modal, W_WOULD)                                ? FEATURE(WOULD)
               : token_is(a, modal, W_SHOULD) || token_is(a, modal, W_MUST) ? FEATURE(SHOULD)
                                                                            : FEATURE(MAY);
    uint64_t form = v->flags & VERB_INFINITIVE    ? FEATURE(INFINITIVE)
                    : v->flags & VERB_PROGRESSIVE ? FEATURE(PROGRESSIVE)
                    : v->flags & VERB_PERFECT     ? FEATURE(PERFECT)
                    : v->flags & VERB_GERUND      ? FEATURE(GERUND)
                    : v->flags & VERB_PARTICIPLE  ? FEATURE(PARTICIPLE)
                    : v->flags & VERB_PAST        ? FEATURE(PAST)
                                                  : FEATURE(PRESENT);
    return form | (v->flags & VERB_NEGATED ? FEATURE(NEGATED) : 0) |
           (v->flags & VERB_PASSIVE ? FEATURE(PASSIVE) : 0);
}

/* The verb that a verb depends on, if it says how real the lower one is: "agreed to buy", "said it
 * would"; NO_GROUP: none. */
static size_t verb_above(const struct syntax *x, size_t verb)
{
    const struct group *v = &x->groups[verb];
    bool depends =
        v->link == LINK_INFINITIVE || v->link == LINK_COMPLEMENT || v->link == LINK_ADVERBIAL;
    size_t up = depends ? v->governor : NO_GROUP;
    return up != NO_GROUP && x->groups[up].kind == GROUP_VERB ? up : NO_GROUP;
}

static bool within(const struct group *g, size_t token)
{
    return g->first <= token && token < g->last;
}

/* Where a cue stands to the quantity. */
static enum place place_of(const struct analysis *a, const struct scene *scene,
                           const struct quantity *q, const struct candidate *c, size_t cue)
{
    const struct syntax *x = &scene->syntax;
    size_t verb = verb_of(x, group_of_quantity(scene, q));
    size_t noun = c->at != NULL ? group_at(x, c->at->first) : NO_GROUP;
    size_t own = group_at(x, q->first);
    if (verb != NO_GROUP && within(&x->groups[verb], cue))
        return PLACE_VERB;
    for (size_t up = verb, steps = 0; up != NO_GROUP && steps < 4; steps++) {
        if (up != verb && within(&x->groups[up], cue))
            return PLACE_HIGHER;
        if (x->groups[up].link == LINK_INFINITIVE && x->groups[up].noun != NO_GROUP &&
            within(&x->groups[x->groups[up].noun], cue))
            return PLACE_HIGHER;
        up = verb_above(x, up);
    }
    if ((noun != NO_GROUP && within(&x->groups[noun], cue)) ||
        (own != NO_GROUP && within(&x->groups[own], cue)))
        return PLACE_NOUN;
    bool before = cue < q->first;
    bool clause = before ? boundaries_between(a, cue, q->first) == 0
                         : boundaries_between(a, q->last, cue) == 0;
    return before ? (clause ? PLACE_CLAUSE_BEFORE : PLACE_SENTENCE_BEFORE)
                  : (clause ? PLACE_CLAUSE_BEHIND : PLACE_SENTENCE_BEHIND);
}

static void collect_cues(const struct analysis *a, const struct scene *scene,
                         const struct quantity *q, const struct candidate *c, struct evidence *e)
{
    const struct dw_sentence *s = scene->sentence;
    for (size_t i = s->first; i < s->last; i++) {
        const struct sense *sense;
        size_t end = phrase_at(a, i, s->last, SENSE_STATUS, &sense);
        if (end == 0 || (i >= q->last && belongs_to_next(a, q->last, i)))
            continue;
        enum dw_status status = a->lexicon->statuses.at[sense->index];
        e->cues[place_of(a, scene, q, c, i)] |= (uint8_t)(1u << status);
        i = end - 1;
    }
}

static void collect_verbs(const struct analysis *a, const struct scene *scene,
                          const struct quantity *q, struct evidence *e)
{
    const struct syntax *x = &scene->syntax;
    size_t verb = verb_of(x, group_of_quantity(scene, q));
    if (verb == NO_GROUP) {
        e->features |= FEATURE(NO_VERB);
        return;
    }
    e->features |= form_of_verb(a, &x->groups[verb]);
    size_t up = verb_above(x, verb);
    if (up != NO_GROUP)
        e->features |= form_of_verb(a, &x->groups[up]) << STATUS_FORMS;
    if (x->groups[verb].link == LINK_SUBORDINATE)
        e->features |= FEATURE(SUBORDINATE);
    if (x->groups[verb].link == LINK_RELATIVE)
        e->features |= FEATURE(RELATIVE);
}

/* ---- The choice ---- */

static size_t index_of(const struct dw_str *names, size_t count, struct dw_str name)
{
    size_t i = 0;
    while (i < count && !dw_str_eq(names[i], name))
        i++;
    return i;
}

bool status_weights_load(struct lexicon *lexicon, const struct dw_tsv *table)
{
    struct status_weights *w = &lexicon->states;
    if (!clue_weights_init(&lexicon->arena, table->len, &lexicon->status_clues))
        return false;
    for (size_t i = 0; i < table->len; i++) {
        const struct dw_str *cell = table->rows[i].cell;
        enum dw_status status;
        enum dw_status cue;
        enum dw_kind kind;
        int64_t thousandths;
        size_t feature = index_of(feature_names, STATUS_FEATURE_COUNT, cell[0]);
        size_t place = index_of(place_names, STATUS_PLACES, cell[0]);
        if (!dw_status_find(cell[2], &status) || !dw_str_to_int(cell[3], &thousandths))
            continue;
        float weight = (float)thousandths / 1000;
        if (dw_str_eq(cell[0], DW_STR("clue")))
            clue_weights_add(&lexicon->status_clues, cell[1], 0, (uint8_t)status, weight);
        else if (feature < STATUS_FEATURE_COUNT)
            w->feature[feature][status] = weight;
        else if (place < STATUS_PLACES && dw_status_find(cell[1], &cue))
            w->cue[place][cue][status] = weight;
        else if (dw_str_eq(cell[0], DW_STR("kind")) && dw_kind_find(cell[1], &kind))
            w->kind[kind][status] = weight;
    }
    return true;
}

static enum dw_status choose(const struct lexicon *l, const struct evidence *e, double *share)
{
    const struct status_weights *w = &l->states;
    double sums[DW_STATUS_COUNT] = {0};
    clue_weights_sum(&l->status_clues, &e->clues, 0, sums);
    size_t best = 0;
    for (size_t s = 0; s < DW_STATUS_COUNT; s++) {
        sums[s] += (double)w->kind[e->kind][s];
        for (uint64_t f = e->features; f != 0; f &= f - 1)
            sums[s] += (double)w->feature[__builtin_ctzll(f)][s];
        for (size_t p = 0; p < STATUS_PLACES; p++) {
            for (unsigned cues = e->cues[p]; cues != 0; cues &= cues - 1)
                sums[s] += (double)w->cue[p][__builtin_ctz(cues)][s];
        }
        best = sums[s] > sums[best] ? s : best;
    }
    double all = 0;
    for (size_t s = 0; s < DW_STATUS_COUNT; s++)
        all += exp(sums[s] - sums[best]);
    *share = 1 / all;
    return (enum dw_status)best;
}

/* For the program that learns the weights. */
static void log_evidence(const struct analysis *a, const struct quantity *q,
                         const struct evidence *e)
{
    struct dw_buf *out = a->log;
    dw_buf_add_format(out, "status\t%u\t%u\tkind|%.*s", q->start, q->end,
                      DW_FMT(dw_kind_name(e->kind)));
    for (uint64_t f = e->features; f != 0; f &= f - 1)
        dw_buf_add_format(out, "\t%.*s|", DW_FMT(feature_names[__builtin_ctzll(f)]));
    for (size_t p = 0; p < STATUS_PLACES; p++) {
        for (unsigned cues = e->cues[p]; cues != 0; cues &= cues - 1)
            dw_buf_add_format(
                out, "\t%.*s|%.*s", DW_FMT(place_names[p]),
                DW_FMT(dw_status_name((enum dw_status)(unsigned)__builtin_ctz(cues))));
    }
    for (size_t i = 0; i < e->clues.len; i++) {
        dw_buf_add_format(out, "\tclue|");
        clue_text(out, &e->clues.at[i]);
    }
    dw_buf_add_char(out, '\n');
}

enum dw_status find_status(const struct analysis *a, const struct scene *scene,
                           const struct quantity *q, const struct candidate *c,
                           struct dw_strs *attribution, bool *told, double *share)
{
    const struct dw_sentence *s = scene->sentence;
    struct evidence e = {.kind = c->kind, .features = FEATURE(ANY)};
    bool outlet = find_credit(a, s, attribution);
    enum dw_status rule = status_by_rule(a, s, q, outlet, told);
    e.cues[PLACE_RULE] = (uint8_t)(1u << rule);
    if (c->echo != NULL)
        e.cues[PLACE_ECHO] = (uint8_t)(1u << c->echo->status);
    /* the newest reading is the one that asks */
    const struct reading *last = a->readings.len > 1 ? &a->readings.at[a->readings.len - 2] : NULL;
    if (last != NULL && a->quantities.at[last->quantity].sentence == q->sentence)
        e.cues[PLACE_LAST] = (uint8_t)(1u << last->status);
    e.features |= outlet ? FEATURE(OUTLET) : 0;
    e.features |= *told ? FEATURE(TOLD) : 0;
    e.features |= s->heading ? FEATURE(HEADING) : 0;
    e.features |= q->qualifier == DW_QUALIFIER_UP_TO ? FEATURE(UP_TO) : 0;
    e.features |= token_is(a, s->last - 1, W_QUESTION) ? FEATURE(QUESTION) : 0;
    collect_verbs(a, scene, q, &e);
    collect_cues(a, scene, q, c, &e);
    clues_of_quantity(a, scene, q, &e.clues);
    if (a->log != NULL)
        log_evidence(a, q, &e);
    return choose(a->lexicon, &e, share);
}
