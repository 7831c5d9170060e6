/* A table on a terminal: columns fitted to its width by cells, colours by role. */
#include "internal.h"

#include <string.h>

#define GAP 2         /* cells between two columns */
#define FLOOR_CELLS 6 /* of a text in a table that would lose a column otherwise */

/* ---- Text ------------------------------------------------------------------------------------ */

/* Every character that a terminal without UTF-8 cannot show as question marks of its width. */
static struct dw_str in_ascii(struct dw_arena *arena, struct dw_str text)
{
    char *out = dw_arena_array(arena, text.len + 1, 1);
    size_t len = 0;
    if (out == NULL)
        return DW_STR("");
    while (text.len > 0) {
        struct dw_str cluster = dw_utf8_cluster(&text);
        size_t cells = dw_width(cluster);
        if ((unsigned char)cluster.at[0] < 0x80)
            out[len++] = cluster.at[0];
        else /* no cluster is wider than its bytes */
            for (size_t i = 0; i < cells; i++)
                out[len++] = '?';
    }
    return (struct dw_str){out, len};
}

struct dw_str cli_shown(const struct cli *cli, struct dw_arena *arena, struct dw_str text)
{
    struct dw_str clean = dw_text_clean(arena, text, DW_CLEAN_LINE);
    return cli->ascii ? in_ascii(arena, clean) : clean;
}

struct dw_str cli_colour(const struct cli *cli, enum cli_role role)
{
    static const struct dw_str codes[] = {
        [CLI_PLAIN] = DW_STR_INIT(""),
        [CLI_MUTED] = DW_STR_INIT("\033[2m"),
        [CLI_AMOUNT] = DW_STR_INIT("\033[1;36m"),
        [CLI_GOOD] = DW_STR_INIT("\033[34m"),
        [CLI_BAD] = DW_STR_INIT("\033[33m"),
    };
    return cli->colour ? codes[role] : DW_STR("");
}

struct dw_str cli_colour_end(const struct cli *cli, enum cli_role role)
{
    return cli->colour && role != CLI_PLAIN ? DW_STR("\033[0m") : DW_STR("");
}

/* ---- Fitting --------------------------------------------------------------------------------- */

struct layout {
    const struct cli_column *columns;
    size_t count;
    size_t wanted[CLI_MOST_COLUMNS];
    size_t widths[CLI_MOST_COLUMNS];
    bool dropped[CLI_MOST_COLUMNS];
};

static size_t total_of(const struct layout *l)
{
    size_t total = 0;
    for (size_t i = 0; i < l->count; i++)
        total += l->dropped[i] ? 0 : l->widths[i] + GAP;
    return total > 0 ? total - GAP : 0;
}

/* Takes a cell from the widest column that has more than its floor. Numbers are whole or not there.
 */
static bool shrink(struct layout *l, bool to_least)
{
    size_t widest = SIZE_MAX;
    for (size_t i = 0; i < l->count; i++) {
        size_t least = l->columns[i].least;
        size_t floor = to_least || least < FLOOR_CELLS ? least : FLOOR_CELLS;
        bool gives = !l->dropped[i] && !l->columns[i].right && l->widths[i] > floor;
        if (gives && (widest == SIZE_MAX || l->widths[i] > l->widths[widest]))
            widest = i;
    }
    if (widest == SIZE_MAX)
        return false;
    l->widths[widest]--;
    return true;
}

/* Leaves out the rightmost column that is muted, or that is not: amounts stay. */
static bool drop(struct layout *l, bool muted)
{
    size_t left = 0;
    for (size_t i = 0; i < l->count; i++)
        left += !l->dropped[i];
    for (size_t i = l->count; i-- > 0 && left > 1;) {
        enum cli_role role = l->columns[i].role;
        if (l->dropped[i] || role == CLI_AMOUNT || (role == CLI_MUTED) != muted)
            continue;
        l->dropped[i] = true;
        return true;
    }
    return false;
}

/* As wide as what stands in the columns, then narrower until the row fits. */
static bool fits(struct layout *l, size_t width, bool to_least)
{
    memcpy(l->widths, l->wanted, sizeof l->widths);
    while (width > 0 && total_of(l) > width) {
        if (!shrink(l, to_least))
            return false;
    }
    return true;
}

static void fit(struct layout *l, const struct dw_str *cells, size_t count, size_t width)
{
    for (size_t i = 0; i < l->count; i++) {
        l->dropped[i] = l->columns[i].title == NULL;
        l->wanted[i] = dw_width(dw_str_from_c(l->columns[i].title));
    }
    for (size_t n = 0; n < count; n++) {
        size_t cell = dw_width(cells[n]);
        size_t column = l->count > 0 ? n % l->count : 0;
        if (cell > l->wanted[column])
            l->wanted[column] = cell;
    }
    bool done = fits(l, width, true);
    while (!done && drop(l, true))
        done = fits(l, width, true);
    done = done || fits(l, width, false);
    while (!done && drop(l, false))
        done = fits(l, width, false);
}

/* ---- Printing -------------------------------------------------------------------------------- */

/* What of a text fits with a mark of one cell behind it; never ends within a character. */
static struct dw_str cut(struct dw_str s, size_t width)
{
    struct dw_str rest = s;
    size_t used = 0;
    while (rest.len > 0) {
        size_t before = rest.len;
        used += dw_width(dw_utf8_cluster(&rest));
        if (used + 1 > width)
            return (struct dw_str){s.at, s.len - before};
    }
    return s;
}

static void print_cell(struct cli *cli, const struct layout *l, size_t column, struct dw_str text,
                       bool last)
{
    size_t width = l->widths[column];
    const struct cli_column *c = &l->columns[column];
    bool cut_off = dw_width(text) > width;
    struct dw_str shown = cut_off ? cut(text, width) : text;
    size_t used = dw_width(shown) + cut_off;
    int gap = used < width ? (int)(width - used) : 0;
    struct dw_str mark = !cut_off ? DW_STR("") : cli->ascii ? DW_STR("~") : DW_STR("…");
    struct dw_str begin = cli_colour(cli, c->role);
    struct dw_str end = cli_colour_end(cli, c->role);
    fprintf(cli->out, "%*s%.*s%.*s%.*s%.*s", c->right ? gap : 0, "", DW_FMT(begin), DW_FMT(shown),
            DW_FMT(mark), DW_FMT(end));
    if (!last)
        fprintf(cli->out, "%*s", (c->right ? 0 : gap) + GAP, "");
}

static void print_row(struct cli *cli, const struct layout *l, const struct dw_str *cells)
{
    size_t last = 0;
    for (size_t i = 0; i < l->count; i++) {
        if (!l->dropped[i])
            last = i;
    }
    for (size_t i = 0; i < l->count; i++) {
        if (!l->dropped[i])
            print_cell(cli, l, i, cells[i], i == last);
    }
    fputc('\n', cli->out);
}

void cli_table_print(struct cli *cli, const struct cli_column *columns, const struct dw_str *cells,
                     size_t count)
{
    struct layout l = {.columns = columns};
    struct dw_str titles[CLI_MOST_COLUMNS];
    while (columns[l.count].name != NULL && l.count < CLI_MOST_COLUMNS) {
        titles[l.count] = dw_str_from_c(columns[l.count].title);
        l.count++;
    }
    if (l.count == 0)
        return;
    fit(&l, cells, count, cli->width);
    print_row(cli, &l, titles);
    for (size_t n = 0; n + l.count <= count && cli_out_ok(cli); n += l.count)
        print_row(cli, &l, &cells[n]);
}
