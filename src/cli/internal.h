/* What the commands share: their table, their options, where things are, and how rows are printed.
 */
#ifndef CLI_INTERNAL_H
#define CLI_INTERNAL_H

#include <stdio.h>

#include <jansson.h>

#include "cli/cli.h"

#include "base/base.h"
#include "extract/extract.h"
#include "query/query.h"
#include "store/store.h"

/* ---- Commands and options (commands.c, options.c, help.c) ------------------------------------ */

/* An option; a table of them ends with one without a name. */
struct cli_option {
    const char *name;     /* without the dashes */
    char letter;          /* '\0': none */
    const char *argument; /* what it takes, for the help; NULL: nothing */
    const char *help;
};

struct cli;

struct cli_command {
    const char *name;
    const char *operands; /* for the usage line: "[FILE…]"; empty: it takes none */
    const char *summary;  /* one line */
    const struct cli_option *options;
    const char *more; /* what the help says below; NULL: nothing */
    int (*run)(struct cli *cli);
    bool query; /* the operands are a QUERY: "-word" is a word that is not wanted, no option */
};

/* All commands, ended by one without a name; the first is what runs without any command. */
extern const struct cli_command cli_commands[];
/* The options that every command takes. */
extern const struct cli_option cli_global_options[];
extern const struct cli_option cli_no_options[];

#define CLI_MOST_OPTIONS 64

/* One run of the program. */
struct cli {
    struct dw_arena arena; /* lives as long as the run */
    const struct cli_command *command;
    struct dw_strs operands;
    struct {
        const struct cli_option *option;
        struct dw_str value;
    } given[CLI_MOST_OPTIONS];
    size_t given_count;
    FILE *out;      /* data */
    FILE *messages; /* what is said to the person */
    int out_errno;  /* why the first write of data that failed did so; 0: none did */
    struct dw_clock clock;
    struct dw_str config_folder;
    struct dw_str store_path;
    struct dw_str log_path;
    bool terminal; /* standard output is one */
    bool colour;   /* and may be coloured */
    bool ascii;    /* and draws nothing but ASCII */
    size_t width;  /* its cells in a row; 0: no terminal, no limit */
    struct dw_error err;
};

/* The command of a name; NULL: there is none, which was told with the nearest one. */
const struct cli_command *cli_find_command(struct cli *cli, struct dw_str name);
/* Whether an option was given; its last value, empty if it was not. */
bool cli_has(const struct cli *cli, const char *option);
struct dw_str cli_value(const struct cli *cli, const char *option);
/* Reads options and operands, all of them; the command is the one that an operand names, if none
 * has been set. False: wrong usage, told already. */
bool cli_read_arguments(struct cli *cli, size_t count, const struct dw_str *arguments);
/* Prints an error on standard error; the exit status that belongs to it. */
int cli_fail(struct cli *cli);
/* The same for wrong usage: says what to type for help. */
int cli_usage_error(struct cli *cli, const char *format, ...) DW_PRINTF(2, 3);
void cli_print_help(struct cli *cli, const struct cli_command *command);
void cli_print_overview(struct cli *cli);

/* ---- Where things are (paths.c) -------------------------------------------------------------- */

/* Fills the folders and paths by the options, else by XDG and HOME; a path is empty where none of
 * them tells. False: out of memory. */
bool cli_find_paths(struct cli *cli, struct dw_error *err);
/* The extractor with the user's own companies.tsv where there is one. NULL with the error. */
struct dw_extractor *cli_extractor(struct cli *cli);
/* The store, for reading or writing; folders are made where it is written. NULL with the error. */
struct store *cli_open_store(struct cli *cli, enum store_mode mode);
/* The log; NULL where it cannot be written, which stops nothing. */
struct dw_log *cli_open_log(struct cli *cli);

/* ---- Configuration (config.c) ---------------------------------------------------------------- */

/* What the user's file `config` says; 0 and empty where it says nothing. */
struct cli_config {
    struct dw_strs allow_private; /* hosts that may have a private address */
    int64_t interval;             /* seconds between two requests for a feed */
};
/* Reads it; what is wrong in it is told and left at its default. */
void cli_read_config(struct cli *cli, struct cli_config *config);

/* ---- Rows (output.c, output-table.c) --------------------------------------------------------- */

/* name */
#define CLI_FORMATS(X)                  \
    X(CLI_TABLE, "table")               \
    X(CLI_CSV, "csv") /* RFC 4180 */    \
    X(CLI_TSV, "tsv")                   \
    X(CLI_JSON, "json") /* one array */ \
    X(CLI_NDJSON, "ndjson")             \
    X(CLI_MARKDOWN, "markdown")

