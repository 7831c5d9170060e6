/* The pages of articles in the store: wanted once, taken in the place of a summary. */
#include "store-test.h"

static int64_t add_article(struct fixture *f, const char *id, const char *text)
{
    int64_t feed = add_feed(f, DW_STR("https://a.example/feed"));
    int64_t article = 0;
    struct dw_str link = dw_str_format(&f->arena, "https://a.example/%s", id);
    struct dw_entry entry = entry_of(dw_str_from_c(id), link, DW_STR("Deal"));
    entry.content = DW_STR("");
    entry.summary = dw_str_from_c(text);
    put_entry(f, feed, &entry, &article);
    return article;
}

static struct store_pages_wanted wanted_at(struct fixture *f, int64_t now)
{
    struct store_pages_wanted wanted;
    OK(store_page_next(f->store, &f->arena, now, 10, &wanted, &f->err));
    return wanted;
}

static void a_page_is_wanted_until_it_was_read(void **state)
{
    struct fixture *f = *state;
    int64_t article = add_article(f, "1", "In short");
    assert_int_equal(wanted_at(f, NOW).len, 0);
    OK(store_page_want(f->store, article, false, &f->err));
    struct store_pages_wanted wanted = wanted_at(f, NOW);
    assert_int_equal(wanted.len, 1);
    assert_int_equal(wanted.at[0].article, article);
    assert_str(wanted.at[0].url, "https://a.example/1");
    assert_str(wanted.at[0].feed_url, "https://a.example/feed");
    assert_int_equal(wanted.at[0].text_bytes, 8);
    struct store_page_in in = {.article = article, .text = DW_STR("The whole story"), .now = NOW};
    OK(store_page_put(f->store, &in, &f->err));
    assert_int_equal(wanted_at(f, NOW).len, 0);
}

static void it_is_wanted_again_only_by_the_user(void **state)
{
    struct fixture *f = *state;
    int64_t article = add_article(f, "1", "In short");
    OK(store_page_want(f->store, article, false, &f->err));
    OK(store_page_failed(f->store, article, &f->err));
    OK(store_page_want(f->store, article, false, &f->err));
    assert_int_equal(wanted_at(f, NOW).len, 0);
    OK(store_page_want(f->store, article, true, &f->err));
    assert_int_equal(wanted_at(f, NOW).len, 1);
    OK(store_page_want(f->store, 4711, true, &f->err));
    assert_int_equal(wanted_at(f, NOW).len, 1);
}

static void one_that_must_wait_is_not_handed_out_before(void **state)
{
    struct fixture *f = *state;
    int64_t article = add_article(f, "1", "In short");
    OK(store_page_want(f->store, article, false, &f->err));
    OK(store_page_later(f->store, article, NOW + 3600, &f->err));
    assert_int_equal(wanted_at(f, NOW + 3599).len, 0);
    assert_int_equal(wanted_at(f, NOW + 3600).len, 1);
}

static void its_text_takes_the_summary_s_place_in_the_article_and_in_searches(void **state)
{
    struct fixture *f = *state;
    int64_t article = add_article(f, "1", "In short");
    OK(store_page_want(f->store, article, false, &f->err));
    struct store_page_in in = {.article = article,
                               .text = DW_STR("The whole story of a plant"),
                               .author = DW_STR("Ann Lee"),
                               .language = DW_STR("en"),
                               .now = NOW + 5};
    OK(store_page_put(f->store, &in, &f->err));
    struct store_article read;
    OK(store_article_read(f->store, &f->arena, article, &read, &f->err));
    assert_str(read.text, "The whole story of a plant");
    assert_str(read.summary, "In short");
    assert_str(read.row.author, "Ann Lee");
    assert_int_equal(read.updated, NOW + 5);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM search WHERE search MATCH 'plant'"), 1);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM search WHERE search MATCH 'short'"), 1);
}

static void other_words_of_the_feed_leave_the_page_s_text(void **state)
{
    struct fixture *f = *state;
    int64_t article = add_article(f, "1", "In short");
    OK(store_page_want(f->store, article, false, &f->err));
    struct store_page_in in = {.article = article, .text = DW_STR("The whole story"), .now = NOW};
    OK(store_page_put(f->store, &in, &f->err));
    struct dw_entry entry =
        entry_of(DW_STR("1"), DW_STR("https://a.example/1"), DW_STR("Deal, at last"));
    entry.content = DW_STR("");
    entry.summary = DW_STR("In other words");
    int64_t feed = number_of(f, "SELECT id FROM feeds");
    assert_int_equal(put_entry(f, feed, &entry, NULL), STORE_KNOWN);
    assert_int_equal(put_entry(f, feed, &entry, NULL), STORE_KNOWN);
    struct store_article read;
    OK(store_article_read(f->store, &f->arena, article, &read, &f->err));
    assert_str(read.row.title, "Deal, at last");
    assert_str(read.summary, "In other words");
    assert_str(read.text, "The whole story");
}

static void a_page_that_says_less_changes_nothing(void **state)
{
    struct fixture *f = *state;
    int64_t article = add_article(f, "1", "In short");
    OK(store_page_want(f->store, article, false, &f->err));
    struct store_page_in in = {.article = article, .now = NOW + 5};
    OK(store_page_put(f->store, &in, &f->err));
    struct store_article read;
    OK(store_article_read(f->store, &f->arena, article, &read, &f->err));
    assert_str(read.text, "In short");
    assert_int_equal(read.updated, DW_TIME_NONE);
    assert_int_equal(wanted_at(f, NOW + 5).len, 0);
    struct dw_entry entry = entry_of(DW_STR("1"), DW_STR("https://a.example/1"), DW_STR("Deal"));
    int64_t feed = number_of(f, "SELECT id FROM feeds");
    assert_int_equal(put_entry(f, feed, &entry, NULL), STORE_UPDATED);
}

static void pages_of_a_feed_that_is_removed_go_with_it(void **state)
{
    struct fixture *f = *state;
    int64_t article = add_article(f, "1", "In short");
    OK(store_page_want(f->store, article, false, &f->err));
    OK(store_feed_remove(f->store, number_of(f, "SELECT id FROM feeds"), &f->err));
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM pages"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(a_page_is_wanted_until_it_was_read),
        STORE_TEST(it_is_wanted_again_only_by_the_user),
        STORE_TEST(one_that_must_wait_is_not_handed_out_before),
        STORE_TEST(its_text_takes_the_summary_s_place_in_the_article_and_in_searches),
        STORE_TEST(other_words_of_the_feed_leave_the_page_s_text),
        STORE_TEST(a_page_that_says_less_changes_nothing),
        STORE_TEST(pages_of_a_feed_that_is_removed_go_with_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
