/* What is no feed: says what it looks like instead, and what to do about it. */
#include <jansson.h>

#include "internal.h"

#define LOOKED_AT 65536 /* bytes in which a page shows what it is */

static const struct {
    size_t at;
    struct dw_str bytes;
    const char *what;
} signatures[] = {
    {0, DW_STR_INIT("\x89PNG"), "a PNG image"},
    {0, DW_STR_INIT("\xFF\xD8\xFF"), "a JPEG image"},
    {0, DW_STR_INIT("GIF8"), "a GIF image"},
    {8, DW_STR_INIT("WEBP"), "a WebP image"},
    {4, DW_STR_INIT("ftypavif"), "an AVIF image"},
    {4, DW_STR_INIT("ftyp"), "an MP4 video or sound"},
    {0, DW_STR_INIT("\x1A\x45\xDF\xA3"), "a Matroska or WebM video"},
    {0, DW_STR_INIT("RIFF"), "a WAV sound or AVI video"},
    {0, DW_STR_INIT("OggS"), "an Ogg sound or video"},
    {0, DW_STR_INIT("fLaC"), "a FLAC sound"},
    {0, DW_STR_INIT("ID3"), "an MP3 sound"},
    {0, DW_STR_INIT("\xFF\xFB"), "an MP3 sound"},
    {0, DW_STR_INIT("%PDF"), "a PDF document"},
    {0, DW_STR_INIT("%!PS"), "a PostScript document"},
    {0, DW_STR_INIT("{\\rtf"), "an RTF document"},
    {0, DW_STR_INIT("\xD0\xCF\x11\xE0"), "an Office document"},
    {0, DW_STR_INIT("PK\x03\x04"), "a ZIP archive or Office document"},
    {0, DW_STR_INIT("Rar!"), "a RAR archive"},
    {0, DW_STR_INIT("7z\xBC\xAF"), "a 7z archive"},
    {0, DW_STR_INIT("\x1F\x8B"), "gzip data"},
    {0, DW_STR_INIT("BZh"), "bzip2 data"},
    {0,
     DW_STR_INIT("\xFD"
                 "7zXZ"),
     "xz data"},
    {0, DW_STR_INIT("\x28\xB5\x2F\xFD"), "zstd data"},
    {0,
     DW_STR_INIT("\x7F"
                 "ELF"),
     "a program"},
    {0, DW_STR_INIT("wOF"), "a font"},
    {0, DW_STR_INIT("SQLite format 3"), "a database"},
};

/* Signs in a page's text, or with `title` in its title, of what it is; the first that fits tells.
 */
static const struct {
    struct dw_str sign;
    bool title;
    const char *what;
} pages[] = {
    {DW_STR_INIT("/cdn-cgi/challenge-platform"), false, "wants proof of a human (Cloudflare)"},
    {DW_STR_INIT("cf-challenge"), false, "wants proof of a human (Cloudflare)"},
    {DW_STR_INIT("just a moment..."), true, "wants proof of a human (Cloudflare)"},
    {DW_STR_INIT("attention required! | cloudflare"), true, "blocks this reader (Cloudflare)"},
    {DW_STR_INIT("captcha-delivery.com"), false, "wants proof of a human (DataDome)"},
    {DW_STR_INIT("px-captcha"), false, "wants proof of a human (PerimeterX)"},
    {DW_STR_INIT("_incapsula_resource"), false, "wants proof of a human (Imperva)"},
    {DW_STR_INIT("awswafcookiedomainlist"), false, "wants proof of a human (AWS WAF)"},
    {DW_STR_INIT("g-recaptcha"), false, "wants proof of a human (reCAPTCHA)"},
    {DW_STR_INIT("h-captcha"), false, "wants proof of a human (hCaptcha)"},
    {DW_STR_INIT("captcha"), true, "wants proof of a human"},
    {DW_STR_INIT("are you a robot"), true, "wants proof of a human"},
    {DW_STR_INIT("verify you are human"), false, "wants proof of a human"},
    {DW_STR_INIT("before you continue to"), true, "asks for consent to cookies"},
    {DW_STR_INIT("consent.yahoo.com"), false, "asks for consent to cookies"},
    {DW_STR_INIT("domain is for sale"), false, "offers the domain for sale: the site is gone"},
    {DW_STR_INIT("domain may be for sale"), false, "offers the domain for sale: the site is gone"},
    {DW_STR_INIT("parked domain"), false, "is that of a parked domain: the site is gone"},
    {DW_STR_INIT("account suspended"), true, "says that the site is suspended"},
    {DW_STR_INIT("access denied"), true, "denies access"},
    {DW_STR_INIT("403 forbidden"), true, "denies access"},
    {DW_STR_INIT("404"), true, "says that there is nothing at this address"},
    {DW_STR_INIT("not found"), true, "says that there is nothing at this address"},
    {DW_STR_INIT("410 gone"), true, "says that what was at this address is gone"},
    {DW_STR_INIT("maintenance"), true, "says that the site is under maintenance"},
    {DW_STR_INIT("temporarily unavailable"), true, "says that the site is out of order for now"},
    {DW_STR_INIT("bad gateway"), true, "says that the site is out of order for now"},
    {DW_STR_INIT("too many requests"), true, "says that it was asked too often"},
    {DW_STR_INIT("type=\"password\""), false, "asks for a login"},
    {DW_STR_INIT("type='password'"), false, "asks for a login"},
    {DW_STR_INIT("type=password"), false, "asks for a login"},
    {DW_STR_INIT("enable javascript"), false, "shows nothing without JavaScript"},
    {DW_STR_INIT("&lt;rss version"), false, "shows the source of a feed among other things"},
    {DW_STR_INIT("&lt;feed xmlns"), false, "shows the source of a feed among other things"},
};

