/* Late arrivals: a figure that is older than what is known near it is placed as if it had come in
 * time, so that events don't depend on the order in which feeds arrive.
 *
 * Invariants. 1. Figures are looked at in the order of their publication, each against the events
 * as they were before it. 2. A figure is looked at again only if an event that it may belong to has
 * changed before it; all others would choose as they did. */
#include "internal.h"

#include <stdlib.h>

/* Figures looked at again for one late one: enough for months of the most told company, and it
 * bounds what one article can cost. */
#define PIECES_MOST 20000

/* A figure of the neighbourhood. */
struct piece {
    struct dw_evidence evidence;
    int64_t article;
    struct dw_str url;
    struct dw_str title;
    size_t event;    /* of the work's events: where it is now */
    size_t former;   /* ... where it was; NONE: the late one */
    bool is_waiting; /* to be looked at */
};
#define NONE SIZE_MAX

/* An event of the neighbourhood. */
struct nearby {
    int64_t id; /* 0: opened by this work */
    bool is_changed;
    bool is_spread; /* the events near it wait to be looked at again */
    struct dw_figure figure;
};

struct work {
    struct engine_matching *matching;
    DW_VEC(struct nearby) events;
    DW_VEC(struct piece) pieces; /* of all these events, in no order */
    size_t waiting;
    struct dw_error *err;
};

static bool out_of_memory(struct work *work)
{
    return dw_error_set(work->err, DW_ERR_MEMORY, "out of memory for the events near an article");
}

