/* Tests of Atom 1.0 and 0.3. */
#include "unit-feed.h"

static void atom_gives_every_field(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'>"
        "<title type='html'>&lt;i&gt;T&lt;/i&gt;</title><subtitle>S</subtitle>"
        "<link rel='self' href='https://ex.org/self'/><link href='https://ex.org/home/'/>"
        "<updated>2025-11-26T06:42:00Z</updated><author><name>Feed Author</name></author>"
        "<entry xml:base='https://other.org/x/'><id>tag:1</id><title>a &lt;b&gt; c</title>"
        "<link rel='enclosure' href='f.pdf' length='7'/><link href='y.html'/>"
        "<category term='t' label='Label'/><category term='u'/><summary>Short</summary>"
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>One</p><p>Two</p></div>"
        "</content><published>2025-11-26T07:42:00+01:00</published>"
        "<updated>2025-11-26T07:42:00Z</updated></entry></feed>");
    assert_int_equal(feed.format, DW_FEED_ATOM_10);
    assert_str(feed.title, "T");
    assert_str(feed.description, "S");
    assert_str(feed.link, "https://ex.org/home/");
    assert_str(feed.language, "en");
    assert_int_equal(feed.updated, 1764139320);
    const struct dw_entry *entry = &feed.entries[0];
    assert_str(entry->id, "tag:1");
    assert_str(entry->title, "a <b> c");
    assert_str(entry->link, "https://other.org/x/y.html");
    assert_str(entry->enclosures[0].url, "https://other.org/x/f.pdf");
    assert_int_equal(entry->enclosures[0].length, 7);
    assert_str(entry->summary, "Short");
    assert_str(entry->content, "One\n\nTwo");
    assert_str(entry->author, "Feed Author");
    assert_str(entry->categories.at[0], "Label");
    assert_str(entry->categories.at[1], "u");
    assert_int_equal(entry->published, 1764139320);
    assert_int_equal(entry->updated, 1764142920);
}

static void the_type_decides_what_is_html(void **state)
{
    (void)state;
    struct dw_feed feed =
        unit_parse(ATOM("<entry><title type='text'>&lt;b&gt;x&lt;/b&gt;</title></entry>"
                        "<entry><title type='html'>&lt;b&gt;x&lt;/b&gt;</title></entry>"
                        "<entry><title type='xhtml'><h:div xmlns:h='http://www.w3.org/1999/xhtml'>"
                        "<h:b>x</h:b> &lt;y&gt;</h:div></title></entry>"));
    assert_str(feed.entries[0].title, "<b>x</b>");
    assert_str(feed.entries[1].title, "x");
    assert_str(feed.entries[2].title, "x <y>");
}

static void xhtml_with_prefixes_keeps_its_paragraphs(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(
        ATOM("<entry><content type='xhtml'><h:div xmlns:h='http://www.w3.org/1999/xhtml'>"
             "<h:p>One</h:p><h:p>Two</h:p></h:div></content></entry>"));
    assert_str(feed.entries[0].content, "One\n\nTwo");
}

static void base64_carries_text_and_other_bytes_are_left_out(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'>"
        "<entry><content mode='base64' type='text/html'>PGI+\n b25lPC9iPg==</content></entry>"
        "<entry><content mode='base64'>not base64!</content></entry>"
        "<entry><content mode='base64'>/////w==</content></entry></feed>");
    assert_int_equal(feed.format, DW_FEED_ATOM_03);
    assert_str(feed.entries[0].content, "one");
    assert_str(feed.entries[1].content, "");
    assert_str(feed.entries[2].content, "");
}

static void an_early_namespace_is_atom_where_the_root_has_it(void **state)
{
    (void)state;
    struct dw_feed feed =
        unit_parse("<feed version='0.3' xmlns='http://ex.org/early#'><title>T</title>"
                   "<entry><issued>2025-11-26</issued></entry></feed>");
    assert_str(feed.title, "T");
    assert_int_equal(feed.entries[0].published, 1764115200);
}

