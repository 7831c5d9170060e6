/* Clauses: who is the subject of a verb, where a clause ends, lists of names. */
#include "internal.h"

bool verb_follows(const struct analysis *a, size_t token)
{
    enum { NEAR = 5 };
    for (size_t i = token; i < a->tokens.len && i < token + NEAR; i++) {
        const struct sense *sense;
        if (token_has(a, i, CLASS(AUXILIARY) | CLASS(MODAL)))
            return true;
        if (a->tokens.at[i].kind != DW_TOKEN_WORD || token_has(a, i, CLASS(PREPOSITION)))
            return false;
        if (!a->tokens.at[i].capital && phrase_at(a, i, a->tokens.len, SENSE_TRIGGER, &sense) > 0 &&
            a->lexicon->triggers.at[sense->index].part == TRIGGER_VERB)
            return true;
    }
    return false;
}

/* "rose to $57 billion and will reach $65 billion", "met its target and laid off 300": a verb right
 * behind "and" says something new of the same subject. */
static bool begins_predicate(const struct analysis *a, size_t token)
{
    const struct sense *sense;
    if (!token_is(a, token, W_AND) && !token_is(a, token, W_BUT))
        return false;
    if (token_has(a, token + 1, CLASS(MODAL) | CLASS(AUXILIARY)))
        return true;
    if (token + 1 >= a->tokens.len || a->tokens.at[token + 1].capital)
        return false;
    return phrase_at(a, token + 1, a->tokens.len, SENSE_TRIGGER, &sense) > 0 &&
           a->lexicon->triggers.at[sense->index].part == TRIGGER_VERB;
}

/* Whether a clause begins at a token that is marked so: what comes before says nothing of what
 * comes after. */
static bool begins_clause_at(const struct analysis *a, size_t token)
{
    if (token_is(a, token, W_SEMICOLON) || token_is(a, token, W_COLON) ||
        token_is(a, token, W_OPEN))
        return true;
    if (a->tokens.at[token].kind == DW_TOKEN_DASH && a->tokens.at[token].space &&
        token + 1 < a->tokens.len && a->tokens.at[token + 1].space)
        return true;
    if (begins_predicate(a, token))
        return true;
    if (!token_is(a, token, W_COMMA))
        return false;
    if (token_is(a, token + 1, W_AND) || token_is(a, token + 1, W_OR))
        return verb_follows(a, token + 2);
    return token_has(a, token + 1, CLASS(CONJUNCTION) | CLASS(RELATIVE)) ||
           token_is(a, token + 1, W_AFTER) || token_is(a, token + 1, W_FOLLOWING) ||
           token_is(a, token + 1, W_WITH) || token_is(a, token + 1, W_BEFORE);
}

static inline bool is_boundary(const struct analysis *a, size_t token)
{
    return (a->marks[token] & MARK_BORDER) != 0 && begins_clause_at(a, token);
}

void clause_around(const struct analysis *a, const struct dw_sentence *s, size_t token,
                   size_t *first, size_t *last)
{
    *first = token;
    *last = token;
    while (*first > s->first && !is_boundary(a, *first - 1))
        --*first;
    while (*last < s->last && !(*last > token && is_boundary(a, *last)))
        ++*last;
}

bool add_party(const struct analysis *a, const struct name *name, struct dw_strs *names)
{
    if (name == NULL || name->entity == UINT32_MAX || name->aside ||
        (name->kind != NAME_ORGANISATION && name->kind != NAME_REFERENCE))
        return false;
    const struct entity *entity = &a->entities.at[name->entity];
    if (entity->person || entity->outlet)
        return false;
    if (!dw_strs_has(names, entity->name))
        dw_strs_push(a->arena, names, entity->name);
    return true;
}

