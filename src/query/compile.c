/* From the tree to the store's condition: SQL fragments with bound values, for three kinds of rows.
 *
 * What figures say and what articles say are different rows. For a list of articles, the figure
 * terms that are joined by "and" must hold for one and the same figure ("kind:round amount>1B"); a
 * negated one says that no figure is so. */
#include "internal.h"

#include <math.h>

#define NEAR "0.005" /* of the amount: "=" means equal as printed */

struct compiler {
    struct dw_arena *arena;
    struct dw_buf sql;
    DW_VEC(struct store_value) values;
};

static void add(struct compiler *c, const char *sql)
{
    dw_buf_add(&c->sql, dw_str_from_c(sql));
}

/* Binds a value and writes its name. */
static void bind(struct compiler *c, struct store_value value)
{
    size_t number = c->values.len;
    struct store_value *slot = dw_vec_push(c->arena, &c->values);
    if (slot == NULL)
        return;
    *slot = value;
    dw_buf_add_format(&c->sql, ":q%zu", number);
}

static void bind_text(struct compiler *c, struct dw_str text)
{
    bind(c, (struct store_value){.type = STORE_TEXT, .text = text});
}

static void bind_real(struct compiler *c, double real)
{
    bind(c, (struct store_value){.type = STORE_REAL, .real = real});
}

static void bind_time(struct compiler *c, int64_t time)
{
    bind(c, (struct store_value){.type = STORE_INTEGER, .integer = time});
}

/* ---- Terms about a figure's columns ---------------------------------------------------------- */

/* Which rows have the columns of a figure: an alias, and the table of their parties. */
struct row {
    const char *alias;
    const char *kind; /* + keeps lists to the index of their order, which holds the kind too */
    const char *parties;
    const char *id; /* of the row in that table */
};
static const struct row rows[] = {
    [QUERY_ARTICLES] = {"g", "g.kind", "figure_parties", "figure"},
    [QUERY_FIGURES] = {"f", "+f.kind", "figure_parties", "figure"},
    [QUERY_EVENTS] = {"e", "+e.kind", "event_parties", "event"},
};

static void compile_kind(struct compiler *c, const struct query *term, const struct row *row)
{
    dw_buf_add_format(&c->sql, "%s IN (", row->kind);
    const char *between = "";
    for (int kind = 0; kind < DW_KIND_COUNT; kind++) {
        if ((term->kinds >> kind & 1) == 0)
            continue;
        add(c, between);
        bind_text(c, dw_kind_name((enum dw_kind)kind));
        between = ", ";
    }
    add(c, ")");
}

static const char *compare_sign(enum query_compare compare)
{
    static const char *const signs[] = {
        [QUERY_EQ] = "=", [QUERY_GE] = ">=", [QUERY_GT] = ">", [QUERY_LE] = "<=", [QUERY_LT] = "<"};
    return signs[compare];
}

/* Money is compared in dollars; vague amounts by their bound. */
static void compile_amount(struct compiler *c, const struct query *term, const struct row *row)
{
    const char *alias = row->alias;
    struct dw_str column = dw_str_format(c->arena, "%s.usd", alias);
    if (term->unit.len > 0) {
        column =
            dw_str_format(c->arena, "COALESCE(%s.value, %s.low, %s.high)", alias, alias, alias);
        dw_buf_add_format(&c->sql, "(%s.unit = ", alias);
        bind_text(c, term->unit);
        add(c, " AND ");
    } else {
        add(c, "(");
    }
    if (term->compare == QUERY_EQ) {
        dw_buf_add_format(&c->sql, "ABS(COALESCE(%.*s, -1e300) - ", DW_FMT(column));
        bind_real(c, term->number);
        dw_buf_add_format(&c->sql, ") <= " NEAR " * ");
        bind_real(c, fmax(term->number, 1e-9));
    } else {
        dw_buf_add_format(&c->sql, "IFNULL(%.*s %s ", DW_FMT(column), compare_sign(term->compare));
        bind_real(c, term->number);
        add(c, ", 0)");
    }
    add(c, ")");
}

static void compile_party(struct compiler *c, const struct query *term, const struct row *row)
{
    dw_buf_add_format(&c->sql, "%s.id IN (SELECT %s FROM %s WHERE ", row->alias, row->id,
                      row->parties);
    if (term->field != QUERY_COMPANY)
        add(c, term->field == QUERY_FROM ? "role = 0 AND " : "role = 1 AND ");
    if (term->prefix) {
        add(c, "company >= ");
        bind_text(c, term->text);
        add(c, " AND company < ");
        bind_text(c, dw_str_format(c->arena, "%.*s\xf4\x8f\xbf\xbf", DW_FMT(term->text)));
    } else {
        add(c, "company = ");
        bind_text(c, term->text);
    }
    add(c, ")");
}

static void compile_status(struct compiler *c, const struct query *term, const struct row *row)
{
    dw_buf_add_format(&c->sql, "%s.status = ", row->alias);
    bind_text(c, dw_status_name(term->status));
}

