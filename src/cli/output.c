/* Rows in every format: a table fitted to the terminal, csv, tsv, JSON, NDJSON, markdown. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define MOST_COLUMNS 24
#define PLAIN_WIDTH 160 /* of a table that no terminal shows */

struct cli_output {
    struct cli *cli;
    const struct cli_column *columns;
    size_t column_count;
    enum cli_format format;
    DW_VEC(struct dw_str) cells; /* of a table: it is fitted when all rows are known */
    size_t at;                   /* column of the next cell */
    size_t rows;
    json_t *object; /* the present row in JSON */
};

static const struct {
    struct dw_str name;
    enum cli_format format;
} formats[] = {
    {DW_STR_INIT("table"), CLI_TABLE},   {DW_STR_INIT("csv"), CLI_CSV},
    {DW_STR_INIT("tsv"), CLI_TSV},       {DW_STR_INIT("json"), CLI_JSON},
    {DW_STR_INIT("ndjson"), CLI_NDJSON}, {DW_STR_INIT("markdown"), CLI_MARKDOWN},
};

bool cli_format_of(struct cli *cli, enum cli_format fallback, enum cli_format *format)
{
    struct dw_str name = cli_value(cli, "format");
    *format = fallback;
    if (name.len == 0 && !cli_has(cli, "format"))
        return true;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (dw_str_eq(name, formats[i].name)) {
            *format = formats[i].format;
            return true;
        }
    }
    return dw_error_set(&cli->err, DW_ERR_USAGE,
                        "--format %.*s: there are table, csv, tsv, json, ndjson and markdown",
                        DW_FMT(name));
}

/* ---- JSON ---- */

json_t *cli_json_str(struct dw_str s)
{
    return s.len > 0 ? json_stringn(s.at, s.len) : json_null();
}

json_t *cli_json_number(double number)
{
    if (isnan(number) || isinf(number))
        return json_null();
    if (number == floor(number) && fabs(number) < 9e15)
        return json_integer((json_int_t)number);
    return json_real(number);
}

json_t *cli_json_time(struct dw_arena *arena, int64_t time)
{
    return cli_json_str(dw_date_iso(arena, time));
}

json_t *cli_json_strs(const struct dw_strs *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->len; i++)
        json_array_append_new(array, json_stringn(list->at[i].at, list->at[i].len));
    return array;
}

void cli_print_json(json_t *json, bool indent)
{
    json_dumpf(json, stdout, (indent ? JSON_INDENT(1) : JSON_COMPACT) | JSON_REAL_PRECISION(15));
    putchar('\n');
}

/* ---- Cells of the text formats ---- */

static void print_csv(struct dw_str s)
{
    bool quoted = false;
    for (size_t i = 0; i < s.len; i++)
        quoted = quoted || s.at[i] == ',' || s.at[i] == '"' || s.at[i] == '\n' || s.at[i] == '\r';
    if (!quoted) {
        fwrite(s.at, 1, s.len, stdout);
        return;
    }
    putchar('"');
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '"')
            putchar('"');
        putchar(s.at[i]);
    }
    putchar('"');
}

static void print_tsv(struct dw_str s)
{
    for (size_t i = 0; i < s.len; i++)
        putchar(s.at[i] == '\t' || s.at[i] == '\n' || s.at[i] == '\r' ? ' ' : s.at[i]);
}

static void print_markdown(struct dw_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '|' || s.at[i] == '\\')
            putchar('\\');
        putchar(s.at[i] == '\n' ? ' ' : s.at[i]);
    }
}

static bool shown_in(const struct cli_column *column, enum cli_format format)
{
    return format == CLI_CSV || format == CLI_TSV || column->title != NULL;
}

static void print_cell(const struct cli_output *o, size_t column, struct dw_str s, bool first)
{
    switch (o->format) {
    case CLI_CSV:
        if (!first)
            putchar(',');
        print_csv(s);
        break;
    case CLI_TSV:
        if (!first)
            putchar('\t');
        print_tsv(s);
        break;
    default:
        fputs(first ? "| " : " | ", stdout);
        print_markdown(s);
        break;
    }
    (void)column;
}

static void end_line(const struct cli_output *o)
{
    /* RFC 4180 ends lines with CR LF */
    fputs(o->format == CLI_CSV ? "\r\n" : o->format == CLI_MARKDOWN ? " |\n" : "\n", stdout);
}

static void print_header(const struct cli_output *o)
{
    bool first = true;
    for (size_t i = 0; i < o->column_count; i++) {
        if (!shown_in(&o->columns[i], o->format))
            continue;
        print_cell(
            o, i,
            dw_str_from_c(o->format == CLI_MARKDOWN ? o->columns[i].title : o->columns[i].name),
            first);
        first = false;
    }
    end_line(o);
    if (o->format != CLI_MARKDOWN)
        return;
    for (size_t i = 0; i < o->column_count; i++) {
        if (shown_in(&o->columns[i], o->format))
            fputs(o->columns[i].right ? "| ---: " : "| --- ", stdout);
    }
    fputs("|\n", stdout);
}

/* ---- The table ---- */

