/* Rows of named columns in every format: the cells as they come, the table when all are there. */
#include "internal.h"

#include <math.h>

#include "ui/format.h"

#define RECENT_SECONDS (180 * 86400)
#define TABLE_BYTES (256u << 20) /* cells that wait for the table to be fitted */
#define ROW_BYTES (16u << 20)    /* cells of one row in the other formats */

struct cli_output {
    struct cli *cli;
    const struct cli_column *columns;
    size_t column_count;
    enum cli_format format;
    struct dw_arena arena;       /* of the table's cells, else of the present row */
    DW_VEC(struct dw_str) cells; /* of the table */
    size_t at;                   /* column of the next cell */
    size_t printed;              /* cells of the present row */
    size_t rows;
    json_t *object; /* the present row in JSON; NULL: none has begun, or out of memory */
    bool begun;     /* the present row in JSON */
    bool failed;    /* out of memory */
};

/* ---- Formats --------------------------------------------------------------------------------- */

static const char *const format_names[] = {
#define FORMAT_NAME(format, name) [format] = name,
    CLI_FORMATS(FORMAT_NAME)
#undef FORMAT_NAME
};

bool cli_format_of(struct cli *cli, enum cli_format fallback, enum cli_format *format)
{
    struct dw_str name = cli_value(cli, "format");
    struct dw_strs names = {0};
    *format = fallback;
    if (!cli_has(cli, "format"))
        return true;
    for (int i = 0; i < CLI_FORMAT_COUNT; i++) {
        if (dw_str_eq(name, dw_str_from_c(format_names[i]))) {
            *format = (enum cli_format)i;
            return true;
        }
        dw_strs_push(&cli->arena, &names, dw_str_from_c(format_names[i]));
    }
    struct dw_str list = dw_strs_join(&cli->arena, &names, DW_STR(", "));
    return dw_error_set(&cli->err, DW_ERR_USAGE, "--format %.*s: there are %.*s", DW_FMT(name),
                        DW_FMT(list));
}

static bool is_json(const struct cli_output *o)
{
    return o->format == CLI_JSON || o->format == CLI_NDJSON;
}

/* Formats that a person reads, not a program. */
static bool for_people(const struct cli_output *o)
{
    return o->format == CLI_TABLE || o->format == CLI_MARKDOWN;
}

/* ---- Cells of csv, tsv and markdown ---------------------------------------------------------- */

static void print_csv(FILE *out, struct dw_str s)
{
    bool quoted = false;
    for (size_t i = 0; i < s.len; i++)
        quoted = quoted || s.at[i] == ',' || s.at[i] == '"' || s.at[i] == '\n' || s.at[i] == '\r';
    if (!quoted) {
        fwrite(s.at, 1, s.len, out);
        return;
    }
    fputc('"', out);
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '"')
            fputc('"', out);
        fputc(s.at[i], out);
    }
    fputc('"', out);
}

/* Markdown has its own idea of these; everything else in a cell is text. */
static bool is_markup(char c)
{
    return c == '|' || c == '\\' || c == '*' || c == '_' || c == '`' || c == '[' || c == ']' ||
           c == '<' || c == '>';
}

static void print_markdown(FILE *out, struct dw_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (is_markup(s.at[i]))
            fputc('\\', out);
        fputc(s.at[i], out);
    }
}

static void print_cell(struct cli_output *o, struct dw_str s)
{
    FILE *out = o->cli->out;
    bool first = o->printed++ == 0;
    switch (o->format) {
    case CLI_CSV:
        fputs(first ? "" : ",", out);
        print_csv(out, s);
        break;
    case CLI_TSV: /* the cell is clean: it holds no tab and no line end */
        fputs(first ? "" : "\t", out);
        fwrite(s.at, 1, s.len, out);
        break;
    default:
        fputs(first ? "| " : " | ", out);
        print_markdown(out, s);
        break;
    }
}

