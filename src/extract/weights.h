/* What the choices weigh: the names of all that may hold for a candidate, and the weights of it.
 * The weights are read from tables of lexicon/ (kinds, parties, states, confidence), which
 * tests/learn/learn.py learns; the names here are those of the tables. */
#ifndef EXTRACT_WEIGHTS_H
#define EXTRACT_WEIGHTS_H

#include "extract/extract.h"

#define KIND_NONE DW_KIND_COUNT /* no figure */
#define KIND_CHOICES (DW_KIND_COUNT + 1)

/* How a word hangs together with an amount: enumerator, name in kinds.tsv. */
#define RELATIONS(X)                                                  \
    X(HEAD, "head")         /* $5bn stake */                          \
    X(LED, "led")           /* stake $5bn */                          \
    X(OF, "of")             /* loan of $5bn */                        \
    X(NOUN_FOR, "noun for") /* deal for $5bn */                       \
    X(NOUN_AT, "noun at")                                             \
    X(NOUN_OTHER, "noun other")                                       \
    X(HELD_OF, "held of") /* $5bn of debt */                          \
    X(HELD_IN, "held in")                                             \
    X(HELD_OTHER, "held other")                                       \
    X(APPOSED, "apposed")                                             \
    X(OBJECT, "object") /* raised $5bn */                             \
    X(SECOND, "second") /* paid X $5bn */                             \
    X(VERB_FOR, "verb for")                                           \
    X(VERB_AT, "verb at")                                             \
    X(VERB_TO, "verb to")                                             \
    X(VERB_FROM, "verb from")                                         \
    X(VERB_BY, "verb by")                                             \
    X(VERB_OTHER, "verb other")                                       \
    X(DONE, "done") /* $5bn was raised */                             \
    X(DOES, "does")                                                   \
    X(SUBJECT_OF, "subject of")     /* sales reached $5bn */          \
    X(SUBJECT_ACTS, "subject acts") /* the round values it at $5bn */ \
    X(OBJECT_OF, "object of")       /* sold its unit for $5bn */      \
    X(BESIDE, "beside")             /* raised $5bn in a round */      \
    X(ABOVE, "above")               /* agreed to pay $5bn */          \
    X(ABOVE_NOUN, "above noun")     /* talks to raise $5bn */         \
    X(BELOW, "below")               /* spent $5bn to buy X */         \
    X(CLAUSE, "clause")                                               \
    X(NEXT_CLAUSE, "next clause")                                     \
    X(SENTENCE, "sentence")

enum relation {
#define RELATION_NAME(name, text) RELATION_##name,
    RELATIONS(RELATION_NAME)
#undef RELATION_NAME
        RELATION_COUNT
};

/* Where a reading comes from: enumerator, name in kinds.tsv. */
#define SOURCES(X)                                                           \
    X(TRIGGER, "trigger")                                                    \
    X(DEFAULT, "default")       /* the unit alone */                         \
    X(JOINED, "joined")         /* in a list with the amount before */       \
    X(COMPARED, "compared")     /* from, than, versus that amount */         \
    X(GAPPED, "gapped")         /* a name and an amount without a verb */    \
    X(BEFORE, "before")         /* the amount before in the clause */        \
    X(EARLIER, "earlier")       /* the amount before in the sentence */      \
    X(LAST, "last")             /* the amount of the sentence before */      \
    X(FRAGMENT, "fragment")     /* the same, in a sentence without a verb */ \
    X(SAME, "same")             /* the same value was told before */         \
    X(SAME_AGAIN, "same again") /* with "the" or "that" before it */

enum source {
#define SOURCE_NAME(name, text) SOURCE_##name,
    SOURCES(SOURCE_NAME)
#undef SOURCE_NAME
        SOURCE_COUNT
};

/* How the main part of a reading was found. */
enum part_source { PART_FOUND, PART_SUBJECT, PART_ONLY_NAME, PART_TOPIC, PART_SOURCES };

