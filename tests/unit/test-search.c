/* Searches for the feeds of a site, on the calling thread and on one of their own. */
#include "unit.h"

#include <poll.h>
#include <stdio.h>

#include "engine/engine.h"
#include "folder.h"
#include "http-server.h"

#define WAIT_MS 150000 /* a deadline, not a wait: sanitizers are slow */

#define FEED \
    "<rss "  \
    "version='2.0'><channel><title>Wafer</title><item><title>x</title></item></channel></rss>"
#define NAMES_TWO                                                                     \
    "<html><link rel='alternate' type='application/rss+xml' href='/a.xml' title='A'>" \
    "<link rel='alternate' type='application/atom+xml' href='/b.xml' title='B'></html>"

struct fixture {
    struct folder folder;
    struct dw_arena arena;
    struct dw_error err;
    struct http_server server;
    struct engine *engine;
    char asked[DW_ERROR_BYTES]; /* the last address that a search told of */
    size_t steps;
    size_t patience; /* how many requests may be begun; 0: any number */
};

static void answer_with(struct http_exchange *exchange, const char *status, const char *body)
{
    char head[200];
    int len = snprintf(head, sizeof head,
                       "HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: %zu\r\n\r\n",
                       status, dw_str_from_c(body).len);
    http_send(exchange, (struct dw_str){head, (size_t)len});
    http_send(exchange, dw_str_from_c(body));
}

/* A site: a feed, a page that names two, a page that names none, and one that never answers. */
static bool answer(struct http_exchange *exchange)
{
    struct dw_str head = http_head(exchange);
    if (dw_str_starts(head, DW_STR("GET /wafer ")))
        answer_with(exchange, "200 OK", FEED);
    else if (dw_str_starts(head, DW_STR("GET /two ")))
        answer_with(exchange, "200 OK", NAMES_TWO);
    else if (dw_str_starts(head, DW_STR("GET /none ")))
        answer_with(exchange, "200 OK", "<html><title>None</title></html>");
    else if (dw_str_starts(head, DW_STR("GET /silent ")))
        http_wait_for_hangup(exchange);
    else
        answer_with(exchange, "404 Not Found", "<html></html>");
    return true;
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    dw_arena_init(&f->arena, 64u << 20);
    folder_make(&f->folder);
    http_server_start(&f->server, answer, f);
    struct engine_options options = {
        .store_path = dw_str_format(&f->arena, "%s/store.db", f->folder.path), .workers = 1};
    f->engine = engine_open(&options, &f->err);
    if (f->engine == NULL)
        fail_msg("%s", f->err.message);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    engine_close(f->engine);
    http_server_stop(&f->server);
    folder_remove(&f->folder);
    dw_arena_release(&f->arena);
    free(f);
    return 0;
}

static struct dw_str address_of(struct fixture *f, const char *path)
{
    return dw_str_format(&f->arena, "http://127.0.0.1:%d%s", f->server.port, path);
}

static struct engine_search *begin(struct fixture *f, const char *path)
{
    struct engine_search *search = engine_search_new(f->engine, address_of(f, path), &f->err);
    if (search == NULL)
        fail_msg("%s", f->err.message);
    return search;
}

/* Takes messages until the search has ended, or has asked once. */
static void wait_for(struct fixture *f, bool end)
{
    struct engine_message message;
    struct pollfd ready = {.fd = engine_fd(f->engine), .events = POLLIN};
    for (;;) {
        while (engine_message_take(f->engine, &message)) {
            if (message.kind != ENGINE_SEARCH)
                continue;
            bool has_ended = message.text[0] == '\0';
            if (!has_ended)
                (void)snprintf(f->asked, sizeof f->asked, "%s", message.text);
            f->steps += !has_ended;
            if (has_ended || !end)
                return;
        }
        if (poll(&ready, 1, WAIT_MS) <= 0)
            fail_msg("the search says nothing");
    }
}

