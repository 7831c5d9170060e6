/* What the stages of extraction share: the lexicon, and the analysis of one article in progress.
 *
 * The stages run in this order, each filling its part of struct analysis and reading those before:
 * words (annotate.c), names (names.c), quantities (quantity.c, with number.c, currency.c and
 * qualifier.c), readings (facts.c) with clauses
 * (clause.c), status (status.c), dates (when.c) and references (discourse.c), figures (figures.c).
 * Indexes of tokens are into analysis.tokens; "last" is exclusive everywhere. */
#ifndef EXTRACT_INTERNAL_H
#define EXTRACT_INTERNAL_H

#include "extract/extract.h"

#include <string.h>

#include "base/base.h"
#include "text/text.h"

#include "clue.h"
#include "known-words.h"
#include "syntax.h"
#include "weights.h"

/* ---- Lexicon (lexicon.c) ---- */

/* Classes of words, one bit each; the names are those of lexicon/words.tsv. */
#define WORD_CLASSES(X)               \
    X(ARTICLE, article)               \
    X(DETERMINER, determiner)         \
    X(POSSESSIVE, possessive)         \
    X(PREPOSITION, preposition)       \
    X(CONJUNCTION, conjunction)       \
    X(RELATIVE, relative)             \
    X(PRONOUN, pronoun)               \
    X(AUXILIARY, auxiliary)           \
    X(MODAL, modal)                   \
    X(NEGATION, negation)             \
    X(MONTH, month)                   \
    X(WEEKDAY, weekday)               \
    X(TIMEUNIT, timeunit)             \
    X(ORDINAL, ordinal)               \
    X(REFNOUN, refnoun)               \
    X(TITLEWORD, titleword)           \
    X(ORGSUFFIX, orgsuffix)           \
    X(STARTUPCUE, startupcue)         \
    X(RISE, rise)                     \
    X(FALL, fall)                     \
    X(MOVE, move)                     \
    X(LOSS, loss)                     \
    X(SHARENOUN, sharenoun)           \
    X(SHARE, share)                   \
    X(WORKFORCE, workforce)           \
    X(COMMONSTART, commonstart)       \
    X(FIRSTNAME, firstname)           \
    X(PASSIVE, passive)               \
    X(EARNINGS, earnings)             \
    X(SAYING, saying)                 \
    X(INFORMED, informed)             \
    X(OUTLOOK, outlook)               \
    X(LEGALFORM, legalform)           \
    X(ASIDE, aside)                   \
    X(LOCATING, locating)             \
    X(CREDIT, credit)                 \
    X(REFSTART, refstart)             \
    X(NONAME, noname)                 \
    X(WEIGHT, weight)                 \
    X(MUSTER, muster)                 \
    X(DEFINEDTERM, definedterm)       \
    X(PERSONAL, personal)             \
    X(NAMEPART, namepart)             \
    X(RATIO, ratio)                   \
    X(RECEIVING, receiving)           \
    X(GOODSWORD, goodsword)           \
    X(PERSONS, persons)               \
    X(FACILITY, facility)             \
    X(DISPUTE, dispute)               \
    X(FORPERIOD, forperiod)           \
    X(ADVERB, adverb)                 \
    X(CAUSING, causing)               \
    X(TELLING, telling)               \
    X(VERBBASE, verbbase)             \
    X(VERBS, verbs)                   \
    X(VERBPAST, verbpast)             \
    X(VERBPARTICIPLE, verbparticiple) \
    X(VERBING, verbing)               \
    X(VERBNOUN, verbnoun)             \
    X(GENERIC, generic)               \
    X(FIRMNOUN, firmnoun)             \
    X(PRODUCTNOUN, productnoun)       \
    X(SUPPLYING, supplying)           \
    X(AUTHORITY, authority)

enum word_class_bit {
#define CLASS_BIT(name, text) CLASS_##name##_BIT,
    WORD_CLASSES(CLASS_BIT)
#undef CLASS_BIT
        CLASS_COUNT
};
#define CLASS(name) ((uint64_t)1 << CLASS_##name##_BIT)

