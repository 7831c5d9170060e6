/* Tokens: words, numbers, currency signs, dashes, quotes, in one pass over clean text. */
#include "word.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* What sort of code point it is to the tokenizer. */
enum sort {
    SORT_OTHER,
    SORT_SPACE,
    SORT_LINE,
    SORT_LETTER,
    SORT_DIGIT,
    SORT_CURRENCY,
    SORT_DASH,
    SORT_QUOTE,
    SORT_WIDE /* a byte of a longer sequence: to be decoded */
};

/* The sort of each byte. */
#define ROW8(s) s, s, s, s, s, s, s, s
#define ROW16(s) ROW8(s), ROW8(s)
static const uint8_t sorts[256] = {
    ['\t'] = SORT_SPACE,        [' '] = SORT_SPACE,        ['\r'] = SORT_SPACE, ['\n'] = SORT_LINE,
    ['$'] = SORT_CURRENCY,      ['-'] = SORT_DASH,         ['"'] = SORT_QUOTE,  ['\''] = SORT_QUOTE,
    ['`'] = SORT_QUOTE,         ['0'] = ROW8(SORT_DIGIT),  ['8'] = SORT_DIGIT,  SORT_DIGIT,
    ['A'] = ROW16(SORT_LETTER), ['Q'] = ROW8(SORT_LETTER), SORT_LETTER,         SORT_LETTER,
    ['a'] = ROW16(SORT_LETTER), ['q'] = ROW8(SORT_LETTER), SORT_LETTER,         SORT_LETTER,
    [0x80] = ROW16(SORT_WIDE),  ROW16(SORT_WIDE),          ROW16(SORT_WIDE),    ROW16(SORT_WIDE),
    ROW16(SORT_WIDE),           ROW16(SORT_WIDE),          ROW16(SORT_WIDE),    ROW16(SORT_WIDE),
};

static enum sort sort_of_wide(uint32_t c)
{
    if (c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x205F || c == 0x3000)
        return SORT_SPACE;
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63 || c == 0xFF0D)
        return SORT_DASH;
    if ((c >= 0x2018 && c <= 0x201F) || c == 0x2032 || c == 0x2033 || c == 0xAB || c == 0xBB ||
        c == 0x2039 || c == 0x203A || (c >= 0x300C && c <= 0x300F) || c == 0xFF02 || c == 0xFF07 ||
        c == 0xB4)
        return SORT_QUOTE;
    if ((c >= 0xA2 && c <= 0xA5) || (c >= 0x20A0 && c <= 0x20CF) || c == 0xFF04 || c == 0xFFE1 ||
        c == 0xFFE5 || c == 0xFFE0 || c == 0xFFE6 || c == 0x0E3F || c == 0xFDFC)
        return SORT_CURRENCY;
    if (c >= 0xFF10 && c <= 0xFF19)
        return SORT_DIGIT;
    return dw_is_wide_letter(c) || (c >= 0x300 && c <= 0x36F) ? SORT_LETTER : SORT_OTHER;
}

/* The sort of what stands at `at`, and how many bytes it takes; at the end, SORT_LINE of 0 bytes.
 */
static enum sort look(struct dw_str text, size_t at, size_t *bytes)
{
    if (at >= text.len) {
        *bytes = 0;
        return SORT_LINE;
    }
    enum sort sort = sorts[(unsigned char)text.at[at]];
    *bytes = 1;
    if (sort != SORT_WIDE)
        return sort;
    struct dw_str rest = dw_str_slice(text, at, text.len);
    uint32_t c = dw_utf8_next(&rest);
    *bytes = (size_t)(rest.at - (text.at + at));
    return sort_of_wide(c);
}

static bool is_apostrophe(struct dw_str text, size_t at)
{
    return text.at[at] == '\'' ||
           dw_str_starts(dw_str_slice(text, at, text.len), DW_STR("\xe2\x80\x99"));
}

/* Letters and what joins them: inner apostrophes (O'Reilly), digits (H100). */
static size_t scan_word(struct dw_str text, size_t at, bool *digits)
{
    for (;;) {
        while (at < text.len && sorts[(unsigned char)text.at[at]] == SORT_LETTER)
            at++;
        size_t bytes;
        enum sort here = look(text, at, &bytes);
        if (here == SORT_LETTER || here == SORT_DIGIT) {
            *digits = *digits || here == SORT_DIGIT;
            at += bytes;
            continue;
        }
        size_t next_bytes;
        if (here == SORT_QUOTE && is_apostrophe(text, at) &&
            look(text, at + bytes, &next_bytes) == SORT_LETTER) {
            at += bytes;
            continue;
        }
        return at;
    }
}

/* "U.S.", "U.K.": single letters with dots; the end of it, or `at` if it is none. */
static size_t scan_initials(struct dw_str text, size_t at)
{
    size_t end = at;
    size_t letters = 0;
    while (end + 1 < text.len && text.at[end + 1] == '.' && dw_is_alpha(text.at[end])) {
        end += 2;
        letters++;
    }
    return letters >= 2 ? end : at;
}

