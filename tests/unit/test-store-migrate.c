/* Migrations: from every earlier schema, with a copy before, and never back. */
#include "store-test.h"

static const char *const first[] = {"CREATE TABLE notes (text TEXT)",
                                    "INSERT INTO notes VALUES ('kept')"};
static const char *const second[] = {"ALTER TABLE notes ADD COLUMN stars INTEGER DEFAULT 3"};
static const char *const broken[] = {"ALTER TABLE notes ADD COLUMN size INTEGER",
                                     "CREATE TABLE notes (again TEXT)"};
static const struct migration m1 = {101, first, 2};
static const struct migration m2 = {102, second, 1};
static const struct migration bad = {102, broken, 2};

#define NEWEST 7
#define NEWEST_TEXT "7"

static int64_t version_of(struct fixture *f)
{
    return number_of(f, "PRAGMA user_version");
}

static bool exists(struct fixture *f, const char *end)
{
    struct dw_str path = dw_str_format(&f->arena, "%.*s%s", DW_FMT(f->path), end);
    return access(path.at, F_OK) == 0;
}

static void remove_copy(struct fixture *f, const char *end)
{
    struct dw_str path = dw_str_format(&f->arena, "%.*s%s", DW_FMT(f->path), end);
    unlink(path.at);
}

static void a_new_store_needs_no_copy(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(version_of(f), NEWEST);
    assert_int_equal(number_of(f, "PRAGMA application_id"), STORE_APPLICATION);
    assert_false(exists(f, ".version-0"));
    assert_false(exists(f, ".version-" NEWEST_TEXT));
}

static void opening_again_changes_nothing(void **state)
{
    struct fixture *f = *state;
    add_feed(f, DW_STR("https://a.example/feed"));
    store_close(f->store);
    f->store = fixture_open(f, STORE_WRITE);
    assert_non_null(f->store);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM feeds"), 1);
    assert_false(exists(f, ".version-" NEWEST_TEXT));
}

static void each_step_is_taken_once_and_a_copy_is_kept_before(void **state)
{
    struct fixture *f = *state;
    const struct migration *const one[] = {
        &store_migration_001, &store_migration_002, &store_migration_003, &store_migration_004,
        &store_migration_005, &store_migration_006, &store_migration_007, &m1};
    const struct migration *const two[] = {&store_migration_001,
                                           &store_migration_002,
                                           &store_migration_003,
                                           &store_migration_004,
                                           &store_migration_005,
                                           &store_migration_006,
                                           &store_migration_007,
                                           &m1,
                                           &m2};
    OK(store_migrate(f->store, one, sizeof one / sizeof one[0], &f->err));
    assert_int_equal(version_of(f), 101);
    assert_true(exists(f, ".version-" NEWEST_TEXT));
    OK(store_migrate(f->store, two, sizeof two / sizeof two[0], &f->err));
    OK(store_migrate(f->store, two, sizeof two / sizeof two[0], &f->err));
    assert_int_equal(version_of(f), 102);
    assert_int_equal(number_of(f, "SELECT stars FROM notes WHERE text = 'kept'"), 3);
    sqlite3 *copy = NULL;
    struct dw_str path = dw_str_format(&f->arena, "%.*s.version-101", DW_FMT(f->path));
    assert_int_equal(sqlite3_open(path.at, &copy), SQLITE_OK);
    assert_int_equal(sqlite3_exec(copy, "SELECT text FROM notes", NULL, NULL, NULL), SQLITE_OK);
    assert_int_not_equal(sqlite3_exec(copy, "SELECT stars FROM notes", NULL, NULL, NULL),
                         SQLITE_OK);
    sqlite3_close(copy);
    remove_copy(f, ".version-101");
}

