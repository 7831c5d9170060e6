/* Tests of events: what joins, what stays apart, and a state that does not hang on the order. */
#include "unit.h"

#include <math.h>

#include "event/event.h"

#define ARENA (8u << 20)
#define DAY 86400
#define START 1764000000 /* 2025-11-24 */

static struct dw_arena arena;

static int make_arena(void **state)
{
    (void)state;
    dw_arena_init(&arena, ARENA);
    return 0;
}

static int drop_arena(void **state)
{
    (void)state;
    dw_arena_release(&arena);
    return 0;
}

/* "A, B" as a list. */
static struct dw_strs names(const char *text)
{
    struct dw_strs list = {0};
    struct dw_str rest = dw_str_from_c(text);
    struct dw_str part;
    while (rest.len > 0 && dw_str_split(&rest, ',', &part))
        assert_true(dw_strs_push(&arena, &list, dw_str_trim(part)));
    return list;
}

static struct dw_figure figure(enum dw_kind kind, const char *from, const char *to, double value)
{
    return (struct dw_figure){.kind = kind,
                              .unit = DW_STR("USD"),
                              .qualifier = DW_QUALIFIER_EXACT,
                              .value = value,
                              .low = value,
                              .high = value,
                              .from = names(from),
                              .to = names(to),
                              .status = DW_STATUS_TALKS,
                              .confidence = 0.8};
}

static struct dw_evidence told(const struct dw_figure *f, int64_t id, int days,
                               const char *sentence)
{
    return (struct dw_evidence){.figure = f,
                                .figure_id = id,
                                .published = START + (int64_t)days * DAY,
                                .source = id,
                                .told = dw_event_told(dw_str_from_c(sentence))};
}

static struct dw_candidate seen(const struct dw_figure *f, int64_t id)
{
    return (struct dw_candidate){
        .event_id = id, .figure = f, .first_seen = START, .last_seen = START};
}

/* The score of `a`, told some days after `b`. */
static double fit(const struct dw_figure *a, const struct dw_figure *b, int days)
{
    struct dw_evidence evidence = told(a, 1, days, "");
    struct dw_candidate candidate = seen(b, 7);
    struct dw_str why = {0};
    double score = dw_event_score(&arena, &evidence, &candidate, &why);
    assert_true(score >= 0 && score <= 1);
    assert_true((score > 0) == (why.len > 0));
    return score;
}

static void the_same_amount_within_rounding_is_one_fact(void **state)
{
    (void)state;
    struct dw_figure a = figure(DW_KIND_ROUND, "", "OpenAI", 6.6e9);
    struct dw_figure b = figure(DW_KIND_ROUND, "Thrive Capital", "OpenAI", 6.57e9);
    struct dw_figure other = figure(DW_KIND_ROUND, "", "Anthropic", 6.6e9);
    assert_true(fit(&a, &b, 3) > 0.5);
    assert_true(fit(&a, &other, 0) == 0);
    struct dw_figure jobs = figure(DW_KIND_LAYOFFS, "Amazon", "", 16000);
    struct dw_figure exact = figure(DW_KIND_LAYOFFS, "Amazon", "", 16012);
    jobs.unit = exact.unit = DW_STR("people");
    jobs.qualifier = DW_QUALIFIER_ABOUT;
    assert_true(fit(&exact, &jobs, 1) > 0.5);
}

static void ranges_and_open_ends_meet(void **state)
{
    (void)state;
    struct dw_figure range = figure(DW_KIND_SPENDING, "Meta", "", 45e9);
    range.qualifier = DW_QUALIFIER_RANGE;
    range.low = 40e9;
    range.high = 50e9;
    struct dw_figure inside = figure(DW_KIND_SPENDING, "Meta", "", 48e9);
    struct dw_figure beyond = figure(DW_KIND_SPENDING, "Meta", "", 65e9);
    struct dw_figure over = figure(DW_KIND_SPENDING, "Meta", "", 46e9);
    over.qualifier = DW_QUALIFIER_OVER;
    over.high = NAN;
    struct dw_figure vague = figure(DW_KIND_SPENDING, "Meta", "", NAN);
    vague.qualifier = DW_QUALIFIER_VAGUE;
    vague.low = 10e9;
    vague.high = NAN;
    assert_true(fit(&inside, &range, 0) > 0);
    assert_true(fit(&beyond, &range, 0) == 0);
    assert_true(fit(&over, &inside, 0) > 0);
    assert_true(fit(&over, &beyond, 0) == 0);
    assert_true(fit(&vague, &inside, 0) > 0);
    assert_true(fit(&vague, &inside, 0) < fit(&inside, &range, 0));
}

