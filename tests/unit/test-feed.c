/* Tests of what is common to all feeds: what is none, what is ill-formed, and what is too much. */
#include "unit-feed.h"

#include "names.h"

extern const struct dw_tsv feed_elements;
extern const struct dw_tsv feed_namespaces;

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

static const struct {
    const char *bytes;
    const char *says;
} others[] = {
    {"", "empty"},
    {" \n ", "empty"},
    {"\x89PNG\r\n\x1a\n", "PNG image"},
    {"<!DOCTYPE html><html><head><title>Home</title></head></html>", "web page"},
    {"<html><form><input type=\"password\"></form></html>", "login page"},
    {"<html><head><link rel=\"alternate\" type=\"application/rss+xml\" "
     "href=\"/f.xml\"></head></html>",
     "https://ex.org/f.xml"},
    {"{\"a\": 1}", "JSON of another kind"},
    {"[1, 2]", "JSON of another kind"},
    {"<urlset></urlset>", "sitemap"},
    {"<opml version='2.0'/>", "OPML"},
    {"<svg/>", "XML of another kind"},
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

static void escaped_html_survives_what_is_ill_formed_before_it(void **state)
{
    (void)state;
    struct dw_feed feed =
        unit_parse("<rss><channel foo=1 foo='2'><item><title>a</b></title><description>"
                   "&lt;p&gt;R&amp;amp;D&lt;/p&gt;&lt;p&gt;two&lt;/p&gt;</description></item>");
    assert_str(feed.entries[0].title, "a");
    assert_str(feed.entries[0].summary, "R&D\n\ntwo");
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
    {"<br />\n<b>Notice</b>: x in <i>a.php</i><?xml version='1.0'?>" HEAD ONE TWO TAIL,
     "text before the document"},
    {HEAD ONE TWO TAIL "<script>x</script><!-- y -->", "more comes behind </rss>"},
    {HEAD ONE TWO TAIL "Fatal error", "line 2: "},
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

static void a_root_that_ends_a_thousand_times_is_read_in_linear_time(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse_as(
        unit_repeat(DW_STR("<rss><channel>"), DW_STR("<item><title>x</rss>"), 9000, DW_STR("")),
        "");
    assert_int_equal(feed.entry_count, 9000);
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
        TEST(ill_formed_feeds_give_what_can_be_read),
        TEST(warnings_name_the_line_of_the_file),
        TEST(hostile_text_is_gone_from_every_field),
        TEST(what_is_no_feed_is_called_what_it_is),
        TEST(entities_of_a_document_type_are_their_text_and_no_more),
        TEST(entities_stop_growing_at_the_limit),
        TEST(too_many_entries_are_left_out),
        TEST(elements_without_number_hide_nothing),
        TEST(every_word_of_the_tables_is_known),
        TEST(more_namespaces_than_any_feed_has_end_the_document),
        TEST(an_element_of_many_megabytes_is_cut_and_the_next_is_read),
        TEST(too_many_attributes_are_left_out_and_the_tag_stays),
        TEST(elements_nested_too_deep_are_left_out),
        TEST(escaped_html_survives_what_is_ill_formed_before_it),
        TEST(every_entry_that_a_person_could_read_comes_out),
        TEST(names_that_xml_forbids_are_text),
        TEST(a_root_that_ends_a_thousand_times_is_read_in_linear_time),
        TEST(missing_ends_close_where_the_element_around_ends),
        TEST(tags_may_be_as_careless_as_html),
        TEST(a_long_text_is_cut_between_characters),
        TEST(dates_far_ahead_are_warned_of_where_now_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
