/* The same rows in six formats: each as its readers expect it, wide characters straight. */
#include "cli-test.h"

#include <math.h>

#define NOON 1769688000 /* 2026-01-29T12:00:00Z */

static const struct cli_column columns[] = {
    {"id", "id", true, 3, CLI_MUTED},
    {"title", "title", false, 8, CLI_PLAIN},
    {"value", NULL, true, 0, CLI_PLAIN},
    {"amount", "amount", true, 6, CLI_AMOUNT},
    {"names", "names", false, 8, CLI_PLAIN},
    {"at", "at", false, 12, CLI_MUTED},
    {0},
};

static int64_t noon(void *context)
{
    (void)context;
    return NOON;
}

static void add_row(struct fixture *f, struct cli_output *out, int64_t id, struct dw_str title,
                    double value)
{
    struct dw_strs names = {0};
    dw_strs_push(&f->cli.arena, &names, DW_STR("Amazon"));
    dw_strs_push(&f->cli.arena, &names, DW_STR("Nvidia"));
    cli_output_id(out, 'a', id);
    cli_output_text(out, title);
    cli_output_number(out, value);
    cli_output_text(out, DW_STR("$50.0B"));
    cli_output_names(out, &names);
    cli_output_time(out, NOON - 7200);
}

/* One row with this title, in this format. */
static struct dw_str row_of(struct fixture *f, enum cli_format format, struct dw_str title)
{
    f->cli.clock.now = noon;
    struct cli_output *out = cli_output_begin(&f->cli, columns, format);
    assert_non_null(out);
    add_row(f, out, 7, title, 5e10);
    assert_true(cli_output_end(out));
    return printed(f);
}

static void a_table_aligns_numbers_right_and_text_left(void **state)
{
    assert_str(row_of(*state, CLI_TABLE, DW_STR("A deal")),
               "id  title   amount  names           at\n"
               "a7  A deal  $50.0B  Amazon, Nvidia  29 Jan 10:00\n");
}

static void a_table_counts_cells_not_bytes(void **state)
{
    assert_str(row_of(*state, CLI_TABLE, DW_STR("日本 é")),
               "id  title   amount  names           at\n"
               "a7  日本 é  $50.0B  Amazon, Nvidia  29 Jan 10:00\n");
}

static void a_narrow_table_cuts_text_between_characters(void **state)
{
    struct fixture *f = *state;
    f->cli.width = 34;
    assert_str(row_of(f, CLI_TABLE, DW_STR("日本のソフトバンクが出資")),
               "id  title       amount  names\n"
               "a7  日本のソ…   $50.0B  Amazon, N…\n");
}

static void every_line_of_a_table_fits_the_terminal(void **state)
{
    for (size_t width = 6; width < 90; width++) {
        fixture_teardown(state);
        fixture_setup(state);
        struct fixture *f = *state;
        f->cli.width = width;
        struct dw_str rest =
            row_of(f, CLI_TABLE, DW_STR("日本のソフトバンクが出資, a long title behind it"));
        struct dw_str line;
        assert_has(rest, "$50.0B");
        while (rest.len > 0 && dw_str_split(&rest, '\n', &line)) {
            if (dw_width(line) > width)
                fail_msg("%zu cells instead of %zu: %.*s", dw_width(line), width, DW_FMT(line));
        }
    }
}

static void a_terminal_without_utf8_gets_ascii_alone(void **state)
{
    struct fixture *f = *state;
    f->cli.ascii = true;
    struct dw_str text = row_of(f, CLI_TABLE, DW_STR("日本 é"));
    for (size_t i = 0; i < text.len; i++)
        assert_true((unsigned char)text.at[i] < 0x80);
    assert_has(text, "???? ?  $50.0B");
}

static void colours_are_used_only_where_allowed_and_always_ended(void **state)
{
    struct fixture *f = *state;
    f->cli.colour = true;
    struct dw_str text = row_of(f, CLI_TABLE, DW_STR("A deal"));
    assert_has(text, "\033[1;36m$50.0B\033[0m");
    fixture_teardown(state);
    fixture_setup(state);
    text = row_of(*state, CLI_TABLE, DW_STR("A deal"));
    assert_int_equal(dw_str_find_char(text, '\033', 0), SIZE_MAX);
}

