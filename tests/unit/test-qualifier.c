/* Tests of qualifiers: each cue of the contract's table, and the bounds that it sets. */
#include "extract-test.h"

static void qualifiers_set_the_bounds(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"Nvidia invested $50 billion in OpenAI.", "USD exact 50000000000 [$50 billion]"},
        {"Nvidia invested about $50 billion in OpenAI.", "USD about 50000000000 [$50 billion]"},
        {"Nvidia invested around $50 billion in OpenAI.", "USD about 50000000000 [$50 billion]"},
        {"Nvidia invested roughly $50 billion in OpenAI.", "USD about 50000000000 [$50 billion]"},
        {"Nvidia invested nearly $50 billion in OpenAI.", "USD about 50000000000 [$50 billion]"},
        {"Nvidia invested almost $50 billion in OpenAI.", "USD about 50000000000 [$50 billion]"},
        {"Nvidia invested some $50 billion in OpenAI.", "USD about 50000000000 [$50 billion]"},
        {"Nvidia invested approximately $50 billion in OpenAI.",
         "USD about 50000000000 [$50 billion]"},
        {"Nvidia invested ~$50 billion in OpenAI.", "USD about 50000000000 [$50 billion]"},
        {"Nvidia invested something like $50 billion in OpenAI.",
         "USD about 50000000000 [$50 billion]"},
        {"Nvidia invested a shade under $50 billion in OpenAI.",
         "USD about 50000000000 [$50 billion]"},
        {"Nvidia invested $50 billion or so in OpenAI.", "USD about 50000000000 [$50 billion]"},
        {"Nvidia invested $50 billion, give or take, in OpenAI.",
         "USD about 50000000000 [$50 billion]"},
        {"Nvidia invested an estimated $50 billion in OpenAI.",
         "USD about 50000000000 [$50 billion]"},
        {"Nvidia invested closer to $50 billion in OpenAI.", "USD about 50000000000 [$50 billion]"},
        {"Nvidia invested in the ballpark of $50 billion in OpenAI.",
         "USD about 50000000000 [$50 billion]"},
        {"Nvidia invested more than $50 billion in OpenAI.",
         "USD over 50000000000..? [$50 billion]"},
        {"Nvidia invested over $50 billion in OpenAI.", "USD over 50000000000..? [$50 billion]"},
        {"Nvidia invested above $50 billion in OpenAI.", "USD over 50000000000..? [$50 billion]"},
        {"Nvidia invested at least $50 billion in OpenAI.",
         "USD over 50000000000..? [$50 billion]"},
        {"Nvidia invested upwards of $50 billion in OpenAI.",
         "USD over 50000000000..? [$50 billion]"},
        {"Nvidia invested north of $50 billion in OpenAI.",
         "USD over 50000000000..? [$50 billion]"},
        {"Nvidia invested in excess of $50 billion in OpenAI.",
         "USD over 50000000000..? [$50 billion]"},
        {"Nvidia invested no less than $50 billion in OpenAI.",
         "USD over 50000000000..? [$50 billion]"},
        {"Nvidia invested just over $50 billion in OpenAI.",
         "USD over 50000000000..? [$50 billion]"},
        {"Nvidia invested $50 billion or more in OpenAI.", "USD over 50000000000..? [$50 billion]"},
        {"Nvidia invested $50B+ in OpenAI.", "USD over 50000000000..? [$50B]"},
        {"Nvidia invested $50 billion-plus in OpenAI.", "USD over 50000000000..? [$50 billion]"},
        {"Nvidia invested $50 billion and change in OpenAI.",
         "USD over 50000000000..? [$50 billion]"},
        {"Revenue at OpenAI topped $50 billion.", "USD over 50000000000..? [$50 billion]"},
        {"Revenue at OpenAI surpassed $50 billion.", "USD over 50000000000..? [$50 billion]"},
        {"Revenue at OpenAI crossed $50 billion.", "USD over 50000000000..? [$50 billion]"},
        {"Revenue at OpenAI hit $50 billion.", "USD exact 50000000000 [$50 billion]"},
        {"Nvidia invested less than $50 billion in OpenAI.",
         "USD under ?..50000000000 [$50 billion]"},
        {"Nvidia invested under $50 billion in OpenAI.", "USD under ?..50000000000 [$50 billion]"},
        {"Nvidia invested just under $50 billion in OpenAI.",
         "USD under ?..50000000000 [$50 billion]"},
        {"Nvidia invested just shy of $50 billion in OpenAI.",
         "USD under ?..50000000000 [$50 billion]"},
        {"Amazon cut fewer than 250 jobs.", "people under ?..250 [250]"},
        {"Nvidia invested up to $50 billion in OpenAI.", "USD up_to ?..50000000000 [$50 billion]"},
        {"Nvidia invested as much as $50 billion in OpenAI.",
         "USD up_to ?..50000000000 [$50 billion]"},
        {"Amazon will cut as many as 30,000 jobs.", "people up_to ?..30000 [30,000]"},
        {"Nvidia invested at most $50 billion in OpenAI.",
         "USD up_to ?..50000000000 [$50 billion]"},
        {"Nvidia invested a maximum of $50 billion in OpenAI.",
         "USD up_to ?..50000000000 [$50 billion]"},
        {"Nvidia invested no more than $50 billion in OpenAI.",
         "USD up_to ?..50000000000 [$50 billion]"},
    };
    extract_test_rows(rows, extract_test_amounts);
}

