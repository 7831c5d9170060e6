/* Who may be a party of an amount: candidates with what holds for them. */
#ifndef EXTRACT_PARTY_H
#define EXTRACT_PARTY_H

#include "internal.h"

#define MOST_PARTIES 24 /* of one quantity: longer lists of names are lists, not parties */
#define NO_SLOT SLOT_COUNT
#define HAS(feature) ((uint64_t)1 << PARTY_##feature)

struct candidate_party {
    struct dw_str name;
    uint32_t entity; /* UINT32_MAX: known by its name alone */
    uint64_t features;
    uint8_t slot;     /* enum slot, NO_SLOT */
    bool near;        /* the slot is in the clause of the amount */
    int role;         /* that it rather has: 0 from, 1 to */
    double score;     /* in it */
    double scores[2]; /* in each role */
};

struct party_scene {
    const struct dw_sentence *sentence;
    const struct scene *scene;
    const struct quantity *quantity;
    const struct candidate *trigger;
    const struct dw_strs *from, *to; /* as the grammar proposes */
    enum part_source filled;
    uint32_t previous; /* whom the sentence before was about */
    struct candidate_party list[MOST_PARTIES];
    size_t count;
    size_t here; /* organisations of the sentence */
};

/* Fills the list with everybody who may be meant. */
void list_parties(const struct analysis *a, struct party_scene *scene, enum dw_kind kind);

#endif
