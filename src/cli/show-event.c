/* An event for a person to read: what it says now, how it changed, and who told it. */
#include "internal.h"

#include <math.h>

#include "engine/engine.h"
#include "ui/format.h"

/* ---- JSON ------------------------------------------------------------------------------------ */

static json_t *revisions_json(struct dw_arena *arena, const struct store_event *event)
{
    json_t *revisions = json_array();
    for (size_t i = 0; i < event->revision_count; i++) {
        const struct store_revision *r = &event->revisions[i];
        json_t *json = json_object();
        cli_json_put(&json, "at", cli_json_time(arena, r->at));
        cli_json_put(&json, "qualifier", cli_json_str(dw_qualifier_name(r->qualifier)));
        cli_json_put(&json, "value", cli_json_number(r->value));
        cli_json_put(&json, "low", cli_json_number(r->low));
        cli_json_put(&json, "high", cli_json_number(r->high));
        cli_json_put(&json, "status", cli_json_str(dw_status_name(r->status)));
        cli_json_put(&json, "feed", cli_json_str(r->outlet));
        cli_json_put(&json, "article", cli_json_id(r->article));
        cli_json_append(&revisions, json);
    }
    return revisions;
}

static json_t *evidence_json(struct dw_arena *arena, const struct store_event *event)
{
    json_t *evidence = json_array();
    for (size_t i = 0; i < event->evidence.len; i++) {
        const struct store_evidence *e = &event->evidence.at[i];
        json_t *json = cli_figure_json(&e->figure, DW_STR(""), DW_STR(""));
        json_object_del(json, "mentions"); /* offsets belong to the article: show it for them */
        cli_json_put(&json, "id", cli_json_id(e->figure_id));
        cli_json_put(&json, "sentence", cli_json_str(e->sentence));
        cli_json_put(&json, "article", cli_json_id(e->article));
        cli_json_put(&json, "title", cli_json_str(e->title));
        cli_json_put(&json, "link", cli_json_str(e->url));
        cli_json_put(&json, "feed", cli_json_str(e->outlet));
        cli_json_put(&json, "published", cli_json_time(arena, e->published));
        cli_json_append(&evidence, json);
    }
    return evidence;
}

static json_t *event_json(struct dw_arena *arena, const struct store_event *event)
{
    const struct store_event_row *row = &event->row;
    json_t *json = cli_figure_json(&row->figure, DW_STR(""), DW_STR(""));
    json_object_del(json, "mentions");
    json_object_del(json, "attribution");
    cli_json_put(&json, "type", json_string("event"));
    cli_json_put(&json, "id", cli_json_id(row->id));
    cli_json_put(&json, "usd", cli_json_number(row->usd));
    cli_json_put(&json, "first_seen", cli_json_time(arena, row->first_seen));
    cli_json_put(&json, "last_seen", cli_json_time(arena, row->last_seen));
    cli_json_put(&json, "sources", json_integer(row->sources));
    cli_json_put(&json, "confidence", cli_json_share(row->confidence));
    cli_json_put(&json, "starred", json_boolean(row->starred));
    cli_json_put(&json, "note", cli_json_str(row->note));
    cli_json_put(&json, "revisions", revisions_json(arena, event));
    cli_json_put(&json, "evidence", evidence_json(arena, event));
    return json;
}

/* ---- The page -------------------------------------------------------------------------------- */

static void put_fact(struct cli *cli, const char *name, struct dw_str value)
{
    struct dw_str shown = cli_shown(cli, &cli->arena, value);
    if (shown.len > 0)
        fprintf(cli->out, "  %-10s %.*s\n", name, DW_FMT(shown));
}

static struct dw_str exact(struct cli *cli, const struct dw_figure *f)
{
    struct ui_amount amount = {.unit = f->unit,
                               .qualifier = f->qualifier,
                               .value = f->value,
                               .low = f->low,
                               .high = f->high};
    struct dw_str digits = ui_format_exact(&cli->arena, &amount, cli->ascii);
    return dw_str_format(&cli->arena, "%.*s (%.*s)%s", DW_FMT(digits),
                         DW_FMT(dw_qualifier_name(f->qualifier)), f->each ? " each" : "");
}

/* "≈ $466M at the European Central Bank's rate of 2026-01-28"; empty for dollars. */
static struct dw_str in_dollars(struct cli *cli, struct store *store,
                                const struct store_event_row *row)
{
    const struct dw_figure *f = &row->figure;
    struct engine_conversion c = engine_convert(store, f->value, f->unit, row->last_seen);
    if (isnan(c.usd) || c.day == DW_TIME_NONE)
        return DW_STR("");
    struct dw_str day = dw_str_slice(dw_date_iso(&cli->arena, c.day), 0, 10);
    return dw_str_format(&cli->arena, "%s%.*s at %s %.*s", cli->ascii ? "~" : "≈ ",
                         DW_FMT(ui_format_usd(&cli->arena, c.usd, cli->ascii)),
                         c.is_daily ? "the European Central Bank's rate of"
                                    : "the average rate of the month from",
                         DW_FMT(day));
}

