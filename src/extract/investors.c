/* Investors of a round: those told beside it, and those that the sentences behind it tell. */
#include "internal.h"

bool leads_round(const struct analysis *a, size_t token)
{
    static const char *const beginnings[] = {"lead", "led", "co", "join", "participate"};
    struct dw_str word = token_text(a, token);
    if (dw_str_eq_nocase(word, DW_STR("leader")) || dw_str_eq_nocase(word, DW_STR("leaders")))
        return false;
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
        struct dw_str beginning = dw_str_from_c(beginnings[i]);
        bool whole = beginning.len < 4; /* "led", but not "ledger" */
        if (whole ? dw_str_eq_nocase(word, beginning) : dw_str_starts_nocase(word, beginning))
            return true;
    }
    return false;
}

static void add_new(const struct analysis *a, const struct dw_strs *from, struct dw_strs *names)
{
    for (size_t i = 0; i < from->len; i++) {
        if (!dw_strs_has(names, from->at[i]))
            dw_strs_push(a->arena, names, from->at[i]);
    }
}

void read_investors(const struct analysis *a, const struct dw_sentence *s, size_t from,
                    struct dw_strs *names)
{
    for (size_t i = from; i + 1 < s->last; i++) {
        bool by = token_is(a, i + 1, W_BY) &&
                  (token_is(a, i, W_LED) || token_is(a, i, W_JOINED) || token_is(a, i, W_CO) ||
                   token_is(a, i, W_ANCHORED) || token_is(a, i, W_HEADED));
        bool from_whom = token_is(a, i, W_PARTICIPATION) || token_is(a, i, W_INVESTORS) ||
                         token_is(a, i, W_BACKERS) || token_is(a, i, W_ALONGSIDE);
        bool including = token_is(a, i + 1, W_INCLUDING) || token_is(a, i + 1, W_FROM) ||
                         token_is(a, i + 1, W_BY) || token_is(a, i + 1, W_INCLUDE) ||
                         token_is(a, i + 1, W_INCLUDED) || token_is(a, i, W_ALONGSIDE);
        struct dw_strs told = {0};
        if ((by || (from_whom && including)) &&
            read_list(a, i + 2 - token_is(a, i, W_ALONGSIDE), s->last, &told))
            add_new(a, &told, names);
    }
}

static bool is_round_noun(const struct analysis *a, size_t token)
{
    return token_is(a, token, W_ROUND) || token_is(a, token, W_FINANCING) ||
           token_is(a, token, W_FUNDING) || token_is(a, token, W_RAISE) ||
           token_is(a, token, W_SERIES) || token_is(a, token, W_INVESTMENT) ||
           token_is(a, token, W_DEAL);
}

/* "X led the round", "Y and Z also participated": a verb whose subject gives. */
static bool is_investing_verb(const struct analysis *a, const struct dw_sentence *s, size_t token)
{
    enum { NEAR = 6 };
    if (name_at(a, token) != NULL || token_is(a, token + 1, W_BY))
        return false;
    if (token_is(a, token, W_PARTICIPATED) || token_is(a, token, W_PARTICIPATING))
        return true;
    bool takes_part = token_is(a, token, W_TOOK) && token_is(a, token + 1, W_PART);
    if (!leads_round(a, token) && !takes_part)
        return false;
    for (size_t i = token + 1; i < s->last && i < token + NEAR; i++) {
        if (is_round_noun(a, i))
            return true;
    }
    return takes_part;
}

/* Whether a sentence tells of another sum than the round's. */
static bool has_other_money(const struct analysis *a, const struct dw_sentence *s,
                            const struct quantity *q)
{
    for (size_t i = s->first; i < s->last; i++) {
        const struct quantity *other =
            a->quantity_at[i] != 0 ? &a->quantities.at[a->quantity_at[i] - 1] : NULL;
        if (other != NULL && other->is_money &&
            (other->value < q->value || other->value > q->value))
            return true;
    }
    return false;
}

void read_later_investors(const struct analysis *a, const struct quantity *q, struct dw_strs *names)
{
    enum { FARTHEST = 4 };
    for (size_t n = q->sentence + 1u; n < a->sentences.len && n <= q->sentence + FARTHEST; n++) {
        const struct dw_sentence *s = &a->sentences.at[n];
        bool about = false;
        bool begins_line = s->first != s[-1].last;
        if (has_other_money(a, s, q)) {
            if (begins_line)
                break; /* another story, of a list of them */
            continue;
        }
        for (size_t i = s->first; i < s->last; i++) {
            struct dw_strs told = {0};
            about = about || is_round_noun(a, i) || token_is(a, i, W_INVESTORS) ||
                    token_is(a, i, W_BACKERS);
            if (is_investing_verb(a, s, i) && find_subject(a, s, i, &told)) {
                add_new(a, &told, names);
                about = true;
            }
        }
        if (about)
            read_investors(a, s, s->first, names);
    }
}
