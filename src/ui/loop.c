/* The dashboard's loop: waits for the terminal, signals, the engine and the clock; draws once per
 * batch of what they brought. One thread. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "view.h"

#define FRAME_MILLISECONDS 50   /* between two frames that no key asked for */
#define RELOAD_MILLISECONDS 250 /* between two readings of the store that no key asked for */
#define RESIZE_MILLISECONDS 30  /* a burst of resizes is one */
#define WATCH_MILLISECONDS 1000 /* between two looks whether another process wrote the store */
#define TICKER_MILLISECONDS 8000
#define MESSAGES_PER_TURN 2000

struct loop {
    struct ui ui;
    struct ui_screen *screen;
    int signals;
    int noise;       /* what libraries write to standard error while the screen is ours */
    int error_saved; /* the real standard error */
    int64_t now;     /* milliseconds */
    int64_t drawn_at;
    int64_t read_at;
    int64_t read_cost; /* milliseconds that the last reading took */
    int64_t watch_at;
    int64_t ticker_at;
    int64_t resize_at; /* 0: none waits */
    int64_t version;
    bool by_key; /* a key asked for the next frame: it is drawn at once */
    int interrupts;
};

static const int read_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT};

static void signal_set(sigset_t *set)
{
    (void)sigemptyset(set);
    for (size_t i = 0; i < sizeof read_signals / sizeof read_signals[0]; i++)
        (void)sigaddset(set, read_signals[i]);
}

void ui_signals_block(void)
{
    sigset_t set;
    signal_set(&set);
    (void)sigprocmask(SIG_BLOCK, &set, NULL);
}

/* ---- Standard error ---- */

/* Lines on it would tear the screen; they go to the log instead. */
static void take_standard_error(struct loop *loop)
{
    int ends[2];
    loop->noise = -1;
    loop->error_saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (loop->error_saved < 0 || pipe(ends) != 0)
        return;
    for (int i = 0; i < 2; i++) {
        (void)fcntl(ends[i], F_SETFD, FD_CLOEXEC);
        (void)fcntl(ends[i], F_SETFL, O_NONBLOCK);
    }
    (void)dup2(ends[1], STDERR_FILENO);
    (void)close(ends[1]);
    loop->noise = ends[0];
}

static void log_noise(struct loop *loop)
{
    char bytes[1024];
    ssize_t got = read(loop->noise, bytes, sizeof bytes);
    if (got > 0)
        dw_log_write(loop->ui.options->log, DW_LOG_WARN, "stderr: %.*s", (int)got, bytes);
}

static void return_standard_error(struct loop *loop)
{
    if (loop->noise >= 0) {
        log_noise(loop);
        (void)dup2(loop->error_saved, STDERR_FILENO);
        (void)close(loop->noise);
    }
    if (loop->error_saved >= 0)
        (void)close(loop->error_saved);
}

/* ---- Suspending and resizing ---- */

static void resize_now(struct loop *loop)
{
    int width = 0;
    int height = 0;
    loop->screen->ops->measure(loop->screen, &width, &height);
    ui_screen_resize(loop->screen, width, height);
    loop->resize_at = 0;
    loop->ui.dirty = true;
    loop->by_key = true;
}

/* Gives the terminal back to the shell, stops, and takes it again when it goes on. */
static void suspend_now(struct loop *loop)
{
    sigset_t stop;
    sigset_t before;
    loop->ui.suspend = false;
    loop->screen->ops->leave(loop->screen);
    (void)sigemptyset(&stop);
    (void)sigaddset(&stop, SIGTSTP);
    (void)signal(SIGTSTP, SIG_DFL);
    (void)raise(SIGTSTP);
    (void)sigprocmask(SIG_UNBLOCK, &stop, &before); /* here it stops */
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    loop->screen->ops->enter(loop->screen);
    resize_now(loop);
}

static void handle_signal(struct loop *loop, int number)
{
    switch (number) {
    case SIGWINCH:
        if (loop->resize_at == 0)
            loop->resize_at = loop->now + RESIZE_MILLISECONDS;
        break;
    case SIGTSTP:
        loop->ui.suspend = true;
        break;
    case SIGCONT:
        loop->ui.repaint = true;
        break;
    default: /* asked to end */
        loop->ui.quit = true;
        break;
    }
}

static void read_signal_queue(struct loop *loop)
{
    struct signalfd_siginfo info;
    while (read(loop->signals, &info, sizeof info) == (ssize_t)sizeof info)
        handle_signal(loop, (int)info.ssi_signo);
}

/* ---- What came in ---- */

static void read_keys(struct loop *loop)
{
    struct ui_event event;
    while (!loop->ui.quit && !loop->ui.suspend && loop->screen->ops->read(loop->screen, &event)) {
        ui_handle(&loop->ui, &event);
        loop->by_key = true;
    }
}

static void read_engine(struct loop *loop)
{
    struct engine_message message;
    for (int i = 0; i < MESSAGES_PER_TURN; i++) {
        if (!engine_message_take(loop->ui.engine, &message))
            return;
        ui_hear(&loop->ui, &message);
    }
}

/* Has another process written the store? */
static void watch_store(struct loop *loop)
{
    if (loop->now < loop->watch_at)
        return;
    loop->watch_at = loop->now + WATCH_MILLISECONDS;
    int64_t version = store_data_version(loop->ui.store);
    if (version == loop->version)
        return;
    loop->version = version;
    if (loop->ui.paused)
        loop->ui.pending = true;
    else
        ui_set_stale(&loop->ui);
}

