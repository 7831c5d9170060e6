/* Kinds: what a quantity is. Every word of the sentence that may tell it, every amount that it may
 * repeat, and the unit alone are candidates; what holds for a candidate adds up to a score by
 * weights that are data, and the kind whose candidates weigh most together wins (a log-linear model
 * with the candidates as hidden causes). lexicon/kinds.tsv was learned from annotated articles by
 * tests/learn. */
#include "internal.h"

#include <math.h>

/* ---- What the weights are for, by name ---- */

#define NAME_OF(name, text) DW_STR_INIT(text),
static const struct dw_str relation_names[] = {RELATIONS(NAME_OF)};
static const struct dw_str source_names[] = {SOURCES(NAME_OF)};
static const struct dw_str sign_names[] = {SIGNS(NAME_OF)};
#undef NAME_OF
static const struct dw_str part_names[KIND_PARTS] = {DW_STR_INIT("verb"), DW_STR_INIT("noun"),
                                                     DW_STR_INIT("verb as noun")};
static const struct dw_str group_names[] = {DW_STR_INIT("deals"), DW_STR_INIT("people"),
                                            DW_STR_INIT("compute"), DW_STR_INIT("results"),
                                            DW_STR_INIT("other")};
_Static_assert(RELATION_COUNT <= KIND_RELATIONS && SOURCE_COUNT <= KIND_SOURCES,
               "room for weights");

static struct dw_str choice_name(size_t kind)
{
    return kind == KIND_NONE ? DW_STR("none") : dw_kind_name((enum dw_kind)kind);
}

static size_t find_name(const struct dw_str *names, size_t count, struct dw_str name)
{
    size_t i = 0;
    while (i < count && !dw_str_eq(names[i], name))
        i++;
    return i;
}

static size_t find_choice(struct dw_str name)
{
    enum dw_kind kind = DW_KIND_MONEY;
    return dw_kind_find(name, &kind) ? kind : KIND_NONE;
}

static size_t small_number(struct dw_str text)
{
    int64_t number;
    return dw_str_to_int(text, &number) && number >= 0 ? (size_t)number : SIZE_MAX;
}

/* Where the weight of a row of kinds.tsv belongs; NULL: nowhere. */
static float *weight_named(struct kind_weights *w, const struct dw_str *cell)
{
#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])
    size_t part = find_name(part_names, COUNT_OF(part_names), cell[1]);
    size_t relation = find_name(relation_names, COUNT_OF(relation_names), cell[2]);
    size_t group = find_name(group_names, COUNT_OF(group_names), cell[1]);
    size_t source = find_name(source_names, COUNT_OF(source_names), cell[1]);
    size_t sign = find_name(sign_names, COUNT_OF(sign_names), cell[1]);
    size_t number = small_number(cell[2]);
    size_t kind = find_choice(cell[2]);
    if (dw_str_eq(cell[0], DW_STR("relation")) && part < KIND_PARTS && relation < RELATION_COUNT)
        return &w->relation[part][relation];
    if (dw_str_eq(cell[0], DW_STR("group")) && group < COUNT_OF(group_names) &&
        relation < RELATION_COUNT)
        return &w->group[group][relation];
    if (dw_str_eq(cell[0], DW_STR("strength")) && part < KIND_PARTS &&
        number < COUNT_OF(w->strength[0]))
        return &w->strength[part][number];
    if (dw_str_eq(cell[0], DW_STR("distance")) && part < KIND_PARTS && number < DISTANCES)
        return &w->distance[part][number];
    if (dw_str_eq(cell[0], DW_STR("between")) && part < KIND_PARTS)
        return &w->between[part];
    if (dw_str_eq(cell[0], DW_STR("border")) && part < KIND_PARTS)
        return &w->border[part];
    if (dw_str_eq(cell[0], DW_STR("told")))
        return &w->told[dw_str_eq(cell[1], DW_STR("else"))];
    if (dw_str_eq(cell[0], DW_STR("kind")))
        return &w->kind[kind];
    if (dw_str_eq(cell[0], DW_STR("source")) && source < SOURCE_COUNT)
        return &w->source[source][kind];
    if (dw_str_eq(cell[0], DW_STR("sign")) && sign < SIGN_COUNT)
        return &w->sign[sign][kind];
#undef COUNT_OF
    return NULL;
}

