/* Builds a lexicon: tables of words and phrases become a hash table and a tree to search in. */
#include "lexicon-build.h"

#include <math.h>
#include <string.h>

extern const struct dw_tsv extract_verbs, extract_words, extract_numbers, extract_magnitudes,
    extract_vague;
extern const struct dw_tsv extract_companies, extract_people, extract_triggers, extract_units;
extern const struct dw_tsv extract_currencies, extract_qualifiers, extract_statuses, extract_places;

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

/* The index of a word, which is added if it is new; 0 if memory ran out. */
static uint32_t intern(struct lexicon_builder *lexicon, struct dw_str word)
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

/* What a word says of an amount, to be filled in; NULL: out of memory. */
static struct measure *measure_of(struct lexicon_builder *lexicon, uint32_t word)
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

/* Gives a phrase a sense. The phrase is cut into tokens exactly as a text is. */
static bool add_phrase(struct lexicon_builder *lexicon, struct dw_str phrase, struct sense sense)
{
    struct dw_tokens tokens;
    if (!dw_tokenize(lexicon->arena, phrase, &tokens))
        return false;
    uint32_t node = 0;
    for (size_t i = 0; i < tokens.len && (i == 0 || node != 0); i++) {
        uint32_t word = intern(lexicon, plain_word(phrase, &tokens.at[i]));
        node = i == 0 ? add_begin(lexicon, word, &sense) : add_step(lexicon, node, word);
    }
    struct sense *added =
        node != 0 && tokens.len > 0 ? dw_vec_push(lexicon->arena, &lexicon->senses) : NULL;
    if (added == NULL)
        return tokens.len == 0;
    sense.next = lexicon->nodes.at[node];
    *added = sense;
    lexicon->nodes.at[node] = (uint32_t)(lexicon->senses.len - 1);
    return true;
}

/* ---- Tables ---- */

static double decimal(struct dw_str s)
{
    double value = 0;
    double scale = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '.') {
            scale = 1;
            continue;
        }
        value = value * 10 + (s.at[i] - '0');
        scale *= 10;
    }
    return scale > 0 ? value / scale : value;
}

static uint64_t class_bit(struct dw_str name)
{
    static const struct dw_str names[] = {
#define CLASS_TEXT(name, text) DW_STR_INIT(#text),
        WORD_CLASSES(CLASS_TEXT)
#undef CLASS_TEXT
    };
    for (size_t i = 0; i < CLASS_COUNT; i++) {
        if (dw_str_eq(name, names[i]))
            return (uint64_t)1 << i;
    }
    return 0;
}

static bool add_words(struct lexicon_builder *lexicon)
{
    for (size_t i = 0; i < extract_words.len; i++) {
        const struct dw_tsv_row *row = &extract_words.rows[i];
        uint64_t bit = class_bit(row->cell[0]);
        struct dw_str rest = row->cell[1];
        struct dw_str word;
        while (dw_str_split(&rest, ' ', &word)) {
            uint32_t id = intern(lexicon, word);
            if (id == 0)
                return false;
            lexicon->lexemes.at[id].classes |= bit;
        }
    }
    return true;
}

/* Verbs by their forms; a verb of several rows has all of them. */
static bool add_verbs(struct lexicon_builder *lexicon)
{
    static const uint64_t forms[] = {CLASS(VERBBASE), CLASS(VERBS), CLASS(VERBPAST),
                                     CLASS(VERBPARTICIPLE), CLASS(VERBING)};
    for (size_t i = 0; i < extract_verbs.len; i++) {
        const struct dw_str *cell = extract_verbs.rows[i].cell;
        for (size_t k = 0; k < sizeof forms / sizeof forms[0]; k++) {
            uint32_t id = intern(lexicon, cell[k]);
            bool noun = dw_str_find_char(cell[5], k == 4 ? 'g' : 'n', 0) != SIZE_MAX;
            if (id == 0)
                return false;
            lexicon->lexemes.at[id].classes |= forms[k];
            if (noun && k != 2 && k != 3)
                lexicon->lexemes.at[id].classes |= CLASS(VERBNOUN);
        }
    }
    return true;
}

