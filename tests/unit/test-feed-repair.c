/* Tests of ill-formed XML: what a person could read comes out. */
#include "unit-feed.h"

static void ill_formed_feeds_give_what_can_be_read(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse("junk\n<?xml version='1.0' encoding='utf-16'?>" RSS(
        "<item><title>A & B&nbsp;C</title><description>unclosed <b>x</description></item>"
        "<item><title>Second</title>"));
    assert_int_equal(feed.entry_count, 2);
    assert_str(feed.entries[0].title, "A & B C");
    assert_str(feed.entries[1].title, "Second");
    assert_true(unit_warned(&feed, "text before the document"));
    assert_true(unit_warned(&feed, "bare ampersand"));
}

static void warnings_name_the_line_of_the_file(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse("<?xml version='1.0'?>\n<!DOCTYPE rss [\n<!ENTITY a 'b'>\n]>\n"
                                     "<rss>\n<channel><title>&nbsp;</title>\n</chanel></rss>");
    assert_true(unit_warned(&feed, "line 6: undefined entity &nbsp; taken as U+00A0"));
    assert_true(unit_warned(&feed, "line 7: "));
}

static void entities_of_a_document_type_are_their_text_and_no_more(void **state)
{
    (void)state;
    struct dw_feed feed =
        unit_parse("<!DOCTYPE rss [<!-- ]> --><!ENTITY % p 'x'><!ENTITY name \"A &#38; 'B'\">"
                   "<!ENTITY ten 'aaaaaaaaaa'><!ENTITY many '&ten;&ten;&ten;&ten;'>"
                   "<!ENTITY tag '<title>z</title>'><!ENTITY x SYSTEM 'file:///etc/passwd'>]>" RSS(
                       "<item><title>&name;</title></item><item><title>&many;</title></item>"
                       "<item><title>&x;|</title></item><item><author>&tag;</author></item>"));
    assert_str(feed.entries[0].title, "A & 'B'");
    assert_true(feed.entries[1].title.len < 40);
    assert_str(feed.entries[2].title, "&x;|");
    assert_str(feed.entries[3].title, "");
}

static void escaped_html_survives_what_is_ill_formed_before_it(void **state)
{
    (void)state;
    struct dw_feed feed =
        unit_parse("<rss><channel foo=1 foo='2'><item><title>a</b></title><description>"
                   "&lt;p&gt;R&amp;amp;D&lt;/p&gt;&lt;p&gt;two&lt;/p&gt;</description></item>");
    assert_str(feed.entries[0].title, "a");
    assert_str(feed.entries[0].summary, "R&D\n\ntwo");
}

static void an_entry_inside_an_open_person_leaves_no_name_there(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse("<feed xmlns='http://www.w3.org/2005/Atom'><entry>"
                                     "<author<feed<entry<updated>soon\x7f</entry></feed>");
    assert_int_equal(feed.entry_count, 2);
    for (size_t i = 0; i < feed.entry_count; i++)
        assert_str(feed.entries[i].author, "");
}

/* What a generator leaves when it breaks off, doubles or mixes its output: both entries are to come
 * out of each, and a warning. */
#define ONE "<item><title>One</title><link>/1</link></item>"
#define TWO "<item><title>Two</title><link>/2</link></item>"
#define HEAD "<rss version='2.0'><channel><title>T</title>\n"
#define TAIL "</channel></rss>"

static const struct {
    const char *text;
    const char *warning;
} broken[] = {
    {"<?xml version='1.0'?><?xml version='1.0' encoding='utf-16'?>" HEAD ONE TWO TAIL,
     "second XML declaration"},
    {HEAD ONE "<?xml version='1.0'?>" TWO TAIL, "line 2: "},
    {"<?xml version='1.0'>" HEAD ONE TWO TAIL, "line 1: "},
    {"<?xml version='1.0'?" HEAD ONE TWO TAIL, "line 1: "},
    {"<br />\n<b>Notice</b>: x in <i>a.php</i><?xml version='1.0'?>" HEAD ONE TWO TAIL,
     "text before the document"},
    {HEAD ONE TWO TAIL "<script>x</script><!-- y -->", "more comes behind </rss>"},
    {HEAD ONE TWO TAIL "Fatal & error", "line 2: text outside"},
    {"<?xml version='1.0' </x>encoding='utf-8'?>" HEAD ONE TWO TAIL, "text outside"},
    {HEAD ONE TAIL HEAD TWO TAIL, "more comes behind </rss>"},
    {HEAD TAIL ONE TWO, "more comes behind </rss>"},
    {HEAD "<item><title>One</title><link>/1</link>" TWO TAIL, "<item> is not closed"},
    {HEAD "<item><title>One<link>/1</link></item>" TWO TAIL, "<title> is not closed"},
    {"<rss><channel><title>T" ONE TWO TAIL, "<title> is not closed"},
    {HEAD "<item><title>One</title><link>/1<guid>g</guid></item>" TWO TAIL, "<link> is not closed"},
    {HEAD
     "<item><title>One</title><link>/1</link><description><![CDATA[d</description></item>" TWO TAIL,
     "CDATA section is not closed"},
    {HEAD "<item><title>One</title><link>/1</link><description><![CDATA[d</description></item>" TWO
          "<item><description><![CDATA[e]]></description></item>\x01" TAIL,
     "CDATA section is not closed"},
    {HEAD ONE "<!-- left open " TWO TAIL, "--> is missing"},
    {HEAD ONE "<?left open" TWO TAIL, "?> is missing"},
    {HEAD "<item><title>One</title><link>/1</item></link>" TWO TAIL, "</link> closes nothing"},
    {HEAD "<image><url>x</url>" ONE TWO TAIL, "<image> is not closed"},
    {HEAD ONE "<item><title>Two</title><link>/2</link><description>cut sho", "ends within"},
    {HEAD ONE "<item><title>Two</title><link>/2</link><enclosure url='http", "ends within"},
    {"<!DOCTYPE rss [<!ENTITY x 'y'\n" HEAD ONE TWO TAIL, "document type is not closed"},
    {HEAD
     "<item><title>One</title><link>/1</link><description>a ]]> b</description></item>" TWO TAIL,
     "]]> ends nothing"},
    {HEAD
     "<item><title>One</title><link>/1</link><description>\xef\xbf\xbf</description></item>" TWO
         TAIL,
     "control character left out"},
};

