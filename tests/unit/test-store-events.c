/* Events: candidates, state, evidence, totals, companies. */
#include <math.h>

#include "store-test.h"

#define WEEK (7 * STORE_DAY)

static int64_t add_article(struct fixture *f, int64_t feed, const char *title)
{
    struct dw_str name = dw_str_from_c(title);
    struct dw_entry entry =
        entry_of(name, dw_str_format(&f->arena, "https://x.example/%s", title), name);
    int64_t article = 0;
    put_entry(f, feed, &entry, &article);
    return article;
}

static int64_t add_figure(struct fixture *f, int64_t article, const struct dw_figure *figure)
{
    struct store_figures_in in = {.article = article, .figures = figure, .count = 1};
    struct store_ids orphaned;
    int64_t id = 0;
    OK(store_figures_put(f->store, &f->arena, &in, &id, &orphaned, &f->err));
    return id;
}

static size_t candidate_count(struct fixture *f, const struct store_candidate_ask *ask)
{
    struct store_candidates candidates;
    OK(store_event_candidates(f->store, &f->arena, ask, &candidates, &f->err));
    return candidates.len;
}

static void candidates_hold_a_key_in_the_time(void **state)
{
    struct fixture *f = *state;
    struct dw_figure deal =
        figure_of(f, DW_KIND_INVESTMENT, 50e9, DW_STR("Amazon"), DW_STR("OpenAI"));
    int64_t keys[] = {77, 78};
    struct store_revision revisions[] = {
        {.at = NOW, .qualifier = DW_QUALIFIER_UP_TO, .value = 10e9, .low = NAN, .high = 10e9},
        {.at = NOW, .value = 50e9, .low = 50e9, .high = 50e9}};
    struct store_event_in in = {.figure = &deal,
                                .usd = 50e9,
                                .first_seen = NOW,
                                .last_seen = NOW,
                                .told = DW_STR("C"),
                                .keys = keys,
                                .key_count = 2,
                                .revisions = revisions,
                                .revision_count = 2};
    int64_t event = 0;
    OK(store_event_new(f->store, &in, &event, &f->err));
    int64_t other = 79;
    struct store_candidate_ask ask = {
        .keys = keys, .key_count = 2, .since = NOW - WEEK, .until = NOW};
    struct store_candidates candidates;
    OK(store_event_candidates(f->store, &f->arena, &ask, &candidates, &f->err));
    assert_int_equal(candidates.len, 1);
    assert_int_equal(candidates.at[0].event, event);
    assert_str(candidates.at[0].figure.from.at[0], "Amazon");
    assert_str(candidates.at[0].told, "C");
    assert_int_equal(candidates.at[0].revision_count, 2);
    assert_int_equal(candidates.at[0].revisions[0].qualifier, DW_QUALIFIER_UP_TO);
    assert_true(isnan(candidates.at[0].revisions[0].low));
    assert_false(candidates.at[0].same_article);
    ask.since = NOW + 1;
    assert_int_equal(candidate_count(f, &ask), 0);
    ask.until = NOW - 1;
    ask.since = NOW - WEEK;
    assert_int_equal(candidate_count(f, &ask), 0);
    ask.since = NOW + 1;
    ask.until = NOW;
    ask.retold_since = NOW - WEEK;
    ask.retold_ratio = 1.06;
    ask.usd = 49e9;
    ask.usd_ratio = 100;
    assert_int_equal(candidate_count(f, &ask), 1);
    ask.usd = 40e9;
    assert_int_equal(candidate_count(f, &ask), 0);
    ask = (struct store_candidate_ask){
        .keys = keys, .key_count = 2, .since = NOW - WEEK, .until = NOW};
    ask.keys = &other;
    ask.key_count = 1;
    assert_int_equal(candidate_count(f, &ask), 0);
    /* an update replaces the keys */
    in.keys = &other;
    in.key_count = 1;
    OK(store_event_update(f->store, event, &in, NULL, &f->err));
    assert_int_equal(candidate_count(f, &ask), 1);
    ask.usd = 0.4e9;
    ask.usd_ratio = 100;
    assert_int_equal(candidate_count(f, &ask), 0);
    ask.usd = 0.6e9;
    assert_int_equal(candidate_count(f, &ask), 1);
    OK(store_event_delete(f->store, event, &f->err));
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM event_keys"), 0);
}

