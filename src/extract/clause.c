/* Clauses: who is the subject of a verb, where a clause ends, lists of names. */
#include "internal.h"

/* Whether a clause begins at a token: what comes before says nothing of what comes after. */
static bool is_boundary(const struct analysis *a, size_t token)
{
    if (token_is(a, token, ";") || token_is(a, token, ":") || token_is(a, token, "("))
        return true;
    if (a->tokens.at[token].kind == DW_TOKEN_DASH && a->tokens.at[token].space &&
        token + 1 < a->tokens.len && a->tokens.at[token + 1].space)
        return true;
    if (!token_is(a, token, ","))
        return false;
    return token_has(a, token + 1, CLASS(CONJUNCTION) | CLASS(RELATIVE)) ||
           token_is(a, token + 1, "after") || token_is(a, token + 1, "following") ||
           token_is(a, token + 1, "with") || token_is(a, token + 1, "before");
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
    if (entity->person)
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
    if (token_is(a, before, "the") && before > s->first)
        before--;
    if (token_is(a, before, "and") || token_is(a, before, ",") || token_is(a, before, "or"))
        return false;
    return token_has(a, before, CLASS(PREPOSITION)) && !token_is(a, before, "after") &&
           !token_is(a, before, "as") && !token_is(a, before, "while") &&
           !token_is(a, before, "since");
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
    return !is_oblique(a, s, name);
}

/* Names joined to the one before: "Microsoft and Nvidia", "A, B and C". */
static void add_joined_before(const struct analysis *a, const struct dw_sentence *s,
                              const struct name *name, struct dw_strs *names)
{
    size_t at = name->first;
    while (at > s->first + 1) {
        size_t before = at - 1;
        bool joined =
            token_is(a, before, "and") || token_is(a, before, "&") || token_is(a, before, ",");
        if (!joined)
            return;
        if (token_is(a, before, "and") && before > s->first && token_is(a, before - 1, ","))
            before--;
        const struct name *other = before > s->first ? name_at(a, before - 1) : NULL;
        if (other == NULL || other->kind != NAME_ORGANISATION || other->possessive ||
            (token_is(a, before, ",") && !token_is(a, at - 1, "and") && names->len < 2))
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
        if (token_is(a, at, ";"))
            break;
        commas += token_is(a, at, ",");
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

bool read_list(const struct analysis *a, size_t token, size_t end, struct dw_strs *names)
{
    enum { LEAD_IN = 6 };
    size_t at = token;
    size_t skipped = 0;
    bool any = false;
    while (at < end) {
        const struct name *name = name_at(a, at);
        if (name != NULL && add_party(a, name, names)) {
            any = true;
            skipped = 0;
            at = name->last;
            continue;
        }
        bool link = token_is(a, at, ",") || token_is(a, at, "and") || token_is(a, at, "&") ||
                    token_is(a, at, "including") || token_is(a, at, "as") ||
                    token_is(a, at, "well");
        bool stop = token_is(a, at, ";") || token_is(a, at, ".") || a->quantity_at[at] != 0 ||
                    token_has(a, at, CLASS(RELATIVE) | CLASS(AUXILIARY) | CLASS(MODAL)) ||
                    token_is(a, at, "at") || token_is(a, at, "for");
        if (stop || ++skipped > LEAD_IN || (any && !link && skipped > 3))
            break;
        at++;
    }
    return any;
}