static void every_entry_that_a_person_could_read_comes_out(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        struct dw_feed feed = unit_parse(broken[i].text);
        if (feed.entry_count < 2 || !unit_warned(&feed, broken[i].warning))
            fail_msg("%zu entries, no \"%s\": %s", feed.entry_count, broken[i].warning,
                     broken[i].text);
        assert_str(feed.entries[0].title, "One");
        assert_str(feed.entries[0].link, "https://ex.org/1");
        assert_str(feed.entries[1].title, "Two");
        assert_str(feed.entries[1].link, "https://ex.org/2");
    }
}

static void signs_between_attributes_go_as_whole_characters(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(
        RSS("<item><author x=y\xc2\xa5 \xe2\x82\xac=\"z\" \xc2\xa5\"/\"d=\"e\">A\xc2\xa5</author>"
            "</item>"));
    assert_true(dw_utf8_valid(feed.entries[0].author));
    assert_true(dw_str_ends(feed.entries[0].author, DW_STR("A\xc2\xa5")));
    for (size_t i = 0; i < feed.warnings.len; i++)
        assert_true(dw_str_find(feed.warnings.at[i], DW_STR("\xef\xbf\xbd"), 0) == SIZE_MAX);
}

static void names_that_xml_forbids_are_text(void **state)
{
    (void)state;
    struct dw_str name = unit_repeat(DW_STR("<"), DW_STR("n"), 60000, DW_STR(">"));
    struct dw_str bytes =
        unit_repeat(DW_STR("<rss><channel><item><author>"), name, 1,
                    DW_STR("</author><title>&lt;1> <\xe2\x80\x9cq> <a$b></title></item>"
                           "</channel></rss>"));
    struct dw_feed feed = unit_parse_as(bytes, "");
    assert_str(feed.entries[0].title, "<1> <\xe2\x80\x9cq> <a$b>");
}

static void missing_ends_close_where_the_element_around_ends(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(
        RSS("<item><title>One <i>two</title><link>/a</link><description>x<br>y<p>z</description>"
            "</item><item><title>Next</TITLE></item>"));
    assert_int_equal(feed.entry_count, 2);
    assert_str(feed.entries[0].title, "One two");
    assert_str(feed.entries[0].link, "https://ex.org/a");
    assert_str(feed.entries[0].summary, "x\ny\n\nz");
    assert_str(feed.entries[1].title, "Next");
    assert_true(unit_warned(&feed, "<i> is not closed"));
}

static void tags_may_be_as_careless_as_html(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(
        RSS("<item><enclosure url=https://ex.org/a.mp3?x&y length=5 new/></item>"
            "<item><enclosure url='https://ex.org/?a<b'/><title>1 < 2 <ann@ex.org></title></item>"
            "<item><title>A</title\n><author>B</author</item>"
            "<item><enclosure url=\"https://ex.org/c /><title>C</title></item>"));
    assert_int_equal(feed.entry_count, 4);
    assert_str(feed.entries[0].enclosures[0].url, "https://ex.org/a.mp3?x&y");
    assert_int_equal(feed.entries[0].enclosures[0].length, 5);
    assert_str(feed.entries[1].enclosures[0].url, "https://ex.org/?a%3Cb");
    assert_str(feed.entries[1].title, "1 < 2 <ann@ex.org>");
    assert_str(feed.entries[2].author, "B");
    assert_str(feed.entries[3].title, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(ill_formed_feeds_give_what_can_be_read),
        TEST(warnings_name_the_line_of_the_file),
        TEST(an_entry_inside_an_open_person_leaves_no_name_there),
        TEST(entities_of_a_document_type_are_their_text_and_no_more),
        TEST(escaped_html_survives_what_is_ill_formed_before_it),
        TEST(every_entry_that_a_person_could_read_comes_out),
        TEST(signs_between_attributes_go_as_whole_characters),
        TEST(names_that_xml_forbids_are_text),
        TEST(missing_ends_close_where_the_element_around_ends),
        TEST(tags_may_be_as_careless_as_html),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
