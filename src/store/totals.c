/* Totals over time, kinds and companies.
 *
 * Nothing is added twice: an event counts once, at its present amount; valuations are no flow; an
 * investment that is part of a round of the same recipient counts with the round alone. */
#include "internal.h"

#include <math.h>

/* One event into its part. */
static void add_event(struct ask *ask, struct store_total *total)
{
    enum dw_status status;
    if (!dw_status_find(ask_borrow_text(ask, 2), &status))
        return;
    struct dw_str kind = ask_borrow_text(ask, 1);
    double amount = ask_get_real(ask, 3);
    bool layoffs = dw_str_eq(kind, DW_STR("layoffs"));
    if (!layoffs && !dw_str_eq(kind, DW_STR("power"))) {
        total->usd[status] += amount;
        total->events[status]++;
    } else if (status == DW_STATUS_DENIED) {
        return;
    } else if (layoffs) {
        total->layoffs += ask_get_bool(ask, 4) ? 0 : amount;
        total->layoff_events++;
    } else {
        total->power += amount;
    }
}

static struct ask totals_begin(struct store *store, const struct store_span *span)
{
    static const char sql[] =
        "SELECT (e.first_seen - :from) / :step, e.kind, e.status, e.amount, e.unit = 'percent'"
        " FROM events e WHERE e.first_seen >= :from AND e.first_seen < :to AND e.dismissed = 0"
        " AND (+e.kind IN ('layoffs', 'power') OR " IS_FLOW ")";
    struct dw_str text = {sql, sizeof sql - 1};
    if (span->condition != NULL && span->condition->sql.len > 0)
        text = dw_str_format(&store->arena, "%s AND (%.*s)", sql, DW_FMT(span->condition->sql));
    struct ask ask = ask_begin(store, text.at);
    ask_condition(&ask, span->condition);
    ask_int(&ask, ":from", span->from);
    ask_int(&ask, ":step", span->step);
    ask_int(&ask, ":to", span->from + span->step * (int64_t)span->count);
    return ask;
}

bool store_totals(struct store *store, struct dw_arena *arena, const struct store_span *span,
                  struct store_total **totals, struct dw_error *err)
{
    if (span->step <= 0 || span->count > STORE_SPAN_PARTS)
        return dw_error_set(err, DW_ERR_LIMIT, "cannot add up: more than %d parts of time",
                            STORE_SPAN_PARTS);
    *totals = dw_arena_array(arena, span->count, sizeof **totals);
    if (!store_arena_ok(arena, err))
        return false;
    for (size_t i = 0; i < span->count; i++)
        (*totals)[i].from = span->from + span->step * (int64_t)i;
    struct dw_scratch scratch = dw_scratch_begin(&store->arena);
    struct ask ask = totals_begin(store, span);
    while (ask_row(&ask)) {
        int64_t part = ask_get_int(&ask, 0);
        if (part >= 0 && part < (int64_t)span->count)
            add_event(&ask, &(*totals)[part]);
    }
    bool ok = ask_end(&ask, err, "add up events") && scratch_ok(store, err);
    dw_scratch_end(scratch);
    return ok;
}

bool store_kind_totals(struct store *store, struct dw_arena *arena, int64_t since, int64_t until,
                       struct store_kind_total **totals, size_t *len, struct dw_error *err)
{
    static const char sql[] =
        "SELECT e.kind, SUM(e.amount), COUNT(*) FROM events e WHERE e.first_seen >= :since"
        " AND e.first_seen < :until AND e.dismissed = 0 AND e.status <> 'denied' AND " IS_FLOW
        " GROUP BY e.kind ORDER BY 2 DESC";
    DW_VEC(struct store_kind_total) rows = {0};
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":since", since);
    ask_int(&ask, ":until", until);
    while (ask_row(&ask)) {
        struct store_kind_total row = {.usd = ask_get_real(&ask, 1),
                                       .events = ask_get_int(&ask, 2)};
        if (!dw_kind_find(ask_borrow_text(&ask, 0), &row.kind))
            continue;
        struct store_kind_total *total = dw_vec_push(arena, &rows);
        if (total == NULL)
            break;
        *total = row;
    }
    *totals = rows.at;
    *len = rows.len;
    return ask_end(&ask, err, "add up events") && store_arena_ok(arena, err);
}

