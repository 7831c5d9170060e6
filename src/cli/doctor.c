/* dealwire doctor: what is wrong, and how to mend it. */
#include "internal.h"

#include <stdlib.h>

#include "engine/engine.h"

#define TRIM_GROUP 500 /* articles in a transaction */

const struct cli_option cli_doctor_options[] = {
    {"rebuild", '\0', NULL, "make the store's indexes, full text and counts anew"},
    {"reread", '\0', NULL, "read all stored articles anew; what you corrected holds"},
    {"trim", '\0', "AGE", "drop the full text of articles older than that: 365d"},
    {"recover", '\0', "FILE", "copy what can be read of a damaged store FILE into the store"},
    {0},
};

/* ---- Mending --------------------------------------------------------------------------------- */

static bool rebuild(struct cli *cli, struct store *store)
{
    if (!store_rebuild(store, &cli->err))
        return false;
    fprintf(cli->out, "indexes, full text and counts are made anew\n");
    return true;
}

static bool tell_progress(void *context, size_t articles)
{
    struct cli *cli = context;
    if (cli->terminal)
        fprintf(cli->messages, "\r%zu articles", articles);
    return true;
}

static bool reread(struct cli *cli, struct store *store)
{
    struct dw_extractor *extractor = cli_extractor(cli);
    struct store_counts counts;
    bool done = extractor != NULL &&
                engine_reread(store, extractor, tell_progress, cli, &cli->err) &&
                store_counts(store, &counts, &cli->err);
    dw_extractor_free(extractor);
    if (done)
        fprintf(cli->out, "%lld articles read anew: %lld figures, %lld events\n",
                (long long)counts.articles, (long long)counts.figures, (long long)counts.events);
    return done;
}

static bool trim(struct cli *cli, struct store *store)
{
    int64_t age = 0;
    size_t count = 0;
    long long all = 0;
    if (!dw_duration_parse(cli_value(cli, "trim"), &age) || age <= 0)
        return dw_error_set(&cli->err, DW_ERR_USAGE, "--trim %.*s is no age: wanted is 365d",
                            DW_FMT(cli_value(cli, "trim")));
    int64_t before = dw_clock_now(&cli->clock) - age;
    do {
        if (!store_trim(store, before, TRIM_GROUP, &count, &cli->err))
            return false;
        all += (long long)count;
    } while (count == TRIM_GROUP);
    fprintf(cli->out, "%lld old articles have lost their full text\n", all);
    return true;
}

static bool recover(struct cli *cli)
{
    struct store_recovered recovered;
    struct dw_str damaged = cli_value(cli, "recover");
    if (dw_str_eq(damaged, cli->store_path))
        return dw_error_set(&cli->err, DW_ERR_USAGE,
                            "move the damaged store away first, or name a new one with --store");
    if (!store_recover(damaged, cli->store_path, &cli->clock, &recovered, &cli->err))
        return false;
    fprintf(cli->out, "%lld articles and %lld figures recovered into %.*s\n",
            (long long)recovered.articles, (long long)recovered.figures, DW_FMT(cli->store_path));
    struct store *store = cli_open_store(cli, STORE_WRITE);
    bool done = store != NULL && engine_place_all(store, &cli->err);
    store_close(store);
    return done;
}

/* ---- Looking --------------------------------------------------------------------------------- */

/* A line of the report: fine, or what to do. */
static void report(struct cli *cli, bool fine, const char *what, struct dw_str text)
{
    enum cli_role role = fine ? CLI_GOOD : CLI_BAD;
    fprintf(cli->out, "%.*s%-5s%.*s %-9s %.*s\n", DW_FMT(cli_colour(cli, role)),
            fine ? "ok" : "wrong", DW_FMT(cli_colour_end(cli, role)), what,
            DW_FMT(cli_shown(cli, &cli->arena, text)));
}

static bool look_at_terminal(struct cli *cli)
{
    const char *term = getenv("TERM");
    bool known = term != NULL && term[0] != '\0' && !dw_str_eq(dw_str_from_c(term), DW_STR("dumb"));
    if (!cli->terminal)
        report(cli, true, "terminal", DW_STR("output goes to no terminal: not looked at"));
    else
        report(cli, known, "terminal",
               dw_str_format(&cli->arena, "TERM is %s, %zu columns, %s%s", known ? term : "not set",
                             cli->width, cli->ascii ? "ASCII alone (set a UTF-8 locale)" : "UTF-8",
                             known ? "" : ": the dashboard needs one, or --plain"));
    return known || !cli->terminal;
}

static bool look_at_feeds(struct cli *cli, struct store *store)
{
    struct store_feeds feeds = {0};
    bool fine = true;
    if (!store_feed_list(store, &cli->arena, &feeds, &cli->err))
        return cli_fail(cli) == 0;
    for (size_t i = 0; i < feeds.len; i++) {
        const struct store_feed *feed = &feeds.at[i];
        if (feed->error.len == 0)
            continue;
        fine = false;
        report(cli, false, "feed",
               dw_str_format(&cli->arena, "%.*s: %.*s", DW_FMT(feed->title), DW_FMT(feed->error)));
    }
    if (fine)
        report(cli, true, "feeds",
               dw_str_format(&cli->arena, "%zu, none of them fails", feeds.len));
    return fine;
}

static bool look_at_rows(struct cli *cli, struct store *store)
{
    struct dw_strs problems;
    struct store_counts counts;
    if (!store_check(store, &cli->arena, &problems, &cli->err) ||
        !store_counts(store, &counts, &cli->err))
        return cli_fail(cli) == 0;
    for (size_t i = 0; i < problems.len; i++)
        report(cli, false, "store", problems.at[i]);
    if (problems.len > 0)
        report(cli, false, "store",
               dw_str_format(&cli->arena,
                             "try dealwire doctor --rebuild; if that does not help, move %.*s away "
                             "and run dealwire doctor --recover on it",
                             DW_FMT(cli->store_path)));
    else
        report(cli, true, "store",
               dw_str_format(&cli->arena, "%.*s: %lld articles, %lld figures, %lld events",
                             DW_FMT(cli->store_path), (long long)counts.articles,
                             (long long)counts.figures, (long long)counts.events));
    return problems.len == 0;
}

static bool look(struct cli *cli)
{
    struct cli_config config;
    bool fine = look_at_terminal(cli);
    cli_read_config(cli, &config); /* tells what is wrong in it */
    report(cli, true, "config", cli->config_folder);
    struct store *store = cli_open_store(cli, STORE_READ);
    if (store == NULL) {
        report(cli, false, "store", dw_str_from_c(cli->err.message));
        return false;
    }
    fine = look_at_rows(cli, store) && fine;
    fine = look_at_feeds(cli, store) && fine;
    store_close(store);
    return fine;
}

int cli_doctor(struct cli *cli)
{
    static const struct {
        const char *option;
        bool (*run)(struct cli *, struct store *);
    } cures[] = {{"rebuild", rebuild}, {"reread", reread}, {"trim", trim}};
    bool any = cli_has(cli, "recover");
    bool done = !any || recover(cli);
    for (size_t i = 0; done && i < sizeof cures / sizeof cures[0]; i++) {
        if (!cli_has(cli, cures[i].option))
            continue;
        struct store *store = cli_open_store(cli, STORE_WRITE);
        done = store != NULL && cures[i].run(cli, store);
        store_close(store);
        any = true;
    }
    if (!done)
        return cli_fail(cli);
    return any || look(cli) ? 0 : 1;
}
