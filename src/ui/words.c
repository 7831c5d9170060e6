/* Figures in words and roles. */
#include "words.h"

ui_style ui_kind_role(enum dw_kind kind)
{
    static const ui_style roles[] = {
        [DW_GROUP_DEALS] = UI_ROLE_DEALS,     [DW_GROUP_PEOPLE] = UI_ROLE_PEOPLE,
        [DW_GROUP_COMPUTE] = UI_ROLE_COMPUTE, [DW_GROUP_RESULTS] = UI_ROLE_RESULTS,
        [DW_GROUP_OTHER] = UI_ROLE_OTHER,
    };
    return roles[dw_kind_group(kind)];
}

ui_style ui_status_role(enum dw_status status)
{
    static const ui_style roles[DW_STATUS_COUNT] = {
        [DW_STATUS_RUMORED] = UI_ROLE_RUMORED,     [DW_STATUS_TALKS] = UI_ROLE_TALKS,
        [DW_STATUS_PLANNED] = UI_ROLE_PLANNED,     [DW_STATUS_ANNOUNCED] = UI_ROLE_ANNOUNCED,
        [DW_STATUS_COMPLETED] = UI_ROLE_COMPLETED, [DW_STATUS_DENIED] = UI_ROLE_DENIED,
    };
    return roles[status];
}

struct dw_str ui_figure_amount(struct dw_arena *arena, const struct dw_figure *figure, bool ascii)
{
    struct ui_amount amount = {figure->unit, figure->qualifier, figure->value, figure->low,
                               figure->high};
    return ui_format_amount(arena, &amount, ascii);
}

struct dw_str ui_chip_amount(struct dw_arena *arena, const struct store_chip *chip, bool ascii)
{
    struct ui_amount amount = {chip->unit, chip->qualifier, chip->value, chip->low, chip->high};
    return ui_format_amount(arena, &amount, ascii);
}

struct dw_str ui_parties(struct dw_arena *arena, const struct ui_screen *screen,
                         const struct dw_strs *parties)
{
    if (parties->len == 0)
        return ui_glyph(screen, UI_GLYPH_NONE);
    if (parties->len == 1)
        return parties->at[0];
    if (parties->len == 2)
        return dw_str_format(arena, "%.*s, %.*s", DW_FMT(parties->at[0]), DW_FMT(parties->at[1]));
    return dw_str_format(arena, "%.*s, %.*s +%zu", DW_FMT(parties->at[0]), DW_FMT(parties->at[1]),
                         parties->len - 2);
}

struct dw_str ui_from_to(struct dw_arena *arena, const struct ui_screen *screen,
                         const struct dw_figure *figure)
{
    struct dw_str from = ui_parties(arena, screen, &figure->from);
    struct dw_str to = ui_parties(arena, screen, &figure->to);
    if (figure->to.len == 0)
        return from;
    if (figure->from.len == 0)
        return to;
    struct dw_str arrow = ui_glyph(screen, UI_GLYPH_ARROW);
    return dw_str_format(arena, "%.*s %.*s %.*s", DW_FMT(from), DW_FMT(arrow), DW_FMT(to));
}

struct dw_str ui_status_text(struct dw_arena *arena, enum dw_status status)
{
    struct dw_str name = dw_status_name(status);
    return dw_str_format(arena, "%c%.*s", dw_status_sign(status), DW_FMT(name));
}

struct dw_str ui_figure_line(struct dw_arena *arena, const struct ui_screen *screen,
                             const struct dw_figure *figure)
{
    struct dw_str parties = ui_from_to(arena, screen, figure);
    struct dw_str kind = dw_kind_name(figure->kind);
    struct dw_str amount = ui_figure_amount(arena, figure, screen->ascii);
    struct dw_str status = ui_status_text(arena, figure->status);
    struct dw_str dot = ui_glyph(screen, UI_GLYPH_DOT);
    return dw_str_format(arena, "%.*s %.*s %.*s %.*s %.*s %.*s %.*s", DW_FMT(parties), DW_FMT(dot),
                         DW_FMT(kind), DW_FMT(dot), DW_FMT(amount), DW_FMT(dot), DW_FMT(status));
}
