/* dealwire corrections: what the user says of events, done and undone, in and out. */
#include "internal.h"

#include "engine/engine.h"

const struct cli_option cli_corrections_options[] = {
    {"format", 'f', "FORMAT", "list: table, csv, tsv, json, ndjson or markdown"},
    {0},
};

static const struct cli_column columns[] = {
    {"id", "id", true, 2, CLI_MUTED},
    {"at", "at", false, 12, CLI_MUTED},
    {"action", "action", false, 7, CLI_PLAIN},
    {"text", "text", false, 10, CLI_PLAIN},
    {"article", "article", false, 14, CLI_MUTED},
    {"undone", "undone", false, 3, CLI_BAD},
    {0},
};

static bool list(struct cli *cli, struct store *store)
{
    enum cli_format format;
    struct store_corrections all = {0};
    if (!cli_format_of(cli, CLI_TABLE, &format) ||
        !store_correction_list(store, &cli->arena, &all, &cli->err))
        return false;
    struct cli_output *out = cli_output_begin(cli, columns, format);
    if (out == NULL)
        return false;
    for (size_t i = 0; i < all.len; i++) {
        const struct store_correction *c = &all.at[i];
        cli_output_integer(out, c->id);
        cli_output_time(out, c->at);
        cli_output_text(out, store_action_name(c->action));
        cli_output_text(out, c->text);
        cli_output_text(out, c->figures.len > 0 ? c->figures.at[0].title : DW_STR(""));
        cli_output_bool(out, c->undone);
    }
    return cli_output_end(out);
}

/* ---- One correction -------------------------------------------------------------------------- */

/* "e12" or "12"; an article has an a before it. */
static bool read_id(struct cli *cli, struct dw_str text, char letter, int64_t *id)
{
    struct dw_str digits = text;
    if (digits.len > 0 && dw_to_lower(digits.at[0]) == letter)
        digits = dw_str_slice(digits, 1, digits.len);
    if (dw_str_to_int(digits, id) && *id > 0)
        return true;
    return dw_error_set(&cli->err, DW_ERR_USAGE, "%.*s is no ID: wanted is %c12", DW_FMT(text),
                        letter);
}

/* "4.2B" of an amount as the query language reads it, in digits; a unit that it names comes along.
 */
static bool add_value(struct cli *cli, struct dw_buf *text, struct dw_str value)
{
    struct query_error wrong = {0};
    struct query_options options = {.now = 0};
    struct dw_str asked = dw_str_format(&cli->arena, "amount=\"%.*s\"", DW_FMT(value));
    struct query *query = query_parse(&cli->arena, asked, &options, &wrong);
    if (query == NULL || query->type != QUERY_TERM)
        return dw_error_set(&cli->err, DW_ERR_USAGE, "%.*s is no amount: wanted is 4.2B",
                            DW_FMT(value));
    dw_buf_add_format(text, "value=%.17g\n", query->number);
    if (query->unit.len > 0)
        dw_buf_add_format(text, "unit=%.*s\n", DW_FMT(query->unit));
    return true;
}

/* "status=denied" as a line of an edit. */
static bool add_line(struct cli *cli, struct dw_buf *text, struct dw_str pair)
{
    size_t equals = dw_str_find_char(pair, '=', 0);
    if (equals == SIZE_MAX)
        return dw_error_set(&cli->err, DW_ERR_USAGE,
                            "%.*s changes nothing: wanted is "
                            "status=denied, value=4.2B, kind=round, from=NAME|NAME, to=NAME, "
                            "unit=EUR",
                            DW_FMT(pair));
    struct dw_str name = dw_str_slice(pair, 0, equals);
    struct dw_str value = dw_str_slice(pair, equals + 1, pair.len);
    if (dw_str_eq(name, DW_STR("value")))
        return add_value(cli, text, value);
    dw_buf_add_format(text, "%.*s=%.*s\n", DW_FMT(name), DW_FMT(value));
    return true;
}