/* What a phrase of the lexicon stands for. */
enum sense_kind {
    SENSE_COMPANY,   /* index of an organisation */
    SENSE_PERSON,    /* index of a person */
    SENSE_PLACE,     /* no index */
    SENSE_QUALIFIER, /* row of qualifiers */
    SENSE_TRIGGER,   /* row of triggers */
    SENSE_STATUS,    /* row of statuses */
    SENSE_UNIT       /* row of units */
};

struct sense {
    uint8_t kind;
    uint8_t flags; /* SENSE_* below */
    uint32_t index;
    uint32_t next; /* the next sense of the same phrase; 0 ends the list */
};
#define SENSE_AMBIGUOUS 1 /* also an ordinary word */
#define SENSE_PROPER 2    /* needs a capital */
#define SENSE_TITLE 4     /* its last word needs one, too */
#define SENSE_CAPS 8      /* all of its letters are capitals */

struct verb_base {
    struct dw_str text;
    uint32_t hash; /* dw_word_hash() */
};

struct organisation {
    struct dw_str name;
    uint32_t hash; /* dw_word_hash() of the name's first word */
    struct dw_str category;
    bool is_private; /* its shares are not listed */
};

struct person {
    struct dw_str name;
    uint32_t hash; /* dw_word_hash() of the name's first word */
    struct dw_str company;
};

/* Whether an amount may begin with a word. */
enum amount_start {
    AMOUNT_NEVER,
    AMOUNT_BEGINS,
    AMOUNT_ARTICLE /* "a billion": if one begins with the next word */
};

/* What may begin at a token, one bit each: passes over a text look only at these. */
enum {
    MARK_NAME = 1,      /* a known name */
    MARK_CAPITAL = 2,   /* a word with a capital: perhaps an unknown name */
    MARK_REFERENCE = 4, /* "it", "the company" */
    MARK_AMOUNT = 8,
    MARK_ADDRESS = 16, /* "http", "www" */
    MARK_TIME = 32,    /* a date or a duration that begins with no number */
    MARK_BORDER = 64   /* a clause, behind it */
};

/* What one word is by itself. */
struct lexeme {
    uint64_t head; /* dw_word_head() */
    uint64_t classes;
    uint32_t node;    /* where phrases go on that begin with it; 0: none does */
    uint16_t measure; /* index of what it counts by; 0: nothing */
    uint16_t verb;    /* index + 1 of its base form; 0: no verb */
    uint8_t starts;   /* kinds of senses that those phrases have, one bit each */
    uint8_t amount;   /* enum amount_start */
    /* MARK_* that it has, and those that it has with capitals and without: the lexicon's names have
     * capitals, but for nicknames, and an unknown name has one too */
    uint8_t marks, capital_marks, small_marks;
    bool nickname; /* a name in lower case begins with it: "the maker of ChatGPT" */
};

/* What a word says of an amount. */
struct measure {
    double number;          /* of a number word; NAN */
    double magnitude;       /* 0: none */
    double vague;           /* least value of a vague plural; 0: none */
    uint16_t currencies[4]; /* by style: index + 1; 0: none */
    bool glued_only;        /* a magnitude that needs its digits before it */
};

/* One place of the table of words. */
struct word_slot {
    uint32_t hash; /* dw_word_hash() */
    uint32_t id;   /* index of the lexeme; 0: free */
};

struct qualifier_sense {
    enum dw_qualifier qualifier;
    bool before; /* it stands before the amount, not behind it */
};

enum unit_style {
    UNIT_GLUED,
    UNIT_NEAR,
    UNIT_STAFF,
    UNIT_USERS,
    UNIT_CROWD,
    UNIT_STRONG,
    UNIT_NEVER
};

struct unit {
    struct dw_str name;
    double factor;
    enum unit_style style;
};

enum trigger_part { TRIGGER_VERB, TRIGGER_NOUN };

/* Roles by place: subject, owner (g), object, passive subject, prepositions. 0 none, 'f', 't'. */
#define TRIGGER_PREPOSITIONS 8
struct trigger {
    enum trigger_part part;
    bool light;
    enum dw_kind kind;
    int weight;
    uint32_t row;       /* its number among all triggers */
    struct dw_str name; /* its first form */
    char subject, owner, object, passive;
    struct {
        uint32_t word;
        char role;
    } prepositions[TRIGGER_PREPOSITIONS];
    size_t preposition_count;
};

enum currency_style { CURRENCY_SIGN, CURRENCY_PREFIX, CURRENCY_CODE, CURRENCY_WORD };

