/* Conditions: the same query on articles, figures and events of a small store. */
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "query/query.h"

#define NOW 1769680920 /* 2026-01-29T10:02:00Z */
#define DAY 86400

static struct dw_arena arena;
static struct store *store;
static struct dw_error err;
static char folder[64];

#define OK(call)                         \
    do {                                 \
        if (!(call))                     \
            fail_msg("%s", err.message); \
    } while (0)

static int64_t now_fixed(void *context)
{
    (void)context;
    return NOW;
}
static const struct dw_clock clock_fixed = {.now = now_fixed};

/* One article with one figure, and an event of its own. */
struct story {
    const char *title;
    const char *text;
    int feed;
    int days_ago;
    enum dw_kind kind;
    const char *unit;
    double value;
    const char *from;
    const char *to;
    enum dw_status status;
};

static const struct story stories[] = {
    {"a", "Amazon eyes a data center deal", 1, 1, DW_KIND_INVESTMENT, "USD", 50e9, "Amazon",
     "OpenAI", DW_STATUS_TALKS},
    {"b", "Tarn Labs closes its round", 1, 3, DW_KIND_ROUND, "USD", 300e6, "Rive", "Tarn Labs",
     DW_STATUS_COMPLETED},
    {"c", "Amazon cuts jobs", 2, 10, DW_KIND_LAYOFFS, "people", 16000, "Amazon", "",
     DW_STATUS_ANNOUNCED},
    {"d", "Northlake plans a campus; the center holds data", 2, 40, DW_KIND_POWER, "W", 1.2e9,
     "Northlake", "", DW_STATUS_PLANNED},
    {"e", "Quillon denies", 2, 0, DW_KIND_ACQUISITION, "USD", 4e9, "Quillon", "Tarn Labs",
     DW_STATUS_DENIED},
};
#define STORY_COUNT (sizeof stories / sizeof stories[0])

static struct dw_strs one_name(const char *name)
{
    struct dw_strs names = {0};
    if (name[0] != '\0')
        assert_true(dw_strs_push(&arena, &names, dw_str_from_c(name)));
    return names;
}

static void tell(const struct story *story)
{
    struct dw_str title = dw_str_from_c(story->title);
    int64_t at = NOW - (int64_t)story->days_ago * DAY;
    struct dw_entry entry = {
        .id = title, .title = title, .published = at, .content = dw_str_from_c(story->text)};
    struct store_article_in in = {.feed = story->feed, .entry = &entry, .now = at};
    enum store_outcome outcome;
    int64_t article = 0;
    OK(store_article_put(store, &in, &outcome, &article, &err));
    struct dw_figure figure = {.kind = story->kind,
                               .unit = dw_str_from_c(story->unit),
                               .value = story->value,
                               .low = (double)NAN,
                               .high = (double)NAN,
                               .from = one_name(story->from),
                               .to = one_name(story->to),
                               .status = story->status};
    double usd = dw_str_eq(figure.unit, DW_STR("USD")) ? story->value : (double)NAN;
    struct store_figures_in figures = {
        .article = article, .figures = &figure, .count = 1, .usd = &usd};
    struct store_ids orphaned;
    int64_t id = 0;
    int64_t event = 0;
    OK(store_figures_put(store, &arena, &figures, &id, &orphaned, &err));
    struct store_event_in state = {
        .figure = &figure, .usd = usd, .first_seen = at, .last_seen = at, .sources = 1};
    OK(store_event_new(store, &state, &event, &err));
    OK(store_event_attach(store, event, id, &err));
}