/* "word", first form of a row of triggers.tsv, its kind: the row's own weight. */
static float *bias_named(struct lexicon *lexicon, const struct dw_str *cell)
{
    for (size_t i = 0; i < lexicon->triggers.len; i++) {
        const struct trigger *t = &lexicon->triggers.at[i];
        if (dw_str_eq(t->name, cell[1]) && !t->light && dw_str_eq(dw_kind_name(t->kind), cell[2]))
            return &lexicon->kinds.row[i];
    }
    return NULL;
}

bool kind_weights_load(struct lexicon *lexicon, const struct dw_tsv *table)
{
    if (!clue_weights_init(&lexicon->arena, table->len, &lexicon->kind_clues))
        return false;
    for (size_t i = 0; i < table->len; i++) {
        const struct dw_str *cell = table->rows[i].cell;
        int64_t clue;
        if (dw_str_eq(cell[0], DW_STR("clue")) && dw_str_to_int(cell[3], &clue)) {
            clue_weights_add(&lexicon->kind_clues, cell[1], 0, (uint8_t)find_choice(cell[2]),
                             (float)clue / 1000);
            continue;
        }
        bool word = dw_str_eq(cell[0], DW_STR("word"));
        float *weight = word ? bias_named(lexicon, cell) : weight_named(&lexicon->kinds, cell);
        int64_t thousandths;
        if (weight != NULL && dw_str_to_int(cell[3], &thousandths))
            *weight = (float)thousandths / 1000;
    }
    return true;
}

/* ---- Which kinds a unit may have ---- */

bool kind_fits_unit(const struct quantity *q, enum dw_kind kind)
{
    switch (kind) {
    case DW_KIND_LAYOFFS:
    case DW_KIND_HIRING:
        return is_unit(q, "percent") || (is_unit(q, "people") && q->style != UNIT_USERS);
    case DW_KIND_HEADCOUNT:
        return is_unit(q, "people") && q->style != UNIT_USERS;
    case DW_KIND_USERS:
        return is_unit(q, "people") && q->style != UNIT_STAFF && q->style != UNIT_STRONG;
    case DW_KIND_STAKE:
    case DW_KIND_CHANGE:
        return is_unit(q, "percent");
    case DW_KIND_POWER:
        return is_unit(q, "W");
    case DW_KIND_CHIPS:
        return is_unit(q, "chips");
    case DW_KIND_PARAMETERS:
        return is_unit(q, "parameters") || is_unit(q, "tokens");
    default:
        return q->is_money;
    }
}

/* ---- Candidates ---- */

/* What holds for a candidate, as far as no other table says it. */
struct evidence {
    struct candidate c;
    uint8_t part;     /* index of part_names */
    uint8_t distance; /* bucket */
    bool told;        /* the article has told of the kind before */
    bool between, border;
};

struct evidence_list {
    struct evidence at[MOST_CANDIDATES];
    size_t len;
    signs signs;
    struct clues clues;
};

static bool is_rival(const struct quantity *other, const struct quantity *q, bool alike)
{
    return (other->is_money == q->is_money) == alike && !is_unit(other, "percent");
}

/* Whether another amount, of money as this one is or not, has tokens from `from` up to `to`.
 * Amounts are in the order of the text: only those next to it are looked at. */
static bool quantity_between(const struct analysis *a, size_t from, size_t to,
                             const struct quantity *q, bool alike)
{
    const struct quantity *begin = a->quantities.at;
    const struct quantity *end = begin + a->quantities.len;
    for (const struct quantity *o = q; o > begin && o[-1].last > from; o--) {
        if (o[-1].first < to && is_rival(&o[-1], q, alike))
            return true;
    }
    for (const struct quantity *o = q + 1; o < end && o->first < to; o++) {
        if (o->last > from && is_rival(o, q, alike))
            return true;
    }
    return false;
}

