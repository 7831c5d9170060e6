/* The feed list: subscribing, schedule, claims, validators, health. */
#include "store-test.h"

static void an_address_is_subscribed_once_and_keeps_its_history(void **state)
{
    struct fixture *f = *state;
    int64_t first = 0;
    int64_t second = 0;
    bool added = false;
    struct dw_strs tags = names_of(f, DW_STR("chips|policy"));
    struct store_feed_settings settings = {
        .url = DW_STR("https://a.example/feed"), .title = DW_STR("A"), .tags = tags};
    OK(store_feed_put(f->store, &settings, &first, &added, &f->err));
    assert_true(added);
    settings.title = DW_STR("Better name");
    OK(store_feed_put(f->store, &settings, &second, &added, &f->err));
    assert_false(added);
    assert_int_equal(first, second);
    struct store_feeds feeds;
    OK(store_feed_list(f->store, &f->arena, &feeds, &f->err));
    assert_int_equal(feeds.len, 1);
    assert_str(feeds.at[0].title, "Better name");
    assert_int_equal(feeds.at[0].tags.len, 2);
    assert_str(feeds.at[0].tags.at[1], "policy");
}

static void a_feed_is_found_by_what_people_call_it(void **state)
{
    struct fixture *f = *state;
    int64_t a = add_feed(f, DW_STR("https://northpress.example/rss.xml"));
    add_feed(f, DW_STR("https://northern-light.example/rss.xml"));
    struct store_feed feed;
    OK(store_feed_find(f->store, &f->arena, DW_STR("NorthPress"), &feed, &f->err));
    assert_int_equal(feed.id, a);
    OK(store_feed_find(f->store, &f->arena, DW_STR("1"), &feed, &f->err));
    assert_int_equal(feed.id, 1);
    FAILS(store_feed_find(f->store, &f->arena, DW_STR("north"), &feed, &f->err), "could be");
    FAILS(store_feed_find(f->store, &f->arena, DW_STR("south"), &feed, &f->err),
          "no feed is called");
}

static struct store_fetch answer_of(int64_t feed, int64_t at)
{
    return (struct store_fetch){.feed = feed,
                                .at = at,
                                .next = at + 1800,
                                .status = 200,
                                .ok = true,
                                .etag = DW_STR("\"x\""),
                                .last_modified = DW_STR("Thu, 29 Jan 2026 10:00:00 GMT"),
                                .title = DW_STR("Feed"),
                                .ttl = -1,
                                .skip_hours = 1u << 3,
                                .milliseconds = 40};
}

static struct store_feed feed_get(struct fixture *f, int64_t id)
{
    struct store_feed feed;
    OK(store_feed_get(f->store, &f->arena, id, &feed, &f->err));
    return feed;
}

static void validators_change_with_whole_answers_alone(void **state)
{
    struct fixture *f = *state;
    int64_t id = add_feed(f, DW_STR("https://a.example/feed"));
    struct store_fetch fetch = answer_of(id, NOW);
    OK(store_feed_fetched(f->store, &fetch, &f->err));
    assert_str(feed_get(f, id).etag, "\"x\"");

    struct store_fetch broken = {.feed = id,
                                 .at = NOW + 1,
                                 .next = NOW + 9,
                                 .status = 500,
                                 .error = DW_STR("500 Internal Server Error")};
    OK(store_feed_fetched(f->store, &broken, &f->err));
    struct store_feed feed = feed_get(f, id);
    assert_str(feed.etag, "\"x\"");
    assert_str(feed.error, "500 Internal Server Error");
    assert_int_equal(feed.failures, 1);

    struct store_fetch unchanged = {
        .feed = id, .at = NOW + 2, .next = NOW + 9, .status = 304, .ok = true, .unchanged = true};
    OK(store_feed_fetched(f->store, &unchanged, &f->err));
    feed = feed_get(f, id);
    assert_str(feed.etag, "\"x\"");
    assert_int_equal(feed.skip_hours, 1u << 3);
    assert_str(feed.title, "Feed");
    assert_str(feed.error, "");
    assert_int_equal(feed.failures, 0);
    assert_int_equal(feed.last_ok, NOW + 2);

    unchanged.etag = DW_STR("\"y\"");
    OK(store_feed_fetched(f->store, &unchanged, &f->err));
    feed = feed_get(f, id);
    assert_str(feed.etag, "\"y\"");
    assert_str(feed.last_modified, "Thu, 29 Jan 2026 10:00:00 GMT");

    fetch.at = NOW + 3;
    fetch.etag = DW_STR("");
    OK(store_feed_fetched(f->store, &fetch, &f->err));
    assert_str(feed_get(f, id).etag, "");
}

