/* The lists of what the store holds: figures, events, articles. */
#include "internal.h"

#include <math.h>
#include <string.h>

#define DEFAULT_ROWS 50
#define MOST_ROWS 1000000

const struct cli_option cli_list_options[] = {
    {"since", '\0', "TIME", "only what is newer: 7d, 36h or a date"},
    {"until", '\0', "DATE", "only what is older"},
    {"sort", '\0', "COLUMN", "time or amount; events also company, kind, sources, status"},
    {"reverse", 'r', NULL, "the other way round"},
    {"limit", 'n', "N", "how many rows (50; 0: all)"},
    {"format", 'f', "FORMAT", "table, csv, tsv, json, ndjson or markdown"},
    {0},
};

static struct dw_str resolve(void *context, struct dw_str name)
{
    return dw_company_find(context, name);
}

/* Operands and the shorthands --since and --until, as one query. */
static struct dw_str query_text(struct cli *cli)
{
    struct dw_str text = dw_strs_join(&cli->arena, &cli->operands, DW_STR(" "));
    if (text.len > 0)
        text = dw_str_format(&cli->arena, "(%.*s)", DW_FMT(text));
    if (cli_has(cli, "since"))
        text = dw_str_format(&cli->arena, "%.*s since:%.*s", DW_FMT(text),
                             DW_FMT(cli_value(cli, "since")));
    if (cli_has(cli, "until"))
        text = dw_str_format(&cli->arena, "%.*s until:%.*s", DW_FMT(text),
                             DW_FMT(cli_value(cli, "until")));
    return text;
}

static bool read_sort(struct cli *cli, const struct cli_sort *sorts, struct cli_list *list)
{
    struct dw_str name = cli_value(cli, "sort");
    struct dw_strs known = {0};
    if (!cli_has(cli, "sort"))
        return true;
    for (const struct cli_sort *s = sorts; s->name != NULL; s++) {
        if (dw_str_eq(name, dw_str_from_c(s->name))) {
            list->page.sort = s->sort;
            return true;
        }
        dw_strs_push(&cli->arena, &known, dw_str_from_c(s->name));
    }
    struct dw_str list_text = dw_strs_join(&cli->arena, &known, DW_STR(", "));
    return dw_error_set(&cli->err, DW_ERR_USAGE, "--sort %.*s: there are %.*s", DW_FMT(name),
                        DW_FMT(list_text));
}

bool cli_read_list(struct cli *cli, const struct dw_extractor *extractor, enum query_target target,
                   const struct cli_sort *sorts, struct cli_list *list)
{
    *list = (struct cli_list){0};
    struct query_error wrong = {0};
    struct query_options options = {.now = dw_clock_now(&cli->clock), .resolve = resolve};
    /* the resolver only reads, but a context is not const */
    union {
        const struct dw_extractor *given;
        void *wanted;
    } context = {extractor};
    options.context = context.wanted;
    struct dw_str text = query_text(cli);
    if (!query_condition(&cli->arena, text, &options, target, &list->condition, &wrong)) {
        cli->err = wrong.error;
        cli->err.code = DW_ERR_USAGE;
        return dw_error_wrap(&cli->err, "query \"%.*s\"", DW_FMT(text));
    }
    int64_t limit = DEFAULT_ROWS;
    if (cli_has(cli, "limit") && (!dw_str_to_int(cli_value(cli, "limit"), &limit) || limit < 0))
        return dw_error_set(&cli->err, DW_ERR_USAGE, "--limit %.*s: wanted is a number of rows",
                            DW_FMT(cli_value(cli, "limit")));
    list->page.condition = &list->condition;
    list->page.limit = limit == 0 ? MOST_ROWS : (size_t)limit;
    list->page.reverse = cli_has(cli, "reverse");
    return read_sort(cli, sorts, list);
}

/* What every list does: extractor for names, store, condition; `print` prints the rows. */
static int run_list(struct cli *cli, enum query_target target, const struct cli_sort *sorts,
                    bool (*print)(struct cli *, struct store *, const struct cli_list *,
                                  enum cli_format))
{
    enum cli_format format;
    struct cli_list list;
    if (!cli_format_of(cli, CLI_TABLE, &format))
        return cli_fail(cli);
    struct dw_extractor *extractor = cli_extractor(cli);
    if (extractor == NULL)
        return cli_fail(cli);
    int status = 0;
    struct store *store = NULL;
    if (!cli_read_list(cli, extractor, target, sorts, &list) ||
        (store = cli_open_store(cli, STORE_READ)) == NULL || !print(cli, store, &list, format))
        status = cli_fail(cli);
    store_close(store);
    dw_extractor_free(extractor);
    return status;
}

