/* Figures of an article: all of them are replaced at once, with mentions and parties. */
#include "internal.h"

#include <math.h>

bool store_article_events(struct store *store, struct dw_arena *arena, int64_t article,
                          struct store_ids *events, struct dw_error *err)
{
    static const char sql[] = "SELECT DISTINCT event FROM figures WHERE article = :article"
                              " AND event IS NOT NULL ORDER BY event";
    *events = (struct store_ids){0};
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":article", article);
    while (ask_row(&ask)) {
        int64_t *event = dw_vec_push(arena, events);
        if (event == NULL)
            break;
        *event = ask_get_int(&ask, 0);
    }
    return ask_end(&ask, err, "read an article's events") && store_arena_ok(arena, err);
}

static bool delete_figures(struct store *store, int64_t article, struct dw_error *err)
{
    struct ask ask = ask_begin(store, "DELETE FROM figures WHERE article = :article");
    ask_int(&ask, ":article", article);
    return ask_run(&ask, err, "replace an article's figures");
}

static bool insert_figure(struct store *store, const struct store_figures_in *in, size_t n,
                          int64_t *id, struct dw_error *err)
{
    static const char sql[] =
        "INSERT OR IGNORE INTO figures (kind, unit, qualifier, value, low, high, each, status, "
        "term,"
        " period, payer, payee, confidence, article, n, credited, rule, usd, amount, told, at)"
        " VALUES (:kind, :unit, :qualifier, :value, :low, :high, :each, :status, :term, :period,"
        " :payer, :payee, :confidence, :article, :n, :credited, :rule, :usd, :amount, :told,"
        " (SELECT at FROM articles WHERE id = :article))";
    const struct dw_figure *figure = &in->figures[n];
    double usd = in->usd != NULL ? in->usd[n] : (double)NAN;
    struct dw_scratch scratch = dw_scratch_begin(&store->arena);
    struct ask ask = ask_begin(store, sql);
    figure_bind(&ask, &store->arena, figure);
    ask_int(&ask, ":article", in->article);
    ask_int(&ask, ":n", (int64_t)n);
    ask_text(&ask, ":credited", names_join(&store->arena, &figure->attribution));
    ask_text(&ask, ":rule", figure->rule);
    ask_real(&ask, ":usd", usd);
    ask_real(&ask, ":amount", figure_amount(figure, usd));
    ask_text(&ask, ":told", in->told != NULL ? in->told[n] : DW_STR(""));
    bool ok = ask_run(&ask, err, "store a figure") && scratch_ok(store, err);
    dw_scratch_end(scratch);
    if (ok && sqlite3_changes(store->db) == 0)
        return dw_error_set(err, DW_ERR_STORE, "cannot store a figure: its article is gone");
    *id = sqlite3_last_insert_rowid(store->db);
    store->added.figures += ok;
    return ok;
}

static bool insert_mentions(struct store *store, const struct dw_figure *figure, int64_t id,
                            struct dw_error *err)
{
    static const char sql[] =
        "INSERT INTO mentions (figure, n, start, stop, sentence_start, sentence_stop, in_title)"
        " VALUES (:figure, :n, :start, :stop, :sentence_start, :sentence_stop, :in_title)";
    for (size_t i = 0; i < figure->mention_count; i++) {
        const struct dw_mention *mention = &figure->mentions[i];
        struct ask ask = ask_begin(store, sql);
        ask_int(&ask, ":figure", id);
        ask_int(&ask, ":n", (int64_t)i);
        ask_int(&ask, ":start", mention->start);
        ask_int(&ask, ":stop", mention->end);
        ask_int(&ask, ":sentence_start", mention->sentence_start);
        ask_int(&ask, ":sentence_stop", mention->sentence_end);
        ask_int(&ask, ":in_title", mention->in_title);
        if (!ask_run(&ask, err, "store a figure"))
            return false;
    }
    return true;
}

static bool insert_parties(struct store *store, const struct dw_strs *names, enum store_role role,
                           int64_t id, struct dw_error *err)
{
    static const char sql[] = "INSERT OR IGNORE INTO figure_parties (figure, role, company)"
                              " VALUES (:figure, :role, :company)";
    for (size_t i = 0; i < names->len; i++) {
        struct dw_scratch scratch = dw_scratch_begin(&store->arena);
        struct ask ask = ask_begin(store, sql);
        ask_int(&ask, ":figure", id);
        ask_int(&ask, ":role", role);
        ask_text(&ask, ":company", dw_utf8_fold(&store->arena, names->at[i]));
        bool ok = ask_run(&ask, err, "store a figure") && scratch_ok(store, err);
        dw_scratch_end(scratch);
        if (!ok)
            return false;
    }
    return true;
}

/* Whether the article had figures before. */
static bool had_figures(struct store *store, int64_t article)
{
    struct ask ask = ask_begin(store, "SELECT figures FROM articles WHERE id = :article");
    ask_int(&ask, ":article", article);
    return ask_number(&ask, 0) > 0;
}

/* A feed counts its articles with figures. */
static bool count_in_feed(struct store *store, int64_t article, int more, struct dw_error *err)
{
    static const char sql[] =
        "UPDATE feeds SET articles_with_figures = articles_with_figures + :more"
        " WHERE id = (SELECT feed FROM articles WHERE id = :article)";
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":more", more);
    ask_int(&ask, ":article", article);
    return more == 0 || ask_run(&ask, err, "store an article's figures");
}

/* The article's own columns about its figures. */
static bool sum_up(struct store *store, const struct store_figures_in *in, struct dw_error *err)
{
    static const char sql[] =
        "UPDATE articles SET figures = :figures, amount = :amount WHERE id = :article";
    int more = (in->count > 0) - (!in->is_new && had_figures(store, in->article));
    double amount = 0;
    for (size_t i = 0; in->usd != NULL && i < in->count; i++)
        amount = in->usd[i] > amount ? in->usd[i] : amount;
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":figures", (int64_t)in->count);
    ask_real(&ask, ":amount", amount);
    ask_int(&ask, ":article", in->article);
    return ask_run(&ask, err, "store an article's figures") &&
           count_in_feed(store, in->article, more, err);
}

static bool insert_all(struct store *store, const struct store_figures_in *in, int64_t *ids,
                       struct dw_error *err)
{
    for (size_t i = 0; i < in->count; i++) {
        const struct dw_figure *figure = &in->figures[i];
        if (!insert_figure(store, in, i, &ids[i], err) ||
            !insert_mentions(store, figure, ids[i], err) ||
            !insert_parties(store, &figure->from, STORE_ROLE_FROM, ids[i], err) ||
            !insert_parties(store, &figure->to, STORE_ROLE_TO, ids[i], err))
            return false;
    }
    return true;
}

bool store_figures_put(struct store *store, struct dw_arena *arena,
                       const struct store_figures_in *in, int64_t *ids, struct store_ids *orphaned,
                       struct dw_error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    *orphaned = (struct store_ids){0};
    bool ok = (in->is_new || (store_article_events(store, arena, in->article, orphaned, err) &&
                              delete_figures(store, in->article, err))) &&
              insert_all(store, in, ids, err) && sum_up(store, in, err);
    return unit_end(store, &unit, ok, err);
}
