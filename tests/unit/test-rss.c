/* Tests of RSS in all its versions, RDF and CDF. */
#include "unit-feed.h"

static void rss_2_gives_every_field(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(
        RSS("<description>D</description><ttl>60</ttl><language>en-us</language>"
            "<lastBuildDate>Wed, 26 Nov 2025 07:42:00 GMT</lastBuildDate>"
            "<item><title>A &amp;amp; B &lt;b&gt;x&lt;/b&gt;</title>"
            "<link>/a?x=1</link><guid isPermaLink='false'>g1</guid><dc:creator>Ann</dc:creator>"
            "<pubDate>Wed, 26 Nov 2025 06:42:00 GMT</pubDate><category>AI</category>"
            "<description>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;</description>"
            "<content:encoded><![CDATA[<p>Full</p>]]></content:encoded>"
            "<enclosure url='https://ex.org/a.mp3' type='audio/mpeg' length='12'/></item>"));
    assert_int_equal(feed.format, DW_FEED_RSS_20);
    assert_str(feed.title, "T");
    assert_str(feed.link, "https://ex.org/");
    assert_str(feed.description, "D");
    assert_str(feed.language, "en-us");
    assert_int_equal(feed.updated, 1764142920);
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
    assert_str(entry->enclosures[0].type, "audio/mpeg");
    assert_int_equal(entry->enclosures[0].length, 12);
}

static void what_an_item_does_not_say_is_empty(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse("<rss version='2.0'><channel><item/></channel></rss>");
    assert_int_equal(feed.ttl, -1);
    assert_int_equal(feed.updated, DW_TIME_NONE);
    assert_int_equal(feed.entry_count, 1);
    const struct dw_entry *entry = &feed.entries[0];
    assert_int_equal(entry->id.len + entry->title.len + entry->link.len + entry->author.len, 0);
    assert_int_equal(entry->summary.len + entry->content.len + entry->categories.len, 0);
    assert_int_equal(entry->published, DW_TIME_NONE);
    assert_int_equal(entry->updated, DW_TIME_NONE);
}

static void a_permanent_guid_is_the_link_where_there_is_no_other(void **state)
{
    (void)state;
    struct dw_feed feed =
        unit_parse(RSS("<item><guid>https://ex.org/p</guid></item>"
                       "<item><guid isPermaLink='false'>https://ex.org/q</guid></item>"
                       "<item><guid isPermaLink='true'>r</guid></item>"
                       "<item><link>/s</link><guid>https://ex.org/p</guid></item>"));
    assert_str(feed.entries[0].link, "https://ex.org/p");
    assert_str(feed.entries[1].link, "");
    assert_str(feed.entries[2].link, "https://ex.org/r");
    assert_str(feed.entries[3].link, "https://ex.org/s");
}

static void only_web_addresses_become_links(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(RSS("<item><link>javascript:alert(1)</link>"
                                         "<enclosure url='file:///etc/passwd'/></item>"
                                         "<item><link>data:text/html,x</link></item>"));
    assert_str(feed.entries[0].link, "");
    assert_int_equal(feed.entries[0].enclosure_count, 0);
    assert_str(feed.entries[1].link, "");
    assert_int_equal(feed.warnings.len, 3);
}

static void a_link_keeps_its_fragment(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(RSS("<item><link>/log.html#v2</link></item>"));
    assert_str(feed.entries[0].link, "https://ex.org/log.html#v2");
}

static void titles_of_images_and_search_boxes_do_not_count(void **state)
{
    (void)state;
    struct dw_feed feed =
        unit_parse("<rss version='2.0'><channel><image><title>I</title><link>https://i.org/</link>"
                   "</image><textInput><title>S</title></textInput><title>T</title>"
                   "<link>https://ex.org/</link></channel></rss>");
    assert_str(feed.title, "T");
    assert_str(feed.link, "https://ex.org/");
}