static void contrary_parties_are_another_fact(void **state)
{
    (void)state;
    struct dw_figure amazon = figure(DW_KIND_INVESTMENT, "Amazon", "OpenAI", 50e9);
    struct dw_figure nvidia = figure(DW_KIND_INVESTMENT, "Nvidia", "OpenAI", 50e9);
    struct dw_figure open = figure(DW_KIND_INVESTMENT, "investors", "OpenAI", 50e9);
    struct dw_figure inc = figure(DW_KIND_INVESTMENT, "Amazon Inc.", "OpenAI", 50e9);
    assert_true(fit(&amazon, &nvidia, 0) == 0);
    assert_true(fit(&open, &amazon, 0) > 0);
    assert_true(fit(&inc, &amazon, 0) > fit(&open, &amazon, 0));
    struct dw_figure jobs = figure(DW_KIND_LAYOFFS, "", "", 1000);
    struct dw_figure meta = figure(DW_KIND_LAYOFFS, "Meta", "", 1000);
    assert_true(fit(&jobs, &meta, 0) == 0);
}

static void a_short_form_is_the_same_party_for_the_same_value_only(void **state)
{
    (void)state;
    struct dw_figure full = figure(DW_KIND_CONTRACT, "Northlake AI", "Osterberg Cloud", 9e9);
    struct dw_figure brief = figure(DW_KIND_CONTRACT, "Northlake", "Osterberg", 9e9);
    struct dw_figure other = figure(DW_KIND_CONTRACT, "Northlake", "Osterberg", 12e9);
    struct dw_figure meta = figure(DW_KIND_CONTRACT, "Meta", "Arm", 9e9);
    struct dw_figure materials = figure(DW_KIND_CONTRACT, "Meta Materials", "Arm Radio", 9e9);
    assert_true(fit(&brief, &full, 0) > 0);
    assert_true(fit(&brief, &full, 0) < fit(&full, &full, 0));
    assert_true(fit(&other, &full, 0) == 0);
    assert_true(fit(&meta, &materials, 0) == 0);
    struct dw_evidence items[] = {told(&brief, 1, 0, ""), told(&full, 2, 1, "")};
    struct dw_event_state s;
    assert_true(dw_event_state(&arena, items, 2, &s));
    assert_str(dw_strs_join(&arena, &s.figure.to, DW_STR("+")), "Osterberg Cloud");
}

static void a_valuation_that_doubles_twice_is_no_revision(void **state)
{
    (void)state;
    struct dw_figure early = figure(DW_KIND_VALUATION, "", "Mistral AI", 6e9);
    struct dw_figure later = figure(DW_KIND_VALUATION, "", "Mistral AI", 11e9);
    struct dw_figure far = figure(DW_KIND_VALUATION, "", "Mistral AI", 24e9);
    assert_true(fit(&later, &early, 30) > 0);
    assert_true(fit(&far, &early, 30) == 0);
}

static void a_figure_without_parties_joins_in_its_own_article_only(void **state)
{
    (void)state;
    struct dw_figure bare = figure(DW_KIND_MONEY, "", "", 3e9);
    struct dw_figure full = figure(DW_KIND_MONEY, "Apple", "", 3e9);
    struct dw_evidence evidence = told(&bare, 1, 0, "");
    struct dw_candidate candidate = seen(&full, 2);
    assert_true(dw_event_score(&arena, &evidence, &candidate, NULL) == 0);
    candidate.same_article = true;
    assert_true(dw_event_score(&arena, &evidence, &candidate, NULL) > 0);
}

