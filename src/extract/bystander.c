/* Bystanders: everybody around an amount who may be a party of it, and what holds for each. The
 * grammar's proposals (facts.c) are among them; party.c chooses. */
#include "party.h"

#include <math.h>

#define FAR_AWAY 1000 /* tokens: more than within a clause */

static struct candidate_party *candidate_named(struct party_scene *scene, struct dw_str name,
                                               uint32_t entity)
{
    for (size_t i = 0; i < scene->count; i++) {
        if (dw_str_eq(scene->list[i].name, name))
            return &scene->list[i];
    }
    if (scene->count == MOST_PARTIES || name.len == 0)
        return NULL;
    scene->list[scene->count] =
        (struct candidate_party){.name = name, .entity = entity, .slot = NO_SLOT};
    return &scene->list[scene->count++];
}

static uint64_t features_of_preposition(const struct analysis *a, const struct dw_sentence *s,
                                        size_t first)
{
    static const struct {
        enum known_word word;
        uint64_t feature;
    } prepositions[] = {{W_BY, HAS(BY)},      {W_FROM, HAS(FROM)},   {W_TO, HAS(TO)},
                        {W_WITH, HAS(WITH)},  {W_IN, HAS(IN)},       {W_INTO, HAS(IN)},
                        {W_OF, HAS(OF)},      {W_FOR, HAS(FOR)},     {W_AT, HAS(AT)},
                        {W_AND, HAS(LISTED)}, {W_COMMA, HAS(LISTED)}};
    size_t at = first;
    while (at > s->first && token_has(a, at - 1, CLASS(ARTICLE)))
        at--;
    if (at == s->first)
        return HAS(FIRST);
    for (size_t i = 0; i < sizeof prepositions / sizeof prepositions[0]; i++) {
        if (token_is(a, at - 1, prepositions[i].word))
            return prepositions[i].feature;
    }
    return token_has(a, at - 1, CLASS(PREPOSITION)) ? HAS(OTHER_PREPOSITION) : HAS(BARE);
}

static size_t distance_between(size_t first, size_t last, size_t from, size_t to)
{
    return last <= from ? from - last : first >= to ? first - to : 0;
}

static uint64_t features_of_distance(size_t distance)
{
    return distance <= 3    ? HAS(NEAR)
           : distance <= 8  ? HAS(MIDDLE)
           : distance <= 16 ? HAS(FAR)
                            : HAS(REMOTE);
}

/* Where a name stands to the trigger that decided the kind. */
static uint64_t features_of_trigger(const struct party_scene *scene, const struct name *name)
{
    const struct occurrence *o = scene->trigger->at;
    if (o == NULL || scene->trigger->trigger == NULL)
        return HAS(NO_TRIGGER);
    return name->last <= o->first ? HAS(BEFORE_TRIGGER) : HAS(BEHIND_TRIGGER);
}

/* Whether a noun is the object of a verb, or follows it behind a "to" or "for". */
static bool is_done_to(const struct analysis *a, const struct syntax *x, size_t noun, size_t verb)
{
    const struct group *g = &x->groups[noun];
    if (x->groups[verb].object == noun)
        return true;
    return g->link == LINK_PREPOSITION && verb_of(x, noun) == verb && g->preposition > 0 &&
           (token_is(a, g->preposition - 1u, W_TO) || token_is(a, g->preposition - 1u, W_FOR));
}

/* "won a contract to provide Meta with cloud computing": who supplies is paid, whoever signs. */
static uint64_t features_of_supply(const struct analysis *a, const struct syntax *x,
                                   const struct name *name)
{
    size_t own = group_at(x, name->first);
    size_t noun = own != NO_GROUP ? first_of_list(x, own) : NO_GROUP;
    for (size_t i = 0; noun != NO_GROUP && i < x->len; i++) {
        const struct group *verb = &x->groups[i];
        if (verb->kind != GROUP_VERB || !token_has(a, verb->head, CLASS(SUPPLYING)))
            continue;
        bool passive = (verb->flags & VERB_PASSIVE) != 0;
        if (verb->subject == noun && !passive)
            return HAS(SUPPLIES);
        if (is_done_to(a, x, noun, i))
            return HAS(SUPPLIED);
    }
    return 0;
}

