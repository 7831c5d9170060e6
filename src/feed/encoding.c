/* The text of a feed out of its bytes: which character set speaks for itself, and what to warn of.
 */
#include "internal.h"

/* The XML declaration, wherever junk put it within the first bytes. */
static struct dw_str declaration(struct dw_str bytes)
{
    struct dw_str head = dw_str_slice(bytes, 0, 1024);
    size_t from = dw_str_find(head, DW_STR("<?xml"), 0);
    if (from == SIZE_MAX)
        return (struct dw_str){"", 0};
    return dw_str_slice(head, from, dw_str_find(head, DW_STR("?>"), from));
}

/* The line of the first byte that is no UTF-8. */
static size_t line_of_wrong_byte(struct dw_str bytes)
{
    size_t line = 1;
    while (bytes.len > 0) {
        const char *before = bytes.at;
        line += *before == '\n';
        if (dw_utf8_next(&bytes) == DW_CODEPOINT_BAD && bytes.at - before == 1)
            break;
    }
    return line;
}

/* No byte is lost, whatever the set is. */
static struct dw_str by_looks(struct reading *reading, struct dw_str bytes)
{
    static const char *const says[] = {
        [DW_CHARSET_UTF8_BROKEN] = "some bytes are no UTF-8",
        [DW_CHARSET_OTHER] = "no character set fits: guessed by its commonest letters",
        [DW_CHARSET_WINDOWS] = "no character set fits: taken as windows-1252",
    };
    enum dw_charset_guess guess;
    struct dw_str text = dw_charset_guess(reading->arena, bytes, &guess);
    if (guess != DW_CHARSET_UTF8)
        feed_warn(reading, "line %zu: %s", line_of_wrong_byte(bytes), says[guess]);
    return text;
}

/* Whether the bytes decode so, and to something that can be a feed: nearly any bytes decode as
 * UTF-16. */
static bool fits(struct reading *reading, struct dw_str bytes, struct dw_str charset,
                 struct dw_str *text)
{
    if (!dw_charset_convert(reading->arena, bytes, charset, text))
        return false;
    return dw_str_find_char(*text, '<', 0) != SIZE_MAX ||
           dw_str_find_char(*text, '{', 0) != SIZE_MAX;
}

struct dw_str feed_decode(struct reading *reading)
{
    struct dw_str bytes = reading->input->bytes;
    struct dw_str text;
    if (dw_charset_by_mark(reading->arena, &bytes, &text))
        return text;
    struct dw_str named = dw_charset_parameter(reading->input->content_type, DW_STR("charset"));
    struct dw_str declared = dw_charset_parameter(declaration(bytes), DW_STR("encoding"));
    if (named.len > 0) {
        if (fits(reading, bytes, named, &text))
            return text;
        feed_warn(reading, "the server's character set \"%.*s\" does not fit", DW_FMT(named));
    }
    if (declared.len > 0) {
        if (fits(reading, bytes, declared, &text))
            return text;
        feed_warn(reading, "the declared character set \"%.*s\" does not fit", DW_FMT(declared));
    }
    return by_looks(reading, bytes);
}