static uint8_t distance_bucket(size_t distance)
{
    return distance == 0    ? 0
           : distance <= 2  ? 1
           : distance <= 4  ? 2
           : distance <= 8  ? 3
           : distance <= 16 ? 4
                            : 5;
}

static void add_trigger(const struct analysis *a, const struct scene *scene,
                        const struct quantity *q, const struct occurrence *o,
                        struct evidence_list *list)
{
    const struct trigger *t = &a->lexicon->triggers.at[o->trigger];
    size_t group = group_at(&scene->syntax, o->first);
    bool in_verb = group != NO_GROUP && scene->syntax.groups[group].kind == GROUP_VERB;
    if (t->part == TRIGGER_NOUN && in_verb && o->last == o->first + 1)
        return; /* "will spend" is no spend */
    bool before = o->last <= q->first;
    size_t from = before ? o->last : q->reach;
    size_t to = before ? q->first : o->first;
    if (to < from)
        to = from;
    list->at[list->len++] = (struct evidence){
        .c = {.at = o,
              .trigger = t,
              .kind = t->kind,
              .source = SOURCE_TRIGGER,
              .relation = relation_of(a, scene, q, o)},
        .part = t->part == TRIGGER_NOUN        ? 1
                : in_verb || group == NO_GROUP ? 0
                                               : 2,
        .told = (a->told >> t->kind & 1) != 0,
        .distance = distance_bucket(to - from),
        .between = quantity_between(a, from, to, q, true),
        .border = boundaries_between(a, from, to) > 0,
    };
    if (quantity_between(a, from, to, q, false))
        list->signs |= SIGN(GOODS);
}

static void add_other(struct evidence_list *list, size_t kind, enum source source,
                      const struct reading *echo)
{
    if (list->len < MOST_CANDIDATES)
        list->at[list->len++] =
            (struct evidence){.c = {.kind = (enum dw_kind)kind, .source = source, .echo = echo}};
}

static void add_defaults(const struct quantity *q, struct evidence_list *list)
{
    static const uint8_t of_money[] = {DW_KIND_MONEY,        DW_KIND_PRICE,     DW_KIND_INVESTMENT,
                                       DW_KIND_ROUND,        DW_KIND_VALUATION, DW_KIND_CONTRACT,
                                       DW_KIND_DEBT,         DW_KIND_GRANT,     DW_KIND_ACQUISITION,
                                       DW_KIND_SPENDING,     DW_KIND_REVENUE,   DW_KIND_PROFIT,
                                       DW_KIND_COMPENSATION, DW_KIND_SETTLEMENT};
    static const uint8_t of_people[] = {DW_KIND_LAYOFFS, DW_KIND_HIRING, DW_KIND_HEADCOUNT,
                                        DW_KIND_USERS, KIND_NONE};
    static const uint8_t of_percent[] = {DW_KIND_CHANGE, DW_KIND_STAKE, DW_KIND_LAYOFFS, KIND_NONE};
    if (is_unit(q, "people") && q->style == UNIT_STRONG) {
        add_other(list, DW_KIND_HEADCOUNT, SOURCE_DEFAULT, NULL); /* "the 1,200-strong firm" */
        return;
    }
    const uint8_t *kinds = q->is_money ? of_money : is_unit(q, "people") ? of_people : of_percent;
    size_t count = q->is_money            ? sizeof of_money
                   : is_unit(q, "people") ? sizeof of_people
                                          : sizeof of_percent;
    for (size_t i = 0; i < count; i++) {
        if (kinds[i] == KIND_NONE || kind_fits_unit(q, (enum dw_kind)kinds[i]))
            add_other(list, kinds[i], SOURCE_DEFAULT, NULL);
    }
}

