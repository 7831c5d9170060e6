/* Tests of figures: kinds, parties, status and dates, mentions joined, and what may go wrong. */
#include "unit.h"

#include <math.h>

#include "extract/extract.h"

#define PUBLISHED 1769680800 /* 2026-01-29T10:00:00Z */

static struct dw_extractor *extractor;
static struct dw_arena arena;

static int make_extractor(void **state)
{
    (void)state;
    struct dw_error err = {0};
    extractor = dw_extractor_new(DW_STR("# mine\nHalden Chips\t-\tchips\tHalden|HC1000\nOsterberg "
                                        "Cloud\t-\tcloud\tOsterberg\n"),
                                 &err);
    return extractor != NULL ? 0 : -1;
}

static int free_extractor(void **state)
{
    (void)state;
    dw_extractor_free(extractor);
    return 0;
}

static int set_up(void **state)
{
    (void)state;
    dw_arena_init(&arena, 32u << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dw_arena_release(&arena);
    return 0;
}

static struct dw_extraction extract(const char *title, const char *text)
{
    struct dw_extraction found;
    struct dw_error err = {0};
    struct dw_article article = {
        .title = dw_str_from_c(title), .text = dw_str_from_c(text), .published = PUBLISHED};
    if (!dw_extract(extractor, &arena, &article, &found, &err))
        fail_msg("%s", err.message);
    return found;
}

/* One figure as "kind from>to status". */
static struct dw_str told(const struct dw_figure *f)
{
    struct dw_str from = dw_strs_join(&arena, &f->from, DW_STR("+"));
    struct dw_str to = dw_strs_join(&arena, &f->to, DW_STR("+"));
    struct dw_str kind = dw_kind_name(f->kind);
    struct dw_str status = dw_status_name(f->status);
    return dw_str_format(&arena, "%.*s %.*s>%.*s %.*s", DW_FMT(kind), DW_FMT(from), DW_FMT(to),
                         DW_FMT(status));
}

static const struct {
    const char *text;
    const char *figure; /* the first one */
} facts[] = {
    {"Amazon is in talks to invest $50 billion in OpenAI.", "investment Amazon>OpenAI talks"},
    {"Nvidia has invested $2 billion in xAI.", "investment Nvidia>xAI completed"},
    {"Nvidia agreed to invest up to $5 billion in Intel.", "investment Nvidia>Intel announced"},
    {"Halden Chips raised $310 million in a Series C led by Sequoia Capital.",
     "round Sequoia Capital>Halden Chips completed"},
    {"Anthropic is valued at $183 billion.", "valuation >Anthropic completed"},
    {"Google has agreed to acquire Wiz for $32 billion.", "acquisition Google>Wiz announced"},
    {"Wiz was acquired by Google for $32 billion.", "acquisition Google>Wiz completed"},
    {"OpenAI signed a $38 billion cloud deal with Amazon Web Services.",
     "contract OpenAI>Amazon announced"},
    {"Oracle borrowed $38 billion from JPMorgan.", "debt JPMorgan>Oracle completed"},
    {"Amazon plans to lay off 16,000 workers.", "layoffs Amazon> planned"},
    {"Amazon laid off 16,000 workers.", "layoffs Amazon> completed"},
    {"Microsoft will hire 500 engineers.", "hiring Microsoft> planned"},
    {"Salesforce employs 76,000 people.", "headcount Salesforce> completed"},
    {"ChatGPT has 800 million weekly users.", "users >OpenAI completed"},
    {"Meta will spend $65 billion on data centers this year.", "spending Meta> planned"},
    {"Nvidia reported revenue of $57 billion.", "revenue >Nvidia completed"},
    {"Intel posted a net loss of $2.9 billion.", "profit >Intel completed"},
    {"Google was fined $425 million.", "settlement Google> completed"},
    {"Apple denied that it had offered to buy Wiz for $6 billion.", "acquisition Apple>Wiz denied"},
    {"Meta's acquisition of Manus for $2 billion was completed.",
     "acquisition Meta>Manus completed"},
    {"The ChatGPT maker raised $40 billion from SoftBank.", "round SoftBank>OpenAI completed"},
};

static void clauses_tell_who_does_what_to_whom(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        struct dw_extraction found = extract("", facts[i].text);
        struct dw_str got = found.figure_count > 0 ? told(&found.figures[0]) : DW_STR("nothing");
        if (!dw_str_eq(got, dw_str_from_c(facts[i].figure))) {
            wrong++;
            print_message("%s\n  got  %.*s\n  want %s\n", facts[i].text, DW_FMT(got),
                          facts[i].figure);
        }
    }
    assert_int_equal(wrong, 0);
}

