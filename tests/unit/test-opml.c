/* Tests of lists of feeds, in and out. */
#include "unit-feed.h"

static struct dw_opml read_list(const char *text)
{
    struct dw_opml list;
    struct dw_error err = {0};
    if (!dw_opml_parse(&arena, dw_str_from_c(text), &list, &err))
        fail_msg("%s", err.message);
    return list;
}

static void folders_nest_and_attributes_come_in_any_case(void **state)
{
    (void)state;
    struct dw_opml list =
        read_list("<opml><head><title>L</title></head><body><outline text='Chips &amp; co'>"
                  "<outline title='Labs'><outline TEXT='A' XMLURL='https://a.org/f' "
                  "htmlUrl='https://a.org/'/></outline></outline>"
                  "<outline title='B' url='http://b.org/f' category='/x,y'/></body></opml>");
    assert_str(list.title, "L");
    assert_int_equal(list.feed_count, 2);
    assert_str(list.feeds[0].title, "A");
    assert_str(list.feeds[0].url, "https://a.org/f");
    assert_str(list.feeds[0].home, "https://a.org/");
    assert_int_equal(list.feeds[0].folders.len, 2);
    assert_str(list.feeds[0].folders.at[0], "Chips & co");
    assert_str(list.feeds[0].folders.at[1], "Labs");
    assert_str(list.feeds[1].title, "B");
    assert_str(list.feeds[1].folders.at[0], "x");
    assert_str(list.feeds[1].folders.at[1], "y");
}

static void only_web_addresses_enter_the_list(void **state)
{
    (void)state;
    struct dw_opml list =
        read_list("<opml version='2.0'><body><outline xmlUrl='exec:rm -rf x'/>"
                  "<outline xmlUrl='|cmd'/><outline xmlUrl='file:///etc/passwd'/>\n"
                  "<outline xmlUrl='HTTPS://a.org/'/></body></opml>");
    assert_int_equal(list.feed_count, 1);
    assert_int_equal(list.warnings.len, 3);
    assert_true(dw_str_starts(list.warnings.at[0], DW_STR("line 1: exec:rm")));
}

static void a_list_written_reads_the_same(void **state)
{
    (void)state;
    struct dw_opml list = read_list(
        "<opml><head><title>A \"B\" &lt;C&gt;</title></head><body>"
        "<outline text='F'><outline text='1' xmlUrl='https://a.org/?a=1&amp;b=2'/></outline>"
        "<outline text='2' xmlUrl='https://b.org/' category='x,y'/>"
        "<outline text='3' xmlUrl='https://c.org/'/></body></opml>");
    struct dw_str text = dw_opml_render(&arena, &list);
    struct dw_opml again = read_list(dw_str_cstr(&arena, text));
    assert_str(again.title, "A \"B\" <C>");
    assert_int_equal(again.feed_count, list.feed_count);
    for (size_t i = 0; i < again.feed_count; i++) {
        assert_true(dw_str_eq(again.feeds[i].url, list.feeds[i].url));
        assert_true(dw_str_eq(again.feeds[i].title, list.feeds[i].title));
        assert_int_equal(again.feeds[i].folders.len, list.feeds[i].folders.len);
    }
}

/* "title|address|folder,folder;" of each feed. */
static struct dw_str tell_list(const struct dw_opml *list)
{
    struct dw_str all = {"", 0};
    for (size_t i = 0; i < list->feed_count; i++) {
        const struct dw_opml_feed *feed = &list->feeds[i];
        struct dw_str folders = dw_strs_join(&arena, &feed->folders, DW_STR(","));
        all = dw_str_format(&arena, "%.*s%.*s|%.*s|%.*s;", DW_FMT(all), DW_FMT(feed->title),
                            DW_FMT(feed->url), DW_FMT(folders));
    }
    return all;
}

