/* Where a site's feeds may be: what its page names, what the form of its address says, and the
 * paths that most sites use. */
#include "internal.h"

extern const struct dw_tsv feed_sites;
extern const struct dw_tsv feed_paths;

#define MOST_FEEDS 50  /* named by one page: a blog has a handful */
#define MOST_LINKS 500 /* looked at: pages carry a hundred for icons and styles */
#define MOST_ANCHORS 5000
#define MOST_NAMES 8 /* in one form of addresses */

static struct dw_str none(void)
{
    return (struct dw_str){"", 0};
}

struct dw_str dw_feed_lead_how(enum dw_feed_lead_kind kind)
{
    static const struct dw_str names[] = {
        [DW_LEAD_LINK] = DW_STR_INIT("named by the page"),
        [DW_LEAD_ANCHOR] = DW_STR_INIT("linked in the page"),
        [DW_LEAD_RULE] = DW_STR_INIT("form of the address"),
        [DW_LEAD_PATH] = DW_STR_INIT("usual place"),
    };
    return names[kind];
}

static void add_lead(struct dw_arena *arena, struct dw_feed_leads *leads, struct dw_feed_lead lead)
{
    if (lead.url.len == 0 || leads->len >= MOST_FEEDS)
        return;
    for (size_t i = 0; i < leads->len; i++) {
        if (dw_str_eq(leads->at[i].url, lead.url))
            return;
    }
    struct dw_feed_lead *added = dw_vec_push(arena, leads);
    if (added != NULL)
        *added = lead;
}

/* ---- What the page names ---- */

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
    return none();
}

static bool is_tag(struct dw_str tag, struct dw_str name)
{
    return tag.len > name.len && dw_str_starts_nocase(tag, name) && dw_is_space(tag.at[name.len]);
}

static void take_link(struct dw_arena *arena, struct dw_str tag, struct dw_str base,
                      struct dw_feed_leads *leads)
{
    struct dw_str rel = attribute(arena, tag, DW_STR("rel"));
    bool alternate = dw_str_find_nocase(rel, DW_STR("alternate"), 0) != SIZE_MAX ||
                     dw_str_eq_nocase(rel, DW_STR("feed"));
    if (!alternate || !is_feed_type(attribute(arena, tag, DW_STR("type"))))
        return;
    struct dw_str title =
        dw_text_clean(arena, attribute(arena, tag, DW_STR("title")), DW_CLEAN_LINE);
    add_lead(arena, leads,
             (struct dw_feed_lead){
                 .url = dw_url_resolve(arena, base, attribute(arena, tag, DW_STR("href"))),
                 .title = dw_utf8_cut(title, DW_LIMIT_TITLE_BYTES),
                 .kind = DW_LEAD_LINK});
}

/* Whether an address looks like that of a feed: ".../feed", ".../rss.xml". */
static bool looks_like_feed(struct dw_str url)
{
    static const struct dw_str ends[] = {
        DW_STR_INIT("/feed"),      DW_STR_INIT("/rss"),       DW_STR_INIT("/atom"),
        DW_STR_INIT(".rss"),       DW_STR_INIT(".rdf"),       DW_STR_INIT(".atom"),
        DW_STR_INIT("/feed.xml"),  DW_STR_INIT("/rss.xml"),   DW_STR_INIT("/atom.xml"),
        DW_STR_INIT("/index.xml"), DW_STR_INIT("/feed.json"), DW_STR_INIT("feed=rss2")};
    if (dw_str_ends(url, DW_STR("/")))
        url.len--;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t len = ends[i].len;
        if (url.len > len && dw_str_eq_nocase(dw_str_slice(url, url.len - len, url.len), ends[i]))
            return true;
    }
    return false;
}

static void take_anchor(struct dw_arena *arena, struct dw_str tag, struct dw_str base,
                        struct dw_feed_leads *leads)
{
    static const struct dw_str signs[] = {DW_STR_INIT("feed"), DW_STR_INIT("rss"),
                                          DW_STR_INIT("atom"), DW_STR_INIT("rdf"),
                                          DW_STR_INIT("index.xml")};
    struct dw_str href = attribute(arena, tag, DW_STR("href"));
    bool may_be = false;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        may_be = may_be || dw_str_find_nocase(href, signs[i], 0) != SIZE_MAX;
    struct dw_str url = may_be ? dw_url_resolve(arena, base, href) : none();
    if (looks_like_feed(url))
        add_lead(arena, leads,
                 (struct dw_feed_lead){.url = url, .title = none(), .kind = DW_LEAD_ANCHOR});
}

