/* What hostile pages do to an HTML parser, kept from it: attributes without number in one tag,
 * which it compares with each other, and tags without number, of which each costs memory. */
#include "internal.h"

#define MOST_TAGS \
    60000 /* of a page, start and end: the largest honest ones have some ten thousand */
#define MOST_ATTRIBUTES 200 /* of a tag */

struct guard {
    struct dw_str html;
    struct dw_buf out; /* what was let through so far, once something was not */
    size_t copied;     /* bytes of html that are in `out` or were dropped */
    size_t tags;
};

static bool is_name_start(char c)
{
    return dw_is_alpha(c) || c == '/';
}

/* Leaves the bytes up to `to` out, from `from` on. */
static void drop(struct guard *g, size_t from, size_t to)
{
    dw_buf_add(&g->out, dw_str_slice(g->html, g->copied, from));
    g->copied = to;
}

/* The end of a quoted value whose quote stands at `at`; the end of all if it is never closed. */
static size_t behind_quote(struct dw_str html, size_t at)
{
    size_t end = dw_str_find_char(html, html.at[at], at + 1);
    return end == SIZE_MAX ? html.len : end + 1;
}

/* Behind the tag that begins at `at`; attributes beyond the most are dropped. */
static size_t pass_tag(struct guard *g, size_t at)
{
    struct dw_str html = g->html;
    size_t attributes = 0;
    size_t cut = SIZE_MAX;
    size_t i = at + 1;
    bool space = false;
    bool value = false; /* "=" came last */
    while (i < html.len && html.at[i] != '>') {
        char c = html.at[i];
        if (value && (c == '"' || c == '\'')) {
            i = behind_quote(html, i);
            value = false;
            space = true; /* the next attribute may stand at once behind a quote */
            continue;
        }
        bool blank = dw_is_space(c) || c == '/';
        if (!blank && space && c != '=' && !value && ++attributes > MOST_ATTRIBUTES &&
            cut == SIZE_MAX)
            cut = i;
        value = c == '=' || (value && blank);
        space = blank;
        i++;
    }
    if (cut != SIZE_MAX)
        drop(g, cut, i);
    return i;
}

/* Behind the end tag of a script or style that begins at `at`: nothing in it is a tag. */
static size_t pass_raw(struct dw_str html, size_t at, struct dw_str name)
{
    for (size_t end = dw_str_find(html, DW_STR("</"), at); end != SIZE_MAX;
         end = dw_str_find(html, DW_STR("</"), end + 2)) {
        if (dw_str_starts_nocase(dw_str_slice(html, end + 2, html.len), name))
            return end;
    }
    return html.len;
}

static size_t pass_markup(struct guard *g, size_t at)
{
    static const struct dw_str raw[] = {DW_STR_INIT("script"), DW_STR_INIT("style")};
    struct dw_str rest = dw_str_slice(g->html, at + 1, g->html.len);
    if (dw_str_starts(rest, DW_STR("!--"))) {
        size_t end = dw_str_find(g->html, DW_STR("-->"), at + 4);
        return end == SIZE_MAX ? g->html.len : end + 3;
    }
    if (rest.len == 0 || !is_name_start(rest.at[0]))
        return at + 1;
    g->tags++;
    size_t behind = pass_tag(g, at);
    for (size_t i = 0; i < sizeof raw / sizeof raw[0]; i++) {
        if (dw_str_starts_nocase(rest, raw[i]))
            return pass_raw(g->html, behind, raw[i]);
    }
    return behind;
}

struct dw_str page_guard(struct dw_arena *arena, struct dw_str html)
{
    struct guard g = {.html = html};
    dw_buf_init(&g.out, html.len + 1);
    size_t at = dw_str_find_char(html, '<', 0);
    while (at != SIZE_MAX && g.tags < MOST_TAGS)
        at = dw_str_find_char(html, '<', pass_markup(&g, at));
    g.html = dw_str_slice(html, 0, at);
    if (g.copied > 0) {
        dw_buf_add(&g.out, dw_str_slice(g.html, g.copied, g.html.len));
        g.html = dw_str_dup(arena, dw_buf_str(&g.out));
        if (!dw_buf_ok(&g.out))
            arena->failed = true;
    }
    dw_buf_release(&g.out);
    return g.html;
}
