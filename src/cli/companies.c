/* dealwire companies: what moved in and out of companies over a span. */
#include "internal.h"

#include <math.h>

#include "ui/format.h"

#define TABLE_ROWS 50

const struct cli_option cli_companies_options[] = {
    {"since", '\0', "TIME", "only events first told then or later: 90d, 2026-01 or a date"},
    {"until", '\0', "TIME", "only events first told before"},
    {"sort", 's', "COLUMN", "moved (in and out together), in, out, layoffs or events"},
    {"limit", 'n', "N", "how many rows; 0: all (50 unless told)"},
    {"format", 'f', "FORMAT", "table, csv, tsv, json, ndjson or markdown"},
    {0},
};

static const struct cli_column columns[] = {
    {"company", "company", false, 12, CLI_PLAIN},
    {"in", "in", true, 6, CLI_AMOUNT},
    {"out", "out", true, 6, CLI_AMOUNT},
    {"in_firm", "firm in", true, 6, CLI_MUTED},
    {"out_firm", "firm out", true, 6, CLI_MUTED},
    {"valuation", "valuation", true, 6, CLI_PLAIN},
    {"layoffs", "jobs cut", true, 6, CLI_PLAIN},
    {"events", "events", true, 3, CLI_MUTED},
    {0},
};

void cli_output_usd(struct cli *cli, struct cli_output *out, double usd)
{
    bool none = isnan(usd) || usd == 0;
    struct dw_str shown = none ? DW_STR("") : ui_format_usd(&cli->arena, usd, cli->ascii);
    cli_output_add(out, shown, cli_json_number(usd));
}

static bool read_sort(struct cli *cli, enum store_company_sort *sort)
{
    static const struct cli_sort sorts[] = {
        {"moved", STORE_COMPANY_BY_MOVED},   {"in", STORE_COMPANY_BY_IN},
        {"out", STORE_COMPANY_BY_OUT},       {"layoffs", STORE_COMPANY_BY_LAYOFFS},
        {"events", STORE_COMPANY_BY_EVENTS}, {0}};
    struct dw_str name = cli_has(cli, "sort") ? cli_value(cli, "sort") : DW_STR("moved");
    for (size_t i = 0; sorts[i].name != NULL; i++) {
        if (!dw_str_eq(name, dw_str_from_c(sorts[i].name)))
            continue;
        *sort = (enum store_company_sort)sorts[i].sort;
        return true;
    }
    return dw_error_set(&cli->err, DW_ERR_USAGE,
                        "--sort %.*s: wanted is moved, in, out, layoffs or events", DW_FMT(name));
}

static bool print(struct cli *cli, const struct store_companies *companies, enum cli_format format)
{
    struct cli_output *out = cli_output_begin(cli, columns, format);
    if (out == NULL)
        return false;
    for (size_t i = 0; i < companies->len && cli_output_ok(out); i++) {
        const struct store_company *c = &companies->at[i];
        cli_output_text(out, c->name);
        cli_output_usd(cli, out, c->in);
        cli_output_usd(cli, out, c->out);
        cli_output_usd(cli, out, c->in_firm);
        cli_output_usd(cli, out, c->out_firm);
        cli_output_usd(cli, out, c->valuation);
        cli_output_number(out, c->layoffs);
        cli_output_integer(out, c->events);
    }
    return cli_output_end(out);
}

int cli_companies(struct cli *cli)
{
    enum cli_format format;
    struct store_company_ask ask = {0};
    struct store_companies companies;
    struct store *store = NULL;
    bool done = cli_format_of(cli, CLI_TABLE, &format) && cli_span(cli, &ask.since, &ask.until) &&
                cli_count_option(cli, "limit", TABLE_ROWS, &ask.limit) &&
                read_sort(cli, &ask.sort) && (store = cli_open_store(cli, STORE_READ)) != NULL &&
                store_company_list(store, &cli->arena, &ask, &companies, &cli->err) &&
                print(cli, &companies, format);
    store_close(store);
    return done ? 0 : cli_fail(cli);
}
