/* Names: organisations, people and places, known ones by the lexicon, unknown ones by form and
 * context. */
#include "internal.h"

#include <string.h>

#define NO_ENTITY UINT32_MAX

/* ---- Entities, found by the words that their names begin or end with ---- */

#define MOST_LOOKED_AT 64 /* of entities that share a word: more are no article's */

static uint32_t hash_of_last(struct dw_str name)
{
    size_t at = name.len;
    while (at > 0 && name.at[at - 1] != ' ')
        at--;
    return dw_word_hash(dw_str_slice(name, at, name.len));
}

static void link_entity(struct analysis *a, uint32_t hash, uint32_t entity)
{
    uint32_t *list = &a->entity_lists[hash % ENTITY_LISTS];
    struct entity_link *link = dw_vec_push(a->arena, &a->entity_links);
    if (link == NULL)
        return;
    *link = (struct entity_link){.hash = hash, .entity = entity, .next = *list};
    *list = (uint32_t)a->entity_links.len;
}

/* Walks the entities that have a word, the newest first: begin with *link 0 and `looked` 0. */
static uint32_t next_entity(const struct analysis *a, uint32_t hash, uint32_t *link, size_t *looked)
{
    uint32_t at =
        *link == 0 ? a->entity_lists[hash % ENTITY_LISTS] : a->entity_links.at[*link - 1].next;
    while (at != 0 && ++*looked < MOST_LOOKED_AT) {
        *link = at;
        if (a->entity_links.at[at - 1].hash == hash)
            return a->entity_links.at[at - 1].entity;
        at = a->entity_links.at[at - 1].next;
    }
    return NO_ENTITY;
}

/* The entity of a name, made if there is none; `hash` is that of the name's first word. */
static uint32_t entity_named(struct analysis *a, struct dw_str name, uint32_t hash, bool person)
{
    uint32_t link = 0;
    size_t looked = 0;
    uint32_t e;
    while ((e = next_entity(a, hash, &link, &looked)) != NO_ENTITY) {
        const struct entity *known = &a->entities.at[e];
        bool same = known->name.at == name.at || dw_str_eq_nocase(known->name, name);
        if (known->person == person && same)
            return e;
    }
    struct entity *entity = dw_vec_push(a->arena, &a->entities);
    if (entity == NULL)
        return NO_ENTITY;
    *entity = (struct entity){.name = name, .surface = name, .person = person};
    e = (uint32_t)(a->entities.len - 1);
    link_entity(a, hash, e);
    if (person)
        link_entity(a, hash_of_last(name), e);
    return e;
}

static void add_name(struct analysis *a, struct name name)
{
    struct name *added = dw_vec_push(a->arena, &a->names);
    if (added == NULL)
        return;
    *added = name;
    if (name.entity != NO_ENTITY && name.entity < a->entities.len)
        a->entities.at[name.entity].count++;
    for (size_t i = name.first; i < name.last; i++)
        a->name_at[i] = (uint32_t)a->names.len;
}

static struct dw_str span_text(const struct analysis *a, size_t first, size_t last)
{
    struct dw_str s = dw_str_slice(a->text, a->tokens.at[first].start, a->tokens.at[last - 1].end);
    if (a->tokens.at[last - 1].possessive) {
        size_t apostrophe = s.len - 1;
        while (apostrophe > 0 && s.at[apostrophe] != '\'' && s.at[apostrophe] != '\xe2')
            apostrophe--;
        s = dw_str_slice(s, 0, apostrophe);
    }
    return s;
}

/* "• Operating income", "16:07 — Remaining": only marks and times before it in its line. */
static bool line_begins(const struct analysis *a, size_t token)
{
    enum { MOST_MARKS = 6 };
    for (size_t back = 1; back <= MOST_MARKS; back++) {
        if (back > token || a->tokens.at[token - back].kind == DW_TOKEN_BREAK)
            return true;
        if (a->tokens.at[token - back].kind == DW_TOKEN_WORD ||
            a->tokens.at[token - back].kind == DW_TOKEN_CURRENCY)
            return false;
    }
    return false;
}

