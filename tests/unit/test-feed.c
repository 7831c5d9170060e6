/* Tests of feeds of all dialects, of what is none, of lists of feeds and of pages that name feeds.
 */
#include "unit.h"

#include "feed/feed.h"

#define ARENA (32u << 20)

static struct dw_arena arena;

static int set_up(void **state)
{
    (void)state;
    dw_arena_init(&arena, ARENA);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dw_arena_release(&arena);
    return 0;
}

static struct dw_feed parse_as(struct dw_str bytes, const char *content_type)
{
    struct dw_feed feed;
    struct dw_error err = {0};
    struct dw_feed_input input = {.bytes = bytes,
                                  .url = DW_STR("https://ex.org/dir/feed.xml"),
                                  .content_type = dw_str_from_c(content_type),
                                  .now = DW_TIME_NONE};
    if (!dw_feed_parse(&arena, &input, &feed, &err))
        fail_msg("%s", err.message);
    return feed;
}

static struct dw_feed parse(const char *text)
{
    return parse_as(dw_str_from_c(text), "");
}

#define RSS(inner)                                                                 \
    "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' " \
    "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>T</title>"        \
    "<link>https://ex.org/</link>" inner "</channel></rss>"

static void rss_2_gives_every_field(void **state)
{
    (void)state;
    struct dw_feed feed = parse(
        RSS("<ttl>60</ttl><language>en-us</language><item><title>A &amp;amp; B "
            "&lt;b&gt;x&lt;/b&gt;</title>"
            "<link>/a?x=1</link><guid isPermaLink='false'>g1</guid><dc:creator>Ann</dc:creator>"
            "<pubDate>Wed, 26 Nov 2025 06:42:00 GMT</pubDate><category>AI</category>"
            "<description>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;</description>"
            "<content:encoded><![CDATA[<p>Full</p>]]></content:encoded>"
            "<enclosure url='https://ex.org/a.mp3' type='audio/mpeg' length='12'/></item>"));
    assert_int_equal(feed.format, DW_FEED_RSS_20);
    assert_str(feed.title, "T");
    assert_str(feed.language, "en-us");
    assert_int_equal(feed.ttl, 3600);
    assert_int_equal(feed.entry_count, 1);
    const struct dw_entry *entry = &feed.entries[0];
    assert_str(entry->title, "A & B x");
    assert_str(entry->link, "https://ex.org/a?x=1");
    assert_str(entry->id, "g1");
    assert_str(entry->author, "Ann");
    assert_int_equal(entry->published, 1764139320);
    assert_str(entry->summary, "One\n\nTwo");
    assert_str(entry->content, "Full");
    assert_str(entry->categories.at[0], "AI");
    assert_int_equal(entry->enclosure_count, 1);
    assert_int_equal(entry->enclosures[0].length, 12);
}

static void a_permanent_guid_is_the_link_where_there_is_no_other(void **state)
{
    (void)state;
    struct dw_feed feed =
        parse(RSS("<item><guid>https://ex.org/p</guid></item>"
                  "<item><guid isPermaLink='false'>https://ex.org/q</guid></item>"));
    assert_str(feed.entries[0].link, "https://ex.org/p");
    assert_str(feed.entries[1].link, "");
}

static void only_web_addresses_become_links(void **state)
{
    (void)state;
    struct dw_feed feed = parse(RSS("<item><link>javascript:alert(1)</link></item>"));
    assert_str(feed.entries[0].link, "");
    assert_int_equal(feed.warnings.len, 1);
}

static void atom_knows_its_text_types_and_its_base(void **state)
{
    (void)state;
    struct dw_feed feed =
        parse("<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title "
              "type='html'>&lt;i&gt;T&lt;/i&gt;</title>"
              "<link rel='self' href='https://ex.org/self'/><link href='https://ex.org/home/'/>"
              "<updated>2025-11-26T06:42:00Z</updated><author><name>Feed Author</name></author>"
              "<entry xml:base='https://other.org/x/'><id>tag:1</id><title>a &lt;b&gt; c</title>"
              "<link rel='enclosure' href='f.pdf'/><link href='y.html'/>"
              "<content type='xhtml'><div "
              "xmlns='http://www.w3.org/1999/xhtml'><p>One</p><p>Two</p></div></content>"
              "<published>2025-11-26T07:42:00+01:00</published></entry></feed>");
    assert_int_equal(feed.format, DW_FEED_ATOM_10);
    assert_str(feed.title, "T");
    assert_str(feed.link, "https://ex.org/home/");
    const struct dw_entry *entry = &feed.entries[0];
    assert_str(entry->title, "a <b> c");
    assert_str(entry->link, "https://other.org/x/y.html");
    assert_str(entry->enclosures[0].url, "https://other.org/x/f.pdf");
    assert_str(entry->content, "One\n\nTwo");
    assert_str(entry->author, "Feed Author");
    assert_int_equal(entry->published, 1764139320);
}

