/* Very long texts: read piece by piece, so that memory and time stay in bounds. */
#include "internal.h"

/* The last place up to `end` where one of the patterns ends, best first: a piece that ends between
 * lines or sentences cuts nothing. SIZE_MAX: none within some thousand bytes. */
static size_t cut_before(struct dw_str text, size_t start, size_t end)
{
    enum { NEAR = 8192 };
    static const struct dw_str patterns[] = {DW_STR_INIT("\n"), DW_STR_INIT(". "),
                                             DW_STR_INIT("; "), DW_STR_INIT(", "),
                                             DW_STR_INIT(" ")};
    size_t floor = end - start > NEAR ? end - NEAR : start;
    for (size_t p = 0; p < sizeof patterns / sizeof patterns[0]; p++) {
        for (size_t at = end; at > floor + patterns[p].len; at--) {
            struct dw_str before = dw_str_slice(text, at - patterns[p].len, at);
            if (dw_str_eq(before, patterns[p]))
                return at;
        }
    }
    return SIZE_MAX;
}

/* Where the piece that begins at `start` ends: never inside a character. */
static size_t end_of_piece(struct dw_str text, size_t start)
{
    size_t end = start + DW_LIMIT_ARTICLE_BYTES / 2;
    if (end >= text.len)
        return text.len;
    size_t cut = cut_before(text, start, end);
    if (cut != SIZE_MAX)
        return cut;
    while (end > start && ((unsigned char)text.at[end] & 0xC0) == 0x80)
        end--;
    return end;
}

static void copy_names(struct dw_arena *arena, struct dw_strs *names)
{
    struct dw_strs copy = {0};
    for (size_t i = 0; i < names->len; i++)
        dw_strs_push(arena, &copy, dw_str_dup(arena, names->at[i]));
    *names = copy;
}

/* A figure of a piece as one of the whole text. */
static void add_figure(struct dw_arena *arena, struct dw_figure *added,
                       const struct dw_figure *figure, size_t start)
{
    *added = *figure;
    copy_names(arena, &added->from);
    copy_names(arena, &added->to);
    copy_names(arena, &added->attribution);
    added->unit = dw_str_dup(arena, figure->unit);
    added->term = dw_str_dup(arena, figure->term);
    added->when = dw_str_dup(arena, figure->when);
    added->rule = dw_str_dup(arena, figure->rule);
    added->mentions = dw_arena_array(arena, figure->mention_count, sizeof *added->mentions);
    for (size_t i = 0; added->mentions != NULL && i < figure->mention_count; i++) {
        struct dw_mention m = figure->mentions[i];
        uint32_t shift = m.in_title ? 0 : (uint32_t)start;
        added->mentions[i] = (struct dw_mention){.start = m.start + shift,
                                                 .end = m.end + shift,
                                                 .sentence_start = m.sentence_start + shift,
                                                 .sentence_end = m.sentence_end + shift,
                                                 .in_title = m.in_title};
    }
}

bool extract_pieces(const struct dw_extractor *extractor, struct dw_arena *arena,
                    const struct dw_article *article, struct dw_extraction *out,
                    struct dw_error *err)
{
    DW_VEC(struct dw_figure) figures = {0};
    struct dw_article piece = *article;
    struct dw_arena work;
    bool done = true;
    dw_arena_init(&work, DW_LIMIT_DOCUMENT_ARENA);
    for (size_t start = 0; done && start < article->text.len; start += piece.text.len) {
        struct dw_scratch scratch = dw_scratch_begin(&work);
        struct analysis a;
        struct dw_extraction found;
        piece.text = dw_str_slice(article->text, start, end_of_piece(article->text, start));
        done = analyse(extractor, &work, &piece, NULL, &a, &found, err);
        for (size_t i = 0; done && i < found.figure_count; i++) {
            struct dw_figure *added = dw_vec_push(arena, &figures);
            if (added != NULL)
                add_figure(arena, added, &found.figures[i], start);
        }
        piece.title = DW_STR(""); /* told once */
        dw_scratch_end(scratch);
    }
    dw_arena_release(&work);
    *out = (struct dw_extraction){figures.at, figures.len};
    if (done && arena->failed)
        return dw_error_set(err, DW_ERR_MEMORY, "out of memory for an article");
    return done;
}