static void foreign_control_characters_are_gone_in_every_format(void **state)
{
    for (int format = 0; format < CLI_FORMAT_COUNT; format++) {
        if (format == CLI_JSON || format == CLI_NDJSON)
            continue; /* JSON escapes them */
        fixture_teardown(state);
        fixture_setup(state);
        struct dw_str text = row_of(*state, (enum cli_format)format,
                                    DW_STR("a\033[31m\tb\nc\xe2\x80\xae"
                                           "d"));
        assert_int_equal(dw_str_find_char(text, '\033', 0), SIZE_MAX);
        assert_int_equal(dw_str_find(text, DW_STR("\xe2\x80\xae"), 0), SIZE_MAX);
    }
}

static void csv_quotes_as_rfc_4180_says(void **state)
{
    assert_str(row_of(*state, CLI_CSV, DW_STR("He said \"no\", twice")),
               "id,title,value,amount,names,at\r\n"
               "7,\"He said \"\"no\"\", twice\",50000000000,$50.0B,\"Amazon, Nvidia\","
               "2026-01-29T10:00:00Z\r\n");
}

static void tsv_has_one_tab_between_cells(void **state)
{
    assert_str(row_of(*state, CLI_TSV, DW_STR("a\tb")),
               "id\ttitle\tvalue\tamount\tnames\tat\n"
               "7\ta b\t50000000000\t$50.0B\tAmazon, Nvidia\t2026-01-29T10:00:00Z\n");
}

static void json_has_the_columns_in_their_order_and_whole_numbers_whole(void **state)
{
    assert_str(row_of(*state, CLI_JSON, DW_STR("A \"deal\"")),
               "[\n {\"id\":7,\"title\":\"A \\\"deal\\\"\",\"value\":50000000000,"
               "\"amount\":\"$50.0B\",\"names\":[\"Amazon\",\"Nvidia\"],"
               "\"at\":\"2026-01-29T10:00:00Z\"}\n]\n");
}

static void json_of_no_rows_is_an_empty_array(void **state)
{
    struct fixture *f = *state;
    struct cli_output *out = cli_output_begin(&f->cli, columns, CLI_JSON);
    assert_true(cli_output_end(out));
    assert_str(printed(f), "[]\n");
}

static void ndjson_is_one_object_a_line(void **state)
{
    struct fixture *f = *state;
    struct cli_output *out = cli_output_begin(&f->cli, columns, CLI_NDJSON);
    add_row(f, out, 1, DW_STR("one"), 0.5);
    cli_output_extra(out, "each", json_true());
    add_row(f, out, 0, DW_STR(""), (double)NAN);
    assert_true(cli_output_end(out));
    struct dw_str rest = printed(f);
    struct dw_str line;
    assert_true(dw_str_split(&rest, '\n', &line));
    assert_has(line, "\"value\":0.5,");
    assert_true(dw_str_split(&rest, '\n', &line));
    assert_has(line, "{\"each\":true,\"id\":null,\"title\":null,\"value\":null,");
    assert_int_equal(rest.len, 0);
}

static void markdown_escapes_what_it_would_take_for_its_own(void **state)
{
    assert_str(row_of(*state, CLI_MARKDOWN, DW_STR("a | b *c* <d>")),
               "| id | title | amount | names | at |\n"
               "| ---: | --- | ---: | --- | --- |\n"
               "| a7 | a \\| b \\*c\\* \\<d\\> | $50.0B | Amazon, Nvidia | 2026-01-29 10:00 |\n");
}

static void a_time_of_another_year_shows_the_year(void **state)
{
    struct fixture *f = *state;
    static const struct cli_column one[] = {{"at", "at", false, 12, CLI_MUTED}, {0}};
    f->cli.clock.now = noon;
    struct cli_output *out = cli_output_begin(&f->cli, one, CLI_TABLE);
    cli_output_time(out, NOON - 300 * 86400);
    cli_output_time(out, DW_TIME_NONE);
    assert_true(cli_output_end(out));
    assert_str(printed(f), "at\n2025-04-04\n\n");
}

static void an_unknown_format_is_answered_with_those_there_are(void **state)
{
    struct fixture *f = *state;
    static const struct dw_str arguments[] = {DW_STR_INIT("events"), DW_STR_INIT("--format=xml")};
    enum cli_format format;
    assert_true(cli_read_arguments(&f->cli, 2, arguments));
    assert_false(cli_format_of(&f->cli, CLI_TABLE, &format));
    assert_int_equal(f->cli.err.code, DW_ERR_USAGE);
    assert_has(dw_str_from_c(f->cli.err.message), "table, csv, tsv, json, ndjson, markdown");
}

