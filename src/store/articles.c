/* Articles as they come: is it known, has it changed, where else is it listed.
 *
 * Identity: 1. the same key in the same feed (its id, else its address, else a hash of title and
 * date) is the same article, unless the feed gave the id to another one, which has another address,
 * title and date. 2. The same address (without trackers) in two feeds is one article with two
 * places, unless one feed gives this address to several titles. 3. The same title alone means
 * nothing. */
#include "internal.h"

#include <string.h>

#include "text/text.h"

/* An entry with what identifies it; slices live in the store's scratch. */
struct identity {
    const struct dw_entry *entry;
    int64_t feed;
    struct dw_str key;
    struct dw_str other_key; /* where the feed gave the entry's id to another one */
    struct dw_str url;       /* as an identity; empty: none */
    int64_t hash;            /* of title and text */
};

/* What is stored under a key or address. */
struct known {
    int64_t article;
    int64_t feed; /* whose text it has */
    int64_t hash;
    struct dw_str title;
    struct dw_str url; /* as an identity; empty: none */
    int64_t published;
};

struct dw_str store_entry_text(const struct dw_entry *entry)
{
    return entry->content.len > 0 ? entry->content : entry->summary;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
    return (a ^ (b + 0x9E3779B97F4A7C15u + (a << 6) + (a >> 2)));
}

static void identify(struct dw_arena *arena, int64_t feed, const struct dw_entry *entry,
                     struct identity *id)
{
    *id = (struct identity){.entry = entry, .feed = feed};
    id->url = entry->link.len > 0 ? dw_url_identity(arena, entry->link) : DW_STR("");
    uint64_t title = dw_str_hash(entry->title);
    id->hash = (int64_t)mix(title, dw_str_hash(store_entry_text(entry)));
    if (entry->id.len > 0) {
        id->key = dw_str_format(arena, "g:%.*s", DW_FMT(entry->id));
        id->other_key = dw_str_format(arena, "g:%.*s\n%.*s", DW_FMT(entry->id), DW_FMT(id->url));
    } else if (id->url.len > 0) {
        id->key = dw_str_format(arena, "u:%.*s", DW_FMT(id->url));
        id->other_key = dw_str_format(arena, "%.*s\n%.*s", DW_FMT(id->key), DW_FMT(entry->title));
    } else {
        uint64_t date = mix(title, (uint64_t)entry->published);
        id->key = dw_str_format(arena, "h:%016llx", (unsigned long long)date);
        id->other_key = id->key;
    }
}

#define KNOWN_COLUMNS "a.id, a.feed, p.hash, a.title, COALESCE(a.identity, ''), a.published"

static void known_read(struct ask *ask, struct dw_arena *arena, struct known *known)
{
    known->article = ask_get_int(ask, 0);
    known->feed = ask_get_int(ask, 1);
    known->hash = ask_get_int(ask, 2);
    known->title = ask_get_text(ask, 3, arena);
    known->url = ask_get_text(ask, 4, arena);
    known->published = ask_get_time(ask, 5);
}

static bool find_key(struct store *store, int64_t feed, struct dw_str key, struct known *known,
                     struct dw_error *err)
{
    static const char sql[] = "SELECT " KNOWN_COLUMNS " FROM places p JOIN articles a"
                              " ON a.id = p.article WHERE p.feed = :feed AND p.key = :key";
    *known = (struct known){0};
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":feed", feed);
    ask_text(&ask, ":key", key);
    if (ask_row(&ask))
        known_read(&ask, &store->arena, known);
    return ask_end(&ask, err, "look an article up");
}

/* By address, in whatever feed. */
static bool find_url(struct store *store, struct dw_str url, struct known *known,
                     struct dw_error *err)
{
    static const char sql[] = "SELECT a.id, a.feed, 0, a.title, a.identity, a.published"
                              " FROM articles a WHERE a.identity = :url";
    *known = (struct known){0};
    if (url.len == 0)
        return true;
    struct ask ask = ask_begin(store, sql);
    ask_text(&ask, ":url", url);
    if (ask_row(&ask))
        known_read(&ask, &store->arena, known);
    return ask_end(&ask, err, "look an article up");
}

/* Whether the feed lists the article already. */
static bool is_placed(struct store *store, int64_t feed, int64_t article)
{
    static const char sql[] = "SELECT 1 FROM places WHERE article = :article AND feed = :feed";
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":article", article);
    ask_int(&ask, ":feed", feed);
    return ask_number(&ask, 0) != 0;
}

static bool same_title(const struct identity *id, const struct known *known)
{
    return dw_str_eq(known->title, id->entry->title);
}