static void put_head(struct cli *cli, struct store *store, const struct store_event_row *row)
{
    const struct dw_figure *f = &row->figure;
    struct dw_arena *arena = &cli->arena;
    struct dw_str parties = cli_shown(cli, arena, cli_parties(cli, arena, f));
    fprintf(cli->out, "%.*s%s%.*s%.*s%.*s, %.*s: %.*s\n", DW_FMT(parties),
            parties.len > 0 ? ", " : "", DW_FMT(cli_colour(cli, CLI_AMOUNT)),
            DW_FMT(cli_amount(cli, arena, f)), DW_FMT(cli_colour_end(cli, CLI_AMOUNT)),
            DW_FMT(dw_kind_name(f->kind)), DW_FMT(dw_status_name(f->status)));
    put_fact(cli, "event", dw_str_format(arena, "e%lld", (long long)row->id));
    put_fact(cli, "value", exact(cli, f));
    put_fact(cli, "dollars", in_dollars(cli, store, row));
    put_fact(cli, "from", dw_strs_join(arena, &f->from, DW_STR(", ")));
    put_fact(cli, "to", dw_strs_join(arena, &f->to, DW_STR(", ")));
    put_fact(cli, "term", f->term);
    put_fact(cli, "when", f->when);
    put_fact(cli, "first told", cli_moment(arena, row->first_seen));
    put_fact(cli, "last told", cli_moment(arena, row->last_seen));
    put_fact(cli, "sources", dw_str_format(arena, "%lld", (long long)row->sources));
    put_fact(cli, "sure", dw_str_format(arena, "%.2f", row->confidence));
    put_fact(cli, "note", row->note);
}

static bool put_revisions(struct cli *cli, const struct store_event *event)
{
    static const struct cli_column columns[] = {{"at", "changes", false, 12, CLI_MUTED},
                                                {"amount", "amount", true, 6, CLI_AMOUNT},
                                                {"status", "status", false, 9, CLI_PLAIN},
                                                {"feed", "told by", false, 8, CLI_MUTED},
                                                {0}};
    if (event->revision_count == 0)
        return true;
    struct cli_output *out = cli_output_begin(cli, columns, CLI_TABLE);
    if (out == NULL)
        return false;
    fputc('\n', cli->out);
    for (size_t i = 0; i < event->revision_count; i++) {
        const struct store_revision *r = &event->revisions[i];
        struct dw_figure then = event->row.figure;
        then.qualifier = r->qualifier;
        then.value = r->value;
        then.low = r->low;
        then.high = r->high;
        cli_output_time(out, r->at);
        cli_output_text(out, cli_amount(cli, &cli->arena, &then));
        cli_output_text(out, dw_status_name(r->status));
        cli_output_text(out, r->outlet);
    }
    return cli_output_end(out);
}

static void put_evidence(struct cli *cli, const struct store_event *event)
{
    struct dw_arena *arena = &cli->arena;
    for (size_t i = 0; i < event->evidence.len && cli_out_ok(cli); i++) {
        const struct store_evidence *e = &event->evidence.at[i];
        fprintf(cli->out, "\n%.*s  %.*s  a%lld\n", DW_FMT(cli_moment(arena, e->published)),
                DW_FMT(cli_shown(cli, arena, e->outlet)), (long long)e->article);
        const struct dw_str lines[] = {e->title, e->sentence, e->url};
        for (size_t k = 0; k < sizeof lines / sizeof lines[0]; k++) {
            struct dw_str line = cli_shown(cli, arena, lines[k]);
            bool told = line.len == 0 || (k > 0 && dw_str_eq(lines[k], lines[k - 1]));
            if (!told)
                fprintf(cli->out, "  %.*s\n", DW_FMT(line));
        }
    }
}

bool cli_show_event(struct cli *cli, struct store *store, const struct store_event *event,
                    bool json)
{
    struct dw_scratch scratch = dw_scratch_begin(&cli->arena);
    bool done = true;
    if (json) {
        done = cli_print_json(cli, event_json(&cli->arena, event), true);
    } else {
        put_head(cli, store, &event->row);
        done = put_revisions(cli, event);
        put_evidence(cli, event);
    }
    done = done && (!cli->arena.failed ||
                    dw_error_set(&cli->err, DW_ERR_MEMORY, "out of memory for the event"));
    dw_scratch_end(scratch);
    return done;
}
