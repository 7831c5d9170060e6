/* What the lists of figures, events and articles share: the query, the order, page after page. */
#include "internal.h"

#define TABLE_ROWS 50 /* printed for people unless they ask for more */
#define PAGE_ROWS 500 /* read from the store at once */
#define PAGE_BYTES (64u << 20)

const struct cli_option cli_list_options[] = {
    {"since", '\0', "TIME", "only what is newer: 7d, 36h, 2026-01 or a date"},
    {"until", '\0', "TIME", "only what is older"},
    {"sort", 's', "COLUMN", "the order: time, amount, ... (see above)"},
    {"reverse", 'r', NULL, "the other way round"},
    {"limit", 'n', "N", "how many rows; 0: all (50 in a table and in markdown, else all)"},
    {"format", 'f', "FORMAT", "table, csv, tsv, json, ndjson or markdown"},
    {0},
};

/* ---- The query ------------------------------------------------------------------------------- */

static struct dw_str resolve(void *context, struct dw_str name)
{
    const struct dw_extractor *const *extractor = context;
    return dw_company_find(*extractor, name);
}

static struct query *parse(struct cli *cli, struct dw_str text, const struct query_options *options)
{
    struct query_error wrong = {0};
    struct query *query = query_parse(&cli->arena, text, options, &wrong);
    if (query == NULL)
        cli->err = wrong.error;
    return query;
}

/* --since and --until are what the fields of that name are. */
static struct query *parse_bound(struct cli *cli, const char *name, enum query_field field,
                                 const struct query_options *options)
{
    struct dw_str value = cli_value(cli, name);
    struct query *query = NULL;
    if (dw_str_find_char(value, '"', 0) == SIZE_MAX)
        query = parse(cli, dw_str_format(&cli->arena, "%s:\"%.*s\"", name, DW_FMT(value)), options);
    if (query != NULL && query->type == QUERY_TERM && query->field == field)
        return query;
    if (cli->err.code != DW_ERR_MEMORY)
        dw_error_set(&cli->err, DW_ERR_USAGE,
                     "--%s %.*s: wanted is 7d, 36h, today, 2026, 2026-01 or 2026-01-31", name,
                     DW_FMT(value));
    return NULL;
}

static struct query *both(struct cli *cli, struct query *left, struct query *right)
{
    struct query *query = dw_arena_alloc(&cli->arena, sizeof *query);
    if (left == NULL || right == NULL)
        return NULL;
    *query = (struct query){.type = QUERY_AND, .left = left, .right = right};
    return query;
}

static bool read_query(struct cli_list *list, enum query_target target,
                       const struct dw_extractor *extractor)
{
    struct cli *cli = list->cli;
    struct query_options options = {
        .now = dw_clock_now(&cli->clock), .resolve = resolve, .context = &extractor};
    struct dw_str text = dw_strs_join(&cli->arena, &cli->operands, DW_STR(" "));
    struct query *query = parse(cli, text, &options);
    if (query == NULL) {
        if (cli->err.code != DW_ERR_MEMORY)
            cli->err.code = DW_ERR_USAGE;
        return false;
    }
    if (cli_has(cli, "since"))
        query = both(cli, query, parse_bound(cli, "since", QUERY_SINCE, &options));
    if (query != NULL && cli_has(cli, "until"))
        query = both(cli, query, parse_bound(cli, "until", QUERY_UNTIL, &options));
    if (query == NULL)
        return false;
    return query_compile(&cli->arena, query, target, &list->condition) ||
           dw_error_set(&cli->err, DW_ERR_MEMORY, "out of memory for the query");
}

/* ---- Order and limit ------------------------------------------------------------------------- */

