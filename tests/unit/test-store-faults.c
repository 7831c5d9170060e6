/* Trouble: no permission, damage, a full disk, other processes, no memory. The message says it in
 * words, names the file, and nothing is lost. */
#include "store-test.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

static void put_one(struct fixture *f)
{
    struct dw_entry entry = entry_of(DW_STR("1"), DW_STR("https://a.example/1"), DW_STR("One"));
    put_entry(f, add_feed(f, DW_STR("https://a.example/feed")), &entry, NULL);
}

static void reopen(struct fixture *f, enum store_mode mode)
{
    store_close(f->store);
    f->store = fixture_open(f, mode);
    if (f->store == NULL)
        fail_msg("%s", f->err.message);
}

static void a_store_that_is_missing_is_not_made_for_reading(void **state)
{
    struct fixture *f = *state;
    FAILS(fixture_open(f, STORE_READ) != NULL, "no store");
    assert_int_not_equal(access(f->path_bytes, F_OK), 0);
}

static void a_folder_as_a_store_is_named(void **state)
{
    struct fixture *f = *state;
    struct dw_str path = dw_str_from_c(f->folder);
    FAILS(store_open(path, STORE_WRITE, &f->clock, &f->err) != NULL, "is no file");
    path = dw_str_format(&f->arena, "%s/none/store.db", f->folder);
    FAILS(store_open(path, STORE_WRITE, &f->clock, &f->err) != NULL, "/none/store.db");
}

static void reading_never_writes(void **state)
{
    struct fixture *f = *state;
    put_one(f);
    reopen(f, STORE_READ);
    FAILS(store_article_mark_read(f->store, 1, true, &f->err), "read-only");
    FAILS(store_article_mark_read(f->store, 1, true, &f->err), "store.db");
    struct store_counts counts;
    OK(store_counts(f->store, &counts, &f->err));
    assert_int_equal(counts.articles, 1);
}

/* Runs a part of a test as a user without rights, where the test has them all (root). */
static void without_rights(struct fixture *f, void (*part)(struct fixture *))
{
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
            _exit(3);
        part(f);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

#define CHILD_WANTS(condition)                                              \
    do {                                                                    \
        if (!(condition)) {                                                 \
            fprintf(stderr, "child: %s: %s\n", #condition, f->err.message); \
            _exit(1);                                                       \
        }                                                                   \
    } while (0)

static void read_there_but_not_write(struct fixture *f)
{
    struct store *store = fixture_open(f, STORE_WRITE);
    CHILD_WANTS(store == NULL);
    CHILD_WANTS(strstr(f->err.message, "read-only") != NULL ||
                strstr(f->err.message, "unable to open") != NULL);
    store = fixture_open(f, STORE_READ);
    CHILD_WANTS(store != NULL);
    struct store_counts counts = {0};
    CHILD_WANTS(store_counts(store, &counts, &f->err) && counts.articles == 1);
    store_close(store);
}

static void old_articles_stay_readable_in_a_folder_without_permission(void **state)
{
    struct fixture *f = *state;
    put_one(f);
    store_close(f->store);
    f->store = NULL;
    char lock[128];
    snprintf(lock, sizeof lock, "%s.lock", f->path_bytes);
    unlink(lock);
    chmod(f->path_bytes, 0444);
    chmod(f->folder, 0555);
    without_rights(f, read_there_but_not_write);
    chmod(f->folder, 0700);
}

/* Overwrites a part of the file with noise. */
static void damage(struct fixture *f, long from, long len)
{
    FILE *file = fopen(f->path_bytes, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, from, SEEK_SET), 0);
    for (long i = 0; i < len; i++)
        fputc((int)(i * 31 % 251), file);
    fclose(file);
}

static void a_damaged_file_is_named_and_kept(void **state)
{
    struct fixture *f = *state;
    put_one(f);
    store_close(f->store);
    f->store = NULL;
    damage(f, 0, 4096);
    struct dw_str before;
    struct dw_str after;
    OK(dw_file_read(&f->arena, f->path, 1u << 24, &before, &f->err));
    FAILS(fixture_open(f, STORE_WRITE) != NULL, "corrupt");
    FAILS(fixture_open(f, STORE_READ) != NULL, "store.db");
    OK(dw_file_read(&f->arena, f->path, 1u << 24, &after, &f->err));
    assert_true(dw_str_eq(before, after));
}

static void after_an_unclean_end_the_file_is_checked(void **state)
{
    struct fixture *f = *state;
    put_one(f);
    store_close(f->store);
    /* an end without a close: the mark stays */
    f->store = fixture_open(f, STORE_WRITE);
    OK(store_run(f->store, "PRAGMA wal_checkpoint(TRUNCATE)", &f->err, "test"));
    close(f->store->lock);
    f->store->lock = -1;
    store_close(f->store);
    f->store = NULL;
    struct stat info;
    assert_int_equal(stat(f->path_bytes, &info), 0);
    damage(f, (long)info.st_size - 3 * 4096, 2 * 4096);
    FAILS(fixture_open(f, STORE_WRITE) != NULL, "corrupt");
}

static void a_clean_end_takes_the_mark_away_when_the_last_one_leaves(void **state)
{
    struct fixture *f = *state;
    struct store *second = fixture_open(f, STORE_WRITE);
    assert_non_null(second);
    assert_int_equal(store_meta_get(second, DW_STR("open"), 0), 1);
    store_close(second);
    assert_int_equal(store_meta_get(f->store, DW_STR("open"), 0), 1);
    reopen(f, STORE_READ);
    assert_int_equal(store_meta_get(f->store, DW_STR("open"), 1), 0);
}

static void a_second_writer_waits_and_then_says_why(void **state)
{
    struct fixture *f = *state;
    struct store *second = fixture_open(f, STORE_WRITE);
    assert_non_null(second);
    OK(store_begin(f->store, &f->err));
    put_one(f);
    sqlite3_busy_timeout(second->db, 5);
    FAILS(store_begin(second, &f->err), "another program");
    struct store_counts counts;
    OK(store_counts(second, &counts, &f->err)); /* readers never wait */
    assert_int_equal(counts.articles, 0);
    OK(store_commit(f->store, &f->err));
    OK(store_begin(second, &f->err));
    OK(store_counts(second, &counts, &f->err));
    assert_int_equal(counts.articles, 1);
    store_rollback(second);
    store_close(second);
}

static void a_change_by_anybody_changes_the_version(void **state)
{
    struct fixture *f = *state;
    struct store *reader = fixture_open(f, STORE_READ);
    assert_non_null(reader);
    int64_t before = store_data_version(reader);
    assert_int_equal(store_data_version(reader), before);
    int64_t own = store_data_version(f->store);
    put_one(f);
    assert_int_not_equal(store_data_version(reader), before);
    assert_int_not_equal(store_data_version(f->store), own);
    store_close(reader);
}

static void a_killed_writer_loses_what_was_not_committed_alone(void **state)
{
    struct fixture *f = *state;
    put_one(f);
    store_close(f->store);
    f->store = NULL;
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct store *store = fixture_open(f, STORE_WRITE);
        CHILD_WANTS(store != NULL);
        f->store = store;
        struct dw_entry two = entry_of(DW_STR("2"), DW_STR("https://a.example/2"), DW_STR("Two"));
        struct dw_entry three = two;
        three.id = DW_STR("3");
        three.link = DW_STR("https://a.example/3");
        put_entry(f, 1, &two, NULL);
        CHILD_WANTS(store_begin(store, &f->err));
        put_entry(f, 1, &three, NULL);
        raise(SIGKILL);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    f->store = fixture_open(f, STORE_WRITE);
    assert_non_null(f->store);
    struct store_counts counts;
    OK(store_counts(f->store, &counts, &f->err));
    assert_int_equal(counts.articles, 2);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM pragma_integrity_check"
                                  " WHERE integrity_check = 'ok'"),
                     1);
}