/* "HONG KONG, July 8 - Shares": the story begins behind its dateline. */
static bool behind_dateline(const struct analysis *a, size_t token)
{
    enum { MOST_WORDS = 12 };
    const struct dw_token *t = &a->tokens.at[token - 1];
    if (t->kind != DW_TOKEN_DASH || !t->space || !a->tokens.at[token].space)
        return false;
    for (size_t back = 2; back <= MOST_WORDS; back++) {
        if (back > token || a->tokens.at[token - back].kind == DW_TOKEN_BREAK)
            return true;
        const struct dw_token *w = &a->tokens.at[token - back];
        if (w->kind == DW_TOKEN_WORD && !w->capital)
            return false;
    }
    return false;
}

static bool sentence_begins(const struct analysis *a, size_t token)
{
    if (token == 0 || line_begins(a, token) || behind_dateline(a, token))
        return true;
    uint8_t kind = a->tokens.at[token - 1].kind;
    return kind == DW_TOKEN_BREAK || kind == DW_TOKEN_QUOTE || token_is(a, token - 1, W_STOP) ||
           token_is(a, token - 1, W_QUESTION) || token_is(a, token - 1, W_EXCLAMATION) ||
           token_is(a, token - 1, W_COLON);
}

static bool is_verb_here(const struct analysis *a, size_t token)
{
    const struct sense *sense;
    if (token_has(a, token, CLASS(AUXILIARY) | CLASS(MODAL)))
        return true;
    if (token >= a->tokens.len || a->tokens.at[token].capital)
        return false;
    bool finite = token_has(a, token, CLASS(VERBS) | CLASS(VERBPAST));
    if (finite && !token_has(a, token, CLASS(VERBNOUN)))
        return true; /* "Meta broke ground", "Apple reiterated" */
    return phrase_at(a, token, a->tokens.len, SENSE_TRIGGER, &sense) > 0 &&
           a->lexicon->triggers.at[sense->index].part == TRIGGER_VERB;
}

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

/* Legal forms behind a name belong to it: "Acme Corp.", "Acme, Inc." */
static size_t take_legal_form(const struct analysis *a, size_t last, size_t end)
{
    size_t at = last;
    if (at < end && token_is(a, at, W_COMMA) && at + 1 < end)
        at++;
    if (at >= end || !a->tokens.at[at].capital || !token_has(a, at, CLASS(LEGALFORM)))
        return last;
    at++;
    if (at < end && token_is(a, at, W_STOP) && !a->tokens.at[at].space)
        at++;
    return at;
}

