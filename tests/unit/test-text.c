/* Tests of HTML to text, addresses, tokens and sentences. */
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

static const struct {
    const char *base, *reference, *absolute;
} addresses[] = {
    {"http://a/b/c/d;p?q", "g", "http://a/b/c/g"},
    {"http://a/b/c/d;p?q", "./g/", "http://a/b/c/g/"},
    {"http://a/b/c/d;p?q", "/g", "http://a/g"},
    {"http://a/b/c/d;p?q", "//g", "http://g"},
    {"http://a/b/c/d;p?q", "?y", "http://a/b/c/d;p?y"},
    {"http://a/b/c/d;p?q", "../../../g", "http://a/g"},
    {"http://a/b/c/d;p?q", "g#s", "http://a/b/c/g"},
    {"http://a", "x y", "http://a/x%20y"},
    {"", "https://b/c", "https://b/c"},
    {"http://a/", "javascript:alert(1)", ""},
    {"http://a/", "data:text/html,x", ""},
    {"", "relative", ""},
};

static void references_resolve_as_the_rfc_says(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, ARENA);
    for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
        struct dw_str got = dw_url_resolve(&arena, dw_str_from_c(addresses[i].base),
                                           dw_str_from_c(addresses[i].reference));
        if (!dw_str_eq(got, dw_str_from_c(addresses[i].absolute)))
            fail_msg("%s: got %.*s", addresses[i].reference, DW_FMT(got));
    }
    assert_str(dw_url_host(&arena, DW_STR("https://user:pw@Example.ORG:8080/x")), "example.org");
    assert_str(dw_url_host(&arena, DW_STR("http://[::1]:80/")), "[::1]");
    dw_arena_release(&arena);
}

static void tracking_and_slashes_do_not_change_an_identity(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, ARENA);
    assert_str(dw_url_identity(&arena, DW_STR("http://www.A.com:80/x/?utm_source=rss&id=7")),
               "https://a.com/x?id=7");
    assert_str(dw_url_identity(&arena, DW_STR("https://a.com/x?fbclid=1#top")), "https://a.com/x");
    dw_arena_release(&arena);
}

/* Tokens as "kind:text" with a bar between them. */
static struct dw_str spell(struct dw_arena *arena, const char *text)
{
    static const char kinds[] = "wn$-\"p/";
    struct dw_tokens tokens;
    struct dw_str all = {"", 0};
    assert_true(dw_tokenize(arena, dw_str_from_c(text), &tokens));
    for (size_t i = 0; i < tokens.len; i++) {
        const struct dw_token *t = &tokens.at[i];
        all = dw_str_format(arena, "%.*s%s%c:%.*s", DW_FMT(all), i > 0 ? "|" : "", kinds[t->kind],
                            (int)(t->end - t->start),
                            t->kind == DW_TOKEN_BREAK ? "." : text + t->start);
    }
    return all;
}

static void tokens_are_cut_where_a_grammar_wants_them(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, ARENA);
    assert_str(spell(&arena, "US$50bn, 10k$"), "w:US|$:$|n:50|w:bn|p:,|n:10|w:k|$:$");
    assert_str(spell(&arena, "$1,200.50-a-month"), "$:$|n:1,200.50|-:-|w:a|-:-|w:month");
    assert_str(spell(&arena, "O'Reilly's H100"), "w:O'Reilly's|w:H100");
    assert_str(spell(&arena, "U.S. firm\nGPT-4"), "w:U.S.|w:firm|/:.|w:GPT|-:-|n:4");
    assert_str(spell(&arena, "16\xc2\xa0"
                             "000 jobs in 3,00,000."),
               "n:16\xc2\xa0"
               "000|w:jobs|w:in|n:3,00,000|p:.");
    assert_str(spell(&arena, "\xe2\x82\xac"
                             "40\xe2\x80\x93"
                             "50"),
               "$:\xe2\x82\xac|n:40|-:\xe2\x80\x93|n:50");
    dw_arena_release(&arena);
}

static const struct {
    const char *text;
    size_t count;
} stories[] = {
    {"One here. Two here.", 2},
    {"Acme Inc. said on Jan. 5 it would. It did.", 2},
    {"The U.S. firm paid $1.4 trillion. Then it ended.", 2},
    {"He works in the U.S. The firm does too.", 2},
    {"\"We won.\" She left.", 2},
    {"\"Why?\" he asked. Nobody knew.", 2},
    {"Mr. Smith met Dr. Jones at No. 10.", 1},
    {"A heading\nA sentence. Another.", 3},
    {"It grew 3.5% vs. 2.1% last year.", 1},
    {"J. R. Smith left. So did we", 2},
};

static void sentences_end_where_a_reader_stops(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, ARENA);
    for (size_t i = 0; i < sizeof stories / sizeof stories[0]; i++) {
        struct dw_str text = dw_str_from_c(stories[i].text);
        struct dw_tokens tokens;
        struct dw_sentences sentences;
        assert_true(dw_tokenize(&arena, text, &tokens));
        assert_true(dw_sentences(&arena, text, &tokens, &sentences));
        if (sentences.len != stories[i].count)
            fail_msg("%s: %zu sentences", stories[i].text, sentences.len);
    }
    dw_arena_release(&arena);
}

static void failing_allocations_are_told(void **state)
{
    (void)state;
    struct dw_str text = DW_STR("<p>Some <b>text</b> &amp; more.</p> It goes on.");
    for (size_t n = 0; n < 6; n++) {
        struct dw_arena arena;
        dw_arena_init(&arena, ARENA);
        unit_fail_after(n);
        struct dw_str got = dw_html_to_text(&arena, text);
        struct dw_tokens tokens;
        bool done = dw_tokenize(&arena, text, &tokens);
        unit_fail_after(SIZE_MAX);
        assert_true(arena.failed || (done && got.len > 0));
        dw_arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_becomes_what_a_reader_sees),
        cmocka_unit_test(only_known_tags_and_references_look_like_html),
        cmocka_unit_test(references_resolve_as_the_rfc_says),
        cmocka_unit_test(tracking_and_slashes_do_not_change_an_identity),
        cmocka_unit_test(tokens_are_cut_where_a_grammar_wants_them),
        cmocka_unit_test(sentences_end_where_a_reader_stops),
        cmocka_unit_test(failing_allocations_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
