/* The span of time that --since and --until name. */
#include "internal.h"

/* One of the two; `fallback` where it was not given. */
static bool read_bound(struct cli *cli, const char *name, int64_t fallback, int64_t *time)
{
    struct dw_str value = cli_value(cli, name);
    struct query_options options = {.now = dw_clock_now(&cli->clock)};
    struct query_error wrong = {0};
    struct query *query = NULL;
    *time = fallback;
    if (!cli_has(cli, name))
        return true;
    if (dw_str_find_char(value, '"', 0) == SIZE_MAX)
        query =
            query_parse(&cli->arena, dw_str_format(&cli->arena, "%s:\"%.*s\"", name, DW_FMT(value)),
                        &options, &wrong);
    if (query == NULL || query->type != QUERY_TERM)
        return dw_error_set(&cli->err, DW_ERR_USAGE,
                            "--%s %.*s: wanted is 7d, 36h, today, 2026, 2026-01 or 2026-01-31",
                            name, DW_FMT(value));
    *time = query->time;
    return true;
}

bool cli_span(struct cli *cli, int64_t *since, int64_t *until)
{
    return read_bound(cli, "since", INT64_MIN / 2, since) &&
           read_bound(cli, "until", INT64_MAX / 2, until);
}

bool cli_count_option(struct cli *cli, const char *name, size_t fallback, size_t *count)
{
    int64_t number = 0;
    *count = fallback;
    if (!cli_has(cli, name))
        return true;
    if (!dw_str_to_int(cli_value(cli, name), &number) || number < 0 || number > INT32_MAX)
        return dw_error_set(&cli->err, DW_ERR_USAGE, "--%s %.*s is no count", name,
                            DW_FMT(cli_value(cli, name)));
    *count = number == 0 ? INT32_MAX : (size_t)number;
    return true;
}
