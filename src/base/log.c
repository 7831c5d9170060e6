/* The log: one line a message, cleaned, in a file that starts anew when it has grown too large. */
#include "base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LINE_BYTES 2048

struct dw_log {
    int fd;
    enum dw_log_level level;
    const struct dw_clock *clock;
    pthread_mutex_t lock; /* guards the size check, so that two threads don't truncate twice */
};

struct dw_log *dw_log_open(struct dw_str path, enum dw_log_level level,
                           const struct dw_clock *clock, struct dw_error *err)
{
    struct dw_arena arena;
    dw_arena_init(&arena, 65536);
    int fd = open(dw_str_cstr(&arena, path), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    int reason = errno;
    dw_arena_release(&arena);
    if (fd < 0) {
        dw_error_set(err, DW_ERR_FILE, "cannot open the log %.*s: %s", DW_FMT(path),
                     strerror(reason));
        return NULL;
    }
    struct dw_log *log = dw_alloc(sizeof *log);
    if (log == NULL) {
        close(fd);
        dw_error_set(err, DW_ERR_MEMORY, "out of memory for the log");
        return NULL;
    }
    log->fd = fd;
    log->level = level;
    log->clock = clock;
    pthread_mutex_init(&log->lock, NULL);
    return log;
}

void dw_log_close(struct dw_log *log)
{
    if (log == NULL)
        return;
    close(log->fd);
    pthread_mutex_destroy(&log->lock);
    dw_free(log);
}

static void write_line(struct dw_log *log, struct dw_str line)
{
    pthread_mutex_lock(&log->lock);
    off_t size = lseek(log->fd, 0, SEEK_END);
    if (size > (off_t)DW_LIMIT_LOG_BYTES && ftruncate(log->fd, 0) != 0) {
        pthread_mutex_unlock(&log->lock);
        return;
    }
    /* a log that cannot be written must not stop the program, and there is nobody to tell */
    ssize_t ignored = write(log->fd, line.at, line.len);
    (void)ignored;
    pthread_mutex_unlock(&log->lock);
}

void dw_log_write(struct dw_log *log, enum dw_log_level level, const char *format, ...)
{
    static const char *const names[] = {"error", "warn", "info", "debug"};
    if (log == NULL || level > log->level)
        return;
    char message[LINE_BYTES];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    struct dw_arena arena;
    dw_arena_init(&arena, 65536);
    struct dw_str clean = dw_text_clean(&arena, dw_str_from_c(message), DW_CLEAN_LINE);
    struct dw_str time = dw_date_iso(&arena, dw_clock_now(log->clock));
    struct dw_str line =
        dw_str_format(&arena, "%.*s %-5s %.*s\n", DW_FMT(time), names[level], DW_FMT(clean));
    write_line(log, line);
    dw_arena_release(&arena);
}