static void validators_vanish_with_the_articles_that_were_rolled_back(void **state)
{
    struct fixture *f = *state;
    int64_t id = add_feed(f, DW_STR("https://a.example/feed"));
    struct dw_entry entry = entry_of(DW_STR("1"), DW_STR("https://a.example/1"), DW_STR("One"));
    OK(store_begin(f->store, &f->err));
    struct store_fetch fetch = answer_of(id, NOW);
    OK(store_feed_fetched(f->store, &fetch, &f->err));
    assert_int_equal(put_entry(f, id, &entry, NULL), STORE_NEW);
    store_rollback(f->store);
    assert_str(feed_get(f, id).etag, "");
    assert_int_equal(put_entry(f, id, &entry, NULL), STORE_NEW);
}

static size_t due_count(struct fixture *f, int64_t now, bool all)
{
    struct store_due due = {.now = now, .all = all, .gap = 30};
    struct store_feeds feeds;
    OK(store_feed_due(f->store, &f->arena, &due, &feeds, &f->err));
    return feeds.len;
}

static void a_feed_is_due_at_its_time_and_at_once_when_new(void **state)
{
    struct fixture *f = *state;
    int64_t id = add_feed(f, DW_STR("https://a.example/feed"));
    assert_int_equal(due_count(f, NOW, false), 1);
    struct store_fetch fetch = answer_of(id, NOW);
    OK(store_feed_fetched(f->store, &fetch, &f->err));
    assert_int_equal(due_count(f, NOW + 60, false), 0);
    assert_int_equal(due_count(f, NOW + 60, true), 1);
    assert_int_equal(due_count(f, NOW + 29, true), 0);
    assert_int_equal(due_count(f, NOW + 1800, false), 1);
    assert_int_equal(store_feed_next(f->store), NOW + 1800);
}

static void a_clock_that_was_wrong_silences_no_feed(void **state)
{
    struct fixture *f = *state;
    int64_t id = add_feed(f, DW_STR("https://a.example/feed"));
    struct store_fetch fetch = answer_of(id, NOW + 365 * STORE_DAY);
    OK(store_feed_fetched(f->store, &fetch, &f->err));
    assert_int_equal(due_count(f, NOW, false), 1);
    assert_int_equal(store_feed_next(f->store), NOW);
}

static void a_pause_of_user_host_or_server_holds(void **state)
{
    struct fixture *f = *state;
    int64_t id = add_feed(f, DW_STR("https://a.example/feed"));
    OK(store_host_pause_put(f->store, DW_STR("a.example"), NOW + 900, &f->err));
    assert_int_equal(due_count(f, NOW, true), 0);
    assert_int_equal(due_count(f, NOW + 901, false), 1);
    assert_int_equal(store_feed_next(f->store), NOW + 900);
    OK(store_feed_pause(f->store, id, STORE_PAUSE_USER, &f->err));
    assert_int_equal(due_count(f, NOW + 901, true), 0);
    OK(store_feed_pause(f->store, id, STORE_PAUSE_NONE, &f->err));
    struct store_fetch gone = {.feed = id, .at = NOW, .next = NOW, .status = 410, .gone = true};
    OK(store_feed_fetched(f->store, &gone, &f->err));
    assert_int_equal(feed_get(f, id).pause, STORE_PAUSE_GONE);
    assert_int_equal(due_count(f, NOW + 9000, true), 0);
}

static void one_process_at_a_time_has_a_feed(void **state)
{
    struct fixture *f = *state;
    int64_t id = add_feed(f, DW_STR("https://a.example/feed"));
    struct store *other = fixture_open(f, STORE_WRITE);
    assert_non_null(other);
    bool claimed = false;
    OK(store_feed_claim(f->store, id, NOW + 90, &claimed, &f->err));
    assert_true(claimed);
    OK(store_feed_claim(f->store, id, NOW + 90, &claimed, &f->err));
    assert_true(claimed);
    OK(store_feed_claim(other, id, NOW + 90, &claimed, &f->err));
    assert_false(claimed);
    assert_int_equal(store_feed_next(other), NOW + 90);
    f->now = NOW + 91;
    OK(store_feed_claim(other, id, NOW + 180, &claimed, &f->err));
    assert_true(claimed);
    assert_int_equal(due_count(f, f->now, false), 0);
    OK(store_feed_unclaim(other, id, &f->err));
    assert_int_equal(due_count(f, f->now, false), 1);
    store_close(other);
}

static void the_last_twelve_tries_are_kept(void **state)
{
    struct fixture *f = *state;
    int64_t id = add_feed(f, DW_STR("https://a.example/feed"));
    for (int i = 0; i < 15; i++) {
        struct store_fetch fetch = answer_of(id, NOW + i * 60);
        fetch.milliseconds = i;
        OK(store_feed_fetched(f->store, &fetch, &f->err));
    }
    struct store_feed feed = feed_get(f, id);
    assert_int_equal(feed.try_count, STORE_TRIES);
    assert_int_equal(feed.tries[0].milliseconds, 3);
    assert_int_equal(feed.tries[11].milliseconds, 14);
    assert_int_equal(feed.ok_count, 15);
}

