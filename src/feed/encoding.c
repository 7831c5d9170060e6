/* Character sets: finding out which one it is, and turning it to UTF-8 by iconv. */
#include "internal.h"

#include <errno.h>
#include <iconv.h>

/* Names that servers and feeds use, and what iconv and browsers take them for. */
static const struct {
    struct dw_str name, real;
} aliases[] = {
    {DW_STR_INIT("iso-8859-1"), DW_STR_INIT("WINDOWS-1252")},
    {DW_STR_INIT("iso8859-1"), DW_STR_INIT("WINDOWS-1252")},
    {DW_STR_INIT("latin1"), DW_STR_INIT("WINDOWS-1252")},
    {DW_STR_INIT("us-ascii"), DW_STR_INIT("WINDOWS-1252")},
    {DW_STR_INIT("ascii"), DW_STR_INIT("WINDOWS-1252")},
    {DW_STR_INIT("utf8"), DW_STR_INIT("UTF-8")},
    {DW_STR_INIT("x-sjis"), DW_STR_INIT("CP932")},
    {DW_STR_INIT("shift_jis"), DW_STR_INIT("CP932")},
    {DW_STR_INIT("shift-jis"), DW_STR_INIT("CP932")},
    {DW_STR_INIT("gb2312"), DW_STR_INIT("GB18030")},
    {DW_STR_INIT("gbk"), DW_STR_INIT("GB18030")},
    {DW_STR_INIT("x-gbk"), DW_STR_INIT("GB18030")},
    {DW_STR_INIT("ks_c_5601-1987"), DW_STR_INIT("CP949")},
    {DW_STR_INIT("euc-kr"), DW_STR_INIT("CP949")},
    {DW_STR_INIT("big5"), DW_STR_INIT("BIG5-HKSCS")},
    {DW_STR_INIT("x-mac-roman"), DW_STR_INIT("MACINTOSH")},
};

static struct dw_str real_name(struct dw_str charset)
{
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
        if (dw_str_eq_nocase(charset, aliases[i].name))
            return aliases[i].real;
    }
    return charset;
}

/* What is not even a letter in windows-1252 counts as a wrong guess elsewhere. */
static bool run_iconv(iconv_t handle, struct dw_str bytes, struct dw_buf *out)
{
    /* iconv's interface lacks the const that its input has */
    union {
        const char *given;
        char *wanted;
    } in = {bytes.at};
    size_t left = bytes.len;
    while (left > 0) {
        char chunk[8192];
        char *at = chunk;
        size_t room = sizeof chunk;
        size_t status = iconv(handle, &in.wanted, &left, &at, &room);
        dw_buf_add(out, (struct dw_str){chunk, sizeof chunk - room});
        if (!dw_buf_ok(out))
            return false;
        if (status != (size_t)-1 || errno == E2BIG)
            continue;
        if (errno == EINVAL && left < 4)
            return true; /* cut within the last character */
        return false;
    }
    return true;
}

bool feed_convert(struct dw_arena *arena, struct dw_str bytes, struct dw_str charset,
                  struct dw_str *text)
{
    struct dw_str name = real_name(charset);
    if (name.len == 0 || name.len > 40)
        return false;
    if (dw_str_eq_nocase(name, DW_STR("UTF-8"))) {
        *text = bytes;
        return dw_utf8_valid(bytes);
    }
    iconv_t handle = iconv_open("UTF-8", dw_str_cstr(arena, name));
    if (handle == (iconv_t)-1)
        return false;
    struct dw_buf out;
    dw_buf_init(&out, bytes.len * 4 + 16);
    bool done = run_iconv(handle, bytes, &out);
    iconv_close(handle);
    if (done)
        *text = dw_str_dup(arena, dw_buf_str(&out));
    dw_buf_release(&out);
    return done && !arena->failed;
}

/* UTF-8 with wrong bytes in it, or windows-1252: no byte is lost either way. */
static struct dw_str by_looks(struct reading *reading, struct dw_str bytes)
{
    size_t wrong = 0;
    size_t wide = 0;
    for (struct dw_str rest = bytes; rest.len > 0;) {
        const char *before = rest.at;
        uint32_t c = dw_utf8_next(&rest);
        wrong += c == DW_CODEPOINT_BAD && rest.at - before == 1;
        wide += c >= 0x80 && c != DW_CODEPOINT_BAD;
    }
    if (wrong == 0)
        return bytes;
    if (wide > wrong) {
        feed_warn(reading, "%zu bytes are no UTF-8", wrong);
        struct dw_buf out;
        dw_buf_init(&out, bytes.len * 3);
        while (bytes.len > 0)
            dw_buf_add_codepoint(&out, dw_utf8_next(&bytes));
        struct dw_str text = dw_str_dup(reading->arena, dw_buf_str(&out));
        dw_buf_release(&out);
        return text;
    }
    feed_warn(reading, "no character set fits: taken as windows-1252");
    struct dw_buf out;
    dw_buf_init(&out, bytes.len * 3 + 8);
    for (size_t i = 0; i < bytes.len; i++) {
        struct dw_str one = dw_str_slice(bytes, i, i + 1);
        struct dw_str text;
        struct dw_scratch scratch = dw_scratch_begin(reading->arena);
        if (feed_convert(reading->arena, one, DW_STR("WINDOWS-1252"), &text))
            dw_buf_add(&out, text);
        else
            dw_buf_add_codepoint(&out, DW_CODEPOINT_BAD);
        dw_scratch_end(scratch);
    }
    struct dw_str text = dw_str_dup(reading->arena, dw_buf_str(&out));
    dw_buf_release(&out);
    return text;
}

