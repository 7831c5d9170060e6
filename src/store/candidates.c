/* Events as a figure may belong to them: found by keys, or by its article. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>

#define CANDIDATE_COLUMNS \
    FIGURE_COLUMNS("e") ", e.id, e.first_seen, e.last_seen, e.told, e.revisions + e.edited"

/* The amounts that an event had before. */
static bool read_revisions(struct store *store, struct dw_arena *arena,
                           struct store_candidate *candidate, struct dw_error *err)
{
    static const char sql[] = "SELECT figure, at, qualifier, value, low, high FROM event_revisions"
                              " WHERE event = :event ORDER BY n";
    DW_VEC(struct store_revision) revisions = {0};
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":event", candidate->event);
    while (ask_row(&ask)) {
        struct store_revision *revision = dw_vec_push(arena, &revisions);
        if (revision == NULL)
            break;
        revision->figure = ask_get_int(&ask, 0);
        revision->at = ask_get_int(&ask, 1);
        if (!dw_qualifier_find(ask_borrow_text(&ask, 2), &revision->qualifier))
            revision->qualifier = DW_QUALIFIER_EXACT;
        revision->value = ask_get_real(&ask, 3);
        revision->low = ask_get_real(&ask, 4);
        revision->high = ask_get_real(&ask, 5);
    }
    candidate->revisions = revisions.at;
    candidate->revision_count = revisions.len;
    return ask_end(&ask, err, "look for an event");
}

/* Adds the rows' events whose kind is asked for. */
static bool read_candidates(struct ask *ask, struct dw_arena *arena, uint32_t kinds,
                            struct store_candidates *candidates, bool same_article)
{
    while (ask_row(ask)) {
        struct store_candidate *candidate = dw_vec_push(arena, candidates);
        if (candidate == NULL)
            return false;
        figure_read(ask, 0, arena, &candidate->figure);
        if ((kinds >> candidate->figure.kind & 1) == 0) {
            candidates->len--;
            continue;
        }
        candidate->event = ask_get_int(ask, FIGURE_COLUMN_COUNT);
        candidate->first_seen = ask_get_int(ask, FIGURE_COLUMN_COUNT + 1);
        candidate->last_seen = ask_get_int(ask, FIGURE_COLUMN_COUNT + 2);
        candidate->told = ask_get_text(ask, FIGURE_COLUMN_COUNT + 3, arena);
        candidate->revision_count = (size_t)ask_get_int(ask, FIGURE_COLUMN_COUNT + 4);
        candidate->same_article = same_article;
    }
    return true;
}

static bool candidates_of_article(struct store *store, struct dw_arena *arena,
                                  const struct store_candidate_ask *wanted,
                                  struct store_candidates *candidates, struct dw_error *err)
{
    static const char sql[] = "SELECT " CANDIDATE_COLUMNS " FROM events e WHERE e.id IN"
                              " (SELECT event FROM figures WHERE article = :article)";
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":article", wanted->article);
    read_candidates(&ask, arena, wanted->kinds, candidates, true);
    return ask_end(&ask, err, "look for an event");
}

static bool candidates_of_key(struct store *store, struct dw_arena *arena,
                              const struct store_candidate_ask *wanted, int64_t key,
                              struct store_candidates *candidates, struct dw_error *err)
{
    static const char sql[] =
        "SELECT " CANDIDATE_COLUMNS " FROM event_keys k CROSS JOIN events e ON e.id = k.event"
        " WHERE k.key = :key AND k.last_seen >= :least"
        " AND e.first_seen <= :until"
        " AND (k.size IS NULL OR :size IS NULL OR abs(k.size - :size) <= :far)"
        " AND (k.last_seen >= :since OR abs(k.size - :size) <= :near)";
    bool retold = wanted->retold_ratio > 0 && wanted->retold_since < wanted->since;
    bool sized = wanted->usd_ratio > 0 && event_size(wanted->usd) != STORE_SIZE_NONE;
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":key", key);
    ask_int(&ask, ":least", retold ? wanted->retold_since : wanted->since);
    ask_int(&ask, ":since", wanted->since);
    ask_int(&ask, ":until", wanted->until);
    ask_time(&ask, ":size", sized ? event_size(wanted->usd) : DW_TIME_NONE);
    ask_int(&ask, ":far", sized ? event_size(wanted->usd_ratio) : 0);
    ask_int(&ask, ":near", retold ? event_size(wanted->retold_ratio) : 0);
    read_candidates(&ask, arena, UINT32_MAX, candidates, false);
    return ask_end(&ask, err, "look for an event");
}

/* By id; of the same one, that of the article itself first. */
static int compare_candidates(const void *a, const void *b)
{
    const struct store_candidate *left = a;
    const struct store_candidate *right = b;
    if (left->event != right->event)
        return left->event < right->event ? -1 : 1;
    return (int)right->same_article - (int)left->same_article;
}

/* Sorts them and drops what was found twice. */
static void tidy_candidates(struct store_candidates *candidates)
{
    if (candidates->len < 2)
        return;
    qsort(candidates->at, candidates->len, sizeof *candidates->at, compare_candidates);
    size_t kept = 1;
    for (size_t i = 1; i < candidates->len; i++)
        if (candidates->at[i].event != candidates->at[kept - 1].event)
            candidates->at[kept++] = candidates->at[i];
    candidates->len = kept;
}

bool store_event_candidates(struct store *store, struct dw_arena *arena,
                            const struct store_candidate_ask *ask,
                            struct store_candidates *candidates, struct dw_error *err)
{
    *candidates = (struct store_candidates){0};
    bool ok = candidates_of_article(store, arena, ask, candidates, err);
    for (size_t i = 0; ok && i < ask->key_count; i++)
        ok = candidates_of_key(store, arena, ask, ask->keys[i], candidates, err);
    tidy_candidates(candidates);
    for (size_t i = 0; ok && i < candidates->len; i++)
        ok = candidates->at[i].revision_count == 0 ||
             read_revisions(store, arena, &candidates->at[i], err);
    return ok && store_arena_ok(arena, err);
}
