/* Whole files, read and replaced. */
#include "base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_ARENA 65536

enum read_end { READ_DONE, READ_FAILED, READ_LIMIT, READ_MEMORY };

static enum read_end read_all(int fd, struct dw_buf *buf)
{
    char chunk[65536];
    for (;;) {
        ssize_t got = read(fd, chunk, sizeof chunk);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got < 0 ? READ_FAILED : READ_DONE;
        if ((size_t)got > buf->limit - buf->len)
            return READ_LIMIT;
        dw_buf_add(buf, (struct dw_str){chunk, (size_t)got});
        if (!dw_buf_ok(buf))
            return READ_MEMORY;
    }
}

bool dw_file_read(struct dw_arena *arena, struct dw_str path, size_t limit, struct dw_str *bytes,
                  struct dw_error *err)
{
    bool is_stdin = dw_str_eq(path, DW_STR("-"));
    struct dw_str name = is_stdin ? DW_STR("standard input") : path;
    const char *where = dw_str_cstr(arena, path);
    if (arena->failed)
        return dw_error_set(err, DW_ERR_MEMORY, "%.*s: out of memory", DW_FMT(name));
    int fd = is_stdin ? STDIN_FILENO : open(where, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return dw_error_set(err, DW_ERR_FILE, "%.*s: %s", DW_FMT(name), strerror(errno));
    struct dw_buf buf;
    dw_buf_init(&buf, limit);
    enum read_end end = read_all(fd, &buf);
    int reason = errno;
    if (!is_stdin)
        close(fd);
    struct dw_str whole = {"", 0};
    if (end == READ_DONE)
        whole = dw_str_dup(arena, dw_buf_str(&buf));
    dw_buf_release(&buf);
    if (end == READ_FAILED)
        return dw_error_set(err, DW_ERR_FILE, "%.*s: %s", DW_FMT(name), strerror(reason));
    if (end == READ_LIMIT)
        return dw_error_set(err, DW_ERR_LIMIT, "%.*s: more than the %zu bytes allowed",
                            DW_FMT(name), limit);
    if (end == READ_MEMORY || arena->failed)
        return dw_error_set(err, DW_ERR_MEMORY, "%.*s: out of memory", DW_FMT(name));
    *bytes = whole;
    return true;
}

static bool write_all(int fd, struct dw_str bytes)
{
    while (bytes.len > 0) {
        ssize_t put = write(fd, bytes.at, bytes.len);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes = dw_str_slice(bytes, (size_t)put, bytes.len);
    }
    return true;
}

bool dw_file_write(struct dw_str path, struct dw_str bytes, struct dw_error *err)
{
    struct dw_arena arena;
    dw_arena_init(&arena, PATH_ARENA);
    const char *final = dw_str_cstr(&arena, path);
    const char *beside = dw_str_format(&arena, "%.*s.new-%ld", DW_FMT(path), (long)getpid()).at;
    bool done = !arena.failed;
    if (!done)
        dw_error_set(err, DW_ERR_MEMORY, "%.*s: out of memory", DW_FMT(path));
    int fd = done ? open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;
    if (done) {
        done = fd >= 0 && write_all(fd, bytes) && fsync(fd) == 0;
        int reason = errno;
        if (fd >= 0 && close(fd) != 0 && done) {
            done = false;
            reason = errno;
        }
        if (done && rename(beside, final) != 0) {
            done = false;
            reason = errno;
        }
        if (!done) {
            dw_error_set(err, DW_ERR_FILE, "cannot write %.*s: %s", DW_FMT(path), strerror(reason));
            if (fd >= 0)
                unlink(beside);
        }
    }
    dw_arena_release(&arena);
    return done;
}

bool dw_folder_make(struct dw_str path, struct dw_error *err)
{
    struct dw_arena arena;
    dw_arena_init(&arena, PATH_ARENA);
    bool done = true;
    for (size_t at = 1; done && at <= path.len; at++) {
        if (at < path.len && path.at[at] != '/')
            continue;
        const char *part = dw_str_cstr(&arena, dw_str_slice(path, 0, at));
        struct stat info;
        if (mkdir(part, 0700) == 0)
            continue;
        int reason = errno;
        if (reason == EEXIST && stat(part, &info) == 0 && S_ISDIR(info.st_mode))
            continue;
        done = dw_error_set(err, DW_ERR_FILE, "cannot make the folder %.*s: %s", DW_FMT(path),
                            strerror(reason == EEXIST ? ENOTDIR : reason));
    }
    dw_arena_release(&arena);
    return done;
}
