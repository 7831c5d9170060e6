/* Adding a feed in the dashboard: an address is typed, its feeds are offered, one is subscribed to.
 */
#include "ui-fixture.h"

#include <poll.h>

#include "http-server.h"

#define WAIT_MS 150000 /* a deadline, not a wait: sanitizers are slow */

static const char page[] =
    "<html><link rel='alternate' type='application/rss+xml' href='/a.xml' title='Wafer Notes'>"
    "<link rel='alternate' type='application/rss+xml' href='/b.xml' title='Grid Letter'></html>";

static bool answer(struct http_exchange *exchange)
{
    struct dw_str head = http_head(exchange);
    const char *body = "<html><title>Nothing</title></html>";
    char text[600];
    if (dw_str_starts(head, DW_STR("GET /silent ")))
        http_wait_for_hangup(exchange);
    if (dw_str_starts(head, DW_STR("GET /home ")))
        body = page;
    int len =
        snprintf(text, sizeof text,
                 "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %zu\r\n\r\n%s",
                 dw_str_from_c(body).len, body);
    http_send(exchange, (struct dw_str){text, (size_t)len});
    return true;
}

struct site {
    struct ui_fixture *f;
    struct http_server server;
};

/* A dashboard with an engine, on the view of feeds, and a site to find feeds at. */
static void site_open(struct site *site)
{
    struct dw_error err;
    http_server_start(&site->server, answer, NULL);
    struct ui_fixture *f = site->f = fixture_open(100, 30, false, false);
    struct engine_options options = {.store_path = f->options.store_path, .workers = 1};
    f->ui.engine = engine_open(&options, &err);
    if (!f->ui.engine)
        fail_msg("%s", err.message);
    fixture_press(f, "5");
}

static void site_close(struct site *site)
{
    while (site->f->ui.depth > 0)
        ui_pop(&site->f->ui);
    engine_close(site->f->ui.engine);
    site->f->ui.engine = NULL;
    fixture_close(site->f);
    http_server_stop(&site->server);
}

static void type(struct ui_fixture *f, struct dw_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        struct ui_event event = {.type = UI_EVENT_KEY, .key = (uint32_t)text.at[i]};
        ui_handle(&f->ui, &event);
    }
}

static void ask_for(struct site *site, const char *path)
{
    struct ui_fixture *f = site->f;
    fixture_press(f, "+");
    assert_sees(f, "address of a feed or site");
    type(f, dw_str_format(&f->arena, "http://127.0.0.1:%d%s", site->server.port, path));
    fixture_press(f, "Enter");
}

/* Hears the engine until the screen says so. */
static void wait_for(struct ui_fixture *f, const char *text)
{
    struct engine_message message;
    struct pollfd ready = {.fd = engine_fd(f->ui.engine), .events = POLLIN};
    while (!fixture_sees(f, text)) {
        if (poll(&ready, 1, WAIT_MS) <= 0)
            fail_msg("no \"%s\" on:\n%.*s", text, DW_FMT(fixture_frame(f)));
        while (engine_message_take(f->ui.engine, &message))
            ui_hear(&f->ui, &message);
    }
}

static void the_feeds_of_a_page_are_offered_and_enter_subscribes(void **state)
{
    (void)state;
    struct site site;
    site_open(&site);
    assert_sees(site.f, "+ subscribes to one");
    ask_for(&site, "/home");
    wait_for(site.f, "Grid Letter");
    assert_sees(site.f, "Enter subscribes");
    assert_sees(site.f, "named by the page");
    fixture_press(site.f, "j Enter");
    assert_int_equal(site.f->ui.depth, 0);
    wait_for(site.f, "1 feeds");
    assert_sees(site.f, "/b.xml");
    site_close(&site);
}

static void a_site_without_a_feed_says_why_and_adds_nothing(void **state)
{
    (void)state;
    struct site site;
    site_open(&site);
    ask_for(&site, "/none");
    wait_for(site.f, "No feed was found at");
    assert_sees(site.f, "web page (HTML)");
    fixture_press(site.f, "Enter");
    assert_sees(site.f, "there is no feed to add");
    fixture_press(site.f, "q");
    assert_int_equal(site.f->ui.depth, 0);
    site_close(&site);
}

static void a_search_shows_whom_it_asks_and_can_be_given_up(void **state)
{
    (void)state;
    struct site site;
    site_open(&site);
    ask_for(&site, "/silent");
    wait_for(site.f, "(1 so far)");
    assert_sees(site.f, "Looking for the feeds of http://127.0.0.1");
    fixture_press(site.f, "Enter");
    assert_sees(site.f, "still looking");
    fixture_press(site.f, "q");
    assert_sees(site.f, "no feeds");
    site_close(&site);
}

static void an_address_that_is_away_can_be_added_as_it_is(void **state)
{
    (void)state;
    struct site site;
    int port = 0;
    site_open(&site);
    close(http_listen(&port));
    fixture_press(site.f, "+");
    type(site.f, dw_str_format(&site.f->arena, "http://127.0.0.1:%d/feed", port));
    fixture_press(site.f, "Enter");
    wait_for(site.f, "could not be asked");
    fixture_press(site.f, "Enter");
    wait_for(site.f, "1 feeds");
    site_close(&site);
}

static void the_prompt_can_be_left_and_filters_nothing(void **state)
{
    (void)state;
    struct site site;
    site_open(&site);
    fixture_press(site.f, "+ x y Esc");
    assert_int_equal(site.f->ui.depth, 0);
    assert_int_equal(site.f->ui.typing, UI_TYPING_NOTHING);
    assert_int_equal(ui_view_now(&site.f->ui)->filter.len, 0);
    fixture_press(site.f, "+ Enter");
    assert_int_equal(site.f->ui.depth, 0);
    site_close(&site);
}

static void without_an_engine_nothing_is_added(void **state)
{
    (void)state;
    struct ui_fixture *f = fixture_open(80, 24, false, true);
    fixture_press(f, "5 +");
    assert_sees(f, "nothing can be added here");
    assert_int_equal(f->ui.typing, UI_TYPING_NOTHING);
    fixture_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_feeds_of_a_page_are_offered_and_enter_subscribes),
        cmocka_unit_test(a_site_without_a_feed_says_why_and_adds_nothing),
        cmocka_unit_test(a_search_shows_whom_it_asks_and_can_be_given_up),
        cmocka_unit_test(an_address_that_is_away_can_be_added_as_it_is),
        cmocka_unit_test(the_prompt_can_be_left_and_filters_nothing),
        cmocka_unit_test(without_an_engine_nothing_is_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
