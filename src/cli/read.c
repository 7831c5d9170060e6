/* dealwire read: the story of article pages, as JSON or as plain text. */
#include "internal.h"

#include "page/page.h"

const struct cli_option cli_read_options[] = {
    {"url", '\0', "URL", "where the page came from: resolves its links, may tell its date"},
    {"content-type", '\0', "TYPE", "the HTTP header that it came with"},
    {"format", 'f', "FORMAT",
     "json, ndjson (one object a line; where output is no terminal) or text"},
    {0},
};

enum read_format { READ_JSON, READ_NDJSON, READ_TEXT };

static bool read_format_of(struct cli *cli, enum read_format *format)
{
    static const struct dw_str names[] = {
        [READ_JSON] = DW_STR_INIT("json"),
        [READ_NDJSON] = DW_STR_INIT("ndjson"),
        [READ_TEXT] = DW_STR_INIT("text"),
    };
    struct dw_str wanted = cli_value(cli, "format");
    *format = cli->terminal && cli->operands.len <= 1 ? READ_JSON : READ_NDJSON;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (dw_str_eq(wanted, names[i])) {
            *format = (enum read_format)i;
            return true;
        }
    }
    return !cli_has(cli, "format") ||
           dw_error_set(&cli->err, DW_ERR_USAGE, "--format %.*s: read prints json, ndjson or text",
                        DW_FMT(wanted));
}

static json_t *page_json(struct dw_arena *arena, struct dw_str url, const struct dw_page *page)
{
    json_t *json = json_object();
    cli_json_put(&json, "url", cli_json_str(url));
    cli_json_put(&json, "title", cli_json_str(page->title));
    cli_json_put(&json, "byline", cli_json_str(page->byline));
    cli_json_put(&json, "site", cli_json_str(page->site));
    cli_json_put(&json, "published", cli_json_time(arena, page->published));
    cli_json_put(&json, "language", cli_json_str(page->language));
    cli_json_put(&json, "canonical", cli_json_str(page->canonical));
    cli_json_put(&json, "text", cli_json_str(page->text));
    return json;
}

/* Title, byline and story with a blank line between, as a person reads them. */
static void print_text(struct cli *cli, const struct dw_page *page)
{
    const struct dw_str parts[] = {page->title, page->byline, page->text};
    bool first = true;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].len == 0)
            continue;
        fprintf(cli->out, "%s%.*s\n", first ? "" : "\n", DW_FMT(parts[i]));
        first = false;
    }
}

static bool print_page(struct cli *cli, struct dw_arena *arena, const struct dw_page *page,
                       enum read_format format)
{
    struct dw_str url = dw_text_clean(arena, cli_value(cli, "url"), DW_CLEAN_LINE);
    if (format != READ_TEXT)
        return cli_print_json(cli, page_json(arena, url, page), format == READ_JSON);
    print_text(cli, page);
    cli_out_ok(cli);
    return true;
}

static bool read_file(struct cli *cli, struct dw_str path, enum read_format format)
{
    struct dw_arena arena;
    struct dw_page page;
    struct dw_page_input input = {.url = cli_value(cli, "url"),
                                  .content_type = cli_value(cli, "content-type")};
    struct dw_str name = dw_str_eq(path, DW_STR("-")) ? DW_STR("standard input") : path;
    dw_arena_init(&arena, DW_LIMIT_DOCUMENT_ARENA);
    bool done = dw_file_read(&arena, path, DW_LIMIT_BODY_BYTES, &input.bytes, &cli->err);
    if (done && !dw_page_read(&arena, &input, &page, &cli->err))
        done = dw_error_wrap(&cli->err, "%.*s", DW_FMT(name));
    done = done && print_page(cli, &arena, &page, format);
    if (!done)
        cli_fail(cli);
    else if (page.partial)
        fprintf(cli->messages, "%.*s: only the beginning; the rest is for subscribers\n",
                DW_FMT(name));
    dw_arena_release(&arena);
    return done;
}

int cli_read(struct cli *cli)
{
    enum read_format format;
    if (!read_format_of(cli, &format))
        return cli_fail(cli);
    if (cli->operands.len == 0)
        dw_strs_push(&cli->arena, &cli->operands, DW_STR("-"));
    bool all = true;
    for (size_t i = 0; i < cli->operands.len && cli_out_ok(cli); i++)
        all = read_file(cli, cli->operands.at[i], format) && all;
    return all ? 0 : 1;
}