/* What may hold for somebody who may be a party: enumerator, name in parties.tsv. The rules are the
 * grammar's proposals; "here" is the sentence. At most 64. */
#define PARTY_FEATURES(X)                                                      \
    X(BIAS, "bias")                                                            \
    X(RULE_FROM, "rule from")                                                  \
    X(RULE_TO, "rule to")                                                      \
    X(FROM_FOUND, "from found")                                                \
    X(TO_FOUND, "to found")                                                    \
    X(FILLED_SUBJECT, "filled subject")                                        \
    X(FILLED_ONLY, "filled only")                                              \
    X(FILLED_TOPIC, "filled topic")                                            \
    X(HERE, "here")                                                            \
    X(TOPIC, "topic")                                                          \
    X(TOPIC_ALONE, "topic alone")                                              \
    X(TOPIC_FOR_NOBODY, "topic for nobody")                                    \
    X(PREVIOUS, "previous")                                                    \
    X(PREVIOUS_ALONE, "previous alone")                                        \
    X(NONE_HERE, "none here")                                                  \
    X(ONE_HERE, "one here")                                                    \
    X(TWO_HERE, "two here")                                                    \
    X(MANY_HERE, "many here")                                                  \
    X(BEFORE, "before")                                                        \
    X(BEHIND, "behind")                                                        \
    X(NEAR, "near")                                                            \
    X(MIDDLE, "middle")                                                        \
    X(FAR, "far")                                                              \
    X(REMOTE, "remote")                                                        \
    X(BY, "by")                                                                \
    X(FROM, "from")                                                            \
    X(TO, "to")                                                                \
    X(WITH, "with")                                                            \
    X(IN, "in")                                                                \
    X(OF, "of")                                                                \
    X(FOR, "for")                                                              \
    X(AT, "at")                                                                \
    X(LISTED, "listed")                                                        \
    X(FIRST, "first")                                                          \
    X(OTHER_PREPOSITION, "other preposition")                                  \
    X(BARE, "bare")                                                            \
    X(POSSESSIVE, "possessive")                                                \
    X(OWNER, "owner")                                                          \
    X(REFERENCE, "reference")                                                  \
    X(SAYS, "says")                                                            \
    X(NO_TRIGGER, "no trigger")                                                \
    X(BEFORE_TRIGGER, "before trigger")                                        \
    X(BEHIND_TRIGGER, "behind trigger")                                        \
    X(SAME_CLAUSE, "same clause")                                              \
    X(OTHER_CLAUSE, "other clause")                                            \
    X(FRAME_FROM, "frame from") /* by the trigger's own roles */               \
    X(FRAME_TO, "frame to")                                                    \
    X(LAST_FROM, "last from") /* of the reading before */                      \
    X(LAST_TO, "last to")                                                      \
    X(KIND_FROM, "kind from") /* of the last one of the kind */                \
    X(KIND_TO, "kind to")                                                      \
    X(SAME_FROM, "same from") /* of one with the same value */                 \
    X(SAME_TO, "same to")                                                      \
    X(RIVALLED, "rivalled")     /* another name stands right at the amount */  \
    X(OF_PERSON, "of a person") /* a company that somebody named belongs to */ \
    X(PAIR_FROM, "pair from")   /* of the last reading that has both sides */  \
    X(PAIR_TO, "pair to")                                                      \
    X(PARAGRAPH, "paragraph") /* the first of its paragraph */                 \
    X(HEADED, "headed")       /* the first of the heading above it */          \
    X(BESIDE, "beside")       /* another one of the sentence before */         \
    X(SECOND_TOPIC, "second topic")                                            \
    X(GENERIC, "generic")   /* people without a name: "authors" */             \
    X(SUPPLIES, "supplies") /* the subject of a verb of supplying */           \
    X(SUPPLIED, "supplied") /* whom it supplies */

