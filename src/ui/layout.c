/* The arrangement of the dashboard's panels. */
#include "layout.h"

#define THREE_COLUMNS 160
#define TWO_COLUMNS 100
#define TWO_ROWS 16   /* lines of the body below which two columns are a stack too */
#define FOCUS_LEAST 9 /* lines that the focused panel of a stack wants before others get any */
#define OTHERS_MOST 6
#define OTHERS_NONE 10 /* lines of the body below which the focused panel is alone */

static void three_columns(struct ui_rect body, struct ui_rect rects[UI_LAYOUT_PANELS])
{
    int first = body.width * 38 / 100;
    int second = body.width * 33 / 100;
    int third = body.width - first - second;
    int upper = body.height / 2;
    rects[0] = (struct ui_rect){body.x, body.y, first, body.height};
    rects[1] = (struct ui_rect){body.x + first, body.y, second, body.height};
    rects[2] = (struct ui_rect){body.x + first + second, body.y, third, upper};
    rects[3] =
        (struct ui_rect){body.x + first + second, body.y + upper, third, body.height - upper};
}

static void two_columns(struct ui_rect body, struct ui_rect rects[UI_LAYOUT_PANELS])
{
    int left = body.width * 52 / 100;
    int right = body.width - left;
    int upper = body.height * 58 / 100;
    int lower = body.height - upper;
    rects[0] = (struct ui_rect){body.x, body.y, left, upper};
    rects[1] = (struct ui_rect){body.x + left, body.y, right, upper};
    rects[2] = (struct ui_rect){body.x, body.y + upper, left, lower};
    rects[3] = (struct ui_rect){body.x + left, body.y + upper, right, lower};
}

static void stack(struct ui_rect body, size_t focus, struct ui_rect rects[UI_LAYOUT_PANELS])
{
    int others = (body.height - FOCUS_LEAST) / (UI_LAYOUT_PANELS - 1);
    if (body.height < OTHERS_NONE)
        others = 0;
    else if (others < 3)
        others = 1; /* two lines would be a box around nothing */
    else if (others > OTHERS_MOST)
        others = OTHERS_MOST;
    int y = body.y;
    for (size_t i = 0; i < UI_LAYOUT_PANELS; i++) {
        int height = i == focus ? body.height - others * (UI_LAYOUT_PANELS - 1) : others;
        rects[i] = (struct ui_rect){body.x, y, body.width, height};
        y += height;
    }
}

void ui_layout(struct ui_rect body, size_t focus, struct ui_rect rects[UI_LAYOUT_PANELS])
{
    if (body.width >= THREE_COLUMNS && body.height >= TWO_ROWS)
        three_columns(body, rects);
    else if (body.width >= TWO_COLUMNS && body.height >= TWO_ROWS)
        two_columns(body, rects);
    else
        stack(body, focus, rects);
}
