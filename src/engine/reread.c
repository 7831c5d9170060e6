/* Reading anew: all stored articles with another extractor, and all events of their figures. */
#include "internal.h"

#define ARENA_BYTES (256u << 20)
#define IDS_BYTES (256u << 20)
/* Articles and figures within one transaction: others may write in between. */
#define GROUP 100

static bool out_of_memory(struct dw_error *err)
{
    return dw_error_set(err, DW_ERR_MEMORY, "out of memory for reading articles anew");
}

/* ---- Articles -------------------------------------------------------------------------------- */

struct rereading {
    struct store *store;
    const struct dw_extractor *extractor;
    int64_t after; /* the last article that was read */
    size_t articles;
    bool is_done;
};

/* One article: its figures are replaced, and wait. */
static bool reread_one(struct rereading *r, struct dw_arena *arena, struct dw_error *err)
{
    struct store_reading reading;
    struct dw_extraction extraction;
    size_t events = 0;
    size_t revised = 0;
    if (!store_reading_next(r->store, arena, r->after, &reading, err))
        return false;
    r->is_done = reading.article == 0;
    if (r->is_done)
        return true;
    struct dw_article article = {.title = reading.title,
                                 .text = reading.text,
                                 .published = reading.published,
                                 .outlet = reading.outlet};
    if (!dw_extract(r->extractor, arena, &article, &extraction, err))
        return false;
    struct engine_told told = {.article = reading.article,
                               .published = reading.published,
                               .source = reading.source,
                               .url = reading.url,
                               .title = reading.title,
                               .text = reading.text};
    struct engine_matching matching = {
        .store = r->store, .arena = arena, .told = &told, .events = &events, .revised = &revised};
    r->after = reading.article;
    r->articles++;
    return engine_replace_figures(&matching, &extraction, err);
}

/* Some articles in a transaction. */
static bool reread_group(struct rereading *r, struct dw_error *err)
{
    struct dw_arena arena;
    dw_arena_init(&arena, ARENA_BYTES);
    bool ok = store_begin(r->store, err);
    for (size_t i = 0; ok && i < GROUP && !r->is_done; i++) {
        struct dw_scratch scratch = dw_scratch_begin(&arena);
        ok = reread_one(r, &arena, err) && (!arena.failed || out_of_memory(err));
        dw_scratch_end(scratch);
    }
    ok = ok && store_commit(r->store, err);
    if (!ok)
        store_rollback(r->store);
    dw_arena_release(&arena);
    return ok;
}

/* ---- Events ---------------------------------------------------------------------------------- */

static bool place_one(struct store *store, struct dw_arena *arena, int64_t figure,
                      struct dw_error *err)
{
    struct store_evidence stored;
    size_t events = 0;
    size_t revised = 0;
    if (!store_figure_evidence(store, arena, figure, &stored, err))
        return false;
    if (stored.figure_id == 0)
        return true;
    struct engine_told told = {.article = stored.article,
                               .published = stored.published,
                               .source = stored.source,
                               .url = stored.url,
                               .title = stored.title};
    struct engine_matching matching = {
        .store = store, .arena = arena, .told = &told, .events = &events, .revised = &revised};
    struct dw_evidence evidence = engine_evidence(&stored);
    return engine_place_evidence(&matching, &evidence, err);
}

static bool place_group(struct store *store, const int64_t *figures, size_t count,
                        struct dw_error *err)
{
    struct dw_arena arena;
    dw_arena_init(&arena, ARENA_BYTES);
    bool ok = store_begin(store, err);
    for (size_t i = 0; ok && i < count; i++) {
        struct dw_scratch scratch = dw_scratch_begin(&arena);
        ok = place_one(store, &arena, figures[i], err) && (!arena.failed || out_of_memory(err));
        dw_scratch_end(scratch);
    }
    ok = ok && store_commit(store, err);
    if (!ok)
        store_rollback(store);
    dw_arena_release(&arena);
    return ok;
}

bool engine_place_all(struct store *store, struct dw_error *err)
{
    struct dw_arena arena;
    struct store_ids ids;
    dw_arena_init(&arena, IDS_BYTES);
    bool ok = store_figures_unplaced(store, &arena, &ids, err);
    for (size_t at = 0; ok && at < ids.len; at += GROUP)
        ok = place_group(store, ids.at + at, ids.len - at < GROUP ? ids.len - at : GROUP, err);
    dw_arena_release(&arena);
    return ok;
}

bool engine_reread(struct store *store, const struct dw_extractor *extractor,
                   bool (*progress)(void *context, size_t articles), void *context,
                   struct dw_error *err)
{
    struct rereading r = {.store = store, .extractor = extractor};
    bool goes_on = true;
    while (!r.is_done && goes_on) {
        if (!reread_group(&r, err))
            return false;
        goes_on = progress == NULL || progress(context, r.articles);
    }
    return store_events_drop(store, err) && engine_place_all(store, err);
}
