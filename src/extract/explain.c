/* Explanations: what each stage made of an article, as lines for a person who wonders why. */
#include "internal.h"

#include <math.h>

#define MOST_RIVALS 6 /* readings shown for one quantity: the rest is far behind */
#define NAME_WIDTH 28 /* cells of the words that a line is about */

/* One line: what it is about, in a column of its own, and what was made of it. */
static void add_line(struct dw_buf *out, const char *label, struct dw_str words,
                     struct dw_str meaning)
{
    dw_buf_add_format(out, "  %-9s %.*s", label, DW_FMT(words));
    for (size_t width = dw_width(words); width < NAME_WIDTH; width++)
        dw_buf_add_char(out, ' ');
    dw_buf_add_format(out, " %.*s\n", DW_FMT(meaning));
}

static struct dw_str span(const struct analysis *a, size_t first, size_t last)
{
    return dw_str_slice(a->text, a->tokens.at[first].start, a->tokens.at[last - 1].end);
}

static void add_tokens(struct dw_buf *out, const struct analysis *a, const struct dw_sentence *s)
{
    dw_buf_add_format(out, "  tokens   ");
    for (size_t i = s->first; i < s->last; i++)
        dw_buf_add_format(out, " %.*s", DW_FMT(token_text(a, i)));
    dw_buf_add_char(out, '\n');
}

static struct dw_str meaning_of_name(const struct analysis *a, const struct name *name)
{
    static const char *const kinds[] = {"organisation", "person", "place", "reference"};
    struct dw_str entity =
        name->entity != UINT32_MAX ? a->entities.at[name->entity].name : DW_STR("");
    return dw_str_format(a->arena, "%s%s%.*s%s%s", kinds[name->kind], entity.len > 0 ? " " : "",
                         DW_FMT(entity), name->possessive ? ", possessive" : "",
                         name->aside ? ", not a party" : "");
}

static void add_names(struct dw_buf *out, const struct analysis *a, const struct dw_sentence *s)
{
    for (size_t i = s->first; i < s->last; i++) {
        const struct name *name = name_at(a, i);
        if (name == NULL)
            continue;
        add_line(out, "name", span(a, name->first, name->last), meaning_of_name(a, name));
        i = name->last - 1;
    }
}

/* "verb would raise: complement of said, subject OpenAI" */
static struct dw_str meaning_of_group(const struct analysis *a, const struct syntax *x,
                                      size_t index)
{
    static const char *const links[] = {
        "",           "subject",   "object",      "second object", "with preposition",
        "apposition", "joined",    "main clause", "what is said",  "infinitive",
        "adverbial",  "describes", "joined verb", "subordinate"};
    const struct group *g = &x->groups[index];
    struct dw_buf out;
    dw_buf_init(&out, 4096);
    dw_buf_add_format(&out, "%s %s", g->kind == GROUP_VERB ? "verb," : "noun,", links[g->link]);
    if (g->preposition > 0)
        dw_buf_add_format(&out, " %.*s", DW_FMT(token_text(a, g->preposition - 1)));
    const struct {
        const char *label;
        uint8_t group;
    } ends[] = {{" of ", g->governor},
                {" to ", g->noun},
                {", subject ", g->subject},
                {", object ", g->object}};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        if (ends[i].group != NO_GROUP)
            dw_buf_add_format(&out, "%s%.*s", ends[i].label,
                              DW_FMT(token_text(a, x->groups[ends[i].group].head)));
    }
    static const char *const flags[] = {"finite",      "past",    "passive",    "perfect",
                                        "progressive", "negated", "infinitive", "gerund",
                                        "participle",  "modal"};
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        if (g->flags >> i & 1)
            dw_buf_add_format(&out, ", %s", flags[i]);
    }
    struct dw_str meaning = dw_str_dup(a->arena, dw_buf_str(&out));
    dw_buf_release(&out);
    return meaning;
}

static void add_groups(struct dw_buf *out, const struct analysis *a, const struct syntax *x)
{
    for (size_t i = 0; i < x->len; i++)
        add_line(out, "group", span(a, x->groups[i].first, x->groups[i].last),
                 meaning_of_group(a, x, i));
}

static struct dw_str bound(const struct analysis *a, double value)
{
    return isnan(value) ? DW_STR("?") : dw_str_format(a->arena, "%.15g", value);
}

