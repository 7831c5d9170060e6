/* Tests of quantities: tests/golden/amounts/cases.tsv has a sentence for each form, with what it
 * means. */
#include "unit.h"

#include <math.h>
#include <stdlib.h>

#include "extract/extract.h"

#define CASES_BYTES (1u << 20)
#define MOST_EXPECTED 4

enum { SENTENCE, SURFACE, UNIT, QUALIFIER, LOW, HIGH, COLUMNS };

/* A sentence and the figures that it has, as rows of the table. */
struct amounts {
    struct dw_str sentence;
    size_t line;
    struct dw_str expected[MOST_EXPECTED][COLUMNS];
    size_t count;
};

static struct dw_extractor *extractor;
static struct dw_arena arena;
static struct dw_str table;

static int prepare(void **state)
{
    (void)state;
    struct dw_error err = {0};
    dw_arena_init(&arena, DW_LIMIT_DOCUMENT_ARENA);
    struct dw_str path = dw_str_format(&arena, "%s/tests/golden/amounts/cases.tsv",
                                       getenv("DW_SOURCE_DIR") ? getenv("DW_SOURCE_DIR") : ".");
    extractor = dw_extractor_new((struct dw_str){"", 0}, &err);
    return extractor != NULL && dw_file_read(&arena, path, CASES_BYTES, &table, &err) ? 0 : -1;
}

static int clean_up(void **state)
{
    (void)state;
    dw_extractor_free(extractor);
    dw_arena_release(&arena);
    return 0;
}

static void split(struct dw_str line, struct dw_str cells[COLUMNS])
{
    for (size_t i = 0; i < COLUMNS; i++) {
        cells[i] = DW_STR("");
        if (line.len > 0 && !dw_str_split(&line, '\t', &cells[i]))
            cells[i] = DW_STR("");
    }
}

/* Takes the next sentence with its rows off the front; false at the end. */
static bool next_case(struct dw_str *rest, size_t *line_number, struct amounts *c)
{
    struct dw_str line;
    *c = (struct amounts){.line = 0};
    while (rest->len > 0) {
        struct dw_str ahead = *rest;
        struct dw_str cells[COLUMNS];
        dw_str_split(&ahead, '\n', &line);
        bool comment = line.len == 0 || line.at[0] == '#';
        split(line, cells);
        if (!comment && cells[SENTENCE].len > 0 && c->line != 0)
            return true;
        *rest = ahead;
        ++*line_number;
        if (comment)
            continue;
        if (cells[SENTENCE].len > 0) {
            c->sentence = cells[SENTENCE];
            c->line = *line_number;
        }
        if (!dw_str_eq(cells[SURFACE], DW_STR("-"))) {
            assert_true(c->count < MOST_EXPECTED);
            for (size_t i = 0; i < COLUMNS; i++)
                c->expected[c->count][i] = cells[i];
            c->count++;
        }
    }
    return c->line != 0;
}

static bool bound_is(double value, struct dw_str cell)
{
    if (dw_str_eq(cell, DW_STR("-")))
        return isnan(value);
    double wanted = strtod(dw_str_cstr(&arena, cell), NULL);
    return fabs(value - wanted) <= 1e-9 * fmax(1, fabs(wanted));
}

static struct dw_str surface_of(const struct amounts *c, const struct dw_mention *m)
{
    return dw_str_slice(c->sentence, m->start, m->end);
}

/* Whether a figure with that surface and meaning was found. */
static bool has(const struct amounts *c, const struct dw_extraction *found,
                const struct dw_str cells[COLUMNS])
{
    for (size_t i = 0; i < found->figure_count; i++) {
        const struct dw_figure *f = &found->figures[i];
        for (size_t k = 0; k < f->mention_count; k++) {
            if (dw_str_eq(surface_of(c, &f->mentions[k]), cells[SURFACE]) &&
                dw_str_eq(f->unit, cells[UNIT]) &&
                dw_str_eq(dw_qualifier_name(f->qualifier), cells[QUALIFIER]) &&
                bound_is(f->low, cells[LOW]) && bound_is(f->high, cells[HIGH]))
                return true;
        }
    }
    return false;
}

static void show(const struct amounts *c, const struct dw_extraction *found)
{
    print_message("cases.tsv line %zu: %.*s\n", c->line, DW_FMT(c->sentence));
    for (size_t i = 0; i < found->figure_count; i++) {
        const struct dw_figure *f = &found->figures[i];
        print_message("    found \"%.*s\" %.*s %.*s %.10g to %.10g\n",
                      DW_FMT(surface_of(c, &f->mentions[0])), DW_FMT(f->unit),
                      DW_FMT(dw_qualifier_name(f->qualifier)), f->low, f->high);
    }
}

static void every_form_has_its_value(void **state)
{
    (void)state;
    struct dw_str rest = table;
    struct amounts c;
    size_t line = 0;
    size_t cases = 0;
    size_t wrong = 0;
    while (next_case(&rest, &line, &c)) {
        struct dw_extraction found;
        struct dw_error err = {0};
        struct dw_article article = {.text = c.sentence, .published = DW_TIME_NONE};
        assert_true(dw_extract(extractor, &arena, &article, &found, &err));
        size_t mentions = 0;
        bool right = true;
        for (size_t i = 0; i < found.figure_count; i++)
            mentions += found.figures[i].mention_count;
        for (size_t i = 0; i < c.count; i++)
            right = right && has(&c, &found, c.expected[i]);
        cases++;
        if (!right || mentions != c.count) {
            wrong++;
            show(&c, &found);
        }
    }
    assert_true(cases >= 240);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_has_its_value),
    };
    return cmocka_run_group_tests(tests, prepare, clean_up);
}