static size_t terminal_width(const struct cli *cli)
{
    struct winsize size;
    if (cli->terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return PLAIN_WIDTH;
}

/* Takes cells from the widest columns until the row fits. */
static void fit(const struct cli_output *o, size_t widths[], size_t wanted)
{
    for (;;) {
        size_t total = 0;
        size_t widest = SIZE_MAX;
        for (size_t i = 0; i < o->column_count; i++) {
            if (o->columns[i].title == NULL)
                continue;
            total += widths[i] + 2;
            bool may_shrink = widths[i] > o->columns[i].least;
            if (may_shrink && (widest == SIZE_MAX || widths[i] > widths[widest]))
                widest = i;
        }
        if (total <= wanted + 2 || widest == SIZE_MAX)
            return;
        widths[widest]--;
    }
}

static const char *colour_of(enum cli_role role)
{
    switch (role) {
    case CLI_MUTED:
        return "\033[2m";
    case CLI_AMOUNT:
        return "\033[36m";
    case CLI_GOOD:
        return "\033[34m";
    case CLI_BAD:
        return "\033[33m";
    default:
        return NULL;
    }
}

static void print_padding(size_t count)
{
    while (count-- > 0)
        putchar(' ');
}

/* Cut by cells, never within a character. */
static struct dw_str cut(struct dw_str s, size_t width, bool *shortened)
{
    struct dw_str rest = s;
    size_t used = 0;
    *shortened = false;
    if (dw_width(s) <= width)
        return s;
    while (rest.len > 0) {
        struct dw_str before = rest;
        size_t cell = dw_width(dw_utf8_cluster(&rest));
        if (used + cell + 1 > width) {
            *shortened = true;
            return (struct dw_str){s.at, s.len - before.len};
        }
        used += cell;
    }
    return s;
}

static void print_fitted(const struct cli_output *o, size_t column, struct dw_str s, size_t width,
                         bool last)
{
    bool shortened;
    struct dw_str text = cut(s, width, &shortened);
    size_t used = dw_width(text) + shortened;
    size_t gap = width > used ? width - used : 0;
    const char *colour = o->cli->colour ? colour_of(o->columns[column].role) : NULL;
    if (o->columns[column].right)
        print_padding(gap);
    if (colour != NULL)
        fputs(colour, stdout);
    fwrite(text.at, 1, text.len, stdout);
    if (shortened)
        fputs("\xe2\x80\xa6", stdout);
    if (colour != NULL)
        fputs("\033[0m", stdout);
    if (!last)
        print_padding((o->columns[column].right ? 0 : gap) + 2);
}

static void print_table_row(const struct cli_output *o, const struct dw_str *cells,
                            const size_t widths[], size_t last)
{
    for (size_t i = 0; i < o->column_count; i++) {
        if (o->columns[i].title != NULL)
            print_fitted(o, i, cells[i], widths[i], i == last);
    }
    putchar('\n');
}

static void print_table(const struct cli_output *o)
{
    size_t widths[MOST_COLUMNS];
    struct dw_str titles[MOST_COLUMNS];
    size_t last = 0;
    for (size_t i = 0; i < o->column_count; i++) {
        titles[i] = dw_str_from_c(o->columns[i].title);
        widths[i] = dw_width(titles[i]);
        last = o->columns[i].title != NULL ? i : last;
    }
    for (size_t n = 0; n < o->cells.len; n++) {
        size_t width = dw_width(o->cells.at[n]);
        size_t column = n % o->column_count;
        widths[column] = width > widths[column] ? width : widths[column];
    }
    fit(o, widths, terminal_width(o->cli));
    print_table_row(o, titles, widths, last);
    for (size_t n = 0; n + o->column_count <= o->cells.len; n += o->column_count)
        print_table_row(o, &o->cells.at[n], widths, last);
}

/* ---- Rows as they come ---- */

struct cli_output *cli_output_begin(struct cli *cli, const struct cli_column *columns,
                                    enum cli_format format)
{
    struct cli_output *o = dw_arena_alloc(&cli->arena, sizeof *o);
    if (cli->arena.failed)
        return NULL;
    *o = (struct cli_output){.cli = cli, .columns = columns, .format = format};
    while (columns[o->column_count].name != NULL && o->column_count < MOST_COLUMNS)
        o->column_count++;
    if (format == CLI_JSON)
        putchar('[');
    else if (format == CLI_CSV || format == CLI_TSV || format == CLI_MARKDOWN)
        print_header(o);
    return o;
}

void cli_output_extra(struct cli_output *o, const char *name, json_t *value)
{
    if (o->format != CLI_JSON && o->format != CLI_NDJSON) {
        json_decref(value);
        return;
    }
    if (o->object == NULL)
        o->object = json_object();
    json_object_set_new(o->object, name, value);
}

static void end_json_row(struct cli_output *o)
{
    if (o->format == CLI_JSON)
        fputs(o->rows > 0 ? ",\n " : "\n ", stdout);
    json_dumpf(o->object, stdout, JSON_COMPACT | JSON_REAL_PRECISION(15));
    if (o->format == CLI_NDJSON)
        putchar('\n');
    json_decref(o->object);
    o->object = NULL;
}

void cli_output_add(struct cli_output *o, struct dw_str shown, json_t *value)
{
    bool first = o->at == 0;
    bool last = o->at + 1 == o->column_count;
    if (o->format == CLI_JSON || o->format == CLI_NDJSON) {
        cli_output_extra(o, o->columns[o->at].name, value != NULL ? value : cli_json_str(shown));
        if (last)
            end_json_row(o);
    } else {
        json_decref(value);
        if (o->format == CLI_TABLE) {
            struct dw_str *cell = dw_vec_push(&o->cli->arena, &o->cells);
            if (cell != NULL)
                *cell = shown;
        } else if (shown_in(&o->columns[o->at], o->format)) {
            print_cell(o, o->at, shown, first);
        }
        if (last && o->format != CLI_TABLE)
            end_line(o);
    }
    o->at = last ? 0 : o->at + 1;
    o->rows += last;
}

bool cli_output_end(struct cli_output *o)
{
    if (o->format == CLI_JSON)
        fputs(o->rows > 0 ? "\n]\n" : "]\n", stdout);
    else if (o->format == CLI_TABLE)
        print_table(o);
    return fflush(stdout) == 0;
}