static void a_broken_list_keeps_every_feed_that_a_person_could_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *feeds;
    } cases[] = {
        {"junk <opml><body><outline text='A & B' xmlUrl='https://a/'/><outline text='C' "
         "xmlUrl='https://c/'>",
         "A & B|https://a/|;C|https://c/|;"},
        {"<opml><body><outline text='F'><outline xmlUrl='https://a/'><outline "
         "xmlUrl='https://b/'></outline></outline><outline xmlUrl='https://c/'></body></opml>",
         "|https://a/|F;|https://b/|F;|https://c/|;"},
        {"<opml><body><OUTLINE Title='F'><Outline TEXT='A' XMLurl='https://a/'/></outline>"
         "<outline XmlUrl=https://b/ text=B></body>",
         "A|https://a/|F;B|https://b/|;"},
        {"<opml><body><outline text=\"A xmlUrl=\"https://a/\"/><outline xmlUrl='https://b/'/>",
         "A|https://a/|;|https://b/|;"},
        {"<outline xmlUrl='https://a/'/><outline text='F'><outline xmlUrl='https://b/'/></outline>"
         "<outline xmlUrl='https://c/'/>",
         "|https://a/|;|https://b/|F;|https://c/|;"},
        {"<subscriptions><body><outline xmlUrl='https://a/'/></body><body><outline "
         "xmlUrl='https://b/'/></body></subscriptions>",
         "|https://a/|;|https://b/|;"},
        {"<opml><body><outline xmlUrl='https://a/'/></body></opml><opml><body><outline "
         "xmlUrl='https://b/'/></body></opml>",
         "|https://a/|;|https://b/|;"},
        {"<html><body><h1>Mine</h1><opml version='1.0'><body><outline xmlUrl='https://a/'/>"
         "</body></opml></body></html>",
         "|https://a/|;"},
        {"<html><body><pre>&lt;opml&gt;&lt;body&gt;&lt;outline text=\"A &amp;amp; B\" "
         "xmlUrl=\"https://a/\"/&gt;&lt;/body&gt;&lt;/opml&gt;</pre></body></html>",
         "A & B|https://a/|;"},
        {"<opml><body><outline text='&nbsp;A&eacute;' xmlUrl='https://a/?x=1&y=2'/>",
         "A\u00e9|https://a/?x=1&y=2|;"},
        {"<opml><body><outline xmlUrl='https://a/'/><outline xmlUrl='https://b/cut",
         "|https://a/|;"},
        {"<opml><body><outline text='F'><outline xmlUrl='https://a/'/></outline><outline text='G'>"
         "<outline xmlUrl='https://a/' category='H'/></outline></body></opml>",
         "|https://a/|F,G,H;"},
        {"<opml><body><outline xmlUrl='feed://a/f'/><outline xmlUrl='feed:https://b/'/><outline "
         "xmlUrl='itpc://c/'/><outline url='//d/'/><outline xmlUrl='www.e.org'/></body></opml>",
         "|http://a/f|;|https://b/|;|http://c/|;|https://d/|;|http://www.e.org|;"},
        {"<opml><body><outline text='Folder' xmlUrl=''><feed xmlUrl='https://a/' text='A'/>"
         "</outline><outline type='link' url='https://page/'/></body></opml>",
         "A|https://a/|Folder;"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct dw_opml list = read_list(cases[i].text);
        assert_string_equal(dw_str_cstr(&arena, tell_list(&list)), cases[i].feeds);
    }
}

static void any_character_set_is_read(void **state)
{
    (void)state;
    const char text[] = "<opml><body><outline text='A' xmlUrl='https://a/'/></body></opml>";
    struct dw_buf wide;
    struct dw_opml list;
    struct dw_error err = {0};
    dw_buf_init(&wide, 1000);
    dw_buf_add(&wide, DW_STR("\xFF\xFE"));
    for (size_t i = 0; i + 1 < sizeof text; i++)
        dw_buf_add(&wide, (struct dw_str){(const char[]){text[i], '\0'}, 2});
    assert_true(dw_opml_parse(&arena, dw_buf_str(&wide), &list, &err));
    assert_str(tell_list(&list), "A|https://a/|;");
    dw_buf_release(&wide);
    list = read_list("\xEF\xBB\xBF<opml><body><outline text='\xC3\xA9' xmlUrl='https://a/'/>"
                     "</body></opml>");
    assert_str(tell_list(&list), "\u00e9|https://a/|;");
    list = read_list("<?xml version='1.0' encoding='iso-8859-1'?><opml><body><outline "
                     "text='\xE9' xmlUrl='https://a/'/></body></opml>");
    assert_str(tell_list(&list), "\u00e9|https://a/|;");
}

static void folders_may_nest_as_deep_as_they_like(void **state)
{
    (void)state;
    const size_t deep = 2000;
    struct dw_str head = unit_repeat(DW_STR("<opml><body>"), DW_STR("<outline text='F'>"), deep,
                                     DW_STR("<outline text='A' xmlUrl='https://a/'></outline>"));
    struct dw_str text = unit_repeat(head, DW_STR("</outline>"), deep,
                                     DW_STR("<outline xmlUrl='https://b/'/></body></opml>"));
    struct dw_opml list = read_list(dw_str_cstr(&arena, text));
    assert_str(tell_list(&list), "A|https://a/|F;|https://b/|;");
}