/* The feed has used the entry's id (or address, where that is the id) for something else before. */
static bool is_reused(const struct identity *id, const struct known *known)
{
    if (same_title(id, known) || known->published == id->entry->published)
        return false;
    bool by_id = id->entry->id.len > 0;
    return by_id ? id->url.len > 0 && !dw_str_eq(id->url, known->url) : true;
}

/* The outcome under a key that is known. */
static enum store_outcome outcome_of(const struct identity *id, const struct known *known)
{
    if (known->hash == id->hash)
        return STORE_KNOWN;
    return known->feed == id->feed ? STORE_UPDATED : STORE_PLACED;
}

/* Decides what the entry is. `id->key` becomes the key to store it under, and `id->url` is emptied
 * where the address belongs to another article. */
static bool look(struct store *store, struct identity *id, enum store_outcome *outcome,
                 int64_t *article, struct dw_error *err)
{
    struct known known;
    *article = 0;
    if (!find_key(store, id->feed, id->key, &known, err))
        return false;
    if (known.article != 0 && is_reused(id, &known)) {
        id->key = id->other_key;
        if (!find_key(store, id->feed, id->key, &known, err))
            return false;
    }
    if (known.article != 0) {
        *article = known.article;
        *outcome = outcome_of(id, &known);
        return true;
    }
    if (!find_url(store, id->url, &known, err))
        return false;
    *outcome = STORE_NEW;
    if (known.article == 0)
        return true;
    if (is_placed(store, id->feed, known.article) && !same_title(id, &known)) {
        id->url = DW_STR("");
        return true;
    }
    *article = known.article;
    *outcome = STORE_PLACED;
    return true;
}

bool store_article_look(struct store *store, int64_t feed, const struct dw_entry *entry,
                        enum store_outcome *outcome, int64_t *article, struct dw_error *err)
{
    struct dw_scratch scratch = dw_scratch_begin(&store->arena);
    struct identity id;
    identify(&store->arena, feed, entry, &id);
    bool ok = look(store, &id, outcome, article, err) && scratch_ok(store, err);
    dw_scratch_end(scratch);
    return ok;
}

/* ---- Writing --------------------------------------------------------------------------------- */

/* A clock or feed that is wrong must not pin an article to the top for years. */
static int64_t time_of(const struct store_article_in *in)
{
    int64_t published = in->entry->published;
    if (published == DW_TIME_NONE || published > in->now + STORE_DAY)
        return in->now;
    return published;
}

/* The outlet counts: the host of the article, else of the feed. */
static int64_t source_of(struct store *store, const struct store_article_in *in)
{
    if (in->source != 0)
        return in->source;
    struct dw_str host = dw_url_host(&store->arena, in->entry->link);
    if (dw_str_starts(host, DW_STR("www.")))
        host = dw_str_slice(host, 4, host.len);
    if (host.len == 0)
        return in->feed;
    return (int64_t)(dw_str_hash(host) >> 1);
}

static struct dw_str signature_bytes(const uint64_t *signature)
{
    return (struct dw_str){(const char *)signature, STORE_SIGNATURE_HASHES * sizeof *signature};
}

static bool insert_row(struct store *store, const struct store_article_in *in,
                       const struct identity *id, int64_t *article, struct dw_error *err)
{
    static const char sql[] =
        "INSERT OR IGNORE INTO articles (feed, outlet, url, identity, title, author, language,"
        " published, at, first_seen, source, signature) VALUES (:feed, (SELECT " FEED_TITLE(
            "f") " FROM feeds f WHERE f.id = :feed), :url, NULLIF(:identity, ''), :title, :author,"
                 " :language, :published, :at, :now, :source, :signature)";
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":feed", in->feed);
    ask_text(&ask, ":url", in->entry->link);
    ask_text(&ask, ":identity", id->url);
    ask_text(&ask, ":title", in->entry->title);
    ask_text(&ask, ":author", in->entry->author);
    ask_text(&ask, ":language", in->language);
    ask_time(&ask, ":published", in->entry->published);
    ask_int(&ask, ":at", time_of(in));
    ask_int(&ask, ":now", in->now);
    ask_int(&ask, ":source", source_of(store, in));
    if (in->signature != NULL)
        ask_blob(&ask, ":signature", signature_bytes(in->signature));
    if (!ask_run(&ask, err, "store an article"))
        return false;
    if (sqlite3_changes(store->db) == 0)
        return dw_error_set(err, DW_ERR_STORE,
                            "cannot store an article: its feed was removed meanwhile");
    *article = sqlite3_last_insert_rowid(store->db);
    store->added.articles++;
    return true;
}

/* The texts of an article: the summary only where it is not the text itself. One that is new needs
 * no look at what is there, which costs a copy of the pages. */
