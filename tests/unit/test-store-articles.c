/* Articles: identity, changes, copies, figures, full text. */
#include "store-test.h"

static void an_entry_is_new_then_known_then_updated(void **state)
{
    struct fixture *f = *state;
    int64_t feed = add_feed(f, DW_STR("https://a.example/feed"));
    struct dw_entry entry = entry_of(DW_STR("1"), DW_STR("https://a.example/1"), DW_STR("One"));
    int64_t article = 0;
    enum store_outcome outcome = STORE_KNOWN;
    OK(store_article_look(f->store, feed, &entry, &outcome, &article, &f->err));
    assert_int_equal(outcome, STORE_NEW);
    assert_int_equal(article, 0);
    assert_int_equal(put_entry(f, feed, &entry, &article), STORE_NEW);
    assert_int_equal(put_entry(f, feed, &entry, NULL), STORE_KNOWN);
    entry.content = DW_STR("One, corrected");
    int64_t again = 0;
    f->now += 60;
    assert_int_equal(put_entry(f, feed, &entry, &again), STORE_UPDATED);
    assert_int_equal(again, article);
    assert_int_equal(put_entry(f, feed, &entry, NULL), STORE_KNOWN);
    struct store_article read;
    OK(store_article_read(f->store, &f->arena, article, &read, &f->err));
    assert_str(read.text, "One, corrected");
    assert_int_equal(read.updated, NOW + 60);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM article_revisions WHERE text = 'One'"), 1);
}

static void the_first_text_and_the_newest_are_kept(void **state)
{
    struct fixture *f = *state;
    int64_t feed = add_feed(f, DW_STR("https://a.example/feed"));
    struct dw_entry entry = entry_of(DW_STR("1"), DW_STR("https://a.example/1"), DW_STR("One"));
    put_entry(f, feed, &entry, NULL);
    for (int i = 0; i < 40; i++) {
        entry.content = dw_str_format(&f->arena, "version %d", i);
        assert_int_equal(put_entry(f, feed, &entry, NULL), STORE_UPDATED);
    }
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM article_revisions"), 20);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM article_revisions WHERE text = 'One'"), 1);
    assert_int_equal(
        number_of(f, "SELECT COUNT(*) FROM article_revisions WHERE text = 'version 38'"), 1);
    assert_int_equal(
        number_of(f, "SELECT COUNT(*) FROM article_revisions WHERE text = 'version 5'"), 0);
}

static void what_changes_nothing_to_read_is_no_revision(void **state)
{
    static const char *const addresses[] = {
        "http://a.example/1", "https://www.a.example/1/", "https://a.example/1#top",
        "https://A.example:443/1?utm_source=x&utm_medium=y", "https://a.example/1?fbclid=z"};
    struct fixture *f = *state;
    int64_t feed = add_feed(f, DW_STR("https://a.example/feed"));
    struct dw_entry entry = entry_of(DW_STR("1"), DW_STR("https://a.example/1"), DW_STR("One"));
    int64_t article = 0;
    put_entry(f, feed, &entry, &article);
    for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
        int64_t other = 0;
        entry.link = dw_str_from_c(addresses[i]);
        entry.published += 1;
        assert_int_not_equal(put_entry(f, feed, &entry, &other), STORE_NEW);
        assert_int_equal(other, article);
    }
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM articles"), 1);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM article_revisions"), 0);
}

static void the_same_address_in_two_feeds_is_one_article(void **state)
{
    struct fixture *f = *state;
    int64_t a = add_feed(f, DW_STR("https://a.example/feed"));
    int64_t b = add_feed(f, DW_STR("https://b.example/feed"));
    struct dw_entry one = entry_of(DW_STR("1"), DW_STR("https://x.example/deal"), DW_STR("Deal"));
    struct dw_entry same =
        entry_of(DW_STR("9"), DW_STR("https://x.example/deal?utm_source=rss"), DW_STR("Deal"));
    int64_t article = 0;
    int64_t other = 0;
    put_entry(f, a, &one, &article);
    assert_int_equal(put_entry(f, b, &same, &other), STORE_PLACED);
    assert_int_equal(article, other);
    struct store_article read;
    OK(store_article_read(f->store, &f->arena, article, &read, &f->err));
    assert_int_equal(read.place_count, 2);
    assert_int_equal(read.places[0].feed, a);
    assert_int_equal(put_entry(f, b, &same, NULL), STORE_KNOWN);
}

