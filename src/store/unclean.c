/* Unclean ends: a file beside the store says who has it open, a row inside says whether the last
 * one closed it. A store that nobody closed is checked before it is used again.
 *
 * Everybody who writes holds a shared lock on the file; whoever gets it alone is the only one. */
#define _DEFAULT_SOURCE
#include "internal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#define META_OPEN DW_STR("open")

static int lock_open(struct store *store)
{
    struct dw_scratch scratch = dw_scratch_begin(&store->arena);
    struct dw_str path = dw_str_format(&store->arena, "%.*s.lock", DW_FMT(store->path));
    int lock = path.len > 0 ? open(path.at, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
    dw_scratch_end(scratch);
    return lock;
}

/* Damage that a cut of power or a full disk left. */
static bool check(struct store *store, struct dw_error *err)
{
    struct ask ask = ask_begin(store, "PRAGMA quick_check(1)");
    bool sound = ask_row(&ask) && dw_str_eq(ask_borrow_text(&ask, 0), DW_STR("ok"));
    if (!ask_end(&ask, err, "check the store after an unclean end"))
        return false;
    return sound || store_fail(store, SQLITE_CORRUPT, err, "use the store");
}

bool store_mark_open(struct store *store, struct dw_error *err)
{
    store->lock = lock_open(store);
    if (store->lock < 0)
        return true; /* without the file nobody can tell; SQLite's own recovery is at work anyway */
    bool alone = flock(store->lock, LOCK_EX | LOCK_NB) == 0;
    bool unclean = store_meta_get(store, META_OPEN, 0) != 0;
    bool ok = !alone || !unclean || check(store, err);
    if (ok && !unclean)
        ok = store_meta_put(store, META_OPEN, 1, err);
    flock(store->lock, LOCK_SH | LOCK_NB);
    return ok;
}

void store_mark_closed(struct store *store)
{
    if (store->lock < 0)
        return;
    if (flock(store->lock, LOCK_EX | LOCK_NB) == 0) {
        sqlite3_busy_timeout(store->db, 0); /* leaving must not wait: a needless check is cheaper */
        bool cleared = store_meta_put(store, META_OPEN, 0, NULL);
        (void)cleared;
    }
    close(store->lock);
    store->lock = -1;
}
