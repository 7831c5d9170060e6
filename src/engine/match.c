/* Matching: the figures of an article join the events that tell the same, or open new ones. */
#include "internal.h"

#include <math.h>

/* Events that were last told longer ago, or first told later, are not looked at: the longest window
 * of a revision is shorter. */
#define WINDOW_SECONDS (200 * (int64_t)24 * 60 * 60)

/* Amounts that many times another are not joined by two revisions in a row either. */
#define FAR_APART 100

/* Kinds whose figures may tell the same fact. */
static const struct {
    enum dw_kind one;
    enum dw_kind two;
} kin[] = {
    {DW_KIND_INVESTMENT, DW_KIND_ROUND},
    {DW_KIND_CONTRACT, DW_KIND_SPENDING},
};

static uint32_t kinds_like(enum dw_kind kind)
{
    uint32_t kinds = 1u << kind;
    for (size_t i = 0; i < sizeof kin / sizeof kin[0]; i++)
        if (kin[i].one == kind || kin[i].two == kind)
            kinds |= 1u << kin[i].one | 1u << kin[i].two;
    return kinds;
}

static bool has(const struct store_ids *ids, int64_t id)
{
    for (size_t i = 0; i < ids->len; i++)
        if (ids->at[i] == id)
            return true;
    return false;
}

static struct dw_str sentence_of(const struct engine_told *told, const struct dw_figure *figure)
{
    if (figure->mention_count == 0)
        return DW_STR("");
    const struct dw_mention *mention = &figure->mentions[0];
    return dw_str_slice(mention->in_title ? told->title : told->text, mention->sentence_start,
                        mention->sentence_end);
}

/* ---- States ---------------------------------------------------------------------------------- */

/* What the store keeps of a state. */
static struct store_event_in to_store(struct engine_matching *matching,
                                      const struct dw_event_state *state)
{
    struct store_event_in in = {
        .figure = &state->figure,
        .usd = dw_money_usd(state->figure.value, state->figure.unit, state->last_seen),
        .first_seen = state->first_seen,
        .last_seen = state->last_seen,
        .sources = (int64_t)state->sources,
        .confidence = state->confidence,
    };
    struct store_revision *revisions =
        dw_arena_array(matching->arena, state->revision_count, sizeof *revisions);
    for (size_t i = 0; revisions != NULL && i < state->revision_count; i++) {
        const struct dw_revision *from = &state->revisions[i];
        revisions[i] = (struct store_revision){
            .figure = from->figure_id,
            .at = from->at,
            .qualifier = from->qualifier,
            .value = from->value,
            .low = from->low,
            .high = from->high,
            .status = from->status,
        };
    }
    in.revisions = revisions;
    in.revision_count = revisions != NULL ? state->revision_count : 0;
    return in;
}

static bool out_of_memory(struct dw_error *err)
{
    return dw_error_set(err, DW_ERR_MEMORY, "out of memory for the events of an article");
}

static void tell(struct engine_matching *matching, enum engine_message_kind kind, int64_t event)
{
    struct engine_message message = {
        .kind = kind, .event = event, .article = matching->told->article};
    engine_batch_post(matching->engine, &message);
}

bool engine_event_make(struct engine_matching *matching, const struct dw_event_state *state,
                       int64_t *event, struct dw_error *err)
{
    struct store_event_in in = to_store(matching, state);
    if (!store_event_new(matching->engine->store, &in, event, err))
        return false;
    int64_t *made = dw_vec_push(matching->arena, &matching->made);
    if (made == NULL)
        return out_of_memory(err);
    *made = *event;
    ++*matching->events;
    tell(matching, ENGINE_EVENT_NEW, *event);
    return true;
}

