/* A lexicon in the making: the tables that the program is built with, and the user's own rows on
 * top. */
#ifndef EXTRACT_LEXICON_BUILD_H
#define EXTRACT_LEXICON_BUILD_H

#include "internal.h"

/* The same tables as struct lexicon has, but growing. All of them stand in the arena. */
struct lexicon_builder {
    struct dw_arena *arena;
    struct dw_arena *scratch; /* of one phrase */
    struct word_slot *slots;
    size_t slot_cap;
    DW_VEC(struct lexeme) lexemes;
    DW_VEC(struct measure) measures;
    uint32_t signs[128];
    uint64_t *edges;
    size_t edge_cap;
    size_t edge_len;
    DW_VEC(uint32_t) nodes;
    DW_VEC(struct sense) senses;
    DW_VEC(struct organisation) organisations;
    struct dw_map organisation_ids;
    DW_VEC(struct person) people;
    DW_VEC(struct trigger) triggers;
    DW_VEC(struct unit) units;
    DW_VEC(struct currency) currencies;
    DW_VEC(struct qualifier_sense) qualifiers;
    DW_VEC(enum dw_status) statuses;
    DW_VEC(struct verb_base) verbs;
    size_t line; /* of the row that is read, for messages */
};

/* ---- The tables in the making (lexicon-build.c) ---- */

/* Begins with the words that the code itself asks for. `scratch` is another arena, in use until
 * all rows are in. False: out of memory. */
bool lexicon_build(struct lexicon_builder *lexicon, struct dw_arena *arena,
                   struct dw_arena *scratch) DW_MUST_CHECK;
/* Begins with copies of a lexicon's tables, to be extended. */
bool lexicon_build_on(struct lexicon_builder *lexicon, struct dw_arena *arena,
                      struct dw_arena *scratch, const struct lexicon *from) DW_MUST_CHECK;
/* The index of a word, which is added if it is new; 0 if memory ran out. */
uint32_t lexicon_intern(struct lexicon_builder *lexicon, struct dw_str word);
/* What a word says of an amount, to be filled in; NULL: out of memory. */
struct measure *lexicon_measure_of(struct lexicon_builder *lexicon, uint32_t word);
/* Gives a phrase a sense, before those that it has. The phrase is cut into tokens exactly as a text
 * is. False: out of memory. */
bool lexicon_add_phrase(struct lexicon_builder *lexicon, struct dw_str phrase,
                        struct sense sense) DW_MUST_CHECK;
/* Notes what may begin with which words, once all rows are in. */
void lexicon_mark(struct lexicon_builder *lexicon);
/* What was built, to be read; its weights are left as they are. The lexicon borrows the tables. */
void lexicon_take(struct lexicon *lexicon, struct lexicon_builder *from);

/* ---- Rows (lexicon-rows.c; companies, people and places: lexicon-names.c) ---- */

/* Takes in a row, whose absent cells are empty. False: out of memory, or the row says nothing,
 * which the error tells. */
typedef bool lexicon_row(struct lexicon_builder *lexicon, const struct dw_str *cell,
                         struct dw_error *err);
lexicon_row lexicon_add_company, lexicon_add_person, lexicon_add_place;

/* One of the tables that a lexicon is made of, in the order in which they are read. */
struct lexicon_table {
    struct dw_str name; /* of its file, without ".tsv" */
    uint8_t columns;    /* at most */
    uint8_t needed;     /* that may not be empty */
    uint8_t key;        /* those that tell a row from others, a bit each; 0: rows may be alike */
    const char *wanted; /* what the columns are, for messages */
    lexicon_row *add;
};
#define LEXICON_TABLES 13
extern const struct lexicon_table lexicon_tables[LEXICON_TABLES];

/* Takes in a row of a table; `seen` holds those before it. The error tells why it cannot be. */
bool lexicon_add_row(struct lexicon_builder *lexicon, const struct lexicon_table *table,
                     struct dw_map *seen, const struct dw_str *cell, size_t columns,
                     struct dw_error *err) DW_MUST_CHECK;
/* Takes in a file of the user's own rows; the error names file and line. */
bool lexicon_add_text(struct lexicon_builder *lexicon, const struct lexicon_table *table,
                      struct dw_str text, struct dw_error *err) DW_MUST_CHECK;

/* Where the step from a node by a word stands in a table of edges, or the free place for it. */
static inline size_t lexicon_edge(const uint64_t *edges, size_t cap, uint64_t key)
{
    size_t mask = cap - 1;
    size_t at = (size_t)((key * 0x9E3779B97F4A7C15u) >> 32) & mask; /* node and word mixed */
    while (edges[at * 2] != 0 && edges[at * 2] != key)
        at = (at + 1) & mask;
    return at;
}

#endif
