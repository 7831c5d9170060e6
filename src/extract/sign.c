/* Signs: what holds around a quantity that speaks for one kind or another, whatever its triggers.
 */
#include "internal.h"

#include <math.h>

_Static_assert(SIGN_COUNT <= 64, "signs are bits");

/* Signs that a word of some class gives which stands within some tokens before or behind. */
static const struct near_sign {
    uint64_t classes;
    uint8_t back, ahead;
    uint8_t sign;
} near_signs[] = {
    {CLASS(SHARE) | CLASS(SHARENOUN), 12, 6, SIGN_SHARES},
    {CLASS(DISPUTE), 60, 60, SIGN_DISPUTE},
    {CLASS(RISE) | CLASS(FALL), 6, 3, SIGN_MOVES},
    {CLASS(WORKFORCE), 6, 8, SIGN_WORKFORCE},
    {CLASS(EARNINGS), 14, 0, SIGN_EARNINGS},
    {CLASS(LOSS), 8, 3, SIGN_LOSS},
    {CLASS(OUTLOOK), 10, 8, SIGN_OUTLOOK},
    {CLASS(FORPERIOD), 3, 6, SIGN_PERIOD},
    {CLASS(RATIO), 7, 5, SIGN_RATIO},
};
#define FARTHEST 60
#define NEAR_CLASSES                                                                        \
    (CLASS(SHARE) | CLASS(SHARENOUN) | CLASS(DISPUTE) | CLASS(RISE) | CLASS(FALL) |         \
     CLASS(WORKFORCE) | CLASS(EARNINGS) | CLASS(LOSS) | CLASS(OUTLOOK) | CLASS(FORPERIOD) | \
     CLASS(RATIO))

/* The signs that the words around a quantity give, each looked at once. */
static signs signs_near(const struct analysis *a, const struct dw_sentence *s,
                        const struct quantity *q)
{
    size_t first = q->first > s->first + FARTHEST ? q->first - FARTHEST : s->first;
    size_t last = q->reach + FARTHEST < s->last ? q->reach + FARTHEST : s->last;
    signs found = 0;
    for (size_t i = first; i < last; i++) {
        uint64_t classes = a->words[i].classes & NEAR_CLASSES;
        if (classes == 0 || (i >= q->first && i < q->last))
            continue;
        for (size_t k = 0; k < sizeof near_signs / sizeof near_signs[0]; k++) {
            const struct near_sign *n = &near_signs[k];
            bool near = i < q->first ? q->first - i <= n->back : i < q->reach + (size_t)n->ahead;
            if (near && (classes & n->classes) != 0)
                found |= (signs)1 << n->sign;
        }
    }
    return found;
}

static bool is_company_group(const struct analysis *a, const struct group *g)
{
    for (size_t i = g->first; i < g->last; i++) {
        const struct name *name = name_at(a, i);
        if (name != NULL && (name->kind == NAME_ORGANISATION || name->kind == NAME_REFERENCE) &&
            !(name->possessive && i + 1 < g->last))
            return true;
    }
    /* "OpenAI's biggest competitor", "a startup", but not "its cloud company" */
    return token_has(a, g->head, CLASS(FIRMNOUN)) && !token_has(a, g->first, CLASS(POSSESSIVE));
}

static bool is_place_group(const struct analysis *a, const struct group *g)
{
    for (size_t i = g->first; i < g->last; i++) {
        const struct name *name = name_at(a, i);
        if ((name != NULL && name->kind == NAME_PLACE) || token_has(a, i, CLASS(FACILITY)))
            return true;
    }
    return false;
}

static bool group_has(const struct analysis *a, const struct group *g, uint64_t classes)
{
    for (size_t i = g->first; i < g->last; i++) {
        if (token_has(a, i, classes))
            return true;
    }
    return false;
}

/* What is paid for, as the noun behind a quantity says. */
static signs signs_of_thing(const struct analysis *a, const struct group *g, size_t word)
{
    bool of = token_is(a, word, W_OF) || token_is(a, word, W_IN) || token_is(a, word, W_ON) ||
              token_is(a, word, W_FOR);
    signs found = 0;
    if (of && group_has(a, g, CLASS(GOODSWORD)))
        found |= SIGN(OF_GOODS);
    if (of && group_has(a, g, CLASS(SHARE) | CLASS(SHARENOUN)))
        found |= SIGN(OF_SHARES);
    if (token_is(a, word, W_FOR) &&
        (group_has(a, g, CLASS(SHARE)) ||
         (a->quantity_at[g->first] != 0 &&
          is_unit(&a->quantities.at[a->quantity_at[g->first] - 1], "percent"))))
        found |= SIGN(FOR_STAKE);
    if (token_is(a, word, W_TO) && group_has(a, g, CLASS(PERSONS)))
        found |= SIGN(TO_PERSON);
    return found;
}