static void a_new_value_soon_after_is_a_revision(void **state)
{
    (void)state;
    struct dw_figure ten = figure(DW_KIND_INVESTMENT, "Amazon", "OpenAI", 10e9);
    struct dw_figure fifty = figure(DW_KIND_INVESTMENT, "Amazon", "OpenAI", 50e9);
    assert_true(fit(&fifty, &ten, 30) > 0);
    assert_true(fit(&fifty, &ten, 119) > 0);
    assert_true(fit(&fifty, &ten, 121) == 0);
    assert_true(fit(&ten, &ten, 121) > 0);
    struct dw_figure thousand = figure(DW_KIND_LAYOFFS, "Meta", "", 1000);
    struct dw_figure more = figure(DW_KIND_LAYOFFS, "Meta", "", 1500);
    assert_true(fit(&more, &thousand, 44) > 0);
    assert_true(fit(&more, &thousand, 46) == 0);
    struct dw_figure sales = figure(DW_KIND_REVENUE, "", "Nvidia", 35e9);
    struct dw_figure next = figure(DW_KIND_REVENUE, "", "Nvidia", 39e9);
    assert_true(fit(&next, &sales, 10) == 0);
}

static void words_of_another_deal_stop_a_revision(void **state)
{
    (void)state;
    static const char *const apart[] = {
        "Amazon is to put an additional $50 billion into OpenAI.",
        "Another $50 billion came from Amazon.",
        "That is on top of the $10 billion from last month.",
        "In a second round, Amazon gave $50 billion.",
        "The Series C brought $50 billion.",
    };
    struct dw_figure ten = figure(DW_KIND_INVESTMENT, "Amazon", "OpenAI", 10e9);
    struct dw_figure fifty = figure(DW_KIND_INVESTMENT, "Amazon", "OpenAI", 50e9);
    struct dw_candidate candidate = seen(&ten, 2);
    candidate.series = 'B';
    for (size_t i = 0; i < sizeof apart / sizeof apart[0]; i++) {
        struct dw_evidence evidence = told(&fifty, 1, 5, apart[i]);
        if (dw_event_score(&arena, &evidence, &candidate, NULL) > 0)
            fail_msg("\"%s\" should be another deal", apart[i]);
    }
    struct dw_evidence plain = told(&fifty, 1, 5, "The Series B brought $50 billion.");
    assert_true(dw_event_score(&arena, &plain, &candidate, NULL) > 0);
}

static void two_amounts_of_one_article_are_two_facts(void **state)
{
    (void)state;
    struct dw_figure round = figure(DW_KIND_ROUND, "", "Mistral AI", 2e9);
    struct dw_figure total = figure(DW_KIND_ROUND, "", "Mistral AI", 3.5e9);
    struct dw_evidence evidence = told(&total, 1, 0, "");
    struct dw_candidate candidate = seen(&round, 2);
    assert_true(dw_event_score(&arena, &evidence, &candidate, NULL) > 0);
    candidate.same_article = true;
    assert_true(dw_event_score(&arena, &evidence, &candidate, NULL) == 0);
}

static void another_period_is_another_fact(void **state)
{
    (void)state;
    struct dw_figure third = figure(DW_KIND_REVENUE, "", "Nvidia", 35e9);
    struct dw_figure fourth = third;
    struct dw_figure month = third;
    third.when = DW_STR("2025-Q3");
    fourth.when = DW_STR("2025-Q4");
    month.when = DW_STR("2025-08");
    assert_true(fit(&third, &fourth, 0) == 0);
    assert_true(fit(&third, &month, 0) > 0);
    struct dw_figure now = figure(DW_KIND_INVESTMENT, "Microsoft", "OpenAI", 10e9);
    struct dw_figure then = now;
    then.when = DW_STR("2023-01");
    assert_true(fit(&then, &now, 0) == 0);
    struct dw_figure plan = now;
    plan.when = DW_STR("2029");
    assert_true(fit(&plan, &now, 0) > 0);
}

static void some_kinds_go_together(void **state)
{
    (void)state;
    struct dw_figure investment = figure(DW_KIND_INVESTMENT, "SoftBank", "OpenAI", 40e9);
    struct dw_figure round = figure(DW_KIND_ROUND, "SoftBank, Thrive Capital", "OpenAI", 40e9);
    struct dw_figure larger = figure(DW_KIND_ROUND, "SoftBank", "OpenAI", 60e9);
    struct dw_figure contract = figure(DW_KIND_CONTRACT, "SoftBank", "OpenAI", 40e9);
    assert_true(fit(&investment, &round, 0) > 0);
    assert_true(fit(&investment, &larger, 0) == 0);
    assert_true(fit(&investment, &contract, 0) == 0);
    struct dw_figure spending = figure(DW_KIND_SPENDING, "OpenAI", "Oracle", 300e9);
    struct dw_figure deal = figure(DW_KIND_CONTRACT, "OpenAI", "Oracle", 300e9);
    struct dw_figure open = figure(DW_KIND_SPENDING, "OpenAI", "", 300e9);
    assert_true(fit(&spending, &deal, 0) > 0);
    assert_true(fit(&open, &deal, 0) == 0);
}

