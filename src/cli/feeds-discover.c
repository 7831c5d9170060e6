/* dealwire feeds discover and add: which feeds a site has, by a few polite requests. */
#include "internal.h"

#include "engine/engine.h"
#include "feed/feed.h"
#include "text/text.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

static const struct cli_column columns[] = {
    {"url", "address", false, 20, CLI_PLAIN},
    {"title", "title", false, 10, CLI_PLAIN},
    {"format", "format", false, 6, CLI_MUTED},
    {"found", "found", false, 8, CLI_MUTED},
    {0},
};

static bool discover(struct cli *cli, struct cli_output *out, struct dw_str address)
{
    struct engine_find find = {.address = address, .clock = &cli->clock};
    if (!engine_find_feeds(&cli->arena, &find, &cli->err))
        return dw_error_wrap(&cli->err, "%.*s", DW_FMT(address));
    for (size_t i = 0; i < find.found.len; i++) {
        const struct engine_feed_found *feed = &find.found.at[i];
        cli_output_add(out, feed->url, NULL);
        cli_output_add(out, feed->title, NULL);
        cli_output_add(out, feed->format, NULL);
        cli_output_add(out, feed->how, NULL);
    }
    return true;
}

bool cli_feeds_discover(struct cli *cli, struct store *store)
{
    (void)store;
    enum cli_format format;
    if (!cli_format_of(cli, CLI_TABLE, &format))
        return false;
    struct cli_output *out = cli_output_begin(cli, columns, format);
    bool done =
        out != NULL || dw_error_set(&cli->err, DW_ERR_MEMORY, "out of memory for the feeds");
    for (size_t i = 1; done && i < cli->operands.len; i++)
        done = discover(cli, out, cli->operands.at[i]);
    if (out != NULL && !cli_output_end(out))
        done = false;
    return done;
}

/* ---- Adding ---- */

static bool is_local(struct cli *cli, struct dw_str address)
{
    bool scheme = dw_str_find(address, DW_STR("://"), 0) != SIZE_MAX;
    bool path = dw_str_starts(address, DW_STR("/")) || dw_str_starts(address, DW_STR("."));
    return !scheme && (path || access(dw_str_cstr(&cli->arena, address), F_OK) == 0);
}

/* The feed of an address: itself, or the first that its site has. An address that does not answer
 * is taken as it is, for a network may be away for a while. */
static bool resolve(struct cli *cli, struct dw_str address, struct dw_opml_feed *feed,
                    struct engine_answer **answer)
{
    struct engine_find find = {.address = address, .clock = &cli->clock, .keep = true};
    feed->url = address;
    *answer = NULL;
    if (cli_has(cli, "no-check") || is_local(cli, address))
        return true;
    if (dw_str_find(address, DW_STR("://"), 0) == SIZE_MAX)
        feed->url = dw_str_format(&cli->arena, "https://%.*s", DW_FMT(address));
    if (!engine_find_feeds(&cli->arena, &find, &cli->err)) {
        if (find.answered)
            return dw_error_wrap(&cli->err, "%.*s", DW_FMT(address));
        fprintf(stderr, "%.*s: %s; added as it is\n", DW_FMT(address), cli->err.message);
        cli->err = (struct dw_error){0};
        return true;
    }
    const struct engine_feeds_found *found = &find.found;
    *answer = find.answer;
    feed->url = found->at[0].url;
    if (feed->title.len == 0)
        feed->title = found->at[0].title;
    for (size_t i = 1; i < found->len; i++)
        printf("also there: %.*s %.*s\n", DW_FMT(found->at[i].url), DW_FMT(found->at[i].title));
    return true;
}

/* Waits until the answer is stored; the number of articles that it brought. */
static size_t follow(struct engine *engine)
{
    size_t articles = 0;
    struct engine_message message = {0};
    while (message.kind != ENGINE_FINISHED) {
        struct pollfd fd = {.fd = engine_fd(engine), .events = POLLIN};
        if (poll(&fd, 1, -1) < 0 && errno != EINTR)
            break;
        while (message.kind != ENGINE_FINISHED && engine_message_take(engine, &message))
            articles += message.kind == ENGINE_FEED_DONE ? message.articles : 0;
    }
    return articles;
}

/* Stores what the feed said when it was looked at, so that it need not be asked again. What goes
 * wrong here, the next fetch makes good. */
static void store_answer(struct cli *cli, int64_t feed, struct engine_answer *answer)
{
    struct dw_error err;
    struct dw_extractor *extractor = cli_extractor(cli);
    struct engine_options options = {.store_path = cli->store_path,
                                     .config_folder = cli->config_folder,
                                     .extractor = extractor,
                                     .clock = &cli->clock};
    struct engine *engine = extractor != NULL ? engine_open(&options, &err) : NULL;
    if (engine == NULL)
        engine_answer_free(answer);
    else if (engine_feed_take(engine, feed, answer))
        printf("%zu new\n", follow(engine));
    engine_close(engine);
    dw_extractor_free(extractor);
}

bool cli_feeds_add(struct cli *cli, struct store *store)
{
    struct dw_opml_feed feed = {.title = cli_value(cli, "title"),
                                .full_text = cli_has(cli, "full-text")};
    struct dw_str title = feed.title;
    for (size_t i = 0; i < cli->given_count; i++) {
        if (strcmp(cli->given[i].option->name, "tag") == 0)
            dw_strs_push(&cli->arena, &feed.folders, cli->given[i].value);
    }
    for (size_t i = 1; i < cli->operands.len; i++) {
        int64_t id;
        struct engine_answer *answer = NULL;
        feed.title = title;
        if (!resolve(cli, cli->operands.at[i], &feed, &answer))
            return false;
        if (!engine_subscribe(store, cli->config_folder, &feed, &id, &cli->err)) {
            engine_answer_free(answer);
            return false;
        }
        struct dw_str shown = dw_url_shown(&cli->arena, feed.url);
        if (answer == NULL) {
            printf("added %.*s; `dealwire fetch` reads it\n", DW_FMT(shown));
            continue;
        }
        printf("added %.*s: ", DW_FMT(shown));
        store_answer(cli, id, answer);
    }
    return true;
}
