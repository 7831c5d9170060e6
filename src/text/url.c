/* Addresses: resolving references (RFC 3986, section 5), hosts, identity. */
#include "text/text.h"

#include <string.h>

struct url {
    struct dw_str scheme;
    bool has_authority;
    struct dw_str authority;
    struct dw_str path;
    bool has_query;
    struct dw_str query;
};

static bool is_scheme(struct dw_str s)
{
    if (s.len == 0 || !dw_is_alpha(s.at[0]))
        return false;
    for (size_t i = 1; i < s.len; i++) {
        char c = s.at[i];
        if (!dw_is_alpha(c) && !dw_is_digit(c) && c != '+' && c != '-' && c != '.')
            return false;
    }
    return true;
}

/* Splits at the first of these characters; what comes before it stays in `s`, the rest is returned.
 */
static struct dw_str cut_at(struct dw_str *s, char c, bool *found)
{
    size_t at = dw_str_find_char(*s, c, 0);
    *found = at != SIZE_MAX;
    struct dw_str rest = *found ? dw_str_slice(*s, at + 1, s->len) : (struct dw_str){"", 0};
    *s = dw_str_slice(*s, 0, *found ? at : s->len);
    return rest;
}

static struct url parse(struct dw_str s)
{
    struct url url = {0};
    bool found;
    cut_at(&s, '#', &found);
    url.query = cut_at(&s, '?', &url.has_query);
    size_t colon = dw_str_find_char(s, ':', 0);
    if (colon != SIZE_MAX && is_scheme(dw_str_slice(s, 0, colon))) {
        url.scheme = dw_str_slice(s, 0, colon);
        s = dw_str_slice(s, colon + 1, s.len);
    }
    if (dw_str_starts(s, DW_STR("//"))) {
        url.has_authority = true;
        s = dw_str_slice(s, 2, s.len);
        size_t slash = dw_str_find_char(s, '/', 0);
        url.authority = dw_str_slice(s, 0, slash);
        s = slash == SIZE_MAX ? (struct dw_str){"", 0} : dw_str_slice(s, slash, s.len);
    }
    url.path = s;
    return url;
}

/* RFC 3986, 5.2.4. */
static struct dw_str remove_dots(struct dw_arena *arena, struct dw_str path)
{
    char *out = dw_arena_array(arena, path.len + 1, 1);
    if (out == NULL)
        return path;
    size_t len = 0;
    while (path.len > 0) {
        size_t end = dw_str_find_char(path, '/', 1);
        struct dw_str segment = dw_str_slice(path, 0, end);
        bool last = end == SIZE_MAX;
        path = last ? (struct dw_str){"", 0} : dw_str_slice(path, end, path.len);
        if (dw_str_eq(segment, DW_STR("/."))) {
            segment = last ? DW_STR("/") : DW_STR("");
        } else if (dw_str_eq(segment, DW_STR("/.."))) {
            while (len > 0 && out[--len] != '/')
                continue;
            segment = last ? DW_STR("/") : DW_STR("");
        }
        if (segment.len > 0)
            memcpy(out + len, segment.at, segment.len);
        len += segment.len;
    }
    return (struct dw_str){out, len};
}

static struct dw_str merge(struct dw_arena *arena, const struct url *base, struct dw_str path)
{
    if (base->has_authority && base->path.len == 0)
        return dw_str_format(arena, "/%.*s", DW_FMT(path));
    size_t keep = base->path.len;
    while (keep > 0 && base->path.at[keep - 1] != '/')
        keep--;
    return dw_str_format(arena, "%.*s%.*s", (int)keep, base->path.at, DW_FMT(path));
}

/* A reference that names no host: the base's, and its path as far as it is needed. */
static struct url resolve_path(struct dw_arena *arena, const struct url *base, struct url ref)
{
    ref.has_authority = base->has_authority;
    ref.authority = base->authority;
    if (ref.path.len > 0) {
        if (ref.path.at[0] != '/')
            ref.path = merge(arena, base, ref.path);
        return ref;
    }
    ref.path = base->path;
    if (!ref.has_query) {
        ref.has_query = base->has_query;
        ref.query = base->query;
    }
    return ref;
}

