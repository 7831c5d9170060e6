/* Builds a lexicon: tables of words and phrases become a hash table and a tree to search in. */
#include "lexicon-build.h"

#include <math.h>
#include <string.h>

#define FIRST_SLOTS 32768 /* the built-in tables have some 12,000 words */
#define FIRST_EDGES 16384 /* and as many steps of phrases */

/* ---- Words and phrases ---- */

static void put_slot(struct lexicon_builder *lexicon, struct word_slot slot)
{
    size_t mask = lexicon->slot_cap - 1;
    size_t at = slot.hash & mask;
    while (lexicon->slots[at].id != 0)
        at = (at + 1) & mask;
    lexicon->slots[at] = slot;
}

static bool grow_slots(struct lexicon_builder *lexicon)
{
    struct lexicon_builder larger = *lexicon;
    larger.slot_cap = lexicon->slot_cap > 0 ? lexicon->slot_cap * 2 : FIRST_SLOTS;
    larger.slots = dw_arena_array(lexicon->arena, larger.slot_cap, sizeof *larger.slots);
    if (larger.slots == NULL)
        return false;
    for (size_t i = 0; i < lexicon->slot_cap; i++) {
        struct word_slot slot = lexicon->slots[i];
        if (slot.id != 0)
            put_slot(&larger, slot);
    }
    lexicon->slots = larger.slots;
    lexicon->slot_cap = larger.slot_cap;
    return true;
}

static uint32_t find_word(const struct lexicon_builder *lexicon, uint32_t hash, uint64_t head)
{
    size_t mask = lexicon->slot_cap - 1;
    for (size_t at = hash & mask;; at = (at + 1) & mask) {
        struct word_slot slot = lexicon->slots[at];
        if (slot.id == 0 || (slot.hash == hash && lexicon->lexemes.at[slot.id].head == head))
            return slot.id;
    }
}

uint32_t lexicon_intern(struct lexicon_builder *lexicon, struct dw_str word)
{
    if (lexicon->lexemes.len * 2 >= lexicon->slot_cap && !grow_slots(lexicon))
        return 0;
    uint32_t hash = dw_word_hash(word);
    uint64_t head = dw_word_head(word);
    uint32_t id = find_word(lexicon, hash, head);
    if (id != 0)
        return id;
    struct lexeme *lexeme = dw_vec_push(lexicon->arena, &lexicon->lexemes);
    if (lexeme == NULL)
        return 0;
    *lexeme = (struct lexeme){.head = head};
    id = (uint32_t)(lexicon->lexemes.len - 1);
    put_slot(lexicon, (struct word_slot){hash, id});
    if (word.len == 1 && (unsigned char)word.at[0] < 0x80)
        lexicon->signs[(unsigned char)word.at[0]] = id;
    return id;
}

struct measure *lexicon_measure_of(struct lexicon_builder *lexicon, uint32_t word)
{
    struct lexeme *lexeme = &lexicon->lexemes.at[word];
    if (lexeme->measure != 0)
        return &lexicon->measures.at[lexeme->measure];
    struct measure *added = dw_vec_push(lexicon->arena, &lexicon->measures);
    if (word == 0 || added == NULL || lexicon->measures.len > UINT16_MAX)
        return NULL;
    lexeme->measure = (uint16_t)(lexicon->measures.len - 1);
    added->number = NAN;
    return added;
}

static size_t edge_slot(const struct lexicon_builder *lexicon, uint64_t key)
{
    return lexicon_edge(lexicon->edges, lexicon->edge_cap, key);
}

static bool grow_edges(struct lexicon_builder *lexicon)
{
    struct lexicon_builder larger = *lexicon;
    larger.edge_cap = lexicon->edge_cap > 0 ? lexicon->edge_cap * 2 : FIRST_EDGES;
    larger.edges = dw_arena_array(lexicon->arena, larger.edge_cap * 2, sizeof *larger.edges);
    if (larger.edges == NULL)
        return false;
    for (size_t i = 0; i < lexicon->edge_cap; i++) {
        if (lexicon->edges[i * 2] == 0)
            continue;
        size_t at = edge_slot(&larger, lexicon->edges[i * 2]);
        larger.edges[at * 2] = lexicon->edges[i * 2];
        larger.edges[at * 2 + 1] = lexicon->edges[i * 2 + 1];
    }
    lexicon->edges = larger.edges;
    lexicon->edge_cap = larger.edge_cap;
    return true;
}

static uint32_t new_node(struct lexicon_builder *lexicon)
{
    uint32_t *first = dw_vec_push(lexicon->arena, &lexicon->nodes);
    return first != NULL ? (uint32_t)(lexicon->nodes.len - 1) : 0;
}

