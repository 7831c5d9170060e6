/* The configuration: a file of lines "name = value". What is wrong in it is told with its line and
 * what is allowed, and the default is used. */
#include "internal.h"

#include "fetch/fetch.h"

#include <unistd.h>

#define MINUTE 60

/* Host names, apart by commas or blanks. */
static bool set_allow_private(struct cli *cli, struct dw_str value, struct cli_config *config)
{
    size_t start = 0;
    config->allow_private = (struct dw_strs){0};
    for (size_t i = 0; i <= value.len; i++) {
        bool is_end = i == value.len || value.at[i] == ',' || value.at[i] == ' ';
        if (is_end && i > start)
            dw_strs_push(&cli->arena, &config->allow_private, dw_str_slice(value, start, i));
        if (is_end)
            start = i + 1;
    }
    for (size_t i = 0; i < value.len; i++)
        if (value.at[i] == '/' || value.at[i] == '@')
            return false;
    return config->allow_private.len > 0;
}

/* "20m", "3h", "2d". */
static bool set_interval(struct cli *cli, struct dw_str value, struct cli_config *config)
{
    (void)cli;
    static const struct {
        char letter;
        int64_t seconds;
    } units[] = {{'m', MINUTE}, {'h', 60 * MINUTE}, {'d', 24 * 60 * MINUTE}};
    int64_t count = 0;
    if (value.len < 2 || !dw_str_to_int(dw_str_slice(value, 0, value.len - 1), &count) || count < 1)
        return false;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (units[i].letter != value.at[value.len - 1] || count > FETCH_NEXT_MOST)
            continue;
        int64_t seconds = count * units[i].seconds;
        if (seconds < FETCH_INTERVAL_LEAST || seconds > FETCH_NEXT_MOST)
            return false;
        config->interval = seconds;
        return true;
    }
    return false;
}

static const struct {
    struct dw_str name;
    bool (*set)(struct cli *cli, struct dw_str value, struct cli_config *config);
    const char *allowed;
} settings[] = {
    {DW_STR_INIT("allow_private"), set_allow_private, "names of hosts, apart by commas"},
    {DW_STR_INIT("interval"), set_interval, "a time from 10m to 7d, such as 30m or 2h"},
};
#define SETTINGS (sizeof settings / sizeof settings[0])

static void warn(struct cli *cli, struct dw_str path, unsigned line, struct dw_str words)
{
    struct dw_str shown = cli_shown(
        cli, &cli->arena,
        dw_str_format(&cli->arena, "%.*s, line %u: %.*s", DW_FMT(path), line, DW_FMT(words)));
    fprintf(cli->messages, "dealwire: %.*s\n", DW_FMT(shown));
}

static void read_line(struct cli *cli, struct dw_str path, unsigned number, struct dw_str line,
                      struct cli_config *config)
{
    size_t equals = dw_str_find_char(line, '=', 0);
    struct dw_str name = dw_str_trim(dw_str_slice(line, 0, equals));
    struct dw_str value =
        equals == SIZE_MAX ? DW_STR("") : dw_str_trim(dw_str_slice(line, equals + 1, line.len));
    for (size_t i = 0; i < SETTINGS; i++) {
        if (!dw_str_eq(name, settings[i].name))
            continue;
        struct cli_config before = *config;
        if (settings[i].set(cli, value, config))
            return;
        *config = before;
        warn(cli, path, number,
             dw_str_format(&cli->arena, "%.*s wants %s, not \"%.*s\"; the default is used",
                           DW_FMT(name), settings[i].allowed, DW_FMT(value)));
        return;
    }
    warn(cli, path, number,
         dw_str_format(&cli->arena,
                       "there is no setting \"%.*s\"; there are allow_private and "
                       "interval",
                       DW_FMT(name)));
}

void cli_read_config(struct cli *cli, struct cli_config *config)
{
    struct dw_str text;
    struct dw_str line;
    struct dw_str path = dw_str_format(&cli->arena, "%.*s/config", DW_FMT(cli->config_folder));
    *config = (struct cli_config){0};
    if (cli->config_folder.len == 0 || access(path.at, F_OK) != 0)
        return;
    struct dw_error err;
    if (!dw_file_read(&cli->arena, path, DW_LIMIT_CONFIG_BYTES, &text, &err)) {
        fprintf(cli->messages, "dealwire: %s; the defaults are used\n", err.message);
        return;
    }
    for (unsigned number = 1; dw_str_split(&text, '\n', &line); number++) {
        line = dw_str_trim(line);
        if (line.len > 0 && line.at[0] != '#')
            read_line(cli, path, number, line, config);
    }
}
