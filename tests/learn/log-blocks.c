/* Prints what is known of each block of a page, for learning the weights of blocks.
 *
 * log-blocks PAGE: a line for each block: its text, then everything that has a weight. */
#include <stdio.h>

#include "internal.h"

static void tell(void *context, enum page_family family, struct dw_str value)
{
    (void)context;
    printf("\t%.*s %.*s", DW_FMT(page_family_name(family)), DW_FMT(value));
}

static bool print(struct page_work *work)
{
    struct page_view view;
    if (!page_view_init(&view, work))
        return false;
    for (uint32_t i = 0; i < work->blocks.len; i++) {
        struct page_sum sum = {.tell = tell};
        struct dw_str text = dw_text_clean(work->arena, work->blocks.at[i].text, DW_CLEAN_LINE);
        printf("%.*s", DW_FMT(text));
        page_judge(&view, i, &sum);
        putchar('\n');
    }
    return true;
}

int main(int argc, char **argv)
{
    struct dw_arena arena;
    struct dw_error err = {0};
    struct dw_page_input input = {.bytes = {"", 0}};
    dw_arena_init(&arena, DW_LIMIT_DOCUMENT_ARENA);
    struct page_work work = {.arena = &arena};
    struct dw_str page = dw_str_from_c(argc > 1 ? argv[1] : "-");
    bool done = dw_file_read(&arena, page, DW_LIMIT_BODY_BYTES, &input.bytes, &err) &&
                page_open(&work, &input, &err) && print(&work);
    if (!done)
        fprintf(stderr, "log-blocks: %s\n", err.message);
    page_close(&work);
    dw_arena_release(&arena);
    return done ? 0 : 1;
}