/* "X-backed", "ex-X", "former X", "X rival": X is not who acts. */
static bool is_aside(const struct analysis *a, size_t first, size_t last)
{
    if (last + 1 < a->tokens.len && a->tokens.at[last].kind == DW_TOKEN_DASH &&
        token_has(a, last + 1, CLASS(ASIDE)))
        return true;
    if (first > 0 && (token_is(a, first - 1, W_FORMER) || token_is(a, first - 1, W_EX)))
        return true;
    if (first > 1 && a->tokens.at[first - 1].kind == DW_TOKEN_DASH && token_is(a, first - 2, W_EX))
        return true;
    /* "OpenAI's biggest competitor" */
    enum { NEAR = 3 };
    size_t reach = a->tokens.at[last - 1].possessive ? last + NEAR : last + 1;
    for (size_t i = last; i < reach && i < a->tokens.len; i++) {
        if (token_is(a, i, W_RIVAL) || token_is(a, i, W_COMPETITOR))
            return true;
    }
    return token_is(a, last, W_VETERAN) || token_is(a, last, W_ALUMNI) || token_is(a, last, W_ALUM);
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

/* "(NASDAQ: VCTL)", "(TSX:ABC)": where shares are listed, and under which letters. */
static bool is_ticker(const struct analysis *a, size_t first, size_t last)
{
    bool exchange = first > 0 && token_is(a, first - 1, W_OPEN) && token_is(a, last, W_COLON);
    bool letters = first > 1 && token_is(a, first - 1, W_COLON) && token_is(a, last, W_CLOSE) &&
                   last == first + 1;
    return exchange || letters;
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

/* ---- Unknown names ---- */

/* "SEK 21 billion": a currency before its number. */
static bool is_currency_code(const struct analysis *a, size_t token)
{
    if (token + 1 >= a->tokens.len ||
        (a->tokens.at[token + 1].kind != DW_TOKEN_NUMBER &&
         a->tokens.at[token + 1].kind != DW_TOKEN_CURRENCY && !token_is(a, token + 1, W_STOP)))
        return false;
    const uint16_t *styles = lexicon_measure(a->lexicon, a->words[token].id)->currencies;
    return styles[CURRENCY_SIGN] != 0 || styles[CURRENCY_PREFIX] != 0 || styles[CURRENCY_CODE] != 0;
}

/* "AMSTERDAM, Nov 3 -": a place before the first sentence of a paragraph, in capitals. */
static bool is_dateline(const struct analysis *a, size_t first, size_t last)
{
    bool begins = first == 0 || a->tokens.at[first - 1].kind == DW_TOKEN_BREAK;
    if (!begins || last >= a->tokens.len)
        return false;
    bool ends = token_is(a, last, W_COMMA) || token_is(a, last, W_OPEN) ||
                a->tokens.at[last].kind == DW_TOKEN_DASH;
    for (size_t i = first; ends && i < last; i++) {
        struct dw_str word = token_text(a, i);
        for (size_t k = 0; k < word.len; k++) {
            if (dw_is_lower(word.at[k]))
                return false;
        }
    }
    return ends;
}

/* "at Strängnäs", "near Loughton", "in Fouju": a name that only its place in the sentence tells. */
static bool is_located(const struct analysis *a, size_t first)
{
    if (first == 0)
        return false;
    if (token_is(a, first - 1, W_NEAR) || token_is(a, first - 1, W_OUTSIDE) ||
        token_is(a, first - 1, W_AT))
        return true;
    if (!token_is(a, first - 1, W_IN))
        return false;
    enum { NEAR = 14 };
    for (size_t i = first - 1; i > 0 && first - i < NEAR && a->tokens.at[i].kind != DW_TOKEN_BREAK;
         i--) {
        const struct sense *sense;
        if (phrase_at(a, i - 1, a->tokens.len, SENSE_TRIGGER, &sense) == 0)
            continue;
        enum dw_kind kind = a->lexicon->triggers.at[sense->index].kind;
        if (!a->lexicon->triggers.at[sense->index].light &&
            (kind == DW_KIND_INVESTMENT || kind == DW_KIND_STAKE || kind == DW_KIND_ROUND))
            return false;
    }
    return true;
}

/* "(Meridian Wire)" at the head of a paragraph, perhaps behind a place, is who tells the story. */
static bool is_agency_tag(const struct analysis *a, size_t first, size_t last)
{
    enum { HEAD = 5 };
    if (first == 0 || !token_is(a, first - 1, W_OPEN) || !token_is(a, last, W_CLOSE))
        return false;
    for (size_t back = 1; back <= HEAD; back++) {
        if (back == first || a->tokens.at[first - back].kind == DW_TOKEN_BREAK)
            return true;
    }
    return false;
}

/* "Reporting by …", "With material from …", "Source: …": a credit line names no party. */
static bool is_credit_line(const struct analysis *a, size_t first)
{
    enum { HEAD = 5 };
    for (size_t back = 1; back <= HEAD && back <= first; back++) {
        bool begins = first == back || a->tokens.at[first - back - 1].kind == DW_TOKEN_BREAK;
        if (token_has(a, first - back, CLASS(CREDIT)) &&
            (begins || token_is(a, first - back - 1, W_WITH) ||
             token_is(a, first - back - 1, W_ADDITIONAL)))
            return true;
    }
    return false;
}

/* "H200s", "K2", "FY25": a product's number or a period. */
static bool has_digit(const struct analysis *a, size_t token)
{
    struct dw_str word = token_text(a, token);
    for (size_t i = 0; i < word.len; i++) {
        if (word.at[i] >= '0' && word.at[i] <= '9')
            return true;
    }
    return false;
}

/* Acronyms and words in capitals that are no organisations. */
static bool is_no_name(const struct analysis *a, size_t token)
{
    return token_has(a, token,
                     CLASS(NONAME) | CLASS(LEGALFORM) | CLASS(MONTH) | CLASS(WEEKDAY) |
                         CLASS(TITLEWORD) | CLASS(PRONOUN)) ||
           has_digit(a, token) || is_currency_code(a, token);
}

static bool is_name_word(const struct analysis *a, size_t token)
{
    const struct dw_token *t = &a->tokens.at[token];
    return t->kind == DW_TOKEN_WORD && (a->tokens.at[token].capital || a->tokens.at[token].caps) &&
           a->name_at[token] == 0;
}

/* "$22M", "6GW": letters glued to a number are its magnitude or its unit. */
static bool is_glued_to_number(const struct analysis *a, size_t token)
{
    return token > 0 && !a->tokens.at[token].space &&
           a->tokens.at[token - 1].kind == DW_TOKEN_NUMBER;
}

/* "Series B": a round, wherever it stands in a run of capitals. */
static bool is_round_letter(const struct analysis *a, size_t token, size_t end)
{
    return token_is(a, token, W_SERIES) && token + 1 < end &&
           a->tokens.at[token + 1].end - a->tokens.at[token + 1].start == 1;
}

/* The end of a run of words with capitals that may be one name. */
static size_t run_of_capitals(const struct analysis *a, size_t token, size_t end)
{
    size_t last = token;
    while (last < end && is_name_word(a, last) && !is_round_letter(a, last, end) &&
           !token_has(a, last, CLASS(MONTH) | CLASS(WEEKDAY))) {
        last++;
        if (a->tokens.at[last - 1].possessive)
            break;
        bool joins = last + 1 < end && is_name_word(a, last + 1) &&
                     (token_is(a, last, W_AMPERSAND) ||
                      (a->tokens.at[last].kind == DW_TOKEN_DASH && !a->tokens.at[last].space &&
                       !a->tokens.at[last + 1].space) ||
                      (token_is(a, last, W_OF) && last == token + 1));
        if (joins)
            last++;
    }
    return last;
}

/* ---- Spellings: how the article writes a word elsewhere ---- */

static struct spelling *spelling_of(const struct analysis *a, uint32_t hash)
{
    size_t mask = a->spelling_cap - 1;
    size_t at = hash & mask;
    while (a->spellings[at].hash != 0 && a->spellings[at].hash != hash)
        at = (at + 1) & mask;
    return &a->spellings[at];
}

/* A bit for each word that is asked for: those with a capital that begin a sentence. */
#define FILTER_BITS 8192u

static uint64_t *filter_first_words(struct analysis *a)
{
    uint64_t *filter = dw_arena_array(a->arena, FILTER_BITS / 64, sizeof *filter);
    size_t end = a->tokens.len;
    if (filter == NULL)
        return NULL;
    for (size_t i = next_mark(a, 0, end, MARK_CAPITAL); i < end;
         i = next_mark(a, i + 1, end, MARK_CAPITAL)) {
        uint32_t bit = a->tokens.at[i].hash % FILTER_BITS;
        if (a->name_at[i] == 0 && sentence_begins(a, i))
            filter[bit / 64] |= (uint64_t)1 << bit % 64;
    }
    return filter;
}

static bool count_spellings(struct analysis *a)
{
    size_t cap = 64;
    const uint64_t *filter = filter_first_words(a);
    while (cap < a->tokens.len * 2)
        cap *= 2;
    a->spellings = dw_arena_array(a->arena, cap, sizeof *a->spellings);
    if (a->spellings == NULL || filter == NULL)
        return false;
    a->spelling_cap = cap;
    for (size_t i = 0, len = a->tokens.len; i < len; i++) {
        const struct dw_token *t = &a->tokens.at[i];
        uint32_t bit = t->hash % FILTER_BITS;
        if ((filter[bit / 64] >> bit % 64 & 1) == 0 || t->kind != DW_TOKEN_WORD)
            continue;
        struct spelling *s = spelling_of(a, t->hash);
        s->hash = t->hash;
        uint16_t *count = t->capital ? &s->capital : &s->lower;
        if (*count < UINT16_MAX)
            ++*count;
    }
    return true;
}

/* How often the article writes the token's word, by case; NULL: out of memory. */
static const struct spelling *spelling_at(struct analysis *a, size_t token)
{
    if (a->spellings == NULL && !count_spellings(a))
        return NULL;
    return spelling_of(a, a->tokens.at[token].hash);
}

static bool lower_elsewhere(struct analysis *a, size_t token)
{
    if (token_has(a, token,
                  CLASS(COMMONSTART) | CLASS(PREPOSITION) | CLASS(CONJUNCTION) | CLASS(DETERMINER) |
                      CLASS(PRONOUN) | CLASS(MODAL) | CLASS(AUXILIARY) | CLASS(RELATIVE)))
        return true;
    const struct spelling *spelling = spelling_at(a, token);
    return spelling != NULL && spelling->lower > 0;
}

/* The sentence of a token; NULL: it is a line end. Sentences are in order. */
static const struct dw_sentence *sentence_of(const struct analysis *a, size_t token)
{
    size_t low = 0;
    size_t high = a->sentences.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (a->sentences.at[middle].last <= token)
            low = middle + 1;
        else
            high = middle;
    }
    bool inside = low < a->sentences.len && a->sentences.at[low].first <= token;
    return inside ? &a->sentences.at[low] : NULL;
}

/* Whether a line writes all of its words in capitals, as flashes do: they say nothing of names. */
static bool is_in_capitals(const struct analysis *a, const struct dw_sentence *s)
{
    size_t capitals = 0;
    size_t words = 0;
    for (size_t i = s->first; i < s->last; i++) {
        const struct dw_token *t = &a->tokens.at[i];
        if (t->kind != DW_TOKEN_WORD || t->end - t->start < 2)
            continue;
        words++;
        capitals += t->caps && !dw_is_lower(a->text.at[t->start + 1]);
    }
    return words >= 4 && capitals * 10 >= words * 8;
}

/* "Item 2.02 Results of Operations and Financial Condition." */
static bool is_item(const struct analysis *a, const struct dw_sentence *s)
{
    return s->first + 1 < s->last && token_is(a, s->first, W_ITEM) &&
           a->tokens.at[s->first + 1].kind == DW_TOKEN_NUMBER;
}

/* Whether the sentence of a token is a heading that writes most words with a capital, or a line in
 * capitals. Many names stand in one sentence: it is looked at once. */
static bool hides_names(struct analysis *a, size_t token)
{
    const struct dw_sentence *s = a->sentence;
    if (s == NULL || token < s->first || token >= s->last) {
        s = sentence_of(a, token);
        a->in_capitals = s != NULL && is_in_capitals(a, s);
        a->sentence = s;
    }
    return s != NULL && (s->title_case || a->in_capitals || is_item(a, s));
}

/* "Bank of Queensland", "University of Bristol" */
static bool is_institution(const struct analysis *a, size_t first, size_t last)
{
    return token_has(a, first, CLASS(ORGSUFFIX)) && token_is(a, first + 1, W_OF) &&
           first + 2 < last;
}

enum form { FORM_NONE, FORM_WEAK, FORM_PERSON, FORM_STRONG };

static enum form form_of(const struct analysis *a, size_t first, size_t last)
{
    size_t words = last - first;
    /* "Non-GAAP": a word that is no name with something before it */
    bool prefixed = words == 3 && a->tokens.at[first + 1].kind == DW_TOKEN_DASH &&
                    token_has(a, last - 1, CLASS(NONAME));
    if ((words == 1 && is_no_name(a, first)) || prefixed)
        return FORM_NONE;
    if ((token_has(a, last - 1, CLASS(ORGSUFFIX)) && words > 1) || is_institution(a, first, last) ||
        take_legal_form(a, last, a->tokens.len) > last)
        return FORM_STRONG;
    if (token_has(a, last - 1, CLASS(DEFINEDTERM)) || is_ticker(a, first, last))
        return FORM_NONE;
    bool personal = words == 2 && token_has(a, last, CLASS(PERSONAL)) &&
                    !token_has(a, last - 1, CLASS(ORGSUFFIX));
    if (personal)
        return FORM_PERSON;
    bool before_title = first > 0 && token_has(a, first - 1, CLASS(TITLEWORD));
    bool after_title = last + 1 < a->tokens.len && token_is(a, last, W_COMMA) &&
                       token_has(a, last + 1, CLASS(TITLEWORD));
    if (words <= 3 && words >= 2 &&
        (token_has(a, first, CLASS(FIRSTNAME)) || before_title || after_title))
        return FORM_PERSON;
    if (before_title)
        return FORM_PERSON;
    bool cue_before =
        first > 0 && !a->tokens.at[first - 1].capital && token_has(a, first - 1, CLASS(STARTUPCUE));
    if (cue_before || a->tokens.at[first].caps)
        return FORM_STRONG;
    bool said = token_is(a, last, W_SAID) || token_is(a, last, W_SAYS) || token_is(a, last, W_TOLD);
    if (words == 2 && said && !is_verb_here(a, first))
        return FORM_PERSON;
    bool apposition = last + 2 < a->tokens.len && token_is(a, last, W_COMMA) &&
                      (token_is(a, last + 1, W_A) || token_is(a, last + 1, W_AN) ||
                       token_is(a, last + 1, W_THE) || token_is(a, last + 1, W_WHICH));
    if (apposition || is_verb_here(a, last))
        return FORM_STRONG;
    /* "the first Zen processors", "its Frontier campus" */
    return token_has(a, last, CLASS(PRODUCTNOUN)) ? FORM_NONE : FORM_WEAK;
}

/* An entity that was named in full before: "Osterberg Cloud … Osterberg", "Jane Doe … Doe". */
static uint32_t earlier_entity(const struct analysis *a, struct dw_str name, uint32_t hash)
{
    uint32_t link = 0;
    size_t looked = 0;
    uint32_t found;
    while ((found = next_entity(a, hash, &link, &looked)) != NO_ENTITY) {
        const struct entity *e = &a->entities.at[found];
        bool begins = dw_str_starts(e->surface, name) && e->surface.len > name.len &&
                      e->surface.at[name.len] == ' ';
        bool ends = e->person && dw_str_ends(e->name, name) && e->name.len > name.len &&
                    e->name.at[e->name.len - name.len - 1] == ' ';
        if (dw_str_eq(e->surface, name) || dw_str_eq(e->name, name) || (begins && !e->person) ||
            ends)
            return found;
    }
    return NO_ENTITY;
}

/* "X, a maker of chips,": the noun says that X is a company. */
static bool is_told_company(const struct analysis *a, size_t last)
{
    enum { NEAR = 6 };
    if (token_is(a, last, W_COMMA) && token_is(a, last + 1, W_WHICH))
        return true;
    if (!token_is(a, last, W_COMMA) || !token_has(a, last + 1, CLASS(ARTICLE)))
        return false;
    for (size_t i = last + 2; i < a->tokens.len && i < last + NEAR; i++) {
        if (token_has(a, i, CLASS(STARTUPCUE) | CLASS(REFNOUN)))
            return true;
        if (a->tokens.at[i].kind != DW_TOKEN_WORD && a->tokens.at[i].kind != DW_TOKEN_DASH)
            return false;
    }
    return false;
}

/* "Demand fell", "Analysts expect": nouns that need no article. */
static bool looks_common(const struct analysis *a, size_t token)
{
    static const char *const endings[] = {"s",    "ing",  "tion", "sion", "ment", "ity",
                                          "ness", "ance", "ence", "ship", "ism",  "ware"};
    struct dw_str word = token_text(a, token);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (dw_str_ends(word, dw_str_from_c(endings[i])))
            return true;
    }
    return a->words[token].id != 0;
}

