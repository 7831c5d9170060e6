/* Figures gathered to events: each one, in the order of publication, joins the event that fits best
 * by then, or opens one.
 *
 * Invariant: what a figure joins depends on those before it alone, so that the same figures give
 * the same events in whatever order they become known, and a late one changes nothing before it. */
#include "internal.h"

/* Adds a piece at the end of a cluster and computes its state. */
static bool join(struct dw_arena *arena, struct dw_cluster *cluster, const struct dw_piece *piece)
{
    struct dw_evidence *evidence = dw_vec_push(arena, cluster);
    if (evidence == NULL)
        return false;
    *evidence = piece->evidence;
    cluster->article = piece->article;
    return dw_event_state(arena, cluster->at, cluster->len, &cluster->state);
}

bool dw_cluster_add(struct dw_arena *arena, struct dw_clusters *clusters,
                    const struct dw_piece *piece, size_t index)
{
    if (index == clusters->len && dw_vec_push(arena, clusters) == NULL)
        return false;
    return join(arena, &clusters->at[index], piece);
}

bool dw_cluster_choose(struct dw_arena *arena, const struct dw_clusters *clusters,
                       const struct dw_piece *piece, size_t *index)
{
    struct dw_scratch scratch = dw_scratch_begin(arena);
    struct dw_candidate *candidates = dw_arena_array(arena, clusters->len, sizeof *candidates);
    for (size_t i = 0; candidates != NULL && i < clusters->len; i++) {
        const struct dw_cluster *cluster = &clusters->at[i];
        candidates[i] = (struct dw_candidate){
            .event_id = (int64_t)i,
            .figure = &cluster->state.figure,
            .revisions = cluster->state.revisions,
            .revision_count = cluster->state.revision_count,
            .first_seen = cluster->state.first_seen,
            .last_seen = cluster->state.last_seen,
            .series = cluster->state.series,
            .same_article = cluster->article == piece->article,
        };
    }
    double score = 0;
    const struct dw_candidate *best = NULL;
    if (candidates != NULL)
        best = dw_event_match(arena, &piece->evidence, candidates, clusters->len, &score);
    *index = best != NULL ? (size_t)best->event_id : clusters->len;
    dw_scratch_end(scratch);
    return !arena->failed;
}
