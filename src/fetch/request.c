/* A request as it goes out: its header lines, its address on the wire, libcurl's options for it. */
#include "internal.h"

#include <stdlib.h>

#include "text/text.h"

#define USER_AGENT "dealwire/" DW_VERSION " (+" DW_HOMEPAGE ")"
#define ACCEPT                                                                             \
    "Accept: application/atom+xml, application/rss+xml, application/feed+json, "           \
    "application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, " \
    "text/html;q=0.5, */*;q=0.4"

/* Whether the present hop goes to whom the credentials are meant for. */
static bool is_trusted(struct fetch_transfer *transfer)
{
    struct dw_arena *arena = &transfer->response->arena;
    struct dw_str first = transfer->request.url;
    bool was_secure = dw_str_starts_nocase(first, DW_STR("https:"));
    bool is_secure = dw_str_starts_nocase(transfer->url, DW_STR("https:"));
    return was_secure == is_secure &&
           dw_str_eq(dw_url_server(arena, first), dw_url_server(arena, transfer->url));
}

static CURLcode log_in(struct fetch_transfer *transfer)
{
    struct dw_arena *arena = &transfer->response->arena;
    const struct fetch_request *request = &transfer->request;
    if (request->user.len == 0 || !is_trusted(transfer))
        return CURLE_OK;
    CURLcode code =
        curl_easy_setopt(transfer->easy, CURLOPT_USERNAME, dw_str_cstr(arena, request->user));
    if (code == CURLE_OK)
        code = curl_easy_setopt(transfer->easy, CURLOPT_PASSWORD,
                                dw_str_cstr(arena, request->password));
    return code;
}

static bool add_line(struct fetch_transfer *transfer, struct dw_str name, struct dw_str value)
{
    struct dw_arena *arena = &transfer->response->arena;
    /* a value from a header line has no line end, but the store is no header line */
    for (size_t i = 0; i < value.len; i++)
        if (value.at[i] == '\r' || value.at[i] == '\n' || value.at[i] == '\0')
            return true;
    const char *line = dw_str_format(arena, "%.*s%.*s", DW_FMT(name), DW_FMT(value)).at;
    struct curl_slist *longer = curl_slist_append(transfer->lines, line);
    if (longer == NULL)
        return false;
    transfer->lines = longer;
    return !arena->failed;
}

/* If-Modified-Since goes as text: CURLOPT_TIMECONDITION would make libcurl drop a new body whose
 * date is the old one. */
static bool add_lines(struct fetch_transfer *transfer)
{
    const struct fetch_request *request = &transfer->request;
    if (!add_line(transfer, DW_STR(ACCEPT), DW_STR("")))
        return false;
    if (request->header.len > 0 && is_trusted(transfer) &&
        !add_line(transfer, DW_STR(""), request->header))
        return false;
    if (request->etag.len > 0 && !add_line(transfer, DW_STR("If-None-Match: "), request->etag))
        return false;
    return request->last_modified.len == 0 ||
           add_line(transfer, DW_STR("If-Modified-Since: "), request->last_modified);
}

/* The address as given, but for what cannot go over the wire: white space, controls and bytes above
 * ASCII behind the host are written as %XX. The host is libcurl's to translate. */
static const char *wire_url(struct fetch_transfer *transfer)
{
    struct dw_str url = transfer->url;
    size_t scheme = dw_str_find(url, DW_STR("://"), 0);
    size_t path = scheme == SIZE_MAX ? 0 : scheme + 3;
    while (path < url.len && url.at[path] != '/' && url.at[path] != '?')
        path++;
    struct dw_buf out;
    dw_buf_init(&out, url.len * 3 + 1);
    dw_buf_add(&out, dw_str_slice(url, 0, path));
    for (size_t i = path; i < url.len; i++) {
        unsigned char c = (unsigned char)url.at[i];
        if (c <= ' ' || c >= 0x7F)
            dw_buf_add_format(&out, "%%%02X", c);
        else
            dw_buf_add_char(&out, (char)c);
    }
    bool ok = dw_buf_ok(&out);
    const char *bytes = dw_str_cstr(&transfer->response->arena, dw_buf_str(&out));
    dw_buf_release(&out);
    if (!ok)
        transfer->response->arena.failed = true;
    return bytes;
}

static CURLcode allow_web_only(CURL *easy)
{
#if LIBCURL_VERSION_NUM >= 0x075500
    return curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    return curl_easy_setopt(easy, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

/* Leaving must not wait for a name server that does not answer. */
static CURLcode leave_quickly(CURL *easy)
{
#if LIBCURL_VERSION_NUM >= 0x075700
    return curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#else
    (void)easy;
    return CURLE_OK;
#endif
}

/* Certificates that the user trusts besides the system's choice stand where OpenSSL's own programs
 * look for them. */
static CURLcode trust(CURL *easy)
{
    const char *file = getenv("SSL_CERT_FILE");
    const char *folder = getenv("SSL_CERT_DIR");
    CURLcode code = CURLE_OK;
    if (file != NULL && file[0] != '\0')
        code = curl_easy_setopt(easy, CURLOPT_CAINFO, file);
    if (code == CURLE_OK && folder != NULL && folder[0] != '\0')
        code = curl_easy_setopt(easy, CURLOPT_CAPATH, folder);
    return code;
}

/* Redirects are followed hop by hop in fetch_transfer_finish(), so that each is judged and a
 * permanent one is known from a temporary one. */
static CURLcode set_options(struct fetch_transfer *transfer, const char *url, const char *proxy)
{
    const struct fetch_limits *limits = &transfer->options->limits;
    CURL *easy = transfer->easy;
    int64_t connect_ms = fetch_transfer_patience(transfer, limits->connect_ms);
    CURLcode codes[] = {
        allow_web_only(easy),
        leave_quickly(easy),
        trust(easy),
        log_in(transfer),
        curl_easy_setopt(easy, CURLOPT_URL, url),
        curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L),
        curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer),
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L),
        curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L),
        curl_easy_setopt(easy, CURLOPT_USERAGENT, USER_AGENT),
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer->lines),
        curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, ""),
        curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS),
        curl_easy_setopt(easy, CURLOPT_PROXY, proxy),
        curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L),
        curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)connect_ms),
        curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)limits->body_bytes),
        /* a kept connection was judged for another feed: take none where the guard must look */
        curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, transfer->private_allowed ? 0L : 1L),
        curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->detail),
    };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (codes[i] != CURLE_OK)
            return codes[i];
    return CURLE_OK;
}

CURLcode fetch_request_set(struct fetch_transfer *transfer, struct dw_str proxy)
{
    struct dw_arena *arena = &transfer->response->arena;
    if (!add_lines(transfer))
        return CURLE_OUT_OF_MEMORY;
    const char *url = wire_url(transfer);
    const char *via = dw_str_cstr(arena, proxy);
    return arena->failed ? CURLE_OUT_OF_MEMORY : set_options(transfer, url, via);
}
