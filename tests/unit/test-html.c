/* Tests of HTML to text, character references. */
#include "unit.h"

#include "text/text.h"

#define ARENA (8u << 20)

static const struct {
    const char *html;
    const char *text;
} pages[] = {
    {"<p>One</p><p>Two <b>bold</b>.</p>", "One\n\nTwo bold."},
    {"a<br>b<br/>c", "a\nb\nc"},
    {"<ul><li>x</li><li>y</li></ul>", "- x\n- y"},
    {"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "a | b\nc | d"},
    {"R&amp;D &euro;5 &#8364;6 &#x2014; &#128;7", "R&D \xe2\x82\xac"
                                                  "5 \xe2\x82\xac"
                                                  "6 \xe2\x80\x94 \xe2\x82\xac"
                                                  "7"},
    {"<script>alert(1)</script>x<style>p{}</style>", "x"},
    {"<div style=\"display:none\">gone</div>seen", "seen"},
    {"<img src=a alt=\"a chart\"> text", "a chart text"},
    {"no tags but &lt;b&gt;", "no tags but <b>"},
    {"<p>unclosed <i>and <p>nested", "unclosed and\n\nnested"},
    {"two<span> words</span>", "two words"},
    {"a<div>b</div>c", "a\n\nb\n\nc"},
    {"<h2>Head</h2>text", "Head\n\ntext"},
    {"x&nbsp;y&zwj;z &notanentity; &amp;lt;", "x yz &notanentity; &lt;"},
    {"<pre>one\n  two</pre>", "one\ntwo"},
    {"<p hidden>no</p><p>yes</p>", "yes"},
    {"<p hidden>no<p>yes", "yes"},
    {"<ul><li hidden>no<li>yes</ul>after", "- yes\n\nafter"},
    {"<div hidden><div>no</div>no</div>yes", "yes"},
    {"a <span aria-hidden=\"true\">*</span>b", "a b"},
    {"<a title=\"x > y\" href='/z'>link</a> on", "link on"},
    {"<a title=\"never closed>link</a> on", "link on"},
    {"1 < 2 and 3 > 2", "1 < 2 and 3 > 2"},
    {"<p>a <b and no end", "a <b and no end"},
    {"x<!-- <p>no</p> -->y<!---->z", "xyz"},
    {"x<!-- never closed > y", "x y"},
    {"x<![CDATA[<b>y</b>]]>z", "xyz"},
    {"x<?php echo 1 ?>y<!DOCTYPE html>z", "xyz"},
    {"<svg><text>no</text></svg>x<button>no</button>y", "xy"},
    {"<script>if (a < b) document.write('<p>no</p>')</script>x", "x"},
    {"<SCRIPT>no</Script >x", "x"},
    {"x<style>no", "x"},
    {"<img src=p width=1 height=1 alt=pixel>x<img alt='R&amp;D'>", "x R&D"},
    {"<h:p>one</h:p><h:p>two</h:p>", "one\n\ntwo"},
    {"&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;", "One\n\nTwo"},
    {"the &lt;b&gt; tag ends with &lt;/b&gt;", "the <b> tag ends with </b>"},
    {"caf&amp;eacute; &amp;amp; &amp;lt;", "caf\xc3\xa9 &amp; &lt;"},
    {"&copy 2025 &Eacute &notin x", "\xc2\xa9 2025 \xc3\x89 &notin x"},
    {"<table><tr><th>a<th>b<tr><td>c<td>d</table>", "a | b\nc | d"},
    {"one</br>two", "one\ntwo"},
    {"<ol><li>a<ul><li>b</ul><li>c</ol>", "- a\n- b\n- c"},
    {"", ""},
};

static void html_becomes_what_a_reader_sees(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, ARENA);
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        struct dw_str got = dw_html_to_text(&arena, dw_str_from_c(pages[i].html));
        if (!dw_str_eq(got, dw_str_from_c(pages[i].text)))
            fail_msg("%s: got \"%.*s\", want \"%s\"", pages[i].html, DW_FMT(got), pages[i].text);
    }
    dw_arena_release(&arena);
}

static void only_known_tags_and_references_look_like_html(void **state)
{
    (void)state;
    assert_true(dw_html_looks_like(DW_STR("a <b>bold</b> word")));
    assert_true(dw_html_looks_like(DW_STR("R&amp;D")));
    assert_true(dw_html_looks_like(DW_STR("x<br/>")));
    assert_false(dw_html_looks_like(DW_STR("a <gorilla> in the room")));
    assert_false(dw_html_looks_like(DW_STR("1 < 2 & 3 > 2")));
    assert_false(dw_html_looks_like(DW_STR("AT&T; and more")));
}

static void references_are_decoded_as_browsers_do(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, ARENA);
    assert_str(dw_html_decode(&arena, DW_STR("&#x41;&#66;&hearts;&#150;&#x110000; &;&#;&#x;")),
               "AB\xe2\x99\xa5\xe2\x80\x93\xef\xbf\xbd &;&#;&#x;");
    uint32_t points[2];
    assert_true(dw_html_entity(DW_STR("NotEqualTilde"), points));
    assert_int_equal(points[0], 0x2242);
    assert_int_equal(points[1], 0x338);
    assert_false(dw_html_entity(DW_STR("nothing"), points));
    assert_false(dw_html_entity(DW_STR(""), points));
    dw_arena_release(&arena);
}

static void nuls_and_depth_do_no_harm(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, ARENA);
    assert_str(dw_html_to_text(&arena, DW_STR("<p>a\0b</p><p>c</p>")), "ab\n\nc");
    struct dw_buf deep;
    dw_buf_init(&deep, 1 << 20);
    for (int i = 0; i < 30000; i++)
        dw_buf_add(&deep, DW_STR("<div><ul>"));
    dw_html_to_text(&arena, dw_buf_str(&deep));
    dw_buf_release(&deep);
    assert_false(arena.failed);
    dw_arena_release(&arena);
}

static void failing_allocations_are_told(void **state)
{
    (void)state;
    for (size_t n = 0; n < 8; n++) {
        struct dw_arena arena;
        dw_arena_init(&arena, ARENA);
        unit_fail_after(n);
        struct dw_str got = dw_html_to_text(&arena, DW_STR("<p>Some <b>text</b> &amp; more.</p>"));
        unit_fail_after(SIZE_MAX);
        assert_true(arena.failed || dw_str_eq(got, DW_STR("Some text & more.")));
        dw_arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_becomes_what_a_reader_sees),
        cmocka_unit_test(only_known_tags_and_references_look_like_html),
        cmocka_unit_test(references_are_decoded_as_browsers_do),
        cmocka_unit_test(nuls_and_depth_do_no_harm),
        cmocka_unit_test(failing_allocations_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