static struct dw_str day_of(struct cli *cli, int64_t time, enum cli_format format)
{
    if (time == DW_TIME_NONE)
        return DW_STR("");
    if (format != CLI_TABLE && format != CLI_MARKDOWN)
        return dw_date_iso(&cli->arena, time);
    struct dw_civil c = dw_civil_local(time);
    return dw_str_format(&cli->arena, "%04d-%02d-%02d %02d:%02d", c.year, c.month, c.day, c.hour,
                         c.minute);
}

static struct dw_str joined(struct cli *cli, const struct dw_strs *names)
{
    return dw_strs_join(&cli->arena, names, DW_STR(", "));
}

static json_t *id_json(int64_t id)
{
    return id > 0 ? json_integer(id) : json_null();
}

static struct dw_str plain(struct cli *cli, double value)
{
    return isnan(value) ? DW_STR("") : dw_str_format(&cli->arena, "%.15g", value);
}

/* ---- Figures ---- */

static const struct cli_column figure_columns[] = {
    {"id", NULL, true, 0, CLI_PLAIN},           {"at", "date", false, 10, CLI_MUTED},
    {"kind", "kind", false, 8, CLI_PLAIN},      {"amount", "amount", true, 6, CLI_AMOUNT},
    {"unit", NULL, false, 0, CLI_PLAIN},        {"value", NULL, true, 0, CLI_PLAIN},
    {"low", NULL, true, 0, CLI_PLAIN},          {"high", NULL, true, 0, CLI_PLAIN},
    {"qualifier", NULL, false, 0, CLI_PLAIN},   {"from", "from", false, 8, CLI_PLAIN},
    {"to", "to", false, 8, CLI_PLAIN},          {"status", "status", false, 6, CLI_PLAIN},
    {"confidence", "sure", true, 4, CLI_MUTED}, {"event", NULL, true, 0, CLI_PLAIN},
    {"feed", "feed", false, 6, CLI_MUTED},      {"title", "title", false, 12, CLI_MUTED},
    {"link", NULL, false, 0, CLI_PLAIN},        {0},
};

/* In JSON a record is the figure of figures.md, with the article that it stands in. */
static void add_figure_members(struct cli *cli, struct cli_output *out,
                               const struct store_figure_row *row)
{
    json_t *figure = cli_figure_json(&row->figure, DW_STR(""), DW_STR(""));
    const char *key;
    json_t *value;
    json_object_foreach(figure, key, value)
    {
        if (strcmp(key, "mentions") != 0)
            cli_output_extra(out, key, json_incref(value));
    }
    json_decref(figure);
    cli_output_extra(out, "surface", cli_json_str(row->surface));
    cli_output_extra(out, "sentence", cli_json_str(row->sentence));
    cli_output_extra(out, "usd", cli_json_number(row->usd));
    cli_output_extra(out, "published", cli_json_time(&cli->arena, row->at));
}

static void add_figure(struct cli *cli, struct cli_output *out, const struct store_figure_row *row,
                       enum cli_format format)
{
    const struct dw_figure *f = &row->figure;
    add_figure_members(cli, out, row);
    cli_output_add(out, dw_str_format(&cli->arena, "%lld", (long long)row->id), id_json(row->id));
    cli_output_add(out, day_of(cli, row->at, format), cli_json_time(&cli->arena, row->at));
    cli_output_add(out, dw_kind_name(f->kind), NULL);
    cli_output_add(out, cli_amount(&cli->arena, f), NULL);
    cli_output_add(out, f->unit, NULL);
    cli_output_add(out, plain(cli, f->value), cli_json_number(f->value));
    cli_output_add(out, plain(cli, f->low), cli_json_number(f->low));
    cli_output_add(out, plain(cli, f->high), cli_json_number(f->high));
    cli_output_add(out, dw_qualifier_name(f->qualifier), NULL);
    cli_output_add(out, joined(cli, &f->from), cli_json_strs(&f->from));
    cli_output_add(out, joined(cli, &f->to), cli_json_strs(&f->to));
    cli_output_add(out, dw_status_name(f->status), NULL);
    cli_output_add(out, dw_str_format(&cli->arena, "%.2f", f->confidence),
                   json_real(round(f->confidence * 100) / 100));
    cli_output_add(out,
                   row->event > 0 ? dw_str_format(&cli->arena, "%lld", (long long)row->event)
                                  : DW_STR(""),
                   id_json(row->event));
    cli_output_add(out, row->feed_title, NULL);
    cli_output_add(out, row->article_title, NULL);
    cli_output_add(out, row->article_url, NULL);
}

