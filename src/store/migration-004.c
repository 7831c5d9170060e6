/* The fourth schema: what the sentence of a figure says of its deal, and the keys by which a figure
 * finds the events that it may belong to.
 *
 * Invariant: event_keys holds, for each event, the pairs of words (payer, payee) that the engine
 * gave with its state; "*" stands for anybody, the empty word for nobody. */
#include "internal.h"

/* The word that a folded name is looked up by. */
#define WORD(column)                                                      \
    "substr(" column ", 1 + 4 * (" column " LIKE 'the %'), instr(substr(" \
    "" column ", 1 + 4 * (" column " LIKE 'the %')) || ' ', ' ') - 1)"

#define ROWS(payer, payee, from)                                        \
    "INSERT OR IGNORE INTO event_keys SELECT e.kind, " payer ", " payee \
    ", e.last_seen, e.id, e.first_seen, e.usd FROM events e " from

static const char *const statements[] = {
    "ALTER TABLE figures ADD COLUMN told TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE events ADD COLUMN told TEXT NOT NULL DEFAULT ''",
    "CREATE TABLE event_keys (kind TEXT NOT NULL, payer TEXT NOT NULL, payee TEXT NOT NULL,"
    " last_seen INTEGER NOT NULL, event INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,"
    " first_seen INTEGER NOT NULL, usd REAL,"
    " PRIMARY KEY (kind, payer, payee, last_seen, event)) WITHOUT ROWID",
    "CREATE INDEX event_keys_event ON event_keys (event)",
    ROWS(WORD("p.company"), "'*'", "JOIN event_parties p ON p.event = e.id AND p.role = 0"),
    ROWS("'*'", WORD("q.company"), "JOIN event_parties q ON q.event = e.id AND q.role = 1"),
    ROWS("COALESCE(" WORD("p.company") ", '')", "COALESCE(" WORD("q.company") ", '')",
         "LEFT JOIN event_parties p ON p.event = e.id AND p.role = 0"
         " LEFT JOIN event_parties q ON q.event = e.id AND q.role = 1"),
};

const struct migration store_migration_004 = {4, statements,
                                              sizeof statements / sizeof statements[0]};
