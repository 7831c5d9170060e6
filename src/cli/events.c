/* dealwire events: the facts that the figures of all articles make. */
#include "internal.h"

static const struct cli_column columns[] = {
    {"id", "id", true, 3, CLI_MUTED},           {"last_seen", "last seen", false, 12, CLI_MUTED},
    {"first_seen", NULL, false, 0, CLI_PLAIN},  {"kind", "kind", false, 10, CLI_PLAIN},
    {"amount", "amount", true, 6, CLI_AMOUNT},  {"unit", NULL, false, 0, CLI_PLAIN},
    {"qualifier", NULL, false, 0, CLI_PLAIN},   {"value", NULL, true, 0, CLI_PLAIN},
    {"low", NULL, true, 0, CLI_PLAIN},          {"high", NULL, true, 0, CLI_PLAIN},
    {"usd", NULL, true, 0, CLI_PLAIN},          {"from", "from", false, 12, CLI_PLAIN},
    {"to", "to", false, 12, CLI_PLAIN},         {"status", "status", false, 9, CLI_PLAIN},
    {"term", NULL, false, 0, CLI_PLAIN},        {"when", NULL, false, 0, CLI_PLAIN},
    {"sources", "sources", true, 3, CLI_PLAIN}, {"revisions", "changes", true, 3, CLI_MUTED},
    {"confidence", "sure", true, 4, CLI_MUTED}, {0},
};

static void add_row(struct cli_list *list, const struct store_event_row *row)
{
    const struct dw_figure *f = &row->figure;
    struct cli_output *out = list->out;
    if (f->each)
        cli_output_extra(out, "each", json_true());
    cli_output_id(out, 'e', row->id);
    cli_output_time(out, row->last_seen);
    cli_output_time(out, row->first_seen);
    cli_output_text(out, dw_kind_name(f->kind));
    cli_output_text(out, cli_amount(list->cli, &list->arena, f));
    cli_output_text(out, f->unit);
    cli_output_text(out, dw_qualifier_name(f->qualifier));
    cli_output_number(out, cli_figure_value(f));
    cli_output_number(out, f->low);
    cli_output_number(out, f->high);
    cli_output_number(out, row->usd);
    cli_output_names(out, &f->from);
    cli_output_names(out, &f->to);
    cli_output_text(out, dw_status_name(f->status));
    cli_output_text(out, f->term);
    cli_output_text(out, f->when);
    cli_output_integer(out, row->sources);
    cli_output_integer(out, row->revisions);
    cli_output_share(out, row->confidence);
}

static bool print(struct cli_list *list)
{
    struct store_event_rows rows = {0};
    if (!store_event_list(list->store, &list->arena, &list->page, &rows, &list->cli->err))
        return false;
    for (size_t i = 0; i < rows.len && cli_output_ok(list->out); i++)
        add_row(list, &rows.at[i]);
    list->rows = rows.len;
    if (rows.len > 0)
        list->page.after = rows.at[rows.len - 1].key;
    return true;
}

int cli_events(struct cli *cli)
{
    static const struct cli_sort sorts[] = {{"time", STORE_EVENT_BY_TIME},
                                            {"amount", STORE_EVENT_BY_AMOUNT},
                                            {"company", STORE_EVENT_BY_COMPANY},
                                            {"kind", STORE_EVENT_BY_KIND},
                                            {"sources", STORE_EVENT_BY_SOURCES},
                                            {"status", STORE_EVENT_BY_STATUS},
                                            {0}};
    static const struct cli_list_type type = {.target = QUERY_EVENTS,
                                              .sorts = sorts,
                                              .columns = columns,
                                              .print = print,
                                              .count = store_event_count};
    return cli_list(cli, &type);
}