/* Whether the name is governed by a preposition or belongs to another noun. */
static bool is_oblique(const struct analysis *a, const struct dw_sentence *s,
                       const struct name *name)
{
    if (name->first == s->first)
        return false;
    size_t before = name->first - 1;
    if (token_is(a, before, W_THE) && before > s->first)
        before--;
    if (token_is(a, before, W_AND) || token_is(a, before, W_COMMA) || token_is(a, before, W_OR))
        return false;
    return token_has(a, before, CLASS(PREPOSITION)) && !token_is(a, before, W_AFTER) &&
           !token_is(a, before, W_AS) && !token_is(a, before, W_WHILE) &&
           !token_is(a, before, W_SINCE);
}

/* "Reuters had reported": an outlet that tells of others. */
static bool only_tells(const struct analysis *a, const struct name *name)
{
    enum { HELPERS = 3 };
    if (!dw_str_eq(a->entities.at[name->entity].category, DW_STR("media")))
        return false;
    for (size_t i = name->last; i < a->tokens.len && i < name->last + HELPERS; i++) {
        if (token_has(a, i, CLASS(SAYING) | CLASS(TELLING)))
            return true;
    }
    return false;
}

static bool is_subject_like(const struct analysis *a, const struct dw_sentence *s,
                            const struct name *name)
{
    if (name->possessive || name->aside || name->entity == UINT32_MAX ||
        (name->kind != NAME_ORGANISATION && name->kind != NAME_REFERENCE &&
         name->kind != NAME_PERSON))
        return false;
    if (name->kind == NAME_PERSON && a->entities.at[name->entity].company.len == 0)
        return false;
    return !is_oblique(a, s, name) && !only_tells(a, name);
}

/* Names joined to the one before: "Microsoft and Nvidia", "A, B and C". */
static void add_joined_before(const struct analysis *a, const struct dw_sentence *s,
                              const struct name *name, struct dw_strs *names)
{
    size_t at = name->first;
    while (at > s->first + 1) {
        size_t before = at - 1;
        bool joined = token_is(a, before, W_AND) || token_is(a, before, W_AMPERSAND) ||
                      token_is(a, before, W_COMMA);
        if (!joined)
            return;
        if (token_is(a, before, W_AND) && before > s->first && token_is(a, before - 1, W_COMMA))
            before--;
        const struct name *other = before > s->first ? name_at(a, before - 1) : NULL;
        if (other == NULL || other->kind != NAME_ORGANISATION || other->possessive ||
            (token_is(a, before, W_COMMA) && !token_is(a, at - 1, W_AND) && names->len < 2))
            return;
        if (is_oblique(a, s, other))
            return;
        add_party(a, other, names);
        at = other->first;
    }
}

static void add_subject(const struct analysis *a, const struct dw_sentence *s,
                        const struct name *name, struct dw_strs *names)
{
    const struct entity *entity = &a->entities.at[name->entity];
    if (entity->person) {
        if (!dw_strs_has(names, entity->company))
            dw_strs_push(a->arena, names, entity->company);
        return;
    }
    add_party(a, name, names);
    if (name->kind == NAME_ORGANISATION)
        add_joined_before(a, s, name, names);
}

/* Goes left from a verb to the nearest name that can be its subject. A comma with a relative
 * pronoun
 * ("OpenAI, which raised") leads to the name before the pronoun, as any other does. */
bool find_subject(const struct analysis *a, const struct dw_sentence *s, size_t verb,
                  struct dw_strs *names)
{
    const struct name *fallback = NULL;
    size_t commas = 0;
    for (size_t i = verb; i > s->first; i--) {
        size_t at = i - 1;
        if (token_is(a, at, W_SEMICOLON))
            break;
        commas += token_is(a, at, W_COMMA);
        const struct name *name = name_at(a, at);
        if (name == NULL)
            continue;
        if (is_subject_like(a, s, name)) {
            add_subject(a, s, name, names);
            return names->len > 0;
        }
        if (fallback == NULL && name->kind == NAME_ORGANISATION && !name->aside && name->possessive)
            fallback = name;
        i = name->first + 1;
    }
    if (fallback != NULL && commas == 0)
        add_party(a, fallback, names);
    return names->len > 0;
}