static bool has(struct dw_str text, struct dw_str needle)
{
    return dw_str_find_nocase(dw_str_slice(text, 0, LOOKED_AT), needle, 0) != SIZE_MAX;
}

/* What stands between a tag of that name and the next tag, as one clean line; empty if none does.
 */
static struct dw_str text_in(struct dw_arena *arena, struct dw_str text, struct dw_str tag)
{
    text = dw_str_slice(text, 0, LOOKED_AT);
    size_t from = dw_str_find_nocase(text, tag, 0);
    from = from != SIZE_MAX ? dw_str_find_char(text, '>', from) : SIZE_MAX;
    if (from == SIZE_MAX)
        return (struct dw_str){"", 0};
    struct dw_str inside = dw_str_slice(text, from + 1, dw_str_find_char(text, '<', from));
    return dw_text_clean(arena, dw_html_decode(arena, dw_utf8_cut(inside, 200)), DW_CLEAN_LINE);
}

/* ---- Pages ---- */

static bool say_leads(struct dw_arena *arena, const struct dw_feed_leads *leads,
                      struct dw_error *err)
{
    struct dw_strs addresses = {0};
    for (size_t i = 0; i < leads->len; i++)
        dw_strs_push(arena, &addresses, leads->at[i].url);
    struct dw_str list = dw_strs_join(arena, &addresses, DW_STR(" "));
    return dw_error_set(err, DW_ERR_INPUT, "this is a web page (HTML), not a feed; it names %.*s",
                        DW_FMT(dw_utf8_cut(list, 300)));
}

/* A web page: which kind, and the feeds that it names. */
static bool say_page(struct dw_arena *arena, const struct dw_feed_input *input, struct dw_str text,
                     struct dw_error *err)
{
    struct dw_feed_leads leads = {0};
    struct dw_str title = text_in(arena, text, DW_STR("<title"));
    dw_feed_discover(arena, text, input->url, &leads);
    if (leads.len > 0 && leads.at[0].kind == DW_LEAD_LINK)
        return say_leads(arena, &leads, err);
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        if (has(pages[i].title ? title : text, pages[i].sign))
            return dw_error_set(err, DW_ERR_INPUT, "this is a web page (HTML) that %s, not a feed",
                                pages[i].what);
    }
    if (leads.len > 0)
        return say_leads(arena, &leads, err);
    return dw_error_set(err, DW_ERR_INPUT, "this is a web page (HTML) \"%.*s\", not a feed",
                        DW_FMT(title));
}

/* ---- Other formats ---- */

