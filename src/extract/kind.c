/* Kinds: what a quantity is, by the triggers around it and the grammar between them. */
#include "internal.h"

/* ---- Triggers of a sentence ---- */

bool is_participle(const struct analysis *a, size_t token)
{
    return dw_str_ends(token_text(a, token), DW_STR("ed")) ||
           token_has(a, token, CLASS(PARTICIPLE));
}

static bool is_passive(const struct analysis *a, const struct dw_sentence *s, size_t token)
{
    if (!is_participle(a, token))
        return false;
    for (size_t back = 1; back <= 3 && token >= s->first + back; back++) {
        size_t at = token - back;
        if (token_has(a, at, CLASS(PASSIVE)))
            return true;
        if (a->tokens.at[at].kind != DW_TOKEN_WORD || name_at(a, at) != NULL)
            break;
    }
    /* "a company valued at", "jobs lost", ", led by": a participle without its verb */
    return token_is(a, token + 1, W_BY) ||
           (token_is(a, token, W_VALUED) && !token_has(a, token - 1, CLASS(PRONOUN)));
}

/* "Capital expenditure" is not "capital": the longer phrase is what is meant. */
static void drop_contained(struct scene *scene)
{
    size_t kept = 0;
    for (size_t i = 0; i < scene->count; i++) {
        struct occurrence o = scene->triggers[i];
        bool contained = false;
        for (size_t k = 0; k < scene->count; k++) {
            const struct occurrence *other = &scene->triggers[k];
            contained = contained || (other->first <= o.first && other->last >= o.last &&
                                      other->last - other->first > o.last - o.first);
        }
        if (!contained)
            scene->triggers[kept++] = o;
    }
    scene->count = kept;
}

/* "its own shares", "Amazon's buy": what follows its owner is no verb. */
static bool follows_owner(const struct analysis *a, size_t token)
{
    return token > 0 &&
           (a->tokens.at[token - 1].possessive || token_has(a, token - 1, CLASS(POSSESSIVE)));
}

/* All triggers that begin at a token. A word that belongs to a name is none. */
static void add_triggers(const struct analysis *a, struct scene *scene, size_t token)
{
    const struct lexicon *l = a->lexicon;
    const struct dw_sentence *s = scene->sentence;
    uint32_t node = lexicon_begin(l, a->words[token].id);
    for (size_t k = token; node != 0; k++) {
        if (a->tokens.at[k].capital && name_at(a, k) != NULL)
            return;
        for (uint32_t n = l->nodes.at[node]; n != 0; n = l->senses.at[n].next) {
            const struct sense *sense = &l->senses.at[n];
            bool verb =
                sense->kind == SENSE_TRIGGER && l->triggers.at[sense->index].part == TRIGGER_VERB;
            if (verb && follows_owner(a, token))
                continue;
            if (sense->kind == SENSE_TRIGGER && scene->count < MOST_TRIGGERS)
                scene->triggers[scene->count++] = (struct occurrence){
                    (uint32_t)token, (uint32_t)k + 1, sense->index, is_passive(a, s, token)};
        }
        node = k + 1 < s->last ? lexicon_step(l, node, a->words[k + 1].id) : 0;
    }
}

void find_triggers(const struct analysis *a, struct scene *scene)
{
    const struct dw_sentence *s = scene->sentence;
    scene->count = 0;
    for (size_t i = s->first; i < s->last && scene->count + 4 < MOST_TRIGGERS; i++) {
        if (a->words[i].starts & 1u << SENSE_TRIGGER)
            add_triggers(a, scene, i);
    }
    drop_contained(scene);
}

/* ---- Which kind ---- */

static bool fits_unit(const struct quantity *q, enum dw_kind kind)
{
    bool people = dw_str_eq(q->unit, DW_STR("people"));
    bool percent = dw_str_eq(q->unit, DW_STR("percent"));
    switch (kind) {
    case DW_KIND_LAYOFFS:
    case DW_KIND_HIRING:
        return percent || (people && q->style != UNIT_USERS);
    case DW_KIND_HEADCOUNT:
        return people && q->style != UNIT_USERS;
    case DW_KIND_USERS:
        return people && q->style != UNIT_STAFF && q->style != UNIT_STRONG;
    case DW_KIND_STAKE:
    case DW_KIND_CHANGE:
        return percent;
    case DW_KIND_POWER:
        return dw_str_eq(q->unit, DW_STR("W"));
    case DW_KIND_CHIPS:
        return dw_str_eq(q->unit, DW_STR("chips"));
    case DW_KIND_PARAMETERS:
        return dw_str_eq(q->unit, DW_STR("parameters")) || dw_str_eq(q->unit, DW_STR("tokens"));
    default:
        return q->is_money;
    }
}