/* What the prepositional phrases behind a quantity, before the next amount of its sort, are. */
static signs signs_behind(const struct analysis *a, const struct scene *scene,
                          const struct quantity *q)
{
    enum { MOST = 6 };
    const struct syntax *x = &scene->syntax;
    size_t own = group_at(x, q->first);
    signs found = 0;
    for (size_t i = own; own != NO_GROUP && i < x->len && i <= own + MOST; i++) {
        const struct group *g = &x->groups[i];
        if (i > own && g->kind == GROUP_VERB && (g->flags & VERB_FINITE))
            break;
        bool amount = i > own && a->quantity_at[g->first] != 0;
        if (g->kind != GROUP_NOUN || g->preposition == 0 || i == own) {
            if (amount)
                break;
            continue;
        }
        size_t word = g->preposition - 1;
        found |= signs_of_thing(a, g, word);
        if (amount)
            break;
        bool company = is_company_group(a, g);
        if (is_unit(q, "percent") && token_is(a, word, W_OF) && i == own + 1 && !company &&
            !group_has(a, g, CLASS(WORKFORCE) | CLASS(SHARE) | CLASS(SHARENOUN)))
            found |= SIGN(RATIO); /* "70% of developers" */
        bool place = !company && is_place_group(a, g);
        if (token_is(a, word, W_IN) || token_is(a, word, W_INTO))
            found |= company ? SIGN(IN_COMPANY) : place ? SIGN(IN_PLACE) : 0;
        else if (token_is(a, word, W_OF))
            found |= company ? SIGN(OF_COMPANY) : 0;
        else if (token_is(a, word, W_AT))
            found |= place ? SIGN(IN_PLACE) : 0;
        else if (token_is(a, word, W_FOR))
            found |= company ? SIGN(FOR_COMPANY) : 0;
        else if (token_is(a, word, W_ON))
            found |= company ? SIGN(ON_COMPANY) : SIGN(ON_THING);
        else if (token_is(a, word, W_TO))
            found |= company ? SIGN(TO_COMPANY) : 0;
        else if (token_is(a, word, W_FROM))
            found |= company ? SIGN(FROM_COMPANY) : 0;
        else if (token_is(a, word, W_BY))
            found |= company ? SIGN(BY_COMPANY) : 0;
        else if (token_is(a, word, W_WITH))
            found |= company ? SIGN(WITH_COMPANY) : 0;
    }
    return found;
}

/* "let 350 people go" */
static bool is_let_go(const struct analysis *a, const struct quantity *q)
{
    enum { NEAR = 6 };
    if (!token_is(a, q->reach, W_GO))
        return false;
    for (size_t i = q->first; i > 0 && q->first - i < NEAR; i--) {
        if (token_is(a, i - 1, W_LET) || token_is(a, i - 1, W_LETS) ||
            token_is(a, i - 1, W_LETTING))
            return true;
    }
    return false;
}

static signs signs_of_subject(const struct analysis *a, const struct scene *scene,
                              const struct quantity *q)
{
    const struct syntax *x = &scene->syntax;
    size_t verb = verb_of(x, group_of_quantity(scene, q));
    size_t subject = verb != NO_GROUP ? x->groups[verb].subject : NO_GROUP;
    const struct name *name = subject != NO_GROUP ? name_at(a, x->groups[subject].head) : NULL;
    size_t object = verb != NO_GROUP ? x->groups[verb].object : NO_GROUP;
    signs receiver = object != NO_GROUP && a->quantity_at[x->groups[object].first] == 0 &&
                             (group_has(a, &x->groups[object], CLASS(PERSONS)) ||
                              (name_at(a, x->groups[object].head) != NULL &&
                               name_at(a, x->groups[object].head)->kind == NAME_PERSON))
                         ? SIGN(TO_PERSON)
                         : 0;
    if (name == NULL || name->entity == UINT32_MAX)
        return receiver | (name != NULL && name->kind == NAME_PLACE ? SIGN(GOVERNMENT) : 0);
    if (name->kind == NAME_PERSON)
        return receiver | SIGN(PERSON);
    return receiver | (dw_str_eq(a->entities.at[name->entity].category, DW_STR("government"))
                           ? SIGN(GOVERNMENT)
                           : 0);
}

static signs signs_of_unit(const struct analysis *a, const struct quantity *q)
{
    static const signs styles[] = {
        [UNIT_STAFF] = SIGN(STAFF),   [UNIT_USERS] = SIGN(USERS), [UNIT_CROWD] = SIGN(CROWD),
        [UNIT_STRONG] = SIGN(STRONG), [UNIT_NEVER] = 0,
    };
    signs found = is_unit(q, "people") ? styles[q->style] : 0;
    bool posts = q->reach > 0 &&
                 (token_is(a, q->reach - 1, W_JOBS) || token_is(a, q->reach - 1, W_ROLES) ||
                  token_is(a, q->reach - 1, W_POSITIONS) || token_is(a, q->reach - 1, W_BUILDERS) ||
                  token_is(a, q->reach - 1, W_HIRES));
    found |= posts ? SIGN(POSTS) : 0;
    found |= q->per_unit ? SIGN(PER_UNIT) : 0;
    found |= q->term.len > 0 ? SIGN(RATE) : 0;
    found |= q->qualifier == DW_QUALIFIER_VAGUE ? SIGN(VAGUE) : 0;
    found |= q->bare ? SIGN(BARE) : 0;
    found |= q->is_money && fabs(q->value) < 20000 ? SIGN(SMALL) : 0;
    return found;
}

signs signs_of(const struct analysis *a, const struct scene *scene, const struct quantity *q)
{
    const struct dw_sentence *s = scene->sentence;
    size_t before = q->first > s->first ? q->first - 1 : q->first;
    signs found = signs_of_unit(a, q) | signs_behind(a, scene, q) | signs_of_subject(a, scene, q) |
                  signs_near(a, s, q);
    found |= token_is(a, before, W_THE) ? SIGN(DEFINITE) : 0;
    size_t own = group_at(&scene->syntax, q->first);
    uint32_t preposition = own != NO_GROUP ? scene->syntax.groups[own].preposition : 0;
    if (preposition > 0 && scene->syntax.groups[own].head >= q->last - 1) {
        found |= token_is(a, preposition - 1, W_AT) ? SIGN(AT_AMOUNT) : 0;
        found |= token_is(a, preposition - 1, W_TO) ? SIGN(TO_AMOUNT) : 0;
        found |= token_is(a, preposition - 1, W_FOR) ? SIGN(FOR_AMOUNT) : 0;
    }
    found |= is_let_go(a, q) ? SIGN(LET_GO) : 0;
    return found;
}
