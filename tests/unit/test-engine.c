/* The engine from feeds to the store, with its messages, on local files and a loopback server. */
#include "unit.h"

#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "engine/engine.h"
#include "fetch/fetch.h"
#include "folder.h"
#include "http-server.h"
#include "store/store.h"

#define START 1769683320 /* 2026-01-29T10:42:00Z */
#define WAIT_MS 150000   /* a deadline, not a wait: sanitizers are slow */
#define KINDS (ENGINE_LOST + 1)

struct fixture {
    struct folder folder;
    struct dw_arena arena;
    struct dw_error err;
    struct dw_extractor *extractor;
    atomic_llong now;
    struct dw_clock clock;
    struct engine_options options;
    struct engine *engine;
    char outlines[4000];
    size_t counts[KINDS];              /* messages of each kind */
    struct engine_message last[KINDS]; /* ... and the last of each */
};

static int64_t told_time(void *context)
{
    return atomic_load((atomic_llong *)context);
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    dw_arena_init(&f->arena, 64u << 20);
    folder_make(&f->folder);
    f->extractor = dw_extractor_new(DW_STR(""), &f->err);
    assert_non_null(f->extractor);
    atomic_store(&f->now, START);
    f->clock = (struct dw_clock){.now = told_time, .context = &f->now};
    f->options = (struct engine_options){
        .store_path = dw_str_format(&f->arena, "%s/store.db", f->folder.path),
        .config_folder = dw_str_format(&f->arena, "%s/config", f->folder.path),
        .extractor = f->extractor,
        .clock = &f->clock,
        .workers = 2,
    };
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    engine_close(f->engine);
    dw_extractor_free(f->extractor);
    folder_remove(&f->folder);
    dw_arena_release(&f->arena);
    free(f);
    return 0;
}

/* ---- Feeds ----------------------------------------------------------------------------------- */

static struct dw_str path_of(struct fixture *f, const char *name)
{
    return dw_str_format(&f->arena, "%s/%s", f->folder.path, name);
}

static void write_file(struct fixture *f, const char *name, struct dw_str text)
{
    if (!dw_file_write(path_of(f, name), text, &f->err))
        fail_msg("%s", f->err.message);
}

/* An RSS feed of these items. */
static struct dw_str rss(struct fixture *f, const char *title, const char *items)
{
    return dw_str_format(&f->arena,
                         "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>%s</title>"
                         "<link>https://%s.example/</link><description>d</description>%s"
                         "</channel></rss>",
                         title, title, items);
}

#define ITEM(slug, title, date, text)                                                     \
    "<item><title>" title "</title><link>https://wire.example/" slug "</link><guid>" slug \
    "</guid><pubDate>" date "</pubDate><description>" text "</description></item>"
#define DEAL                                                                     \
    ITEM("deal", "Amazon in talks with OpenAI", "Thu, 29 Jan 2026 09:00:00 GMT", \
         "Amazon is in talks to invest $50 billion in OpenAI.")
#define CHAT ITEM("chat", "Of the weather", "Thu, 29 Jan 2026 08:00:00 GMT", "It rains.")

static void add_outline(struct fixture *f, struct dw_str url)
{
    size_t used = dw_str_from_c(f->outlines).len;
    snprintf(f->outlines + used, sizeof f->outlines - used,
             "<outline type=\"rss\" text=\"%.*s\" xmlUrl=\"%.*s\"/>", DW_FMT(url), DW_FMT(url));
    struct dw_str list = dw_str_format(
        &f->arena, "<opml version=\"2.0\"><head/><body>%s</body></opml>", f->outlines);
    assert_true(dw_folder_make(f->options.config_folder, &f->err));
    write_file(f, "config/feeds.opml", list);
}

/* A local feed, subscribed. */
static void add_file(struct fixture *f, const char *name, struct dw_str text)
{
    write_file(f, name, text);
    add_outline(f, path_of(f, name));
}

static void add_web(struct fixture *f, const char *host, int port, const char *path)
{
    add_outline(f, dw_str_format(&f->arena, "http://%s:%d/%s", host, port, path));
}

/* ---- The engine ------------------------------------------------------------------------------ */

static void open_engine(struct fixture *f)
{
    f->engine = engine_open(&f->options, &f->err);
    if (f->engine == NULL)
        fail_msg("%s", f->err.message);
}

