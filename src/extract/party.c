/* Parties: who of all that a text names plays which part, by weights that are data.
 *
 * The grammar (facts.c) proposes; this stage looks at everybody who may be meant (bystander.c),
 * proposed or not, and asks a logistic model: what holds for a candidate adds up, for kinds of a
 * group alike. The weights in lexicon/parties.tsv were learned from annotated articles
 * (tests/learn). */
#include "party.h"

#include <math.h>

#define FEATURE_NAME(name, text) DW_STR_INIT(text),
static const struct dw_str feature_names[] = {PARTY_FEATURES(FEATURE_NAME)};
#undef FEATURE_NAME

#define SLOT_TEXT(name, text) DW_STR_INIT(text),
static const struct dw_str slot_names[] = {SLOTS(SLOT_TEXT)};
#undef SLOT_TEXT
_Static_assert(SLOT_COUNT <= PARTY_SLOTS, "room for weights");

/* ---- Weights ---- */

static size_t feature_index(struct dw_str name)
{
    size_t i = 0;
    while (i < PARTY_FEATURE_COUNT && !dw_str_eq(feature_names[i], name))
        i++;
    return i;
}

static const struct dw_str group_names[] = {
    [PARTY_GROUP_DEAL] = DW_STR_INIT("deal"),       [PARTY_GROUP_RESULT] = DW_STR_INIT("result"),
    [PARTY_GROUP_EFFORT] = DW_STR_INIT("effort"),   [PARTY_GROUP_PAY] = DW_STR_INIT("pay"),
    [PARTY_GROUP_DISPUTE] = DW_STR_INIT("dispute"), [PARTY_GROUP_MONEY] = DW_STR_INIT("money"),
};

static enum party_group group_of(enum dw_kind kind)
{
    switch (kind) {
    case DW_KIND_VALUATION:
    case DW_KIND_REVENUE:
    case DW_KIND_PROFIT:
    case DW_KIND_CHANGE:
    case DW_KIND_PRICE:
    case DW_KIND_USERS:
    case DW_KIND_PARAMETERS:
        return PARTY_GROUP_RESULT;
    case DW_KIND_LAYOFFS:
    case DW_KIND_HIRING:
    case DW_KIND_HEADCOUNT:
    case DW_KIND_SPENDING:
    case DW_KIND_POWER:
    case DW_KIND_CHIPS:
        return PARTY_GROUP_EFFORT;
    case DW_KIND_COMPENSATION:
        return PARTY_GROUP_PAY;
    case DW_KIND_SETTLEMENT:
        return PARTY_GROUP_DISPUTE;
    case DW_KIND_MONEY:
        return PARTY_GROUP_MONEY;
    default:
        return PARTY_GROUP_DEAL;
    }
}

static size_t slot_named(struct dw_str name)
{
    size_t i = 0;
    while (i < SLOT_COUNT && !dw_str_eq(slot_names[i], name))
        i++;
    return i;
}

static size_t group_named(struct dw_str name)
{
    size_t i = 0;
    while (i < PARTY_GROUP_COUNT && !dw_str_eq(group_names[i], name))
        i++;
    return i;
}

bool party_weights_load(struct lexicon *lexicon, const struct dw_tsv *table)
{
    if (!clue_weights_init(&lexicon->arena, table->len, &lexicon->party_clues))
        return false;
    for (size_t i = 0; i < table->len; i++) {
        const struct dw_str *cell = table->rows[i].cell;
        size_t group = group_named(cell[1]);
        size_t feature = feature_index(cell[2]);
        int64_t thousandths;
        bool to = dw_str_eq(cell[0], DW_STR("to"));
        enum dw_kind kind;
        if (dw_str_starts(cell[2], DW_STR("clue ")) && dw_kind_find(cell[1], &kind) &&
            dw_str_to_int(cell[3], &thousandths)) {
            clue_weights_add(&lexicon->party_clues, dw_str_slice(cell[2], 5, cell[2].len),
                             (uint32_t)kind + 1, to, (float)thousandths / 1000);
            continue;
        }
        bool far = dw_str_starts(cell[2], DW_STR("far "));
        size_t slot = slot_named(far ? dw_str_slice(cell[2], 4, cell[2].len) : cell[2]);
        if (group == PARTY_GROUP_COUNT && slot < SLOT_COUNT && dw_kind_find(cell[1], &kind) &&
            dw_str_to_int(cell[3], &thousandths))
            lexicon->slot_weights[to][kind][far][slot] = (float)thousandths / 1000;
        if (feature < PARTY_FEATURE_COUNT && group < PARTY_GROUP_COUNT &&
            dw_str_to_int(cell[3], &thousandths))
            lexicon->party_weights[to][group][feature] = (float)thousandths / 1000;
    }
    return true;
}

