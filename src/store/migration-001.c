/* The first schema. A migration is never changed once it was released: the next one follows it.
 *
 * Invariants that the triggers keep: meta counts articles, unread articles, figures and events;
 * feeds count their articles; `search` indexes what `texts` holds. */
#include "internal.h"

static const char *const statements[] = {
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
    "INSERT INTO meta VALUES ('articles', 0), ('unread', 0), ('figures', 0), ('events', 0)",

    "CREATE TABLE feeds (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE,"
    " user_title TEXT NOT NULL DEFAULT '', title TEXT NOT NULL DEFAULT '',"
    " home TEXT NOT NULL DEFAULT '',"
    " tags TEXT NOT NULL DEFAULT ''," /* a line each, with a line end before the first */
    " local INTEGER NOT NULL DEFAULT 0, full_text INTEGER NOT NULL DEFAULT 0,"
    " pause INTEGER NOT NULL DEFAULT 0, added INTEGER NOT NULL,"
    " interval INTEGER NOT NULL DEFAULT 0, ttl INTEGER NOT NULL DEFAULT -1,"
    " etag BLOB NOT NULL DEFAULT x'', last_modified BLOB NOT NULL DEFAULT x'',"
    " last_try INTEGER, last_ok INTEGER, next_try INTEGER,"
    " ok_count INTEGER NOT NULL DEFAULT 0, fail_count INTEGER NOT NULL DEFAULT 0,"
    " failures INTEGER NOT NULL DEFAULT 0, status INTEGER NOT NULL DEFAULT 0,"
    " error TEXT NOT NULL DEFAULT '', notice TEXT NOT NULL DEFAULT '',"
    " moved_to TEXT NOT NULL DEFAULT '', moved_since INTEGER,"
    " claimed_until INTEGER NOT NULL DEFAULT 0, claimed_by INTEGER NOT NULL DEFAULT 0,"
    " articles INTEGER NOT NULL DEFAULT 0, articles_with_figures INTEGER NOT NULL DEFAULT 0)",
    "CREATE TABLE tries (feed INTEGER NOT NULL REFERENCES feeds ON DELETE CASCADE,"
    " at INTEGER NOT NULL, milliseconds INTEGER NOT NULL, status INTEGER NOT NULL,"
    " ok INTEGER NOT NULL, PRIMARY KEY (feed, at)) WITHOUT ROWID",
    "CREATE TABLE hosts (host TEXT PRIMARY KEY, paused_until INTEGER NOT NULL) WITHOUT ROWID",

    /* What lists show stays apart from the text, so that a list reads few pages. */
    "CREATE TABLE articles (id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " feed INTEGER REFERENCES feeds ON DELETE SET NULL, outlet TEXT NOT NULL,"
    " url TEXT NOT NULL, identity TEXT UNIQUE, title TEXT NOT NULL, author TEXT NOT NULL,"
    " language TEXT NOT NULL, published INTEGER, at INTEGER NOT NULL,"
    " first_seen INTEGER NOT NULL, updated INTEGER, source INTEGER NOT NULL, signature BLOB,"
    " read INTEGER NOT NULL DEFAULT 0, starred INTEGER NOT NULL DEFAULT 0,"
    " note TEXT NOT NULL DEFAULT '', figures INTEGER NOT NULL DEFAULT 0,"
    " amount REAL NOT NULL DEFAULT 0)",
    "CREATE INDEX articles_at ON articles (at)",
    "CREATE INDEX articles_unread ON articles (at) WHERE read = 0",
    "CREATE INDEX articles_starred ON articles (at) WHERE starred = 1",
    "CREATE INDEX articles_feed ON articles (feed, at)",
    "CREATE INDEX articles_outlet ON articles (outlet, id DESC)",
    "CREATE INDEX articles_title ON articles (title)",
    "CREATE INDEX articles_amount ON articles (amount)",

    "CREATE TABLE texts (article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,"
    " title TEXT NOT NULL, summary TEXT NOT NULL, text TEXT NOT NULL, outlet TEXT NOT NULL)",
    "CREATE VIRTUAL TABLE search USING fts5 (title, summary, text, outlet, content = 'texts',"
    " content_rowid = 'article', tokenize = 'unicode61 remove_diacritics 2')",
    "CREATE TABLE article_revisions (id INTEGER PRIMARY KEY,"
    " article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, at INTEGER NOT NULL,"
    " title TEXT NOT NULL, summary TEXT NOT NULL, text TEXT NOT NULL)",
    "CREATE INDEX article_revisions_article ON article_revisions (article)",

    /* Where an article is listed: under which key of which feed, with which content. */
    "CREATE TABLE places (feed INTEGER NOT NULL REFERENCES feeds ON DELETE CASCADE,"
    " key TEXT NOT NULL, article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,"
    " url TEXT NOT NULL, hash INTEGER NOT NULL, seen INTEGER NOT NULL,"
    " PRIMARY KEY (feed, key)) WITHOUT ROWID",
    "CREATE INDEX places_article ON places (article, feed)",
    "CREATE INDEX places_seen ON places (seen)",
    /* Parts of signatures. Rows of articles that are gone do no harm: ids are never used again. */
    "CREATE TABLE bands (band INTEGER NOT NULL, hash INTEGER NOT NULL, article INTEGER NOT NULL,"
    " PRIMARY KEY (band, hash, article)) WITHOUT ROWID",

    "CREATE TABLE events (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL,"
    " unit TEXT NOT NULL, qualifier TEXT NOT NULL, value REAL, low REAL, high REAL,"
    " each INTEGER NOT NULL, status TEXT NOT NULL, term TEXT NOT NULL, period TEXT NOT NULL,"
    " payer TEXT NOT NULL, payee TEXT NOT NULL, confidence REAL NOT NULL, usd REAL,"
    " amount REAL NOT NULL, company TEXT NOT NULL, ladder INTEGER NOT NULL,"
    " first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, sources INTEGER NOT NULL,"
    " revisions INTEGER NOT NULL, trend INTEGER NOT NULL,"
    " starred INTEGER NOT NULL DEFAULT 0, dismissed INTEGER NOT NULL DEFAULT 0,"
    " note TEXT NOT NULL DEFAULT '')",
    "CREATE INDEX events_last_seen ON events (last_seen, kind, status)",
    /* all that totals read of an event */
    "CREATE INDEX events_first_seen ON events (first_seen, kind, status, dismissed, amount, unit,"
    " last_seen)",
    "CREATE INDEX events_amount ON events (amount, kind, last_seen, status)",
    "CREATE INDEX events_company ON events (company, id DESC)",
    "CREATE INDEX events_kind ON events (kind, id DESC)",
    "CREATE INDEX events_sources ON events (sources)",
    "CREATE INDEX events_ladder ON events (ladder)",
    "CREATE INDEX events_starred ON events (last_seen) WHERE starred = 1",
    "CREATE TABLE event_parties (event INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,"
    " role INTEGER NOT NULL, company TEXT NOT NULL, name TEXT NOT NULL,"
    " kind TEXT NOT NULL, last_seen INTEGER NOT NULL," /* of the event, for the index of candidates
                                                        */
    " share REAL NOT NULL,"                            /* of the amount that falls to the party */
    " PRIMARY KEY (event, role, company)) WITHOUT ROWID",
    "CREATE INDEX event_parties_company ON event_parties (company, kind, last_seen, share)",
    "CREATE TABLE event_revisions (event INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,"
    " n INTEGER NOT NULL, figure INTEGER NOT NULL, at INTEGER NOT NULL, qualifier TEXT NOT NULL,"
    " value REAL, low REAL, high REAL, status TEXT NOT NULL,"
    " PRIMARY KEY (event, n)) WITHOUT ROWID",

    "CREATE TABLE figures (id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, n INTEGER NOT NULL,"
    " event INTEGER REFERENCES events ON DELETE SET NULL, kind TEXT NOT NULL,"
    " unit TEXT NOT NULL, qualifier TEXT NOT NULL, value REAL, low REAL, high REAL,"
    " each INTEGER NOT NULL, status TEXT NOT NULL, term TEXT NOT NULL, period TEXT NOT NULL,"
    " payer TEXT NOT NULL, payee TEXT NOT NULL, credited TEXT NOT NULL,"
    " confidence REAL NOT NULL, rule TEXT NOT NULL, usd REAL, amount REAL NOT NULL,"
    " at INTEGER NOT NULL)", /* of the article */
    "CREATE INDEX figures_article ON figures (article, n)",
    "CREATE INDEX figures_event ON figures (event)",
    "CREATE INDEX figures_at ON figures (at)",
    "CREATE INDEX figures_amount ON figures (amount)",
    "CREATE INDEX figures_kind ON figures (kind, usd, article)",
    "CREATE TABLE mentions (figure INTEGER NOT NULL REFERENCES figures ON DELETE CASCADE,"
    " n INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,"
    " sentence_start INTEGER NOT NULL, sentence_stop INTEGER NOT NULL, in_title INTEGER NOT NULL,"
    " PRIMARY KEY (figure, n)) WITHOUT ROWID",
    "CREATE TABLE figure_parties (figure INTEGER NOT NULL REFERENCES figures ON DELETE CASCADE,"
    " role INTEGER NOT NULL, company TEXT NOT NULL,"
    " PRIMARY KEY (figure, role, company)) WITHOUT ROWID",
    "CREATE INDEX figure_parties_company ON figure_parties (company, role)",

    /* Full text in step with the texts. */
    "CREATE TRIGGER texts_insert AFTER INSERT ON texts BEGIN"
    " INSERT INTO search (rowid, title, summary, text, outlet)"
    " VALUES (new.article, new.title, new.summary, new.text, new.outlet); END",
    "CREATE TRIGGER texts_delete AFTER DELETE ON texts BEGIN"
    " INSERT INTO search (search, rowid, title, summary, text, outlet)"
    " VALUES ('delete', old.article, old.title, old.summary, old.text, old.outlet); END",
    "CREATE TRIGGER texts_update AFTER UPDATE ON texts BEGIN"
    " INSERT INTO search (search, rowid, title, summary, text, outlet)"
    " VALUES ('delete', old.article, old.title, old.summary, old.text, old.outlet);"
    " INSERT INTO search (rowid, title, summary, text, outlet)"
    " VALUES (new.article, new.title, new.summary, new.text, new.outlet); END",

    /* Counts, so that none is ever counted. */
    "CREATE TRIGGER articles_insert AFTER INSERT ON articles BEGIN"
    " UPDATE meta SET value = value + 1 WHERE name = 'articles';"
    " UPDATE meta SET value = value + (new.read = 0) WHERE name = 'unread'; END",
    "CREATE TRIGGER articles_delete AFTER DELETE ON articles BEGIN"
    " UPDATE meta SET value = value - 1 WHERE name = 'articles';"
    " UPDATE meta SET value = value - (old.read = 0) WHERE name = 'unread';"
    " UPDATE feeds SET articles_with_figures = articles_with_figures - (old.figures > 0)"
    " WHERE id = old.feed; END",
    "CREATE TRIGGER articles_read AFTER UPDATE OF read ON articles"
    " WHEN (old.read = 0) <> (new.read = 0) BEGIN"
    " UPDATE meta SET value = value + (new.read = 0) - (old.read = 0) WHERE name = 'unread'; END",
    "CREATE TRIGGER articles_figures AFTER UPDATE OF figures ON articles"
    " WHEN (old.figures = 0) <> (new.figures = 0) BEGIN"
    " UPDATE feeds SET articles_with_figures = articles_with_figures + (new.figures > 0)"
    " - (old.figures > 0) WHERE id = new.feed; END",
    "CREATE TRIGGER figures_insert AFTER INSERT ON figures BEGIN"
    " UPDATE meta SET value = value + 1 WHERE name = 'figures'; END",
    "CREATE TRIGGER figures_delete AFTER DELETE ON figures BEGIN"
    " UPDATE meta SET value = value - 1 WHERE name = 'figures'; END",
    "CREATE TRIGGER events_insert AFTER INSERT ON events BEGIN"
    " UPDATE meta SET value = value + 1 WHERE name = 'events'; END",
    "CREATE TRIGGER events_delete AFTER DELETE ON events BEGIN"
    " UPDATE meta SET value = value - 1 WHERE name = 'events'; END",
    "CREATE TRIGGER places_insert AFTER INSERT ON places"
    " WHEN NOT EXISTS (SELECT 1 FROM places WHERE article = new.article AND feed = new.feed"
    " AND key <> new.key) BEGIN"
    " UPDATE feeds SET articles = articles + 1 WHERE id = new.feed; END",
    "CREATE TRIGGER places_delete AFTER DELETE ON places"
    " WHEN NOT EXISTS (SELECT 1 FROM places WHERE article = old.article AND feed = old.feed) BEGIN"
    " UPDATE feeds SET articles = articles - 1 WHERE id = old.feed; END",
};

const struct migration store_migration_001 = {1, statements,
                                              sizeof statements / sizeof statements[0]};