static void tags_without_number_are_left_out(void **state)
{
    (void)state;
    struct dw_buf text;
    dw_buf_init(&text, DW_LIMIT_BODY_BYTES);
    dw_buf_add(&text, DW_STR("<opml><body><outline xmlUrl='https://a/' category='"));
    for (size_t i = 0; i < 100000; i++)
        dw_buf_add_format(&text, "t%zu,", i);
    dw_buf_add(&text, DW_STR("'/></body></opml>"));
    struct dw_opml list = read_list(dw_str_cstr(&arena, dw_buf_str(&text)));
    dw_buf_release(&text);
    assert_int_equal(list.feed_count, 1);
    assert_int_equal(list.feeds[0].folders.len, DW_LIMIT_TAGS);
    assert_str(list.feeds[0].folders.at[1], "t1");
    assert_true(dw_str_find(list.warnings.at[list.warnings.len - 1], DW_STR("tags beyond"), 0) !=
                SIZE_MAX);
}

static struct dw_str many_outlines(const char *end, size_t count)
{
    struct dw_buf text;
    dw_buf_init(&text, DW_LIMIT_BODY_BYTES);
    dw_buf_add(&text, DW_STR("<opml><body>"));
    for (size_t i = 0; i < count; i++)
        dw_buf_add_format(&text, "<outline text='n%zu' xmlUrl='https://a/%zu' %s", i, i, end);
    dw_buf_add(&text, DW_STR("</body></opml>"));
    struct dw_str copy = dw_str_dup(&arena, dw_buf_str(&text));
    dw_buf_release(&text);
    return copy;
}

static void fifty_thousand_outlines_are_read_closed_or_not(void **state)
{
    (void)state;
    static const char *const ends[] = {"/>", "></outline>", ">"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        struct dw_str text = many_outlines(ends[i], 50000);
        struct dw_opml list = read_list(dw_str_cstr(&arena, text));
        assert_int_equal(list.feed_count, 50000);
        assert_str(list.feeds[49999].title, "n49999");
        dw_arena_release(&arena);
    }
}

/* Two folders of six feeds; `end` stands between two tags. */
static struct dw_str small_list(const char *end)
{
    struct dw_buf text;
    dw_buf_init(&text, 10000);
    dw_buf_add_format(&text, "<?xml version=\"1.0\"?>%s<opml version=\"2.0\"><body>", end);
    for (size_t i = 0; i < 12; i++) {
        if (i % 6 == 0)
            dw_buf_add_format(&text, "%s<outline text=\"Folder %zu\">%s", end, i, end);
        dw_buf_add_format(&text,
                          "<outline type=\"rss\" text=\"Feed %zu\" xmlUrl=\"https://a.org/%zu/f\" "
                          "htmlUrl=\"https://a.org/\"/>%s",
                          i, i, end);
        if (i % 6 == 5)
            dw_buf_add_format(&text, "</outline>%s", end);
    }
    dw_buf_add_format(&text, "</body></opml>%s", end);
    struct dw_str copy = dw_str_dup(&arena, dw_buf_str(&text));
    dw_buf_release(&text);
    return copy;
}

/* How many feeds of the small list are there with their own address. */
static size_t count_whole(const struct dw_opml *list)
{
    size_t count = 0;
    for (size_t i = 0; i < 12; i++) {
        struct dw_str url = dw_str_format(&arena, "https://a.org/%zu/f", i);
        for (size_t j = 0; j < list->feed_count; j++)
            count += dw_str_eq(list->feeds[j].url, url);
    }
    return count;
}

static void a_list_cut_off_anywhere_has_all_feeds_before(void **state)
{
    (void)state;
    struct dw_str text = small_list("\n");
    size_t whole = 0;
    for (size_t len = 60; len < text.len; len++) {
        struct dw_opml list;
        struct dw_error err;
        whole += dw_str_ends(dw_str_slice(text, 0, len), DW_STR("/>"));
        if (!dw_opml_parse(&arena, dw_str_slice(text, 0, len), &list, &err))
            fail_msg("%zu bytes: %s", len, err.message);
        assert_int_equal(count_whole(&list), whole);
        assert_int_equal(list.feed_count, whole);
    }
}

