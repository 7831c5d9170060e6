/* dealwire feeds: the list of feeds, in and out. */
#include "internal.h"

#include "engine/engine.h"
#include "feed/feed.h"

#include <string.h>

const struct cli_option cli_feeds_options[] = {
    {"tag", 't', "TAG", "add: a tag for the feed (may be given several times)"},
    {"title", '\0', "TEXT", "add: what to call it"},
    {"full-text", '\0', NULL, "add: fetch the pages of its articles where it has summaries only"},
    {"no-check", '\0', NULL, "add: take the address as it is, without asking it"},
    {"format", 'f', "FORMAT", "list: table, csv, tsv, json, ndjson or markdown"},
    {0},
};

static const struct cli_column columns[] = {
    {"id", "id", true, 2, CLI_MUTED},
    {"state", "state", false, 4, CLI_GOOD},
    {"title", "title", false, 10, CLI_PLAIN},
    {"tags", "tags", false, 5, CLI_MUTED},
    {"articles", "articles", true, 3, CLI_PLAIN},
    {"last_try", "last try", false, 12, CLI_MUTED},
    {"next_try", "next try", false, 12, CLI_MUTED},
    {"status", NULL, true, 0, CLI_PLAIN},
    {"url", "address", false, 14, CLI_MUTED},
    {"error", "trouble", false, 7, CLI_BAD},
    {0},
};

static struct dw_str state_of(const struct store_feed *feed)
{
    if (feed->pause == STORE_PAUSE_GONE)
        return DW_STR("gone");
    if (feed->pause == STORE_PAUSE_USER)
        return DW_STR("off");
    if (feed->error.len > 0)
        return DW_STR("FAIL");
    return feed->last_try == DW_TIME_NONE ? DW_STR("new") : DW_STR("ok");
}

static void add_feed(struct cli_output *out, const struct store_feed *feed)
{
    cli_output_extra(out, "home", cli_json_str(feed->home));
    cli_output_extra(out, "failures", json_integer(feed->failures));
    cli_output_extra(out, "notice", cli_json_str(feed->notice));
    cli_output_integer(out, feed->id);
    cli_output_text(out, state_of(feed));
    cli_output_text(out, feed->title);
    cli_output_names(out, &feed->tags);
    cli_output_integer(out, feed->articles);
    cli_output_time(out, feed->last_try);
    cli_output_time(out, feed->next_try);
    cli_output_integer(out, feed->status);
    cli_output_text(out, feed->url);
    cli_output_text(out, feed->error);
}

static bool list(struct cli *cli, struct store *store)
{
    enum cli_format format;
    struct store_feeds feeds = {0};
    if (!cli_format_of(cli, CLI_TABLE, &format) ||
        !store_feed_list(store, &cli->arena, &feeds, &cli->err))
        return false;
    struct cli_output *out = cli_output_begin(cli, columns, format);
    if (out == NULL)
        return false;
    for (size_t i = 0; i < feeds.len; i++)
        add_feed(out, &feeds.at[i]);
    return cli_output_end(out);
}

static bool remove_feeds(struct cli *cli, struct store *store)
{
    for (size_t i = 1; i < cli->operands.len; i++) {
        struct store_feed feed;
        if (!store_feed_find(store, &cli->arena, cli->operands.at[i], &feed, &cli->err) ||
            !engine_unsubscribe(store, cli->config_folder, feed.id, &cli->err))
            return false;
        printf("removed %.*s\n", DW_FMT(feed.url));
    }
    return true;
}

static bool import(struct cli *cli, struct store *store)
{
    for (size_t i = 1; i < cli->operands.len; i++) {
        struct dw_str path = cli->operands.at[i];
        struct engine_import list = {.arena = &cli->arena};
        if (!dw_file_read(&cli->arena, path, DW_LIMIT_BODY_BYTES, &list.opml, &cli->err))
            return false;
        if (!engine_subscriptions_import(store, cli->config_folder, &list, &cli->err))
            return dw_error_wrap(&cli->err, "%.*s", DW_FMT(path));
        for (size_t j = 0; j < list.warnings.len; j++)
            fprintf(stderr, "%.*s: %.*s\n", DW_FMT(path), DW_FMT(list.warnings.at[j]));
        printf("%zu feeds added, %zu there already, %zu left out\n", list.added, list.known,
               list.left_out);
    }
    return true;
}

static bool export(struct cli *cli, struct store *store)
{
    struct dw_str opml;
    if (!engine_subscriptions_export(store, &cli->arena, &opml, &cli->err))
        return false;
    fwrite(opml.at, 1, opml.len, stdout);
    return true;
}

/* A user whose first act is to add feeds of his own begins with those, not with the default list.
 */
static const struct {
    const char *name;
    size_t least; /* operands behind it */
    bool sets_up; /* the default list, where there is no configuration at all */
    bool (*run)(struct cli *, struct store *);
} verbs[] = {
    {"list", 0, true, list},
    {"add", 1, false, cli_feeds_add},
    {"remove", 1, true, remove_feeds},
    {"import", 1, false, import},
    {"export", 0, true, export},
    {"check", 0, true, cli_feeds_check},
    {"discover", 1, false, cli_feeds_discover},
};

int cli_feeds(struct cli *cli)
{
    struct dw_str name = cli->operands.len > 0 ? cli->operands.at[0] : DW_STR("list");
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (!dw_str_eq(name, dw_str_from_c(verbs[i].name)))
            continue;
        if (cli->operands.len < 1 + verbs[i].least && verbs[i].least > 0)
            return cli_usage_error(cli, "%s wants what to %s", verbs[i].name, verbs[i].name);
        struct store *store = cli_open_store(cli, STORE_WRITE);
        bool done = store != NULL &&
                    (!verbs[i].sets_up ||
                     engine_subscriptions_load(store, cli->config_folder, &cli->err)) &&
                    verbs[i].run(cli, store);
        store_close(store);
        return done ? 0 : cli_fail(cli);
    }
    return cli_usage_error(cli,
                           "there is no \"%.*s\": list, add, remove, import, export, "
                           "check, discover",
                           DW_FMT(name));
}