/* A comma and what follows it begin a clause. */
static bool opens_clause(const struct analysis *a, size_t token, bool comma)
{
    return comma && (token_has(a, token + 1, CLASS(CONJUNCTION) | CLASS(RELATIVE)) ||
                     token_is(a, token + 1, W_AFTER) || token_is(a, token + 1, W_FOLLOWING));
}

size_t boundaries_between(const struct analysis *a, size_t from, size_t to)
{
    size_t count = 0;
    for (size_t i = from; i < to; i++) {
        bool comma = token_is(a, i, W_COMMA);
        if (token_is(a, i, W_SEMICOLON) || token_is(a, i, W_COLON))
            count += 2;
        else if (comma && (token_is(a, i + 1, W_AND) || token_is(a, i + 1, W_OR)))
            count += verb_follows(a, i + 2);
        else if (opens_clause(a, i, comma) || (token_has(a, i, CLASS(RELATIVE)) && i > from))
            count++;
    }
    return count;
}

static bool quantity_between(const struct analysis *a, size_t from, size_t to,
                             const struct quantity *q)
{
    for (size_t i = from; i < to; i++) {
        const struct quantity *other =
            a->quantity_at[i] != 0 ? &a->quantities.at[a->quantity_at[i] - 1] : NULL;
        if (other != NULL && other != q && other->is_money == q->is_money)
            return true;
    }
    return false;
}

/* Whether only words that describe a noun stand between a quantity and the noun behind it. */
static bool describes(const struct analysis *a, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        uint8_t kind = a->tokens.at[i].kind;
        bool comma = token_is(a, i, W_COMMA) && i + 1 < to;
        if (kind != DW_TOKEN_WORD && kind != DW_TOKEN_DASH && kind != DW_TOKEN_NUMBER && !comma)
            return false;
        if (token_has(a, i,
                      CLASS(PREPOSITION) | CLASS(CONJUNCTION) | CLASS(AUXILIARY) | CLASS(MODAL) |
                          CLASS(RELATIVE) | CLASS(PRONOUN) | CLASS(ARTICLE)))
            return false;
        if (a->quantity_at[i] != 0)
            return false;
    }
    return true;
}

/* How well a noun holds the quantity: as its attribute, by a preposition, or by nearness. */
static double noun_score(const struct analysis *a, const struct quantity *q,
                         const struct occurrence *o)
{
    if (o->first >= q->reach) {
        size_t distance = o->first - q->reach;
        if (distance <= 7 && describes(a, q->reach, o->first))
            return 15 - 1.2 * (double)distance;
        size_t link = q->reach;
        bool linked = token_is(a, link, W_IN) || token_is(a, link, W_OF) ||
                      token_is(a, link, W_WORTH) || token_is(a, link, W_AS) ||
                      token_is(a, link, W_FROM) || token_is(a, link, W_VIA);
        size_t start = link + 1;
        while (start < o->first && (token_has(a, start, CLASS(ARTICLE) | CLASS(DETERMINER)) ||
                                    token_is(a, start, W_OF)))
            start++;
        if (linked && distance <= 6 && describes(a, start, o->first))
            return (token_is(a, link, W_FROM) || token_is(a, link, W_AS) ? 7 : 12.5) -
                   (double)distance;
        return distance <= 10 && !quantity_between(a, q->reach, o->first, q)
                   ? 3 - 0.4 * (double)distance -
                         3 * (double)boundaries_between(a, q->reach, o->first)
                   : -20;
    }
    size_t distance = q->first - o->last;
    if (o->last > q->first)
        return -20;
    /* "a ten-year contract with Fluidstack worth $3 billion" */
    bool worth = q->first > 0 &&
                 (token_is(a, q->first - 1, W_WORTH) || token_is(a, q->first - 1, W_TOTALING) ||
                  token_is(a, q->first - 1, W_TOTALLING));
    if (worth && distance <= 12 && !quantity_between(a, o->last, q->first, q))
        return 13.5 - 0.3 * (double)distance;
    bool direct =
        distance <= 3 && (token_is(a, o->last, W_OF) || token_is(a, o->last, W_AT) ||
                          token_is(a, o->last, W_WORTH) || token_is(a, o->last, W_TOTALING) ||
                          token_is(a, o->last, W_TOTALLING) || distance == 0);
    if (direct)
        return 13 - (double)distance;
    if (quantity_between(a, o->last, q->first, q))
        return 2 - 0.5 * (double)distance;
    return 9 - 0.45 * (double)distance - 3.5 * (double)boundaries_between(a, o->last, q->first);
}

