/* Credentials of feeds: who gets them, who may read them, and that no address keeps them. */
#include "unit.h"

#include <string.h>
#include <sys/stat.h>

#include "folder.h"
#include "internal.h"

struct fixture {
    struct folder folder;
    struct dw_arena arena;
    struct dw_error err;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    dw_arena_init(&f->arena, 16u << 20);
    folder_make(&f->folder);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    unit_fail_after(SIZE_MAX);
    folder_remove(&f->folder);
    dw_arena_release(&f->arena);
    free(f);
    return 0;
}

static struct dw_str folder_of(const struct fixture *f)
{
    return dw_str_from_c(f->folder.path);
}

static struct dw_str file_of(struct fixture *f)
{
    return dw_str_format(&f->arena, "%s/credentials", f->folder.path);
}

static bool read_text(struct fixture *f, const char *text, struct engine_credentials *credentials)
{
    assert_true(dw_file_write(file_of(f), dw_str_from_c(text), &f->err));
    return engine_credentials_read(&f->arena, folder_of(f), credentials, &f->err);
}

static void the_longest_address_decides(void **state)
{
    struct fixture *f = *state;
    struct engine_credentials all;
    assert_true(read_text(f,
                          "# comment\n\nhttps://ex.org/ login ann  pass word \n"
                          "https://ex.org/api\theader\tAuthorization: Bearer x\n",
                          &all));
    const struct engine_credential *found =
        engine_credential_find(&all, DW_STR("https://ex.org/feed.xml"));
    assert_non_null(found);
    assert_str(found->user, "ann");
    assert_str(found->password, "pass word");
    found = engine_credential_find(&all, DW_STR("https://ex.org/api?x=1"));
    assert_non_null(found);
    assert_str(found->header, "Authorization: Bearer x");
    found = engine_credential_find(&all, DW_STR("https://ex.org/apis"));
    assert_non_null(found);
    assert_str(found->user, "ann");
    assert_null(engine_credential_find(&all, DW_STR("https://ex.org.evil.example/")));
    assert_null(engine_credential_find(&all, DW_STR("http://ex.org/feed.xml")));
}

static void a_file_that_others_may_read_is_not_used(void **state)
{
    struct fixture *f = *state;
    struct engine_credentials all;
    assert_true(read_text(f, "https://ex.org/ login ann secret\n", &all));
    assert_int_equal(chmod(dw_str_cstr(&f->arena, file_of(f)), 0640), 0);
    assert_false(engine_credentials_read(&f->arena, folder_of(f), &all, &f->err));
    assert_int_equal(all.len, 0);
    assert_non_null(strstr(f->err.message, "chmod 600"));
}

static void a_wrong_line_is_named_by_its_number_alone(void **state)
{
    struct fixture *f = *state;
    struct engine_credentials all;
    assert_false(read_text(f, "\nhttps://ex.org/ password secret\n", &all));
    assert_non_null(strstr(f->err.message, "line 2"));
    assert_null(strstr(f->err.message, "secret"));
}

static void no_file_is_no_error(void **state)
{
    struct fixture *f = *state;
    struct engine_credentials all;
    assert_true(engine_credentials_read(&f->arena, folder_of(f), &all, &f->err));
    assert_true(engine_credentials_read(&f->arena, DW_STR(""), &all, &f->err));
    assert_int_equal(all.len, 0);
}

static void a_login_moves_out_of_its_address(void **state)
{
    struct fixture *f = *state;
    struct engine_credentials all;
    bool taken = false;
    struct dw_str url = DW_STR("https://an%6E:p%20w%0A@ex.org/feed?a@b");
    assert_true(engine_credentials_take(&f->arena, folder_of(f), &url, &taken, &f->err));
    assert_true(taken);
    assert_str(url, "https://ex.org/feed?a@b");
    assert_true(engine_credentials_take(&f->arena, folder_of(f), &url, &taken, &f->err));
    assert_false(taken);
    struct stat info;
    assert_int_equal(stat(dw_str_cstr(&f->arena, file_of(f)), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_true(engine_credentials_read(&f->arena, folder_of(f), &all, &f->err));
    const struct engine_credential *found = engine_credential_find(&all, url);
    assert_non_null(found);
    assert_str(found->user, "ann");
    assert_str(found->password, "p w%0A");
}

static void failing_allocations_lose_no_credentials(void **state)
{
    struct fixture *f = *state;
    struct engine_credentials all;
    bool done = false;
    assert_true(read_text(f, "https://ex.org/ login ann secret\n", &all));
    for (size_t count = 0; !done && count < 100; count++) {
        struct dw_arena arena;
        dw_arena_init(&arena, 1u << 20);
        struct dw_str url = DW_STR("https://b:c@ex.org/feed");
        bool taken = false;
        unit_fail_after(count);
        done = engine_credentials_take(&arena, folder_of(f), &url, &taken, &f->err) && taken;
        unit_fail_after(SIZE_MAX);
        dw_arena_release(&arena);
        assert_true(engine_credentials_read(&f->arena, folder_of(f), &all, &f->err));
        assert_int_equal(all.len, done ? 2 : 1);
    }
    assert_true(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(the_longest_address_decides),
        TEST(a_file_that_others_may_read_is_not_used),
        TEST(a_wrong_line_is_named_by_its_number_alone),
        TEST(no_file_is_no_error),
        TEST(a_login_moves_out_of_its_address),
        TEST(failing_allocations_lose_no_credentials),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