/* What an answer in JSON has to say: its message where it is an error. */
static struct dw_str json_message(struct dw_arena *arena, const json_t *root)
{
    static const char *const names[] = {
        "error_description", "message", "error", "detail", "title", "errors", "reason"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const json_t *value = json_object_get(root, names[i]);
        if (json_is_array(value))
            value = json_array_get(value, 0);
        if (json_is_object(value))
            value = json_object_get(value, "message");
        struct dw_str text = {json_string_value(value), json_string_length(value)};
        if (text.len > 0)
            return dw_text_clean(arena, dw_utf8_cut(text, 200), DW_CLEAN_LINE);
    }
    return (struct dw_str){"", 0};
}

static bool say_json(struct dw_arena *arena, struct dw_str text, struct dw_error *err)
{
    json_t *root = json_loadb(text.at, text.len, 0, NULL);
    struct dw_str message = json_message(arena, root);
    json_decref(root);
    if (message.len > 0)
        return dw_error_set(err, DW_ERR_INPUT, "this is JSON of another kind, not a feed: \"%.*s\"",
                            DW_FMT(message));
    return dw_error_set(err, DW_ERR_INPUT, "this is JSON of another kind, not a feed");
}

/* The name of the first element. */
static struct dw_str root_name(struct dw_str text)
{
    for (size_t at = dw_str_find_char(text, '<', 0); at != SIZE_MAX;
         at = dw_str_find_char(text, '<', at + 1)) {
        size_t end = at + 1;
        while (end < text.len && (dw_is_alpha(text.at[end]) || dw_is_digit(text.at[end]) ||
                                  text.at[end] == ':' || text.at[end] == '-'))
            end++;
        if (end > at + 1 && dw_is_alpha(text.at[at + 1]))
            return dw_utf8_cut(dw_str_slice(text, at + 1, end), 40);
    }
    return (struct dw_str){"", 0};
}

static bool say_xml(struct dw_arena *arena, struct dw_str text, struct dw_error *err)
{
    static const struct dw_str messages[] = {DW_STR_INIT("<faultstring"), DW_STR_INIT("<message"),
                                             DW_STR_INIT("<soap:text"), DW_STR_INIT("<code")};
    if (has(text, DW_STR("<urlset")) || has(text, DW_STR("<sitemapindex")))
        return dw_error_set(err, DW_ERR_INPUT, "this is a sitemap, not a feed");
    if (has(text, DW_STR("<opml")))
        return dw_error_set(err, DW_ERR_INPUT,
                            "this is an OPML list of feeds, not a feed: import it");
    if (has(text, DW_STR("<svg")))
        return dw_error_set(err, DW_ERR_INPUT, "this is an SVG image, not a feed");
    bool fault = has(text, DW_STR("<error")) || has(text, DW_STR("fault>"));
    for (size_t i = 0; fault && i < sizeof messages / sizeof messages[0]; i++) {
        struct dw_str message = text_in(arena, text, messages[i]);
        if (message.len > 0)
            return dw_error_set(err, DW_ERR_INPUT, "this is an error in XML, not a feed: \"%.*s\"",
                                DW_FMT(message));
    }
    return dw_error_set(err, DW_ERR_INPUT, "this is XML of another kind (<%.*s>), not a feed",
                        DW_FMT(root_name(text)));
}

bool feed_not_a_feed(struct dw_arena *arena, const struct dw_feed_input *input, struct dw_str text,
                     struct dw_error *err)
{
    for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++) {
        struct dw_str rest = dw_str_slice(input->bytes, signatures[i].at, input->bytes.len);
        if (dw_str_starts(rest, signatures[i].bytes))
            return dw_error_set(err, DW_ERR_INPUT, "this is %s, not a feed", signatures[i].what);
    }
    struct dw_str start = dw_str_trim(text);
    if (start.len == 0)
        return dw_error_set(err, DW_ERR_INPUT, "this is empty, not a feed");
    if (has(start, DW_STR("<html")) || has(start, DW_STR("<!doctype html")) ||
        has(start, DW_STR("<body")) || has(start, DW_STR("<head>")))
        return say_page(arena, input, start, err);
    if (start.at[0] == '{' || start.at[0] == '[')
        return say_json(arena, start, err);
    if (start.at[0] == '<')
        return say_xml(arena, start, err);
    struct dw_str line = dw_text_clean(arena, dw_utf8_cut(start, 60), DW_CLEAN_LINE);
    return dw_error_set(err, DW_ERR_INPUT, "this is text that begins with \"%.*s\", not a feed",
                        DW_FMT(line));
}
