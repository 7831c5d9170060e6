/* Figures as JSON, and their amounts in a few cells. */
#include "internal.h"

#include <math.h>

static json_t *mention_json(const struct dw_mention *m, struct dw_str text, struct dw_str title)
{
    struct dw_str source = m->in_title ? title : text;
    json_t *json = json_object();
    json_object_set_new(json, "start", json_integer(m->start));
    json_object_set_new(json, "end", json_integer(m->end));
    json_object_set_new(json, "surface", cli_json_str(dw_str_slice(source, m->start, m->end)));
    json_object_set_new(json, "sentence",
                        json_pack("[ii]", (int)m->sentence_start, (int)m->sentence_end));
    if (m->in_title)
        json_object_set_new(json, "in", json_string("title"));
    return json;
}

static json_t *name_json(struct dw_str name)
{
    return json_stringn(name.at, name.len);
}

json_t *cli_figure_json(const struct dw_figure *f, struct dw_str text, struct dw_str title)
{
    json_t *json = json_object();
    json_object_set_new(json, "kind", name_json(dw_kind_name(f->kind)));
    json_object_set_new(json, "unit", name_json(f->unit));
    json_object_set_new(json, "qualifier", name_json(dw_qualifier_name(f->qualifier)));
    json_object_set_new(json, "value", cli_json_number(f->value));
    json_object_set_new(json, "low", cli_json_number(f->low));
    json_object_set_new(json, "high", cli_json_number(f->high));
    json_object_set_new(json, "from", cli_json_strs(&f->from));
    json_object_set_new(json, "to", cli_json_strs(&f->to));
    if (f->each)
        json_object_set_new(json, "each", json_true());
    json_object_set_new(json, "status", name_json(dw_status_name(f->status)));
    json_object_set_new(json, "term", cli_json_str(f->term));
    json_object_set_new(json, "when", cli_json_str(f->when));
    json_object_set_new(json, "attribution", cli_json_strs(&f->attribution));
    json_object_set_new(json, "confidence", json_real(round(f->confidence * 100) / 100));
    json_t *mentions = json_array();
    for (size_t i = 0; i < f->mention_count; i++)
        json_array_append_new(mentions, mention_json(&f->mentions[i], text, title));
    json_object_set_new(json, "mentions", mentions);
    return json;
}

static struct dw_str sign_of(struct dw_str code)
{
    static const struct {
        struct dw_str code, sign;
    } signs[] = {{DW_STR_INIT("USD"), DW_STR_INIT("$")},
                 {DW_STR_INIT("EUR"), DW_STR_INIT("\xe2\x82\xac")},
                 {DW_STR_INIT("GBP"), DW_STR_INIT("\xc2\xa3")},
                 {DW_STR_INIT("JPY"), DW_STR_INIT("\xc2\xa5")},
                 {DW_STR_INIT("INR"), DW_STR_INIT("\xe2\x82\xb9")},
                 {DW_STR_INIT("KRW"), DW_STR_INIT("\xe2\x82\xa9")}};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (dw_str_eq(code, signs[i].code))
            return signs[i].sign;
    }
    return DW_STR("");
}

static struct dw_str grouped(struct dw_arena *arena, double value)
{
    struct dw_str digits = dw_str_format(arena, "%.0f", fabs(value));
    struct dw_buf out;
    dw_buf_init(&out, 256);
    if (value < 0)
        dw_buf_add_char(&out, '-');
    for (size_t i = 0; i < digits.len; i++) {
        if (i > 0 && (digits.len - i) % 3 == 0)
            dw_buf_add_char(&out, ',');
        dw_buf_add_char(&out, digits.at[i]);
    }
    struct dw_str text = dw_str_dup(arena, dw_buf_str(&out));
    dw_buf_release(&out);
    return text;
}

/* "50.0B", "310M", "20": three digits that count. */
static struct dw_str scaled(struct dw_arena *arena, double value)
{
    static const struct {
        double size;
        const char *letter;
    } steps[] = {{1e12, "T"}, {1e9, "B"}, {1e6, "M"}, {1e3, "K"}};
    double size = fabs(value);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (size >= steps[i].size * 0.9995)
            return dw_str_format(arena,
                                 size >= 1e9 || size / steps[i].size < 10 ? "%.1f%s" : "%.0f%s",
                                 value / steps[i].size, steps[i].letter);
    }
    return dw_str_format(arena, value == floor(value) ? "%.0f" : "%.2f", value);
}

static struct dw_str number_of(struct dw_arena *arena, const struct dw_figure *f, double value)
{
    if (dw_str_eq(f->unit, DW_STR("percent")))
        return dw_str_format(arena, "%g%%", value);
    if (dw_str_eq(f->unit, DW_STR("W")))
        return fabs(value) >= 1e9 ? dw_str_format(arena, "%g GW", value / 1e9)
                                  : dw_str_format(arena, "%g MW", value / 1e6);
    if (dw_str_eq(f->unit, DW_STR("people")) || dw_str_eq(f->unit, DW_STR("chips")))
        return fabs(value) >= 1e7 ? scaled(arena, value) : grouped(arena, value);
    struct dw_str sign = sign_of(f->unit);
    struct dw_str amount = scaled(arena, fabs(value));
    bool is_money = dw_str_eq(f->unit, DW_STR("parameters")) == false &&
                    dw_str_eq(f->unit, DW_STR("tokens")) == false;
    return dw_str_format(arena, "%s%.*s%.*s%s%.*s", value < 0 ? "-" : "", DW_FMT(sign),
                         DW_FMT(amount), sign.len == 0 && is_money ? " " : "",
                         (int)(sign.len == 0 && is_money ? f->unit.len : 0), f->unit.at);
}

struct dw_str cli_amount(struct dw_arena *arena, const struct dw_figure *f)
{
    switch (f->qualifier) {
    case DW_QUALIFIER_RANGE:
        return dw_str_format(arena, "%.*s\xe2\x80\x93%.*s", DW_FMT(number_of(arena, f, f->low)),
                             DW_FMT(number_of(arena, f, f->high)));
    case DW_QUALIFIER_ABOUT:
        return dw_str_format(arena, "~%.*s", DW_FMT(number_of(arena, f, f->value)));
    case DW_QUALIFIER_OVER:
    case DW_QUALIFIER_VAGUE:
        return dw_str_format(arena, ">%.*s", DW_FMT(number_of(arena, f, f->value)));
    case DW_QUALIFIER_UNDER:
    case DW_QUALIFIER_UP_TO:
        return dw_str_format(arena, "<%.*s", DW_FMT(number_of(arena, f, f->value)));
    default:
        return number_of(arena, f, f->value);
    }
}
