/* Base64, in which Atom may carry text. */
#include "internal.h"

/* The value of a digit; -1: none. */
static int digit_of(char c)
{
    if (dw_is_upper(c))
        return c - 'A';
    if (dw_is_lower(c))
        return c - 'a' + 26;
    if (dw_is_digit(c))
        return c - '0' + 52;
    if (c == '+' || c == '-')
        return 62;
    return c == '/' || c == '_' ? 63 : -1;
}

bool feed_base64(struct dw_arena *arena, struct dw_str text, struct dw_str *bytes)
{
    char *out = dw_arena_array(arena, text.len / 4 * 3 + 3, 1);
    uint32_t bits = 0;
    int count = 0;
    size_t len = 0;
    if (out == NULL)
        return false;
    for (size_t i = 0; i < text.len && text.at[i] != '='; i++) {
        int digit = digit_of(text.at[i]);
        if (dw_is_space(text.at[i]))
            continue;
        if (digit < 0)
            return false;
        bits = bits << 6 | (uint32_t)digit;
        count += 6;
        if (count >= 8) {
            count -= 8;
            out[len++] = (char)(bits >> count & 0xFF);
        }
    }
    *bytes = (struct dw_str){out, len};
    return true;
}