static void close_engine(struct fixture *f)
{
    engine_close(f->engine);
    f->engine = NULL;
}

/* Takes messages until one of this kind came. */
static void wait_for(struct fixture *f, enum engine_message_kind kind)
{
    int64_t until = dw_clock_milliseconds() + WAIT_MS;
    size_t before = f->counts[kind];
    struct engine_message message;
    while (f->counts[kind] == before) {
        struct pollfd fd = {.fd = engine_fd(f->engine), .events = POLLIN};
        int64_t left = until - dw_clock_milliseconds();
        if (left <= 0 || poll(&fd, 1, (int)left) <= 0)
            fail_msg("no message of kind %d came", (int)kind);
        while (f->counts[kind] == before && engine_message_take(f->engine, &message)) {
            f->counts[message.kind]++;
            f->last[message.kind] = message;
        }
    }
}

/* One whole round over all feeds, the messages counted from 0. */
static void refresh(struct fixture *f)
{
    memset(f->counts, 0, sizeof f->counts);
    assert_true(engine_refresh(f->engine, ENGINE_REFRESH_ALL, 0));
    wait_for(f, ENGINE_FINISHED);
}

/* The same by an engine of its own, a minute later. */
static void refresh_anew(struct fixture *f)
{
    atomic_fetch_add(&f->now, 60);
    open_engine(f);
    refresh(f);
    close_engine(f);
}

static struct store *open_store(struct fixture *f)
{
    struct store *store = store_open(f->options.store_path, STORE_READ, NULL, &f->err);
    if (store == NULL)
        fail_msg("%s", f->err.message);
    return store;
}

static struct store_counts counts_of(struct fixture *f)
{
    struct store_counts counts;
    struct store *store = open_store(f);
    assert_true(store_counts(store, &counts, &f->err));
    store_close(store);
    return counts;
}

/* The feeds by title, which is their address. */
static struct store_feeds feeds_of(struct fixture *f)
{
    struct store_feeds feeds = {0};
    struct store *store = open_store(f);
    assert_true(store_feed_list(store, &f->arena, &feeds, &f->err));
    store_close(store);
    return feeds;
}

static void a_local_feed_comes_into_the_store_with_figures_and_events(void **state)
{
    struct fixture *f = *state;
    add_file(f, "a.xml", rss(f, "a", DEAL CHAT));
    open_engine(f);
    refresh(f);
    assert_int_equal(f->counts[ENGINE_FEED_STARTED], 1);
    assert_int_equal(f->counts[ENGINE_FEED_DONE], 1);
    assert_int_equal(f->counts[ENGINE_ARTICLE_NEW], 2);
    assert_int_equal(f->counts[ENGINE_EVENT_NEW], 1);
    assert_int_equal(f->last[ENGINE_FEED_DONE].articles, 2);
    assert_int_equal(f->last[ENGINE_FEED_DONE].figures, 1);
    const struct engine_message *sums = &f->last[ENGINE_FINISHED];
    assert_int_equal(sums->done, 1);
    assert_int_equal(sums->total, 1);
    assert_int_equal(sums->failed, 0);
    assert_int_equal(sums->articles, 2);
    assert_int_equal(sums->events, 1);
    struct store *store = open_store(f);
    struct store_event event;
    assert_true(
        store_event_read(store, &f->arena, f->last[ENGINE_EVENT_NEW].event, &event, &f->err));
    assert_true(event.row.figure.value == 50e9);
    assert_true(event.row.usd == 50e9);
    assert_int_equal(event.evidence.len, 1);
    assert_int_equal(event.revision_count, 1);
    store_close(store);
}

static void what_is_known_is_not_stored_again(void **state)
{
    struct fixture *f = *state;
    add_file(f, "a.xml", rss(f, "a", DEAL CHAT));
    refresh_anew(f);
    refresh_anew(f);
    assert_int_equal(f->counts[ENGINE_FEED_DONE], 1);
    assert_int_equal(f->counts[ENGINE_ARTICLE_NEW], 0);
    assert_int_equal(f->counts[ENGINE_ARTICLE_CHANGED], 0);
    assert_int_equal(counts_of(f).articles, 2);
    assert_int_equal(counts_of(f).figures, 1);
}

