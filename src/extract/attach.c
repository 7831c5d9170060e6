/* Attachment: who is the subject of which verb, what hangs on what. */
#include "internal.h"

#define MOST_FRAMES 16

/* A clause in progress. */
struct frame {
    uint8_t subject;        /* NO_GROUP: none yet */
    uint8_t verb;           /* its finite verb */
    uint8_t governor, noun; /* what the clause hangs on */
    uint8_t link;           /* how its verb hangs there */
    bool comma;             /* a comma came since its verb */
};

struct attacher {
    const struct analysis *a;
    struct syntax *x;
    struct frame frames[MOST_FRAMES];
    size_t depth;
    size_t at; /* index of the item */
    uint8_t last_noun, last_verb;
    uint32_t preposition; /* token + 1, waiting for its noun */
    bool comma, joined;   /* since the last group */
    bool apart;           /* ", and" came since the last verb */
};

static struct frame *top(struct attacher *t)
{
    return &t->frames[t->depth - 1];
}

static void push(struct attacher *t, enum group_link link, uint8_t governor, uint8_t noun)
{
    if (t->depth < MOST_FRAMES)
        t->depth++;
    *top(t) = (struct frame){NO_GROUP, NO_GROUP, governor, noun, (uint8_t)link, false};
}

static void pop(struct attacher *t)
{
    if (t->depth > 1)
        t->depth--;
}

static struct group *group(struct attacher *t, size_t index)
{
    return &t->x->groups[index];
}

static const struct item *item_ahead(const struct attacher *t, size_t steps)
{
    size_t at = t->at + steps;
    return at < t->x->item_len ? &t->x->items[at] : NULL;
}

/* Whether a noun is followed by a finite verb, past its prepositional phrases: it is a subject. */
static bool leads_to_verb(const struct attacher *t)
{
    enum { NEAR = 10 };
    bool prepared = false;
    for (size_t i = 1; i < NEAR; i++) {
        const struct item *item = item_ahead(t, i);
        if (item == NULL)
            return false;
        if (item->kind == ITEM_GROUP) {
            const struct group *g = &t->x->groups[item->group];
            if (g->kind == GROUP_VERB)
                return (g->flags & VERB_FINITE) != 0;
            if (!prepared)
                return false;
            prepared = false;
            continue;
        }
        if (item->kind != ITEM_PREPOSITION && item->kind != ITEM_AND)
            return false;
        prepared = true;
    }
    return false;
}

static bool is_saying(const struct attacher *t, size_t verb)
{
    return token_has(t->a, t->x->groups[verb].head, CLASS(SAYING) | CLASS(TELLING));
}

/* ---- Nouns ---- */

static void link_noun(struct attacher *t, size_t index, enum group_link link, uint8_t governor,
                      uint8_t noun)
{
    struct group *g = group(t, index);
    g->link = (uint8_t)link;
    g->governor = governor;
    g->noun = noun;
}

static void take_preposition(struct attacher *t, size_t index)
{
    const struct item *before = t->at > 1 ? &t->x->items[t->at - 2] : NULL;
    bool after_noun =
        before != NULL && before->kind == ITEM_GROUP && group(t, before->group)->kind == GROUP_NOUN;
    uint8_t noun = after_noun ? before->group : NO_GROUP;
    group(t, index)->preposition = t->preposition;
    if (t->last_verb == NO_GROUP && noun == NO_GROUP)
        noun = t->last_noun;
    link_noun(t, index, LINK_PREPOSITION, t->last_verb, noun);
    t->preposition = 0;
}

static void begin_clause(struct attacher *t, size_t index)
{
    struct frame *f = top(t);
    while (
        t->depth > 1 && f->verb != NO_GROUP &&
        (f->link == LINK_RELATIVE || f->link == LINK_SUBORDINATE || f->link == LINK_COMPLEMENT)) {
        pop(t);
        f = top(t);
    }
    if (f->verb != NO_GROUP) /* a sentence joined to the one before */
        f->verb = NO_GROUP;
    f->subject = (uint8_t)index;
    f->comma = false;
    t->last_verb = NO_GROUP;
    link_noun(t, index, LINK_SUBJECT, NO_GROUP, NO_GROUP);
}