/* "Reuters had reported", "Appfigures estimates": the subject of a verb of saying. */
static bool says(const struct analysis *a, const struct party_scene *scene, const struct name *name)
{
    const struct syntax *x = &scene->scene->syntax;
    size_t noun = group_at(x, name->first);
    if (name->last < scene->sentence->last && token_has(a, name->last, CLASS(SAYING)))
        return true;
    for (size_t i = 0; noun != NO_GROUP && i < x->len; i++) {
        if (x->groups[i].kind == GROUP_VERB && x->groups[i].subject == noun &&
            token_has(a, x->groups[i].head, CLASS(SAYING)))
            return true;
    }
    return false;
}

/* What holds for a name of the sentence. */
static uint64_t features_of_name(const struct analysis *a, const struct party_scene *scene,
                                 const struct name *name)
{
    const struct dw_sentence *s = scene->sentence;
    const struct quantity *q = scene->quantity;
    bool before = name->last <= q->first;
    size_t between = before ? boundaries_between(a, name->last, q->first)
                            : boundaries_between(a, q->reach, name->first);
    uint64_t features =
        HAS(HERE) | (before ? HAS(BEFORE) : HAS(BEHIND)) |
        features_of_distance(distance_between(name->first, name->last, q->first, q->reach)) |
        features_of_preposition(a, s, name->first) | features_of_trigger(scene, name) |
        (between == 0 ? HAS(SAME_CLAUSE) : HAS(OTHER_CLAUSE));
    if (name->possessive)
        features |= HAS(POSSESSIVE) | (before && q->first - name->last <= 3 ? HAS(OWNER) : 0);
    if (name->kind == NAME_REFERENCE)
        features |= HAS(REFERENCE);
    if (says(a, scene, name))
        features |= HAS(SAYS);
    return features | features_of_supply(a, &scene->scene->syntax, name);
}

/* The role that the trigger's row gives to a slot. */
static char role_of_slot(const struct analysis *a, const struct trigger *t, enum slot slot,
                         const struct group *phrase)
{
    switch (slot) {
    case SLOT_SUBJECT:
    case SLOT_RECEIVER:
    case SLOT_HIGHER:
        return t->part == TRIGGER_VERB ? t->subject : t->owner;
    case SLOT_PASSIVE:
        return t->part == TRIGGER_VERB ? t->passive : '\0';
    case SLOT_OBJECT:
    case SLOT_SECOND:
        return t->part == TRIGGER_VERB ? t->object : '\0';
    case SLOT_OWNER:
    case SLOT_COMPOUND:
        return t->part == TRIGGER_NOUN ? t->owner : '\0';
    default:
        for (size_t i = 0; phrase->preposition > 0 && i < t->preposition_count; i++) {
            if (a->words[phrase->preposition - 1].id == t->prepositions[i].word)
                return t->prepositions[i].role;
        }
        return '\0';
    }
}

/* "invest $2 billion in X as part of a $5 billion round": the verb of the amount's clause says who
 * gives and takes, unless it only lends its subject. */
static const struct trigger *trigger_of_verb(const struct analysis *a,
                                             const struct party_scene *scene)
{
    const struct syntax *x = &scene->scene->syntax;
    size_t verb = verb_of(x, group_at(x, scene->quantity->first));
    const struct trigger *best = NULL;
    for (size_t i = 0; verb != NO_GROUP && i < scene->scene->count; i++) {
        const struct occurrence *o = &scene->scene->triggers[i];
        const struct trigger *t = &a->lexicon->triggers.at[o->trigger];
        bool inside = o->first >= x->groups[verb].first && o->first < x->groups[verb].last;
        bool deal = dw_kind_group(t->kind) == DW_GROUP_DEALS && t->kind != DW_KIND_ROUND;
        if (inside && !t->light && t->part == TRIGGER_VERB && deal &&
            (best == NULL || t->weight > best->weight))
            best = t;
    }
    bool alike = best != NULL && best->kind == scene->trigger->kind;
    return best != NULL && (alike || best->weight >= 6) ? best : NULL;
}

/* Who supplies is paid, whatever the words of the deal say of its subject. */
static uint64_t frame_of_supply(enum dw_kind kind, uint64_t features)
{
    if (kind != DW_KIND_CONTRACT && kind != DW_KIND_POWER && kind != DW_KIND_CHIPS)
        return 0;
    return features & HAS(SUPPLIES)   ? HAS(FRAME_TO)
           : features & HAS(SUPPLIED) ? HAS(FRAME_FROM)
                                      : 0;
}

