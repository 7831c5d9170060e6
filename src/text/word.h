/* Letters of a word, eight at a time: shared by the tokenizer and what reads words it has cut. */
#ifndef TEXT_WORD_H
#define TEXT_WORD_H

#include <string.h>

#include "text/text.h"

#define WORD_LANE ((size_t)8) /* bytes looked at together */
#define WORD_EACH(byte) (0x0101010101010101u * (uint64_t)(byte))

/* Up to eight bytes as one number, the first byte lowest, zeros behind the end. `room` bytes can be
 * read: all eight at once are read much faster than some of them. */
static inline uint64_t word_load(const char *at, size_t len, size_t room)
{
    uint64_t bytes = 0;
    if (room >= WORD_LANE)
        memcpy(&bytes, at, WORD_LANE);
    else
        memcpy(&bytes, at, len);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    bytes = __builtin_bswap64(bytes);
#endif
    return len < WORD_LANE ? bytes & ~(~(uint64_t)0 << 8 * len) : bytes;
}

/* The high bit of each byte that lies between two ASCII characters. */
static inline uint64_t word_between(uint64_t bytes, char first, char last)
{
    uint64_t low = bytes & WORD_EACH(0x7F);
    uint64_t from_first = low + WORD_EACH(0x80 - first);
    uint64_t behind_last = low + WORD_EACH(0x7F - last);
    return (from_first ^ behind_last) & ~bytes & WORD_EACH(0x80);
}

static inline uint64_t word_mix(uint64_t hash, uint64_t lower)
{
    hash = (hash ^ lower) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

/* Never 0, which says that there is no word. */
static inline uint32_t word_finish(uint64_t hash, size_t len)
{
    hash = (hash ^ len) * 0xD6E8FEB86659FD93u;
    return (uint32_t)(hash >> 32) | 1;
}

#endif
