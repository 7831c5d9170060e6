/* Tests of tokens. */
#include "unit.h"

#include "text/text.h"

#define ARENA (8u << 20)

/* Tokens as "kind:text" with a bar between them. */
static struct dw_str spell(struct dw_arena *arena, const char *text)
{
    static const char kinds[] = "wn$-\"p/";
    struct dw_tokens tokens;
    struct dw_str all = {"", 0};
    assert_true(dw_tokenize(arena, dw_str_from_c(text), &tokens));
    for (size_t i = 0; i < tokens.len; i++) {
        const struct dw_token *t = &tokens.at[i];
        all = dw_str_format(arena, "%.*s%s%c:%.*s", DW_FMT(all), i > 0 ? "|" : "", kinds[t->kind],
                            (int)(t->end - t->start),
                            t->kind == DW_TOKEN_BREAK ? "." : text + t->start);
    }
    return all;
}

static void tokens_are_cut_where_a_grammar_wants_them(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, ARENA);
    assert_str(spell(&arena, "US$50bn, 10k$"), "w:US|$:$|n:50|w:bn|p:,|n:10|w:k|$:$");
    assert_str(spell(&arena, "$1,200.50-a-month"), "$:$|n:1,200.50|-:-|w:a|-:-|w:month");
    assert_str(spell(&arena, "O'Reilly's H100"), "w:O'Reilly's|w:H100");
    assert_str(spell(&arena, "U.S. firm\nGPT-4"), "w:U.S.|w:firm|/:.|w:GPT|-:-|n:4");
    assert_str(spell(&arena, "16\xc2\xa0"
                             "000 jobs in 3,00,000."),
               "n:16\xc2\xa0"
               "000|w:jobs|w:in|n:3,00,000|p:.");
    assert_str(spell(&arena, "\xe2\x82\xac"
                             "40\xe2\x80\x93"
                             "50"),
               "$:\xe2\x82\xac|n:40|-:\xe2\x80\x93|n:50");
    assert_str(spell(&arena, "AT&T 50-billion (3D) 1.5x."),
               "w:AT|p:&|w:T|n:50|-:-|w:billion|p:(|n:3|w:D|p:)|n:1.5|w:x|p:.");
    assert_str(spell(&arena, "100.000 \xe2\x80\x9cyes\xe2\x80\x9d a.m."),
               "n:100.000|\":\xe2\x80\x9c|w:yes|\":\xe2\x80\x9d|w:a.m.");
    assert_str(spell(&arena, "Nestl\xc3\xa9 \xe4\xb8\xad\xe6\x96\x87 \xc2\xa5"
                             "5"),
               "w:Nestl\xc3\xa9|w:\xe4\xb8\xad\xe6\x96\x87|$:\xc2\xa5|n:5");
    assert_str(spell(&arena, ""), "");
    dw_arena_release(&arena);
}

static void a_token_knows_of_the_space_before_it(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, ARENA);
    struct dw_tokens tokens;
    assert_true(dw_tokenize(&arena, DW_STR("50bn 50 bn"), &tokens));
    assert_int_equal(tokens.len, 4);
    assert_false(tokens.at[1].space);
    assert_true(tokens.at[2].space);
    assert_true(tokens.at[3].space);
    assert_int_equal(tokens.at[3].start, 8);
    dw_arena_release(&arena);
}

static void out_of_memory_is_told(void **state)
{
    (void)state;
    struct dw_arena arena;
    dw_arena_init(&arena, ARENA);
    unit_fail_after(0);
    struct dw_tokens tokens;
    assert_false(dw_tokenize(&arena, DW_STR("some words"), &tokens));
    unit_fail_after(SIZE_MAX);
    assert_true(arena.failed);
    dw_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_are_cut_where_a_grammar_wants_them),
        cmocka_unit_test(a_token_knows_of_the_space_before_it),
        cmocka_unit_test(out_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
