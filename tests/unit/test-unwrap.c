/* Tests of feeds that web pages stand around. */
#include "unit-feed.h"

#define PAGE(inner) \
    "<!DOCTYPE html>\n<html><head><title>Not it</title></head><body>" inner "</body></html>"

#define ESCAPED                                                                          \
    "&lt;rss version=\"2.0\"&gt;&lt;channel&gt;&lt;title&gt;A &amp;amp; B&lt;/title&gt;" \
    "&lt;item&gt;&lt;title&gt;x&lt;/title&gt;&lt;description&gt;&amp;lt;p&amp;gt;one"    \
    "&amp;lt;/p&amp;gt;&lt;/description&gt;&lt;/item&gt;&lt;/channel&gt;&lt;/rss&gt;"

/* Reads a page that has to hold a feed with that title, and one entry "x". */
static struct dw_feed read_page(const char *page, const char *title)
{
    struct dw_feed feed = unit_parse(page);
    assert_string_equal(dw_str_cstr(&arena, feed.title), title);
    assert_int_equal(feed.entry_count, 1);
    assert_str(feed.entries[0].title, "x");
    assert_true(unit_warned(&feed, "a web page stands around it"));
    return feed;
}

static void refuse(const char *page, const char *why)
{
    struct dw_feed feed;
    struct dw_error err = {0};
    struct dw_feed_input input = {.bytes = dw_str_from_c(page), .now = DW_TIME_NONE};
    assert_false(dw_feed_parse(&arena, &input, &feed, &err));
    if (dw_str_find(dw_str_from_c(err.message), dw_str_from_c(why), 0) == SIZE_MAX)
        fail_msg("no \"%s\" in \"%s\"", why, err.message);
}

static void markup_of_a_feed_in_a_page_is_read(void **state)
{
    (void)state;
    struct dw_feed feed = read_page(PAGE(RSS("<item><title>x</title><link>/a</link></item>")), "T");
    assert_str(feed.link, "https://ex.org/");
    read_page(PAGE("<div><feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><entry><title>x"
                   "</title></entry></feed></div>"),
              "T");
    read_page("<body><pre>\n<?xml version='1.0'?><rss><channel><title>T</title><item><title>x"
              "</title>",
              "T");
}

static void a_feed_that_was_taken_for_html_is_read(void **state)
{
    (void)state;
    struct dw_feed feed = read_page(
        PAGE("<rss version='2.0'><channel><title>T</title><link>https://ex.org/<item>"
             "<title><!--[CDATA[x]]--></title><link>https://ex.org/1<pubdate>Thu, 29 Jan 2026 "
             "09:30:00 GMT</pubdate><description><!--[CDATA[<p>one</p>]]--></description></item>"
             "</channel></rss>"),
        "T");
    assert_str(feed.link, "https://ex.org/");
    assert_str(feed.entries[0].link, "https://ex.org/1");
    assert_str(feed.entries[0].summary, "one");
    assert_true(feed.entries[0].published > 0);
}

static void lines_of_warnings_are_those_of_the_page(void **state)
{
    (void)state;
    struct dw_feed feed = read_page(PAGE("\n<rss><channel><title>T</title>\n<item><title>x</title>"
                                         "<description>a & b</description></item></channel></rss>"),
                                    "T");
    assert_true(unit_warned(&feed, "line 4: bare ampersand"));
}

static void a_page_that_shows_a_feed_as_text_is_read(void **state)
{
    (void)state;
    struct dw_feed feed = read_page(
        PAGE("<pre style='word-wrap: break-word'>&lt;?xml version=\"1.0\"?&gt;\n" ESCAPED "</pre>"),
        "A & B");
    assert_str(feed.entries[0].summary, "one");
    read_page("<html><body>" ESCAPED "</body></html>", "A & B");
}

static void a_page_that_shows_a_json_feed_is_read(void **state)
{
    (void)state;
    read_page(PAGE("<pre>{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"T\", "
                   "\"items\": [{\"id\": \"1\", \"title\": \"x\"}]}</pre>"),
              "T");
}

static void a_page_that_only_mentions_a_feed_is_none(void **state)
{
    (void)state;
    refuse(PAGE("<p>This is how it looks:</p><pre>" ESCAPED "</pre>"),
           "shows the source of a feed");
    refuse(PAGE("<script>var t = '<rss version=\"2.0\"><channel><item></item>';</script><p>x</p>"),
           "web page (HTML)");
    refuse(PAGE("<!-- <rss version='2.0'><channel><item/></channel></rss> --><p>x</p>"),
           "web page (HTML)");
    refuse(PAGE("<rdf:RDF><cc:License/></rdf:RDF><p>x</p>"), "web page (HTML)");
    refuse(PAGE("<pre>{\"error\": \"no\"}</pre>"), "web page (HTML)");
}

static void a_feed_about_pages_stays_as_it_is(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(RSS("<item><description><![CDATA[<html><body><rss><channel>"
                                         "<title>no</title></channel></rss>]]></description>"
                                         "</item>"));
    assert_str(feed.title, "T");
    assert_int_equal(feed.warnings.len, 0);
}

static void failing_allocations_are_told(void **state)
{
    (void)state;
    unit_parse_without_memory(PAGE("<pre>" ESCAPED "</pre>"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(markup_of_a_feed_in_a_page_is_read),
        TEST(a_feed_that_was_taken_for_html_is_read),
        TEST(lines_of_warnings_are_those_of_the_page),
        TEST(a_page_that_shows_a_feed_as_text_is_read),
        TEST(a_page_that_shows_a_json_feed_is_read),
        TEST(a_page_that_only_mentions_a_feed_is_none),
        TEST(a_feed_about_pages_stays_as_it_is),
        TEST(failing_allocations_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
