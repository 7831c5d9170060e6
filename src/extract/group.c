/* Groups: a sentence cut into groups of nouns and of verbs, and what stands between them. */
#include "cutter.h"

static struct group *add_group(struct cutter *c, enum group_kind kind, size_t first)
{
    struct syntax *x = c->x;
    if (x->len == MOST_GROUPS || x->item_len == MOST_ITEMS)
        return NULL;
    struct group *g = &x->groups[x->len];
    *g = (struct group){.first = (uint32_t)first,
                        .last = (uint32_t)first + 1,
                        .head = (uint32_t)first,
                        .kind = (uint8_t)kind,
                        .governor = NO_GROUP,
                        .noun = NO_GROUP,
                        .subject = NO_GROUP,
                        .object = NO_GROUP};
    x->items[x->item_len++] = (struct item){ITEM_GROUP, (uint8_t)x->len++, (uint32_t)first};
    return g;
}

static size_t add_item(struct cutter *c, enum item_kind kind, size_t token, enum before before)
{
    struct syntax *x = c->x;
    if (x->item_len < MOST_ITEMS)
        x->items[x->item_len++] = (struct item){(uint8_t)kind, NO_GROUP, (uint32_t)token};
    c->before = before;
    return token + 1;
}

/* ---- Verbs ---- */

/* An auxiliary, a modal, "to", "not", an adverb: what may stand before the verb of a group. */
static bool take_helper(struct cutter *c, size_t i, struct group *g)
{
    const struct analysis *a = c->a;
    if (token_has(a, i, CLASS(MODAL))) {
        g->modal = (uint32_t)i + 1;
        g->flags |= VERB_FINITE | VERB_MODAL;
        c->before = BEFORE_MODAL;
    } else if (token_has(a, i, CLASS(NEGATION)) && !token_has(a, i, CLASS(AUXILIARY))) {
        g->flags |= VERB_NEGATED;
    } else if (token_has(a, i, CLASS(AUXILIARY))) {
        bool past = token_is(a, i, W_WAS) || token_is(a, i, W_WERE) || token_is(a, i, W_HAD) ||
                    token_is(a, i, W_DID);
        bool have = token_is(a, i, W_HAS) || token_is(a, i, W_HAVE) || token_is(a, i, W_HAD) ||
                    token_is(a, i, W_HAVING);
        bool does = token_is(a, i, W_DO) || token_is(a, i, W_DOES) || token_is(a, i, W_DID);
        bool bare = token_is(a, i, W_BE) || token_is(a, i, W_BEEN) || token_is(a, i, W_BEING) ||
                    token_is(a, i, W_HAVING);
        if (!bare && c->before != BEFORE_TO && c->before != BEFORE_MODAL)
            g->flags |= VERB_FINITE | (past ? VERB_PAST : 0);
        if (token_is(a, i, W_HAVING) || token_is(a, i, W_BEING))
            g->flags |= (g->flags & (VERB_FINITE | VERB_INFINITIVE)) ? 0 : VERB_GERUND;
        if (token_is(a, i, W_BEEN))
            g->flags |= VERB_PERFECT;
        if (a->words[i].classes & CLASS(NEGATION))
            g->flags |= VERB_NEGATED;
        c->before = have ? BEFORE_HAVE : does ? BEFORE_MODAL : BEFORE_BE;
    } else if (!token_has(a, i, CLASS(ADVERB)) && !token_is(a, i, W_SINCE)) {
        return false;
    }
    return true;
}

/* Where an amount begins at a token, past its qualifier. */
static bool amount_begins(const struct cutter *c, size_t i)
{
    const struct sense *sense;
    size_t next = i < c->end ? phrase_at(c->a, i, c->end, SENSE_QUALIFIER, &sense) : 0;
    if (next == 0)
        next = i;
    return next < c->end && c->a->quantity_at[next] != 0;
}

/* "agreed to pay $1.1 billion", "lost 2.8%", "tacked another $140 million onto": what is done to
 * something is no participle, which has its object before it; nor is what rises or falls. */