static int setup(void **state)
{
    (void)state;
    dw_arena_init(&arena, DW_LIMIT_QUERY_ARENA);
    snprintf(folder, sizeof folder, "%s", "/tmp/dealwire-query-XXXXXX");
    assert_non_null(mkdtemp(folder));
    struct dw_str path = dw_str_format(&arena, "%s/store.db", folder);
    store = store_open(path, STORE_WRITE, &clock_fixed, &err);
    if (store == NULL)
        fail_msg("%s", err.message);
    struct dw_strs tags = one_name("Chips");
    struct store_feed_settings first = {
        .url = DW_STR("https://techwire.example/rss"), .title = DW_STR("TechWire"), .tags = tags};
    struct store_feed_settings second = {.url = DW_STR("https://gazette.example/rss")};
    int64_t id = 0;
    OK(store_feed_put(store, &first, &id, NULL, &err));
    OK(store_feed_put(store, &second, &id, NULL, &err));
    for (size_t i = 0; i < STORY_COUNT; i++)
        tell(&stories[i]);
    OK(store_article_mark_read(store, 2, true, &err));
    OK(store_article_mark_starred(store, 3, true, &err));
    OK(store_event_mark(store, 4, &(struct store_marks){.starred = true}, &err));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    store_close(store);
    unlink(dw_str_cstr(&arena, dw_str_format(&arena, "%s/store.db", folder)));
    unlink(dw_str_cstr(&arena, dw_str_format(&arena, "%s/store.db.lock", folder)));
    assert_int_equal(rmdir(folder), 0);
    dw_arena_release(&arena);
    return 0;
}

static struct store_condition condition_of(const char *text, enum query_target target)
{
    const struct query_options options = {.now = NOW};
    struct query_error wrong = {0};
    struct store_condition condition;
    if (!query_condition(&arena, dw_str_from_c(text), &options, target, &condition, &wrong))
        fail_msg("%s: %s", text, wrong.error.message);
    return condition;
}

static void mark(char *found, int64_t id)
{
    found[id - 1] = (char)('a' + id - 1);
}

/* The stories that a list gives, as their letters in order of their ids, and what a count says. */
static void run(const char *text, enum query_target target, char found[STORY_COUNT + 1])
{
    struct store_condition condition = condition_of(text, target);
    struct store_page page = {.condition = &condition};
    memset(found, '-', STORY_COUNT);
    found[STORY_COUNT] = '\0';
    if (target == QUERY_ARTICLES) {
        struct store_article_rows rows;
        OK(store_article_list(store, &arena, &page, &rows, &err));
        for (size_t i = 0; i < rows.len; i++)
            mark(found, rows.at[i].id);
    } else if (target == QUERY_FIGURES) {
        struct store_figure_rows rows;
        OK(store_figure_list(store, &arena, &page, &rows, &err));
        for (size_t i = 0; i < rows.len; i++)
            mark(found, rows.at[i].article);
    } else {
        struct store_event_rows rows;
        OK(store_event_list(store, &arena, &page, &rows, &err));
        for (size_t i = 0; i < rows.len; i++)
            mark(found, rows.at[i].id);
    }
}

struct expectation {
    const char *text;
    const char *found;  /* in articles and figures */
    const char *events; /* NULL: the same */
};

static void each_query_finds_its_rows_of_all_kinds(void **state)
{
    (void)state;
    static const struct expectation expectations[] = {
        {"", "abcde", NULL},
        {"amazon", "a-c--", NULL},
        {"amazon jobs", "--c--", NULL},
        {"amazon or quillon", "a-c-e", NULL},
        {"\"data center\"", "a----", NULL},
        {"data center", "a--d-", NULL},
        {"camp*", "---d-", NULL},
        {"techwire", "ab---", NULL},
        {"-amazon", "-b-de", NULL},
        {"kind:deals", "ab--e", NULL},
        {"-kind:deals", "--cd-", NULL},
        {"kind:layoffs or kind:power", "--cd-", NULL},
        {"amount>=1B", "a---e", NULL},
        {"amount=300M", "-b---", NULL},
        {"amount<1B", "-b---", NULL},
        {"-amount>=1B", "-bcd-", NULL},
        {"amount>10k people", "--c--", NULL},
        {"amount>1GW", "---d-", NULL},
        {"amount>2GW", "-----", NULL},
        {"from:amazon", "a-c--", NULL},
        {"to:tarn", "-b--e", NULL},
        {"company:\"Tarn\"", "-----", NULL},
        {"company:\"Tarn Labs\"", "-b--e", NULL},
        {"company:tarn -status:denied", "-b---", NULL},
        {"status:talks", "a----", NULL},
        {"since:7d", "ab--e", NULL},
        {"since:2026-01-01", "abc-e", NULL},
        {"until:2026-01-25", "--cd-", NULL},
        {"until:7d", "--cd-", NULL},
        {"feed:TECHwire", "ab---", NULL},
        {"feed:gazette.example", "--cde", NULL},
        {"feed:2", "--cde", NULL},
        {"tag:chips", "ab---", NULL},
        {"is:unread", "a-cde", NULL},
        {"is:read", "-b---", NULL},
        {"is:starred", "--c--", "---d-"},
        {"(kind:layoffs or amount>1B) amazon -jobs", "a----", NULL},
        {"o'reilly; DROP TABLE", "-----", NULL},
        {"\"% _ * ( )\"", "-----", NULL},
    };
    char found[STORY_COUNT + 1];
    for (size_t i = 0; i < sizeof expectations / sizeof expectations[0]; i++) {
        const struct expectation *e = &expectations[i];
        for (int target = QUERY_ARTICLES; target <= QUERY_EVENTS; target++) {
            bool events = target == QUERY_EVENTS && e->events != NULL;
            run(e->text, (enum query_target)target, found);
            const char *wanted = events ? e->events : e->found;
            if (strcmp(found, wanted) != 0)
                fail_msg("%s (rows of kind %d): got %s, want %s", e->text, target, found, wanted);
        }
    }
}