static uint32_t add_step(struct lexicon_builder *lexicon, uint32_t node, uint32_t word)
{
    if (word == 0 || (lexicon->edge_len * 2 >= lexicon->edge_cap && !grow_edges(lexicon)))
        return 0;
    size_t at = edge_slot(lexicon, (uint64_t)node << 32 | word);
    if (lexicon->edges[at * 2] != 0)
        return (uint32_t)lexicon->edges[at * 2 + 1];
    uint32_t next = new_node(lexicon);
    if (next == 0)
        return 0;
    lexicon->edges[at * 2] = (uint64_t)node << 32 | word;
    lexicon->edges[at * 2 + 1] = next;
    lexicon->edge_len++;
    return next;
}

/* Quotes and dashes of every kind are one; a possessive ending is no part of a word. */
static struct dw_str plain_word(struct dw_str text, const struct dw_token *token)
{
    if (token->kind == DW_TOKEN_DASH)
        return DW_STR("-");
    if (token->kind == DW_TOKEN_QUOTE)
        return DW_STR("'");
    return dw_str_slice(text, token->start, token->end - token->ending);
}

/* The node behind the first word of a phrase, made if there is none. */
static uint32_t add_begin(struct lexicon_builder *lexicon, uint32_t word, const struct sense *sense)
{
    struct lexeme *lexeme = &lexicon->lexemes.at[word];
    if (word == 0)
        return 0;
    lexeme->starts |= (uint8_t)(1u << sense->kind);
    lexeme->nickname =
        lexeme->nickname || (sense->kind == SENSE_COMPANY && (sense->flags & SENSE_PROPER) == 0);
    if (lexeme->node == 0)
        lexeme->node = new_node(lexicon);
    return lexeme->node;
}

/* The node behind the last word of a phrase; 0: it has no words, or memory ran out. */
static uint32_t add_words(struct lexicon_builder *lexicon, struct dw_str phrase,
                          const struct dw_tokens *tokens, const struct sense *sense)
{
    uint32_t node = 0;
    for (size_t i = 0; i < tokens->len && (i == 0 || node != 0); i++) {
        uint32_t word = lexicon_intern(lexicon, plain_word(phrase, &tokens->at[i]));
        node = i == 0 ? add_begin(lexicon, word, sense) : add_step(lexicon, node, word);
    }
    return node;
}

bool lexicon_add_phrase(struct lexicon_builder *lexicon, struct dw_str phrase, struct sense sense)
{
    struct dw_tokens tokens;
    struct dw_scratch scratch = dw_scratch_begin(lexicon->scratch);
    bool cut = dw_tokenize(lexicon->scratch, phrase, &tokens);
    bool empty = cut && tokens.len == 0;
    uint32_t node = cut ? add_words(lexicon, phrase, &tokens, &sense) : 0;
    dw_scratch_end(scratch);
    struct sense *added = node != 0 ? dw_vec_push(lexicon->arena, &lexicon->senses) : NULL;
    if (added == NULL) {
        lexicon->arena->failed = lexicon->arena->failed || !empty;
        return empty;
    }
    sense.next = lexicon->nodes.at[node];
    *added = sense;
    lexicon->nodes.at[node] = (uint32_t)(lexicon->senses.len - 1);
    return true;
}

/* The words of known-words.h, so that their numbers are those of the enumerators. */
static bool add_known_words(struct lexicon_builder *lexicon)
{
    static const struct dw_str words[] = {
#define KNOWN_TEXT(name, text) DW_STR_INIT(text),
        KNOWN_WORDS(KNOWN_TEXT)
#undef KNOWN_TEXT
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (lexicon_intern(lexicon, words[i]) != i + 1)
            return false;
    }
    return true;
}

#define NAMED (1u << SENSE_COMPANY | 1u << SENSE_PERSON | 1u << SENSE_PLACE)

static uint8_t marks_of(const struct lexeme *l, size_t id)
{
    unsigned marks = l->starts & NAMED ? MARK_NAME : 0;
    if (l->amount != AMOUNT_NEVER)
        marks |= MARK_AMOUNT;
    if (l->classes & CLASS(REFSTART))
        marks |= MARK_REFERENCE;
    if ((l->classes & (CLASS(MONTH) | CLASS(WEEKDAY) | CLASS(ORDINAL))) != 0 || id == W_LAST ||
        id == W_THIS || id == W_NEXT || id == W_DECADE)
        marks |= MARK_TIME;
    if (id == W_SEMICOLON || id == W_COLON || id == W_OPEN || id == W_DASH || id == W_COMMA ||
        id == W_AND || id == W_BUT || (l->classes & CLASS(RELATIVE)) != 0)
        marks |= MARK_BORDER;
    if (id == W_HTTP || id == W_HTTPS || id == W_WWW)
        marks |= MARK_ADDRESS;
    return (uint8_t)marks;
}