/* Feeds of comments go last: nobody means them who wants the site's. */
static void put_comments_last(struct dw_arena *arena, struct dw_feed_leads *leads)
{
    struct dw_feed_leads sorted = {0};
    for (int comments = 0; comments < 2; comments++) {
        for (size_t i = 0; i < leads->len; i++) {
            const struct dw_feed_lead *lead = &leads->at[i];
            bool is = dw_str_find_nocase(lead->url, DW_STR("comment"), 0) != SIZE_MAX ||
                      dw_str_find_nocase(lead->title, DW_STR("comment"), 0) != SIZE_MAX;
            if (is == (comments == 1))
                add_lead(arena, &sorted, *lead);
        }
    }
    *leads = sorted;
}

void dw_feed_discover(struct dw_arena *arena, struct dw_str html, struct dw_str url,
                      struct dw_feed_leads *leads)
{
    struct dw_feed_leads named = {0};
    struct dw_feed_leads linked = {0};
    struct dw_str base = url;
    size_t at = 0;
    size_t links = 0;
    size_t anchors = 0;
    while (links < MOST_LINKS && anchors < MOST_ANCHORS &&
           (at = dw_str_find_char(html, '<', at)) != SIZE_MAX) {
        size_t end = dw_str_find_char(html, '>', at);
        struct dw_str tag = dw_str_slice(html, at + 1, end);
        at++;
        if (is_tag(tag, DW_STR("base"))) {
            struct dw_str given = dw_url_resolve(arena, url, attribute(arena, tag, DW_STR("href")));
            base = given.len > 0 ? given : base;
        } else if (is_tag(tag, DW_STR("link"))) {
            links++;
            take_link(arena, tag, base, &named);
        } else if (is_tag(tag, DW_STR("a"))) {
            anchors++;
            take_anchor(arena, tag, base, &linked);
        }
    }
    put_comments_last(arena, &named);
    put_comments_last(arena, &linked);
    for (size_t i = 0; i < named.len; i++)
        add_lead(arena, leads, named.at[i]);
    for (size_t i = 0; i < linked.len; i++)
        add_lead(arena, leads, linked.at[i]);
}

/* ---- What the form of the address says ---- */

/* Names of a form and what they took. */
struct captures {
    struct dw_str names[MOST_NAMES], values[MOST_NAMES];
    size_t count;
};

static void capture(struct captures *c, struct dw_str name, struct dw_str value)
{
    if (c->count == MOST_NAMES)
        return;
    c->names[c->count] = name;
    c->values[c->count++] = value;
}

static bool host_fits(struct dw_str host, struct dw_str wanted)
{
    if (dw_str_eq(wanted, DW_STR(".")))
        return true;
    if (dw_str_starts(wanted, DW_STR(".")))
        return dw_str_ends(host, wanted) && host.len > wanted.len;
    if (dw_str_starts(host, DW_STR("www.")))
        host = dw_str_slice(host, 4, host.len);
    else if (dw_str_starts(host, DW_STR("old.")) || dw_str_starts(host, DW_STR("m.")))
        host = dw_str_slice(host, dw_str_find_char(host, '.', 0) + 1, host.len);
    return dw_str_eq(host, wanted);
}

/* Takes "{name}" off the front of a form; false if none stands there. */
static bool take_name(struct dw_str *form, struct dw_str *name, bool *all)
{
    size_t end = dw_str_starts(*form, DW_STR("{")) ? dw_str_find_char(*form, '}', 0) : SIZE_MAX;
    if (end == SIZE_MAX)
        return false;
    *name = dw_str_slice(*form, 1, end);
    *all = dw_str_ends(*name, DW_STR("*"));
    name->len -= *all;
    *form = dw_str_slice(*form, end + 1, form->len);
    return true;
}