/* A single word that only the beginning of a sentence gave its capital needs a verb of deals behind
 * it, or a noun that says what it is; one that is no word of the lexicon needs just a verb. */
static bool is_chance_capital(struct analysis *a, size_t first, size_t last)
{
    const struct sense *sense;
    const struct spelling *spelling = spelling_at(a, first);
    if (last - first > 1 || a->tokens.at[first].caps || spelling == NULL || spelling->capital > 1 ||
        is_told_company(a, last))
        return false;
    bool acts = is_verb_here(a, last) && !token_has(a, last, CLASS(SAYING) | CLASS(TELLING));
    if (acts && !looks_common(a, first))
        return false;
    if (phrase_at(a, last, a->tokens.len, SENSE_TRIGGER, &sense) == 0)
        return true;
    for (; sense != a->lexicon->senses.at; sense = &a->lexicon->senses.at[sense->next]) {
        const struct trigger *t = &a->lexicon->triggers.at[sense->index];
        if (sense->kind == SENSE_TRIGGER && t->part == TRIGGER_VERB &&
            (t->kind == DW_KIND_ROUND || t->kind == DW_KIND_LAYOFFS ||
             t->kind == DW_KIND_ACQUISITION || t->kind == DW_KIND_INVESTMENT))
            return false;
    }
    return true;
}