static bool print_figures(struct cli *cli, struct store *store, const struct cli_list *list,
                          enum cli_format format)
{
    struct store_figure_rows rows = {0};
    if (!store_figure_list(store, &cli->arena, &list->page, &rows, &cli->err))
        return false;
    struct cli_output *out = cli_output_begin(cli, figure_columns, format);
    if (out == NULL)
        return dw_error_set(&cli->err, DW_ERR_MEMORY, "out of memory for the figures");
    for (size_t i = 0; i < rows.len; i++)
        add_figure(cli, out, &rows.at[i], format);
    return cli_output_end(out);
}

int cli_figures(struct cli *cli)
{
    static const struct cli_sort sorts[] = {
        {"time", STORE_FIGURE_BY_TIME}, {"amount", STORE_FIGURE_BY_AMOUNT}, {0}};
    return run_list(cli, QUERY_FIGURES, sorts, print_figures);
}

/* ---- Events ---- */

static const struct cli_column event_columns[] = {
    {"id", "id", true, 3, CLI_MUTED},           {"last_seen", "last seen", false, 10, CLI_MUTED},
    {"first_seen", NULL, false, 0, CLI_PLAIN},  {"kind", "kind", false, 8, CLI_PLAIN},
    {"amount", "amount", true, 6, CLI_AMOUNT},  {"unit", NULL, false, 0, CLI_PLAIN},
    {"value", NULL, true, 0, CLI_PLAIN},        {"low", NULL, true, 0, CLI_PLAIN},
    {"high", NULL, true, 0, CLI_PLAIN},         {"qualifier", NULL, false, 0, CLI_PLAIN},
    {"usd", NULL, true, 0, CLI_PLAIN},          {"from", "from", false, 10, CLI_PLAIN},
    {"to", "to", false, 10, CLI_PLAIN},         {"status", "status", false, 9, CLI_PLAIN},
    {"sources", "sources", true, 3, CLI_PLAIN}, {"revisions", "changes", true, 3, CLI_PLAIN},
    {"term", NULL, false, 0, CLI_PLAIN},        {"when", NULL, false, 0, CLI_PLAIN},
    {"confidence", "sure", true, 4, CLI_MUTED}, {0},
};

static void add_event(struct cli *cli, struct cli_output *out, const struct store_event_row *row,
                      enum cli_format format)
{
    const struct dw_figure *f = &row->figure;
    struct dw_arena *arena = &cli->arena;
    cli_output_add(out, dw_str_format(arena, "%lld", (long long)row->id), id_json(row->id));
    cli_output_add(out, day_of(cli, row->last_seen, format), cli_json_time(arena, row->last_seen));
    cli_output_add(out, day_of(cli, row->first_seen, format),
                   cli_json_time(arena, row->first_seen));
    cli_output_add(out, dw_kind_name(f->kind), NULL);
    cli_output_add(out, cli_amount(arena, f), NULL);
    cli_output_add(out, f->unit, NULL);
    cli_output_add(out, plain(cli, f->value), cli_json_number(f->value));
    cli_output_add(out, plain(cli, f->low), cli_json_number(f->low));
    cli_output_add(out, plain(cli, f->high), cli_json_number(f->high));
    cli_output_add(out, dw_qualifier_name(f->qualifier), NULL);
    cli_output_add(out, plain(cli, row->usd), cli_json_number(row->usd));
    cli_output_add(out, joined(cli, &f->from), cli_json_strs(&f->from));
    cli_output_add(out, joined(cli, &f->to), cli_json_strs(&f->to));
    cli_output_add(out, dw_status_name(f->status), NULL);
    cli_output_add(out, dw_str_format(arena, "%lld", (long long)row->sources),
                   json_integer(row->sources));
    cli_output_add(out, dw_str_format(arena, "%lld", (long long)row->revisions),
                   json_integer(row->revisions));
    cli_output_add(out, f->term, NULL);
    cli_output_add(out, f->when, NULL);
    cli_output_add(out, dw_str_format(arena, "%.2f", row->confidence),
                   json_real(round(row->confidence * 100) / 100));
}