static void names_of_other_vocabularies_count_where_the_plain_one_is_missing(void **state)
{
    (void)state;
    struct dw_feed feed =
        unit_parse(RSS("<item><dc:title>D</dc:title><dc:date>2025-11-26T06:42:00Z</dc:date>"
                       "<atom:link href='/x'/><media:group><media:content url='/v.mp4' "
                       "type='video/mp4' fileSize='9'/><media:description>M</media:description>"
                       "</media:group></item>"));
    const struct dw_entry *entry = &feed.entries[0];
    assert_str(entry->title, "D");
    assert_str(entry->link, "https://ex.org/x");
    assert_int_equal(entry->published, 1764139320);
    assert_str(entry->summary, "M");
    assert_str(entry->enclosures[0].url, "https://ex.org/v.mp4");
    assert_int_equal(entry->enclosures[0].length, 9);
}

static void prefixes_that_nobody_declared_still_speak(void **state)
{
    (void)state;
    struct dw_feed feed =
        unit_parse("<rss version='2.0'><channel><item><dc:creator>Ann</dc:creator>"
                   "<content:encoded>C</content:encoded></item></channel></rss>");
    assert_str(feed.entries[0].author, "Ann");
    assert_str(feed.entries[0].content, "C");
    assert_true(feed.warnings.len > 0);
}

static void a_known_prefix_speaks_for_an_unknown_namespace(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(
        "<rss xmlns:media='http://video.search.yahoo.com/mrss' xmlns:m='http://ex.org/m'><channel>"
        "<item><media:content url='https://ex.org/v'/><m:title>M</m:title></item></channel></rss>");
    assert_int_equal(feed.entries[0].enclosure_count, 1);
    assert_str(feed.entries[0].title, "");
}

static void what_is_no_tag_stays_text(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(RSS("<item><title>1 &lt; 2 &amp; a &lt;gorilla&gt;</title>"
                                         "<description>AT&amp;T</description></item>"));
    assert_str(feed.entries[0].title, "1 < 2 & a <gorilla>");
    assert_str(feed.entries[0].summary, "AT&T");
}

static void an_author_of_mail_and_name_is_the_name(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(RSS("<item><author>ann@ex.org (Ann Doe)</author></item>"));
    assert_str(feed.entries[0].author, "Ann Doe");
}

static void dates_that_name_no_instant_are_warned_of(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(RSS("<item><pubDate>soon</pubDate></item>"));
    assert_int_equal(feed.entries[0].published, DW_TIME_NONE);
    assert_true(unit_warned(&feed, "\"soon\" names no instant"));
}

static void rdf_keeps_its_items_beside_the_channel(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        "xmlns='http://purl.org/rss/1.0/' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='x'><title>T</title>"
        "<link>https://ex.org/</link><sy:updatePeriod>daily</sy:updatePeriod>"
        "<sy:updateFrequency>4</sy:updateFrequency></channel>"
        "<item rdf:about='https://ex.org/1'><title>I</title>"
        "<link>https://ex.org/1</link><dc:date>2025-11-26</dc:date></item></rdf:RDF>");
    assert_int_equal(feed.format, DW_FEED_RSS_10);
    assert_int_equal(feed.ttl, 21600);
    assert_int_equal(feed.entry_count, 1);
    assert_str(feed.entries[0].id, "https://ex.org/1");
    assert_int_equal(feed.entries[0].published, 1764115200);
}

static void an_unknown_default_namespace_of_rdf_is_its_own(void **state)
{
    (void)state;
    struct dw_feed feed =
        unit_parse("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
                   "xmlns='http://mistyped.example/rss'><item><title>I</title></item></rdf:RDF>");
    assert_str(feed.entries[0].title, "I");
}

