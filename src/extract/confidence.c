/* Confidence: how likely a reading is right as a whole, by weights that are data.
 *
 * A logistic model: the weights of what holds for a reading add up, and the logistic function makes
 * a share of right ones of the sum. "Right" means kind, value and both parties. */
#include "internal.h"

#include <math.h>

extern const struct dw_tsv extract_confidence;

#define SCORE_MOST 18 /* a trigger right beside its amount; more says nothing more */

static double weight_of(struct dw_str name)
{
    for (size_t i = 0; i < extract_confidence.len; i++) {
        const struct dw_tsv_row *row = &extract_confidence.rows[i];
        int64_t thousandths;
        if (dw_str_eq(row->cell[0], name) && dw_str_to_int(row->cell[1], &thousandths))
            return (double)thousandths / 1000;
    }
    return 0;
}

void confidence_load(struct lexicon *lexicon)
{
    struct confidence *c = &lexicon->confidence;
    c->bias = weight_of(DW_STR("bias"));
    c->score = weight_of(DW_STR("score"));
    c->told = weight_of(DW_STR("told"));
    c->from = weight_of(DW_STR("from"));
    c->to = weight_of(DW_STR("to"));
    c->filled[PART_FOUND] = 0;
    c->filled[PART_SUBJECT] = weight_of(DW_STR("subject"));
    c->filled[PART_ONLY_NAME] = weight_of(DW_STR("only name"));
    c->filled[PART_TOPIC] = weight_of(DW_STR("topic"));
    for (int kind = 0; kind < DW_KIND_COUNT; kind++)
        c->kind[kind] = weight_of(dw_kind_name((enum dw_kind)kind));
}

double reading_confidence(const struct lexicon *lexicon, const struct reading *r)
{
    const struct confidence *c = &lexicon->confidence;
    double score = r->score < 0 ? 0 : r->score > SCORE_MOST ? SCORE_MOST : r->score;
    double sum = c->bias + c->kind[r->kind] + c->score * score / SCORE_MOST + c->filled[r->filled];
    sum += (r->told ? c->told : 0) + (r->from.len > 0 ? c->from : 0) + (r->to.len > 0 ? c->to : 0);
    return 1 / (1 + exp(-sum));
}
