/* dealwire extract: the figures of plain texts, article pages, feeds and NDJSON batches. */
#include "internal.h"

#include "feed/feed.h"
#include "page/page.h"
#include "text/text.h"

#include <string.h>

#define INPUT_BYTES (256u << 20) /* an NDJSON batch may be large; one article has its own limit */

const struct cli_option cli_extract_options[] = {
    {"format", 'f', "FORMAT",
     "json, ndjson (one object a line; where output is no terminal) or table"},
    {"input", 'i', "TYPE", "text, html, feed or ndjson; else told from the content"},
    {"title", '\0', "TEXT", "the article's title"},
    {"published", '\0', "DATE", "when it was published: dates like \"on Tuesday\" need it"},
    {"url", '\0', "URL", "where it came from"},
    {"explain", '\0', NULL, "say what each stage made of the text instead"},
    {0},
};

enum input_type { INPUT_TEXT, INPUT_HTML, INPUT_FEED, INPUT_NDJSON };

static const struct {
    struct dw_str name;
    enum input_type type;
} types[] = {{DW_STR_INIT("text"), INPUT_TEXT},
             {DW_STR_INIT("html"), INPUT_HTML},
             {DW_STR_INIT("feed"), INPUT_FEED},
             {DW_STR_INIT("ndjson"), INPUT_NDJSON}};

/* One article on its way from an input to the output. */
struct job {
    struct cli *cli;
    struct dw_extractor *extractor;
    enum cli_format format;
    struct cli_output *table;
    struct dw_arena arena; /* of one article */
};

struct piece {
    struct dw_str title, text, url, outlet;
    int64_t published;
    json_t *id; /* of an NDJSON line, borrowed; NULL: none */
};

static bool begins(struct dw_str s, const char *what)
{
    return dw_str_starts_nocase(s, dw_str_from_c(what));
}

/* What an input looks like by its first bytes. */
static enum input_type type_of(struct dw_str bytes)
{
    struct dw_str s = dw_str_trim(dw_str_slice(bytes, 0, 4096));
    if (begins(s, "\xEF\xBB\xBF"))
        s = dw_str_trim(dw_str_slice(s, 3, s.len));
    if (begins(s, "{"))
        return dw_str_find(s, DW_STR("jsonfeed.org/version"), 0) != SIZE_MAX ? INPUT_FEED
                                                                             : INPUT_NDJSON;
    if (!begins(s, "<"))
        return INPUT_TEXT;
    if (begins(s, "<!doctype html") || begins(s, "<html") ||
        dw_str_find_nocase(s, DW_STR("<html"), 0) != SIZE_MAX)
        return INPUT_HTML;
    bool feed = begins(s, "<?xml") || begins(s, "<rss") || begins(s, "<feed") || begins(s, "<rdf");
    return feed ? INPUT_FEED : dw_html_looks_like(s) ? INPUT_HTML : INPUT_TEXT;
}

static const struct cli_column columns[] = {
    {"kind", "kind", false, 8, CLI_PLAIN},     {"amount", "amount", true, 6, CLI_AMOUNT},
    {"from", "from", false, 8, CLI_PLAIN},     {"to", "to", false, 8, CLI_PLAIN},
    {"status", "status", false, 9, CLI_PLAIN}, {"term", "term", false, 3, CLI_PLAIN},
    {"when", "when", false, 4, CLI_PLAIN},     {"confidence", "sure", true, 4, CLI_MUTED},
    {"surface", "words", false, 8, CLI_MUTED}, {0},
};

static void add_row(struct job *job, const struct piece *piece, const struct dw_figure *f)
{
    struct cli_output *out = job->table;
    struct dw_str source = f->mentions[0].in_title ? piece->title : piece->text;
    cli_output_text(out, dw_kind_name(f->kind));
    cli_output_text(out, cli_amount(job->cli, &job->arena, f));
    cli_output_names(out, &f->from);
    cli_output_names(out, &f->to);
    cli_output_text(out, dw_status_name(f->status));
    cli_output_text(out, f->term);
    cli_output_text(out, f->when);
    cli_output_share(out, f->confidence);
    cli_output_text(out, dw_str_slice(source, f->mentions[0].start, f->mentions[0].end));
}

static bool print_article(struct job *job, const struct piece *piece,
                          const struct dw_extraction *found)
{
    json_t *json = json_object();
    if (piece->id != NULL)
        cli_json_put(&json, "id", json_incref(piece->id));
    cli_json_put(&json, "title", cli_json_str(piece->title));
    cli_json_put(&json, "url", cli_json_str(piece->url));
    cli_json_put(&json, "published", cli_json_time(&job->arena, piece->published));
    cli_json_put(&json, "text",
                 json_stringn(piece->text.at != NULL ? piece->text.at : "", piece->text.len));
    json_t *figures = json_array();
    for (size_t i = 0; i < found->figure_count; i++)
        cli_json_append(&figures, cli_figure_json(&found->figures[i], piece->text, piece->title));
    cli_json_put(&json, "figures", figures);
    return cli_print_json(job->cli, json, job->format == CLI_JSON);
}