bool engine_event_change(struct engine_matching *matching, int64_t event,
                         const struct dw_event_state *state, struct dw_error *err)
{
    struct store_event_in in = to_store(matching, state);
    bool revised = false;
    if (!store_event_update(matching->engine->store, event, &in, &revised, err))
        return false;
    if (!revised || has(&matching->made, event))
        return true;
    ++*matching->revised;
    tell(matching, ENGINE_EVENT_REVISED, event);
    return true;
}

struct dw_evidence engine_evidence(const struct store_evidence *stored)
{
    return (struct dw_evidence){
        .figure = &stored->figure,
        .figure_id = stored->figure_id,
        .published = stored->published,
        .source = stored->source,
        .sentence = stored->sentence,
    };
}

struct dw_candidate engine_candidate(const struct store_candidate *stored)
{
    return (struct dw_candidate){
        .event_id = stored->event,
        .figure = &stored->figure,
        .first_seen = stored->first_seen,
        .last_seen = stored->last_seen,
        .same_article = stored->same_article,
    };
}

/* Computes an event from all its evidence, or removes it where none is left. */
static bool compute(struct engine_matching *matching, int64_t event, struct dw_error *err)
{
    struct store *store = matching->engine->store;
    struct store_evidences stored = {0};
    if (!store_event_figures(store, matching->arena, event, &stored, err))
        return false;
    if (stored.len == 0)
        return store_event_delete(store, event, err);
    struct dw_evidence *evidence = dw_arena_array(matching->arena, stored.len, sizeof *evidence);
    if (evidence == NULL)
        return out_of_memory(err);
    for (size_t i = 0; i < stored.len; i++)
        evidence[i] = engine_evidence(&stored.at[i]);
    struct dw_event_state state;
    if (!dw_event_state(matching->arena, evidence, stored.len, &state))
        return out_of_memory(err);
    return engine_event_change(matching, event, &state, err);
}

/* ---- Figures --------------------------------------------------------------------------------- */

bool engine_candidates(struct engine_matching *matching, const struct dw_evidence *evidence,
                       int64_t article, struct store_candidates *candidates, struct dw_error *err)
{
    struct store_candidate_ask ask = {
        .figure = evidence->figure,
        .article = article,
        .kinds = kinds_like(evidence->figure->kind),
        .since = evidence->published - WINDOW_SECONDS,
        .until = evidence->published + WINDOW_SECONDS,
        .usd = dw_money_usd(evidence->figure->value, evidence->figure->unit, evidence->published),
        .usd_ratio = FAR_APART,
    };
    return store_event_candidates(matching->engine->store, matching->arena, &ask, candidates, err);
}

bool engine_is_related(const struct dw_evidence *evidence, const struct store_candidate *event)
{
    const struct dw_figure *figure = evidence->figure;
    double ours = fabs(figure->value);
    double theirs = fabs(event->figure.value);
    if (!dw_str_eq(figure->unit, event->figure.unit)) {
        ours = dw_money_usd(ours, figure->unit, evidence->published);
        theirs = dw_money_usd(theirs, event->figure.unit, evidence->published);
    }
    /* what is unknown or vague may be anything */
    return !(ours > theirs * FAR_APART) && !(theirs > ours * FAR_APART);
}

static bool open_event(struct engine_matching *matching, const struct dw_evidence *evidence,
                       struct dw_error *err)
{
    struct dw_event_state state;
    int64_t event = 0;
    if (!dw_event_state(matching->arena, evidence, 1, &state))
        return out_of_memory(err);
    return engine_event_make(matching, &state, &event, err) &&
           store_event_attach(matching->engine->store, event, evidence->figure_id, err);
}

/* The event that the figure belongs to; 0: none yet. */
static bool choose(struct engine_matching *matching, const struct dw_evidence *evidence,
                   const struct store_candidates *stored, int64_t *event, struct dw_error *err)
{
    struct dw_candidate *candidates =
        dw_arena_array(matching->arena, stored->len, sizeof *candidates);
    if (candidates == NULL)
        return out_of_memory(err);
    for (size_t i = 0; i < stored->len; i++)
        candidates[i] = engine_candidate(&stored->at[i]);
    double score = 0;
    const struct dw_candidate *best =
        dw_event_match(matching->arena, evidence, candidates, stored->len, &score);
    *event = best != NULL ? best->event_id : 0;
    return true;
}