static void a_new_id_for_the_same_address_is_no_new_article(void **state)
{
    struct fixture *f = *state;
    int64_t feed = add_feed(f, DW_STR("https://a.example/feed"));
    struct dw_entry entry = entry_of(DW_STR("1"), DW_STR("https://a.example/1"), DW_STR("One"));
    int64_t article = 0;
    int64_t other = 0;
    put_entry(f, feed, &entry, &article);
    entry.id = DW_STR("changed");
    assert_int_equal(put_entry(f, feed, &entry, &other), STORE_PLACED);
    assert_int_equal(article, other);
    assert_int_equal(number_of(f, "SELECT articles FROM feeds"), 1);
}

static void a_feed_that_uses_one_id_for_all_loses_none(void **state)
{
    struct fixture *f = *state;
    int64_t feed = add_feed(f, DW_STR("https://a.example/feed"));
    struct dw_entry one = entry_of(DW_STR("x"), DW_STR("https://a.example/1"), DW_STR("One"));
    struct dw_entry two = entry_of(DW_STR("x"), DW_STR("https://a.example/2"), DW_STR("Two"));
    two.published -= 60;
    assert_int_equal(put_entry(f, feed, &one, NULL), STORE_NEW);
    assert_int_equal(put_entry(f, feed, &two, NULL), STORE_NEW);
    assert_int_equal(put_entry(f, feed, &one, NULL), STORE_KNOWN);
    assert_int_equal(put_entry(f, feed, &two, NULL), STORE_KNOWN);
}

static void a_feed_whose_entries_all_link_to_its_home_page_loses_none(void **state)
{
    struct fixture *f = *state;
    int64_t feed = add_feed(f, DW_STR("https://a.example/feed"));
    struct dw_entry one = entry_of(DW_STR("1"), DW_STR("https://a.example/"), DW_STR("One"));
    struct dw_entry two = entry_of(DW_STR("2"), DW_STR("https://a.example/"), DW_STR("Two"));
    assert_int_equal(put_entry(f, feed, &one, NULL), STORE_NEW);
    assert_int_equal(put_entry(f, feed, &two, NULL), STORE_NEW);
    assert_int_equal(put_entry(f, feed, &two, NULL), STORE_KNOWN);
}

static void entries_with_equal_titles_and_no_ids_are_told_apart_by_date(void **state)
{
    struct fixture *f = *state;
    int64_t feed = add_feed(f, DW_STR("https://a.example/feed"));
    struct dw_entry one = entry_of(DW_STR(""), DW_STR(""), DW_STR("Weekly digest"));
    struct dw_entry two = one;
    two.published += 7 * STORE_DAY;
    assert_int_equal(put_entry(f, feed, &one, NULL), STORE_NEW);
    assert_int_equal(put_entry(f, feed, &two, NULL), STORE_NEW);
    assert_int_equal(put_entry(f, feed, &one, NULL), STORE_KNOWN);
}

static void an_article_without_a_date_stands_where_it_was_first_seen(void **state)
{
    struct fixture *f = *state;
    int64_t feed = add_feed(f, DW_STR("https://a.example/feed"));
    struct dw_entry undated = entry_of(DW_STR("1"), DW_STR("https://a.example/1"), DW_STR("One"));
    undated.published = DW_TIME_NONE;
    struct dw_entry future = entry_of(DW_STR("2"), DW_STR("https://a.example/2"), DW_STR("Two"));
    future.published = NOW + 30 * STORE_DAY;
    put_entry(f, feed, &undated, NULL);
    put_entry(f, feed, &future, NULL);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM articles WHERE at = 1769680920"), 2);
}

