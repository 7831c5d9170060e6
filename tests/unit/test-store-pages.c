/* Keyset pages: every row once, in every order, both ways, also while rows arrive. */
#include "store-test.h"

#define ROWS 5000
#define PAGE 170

static void fill(struct fixture *f)
{
    int64_t feeds[3] = {add_feed(f, DW_STR("https://a.example/feed")),
                        add_feed(f, DW_STR("https://b.example/feed")),
                        add_feed(f, DW_STR("https://c.example/feed"))};
    OK(store_begin(f->store, &f->err));
    for (int i = 0; i < ROWS; i++) {
        struct dw_scratch scratch = dw_scratch_begin(&f->arena);
        struct dw_str name = dw_str_format(&f->arena, "%d-%d", (i * 7919) % 1000, i);
        struct dw_entry entry =
            entry_of(name, dw_str_format(&f->arena, "https://x.example/%d", i), name);
        entry.published = NOW - (int64_t)((i * 7919) % 997) * 60; /* many share a time */
        put_entry(f, feeds[i % 3], &entry, NULL);
        dw_scratch_end(scratch);
    }
    OK(store_commit(f->store, &f->err));
}

static bool in_order(const struct store_article_row *a, const struct store_article_row *b, int sort)
{
    switch (sort) {
    case STORE_ARTICLE_BY_FEED: {
        int order = dw_str_compare(a->feed_title, b->feed_title);
        return order < 0 || (order == 0 && a->id > b->id);
    }
    case STORE_ARTICLE_BY_TITLE:
        return dw_str_compare(a->title, b->title) < 0;
    default:
        return a->at > b->at || (a->at == b->at && a->id > b->id);
    }
}

/* Reads the list from one end to the other; says how many rows came, all in order. */
static size_t walk(struct fixture *f, int sort, bool back)
{
    static char seen[ROWS + 2];
    memset(seen, 0, sizeof seen);
    struct store_page page = {.limit = PAGE, .sort = sort, .back = back};
    size_t count = 0;
    for (;;) {
        struct store_article_rows rows;
        OK(store_article_list(f->store, &f->arena, &page, &rows, &f->err));
        if (rows.len == 0)
            return count;
        for (size_t i = 0; i < rows.len; i++) {
            assert_int_equal(seen[rows.at[i].id]++, 0);
            if (i > 0 && !in_order(&rows.at[i - 1], &rows.at[i], sort))
                fail_msg("sort %d back %d: row %zu out of order", sort, back, i);
        }
        count += rows.len;
        page.after = rows.at[back ? 0 : rows.len - 1].key;
    }
}

static void each_order_gives_every_row_once_both_ways(void **state)
{
    struct fixture *f = *state;
    fill(f);
    for (int sort = STORE_ARTICLE_BY_TIME; sort <= STORE_ARTICLE_BY_TITLE; sort++) {
        assert_int_equal(walk(f, sort, false), ROWS);
        assert_int_equal(walk(f, sort, true), ROWS);
    }
    int64_t count = 0;
    OK(store_article_count(f->store, NULL, &count, &f->err));
    assert_int_equal(count, ROWS);
}

static void rows_that_arrive_shift_no_page(void **state)
{
    struct fixture *f = *state;
    fill(f);
    struct store_page page = {.limit = 10};
    struct store_article_rows before;
    struct store_article_rows after;
    OK(store_article_list(f->store, &f->arena, &page, &before, &f->err));
    page.after = before.at[4].key;
    page.limit = 5;
    struct dw_entry entry = entry_of(DW_STR("new"), DW_STR("https://x.example/new"), DW_STR("new"));
    entry.published = NOW + 60;
    put_entry(f, 1, &entry, NULL);
    OK(store_article_list(f->store, &f->arena, &page, &after, &f->err));
    assert_int_equal(after.at[0].id, before.at[5].id);
    page.back = true;
    page.after = before.at[0].key;
    OK(store_article_list(f->store, &f->arena, &page, &after, &f->err));
    assert_int_equal(after.len, 1);
    assert_str(after.at[0].title, "new");
}

