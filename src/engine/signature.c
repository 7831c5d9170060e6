/* Signatures of texts: copies of one agency text have nearly the same, so they count once. */
#include "internal.h"

/* Words in a row that make a shingle: long enough that two reports of one fact share few. */
#define SHINGLE_WORDS 4
/* Fewer shingles say too little. */
#define SHINGLES_LEAST 24
/* Equal hashes of STORE_SIGNATURE_HASHES: three quarters of the shingles are shared. */
#define SAME_LEAST (STORE_SIGNATURE_HASHES * 3 / 4)

/* A different order of the hash values for each slot (splitmix64). */
static uint64_t reorder(uint64_t hash, uint64_t slot)
{
    uint64_t x = hash + (slot + 1) * 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

/* Takes the next run of letters and digits off the front; bytes above ASCII count as letters. */
static bool next_word(struct dw_str *rest, struct dw_str *word)
{
    size_t from = 0;
    while (from < rest->len && !dw_is_alpha(rest->at[from]) && !dw_is_digit(rest->at[from]) &&
           (unsigned char)rest->at[from] < 0x80)
        from++;
    size_t to = from;
    while (to < rest->len && (dw_is_alpha(rest->at[to]) || dw_is_digit(rest->at[to]) ||
                              (unsigned char)rest->at[to] >= 0x80))
        to++;
    *word = dw_str_slice(*rest, from, to);
    *rest = dw_str_slice(*rest, to, rest->len);
    return word->len > 0;
}

bool engine_signature(struct dw_arena *arena, struct dw_str text,
                      uint64_t signature[STORE_SIGNATURE_HASHES])
{
    struct dw_scratch scratch = dw_scratch_begin(arena);
    struct dw_str rest = dw_utf8_fold(arena, text);
    uint64_t words[SHINGLE_WORDS] = {0};
    size_t count = 0;
    for (size_t slot = 0; slot < STORE_SIGNATURE_HASHES; slot++)
        signature[slot] = UINT64_MAX;
    struct dw_str word;
    while (next_word(&rest, &word)) {
        words[count++ % SHINGLE_WORDS] = dw_str_hash(word);
        if (count < SHINGLE_WORDS)
            continue;
        uint64_t shingle = 0;
        for (size_t i = 0; i < SHINGLE_WORDS; i++)
            shingle = reorder(shingle ^ words[(count + i) % SHINGLE_WORDS], i);
        for (size_t slot = 0; slot < STORE_SIGNATURE_HASHES; slot++) {
            uint64_t hash = reorder(shingle, slot);
            if (hash < signature[slot])
                signature[slot] = hash;
        }
    }
    dw_scratch_end(scratch);
    return count >= SHINGLES_LEAST + SHINGLE_WORDS - 1;
}

bool engine_signature_same(const uint64_t *a, const uint64_t *b)
{
    size_t same = 0;
    for (size_t slot = 0; slot < STORE_SIGNATURE_HASHES; slot++)
        same += a[slot] == b[slot];
    return same >= SAME_LEAST;
}
