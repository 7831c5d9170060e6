/* Tests of finding the feeds that a web page names. */
#include "unit-feed.h"

static struct dw_feed_leads discover(const char *html)
{
    struct dw_feed_leads leads = {0};
    dw_feed_discover(&arena, dw_str_from_c(html), DW_STR("https://ex.org/blog/"), &leads);
    return leads;
}

static struct dw_str by_rule(const char *address)
{
    struct dw_feed_leads leads = {0};
    dw_feed_leads_by_rule(&arena, dw_str_from_c(address), &leads);
    return leads.len == 1 ? leads.at[0].url : DW_STR("");
}

static void links_of_a_feeds_type_are_found_in_order(void **state)
{
    (void)state;
    struct dw_feed_leads found =
        discover("<html><head><link rel=\"alternate\" type=\"application/rss+xml\" "
                 "href=\"/rss?a=1&amp;b=2\">"
                 "<LINK TYPE='application/atom+xml' HREF='atom.xml' REL='ALTERNATE'/>"
                 "<link rel=alternate type=application/feed+json href=https://o.org/f.json>"
                 "<link rel='feed' type='application/rdf+xml' href='r'></head></html>");
    assert_int_equal(found.len, 4);
    assert_str(found.at[0].url, "https://ex.org/rss?a=1&b=2");
    assert_str(found.at[1].url, "https://ex.org/blog/atom.xml");
    assert_str(found.at[2].url, "https://o.org/f.json");
    assert_str(found.at[3].url, "https://ex.org/blog/r");
}

static void other_links_are_passed_over(void **state)
{
    (void)state;
    struct dw_feed_leads found =
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
    struct dw_feed_leads found = discover("<base href='https://b.org/x/'><link rel='alternate' "
                                          "type='application/rss+xml' href='f'>");
    assert_str(found.at[0].url, "https://b.org/x/f");
}

static void the_same_address_is_named_once(void **state)
{
    (void)state;
    struct dw_feed_leads found =
        discover("<link rel='alternate' type='application/rss+xml' href='/f'>"
                 "<link rel='alternate' type='application/atom+xml' href='https://ex.org/f'>");
    assert_int_equal(found.len, 1);
}

static void many_links_end_somewhere(void **state)
{
    (void)state;
    struct dw_str page = unit_repeat(DW_STR("<html>"), DW_STR("<link rel=icon href=x>"), 20000,
                                     DW_STR("<link rel=alternate type=rss href=/f>"));
    struct dw_feed_leads leads = {0};
    dw_feed_discover(&arena, page, DW_STR("https://ex.org/"), &leads);
    assert_int_equal(leads.len, 0);
}

static void cut_pages_do_no_harm(void **state)
{
    (void)state;
    static const struct dw_str whole =
        DW_STR_INIT("<link rel='alternate' type=\"application/rss+xml\" href=/f>");
    struct dw_feed_leads leads = {0};
    for (size_t len = 0; len <= whole.len; len++) {
        leads.len = 0;
        dw_feed_discover(&arena, dw_str_slice(whole, 0, len), DW_STR("https://ex.org/"), &leads);
    }
    assert_str(leads.at[0].url, "https://ex.org/f");
}

static void feeds_of_comments_come_last(void **state)
{
    (void)state;
    struct dw_feed_leads found =
        discover("<link rel=alternate type=application/rss+xml title='Blog &amp; Comments feed' "
                 "href=/c><link rel=alternate type=application/rss+xml title=\"Blog\" href=/f>");
    assert_str(found.at[0].url, "https://ex.org/f");
    assert_str(found.at[0].title, "Blog");
    assert_str(found.at[1].title, "Blog & Comments feed");
}

static void links_that_look_like_feeds_come_behind_those_named(void **state)
{
    (void)state;
    struct dw_feed_leads found =
        discover("<a href='/about'>x</a><a class=y href='feed/'>RSS</a><a href='/all.rss'>RSS</a>"
                 "<link rel=alternate type=application/rss+xml href=/f>");
    assert_int_equal(found.len, 3);
    assert_str(found.at[0].url, "https://ex.org/f");
    assert_int_equal(found.at[0].kind, DW_LEAD_LINK);
    assert_str(found.at[1].url, "https://ex.org/blog/feed/");
    assert_int_equal(found.at[1].kind, DW_LEAD_ANCHOR);
    assert_str(found.at[2].url, "https://ex.org/all.rss");
}

static void forms_of_addresses_tell_their_feed(void **state)
{
    (void)state;
    assert_str(by_rule("https://www.youtube.com/channel/UC123"),
               "https://www.youtube.com/feeds/videos.xml?channel_id=UC123");
    assert_str(by_rule("https://youtube.com/playlist?list=PL9&index=2"),
               "https://www.youtube.com/feeds/videos.xml?playlist_id=PL9");
    assert_str(by_rule("https://old.reddit.com/r/hardware/"),
               "https://www.reddit.com/r/hardware/.rss");
    assert_str(by_rule("https://github.com/ggml-org/llama.cpp/releases"),
               "https://github.com/ggml-org/llama.cpp/releases.atom");
    assert_str(by_rule("https://github.com/a/b/commits/main/src"),
               "https://github.com/a/b/commits/main/src.atom");
    assert_str(by_rule("https://importai.substack.com/p/some-post"),
               "https://importai.substack.com/feed");
    assert_str(by_rule("https://medium.com/@someone"), "https://medium.com/feed/@someone");
    assert_str(by_rule("https://chips.wordpress.com/"), "https://chips.wordpress.com/feed/");
    assert_str(by_rule("https://bsky.app/profile/x.bsky.social"),
               "https://bsky.app/profile/x.bsky.social/rss");
    assert_str(by_rule("https://arxiv.org/list/cs.AI/recent"), "https://rss.arxiv.org/rss/cs.AI");
    assert_str(by_rule("https://social.example/@ann"), "https://social.example/@ann.rss");
    assert_str(by_rule("https://ex.org/blog"), "");
    assert_str(by_rule("https://notgithub.com/a/b"), "");
}

static void usual_places_begin_beside_the_address(void **state)
{
    (void)state;
    struct dw_feed_leads leads = {0};
    dw_feed_leads_by_path(&arena, DW_STR("https://ex.org/blog"), &leads);
    assert_str(leads.at[0].url, "https://ex.org/blog/feed");
    assert_str(leads.at[1].url, "https://ex.org/feed");
    leads.len = 0;
    dw_feed_leads_by_path(&arena, DW_STR("https://ex.org"), &leads);
    assert_str(leads.at[0].url, "https://ex.org/feed");
    assert_true(leads.len <= 10);
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
        TEST(feeds_of_comments_come_last),
        TEST(links_that_look_like_feeds_come_behind_those_named),
        TEST(forms_of_addresses_tell_their_feed),
        TEST(usual_places_begin_beside_the_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