static uint64_t feature_of_frame(const struct analysis *a, const struct party_scene *scene,
                                 const struct name *name, const struct candidate_party *c)
{
    const struct syntax *x = &scene->scene->syntax;
    const struct trigger *t = scene->trigger->trigger;
    size_t group = group_at(x, name->first);
    uint64_t supply = frame_of_supply(scene->trigger->kind, c->features);
    if (supply != 0)
        return supply;
    if (t == NULL || !c->near || group == NO_GROUP)
        return 0;
    const struct group *phrase = &x->groups[first_of_list(x, group)];
    bool of_verb = c->slot != SLOT_OWNER && c->slot != SLOT_COMPOUND && c->slot != SLOT_APPOSED;
    const struct trigger *verb =
        t->part == TRIGGER_NOUN && of_verb ? trigger_of_verb(a, scene) : NULL;
    char role = role_of_slot(a, verb != NULL ? verb : t, (enum slot)c->slot, phrase);
    return role == 'f' ? HAS(FRAME_FROM) : role == 't' ? HAS(FRAME_TO) : 0;
}

/* Which of several mentions of a name tells more: those that verbs ask for before phrases. */
static size_t rank_of_slot(enum slot slot, bool near)
{
    bool core = slot == SLOT_SUBJECT || slot == SLOT_RECEIVER || slot == SLOT_PASSIVE ||
                slot == SLOT_OBJECT || slot == SLOT_SECOND || slot == SLOT_GAPPED ||
                slot == SLOT_PARALLEL;
    return !near || slot == SLOT_OTHER ? 2 : core ? 0 : 1;
}

/* Adds who is named in the sentence; of several mentions the nearest to the amount tells. */
static void add_named(const struct analysis *a, struct party_scene *scene, bool people)
{
    const struct dw_sentence *s = scene->sentence;
    const struct quantity *q = scene->quantity;
    size_t nearest[MOST_PARTIES];
    for (size_t i = 0; i < MOST_PARTIES; i++)
        nearest[i] = SIZE_MAX;
    for (size_t i = s->first; i < s->last; i++) {
        const struct name *name = name_at(a, i);
        if (name == NULL)
            continue;
        i = name->last - 1;
        if (name->entity == UINT32_MAX || name->kind == NAME_PLACE || name->aside ||
            (name->kind == NAME_PERSON && !people))
            continue;
        const struct entity *e = &a->entities.at[name->entity];
        if (e->outlet)
            continue;
        if (e->person && e->company.len > 0) {
            struct candidate_party *company = candidate_named(scene, e->company, UINT32_MAX);
            if (company != NULL)
                company->features |= HAS(OF_PERSON); /* who pays, or puts in */
        }
        struct candidate_party *c = candidate_named(scene, e->name, name->entity);
        size_t distance = distance_between(name->first, name->last, q->first, q->reach);
        bool near;
        enum slot slot = slot_of(a, scene->scene, q, scene->trigger->at, name, &near);
        if (c == NULL)
            return;
        size_t index = (size_t)(c - scene->list);
        /* of several mentions the one in the amount's own clause tells, then the nearest */
        distance += rank_of_slot(slot, near) * FAR_AWAY;
        if (distance >= nearest[index])
            continue;
        nearest[index] = distance;
        c->features = (c->features & HAS(OF_PERSON)) | features_of_name(a, scene, name);
        c->slot = (uint8_t)slot;
        c->near = near;
        c->features |= feature_of_frame(a, scene, name, c);
    }
    scene->here = scene->count;
}

/* Who is known by a name alone. */
static uint32_t entity_named(const struct analysis *a, struct dw_str name)
{
    enum { MOST = 400 };
    for (size_t i = 0; i < a->entities.len && i < MOST; i++) {
        if (dw_str_eq(a->entities.at[i].name, name))
            return (uint32_t)i;
    }
    return UINT32_MAX;
}

static void add_proposed(const struct analysis *a, struct party_scene *scene,
                         const struct dw_strs *names, uint64_t feature)
{
    for (size_t i = 0; i < names->len; i++) {
        struct candidate_party *c = candidate_named(scene, names->at[i], UINT32_MAX);
        if (c == NULL)
            continue;
        c->features |= feature;
        if (c->entity == UINT32_MAX)
            c->entity = entity_named(a, c->name);
    }
}

