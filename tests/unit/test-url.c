/* Tests of addresses. */
#include "unit.h"

#include "text/text.h"

#define ARENA (8u << 20)

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
    {"http://a/b/c/d;p?q", "", ""},
    {"http://a/b/c/d;p?q", "..", "http://a/b/"},
    {"http://a/b/c/d;p?q", "g;x=1/../y", "http://a/b/c/y"},
    {"http://a/b/c/d;p?q", "HTTPS://B/x", "https://B/x"},
    {"http://a/", "\n /x\ty\r", "http://a/xy"},
    {"http://a/", "x\xc2\xa0y\xe2\x80\xaez", "http://a/x%20yz"},
    {"http://a/", "file:///etc/passwd", ""},
    {"http://a/", "http:///x", ""},
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
    assert_str(dw_url_shown(&arena, DW_STR("https://user:p@w@ex.org/a@b")), "https://ex.org/a@b");
    assert_str(dw_url_shown(&arena, DW_STR("https://ex.org?a@b")), "https://ex.org?a@b");
    assert_str(dw_url_server(&arena, DW_STR("https://user:pw@Example.ORG:8080/x")),
               "example.org:8080");
    assert_str(dw_url_server(&arena, DW_STR("https://example.org:443/x")), "example.org");
    assert_str(dw_url_server(&arena, DW_STR("http://example.org:443?x")), "example.org:443");
    assert_str(dw_url_server(&arena, DW_STR("http://[::1]:80/")), "[::1]");
    assert_str(dw_url_server(&arena, DW_STR("nowhere")), "");
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

static void an_address_too_long_is_none(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, ARENA);
    struct dw_buf url;
    dw_buf_init(&url, DW_LIMIT_URL_BYTES * 2);
    dw_buf_add(&url, DW_STR("http://a/"));
    while (url.len < DW_LIMIT_URL_BYTES)
        dw_buf_add_char(&url, 'x');
    assert_true(dw_url_resolve(&arena, DW_STR(""), dw_buf_str(&url)).len > 0);
    dw_buf_add_char(&url, 'x');
    assert_int_equal(dw_url_resolve(&arena, DW_STR(""), dw_buf_str(&url)).len, 0);
    dw_buf_release(&url);
    dw_arena_release(&arena);
}

static void failing_allocations_are_told(void **state)
{
    (void)state;
    for (size_t n = 0; n < 6; n++) {
        struct dw_arena arena;
        dw_arena_init(&arena, ARENA);
        unit_fail_after(n);
        struct dw_str got = dw_url_resolve(&arena, DW_STR("http://a/b"), DW_STR("c"));
        unit_fail_after(SIZE_MAX);
        assert_true(arena.failed || dw_str_eq(got, DW_STR("http://a/c")));
        dw_arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(references_resolve_as_the_rfc_says),
        cmocka_unit_test(tracking_and_slashes_do_not_change_an_identity),
        cmocka_unit_test(an_address_too_long_is_none),
        cmocka_unit_test(failing_allocations_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
