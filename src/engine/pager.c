/* The page thread: fetches the pages of articles, one at a time and slowly from each host, as far
 * as its robots.txt allows, and reads their stories and figures.
 *
 * Invariants. 1. At most one request to a host is under way; the next one begins ENGINE_PAGE_GAP_MS
 * after it ended. 2. A host's robots.txt is known before its first page is asked for. 3. Pages wait
 * in `waiting` in the order in which they came; `next` belongs to the writer's list and is left
 * alone. */
#include "internal.h"

#include "text/text.h"

#define LONG_MS (60 * 60 * 1000)  /* nothing to do: a wake-up comes */
#define HOSTS_MOST 200            /* known at once; beyond it those without work are forgotten */
#define ROBOTS_BYTES (512u << 10) /* RFC 9309 asks for 500 KiB at least */
#define ROBOTS_MS (24 * 60 * 60 * 1000LL)

struct host {
    char name[256];
    size_t name_len;
    struct engine_page *page; /* under way; NULL with `busy`: its robots.txt */
    bool busy;
    bool asked;  /* robots.txt is known */
    bool closed; /* ... but could not be had: nothing is asked for */
    int64_t asked_ms;
    int64_t free_ms; /* not before */
    struct dw_buf robots;
};

struct pager {
    struct engine *engine;
    struct dw_arena scratch; /* of one extraction, or of one start */
    struct host hosts[HOSTS_MOST];
    size_t host_count;
    struct engine_page *waiting[ENGINE_PAGES_MOST];
    size_t waiting_count;
};

/* Milliseconds between two requests to one host. */
static int64_t gap_of(const struct pager *pager)
{
    int64_t gap = pager->engine->options.page_gap_ms;
    return gap > 0 ? gap : ENGINE_PAGE_GAP_MS;
}

/* ---- Hosts ---- */

static void forget(struct pager *pager, size_t at)
{
    dw_buf_release(&pager->hosts[at].robots);
    pager->hosts[at] = pager->hosts[--pager->host_count];
}

/* Room for one more: those whose pause is over are forgotten. A host that is busy stays where it
 * is, for its response points to it. */
static void make_room(struct pager *pager, int64_t now)
{
    bool any_busy = false;
    for (size_t i = 0; i < pager->host_count; i++)
        any_busy = any_busy || pager->hosts[i].busy;
    for (size_t i = pager->host_count; !any_busy && i-- > 0;) {
        if (pager->hosts[i].free_ms <= now)
            forget(pager, i);
    }
}

/* The host of an address; NULL: none, or no room for it now. */
static struct host *host_of(struct pager *pager, struct dw_str url, int64_t now)
{
    struct dw_str name = dw_url_server(&pager->scratch, url);
    for (size_t i = 0; i < pager->host_count; i++) {
        struct host *host = &pager->hosts[i];
        if (dw_str_eq((struct dw_str){host->name, host->name_len}, name))
            return host;
    }
    if (pager->host_count == HOSTS_MOST)
        make_room(pager, now);
    if (pager->host_count == HOSTS_MOST || name.len == 0 || name.len >= sizeof pager->hosts[0].name)
        return NULL;
    struct host *host = &pager->hosts[pager->host_count++];
    *host = (struct host){.name_len = name.len};
    for (size_t i = 0; i < name.len; i++)
        host->name[i] = name.at[i];
    dw_buf_init(&host->robots, ROBOTS_BYTES);
    return host;
}

/* ---- Starting ---- */

/* Path and query of an address. */
static struct dw_str path_of(struct dw_str url)
{
    size_t scheme = dw_str_find(url, DW_STR("://"), 0);
    size_t slash = dw_str_find_char(url, '/', scheme == SIZE_MAX ? 0 : scheme + 3);
    return slash == SIZE_MAX ? DW_STR("/") : dw_str_slice(url, slash, url.len);
}