static void full_text_follows_the_article(void **state)
{
    struct fixture *f = *state;
    int64_t feed = add_feed(f, DW_STR("https://a.example/feed"));
    struct dw_entry entry = entry_of(DW_STR("1"), DW_STR("https://a.example/1"), DW_STR("Plain"));
    entry.content = DW_STR("Société Générale lends");
    static const char hits[] = "SELECT COUNT(*) FROM search WHERE search MATCH 'societe'";
    put_entry(f, feed, &entry, NULL);
    assert_int_equal(number_of(f, hits), 1);
    entry.content = DW_STR("Somebody else lends");
    put_entry(f, feed, &entry, NULL);
    assert_int_equal(number_of(f, hits), 0);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM search WHERE search MATCH 'somebody'"), 1);
    OK(store_feed_remove(f->store, feed, &f->err));
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM search WHERE search MATCH 'somebody'"), 0);
    OK(store_run(f->store, "INSERT INTO search (search) VALUES ('integrity-check')", &f->err,
                 "check"));
}

static void texts_are_indexed_in_steps_where_the_caller_says_when(void **state)
{
    struct fixture *f = *state;
    static const char hits[] = "SELECT COUNT(*) FROM search WHERE search MATCH 'plain'";
    int64_t feed = add_feed(f, DW_STR("https://a.example/feed"));
    size_t count = STORE_INDEX_TEXTS + 1;
    store_index_later(f->store);
    OK(store_begin(f->store, &f->err));
    for (size_t i = 0; i < count; i++) {
        struct dw_str id = dw_str_format(&f->arena, "%zu", i);
        struct dw_entry entry = entry_of(id, DW_STR(""), DW_STR("Plain"));
        put_entry(f, feed, &entry, NULL);
    }
    OK(store_commit(f->store, &f->err));
    assert_int_equal(store_index_waiting(f->store), count);
    assert_int_equal(number_of(f, hits), 0);
    OK(store_index(f->store, &f->err));
    assert_int_equal(store_index_waiting(f->store), 1);
    assert_int_equal(number_of(f, hits), STORE_INDEX_TEXTS);
    store_close(f->store); /* as a process that dies would leave it */
    f->store = fixture_open(f, STORE_WRITE);
    assert_int_equal(store_index_waiting(f->store), 1);
    OK(store_index(f->store, &f->err));
    assert_int_equal(store_index_waiting(f->store), 0);
    assert_int_equal(number_of(f, hits), count);
    OK(store_index(f->store, &f->err));
}

static void counts_are_kept_without_counting(void **state)
{
    struct fixture *f = *state;
    int64_t feed = add_feed(f, DW_STR("https://a.example/feed"));
    int64_t article = 0;
    struct dw_entry one = entry_of(DW_STR("1"), DW_STR("https://a.example/1"), DW_STR("One"));
    struct dw_entry two = entry_of(DW_STR("2"), DW_STR("https://a.example/2"), DW_STR("Two"));
    put_entry(f, feed, &one, &article);
    put_entry(f, feed, &two, NULL);
    struct store_counts counts;
    OK(store_article_mark_read(f->store, article, true, &f->err));
    OK(store_article_mark_read(f->store, article, true, &f->err));
    OK(store_counts(f->store, &counts, &f->err));
    assert_int_equal(counts.articles, 2);
    assert_int_equal(counts.unread, 1);
    OK(store_article_mark_read(f->store, article, false, &f->err));
    OK(store_counts(f->store, &counts, &f->err));
    assert_int_equal(counts.unread, 2);
    OK(store_article_mark_all_read(f->store, &f->err));
    OK(store_counts(f->store, &counts, &f->err));
    assert_int_equal(counts.unread, 0);
}

static struct dw_mention mentions_[] = {{6, 18, 0, 27, false}};