static bool is_comparing(const struct analysis *a, size_t token)
{
    return token_is(a, token, W_FROM) || token_is(a, token, W_THAN) ||
           token_is(a, token, W_AGAINST) || token_is(a, token, W_VERSUS) ||
           (token_is(a, token, W_WITH) && token > 0 && token_is(a, token - 1, W_COMPARED));
}

/* Whether the amount stands beside a name without a verb: "TSMC $6.6 billion". */
static bool is_gapped(const struct analysis *a, const struct scene *scene, const struct quantity *q)
{
    size_t at = group_at(&scene->syntax, q->first);
    if (at == NO_GROUP || at == 0)
        return false;
    return stands_beside(a, &scene->syntax, at - 1, at) &&
           name_at(a, scene->syntax.groups[at - 1].head) != NULL;
}

static bool has_finite_verb(const struct scene *scene)
{
    for (size_t i = 0; i < scene->syntax.len; i++) {
        if (scene->syntax.groups[i].flags & VERB_FINITE)
            return true;
    }
    return false;
}

/* How the quantity follows the one before it. */
static enum source follows_as(const struct analysis *a, const struct scene *scene,
                              const struct quantity *q, const struct quantity *before)
{
    const struct syntax *x = &scene->syntax;
    if (before->first < scene->sentence->first)
        return has_finite_verb(scene) ? SOURCE_LAST : SOURCE_FRAGMENT;
    size_t floor = q->first > before->reach + 4 ? q->first - 4 : before->reach;
    for (size_t i = q->first; i > floor; i--) {
        if (is_comparing(a, i - 1))
            return SOURCE_COMPARED;
    }
    if (is_gapped(a, scene, q))
        return SOURCE_GAPPED;
    size_t own = group_at(x, q->first);
    size_t other = group_at(x, before->first);
    bool joined = own != NO_GROUP && other != NO_GROUP &&
                  (first_of_list(x, own) == first_of_list(x, other) ||
                   (x->groups[own].link == LINK_COORDINATE && x->groups[own].noun != NO_GROUP &&
                    verb_of(x, own) == verb_of(x, other)));
    if (joined)
        return SOURCE_JOINED;
    if (own != NO_GROUP && other != NO_GROUP && verb_of(x, own) == verb_of(x, other))
        return SOURCE_BEFORE;
    return SOURCE_EARLIER;
}

/* The readings that this quantity may repeat. */
static void add_echoes(const struct analysis *a, const struct scene *scene,
                       const struct quantity *q, struct evidence_list *list)
{
    bool near = false;
    bool same = false;
    size_t len = a->readings.len;
    size_t floor = len > MOST_LOOKED_BACK ? len - MOST_LOOKED_BACK : 0;
    for (size_t i = len; i > floor && !(near && same); i--) {
        const struct reading *r = &a->readings.at[i - 1];
        const struct quantity *other = &a->quantities.at[r->quantity];
        bool alike = q->is_money ? other->is_money : dw_str_eq(other->unit, q->unit);
        if (!alike || !kind_fits_unit(q, r->kind))
            continue;
        if (!near && other->sentence + 1u >= q->sentence)
            add_other(list, r->kind, follows_as(a, scene, q, other), r);
        near = true;
        if (!same && fabs(other->value - q->value) <= 1e-6 * fabs(q->value)) {
            bool again = q->first > scene->sentence->first &&
                         (token_is(a, q->first - 1, W_THE) || token_is(a, q->first - 1, W_THAT));
            add_other(list, r->kind, again ? SOURCE_SAME_AGAIN : SOURCE_SAME, r);
            same = true;
        }
    }
}

static double score_of(const struct kind_weights *w, const struct evidence *e, signs held)
{
    double sum = 0;
    if (e->c.source == SOURCE_TRIGGER) {
        sum = (double)w->relation[e->part][e->c.relation] +
              (double)w->group[dw_kind_group(e->c.kind)][e->c.relation] +
              (double)w->strength[e->part][e->c.trigger->weight] +
              (double)w->row[e->c.trigger->row] + (e->told ? (double)w->told[0] : 0) +
              (double)w->distance[e->part][e->distance] + (double)w->kind[e->c.kind] +
              (e->between ? (double)w->between[e->part] : 0) +
              (e->border ? (double)w->border[e->part] : 0);
    } else {
        sum = (double)w->source[e->c.source][e->c.kind];
    }
    for (; held != 0; held &= held - 1)
        sum += (double)w->sign[__builtin_ctzll(held)][e->c.kind];
    return sum;
}