enum party_feature {
#define PARTY_FEATURE(name, text) PARTY_##name,
    PARTY_FEATURES(PARTY_FEATURE)
#undef PARTY_FEATURE
        PARTY_FEATURE_COUNT
};

/* Kinds that have their parties alike. */
enum party_group {
    PARTY_GROUP_DEAL,    /* one side gives, the other takes */
    PARTY_GROUP_RESULT,  /* of one company, in `to`: revenue, a valuation, users */
    PARTY_GROUP_EFFORT,  /* of one company, in `from`: layoffs, spending, capacity */
    PARTY_GROUP_PAY,     /* of a company to people */
    PARTY_GROUP_DISPUTE, /* of a company to who sued or fined it */
    PARTY_GROUP_MONEY,   /* nothing is known */
    PARTY_GROUP_COUNT
};

/* Where a name stands in the clause of an amount and its trigger: enumerator, name in parties.tsv.
 */
#define SLOTS(X)                     \
    X(SUBJECT, "subject")            \
    X(RECEIVER, "receiving subject") \
    X(PASSIVE, "passive subject")    \
    X(GAPPED, "gapped")              \
    X(PARALLEL, "parallel")          \
    X(HIGHER, "higher subject")      \
    X(OBJECT, "object")              \
    X(SECOND, "second object")       \
    X(BY, "by phrase")               \
    X(FROM, "from phrase")           \
    X(TO, "to phrase")               \
    X(WITH, "with phrase")           \
    X(IN, "in phrase")               \
    X(OF, "of phrase")               \
    X(FOR, "for phrase")             \
    X(AT, "at phrase")               \
    X(ON, "on phrase")               \
    X(PHRASE, "other phrase")        \
    X(OWNER, "owner")                \
    X(COMPOUND, "compound")          \
    X(APPOSED, "apposed")            \
    X(ANTECEDENT, "antecedent")      \
    X(OTHER, "other")

enum slot {
#define SLOT_NAME(name, text) SLOT_##name,
    SLOTS(SLOT_NAME)
#undef SLOT_NAME
        SLOT_COUNT
};
#define PARTY_SLOTS 24

/* What may hold for the status of a quantity: enumerator, name in states.tsv. The first
 * STATUS_FORMS are forms of its verb, then come those of the verb above it in the same order. At
 * most 64. */
