/* Figures as JSON, and what they say in a few cells. */
#include "internal.h"

#include <math.h>

#include "ui/format.h"

static json_t *mention_json(const struct dw_mention *m, struct dw_str text, struct dw_str title)
{
    struct dw_str source = m->in_title ? title : text;
    json_t *json = json_object();
    cli_json_put(&json, "start", json_integer(m->start));
    cli_json_put(&json, "end", json_integer(m->end));
    cli_json_put(&json, "surface", cli_json_str(dw_str_slice(source, m->start, m->end)));
    cli_json_put(&json, "sentence",
                 json_pack("[ii]", (int)m->sentence_start, (int)m->sentence_end));
    if (m->in_title)
        cli_json_put(&json, "in", json_string("title"));
    return json;
}

static json_t *name_json(struct dw_str name)
{
    return json_stringn(name.at, name.len);
}

double cli_figure_value(const struct dw_figure *f)
{
    return f->qualifier == DW_QUALIFIER_VAGUE ? NAN : f->value;
}

json_t *cli_figure_json(const struct dw_figure *f, struct dw_str text, struct dw_str title)
{
    json_t *json = json_object();
    cli_json_put(&json, "kind", name_json(dw_kind_name(f->kind)));
    cli_json_put(&json, "unit", name_json(f->unit));
    cli_json_put(&json, "qualifier", name_json(dw_qualifier_name(f->qualifier)));
    cli_json_put(&json, "value", cli_json_number(cli_figure_value(f)));
    cli_json_put(&json, "low", cli_json_number(f->low));
    cli_json_put(&json, "high", cli_json_number(f->high));
    cli_json_put(&json, "from", cli_json_strs(&f->from));
    cli_json_put(&json, "to", cli_json_strs(&f->to));
    if (f->each)
        cli_json_put(&json, "each", json_true());
    cli_json_put(&json, "status", name_json(dw_status_name(f->status)));
    cli_json_put(&json, "term", cli_json_str(f->term));
    cli_json_put(&json, "when", cli_json_str(f->when));
    cli_json_put(&json, "attribution", cli_json_strs(&f->attribution));
    cli_json_put(&json, "confidence", cli_json_share(f->confidence));
    json_t *mentions = json_array();
    for (size_t i = 0; i < f->mention_count; i++)
        cli_json_append(&mentions, mention_json(&f->mentions[i], text, title));
    cli_json_put(&json, "mentions", mentions);
    return json;
}

struct dw_str cli_amount(const struct cli *cli, struct dw_arena *arena, const struct dw_figure *f)
{
    struct ui_amount amount = {.unit = f->unit,
                               .qualifier = f->qualifier,
                               .value = f->value,
                               .low = f->low,
                               .high = f->high};
    return ui_format_amount(arena, &amount, cli->ascii);
}

struct dw_str cli_parties(const struct cli *cli, struct dw_arena *arena, const struct dw_figure *f)
{
    struct dw_str from = dw_strs_join(arena, &f->from, DW_STR(", "));
    struct dw_str to = dw_strs_join(arena, &f->to, DW_STR(", "));
    const char *arrow = cli->ascii ? "->" : "\xe2\x86\x92";
    if (to.len == 0)
        return from;
    return dw_str_format(arena, "%.*s%s%s %.*s", DW_FMT(from), from.len > 0 ? " " : "", arrow,
                         DW_FMT(to));
}