static void figure_terms_of_one_chain_mean_one_figure(void **state)
{
    (void)state;
    char found[STORY_COUNT + 1];
    struct dw_figure figures[2] = {
        {.kind = DW_KIND_ROUND, .unit = DW_STR("USD"), .value = 1e6, .low = 1e6, .high = 1e6},
        {.kind = DW_KIND_DEBT, .unit = DW_STR("USD"), .value = 5e9, .low = 5e9, .high = 5e9}};
    double usd[] = {1e6, 5e9};
    struct store_figures_in in = {.article = 1, .figures = figures, .count = 2, .usd = usd};
    struct store_ids orphaned;
    int64_t ids[2];
    OK(store_figures_put(store, &arena, &in, ids, &orphaned, &err));
    run("kind:round amount>1B", QUERY_ARTICLES, found);
    assert_string_equal(found, "-----");
    run("kind:debt since:7d amount>1B", QUERY_ARTICLES, found);
    assert_string_equal(found, "a----");
}

static void counts_agree_with_lists(void **state)
{
    (void)state;
    int64_t count = 0;
    struct store_condition condition = condition_of("kind:deals", QUERY_ARTICLES);
    OK(store_article_count(store, &condition, &count, &err));
    assert_int_equal(count, 3);
    condition = condition_of("kind:deals", QUERY_EVENTS);
    OK(store_event_count(store, &condition, &count, &err));
    assert_int_equal(count, 3);
    condition = condition_of("kind:deals -feed:techwire", QUERY_FIGURES);
    OK(store_figure_count(store, &condition, &count, &err));
    assert_int_equal(count, 1);
}

/* Repeats a piece of text. */
static void repeat(char *text, size_t *len, const char *piece, int count)
{
    struct dw_str bytes = dw_str_from_c(piece);
    for (int i = 0; i < count; i++) {
        memcpy(text + *len, bytes.at, bytes.len);
        *len += bytes.len;
    }
    text[*len] = '\0';
}

static void the_longest_and_the_deepest_query_still_run(void **state)
{
    (void)state;
    static const char *const terms[] = {"kind:deals ", "-kind:people ", "deal or "};
    char found[STORY_COUNT + 1];
    char text[DW_LIMIT_QUERY_BYTES + 1];
    for (int target = QUERY_ARTICLES; target <= QUERY_EVENTS; target++) {
        for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
            size_t len = 0;
            repeat(text, &len, terms[i], 99);
            repeat(text, &len, "kind:deals", 1);
            run(text, (enum query_target)target, found);
            assert_string_equal(found, "ab--e");
        }
        size_t len = 0;
        repeat(text, &len, "-(center or amount>1B ", 6);
        repeat(text, &len, "kind:deals or jobs", 1);
        repeat(text, &len, ")", 6);
        run(text, (enum query_target)target, found);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_query_finds_its_rows_of_all_kinds, setup, teardown),
        cmocka_unit_test_setup_teardown(figure_terms_of_one_chain_mean_one_figure, setup, teardown),
        cmocka_unit_test_setup_teardown(counts_agree_with_lists, setup, teardown),
        cmocka_unit_test_setup_teardown(the_longest_and_the_deepest_query_still_run, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