static double score(const struct lexicon *l, int role, enum party_group group, uint64_t features)
{
    double sum = 0;
    for (; features != 0; features &= features - 1)
        sum += (double)l->party_weights[role][group][__builtin_ctzll(features)];
    return sum;
}

/* ---- The choice ---- */

/* What a candidate is. */
static void clues_of(const struct analysis *a, const struct candidate_party *c, struct clues *clues)
{
    clues->len = 0;
    if (c->entity != UINT32_MAX)
        clues_of_entity(&a->entities.at[c->entity], clues);
}

/* For the program that learns the weights: one line a candidate. */
static void log_candidates(const struct analysis *a, const struct party_scene *scene,
                           enum dw_kind kind)
{
    for (size_t i = 0; i < scene->count; i++) {
        dw_buf_add_format(a->log, "party\t%u\t%u\t%.*s\t%.*s\t%.*s", scene->quantity->start,
                          scene->quantity->end, DW_FMT(group_names[group_of(kind)]),
                          DW_FMT(dw_kind_name(kind)), DW_FMT(scene->list[i].name));
        for (size_t k = 0; k < PARTY_FEATURE_COUNT; k++) {
            if (scene->list[i].features >> k & 1)
                dw_buf_add_format(a->log, "\t%.*s", DW_FMT(feature_names[k]));
        }
        if (scene->list[i].slot != NO_SLOT)
            dw_buf_add_format(a->log, "\tslot %.*s %s%.*s", DW_FMT(dw_kind_name(kind)),
                              scene->list[i].near ? "" : "far ",
                              DW_FMT(slot_names[scene->list[i].slot]));
        struct clues clues;
        clues_of(a, &scene->list[i], &clues);
        for (size_t k = 0; k < clues.len; k++) {
            dw_buf_add_format(a->log, "\tclue ");
            clue_text(a->log, &clues.at[k]);
        }
        dw_buf_add_char(a->log, '\n');
    }
}

static void weigh(const struct analysis *a, enum dw_kind kind, struct candidate_party *c)
{
    const struct lexicon *l = a->lexicon;
    struct clues clues;
    double sums[2] = {0, 0};
    clues_of(a, c, &clues);
    clue_weights_sum(&l->party_clues, &clues, (uint32_t)kind + 1, sums);
    double as_from = sums[0] + score(l, 0, group_of(kind), c->features);
    double as_to = sums[1] + score(l, 1, group_of(kind), c->features);
    if (c->slot != NO_SLOT) {
        as_from += (double)l->slot_weights[0][kind][!c->near][c->slot];
        as_to += (double)l->slot_weights[1][kind][!c->near][c->slot];
    }
    c->scores[0] = as_from;
    c->scores[1] = as_to;
    c->role = as_to > as_from;
    c->score = c->role == 1 ? as_to : as_from;
}

/* All candidates of a role that are more likely a party than not. What is of one company, and the
 * taking side of a deal, has one, or those that stand in the same place; so has an amount that
 * stands beside a name. */
static void take_role(const struct analysis *a, const struct party_scene *scene,
                      enum party_group group, int role, struct dw_strs *chosen)
{
    bool single = group == PARTY_GROUP_RESULT || group == PARTY_GROUP_EFFORT ||
                  (group == PARTY_GROUP_DEAL && role == 1);
    const struct candidate_party *best = NULL;
    for (size_t i = 0; i < scene->count; i++) {
        const struct candidate_party *c = &scene->list[i];
        if (c->role != role || c->score <= 0)
            continue;
        if (best == NULL || c->score > best->score)
            best = c;
    }
    if (best == NULL)
        return;
    single = single || best->slot == SLOT_GAPPED;
    for (size_t i = 0; i < scene->count; i++) {
        const struct candidate_party *c = &scene->list[i];
        bool wanted = !single || c == best ||
                      (c->slot != NO_SLOT && c->slot == best->slot && c->near == best->near);
        if (c->role == role && c->score > 0 && wanted)
            dw_strs_push(a->arena, chosen, c->name);
    }
}

/* How much it speaks for a party that its side would be open without it. */
#define BOTH_SIDES 2.0 /* of a deal */
#define MAIN_SIDE 1.0  /* of what is about one company */

/* The side that a kind of figure is about; -1: both, or none. */
static int main_side(enum dw_kind kind)
{
    switch (group_of(kind)) {
    case PARTY_GROUP_RESULT:
        return 1;
    case PARTY_GROUP_EFFORT:
        return 0;
    default:
        return kind == DW_KIND_ROUND || kind == DW_KIND_DEBT ? 1 : -1;
    }
}

