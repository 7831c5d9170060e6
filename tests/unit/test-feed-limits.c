/* Tests of feeds that are more than any honest one: what is cut, left out or refused. */
#include "unit-feed.h"

static void entities_stop_growing_at_the_limit(void **state)
{
    (void)state;
    struct dw_str entity = unit_repeat(DW_STR("<!DOCTYPE rss [<!ENTITY a '"), DW_STR("aaaaaaaaaa"),
                                       10000, DW_STR("'>]><rss><channel><description>"));
    struct dw_str bytes =
        unit_repeat(entity, DW_STR("&a; "), 1000, DW_STR("</description></channel></rss>"));
    struct dw_feed feed = unit_parse_as(bytes, "");
    assert_true(feed.description.len <= DW_LIMIT_FIELD_BYTES);
    assert_true(unit_warned(&feed, "entities beyond"));
}

static void too_many_entries_are_left_out(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse_as(
        unit_repeat(DW_STR("<rss><channel>"), DW_STR("<item/>"), 12000, DW_STR("</channel></rss>")),
        "");
    assert_int_equal(feed.entry_count, DW_LIMIT_ENTRIES);
    assert_int_equal(feed.warnings.len, 1);
}

static void elements_without_number_hide_nothing(void **state)
{
    (void)state;
    struct dw_feed feed =
        unit_parse_as(unit_repeat(DW_STR("<rss><channel>"), DW_STR("<a/>"), 400000,
                                  DW_STR("<title>T</title><item/></channel></rss>")),
                      "");
    assert_str(feed.title, "T");
    assert_int_equal(feed.entry_count, 1);
}

static void more_namespaces_than_any_feed_has_end_the_document(void **state)
{
    (void)state;
    struct dw_str bytes = DW_STR("<rss><channel><title>T</title>");
    for (int level = 0; level < 20; level++) {
        struct dw_buf tag;
        dw_buf_init(&tag, 1u << 16);
        dw_buf_add(&tag, bytes);
        dw_buf_add(&tag, DW_STR("<a"));
        for (int i = 0; i < 150; i++)
            dw_buf_add_format(&tag, " xmlns:n%d-%d='u:%d'", level, i, i);
        dw_buf_add_char(&tag, '>');
        bytes = dw_str_dup(&arena, dw_buf_str(&tag));
        dw_buf_release(&tag);
    }
    struct dw_feed feed = unit_parse_as(bytes, "");
    assert_str(feed.title, "T");
    assert_true(unit_warned(&feed, "was left out"));
}

static void an_element_of_many_megabytes_is_cut_and_the_next_is_read(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse_as(
        unit_repeat(DW_STR("<rss><channel><item><description><![CDATA["), DW_STR("<p>abcdefg</p>"),
                    700000, DW_STR("]]></description><title>T</title></item></channel></rss>")),
        "");
    assert_true(feed.entries[0].summary.len <= DW_LIMIT_FIELD_BYTES);
    assert_str(feed.entries[0].title, "T");
    assert_true(unit_warned(&feed, "was cut"));
}

static void a_feed_beyond_the_limit_is_refused_in_words(void **state)
{
    (void)state;
    struct dw_feed feed;
    struct dw_error err = {0};
    struct dw_feed_input input = {.bytes = unit_repeat(DW_STR("<rss><channel>"), DW_STR("<item/>"),
                                                       DW_LIMIT_BODY_BYTES / 7, DW_STR("")),
                                  .now = DW_TIME_NONE};
    assert_false(dw_feed_parse(&arena, &input, &feed, &err));
    assert_int_equal(err.code, DW_ERR_LIMIT);
    assert_string_equal(err.message, "larger than 16 MiB");
}

static void entries_beyond_the_limit_take_no_memory(void **state)
{
    (void)state;
    struct dw_str bytes = unit_repeat(
        DW_STR("<rss><channel>"), DW_STR("<item><title>Some title</title><link>/x</link></item>"),
        100000, DW_STR("<title>T</title></channel></rss>"));
    size_t before = arena.total;
    struct dw_feed feed = unit_parse_as(bytes, "");
    assert_int_equal(feed.entry_count, DW_LIMIT_ENTRIES);
    assert_str(feed.title, "T");
    assert_true(arena.total - before < 16u << 20);
}

static void values_without_number_take_no_memory_either(void **state)
{
    (void)state;
    static const char *const parts[] = {"<link>data:x</link>", "<enclosure url='a b'/>",
                                        "<pubDate>x</pubDate>", "<category>c</category>",
                                        "<id>x</id>"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        struct dw_str bytes = unit_repeat(DW_STR("<rss><channel><item>"), dw_str_from_c(parts[i]),
                                          320000, DW_STR("</item><item/></channel></rss>"));
        size_t before = arena.total;
        struct dw_feed feed = unit_parse_as(bytes, "");
        assert_int_equal(feed.entry_count, 2);
        if (arena.total - before > 48u << 20)
            fail_msg("%zu bytes for %s", arena.total - before, parts[i]);
        dw_arena_release(&arena);
    }
}

