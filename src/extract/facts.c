/* Facts: who plays which part in what a quantity is, and what the text repeats of it. */
#include "internal.h"

/* ---- Who plays which part ---- */

static struct dw_strs *part_of(struct parts *p, char role)
{
    return role == 'f' ? &p->from : role == 't' ? &p->to : NULL;
}

static void give(const struct analysis *a, struct parts *p, char role, const struct dw_strs *names)
{
    struct dw_strs *part = part_of(p, role);
    struct dw_strs *other = role == 'f' ? &p->to : &p->from;
    for (size_t i = 0; part != NULL && i < names->len; i++) {
        if (!dw_strs_has(part, names->at[i]) && !dw_strs_has(other, names->at[i]))
            dw_strs_push(a->arena, part, names->at[i]);
    }
}

static char role_of_preposition(const struct analysis *a, const struct trigger *t, size_t token)
{
    for (size_t i = 0; i < t->preposition_count; i++) {
        if (a->words[token].id == t->prepositions[i].word)
            return t->prepositions[i].role;
    }
    return '\0';
}

/* Prepositional phrases behind the trigger or the quantity, up to the next amount or verb. */
static void take_prepositions(const struct analysis *a, const struct dw_sentence *s,
                              const struct trigger *t, const struct quantity *q, size_t from,
                              struct parts *p)
{
    for (size_t i = from; i < s->last; i++) {
        const struct quantity *other =
            a->quantity_at[i] != 0 ? &a->quantities.at[a->quantity_at[i] - 1] : NULL;
        if (other != NULL && other != q && other->first > q->first && other->is_money)
            return;
        if (token_is(a, i, W_SEMICOLON))
            return;
        char role = token_has(a, i, CLASS(PREPOSITION)) ? role_of_preposition(a, t, i) : '\0';
        if (role == '\0' || part_of(p, role)->len > 0)
            continue;
        struct dw_strs names = {0};
        const struct name *next = name_at(a, i + 1);
        size_t start = i + 1;
        if (next == NULL && token_has(a, start, CLASS(ARTICLE) | CLASS(DETERMINER)))
            start++;
        if (read_list(a, start, s->last, &names))
            give(a, p, role, &names);
    }
}

/* "Amazon's $50 billion investment": the owner right before the quantity or the noun. */
static void take_owner(const struct analysis *a, const struct dw_sentence *s,
                       const struct trigger *t, size_t token, struct parts *p)
{
    size_t at = token;
    for (size_t back = 0; back < 5 && at > s->first; back++) {
        const struct name *name = name_at(a, at - 1);
        struct dw_strs names = {0};
        if (name != NULL && name->possessive && t->owner != '\0') {
            if (add_party(a, name, &names))
                give(a, p, t->owner, &names);
            return;
        }
        if (name != NULL || token_has(a, at - 1, CLASS(PREPOSITION) | CLASS(AUXILIARY)))
            return;
        at--;
    }
}

/* The verb that governs the quantity: its subject acts. */
static const struct occurrence *governing_verb(const struct analysis *a, const struct scene *scene,
                                               const struct quantity *q, size_t limit)
{
    const struct occurrence *best = NULL;
    for (size_t i = 0; i < scene->count; i++) {
        const struct occurrence *o = &scene->triggers[i];
        const struct trigger *t = &a->lexicon->triggers.at[o->trigger];
        if (t->part != TRIGGER_VERB || o->last > limit)
            continue;
        bool nearer =
            best == NULL || o->last > best->last ||
            (o->last == best->last && a->lexicon->triggers.at[best->trigger].light && !t->light);
        if (nearer && boundaries_between(a, o->last, q->first) == 0)
            best = o;
    }
    return best;
}

/* "OpenAI … its contract with Oracle … has committed to pay the company": who acts is not the
 * company. */
