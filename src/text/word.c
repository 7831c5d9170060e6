/* Words as the tokenizer leaves them: their ending, capitals, and a hash that knows no case. */
#include "word.h"

/* What one pass over a word's bytes tells. */
struct letters {
    uint32_t hash;
    uint64_t head;
    bool caps, wide;
};

static struct letters read_letters(const char *at, size_t len, size_t room)
{
    struct letters found = {0};
    uint64_t hash = 0;
    for (size_t i = 0; i < len; i += WORD_LANE) {
        uint64_t bytes = word_load(at + i, len - i, room - i);
        uint64_t capitals = word_between(bytes, 'A', 'Z');
        uint64_t lower = bytes | capitals >> 2;
        hash = word_mix(hash, lower);
        if (i == 0)
            found.head = lower;
        found.wide = found.wide || (bytes & WORD_EACH(0x80)) != 0;
        found.caps = found.caps || (i == 0 ? capitals & ~(uint64_t)0xFF : capitals) != 0;
    }
    found.hash = word_finish(hash, len);
    return found;
}

uint32_t dw_word_hash(struct dw_str word)
{
    return read_letters(word.at, word.len, word.len).hash;
}

uint64_t dw_word_head(struct dw_str word)
{
    return read_letters(word.at, word.len, word.len).head;
}

/* Bytes of the apostrophe before `end`; 0 if there is none. */
static size_t apostrophe_before(struct dw_str word, size_t end)
{
    if (end >= 1 && word.at[end - 1] == '\'')
        return 1;
    return end >= 3 && memcmp(word.at + end - 3, "\xe2\x80\x99", 3) == 0 ? 3 : 0;
}

/* "company's", "they'll", "isn't", with any apostrophe: what behind the word is no part of it. */
static void read_ending(struct dw_str word, struct dw_token *token)
{
    static const char *const endings[] = {"s", "ll", "re", "ve", "d", "m"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t len = endings[i][1] != '\0' ? 2 : 1;
        size_t apostrophe = word.len > len ? apostrophe_before(word, word.len - len) : 0;
        bool same = dw_to_lower(word.at[word.len - len]) == endings[i][0] &&
                    (len == 1 || dw_to_lower(word.at[word.len - 1]) == endings[i][1]);
        if (apostrophe == 0 || !same || word.len == apostrophe + len)
            continue;
        token->ending = (uint8_t)(apostrophe + len);
        token->possessive = i == 0;
        return;
    }
    size_t apostrophe = word.len > 3 ? apostrophe_before(word, word.len - 1) : 0;
    token->negated = apostrophe > 0 && word.at[word.len - 1] == 't' &&
                     dw_to_lower(word.at[word.len - 2 - apostrophe]) == 'n';
}

void dw_token_read(struct dw_str text, struct dw_token *token)
{
    struct dw_str word = dw_str_slice(text, token->start, token->end);
    if (token->kind == DW_TOKEN_WORD && word.len > 2 &&
        apostrophe_before(word, word.len - 1) + apostrophe_before(word, word.len - 2) > 0)
        read_ending(word, token);
    struct letters found = read_letters(word.at, word.len - token->ending, text.len - token->start);
    token->hash = found.hash;
    token->head = found.head;
    token->caps = found.caps;
    token->capital =
        token->kind == DW_TOKEN_WORD &&
        (dw_is_upper(word.at[0]) || (found.wide && dw_is_wide_upper(dw_utf8_next(&word))));
}
