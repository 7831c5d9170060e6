/* Nesting of elements that a person could follow: ends that are missing, stray or out of order. */
#include "repair.h"

extern const struct dw_tsv feed_elements;

/* libxml2 ends the document beyond 256 nested elements. */
#define MOST_OPEN (DW_LIMIT_DEPTH - 2)
/* Ends that close nothing; from then on only the innermost element is looked at: a document of
 * nothing else would be compared with all that is open for minutes. */
#define MOST_STRAY_ENDS 10000
/* How far and how often the end of an element is looked for. */
#define LOOK_AHEAD 65536
#define MOST_LOOKS_AHEAD 5000

static struct dw_str local_of(struct dw_str name)
{
    size_t colon = dw_str_find_char(name, ':', 0);
    return colon == SIZE_MAX ? name : dw_str_slice(name, colon + 1, name.len);
}

/* Whether the name is one of these, in any case and of any vocabulary. */
static bool is_one_of(struct dw_str name, const struct dw_str *names, size_t count)
{
    struct dw_str local = local_of(name);
    for (size_t i = 0; i < count; i++) {
        if (dw_str_eq_nocase(local, names[i]))
            return true;
    }
    return false;
}

static bool is_entry(struct dw_str name)
{
    static const struct dw_str names[] = {DW_STR_INIT("item"), DW_STR_INIT("entry")};
    return is_one_of(name, names, sizeof names / sizeof names[0]);
}

/* Elements that hold entries. */
static bool is_frame(struct dw_str name)
{
    static const struct dw_str names[] = {DW_STR_INIT("rss"), DW_STR_INIT("rdf"),
                                          DW_STR_INIT("channel"), DW_STR_INIT("feed"),
                                          DW_STR_INIT("items")};
    return is_one_of(name, names, sizeof names / sizeof names[0]);
}

/* Elements that hold fields and no text. */
static bool is_container(struct dw_str name)
{
    static const struct dw_str names[] = {DW_STR_INIT("item"),    DW_STR_INIT("entry"),
                                          DW_STR_INIT("channel"), DW_STR_INIT("feed"),
                                          DW_STR_INIT("image"),   DW_STR_INIT("textinput")};
    return is_one_of(name, names, sizeof names / sizeof names[0]);
}

/* Whether feeds have a field of this name, which is none of HTML's. */
static bool is_field(struct dw_str name)
{
    struct dw_str local = local_of(name);
    for (size_t i = 0; i < feed_elements.len; i++) {
        const struct dw_str *cell = feed_elements.rows[i].cell;
        if (dw_str_eq_nocase(cell[1], local) && !dw_str_eq(cell[0], DW_STR("xhtml")))
            return true;
    }
    return false;
}

static struct dw_str innermost(const struct repair *r, size_t up)
{
    return r->open.len > up ? r->open.at[r->open.len - 1 - up] : (struct dw_str){"", 0};
}

static void add_end(struct repair *r)
{
    r->open.len--;
    dw_buf_add(&r->out, DW_STR("</"));
    dw_buf_add(&r->out, r->open.at[r->open.len]);
    dw_buf_add_char(&r->out, '>');
}

/* Closes the innermost elements until `left` are open. */
static void close_to(struct repair *r, size_t left)
{
    if (r->open.len > left)
        r->too_deep = 0;
    while (r->open.len > left) {
        feed_warn(r->reading, "line %zu: <%.*s> is not closed", r->line,
                  DW_FMT(dw_utf8_cut(innermost(r, 0), 40)));
        add_end(r);
    }
}

/* Whether the text begins with a tag of this name. */
static bool begins_tag(struct dw_str text, struct dw_str name)
{
    return dw_str_starts_nocase(text, name) && text.len > name.len &&
           (text.at[name.len] == '>' || dw_is_space(text.at[name.len]));
}

/* Whether the end tag of the innermost element is missing: the element around it ends before, or an
 * entry begins. */
static bool is_left_open(struct repair *r, size_t at)
{
    struct dw_str near = dw_str_slice(r->text, at, at + LOOK_AHEAD);
    struct dw_str inner = innermost(r, 0);
    struct dw_str outer = innermost(r, 1);
    if (r->looks_ahead++ >= MOST_LOOKS_AHEAD)
        return false;
    for (size_t i = dw_str_find_char(near, '<', 0); i != SIZE_MAX;
         i = dw_str_find_char(near, '<', i + 1)) {
        struct dw_str rest = dw_str_slice(near, i + 1, near.len);
        if (begins_tag(rest, DW_STR("item")) || begins_tag(rest, DW_STR("entry")))
            return true;
        if (rest.len == 0 || rest.at[0] != '/')
            continue;
        rest = dw_str_slice(rest, 1, rest.len);
        if (begins_tag(rest, inner) || begins_tag(rest, outer))
            return begins_tag(rest, outer);
    }
    return false;
}

