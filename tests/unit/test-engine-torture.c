/* Torture: the n-th call of the store to the disk fails, the n-th transfer breaks, n = 1, 2, …; no
 * neighbour is harmed, the store stays sound, and the next round completes what is missing. */
#include "unit.h"

#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include <sqlite3.h>

#include "engine/engine.h"
#include "folder.h"
#include "http-server.h"
#include "store/store.h"

#define START 1769683320 /* 2026-01-29T10:42:00Z */
#define WAIT_MS 150000
#define FEEDS 3
#define ARTICLES 8 /* of each feed, each with a figure */

/* ---- A disk that fails once ------------------------------------------------------------------ */

struct faulty_file {
    sqlite3_file base;
    sqlite3_file *real; /* behind this struct */
};

static atomic_llong calls_left; /* until the one that fails */
static atomic_int fault;        /* what it returns */

static bool fails_now(int *code)
{
    *code = atomic_load(&fault);
    return atomic_fetch_sub(&calls_left, 1) == 1;
}

static sqlite3_file *real_of(sqlite3_file *file)
{
    return ((struct faulty_file *)(void *)file)->real;
}

#define PASS(name, parameters, arguments)                  \
    static int faulty_##name parameters                    \
    {                                                      \
        return real_of(file)->pMethods->x##name arguments; \
    }
#define FAIL(name, parameters, arguments)                                            \
    static int faulty_##name parameters                                              \
    {                                                                                \
        int code = SQLITE_OK;                                                        \
        return fails_now(&code) ? code : real_of(file)->pMethods->x##name arguments; \
    }

PASS(Close, (sqlite3_file * file), (real_of(file)))
FAIL(Read, (sqlite3_file * file, void *to, int count, sqlite3_int64 at),
     (real_of(file), to, count, at))
FAIL(Write, (sqlite3_file * file, const void *from, int count, sqlite3_int64 at),
     (real_of(file), from, count, at))
FAIL(Truncate, (sqlite3_file * file, sqlite3_int64 size), (real_of(file), size))
FAIL(Sync, (sqlite3_file * file, int flags), (real_of(file), flags))
PASS(FileSize, (sqlite3_file * file, sqlite3_int64 *size), (real_of(file), size))
PASS(Lock, (sqlite3_file * file, int level), (real_of(file), level))
PASS(Unlock, (sqlite3_file * file, int level), (real_of(file), level))
PASS(CheckReservedLock, (sqlite3_file * file, int *out), (real_of(file), out))
PASS(FileControl, (sqlite3_file * file, int what, void *with), (real_of(file), what, with))
PASS(SectorSize, (sqlite3_file * file), (real_of(file)))
PASS(DeviceCharacteristics, (sqlite3_file * file), (real_of(file)))
PASS(ShmMap, (sqlite3_file * file, int page, int size, int extend, void volatile **out),
     (real_of(file), page, size, extend, out))
PASS(ShmLock, (sqlite3_file * file, int offset, int count, int flags),
     (real_of(file), offset, count, flags))
PASS(ShmUnmap, (sqlite3_file * file, int delete), (real_of(file), delete))

static void faulty_ShmBarrier(sqlite3_file *file)
{
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static const sqlite3_io_methods faulty_methods = {
    .iVersion = 2,
    .xClose = faulty_Close,
    .xRead = faulty_Read,
    .xWrite = faulty_Write,
    .xTruncate = faulty_Truncate,
    .xSync = faulty_Sync,
    .xFileSize = faulty_FileSize,
    .xLock = faulty_Lock,
    .xUnlock = faulty_Unlock,
    .xCheckReservedLock = faulty_CheckReservedLock,
    .xFileControl = faulty_FileControl,
    .xSectorSize = faulty_SectorSize,
    .xDeviceCharacteristics = faulty_DeviceCharacteristics,
    .xShmMap = faulty_ShmMap,
    .xShmLock = faulty_ShmLock,
    .xShmBarrier = faulty_ShmBarrier,
    .xShmUnmap = faulty_ShmUnmap,
};

static sqlite3_vfs *real_vfs;

static int faulty_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    (void)vfs;
    struct faulty_file *faulty = (struct faulty_file *)(void *)file;
    faulty->real = (sqlite3_file *)(void *)(faulty + 1);
    int code = real_vfs->xOpen(real_vfs, name, faulty->real, flags, out);
    faulty->base.pMethods = faulty->real->pMethods != NULL ? &faulty_methods : NULL;
    return code;
}

