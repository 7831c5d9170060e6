/* The grammar of the filter language: a tree out of words. */
#include "internal.h"

#define DEPTH_MAX 64  /* brackets and signs within each other: no person types more */
#define TERMS_MAX 100 /* of one query: SQLite's expressions have a limit, too */

struct parser {
    struct dw_arena *arena;
    const struct query_options *options;
    struct words words;
    struct word word; /* the one at hand */
    struct query_error *err;
    int depth;
    int terms;
};

static struct query *parse_or(struct parser *parser);

static bool advance(struct parser *parser)
{
    return words_next(&parser->words, &parser->word);
}

static struct query *fail(struct parser *parser, const char *message)
{
    query_fail(parser->err, parser->word.start, parser->word.end, "%s", message);
    return NULL;
}

static struct query *node(struct parser *parser, enum query_type type, struct query *left,
                          struct query *right)
{
    struct query *query = dw_arena_array(parser->arena, 1, sizeof *query);
    if (query == NULL)
        return fail(parser, "out of memory");
    query->type = type;
    query->left = left;
    query->right = right;
    return query;
}

/* A word at whose end stands * means its beginning. */
static void read_text(struct parser *parser, struct query *term)
{
    term->text = parser->word.text;
    size_t len = term->text.len;
    if (parser->word.kind == WORD_TEXT && len > 1 && term->text.at[len - 1] == '*') {
        term->text = dw_str_slice(term->text, 0, len - 1);
        term->prefix = true;
    }
}

static struct query *parse_term(struct parser *parser)
{
    if (parser->terms++ == TERMS_MAX)
        return fail(parser, "this is one term too many: a query has at most 100");
    struct query *term = node(parser, QUERY_TERM, NULL, NULL);
    if (term == NULL)
        return NULL;
    term->start = parser->word.start;
    term->end = parser->word.end;
    if (parser->word.kind == WORD_FIELD) {
        term->field = parser->word.field;
        if (!query_value(parser->arena, &parser->word, parser->options, term, parser->err))
            return NULL;
    } else {
        read_text(parser, term);
    }
    return advance(parser) ? term : NULL;
}

static struct query *parse_brackets(struct parser *parser)
{
    size_t open = parser->word.start;
    if (!advance(parser))
        return NULL;
    if (parser->word.kind == WORD_CLOSE)
        return fail(parser, "there is nothing between the brackets");
    struct query *inner = parse_or(parser);
    if (inner == NULL)
        return NULL;
    if (parser->word.kind != WORD_CLOSE) {
        query_fail(parser->err, open, open + 1, "the bracket is not closed: put ) behind");
        return NULL;
    }
    return advance(parser) ? inner : NULL;
}

/* Whether a term may start here; says what is wrong where none may. */
static bool starts_term(struct parser *parser)
{
    switch (parser->word.kind) {
    case WORD_NOT:
    case WORD_OPEN:
    case WORD_PHRASE:
    case WORD_TEXT:
    case WORD_FIELD:
        return true;
    case WORD_CLOSE:
        fail(parser, "this bracket was never opened");
        return false;
    case WORD_OR:
    case WORD_AND:
        fail(parser, "this joins two terms: write one on each side (quotes make it a word)");
        return false;
    case WORD_END:
        break;
    }
    fail(parser, "here a term is missing");
    return false;
}

static struct query *parse_one(struct parser *parser)
{
    if (!starts_term(parser))
        return NULL;
    if (parser->depth == DEPTH_MAX)
        return fail(parser, "too many brackets and signs within each other");
    parser->depth++;
    struct query *query = NULL;
    if (parser->word.kind == WORD_NOT) {
        if (advance(parser))
            query = parse_one(parser);
        if (query != NULL)
            query = node(parser, QUERY_NOT, query, NULL);
    } else if (parser->word.kind == WORD_OPEN) {
        query = parse_brackets(parser);
    } else {
        query = parse_term(parser);
    }
    parser->depth--;
    return query;
}

static struct query *parse_and(struct parser *parser)
{
    struct query *left = parse_one(parser);
    while (left != NULL && parser->word.kind != WORD_END && parser->word.kind != WORD_CLOSE &&
           parser->word.kind != WORD_OR) {
        if (parser->word.kind == WORD_AND && !advance(parser))
            return NULL;
        struct query *right = parse_one(parser);
        left = right != NULL ? node(parser, QUERY_AND, left, right) : NULL;
    }
    return left;
}

static struct query *parse_or(struct parser *parser)
{
    struct query *left = parse_and(parser);
    while (left != NULL && parser->word.kind == WORD_OR) {
        if (!advance(parser))
            return NULL;
        struct query *right = parse_and(parser);
        left = right != NULL ? node(parser, QUERY_OR, left, right) : NULL;
    }
    return left;
}

struct query *query_parse(struct dw_arena *arena, struct dw_str text,
                          const struct query_options *options, struct query_error *err)
{
    struct parser parser = {
        .arena = arena, .options = options, .words = {text, 0, err}, .err = err};
    if (text.len > DW_LIMIT_QUERY_BYTES) {
        query_fail(err, DW_LIMIT_QUERY_BYTES, text.len, "the query is longer than %d bytes",
                   DW_LIMIT_QUERY_BYTES);
        return NULL;
    }
    if (!dw_utf8_valid(text)) {
        query_fail(err, 0, text.len, "the query is not UTF-8");
        return NULL;
    }
    if (!advance(&parser))
        return NULL;
    if (parser.word.kind == WORD_END)
        return node(&parser, QUERY_ALL, NULL, NULL);
    struct query *query = parse_or(&parser);
    if (query != NULL && parser.word.kind != WORD_END)
        return fail(&parser, "this bracket was never opened");
    if (query != NULL && arena->failed)
        return fail(&parser, "out of memory");
    return query;
}
