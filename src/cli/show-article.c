/* An article for a person to read: its text with numbered figures, then the figures. */
#include "internal.h"

#include <stdlib.h>

#define WIDEST_TEXT 100       /* cells of a line that is still read with ease */
#define TEXT_BYTES (8u << 20) /* an article of DW_LIMIT_ARTICLE_BYTES with marks in it */

/* In marked text a mention stands between these two, which clean text does not hold. */
#define MARK_BEGIN '\1'
#define MARK_END '\2'

/* ---- JSON ------------------------------------------------------------------------------------ */

static json_t *figures_json(const struct store_article *article)
{
    json_t *figures = json_array();
    for (size_t i = 0; i < article->figures.len; i++) {
        const struct store_figure_row *row = &article->figures.at[i];
        json_t *figure = cli_figure_json(&row->figure, article->text, article->row.title);
        cli_json_put(&figure, "id", cli_json_id(row->id));
        cli_json_put(&figure, "event", cli_json_id(row->event));
        cli_json_put(&figure, "usd", cli_json_number(row->usd));
        cli_json_append(&figures, figure);
    }
    return figures;
}

static json_t *feeds_json(const struct store_article *article)
{
    json_t *feeds = json_array();
    for (size_t i = 0; i < article->place_count; i++) {
        json_t *feed = json_object();
        cli_json_put(&feed, "feed", cli_json_str(article->places[i].feed_title));
        cli_json_put(&feed, "link", cli_json_str(article->places[i].url));
        cli_json_append(&feeds, feed);
    }
    return feeds;
}

static json_t *article_json(struct dw_arena *arena, const struct store_article *article)
{
    const struct store_article_row *row = &article->row;
    json_t *json = json_object();
    cli_json_put(&json, "type", json_string("article"));
    cli_json_put(&json, "id", cli_json_id(row->id));
    cli_json_put(&json, "title", cli_json_str(row->title));
    cli_json_put(&json, "link", cli_json_str(row->url));
    cli_json_put(&json, "feed", cli_json_str(row->feed_title));
    cli_json_put(&json, "author", cli_json_str(row->author));
    cli_json_put(&json, "published", cli_json_time(arena, row->published));
    cli_json_put(&json, "first_seen", cli_json_time(arena, row->first_seen));
    cli_json_put(&json, "updated", cli_json_time(arena, article->updated));
    cli_json_put(&json, "language", cli_json_str(article->language));
    cli_json_put(&json, "read", json_boolean(row->read));
    cli_json_put(&json, "starred", json_boolean(row->starred));
    cli_json_put(&json, "feeds", feeds_json(article));
    cli_json_put(&json, "text", cli_json_str(article->text));
    cli_json_put(&json, "figures", figures_json(article));
    return json;
}

/* ---- Text with numbered figures -------------------------------------------------------------- */

struct mark {
    size_t start;
    size_t end;
    size_t number; /* of the figure, from 1 */
};
typedef DW_VEC(struct mark) marks;

