/* Tests of the lexicon: what is compiled in holds together, and the user's own names win. */
#include "extract-test.h"

#include "internal.h"

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
        cmocka_unit_test(failing_allocations_leave_no_half_lexicon),
    };
    return cmocka_run_group_tests(tests, extract_test_begin, extract_test_end);
}
