/* Placing: figures of new articles join events in the order of their publication, not in that in
 * which feeds happen to answer. They wait in the store, so that none is lost when the program dies.
 *
 * Invariants: 1. a figure without an event waits to be placed, whoever stored it. 2. A round does
 * not end before the figures that it brought are placed. */
#include "internal.h"

/* Figures of a long round are placed before its end, so that their events show: soon if there is
 * nothing else to do, in the end anyway. */
#define WAIT_MS 1000
#define WAIT_BUSY_MS 30000
#define IDS_BYTES (64u << 20)
/* Placed within one savepoint: each costs SQLite copies of all pages that change after it. */
#define GROUP 16

void engine_place_later(struct engine *engine, size_t figures)
{
    struct engine_placing *placing = &engine->placing;
    if (placing->waiting == 0)
        placing->since_ms = dw_clock_milliseconds();
    placing->waiting += figures;
}

bool engine_place_is_done(const struct engine *engine)
{
    const struct engine_placing *placing = &engine->placing;
    return placing->waiting == 0 && placing->next >= placing->ids.len;
}

bool engine_place_is_due(const struct engine *engine)
{
    const struct engine_placing *placing = &engine->placing;
    if (engine_place_is_done(engine) || engine_is_late(engine))
        return false;
    int64_t waited = dw_clock_milliseconds() - placing->since_ms;
    return placing->next < placing->ids.len || engine_round_is_over(engine) ||
           waited >= (placing->is_idle ? WAIT_MS : WAIT_BUSY_MS);
}

/* What waits is tried again with the next round. */
static void give_up(struct engine *engine, const struct dw_error *err)
{
    engine->placing.next = engine->placing.ids.len;
    engine->placing.waiting = 0;
    engine_complain(engine, err);
}

static bool read_ids(struct engine *engine, struct dw_error *err)
{
    struct engine_placing *placing = &engine->placing;
    dw_arena_release(&placing->arena);
    dw_arena_init(&placing->arena, IDS_BYTES);
    placing->ids = (struct store_ids){0};
    placing->next = 0;
    placing->waiting = 0;
    return store_figures_unplaced(engine->store, &placing->arena, &placing->ids, err);
}

/* One figure in the arena given. */
static bool place(struct engine *engine, struct dw_arena *arena, int64_t figure,
                  struct dw_error *err)
{
    struct store_evidence stored;
    if (!store_figure_evidence(engine->store, arena, figure, &stored, err))
        return false;
    if (stored.figure_id == 0) /* another process was faster, or its article is gone */
        return true;
    struct engine_told told = {
        .article = stored.article,
        .published = stored.published,
        .source = stored.source,
        .url = stored.url,
        .title = stored.title,
    };
    struct engine_matching matching = {
        .engine = engine,
        .store = engine->store,
        .arena = arena,
        .told = &told,
        .events = &engine->batch.events,
        .revised = &engine->batch.revised,
    };
    struct dw_evidence evidence = engine_evidence(&stored);
    return engine_place_evidence(&matching, &evidence, err);
}

/* Some figures within one savepoint: all of them, or none. */
static bool place_group(struct engine *engine, const int64_t *figures, size_t count,
                        struct dw_error *err)
{
    struct engine_batch *batch = &engine->batch;
    struct dw_arena *arena = &engine->placing.work;
    size_t messages = batch->messages.len;
    size_t events = batch->events;
    size_t revised = batch->revised;
    bool placed = store_document_begin(engine->store, err);
    for (size_t i = 0; placed && i < count; i++) {
        struct dw_scratch scratch = dw_scratch_begin(arena);
        placed = place(engine, arena, figures[i], err);
        dw_scratch_end(scratch);
    }
    if (placed && arena->failed)
        placed = dw_error_set(err, DW_ERR_MEMORY, "out of memory for an event");
    if (placed && store_document_keep(engine->store, err))
        return true;
    store_document_undo(engine->store);
    dw_arena_release(arena);
    batch->messages.len = messages;
    batch->events = events;
    batch->revised = revised;
    return false;
}

void engine_place(struct engine *engine)
{
    struct engine_placing *placing = &engine->placing;
    struct dw_error err = {0};
    if (!engine_place_is_due(engine) || !engine_batch_open(engine, &err)) {
        if (err.code != DW_OK)
            give_up(engine, &err);
        return;
    }
    if (placing->next >= placing->ids.len && !read_ids(engine, &err)) {
        give_up(engine, &err);
        return;
    }
    while (placing->next < placing->ids.len && !engine_batch_is_late(engine)) {
        const int64_t *figures = placing->ids.at + placing->next;
        size_t left = placing->ids.len - placing->next;
        size_t count = left < GROUP ? left : GROUP;
        /* if one of them cannot be placed, those before it still can */
        if (!place_group(engine, figures, count, &err)) {
            count = 1;
            if (!place_group(engine, figures, count, &err)) {
                give_up(engine, &err);
                return;
            }
        }
        placing->next += count;
    }
}