static void currencies_compare_at_the_rate_of_the_day(void **state)
{
    (void)state;
    struct dw_figure euros = figure(DW_KIND_ROUND, "", "Mistral AI", 1.7e9);
    struct dw_figure dollars = figure(DW_KIND_ROUND, "", "Mistral", 1.97e9);
    euros.unit = DW_STR("EUR");
    assert_true(fit(&dollars, &euros, 0) > 0);
    struct dw_figure share = dollars;
    share.unit = DW_STR("percent");
    assert_true(fit(&share, &euros, 0) == 0);
}

static void the_best_candidate_is_chosen_in_any_order(void **state)
{
    (void)state;
    struct dw_figure exact = figure(DW_KIND_INVESTMENT, "Amazon", "OpenAI", 50e9);
    struct dw_figure old = figure(DW_KIND_INVESTMENT, "Amazon", "OpenAI", 10e9);
    struct dw_figure wrong = figure(DW_KIND_INVESTMENT, "Amazon", "Anthropic", 50e9);
    struct dw_evidence evidence = told(&exact, 1, 2, "");
    struct dw_candidate forward[] = {seen(&old, 1), seen(&exact, 2), seen(&wrong, 3),
                                     seen(&exact, 4)};
    struct dw_candidate backward[] = {forward[3], forward[2], forward[1], forward[0]};
    double score;
    assert_int_equal(dw_event_match(&arena, &evidence, forward, 4, &score)->event_id, 2);
    assert_int_equal(dw_event_match(&arena, &evidence, backward, 4, &score)->event_id, 2);
    assert_null(dw_event_match(&arena, &evidence, &forward[2], 1, &score));
    assert_true(score == 0);
}

/* ---- State ---- */

/* Talks of 10, then 50 by three outlets, one that still tells the old amount, then the signing. */
static size_t make_story(struct dw_figure figures[6], struct dw_evidence items[6])
{
    static const double values[] = {10e9, 50e9, 50e9, 10e9, 50e9, 50e9};
    static const int days[] = {0, 20, 21, 21, 22, 30};
    for (size_t i = 0; i < 6; i++) {
        figures[i] = figure(DW_KIND_INVESTMENT, "Amazon", i == 2 ? "" : "OpenAI", values[i]);
        items[i] = told(&figures[i], (int64_t)i + 1, days[i], "");
    }
    figures[4].status = DW_STATUS_RUMORED;
    figures[5].status = DW_STATUS_ANNOUNCED;
    figures[5].when = DW_STR("2025-12-24");
    items[4].source = items[1].source;
    return 6;
}

static void the_state_tells_the_newest_well_attested_reading(void **state)
{
    (void)state;
    struct dw_figure figures[6];
    struct dw_evidence items[6];
    struct dw_event_state s;
    size_t count = make_story(figures, items);
    assert_true(dw_event_state(&arena, items, count, &s));
    assert_true(s.figure.value == 50e9);
    assert_int_equal(s.figure.status, DW_STATUS_ANNOUNCED);
    assert_int_equal(s.sources, 5);
    assert_int_equal(s.first_seen, START);
    assert_int_equal(s.last_seen, START + 30 * DAY);
    assert_str(s.figure.when, "2025-12-24");
    assert_int_equal(s.figure.to.len, 1);
    assert_int_equal(s.revision_count, 3);
    assert_true(s.revisions[0].value == 10e9 && s.revisions[0].status == DW_STATUS_TALKS);
    assert_true(s.revisions[1].value == 50e9 && s.revisions[1].at == START + 20 * DAY);
    assert_int_equal(s.revisions[2].status, DW_STATUS_ANNOUNCED);
}

