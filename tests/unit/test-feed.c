/* Tests of what is common to all feeds: the tables, hostile text, and what is no feed. */
#include "unit-feed.h"

#include "names.h"

extern const struct dw_tsv feed_elements;
extern const struct dw_tsv feed_namespaces;

static void hostile_text_is_gone_from_every_field(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(
        RSS("<item><title>a\x1b[2Jb&#27;c&#x202e;d\xe2\x80\xae</title><author>x&#0;&#7;y</author>"
            "<category>k\xe2\x80\x8bl</category></item>"));
    assert_str(feed.entries[0].title, "a[2Jbcd");
    assert_str(feed.entries[0].author, "xy");
    assert_str(feed.entries[0].categories.at[0], "kl");
}

/* 400 bytes, in lines. */
#define LONG_TEXT "0123456789012345678901234567890123456789012345678\n"
#define LONG_LINES LONG_TEXT LONG_TEXT LONG_TEXT LONG_TEXT LONG_TEXT LONG_TEXT LONG_TEXT LONG_TEXT

static void cdata_sections_of_any_length_stand_where_they_stood(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(
        RSS("<item><title>a<![CDATA[]]>b<![CDATA[c]]>d</title><description>x<![CDATA[" LONG_LINES
            "]]>y<![CDATA[]]>z<![CDATA[" LONG_LINES "]]]]></description></item>"
            "<!-- <![CDATA[" LONG_LINES "]]> <title>no</title> --><?x <![CDATA[" LONG_LINES "?>"
            "<item><title>&lt;![CDATA[e</title><link>data:x</link></item>"));
    struct dw_str summary = feed.entries[0].summary;
    assert_int_equal(feed.entry_count, 2);
    assert_str(feed.entries[0].title, "abcd");
    assert_true(dw_str_starts(summary, DW_STR("x01234")));
    assert_true(dw_str_find(summary, DW_STR("678 yz01234"), 0) != SIZE_MAX ||
                dw_str_find(summary, DW_STR("678\nyz01234"), 0) != SIZE_MAX);
    assert_true(dw_str_ends(summary, DW_STR("678\n]]")));
    assert_str(feed.entries[1].title, "<![CDATA[e");
}

static void long_texts_are_decoded_as_short_ones_are(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(
        RSS("<item><description a='>'>&lt;p&gt;R&amp;amp;D &#8364;&#x20AC; > " LONG_LINES
            "&lt;/p&gt;<![CDATA[<p>c</p>]]>&quot;&apos;" LONG_LINES "</description></item>"));
    struct dw_str summary = feed.entries[0].summary;
    assert_true(dw_str_starts(summary, DW_STR("R&D \xe2\x82\xac\xe2\x82\xac > 01234")));
    assert_true(dw_str_find(summary, DW_STR("678\n\nc\n\n\"'0123"), 0) != SIZE_MAX);
    assert_int_equal(feed.warnings.len, 0);
}

static void long_texts_may_be_as_ill_formed_as_short_ones(void **state)
{
    (void)state;
    struct dw_feed feed =
        unit_parse(RSS("\n<item><description>" LONG_LINES "&nbsp;&nowhere; & &#0;</description>"
                       "<title>" LONG_LINES "]]></title></item>"));
    assert_true(unit_warned(&feed, "line 10: undefined entity &nbsp;"));
    assert_true(unit_warned(&feed, "line 10: unknown entity &nowhere;"));
    assert_true(unit_warned(&feed, "line 10: reference &#0;"));
    assert_true(unit_warned(&feed, "line 18: ]]> ends nothing"));
    assert_true(dw_str_ends(feed.entries[0].summary, DW_STR("&nowhere; &")));
}

static void long_white_space_may_stand_around_the_root(void **state)
{
    (void)state;
    struct dw_str space = unit_repeat(DW_STR("<?xml version='1.0'?><!-- x -->"), DW_STR(" \n"), 500,
                                      DW_STR("<rss><channel><title>T</title></channel></rss>"));
    struct dw_feed feed = unit_parse_as(unit_repeat(space, DW_STR(" \n"), 500, DW_STR("")), "");
    assert_str(feed.title, "T");
    assert_int_equal(feed.warnings.len, 0);
}

static void lines_are_counted_through_cdata_sections(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse("<rss><channel><description><![CDATA[" LONG_LINES
                                     "]]></description>\n<x:y/></channel></rss>");
    assert_true(unit_warned(&feed, "line 10: Namespace prefix x"));
    feed = unit_parse("<rss><channel><description><![CDATA[" LONG_LINES
                      "\x0b]]></description>\n&nbsp;</channel></rss>");
    assert_true(unit_warned(&feed, "line 9: control character left out"));
    assert_true(unit_warned(&feed, "line 10: undefined entity"));
}

