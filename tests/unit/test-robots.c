/* Tests of robots.txt: who is meant, and which rule decides. */
#include "unit.h"

#include "fetch/fetch.h"

static bool allows(const char *robots, const char *path)
{
    return fetch_robots_allow(dw_str_from_c(robots), dw_str_from_c(path));
}

static void nothing_said_means_allowed(void **state)
{
    (void)state;
    assert_true(allows("", "/a"));
    assert_true(allows("<html>not found</html>", "/a"));
    assert_true(allows("User-agent: *\nDisallow:\n", "/a"));
    assert_true(allows("User-agent: other\nDisallow: /\n", "/a"));
}

static void rules_for_everybody_hold_for_us(void **state)
{
    (void)state;
    const char *robots = "User-agent: *\r\nDisallow: /private # not yours\r\n";
    assert_false(allows(robots, "/private/a"));
    assert_true(allows(robots, "/public"));
}

static void a_group_of_our_own_replaces_that_for_everybody(void **state)
{
    (void)state;
    const char *robots = "User-agent: *\nDisallow: /\n\nUser-agent: DealWire\nDisallow: /no\n";
    assert_true(allows(robots, "/a"));
    assert_false(allows(robots, "/no"));
    assert_false(allows("User-agent: dealwire\nDisallow: /\n\nUser-agent: *\nDisallow:\n", "/a"));
}

static void several_names_share_a_group(void **state)
{
    (void)state;
    const char *robots = "User-agent: other\nUser-agent: dealwire\nDisallow: /x\n"
                         "User-agent: third\nDisallow: /\n";
    assert_false(allows(robots, "/x"));
    assert_true(allows(robots, "/a"));
}

static void the_longest_rule_decides_and_allow_wins_a_tie(void **state)
{
    (void)state;
    const char *robots = "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c\n"
                         "Allow: /t\nDisallow: /t\n";
    assert_false(allows(robots, "/a/x"));
    assert_true(allows(robots, "/a/b/x"));
    assert_false(allows(robots, "/a/b/c"));
    assert_true(allows(robots, "/t"));
}

static void stars_and_ends_are_patterns(void **state)
{
    (void)state;
    const char *robots = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /*/print\nDisallow: *?s=\n";
    assert_false(allows(robots, "/a/b.pdf"));
    assert_true(allows(robots, "/a/b.pdf.html"));
    assert_false(allows(robots, "/x/y/print/2"));
    assert_true(allows(robots, "/print"));
    assert_false(allows(robots, "/a?s=1"));
    assert_true(allows("User-agent: *\nDisallow: /a*a*a*a*a*a*a*ab$\n",
                       "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_said_means_allowed),
        cmocka_unit_test(rules_for_everybody_hold_for_us),
        cmocka_unit_test(a_group_of_our_own_replaces_that_for_everybody),
        cmocka_unit_test(several_names_share_a_group),
        cmocka_unit_test(the_longest_rule_decides_and_allow_wins_a_tie),
        cmocka_unit_test(stars_and_ends_are_patterns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
