/* Fuzz target: a list of feeds, read, written, and read again to be the same. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/base.h"
#include "feed/feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_same_feed(const struct dw_opml_feed *a, const struct dw_opml_feed *b)
{
    bool same = dw_str_eq(a->url, b->url) && dw_str_eq(a->title, b->title) &&
                dw_str_eq(a->home, b->home) && dw_str_eq(a->type, b->type) &&
                dw_str_eq(a->description, b->description) && dw_str_eq(a->language, b->language) &&
                a->folders.len == b->folders.len;
    for (size_t i = 0; same && i < a->folders.len; i++)
        same = dw_str_eq(a->folders.at[i], b->folders.at[i]);
    return same;
}

static void check_round_trip(struct dw_arena *arena, const struct dw_opml *list)
{
    struct dw_opml again;
    struct dw_error err;
    struct dw_str text = dw_opml_render(arena, list);
    if (arena->failed)
        return;
    if (!dw_opml_parse(arena, text, &again, &err) || again.feed_count != list->feed_count)
        abort();
    for (size_t i = 0; i < list->feed_count; i++) {
        size_t j = 0;
        while (j < again.feed_count && !is_same_feed(&list->feeds[i], &again.feeds[j]))
            j++;
        if (j == again.feed_count)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dw_arena arena;
    dw_arena_init(&arena, DW_LIMIT_DOCUMENT_ARENA);
    struct dw_str bytes = {(const char *)data, size};
    struct dw_opml list;
    struct dw_error err = {0};
    if (dw_opml_parse(&arena, bytes, &list, &err))
        check_round_trip(&arena, &list);
    else if (err.code == DW_OK)
        abort();
    dw_arena_release(&arena);
    return 0;
}
