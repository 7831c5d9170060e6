/* dealwire parse: feeds as JSON. */
#include "internal.h"

#include "feed-json.h"
#include "feed/feed.h"

const struct cli_option cli_parse_options[] = {
    {"url", '\0', "URL", "where the feed came from: resolves its links"},
    {"content-type", '\0', "TYPE", "the HTTP header that it came with"},
    {"format", 'f', "FORMAT",
     "json, or ndjson: one object a line, as for many files and into pipes"},
    {0},
};

static bool parse_file(struct cli *cli, struct dw_str path, bool indent)
{
    struct dw_arena arena;
    struct dw_feed feed;
    struct dw_feed_input input = {.url = cli_value(cli, "url"),
                                  .content_type = cli_value(cli, "content-type"),
                                  .now = dw_clock_now(&cli->clock)};
    struct dw_str name = dw_str_eq(path, DW_STR("-")) ? DW_STR("standard input") : path;
    dw_arena_init(&arena, DW_LIMIT_DOCUMENT_ARENA);
    bool done = dw_file_read(&arena, path, DW_LIMIT_BODY_BYTES, &input.bytes, &cli->err);
    if (done && !dw_feed_parse(&arena, &input, &feed, &cli->err))
        done = dw_error_wrap(&cli->err, "%.*s", DW_FMT(name));
    done = done && cli_print_json(cli, cli_feed_json(&arena, &feed), indent);
    if (!done)
        cli_fail(cli);
    dw_arena_release(&arena);
    return done;
}

int cli_parse(struct cli *cli)
{
    enum cli_format format;
    enum cli_format usual = cli->terminal && cli->operands.len <= 1 ? CLI_JSON : CLI_NDJSON;
    if (!cli_format_of(cli, usual, &format))
        return cli_fail(cli);
    if (format != CLI_JSON && format != CLI_NDJSON) {
        dw_error_set(&cli->err, DW_ERR_USAGE, "--format: parse prints json or ndjson");
        return cli_fail(cli);
    }
    if (cli->operands.len == 0)
        dw_strs_push(&cli->arena, &cli->operands, DW_STR("-"));
    bool all = true;
    for (size_t i = 0; i < cli->operands.len; i++)
        all = parse_file(cli, cli->operands.at[i], format == CLI_JSON) && all;
    return all ? 0 : 1;
}
