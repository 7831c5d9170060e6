/* Tests of what pages tell of themselves: dates, names, titles, and what is no story at all. */
#include "unit.h"

#include "internal.h"

#define ARENA (32u << 20)

#define PROSE                                                                                   \
    "<p>The chip maker said on Thursday that it had raised $40 million from three investors, "  \
    "and that it would build a second plant in the north of the country.</p>"                   \
    "<p>Its founder, who left a larger rival last year, told reporters that the money, all of " \
    "it in cash, will last for two years and pay for six hundred people.</p>"                   \
    "<p>Analysts were less sure: a plant costs ten times as much, they said, and others have "  \
    "tried before, with little to show for it in the end.</p>"

#define OTHER_PROSE                                                                               \
    "<p>The second plant, which stands a mile away from the first, was bought from a rival that " \
    "had given up on chips of its own and makes batteries today.</p><p>Its six hundred people "   \
    "were asked to stay, and most of them did, among them the chief of the works, who has seen "  \
    "three owners come and go in ten years.</p>"

static struct dw_arena arena;

static int make_arena(void **state)
{
    (void)state;
    dw_arena_init(&arena, ARENA);
    return 0;
}

static int drop_arena(void **state)
{
    (void)state;
    dw_arena_release(&arena);
    return 0;
}

static bool try_page(const char *url, const char *html, struct dw_page *page, struct dw_error *err)
{
    struct dw_page_input input = {.bytes = dw_str_from_c(html), .url = dw_str_from_c(url)};
    return dw_page_read(&arena, &input, page, err);
}

static struct dw_page read_page(const char *url, const char *html)
{
    struct dw_page page;
    struct dw_error err = {0};
    if (!try_page(url, html, &page, &err))
        fail_msg("%s", err.message);
    return page;
}

static void check(struct dw_str got, const char *wanted)
{
    if (!dw_str_eq(got, dw_str_from_c(wanted)))
        fail_msg("got \"%.*s\", want \"%s\"", DW_FMT(got), wanted);
}

static void dates_are_found_within_text(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool month_first;
        const char *wanted; /* NULL: none */
    } cases[] = {
        {"Posted on January 29th, 2026 by Ann", true, "2026-01-29T00:00:00Z"},
        {"29. Januar 2026, 10:42 Uhr", false, "2026-01-29T10:42:00Z"},
        {"Lübeck, 31. März 2003", false, "2003-03-31T00:00:00Z"},
        {"29.01.2026", false, "2026-01-29T00:00:00Z"},
        {"am 3.2.26 um 9:05", false, "2026-02-03T09:05:00Z"},
        {"01/02/2026", true, "2026-01-02T00:00:00Z"},
        {"01/02/2026", false, "2026-02-01T00:00:00Z"},
        {"13/02/2026", true, "2026-02-13T00:00:00Z"},
        {"2026-01-29 23:10:00 +0100", false, "2026-01-29T22:10:00Z"},
        {"le 15 septembre 2009", false, "2009-09-15T00:00:00Z"},
        {"29 de enero de 2026", false, "2026-01-29T00:00:00Z"},
        {"2026年1月29日 朝", false, "2026-01-29T00:00:00Z"},
        {"version 10.4.2 of 2026", false, NULL},
        {"call 555-12-2026, maybe 2,000", true, NULL},
        {"on 31.02.2026", false, NULL},
        {"in May they had 20 of 2026", true, NULL},
        {"", true, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct page_date date;
        bool found = page_find_date(dw_str_from_c(cases[i].text), cases[i].month_first, &date);
        if (found != (cases[i].wanted != NULL))
            fail_msg("%s: %s", cases[i].text, found ? "a date" : "no date");
        if (found)
            check(dw_date_iso(&arena, date.time), cases[i].wanted);
    }
}

