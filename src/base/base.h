/* What base offers to the other folders: slices, arenas, growing arrays, buffers, maps, UTF-8,
 * cleaning, dates, the clock, the log and the queue. Nothing here knows of news. */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <string.h>

#include <dealwire/base.h>

#include "base/limits.h"

/* ---- Slices (str.c) -------------------------------------------------------------------------- */

/* The only way in for a C string of a library. NULL gives the empty slice. */
struct dw_str dw_str_from_c(const char *c);
static inline bool dw_str_eq(struct dw_str a, struct dw_str b)
{
    return a.len == b.len && (a.len == 0 || a.at == b.at || memcmp(a.at, b.at, a.len) == 0);
}
/* Equal but for the case of ASCII letters: for markup, headers, schemes; not for people's words. */
bool dw_str_eq_nocase(struct dw_str a, struct dw_str b);
/* <0, 0, >0 in byte order. */
int dw_str_compare(struct dw_str a, struct dw_str b);
bool dw_str_starts(struct dw_str s, struct dw_str prefix);
bool dw_str_starts_nocase(struct dw_str s, struct dw_str prefix);
bool dw_str_ends(struct dw_str s, struct dw_str suffix);
/* Offset of the first occurrence at or after `from`; SIZE_MAX if there is none. */
size_t dw_str_find(struct dw_str s, struct dw_str needle, size_t from);
size_t dw_str_find_nocase(struct dw_str s, struct dw_str needle, size_t from);
size_t dw_str_find_char(struct dw_str s, char c, size_t from);
/* Bytes [from, to), both cut to the slice. */
static inline struct dw_str dw_str_slice(struct dw_str s, size_t from, size_t to)
{
    if (to > s.len)
        to = s.len;
    if (from >= to)
        return (struct dw_str){s.at, 0};
    return (struct dw_str){s.at + from, to - from};
}
/* Without ASCII white space at both ends. */
struct dw_str dw_str_trim(struct dw_str s);
/* Takes what stands before the next `separator` off the front of `rest`; false once it is used up.
 */
bool dw_str_split(struct dw_str *rest, char separator, struct dw_str *part);
/* A decimal number and nothing else; false otherwise or on overflow. */
bool dw_str_to_int(struct dw_str s, int64_t *value) DW_MUST_CHECK;
/* FNV-1a, 64 bits: stable across runs and machines, so that it may be stored. */
uint64_t dw_str_hash(struct dw_str s);
/* The name among `count` (lower case) that is nearest to a mistyped one; empty if none is near. */
struct dw_str dw_str_nearest(struct dw_str typed, const struct dw_str *names, size_t count);
/* Appends to a list in the arena; false if the arena is exhausted. */
bool dw_strs_push(struct dw_arena *arena, struct dw_strs *list, struct dw_str s);
bool dw_strs_has(const struct dw_strs *list, struct dw_str s);
/* The list's items with `between` between them. */
struct dw_str dw_strs_join(struct dw_arena *arena, const struct dw_strs *list,
                           struct dw_str between);