static bool put_texts(struct store *store, const struct store_article_in *in, int64_t article,
                      bool is_new, struct dw_error *err)
{
    static const char add[] =
        "INSERT INTO texts (article, title, summary, text, outlet) VALUES (:article, :title,"
        " :summary, :text, (SELECT outlet FROM articles WHERE id = :article))";
    static const char replace[] =
        "UPDATE texts SET title = :title, summary = :summary, text = :text,"
        " outlet = (SELECT outlet FROM articles WHERE id = :article) WHERE article = :article";
    store->texts_waiting += is_new;
    struct dw_str text = in->text.len > 0 ? in->text : store_entry_text(in->entry);
    struct dw_str summary = in->entry->summary;
    struct ask ask = ask_begin(store, is_new ? add : replace);
    ask_int(&ask, ":article", article);
    ask_text(&ask, ":title", in->entry->title);
    ask_text(&ask, ":summary", dw_str_eq(summary, text) ? DW_STR("") : summary);
    ask_text(&ask, ":text", text);
    return ask_run(&ask, err, "store an article");
}

/* A feed counts the articles that it lists. */
static bool count_in_feed(struct store *store, int64_t feed, struct dw_error *err)
{
    struct ask ask = ask_begin(store, "UPDATE feeds SET articles = articles + 1 WHERE id = :feed");
    ask_int(&ask, ":feed", feed);
    return ask_run(&ask, err, "store an article");
}

static bool put_place(struct store *store, const struct store_article_in *in,
                      const struct identity *id, int64_t article, bool is_first,
                      struct dw_error *err)
{
    static const char sql[] =
        "INSERT INTO places (feed, key, article, url, hash, seen)"
        " VALUES (:feed, :key, :article, :url, :hash, :now)"
        " ON CONFLICT (feed, key) DO UPDATE SET url = excluded.url, hash = excluded.hash";
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":feed", in->feed);
    ask_text(&ask, ":key", id->key);
    ask_int(&ask, ":article", article);
    ask_text(&ask, ":url", in->entry->link);
    ask_int(&ask, ":hash", id->hash);
    ask_int(&ask, ":now", in->now);
    return ask_run(&ask, err, "store an article") &&
           (!is_first || count_in_feed(store, in->feed, err));
}

/* Revisions kept of one article: a page that changes at each look would fill the disk. */
#define MOST_REVISIONS 20

/* The oldest revision is how the story was told first and stays; those behind it go. */
static bool drop_old_revisions(struct store *store, int64_t article, struct dw_error *err)
{
    static const char sql[] =
        "DELETE FROM article_revisions WHERE article = :article AND id NOT IN"
        " (SELECT min(id) FROM article_revisions WHERE article = :article) AND id NOT IN"
        " (SELECT id FROM article_revisions WHERE article = :article ORDER BY id DESC"
        " LIMIT :most)";
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":article", article);
    ask_int(&ask, ":most", MOST_REVISIONS - 1);
    return ask_run(&ask, err, "drop an article's oldest texts");
}

/* The former text stays as a revision. */
static bool keep_former(struct store *store, const struct store_article_in *in, int64_t article,
                        struct dw_error *err)
{
    static const char sql[] = "INSERT INTO article_revisions (article, at, title, summary, text)"
                              " SELECT article, :now, title, summary, text FROM texts"
                              " WHERE article = :article";
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":now", in->now);
    ask_int(&ask, ":article", article);
    return ask_run(&ask, err, "keep an article's former text") &&
           drop_old_revisions(store, article, err);
}

static bool update_row(struct store *store, const struct store_article_in *in, int64_t article,
                       struct dw_error *err)
{
    static const char sql[] =
        "UPDATE articles SET title = :title, author = :author, updated = :now,"
        " url = CASE WHEN :url = '' THEN url ELSE :url END,"
        " signature = COALESCE(:signature, signature), trimmed = 0 WHERE id = :article";
    struct ask ask = ask_begin(store, sql);
    ask_text(&ask, ":title", in->entry->title);
    ask_text(&ask, ":author", in->entry->author);
    ask_int(&ask, ":now", in->now);
    ask_text(&ask, ":url", in->entry->link);
    if (in->signature != NULL)
        ask_blob(&ask, ":signature", signature_bytes(in->signature));
    ask_int(&ask, ":article", article);
    return ask_run(&ask, err, "update an article");
}

/* Bands: several hashes together, so that texts that share a band are probably copies. */
#define BANDS 5
#define BAND_HASHES 3

static int64_t band_hash(const uint64_t *signature, int band)
{
    uint64_t hash = 0;
    for (int i = 0; i < BAND_HASHES; i++)
        hash = mix(hash, signature[band * BAND_HASHES + i]);
    return (int64_t)hash;
}