static bool acts(const struct cutter *c, size_t i)
{
    const struct analysis *a = c->a;
    const struct name *subject = c->before == BEFORE_NOUN ? name_at(a, c->noun) : NULL;
    bool firm = subject != NULL && subject->kind != NAME_PLACE && !subject->possessive;
    bool listed = firm && subject->first > c->x->sentence->first &&
                  token_is(a, subject->first - 1u, W_COMMA); /* ", Microsoft got through" */
    if (i + 1 >= c->end)
        return false;
    if (amount_begins(c, i + 1))
        return true;
    if (token_has(a, i + 1, CLASS(ARTICLE) | CLASS(POSSESSIVE)) || token_is(a, i + 1, W_ANOTHER))
        return !token_has(a, i + 2, CLASS(TIMEUNIT)); /* "founded a decade ago" */
    bool intends = token_is(a, i + 1, W_TO) && token_has(a, i + 2, CLASS(VERBBASE));
    return firm && (listed || intends || token_has(a, i, CLASS(RISE) | CLASS(FALL)));
}

/* "raised by", ", raised from": a past form that describes a noun, not a verb of its own. */
static bool is_bare_participle(const struct cutter *c, size_t i, uint64_t form)
{
    if (token_is(c->a, i + 1, W_BY))
        return true;
    if (token_has(c->a, i, CLASS(SAYING) | CLASS(TELLING)))
        return false;
    if (form == CLASS(VERBPARTICIPLE))
        return true;
    if (acts(c, i))
        return false;
    if (c->before == BEFORE_COMMA)
        return !c->finite && token_has(c->a, i + 1, CLASS(PREPOSITION));
    return c->before == BEFORE_NOUN && (c->finite || verb_ahead(c, i + 1));
}

/* What the form of the main verb and the helper before it say together. */
static void finish_verb(struct cutter *c, struct group *g, size_t i, uint64_t form)
{
    bool helped = g->last > g->first;
    g->head = (uint32_t)i;
    g->last = (uint32_t)i + 1;
    if (form == CLASS(VERBING))
        g->flags |= c->before == BEFORE_BE && helped ? VERB_PROGRESSIVE : VERB_GERUND;
    else if (form == CLASS(VERBS) || (form == CLASS(VERBBASE) && c->before != BEFORE_TO))
        g->flags |= VERB_FINITE;
    else if (form == CLASS(VERBPAST) || form == CLASS(VERBPARTICIPLE)) {
        if (c->before == BEFORE_BE && helped)
            g->flags |= VERB_PASSIVE;
        else if (c->before == BEFORE_HAVE && helped)
            g->flags |= VERB_PERFECT;
        else
            g->flags |= is_bare_participle(c, i, form) ? VERB_PARTICIPLE | VERB_PASSIVE
                                                       : VERB_FINITE | VERB_PAST;
    }
}

/* A group of verbs at a token; its end, 0 if there is none. */
static size_t take_verb(struct cutter *c, size_t i)
{
    const struct analysis *a = c->a;
    enum before before = c->before;
    struct group verb = {.first = (uint32_t)i, .last = (uint32_t)i};
    uint64_t form = 0;
    size_t at = i;
    if (token_is(a, i, W_TO)) {
        size_t next = i + 1;
        c->before = BEFORE_TO;
        while (next < c->end && token_has(a, next, CLASS(ADVERB)))
            next++;
        bool infinitive =
            next < c->end && (token_is(a, next, W_BE) || token_is(a, next, W_HAVE) ||
                              token_is(a, next, W_DO) || verb_form(c, next) == CLASS(VERBBASE));
        if (!infinitive) {
            c->before = before;
            return 0;
        }
        verb.flags |= VERB_INFINITIVE;
        at = i + 1;
        verb.last = (uint32_t)at;
    } else if (!token_has(a, i, CLASS(MODAL) | CLASS(AUXILIARY)) && (form = verb_form(c, i)) == 0) {
        return 0;
    }
    while (at < c->end && a->name_at[at] == 0 && a->quantity_at[at] == 0 && is_word(a, at)) {
        form = verb_form(c, at);
        bool helper = token_has(a, at, CLASS(MODAL) | CLASS(AUXILIARY) | CLASS(NEGATION));
        if (form != 0 && (!helper || verb.last == at) && !token_has(a, at, CLASS(AUXILIARY)))
            break;
        if (!take_helper(c, at, &verb))
            break;
        verb.head = (uint32_t)at;
        verb.last = (uint32_t)++at;
    }
    if (form != 0 && at < c->end && !token_has(a, at, CLASS(AUXILIARY))) {
        finish_verb(c, &verb, at, form);
    } else {
        while (verb.last > verb.first + 1 && token_has(a, verb.last - 1, CLASS(ADVERB)))
            --verb.last;
        verb.head = verb.last - 1;
    }
    struct group *g = verb.last > verb.first ? add_group(c, GROUP_VERB, i) : NULL;
    if (g == NULL) {
        c->before = before;
        return 0;
    }
    g->last = verb.last;
    g->head = verb.head;
    g->modal = verb.modal;
    g->flags = verb.flags;
    c->finite = c->finite || (verb.flags & VERB_FINITE) != 0;
    c->before = BEFORE_VERB;
    return verb.last;
}

