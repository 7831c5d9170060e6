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

static void an_ill_formed_list_gives_what_can_be_read(void **state)
{
    (void)state;
    struct dw_opml list =
        read_list("junk <opml><body><outline text='A & B' xmlUrl='https://a.org/'/>"
                  "<outline text='C' xmlUrl='https://c.org/'>");
    assert_int_equal(list.feed_count, 2);
    assert_str(list.feeds[0].title, "A & B");
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
        TEST(an_ill_formed_list_gives_what_can_be_read),
        TEST(entities_of_a_document_type_do_not_grow),
        TEST(other_documents_are_refused),
        TEST(failing_allocations_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