/* Whether three digits and no more follow: a grouping. */
static bool three_digits(struct dw_str text, size_t at)
{
    for (size_t i = 0; i < 3; i++) {
        if (at + i >= text.len || !dw_is_digit(text.at[at + i]))
            return false;
    }
    return at + 3 >= text.len || !dw_is_digit(text.at[at + 3]);
}

/* Digits with groupings and decimals. A space groups only thousands after one to three digits. */
static size_t scan_number(struct dw_str text, size_t at)
{
    size_t start = at;
    bool grouped_by_space = false;
    for (;;) {
        while (at < text.len && dw_is_digit(text.at[at]))
            at++;
        size_t bytes;
        enum sort here = look(text, at, &bytes);
        if (here == SORT_DIGIT) {
            at += bytes;
            continue;
        }
        if (at >= text.len)
            return at;
        size_t next_bytes;
        char c = text.at[at];
        if ((c == '.' || c == ',') && look(text, at + 1, &next_bytes) == SORT_DIGIT) {
            at++;
            continue;
        }
        bool narrow_space = here == SORT_SPACE && bytes > 1; /* no-break or thin */
        if (narrow_space && three_digits(text, at + bytes) &&
            (at - start <= 3 || grouped_by_space)) {
            grouped_by_space = true;
            at += bytes + 3;
            continue;
        }
        return at;
    }
}

/* The token at token->start, which is of that sort and `bytes` long so far: its kind and end. */
static void scan_token(struct dw_str text, enum sort sort, size_t bytes, struct dw_token *token)
{
    static const uint8_t kinds[] = {
        [SORT_OTHER] = DW_TOKEN_PUNCT,       [SORT_LINE] = DW_TOKEN_BREAK,
        [SORT_LETTER] = DW_TOKEN_WORD,       [SORT_DIGIT] = DW_TOKEN_NUMBER,
        [SORT_CURRENCY] = DW_TOKEN_CURRENCY, [SORT_DASH] = DW_TOKEN_DASH,
        [SORT_QUOTE] = DW_TOKEN_QUOTE,
    };
    size_t end = token->start + bytes;
    bool digits = false;
    token->kind = kinds[sort];
    if (sort == SORT_LETTER) {
        end = scan_initials(text, token->start);
        token->initials = end > token->start;
        if (!token->initials)
            end = scan_word(text, token->start, &digits);
    } else if (sort == SORT_DIGIT) {
        end = scan_number(text, token->start);
    }
    token->digits = digits;
    token->end = (uint32_t)end;
}

/* ---- Letters of a whole text, a bit each --------------------------------------------------- */

/* Which bytes of a text are ASCII letters, and which of these are capitals: words end where a run
 * of bits ends, which costs a few instructions whatever their length. */
struct letter_map {
    unsigned char *letters;
    unsigned char *capitals;
};

/* The high bits of eight bytes side by side, the first byte lowest. */
static inline unsigned char gather(uint64_t high_bits)
{
    return (unsigned char)((high_bits >> 7) * 0x0102040810204080u >> 56);
}

static inline void map_lane(uint64_t lane, unsigned char *letters, unsigned char *capitals)
{
    /* no other ASCII character becomes a letter by this bit */
    uint64_t found = word_between(lane | WORD_EACH(0x20), 'a', 'z') & ~lane;
    *letters = gather(found);
    *capitals = gather(found & ~(lane << 2));
}

#if defined(__SSE2__)
/* The same for sixteen bytes at once. */
static inline void map_pair(const char *at, unsigned char *letters, unsigned char *capitals)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
    __m128i found = _mm_and_si128(_mm_cmpgt_epi8(lower, _mm_set1_epi8('a' - 1)),
                                  _mm_cmplt_epi8(lower, _mm_set1_epi8('z' + 1)));
    __m128i small = _mm_cmpgt_epi8(bytes, _mm_set1_epi8('a' - 1));
    uint16_t both[2] = {(uint16_t)_mm_movemask_epi8(found),
                        (uint16_t)_mm_movemask_epi8(_mm_andnot_si128(small, found))};
    memcpy(letters, &both[0], sizeof both[0]);
    memcpy(capitals, &both[1], sizeof both[1]);
}
#else
static inline void map_pair(const char *at, unsigned char *letters, unsigned char *capitals)
{
    map_lane(word_load(at, WORD_LANE, WORD_LANE), letters, capitals);
    map_lane(word_load(at + WORD_LANE, WORD_LANE, WORD_LANE), letters + 1, capitals + 1);
}
#endif

