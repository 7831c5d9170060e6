/* Matching: the figures of an article join the events that tell the same, or open new ones. */
#include "internal.h"

#include <math.h>

/* Events that were last told longer ago, or first told later, are not looked at, but for those with
 * the same amount: the longest window of a revision is shorter, that of a retold deal is this. */
#define WINDOW_SECONDS (250 * (int64_t)24 * 60 * 60)
#define RETOLD_SECONDS (730 * (int64_t)24 * 60 * 60)
/* Amounts that are the same within rounding and rates. */
#define SAME_AMOUNT 1.06

/* Amounts that many times another are not joined by two revisions in a row either. */
#define FAR_APART 100

static bool has(const struct store_ids *ids, int64_t id)
{
    for (size_t i = 0; i < ids->len; i++)
        if (ids->at[i] == id)
            return true;
    return false;
}

static struct dw_str sentence_of(struct dw_str title, struct dw_str text,
                                 const struct dw_figure *figure)
{
    if (figure->mention_count == 0)
        return DW_STR("");
    const struct dw_mention *mention = &figure->mentions[0];
    return dw_str_slice(mention->in_title ? title : text, mention->sentence_start,
                        mention->sentence_end);
}

/* What the sentence says of the deal, as the store keeps it: "C", "+", "C+". */
static struct dw_str told_text(struct dw_arena *arena, struct dw_told told)
{
    struct dw_str series = told.series != 0 ? (struct dw_str){&told.series, 1} : DW_STR("");
    return dw_str_format(arena, "%.*s%s", DW_FMT(series), told.apart ? "+" : "");
}

const struct dw_str *engine_deals(struct dw_arena *arena, const struct dw_extraction *extraction,
                                  struct dw_str title, struct dw_str text)
{
    struct dw_str *deals = dw_arena_array(arena, extraction->figure_count, sizeof *deals);
    for (size_t i = 0; deals != NULL && i < extraction->figure_count; i++) {
        struct dw_str sentence = sentence_of(title, text, &extraction->figures[i]);
        deals[i] = told_text(arena, dw_event_told(sentence));
    }
    return deals;
}

static struct dw_told told_read(struct dw_str text)
{
    bool apart = dw_str_ends(text, DW_STR("+"));
    bool series = text.len > (apart ? 1 : 0);
    return (struct dw_told){.apart = apart, .series = series ? text.at[0] : '\0'};
}

/* ---- States ---------------------------------------------------------------------------------- */

static bool out_of_memory(struct dw_error *err)
{
    return dw_error_set(err, DW_ERR_MEMORY, "out of memory for the events of an article");
}

/* What the store keeps of a state. */
static bool to_store(struct engine_matching *matching, const struct dw_event_state *state,
                     struct store_event_in *in, struct dw_error *err)
{
    struct dw_arena *arena = matching->arena;
    struct dw_event_keys keys;
    struct store_revision *revisions =
        dw_arena_array(arena, state->revision_count, sizeof *revisions);
    if (!dw_event_keys_held(arena, &state->figure, &keys) || revisions == NULL)
        return out_of_memory(err);
    for (size_t i = 0; i < state->revision_count; i++) {
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
    *in = (struct store_event_in){
        .figure = &state->figure,
        .usd =
            engine_usd(matching->store, state->figure.value, state->figure.unit, state->last_seen),
        .first_seen = state->first_seen,
        .last_seen = state->last_seen,
        .sources = (int64_t)state->sources,
        .confidence = state->confidence,
        .told = told_text(arena, (struct dw_told){.series = state->series}),
        .keys = keys.at,
        .key_count = keys.len,
        .revisions = revisions,
        .revision_count = state->revision_count,
    };
    return !arena->failed || out_of_memory(err);
}

static void tell(struct engine_matching *matching, enum engine_message_kind kind, int64_t event)
{
    struct engine_message message = {
        .kind = kind, .event = event, .article = matching->told->article};
    if (matching->engine != NULL)
        engine_batch_post(matching->engine, &message);
}

bool engine_event_make(struct engine_matching *matching, const struct dw_event_state *state,
                       int64_t *event, struct dw_error *err)
{
    struct store_event_in in;
    if (!to_store(matching, state, &in, err) || !store_event_new(matching->store, &in, event, err))
        return false;
    int64_t *made = dw_vec_push(matching->arena, &matching->made);
    if (made == NULL)
        return out_of_memory(err);
    *made = *event;
    ++*matching->events;
    tell(matching, ENGINE_EVENT_NEW, *event);
    return true;
}

/* Stores a state with what the user corrected on top of it. */
static bool put_corrected(struct engine_matching *matching, int64_t event,
                          const struct dw_event_state *state, bool *revised, struct dw_error *err)
{
    struct dw_event_state shown = *state;
    struct store_marks marks = {0};
    struct store_event_in in;
    bool any = store_corrections_any(matching->store);
    return (!any || engine_corrections_of(matching, event, &shown.figure, &marks, err)) &&
           to_store(matching, &shown, &in, err) &&
           store_event_update(matching->store, event, &in, revised, err) &&
           (!any || store_event_mark(matching->store, event, &marks, err));
}

bool engine_event_change(struct engine_matching *matching, int64_t event,
                         const struct dw_event_state *state, struct dw_error *err)
{
    bool revised = false;
    if (!put_corrected(matching, event, state, &revised, err))
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
        .told = told_read(stored->told),
    };
}