/* Whether something that may tell the same was published after the figure: then it does not arrive
 * in order, and what came before it may have been placed otherwise. */
static bool is_late(const struct dw_evidence *evidence, const struct store_candidates *near)
{
    for (size_t i = 0; i < near->len; i++) {
        const struct store_candidate *event = &near->at[i];
        bool is_later = event->last_seen > evidence->published ||
                        (event->last_seen == evidence->published && !event->same_article);
        if (is_later && engine_is_related(evidence, event))
            return true;
    }
    return false;
}

bool engine_place_evidence(struct engine_matching *matching, const struct dw_evidence *evidence,
                           struct dw_error *err)
{
    struct store_candidates near = {0};
    if (!engine_candidates(matching, evidence, matching->told->article, &near, err))
        return false;
    bool done = false;
    if (is_late(evidence, &near) && !engine_rearrange(matching, evidence, &near, &done, err))
        return false;
    if (done)
        return true;
    int64_t event = 0;
    if (!choose(matching, evidence, &near, &event, err))
        return false;
    if (event == 0)
        return open_event(matching, evidence, err);
    return store_event_attach(matching->engine->store, event, evidence->figure_id, err) &&
           compute(matching, event, err);
}

static bool place(struct engine_matching *matching, const struct dw_figure *figure, int64_t id,
                  struct dw_error *err)
{
    struct dw_evidence evidence = {
        .figure = figure,
        .figure_id = id,
        .published = matching->told->published,
        .source = matching->told->source,
        .sentence = sentence_of(matching->told, figure),
    };
    return engine_place_evidence(matching, &evidence, err);
}

/* Stores the figures; gives their ids, and the events that lost one by it. */
static bool put_figures(struct engine_matching *matching, const struct dw_extraction *extraction,
                        int64_t **ids, struct store_ids *orphaned, struct dw_error *err)
{
    size_t count = extraction->figure_count;
    double *usd = dw_arena_array(matching->arena, count, sizeof *usd);
    *ids = dw_arena_array(matching->arena, count, sizeof **ids);
    if (usd == NULL || *ids == NULL)
        return out_of_memory(err);
    for (size_t i = 0; i < count; i++) {
        const struct dw_figure *figure = &extraction->figures[i];
        usd[i] = dw_money_usd(figure->value, figure->unit, matching->told->published);
    }
    struct store_figures_in in = {
        .article = matching->told->article,
        .figures = extraction->figures,
        .count = count,
        .usd = usd,
        .is_new = matching->told->is_new,
    };
    return store_figures_put(matching->engine->store, matching->arena, &in, *ids, orphaned, err);
}

bool engine_match(struct engine *engine, struct engine_task *task, const struct engine_told *told,
                  const struct dw_extraction *extraction, struct dw_error *err)
{
    struct engine_matching matching = {
        .engine = engine,
        .arena = &task->arena,
        .told = told,
        .events = &task->events,
        .revised = &task->revised,
    };
    struct store_ids orphaned = {0};
    int64_t *ids = NULL;
    if (told->is_new && extraction->figure_count == 0)
        return true;
    if (!put_figures(&matching, extraction, &ids, &orphaned, err))
        return false;
    task->figures += extraction->figure_count;
    if (told->is_new) {
        engine_place_later(engine, extraction->figure_count);
        return true;
    }
    /* at once, so that an event that lost a figure goes on with the one in its place */
    for (size_t i = 0; i < extraction->figure_count; i++)
        if (!place(&matching, &extraction->figures[i], ids[i], err))
            return false;
    for (size_t i = 0; i < orphaned.len; i++)
        if (!compute(&matching, orphaned.at[i], err))
            return false;
    return true;
}