static void the_relation_may_be_an_address(void **state)
{
    (void)state;
    struct dw_feed feed =
        unit_parse(ATOM("<link rel='http://www.iana.org/assignments/relation/self' href='/s'/>"
                        "<link rel='http://www.iana.org/assignments/relation/alternate' "
                        "href='https://ex.org/home'/>"));
    assert_str(feed.link, "https://ex.org/home");
}

static void an_entry_has_its_sources_author_before_the_feeds(void **state)
{
    (void)state;
    struct dw_feed feed =
        unit_parse(ATOM("<author><name>Feed</name></author><entry><source><title>S</title><author>"
                        "<name>Source</name></author></source></entry><entry/>"
                        "<entry><author><email>a@ex.org</email></author></entry>"));
    assert_str(feed.entries[0].author, "Source");
    assert_str(feed.entries[0].title, "");
    assert_str(feed.entries[1].author, "Feed");
    assert_str(feed.entries[2].author, "a@ex.org");
}

static void content_that_lies_elsewhere_is_none_here(void **state)
{
    (void)state;
    struct dw_feed feed =
        unit_parse(ATOM("<entry><content src='https://ex.org/x' type='text/html'/></entry>"));
    assert_str(feed.entries[0].content, "");
}

static void a_title_is_text_whatever_its_type_says(void **state)
{
    (void)state;
    struct dw_feed feed =
        unit_parse(ATOM("<entry><title type='application/x-custom'>test</title>"
                        "<content type='image/png'>test</content></entry>"
                        "<entry><title type='application/octet-stream'>b25l</title></entry>"));
    assert_str(feed.entries[0].title, "test");
    assert_str(feed.entries[0].content, "");
    assert_str(feed.entries[1].title, "one");
}

static void an_empty_address_is_the_base(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse("<feed xmlns='http://www.w3.org/2005/Atom'><entry><link "
                                     "href=''/></entry><entry xml:base='https://b.org/x'><link "
                                     "href=''/></entry></feed>");
    assert_str(feed.entries[0].link, "");
    assert_str(feed.entries[1].link, "https://b.org/x");
}

static void published_goes_before_issued_and_created(void **state)
{
    (void)state;
    struct dw_feed feed = unit_parse(
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><created>2003-01-01</created>"
        "<issued>2004-01-01</issued><published>2005-01-01</published></entry>"
        "<entry><created>2003-01-01</created><issued>2004-01-01</issued></entry></feed>");
    assert_int_equal(feed.entries[0].published, 1104537600);
    assert_int_equal(feed.entries[1].published, 1072915200);
}

static void a_single_entry_is_a_feed(void **state)
{
    (void)state;
    struct dw_feed feed =
        unit_parse("<entry xmlns='http://www.w3.org/2005/Atom'><title>E</title></entry>");
    assert_int_equal(feed.entry_count, 1);
    assert_str(feed.entries[0].title, "E");
}

static void failing_allocations_end_the_feed_and_nothing_else(void **state)
{
    (void)state;
    unit_parse_without_memory(
        ATOM("<author><name>A</name></author><entry xml:base='https://b.org/'><id>1</id>"
             "<link href='x'/><content type='xhtml'><div><p>x</p></div></content>"
             "<summary type='application/octet-stream'>b25l</summary></entry>"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(atom_gives_every_field),
        TEST(the_type_decides_what_is_html),
        TEST(xhtml_with_prefixes_keeps_its_paragraphs),
        TEST(base64_carries_text_and_other_bytes_are_left_out),
        TEST(an_early_namespace_is_atom_where_the_root_has_it),
        TEST(the_relation_may_be_an_address),
        TEST(an_entry_has_its_sources_author_before_the_feeds),
        TEST(content_that_lies_elsewhere_is_none_here),
        TEST(a_title_is_text_whatever_its_type_says),
        TEST(an_empty_address_is_the_base),
        TEST(published_goes_before_issued_and_created),
        TEST(a_single_entry_is_a_feed),
        TEST(failing_allocations_end_the_feed_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
