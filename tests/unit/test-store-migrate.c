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
    assert_int_equal(version_of(f), 3);
    assert_int_equal(number_of(f, "PRAGMA application_id"), STORE_APPLICATION);
    assert_false(exists(f, ".version-0"));
    assert_false(exists(f, ".version-3"));
}

static void opening_again_changes_nothing(void **state)
{
    struct fixture *f = *state;
    add_feed(f, DW_STR("https://a.example/feed"));
    store_close(f->store);
    f->store = fixture_open(f, STORE_WRITE);
    assert_non_null(f->store);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM feeds"), 1);
    assert_false(exists(f, ".version-3"));
}

static void each_step_is_taken_once_and_a_copy_is_kept_before(void **state)
{
    struct fixture *f = *state;
    const struct migration *const one[] = {&store_migration_001, &store_migration_002,
                                           &store_migration_003, &m1};
    const struct migration *const two[] = {&store_migration_001, &store_migration_002,
                                           &store_migration_003, &m1, &m2};
    OK(store_migrate(f->store, one, 4, &f->err));
    assert_int_equal(version_of(f), 101);
    assert_true(exists(f, ".version-3"));
    OK(store_migrate(f->store, two, 5, &f->err));
    OK(store_migrate(f->store, two, 5, &f->err));
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

static void a_step_that_fails_leaves_the_schema_before_it(void **state)
{
    struct fixture *f = *state;
    const struct migration *const steps[] = {&store_migration_001, &store_migration_002,
                                             &store_migration_003, &m1, &bad};
    FAILS(store_migrate(f->store, steps, 5, &f->err), "notes already exists");
    assert_int_equal(version_of(f), 101);
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM pragma_table_info('notes')"), 1);
    const struct migration *const mended[] = {&store_migration_001, &store_migration_002,
                                              &store_migration_003, &m1, &m2};
    OK(store_migrate(f->store, mended, 5, &f->err));
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
        STORE_TEST(a_step_that_fails_leaves_the_schema_before_it),
        STORE_TEST(a_newer_store_is_refused_untouched),
        STORE_TEST(a_database_of_another_program_is_refused_untouched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
