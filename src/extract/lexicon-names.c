/* Rows of names: companies with their aliases, people, places. */
#include "lexicon-build.h"

static bool has_capital(struct dw_str s)
{
    while (s.len > 0) {
        if (dw_is_wide_upper(dw_utf8_next(&s)))
            return true;
    }
    return false;
}

/* Where the last of several words begins; 0: there is but one. */
static size_t last_word(struct dw_str s)
{
    size_t at = s.len;
    while (at > 0 && s.at[at - 1] != ' ' && s.at[at - 1] != '-')
        at--;
    return at < s.len ? at : 0;
}

/* The part of a name up to its first space or dash. */
static struct dw_str first_word(struct dw_str s)
{
    size_t end = 0;
    while (end < s.len && s.at[end] != ' ' && s.at[end] != '-')
        end++;
    return dw_str_slice(s, 0, end);
}

/* "DOE", "SEC": two or three letters that are a word or a name where they aren't all capitals. */
static bool is_short_acronym(struct dw_str s)
{
    bool capitals = s.len == 2 || s.len == 3;
    for (size_t i = 0; i < s.len && capitals; i++)
        capitals = dw_is_upper(s.at[i]);
    return capitals;
}

static bool add_alias(struct lexicon_builder *lexicon, struct dw_str alias, uint32_t organisation)
{
    alias = dw_str_trim(alias);
    struct sense sense = {.kind = SENSE_COMPANY, .index = organisation};
    if (alias.len > 1 && alias.at[alias.len - 1] == '!') {
        sense.flags |= SENSE_AMBIGUOUS;
        alias.len--;
    }
    /* "ChatGPT maker" is written with any capitals, a name with its own */
    bool nickname =
        dw_is_lower(alias.len > 0 ? alias.at[alias.len - 1] : 'A') &&
        dw_str_find_char(alias, ' ', 0) != SIZE_MAX &&
        (dw_str_ends(alias, DW_STR("maker")) || dw_str_ends(alias, DW_STR("owner")) ||
         dw_str_ends(alias, DW_STR("parent")) || dw_str_ends(alias, DW_STR("giant")) ||
         dw_str_ends(alias, DW_STR("developer")) || dw_str_ends(alias, DW_STR("creator")));
    struct dw_str end = dw_str_slice(alias, last_word(alias), alias.len);
    if (has_capital(first_word(alias)) && !nickname)
        sense.flags |= SENSE_PROPER;
    if (is_short_acronym(alias))
        sense.flags |= SENSE_CAPS;
    /* "the German government" is written with a small letter, too */
    bool government = dw_str_eq(end, DW_STR("Government"));
    if (!government && end.len < alias.len && end.len > 0 && dw_is_wide_upper(dw_utf8_next(&end)))
        sense.flags |= SENSE_TITLE;
    return alias.len == 0 || lexicon_add_phrase(lexicon, alias, sense);
}

/* A later row of the same name adds to it; its own aliases win because they come first in the list
 * of senses. */
bool lexicon_add_company(struct lexicon_builder *lexicon, const struct dw_str *cell,
                         struct dw_error *err)
{
    (void)err; /* any row says something */
    uint64_t id = lexicon->organisations.len;
    if (!dw_map_get(&lexicon->organisation_ids, cell[0], &id)) {
        struct organisation *added = dw_vec_push(lexicon->arena, &lexicon->organisations);
        if (added == NULL || !dw_map_put(&lexicon->organisation_ids, cell[0], id))
            return false;
        *added = (struct organisation){.name = cell[0],
                                       .hash = hash_of_first(cell[0]),
                                       .category = cell[2],
                                       .is_private = dw_str_eq(cell[1], DW_STR("-"))};
    }
    bool none = cell[3].len == 0 || dw_str_eq(cell[3], DW_STR("-"));
    struct dw_str aliases = cell[3];
    struct dw_str alias;
    bool name_is_ambiguous = false;
    while (!none && dw_str_split(&aliases, '|', &alias)) {
        bool same = alias.len == cell[0].len + 1 && dw_str_starts(alias, cell[0]);
        name_is_ambiguous = name_is_ambiguous || (same && dw_str_ends(alias, DW_STR("!")));
        if (!add_alias(lexicon, alias, (uint32_t)id))
            return false;
    }
    return name_is_ambiguous || add_alias(lexicon, cell[0], (uint32_t)id);
}

bool lexicon_add_person(struct lexicon_builder *lexicon, const struct dw_str *cell,
                        struct dw_error *err)
{
    (void)err;
    struct person *person = dw_vec_push(lexicon->arena, &lexicon->people);
    if (person == NULL)
        return false;
    bool none = dw_str_eq(cell[1], DW_STR("-"));
    *person = (struct person){
        .name = cell[0], .hash = hash_of_first(cell[0]), .company = none ? DW_STR("") : cell[1]};
    struct sense sense = {
        .kind = SENSE_PERSON, .flags = SENSE_PROPER, .index = (uint32_t)(lexicon->people.len - 1)};
    return lexicon_add_phrase(lexicon, cell[0], sense);
}

bool lexicon_add_place(struct lexicon_builder *lexicon, const struct dw_str *cell,
                       struct dw_error *err)
{
    static const struct dw_str kinds[] = {DW_STR_INIT("city"), DW_STR_INIT("country"),
                                          DW_STR_INIT("nationality"), DW_STR_INIT("region"),
                                          DW_STR_INIT("state")};
    bool known = false;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        known = known || dw_str_eq(cell[1], kinds[i]);
    if (!known)
        return dw_error_set(err, DW_ERR_CONFIG,
                            "\"%.*s\": a place is a city, country, nationality, region or state",
                            DW_FMT(cell[1]));
    struct sense sense = {.kind = SENSE_PLACE};
    return lexicon_add_phrase(lexicon, cell[0], sense);
}
