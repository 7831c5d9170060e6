/* Searches for feeds, each on a thread of its own, so that nobody who asks for one waits.
 *
 * Invariant: all but `stop` and `ended` belongs to the search's thread until `ended`, and to the
 * engine's thread from then on. */
#include "internal.h"

#include <stdio.h>

#define SEARCH_BYTES (64u << 20)

struct engine_search {
    struct engine_search *next;
    struct engine *engine;
    pthread_t thread;
    struct dw_arena arena;
    struct engine_find find;
    struct dw_error err;
    atomic_bool stop;  /* nobody wants to know any more */
    atomic_bool ended; /* the thread has nothing left to do */
};

static void tell(struct engine_search *search, struct dw_str url)
{
    struct engine_message message = {.kind = ENGINE_SEARCH};
    struct dw_str line = dw_utf8_cut(url, sizeof message.text - 1);
    (void)snprintf(message.text, sizeof message.text, "%.*s", DW_FMT(line));
    engine_post(search->engine, &message);
}

static bool go_on(void *context, struct dw_str url)
{
    struct engine_search *search = context;
    if (atomic_load(&search->stop))
        return false;
    if (url.len > 0)
        tell(search, url);
    return true;
}

static void *run(void *context)
{
    struct engine_search *search = context;
    if (engine_find_feeds(&search->arena, &search->find, &search->err))
        search->err = (struct dw_error){0};
    atomic_store(&search->ended, true);
    if (!atomic_load(&search->stop))
        tell(search, DW_STR(""));
    return NULL;
}

/* Takes those out of the list that were given up, and waits for their threads: `all` of them, or
 * those that have ended. */
static void reap(struct engine *engine, bool all)
{
    struct engine_search **link = &engine->searches;
    while (*link != NULL) {
        struct engine_search *search = *link;
        if (!atomic_load(&search->stop) || !(all || atomic_load(&search->ended))) {
            link = &search->next;
            continue;
        }
        *link = search->next;
        pthread_join(search->thread, NULL);
        engine_answer_free(search->find.answer);
        dw_arena_release(&search->arena);
        dw_free(search);
    }
}

struct engine_search *engine_search_new(struct engine *engine, struct dw_str address,
                                        struct dw_error *err)
{
    struct engine_search *search = dw_alloc(sizeof *search);
    if (search == NULL) {
        dw_error_set(err, DW_ERR_MEMORY, "out of memory for a search");
        return NULL;
    }
    reap(engine, false);
    dw_arena_init(&search->arena, SEARCH_BYTES);
    search->engine = engine;
    search->find = (struct engine_find){.address = dw_str_dup(&search->arena, address),
                                        .clock = engine->options.clock,
                                        .go_on = go_on,
                                        .context = search,
                                        .keep = true};
    if (search->arena.failed || pthread_create(&search->thread, NULL, run, search) != 0) {
        dw_error_set(err, DW_ERR_MEMORY, "no memory or thread for a search");
        dw_arena_release(&search->arena);
        dw_free(search);
        return NULL;
    }
    search->next = engine->searches;
    engine->searches = search;
    return search;
}

const struct engine_find *engine_search_result(const struct engine_search *search,
                                               const struct dw_error **err)
{
    if (!atomic_load(&search->ended))
        return NULL;
    *err = &search->err;
    return &search->find;
}

bool engine_search_subscribe(struct engine_search *search, size_t found)
{
    struct engine_find *find = &search->find;
    struct engine_job job = {.kind = ENGINE_JOB_FEED_ADD};
    if (found == 0) { /* the one that was asked, if any was */
        job.answer = find->answer;
        find->answer = NULL;
    }
    return engine_send(search->engine, job, find->found.at[found].url);
}

void engine_search_free(struct engine_search *search)
{
    if (search == NULL)
        return;
    atomic_store(&search->stop, true);
    reap(search->engine, false);
}

void engine_searches_end(struct engine *engine)
{
    for (struct engine_search *search = engine->searches; search != NULL; search = search->next)
        atomic_store(&search->stop, true);
    reap(engine, true);
}
