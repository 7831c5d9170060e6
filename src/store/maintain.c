/* Care of the store: is it sound, is its index whole, and what old articles need not keep. */
#include "internal.h"

#define PROBLEMS_MOST 20

/* ---- Checks ---------------------------------------------------------------------------------- */

static bool add_problem(struct dw_arena *arena, struct dw_strs *problems, const char *what,
                        struct dw_str detail)
{
    return dw_strs_push(arena, problems, dw_str_format(arena, "%s%.*s", what, DW_FMT(detail)));
}

static bool check_pages(struct store *store, struct dw_arena *arena, struct dw_strs *problems,
                        struct dw_error *err)
{
    struct ask ask = ask_begin(store, "PRAGMA integrity_check(20)");
    while (ask_row(&ask) && problems->len < PROBLEMS_MOST) {
        struct dw_str line = ask_get_text(&ask, 0, arena);
        if (!dw_str_eq(line, DW_STR("ok")))
            add_problem(arena, problems, "", line);
    }
    return ask_end(&ask, err, "check the store");
}

static bool check_references(struct store *store, struct dw_arena *arena, struct dw_strs *problems,
                             struct dw_error *err)
{
    struct ask ask = ask_begin(store, "SELECT \"table\", COUNT(*) FROM pragma_foreign_key_check"
                                      " GROUP BY 1");
    while (ask_row(&ask) && problems->len < PROBLEMS_MOST)
        add_problem(arena, problems, "rows that belong to nothing: ", ask_get_text(&ask, 0, arena));
    return ask_end(&ask, err, "check the store");
}

/* Numbers that the store keeps so that it need not count. */
static bool check_counts(struct store *store, struct dw_arena *arena, struct dw_strs *problems,
                         struct dw_error *err)
{
    static const char sql[] = "SELECT name FROM meta WHERE value <> CASE name"
                              " WHEN 'articles' THEN (SELECT COUNT(*) FROM articles)"
                              " WHEN 'unread' THEN (SELECT COUNT(*) FROM articles WHERE read = 0)"
                              " WHEN 'figures' THEN (SELECT COUNT(*) FROM figures)"
                              " WHEN 'events' THEN (SELECT COUNT(*) FROM events) ELSE value END";
    struct ask ask = ask_begin(store, sql);
    while (ask_row(&ask))
        add_problem(arena, problems, "the count is wrong: ", ask_get_text(&ask, 0, arena));
    return ask_end(&ask, err, "check the store");
}

bool store_check(struct store *store, struct dw_arena *arena, struct dw_strs *problems,
                 struct dw_error *err)
{
    *problems = (struct dw_strs){0};
    return check_pages(store, arena, problems, err) &&
           check_references(store, arena, problems, err) &&
           check_counts(store, arena, problems, err) && store_arena_ok(arena, err);
}

/* ---- Rebuilding ------------------------------------------------------------------------------ */

/* What other rows say: indexes, full text, counts. */
static const char *const derived[] = {
    "REINDEX",
    "INSERT INTO search (search) VALUES ('rebuild')",
    "UPDATE meta SET value = (SELECT COALESCE(MAX(article), 0) FROM texts) WHERE name = 'indexed'",
    "UPDATE meta SET value = (SELECT COUNT(*) FROM articles) WHERE name = 'articles'",
    "UPDATE meta SET value = (SELECT COUNT(*) FROM articles WHERE read = 0) WHERE name = 'unread'",
    "UPDATE meta SET value = (SELECT COUNT(*) FROM figures) WHERE name = 'figures'",
    "UPDATE meta SET value = (SELECT COUNT(*) FROM events) WHERE name = 'events'",
    ("UPDATE feeds SET articles = (SELECT COUNT(DISTINCT article) FROM places"
     " WHERE feed = feeds.id), articles_with_figures = (SELECT COUNT(*) FROM articles"
     " WHERE feed = feeds.id AND figures > 0)"),
};

bool store_rebuild(struct store *store, struct dw_error *err)
{
    struct unit unit;
    bool ok = unit_begin(store, &unit, err);
    if (!ok)
        return false;
    for (size_t i = 0; ok && i < sizeof derived / sizeof derived[0]; i++)
        ok = store_run(store, derived[i], err, "rebuild the index");
    return unit_end(store, &unit, ok, err);
}

