/* Clues: single words around an amount, or one that stands for a name, and what each of them adds
 * to a choice. */
#ifndef EXTRACT_CLUE_H
#define EXTRACT_CLUE_H

#include "base/base.h"

struct analysis;
struct entity;
struct quantity;
struct scene;

/* Where a clue stands: enumerator, name in the tables of weights. */
#define CLUE_PLACES(X)                                                   \
    X(BEFORE, "before")     /* right before it, past qualifiers */       \
    X(TWO_BEFORE, "two")    /* the last two */                           \
    X(BEHIND, "behind")     /* right behind it */                        \
    X(NEAR, "near")         /* among the last ones before it */          \
    X(CLOSE, "close")       /* among the first ones behind it */         \
    X(VERB, "verb")         /* that it depends on, and how */            \
    X(NOUN, "noun")         /* that it hangs on, and its preposition */  \
    X(HEAD, "head")         /* the noun that an amount describes */      \
    X(UP, "up")             /* the verb above its verb */                \
    X(SUBJECT, "subject")   /* of its verb, how that stands */           \
    X(OBJECT, "object")     /* of its verb, if that is something else */ \
    X(CATEGORY, "category") /* of a company */

enum clue_place {
#define CLUE_PLACE(name, text) CLUE_##name,
    CLUE_PLACES(CLUE_PLACE)
#undef CLUE_PLACE
        CLUE_PLACE_COUNT
};

/* One or two words at a place. Slices of the text or of the lexicon. */
struct clue {
    enum clue_place place;
    uint32_t key; /* of place and words */
    struct dw_str word, second;
};

#define MOST_CLUES 26

struct clues {
    size_t len;
    uint64_t seen; /* a bit for each key: whether it may be there already */
    struct clue at[MOST_CLUES];
};

/* The clues of the quantity that was asked for last: kind and status ask for the same. */
struct clue_memo {
    const struct quantity *of; /* NULL: none yet */
    struct clues clues;
};

/* What clues add to choices: hash table from keys to lists of weights. */
struct clue_weights {
    struct clue_slot {
        uint32_t key;   /* 0: free */
        uint32_t first; /* index of its first weight */
    } * slots;
    struct clue_weight {
        float weight;
        uint32_t choice : 8;
        uint32_t next : 24; /* index + 1; 0 ends the list */
    } * at;
    size_t mask, len, cap;
};

/* Room for the weights of some rows; false: out of memory. */
bool clue_weights_init(struct dw_arena *arena, size_t rows, struct clue_weights *weights);
/* Adds what a clue, written as clue_text() does, gives to a choice of a model's part (`salt` tells
 * parts apart). False: it is none. */
bool clue_weights_add(struct clue_weights *weights, struct dw_str text, uint32_t salt,
                      uint8_t choice, float weight);
/* Adds what the clues say to the sums, one for each choice. */
void clue_weights_sum(const struct clue_weights *weights, const struct clues *clues, uint32_t salt,
                      double *sums);
/* "before raised", "verb raise object". */
void clue_text(struct dw_buf *out, const struct clue *clue);

/* The words around an amount. */
void clues_of_quantity(const struct analysis *a, const struct scene *scene,
                       const struct quantity *q, struct clues *clues);
/* What somebody is. */
void clues_of_entity(const struct entity *entity, struct clues *clues);

#endif
