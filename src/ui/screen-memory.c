/* The screen in memory: what tests and the key monkey draw on and read from. */
#include "screen.h"

#define QUEUE_EVENTS 4096
#define TEXT_LIMIT (4u << 20)

struct memory_screen {
    struct ui_screen screen; /* first, so that either points to the other */
    struct ui_event queue[QUEUE_EVENTS];
    size_t head;
    size_t count;
};

static void memory_flush(struct ui_screen *screen)
{
    (void)screen;
}

static bool memory_read(struct ui_screen *screen, struct ui_event *event)
{
    struct memory_screen *memory = (struct memory_screen *)screen;
    if (memory->count == 0)
        return false;
    *event = memory->queue[memory->head];
    memory->head = (memory->head + 1) % QUEUE_EVENTS;
    memory->count--;
    return true;
}

static void memory_measure(struct ui_screen *screen, int *width, int *height)
{
    *width = screen->width;
    *height = screen->height;
}

static void memory_nothing(struct ui_screen *screen)
{
    (void)screen;
}

static void memory_copy(struct ui_screen *screen, struct dw_str text)
{
    (void)screen;
    (void)text;
}

static void memory_close(struct ui_screen *screen)
{
    ui_screen_release(screen);
    dw_free(screen);
}

static const struct ui_screen_ops memory_ops = {
    .flush = memory_flush,
    .read = memory_read,
    .measure = memory_measure,
    .leave = memory_nothing,
    .enter = memory_nothing,
    .copy = memory_copy,
    .close = memory_close,
};

struct ui_screen *ui_screen_new(int width, int height, bool ascii)
{
    struct memory_screen *memory = dw_alloc(sizeof *memory);
    if (!memory)
        return NULL;
    if (!ui_screen_init(&memory->screen, &memory_ops, width, height)) {
        dw_free(memory);
        return NULL;
    }
    memory->screen.ascii = ascii;
    return &memory->screen;
}

void ui_screen_feed(struct ui_screen *screen, struct ui_event event)
{
    struct memory_screen *memory = (struct memory_screen *)screen;
    if (memory->count == QUEUE_EVENTS)
        return;
    memory->queue[(memory->head + memory->count) % QUEUE_EVENTS] = event;
    memory->count++;
}

static void end_line(struct dw_buf *out, size_t start)
{
    while (out->len > start && out->at[out->len - 1] == ' ')
        out->len--;
    dw_buf_add_char(out, '\n');
}

struct dw_str ui_screen_text(const struct ui_screen *screen, struct dw_arena *arena)
{
    struct dw_buf out;
    dw_buf_init(&out, TEXT_LIMIT);
    for (int y = 0; y < screen->height; y++) {
        size_t start = out.len;
        for (int x = 0; x < screen->width; x++) {
            const struct ui_cell *cell =
                &screen->cells[(size_t)y * (size_t)screen->width + (size_t)x];
            dw_buf_add(&out, (struct dw_str){cell->text, cell->len});
        }
        end_line(&out, start);
    }
    struct dw_str text = dw_str_dup(arena, dw_buf_str(&out));
    dw_buf_release(&out);
    return text;
}

struct dw_str ui_screen_roles(const struct ui_screen *screen, struct dw_arena *arena)
{
    struct dw_buf out;
    dw_buf_init(&out, TEXT_LIMIT);
    for (int y = 0; y < screen->height; y++) {
        size_t start = out.len;
        for (int x = 0; x < screen->width; x++) {
            const struct ui_cell *cell =
                &screen->cells[(size_t)y * (size_t)screen->width + (size_t)x];
            if (cell->style & UI_STYLE_SELECT)
                dw_buf_add_char(&out, '#');
            else
                dw_buf_add_char(&out, ui_role_letter(UI_STYLE_ROLE(cell->style)));
        }
        end_line(&out, start);
    }
    struct dw_str text = dw_str_dup(arena, dw_buf_str(&out));
    dw_buf_release(&out);
    return text;
}
