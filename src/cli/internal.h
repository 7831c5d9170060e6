/* What the commands share: their table, their options, where things are, and how rows are printed.
 */
#ifndef CLI_INTERNAL_H
#define CLI_INTERNAL_H

#include <jansson.h>
#include <stdio.h>

#include "cli/cli.h"

#include "base/base.h"
#include "extract/extract.h"
#include "query/query.h"
#include "store/store.h"

/* ---- Commands and options (commands.c, options.c) ---- */

/* An option; the table of a command ends with one without a name. */
struct cli_option {
    const char *name;     /* without the dashes */
    char letter;          /* '\0': none */
    const char *argument; /* what it takes, for the help; NULL: nothing */
    const char *help;
};

struct cli;

struct cli_command {
    const char *name;
    const char *operands; /* for the usage line: "[FILE…]" */
    const char *summary;  /* one line */
    const struct cli_option *options;
    const char *more; /* what the help says below; NULL: nothing */
    int (*run)(struct cli *cli);
};

/* All commands, ended by one without a name; the options that every command takes. */
extern const struct cli_command cli_commands[];
extern const struct cli_option cli_global_options[];

#define CLI_MOST_OPTIONS 64

/* One run of the program. */
struct cli {
    struct dw_arena arena;
    const struct cli_command *command;
    struct dw_strs operands;
    struct {
        const struct cli_option *option;
        struct dw_str value;
    } given[CLI_MOST_OPTIONS];
    size_t given_count;
    struct dw_clock clock;
    struct dw_str config_folder;
    struct dw_str store_path;
    struct dw_str log_path;
    bool terminal; /* standard output is one */
    bool colour;   /* and may be coloured */
    struct dw_error err;
};

/* Whether an option was given; its last value, empty if it was not. */
bool cli_has(const struct cli *cli, const char *option);
struct dw_str cli_value(const struct cli *cli, const char *option);
/* Reads the arguments behind the command's name. False: wrong usage, told already. */
bool cli_read_options(struct cli *cli, int argc, char **argv);
/* Prints an error on standard error; the exit status that belongs to it. */
int cli_fail(struct cli *cli);
/* The same for wrong usage: says what to type for help. */
int cli_usage_error(struct cli *cli, const char *format, ...) DW_PRINTF(2, 3);
void cli_print_help(const struct cli_command *command);
void cli_print_overview(void);

/* ---- Where things are (paths.c) ---- */

/* Fills the folders and paths by the options, else by XDG and HOME. False: no place is known. */
bool cli_find_paths(struct cli *cli, struct dw_error *err);
/* The extractor with the user's own companies.tsv where there is one. NULL with the error. */
struct dw_extractor *cli_extractor(struct cli *cli);
/* The store, for reading or writing; folders are made where it is written. NULL with the error. */
struct store *cli_open_store(struct cli *cli, enum store_mode mode);
/* The log; NULL where it cannot be written, which stops nothing. */
struct dw_log *cli_open_log(struct cli *cli);

/* ---- Rows (output.c) ---- */

enum cli_format { CLI_TABLE, CLI_CSV, CLI_TSV, CLI_JSON, CLI_NDJSON, CLI_MARKDOWN };
/* The option --format; false with the error if its value is none of them. */
bool cli_format_of(struct cli *cli, enum cli_format fallback, enum cli_format *format);

enum cli_role { CLI_PLAIN, CLI_MUTED, CLI_AMOUNT, CLI_GOOD, CLI_BAD };

struct cli_column {
    const char *name;  /* in csv, tsv and JSON: stable */
    const char *title; /* in a table; NULL: only in csv, tsv and JSON */
    bool right;        /* aligned right */
    size_t least;      /* cells that a narrow table leaves it */
    enum cli_role role;
};

struct cli_output;
/* Begins a table of rows on standard output; `columns` ends with one without a name. NULL: out of
 * memory. */
struct cli_output *cli_output_begin(struct cli *cli, const struct cli_column *columns,
                                    enum cli_format format);
/* Adds the next cell of the present row: how it is shown, and what it is in JSON (taken over; NULL:
 * the text itself). The row ends with its last column. */
void cli_output_add(struct cli_output *output, struct dw_str shown, json_t *value);
/* Adds a member to the present row's object in JSON alone; call it before the row's last cell. */
void cli_output_extra(struct cli_output *output, const char *name, json_t *value);
/* Prints what waits and frees it. False: standard output could not be written. */
bool cli_output_end(struct cli_output *output);

json_t *cli_json_str(struct dw_str s);                       /* empty: null */
json_t *cli_json_number(double number);                      /* whole ones as integers; NAN: null */
json_t *cli_json_time(struct dw_arena *arena, int64_t time); /* ISO 8601; DW_TIME_NONE: null */
json_t *cli_json_strs(const struct dw_strs *list);
/* One JSON document or line on standard output. */
void cli_print_json(json_t *json, bool indent);

/* ---- Figures (figure-json.c) ---- */

/* A figure as figures.md has it. `text` and `title`: what the mentions point into. */
json_t *cli_figure_json(const struct dw_figure *figure, struct dw_str text, struct dw_str title);
/* "$50.0B", "16,000", "9%", "1.2 GW", "$40–50B", "hundreds": short, for tables. */
struct dw_str cli_amount(struct dw_arena *arena, const struct dw_figure *figure);

/* ---- Queries (lists.c) ---- */

/* The operands and --since, --until, --limit, --sort of a list as a page of the store. False with
 * the error, which points at the wrong word. */
struct cli_list {
    struct store_condition condition;
    struct store_page page;
};
struct cli_sort {
    const char *name;
    int sort;
};
bool cli_read_list(struct cli *cli, const struct dw_extractor *extractor, enum query_target target,
                   const struct cli_sort *sorts, struct cli_list *list);

/* ---- Feeds (feeds-check.c, feeds-discover.c) ---- */

/* Prints how each feed answers, how politely it is asked, and what is wrong with it. */
bool cli_feeds_check(struct cli *cli, struct store *store);
/* Asks the operands' addresses once and prints the feeds that they are or name. */
bool cli_feeds_discover(struct cli *cli, struct store *store);

extern const struct cli_option cli_list_options[];
extern const struct cli_option cli_extract_options[];
extern const struct cli_option cli_parse_options[];
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
int cli_extract(struct cli *cli);
int cli_parse(struct cli *cli);

#endif