/* "said on Tuesday it would", "a deal Nvidia signed": a clause without a word that begins it. */
static void begin_inner_clause(struct attacher *t, size_t index, uint8_t noun)
{
    uint8_t verb = t->last_verb != NO_GROUP ? t->last_verb : top(t)->verb;
    if (verb != NO_GROUP && is_saying(t, verb))
        push(t, LINK_COMPLEMENT, verb, NO_GROUP);
    else
        push(t, LINK_RELATIVE, verb, noun);
    top(t)->subject = (uint8_t)index;
    t->last_verb = NO_GROUP;
    link_noun(t, index, LINK_SUBJECT, NO_GROUP, NO_GROUP);
}

static bool is_bare_name(const struct attacher *t, const struct group *g)
{
    const struct name *name = name_at(t->a, g->head);
    return name != NULL && name->kind == NAME_ORGANISATION && !name->possessive &&
           name->first == g->first;
}

/* A noun behind a comma or an "and". With an "and", names with commas before it are a list: "A, B
 * and C". */
static void join_noun(struct attacher *t, size_t index)
{
    uint8_t last = t->last_noun;
    link_noun(t, index, t->joined ? LINK_COORDINATE : LINK_APPOSITION, group(t, last)->governor,
              last);
    for (size_t steps = 0; t->joined && last != NO_GROUP && steps < t->x->len; steps++) {
        struct group *g = group(t, last);
        bool listed = g->link == LINK_APPOSITION && is_bare_name(t, g) && g->noun != NO_GROUP &&
                      is_bare_name(t, group(t, g->noun));
        if (!listed)
            break;
        g->link = LINK_COORDINATE;
        last = g->noun;
    }
}

/* "On Monday OpenAI said", "in Toronto Cohere raised": where and when, before a subject. */
static bool is_adverbial(const struct attacher *t, size_t index)
{
    const struct group *g = &t->x->groups[index];
    const struct name *name = name_at(t->a, g->head);
    if (g->preposition > 0 && name != NULL)
        return name->kind == NAME_PLACE;
    return token_has(t->a, g->head, CLASS(WEEKDAY) | CLASS(MONTH) | CLASS(TIMEUNIT)) ||
           (g->preposition > 0 && t->a->tokens.at[g->head].kind == DW_TOKEN_NUMBER &&
            t->a->quantity_at[g->head] == 0);
}

/* Whether a clause may begin behind a noun: it says where or when, or a ", and" came before it. */
static bool opens_clause(struct attacher *t, size_t noun)
{
    const struct frame *f = top(t);
    if (f->verb != NO_GROUP && t->apart)
        return true;
    bool open = f->verb == NO_GROUP ? f->subject == NO_GROUP || f->subject == noun : f->comma;
    return open && is_adverbial(t, noun);
}

static void take_noun(struct attacher *t, size_t index)
{
    struct frame *f = top(t);
    const struct item *before = t->at > 0 ? &t->x->items[t->at - 1] : NULL;
    bool after_group = before != NULL && before->kind == ITEM_GROUP;
    bool after_verb = after_group && group(t, before->group)->kind == GROUP_VERB;
    const struct group *g = group(t, index);
    bool year = t->comma && t->last_noun != NO_GROUP &&
                t->a->tokens.at[g->head].kind == DW_TOKEN_NUMBER && t->a->quantity_at[g->head] == 0;
    if (t->preposition != 0) {
        take_preposition(t, index);
    } else if (year) {
        link_noun(t, index, LINK_APPOSITION, NO_GROUP, t->last_noun); /* "On November 3, 2026," */
    } else if (after_verb) {
        link_noun(t, index, LINK_OBJECT, before->group, NO_GROUP);
        group(t, before->group)->object = (uint8_t)index;
    } else if (after_group) {
        const struct group *other = group(t, before->group);
        bool second = other->link == LINK_OBJECT && other->governor != NO_GROUP;
        bool subject = leads_to_verb(t);
        if (subject && opens_clause(t, before->group))
            begin_clause(t, index);
        else if (subject && f->verb != NO_GROUP)
            begin_inner_clause(t, index, before->group);
        else
            link_noun(t, index, second ? LINK_SECOND : LINK_APPOSITION, other->governor,
                      before->group);
        if (second && group(t, other->governor)->object == NO_GROUP)
            group(t, other->governor)->object = (uint8_t)index;
    } else if ((t->comma || t->joined) && t->last_noun != NO_GROUP) {
        bool new_clause = leads_to_verb(t) && (f->verb != NO_GROUP);
        bool open_subject = f->verb == NO_GROUP && f->subject != NO_GROUP;
        bool first = f->subject == NO_GROUP && f->verb == NO_GROUP;
        if (first || (new_clause && !open_subject))
            begin_clause(t, index);
        else
            join_noun(t, index);
    } else {
        begin_clause(t, index);
    }
    t->last_noun = (uint8_t)index;
}