/* Whether a byte is a part of addresses or names, without which nobody could know them. */
static bool is_needed(struct dw_str text, size_t at)
{
    const struct dw_str signs = DW_STR("\"=>/?");
    const struct dw_str address = DW_STR("https://a.org/");
    if (dw_str_find_char(signs, text.at[at], 0) == SIZE_MAX)
        return true;
    size_t from = at > address.len ? at - address.len : 0;
    bool in_address = dw_str_find(dw_str_slice(text, from, at + 9), address, 0) != SIZE_MAX ||
                      dw_str_find(dw_str_slice(text, at, at + 3), DW_STR("/f"), 0) != SIZE_MAX;
    return text.at[at] == '/' && in_address;
}

static void one_missing_sign_costs_no_feed_and_any_byte_one_at_most(void **state)
{
    (void)state;
    static const char *const ends[] = {"\n", ""};
    for (size_t i = 0; i < 2; i++) {
        struct dw_str text = small_list(ends[i]);
        for (size_t gap = 0; gap < text.len; gap++) {
            struct dw_scratch scratch = dw_scratch_begin(&arena);
            struct dw_opml list = read_list(dw_str_cstr(
                &arena, dw_str_format(&arena, "%.*s%.*s", DW_FMT(dw_str_slice(text, 0, gap)),
                                      DW_FMT(dw_str_slice(text, gap + 1, text.len)))));
            size_t least = is_needed(text, gap) ? 11 : 12;
            if (count_whole(&list) < least)
                fail_msg("%zu left without \"%c\" behind %.*s", count_whole(&list), text.at[gap],
                         DW_FMT(dw_str_slice(text, gap > 60 ? gap - 60 : 0, gap)));
            dw_scratch_end(scratch);
        }
    }
}

static void what_is_no_feed_is_told_with_its_line(void **state)
{
    (void)state;
    struct dw_opml list =
        read_list("<opml>\n<body>\n<outline type='include' url='https://a/more.opml'/>\n"
                  "<outline type='link' url='https://a/page'/></body></opml>");
    assert_int_equal(list.feed_count, 0);
    assert_int_equal(list.warnings.len, 2);
    assert_str(list.warnings.at[0], "line 3: https://a/more.opml is another list: import it too");
    assert_str(list.warnings.at[1], "line 4: https://a/page is a link to a page, not to a feed");
}

/* ---- Round trip ---- */

static uint64_t random_state;

static size_t pick(size_t below)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(random_state >> 33) % below;
}

/* Letters and all that lists have stumbled over. */
static struct dw_str random_line(size_t most)
{
    static const char *const parts[] = {
        "a",      "B",      "7",      " ",       "\"",       "'",
        "<",      ">",      "&",      "\n",      "\t",       "\r\n",
        "]]>",    ",",      "/",      "&amp;",   "\\",       "=",
        "\x01",   "\u00e9", "\u4e2d", "e\u0301", "--",       "\U0001F469\u200d\U0001F52C",
        "\u202e", "%",      ";",      "\u2028",  "\x1b[31m", "\u05d0",
        "<!--",   "\x7f"};
    struct dw_str line = {"", 0};
    for (size_t i = pick(most); i > 0; i--)
        line = dw_str_format(&arena, "%.*s%s", DW_FMT(line),
                             parts[pick(sizeof parts / sizeof parts[0])]);
    return line;
}

static struct dw_str clean(struct dw_str line)
{
    return dw_text_clean(&arena, line, DW_CLEAN_LINE);
}

static struct dw_opml random_list(void)
{
    struct dw_opml list = {.title = random_line(20), .feed_count = pick(30)};
    list.feeds = dw_arena_array(&arena, 30, sizeof *list.feeds);
    for (size_t i = 0; i < list.feed_count; i++) {
        struct dw_opml_feed *feed = &list.feeds[i];
        feed->url = dw_str_format(&arena, "https://a.org/%zu?a=1&b='<\">", i);
        feed->title = random_line(20);
        feed->description = random_line(20);
        feed->language = pick(2) ? DW_STR("pt-BR") : DW_STR("");
        feed->type = pick(2) ? DW_STR("atom") : DW_STR("");
        feed->home = pick(2) ? DW_STR("https://a.org/?x=1&y=2") : DW_STR("");
        for (size_t j = pick(4); j > 0; j--) {
            struct dw_str tag = pick(3) ? clean(random_line(4)) : DW_STR("common");
            if (tag.len > 0 && !dw_strs_has(&feed->folders, tag))
                dw_strs_push(&arena, &feed->folders, tag);
        }
    }
    return list;
}