static double verb_score(const struct analysis *a, const struct quantity *q,
                         const struct occurrence *o)
{
    if (o->last <= q->first) {
        size_t distance = q->first - o->last;
        double between = quantity_between(a, o->last, q->first, q) ? 3 : 0;
        return 11 - 0.5 * (double)distance - between -
               4 * (double)boundaries_between(a, o->last, q->first);
    }
    if (o->first < q->reach)
        return -20;
    size_t distance = o->first - q->reach;
    double base = o->passive ? 8 : 1;
    return base - 0.5 * (double)distance - 4 * (double)boundaries_between(a, q->reach, o->first);
}

/* A word of a class within some tokens of the quantity, on either side of it. */
static bool class_near(const struct analysis *a, const struct dw_sentence *s,
                       const struct quantity *q, uint64_t classes, size_t back, size_t ahead)
{
    size_t first = q->first > s->first + back ? q->first - back : s->first;
    size_t last = q->reach + ahead < s->last ? q->reach + ahead : s->last;
    for (size_t i = first; i < last; i++) {
        if ((i < q->first || i >= q->last) && token_has(a, i, classes))
            return true;
    }
    return false;
}

/* The verb "pay" says what for by what follows: a company bought, a dispute ended, else a supplier.
 */
static double adjust_payment(const struct analysis *a, const struct dw_sentence *s,
                             const struct quantity *q, enum dw_kind kind)
{
    bool for_whom = token_is(a, q->reach, W_FOR) && name_at(a, q->reach + 1) != NULL &&
                    name_at(a, q->reach + 1)->kind == NAME_ORGANISATION;
    bool dispute = false;
    for (size_t i = s->first; i < s->last; i++) {
        dispute = dispute || token_is(a, i, W_SETTLE) || token_is(a, i, W_SETTLEMENT) ||
                  token_is(a, i, W_FINE) || token_is(a, i, W_DAMAGES) ||
                  token_is(a, i, W_LAWSUIT) || token_is(a, i, W_PENALTY) ||
                  token_is(a, i, W_CLAIMS);
    }
    switch (kind) {
    case DW_KIND_ACQUISITION:
        return for_whom && !dispute ? 4 : -20;
    case DW_KIND_SETTLEMENT:
        return dispute ? 5 : -20;
    default:
        return 0;
    }
}

/* An amount per share that stands with a profit is one: "net income of $28.2 billion, or $2.31 a
 * share". */
static bool is_earnings_per_share(const struct analysis *a, const struct dw_sentence *s,
                                  const struct quantity *q)
{
    enum { NEAR = 14 };
    if (!q->per_unit)
        return false;
    for (size_t i = q->first; i > s->first && q->first - i < NEAR; i--) {
        if (token_has(a, i - 1, CLASS(EARNINGS)))
            return true;
    }
    return false;
}

static bool is_buying(const struct analysis *a, size_t token)
{
    return token_has(a, token, CLASS(BUYING));
}

/* Something counted between a verb and an amount: "bought 9,000 accelerators for". */
static bool other_between(const struct analysis *a, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const struct quantity *other =
            a->quantity_at[i] != 0 ? &a->quantities.at[a->quantity_at[i] - 1] : NULL;
        if (other != NULL && !other->is_money && !dw_str_eq(other->unit, DW_STR("percent")))
            return true;
    }
    return false;
}

/* Whether a word of loss and an amount do not belong together: what is lost stands right behind the
 * verb; a noun stands right before or behind its amount. */
static bool is_far_from_loss(const struct analysis *a, const struct quantity *q,
                             const struct occurrence *o)
{
    bool verb = a->lexicon->triggers.at[o->trigger].part == TRIGGER_VERB;
    if (o->first >= q->reach)
        return verb || o->first - q->reach > 4;
    for (size_t i = o->last; verb && i < q->first; i++) {
        if (token_has(a, i, CLASS(CONJUNCTION) | CLASS(PRONOUN) | CLASS(POSSESSIVE)))
            return true;
    }
    return false;
}