static const struct {
    struct dw_str bytes, charset;
    bool is_mark; /* a byte order mark, which is no text itself */
} beginnings[] = {
    {{"\xFF\xFE\0\0", 4}, DW_STR_INIT("UTF-32LE"), true},
    {{"\0\0\xFE\xFF", 4}, DW_STR_INIT("UTF-32BE"), true},
    {{"\xEF\xBB\xBF", 3}, DW_STR_INIT("UTF-8"), true},
    {{"\xFF\xFE", 2}, DW_STR_INIT("UTF-16LE"), true},
    {{"\xFE\xFF", 2}, DW_STR_INIT("UTF-16BE"), true},
    {{"<\0\0\0", 4}, DW_STR_INIT("UTF-32LE"), false},
    {{"\0\0\0<", 4}, DW_STR_INIT("UTF-32BE"), false},
    {{"<\0", 2}, DW_STR_INIT("UTF-16LE"), false},
    {{"\0<", 2}, DW_STR_INIT("UTF-16BE"), false},
    {{"{\0", 2}, DW_STR_INIT("UTF-16LE"), false},
    {{"\0{", 2}, DW_STR_INIT("UTF-16BE"), false},
    {{"\x4C\x6F\xA7\x94", 4}, DW_STR_INIT("CP037"), false},
};

/* The value of `name=` in a header or declaration, without quotes. */
static struct dw_str parameter(struct dw_str s, struct dw_str name)
{
    size_t at = dw_str_find_nocase(s, name, 0);
    if (at == SIZE_MAX)
        return (struct dw_str){"", 0};
    s = dw_str_trim(dw_str_slice(s, at + name.len, s.len));
    if (s.len == 0 || s.at[0] != '=')
        return (struct dw_str){"", 0};
    s = dw_str_trim(dw_str_slice(s, 1, s.len));
    if (s.len > 0 && (s.at[0] == '"' || s.at[0] == '\'')) {
        size_t end = dw_str_find_char(s, s.at[0], 1);
        return dw_str_trim(dw_str_slice(s, 1, end));
    }
    size_t end = 0;
    while (end < s.len && s.at[end] != ';' && s.at[end] != '?' && !dw_is_space(s.at[end]))
        end++;
    return dw_str_slice(s, 0, end);
}

/* The XML declaration, wherever junk put it within the first bytes. */
static struct dw_str declaration(struct dw_str bytes)
{
    struct dw_str head = dw_str_slice(bytes, 0, 1024);
    size_t from = dw_str_find(head, DW_STR("<?xml"), 0);
    if (from == SIZE_MAX)
        return (struct dw_str){"", 0};
    return dw_str_slice(head, from, dw_str_find(head, DW_STR("?>"), from));
}

struct dw_str feed_decode(struct reading *reading)
{
    struct dw_str bytes = reading->input->bytes;
    struct dw_str text;
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
        if (!dw_str_starts(bytes, beginnings[i].bytes))
            continue;
        struct dw_str body =
            beginnings[i].is_mark ? dw_str_slice(bytes, beginnings[i].bytes.len, bytes.len) : bytes;
        if (feed_convert(reading->arena, body, beginnings[i].charset, &text))
            return text;
        if (beginnings[i].is_mark)
            bytes = body;
    }
    struct dw_str named = parameter(reading->input->content_type, DW_STR("charset"));
    struct dw_str declared = parameter(declaration(bytes), DW_STR("encoding"));
    if (named.len > 0) {
        if (feed_convert(reading->arena, bytes, named, &text))
            return text;
        feed_warn(reading, "the server's character set \"%.*s\" does not fit", DW_FMT(named));
    }
    if (declared.len > 0 && !dw_str_starts_nocase(declared, DW_STR("utf-16"))) {
        if (feed_convert(reading->arena, bytes, declared, &text))
            return text;
        feed_warn(reading, "the declared character set \"%.*s\" does not fit", DW_FMT(declared));
    }
    return by_looks(reading, bytes);
}
