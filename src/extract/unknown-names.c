/* Unknown names: organisations and people by form and context. */
#include "names.h"

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

/* Where a name begins in a run of capitals: behind words that only begin a sentence, articles and
 * titles. */
static size_t start_of_name(struct analysis *a, size_t first, size_t last)
{
    bool start = sentence_begins(a, first);
    bool institution = is_institution(a, first, last);
    while (first < last && !institution && !is_initials(a, first) &&
           ((start && lower_elsewhere(a, first)) ||
            token_has(a, first, CLASS(DETERMINER) | CLASS(PREPOSITION) | CLASS(CONJUNCTION)))) {
        first++;
        start = false;
    }
    while (first < last && token_has(a, first, CLASS(TITLEWORD)))
        first++;
    return first;
}

/* Whether capitals that nobody had before are no name: those of a heading, or of a beginning. */
static bool is_refused(struct analysis *a, size_t first, size_t last, enum form form)
{
    bool begins = sentence_begins(a, first);
    return (hides_names(a, first) && (form == FORM_WEAK || first + 1 < last)) ||
           (begins && (form == FORM_WEAK || is_chance_capital(a, first, last)));
}

/* What stands before a name, and the article's outlet, say what an organisation is. */
static void tell_category(struct analysis *a, size_t first, struct dw_str text,
                          struct entity *entity)
{
    /* who is told news and is nothing else is an outlet */
    bool told = first > 0 && entity->count == 0 && token_is(a, first - 1, W_TOLD);
    if (is_outlet(a, text))
        entity->outlet = true;
    if (told || entity->outlet)
        entity->category = DW_STR("media");
    if (first > 0 && token_has(a, first - 1, CLASS(STARTUPCUE)) && entity->category.len == 0)
        entity->category = DW_STR("startup");
}

size_t take_unknown(struct analysis *a, size_t token, size_t end)
{
    if (is_glued_to_number(a, token))
        return token + 1;
    if (is_round_letter(a, token, end))
        return token + 2;
    size_t last = run_of_capitals(a, token, end);
    if (last == token)
        return 0;
    if (token + 1 < last && a->words[token].amount == AMOUNT_BEGINS &&
        a->words[token + 1].amount == AMOUNT_BEGINS)
        return 0; /* "TWO HUNDRED THOUSAND YUAN" */
    size_t first = start_of_name(a, token, last);
    if (first == last)
        return last;
    struct dw_str text = span_text(a, first, last_without_form(a, first, last));
    uint32_t hash = hash_of_first(text);
    uint32_t entity = earlier_entity(a, text, hash);
    bool is_new = entity == NO_ENTITY;
    enum form form = is_new ? form_of(a, first, last) : FORM_WEAK;
    if (is_new && (is_dateline(a, first, last) || is_agency_tag(a, first, last) ||
                   is_credit_line(a, first) || (form == FORM_WEAK && is_located(a, first)))) {
        add_name(a, (struct name){.first = (uint32_t)first,
                                  .last = (uint32_t)last,
                                  .entity = NO_ENTITY,
                                  .kind = NAME_PLACE});
        return last;
    }
    if (form == FORM_NONE || (is_new && is_refused(a, first, last, form)))
        return last;
    bool person = is_new ? form == FORM_PERSON : a->entities.at[entity].person;
    if (is_new && !person)
        entity = shorter_before(a, text, hash);
    if (entity == NO_ENTITY)
        entity = entity_named(a, text, hash, person);
    if (entity == NO_ENTITY)
        return last;
    if (!person)
        tell_category(a, first, text, &a->entities.at[entity]);
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