static bool take_other(const struct analysis *a, const struct dw_sentence *s,
                       const struct occurrence *o, const struct name *reference,
                       struct dw_strs *names)
{
    struct dw_strs subject = {0};
    if (reference->kind != NAME_REFERENCE || reference->entity == UINT32_MAX ||
        !find_subject(a, s, o->first, &subject) ||
        !dw_strs_has(&subject, a->entities.at[reference->entity].name))
        return false;
    for (size_t i = o->first; i > s->first; i--) {
        const struct name *name = name_at(a, i - 1);
        if (name != NULL && name->kind == NAME_ORGANISATION && name->entity != reference->entity &&
            add_party(a, name, names))
            return true;
    }
    return false;
}

/* The organisation right behind a verb, or before it where it is passive. */
static void take_object(const struct analysis *a, const struct dw_sentence *s,
                        const struct occurrence *o, const struct trigger *t, struct parts *p)
{
    struct dw_strs names = {0};
    char role = o->passive ? t->passive : t->object;
    if (role == '\0')
        return;
    if (o->passive) {
        if (find_subject(a, s, o->first, &names))
            give(a, p, role, &names);
        return;
    }
    for (size_t i = o->last; i < s->last && i < o->last + 6; i++) {
        const struct name *name = name_at(a, i);
        if (name != NULL && !name->possessive) {
            if (take_other(a, s, o, name, &names) || read_list(a, i, s->last, &names))
                give(a, p, role, &names);
            return;
        }
        if (a->quantity_at[i] != 0 || token_has(a, i, CLASS(PREPOSITION)))
            return;
    }
}

static void take_subject(const struct analysis *a, const struct dw_sentence *s,
                         const struct occurrence *o, char role, struct parts *p)
{
    struct dw_strs names = {0};
    if (role == '\0' || part_of(p, role) == NULL || part_of(p, role)->len > 0)
        return;
    if (o->passive) {
        for (size_t i = o->last; i + 1 < s->last && i < o->last + 12; i++) {
            if (token_is(a, i, W_BY) && read_list(a, i + 1, s->last, &names)) {
                give(a, p, role, &names);
                return;
            }
        }
        return;
    }
    if (find_subject(a, s, o->first, &names))
        give(a, p, role, &names);
}

static void parts_of_verb(const struct analysis *a, const struct scene *scene,
                          const struct quantity *q, const struct candidate *c, struct parts *p)
{
    const struct dw_sentence *s = scene->sentence;
    take_object(a, s, c->at, c->trigger, p);
    take_subject(a, s, c->at, c->trigger->subject, p);
    take_prepositions(a, s, c->trigger, q, c->at->last, p);
}

/* "a cloud deal OpenAI signed", "the $38 billion contract that OpenAI won": the name behind the
 * noun acts. */
static void take_relative(const struct analysis *a, const struct candidate *c, struct parts *p)
{
    size_t at = c->at->last;
    const struct sense *sense;
    if (token_is(a, at, W_THAT) || token_is(a, at, W_WHICH))
        at++;
    const struct name *name = name_at(a, at);
    struct dw_strs names = {0};
    if (name == NULL || name->first != at || name->possessive || c->trigger->owner == '\0')
        return;
    size_t verb = name->last;
    bool acts = token_has(a, verb, CLASS(AUXILIARY)) ||
                (phrase_at(a, verb, a->tokens.len, SENSE_TRIGGER, &sense) > 0 &&
                 a->lexicon->triggers.at[sense->index].part == TRIGGER_VERB);
    if (acts && add_party(a, name, &names))
        give(a, p, c->trigger->owner, &names);
}

static bool is_investing(const struct analysis *a, const struct occurrence *verb)
{
    const struct trigger *t = &a->lexicon->triggers.at[verb->trigger];
    return !t->light && t->kind == DW_KIND_INVESTMENT;
}

