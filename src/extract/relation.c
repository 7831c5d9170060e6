/* Relations: how a trigger and an amount of one sentence hang together. */
#include "internal.h"

size_t group_of_quantity(const struct scene *scene, const struct quantity *q)
{
    size_t group = group_at(&scene->syntax, q->first);
    return group == NO_GROUP ? NO_GROUP : first_of_list(&scene->syntax, group);
}

static bool has_preposition(const struct analysis *a, const struct group *g, enum known_word word)
{
    return g->preposition > 0 && token_is(a, g->preposition - 1, word);
}

static bool is_worth(const struct analysis *a, const struct group *g)
{
    return has_preposition(a, g, W_OF) || has_preposition(a, g, W_WORTH) ||
           has_preposition(a, g, W_TOTALING) || has_preposition(a, g, W_TOTALLING);
}

/* The noun that a prepositional phrase may belong to, past an "of" in between: "purchase of X for
 * $5bn" has X before the phrase and the purchase one step up. */
static bool hangs_on_noun(const struct analysis *a, const struct syntax *x, const struct group *g,
                          size_t noun)
{
    size_t at = g->link == LINK_PREPOSITION ? g->noun : NO_GROUP;
    for (size_t steps = 0; at != NO_GROUP && steps < 4; steps++) {
        if (at == noun)
            return true;
        const struct group *next = &x->groups[at];
        bool goes_up = next->link == LINK_PREPOSITION || next->link == LINK_APPOSITION ||
                       next->link == LINK_COORDINATE;
        at = goes_up ? next->noun : NO_GROUP;
    }
    (void)a;
    return false;
}

/* Whether a verb itself tells what an amount is. */
static bool verb_tells(const struct analysis *a, const struct scene *scene,
                       const struct quantity *q, size_t verb)
{
    const struct group *v = &scene->syntax.groups[verb];
    for (size_t i = 0; i < scene->count; i++) {
        const struct occurrence *o = &scene->triggers[i];
        const struct trigger *t = &a->lexicon->triggers.at[o->trigger];
        if (o->first >= v->first && o->first < v->last && t->part == TRIGGER_VERB && !t->light &&
            t->weight >= 5 && kind_fits_unit(q, t->kind))
            return true;
    }
    return false;
}

/* A trigger that is a noun in another group than the amount. */
static enum relation relation_to_noun(const struct analysis *a, const struct scene *scene,
                                      const struct quantity *quantity, size_t amount, size_t noun)
{
    const struct syntax *x = &scene->syntax;
    const struct group *q = &x->groups[amount];
    const struct group *n = &x->groups[noun];
    if (hangs_on_noun(a, x, q, noun))
        return is_worth(a, q)                 ? RELATION_OF
               : has_preposition(a, q, W_FOR) ? RELATION_NOUN_FOR
               : has_preposition(a, q, W_AT)  ? RELATION_NOUN_AT
                                              : RELATION_NOUN_OTHER;
    if (n->link == LINK_PREPOSITION && n->noun == amount)
        return has_preposition(a, n, W_OF)   ? RELATION_HELD_OF
               : has_preposition(a, n, W_IN) ? RELATION_HELD_IN
                                             : RELATION_HELD_OTHER;
    bool apposed =
        ((n->link == LINK_APPOSITION || n->link == LINK_COORDINATE) && n->noun == amount) ||
        ((q->link == LINK_APPOSITION || q->link == LINK_COORDINATE) && q->noun == noun);
    if (apposed)
        return RELATION_APPOSED;
    size_t verb = verb_of(x, amount);
    if (verb == NO_GROUP)
        return RELATION_SENTENCE;
    const struct group *v = &x->groups[verb];
    size_t list = first_of_list(x, noun);
    if (v->subject == noun || v->subject == list)
        return verb_tells(a, scene, quantity, verb) ? RELATION_SUBJECT_ACTS : RELATION_SUBJECT_OF;
    if (v->object == noun || v->object == list)
        return RELATION_OBJECT_OF;
    if (v->link == LINK_INFINITIVE && v->noun == noun)
        return RELATION_ABOVE_NOUN;
    if (v->link == LINK_RELATIVE && v->noun == noun)
        return RELATION_ABOVE_NOUN;
    if (verb_of(x, noun) == verb)
        return RELATION_BESIDE;
    return RELATION_SENTENCE;
}