static void a_shuffled_story_gives_the_same_state(void **state)
{
    (void)state;
    struct dw_figure figures[6];
    struct dw_evidence items[6];
    struct dw_event_state first;
    size_t count = make_story(figures, items);
    assert_true(dw_event_state(&arena, items, count, &first));
    unsigned seed = 12345;
    for (int round = 0; round < 100; round++) {
        for (size_t i = count - 1; i > 0; i--) {
            seed = seed * 1103515245u + 12345u;
            size_t j = (seed >> 16) % (i + 1);
            struct dw_evidence held = items[i];
            items[i] = items[j];
            items[j] = held;
        }
        struct dw_event_state again;
        assert_true(dw_event_state(&arena, items, count, &again));
        assert_true(again.figure.value == first.figure.value);
        assert_true(again.confidence == first.confidence);
        assert_int_equal(again.revision_count, first.revision_count);
        for (size_t i = 0; i < first.revision_count; i++)
            assert_int_equal(again.revisions[i].figure_id, first.revisions[i].figure_id);
    }
}

static void one_stray_report_does_not_change_a_well_told_value(void **state)
{
    (void)state;
    struct dw_figure well = figure(DW_KIND_ROUND, "", "Mistral AI", 2e9);
    struct dw_figure stray = figure(DW_KIND_ROUND, "", "Mistral AI", 3e9);
    struct dw_evidence items[] = {told(&well, 1, 0, ""), told(&well, 2, 0, ""),
                                  told(&well, 3, 1, ""), told(&stray, 4, 1, "")};
    struct dw_event_state s;
    assert_true(dw_event_state(&arena, items, 4, &s));
    assert_true(s.figure.value == 2e9);
    assert_int_equal(s.revision_count, 2);
}

static void a_denial_takes_back_and_a_signing_takes_the_denial_back(void **state)
{
    (void)state;
    struct dw_figure talks = figure(DW_KIND_ACQUISITION, "Apple", "Mistral AI", 9e9);
    struct dw_figure denied = talks;
    struct dw_figure signed_ = talks;
    denied.status = DW_STATUS_DENIED;
    signed_.status = DW_STATUS_COMPLETED;
    struct dw_evidence items[] = {told(&signed_, 4, 9, ""), told(&talks, 1, 0, ""),
                                  told(&denied, 2, 1, ""), told(&talks, 3, 2, "")};
    struct dw_event_state s;
    assert_true(dw_event_state(&arena, items + 1, 3, &s));
    assert_int_equal(s.figure.status, DW_STATUS_DENIED);
    assert_true(dw_event_state(&arena, items, 4, &s));
    assert_int_equal(s.figure.status, DW_STATUS_COMPLETED);
    assert_int_equal(s.revision_count, 3);
}

static void confidence_rises_with_sources_and_not_with_copies(void **state)
{
    (void)state;
    struct dw_figure f = figure(DW_KIND_ROUND, "", "Mistral AI", 2e9);
    struct dw_evidence items[] = {told(&f, 1, 0, ""), told(&f, 2, 0, ""), told(&f, 3, 0, "")};
    struct dw_event_state one, copies, three;
    assert_true(dw_event_state(&arena, items, 1, &one));
    assert_true(fabs(one.confidence - 0.8) < 1e-9);
    assert_true(dw_event_state(&arena, items, 3, &three));
    items[1].source = items[2].source = items[0].source;
    assert_true(dw_event_state(&arena, items, 3, &copies));
    assert_int_equal(copies.sources, 1);
    assert_true(fabs(copies.confidence - one.confidence) < 1e-9);
    assert_true(three.confidence > one.confidence && three.confidence < 1);
    assert_false(dw_event_state(&arena, items, 0, &one));
}

static void groups_without_a_name_give_way_to_names(void **state)
{
    (void)state;
    struct dw_figure group = figure(DW_KIND_ROUND, "investors", "xAI", 2e9);
    struct dw_figure named = figure(DW_KIND_ROUND, "Nvidia, Valor", "xAI", 2e9);
    struct dw_evidence items[] = {told(&group, 1, 0, ""), told(&named, 2, 1, "")};
    struct dw_event_state s;
    assert_true(dw_event_state(&arena, items, 1, &s));
    assert_str(dw_strs_join(&arena, &s.figure.from, DW_STR("+")), "investors");
    assert_true(dw_event_state(&arena, items, 2, &s));
    assert_str(dw_strs_join(&arena, &s.figure.from, DW_STR("+")), "Nvidia+Valor");
}

/* ---- Money ---- */

