/* What the tests of extraction share: an extractor, and figures spelled as one line of text. */
#ifndef UNIT_EXTRACT_TEST_H
#define UNIT_EXTRACT_TEST_H

#include "unit.h"

#include <math.h>

#include "extract/extract.h"

#define EXTRACT_TEST_ARENA (64u << 20)

struct extract_test {
    struct dw_extractor *extractor;
    struct dw_arena arena;
};

static inline int extract_test_begin(void **state)
{
    static struct extract_test test;
    test.extractor = dw_extractor_new(DW_STR(""), NULL);
    dw_arena_init(&test.arena, EXTRACT_TEST_ARENA);
    *state = &test;
    return test.extractor == NULL;
}

static inline int extract_test_end(void **state)
{
    struct extract_test *test = *state;
    dw_extractor_free(test->extractor);
    dw_arena_release(&test->arena);
    return 0;
}

/* The figures of a text that was published on a Wednesday, the 26th of November 2025. */
static inline struct dw_extraction extract_test_run(struct extract_test *test, const char *title,
                                                    const char *text)
{
    struct dw_extraction found;
    struct dw_article article = {.title = dw_str_from_c(title), .text = dw_str_from_c(text)};
    assert_true(dw_date_parse(DW_STR("2025-11-26T12:00:00Z"), &article.published));
    assert_true(dw_extract(test->extractor, &test->arena, &article, &found, NULL));
    return found;
}

static inline struct dw_str extract_test_bound(struct extract_test *test, double bound)
{
    return isnan(bound) ? DW_STR("?") : dw_str_format(&test->arena, "%.15g", bound);
}

/* "USD exact 50000000000 [$50 billion]" for each figure, low..high where they differ. */
static inline struct dw_str extract_test_amounts(struct extract_test *test, const char *text)
{
    struct dw_extraction found = extract_test_run(test, "", text);
    struct dw_str whole = dw_str_from_c(text);
    struct dw_str all = DW_STR("");
    for (size_t i = 0; i < found.figure_count; i++) {
        const struct dw_figure *f = &found.figures[i];
        struct dw_str low = extract_test_bound(test, f->low);
        struct dw_str high = extract_test_bound(test, f->high);
        struct dw_str span = dw_str_slice(whole, f->mentions[0].start, f->mentions[0].end);
        bool point = dw_str_eq(low, high);
        all = dw_str_format(&test->arena, "%.*s%s%.*s %.*s %.*s%s%.*s [%.*s]", DW_FMT(all),
                            i > 0 ? " | " : "", DW_FMT(f->unit),
                            DW_FMT(dw_qualifier_name(f->qualifier)), DW_FMT(low), point ? "" : "..",
                            DW_FMT(point ? DW_STR("") : high), DW_FMT(span));
    }
    return all;
}

/* "investment Amazon > OpenAI talks 50000000000 x2" for each figure. */
static inline struct dw_str extract_test_facts(struct extract_test *test, const char *title,
                                               const char *text)
{
    struct dw_extraction found = extract_test_run(test, title, text);
    struct dw_str all = DW_STR("");
    for (size_t i = 0; i < found.figure_count; i++) {
        const struct dw_figure *f = &found.figures[i];
        struct dw_str from = dw_strs_join(&test->arena, &f->from, DW_STR("+"));
        struct dw_str to = dw_strs_join(&test->arena, &f->to, DW_STR("+"));
        all = dw_str_format(&test->arena, "%.*s%s%.*s %.*s > %.*s %.*s %.15g x%zu", DW_FMT(all),
                            i > 0 ? " | " : "", DW_FMT(dw_kind_name(f->kind)),
                            DW_FMT(from.len > 0 ? from : DW_STR("-")),
                            DW_FMT(to.len > 0 ? to : DW_STR("-")),
                            DW_FMT(dw_status_name(f->status)), f->value, f->mention_count);
    }
    return all;
}

struct extract_test_row {
    const char *text;
    const char *want;
};

#define extract_test_rows(rows, render)                                                  \
    do {                                                                                 \
        size_t wrong_ = 0;                                                               \
        for (size_t i_ = 0; i_ < sizeof(rows) / sizeof((rows)[0]); i_++) {               \
            struct dw_str got_ = render(test, (rows)[i_].text);                          \
            if (dw_str_eq(got_, dw_str_from_c((rows)[i_].want)))                         \
                continue;                                                                \
            wrong_++;                                                                    \
            print_error("%s\n   got  %.*s\n   want %s\n", (rows)[i_].text, DW_FMT(got_), \
                        (rows)[i_].want);                                                \
        }                                                                                \
        assert_int_equal(wrong_, 0);                                                     \
    } while (0)

#endif