/* What a line of an explanation is about, as its first word tells. */
static enum cli_role role_of_line(struct dw_str line)
{
    static const struct {
        struct dw_str label;
        enum cli_role role;
    } roles[] = {{DW_STR_INIT("  tokens "), CLI_MUTED},    {DW_STR_INIT("  group "), CLI_MUTED},
                 {DW_STR_INIT("  reading "), CLI_MUTED},   {DW_STR_INIT("  name "), CLI_GOOD},
                 {DW_STR_INIT("  quantity "), CLI_AMOUNT}, {DW_STR_INIT("  taken as "), CLI_BAD}};
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        if (dw_str_starts(line, roles[i].label))
            return roles[i].role;
    }
    return CLI_PLAIN;
}

/* Prints an explanation, its lines coloured by what they are about where colours are wanted. */
static void print_explanation(const struct cli *cli, struct dw_str lines)
{
    struct dw_str line;
    while (lines.len > 0 && dw_str_split(&lines, '\n', &line)) {
        enum cli_role role = role_of_line(line);
        fprintf(cli->out, "%.*s%.*s%.*s\n", DW_FMT(cli_colour(cli, role)), DW_FMT(line),
                DW_FMT(cli_colour_end(cli, role)));
    }
}

/* Finds and prints the figures of one article. */
static bool do_piece(struct job *job, struct piece *piece)
{
    struct dw_extraction found;
    struct dw_arena *arena = &job->arena;
    piece->title = dw_text_clean(arena, piece->title, DW_CLEAN_LINE);
    piece->url = dw_text_clean(arena, piece->url, DW_CLEAN_LINE);
    struct dw_article article = {.title = piece->title,
                                 .text = piece->text,
                                 .published = piece->published,
                                 .outlet = piece->outlet};
    if (cli_has(job->cli, "explain")) {
        struct dw_str lines;
        if (!dw_extract_explain(job->extractor, arena, &article, &lines, &job->cli->err))
            return false;
        print_explanation(job->cli, lines);
        return true;
    }
    if (!dw_extract(job->extractor, arena, &article, &found, &job->cli->err))
        return false;
    if (job->format != CLI_TABLE)
        return print_article(job, piece, &found);
    for (size_t i = 0; i < found.figure_count; i++)
        add_row(job, piece, &found.figures[i]);
    return true;
}

/* What the options say of the article, for what the input itself leaves open. */
static bool from_options(struct cli *cli, struct piece *piece)
{
    struct dw_str published = cli_value(cli, "published");
    *piece = (struct piece){
        .title = cli_value(cli, "title"), .url = cli_value(cli, "url"), .published = DW_TIME_NONE};
    if (published.len > 0 && !dw_date_parse(published, &piece->published))
        return dw_error_set(&cli->err, DW_ERR_USAGE, "--published %.*s names no instant",
                            DW_FMT(published));
    return true;
}

static bool do_text(struct job *job, struct dw_str bytes, struct piece piece)
{
    piece.text = dw_text_clean(&job->arena, bytes, DW_CLEAN_TEXT);
    return do_piece(job, &piece);
}

static bool do_html(struct job *job, struct dw_str bytes, struct piece piece)
{
    struct dw_page page;
    struct dw_page_input input = {.bytes = bytes, .url = piece.url};
    if (!dw_page_read(&job->arena, &input, &page, &job->cli->err))
        return false;
    piece.text = page.text;
    if (piece.title.len == 0)
        piece.title = page.title;
    if (piece.url.len == 0)
        piece.url = page.canonical;
    if (piece.published == DW_TIME_NONE)
        piece.published = page.published;
    return do_piece(job, &piece);
}

static bool do_feed(struct job *job, struct dw_str bytes, struct piece given)
{
    struct dw_feed feed;
    struct dw_feed_input input = {.bytes = bytes, .url = given.url, .now = DW_TIME_NONE};
    if (!dw_feed_parse(&job->arena, &input, &feed, &job->cli->err))
        return false;
    for (size_t i = 0; i < feed.entry_count; i++) {
        const struct dw_entry *entry = &feed.entries[i];
        struct piece piece = {.title = entry->title,
                              .text = store_entry_text(entry),
                              .url = entry->link,
                              .outlet = feed.title,
                              .published = entry->published != DW_TIME_NONE ? entry->published
                                                                            : entry->updated};
        if (!do_piece(job, &piece))
            return false;
    }
    return true;
}

static struct dw_str member(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_string(value)
               ? (struct dw_str){json_string_value(value), json_string_length(value)}
               : DW_STR("");
}