static void a_changed_article_replaces_its_figures_and_revises_its_event(void **state)
{
    struct fixture *f = *state;
    add_file(f, "a.xml", rss(f, "a", DEAL));
    refresh_anew(f);
    write_file(f, "a.xml",
               rss(f, "a",
                   ITEM("deal", "Amazon in talks with OpenAI", "Thu, 29 Jan 2026 09:00:00 GMT",
                        "Amazon is in talks to invest $60 billion in OpenAI.")));
    refresh_anew(f);
    assert_int_equal(f->counts[ENGINE_ARTICLE_CHANGED], 1);
    assert_int_equal(counts_of(f).articles, 1);
    assert_int_equal(counts_of(f).figures, 1);
    assert_int_equal(counts_of(f).events, 1);
}

static void the_same_deal_in_two_feeds_is_one_event(void **state)
{
    struct fixture *f = *state;
    add_file(f, "a.xml", rss(f, "a", DEAL));
    add_file(f, "b.xml",
             rss(f, "b",
                 "<item><title>OpenAI could get $50 billion</title><link>https://b.example/1</link>"
                 "<pubDate>Thu, 29 Jan 2026 10:00:00 GMT</pubDate><description>Amazon is in talks "
                 "to invest $50 billion in OpenAI, people said.</description></item>"));
    refresh_anew(f);
    assert_int_equal(counts_of(f).articles, 2);
    assert_int_equal(f->counts[ENGINE_EVENT_NEW], 1);
    struct store *store = open_store(f);
    struct store_event event;
    assert_true(
        store_event_read(store, &f->arena, f->last[ENGINE_EVENT_NEW].event, &event, &f->err));
    assert_int_equal(event.row.sources, 2);
    store_close(store);
}

static void a_failing_feed_is_named_and_leaves_its_neighbours(void **state)
{
    struct fixture *f = *state;
    add_file(f, "a.xml", rss(f, "a", DEAL));
    add_file(f, "b.xml", DW_STR("\x89PNG\r\n\x1a\n0000"));
    add_file(f, "c.xml", rss(f, "c", CHAT));
    refresh_anew(f);
    assert_int_equal(f->last[ENGINE_FINISHED].failed, 1);
    assert_int_equal(f->counts[ENGINE_FEED_FAILED], 1);
    assert_non_null(strstr(f->last[ENGINE_FEED_FAILED].text, "b.xml"));
    assert_non_null(strstr(f->last[ENGINE_FEED_FAILED].text, "image"));
    assert_int_equal(counts_of(f).articles, 2);
    assert_int_equal(counts_of(f).failing, 1);
    write_file(f, "b.xml", rss(f, "b", ITEM("b", "Mended", "", "Well again.")));
    refresh_anew(f);
    assert_int_equal(f->last[ENGINE_FINISHED].failed, 0);
    assert_int_equal(counts_of(f).articles, 3);
    assert_int_equal(counts_of(f).failing, 0);
}

static void entries_of_the_future_are_withheld_where_wanted(void **state)
{
    struct fixture *f = *state;
    f->options.withhold_future = true;
    add_file(f, "a.xml",
             rss(f, "a", DEAL ITEM("later", "Later", "Thu, 29 Jan 2026 10:44:00 GMT", "Not yet.")));
    refresh_anew(f);
    assert_int_equal(counts_of(f).articles, 1);
    refresh_anew(f);
    assert_int_equal(f->counts[ENGINE_ARTICLE_NEW], 1);
    assert_int_equal(counts_of(f).articles, 2);
}

static void marks_of_the_user_go_through_the_writer(void **state)
{
    struct fixture *f = *state;
    add_file(f, "a.xml", rss(f, "a", DEAL CHAT));
    open_engine(f);
    refresh(f);
    assert_int_equal(counts_of(f).unread, 2);
    assert_true(engine_mark_read(f->engine, f->last[ENGINE_ARTICLE_NEW].article, true));
    wait_for(f, ENGINE_MARKED);
    assert_int_equal(counts_of(f).unread, 1);
    assert_true(engine_mark_all_read(f->engine));
    wait_for(f, ENGINE_MARKED);
    assert_int_equal(counts_of(f).unread, 0);
    assert_true(engine_mark_read(f->engine, f->last[ENGINE_ARTICLE_NEW].article, false));
    wait_for(f, ENGINE_MARKED);
    assert_int_equal(counts_of(f).unread, 1);
}

