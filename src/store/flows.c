/* Flows: who pays whom how much. */
#include "internal.h"

#define PAIR "p.share * q.share / e.amount"

bool store_flow_list(struct store *store, struct dw_arena *arena,
                     const struct store_flow_ask *wanted, struct store_flows *flows,
                     struct dw_error *err)
{
    /* shares are of one amount: their product over it is the part of the pair */
    static const char sql[] =
        "SELECT MIN(p.name), MIN(q.name), SUM(" PAIR "), TOTAL(CASE WHEN " IS_FIRM " THEN " PAIR
        " END), COUNT(*), group_concat(e.id) FROM events e"
        " JOIN event_parties p ON p.event = e.id AND p.role = 0"
        " JOIN event_parties q ON q.event = e.id AND q.role = 1 AND q.company <> p.company"
        " WHERE e.first_seen >= :since AND e.first_seen < :until AND e.dismissed = 0"
        " AND e.status <> 'denied' AND (NOT :firm OR " IS_FIRM ") AND " IS_FLOW
        " GROUP BY p.company, q.company ORDER BY 3 DESC, 1, 2 LIMIT :limit";
    *flows = (struct store_flows){0};
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":since", wanted->since);
    ask_int(&ask, ":until", wanted->until);
    ask_int(&ask, ":firm", wanted->firm);
    ask_int(&ask, ":limit", wanted->limit > 0 ? (int64_t)wanted->limit : -1);
    while (ask_row(&ask)) {
        struct store_flow *flow = dw_vec_push(arena, flows);
        if (flow == NULL)
            break;
        *flow = (struct store_flow){.from = ask_get_text(&ask, 0, arena),
                                    .to = ask_get_text(&ask, 1, arena),
                                    .usd = ask_get_real(&ask, 2),
                                    .firm = ask_get_real(&ask, 3),
                                    .events = ask_get_int(&ask, 4),
                                    .ids = ask_get_text(&ask, 5, arena)};
    }
    return ask_end(&ask, err, "add up flows") && store_arena_ok(arena, err);
}
