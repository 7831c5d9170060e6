/* Tests of the lexicon: what is compiled in holds together, and the user's own names win. */
#include "extract-test.h"

#include "lexicon-build.h"

extern const struct dw_tsv extract_companies;

static void every_alias_leads_to_its_own_company(void **state)
{
    struct extract_test *test = *state;
    size_t lost = 0;
    for (size_t i = 0; i < extract_companies.len; i++) {
        const struct dw_str *cell = extract_companies.rows[i].cell;
        struct dw_str rest = cell[3];
        struct dw_str alias;
        assert_true(rest.len > 0);
        while (!dw_str_eq(cell[3], DW_STR("-")) && dw_str_split(&rest, '|', &alias)) {
            assert_true(alias.len > 0);
            if (dw_str_ends(alias, DW_STR("!")))
                alias.len--;
            if (dw_str_eq(dw_company_find(test->extractor, alias), cell[0]))
                continue;
            lost++;
            print_error("%.*s of %.*s is taken for %.*s\n", DW_FMT(alias), DW_FMT(cell[0]),
                        DW_FMT(dw_company_find(test->extractor, alias)));
        }
    }
    assert_int_equal(lost, 0);
}

static void every_category_holds_several_companies(void **state)
{
    (void)state;
    for (size_t i = 0; i < extract_companies.len; i++) {
        size_t alike = 0;
        for (size_t k = 0; k < extract_companies.len && alike < 2; k++)
            alike +=
                dw_str_eq(extract_companies.rows[k].cell[2], extract_companies.rows[i].cell[2]);
        assert_int_equal(alike, 2);
    }
}

static void every_person_works_for_a_company_that_is_listed(void **state)
{
    const struct lexicon *l = &((struct extract_test *)*state)->extractor->lexicon;
    size_t unknown = 0;
    for (size_t i = 0; i < l->people.len; i++) {
        struct dw_str company = l->people.at[i].company;
        if (company.len <= 1 ||
            dw_company_find(((struct extract_test *)*state)->extractor, company).len > 0)
            continue;
        unknown++;
        print_error("%.*s works for %.*s\n", DW_FMT(l->people.at[i].name), DW_FMT(company));
    }
    assert_true(l->people.len > 100);
    assert_int_equal(unknown, 0);
}

static void every_company_is_found_by_its_name(void **state)
{
    struct extract_test *test = *state;
    const struct lexicon *l = &test->extractor->lexicon;
    size_t lost = 0;
    for (size_t i = 0; i < l->organisations.len; i++) {
        struct dw_str name = l->organisations.at[i].name;
        if (dw_str_eq(dw_company_find(test->extractor, name), name))
            continue;
        lost++;
        print_error("%.*s is taken for %.*s\n", DW_FMT(name),
                    DW_FMT(dw_company_find(test->extractor, name)));
    }
    assert_true(l->organisations.len > 600);
    assert_int_equal(lost, 0);
}

static void every_currency_has_a_code_of_three_letters(void **state)
{
    const struct lexicon *l = &((struct extract_test *)*state)->extractor->lexicon;
    for (size_t i = 0; i < l->currencies.len; i++) {
        assert_int_equal(l->currencies.at[i].code.len, 3);
        assert_true(l->currencies.at[i].factor > 0);
    }
}

static void words_are_looked_up_whatever_they_mean(void **state)
{
    const struct lexicon *l = &((struct extract_test *)*state)->extractor->lexicon;
    assert_int_not_equal(lexicon_word(l, DW_STR("billion")), 0);
    assert_int_equal(lexicon_word(l, DW_STR("zzyzx")), 0);
    assert_int_equal(lexicon_begin(l, lexicon_word(l, DW_STR("zzyzx"))), 0);
    assert_int_equal(lexicon_word(l, DW_STR("BILLION")), lexicon_word(l, DW_STR("billion")));
}

/* One of the user's own tables, and what the extractor says of it; NULL: nothing bad. */
static struct dw_extractor *open_with(const char *table, const char *rows, struct dw_error *err)
{
    struct dw_user_table own = {dw_str_from_c(table), dw_str_from_c(rows)};
    return dw_extractor_open(&own, 1, err);
}