static bool add_numbers(struct lexicon_builder *lexicon)
{
    for (size_t i = 0; i < extract_numbers.len; i++) {
        const struct dw_str *cell = extract_numbers.rows[i].cell;
        struct measure *measure = measure_of(lexicon, intern(lexicon, cell[0]));
        if (measure == NULL)
            return false;
        measure->number = decimal(cell[1]);
    }
    for (size_t i = 0; i < extract_magnitudes.len; i++) {
        const struct dw_str *cell = extract_magnitudes.rows[i].cell;
        struct measure *measure = measure_of(lexicon, intern(lexicon, cell[0]));
        if (measure == NULL)
            return false;
        measure->magnitude = decimal(cell[1]);
        measure->glued_only = dw_str_eq(cell[2], DW_STR("glued"));
    }
    for (size_t i = 0; i < extract_vague.len; i++) {
        const struct dw_str *cell = extract_vague.rows[i].cell;
        struct measure *measure = measure_of(lexicon, intern(lexicon, cell[0]));
        if (measure == NULL)
            return false;
        measure->vague = decimal(cell[1]);
    }
    return true;
}

static bool add_units(struct lexicon_builder *lexicon)
{
    static const struct {
        struct dw_str name;
        enum unit_style style;
    } styles[] = {
        {DW_STR_INIT("glued"), UNIT_GLUED}, {DW_STR_INIT("near"), UNIT_NEAR},
        {DW_STR_INIT("staff"), UNIT_STAFF}, {DW_STR_INIT("users"), UNIT_USERS},
        {DW_STR_INIT("crowd"), UNIT_CROWD}, {DW_STR_INIT("strong"), UNIT_STRONG},
        {DW_STR_INIT("never"), UNIT_NEVER},
    };
    for (size_t i = 0; i < extract_units.len; i++) {
        const struct dw_tsv_row *row = &extract_units.rows[i];
        struct unit *unit = dw_vec_push(lexicon->arena, &lexicon->units);
        if (unit == NULL)
            return false;
        *unit = (struct unit){.name = row->cell[1], .factor = decimal(row->cell[2])};
        for (size_t k = 0; k < sizeof styles / sizeof styles[0]; k++) {
            if (dw_str_eq(row->cell[3], styles[k].name))
                unit->style = styles[k].style;
        }
        struct sense sense = {.kind = SENSE_UNIT, .index = (uint32_t)i};
        if (!add_phrase(lexicon, row->cell[0], sense))
            return false;
    }
    return true;
}

static bool add_currencies(struct lexicon_builder *lexicon)
{
    for (size_t i = 0; i < extract_currencies.len; i++) {
        const struct dw_tsv_row *row = &extract_currencies.rows[i];
        struct currency *currency = dw_vec_push(lexicon->arena, &lexicon->currencies);
        if (currency == NULL)
            return false;
        struct dw_str style = row->cell[3];
        *currency = (struct currency){
            .word = intern(lexicon, row->cell[0]),
            .code = row->cell[1],
            .factor = decimal(row->cell[2]),
            .unsure = dw_str_ends(style, DW_STR("?")),
            .style = dw_str_eq(style, DW_STR("sign"))     ? CURRENCY_SIGN
                     : dw_str_eq(style, DW_STR("prefix")) ? CURRENCY_PREFIX
                     : dw_str_eq(style, DW_STR("code"))   ? CURRENCY_CODE
                                                          : CURRENCY_WORD,
        };
        struct measure *measure = measure_of(lexicon, currency->word);
        if (measure == NULL)
            return false;
        if (measure->currencies[currency->style] == 0)
            measure->currencies[currency->style] = (uint16_t)(i + 1);
    }
    return true;
}

