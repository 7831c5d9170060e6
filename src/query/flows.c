/* What a list of flows says as a whole: payers by payees, and circles of payments. */
#include "query.h"

#include <dealwire/event.h>

/* The number of a name in a list, where it is added if it is new and there is room; SIZE_MAX: it is
 * not in the list, or the arena is exhausted. */
static size_t number_of(struct dw_arena *arena, struct dw_strs *names, size_t most,
                        struct dw_str name)
{
    for (size_t i = 0; i < names->len; i++)
        if (dw_str_eq(names->at[i], name))
            return i;
    return names->len < most && dw_strs_push(arena, names, name) ? names->len - 1 : SIZE_MAX;
}

bool query_matrix_make(struct dw_arena *arena, const struct store_flows *flows, size_t side,
                       struct query_matrix *matrix)
{
    *matrix = (struct query_matrix){.cells = NULL};
    for (size_t i = 0; i < flows->len; i++) {
        (void)number_of(arena, &matrix->payers, side, flows->at[i].from);
        (void)number_of(arena, &matrix->payees, side, flows->at[i].to);
    }
    size_t cells = matrix->payers.len * matrix->payees.len;
    matrix->cells = dw_arena_array(arena, cells + 1, sizeof(const struct store_flow *));
    if (matrix->cells == NULL || arena->failed)
        return false;
    for (size_t i = 0; i < cells; i++)
        matrix->cells[i] = NULL;
    for (size_t i = 0; i < flows->len; i++) {
        size_t payer = number_of(arena, &matrix->payers, 0, flows->at[i].from);
        size_t payee = number_of(arena, &matrix->payees, 0, flows->at[i].to);
        if (payer != SIZE_MAX && payee != SIZE_MAX)
            matrix->cells[payer * matrix->payees.len + payee] = &flows->at[i];
    }
    return true;
}

static bool add_circle(struct dw_arena *arena, const struct store_flows *flows,
                       const struct dw_strs *names, const struct dw_circle *found,
                       struct query_circles *circles)
{
    struct query_circle *circle = dw_vec_push(arena, circles);
    if (circle == NULL)
        return false;
    *circle = (struct query_circle){.least = found->least};
    for (size_t i = 0; i <= found->len; i++) {
        size_t party = found->parties[i < found->len ? i : 0];
        if (party >= names->len || !dw_strs_push(arena, &circle->parties, names->at[party]))
            return false;
    }
    for (size_t i = 0; i < found->len; i++)
        for (size_t k = 0; k < flows->len; k++)
            if (dw_str_eq(flows->at[k].from, circle->parties.at[i]) &&
                dw_str_eq(flows->at[k].to, circle->parties.at[i + 1]))
                dw_strs_push(arena, &circle->events, flows->at[k].ids);
    return !arena->failed;
}

bool query_circles_find(struct dw_arena *arena, const struct store_flows *flows,
                        struct query_circles *circles)
{
    struct dw_strs names = {0};
    struct dw_circles found = {0};
    struct dw_payment *payments = dw_arena_array(arena, flows->len + 1, sizeof *payments);
    size_t count = 0;
    *circles = (struct query_circles){0};
    for (size_t i = 0; payments != NULL && i < flows->len; i++) {
        const struct store_flow *flow = &flows->at[i];
        if (flow->firm > 0)
            payments[count++] =
                (struct dw_payment){number_of(arena, &names, SIZE_MAX, flow->from),
                                    number_of(arena, &names, SIZE_MAX, flow->to), flow->firm};
    }
    if (payments == NULL || arena->failed ||
        !dw_circles_find(arena, payments, count, names.len, &found))
        return false;
    for (size_t i = 0; i < found.len; i++)
        if (!add_circle(arena, flows, &names, &found.at[i], circles))
            return false;
    return true;
}
