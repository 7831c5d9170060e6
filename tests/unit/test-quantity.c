/* Tests of quantities: what is written, and the unit, qualifier and bounds that it means. */
#include "unit.h"

#include <math.h>

#include "extract/extract.h"

#define NONE NAN

static const struct {
    const char *text; /* one sentence with one figure */
    const char *surface;
    const char *unit;
    enum dw_qualifier qualifier;
    double low, high;
} cases[] = {
    /* qualifiers */
    {"Corvid raised $50 million.", "$50 million", "USD", DW_QUALIFIER_EXACT, 50e6, 50e6},
    {"Corvid raised about $50 million.", "$50 million", "USD", DW_QUALIFIER_ABOUT, 50e6, 50e6},
    {"Corvid raised nearly $4.5bn.", "$4.5bn", "USD", DW_QUALIFIER_ABOUT, 4.5e9, 4.5e9},
    {"Corvid raised a ~$750M round.", "$750M", "USD", DW_QUALIFIER_ABOUT, 750e6, 750e6},
    {"Corvid raised $40 million or so.", "$40 million", "USD", DW_QUALIFIER_ABOUT, 40e6, 40e6},
    {"Corvid raised more than $2 billion.", "$2 billion", "USD", DW_QUALIFIER_OVER, 2e9, NONE},
    {"Corvid raised upwards of $2 billion.", "$2 billion", "USD", DW_QUALIFIER_OVER, 2e9, NONE},
    {"Corvid raised north of $2 billion.", "$2 billion", "USD", DW_QUALIFIER_OVER, 2e9, NONE},
    {"Corvid raised at least $2 billion.", "$2 billion", "USD", DW_QUALIFIER_OVER, 2e9, NONE},
    {"Corvid raised $2 billion or more.", "$2 billion", "USD", DW_QUALIFIER_OVER, 2e9, NONE},
    {"Corvid raised $2B+ in debt.", "$2B", "USD", DW_QUALIFIER_OVER, 2e9, NONE},
    {"Corvid raised less than $9 million.", "$9 million", "USD", DW_QUALIFIER_UNDER, NONE, 9e6},
    {"Corvid raised just shy of $9 million.", "$9 million", "USD", DW_QUALIFIER_UNDER, NONE, 9e6},
    {"Corvid raised up to $9 million.", "$9 million", "USD", DW_QUALIFIER_UP_TO, NONE, 9e6},
    {"Corvid raised as much as $9 million.", "$9 million", "USD", DW_QUALIFIER_UP_TO, NONE, 9e6},
    {"Corvid raised no more than $9 million.", "$9 million", "USD", DW_QUALIFIER_UP_TO, NONE, 9e6},
    /* ranges */
    {"Corvid may raise $40\xe2\x80\x93"
     "50 million.",
     "$40\xe2\x80\x93"
     "50 million",
     "USD", DW_QUALIFIER_RANGE, 40e6, 50e6},
    {"Corvid may raise $2.5B-$3B.", "$2.5B-$3B", "USD", DW_QUALIFIER_RANGE, 2.5e9, 3e9},
    {"Corvid may raise between $40 million and $50 million.", "$40 million and $50 million", "USD",
     DW_QUALIFIER_RANGE, 40e6, 50e6},
    {"Corvid may raise $40 million to $50 million.", "$40 million to $50 million", "USD",
     DW_QUALIFIER_RANGE, 40e6, 50e6},
    {"Corvid will lay off between 300 and 400 workers.", "300 and 400", "people",
     DW_QUALIFIER_RANGE, 300, 400},
    /* vague */
    {"Corvid invested billions of dollars in Brack.", "billions of dollars", "USD",
     DW_QUALIFIER_VAGUE, 1e9, NONE},
    {"Corvid invested tens of millions of dollars in Brack.", "tens of millions of dollars", "USD",
     DW_QUALIFIER_VAGUE, 10e6, NONE},
    {"Corvid is laying off thousands.", "thousands", "people", DW_QUALIFIER_VAGUE, 1000, NONE},
    {"Corvid dismissed hundreds of workers.", "hundreds", "people", DW_QUALIFIER_VAGUE, 100, NONE},
    {"Corvid laid off several hundred employees.", "several hundred", "people", DW_QUALIFIER_VAGUE,
     100, NONE},
    /* words */
    {"Corvid raised half a billion dollars.", "half a billion dollars", "USD", DW_QUALIFIER_EXACT,
     5e8, 5e8},
    {"Corvid raised a quarter of a million pounds.", "a quarter of a million pounds", "GBP",
     DW_QUALIFIER_EXACT, 250e3, 250e3},
    {"Corvid raised one and a half billion euros.", "one and a half billion euros", "EUR",
     DW_QUALIFIER_EXACT, 1.5e9, 1.5e9},
    {"Corvid raised twenty-five million dollars.", "twenty-five million dollars", "USD",
     DW_QUALIFIER_EXACT, 25e6, 25e6},
    {"Corvid raised a hundred million dollars.", "a hundred million dollars", "USD",
     DW_QUALIFIER_EXACT, 100e6, 100e6},
    {"Corvid laid off a dozen workers.", "a dozen", "people", DW_QUALIFIER_EXACT, 12, 12},
    {"Corvid laid off nine hundred and ninety-nine employees.", "nine hundred and ninety-nine",
     "people", DW_QUALIFIER_EXACT, 999, 999},
    /* magnitudes and groupings */
    {"Corvid raised US$50bn.", "US$50bn", "USD", DW_QUALIFIER_EXACT, 50e9, 50e9},
    {"Corvid raised $50-billion.", "$50-billion", "USD", DW_QUALIFIER_EXACT, 50e9, 50e9},
    {"Corvid raised 50bn dollars.", "50bn dollars", "USD", DW_QUALIFIER_EXACT, 50e9, 50e9},
    {"Corvid raised USD115m.", "USD115m", "USD", DW_QUALIFIER_EXACT, 115e6, 115e6},
    {"Corvid raised 10k$.", "10k$", "USD", DW_QUALIFIER_EXACT, 10e3, 10e3},
    {"Corvid raised \xe2\x82\xac"
     "1.2 Mrd.",
     "\xe2\x82\xac"
     "1.2 Mrd",
     "EUR", DW_QUALIFIER_EXACT, 1.2e9, 1.2e9},
    {"Corvid raised Rs 500 crore.", "Rs 500 crore", "INR", DW_QUALIFIER_EXACT, 5e9, 5e9},
    {"Corvid raised Rs 3,00,000.", "Rs 3,00,000", "INR", DW_QUALIFIER_EXACT, 300000, 300000},
    {"Corvid raised 500 million yuan.", "500 million yuan", "CNY", DW_QUALIFIER_EXACT, 500e6,
     500e6},
    {"Corvid raised \xc2\xa5"
     "500 billion.",
     "\xc2\xa5"
     "500 billion",
     "JPY", DW_QUALIFIER_EXACT, 500e9, 500e9},
    {"Corvid raised C$2.4 million.", "C$2.4 million", "CAD", DW_QUALIFIER_EXACT, 2.4e6, 2.4e6},
    {"Corvid raised HK$3.1 billion.", "HK$3.1 billion", "HKD", DW_QUALIFIER_EXACT, 3.1e9, 3.1e9},
    {"Corvid raised SEK 95 billion.", "SEK 95 billion", "SEK", DW_QUALIFIER_EXACT, 95e9, 95e9},
    {"Corvid raised 20 million Canadian dollars.", "20 million Canadian dollars", "CAD",
     DW_QUALIFIER_EXACT, 20e6, 20e6},
    {"Corvid raised $38\xc2\xa0"
     "billion.",
     "$38\xc2\xa0"
     "billion",
     "USD", DW_QUALIFIER_EXACT, 38e9, 38e9},
    {"Corvid laid off 100.000 workers.", "100.000", "people", DW_QUALIFIER_EXACT, 100000, 100000},
    {"Corvid laid off 16,000 corporate workers.", "16,000", "people", DW_QUALIFIER_EXACT, 16000,
     16000},
    {"The plan costs 67 cents per share at Corvid.", "67 cents", "USD", DW_QUALIFIER_EXACT, 0.67,
     0.67},
    {"Corvid charges 3 dollars 50 cents a month.", "3 dollars 50 cents", "USD", DW_QUALIFIER_EXACT,
     3.5, 3.5},
    /* other units */
    {"Corvid laid off 5% of its staff.", "5%", "percent", DW_QUALIFIER_EXACT, 5, 5},
    {"Corvid laid off 11 per cent of its workforce.", "11 per cent", "percent", DW_QUALIFIER_EXACT,
     11, 11},
    {"Corvid plans a 1.2 GW site.", "1.2 GW", "W", DW_QUALIFIER_EXACT, 1.2e9, 1.2e9},
    {"Corvid plans a 300-megawatt site.", "300-megawatt", "W", DW_QUALIFIER_EXACT, 300e6, 300e6},
    {"Corvid ordered 100,000 H100 GPUs.", "100,000", "chips", DW_QUALIFIER_EXACT, 100000, 100000},
    {"Corvid released a 70-billion-parameter model.", "70-billion", "parameters",
     DW_QUALIFIER_EXACT, 70e9, 70e9},
    {"Corvid trained it on 15 trillion tokens.", "15 trillion", "tokens", DW_QUALIFIER_EXACT, 15e12,
     15e12},
    /* signs */
    {"Corvid reported a net loss of $1.35 billion.", "$1.35 billion", "USD", DW_QUALIFIER_EXACT,
     -1.35e9, -1.35e9},
    {"Shares of Corvid fell 17 percent.", "17 percent", "percent", DW_QUALIFIER_EXACT, -17, -17},
    {"Shares of Corvid lost more than 30%.", "30%", "percent", DW_QUALIFIER_OVER, NONE, -30},
};

