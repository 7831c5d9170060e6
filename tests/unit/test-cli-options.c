/* Options and operands are read wherever they stand, and wrong ones are told with what was meant.
 */
#include "cli-test.h"

/* Reads "figures --limit 5", split at spaces, as the program's arguments. */
static bool read_line(struct fixture *f, const char *line)
{
    struct dw_strs arguments = {0};
    struct dw_str rest = dw_str_from_c(line);
    struct dw_str argument;
    while (rest.len > 0 && dw_str_split(&rest, ' ', &argument))
        assert_true(dw_strs_push(&f->cli.arena, &arguments, argument));
    return cli_read_arguments(&f->cli, arguments.len, arguments.at);
}

static void an_option_takes_its_value_in_every_usual_way(void **state)
{
    static const char *const lines[] = {"figures --limit 5", "figures --limit=5", "figures -n 5",
                                        "figures -n5"};
    struct fixture *f = *state;
    for (size_t i = 0; i < 4; i++) {
        f->cli.command = NULL;
        f->cli.given_count = 0;
        assert_true(read_line(f, lines[i]));
        assert_str(cli_value(&f->cli, "limit"), "5");
        assert_false(cli_has(&f->cli, "reverse"));
    }
}

static void letters_join_where_no_query_is_read(void **state)
{
    struct fixture *f = *state;
    assert_true(read_line(f, "fetch -aqj2"));
    assert_true(cli_has(&f->cli, "all"));
    assert_true(cli_has(&f->cli, "quiet"));
    assert_str(cli_value(&f->cli, "jobs"), "2");
}

static void the_last_of_several_values_counts(void **state)
{
    struct fixture *f = *state;
    assert_true(read_line(f, "figures -n 5 --limit 7"));
    assert_str(cli_value(&f->cli, "limit"), "7");
}

static void global_options_may_stand_before_the_command(void **state)
{
    struct fixture *f = *state;
    assert_true(read_line(f, "--store /tmp/x.db figures openai"));
    assert_string_equal(f->cli.command->name, "figures");
    assert_str(cli_value(&f->cli, "store"), "/tmp/x.db");
    assert_int_equal(f->cli.operands.len, 1);
}

static void options_of_the_dashboard_need_no_command(void **state)
{
    struct fixture *f = *state;
    assert_true(read_line(f, "--ascii"));
    assert_null(f->cli.command);
    assert_true(cli_has(&f->cli, "ascii"));
}

static void an_option_before_a_command_that_has_none_such_is_wrong(void **state)
{
    struct fixture *f = *state;
    assert_false(read_line(f, "--ascii figures"));
    assert_has(said(f), "takes no --ascii");
}

static void a_dash_before_a_word_of_a_query_negates(void **state)
{
    struct fixture *f = *state;
    assert_true(read_line(f, "events -kind:layoffs -rumor"));
    assert_int_equal(f->cli.operands.len, 2);
    assert_str(f->cli.operands.at[0], "-kind:layoffs");
}

static void behind_two_dashes_all_are_operands(void **state)
{
    struct fixture *f = *state;
    assert_true(read_line(f, "extract -- --title -"));
    assert_int_equal(f->cli.operands.len, 2);
    assert_false(cli_has(&f->cli, "title"));
}

static void a_single_dash_is_an_operand(void **state)
{
    struct fixture *f = *state;
    assert_true(read_line(f, "parse -"));
    assert_str(f->cli.operands.at[0], "-");
}

static void wrong_words_are_named_with_the_nearest(void **state)
{
    static const struct {
        const char *line;
        const char *says;
    } wrong[] = {
        {"figurs", "no command \"figurs\": did you mean figures?"},
        {"figures --fromat json", "no option --fromat: did you mean --format?"},
        {"figures --frmt=json", "no option --frmt: did you mean --format?"},
        {"fetch --strore x", "no option --strore: did you mean --store?"},
        {"quux", "no command \"quux\"\n"},
        {"figures --zzzzzz", "no option --zzzzzz\n"},
        {"fetch -x", "no option -x\n"},
        {"figures --limit", "--limit wants a value: N"},
        {"figures --reverse=yes", "--reverse takes no value"},
        {"demo now", "takes no \"now\""},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        fixture_teardown(state);
        fixture_setup(state);
        struct fixture *f = *state;
        assert_false(read_line(f, wrong[i].line));
        if (dw_str_find(said(f), dw_str_from_c(wrong[i].says), 0) == SIZE_MAX)
            fail_msg("%s: \"%.*s\"", wrong[i].line, DW_FMT(said(f)));
    }
}