static void collect(const struct analysis *a, const struct scene *scene, const struct quantity *q,
                    struct evidence_list *list)
{
    list->len = 0;
    list->signs = signs_of(a, scene, q);
    for (size_t i = 0; i < scene->count; i++) {
        const struct trigger *t = &a->lexicon->triggers.at[scene->triggers[i].trigger];
        if (!t->light && kind_fits_unit(q, t->kind))
            add_trigger(a, scene, q, &scene->triggers[i], list);
    }
    add_defaults(q, list);
    add_echoes(a, scene, q, list);
    double clues[KIND_CHOICES] = {0};
    clues_of_quantity(a, scene, q, &list->clues);
    clue_weights_sum(&a->lexicon->kind_clues, &list->clues, 0, clues);
    for (size_t i = 0; i < list->len; i++)
        list->at[i].c.score =
            score_of(&a->lexicon->kinds, &list->at[i], list->signs) + clues[list->at[i].c.kind];
}

size_t list_candidates(const struct analysis *a, const struct scene *scene,
                       const struct quantity *q, struct candidate *candidates)
{
    struct evidence_list list;
    collect(a, scene, q, &list);
    for (size_t i = 0; i < list.len; i++)
        candidates[i] = list.at[i].c;
    return list.len;
}

struct dw_str describe_candidate(const struct analysis *a, const struct candidate *c, double share)
{
    struct dw_str kind = choice_name(c->kind);
    bool trigger = c->source == SOURCE_TRIGGER;
    struct dw_str why = trigger ? relation_names[c->relation] : source_names[c->source];
    const char *part = !trigger                           ? "unit or earlier amount"
                       : c->trigger->part == TRIGGER_VERB ? "verb"
                                                          : "noun";
    return dw_str_format(a->arena, "%.*s, %s, %.*s, score %.1f, %.0f %% of all", DW_FMT(kind), part,
                         DW_FMT(why), c->score, share * 100);
}

/* ---- The choice ---- */

/* The candidates' scores added up by kind: the likeliest kind, and its strongest candidate. */
static struct candidate choose(const struct evidence_list *list)
{
    double sums[KIND_CHOICES] = {0};
    double all = 0;
    double top = -INFINITY;
    size_t kind = KIND_NONE;
    struct candidate best = {.kind = (enum dw_kind)KIND_NONE, .score = -INFINITY};
    for (size_t i = 0; i < list->len; i++)
        top = fmax(top, list->at[i].c.score);
    for (size_t i = 0; i < list->len; i++) {
        double share = exp(list->at[i].c.score - top);
        sums[list->at[i].c.kind] += share;
        all += share;
    }
    for (size_t i = 0; i < KIND_CHOICES; i++) {
        if (sums[i] > sums[kind])
            kind = i;
    }
    for (size_t i = 0; i < list->len; i++) {
        if (list->at[i].c.kind == kind && list->at[i].c.score > best.score)
            best = list->at[i].c;
    }
    best.share = all > 0 ? sums[kind] / all : 0;
    return best;
}

