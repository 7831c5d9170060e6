/* Status: how far along a fact is, by the words around it; and whom the text credits. */
#include "internal.h"

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

enum dw_status find_status(const struct analysis *a, const struct dw_sentence *s,
                           const struct quantity *q, struct dw_strs *attribution, bool *told)
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
    bool outlet = find_credit(a, s, attribution);
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
