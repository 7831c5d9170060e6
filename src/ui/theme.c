/* Themes: the table of roles and colours, read for one kind of terminal. */
#include "theme.h"

extern const struct dw_tsv ui_theme_table;

static const struct dw_str role_names[UI_ROLE_COUNT] = {
#define UI_ROLE_TEXT_OF(name, text) DW_STR_INIT(text),
    UI_ROLES(UI_ROLE_TEXT_OF)
#undef UI_ROLE_TEXT_OF
};

static const struct dw_str theme_names[] = {
    [UI_THEME_AUTO] = DW_STR_INIT("auto"),
    [UI_THEME_DARK] = DW_STR_INIT("dark"),
    [UI_THEME_LIGHT] = DW_STR_INIT("light"),
    [UI_THEME_MONO] = DW_STR_INIT("mono"),
};

static const struct dw_str colour_names[] = {
    DW_STR_INIT("black"), DW_STR_INIT("red"),     DW_STR_INIT("green"), DW_STR_INIT("yellow"),
    DW_STR_INIT("blue"),  DW_STR_INIT("magenta"), DW_STR_INIT("cyan"),  DW_STR_INIT("white"),
};

bool ui_theme_find(struct dw_str name, enum ui_theme *theme)
{
    for (size_t i = 0; i < sizeof theme_names / sizeof theme_names[0]; i++) {
        if (dw_str_eq(name, theme_names[i])) {
            *theme = (enum ui_theme)i;
            return true;
        }
    }
    return false;
}

struct dw_str ui_role_name(enum ui_role role)
{
    return role_names[role];
}

char ui_role_letter(enum ui_role role)
{
    static const char letters[UI_ROLE_COUNT + 1] = ".abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLM";
    return role < UI_ROLE_COUNT ? letters[role] : '?';
}

static bool parse_colour(struct dw_str name, short *colour)
{
    if (dw_str_eq(name, DW_STR("-"))) {
        *colour = UI_COLOUR_DEFAULT;
        return true;
    }
    int64_t number = 0;
    if (dw_str_to_int(name, &number)) {
        *colour = (short)number;
        return number >= 0 && number < 256;
    }
    bool bright = dw_str_starts(name, DW_STR("bright"));
    struct dw_str base = bright ? dw_str_slice(name, 6, name.len) : name;
    for (size_t i = 0; i < sizeof colour_names / sizeof colour_names[0]; i++) {
        if (dw_str_eq(base, colour_names[i])) {
            *colour = (short)(i + (bright ? 8 : 0));
            return true;
        }
    }
    return false;
}

static bool parse_attribute(struct dw_str name, struct ui_look *look)
{
    const struct {
        struct dw_str name;
        bool *flag;
    } attributes[] = {
        {DW_STR("bold"), &look->bold},
        {DW_STR("dim"), &look->dim},
        {DW_STR("underline"), &look->underline},
        {DW_STR("reverse"), &look->reverse},
    };
    for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++) {
        if (dw_str_eq(name, attributes[i].name)) {
            *attributes[i].flag = true;
            return true;
        }
    }
    return false;
}

static bool parse_look(struct dw_str cell, struct ui_look *look)
{
    *look = (struct ui_look){.background = UI_COLOUR_DEFAULT};
    struct dw_str part = {NULL, 0};
    if (!dw_str_split(&cell, '+', &part))
        return false;
    struct dw_str foreground = {NULL, 0};
    struct dw_str background = {NULL, 0};
    if (!dw_str_split(&part, '/', &foreground) || !parse_colour(foreground, &look->foreground))
        return false;
    if (dw_str_split(&part, '/', &background) && !parse_colour(background, &look->background))
        return false;
    while (dw_str_split(&cell, '+', &part)) {
        if (!parse_attribute(part, look))
            return false;
    }
    return true;
}

bool ui_palette_load(struct ui_palette *palette, enum ui_depth depth, struct dw_error *err)
{
    palette->depth = depth;
    for (size_t i = 0; i < ui_theme_table.len; i++) {
        const struct dw_tsv_row *row = &ui_theme_table.rows[i];
        struct ui_look look;
        if (!parse_look(row->cell[depth], &look))
            return dw_error_set(err, DW_ERR_CONFIG, "%s:%u: \"%.*s\" is no look of a role",
                                ui_theme_table.name, row->line, DW_FMT(row->cell[depth]));
        if (dw_str_eq(row->cell[0], DW_STR("select"))) {
            palette->select = look;
            continue;
        }
        if (i >= UI_ROLE_COUNT || !dw_str_eq(row->cell[0], role_names[i]))
            return dw_error_set(err, DW_ERR_CONFIG,
                                "%s:%u: \"%.*s\" is no role, or not in its place",
                                ui_theme_table.name, row->line, DW_FMT(row->cell[0]));
        palette->looks[i] = look;
    }
    return true;
}