/* Whether a term is about a figure's columns. */
static bool is_of_figure(const struct query *query)
{
    if (query->type == QUERY_TERM) {
        return query->field == QUERY_KIND || query->field == QUERY_AMOUNT ||
               query->field == QUERY_STATUS || query->field == QUERY_FROM ||
               query->field == QUERY_TO || query->field == QUERY_COMPANY;
    }
    if (query->type == QUERY_OR)
        return is_of_figure(query->left) && is_of_figure(query->right);
    return false;
}

static void compile_of_figure(struct compiler *c, const struct query *query, const struct row *row)
{
    if (query->type == QUERY_OR) { /* the caller has put brackets around */
        compile_of_figure(c, query->left, row);
        add(c, " OR ");
        compile_of_figure(c, query->right, row);
    } else if (query->field == QUERY_KIND) {
        compile_kind(c, query, row);
    } else if (query->field == QUERY_AMOUNT) {
        compile_amount(c, query, row);
    } else if (query->field == QUERY_STATUS) {
        compile_status(c, query, row);
    } else {
        compile_party(c, query, row);
    }
}

/* ---- Terms about articles -------------------------------------------------------------------- */

/* Some terms of a chain. */
struct term {
    const struct query *query;
};
struct terms {
    struct term *at;
    size_t len;
    size_t cap;
};

/* A word as FTS5 reads it: always a quoted string, so that none of its own signs has a say. */
static void add_match(struct dw_buf *buf, const struct query *term)
{
    dw_buf_add(buf, buf->len > 0 ? DW_STR(" AND \"") : DW_STR("\""));
    for (size_t i = 0; i < term->text.len; i++) {
        if (term->text.at[i] == '"')
            dw_buf_add_char(buf, '"');
        dw_buf_add_char(buf, term->text.at[i]);
    }
    dw_buf_add(buf, term->prefix ? DW_STR("\"*") : DW_STR("\""));
}

/* The ids of articles that hold all the words. */
static void compile_words(struct compiler *c, const struct terms *words)
{
    struct dw_buf buf;
    dw_buf_init(&buf, DW_LIMIT_QUERY_BYTES * 8);
    for (size_t i = 0; i < words->len; i++)
        add_match(&buf, words->at[i].query);
    if (!dw_buf_ok(&buf))
        c->arena->failed = true;
    add(c, "SELECT rowid FROM search WHERE search MATCH ");
    bind_text(c, dw_str_dup(c->arena, dw_buf_str(&buf)));
    dw_buf_release(&buf);
}

/* The ids of articles that a feed or a tag's feeds list. */
static void compile_feeds(struct compiler *c, const struct query *term)
{
    add(c, "SELECT article FROM places WHERE feed IN (SELECT id FROM feeds WHERE ");
    if (term->field == QUERY_TAG) {
        add(c, "instr(lower(tags), char(10) || lower(");
        bind_text(c, term->text);
        add(c, ") || char(10)) > 0)");
        return;
    }
    add(c, "instr(lower(user_title || char(10) || title || char(10) || url), lower(");
    bind_text(c, term->text);
    add(c, ")) > 0 OR CAST(id AS TEXT) = ");
    bind_text(c, term->text);
    add(c, ")");
}

static const char *state_sql(enum query_state state)
{
    static const char *const states[] = {
        [QUERY_UNREAD] = "read = 0", [QUERY_READ] = "read <> 0", [QUERY_STARRED] = "starred = 1"};
    return states[state];
}

static void compile_time(struct compiler *c, const struct query *term, enum query_target target)
{
    bool since = term->field == QUERY_SINCE;
    const char *column = "a.at";
    if (target == QUERY_FIGURES)
        column = "f.at";
    else if (target == QUERY_EVENTS) /* the event's span meets the one asked for */
        column = since ? "e.last_seen" : "e.first_seen";
    dw_buf_add_format(&c->sql, "%s %s ", column, since ? ">=" : "<");
    bind_time(c, term->time);
}

/* A test on ids of articles; an event passes if one of its articles does. */
static void open_ids(struct compiler *c, enum query_target target)
{
    if (target == QUERY_EVENTS)
        add(c,
            "e.id IN (SELECT h.event FROM figures h WHERE h.event IS NOT NULL AND h.article IN (");
    else
        add(c, "a.id IN (");
}

static void close_ids(struct compiler *c, enum query_target target)
{
    add(c, target == QUERY_EVENTS ? "))" : ")");
}

static void compile_state(struct compiler *c, const struct query *term, enum query_target target)
{
    if (target != QUERY_EVENTS) {
        dw_buf_add_format(&c->sql, "a.%s", state_sql(term->state));
    } else if (term->state == QUERY_STARRED) {
        add(c, "e.starred = 1");
    } else {
        open_ids(c, target);
        dw_buf_add_format(&c->sql, "SELECT id FROM articles WHERE %s", state_sql(term->state));
        close_ids(c, target);
    }
}