static const struct {
    const char *bytes;
    const char *says;
} others[] = {
    {"", "empty"},
    {" \n ", "empty"},
    {"\x89PNG\r\n\x1a\n", "PNG image"},
    {"<!DOCTYPE html><html><head><title>Home</title></head></html>", "web page"},
    {"<html><form><input type=\"password\"></form></html>", "asks for a login"},
    {"<html><title>Just a moment...</title><script src=\"/cdn-cgi/challenge-platform/x\">",
     "proof of a human (Cloudflare)"},
    {"<html><title>Before you continue to News</title></html>", "consent to cookies"},
    {"<html><title>Page Not Found | Blog</title></html>", "nothing at this address"},
    {"<html><body>Buy now: this domain is for sale</body></html>", "the site is gone"},
    {"<html><body><a href='/feed/'>RSS</a></body></html>", "https://ex.org/feed/"},
    {"<html><head><link rel=\"alternate\" type=\"application/rss+xml\" "
     "href=\"/f.xml\"></head></html>",
     "https://ex.org/f.xml"},
    {"{\"a\": 1}", "JSON of another kind"},
    {"[1, 2]", "JSON of another kind"},
    {"<urlset></urlset>", "sitemap"},
    {"<opml version='2.0'/>", "OPML"},
    {"<svg/>", "SVG image"},
    {"<?xml version='1.0'?><kml><Document/></kml>", "XML of another kind (<kml>)"},
    {"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>",
     "error in XML, not a feed: \"Access Denied\""},
    {"<s:Envelope><s:Body><s:Fault><faultstring>No such method</faultstring></s:Fault></s:Body>",
     "\"No such method\""},
    {"{\"error\": {\"message\": \"API key missing\"}}", "\"API key missing\""},
    {"%PDF-1.7", "PDF document"},
    {"\x1f\x8b\x08", "gzip data"},
    {"\x20\x20\x20\x20"
     "ftypisom",
     "MP4 video"},
    {"hello", "begins with \"hello\""},
};

static void hostile_attributes_are_cleaned_too(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='e&#x202e;n'><entry>"
        "<category term='a&#x202e;b'/><category label='c&#x200b;d'/><link rel='enclosure' "
        "href='https://ex.org/a&#x202e;' type='t&#x202e;x'/></entry></feed>");
    assert_str(feed.language, "en");
    assert_str(feed.entries[0].categories.at[0], "ab");
    assert_str(feed.entries[0].categories.at[1], "cd");
    assert_str(feed.entries[0].enclosures[0].url, "https://ex.org/a");
    assert_str(feed.entries[0].enclosures[0].type, "tx");
}

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

static void every_word_of_the_tables_is_known(void **state)
{
    (void)state;
    for (size_t i = 0; i < feed_elements.len; i++) {
        const struct dw_str *cell = feed_elements.rows[i].cell;
        if (feed_meaning_of(cell[2]) == FEED_MEANING_COUNT ||
            feed_meaning_of(cell[3]) == FEED_MEANING_COUNT)
            fail_msg("elements.tsv:%u", feed_elements.rows[i].line);
    }
    for (size_t i = 0; i < feed_namespaces.len; i++) {
        const struct dw_str *cell = feed_namespaces.rows[i].cell;
        bool known = feed_vocabulary_of(cell[0]) < FEED_VOCABULARY_COUNT;
        if (!known)
            fail_msg("namespaces.tsv:%u", feed_namespaces.rows[i].line);
    }
}

static void dates_far_ahead_are_warned_of_where_now_is_known(void **state)
{
    (void)state;
    struct dw_feed feed;
    struct dw_error err = {0};
    struct dw_feed_input input = {
        .bytes = DW_STR("<rss><channel><item><pubDate>2099-01-01</pubDate></item></channel></rss>"),
        .now = 1764139320};
    assert_true(dw_feed_parse(&arena, &input, &feed, &err));
    assert_true(unit_warned(&feed, "lies in the future"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(hostile_text_is_gone_from_every_field),
        TEST(hostile_attributes_are_cleaned_too),
        TEST(what_is_no_feed_is_called_what_it_is),
        TEST(cdata_sections_of_any_length_stand_where_they_stood),
        TEST(long_texts_are_decoded_as_short_ones_are),
        TEST(long_texts_may_be_as_ill_formed_as_short_ones),
        TEST(long_white_space_may_stand_around_the_root),
        TEST(lines_are_counted_through_cdata_sections),
        TEST(every_word_of_the_tables_is_known),
        TEST(dates_far_ahead_are_warned_of_where_now_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