static void money_turns_to_dollars_at_the_rate_of_the_day(void **state)
{
    (void)state;
    int64_t day;
    assert_true(dw_date_parse(DW_STR("2025-01-15"), &day));
    assert_true(dw_money_usd(5, DW_STR("USD"), day) == 5);
    double early = dw_money_usd(100, DW_STR("EUR"), day);
    assert_true(early > 101 && early < 106);
    double late = dw_money_usd(100, DW_STR("EUR"), DW_TIME_NONE);
    assert_true(late > 110 && late < 125);
    double yen = dw_money_usd(1e9, DW_STR("JPY"), day);
    assert_true(yen > 6.0e6 && yen < 6.8e6);
    double riyals = dw_money_usd(3.75, DW_STR("SAR"), day);
    assert_true(riyals > 0.99 && riyals < 1.01);
    assert_true(isnan(dw_money_usd(1, DW_STR("people"), day)));
    assert_true(isnan(dw_money_usd(1, DW_STR(""), DW_TIME_NONE)));
    assert_true(dw_money_usd(1, DW_STR("GBP"), 0) > 1);
    assert_true(dw_money_usd(1, DW_STR("GBP"), INT64_MAX / 1000) > 1);
}

extern const struct dw_tsv event_rates;

static void the_table_of_rates_is_in_order_and_plausible(void **state)
{
    (void)state;
    for (size_t i = 0; i < event_rates.len; i++) {
        const struct dw_tsv_row *row = &event_rates.rows[i];
        assert_int_equal(row->cell[0].len, 10);
        assert_int_equal(row->cell[1].len, 3);
        assert_true(row->cell[3].len > 0);
        double dollars = dw_money_usd(1, row->cell[1], DW_TIME_NONE);
        assert_true(dollars > 0.0004 && dollars < 2);
        if (i == 0)
            continue;
        const struct dw_tsv_row *before = row - 1;
        int order = dw_str_compare(before->cell[1], row->cell[1]);
        if (order > 0 || (order == 0 && dw_str_compare(before->cell[0], row->cell[0]) >= 0))
            fail_msg("line %u is out of order", row->line);
    }
}

static void out_of_memory_is_told(void **state)
{
    (void)state;
    struct dw_figure figures[6];
    struct dw_evidence items[6];
    size_t count = make_story(figures, items);
    for (size_t n = 0; n < 4; n++) {
        struct dw_arena small;
        dw_arena_init(&small, ARENA);
        unit_fail_after(n);
        struct dw_event_state s;
        struct dw_candidate candidate = seen(&figures[0], 1);
        struct dw_str why = {0};
        double score = dw_event_score(&small, &items[5], &candidate, &why);
        bool done = dw_event_state(&small, items, count, &s);
        unit_fail_after(SIZE_MAX);
        assert_true(score > 0);
        assert_true(done == !small.failed);
        dw_arena_release(&small);
    }
}

#define EVENT_TEST(name) cmocka_unit_test_setup_teardown(name, make_arena, drop_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EVENT_TEST(the_same_amount_within_rounding_is_one_fact),
        EVENT_TEST(ranges_and_open_ends_meet),
        EVENT_TEST(contrary_parties_are_another_fact),
        EVENT_TEST(a_short_form_is_the_same_party_for_the_same_value_only),
        EVENT_TEST(a_valuation_that_doubles_twice_is_no_revision),
        EVENT_TEST(a_figure_without_parties_joins_in_its_own_article_only),
        EVENT_TEST(a_new_value_soon_after_is_a_revision),
        EVENT_TEST(words_of_another_deal_stop_a_revision),
        EVENT_TEST(two_amounts_of_one_article_are_two_facts),
        EVENT_TEST(another_period_is_another_fact),
        EVENT_TEST(some_kinds_go_together),
        EVENT_TEST(currencies_compare_at_the_rate_of_the_day),
        EVENT_TEST(the_best_candidate_is_chosen_in_any_order),
        EVENT_TEST(the_state_tells_the_newest_well_attested_reading),
        EVENT_TEST(a_shuffled_story_gives_the_same_state),
        EVENT_TEST(one_stray_report_does_not_change_a_well_told_value),
        EVENT_TEST(a_denial_takes_back_and_a_signing_takes_the_denial_back),
        EVENT_TEST(confidence_rises_with_sources_and_not_with_copies),
        EVENT_TEST(groups_without_a_name_give_way_to_names),
        EVENT_TEST(money_turns_to_dollars_at_the_rate_of_the_day),
        EVENT_TEST(the_table_of_rates_is_in_order_and_plausible),
        EVENT_TEST(out_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