void repair_before_start(struct repair *r, struct dw_str name, size_t at)
{
    if (is_entry(name)) {
        size_t i = r->open.len;
        while (i > 0 && !is_frame(r->open.at[i - 1]))
            i--;
        if (i > 0)
            close_to(r, i);
    } else if (is_container(innermost(r, 1)) && is_field(innermost(r, 0)) && is_field(name) &&
               is_left_open(r, at)) {
        close_to(r, r->open.len - 1);
    }
}

/* Whether a tag says that its element is empty; *at moves from its name to behind it. */
static bool is_empty_tag(struct dw_str text, size_t *at)
{
    char quote = '\0';
    for (; *at < text.len; ++*at) {
        char c = text.at[*at];
        if (quote == '\0' && c == '>')
            return text.at[*at - 1] == '/';
        if (quote == '\0' && (c == '"' || c == '\''))
            quote = c;
        else if (c == quote)
            quote = '\0';
    }
    return false;
}

/* Whether outlines begin more often than they end. */
static bool are_ends_missing(struct dw_str text)
{
    size_t begun = 0;
    size_t ended = 0;
    for (size_t at = dw_str_find_char(text, '<', 0); at != SIZE_MAX;
         at = dw_str_find_char(text, '<', at)) {
        struct dw_str rest = dw_str_slice(text, ++at, text.len);
        ended += dw_str_starts_nocase(rest, DW_STR("/outline"));
        if (begins_tag(rest, DW_STR("outline")))
            begun += !is_empty_tag(text, &at);
    }
    return begun > ended;
}

bool repair_is_left_open(struct repair *r, struct dw_str tag, size_t at)
{
    bool is_feed = r->reading->is_list && dw_str_starts_nocase(tag, DW_STR("<outline ")) &&
                   (dw_str_find_nocase(tag, DW_STR(" xmlurl=\""), 0) != SIZE_MAX ||
                    dw_str_find_nocase(tag, DW_STR(" url=\""), 0) != SIZE_MAX);
    if (!is_feed)
        return false;
    size_t next = dw_str_find_char(r->text, '<', at);
    if (dw_str_starts_nocase(dw_str_slice(r->text, next, r->text.len), DW_STR("</outline")))
        return false;
    if (!r->ends_counted)
        r->ends_missing = are_ends_missing(r->text);
    r->ends_counted = true;
    if (r->ends_missing)
        feed_warn(r->reading, "line %zu: an outline is not closed", r->line);
    return r->ends_missing;
}

bool repair_push(struct repair *r, struct dw_str name)
{
    struct dw_str *open = r->open.len < MOST_OPEN ? dw_vec_push(r->reading->arena, &r->open) : NULL;
    if (open == NULL) {
        feed_warn(r->reading, "line %zu: elements nested deeper than %d are taken side by side",
                  r->line, MOST_OPEN);
        r->too_deep++;
        return false;
    }
    *open = name;
    return true;
}

/* Whether elements follow: what comes behind the root's end belongs to it all the same. */
static bool has_elements_behind(const struct repair *r, size_t at)
{
    for (size_t i = dw_str_find_char(r->text, '<', at); i != SIZE_MAX;
         i = dw_str_find_char(r->text, '<', i + 1)) {
        if (i + 1 < r->text.len && dw_is_alpha(r->text.at[i + 1]))
            return true;
    }
    return false;
}

void repair_close(struct repair *r, struct dw_str name, size_t at)
{
    if (r->too_deep > 0) {
        r->too_deep--; /* it is the end of one of these */
        return;
    }
    size_t found = r->open.len;
    size_t furthest = r->stray_ends < MOST_STRAY_ENDS ? 0 : found - (found > 0);
    while (found > furthest && !dw_str_eq_nocase(r->open.at[found - 1], name))
        found--;
    if (found == furthest) {
        r->stray_ends++;
        feed_warn(r->reading, "line %zu: </%.*s> closes nothing", r->line,
                  DW_FMT(dw_utf8_cut(name, 40)));
        return;
    }
    close_to(r, found);
    if (found > 1) {
        add_end(r);
    } else if (r->root_ended || has_elements_behind(r, at)) {
        r->root_ended = true;
        feed_warn(r->reading, "line %zu: more comes behind </%.*s>", r->line,
                  DW_FMT(dw_utf8_cut(name, 40)));
    } else {
        r->root_ended = true;
        add_end(r);
    }
}

void repair_end(struct repair *r)
{
    size_t ours = r->reading->is_list ? 1 : 0;
    if (r->open.len > ours && !(r->root_ended && r->open.len == 1))
        feed_warn(r->reading, "line %zu: the document ends within <%.*s>", r->line,
                  DW_FMT(dw_utf8_cut(innermost(r, 0), 40)));
    while (r->open.len > 0)
        add_end(r);
}