static void chips_are_the_first_figures_of_the_article(void **state)
{
    struct fixture *f = *state;
    int64_t article = 0;
    struct dw_entry entry = entry_of(DW_STR("1"), DW_STR("https://a.example/1"), DW_STR("One"));
    put_entry(f, add_feed(f, DW_STR("https://a.example/feed")), &entry, &article);
    struct dw_figure figures[5];
    for (int i = 0; i < 5; i++)
        figures[i] = figure_of(f, DW_KIND_ROUND, 1e9 + i, DW_STR(""), DW_STR("Tarn"));
    double usd[] = {1, 2, 9, 3, 4};
    struct store_figures_in in = {.article = article, .figures = figures, .count = 5, .usd = usd};
    struct store_ids orphaned;
    int64_t ids[5];
    OK(store_figures_put(f->store, &f->arena, &in, ids, &orphaned, &f->err));
    struct store_page page = {.sort = STORE_ARTICLE_BY_AMOUNT};
    struct store_article_rows rows;
    OK(store_article_list(f->store, &f->arena, &page, &rows, &f->err));
    assert_int_equal(rows.at[0].figures, 5);
    assert_int_equal(rows.at[0].chip_count, STORE_CHIPS);
    assert_true(rows.at[0].chips[1].value == 1e9 + 1);
    assert_true(rows.at[0].key.number == 9);
    struct store_figure_rows told;
    page.sort = STORE_FIGURE_BY_AMOUNT;
    page.limit = 2;
    OK(store_figure_list(f->store, &f->arena, &page, &told, &f->err));
    assert_int_equal(told.len, 2);
    assert_int_equal(told.at[0].id, ids[2]);
    assert_int_equal(told.at[1].id, ids[4]);
    page.after = told.at[1].key;
    OK(store_figure_list(f->store, &f->arena, &page, &told, &f->err));
    assert_int_equal(told.at[0].id, ids[3]);
}

static void events_come_in_every_order(void **state)
{
    struct fixture *f = *state;
    struct dw_figure big = figure_of(f, DW_KIND_ROUND, 9e9, DW_STR(""), DW_STR("beta"));
    struct dw_figure small = figure_of(f, DW_KIND_DEBT, 1e9, DW_STR("Alpha"), DW_STR("beta"));
    small.status = DW_STATUS_COMPLETED;
    struct dw_figure off = figure_of(f, DW_KIND_GRANT, 2e9, DW_STR("gamma"), DW_STR(""));
    off.status = DW_STATUS_DENIED;
    int64_t ids[] = {add_event(f, &big, NOW), add_event(f, &small, NOW + 1),
                     add_event(f, &off, NOW + 2)};
    static const int first[] = {
        [STORE_EVENT_BY_TIME] = 2, [STORE_EVENT_BY_AMOUNT] = 0,  [STORE_EVENT_BY_COMPANY] = 1,
        [STORE_EVENT_BY_KIND] = 1, [STORE_EVENT_BY_SOURCES] = 2, [STORE_EVENT_BY_STATUS] = 1,
    };
    static const int last[] = {
        [STORE_EVENT_BY_TIME] = 0, [STORE_EVENT_BY_AMOUNT] = 1,  [STORE_EVENT_BY_COMPANY] = 2,
        [STORE_EVENT_BY_KIND] = 0, [STORE_EVENT_BY_SOURCES] = 0, [STORE_EVENT_BY_STATUS] = 2,
    };
    for (int sort = 0; sort <= STORE_EVENT_BY_STATUS; sort++) {
        struct store_page page = {.sort = sort};
        struct store_event_rows rows;
        OK(store_event_list(f->store, &f->arena, &page, &rows, &f->err));
        assert_int_equal(rows.len, 3);
        assert_int_equal(rows.at[0].id, ids[first[sort]]);
        assert_int_equal(rows.at[2].id, ids[last[sort]]);
        page.reverse = true;
        OK(store_event_list(f->store, &f->arena, &page, &rows, &f->err));
        assert_int_equal(rows.at[0].id, ids[last[sort]]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(each_order_gives_every_row_once_both_ways),
        STORE_TEST(rows_that_arrive_shift_no_page),
        STORE_TEST(chips_are_the_first_figures_of_the_article),
        STORE_TEST(events_come_in_every_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