static void end_line(struct cli_output *o)
{
    /* RFC 4180 ends lines with CR LF */
    fputs(o->format == CLI_CSV ? "\r\n" : o->format == CLI_MARKDOWN ? " |\n" : "\n", o->cli->out);
    o->printed = 0;
}

static bool has_column(const struct cli_output *o, size_t column)
{
    return !for_people(o) || o->columns[column].title != NULL;
}

static void print_header(struct cli_output *o)
{
    for (size_t i = 0; i < o->column_count; i++) {
        if (has_column(o, i))
            print_cell(o, dw_str_from_c(for_people(o) ? o->columns[i].title : o->columns[i].name));
    }
    end_line(o);
    if (o->format != CLI_MARKDOWN)
        return;
    for (size_t i = 0; i < o->column_count; i++) {
        if (has_column(o, i))
            fputs(o->columns[i].right ? "| ---: " : "| --- ", o->cli->out);
    }
    fputs("|\n", o->cli->out);
}

/* ---- Rows ------------------------------------------------------------------------------------ */

struct cli_output *cli_output_begin(struct cli *cli, const struct cli_column *columns,
                                    enum cli_format format)
{
    struct cli_output *o = dw_arena_alloc(&cli->arena, sizeof *o);
    if (cli->arena.failed) {
        dw_error_set(&cli->err, DW_ERR_MEMORY, "out of memory for rows");
        return NULL;
    }
    *o = (struct cli_output){.cli = cli, .columns = columns, .format = format};
    dw_arena_init(&o->arena, format == CLI_TABLE ? TABLE_BYTES : ROW_BYTES);
    while (columns[o->column_count].name != NULL)
        o->column_count++;
    if (format == CLI_JSON)
        fputc('[', cli->out);
    else if (!is_json(o) && format != CLI_TABLE)
        print_header(o);
    return o;
}

void cli_output_extra(struct cli_output *o, const char *name, json_t *value)
{
    if (!is_json(o)) {
        json_decref(value);
        return;
    }
    if (!o->begun)
        o->object = json_object();
    o->begun = true;
    cli_json_put(&o->object, name, value);
}

static void end_json_row(struct cli_output *o)
{
    FILE *out = o->cli->out;
    if (o->format == CLI_JSON)
        fputs(o->rows > 0 ? ",\n " : "\n ", out);
    if (json_dumpf(o->object, out, JSON_COMPACT | JSON_REAL_PRECISION(15)) != 0 && !ferror(out))
        o->failed = true;
    if (o->format == CLI_NDJSON)
        fputc('\n', out);
    json_decref(o->object);
    o->object = NULL;
    o->begun = false;
}

static void keep_cell(struct cli_output *o, struct dw_str shown)
{
    struct dw_str *cell = dw_vec_push(&o->arena, &o->cells);
    if (cell != NULL)
        *cell = shown;
}

static void end_row(struct cli_output *o)
{
    if (is_json(o))
        end_json_row(o);
    else if (o->format != CLI_TABLE)
        end_line(o);
    o->failed = o->failed || o->arena.failed;
    if (o->format != CLI_TABLE)
        dw_arena_release(&o->arena);
    o->rows++;
    o->at = 0;
    cli_out_ok(o->cli);
}

/* `value` is NULL where the format is not JSON, or for want of memory. */
static void add_cell(struct cli_output *o, struct dw_str shown, json_t *value)
{
    if (is_json(o)) {
        cli_output_extra(o, o->columns[o->at].name, value);
    } else {
        struct dw_str clean = cli_shown(o->cli, &o->arena, shown);
        if (o->format == CLI_TABLE)
            keep_cell(o, clean);
        else if (has_column(o, o->at))
            print_cell(o, clean);
    }
    if (++o->at == o->column_count)
        end_row(o);
}

void cli_output_add(struct cli_output *o, struct dw_str shown, json_t *value)
{
    json_t *json = value != NULL || !is_json(o) ? value : cli_json_str(shown);
    if (is_json(o)) {
        add_cell(o, shown, json);
        return;
    }
    json_decref(json);
    add_cell(o, shown, NULL);
}

