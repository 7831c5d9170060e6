/* Tests of JSON Feed 1.0 and 1.1. */
#include "unit-feed.h"

#define JSON(version, items)                                                     \
    "{\"version\":\"https://jsonfeed.org/version/" version "\",\"title\":\"T\"," \
    "\"home_page_url\":\"https://ex.org\",\"language\":\"en\",\"description\":\"D\"," items "}"

static void json_feeds_give_every_field(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(
        JSON("1.1", "\"items\":[{\"id\":\"a\",\"url\":\"/7\",\"title\":\"I\\u001b[31m\","
                    "\"content_html\":\"<p>x</p><p>y</p>\",\"summary\":\"S\","
                    "\"date_published\":\"2025-11-26T06:42:00Z\","
                    "\"date_modified\":\"2025-11-26T07:42:00Z\",\"tags\":[\"a\",\"a\",\"b\"],"
                    "\"authors\":[{\"name\":\"A\"},{\"name\":\"B\"},{\"name\":\"A\"}],"
                    "\"attachments\":[{\"url\":\"/m.mp3\",\"mime_type\":\"audio/mpeg\","
                    "\"size_in_bytes\":5}]}]"));
    assert_int_equal(feed.format, DW_FEED_JSON_11);
    assert_str(feed.title, "T");
    assert_str(feed.link, "https://ex.org");
    assert_str(feed.language, "en");
    assert_str(feed.description, "D");
    const struct dw_entry *entry = &feed.entries[0];
    assert_str(entry->id, "a");
    assert_str(entry->link, "https://ex.org/7");
    assert_str(entry->title, "I[31m");
    assert_str(entry->content, "x\n\ny");
    assert_str(entry->summary, "S");
    assert_str(entry->author, "A, B");
    assert_int_equal(entry->categories.len, 2);
    assert_int_equal(entry->published, 1764139320);
    assert_int_equal(entry->updated, 1764142920);
    assert_str(entry->enclosures[0].url, "https://ex.org/m.mp3");
    assert_int_equal(entry->enclosures[0].length, 5);
}

static void ids_may_be_numbers_and_texts_plain(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(JSON(
        "1", "\"author\":{\"name\":\"F\"},\"items\":[{\"id\":7,\"external_url\":\"https://o.org/\","
             "\"content_text\":\"a <b> c\"}]"));
    assert_int_equal(feed.format, DW_FEED_JSON_10);
    assert_str(feed.entries[0].id, "7");
    assert_str(feed.entries[0].link, "https://o.org/");
    assert_str(feed.entries[0].content, "a <b> c");
    assert_str(feed.entries[0].author, "F");
}

static void values_of_the_wrong_type_are_passed_over(void **state)
{
    (void)state;
    struct dw_feed feed =
        unit_parse(JSON("1.1", "\"items\":[1,null,\"x\",{\"id\":[],\"title\":{},\"tags\":[1],"
                               "\"authors\":[7],\"attachments\":[0,{}],\"url\":9}]"));
    assert_int_equal(feed.entry_count, 1);
    assert_str(feed.entries[0].title, "");
    assert_int_equal(feed.entries[0].enclosure_count, 0);
}

static void broken_json_is_refused_with_its_line(void **state)
{
    (void)state;
    struct dw_feed feed;
    struct dw_error err = {0};
    struct dw_feed_input input = {.bytes = DW_STR("{\"version\"\n\"https://jsonfeed.org\"}"),
                                  .now = DW_TIME_NONE};
    assert_false(dw_feed_parse(&arena, &input, &feed, &err));
    assert_true(dw_str_find(dw_str_from_c(err.message), DW_STR("line 2"), 0) != SIZE_MAX);
}

static void a_download_that_was_cut_gives_what_had_come(void **state)
{
    (void)state;
    const struct dw_str whole =
        DW_STR("{\"version\":\"https://jsonfeed.org/version/1.1\",\n\"items\":[{\"id\":\"a\","
               "\"title\":\"A\"},{\"id\":\"b\",\"tags\":[\"t\"],\"x\":12,\"content_text\":\"so "
               "far\"}]}");
    for (size_t len = 1; len < whole.len; len++) {
        struct dw_feed feed;
        struct dw_error err = {0};
        struct dw_feed_input input = {.bytes = dw_str_slice(whole, 0, len), .now = DW_TIME_NONE};
        bool read = dw_feed_parse(&arena, &input, &feed, &err);
        if (len > 100)
            assert_true(read && feed.entry_count > 0 && unit_warned(&feed, "line 2: the document"));
    }
    struct dw_feed feed = unit_parse_as(dw_str_slice(whole, 0, whole.len - 6), "");
    assert_int_equal(feed.entry_count, 2);
    assert_str(feed.entries[1].categories.at[0], "t");
    assert_str(feed.entries[1].content, "so f");
}

static void signs_that_json_forbids_do_not_take_the_feed_with_them(void **state)
{
    (void)state;
    struct dw_feed feed =
        unit_parse(JSON("1.1", "\"items\":[{\"id\":\"a\",\"title\":\"one\ttwo\",\"content_text\":"
                               "\"x\ny \\' \\ud83d z \\ud83d\\ude00\",},],"));
    assert_str(feed.entries[0].title, "one two");
    assert_str(feed.entries[0].content, "x\ny ' \xef\xbf\xbd z \xf0\x9f\x98\x80");
    assert_true(unit_warned(&feed, "control character in a string"));
    assert_true(unit_warned(&feed, "backslash escapes nothing"));
    assert_true(unit_warned(&feed, "half a character"));
    assert_true(unit_warned(&feed, "comma before the end"));
}

static void too_many_values_are_refused(void **state)
{
    (void)state;
    struct dw_feed feed;
    struct dw_error err = {0};
    struct dw_feed_input input = {
        .bytes = unit_repeat(DW_STR("{\"items\":["), DW_STR("{},"), 1000000, DW_STR("{}]}")),
        .now = DW_TIME_NONE};
    assert_false(dw_feed_parse(&arena, &input, &feed, &err));
    assert_int_equal(err.code, DW_ERR_LIMIT);
}

static void failing_allocations_end_the_feed_and_nothing_else(void **state)
{
    (void)state;
    unit_parse_without_memory("{\"items\":[{\"id\":\"a\tb\",\"title\":\"cut");
    unit_parse_without_memory(
        JSON("1.1", "\"items\":[{\"id\":\"a\",\"url\":\"/7\",\"content_html\":\"<p>x</p>\","
                    "\"tags\":[\"a\"],\"authors\":[{\"name\":\"A\"}]}]"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(json_feeds_give_every_field),
        TEST(ids_may_be_numbers_and_texts_plain),
        TEST(values_of_the_wrong_type_are_passed_over),
        TEST(broken_json_is_refused_with_its_line),
        TEST(a_download_that_was_cut_gives_what_had_come),
        TEST(signs_that_json_forbids_do_not_take_the_feed_with_them),
        TEST(too_many_values_are_refused),
        TEST(failing_allocations_end_the_feed_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