static void assert_same(const struct dw_opml_feed *a, const struct dw_opml_feed *b)
{
    assert_true(dw_str_eq(clean(a->title), b->title));
    assert_true(dw_str_eq(clean(a->description), b->description));
    assert_true(dw_str_eq(a->language, b->language));
    assert_true(dw_str_eq(a->type, b->type));
    assert_true(dw_str_eq(a->home, b->home));
    assert_int_equal(a->folders.len, b->folders.len);
    for (size_t i = 0; i < a->folders.len; i++)
        assert_true(dw_str_eq(a->folders.at[i], b->folders.at[i]));
}

static void whatever_is_written_reads_the_same(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 1000; seed++) {
        random_state = seed;
        struct dw_opml list = random_list();
        struct dw_str text = dw_opml_render(&arena, &list);
        struct dw_opml again;
        struct dw_error err;
        assert_true(dw_opml_parse(&arena, text, &again, &err));
        assert_int_equal(again.warnings.len, 0);
        assert_int_equal(again.feed_count, list.feed_count);
        assert_true(dw_str_eq(clean(list.title), again.title));
        for (size_t i = 0; i < list.feed_count; i++) {
            size_t j = 0;
            while (j < again.feed_count && !dw_str_eq(again.feeds[j].url, list.feeds[i].url))
                j++;
            assert_true(j < again.feed_count);
            assert_same(&list.feeds[i], &again.feeds[j]);
        }
        dw_arena_release(&arena);
    }
}

static void entities_of_a_document_type_do_not_grow(void **state)
{
    (void)state;
    struct dw_opml list =
        read_list("<!DOCTYPE opml [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;'>"
                  "<!ENTITY x SYSTEM 'file:///etc/passwd'>]><opml><body>"
                  "<outline text='&b;&x;' xmlUrl='https://a.org/'/></body></opml>");
    assert_true(list.feeds[0].title.len < 100);
    assert_true(dw_str_find(list.feeds[0].title, DW_STR("root"), 0) == SIZE_MAX);
}

static void other_documents_are_refused(void **state)
{
    (void)state;
    static const char *const others[] = {"", "x", "<rss/>", "{}", "<html><body/></html>"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct dw_opml list;
        struct dw_error err = {0};
        assert_false(dw_opml_parse(&arena, dw_str_from_c(others[i]), &list, &err));
        assert_int_equal(err.code, DW_ERR_INPUT);
    }
}

static void failing_allocations_are_told(void **state)
{
    (void)state;
    const struct dw_str text = DW_STR("<opml><body><outline text='F'><outline text='A' "
                                      "xmlUrl='https://a.org/' category='x'/></outline>"
                                      "</body></opml>");
    bool done = false;
    size_t failures = 0;
    for (size_t n = 0; n < 200 && !done; n++) {
        struct dw_arena small;
        dw_arena_init(&small, UNIT_ARENA);
        struct dw_opml list;
        struct dw_error err = {0};
        unit_fail_after(n);
        done = dw_opml_parse(&small, text, &list, &err);
        if (done)
            dw_opml_render(&small, &list);
        done = done && !small.failed;
        unit_fail_after(SIZE_MAX);
        failures += !done;
        dw_arena_release(&small);
    }
    assert_true(done);
    assert_true(failures > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(folders_nest_and_attributes_come_in_any_case),
        TEST(only_web_addresses_enter_the_list),
        TEST(a_list_written_reads_the_same),
        TEST(a_broken_list_keeps_every_feed_that_a_person_could_read),
        TEST(any_character_set_is_read),
        TEST(folders_may_nest_as_deep_as_they_like),
        TEST(tags_without_number_are_left_out),
        TEST(fifty_thousand_outlines_are_read_closed_or_not),
        TEST(a_list_cut_off_anywhere_has_all_feeds_before),
        TEST(one_missing_sign_costs_no_feed_and_any_byte_one_at_most),
        TEST(what_is_no_feed_is_told_with_its_line),
        TEST(whatever_is_written_reads_the_same),
        TEST(entities_of_a_document_type_do_not_grow),
        TEST(other_documents_are_refused),
        TEST(failing_allocations_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