static void a_figure_without_parties_has_candidates_in_its_article(void **state)
{
    struct fixture *f = *state;
    int64_t article = add_article(f, add_feed(f, DW_STR("https://a.example/feed")), "one");
    struct dw_figure deal = figure_of(f, DW_KIND_ROUND, 1e9, DW_STR(""), DW_STR("Tarn"));
    int64_t event = add_event(f, &deal, NOW);
    OK(store_event_attach(f->store, event, add_figure(f, article, &deal), &f->err));
    struct store_candidate_ask ask = {
        .article = article, .kinds = 1u << DW_KIND_ROUND, .since = NOW, .until = NOW};
    struct store_candidates candidates;
    OK(store_event_candidates(f->store, &f->arena, &ask, &candidates, &f->err));
    assert_int_equal(candidates.len, 1);
    assert_true(candidates.at[0].same_article);
    ask.kinds = 1u << DW_KIND_DEBT;
    assert_int_equal(candidate_count(f, &ask), 0);
}

static void an_update_tells_whether_the_reader_sees_a_change(void **state)
{
    struct fixture *f = *state;
    struct dw_figure deal =
        figure_of(f, DW_KIND_INVESTMENT, 10e9, DW_STR("Amazon"), DW_STR("OpenAI"));
    int64_t event = add_event(f, &deal, NOW);
    OK(store_event_mark(f->store, event, &(struct store_marks){.starred = true}, &f->err));
    struct store_revision revisions[] = {{.at = NOW, .value = 10e9, .status = DW_STATUS_TALKS},
                                         {.at = NOW + 9, .value = 50e9, .status = DW_STATUS_TALKS}};
    struct store_event_in in = {.figure = &deal,
                                .usd = 10e9,
                                .first_seen = NOW,
                                .last_seen = NOW + 9,
                                .sources = 3,
                                .confidence = 0.95,
                                .revisions = revisions,
                                .revision_count = 1};
    bool revised = true;
    OK(store_event_update(f->store, event, &in, &revised, &f->err));
    assert_false(revised);
    deal.value = deal.low = deal.high = in.usd = 50e9;
    in.revision_count = 2;
    OK(store_event_update(f->store, event, &in, &revised, &f->err));
    assert_true(revised);
    struct store_event read;
    OK(store_event_read(f->store, &f->arena, event, &read, &f->err));
    assert_int_equal(read.row.trend, 1);
    assert_int_equal(read.row.revisions, 1);
    assert_int_equal(read.row.sources, 3);
    assert_true(read.row.starred);
    assert_int_equal(read.revision_count, 2);
    assert_true(read.revisions[1].value == 50e9);
    assert_int_equal(read.revisions[1].at, NOW + 9);
}

static void evidence_comes_with_the_words_that_tell_it(void **state)
{
    struct fixture *f = *state;
    int64_t feed = add_feed(f, DW_STR("https://a.example/feed"));
    int64_t article = add_article(f, feed, "Tarn raises a billion. More.");
    struct dw_mention mention = {12, 21, 0, 22, false};
    struct dw_figure deal = figure_of(f, DW_KIND_ROUND, 1e9, DW_STR(""), DW_STR("Tarn"));
    deal.mentions = &mention;
    deal.mention_count = 1;
    int64_t figure = add_figure(f, article, &deal);
    int64_t event = add_event(f, &deal, NOW);
    OK(store_event_attach(f->store, event, figure, &f->err));
    struct store_evidences evidence;
    OK(store_event_evidence(f->store, &f->arena, event, &evidence, &f->err));
    assert_int_equal(evidence.len, 1);
    assert_int_equal(evidence.at[0].figure_id, figure);
    assert_str(evidence.at[0].sentence, "Tarn raises a billion.");
    assert_str(evidence.at[0].outlet, "https://a.example/feed");
    assert_int_equal(evidence.at[0].published, NOW - 3600);
    assert_true(evidence.at[0].source != 0);
    OK(store_event_delete(f->store, event, &f->err));
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM figures WHERE event IS NULL"), 1);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM event_parties"), 0);
}

