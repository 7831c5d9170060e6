/* Tokens: words, numbers, currency signs, dashes, quotes, in one pass over clean text. */
#include "text/text.h"

/* What sort of code point it is to the tokenizer. */
enum sort {
    SORT_OTHER,
    SORT_SPACE,
    SORT_LINE,
    SORT_LETTER,
    SORT_DIGIT,
    SORT_CURRENCY,
    SORT_DASH,
    SORT_QUOTE
};

static enum sort class_of_ascii(unsigned char c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        return SORT_LETTER;
    if (c >= '0' && c <= '9')
        return SORT_DIGIT;
    switch (c) {
    case '\n':
        return SORT_LINE;
    case ' ':
    case '\t':
    case '\r':
        return SORT_SPACE;
    case '$':
        return SORT_CURRENCY;
    case '-':
        return SORT_DASH;
    case '"':
    case '\'':
    case '`':
        return SORT_QUOTE;
    default:
        return SORT_OTHER;
    }
}

static enum sort class_of_wide(uint32_t c)
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

/* The class of what stands at `at`, and how many bytes it takes; at the end, SORT_LINE of 0 bytes.
 */
static enum sort look(struct dw_str text, size_t at, size_t *bytes)
{
    if (at >= text.len) {
        *bytes = 0;
        return SORT_LINE;
    }
    unsigned char first = (unsigned char)text.at[at];
    if (first < 0x80) {
        *bytes = 1;
        return class_of_ascii(first);
    }
    struct dw_str rest = dw_str_slice(text, at, text.len);
    uint32_t c = dw_utf8_next(&rest);
    *bytes = (size_t)(rest.at - (text.at + at));
    return class_of_wide(c);
}

static bool is_apostrophe(struct dw_str text, size_t at)
{
    return text.at[at] == '\'' ||
           dw_str_starts(dw_str_slice(text, at, text.len), DW_STR("\xe2\x80\x99"));
}

/* Letters and what joins them: inner apostrophes (O'Reilly), digits (H100), dots of initials
 * (U.S.). */
static size_t scan_word(struct dw_str text, size_t at)
{
    for (;;) {
        size_t bytes;
        enum sort here = look(text, at, &bytes);
        if (here == SORT_LETTER || here == SORT_DIGIT) {
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
    while (end + 1 < text.len && dw_is_alpha(text.at[end]) && text.at[end + 1] == '.') {
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

bool dw_tokenize(struct dw_arena *arena, struct dw_str text, struct dw_tokens *tokens)
{
    bool space = false;
    size_t at = 0;
    *tokens = (struct dw_tokens){0};
    while (at < text.len) {
        size_t bytes;
        enum sort here = look(text, at, &bytes);
        if (here == SORT_SPACE) {
            space = true;
            at += bytes;
            continue;
        }
        size_t end = at + bytes;
        enum dw_token_kind kind = DW_TOKEN_PUNCT;
        switch (here) {
        case SORT_LETTER:
            kind = DW_TOKEN_WORD;
            end = scan_initials(text, at);
            if (end == at)
                end = scan_word(text, at);
            break;
        case SORT_DIGIT:
            kind = DW_TOKEN_NUMBER;
            end = scan_number(text, at);
            break;
        case SORT_LINE:
            kind = DW_TOKEN_BREAK;
            break;
        case SORT_CURRENCY:
            kind = DW_TOKEN_CURRENCY;
            break;
        case SORT_DASH:
            kind = DW_TOKEN_DASH;
            break;
        case SORT_QUOTE:
            kind = DW_TOKEN_QUOTE;
            break;
        default:
            break;
        }
        struct dw_token *token = dw_vec_push(arena, tokens);
        if (token == NULL)
            return false;
        *token = (struct dw_token){(uint32_t)at, (uint32_t)end, (uint8_t)kind, space};
        space = false;
        at = end;
    }
    return true;
}
