/* feeds.opml is the truth about which feeds there are; the store mirrors it. */
#include "unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "engine/engine.h"
#include "folder.h"
#include "store/store.h"

struct fixture {
    struct folder folder;
    struct dw_arena arena;
    struct dw_str config;
    struct store *store;
    struct dw_error err;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    dw_arena_init(&f->arena, 64u << 20);
    folder_make(&f->folder);
    f->config = dw_str_format(&f->arena, "%s/config", f->folder.path);
    struct dw_str store = dw_str_format(&f->arena, "%s/store.db", f->folder.path);
    f->store = store_open(store, STORE_WRITE, NULL, &f->err);
    assert_non_null(f->store);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    store_close(f->store);
    folder_remove(&f->folder);
    dw_arena_release(&f->arena);
    free(f);
    return 0;
}

static struct dw_str list_path(struct fixture *f)
{
    return dw_str_format(&f->arena, "%.*s/feeds.opml", DW_FMT(f->config));
}

static void write_list(struct fixture *f, const char *outlines)
{
    struct dw_str text =
        dw_str_format(&f->arena, "<opml version=\"2.0\"><head/><body>%s</body></opml>\n", outlines);
    assert_true(dw_folder_make(f->config, &f->err));
    assert_true(dw_file_write(list_path(f), text, &f->err));
}

static struct dw_str read_list(struct fixture *f)
{
    struct dw_str bytes = {0};
    assert_true(dw_file_read(&f->arena, list_path(f), 1u << 22, &bytes, &f->err));
    return bytes;
}

static struct store_feeds feeds_of(struct fixture *f)
{
    struct store_feeds feeds = {0};
    assert_true(store_feed_list(f->store, &f->arena, &feeds, &f->err));
    return feeds;
}

static void load(struct fixture *f)
{
    if (!engine_subscriptions_load(f->store, f->config, &f->err))
        fail_msg("%s", f->err.message);
}

static int64_t subscribe(struct fixture *f, const char *address)
{
    struct dw_opml_feed feed = {.url = dw_str_from_c(address)};
    int64_t id = 0;
    if (!engine_subscribe(f->store, f->config, &feed, &id, &f->err))
        fail_msg("%s", f->err.message);
    assert_true(id > 0);
    return id;
}

static void refuse(struct fixture *f, const char *address, const char *why)
{
    struct dw_opml_feed feed = {.url = dw_str_from_c(address)};
    int64_t id = 0;
    assert_false(engine_subscribe(f->store, f->config, &feed, &id, &f->err));
    if (strstr(f->err.message, why) == NULL)
        fail_msg("%s: no \"%s\" in \"%s\"", address, why, f->err.message);
}

static void no_configuration_at_all_sets_the_default_list_up(void **state)
{
    struct fixture *f = *state;
    load(f);
    struct store_feeds feeds = feeds_of(f);
    assert_true(feeds.len >= 50);
    assert_true(feeds.at[0].tags.len > 0);
    assert_true(read_list(f).len > 0);
}

static void an_empty_list_means_no_feeds(void **state)
{
    struct fixture *f = *state;
    write_list(f, "");
    load(f);
    assert_int_equal(feeds_of(f).len, 0);
}

static void a_folder_with_other_settings_gets_no_default_list(void **state)
{
    struct fixture *f = *state;
    assert_true(dw_folder_make(f->config, &f->err));
    struct dw_str other = dw_str_format(&f->arena, "%.*s/companies.tsv", DW_FMT(f->config));
    assert_true(dw_file_write(other, DW_STR("\n"), &f->err));
    load(f);
    assert_int_equal(feeds_of(f).len, 0);
}