/* Deals that nobody makes alone. */
static bool has_two_sides(enum dw_kind kind)
{
    return kind == DW_KIND_ACQUISITION || kind == DW_KIND_CONTRACT || kind == DW_KIND_GRANT ||
           kind == DW_KIND_INVESTMENT || kind == DW_KIND_SETTLEMENT || kind == DW_KIND_STAKE ||
           kind == DW_KIND_COMPENSATION;
}

/* Gives the open side of a deal to who fits it best, if need be one of several on the other. */
static void fill_side(const struct analysis *a, const struct party_scene *scene, int role,
                      double need, struct dw_strs *chosen)
{
    struct dw_strs *other = &chosen[1 - role];
    const struct candidate_party *best = NULL;
    double most = -need;
    for (size_t i = 0; chosen[role].len == 0 && i < scene->count; i++) {
        const struct candidate_party *c = &scene->list[i];
        bool taken = dw_strs_has(other, c->name);
        double gain = c->scores[role] - (taken ? c->scores[1 - role] : 0);
        if (gain > most && (!taken || other->len > 1)) {
            most = gain;
            best = c;
        }
    }
    if (best == NULL)
        return;
    dw_strs_push(a->arena, &chosen[role], best->name);
    size_t kept = 0;
    for (size_t i = 0; i < other->len; i++) {
        if (!dw_str_eq(other->at[i], best->name))
            other->at[kept++] = other->at[i];
    }
    other->len = kept;
}

static bool all_govern(const struct analysis *a, const struct party_scene *scene,
                       const struct dw_strs *names)
{
    for (size_t i = 0; i < names->len; i++) {
        size_t k = 0;
        while (k < scene->count && !dw_str_eq(scene->list[k].name, names->at[i]))
            k++;
        uint32_t entity = k < scene->count ? scene->list[k].entity : UINT32_MAX;
        if (entity == UINT32_MAX ||
            !dw_str_eq(a->entities.at[entity].category, DW_STR("government")))
            return false;
    }
    return names->len > 0;
}

/* Governments give grants and take fines, however the sentence turns it: "applied to the UK
 * government for a grant", "Texas won $1.4 billion from Meta". */
static void turn_sides(const struct analysis *a, const struct party_scene *scene, enum dw_kind kind,
                       struct dw_strs *chosen)
{
    int side = kind == DW_KIND_GRANT ? 1 : kind == DW_KIND_SETTLEMENT ? 0 : -1;
    if (side < 0 || !all_govern(a, scene, &chosen[side]) ||
        all_govern(a, scene, &chosen[1 - side]) || chosen[1 - side].len == 0)
        return;
    struct dw_strs other = chosen[0];
    chosen[0] = chosen[1];
    chosen[1] = other;
}

/* The choice that was nearest to another one. */
static double margin_of(const struct party_scene *scene)
{
    double least = INFINITY;
    for (size_t i = 0; i < scene->count; i++)
        least = fmin(least, fabs(scene->list[i].score));
    return scene->count > 0 ? least : 0;
}

void choose_parties(const struct analysis *a, const struct scene *scene, const struct quantity *q,
                    const struct candidate *c, enum part_source filled, struct parts *parts)
{
    struct party_scene p; /* its list is long: only what is used is set */
    p.sentence = scene->sentence;
    p.scene = scene;
    p.quantity = q;
    p.trigger = c;
    p.from = &parts->from;
    p.to = &parts->to;
    p.filled = filled;
    p.previous = q->sentence > 0 ? subject_of(a, &a->sentences.at[q->sentence - 1]) : UINT32_MAX;
    p.count = 0;
    p.here = 0;
    struct dw_strs chosen[2] = {{0}, {0}};
    list_parties(a, &p, c->kind);
    if (a->log != NULL)
        log_candidates(a, &p, c->kind);
    for (size_t i = 0; i < p.count; i++)
        weigh(a, c->kind, &p.list[i]);
    for (int role = 0; role < 2; role++)
        take_role(a, &p, group_of(c->kind), role, &chosen[role]);
    for (int role = 0; role < 2; role++) {
        if (has_two_sides(c->kind))
            fill_side(a, &p, role, BOTH_SIDES, chosen);
        else if (main_side(c->kind) == role)
            fill_side(a, &p, role, MAIN_SIDE, chosen);
    }
    turn_sides(a, &p, c->kind, chosen);
    *parts = (struct parts){chosen[0], chosen[1], margin_of(&p)};
}