/* False: out of memory. */
static bool map_letters(struct dw_arena *arena, struct dw_str text, struct letter_map *map)
{
    size_t bytes = text.len / WORD_LANE + 1 + WORD_LANE; /* bits_at() reads a whole lane */
    map->letters = dw_arena_array(arena, bytes, 1);
    map->capitals = dw_arena_array(arena, bytes, 1);
    if (map->letters == NULL || map->capitals == NULL)
        return false;
    size_t at = 0;
    for (; at + 2 * WORD_LANE <= text.len; at += 2 * WORD_LANE)
        map_pair(text.at + at, map->letters + at / WORD_LANE, map->capitals + at / WORD_LANE);
    for (; at < text.len; at += WORD_LANE)
        map_lane(word_load(text.at + at, text.len - at, text.len - at),
                 map->letters + at / WORD_LANE, map->capitals + at / WORD_LANE);
    return true;
}

/* Bits of a map from `at` on, as many as MAP_BITS. */
#define MAP_BITS 57
static inline uint64_t bits_at(const unsigned char *map, size_t at)
{
    return word_load((const char *)map + at / WORD_LANE, WORD_LANE, WORD_LANE) >> at % WORD_LANE;
}

/* Reads a word of ASCII letters and nothing else, as nearly all are. False: it is of another sort,
 * very long, or stands too near to the end of the text. */
static inline bool read_plain_word(struct dw_str text, const struct letter_map *map, size_t start,
                                   bool space, struct dw_token *token)
{
    size_t len = (size_t)__builtin_ctzll(~bits_at(map->letters, start) | (uint64_t)1 << MAP_BITS);
    if (len == MAP_BITS || text.len - start <= 64)
        return false;
    char next = text.at[start + len];
    uint8_t sort = sorts[(unsigned char)next];
    if (sort >= SORT_DIGIT && (sort == SORT_DIGIT || sort == SORT_WIDE || next == '\''))
        return false;
    if (len == 1 && next == '.')
        return false;
    uint64_t capitals = bits_at(map->capitals, start) & (((uint64_t)1 << len) - 1);
    uint64_t head = word_load(text.at + start, len, WORD_LANE) | WORD_EACH(0x20);
    if (len < WORD_LANE)
        head &= ~(~(uint64_t)0 << 8 * len);
    uint64_t hash = word_mix(0, head);
    for (size_t i = WORD_LANE; i < len; i += WORD_LANE) {
        uint64_t lower = word_load(text.at + start + i, WORD_LANE, WORD_LANE) | WORD_EACH(0x20);
        if (len - i < WORD_LANE)
            lower &= ~(~(uint64_t)0 << 8 * (len - i));
        hash = word_mix(hash, lower);
    }
    *token = (struct dw_token){.head = head,
                               .hash = word_finish(hash, len),
                               .start = (uint32_t)start,
                               .end = (uint32_t)(start + len),
                               .kind = DW_TOKEN_WORD,
                               .space = space,
                               .capital = capitals & 1,
                               .caps = capitals > 1};
    return true;
}

/* ---- Tokens ---------------------------------------------------------------------------------- */

/* Reads what is no plain word. False: it is a space, after all. */
static bool read_other(struct dw_str text, size_t at, bool space, struct dw_token *token)
{
    size_t bytes;
    enum sort sort = look(text, at, &bytes);
    *token =
        (struct dw_token){.start = (uint32_t)at, .end = (uint32_t)(at + bytes), .space = space};
    if (sort == SORT_SPACE)
        return false;
    scan_token(text, sort, bytes, token);
    if (bytes > 1 || sort == SORT_LETTER || sort == SORT_DIGIT)
        dw_token_read(text, token);
    return true;
}

/* Room for one more token; NULL: out of memory. */
static struct dw_token *make_room(struct dw_arena *arena, struct dw_tokens *tokens, size_t len)
{
    tokens->len = len;
    tokens->at = dw_vec_room(arena, tokens->at, len, &tokens->cap, sizeof *tokens->at);
    return len < tokens->cap ? tokens->at : NULL;
}

bool dw_tokenize(struct dw_arena *arena, struct dw_str text, struct dw_tokens *tokens)
{
    enum { BYTES_A_TOKEN = 4 }; /* of English with its spaces: 5 or 6 */
    struct letter_map map;
    bool space = false;
    size_t len = 0;
    *tokens = (struct dw_tokens){.cap = text.len / BYTES_A_TOKEN + 1};
    struct dw_token *list = dw_arena_array(arena, tokens->cap, sizeof *list);
    tokens->at = list;
    if (list == NULL || !map_letters(arena, text, &map))
        return false;
    for (size_t at = 0; at < text.len;) {
        if (len == tokens->cap && (list = make_room(arena, tokens, len)) == NULL)
            return false;
        bool letter = sorts[(unsigned char)text.at[at]] == SORT_LETTER;
        if (!(letter && read_plain_word(text, &map, at, space, &list[len])) &&
            !read_other(text, at, space, &list[len])) {
            at = list[len].end;
            space = true;
            continue;
        }
        at = list[len++].end;
        space = at < text.len && text.at[at] == ' '; /* as behind nearly every word */
        at += space;
    }
    tokens->len = len;
    return true;
}
