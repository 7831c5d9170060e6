/* Clues: the words around amounts, and the weights that they have for choices. */
#include "internal.h"

#include <string.h>

#define NAME_OF(name, text) DW_STR_INIT(text),
static const struct dw_str place_names[] = {CLUE_PLACES(NAME_OF)};
#undef NAME_OF

/* ---- Keys and weights ---- */

static inline uint32_t mix(uint32_t x)
{
    x ^= x >> 16;
    x *= 0x7feb352dU;
    x ^= x >> 15;
    x *= 0x846ca68bU;
    return x ^ x >> 16;
}

static inline uint32_t key_of(enum clue_place place, uint32_t first, uint32_t second)
{
    uint32_t key = mix(first + 0x9E3779B9u * (second + 0x85EBCA6Bu * ((uint32_t)place + 1)));
    return key != 0 ? key : 1;
}

static inline uint32_t salted(uint32_t key, uint32_t salt)
{
    key += salt * 0x9E3779B1u;
    return key != 0 ? key : 1;
}

/* Hash of a word in any case; of the marks for what is no word ("*amount*"), length and first
 * letter tell them apart at less cost. */
static inline uint32_t hash_of(struct dw_str word)
{
    if (word.len == 0)
        return 0;
    if (word.at[0] == '*' && word.len > 1)
        return 0x2A000000u | (uint32_t)word.len << 8 | (unsigned char)word.at[1];
    return dw_word_hash(word);
}

bool clue_weights_init(struct dw_arena *arena, size_t rows, struct clue_weights *weights)
{
    size_t slots = 16;
    while (slots < 2 * rows)
        slots *= 2;
    *weights = (struct clue_weights){.mask = slots - 1, .cap = rows};
    weights->slots = dw_arena_array(arena, slots, sizeof *weights->slots);
    weights->at = dw_arena_array(arena, rows + 1, sizeof *weights->at);
    if (weights->slots == NULL || weights->at == NULL)
        return false;
    memset(weights->slots, 0, slots * sizeof *weights->slots);
    return true;
}

static struct clue_slot *slot_for(const struct clue_weights *weights, uint32_t key)
{
    size_t at = key & weights->mask;
    while (weights->slots[at].key != 0 && weights->slots[at].key != key)
        at = (at + 1) & weights->mask;
    return &weights->slots[at];
}

bool clue_weights_add(struct clue_weights *weights, struct dw_str text, uint32_t salt,
                      uint8_t choice, float weight)
{
    struct dw_str name = {0};
    struct dw_str word = {0};
    struct dw_str second = {0};
    if (!dw_str_split(&text, ' ', &name) || !dw_str_split(&text, ' ', &word) ||
        weights->len == weights->cap)
        return false;
    if (text.len > 0)
        dw_str_split(&text, ' ', &second);
    for (size_t place = 0; place < CLUE_PLACE_COUNT; place++) {
        if (!dw_str_eq(place_names[place], name))
            continue;
        uint32_t key = key_of((enum clue_place)place, hash_of(word), hash_of(second));
        struct clue_slot *slot = slot_for(weights, salted(key, salt));
        slot->key = salted(key, salt);
        weights->at[weights->len++] = (struct clue_weight){weight, choice, slot->first & 0xffffff};
        slot->first = (uint32_t)weights->len;
        return true;
    }
    return false;
}

void clue_weights_sum(const struct clue_weights *weights, const struct clues *clues, uint32_t salt,
                      double *sums)
{
    if (weights->len == 0)
        return;
    for (size_t i = 0; i < clues->len; i++) {
        uint32_t next = slot_for(weights, salted(clues->at[i].key, salt))->first;
        while (next != 0) {
            const struct clue_weight *w = &weights->at[next - 1];
            sums[w->choice] += (double)w->weight;
            next = w->next;
        }
    }
}

