/* Tests of dates and terms: of an article that was published on Wednesday, 26 November 2025. */
#include "extract-test.h"

/* "when term" of the first figure, a dash for what is open. */
static struct dw_str times(struct extract_test *test, const char *text)
{
    struct dw_extraction found = extract_test_run(test, "", text);
    if (found.figure_count == 0)
        return DW_STR("nothing");
    const struct dw_figure *f = &found.figures[0];
    return dw_str_format(&test->arena, "%.*s %.*s", DW_FMT(f->when.len > 0 ? f->when : DW_STR("-")),
                         DW_FMT(f->term.len > 0 ? f->term : DW_STR("-")));
}

static void dates_are_as_precise_as_the_text(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"Nvidia invested $2 billion in xAI.", "- -"},
        {"Nvidia invested $2 billion in xAI in 2024.", "2024 -"},
        {"Nvidia invested $2 billion in xAI in November.", "2025-11 -"},
        {"Nvidia invested $2 billion in xAI in December.", "2024-12 -"},
        {"Nvidia invested $2 billion in xAI on November 3, 2025.", "2025-11-03 -"},
        {"Nvidia invested $2 billion in xAI on 3 November 2025.", "2025-11-03 -"},
        {"Nvidia invested $2 billion in xAI on Monday.", "2025-11-24 -"},
        {"Nvidia will invest $2 billion in xAI in January.", "2026-01 -"},
        {"Nvidia invested $2 billion in xAI last year.", "2024 -"},
        {"Revenue at Nvidia was $57 billion in the third quarter.", "2025-Q3 -"},
        {"Revenue at Nvidia was $57 billion in the third quarter of 2024.", "2024-Q3 -"},
    };
    extract_test_rows(rows, times);
}

static void the_day_of_a_report_is_not_the_day_of_the_fact(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"Nvidia invested $2 billion in xAI, Reuters reported on Tuesday.", "- -"},
    };
    extract_test_rows(rows, times);
}

static void terms_are_durations_and_periods_of_rates(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"OpenAI signed a seven-year, $38 billion contract with Amazon.", "- P7Y"},
        {"OpenAI signed a $38 billion contract with Amazon over seven years.", "- P7Y"},
        {"Meta will spend $600 billion over the next three years.", "- P3Y"},
        {"The plan costs $20 a month.", "- P1M"},
        {"The plan costs $20 per month.", "- P1M"},
        {"The plan costs $200 a year.", "- P1Y"},
        {"OpenAI has annualized revenue of $20 billion.", "- P1Y"},
    };
    extract_test_rows(rows, times);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_as_precise_as_the_text),
        cmocka_unit_test(the_day_of_a_report_is_not_the_day_of_the_fact),
        cmocka_unit_test(terms_are_durations_and_periods_of_rates),
    };
    return cmocka_run_group_tests(tests, extract_test_begin, extract_test_end);
}