static void parts_of_noun(const struct analysis *a, const struct scene *scene,
                          const struct quantity *q, const struct candidate *c, struct parts *p)
{
    const struct dw_sentence *s = scene->sentence;
    size_t first = c->at->first < q->first ? c->at->first : q->first;
    size_t behind = c->at->last > q->reach ? c->at->last : q->reach;
    take_owner(a, s, c->trigger, first, p);
    take_prepositions(a, s, c->trigger, q, c->at->first < q->first ? c->at->last : behind, p);
    take_relative(a, c, p);
    const struct occurrence *verb = governing_verb(a, scene, q, first);
    if (c->kind == DW_KIND_ROUND && verb != NULL && is_investing(a, verb)) {
        /* "invest $50 billion as part of a $100 billion round": who is invested in raises it */
        struct parts deal = {0};
        const struct trigger *t = &a->lexicon->triggers.at[verb->trigger];
        take_prepositions(a, s, t, q, verb->last, &deal);
        if (p->to.len == 0)
            give(a, p, 't', &deal.to);
        return;
    }
    if (verb == NULL) {
        /* "OpenAI's revenue", "Revenue at X rose to $5bn" have no verb that acts */
        struct dw_strs names = {0};
        char role = c->trigger->owner;
        if (role != '\0' && part_of(p, role)->len == 0 && find_subject(a, s, first, &names))
            give(a, p, role, &names);
        return;
    }
    const struct trigger *t = &a->lexicon->triggers.at[verb->trigger];
    bool own_roles = !t->light && t->kind == c->kind;
    char role = own_roles ? t->subject : c->trigger->owner;
    if (c->kind == DW_KIND_ROUND && leads_round(a, verb->first))
        role = 'f';
    if (own_roles)
        take_prepositions(a, s, t, q, verb->last, p);
    if (own_roles || t->light || t->kind == DW_KIND_ROUND || t->kind == DW_KIND_CONTRACT ||
        part_of(p, role) == NULL || part_of(p, role)->len == 0)
        take_subject(a, s, verb, role, p);
}

/* Kinds whose figure is about one company: it is the subject, or who the text is about. */
static char main_role(enum dw_kind kind)
{
    switch (kind) {
    case DW_KIND_ROUND:
    case DW_KIND_VALUATION:
    case DW_KIND_REVENUE:
    case DW_KIND_PROFIT:
    case DW_KIND_CHANGE:
    case DW_KIND_PRICE:
    case DW_KIND_USERS:
    case DW_KIND_PARAMETERS:
    case DW_KIND_DEBT:
        return 't';
    case DW_KIND_LAYOFFS:
    case DW_KIND_HIRING:
    case DW_KIND_HEADCOUNT:
    case DW_KIND_SPENDING:
    case DW_KIND_POWER:
    case DW_KIND_CHIPS:
        return 'f';
    default:
        return '\0';
    }
}

/* Fills the main part from the sentence's subject, else from the article's topic. */
static enum part_source fill_main_part(const struct analysis *a, const struct dw_sentence *s,
                                       const struct quantity *q, enum dw_kind kind, struct parts *p)
{
    char role = main_role(kind);
    struct dw_strs names = {0};
    if (role == '\0' || part_of(p, role)->len > 0)
        return PART_FOUND;
    if (p->from.len + p->to.len > 0 && kind != DW_KIND_ROUND && kind != DW_KIND_VALUATION)
        return PART_FOUND;
    if (find_subject(a, s, q->first, &names)) {
        give(a, p, role, &names);
        return PART_SUBJECT;
    }
    for (size_t i = s->last; i > s->first; i--) {
        const struct name *name = name_at(a, i - 1);
        if (name != NULL && name->first > q->last && name->kind != NAME_PLACE &&
            add_party(a, name, &names))
            continue;
    }
    if (names.len == 1) {
        give(a, p, role, &names);
        return PART_ONLY_NAME;
    }
    if (a->topic != UINT32_MAX && names.len == 0) {
        dw_strs_push(a->arena, &names, a->entities.at[a->topic].name);
        give(a, p, role, &names);
        return PART_TOPIC;
    }
    return PART_FOUND;
}

/* ---- Signs ---- */

static void flip(struct quantity *q)
{
    if (q->value <= 0)
        return;
    double low = q->low;
    q->value = -q->value;
    q->low = -q->high;
    q->high = -low;
    /* the bound keeps its side by figures.md: "lost more than 30%" has high -30 */
}

