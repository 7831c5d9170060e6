/* Confidence: how likely a reading is right as a whole, by weights that are data.
 *
 * A logistic model: the weights of what holds for a reading add up, and the logistic function makes
 * a share of right ones of the sum. "Right" means kind, value and both parties. */
#include "internal.h"

#include <math.h>

static const struct dw_str source_names[PART_SOURCES] = {
    [PART_FOUND] = DW_STR_INIT("found"),
    [PART_SUBJECT] = DW_STR_INIT("subject"),
    [PART_ONLY_NAME] = DW_STR_INIT("only name"),
    [PART_TOPIC] = DW_STR_INIT("topic"),
};

#define MOST 4 /* logits and weights beyond say nothing more */

static double weight_of(const struct dw_tsv *table, struct dw_str name)
{
    for (size_t i = 0; i < table->len; i++) {
        const struct dw_tsv_row *row = &table->rows[i];
        int64_t thousandths;
        if (dw_str_eq(row->cell[0], name) && dw_str_to_int(row->cell[1], &thousandths))
            return (double)thousandths / 1000;
    }
    return 0;
}

void confidence_load(struct lexicon *lexicon, const struct dw_tsv *table)
{
    struct confidence *c = &lexicon->confidence;
    c->bias = weight_of(table, DW_STR("bias"));
    c->share = weight_of(table, DW_STR("share"));
    c->margin = weight_of(table, DW_STR("margin"));
    c->told = weight_of(table, DW_STR("told"));
    c->from = weight_of(table, DW_STR("from"));
    c->to = weight_of(table, DW_STR("to"));
    for (int source = 0; source < PART_SOURCES; source++)
        c->filled[source] = weight_of(table, source_names[source]);
    for (int kind = 0; kind < DW_KIND_COUNT; kind++)
        c->kind[kind] = weight_of(table, dw_kind_name((enum dw_kind)kind));
}

static double clamp(double x)
{
    return x < -MOST ? -MOST : x > MOST ? MOST : x;
}

/* The share as a logit. */
static double sureness_of_kind(const struct reading *r)
{
    return clamp(log((r->share + 1e-6) / (1 - r->share + 1e-6)));
}

double reading_confidence(const struct lexicon *lexicon, const struct reading *r)
{
    const struct confidence *c = &lexicon->confidence;
    double sum = c->bias + c->kind[r->kind] + c->share * sureness_of_kind(r) +
                 c->margin * clamp(r->margin) + c->filled[r->filled];
    sum += (r->told ? c->told : 0) + (r->from.len > 0 ? c->from : 0) + (r->to.len > 0 ? c->to : 0);
    return 1 / (1 + exp(-sum));
}

void log_reading(const struct analysis *a, const struct quantity *q, const struct reading *r)
{
    struct dw_str from = dw_strs_join(a->arena, &r->from, DW_STR("; "));
    struct dw_str to = dw_strs_join(a->arena, &r->to, DW_STR("; "));
    dw_buf_add_format(a->log, "sure\t%u\t%u\t%.*s\t%.*s\t%.*s\t%.*s", q->start, q->end,
                      DW_FMT(dw_kind_name(r->kind)), DW_FMT(from), DW_FMT(to),
                      DW_FMT(dw_status_name(r->status)));
    dw_buf_add_format(a->log, "\tbias=1\t%.*s=1\tshare=%.4f\tmargin=%.4f\t%.*s=1",
                      DW_FMT(dw_kind_name(r->kind)), sureness_of_kind(r), clamp(r->margin),
                      DW_FMT(source_names[r->filled]));
    dw_buf_add_format(a->log, "%s%s%s\n", r->told ? "\ttold=1" : "",
                      r->from.len > 0 ? "\tfrom=1" : "", r->to.len > 0 ? "\tto=1" : "");
}
