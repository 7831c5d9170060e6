/* A lexicon in the making: the tables that the program is built with, and the user's own rows on
 * top. */
#ifndef EXTRACT_LEXICON_BUILD_H
#define EXTRACT_LEXICON_BUILD_H

#include "internal.h"

/* The same tables as struct lexicon has, but growing. All of them stand in the arena. */
struct lexicon_builder {
    struct dw_arena *arena;
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
};

/* Begins with the tables of the house. False: out of memory. */
bool lexicon_build(struct lexicon_builder *lexicon, struct dw_arena *arena) DW_MUST_CHECK;
/* Begins with copies of a lexicon's tables, to be extended. False: out of memory. */
bool lexicon_build_on(struct lexicon_builder *lexicon, struct dw_arena *arena,
                      const struct lexicon *from) DW_MUST_CHECK;
/* Adds the user's own companies, errors by line. */
bool lexicon_add_companies(struct lexicon_builder *lexicon, struct dw_str text,
                           struct dw_error *err) DW_MUST_CHECK;
/* What was built, to be read; its weights are left as they are. The lexicon borrows the tables. */
void lexicon_take(struct lexicon *lexicon, struct lexicon_builder *from);

/* Where the step from a node by a word stands in a table of edges, or the free place for it. */
static inline size_t lexicon_edge(const uint64_t *edges, size_t cap, uint64_t key)
{
    size_t mask = cap - 1;
    size_t at = (size_t)((key * 0x9E3779B97F4A7C15u) >> 20) & mask;
    while (edges[at * 2] != 0 && edges[at * 2] != key)
        at = (at + 1) & mask;
    return at;
}

#endif
