/* What the stages that find names share. */
#ifndef EXTRACT_NAMES_H
#define EXTRACT_NAMES_H

#include "internal.h"

#define NO_ENTITY UINT32_MAX

/* entities.c */
/* Lets an entity be found by a word of its name. */
void link_entity(struct analysis *a, uint32_t hash, uint32_t entity);
/* Walks the entities that have a word, the newest first: begin with *link 0 and *looked 0.
 * NO_ENTITY ends it. */
uint32_t next_entity(const struct analysis *a, uint32_t hash, uint32_t *link, size_t *looked);
/* The entity of a name, made if there is none; `hash` is that of the name's first word. NO_ENTITY:
 * out of memory. */
uint32_t entity_named(struct analysis *a, struct dw_str name, uint32_t hash, bool person);
/* Adds a name of the text, which its entity counts. */
void add_name(struct analysis *a, struct name name);
/* The text of some tokens, without the possessive that it ends in. */
struct dw_str span_text(const struct analysis *a, size_t first, size_t last);

/* name-context.c */
/* Whether a sentence, a line or a quotation begins at a token. */
bool sentence_begins(const struct analysis *a, size_t token);
/* Whether a verb stands at a token. */
bool is_verb_here(const struct analysis *a, size_t token);
/* The end of a name with its legal form: "Acme Corp.", "Acme, Inc." */
size_t take_legal_form(const struct analysis *a, size_t last, size_t end);
/* "X-backed", "former X", "X's rival": X is not who acts. */
bool is_aside(const struct analysis *a, size_t first, size_t last);
/* "(NASDAQ: VCTL)": where shares are listed, and under which letters. */
bool is_ticker(const struct analysis *a, size_t first, size_t last);

/* spelling.c */
/* How often the article writes a token's word, by case; NULL: out of memory. */
const struct spelling *spelling_at(struct analysis *a, size_t token);
/* Whether a word's capital may be that of a sentence's beginning alone. */
bool lower_elsewhere(struct analysis *a, size_t token);
/* Whether capitals say nothing of names where a token stands. */
bool hides_names(struct analysis *a, size_t token);

/* unknown-names.c */
/* Takes the name that begins at a word with a capital, if one does; the token to go on with. */
size_t take_unknown(struct analysis *a, size_t token, size_t end);

#endif
