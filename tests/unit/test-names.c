/* Tests of names: who is meant by what a text calls them, seen in the parties of figures. */
#include "extract-test.h"

static struct dw_str facts(struct extract_test *test, const char *text)
{
    return extract_test_facts(test, "", text);
}

static void aliases_and_products_stand_for_their_company(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"AWS invested $4 billion in Anthropic.",
         "investment Amazon > Anthropic completed 4000000000 x1"},
        {"Alphabet invested $4 billion in Anthropic.",
         "investment Google > Anthropic completed 4000000000 x1"},
        {"Facebook laid off 600 workers.", "layoffs Meta > - completed 600 x1"},
        {"The ChatGPT maker laid off 600 workers.", "layoffs OpenAI > - completed 600 x1"},
    };
    extract_test_rows(rows, facts);
}

static void names_that_no_list_knows_are_found_by_form_and_context(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"Quillon Robotics laid off 600 workers.", "layoffs Quillon Robotics > - completed 600 x1"},
        {"Calder Compute, Inc. laid off 600 workers.",
         "layoffs Calder Compute > - completed 600 x1"},
        {"NEW YORK, Oct. 16, 2025 /PRNewswire/ -- Quillon Robotics laid off 600 workers.",
         "layoffs Quillon Robotics > - completed 600 x1"},
        {"The startup Brindle raised $20 million.", "round - > Brindle completed 20000000 x1"},
        {"Vexmoor, a maker of chips, raised $20 million.",
         "round - > Vexmoor completed 20000000 x1"},
        {"Osterberg Cloud builds data centres. Osterberg raised $20 million.",
         "round - > Osterberg Cloud completed 20000000 x1"},
    };
    extract_test_rows(rows, facts);
}

static void references_lead_back_to_who_was_named(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"Nvidia makes chips. It laid off 600 workers.", "layoffs Nvidia > - completed 600 x1"},
        {"Nvidia makes chips. The company laid off 600 workers.",
         "layoffs Nvidia > - completed 600 x1"},
    };
    extract_test_rows(rows, facts);
}

static void who_backs_or_rivals_a_company_is_no_party(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"Microsoft-backed OpenAI laid off 600 workers.", "layoffs OpenAI > - completed 600 x1"},
        {"Amazon has invested $4 billion in OpenAI's rival, Anthropic.",
         "investment Amazon > Anthropic completed 4000000000 x1"},
    };
    extract_test_rows(rows, facts);
}

static void ordinary_words_are_no_companies(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"In a meta study of one block, Nvidia laid off 600 workers.",
         "layoffs Nvidia > - completed 600 x1"},
        {"In an apple orchard, Nvidia laid off 600 workers.",
         "layoffs Nvidia > - completed 600 x1"},
        {"Nvidia makes chips. David Ford said it laid off 600 workers.",
         "layoffs Nvidia > - completed 600 x1"},
    };
    extract_test_rows(rows, facts);
}

static void a_place_is_no_government(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"Nvidia will spend $5 billion on a campus in the United States.",
         "spending Nvidia > - planned 5000000000 x1"},
        {"Crusoe builds data centres in Abilene, Texas. It laid off 600 workers.",
         "layoffs Crusoe > - completed 600 x1"},
        {"BEIJING, Nov 3 (Reuters) - Nvidia makes chips. It laid off 600 workers.",
         "layoffs Nvidia > - completed 600 x1"},
        {"Washington (AP) - Nvidia makes chips. It laid off 600 workers.",
         "layoffs Nvidia > - completed 600 x1"},
        {"Texas sued Meta for $1.4 billion.", "settlement Meta > Texas talks 1400000000 x1"},
    };
    extract_test_rows(rows, facts);
}

static void a_name_of_several_words_has_their_capitals(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"Last energy bills rose. Nvidia laid off 600 workers.",
         "layoffs Nvidia > - completed 600 x1"},
        {"Last Energy laid off 600 workers.", "layoffs Last Energy > - completed 600 x1"},
        {"Nvidia makes chips. Intel's Fab 52 and a Sec filing say it laid off 600 workers.",
         "layoffs Intel > - completed 600 x1"},
        {"HP laid off 600 workers.", "layoffs HP > - completed 600 x1"},
        {"The chips are made by d-Matrix. It laid off 600 workers.",
         "layoffs d-Matrix > - completed 600 x1"},
    };
    extract_test_rows(rows, facts);
}

static void what_a_country_governs_is_an_organisation(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"India's government laid off 600 workers.",
         "layoffs Indian Government > - completed 600 x1"},
        {"The Danish health ministry laid off 600 workers.",
         "layoffs Danish health ministry > - completed 600 x1"},
        {"Bank of Queensland laid off 600 workers.",
         "layoffs Bank of Queensland > - completed 600 x1"},
        {"The University of Bristol laid off 600 workers.",
         "layoffs University of Bristol > - completed 600 x1"},
        {"Nvidia makes chips. The Texas lease ended. It laid off 600 workers.",
         "layoffs Nvidia > - completed 600 x1"},
    };
    extract_test_rows(rows, facts);
}

static void amounts_rounds_and_products_are_no_names(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"Brindle Labs raised a $22M Series A led by Nvidia.",
         "round Nvidia > Brindle Labs completed 22000000 x1"},
        {"Nvidia makes chips. It helped to design the first Zen processors. It laid off 600 "
         "workers.",
         "layoffs Nvidia > - completed 600 x1"},
        {"Nvidia makes chips. Item 2.02 Results of Operations. It laid off 600 workers.",
         "layoffs Nvidia > - completed 600 x1"},
    };
    extract_test_rows(rows, facts);
}

static void a_verb_speaks_for_a_company_whose_name_is_a_word(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"Meta broke ground in Ohio. It laid off 600 workers.",
         "layoffs Meta > - completed 600 x1"},
        {"AT&S laid off 600 workers.", "layoffs AT&S > - completed 600 x1"},
        {"Nvidia makes chips. The Santa Clara company laid off 600 workers.",
         "layoffs Nvidia > - completed 600 x1"},
    };
    extract_test_rows(rows, facts);
}

static void investors_are_read_from_the_sentences_behind_a_round(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"Brindle Labs raised $20 million. Nvidia led the round, joined by Intel.",
         "round Nvidia+Intel > Brindle Labs completed 20000000 x1"},
    };
    extract_test_rows(rows, facts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(aliases_and_products_stand_for_their_company),
        cmocka_unit_test(names_that_no_list_knows_are_found_by_form_and_context),
        cmocka_unit_test(references_lead_back_to_who_was_named),
        cmocka_unit_test(who_backs_or_rivals_a_company_is_no_party),
        cmocka_unit_test(ordinary_words_are_no_companies),
        cmocka_unit_test(a_place_is_no_government),
        cmocka_unit_test(a_name_of_several_words_has_their_capitals),
        cmocka_unit_test(what_a_country_governs_is_an_organisation),
        cmocka_unit_test(amounts_rounds_and_products_are_no_names),
        cmocka_unit_test(a_verb_speaks_for_a_company_whose_name_is_a_word),
        cmocka_unit_test(investors_are_read_from_the_sentences_behind_a_round),
    };
    return cmocka_run_group_tests(tests, extract_test_begin, extract_test_end);
}
