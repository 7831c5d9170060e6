/* The engine where feeds give summaries: pages are fetched once and politely, and their text and
 * figures take the place of the summary's. */
#include "unit.h"

#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "engine/engine.h"
#include "folder.h"
#include "http-server.h"
#include "store/store.h"

#define START 1769683320 /* 2026-01-29T10:42:00Z */
#define WAIT_MS 150000   /* a deadline, not a wait: sanitizers are slow */

#define STORY                                                                                     \
    "<html><head><title>Deal</title><meta name=author content='Ann Lee'></head><body><article>"   \
    "<h1>Deal</h1><p>Amazon is in talks to invest $50 billion in OpenAI, people who know of the " \
    "matter said on Thursday, and may say so next week.</p><p>The maker of the chips that both "  \
    "of them use, Nvidia, will put $30 billion into OpenAI too, the same people said, if it can " \
    "agree on what it gets for the money.</p>"
#define SECOND_PART                                                                           \
    "<html><body><article><h1>Deal</h1><p>Microsoft, which owns a part of the company, will " \
    "not take part in the round, a person who was told so by its chief said on Friday.</p>"

struct fixture {
    struct folder folder;
    struct dw_arena arena;
    struct dw_error err;
    struct dw_extractor *extractor;
    atomic_llong now;
    struct dw_clock clock;
    struct engine_options options;
    struct engine *engine;
    struct http_server server;
    const char *robots; /* NULL: there is none */
    const char *story;
    const char *summary;
    atomic_int pages;
    atomic_int robots_asked;
    atomic_int busy; /* answers 503 this many times */
    size_t changed;  /* messages of changed articles */
};

static int64_t told_time(void *context)
{
    return atomic_load((atomic_llong *)context);
}

static void send_body(struct http_exchange *exchange, const char *status, const char *body)
{
    char head[200];
    struct dw_str text = dw_str_from_c(body);
    int len = snprintf(head, sizeof head,
                       "HTTP/1.1 %s\r\nContent-Length: %zu\r\nContent-Type: text/html\r\n\r\n",
                       status, text.len);
    http_send(exchange, (struct dw_str){head, (size_t)len});
    http_send(exchange, text);
}

static void send_feed(struct http_exchange *exchange, struct fixture *f)
{
    char feed[4000];
    snprintf(feed, sizeof feed,
             "<rss version=\"2.0\"><channel><title>Wire</title><item><title>Amazon and OpenAI"
             "</title><link>http://127.0.0.1:%d/deal</link><guid>1</guid><pubDate>Thu, 29 Jan 2026 "
             "09:00:00 GMT</pubDate><description>%s</description></item></channel></rss>",
             f->server.port, f->summary);
    send_body(exchange, "200 OK", feed);
}

static bool answer(struct http_exchange *exchange)
{
    struct fixture *f = exchange->context;
    struct dw_str head = http_head(exchange);
    if (dw_str_starts(head, DW_STR("GET /feed "))) {
        send_feed(exchange, f);
    } else if (dw_str_starts(head, DW_STR("GET /robots.txt "))) {
        atomic_fetch_add(&f->robots_asked, 1);
        send_body(exchange, f->robots != NULL ? "200 OK" : "404 Not Found",
                  f->robots != NULL ? f->robots : "");
    } else if (atomic_load(&f->busy) > 0) {
        atomic_fetch_sub(&f->busy, 1);
        send_body(exchange, "503 Service Unavailable", "");
    } else {
        bool second = dw_str_starts(head, DW_STR("GET /deal?page=2 "));
        atomic_fetch_add(&f->pages, 1);
        send_body(exchange, "200 OK", second ? SECOND_PART : f->story);
    }
    return true;
}

static void subscribe(struct fixture *f, bool full_text)
{
    struct dw_str list = dw_str_format(&f->arena,
                                       "<opml version=\"2.0\"><body><outline "
                                       "xmlUrl=\"http://127.0.0.1:%d/feed\"%s/></body></opml>",
                                       f->server.port, full_text ? " fullText=\"true\"" : "");
    assert_true(dw_folder_make(f->options.config_folder, &f->err));
    struct dw_str path = dw_str_format(&f->arena, "%s/config/feeds.opml", f->folder.path);
    assert_true(dw_file_write(path, list, &f->err));
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
        .workers = 1,
        .page_gap_ms = 1,
    };
    f->story = STORY;
    f->summary = "Amazon is in talks with OpenAI over $50 billion.";
    http_server_start(&f->server, answer, f);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    engine_close(f->engine);
    http_server_stop(&f->server);
    dw_extractor_free(f->extractor);
    folder_remove(&f->folder);
    dw_arena_release(&f->arena);
    free(f);
    return 0;
}