static struct dw_str meaning_of_quantity(const struct analysis *a, const struct quantity *q)
{
    return dw_str_format(a->arena, "%.*s %.*s, %.*s to %.*s%s%s%.*s", DW_FMT(q->unit),
                         DW_FMT(dw_qualifier_name(q->qualifier)), DW_FMT(bound(a, q->low)),
                         DW_FMT(bound(a, q->high)), q->bare ? ", unit from the text around" : "",
                         q->term.len > 0 ? ", per " : "", DW_FMT(q->term));
}

/* Rival readings, the best first, each with what made it and its share of all. */
static void add_rivals(struct dw_buf *out, const struct analysis *a, const struct scene *scene,
                       const struct quantity *q)
{
    struct candidate rivals[MOST_CANDIDATES];
    size_t count = list_candidates(a, scene, q, rivals);
    double all = 0;
    for (size_t i = 0; i < count; i++)
        all += exp(rivals[i].score);
    for (size_t shown = 0; shown < count && shown < MOST_RIVALS; shown++) {
        size_t best = shown;
        for (size_t i = shown + 1; i < count; i++)
            best = rivals[i].score > rivals[best].score ? i : best;
        struct candidate c = rivals[best];
        rivals[best] = rivals[shown];
        rivals[shown] = c;
        struct dw_str words = c.at != NULL ? span(a, c.at->first, c.at->last) : DW_STR("-");
        add_line(out, "reading", words, describe_candidate(a, &c, exp(c.score) / all));
    }
}

static struct dw_str meaning_of_reading(const struct analysis *a, const struct reading *r)
{
    struct dw_str from = dw_strs_join(a->arena, &r->from, DW_STR(", "));
    struct dw_str to = dw_strs_join(a->arena, &r->to, DW_STR(", "));
    return dw_str_format(a->arena, "%.*s by %.*s, %.*s > %.*s, %.*s%s, sure %.2f",
                         DW_FMT(dw_kind_name(r->kind)), DW_FMT(r->rule),
                         DW_FMT(from.len > 0 ? from : DW_STR("-")),
                         DW_FMT(to.len > 0 ? to : DW_STR("-")), DW_FMT(dw_status_name(r->status)),
                         r->told ? "" : " (not told)", r->confidence);
}

static void add_quantity(struct dw_buf *out, const struct analysis *a, const struct scene *scene,
                         size_t index)
{
    const struct quantity *q = &a->quantities.at[index];
    struct dw_str words = span(a, q->first, q->last);
    add_line(out, "quantity", words, meaning_of_quantity(a, q));
    if (q->conversion > 0) {
        add_line(out, "taken as", words, DW_STR("the conversion of the amount before"));
        return;
    }
    add_rivals(out, a, scene, q);
    for (size_t i = 0; i < a->readings.len; i++) {
        if (a->readings.at[i].quantity == index) {
            add_line(out, "taken as", words, meaning_of_reading(a, &a->readings.at[i]));
            return;
        }
    }
    add_line(out, "taken as", words, DW_STR("nothing: no reading holds it"));
}

static void add_sentence(struct dw_buf *out, const struct analysis *a, struct scene *scene,
                         size_t index)
{
    const struct dw_sentence *s = &a->sentences.at[index];
    uint32_t shift = s->start < a->title_len ? 0 : (uint32_t)a->title_len;
    dw_buf_add_format(out, "%s %u to %u\n", s->start < a->title_len ? "title" : "sentence",
                      s->start - shift, s->end - shift);
    add_tokens(out, a, s);
    add_names(out, a, s);
    open_scene(a, s, scene);
    add_groups(out, a, &scene->syntax);
    for (size_t i = 0; i < a->quantities.len; i++) {
        if (a->quantities.at[i].sentence == index)
            add_quantity(out, a, scene, i);
    }
}

bool dw_extract_explain(const struct dw_extractor *extractor, struct dw_arena *arena,
                        const struct dw_article *article, struct dw_str *out, struct dw_error *err)
{
    struct analysis a;
    struct dw_extraction found;
    struct dw_buf lines;
    *out = DW_STR("");
    if (!analyse(extractor, arena, article, NULL, &a, &found, err))
        return false;
    struct scene *scene = dw_arena_alloc(arena, sizeof *scene);
    dw_buf_init(&lines, DW_LIMIT_DOCUMENT_ARENA);
    for (size_t i = 0; scene != NULL && !arena->failed && i < a.sentences.len; i++)
        add_sentence(&lines, &a, scene, i);
    bool done = dw_buf_ok(&lines);
    if (done)
        *out = dw_str_dup(arena, dw_buf_str(&lines));
    dw_buf_release(&lines);
    if (!done || arena->failed)
        return dw_error_set(err, DW_ERR_MEMORY, "out of memory for an explanation");
    return true;
}