/* RFC 3986, 5.2.2. */
static struct url resolve(struct dw_arena *arena, const struct url *base, struct url ref)
{
    if (ref.scheme.len == 0) {
        ref.scheme = base->scheme;
        if (!ref.has_authority)
            ref = resolve_path(arena, base, ref);
    }
    ref.path = remove_dots(arena, ref.path);
    return ref;
}

/* The bytes that stay, with what no address may hold written as %XX. */
static struct dw_str without(struct dw_arena *arena, struct dw_str s, struct dw_str encoded)
{
    struct dw_buf out;
    dw_buf_init(&out, DW_LIMIT_URL_BYTES * 9); /* cleaning may have made three bytes of one */
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (dw_str_find_char(encoded, s.at[i], 0) != SIZE_MAX)
            dw_buf_add_format(&out, "%%%02X", c);
        else if (c >= 0x20 && c != 0x7F)
            dw_buf_add_char(&out, (char)c);
    }
    struct dw_str kept = dw_str_dup(arena, dw_buf_str(&out));
    if (!dw_buf_ok(&out))
        arena->failed = true;
    dw_buf_release(&out);
    return kept;
}

/* White space at the ends and controls within go, as browsers do; spaces are encoded. Cleaning
 * stands between because it makes spaces of other white space. */
static struct dw_str tidy(struct dw_arena *arena, struct dw_str s)
{
    s = dw_str_trim(s);
    if (s.len > DW_LIMIT_URL_BYTES) /* half of it would be another address */
        return (struct dw_str){"", 0};
    s = dw_text_clean(arena, without(arena, s, DW_STR("")), DW_CLEAN_LINE);
    return without(arena, s, DW_STR(" \"<>\\"));
}

struct dw_str dw_url_resolve(struct dw_arena *arena, struct dw_str base, struct dw_str reference)
{
    struct dw_str empty = {"", 0};
    struct dw_str ref_text = tidy(arena, reference);
    struct dw_str base_text = tidy(arena, base);
    if (ref_text.len == 0)
        return empty;
    struct url base_url = parse(base_text);
    struct url url = resolve(arena, &base_url, parse(ref_text));
    bool is_web = dw_str_eq_nocase(url.scheme, DW_STR("http")) ||
                  dw_str_eq_nocase(url.scheme, DW_STR("https"));
    if (!is_web || !url.has_authority || url.authority.len == 0)
        return empty;
    const char *scheme = url.scheme.len == 5 ? "https" : "http";
    return dw_str_format(arena, "%s://%.*s%.*s%s%.*s", scheme, DW_FMT(url.authority),
                         DW_FMT(url.path), url.has_query ? "?" : "", DW_FMT(url.query));
}

static struct dw_str lower(struct dw_arena *arena, struct dw_str s)
{
    char *copy = dw_arena_array(arena, s.len + 1, 1);
    if (copy == NULL)
        return (struct dw_str){"", 0};
    for (size_t i = 0; i < s.len; i++)
        copy[i] = dw_to_lower(s.at[i]);
    return (struct dw_str){copy, s.len};
}

struct dw_str dw_url_host(struct dw_arena *arena, struct dw_str url)
{
    struct dw_str host = parse(url).authority;
    for (size_t at = dw_str_find_char(host, '@', 0); at != SIZE_MAX;
         at = dw_str_find_char(host, '@', 0))
        host = dw_str_slice(host, at + 1, host.len);
    if (host.len > 0 && host.at[0] == '[')
        return lower(arena, dw_str_slice(host, 0, dw_str_find_char(host, ']', 0) + 1));
    return lower(arena, dw_str_slice(host, 0, dw_str_find_char(host, ':', 0)));
}