static void cdf_says_things_in_attributes(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse("<CHANNEL HREF='https://ex.org/' LASTMOD='2025-11-26'>"
                                     "<TITLE>T</TITLE><ITEM HREF='/1' LASTMOD='2025-11-26'>"
                                     "<ABSTRACT>A</ABSTRACT></ITEM></CHANNEL>");
    assert_int_equal(feed.format, DW_FEED_CDF);
    assert_str(feed.link, "https://ex.org/");
    assert_int_equal(feed.updated, 1764115200);
    assert_str(feed.entries[0].link, "https://ex.org/1");
    assert_str(feed.entries[0].summary, "A");
    assert_int_equal(feed.entries[0].updated, 1764115200);
}

static void addresses_wait_for_the_link_that_comes_behind_them(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(
        "<rss version='2.0'><channel><item><link>a</link><enclosure url='f.mp3'/>"
        "<enclosure url='mailto:x'/></item><item xml:base='https://b.org/'><link>c</link></item>"
        "<item xml:base='sub/'><link>d</link></item><link>https://late.org/x/</link>"
        "</channel></rss>");
    assert_str(feed.entries[0].link, "https://late.org/x/a");
    assert_int_equal(feed.entries[0].enclosure_count, 1);
    assert_str(feed.entries[0].enclosures[0].url, "https://late.org/x/f.mp3");
    assert_str(feed.entries[1].link, "https://b.org/c");
    assert_str(feed.entries[2].link, "https://late.org/x/sub/d");
}

static void addresses_fall_back_to_where_the_feed_came_from(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse("<rss version='2.0'><channel><item><link>a</link></item>"
                                     "<item><guid isPermaLink='true'>b</guid></item>"
                                     "</channel></rss>");
    assert_str(feed.entries[0].link, "https://ex.org/dir/a");
    assert_str(feed.entries[1].link, "https://ex.org/dir/b");
}

static void hours_and_days_to_skip_are_kept_as_bits(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(
        RSS("<skipHours><hour>0</hour><hour> 7 </hour><hour>24</hour><hour>25</hour><hour>x</hour>"
            "</skipHours><skipDays><day>Saturday</day><day>sunday</day><day>Someday</day>"
            "</skipDays><item><hour>3</hour></item>"));
    assert_int_equal(feed.skip_hours, 1u << 0 | 1u << 7);
    assert_int_equal(feed.skip_days, 1u << 6 | 1u << 0);
}

static void plain_names_count_before_other_vocabularies_in_any_order(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(
        "<rss xmlns:dc='http://purl.org/dc/elements/1.1/' "
        "xmlns:media='http://search.yahoo.com/mrss/'><channel><dc:title>DT</dc:title>"
        "<dc:description>DD</dc:description><title>T</title><item><media:content url='/v'>"
        "<media:title>M</media:title></media:content><dc:description>D</dc:description>"
        "<title>I</title><description>S</description></item></channel></rss>");
    assert_str(feed.title, "T");
    assert_str(feed.description, "DD");
    assert_str(feed.entries[0].title, "I");
    assert_str(feed.entries[0].summary, "S");
}

static void a_subtitle_is_the_summary_where_there_is_no_other(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(
        "<rss xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel>"
        "<itunes:subtitle>FS</itunes:subtitle><item><itunes:subtitle>S</itunes:subtitle></item>"
        "<item><itunes:subtitle>S</itunes:subtitle><itunes:summary>L</itunes:summary></item>"
        "</channel></rss>");
    assert_str(feed.description, "FS");
    assert_str(feed.entries[0].summary, "S");
    assert_str(feed.entries[1].summary, "L");
}

static void the_language_element_goes_before_the_attribute(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse("<rss xml:lang='en'><channel xml:lang='en-GB'>"
                                     "<language>de</language></channel></rss>");
    assert_str(feed.language, "de");
    feed = unit_parse("<rss><channel xml:lang='en-GB'/></rss>");
    assert_str(feed.language, "en-GB");
}