static void a_failed_write_stops_the_rows_and_is_remembered(void **state)
{
    struct fixture *f = *state;
    FILE *memory = f->cli.out;
    f->cli.out = fopen("/dev/full", "w");
    if (f->cli.out == NULL) {
        f->cli.out = memory;
        skip();
    }
    setvbuf(f->cli.out, NULL, _IONBF, 0);
    struct cli_output *out = cli_output_begin(&f->cli, columns, CLI_NDJSON);
    add_row(f, out, 1, DW_STR("one"), 1);
    assert_false(cli_output_ok(out));
    assert_int_not_equal(f->cli.out_errno, 0);
    assert_true(cli_output_end(out));
    fclose(f->cli.out);
    f->cli.out = memory;
}

/* jansson's memory through the hook that fails. */
static void *hooked_alloc(size_t size)
{
    return dw_alloc_hook(NULL, size);
}

static void hooked_free(void *memory)
{
    if (memory != NULL)
        dw_alloc_hook(memory, 0);
}

static void rows_survive_any_lack_of_memory(void **state)
{
    for (int format = 0; format < CLI_FORMAT_COUNT; format++) {
        bool done = false;
        for (size_t n = 0; !done; n++) {
            fixture_teardown(state);
            fixture_setup(state);
            struct fixture *f = *state;
            unit_fail_after(n);
            json_set_alloc_funcs(hooked_alloc, hooked_free);
            struct cli_output *out = cli_output_begin(&f->cli, columns, (enum cli_format)format);
            if (out != NULL) {
                add_row(f, out, 7, DW_STR("a deal"), 5e10);
                done = cli_output_end(out);
            }
            json_set_alloc_funcs(malloc, free);
            unit_fail_after(SIZE_MAX);
            /* row's names are the test's own and may be cut short without harm to the row */
            if (!done)
                assert_int_equal(f->cli.err.code, DW_ERR_MEMORY);
        }
    }
}

static void json_of_a_figure_is_what_the_contract_says(void **state)
{
    struct fixture *f = *state;
    struct dw_mention mention = {.start = 6, .end = 17, .sentence_start = 0, .sentence_end = 18};
    struct dw_figure figure = {.kind = DW_KIND_INVESTMENT,
                               .unit = DW_STR("USD"),
                               .value = 5e10,
                               .low = 5e10,
                               .high = (double)NAN,
                               .qualifier = DW_QUALIFIER_OVER,
                               .status = DW_STATUS_TALKS,
                               .confidence = 0.966,
                               .mentions = &mention,
                               .mention_count = 1};
    dw_strs_push(&f->cli.arena, &figure.from, DW_STR("Amazon"));
    json_t *json = cli_figure_json(&figure, DW_STR("about $50 billion."), DW_STR(""));
    assert_true(cli_print_json(&f->cli, json, false));
    assert_str(printed(f),
               "{\"kind\":\"investment\",\"unit\":\"USD\",\"qualifier\":\"over\","
               "\"value\":50000000000,\"low\":50000000000,\"high\":null,\"from\":[\"Amazon\"],"
               "\"to\":[],\"status\":\"talks\",\"term\":null,\"when\":null,\"attribution\":[],"
               "\"confidence\":0.97,\"mentions\":[{\"start\":6,\"end\":17,"
               "\"surface\":\"$50 billion\",\"sentence\":[0,18]}]}\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_table_aligns_numbers_right_and_text_left),
        TEST(a_table_counts_cells_not_bytes),
        TEST(a_narrow_table_cuts_text_between_characters),
        TEST(every_line_of_a_table_fits_the_terminal),
        TEST(a_terminal_without_utf8_gets_ascii_alone),
        TEST(colours_are_used_only_where_allowed_and_always_ended),
        TEST(foreign_control_characters_are_gone_in_every_format),
        TEST(csv_quotes_as_rfc_4180_says),
        TEST(tsv_has_one_tab_between_cells),
        TEST(json_has_the_columns_in_their_order_and_whole_numbers_whole),
        TEST(json_of_no_rows_is_an_empty_array),
        TEST(ndjson_is_one_object_a_line),
        TEST(markdown_escapes_what_it_would_take_for_its_own),
        TEST(a_time_of_another_year_shows_the_year),
        TEST(an_unknown_format_is_answered_with_those_there_are),
        TEST(a_failed_write_stops_the_rows_and_is_remembered),
        TEST(rows_survive_any_lack_of_memory),
        TEST(json_of_a_figure_is_what_the_contract_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
