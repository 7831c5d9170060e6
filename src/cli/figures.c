/* dealwire figures: the figures of the articles in the store. */
#include "internal.h"

static const struct cli_column columns[] = {
    {"id", NULL, true, 0, CLI_PLAIN},
    {"published", "date", false, 12, CLI_MUTED},
    {"kind", "kind", false, 10, CLI_PLAIN},
    {"amount", "amount", true, 6, CLI_AMOUNT},
    {"unit", NULL, false, 0, CLI_PLAIN},
    {"qualifier", NULL, false, 0, CLI_PLAIN},
    {"value", NULL, true, 0, CLI_PLAIN},
    {"low", NULL, true, 0, CLI_PLAIN},
    {"high", NULL, true, 0, CLI_PLAIN},
    {"usd", NULL, true, 0, CLI_PLAIN},
    {"from", "from", false, 12, CLI_PLAIN},
    {"to", "to", false, 12, CLI_PLAIN},
    {"status", "status", false, 9, CLI_PLAIN},
    {"term", NULL, false, 0, CLI_PLAIN},
    {"when", NULL, false, 0, CLI_PLAIN},
    {"attribution", NULL, false, 0, CLI_PLAIN},
    {"confidence", "sure", true, 4, CLI_MUTED},
    {"surface", NULL, false, 0, CLI_PLAIN},
    {"sentence", NULL, false, 0, CLI_PLAIN},
    {"event", "event", true, 3, CLI_MUTED},
    {"article", "article", true, 3, CLI_MUTED},
    {"feed", "feed", false, 8, CLI_MUTED},
    {"title", "title", false, 24, CLI_MUTED},
    {"link", NULL, false, 0, CLI_PLAIN},
    {0},
};

static void add_row(struct cli_list *list, const struct store_figure_row *row)
{
    const struct dw_figure *f = &row->figure;
    struct cli_output *out = list->out;
    if (f->each)
        cli_output_extra(out, "each", json_true());
    cli_output_id(out, 'f', row->id);
    cli_output_time(out, row->at);
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
    cli_output_names(out, &f->attribution);
    cli_output_share(out, f->confidence);
    cli_output_text(out, row->surface);
    cli_output_text(out, row->sentence);
    cli_output_id(out, 'e', row->event);
    cli_output_id(out, 'a', row->article);
    cli_output_text(out, row->feed_title);
    cli_output_text(out, row->article_title);
    cli_output_text(out, row->article_url);
}

static bool print(struct cli_list *list)
{
    struct store_figure_rows rows = {0};
    if (!store_figure_list(list->store, &list->arena, &list->page, &rows, &list->cli->err))
        return false;
    for (size_t i = 0; i < rows.len && cli_output_ok(list->out); i++)
        add_row(list, &rows.at[i]);
    list->rows = rows.len;
    if (rows.len > 0)
        list->page.after = rows.at[rows.len - 1].key;
    return true;
}

int cli_figures(struct cli *cli)
{
    static const struct cli_sort sorts[] = {
        {"time", STORE_FIGURE_BY_TIME}, {"amount", STORE_FIGURE_BY_AMOUNT}, {0}};
    static const struct cli_list_type type = {.target = QUERY_FIGURES,
                                              .sorts = sorts,
                                              .columns = columns,
                                              .print = print,
                                              .count = store_figure_count};
    return cli_list(cli, &type);
}