bool cli_output_ok(const struct cli_output *o)
{
    return !o->failed && o->cli->out_errno == 0;
}

bool cli_output_end(struct cli_output *o)
{
    o->failed = o->failed || o->arena.failed;
    if (o->format == CLI_JSON)
        fputs(o->rows > 0 ? "\n]\n" : "]\n", o->cli->out);
    else if (o->format == CLI_TABLE && !o->failed)
        cli_table_print(o->cli, o->columns, o->cells.at, o->cells.len);
    json_decref(o->object);
    dw_arena_release(&o->arena);
    return !o->failed || dw_error_set(&o->cli->err, DW_ERR_MEMORY, "out of memory for rows");
}

/* ---- Kinds of cells -------------------------------------------------------------------------- */

/* What a cell is in JSON, made only where it is printed. */
#define JSON_OF(o, expression) (is_json(o) ? (expression) : NULL)

void cli_output_text(struct cli_output *o, struct dw_str text)
{
    add_cell(o, text, JSON_OF(o, cli_json_str(text)));
}

void cli_output_integer(struct cli_output *o, int64_t number)
{
    add_cell(o, dw_str_format(&o->arena, "%lld", (long long)number),
             JSON_OF(o, json_integer(number)));
}

void cli_output_number(struct cli_output *o, double number)
{
    add_cell(o, isnan(number) ? DW_STR("") : dw_str_format(&o->arena, "%.15g", number),
             JSON_OF(o, cli_json_number(number)));
}

void cli_output_share(struct cli_output *o, double share)
{
    add_cell(o, dw_str_format(&o->arena, "%.2f", share), JSON_OF(o, cli_json_share(share)));
}

/* As ls does: the time of what is recent, else the year. */
static struct dw_str time_in_table(struct cli_output *o, int64_t time)
{
    int64_t age = dw_clock_now(&o->cli->clock) - time;
    if (age > -RECENT_SECONDS && age < RECENT_SECONDS)
        return ui_format_moment(&o->arena, time);
    struct dw_civil c = dw_civil_local(time);
    return dw_str_format(&o->arena, "%04d-%02d-%02d", c.year, c.month, c.day);
}

struct dw_str cli_moment(struct dw_arena *arena, int64_t time)
{
    struct dw_civil c = dw_civil_local(time);
    return time == DW_TIME_NONE ? DW_STR("")
                                : dw_str_format(arena, "%04d-%02d-%02d %02d:%02d", c.year, c.month,
                                                c.day, c.hour, c.minute);
}

void cli_output_time(struct cli_output *o, int64_t time)
{
    struct dw_str shown = time == DW_TIME_NONE        ? DW_STR("")
                          : o->format == CLI_TABLE    ? time_in_table(o, time)
                          : o->format == CLI_MARKDOWN ? cli_moment(&o->arena, time)
                                                      : dw_date_iso(&o->arena, time);
    add_cell(o, shown, JSON_OF(o, cli_json_time(&o->arena, time)));
}

void cli_output_names(struct cli_output *o, const struct dw_strs *names)
{
    add_cell(o, dw_strs_join(&o->arena, names, DW_STR(", ")), JSON_OF(o, cli_json_strs(names)));
}

void cli_output_bool(struct cli_output *o, bool yes)
{
    add_cell(o, yes ? DW_STR("yes") : DW_STR("no"), JSON_OF(o, json_boolean(yes)));
}

void cli_output_id(struct cli_output *o, char letter, int64_t id)
{
    struct dw_str shown = DW_STR("");
    if (id > 0 && for_people(o))
        shown = dw_str_format(&o->arena, "%c%lld", letter, (long long)id);
    else if (id > 0)
        shown = dw_str_format(&o->arena, "%lld", (long long)id);
    add_cell(o, shown, JSON_OF(o, cli_json_id(id)));
}