static int by_start(const void *a, const void *b)
{
    const struct mark *x = a;
    const struct mark *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static marks marks_of(struct dw_arena *arena, const struct store_article *article)
{
    marks found = {0};
    for (size_t i = 0; i < article->figures.len; i++) {
        const struct dw_figure *f = &article->figures.at[i].figure;
        for (size_t k = 0; k < f->mention_count; k++) {
            const struct dw_mention *m = &f->mentions[k];
            bool inside = !m->in_title && m->start < m->end && m->end <= article->text.len;
            struct mark *mark = inside ? dw_vec_push(arena, &found) : NULL;
            if (mark != NULL)
                *mark = (struct mark){m->start, m->end, i + 1};
        }
    }
    if (found.len > 1)
        qsort(found.at, found.len, sizeof *found.at, by_start);
    return found;
}

/* "to invest [1]$50 billion in", the mention between MARK_BEGIN and MARK_END. Of mentions that
 * overlap the first one is marked. */
static void add_marked(struct dw_buf *out, struct dw_str text, const marks *found)
{
    size_t at = 0;
    for (size_t i = 0; i < found->len; i++) {
        const struct mark *m = &found->at[i];
        if (m->start < at)
            continue;
        dw_buf_add(out, dw_str_slice(text, at, m->start));
        dw_buf_add_format(out, "[%zu]%c", m->number, MARK_BEGIN);
        dw_buf_add(out, dw_str_slice(text, m->start, m->end));
        dw_buf_add_char(out, MARK_END);
        at = m->end;
    }
    dw_buf_add(out, dw_str_slice(text, at, text.len));
}

/* Where the text goes. */
struct page {
    struct cli *cli;
    struct dw_arena *arena;
    size_t width; /* 0: no limit */
    size_t column;
};

/* A piece of a word, without marks in it; returns its cells. Prints if told to. */
static size_t put_piece(struct page *page, struct dw_str piece, bool print)
{
    struct dw_str shown = cli_shown(page->cli, page->arena, piece);
    if (print)
        fwrite(shown.at, 1, shown.len, page->cli->out);
    return dw_width(shown);
}

/* A word with its marks as colours; returns its cells. */
static size_t put_word(struct page *page, struct dw_str word, bool print)
{
    size_t cells = 0;
    size_t from = 0;
    for (size_t i = 0; i <= word.len; i++) {
        bool is_mark = i < word.len && (word.at[i] == MARK_BEGIN || word.at[i] == MARK_END);
        if (i < word.len && !is_mark)
            continue;
        cells += put_piece(page, dw_str_slice(word, from, i), print);
        from = i + 1;
        if (!is_mark || !print)
            continue;
        struct dw_str colour = word.at[i] == MARK_BEGIN ? cli_colour(page->cli, CLI_AMOUNT)
                                                        : cli_colour_end(page->cli, CLI_AMOUNT);
        fwrite(colour.at, 1, colour.len, page->cli->out);
    }
    return cells;
}

/* One paragraph, folded between words. */
static void put_paragraph(struct page *page, struct dw_str paragraph)
{
    struct dw_str word;
    page->column = 0;
    while (paragraph.len > 0 && dw_str_split(&paragraph, ' ', &word)) {
        struct dw_scratch scratch = dw_scratch_begin(page->arena);
        size_t cells = put_word(page, word, false);
        bool fits = page->width == 0 || page->column + 1 + cells <= page->width;
        if (page->column > 0) {
            fputc(fits ? ' ' : '\n', page->cli->out);
            page->column = fits ? page->column + 1 : 0;
        }
        page->column += put_word(page, word, true);
        dw_scratch_end(scratch);
    }
    fputc('\n', page->cli->out);
}

static bool put_text(struct cli *cli, struct dw_arena *arena, const struct store_article *article)
{
    marks found = marks_of(arena, article);
    struct page page = {.cli = cli, .arena = arena, .width = cli->width};
    struct dw_buf marked;
    struct dw_str paragraph;
    if (page.width > WIDEST_TEXT)
        page.width = WIDEST_TEXT;
    dw_buf_init(&marked, TEXT_BYTES);
    add_marked(&marked, article->text, &found);
    bool done = dw_buf_ok(&marked) && !arena->failed;
    struct dw_str rest = dw_buf_str(&marked);
    while (done && rest.len > 0 && dw_str_split(&rest, '\n', &paragraph))
        put_paragraph(&page, paragraph);
    dw_buf_release(&marked);
    return done || dw_error_set(&cli->err, DW_ERR_MEMORY, "out of memory for the article");
}

/* ---- The page -------------------------------------------------------------------------------- */

static const struct cli_column columns[] = {
    {"number", "no", true, 2, CLI_MUTED},       {"kind", "kind", false, 10, CLI_PLAIN},
    {"amount", "amount", true, 6, CLI_AMOUNT},  {"from", "from", false, 12, CLI_PLAIN},
    {"to", "to", false, 12, CLI_PLAIN},         {"status", "status", false, 9, CLI_PLAIN},
    {"confidence", "sure", true, 4, CLI_MUTED}, {"event", "event", true, 3, CLI_MUTED},
    {"surface", "words", false, 12, CLI_MUTED}, {0},
};

static bool put_figures(struct cli *cli, struct dw_arena *arena,
                        const struct store_article *article)
{
    if (article->figures.len == 0)
        return true;
    struct cli_output *out = cli_output_begin(cli, columns, CLI_TABLE);
    if (out == NULL)
        return false;
    fputc('\n', cli->out);
    for (size_t i = 0; i < article->figures.len; i++) {
        const struct store_figure_row *row = &article->figures.at[i];
        cli_output_integer(out, (int64_t)i + 1);
        cli_output_text(out, dw_kind_name(row->figure.kind));
        cli_output_text(out, cli_amount(cli, arena, &row->figure));
        cli_output_names(out, &row->figure.from);
        cli_output_names(out, &row->figure.to);
        cli_output_text(out, dw_status_name(row->figure.status));
        cli_output_share(out, row->figure.confidence);
        cli_output_id(out, 'e', row->event);
        cli_output_text(out, row->surface);
    }
    return cli_output_end(out);
}

static void put_line(struct cli *cli, struct dw_arena *arena, const char *before,
                     struct dw_str text)
{
    struct dw_str shown = cli_shown(cli, arena, text);
    if (shown.len > 0)
        fprintf(cli->out, "%s%.*s\n", before, DW_FMT(shown));
}

static void put_head(struct cli *cli, struct dw_arena *arena, const struct store_article *article)
{
    const struct store_article_row *row = &article->row;
    struct dw_strs others = {0};
    put_line(cli, arena, "", row->title);
    put_line(cli, arena, "",
             dw_str_format(arena, "a%lld, %.*s, %.*s%s%.*s", (long long)row->id,
                           DW_FMT(row->feed_title), DW_FMT(cli_moment(arena, row->at)),
                           row->author.len > 0 ? ", by " : "", DW_FMT(row->author)));
    put_line(cli, arena, "", row->url);
    for (size_t i = 0; i < article->place_count; i++) {
        if (article->places[i].feed != row->feed)
            dw_strs_push(arena, &others, article->places[i].feed_title);
    }
    put_line(cli, arena, "also in ", dw_strs_join(arena, &others, DW_STR(", ")));
    fputc('\n', cli->out);
}

bool cli_show_article(struct cli *cli, const struct store_article *article, bool json)
{
    struct dw_scratch scratch = dw_scratch_begin(&cli->arena);
    struct dw_arena *arena = &cli->arena;
    bool done = true;
    if (json) {
        done = cli_print_json(cli, article_json(arena, article), true);
    } else {
        put_head(cli, arena, article);
        done = put_text(cli, arena, article) && put_figures(cli, arena, article);
    }
    dw_scratch_end(scratch);
    return done;
}