/* ---- Nouns ---- */

static bool is_time(const struct analysis *a, size_t token)
{
    bool relative =
        token_is(a, token, W_LAST) || token_is(a, token, W_NEXT) || token_is(a, token, W_THIS);
    if (relative && token_has(a, token + 1, CLASS(TIMEUNIT)))
        return true;
    return token_has(a, token, CLASS(WEEKDAY)) ||
           (token_has(a, token, CLASS(MONTH)) && a->tokens.at[token].capital);
}

/* Whether a token goes on with a group of nouns that began before it. */
static bool joins_noun(const struct cutter *c, const struct group *g, size_t i)
{
    const struct analysis *a = c->a;
    const struct dw_token *t = &a->tokens.at[i];
    size_t last = i - 1;
    if (a->quantity_at[i] != 0) {
        const struct name *before = name_at(a, last);
        bool owner = before == NULL || before->possessive || before->kind == NAME_PLACE;
        return a->quantity_at[last] != a->quantity_at[i] ? owner && a->quantity_at[last] == 0
                                                         : true;
    }
    const struct name *name = name_at(a, i);
    /* "a $38 billion, seven-year deal" */
    if (token_is(a, i, W_COMMA))
        return token_has(a, g->first, CLASS(ARTICLE)) && a->quantity_at[last] != 0 &&
               i + 3 < c->end && a->tokens.at[i + 2].kind == DW_TOKEN_DASH &&
               token_has(a, i + 3, CLASS(TIMEUNIT));
    if (name != NULL) {
        if (name == name_at(a, last))
            return true;
        if (name->kind == NAME_REFERENCE || name->first != i)
            return false;
        /* "chipmaker Nvidia", "Microsoft CEO Nadella"; but "in return Nvidia", "$5bn Nvidia" */
        bool describes = token_has(a, last,
                                   CLASS(REFNOUN) | CLASS(STARTUPCUE) | CLASS(TITLEWORD) |
                                       CLASS(ORGSUFFIX) | CLASS(DETERMINER) | CLASS(ARTICLE)) ||
                         a->tokens.at[last].capital || a->tokens.at[last].possessive ||
                         (last > g->first && a->tokens.at[last - 1].kind == DW_TOKEN_DASH);
        const struct name *before = name_at(a, last);
        bool apart = is_time(a, last) ||
                     (before != NULL && before->kind == NAME_PLACE && !before->possessive);
        return a->quantity_at[last] == 0 && !apart && (describes || name->kind == NAME_PERSON);
    }
    if (token_is(a, last, W_SERIES) && t->end - t->start == 1)
        return true; /* "a Series A" */
    if (t->kind == DW_TOKEN_DASH)
        return !t->space || (i + 1 < c->end && !a->tokens.at[i + 1].space);
    if (t->kind == DW_TOKEN_NUMBER || t->kind == DW_TOKEN_CURRENCY)
        return true;
    if (t->kind != DW_TOKEN_WORD ||
        (is_time(a, i) && !is_time(a, g->first) && c->before != BEFORE_DESCRIBER))
        return t->kind == DW_TOKEN_PUNCT && !t->space &&
               (token_is(a, i, W_STOP) || token_is(a, i, W_AMPERSAND) || token_is(a, i, W_SLASH)) &&
               i + 1 < c->end && is_word(a, i + 1);
    if (token_has(a, i, CLASS(ADVERB)) && c->before != BEFORE_DESCRIBER)
        return false;
    return !token_has(a, i,
                      CLASS(PREPOSITION) | CLASS(CONJUNCTION) | CLASS(RELATIVE) | CLASS(MODAL) |
                          CLASS(AUXILIARY) | CLASS(ARTICLE) | CLASS(PRONOUN)) &&
           !(token_has(a, i, CLASS(DETERMINER)) && !token_is(a, i, W_OTHER) &&
             !token_has(a, i, CLASS(NEGATION)));
}