static void tick(struct loop *loop)
{
    int64_t now = dw_clock_now(loop->ui.options->clock);
    if (now / 60 != loop->ui.now / 60)
        loop->ui.dirty = true;
    loop->ui.now = now;
    if (loop->now >= loop->ticker_at) {
        loop->ticker_at = loop->now + TICKER_MILLISECONDS;
        ui_ticker_step(&loop->ui);
    }
    if (loop->resize_at != 0 && loop->now >= loop->resize_at)
        resize_now(loop);
}

/* ---- Frames ---- */

/* A reading that took long is not done again soon: keys come first. */
static int64_t next_reading(const struct loop *loop)
{
    int64_t gap = loop->read_cost * 4;
    return loop->read_at + (gap > RELOAD_MILLISECONDS ? gap : RELOAD_MILLISECONDS);
}

static void show(struct loop *loop)
{
    struct ui *ui = &loop->ui;
    if (ui->repaint) {
        ui->repaint = false;
        resize_now(loop);
    }
    bool stale = ui_view_now(ui)->stale;
    if (stale && (ui->urgent || loop->now >= next_reading(loop))) {
        ui_refresh(ui);
        loop->read_at = dw_clock_milliseconds();
        loop->read_cost = loop->read_at - loop->now;
    }
    if (!ui->dirty || (!loop->by_key && loop->now < loop->drawn_at + FRAME_MILLISECONDS))
        return;
    ui_draw(ui);
    loop->screen->ops->flush(loop->screen);
    loop->drawn_at = dw_clock_milliseconds();
    loop->by_key = false;
}

static int64_t sooner(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Milliseconds until something is to be done though nothing comes in. */
static int wait_time(struct loop *loop)
{
    struct ui *ui = &loop->ui;
    int64_t until = sooner(loop->watch_at, loop->ticker_at);
    if (ui->dirty)
        until = sooner(until, loop->drawn_at + FRAME_MILLISECONDS);
    if (ui_view_now(ui)->stale)
        until = sooner(until, next_reading(loop));
    if (loop->resize_at != 0)
        until = sooner(until, loop->resize_at);
    int64_t wait = until - loop->now;
    return wait < 0 ? 0 : (int)wait;
}

static void turn(struct loop *loop)
{
    struct pollfd wait[] = {
        {.fd = loop->screen->fd, .events = POLLIN},
        {.fd = loop->signals, .events = POLLIN},
        {.fd = loop->noise, .events = POLLIN},
        {.fd = loop->ui.engine ? engine_fd(loop->ui.engine) : -1, .events = POLLIN},
    };
    int ready = poll(wait, sizeof wait / sizeof wait[0], wait_time(loop));
    loop->now = dw_clock_milliseconds();
    if (ready < 0 && errno != EINTR)
        loop->ui.quit = true;
    if (ready > 0 && wait[1].revents)
        read_signal_queue(loop);
    if (ready > 0 && wait[0].revents)
        read_keys(loop);
    if (ready > 0 && wait[2].revents)
        log_noise(loop);
    if (ready > 0 && wait[3].revents)
        read_engine(loop);
    watch_store(loop);
    tick(loop);
    if (loop->ui.suspend)
        suspend_now(loop);
    if (!loop->ui.quit)
        show(loop);
}

static void run(struct loop *loop)
{
    loop->now = dw_clock_milliseconds();
    loop->version = store_data_version(loop->ui.store);
    loop->watch_at = loop->now + WATCH_MILLISECONDS;
    loop->ticker_at = loop->now + TICKER_MILLISECONDS;
    loop->by_key = true;
    show(loop);
    while (!loop->ui.quit)
        turn(loop);
}

/* What came before this moment is not new at the next visit. */
static void keep_visit(const struct ui_options *options)
{
    struct dw_error err;
    struct store *store = store_open(options->store_path, STORE_WRITE, options->clock, &err);
    if (!store)
        return;
    if (!store_meta_put(store, STORE_META_LAST_VISIT, dw_clock_now(options->clock), &err))
        dw_log_write(options->log, DW_LOG_WARN, "%s", err.message);
    store_close(store);
}

static bool run_on(struct loop *loop, const struct ui_options *options, struct store *store,
                   struct dw_error *err)
{
    sigset_t set;
    signal_set(&set);
    loop->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    if (loop->signals < 0)
        return dw_error_set(err, DW_ERR_TERMINAL, "signals cannot be read: %s", strerror(errno));
    loop->screen = ui_screen_open(options, err);
    bool done = loop->screen && ui_init(&loop->ui, options, loop->screen, store, err);
    if (done) {
        take_standard_error(loop);
        run(loop);
        return_standard_error(loop);
        ui_release(&loop->ui);
    }
    ui_screen_close(loop->screen);
    (void)close(loop->signals);
    return done;
}

bool ui_run(const struct ui_options *options, struct dw_error *err)
{
    struct loop *loop = dw_alloc(sizeof *loop);
    if (!loop)
        return dw_error_set(err, DW_ERR_MEMORY, "no memory for the dashboard");
    ui_signals_block();
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGCHLD, SIG_IGN); /* a browser that ends needs nobody */
    struct store *store = store_open(options->store_path, STORE_READ, options->clock, err);
    bool done = store && run_on(loop, options, store, err);
    store_close(store);
    dw_free(loop);
    if (done && options->engine)
        keep_visit(options);
    return done;
}
