/* An extractor: the lexicon that the program was built with, the user's own names on top. */
#include "lexicon-build.h"

#define LEXICON_BYTES (64u << 20)

bool dw_user_table_name(size_t index, struct dw_str *name)
{
    if (index < LEXICON_TABLES)
        *name = lexicon_tables[index].name;
    return index < LEXICON_TABLES;
}

/* The table of a name; NULL: there is none. */
static const struct lexicon_table *table_named(struct dw_str name)
{
    for (size_t i = 0; i < LEXICON_TABLES; i++) {
        if (dw_str_eq(lexicon_tables[i].name, name))
            return &lexicon_tables[i];
    }
    return NULL;
}

/* Adds the user's rows to those of the house, over which they win. */
static bool add_tables(struct lexicon_builder *builder, const struct dw_user_table *tables,
                       size_t count, struct dw_error *err)
{
    for (size_t i = 0; i < count; i++) {
        const struct lexicon_table *table = table_named(tables[i].name);
        if (table == NULL)
            return dw_error_set(err, DW_ERR_CONFIG, "there is no table %.*s.tsv",
                                DW_FMT(tables[i].name));
        if (!lexicon_add_text(builder, table, tables[i].text, err))
            return false;
    }
    lexicon_mark(builder);
    return true;
}

static bool open_lexicon(struct lexicon *lexicon, const struct dw_user_table *tables, size_t count,
                         struct dw_error *err)
{
    struct lexicon_builder builder;
    struct dw_arena scratch;
    bool any = false;
    *lexicon = extract_lexicon;
    dw_arena_init(&lexicon->arena, LEXICON_BYTES);
    for (size_t i = 0; i < count; i++)
        any = any || tables[i].text.len > 0;
    if (!any)
        return true;
    dw_arena_init(&scratch, LEXICON_BYTES);
    bool done = lexicon_build_on(&builder, &lexicon->arena, &scratch, lexicon);
    if (!done)
        dw_error_set(err, DW_ERR_MEMORY, "out of memory for the lexicon");
    done = done && add_tables(&builder, tables, count, err);
    if (done)
        lexicon_take(lexicon, &builder);
    dw_arena_release(&scratch);
    return done;
}

struct dw_extractor *dw_extractor_open(const struct dw_user_table *tables, size_t count,
                                       struct dw_error *err)
{
    struct dw_extractor *extractor = dw_alloc(sizeof *extractor);
    if (extractor == NULL) {
        dw_error_set(err, DW_ERR_MEMORY, "out of memory for the extractor");
        return NULL;
    }
    if (!open_lexicon(&extractor->lexicon, tables, count, err)) {
        dw_extractor_free(extractor);
        return NULL;
    }
    return extractor;
}

struct dw_extractor *dw_extractor_new(struct dw_str user_companies, struct dw_error *err)
{
    struct dw_user_table companies = {DW_STR("companies"), user_companies};
    return dw_extractor_open(&companies, 1, err);
}

void dw_extractor_free(struct dw_extractor *extractor)
{
    if (extractor == NULL)
        return;
    dw_arena_release(&extractor->lexicon.arena);
    dw_free(extractor);
}

struct dw_str dw_company_find(const struct dw_extractor *extractor, struct dw_str name)
{
    const struct lexicon *l = &extractor->lexicon;
    struct dw_arena arena;
    struct dw_tokens tokens;
    struct dw_str found = {"", 0};
    uint32_t node = 0;
    dw_arena_init(&arena, 1 << 20);
    bool cut = dw_tokenize(&arena, name, &tokens);
    for (size_t i = 0; cut && i < tokens.len && (i == 0 || node != 0); i++) {
        const struct dw_token *t = &tokens.at[i];
        uint32_t word = lexicon_word(l, dw_str_slice(name, t->start, t->end - t->ending));
        node = i == 0 ? lexicon_begin(l, word) : lexicon_step(l, node, word);
    }
    for (uint32_t s = node != 0 ? l->nodes.at[node] : 0; s != 0; s = l->senses.at[s].next) {
        if (l->senses.at[s].kind == SENSE_COMPANY) {
            found = l->organisations.at[l->senses.at[s].index].name;
            break;
        }
    }
    dw_arena_release(&arena);
    return found;
}