/* Whether the group's last token only describes what follows it. */
static enum before before_in_noun(const struct analysis *a, size_t token)
{
    /* "This follows a deal": what seems to describe stands for itself */
    bool pointing = token_is(a, token, W_THIS) || token_is(a, token, W_THAT);
    if (pointing && token_has(a, token + 1, CLASS(VERBS)) &&
        token_has(a, token + 2, CLASS(ARTICLE) | CLASS(DETERMINER)))
        return BEFORE_PRONOUN;
    if (a->name_at[token] == 0 && a->quantity_at[token] == 0 &&
        token_has(a, token, CLASS(DETERMINER) | CLASS(ARTICLE)))
        return BEFORE_DESCRIBER;
    const struct name *name = name_at(a, token);
    bool owner = (name != NULL && name->possessive) || a->tokens.at[token].possessive;
    return owner                                          ? BEFORE_DESCRIBER
           : name != NULL && name->kind == NAME_REFERENCE ? BEFORE_PRONOUN
                                                          : BEFORE_NOUN;
}

/* A verb behind a describer, "the acquired company", is an adjective. */
static size_t take_noun(struct cutter *c, size_t i)
{
    const struct analysis *a = c->a;
    struct group *g = add_group(c, GROUP_NOUN, i);
    if (g == NULL)
        return i + 1;
    size_t at = i;
    do {
        const struct name *name = name_at(a, at);
        const struct quantity *q =
            a->quantity_at[at] != 0 ? &a->quantities.at[a->quantity_at[at] - 1] : NULL;
        size_t next = name != NULL && name->first <= at && name->last > at ? name->last : at + 1;
        if (q != NULL && q->last > at)
            next = q->last;
        if (q != NULL && q->reach > next)
            next = q->reach;
        at = next > c->end ? c->end : next;
        c->before = before_in_noun(a, at - 1);
        c->noun = at - 1;
        if (c->before == BEFORE_PRONOUN)
            break;
    } while (at < c->end && joins_noun(c, g, at) && verb_form(c, at) == 0);
    g->last = (uint32_t)at;
    g->head = (uint32_t)at - 1;
    c->noun = at - 1;
    if (c->before == BEFORE_DESCRIBER && name_at(a, at - 1) == NULL)
        c->before = BEFORE_NOUN;
    return at;
}

/* ---- The sentence ---- */

/* "that" behind a noun begins a relative clause, as "which" does; "that deal" describes. */
static bool is_relative(const struct cutter *c, size_t i)
{
    const struct analysis *a = c->a;
    if (!token_has(a, i, CLASS(RELATIVE)) || a->name_at[i] != 0)
        return false;
    if (!token_is(a, i, W_THAT))
        return true;
    if (c->before == BEFORE_NOUN || c->before == BEFORE_VERB)
        return true;
    return i + 1 < c->end && (token_has(a, i + 1, CLASS(AUXILIARY) | CLASS(MODAL)));
}

/* "after it raised", "while Meta spent"; "after the deal" is a preposition. */
static bool is_subordinate(const struct cutter *c, size_t i)
{
    enum { NEAR = 8 };
    const struct analysis *a = c->a;
    if (token_has(a, i, CLASS(CONJUNCTION)) && !token_is(a, i, W_AND) && !token_is(a, i, W_OR) &&
        !token_is(a, i, W_BUT))
        return true;
    if (!token_is(a, i, W_AFTER) && !token_is(a, i, W_BEFORE) && !token_is(a, i, W_SINCE) &&
        !token_is(a, i, W_AS) && !token_is(a, i, W_UNTIL))
        return false;
    for (size_t k = i + 1; k < c->end && k < i + NEAR; k++) {
        if (token_is(a, k, W_COMMA) || token_has(a, k, CLASS(PREPOSITION) | CLASS(RELATIVE)))
            return false;
        if (token_has(a, k, CLASS(VERBING)) && k == i + 1)
            return false;
        bool noun = k > i + 1;
        if (noun && token_has(a, k, CLASS(AUXILIARY) | CLASS(MODAL) | CLASS(VERBPAST)) &&
            !a->tokens.at[k].capital)
            return true;
        bool sure = !token_has(a, k, CLASS(VERBNOUN)) || token_has(a, k - 1, CLASS(PRONOUN));
        if (noun && token_has(a, k, CLASS(VERBS)) && sure && !a->tokens.at[k].capital)
            return true;
    }
    return false;
}

/* Behind its bracket a sentence goes on as if there had been none. */
static size_t open_bracket(struct cutter *c, size_t i)
{
    c->outside = c->before;
    return add_item(c, ITEM_OPEN, i, BEFORE_START);
}