/* Before any store is opened; it stays the default. */
static void use_faulty_disk(void)
{
    static sqlite3_vfs vfs;
    if (real_vfs != NULL)
        return;
    assert_int_equal(sqlite3_initialize(), SQLITE_OK);
    real_vfs = sqlite3_vfs_find(NULL);
    vfs = *real_vfs;
    vfs.zName = "faulty";
    vfs.szOsFile = (int)sizeof(struct faulty_file) + real_vfs->szOsFile;
    vfs.xOpen = faulty_open;
    assert_int_equal(sqlite3_vfs_register(&vfs, 1), SQLITE_OK);
}

/* ---- Feeds, from a server that breaks one transfer ------------------------------------------- */

enum breakage { WHOLE, HUNG_UP, HALF, NO_HTTP, BREAKAGES };

struct fixture {
    struct folder folder;
    struct dw_arena arena;
    struct dw_error err;
    struct dw_extractor *extractor;
    atomic_llong now;
    struct dw_clock clock;
    struct engine_options options;
    struct http_server server;
    struct dw_str feeds[FEEDS];
    atomic_int requests;
    atomic_int broken; /* the request that is broken, from 1; 0: none */
    atomic_int how;    /* enum breakage */
    char failures[FEEDS][DW_ERROR_BYTES];
    size_t failure_count;
};

static int64_t told_time(void *context)
{
    return atomic_load((atomic_llong *)context);
}

static void send_answer(struct http_exchange *exchange, struct dw_str body, size_t sent)
{
    char head[100];
    int len = snprintf(head, sizeof head,
                       "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Length: %zu\r\n\r\n", body.len);
    http_send(exchange, (struct dw_str){head, (size_t)len});
    http_send(exchange, dw_str_slice(body, 0, sent));
}

static bool answer(struct http_exchange *exchange)
{
    struct fixture *f = exchange->context;
    struct dw_str head = http_head(exchange);
    struct dw_str body = f->feeds[(size_t)(head.at[5] - '0') % FEEDS];
    bool breaks = atomic_fetch_add(&f->requests, 1) + 1 == atomic_load(&f->broken);
    int how = atomic_load(&f->how);
    if (breaks && how == HUNG_UP)
        return false;
    if (breaks && how == NO_HTTP) {
        http_send(exchange, DW_STR("220 mail.example ESMTP\r\n"));
        return false;
    }
    if (dw_str_find(head, DW_STR("If-None-Match: \"v1\""), 0) != SIZE_MAX) {
        http_send(exchange, DW_STR("HTTP/1.1 304 Same\r\n\r\n"));
        return true;
    }
    send_answer(exchange, body, breaks ? body.len / 2 : body.len);
    return !breaks;
}

static void write_feed(struct fixture *f, int number)
{
    struct dw_buf feed;
    dw_buf_init(&feed, 1u << 20);
    dw_buf_add_format(&feed, "<rss version=\"2.0\"><channel><title>Feed %d</title>", number);
    for (int i = 1; i <= ARTICLES; i++)
        dw_buf_add_format(&feed,
                          "<item><title>Deal %d-%d</title><guid>%d-%d</guid><description>Amazon "
                          "will invest $%d million in Anthropic, it said.</description></item>",
                          number, i, number, i, (number * ARTICLES + i) * 37);
    dw_buf_add(&feed, DW_STR("</channel></rss>"));
    assert_true(dw_buf_ok(&feed));
    f->feeds[number] = dw_str_dup(&f->arena, dw_buf_str(&feed));
    dw_buf_release(&feed);
}

static void write_list(struct fixture *f)
{
    struct dw_buf list;
    dw_buf_init(&list, 10000);
    dw_buf_add(&list, DW_STR("<opml version=\"2.0\"><body>"));
    for (int i = 0; i < FEEDS; i++)
        dw_buf_add_format(&list, "<outline xmlUrl=\"http://127.0.0.1:%d/%d\"/>", f->server.port, i);
    dw_buf_add(&list, DW_STR("</body></opml>"));
    assert_true(dw_folder_make(f->options.config_folder, &f->err));
    struct dw_str path = dw_str_format(&f->arena, "%s/config/feeds.opml", f->folder.path);
    assert_true(dw_file_write(path, dw_buf_str(&list), &f->err));
    dw_buf_release(&list);
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
        .config_folder = dw_str_format(&f->arena, "%s/config", f->folder.path),
        .extractor = f->extractor,
        .clock = &f->clock,
        .workers = 2,
    };
    for (int i = 0; i < FEEDS; i++)
        write_feed(f, i);
    http_server_start(&f->server, answer, f);
    write_list(f);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    http_server_stop(&f->server);
    dw_extractor_free(f->extractor);
    folder_remove(&f->folder);
    dw_arena_release(&f->arena);
    free(f);
    return 0;
}

