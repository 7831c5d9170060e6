/* What is no feed: says what it looks like instead. */
#include "internal.h"

static const struct {
    struct dw_str bytes;
    const char *what;
} signatures[] = {
    {DW_STR_INIT("\x89PNG"), "a PNG image"},
    {DW_STR_INIT("\xFF\xD8\xFF"), "a JPEG image"},
    {DW_STR_INIT("GIF8"), "a GIF image"},
    {DW_STR_INIT("%PDF"), "a PDF document"},
    {DW_STR_INIT("PK\x03\x04"), "a ZIP archive"},
    {DW_STR_INIT("\x1F\x8B"), "gzip data"},
    {DW_STR_INIT("RIFF"), "an image, sound or video"},
    {DW_STR_INIT("ID3"), "an MP3 sound"},
};

static bool has(struct dw_str text, struct dw_str needle)
{
    return dw_str_find_nocase(dw_str_slice(text, 0, 65536), needle, 0) != SIZE_MAX;
}

/* A web page: which kind, and the feeds that it names. */
static bool say_page(struct dw_arena *arena, const struct dw_feed_input *input, struct dw_str text,
                     struct dw_error *err)
{
    struct dw_strs feeds = dw_feed_discover(arena, text, input->url);
    if (feeds.len > 0) {
        struct dw_str list = dw_strs_join(arena, &feeds, DW_STR(" "));
        return dw_error_set(err, DW_ERR_INPUT,
                            "this is a web page (HTML), not a feed; it names %.*s",
                            DW_FMT(dw_utf8_cut(list, 300)));
    }
    if (has(text, DW_STR("captcha")) || has(text, DW_STR("just a moment")) ||
        has(text, DW_STR("cf-challenge")))
        return dw_error_set(err, DW_ERR_INPUT,
                            "this is a page (HTML) that wants proof of a human, not a feed");
    if (has(text, DW_STR("type=\"password\"")) || has(text, DW_STR("type='password'")))
        return dw_error_set(err, DW_ERR_INPUT, "this is a login page (HTML), not a feed");
    size_t from = dw_str_find_nocase(text, DW_STR("<title>"), 0);
    size_t to = from != SIZE_MAX ? dw_str_find_char(text, '<', from + 7) : SIZE_MAX;
    struct dw_str title = from != SIZE_MAX ? dw_str_slice(text, from + 7, to) : DW_STR("");
    title = dw_text_clean(arena, dw_html_decode(arena, dw_utf8_cut(title, 200)), DW_CLEAN_LINE);
    return dw_error_set(err, DW_ERR_INPUT, "this is a web page (HTML) \"%.*s\", not a feed",
                        DW_FMT(title));
}

bool feed_not_a_feed(struct dw_arena *arena, const struct dw_feed_input *input, struct dw_str text,
                     struct dw_error *err)
{
    for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++) {
        if (dw_str_starts(input->bytes, signatures[i].bytes))
            return dw_error_set(err, DW_ERR_INPUT, "this is %s, not a feed", signatures[i].what);
    }
    struct dw_str start = dw_str_trim(text);
    if (start.len == 0)
        return dw_error_set(err, DW_ERR_INPUT, "this is empty, not a feed");
    if (has(start, DW_STR("<html")) || has(start, DW_STR("<!doctype html")) ||
        has(start, DW_STR("<body")) || has(start, DW_STR("<head>")))
        return say_page(arena, input, start, err);
    if (has(start, DW_STR("<urlset")) || has(start, DW_STR("<sitemapindex")))
        return dw_error_set(err, DW_ERR_INPUT, "this is a sitemap, not a feed");
    if (has(start, DW_STR("<opml")))
        return dw_error_set(err, DW_ERR_INPUT,
                            "this is an OPML list of feeds, not a feed: import it");
    if (start.at[0] == '{' || start.at[0] == '[')
        return dw_error_set(err, DW_ERR_INPUT, "this is JSON of another kind, not a feed");
    if (start.at[0] == '<')
        return dw_error_set(err, DW_ERR_INPUT, "this is XML of another kind, not a feed");
    struct dw_str line = dw_text_clean(arena, dw_utf8_cut(start, 60), DW_CLEAN_LINE);
    return dw_error_set(err, DW_ERR_INPUT, "this is text that begins with \"%.*s\", not a feed",
                        DW_FMT(line));
}