/* What the grammar proposes, but for who supplies, or is supplied. */
static void add_rules(const struct analysis *a, struct party_scene *scene)
{
    const struct dw_strs *sides[2] = {scene->from, scene->to};
    for (size_t side = 0; side < 2; side++) {
        for (size_t i = 0; i < sides[side]->len; i++) {
            struct dw_strs one = {&sides[side]->at[i], 1, 1};
            const struct candidate_party *c =
                candidate_named(scene, sides[side]->at[i], UINT32_MAX);
            uint64_t supply = c != NULL ? frame_of_supply(scene->trigger->kind, c->features) : 0;
            bool to = supply != 0 ? supply == HAS(FRAME_TO) : side == 1;
            add_proposed(a, scene, &one, to ? HAS(RULE_TO) : HAS(RULE_FROM));
        }
    }
}

static void add_entity(const struct analysis *a, struct party_scene *scene, uint32_t entity,
                       uint64_t feature)
{
    if (entity == UINT32_MAX || a->entities.at[entity].person || a->entities.at[entity].outlet)
        return;
    struct candidate_party *c = candidate_named(scene, a->entities.at[entity].name, entity);
    if (c != NULL)
        c->features |= feature;
}

/* What holds for a candidate once all of them are known. */
static void complete(struct party_scene *scene)
{
    bool nobody = scene->from->len + scene->to->len == 0;
    uint64_t all = HAS(BIAS);
    if (scene->from->len > 0)
        all |= HAS(FROM_FOUND);
    if (scene->to->len > 0)
        all |= HAS(TO_FOUND);
    all |= scene->here == 0   ? HAS(NONE_HERE)
           : scene->here == 1 ? HAS(ONE_HERE)
           : scene->here == 2 ? HAS(TWO_HERE)
                              : HAS(MANY_HERE);
    bool rivalled = false;
    for (size_t i = 0; i < scene->count; i++)
        rivalled =
            rivalled || scene->list[i].slot == SLOT_GAPPED || scene->list[i].slot == SLOT_PARALLEL;
    for (size_t i = 0; i < scene->count; i++) {
        struct candidate_party *c = &scene->list[i];
        if (rivalled && c->slot != SLOT_GAPPED && c->slot != SLOT_PARALLEL)
            c->features |= HAS(RIVALLED);
        uint64_t f = c->features | all;
        if ((f & (HAS(RULE_FROM) | HAS(RULE_TO))) != 0 && scene->filled != PART_FOUND)
            f |= scene->filled == PART_SUBJECT ? HAS(FILLED_SUBJECT)
                 : scene->filled == PART_TOPIC ? HAS(FILLED_TOPIC)
                                               : HAS(FILLED_ONLY);
        if ((f & HAS(TOPIC)) != 0 && scene->here == 0)
            f |= HAS(TOPIC_ALONE);
        if ((f & HAS(TOPIC)) != 0 && nobody)
            f |= HAS(TOPIC_FOR_NOBODY);
        if ((f & HAS(PREVIOUS)) != 0 && scene->here == 0)
            f |= HAS(PREVIOUS_ALONE);
        c->features = f;
    }
}

/* Parties of the readings before: of the last one, if it is near, of the last of the same kind, of
 * one with the same value. */
static void add_earlier(const struct analysis *a, struct party_scene *scene, enum dw_kind kind)
{
    enum { NEAR = 2 };
    const struct quantity *q = scene->quantity;
    bool of_kind = false;
    bool of_value = false;
    bool of_pair = false;
    size_t len = a->readings.len;
    size_t floor = len > MOST_LOOKED_BACK ? len - MOST_LOOKED_BACK : 0;
    for (size_t i = len; i > floor && !(of_kind && of_value && of_pair); i--) {
        const struct reading *r = &a->readings.at[i - 1];
        const struct quantity *other = &a->quantities.at[r->quantity];
        bool same = dw_str_eq(other->unit, q->unit) &&
                    fabs(other->value - q->value) <= 1e-6 * fabs(q->value);
        if (i == len && other->sentence + NEAR >= q->sentence) {
            add_proposed(a, scene, &r->from, HAS(LAST_FROM));
            add_proposed(a, scene, &r->to, HAS(LAST_TO));
        }
        if (!of_kind && r->kind == kind) {
            add_proposed(a, scene, &r->from, HAS(KIND_FROM));
            add_proposed(a, scene, &r->to, HAS(KIND_TO));
            of_kind = true;
        }
        if (!of_pair && r->from.len > 0 && r->to.len > 0) {
            add_proposed(a, scene, &r->from, HAS(PAIR_FROM));
            add_proposed(a, scene, &r->to, HAS(PAIR_TO));
            of_pair = true;
        }
        if (!of_value && same) {
            add_proposed(a, scene, &r->from, HAS(SAME_FROM));
            add_proposed(a, scene, &r->to, HAS(SAME_TO));
            of_value = true;
        }
    }
}

