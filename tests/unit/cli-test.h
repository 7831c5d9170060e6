/* What the tests of the command line share: a run that prints into memory. */
#ifndef UNIT_CLI_TEST_H
#define UNIT_CLI_TEST_H

#include "unit.h"

#include <string.h>

#include "internal.h"

struct fixture {
    struct cli cli;
    char *out;
    char *messages;
    size_t out_len;
    size_t messages_len;
};

static inline int fixture_setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    dw_arena_init(&f->cli.arena, 64u << 20);
    f->cli.out = open_memstream(&f->out, &f->out_len);
    f->cli.messages = open_memstream(&f->messages, &f->messages_len);
    assert_non_null(f->cli.out);
    assert_non_null(f->cli.messages);
    *state = f;
    return 0;
}

static inline int fixture_teardown(void **state)
{
    struct fixture *f = *state;
    unit_fail_after(SIZE_MAX);
    fclose(f->cli.out);
    fclose(f->cli.messages);
    free(f->out);
    free(f->messages);
    dw_arena_release(&f->cli.arena);
    free(f);
    return 0;
}

/* What was printed so far, as data or as messages. */
static inline struct dw_str printed(struct fixture *f)
{
    fflush(f->cli.out);
    return (struct dw_str){f->out, f->out_len};
}

static inline struct dw_str said(struct fixture *f)
{
    fflush(f->cli.messages);
    return (struct dw_str){f->messages, f->messages_len};
}

#define assert_has(slice, literal)                                            \
    do {                                                                      \
        struct dw_str got_ = (slice);                                         \
        if (dw_str_find(got_, DW_STR(literal), 0) == SIZE_MAX)                \
            fail_msg("\"%.*s\" does not hold \"%s\"", DW_FMT(got_), literal); \
    } while (0)

#endif