/* "s=f in=t into=t o=-" */
static void read_roles(struct lexicon_builder *lexicon, struct dw_str roles,
                       struct trigger *trigger)
{
    struct dw_str part;
    while (dw_str_split(&roles, ' ', &part)) {
        size_t equals = dw_str_find_char(part, '=', 0);
        if (equals == SIZE_MAX || equals + 1 >= part.len)
            continue;
        struct dw_str place = dw_str_slice(part, 0, equals);
        char role = part.at[equals + 1] == '-' ? '\0' : part.at[equals + 1];
        if (dw_str_eq(place, DW_STR("s")))
            trigger->subject = role;
        else if (dw_str_eq(place, DW_STR("g")))
            trigger->owner = role;
        else if (dw_str_eq(place, DW_STR("o")))
            trigger->object = role;
        else if (dw_str_eq(place, DW_STR("p")))
            trigger->passive = role;
        else if (trigger->preposition_count < TRIGGER_PREPOSITIONS && role != '\0') {
            trigger->prepositions[trigger->preposition_count].word = intern(lexicon, place);
            trigger->prepositions[trigger->preposition_count++].role = role;
        }
    }
    if (trigger->passive == '\0')
        trigger->passive = trigger->object;
}

static bool add_triggers(struct lexicon_builder *lexicon)
{
    for (size_t i = 0; i < extract_triggers.len; i++) {
        const struct dw_tsv_row *row = &extract_triggers.rows[i];
        struct trigger *trigger = dw_vec_push(lexicon->arena, &lexicon->triggers);
        if (trigger == NULL)
            return false;
        *trigger = (struct trigger){.weight = (int)decimal(row->cell[3]), .row = (uint32_t)i};
        struct dw_str all = row->cell[0];
        dw_str_split(&all, '|', &trigger->name);
        trigger->part = dw_str_eq(row->cell[1], DW_STR("v")) ? TRIGGER_VERB : TRIGGER_NOUN;
        trigger->kind = DW_KIND_MONEY;
        trigger->light = !dw_kind_find(row->cell[2], &trigger->kind);
        read_roles(lexicon, row->cell[4], trigger);
        struct dw_str forms = row->cell[0];
        struct dw_str form;
        while (dw_str_split(&forms, '|', &form)) {
            struct sense sense = {.kind = SENSE_TRIGGER, .index = (uint32_t)i};
            if (!add_phrase(lexicon, form, sense))
                return false;
        }
    }
    return true;
}

/* Tables whose rows are phrases and are found by their number. */
static bool add_rows(struct lexicon_builder *lexicon, const struct dw_tsv *table,
                     enum sense_kind kind)
{
    for (size_t i = 0; i < table->len; i++) {
        struct sense sense = {.kind = (uint8_t)kind, .index = (uint32_t)i};
        if (!add_phrase(lexicon, table->rows[i].cell[0], sense))
            return false;
    }
    return true;
}

static bool add_qualifiers(struct lexicon_builder *lexicon)
{
    for (size_t i = 0; i < extract_qualifiers.len; i++) {
        const struct dw_str *cell = extract_qualifiers.rows[i].cell;
        struct qualifier_sense *added = dw_vec_push(lexicon->arena, &lexicon->qualifiers);
        if (added == NULL)
            return false;
        added->before = dw_str_eq(cell[2], DW_STR("before"));
        if (!dw_qualifier_find(cell[1], &added->qualifier))
            added->qualifier = DW_QUALIFIER_EXACT;
    }
    return add_rows(lexicon, &extract_qualifiers, SENSE_QUALIFIER);
}

static bool add_statuses(struct lexicon_builder *lexicon)
{
    for (size_t i = 0; i < extract_statuses.len; i++) {
        enum dw_status *added = dw_vec_push(lexicon->arena, &lexicon->statuses);
        if (added == NULL)
            return false;
        if (!dw_status_find(extract_statuses.rows[i].cell[1], added))
            *added = DW_STATUS_COMPLETED;
    }
    return add_rows(lexicon, &extract_statuses, SENSE_STATUS);
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
        if (intern(lexicon, words[i]) != i + 1)
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
        id == W_AND || id == W_BUT)
        marks |= MARK_BORDER;
    if (id == W_HTTP || id == W_HTTPS || id == W_WWW)
        marks |= MARK_ADDRESS;
    return (uint8_t)marks;
}

/* What may begin with which words, once all tables are read. */
static void mark_words(struct lexicon_builder *lexicon)
{
    static const enum known_word others[] = {W_HALF, W_QUARTER, W_SEVERAL, W_FEW,   W_COUPLE,
                                             W_MANY, W_UNTOLD,  W_MULTI,   W_DOUBLE};
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
    for (size_t i = 1; i < lexicon->lexemes.len; i++)
        lexicon->lexemes.at[i].marks = marks_of(&lexicon->lexemes.at[i], i);
}

