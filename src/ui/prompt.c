/* The line editor. Invariant: `cursor` is at most `len` and lies between two clusters. */
#include "prompt.h"

#include <string.h>

#define CTRL(letter) ((letter) - '@')

struct dw_str ui_prompt_text(const struct ui_prompt *prompt)
{
    return (struct dw_str){prompt->line.text, prompt->line.len};
}

void ui_prompt_start(struct ui_prompt *prompt, struct dw_str text)
{
    text = dw_utf8_cut(text, UI_PROMPT_BYTES);
    if (text.len > 0)
        memcpy(prompt->line.text, text.at, text.len);
    prompt->line.len = text.len;
    prompt->cursor = text.len;
    prompt->history_at = 0;
}

static size_t cluster_after(const struct ui_prompt *prompt)
{
    struct dw_str rest = dw_str_slice(ui_prompt_text(prompt), prompt->cursor, prompt->line.len);
    return rest.len > 0 ? prompt->cursor + dw_utf8_cluster(&rest).len : prompt->cursor;
}

static size_t cluster_before(const struct ui_prompt *prompt)
{
    struct dw_str rest = dw_str_slice(ui_prompt_text(prompt), 0, prompt->cursor);
    size_t last = 0;
    size_t at = 0;
    while (rest.len > 0) {
        last = at;
        at += dw_utf8_cluster(&rest).len;
    }
    return last;
}

static size_t word_before(const struct ui_prompt *prompt)
{
    size_t at = prompt->cursor;
    while (at > 0 && prompt->line.text[at - 1] == ' ')
        at--;
    while (at > 0 && prompt->line.text[at - 1] != ' ')
        at--;
    return at;
}

static enum ui_prompt_result cut_out(struct ui_prompt *prompt, size_t from, size_t to)
{
    if (from == to)
        return UI_PROMPT_MOVED;
    memmove(prompt->line.text + from, prompt->line.text + to, prompt->line.len - to);
    prompt->line.len -= to - from;
    prompt->cursor = from;
    return UI_PROMPT_CHANGED;
}

bool ui_prompt_insert(struct ui_prompt *prompt, uint32_t codepoint)
{
    char bytes[4];
    if (codepoint < 0x20 || codepoint >= 0x110000 || dw_width_codepoint(codepoint) < 1)
        return false;
    size_t len = dw_utf8_put(bytes, codepoint);
    if (prompt->line.len + len > UI_PROMPT_BYTES)
        return false;
    char *at = prompt->line.text + prompt->cursor;
    memmove(at + len, at, prompt->line.len - prompt->cursor);
    memcpy(at, bytes, len);
    prompt->line.len += len;
    prompt->cursor += len;
    return true;
}

static enum ui_prompt_result recall(struct ui_prompt *prompt, int step)
{
    size_t to = prompt->history_at;
    if (step > 0 && to < prompt->history_count)
        to++;
    if (step < 0 && to > 0)
        to--;
    if (to == prompt->history_at)
        return UI_PROMPT_MOVED;
    if (prompt->history_at == 0)
        prompt->typed = prompt->line;
    prompt->line = to == 0 ? prompt->typed : prompt->history[to - 1];
    prompt->cursor = prompt->line.len;
    prompt->history_at = to;
    return UI_PROMPT_CHANGED;
}

static void remember(struct ui_prompt *prompt)
{
    struct dw_str line = ui_prompt_text(prompt);
    const struct ui_prompt_line *newest = &prompt->history[0];
    if (line.len == 0 ||
        (prompt->history_count > 0 && dw_str_eq(line, (struct dw_str){newest->text, newest->len})))
        return;
    if (prompt->history_count < UI_PROMPT_HISTORY)
        prompt->history_count++;
    memmove(&prompt->history[1], &prompt->history[0],
            (prompt->history_count - 1) * sizeof prompt->history[0]);
    prompt->history[0] = prompt->line;
}

static enum ui_prompt_result move_to(struct ui_prompt *prompt, size_t to)
{
    prompt->cursor = to;
    return UI_PROMPT_MOVED;
}

enum ui_prompt_result ui_prompt_key(struct ui_prompt *prompt, uint32_t key)
{
    switch (key) {
    case UI_KEY_ENTER:
        remember(prompt);
        return UI_PROMPT_DONE;
    case UI_KEY_ESCAPE:
    case CTRL('C'):
        return UI_PROMPT_LEFT;
    case UI_KEY_BACKSPACE:
        if (prompt->line.len == 0)
            return UI_PROMPT_LEFT;
        return cut_out(prompt, cluster_before(prompt), prompt->cursor);
    case UI_KEY_DELETE:
        return cut_out(prompt, prompt->cursor, cluster_after(prompt));
    case CTRL('U'):
        return cut_out(prompt, 0, prompt->cursor);
    case CTRL('K'):
        return cut_out(prompt, prompt->cursor, prompt->line.len);
    case CTRL('W'):
        return cut_out(prompt, word_before(prompt), prompt->cursor);
    case UI_KEY_LEFT:
    case CTRL('B'):
        return move_to(prompt, cluster_before(prompt));
    case UI_KEY_RIGHT:
    case CTRL('F'):
        return move_to(prompt, cluster_after(prompt));
    case UI_KEY_HOME:
    case CTRL('A'):
        return move_to(prompt, 0);
    case UI_KEY_END:
    case CTRL('E'):
        return move_to(prompt, prompt->line.len);
    case UI_KEY_UP:
        return recall(prompt, 1);
    case UI_KEY_DOWN:
        return recall(prompt, -1);
    case UI_KEY_SPACE:
        return ui_prompt_insert(prompt, ' ') ? UI_PROMPT_CHANGED : UI_PROMPT_MOVED;
    default:
        return ui_prompt_insert(prompt, key) ? UI_PROMPT_CHANGED : UI_PROMPT_NOTHING;
    }
}

void ui_prompt_draw(const struct ui_prompt *prompt, struct ui_screen *screen, struct ui_field field,
                    struct dw_str label)
{
    int used = ui_put(screen, field.x, field.y, UI_ROLE_KEY, label);
    struct ui_field line = {field.x + used, field.y, field.width - used, UI_LEFT};
    if (line.width < 2)
        return;
    struct dw_str text = ui_prompt_text(prompt);
    struct dw_str before = dw_str_slice(text, 0, prompt->cursor);
    while (ui_width(before) >= line.width) {
        (void)dw_utf8_cluster(&before);
        text =
            (struct dw_str){before.at, prompt->line.len - (size_t)(before.at - prompt->line.text)};
    }
    ui_put_field(screen, line, UI_ROLE_PROMPT, ui_cut(text, line.width));
    ui_screen_cursor(screen, line.x + ui_width(before), line.y, true);
}