static void figures_come_back_as_they_were_put(void **state)
{
    struct fixture *f = *state;
    int64_t feed = add_feed(f, DW_STR("https://a.example/feed"));
    struct dw_entry entry = entry_of(DW_STR("1"), DW_STR("https://a.example/1"), DW_STR("Deal"));
    entry.content = DW_STR("Über \xe2\x82\xac"
                           "1 billion for Tarn. And more of it.");
    int64_t article = 0;
    put_entry(f, feed, &entry, &article);
    struct dw_figure figures[2];
    figures[0] = figure_of(f, DW_KIND_ROUND, 1e9, DW_STR("Rive|Sund"), DW_STR("Tarn"));
    figures[0].unit = DW_STR("EUR");
    figures[0].term = DW_STR("P7Y");
    figures[0].when = DW_STR("2025-11");
    figures[0].attribution = names_of(f, DW_STR("The Ledger"));
    figures[0].rule = DW_STR("round.raise");
    figures[0].each = true;
    figures[0].mentions = mentions_;
    figures[0].mention_count = 1;
    figures[1] = figure_of(f, DW_KIND_LAYOFFS, (double)NAN, DW_STR("Brack"), DW_STR(""));
    figures[1].qualifier = DW_QUALIFIER_VAGUE;
    figures[1].low = 100;
    figures[1].high = (double)NAN;
    double usd[] = {1.1e9, (double)NAN};
    struct store_figures_in in = {.article = article, .figures = figures, .count = 2, .usd = usd};
    struct store_ids orphaned;
    int64_t ids[2];
    OK(store_figures_put(f->store, &f->arena, &in, ids, &orphaned, &f->err));
    struct store_article read;
    OK(store_article_read(f->store, &f->arena, article, &read, &f->err));
    assert_int_equal(read.figures.len, 2);
    const struct store_figure_row *row = &read.figures.at[0];
    assert_int_equal(row->figure.kind, DW_KIND_ROUND);
    assert_str(row->figure.unit, "EUR");
    assert_str(row->figure.from.at[1], "Sund");
    assert_str(row->figure.to.at[0], "Tarn");
    assert_str(row->figure.term, "P7Y");
    assert_str(row->figure.when, "2025-11");
    assert_str(row->figure.attribution.at[0], "The Ledger");
    assert_str(row->figure.rule, "round.raise");
    assert_true(row->figure.each);
    assert_true(row->usd == 1.1e9);
    assert_str(row->surface, "\xe2\x82\xac"
                             "1 billion");
    assert_str(row->sentence, "Über \xe2\x82\xac"
                              "1 billion for Tarn");
    assert_int_equal(row->figure.mentions[0].end, 18);
    row = &read.figures.at[1];
    assert_int_equal(row->figure.qualifier, DW_QUALIFIER_VAGUE);
    assert_true(isnan(row->figure.value) && isnan(row->figure.high));
    assert_true(row->figure.low == 100);
    assert_int_equal(row->figure.from.len, 1);
    assert_int_equal(row->figure.to.len, 0);
}

static void replacing_figures_names_the_events_that_lose_some(void **state)
{
    struct fixture *f = *state;
    int64_t feed = add_feed(f, DW_STR("https://a.example/feed"));
    struct dw_entry entry = entry_of(DW_STR("1"), DW_STR("https://a.example/1"), DW_STR("Deal"));
    int64_t article = 0;
    put_entry(f, feed, &entry, &article);
    struct dw_figure figure = figure_of(f, DW_KIND_ROUND, 1e9, DW_STR(""), DW_STR("Tarn"));
    struct store_figures_in in = {.article = article, .figures = &figure, .count = 1};
    struct store_ids orphaned;
    int64_t ids[1];
    OK(store_figures_put(f->store, &f->arena, &in, ids, &orphaned, &f->err));
    assert_int_equal(orphaned.len, 0);
    int64_t event = add_event(f, &figure, NOW);
    OK(store_event_attach(f->store, event, ids[0], &f->err));
    int64_t former = ids[0];
    OK(store_figures_put(f->store, &f->arena, &in, ids, &orphaned, &f->err));
    assert_int_equal(orphaned.len, 1);
    assert_int_equal(orphaned.at[0], event);
    assert_true(ids[0] > former);
    struct store_counts counts;
    OK(store_counts(f->store, &counts, &f->err));
    assert_int_equal(counts.figures, 1);
}

