/* dealwire articles: the articles in the store. */
#include "internal.h"

static const struct cli_column columns[] = {
    {"id", "id", true, 3, CLI_MUTED},
    {"published", "published", false, 12, CLI_MUTED},
    {"first_seen", NULL, false, 0, CLI_PLAIN},
    {"feed", "feed", false, 8, CLI_MUTED},
    {"figures", "figures", true, 3, CLI_AMOUNT},
    {"title", "title", false, 30, CLI_PLAIN},
    {"author", NULL, false, 0, CLI_PLAIN},
    {"read", NULL, false, 0, CLI_PLAIN},
    {"starred", NULL, false, 0, CLI_PLAIN},
    {"link", NULL, false, 0, CLI_PLAIN},
    {0},
};

static void add_row(struct cli_list *list, const struct store_article_row *row)
{
    struct cli_output *out = list->out;
    cli_output_id(out, 'a', row->id);
    cli_output_time(out, list->format == CLI_TABLE ? row->at : row->published);
    cli_output_time(out, row->first_seen);
    cli_output_text(out, row->feed_title);
    cli_output_integer(out, row->figures);
    cli_output_text(out, row->title);
    cli_output_text(out, row->author);
    cli_output_bool(out, row->read);
    cli_output_bool(out, row->starred);
    cli_output_text(out, row->url);
}

static bool print(struct cli_list *list)
{
    struct store_article_rows rows = {0};
    if (!store_article_list(list->store, &list->arena, &list->page, &rows, &list->cli->err))
        return false;
    for (size_t i = 0; i < rows.len && cli_output_ok(list->out); i++)
        add_row(list, &rows.at[i]);
    list->rows = rows.len;
    if (rows.len > 0)
        list->page.after = rows.at[rows.len - 1].key;
    return true;
}

int cli_articles(struct cli *cli)
{
    static const struct cli_sort sorts[] = {{"time", STORE_ARTICLE_BY_TIME},
                                            {"feed", STORE_ARTICLE_BY_FEED},
                                            {"title", STORE_ARTICLE_BY_TITLE},
                                            {"amount", STORE_ARTICLE_BY_AMOUNT},
                                            {0}};
    static const struct cli_list_type type = {.target = QUERY_ARTICLES,
                                              .sorts = sorts,
                                              .columns = columns,
                                              .print = print,
                                              .count = store_article_count};
    return cli_list(cli, &type);
}