static const char story[] =
    "Amazon is negotiating an investment of $50 billion in OpenAI, DCD "
    "reported on Wednesday. The money would be "
    "half of a $100 billion funding round, and the ChatGPT maker would be "
    "valued at $830 billion when the round "
    "closes. OpenAI is also courting Nvidia, SoftBank and sovereign wealth "
    "funds for the remaining $50 billion.\n\n"
    "The talks come two months after OpenAI signed a seven-year, $38 "
    "billion cloud contract with Amazon Web "
    "Services in November. In the same week, Amazon confirmed plans to cut "
    "16,000 jobs. It has already invested "
    "billions in OpenAI's rival, Anthropic.\n\n"
    "For Amazon, throwing $50 billion at OpenAI is a bet. And after committing to $1.4 "
    "trillion in data center spending, "
    "what's another fifty billion? Amazon itself is laying off thousands.";

static void a_whole_story_is_told_once(void **state)
{
    (void)state;
    static const char *const wanted[] = {
        "investment Amazon>OpenAI talks",
        "round >OpenAI talks",
        "valuation >OpenAI talks",
        "investment Nvidia+SoftBank>OpenAI talks",
        "contract OpenAI>Amazon announced",
        "layoffs Amazon> announced",
        "investment Amazon>Anthropic completed",
        "spending Amazon> announced",
    };
    struct dw_extraction found = extract("", story);
    assert_int_equal(found.figure_count, sizeof wanted / sizeof wanted[0]);
    for (size_t i = 0; i < found.figure_count; i++) {
        struct dw_str got = told(&found.figures[i]);
        if (!dw_str_eq(got, dw_str_from_c(wanted[i])))
            fail_msg("figure %zu: got %.*s, want %s", i, DW_FMT(got), wanted[i]);
    }
    assert_int_equal(found.figures[0].mention_count, 3); /* "another fifty billion" too */
    assert_str(found.figures[0].attribution.at[0], "DCD");
    assert_str(found.figures[4].term, "P7Y");
    assert_str(found.figures[4].when, "2025-11");
    assert_int_equal(found.figures[5].mention_count, 2); /* 16,000 and thousands */
}

static void a_title_helps_and_has_offsets_of_its_own(void **state)
{
    (void)state;
    struct dw_extraction found =
        extract("Halden Chips raises $310 million", "The round was led by Sequoia Capital.");
    assert_int_equal(found.figure_count, 1);
    assert_true(found.figures[0].mentions[0].in_title);
    assert_int_equal(found.figures[0].mentions[0].start, 20);
    assert_str(told(&found.figures[0]), "round Sequoia Capital>Halden Chips completed");
}

static void the_user_s_own_companies_are_known(void **state)
{
    (void)state;
    assert_str(dw_company_find(extractor, DW_STR("hc1000")), "Halden Chips");
    assert_str(dw_company_find(extractor, DW_STR("AWS")), "Amazon");
    assert_str(dw_company_find(extractor, DW_STR("no such firm")), "");
    struct dw_extraction found =
        extract("", "Osterberg ordered chips worth $2.1 billion from Halden.");
    assert_str(told(&found.figures[0]), "contract Osterberg Cloud>Halden Chips announced");
}

static void a_bad_line_of_the_user_is_named(void **state)
{
    (void)state;
    struct dw_error err = {0};
    assert_null(dw_extractor_new(DW_STR("ok\t-\tx\ta\nbad\t-\tx\ta\tb\n"), &err));
    assert_true(dw_str_find(dw_str_from_c(err.message), DW_STR("line 2"), 0) != SIZE_MAX);
}

