/* Keys by which a figure finds the events that it may belong to: pairs of words, one for each role,
 * as a number.
 *
 * Invariant: whatever dw_event_score() lets join, but for figures of one article, shares a key: one
 * that the event holds is one that the figure asks for. */
#include "internal.h"

/* The first word of a name: all that its short form is sure to have. */
static struct dw_str word_of(struct dw_arena *arena, struct dw_str name)
{
    struct dw_str folded = dw_utf8_fold(arena, dw_party_core(name));
    size_t space = dw_str_find_char(folded, ' ', 0);
    return space == SIZE_MAX ? folded : dw_str_slice(folded, 0, space);
}

/* Words of those whom a role names. */
static bool words_of(struct dw_arena *arena, const struct dw_strs *names, struct dw_strs *words)
{
    for (size_t i = 0; i < names->len; i++) {
        if (!dw_party_is_named(names->at[i]))
            continue;
        struct dw_str word = word_of(arena, names->at[i]);
        bool known = false;
        for (size_t j = 0; j < words->len; j++)
            known = known || dw_str_eq(words->at[j], word);
        if (!known && !dw_strs_push(arena, words, word))
            return false;
    }
    return !arena->failed;
}

struct parties {
    struct dw_arena *arena;
    struct dw_strs from;
    struct dw_strs to;
    struct dw_event_keys *keys;
};

static bool add(struct parties *p, enum dw_kind kind, struct dw_str payer, struct dw_str payee)
{
    int64_t *key = dw_vec_push(p->arena, p->keys);
    if (key == NULL)
        return false;
    uint64_t both = dw_str_hash(payer) * 31 + dw_str_hash(payee) + (uint64_t)kind;
    *key = (int64_t)(both * 0x9E3779B97F4A7C15u >> 1);
    return true;
}

/* Each payer with one payee. */
static bool add_payers(struct parties *p, enum dw_kind kind, struct dw_str payee)
{
    for (size_t i = 0; i < p->from.len; i++)
        if (!add(p, kind, p->from.at[i], payee))
            return false;
    return true;
}

/* One payer with each payee. */
static bool add_payees(struct parties *p, enum dw_kind kind, struct dw_str payer)
{
    for (size_t i = 0; i < p->to.len; i++)
        if (!add(p, kind, payer, p->to.at[i]))
            return false;
    return true;
}

static bool add_pairs(struct parties *p, enum dw_kind kind)
{
    for (size_t i = 0; i < p->from.len; i++)
        if (!add_payees(p, kind, p->from.at[i]))
            return false;
    return true;
}

static bool parties_of(struct dw_arena *arena, const struct dw_figure *figure,
                       struct dw_event_keys *keys, struct parties *p)
{
    *keys = (struct dw_event_keys){0};
    *p = (struct parties){.arena = arena, .keys = keys};
    return words_of(arena, &figure->from, &p->from) && words_of(arena, &figure->to, &p->to);
}

static const struct dw_str anybody = DW_STR_INIT("*");
static const struct dw_str nobody = DW_STR_INIT("");

bool dw_event_keys_held(struct dw_arena *arena, const struct dw_figure *figure,
                        struct dw_event_keys *keys)
{
    struct parties p;
    if (!parties_of(arena, figure, keys, &p))
        return false;
    if (!add_payers(&p, figure->kind, anybody) || !add_payees(&p, figure->kind, anybody))
        return false;
    if (p.to.len == 0)
        return add_payers(&p, figure->kind, nobody);
    if (p.from.len == 0)
        return add_payees(&p, figure->kind, nobody);
    return add_pairs(&p, figure->kind);
}

/* Events of the figure's own kind. */
static bool ask_own(struct parties *p, enum dw_kind kind)
{
    if (p->to.len == 0)
        return add_payers(p, kind, anybody);
    if (p->from.len == 0)
        return add_payees(p, kind, anybody);
    bool any_payer = dw_kind_lists_payers(kind);
    bool any_payee = dw_kind_lists_payees(kind);
    if (any_payer && !add_payees(p, kind, anybody))
        return false;
    if (any_payee && !add_payers(p, kind, anybody))
        return false;
    if (!any_payer && !any_payee && !add_pairs(p, kind))
        return false;
    return add_payers(p, kind, nobody) && add_payees(p, kind, nobody);
}

/* Events of a kind that texts use for the same fact: roles in which both must agree. */
static bool ask_kin(struct parties *p, const struct dw_kind_pair *pair, enum dw_kind kind)
{
    enum dw_kind other = pair->one == kind ? pair->other : pair->one;
    return pair->from ? add_pairs(p, other) : add_payees(p, other, anybody);
}

bool dw_event_keys_asked(struct dw_arena *arena, const struct dw_figure *figure,
                         struct dw_event_keys *keys)
{
    struct parties p;
    if (!parties_of(arena, figure, keys, &p) || !ask_own(&p, figure->kind))
        return false;
    for (size_t i = 0; i < dw_kind_pair_count; i++) {
        const struct dw_kind_pair *pair = &dw_kind_pairs[i];
        bool is_kin = pair->one == figure->kind || pair->other == figure->kind;
        if (is_kin && !ask_kin(&p, pair, figure->kind))
            return false;
    }
    return !arena->failed;
}

bool dw_event_keys_near(struct dw_arena *arena, const struct dw_figure *figure,
                        struct dw_event_keys *keys)
{
    struct parties p;
    uint32_t kinds = dw_event_kinds(figure->kind);
    if (!parties_of(arena, figure, keys, &p))
        return false;
    for (int kind = 0; kind < DW_KIND_COUNT; kind++)
        if ((kinds >> kind & 1) != 0 && !(add_payers(&p, (enum dw_kind)kind, anybody) &&
                                          add_payees(&p, (enum dw_kind)kind, anybody)))
            return false;
    return !arena->failed;
}