/* An event as the store gives it; false: out of memory. */
static bool candidate_of(struct dw_arena *arena, const struct store_candidate *stored,
                         struct dw_candidate *candidate)
{
    struct dw_revision *revisions =
        dw_arena_array(arena, stored->revision_count, sizeof *revisions);
    for (size_t i = 0; revisions != NULL && i < stored->revision_count; i++) {
        const struct store_revision *from = &stored->revisions[i];
        revisions[i] = (struct dw_revision){
            .qualifier = from->qualifier,
            .value = from->value,
            .low = from->low,
            .high = from->high,
        };
    }
    *candidate = (struct dw_candidate){
        .event_id = stored->event,
        .figure = &stored->figure,
        .revisions = revisions,
        .revision_count = stored->revision_count,
        .first_seen = stored->first_seen,
        .last_seen = stored->last_seen,
        .series = told_read(stored->told).series,
        .same_article = stored->same_article,
    };
    return revisions != NULL;
}

bool engine_event_compute(struct engine_matching *matching, int64_t event, struct dw_error *err)
{
    struct store *store = matching->store;
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

static bool find_events(struct engine_matching *matching, const struct dw_evidence *evidence,
                        int64_t article, const struct dw_event_keys *keys,
                        struct store_candidates *found, struct dw_error *err)
{
    struct store_candidate_ask ask = {
        .keys = keys->at,
        .key_count = keys->len,
        .article = article,
        .kinds = dw_event_kinds(evidence->figure->kind),
        .since = evidence->published - WINDOW_SECONDS,
        .retold_since = evidence->published - RETOLD_SECONDS,
        .retold_ratio = SAME_AMOUNT,
        .until = evidence->published + WINDOW_SECONDS,
        .usd = engine_usd(matching->store, evidence->figure->value, evidence->figure->unit,
                          evidence->published),
        .usd_ratio = FAR_APART,
    };
    return store_event_candidates(matching->store, matching->arena, &ask, found, err);
}

bool engine_candidates(struct engine_matching *matching, const struct dw_evidence *evidence,
                       int64_t article, struct store_candidates *candidates, struct dw_error *err)
{
    struct dw_event_keys keys;
    return (dw_event_keys_asked(matching->arena, evidence->figure, &keys) || out_of_memory(err)) &&
           find_events(matching, evidence, article, &keys, candidates, err);
}

bool engine_neighbours(struct engine_matching *matching, const struct dw_evidence *evidence,
                       int64_t article, struct store_candidates *neighbours, struct dw_error *err)
{
    struct dw_event_keys keys;
    return (dw_event_keys_near(matching->arena, evidence->figure, &keys) || out_of_memory(err)) &&
           find_events(matching, evidence, article, &keys, neighbours, err);
}

/* Whether amounts are near enough; what is unknown or vague may be anything. */
static bool is_near(const struct dw_evidence *evidence, const struct dw_figure *other, double ratio)
{
    const struct dw_figure *figure = evidence->figure;
    double ours = fabs(figure->value);
    double theirs = fabs(other->value);
    if (!dw_str_eq(figure->unit, other->unit)) {
        ours = dw_money_usd(ours, figure->unit, evidence->published);
        theirs = dw_money_usd(theirs, other->unit, evidence->published);
    }
    return !(ours > theirs * ratio) && !(theirs > ours * ratio);
}

bool engine_is_related(const struct dw_evidence *evidence, const struct store_candidate *event)
{
    return is_near(evidence, &event->figure, FAR_APART);
}

bool engine_was_candidate(const struct dw_evidence *evidence, const struct dw_event_state *state)
{
    int64_t gap = evidence->published - state->last_seen;
    return gap <= WINDOW_SECONDS
               ? is_near(evidence, &state->figure, FAR_APART)
               : gap <= RETOLD_SECONDS && is_near(evidence, &state->figure, SAME_AMOUNT);
}

static bool open_event(struct engine_matching *matching, const struct dw_evidence *evidence,
                       struct dw_error *err)
{
    struct dw_event_state state;
    int64_t event = 0;
    if (!dw_event_state(matching->arena, evidence, 1, &state))
        return out_of_memory(err);
    if (!engine_event_make(matching, &state, &event, err) ||
        !store_event_attach(matching->store, event, evidence->figure_id, err))
        return false;
    return !store_corrections_any(matching->store) ||
           engine_event_change(matching, event, &state, err);
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
        if (!candidate_of(matching->arena, &stored->at[i], &candidates[i]))
            return out_of_memory(err);
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

/* What merges and splits say of a figure: the event that it was put into (0: none), and candidates
 * without those that it was split from. */
static bool obey_links(struct engine_matching *matching, const struct dw_evidence *evidence,
                       struct store_candidates *near, int64_t *event, struct dw_error *err)
{
    struct store_links links;
    *event = 0;
    if (!store_corrections_any(matching->store))
        return true;
    if (!store_figure_links(matching->store, matching->arena, evidence->figure_id, &links, err))
        return false;
    for (size_t i = 0; i < links.len; i++) {
        const struct store_link *link = &links.at[i];
        if (!link->apart && link->event != 0 && *event == 0)
            *event = link->event;
        size_t kept = 0;
        for (size_t j = 0; link->apart && j < near->len; j++)
            if (near->at[j].event != link->event)
                near->at[kept++] = near->at[j];
        near->len = link->apart ? kept : near->len;
    }
    return true;
}

bool engine_place_evidence(struct engine_matching *matching, const struct dw_evidence *evidence,
                           struct dw_error *err)
{
    struct store_candidates near = {0};
    int64_t event = 0;
    if (!engine_candidates(matching, evidence, matching->told->article, &near, err))
        return false;
    bool is_out_of_order = is_late(evidence, &near);
    if (!obey_links(matching, evidence, &near, &event, err))
        return false;
    if (event == 0 && is_out_of_order)
        return engine_rearrange(matching, evidence, err);
    if (event == 0 && !choose(matching, evidence, &near, &event, err))
        return false;
    if (event == 0)
        return open_event(matching, evidence, err);
    return store_event_attach(matching->store, event, evidence->figure_id, err) &&
           engine_event_compute(matching, event, err);
}

static bool place(struct engine_matching *matching, const struct dw_figure *figure,
                  struct dw_str deal, int64_t id, struct dw_error *err)
{
    struct dw_evidence evidence = {
        .figure = figure,
        .figure_id = id,
        .published = matching->told->published,
        .source = matching->told->source,
        .told = told_read(deal),
    };
    return engine_place_evidence(matching, &evidence, err);
}

/* Stores the figures; gives their ids, and the events that lost one by it. */
static bool put_figures(struct engine_matching *matching, const struct dw_extraction *extraction,
                        int64_t **ids, struct store_ids *orphaned, struct dw_error *err)
{
    const struct engine_told *told = matching->told;
    size_t count = extraction->figure_count;
    matching->deals = told->deals != NULL
                          ? told->deals
                          : engine_deals(matching->arena, extraction, told->title, told->text);
    double *usd = dw_arena_array(matching->arena, count, sizeof *usd);
    *ids = dw_arena_array(matching->arena, count, sizeof **ids);
    if (usd == NULL || matching->deals == NULL || *ids == NULL)
        return out_of_memory(err);
    for (size_t i = 0; i < count; i++) {
        const struct dw_figure *figure = &extraction->figures[i];
        usd[i] =
            engine_usd(matching->store, figure->value, figure->unit, matching->told->published);
    }
    struct store_figures_in in = {
        .article = matching->told->article,
        .figures = extraction->figures,
        .count = count,
        .usd = usd,
        .told = matching->deals,
        .is_new = matching->told->is_new,
    };
    return store_figures_put(matching->store, matching->arena, &in, *ids, orphaned, err);
}

bool engine_replace_figures(struct engine_matching *matching,
                            const struct dw_extraction *extraction, struct dw_error *err)
{
    struct store_ids orphaned = {0};
    int64_t *ids = NULL;
    return put_figures(matching, extraction, &ids, &orphaned, err);
}

bool engine_match_article(struct engine_matching *matching, const struct dw_extraction *extraction,
                          struct dw_error *err)
{
    struct store_ids orphaned = {0};
    int64_t *ids = NULL;
    if (!put_figures(matching, extraction, &ids, &orphaned, err))
        return false;
    for (size_t i = 0; !matching->told->is_new && i < extraction->figure_count; i++)
        if (!place(matching, &extraction->figures[i], matching->deals[i], ids[i], err))
            return false;
    for (size_t i = 0; i < orphaned.len; i++)
        if (!engine_event_compute(matching, orphaned.at[i], err))
            return false;
    return true;
}

bool engine_match(struct engine *engine, struct engine_task *task, const struct engine_told *told,
                  const struct dw_extraction *extraction, struct dw_error *err)
{
    struct engine_matching matching = {
        .engine = engine,
        .store = engine->store,
        .arena = &task->arena,
        .told = told,
        .events = &task->events,
        .revised = &task->revised,
    };
    if (told->is_new && extraction->figure_count == 0)
        return true;
    if (!engine_match_article(&matching, extraction, err))
        return false;
    task->figures += extraction->figure_count;
    if (told->is_new)
        engine_place_later(engine, extraction->figure_count);
    return true;
}
