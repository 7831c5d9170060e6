/* dealwire rates: the reference rates by which amounts become dollars. */
#include "internal.h"

#include <dealwire/event.h>

#include "engine/engine.h"
#include "fetch/fetch.h"

#define DAILY_URL "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml"
#define HISTORY_URL "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.xml"
#define POLL_MS 500

const struct cli_option cli_rates_options[] = {
    {"history", '\0', NULL, "update: the rates of all days since 1999, not of the last one alone"},
    {"url", '\0', "URL", "update: where the rates are, if not at the European Central Bank"},
    {"format", 'f', "FORMAT", "list: table, csv, tsv, json, ndjson or markdown"},
    {0},
};

static const struct cli_column columns[] = {
    {"currency", "currency", false, 3, CLI_PLAIN},
    {"usd", "dollars for one", true, 6, CLI_AMOUNT},
    {"day", "of", false, 10, CLI_PLAIN},
    {"source", "source", false, 8, CLI_MUTED},
    {0},
};

/* Those that texts of the field use. */
static const struct dw_str currencies[] = {
    DW_STR_INIT("EUR"), DW_STR_INIT("GBP"), DW_STR_INIT("CNY"), DW_STR_INIT("JPY"),
    DW_STR_INIT("INR"), DW_STR_INIT("KRW"), DW_STR_INIT("CAD"), DW_STR_INIT("AUD"),
    DW_STR_INIT("CHF"), DW_STR_INIT("SEK"), DW_STR_INIT("NOK"), DW_STR_INIT("DKK"),
    DW_STR_INIT("SGD"), DW_STR_INIT("HKD"), DW_STR_INIT("TWD"), DW_STR_INIT("BRL"),
    DW_STR_INIT("ILS"), DW_STR_INIT("AED"), DW_STR_INIT("SAR"),
};

static bool list(struct cli *cli, struct store *store)
{
    enum cli_format format;
    if (!cli_format_of(cli, CLI_TABLE, &format))
        return false;
    struct cli_output *out = cli_output_begin(cli, columns, format);
    if (out == NULL)
        return false;
    for (size_t i = 0; i < sizeof currencies / sizeof currencies[0]; i++) {
        struct engine_conversion c =
            engine_convert(store, 1, currencies[i], dw_clock_now(&cli->clock));
        struct dw_str rate = dw_str_format(&cli->arena, "%.4g", c.usd);
        struct dw_str day = dw_date_iso(&cli->arena, c.day);
        cli_output_text(out, currencies[i]);
        cli_output_add(out, rate, cli_json_number(c.usd));
        cli_output_text(out, dw_str_slice(day, 0, day.len < 10 ? day.len : 10));
        cli_output_text(out, c.is_daily ? DW_STR("European Central Bank, that day")
                                        : DW_STR("built in, average of the month"));
    }
    return cli_output_end(out);
}

/* Stores what an XML of rates says. */
static bool take(struct cli *cli, struct store *store, struct dw_str bytes, struct dw_str name)
{
    struct dw_rates rates;
    if (!dw_rates_parse(&cli->arena, bytes, &rates, &cli->err))
        return dw_error_wrap(&cli->err, "%.*s", DW_FMT(name));
    if (!store_begin(store, &cli->err))
        return false;
    bool done = true;
    for (size_t i = 0; done && i < rates.len; i++)
        done = store_rate_put(store, rates.at[i].currency, rates.at[i].day, rates.at[i].per_euro,
                              &cli->err);
    if (done)
        done = store_commit(store, &cli->err);
    else
        store_rollback(store);
    if (done)
        fprintf(cli->out, "%zu rates\n", rates.len);
    return done;
}

static bool import(struct cli *cli, struct store *store)
{
    if (cli->operands.len < 2)
        return dw_error_set(&cli->err, DW_ERR_USAGE, "import wants the file of rates");
    for (size_t i = 1; i < cli->operands.len; i++) {
        struct dw_str bytes;
        if (!dw_file_read(&cli->arena, cli->operands.at[i], DW_LIMIT_BODY_BYTES, &bytes,
                          &cli->err) ||
            !take(cli, store, bytes, cli->operands.at[i]))
            return false;
    }
    return true;
}

static bool update(struct cli *cli, struct store *store)
{
    struct fetch_options options = {.limits = fetch_limits_default(), .clock = &cli->clock};
    struct fetch_request request = {.url = DW_STR(DAILY_URL)};
    struct fetch_response *response = NULL;
    if (cli_has(cli, "history"))
        request.url = DW_STR(HISTORY_URL);
    if (cli_has(cli, "url"))
        request.url = cli_value(cli, "url");
    request.user_named = cli_has(cli, "url");
    struct fetch *fetch = fetch_new(&options, &cli->err);
    if (fetch == NULL)
        return false;
    bool done = fetch_add(fetch, &request, &cli->err);
    while (done && response == NULL)
        response = fetch_poll(fetch, POLL_MS);
    if (done && response->outcome != FETCH_BODY) {
        cli->err = response->error;
        done = false;
    }
    done = done && take(cli, store, fetch_response_body(response), request.url);
    fetch_response_free(response);
    fetch_free(fetch);
    return done;
}

static const struct {
    const char *name;
    enum store_mode mode;
    bool (*run)(struct cli *, struct store *);
} verbs[] = {
    {"list", STORE_READ, list},
    {"update", STORE_WRITE, update},
    {"import", STORE_WRITE, import},
};

int cli_rates(struct cli *cli)
{
    struct dw_str name = cli->operands.len > 0 ? cli->operands.at[0] : DW_STR("list");
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (!dw_str_eq(name, dw_str_from_c(verbs[i].name)))
            continue;
        struct store *store = cli_open_store(cli, verbs[i].mode);
        bool done = store != NULL && verbs[i].run(cli, store);
        store_close(store);
        return done ? 0 : cli_fail(cli);
    }
    return cli_usage_error(cli, "there is no \"%.*s\": list, update, import", DW_FMT(name));
}
