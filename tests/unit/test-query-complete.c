/* Completion of queries: fields, values, names, and no candidate where any word may stand. */
#include "unit.h"

#include "internal.h"

static struct dw_arena arena;

static int setup(void **state)
{
    (void)state;
    dw_arena_init(&arena, DW_LIMIT_QUERY_ARENA);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    unit_fail_after(SIZE_MAX);
    dw_arena_release(&arena);
    return 0;
}

static bool names(void *context, struct dw_arena *into, enum query_field field, struct dw_str typed,
                  struct dw_strs *list)
{
    (void)context;
    (void)typed;
    if (field != QUERY_COMPANY)
        return true;
    return dw_strs_push(into, list, DW_STR("OpenAI")) &&
           dw_strs_push(into, list, DW_STR("Core Scientific"));
}

static const struct query_options options = {.now = 0, .names = names};

/* The candidates as "START text text". */
static struct dw_str complete(const char *text)
{
    struct query_completion c;
    struct dw_str query = dw_str_from_c(text);
    assert_true(query_complete(&arena, query, query.len, &options, &c));
    assert_int_equal(c.end, query.len);
    struct dw_strs all = {0};
    for (size_t i = 0; i < c.candidates.len; i++)
        dw_strs_push(&arena, &all, c.candidates.at[i].text);
    return dw_str_format(&arena, "%zu %.*s", c.start,
                         DW_FMT(dw_strs_join(&arena, &all, DW_STR(" "))));
}

#define GIVES(text, wanted) assert_string_equal(complete(text).at, wanted)

static void a_word_may_become_a_field(void **state)
{
    (void)state;
    GIVES("st", "0 status:");
    GIVES("chips ki", "6 kind:");
    GIVES("(am", "1 amount>=");
    GIVES("-com", "1 company:");
    GIVES("zz", "0 ");
    assert_true(dw_str_starts(complete("chips "), DW_STR("6 kind:")));
    assert_true(dw_str_starts(complete(""), DW_STR("0 kind:")));
}

static void a_field_offers_what_the_parser_takes(void **state)
{
    (void)state;
    GIVES("kind:lay", "5 layoffs");
    GIVES("kind:layoffs,rou", "13 round");
    GIVES("status:an", "7 announced");
    GIVES("is:", "3 unread read starred");
    GIVES("since:to", "6 today");
    GIVES("amount>=1", "8 ");
}

static void names_with_spaces_are_quoted(void **state)
{
    (void)state;
    GIVES("company:op", "8 OpenAI");
    GIVES("company:core", "8 \"Core Scientific\"");
    GIVES("company:\"core s", "9 Core Scientific\"");
    GIVES("from:op", "5 ");
}

static void phrases_and_broken_text_offer_nothing(void **state)
{
    (void)state;
    GIVES("\"data cen", "0 ");
    GIVES("\xff\xfe", "2 ");
}

static void every_candidate_can_be_read(void **state)
{
    (void)state;
    static const enum query_field fields[] = {QUERY_KIND, QUERY_STATUS, QUERY_IS, QUERY_SINCE};
    for (size_t f = 0; f < sizeof fields / sizeof fields[0]; f++) {
        struct dw_strs values = {0};
        assert_true(query_value_names(&arena, fields[f], &values));
        assert_true(values.len > 1);
        for (size_t i = 0; i < values.len; i++) {
            struct query_error wrong = {0};
            struct dw_str text = dw_str_format(
                &arena, "%.*s:%.*s", DW_FMT(query_field_name(fields[f])), DW_FMT(values.at[i]));
            assert_non_null(query_parse(&arena, text, &options, &wrong));
        }
    }
}

static void no_memory_is_told(void **state)
{
    (void)state;
    struct query_completion c;
    struct dw_arena small;
    dw_arena_init(&small, 16);
    assert_false(query_complete(&small, DW_STR("kind:"), 5, &options, &c));
    dw_arena_release(&small);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_word_may_become_a_field),    CASE(a_field_offers_what_the_parser_takes),
        CASE(names_with_spaces_are_quoted), CASE(phrases_and_broken_text_offer_nothing),
        CASE(every_candidate_can_be_read),  CASE(no_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