static void folders_become_tags_and_a_changed_list_is_followed(void **state)
{
    struct fixture *f = *state;
    write_list(f, "<outline text='Chips'><outline text='A' xmlUrl='https://a.example/f'/></outline>"
                  "<outline text='B' xmlUrl='https://b.example/f' htmlUrl='https://b.example/'/>");
    load(f);
    struct store_feeds feeds = feeds_of(f);
    assert_int_equal(feeds.len, 2);
    assert_str(feeds.at[0].title, "A");
    assert_int_equal(feeds.at[0].tags.len, 1);
    assert_str(feeds.at[0].tags.at[0], "Chips");
    assert_str(feeds.at[1].home, "https://b.example/");
    int64_t b = feeds.at[1].id;
    write_list(f, "<outline text='Bee' xmlUrl='https://b.example/f'/>"
                  "<outline text='C' xmlUrl='https://c.example/f'/>");
    load(f);
    feeds = feeds_of(f);
    assert_int_equal(feeds.len, 2);
    assert_str(feeds.at[0].title, "Bee");
    assert_int_equal(feeds.at[0].id, b);
    assert_str(feeds.at[1].title, "C");
}

static void a_list_that_was_mirrored_is_not_written_again(void **state)
{
    struct fixture *f = *state;
    write_list(f, "<outline text='A' xmlUrl='https://a.example/f'/>");
    load(f);
    int64_t version = store_data_version(f->store);
    load(f);
    assert_int_equal(store_data_version(f->store), version);
}

static void a_list_that_is_cut_off_or_none_loses_no_feed(void **state)
{
    struct fixture *f = *state;
    write_list(f, "<outline text='A' xmlUrl='https://a.example/f'/>");
    load(f);
    static const struct dw_str broken[] = {DW_STR_INIT("<opml version='2.0'><body><outline text='"),
                                           DW_STR_INIT("no list at all")};
    for (size_t i = 0; i < 2; i++) {
        assert_true(dw_file_write(list_path(f), broken[i], &f->err));
        assert_false(engine_subscriptions_load(f->store, f->config, &f->err));
        assert_non_null(strstr(f->err.message, "feeds.opml"));
        assert_int_equal(feeds_of(f).len, 1);
        refuse(f, "https://b.example/f", "feeds.opml");
        assert_true(dw_str_eq(read_list(f), broken[i]));
    }
}

static void adding_writes_the_list_and_keeps_the_address_as_given(void **state)
{
    struct fixture *f = *state;
    subscribe(f, "http://127.0.0.1:8080/Feed.xml?b=2&a=1");
    assert_int_equal(feeds_of(f).len, 1);
    assert_str(feeds_of(f).at[0].url, "http://127.0.0.1:8080/Feed.xml?b=2&a=1");
    assert_true(dw_str_find(read_list(f), DW_STR("http://127.0.0.1:8080/Feed.xml?b=2&amp;a=1"),
                            0) != SIZE_MAX);
    load(f);
    assert_int_equal(feeds_of(f).len, 1);
}

static void what_the_user_wrote_into_the_list_meanwhile_is_kept(void **state)
{
    struct fixture *f = *state;
    subscribe(f, "https://a.example/feed");
    write_list(f, "<outline text='Z' xmlUrl='https://z.example/f'/>");
    subscribe(f, "https://b.example/feed");
    struct store_feeds feeds = feeds_of(f);
    assert_int_equal(feeds.len, 2);
    assert_str(feeds.at[0].title, "https://b.example/feed");
    assert_str(feeds.at[1].url, "https://z.example/f");
    load(f);
    assert_int_equal(feeds_of(f).len, 2);
}

static void a_file_that_the_user_names_becomes_a_whole_path(void **state)
{
    struct fixture *f = *state;
    char path[1200];
    snprintf(path, sizeof path, "%s/./feed.xml", f->folder.path);
    assert_true(dw_file_write(dw_str_from_c(path), DW_STR("<rss/>"), &f->err));
    int64_t id = subscribe(f, path);
    struct store_feed feed;
    assert_true(store_feed_get(f->store, &f->arena, id, &feed, &f->err));
    assert_true(feed.local);
    assert_true(dw_str_starts(feed.url, DW_STR("/")));
    assert_true(dw_str_find(feed.url, DW_STR("/./"), 0) == SIZE_MAX);
    load(f);
    assert_int_equal(feeds_of(f).len, 1);
    assert_true(feeds_of(f).at[0].local);
}

