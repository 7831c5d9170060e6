/* Groups of words and how they hang together: a shallow parse of one sentence (group.c cuts the
 * groups, attach.c links them), in the tradition of chunking parsers (Abney, "Parsing by Chunks",
 * 1991). Nouns and verbs become groups; each group says on which other it hangs and how. What is
 * beyond MOST_GROUPS in one sentence stays unlinked. */
#ifndef EXTRACT_SYNTAX_H
#define EXTRACT_SYNTAX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct analysis;
struct dw_sentence;

#define MOST_GROUPS 160
#define MOST_GROUPED 512 /* tokens from the first group on that group_at() tells at a glance */
#define NO_GROUP 255

enum group_kind { GROUP_NOUN, GROUP_VERB };

/* How a group hangs on its governor. */
enum group_link {
    LINK_NONE,
    /* nouns; the governor is a verb, if there is one */
    LINK_SUBJECT,
    LINK_OBJECT,
    LINK_SECOND,      /* "pay Oracle $5 billion": the second object */
    LINK_PREPOSITION, /* `noun` is the noun before it, if that may hold it too */
    LINK_APPOSITION,  /* to `noun` */
    LINK_COORDINATE,  /* joined to `noun` */
    /* verbs */
    LINK_MAIN,
    LINK_COMPLEMENT, /* "said it had raised": of the governor */
    LINK_INFINITIVE, /* "agreed to buy", "talks to raise" */
    LINK_ADVERBIAL,  /* "by selling", ", taking" */
    LINK_RELATIVE,   /* of `noun` */
    LINK_JOINED,     /* "and will": a second verb of the same subject */
    LINK_SUBORDINATE /* "after it raised" */
};

/* Flags of verb groups. */
enum {
    VERB_FINITE = 1,
    VERB_PAST = 2,         /* the finite verb, or the auxiliary, is past */
    VERB_PASSIVE = 4,      /* so that its subject is what its object would be */
    VERB_PERFECT = 8,      /* "has raised" */
    VERB_PROGRESSIVE = 16, /* "is raising" */
    VERB_NEGATED = 32,
    VERB_INFINITIVE = 64,  /* "to raise" */
    VERB_GERUND = 128,     /* "raising" without an auxiliary */
    VERB_PARTICIPLE = 256, /* "raised by", without an auxiliary */
    VERB_MODAL = 512
};

struct group {
    uint32_t first, last; /* tokens */
    uint32_t head;        /* token of the word that the rest describes */
    uint32_t preposition; /* nouns and gerunds: token + 1 of the preposition; 0: none */
    uint32_t modal;       /* verbs: token + 1 of the modal; 0: none */
    uint16_t flags;       /* VERB_* */
    uint8_t kind, link;
    uint8_t governor; /* NO_GROUP: none */
    uint8_t noun;     /* see the links */
    uint8_t subject, object;
};

/* What stands between groups, before attach.c links them. */
enum item_kind {
    ITEM_GROUP,
    ITEM_PREPOSITION,
    ITEM_COMMA,
    ITEM_AND,         /* and, or, but, & */
    ITEM_RELATIVE,    /* which, who, that */
    ITEM_SUBORDINATE, /* after, while, if, because ... before a clause */
    ITEM_BREAK,       /* ; : and dashes */
    ITEM_OPEN,
    ITEM_CLOSE
};

struct item {
    uint8_t kind;
    uint8_t group;
    uint32_t token;
};
#define MOST_ITEMS (3 * MOST_GROUPS)

struct syntax {
    const struct dw_sentence *sentence;
    struct group groups[MOST_GROUPS];
    size_t len;
    struct item items[MOST_ITEMS];
    size_t item_len;
    uint8_t group_of[MOST_GROUPED]; /* by token behind the first; NO_GROUP: none */
};

/* group.c: cuts a sentence into groups and what stands between them. */
void cut_groups(const struct analysis *a, const struct dw_sentence *sentence, struct syntax *x);
/* attach.c: links the groups. */
void attach_groups(const struct analysis *a, struct syntax *x);

/* Whether an amount stands beside a noun without a verb: "TSMC up to $6.6 billion". */
bool stands_beside(const struct analysis *a, const struct syntax *x, size_t noun, size_t amount);
/* The group that holds a token; NO_GROUP: none does. */
size_t group_at(const struct syntax *x, size_t token);
/* The first of the nouns that a noun is joined to: its link counts for all of them. */
size_t first_of_list(const struct syntax *x, size_t group);
/* The verb whose clause a group stands in; NO_GROUP: none. */
size_t verb_of(const struct syntax *x, size_t group);

#endif
