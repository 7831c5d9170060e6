/* Options: read by the tables, explained from the same tables. */
#include "internal.h"

#include <string.h>

static const struct cli_option *find(const struct cli *cli, struct dw_str name, char letter)
{
    const struct cli_option *tables[] = {cli->command->options, cli_global_options};
    for (size_t t = 0; t < 2; t++) {
        for (const struct cli_option *o = tables[t]; o->name != NULL; o++) {
            if ((letter != '\0' && o->letter == letter) ||
                (name.len > 0 && dw_str_eq(name, dw_str_from_c(o->name))))
                return o;
        }
    }
    return NULL;
}

bool cli_has(const struct cli *cli, const char *option)
{
    for (size_t i = 0; i < cli->given_count; i++) {
        if (strcmp(cli->given[i].option->name, option) == 0)
            return true;
    }
    return false;
}

struct dw_str cli_value(const struct cli *cli, const char *option)
{
    for (size_t i = cli->given_count; i > 0; i--) {
        if (strcmp(cli->given[i - 1].option->name, option) == 0)
            return cli->given[i - 1].value;
    }
    return DW_STR("");
}

int cli_usage_error(struct cli *cli, const char *format, ...)
{
    va_list args;
    fprintf(stderr, "dealwire %s: ", cli->command->name);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, "\ndealwire %s --help says what it takes\n", cli->command->name);
    return 2;
}

int cli_fail(struct cli *cli)
{
    struct dw_str clean =
        dw_text_clean(&cli->arena, dw_str_from_c(cli->err.message), DW_CLEAN_LINE);
    fprintf(stderr, "dealwire: %.*s\n", DW_FMT(clean));
    return dw_code_status(cli->err.code) != 0 ? dw_code_status(cli->err.code) : 1;
}

/* Takes one option; `next` is the argument behind it, which is used up where the option wants one.
 */
static bool take(struct cli *cli, struct dw_str argument, const char *next, bool *used)
{
    bool is_long = dw_str_starts(argument, DW_STR("--"));
    size_t equals = is_long ? dw_str_find_char(argument, '=', 0) : SIZE_MAX;
    struct dw_str name = is_long ? dw_str_slice(argument, 2, equals) : DW_STR("");
    const struct cli_option *option = find(cli, name, is_long ? '\0' : argument.at[1]);
    *used = false;
    if (option == NULL || (!is_long && argument.len > 2 && option->argument == NULL)) {
        cli_usage_error(cli, "there is no option %.*s", DW_FMT(argument));
        return false;
    }
    struct dw_str value = DW_STR("");
    if (option->argument == NULL && equals != SIZE_MAX) {
        cli_usage_error(cli, "--%s takes no value", option->name);
        return false;
    }
    if (option->argument != NULL) {
        *used = equals == SIZE_MAX && (is_long || argument.len == 2);
        if (*used && next == NULL) {
            cli_usage_error(cli, "--%s wants a value: %s", option->name, option->argument);
            return false;
        }
        value = equals != SIZE_MAX ? dw_str_slice(argument, equals + 1, argument.len)
                : *used            ? dw_str_from_c(next)
                                   : dw_str_slice(argument, 2, argument.len);
    }
    if (cli->given_count < CLI_MOST_OPTIONS) {
        cli->given[cli->given_count].option = option;
        cli->given[cli->given_count++].value = value;
    }
    return true;
}

/* A query may begin with a dash ("-kind:layoffs"), which no option does. */
static bool is_negation(const struct cli *cli, struct dw_str argument)
{
    return cli->command->options == cli_list_options && argument.len > 2 && argument.at[1] != '-';
}

bool cli_read_options(struct cli *cli, int argc, char **argv)
{
    bool options_end = false;
    for (int i = 0; i < argc; i++) {
        struct dw_str argument = dw_str_from_c(argv[i]);
        bool is_option = !options_end && argument.len > 1 && argument.at[0] == '-' &&
                         !is_negation(cli, argument);
        if (is_option && dw_str_eq(argument, DW_STR("--"))) {
            options_end = true;
            continue;
        }
        if (!is_option) {
            dw_strs_push(&cli->arena, &cli->operands, argument);
            continue;
        }
        bool used;
        if (!take(cli, argument, i + 1 < argc ? argv[i + 1] : NULL, &used))
            return false;
        i += used;
    }
    return true;
}

static void print_options(const struct cli_option *options)
{
    for (const struct cli_option *o = options; o->name != NULL; o++) {
        char left[64];
        snprintf(left, sizeof left, "%c%c%s --%s%s%s", o->letter != '\0' ? '-' : ' ',
                 o->letter != '\0' ? o->letter : ' ', o->letter != '\0' ? "," : " ", o->name,
                 o->argument != NULL ? " " : "", o->argument != NULL ? o->argument : "");
        printf("  %-26s %s\n", left, o->help);
    }
}

void cli_print_help(const struct cli_command *command)
{
    printf("usage: dealwire %s [OPTION…] %s\n\n%s\n\n", command->name, command->operands,
           command->summary);
    if (command->options->name != NULL)
        print_options(command->options);
    if (command->options == cli_list_options) {
        printf("\nA QUERY is made of words of the text and of these, `-` before any of them "
               "negates, `or` joins,\n"
               "quotes make a phrase, brackets group:\n");
        for (int f = QUERY_WORDS + 1; f < QUERY_FIELD_COUNT; f++) {
            struct dw_str name = query_field_name((enum query_field)f);
            struct dw_str help = query_field_help((enum query_field)f);
            printf("  %-8.*s %.*s\n", DW_FMT(name), DW_FMT(help));
        }
    }
    printf("\nEvery command takes:\n");
    print_options(cli_global_options);
    if (command->more != NULL)
        printf("\n%s\n", command->more);
}

void cli_print_overview(void)
{
    printf("usage: dealwire [COMMAND] [OPTION…]\n\n"
           "The figures in the news of the AI industry: who invests how much in whom, rounds, "
           "valuations,\n"
           "acquisitions, contracts, chips, power, layoffs. Without a command the dashboard "
           "opens.\n\n");
    for (const struct cli_command *c = cli_commands; c->name != NULL; c++)
        printf("  %-10s %s\n", c->name, c->summary);
    printf("\n");
    print_options(cli_global_options);
    printf("\ndealwire COMMAND --help says more. Configuration: ~/.config/dealwire, the store:\n"
           "~/.local/share/dealwire, the log: ~/.local/state/dealwire.\n");
}
