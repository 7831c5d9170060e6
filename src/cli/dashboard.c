/* dealwire and dealwire demo: the engine in the background, the dashboard in front. */
#include "internal.h"

#include "engine/engine.h"
#include "ui/ui.h"

#include <stdlib.h>

const struct cli_option cli_dashboard_options[] = {
    {"ascii", '\0', NULL, "draw with ASCII characters alone"},
    {"theme", '\0', "NAME", "auto, dark, light or mono"},
    {"no-mouse", '\0', NULL, "leave the mouse to the terminal"},
    {"no-ticker", '\0', NULL, "no line of the newest events"},
    {"offline", '\0', NULL, "fetch nothing"},
    {0},
};

/* What both ways of opening it have in common. */
struct show {
    struct engine_options engine;
    struct ui_options ui;
};

static bool read_theme(struct cli *cli, struct ui_options *ui)
{
    struct dw_str name = cli_value(cli, "theme");
    if (name.len > 0 && !ui_theme_find(name, &ui->theme))
        return dw_error_set(&cli->err, DW_ERR_USAGE,
                            "--theme %.*s: there are auto, dark, light and mono", DW_FMT(name));
    const char *no_color = getenv("NO_COLOR");
    if (name.len == 0 && no_color != NULL && no_color[0] != '\0')
        ui->theme = UI_THEME_MONO;
    return true;
}

static int open_dashboard(struct cli *cli, struct show *show)
{
    struct dw_extractor *extractor = cli_extractor(cli);
    if (extractor == NULL)
        return cli_fail(cli);
    int status = 0;
    struct engine *engine = NULL;
    ui_signals_block();
    show->engine.extractor = extractor;
    show->ui.extractor = extractor;
    if (!cli_has(cli, "offline"))
        engine = engine_open(&show->engine, &cli->err);
    show->ui.engine = engine;
    if ((engine == NULL && !cli_has(cli, "offline")) || !ui_run(&show->ui, &cli->err))
        status = cli_fail(cli);
    engine_close(engine);
    dw_extractor_free(extractor);
    return status;
}

static void fill(struct cli *cli, struct show *show)
{
    struct cli_config config;
    cli_read_config(cli, &config);
    show->engine = (struct engine_options){.store_path = cli->store_path,
                                           .config_folder = cli->config_folder,
                                           .clock = &cli->clock,
                                           .allow_private = config.allow_private,
                                           .own_interval = config.interval,
                                           .watch = true};
    show->ui = (struct ui_options){.store_path = cli->store_path,
                                   .clock = &cli->clock,
                                   .ascii = cli_has(cli, "ascii"),
                                   .no_mouse = cli_has(cli, "no-mouse"),
                                   .no_ticker = cli_has(cli, "no-ticker")};
}

static bool need_terminal(struct cli *cli)
{
    return cli->terminal ||
           dw_error_set(&cli->err, DW_ERR_TERMINAL,
                        "the dashboard needs a terminal; `dealwire events` and `dealwire figures` "
                        "print the same into a pipe");
}

int cli_dashboard(struct cli *cli)
{
    struct show show;
    if (cli->operands.len > 0)
        return cli_usage_error(cli, "it takes no \"%.*s\"", DW_FMT(cli->operands.at[0]));
    fill(cli, &show);
    if (!read_theme(cli, &show.ui) || !need_terminal(cli))
        return cli_fail(cli);
    struct store *store = cli_open_store(cli, STORE_WRITE); /* makes folders, tells what is wrong */
    if (store == NULL)
        return cli_fail(cli);
    store_close(store);
    show.engine.log = cli_open_log(cli);
    show.ui.log = show.engine.log;
    int status = open_dashboard(cli, &show);
    dw_log_close(show.engine.log);
    return status;
}

#define DEMO_REFRESH_SECONDS 5

int cli_demo(struct cli *cli)
{
    struct engine_sample sample;
    struct show show;
    fill(cli, &show);
    if (!read_theme(cli, &show.ui) || !need_terminal(cli))
        return cli_fail(cli);
    if (!engine_sample_open(&sample, dw_clock_now(&cli->clock), &cli->err))
        return cli_fail(cli);
    show.engine.store_path = sample.store_path;
    show.engine.config_folder = sample.config_folder;
    show.engine.interval = DEMO_REFRESH_SECONDS;
    show.engine.withhold_future = true;
    show.ui.store_path = sample.store_path;
    show.ui.demo = true;
    cli->config_folder = sample.config_folder; /* the user's own companies stay out */
    int status = open_dashboard(cli, &show);
    engine_sample_close(&sample);
    return status;
}
