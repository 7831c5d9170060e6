/* Slices, arenas, buffers and errors: what every other header of dealwire builds on.
 *
 * Ownership: whoever passes the arena owns the result. Text is UTF-8 in slices that need not end in
 * NUL. Times are seconds since 1970-01-01T00:00:00Z; DW_TIME_NONE says that there is none. No
 * function here is tied to a thread, but one object belongs to one thread at a time. */
#ifndef DW_BASE_H
#define DW_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define DW_MUST_CHECK __attribute__((warn_unused_result))
#define DW_PRINTF(format_at, args_at) __attribute__((format(printf, format_at, args_at)))
#else
#define DW_MUST_CHECK
#define DW_PRINTF(format_at, args_at)
#endif

/* ---- Slices ---------------------------------------------------------------------------------- */

/* Some bytes that somebody else owns. The empty slice may have a NULL pointer. */
struct dw_str {
    const char *at;
    size_t len;
};

/* A slice of a string literal. */
#define DW_STR(literal) ((struct dw_str){(literal), sizeof(literal) - 1})
/* The same as an initialiser of static data. */
#define DW_STR_INIT(literal)           \
    {                                  \
        (literal), sizeof(literal) - 1 \
    }
/* The two arguments of "%.*s". */
#define DW_FMT(s) (int)(s).len, ((s).at ? (s).at : "")

/* A list of slices. */
struct dw_strs {
    struct dw_str *at;
    size_t len;
    size_t cap;
};

/* Times: seconds since 1970 in UTC. */
#define DW_TIME_NONE INT64_MIN

/* ---- Memory ---------------------------------------------------------------------------------- */

struct dw_arena_block;

/* Memory of one document, query or frame: taken piece by piece, given back whole. */
struct dw_arena {
    struct dw_arena_block *block; /* the newest block; older ones hang from it */
    struct dw_arena_block *spare; /* a block that the end of a scratch left over, or NULL */
    size_t total;                 /* bytes taken from the system */
    size_t limit;                 /* bytes that may be taken at most */
    bool failed;                  /* some request could not be met: the result is not whole */
};

/* Largest request that an exhausted arena still answers with a pointer (to a block whose content
 * means nothing), so that callers look at `failed` once per document. Larger ones give NULL. */
#define DW_ARENA_HARMLESS 1024

/* Makes an empty arena that takes at most `limit` bytes. Allocates nothing. */
void dw_arena_init(struct dw_arena *arena, size_t limit);
/* Gives everything back; the arena may be used again. */
void dw_arena_release(struct dw_arena *arena);
/* Zeroed and aligned memory. Out of memory: sets `failed`; see DW_ARENA_HARMLESS. */
void *dw_arena_alloc(struct dw_arena *arena, size_t size);
/* Room for `count` elements, zeroed; NULL if the arena fails, whatever the size. */
void *dw_arena_array(struct dw_arena *arena, size_t count, size_t size);
/* A copy of the slice, followed by a NUL that the length does not count. */
struct dw_str dw_str_dup(struct dw_arena *arena, struct dw_str s);
/* The same as a C string, for libraries that want one. Bytes after an inner NUL are out of reach.
 */
const char *dw_str_cstr(struct dw_arena *arena, struct dw_str s);
/* Formats into the arena, as printf does. */
struct dw_str dw_str_format(struct dw_arena *arena, const char *format, ...) DW_PRINTF(2, 3);

/* ---- Errors ---------------------------------------------------------------------------------- */

/* name, text, exit status of the program */
#define DW_CODES(X)                              \
    X(DW_OK, "done", 0)                          \
    X(DW_ERR_USAGE, "wrong usage", 2)            \
    X(DW_ERR_MEMORY, "out of memory", 1)         \
    X(DW_ERR_INPUT, "bad input", 1)              \
    X(DW_ERR_LIMIT, "limit reached", 1)          \
    X(DW_ERR_FILE, "file trouble", 1)            \
    X(DW_ERR_STORE, "store trouble", 1)          \
    X(DW_ERR_NETWORK, "network trouble", 1)      \
    X(DW_ERR_CONFIG, "configuration trouble", 1) \
    X(DW_ERR_TERMINAL, "terminal trouble", 1)    \
    X(DW_ERR_STOPPED, "stopped", 1)

enum dw_code {
#define DW_CODE_NAME(name, text, status) name,
    DW_CODES(DW_CODE_NAME)
#undef DW_CODE_NAME
};

#define DW_ERROR_BYTES 512

/* What failed, on what, why, what to do: one sentence for a person, clean UTF-8, cut at its end. */
struct dw_error {
    enum dw_code code;
    char message[DW_ERROR_BYTES];
};

/* Fills the error; returns false, so that a failing function can return it. `err` may be NULL. */
bool dw_error_set(struct dw_error *err, enum dw_code code, const char *format, ...) DW_PRINTF(3, 4);
/* Puts context before the message: "feed x: " + "no such host". Returns false. */
bool dw_error_wrap(struct dw_error *err, const char *format, ...) DW_PRINTF(2, 3);
/* The short name of a code ("bad input") and the exit status that belongs to it. */
struct dw_str dw_code_text(enum dw_code code);
int dw_code_status(enum dw_code code);

#ifdef __cplusplus
}
#endif

#endif