static void control_characters_of_an_argument_never_reach_the_terminal(void **state)
{
    struct fixture *f = *state;
    assert_false(read_line(f, "bad\033[31m\nname"));
    assert_int_equal(dw_str_find_char(said(f), '\033', 0), SIZE_MAX);
}

static void more_options_than_a_person_types_are_refused(void **state)
{
    struct fixture *f = *state;
    struct dw_str arguments[CLI_MOST_OPTIONS + 2] = {DW_STR("figures")};
    for (size_t i = 1; i < CLI_MOST_OPTIONS + 2; i++)
        arguments[i] = DW_STR("-r");
    assert_false(cli_read_arguments(&f->cli, CLI_MOST_OPTIONS + 2, arguments));
    assert_has(said(f), "more than");
}

static void an_error_has_the_exit_status_of_its_code(void **state)
{
    struct fixture *f = *state;
    dw_error_set(&f->cli.err, DW_ERR_USAGE, "wrong");
    assert_int_equal(cli_fail(&f->cli), 2);
    dw_error_set(&f->cli.err, DW_ERR_STORE, "broken");
    assert_int_equal(cli_fail(&f->cli), 1);
    assert_str(said(f), "dealwire: wrong\ndealwire: broken\n");
}

static void every_command_and_option_is_described(void **state)
{
    (void)state;
    for (const struct cli_command *c = cli_commands; c->name != NULL; c++) {
        assert_non_null(c->operands);
        assert_non_null(c->run);
        assert_true(dw_str_from_c(c->summary).len > 10);
        for (const struct cli_option *o = c->options; o->name != NULL; o++) {
            assert_true(dw_str_from_c(o->help).len > 5);
            for (const struct cli_option *g = cli_global_options; g->name != NULL; g++) {
                assert_string_not_equal(o->name, g->name);
                assert_true(o->letter == '\0' || o->letter != g->letter);
            }
            for (const struct cli_option *other = c->options; other != o; other++)
                assert_true(o->letter == '\0' || o->letter != other->letter);
        }
    }
}

static void help_fits_a_page_of_a_hundred_cells(void **state)
{
    struct fixture *f = *state;
    cli_print_overview(&f->cli);
    for (const struct cli_command *c = cli_commands; c->name != NULL; c++)
        cli_print_help(&f->cli, c);
    struct dw_str rest = printed(f);
    struct dw_str line;
    while (rest.len > 0 && dw_str_split(&rest, '\n', &line)) {
        bool usage = dw_str_starts(line, DW_STR("usage:"));
        if (dw_width(line) > 100 && !usage)
            fail_msg("%zu cells: %.*s", dw_width(line), DW_FMT(line));
    }
}

static void arguments_survive_any_lack_of_memory(void **state)
{
    for (size_t n = 0;; n++) {
        fixture_teardown(state);
        fixture_setup(state);
        struct fixture *f = *state;
        static const struct dw_str arguments[] = {DW_STR_INIT("events"), DW_STR_INIT("openai"),
                                                  DW_STR_INIT("-n"), DW_STR_INIT("3")};
        unit_fail_after(n);
        bool done = cli_read_arguments(&f->cli, 4, arguments);
        unit_fail_after(SIZE_MAX);
        if (done)
            break;
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(an_option_takes_its_value_in_every_usual_way),
        TEST(letters_join_where_no_query_is_read),
        TEST(the_last_of_several_values_counts),
        TEST(global_options_may_stand_before_the_command),
        TEST(options_of_the_dashboard_need_no_command),
        TEST(an_option_before_a_command_that_has_none_such_is_wrong),
        TEST(a_dash_before_a_word_of_a_query_negates),
        TEST(behind_two_dashes_all_are_operands),
        TEST(a_single_dash_is_an_operand),
        TEST(wrong_words_are_named_with_the_nearest),
        TEST(control_characters_of_an_argument_never_reach_the_terminal),
        TEST(more_options_than_a_person_types_are_refused),
        TEST(an_error_has_the_exit_status_of_its_code),
        TEST(every_command_and_option_is_described),
        TEST(help_fits_a_page_of_a_hundred_cells),
        TEST(arguments_survive_any_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