/* For the program that learns the weights: one line a candidate. */
static void log_candidates(const struct analysis *a, const struct quantity *q,
                           const struct evidence_list *list)
{
    struct dw_buf *out = a->log;
    dw_buf_add_format(out, "clue\t%u\t%u", q->start, q->end);
    for (size_t i = 0; i < list->clues.len; i++) {
        dw_buf_add_char(out, '\t');
        clue_text(out, &list->clues.at[i]);
    }
    dw_buf_add_char(out, '\n');
    for (size_t i = 0; i < list->len; i++) {
        const struct evidence *e = &list->at[i];
        dw_buf_add_format(out, "kind\t%u\t%u\t%.*s", q->start, q->end,
                          DW_FMT(choice_name(e->c.kind)));
        if (e->c.source == SOURCE_TRIGGER) {
            struct dw_str part = part_names[e->part];
            struct dw_str relation = relation_names[e->c.relation];
            dw_buf_add_format(out, "\trelation|%.*s|%.*s\tgroup|%.*s|%.*s", DW_FMT(part),
                              DW_FMT(relation), DW_FMT(group_names[dw_kind_group(e->c.kind)]),
                              DW_FMT(relation));
            dw_buf_add_format(out, "\tstrength|%.*s|%d\tdistance|%.*s|%d\tkind||%.*s", DW_FMT(part),
                              e->c.trigger->weight, DW_FMT(part), e->distance,
                              DW_FMT(choice_name(e->c.kind)));
            dw_buf_add_format(out, "\tword|%.*s|%.*s", DW_FMT(e->c.trigger->name),
                              DW_FMT(choice_name(e->c.kind)));
            if (e->told)
                dw_buf_add_format(out, "\ttold|trigger|");
            if (e->between)
                dw_buf_add_format(out, "\tbetween|%.*s|", DW_FMT(part));
            if (e->border)
                dw_buf_add_format(out, "\tborder|%.*s|", DW_FMT(part));
        } else {
            dw_buf_add_format(out, "\tsource|%.*s|%.*s", DW_FMT(source_names[e->c.source]),
                              DW_FMT(choice_name(e->c.kind)));
        }
        for (signs left = list->signs; left != 0; left &= left - 1)
            dw_buf_add_format(out, "\tsign|%.*s|%.*s", DW_FMT(sign_names[__builtin_ctzll(left)]),
                              DW_FMT(choice_name(e->c.kind)));
        dw_buf_add_char(out, '\n');
    }
}

/* Units that leave no choice; the trigger still tells who plays which part. */
static bool take_fixed(const struct quantity *q, const struct evidence_list *list,
                       struct candidate *c)
{
    enum dw_kind kind = is_unit(q, "W")       ? DW_KIND_POWER
                        : is_unit(q, "chips") ? DW_KIND_CHIPS
                                              : DW_KIND_PARAMETERS;
    if (q->is_money || is_unit(q, "people") || is_unit(q, "percent"))
        return false;
    *c = (struct candidate){.kind = kind, .share = 0.98};
    for (size_t i = 0; i < list->len; i++) {
        const struct candidate *other = &list->at[i].c;
        if (other->kind == kind && other->at != NULL &&
            (c->at == NULL || other->score > c->score)) {
            *c = *other;
            c->share = 0.98;
        }
    }
    return true;
}

bool choose_kind(const struct analysis *a, const struct scene *scene, const struct quantity *q,
                 struct candidate *c)
{
    struct evidence_list list;
    collect(a, scene, q, &list);
    if (take_fixed(q, &list, c))
        return true;
    if (a->log != NULL)
        log_candidates(a, q, &list);
    *c = choose(&list);
    return (size_t)c->kind != KIND_NONE;
}

struct candidate best_deal(const struct analysis *a, const struct scene *scene,
                           const struct quantity *q)
{
    struct candidate best = {.kind = DW_KIND_CONTRACT, .score = -INFINITY};
    struct evidence_list list;
    list.len = 0;
    list.signs = signs_of(a, scene, q);
    for (size_t i = 0; i < scene->count; i++) {
        const struct trigger *t = &a->lexicon->triggers.at[scene->triggers[i].trigger];
        if (!t->light && t->kind == DW_KIND_CONTRACT)
            add_trigger(a, scene, q, &scene->triggers[i], &list);
    }
    for (size_t i = 0; i < list.len; i++) {
        struct candidate *c = &list.at[i].c;
        c->score = score_of(&a->lexicon->kinds, &list.at[i], list.signs);
        if (c->score > best.score && c->relation < RELATION_NEXT_CLAUSE)
            best = *c;
    }
    return best;
}