/* An amount in the clause of the trigger's own verb. */
static enum relation relation_in_clause(const struct analysis *a, const struct group *q,
                                        const struct group *verb)
{
    switch (q->link) {
    case LINK_OBJECT:
        return RELATION_OBJECT;
    case LINK_SECOND:
        return RELATION_SECOND;
    case LINK_SUBJECT:
        return verb->flags & VERB_PASSIVE ? RELATION_DONE : RELATION_DOES;
    case LINK_PREPOSITION:
        return has_preposition(a, q, W_FOR)    ? RELATION_VERB_FOR
               : has_preposition(a, q, W_AT)   ? RELATION_VERB_AT
               : has_preposition(a, q, W_TO)   ? RELATION_VERB_TO
               : has_preposition(a, q, W_FROM) ? RELATION_VERB_FROM
               : has_preposition(a, q, W_BY)   ? RELATION_VERB_BY
                                               : RELATION_VERB_OTHER;
    default:
        return RELATION_CLAUSE;
    }
}

static enum relation relation_to_verb(const struct analysis *a, const struct syntax *x,
                                      size_t amount, size_t verb)
{
    const struct group *q = &x->groups[amount];
    const struct group *v = &x->groups[verb];
    size_t own = verb_of(x, amount);
    if (own == verb)
        return relation_in_clause(a, q, v);
    if ((v->link == LINK_RELATIVE && v->noun == amount) || v->subject == amount)
        return v->flags & VERB_PASSIVE ? RELATION_DONE : RELATION_DOES;
    size_t up = own;
    for (size_t steps = 0; up != NO_GROUP && steps < 3; steps++) {
        const struct group *g = &x->groups[up];
        bool inner = g->link == LINK_INFINITIVE || g->link == LINK_ADVERBIAL;
        up = inner ? g->governor : NO_GROUP;
        if (up == verb)
            return RELATION_ABOVE;
    }
    if (own != NO_GROUP && v->governor == own &&
        (v->link == LINK_INFINITIVE || v->link == LINK_ADVERBIAL))
        return RELATION_BELOW;
    if (own != NO_GROUP && (v->governor == own || x->groups[own].governor == verb ||
                            v->governor == x->groups[own].governor))
        return RELATION_NEXT_CLAUSE;
    return RELATION_SENTENCE;
}

enum relation relation_of(const struct analysis *a, const struct scene *scene,
                          const struct quantity *q, const struct occurrence *o)
{
    const struct syntax *x = &scene->syntax;
    size_t amount = group_at(x, q->first);
    size_t word = group_at(x, o->first);
    if (amount == NO_GROUP || word == NO_GROUP)
        return RELATION_SENTENCE;
    if (amount == word)
        return o->first >= q->last ? RELATION_HEAD : RELATION_LED;
    enum relation own = x->groups[word].kind == GROUP_VERB
                            ? relation_to_verb(a, x, amount, word)
                            : relation_to_noun(a, scene, q, amount, word);
    size_t list = first_of_list(x, amount);
    if (list == amount || own < RELATION_CLAUSE)
        return own;
    /* what holds the first of a list holds all of it */
    enum relation shared = x->groups[word].kind == GROUP_VERB
                               ? relation_to_verb(a, x, list, word)
                               : relation_to_noun(a, scene, q, list, word);
    return shared < own ? shared : own;
}

/* ---- Names ---- */

static enum slot slot_of_phrase(const struct analysis *a, const struct group *g)
{
    static const struct {
        enum known_word word;
        enum slot slot;
    } slots[] = {{W_BY, SLOT_BY}, {W_FROM, SLOT_FROM}, {W_TO, SLOT_TO},   {W_WITH, SLOT_WITH},
                 {W_IN, SLOT_IN}, {W_INTO, SLOT_IN},   {W_OF, SLOT_OF},   {W_FOR, SLOT_FOR},
                 {W_AT, SLOT_AT}, {W_ON, SLOT_ON},     {W_VIA, SLOT_FROM}};
    for (size_t i = 0; i < sizeof slots / sizeof slots[0]; i++) {
        if (token_is(a, g->preposition - 1, slots[i].word))
            return slots[i].slot;
    }
    return SLOT_PHRASE;
}