static void a_permanent_redirect_is_dated_from_its_first_sight(void **state)
{
    struct fixture *f = *state;
    int64_t id = add_feed(f, DW_STR("https://a.example/feed"));
    add_feed(f, DW_STR("https://b.example/feed"));
    struct store_fetch fetch = answer_of(id, NOW);
    fetch.moved_to = DW_STR("https://a.example/new");
    OK(store_feed_fetched(f->store, &fetch, &f->err));
    fetch.at = NOW + STORE_DAY;
    OK(store_feed_fetched(f->store, &fetch, &f->err));
    assert_int_equal(feed_get(f, id).moved_since, NOW);
    FAILS(store_feed_move(f->store, id, DW_STR("https://b.example/feed"), &f->err), "already");
    OK(store_feed_move(f->store, id, DW_STR("https://a.example/new"), &f->err));
    struct store_feed feed = feed_get(f, id);
    assert_str(feed.url, "https://a.example/new");
    assert_int_equal(feed.ok_count, 2);
    fetch.moved_to = DW_STR("");
    OK(store_feed_fetched(f->store, &fetch, &f->err));
    assert_int_equal(feed_get(f, id).moved_since, DW_TIME_NONE);
}

static void removing_a_feed_keeps_what_others_list_and_events_need(void **state)
{
    struct fixture *f = *state;
    int64_t a = add_feed(f, DW_STR("https://a.example/feed"));
    int64_t b = add_feed(f, DW_STR("https://b.example/feed"));
    struct dw_entry shared = entry_of(DW_STR("1"), DW_STR("https://x.example/1"), DW_STR("Shared"));
    struct dw_entry alone = entry_of(DW_STR("2"), DW_STR("https://x.example/2"), DW_STR("Alone"));
    struct dw_entry told = entry_of(DW_STR("3"), DW_STR("https://x.example/3"), DW_STR("Told"));
    int64_t article = 0;
    put_entry(f, a, &shared, NULL);
    put_entry(f, b, &shared, NULL);
    put_entry(f, a, &alone, NULL);
    put_entry(f, a, &told, &article);
    struct dw_figure figure = figure_of(f, DW_KIND_ROUND, 1e9, DW_STR(""), DW_STR("Tarn"));
    struct store_figures_in in = {.article = article, .figures = &figure, .count = 1};
    struct store_ids orphaned;
    int64_t ids[1];
    OK(store_figures_put(f->store, &f->arena, &in, ids, &orphaned, &f->err));
    OK(store_event_attach(f->store, add_event(f, &figure, NOW), ids[0], &f->err));
    OK(store_feed_remove(f->store, a, &f->err));
    struct store_counts counts;
    OK(store_counts(f->store, &counts, &f->err));
    assert_int_equal(counts.articles, 2);
    assert_int_equal(counts.feeds, 1);
    assert_int_equal(number_of(f, "SELECT feed FROM articles WHERE title = 'Shared'"), b);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM pragma_foreign_key_check"), 0);
}

static void health_counts_articles_and_figures(void **state)
{
    struct fixture *f = *state;
    int64_t id = add_feed(f, DW_STR("https://a.example/feed"));
    int64_t article = 0;
    struct dw_entry one = entry_of(DW_STR("1"), DW_STR("https://a.example/1"), DW_STR("One"));
    struct dw_entry two = entry_of(DW_STR("2"), DW_STR("https://a.example/2"), DW_STR("Two"));
    put_entry(f, id, &one, &article);
    f->now += 2 * STORE_DAY;
    put_entry(f, id, &two, NULL);
    struct dw_figure figure = figure_of(f, DW_KIND_ROUND, 1e9, DW_STR(""), DW_STR("Tarn"));
    struct store_figures_in in = {.article = article, .figures = &figure, .count = 1};
    struct store_ids orphaned;
    int64_t ids[1];
    OK(store_figures_put(f->store, &f->arena, &in, ids, &orphaned, &f->err));
    struct store_feed feed = feed_get(f, id);
    assert_int_equal(feed.articles, 2);
    assert_int_equal(feed.articles_with_figures, 1);
    assert_int_equal(feed.articles_day, 1);
    assert_true(fabs(feed.per_day - 1) < 0.01);
    assert_int_equal(feed.newest, NOW - 3600);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(an_address_is_subscribed_once_and_keeps_its_history),
        STORE_TEST(a_feed_is_found_by_what_people_call_it),
        STORE_TEST(validators_change_with_whole_answers_alone),
        STORE_TEST(validators_vanish_with_the_articles_that_were_rolled_back),
        STORE_TEST(a_feed_is_due_at_its_time_and_at_once_when_new),
        STORE_TEST(a_clock_that_was_wrong_silences_no_feed),
        STORE_TEST(a_pause_of_user_host_or_server_holds),
        STORE_TEST(one_process_at_a_time_has_a_feed),
        STORE_TEST(the_last_twelve_tries_are_kept),
        STORE_TEST(a_permanent_redirect_is_dated_from_its_first_sight),
        STORE_TEST(removing_a_feed_keeps_what_others_list_and_events_need),
        STORE_TEST(health_counts_articles_and_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
