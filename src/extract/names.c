/* Names: organisations, people and places, known ones by the lexicon, unknown ones by form and
 * context. */
#include "internal.h"

#include <string.h>

#define NO_ENTITY UINT32_MAX

const struct name *name_at(const struct analysis *a, size_t token)
{
    return token < a->tokens.len && a->name_at[token] != 0 ? &a->names.at[a->name_at[token] - 1]
                                                           : NULL;
}

static uint32_t entity_named(struct analysis *a, struct dw_str name, bool person)
{
    for (size_t i = 0; i < a->entities.len; i++) {
        if (a->entities.at[i].person == person && dw_str_eq_nocase(a->entities.at[i].name, name))
            return (uint32_t)i;
    }
    struct entity *entity = dw_vec_push(a->arena, &a->entities);
    if (entity == NULL)
        return NO_ENTITY;
    *entity = (struct entity){.name = name, .surface = name, .person = person};
    return (uint32_t)(a->entities.len - 1);
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
    if (a->words[last - 1].possessive) {
        size_t apostrophe = s.len - 1;
        while (apostrophe > 0 && s.at[apostrophe] != '\'' && s.at[apostrophe] != '\xe2')
            apostrophe--;
        s = dw_str_slice(s, 0, apostrophe);
    }
    return s;
}

static bool sentence_begins(const struct analysis *a, size_t token)
{
    if (token == 0)
        return true;
    uint8_t kind = a->tokens.at[token - 1].kind;
    return kind == DW_TOKEN_BREAK || kind == DW_TOKEN_QUOTE || token_is(a, token - 1, ".") ||
           token_is(a, token - 1, "?") || token_is(a, token - 1, "!") ||
           token_is(a, token - 1, ":");
}

static bool is_verb_here(const struct analysis *a, size_t token)
{
    const struct sense *sense;
    if (token_has(a, token, CLASS(AUXILIARY) | CLASS(MODAL)))
        return true;
    if (token >= a->tokens.len || a->words[token].capital)
        return false;
    return phrase_at(a, token, a->tokens.len, SENSE_TRIGGER, &sense) > 0 &&
           a->lexicon->triggers.at[sense->index].part == TRIGGER_VERB;
}

/* Whether an alias that is also an ordinary word stands for the company here. */
static bool speaks_for_company(const struct analysis *a, size_t first, size_t last)
{
    if (!a->words[first].capital)
        return false;
    bool next_is_name = last < a->tokens.len && a->words[last].capital && !a->tokens.at[last].space;
    if (next_is_name)
        return false;
    if (a->words[last - 1].possessive || is_verb_here(a, last) || a->words[first].caps)
        return true;
    if (last < a->tokens.len && a->words[last].capital && !token_has(a, last, CLASS(ORGSUFFIX)))
        return false;
    return !sentence_begins(a, first);
}

/* The best organisation behind the phrase at a token; its end, 0 if there is none. */
static size_t company_at(const struct analysis *a, size_t token, size_t end,
                         const struct sense **found)
{
    uint32_t node = LEXICON_ROOT;
    size_t last = 0;
    for (size_t i = token; i < end; i++) {
        node = lexicon_step(a->lexicon, node, a->words[i].id);
        if (node == 0)
            break;
        for (uint32_t s = a->lexicon->nodes.at[node]; s != 0; s = a->lexicon->senses.at[s].next) {
            const struct sense *sense = &a->lexicon->senses.at[s];
            if (sense->kind != SENSE_COMPANY)
                continue;
            bool capital = a->words[token].capital || a->words[token].caps ||
                           a->tokens.at[token].kind == DW_TOKEN_NUMBER;
            if ((sense->flags & SENSE_PROPER) && !capital)
                continue;
            if ((sense->flags & SENSE_AMBIGUOUS) && !speaks_for_company(a, token, i + 1))
                continue;
            *found = sense;
            last = i + 1;
            break;
        }
        if (a->words[i].possessive)
            break;
    }
    return last;
}