static bool has_capital(struct dw_str s)
{
    while (s.len > 0) {
        if (dw_is_wide_upper(dw_utf8_next(&s)))
            return true;
    }
    return false;
}

/* Where the last of several words begins; 0: there is but one. */
static size_t last_word(struct dw_str s)
{
    size_t at = s.len;
    while (at > 0 && s.at[at - 1] != ' ' && s.at[at - 1] != '-')
        at--;
    return at < s.len ? at : 0;
}

/* The part of a name up to its first space or dash. */
static struct dw_str first_word(struct dw_str s)
{
    size_t end = 0;
    while (end < s.len && s.at[end] != ' ' && s.at[end] != '-')
        end++;
    return dw_str_slice(s, 0, end);
}

/* "DOE", "SEC": two or three letters that are a word or a name where they aren't all capitals. */
static bool is_short_acronym(struct dw_str s)
{
    bool capitals = s.len == 2 || s.len == 3;
    for (size_t i = 0; i < s.len && capitals; i++)
        capitals = dw_is_upper(s.at[i]);
    return capitals;
}

static bool add_alias(struct lexicon_builder *lexicon, struct dw_str alias, uint32_t organisation)
{
    alias = dw_str_trim(alias);
    struct sense sense = {.kind = SENSE_COMPANY, .index = organisation};
    if (alias.len > 1 && alias.at[alias.len - 1] == '!') {
        sense.flags |= SENSE_AMBIGUOUS;
        alias.len--;
    }
    /* "ChatGPT maker" is written with any capitals, a name with its own */
    bool nickname =
        dw_is_lower(alias.len > 0 ? alias.at[alias.len - 1] : 'A') &&
        dw_str_find_char(alias, ' ', 0) != SIZE_MAX &&
        (dw_str_ends(alias, DW_STR("maker")) || dw_str_ends(alias, DW_STR("owner")) ||
         dw_str_ends(alias, DW_STR("parent")) || dw_str_ends(alias, DW_STR("giant")) ||
         dw_str_ends(alias, DW_STR("developer")) || dw_str_ends(alias, DW_STR("creator")));
    struct dw_str end = dw_str_slice(alias, last_word(alias), alias.len);
    if (has_capital(first_word(alias)) && !nickname)
        sense.flags |= SENSE_PROPER;
    if (is_short_acronym(alias))
        sense.flags |= SENSE_CAPS;
    /* "the German government" is written with a small letter, too */
    bool government = dw_str_eq(end, DW_STR("Government"));
    if (!government && end.len < alias.len && end.len > 0 && dw_is_wide_upper(dw_utf8_next(&end)))
        sense.flags |= SENSE_TITLE;
    return alias.len == 0 || add_phrase(lexicon, alias, sense);
}

/* One line of a company table. A later line of the same name adds to it; its own aliases win
 * because they come first in the list of senses. */
static bool add_company(struct lexicon_builder *lexicon, const struct dw_str cell[4])
{
    uint64_t id = lexicon->organisations.len;
    if (!dw_map_get(&lexicon->organisation_ids, cell[0], &id)) {
        struct organisation *added = dw_vec_push(lexicon->arena, &lexicon->organisations);
        if (added == NULL || !dw_map_put(&lexicon->organisation_ids, cell[0], id))
            return false;
        *added = (struct organisation){.name = cell[0],
                                       .hash = hash_of_first(cell[0]),
                                       .category = cell[2],
                                       .is_private = dw_str_eq(cell[1], DW_STR("-"))};
    }
    bool none = cell[3].len == 0 || dw_str_eq(cell[3], DW_STR("-"));
    struct dw_str aliases = cell[3];
    struct dw_str alias;
    bool name_is_ambiguous = false;
    while (!none && dw_str_split(&aliases, '|', &alias)) {
        bool same = alias.len == cell[0].len + 1 && dw_str_starts(alias, cell[0]);
        name_is_ambiguous = name_is_ambiguous || (same && dw_str_ends(alias, DW_STR("!")));
        if (!add_alias(lexicon, alias, (uint32_t)id))
            return false;
    }
    return name_is_ambiguous || add_alias(lexicon, cell[0], (uint32_t)id);
}

