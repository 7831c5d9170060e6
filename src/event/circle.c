/* Circles of payments: A pays B, B pays C, C pays A.
 *
 * Invariant: each circle is found once, beginning with the lowest number in it. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>

/* Steps of the search. Circles are rare among real companies; this bounds what a made-up net of
 * them can cost to well under a second. */
#define STEPS_MOST 5000000

struct search {
    struct dw_arena *arena;
    const struct dw_payment *payments; /* by payer, then payee */
    size_t count;
    size_t *first; /* of each payer's payments; one more than there are parties */
    struct dw_circle path;
    size_t length_most;
    size_t steps;
    struct dw_circles *found;
};

static int by_parties(const void *a, const void *b)
{
    const struct dw_payment *one = a;
    const struct dw_payment *two = b;
    if (one->from != two->from)
        return one->from < two->from ? -1 : 1;
    return one->to < two->to ? -1 : one->to > two->to;
}

static bool is_on_path(const struct search *s, size_t party)
{
    for (size_t i = 0; i < s->path.len; i++)
        if (s->path.parties[i] == party)
            return true;
    return false;
}

static bool keep(struct search *s, double least)
{
    struct dw_circle *circle = dw_vec_push(s->arena, s->found);
    if (circle == NULL)
        return false;
    *circle = s->path;
    circle->least = least;
    return true;
}

/* Goes on from the last party of the path. */
static bool extend(struct search *s, double least)
{
    size_t start = s->path.parties[0];
    size_t last = s->path.parties[s->path.len - 1];
    for (size_t i = s->first[last]; i < s->first[last + 1]; i++) {
        const struct dw_payment *p = &s->payments[i];
        if (s->steps++ >= STEPS_MOST)
            return true;
        double smallest = fmin(least, p->amount);
        if (p->to == start && s->path.len > 1 && !keep(s, smallest))
            return false;
        if (p->to <= start || s->path.len == s->length_most || is_on_path(s, p->to))
            continue;
        s->path.parties[s->path.len++] = p->to;
        bool done = extend(s, smallest);
        s->path.len--;
        if (!done)
            return false;
    }
    return true;
}

/* The widest stream first, then the shortest, then by parties. */
static int by_amount(const void *a, const void *b)
{
    const struct dw_circle *one = a;
    const struct dw_circle *two = b;
    if (one->least < two->least || one->least > two->least)
        return one->least > two->least ? -1 : 1;
    if (one->len != two->len)
        return one->len < two->len ? -1 : 1;
    for (size_t i = 0; i < one->len; i++)
        if (one->parties[i] != two->parties[i])
            return one->parties[i] < two->parties[i] ? -1 : 1;
    return 0;
}

bool dw_circles_find(struct dw_arena *arena, struct dw_payment *payments, size_t count,
                     size_t parties, struct dw_circles *circles)
{
    struct search s = {.arena = arena,
                       .payments = payments,
                       .count = count,
                       .length_most = DW_CIRCLE_MOST,
                       .found = circles};
    *circles = (struct dw_circles){0};
    s.first = dw_arena_array(arena, parties + 1, sizeof *s.first);
    if (s.first == NULL)
        return false;
    if (count > 0)
        qsort(payments, count, sizeof *payments, by_parties);
    size_t at = 0;
    for (size_t party = 0; party <= parties; party++) {
        while (at < count && payments[at].from < party)
            at++;
        s.first[party] = at;
    }
    for (size_t party = 0; party < parties; party++) {
        s.path = (struct dw_circle){.parties = {party}, .len = 1};
        if (!extend(&s, INFINITY))
            return false;
    }
    if (circles->len > 0)
        qsort(circles->at, circles->len, sizeof *circles->at, by_amount);
    return !arena->failed;
}