/* The operands behind the event: lines of an edit, or the words of a note. */
static bool read_text(struct cli *cli, enum store_action action, struct dw_str *text)
{
    struct dw_buf buf;
    bool done = true;
    dw_buf_init(&buf, DW_LIMIT_QUERY_BYTES * 4);
    for (size_t i = 2; done && i < cli->operands.len; i++) {
        if (action == STORE_ACTION_EDIT) {
            done = add_line(cli, &buf, cli->operands.at[i]);
            continue;
        }
        if (i > 2)
            dw_buf_add_char(&buf, ' ');
        dw_buf_add(&buf, cli->operands.at[i]);
    }
    struct dw_str bytes = dw_buf_str(&buf);
    if (done && !dw_buf_ok(&buf))
        done = dw_error_set(&cli->err, DW_ERR_LIMIT, "that is too long for a correction");
    *text = dw_text_clean(&cli->arena, bytes,
                          action == STORE_ACTION_EDIT ? DW_CLEAN_TEXT : DW_CLEAN_LINE);
    dw_buf_release(&buf);
    return done;
}

static bool correct(struct cli *cli, struct store *store, enum store_action action)
{
    struct engine_correction what = {.action = action, .at = dw_clock_now(&cli->clock)};
    bool two = action == STORE_ACTION_MERGE || action == STORE_ACTION_SPLIT;
    bool is_switch = action == STORE_ACTION_STAR || action == STORE_ACTION_DISMISS;
    int64_t id = 0;
    if (!read_id(cli, cli->operands.at[1], 'e', &what.event))
        return false;
    if (two && cli->operands.len != 3)
        return dw_error_set(&cli->err, DW_ERR_USAGE, "%.*s wants an event and %s",
                            DW_FMT(store_action_name(action)),
                            action == STORE_ACTION_MERGE ? "one that goes into it"
                                                         : "an article that leaves it");
    if (two &&
        !read_id(cli, cli->operands.at[2], action == STORE_ACTION_MERGE ? 'e' : 'a', &what.other))
        return false;
    if (!two && !read_text(cli, action, &what.text))
        return false;
    if (is_switch && what.text.len == 0)
        what.text = DW_STR("on");
    if (!engine_correct(store, &what, &id, &cli->err))
        return false;
    fprintf(cli->out, "correction %lld: %.*s\n", (long long)id, DW_FMT(store_action_name(action)));
    return true;
}

static bool undo(struct cli *cli, struct store *store)
{
    int64_t id = 0;
    int64_t undone = 0;
    if (cli->operands.len > 1 && !read_id(cli, cli->operands.at[1], 'c', &id))
        return false;
    if (!engine_correction_undo(store, id, &undone, &cli->err))
        return false;
    fprintf(cli->out, "correction %lld: undone\n", (long long)undone);
    return true;
}

/* ---- The command ----------------------------------------------------------------------------- */

static const struct {
    const char *name;
    size_t least; /* operands behind it */
    enum store_mode mode;
    bool (*run)(struct cli *, struct store *);
} verbs[] = {
    {"list", 0, STORE_READ, list},
    {"export", 0, STORE_READ, cli_corrections_export},
    {"import", 1, STORE_WRITE, cli_corrections_import},
    {"undo", 0, STORE_WRITE, undo},
};

static int run(struct cli *cli, size_t verb, enum store_action action)
{
    bool is_verb = verb < sizeof verbs / sizeof verbs[0];
    struct store *store = cli_open_store(cli, is_verb ? verbs[verb].mode : STORE_WRITE);
    bool done = store != NULL;
    bool writes = done && (!is_verb || verbs[verb].mode == STORE_WRITE);
    if (writes)
        done = store_begin(store, &cli->err);
    if (done)
        done = is_verb ? verbs[verb].run(cli, store) : correct(cli, store, action);
    if (done && writes)
        done = store_commit(store, &cli->err);
    store_close(store);
    return done ? 0 : cli_fail(cli);
}

int cli_corrections(struct cli *cli)
{
    struct dw_str name = cli->operands.len > 0 ? cli->operands.at[0] : DW_STR("list");
    enum store_action action = STORE_ACTION_EDIT;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (!dw_str_eq(name, dw_str_from_c(verbs[i].name)))
            continue;
        if (cli->operands.len < 1 + verbs[i].least && verbs[i].least > 0)
            return cli_usage_error(cli, "%s wants what to %s", verbs[i].name, verbs[i].name);
        return run(cli, i, action);
    }
    if (!store_action_find(name, &action))
        return cli_usage_error(cli,
                               "there is no \"%.*s\": list, export, import, undo, edit, dismiss, "
                               "merge, split, star, note",
                               DW_FMT(name));
    if (cli->operands.len < 2)
        return cli_usage_error(cli, "%.*s wants an event: e12", DW_FMT(name));
    return run(cli, SIZE_MAX, action);
}