static void offsets_point_at_the_words(void **state)
{
    (void)state;
    struct dw_str text = dw_str_from_c(story);
    struct dw_extraction found = extract("", story);
    for (size_t i = 0; i < found.figure_count; i++) {
        for (size_t k = 0; k < found.figures[i].mention_count; k++) {
            const struct dw_mention *m = &found.figures[i].mentions[k];
            assert_true(m->start < m->end && m->end <= text.len);
            assert_true(m->sentence_start <= m->start && m->end <= m->sentence_end);
        }
        assert_true(found.figures[i].confidence > 0 && found.figures[i].confidence < 1);
    }
}

static void the_same_text_gives_the_same_figures(void **state)
{
    (void)state;
    struct dw_extraction first = extract("", story);
    struct dw_extraction again = extract("", story);
    assert_int_equal(first.figure_count, again.figure_count);
    for (size_t i = 0; i < first.figure_count; i++)
        assert_true(dw_str_eq(told(&first.figures[i]), told(&again.figures[i])));
}

/* A text of one sentence without end, an amount here and there; it ends with one. */
static struct dw_str endless(size_t bytes)
{
    static const char filler[] = "and so it went on and on ";
    static const char clause[] = "and Halden Chips raised \xe2\x82\xac"
                                 "40 million from Amazon ";
    enum { APART = 4000 };
    struct dw_buf text;
    dw_buf_init(&text, bytes + APART);
    for (size_t i = 0; text.len < bytes || i % (APART / sizeof filler) != 0; i++)
        dw_buf_add(&text, i % (APART / sizeof filler) == 0 ? DW_STR(clause) : DW_STR(filler));
    dw_buf_add(&text, DW_STR(clause));
    struct dw_str copy = dw_str_dup(&arena, dw_buf_str(&text));
    assert_true(dw_buf_ok(&text) && copy.len > bytes);
    dw_buf_release(&text);
    return copy;
}

static void a_text_without_end_is_read_in_pieces(void **state)
{
    (void)state;
    struct dw_extraction found;
    struct dw_error err = {0};
    struct dw_article article = {.title = DW_STR("Halden raises \xe2\x82\xac"
                                                 "40 million"),
                                 .text = endless(DW_LIMIT_ARTICLE_BYTES + 5000),
                                 .published = DW_TIME_NONE};
    assert_true(dw_extract(extractor, &arena, &article, &found, &err));
    assert_true(found.figure_count >= 3);
    const struct dw_figure *last = &found.figures[found.figure_count - 1];
    const struct dw_mention *m = &last->mentions[last->mention_count - 1];
    assert_true(m->start > DW_LIMIT_ARTICLE_BYTES);
    assert_str(dw_str_slice(article.text, m->start, m->end), "\xe2\x82\xac"
                                                             "40 million");
    assert_str(told(last), "round Amazon>Halden Chips completed");
}

static void failing_allocations_end_a_text_in_pieces(void **state)
{
    (void)state;
    struct dw_article article = {.text = endless(DW_LIMIT_ARTICLE_BYTES + 5000),
                                 .published = DW_TIME_NONE};
    for (size_t n = 0; n < 4; n++) {
        struct dw_extraction found;
        struct dw_error err = {0};
        unit_fail_after(n);
        bool done = dw_extract(extractor, &arena, &article, &found, &err);
        unit_fail_after(SIZE_MAX);
        assert_false(done);
        assert_int_equal(err.code, DW_ERR_MEMORY);
    }
}

static void an_empty_text_has_no_figures_and_a_library_is_refused(void **state)
{
    (void)state;
    assert_int_equal(extract("", "").figure_count, 0);
    struct dw_extraction found;
    struct dw_error err = {0};
    struct dw_article article = {.text = {story, DW_LIMIT_TEXT_BYTES + 1},
                                 .published = DW_TIME_NONE};
    assert_false(dw_extract(extractor, &arena, &article, &found, &err));
    assert_int_equal(err.code, DW_ERR_LIMIT);
}

