/* Character sets: which one bytes are in, and turning them to UTF-8 by iconv. */
#include "text/text.h"

#include <errno.h>
#include <iconv.h>

/* Names that servers and documents use, and what browsers take them for. */
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

static struct dw_str real_name(struct dw_str charset)
{
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
        if (dw_str_eq_nocase(charset, aliases[i].name))
            return aliases[i].real;
    }
    return charset;
}

/* Some sets hold the last letter back until they know that no mark follows it (windows-1255). */
static bool flush(iconv_t handle, struct dw_buf *out)
{
    char rest[64];
    char *at = rest;
    size_t room = sizeof rest;
    iconv(handle, NULL, NULL, &at, &room);
    dw_buf_add(out, (struct dw_str){rest, sizeof rest - room});
    return dw_buf_ok(out);
}

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
            break; /* cut within the last character */
        return false;
    }
    return flush(handle, out);
}

bool dw_charset_convert(struct dw_arena *arena, struct dw_str bytes, struct dw_str charset,
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
    if ((intptr_t)handle == -1)
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

bool dw_charset_by_mark(struct dw_arena *arena, struct dw_str *bytes, struct dw_str *text)
{
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
        if (!dw_str_starts(*bytes, beginnings[i].bytes))
            continue;
        size_t mark = beginnings[i].is_mark ? beginnings[i].bytes.len : 0;
        struct dw_str body = dw_str_slice(*bytes, mark, bytes->len);
        if (dw_charset_convert(arena, body, beginnings[i].charset, text))
            return true;
        *bytes = body;
    }
    return false;
}

/* ---- Guessing ---- */

extern const struct dw_tsv text_charsets;

#define SAMPLE_BYTES 65536

/* The first lines: enough to judge, and no character of any set is cut at a line end. */
static struct dw_str sample_of(struct dw_str bytes)
{
    if (bytes.len <= SAMPLE_BYTES)
        return bytes;
    size_t end = SAMPLE_BYTES;
    while (end > 0 && bytes.at[end - 1] != '\n')
        end--;
    return end > 0 ? dw_str_slice(bytes, 0, end) : bytes;
}

static bool is_common(struct dw_str common, uint32_t c)
{
    while (common.len > 0) {
        if (dw_utf8_next(&common) == c)
            return true;
    }
    return false;
}

/* The share of a text's characters beyond ASCII that are among the commonest of its set. */
static double share_of_common(struct dw_str text, struct dw_str common)
{
    size_t all = 0;
    size_t known = 0;
    while (text.len > 0) {
        uint32_t c = dw_utf8_next(&text);
        all += c >= 0x80;
        known += c >= 0x80 && is_common(common, c);
    }
    return all > 0 ? (double)known / (double)all : 0;
}

#define SHORT_SAMPLE 16 /* bytes beyond ASCII: fewer fit the letters of some set by chance */

static size_t count_high(struct dw_str bytes)
{
    size_t high = 0;
    for (size_t i = 0; i < bytes.len; i++)
        high += (unsigned char)bytes.at[i] >= 0x80;
    return high;
}

/* Whether bytes beyond ASCII stand in runs, as in scripts that are not Latin: accents stand alone.
 */
static bool has_runs(struct dw_str bytes)
{
    size_t high = count_high(bytes);
    size_t behind = 0; /* those right behind another */
    for (size_t i = 1; i < bytes.len; i++)
        behind += (unsigned char)bytes.at[i] >= 0x80 && (unsigned char)bytes.at[i - 1] >= 0x80;
    return high > 4 && behind * 3 > high;
}

/* Whether all bytes beyond ASCII come in pairs above 0xA0, as the characters of East Asian sets do;
 * words in letters are as often of odd length. */
static bool is_all_pairs(struct dw_str bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char c = (unsigned char)bytes.at[i];
        if (c < 0x80)
            continue;
        if (c <= 0xA0 || i + 1 == bytes.len || (unsigned char)bytes.at[i + 1] <= 0xA0)
            return false;
        i++;
    }
    return true;
}

