/* How things of the news look in a few cells: amounts, parties, statuses, kinds. */
#ifndef UI_WORDS_H
#define UI_WORDS_H

#include "store/store.h"

#include "format.h"
#include "screen.h"

/* The role of a kind's group, of a status. */
ui_style ui_kind_role(enum dw_kind kind);
ui_style ui_status_role(enum dw_status status);
/* The amount of a figure, of a chip. */
struct dw_str ui_figure_amount(struct dw_arena *arena, const struct dw_figure *figure, bool ascii);
struct dw_str ui_chip_amount(struct dw_arena *arena, const struct store_chip *chip, bool ascii);
/* "Amazon, SoftBank +2" for a list of parties; a dash for none. */
struct dw_str ui_parties(struct dw_arena *arena, const struct ui_screen *screen,
                         const struct dw_strs *parties);
/* "Amazon → OpenAI" out of what is known of both. */
struct dw_str ui_from_to(struct dw_arena *arena, const struct ui_screen *screen,
                         const struct dw_figure *figure);
/* One sentence without verbs: "Amazon → OpenAI · investment · $50.0B · ~talks" */
struct dw_str ui_figure_line(struct dw_arena *arena, const struct ui_screen *screen,
                             const struct dw_figure *figure);
/* "~talks" */
struct dw_str ui_status_text(struct dw_arena *arena, enum dw_status status);

#endif
