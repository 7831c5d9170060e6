/* The table of commands, and the way from the arguments to the command that runs. */
#include "internal.h"

#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ARENA_BYTES (512u << 20)

const struct cli_command cli_commands[] = {
    {"dashboard", "", "open the dashboard (also without any command)", cli_dashboard_options, NULL,
     cli_dashboard},
    {"demo", "", "open the dashboard on the sample feeds: no network, nothing kept",
     cli_dashboard_options, NULL, cli_demo},
    {"fetch", "[FEED…]", "refresh the feeds that are due and say what is new", cli_fetch_options,
     NULL, cli_fetch},
    {"feeds", "[list | add URL | remove FEED | import OPML | export | check | discover URL]",
     "show and change the list of feeds", cli_feeds_options, NULL, cli_feeds},
    {"figures", "[QUERY]", "the figures that were found, newest first", cli_list_options, NULL,
     cli_figures},
    {"events", "[QUERY]", "the events that the figures make, newest first", cli_list_options, NULL,
     cli_events},
    {"articles", "[QUERY]", "the articles, newest first", cli_list_options, NULL, cli_articles},
    {"extract", "[FILE…]", "find the figures of texts, pages and feeds", cli_extract_options, NULL,
     cli_extract},
    {"parse", "[FILE…]", "print feeds as JSON", cli_parse_options, NULL, cli_parse},
    {0},
};

const struct cli_option cli_global_options[] = {
    {"config", '\0', "FOLDER", "the folder of the configuration and of feeds.opml"},
    {"store", '\0', "FILE", "the store"},
    {"log", '\0', "FILE", "the log"},
    {"help", 'h', NULL, "say what a command does and takes"},
    {"version", 'V', NULL, "say which dealwire this is"},
    {0},
};

static const struct cli_command *command_named(const char *name)
{
    for (const struct cli_command *c = cli_commands; c->name != NULL; c++) {
        if (strcmp(c->name, name) == 0)
            return c;
    }
    return NULL;
}

/* How many letters differ, roughly: for "did you mean". */
static size_t distance(const char *a, const char *b)
{
    size_t same = 0;
    struct dw_str x = dw_str_from_c(a);
    struct dw_str y = dw_str_from_c(b);
    for (size_t i = 0; i < x.len; i++)
        same += dw_str_find_char(y, x.at[i], 0) != SIZE_MAX;
    size_t longer = x.len > y.len ? x.len : y.len;
    return longer - (same < longer ? same : longer);
}

static int unknown_command(const char *name)
{
    const struct cli_command *nearest = NULL;
    for (const struct cli_command *c = cli_commands; c->name != NULL; c++) {
        if (nearest == NULL || distance(name, c->name) < distance(name, nearest->name))
            nearest = c;
    }
    fprintf(stderr, "dealwire: no command \"%s\"", name);
    if (nearest != NULL && distance(name, nearest->name) <= 2)
        fprintf(stderr, "; did you mean %s?", nearest->name);
    fprintf(stderr, "\ndealwire --help lists the commands\n");
    return 2;
}

/* DEALWIRE_NOW sets the clock: the program then behaves as at that time. For tests and screenshots.
 */
static bool set_clock(struct cli *cli)
{
    const char *now = getenv("DEALWIRE_NOW");
    int64_t time;
    if (now == NULL || now[0] == '\0')
        return true;
    if (!dw_date_parse(dw_str_from_c(now), &time))
        return dw_error_set(&cli->err, DW_ERR_USAGE,
                            "DEALWIRE_NOW is \"%s\", which names no instant", now);
    cli->clock.offset = time - dw_clock_now(NULL);
    return true;
}

static int run(struct cli *cli, int argc, char **argv)
{
    if (!cli_read_options(cli, argc, argv))
        return 2;
    if (cli_has(cli, "help")) {
        cli_print_help(cli->command);
        return 0;
    }
    if (cli_has(cli, "version")) {
        printf("dealwire %s\n", DW_VERSION);
        return 0;
    }
    const char *no_color = getenv("NO_COLOR");
    cli->terminal = isatty(STDOUT_FILENO) == 1;
    cli->colour = cli->terminal && (no_color == NULL || no_color[0] == '\0');
    if (!set_clock(cli) || !cli_find_paths(cli, &cli->err))
        return cli_fail(cli);
    int status = cli->command->run(cli);
    if (fflush(stdout) != 0 && status == 0) {
        dw_error_set(&cli->err, DW_ERR_FILE, "standard output: cannot be written");
        status = cli_fail(cli);
    }
    return status;
}

static bool takes_value(const struct cli_option *options, const char *argument)
{
    for (const struct cli_option *o = options; o->name != NULL; o++) {
        if (o->argument != NULL && strncmp(argument, "--", 2) == 0 &&
            strcmp(argument + 2, o->name) == 0)
            return true;
    }
    return false;
}

/* Where the command's name stands: the first argument that is no option; 0 if there is none. */
static int command_index(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] != '-')
            return i;
        i +=
            takes_value(cli_global_options, argv[i]) || takes_value(cli_dashboard_options, argv[i]);
    }
    return 0;
}

int cli_main(int argc, char **argv)
{
    setlocale(LC_ALL, "");
    setlocale(LC_NUMERIC, "C"); /* numbers in csv and JSON have a point everywhere */
    signal(SIGPIPE, SIG_IGN);   /* `dealwire figures | head` ends by a failing write */
#ifdef SIGXFSZ
    signal(SIGXFSZ, SIG_IGN); /* a store at its size limit is an error to tell, not a death */
#endif
    int at = command_index(argc, argv);
    const struct cli_command *command = at > 0 ? command_named(argv[at]) : &cli_commands[0];
    if (command == NULL)
        return unknown_command(argv[at]);
    if (at == 0 && argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        cli_print_overview();
        return 0;
    }
    /* what stands before the command's name are options as well */
    for (int i = at; i > 1; i--)
        argv[i] = argv[i - 1];
    struct cli cli = {.command = command};
    dw_arena_init(&cli.arena, ARENA_BYTES);
    int skipped = at > 0 ? 2 : 1;
    int status = run(&cli, argc - skipped, argv + skipped);
    dw_arena_release(&cli.arena);
    return status;
}
