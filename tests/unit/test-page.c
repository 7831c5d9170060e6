/* Tests of article pages: the story alone, and what the page says of itself. */
#include "unit.h"

#include "page/page.h"

#define ARENA (32u << 20)

#define PROSE_1                                                                             \
    "The chip maker said on Thursday that it had raised $40 million from three investors, " \
    "and that it would build a second plant."
#define PROSE_2                                                                              \
    "Its founder, who left a larger rival last year, told reporters that the money, all of " \
    "it in cash, will last for two years."
#define PROSE_3                                                                             \
    "Analysts were less sure: a plant costs ten times as much, they said, and others have " \
    "tried before."

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

static struct dw_page read_page(const char *html)
{
    struct dw_page page;
    struct dw_error err = {0};
    struct dw_page_input input = {.bytes = dw_str_from_c(html),
                                  .url = DW_STR("https://news.example/2026/01/29/chips.html")};
    if (!dw_page_read(&arena, &input, &page, &err))
        fail_msg("%s", err.message);
    return page;
}

static bool holds(struct dw_str text, const char *part)
{
    return dw_str_find(text, dw_str_from_c(part), 0) != SIZE_MAX;
}

static void an_ordinary_news_page_gives_its_story_alone(void **state)
{
    (void)state;
    struct dw_page page = read_page(
        "<!DOCTYPE html><html lang=en><head><title>Chip maker raises | Example News</title>"
        "<meta property='og:site_name' content='Example News'></head><body>"
        "<nav><ul><li><a href=/>Home</a><li><a href=/ai>AI</a></ul></nav>"
        "<div id=cookie-banner><p>We and our partners use cookies, as you can read in our policy, "
        "to show you what you like.</p></div>"
        "<div class='layout has-sidebar'><article><h1>Chip maker raises</h1>"
        "<div class=share-buttons><a href=#>Share this</a></div>"
        "<p>" PROSE_1 "</p><p>" PROSE_2 "</p>"
        "<figure><img src=a.jpg alt='a plant'><figcaption>The plant. Photo: Example</figcaption>"
        "</figure><h2>Doubts</h2><p>" PROSE_3 "</p>"
        "<div class=related-posts><h3>Related</h3><ul><li><a href=/x>Another story of ours that is "
        "long enough to be read</a></ul></div></article>"
        "<div id=comments><p>I have never believed a word of what these people say, and I will not "
        "begin today, thank you.</p></div></div>"
        "<footer><p>Copyright 2026 by Example News, all rights reserved, in all countries of the "
        "world and beyond.</p></footer></body></html>");
    assert_str(page.text, PROSE_1 "\n\n" PROSE_2 "\n\nDoubts\n\n" PROSE_3);
    assert_str(page.title, "Chip maker raises");
    assert_str(page.site, "Example News");
    assert_str(page.language, "en");
    assert_str(dw_date_iso(&arena, page.published), "2026-01-29T00:00:00Z");
}

static void a_page_without_semantic_tags_gives_its_story_too(void **state)
{
    (void)state;
    struct dw_page page =
        read_page("<html><body><table><tr><td><a href=1>One</a><br><a href=2>Two</a></td><td>"
                  "<font size=5>Old news</font><br><br>" PROSE_1 "<br><br>" PROSE_2 "<p>" PROSE_3
                  "</td></tr></table></body></html>");
    assert_true(holds(page.text, PROSE_1 "\n\n" PROSE_2));
    assert_true(holds(page.text, PROSE_3));
}

static void what_a_page_says_twice_is_told_once(void **state)
{
    (void)state;
    struct dw_page page =
        read_page("<html><body><article><h1>Chips</h1><p>" PROSE_1 "</p><p>" PROSE_2
                  "</p><p>" PROSE_3 "</p></article><article><h1>Chips</h1><p>" PROSE_1
                  "</p><p>" PROSE_2 "</p><p>" PROSE_3 "</p></article></body></html>");
    assert_str(page.text, PROSE_1 "\n\n" PROSE_2 "\n\n" PROSE_3);
}

static void json_ld_wins_over_meta_tags_and_meta_tags_over_the_rest(void **state)
{
    (void)state;
    struct dw_page page = read_page(
        "<html lang=en><head><title>title tag</title>"
        "<meta property=og:title content='From Open Graph'><meta name=author content='Meta Author'>"
        "<meta property=og:locale content=en_GB>"
        "<link rel=canonical href='/chips'><script type='application/ld+json'>"
        "{\"@context\":\"https://"
        "schema.org\",\"@graph\":[{\"@type\":\"Organization\",\"name\":\"x\"},"
        "{\"@type\":[\"NewsArticle\"],\"headline\":\"From JSON-LD &amp; more\","
        "\"author\":[{\"name\":\"Ann Lee\"},{\"name\":\"Bo Ek\"}],"
        "\"publisher\":{\"name\":\"The Paper\"},\"datePublished\":\"2026-01-28T10:00:00+01:00\"}]}"
        "</script></head><body><h1>Heading</h1><p>" PROSE_1 "</p><p>" PROSE_2 "</p></body></html>");
    assert_str(page.title, "From JSON-LD & more");
    assert_str(page.byline, "Ann Lee, Bo Ek");
    assert_str(page.site, "The Paper");
    assert_str(page.canonical, "https://news.example/chips");
    assert_str(dw_date_iso(&arena, page.published), "2026-01-28T09:00:00Z");
}

