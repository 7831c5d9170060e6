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

/* No byte is lost, whatever the set is. */
static struct dw_str by_looks(struct reading *reading, struct dw_str bytes)
{
    enum dw_charset_guess guess;
    struct dw_str text = dw_charset_guess(reading->arena, bytes, &guess);
    if (guess == DW_CHARSET_UTF8_BROKEN)
        feed_warn(reading, "some bytes are no UTF-8");
    else if (guess == DW_CHARSET_OTHER)
        feed_warn(reading, "no character set fits: guessed by its commonest letters");
    else if (guess == DW_CHARSET_WINDOWS)
        feed_warn(reading, "no character set fits: taken as windows-1252");
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

/* The next C1 control at or behind `from`, which UTF-8 writes as C2 80 to C2 9F; SIZE_MAX: none. */
static size_t find_c1(struct dw_str text, size_t from)
{
    size_t at = dw_str_find_char(text, '\xC2', from);
    while (at != SIZE_MAX && at + 1 < text.len && (unsigned char)text.at[at + 1] >= 0xA0)
        at = dw_str_find_char(text, '\xC2', at + 2);
    return at;
}

/* No document means C1 controls: who writes them took windows-1252 for Latin-1. */
static struct dw_str without_c1(struct reading *reading, struct dw_str text)
{
    size_t at = find_c1(text, 0);
    if (at == SIZE_MAX)
        return text;
    feed_warn(reading, "control characters taken for those of windows-1252");
    struct dw_buf out;
    dw_buf_init(&out, text.len * 2);
    for (size_t from = 0; from < text.len; at = find_c1(text, from)) {
        dw_buf_add(&out, dw_str_slice(text, from, at));
        if (at == SIZE_MAX)
            break;
        uint32_t letter = dw_html_windows((unsigned char)text.at[at + 1]);
        if (letter != 0)
            dw_buf_add_codepoint(&out, letter);
        from = at + 2;
    }
    struct dw_str clean = dw_str_dup(reading->arena, dw_buf_str(&out));
    if (!dw_buf_ok(&out))
        reading->arena->failed = true;
    dw_buf_release(&out);
    return clean;
}

/* The bytes by the set that speaks first and fits. */
static struct dw_str decode(struct reading *reading)
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

struct dw_str feed_decode(struct reading *reading)
{
    return without_c1(reading, decode(reading));
}