/* ---- Retention ------------------------------------------------------------------------------- */

/* The words of its figures go with them; then the text can go. */
static const char *const trims[] = {
    "UPDATE figures SET (surface, sentence) = (SELECT"
    " CAST(substr(b, m.start + 1, m.stop - m.start) AS TEXT),"
    " CAST(substr(b, m.sentence_start + 1, m.sentence_stop - m.sentence_start) AS TEXT) FROM"
    " (SELECT m.*, CAST(CASE WHEN m.in_title THEN t.title ELSE t.text END AS BLOB) AS b"
    " FROM mentions m, texts t WHERE m.figure = figures.id AND m.n = 0"
    " AND t.article = figures.article) m)"
    " WHERE article = :article AND EXISTS (SELECT 1 FROM mentions WHERE figure = figures.id)",
    "UPDATE texts SET text = '', summary = '' WHERE article = :article",
    "DELETE FROM article_revisions WHERE article = :article",
    "UPDATE articles SET trimmed = 1 WHERE id = :article",
};

static bool trim(struct store *store, int64_t article, struct dw_error *err)
{
    for (size_t i = 0; i < sizeof trims / sizeof trims[0]; i++) {
        struct ask ask = ask_begin(store, trims[i]);
        ask_int(&ask, ":article", article);
        if (!ask_run(&ask, err, "drop the text of an old article"))
            return false;
    }
    return true;
}

bool store_trim(struct store *store, int64_t before, size_t limit, size_t *count,
                struct dw_error *err)
{
    static const char sql[] = "SELECT id FROM articles WHERE at < :before AND trimmed = 0"
                              " AND starred = 0 ORDER BY at LIMIT :limit";
    struct store_ids ids = {0};
    struct unit unit;
    *count = 0;
    if (!unit_begin(store, &unit, err))
        return false;
    struct dw_scratch scratch = dw_scratch_begin(&store->arena);
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":before", before);
    ask_int(&ask, ":limit", (int64_t)limit);
    while (ask_row(&ask)) {
        int64_t *id = dw_vec_push(&store->arena, &ids);
        if (id == NULL)
            break;
        *id = ask_get_int(&ask, 0);
    }
    bool ok = ask_end(&ask, err, "find old articles") && scratch_ok(store, err);
    for (size_t i = 0; ok && i < ids.len; i++)
        ok = trim(store, ids.at[i], err);
    *count = ok ? ids.len : 0;
    dw_scratch_end(scratch);
    return unit_end(store, &unit, ok, err);
}

/* ---- Reading anew ---------------------------------------------------------------------------- */

bool store_reading_next(struct store *store, struct dw_arena *arena, int64_t after,
                        struct store_reading *reading, struct dw_error *err)
{
    static const char sql[] =
        "SELECT a.id, a.at, a.source, a.url, a.title, t.text, a.outlet FROM articles a"
        " JOIN texts t ON t.article = a.id WHERE a.id > :after AND a.trimmed = 0"
        " ORDER BY a.id LIMIT 1";
    *reading = (struct store_reading){0};
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":after", after);
    if (ask_row(&ask))
        *reading = (struct store_reading){.article = ask_get_int(&ask, 0),
                                          .published = ask_get_int(&ask, 1),
                                          .source = ask_get_int(&ask, 2),
                                          .url = ask_get_text(&ask, 3, arena),
                                          .title = ask_get_text(&ask, 4, arena),
                                          .text = ask_get_text(&ask, 5, arena),
                                          .outlet = ask_get_text(&ask, 6, arena)};
    return ask_end(&ask, err, "read an article anew") && store_arena_ok(arena, err);
}

bool store_events_drop(struct store *store, struct dw_error *err)
{
    static const char *const drops[] = {"UPDATE figures SET event = NULL WHERE event IS NOT NULL",
                                        "DELETE FROM event_keys", "DELETE FROM events"};
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof drops / sizeof drops[0]; i++)
        ok = store_run(store, drops[i], err, "drop the events");
    return unit_end(store, &unit, ok, err);
}