static bool print_events(struct cli *cli, struct store *store, const struct cli_list *list,
                         enum cli_format format)
{
    struct store_event_rows rows = {0};
    if (!store_event_list(store, &cli->arena, &list->page, &rows, &cli->err))
        return false;
    struct cli_output *out = cli_output_begin(cli, event_columns, format);
    if (out == NULL)
        return dw_error_set(&cli->err, DW_ERR_MEMORY, "out of memory for the events");
    for (size_t i = 0; i < rows.len; i++)
        add_event(cli, out, &rows.at[i], format);
    return cli_output_end(out);
}

int cli_events(struct cli *cli)
{
    static const struct cli_sort sorts[] = {{"time", STORE_EVENT_BY_TIME},
                                            {"amount", STORE_EVENT_BY_AMOUNT},
                                            {"company", STORE_EVENT_BY_COMPANY},
                                            {"kind", STORE_EVENT_BY_KIND},
                                            {"sources", STORE_EVENT_BY_SOURCES},
                                            {"status", STORE_EVENT_BY_STATUS},
                                            {0}};
    return run_list(cli, QUERY_EVENTS, sorts, print_events);
}

/* ---- Articles ---- */

static const struct cli_column article_columns[] = {
    {"id", "id", true, 3, CLI_MUTED},
    {"published", "published", false, 10, CLI_MUTED},
    {"feed", "feed", false, 8, CLI_MUTED},
    {"title", "title", false, 20, CLI_PLAIN},
    {"figures", "figures", true, 3, CLI_AMOUNT},
    {"author", NULL, false, 0, CLI_PLAIN},
    {"read", NULL, false, 0, CLI_PLAIN},
    {"starred", NULL, false, 0, CLI_PLAIN},
    {"link", NULL, false, 0, CLI_PLAIN},
    {0},
};

static void add_article(struct cli *cli, struct cli_output *out,
                        const struct store_article_row *row, enum cli_format format)
{
    struct dw_arena *arena = &cli->arena;
    cli_output_extra(out, "first_seen", cli_json_time(arena, row->first_seen));
    cli_output_add(out, dw_str_format(arena, "%lld", (long long)row->id), id_json(row->id));
    cli_output_add(out, day_of(cli, row->at, format), cli_json_time(arena, row->published));
    cli_output_add(out, row->feed_title, NULL);
    cli_output_add(out, row->title, NULL);
    cli_output_add(out, dw_str_format(arena, "%lld", (long long)row->figures),
                   json_integer(row->figures));
    cli_output_add(out, row->author, NULL);
    cli_output_add(out, row->read ? DW_STR("yes") : DW_STR("no"), json_boolean(row->read));
    cli_output_add(out, row->starred ? DW_STR("yes") : DW_STR("no"), json_boolean(row->starred));
    cli_output_add(out, row->url, NULL);
}

static bool print_articles(struct cli *cli, struct store *store, const struct cli_list *list,
                           enum cli_format format)
{
    struct store_article_rows rows = {0};
    if (!store_article_list(store, &cli->arena, &list->page, &rows, &cli->err))
        return false;
    struct cli_output *out = cli_output_begin(cli, article_columns, format);
    if (out == NULL)
        return dw_error_set(&cli->err, DW_ERR_MEMORY, "out of memory for the articles");
    for (size_t i = 0; i < rows.len; i++)
        add_article(cli, out, &rows.at[i], format);
    return cli_output_end(out);
}

int cli_articles(struct cli *cli)
{
    static const struct cli_sort sorts[] = {{"time", STORE_ARTICLE_BY_TIME},
                                            {"feed", STORE_ARTICLE_BY_FEED},
                                            {"title", STORE_ARTICLE_BY_TITLE},
                                            {"amount", STORE_ARTICLE_BY_AMOUNT},
                                            {0}};
    return run_list(cli, QUERY_ARTICLES, sorts, print_articles);
}