static void names_without_number_end_the_document(void **state)
{
    (void)state;
    struct dw_buf bytes;
    dw_buf_init(&bytes, 4u << 20);
    dw_buf_add(&bytes, DW_STR("<rss><channel><title>T</title>"));
    for (int i = 0; i < 100000; i++)
        dw_buf_add_format(&bytes, "<a%d/>", i);
    struct dw_feed feed = unit_parse_as(dw_buf_str(&bytes), "");
    dw_buf_release(&bytes);
    assert_str(feed.title, "T");
    assert_true(unit_warned(&feed, "more names or namespaces"));
}

/* What would be looked for again and again to the end of the text, or grow without end. */
static void nothing_open_is_looked_for_twice(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "<!--",          "<?x ", "<![CDATA[", "<a b=\"",         "<b><![CDATA[</b>",
        "<title><link>", "]]>",  "&",         "<!DOCTYPE rss [", "</rss>",
        "<rss>",         "<"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        struct dw_str bytes = unit_repeat(DW_STR("<rss><channel><title>T</title>"),
                                          dw_str_from_c(parts[i]), 40000, DW_STR(""));
        struct dw_feed feed = unit_parse_as(bytes, "");
        assert_str(feed.title, "T");
        dw_arena_release(&arena);
    }
}

static void tags_without_an_end_are_looked_at_once(void **state)
{
    (void)state;
    struct dw_str part =
        unit_repeat(DW_STR("<a b=\""), DW_STR("x"), 500, DW_STR("")); /* no quote, no '>' */
    struct dw_feed feed = unit_parse_as(
        unit_repeat(DW_STR("<rss><channel><title>T</title>"), part, 20000, DW_STR("")), "");
    assert_str(feed.title, "T");
}

static void what_follows_an_enormous_cdata_section_is_read(void **state)
{
    (void)state;
    struct dw_str bytes =
        unit_repeat(DW_STR("<rss><channel><item><description><![CDATA["), DW_STR("<p>abcdefg</p>"),
                    850000, DW_STR("]]></description><title>T</title></item></channel></rss>"));
    struct dw_feed feed = unit_parse_as(bytes, "");
    assert_str(feed.entries[0].title, "T");
    assert_true(unit_warned(&feed, "was cut"));
}

static void too_many_attributes_are_left_out_and_the_tag_stays(void **state)
{
    (void)state;
    struct dw_str head = DW_STR("<rss><channel><item><enclosure url='https://ex.org/a' ");
    struct dw_feed feed =
        unit_parse_as(unit_repeat(head, DW_STR("a='>' "), 100000,
                                  DW_STR("/><title>T</title></item></channel></rss>")),
                      "");
    assert_int_equal(feed.entry_count, 1);
    assert_str(feed.entries[0].title, "T");
    assert_true(unit_warned(&feed, "attributes beyond"));
}

static void elements_nested_too_deep_are_left_out(void **state)
{
    (void)state;
    struct dw_str deep = unit_repeat(DW_STR("<rss><channel><item><description>"), DW_STR("<b>"),
                                     100000, DW_STR("x"));
    struct dw_str bytes =
        unit_repeat(deep, DW_STR("</b>"), 100000,
                    DW_STR("</description><title>T</title></item><item/></channel></rss>"));
    struct dw_feed feed = unit_parse_as(bytes, "");
    assert_int_equal(feed.entry_count, 2);
    assert_str(feed.entries[0].title, "T");
    assert_str(feed.entries[0].summary, "x");
    assert_true(unit_warned(&feed, "nested deeper than"));
}

static void a_root_that_ends_a_thousand_times_is_read_in_linear_time(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse_as(
        unit_repeat(DW_STR("<rss><channel>"), DW_STR("<item><title>x</rss>"), 9000, DW_STR("")),
        "");
    assert_int_equal(feed.entry_count, 9000);
}

static void a_long_text_is_cut_between_characters(void **state)
{
    (void)state;
    struct dw_str text =
        unit_repeat(DW_STR("<rss><channel><item><description>"), DW_STR("\xc3\xa9"), 600000,
                    DW_STR("</description></item></channel></rss>"));
    struct dw_feed feed = unit_parse_as(text, "");
    assert_true(feed.entries[0].summary.len <= DW_LIMIT_FIELD_BYTES);
    assert_true(dw_utf8_valid(feed.entries[0].summary));
    assert_true(unit_warned(&feed, "was cut"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(entities_stop_growing_at_the_limit),
        TEST(too_many_entries_are_left_out),
        TEST(elements_without_number_hide_nothing),
        TEST(more_namespaces_than_any_feed_has_end_the_document),
        TEST(an_element_of_many_megabytes_is_cut_and_the_next_is_read),
        TEST(a_feed_beyond_the_limit_is_refused_in_words),
        TEST(entries_beyond_the_limit_take_no_memory),
        TEST(values_without_number_take_no_memory_either),
        TEST(names_without_number_end_the_document),
        TEST(nothing_open_is_looked_for_twice),
        TEST(tags_without_an_end_are_looked_at_once),
        TEST(what_follows_an_enormous_cdata_section_is_read),
        TEST(too_many_attributes_are_left_out_and_the_tag_stays),
        TEST(elements_nested_too_deep_are_left_out),
        TEST(a_root_that_ends_a_thousand_times_is_read_in_linear_time),
        TEST(a_long_text_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