static const char *const traps[] = {
    "GPT-4 and Llama 3 70B were compared on 57 subjects.",
    "After a Series B in 2026 the founders want a Series C by Q3 2027.",
    "The help line is staffed 24/7; call 1-800-555-0142 after 9:30 a.m.",
    "Section 230 and Article 17 came up 14 times in the 3-hour hearing on April 12, 2025.",
    "The H100, B200 and MI300X all appear in this year's Top 10.",
    "$TSLA and $NVDA were the most mentioned tickers.",
    "She is 42 years old and lives 20 miles away.",
    "There are 10 dogs in the office.",
};

static struct dw_extractor *extractor;

static int make_extractor(void **state)
{
    (void)state;
    struct dw_error err = {0};
    extractor = dw_extractor_new((struct dw_str){"", 0}, &err);
    return extractor != NULL ? 0 : -1;
}

static int free_extractor(void **state)
{
    (void)state;
    dw_extractor_free(extractor);
    return 0;
}

static bool same(double x, double y)
{
    return (isnan(x) && isnan(y)) || fabs(x - y) <= 1e-9 * fmax(1, fabs(y));
}

static void every_form_has_its_value(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct dw_arena arena;
        struct dw_extraction found;
        struct dw_error err = {0};
        dw_arena_init(&arena, 8u << 20);
        struct dw_article article = {.text = dw_str_from_c(cases[i].text),
                                     .published = DW_TIME_NONE};
        assert_true(dw_extract(extractor, &arena, &article, &found, &err));
        const struct dw_figure *f = found.figure_count > 0 ? &found.figures[0] : NULL;
        struct dw_str surface =
            f != NULL ? dw_str_slice(article.text, f->mentions[0].start, f->mentions[0].end)
                      : DW_STR("nothing");
        bool right = found.figure_count == 1 &&
                     dw_str_eq(surface, dw_str_from_c(cases[i].surface)) &&
                     dw_str_eq(f->unit, dw_str_from_c(cases[i].unit)) &&
                     f->qualifier == cases[i].qualifier && same(f->low, cases[i].low) &&
                     same(f->high, cases[i].high);
        if (!right) {
            wrong++;
            print_message("%s: %zu figures, \"%.*s\" %.*s %g..%g\n", cases[i].text,
                          found.figure_count, DW_FMT(surface), f != NULL ? (int)f->unit.len : 0,
                          f != NULL ? f->unit.at : "", f != NULL ? f->low : 0,
                          f != NULL ? f->high : 0);
        }
        dw_arena_release(&arena);
    }
    assert_int_equal(wrong, 0);
}

static void what_is_no_quantity_gives_no_figure(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof traps / sizeof traps[0]; i++) {
        struct dw_arena arena;
        struct dw_extraction found;
        struct dw_error err = {0};
        dw_arena_init(&arena, 8u << 20);
        struct dw_article article = {.text = dw_str_from_c(traps[i]), .published = DW_TIME_NONE};
        assert_true(dw_extract(extractor, &arena, &article, &found, &err));
        if (found.figure_count > 0)
            fail_msg("%s: %zu figures", traps[i], found.figure_count);
        dw_arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_has_its_value),
        cmocka_unit_test(what_is_no_quantity_gives_no_figure),
    };
    return cmocka_run_group_tests(tests, make_extractor, free_extractor);
}
