/* Copies of extractions: what extraction needs on the way is ten times what it finds. */
#include "internal.h"

#include <string.h>

static struct dw_strs copy_strs(struct dw_arena *arena, const struct dw_strs *list)
{
    struct dw_strs copy = {0};
    for (size_t i = 0; i < list->len; i++)
        dw_strs_push(arena, &copy, dw_str_dup(arena, list->at[i]));
    return copy;
}

static struct dw_figure copy_figure(struct dw_arena *arena, const struct dw_figure *figure)
{
    struct dw_figure copy = *figure;
    copy.unit = dw_str_dup(arena, figure->unit);
    copy.term = dw_str_dup(arena, figure->term);
    copy.when = dw_str_dup(arena, figure->when);
    copy.rule = dw_str_dup(arena, figure->rule);
    copy.from = copy_strs(arena, &figure->from);
    copy.to = copy_strs(arena, &figure->to);
    copy.attribution = copy_strs(arena, &figure->attribution);
    copy.mentions = dw_arena_array(arena, figure->mention_count, sizeof *copy.mentions);
    copy.mention_count = copy.mentions != NULL ? figure->mention_count : 0;
    if (copy.mention_count > 0)
        memcpy(copy.mentions, figure->mentions, copy.mention_count * sizeof *copy.mentions);
    return copy;
}

struct dw_extraction engine_extraction_copy(struct dw_arena *arena,
                                            const struct dw_extraction *extraction)
{
    struct dw_extraction copy = {0};
    copy.figures = dw_arena_array(arena, extraction->figure_count, sizeof *copy.figures);
    if (copy.figures == NULL)
        return copy;
    copy.figure_count = extraction->figure_count;
    for (size_t i = 0; i < copy.figure_count; i++)
        copy.figures[i] = copy_figure(arena, &extraction->figures[i]);
    return copy;
}

bool engine_extraction_append(struct dw_arena *arena, struct dw_extraction *all,
                              const struct dw_extraction *part, uint32_t shift)
{
    size_t count = all->figure_count + part->figure_count;
    struct dw_extraction copy = engine_extraction_copy(arena, part);
    struct dw_figure *figures = dw_arena_array(arena, count + 1, sizeof *figures);
    if (figures == NULL || arena->failed)
        return false;
    for (size_t i = 0; i < all->figure_count; i++)
        figures[i] = all->figures[i];
    for (size_t i = 0; i < copy.figure_count; i++) {
        struct dw_figure *figure = &copy.figures[i];
        for (size_t m = 0; m < figure->mention_count; m++) {
            struct dw_mention *mention = &figure->mentions[m];
            uint32_t by = mention->in_title ? 0 : shift;
            mention->start += by;
            mention->end += by;
            mention->sentence_start += by;
            mention->sentence_end += by;
        }
        figures[all->figure_count + i] = *figure;
    }
    all->figures = figures;
    all->figure_count = count;
    return true;
}
