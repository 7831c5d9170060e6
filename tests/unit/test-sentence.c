/* Tests of sentences. */
#include "unit.h"

#include "text/text.h"

#define ARENA (8u << 20)

extern const struct dw_tsv text_abbreviations;

static const struct {
    const char *text;
    size_t count;
} stories[] = {
    {"One here. Two here.", 2},
    {"Acme Inc. said on Jan. 5 it would. It did.", 2},
    {"The U.S. firm paid $1.4 trillion. Then it ended.", 2},
    {"He works in the U.S. The firm does too.", 2},
    {"\"We won.\" She left.", 2},
    {"\"Why?\" he asked. Nobody knew.", 2},
    {"Mr. Smith met Dr. Jones at No. 10.", 1},
    {"A heading\nA sentence. Another.", 3},
    {"It grew 3.5% vs. 2.1% last year.", 1},
    {"J. R. Smith left. So did we", 2},
    {"He sat in the sun. Apple did not.", 2},
    {"They said no. Then they left.", 2},
    {"Well... maybe not. Or so.", 2},
    {"It fell 3% (on Monday.) Then it rose.", 2},
    {"(It was signed.) Nobody knew.", 2},
    {"Sales hit $5. Profit hit 2.", 2},
    {"- first item\n- second item\n\nText.", 3},
    {"xAI raised it. iPhone sales fell. eBay too.", 3},
    {"At 9 a.m. Eastern, Washington, D.C. officials met.", 1},
    {"It works with e.g. OpenAI, Google etc. and more.", 1},
    {"Really?! Yes. \xe2\x80\x9cSure.\xe2\x80\x9d She went.", 4},
    {"", 0},
};

static void sentences_end_where_a_reader_stops(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, ARENA);
    for (size_t i = 0; i < sizeof stories / sizeof stories[0]; i++) {
        struct dw_str text = dw_str_from_c(stories[i].text);
        struct dw_tokens tokens;
        struct dw_sentences sentences;
        assert_true(dw_tokenize(&arena, text, &tokens));
        assert_true(dw_sentences(&arena, text, &tokens, &sentences));
        if (sentences.len != stories[i].count)
            fail_msg("%s: %zu sentences", stories[i].text, sentences.len);
    }
    dw_arena_release(&arena);
}

static void a_line_without_a_stop_is_a_heading(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, ARENA);
    struct dw_str text = DW_STR("The heading\n\nA sentence. And more");
    struct dw_tokens tokens;
    struct dw_sentences sentences;
    assert_true(dw_tokenize(&arena, text, &tokens));
    assert_true(dw_sentences(&arena, text, &tokens, &sentences));
    assert_int_equal(sentences.len, 3);
    assert_true(sentences.at[0].heading);
    assert_false(sentences.at[1].heading);
    assert_false(sentences.at[2].heading);
    assert_str(dw_str_slice(text, sentences.at[1].start, sentences.at[1].end), "A sentence.");
    dw_arena_release(&arena);
}

static void the_table_of_abbreviations_is_sorted(void **state)
{
    (void)state;
    for (size_t i = 1; i < text_abbreviations.len; i++)
        assert_true(dw_str_compare(text_abbreviations.rows[i - 1].cell[0],
                                   text_abbreviations.rows[i].cell[0]) < 0);
}

static void out_of_memory_is_told(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, 2000);
    struct dw_str text = DW_STR("One. Two. Three. Four. Five. Six. Seven. Eight. Nine. Ten. One. "
                                "Two. Three. Four. Five. Six. Seven. Eight. Nine. Ten. One. Two.");
    struct dw_arena roomy;
    dw_arena_init(&roomy, ARENA);
    struct dw_tokens tokens;
    struct dw_sentences sentences;
    assert_true(dw_tokenize(&roomy, text, &tokens));
    unit_fail_after(0);
    assert_false(dw_sentences(&arena, text, &tokens, &sentences));
    unit_fail_after(SIZE_MAX);
    assert_true(arena.failed);
    dw_arena_release(&arena);
    dw_arena_release(&roomy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_end_where_a_reader_stops),
        cmocka_unit_test(a_line_without_a_stop_is_a_heading),
        cmocka_unit_test(the_table_of_abbreviations_is_sorted),
        cmocka_unit_test(out_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
