/* Tests of numbers: words, groupings, magnitudes, and amounts that nobody counted. */
#include "extract-test.h"

static void amounts_that_nobody_counted_have_a_least_value(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"Amazon has invested billions of dollars in Anthropic.",
         "USD vague 1000000000..? [billions of dollars]"},
        {"Amazon has invested tens of millions of dollars in Anthropic.",
         "USD vague 10000000..? [tens of millions of dollars]"},
        {"Amazon has invested hundreds of millions in Anthropic.",
         "USD vague 100000000..? [hundreds of millions]"},
        {"Amazon laid off thousands of workers.", "people vague 1000..? [thousands]"},
        {"Amazon laid off hundreds of workers.", "people vague 100..? [hundreds]"},
        {"Amazon laid off dozens of workers.", "people vague 12..? [dozens]"},
        {"Amazon laid off scores of workers.", "people vague 20..? [scores]"},
        {"Amazon laid off several hundred workers.", "people vague 100..? [several hundred]"},
        {"Amazon laid off a few thousand workers.", "people vague 1000..? [a few thousand]"},
        {"Oracle signed a multibillion-dollar contract with OpenAI.",
         "USD vague 1000000000..? [multibillion-dollar]"},
    };
    extract_test_rows(rows, extract_test_amounts);
}

static void words_count_as_digits_do(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"Nvidia invested half a billion dollars in xAI.",
         "USD exact 500000000 [half a billion dollars]"},
        {"Nvidia invested a hundred million dollars in xAI.",
         "USD exact 100000000 [a hundred million dollars]"},
        {"Nvidia invested fifty billion dollars in xAI.",
         "USD exact 50000000000 [fifty billion dollars]"},
        {"Nvidia invested one and a half billion dollars in xAI.",
         "USD exact 1500000000 [one and a half billion dollars]"},
        {"Nvidia invested twenty-five million dollars in xAI.",
         "USD exact 25000000 [twenty-five million dollars]"},
        {"Nvidia invested two point five billion dollars in xAI.",
         "USD exact 2500000000 [two point five billion dollars]"},
        {"Meta laid off a dozen workers.", "people exact 12 [a dozen]"},
        {"Meta laid off a couple of hundred workers.", "people about 200 [a couple of hundred]"},
        {"Meta laid off nine hundred and twenty workers.",
         "people exact 920 [nine hundred and twenty]"},
    };
    extract_test_rows(rows, extract_test_amounts);
}

static void magnitudes_and_groupings_are_read_in_every_form(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"Nvidia made a 50-billion-dollar investment in OpenAI.",
         "USD exact 50000000000 [50-billion-dollar]"},
        {"Nvidia made a $50-billion investment in OpenAI.", "USD exact 50000000000 [$50-billion]"},
        {"Nvidia invested $50k in xAI.", "USD exact 50000 [$50k]"},
        {"Nvidia invested $50mm in xAI.", "USD exact 50000000 [$50mm]"},
        {"Nvidia invested $50mn in xAI.", "USD exact 50000000 [$50mn]"},
        {"Nvidia invested $50mil in xAI.", "USD exact 50000000 [$50mil]"},
        {"Nvidia invested $50bln in xAI.", "USD exact 50000000000 [$50bln]"},
        {"Nvidia invested $1.4tn in xAI.", "USD exact 1400000000000 [$1.4tn]"},
        {"Nvidia invested $4 trn in xAI.", "USD exact 4000000000000 [$4 trn]"},
        {"Nvidia invested 10k$ in xAI.", "USD exact 10000 [10k$]"},
        {"Meta laid off 100,000 workers.", "people exact 100000 [100,000]"},
        {"Meta laid off 100.000 workers.", "people exact 100000 [100.000]"},
        {"Meta laid off 3,00,000 workers.", "people exact 300000 [3,00,000]"},
        {"Meta laid off 40 000 workers.", "people exact 40000 [40 000]"},
        {"Meta laid off 12K workers.", "people exact 12000 [12K]"},
        {"The site draws 1.2 GW of power.", "W exact 1200000000 [1.2 GW]"},
        {"The site draws 300 megawatts of power.", "W exact 300000000 [300 megawatts]"},
        {"xAI will install 50,000+ GPUs.", "chips over 50000..? [50,000]"},
        {"Meta's new model has 405 billion parameters.",
         "parameters exact 405000000000 [405 billion]"},
    };
    extract_test_rows(rows, extract_test_amounts);
}

static void what_is_no_figure_yields_none(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"OpenAI was founded in 2015 and released GPT-4 on March 14, 2023.", ""},
        {"The 42-year-old founder won the 3rd prize.", ""},
        {"Call 555-0199 before 5:30 pm.", ""},
        {"Llama 3 70B runs on one H100.", ""},
        {"The loan carries interest of 7.25% and runs for 12 years.", ""},
        {"Margins widened to 62% at the chipmaker.", ""},
        {"The plant makes 3 TWh a year.", ""},
        {"The chip is 10x faster.", ""},
        {"The model has a 128K-token context window.", ""},
        {"There are a million reasons to doubt it.", ""},
        {"The park covers 4,000 acres and 12,000 homes.", ""},
        {"It hired bankers to sell the unit, two people close to the process said.", ""},
    };
    extract_test_rows(rows, extract_test_amounts);
}

static void offsets_stand_on_character_borders(void **state)
{
    struct extract_test *test = *state;
    const char *text = "\xc3\x89lys\xc3\xa9"
                       "e raised \xe2\x82\xac"
                       "5\xc2\xa0million \xe2\x80\x94 \xe2\x80\x9cmore than \xc2\xa3"
                       "2m\xe2\x80\x9d came from \xe4\xb8\xad\xe6\x96\x87.";
    struct dw_extraction found = extract_test_run(test, "", text);
    struct dw_str whole = dw_str_from_c(text);
    assert_true(found.figure_count > 0);
    for (size_t i = 0; i < found.figure_count; i++) {
        for (size_t k = 0; k < found.figures[i].mention_count; k++) {
            const struct dw_mention *m = &found.figures[i].mentions[k];
            assert_true(m->start < m->end && m->end <= whole.len);
            assert_true(m->sentence_start <= m->start && m->end <= m->sentence_end);
            assert_true(((unsigned char)text[m->start] & 0xC0) != 0x80);
            assert_true(((unsigned char)text[m->end] & 0xC0) != 0x80);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_that_nobody_counted_have_a_least_value),
        cmocka_unit_test(words_count_as_digits_do),
        cmocka_unit_test(magnitudes_and_groupings_are_read_in_every_form),
        cmocka_unit_test(what_is_no_figure_yields_none),
        cmocka_unit_test(offsets_stand_on_character_borders),
    };
    return cmocka_run_group_tests(tests, extract_test_begin, extract_test_end);
}