static void a_feed_is_added_refreshed_and_removed_while_the_engine_runs(void **state)
{
    struct fixture *f = *state;
    add_file(f, "a.xml", rss(f, "a", CHAT));
    write_file(f, "b.xml", rss(f, "b", DEAL));
    open_engine(f);
    assert_true(engine_feed_add(f->engine, path_of(f, "b.xml")));
    wait_for(f, ENGINE_FEEDS_CHANGED);
    wait_for(f, ENGINE_FINISHED);
    assert_int_equal(f->last[ENGINE_FINISHED].articles, 1);
    assert_int_equal(feeds_of(f).len, 2);
    int64_t added = f->last[ENGINE_FEED_DONE].feed;
    assert_true(engine_feed_remove(f->engine, added));
    wait_for(f, ENGINE_FEEDS_CHANGED);
    assert_int_equal(feeds_of(f).len, 1);
    assert_true(engine_feed_add(f->engine, DW_STR("gopher://nowhere")));
    wait_for(f, ENGINE_TROUBLE);
    assert_non_null(strstr(f->last[ENGINE_TROUBLE].text, "gopher"));
}

static void a_feed_is_not_asked_twice_within_the_pause(void **state)
{
    struct fixture *f = *state;
    add_file(f, "a.xml", rss(f, "a", CHAT));
    open_engine(f);
    refresh(f);
    int64_t feed = f->last[ENGINE_FEED_DONE].feed;
    refresh(f);
    assert_int_equal(f->last[ENGINE_FINISHED].total, 0);
    assert_true(engine_refresh(f->engine, ENGINE_REFRESH_FEED, feed));
    wait_for(f, ENGINE_FINISHED);
    assert_int_equal(f->last[ENGINE_FINISHED].total, 0);
    assert_non_null(strstr(f->last[ENGINE_TROUBLE].text, "again in"));
    atomic_fetch_add(&f->now, FETCH_PAUSE_LEAST);
    refresh(f);
    assert_int_equal(f->last[ENGINE_FINISHED].total, 1);
}

static void due_feeds_alone_are_asked_and_by_themselves_where_watched(void **state)
{
    struct fixture *f = *state;
    add_file(f, "a.xml", rss(f, "a", CHAT));
    refresh_anew(f);
    int64_t next = feeds_of(f).at[0].next_try;
    assert_true(next > atomic_load(&f->now));
    open_engine(f);
    atomic_fetch_add(&f->now, 60);
    assert_true(engine_refresh(f->engine, ENGINE_REFRESH_DUE, 0));
    wait_for(f, ENGINE_FINISHED);
    assert_int_equal(f->last[ENGINE_FINISHED].total, 0);
    wait_for(f, ENGINE_SCHEDULED);
    assert_int_equal(f->last[ENGINE_SCHEDULED].due, next);
    close_engine(f);
    atomic_store(&f->now, next);
    f->options.watch = true;
    open_engine(f);
    wait_for(f, ENGINE_FINISHED);
    assert_int_equal(f->last[ENGINE_FINISHED].total, 1);
}

/* ---- With a server --------------------------------------------------------------------------- */

struct web {
    struct http_server server;
    struct dw_str feed; /* the answer to /feed.xml, with validators */
    atomic_int requests;
    atomic_int conditional;
};

static bool answer_web(struct http_exchange *exchange)
{
    struct web *web = exchange->context;
    struct dw_str head = http_head(exchange);
    atomic_fetch_add(&web->requests, 1);
    bool is_known = dw_str_find(head, DW_STR("If-None-Match: \"v1\""), 0) != SIZE_MAX;
    atomic_fetch_add(&web->conditional, is_known);
    char line[200];
    if (dw_str_starts(head, DW_STR("GET /hang"))) {
        http_wait_for_hangup(exchange);
        return false;
    }
    if (dw_str_starts(head, DW_STR("GET /gone"))) {
        http_send(exchange, DW_STR("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"));
        return true;
    }
    if (dw_str_starts(head, DW_STR("GET /busy"))) {
        http_send(exchange, DW_STR("HTTP/1.1 429 Slow down\r\nRetry-After: 3600\r\n"
                                   "Content-Length: 0\r\n\r\n"));
        return true;
    }
    if (dw_str_starts(head, DW_STR("GET /moved"))) {
        http_send(exchange, DW_STR("HTTP/1.1 301 Moved\r\nLocation: /feed.xml\r\n"
                                   "Content-Length: 0\r\n\r\n"));
        return true;
    }
    if (dw_str_starts(head, DW_STR("GET /members")) &&
        dw_str_find(head, DW_STR("Authorization: Basic YW5uOnNlY3JldA=="), 0) == SIZE_MAX) {
        http_send(exchange, DW_STR("HTTP/1.1 401 Who\r\nContent-Length: 0\r\n\r\n"));
        return true;
    }
    if (is_known) {
        http_send(exchange, DW_STR("HTTP/1.1 304 Same\r\nETag: \"v1\"\r\n\r\n"));
        return true;
    }
    int len =
        snprintf(line, sizeof line,
                 "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Length: %zu\r\n\r\n", web->feed.len);
    http_send(exchange, (struct dw_str){line, (size_t)len});
    http_send(exchange, web->feed);
    return true;
}