static void a_renamed_feed_renames_its_articles(void **state)
{
    struct fixture *f = *state;
    int64_t feed = add_feed(f, DW_STR("https://a.example/feed"));
    add_article(f, feed, "one");
    struct store_fetch fetch = {
        .feed = feed, .at = NOW, .next = NOW, .ok = true, .ttl = -1, .title = DW_STR("Gazette")};
    OK(store_feed_fetched(f->store, &fetch, &f->err));
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM articles WHERE outlet = 'Gazette'"), 1);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM search WHERE search MATCH 'gazette'"), 1);
}

static void totals_add_flows_once_and_valuations_never(void **state)
{
    struct fixture *f = *state;
    struct dw_figure round = figure_of(f, DW_KIND_ROUND, 100e9, DW_STR(""), DW_STR("OpenAI"));
    struct dw_figure part =
        figure_of(f, DW_KIND_INVESTMENT, 50e9, DW_STR("Amazon"), DW_STR("OpenAI"));
    struct dw_figure alone =
        figure_of(f, DW_KIND_INVESTMENT, 2e9, DW_STR("Amazon"), DW_STR("Anthropic"));
    struct dw_figure worth = figure_of(f, DW_KIND_VALUATION, 830e9, DW_STR(""), DW_STR("OpenAI"));
    struct dw_figure cloud =
        figure_of(f, DW_KIND_CONTRACT, 38e9, DW_STR("OpenAI"), DW_STR("Amazon"));
    cloud.status = DW_STATUS_ANNOUNCED;
    struct dw_figure cuts = figure_of(f, DW_KIND_LAYOFFS, 16000, DW_STR("Amazon"), DW_STR(""));
    struct dw_figure share = figure_of(f, DW_KIND_LAYOFFS, 9, DW_STR("Vellum"), DW_STR(""));
    share.unit = DW_STR("percent");
    const struct dw_figure *all[] = {&round, &part, &alone, &worth, &cuts, &share};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        add_event(f, all[i], NOW);
    add_event(f, &cloud, NOW - WEEK);
    struct store_span span = {.from = NOW - 2 * WEEK + 60, .step = WEEK, .count = 2};
    struct store_total *totals;
    OK(store_totals(f->store, &f->arena, &span, &totals, &f->err));
    assert_true(totals[0].usd[DW_STATUS_ANNOUNCED] == 38e9);
    assert_true(totals[1].usd[DW_STATUS_TALKS] == 102e9);
    assert_int_equal(totals[1].events[DW_STATUS_TALKS], 2);
    assert_true(totals[1].layoffs == 16000);
    assert_int_equal(totals[1].layoff_events, 2);
    struct store_kind_total *kinds;
    size_t len = 0;
    OK(store_kind_totals(f->store, &f->arena, NOW - 2 * WEEK, NOW + 1, &kinds, &len, &f->err));
    assert_int_equal(len, 3);
    assert_int_equal(kinds[0].kind, DW_KIND_ROUND);
    assert_true(kinds[2].usd == 2e9);
}

static void totals_obey_a_condition(void **state)
{
    struct fixture *f = *state;
    struct dw_figure a = figure_of(f, DW_KIND_ROUND, 1e9, DW_STR(""), DW_STR("A"));
    struct dw_figure b = figure_of(f, DW_KIND_DEBT, 2e9, DW_STR(""), DW_STR("B"));
    add_event(f, &a, NOW);
    add_event(f, &b, NOW);
    struct store_value value = {.type = STORE_TEXT, .text = DW_STR("debt")};
    struct store_condition only = {DW_STR("e.kind = :q0"), &value, 1};
    struct store_span span = {.from = NOW, .step = WEEK, .count = 1, .condition = &only};
    struct store_total *totals;
    OK(store_totals(f->store, &f->arena, &span, &totals, &f->err));
    assert_true(totals[0].usd[DW_STATUS_TALKS] == 2e9);
    span.count = STORE_SPAN_PARTS + 1;
    FAILS(store_totals(f->store, &f->arena, &span, &totals, &f->err), "parts of time");
}