/* Words that may stand between a link and the next name of a list: "and the chipmaker Nvidia". */
static bool may_lead(const struct analysis *a, size_t token)
{
    return a->tokens.at[token].kind == DW_TOKEN_WORD && a->quantity_at[token] == 0 &&
           !token_has(a, token,
                      CLASS(RELATIVE) | CLASS(AUXILIARY) | CLASS(MODAL) | CLASS(PRONOUN)) &&
           !(token_has(a, token, CLASS(PREPOSITION)) && !token_is(a, token, W_INCLUDING) &&
             !token_is(a, token, W_FROM) && !token_is(a, token, W_BY));
}

/* The next name within some words; NULL if something else comes first. */
static const struct name *name_ahead(const struct analysis *a, size_t token, size_t end)
{
    enum { LEAD_IN = 5 };
    for (size_t i = token; i < end && i < token + LEAD_IN; i++) {
        const struct name *name = name_at(a, i);
        if (name != NULL && name->kind != NAME_PLACE)
            return name;
        if (name == NULL && !may_lead(a, i))
            return NULL;
    }
    return NULL;
}

/* Whether what follows a name makes it the subject of a clause of its own: ", DCD reported". */
static bool begins_clause(const struct analysis *a, const struct name *name)
{
    const struct sense *sense;
    size_t next = name->last;
    if (next >= a->tokens.len || a->tokens.at[next].capital)
        return false;
    if (token_has(a, next, CLASS(AUXILIARY) | CLASS(MODAL)) || token_is(a, next, W_SAID) ||
        token_is(a, next, W_SAYS) || token_is(a, next, W_REPORTED) || token_is(a, next, W_REPORTS))
        return true;
    return phrase_at(a, next, a->tokens.len, SENSE_TRIGGER, &sense) > 0 &&
           a->lexicon->triggers.at[sense->index].part == TRIGGER_VERB && !name->possessive;
}

static size_t skip_link(const struct analysis *a, size_t at, size_t end)
{
    size_t start = at;
    if (at < end && token_is(a, at, W_COMMA))
        at++;
    if (token_is(a, at, W_AND) || token_is(a, at, W_AMPERSAND) || token_is(a, at, W_INCLUDING) ||
        token_is(a, at, W_PLUS))
        return at + 1;
    if (token_is(a, at, W_AS) && token_is(a, at + 1, W_WELL) && token_is(a, at + 2, W_AS))
        return at + 3;
    if (token_is(a, at, W_ALONG) && token_is(a, at + 1, W_WITH))
        return at + 2;
    return at > start ? at : 0;
}

/* "OpenAI's rival, Anthropic": who is meant comes after the one who is not. */
static const struct name *name_behind_aside(const struct analysis *a, const struct name *aside,
                                            size_t end)
{
    size_t at = aside->last;
    while (at < end && at < aside->last + 4u && a->tokens.at[at].kind == DW_TOKEN_WORD &&
           name_at(a, at) == NULL)
        at++;
    if (token_is(a, at, W_COMMA))
        at++;
    return at < end ? name_at(a, at) : NULL;
}

bool read_list(const struct analysis *a, size_t token, size_t end, struct dw_strs *names)
{
    const struct name *name = name_ahead(a, token, end);
    bool any = false;
    if (name != NULL && name->aside)
        name = name_behind_aside(a, name, end);
    for (size_t count = 0; name != NULL && count < 30; count++) {
        if (any && begins_clause(a, name))
            break;
        /* "X's rival": somebody else is meant */
        if (name->possessive || !add_party(a, name, names))
            break;
        any = true;
        size_t next = skip_link(a, name->last, end);
        name = next > 0 ? name_ahead(a, next, end) : NULL;
    }
    return any;
}
