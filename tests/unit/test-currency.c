/* Tests of currencies: what tells whose money it is. */
#include "extract-test.h"

static void currencies_are_told_by_sign_code_and_word(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"Mistral raised \xe2\x82\xac"
         "1.7 billion.",
         "EUR exact 1700000000 [\xe2\x82\xac"
         "1.7 billion]"},
        {"Wayve raised \xc2\xa3"
         "300m.",
         "GBP exact 300000000 [\xc2\xa3"
         "300m]"},
        {"Cohere raised C$450 million.", "CAD exact 450000000 [C$450 million]"},
        {"The group raised A$20 million.", "AUD exact 20000000 [A$20 million]"},
        {"The group raised HK$20 million.", "HKD exact 20000000 [HK$20 million]"},
        {"The group raised S$20 million.", "SGD exact 20000000 [S$20 million]"},
        {"The group raised NT$20 million.", "TWD exact 20000000 [NT$20 million]"},
        {"The group raised R$20 million.", "BRL exact 20000000 [R$20 million]"},
        {"The group raised US$50bn.", "USD exact 50000000000 [US$50bn]"},
        {"The group raised 50bn dollars.", "USD exact 50000000000 [50bn dollars]"},
        {"The group raised USD115m.", "USD exact 115000000 [USD115m]"},
        {"The group raised EUR 115m.", "EUR exact 115000000 [EUR 115m]"},
        {"The group raised 75 USD million.", "USD exact 75000000 [75 USD million]"},
        {"The group raised 20 million Canadian dollars.",
         "CAD exact 20000000 [20 million Canadian dollars]"},
        {"The group raised Rs 500 crore.", "INR exact 5000000000 [Rs 500 crore]"},
        {"The group raised Rs. 75 lakh.", "INR exact 7500000 [Rs. 75 lakh]"},
        {"The group raised 500 million yuan.", "CNY exact 500000000 [500 million yuan]"},
        {"The group raised \xc2\xa5"
         "500 billion.",
         "JPY exact 500000000000 [\xc2\xa5"
         "500 billion]"},
        {"The group raised \xe2\x82\xac"
         "1.2 Mrd.",
         "EUR exact 1200000000 [\xe2\x82\xac"
         "1.2 Mrd]"},
        {"The group raised 300 million Swiss francs.",
         "CHF exact 300000000 [300 million Swiss francs]"},
        {"The group raised 300 million kronor.", "SEK exact 300000000 [300 million kronor]"},
        {"The plan costs 3 dollars 50 cents a month.", "USD exact 3.5 [3 dollars 50 cents]"},
        {"The plan costs 50 cents a month.", "USD exact 0.5 [50 cents]"},
    };
    extract_test_rows(rows, extract_test_amounts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(currencies_are_told_by_sign_code_and_word),
    };
    return cmocka_run_group_tests(tests, extract_test_begin, extract_test_end);
}