static void what_cannot_be_fetched_is_refused_with_a_reason(void **state)
{
    struct fixture *f = *state;
    refuse(f, "", "no address");
    refuse(f, "gopher://example.org/feed", "http(s)");
    refuse(f, "javascript:alert(1)", "http(s)");
    refuse(f, "example.org/feed", "http(s)");
    refuse(f, "http://", "no host");
    refuse(f, "https://a.example/\x1b[31m", "no address");
    subscribe(f, "http://a.example/feed");
    refuse(f, "http://a.example/feed", "already");
    refuse(f, "https://A.example/feed", "already");
    assert_int_equal(feeds_of(f).len, 1);
}

static void removing_takes_the_feed_out_of_list_and_store(void **state)
{
    struct fixture *f = *state;
    subscribe(f, "https://a.example/feed");
    int64_t id = subscribe(f, "https://b.example/feed");
    assert_true(engine_unsubscribe(f->store, f->config, id, &f->err));
    assert_int_equal(feeds_of(f).len, 1);
    assert_true(dw_str_find(read_list(f), DW_STR("b.example"), 0) == SIZE_MAX);
    assert_true(dw_str_find(read_list(f), DW_STR("a.example"), 0) != SIZE_MAX);
    assert_false(engine_unsubscribe(f->store, f->config, 4711, &f->err));
}

static struct engine_import import(struct fixture *f, struct dw_str opml)
{
    struct engine_import list = {.opml = opml, .arena = &f->arena};
    if (!engine_subscriptions_import(f->store, f->config, &list, &f->err))
        fail_msg("%s", f->err.message);
    return list;
}

static void importing_adds_what_is_new_and_never_files(void **state)
{
    struct fixture *f = *state;
    subscribe(f, "https://a.example/feed");
    struct dw_str list =
        DW_STR("<opml version='2.0'><body><outline text='x' xmlUrl='http://a.example/feed/'/>"
               "<outline text='Labs'><outline text='B' xmlUrl='https://b.example/feed'/></outline>"
               "<outline text='twice' xmlUrl='https://b.example/feed'/>"
               "<outline text='file' xmlUrl='/etc/passwd'/>"
               "<outline text='exec' xmlUrl='exec:rm -rf ~'/></body></opml>");
    struct engine_import done = import(f, list);
    assert_int_equal(done.added, 1);
    assert_int_equal(done.known, 1);
    assert_int_equal(done.left_out, 2);
    assert_int_equal(done.warnings.len, 1);
    assert_str(done.warnings.at[0], "line 1: exec:rm -rf ~ is no http or https address");
    assert_int_equal(feeds_of(f).len, 2);
    done.opml = DW_STR("<html/>");
    assert_false(engine_subscriptions_import(f->store, f->config, &done, &f->err));
    assert_int_equal(feeds_of(f).len, 2);
}

static void what_was_exported_imports_the_same_elsewhere(void **state)
{
    struct fixture *f = *state;
    write_list(f, "<outline text='Chips &amp; more'><outline text='A &lt;b&gt;'"
                  " xmlUrl='https://a.example/f?x=1&amp;y=2' category='fast'/></outline>");
    load(f);
    struct dw_str opml;
    assert_true(engine_subscriptions_export(f->store, &f->arena, &opml, &f->err));
    struct store_feed before = feeds_of(f).at[0];
    assert_true(engine_unsubscribe(f->store, f->config, before.id, &f->err));
    assert_int_equal(feeds_of(f).len, 0);
    (void)import(f, opml);
    struct store_feed after = feeds_of(f).at[0];
    assert_true(dw_str_eq(after.url, before.url));
    assert_true(dw_str_eq(after.title, before.title));
    assert_int_equal(after.tags.len, before.tags.len);
}

