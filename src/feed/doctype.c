/* Document type declarations: read for the entities that stand in them, then dropped, so that the
 * XML parser never sees one and no entity can grow. */
#include "internal.h"

#define MOST_ENTITIES 500 /* HTML's own lists have 250 */

/* Whether the text goes on with these characters at an offset. */
static bool goes_on(struct dw_str text, size_t at, struct dw_str with)
{
    return dw_str_starts(dw_str_slice(text, at, text.len), with);
}

/* One behind the next occurrence of `mark`, or the text's end. */
static size_t behind(struct dw_str text, size_t at, struct dw_str mark)
{
    size_t found = dw_str_find(text, mark, at);
    return found == SIZE_MAX ? text.len : found + mark.len;
}

/* One behind the quoted string whose opening quote stands at `at`. */
static size_t behind_quoted(struct dw_str text, size_t at)
{
    size_t found = dw_str_find_char(text, text.at[at], at + 1);
    return found == SIZE_MAX ? text.len : found + 1;
}

/* One behind the '>' of a declaration that stands at `at`. */
static size_t behind_declaration(struct dw_str text, size_t at)
{
    while (at < text.len && text.at[at] != '>')
        at = text.at[at] == '"' || text.at[at] == '\'' ? behind_quoted(text, at) : at + 1;
    return at < text.len ? at + 1 : text.len;
}

/* "name 'text'" behind "<!ENTITY": entities of other files and of parameters are passed over. */
static void read_entity(struct dw_arena *arena, struct dw_str declaration, struct dw_strs *names,
                        struct dw_strs *values)
{
    struct dw_str rest = dw_str_trim(declaration);
    size_t end = 0;
    while (end < rest.len && !dw_is_space(rest.at[end]))
        end++;
    struct dw_str name = dw_str_slice(rest, 0, end);
    struct dw_str value = dw_str_trim(dw_str_slice(rest, end, rest.len));
    bool quoted = value.len > 1 && (value.at[0] == '"' || value.at[0] == '\'');
    if (!quoted || name.len == 0 || names->len >= MOST_ENTITIES)
        return;
    size_t close = dw_str_find_char(value, value.at[0], 1);
    if (close != SIZE_MAX && dw_strs_push(arena, names, name) &&
        !dw_strs_push(arena, values, dw_str_slice(value, 1, close)))
        names->len--;
}

/* The declarations between '[' and ']'; one behind the ']'. */
static size_t read_subset(struct dw_arena *arena, struct dw_str text, size_t at,
                          struct dw_strs *names, struct dw_strs *values)
{
    const struct dw_str entity = DW_STR("<!ENTITY");
    while (at < text.len && text.at[at] != ']') {
        size_t from = at;
        if (goes_on(text, at, DW_STR("<!--"))) {
            at = behind(text, at, DW_STR("-->"));
        } else if (goes_on(text, at, DW_STR("<?"))) {
            at = behind(text, at, DW_STR("?>"));
        } else if (text.at[at] == '<') {
            at = behind_declaration(text, at);
            if (goes_on(text, from, entity))
                read_entity(arena, dw_str_slice(text, from + entity.len, at - 1), names, values);
        } else {
            at++;
        }
    }
    return at < text.len ? at + 1 : text.len;
}

size_t feed_doctype(struct dw_arena *arena, struct dw_str text, struct dw_strs *names,
                    struct dw_strs *values)
{
    size_t at = DW_STR("<!DOCTYPE").len;
    while (at < text.len && text.at[at] != '>') {
        if (text.at[at] == '"' || text.at[at] == '\'')
            at = behind_quoted(text, at);
        else if (text.at[at] == '[')
            at = read_subset(arena, text, at + 1, names, values);
        else
            at++;
    }
    return at < text.len ? at + 1 : text.len;
}
