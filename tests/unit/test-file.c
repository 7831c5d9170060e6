/* Tests of files and the log: whole reads, whole replacements, folders, clean lines. */
#include "unit.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static struct dw_arena arena;
static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    dw_arena_init(&arena, 32 << 20);
    snprintf(folder, sizeof folder, "/tmp/dw-file-XXXXXX");
    return mkdtemp(folder) == NULL;
}

/* Removes the few names that the tests below make. */
static int drop_folder(void **state)
{
    (void)state;
    static const char *const names[] = {"a", "log", "x/y/z", "x/y", "x"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        remove(path);
    }
    dw_arena_release(&arena);
    return rmdir(folder);
}

static struct dw_str path_of(const char *name)
{
    return dw_str_format(&arena, "%s/%s", folder, name);
}

static void what_is_written_is_read_again(void **state)
{
    (void)state;
    struct dw_error err = {0};
    struct dw_str bytes;
    assert_true(dw_file_write(path_of("a"), DW_STR("one\0two"), &err));
    assert_true(dw_file_write(path_of("a"), DW_STR("three\0four"), &err));
    assert_true(dw_file_read(&arena, path_of("a"), 100, &bytes, &err));
    assert_int_equal(bytes.len, 10);
    assert_true(dw_str_eq(bytes, DW_STR("three\0four")));
    struct stat info;
    assert_int_equal(stat(path_of("a").at, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
}

static void a_file_beyond_the_limit_is_refused(void **state)
{
    (void)state;
    struct dw_error err = {0};
    struct dw_str bytes;
    assert_true(dw_file_write(path_of("a"), DW_STR("12345"), &err));
    assert_true(dw_file_read(&arena, path_of("a"), 5, &bytes, &err));
    assert_false(dw_file_read(&arena, path_of("a"), 4, &bytes, &err));
    assert_int_equal(err.code, DW_ERR_LIMIT);
}

static void errors_name_the_file_and_the_reason(void **state)
{
    (void)state;
    struct dw_error err = {0};
    struct dw_str bytes;
    assert_false(dw_file_read(&arena, path_of("none"), 4, &bytes, &err));
    assert_int_equal(err.code, DW_ERR_FILE);
    assert_true(dw_str_ends(dw_str_from_c(err.message), DW_STR("none: No such file or directory")));
    assert_false(dw_file_read(&arena, dw_str_from_c(folder), 4, &bytes, &err));
    assert_int_equal(err.code, DW_ERR_FILE);
    assert_false(dw_file_write(path_of("none/below"), DW_STR(""), &err));
    assert_int_equal(err.code, DW_ERR_FILE);
}

static void folders_are_made_with_those_above(void **state)
{
    (void)state;
    struct dw_error err = {0};
    assert_true(dw_folder_make(path_of("x/y/z"), &err));
    assert_true(dw_folder_make(path_of("x/y/z"), &err));
    struct stat info;
    assert_int_equal(stat(path_of("x/y/z").at, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    assert_true(dw_file_write(path_of("a"), DW_STR(""), &err));
    assert_false(dw_folder_make(path_of("a/b"), &err));
    assert_int_equal(err.code, DW_ERR_FILE);
}

static int64_t fixed(void *context)
{
    (void)context;
    return 1764139320;
}

static void log_lines_are_dated_clean_and_of_the_wanted_level(void **state)
{
    (void)state;
    struct dw_error err = {0};
    struct dw_clock clock = {.now = fixed};
    struct dw_log *log = dw_log_open(path_of("log"), DW_LOG_WARN, &clock, &err);
    assert_non_null(log);
    dw_log_write(log, DW_LOG_ERROR, "bad %s", "title\033[31m\nforged line");
    dw_log_write(log, DW_LOG_INFO, "not wanted");
    dw_log_write(NULL, DW_LOG_ERROR, "no log");
    dw_log_close(log);
    dw_log_close(NULL);
    struct dw_str bytes;
    assert_true(dw_file_read(&arena, path_of("log"), 1000, &bytes, &err));
    assert_str(bytes, "2025-11-26T06:42:00Z error bad title[31m forged line\n");
}

static void a_log_grown_too_large_starts_anew(void **state)
{
    (void)state;
    struct dw_error err = {0};
    struct dw_buf large;
    dw_buf_init(&large, DW_LIMIT_LOG_BYTES + 1);
    while (large.len <= DW_LIMIT_LOG_BYTES)
        dw_buf_add_char(&large, 'x');
    assert_true(dw_file_write(path_of("log"), dw_buf_str(&large), &err));
    dw_buf_release(&large);
    struct dw_log *log = dw_log_open(path_of("log"), DW_LOG_DEBUG, NULL, &err);
    dw_log_write(log, DW_LOG_DEBUG, "first");
    dw_log_close(log);
    struct dw_str bytes;
    assert_true(dw_file_read(&arena, path_of("log"), 100, &bytes, &err));
    assert_true(dw_str_ends(bytes, DW_STR("debug first\n")));
    assert_null(dw_log_open(path_of("none/log"), DW_LOG_DEBUG, NULL, &err));
    assert_int_equal(err.code, DW_ERR_FILE);
}

static void failing_allocations_are_errors(void **state)
{
    (void)state;
    struct dw_error err = {0};
    struct dw_str path = path_of("a");
    struct dw_str bytes;
    assert_true(dw_file_write(path, DW_STR("text"), &err));
    bool done = false;
    for (size_t n = 0; !done && n < 20; n++) {
        struct dw_arena small;
        dw_arena_init(&small, 1 << 20);
        err.code = DW_OK;
        unit_fail_after(n);
        done = dw_file_write(path, DW_STR("text"), &err) &&
               dw_file_read(&small, path, 100, &bytes, &err);
        unit_fail_after(SIZE_MAX);
        assert_true(done || err.code == DW_ERR_MEMORY);
        dw_arena_release(&small);
    }
    assert_true(done);
}

#define FILE_TEST(name) cmocka_unit_test_setup_teardown(name, make_folder, drop_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FILE_TEST(what_is_written_is_read_again),
        FILE_TEST(a_file_beyond_the_limit_is_refused),
        FILE_TEST(errors_name_the_file_and_the_reason),
        FILE_TEST(folders_are_made_with_those_above),
        FILE_TEST(log_lines_are_dated_clean_and_of_the_wanted_level),
        FILE_TEST(a_log_grown_too_large_starts_anew),
        FILE_TEST(failing_allocations_are_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
