/* Matching: the figures of an article join the events that tell the same, or open new ones. */
#include "internal.h"

/* Events that were last told longer ago, or first told later, are not looked at: the longest window
 * of a revision is shorter. */
#define WINDOW_SECONDS (200 * (int64_t)24 * 60 * 60)

/* Kinds whose figures may tell the same fact. */
static const struct {
    enum dw_kind one;
    enum dw_kind two;
} kin[] = {
    {DW_KIND_INVESTMENT, DW_KIND_ROUND},
    {DW_KIND_CONTRACT, DW_KIND_SPENDING},
};

/* The work on one article: which events it touched. */
struct matching {
    struct engine *engine;
    struct engine_task *task;
    struct dw_arena *arena;
    const struct engine_told *told;
    struct store_ids touched; /* to be computed anew */
    struct store_ids made;    /* opened by this article */
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

static void note(struct matching *matching, struct store_ids *ids, int64_t id)
{
    if (has(ids, id))
        return;
    int64_t *place = dw_vec_push(matching->arena, ids);
    if (place != NULL)
        *place = id;
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
static struct store_event_in to_store(struct matching *matching, const struct dw_event_state *state)
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

/* Computes an event from all its evidence, or removes it where none is left. */
static bool compute(struct matching *matching, int64_t event, struct dw_error *err)
{
    struct store *store = matching->engine->store;
    struct store_evidences stored = {0};
    if (!store_event_evidence(store, matching->arena, event, &stored, err))
        return false;
    if (stored.len == 0)
        return store_event_delete(store, event, err);
    struct dw_evidence *evidence = dw_arena_array(matching->arena, stored.len, sizeof *evidence);
    if (evidence == NULL)
        return out_of_memory(err);
    for (size_t i = 0; i < stored.len; i++)
        evidence[i] = (struct dw_evidence){
            .figure = &stored.at[i].figure,
            .figure_id = stored.at[i].figure_id,
            .published = stored.at[i].published,
            .source = stored.at[i].source,
            .sentence = stored.at[i].sentence,
        };
    struct dw_event_state state;
    if (!dw_event_state(matching->arena, evidence, stored.len, &state))
        return out_of_memory(err);
    struct store_event_in in = to_store(matching, &state);
    bool revised = false;
    if (!store_event_update(store, event, &in, &revised, err))
        return false;
    if (!revised || has(&matching->made, event))
        return true;
    matching->task->revised++;
    struct engine_message message = {
        .kind = ENGINE_EVENT_REVISED, .event = event, .article = matching->told->article};
    engine_batch_post(matching->engine, &message);
    return true;
}

/* ---- Figures --------------------------------------------------------------------------------- */

static bool open_event(struct matching *matching, const struct dw_evidence *evidence,
                       struct dw_error *err)
{
    struct dw_event_state state;
    if (!dw_event_state(matching->arena, evidence, 1, &state))
        return out_of_memory(err);
    struct store_event_in in = to_store(matching, &state);
    int64_t event = 0;
    struct store *store = matching->engine->store;
    if (!store_event_new(store, &in, &event, err) ||
        !store_event_attach(store, event, evidence->figure_id, err))
        return false;
    note(matching, &matching->made, event);
    matching->task->events++;
    struct engine_message message = {
        .kind = ENGINE_EVENT_NEW, .event = event, .article = matching->told->article};
    engine_batch_post(matching->engine, &message);
    return true;
}

/* The event that the figure belongs to; 0: none yet. */
static bool find_event(struct matching *matching, const struct dw_evidence *evidence,
                       int64_t *event, struct dw_error *err)
{
    struct store_candidate_ask ask = {
        .figure = evidence->figure,
        .article = matching->told->article,
        .kinds = kinds_like(evidence->figure->kind),
        .since = evidence->published - WINDOW_SECONDS,
        .until = evidence->published + WINDOW_SECONDS,
    };
    struct store_candidates stored = {0};
    if (!store_event_candidates(matching->engine->store, matching->arena, &ask, &stored, err))
        return false;
    struct dw_candidate *candidates =
        dw_arena_array(matching->arena, stored.len, sizeof *candidates);
    if (candidates == NULL)
        return out_of_memory(err);
    for (size_t i = 0; i < stored.len; i++)
        candidates[i] = (struct dw_candidate){
            .event_id = stored.at[i].event,
            .figure = &stored.at[i].figure,
            .first_seen = stored.at[i].first_seen,
            .last_seen = stored.at[i].last_seen,
            .same_article = stored.at[i].same_article,
        };
    double score = 0;
    const struct dw_candidate *best =
        dw_event_match(matching->arena, evidence, candidates, stored.len, &score);
    *event = best != NULL ? best->event_id : 0;
    return true;
}

static bool place(struct matching *matching, const struct dw_figure *figure, int64_t id,
                  struct dw_error *err)
{
    struct dw_evidence evidence = {
        .figure = figure,
        .figure_id = id,
        .published = matching->told->published,
        .source = matching->told->source,
        .sentence = sentence_of(matching->told, figure),
    };
    int64_t event = 0;
    if (!find_event(matching, &evidence, &event, err))
        return false;
    if (event == 0)
        return open_event(matching, &evidence, err);
    note(matching, &matching->touched, event);
    return store_event_attach(matching->engine->store, event, id, err);
}

/* Stores the figures; gives their ids. */
static bool put_figures(struct matching *matching, const struct dw_extraction *extraction,
                        int64_t **ids, struct dw_error *err)
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
    };
    return store_figures_put(matching->engine->store, matching->arena, &in, *ids,
                             &matching->touched, err);
}

bool engine_match(struct engine *engine, struct engine_task *task, const struct engine_told *told,
                  const struct dw_extraction *extraction, struct dw_error *err)
{
    struct matching matching = {
        .engine = engine, .task = task, .arena = &task->arena, .told = told};
    int64_t *ids = NULL;
    if (!put_figures(&matching, extraction, &ids, err))
        return false;
    task->figures += extraction->figure_count;
    for (size_t i = 0; i < extraction->figure_count; i++)
        if (!place(&matching, &extraction->figures[i], ids[i], err))
            return false;
    for (size_t i = 0; i < matching.touched.len; i++)
        if (!compute(&matching, matching.touched.at[i], err))
            return false;
    return true;
}
