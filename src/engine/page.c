/* Pages of articles, as the writer sees them: which are wanted, and what came of them. */
#include "internal.h"

#include "text/text.h"

#define PAGE_BYTES DW_LIMIT_DOCUMENT_ARENA

/* A text of a feed with less is taken for a summary; teasers have a few hundred bytes. */
#define SUMMARY_BYTES 1000

void engine_page_free(struct engine_page *page)
{
    if (page == NULL)
        return;
    dw_arena_release(&page->sums.arena);
    dw_free(page);
}

/* ---- Wanted ---------------------------------------------------------------------------------- */

/* "…", "[...]", "Read more": the text goes on elsewhere. */
static bool is_cut_off(struct dw_str text)
{
    static const struct dw_str ends[] = {
        DW_STR_INIT("\xE2\x80\xA6"), DW_STR_INIT("\xE2\x80\xA6]"), DW_STR_INIT("..."),
        DW_STR_INIT("...]"),         DW_STR_INIT("read more"),     DW_STR_INIT("continue reading"),
        DW_STR_INIT("weiterlesen"),  DW_STR_INIT("lire la suite"),
    };
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        struct dw_str tail =
            dw_str_slice(text, text.len > ends[i].len ? text.len - ends[i].len : 0, text.len);
        if (dw_str_eq_nocase(tail, ends[i]))
            return true;
    }
    return false;
}

static bool is_summary(const struct dw_entry *entry)
{
    struct dw_str text = dw_str_trim(store_entry_text(entry));
    return text.len < SUMMARY_BYTES || is_cut_off(text);
}

bool engine_page_consider(struct engine *engine, const struct engine_task *task,
                          const struct dw_entry *entry, int64_t article, struct dw_error *err)
{
    if (!task->full_text || task->local || entry->link.len == 0 || !is_summary(entry))
        return true;
    engine->pages.look = true;
    return store_page_want(engine->store, article, false, err);
}

/* ---- Handing out ----------------------------------------------------------------------------- */

static bool is_on_way(const struct engine *engine, int64_t article)
{
    const struct engine_page *page = engine->pages.on_way;
    while (page != NULL && page->wanted.article != article)
        page = page->next;
    return page != NULL;
}

/* A copy of its own; NULL: out of memory. */
static struct engine_page *page_new(const struct store_page_wanted *wanted)
{
    struct engine_page *page = dw_alloc(sizeof *page);
    if (page == NULL)
        return NULL;
    struct dw_arena *arena = &page->sums.arena;
    dw_arena_init(arena, PAGE_BYTES);
    page->sums.id = wanted->feed;
    page->wanted = *wanted;
    page->wanted.url = dw_str_dup(arena, wanted->url);
    page->wanted.title = dw_str_dup(arena, wanted->title);
    page->wanted.outlet = dw_str_dup(arena, wanted->outlet);
    page->wanted.feed_url = dw_str_dup(arena, wanted->feed_url);
    page->url = page->wanted.url;
    page->own_host =
        dw_str_eq(dw_url_host(arena, page->url), dw_url_host(arena, page->wanted.feed_url));
    if (!arena->failed)
        return page;
    engine_page_free(page);
    return NULL;
}

static bool hand_out(struct engine *engine, const struct store_page_wanted *wanted)
{
    struct engine_pages *pages = &engine->pages;
    struct engine_page *page = page_new(wanted);
    if (page == NULL)
        return false;
    page->next = pages->on_way;
    if (!dw_queue_try_push(pages->queue, page)) {
        engine_page_free(page);
        return false;
    }
    pages->on_way = page;
    pages->count++;
    return true;
}

void engine_pages_hand_out(struct engine *engine)
{
    struct engine_pages *pages = &engine->pages;
    if (!pages->look || pages->count >= ENGINE_PAGES_MOST || atomic_load(&engine->stopping))
        return;
    struct dw_arena arena;
    struct dw_error err = {0};
    struct store_pages_wanted wanted;
    int64_t now = dw_clock_now(engine->options.clock);
    size_t before = pages->count;
    dw_arena_init(&arena, DW_LIMIT_QUERY_ARENA);
    /* as many as there can be, and those that are on their way besides */
    bool asked =
        store_page_next(engine->store, &arena, now, 2 * (size_t)ENGINE_PAGES_MOST, &wanted, &err);
    pages->look = false;
    for (size_t i = 0; asked && i < wanted.len; i++) {
        int64_t rest = store_host_pause_get(engine->store, dw_url_server(&arena, wanted.at[i].url));
        if (is_on_way(engine, wanted.at[i].article) || (rest != DW_TIME_NONE && rest > now))
            continue;
        if (pages->count < ENGINE_PAGES_MOST && !hand_out(engine, &wanted.at[i]))
            break;
    }
    if (!asked)
        engine_complain(engine, &err);
    dw_arena_release(&arena);
    if (pages->count > before)
        fetch_wakeup(engine->page_fetch);
}