struct currency {
    uint32_t word;
    struct dw_str code;
    double factor;
    enum currency_style style;
    bool unsure; /* goes by the country that the text is about */
};

/* A table that is only read. */
#define LEXICON_LIST(T) \
    struct {            \
        const T *at;    \
        size_t len;     \
    }

/* The words and phrases are built into the program ready to be searched; where the user has names
 * of his own, both stand in the arena. */
struct lexicon {
    struct dw_arena arena;
    const struct word_slot *slots; /* from words to lexemes: open addressing, at most half full */
    size_t slot_cap;
    LEXICON_LIST(struct lexeme) lexemes;   /* the first: unknown words; then those of known_word */
    LEXICON_LIST(struct measure) measures; /* the first says nothing */
    uint32_t signs[128];                   /* lexemes of single ASCII signs */
    const uint64_t *edges;                 /* trie: hash table of node, word → node */
    size_t edge_cap;
    LEXICON_LIST(uint32_t) nodes; /* first sense of each node; 0 none */
    LEXICON_LIST(struct sense) senses;
    LEXICON_LIST(struct organisation) organisations;
    LEXICON_LIST(struct person) people;
    LEXICON_LIST(struct trigger) triggers;
    LEXICON_LIST(struct unit) units;
    LEXICON_LIST(struct currency) currencies;
    LEXICON_LIST(struct qualifier_sense) qualifiers;
    LEXICON_LIST(enum dw_status) statuses;
    LEXICON_LIST(struct verb_base) verbs; /* base forms */
    struct confidence confidence;
    struct kind_weights kinds;
    struct status_weights states;
    struct clue_weights kind_clues, party_clues, status_clues;
    float party_weights[2][PARTY_GROUP_COUNT][PARTY_FEATURE_COUNT]; /* by role: from, to */
    float slot_weights[2][DW_KIND_COUNT][2][PARTY_SLOTS];           /* 0 in the clause, 1 far */
};

struct dw_extractor {
    struct lexicon lexicon;
};

/* dw_word_hash() of a name's first word. */
uint32_t hash_of_first(struct dw_str name);
/* The built-in lexicon, made at build time by lexicon/make-lexicon.c. */
extern const struct lexicon extract_lexicon;
/* Index of a word's lexeme, in any case; 0 if no table has it. */
uint32_t lexicon_word(const struct lexicon *lexicon, struct dw_str word);
/* The same by what tells a word apart: its hash and head. */
static inline uint32_t lexicon_find(const struct lexicon *lexicon, uint32_t hash, uint64_t head)
{
    size_t mask = lexicon->slot_cap - 1;
    for (size_t at = hash & mask;; at = (at + 1) & mask) {
        struct word_slot slot = lexicon->slots[at];
        if (slot.id == 0 || (slot.hash == hash && lexicon->lexemes.at[slot.id].head == head))
            return slot.id;
    }
}
/* The node behind a word; 0 if no phrase goes on so. */
uint32_t lexicon_step(const struct lexicon *lexicon, uint32_t node, uint32_t word);
/* What the number of a word says of an amount. */
static inline const struct measure *lexicon_measure(const struct lexicon *lexicon, uint32_t word)
{
    return &lexicon->measures.at[lexicon->lexemes.at[word].measure];
}
/* The node behind the first word of a phrase. */
static inline uint32_t lexicon_begin(const struct lexicon *lexicon, uint32_t word)
{
    return lexicon->lexemes.at[word].node;
}

extern const struct dw_tsv extract_demonyms;
/* What the weights of the choices are by default; others may be loaded in their place, to learn. */
extern const struct dw_tsv extract_kinds, extract_parties, extract_states, extract_confidence;

/* ---- The analysis of one article ---- */

/* What the lexicon says of a token; what its letters say stands in struct dw_token. */
struct word {
    uint64_t classes;
    uint32_t id;    /* of the lexeme; 0 unknown */
    uint8_t starts; /* as in struct lexeme */
    uint8_t amount;
};

enum name_kind { NAME_ORGANISATION, NAME_PERSON, NAME_PLACE, NAME_REFERENCE };