#define STATUS_FORM_FEATURES(X, level, label)  \
    X(level##WILL, label "will")               \
    X(level##WOULD, label "would")             \
    X(level##MAY, label "may")                 \
    X(level##SHOULD, label "should")           \
    X(level##INFINITIVE, label "infinitive")   \
    X(level##PROGRESSIVE, label "progressive") \
    X(level##PERFECT, label "perfect")         \
    X(level##GERUND, label "gerund")           \
    X(level##PARTICIPLE, label "participle")   \
    X(level##PAST, label "past")               \
    X(level##PRESENT, label "present")         \
    X(level##NEGATED, label "negated")         \
    X(level##PASSIVE, label "passive")
#define STATUS_FORMS 13
#define STATUS_FEATURES(X)                  \
    STATUS_FORM_FEATURES(X, , "")           \
    STATUS_FORM_FEATURES(X, UP_, "higher ") \
    X(NO_VERB, "no verb")                   \
    X(SUBORDINATE, "subordinate")           \
    X(RELATIVE, "relative")                 \
    X(OUTLET, "outlet")                     \
    X(TOLD, "told")                         \
    X(HEADING, "heading")                   \
    X(UP_TO, "up to")                       \
    X(QUESTION, "question")                 \
    X(ANY, "any")

enum status_feature {
#define STATUS_FEATURE(name, text) STATUS_##name,
    STATUS_FEATURES(STATUS_FEATURE)
#undef STATUS_FEATURE
        STATUS_FEATURE_COUNT
};
#define STATUS_PLACES 10

/* Weights of the states, from lexicon/states.tsv (status.c tells what they add up to). */
struct status_weights {
    float feature[64][DW_STATUS_COUNT];
    float cue[STATUS_PLACES][DW_STATUS_COUNT][DW_STATUS_COUNT];
    float kind[DW_KIND_COUNT + 1][DW_STATUS_COUNT];
};

/* Weights of the confidence model, from lexicon/confidence.tsv. */
struct confidence {
    double bias, share, margin, told, from, to;
    double filled[PART_SOURCES];
    double kind[DW_KIND_COUNT];
};

/* What else holds around a quantity, told to each kind: enumerator, name in kinds.tsv. */
#define SIGNS(X)                    \
    X(PER_UNIT, "per unit")         \
    X(RATE, "rate")                 \
    X(SHARES, "shares")             \
    X(FOR_COMPANY, "for company")   \
    X(IN_COMPANY, "in company")     \
    X(IN_PLACE, "in place")         \
    X(ON_COMPANY, "on company")     \
    X(ON_THING, "on thing")         \
    X(TO_COMPANY, "to company")     \
    X(FROM_COMPANY, "from company") \
    X(BY_COMPANY, "by company")     \
    X(WITH_COMPANY, "with company") \
    X(PERIOD, "period")             \
    X(DISPUTE, "dispute")           \
    X(MOVES, "moves")               \
    X(WORKFORCE, "workforce")       \
    X(PERSON, "person")             \
    X(GOVERNMENT, "government")     \
    X(VAGUE, "vague")               \
    X(STAFF, "staff")               \
    X(USERS, "users")               \
    X(CROWD, "crowd")               \
    X(STRONG, "strong")             \
    X(POSTS, "posts")               \
    X(DEFINITE, "definite")         \
    X(LET_GO, "let go")             \
    X(EARNINGS, "earnings")         \
    X(AT_AMOUNT, "at")              \
    X(TO_AMOUNT, "to")              \
    X(FOR_AMOUNT, "for")            \
    X(SMALL, "small")               \
    X(BARE, "bare")                 \
    X(GOODS, "goods")               \
    X(LOSS, "loss")                 \
    X(OUTLOOK, "outlook")           \
    X(OF_GOODS, "of goods")         \
    X(OF_SHARES, "of shares")       \
    X(FOR_STAKE, "for stake")       \
    X(TO_PERSON, "to person")       \
    X(SUM, "sum")                   \
    X(OF_COMPANY, "of company")     \
    X(RATIO, "ratio")

enum sign {
#define SIGN_NAME(name, text) SIGN_##name,
    SIGNS(SIGN_NAME)
#undef SIGN_NAME
        SIGN_COUNT
};

/* Weights of the kinds of a quantity, from lexicon/kinds.tsv (kind.c tells what they add up to). */
#define KIND_PARTS 3 /* verbs, nouns, verbs as nouns */
#define KIND_RELATIONS 32
#define KIND_SOURCES 12
#define DISTANCES 6
#define KIND_ROWS 512 /* of triggers.tsv: a user's own rows included */
struct kind_weights {
    float relation[KIND_PARTS][KIND_RELATIONS];
    float group[DW_GROUP_OTHER + 1][KIND_RELATIONS];
    float strength[KIND_PARTS][12]; /* by the weight of the trigger */
    float distance[KIND_PARTS][DISTANCES];
    float between[KIND_PARTS]; /* another amount of the kind of unit stands between */
    float border[KIND_PARTS];  /* clauses end between */
    float told[2]; /* the article has told of the kind before; the first is that of triggers */
    float kind[DW_KIND_COUNT + 1];
    float source[KIND_SOURCES][DW_KIND_COUNT + 1];
    float sign[SIGN_COUNT][DW_KIND_COUNT + 1];
    float row[KIND_ROWS]; /* of each row of triggers.tsv */
};

#endif
