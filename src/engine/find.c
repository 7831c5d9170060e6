/* Finding feeds: asks an address, and where that is a page, whom it names and where sites keep one.
 */
#include "internal.h"

#include "feed/feed.h"
#include "fetch/fetch.h"
#include "text/text.h"

#define MOST_TRIES 10 /* requests behind the first: a guest looks into some rooms, not into all */
#define SLICE_MS 100  /* between two looks whether anybody still waits for the answer */

struct search {
    struct dw_arena *arena;
    struct fetch *fetch;
    struct dw_str host; /* of the user's own address: it may be a private one */
    struct engine_find *find;
    struct dw_error *err;
};

/* "example.org" is meant as a web address. */
static struct dw_str complete(struct dw_arena *arena, struct dw_str address)
{
    address = dw_feed_address(arena, address);
    if (dw_str_find(address, DW_STR("://"), 0) != SIZE_MAX)
        return address;
    return dw_str_format(arena, "https://%.*s", DW_FMT(address));
}

static bool goes_on(const struct search *s, struct dw_str url)
{
    return s->find->go_on == NULL || s->find->go_on(s->find->context, url);
}

static struct fetch_response *ask(struct search *s, struct dw_str url)
{
    struct fetch_request request = {.url = url,
                                    .user_named = dw_str_eq(dw_url_host(s->arena, url), s->host)};
    struct fetch_response *response = NULL;
    bool wanted = goes_on(s, url);
    if (wanted && !fetch_add(s->fetch, &request, s->err))
        return NULL;
    while (wanted && response == NULL) {
        response = fetch_poll(s->fetch, SLICE_MS);
        wanted = goes_on(s, DW_STR(""));
    }
    if (response == NULL)
        dw_error_set(s->err, DW_ERR_STOPPED, "the search was given up");
    return response;
}

static bool add_found(struct search *s, struct dw_str url, struct dw_str title,
                      struct dw_str format, struct dw_str how)
{
    struct engine_feed_found *added = dw_vec_push(s->arena, &s->find->found);
    if (added == NULL)
        return dw_error_set(s->err, DW_ERR_MEMORY, "out of memory for the feeds of a site");
    *added = (struct engine_feed_found){dw_str_dup(s->arena, url), dw_str_dup(s->arena, title),
                                        format, how};
    return true;
}

/* Whether an answer is a feed, which is added then by the address that was asked: where a redirect
 * leads may change. */
static bool take_feed(struct search *s, struct dw_str url, struct fetch_response *response,
                      struct dw_str how)
{
    struct dw_feed feed;
    struct dw_feed_input input = {
        .bytes = fetch_response_body(response),
        .url = response->url,
        .content_type = response->content_type,
        .now = DW_TIME_NONE,
    };
    return response->outcome == FETCH_BODY && dw_feed_parse(s->arena, &input, &feed, s->err) &&
           add_found(s, url, feed.title, dw_feed_format_name(feed.format), how);
}

void engine_answer_free(struct engine_answer *answer)
{
    if (answer == NULL)
        return;
    fetch_response_free(answer->response);
    fetch_free(answer->fetch);
    dw_free(answer);
}

/* Frees a response, or keeps it where it is the one that the caller wants. */
static void let_go(struct search *s, struct fetch_response *response, bool is_wanted)
{
    struct engine_answer *answer =
        is_wanted && s->find->keep && s->find->answer == NULL ? dw_alloc(sizeof *answer) : NULL;
    if (answer == NULL) {
        fetch_response_free(response);
        return;
    }
    *answer = (struct engine_answer){s->fetch, response};
    s->find->answer = answer;
}

/* Tries addresses one after the other until one is a feed. */
static bool try_leads(struct search *s, const struct dw_feed_leads *leads)
{
    size_t tries = 0;
    for (size_t i = 0; i < leads->len && tries < MOST_TRIES; i++) {
        if (leads->at[i].kind == DW_LEAD_LINK)
            continue;
        struct fetch_response *response = ask(s, leads->at[i].url);
        tries++;
        bool found = response != NULL &&
                     take_feed(s, leads->at[i].url, response, dw_feed_lead_how(leads->at[i].kind));
        let_go(s, response, found);
        if (found)
            return true;
    }
    return false;
}

/* What a page names is believed; everything else is tried. */
static bool search_page(struct search *s, struct dw_str page, struct dw_str url)
{
    struct dw_feed_leads leads = {0};
    struct dw_feed_leads guesses = {0};
    struct dw_error wrong = *s->err;
    dw_feed_discover(s->arena, page, url, &leads);
    for (size_t i = 0; i < leads.len; i++) {
        const struct dw_feed_lead *lead = &leads.at[i];
        if (lead->kind == DW_LEAD_LINK &&
            !add_found(s, lead->url, lead->title, DW_STR(""), dw_feed_lead_how(lead->kind)))
            return false;
    }
    if (s->find->found.len > 0)
        return true;
    dw_feed_leads_by_rule(s->arena, url, &guesses);
    if (try_leads(s, &guesses) || try_leads(s, &leads))
        return true;
    guesses.len = 0;
    dw_feed_leads_by_path(s->arena, url, &guesses);
    if (try_leads(s, &guesses))
        return true;
    *s->err = wrong;
    return false;
}

static bool search(struct search *s, struct dw_str url)
{
    struct fetch_response *response = ask(s, url);
    if (response == NULL)
        return false;
    s->find->answered = response->outcome == FETCH_BODY;
    bool is_feed = take_feed(s, url, response, DW_STR("the address itself"));
    bool done = is_feed;
    if (!done && response->outcome == FETCH_BODY) {
        done = search_page(s, fetch_response_body(response), response->url);
    } else if (!done) {
        struct dw_feed_leads leads = {0};
        dw_feed_leads_by_rule(s->arena, url, &leads);
        *s->err = response->error;
        struct dw_error wrong = response->error;
        done = !response->unreachable && try_leads(s, &leads);
        if (!done)
            *s->err = wrong;
    }
    let_go(s, response, is_feed);
    return done;
}

bool engine_find_feeds(struct dw_arena *arena, struct engine_find *find, struct dw_error *err)
{
    struct fetch_options options = {.clock = find->clock};
    struct dw_str url = complete(arena, find->address);
    find->found = (struct engine_feeds_found){0};
    find->answered = false;
    find->answer = NULL;
    struct search s = {.arena = arena,
                       .fetch = fetch_new(&options, err),
                       .host = dw_url_host(arena, url),
                       .find = find,
                       .err = err};
    if (s.fetch == NULL)
        return false;
    bool done = search(&s, url);
    if (find->answer == NULL)
        fetch_free(s.fetch);
    return done;
}