/* ASCII character classes that no locale changes. */
static inline bool dw_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}
static inline bool dw_is_digit(char c)
{
    return c >= '0' && c <= '9';
}
static inline bool dw_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}
static inline bool dw_is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}
static inline bool dw_is_alpha(char c)
{
    return dw_is_upper(c) || dw_is_lower(c);
}
static inline char dw_to_lower(char c)
{
    return dw_is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

/* ---- Memory (arena.c) ------------------------------------------------------------------------ */

/* Where every allocation of base comes from. Tests replace it to make the n-th one fail; `size` 0
 * frees, `old` NULL allocates. Set it only while no other thread runs. */
typedef void *(*dw_alloc_fn)(void *old, size_t size);
extern dw_alloc_fn dw_alloc_hook;
/* malloc, realloc and free through the hook, for handles that live outside arenas. Zeroed. */
void *dw_alloc(size_t size);
void dw_free(void *memory);

/* A mark in an arena, to give back what a function needed only while it ran. */
struct dw_scratch {
    struct dw_arena *arena;
    struct dw_arena_block *block;
    size_t used;
};
struct dw_scratch dw_scratch_begin(struct dw_arena *arena);
/* Gives back all that came from the arena since the mark. */
void dw_scratch_end(struct dw_scratch scratch);

/* A growing array of T in an arena: struct { T *at; size_t len, cap; }. */
#define DW_VEC(T)   \
    struct {        \
        T *at;      \
        size_t len; \
        size_t cap; \
    }
/* Address of a new zeroed element at the end; NULL if the arena is exhausted. */
#define dw_vec_push(arena, vec)                                                                 \
    ((vec)->len < (vec)->cap ? (void)0                                                          \
                             : (void)((vec)->at = dw_vec_room((arena), (vec)->at, (vec)->len,   \
                                                              &(vec)->cap, sizeof *(vec)->at)), \
     (vec)->at != NULL && (vec)->len < (vec)->cap ? &(vec)->at[(vec)->len++] : NULL)
/* The array with room for one more: itself, or a larger copy. For dw_vec_push(). */
void *dw_vec_room(struct dw_arena *arena, void *at, size_t len, size_t *cap, size_t size);

/* ---- Bounded buffer (buf.c) ------------------------------------------------------------------ */

/* Bytes that grow up to a limit known from birth. A failure is remembered: append freely and ask
 * dw_buf_ok() once. */
struct dw_buf {
    char *at;
    size_t len;
    size_t cap;
    size_t limit;
    bool failed;
};
void dw_buf_init(struct dw_buf *buf, size_t limit);
void dw_buf_release(struct dw_buf *buf);
/* Empties it and forgets a failure, keeps the memory. */
void dw_buf_clear(struct dw_buf *buf);
void dw_buf_add(struct dw_buf *buf, struct dw_str s);
void dw_buf_add_char(struct dw_buf *buf, char c);
void dw_buf_add_format(struct dw_buf *buf, const char *format, ...) DW_PRINTF(2, 3);
bool dw_buf_ok(const struct dw_buf *buf);
/* What it holds: valid until the next append. */
struct dw_str dw_buf_str(const struct dw_buf *buf);

/* ---- Map (map.c) ----------------------------------------------------------------------------- */

/* From slices to numbers or pointers, in an arena: open addressing, never shrinks. */
struct dw_map_slot;
struct dw_map {
    struct dw_arena *arena;
    struct dw_map_slot *slots;
    size_t len;
    size_t cap;
};
void dw_map_init(struct dw_map *map, struct dw_arena *arena);
/* Sets the value of a key, whose bytes must outlive the map. False if the arena is exhausted. */
bool dw_map_put(struct dw_map *map, struct dw_str key, uint64_t value) DW_MUST_CHECK;
/* False if the key is not there. */
bool dw_map_get(const struct dw_map *map, struct dw_str key, uint64_t *value) DW_MUST_CHECK;

/* ---- UTF-8 (utf8.c, by utf8proc) ------------------------------------------------------------- */

#define DW_CODEPOINT_BAD 0xFFFD

/* Takes the next code point off the front; U+FFFD and one byte for what is no UTF-8. The slice must
 * not be empty. */
uint32_t dw_utf8_next(struct dw_str *s);
bool dw_utf8_valid(struct dw_str s);
/* Writes up to 4 bytes; returns how many. */
size_t dw_utf8_put(char out[4], uint32_t codepoint);
void dw_buf_add_codepoint(struct dw_buf *buf, uint32_t codepoint);
/* The largest prefix of at most `bytes` bytes that ends between code points. */
struct dw_str dw_utf8_cut(struct dw_str s, size_t bytes);
/* Takes the next user-perceived character (grapheme cluster) off the front. */
struct dw_str dw_utf8_cluster(struct dw_str *s);
/* Cells of a terminal: of one code point (0, 1, 2) and of a text, cluster by cluster. */
int dw_width_codepoint(uint32_t codepoint);
size_t dw_width(struct dw_str s);
/* Case folded, marks removed, compatibility forms unified: for comparing names and searching. */
struct dw_str dw_utf8_fold(struct dw_arena *arena, struct dw_str s);
bool dw_is_wide_letter(uint32_t codepoint); /* a letter of any script */
bool dw_is_wide_upper(uint32_t codepoint);

/* ---- Cleaning of foreign text (clean.c) ------------------------------------------------------ */

enum dw_clean { DW_CLEAN_LINE, DW_CLEAN_TEXT };
/* Foreign bytes made harmless: valid UTF-8 in NFC, no controls, bidirectional overrides, invisible
 * tricks or towers of combining marks. DW_CLEAN_LINE folds all white space to single spaces;
 * DW_CLEAN_TEXT keeps line ends and at most one blank line between paragraphs. A no-break or thin
 * space between digits stays as U+00A0: it groups one number. Trimmed. */
struct dw_str dw_text_clean(struct dw_arena *arena, struct dw_str s, enum dw_clean mode);

/* ---- Dates and the clock (date.c, clock.c) --------------------------------------------------- */

/* Reads a date in any form that feeds are known to use: RFC 822 and its real-life variants, RFC
 * 3339, W3CDTF, asctime. No zone: UTC. False if it names no instant. */
bool dw_date_parse(struct dw_str s, int64_t *time) DW_MUST_CHECK;
/* "2026-01-29T09:30:00Z"; empty for DW_TIME_NONE. */
struct dw_str dw_date_iso(struct dw_arena *arena, int64_t time);
struct dw_civil {
    int year, month, day; /* month and day from 1 */
    int hour, minute, second;
    int weekday; /* 0 is Sunday */
    int yearday; /* 0 is January 1 */
};
/* Between seconds and the proleptic Gregorian calendar, in UTC. Fields out of range carry over. */
struct dw_civil dw_civil_from_time(int64_t time);
int64_t dw_time_from_civil(const struct dw_civil *civil);
/* The same in the local zone of the process. */
struct dw_civil dw_civil_local(int64_t time);
/* "7d", "36h", "2w", "90m": seconds. False if it is none. */
bool dw_duration_parse(struct dw_str s, int64_t *seconds) DW_MUST_CHECK;

/* Seconds since 1970 and a monotonic count of milliseconds, by a function that tests replace. */
struct dw_clock {
    int64_t (*now)(void *context);
    void *context;
    int64_t offset; /* added to the system's time where `now` is NULL: fixed demos, tests */
};
int64_t dw_clock_now(const struct dw_clock *clock);
int64_t dw_clock_milliseconds(void);

/* ---- Log (log.c) ----------------------------------------------------------------------------- */

enum dw_log_level { DW_LOG_ERROR, DW_LOG_WARN, DW_LOG_INFO, DW_LOG_DEBUG };
struct dw_log;
/* Appends to a file, which starts anew beyond DW_LIMIT_LOG_BYTES. NULL with the error if it cannot
 * be opened. Any thread may write; every line is cleaned first. */
struct dw_log *dw_log_open(struct dw_str path, enum dw_log_level level,
                           const struct dw_clock *clock, struct dw_error *err);
void dw_log_close(struct dw_log *log);
/* Does nothing where `log` is NULL. */
void dw_log_write(struct dw_log *log, enum dw_log_level level, const char *format, ...)
    DW_PRINTF(3, 4);

/* ---- Queue (queue.c) ------------------------------------------------------------------------- */

/* A bounded queue of pointers between threads. Closing it wakes all: pushes are refused from then
 * on, pops go on until it is empty. */
struct dw_queue;
/* With room for `capacity` items, at least one. NULL: out of memory. */
struct dw_queue *dw_queue_new(size_t capacity, struct dw_error *err);
/* What is still inside stays the caller's. */
void dw_queue_free(struct dw_queue *queue);
/* Waits for room. False: closed; the item stays the caller's. */
bool dw_queue_push(struct dw_queue *queue, void *item) DW_MUST_CHECK;
/* Never waits. False: full or closed. */
bool dw_queue_try_push(struct dw_queue *queue, void *item) DW_MUST_CHECK;
/* Waits for an item; NULL: closed and empty. */
void *dw_queue_pop(struct dw_queue *queue);
/* Never waits; NULL if there is none. */
void *dw_queue_try_pop(struct dw_queue *queue);
/* Waits at most this long; NULL: none came, or closed and empty. */
void *dw_queue_pop_within(struct dw_queue *queue, int64_t milliseconds);
void dw_queue_close(struct dw_queue *queue);
size_t dw_queue_count(struct dw_queue *queue);

/* ---- Tables compiled in (tsv-to-c.cmake) ------------------------------------------------------
 */

#define DW_TSV_COLUMNS 6

struct dw_tsv_row {
    unsigned line; /* in the file, for messages */
    struct dw_str cell[DW_TSV_COLUMNS];
};

/* A TSV file of the house as data: comments and empty lines left out. */
struct dw_tsv {
    const char *name; /* of the file, for messages */
    const struct dw_tsv_row *rows;
    size_t len;
};

/* ---- Files (file.c) -------------------------------------------------------------------------- */

/* A whole file, at most `limit` bytes, into the arena. "-" is standard input. The error names the
 * file and the reason. */
bool dw_file_read(struct dw_arena *arena, struct dw_str path, size_t limit, struct dw_str *bytes,
                  struct dw_error *err) DW_MUST_CHECK;
/* Replaces a file as a whole: written beside it, synced, renamed. */
bool dw_file_write(struct dw_str path, struct dw_str bytes, struct dw_error *err) DW_MUST_CHECK;
/* Makes a folder and those above it (mode 0700 for new ones). */
bool dw_folder_make(struct dw_str path, struct dw_error *err) DW_MUST_CHECK;

#endif