enum cli_format {
#define CLI_FORMAT_NAME(format, name) format,
    CLI_FORMATS(CLI_FORMAT_NAME)
#undef CLI_FORMAT_NAME
        CLI_FORMAT_COUNT
};

/* The option --format; false with the error if its value is none of them. */
bool cli_format_of(struct cli *cli, enum cli_format fallback, enum cli_format *format);

enum cli_role { CLI_PLAIN, CLI_MUTED, CLI_AMOUNT, CLI_GOOD, CLI_BAD };

struct cli_column {
    const char *name;   /* in csv, tsv and JSON: stable */
    const char *title;  /* in a table and markdown; NULL: not there */
    bool right;         /* aligned right */
    size_t least;       /* cells of a text that a table leaves it rather than drop a muted column */
    enum cli_role role; /* where room is short muted ones are left out first, amounts never */
};

#define CLI_MOST_COLUMNS 32

struct cli_output;
/* Begins rows on cli->out; `columns` ends with one without a name. NULL: out of memory. */
struct cli_output *cli_output_begin(struct cli *cli, const struct cli_column *columns,
                                    enum cli_format format);
/* Each adds the next cell of the present row, which ends with its last column. */
void cli_output_text(struct cli_output *output, struct dw_str text);
void cli_output_integer(struct cli_output *output, int64_t number);
/* Whole numbers are written whole; NAN: nothing, null. */
void cli_output_number(struct cli_output *output, double number);
/* 0 to 1, with two decimals. */
void cli_output_share(struct cli_output *output, double share);
/* Local and short where people read it, else ISO 8601; DW_TIME_NONE: nothing, null. */
void cli_output_time(struct cli_output *output, int64_t time);
void cli_output_names(struct cli_output *output, const struct dw_strs *names);
void cli_output_bool(struct cli_output *output, bool yes);
/* An id that is a number in JSON and has a letter before it where people read it; 0: none. */
void cli_output_id(struct cli_output *output, char letter, int64_t id);
/* Anything else: how it is shown, and what it is in JSON (taken over; NULL: the text itself). */
void cli_output_add(struct cli_output *output, struct dw_str shown, json_t *value);
/* Adds a member to the present row's object in JSON alone; call it before the row's last cell. */
void cli_output_extra(struct cli_output *output, const char *name, json_t *value);
/* Whether going on makes sense: all that was printed so far could be written. */
bool cli_output_ok(const struct cli_output *output);
/* Prints what waits and frees it. False: out of memory, with the error of the run; what could not
 * be written is told when the run ends. */
bool cli_output_end(struct cli_output *output) DW_MUST_CHECK;

/* "2026-01-29 10:42", in local time; empty for DW_TIME_NONE. */
struct dw_str cli_moment(struct dw_arena *arena, int64_t time);

/* Cells of a table (output-table.c): prints the rows fitted to cli->width. */
void cli_table_print(struct cli *cli, const struct cli_column *columns, const struct dw_str *cells,
                     size_t count);
/* Text made fit for a terminal: clean, one line, in ASCII alone where it knows no more. */
struct dw_str cli_shown(const struct cli *cli, struct dw_arena *arena, struct dw_str text);
/* The bytes that colour what follows and end it; empty where nothing is coloured. */
struct dw_str cli_colour(const struct cli *cli, enum cli_role role);
struct dw_str cli_colour_end(const struct cli *cli, enum cli_role role);

/* ---- JSON (json.c) --------------------------------------------------------------------------- */

/* Each gives NULL where there is no memory. */
json_t *cli_json_str(struct dw_str s);                       /* empty: null */
json_t *cli_json_number(double number);                      /* whole ones as integers; NAN: null */
json_t *cli_json_share(double share);                        /* two decimals */
json_t *cli_json_time(struct dw_arena *arena, int64_t time); /* ISO 8601; DW_TIME_NONE: null */
json_t *cli_json_id(int64_t id);                             /* 0: null */
json_t *cli_json_strs(const struct dw_strs *list);
/* Adds a value (taken over) to an object or array. Without memory, or for a NULL value, the whole
 * is freed and becomes NULL, and stays so: the caller looks once, at the end. */
void cli_json_put(json_t **object, const char *name, json_t *value);
void cli_json_append(json_t **array, json_t *value);
/* One JSON document (taken over; NULL: there was no memory for it) as a block or as a line on
 * cli->out. False: out of memory. */
bool cli_print_json(struct cli *cli, json_t *json, bool indent) DW_MUST_CHECK;
/* Remembers a failed write to cli->out; false if there was one. */
bool cli_out_ok(struct cli *cli);

/* ---- Figures (figure-json.c) ----------------------------------------------------------------- */