static void wait_for(struct fixture *f, enum engine_message_kind kind)
{
    int64_t deadline = dw_clock_milliseconds() + WAIT_MS;
    for (;;) {
        struct engine_message message;
        while (engine_message_take(f->engine, &message)) {
            f->changed += message.kind == ENGINE_ARTICLE_CHANGED;
            if (message.kind == ENGINE_TROUBLE)
                fail_msg("%s", message.text);
            if (message.kind == kind)
                return;
        }
        struct pollfd ready = {.fd = engine_fd(f->engine), .events = POLLIN};
        if (dw_clock_milliseconds() > deadline || poll(&ready, 1, WAIT_MS) < 1)
            fail_msg("no message of kind %d", (int)kind);
    }
}

static void refresh(struct fixture *f)
{
    if (f->engine == NULL)
        f->engine = engine_open(&f->options, &f->err);
    if (f->engine == NULL)
        fail_msg("%s", f->err.message);
    assert_true(engine_refresh(f->engine, ENGINE_REFRESH_ALL, 0));
    wait_for(f, ENGINE_FINISHED);
}

static struct store_article read_article(struct fixture *f)
{
    struct store_article article;
    struct store *store = store_open(f->options.store_path, STORE_READ, &f->clock, &f->err);
    assert_non_null(store);
    assert_true(store_article_read(store, &f->arena, 1, &article, &f->err));
    store_close(store);
    assert_int_equal(article.row.id, 1);
    return article;
}

static bool holds(struct dw_str text, const char *part)
{
    return dw_str_find(text, dw_str_from_c(part), 0) != SIZE_MAX;
}

static void a_summary_is_replaced_by_its_page(void **state)
{
    struct fixture *f = *state;
    subscribe(f, true);
    refresh(f);
    struct store_article article = read_article(f);
    assert_true(dw_str_starts(article.text, DW_STR("Amazon is in talks to invest $50 billion")));
    assert_str(article.summary, "Amazon is in talks with OpenAI over $50 billion.");
    assert_str(article.row.author, "Ann Lee");
    assert_int_equal(f->changed, 1);
}

static void figures_are_told_once_and_point_into_the_page_s_text(void **state)
{
    struct fixture *f = *state;
    subscribe(f, true);
    refresh(f);
    struct store_article article = read_article(f);
    assert_int_equal(article.figures.len, 2);
    for (size_t i = 0; i < article.figures.len; i++) {
        const struct dw_figure *figure = &article.figures.at[i].figure;
        const struct dw_mention *mention = &figure->mentions[0];
        struct dw_str words = dw_str_slice(article.text, mention->start, mention->end);
        assert_true(mention->in_title || holds(words, "billion"));
    }
}

static void without_the_setting_no_page_is_asked_for(void **state)
{
    struct fixture *f = *state;
    subscribe(f, false);
    refresh(f);
    assert_int_equal(atomic_load(&f->pages), 0);
    assert_int_equal(atomic_load(&f->robots_asked), 0);
}

static void a_page_is_asked_for_once_whatever_the_feed_says_later(void **state)
{
    struct fixture *f = *state;
    subscribe(f, true);
    refresh(f);
    f->summary = "Amazon is in talks with OpenAI over some $50 billion.";
    atomic_fetch_add(&f->now, 3600);
    refresh(f);
    struct store_article article = read_article(f);
    assert_int_equal(atomic_load(&f->pages), 1);
    assert_int_equal(atomic_load(&f->robots_asked), 1);
    assert_true(dw_str_starts(article.text, DW_STR("Amazon is in talks to invest $50 billion")));
    assert_str(article.summary, "Amazon is in talks with OpenAI over some $50 billion.");
    assert_int_equal(article.figures.len, 2);
}

static void robots_txt_is_obeyed(void **state)
{
    struct fixture *f = *state;
    f->robots = "User-agent: *\nDisallow: /deal\n";
    subscribe(f, true);
    refresh(f);
    assert_int_equal(atomic_load(&f->robots_asked), 1);
    assert_int_equal(atomic_load(&f->pages), 0);
    assert_str(read_article(f).text, "Amazon is in talks with OpenAI over $50 billion.");
}

static void a_long_text_of_a_feed_needs_no_page(void **state)
{
    struct fixture *f = *state;
    char text[1500];
    memset(text, 'a', sizeof text);
    for (size_t i = 0; i < sizeof text; i += 8)
        text[i] = ' ';
    text[sizeof text - 1] = '\0';
    f->summary = text;
    subscribe(f, true);
    refresh(f);
    assert_int_equal(atomic_load(&f->pages), 0);
}

static void a_captcha_is_never_taken_for_the_story(void **state)
{
    struct fixture *f = *state;
    f->story =
        "<html><head><title>Just a moment...</title></head><body><p>Checking your browser "
        "before you reach the site. This may take some seconds, thank you.</p></body></html>";
    subscribe(f, true);
    refresh(f);
    assert_int_equal(atomic_load(&f->pages), 1);
    assert_str(read_article(f).text, "Amazon is in talks with OpenAI over $50 billion.");
    assert_int_equal(f->changed, 0);
}

