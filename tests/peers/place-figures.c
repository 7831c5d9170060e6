/* Places the figures of articles in order and prints the events that they make, for scoring the
 * matching alone: NDJSON in, a line per article as `dealwire extract` prints it, with its id;
 * NDJSON out, a line per event. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include <dealwire/event.h>

#include "base/base.h"
#include "event/event.h"
#include "text/text.h"

#define ARENA_BYTES (1u << 30)

struct article {
    struct dw_str id;
    int64_t published;
    json_t *json;
};

struct run {
    struct dw_arena arena;
    DW_VEC(struct article) articles;
    DW_VEC(struct dw_str) names; /* of figures, by their id: "article index" */
    struct dw_clusters clusters;
};

static void need(bool ok, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "place-figures: %s\n", what);
    exit(1);
}

static struct dw_str text_of(const json_t *json)
{
    if (!json_is_string(json))
        return DW_STR("");
    return (struct dw_str){json_string_value(json), json_string_length(json)};
}

static double number_of(const json_t *json)
{
    return json_is_number(json) ? json_number_value(json) : (double)NAN;
}

static struct dw_strs names_of(struct run *run, const json_t *json)
{
    struct dw_strs names = {0};
    for (size_t i = 0; i < json_array_size(json); i++)
        need(dw_strs_push(&run->arena, &names, text_of(json_array_get(json, i))), "memory");
    return names;
}

static struct dw_figure *figure_of(struct run *run, const json_t *json)
{
    struct dw_figure *f = dw_arena_array(&run->arena, 1, sizeof *f);
    need(f != NULL, "memory");
    need(dw_kind_find(text_of(json_object_get(json, "kind")), &f->kind) &&
             dw_qualifier_find(text_of(json_object_get(json, "qualifier")), &f->qualifier) &&
             dw_status_find(text_of(json_object_get(json, "status")), &f->status),
         "a figure has no kind, qualifier or status");
    f->unit = text_of(json_object_get(json, "unit"));
    f->value = number_of(json_object_get(json, "value"));
    f->low = number_of(json_object_get(json, "low"));
    f->high = number_of(json_object_get(json, "high"));
    f->from = names_of(run, json_object_get(json, "from"));
    f->to = names_of(run, json_object_get(json, "to"));
    f->each = json_is_true(json_object_get(json, "each"));
    f->term = text_of(json_object_get(json, "term"));
    f->when = text_of(json_object_get(json, "when"));
    f->confidence = 0.9;
    return f;
}

/* The sentence in which a figure is mentioned first. */
static struct dw_str sentence_of(struct run *run, struct dw_str text, const json_t *figure)
{
    json_t *mention = json_array_get(json_object_get(figure, "mentions"), 0);
    uint32_t start = (uint32_t)json_integer_value(json_object_get(mention, "start"));
    struct dw_tokens tokens = {0};
    struct dw_sentences sentences = {0};
    need(dw_tokenize(&run->arena, text, &tokens) &&
             dw_sentences(&run->arena, text, &tokens, &sentences),
         "memory");
    for (size_t i = 0; i < sentences.len; i++)
        if (sentences.at[i].start <= start && start < sentences.at[i].end)
            return dw_str_slice(text, sentences.at[i].start, sentences.at[i].end);
    return DW_STR("");
}

static void place(struct run *run, const struct article *article, size_t number)
{
    const json_t *figures = json_object_get(article->json, "figures");
    struct dw_str text = text_of(json_object_get(article->json, "text"));
    for (size_t i = 0; i < json_array_size(figures); i++) {
        const json_t *json = json_array_get(figures, i);
        struct dw_piece piece = {
            .article = (int64_t)number + 1,
            .evidence = {.figure = figure_of(run, json),
                         .figure_id = (int64_t)run->names.len,
                         .published = article->published,
                         .source = (int64_t)number,
                         .told = dw_event_told(sentence_of(run, text, json))},
        };
        struct dw_str *name = dw_vec_push(&run->arena, &run->names);
        size_t index = 0;
        need(name != NULL && dw_cluster_choose(&run->arena, &run->clusters, &piece, &index) &&
                 dw_cluster_add(&run->arena, &run->clusters, &piece, index),
             "memory");
        *name = dw_str_format(&run->arena, "%.*s %zu", DW_FMT(article->id), i);
    }
}

static int by_time(const void *left, const void *right)
{
    const struct article *a = left;
    const struct article *b = right;
    if (a->published != b->published)
        return a->published < b->published ? -1 : 1;
    return dw_str_compare(a->id, b->id);
}

static void read_articles(struct run *run)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t len;
    while ((len = getline(&line, &room, stdin)) > 0) {
        struct article *article = dw_vec_push(&run->arena, &run->articles);
        need(article != NULL, "memory");
        article->json = json_loadb(line, (size_t)len, 0, NULL);
        need(article->json != NULL, "a line is no JSON");
        article->id = text_of(json_object_get(article->json, "id"));
        need(dw_date_parse(text_of(json_object_get(article->json, "published")),
                           &article->published),
             "an article has no date");
    }
    free(line);
    if (run->articles.len > 0)
        qsort(run->articles.at, run->articles.len, sizeof *run->articles.at, by_time);
}

static json_t *real(double number)
{
    return isnan(number) ? json_null() : json_real(number);
}

static void print_event(const struct run *run, const struct dw_cluster *cluster)
{
    const struct dw_figure *f = &cluster->state.figure;
    struct dw_str kind = dw_kind_name(f->kind);
    struct dw_str status = dw_status_name(f->status);
    json_t *figures = json_array();
    for (size_t i = 0; i < cluster->len; i++) {
        struct dw_str name = run->names.at[cluster->at[i].figure_id];
        json_array_append_new(figures, json_stringn(name.at, name.len));
    }
    json_t *json = json_pack("{s:s#, s:s#, s:o, s:o, s:o, s:o}", "kind", kind.at, (int)kind.len,
                             "status", status.at, (int)status.len, "value", real(f->value), "low",
                             real(f->low), "high", real(f->high), "figures", figures);
    need(json != NULL && json_dumpf(json, stdout, JSON_COMPACT) == 0, "cannot print");
    putchar('\n');
    json_decref(json);
}

int main(void)
{
    struct run run = {0};
    dw_arena_init(&run.arena, ARENA_BYTES);
    read_articles(&run);
    for (size_t i = 0; i < run.articles.len; i++)
        place(&run, &run.articles.at[i], i);
    for (size_t i = 0; i < run.clusters.len; i++)
        print_event(&run, &run.clusters.at[i]);
    for (size_t i = 0; i < run.articles.len; i++)
        json_decref(run.articles.at[i].json);
    dw_arena_release(&run.arena);
    return 0;
}
