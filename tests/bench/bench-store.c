/* Bench of the store: fills one with made-up news, then times what the dashboard asks, in processor
 * time.
 *
 * bench-store FILE [ARTICLES]: numbers in milliseconds, each the best of five. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "query/query.h"

#define NOW 1769680920 /* 2026-01-29T10:02:00Z */
#define DAY 86400
#define FEEDS 50
#define COMPANIES 4000
#define BATCH 500
#define FIGURES 2 /* per article */

static struct dw_arena arena;
static struct dw_error err;

static void need(bool ok)
{
    if (ok)
        return;
    fprintf(stderr, "%s\n", err.message);
    exit(1);
}

/* Of this process: what others do on the machine does not count. */
static double cpu_milliseconds(void)
{
    return (double)clock() * 1000 / CLOCKS_PER_SEC;
}

/* Numbers that look random and are the same each time. */
static uint64_t next_random(void)
{
    static uint64_t state = 88172645463325252u;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static int64_t below(int64_t limit)
{
    return (int64_t)(next_random() % (uint64_t)limit);
}

static struct dw_str body(struct dw_arena *into)
{
    static const char *const words[] = {"data",    "center", "chips", "round", "talks", "raises",
                                        "billion", "cloud",  "model", "staff", "lays",  "campus"};
    struct dw_buf buf;
    dw_buf_init(&buf, 4096);
    for (int i = 0; i < 150; i++)
        dw_buf_add_format(&buf, "%s word%d ", words[below(12)], (int)below(20000));
    struct dw_str text = dw_str_dup(into, dw_buf_str(&buf));
    dw_buf_release(&buf);
    return text;
}

static struct dw_strs company(struct dw_arena *into)
{
    struct dw_strs names = {0};
    /* few companies are told of most */
    int64_t number = below(3) > 0 ? below(40) : below(COMPANIES);
    dw_strs_push(into, &names, dw_str_format(into, "Company %d", (int)number));
    return names;
}

static struct dw_figure figure_of(struct dw_arena *into)
{
    enum dw_kind kind = (enum dw_kind)below(DW_KIND_COUNT);
    double value = (double)(1 + below(100000)) * 1e6;
    return (struct dw_figure){.kind = kind,
                              .unit = DW_STR("USD"),
                              .value = value,
                              .low = value,
                              .high = value,
                              .from = company(into),
                              .to = company(into),
                              .status = (enum dw_status)below(DW_STATUS_COUNT),
                              .confidence = 0.9};
}

/* As the engine makes them: of the pair, and of each with anybody. */
static void keys_of(const struct dw_figure *figure, int64_t keys[3])
{
    uint64_t from = dw_str_hash(figure->from.at[0]);
    uint64_t to = dw_str_hash(figure->to.at[0]);
    keys[0] = (int64_t)(from * 31 + to + (uint64_t)figure->kind);
    keys[1] = (int64_t)(from * 31 + (uint64_t)figure->kind);
    keys[2] = (int64_t)(to + (uint64_t)figure->kind);
}

/* Processor time of the steps. */
static double articles_ms;
static double figures_ms;
static double candidates_ms;
static double events_ms;
static double commit_ms;

static void add_figures(struct store *store, int64_t article, int64_t at)
{
    struct dw_figure figures[FIGURES];
    double usd[FIGURES];
    int64_t ids[FIGURES];
    struct store_ids orphaned;
    for (int i = 0; i < FIGURES; i++) {
        figures[i] = figure_of(&arena);
        usd[i] = figures[i].value;
    }
    struct store_figures_in in = {
        .article = article, .figures = figures, .count = FIGURES, .usd = usd};
    double start = cpu_milliseconds();
    need(store_figures_put(store, &arena, &in, ids, &orphaned, &err));
    figures_ms += cpu_milliseconds() - start;
    for (int i = 0; i < FIGURES; i++) {
        int64_t keys[3];
        keys_of(&figures[i], keys);
        struct store_candidate_ask ask = {.keys = keys,
                                          .key_count = 1,
                                          .article = article,
                                          .kinds = 1u << figures[i].kind,
                                          .usd = usd[i],
                                          .usd_ratio = 100,
                                          .since = at - 250 * DAY,
                                          .until = at + 250 * DAY};
        struct store_candidates candidates;
        start = cpu_milliseconds();
        need(store_event_candidates(store, &arena, &ask, &candidates, &err));
        candidates_ms += cpu_milliseconds() - start;
        struct store_event_in state = {.figure = &figures[i],
                                       .usd = usd[i],
                                       .first_seen = at,
                                       .last_seen = at,
                                       .sources = 1,
                                       .keys = keys,
                                       .key_count = 3};
        int64_t event = 0;
        start = cpu_milliseconds();
        need(store_event_new(store, &state, &event, &err));
        need(store_event_attach(store, event, ids[i], &err));
        events_ms += cpu_milliseconds() - start;
    }
}

static void add_article(struct store *store, int number)
{
    struct dw_scratch scratch = dw_scratch_begin(&arena);
    int64_t at = NOW - below(400 * DAY);
    struct dw_str id = dw_str_format(&arena, "n%d", number);
    struct dw_entry entry = {.id = id,
                             .title = dw_str_format(&arena, "Headline %d of the day", number),
                             .link = dw_str_format(&arena, "https://x.example/%d", number),
                             .published = at,
                             .content = body(&arena)};
    struct store_article_in in = {.feed = 1 + below(FEEDS), .entry = &entry, .now = at};
    enum store_outcome outcome;
    int64_t article = 0;
    double start = cpu_milliseconds();
    need(store_article_put(store, &in, &outcome, &article, &err));
    articles_ms += cpu_milliseconds() - start;
    add_figures(store, article, at);
    dw_scratch_end(scratch);
}

static void fill(struct store *store, int articles)
{
    for (int i = 0; i < FEEDS; i++) {
        struct store_feed_settings settings = {
            .url = dw_str_format(&arena, "https://feed%d.example/rss", i)};
        int64_t id = 0;
        need(store_feed_put(store, &settings, &id, NULL, &err));
    }
    for (int i = 0; i < articles; i++) {
        if (i % BATCH == 0)
            need(store_begin(store, &err));
        add_article(store, i);
        double before = cpu_milliseconds();
        if (i % BATCH == BATCH - 1 || i == articles - 1)
            need(store_commit(store, &err));
        commit_ms += cpu_milliseconds() - before;
    }
    double bare = articles_ms + commit_ms;
    double all = bare + figures_ms + candidates_ms + events_ms;
    printf("%8.0f articles/s stored and indexed\n", articles * 1000 / bare);
    printf("%8.0f articles/s with %d figures each\n", articles * 1000 / (bare + figures_ms),
           FIGURES);
    printf("%8.0f articles/s with %d figures and events each\n", articles * 1000 / all, FIGURES);
    printf("microseconds an article: %.0f row, %.0f index and commit, %.0f figures,"
           " %.0f candidates, %.0f events\n",
           articles_ms * 1000 / articles, commit_ms * 1000 / articles, figures_ms * 1000 / articles,
           candidates_ms * 1000 / articles, events_ms * 1000 / articles);
}

/* ---- Questions ------------------------------------------------------------------------------- */

static void ask_articles(struct store *store, const struct store_page *page)
{
    struct store_article_rows rows;
    need(store_article_list(store, &arena, page, &rows, &err));
}

static void ask_events(struct store *store, const struct store_page *page)
{
    struct store_event_rows rows;
    need(store_event_list(store, &arena, page, &rows, &err));
}

static void ask_figures(struct store *store, const struct store_page *page)
{
    struct store_figure_rows rows;
    need(store_figure_list(store, &arena, page, &rows, &err));
}

static void ask_totals(struct store *store, const struct store_page *page)
{
    struct store_span span = {.from = NOW - 26 * 7 * DAY, .step = 7 * DAY, .count = 26};
    struct store_total *totals;
    (void)page;
    need(store_totals(store, &arena, &span, &totals, &err));
}

static void ask_companies(struct store *store, const struct store_page *page)
{
    struct store_company_ask ask = {.since = NOW - 30 * DAY, .until = NOW, .limit = 20};
    struct store_companies companies;
    (void)page;
    need(store_company_list(store, &arena, &ask, &companies, &err));
}

static void ask_feeds(struct store *store, const struct store_page *page)
{
    struct store_feeds feeds;
    (void)page;
    need(store_feed_list(store, &arena, &feeds, &err));
}

static void ask_article_count(struct store *store, const struct store_page *page)
{
    int64_t count = 0;
    need(store_article_count(store, page->condition, &count, &err));
}

static void ask_event_count(struct store *store, const struct store_page *page)
{
    int64_t count = 0;
    need(store_event_count(store, page->condition, &count, &err));
}

struct question {
    const char *name;
    void (*ask)(struct store *store, const struct store_page *page);
    enum query_target target;
    const char *query;
    int sort;
};

static const struct question questions[] = {
    {"headlines", ask_articles, QUERY_ARTICLES, "", STORE_ARTICLE_BY_TIME},
    {"headlines by feed", ask_articles, QUERY_ARTICLES, "", STORE_ARTICLE_BY_FEED},
    {"headlines by amount", ask_articles, QUERY_ARTICLES, "", STORE_ARTICLE_BY_AMOUNT},
    {"headlines unread", ask_articles, QUERY_ARTICLES, "is:unread", STORE_ARTICLE_BY_TIME},
    {"headlines by words", ask_articles, QUERY_ARTICLES, "word17 chips", STORE_ARTICLE_BY_TIME},
    {"headlines by common words", ask_articles, QUERY_ARTICLES, "data", STORE_ARTICLE_BY_TIME},
    {"headlines of a kind", ask_articles, QUERY_ARTICLES, "kind:layoffs amount>1B",
     STORE_ARTICLE_BY_TIME},
    {"headlines of a company", ask_articles, QUERY_ARTICLES, "company:\"company 77\"",
     STORE_ARTICLE_BY_TIME},
    {"headlines of a feed", ask_articles, QUERY_ARTICLES, "feed:feed7.", STORE_ARTICLE_BY_TIME},
    {"deals by amount", ask_events, QUERY_EVENTS, "kind:deals", STORE_EVENT_BY_AMOUNT},
    {"deals of a week", ask_events, QUERY_EVENTS, "kind:deals since:7d", STORE_EVENT_BY_AMOUNT},
    {"layoffs", ask_events, QUERY_EVENTS, "kind:layoffs", STORE_EVENT_BY_TIME},
    {"events by company", ask_events, QUERY_EVENTS, "kind:deals", STORE_EVENT_BY_COMPANY},
    {"events of a company", ask_events, QUERY_EVENTS, "company:\"company 7\"", STORE_EVENT_BY_TIME},
    {"events by words", ask_events, QUERY_EVENTS, "word17", STORE_EVENT_BY_TIME},
    {"figures by amount", ask_figures, QUERY_FIGURES, "kind:round", STORE_FIGURE_BY_AMOUNT},
    {"totals of 26 weeks", ask_totals, QUERY_EVENTS, "", 0},
    {"companies of 30 days", ask_companies, QUERY_EVENTS, "", 0},
    {"feeds", ask_feeds, QUERY_EVENTS, "", 0},
    {"count of unread", ask_article_count, QUERY_ARTICLES, "is:unread", 0},
    {"count of deals of a week", ask_event_count, QUERY_EVENTS, "kind:deals since:7d", 0},
};

static double time_of(struct store *store, const struct question *question)
{
    double best = HUGE_VAL;
    for (int i = 0; i < 5; i++) {
        struct dw_scratch scratch = dw_scratch_begin(&arena);
        const struct query_options options = {.now = NOW};
        struct query_error wrong = {0};
        struct store_condition condition;
        double start = cpu_milliseconds();
        for (int j = 0; j < 10; j++) {
            if (!query_condition(&arena, dw_str_from_c(question->query), &options, question->target,
                                 &condition, &wrong))
                exit(1);
            struct store_page page = {.condition = &condition, .limit = 50, .sort = question->sort};
            question->ask(store, &page);
        }
        double took = (cpu_milliseconds() - start) / 10;
        best = took < best ? took : best;
        dw_scratch_end(scratch);
    }
    return best;
}

static int64_t now_fixed(void *context)
{
    (void)context;
    return NOW;
}

int main(int argc, char **argv)
{
    const struct dw_clock clock = {.now = now_fixed};
    if (argc < 2) {
        fprintf(stderr, "usage: bench-store FILE [ARTICLES]\n");
        return 2;
    }
    int64_t articles = 100000;
    if (argc > 2 && !dw_str_to_int(dw_str_from_c(argv[2]), &articles))
        return 2;
    dw_arena_init(&arena, DW_LIMIT_QUERY_ARENA);
    struct store *store = store_open(dw_str_from_c(argv[1]), STORE_WRITE, &clock, &err);
    need(store != NULL);
    struct store_counts counts;
    need(store_counts(store, &counts, &err));
    if (counts.articles == 0)
        fill(store, (int)articles);
    store_close(store);
    double start = cpu_milliseconds();
    store = store_open(dw_str_from_c(argv[1]), STORE_WRITE, &clock, &err);
    need(store != NULL);
    printf("%8.1f ms open\n", (cpu_milliseconds() - start));
    for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++)
        printf("%8.1f ms %s\n", time_of(store, &questions[i]), questions[i].name);
    store_close(store);
    dw_arena_release(&arena);
    return 0;
}
