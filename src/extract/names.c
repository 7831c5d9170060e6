/* Names: known organisations, people and places by the lexicon, and references ("the company"). */
#include "names.h"

/* ---- Organisations ---- */

/* Whether an alias that is also an ordinary word stands for the company here. */
static bool speaks_for_company(const struct analysis *a, size_t first, size_t last)
{
    bool surname = first > 0 && a->tokens.at[first - 1].capital &&
                   !a->tokens.at[first - 1].possessive && token_has(a, first - 1, CLASS(FIRSTNAME));
    if (!a->tokens.at[first].capital || surname)
        return false;
    bool next_is_name =
        last < a->tokens.len && a->tokens.at[last].capital && !a->tokens.at[last].space;
    if (next_is_name)
        return false;
    /* "Lovable, the Swedish startup", "Meta, which" */
    bool told = token_is(a, last, W_COMMA) &&
                (token_is(a, last + 1, W_THE) || token_is(a, last + 1, W_WHICH));
    if (a->tokens.at[last - 1].possessive || is_verb_here(a, last) || told ||
        a->tokens.at[first].caps)
        return true;
    if (last < a->tokens.len && a->tokens.at[last].capital && !token_has(a, last, CLASS(ORGSUFFIX)))
        return false;
    return !sentence_begins(a, first);
}

/* "First Round" is a fund, "First round" at the head of a sentence none. */
static bool ends_in_capital(const struct analysis *a, size_t last)
{
    const struct dw_token *t = &a->tokens.at[last - 1];
    return t->capital || t->caps || t->kind != DW_TOKEN_WORD;
}

static bool is_government(const struct lexicon *l, const struct sense *sense)
{
    return dw_str_eq(l->organisations.at[sense->index].category, DW_STR("government"));
}

/* The best organisation behind the phrase at a token; its end, 0 if there is none. */
static size_t company_at(const struct analysis *a, size_t token, size_t end,
                         const struct sense **found)
{
    const struct lexicon *l = a->lexicon;
    uint32_t node = lexicon_begin(l, a->words[token].id);
    size_t last = 0;
    bool owned =
        false; /* "Japan's government" has a possessive inside; "OpenAI's Foundation" not */
    bool capital = a->tokens.at[token].capital || a->tokens.at[token].caps ||
                   a->tokens.at[token].kind == DW_TOKEN_NUMBER;
    for (size_t i = token + 1; node != 0; i++) {
        for (uint32_t s = l->nodes.at[node]; s != 0; s = l->senses.at[s].next) {
            const struct sense *sense = &l->senses.at[s];
            if (sense->kind != SENSE_COMPANY || ((sense->flags & SENSE_PROPER) && !capital) ||
                (owned && !is_government(l, sense)) ||
                ((sense->flags & SENSE_CAPS) && !a->tokens.at[token].caps) ||
                ((sense->flags & SENSE_TITLE) && !ends_in_capital(a, i)) ||
                ((sense->flags & SENSE_AMBIGUOUS) && !speaks_for_company(a, token, i)))
                continue;
            *found = sense;
            last = i;
            break;
        }
        owned = owned || a->tokens.at[i - 1].possessive;
        node = i < end ? lexicon_step(l, node, a->words[i].id) : 0;
    }
    return last;
}

/* "Abilene, Texas", "Beijing, Nov 3", "Seoul (Reuters)", "Berlin - ": where something is, or where
 * the story was written. */
static bool is_place_line(const struct analysis *a, size_t first, size_t last)
{
    bool begins = first == 0 || a->tokens.at[first - 1].kind == DW_TOKEN_BREAK;
    if (begins && last + 1 < a->tokens.len)
        return token_is(a, last, W_OPEN) ||
               (a->tokens.at[last].kind == DW_TOKEN_DASH && a->tokens.at[last].space) ||
               (token_is(a, last, W_COMMA) && token_has(a, last + 1, CLASS(MONTH)));
    return first > 1 && token_is(a, first - 1, W_COMMA) && a->tokens.at[first - 2].capital &&
           !a->tokens.at[last - 1].possessive && !is_verb_here(a, last);
}

/* "in Texas", "in the UAE", "the Texas lease", "near Berlin": the place, not who governs it. */
static bool is_only_located(const struct analysis *a, size_t first, size_t last)
{
    const struct sense *sense;
    if (first > 0 && token_has(a, first - 1, CLASS(LOCATING)))
        return true;
    if (phrase_at(a, first, last, SENSE_PLACE, &sense) != last)
        return false;
    bool in_the = first > 1 && token_has(a, first - 1, CLASS(ARTICLE)) &&
                  token_has(a, first - 2, CLASS(LOCATING));
    /* "the Texas lease is": only states with an abbreviation have an article of their own */
    bool of_noun = first > 0 && token_has(a, first - 1, CLASS(ARTICLE)) && last == first + 1 &&
                   !a->tokens.at[first].caps &&
                   !token_has(a, last, CLASS(AUXILIARY) | CLASS(MODAL));
    bool describes =
        last < a->tokens.len && a->tokens.at[last].kind == DW_TOKEN_WORD &&
        !a->tokens.at[last].capital && !a->tokens.at[last - 1].possessive &&
        (of_noun || !is_verb_here(a, last)) &&
        !token_has(a, last,
                   CLASS(PREPOSITION) | CLASS(CONJUNCTION) | CLASS(RELATIVE) | CLASS(NEGATION));
    return in_the || describes || is_place_line(a, first, last);
}