/* Whether a line ends between a sentence and the one before it. */
static bool begins_line(const struct analysis *a, size_t sentence)
{
    return sentence == 0 || a->sentences.at[sentence].first != a->sentences.at[sentence - 1].last;
}

/* Organisations told shortly before: in the sentence before, at the start of the paragraph, in the
 * heading above it. */
static void add_around(const struct analysis *a, struct party_scene *scene)
{
    enum { MOST_BESIDE = 4, LONGEST = 12 };
    size_t own = scene->quantity->sentence;
    size_t start = own;
    while (start > 0 && own - start < LONGEST && !begins_line(a, start))
        start--;
    if (start < own)
        add_entity(a, scene, subject_of(a, &a->sentences.at[start]), HAS(PARAGRAPH));
    if (start > 0 && a->sentences.at[start - 1].heading)
        add_entity(a, scene, subject_of(a, &a->sentences.at[start - 1]), HAS(HEADED));
    if (own == 0)
        return;
    const struct dw_sentence *before = &a->sentences.at[own - 1];
    size_t found = 0;
    for (size_t i = before->first; i < before->last && found < MOST_BESIDE; i++) {
        const struct name *name = name_at(a, i);
        if (name == NULL)
            continue;
        i = name->last - 1;
        if (name->kind != NAME_ORGANISATION || name->entity == UINT32_MAX || name->aside ||
            name->entity == scene->previous)
            continue;
        add_entity(a, scene, name->entity, HAS(BESIDE));
        found++;
    }
}

/* People without a name who are paid or owed: "settle with authors", "a loan from banks". */
static void add_generic(const struct analysis *a, struct party_scene *scene)
{
    const struct dw_sentence *s = scene->sentence;
    for (size_t i = s->first; i < s->last; i++) {
        if (!token_has(a, i, CLASS(GENERIC)) || name_at(a, i) != NULL || a->quantity_at[i] != 0 ||
            a->tokens.at[i].possessive || (i > s->first && a->quantity_at[i - 1] != 0))
            continue;
        struct candidate_party *c = candidate_named(scene, token_text(a, i), UINT32_MAX);
        if (c == NULL || c->features != 0)
            continue;
        struct name name = {
            (uint32_t)i, (uint32_t)i + 1, NAME_ORGANISATION, UINT32_MAX, 0, 0, 0, 0};
        bool near;
        c->slot =
            (uint8_t)slot_of(a, scene->scene, scene->quantity, scene->trigger->at, &name, &near);
        c->near = near;
        c->features = HAS(GENERIC) | features_of_name(a, scene, &name);
        c->features |= feature_of_frame(a, scene, &name, c);
    }
}

static bool may_be_generic(enum dw_kind kind)
{
    return kind == DW_KIND_SETTLEMENT || kind == DW_KIND_COMPENSATION || kind == DW_KIND_DEBT ||
           kind == DW_KIND_GRANT;
}

void list_parties(const struct analysis *a, struct party_scene *scene, enum dw_kind kind)
{
    add_named(a, scene, kind == DW_KIND_COMPENSATION || kind == DW_KIND_INVESTMENT);
    if (may_be_generic(kind))
        add_generic(a, scene);
    add_rules(a, scene);
    add_entity(a, scene, a->topic, HAS(TOPIC));
    add_entity(a, scene, scene->previous, HAS(PREVIOUS));
    add_entity(a, scene, a->second_topic, HAS(SECOND_TOPIC));
    add_around(a, scene);
    add_earlier(a, scene, kind);
    complete(scene);
}