static void name_store(struct fixture *f, const char *kind, long long number)
{
    f->options.store_path = dw_str_format(&f->arena, "%s/%s-%lld.db", f->folder.path, kind, number);
}

/* ---- Rounds ---------------------------------------------------------------------------------- */

static void follow(struct fixture *f, struct engine *engine)
{
    int64_t until = dw_clock_milliseconds() + WAIT_MS;
    struct engine_message message = {0};
    while (message.kind != ENGINE_FINISHED) {
        struct pollfd fd = {.fd = engine_fd(engine), .events = POLLIN};
        poll(&fd, 1, 1000);
        assert_true(dw_clock_milliseconds() < until);
        while (message.kind != ENGINE_FINISHED && engine_message_take(engine, &message)) {
            bool fails = message.kind == ENGINE_FEED_FAILED || message.kind == ENGINE_FEED_GONE;
            if (fails && f->failure_count < FEEDS)
                memcpy(f->failures[f->failure_count++], message.text, sizeof message.text);
        }
    }
}

/* False: the store could not even be opened. */
static bool run_round(struct fixture *f)
{
    atomic_fetch_add(&f->now, 7200);
    f->failure_count = 0;
    struct engine *engine = engine_open(&f->options, &f->err);
    if (engine == NULL)
        return false;
    assert_true(engine_refresh(engine, ENGINE_REFRESH_ALL, 0));
    follow(f, engine);
    engine_close(engine);
    return true;
}

static int64_t number_of(struct fixture *f, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(dw_str_cstr(&f->arena, f->options.store_path), &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return number;
}

static void check_whole(struct fixture *f)
{
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM articles"), FEEDS * ARTICLES);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM figures"), FEEDS * ARTICLES);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM figures WHERE event IS NULL"), 0);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM search WHERE search MATCH 'amazon'"),
                     FEEDS * ARTICLES);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM feeds WHERE error <> ''"), 0);
    assert_int_equal(number_of(f, "SELECT integrity_check = 'ok' FROM pragma_integrity_check"), 1);
}

/* ---- The tests ------------------------------------------------------------------------------- */

static void every_failing_call_to_the_disk_is_made_good_by_the_next_round(void **state)
{
    struct fixture *f = *state;
    static const int faults[] = {SQLITE_IOERR_WRITE, SQLITE_FULL, SQLITE_IOERR_READ,
                                 SQLITE_IOERR_FSYNC};
    use_faulty_disk();
    bool reached = true;
    for (long long n = 1; reached; n += 1 + n / 5) {
        name_store(f, "disk", n);
        atomic_store(&fault, faults[n % 4]);
        atomic_store(&calls_left, n);
        run_round(f);
        reached = atomic_load(&calls_left) <= 0;
        atomic_store(&calls_left, 0);
        assert_true(run_round(f));
        check_whole(f);
    }
}

static void a_broken_transfer_harms_no_neighbour(void **state)
{
    struct fixture *f = *state;
    for (int n = 1; n <= FEEDS; n++) {
        for (int how = HUNG_UP; how < BREAKAGES; how++) {
            name_store(f, "transfer", n * BREAKAGES + how);
            atomic_store(&f->broken, n);
            atomic_store(&f->how, how);
            atomic_store(&f->requests, 0);
            assert_true(run_round(f));
            assert_int_equal(f->failure_count, 1);
            assert_non_null(strstr(f->failures[0], "http://127.0.0.1:"));
            assert_int_equal(number_of(f, "SELECT COUNT(*) FROM articles"), (FEEDS - 1) * ARTICLES);
            assert_int_equal(number_of(f, "SELECT COUNT(*) FROM feeds WHERE etag <> x''"),
                             FEEDS - 1);
            atomic_store(&f->broken, 0);
            assert_true(run_round(f));
            check_whole(f);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_broken_transfer_harms_no_neighbour, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            every_failing_call_to_the_disk_is_made_good_by_the_next_round, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