static size_t take_sign(struct cutter *c, size_t i)
{
    const struct analysis *a = c->a;
    if (token_is(a, i, W_COMMA))
        return add_item(c, ITEM_COMMA, i, BEFORE_COMMA);
    if (token_is(a, i, W_OPEN))
        return open_bracket(c, i);
    if (token_is(a, i, W_CLOSE))
        return add_item(c, ITEM_CLOSE, i, c->outside);
    bool dash = a->tokens.at[i].kind == DW_TOKEN_DASH && a->tokens.at[i].space;
    if (token_is(a, i, W_SEMICOLON) || token_is(a, i, W_COLON) || dash) {
        c->finite = false;
        return add_item(c, ITEM_BREAK, i, BEFORE_START);
    }
    return i + 1;
}

static size_t take_word(struct cutter *c, size_t i)
{
    const struct analysis *a = c->a;
    size_t end = take_verb(c, i);
    if (end > 0)
        return end;
    if (is_relative(c, i)) {
        c->finite = false;
        return add_item(c, ITEM_RELATIVE, i, BEFORE_PRONOUN);
    }
    if (is_subordinate(c, i)) {
        c->finite = false;
        return add_item(c, ITEM_SUBORDINATE, i, BEFORE_START);
    }
    if (token_is(a, i, W_AND) || token_is(a, i, W_OR) || token_is(a, i, W_BUT))
        return add_item(c, ITEM_AND, i, BEFORE_AND);
    const struct sense *sense;
    size_t qualifier = phrase_at(a, i, c->end, SENSE_QUALIFIER, &sense);
    if (qualifier > 0 && qualifier < c->end && a->quantity_at[qualifier] != 0)
        return qualifier;
    if (token_has(a, i, CLASS(PREPOSITION)) || token_is(a, i, W_WORTH) ||
        token_is(a, i, W_ACCORDING) || token_is(a, i, W_TOTALING) || token_is(a, i, W_TOTALLING))
        return add_item(c, ITEM_PREPOSITION, i, BEFORE_PREPOSITION);
    if (token_has(a, i, CLASS(ADVERB) | CLASS(NEGATION)))
        return i + 1;
    return take_noun(c, i);
}

/* Notes the group of each token, since many ask for it. */
static void index_groups(struct syntax *x)
{
    size_t start = x->sentence->first;
    size_t count = x->sentence->last - start;
    memset(x->group_of, NO_GROUP, count < MOST_GROUPED ? count : MOST_GROUPED);
    for (size_t g = 0; g < x->len; g++) {
        for (size_t i = x->groups[g].first; i < x->groups[g].last && i - start < MOST_GROUPED; i++)
            x->group_of[i - start] = (uint8_t)g;
    }
}

void cut_groups(const struct analysis *a, const struct dw_sentence *sentence, struct syntax *x)
{
    struct cutter c = {.a = a, .x = x, .end = sentence->last, .title = sentence->title_case};
    x->sentence = sentence;
    x->len = 0;
    x->item_len = 0;
    for (size_t i = sentence->first; i < c.end && x->len < MOST_GROUPS;) {
        uint8_t kind = a->tokens.at[i].kind;
        bool noun = a->name_at[i] != 0 || a->quantity_at[i] != 0 || kind == DW_TOKEN_NUMBER ||
                    kind == DW_TOKEN_CURRENCY;
        if (noun)
            i = take_noun(&c, i);
        else if (token_is(a, i, W_AMPERSAND))
            i = add_item(&c, ITEM_AND, i, BEFORE_AND);
        else if (is_word(a, i))
            i = take_word(&c, i);
        else
            i = take_sign(&c, i);
    }
    index_groups(x);
}

bool stands_beside(const struct analysis *a, const struct syntax *x, size_t noun, size_t amount)
{
    if (noun + 1 != amount || x->groups[noun].kind != GROUP_NOUN ||
        x->groups[amount].preposition != 0)
        return false;
    size_t at = x->groups[noun].last;
    size_t first = x->groups[noun].first;
    bool begins = first == x->sentence->first || token_is(a, first - 1, W_SEMICOLON) ||
                  token_is(a, first - 1, W_COLON);
    if (begins && token_is(a, at, W_COMMA))
        at++; /* "; Microsoft, $5 billion" */
    const struct sense *sense;
    size_t qualifier = phrase_at(a, at, x->sentence->last, SENSE_QUALIFIER, &sense);
    return (qualifier > 0 ? qualifier : at) == x->groups[amount].first;
}

size_t group_at(const struct syntax *x, size_t token)
{
    size_t at = token - x->sentence->first;
    if (at < MOST_GROUPED)
        return token < x->sentence->last ? x->group_of[at] : NO_GROUP;
    size_t found = 0;
    while (found < x->len && x->groups[found].last <= token)
        found++;
    return found < x->len && x->groups[found].first <= token ? found : NO_GROUP;
}