static void addresses_tell_days_in_many_forms(void **state)
{
    (void)state;
    static const struct {
        const char *url;
        const char *wanted;
    } cases[] = {
        {"https://x.example/2026/01/29/chips.html", "2026-01-29T00:00:00Z"},
        {"https://x.example/world/2026/jan/29/chips", "2026-01-29T00:00:00Z"},
        {"https://x.example/news/2026-01-29-chips", "2026-01-29T00:00:00Z"},
        {"https://x.example/a/20260129/b", "2026-01-29T00:00:00Z"},
        {"https://x.example/local/2020-02/19/c_1125597921.htm", "2020-02-19T00:00:00Z"},
        {"https://web.example/web/20130217080612/http://y.example/2012/08/02/a",
         "2012-08-02T00:00:00Z"},
        {"https://x.example/20261301/b", NULL},
        {"https://x.example/article/1234567890123", NULL},
        {"https://2026-01-29.example/", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t time;
        bool found = page_date_of_url(dw_str_from_c(cases[i].url), &time);
        if (found != (cases[i].wanted != NULL))
            fail_msg("%s: %s", cases[i].url, found ? "a day" : "no day");
        if (found)
            check(dw_date_iso(&arena, time), cases[i].wanted);
    }
}

static void a_date_that_is_only_shown_is_read(void **state)
{
    (void)state;
    struct dw_page page = read_page(
        "https://x.example/a",
        "<html lang=de><body><h1>Neue Fabrik</h1><div class=meta><span class=date>29.01.2026</span>"
        "</div>" PROSE "<div class=comments><span class=date>31.01.2026</span> Ja</div></body>");
    assert_str(dw_date_iso(&arena, page.published), "2026-01-29T00:00:00Z");
}

static void an_address_overrules_a_date_that_is_days_away(void **state)
{
    (void)state;
    const char *html = "<html><head><meta property=article:published_time "
                       "content='2026-01-28T22:00:00Z'></head><body><h1>New plant</h1>" PROSE;
    struct dw_page page = read_page("https://x.example/2014/12/16/a", html);
    assert_str(dw_date_iso(&arena, page.published), "2014-12-16T00:00:00Z");
    page = read_page("https://x.example/2026/01/29/a", html);
    assert_str(dw_date_iso(&arena, page.published), "2026-01-28T22:00:00Z");
}

static void a_modified_date_serves_where_there_is_no_other(void **state)
{
    (void)state;
    struct dw_page page =
        read_page("https://x.example/a", "<html><head><meta property=article:modified_time "
                                         "content='2026-01-28T22:00:00Z'></head><body>" PROSE);
    assert_str(dw_date_iso(&arena, page.published), "2026-01-28T22:00:00Z");
}

static void bylines_lose_labels_and_what_follows_the_names(void **state)
{
    (void)state;
    static const struct {
        const char *raw;
        const char *wanted; /* NULL: no name */
    } cases[] = {
        {"By Ann Lee", "Ann Lee"},
        {"Von Hans Müller am 12. Januar 2022, 13:00 Uhr", "Hans Müller"},
        {"Author: Bo2man am 29.12.2010, 13:36 Uhr", "Bo2man"},
        {"View all posts by Ann Lee", "Ann Lee"},
        {"Ann Lee | Updated 3 hours ago", "Ann Lee"},
        {"Ann Lee Ann Lee", "Ann Lee"},
        {"Ann Lee and Bo Ek", "Ann Lee and Bo Ek"},
        {"Byron Smith", "Byron Smith"},
        {"admin", NULL},
        {"https://x.example/ann", NULL},
        {"12.01.2022", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct page_work work = {.arena = &arena};
        struct dw_str name;
        bool labelled;
        bool found = page_clean_byline(&work, dw_str_from_c(cases[i].raw), &labelled, &name);
        if (found != (cases[i].wanted != NULL))
            fail_msg("%s: %s", cases[i].raw, found ? "a name" : "no name");
        if (found)
            check(name, cases[i].wanted);
    }
}

static void a_name_on_the_page_wins_over_an_organisation(void **state)
{
    (void)state;
    struct dw_page page = read_page(
        "https://x.example/a",
        "<html><head><script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":"
        "{\"@type\":\"Organization\",\"name\":\"The Paper\"},}</script></head><body>"
        "<h1>New plant</h1><p class=byline>By <a rel=author href=/ann>Ann Lee</a></p>" PROSE);
    assert_str(page.byline, "Ann Lee");
}

static void the_site_s_name_is_no_part_of_the_title(void **state)
{
    (void)state;
    static const char *const titles[] = {
        "New plant in the north | Example News",
        "New plant in the north - Example News",
        "Example News - New plant in the north",
        "New plant in the north / Business / Example News",
    };
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        struct dw_str html = dw_str_format(
            &arena, "<html><head><title>%s</title></head><body><h2>New plant in the north</h2>%s",
            titles[i], PROSE);
        struct dw_page page = read_page("https://examplenews.example/a", dw_str_cstr(&arena, html));
        assert_str(page.title, "New plant in the north");
    }
}

static void the_only_heading_above_the_story_is_its_title(void **state)
{
    (void)state;
    struct dw_page page =
        read_page("https://x.example/a",
                  "<html><head><meta property=og:title content='Chips: the plant that "
                  "nobody wanted'></head><body><h1>The plant nobody wanted</h1>" PROSE);
    assert_str(page.title, "The plant nobody wanted");
    assert_int_equal(dw_str_find(page.text, page.title, 0), SIZE_MAX);
}

static void a_blog_s_name_as_the_first_heading_is_no_title(void **state)
{
    (void)state;
    struct dw_page page =
        read_page("https://x.example/a",
                  "<html><head><title>Four Years Remaining » Interning of Integers in "
                  "Python</title></head><body><h1>Four Years Remaining</h1><h2>Interning "
                  "of Integers in Python</h2>" PROSE);
    assert_str(page.title, "Interning of Integers in Python");
}

static void a_kicker_within_the_heading_is_no_part_of_the_title(void **state)
{
    (void)state;
    struct dw_page page = read_page(
        "https://x.example/a",
        "<html><head><title>The plant nobody wanted</title></head><body><h1><span>Chips</span> "
        "<span>The plant nobody wanted</span></h1>" PROSE);
    assert_str(page.title, "The plant nobody wanted");
}

static void names_in_forms_and_comments_are_no_authors(void **state)
{
    (void)state;
    struct dw_page page = read_page("https://x.example/a",
                                    "<html><body><article><h1>New plant</h1>" PROSE
                                    "</article><p class=author>Ann Lee</p>"
                                    "<div class=comments><span class=author>Troll</span></div>"
                                    "<form><label class=author>Name</label></form></body></html>");
    assert_str(page.byline, "Ann Lee");
}

static void the_site_s_own_name_gives_way_to_a_name_on_the_page(void **state)
{
    (void)state;
    struct dw_page page = read_page(
        "https://daily-wire.example/a",
        "<html><head><meta name=author content='The Daily Wire'><meta property=og:site_name "
        "content='The Daily Wire'></head><body><h1>New plant</h1><p>By Ann Lee</p>" PROSE);
    assert_str(page.byline, "Ann Lee");
}

static void pages_that_are_no_story_say_what_they_are(void **state)
{
    (void)state;
    static const struct {
        const char *html;
        const char *says;
    } cases[] = {
        {"<title>Just a moment...</title><p>Checking your browser before you reach the site.</p>",
         "a person"},
        {"<title>news.example</title><h1>Access</h1><p>Please verify you are human by completing "
         "the "
         "action below.</p>",
         "a person"},
        {"<title>Before you continue</title><p>We and our partners store and/or access information "
         "on a device, such as cookies, and process data.</p><button>Accept</button>",
         "cookies"},
        {"<title>Page not found</title><h1>404</h1><p>The page you are looking for may have moved, "
         "or it never was.</p>",
         "missing"},
        {"<title>App</title><div id=root></div><noscript>You need to enable JavaScript to run this "
         "app.</noscript>",
         "scripts"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct dw_page page;
        struct dw_error err = {0};
        assert_false(try_page("https://x.example/a", cases[i].html, &page, &err));
        assert_int_equal(err.code, DW_ERR_INPUT);
        if (dw_str_find(dw_str_from_c(err.message), dw_str_from_c(cases[i].says), 0) == SIZE_MAX)
            fail_msg("%s: %s", cases[i].html, err.message);
    }
}

static void a_story_that_tells_of_robots_is_a_story(void **state)
{
    (void)state;
    struct dw_page page = read_page(
        "https://x.example/a",
        "<title>Why a captcha asks: are you a robot?</title><h1>Why a captcha asks</h1>"
        "<p>Everybody knows the box that says: verify you are human.</p>" PROSE OTHER_PROSE
        "<p>It was made in Pittsburgh, by four people who wanted to keep programs out, and "
        "who never thought that it would one day teach programs to read.</p>");
    assert_true(page.text.len > 700);
    assert_false(page.partial);
}

static void a_stub_is_marked_and_loses_the_request_to_subscribe(void **state)
{
    (void)state;
    struct dw_page page = read_page(
        "https://x.example/a", "<html><head><title>New plant</title></head><body><article>"
                               "<h1>New plant</h1>" PROSE
                               "<p>Subscribe to continue reading. Already a subscriber? Log in.</p>"
                               "</article></body></html>");
    assert_true(page.partial);
    assert_int_equal(dw_str_find(page.text, DW_STR("Subscribe"), 0), SIZE_MAX);
    assert_true(dw_str_starts(page.text, DW_STR("The chip maker")));
}

static void a_running_report_has_its_parts_as_sections(void **state)
{
    (void)state;
    struct dw_page page = read_page(
        "https://x.example/a",
        "<html><head><script type=application/ld+json>{\"@type\":\"LiveBlogPosting\",\"headline\":"
        "\"The day\",\"liveBlogUpdate\":[]}</script></head><body><article><h1>The day</h1>"
        "<h2>A plant opens</h2>" PROSE "<h2>A plant closes</h2>" OTHER_PROSE
        "</article></body></html>");
    assert_true(page.live);
    assert_int_equal(page.section_count, 2);
    assert_str(page.sections[1].title, "A plant closes");
    for (size_t i = 0; i < 2; i++) {
        const struct dw_page_section *section = &page.sections[i];
        struct dw_str part = dw_str_slice(page.text, section->start, section->end);
        assert_true(dw_str_starts(part, section->title));
    }
    assert_int_equal(page.sections[0].end, page.sections[1].start);
    assert_int_equal(page.sections[1].end, page.text.len);
}

static void updates_behind_a_script_come_from_json_ld(void **state)
{
    (void)state;
    struct dw_page page = read_page(
        "https://x.example/a",
        "<html><head><script type=application/ld+json>{\"@type\":\"LiveBlogPosting\",\"headline\":"
        "\"The day\",\"liveBlogUpdate\":[{\"headline\":\"A plant opens\",\"articleBody\":\"It did, "
        "at nine in the morning, with a band.\"},{\"headline\":\"It closes\",\"articleBody\":\"At "
        "noon, without one.\"}]}</script></head><body><p>Loading</p></body></html>");
    assert_str(page.text, "A plant opens\n\nIt did, at nine in the morning, with a band.\n\nIt "
                          "closes\n\nAt noon, without one.");
}

static void pages_of_one_story_are_joined_once(void **state)
{
    (void)state;
    struct dw_page first = read_page("https://x.example/story",
                                     "<html><head><link rel=next href='/story?page=2'></head><body>"
                                     "<h1>Plant</h1>" PROSE "</body></html>");
    assert_str(first.next, "https://x.example/story?page=2");
    struct dw_str start = first.text;
    struct dw_page second = {
        .text = dw_str_format(&arena, "%.*s\n\nThe end of it.", DW_FMT(start)),
        .next = {"", 0},
    };
    assert_true(dw_page_append(&arena, &first, &second));
    assert_true(dw_str_eq(first.text, second.text));
    assert_int_equal(first.next.len, 0);
}

static void the_next_story_is_not_the_next_page(void **state)
{
    (void)state;
    struct dw_page page = read_page(
        "https://x.example/2026/story",
        "<html><head><link rel=next href='/2026/other-story'></head><body>" PROSE "</body></html>");
    assert_int_equal(page.next.len, 0);
}

static void other_forms_of_the_story_are_named(void **state)
{
    (void)state;
    struct dw_page page =
        read_page("https://x.example/story",
                  "<html><head><link rel=amphtml href=/story/amp><link "
                  "rel=alternate media=print href=/story/print></head><body>" PROSE);
    assert_str(page.amp, "https://x.example/story/amp");
    assert_str(page.print, "https://x.example/story/print");
}

static void tables_and_lists_stay_what_they_are(void **state)
{
    (void)state;
    struct dw_page page = read_page(
        "https://x.example/a",
        "<html><body><article><h1>Plants</h1>" PROSE "<ul><li>six hundred people work there</li>"
        "<li>forty million dollars were spent</li></ul><table><tr><th>Year</th><th>Chips made in "
        "the plant</th></tr><tr><td>2025</td><td>four million of them</td></tr></table>" PROSE
        "</article></body></html>");
    assert_true(dw_str_find(page.text, DW_STR("- six hundred people work there\n- forty"), 0) !=
                SIZE_MAX);
    assert_true(dw_str_find(page.text, DW_STR("2025 | four million of them"), 0) != SIZE_MAX);
}

static void facts_survive_failing_allocations(void **state)
{
    (void)state;
    bool done = false;
    for (size_t n = 0; !done && n < 400; n++) {
        struct dw_arena small;
        dw_arena_init(&small, ARENA);
        struct dw_page page;
        struct dw_error err = {0};
        struct dw_page_input input = {
            .bytes = DW_STR("<html lang=en><head><title>T | S</title><script "
                            "type=application/ld+json>{\"@type\":\"Article\",\"author\":[\"A\"],"
                            "\"liveBlogUpdate\":[{\"headline\":\"x\"}],}</script></head><body>"
                            "<h1>T’s plant</h1><p class=byline>By Ann Lee, January 29, 2026</p>"
                            "<h2>Part</h2>" PROSE "</body></html>")};
        unit_fail_after(n);
        done = dw_page_read(&small, &input, &page, &err);
        unit_fail_after(SIZE_MAX);
        assert_true(done || err.code == DW_ERR_MEMORY);
        dw_arena_release(&small);
    }
    assert_true(done);
}

#define PAGE_TEST(name) cmocka_unit_test_setup_teardown(name, make_arena, drop_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAGE_TEST(dates_are_found_within_text),
        PAGE_TEST(addresses_tell_days_in_many_forms),
        PAGE_TEST(a_date_that_is_only_shown_is_read),
        PAGE_TEST(an_address_overrules_a_date_that_is_days_away),
        PAGE_TEST(a_modified_date_serves_where_there_is_no_other),
        PAGE_TEST(bylines_lose_labels_and_what_follows_the_names),
        PAGE_TEST(a_name_on_the_page_wins_over_an_organisation),
        PAGE_TEST(the_site_s_name_is_no_part_of_the_title),
        PAGE_TEST(the_only_heading_above_the_story_is_its_title),
        PAGE_TEST(a_blog_s_name_as_the_first_heading_is_no_title),
        PAGE_TEST(a_kicker_within_the_heading_is_no_part_of_the_title),
        PAGE_TEST(names_in_forms_and_comments_are_no_authors),
        PAGE_TEST(the_site_s_own_name_gives_way_to_a_name_on_the_page),
        PAGE_TEST(pages_that_are_no_story_say_what_they_are),
        PAGE_TEST(a_story_that_tells_of_robots_is_a_story),
        PAGE_TEST(a_stub_is_marked_and_loses_the_request_to_subscribe),
        PAGE_TEST(a_running_report_has_its_parts_as_sections),
        PAGE_TEST(updates_behind_a_script_come_from_json_ld),
        PAGE_TEST(pages_of_one_story_are_joined_once),
        PAGE_TEST(the_next_story_is_not_the_next_page),
        PAGE_TEST(other_forms_of_the_story_are_named),
        PAGE_TEST(tables_and_lists_stay_what_they_are),
        PAGE_TEST(facts_survive_failing_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