static int compare_number(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

/* By publication, then by what is the same whenever an article arrives. */
static int compare_pieces(const struct piece *one, const struct piece *two)
{
    int order = compare_number(one->evidence.published, two->evidence.published);
    if (order == 0)
        order = dw_str_compare(one->url, two->url);
    if (order == 0)
        order = dw_str_compare(one->title, two->title);
    return order != 0 ? order : compare_number(one->evidence.figure_id, two->evidence.figure_id);
}

/* ---- The neighbourhood ----------------------------------------------------------------------- */

/* The number of an event in the work, read with its figures when it is met first; NONE: failed. */
static size_t meet(struct work *work, const struct store_candidate *met)
{
    for (size_t i = 0; i < work->events.len; i++)
        if (work->events.at[i].id == met->event)
            return i;
    struct dw_arena *arena = work->matching->arena;
    struct store_evidences stored = {0};
    struct nearby *event = dw_vec_push(arena, &work->events);
    if (event == NULL) {
        out_of_memory(work);
        return NONE;
    }
    *event = (struct nearby){.id = met->event, .figure = met->figure};
    if (!store_event_figures(work->matching->store, arena, met->event, &stored, work->err))
        return NONE;
    for (size_t i = 0; i < stored.len; i++) {
        struct piece *piece = dw_vec_push(arena, &work->pieces);
        if (piece == NULL) {
            out_of_memory(work);
            return NONE;
        }
        *piece = (struct piece){
            .evidence = engine_evidence(&stored.at[i]),
            .article = stored.at[i].article,
            .url = stored.at[i].url,
            .title = stored.at[i].title,
            .event = work->events.len - 1,
            .former = work->events.len - 1,
        };
    }
    return work->events.len - 1;
}

/* Lets all figures of an event behind a piece wait to be looked at. */
static void wait_behind(struct work *work, size_t event, const struct piece *behind)
{
    for (size_t i = 0; i < work->pieces.len; i++) {
        struct piece *piece = &work->pieces.at[i];
        if (piece->event != event || piece->is_waiting || compare_pieces(piece, behind) <= 0)
            continue;
        piece->is_waiting = true;
        work->waiting++;
    }
}

/* An event has changed from a piece on: figures behind it that are near may choose otherwise. */
static bool spread(struct work *work, size_t event, const struct piece *from)
{
    struct nearby *changed = &work->events.at[event];
    const struct piece behind = *from; /* the list of pieces may move */
    changed->is_changed = true;
    wait_behind(work, event, &behind);
    if (changed->is_spread || work->pieces.len > PIECES_MOST)
        return true;
    changed->is_spread = true;
    struct dw_figure figure = changed->figure;
    struct dw_evidence told = behind.evidence;
    told.figure = &figure;
    struct store_candidates near = {0};
    if (!engine_neighbours(work->matching, &told, behind.article, &near, work->err))
        return false;
    for (size_t i = 0; i < near.len; i++) {
        if (near.at[i].last_seen < behind.evidence.published ||
            !engine_is_related(&told, &near.at[i]))
            continue;
        size_t met = meet(work, &near.at[i]);
        if (met == NONE)
            return false;
        wait_behind(work, met, &behind);
    }
    return true;
}

/* ---- Matching anew --------------------------------------------------------------------------- */

static int by_order(const void *a, const void *b)
{
    return compare_pieces(a, b);
}

/* An event as it was before a piece; `count` 0: it did not exist. */
static bool cluster_before(struct work *work, size_t event, const struct piece *piece,
                           struct dw_cluster *cluster)
{
    struct dw_arena *arena = work->matching->arena;
    size_t count = 0;
    struct piece *before = dw_arena_array(arena, work->pieces.len, sizeof *before);
    *cluster = (struct dw_cluster){0};
    if (before == NULL)
        return out_of_memory(work);
    for (size_t i = 0; i < work->pieces.len; i++) {
        const struct piece *other = &work->pieces.at[i];
        if (other->event == event && compare_pieces(other, piece) < 0)
            before[count++] = *other;
    }
    if (count == 0)
        return true;
    qsort(before, count, sizeof *before, by_order);
    for (size_t i = 0; i < count; i++) {
        struct dw_evidence *evidence = dw_vec_push(arena, cluster);
        if (evidence == NULL)
            return out_of_memory(work);
        *evidence = before[i].evidence;
    }
    cluster->article = before[count - 1].article;
    return dw_event_state(arena, cluster->at, cluster->len, &cluster->state) || out_of_memory(work);
}

/* What the user said of a piece and an event, as it was before the piece. */
enum word { WORD_NONE, WORD_TOGETHER, WORD_APART };

static enum word word_of(const struct store_links *links, const struct dw_cluster *cluster)
{
    enum word word = WORD_NONE;
    for (size_t i = 0; i < links->len; i++)
        for (size_t j = 0; j < cluster->len; j++)
            if (links->at[i].figure == cluster->at[j].figure_id)
                word = links->at[i].apart || word == WORD_APART ? WORD_APART : WORD_TOGETHER;
    return word;
}

/* The events that a piece may belong to, as they were before it. */
struct choice {
    struct store_links links; /* what the user said of the piece */
    struct dw_clusters clusters;
    size_t *numbers; /* of their events */
    size_t said;     /* the event into which the user put it; NONE: none */
};

/* Those from which the user split it are left out. */
static bool clusters_before(struct work *work, const struct piece *piece, struct choice *choice)
{
    for (size_t i = 0; i < work->events.len; i++) {
        struct dw_cluster cluster;
        if (!cluster_before(work, i, piece, &cluster))
            return false;
        enum word word = word_of(&choice->links, &cluster);
        if (word == WORD_TOGETHER && choice->said == NONE)
            choice->said = i;
        if (cluster.len == 0 || word == WORD_APART ||
            !engine_was_candidate(&piece->evidence, &cluster.state))
            continue;
        struct dw_cluster *added = dw_vec_push(work->matching->arena, &choice->clusters);
        if (added == NULL)
            return out_of_memory(work);
        *added = cluster;
        choice->numbers[choice->clusters.len - 1] = i;
    }
    return true;
}

/* Meets all events that a piece may belong to, or was put into by the user. */
static bool meet_near(struct work *work, const struct piece *piece, struct store_links *links)
{
    struct dw_arena *arena = work->matching->arena;
    struct store *store = work->matching->store;
    struct store_candidates near = {0};
    const struct dw_evidence evidence = piece->evidence; /* the list of pieces may move */
    if (!engine_candidates(work->matching, &evidence, piece->article, &near, work->err) ||
        (store_corrections_any(store) &&
         !store_figure_links(store, arena, evidence.figure_id, links, work->err)))
        return false;
    for (size_t i = 0; i < near.len; i++)
        if (engine_is_related(&evidence, &near.at[i]) && meet(work, &near.at[i]) == NONE)
            return false;
    for (size_t i = 0; i < links->len; i++) {
        struct store_candidate linked = {.event = links->at[i].event, .figure = *evidence.figure};
        if (linked.event != 0 && meet(work, &linked) == NONE)
            return false;
    }
    return true;
}

/* The event that a piece belongs to by those before it; NONE, a new one, where it fits none, but
 * where it was the first of its own, it stays so. */
static bool choose(struct work *work, const struct piece *piece, struct store_links links,
                   size_t *event)
{
    struct dw_arena *arena = work->matching->arena;
    struct choice choice = {.links = links, .said = NONE};
    choice.numbers = dw_arena_array(arena, work->events.len, sizeof *choice.numbers);
    if (choice.numbers == NULL)
        return out_of_memory(work);
    if (!clusters_before(work, piece, &choice))
        return false;
    struct dw_piece told = {.evidence = piece->evidence, .article = piece->article};
    size_t best = 0;
    *event = choice.said;
    if (choice.said != NONE)
        return true;
    if (!dw_cluster_choose(arena, &choice.clusters, &told, &best))
        return out_of_memory(work);
    if (best < choice.clusters.len) {
        *event = choice.numbers[best];
        return true;
    }
    struct dw_cluster own = {0};
    if (piece->event != NONE && !cluster_before(work, piece->event, piece, &own))
        return false;
    *event = own.len == 0 ? piece->event : NONE;
    return true;
}

/* Looks at a piece; where it belongs elsewhere now, what is behind is looked at, too. */
static bool look_at(struct work *work, size_t index)
{
    size_t event = NONE;
    work->pieces.at[index].is_waiting = false;
    work->waiting--;
    struct store_links links = {0};
    if (!meet_near(work, &work->pieces.at[index], &links))
        return false;
    struct dw_scratch scratch = dw_scratch_begin(work->matching->arena);
    bool chosen = choose(work, &work->pieces.at[index], links, &event);
    dw_scratch_end(scratch);
    if (!chosen)
        return false;
    if (event == NONE) {
        struct nearby *opened = dw_vec_push(work->matching->arena, &work->events);
        if (opened == NULL)
            return out_of_memory(work);
        opened->figure = *work->pieces.at[index].evidence.figure;
        event = work->events.len - 1;
    }
    size_t left = work->pieces.at[index].event;
    if (event == left)
        return true;
    work->pieces.at[index].event = event;
    const struct piece piece = work->pieces.at[index];
    return spread(work, event, &piece) && (left == NONE || spread(work, left, &piece));
}

/* The first piece that waits. */
static size_t next_waiting(const struct work *work)
{
    size_t next = NONE;
    for (size_t i = 0; i < work->pieces.len; i++) {
        const struct piece *piece = &work->pieces.at[i];
        if (piece->is_waiting &&
            (next == NONE || compare_pieces(piece, &work->pieces.at[next]) < 0))
            next = i;
    }
    return next;
}

/* ---- Into the store -------------------------------------------------------------------------- */

static size_t count_pieces(const struct work *work, size_t event, size_t former)
{
    size_t count = 0;
    for (size_t i = 0; i < work->pieces.len; i++)
        count += work->pieces.at[i].event == event &&
                 (former == NONE || work->pieces.at[i].former == former);
    return count;
}

/* An event that was opened goes on as the emptied one that most of its figures were in. */
static void inherit(struct work *work, size_t event)
{
    size_t most = 0;
    size_t heir = NONE;
    for (size_t i = 0; i < work->events.len; i++) {
        bool is_empty = work->events.at[i].id != 0 && count_pieces(work, i, NONE) == 0;
        size_t shared = is_empty ? count_pieces(work, event, i) : 0;
        if (shared <= most)
            continue;
        most = shared;
        heir = i;
    }
    if (heir == NONE)
        return;
    work->events.at[event].id = work->events.at[heir].id;
    work->events.at[heir].id = 0; /* with nothing in it: there is nothing to do about it */
}

static bool put_event(struct work *work, size_t index)
{
    struct nearby *event = &work->events.at[index];
    struct dw_arena *arena = work->matching->arena;
    DW_VEC(struct dw_evidence) evidence = {0};
    for (size_t i = 0; i < work->pieces.len; i++) {
        if (work->pieces.at[i].event != index)
            continue;
        struct dw_evidence *piece = dw_vec_push(arena, &evidence);
        if (piece == NULL)
            return out_of_memory(work);
        *piece = work->pieces.at[i].evidence;
    }
    struct dw_event_state state;
    if (evidence.len == 0)
        return event->id == 0 || store_event_delete(work->matching->store, event->id, work->err);
    if (!dw_event_state(arena, evidence.at, evidence.len, &state))
        return out_of_memory(work);
    bool is_old = event->id != 0;
    if (!is_old && !engine_event_make(work->matching, &state, &event->id, work->err))
        return false;
    for (size_t i = 0; i < work->pieces.len; i++) {
        const struct piece *piece = &work->pieces.at[i];
        bool moved = piece->former == NONE || work->events.at[piece->former].id != event->id;
        if (piece->event == index && moved &&
            !store_event_attach(work->matching->store, event->id, piece->evidence.figure_id,
                                work->err))
            return false;
    }
    bool corrected = store_corrections_any(work->matching->store);
    return (!is_old && !corrected) ||
           engine_event_change(work->matching, event->id, &state, work->err);
}

static bool put_all(struct work *work)
{
    for (size_t i = 0; i < work->events.len; i++)
        if (work->events.at[i].id == 0 && count_pieces(work, i, NONE) > 0)
            inherit(work, i);
    /* those that keep figures first: an emptied one must not take them along */
    for (int empty = 0; empty < 2; empty++)
        for (size_t i = 0; i < work->events.len; i++)
            if (work->events.at[i].is_changed && (count_pieces(work, i, NONE) == 0) == empty &&
                !put_event(work, i))
                return false;
    return true;
}

bool engine_rearrange(struct engine_matching *matching, const struct dw_evidence *late,
                      struct dw_error *err)
{
    struct work work = {.matching = matching, .err = err};
    struct piece *first = dw_vec_push(matching->arena, &work.pieces);
    if (first == NULL)
        return out_of_memory(&work);
    *first = (struct piece){.evidence = *late,
                            .article = matching->told->article,
                            .url = matching->told->url,
                            .title = matching->told->title,
                            .event = NONE,
                            .former = NONE,
                            .is_waiting = true};
    work.waiting = 1;
    while (work.waiting > 0)
        if (!look_at(&work, next_waiting(&work)))
            return false;
    return put_all(&work);
}