/* "Osterberg" in the headline, "Osterberg Cloud" in the story: the full name is the one to show. */
static uint32_t shorter_before(struct analysis *a, struct dw_str name, uint32_t hash)
{
    uint32_t link = 0;
    size_t looked = 0;
    uint32_t found;
    while ((found = next_entity(a, hash, &link, &looked)) != NO_ENTITY) {
        struct entity *e = &a->entities.at[found];
        if (e->known || e->person || e->name.len < 4 || e->name.len >= name.len ||
            name.at[e->name.len] != ' ' || !dw_str_starts(name, e->name))
            continue;
        e->name = name;
        return found;
    }
    return NO_ENTITY;
}

/* "AT&S": what looks like a preposition is part of the name. */
static bool is_initials(const struct analysis *a, size_t first)
{
    return token_is(a, first + 1, W_AMPERSAND) && !a->tokens.at[first + 1].space;
}

static struct dw_str without_the(struct dw_str name)
{
    return dw_str_starts_nocase(name, DW_STR("the ")) ? dw_str_slice(name, 4, name.len) : name;
}

/* Whether a name is that of the outlet that tells the article. */
static bool is_outlet(const struct analysis *a, struct dw_str name)
{
    return a->outlet.len > 0 && dw_str_eq_nocase(without_the(name), without_the(a->outlet));
}

