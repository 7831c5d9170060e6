/* dealwire feeds discover: which feeds a web page names, by one request. */
#include "internal.h"

#include "feed/feed.h"
#include "fetch/fetch.h"

static const struct cli_column columns[] = {
    {"url", "address", false, 20, CLI_PLAIN},
    {"title", "title", false, 10, CLI_PLAIN},
    {"format", "format", false, 6, CLI_MUTED},
    {0},
};

/* "example.org" is meant as a web address. */
static struct dw_str complete(struct cli *cli, struct dw_str address)
{
    if (dw_str_find(address, DW_STR("://"), 0) != SIZE_MAX)
        return address;
    return dw_str_format(&cli->arena, "https://%.*s", DW_FMT(address));
}

static void add_row(struct cli_output *out, struct dw_str url, struct dw_str title,
                    struct dw_str format)
{
    cli_output_add(out, url, NULL);
    cli_output_add(out, title, NULL);
    cli_output_add(out, format, NULL);
}

/* The answer is a feed itself, or a page that names some. */
static bool read_answer(struct cli *cli, struct cli_output *out,
                        const struct fetch_response *response)
{
    struct dw_feed_input input = {
        .bytes = fetch_response_body(response),
        .url = response->url,
        .content_type = response->content_type,
        .now = DW_TIME_NONE,
    };
    struct dw_feed feed;
    if (dw_feed_parse(&cli->arena, &input, &feed, NULL)) {
        add_row(out, response->url, feed.title, dw_feed_format_name(feed.format));
        return true;
    }
    struct dw_strs found = dw_feed_discover(&cli->arena, input.bytes, response->url);
    for (size_t i = 0; i < found.len; i++)
        add_row(out, found.at[i], DW_STR(""), DW_STR(""));
    return found.len > 0 ||
           dw_error_set(&cli->err, DW_ERR_INPUT,
                        "%.*s is no feed and names none; look on the page for a link called RSS",
                        DW_FMT(response->url));
}

static bool discover(struct cli *cli, struct fetch *fetch, struct cli_output *out,
                     struct dw_str address)
{
    struct fetch_request request = {.url = complete(cli, address), .user_named = true};
    if (!fetch_add(fetch, &request, &cli->err))
        return false;
    struct fetch_response *response = NULL;
    while (response == NULL)
        response = fetch_poll(fetch, DW_LIMIT_TRANSFER_SECONDS * 1000);
    bool done = response->outcome == FETCH_BODY && read_answer(cli, out, response);
    if (response->outcome != FETCH_BODY)
        cli->err = response->error;
    fetch_response_free(response);
    return done;
}

bool cli_feeds_discover(struct cli *cli, struct store *store)
{
    (void)store;
    enum cli_format format;
    if (!cli_format_of(cli, CLI_TABLE, &format))
        return false;
    struct fetch_options options = {.clock = &cli->clock};
    struct fetch *fetch = fetch_new(&options, &cli->err);
    if (fetch == NULL)
        return false;
    struct cli_output *out = cli_output_begin(cli, columns, format);
    bool done =
        out != NULL || dw_error_set(&cli->err, DW_ERR_MEMORY, "out of memory for the feeds");
    for (size_t i = 1; done && i < cli->operands.len; i++)
        done = discover(cli, fetch, out, cli->operands.at[i]);
    if (out != NULL && !cli_output_end(out))
        done = false;
    fetch_free(fetch);
    return done;
}