/* Whether an address behind its host has a form, and what its names took. */
static bool form_fits(struct dw_str rest, struct dw_str form, struct captures *captures)
{
    while (form.len > 0) {
        struct dw_str name;
        bool all;
        if (!take_name(&form, &name, &all)) {
            if (rest.len == 0 || rest.at[0] != form.at[0])
                return false;
            rest = dw_str_slice(rest, 1, rest.len);
            form = dw_str_slice(form, 1, form.len);
            continue;
        }
        size_t end = 0;
        while (end < rest.len &&
               (all || (rest.at[end] != '/' && rest.at[end] != '?' && rest.at[end] != '&')))
            end++;
        struct dw_str value = dw_str_slice(rest, 0, end);
        if (all && dw_str_ends(value, DW_STR("/")))
            value.len--;
        if (value.len == 0)
            return false;
        capture(captures, name, value);
        rest = dw_str_slice(rest, end, rest.len);
    }
    return rest.len == 0 || dw_str_eq(rest, DW_STR("/")) || rest.at[0] == '?' || rest.at[0] == '&';
}

static struct dw_str fill(struct dw_arena *arena, struct dw_str form,
                          const struct captures *captures)
{
    struct dw_buf out;
    dw_buf_init(&out, DW_LIMIT_URL_BYTES);
    while (form.len > 0) {
        struct dw_str name;
        bool all;
        if (!take_name(&form, &name, &all)) {
            dw_buf_add_char(&out, form.at[0]);
            form = dw_str_slice(form, 1, form.len);
            continue;
        }
        for (size_t i = 0; i < captures->count; i++) {
            if (dw_str_eq(captures->names[i], name))
                dw_buf_add(&out, captures->values[i]);
        }
    }
    struct dw_str filled = dw_buf_ok(&out) ? dw_str_dup(arena, dw_buf_str(&out)) : none();
    dw_buf_release(&out);
    return filled;
}

/* The address without scheme and host, "/" at least. */
static struct dw_str behind_host(struct dw_str url)
{
    size_t at = dw_str_find(url, DW_STR("://"), 0);
    size_t slash = at == SIZE_MAX ? SIZE_MAX : dw_str_find_char(url, '/', at + 3);
    return slash == SIZE_MAX ? DW_STR("/") : dw_str_slice(url, slash, url.len);
}

void dw_feed_leads_by_rule(struct dw_arena *arena, struct dw_str url, struct dw_feed_leads *leads)
{
    struct dw_str host = dw_url_host(arena, url);
    struct dw_str rest = behind_host(url);
    for (size_t i = 0; i < feed_sites.len; i++) {
        const struct dw_str *cell = feed_sites.rows[i].cell;
        struct captures captures = {.count = 0};
        capture(&captures, DW_STR("host"), host);
        bool path = !dw_str_eq(cell[1], DW_STR("/"));
        bool fits = path ? form_fits(rest, cell[1], &captures) : rest.len == 1;
        if (!fits || !host_fits(host, cell[0]))
            continue;
        add_lead(arena, leads,
                 (struct dw_feed_lead){
                     .url = dw_url_resolve(arena, url, fill(arena, cell[2], &captures)),
                     .title = none(),
                     .kind = DW_LEAD_RULE});
        return; /* the first that fits: the narrower stand before the wider */
    }
}

/* ---- The usual places ---- */

void dw_feed_leads_by_path(struct dw_arena *arena, struct dw_str url, struct dw_feed_leads *leads)
{
    struct dw_str folder = url;
    bool own = dw_str_find_char(url, '?', 0) == SIZE_MAX && behind_host(url).len > 1;
    if (!dw_str_ends(folder, DW_STR("/")))
        folder = dw_str_format(arena, "%.*s/", DW_FMT(url));
    struct dw_str root = dw_url_resolve(arena, url, DW_STR("/"));
    for (size_t i = 0; i < feed_paths.len; i++) {
        struct dw_str path = feed_paths.rows[i].cell[0];
        struct dw_feed_lead lead = {.title = none(), .kind = DW_LEAD_PATH};
        if (own && i < 2) { /* "/blog/feed" before "/feed" */
            lead.url = dw_url_resolve(arena, folder, path);
            add_lead(arena, leads, lead);
        }
        lead.url = dw_url_resolve(arena, root, path);
        add_lead(arena, leads, lead);
    }
}