/* ---- Verbs ---- */

static void set_subject(struct attacher *t, struct group *v, uint8_t subject)
{
    v->subject = subject;
    if (subject != NO_GROUP && group(t, subject)->kind == GROUP_NOUN &&
        group(t, subject)->link == LINK_SUBJECT && group(t, subject)->governor == NO_GROUP)
        group(t, subject)->governor = (uint8_t)(v - t->x->groups);
}

/* "allowed X to raise": the object acts. */
static bool lets_object_act(const struct attacher *t, const struct group *verb)
{
    return verb->object != NO_GROUP && token_has(t->a, verb->head, CLASS(CAUSING));
}

static void take_infinitive(struct attacher *t, size_t index, bool after_noun)
{
    struct group *v = group(t, index);
    uint8_t governor = t->last_verb != NO_GROUP ? t->last_verb : top(t)->verb;
    v->link = LINK_INFINITIVE;
    v->governor = governor;
    v->noun = after_noun ? t->last_noun : NO_GROUP;
    uint8_t subject = top(t)->subject;
    if (governor != NO_GROUP) {
        const struct group *g = group(t, governor);
        subject = lets_object_act(t, g) ? g->object : g->subject;
        /* "was asked to pay": the subject is who acts */
    } else if (after_noun && subject == NO_GROUP) {
        subject = t->last_noun;
    }
    v->subject = subject;
}

static void take_gerund(struct attacher *t, size_t index, bool after_noun)
{
    struct group *v = group(t, index);
    struct frame *f = top(t);
    v->preposition = t->preposition;
    t->preposition = 0;
    v->governor = f->verb != NO_GROUP ? f->verb : t->last_verb;
    if (after_noun && !t->comma) {
        v->link = LINK_RELATIVE;
        v->noun = t->last_noun;
        v->subject = t->last_noun;
        return;
    }
    v->link = LINK_ADVERBIAL;
    v->subject = v->governor != NO_GROUP ? group(t, v->governor)->subject : f->subject;
}

static void take_finite(struct attacher *t, size_t index, bool after_noun)
{
    struct group *v = group(t, index);
    struct frame *f = top(t);
    if (f->verb != NO_GROUP && !t->joined && !t->apart && after_noun && t->last_noun != NO_GROUP &&
        group(t, t->last_noun)->link != LINK_SUBJECT) {
        /* "said it had raised": what seemed an object is the subject of a clause */
        uint8_t subject = t->last_noun;
        uint8_t verb = f->verb;
        if (t->last_verb != NO_GROUP && group(t, t->last_verb)->object != NO_GROUP) {
            verb = t->last_verb;
            subject = group(t, verb)->object;
            group(t, verb)->object = NO_GROUP;
        }
        if (f->comma && f->link != LINK_MAIN && t->depth > 1 &&
            t->frames[t->depth - 2].verb == NO_GROUP) {
            pop(t);
            f = top(t);
        } else {
            push(t, LINK_COMPLEMENT, verb, NO_GROUP);
            f = top(t);
            f->subject = subject;
            link_noun(t, subject, LINK_SUBJECT, NO_GROUP, NO_GROUP);
        }
    } else if (f->verb != NO_GROUP && (t->comma || f->comma) && !t->joined) {
        while (t->depth > 1 && f->verb != NO_GROUP) {
            pop(t);
            f = top(t);
        }
    }
    if (f->verb != NO_GROUP) {
        /* "rose … and will reach": the verb nearest by whose clause has its subject */
        v->link = LINK_JOINED;
        v->governor = f->verb;
        v->subject = group(t, f->verb)->subject;
    } else {
        v->link = f->link;
        v->governor = f->governor;
        v->noun = f->noun;
        set_subject(t, v, f->subject != NO_GROUP ? f->subject : f->noun);
    }
    f->verb = (uint8_t)index;
    f->comma = false;
}

