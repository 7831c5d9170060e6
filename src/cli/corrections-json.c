/* Corrections as NDJSON, a line each, which name figures by their article and place in it, so that
 * another store can take them. */
#include "internal.h"

#include "engine/engine.h"

#define LINE_BYTES (16u << 20)

/* ---- Out ------------------------------------------------------------------------------------- */

static json_t *anchors_json(const struct store_anchors *anchors)
{
    json_t *array = json_array();
    for (size_t i = 0; i < anchors->len; i++) {
        const struct store_anchor *a = &anchors->at[i];
        json_t *json = json_object();
        cli_json_put(&json, "link", cli_json_str(a->link));
        cli_json_put(&json, "title", cli_json_str(a->title));
        cli_json_put(&json, "kind", cli_json_str(a->kind));
        cli_json_put(&json, "start", json_integer(a->start));
        cli_json_put(&json, "end", json_integer(a->stop));
        if (a->in_title)
            cli_json_put(&json, "in", json_string("title"));
        cli_json_append(&array, json);
    }
    return array;
}

/* The lines of an edit as an object. */
static json_t *edit_json(struct dw_arena *arena, struct dw_str text)
{
    json_t *json = json_object();
    struct dw_str line;
    while (text.len > 0 && dw_str_split(&text, '\n', &line)) {
        size_t equals = dw_str_find_char(line, '=', 0);
        if (equals == SIZE_MAX)
            continue;
        const char *name = dw_str_cstr(arena, dw_str_slice(line, 0, equals));
        cli_json_put(&json, name, cli_json_str(dw_str_slice(line, equals + 1, line.len)));
    }
    return json;
}

static json_t *correction_json(struct dw_arena *arena, const struct store_correction *c)
{
    json_t *json = json_object();
    cli_json_put(&json, "action", cli_json_str(store_action_name(c->action)));
    cli_json_put(&json, "at", cli_json_time(arena, c->at));
    if (c->action == STORE_ACTION_EDIT)
        cli_json_put(&json, "edit", edit_json(arena, c->text));
    else if (c->action != STORE_ACTION_MERGE && c->action != STORE_ACTION_SPLIT)
        cli_json_put(&json, "text", cli_json_str(c->text));
    cli_json_put(&json, "figures", anchors_json(&c->figures));
    if (c->others.len > 0)
        cli_json_put(&json, "others", anchors_json(&c->others));
    return json;
}

bool cli_corrections_export(struct cli *cli, struct store *store)
{
    struct store_corrections all = {0};
    bool done = store_correction_list(store, &cli->arena, &all, &cli->err);
    for (size_t i = 0; done && i < all.len; i++)
        if (!all.at[i].undone)
            done = cli_print_json(cli, correction_json(&cli->arena, &all.at[i]), false);
    return done;
}

/* ---- In -------------------------------------------------------------------------------------- */

static struct dw_str text_of(const json_t *json, const char *name)
{
    const json_t *text = json_object_get(json, name);
    if (!json_is_string(text))
        return DW_STR("");
    return (struct dw_str){json_string_value(text), json_string_length(text)};
}

/* The figures of a list whose article the store has; `missing` counts the others. */
static bool read_anchors(struct cli *cli, struct store *store, const json_t *array,
                         struct store_anchors *anchors, size_t *missing)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *json = json_array_get(array, i);
        struct store_anchor anchor = {
            .article = store_article_by_link(store, text_of(json, "link"), text_of(json, "title")),
            .in_title = dw_str_eq(text_of(json, "in"), DW_STR("title")),
            .start = json_integer_value(json_object_get(json, "start")),
            .stop = json_integer_value(json_object_get(json, "end")),
            .kind = text_of(json, "kind"),
        };
        if (anchor.article == 0) {
            ++*missing;
            continue;
        }
        struct store_anchor *added = dw_vec_push(&cli->arena, anchors);
        if (added == NULL)
            return dw_error_set(&cli->err, DW_ERR_MEMORY, "out of memory for corrections");
        *added = anchor;
    }
    return true;
}

static struct dw_str read_edit(struct cli *cli, json_t *edit)
{
    struct dw_buf buf;
    const char *name;
    json_t *value;
    dw_buf_init(&buf, LINE_BYTES);
    json_object_foreach(edit, name, value)
    {
        struct dw_str text = {json_string_value(value), json_string_length(value)};
        dw_buf_add_format(&buf, "%s=%.*s\n", name, DW_FMT(text));
    }
    struct dw_str lines = dw_text_clean(&cli->arena, dw_buf_str(&buf), DW_CLEAN_TEXT);
    dw_buf_release(&buf);
    return lines;
}

/* Takes one over; `taken` tells whether the store has what it is about. */
static bool take(struct cli *cli, struct store *store, json_t *json, bool *taken)
{
    struct store_correction row = {0};
    size_t missing = 0;
    if (!store_action_find(text_of(json, "action"), &row.action))
        return dw_error_set(&cli->err, DW_ERR_INPUT, "\"%.*s\" is no correction",
                            DW_FMT(text_of(json, "action")));
    if (!dw_date_parse(text_of(json, "at"), &row.at))
        row.at = dw_clock_now(&cli->clock);
    row.text = row.action == STORE_ACTION_EDIT
                   ? read_edit(cli, json_object_get(json, "edit"))
                   : dw_text_clean(&cli->arena, text_of(json, "text"), DW_CLEAN_LINE);
    if (!read_anchors(cli, store, json_object_get(json, "figures"), &row.figures, &missing) ||
        !read_anchors(cli, store, json_object_get(json, "others"), &row.others, &missing))
        return false;
    bool two = row.action == STORE_ACTION_MERGE || row.action == STORE_ACTION_SPLIT;
    *taken = row.figures.len > 0 && (!two || row.others.len > 0);
    return !*taken || engine_correction_take(store, &row, &cli->err);
}

static bool import_lines(struct cli *cli, struct store *store, struct dw_str path,
                         struct dw_str bytes)
{
    struct dw_str line;
    long long number = 0;
    long long taken = 0;
    long long left = 0;
    while (bytes.len > 0 && dw_str_split(&bytes, '\n', &line)) {
        bool done = false;
        number++;
        if (dw_str_trim(line).len == 0)
            continue;
        json_t *json = json_loadb(line.at, line.len, 0, NULL);
        bool ok = json_is_object(json)
                      ? take(cli, store, json, &done)
                      : dw_error_set(&cli->err, DW_ERR_INPUT, "this is no JSON object");
        json_decref(json);
        if (!ok)
            return dw_error_wrap(&cli->err, "%.*s, line %lld", DW_FMT(path), number);
        taken += done;
        left += !done;
    }
    fprintf(cli->out, "%lld corrections taken, %lld left out: the store has not their articles\n",
            taken, left);
    return true;
}

bool cli_corrections_import(struct cli *cli, struct store *store)
{
    for (size_t i = 1; i < cli->operands.len; i++) {
        struct dw_str path = cli->operands.at[i];
        struct dw_str bytes;
        if (!dw_file_read(&cli->arena, path, DW_LIMIT_BODY_BYTES, &bytes, &cli->err) ||
            !import_lines(cli, store, path, bytes))
            return false;
    }
    return true;
}
