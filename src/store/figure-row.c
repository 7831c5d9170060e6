/* The columns that figures and events share, read and bound. */
#include "internal.h"

#include <math.h>

struct dw_str names_join(struct dw_arena *arena, const struct dw_strs *names)
{
    return names->len > 0 ? dw_strs_join(arena, names, DW_STR("\n")) : DW_STR("");
}

struct dw_strs names_split(struct dw_arena *arena, struct dw_str joined)
{
    struct dw_strs names = {0};
    struct dw_str name;
    while (dw_str_split(&joined, '\n', &name)) {
        if (name.len > 0 && !dw_strs_push(arena, &names, name))
            break;
    }
    return names;
}

/* Names of a later version that this one does not know read as the plainest of their list. */
static enum dw_kind kind_of(struct dw_str name)
{
    enum dw_kind kind;
    return dw_kind_find(name, &kind) ? kind : DW_KIND_MONEY;
}

static enum dw_qualifier qualifier_of(struct dw_str name)
{
    enum dw_qualifier qualifier;
    return dw_qualifier_find(name, &qualifier) ? qualifier : DW_QUALIFIER_EXACT;
}

static enum dw_status status_of(struct dw_str name)
{
    enum dw_status status;
    return dw_status_find(name, &status) ? status : DW_STATUS_RUMORED;
}

void figure_read(struct ask *ask, int from, struct dw_arena *arena, struct dw_figure *figure)
{
    *figure = (struct dw_figure){
        .kind = kind_of(ask_borrow_text(ask, from)),
        .unit = ask_get_text(ask, from + 1, arena),
        .qualifier = qualifier_of(ask_borrow_text(ask, from + 2)),
        .value = ask_get_real(ask, from + 3),
        .low = ask_get_real(ask, from + 4),
        .high = ask_get_real(ask, from + 5),
        .each = ask_get_bool(ask, from + 6),
        .status = status_of(ask_borrow_text(ask, from + 7)),
        .term = ask_get_text(ask, from + 8, arena),
        .when = ask_get_text(ask, from + 9, arena),
        .from = names_split(arena, ask_get_text(ask, from + 10, arena)),
        .to = names_split(arena, ask_get_text(ask, from + 11, arena)),
        .confidence = ask_get_real(ask, from + 12),
    };
}

void figure_bind(struct ask *ask, struct dw_arena *arena, const struct dw_figure *figure)
{
    ask_text(ask, ":kind", dw_kind_name(figure->kind));
    ask_text(ask, ":unit", figure->unit);
    ask_text(ask, ":qualifier", dw_qualifier_name(figure->qualifier));
    ask_real(ask, ":value", figure->value);
    ask_real(ask, ":low", figure->low);
    ask_real(ask, ":high", figure->high);
    ask_int(ask, ":each", figure->each);
    ask_text(ask, ":status", dw_status_name(figure->status));
    ask_text(ask, ":term", figure->term);
    ask_text(ask, ":period", figure->when);
    ask_text(ask, ":payer", names_join(arena, &figure->from));
    ask_text(ask, ":payee", names_join(arena, &figure->to));
    ask_real(ask, ":confidence", isnan(figure->confidence) ? 0 : figure->confidence);
}

bool figure_is_money(const struct dw_figure *figure)
{
    if (figure->unit.len != 3)
        return false;
    for (size_t i = 0; i < 3; i++) {
        if (!dw_is_upper(figure->unit.at[i]))
            return false;
    }
    return true;
}

double figure_amount(const struct dw_figure *figure, double usd)
{
    if (!isnan(usd))
        return usd;
    if (figure_is_money(figure))
        return 0; /* vague, or at an unknown rate: not to be ranked among dollars */
    if (!isnan(figure->value))
        return figure->value;
    if (!isnan(figure->low))
        return figure->low;
    return isnan(figure->high) ? 0 : figure->high;
}