struct name {
    uint32_t first, last;
    enum name_kind kind;
    uint32_t entity; /* organisations, persons and resolved references: index; UINT32_MAX: none */
    bool possessive;
    bool weak;   /* an organisation by its capital alone */
    bool aside;  /* X-backed, former X, rival X: not a party */
    bool plural; /* a reference by "they" */
};

struct entity {
    struct dw_str name;
    struct dw_str surface; /* as the article first writes it */
    struct dw_str category;
    struct dw_str company; /* of a person */
    bool person;
    bool known;
    bool listed; /* has shares at an exchange */
    bool outlet; /* tells the article: no party of it */
    uint32_t count;
};

/* A place in the index of entities by one of their words. */
struct entity_link {
    uint32_t hash;
    uint32_t entity;
    uint32_t next; /* index + 1 of the next link of the same list */
};
#define ENTITY_LISTS 256

/* How often a spelling stands in the article, by its case. */
struct spelling {
    uint32_t hash; /* 0: free */
    uint16_t lower, capital;
};

struct quantity {
    uint32_t first, last; /* tokens of the surface */
    uint32_t start, end;  /* bytes of the surface */
    uint32_t reach;       /* behind the unit noun, which is no part of the surface */
    struct dw_str unit;
    bool is_money;
    enum unit_style style;
    enum dw_qualifier qualifier;
    double value, low, high;
    struct dw_str term;  /* of a rate: "a month" */
    bool per_unit;       /* "a share", "per token": a price */
    bool bare;           /* its unit is taken from the text around it */
    uint32_t conversion; /* index + 1 of the quantity that it converts */
    uint32_t sentence;
};

/* What a quantity was found to be. */
struct reading {
    uint32_t quantity;
    enum dw_kind kind;
    double score;
    struct dw_strs from, to;
    enum dw_status status;
    bool told; /* the status is said by a word, not taken for granted */
    bool each;
    struct dw_str term, when;
    struct dw_strs attribution;
    struct dw_str rule;
    enum part_source filled;
    double status_share; /* of the status among all six */
    double share;        /* of the kind among all that the amount may be */
    double margin;       /* how clearly the parties were chosen: the least weight either way */
    double confidence;
    bool drop;
};

struct occurrence {
    uint32_t first, last;
    uint32_t trigger;
    bool passive;
};

struct analysis {
    const struct lexicon *lexicon;
    struct dw_arena *arena;
    struct dw_str text; /* title, blank line, body */
    size_t title_len;   /* bytes before the body */
    int64_t published;
    struct dw_str outlet; /* who tells it; may be empty */
    struct dw_tokens tokens;
    struct word *words;
    uint8_t *marks;        /* per token: MARK_* */
    uint32_t *name_at;     /* per token: index + 1 of the name there */
    uint32_t *quantity_at; /* per token: index + 1 of the quantity there */
    struct dw_sentences sentences;
    DW_VEC(struct name) names;
    DW_VEC(struct entity) entities;
    DW_VEC(struct entity_link) entity_links;
    uint32_t *entity_lists;     /* index + 1 of the newest link of each of ENTITY_LISTS */
    struct spelling *spellings; /* counted when first asked for; open addressing */
    size_t spelling_cap;
    const struct dw_sentence *sentence; /* the last one that names were looked for in */
    bool in_capitals;                   /* whether it writes nearly all of its words so */
    DW_VEC(struct quantity) quantities;
    DW_VEC(struct reading) readings;
    uint32_t told;         /* a bit for each kind that the sentences before this one tell of */
    uint32_t topic;        /* entity that the article is about; UINT32_MAX: none */
    uint32_t second_topic; /* the one told of most beside it */
    struct clue_memo *clue_memo; /* NULL: none is kept */
    struct dw_buf *log;          /* takes the candidates of each choice; NULL: nobody learns */
};

/* extract.c: the stages up to the quantities: sentences, tokens, names, quantities. False: the
 * arena is exhausted. */
bool read_quantities(const struct dw_extractor *extractor, struct dw_arena *arena,
                     const struct dw_article *article, struct analysis *a) DW_MUST_CHECK;
/* One article through all stages, with the candidates for parties of each amount as lines in
 * `log`, if it is not NULL (party.c); what dw_extract() promises, with the analysis. */
bool analyse(const struct dw_extractor *extractor, struct dw_arena *arena,
             const struct dw_article *article, struct dw_buf *log, struct analysis *a,
             struct dw_extraction *out, struct dw_error *err);