/* The set of charsets.tsv whose commonest characters are nearest to their share, and the text. */
static bool guess_other(struct dw_arena *arena, struct dw_str bytes, struct dw_str *text)
{
    const double least = 0.5; /* of the share that is ordinary */
    struct dw_str sample = sample_of(bytes);
    struct dw_str best = {"", 0};
    double most = least;
    if (!has_runs(sample))
        return false;
    bool pairs = is_all_pairs(sample);
    bool of_letters = !pairs || count_high(sample) >= SHORT_SAMPLE;
    for (size_t i = 0; i < text_charsets.len; i++) {
        const struct dw_str *cell = text_charsets.rows[i].cell;
        bool letters =
            dw_str_starts(cell[0], DW_STR("WINDOWS")) || dw_str_starts(cell[0], DW_STR("KOI"));
        if (letters && !of_letters)
            continue;
        struct dw_scratch scratch = dw_scratch_begin(arena);
        struct dw_str decoded;
        int64_t ordinary;
        double share = 0;
        if (dw_str_to_int(cell[2], &ordinary) &&
            dw_charset_convert(arena, sample, cell[0], &decoded))
            share = share_of_common(decoded, cell[1]) * 100 / (double)ordinary;
        dw_scratch_end(scratch);
        if (share > most) {
            most = share;
            best = cell[0];
        }
    }
    /* too short to judge by its characters: of the sets in pairs, the one with most readers */
    if (best.len == 0 && pairs)
        best = DW_STR("GB18030");
    return best.len > 0 && dw_charset_convert(arena, bytes, best, text);
}

/* Byte by byte, as windows-1252 or what is left of UTF-8. */
static struct dw_str repair(struct dw_arena *arena, struct dw_str bytes,
                            enum dw_charset_guess guess)
{
    struct dw_buf out;
    dw_buf_init(&out, bytes.len * 3);
    while (bytes.len > 0) {
        unsigned char byte = (unsigned char)bytes.at[0];
        if (guess == DW_CHARSET_UTF8_BROKEN) {
            dw_buf_add_codepoint(&out, dw_utf8_next(&bytes));
            continue;
        }
        uint32_t letter = dw_html_windows(byte);
        dw_buf_add_codepoint(&out, letter != 0 || byte == 0 ? letter : DW_CODEPOINT_BAD);
        bytes = dw_str_slice(bytes, 1, bytes.len);
    }
    struct dw_str text = dw_str_dup(arena, dw_buf_str(&out));
    if (!dw_buf_ok(&out))
        arena->failed = true;
    dw_buf_release(&out);
    return text;
}

struct dw_str dw_charset_guess(struct dw_arena *arena, struct dw_str bytes,
                               enum dw_charset_guess *guess)
{
    size_t wrong = 0;
    size_t wide = 0;
    struct dw_str text;
    for (struct dw_str rest = bytes; rest.len > 0;) {
        const char *before = rest.at;
        uint32_t c = dw_utf8_next(&rest);
        wrong += c == DW_CODEPOINT_BAD && rest.at - before == 1;
        wide += c >= 0x80 && c != DW_CODEPOINT_BAD;
    }
    *guess = wrong == 0     ? DW_CHARSET_UTF8
             : wide > wrong ? DW_CHARSET_UTF8_BROKEN
                            : DW_CHARSET_OTHER;
    if (wrong == 0)
        return bytes;
    if (*guess == DW_CHARSET_OTHER && guess_other(arena, bytes, &text))
        return text;
    if (*guess == DW_CHARSET_OTHER)
        *guess = DW_CHARSET_WINDOWS;
    return repair(arena, bytes, *guess);
}

struct dw_str dw_charset_parameter(struct dw_str s, struct dw_str name)
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
    while (end < s.len && !dw_is_space(s.at[end]) &&
           dw_str_find_char(DW_STR(";?\"'>/"), s.at[end], 0) == SIZE_MAX)
        end++;
    return dw_str_slice(s, 0, end);
}