static struct web *start_web(struct fixture *f, struct dw_str feed)
{
    struct web *web = calloc(1, sizeof *web);
    assert_non_null(web);
    (void)f;
    web->feed = feed;
    http_server_start(&web->server, answer_web, web);
    return web;
}

static void stop_web(struct web *web)
{
    http_server_stop(&web->server);
    free(web);
}

static void the_second_request_is_conditional(void **state)
{
    struct fixture *f = *state;
    struct web *web = start_web(f, rss(f, "a", DEAL));
    add_web(f, "127.0.0.1", web->server.port, "feed.xml");
    refresh_anew(f);
    assert_int_equal(f->counts[ENGINE_FEED_DONE], 1);
    assert_int_equal(atomic_load(&web->conditional), 0);
    refresh_anew(f);
    assert_int_equal(f->counts[ENGINE_FEED_UNCHANGED], 1);
    assert_int_equal(atomic_load(&web->conditional), 1);
    assert_int_equal(atomic_load(&web->requests), 2);
    stop_web(web);
}

static void a_login_in_an_address_is_used_and_shown_nowhere(void **state)
{
    struct fixture *f = *state;
    struct web *web = start_web(f, rss(f, "a", DEAL));
    add_web(f, "ann:secret@127.0.0.1", web->server.port, "members.xml");
    add_web(f, "bob:wrong1@127.0.0.1", web->server.port, "members2.xml");
    refresh_anew(f);
    assert_int_equal(f->counts[ENGINE_FEED_DONE], 1);
    assert_int_equal(f->counts[ENGINE_FEED_FAILED], 1);
    assert_null(strstr(f->last[ENGINE_FEED_FAILED].text, "wrong1"));
    assert_non_null(strstr(f->last[ENGINE_FEED_FAILED].text, "password"));
    struct store_feeds feeds = feeds_of(f);
    for (size_t i = 0; i < feeds.len; i++)
        assert_true(dw_str_find_char(feeds.at[i].url, '@', 0) == SIZE_MAX);
    struct dw_str list;
    assert_true(dw_file_read(&f->arena, path_of(f, "config/feeds.opml"), 1u << 20, &list, &f->err));
    assert_true(dw_str_find(list, DW_STR("secret"), 0) == SIZE_MAX);
    stop_web(web);
}

static void validators_of_what_is_no_feed_are_not_kept(void **state)
{
    struct fixture *f = *state;
    struct web *web = start_web(f, DW_STR("<html><body>maintenance</body></html>"));
    add_web(f, "127.0.0.1", web->server.port, "feed.xml");
    refresh_anew(f);
    assert_int_equal(f->counts[ENGINE_FEED_FAILED], 1);
    web->feed = rss(f, "a", DEAL);
    refresh_anew(f);
    assert_int_equal(atomic_load(&web->conditional), 0);
    assert_int_equal(counts_of(f).articles, 1);
    stop_web(web);
}