static void take_verb(struct attacher *t, size_t index)
{
    const struct item *before = t->at > 0 ? &t->x->items[t->at - 1] : NULL;
    bool after_noun =
        before != NULL && before->kind == ITEM_GROUP && group(t, before->group)->kind == GROUP_NOUN;
    struct group *v = group(t, index);
    if (v->flags & VERB_INFINITIVE) {
        take_infinitive(t, index, after_noun);
    } else if (v->flags & VERB_PARTICIPLE) {
        v->link = LINK_RELATIVE;
        v->noun = t->last_noun;
        v->subject = t->last_noun;
        v->governor = top(t)->verb;
        t->preposition = 0;
    } else if (v->flags & VERB_FINITE) {
        take_finite(t, index, after_noun);
    } else {
        take_gerund(t, index, after_noun);
    }
    t->last_verb = (uint8_t)index;
    t->apart = false;
}

/* ---- What stands between ---- */

static void take_relative(struct attacher *t)
{
    const struct item *before = t->at > 0 ? &t->x->items[t->at - 1] : NULL;
    bool after_verb =
        before != NULL && before->kind == ITEM_GROUP && group(t, before->group)->kind == GROUP_VERB;
    bool said = t->last_verb != NO_GROUP && !t->comma && is_saying(t, t->last_verb);
    if (after_verb || t->last_noun == NO_GROUP || said)
        push(t, LINK_COMPLEMENT, t->last_verb, NO_GROUP);
    else
        push(t, LINK_RELATIVE, top(t)->verb, t->last_noun);
    t->preposition = 0;
}

static void take_mark(struct attacher *t, const struct item *item)
{
    switch (item->kind) {
    case ITEM_PREPOSITION:
        if (t->preposition == 0 || !token_is(t->a, t->preposition - 1, W_ACCORDING))
            t->preposition = item->token + 1;
        return;
    case ITEM_COMMA:
        t->comma = true;
        top(t)->comma = true;
        break;
    case ITEM_AND:
        t->joined = true;
        t->apart = t->comma;
        return;
    case ITEM_RELATIVE:
        take_relative(t);
        break;
    case ITEM_SUBORDINATE:
        push(t, LINK_SUBORDINATE, top(t)->verb, NO_GROUP);
        t->last_noun = NO_GROUP;
        break;
    case ITEM_BREAK:
        t->depth = 1;
        *top(t) = (struct frame){NO_GROUP, NO_GROUP, NO_GROUP, NO_GROUP, LINK_MAIN, false};
        t->last_noun = NO_GROUP;
        t->last_verb = NO_GROUP;
        break;
    case ITEM_OPEN:
        push(t, LINK_SUBORDINATE, top(t)->verb, t->last_noun);
        break;
    case ITEM_CLOSE:
        if (t->depth > 1 && top(t)->noun != NO_GROUP)
            t->last_noun = top(t)->noun; /* the sentence goes on where it was left */
        pop(t);
        t->last_verb = top(t)->verb;
        break;
    default:
        break;
    }
    t->preposition = 0;
}

void attach_groups(const struct analysis *a, struct syntax *x)
{
    struct attacher t = {.a = a, .x = x, .depth = 1, .last_noun = NO_GROUP, .last_verb = NO_GROUP};
    *top(&t) = (struct frame){NO_GROUP, NO_GROUP, NO_GROUP, NO_GROUP, LINK_MAIN, false};
    for (t.at = 0; t.at < x->item_len; t.at++) {
        const struct item *item = &x->items[t.at];
        if (item->kind != ITEM_GROUP) {
            take_mark(&t, item);
            continue;
        }
        if (x->groups[item->group].kind == GROUP_NOUN)
            take_noun(&t, item->group);
        else
            take_verb(&t, item->group);
        t.comma = false;
        t.joined = false;
    }
}

size_t first_of_list(const struct syntax *x, size_t index)
{
    for (size_t steps = 0; steps < x->len; steps++) {
        const struct group *g = &x->groups[index];
        if (g->kind != GROUP_NOUN || g->link != LINK_COORDINATE || g->noun == NO_GROUP)
            break;
        index = g->noun;
    }
    return index;
}

size_t verb_of(const struct syntax *x, size_t index)
{
    for (size_t steps = 0; index != NO_GROUP && steps < x->len; steps++) {
        const struct group *g = &x->groups[index];
        if (g->kind == GROUP_VERB)
            return index;
        index = g->governor != NO_GROUP ? g->governor : g->noun;
    }
    return NO_GROUP;
}
