/* The title of a page: what it declares, without what is put around it for search engines, or the
 * heading above the story. */
#include "internal.h"

#define MOST_PARTS 12     /* of a declared title */
#define HEADING_BYTES 400 /* longer ones are no titles */
#define MOST_HEADINGS 60  /* that are compared */

static const struct dw_str marks[] = {
    DW_STR_INIT(" | "),
    DW_STR_INIT(" - "),
    DW_STR_INIT(" \xE2\x80\x93 "),
    DW_STR_INIT(" \xE2\x80\x94 "),
    DW_STR_INIT(" \xC2\xB7 "),
    DW_STR_INIT(" \xC2\xBB "),
    DW_STR_INIT(" \xC2\xAB "),
    DW_STR_INIT(" :: "),
    DW_STR_INIT(" : "),
    DW_STR_INIT(" / "),
    DW_STR_INIT(" > "),
    DW_STR_INIT(" \xE2\x80\xBA "),
    DW_STR_INIT("_"),
    DW_STR_INIT("-"),
};

/* Where the part of a title at its front ends, and how long the mark behind it is. */
static size_t part_end(struct dw_str title, size_t *mark)
{
    size_t best = title.len;
    *mark = 0;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        size_t at = dw_str_find(title, marks[i], 0);
        if (at != SIZE_MAX && at < best) {
            best = at;
            *mark = marks[i].len;
        }
    }
    return best;
}

static bool is_word_byte(char c)
{
    return dw_is_alpha(c) || dw_is_digit(c) || (unsigned char)c >= 0x80;
}

static bool next_word(struct dw_str s, size_t *at, struct dw_str *word)
{
    while (*at < s.len && !is_word_byte(s.at[*at]))
        ++*at;
    size_t from = *at;
    while (*at < s.len && is_word_byte(s.at[*at]))
        ++*at;
    *word = dw_str_slice(s, from, *at);
    return word->len > 0;
}

static size_t count_words(struct dw_str s)
{
    size_t at = 0;
    size_t count = 0;
    struct dw_str word;
    while (next_word(s, &at, &word))
        count++;
    return count;
}

/* How many words of `a` are in `b`. */
static size_t shared_words(struct dw_str a, struct dw_str b)
{
    size_t at = 0;
    size_t count = 0;
    struct dw_str word;
    while (next_word(a, &at, &word)) {
        size_t other_at = 0;
        struct dw_str other;
        bool found = false;
        while (!found && next_word(b, &other_at, &other))
            found = dw_str_eq_nocase(word, other);
        count += found;
    }
    return count;
}

/* The same words in the same order. */
static bool same_words(struct dw_str a, struct dw_str b)
{
    size_t at_a = 0;
    size_t at_b = 0;
    struct dw_str word_a;
    struct dw_str word_b;
    for (;;) {
        bool more_a = next_word(a, &at_a, &word_a);
        bool more_b = next_word(b, &at_b, &word_b);
        if (!more_a || !more_b)
            return more_a == more_b;
        if (!dw_str_eq_nocase(word_a, word_b))
            return false;
    }
}

static int level_of(const struct page_work *work, const struct page_block *block)
{
    struct dw_str tag = page_tag(work->elements.at[block->element].node);
    bool heading = tag.len == 2 && tag.at[0] == 'h' && dw_is_digit(tag.at[1]);
    return heading ? tag.at[1] - '0' : 0;
}

/* The headings of a level that may be the title, clean. */
static void collect(struct page_work *work, int level, struct dw_strs *headings)
{
    for (size_t i = 0; i < work->blocks.len && headings->len < MOST_HEADINGS; i++) {
        const struct page_block *block = &work->blocks.at[i];
        if (level_of(work, block) != level || block->text.len > HEADING_BYTES)
            continue;
        struct dw_str text = dw_text_clean(work->arena, block->text, DW_CLEAN_LINE);
        if (text.len > 0 && !dw_strs_push(work->arena, headings, text))
            return;
    }
}

/* The longest run of parts of the declared title that is also a heading; empty if there is none. */
static struct dw_str by_heading(struct dw_str declared, const struct dw_strs *headings)
{
    struct dw_str best = {"", 0};
    for (size_t i = 0; i < headings->len; i++) {
        struct dw_str heading = headings->at[i];
        if (heading.len > best.len && heading.len * 4 > declared.len &&
            dw_str_find_nocase(declared, heading, 0) != SIZE_MAX)
            best = heading;
    }
    for (size_t from = 0; from < declared.len;) {
        size_t mark;
        struct dw_str rest = dw_str_slice(declared, from, declared.len);
        size_t end = part_end(rest, &mark);
        for (size_t i = 0; i < headings->len; i++) {
            struct dw_str part = dw_str_trim(dw_str_slice(rest, 0, end));
            bool better = part.len > best.len && count_words(part) > 1;
            if (better && (same_words(rest, headings->at[i]) || same_words(part, headings->at[i])))
                best = headings->at[i];
        }
        from += end + mark;
        if (mark == 0)
            break;
    }
    return best;
}