static bool add_companies(struct lexicon_builder *lexicon)
{
    for (size_t i = 0; i < extract_companies.len; i++) {
        if (!add_company(lexicon, extract_companies.rows[i].cell))
            return false;
    }
    return true;
}

static bool add_people(struct lexicon_builder *lexicon)
{
    for (size_t i = 0; i < extract_people.len; i++) {
        const struct dw_tsv_row *row = &extract_people.rows[i];
        struct person *person = dw_vec_push(lexicon->arena, &lexicon->people);
        struct sense sense = {.kind = SENSE_PERSON, .flags = SENSE_PROPER, .index = (uint32_t)i};
        if (person == NULL || !add_phrase(lexicon, row->cell[0], sense))
            return false;
        bool none = dw_str_eq(row->cell[1], DW_STR("-"));
        *person = (struct person){.name = row->cell[0],
                                  .hash = hash_of_first(row->cell[0]),
                                  .company = none ? DW_STR("") : row->cell[1]};
    }
    return true;
}

bool lexicon_add_companies(struct lexicon_builder *lexicon, struct dw_str text,
                           struct dw_error *err)
{
    struct dw_str copy = dw_str_dup(lexicon->arena, text);
    struct dw_str line;
    size_t number = 0;
    while (copy.len > 0 && dw_str_split(&copy, '\n', &line)) {
        number++;
        line = dw_str_trim(line);
        if (line.len == 0 || line.at[0] == '#')
            continue;
        struct dw_str cell[4] = {{"", 0}, {"", 0}, {"", 0}, {"", 0}};
        struct dw_str part;
        size_t columns = 0;
        while (dw_str_split(&line, '\t', &part)) {
            if (columns < 4)
                cell[columns] = dw_text_clean(lexicon->arena, part, DW_CLEAN_LINE);
            columns++;
        }
        bool bad = columns > 4 || cell[0].len == 0;
        if (bad && !lexicon->arena->failed)
            return dw_error_set(err, DW_ERR_CONFIG,
                                "companies.tsv line %zu: wanted are name, ticker, category and "
                                "aliases, separated by tabs",
                                number);
        if (bad || !add_company(lexicon, cell))
            break;
    }
    if (lexicon->arena->failed)
        return dw_error_set(err, DW_ERR_MEMORY, "out of memory for companies.tsv");
    mark_words(lexicon);
    return true;
}

bool lexicon_build(struct lexicon_builder *lexicon, struct dw_arena *arena)
{
    *lexicon = (struct lexicon_builder){.arena = arena};
    dw_map_init(&lexicon->organisation_ids, arena);
    /* index 0 is "none" everywhere */
    struct measure *none = dw_vec_push(arena, &lexicon->measures);
    bool done = none != NULL && dw_vec_push(arena, &lexicon->lexemes) != NULL &&
                dw_vec_push(arena, &lexicon->senses) != NULL && new_node(lexicon) == 0 &&
                grow_edges(lexicon) && grow_slots(lexicon) && add_known_words(lexicon);
    if (done)
        none->number = NAN;
    done = done && add_words(lexicon) && add_verbs(lexicon) && add_numbers(lexicon) &&
           add_units(lexicon) && add_currencies(lexicon) && add_triggers(lexicon) &&
           add_qualifiers(lexicon) && add_statuses(lexicon) &&
           add_rows(lexicon, &extract_places, SENSE_PLACE) && add_people(lexicon) &&
           add_companies(lexicon);
    if (done)
        mark_words(lexicon);
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
                      const struct lexicon *from)
{
    *lexicon = (struct lexicon_builder){
        .arena = arena, .slot_cap = from->slot_cap, .edge_cap = from->edge_cap};
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
    lexicon->slots = from->slots;
    lexicon->slot_cap = from->slot_cap;
    lexicon->edges = from->edges;
    lexicon->edge_cap = from->edge_cap;
    memcpy(lexicon->signs, from->signs, sizeof lexicon->signs);
}
