/* Late arrivals: a figure that is older than what is known near it is placed as if it had come in
 * time, so that events don't depend on the order in which feeds arrive. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* More neighbours than this are left as they are: a figure that joins in arrival order among so
 * many changes little. */
#define EVENTS_MOST 32
#define PIECES_MOST 128

/* A figure of the neighbourhood. */
struct piece {
    struct dw_evidence evidence;
    int64_t article;
    int64_t event; /* that it was in; 0: the late one */
    struct dw_str url;
    struct dw_str title;
    size_t cluster;
};

/* Figures that tell the same, in the order of their publication. */
struct cluster {
    DW_VEC(struct dw_evidence) evidence;
    struct dw_event_state state;
    int64_t article; /* of the newest piece */
    int64_t event;   /* that it becomes */
};

struct work {
    struct engine_matching *matching;
    struct store_ids events; /* of the neighbourhood */
    DW_VEC(struct piece) pieces;
    DW_VEC(struct cluster) clusters;
    bool too_many;
};

static bool out_of_memory(struct dw_error *err)
{
    return dw_error_set(err, DW_ERR_MEMORY, "out of memory for the events near an article");
}

/* ---- The neighbourhood ----------------------------------------------------------------------- */

/* Adds the events that a figure may belong to. */
static bool add_events(struct work *work, const struct dw_evidence *evidence,
                       const struct store_candidates *near, struct dw_error *err)
{
    for (size_t i = 0; i < near->len && work->events.len <= EVENTS_MOST; i++) {
        bool known = !engine_is_related(evidence, &near->at[i]);
        for (size_t j = 0; j < work->events.len; j++)
            known = known || work->events.at[j] == near->at[i].event;
        if (known)
            continue;
        int64_t *event = dw_vec_push(work->matching->arena, &work->events);
        if (event == NULL)
            return out_of_memory(err);
        *event = near->at[i].event;
    }
    work->too_many = work->too_many || work->events.len > EVENTS_MOST;
    return true;
}

/* The figures of an event, and the events near each of them. */
static bool add_pieces(struct work *work, int64_t event, struct dw_error *err)
{
    struct dw_arena *arena = work->matching->arena;
    struct store_evidences stored = {0};
    if (!store_event_evidence(work->matching->engine->store, arena, event, &stored, err))
        return false;
    work->too_many = work->too_many || work->pieces.len + stored.len > PIECES_MOST;
    for (size_t i = 0; i < stored.len && !work->too_many; i++) {
        struct piece *piece = dw_vec_push(arena, &work->pieces);
        if (piece == NULL)
            return out_of_memory(err);
        piece->evidence = engine_evidence(&stored.at[i]);
        piece->article = stored.at[i].article;
        piece->event = event;
        piece->url = stored.at[i].url;
        piece->title = stored.at[i].title;
        struct store_candidates near = {0};
        if (!engine_candidates(work->matching, &piece->evidence, piece->article, &near, err) ||
            !add_events(work, &piece->evidence, &near, err))
            return false;
    }
    return true;
}