/* Text of a token. */
static inline struct dw_str token_text(const struct analysis *a, size_t token)
{
    const struct dw_token *t = &a->tokens.at[token];
    return dw_str_slice(a->text, t->start, t->end);
}
/* Whether the token is this word, whatever its case and ending. */
static inline bool token_is(const struct analysis *a, size_t token, enum known_word word)
{
    return token < a->tokens.len && a->words[token].id == (uint32_t)word;
}
/* Whether the token's word is of one of these classes. */
static inline bool token_has(const struct analysis *a, size_t token, uint64_t classes)
{
    return token < a->tokens.len && (a->words[token].classes & classes) != 0;
}
/* The name that covers a token; NULL: none. */
static inline const struct name *name_at(const struct analysis *a, size_t token)
{
    return token < a->tokens.len && a->name_at[token] != 0 ? &a->names.at[a->name_at[token] - 1]
                                                           : NULL;
}
/* The longest phrase that begins at a token and has a sense of that kind: its end (0: none) and the
 * sense. Few words begin one: the rest is told by a bit. */
size_t phrase_from(const struct analysis *a, size_t token, size_t end, enum sense_kind kind,
                   const struct sense **sense);
static inline size_t phrase_at(const struct analysis *a, size_t token, size_t end,
                               enum sense_kind kind, const struct sense **sense)
{
    if (token >= end || (a->words[token].starts & 1u << kind) == 0)
        return 0;
    return phrase_from(a, token, end, kind, sense);
}

/* The first token at or behind one that has one of these marks; `end` if there is none. Most tokens
 * have none: eight of them are looked at together. */
static inline size_t next_mark(const struct analysis *a, size_t token, size_t end, uint8_t marks)
{
    enum { LANE = 8 };
    uint64_t wanted = 0x0101010101010101u * (uint64_t)marks;
    for (; token < end; token += LANE) {
        uint64_t lane;
        memcpy(&lane, a->marks + token, LANE); /* the array has as many bytes behind its end */
        lane &= wanted;
        if (lane == 0)
            continue;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        lane = __builtin_bswap64(lane);
#endif
        token += (size_t)__builtin_ctzll(lane) / 8;
        break;
    }
    return token < end ? token : end;
}

/* pieces.c: what dw_extract() promises, for a text beyond DW_LIMIT_ARTICLE_BYTES: its pieces are
 * read one after the other, each as an article of its own. */
bool extract_pieces(const struct dw_extractor *extractor, struct dw_arena *arena,
                    const struct dw_article *article, struct dw_extraction *out,
                    struct dw_error *err) DW_MUST_CHECK;

/* tokens.c */
bool prepare_tokens(struct analysis *a);
bool annotate_words(struct analysis *a);
bool find_names(struct analysis *a);
bool find_quantities(struct analysis *a);
bool read_facts(struct analysis *a);
bool make_figures(struct analysis *a, struct dw_extraction *out);

/* number.c: an amount in digits or words at a token. Its end, 0 if there is none. */
struct number {
    double value;
    bool is_words;
    bool is_vague;
    bool is_about; /* "a couple of hundred" */
    bool has_magnitude;
    double magnitude; /* the last one; 1 if none */
    double bare;      /* the value without its magnitude: for ranges that share one */
};
size_t scan_number(const struct analysis *a, size_t token, size_t end, struct number *number);
/* Magnitudes behind a number, multiplied into it; the token behind them. `glued`: short ones such
 * as "m" may stand apart from the digits. */
size_t take_magnitudes(const struct analysis *a, size_t at, size_t end, bool glued,
                       struct number *number);

/* currency.c: one amount before ranges and qualifiers are looked at. */
struct amount {
    size_t first, last; /* tokens of the surface */
    size_t reach;       /* behind the unit noun */
    struct number number;
    const struct currency *currency;
    struct dw_str code; /* of the money; empty: no money */
    double factor;      /* of the unit */
    const struct unit *unit;
};
/* Currency before the number: "$", "US$", "Rs.", "USD"; the token of the number. */
size_t take_prefix(const struct analysis *a, size_t at, size_t end, struct amount *m);
/* A currency behind the number, perhaps with "of", a dash, or the country before it; the token
 * behind it, or `at`. */