/* Fills the store until the limit on file sizes stops it. */
static void write_until_full(struct fixture *f)
{
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit = {1u << 20, 1u << 20};
    CHILD_WANTS(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    struct store *store = fixture_open(f, STORE_WRITE);
    CHILD_WANTS(store != NULL);
    static char text[20000];
    memset(text, 'x', sizeof text);
    for (int i = 0; i < 500; i++) {
        char id[16];
        snprintf(id, sizeof id, "n%d", i);
        struct dw_entry entry = {.id = dw_str_from_c(id),
                                 .title = DW_STR("t"),
                                 .published = NOW,
                                 .content = {text, sizeof text}};
        struct store_article_in in = {.feed = 1, .entry = &entry, .now = NOW};
        enum store_outcome outcome;
        int64_t article = 0;
        if (store_article_put(store, &in, &outcome, &article, &f->err))
            continue;
        CHILD_WANTS(strstr(f->err.message, "disk full") != NULL);
        CHILD_WANTS(strstr(f->err.message, "store.db") != NULL);
        store_close(store);
        return;
    }
    _exit(2);
}

static void a_full_disk_is_called_one_and_costs_nothing_stored(void **state)
{
    struct fixture *f = *state;
    put_one(f);
    store_close(f->store);
    f->store = NULL;
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        write_until_full(f);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    f->store = fixture_open(f, STORE_WRITE);
    assert_non_null(f->store);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM articles WHERE title = 'One'"), 1);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM pragma_integrity_check"
                                  " WHERE integrity_check = 'ok'"),
                     1);
}

