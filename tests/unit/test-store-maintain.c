/* Care of the store: checks, rebuilding, retention, and what can be had back of a damaged file. */
#include <fcntl.h>

#include "store-test.h"

/* An article with a figure told in its text. */
static int64_t add_told(struct fixture *f, int64_t feed, const char *title, int64_t published)
{
    struct dw_entry entry =
        entry_of(dw_str_from_c(title), dw_str_format(&f->arena, "https://x.example/%s", title),
                 dw_str_from_c(title));
    entry.content = DW_STR("Tarn raises a billion. Much more text follows.");
    entry.published = published;
    int64_t article = 0;
    put_entry(f, feed, &entry, &article);
    struct dw_mention mention = {12, 21, 0, 22, false};
    struct dw_figure deal = figure_of(f, DW_KIND_ROUND, 1e9, DW_STR(""), DW_STR("Tarn"));
    deal.mentions = &mention;
    deal.mention_count = 1;
    struct store_figures_in in = {.article = article, .figures = &deal, .count = 1};
    struct store_ids orphaned;
    int64_t id = 0;
    OK(store_figures_put(f->store, &f->arena, &in, &id, &orphaned, &f->err));
    return article;
}

static void a_sound_store_has_no_problems_and_wrong_counts_are_mended(void **state)
{
    struct fixture *f = *state;
    struct dw_strs problems;
    add_told(f, add_feed(f, DW_STR("https://a.example/feed")), "one", NOW - STORE_DAY);
    OK(store_check(f->store, &f->arena, &problems, &f->err));
    assert_int_equal(problems.len, 0);
    OK(store_run(f->store, "UPDATE meta SET value = 77 WHERE name = 'figures'", &f->err, "test"));
    OK(store_check(f->store, &f->arena, &problems, &f->err));
    assert_int_equal(problems.len, 1);
    OK(store_rebuild(f->store, &f->err));
    OK(store_check(f->store, &f->arena, &problems, &f->err));
    assert_int_equal(problems.len, 0);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM search WHERE search MATCH 'billion'"), 1);
}

static void old_articles_lose_their_text_and_keep_what_they_told(void **state)
{
    struct fixture *f = *state;
    int64_t feed = add_feed(f, DW_STR("https://a.example/feed"));
    int64_t old = add_told(f, feed, "one", NOW - 400 * STORE_DAY);
    int64_t starred = add_told(f, feed, "two", NOW - 400 * STORE_DAY);
    int64_t young = add_told(f, feed, "three", NOW - STORE_DAY);
    OK(store_article_mark_starred(f->store, starred, true, &f->err));
    size_t count = 0;
    OK(store_trim(f->store, NOW - 365 * STORE_DAY, 10, &count, &f->err));
    assert_int_equal(count, 1);
    OK(store_trim(f->store, NOW - 365 * STORE_DAY, 10, &count, &f->err));
    assert_int_equal(count, 0);
    struct store_article article;
    OK(store_article_read(f->store, &f->arena, old, &article, &f->err));
    assert_int_equal(article.text.len, 0);
    assert_str(article.row.title, "one");
    assert_int_equal(article.figures.len, 1);
    assert_str(article.figures.at[0].surface, "a billion");
    assert_str(article.figures.at[0].sentence, "Tarn raises a billion.");
    assert_int_equal(article.figures.at[0].figure.mention_count, 0);
    OK(store_article_read(f->store, &f->arena, starred, &article, &f->err));
    assert_true(article.text.len > 0);
    OK(store_article_read(f->store, &f->arena, young, &article, &f->err));
    assert_int_equal(article.figures.at[0].figure.mention_count, 1);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM search WHERE search MATCH 'follows'"), 2);
    /* what has no text is not read anew */
    struct store_reading reading;
    OK(store_reading_next(f->store, &f->arena, 0, &reading, &f->err));
    assert_int_equal(reading.article, starred);
}

static void a_damaged_store_gives_back_what_can_be_read(void **state)
{
    struct fixture *f = *state;
    int64_t feed = add_feed(f, DW_STR("https://a.example/feed"));
    OK(store_begin(f->store, &f->err));
    for (int i = 0; i < 400; i++)
        add_told(f, feed, dw_str_format(&f->arena, "title%d", i).at, NOW - i * 3600);
    OK(store_commit(f->store, &f->err));
    int64_t middle = number_of(f, "SELECT rootpage FROM sqlite_master WHERE name = 'texts'");
    store_close(f->store);
    f->store = NULL;
    /* some pages in the middle of the file are gone */
    int fd = open(f->path_bytes, O_RDWR);
    assert_true(fd >= 0);
    static const char zeros[3 * 8192] = {0};
    struct stat info;
    assert_int_equal(fstat(fd, &info), 0);
    assert_true(middle > 0);
    assert_int_equal(pwrite(fd, zeros, sizeof zeros, info.st_size / 2 / 8192 * 8192), sizeof zeros);
    close(fd);
    struct store_recovered recovered;
    struct dw_str fresh = dw_str_format(&f->arena, "%.*s.fresh", DW_FMT(f->path));
    OK(store_recover(f->path, fresh, &f->clock, &recovered, &f->err));
    assert_true(recovered.articles > 100);
    f->store = store_open(fresh, STORE_WRITE, &f->clock, &f->err);
    assert_non_null(f->store);
    struct dw_strs problems;
    OK(store_check(f->store, &f->arena, &problems, &f->err));
    assert_int_equal(problems.len, 0);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM feeds"), 1);
    store_close(f->store);
    f->store = NULL;
    unlink(fresh.at);
    unlink(dw_str_format(&f->arena, "%.*s.lock", DW_FMT(fresh)).at);
    struct dw_str nothing = dw_str_format(&f->arena, "%.*s.nothing", DW_FMT(f->path));
    FAILS(store_recover(nothing, fresh, &f->clock, &recovered, &f->err),
          "nothing can be recovered");
    unlink(fresh.at);
    unlink(dw_str_format(&f->arena, "%.*s.lock", DW_FMT(fresh)).at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(a_sound_store_has_no_problems_and_wrong_counts_are_mended),
        STORE_TEST(old_articles_lose_their_text_and_keep_what_they_told),
        STORE_TEST(a_damaged_store_gives_back_what_can_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