/* A file as an earlier program left it. */
static void make_store_of(struct fixture *f, const struct migration *const *migrations,
                          size_t count, const char *rows)
{
    sqlite3 *db = NULL;
    char pragmas[100];
    store_close(f->store);
    f->store = NULL;
    unlink(f->path_bytes);
    assert_int_equal(sqlite3_open(f->path_bytes, &db), SQLITE_OK);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < migrations[i]->count; k++)
            assert_int_equal(sqlite3_exec(db, migrations[i]->statements[k], NULL, NULL, NULL),
                             SQLITE_OK);
    snprintf(pragmas, sizeof pragmas, "PRAGMA user_version = %d; PRAGMA application_id = %d",
             migrations[count - 1]->version, STORE_APPLICATION);
    assert_int_equal(sqlite3_exec(db, pragmas, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, rows, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void figures_of_an_earlier_schema_wait_to_be_placed_anew(void **state)
{
    struct fixture *f = *state;
    const struct migration *const earlier[] = {&store_migration_001, &store_migration_002,
                                               &store_migration_003};
    make_store_of(f, earlier, 3,
                  "INSERT INTO events (kind, unit, qualifier, value, each, status, term, period,"
                  " payer, payee, confidence, usd, amount, company, ladder, first_seen, last_seen,"
                  " sources, revisions, trend) VALUES ('contract', 'USD', 'exact', 1e9, 0, 'talks',"
                  " '', '', 'Tarn', '', 1, 1e9, 1e9, '', 0, 5, 6, 1, 0, 0);"
                  "INSERT INTO articles (outlet, url, title, author, language, at, first_seen,"
                  " source) VALUES ('A', '', 'T', '', '', 5, 5, 1);"
                  "INSERT INTO figures (article, n, event, kind, unit, qualifier, value, each,"
                  " status, term, period, payer, payee, credited, confidence, rule, amount, at)"
                  " VALUES (1, 0, 1, 'contract', 'USD', 'exact', 1e9, 0, 'talks', '', '', 'Tarn',"
                  " '', '', 1, '', 1e9, 5)");
    f->store = fixture_open(f, STORE_WRITE);
    assert_non_null(f->store);
    assert_int_equal(version_of(f), NEWEST);
    struct store_ids figures;
    OK(store_figures_unplaced(f->store, &f->arena, &figures, &f->err));
    assert_int_equal(figures.len, 1);
    assert_int_equal(number_of(f, "SELECT value FROM meta WHERE name = 'events'"), 0);
    remove_copy(f, ".version-3");
}

static void a_step_that_fails_leaves_the_schema_before_it(void **state)
{
    struct fixture *f = *state;
    const struct migration *const steps[] = {&store_migration_001,
                                             &store_migration_002,
                                             &store_migration_003,
                                             &store_migration_004,
                                             &store_migration_005,
                                             &store_migration_006,
                                             &store_migration_007,
                                             &m1,
                                             &bad};
    FAILS(store_migrate(f->store, steps, sizeof steps / sizeof steps[0], &f->err),
          "notes already exists");
    assert_int_equal(version_of(f), 101);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM pragma_table_info('notes')"), 1);
    const struct migration *const mended[] = {&store_migration_001,
                                              &store_migration_002,
                                              &store_migration_003,
                                              &store_migration_004,
                                              &store_migration_005,
                                              &store_migration_006,
                                              &store_migration_007,
                                              &m1,
                                              &m2};
    OK(store_migrate(f->store, mended, sizeof mended / sizeof mended[0], &f->err));
    assert_int_equal(version_of(f), 102);
    remove_copy(f, ".version-101");
}

static void a_newer_store_is_refused_untouched(void **state)
{
    struct fixture *f = *state;
    OK(store_run(f->store, "PRAGMA user_version = 999", &f->err, "test"));
    store_close(f->store);
    f->store = NULL;
    struct dw_str before;
    struct dw_str after;
    OK(dw_file_read(&f->arena, f->path, 1u << 24, &before, &f->err));
    FAILS(fixture_open(f, STORE_WRITE) != NULL, "newer");
    FAILS(fixture_open(f, STORE_READ) != NULL, "newer");
    OK(dw_file_read(&f->arena, f->path, 1u << 24, &after, &f->err));
    assert_true(dw_str_eq(before, after));
}

static void a_database_of_another_program_is_refused_untouched(void **state)
{
    struct fixture *f = *state;
    OK(store_run(f->store, "PRAGMA application_id = 77; PRAGMA user_version = 0", &f->err, "test"));
    store_close(f->store);
    f->store = NULL;
    FAILS(fixture_open(f, STORE_WRITE) != NULL, "another program");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(a_new_store_needs_no_copy),
        STORE_TEST(opening_again_changes_nothing),
        STORE_TEST(each_step_is_taken_once_and_a_copy_is_kept_before),
        STORE_TEST(figures_of_an_earlier_schema_wait_to_be_placed_anew),
        STORE_TEST(a_step_that_fails_leaves_the_schema_before_it),
        STORE_TEST(a_newer_store_is_refused_untouched),
        STORE_TEST(a_database_of_another_program_is_refused_untouched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