/* "-$1.2 billion": a minus sign, not a dash between two things nor one that begins an item. */
static bool has_minus(const struct analysis *a, const struct dw_sentence *s,
                      const struct quantity *q)
{
    if (q->first < s->first + 2 || a->tokens.at[q->first - 1].kind != DW_TOKEN_DASH)
        return false;
    return a->tokens.at[q->first - 1].space && !a->tokens.at[q->first].space &&
           a->tokens.at[q->first - 2].kind == DW_TOKEN_WORD;
}

static void set_sign(const struct analysis *a, const struct dw_sentence *s, struct quantity *q,
                     const struct candidate *c)
{
    if ((c->kind == DW_KIND_PROFIT || c->kind == DW_KIND_CHANGE) && has_minus(a, s, q)) {
        flip(q);
        return;
    }
    if (c->kind == DW_KIND_PROFIT) {
        bool loss_noun = c->at != NULL && token_has(a, c->at->last - 1, CLASS(LOSS));
        bool loss_verb = c->at != NULL && token_has(a, c->at->first, CLASS(LOSS));
        if (loss_noun || loss_verb)
            flip(q);
        return;
    }
    if (c->kind != DW_KIND_CHANGE)
        return;
    size_t best = SIZE_MAX;
    bool falls = false;
    for (size_t i = s->first; i < s->last; i++) {
        if (!token_has(a, i, CLASS(RISE) | CLASS(FALL)))
            continue;
        size_t distance = i < q->first ? q->first - i : (i - q->first) + 2;
        if (distance < best) {
            best = distance;
            falls = token_has(a, i, CLASS(FALL));
        }
    }
    if (falls)
        flip(q);
}

/* ---- One quantity ---- */

#define MOST_SURE 18 /* the score of a reading whose kind is certain */

static void name_rule(const struct analysis *a, const struct candidate *c, struct reading *r)
{
    struct dw_str parts[] = {DW_STR("unit"), DW_STR(""), DW_STR(" \xe2\x86\x92 "),
                             dw_kind_name(c->kind)};
    if (c->at != NULL && c->trigger != NULL) {
        bool verb = c->trigger->part == TRIGGER_VERB;
        parts[0] = verb ? DW_STR("verb \xe2\x80\x9c") : DW_STR("noun \xe2\x80\x9c");
        parts[1] = dw_str_slice(a->text, a->tokens.at[c->at->first].start,
                                a->tokens.at[c->at->last - 1].end);
        parts[2] = DW_STR("\xe2\x80\x9d \xe2\x86\x92 ");
    }
    struct dw_strs all = {parts, sizeof parts / sizeof parts[0], sizeof parts / sizeof parts[0]};
    r->rule = dw_strs_join(a->arena, &all, DW_STR(""));
}

static bool has_each(const struct analysis *a, const struct dw_sentence *s,
                     const struct quantity *q)
{
    for (size_t i = q->reach; i < s->last && i < q->reach + 3; i++) {
        if (token_is(a, i, W_EACH))
            return true;
    }
    return false;
}

/* Capacity and chips have a buyer and a supplier where a contract holds them; a maker's name
 * between the number and the noun ("450,000 Nvidia GB200 chips") is the supplier. */
static void take_supply(const struct analysis *a, const struct scene *scene,
                        const struct quantity *q, enum dw_kind kind, struct parts *p)
{
    if (kind != DW_KIND_POWER && kind != DW_KIND_CHIPS)
        return;
    for (size_t i = q->last; i < q->reach; i++) {
        const struct name *name = name_at(a, i);
        struct dw_strs names = {0};
        if (name != NULL && kind == DW_KIND_CHIPS && add_party(a, name, &names))
            give(a, p, 't', &names);
    }
    struct candidate deal = best_deal(a, scene, q);
    if (deal.at == NULL)
        return;
    if (deal.trigger->part == TRIGGER_VERB)
        parts_of_verb(a, scene, q, &deal, p);
    else
        parts_of_noun(a, scene, q, &deal, p);
}

