/* robots.txt (RFC 9309): which paths a program may ask for. */
#include "fetch/fetch.h"

#define OUR_NAME DW_STR("dealwire")

/* Whether a pattern with * and a $ at its end fits the front of a path. Greedy matching with one
 * step back is enough: a later * takes over from an earlier one. */
static bool fits(struct dw_str pattern, struct dw_str path)
{
    size_t p = 0;
    size_t at = 0;
    size_t star = SIZE_MAX;
    size_t star_at = 0;
    for (;;) {
        if (p == pattern.len)
            return true;
        if (pattern.at[p] == '$' && p + 1 == pattern.len && at == path.len)
            return true;
        if (pattern.at[p] == '*') {
            star = p++;
            star_at = at;
        } else if (at < path.len && pattern.at[p] == path.at[at]) {
            p++;
            at++;
        } else if (star != SIZE_MAX && star_at < path.len) {
            p = star + 1;
            at = ++star_at;
        } else {
            return false;
        }
    }
}

/* What the rules of one kind of group say: the longest pattern that fits decides, Allow on a tie.
 */
struct verdict {
    bool named; /* there is such a group */
    size_t allow, disallow;
};

static void judge(struct verdict *verdict, bool allows, struct dw_str pattern, struct dw_str path)
{
    size_t *longest = allows ? &verdict->allow : &verdict->disallow;
    if (pattern.len > *longest && fits(pattern, path))
        *longest = pattern.len;
}

/* Splits "key: value # comment". */
static bool read_line(struct dw_str line, struct dw_str *key, struct dw_str *value)
{
    line = dw_str_slice(line, 0, dw_str_find_char(line, '#', 0));
    size_t colon = dw_str_find_char(line, ':', 0);
    if (colon == SIZE_MAX)
        return false;
    *key = dw_str_trim(dw_str_slice(line, 0, colon));
    *value = dw_str_trim(dw_str_slice(line, colon + 1, line.len));
    return true;
}

bool fetch_robots_allow(struct dw_str robots, struct dw_str path)
{
    struct verdict ours = {0};
    struct verdict all = {0};
    bool for_us = false;
    bool for_all = false;
    bool in_rules = true; /* the next User-agent begins another group */
    struct dw_str line;
    if (dw_str_starts(robots, DW_STR("\xEF\xBB\xBF")))
        robots = dw_str_slice(robots, 3, robots.len);
    while (robots.len > 0 && dw_str_split(&robots, '\n', &line)) {
        struct dw_str key;
        struct dw_str value;
        if (!read_line(line, &key, &value))
            continue;
        if (dw_str_eq_nocase(key, DW_STR("user-agent"))) {
            for_us = (for_us && !in_rules) || dw_str_eq_nocase(value, OUR_NAME);
            for_all = (for_all && !in_rules) || dw_str_eq(value, DW_STR("*"));
            ours.named = ours.named || for_us;
            in_rules = false;
            continue;
        }
        bool allows = dw_str_eq_nocase(key, DW_STR("allow"));
        if (!allows && !dw_str_eq_nocase(key, DW_STR("disallow")))
            continue;
        in_rules = true;
        if (for_us)
            judge(&ours, allows, value, path);
        if (for_all)
            judge(&all, allows, value, path);
    }
    const struct verdict *verdict = ours.named ? &ours : &all;
    return verdict->disallow <= verdict->allow;
}