/* ---- Coming back ----------------------------------------------------------------------------- */

/* The page's text and figures in the place of the feed's. */
static bool store_text(struct engine *engine, struct engine_page *page, struct dw_error *err)
{
    struct store_page_in in = {.article = page->wanted.article,
                               .text = page->page.text,
                               .author = page->page.byline,
                               .language = page->page.language,
                               .now = dw_clock_now(engine->options.clock)};
    struct engine_told told = {.article = page->wanted.article,
                               .published = page->wanted.published,
                               .source = page->wanted.source,
                               .url = page->wanted.url,
                               .title = page->wanted.title,
                               .text = page->page.text};
    if (!store_page_put(engine->store, &in, err))
        return false;
    if (page->has_signature &&
        !engine_join_copies(engine, &page->sums.arena, page->signature, &told, err))
        return false;
    if (page->has_figures && !engine_match(engine, &page->sums, &told, &page->extraction, err))
        return false;
    struct engine_message message = {
        .kind = ENGINE_ARTICLE_CHANGED, .feed = page->wanted.feed, .article = page->wanted.article};
    engine_batch_post(engine, &message);
    return true;
}

static bool record(struct engine *engine, struct engine_page *page, struct dw_error *err)
{
    int64_t now = dw_clock_now(engine->options.clock);
    struct store_page_in unchanged = {.article = page->wanted.article, .now = now};
    struct dw_str server = dw_url_server(&page->sums.arena, page->url);
    if (page->is_busy && !store_host_pause_put(engine->store, server, now + page->later, err))
        return false;
    if (page->later > 0)
        return store_page_later(engine->store, page->wanted.article, now + page->later, err);
    if (!page->is_read)
        return store_page_failed(engine->store, page->wanted.article, err);
    /* a stub or a banner that says less than the feed does */
    if (page->page.text.len <= page->wanted.text_bytes || !page->has_figures)
        return store_page_put(engine->store, &unchanged, err);
    return store_text(engine, page, err);
}

/* Within a savepoint of its own, in a batch. */
static bool record_page(struct engine *engine, struct engine_page *page, struct dw_error *err)
{
    size_t messages = engine->batch.messages.len;
    if (!engine_batch_open(engine, err) || !store_document_begin(engine->store, err))
        return false;
    bool stored = record(engine, page, err);
    if (stored && page->sums.arena.failed)
        stored = dw_error_set(err, DW_ERR_MEMORY, "out of memory");
    if (stored && store_document_keep(engine->store, err))
        return true;
    store_document_undo(engine->store);
    engine->batch.messages.len = messages;
    return false;
}

static void unlink_page(struct engine_pages *pages, const struct engine_page *page)
{
    struct engine_page **link = &pages->on_way;
    while (*link != NULL && *link != page)
        link = &(*link)->next;
    if (*link != NULL)
        *link = page->next;
    pages->count--;
}

static void tell_failure(struct engine *engine, const struct engine_page *page)
{
    if (page->is_read)
        return;
    dw_log_write(engine->options.log, DW_LOG_WARN, "the page %.*s: %s", DW_FMT(page->wanted.url),
                 page->error.message);
}

void engine_page_receive(struct engine *engine, struct engine_page *page)
{
    struct dw_error err = {0};
    unlink_page(&engine->pages, page);
    if (page->stopped) {
        engine_page_free(page);
        return;
    }
    tell_failure(engine, page);
    if (record_page(engine, page, &err)) {
        atomic_fetch_add(&engine->figures, page->sums.figures);
        atomic_fetch_add(&engine->events, page->sums.events);
        atomic_fetch_add(&engine->revised, page->sums.revised);
        engine->pages.look = true; /* there is room for another */
    } else {
        dw_error_wrap(&err, "the page %.*s", DW_FMT(page->wanted.url));
        engine_complain(engine, &err); /* it stays wanted, for another round */
    }
    engine_page_free(page);
}

void engine_pages_drop(struct engine *engine)
{
    while (engine->pages.on_way != NULL) {
        struct engine_page *page = engine->pages.on_way;
        engine->pages.on_way = page->next;
        engine_page_free(page);
    }
    engine->pages.count = 0;
}