void lexicon_mark(struct lexicon_builder *lexicon)
{
    static const enum known_word others[] = {W_HALF,   W_QUARTER, W_SEVERAL, W_FEW,
                                             W_COUPLE, W_MANY,    W_UNTOLD,  W_MULTI,
                                             W_SINGLE, W_DOUBLE,  W_TRIPLE};
    for (size_t i = 1; i < lexicon->lexemes.len; i++) {
        struct lexeme *l = &lexicon->lexemes.at[i];
        const struct measure *m = &lexicon->measures.at[l->measure];
        bool begins = !isnan(m->number) || m->magnitude > 0 || m->vague > 0 ||
                      m->currencies[CURRENCY_SIGN] != 0 || m->currencies[CURRENCY_PREFIX] != 0 ||
                      m->currencies[CURRENCY_CODE] != 0;
        l->amount = begins ? AMOUNT_BEGINS : AMOUNT_NEVER;
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        lexicon->lexemes.at[others[i]].amount = AMOUNT_BEGINS;
    lexicon->lexemes.at[W_A].amount = AMOUNT_ARTICLE;
    lexicon->lexemes.at[W_AN].amount = AMOUNT_ARTICLE;
    for (size_t i = 0; i < lexicon->lexemes.len; i++) {
        struct lexeme *l = &lexicon->lexemes.at[i];
        l->marks = i > 0 ? marks_of(l, i) : 0;
        l->capital_marks = l->marks & MARK_REFERENCE ? l->marks : l->marks | MARK_CAPITAL;
        l->small_marks = l->nickname ? l->marks : l->marks & (uint8_t)~MARK_NAME;
    }
}

bool lexicon_build(struct lexicon_builder *lexicon, struct dw_arena *arena,
                   struct dw_arena *scratch)
{
    *lexicon = (struct lexicon_builder){.arena = arena, .scratch = scratch};
    dw_map_init(&lexicon->organisation_ids, arena);
    /* index 0 is "none" everywhere */
    struct measure *none = dw_vec_push(arena, &lexicon->measures);
    bool done = none != NULL && dw_vec_push(arena, &lexicon->lexemes) != NULL &&
                dw_vec_push(arena, &lexicon->senses) != NULL && new_node(lexicon) == 0 &&
                grow_edges(lexicon) && grow_slots(lexicon) && add_known_words(lexicon);
    if (done)
        none->number = NAN;
    return done && !arena->failed;
}

/* Copies `len` things of a table with room for some more. */
static void *copy_list(struct dw_arena *arena, const void *at, size_t len, size_t size, size_t *cap)
{
    *cap = len + len / 4 + 8;
    void *copy = dw_arena_array(arena, *cap, size);
    if (copy != NULL && len > 0)
        memcpy(copy, at, len * size);
    return copy;
}

#define COPY_LIST(name)                                                                        \
    (lexicon->name.at = copy_list(arena, from->name.at, from->name.len, sizeof *from->name.at, \
                                  &lexicon->name.cap),                                         \
     lexicon->name.len = from->name.len)

bool lexicon_build_on(struct lexicon_builder *lexicon, struct dw_arena *arena,
                      struct dw_arena *scratch, const struct lexicon *from)
{
    *lexicon = (struct lexicon_builder){
        .arena = arena, .scratch = scratch, .slot_cap = from->slot_cap, .edge_cap = from->edge_cap};
    COPY_LIST(lexemes);
    COPY_LIST(measures);
    COPY_LIST(nodes);
    COPY_LIST(senses);
    COPY_LIST(organisations);
    COPY_LIST(people);
    COPY_LIST(triggers);
    COPY_LIST(units);
    COPY_LIST(currencies);
    COPY_LIST(qualifiers);
    COPY_LIST(statuses);
    COPY_LIST(verbs);
    size_t cap;
    memcpy(lexicon->signs, from->signs, sizeof lexicon->signs);
    lexicon->slots = copy_list(arena, from->slots, from->slot_cap, sizeof *from->slots, &cap);
    lexicon->edges = copy_list(arena, from->edges, from->edge_cap * 2, sizeof *from->edges, &cap);
    for (size_t i = 0; i < from->edge_cap; i++)
        lexicon->edge_len += from->edges[i * 2] != 0;
    dw_map_init(&lexicon->organisation_ids, arena);
    for (size_t i = 0; !arena->failed && i < from->organisations.len; i++) {
        if (!dw_map_put(&lexicon->organisation_ids, from->organisations.at[i].name, i))
            return false;
    }
    return !arena->failed;
}

#define TAKE_LIST(name) (lexicon->name.at = from->name.at, lexicon->name.len = from->name.len)

void lexicon_take(struct lexicon *lexicon, struct lexicon_builder *from)
{
    TAKE_LIST(lexemes);
    TAKE_LIST(measures);
    TAKE_LIST(nodes);
    TAKE_LIST(senses);
    TAKE_LIST(organisations);
    TAKE_LIST(people);
    TAKE_LIST(triggers);
    TAKE_LIST(units);
    TAKE_LIST(currencies);
    TAKE_LIST(qualifiers);
    TAKE_LIST(statuses);
    TAKE_LIST(verbs);
    lexicon->slots = from->slots;
    lexicon->slot_cap = from->slot_cap;
    lexicon->edges = from->edges;
    lexicon->edge_cap = from->edge_cap;
    memcpy(lexicon->signs, from->signs, sizeof lexicon->signs);
}
