/* What --help and `dealwire help` print, made from the tables of commands and options. */
#include "internal.h"

#define LEFT_CELLS 26 /* of the column that names options */

static void print_padded(struct cli *cli, struct dw_str text, size_t cells)
{
    size_t width = dw_width(text);
    fprintf(cli->out, "  %.*s%*s", DW_FMT(text), (int)(width < cells ? cells - width : 0) + 1, "");
}

static void print_options(struct cli *cli, const struct cli_option *options)
{
    for (const struct cli_option *o = options; o->name != NULL; o++) {
        const char letter[] = {'-', o->letter, ',', '\0'};
        struct dw_str left =
            dw_str_format(&cli->arena, "%s --%s%s%s", o->letter != '\0' ? letter : "   ", o->name,
                          o->argument != NULL ? " " : "", o->argument != NULL ? o->argument : "");
        print_padded(cli, left, LEFT_CELLS);
        fprintf(cli->out, "%s\n", o->help);
    }
}

static void print_query_help(struct cli *cli)
{
    fprintf(cli->out,
            "\nA QUERY is made of words of the text and of the fields below; - before any of them "
            "negates,\nor joins, quotes make a phrase, brackets group.\n");
    for (int f = QUERY_WORDS + 1; f < QUERY_FIELD_COUNT; f++) {
        struct dw_str help = query_field_help((enum query_field)f);
        print_padded(cli, query_field_name((enum query_field)f), 8);
        fprintf(cli->out, "%.*s\n", DW_FMT(help));
    }
}

void cli_print_help(struct cli *cli, const struct cli_command *command)
{
    fprintf(cli->out, "usage: dealwire %s [OPTION...]%s%s\n\n%s\n", command->name,
            command->operands[0] != '\0' ? " " : "", command->operands, command->summary);
    if (command->more != NULL)
        fprintf(cli->out, "%s\n", command->more);
    if (command->options->name != NULL)
        fputc('\n', cli->out);
    print_options(cli, command->options);
    if (command->query)
        print_query_help(cli);
    fprintf(cli->out, "\nEvery command takes:\n");
    print_options(cli, cli_global_options);
}

void cli_print_overview(struct cli *cli)
{
    fprintf(cli->out,
            "usage: dealwire [COMMAND] [OPTION...]\n\n"
            "The figures in the news of the AI industry: who invests how much in whom, rounds, "
            "valuations,\nacquisitions, contracts, chips, power, layoffs. Without a command the "
            "dashboard opens.\n\n");
    for (const struct cli_command *c = cli_commands; c->name != NULL; c++) {
        print_padded(cli, dw_str_from_c(c->name), 10);
        fprintf(cli->out, "%s\n", c->summary);
    }
    fputc('\n', cli->out);
    print_options(cli, cli_global_options);
    fprintf(cli->out, "\ndealwire COMMAND --help says more. The configuration is in "
                      "~/.config/dealwire, the store in\n~/.local/share/dealwire, the log in "
                      "~/.local/state/dealwire (or where XDG_CONFIG_HOME,\nXDG_DATA_HOME and "
                      "XDG_STATE_HOME point). NO_COLOR turns colours off; DEALWIRE_NOW (an ISO "
                      "8601\ntime) sets the clock.\n\n"
                      "Exit status: 0 done, 1 something failed, 2 wrong usage.\n");
}

int cli_help(struct cli *cli)
{
    if (cli->operands.len == 0) {
        cli_print_overview(cli);
        return 0;
    }
    if (cli->operands.len > 1)
        return cli_usage_error(cli, "one command at a time");
    const struct cli_command *command = cli_find_command(cli, cli->operands.at[0]);
    if (command == NULL)
        return dw_code_status(DW_ERR_USAGE);
    cli_print_help(cli, command);
    return 0;
}
