/* Where things are: XDG's folders, unless options name others. */
#include "internal.h"

#include <stdlib.h>
#include <unistd.h>

#define TABLE_BYTES (4u << 20) /* some 50,000 names */

/* $variable, or $HOME/fallback; empty where neither is set. */
static struct dw_str base_folder(struct cli *cli, const char *variable, const char *fallback)
{
    const char *set = getenv(variable);
    if (set != NULL && set[0] == '/') /* XDG: relative paths are to be ignored */
        return dw_str_from_c(set);
    const char *home = getenv("HOME");
    if (home == NULL || home[0] == '\0')
        return DW_STR("");
    return dw_str_format(&cli->arena, "%s/%s", home, fallback);
}

static struct dw_str place(struct cli *cli, const char *option, struct dw_str base,
                           const char *name)
{
    struct dw_str given = cli_value(cli, option);
    if (given.len > 0 || base.len == 0)
        return given;
    return dw_str_format(&cli->arena, "%.*s/%s", DW_FMT(base), name);
}

bool cli_find_paths(struct cli *cli, struct dw_error *err)
{
    cli->config_folder =
        place(cli, "config", base_folder(cli, "XDG_CONFIG_HOME", ".config"), "dealwire");
    cli->store_path =
        place(cli, "store", base_folder(cli, "XDG_DATA_HOME", ".local/share"), "dealwire/store.db");
    cli->log_path =
        place(cli, "log", base_folder(cli, "XDG_STATE_HOME", ".local/state"), "dealwire/log");
    if (cli->arena.failed)
        return dw_error_set(err, DW_ERR_MEMORY, "out of memory");
    return true;
}

static struct dw_str parent_of(struct dw_str path)
{
    size_t end = path.len;
    while (end > 0 && path.at[end - 1] != '/')
        end--;
    return dw_str_slice(path, 0, end > 1 ? end - 1 : end);
}

/* One of the user's own tables, empty where there is none. */
static bool read_own_table(struct cli *cli, struct dw_user_table *table)
{
    struct dw_str path = dw_str_format(&cli->arena, "%.*s/%.*s.tsv", DW_FMT(cli->config_folder),
                                       DW_FMT(table->name));
    return access(path.at, F_OK) != 0 ||
           dw_file_read(&cli->arena, path, TABLE_BYTES, &table->text, &cli->err);
}

struct dw_extractor *cli_extractor(struct cli *cli)
{
    enum { MOST_TABLES = 32 };
    struct dw_user_table tables[MOST_TABLES];
    size_t count = 0;
    struct dw_str name;
    while (cli->config_folder.len > 0 && count < MOST_TABLES && dw_user_table_name(count, &name)) {
        tables[count] = (struct dw_user_table){.name = name};
        if (!read_own_table(cli, &tables[count++]))
            return NULL;
    }
    return dw_extractor_open(tables, count, &cli->err);
}

struct store *cli_open_store(struct cli *cli, enum store_mode mode)
{
    if (cli->store_path.len == 0) {
        dw_error_set(&cli->err, DW_ERR_FILE,
                     "neither HOME nor XDG_DATA_HOME is set: name the store by --store FILE");
        return NULL;
    }
    struct dw_str folder = parent_of(cli->store_path);
    if (mode == STORE_WRITE && folder.len > 0 && !dw_folder_make(folder, &cli->err)) {
        dw_error_wrap(&cli->err, "store %.*s", DW_FMT(cli->store_path));
        return NULL;
    }
    return store_open(cli->store_path, mode, &cli->clock, &cli->err);
}

struct dw_log *cli_open_log(struct cli *cli)
{
    struct dw_str folder = parent_of(cli->log_path);
    if (cli->log_path.len == 0 || (folder.len > 0 && !dw_folder_make(folder, NULL)))
        return NULL;
    return dw_log_open(cli->log_path, DW_LOG_INFO, &cli->clock, NULL);
}