/* What the grammar around the quantity says beyond single triggers. */
static double adjust(const struct analysis *a, const struct dw_sentence *s,
                     const struct quantity *q, const struct occurrence *o, double score)
{
    const struct trigger *t = &a->lexicon->triggers.at[o->trigger];
    bool percent = dw_str_eq(q->unit, DW_STR("percent"));
    if (t->part == TRIGGER_VERB && dw_str_starts_nocase(token_text(a, o->first), DW_STR("pa")) &&
        (token_is(a, o->first, W_PAY) || token_is(a, o->first, W_PAYS) ||
         token_is(a, o->first, W_PAID) || token_is(a, o->first, W_PAYING)))
        return score + adjust_payment(a, s, q, t->kind);
    bool shares = class_near(a, s, q, CLASS(SHARE) | CLASS(SHARENOUN), 12, 6);
    if (t->part == TRIGGER_VERB && is_buying(a, o->first)) {
        bool goods = other_between(a, o->last, q->first);
        /* a stake is invested in, goods are contracted, only a company is acquired */
        return score + (t->kind == DW_KIND_INVESTMENT    ? (shares ? 8 : -20)
                        : t->kind == DW_KIND_ACQUISITION ? (shares  ? -12
                                                            : goods ? -8
                                                                    : 0)
                                                         : (shares && q->is_money ? -12
                                                            : goods               ? 4
                                                                                  : 0));
    }
    switch (t->kind) {
    case DW_KIND_PROFIT:
        /* "lost his wallet and has $1.22", "$48 billion in assets … to absorb losses" */
        if (token_has(a, o->first, CLASS(LOSS)) && is_far_from_loss(a, q, o))
            return score - 15;
        return score;
    case DW_KIND_PRICE:
        if (is_earnings_per_share(a, s, q))
            return -20;
        return q->per_unit ? score + 8 : q->term.len > 0 ? score + 4 : score - 3;
    case DW_KIND_ACQUISITION:
        return shares ? score - 9 : score;
    case DW_KIND_STAKE:
        /* "an interest in Nscale" is held, "interest of 7%" is paid */
        if (token_is(a, o->first, W_INTEREST) && !token_is(a, o->last, W_IN))
            return -20;
        return class_near(a, s, q, CLASS(SHARE) | CLASS(SHARENOUN), 6, 6) ? score + 4 : score - 6;
    case DW_KIND_LAYOFFS:
    case DW_KIND_HIRING:
        return !percent || class_near(a, s, q, CLASS(WORKFORCE), 6, 8) ? score : score - 12;
    case DW_KIND_INVESTMENT:
        /* "put the savings at $60 million" puts nothing in */
        if (token_is(a, q->first - (q->first > 0), W_AT))
            return score - 12;
        return q->per_unit ? score - 6 : score;
    default:
        return score;
    }
}

static double score_of(const struct analysis *a, const struct scene *scene,
                       const struct quantity *q, const struct occurrence *o)
{
    const struct trigger *t = &a->lexicon->triggers.at[o->trigger];
    double score = t->part == TRIGGER_NOUN ? noun_score(a, q, o) : verb_score(a, q, o);
    return adjust(a, scene->sentence, q, o,
                  score + t->weight * 0.9 - 5 + 0.3 * (o->last - o->first));
}

size_t list_candidates(const struct analysis *a, const struct scene *scene,
                       const struct quantity *q, struct candidate *list, size_t most)
{
    size_t count = 0;
    for (size_t i = 0; i < scene->count && count < most; i++) {
        const struct occurrence *o = &scene->triggers[i];
        const struct trigger *t = &a->lexicon->triggers.at[o->trigger];
        if (!t->light && fits_unit(q, t->kind))
            list[count++] = (struct candidate){o, t, t->kind, score_of(a, scene, q, o)};
    }
    return count;
}

/* The best trigger for a quantity; a score of zero or less says that none holds it. */
static struct candidate best_candidate(const struct analysis *a, const struct scene *scene,
                                       const struct quantity *q)
{
    struct candidate list[MOST_TRIGGERS];
    struct candidate best = {.kind = DW_KIND_MONEY};
    size_t count = list_candidates(a, scene, q, list, MOST_TRIGGERS);
    for (size_t i = 0; i < count; i++) {
        if (list[i].score > best.score)
            best = list[i];
    }
    return best;
}

struct candidate best_deal(const struct analysis *a, const struct scene *scene,
                           const struct quantity *q)
{
    struct candidate best = {.kind = DW_KIND_CONTRACT};
    for (size_t i = 0; i < scene->count; i++) {
        const struct occurrence *o = &scene->triggers[i];
        const struct trigger *t = &a->lexicon->triggers.at[o->trigger];
        double score = t->light || t->kind != DW_KIND_CONTRACT ? 0 : score_of(a, scene, q, o);
        if (score > best.score)
            best = (struct candidate){o, t, t->kind, score};
    }
    return best;
}