struct dw_str dw_url_shown(struct dw_arena *arena, struct dw_str url)
{
    size_t scheme = dw_str_find(url, DW_STR("://"), 0);
    if (scheme == SIZE_MAX)
        return url;
    size_t host = scheme + 3;
    size_t end = host;
    size_t at = host;
    for (; end < url.len && dw_str_find_char(DW_STR("/?#"), url.at[end], 0) == SIZE_MAX; end++)
        at = url.at[end] == '@' ? end + 1 : at;
    if (at == host)
        return url;
    return dw_str_format(arena, "%.*s%.*s", DW_FMT(dw_str_slice(url, 0, host)),
                         DW_FMT(dw_str_slice(url, at, url.len)));
}

struct dw_str dw_url_server(struct dw_arena *arena, struct dw_str address)
{
    struct url url = parse(address);
    struct dw_str server = url.authority;
    for (size_t at = dw_str_find_char(server, '@', 0); at != SIZE_MAX;
         at = dw_str_find_char(server, '@', 0))
        server = dw_str_slice(server, at + 1, server.len);
    bool secure = dw_str_eq_nocase(url.scheme, DW_STR("https"));
    struct dw_str usual = secure ? DW_STR(":443") : DW_STR(":80");
    if (dw_str_ends(server, usual))
        server = dw_str_slice(server, 0, server.len - usual.len);
    else if (dw_str_ends(server, DW_STR(":")))
        server = dw_str_slice(server, 0, server.len - 1);
    return lower(arena, server);
}

/* Query parameters that say where a reader came from, not what is read. */
static bool is_tracking(struct dw_str name)
{
    static const struct dw_str names[] = {
        DW_STR_INIT("fbclid"), DW_STR_INIT("gclid"),  DW_STR_INIT("msclkid"), DW_STR_INIT("mc_cid"),
        DW_STR_INIT("mc_eid"), DW_STR_INIT("igshid"), DW_STR_INIT("ref_src"), DW_STR_INIT("cmpid"),
        DW_STR_INIT("ncid"),   DW_STR_INIT("ocid"),   DW_STR_INIT("smid"),    DW_STR_INIT("yclid"),
        DW_STR_INIT("dclid"),  DW_STR_INIT("_hsenc"), DW_STR_INIT("_hsmi"),
    };
    if (dw_str_starts_nocase(name, DW_STR("utm_")) || dw_str_starts_nocase(name, DW_STR("at_")))
        return true;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (dw_str_eq_nocase(name, names[i]))
            return true;
    }
    return false;
}

struct dw_str dw_url_identity(struct dw_arena *arena, struct dw_str address)
{
    struct url url = parse(address);
    if (!url.has_authority)
        return address;
    struct dw_str authority = lower(arena, url.authority);
    if (dw_str_ends(authority, DW_STR(":80")))
        authority.len -= 3;
    else if (dw_str_ends(authority, DW_STR(":443")))
        authority.len -= 4;
    if (dw_str_starts(authority, DW_STR("www.")))
        authority = dw_str_slice(authority, 4, authority.len);
    struct dw_str path = url.path;
    while (path.len > 0 && path.at[path.len - 1] == '/')
        path.len--;
    struct dw_str identity =
        dw_str_format(arena, "https://%.*s%.*s", DW_FMT(authority), DW_FMT(path));
    char separator = '?';
    struct dw_str parameter;
    struct dw_str rest = url.has_query ? url.query : (struct dw_str){NULL, 0};
    while (dw_str_split(&rest, '&', &parameter)) {
        size_t equals = dw_str_find_char(parameter, '=', 0);
        if (parameter.len == 0 || is_tracking(dw_str_slice(parameter, 0, equals)))
            continue;
        identity =
            dw_str_format(arena, "%.*s%c%.*s", DW_FMT(identity), separator, DW_FMT(parameter));
        separator = '&';
    }
    return identity;
}
