/* dealwire fetch: refreshes feeds, shows how it goes, says what is new. */
#include "internal.h"

#include "engine/engine.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

const struct cli_option cli_fetch_options[] = {
    {"all", 'a', NULL, "every feed, due or not (but none within 30 s of its last request)"},
    {"watch", 'w', NULL, "go on refreshing until a signal ends it"},
    {"quiet", 'q', NULL, "say only what failed"},
    {"jobs", 'j', "N", "threads that read feeds (as many as cores)"},
    {0},
};

struct progress {
    struct cli *cli;
    bool bar; /* on a terminal: one line that changes */
    bool quiet;
    bool watch;
    bool ended;
    char name[64]; /* of the feed that was begun last */
    size_t failed;
    struct engine_message sums;
};

static void clear_bar(const struct progress *p)
{
    if (p->bar)
        fputs("\r\033[K", stderr);
}

static void draw_bar(const struct progress *p, const struct engine_message *m)
{
    enum { WIDTH = 24 };
    if (!p->bar || m->total == 0)
        return;
    size_t full = m->done * WIDTH / m->total;
    fputs("\r\033[K[", stderr);
    for (size_t i = 0; i < WIDTH; i++)
        fputc(i < full ? '#' : '.', stderr);
    fprintf(stderr, "] %zu/%zu feeds", m->done, m->total);
    if (m->failed > 0)
        fprintf(stderr, ", %zu failed", m->failed);
    if (m->done < m->total)
        fprintf(stderr, "  %s", p->name);
    fflush(stderr);
}

static void keep_name(struct progress *p, const struct engine_message *m)
{
    enum { CELLS = 30 };
    struct dw_str name = dw_str_from_c(m->text);
    while (dw_width(name) > CELLS || name.len >= sizeof p->name)
        name = dw_utf8_cut(name, name.len - 1);
    snprintf(p->name, sizeof p->name, "%.*s", DW_FMT(name));
}

static void tell(struct progress *p, const struct engine_message *m)
{
    switch (m->kind) {
    case ENGINE_FEED_STARTED:
        keep_name(p, m);
        break;
    case ENGINE_FEED_FAILED:
    case ENGINE_FEED_GONE:
        p->failed++;
        clear_bar(p);
        fprintf(stderr, "failed: %s\n", m->text);
        break;
    case ENGINE_FEED_DONE:
        if (!p->bar && !p->quiet && m->text[0] != '\0' && (m->articles > 0 || !p->watch))
            printf("%s: %zu new\n", m->text, m->articles);
        break;
    case ENGINE_TROUBLE:
        p->failed++;
        clear_bar(p);
        fprintf(stderr, "dealwire: %s\n", m->text);
        break;
    case ENGINE_OFFLINE:
        clear_bar(p);
        fprintf(stderr, "no network: no host answered%s%s\n", m->text[0] != '\0' ? ": " : "",
                m->text);
        break;
    case ENGINE_PROGRESS:
        draw_bar(p, m);
        break;
    case ENGINE_FINISHED:
        p->sums = *m;
        p->ended = !p->watch;
        break;
    default:
        break;
    }
}

/* SIGINT and the like end the run with everything that came stored. */
static int open_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    if (sigprocmask(SIG_BLOCK, &set, NULL) != 0)
        return -1;
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* Reads messages until the refresh has ended; false: a signal came. */
static bool follow(struct engine *engine, struct progress *p, int signals)
{
    while (!p->ended) {
        struct pollfd fds[2] = {{.fd = engine_fd(engine), .events = POLLIN},
                                {.fd = signals, .events = POLLIN}};
        if (poll(fds, 2, -1) < 0 && errno != EINTR)
            return false;
        struct engine_message m;
        while (engine_message_take(engine, &m))
            tell(p, &m);
        fflush(stdout);
        if (fds[1].revents != 0)
            return false;
    }
    return true;
}

/* The feeds that the operands name, in one round. */
static bool refresh_named(struct cli *cli, struct engine *engine)
{
    struct store *store = cli_open_store(cli, STORE_READ);
    int64_t *ids = dw_arena_array(&cli->arena, cli->operands.len, sizeof *ids);
    bool done = store != NULL && ids != NULL;
    for (size_t i = 0; done && i < cli->operands.len; i++) {
        struct store_feed feed;
        done = store_feed_find(store, &cli->arena, cli->operands.at[i], &feed, &cli->err);
        ids[i] = done ? feed.id : 0;
    }
    store_close(store);
    if (!done)
        return false;
    return engine_refresh_feeds(engine, ids, cli->operands.len) ||
           dw_error_set(&cli->err, DW_ERR_STOPPED, "the refresh could not be started");
}

static void summarise(struct progress *p)
{
    clear_bar(p);
    if (p->quiet || p->watch)
        return;
    printf("%zu new articles, %zu figures, %zu new events, %zu revised; %zu of %zu feeds failed\n",
           p->sums.articles, p->sums.figures, p->sums.events, p->sums.revised, p->sums.failed,
           p->sums.total);
}

static bool start(struct cli *cli, struct engine *engine)
{
    if (cli->operands.len > 0)
        return refresh_named(cli, engine);
    enum engine_refresh which = cli_has(cli, "all") ? ENGINE_REFRESH_ALL : ENGINE_REFRESH_DUE;
    return engine_refresh(engine, which, 0) ||
           dw_error_set(&cli->err, DW_ERR_STOPPED, "the refresh could not be started");
}

static int run(struct cli *cli, const struct engine_options *options, int signals)
{
    struct progress p = {.cli = cli,
                         .bar = isatty(STDERR_FILENO) == 1,
                         .quiet = cli_has(cli, "quiet"),
                         .watch = cli_has(cli, "watch")};
    struct engine *engine = engine_open(options, &cli->err);
    if (engine == NULL)
        return cli_fail(cli);
    int status = 0;
    if (!start(cli, engine))
        status = cli_fail(cli);
    else if (!follow(engine, &p, signals)) {
        clear_bar(&p);
        fprintf(stderr, "stopped: what came is stored\n");
        status = p.watch ? 0 : 1;
    }
    engine_close(engine);
    if (p.ended)
        summarise(&p);
    return p.failed > 0 || p.sums.failed > 0 ? 1 : status;
}

int cli_fetch(struct cli *cli)
{
    int64_t workers = 0;
    if (cli_has(cli, "jobs") &&
        (!dw_str_to_int(cli_value(cli, "jobs"), &workers) || workers < 1 || workers > 64)) {
        dw_error_set(&cli->err, DW_ERR_USAGE, "--jobs: wanted is a number from 1 to 64");
        return cli_fail(cli);
    }
    struct store *store = cli_open_store(cli, STORE_WRITE); /* makes folders, tells what is wrong */
    if (store == NULL)
        return cli_fail(cli);
    store_close(store);
    int signals = open_signals();
    struct dw_extractor *extractor = cli_extractor(cli);
    if (extractor == NULL)
        return cli_fail(cli);
    struct dw_log *log = cli_open_log(cli);
    struct cli_config config;
    cli_read_config(cli, &config);
    struct engine_options options = {.store_path = cli->store_path,
                                     .config_folder = cli->config_folder,
                                     .extractor = extractor,
                                     .clock = &cli->clock,
                                     .log = log,
                                     .allow_private = config.allow_private,
                                     .own_interval = config.interval,
                                     .workers = (unsigned)workers,
                                     .watch = cli_has(cli, "watch")};
    int status = run(cli, &options, signals);
    dw_log_close(log);
    dw_extractor_free(extractor);
    if (signals >= 0)
        close(signals);
    return status;
}
