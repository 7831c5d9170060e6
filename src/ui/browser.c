/* Opening an address in the browser: an argument vector, never a shell. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "view.h"

extern char **environ;

/* The program that opens addresses: the user's word, else what the desktop offers. Of a list
 * ("firefox:lynx") the first; arguments in it are not taken, as no shell reads them. */
static struct dw_str opener(void)
{
    struct dw_str rest = dw_str_from_c(getenv("BROWSER"));
    struct dw_str first = {NULL, 0};
    if (dw_str_split(&rest, ':', &first) && first.len > 0)
        return first;
    return DW_STR("xdg-open");
}

static bool is_web(struct dw_str url)
{
    return dw_str_starts_nocase(url, DW_STR("http://")) ||
           dw_str_starts_nocase(url, DW_STR("https://"));
}

/* A copy that may be changed, as argument vectors want it. */
static char *argument(struct dw_arena *arena, struct dw_str text)
{
    char *copy = dw_arena_array(arena, text.len + 1, 1);
    if (copy)
        memcpy(copy, text.at, text.len);
    return copy;
}

/* Nothing of the browser's may reach the screen, and it outlives us. */
static int spawn(char *arguments[])
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none;
    sigset_t all;
    pid_t child = 0;
    (void)sigemptyset(&none);
    (void)sigfillset(&all);
    (void)posix_spawn_file_actions_init(&files);
    for (int fd = 0; fd < 3; fd++)
        (void)posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_RDWR, 0);
    (void)posix_spawnattr_init(&attributes);
    (void)posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                                    POSIX_SPAWN_SETPGROUP);
    (void)posix_spawnattr_setsigmask(&attributes, &none);
    (void)posix_spawnattr_setsigdefault(&attributes, &all);
    int status = posix_spawnp(&child, arguments[0], &files, &attributes, arguments, environ);
    (void)posix_spawnattr_destroy(&attributes);
    (void)posix_spawn_file_actions_destroy(&files);
    return status;
}

void ui_browse(struct ui *ui, struct dw_str url)
{
    if (!is_web(url)) {
        ui_say(ui, UI_TONE_ERROR, "this has no address that a browser could open");
        return;
    }
    struct dw_str program = opener();
    char *arguments[] = {argument(&ui->frame, program), argument(&ui->frame, url), NULL};
    int status = arguments[0] && arguments[1] ? spawn(arguments) : ENOMEM;
    if (status != 0)
        ui_say(ui, UI_TONE_ERROR, "%.*s: %s; set BROWSER to the program that opens addresses",
               DW_FMT(program), strerror(status));
    else
        ui_say(ui, UI_TONE_GOOD, "%.*s opens %.*s", DW_FMT(program), DW_FMT(url));
}
