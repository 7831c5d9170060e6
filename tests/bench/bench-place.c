/* Bench of placing: what one more article costs in a store that holds very many figures, and in one
 * that holds few, in processor time.
 *
 * bench-place FOLDER [FIGURES]: fills a store of FIGURES (a million) and a small one, or takes
 * those that are there. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "internal.h"

#define NOW 1769680920 /* 2026-01-29T10:02:00Z */
#define DAY 86400
#define EACH 4 /* figures of an article */
#define COMPANIES 20000
#define BATCH 500
#define SMALL 4000
#define ARTICLES 200 /* placed and timed */

static struct dw_arena arena;
static struct dw_error err;

static void need(bool ok)
{
    if (ok)
        return;
    fprintf(stderr, "%s\n", err.message);
    exit(1);
}

static double cpu_milliseconds(void)
{
    return (double)clock() * 1000 / CLOCKS_PER_SEC;
}

static uint64_t state;

static int64_t below(int64_t limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (int64_t)(state % (uint64_t)limit);
}

/* One in five is of the forty companies that most is told of. */
static void add_company(struct dw_strs *names)
{
    int64_t number = below(5) == 0 ? below(40) : below(COMPANIES);
    dw_strs_push(&arena, names, dw_str_format(&arena, "Firm%d Systems", (int)number));
}

static struct dw_figure figure_of(struct dw_mention *mention)
{
    double value = (double)(1 + below(999)) * (below(2) == 0 ? 1e6 : 1e9);
    struct dw_figure figure = {.kind = (enum dw_kind)below(DW_KIND_COUNT),
                               .unit = DW_STR("USD"),
                               .value = value,
                               .low = value,
                               .high = value,
                               .status = (enum dw_status)below(DW_STATUS_COUNT),
                               .confidence = 0.9,
                               .mentions = mention,
                               .mention_count = 1};
    if (below(3) > 0)
        add_company(&figure.from);
    add_company(&figure.to);
    return figure;
}

/* An article at a time; placed by the engine as those of a refresh are. */
static void add_article(struct store *store, int64_t number, int64_t at)
{
    struct dw_scratch scratch = dw_scratch_begin(&arena);
    struct dw_str url = dw_str_format(&arena, "https://x.example/%lld", (long long)number);
    struct dw_entry entry = {.id = url,
                             .link = url,
                             .title = DW_STR("Headline"),
                             .published = at,
                             .content = DW_STR("It pays.")};
    struct store_article_in in = {.feed = 1, .entry = &entry, .source = 1 + below(500), .now = NOW};
    struct dw_mention mention = {0, 2, 0, 8, false};
    struct dw_figure figures[EACH];
    struct dw_extraction extraction = {figures, EACH};
    struct engine_told told = {.published = at,
                               .source = in.source,
                               .url = url,
                               .title = entry.title,
                               .text = entry.content};
    size_t events = 0;
    size_t revised = 0;
    struct engine_matching matching = {
        .store = store, .arena = &arena, .told = &told, .events = &events, .revised = &revised};
    enum store_outcome outcome;
    for (size_t i = 0; i < EACH; i++)
        figures[i] = figure_of(&mention);
    need(store_article_put(store, &in, &outcome, &told.article, &err));
    need(engine_match_article(&matching, &extraction, &err));
    dw_scratch_end(scratch);
}

static int64_t now_fixed(void *context)
{
    (void)context;
    return NOW;
}

static void measure(struct dw_str path, int64_t figures)
{
    static const struct dw_clock clock = {.now = now_fixed};
    struct store *store = store_open(path, STORE_WRITE, &clock, &err);
    struct store_feed_settings settings = {.url = DW_STR("https://x.example/feed")};
    struct store_counts counts;
    int64_t feed = 0;
    need(store != NULL && store_feed_put(store, &settings, &feed, NULL, &err) &&
         store_counts(store, &counts, &err));
    state = 88172645463325252u;
    int64_t articles = figures / EACH;
    double begun = cpu_milliseconds();
    for (int64_t i = counts.articles; i < articles; i++) {
        if (i % BATCH == 0)
            need(store_begin(store, &err));
        /* three years of news, in order */
        add_article(store, i, NOW - 1000 * (int64_t)DAY + i * (999 * (int64_t)DAY / articles));
        if (i % BATCH == BATCH - 1 || i == articles - 1)
            need(store_commit(store, &err));
    }
    double filled = cpu_milliseconds() - begun;
    double worst = 0;
    begun = cpu_milliseconds();
    need(store_begin(store, &err));
    for (int i = 0; i < ARTICLES; i++) {
        double start = cpu_milliseconds();
        add_article(store, (int64_t)1e9 + counts.articles + i, NOW + i);
        double took = cpu_milliseconds() - start;
        worst = took > worst ? took : worst;
    }
    need(store_commit(store, &err));
    double mean = (cpu_milliseconds() - begun) / ARTICLES;
    need(store_counts(store, &counts, &err));
    printf("%8lld figures, %lld events: %.3f ms an article of %d figures, at most %.3f ms"
           " (filled in %.0f s)\n",
           (long long)counts.figures, (long long)counts.events, mean, EACH, worst, filled / 1000);
    store_close(store);
}

int main(int argc, char **argv)
{
    int64_t figures = 1000000;
    if (argc < 2 || (argc > 2 && !dw_str_to_int(dw_str_from_c(argv[2]), &figures))) {
        fprintf(stderr, "usage: bench-place FOLDER [FIGURES]\n");
        return 2;
    }
    dw_arena_init(&arena, (size_t)1 << 30);
    struct dw_str folder = dw_str_from_c(argv[1]);
    measure(dw_str_format(&arena, "%.*s/small.db", DW_FMT(folder)), SMALL);
    measure(dw_str_format(&arena, "%.*s/large.db", DW_FMT(folder)), figures);
    dw_arena_release(&arena);
    return 0;
}
