/* Tests of explanations: what each stage made of a text, and why. */
#include "extract-test.h"

static struct dw_str explain(struct extract_test *test, const char *title, const char *text)
{
    struct dw_str lines;
    struct dw_article article = {
        .title = dw_str_from_c(title), .text = dw_str_from_c(text), .published = DW_TIME_NONE};
    assert_true(dw_extract_explain(test->extractor, &test->arena, &article, &lines, NULL));
    return lines;
}

static void assert_says(struct dw_str lines, const char *words)
{
    if (dw_str_find(lines, dw_str_from_c(words), 0) == SIZE_MAX)
        fail_msg("no \"%s\" in\n%.*s", words, DW_FMT(lines));
}

static void each_stage_is_shown_for_each_sentence(void **state)
{
    struct dw_str lines = explain(*state, "", "AWS agreed to invest up to $50 billion in OpenAI.");
    assert_says(lines, "sentence 0 to 49\n");
    assert_says(lines, "AWS agreed to invest up to $ 50 billion in OpenAI .\n");
    assert_says(lines, "organisation Amazon\n");
    assert_says(lines, "USD up_to, ? to 50000000000\n");
    assert_says(lines, "investment, verb, object, score ");
    assert_says(lines, "Amazon > OpenAI, announced, sure ");
}

static void rival_readings_come_by_their_score(void **state)
{
    struct dw_str lines =
        explain(*state, "", "Mistral raised $500 million in a round that values it at $6 billion.");
    size_t round = dw_str_find(lines, DW_STR("round, verb, object, score"), 0);
    size_t valuation = dw_str_find(lines, DW_STR("valuation, verb, verb at, score"), 0);
    assert_true(round < valuation && valuation != SIZE_MAX);
}

static void offsets_of_a_title_are_its_own(void **state)
{
    struct dw_str lines = explain(*state, "Meta to cut 600 jobs", "The cuts begin in May.");
    assert_says(lines, "title 0 to 20\n");
    assert_says(lines, "sentence 0 to 22\n");
}

static void a_number_that_says_nothing_is_told_so(void **state)
{
    assert_says(explain(*state, "", "Margins were 62% at the maker of chairs."),
                "nothing: no reading holds it\n");
}

static void running_out_of_memory_is_an_error(void **state)
{
    struct extract_test *test = *state;
    struct dw_article article = {.text = DW_STR("Meta cut 600 jobs."), .published = DW_TIME_NONE};
    bool done = false;
    for (size_t n = 0; n < 200 && !done; n++) {
        struct dw_arena arena;
        struct dw_str lines;
        struct dw_error err = {0};
        dw_arena_init(&arena, EXTRACT_TEST_ARENA);
        unit_fail_after(n);
        done = dw_extract_explain(test->extractor, &arena, &article, &lines, &err);
        unit_fail_after(SIZE_MAX);
        assert_true(done || err.code == DW_ERR_MEMORY);
        dw_arena_release(&arena);
    }
    assert_true(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_stage_is_shown_for_each_sentence),
        cmocka_unit_test(rival_readings_come_by_their_score),
        cmocka_unit_test(offsets_of_a_title_are_its_own),
        cmocka_unit_test(a_number_that_says_nothing_is_told_so),
        cmocka_unit_test(running_out_of_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, extract_test_begin, extract_test_end);
}