static bool put_bands(struct store *store, const struct store_article_in *in, int64_t article,
                      struct dw_error *err)
{
    static const char sql[] = "INSERT OR IGNORE INTO bands (band, hash, article)"
                              " VALUES (:band, :hash, :article)";
    for (int band = 0; in->signature != NULL && band < BANDS; band++) {
        struct ask ask = ask_begin(store, sql);
        ask_int(&ask, ":band", band);
        ask_int(&ask, ":hash", band_hash(in->signature, band));
        ask_int(&ask, ":article", article);
        if (!ask_run(&ask, err, "store an article"))
            return false;
    }
    return true;
}

/* The feed's words changed, but the text is that of the page: it stays, with its figures. */
static bool put_beside_page(struct store *store, const struct store_article_in *in,
                            const struct identity *id, int64_t article, struct dw_error *err)
{
    static const char sql[] =
        "UPDATE texts SET title = :title, summary = :summary WHERE article = :article";
    struct store_article_in unsigned_in = *in;
    unsigned_in.signature = NULL;
    struct ask ask = ask_begin(store, sql);
    ask_text(&ask, ":title", in->entry->title);
    ask_text(&ask, ":summary", store_entry_text(in->entry));
    ask_int(&ask, ":article", article);
    return ask_run(&ask, err, "store an article") &&
           update_row(store, &unsigned_in, article, err) &&
           put_place(store, in, id, article, false, err);
}

static bool put(struct store *store, const struct store_article_in *in, enum store_outcome *outcome,
                int64_t *article, struct dw_error *err)
{
    struct identity id;
    identify(&store->arena, in->feed, in->entry, &id);
    if (!look(store, &id, outcome, article, err) || !scratch_ok(store, err))
        return false;
    switch (*outcome) {
    case STORE_KNOWN:
        return true;
    case STORE_PLACED:
        return put_place(store, in, &id, *article, !is_placed(store, in->feed, *article), err);
    case STORE_UPDATED:
        if (store_page_is_read(store, *article)) {
            *outcome = STORE_KNOWN;
            return put_beside_page(store, in, &id, *article, err);
        }
        return keep_former(store, in, *article, err) && update_row(store, in, *article, err) &&
               put_texts(store, in, *article, false, err) && put_bands(store, in, *article, err) &&
               put_place(store, in, &id, *article, false, err);
    case STORE_NEW:
        break;
    }
    return insert_row(store, in, &id, article, err) && put_texts(store, in, *article, true, err) &&
           put_bands(store, in, *article, err) && put_place(store, in, &id, *article, true, err);
}

bool store_article_put(struct store *store, const struct store_article_in *in,
                       enum store_outcome *outcome, int64_t *article, struct dw_error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    struct dw_scratch scratch = dw_scratch_begin(&store->arena);
    bool ok = put(store, in, outcome, article, err);
    dw_scratch_end(scratch);
    return unit_end(store, &unit, ok, err);
}

/* Texts that share some of their wording with thousands, as boilerplate does, are no copies of most
 * of them: who shares with more than these is not compared with the rest. */
#define MOST_SIMILAR 200

bool store_article_similar(struct store *store, struct dw_arena *arena, const uint64_t *signature,
                           int64_t at, int64_t seconds, struct store_similars *similars,
                           struct dw_error *err)
{
    static const char sql[] =
        "SELECT DISTINCT a.id, a.source, a.at, a.signature FROM bands b CROSS"
        " JOIN articles a ON a.id = b.article"
        " WHERE ((b.band = 0 AND b.hash = :h0) OR (b.band = 1 AND b.hash = :h1)"
        " OR (b.band = 2 AND b.hash = :h2) OR (b.band = 3 AND b.hash = :h3)"
        " OR (b.band = 4 AND b.hash = :h4)) AND a.at BETWEEN :from AND :to LIMIT :most";
    *similars = (struct store_similars){0};
    struct ask ask = ask_begin(store, sql);
    for (int band = 0; band < BANDS; band++) {
        char name[] = {':', 'h', (char)('0' + band), '\0'};
        ask_int(&ask, name, band_hash(signature, band));
    }
    ask_int(&ask, ":from", at - seconds);
    ask_int(&ask, ":to", at + seconds);
    ask_int(&ask, ":most", MOST_SIMILAR);
    while (ask_row(&ask)) {
        struct store_similar *similar = dw_vec_push(arena, similars);
        if (similar == NULL)
            break;
        similar->article = ask_get_int(&ask, 0);
        similar->source = ask_get_int(&ask, 1);
        similar->published = ask_get_int(&ask, 2);
        struct dw_str bytes = ask_borrow_text(&ask, 3);
        if (bytes.len == sizeof similar->signature)
            memcpy(similar->signature, bytes.at, bytes.len);
    }
    return ask_end(&ask, err, "look for copies of an article") && store_arena_ok(arena, err);
}
