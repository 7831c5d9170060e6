/* dealwire feeds check: how each feed answers, how politely it is asked, and what is wrong. */
#include "internal.h"

static const struct cli_column columns[] = {
    {"id", "id", true, 2, CLI_MUTED},
    {"title", "title", false, 12, CLI_PLAIN},
    {"tries", "last tries", false, 12, CLI_PLAIN},
    {"status", "status", true, 3, CLI_PLAIN},
    {"milliseconds", "ms", true, 4, CLI_MUTED},
    {"per_day", "per day", true, 4, CLI_PLAIN},
    {"validators", "validators", false, 4, CLI_MUTED},
    {"next_try", "next try", false, 12, CLI_MUTED},
    {"verdict", "verdict", false, 20, CLI_BAD},
    {0},
};

/* "++-+": oldest first. */
static struct dw_str tries_text(struct cli *cli, const struct store_feed *feed)
{
    char signs[STORE_TRIES];
    for (size_t i = 0; i < feed->try_count; i++)
        signs[i] = feed->tries[i].ok ? '+' : '-';
    return dw_str_dup(&cli->arena, (struct dw_str){signs, feed->try_count});
}

/* What lets the server answer that nothing changed. */
static struct dw_str validators_text(const struct store_feed *feed)
{
    if (feed->local)
        return DW_STR("file");
    if (feed->etag.len > 0)
        return feed->last_modified.len > 0 ? DW_STR("both") : DW_STR("etag");
    return feed->last_modified.len > 0 ? DW_STR("date") : DW_STR("none");
}

static struct dw_str verdict(struct cli *cli, const struct store_feed *feed)
{
    struct dw_arena *arena = &cli->arena;
    if (feed->pause == STORE_PAUSE_GONE)
        return DW_STR("gone: its server says for good; remove it, or add its new address");
    if (feed->pause == STORE_PAUSE_USER)
        return DW_STR("paused by you");
    if (feed->last_try == DW_TIME_NONE)
        return DW_STR("never asked yet: `dealwire fetch` does");
    if (feed->error.len > 0)
        return dw_str_format(arena, "failed %lld times in a row: %.*s", (long long)feed->failures,
                             DW_FMT(feed->error));
    if (feed->moved_to.len > 0)
        return dw_str_format(arena, "moves to %.*s: taken over if it lasts for a week",
                             DW_FMT(feed->moved_to));
    return feed->notice;
}

/* "12 min", "3 h": the time until the next try, for a table. */
static struct dw_str next_text(struct cli *cli, const struct store_feed *feed,
                               enum cli_format format)
{
    int64_t wait = feed->next_try - dw_clock_now(&cli->clock);
    if (feed->pause != STORE_PAUSE_NONE)
        return DW_STR("never");
    if (feed->next_try == DW_TIME_NONE || (wait <= 0 && format == CLI_TABLE))
        return DW_STR("now");
    if (format != CLI_TABLE)
        return dw_date_iso(&cli->arena, feed->next_try);
    if (wait < 2 * 60 * 60)
        return dw_str_format(&cli->arena, "in %d min", (int)((wait + 59) / 60));
    return dw_str_format(&cli->arena, "in %d h", (int)(wait / 3600));
}

static void add_feed(struct cli *cli, struct cli_output *out, const struct store_feed *feed,
                     enum cli_format format)
{
    struct dw_arena *arena = &cli->arena;
    const struct store_try *last =
        feed->try_count > 0 ? &feed->tries[feed->try_count - 1] : &(struct store_try){0};
    cli_output_extra(out, "url", cli_json_str(feed->url));
    cli_output_extra(out, "failures", json_integer(feed->failures));
    cli_output_add(out, dw_str_format(arena, "%lld", (long long)feed->id), json_integer(feed->id));
    cli_output_add(out, feed->title, NULL);
    cli_output_add(out, tries_text(cli, feed), NULL);
    cli_output_add(out, dw_str_format(arena, "%d", feed->status), json_integer(feed->status));
    cli_output_add(out, dw_str_format(arena, "%lld", (long long)last->milliseconds),
                   json_integer(last->milliseconds));
    cli_output_add(out, dw_str_format(arena, "%.1f", feed->per_day), json_real(feed->per_day));
    cli_output_add(out, validators_text(feed), NULL);
    cli_output_add(out, next_text(cli, feed, format), cli_json_time(arena, feed->next_try));
    cli_output_add(out, verdict(cli, feed), NULL);
}

bool cli_feeds_check(struct cli *cli, struct store *store)
{
    enum cli_format format;
    struct store_feeds feeds = {0};
    if (!cli_format_of(cli, CLI_TABLE, &format) ||
        !store_feed_list(store, &cli->arena, &feeds, &cli->err))
        return false;
    struct cli_output *out = cli_output_begin(cli, columns, format);
    if (out == NULL)
        return dw_error_set(&cli->err, DW_ERR_MEMORY, "out of memory for the feeds");
    for (size_t i = 0; i < feeds.len; i++)
        add_feed(cli, out, &feeds.at[i], format);
    return cli_output_end(out);
}