/* Percentages move, or are a part of something; others are no figures. */
static bool percent_kind(const struct analysis *a, const struct dw_sentence *s,
                         const struct quantity *q, struct candidate *c)
{
    bool moves = class_near(a, s, q, CLASS(RISE) | CLASS(FALL), 6, 3);
    if (c->score > 6 && c->kind != DW_KIND_CHANGE && !(moves && c->kind == DW_KIND_STAKE) &&
        !(moves && c->kind == DW_KIND_LAYOFFS && !class_near(a, s, q, CLASS(WORKFORCE), 3, 6)))
        return true;
    if (!moves)
        return false;
    *c = (struct candidate){.kind = DW_KIND_CHANGE, .score = 9};
    return true;
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

static bool people_kind(const struct analysis *a, const struct dw_sentence *s,
                        const struct quantity *q, struct candidate *c)
{
    if (is_let_go(a, q)) {
        *c = (struct candidate){.kind = DW_KIND_LAYOFFS, .score = 9};
        return true;
    }
    if (c->score > 3 && c->at != NULL)
        return true;
    if (q->style == UNIT_USERS) {
        *c = (struct candidate){.kind = DW_KIND_USERS, .score = 8};
        return true;
    }
    if (q->style == UNIT_STRONG ||
        (q->style == UNIT_STAFF && class_near(a, s, q, CLASS(WORKFORCE), 4, 4))) {
        *c = (struct candidate){.kind = DW_KIND_HEADCOUNT, .score = 5};
        return true;
    }
    if (q->style == UNIT_STAFF) {
        bool posts = q->reach > 0 &&
                     (token_is(a, q->reach - 1, W_JOBS) || token_is(a, q->reach - 1, W_ROLES) ||
                      token_is(a, q->reach - 1, W_POSITIONS) ||
                      token_is(a, q->reach - 1, W_BUILDERS) || token_is(a, q->reach - 1, W_HIRES));
        bool risk = token_is(a, q->reach, W_AT) && token_is(a, q->reach + 1, W_RISK);
        *c = (struct candidate){.kind = risk ? DW_KIND_LAYOFFS
                                        : posts && !token_is(a, q->first - 1, W_THE)
                                            ? DW_KIND_HIRING
                                            : DW_KIND_HEADCOUNT,
                                .score = 3};
        return true;
    }
    return c->score > 0 && c->at != NULL;
}

/* "raised $9.2 billion by selling shares": proceeds, not a round. */
static bool is_sale(const struct analysis *a, const struct dw_sentence *s, const struct quantity *q)
{
    for (size_t i = q->reach; i < s->last && i < q->reach + 3u; i++) {
        if (token_is(a, i, W_SELLING) || (token_is(a, i, W_SALE) && i > q->reach) ||
            token_is(a, i, W_DISPOSALS))
            return true;
    }
    return false;
}

bool choose_kind(const struct analysis *a, const struct scene *scene, const struct quantity *q,
                 struct candidate *c)
{
    const struct dw_sentence *s = scene->sentence;
    *c = best_candidate(a, scene, q);
    if (dw_str_eq(q->unit, DW_STR("percent")))
        return percent_kind(a, s, q, c);
    if (dw_str_eq(q->unit, DW_STR("people")))
        return people_kind(a, s, q, c);
    if (dw_str_eq(q->unit, DW_STR("W"))) {
        *c = (struct candidate){
            .at = c->at, .trigger = c->trigger, .kind = DW_KIND_POWER, .score = 9};
        return true;
    }
    if (dw_str_eq(q->unit, DW_STR("chips"))) {
        *c = (struct candidate){.kind = DW_KIND_CHIPS, .score = 9};
        return true;
    }
    if (!q->is_money) {
        *c = (struct candidate){.kind = DW_KIND_PARAMETERS, .score = 9};
        return true;
    }
    if (is_sale(a, s, q))
        *c = (struct candidate){.kind = DW_KIND_MONEY, .score = 6};
    else if (is_earnings_per_share(a, s, q) && c->score <= 8)
        *c = (struct candidate){.kind = DW_KIND_PROFIT, .score = 8};
    else if (c->score <= 1.5 && q->per_unit)
        *c = (struct candidate){.kind = DW_KIND_PRICE, .score = 5};
    else if (c->score <= 1.5)
        *c = (struct candidate){.kind = DW_KIND_MONEY, .score = 1};
    return true;
}
