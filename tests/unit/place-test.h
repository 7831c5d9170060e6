/* A store and stories to place in it, for the tests of placing and correcting. */
#ifndef UNIT_PLACE_TEST_H
#define UNIT_PLACE_TEST_H

#include "folder.h"
#include "internal.h"
#include "unit.h"

#define NOW 1769683320 /* 2026-01-29T10:42:00Z */
#define DAY 86400

static inline int64_t told_time(void *context)
{
    (void)context;
    return NOW;
}

static const struct dw_clock fixed_clock = {.now = told_time};

struct fixture {
    struct folder folder;
    struct dw_arena arena;
    struct store *store;
    struct dw_error err;
    int64_t feed;
};

static inline int open_store(void **state)
{
    static struct fixture f;
    f = (struct fixture){0};
    folder_make(&f.folder);
    dw_arena_init(&f.arena, 512u << 20);
    *state = &f;
    return 0;
}

static inline int close_store(void **state)
{
    struct fixture *f = *state;
    store_close(f->store);
    dw_arena_release(&f->arena);
    folder_remove(&f->folder);
    return 0;
}

#define OK(call)                            \
    do {                                    \
        if (!(call))                        \
            fail_msg("%s", f->err.message); \
    } while (0)

/* A store of its own with one feed. */
static inline void begin(struct fixture *f, int number)
{
    store_close(f->store);
    struct dw_str path = dw_str_format(&f->arena, "%s/%d.db", f->folder.path, number);
    f->store = store_open(path, STORE_WRITE, &fixed_clock, &f->err);
    OK(f->store != NULL);
    struct store_feed_settings settings = {.url = DW_STR("https://a.example/feed")};
    OK(store_feed_put(f->store, &settings, &f->feed, NULL, &f->err));
}

struct told {
    struct dw_figure figure;
    int64_t published;
    int number;
    struct dw_str sentence;
};

/* Stores an article with the figure and places it. */
static inline void tell(struct fixture *f, const struct told *told)
{
    struct dw_scratch scratch = dw_scratch_begin(&f->arena);
    struct dw_str url = dw_str_format(&f->arena, "https://a.example/%03d", told->number);
    struct dw_entry entry = {.id = url,
                             .link = url,
                             .title = dw_str_format(&f->arena, "T%03d", told->number),
                             .published = told->published,
                             .content = told->sentence};
    struct dw_mention mention = {0, 1, 0, (uint32_t)told->sentence.len, false};
    struct dw_figure figure = told->figure;
    figure.mentions = &mention;
    figure.mention_count = 1;
    struct store_article_in in = {
        .feed = f->feed, .entry = &entry, .source = told->number + 1, .now = NOW};
    enum store_outcome outcome;
    struct dw_extraction extraction = {.figures = &figure, .figure_count = 1};
    struct engine_told article = {.published = told->published,
                                  .url = url,
                                  .title = entry.title,
                                  .text = told->sentence,
                                  .source = told->number + 1};
    size_t events = 0;
    size_t revised = 0;
    OK(store_article_put(f->store, &in, &outcome, &article.article, &f->err));
    struct engine_matching matching = {.store = f->store,
                                       .arena = &f->arena,
                                       .told = &article,
                                       .events = &events,
                                       .revised = &revised};
    OK(engine_match_article(&matching, &extraction, &f->err));
    dw_scratch_end(scratch);
}

#endif
