/* References that XML itself knows: five names, and numbers. */
#include "internal.h"

static uint32_t named(struct dw_str name)
{
    static const struct {
        struct dw_str name;
        uint32_t codepoint;
    } known[] = {{DW_STR_INIT("amp"), '&'},
                 {DW_STR_INIT("lt"), '<'},
                 {DW_STR_INIT("gt"), '>'},
                 {DW_STR_INIT("quot"), '"'},
                 {DW_STR_INIT("apos"), '\''}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (dw_str_eq(name, known[i].name))
            return known[i].codepoint;
    }
    return 0;
}

/* What XML allows a number to stand for. */
static bool is_allowed(uint32_t c)
{
    return c == 9 || c == 10 || c == 13 || (c >= 0x20 && c < 0xD800) ||
           (c >= 0xE000 && c < 0xFFFE) || (c >= 0x10000 && c <= 0x10FFFF);
}

uint32_t feed_reference(struct dw_str name)
{
    if (name.len == 0 || name.at[0] != '#')
        return named(name);
    bool is_hex = name.len > 1 && name.at[1] == 'x';
    uint32_t number = 0;
    size_t first = is_hex ? 2 : 1;
    for (size_t i = first; i < name.len && number <= 0x10FFFF; i++) {
        char c = is_hex ? dw_to_lower(name.at[i]) : name.at[i];
        bool letter = is_hex && c >= 'a' && c <= 'f';
        if (!dw_is_digit(c) && !letter)
            return 0;
        number = number * (is_hex ? 16 : 10) + (uint32_t)(letter ? c - 'a' + 10 : c - '0');
    }
    return name.len > first && is_allowed(number) ? number : 0;
}