static void companies_share_an_amount_unless_it_holds_for_each(void **state)
{
    struct fixture *f = *state;
    struct dw_figure round =
        figure_of(f, DW_KIND_ROUND, 300e6, DW_STR("Rive|Sund"), DW_STR("Corvid"));
    struct dw_figure each = figure_of(f, DW_KIND_GRANT, 6e9, DW_STR("State"), DW_STR("A|B"));
    each.each = true;
    each.status = DW_STATUS_COMPLETED;
    struct dw_figure worth = figure_of(f, DW_KIND_VALUATION, 2e9, DW_STR(""), DW_STR("Corvid"));
    struct dw_figure off = figure_of(f, DW_KIND_ROUND, 9e9, DW_STR(""), DW_STR("Corvid"));
    off.status = DW_STATUS_DENIED;
    const struct dw_figure *all[] = {&round, &each, &worth, &off};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        add_event(f, all[i], NOW);
    struct store_company_ask ask = {.since = NOW, .until = NOW + 1, .sort = STORE_COMPANY_BY_IN};
    struct store_companies companies;
    OK(store_company_list(f->store, &f->arena, &ask, &companies, &f->err));
    assert_int_equal(companies.len, 3);
    assert_str(companies.at[0].name, "A");
    assert_true(companies.at[1].in == 6e9 && companies.at[1].in_firm == 6e9);
    assert_str(companies.at[2].name, "Corvid");
    assert_true(companies.at[2].in == 300e6 && companies.at[2].in_firm == 0);
    assert_true(companies.at[2].valuation == 2e9);
    assert_int_equal(companies.at[2].events, 2);
    ask.sort = STORE_COMPANY_BY_OUT;
    OK(store_company_list(f->store, &f->arena, &ask, &companies, &f->err));
    assert_true(companies.at[1].out == 150e6);
}

static void flows_share_an_amount_among_pairs(void **state)
{
    struct fixture *f = *state;
    struct dw_figure cloud =
        figure_of(f, DW_KIND_CONTRACT, 30e9, DW_STR("OpenAI|SoftBank"), DW_STR("Oracle"));
    struct dw_figure chips =
        figure_of(f, DW_KIND_CONTRACT, 8e9, DW_STR("OpenAI"), DW_STR("Oracle"));
    struct dw_figure each = figure_of(f, DW_KIND_GRANT, 6e9, DW_STR("State"), DW_STR("A|B"));
    struct dw_figure worth = figure_of(f, DW_KIND_VALUATION, 2e9, DW_STR("X"), DW_STR("Y"));
    cloud.status = DW_STATUS_ANNOUNCED;
    each.each = true;
    const struct dw_figure *all[] = {&cloud, &chips, &each, &worth};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        add_event(f, all[i], NOW);
    struct store_flow_ask ask = {.since = NOW, .until = NOW + 1};
    struct store_flows flows;
    OK(store_flow_list(f->store, &f->arena, &ask, &flows, &f->err));
    assert_int_equal(flows.len, 4);
    assert_str(flows.at[0].from, "OpenAI");
    assert_str(flows.at[0].to, "Oracle");
    assert_true(flows.at[0].usd == 23e9 && flows.at[0].firm == 15e9);
    assert_int_equal(flows.at[0].events, 2);
    assert_str(flows.at[1].from, "SoftBank");
    assert_true(flows.at[2].usd == 6e9 && flows.at[3].usd == 6e9);
    ask.firm = true;
    ask.limit = 1;
    OK(store_flow_list(f->store, &f->arena, &ask, &flows, &f->err));
    assert_int_equal(flows.len, 1);
    assert_true(flows.at[0].usd == 15e9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(candidates_hold_a_key_in_the_time),
        STORE_TEST(a_figure_without_parties_has_candidates_in_its_article),
        STORE_TEST(an_update_tells_whether_the_reader_sees_a_change),
        STORE_TEST(evidence_comes_with_the_words_that_tell_it),
        STORE_TEST(a_renamed_feed_renames_its_articles),
        STORE_TEST(totals_add_flows_once_and_valuations_never),
        STORE_TEST(totals_obey_a_condition),
        STORE_TEST(flows_share_an_amount_among_pairs),
        STORE_TEST(companies_share_an_amount_unless_it_holds_for_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