/* Whether a group is the subject of a verb that a verb depends on. */
static bool is_subject_above(const struct syntax *x, size_t verb, size_t group)
{
    for (size_t steps = 0; verb != NO_GROUP && steps < 4; steps++) {
        const struct group *v = &x->groups[verb];
        verb = v->governor;
        if (verb != NO_GROUP && x->groups[verb].kind == GROUP_VERB &&
            x->groups[verb].subject == group)
            return true;
    }
    return false;
}

static enum slot slot_in_clause(const struct analysis *a, const struct syntax *x, size_t verb,
                                size_t index)
{
    const struct group *v = &x->groups[verb];
    if (v->subject == index)
        return v->flags & VERB_PASSIVE                   ? SLOT_PASSIVE
               : token_has(a, v->head, CLASS(RECEIVING)) ? SLOT_RECEIVER
                                                         : SLOT_SUBJECT;
    if (v->object == index)
        return SLOT_OBJECT;
    if (x->groups[index].link == LINK_SECOND && x->groups[index].governor == verb)
        return SLOT_SECOND;
    if (v->link == LINK_RELATIVE && v->noun == index)
        return SLOT_ANTECEDENT;
    return is_subject_above(x, verb, index) ? SLOT_HIGHER : SLOT_OTHER;
}

/* "$10 billion to Anthropic and $5 billion to Intel": a phrase right behind an amount is of that
 * amount alone. */
static bool is_of_other_amount(const struct analysis *a, const struct syntax *x,
                               const struct group *phrase, size_t amount)
{
    if (phrase->noun == NO_GROUP || phrase->noun == amount)
        return false;
    const struct group *noun = &x->groups[phrase->noun];
    bool joined = first_of_list(x, phrase->noun) == first_of_list(x, amount) ||
                  (noun->link == LINK_COORDINATE || x->groups[amount].link == LINK_COORDINATE);
    return joined && a->quantity_at[noun->head] != 0;
}

enum slot slot_of(const struct analysis *a, const struct scene *scene, const struct quantity *q,
                  const struct occurrence *at, const struct name *name, bool *near)
{
    const struct syntax *x = &scene->syntax;
    size_t own = group_at(x, name->first);
    size_t amount = group_at(x, q->first);
    size_t word = at != NULL ? group_at(x, at->first) : NO_GROUP;
    *near = false;
    if (own == NO_GROUP || amount == NO_GROUP)
        return SLOT_OTHER;
    bool at_verb = word != NO_GROUP && x->groups[word].kind == GROUP_VERB;
    size_t verb = at_verb ? word : verb_of(x, amount);
    if (own == amount || own == word) {
        *near = true;
        return name->possessive ? SLOT_OWNER : SLOT_COMPOUND;
    }
    /* "TSMC $6.6 billion": a clause without its verb */
    if (stands_beside(a, x, own, amount) && !name->possessive &&
        x->groups[own].link != LINK_OBJECT) {
        *near = true;
        return SLOT_GAPPED;
    }
    /* "X for $5bn and Y for $3bn" */
    if (own + 1 == amount && x->groups[amount].preposition > 0 &&
        (x->groups[own].link == LINK_COORDINATE || x->groups[own].link == LINK_APPOSITION)) {
        *near = true;
        return SLOT_PARALLEL;
    }
    size_t list = first_of_list(x, own);
    const struct group *g = &x->groups[list];
    *near = verb != NO_GROUP && verb_of(x, list) == verb;
    if (name->possessive && name->last < x->groups[own].last) {
        *near = *near ||
                (g->link == LINK_SUBJECT && verb != NO_GROUP && x->groups[verb].subject == list);
        return SLOT_OWNER;
    }
    if (g->link == LINK_PREPOSITION) {
        *near = *near || g->noun == amount || (word != NO_GROUP && g->noun == word);
        *near = *near && !is_of_other_amount(a, x, g, amount);
        return slot_of_phrase(a, g);
    }
    if (g->link == LINK_APPOSITION && (g->noun == amount || g->noun == word)) {
        *near = true;
        return SLOT_APPOSED;
    }
    enum slot slot = verb != NO_GROUP ? slot_in_clause(a, x, verb, list) : SLOT_OTHER;
    size_t outer = verb_of(x, amount);
    if (slot == SLOT_OTHER && at_verb && outer != NO_GROUP && outer != verb)
        slot = slot_in_clause(a, x, outer, list);
    if (slot == SLOT_OTHER && g->link == LINK_SUBJECT) {
        *near = false;
        return SLOT_SUBJECT;
    }
    *near = slot != SLOT_OTHER;
    return slot;
}