static void two_bounds_are_one_range(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"Meta will spend $40\xe2\x80\x93"
         "50 billion on chips.",
         "USD range 40000000000..50000000000 [$40\xe2\x80\x93"
         "50 billion]"},
        {"Meta will spend between $40 billion and $50 billion on chips.",
         "USD range 40000000000..50000000000 [$40 billion and $50 billion]"},
        {"Meta will spend $40 billion to $50 billion on chips.",
         "USD range 40000000000..50000000000 [$40 billion to $50 billion]"},
        {"Meta will spend $40-$50 billion on chips.",
         "USD range 40000000000..50000000000 [$40-$50 billion]"},
        {"Meta will spend $2.5B-$3B on chips.", "USD range 2500000000..3000000000 [$2.5B-$3B]"},
        {"Meta will spend $250\xe2\x80\x94$300 billion on chips.",
         "USD range 250000000000..300000000000 [$250\xe2\x80\x94$300 billion]"},
        {"The offer price was $31\xe2\x80\x92$34 a share.",
         "USD range 31..34 [$31\xe2\x80\x92$34]"},
        {"Meta expects revenue of $65 billion, plus or minus 2%.",
         "USD range 63700000000..66300000000 [$65 billion, plus or minus 2%]"},
        {"Revenue at Meta rose from $310 million to $455 million.",
         "USD exact 310000000 [$310 million] | USD exact 455000000 [$455 million]"},
        {"The plan's price went from $20 to $25 a month.",
         "USD exact 20 [$20] | USD exact 25 [$25]"},
        {"Meta will cut 200 to 300 jobs.", "people range 200..300 [200 to 300]"},
        {"Meta will cut from 200 to 300 jobs.", "people range 200..300 [200 to 300]"},
    };
    extract_test_rows(rows, extract_test_amounts);
}

static void falls_and_losses_are_negative(void **state)
{
    struct extract_test *test = *state;
    static const struct extract_test_row rows[] = {
        {"Revenue at Intel fell 12%.", "percent exact -12 [12%]"},
        {"Shares of Intel lost more than 30%.", "percent over ?..-30 [30%]"},
        {"Shares of Intel fell as much as 14%.", "percent up_to -14..? [14%]"},
        {"Intel posted a net loss of $1.6 billion.", "USD exact -1600000000 [$1.6 billion]"},
        {"Revenue at Intel rose 12%.", "percent exact 12 [12%]"},
    };
    extract_test_rows(rows, extract_test_amounts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(qualifiers_set_the_bounds),
        cmocka_unit_test(two_bounds_are_one_range),
        cmocka_unit_test(falls_and_losses_are_negative),
    };
    return cmocka_run_group_tests(tests, extract_test_begin, extract_test_end);
}
