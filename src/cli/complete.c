/* dealwire complete: how a QUERY may go on, a candidate a line, for the completion of shells. */
#include "internal.h"

#define NAMES_MOST 50

/* Names of the store, where there is one. */
static bool find_names(void *context, struct dw_arena *arena, enum query_field field,
                       struct dw_str typed, struct dw_strs *names)
{
    struct store *store = context;
    enum store_name what = STORE_NAME_COMPANY;
    if (field == QUERY_FEED)
        what = STORE_NAME_FEED;
    else if (field == QUERY_TAG)
        what = STORE_NAME_TAG;
    else if (field != QUERY_FROM && field != QUERY_TO && field != QUERY_COMPANY)
        return true;
    return store == NULL || store_names(store, arena, what, typed, NAMES_MOST, names, NULL);
}

int cli_complete(struct cli *cli)
{
    struct query_completion completion;
    struct dw_str text = dw_strs_join(&cli->arena, &cli->operands, DW_STR(" "));
    /* a completion is no place for complaints: without a store there are no names */
    struct store *store = cli_open_store(cli, STORE_READ);
    struct query_options options = {
        .now = dw_clock_now(&cli->clock), .names = find_names, .context = store};
    bool done = query_complete(&cli->arena, text, text.len, &options, &completion);
    for (size_t i = 0; done && i < completion.candidates.len; i++)
        fprintf(cli->out, "%.*s%.*s\n", DW_FMT(dw_str_slice(text, 0, completion.start)),
                DW_FMT(completion.candidates.at[i].text));
    store_close(store);
    if (done)
        return 0;
    dw_error_set(&cli->err, DW_ERR_MEMORY, "out of memory for the candidates");
    return cli_fail(cli);
}
