/* From the arguments to the command that runs, and to the exit status. */
#include "internal.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define ARENA_BYTES (512u << 20) /* rows of the longest table that anybody prints */

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

/* What standard output can show. */
static void look_at_output(struct cli *cli)
{
    struct winsize size;
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    bool dumb = term == NULL || strcmp(term, "dumb") == 0;
    cli->terminal = isatty(STDOUT_FILENO) == 1;
    cli->colour = cli->terminal && !dumb && (no_color == NULL || no_color[0] == '\0');
    cli->ascii = cli->terminal && strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
    if (cli->terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        cli->width = size.ws_col;
}

/* What was printed has to arrive; a reader that went away has had enough, which is no failure. */
static int end_output(struct cli *cli, int status)
{
    fflush(cli->out);
    if (cli_out_ok(cli) || cli->out_errno == EPIPE)
        return status;
    dw_error_set(&cli->err, DW_ERR_FILE, "standard output: %s", strerror(cli->out_errno));
    int failed = cli_fail(cli);
    return status != 0 ? status : failed;
}

static int run(struct cli *cli, size_t count, const struct dw_str *arguments)
{
    if (!cli_read_arguments(cli, count, arguments))
        return 2;
    bool named = cli->command != NULL;
    if (!named)
        cli->command = &cli_commands[0];
    if (cli_has(cli, "version")) {
        fprintf(cli->out, "dealwire %s\n", DW_VERSION);
        return end_output(cli, 0);
    }
    if (cli_has(cli, "help")) {
        if (named)
            cli_print_help(cli, cli->command);
        else
            cli_print_overview(cli);
        return end_output(cli, 0);
    }
    if (!set_clock(cli) || !cli_find_paths(cli, &cli->err))
        return cli_fail(cli);
    return end_output(cli, cli->command->run(cli));
}

static struct dw_str *arguments_of(struct cli *cli, int argc, char **argv)
{
    struct dw_str *arguments = dw_arena_array(&cli->arena, (size_t)argc, sizeof *arguments);
    for (int i = 0; arguments != NULL && i < argc; i++)
        arguments[i] = dw_str_from_c(argv[i]);
    return arguments;
}

int cli_main(int argc, char **argv)
{
    setlocale(LC_ALL, "");
    setlocale(LC_NUMERIC, "C"); /* numbers in csv and JSON have a point everywhere */
    signal(SIGPIPE, SIG_IGN);   /* `dealwire figures | head` ends by a failing write */
#ifdef SIGXFSZ
    signal(SIGXFSZ, SIG_IGN); /* a store at its size limit is an error to tell, not a death */
#endif
    struct cli cli = {.out = stdout, .messages = stderr};
    dw_arena_init(&cli.arena, ARENA_BYTES);
    look_at_output(&cli);
    struct dw_str *arguments = arguments_of(&cli, argc, argv);
    int status = 1;
    if (arguments != NULL && argc > 0) {
        status = run(&cli, (size_t)argc - 1, arguments + 1);
    } else {
        dw_error_set(&cli.err, DW_ERR_MEMORY, "out of memory for the arguments");
        cli_fail(&cli);
    }
    dw_arena_release(&cli.arena);
    return status;
}