static int compare_number(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

/* By publication, then by what is the same whenever an article arrives. */
static int in_order(const void *a, const void *b)
{
    const struct piece *one = a;
    const struct piece *two = b;
    int order = compare_number(one->evidence.published, two->evidence.published);
    if (order == 0)
        order = dw_str_compare(one->url, two->url);
    if (order == 0)
        order = dw_str_compare(one->title, two->title);
    return order != 0 ? order : compare_number(one->evidence.figure_id, two->evidence.figure_id);
}

static bool gather(struct work *work, const struct dw_evidence *late,
                   const struct store_candidates *near, struct dw_error *err)
{
    struct piece *piece = dw_vec_push(work->matching->arena, &work->pieces);
    if (piece == NULL)
        return out_of_memory(err);
    piece->evidence = *late;
    piece->article = work->matching->told->article;
    piece->title = work->matching->told->title;
    piece->url = work->matching->told->url;
    if (!add_events(work, late, near, err))
        return false;
    for (size_t i = 0; i < work->events.len && !work->too_many; i++)
        if (!add_pieces(work, work->events.at[i], err))
            return false;
    if (!work->too_many)
        qsort(work->pieces.at, work->pieces.len, sizeof *work->pieces.at, in_order);
    return true;
}

/* ---- Matching anew --------------------------------------------------------------------------- */

static bool join(struct work *work, struct piece *piece, size_t index, struct dw_error *err)
{
    struct dw_arena *arena = work->matching->arena;
    struct cluster *cluster = &work->clusters.at[index];
    struct dw_evidence *evidence = dw_vec_push(arena, &cluster->evidence);
    if (evidence == NULL)
        return out_of_memory(err);
    *evidence = piece->evidence;
    cluster->article = piece->article;
    piece->cluster = index;
    return dw_event_state(arena, cluster->evidence.at, cluster->evidence.len, &cluster->state) ||
           out_of_memory(err);
}

/* Places a piece by the same rule as one that arrives in time. */
static bool match_piece(struct work *work, struct piece *piece, struct dw_error *err)
{
    struct dw_arena *arena = work->matching->arena;
    size_t count = work->clusters.len;
    struct dw_candidate *candidates = dw_arena_array(arena, count, sizeof *candidates);
    if (candidates == NULL)
        return out_of_memory(err);
    for (size_t i = 0; i < count; i++) {
        const struct cluster *cluster = &work->clusters.at[i];
        candidates[i] = (struct dw_candidate){
            .event_id = (int64_t)i,
            .figure = &cluster->state.figure,
            .first_seen = cluster->state.first_seen,
            .last_seen = cluster->state.last_seen,
            .same_article = cluster->article == piece->article,
        };
    }
    double score = 0;
    const struct dw_candidate *best =
        dw_event_match(arena, &piece->evidence, candidates, count, &score);
    if (best != NULL)
        return join(work, piece, (size_t)best->event_id, err);
    if (dw_vec_push(arena, &work->clusters) == NULL)
        return out_of_memory(err);
    return join(work, piece, count, err);
}

/* ---- Into the store -------------------------------------------------------------------------- */

/* Each cluster goes on as the event that most of its figures were in, so that what the user did
 * with it stays; 0: none is left for it. */
static void choose_event(struct work *work, size_t index)
{
    size_t most = 0;
    struct cluster *cluster = &work->clusters.at[index];
    for (size_t i = 0; i < work->events.len; i++) {
        size_t shared = 0;
        for (size_t j = 0; j < work->pieces.len; j++) {
            const struct piece *piece = &work->pieces.at[j];
            shared += piece->cluster == index && piece->event == work->events.at[i];
        }
        bool is_taken = false;
        for (size_t j = 0; j < index; j++)
            is_taken = is_taken || work->clusters.at[j].event == work->events.at[i];
        if (shared <= most || is_taken)
            continue;
        most = shared;
        cluster->event = work->events.at[i];
    }
}

static bool put_cluster(struct work *work, size_t index, struct dw_error *err)
{
    struct cluster *cluster = &work->clusters.at[index];
    choose_event(work, index);
    bool is_old = cluster->event != 0;
    if (!is_old && !engine_event_make(work->matching, &cluster->state, &cluster->event, err))
        return false;
    for (size_t i = 0; i < work->pieces.len; i++) {
        const struct piece *piece = &work->pieces.at[i];
        if (piece->cluster == index && piece->event != cluster->event &&
            !store_event_attach(work->matching->engine->store, cluster->event,
                                piece->evidence.figure_id, err))
            return false;
    }
    return !is_old || engine_event_change(work->matching, cluster->event, &cluster->state, err);
}

static bool delete_empty(struct work *work, struct dw_error *err)
{
    for (size_t i = 0; i < work->events.len; i++) {
        bool is_used = false;
        for (size_t j = 0; j < work->clusters.len; j++)
            is_used = is_used || work->clusters.at[j].event == work->events.at[i];
        if (!is_used && !store_event_delete(work->matching->engine->store, work->events.at[i], err))
            return false;
    }
    return true;
}

bool engine_rearrange(struct engine_matching *matching, const struct dw_evidence *late,
                      const struct store_candidates *near, bool *done, struct dw_error *err)
{
    struct work work = {.matching = matching};
    *done = false;
    if (!gather(&work, late, near, err))
        return false;
    if (work.too_many)
        return true;
    for (size_t i = 0; i < work.pieces.len; i++)
        if (!match_piece(&work, &work.pieces.at[i], err))
            return false;
    for (size_t i = 0; i < work.clusters.len; i++)
        if (!put_cluster(&work, i, err))
            return false;
    *done = true;
    return delete_empty(&work, err);
}