/* Legal forms behind a name belong to it: "Acme Corp.", "Acme, Inc." */
static size_t take_legal_form(const struct analysis *a, size_t last, size_t end)
{
    static const char *const forms[] = {"inc",     "corp",  "corporation", "ltd", "limited",
                                        "llc",     "plc",   "gmbh",        "ag",  "co",
                                        "company", "group", "holdings"};
    size_t at = last;
    if (at < end && token_is(a, at, ",") && at + 1 < end)
        at++;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (at < end && a->words[at].capital && token_is(a, at, forms[i])) {
            at++;
            if (token_is(a, at, ".") && !a->tokens.at[at].space && at < end)
                at++;
            return at;
        }
    }
    return last;
}

/* "X-backed", "ex-X", "former X", "X rival": X is not who acts. */
static bool is_aside(const struct analysis *a, size_t first, size_t last)
{
    static const char *const behind[] = {
        "backed",     "owned",   "based",    "funded", "led",   "controlled",
        "affiliated", "linked",  "powered",  "style",  "like",  "only",
        "compatible", "focused", "designed", "made",   "built", "funded"};
    if (last + 1 < a->tokens.len && a->tokens.at[last].kind == DW_TOKEN_DASH) {
        for (size_t i = 0; i < sizeof behind / sizeof behind[0]; i++) {
            if (token_is(a, last + 1, behind[i]))
                return true;
        }
    }
    if (first > 0 && (token_is(a, first - 1, "former") || token_is(a, first - 1, "ex")))
        return true;
    if (first > 1 && a->tokens.at[first - 1].kind == DW_TOKEN_DASH && token_is(a, first - 2, "ex"))
        return true;
    return token_is(a, last, "rival") || token_is(a, last, "competitor") ||
           token_is(a, last, "veteran") || token_is(a, last, "alumni") || token_is(a, last, "alum");
}

/* "in Texas", "the Texas lease", "near Berlin": the place, not who governs it. */
static bool is_only_located(const struct analysis *a, size_t first, size_t last)
{
    static const char *const before[] = {"in",     "at",     "near",      "outside",
                                         "across", "around", "throughout"};
    const struct sense *sense;
    for (size_t i = 0; first > 0 && i < sizeof before / sizeof before[0]; i++) {
        if (token_is(a, first - 1, before[i]))
            return true;
    }
    bool place = phrase_at(a, first, last, SENSE_PLACE, &sense) == last;
    bool describes =
        last < a->tokens.len && a->tokens.at[last].kind == DW_TOKEN_WORD &&
        !a->words[last].capital && !a->words[last - 1].possessive && !is_verb_here(a, last) &&
        !token_has(a, last,
                   CLASS(PREPOSITION) | CLASS(CONJUNCTION) | CLASS(RELATIVE) | CLASS(NEGATION));
    return place && describes;
}

static size_t take_company(struct analysis *a, size_t token, size_t end)
{
    const struct sense *sense;
    size_t last = is_dollar_prefix(a, token) ? 0 : company_at(a, token, end, &sense);
    if (last == 0)
        return 0;
    const struct organisation *o = &a->lexicon->organisations.at[sense->index];
    if (dw_str_eq(o->category, DW_STR("government")) && is_only_located(a, token, last))
        return 0;
    uint32_t entity = entity_named(a, o->name, false);
    if (entity == NO_ENTITY)
        return 0;
    struct entity *e = &a->entities.at[entity];
    if (!e->known) {
        e->known = true;
        e->category = o->category;
        e->surface = span_text(a, token, last);
    }
    struct name name = {.first = (uint32_t)token,
                        .last = (uint32_t)last,
                        .entity = entity,
                        .kind = NAME_ORGANISATION,
                        .possessive = a->words[last - 1].possessive,
                        .aside = is_aside(a, token, last)};
    if (!name.possessive)
        name.last = (uint32_t)take_legal_form(a, last, end);
    add_name(a, name);
    return name.last;
}

static size_t take_person(struct analysis *a, size_t token, size_t end)
{
    const struct sense *sense;
    size_t last = a->words[token].capital ? phrase_at(a, token, end, SENSE_PERSON, &sense) : 0;
    if (last == 0)
        return 0;
    const struct person *p = &a->lexicon->people.at[sense->index];
    uint32_t entity = entity_named(a, p->name, true);
    if (entity != NO_ENTITY)
        a->entities.at[entity].company = p->company;
    add_name(a, (struct name){.first = (uint32_t)token,
                              .last = (uint32_t)last,
                              .entity = entity,
                              .kind = NAME_PERSON,
                              .possessive = a->words[last - 1].possessive});
    return last;
}

