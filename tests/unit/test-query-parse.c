/* The filter language: what a text means, and which word is wrong where it means nothing. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "internal.h"

#define NOW 1769680920 /* 2026-01-29T10:02:00Z */

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
    dw_arena_release(&arena);
    return 0;
}

static struct dw_str resolve(void *context, struct dw_str name)
{
    (void)context;
    return dw_str_eq_nocase(name, DW_STR("aws")) ? DW_STR("Amazon") : DW_STR("");
}

static const struct query_options options = {.now = NOW, .resolve = resolve};

/* The tree as text, fully bracketed, so that a test can say what it wants in one line. */
static void print(struct dw_buf *buf, const struct query *query)
{
    static const char *const compares[] = {"=", ">=", ">", "<=", "<"};
    switch (query->type) {
    case QUERY_ALL:
        dw_buf_add(buf, DW_STR("all"));
        return;
    case QUERY_NOT:
        dw_buf_add(buf, DW_STR("(not "));
        print(buf, query->left);
        dw_buf_add(buf, DW_STR(")"));
        return;
    case QUERY_AND:
    case QUERY_OR:
        dw_buf_add(buf, DW_STR("("));
        print(buf, query->left);
        dw_buf_add(buf, query->type == QUERY_AND ? DW_STR(" and ") : DW_STR(" or "));
        print(buf, query->right);
        dw_buf_add(buf, DW_STR(")"));
        return;
    case QUERY_TERM:
        break;
    }
    dw_buf_add(buf, query_field_name(query->field));
    if (query->field == QUERY_AMOUNT)
        dw_buf_add_format(buf, "%s%.10g%.*s", compares[query->compare], query->number,
                          DW_FMT(query->unit));
    else if (query->field == QUERY_SINCE || query->field == QUERY_UNTIL)
        dw_buf_add_format(buf, ":%.*s", DW_FMT(dw_date_iso(&arena, query->time)));
    else if (query->field == QUERY_STATUS)
        dw_buf_add_format(buf, ":%.*s", DW_FMT(dw_status_name(query->status)));
    else if (query->field == QUERY_KIND)
        dw_buf_add_format(buf, ":%x", query->kinds);
    else if (query->field == QUERY_IS)
        dw_buf_add_format(buf, ":%d", (int)query->state);
    else
        dw_buf_add_format(buf, "'%.*s'%s", DW_FMT(query->text), query->prefix ? "*" : "");
}

struct meaning {
    const char *text;
    const char *tree;
};

static void each_form_means_what_the_manual_says(void **state)
{
    (void)state;
    static const struct meaning meanings[] = {
        {"", "all"},
        {"   ", "all"},
        {"chips", "'chips'"},
        {"data center", "('data' and 'center')"},
        {"data and center", "('data' and 'center')"},
        {"\"data center\"", "'data center'"},
        {"dat*", "'dat'*"},
        {"a or b c", "('a' or ('b' and 'c'))"},
        {"(a or b) c", "(('a' or 'b') and 'c')"},
        {"-a b", "((not 'a') and 'b')"},
        {"a -(b OR c)", "('a' and (not ('b' or 'c')))"},
        {"--a", "(not (not 'a'))"},
        {"well-known", "'well-known'"},
        {"https://a.example/x", "'https://a.example/x'"},
        {"12:30", "'12:30'"},
        {"\"or\"", "'or'"},
        {"kind:round", "kind:2"},
        {"kind:layoff", "kind:100"},
        {"KIND:Deals", "kind:ff"},
        {"kind:round,debt", "kind:22"},
        {"amount>=1B", "amount>=1000000000"},
        {"amount>1.5bn", "amount>1500000000"},
        {"amount<$20M", "amount<20000000"},
        {"amount:>5k", "amount>5000"},
        {"amount=50B", "amount=5e+10"},
        {"amount>10k people", "amount>10000people"},
        {"amount>10k people chips", "(amount>10000people and 'chips')"},
        {"amount>1B people", "amount>1000000000people"},
        {"amount>=1GW", "amount>=1000000000W"},
        {"amount>\"1 GW\"", "amount>1000000000W"},
        {"amount<=5%", "amount<=5percent"},
        {"amount>1,000 jobs", "amount>1000people"},
        {"from:aws", "from'amazon'"},
        {"to:open", "to'open'*"},
        {"company:\"Tarn Labs\"", "company'tarn labs'"},
        {"status:talks", "status:talks"},
        {"since:7d", "since:2026-01-22T10:02:00Z"},
        {"since:2026-01", "since:2026-01-01T00:00:00Z"},
        {"until:2026-01-31", "until:2026-02-01T00:00:00Z"},
        {"until:2025", "until:2026-01-01T00:00:00Z"},
        {"since:today", "since:2026-01-29T00:00:00Z"},
        {"until:yesterday", "until:2026-01-29T00:00:00Z"},
        {"feed:TechWire", "feed'techwire'"},
        {"tag:chips", "tag'chips'"},
        {"is:unread", "is:0"},
        {"-is:starred", "(not is:2)"},
    };
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++) {
        struct query_error err = {0};
        struct query *query = query_parse(&arena, dw_str_from_c(meanings[i].text), &options, &err);
        if (query == NULL)
            fail_msg("%s: %s", meanings[i].text, err.error.message);
        struct dw_buf buf;
        dw_buf_init(&buf, 4096);
        print(&buf, query);
        if (!dw_str_eq(dw_buf_str(&buf), dw_str_from_c(meanings[i].tree)))
            fail_msg("%s: got %.*s, want %s", meanings[i].text, DW_FMT(dw_buf_str(&buf)),
                     meanings[i].tree);
        dw_buf_release(&buf);
    }
}