size_t take_currency_word(const struct analysis *a, size_t at, size_t end, struct amount *m);
/* "3 dollars 50 cents", "five dollars and thirty-five cents"; the token behind, or `at`. */
size_t take_cents(const struct analysis *a, size_t at, size_t end, struct amount *m);
/* Whether the token is the "US" of "US$": no name. */
bool is_dollar_prefix(const struct analysis *a, size_t token);

/* borrow.c */
/* Whether a verb of layoffs or of employing ends right before a token: "cut 300". */
bool is_job_verb(const struct analysis *a, size_t token);
/* Gives a number without a unit of its own the one that the text around it means, and the amount
 * its scale; false: none. */
bool borrow_unit(const struct analysis *a, const struct dw_sentence *s, struct amount *m,
                 struct quantity *q);

/* investors.c */
/* Whether a token is a form of "lead", "join" and such, whose subject gives although a round is
 * its taker's. */
bool leads_round(const struct analysis *a, size_t token);
/* Adds whom a sentence tells as investors from a token on: "led by A", "investors including B". */
void read_investors(const struct analysis *a, const struct dw_sentence *s, size_t from,
                    struct dw_strs *names);
/* Adds the investors of a round that the sentences behind it tell. */
void read_later_investors(const struct analysis *a, const struct quantity *q,
                          struct dw_strs *names);

/* qualifier.c */
/* What a qualifying phrase says on the wanted side, since some phrases stand on either; NULL:
 * nothing. */
const struct qualifier_sense *qualifier_at(const struct analysis *a, size_t from, size_t to,
                                           bool before);
/* The token that the qualifier right before an amount begins at: "more than", "a mere"; `first`:
 * there is none. */
size_t qualifier_start(const struct analysis *a, size_t floor, size_t first);
/* The qualifier told right behind or right before an amount; exact if none is. */
enum dw_qualifier qualifier_around(const struct analysis *a, size_t floor, size_t first,
                                   size_t last, size_t end);
/* Low and high of a value by its qualifier. */
void set_bounds(struct quantity *q);
/* "plus or minus 2%" makes a range of the quantity; the token behind it, or `at`. */
size_t take_tolerance(const struct analysis *a, size_t at, size_t end, struct quantity *q);
/* The unit that begins at a token and the token behind it; NULL: none. */
const struct unit *unit_at(const struct analysis *a, size_t at, size_t end, size_t *last);

/* clause.c */
/* First and last token of the clause around a token within its sentence. */
void clause_around(const struct analysis *a, const struct dw_sentence *sentence, size_t token,
                   size_t *first, size_t *last);
/* Whether a verb comes within some words: then "and" joins clauses, not names. */
bool verb_follows(const struct analysis *a, size_t token);
/* Organisations that are the subject of the verb at a token; false if none is found. */
bool find_subject(const struct analysis *a, const struct dw_sentence *sentence, size_t verb,
                  struct dw_strs *names);
/* A list "A, B and C" that begins within some words of a token. */
bool read_list(const struct analysis *a, size_t token, size_t end, struct dw_strs *names);
/* Adds the organisation of a name to the list; false if the name is no party. */
bool add_party(const struct analysis *a, const struct name *name, struct dw_strs *names);

/* ---- trigger.c ---- */

#define MOST_TRIGGERS 120 /* of one sentence: more is a list, not a sentence */

/* One sentence with all that the readings of its amounts ask for. */
struct scene {
    const struct dw_sentence *sentence;
    struct occurrence triggers[MOST_TRIGGERS];
    size_t count;
    struct syntax syntax;
};

/* Looks at a sentence: its triggers, the longest phrase where several begin at a word, and how its
 * groups of words hang together. */
void open_scene(const struct analysis *a, const struct dw_sentence *sentence, struct scene *scene);
/* Whether a word has the form of a past participle, which most past tenses share. */
bool is_participle(const struct analysis *a, size_t token);
/* Clauses that end between two tokens. */
size_t boundaries_between(const struct analysis *a, size_t from, size_t to);

/* ---- relation.c ---- */

/* How a trigger hangs together with a quantity. */
enum relation relation_of(const struct analysis *a, const struct scene *scene,
                          const struct quantity *q, const struct occurrence *o);