static size_t take_place(struct analysis *a, size_t token, size_t end)
{
    const struct sense *sense;
    size_t last = a->words[token].capital ? phrase_at(a, token, end, SENSE_PLACE, &sense) : 0;
    if (last == 0 || (last < end && a->words[last].capital && token_has(a, last, CLASS(ORGSUFFIX))))
        return 0;
    add_name(a, (struct name){.first = (uint32_t)token,
                              .last = (uint32_t)last,
                              .entity = NO_ENTITY,
                              .kind = NAME_PLACE,
                              .possessive = a->words[last - 1].possessive});
    return last;
}

/* ---- Unknown names ---- */

/* "SEK 21 billion": a currency before its number. */
static bool is_currency_code(const struct analysis *a, size_t token)
{
    if (token + 1 >= a->tokens.len ||
        (a->tokens.at[token + 1].kind != DW_TOKEN_NUMBER &&
         a->tokens.at[token + 1].kind != DW_TOKEN_CURRENCY && !token_is(a, token + 1, ".")))
        return false;
    for (size_t i = 0; i < a->lexicon->currencies.len; i++) {
        const struct currency *c = &a->lexicon->currencies.at[i];
        if (c->word == a->words[token].id && c->word != 0 && c->style != CURRENCY_WORD)
            return true;
    }
    return false;
}

/* "AMSTERDAM, Nov 3 -": a place before the first sentence of a paragraph, in capitals. */
static bool is_dateline(const struct analysis *a, size_t first, size_t last)
{
    bool begins = first == 0 || a->tokens.at[first - 1].kind == DW_TOKEN_BREAK;
    if (!begins || last >= a->tokens.len)
        return false;
    bool ends = token_is(a, last, ",") || token_is(a, last, "(") ||
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
    if (token_is(a, first - 1, "near") || token_is(a, first - 1, "outside") ||
        token_is(a, first - 1, "at"))
        return true;
    if (!token_is(a, first - 1, "in"))
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
    if (first == 0 || !token_is(a, first - 1, "(") || !token_is(a, last, ")"))
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
    static const char *const words[] = {"reporting", "material", "editing", "source",  "photo",
                                        "image",     "credit",   "writing", "agencies"};
    enum { HEAD = 5 };
    for (size_t back = 1; back <= HEAD && back <= first; back++) {
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
            bool begins = first == back || a->tokens.at[first - back - 1].kind == DW_TOKEN_BREAK;
            if (token_is(a, first - back, words[i]) &&
                (begins || token_is(a, first - back - 1, "with") ||
                 token_is(a, first - back - 1, "additional")))
                return true;
        }
    }
    return false;
}

/* Acronyms and words in capitals that are no organisations. */
static bool is_no_name(const struct analysis *a, size_t token)
{
    static const char *const words[] = {
        "ai",          "us",        "u.s.",    "uk",        "u.k.",    "eu",         "un",
        "gpu",         "gpus",      "cpu",     "cpus",      "tpu",     "ceo",        "cfo",
        "cto",         "coo",       "ipo",     "ipos",      "llm",     "llms",       "api",
        "apis",        "arr",       "esg",     "saas",      "it",      "pc",         "pcs",
        "hr",          "r",         "d",       "m",         "q",       "hbm",        "agi",
        "gaap",        "ebitda",    "etf",     "vc",        "vcs",     "usd",        "eur",
        "gdp",         "rpo",       "i",       "spac",      "b2b",     "id",         "tv",
        "dram",        "evs",       "ev",      "mw",        "gw",      "euv",        "nda",
        "pm",          "am",        "gmt",     "est",       "et",      "pt",         "cet",
        "series",      "phase",     "act",     "chapter",   "article", "section",    "monday",
        "internet",    "big",       "english", "christmas", "covid",   "republican", "democrat",
        "republicans", "democrats", "silicon", "east",      "west",    "north",      "south",
        "central",     "street"};
    if (token_has(a, token, CLASS(MONTH) | CLASS(WEEKDAY) | CLASS(TITLEWORD) | CLASS(PRONOUN)) ||
        is_currency_code(a, token))
        return true;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (token_is(a, token, words[i]))
            return true;
    }
    return false;
}

