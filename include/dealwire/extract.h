/* The extractor: the text of an article in, its figures out (who pays whom how much, how sure).
 *
 * What the words mean (kinds, qualifiers, statuses, parties) is the contract of doc comments below
 * and of the README's page on extraction. An extractor is made once and may be used by any number
 * of threads at the same time; each call works in the arena that it is given. */
#ifndef DW_EXTRACT_H
#define DW_EXTRACT_H

#include <dealwire/base.h>

#ifdef __cplusplus
extern "C" {
#endif

enum dw_group {
    DW_GROUP_DEALS,
    DW_GROUP_PEOPLE,
    DW_GROUP_COMPUTE,
    DW_GROUP_RESULTS,
    DW_GROUP_OTHER
};

/* enum name, name in JSON, group, short label for narrow columns */
#define DW_KINDS(X)                                                  \
    X(DW_KIND_INVESTMENT, "investment", DW_GROUP_DEALS, "invest")    \
    X(DW_KIND_ROUND, "round", DW_GROUP_DEALS, "round")               \
    X(DW_KIND_VALUATION, "valuation", DW_GROUP_DEALS, "value")       \
    X(DW_KIND_ACQUISITION, "acquisition", DW_GROUP_DEALS, "acquis")  \
    X(DW_KIND_CONTRACT, "contract", DW_GROUP_DEALS, "contr")         \
    X(DW_KIND_DEBT, "debt", DW_GROUP_DEALS, "debt")                  \
    X(DW_KIND_GRANT, "grant", DW_GROUP_DEALS, "grant")               \
    X(DW_KIND_STAKE, "stake", DW_GROUP_DEALS, "stake")               \
    X(DW_KIND_LAYOFFS, "layoffs", DW_GROUP_PEOPLE, "layoff")         \
    X(DW_KIND_HIRING, "hiring", DW_GROUP_PEOPLE, "hiring")           \
    X(DW_KIND_HEADCOUNT, "headcount", DW_GROUP_PEOPLE, "staff")      \
    X(DW_KIND_USERS, "users", DW_GROUP_PEOPLE, "users")              \
    X(DW_KIND_SPENDING, "spending", DW_GROUP_COMPUTE, "spend")       \
    X(DW_KIND_POWER, "power", DW_GROUP_COMPUTE, "power")             \
    X(DW_KIND_CHIPS, "chips", DW_GROUP_COMPUTE, "chips")             \
    X(DW_KIND_PARAMETERS, "parameters", DW_GROUP_COMPUTE, "params")  \
    X(DW_KIND_REVENUE, "revenue", DW_GROUP_RESULTS, "revenu")        \
    X(DW_KIND_PROFIT, "profit", DW_GROUP_RESULTS, "profit")          \
    X(DW_KIND_CHANGE, "change", DW_GROUP_RESULTS, "change")          \
    X(DW_KIND_PRICE, "price", DW_GROUP_RESULTS, "price")             \
    X(DW_KIND_COMPENSATION, "compensation", DW_GROUP_RESULTS, "pay") \
    X(DW_KIND_SETTLEMENT, "settlement", DW_GROUP_RESULTS, "settle")  \
    X(DW_KIND_MONEY, "money", DW_GROUP_OTHER, "money")

enum dw_kind {
#define DW_KIND_NAME(name, json, group, label) name,
    DW_KINDS(DW_KIND_NAME)
#undef DW_KIND_NAME
        DW_KIND_COUNT
};

/* enum name, name in JSON */
#define DW_QUALIFIERS(X)           \
    X(DW_QUALIFIER_EXACT, "exact") \
    X(DW_QUALIFIER_ABOUT, "about") \
    X(DW_QUALIFIER_OVER, "over")   \
    X(DW_QUALIFIER_UNDER, "under") \
    X(DW_QUALIFIER_UP_TO, "up_to") \
    X(DW_QUALIFIER_RANGE, "range") \
    X(DW_QUALIFIER_VAGUE, "vague")

enum dw_qualifier {
#define DW_QUALIFIER_NAME(name, json) name,
    DW_QUALIFIERS(DW_QUALIFIER_NAME)
#undef DW_QUALIFIER_NAME
        DW_QUALIFIER_COUNT
};

/* enum name, name in JSON, sign that tells it beside the colour; weaker before stronger */
#define DW_STATUSES(X)                       \
    X(DW_STATUS_RUMORED, "rumored", '?')     \
    X(DW_STATUS_TALKS, "talks", '~')         \
    X(DW_STATUS_PLANNED, "planned", '>')     \
    X(DW_STATUS_ANNOUNCED, "announced", '!') \
    X(DW_STATUS_COMPLETED, "completed", '=') \
    X(DW_STATUS_DENIED, "denied", 'x')

enum dw_status {
#define DW_STATUS_NAME(name, json, sign) name,
    DW_STATUSES(DW_STATUS_NAME)
#undef DW_STATUS_NAME
        DW_STATUS_COUNT
};

struct dw_str dw_kind_name(enum dw_kind kind);
struct dw_str dw_kind_label(enum dw_kind kind);
enum dw_group dw_kind_group(enum dw_kind kind);
struct dw_str dw_qualifier_name(enum dw_qualifier qualifier);
struct dw_str dw_status_name(enum dw_status status);
char dw_status_sign(enum dw_status status);
/* The reverse, by the JSON name; false if there is no such name. */
bool dw_kind_find(struct dw_str name, enum dw_kind *kind) DW_MUST_CHECK;
bool dw_qualifier_find(struct dw_str name, enum dw_qualifier *qualifier) DW_MUST_CHECK;
bool dw_status_find(struct dw_str name, enum dw_status *status) DW_MUST_CHECK;

/* One span of the text that states a quantity. Byte offsets, end exclusive. */
struct dw_mention {
    uint32_t start;
    uint32_t end;
    uint32_t sentence_start;
    uint32_t sentence_end;
    bool in_title; /* offsets point into the title instead */
};

/* One fact of one article. Slices live in the extraction's arena or are static. */
struct dw_figure {
    enum dw_kind kind;
    struct dw_str unit; /* ISO 4217 code, or people percent W chips parameters tokens */
    enum dw_qualifier qualifier;
    double value;
    double low;  /* NAN: unknown */
    double high; /* NAN: unknown */
    struct dw_strs from;
    struct dw_strs to;
    bool each; /* the amount holds for each of the parties */
    enum dw_status status;
    struct dw_str term; /* ISO 8601 duration, or empty */
    struct dw_str when; /* ISO 8601 date or period, or empty */
    struct dw_strs attribution;
    double confidence;  /* 0 to 1 */
    struct dw_str rule; /* name of the pattern that decided, for explanations */
    struct dw_mention *mentions;
    size_t mention_count;
};

struct dw_article {
    struct dw_str title;  /* may be empty */
    struct dw_str text;   /* clean UTF-8; offsets of the figures point into it */
    int64_t published;    /* DW_TIME_NONE: unknown; relative dates stay open then */
    struct dw_str outlet; /* who tells it, so that it is not taken for a party; may be empty */
};

struct dw_extraction {
    struct dw_figure *figures; /* in the order of their first mention */
    size_t figure_count;
};

struct dw_extractor;

/* Rows of the user's own for one of the lexicon's tables, as TSV: the columns are those of the
 * built-in table of that name, and the rows win over its own. */
struct dw_user_table {
    struct dw_str name; /* "companies", "people", "places", "currencies", "units" … */
    struct dw_str text;
};

/* The tables that there are, by an index from 0. False: there are no more. */
bool dw_user_table_name(size_t index, struct dw_str *name) DW_MUST_CHECK;

/* Makes an extractor from the built-in lexicon and the user's own tables. NULL: out of memory, or a
 * malformed or repeated line, whose file and number the error names. Free it with
 * dw_extractor_free(). */
struct dw_extractor *dw_extractor_open(const struct dw_user_table *tables, size_t count,
                                       struct dw_error *err);
/* The same with the user's own companies alone, which may be empty (name, ticker, category,
 * aliases). */
struct dw_extractor *dw_extractor_new(struct dw_str user_companies, struct dw_error *err);
void dw_extractor_free(struct dw_extractor *extractor);

/* Finds the figures of an article. A text beyond DW_LIMIT_ARTICLE_BYTES is read in pieces, each as
 * if it were an article of its own. False: out of memory, or a text beyond DW_LIMIT_TEXT_BYTES. */
bool dw_extract(const struct dw_extractor *extractor, struct dw_arena *arena,
                const struct dw_article *article, struct dw_extraction *out,
                struct dw_error *err) DW_MUST_CHECK;

/* What each stage made of an article, as lines of text in the arena: of each sentence its tokens,
 * names, quantities, and of each quantity the rival readings with their scores and the one taken.
 * False: out of memory, or a text beyond DW_LIMIT_ARTICLE_BYTES. */
bool dw_extract_explain(const struct dw_extractor *extractor, struct dw_arena *arena,
                        const struct dw_article *article, struct dw_str *out,
                        struct dw_error *err) DW_MUST_CHECK;

/* The canonical name of a company or one of its aliases ("aws": "Amazon"); empty if the lexicon
 * does not know it. Case does not matter. The result lives as long as the extractor. */
struct dw_str dw_company_find(const struct dw_extractor *extractor, struct dw_str name);

#ifdef __cplusplus
}
#endif

#endif