static bool ask(struct pager *pager, struct host *host, struct dw_str url, bool own_host,
                struct dw_error *err)
{
    struct fetch_request request = {.url = url, .user_named = own_host, .context = host};
    host->busy = fetch_add(pager->engine->page_fetch, &request, err);
    return host->busy;
}

static void give_back(struct pager *pager, struct engine_page *page)
{
    engine_return_page(pager->engine, page);
}

/* Begins what comes next for a page. True: it is under way or over, and waits no more. */
static bool begin(struct pager *pager, struct engine_page *page, struct host *host, int64_t now)
{
    struct dw_str robots_url = dw_url_resolve(&pager->scratch, page->url, DW_STR("/robots.txt"));
    if (!host->asked || now - host->asked_ms > ROBOTS_MS) {
        if (ask(pager, host, robots_url, page->own_host, &page->error))
            return false; /* its own turn comes with the answer */
    } else if (host->closed) {
        page->later = ENGINE_PAGE_RETRY;
        dw_error_set(&page->error, DW_ERR_NETWORK, "the host's robots.txt cannot be had now");
    } else if (!fetch_robots_allow(dw_buf_str(&host->robots), path_of(page->url))) {
        dw_error_set(&page->error, DW_ERR_NETWORK, "the host's robots.txt asks not to fetch it");
    } else if (ask(pager, host, page->url, page->own_host, &page->error)) {
        host->page = page;
        return true;
    }
    give_back(pager, page);
    return true;
}

/* Begins what may begin; milliseconds until the next one may. */
static int64_t begin_all(struct pager *pager)
{
    int64_t now = dw_clock_milliseconds();
    int64_t wait = LONG_MS;
    size_t kept = 0;
    for (size_t i = 0; i < pager->waiting_count; i++) {
        struct engine_page *page = pager->waiting[i];
        struct host *host = host_of(pager, page->url, now);
        bool ready = host != NULL && !host->busy && host->free_ms <= now;
        if (host == NULL)
            wait = gap_of(pager);
        else if (!host->busy && !ready && host->free_ms - now < wait)
            wait = host->free_ms - now;
        if (!ready || !begin(pager, page, host, now))
            pager->waiting[kept++] = page;
    }
    pager->waiting_count = kept;
    dw_arena_release(&pager->scratch);
    return wait;
}

/* ---- Receiving ---- */

/* No robots.txt allows everything; one that cannot be had forbids it for a while (RFC 9309). */
static void receive_robots(struct host *host, struct fetch_response *response)
{
    bool missing =
        response->status >= 400 && response->status < 500 && response->outcome != FETCH_BUSY;
    host->asked = true;
    host->asked_ms = dw_clock_milliseconds();
    host->closed = response->outcome != FETCH_BODY && !missing;
    dw_buf_clear(&host->robots);
    if (response->outcome == FETCH_BODY)
        dw_buf_add(&host->robots, dw_str_slice(fetch_response_body(response), 0, ROBOTS_BYTES - 1));
    if (host->closed)
        host->asked_ms -= ROBOTS_MS - ENGINE_PAGE_RETRY * 1000LL;
}

/* The figures of a part of the page's text. */
static bool extract_part(struct pager *pager, struct engine_page *page, struct dw_str title,
                         size_t start, size_t end)
{
    struct dw_article article = {.title = title,
                                 .text = dw_str_slice(page->page.text, start, end),
                                 .published = page->wanted.published,
                                 .outlet = page->wanted.outlet};
    struct dw_extraction found;
    bool done =
        dw_extract(pager->engine->options.extractor, &pager->scratch, &article, &found,
                   &page->error) &&
        engine_extraction_append(&page->sums.arena, &page->extraction, &found, (uint32_t)start);
    dw_arena_release(&pager->scratch);
    return done;
}

/* A report that goes on tells of one thing under each heading: what one section says explains
 * nothing in the next. */
