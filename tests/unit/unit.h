/* What every unit test includes: cmocka, and an allocator that fails at will. */
#ifndef UNIT_UNIT_H
#define UNIT_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/base.h"

/* Compares a slice with a C string literal. */
#define assert_str(slice, literal)                                                \
    do {                                                                          \
        struct dw_str got_ = (slice);                                             \
        struct dw_str want_ = DW_STR(literal);                                    \
        if (!dw_str_eq(got_, want_))                                              \
            fail_msg("got \"%.*s\", want \"%.*s\"", DW_FMT(got_), DW_FMT(want_)); \
    } while (0)

static inline size_t *unit_allocations_left(void)
{
    static size_t left = SIZE_MAX;
    return &left;
}

static inline void *unit_failing_alloc(void *old, size_t size)
{
    size_t *left = unit_allocations_left();
    if (size == 0) {
        free(old);
        return NULL;
    }
    if (*left == 0)
        return NULL;
    if (*left != SIZE_MAX)
        --*left;
    return realloc(old, size);
}

/* From now on only `count` allocations of base succeed; SIZE_MAX: all. */
static inline void unit_fail_after(size_t count)
{
    *unit_allocations_left() = count;
    dw_alloc_hook = unit_failing_alloc;
}

#endif