/* The end of a name without the legal form that it ends in: "Vectorline Inc", "Halden AG". */
static size_t last_without_form(const struct analysis *a, size_t first, size_t last)
{
    while (last > first + 1 && token_has(a, last - 1, CLASS(LEGALFORM)) &&
           !token_has(a, last - 1, CLASS(NAMEPART)))
        last--;
    return last;
}

static size_t take_unknown(struct analysis *a, size_t token, size_t end)
{
    if (is_glued_to_number(a, token))
        return token + 1;
    if (is_round_letter(a, token, end))
        return token + 2;
    size_t first = token;
    size_t last = run_of_capitals(a, token, end);
    if (last == first)
        return 0;
    if (first + 1 < last && a->words[first].amount == AMOUNT_BEGINS &&
        a->words[first + 1].amount == AMOUNT_BEGINS)
        return 0; /* "TWO HUNDRED THOUSAND YUAN" */
    bool start = sentence_begins(a, first);
    bool title_case = hides_names(a, first);
    bool institution = is_institution(a, first, last);
    while (first < last && !institution && !is_initials(a, first) &&
           ((start && lower_elsewhere(a, first)) ||
            token_has(a, first, CLASS(DETERMINER) | CLASS(PREPOSITION) | CLASS(CONJUNCTION)))) {
        first++;
        start = false;
    }
    while (first < last && token_has(a, first, CLASS(TITLEWORD)))
        first++;
    if (first == last)
        return last;
    struct dw_str text = span_text(a, first, last_without_form(a, first, last));
    uint32_t hash = hash_of_first(text);
    uint32_t entity = earlier_entity(a, text, hash);
    enum form form = entity == NO_ENTITY ? form_of(a, first, last) : FORM_WEAK;
    if (entity == NO_ENTITY &&
        (is_dateline(a, first, last) || is_agency_tag(a, first, last) || is_credit_line(a, first) ||
         (form == FORM_WEAK && is_located(a, first)))) {
        add_name(a, (struct name){.first = (uint32_t)first,
                                  .last = (uint32_t)last,
                                  .entity = NO_ENTITY,
                                  .kind = NAME_PLACE});
        return last;
    }
    if (title_case && entity == NO_ENTITY && (form == FORM_WEAK || first + 1 < last))
        return last;
    if (form == FORM_NONE ||
        (sentence_begins(a, first) && form == FORM_WEAK && entity == NO_ENTITY))
        return last;
    if (entity == NO_ENTITY && sentence_begins(a, first) && is_chance_capital(a, first, last))
        return last;
    bool person = entity != NO_ENTITY ? a->entities.at[entity].person : form == FORM_PERSON;
    if (entity == NO_ENTITY && !person)
        entity = shorter_before(a, text, hash);
    if (entity == NO_ENTITY)
        entity = entity_named(a, text, hash, person);
    if (entity == NO_ENTITY)
        return last;
    /* who is told news and is nothing else is an outlet */
    bool told =
        !person && first > 0 && a->entities.at[entity].count == 0 && token_is(a, first - 1, W_TOLD);
    if (!person && is_outlet(a, text))
        a->entities.at[entity].outlet = true;
    if (told || a->entities.at[entity].outlet)
        a->entities.at[entity].category = DW_STR("media");
    if (first > 0 && token_has(a, first - 1, CLASS(STARTUPCUE)) &&
        a->entities.at[entity].category.len == 0)
        a->entities.at[entity].category = DW_STR("startup");
    if (!person && !a->tokens.at[last - 1].possessive)
        last = take_legal_form(a, last, end);
    add_name(a, (struct name){.first = (uint32_t)first,
                              .last = (uint32_t)last,
                              .entity = entity,
                              .kind = person ? NAME_PERSON : NAME_ORGANISATION,
                              .possessive = a->tokens.at[last - 1].possessive,
                              .weak = form == FORM_WEAK && a->entities.at[entity].count == 0,
                              .aside = !person && is_aside(a, first, last)});
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