static void a_gone_feed_is_paused_and_a_busy_host_left_alone(void **state)
{
    struct fixture *f = *state;
    struct web *web = start_web(f, rss(f, "a", DEAL));
    add_web(f, "127.0.0.1", web->server.port, "gone");
    refresh_anew(f);
    assert_int_equal(f->counts[ENGINE_FEED_GONE], 1);
    assert_non_null(strstr(f->last[ENGINE_FEED_GONE].text, "gone"));
    assert_int_equal(feeds_of(f).at[0].pause, STORE_PAUSE_GONE);
    add_web(f, "127.0.0.1", web->server.port, "busy");
    refresh_anew(f);
    assert_int_equal(f->last[ENGINE_FINISHED].total, 1);
    assert_int_equal(f->counts[ENGINE_FEED_FAILED], 1);
    add_web(f, "127.0.0.1", web->server.port, "feed.xml");
    refresh_anew(f);
    assert_int_equal(f->last[ENGINE_FINISHED].total, 0);
    assert_int_equal(atomic_load(&web->requests), 2);
    atomic_fetch_add(&f->now, 3600);
    refresh_anew(f);
    assert_int_equal(f->last[ENGINE_FINISHED].total, 2);
    stop_web(web);
}

static void a_permanent_move_is_taken_over_after_a_week(void **state)
{
    struct fixture *f = *state;
    struct web *web = start_web(f, rss(f, "a", DEAL));
    add_web(f, "127.0.0.1", web->server.port, "moved");
    refresh_anew(f);
    atomic_fetch_add(&f->now, 6 * 86400);
    refresh_anew(f);
    assert_true(dw_str_ends(feeds_of(f).at[0].url, DW_STR("/moved")));
    atomic_fetch_add(&f->now, 86400);
    refresh_anew(f);
    assert_true(dw_str_ends(feeds_of(f).at[0].url, DW_STR("/feed.xml")));
    assert_int_equal(f->counts[ENGINE_FEEDS_CHANGED], 1);
    struct dw_str list;
    assert_true(dw_file_read(&f->arena, path_of(f, "config/feeds.opml"), 1u << 20, &list, &f->err));
    assert_true(dw_str_find(list, DW_STR("/feed.xml\""), 0) != SIZE_MAX);
    assert_int_equal(counts_of(f).articles, 1);
    stop_web(web);
}

static void stopping_in_mid_transfer_keeps_what_came_and_blames_nobody(void **state)
{
    struct fixture *f = *state;
    struct web *web = start_web(f, rss(f, "a", DEAL));
    add_web(f, "127.0.0.1", web->server.port, "feed.xml");
    add_web(f, "127.0.0.1", web->server.port, "hang");
    open_engine(f);
    assert_true(engine_refresh(f->engine, ENGINE_REFRESH_ALL, 0));
    wait_for(f, ENGINE_FEED_DONE);
    int64_t begun = dw_clock_milliseconds();
    close_engine(f);
    assert_true(dw_clock_milliseconds() - begun < 3000);
    assert_int_equal(counts_of(f).articles, 1);
    assert_int_equal(counts_of(f).failing, 0);
    /* the claim was given up: the next process may ask at once */
    struct store *store = store_open(f->options.store_path, STORE_WRITE, &f->clock, &f->err);
    struct store_due due = {.now = atomic_load(&f->now)};
    struct store_feeds feeds;
    assert_true(store_feed_due(store, &f->arena, &due, &feeds, &f->err));
    assert_int_equal(feeds.len, 1);
    assert_true(dw_str_ends(feeds.at[0].url, DW_STR("/hang")));
    store_close(store);
    stop_web(web);
}

static int dead_port(void)
{
    int port = 0;
    close(http_listen(&port));
    return port;
}

static void offline_blames_no_feed(void **state)
{
    struct fixture *f = *state;
    /* no machine has a route to these */
    add_web(f, "255.255.255.255", 80, "a");
    add_web(f, "224.0.0.1", 80, "b");
    refresh_anew(f);
    assert_int_equal(f->counts[ENGINE_OFFLINE], 1);
    assert_int_equal(f->counts[ENGINE_FEED_FAILED], 0);
    assert_int_equal(f->last[ENGINE_FINISHED].failed, 2);
    struct store_feeds feeds = feeds_of(f);
    for (size_t i = 0; i < feeds.len; i++) {
        assert_int_equal(feeds.at[i].failures, 0);
        assert_int_equal(feeds.at[i].fail_count, 0);
    }
}

static void a_dead_server_among_living_ones_is_blamed(void **state)
{
    struct fixture *f = *state;
    struct web *web = start_web(f, rss(f, "a", DEAL));
    int port = dead_port();
    add_web(f, "127.0.0.2", port, "a");
    add_web(f, "127.0.0.3", port, "b");
    add_web(f, "127.0.0.1", web->server.port, "feed.xml");
    refresh_anew(f);
    assert_int_equal(f->counts[ENGINE_OFFLINE], 0);
    assert_int_equal(f->counts[ENGINE_FEED_FAILED], 2);
    assert_int_equal(f->last[ENGINE_FINISHED].failed, 2);
    assert_int_equal(f->last[ENGINE_FINISHED].done, 3);
    assert_int_equal(counts_of(f).failing, 2);
    stop_web(web);
}

