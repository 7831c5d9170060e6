/* Tests of finding the feeds that a web page names. */
#include "unit-feed.h"

static struct dw_strs discover(const char *html)
{
    return dw_feed_discover(&arena, dw_str_from_c(html), DW_STR("https://ex.org/blog/"));
}

static void links_of_a_feeds_type_are_found_in_order(void **state)
{
    (void)state;
    struct dw_strs found =
        discover("<html><head><link rel=\"alternate\" type=\"application/rss+xml\" "
                 "href=\"/rss?a=1&amp;b=2\">"
                 "<LINK TYPE='application/atom+xml' HREF='atom.xml' REL='ALTERNATE'/>"
                 "<link rel=alternate type=application/feed+json href=https://o.org/f.json>"
                 "<link rel='feed' type='application/rdf+xml' href='r'></head></html>");
    assert_int_equal(found.len, 4);
    assert_str(found.at[0], "https://ex.org/rss?a=1&b=2");
    assert_str(found.at[1], "https://ex.org/blog/atom.xml");
    assert_str(found.at[2], "https://o.org/f.json");
    assert_str(found.at[3], "https://ex.org/blog/r");
}

static void other_links_are_passed_over(void **state)
{
    (void)state;
    struct dw_strs found =
        discover("<link rel='alternate' hreflang='de' href='/de'><link rel='stylesheet' "
                 "type='application/rss+xml' href='/x'><linker rel='alternate' "
                 "type='application/rss+xml' href='/y'><link rel='alternate' "
                 "type='application/rss+xml' href='javascript:x'>"
                 "<link rel='alternate' type='application/rss+xml'>");
    assert_int_equal(found.len, 0);
}

static void the_pages_base_counts(void **state)
{
    (void)state;
    struct dw_strs found = discover("<base href='https://b.org/x/'><link rel='alternate' "
                                    "type='application/rss+xml' href='f'>");
    assert_str(found.at[0], "https://b.org/x/f");
}

static void the_same_address_is_named_once(void **state)
{
    (void)state;
    struct dw_strs found =
        discover("<link rel='alternate' type='application/rss+xml' href='/f'>"
                 "<link rel='alternate' type='application/atom+xml' href='https://ex.org/f'>");
    assert_int_equal(found.len, 1);
}

static void many_links_end_somewhere(void **state)
{
    (void)state;
    struct dw_str page = unit_repeat(DW_STR("<html>"), DW_STR("<link rel=icon href=x>"), 20000,
                                     DW_STR("<link rel=alternate type=rss href=/f>"));
    assert_int_equal(dw_feed_discover(&arena, page, DW_STR("https://ex.org/")).len, 0);
}

static void cut_pages_do_no_harm(void **state)
{
    (void)state;
    static const struct dw_str whole =
        DW_STR_INIT("<link rel='alternate' type=\"application/rss+xml\" href=/f>");
    for (size_t len = 0; len < whole.len; len++)
        dw_feed_discover(&arena, dw_str_slice(whole, 0, len), DW_STR("https://ex.org/"));
    assert_int_equal(dw_feed_discover(&arena, whole, DW_STR("https://ex.org/")).len, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(links_of_a_feeds_type_are_found_in_order),
        TEST(other_links_are_passed_over),
        TEST(the_pages_base_counts),
        TEST(the_same_address_is_named_once),
        TEST(many_links_end_somewhere),
        TEST(cut_pages_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