static void add_word(struct dw_buf *out, struct dw_str word)
{
    dw_buf_add_char(out, ' ');
    for (size_t i = 0; i < word.len; i++) {
        char c = word.at[i];
        dw_buf_add_char(out, (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
    }
}

void clue_text(struct dw_buf *out, const struct clue *clue)
{
    dw_buf_add(out, place_names[clue->place]);
    add_word(out, clue->word);
    if (clue->second.len > 0)
        add_word(out, clue->second);
}

/* ---- Words ---- */

struct word_clue {
    struct dw_str text;
    uint32_t hash;
};

static inline struct word_clue word_of(struct dw_str text)
{
    return (struct word_clue){text, hash_of(text)};
}

/* Whether a word can stand in a table as it is. */
static bool is_plain(struct dw_str word)
{
    for (size_t i = 0; i < word.len; i++) {
        unsigned char c = (unsigned char)word.at[i];
        bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        if (!letter && c < 0x80 && !(c >= '0' && c <= '9') &&
            dw_str_find_char(DW_STR(",:()-.?%'&/"), (char)c, 0) == SIZE_MAX)
            return false;
    }
    return word.len > 0;
}

/* A token as a clue: names and amounts by what they are, signs that the tables can not hold as
 * nothing. */
static struct word_clue read_word(const struct analysis *a, size_t token)
{
    const struct name *name = name_at(a, token);
    if (a->quantity_at[token] != 0)
        return word_of(DW_STR("*amount*"));
    if (name != NULL)
        return word_of(name->kind == NAME_PERSON      ? DW_STR("*person*")
                       : name->kind == NAME_PLACE     ? DW_STR("*place*")
                       : name->kind == NAME_REFERENCE ? DW_STR("*reference*")
                                                      : DW_STR("*name*"));
    const struct dw_token *t = &a->tokens.at[token];
    if (t->kind == DW_TOKEN_NUMBER)
        return word_of(DW_STR("*number*"));
    struct dw_str text = dw_str_slice(a->text, t->start, t->end - t->ending);
    bool plain = t->kind == DW_TOKEN_WORD || is_plain(text); /* words have no other signs */
    return plain ? (struct word_clue){text, t->hash != 0 ? t->hash : hash_of(text)}
                 : (struct word_clue){0};
}

/* The same, verbs by their base form. */
static struct word_clue read_base(const struct analysis *a, size_t token)
{
    uint16_t verb = a->lexicon->lexemes.at[a->words[token].id].verb;
    bool bare = a->quantity_at[token] == 0 && name_at(a, token) == NULL;
    if (verb == 0 || !bare)
        return read_word(a, token);
    const struct verb_base *base = &a->lexicon->verbs.at[verb - 1];
    return (struct word_clue){base->text, base->hash};
}

static void add(struct clues *clues, enum clue_place place, struct word_clue word,
                struct word_clue second)
{
    if (word.text.len == 0 || clues->len == MOST_CLUES)
        return;
    uint32_t key = key_of(place, word.hash, second.hash);
    uint64_t bit = (uint64_t)1 << key % 64;
    for (size_t i = 0; (clues->seen & bit) != 0 && i < clues->len; i++) {
        if (clues->at[i].key == key)
            return;
    }
    clues->seen |= bit;
    clues->at[clues->len++] = (struct clue){place, key, word.text, second.text};
}

static const struct word_clue nothing;

static void add_around(const struct analysis *a, const struct dw_sentence *s, size_t first,
                       size_t last, struct clues *clues)
{
    struct word_clue edge = word_of(DW_STR("*edge*"));
    struct word_clue before = first > s->first ? read_word(a, first - 1) : edge;
    struct word_clue two = first > s->first + 1 ? read_word(a, first - 2) : edge;
    add(clues, CLUE_BEFORE, before, nothing);
    if (before.text.len > 0)
        add(clues, CLUE_TWO_BEFORE, two, before);
    add(clues, CLUE_BEHIND, last < s->last ? read_word(a, last) : edge, nothing);
}

/* How a noun hangs on its verb. */
static struct word_clue link_of(const struct analysis *a, const struct group *g,
                                const struct group *verb)
{
    if (g->preposition > 0)
        return read_word(a, g->preposition - 1u);
    return word_of(g->link == LINK_SUBJECT
                       ? (verb->flags & VERB_PASSIVE ? DW_STR("*passive*") : DW_STR("*subject*"))
                   : g->link == LINK_OBJECT ? DW_STR("*object*")
                   : g->link == LINK_SECOND ? DW_STR("*second*")
                                            : DW_STR("*other*"));
}

/* What a group of nouns depends on. */
static void add_governors(const struct analysis *a, const struct syntax *x, size_t group,
                          struct clues *clues)
{
    if (group == NO_GROUP)
        return;
    group = first_of_list(x, group);
    const struct group *g = &x->groups[group];
    size_t verb = verb_of(x, group);
    if (g->link == LINK_PREPOSITION && g->noun != NO_GROUP)
        add(clues, CLUE_NOUN, read_base(a, x->groups[g->noun].head), link_of(a, g, g));
    if (verb == NO_GROUP || x->groups[verb].kind != GROUP_VERB)
        return;
    const struct group *v = &x->groups[verb];
    add(clues, CLUE_VERB, read_base(a, v->head), link_of(a, g, v));
    if (v->subject != NO_GROUP && v->subject != group && x->groups[v->subject].kind == GROUP_NOUN)
        add(clues, CLUE_SUBJECT, read_base(a, x->groups[v->subject].head),
            v->flags & VERB_PASSIVE ? word_of(DW_STR("*passive*")) : nothing);
    if (v->object != NO_GROUP && v->object != group && x->groups[v->object].kind == GROUP_NOUN)
        add(clues, CLUE_OBJECT, read_base(a, x->groups[v->object].head), nothing);
    bool depends = v->link == LINK_INFINITIVE || v->link == LINK_ADVERBIAL;
    if (depends && v->governor != NO_GROUP && x->groups[v->governor].kind == GROUP_VERB)
        add(clues, CLUE_UP, read_base(a, x->groups[v->governor].head), nothing);
    else if (v->link == LINK_INFINITIVE && v->noun != NO_GROUP)
        add(clues, CLUE_UP, read_base(a, x->groups[v->noun].head), nothing);
}

static void read_clues(const struct analysis *a, const struct scene *scene,
                       const struct quantity *q, struct clues *clues)
{
    enum { NEAR = 6, CLOSE = 5 };
    const struct dw_sentence *s = scene->sentence;
    size_t first = qualifier_start(a, s->first, q->first);
    size_t group = group_at(&scene->syntax, q->first);
    clues->len = 0;
    clues->seen = 0;
    add_around(a, s, first, q->last, clues);
    if (group != NO_GROUP && scene->syntax.groups[group].head >= q->last)
        add(clues, CLUE_HEAD, read_base(a, scene->syntax.groups[group].head), nothing);
    add_governors(a, &scene->syntax, group, clues);
    for (size_t i = first; i > s->first && first - i < NEAR; i--)
        add(clues, CLUE_NEAR, read_base(a, i - 1), nothing);
    for (size_t i = q->last; i < s->last && i < q->last + CLOSE; i++)
        add(clues, CLUE_CLOSE, read_base(a, i), nothing);
}

void clues_of_quantity(const struct analysis *a, const struct scene *scene,
                       const struct quantity *q, struct clues *clues)
{
    struct clue_memo *memo = a->clue_memo;
    if (memo != NULL && memo->of == q) {
        *clues = memo->clues;
        return;
    }
    read_clues(a, scene, q, clues);
    if (memo != NULL)
        *memo = (struct clue_memo){q, *clues};
}

void clues_of_entity(const struct entity *entity, struct clues *clues)
{
    struct dw_str category = entity->person              ? DW_STR("person")
                             : entity->category.len == 0 ? DW_STR("unknown")
                                                         : entity->category;
    clues->len = 0;
    clues->seen = 0;
    add(clues, CLUE_CATEGORY, word_of(category), nothing);
}