/* ---- Companies ------------------------------------------------------------------------------- */

static const char *const company_orders[] = {
    [STORE_COMPANY_BY_MOVED] = "received + paid",
    [STORE_COMPANY_BY_IN] = "received",
    [STORE_COMPANY_BY_OUT] = "paid",
    [STORE_COMPANY_BY_LAYOFFS] = "jobs",
    [STORE_COMPANY_BY_EVENTS] = "events",
};

/* What moved in a role; firm: what is announced or completed. */
#define MOVED(role) "TOTAL(CASE WHEN p.role = " role " AND e.flow THEN p.share END)"
#define MOVED_FIRM(role) \
    "TOTAL(CASE WHEN p.role = " role " AND e.flow AND " IS_FIRM " THEN p.share END)"
#define CUT "TOTAL(CASE WHEN p.role = 0 AND e.cuts THEN p.share END)"

/* The events of the span, with what they are. */
#define TOLD                                                                                    \
    "told AS MATERIALIZED (SELECT e.id, e.status, e.kind = 'layoffs' AND e.unit = 'people' AS " \
    "cuts,"                                                                                     \
    " " IS_FLOW " AS flow FROM events e WHERE e.first_seen >= :since AND e.first_seen < :until" \
    " AND e.status <> 'denied' AND e.dismissed = 0)"

/* Their sums by company. */
#define FLOWS_OF                                                                               \
    MOVED("1")                                                                                 \
    " AS received, " MOVED("0") " AS paid, " MOVED_FIRM("1") " AS received_firm, " MOVED_FIRM( \
        "0") " AS paid_firm"
#define SUMS                                                                          \
    "moved AS (SELECT p.company, MIN(p.name) AS name, " FLOWS_OF ", " CUT " AS jobs," \
    " COUNT(DISTINCT p.event) AS events FROM told e CROSS JOIN event_parties p"       \
    " ON p.event = e.id GROUP BY p.company)"

#define VALUATION                                                                        \
    "(SELECT v.usd FROM event_parties q JOIN events v ON v.id = q.event"                 \
    " WHERE q.company = shown.company AND q.kind = 'valuation' AND v.status <> 'denied'" \
    " ORDER BY q.last_seen DESC, v.id DESC LIMIT 1)"

/* The valuation is looked up for the rows that are shown alone. */
static const char company_sql[] =
    "WITH " TOLD ", " SUMS ", shown AS MATERIALIZED (SELECT * FROM moved WHERE %s > 0"
    " ORDER BY %s DESC, events DESC, company LIMIT :limit)"
    " SELECT name, received, paid, received_firm, paid_firm, jobs, events, " VALUATION
    " FROM shown ORDER BY %s DESC, events DESC, company";

bool store_company_list(struct store *store, struct dw_arena *arena,
                        const struct store_company_ask *wanted, struct store_companies *companies,
                        struct dw_error *err)
{
    *companies = (struct store_companies){0};
    const char *order = company_orders[wanted->sort];
    struct dw_str sql = dw_str_format(arena, company_sql, order, order, order);
    struct ask ask = ask_begin(store, sql.at);
    ask_int(&ask, ":since", wanted->since);
    ask_int(&ask, ":until", wanted->until);
    ask_int(&ask, ":limit", (int64_t)(wanted->limit > 0 ? wanted->limit : STORE_PAGE_ROWS));
    while (ask_row(&ask)) {
        struct store_company *company = dw_vec_push(arena, companies);
        if (company == NULL)
            break;
        *company = (struct store_company){
            .name = ask_get_text(&ask, 0, arena),
            .in = ask_get_real(&ask, 1),
            .out = ask_get_real(&ask, 2),
            .in_firm = ask_get_real(&ask, 3),
            .out_firm = ask_get_real(&ask, 4),
            .layoffs = ask_get_real(&ask, 5),
            .events = ask_get_int(&ask, 6),
            .valuation = ask_get_real(&ask, 7),
        };
    }
    return ask_end(&ask, err, "list companies") && store_arena_ok(arena, err);
}