static void compile_of_article(struct compiler *c, const struct query *term,
                               enum query_target target)
{
    if (term->field == QUERY_SINCE || term->field == QUERY_UNTIL) {
        compile_time(c, term, target);
    } else if (term->field == QUERY_IS) {
        compile_state(c, term, target);
    } else {
        open_ids(c, target);
        compile_feeds(c, term);
        close_ids(c, target);
    }
}

/* ---- The tree -------------------------------------------------------------------------------- */

static void compile(struct compiler *c, const struct query *query, enum query_target target);

/* The terms of a chain of "and", by what they are about. */
struct chain {
    struct terms words;
    struct terms figures; /* for articles alone: elsewhere they are like the others */
    struct terms others;
};

static bool is_words(const struct query *query)
{
    return query->type == QUERY_TERM && query->field == QUERY_WORDS;
}

static void gather(struct compiler *c, const struct query *query, enum query_target target,
                   struct chain *chain)
{
    if (query->type == QUERY_AND) {
        gather(c, query->left, target, chain);
        gather(c, query->right, target, chain);
        return;
    }
    struct terms *terms = &chain->others;
    if (is_words(query))
        terms = &chain->words;
    else if (target == QUERY_ARTICLES && is_of_figure(query))
        terms = &chain->figures;
    struct term *slot = dw_vec_push(c->arena, terms);
    if (slot != NULL)
        slot->query = query;
}

/* One figure of the article must fulfil all the terms. */
static void compile_figures(struct compiler *c, const struct terms *figures)
{
    add(c, "a.id IN (SELECT g.article FROM figures g WHERE ");
    for (size_t i = 0; i < figures->len; i++) {
        add(c, i > 0 ? " AND (" : "(");
        compile_of_figure(c, figures->at[i].query, &rows[QUERY_ARTICLES]);
        add(c, ")");
    }
    add(c, ")");
}

/* One term, or several joined by "and": without brackets of their own, since SQLite's parser has a
 * shallow stack. */
static void compile_and(struct compiler *c, const struct query *query, enum query_target target)
{
    struct chain chain = {0};
    gather(c, query, target, &chain);
    const char *between = "(";
    if (chain.words.len > 0) {
        add(c, between);
        open_ids(c, target);
        compile_words(c, &chain.words);
        close_ids(c, target);
        between = " AND ";
    }
    if (chain.figures.len > 0) {
        add(c, between);
        compile_figures(c, &chain.figures);
        between = " AND ";
    }
    for (size_t i = 0; i < chain.others.len; i++) {
        add(c, between);
        compile(c, chain.others.at[i].query, target);
        between = " AND ";
    }
    add(c, ")");
}

static void compile_or(struct compiler *c, const struct query *query, enum query_target target)
{
    if (query->type != QUERY_OR) {
        compile(c, query, target);
        return;
    }
    compile_or(c, query->left, target);
    add(c, " OR ");
    compile_or(c, query->right, target);
}

/* Terms that no chain gathers apart. */
static void compile_term(struct compiler *c, const struct query *query, enum query_target target)
{
    add(c, "(");
    if (is_of_figure(query))
        compile_of_figure(c, query, &rows[target]);
    else
        compile_of_article(c, query, target);
    add(c, ")");
}

static void compile(struct compiler *c, const struct query *query, enum query_target target)
{
    bool apart = is_words(query) || (target == QUERY_ARTICLES && is_of_figure(query));
    if (query->type == QUERY_AND || apart) {
        compile_and(c, query, target);
    } else if (query->type == QUERY_TERM || is_of_figure(query)) {
        compile_term(c, query, target);
    } else if (query->type == QUERY_OR) {
        add(c, "(");
        compile_or(c, query, target);
        add(c, ")");
    } else if (query->type == QUERY_NOT) {
        add(c, "NOT ");
        compile(c, query->left, target);
    } else {
        add(c, "1");
    }
}

#define SQL_BYTES (512u << 10) /* a query of DW_LIMIT_QUERY_BYTES gives less */

bool query_compile(struct dw_arena *arena, const struct query *query, enum query_target target,
                   struct store_condition *condition)
{
    *condition = (struct store_condition){0};
    if (query->type == QUERY_ALL)
        return true;
    struct compiler c = {.arena = arena};
    dw_buf_init(&c.sql, SQL_BYTES);
    compile(&c, query, target);
    bool ok = dw_buf_ok(&c.sql);
    condition->sql = dw_str_dup(arena, dw_buf_str(&c.sql));
    condition->values = c.values.at;
    condition->value_count = c.values.len;
    dw_buf_release(&c.sql);
    return ok && !arena->failed;
}

bool query_condition(struct dw_arena *arena, struct dw_str text,
                     const struct query_options *options, enum query_target target,
                     struct store_condition *condition, struct query_error *err)
{
    const struct query *query = query_parse(arena, text, options, err);
    if (query == NULL)
        return false;
    return query_compile(arena, query, target, condition) ||
           query_fail(err, 0, text.len, "out of memory");
}
