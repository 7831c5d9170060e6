/* Tests of the shallow parse: the groups of a sentence and how they hang together, as an
 * explanation shows them. */
#include "extract-test.h"

/* The meaning of the group that has these words; empty if there is none. */
static struct dw_str group(struct extract_test *test, const char *text, const char *words)
{
    struct dw_str lines;
    struct dw_str line;
    struct dw_article article = {.text = dw_str_from_c(text), .published = DW_TIME_NONE};
    assert_true(dw_extract_explain(test->extractor, &test->arena, &article, &lines, NULL));
    struct dw_str label = dw_str_format(&test->arena, "  group     %s ", words);
    while (lines.len > 0 && dw_str_split(&lines, '\n', &line)) {
        if (dw_str_starts(line, label))
            return dw_str_trim(dw_str_slice(line, label.len, line.len));
    }
    return (struct dw_str){"", 0};
}

static void assert_group(void **state, const char *text, const char *words, const char *meaning)
{
    struct dw_str found = group(*state, text, words);
    if (!dw_str_eq(found, dw_str_from_c(meaning)))
        fail_msg("%s\n  %s: got %.*s\n  want %s", text, words, DW_FMT(found), meaning);
}

static void a_verb_has_its_subject_and_objects(void **state)
{
    const char *text = "OpenAI has agreed to pay Oracle $300 billion for computing power.";
    assert_group(state, text, "OpenAI", "noun, subject of agreed");
    assert_group(state, text, "has agreed", "verb, main clause, subject OpenAI, finite, perfect");
    assert_group(state, text, "to pay",
                 "verb, infinitive of agreed, subject OpenAI, object Oracle, infinitive");
    assert_group(state, text, "$300 billion", "noun, second object of pay to Oracle");
    assert_group(state, text, "computing power", "noun, with preposition for of pay to billion");
}

static void what_is_said_is_a_clause_of_its_own(void **state)
{
    const char *text = "Nvidia said on Tuesday it would buy Groq for about $20 billion.";
    assert_group(state, text, "would buy",
                 "verb, what is said of said, subject it, object Groq, finite, modal");
    assert_group(state, text, "$20 billion", "noun, with preposition for of buy to Groq");
}

static void a_relative_clause_leads_back_to_its_sentence(void **state)
{
    const char *text = "The startup, which is led by Mira Murati, is in talks to raise $5 billion.";
    assert_group(state, text, "is led",
                 "verb, describes to startup, subject startup, finite, passive");
    assert_group(state, text, "to raise",
                 "verb, infinitive of is to talks, subject startup, object billion, infinitive");
}

static void a_participle_describes_its_noun(void **state)
{
    const char *text = "The deal signed in November is worth $38 billion.";
    assert_group(state, text, "signed",
                 "verb, describes to deal, subject deal, passive, participle");
    assert_group(state, text, "is", "verb, main clause, subject deal, finite");
}

static void words_that_may_be_verbs_are_told_apart(void **state)
{
    const char *text = "Amazon cuts 16,000 jobs as it plans to spend $125 billion on cloud deals.";
    assert_group(state, text, "cuts", "verb, main clause, subject Amazon, object jobs, finite");
    assert_group(state, text, "plans", "verb, subordinate of cuts, subject it, finite");
    assert_group(state, text, "cloud deals", "noun, with preposition on of spend to billion");
}

static void lists_of_names_are_joined(void **state)
{
    const char *text = "Anthropic, Google and xAI were awarded contracts of $200 million.";
    assert_group(state, text, "Google", "noun, joined to Anthropic");
    assert_group(state, text, "were awarded",
                 "verb, main clause, subject Anthropic, object contracts, finite, past, passive");
}

static void clauses_joined_by_commas_are_told_apart(void **state)
{
    const char *text = "OpenAI bought Statsig for $1.1 billion, Workday agreed to pay $2 billion "
                       "for Sana, and Nvidia lost 2.8%.";
    assert_group(state, text, "agreed", "verb, main clause, subject Workday, finite, past");
    assert_group(state, text, "lost", "verb, main clause, subject Nvidia, object %, finite, past");
    text =
        "In August Washington put $8.9 billion into Intel, in Toronto Cohere raised $20 million.";
    assert_group(state, text, "Washington", "noun, subject of put");
    assert_group(state, text, "Cohere", "noun, subject of raised");
}

static void dates_and_brackets_do_not_break_a_sentence(void **state)
{
    const char *text =
        "On November 3, 2026, Halden Devices (the \"Company\") entered into a loan of "
        "$300 million.";
    assert_group(state, text, "Halden Devices", "noun, subject of entered");
    assert_group(state, text, "entered", "verb, main clause, subject Devices, finite, past");
}

static void a_sentence_of_endless_groups_is_read_as_far_as_there_is_room(void **state)
{
    struct extract_test *test = *state;
    struct dw_buf text;
    dw_buf_init(&text, 1 << 20);
    for (int i = 0; i < 2000; i++)
        dw_buf_add_format(&text, "Meta and Nvidia will pay, (which ");
    dw_buf_add_format(&text, "cost $5 billion.");
    struct dw_str lines;
    struct dw_article article = {.text = dw_buf_str(&text), .published = DW_TIME_NONE};
    assert_true(dw_extract_explain(test->extractor, &test->arena, &article, &lines, NULL));
    dw_buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_verb_has_its_subject_and_objects),
        cmocka_unit_test(what_is_said_is_a_clause_of_its_own),
        cmocka_unit_test(a_relative_clause_leads_back_to_its_sentence),
        cmocka_unit_test(a_participle_describes_its_noun),
        cmocka_unit_test(words_that_may_be_verbs_are_told_apart),
        cmocka_unit_test(lists_of_names_are_joined),
        cmocka_unit_test(clauses_joined_by_commas_are_told_apart),
        cmocka_unit_test(dates_and_brackets_do_not_break_a_sentence),
        cmocka_unit_test(a_sentence_of_endless_groups_is_read_as_far_as_there_is_room),
    };
    return cmocka_run_group_tests(tests, extract_test_begin, extract_test_end);
}
