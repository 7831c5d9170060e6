/* dealwire show: one article or event, whole. */
#include "internal.h"

#define ITEM_BYTES (64u << 20) /* one article with its figures, or one event with its evidence */

const struct cli_option cli_show_options[] = {
    {"format", 'f', "FORMAT", "table (for people) or json"},
    {0},
};

/* What an ID on the command line means. */
enum item_kind { ITEM_ANY, ITEM_ARTICLE, ITEM_EVENT };
struct item {
    enum item_kind kind;
    int64_t id;
};

/* "a12", "e12", "E-12", "12" */
static bool read_item(struct dw_str text, struct item *item)
{
    char letter = text.len > 0 ? dw_to_lower(text.at[0]) : '\0';
    item->kind = letter == 'a' ? ITEM_ARTICLE : letter == 'e' ? ITEM_EVENT : ITEM_ANY;
    if (item->kind != ITEM_ANY)
        text = dw_str_slice(text, 1, text.len);
    if (item->kind != ITEM_ANY && dw_str_starts(text, DW_STR("-")))
        text = dw_str_slice(text, 1, text.len);
    return dw_str_to_int(text, &item->id) && item->id > 0;
}

/* What is to be shown, and how. */
struct show {
    struct cli *cli;
    struct store *store;
    struct item *items;
    size_t count;
    struct dw_arena arena; /* of one item */
    bool json;
};

static bool read_items(struct show *show)
{
    struct cli *cli = show->cli;
    show->count = cli->operands.len;
    show->items = dw_arena_array(&cli->arena, show->count, sizeof *show->items);
    if (show->items == NULL)
        return dw_error_set(&cli->err, DW_ERR_MEMORY, "out of memory for the IDs");
    for (size_t i = 0; i < show->count; i++) {
        if (!read_item(cli->operands.at[i], &show->items[i]))
            return dw_error_set(&cli->err, DW_ERR_USAGE,
                                "%.*s is no ID: wanted is a12 for an article, e12 for an event",
                                DW_FMT(cli->operands.at[i]));
    }
    return true;
}

static bool fail_missing(struct cli *cli, const struct item *item)
{
    static const char *const names[] = {
        [ITEM_ANY] = "article or event", [ITEM_ARTICLE] = "article", [ITEM_EVENT] = "event"};
    return dw_error_set(&cli->err, DW_ERR_INPUT, "there is no %s %lld in %.*s", names[item->kind],
                        (long long)item->id, DW_FMT(cli->store_path));
}

/* Finds what is meant and prints it. */
static bool show_item(struct show *show, const struct item *item)
{
    struct cli *cli = show->cli;
    struct store_article article = {0};
    struct store_event event = {0};
    if (item->kind != ITEM_EVENT &&
        !store_article_read(show->store, &show->arena, item->id, &article, &cli->err))
        return false;
    if (item->kind != ITEM_ARTICLE &&
        !store_event_read(show->store, &show->arena, item->id, &event, &cli->err))
        return false;
    if (article.row.id != 0 && event.row.id != 0)
        return dw_error_set(&cli->err, DW_ERR_USAGE,
                            "%lld is an article and an event: say a%lld or e%lld",
                            (long long)item->id, (long long)item->id, (long long)item->id);
    if (article.row.id != 0)
        return cli_show_article(cli, &article, show->json);
    if (event.row.id != 0)
        return cli_show_event(cli, show->store, &event, show->json);
    return fail_missing(cli, item);
}

/* All items, also behind one that cannot be shown; the exit status. */
static int show_all(struct show *show)
{
    struct cli *cli = show->cli;
    int status = 0;
    for (size_t i = 0; i < show->count && cli_out_ok(cli); i++) {
        if (i > 0 && !show->json)
            fputc('\n', cli->out);
        dw_arena_init(&show->arena, ITEM_BYTES);
        if (!show_item(show, &show->items[i])) {
            int failed = cli_fail(cli);
            status = failed > status ? failed : status;
        }
        dw_arena_release(&show->arena);
    }
    return status;
}

int cli_show(struct cli *cli)
{
    enum cli_format format;
    struct show show = {.cli = cli};
    if (cli->operands.len == 0)
        return cli_usage_error(cli, "it wants an ID: a12 for an article, e12 for an event");
    if (!cli_format_of(cli, CLI_TABLE, &format))
        return cli_fail(cli);
    if (format != CLI_TABLE && format != CLI_JSON)
        return cli_usage_error(cli, "--format: show prints table or json");
    show.json = format == CLI_JSON;
    if (!read_items(&show))
        return cli_fail(cli);
    show.store = cli_open_store(cli, STORE_READ);
    int status = show.store != NULL ? show_all(&show) : cli_fail(cli);
    store_close(show.store);
    return status;
}
