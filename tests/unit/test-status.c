/* Tests of status: how far along a fact is, by the words around it; and whom the text credits. */
#include "extract-test.h"

/* The status of the first figure and whom it is credited to. */
static struct dw_str status(struct extract_test *test, const char *text)
{
    struct dw_extraction found = extract_test_run(test, "", text);
    if (found.figure_count == 0)
        return DW_STR("nothing");
    const struct dw_figure *f = &found.figures[0];
    struct dw_str who = dw_strs_join(&test->arena, &f->attribution, DW_STR("+"));
    return dw_str_format(&test->arena, "%.*s%s%.*s", DW_FMT(dw_status_name(f->status)),
                         who.len > 0 ? " " : "", DW_FMT(who));
}

static void each_step_of_the_ladder_has_its_cues(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"Nvidia has reportedly invested $2 billion in xAI.", "rumored"},
        {"Nvidia is said to have invested $2 billion in xAI.", "rumored"},
        {"Nvidia is in talks to invest $2 billion in xAI.", "talks"},
        {"Nvidia is considering an investment of $2 billion in xAI.", "talks"},
        {"Nvidia is weighing an investment of $2 billion in xAI.", "talks"},
        {"Nvidia could invest $2 billion in xAI.", "talks"},
        {"Nvidia may invest $2 billion in xAI.", "talks"},
        {"Nvidia plans to invest $2 billion in xAI.", "planned"},
        {"Nvidia intends to invest $2 billion in xAI.", "planned"},
        {"Nvidia will invest $2 billion in xAI.", "planned"},
        {"Nvidia said it will invest $2 billion in xAI.", "planned"},
        {"Nvidia is set to invest $2 billion in xAI.", "planned"},
        {"Nvidia agreed to invest $2 billion in xAI.", "announced"},
        {"Nvidia announced plans to invest $2 billion in xAI.", "announced"},
        {"Nvidia has committed to invest $2 billion in xAI.", "announced"},
        {"Nvidia pledged to invest $2 billion in xAI.", "announced"},
        {"Nvidia is investing $2 billion in xAI.", "announced"},
        {"Nvidia invested $2 billion in xAI.", "completed"},
        {"Nvidia announced it has invested $2 billion in xAI.", "completed"},
        {"Nvidia denied that it would invest $2 billion in xAI.", "denied"},
        {"Nvidia walked away from an investment of $2 billion in xAI.", "denied"},
    };
    extract_test_rows(rows, status);
}

static void talks_win_over_hearsay_and_outlets_are_credited(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"Nvidia is reportedly in talks to invest $2 billion in xAI.", "talks"},
        {"According to Reuters, Nvidia is in talks to invest $2 billion in xAI.", "talks Reuters"},
        {"Nvidia has invested $2 billion in xAI, Bloomberg reported.", "rumored Bloomberg"},
    };
    extract_test_rows(rows, status);
}

static void the_strongest_statement_of_an_article_wins(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"Nvidia was in talks to invest $2 billion in xAI. On Monday Nvidia agreed to invest "
         "$2 billion in xAI.",
         "announced"},
        {"Nvidia agreed to invest $2 billion in xAI. Nvidia denied that it would invest "
         "$2 billion in xAI.",
         "denied"},
    };
    extract_test_rows(rows, status);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_step_of_the_ladder_has_its_cues),
        cmocka_unit_test(talks_win_over_hearsay_and_outlets_are_credited),
        cmocka_unit_test(the_strongest_statement_of_an_article_wins),
    };
    return cmocka_run_group_tests(tests, extract_test_begin, extract_test_end);
}