static void copies_are_found_by_a_part_of_their_signature(void **state)
{
    struct fixture *f = *state;
    int64_t feed = add_feed(f, DW_STR("https://a.example/feed"));
    uint64_t signature[STORE_SIGNATURE_HASHES];
    for (size_t i = 0; i < STORE_SIGNATURE_HASHES; i++)
        signature[i] = (i + 1) * 0x123456789u;
    struct dw_entry entry = entry_of(DW_STR("1"), DW_STR("https://a.example/1"), DW_STR("One"));
    struct store_article_in in = {
        .feed = feed, .entry = &entry, .now = NOW, .signature = signature, .source = 7};
    enum store_outcome outcome;
    int64_t article = 0;
    OK(store_article_put(f->store, &in, &outcome, &article, &f->err));
    uint64_t near[STORE_SIGNATURE_HASHES];
    memcpy(near, signature, sizeof near);
    near[0]++;
    near[4]++;
    struct store_similars similars;
    OK(store_article_similar(f->store, &f->arena, near, NOW, STORE_DAY, &similars, &f->err));
    assert_int_equal(similars.len, 1);
    assert_int_equal(similars.at[0].article, article);
    assert_int_equal(similars.at[0].source, 7);
    assert_memory_equal(similars.at[0].signature, signature, sizeof signature);
    OK(store_article_similar(f->store, &f->arena, near, NOW + 9 * STORE_DAY, STORE_DAY, &similars,
                             &f->err));
    assert_int_equal(similars.len, 0);
}

static void a_document_that_fails_leaves_the_batch_alone(void **state)
{
    struct fixture *f = *state;
    int64_t feed = add_feed(f, DW_STR("https://a.example/feed"));
    struct dw_entry one = entry_of(DW_STR("1"), DW_STR("https://a.example/1"), DW_STR("One"));
    struct dw_entry two = entry_of(DW_STR("2"), DW_STR("https://a.example/2"), DW_STR("Two"));
    OK(store_begin(f->store, &f->err));
    OK(store_document_begin(f->store, &f->err));
    put_entry(f, feed, &one, NULL);
    OK(store_document_keep(f->store, &f->err));
    OK(store_document_begin(f->store, &f->err));
    put_entry(f, feed, &two, NULL);
    store_document_undo(f->store);
    OK(store_commit(f->store, &f->err));
    struct store_counts counts;
    OK(store_counts(f->store, &counts, &f->err));
    assert_int_equal(counts.articles, 1);
    assert_int_equal(counts.unread, 1);
    assert_int_equal(number_of(f, "SELECT articles FROM feeds"), 1);
    assert_int_equal(put_entry(f, feed, &one, NULL), STORE_KNOWN);
    assert_int_equal(put_entry(f, feed, &two, NULL), STORE_NEW);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(an_entry_is_new_then_known_then_updated),
        STORE_TEST(the_first_text_and_the_newest_are_kept),
        STORE_TEST(what_changes_nothing_to_read_is_no_revision),
        STORE_TEST(the_same_address_in_two_feeds_is_one_article),
        STORE_TEST(a_new_id_for_the_same_address_is_no_new_article),
        STORE_TEST(a_feed_that_uses_one_id_for_all_loses_none),
        STORE_TEST(a_feed_whose_entries_all_link_to_its_home_page_loses_none),
        STORE_TEST(entries_with_equal_titles_and_no_ids_are_told_apart_by_date),
        STORE_TEST(an_article_without_a_date_stands_where_it_was_first_seen),
        STORE_TEST(full_text_follows_the_article),
        STORE_TEST(texts_are_indexed_in_steps_where_the_caller_says_when),
        STORE_TEST(counts_are_kept_without_counting),
        STORE_TEST(figures_come_back_as_they_were_put),
        STORE_TEST(replacing_figures_names_the_events_that_lose_some),
        STORE_TEST(copies_are_found_by_a_part_of_their_signature),
        STORE_TEST(a_document_that_fails_leaves_the_batch_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