static void rdf_keeps_its_items_beside_the_channel(void **state)
{
    (void)state;
    struct dw_feed feed = parse(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        "xmlns='http://purl.org/rss/1.0/' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='x'><title>T</title>"
        "<link>https://ex.org/</link></channel><item rdf:about='https://ex.org/1'><title>I</title>"
        "<link>https://ex.org/1</link><dc:date>2025-11-26</dc:date></item></rdf:RDF>");
    assert_int_equal(feed.format, DW_FEED_RSS_10);
    assert_int_equal(feed.entry_count, 1);
    assert_str(feed.entries[0].id, "https://ex.org/1");
    assert_int_equal(feed.entries[0].published, 1764115200);
}

static void json_feeds_are_feeds(void **state)
{
    (void)state;
    struct dw_feed feed = parse("{\"version\":\"https://jsonfeed.org/version/"
                                "1.1\",\"title\":\"T\",\"home_page_url\":\"https://ex.org\","
                                "\"items\":[{\"id\":7,\"url\":\"https://ex.org/"
                                "7\",\"title\":\"I\\u001b[31m\",\"content_html\":\"<p>x</p>\","
                                "\"date_published\":\"2025-11-26T06:42:00Z\",\"tags\":[\"a\"],"
                                "\"authors\":[{\"name\":\"A\"},{\"name\":\"B\"}]}]}");
    assert_int_equal(feed.format, DW_FEED_JSON_11);
    assert_str(feed.entries[0].id, "7");
    assert_str(feed.entries[0].title, "I[31m");
    assert_str(feed.entries[0].content, "x");
    assert_str(feed.entries[0].author, "A, B");
}

static void versions_are_told_apart(void **state)
{
    (void)state;
    assert_int_equal(parse("<rss version='0.91'><channel/></rss>").format, DW_FEED_RSS_091);
    assert_int_equal(parse("<rss version='0.92'><channel/></rss>").format, DW_FEED_RSS_092);
    assert_int_equal(parse("<feed version='0.3' xmlns='http://purl.org/atom/ns#'/>").format,
                     DW_FEED_ATOM_03);
    assert_int_equal(parse("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[]}").format,
                     DW_FEED_JSON_10);
}

static void ill_formed_feeds_give_what_can_be_read(void **state)
{
    (void)state;
    struct dw_feed feed = parse("junk\n<?xml version='1.0' encoding='utf-16'?>" RSS(
        "<item><title>A & B&nbsp;C</title><description>unclosed <b>x</description></item>"
        "<item><title>Second</title>"));
    assert_int_equal(feed.entry_count, 2);
    assert_str(feed.entries[0].title, "A & B C");
    assert_str(feed.entries[1].title, "Second");
    assert_true(feed.warnings.len >= 3);
}

static void character_sets_come_from_header_declaration_or_bytes(void **state)
{
    (void)state;
    struct dw_str latin = DW_STR("<?xml version='1.0' encoding='iso-8859-1'?><rss version='2.0'>"
                                 "<channel><title>Z\xfcrich \x80</title></channel></rss>");
    assert_str(parse_as(latin, "").title, "Z\xc3\xbcrich \xe2\x82\xac");
    struct dw_str plain =
        DW_STR("<rss version='2.0'><channel><title>\xcf\xf0\xe8</title></channel></rss>");
    assert_str(parse_as(plain, "text/xml; charset=windows-1251").title, "\xd0\x9f\xd1\x80\xd0\xb8");
    assert_str(parse_as(latin, "text/xml; charset=utf-8").title, "Z\xc3\xbcrich \xe2\x82\xac");
    struct dw_str wide = {
        "\xFE\xFF\0<\0r\0s\0s\0 \0v\0e\0r\0s\0i\0o\0n\0=\0'\0"
        "2\0'\0>\0<\0c\0h\0a\0n\0n\0e\0l\0>\0<\0t\0i\0t\0l\0e\0>\0\xe9\0<\0/\0t\0i"
        "\0t\0l\0e\0>\0<\0/\0c\0h\0a\0n\0n\0e\0l\0>\0<\0/\0r\0s\0s\0>",
        0};
    wide.len = 2 + 2 * 60;
    assert_str(parse_as(wide, "").title, "\xc3\xa9");
}