static void two_engines_on_one_store_ask_each_feed_once(void **state)
{
    struct fixture *f = *state;
    struct web *web = start_web(f, rss(f, "a", DEAL));
    char path[30];
    for (int i = 0; i < 30; i++) {
        snprintf(path, sizeof path, "feed%d.xml", i);
        add_web(f, "127.0.0.1", web->server.port, path);
    }
    open_engine(f);
    struct engine *other = engine_open(&f->options, &f->err);
    assert_non_null(other);
    assert_true(engine_refresh(f->engine, ENGINE_REFRESH_DUE, 0));
    assert_true(engine_refresh(other, ENGINE_REFRESH_DUE, 0));
    wait_for(f, ENGINE_FINISHED);
    struct engine *first = f->engine;
    f->engine = other;
    wait_for(f, ENGINE_FINISHED);
    engine_close(first);
    assert_int_equal(atomic_load(&web->requests), 30);
    assert_int_equal(counts_of(f).articles, 1);
    stop_web(web);
}

/* ---- Trouble --------------------------------------------------------------------------------- */

static void a_store_that_cannot_be_opened_is_named(void **state)
{
    struct fixture *f = *state;
    f->options.store_path = DW_STR("/nowhere/store.db");
    assert_null(engine_open(&f->options, &f->err));
    assert_non_null(strstr(f->err.message, "/nowhere/store.db"));
}

static void messages_that_nobody_takes_are_told_as_lost(void **state)
{
    struct fixture *f = *state;
    struct dw_buf items;
    dw_buf_init(&items, 4u << 20);
    for (int i = 0; i < 5000; i++)
        dw_buf_add_format(&items, "<item><title>Number %d</title><guid>%d</guid></item>", i, i);
    dw_buf_add_char(&items, '\0');
    add_file(f, "a.xml", rss(f, "a", items.at));
    dw_buf_release(&items);
    open_engine(f);
    assert_true(engine_refresh(f->engine, ENGINE_REFRESH_ALL, 0));
    int64_t until = dw_clock_milliseconds() + WAIT_MS;
    while (counts_of(f).articles < 5000 && dw_clock_milliseconds() < until)
        poll(NULL, 0, 20);
    while (engine_progress(f->engine).running && dw_clock_milliseconds() < until)
        poll(NULL, 0, 20);
    assert_int_equal(engine_progress(f->engine).articles, 5000);
    wait_for(f, ENGINE_LOST);
    assert_int_equal(counts_of(f).articles, 5000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(a_local_feed_comes_into_the_store_with_figures_and_events),
        TEST(what_is_known_is_not_stored_again),
        TEST(a_changed_article_replaces_its_figures_and_revises_its_event),
        TEST(the_same_deal_in_two_feeds_is_one_event),
        TEST(a_failing_feed_is_named_and_leaves_its_neighbours),
        TEST(entries_of_the_future_are_withheld_where_wanted),
        TEST(marks_of_the_user_go_through_the_writer),
        TEST(a_feed_is_added_refreshed_and_removed_while_the_engine_runs),
        TEST(a_feed_is_not_asked_twice_within_the_pause),
        TEST(due_feeds_alone_are_asked_and_by_themselves_where_watched),
        TEST(the_second_request_is_conditional),
        TEST(a_login_in_an_address_is_used_and_shown_nowhere),
        TEST(validators_of_what_is_no_feed_are_not_kept),
        TEST(a_gone_feed_is_paused_and_a_busy_host_left_alone),
        TEST(a_permanent_move_is_taken_over_after_a_week),
        TEST(stopping_in_mid_transfer_keeps_what_came_and_blames_nobody),
        TEST(offline_blames_no_feed),
        TEST(a_dead_server_among_living_ones_is_blamed),
        TEST(two_engines_on_one_store_ask_each_feed_once),
        TEST(a_store_that_cannot_be_opened_is_named),
        TEST(messages_that_nobody_takes_are_told_as_lost),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