/* The value as it is printed: NAN for a vague amount, of which only the least is known. */
double cli_figure_value(const struct dw_figure *figure);
/* A figure as figures.md has it. `text` and `title`: what the mentions point into. */
json_t *cli_figure_json(const struct dw_figure *figure, struct dw_str text, struct dw_str title);
/* "$50.0B", "16,000", "9%", "1.2 GW", "$40–50B", "billions": short, for people. */
struct dw_str cli_amount(const struct cli *cli, struct dw_arena *arena,
                         const struct dw_figure *figure);
/* "Amazon → OpenAI", "Amazon", "→ OpenAI", "" */
struct dw_str cli_parties(const struct cli *cli, struct dw_arena *arena,
                          const struct dw_figure *figure);

/* ---- Lists (list.c) -------------------------------------------------------------------------- */

struct cli_sort {
    const char *name;
    int sort; /* enum store_event_sort, … */
};

/* One run of a list. */
struct cli_list {
    struct cli *cli;
    struct store *store;
    struct cli_output *out;
    enum cli_format format;
    struct store_condition condition;
    struct store_page page; /* the next one to read */
    struct dw_arena arena;  /* of the rows of that page */
    size_t rows;            /* that it had */
};

/* What makes one list differ from another. */
struct cli_list_type {
    enum query_target target;
    const struct cli_sort *sorts; /* ended by one without a name */
    const struct cli_column *columns;
    /* Reads list->page and adds its rows; sets list->rows and list->page.after. */
    bool (*print)(struct cli_list *list);
    bool (*count)(struct store *store, const struct store_condition *condition, int64_t *count,
                  struct dw_error *err);
};

/* Reads the operands and --since, --until, --sort, --reverse, --limit, --format, and prints the
 * rows. The exit status. */
int cli_list(struct cli *cli, const struct cli_list_type *type);

/* ---- The commands: a file each --------------------------------------------------------------- */

/* ---- Feeds (feeds-check.c, feeds-discover.c) ---- */

/* Prints how each feed answers, how politely it is asked, and what is wrong with it. */
bool cli_feeds_check(struct cli *cli, struct store *store);
/* Asks the operands' addresses once and prints the feeds that they are or name. */
bool cli_feeds_discover(struct cli *cli, struct store *store);
bool cli_feeds_add(struct cli *cli, struct store *store);

/* ---- Tables over a span (span.c, companies.c) ---- */

/* The span that --since and --until name; all time unless they are given. False: wrong usage. */
bool cli_span(struct cli *cli, int64_t *since, int64_t *until);
/* The count that an option gives; 0 means very many. False: it is none. */
bool cli_count_option(struct cli *cli, const char *name, size_t fallback, size_t *count);
/* Dollars: short where people read them, else a number. */
void cli_output_usd(struct cli *cli, struct cli_output *out, double usd);

/* ---- Corrections (corrections-json.c) ---- */

bool cli_corrections_export(struct cli *cli, struct store *store);
bool cli_corrections_import(struct cli *cli, struct store *store);

extern const struct cli_option cli_companies_options[];
extern const struct cli_option cli_flows_options[];
extern const struct cli_option cli_corrections_options[];
extern const struct cli_option cli_rates_options[];
extern const struct cli_option cli_doctor_options[];
extern const struct cli_option cli_list_options[];
extern const struct cli_option cli_show_options[];
extern const struct cli_option cli_extract_options[];
extern const struct cli_option cli_parse_options[];
extern const struct cli_option cli_read_options[];
extern const struct cli_option cli_fetch_options[];
extern const struct cli_option cli_feeds_options[];
extern const struct cli_option cli_dashboard_options[];

int cli_dashboard(struct cli *cli);
int cli_demo(struct cli *cli);
int cli_fetch(struct cli *cli);
int cli_feeds(struct cli *cli);
int cli_figures(struct cli *cli);
int cli_events(struct cli *cli);
int cli_articles(struct cli *cli);
int cli_show(struct cli *cli);
int cli_companies(struct cli *cli);
int cli_flows(struct cli *cli);
int cli_corrections(struct cli *cli);
int cli_complete(struct cli *cli);
int cli_doctor(struct cli *cli);
int cli_rates(struct cli *cli);
int cli_extract(struct cli *cli);
int cli_parse(struct cli *cli);
int cli_read(struct cli *cli);
int cli_help(struct cli *cli);

/* An article or an event as a page for people, or as JSON (show-article.c, show-event.c). False
 * with the error. */
bool cli_show_article(struct cli *cli, const struct store_article *article, bool json);
bool cli_show_event(struct cli *cli, struct store *store, const struct store_event *event,
                    bool json);

#endif