/* A name of letters and all that lists have stumbled over, from a number. */
static struct dw_str odd_name(struct fixture *f, size_t number)
{
    static const char *const parts[] = {
        "a",    ",",   "/",    "\"", "&", "<b>", "'", "\n", "\u00e9 ", "\U0001F469\u200d\U0001F52C",
        "\x01", "]]>", "&amp;"};
    const size_t count = sizeof parts / sizeof parts[0];
    struct dw_str name = DW_STR("n");
    for (; number > 0; number /= count)
        name = dw_str_format(&f->arena, "%.*s%s", DW_FMT(name), parts[number % count]);
    return dw_text_clean(&f->arena, name, DW_CLEAN_LINE);
}

static void subscribe_to_odd_names(struct fixture *f, size_t count)
{
    assert_true(store_begin(f->store, &f->err));
    for (size_t i = 0; i < count; i++) {
        struct store_feed_settings settings = {
            .url = dw_str_format(&f->arena, "https://a.example/%zu?x=1&y='\"", i),
            .title = odd_name(f, i * 7919),
            .home = DW_STR("https://a.example/?a=1&b=2")};
        for (size_t j = 0; j < i % 4; j++)
            dw_strs_push(&f->arena, &settings.tags, odd_name(f, i * 31 + j * 1009));
        int64_t id;
        assert_true(store_feed_put(f->store, &settings, &id, NULL, &f->err));
    }
    assert_true(store_commit(f->store, &f->err));
}

static void odd_titles_and_tags_survive_export_and_import(void **state)
{
    struct fixture *f = *state;
    const size_t count = 400;
    struct dw_str opml;
    subscribe_to_odd_names(f, count);
    struct store_feeds before = feeds_of(f);
    assert_true(engine_subscriptions_export(f->store, &f->arena, &opml, &f->err));
    store_close(f->store);
    f->store = store_open(dw_str_format(&f->arena, "%s/other.db", f->folder.path), STORE_WRITE,
                          NULL, &f->err);
    assert_non_null(f->store);
    (void)import(f, opml);
    struct store_feeds after = feeds_of(f);
    assert_int_equal(after.len, count);
    assert_int_equal(before.len, count);
    for (size_t i = 0; i < count; i++) {
        const struct store_feed *a = &before.at[i];
        size_t j = 0;
        while (j < count && !dw_str_eq(a->url, after.at[j].url))
            j++;
        assert_true(j < count);
        const struct store_feed *b = &after.at[j];
        assert_true(dw_str_eq(a->title, b->title));
        assert_true(dw_str_eq(a->home, b->home));
        assert_int_equal(a->tags.len, b->tags.len);
        for (size_t k = 0; k < a->tags.len; k++)
            assert_true(dw_strs_has(&b->tags, a->tags.at[k]));
    }
}

static void a_list_as_long_as_may_be_is_imported_and_takes_no_more(void **state)
{
    struct fixture *f = *state;
    const size_t count = DW_LIMIT_OPML_FEEDS;
    struct dw_buf text;
    dw_buf_init(&text, DW_LIMIT_BODY_BYTES);
    dw_buf_add(&text, DW_STR("<opml><body>"));
    for (size_t i = 0; i < count; i++)
        dw_buf_add_format(&text, "<outline xmlUrl='https://a.example/%zu' category='c & %zu'/>", i,
                          i % 7);
    dw_buf_add(&text, DW_STR("</body></opml>"));
    struct engine_import done = import(f, dw_buf_str(&text));
    assert_int_equal(done.added, count);
    assert_int_equal(done.left_out, 0);
    assert_true(done.warnings.len > 0);
    dw_buf_release(&text);
    refuse(f, "https://b.example/f", "no room for more");
}