static const struct {
    const char *bytes;
    const char *says;
} others[] = {
    {"", "empty"},
    {"\x89PNG\r\n\x1a\n", "PNG image"},
    {"<!DOCTYPE html><html><head><title>Home</title></head></html>", "web page"},
    {"<html><form><input type=\"password\"></form></html>", "login page"},
    {"<html><head><link rel=\"alternate\" type=\"application/rss+xml\" "
     "href=\"/f.xml\"></head></html>",
     "https://ex.org/f.xml"},
    {"{\"a\": 1}", "JSON of another kind"},
    {"<urlset></urlset>", "sitemap"},
    {"<opml version='2.0'/>", "OPML"},
    {"hello", "begins with \"hello\""},
};

static void what_is_no_feed_is_called_what_it_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct dw_feed feed;
        struct dw_error err = {0};
        struct dw_feed_input input = {.bytes = dw_str_from_c(others[i].bytes),
                                      .url = DW_STR("https://ex.org/"),
                                      .now = DW_TIME_NONE};
        assert_false(dw_feed_parse(&arena, &input, &feed, &err));
        if (dw_str_find(dw_str_from_c(err.message), dw_str_from_c(others[i].says), 0) == SIZE_MAX)
            fail_msg("\"%s\" does not say \"%s\"", err.message, others[i].says);
    }
}

static void entities_of_a_doctype_are_not_expanded(void **state)
{
    (void)state;
    struct dw_feed feed =
        parse("<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>"
              "<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" RSS("<item><title>&x;|</title></item>"));
    assert_true(dw_str_find(feed.entries[0].title, DW_STR("root"), 0) == SIZE_MAX);
}

static void opml_goes_in_and_out(void **state)
{
    (void)state;
    struct dw_opml list;
    struct dw_error err = {0};
    assert_true(dw_opml_parse(
        &arena,
        DW_STR("<opml><head><title>L</title></head><body><outline text='Chips &amp; co'>"
               "<outline TEXT='A' XMLURL='https://a.org/f' htmlUrl='https://a.org/'/></outline>"
               "<outline title='B' xmlUrl='https://b.org/f' category='x,y'/>"
               "<outline text='evil' xmlUrl='exec:rm'/></body></opml>"),
        &list, &err));
    assert_int_equal(list.feed_count, 2);
    assert_str(list.feeds[0].title, "A");
    assert_str(list.feeds[0].folders.at[0], "Chips & co");
    assert_int_equal(list.feeds[1].folders.len, 2);
    assert_int_equal(list.warnings.len, 1);
    struct dw_opml again;
    assert_true(dw_opml_parse(&arena, dw_opml_render(&arena, &list), &again, &err));
    assert_int_equal(again.feed_count, 2);
    assert_str(again.feeds[0].folders.at[0], "Chips & co");
    assert_str(again.feeds[1].folders.at[1], "y");
    assert_false(dw_opml_parse(&arena, DW_STR("<rss/>"), &again, &err));
}

static void failing_allocations_end_the_feed_and_nothing_else(void **state)
{
    (void)state;
    const char *text =
        RSS("<item><title>A &amp; B</title><description>&lt;p&gt;x&lt;/p&gt;</description></item>");
    size_t failures = 0;
    for (size_t n = 0; n < 60; n++) {
        struct dw_arena small;
        dw_arena_init(&small, ARENA);
        struct dw_feed feed;
        struct dw_error err = {0};
        struct dw_feed_input input = {.bytes = dw_str_from_c(text), .now = DW_TIME_NONE};
        unit_fail_after(n);
        bool done = dw_feed_parse(&small, &input, &feed, &err);
        unit_fail_after(SIZE_MAX);
        failures += !done;
        dw_arena_release(&small);
    }
    assert_true(failures > 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rss_2_gives_every_field),
        TEST(a_permanent_guid_is_the_link_where_there_is_no_other),
        TEST(only_web_addresses_become_links),
        TEST(atom_knows_its_text_types_and_its_base),
        TEST(rdf_keeps_its_items_beside_the_channel),
        TEST(json_feeds_are_feeds),
        TEST(versions_are_told_apart),
        TEST(ill_formed_feeds_give_what_can_be_read),
        TEST(character_sets_come_from_header_declaration_or_bytes),
        TEST(what_is_no_feed_is_called_what_it_is),
        TEST(entities_of_a_doctype_are_not_expanded),
        TEST(opml_goes_in_and_out),
        TEST(failing_allocations_end_the_feed_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