/* Where a name stands to a quantity and to the trigger of its reading (`at` may be NULL); `near`:
 * in the same clause. */
enum slot slot_of(const struct analysis *a, const struct scene *scene, const struct quantity *q,
                  const struct occurrence *at, const struct name *name, bool *near);
/* The group of a quantity, the first of its list; NO_GROUP: it has none. */
size_t group_of_quantity(const struct scene *scene, const struct quantity *q);

/* ---- sign.c ---- */

/* Whether a quantity is counted in a unit, which is a literal. */
#define is_unit(q, literal)                  \
    ((q)->unit.len == sizeof(literal) - 1 && \
     memcmp((q)->unit.at, "" literal, sizeof(literal) - 1) == 0)
typedef uint64_t signs; /* a bit for each enum sign */
#define SIGN(name) ((signs)1 << SIGN_##name)
/* What holds around a quantity. */
signs signs_of(const struct analysis *a, const struct scene *scene, const struct quantity *q);

/* ---- kind.c ---- */

/* What a quantity may be, and why. */
struct candidate {
    const struct occurrence *at;   /* the trigger's place; NULL: none */
    const struct trigger *trigger; /* NULL: none */
    enum dw_kind kind;             /* KIND_NONE: no figure */
    enum source source;
    enum relation relation;
    const struct reading *echo; /* the reading that this one repeats; NULL: none */
    double score;
    double share; /* of all readings together: the chance that the kind is right */
};
#define MOST_LOOKED_BACK 200 /* readings: what was told before them is forgotten */
#define MOST_CANDIDATES (MOST_TRIGGERS + 24)

/* False: out of memory. */
bool kind_weights_load(struct lexicon *lexicon, const struct dw_tsv *table);
/* All readings of a quantity with their scores; how many. */
size_t list_candidates(const struct analysis *a, const struct scene *scene,
                       const struct quantity *q, struct candidate *list);
/* A candidate in words; `share` is its part of all of them. */
struct dw_str describe_candidate(const struct analysis *a, const struct candidate *c, double share);
/* Whether an amount of such a unit may be of a kind. */
bool kind_fits_unit(const struct quantity *q, enum dw_kind kind);
/* What the quantity is; false: nothing that belongs to a figure. */
bool choose_kind(const struct analysis *a, const struct scene *scene, const struct quantity *q,
                 struct candidate *c);
/* The contract that a capacity or a number of chips belongs to, whatever its unit; `at` is NULL if
 * there is none. */
struct candidate best_deal(const struct analysis *a, const struct scene *scene,
                           const struct quantity *q);

/* confidence.c */
void confidence_load(struct lexicon *lexicon, const struct dw_tsv *table);
/* The share of such readings that are right as a whole, 0 to 1. */
double reading_confidence(const struct lexicon *lexicon, const struct reading *reading);
/* For the program that learns the weights: what was chosen, and what its confidence is made of. */
void log_reading(const struct analysis *a, const struct quantity *q, const struct reading *reading);

/* discourse.c: what "it" and "the startup" stand for. */
void resolve_references(struct analysis *a);
/* The organisation that a sentence is about; UINT32_MAX: none. */
uint32_t subject_of(const struct analysis *a, const struct dw_sentence *s);

/* party.c */
/* Who gives and who takes. */
struct parts {
    struct dw_strs from, to;
    double margin; /* how clearly they were chosen */
};
/* False: out of memory. */
bool party_weights_load(struct lexicon *lexicon, const struct dw_tsv *table);
/* Replaces the parties that the grammar proposes by those that the weights choose among them and
 * all others who may be meant. */
void choose_parties(const struct analysis *a, const struct scene *scene, const struct quantity *q,
                    const struct candidate *c, enum part_source filled, struct parts *parts);

/* status.c; `told` false: nothing says it, it is a plain statement of fact. */
enum dw_status find_status(const struct analysis *a, const struct scene *scene,
                           const struct quantity *q, const struct candidate *c,
                           struct dw_strs *attribution, bool *told, double *share);
/* False: out of memory. */
bool status_weights_load(struct lexicon *lexicon, const struct dw_tsv *table);
/* when.c: term and date that the sentence gives to a quantity. */
void find_times(const struct analysis *a, const struct dw_sentence *sentence,
                const struct quantity *q, struct reading *reading);

#endif