static void several_authors_of_one_kind_are_all_told(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(
        RSS("<item><dc:creator>Ann</dc:creator><author>desk@ex.org</author><dc:creator>Bo"
            "</dc:creator><dc:creator>Ann</dc:creator><dc:creator/></item>"));
    assert_str(feed.entries[0].author, "Ann, Bo");
}

static void a_summary_beside_a_description_is_the_content(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(
        RSS("<item><description>D</description><summary>S</summary></item><item><summary>S"
            "</summary></item>"));
    assert_str(feed.entries[0].summary, "D");
    assert_str(feed.entries[0].content, "S");
    assert_str(feed.entries[1].summary, "S");
    assert_str(feed.entries[1].content, "");
}

static void an_update_period_counts_where_there_is_no_ttl(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse("<rss xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>"
                                     "<channel><ttl>5</ttl><sy:updatePeriod> hourly\n"
                                     "</sy:updatePeriod></channel></rss>");
    assert_int_equal(feed.ttl, 300);
    feed = unit_parse("<rss xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'><channel>"
                      "<sy:updatePeriod> hourly\n</sy:updatePeriod></channel></rss>");
    assert_int_equal(feed.ttl, 3600);
}

static void versions_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum dw_feed_format format;
    } roots[] = {
        {"<rss version='0.9'><channel/></rss>", DW_FEED_RSS_090},
        {"<rss version='0.91'><channel/></rss>", DW_FEED_RSS_091},
        {"<rss version='0.92'><channel/></rss>", DW_FEED_RSS_092},
        {"<rss version='2.01'><channel/></rss>", DW_FEED_RSS_20},
        {"<rss><channel/></rss>", DW_FEED_RSS_20},
        {"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
         "xmlns='http://my.netscape.com/rdf/simple/0.9/'/>",
         DW_FEED_RSS_090},
    };
    for (size_t i = 0; i < sizeof roots / sizeof roots[0]; i++)
        assert_int_equal(unit_parse(roots[i].text).format, roots[i].format);
}

static void failing_allocations_end_the_feed_and_nothing_else(void **state)
{
    (void)state;
    unit_parse_without_memory("<!DOCTYPE rss [<!ENTITY e 'x'>]>" RSS(
        "<item><title>A &e; B</title><link>/a#b</link><category>c</category>"
        "<description>&lt;p&gt;x&nbsp;&lt;/p&gt;</description><enclosure url='/y'/></item>"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rss_2_gives_every_field),
        TEST(what_an_item_does_not_say_is_empty),
        TEST(a_permanent_guid_is_the_link_where_there_is_no_other),
        TEST(only_web_addresses_become_links),
        TEST(a_link_keeps_its_fragment),
        TEST(titles_of_images_and_search_boxes_do_not_count),
        TEST(names_of_other_vocabularies_count_where_the_plain_one_is_missing),
        TEST(prefixes_that_nobody_declared_still_speak),
        TEST(a_known_prefix_speaks_for_an_unknown_namespace),
        TEST(what_is_no_tag_stays_text),
        TEST(an_author_of_mail_and_name_is_the_name),
        TEST(dates_that_name_no_instant_are_warned_of),
        TEST(rdf_keeps_its_items_beside_the_channel),
        TEST(an_unknown_default_namespace_of_rdf_is_its_own),
        TEST(cdf_says_things_in_attributes),
        TEST(addresses_wait_for_the_link_that_comes_behind_them),
        TEST(addresses_fall_back_to_where_the_feed_came_from),
        TEST(hours_and_days_to_skip_are_kept_as_bits),
        TEST(plain_names_count_before_other_vocabularies_in_any_order),
        TEST(a_subtitle_is_the_summary_where_there_is_no_other),
        TEST(the_language_element_goes_before_the_attribute),
        TEST(several_authors_of_one_kind_are_all_told),
        TEST(a_summary_beside_a_description_is_the_content),
        TEST(an_update_period_counts_where_there_is_no_ttl),
        TEST(versions_are_told_apart),
        TEST(failing_allocations_end_the_feed_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