static void a_story_hidden_behind_a_script_comes_from_json_ld(void **state)
{
    (void)state;
    struct dw_page page = read_page(
        "<html><head><script type=application/ld+json>{\"@type\":\"Article\",\"articleBody\":"
        "\"" PROSE_1 "\\n\\n" PROSE_2
        "\"}</script></head><body><p>Please enable scripts.</p></body>");
    assert_str(page.text, PROSE_1 "\n\n" PROSE_2);
}

static void broken_json_ld_and_wrong_dates_are_passed_over(void **state)
{
    (void)state;
    struct dw_page page = read_page(
        "<html><head><script type=application/ld+json>{\"@type\":\"Article\",</script>"
        "<meta name=date content='soon'><meta name=author content='https://x.example/ann'></head>"
        "<body><time datetime='2026-01-27'>Tuesday</time><p>" PROSE_1 "</p></body></html>");
    assert_str(dw_date_iso(&arena, page.published), "2026-01-27T00:00:00Z");
    assert_int_equal(page.byline.len, 0);
}

static void the_character_set_is_found_in_header_or_tag(void **state)
{
    (void)state;
    struct dw_page page;
    struct dw_error err;
    struct dw_page_input input = {
        .bytes =
            DW_STR("<html><head><meta charset=iso-8859-1></head><body><p>Z\xFCrich</p></body>")};
    assert_true(dw_page_read(&arena, &input, &page, &err));
    assert_str(page.text, "Z\xC3\xBCrich");
    input.bytes = DW_STR("<p>\x82\xA0</p>");
    input.content_type = DW_STR("text/html; charset=Shift_JIS");
    assert_true(dw_page_read(&arena, &input, &page, &err));
    assert_str(page.text, "\xE3\x81\x82");
}

static void what_is_no_page_is_refused_in_words(void **state)
{
    (void)state;
    static const char *const inputs[] = {"", "%PDF-1.7 <<>>", "plain words",
                                         "<html><body><script>x()</script></body></html>"};
    for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++) {
        struct dw_page page;
        struct dw_error err = {0};
        struct dw_page_input input = {.bytes = dw_str_from_c(inputs[i])};
        assert_false(dw_page_read(&arena, &input, &page, &err));
        assert_int_equal(err.code, DW_ERR_INPUT);
        assert_true(err.message[0] != '\0');
    }
}

static void deep_nesting_does_no_harm(void **state)
{
    (void)state;
    struct dw_buf html;
    dw_buf_init(&html, 1 << 20);
    for (int i = 0; i < 20000; i++)
        dw_buf_add(&html, DW_STR("<div><b>"));
    dw_buf_add(&html, DW_STR("<p>" PROSE_1));
    struct dw_page page;
    struct dw_error err;
    struct dw_page_input input = {.bytes = dw_buf_str(&html)};
    if (!dw_page_read(&arena, &input, &page, &err))
        assert_int_equal(err.code, DW_ERR_INPUT);
    dw_buf_release(&html);
}

static void out_of_memory_is_an_error(void **state)
{
    (void)state;
    bool done = false;
    for (size_t n = 0; !done && n < 200; n++) {
        struct dw_arena small;
        dw_arena_init(&small, ARENA);
        struct dw_page page;
        struct dw_error err = {0};
        struct dw_page_input input = {
            .bytes = DW_STR("<html><head><title>T</title></head><body><div class=a><p>" PROSE_1
                            "</p><p>" PROSE_2 "</p></div></body></html>")};
        unit_fail_after(n);
        done = dw_page_read(&small, &input, &page, &err);
        unit_fail_after(SIZE_MAX);
        assert_true(done || err.code == DW_ERR_MEMORY);
        if (done)
            assert_str(page.text, PROSE_1 "\n\n" PROSE_2);
        dw_arena_release(&small);
    }
    assert_true(done);
}

#define PAGE_TEST(name) cmocka_unit_test_setup_teardown(name, make_arena, drop_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAGE_TEST(an_ordinary_news_page_gives_its_story_alone),
        PAGE_TEST(a_page_without_semantic_tags_gives_its_story_too),
        PAGE_TEST(what_a_page_says_twice_is_told_once),
        PAGE_TEST(json_ld_wins_over_meta_tags_and_meta_tags_over_the_rest),
        PAGE_TEST(a_story_hidden_behind_a_script_comes_from_json_ld),
        PAGE_TEST(broken_json_ld_and_wrong_dates_are_passed_over),
        PAGE_TEST(the_character_set_is_found_in_header_or_tag),
        PAGE_TEST(what_is_no_page_is_refused_in_words),
        PAGE_TEST(deep_nesting_does_no_harm),
        PAGE_TEST(out_of_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
