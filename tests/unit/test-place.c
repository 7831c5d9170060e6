/* Events don't depend on the order in which figures become known, however many are near. */
#include "place-test.h"

#include <stdlib.h>

#define FIGURES 160

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static int below(uint64_t *state, int limit)
{
    return (int)(next_random(state) % (uint64_t)limit);
}

static struct dw_strs name(struct fixture *f, const char *const *names, int number)
{
    struct dw_strs list = {0};
    if (names[number] != NULL)
        assert_true(dw_strs_push(&f->arena, &list, dw_str_from_c(names[number])));
    return list;
}

/* Talk about a few companies, dense enough that nearly everything is near everything. */
static struct told *make_talk(struct fixture *f)
{
    static const char *const payers[] = {"Nvidia", "Amazon", NULL, NULL};
    static const char *const payees[] = {"OpenAI", "OpenAI", "Anthropic", NULL};
    static const enum dw_kind kinds[] = {DW_KIND_INVESTMENT, DW_KIND_ROUND, DW_KIND_ROUND,
                                         DW_KIND_VALUATION};
    static const char *const sentences[] = {"It pays.", "It pays.", "Another deal.", "Series F."};
    struct told *talk = dw_arena_array(&f->arena, FIGURES, sizeof *talk);
    uint64_t random = 88172645463325252u;
    assert_non_null(talk);
    for (int i = 0; i < FIGURES; i++) {
        double value = (double)(1 + below(&random, 40)) * 5e8;
        talk[i] = (struct told){
            .figure = {.kind = kinds[below(&random, 4)],
                       .unit = DW_STR("USD"),
                       .value = value,
                       .low = value,
                       .high = value,
                       .from = name(f, payers, below(&random, 4)),
                       .to = name(f, payees, below(&random, 4)),
                       .status = (enum dw_status)below(&random, DW_STATUS_COUNT),
                       .confidence = 0.9},
            .published = NOW - (int64_t)below(&random, 300) * DAY,
            .number = i,
            .sentence = dw_str_from_c(sentences[below(&random, 4)]),
        };
    }
    return talk;
}

static int by_text(const void *a, const void *b)
{
    return dw_str_compare(*(const struct dw_str *)a, *(const struct dw_str *)b);
}

/* A line per event: its state and the articles that tell it. */
static struct dw_str describe(struct fixture *f)
{
    struct store_page page = {.limit = 5000};
    struct store_event_rows rows;
    struct dw_strs lines = {0};
    OK(store_event_list(f->store, &f->arena, &page, &rows, &f->err));
    for (size_t i = 0; i < rows.len; i++) {
        const struct store_event_row *row = &rows.at[i];
        struct store_evidences evidence;
        struct dw_strs titles = {0};
        OK(store_event_figures(f->store, &f->arena, row->id, &evidence, &f->err));
        for (size_t j = 0; j < evidence.len; j++)
            dw_strs_push(&f->arena, &titles, evidence.at[j].title);
        if (titles.len > 0)
            qsort(titles.at, titles.len, sizeof *titles.at, by_text);
        struct dw_str all = dw_strs_join(&f->arena, &titles, DW_STR(" "));
        dw_strs_push(&f->arena, &lines,
                     dw_str_format(&f->arena, "%.*s %.0f %.*s n%d r%d c%.3f %lld-%lld: %.*s",
                                   DW_FMT(dw_kind_name(row->figure.kind)), row->figure.value,
                                   DW_FMT(dw_status_name(row->figure.status)), (int)row->sources,
                                   (int)row->revisions, row->confidence, (long long)row->first_seen,
                                   (long long)row->last_seen, DW_FMT(all)));
    }
    qsort(lines.at, lines.len, sizeof *lines.at, by_text);
    return dw_strs_join(&f->arena, &lines, DW_STR("\n"));
}

static int by_publication(const void *a, const void *b)
{
    const struct told *one = a;
    const struct told *two = b;
    if (one->published != two->published)
        return one->published < two->published ? -1 : 1;
    return one->number - two->number;
}

static struct dw_str tell_all(struct fixture *f, const struct told *talk, int number)
{
    begin(f, number);
    OK(store_begin(f->store, &f->err));
    for (int i = 0; i < FIGURES; i++)
        tell(f, &talk[i]);
    OK(store_commit(f->store, &f->err));
    return describe(f);
}

static void any_order_gives_the_same_events(void **state)
{
    struct fixture *f = *state;
    struct told *talk = make_talk(f);
    uint64_t random = 42;
    qsort(talk, FIGURES, sizeof *talk, by_publication);
    struct dw_str in_order = tell_all(f, talk, 0);
    for (int order = 1; order <= 4; order++) {
        for (int i = FIGURES - 1; i > 0; i--) {
            int j = below(&random, i + 1);
            struct told swap = talk[i];
            talk[i] = talk[j];
            talk[j] = swap;
        }
        struct dw_str shuffled = tell_all(f, talk, order);
        struct dw_str one;
        struct dw_str two;
        struct dw_str rest = in_order;
        while (dw_str_split(&rest, '\n', &one)) {
            if (!dw_str_split(&shuffled, '\n', &two) || !dw_str_eq(one, two))
                fail_msg("order %d\n%.*s\n%.*s", order, DW_FMT(one), DW_FMT(two));
        }
        assert_int_equal(shuffled.len, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(any_order_gives_the_same_events, open_store, close_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