static bool do_line(struct job *job, struct dw_str line, struct piece given)
{
    json_error_t error;
    json_t *json = json_loadb(line.at, line.len, 0, &error);
    if (json == NULL)
        return dw_error_set(&job->cli->err, DW_ERR_INPUT, "no JSON: %s", error.text);
    struct piece piece = given;
    struct dw_str published = member(json, "published");
    piece.id = json_object_get(json, "id");
    piece.text = dw_text_clean(&job->arena, member(json, "text"), DW_CLEAN_TEXT);
    if (member(json, "title").len > 0)
        piece.title = member(json, "title");
    if (member(json, "url").len > 0)
        piece.url = member(json, "url");
    if (published.len > 0 && !dw_date_parse(published, &piece.published))
        piece.published = DW_TIME_NONE;
    bool done =
        json_is_string(json_object_get(json, "text"))
            ? do_piece(job, &piece)
            : dw_error_set(&job->cli->err, DW_ERR_INPUT, "no member \"text\" in the object");
    json_decref(json);
    return done;
}

/* A bad line is told and the rest goes on. */
static bool do_ndjson(struct job *job, struct dw_str bytes, struct piece given, struct dw_str name)
{
    size_t number = 0;
    bool all = true;
    struct dw_str line;
    while (bytes.len > 0 && dw_str_split(&bytes, '\n', &line)) {
        number++;
        line = dw_str_trim(line);
        struct dw_scratch scratch = dw_scratch_begin(&job->arena);
        if (line.len > 0 && !do_line(job, line, given)) {
            dw_error_wrap(&job->cli->err, "%.*s line %zu", DW_FMT(name), number);
            cli_fail(job->cli);
            all = false;
        }
        dw_scratch_end(scratch);
    }
    return all;
}

/* One file; false if something in it failed, which was told. */
static bool do_file(struct job *job, struct dw_str path)
{
    struct dw_str bytes;
    struct piece given;
    struct dw_str name = dw_str_eq(path, DW_STR("-")) ? DW_STR("standard input") : path;
    struct dw_str wanted = cli_value(job->cli, "input");
    if (!from_options(job->cli, &given) ||
        !dw_file_read(&job->arena, path, INPUT_BYTES, &bytes, &job->cli->err)) {
        cli_fail(job->cli);
        return false;
    }
    enum input_type type = type_of(bytes);
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (dw_str_eq(wanted, types[i].name))
            type = types[i].type;
    }
    if (type == INPUT_NDJSON)
        return do_ndjson(job, bytes, given, name);
    bool done = type == INPUT_HTML   ? do_html(job, bytes, given)
                : type == INPUT_FEED ? do_feed(job, bytes, given)
                                     : do_text(job, bytes, given);
    if (!done) {
        dw_error_wrap(&job->cli->err, "%.*s", DW_FMT(name));
        cli_fail(job->cli);
    }
    return done;
}

static bool check_options(struct cli *cli, enum cli_format *format)
{
    struct dw_str type = cli_value(cli, "input");
    bool known = type.len == 0;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        known = known || dw_str_eq(type, types[i].name);
    if (!known)
        return dw_error_set(&cli->err, DW_ERR_USAGE,
                            "--input %.*s: there are text, html, feed and ndjson", DW_FMT(type));
    if (!cli_format_of(cli, cli->terminal ? CLI_JSON : CLI_NDJSON, format))
        return false;
    if (*format == CLI_CSV || *format == CLI_TSV || *format == CLI_MARKDOWN)
        return dw_error_set(&cli->err, DW_ERR_USAGE,
                            "--format: extract prints json, ndjson or a table");
    return true;
}

/* Every file in its turn, the table at the end; false if anything failed, which was told. */
static bool do_files(struct job *job)
{
    struct cli *cli = job->cli;
    bool all = true;
    if (job->format == CLI_TABLE &&
        (job->table = cli_output_begin(cli, columns, CLI_TABLE)) == NULL)
        return cli_fail(cli) == 0;
    for (size_t i = 0; i < cli->operands.len && cli_out_ok(cli); i++) {
        dw_arena_init(&job->arena, INPUT_BYTES * 2);
        all = do_file(job, cli->operands.at[i]) && all;
        dw_arena_release(&job->arena);
    }
    if (job->table != NULL && !cli_output_end(job->table))
        return cli_fail(cli) == 0;
    return all;
}

int cli_extract(struct cli *cli)
{
    struct job job = {.cli = cli};
    if (!check_options(cli, &job.format))
        return cli_fail(cli);
    job.extractor = cli_extractor(cli);
    if (job.extractor == NULL)
        return cli_fail(cli);
    if (cli->operands.len == 0)
        dw_strs_push(&cli->arena, &cli->operands, DW_STR("-"));
    bool all = do_files(&job);
    dw_extractor_free(job.extractor);
    return all ? 0 : 1;
}
