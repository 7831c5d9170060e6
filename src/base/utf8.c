/* UTF-8: taking text apart into code points and user-perceived characters, width, folding. */
#include "base/base.h"

struct dw_str dw_utf8_cut(struct dw_str s, size_t bytes)
{
    if (s.len <= bytes)
        return s;
    while (bytes > 0 && ((unsigned char)s.at[bytes] & 0xC0) == 0x80)
        bytes--;
    return dw_str_slice(s, 0, bytes);
}
