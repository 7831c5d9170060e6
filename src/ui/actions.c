/* The table of actions, and the way from a key to an action. */
#include "actions.h"

#include "screen.h"

static const struct ui_action_info infos[UI_ACTION_COUNT] = {
    {DW_STR_INIT(""), DW_STR_INIT(""), DW_STR_INIT(""), 0, DW_STR_INIT(""), 0},
#define UI_ACTION(id, name, help, keys, contexts, hint, rank) \
    {DW_STR_INIT(name), DW_STR_INIT(help), DW_STR_INIT(keys), \
     (contexts),        DW_STR_INIT(hint), (rank)},
#include "actions.def"
#undef UI_ACTION
};

static const struct dw_str key_names[] = {
#define UI_KEY_TEXT(name, text) DW_STR_INIT(text),
    UI_KEYS(UI_KEY_TEXT)
#undef UI_KEY_TEXT
};

const struct ui_action_info *ui_action_info(enum ui_action action)
{
    return &infos[action];
}

uint32_t ui_key_find(struct dw_str name)
{
    if (dw_str_starts(name, DW_STR("A-")) && name.len > 2) {
        uint32_t key = ui_key_find(dw_str_slice(name, 2, name.len));
        return key == UI_KEY_NONE ? key : (key | UI_KEY_ALT);
    }
    if (name.len == 2 && name.at[0] == '^' && name.at[1] >= '@' && name.at[1] <= '_')
        return (uint32_t)(name.at[1] - '@');
    struct dw_str rest = name;
    if (name.len > 0) {
        uint32_t key = dw_utf8_next(&rest);
        if (rest.len == 0)
            return key;
    }
    for (uint32_t i = 0; i < sizeof key_names / sizeof key_names[0]; i++) {
        if (dw_str_eq(name, key_names[i]))
            return UI_KEY_FIRST + 1 + i;
    }
    return UI_KEY_NONE;
}

struct dw_str ui_key_name(struct dw_arena *arena, uint32_t key)
{
    if (key & UI_KEY_ALT) {
        struct dw_str name = ui_key_name(arena, key & ~(uint32_t)UI_KEY_ALT);
        return dw_str_format(arena, "A-%.*s", DW_FMT(name));
    }
    if (key > UI_KEY_FIRST && key < UI_KEY_END_OF_LIST)
        return key_names[key - UI_KEY_FIRST - 1];
    if (key < 0x20)
        return dw_str_format(arena, "^%c", (char)(key + '@'));
    char bytes[4];
    struct dw_str character = {bytes, dw_utf8_put(bytes, key)};
    return dw_str_dup(arena, character);
}

enum ui_action ui_action_find(unsigned contexts, uint32_t key)
{
    for (int i = 1; i < UI_ACTION_COUNT; i++) {
        if (!(infos[i].contexts & contexts))
            continue;
        struct dw_str keys = infos[i].keys;
        struct dw_str name = {NULL, 0};
        while (dw_str_split(&keys, ' ', &name)) {
            if (ui_key_find(name) == key)
                return (enum ui_action)i;
        }
    }
    return UI_ACTION_NONE;
}

struct dw_str ui_action_key(enum ui_action action)
{
    struct dw_str keys = infos[action].keys;
    struct dw_str name = {NULL, 0};
    (void)dw_str_split(&keys, ' ', &name);
    return name;
}