static void the_feeds_that_a_page_names_are_found(void **state)
{
    struct fixture *f = *state;
    struct engine_search *search = begin(f, "/two");
    const struct dw_error *err = NULL;
    wait_for(f, true);
    const struct engine_find *find = engine_search_result(search, &err);
    assert_non_null(find);
    assert_int_equal(find->found.len, 2);
    assert_true(dw_str_eq(find->found.at[0].url, address_of(f, "/a.xml")));
    assert_str(find->found.at[1].title, "B");
    assert_int_equal(f->steps, 1);
    assert_string_equal(f->asked, dw_str_cstr(&f->arena, address_of(f, "/two")));
    engine_search_free(search);
}

static void a_site_without_feeds_is_told_from_one_that_is_away(void **state)
{
    struct fixture *f = *state;
    const struct dw_error *err = NULL;
    struct engine_search *search = begin(f, "/none");
    wait_for(f, true);
    const struct engine_find *find = engine_search_result(search, &err);
    assert_true(find->answered);
    assert_int_equal(find->found.len, 0);
    assert_true(dw_str_find(dw_str_from_c(err->message), DW_STR("not a feed"), 0) != SIZE_MAX);
    assert_true(f->steps > 1);
    engine_search_free(search);
    search = begin(f, "/gone");
    wait_for(f, true);
    find = engine_search_result(search, &err);
    assert_false(find->answered);
    assert_true(err->code != DW_OK);
    engine_search_free(search);
}

static void a_search_that_waits_can_be_given_up_and_another_begun(void **state)
{
    struct fixture *f = *state;
    const struct dw_error *err = NULL;
    struct engine_search *search = begin(f, "/silent");
    wait_for(f, false);
    assert_null(engine_search_result(search, &err));
    engine_search_free(search);
    search = begin(f, "/wafer");
    wait_for(f, true);
    assert_str(engine_search_result(search, &err)->found.at[0].title, "Wafer");
    engine_search_free(search);
}

static void the_end_of_the_engine_ends_its_searches(void **state)
{
    struct fixture *f = *state;
    (void)begin(f, "/silent");
    engine_search_free(begin(f, "/silent"));
    wait_for(f, false);
    engine_close(f->engine);
    f->engine = NULL;
}

static bool count_down(void *context, struct dw_str url)
{
    struct fixture *f = context;
    f->steps += url.len > 0;
    return f->patience == 0 || f->steps <= f->patience;
}

static void the_calling_thread_is_told_of_each_request_and_may_end_it(void **state)
{
    struct fixture *f = *state;
    struct engine_find find = {
        .address = address_of(f, "/none"), .go_on = count_down, .context = f};
    assert_false(engine_find_feeds(&f->arena, &find, &f->err));
    assert_true(find.answered);
    assert_true(f->steps > 2);
    f->steps = 0;
    f->patience = 2;
    assert_false(engine_find_feeds(&f->arena, &find, &f->err));
    assert_true(find.answered);
    f->patience = 1;
    f->steps = 1;
    assert_false(engine_find_feeds(&f->arena, &find, &f->err));
    assert_int_equal(f->err.code, DW_ERR_STOPPED);
}

static void without_memory_a_search_says_so(void **state)
{
    struct fixture *f = *state;
    struct dw_str address = address_of(f, "/two");
    bool done = false;
    size_t failures = 0;
    engine_close(f->engine); /* the failing allocations are to be those of one thread */
    f->engine = NULL;
    for (size_t n = 0; n < 500 && !done; n++) {
        struct dw_arena small;
        struct engine_find find = {.address = address};
        struct dw_error err = {0};
        dw_arena_init(&small, 8u << 20);
        unit_fail_after(n);
        done = engine_find_feeds(&small, &find, &err);
        unit_fail_after(SIZE_MAX);
        failures += !done;
        assert_true(done || err.code != DW_OK);
        dw_arena_release(&small);
    }
    assert_true(done);
    assert_true(failures > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(the_feeds_that_a_page_names_are_found),
        TEST(a_site_without_feeds_is_told_from_one_that_is_away),
        TEST(a_search_that_waits_can_be_given_up_and_another_begun),
        TEST(the_end_of_the_engine_ends_its_searches),
        TEST(the_calling_thread_is_told_of_each_request_and_may_end_it),
        TEST(without_memory_a_search_says_so),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