/* "The contract is worth €1.9 billion": the one told before, with its parties. */
static void take_earlier(const struct analysis *a, const struct dw_sentence *s, enum dw_kind kind,
                         struct parts *p)
{
    bool definite = token_is(a, s->first, W_THE) || token_is(a, s->first, W_THAT) ||
                    token_is(a, s->first, W_IT) || token_is(a, s->first, W_THIS);
    bool deal = kind == DW_KIND_CONTRACT || kind == DW_KIND_ACQUISITION ||
                kind == DW_KIND_SETTLEMENT || kind == DW_KIND_DEBT || kind == DW_KIND_INVESTMENT ||
                kind == DW_KIND_GRANT;
    if (!definite || !deal)
        return;
    for (size_t i = a->readings.len; i > 0; i--) {
        const struct reading *r = &a->readings.at[i - 1];
        bool supply =
            kind == DW_KIND_CONTRACT && (r->kind == DW_KIND_POWER || r->kind == DW_KIND_CHIPS);
        if ((r->kind == kind || supply) && r->from.len + r->to.len > 1) {
            *p = (struct parts){r->from, r->to, 0};
            return;
        }
    }
}

static void read_quantity(struct analysis *a, const struct scene *scene, size_t index)
{
    struct quantity *q = &a->quantities.at[index];
    const struct dw_sentence *s = scene->sentence;
    struct candidate c;
    if (!choose_kind(a, scene, q, &c))
        return;
    set_sign(a, s, q, &c);
    struct parts p = {0};
    if (c.trigger != NULL && c.trigger->part == TRIGGER_VERB)
        parts_of_verb(a, scene, q, &c, &p);
    else if (c.trigger != NULL)
        parts_of_noun(a, scene, q, &c, &p);
    take_supply(a, scene, q, c.kind, &p);
    if (c.kind == DW_KIND_ROUND) {
        struct dw_strs investors = {0};
        read_investors(a, s, s->first, &investors);
        give(a, &p, 'f', &investors);
    }
    if (c.echo != NULL && c.source < SOURCE_SAME)
        p = (struct parts){c.echo->from, c.echo->to, 0};
    if (p.from.len + p.to.len == 0)
        take_earlier(a, s, c.kind, &p);
    enum part_source filled = fill_main_part(a, s, q, c.kind, &p);
    choose_parties(a, scene, q, &c, filled, &p);
    if (c.kind == DW_KIND_ROUND) {
        struct dw_strs investors = {0};
        read_later_investors(a, q, &investors);
        give(a, &p, 'f', &investors);
    }
    struct reading *r = dw_vec_push(a->arena, &a->readings);
    if (r == NULL)
        return;
    *r = (struct reading){
        .quantity = (uint32_t)index,
        .kind = c.kind,
        .score = c.source == SOURCE_DEFAULT && c.kind == DW_KIND_MONEY ? 1 : MOST_SURE * c.share,
        .from = p.from,
        .to = p.to};
    r->status = find_status(a, scene, q, &c, &r->attribution, &r->told, &r->status_share);
    r->each = has_each(a, s, q) && p.from.len + p.to.len > 2;
    find_times(a, s, q, r);
    name_rule(a, &c, r);
    r->filled = filled;
    r->share = c.share;
    r->margin = p.margin;
    r->confidence = reading_confidence(a->lexicon, r);
    if (a->log != NULL)
        log_reading(a, q, r);
}

/* Adds the kinds of the readings that came since the last call. */
static void tell_kinds(struct analysis *a, size_t *told)
{
    for (; *told < a->readings.len; ++*told)
        a->told |= 1u << a->readings.at[*told].kind;
}

bool read_facts(struct analysis *a)
{
    size_t told = 0; /* readings whose kinds are in a->told */
    struct scene *scene = dw_arena_alloc(a->arena, sizeof *scene);
    uint32_t last = UINT32_MAX;
    if (scene == NULL || a->arena->failed)
        return false;
    for (size_t i = 0; i < a->quantities.len; i++) {
        uint32_t sentence = a->quantities.at[i].sentence;
        if (sentence != last) {
            tell_kinds(a, &told);
            open_scene(a, &a->sentences.at[sentence], scene);
            last = sentence;
        }
        if (a->quantities.at[i].conversion == 0)
            read_quantity(a, scene, i);
    }
    return !a->arena->failed;
}