static bool is_name_word(const struct analysis *a, size_t token)
{
    const struct dw_token *t = &a->tokens.at[token];
    return t->kind == DW_TOKEN_WORD && (a->words[token].capital || a->words[token].caps) &&
           a->name_at[token] == 0;
}

/* The end of a run of words with capitals that may be one name. */
static size_t run_of_capitals(const struct analysis *a, size_t token, size_t end)
{
    size_t last = token;
    while (last < end && is_name_word(a, last) &&
           !token_has(a, last, CLASS(MONTH) | CLASS(WEEKDAY))) {
        last++;
        if (a->words[last - 1].possessive)
            break;
        bool joins = last + 1 < end && is_name_word(a, last + 1) &&
                     (token_is(a, last, "&") ||
                      (a->tokens.at[last].kind == DW_TOKEN_DASH && !a->tokens.at[last].space &&
                       !a->tokens.at[last + 1].space) ||
                      (token_is(a, last, "of") && last == token + 1));
        if (joins)
            last++;
    }
    return last;
}

static bool lower_elsewhere(const struct analysis *a, size_t token)
{
    uint32_t id = a->words[token].id;
    if (id != 0 &&
        token_has(a, token,
                  CLASS(COMMONSTART) | CLASS(PREPOSITION) | CLASS(CONJUNCTION) | CLASS(DETERMINER) |
                      CLASS(PRONOUN) | CLASS(MODAL) | CLASS(AUXILIARY) | CLASS(RELATIVE)))
        return true;
    struct dw_str word = token_text(a, token);
    for (size_t i = 0; i < a->tokens.len && i < 4000; i++) {
        if (i != token && !a->words[i].capital && a->tokens.at[i].kind == DW_TOKEN_WORD &&
            dw_str_eq_nocase(token_text(a, i), word))
            return true;
    }
    return false;
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

/* Whether the token stands in a heading that writes most words with a capital. */
static bool heading_case(const struct analysis *a, size_t token)
{
    const struct dw_sentence *s = sentence_of(a, token);
    size_t words = 0;
    size_t capitals = 0;
    if (s == NULL || !s->heading)
        return false;
    for (size_t k = s->first; k < s->last; k++) {
        words += a->tokens.at[k].kind == DW_TOKEN_WORD;
        capitals += a->words[k].capital;
    }
    return capitals * 10 >= words * 7;
}

enum form { FORM_NONE, FORM_WEAK, FORM_PERSON, FORM_STRONG };

static enum form form_of(const struct analysis *a, size_t first, size_t last)
{
    size_t words = last - first;
    if (words == 1 && is_no_name(a, first))
        return FORM_NONE;
    if (token_has(a, last - 1, CLASS(ORGSUFFIX)) && words > 1)
        return FORM_STRONG;
    bool before_title = first > 0 && token_has(a, first - 1, CLASS(TITLEWORD));
    bool after_title = last + 1 < a->tokens.len && token_is(a, last, ",") &&
                       token_has(a, last + 1, CLASS(TITLEWORD));
    if (words <= 3 && words >= 2 &&
        (token_has(a, first, CLASS(FIRSTNAME)) || before_title || after_title))
        return FORM_PERSON;
    if (before_title)
        return FORM_PERSON;
    bool cue_before =
        first > 0 && !a->words[first - 1].capital && token_has(a, first - 1, CLASS(STARTUPCUE));
    if (cue_before || a->words[first].caps)
        return FORM_STRONG;
    bool said = token_is(a, last, "said") || token_is(a, last, "says") || token_is(a, last, "told");
    if (words == 2 && said && !is_verb_here(a, first))
        return FORM_PERSON;
    bool apposition = last + 2 < a->tokens.len && token_is(a, last, ",") &&
                      (token_is(a, last + 1, "a") || token_is(a, last + 1, "an") ||
                       token_is(a, last + 1, "the") || token_is(a, last + 1, "which"));
    return apposition || is_verb_here(a, last) ? FORM_STRONG : FORM_WEAK;
}

/* An entity that was named in full before: "Osterberg Cloud … Osterberg", "Jane Doe … Doe". */
static uint32_t earlier_entity(const struct analysis *a, struct dw_str name)
{
    for (size_t i = a->entities.len; i > 0; i--) {
        const struct entity *e = &a->entities.at[i - 1];
        bool begins = dw_str_starts(e->surface, name) && e->surface.len > name.len &&
                      e->surface.at[name.len] == ' ';
        bool ends = e->person && dw_str_ends(e->name, name) && e->name.len > name.len &&
                    e->name.at[e->name.len - name.len - 1] == ' ';
        if (dw_str_eq(e->surface, name) || dw_str_eq(e->name, name) || (begins && !e->person) ||
            ends)
            return (uint32_t)(i - 1);
    }
    return NO_ENTITY;
}

/* How often the words of a span stand in the article with their capital. */
static size_t occurrences(const struct analysis *a, size_t first)
{
    size_t count = 0;
    struct dw_str word = token_text(a, first);
    if (a->words[first].possessive)
        word = span_text(a, first, first + 1);
    for (size_t i = 0; i < a->tokens.len && i < 4000; i++)
        count += a->words[i].capital && dw_str_starts(token_text(a, i), word);
    return count;
}

/* "X, a maker of chips,": the noun says that X is a company. */
static bool is_told_company(const struct analysis *a, size_t last)
{
    enum { NEAR = 6 };
    if (!token_is(a, last, ",") || !token_has(a, last + 1, CLASS(ARTICLE)))
        return false;
    for (size_t i = last + 2; i < a->tokens.len && i < last + NEAR; i++) {
        if (token_has(a, i, CLASS(STARTUPCUE) | CLASS(REFNOUN)))
            return true;
        if (a->tokens.at[i].kind != DW_TOKEN_WORD && a->tokens.at[i].kind != DW_TOKEN_DASH)
            return false;
    }
    return false;
}

/* A single word that only the beginning of a sentence gave its capital needs a verb of deals behind
 * it, or a noun that says what it is. */
static bool is_chance_capital(const struct analysis *a, size_t first, size_t last)
{
    const struct sense *sense;
    if (last - first > 1 || a->words[first].caps || occurrences(a, first) > 1 ||
        is_told_company(a, last))
        return false;
    if (phrase_at(a, last, a->tokens.len, SENSE_TRIGGER, &sense) == 0)
        return true;
    const struct trigger *t = &a->lexicon->triggers.at[sense->index];
    return t->part != TRIGGER_VERB ||
           (t->kind != DW_KIND_ROUND && t->kind != DW_KIND_LAYOFFS &&
            t->kind != DW_KIND_ACQUISITION && t->kind != DW_KIND_INVESTMENT);
}

/* "Osterberg" in the headline, "Osterberg Cloud" in the story: the full name is the one to show. */
static uint32_t shorter_before(struct analysis *a, struct dw_str name)
{
    for (size_t i = 0; i < a->entities.len; i++) {
        struct entity *e = &a->entities.at[i];
        if (e->known || e->person || e->name.len < 4 || e->name.len >= name.len ||
            name.at[e->name.len] != ' ' || !dw_str_starts(name, e->name))
            continue;
        e->name = name;
        return (uint32_t)i;
    }
    return NO_ENTITY;
}

static size_t take_unknown(struct analysis *a, size_t token, size_t end)
{
    size_t first = token;
    size_t last = run_of_capitals(a, token, end);
    if (last == first)
        return 0;
    bool start = sentence_begins(a, first);
    bool title_case = heading_case(a, first);
    while (first < last &&
           ((start && lower_elsewhere(a, first)) ||
            token_has(a, first, CLASS(DETERMINER) | CLASS(PREPOSITION) | CLASS(CONJUNCTION)))) {
        first++;
        start = false;
    }
    while (first < last && token_has(a, first, CLASS(TITLEWORD)))
        first++;
    if (first == last)
        return last;
    struct dw_str text = span_text(a, first, last);
    uint32_t entity = earlier_entity(a, text);
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
        entity = shorter_before(a, text);
    if (entity == NO_ENTITY)
        entity = entity_named(a, text, person);
    if (entity == NO_ENTITY)
        return last;
    /* who is told news and is nothing else is an outlet */
    if (first > 0 && !person && a->entities.at[entity].count == 0 && token_is(a, first - 1, "told"))
        a->entities.at[entity].category = DW_STR("media");
    if (first > 0 && token_has(a, first - 1, CLASS(STARTUPCUE)) &&
        a->entities.at[entity].category.len == 0)
        a->entities.at[entity].category = DW_STR("startup");
    add_name(a, (struct name){.first = (uint32_t)first,
                              .last = (uint32_t)last,
                              .entity = entity,
                              .kind = person ? NAME_PERSON : NAME_ORGANISATION,
                              .possessive = a->words[last - 1].possessive,
                              .weak = form == FORM_WEAK && a->entities.at[entity].count == 0,
                              .aside = !person && is_aside(a, first, last)});
    return last;
}

/* ---- References: "the company", "it", "its", "the ChatGPT maker" is an alias already ---- */

static size_t take_reference(struct analysis *a, size_t token, size_t end)
{
    struct name name = {.first = (uint32_t)token, .entity = NO_ENTITY, .kind = NAME_REFERENCE};
    bool it = token_is(a, token, "it") || token_is(a, token, "itself");
    bool they =
        token_is(a, token, "they") || token_is(a, token, "them") || token_is(a, token, "we");
    bool its = token_is(a, token, "its");
    bool their = token_is(a, token, "their") || token_is(a, token, "our");
    if (it || they || its || their) {
        name.last = (uint32_t)token + 1;
        name.possessive = its || their;
        name.plural = they || their;
        add_name(a, name);
        return name.last;
    }
    if (!token_is(a, token, "the") && !token_is(a, token, "this"))
        return 0;
    for (size_t at = token + 1; at < end && at < token + 5; at++) {
        if (a->tokens.at[at].kind == DW_TOKEN_DASH)
            continue;
        if (a->tokens.at[at].kind != DW_TOKEN_WORD || a->name_at[at] != 0)
            return 0;
        if (token_has(a, at, CLASS(REFNOUN)) && !token_has(a, at + 1, CLASS(REFNOUN)) &&
            !(at + 1 < end && a->tokens.at[at + 1].kind == DW_TOKEN_DASH)) {
            name.last = (uint32_t)at + 1;
            name.possessive = a->words[at].possessive;
            add_name(a, name);
            return name.last;
        }
        if (token_has(a, at,
                      CLASS(PREPOSITION) | CLASS(CONJUNCTION) | CLASS(AUXILIARY) | CLASS(MODAL)))
            return 0;
    }
    return 0;
}

bool find_names(struct analysis *a)
{
    for (size_t i = 0; i < a->tokens.len;) {
        size_t next = 0;
        if (a->tokens.at[i].kind == DW_TOKEN_WORD || a->tokens.at[i].kind == DW_TOKEN_NUMBER)
            next = take_company(a, i, a->tokens.len);
        if (next == 0 && a->tokens.at[i].kind == DW_TOKEN_WORD) {
            next = take_person(a, i, a->tokens.len);
            if (next == 0)
                next = take_place(a, i, a->tokens.len);
        }
        i = next > i ? next : i + 1;
    }
    for (size_t i = 0; i < a->tokens.len;) {
        size_t next = 0;
        if (a->name_at[i] == 0 && a->tokens.at[i].kind == DW_TOKEN_WORD)
            next = is_name_word(a, i) && !token_is(a, i, "it") && !token_is(a, i, "its") &&
                           !token_is(a, i, "they") && !token_is(a, i, "the") &&
                           !token_is(a, i, "their")
                       ? take_unknown(a, i, a->tokens.len)
                       : 0;
        if (next == 0 && a->name_at[i] == 0 && a->tokens.at[i].kind == DW_TOKEN_WORD)
            next = take_reference(a, i, a->tokens.len);
        i = next > i ? next : i + 1;
    }
    return !a->arena->failed;
}