static void a_busy_host_is_left_alone_and_asked_later(void **state)
{
    struct fixture *f = *state;
    atomic_store(&f->busy, 1);
    subscribe(f, true);
    refresh(f);
    assert_int_equal(atomic_load(&f->pages), 0);
    refresh(f);
    assert_int_equal(atomic_load(&f->pages), 0);
    engine_close(f->engine); /* transfers rest by the clock of the machine */
    f->engine = NULL;
    atomic_fetch_add(&f->now, 2 * 3600);
    refresh(f);
    assert_int_equal(atomic_load(&f->pages), 1);
    assert_true(holds(read_article(f).text, "Nvidia"));
}

static void several_pages_are_joined_to_one_text(void **state)
{
    struct fixture *f = *state;
    f->story = STORY "<a rel=next href='/deal?page=2'>2</a>";
    subscribe(f, true);
    refresh(f);
    struct dw_str text = read_article(f).text;
    assert_int_equal(atomic_load(&f->pages), 2);
    assert_true(holds(text, "Nvidia"));
    assert_true(holds(text, "Microsoft, which owns a part"));
}

static void each_part_of_a_running_report_is_read_by_itself(void **state)
{
    struct fixture *f = *state;
    f->story =
        "<html><head><script type='application/ld+json'>{\"@type\":\"LiveBlogPosting\","
        "\"headline\":\"The day\",\"liveBlogUpdate\":[]}</script></head><body><article>"
        "<h1>The day</h1><p>What happened on Thursday, hour by hour, as our people in three "
        "cities saw it and wrote it down.</p><h2>Amazon and OpenAI</h2><p>Amazon will invest $50 "
        "billion in "
        "OpenAI, both of them said in a statement on Thursday morning.</p><h2>Meta</h2><p>Meta "
        "will spend $72 billion on data centres this year, its chief said on Thursday, and "
        "more in the next.</p></article></body></html>";
    subscribe(f, true);
    refresh(f);
    struct store_article article = read_article(f);
    assert_true(holds(article.text, "Amazon and OpenAI\n\nAmazon will invest"));
    bool found = false;
    for (size_t i = 0; i < article.figures.len; i++) {
        const struct dw_figure *figure = &article.figures.at[i].figure;
        const struct dw_mention *mention = &figure->mentions[figure->mention_count - 1];
        struct dw_str words = dw_str_slice(article.text, mention->start, mention->end);
        found = found || (!mention->in_title && dw_str_eq(words, DW_STR("$72 billion")));
    }
    assert_true(found);
}

static void the_user_may_ask_for_any_article_s_page(void **state)
{
    struct fixture *f = *state;
    subscribe(f, false);
    refresh(f);
    assert_true(engine_page_want(f->engine, 1));
    wait_for(f, ENGINE_ARTICLE_CHANGED);
    assert_true(holds(read_article(f).text, "Nvidia"));
    assert_int_equal(atomic_load(&f->pages), 1);
}

static void a_page_that_waits_is_fetched_after_a_restart(void **state)
{
    struct fixture *f = *state;
    f->options.page_gap_ms = 60000; /* robots.txt is asked for, the page is not */
    subscribe(f, true);
    f->engine = engine_open(&f->options, &f->err);
    assert_non_null(f->engine);
    assert_true(engine_refresh(f->engine, ENGINE_REFRESH_ALL, 0));
    wait_for(f, ENGINE_ARTICLE_NEW);
    engine_close(f->engine);
    f->engine = NULL;
    assert_int_equal(atomic_load(&f->pages), 0);
    f->options.page_gap_ms = 1;
    atomic_fetch_add(&f->now, 3600);
    refresh(f);
    assert_int_equal(atomic_load(&f->pages), 1);
    assert_true(holds(read_article(f).text, "Nvidia"));
}

#define ENGINE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ENGINE_TEST(a_summary_is_replaced_by_its_page),
        ENGINE_TEST(figures_are_told_once_and_point_into_the_page_s_text),
        ENGINE_TEST(without_the_setting_no_page_is_asked_for),
        ENGINE_TEST(a_page_is_asked_for_once_whatever_the_feed_says_later),
        ENGINE_TEST(robots_txt_is_obeyed),
        ENGINE_TEST(a_long_text_of_a_feed_needs_no_page),
        ENGINE_TEST(a_captcha_is_never_taken_for_the_story),
        ENGINE_TEST(a_busy_host_is_left_alone_and_asked_later),
        ENGINE_TEST(several_pages_are_joined_to_one_text),
        ENGINE_TEST(each_part_of_a_running_report_is_read_by_itself),
        ENGINE_TEST(the_user_may_ask_for_any_article_s_page),
        ENGINE_TEST(a_page_that_waits_is_fetched_after_a_restart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
