/* dealwire flows: who pays whom, as a list, as a matrix, and the circles in it. */
#include "internal.h"

#define TABLE_ROWS 50
#define MATRIX_SIDE 12 /* payers and payees of the matrix: what a wide terminal holds */

const struct cli_option cli_flows_options[] = {
    {"matrix", 'm', NULL, "payers by payees, the largest ones"},
    {"circles", 'c', NULL,
     "circles of payments that are announced or completed: A pays B, B pays A"},
    {"firm", '\0', NULL, "only what is announced or completed, not what is talked about"},
    {"since", '\0', "TIME", "only events first told then or later: 90d, 2026-01 or a date"},
    {"until", '\0', "TIME", "only events first told before"},
    {"limit", 'n', "N", "how many rows; 0: all (50 unless told)"},
    {"format", 'f', "FORMAT", "table, csv, tsv, json, ndjson or markdown"},
    {0},
};

/* ---- The list -------------------------------------------------------------------------------- */

static const struct cli_column list_columns[] = {
    {"from", "from", false, 12, CLI_PLAIN},
    {"to", "to", false, 12, CLI_PLAIN},
    {"usd", "amount", true, 6, CLI_AMOUNT},
    {"firm", "firm", true, 6, CLI_MUTED},
    {"count", "events", true, 3, CLI_PLAIN},
    {"events", "ids", false, 6, CLI_MUTED},
    {0},
};

static bool print_list(struct cli *cli, const struct store_flows *flows, enum cli_format format)
{
    struct cli_output *out = cli_output_begin(cli, list_columns, format);
    if (out == NULL)
        return false;
    for (size_t i = 0; i < flows->len && cli_output_ok(out); i++) {
        const struct store_flow *flow = &flows->at[i];
        cli_output_text(out, flow->from);
        cli_output_text(out, flow->to);
        cli_output_usd(cli, out, flow->usd);
        cli_output_usd(cli, out, flow->firm);
        cli_output_integer(out, flow->events);
        cli_output_text(out, flow->ids);
    }
    return cli_output_end(out);
}

/* ---- The matrix ------------------------------------------------------------------------------ */

static bool print_matrix(struct cli *cli, const struct store_flows *flows, enum cli_format format)
{
    struct query_matrix matrix;
    if (!query_matrix_make(&cli->arena, flows, MATRIX_SIDE, &matrix))
        return dw_error_set(&cli->err, DW_ERR_MEMORY, "out of memory for the matrix");
    size_t width = matrix.payees.len;
    struct cli_column *columns = dw_arena_array(&cli->arena, width + 2, sizeof *columns);
    if (columns == NULL)
        return dw_error_set(&cli->err, DW_ERR_MEMORY, "out of memory for the matrix");
    columns[0] = (struct cli_column){"from", "pays", false, 12, CLI_PLAIN};
    for (size_t i = 0; i < width; i++) {
        const char *name = dw_str_cstr(&cli->arena, matrix.payees.at[i]);
        columns[i + 1] = (struct cli_column){name, name, true, 6, CLI_AMOUNT};
    }
    struct cli_output *out = cli_output_begin(cli, columns, format);
    if (out == NULL)
        return false;
    for (size_t i = 0; i < matrix.payers.len; i++) {
        cli_output_text(out, matrix.payers.at[i]);
        for (size_t k = 0; k < width; k++) {
            const struct store_flow *cell = matrix.cells[i * width + k];
            cli_output_usd(cli, out, cell != NULL ? cell->usd : 0);
        }
    }
    return cli_output_end(out);
}

/* ---- Circles --------------------------------------------------------------------------------- */

static const struct cli_column circle_columns[] = {
    {"circle", "circle", false, 20, CLI_PLAIN},
    {"least", "at least", true, 6, CLI_AMOUNT},
    {"events", "ids", false, 6, CLI_MUTED},
    {0},
};

static bool print_circles(struct cli *cli, const struct store_flows *flows, size_t limit,
                          enum cli_format format)
{
    struct query_circles circles;
    if (!query_circles_find(&cli->arena, flows, &circles))
        return dw_error_set(&cli->err, DW_ERR_MEMORY, "out of memory for the circles");
    struct cli_output *out = cli_output_begin(cli, circle_columns, format);
    if (out == NULL)
        return false;
    for (size_t i = 0; i < circles.len && i < limit && cli_output_ok(out); i++) {
        const struct query_circle *circle = &circles.at[i];
        cli_output_text(out, dw_strs_join(&cli->arena, &circle->parties,
                                          cli->ascii ? DW_STR(" -> ") : DW_STR(" → ")));
        cli_output_usd(cli, out, circle->least);
        cli_output_text(out, dw_strs_join(&cli->arena, &circle->events, DW_STR(",")));
    }
    return cli_output_end(out);
}

/* ---- The command ----------------------------------------------------------------------------- */

static bool print(struct cli *cli, struct store *store, enum cli_format format)
{
    struct store_flow_ask ask = {.firm = cli_has(cli, "firm") || cli_has(cli, "circles")};
    struct store_flows flows;
    size_t limit;
    bool is_list = !cli_has(cli, "matrix") && !cli_has(cli, "circles");
    if (!cli_span(cli, &ask.since, &ask.until) ||
        !cli_count_option(cli, "limit", TABLE_ROWS, &limit))
        return false;
    ask.limit = is_list ? limit : 0;
    if (!store_flow_list(store, &cli->arena, &ask, &flows, &cli->err))
        return false;
    if (cli_has(cli, "matrix"))
        return print_matrix(cli, &flows, format);
    return is_list ? print_list(cli, &flows, format) : print_circles(cli, &flows, limit, format);
}

int cli_flows(struct cli *cli)
{
    enum cli_format format;
    if (!cli_format_of(cli, CLI_TABLE, &format))
        return cli_fail(cli);
    struct store *store = cli_open_store(cli, STORE_READ);
    bool done = store != NULL && print(cli, store, format);
    store_close(store);
    return done ? 0 : cli_fail(cli);
}
