/* Arenas: memory taken piece by piece and given back whole. */
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Invariants: 1. `block` is the newest block, or NULL. 2. The bytes of a block from `used` on are
 * zero. 3. `total` is the sum of the blocks' sizes, the spare one included, and never above
 * `limit`.
 * 4. `spare` is the largest block that a scratch needed and gave back, so that work done many times
 * over in one arena asks the system for memory once. */
struct dw_arena_block {
    struct dw_arena_block *older;
    size_t size; /* bytes behind this header */
    size_t used;
    max_align_t memory[];
};

#define FIRST_BLOCK 4096
#define LARGEST_STEP (1u << 20)

static void *system_alloc(void *old, size_t size)
{
    if (size == 0) {
        free(old);
        return NULL;
    }
    return realloc(old, size);
}

dw_alloc_fn dw_alloc_hook = system_alloc;

void *dw_alloc(size_t size)
{
    void *memory = dw_alloc_hook(NULL, size > 0 ? size : 1);
    if (memory != NULL)
        memset(memory, 0, size);
    return memory;
}

void dw_free(void *memory)
{
    if (memory != NULL)
        dw_alloc_hook(memory, 0);
}

void dw_arena_init(struct dw_arena *arena, size_t limit)
{
    *arena = (struct dw_arena){.limit = limit};
}

static void drop_newest(struct dw_arena *arena)
{
    struct dw_arena_block *older = arena->block->older;
    arena->total -= arena->block->size;
    dw_free(arena->block);
    arena->block = older;
}

static void drop_spare(struct dw_arena *arena)
{
    if (arena->spare == NULL)
        return;
    arena->total -= arena->spare->size;
    dw_free(arena->spare);
    arena->spare = NULL;
}

void dw_arena_release(struct dw_arena *arena)
{
    drop_spare(arena);
    while (arena->block != NULL)
        drop_newest(arena);
    arena->failed = false;
}

/* Takes the newest block off and keeps it as the spare one if it is the larger. */
static void keep_newest(struct dw_arena *arena)
{
    struct dw_arena_block *block = arena->block;
    if (arena->spare != NULL && arena->spare->size >= block->size) {
        drop_newest(arena);
        return;
    }
    drop_spare(arena);
    arena->block = block->older;
    memset(block->memory, 0, block->used);
    block->used = 0;
    arena->spare = block;
}

static bool take_spare(struct dw_arena *arena, size_t size)
{
    if (arena->spare == NULL || arena->spare->size < size)
        return false;
    arena->spare->older = arena->block;
    arena->block = arena->spare;
    arena->spare = NULL;
    return true;
}

/* Blocks double, so that a long document takes few of them; a large request gets its own. */
static bool add_block(struct dw_arena *arena, size_t size)
{
    size_t wanted = arena->block != NULL ? arena->block->size * 2 : FIRST_BLOCK;
    if (take_spare(arena, size))
        return true;
    drop_spare(arena);
    if (wanted > LARGEST_STEP)
        wanted = LARGEST_STEP;
    size_t left = arena->limit - arena->total;
    if (wanted > left)
        wanted = left;
    if (wanted < size)
        wanted = size;
    if (wanted > left)
        return false;
    struct dw_arena_block *block = dw_alloc(sizeof *block + wanted);
    if (block == NULL)
        return false;
    block->older = arena->block;
    block->size = wanted;
    block->used = 0;
    arena->block = block;
    arena->total += wanted;
    return true;
}

static void *take(struct dw_arena *arena, size_t size)
{
    size_t align = sizeof(max_align_t) - 1;
    if (size > SIZE_MAX - align - sizeof(struct dw_arena_block))
        return NULL;
    size = (size + align) & ~align;
    struct dw_arena_block *block = arena->block;
    if (block == NULL || block->size - block->used < size) {
        if (!add_block(arena, size))
            return NULL;
        block = arena->block;
    }
    char *memory = (char *)block->memory + block->used;
    block->used += size;
    return memory;
}

void *dw_arena_array(struct dw_arena *arena, size_t count, size_t size)
{
    if (size > 0 && count > SIZE_MAX / size) {
        arena->failed = true;
        return NULL;
    }
    void *memory = take(arena, count * size > 0 ? count * size : 1);
    if (memory == NULL)
        arena->failed = true;
    return memory;
}

void *dw_arena_alloc(struct dw_arena *arena, size_t size)
{
    static _Thread_local max_align_t harmless[DW_ARENA_HARMLESS / sizeof(max_align_t)];
    void *memory = dw_arena_array(arena, 1, size);
    if (memory != NULL || size > sizeof harmless)
        return memory;
    memset(harmless, 0, sizeof harmless);
    return harmless;
}

struct dw_scratch dw_scratch_begin(struct dw_arena *arena)
{
    size_t used = arena->block != NULL ? arena->block->used : 0;
    return (struct dw_scratch){arena, arena->block, used};
}

void dw_scratch_end(struct dw_scratch scratch)
{
    struct dw_arena *arena = scratch.arena;
    while (arena->block != scratch.block)
        keep_newest(arena);
    if (arena->block == NULL)
        return;
    char *memory = (char *)arena->block->memory;
    memset(memory + scratch.used, 0, arena->block->used - scratch.used);
    arena->block->used = scratch.used;
}

void *dw_vec_room(struct dw_arena *arena, void *at, size_t len, size_t *cap, size_t size)
{
    if (len < *cap)
        return at;
    size_t wanted = *cap > 0 ? *cap * 2 : 8;
    void *larger = dw_arena_array(arena, wanted, size);
    if (larger == NULL)
        return at;
    if (len > 0)
        memcpy(larger, at, len * size);
    *cap = wanted;
    return larger;
}

struct dw_str dw_str_dup(struct dw_arena *arena, struct dw_str s)
{
    char *copy = dw_arena_array(arena, s.len + 1, 1);
    if (copy == NULL)
        return (struct dw_str){"", 0};
    if (s.len > 0)
        memcpy(copy, s.at, s.len);
    return (struct dw_str){copy, s.len};
}

const char *dw_str_cstr(struct dw_arena *arena, struct dw_str s)
{
    return dw_str_dup(arena, s).at;
}

struct dw_str dw_str_format(struct dw_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = len >= 0 ? dw_arena_array(arena, (size_t)len + 1, 1) : NULL;
    if (text == NULL)
        return (struct dw_str){"", 0};
    va_start(args, format);
    vsnprintf(text, (size_t)len + 1, format, args);
    va_end(args);
    return (struct dw_str){text, (size_t)len};
}
