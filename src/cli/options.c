/* Options and operands: read by the tables, wrong ones told with what was perhaps meant. */
#include "internal.h"

#include <string.h>

#define MOST_NAMES 64 /* of commands, or of the options of one command with the global ones */

/* The tables that an option may stand in: the command's, then every command's. Before the command
 * is known, the one that runs without any has the first word. */
struct tables {
    const struct cli_option *at[2];
};

static struct tables tables_of(const struct cli *cli)
{
    const struct cli_command *command = cli->command != NULL ? cli->command : &cli_commands[0];
    return (struct tables){{command->options, cli_global_options}};
}

static bool is_option(const struct cli_option *option, struct dw_str name, char letter)
{
    return letter != '\0' ? option->letter == letter : dw_str_eq(name, dw_str_from_c(option->name));
}

/* By its name, or by its letter if that is not '\0'. */
static const struct cli_option *find_option(const struct cli *cli, struct dw_str name, char letter)
{
    struct tables tables = tables_of(cli);
    for (size_t t = 0; t < 2; t++) {
        for (const struct cli_option *o = tables.at[t]; o->name != NULL; o++) {
            if (is_option(o, name, letter))
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

/* ---- Messages -------------------------------------------------------------------------------- */

/* Prints a message, which may hold foreign words, on a line of its own. */
static void say(struct cli *cli, struct dw_str message)
{
    struct dw_str clean = cli_shown(cli, &cli->arena, message);
    fprintf(cli->messages, "%.*s\n", DW_FMT(clean));
}

int cli_usage_error(struct cli *cli, const char *format, ...)
{
    char message[DW_ERROR_BYTES];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    const char *space = cli->command != NULL ? " " : "";
    const char *name = cli->command != NULL ? cli->command->name : "";
    say(cli, dw_str_format(&cli->arena, "dealwire%s%s: %s", space, name, message));
    say(cli, dw_str_format(&cli->arena, "dealwire%s%s --help says what it takes", space, name));
    return dw_code_status(DW_ERR_USAGE);
}

int cli_fail(struct cli *cli)
{
    say(cli, dw_str_format(&cli->arena, "dealwire: %s", cli->err.message));
    int status = dw_code_status(cli->err.code);
    return status != 0 ? status : 1;
}

static bool no_such_option(struct cli *cli, struct dw_str argument, struct dw_str name)
{
    struct dw_str names[MOST_NAMES];
    size_t count = 0;
    struct tables tables = tables_of(cli);
    for (size_t t = 0; t < 2; t++) {
        for (const struct cli_option *o = tables.at[t]; o->name != NULL && count < MOST_NAMES; o++)
            names[count++] = dw_str_from_c(o->name);
    }
    struct dw_str nearest = dw_str_nearest(name, names, count);
    if (nearest.len > 0)
        cli_usage_error(cli, "there is no option %.*s: did you mean --%.*s?", DW_FMT(argument),
                        DW_FMT(nearest));
    else
        cli_usage_error(cli, "there is no option %.*s", DW_FMT(argument));
    return false;
}

const struct cli_command *cli_find_command(struct cli *cli, struct dw_str name)
{
    struct dw_str names[MOST_NAMES];
    size_t count = 0;
    for (const struct cli_command *c = cli_commands; c->name != NULL && count < MOST_NAMES; c++) {
        names[count] = dw_str_from_c(c->name);
        if (dw_str_eq(names[count++], name))
            return c;
    }
    struct dw_str nearest = dw_str_nearest(name, names, count);
    if (nearest.len > 0)
        cli_usage_error(cli, "there is no command \"%.*s\": did you mean %.*s?", DW_FMT(name),
                        DW_FMT(nearest));
    else
        cli_usage_error(cli, "there is no command \"%.*s\"", DW_FMT(name));
    return NULL;
}

/* ---- Reading --------------------------------------------------------------------------------- */

/* The arguments, and how far they are read. */
struct reader {
    struct cli *cli;
    const struct dw_str *at;
    size_t count;
    size_t next;
};

static bool give(struct cli *cli, const struct cli_option *option, struct dw_str value)
{
    if (cli->given_count == CLI_MOST_OPTIONS) {
        cli_usage_error(cli, "more than %d options", CLI_MOST_OPTIONS);
        return false;
    }
    cli->given[cli->given_count].option = option;
    cli->given[cli->given_count++].value = value;
    return true;
}

/* Takes the next argument as the value of an option. */
static bool give_next(struct reader *reader, const struct cli_option *option)
{
    if (reader->next == reader->count) {
        cli_usage_error(reader->cli, "--%s wants a value: %s", option->name, option->argument);
        return false;
    }
    return give(reader->cli, option, reader->at[reader->next++]);
}

/* "--name", "--name=value", "--name value" */
static bool read_long(struct reader *reader, struct dw_str argument)
{
    struct cli *cli = reader->cli;
    size_t equals = dw_str_find_char(argument, '=', 0);
    struct dw_str name = dw_str_slice(argument, 2, equals);
    const struct cli_option *option = find_option(cli, name, '\0');
    if (option == NULL)
        return no_such_option(cli, dw_str_slice(argument, 0, equals), name);
    if (option->argument == NULL && equals != SIZE_MAX) {
        cli_usage_error(cli, "--%s takes no value", option->name);
        return false;
    }
    if (option->argument == NULL)
        return give(cli, option, DW_STR(""));
    if (equals != SIZE_MAX)
        return give(cli, option, dw_str_slice(argument, equals + 1, argument.len));
    return give_next(reader, option);
}

/* "-n", "-rn", "-n5", "-n 5" */
static bool read_short(struct reader *reader, struct dw_str argument)
{
    for (size_t i = 1; i < argument.len; i++) {
        const struct cli_option *option = find_option(reader->cli, DW_STR(""), argument.at[i]);
        if (option == NULL)
            return no_such_option(reader->cli, argument, DW_STR(""));
        if (option->argument != NULL && i + 1 < argument.len)
            return give(reader->cli, option, dw_str_slice(argument, i + 1, argument.len));
        if (option->argument != NULL)
            return give_next(reader, option);
        if (!give(reader->cli, option, DW_STR("")))
            return false;
    }
    return true;
}

/* Options before the command's name are read by the table of the dashboard. */
static bool check_given(struct cli *cli)
{
    for (size_t i = 0; i < cli->given_count; i++) {
        const struct cli_option *o = cli->given[i].option;
        if (find_option(cli, dw_str_from_c(o->name), '\0') != o) {
            cli_usage_error(cli, "it takes no --%s", o->name);
            return false;
        }
    }
    return true;
}

static bool read_operand(struct cli *cli, struct dw_str argument)
{
    if (cli->command == NULL) {
        cli->command = cli_find_command(cli, argument);
        return cli->command != NULL && check_given(cli);
    }
    if (cli->command->operands[0] == '\0') {
        cli_usage_error(cli, "it takes no \"%.*s\"", DW_FMT(argument));
        return false;
    }
    if (dw_strs_push(&cli->arena, &cli->operands, argument))
        return true;
    dw_error_set(&cli->err, DW_ERR_MEMORY, "out of memory for the arguments");
    cli_fail(cli);
    return false;
}

static bool is_number(struct dw_str s)
{
    int64_t number;
    return dw_str_to_int(s, &number);
}

/* In a QUERY "-word" negates: letters of options stand alone there, but for a number ("-n5"). */
static bool is_negation(const struct cli *cli, struct dw_str argument)
{
    if (cli->command == NULL || !cli->command->query || argument.len <= 2 || argument.at[1] == '-')
        return false;
    const struct cli_option *option = find_option(cli, DW_STR(""), argument.at[1]);
    bool numbered = option != NULL && option->argument != NULL && option->argument[0] == 'N';
    return !numbered || !is_number(dw_str_slice(argument, 2, argument.len));
}

bool cli_read_arguments(struct cli *cli, size_t count, const struct dw_str *arguments)
{
    struct reader reader = {.cli = cli, .at = arguments, .count = count};
    bool options_end = false;
    while (reader.next < count) {
        struct dw_str argument = arguments[reader.next++];
        bool dashed = !options_end && argument.len > 1 && argument.at[0] == '-';
        bool done = true;
        if (dashed && dw_str_eq(argument, DW_STR("--")))
            options_end = true;
        else if (!dashed || is_negation(cli, argument))
            done = read_operand(cli, argument);
        else if (dw_str_starts(argument, DW_STR("--")))
            done = read_long(&reader, argument);
        else
            done = read_short(&reader, argument);
        if (!done)
            return false;
    }
    return true;
}