static size_t take_company(struct analysis *a, size_t token, size_t end)
{
    const struct sense *sense;
    size_t last = is_dollar_prefix(a, token) ? 0 : company_at(a, token, end, &sense);
    if (last == 0 || is_ticker(a, token, last))
        return 0;
    const struct organisation *o = &a->lexicon->organisations.at[sense->index];
    bool part_of_name = token > 1 && token_is(a, token - 1, W_OF) &&
                        a->tokens.at[token - 2].capital &&
                        token_has(a, token - 2, CLASS(ORGSUFFIX));
    if (dw_str_eq(o->category, DW_STR("government")) &&
        (part_of_name || is_only_located(a, token, last)))
        return 0;
    uint32_t entity = entity_named(a, o->name, o->hash, false);
    if (entity == NO_ENTITY)
        return 0;
    struct entity *e = &a->entities.at[entity];
    if (!e->known) {
        e->known = true;
        e->category = o->category;
        e->listed = !o->is_private;
        e->surface = span_text(a, token, last);
        link_entity(a, hash_of_first(e->surface), entity);
    }
    struct name name = {.first = (uint32_t)token,
                        .last = (uint32_t)last,
                        .entity = entity,
                        .kind = NAME_ORGANISATION,
                        .possessive = a->tokens.at[last - 1].possessive,
                        .aside = is_aside(a, token, last)};
    if (!name.possessive)
        name.last = (uint32_t)take_legal_form(a, last, end);
    add_name(a, name);
    return name.last;
}

static size_t take_person(struct analysis *a, size_t token, size_t end)
{
    const struct sense *sense;
    size_t last = a->tokens.at[token].capital ? phrase_at(a, token, end, SENSE_PERSON, &sense) : 0;
    if (last == 0)
        return 0;
    const struct person *p = &a->lexicon->people.at[sense->index];
    uint32_t entity = entity_named(a, p->name, p->hash, true);
    if (entity != NO_ENTITY)
        a->entities.at[entity].company = p->company;
    add_name(a, (struct name){.first = (uint32_t)token,
                              .last = (uint32_t)last,
                              .entity = entity,
                              .kind = NAME_PERSON,
                              .possessive = a->tokens.at[last - 1].possessive});
    return last;
}

/* Whether the words with capitals behind a place end as names of institutions do: "Pacific
 * Northwest National Laboratory". */
static bool begins_institution(const struct analysis *a, size_t last, size_t end)
{
    enum { LONGEST = 4 };
    size_t at = last;
    if (a->tokens.at[last - 1].possessive)
        return false;
    while (at < end && at < last + LONGEST && a->tokens.at[at].kind == DW_TOKEN_WORD &&
           a->tokens.at[at].capital && !token_has(a, at, CLASS(TITLEWORD)) &&
           (at == last || !a->tokens.at[at - 1].possessive))
        at++;
    return at > last && token_has(a, at - 1, CLASS(ORGSUFFIX));
}

/* The end of what a place governs: "Danish health ministry", "China's market regulator"; 0:
 * nothing.
 */
static size_t authority_behind(const struct analysis *a, size_t last, size_t end)
{
    enum { LONGEST = 4 };
    for (size_t at = last; at < end && at < last + LONGEST; at++) {
        const struct dw_token *t = &a->tokens.at[at];
        if (t->kind != DW_TOKEN_WORD || (t->capital && at == last) ||
            token_has(a, at,
                      CLASS(PREPOSITION) | CLASS(CONJUNCTION) | CLASS(AUXILIARY) | CLASS(MODAL) |
                          CLASS(VERBPAST) | CLASS(SUPPLYING)))
            return 0;
        if (token_has(a, at, CLASS(AUTHORITY)))
            return at + 1;
        if (t->possessive)
            return 0;
    }
    return 0;
}

static size_t take_authority(struct analysis *a, size_t token, size_t last)
{
    struct dw_str text = span_text(a, token, last);
    uint32_t entity = entity_named(a, text, hash_of_first(text), false);
    if (entity == NO_ENTITY)
        return 0;
    a->entities.at[entity].category = DW_STR("government");
    add_name(a, (struct name){.first = (uint32_t)token,
                              .last = (uint32_t)last,
                              .entity = entity,
                              .kind = NAME_ORGANISATION,
                              .possessive = a->tokens.at[last - 1].possessive});
    return last;
}