static void a_bad_line_is_named_by_file_and_number(void **state)
{
    static const struct {
        const char *table, *rows, *want;
    } cases[] = {
        {"companies", "A\t-\tx\ta\n\n# b\nB\t-\tx\ta\tb\n", "companies.tsv line 4: wanted are"},
        {"companies", "A\nB\nA\n", "companies.tsv line 3: \"A\" stands in line 1 already"},
        {"people", "Jane Roe\n", "people.tsv line 1: wanted are name, company and title"},
        {"places", "Zedville\ttown\tUSD\n", "places.tsv line 1: \"town\": a place is"},
        {"currencies", "zed\tzzz\t1\tword\n", "\"zzz\" is no currency code"},
        {"currencies", "zed\tZED\tone\tword\n", "\"one\" is no number"},
        {"currencies", "zed\tZED\t1\tback\n", "\"back\": a currency stands as"},
        {"units", "zeds\tpeople\t1\tfar\n", "\"far\" is no group of units"},
        {"magnitudes", "zillion\t1000\tloose\n", "a magnitude is free or glued"},
        {"numbers", "umpteen\tmany\n", "\"many\" is no number"},
        {"vague", "oodles\t-\n", "\"-\" is no number"},
        {"qualifiers", "zedly\tmaybe\tbefore\n", "\"maybe\" is no qualifier"},
        {"qualifiers", "zedly\tabout\tnear\n", "a qualifier stands before or after"},
        {"statuses", "zedly\tdone\n", "\"done\" is no status"},
        {"triggers", "zeds\tx\tround\t5\ts=t\n", "a trigger is v or n"},
        {"triggers", "zeds\tv\tzed\t5\ts=t\n", "\"zed\" is no kind"},
        {"triggers", "zeds\tv\tround\t5\ts=zed\n", "a role is written"},
        {"triggers", "zeds\tv\tround\t50\ts=t\n", "weights go to 11"},
        {"verbs", "zed\tzeds\t\tzedded\tzedding\t-\n", "verbs.tsv line 1: wanted are five forms"},
        {"words", "zed\tone two\n", "\"zed\" is no class of words"},
        {"nouns", "zed\n", "there is no table nouns.tsv"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct dw_error err = {0};
        assert_null(open_with(cases[i].table, cases[i].rows, &err));
        if (dw_str_find(dw_str_from_c(err.message), dw_str_from_c(cases[i].want), 0) == SIZE_MAX)
            fail_msg("%s: %s", cases[i].rows, err.message);
        assert_int_equal(err.code, DW_ERR_CONFIG);
    }
}

static void rows_of_the_user_win(void **state)
{
    static const struct {
        const char *table, *rows, *text, *want;
    } cases[] = {
        {"currencies", "zeds\tZED\t1\tword\n", "It raised 5 million zeds.",
         "ZED exact 5000000 [5 million zeds]"},
        {"units", "zedians\tpeople\t1\tstaff\n", "It laid off 500 zedians.",
         "people exact 500 [500]"},
        {"magnitudes", "zillion\t1000\tfree\n", "It raised $5 zillion.",
         "USD exact 5000 [$5 zillion]"},
        {"numbers", "umpteen\t17\n", "It raised umpteen million dollars.",
         "USD exact 17000000 [umpteen million dollars]"},
        {"qualifiers", "zedly\tover\tbefore\n", "It raised zedly $5 million.",
         "USD over 5000000..? [$5 million]"},
    };
    struct extract_test *test = *state;
    struct dw_extractor *house = test->extractor;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct dw_error err = {0};
        test->extractor = open_with(cases[i].table, cases[i].rows, &err);
        if (test->extractor == NULL)
            fail_msg("%s", err.message);
        struct dw_str got = extract_test_amounts(test, cases[i].text);
        if (!dw_str_eq(got, dw_str_from_c(cases[i].want)))
            fail_msg("%s: %.*s", cases[i].rows, DW_FMT(got));
        dw_extractor_free(test->extractor);
    }
    test->extractor = house;
}

static void people_of_the_user_speak_for_their_company(void **state)
{
    struct extract_test *test = *state;
    struct dw_extractor *house = test->extractor;
    struct dw_error err = {0};
    test->extractor = open_with("people", "Zora Quill\tOpenAI\tCEO\n", &err);
    assert_non_null(test->extractor);
    const struct lexicon *l = &test->extractor->lexicon;
    assert_str(l->people.at[l->people.len - 1].company, "OpenAI");
    dw_extractor_free(test->extractor);
    test->extractor = house;
}

static void each_table_of_the_user_has_a_name(void **state)
{
    (void)state;
    struct dw_str name;
    size_t count = 0;
    while (dw_user_table_name(count, &name)) {
        assert_true(name.len > 0);
        count++;
    }
    assert_int_equal(count, LEXICON_TABLES);
}

static void failing_allocations_leave_no_half_lexicon(void **state)
{
    (void)state;
    bool done = false;
    for (size_t n = 0; n < 4000 && !done; n += n < 40 ? 1 : 97) {
        struct dw_error err = {0};
        unit_fail_after(n);
        struct dw_extractor *extractor = dw_extractor_new(DW_STR("Halden\t-\tchips\tHC\n"), &err);
        unit_fail_after(SIZE_MAX);
        done = extractor != NULL;
        assert_true(done || err.code == DW_ERR_MEMORY);
        dw_extractor_free(extractor);
    }
    assert_true(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_person_works_for_a_company_that_is_listed),
        cmocka_unit_test(every_company_is_found_by_its_name),
        cmocka_unit_test(every_alias_leads_to_its_own_company),
        cmocka_unit_test(every_category_holds_several_companies),
        cmocka_unit_test(every_currency_has_a_code_of_three_letters),
        cmocka_unit_test(words_are_looked_up_whatever_they_mean),
        cmocka_unit_test(a_bad_line_is_named_by_file_and_number),
        cmocka_unit_test(rows_of_the_user_win),
        cmocka_unit_test(people_of_the_user_speak_for_their_company),
        cmocka_unit_test(each_table_of_the_user_has_a_name),
        cmocka_unit_test(failing_allocations_leave_no_half_lexicon),
    };
    return cmocka_run_group_tests(tests, extract_test_begin, extract_test_end);
}