struct wrong {
    const char *text;
    size_t start;
    size_t end;
    const char *says;
};

static void an_error_points_at_the_wrong_word_and_says_what_is_allowed(void **state)
{
    (void)state;
    static const struct wrong wrongs[] = {
        {"a knd:round", 2, 5, "did you mean kind"},
        {"colour:red", 0, 6, "there is no field"},
        {"kind:rond", 5, 9, "did you mean round"},
        {"kind:xyzzy", 5, 10, "group"},
        {"x status:talk", 9, 13, "did you mean talks"},
        {"amount>big", 7, 10, "1B"},
        {"amount>", 0, 7, "wants a value"},
        {"amount>1Q", 7, 9, "number"},
        {"amount>5%people", 7, 15, "number"},
        {"since:soon", 6, 10, "7d"},
        {"since:2026-13-01", 6, 16, "7d"},
        {"since>7d", 5, 6, "only amount compares"},
        {"is:red", 3, 6, "unread"},
        {"from:", 0, 5, "wants a value"},
        {"\"open", 0, 5, "quote"},
        {"(a b", 0, 1, "not closed"},
        {"a )", 2, 3, "never opened"},
        {"()", 1, 2, "nothing between"},
        {"or a", 0, 2, "joins two terms"},
        {"a or", 4, 4, "missing"},
        {"a or or b", 5, 7, "joins"},
        {"a - b", 2, 3, "negates"},
        {"\xff", 0, 1, "UTF-8"},
    };
    for (size_t i = 0; i < sizeof wrongs / sizeof wrongs[0]; i++) {
        struct query_error err = {0};
        if (query_parse(&arena, dw_str_from_c(wrongs[i].text), &options, &err) != NULL)
            fail_msg("%s was taken", wrongs[i].text);
        struct dw_str message = dw_str_from_c(err.error.message);
        if (err.start != wrongs[i].start || err.end != wrongs[i].end ||
            dw_str_find(message, dw_str_from_c(wrongs[i].says), 0) == SIZE_MAX)
            fail_msg("%s: %zu-%zu %s", wrongs[i].text, err.start, err.end, err.error.message);
    }
}

static void what_no_person_types_is_refused_not_suffered(void **state)
{
    (void)state;
    struct query_error err = {0};
    char many[DW_LIMIT_QUERY_BYTES + 2];
    for (size_t i = 0; i < sizeof many; i++)
        many[i] = '(';
    assert_null(query_parse(&arena, (struct dw_str){many, 1000}, &options, &err));
    assert_non_null(strstr(err.error.message, "brackets"));
    assert_null(query_parse(&arena, (struct dw_str){many, sizeof many}, &options, &err));
    assert_non_null(strstr(err.error.message, "longer"));
    for (size_t i = 0; i < sizeof many; i++)
        many[i] = i % 2 == 0 ? 'a' : ' ';
    assert_null(query_parse(&arena, (struct dw_str){many, 1000}, &options, &err));
    assert_non_null(strstr(err.error.message, "at most 100"));
}

static void running_out_of_memory_is_an_error(void **state)
{
    (void)state;
    struct dw_str text = DW_STR("(kind:deals or amount>1B) from:aws -\"data center\" since:7d");
    for (size_t n = 0; n < 50; n++) {
        struct dw_arena small;
        struct store_condition condition;
        struct query_error err = {0};
        dw_arena_init(&small, DW_LIMIT_QUERY_ARENA);
        unit_fail_after(n);
        bool ok = query_condition(&small, text, &options, QUERY_ARTICLES, &condition, &err);
        unit_fail_after(SIZE_MAX);
        dw_arena_release(&small);
        if (ok)
            return;
        assert_true(err.error.message[0] != '\0');
    }
    fail_msg("never enough memory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_form_means_what_the_manual_says, setup, teardown),
        cmocka_unit_test_setup_teardown(an_error_points_at_the_wrong_word_and_says_what_is_allowed,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(what_no_person_types_is_refused_not_suffered, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(running_out_of_memory_is_an_error, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
