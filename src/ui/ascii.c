/* Transliteration to ASCII, by a sorted table. */
#include "ascii.h"

extern const struct dw_tsv ui_ascii_table;

static uint32_t hexadecimal(struct dw_str digits)
{
    uint32_t value = 0;
    for (size_t i = 0; i < digits.len; i++) {
        char c = digits.at[i];
        value = value * 16 + (uint32_t)(dw_is_digit(c) ? c - '0' : c - 'A' + 10);
    }
    return value;
}

char ui_ascii(uint32_t codepoint)
{
    if (codepoint < 0x7F)
        return codepoint >= 0x20 ? (char)codepoint : '?';
    size_t low = 0;
    size_t high = ui_ascii_table.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct dw_tsv_row *row = &ui_ascii_table.rows[middle];
        uint32_t here = hexadecimal(row->cell[0]);
        if (here == codepoint)
            return row->cell[1].at[0];
        if (here < codepoint)
            low = middle + 1;
        else
            high = middle;
    }
    return '?';
}
