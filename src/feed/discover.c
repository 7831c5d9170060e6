/* The feeds that a web page names: link rel=alternate with a feed's type. */
#include "internal.h"

#define MOST_FEEDS 50  /* named by one page: a blog has a handful */
#define MOST_LINKS 500 /* looked at: pages carry a hundred for icons and styles */

static bool is_feed_type(struct dw_str type)
{
    return dw_str_find_nocase(type, DW_STR("rss"), 0) != SIZE_MAX ||
           dw_str_find_nocase(type, DW_STR("atom"), 0) != SIZE_MAX ||
           dw_str_find_nocase(type, DW_STR("feed+json"), 0) != SIZE_MAX ||
           dw_str_find_nocase(type, DW_STR("rdf+xml"), 0) != SIZE_MAX;
}

/* The value of an attribute within a tag; empty if it is not there. */
static struct dw_str attribute(struct dw_arena *arena, struct dw_str tag, struct dw_str name)
{
    for (size_t at = dw_str_find_nocase(tag, name, 0); at != SIZE_MAX;
         at = dw_str_find_nocase(tag, name, at + 1)) {
        struct dw_str rest = dw_str_trim(dw_str_slice(tag, at + name.len, tag.len));
        if (at == 0 || !dw_is_space(tag.at[at - 1]) || rest.len == 0 || rest.at[0] != '=')
            continue;
        rest = dw_str_trim(dw_str_slice(rest, 1, rest.len));
        size_t end = 0;
        if (rest.len > 0 && (rest.at[0] == '"' || rest.at[0] == '\'')) {
            end = dw_str_find_char(rest, rest.at[0], 1);
            rest = dw_str_slice(rest, 1, end);
        } else {
            while (end < rest.len && !dw_is_space(rest.at[end]))
                end++;
            rest = dw_str_slice(rest, 0, end);
        }
        return dw_html_decode(arena, rest);
    }
    return DW_STR("");
}

struct dw_strs dw_feed_discover(struct dw_arena *arena, struct dw_str html, struct dw_str url)
{
    struct dw_strs found = {0};
    struct dw_str base = url;
    size_t at = 0;
    size_t links = 0;
    while (found.len < MOST_FEEDS && links < MOST_LINKS &&
           (at = dw_str_find_char(html, '<', at)) != SIZE_MAX) {
        size_t end = dw_str_find_char(html, '>', at);
        struct dw_str tag = dw_str_slice(html, at + 1, end);
        at++;
        if (dw_str_starts_nocase(tag, DW_STR("base "))) {
            struct dw_str given = dw_url_resolve(arena, url, attribute(arena, tag, DW_STR("href")));
            base = given.len > 0 ? given : base;
        }
        if (!dw_str_starts_nocase(tag, DW_STR("link")) || tag.len < 5 || !dw_is_space(tag.at[4]))
            continue;
        links++;
        struct dw_str rel = attribute(arena, tag, DW_STR("rel"));
        bool alternate = dw_str_find_nocase(rel, DW_STR("alternate"), 0) != SIZE_MAX ||
                         dw_str_eq_nocase(rel, DW_STR("feed"));
        if (!alternate || !is_feed_type(attribute(arena, tag, DW_STR("type"))))
            continue;
        struct dw_str link = dw_url_resolve(arena, base, attribute(arena, tag, DW_STR("href")));
        if (link.len > 0 && !dw_strs_has(&found, link))
            dw_strs_push(arena, &found, link);
    }
    return found;
}