static void addresses_with_the_scheme_of_another_reader_are_understood(void **state)
{
    struct fixture *f = *state;
    subscribe(f, "feed://a.example/f");
    subscribe(f, "feed:https://b.example/f");
    refuse(f, "http://a.example/f", "in the list already");
    refuse(f, "https://b.example/f", "in the list already");
    refuse(f, "feed:exec:rm", "neither an http(s) address");
}

static void descriptions_stay_in_the_list_when_it_is_written_anew(void **state)
{
    struct fixture *f = *state;
    write_list(f, "<outline type='atom' text='A' xmlUrl='https://a.example/f' language='de'"
                  " description='what it &quot;is&quot;'/>");
    load(f);
    subscribe(f, "https://b.example/f");
    struct dw_str list = read_list(f);
    assert_true(dw_str_find(list, DW_STR("type=\"atom\" text=\"A\""), 0) != SIZE_MAX);
    assert_true(dw_str_find(list, DW_STR("description=\"what it &quot;is&quot;\""), 0) != SIZE_MAX);
    assert_true(dw_str_find(list, DW_STR("language=\"de\""), 0) != SIZE_MAX);
}

static void a_list_that_cannot_be_written_changes_nothing(void **state)
{
    struct fixture *f = *state;
    write_list(f, "<outline text='A' xmlUrl='https://a.example/f'/>");
    load(f);
    f->config = dw_str_format(&f->arena, "%s/store.db/config", f->folder.path);
    struct dw_opml_feed feed = {.url = DW_STR("https://b.example/f")};
    int64_t id = 0;
    assert_false(engine_subscribe(f->store, f->config, &feed, &id, &f->err));
    assert_int_equal(feeds_of(f).len, 1);
}

static void failing_allocations_change_nothing_by_halves(void **state)
{
    struct fixture *f = *state;
    subscribe(f, "https://a.example/feed");
    bool done = false;
    for (size_t count = 0; !done && count < 500; count++) {
        struct dw_opml_feed feed = {.url = DW_STR("https://b.example/feed")};
        int64_t id = 0;
        unit_fail_after(count);
        done = engine_subscribe(f->store, f->config, &feed, &id, &f->err);
        unit_fail_after(SIZE_MAX);
        bool in_list = dw_str_find(read_list(f), DW_STR("b.example"), 0) != SIZE_MAX;
        assert_int_equal(feeds_of(f).len, done ? 2 : 1);
        if (done)
            assert_true(in_list);
    }
    assert_true(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(no_configuration_at_all_sets_the_default_list_up),
        TEST(an_empty_list_means_no_feeds),
        TEST(a_folder_with_other_settings_gets_no_default_list),
        TEST(folders_become_tags_and_a_changed_list_is_followed),
        TEST(a_list_that_was_mirrored_is_not_written_again),
        TEST(a_list_that_is_cut_off_or_none_loses_no_feed),
        TEST(adding_writes_the_list_and_keeps_the_address_as_given),
        TEST(what_the_user_wrote_into_the_list_meanwhile_is_kept),
        TEST(a_file_that_the_user_names_becomes_a_whole_path),
        TEST(what_cannot_be_fetched_is_refused_with_a_reason),
        TEST(removing_takes_the_feed_out_of_list_and_store),
        TEST(importing_adds_what_is_new_and_never_files),
        TEST(what_was_exported_imports_the_same_elsewhere),
        TEST(odd_titles_and_tags_survive_export_and_import),
        TEST(a_list_as_long_as_may_be_is_imported_and_takes_no_more),
        TEST(addresses_with_the_scheme_of_another_reader_are_understood),
        TEST(descriptions_stay_in_the_list_when_it_is_written_anew),
        TEST(a_list_that_cannot_be_written_changes_nothing),
        TEST(failing_allocations_change_nothing_by_halves),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