static void failing_allocations_end_the_article_and_nothing_else(void **state)
{
    (void)state;
    struct dw_article article = {.text = dw_str_from_c(story), .published = PUBLISHED};
    size_t failures = 0;
    for (size_t n = 0; n < 12; n++) {
        struct dw_arena small;
        struct dw_extraction found;
        struct dw_error err = {0};
        dw_arena_init(&small, 32u << 20);
        unit_fail_after(n);
        bool done = dw_extract(extractor, &small, &article, &found, &err);
        unit_fail_after(SIZE_MAX);
        failures += !done;
        dw_arena_release(&small);
    }
    assert_true(failures > 0);
    for (size_t n = 0; n < 40; n++) {
        struct dw_error err = {0};
        unit_fail_after(n);
        struct dw_extractor *one = dw_extractor_new((struct dw_str){"", 0}, &err);
        unit_fail_after(SIZE_MAX);
        assert_true(one != NULL || err.code == DW_ERR_MEMORY);
        dw_extractor_free(one);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* Parties of the figures of a text that an outlet tells, as one text. */
static struct dw_str parties_told_by(const char *outlet, const char *text)
{
    struct dw_extraction found;
    struct dw_error err = {0};
    struct dw_str all = DW_STR("");
    struct dw_article article = {
        .text = dw_str_from_c(text), .published = PUBLISHED, .outlet = dw_str_from_c(outlet)};
    assert_true(dw_extract(extractor, &arena, &article, &found, &err));
    for (size_t i = 0; i < found.figure_count; i++)
        all = dw_str_format(&arena, "%.*s %.*s", DW_FMT(all), DW_FMT(told(&found.figures[i])));
    return all;
}

static void who_tells_the_story_is_no_party(void **state)
{
    (void)state;
    static const char text[] = "Meridian Wire put the takeover of Tarn Labs at $4 billion.";
    struct dw_str name = DW_STR("Meridian Wire");
    assert_int_not_equal(dw_str_find(parties_told_by("", text), name, 0), SIZE_MAX);
    assert_int_equal(dw_str_find(parties_told_by("The Meridian Wire", text), name, 0), SIZE_MAX);
}

/* A sentence without an end is read in pieces: evidence stays short, and so does the time. */
static void an_endless_sentence_is_read_in_pieces(void **state)
{
    (void)state;
    enum { CLAUSES = 300, LONGEST = 4000 };
    struct dw_buf text;
    dw_buf_init(&text, 1 << 20);
    for (int i = 0; i < CLAUSES; i++)
        dw_buf_add_format(&text, "Meta raised $%d million from Nvidia and paid Oracle, which ",
                          i + 1);
    dw_buf_add_char(&text, '\0');
    struct dw_extraction found = extract("", text.at);
    assert_true(found.figure_count >= CLAUSES);
    for (size_t i = 0; i < found.figure_count; i++) {
        const struct dw_mention *m = &found.figures[i].mentions[0];
        assert_true(m->sentence_start <= m->start && m->end <= m->sentence_end);
        assert_true(m->sentence_end - m->sentence_start < LONGEST);
    }
    dw_buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(clauses_tell_who_does_what_to_whom),
        TEST(a_whole_story_is_told_once),
        TEST(an_endless_sentence_is_read_in_pieces),
        TEST(who_tells_the_story_is_no_party),
        TEST(a_title_helps_and_has_offsets_of_its_own),
        TEST(the_user_s_own_companies_are_known),
        TEST(a_bad_line_of_the_user_is_named),
        TEST(offsets_point_at_the_words),
        TEST(the_same_text_gives_the_same_figures),
        TEST(a_text_without_end_is_read_in_pieces),
        TEST(failing_allocations_end_a_text_in_pieces),
        TEST(an_empty_text_has_no_figures_and_a_library_is_refused),
        TEST(failing_allocations_end_the_article_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, make_extractor, free_extractor);
}