/* Letters and digits alone, for comparing names with hosts. */
static bool names_host(struct dw_str name, struct dw_str host)
{
    size_t at = 0;
    size_t hits = 0;
    size_t words = 0;
    struct dw_str word;
    while (next_word(name, &at, &word)) {
        words++;
        hits += word.len > 2 && dw_str_find_nocase(host, word, 0) != SIZE_MAX;
    }
    return words > 0 && hits * 2 >= words;
}

bool page_is_site(struct page_work *work, struct dw_str part, struct dw_str site)
{
    return (site.len > 0 && (dw_str_eq_nocase(part, site) || same_words(part, site))) ||
           names_host(part, dw_url_host(work->arena, work->url));
}

/* Without the site's name at its end or front; where nobody knows the name, without the shorter
 * parts that stand behind signs which titles seldom have themselves. */
static struct dw_str without_site(struct page_work *work, struct dw_str title, struct dw_str site)
{
    for (int round = 0; round < MOST_PARTS; round++) {
        size_t cut = title.len;
        for (size_t i = 0; i + 2 < sizeof marks / sizeof marks[0]; i++) {
            for (size_t at = dw_str_find(title, marks[i], 0); at != SIZE_MAX;
                 at = dw_str_find(title, marks[i], at + 1)) {
                struct dw_str tail = dw_str_slice(title, at + marks[i].len, title.len);
                struct dw_str head = dw_str_slice(title, 0, at);
                bool apart = i == 0 && tail.len < head.len && count_words(head) > 1;
                if (at < cut && (page_is_site(work, tail, site) || apart))
                    cut = at;
                if (head.len < tail.len && page_is_site(work, head, site) && count_words(tail) > 1)
                    return without_site(work, dw_str_trim(tail), site);
            }
        }
        if (cut == title.len)
            break;
        title = dw_str_trim(dw_str_slice(title, 0, cut));
    }
    return title;
}

/* The only heading of the first level, where it may be a title of its own. */
static struct dw_str only_heading(struct page_work *work, const struct dw_strs *headings,
                                  struct dw_str declared, struct dw_str site)
{
    struct dw_str heading = headings->len > 0 ? headings->at[0] : (struct dw_str){"", 0};
    for (size_t i = 1; i < headings->len; i++) {
        if (!same_words(heading, headings->at[i]))
            return (struct dw_str){"", 0};
    }
    if (heading.len == 0 || page_is_site(work, heading, site))
        return (struct dw_str){"", 0};
    size_t words = count_words(heading);
    size_t shared = shared_words(heading, declared);
    return shared * 2 >= words || words >= 3 || declared.len == 0 ? heading
                                                                  : (struct dw_str){"", 0};
}

/* Without a date at its front, as some headings have it. */
static struct dw_str without_date(struct dw_str heading)
{
    struct page_date date;
    if (!page_find_date(heading, false, &date) || date.from > 0 || date.to * 2 > heading.len)
        return heading;
    return dw_str_trim(dw_str_slice(heading, date.to, heading.len));
}

/* Whether the declared title is the end of a heading that has a kicker before it. */
static bool ends_with(struct dw_str heading, struct dw_str title)
{
    return title.len > 0 && heading.len > title.len && count_words(title) >= 3 &&
           dw_str_eq_nocase(dw_str_slice(heading, heading.len - title.len, heading.len), title);
}

struct dw_str page_choose_title(struct page_work *work, struct dw_str declared, struct dw_str site)
{
    struct dw_strs headings = {0};
    struct dw_strs lower = {0};
    collect(work, 1, &headings);
    for (int level = 2; level <= 4; level++)
        collect(work, level, &lower);
    struct dw_str title = without_site(work, declared, site);
    struct dw_str only = only_heading(work, &headings, declared, site);
    struct dw_str below = by_heading(declared, &lower);
    /* "Blog » Title" with the blog's name as the first heading */
    bool is_name = below.len > only.len && dw_str_find_nocase(declared, only, 0) != SIZE_MAX;
    if (only.len > 0 && !is_name)
        return ends_with(only, title) ? title : without_date(only);
    struct dw_str found = by_heading(declared, &headings);
    if (found.len == 0 || is_name)
        found = by_heading(is_name ? declared : title, &lower);
    return found.len > 0 ? found : title;
}