static bool read_sort(struct cli_list *list, const struct cli_sort *sorts)
{
    struct cli *cli = list->cli;
    struct dw_str name = cli_value(cli, "sort");
    struct dw_strs known = {0};
    list->page.reverse = cli_has(cli, "reverse");
    if (!cli_has(cli, "sort"))
        return true;
    for (const struct cli_sort *s = sorts; s->name != NULL; s++) {
        if (dw_str_eq(name, dw_str_from_c(s->name))) {
            list->page.sort = s->sort;
            return true;
        }
        dw_strs_push(&cli->arena, &known, dw_str_from_c(s->name));
    }
    struct dw_str names = dw_strs_join(&cli->arena, &known, DW_STR(", "));
    return dw_error_set(&cli->err, DW_ERR_USAGE, "--sort %.*s: there are %.*s", DW_FMT(name),
                        DW_FMT(names));
}

/* SIZE_MAX: all. */
static bool read_limit(struct cli_list *list, size_t *limit)
{
    struct cli *cli = list->cli;
    bool for_people = list->format == CLI_TABLE || list->format == CLI_MARKDOWN;
    int64_t number = for_people ? TABLE_ROWS : 0;
    struct dw_str given = cli_value(cli, "limit");
    if (cli_has(cli, "limit") && (!dw_str_to_int(given, &number) || number < 0))
        return dw_error_set(&cli->err, DW_ERR_USAGE, "--limit %.*s: wanted is a number of rows",
                            DW_FMT(given));
    *limit = number == 0 ? SIZE_MAX : (size_t)number;
    return true;
}

/* ---- The rows -------------------------------------------------------------------------------- */

/* Reads and prints pages until the limit, the end, or the end of the reader's patience. */
static bool print_pages(struct cli_list *list, const struct cli_list_type *type, size_t limit)
{
    struct cli *cli = list->cli;
    bool more = true;
    while (more && limit > 0 && cli_output_ok(list->out)) {
        list->page.limit = limit < PAGE_ROWS ? limit : PAGE_ROWS;
        if (!type->print(list))
            return false;
        more = list->rows == list->page.limit;
        limit -= limit == SIZE_MAX ? 0 : list->rows;
        /* where the next page begins outlives this one */
        list->page.after.text = dw_str_dup(&cli->arena, list->page.after.text);
        dw_arena_release(&list->arena);
    }
    return true;
}

/* Says to a person that there is more than the table shows. */
static void tell_rest(struct cli_list *list, const struct cli_list_type *type)
{
    struct cli *cli = list->cli;
    int64_t all = 0;
    if (list->format != CLI_TABLE || !cli->terminal || cli_has(cli, "limit") ||
        !type->count(list->store, &list->condition, &all, NULL))
        return;
    if (all == 0)
        fprintf(cli->messages, "nothing found\n");
    else if (all > TABLE_ROWS)
        fprintf(cli->messages, "%d of %lld%s; --limit 0 shows all\n", TABLE_ROWS, (long long)all,
                all >= STORE_COUNT_LIMIT ? " or more" : "");
}

static bool print_list(struct cli_list *list, const struct cli_list_type *type, size_t limit)
{
    struct cli *cli = list->cli;
    list->store = cli_open_store(cli, STORE_READ);
    if (list->store == NULL)
        return false;
    list->out = cli_output_begin(cli, type->columns, list->format);
    if (list->out == NULL)
        return false;
    list->page.condition = &list->condition;
    bool read = print_pages(list, type, limit);
    bool ended = cli_output_end(list->out);
    if (read && ended)
        tell_rest(list, type);
    return read && ended;
}

int cli_list(struct cli *cli, const struct cli_list_type *type)
{
    struct cli_list list = {.cli = cli};
    struct dw_extractor *extractor = NULL;
    size_t limit = 0;
    dw_arena_init(&list.arena, PAGE_BYTES);
    bool done = cli_format_of(cli, CLI_TABLE, &list.format) && read_limit(&list, &limit) &&
                read_sort(&list, type->sorts) && (extractor = cli_extractor(cli)) != NULL &&
                read_query(&list, type->target, extractor) && print_list(&list, type, limit);
    int status = done ? 0 : cli_fail(cli);
    store_close(list.store);
    dw_extractor_free(extractor);
    dw_arena_release(&list.arena);
    return status;
}