/* Everything once: what a refresh and a look at the panels do. */
static bool use_all(struct fixture *f, struct dw_arena *arena, struct dw_error *err)
{
    struct store *store = store_open(f->path, STORE_WRITE, &f->clock, err);
    struct store_feed_settings settings = {.url = DW_STR("https://a.example/feed")};
    struct dw_entry entry = entry_of(DW_STR("1"), DW_STR("https://a.example/1"), DW_STR("One"));
    struct dw_str party = DW_STR("Tarn");
    struct dw_figure figure = {
        .kind = DW_KIND_ROUND, .unit = DW_STR("USD"), .value = 1e9, .to = {&party, 1, 1}};
    struct store_event_in state = {.figure = &figure, .usd = 1e9, .sources = 1};
    struct store_page page = {0};
    struct store_span span = {.from = NOW, .step = STORE_DAY, .count = 2};
    struct store_article_rows rows;
    struct store_article article;
    struct store_event event;
    struct store_feeds feeds;
    struct store_ids orphaned;
    struct store_total *totals;
    enum store_outcome outcome;
    int64_t feed = 0;
    int64_t id = 0;
    int64_t figure_id = 0;
    int64_t event_id = 0;
    bool ok = store != NULL && store_feed_put(store, &settings, &feed, NULL, err);
    struct store_article_in in = {.feed = feed, .entry = &entry, .now = NOW};
    ok = ok && store_article_put(store, &in, &outcome, &id, err);
    struct store_figures_in figures = {.article = id, .figures = &figure, .count = 1};
    ok = ok && store_figures_put(store, arena, &figures, &figure_id, &orphaned, err) &&
         store_event_new(store, &state, &event_id, err) &&
         store_event_attach(store, event_id, figure_id, err) &&
         store_article_list(store, arena, &page, &rows, err) &&
         store_article_read(store, arena, id, &article, err) &&
         store_event_read(store, arena, event_id, &event, err) &&
         store_feed_list(store, arena, &feeds, err) &&
         store_totals(store, arena, &span, &totals, err);
    if (ok && (rows.len != 1 || event.evidence.len != 1 || feeds.len != 1))
        fail_msg("a success without its rows");
    store_close(store);
    return ok;
}

/* Runs use_all() with the n-th allocation failing, for growing n, until it succeeds. */
static void fail_each(struct fixture *f, void (*arm)(size_t n), size_t step)
{
    for (size_t n = 0; n < 200000; n += step) {
        struct dw_arena arena;
        struct dw_error err = {0};
        dw_arena_init(&arena, DW_LIMIT_QUERY_ARENA);
        arm(n);
        bool ok = use_all(f, &arena, &err);
        arm(SIZE_MAX);
        dw_arena_release(&arena);
        if (ok)
            return;
        assert_true(err.message[0] != '\0');
    }
    fail_msg("never enough memory");
}

static void running_out_of_our_memory_is_an_error_at_every_point(void **state)
{
    fail_each(*state, unit_fail_after, 1);
}

/* SQLite's own allocations, counted and failed. */
static sqlite3_mem_methods real_memory;
static size_t memory_left = SIZE_MAX;

static bool memory_grants(void)
{
    if (memory_left == 0)
        return false;
    if (memory_left != SIZE_MAX)
        memory_left--;
    return true;
}

static void *failing_malloc(int size)
{
    return memory_grants() ? real_memory.xMalloc(size) : NULL;
}

static void *failing_realloc(void *old, int size)
{
    return memory_grants() ? real_memory.xRealloc(old, size) : NULL;
}

static void arm_sqlite(size_t n)
{
    memory_left = n;
}

static void running_out_of_sqlites_memory_is_an_error_at_every_point(void **state)
{
    struct fixture *f = *state;
    fail_each(f, arm_sqlite, 7); /* a prime step through some thousands keeps it to a second */
    f->store = fixture_open(f, STORE_WRITE);
    assert_non_null(f->store);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM pragma_integrity_check"
                                  " WHERE integrity_check = 'ok'"),
                     1);
}

static int count_memory(void)
{
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_memory) != SQLITE_OK)
        return -1;
    sqlite3_mem_methods counted = real_memory;
    counted.xMalloc = failing_malloc;
    counted.xRealloc = failing_realloc;
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &counted) == SQLITE_OK ? 0 : -1;
}

#define FOLDER_TEST(name) cmocka_unit_test_setup_teardown(name, fixture_folder, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(a_store_that_is_missing_is_not_made_for_reading),
        FOLDER_TEST(a_folder_as_a_store_is_named),
        STORE_TEST(reading_never_writes),
        STORE_TEST(old_articles_stay_readable_in_a_folder_without_permission),
        STORE_TEST(a_damaged_file_is_named_and_kept),
        STORE_TEST(after_an_unclean_end_the_file_is_checked),
        STORE_TEST(a_clean_end_takes_the_mark_away_when_the_last_one_leaves),
        STORE_TEST(a_second_writer_waits_and_then_says_why),
        STORE_TEST(a_change_by_anybody_changes_the_version),
        STORE_TEST(a_killed_writer_loses_what_was_not_committed_alone),
        STORE_TEST(a_full_disk_is_called_one_and_costs_nothing_stored),
        FOLDER_TEST(running_out_of_our_memory_is_an_error_at_every_point),
        FOLDER_TEST(running_out_of_sqlites_memory_is_an_error_at_every_point),
    };
    if (count_memory() != 0)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