static void understand(struct pager *pager, struct engine_page *page)
{
    const struct dw_page *read = &page->page;
    bool in_parts = read->live && read->section_count > 1;
    page->has_signature = engine_signature(&pager->scratch, read->text, page->signature);
    page->has_figures = extract_part(pager, page, page->wanted.title, 0,
                                     in_parts ? read->sections[0].start : read->text.len);
    for (size_t i = 0; in_parts && page->has_figures && i < read->section_count; i++)
        page->has_figures =
            extract_part(pager, page, DW_STR(""), read->sections[i].start, read->sections[i].end);
}

/* Reads a part; true: another one of the story is to be fetched. */
static bool read_part(struct engine_page *page, const struct fetch_response *response)
{
    struct dw_arena *arena = &page->sums.arena;
    struct dw_page part;
    struct dw_page_input input = {.bytes = fetch_response_body(response),
                                  .url = dw_str_dup(arena, response->url),
                                  .content_type = response->content_type};
    struct dw_error err = {0};
    bool first = page->parts++ == 0;
    if (!dw_page_read(arena, &input, &part, &err)) {
        page->error = first ? err : page->error;
        return false;
    }
    if (first)
        page->page = part;
    else if (!dw_page_append(arena, &page->page, &part))
        return false;
    page->is_read = true;
    page->url = page->page.next;
    return page->parts < ENGINE_PAGE_PARTS && page->url.len > 0 &&
           dw_str_eq(dw_url_host(arena, page->url), dw_url_host(arena, input.url));
}

static void receive_page(struct pager *pager, struct engine_page *page,
                         const struct fetch_response *response)
{
    bool more = false;
    if (response->outcome == FETCH_BODY) {
        more = read_part(page, response);
    } else if (!page->is_read) {
        page->error = response->error;
        page->stopped = response->outcome == FETCH_STOPPED;
        bool try_again = response->unreachable || response->outcome == FETCH_BUSY;
        page->is_busy = response->outcome == FETCH_BUSY;
        page->later = !try_again                  ? 0
                      : response->retry_after > 0 ? response->retry_after
                                                  : ENGINE_PAGE_RETRY;
    }
    if (more) {
        pager->waiting[pager->waiting_count++] = page; /* it had a place there before */
        return;
    }
    if (page->is_read)
        understand(pager, page);
    give_back(pager, page);
}

static void receive(struct pager *pager, struct fetch_response *response)
{
    struct host *host = response->context;
    struct engine_page *page = host->page;
    host->busy = false;
    host->page = NULL;
    host->free_ms = dw_clock_milliseconds() + gap_of(pager);
    if (page != NULL)
        receive_page(pager, page, response);
    else
        receive_robots(host, response);
    fetch_response_free(response);
}

/* ---- The thread ---- */

static void take_new(struct pager *pager)
{
    struct engine_page *page = NULL;
    while (pager->waiting_count < ENGINE_PAGES_MOST &&
           (page = dw_queue_try_pop(pager->engine->pages.queue)) != NULL)
        pager->waiting[pager->waiting_count++] = page;
}

/* Ends what is under way; all of it stays wanted. */
static void wind_up(struct pager *pager)
{
    struct fetch *fetch = pager->engine->page_fetch;
    struct fetch_response *response = NULL;
    fetch_stop(fetch);
    while ((response = fetch_poll(fetch, 0)) != NULL)
        receive(pager, response);
    take_new(pager);
    while (pager->waiting_count > 0) {
        struct engine_page *page = pager->waiting[--pager->waiting_count];
        page->stopped = true;
        give_back(pager, page);
    }
    while (pager->host_count > 0)
        forget(pager, pager->host_count - 1);
    dw_arena_release(&pager->scratch);
}

void *engine_pager_run(void *context)
{
    struct pager pager = {.engine = context};
    dw_arena_init(&pager.scratch, DW_LIMIT_DOCUMENT_ARENA);
    while (!atomic_load(&pager.engine->stopping)) {
        take_new(&pager);
        int64_t wait = begin_all(&pager);
        struct fetch_response *response = fetch_poll(pager.engine->page_fetch, wait);
        if (response != NULL)
            receive(&pager, response);
    }
    wind_up(&pager);
    return NULL;
}
