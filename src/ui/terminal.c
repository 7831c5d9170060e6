/* The terminal beside curses: environment, and restoring it on any death of the process. */
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define RESTORE_BYTES 200
#define TERM_BYTES 128 /* longer names are no terminal's and overflow other people's buffers */

/* The signal handler can be told in no other way. */
static struct {
    volatile sig_atomic_t armed;
    int fd;
    bool has_line;
    struct termios line;
    char restore[RESTORE_BYTES];
    size_t restore_len;
    struct sigaction before[8];
} guard;

static const int fatal_signals[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS};
#define FATAL_COUNT (sizeof fatal_signals / sizeof fatal_signals[0])

void ui_terminal_write(int fd, struct dw_str bytes)
{
    while (bytes.len > 0) {
        ssize_t written = write(fd, bytes.at, bytes.len);
        if (written > 0) {
            bytes = dw_str_slice(bytes, (size_t)written, bytes.len);
            continue;
        }
        if (errno == EAGAIN) {
            struct pollfd room = {.fd = fd, .events = POLLOUT};
            if (poll(&room, 1, 200) > 0)
                continue;
        }
        if (errno != EINTR)
            return;
    }
}

/* Only calls that a signal handler may make. */
static void restore_now(void)
{
    if (!guard.armed)
        return;
    guard.armed = 0;
    size_t done = 0;
    while (done < guard.restore_len) {
        ssize_t written = write(guard.fd, guard.restore + done, guard.restore_len - done);
        if (written <= 0)
            break;
        done += (size_t)written;
    }
    if (guard.has_line)
        (void)tcsetattr(guard.fd, TCSANOW, &guard.line);
}

static void on_fatal(int number)
{
    restore_now();
    for (size_t i = 0; i < FATAL_COUNT; i++) {
        if (fatal_signals[i] == number)
            (void)sigaction(number, &guard.before[i], NULL);
    }
    (void)raise(number);
}

static void on_exit_of_process(void)
{
    restore_now();
}

static bool starts_with_any(struct dw_str name, const struct dw_str *prefixes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (dw_str_starts(name, prefixes[i]))
            return true;
    }
    return false;
}

/* COLORFGBG is "foreground;background", the background last; 7 and 15 are the light ones. */
static bool light_background(void)
{
    struct dw_str colours = dw_str_from_c(getenv("COLORFGBG"));
    struct dw_str part = {NULL, 0};
    struct dw_str last = {NULL, 0};
    while (dw_str_split(&colours, ';', &part))
        last = part;
    int64_t number = 0;
    return dw_str_to_int(last, &number) && (number == 7 || number == 15);
}

static bool find_descriptors(struct ui_terminal *terminal, struct dw_error *err)
{
    terminal->in = STDIN_FILENO;
    terminal->out = STDOUT_FILENO;
    if (!isatty(terminal->out))
        return dw_error_set(err, DW_ERR_TERMINAL,
                            "the dashboard needs a terminal and standard output is none: "
                            "`dealwire events` prints the same as text");
    if (!isatty(terminal->in)) {
        terminal->in = open("/dev/tty", O_RDWR | O_CLOEXEC);
        if (terminal->in < 0)
            return dw_error_set(err, DW_ERR_TERMINAL,
                                "no terminal to read keys from: `dealwire events` prints the "
                                "same as text");
    }
    return true;
}

bool ui_terminal_find(struct ui_terminal *terminal, struct dw_error *err)
{
    static const struct dw_str plain[] = {DW_STR_INIT("linux"), DW_STR_INIT("screen"),
                                          DW_STR_INIT("vt")};
    *terminal = (struct ui_terminal){.name = getenv("TERM")};
    if (!find_descriptors(terminal, err))
        return false;
    struct dw_str name = dw_str_from_c(terminal->name);
    if (name.len == 0 || name.len > TERM_BYTES)
        return dw_error_set(err, DW_ERR_TERMINAL,
                            "TERM %s: set it to the name of your terminal, for example "
                            "TERM=xterm-256color; `dealwire events` prints the same as text",
                            name.len == 0 ? "is not set" : "is too long to be a terminal's name");
    (void)setlocale(LC_CTYPE, "");
    terminal->utf8 = dw_str_eq_nocase(dw_str_from_c(nl_langinfo(CODESET)), DW_STR("UTF-8"));
    terminal->plain_modes = starts_with_any(name, plain, sizeof plain / sizeof plain[0]);
    terminal->no_color = dw_str_from_c(getenv("NO_COLOR")).len > 0;
    terminal->light = light_background();
    guard.has_line = tcgetattr(terminal->out, &guard.line) == 0;
    return true;
}

enum ui_depth ui_terminal_depth(const struct ui_terminal *terminal, enum ui_theme theme,
                                int colours)
{
    /* a theme that the user names wins over NO_COLOR, as no-color.org wants */
    if (theme == UI_THEME_MONO || (theme == UI_THEME_AUTO && terminal->no_color) || colours < 8)
        return UI_DEPTH_MONO;
    if (colours < 16)
        return UI_DEPTH_8;
    if (colours < 256)
        return UI_DEPTH_16;
    bool light = theme == UI_THEME_LIGHT || (theme == UI_THEME_AUTO && terminal->light);
    return light ? UI_DEPTH_256_LIGHT : UI_DEPTH_256_DARK;
}

void ui_terminal_guard(const struct ui_terminal *terminal, struct dw_str restore)
{
    static bool registered;
    guard.fd = terminal->out;
    guard.restore_len = restore.len < RESTORE_BYTES ? restore.len : RESTORE_BYTES;
    memcpy(guard.restore, restore.at, guard.restore_len);
    if (!registered)
        registered = atexit(on_exit_of_process) == 0;
    struct sigaction action = {.sa_handler = on_fatal};
    (void)sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < FATAL_COUNT; i++)
        (void)sigaction(fatal_signals[i], &action, &guard.before[i]);
    guard.armed = 1;
}

void ui_terminal_unguard(void)
{
    if (!guard.armed)
        return;
    guard.armed = 0;
    for (size_t i = 0; i < FATAL_COUNT; i++)
        (void)sigaction(fatal_signals[i], &guard.before[i], NULL);
}
