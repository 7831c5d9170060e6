/* What the tests of the store share: a folder of their own, a clock that stands, made-up news. */
#ifndef UNIT_STORE_TEST_H
#define UNIT_STORE_TEST_H

#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "internal.h"

#define NOW 1769680920 /* 2026-01-29T10:02:00Z */

/* A store in a folder that vanishes with the test. */
struct fixture {
    char folder[64];
    struct dw_str path;
    char path_bytes[96];
    struct dw_clock clock;
    int64_t now;
    struct store *store;
    struct dw_arena arena;
    struct dw_error err;
};

static inline int64_t fixture_now(void *context)
{
    return *(int64_t *)context;
}

static inline struct store *fixture_open(struct fixture *f, enum store_mode mode)
{
    return store_open(f->path, mode, &f->clock, &f->err);
}

static inline int fixture_folder(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    snprintf(f->folder, sizeof f->folder, "%s", "/tmp/dealwire-store-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path_bytes, sizeof f->path_bytes, "%s/store.db", f->folder);
    f->path = dw_str_from_c(f->path_bytes);
    f->now = NOW;
    f->clock = (struct dw_clock){.now = fixture_now, .context = &f->now};
    dw_arena_init(&f->arena, DW_LIMIT_QUERY_ARENA);
    *state = f;
    return 0;
}

static inline int fixture_setup(void **state)
{
    fixture_folder(state);
    struct fixture *f = *state;
    f->store = fixture_open(f, STORE_WRITE);
    if (f->store == NULL)
        fail_msg("%s", f->err.message);
    return 0;
}

static inline int fixture_teardown(void **state)
{
    struct fixture *f = *state;
    unit_fail_after(SIZE_MAX);
    store_close(f->store);
    static const char *const ends[] = {"",           "-wal",       "-shm",       "-journal",
                                       ".lock",      ".version-3", ".version-4", ".version-5",
                                       ".version-6", ".version-7"};
    chmod(f->folder, 0700);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s%s", f->path_bytes, ends[i]);
        unlink(path);
    }
    assert_int_equal(rmdir(f->folder), 0);
    dw_arena_release(&f->arena);
    free(f);
    return 0;
}

/* A call that must succeed; prints the error otherwise. */
#define OK(call)                            \
    do {                                    \
        if (!(call))                        \
            fail_msg("%s", f->err.message); \
    } while (0)

/* A call that must fail with these words in its message. */
#define FAILS(call, words)                                                            \
    do {                                                                              \
        f->err = (struct dw_error){0};                                                \
        assert_false(call);                                                           \
        if (dw_str_find(dw_str_from_c(f->err.message), DW_STR(words), 0) == SIZE_MAX) \
            fail_msg("\"%s\" does not say \"%s\"", f->err.message, words);            \
    } while (0)

static inline int64_t add_feed(struct fixture *f, struct dw_str url)
{
    int64_t id = 0;
    struct store_feed_settings settings = {.url = url};
    OK(store_feed_put(f->store, &settings, &id, NULL, &f->err));
    return id;
}

static inline struct dw_entry entry_of(struct dw_str id, struct dw_str link, struct dw_str title)
{
    return (struct dw_entry){.id = id,
                             .link = link,
                             .title = title,
                             .published = NOW - 3600,
                             .updated = DW_TIME_NONE,
                             .content = title};
}

static inline enum store_outcome put_entry(struct fixture *f, int64_t feed,
                                           const struct dw_entry *entry, int64_t *article)
{
    enum store_outcome outcome = STORE_KNOWN;
    int64_t id = 0;
    struct store_article_in in = {.feed = feed, .entry = entry, .now = f->now};
    OK(store_article_put(f->store, &in, &outcome, &id, &f->err));
    if (article != NULL)
        *article = id;
    return outcome;
}

/* "a|b" as two names. */
static inline struct dw_strs names_of(struct fixture *f, struct dw_str joined)
{
    struct dw_strs names = {0};
    struct dw_str name;
    while (dw_str_split(&joined, '|', &name)) {
        if (name.len > 0)
            assert_true(dw_strs_push(&f->arena, &names, name));
    }
    return names;
}

static inline struct dw_figure figure_of(struct fixture *f, enum dw_kind kind, double value,
                                         struct dw_str from, struct dw_str to)
{
    bool people = dw_kind_group(kind) == DW_GROUP_PEOPLE;
    return (struct dw_figure){.kind = kind,
                              .unit = people ? DW_STR("people") : DW_STR("USD"),
                              .value = value,
                              .low = value,
                              .high = value,
                              .from = names_of(f, from),
                              .to = names_of(f, to),
                              .status = DW_STATUS_TALKS,
                              .confidence = 0.9};
}

static inline int64_t add_event(struct fixture *f, const struct dw_figure *figure, int64_t at)
{
    bool money = dw_str_eq(figure->unit, DW_STR("USD"));
    struct store_event_in in = {.figure = figure,
                                .usd = money ? figure->value : (double)NAN,
                                .first_seen = at,
                                .last_seen = at,
                                .sources = 1,
                                .confidence = 0.9};
    int64_t event = 0;
    OK(store_event_new(f->store, &in, &event, &f->err));
    return event;
}

/* The number that a statement gives: for what the interface does not tell. */
static inline int64_t number_of(struct fixture *f, const char *sql)
{
    struct ask ask = ask_begin(f->store, sql);
    int64_t number = ask_number(&ask, -1);
    return number;
}

#define STORE_TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

#endif
