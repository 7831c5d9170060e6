/* The pages of articles whose feed gives only a summary: which are wanted, and what came of them.
 *
 * An article's page is asked for once: its row says that it is wanted, was read or is of no use.
 * Its text replaces the summary as what is shown, searched and pointed into; the summary stays
 * beside it. */
#include "internal.h"

/* Useless: it cannot be had, or says no more than the feed. */
enum page_state { PAGE_WANTED = 1, PAGE_READ = 2, PAGE_USELESS = 3 };

static bool set_state(struct store *store, const char *sql, int64_t article, enum page_state state,
                      int64_t after, struct dw_error *err)
{
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":article", article);
    ask_int(&ask, ":state", (int64_t)state);
    ask_int(&ask, ":after", after);
    return ask_run(&ask, err, "note an article's page");
}

bool store_page_want(struct store *store, int64_t article, bool again, struct dw_error *err)
{
    static const char once[] = "INSERT OR IGNORE INTO pages (article, state, after)"
                               " SELECT id, :state, :after FROM articles WHERE id = :article";
    static const char anew[] = "INSERT OR REPLACE INTO pages (article, state, after)"
                               " SELECT id, :state, :after FROM articles WHERE id = :article";
    return set_state(store, again ? anew : once, article, PAGE_WANTED, 0, err);
}

bool store_page_later(struct store *store, int64_t article, int64_t after, struct dw_error *err)
{
    static const char sql[] = "UPDATE pages SET after = :after WHERE article = :article"
                              " AND state = :state";
    return set_state(store, sql, article, PAGE_WANTED, after, err);
}

bool store_page_failed(struct store *store, int64_t article, struct dw_error *err)
{
    static const char sql[] = "UPDATE pages SET state = :state, after = :after"
                              " WHERE article = :article";
    return set_state(store, sql, article, PAGE_USELESS, 0, err);
}

bool store_page_is_read(struct store *store, int64_t article)
{
    struct ask ask = ask_begin(store, "SELECT state FROM pages WHERE article = :article");
    ask_int(&ask, ":article", article);
    return ask_number(&ask, 0) == PAGE_READ;
}

bool store_page_next(struct store *store, struct dw_arena *arena, int64_t now, size_t limit,
                     struct store_pages_wanted *wanted, struct dw_error *err)
{
    static const char sql[] =
        "SELECT p.article, COALESCE(a.feed, 0), a.url, a.title, a.outlet, COALESCE(f.url, ''),"
        " a.at, a.source, length(CAST(t.text AS BLOB)) FROM pages p"
        " JOIN articles a ON a.id = p.article JOIN texts t ON t.article = p.article"
        " LEFT JOIN feeds f ON f.id = a.feed"
        " WHERE p.state = 1 AND p.after <= :now AND a.url <> '' ORDER BY p.after, a.at DESC"
        " LIMIT :limit";
    *wanted = (struct store_pages_wanted){0};
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":now", now);
    ask_int(&ask, ":limit", (int64_t)limit);
    while (ask_row(&ask)) {
        struct store_page_wanted *page = dw_vec_push(arena, wanted);
        if (page == NULL)
            break;
        *page = (struct store_page_wanted){
            .article = ask_get_int(&ask, 0),
            .feed = ask_get_int(&ask, 1),
            .url = ask_get_text(&ask, 2, arena),
            .title = ask_get_text(&ask, 3, arena),
            .outlet = ask_get_text(&ask, 4, arena),
            .feed_url = ask_get_text(&ask, 5, arena),
            .published = ask_get_time(&ask, 6),
            .source = ask_get_int(&ask, 7),
            .text_bytes = (size_t)ask_get_int(&ask, 8),
        };
    }
    return ask_end(&ask, err, "look for articles' pages") && store_arena_ok(arena, err);
}

static bool replace_text(struct store *store, const struct store_page_in *in, struct dw_error *err)
{
    static const char sql[] =
        "UPDATE texts SET summary = CASE WHEN summary = '' THEN text ELSE summary END,"
        " text = :text WHERE article = :article";
    struct ask ask = ask_begin(store, sql);
    ask_text(&ask, ":text", in->text);
    ask_int(&ask, ":article", in->article);
    return ask_run(&ask, err, "store an article's page");
}

static bool update_row(struct store *store, const struct store_page_in *in, struct dw_error *err)
{
    static const char sql[] =
        "UPDATE articles SET author = CASE WHEN author = '' THEN :author ELSE author END,"
        " language = CASE WHEN language = '' THEN :language ELSE language END, updated = :now"
        " WHERE id = :article";
    struct ask ask = ask_begin(store, sql);
    ask_text(&ask, ":author", in->author);
    ask_text(&ask, ":language", in->language);
    ask_int(&ask, ":now", in->now);
    ask_int(&ask, ":article", in->article);
    return ask_run(&ask, err, "store an article's page");
}

bool store_page_put(struct store *store, const struct store_page_in *in, struct dw_error *err)
{
    static const char sql[] = "UPDATE pages SET state = :state, after = :after"
                              " WHERE article = :article";
    if (in->text.len == 0)
        return set_state(store, sql, in->article, PAGE_USELESS, 0, err);
    return replace_text(store, in, err) && update_row(store, in, err) &&
           set_state(store, sql, in->article, PAGE_READ, 0, err);
}