static size_t take_place(struct analysis *a, size_t token, size_t end)
{
    const struct sense *sense;
    size_t last = a->tokens.at[token].capital ? phrase_at(a, token, end, SENSE_PLACE, &sense) : 0;
    size_t authority = last > 0 ? authority_behind(a, last, end) : 0;
    if (authority > 0)
        return take_authority(a, token, authority);
    if (last == 0 || begins_institution(a, last, end))
        return 0;
    /* "University of Bristol", "Bank of Canada" */
    if (token > 1 && token_is(a, token - 1, W_OF) && a->tokens.at[token - 2].capital &&
        token_has(a, token - 2, CLASS(ORGSUFFIX)))
        return 0;
    add_name(a, (struct name){.first = (uint32_t)token,
                              .last = (uint32_t)last,
                              .entity = NO_ENTITY,
                              .kind = NAME_PLACE,
                              .possessive = a->tokens.at[last - 1].possessive});
    return last;
}

/* ---- References: "the company", "it", "its", "the ChatGPT maker" is an alias already ---- */

static size_t take_reference(struct analysis *a, size_t token, size_t end)
{
    struct name name = {.first = (uint32_t)token, .entity = NO_ENTITY, .kind = NAME_REFERENCE};
    enum { LONGEST = 9 }; /* "the four-year-old artificial intelligence company" */
    bool it = token_is(a, token, W_IT) || token_is(a, token, W_ITSELF);
    bool they = token_is(a, token, W_THEY) || token_is(a, token, W_THEM) ||
                token_is(a, token, W_WE) || (token_is(a, token, W_US) && !a->tokens.at[token].caps);
    bool its = token_is(a, token, W_ITS);
    bool their = token_is(a, token, W_THEIR) || token_is(a, token, W_OUR);
    if (it || they || its || their) {
        name.last = (uint32_t)token + 1;
        name.possessive = its || their;
        name.plural = they || their;
        add_name(a, name);
        return name.last;
    }
    if (!token_is(a, token, W_THE) && !token_is(a, token, W_THIS))
        return 0;
    for (size_t at = token + 1; at < end && at < token + LONGEST; at++) {
        if (a->tokens.at[at].kind == DW_TOKEN_DASH)
            continue;
        const struct name *name_here = name_at(a, at);
        if (name_here != NULL && name_here->kind == NAME_PLACE && !name_here->possessive)
            continue; /* "the Toronto lab" */
        if (a->tokens.at[at].kind != DW_TOKEN_WORD || name_here != NULL)
            return 0;
        if (a->tokens.at[at].capital && token_is(a, at + 1, W_OF))
            return 0; /* "The University of Bristol" */
        if (token_has(a, at, CLASS(REFNOUN)) && !token_has(a, at + 1, CLASS(REFNOUN)) &&
            !(at + 1 < end && a->tokens.at[at + 1].kind == DW_TOKEN_DASH)) {
            /* "the vacuum maker iRobot" describes the name behind it */
            const struct name *next = name_at(a, at + 1);
            bool described = !a->tokens.at[at].possessive &&
                             ((next != NULL && next->kind == NAME_ORGANISATION) ||
                              (at + 1 < end && a->tokens.at[at + 1].capital));
            if (described)
                return 0;
            name.last = (uint32_t)at + 1;
            name.possessive = a->tokens.at[at].possessive;
            add_name(a, name);
            return name.last;
        }
        if (token_has(a, at,
                      CLASS(PREPOSITION) | CLASS(CONJUNCTION) | CLASS(AUXILIARY) | CLASS(MODAL)))
            return 0;
    }
    return 0;
}

static void find_known_names(struct analysis *a)
{
    size_t end = a->tokens.len;
    for (size_t i = next_mark(a, 0, end, MARK_NAME); i < end;) {
        size_t next = take_company(a, i, end);
        if (next == 0)
            next = take_person(a, i, end);
        if (next == 0)
            next = take_place(a, i, end);
        i = next_mark(a, next > i ? next : i + 1, end, MARK_NAME);
    }
}

bool find_names(struct analysis *a)
{
    const uint8_t marks = MARK_CAPITAL | MARK_REFERENCE;
    size_t end = a->tokens.len;
    find_known_names(a);
    for (size_t i = next_mark(a, 0, end, marks); i < end;) {
        size_t next = 0;
        if (a->name_at[i] == 0)
            next = a->marks[i] & MARK_CAPITAL ? take_unknown(a, i, end) : take_reference(a, i, end);
        i = next_mark(a, next > i ? next : i + 1, end, marks);
    }
    return !a->arena->failed;
}
