/* References: what "it", "the company" and "the chipmaker" stand for, and who the article is about.
 */
#include "internal.h"

#define NO_ENTITY UINT32_MAX

/* Kinds of companies that a noun names, as beginnings of words and categories of the lexicon. */
static const struct {
    enum known_word word;
    const char *categories;
} fits[] = {
    {W_CHIPMAKER, "chips"},
    {W_CHIP, "chips"},
    {W_LAB, "ai-lab"},
    {W_AI, "ai-lab startup"},
    {W_STARTUP, "ai-lab startup"},
    {W_UNICORN, "ai-lab startup"},
    {W_BANK, "bank"},
    {W_LENDER, "bank"},
    {W_RETAILER, "retailer retail"},
    {W_CARMAKER, "automotive"},
    {W_AUTOMAKER, "automotive"},
    {W_HYPERSCALER, "hyperscaler"},
    {W_CLOUD, "cloud hyperscaler"},
    {W_NEOCLOUD, "cloud"},
    {W_UTILITY, "energy"},
    {W_CONGLOMERATE, "conglomerate"},
};

/* A startup has no shares at an exchange. */
static bool is_startup_word(const struct analysis *a, const struct name *reference)
{
    for (size_t t = reference->first; t < reference->last; t++) {
        if (token_is(a, t, W_STARTUP) || token_is(a, t, W_UNICORN))
            return true;
    }
    return false;
}

static bool category_fits(const struct analysis *a, const struct name *reference,
                          struct dw_str category)
{
    bool asked = false;
    for (size_t t = reference->first; t < reference->last; t++) {
        for (size_t i = 0; i < sizeof fits / sizeof fits[0]; i++) {
            if (!token_is(a, t, fits[i].word) || fits[i].categories[0] == '\0')
                continue;
            asked = true;
            struct dw_str rest = dw_str_from_c(fits[i].categories);
            struct dw_str one;
            while (dw_str_split(&rest, ' ', &one)) {
                if (dw_str_eq(one, category))
                    return true;
            }
        }
    }
    return !asked || (category.len == 0 && asked);
}

static bool is_reference_to_anything(const struct analysis *a, const struct name *reference)
{
    return reference->last - reference->first > 1 || token_is(a, reference->first, W_IT);
}

/* The first organisation of a sentence that is no oblique phrase: what the next "it" means. */
uint32_t subject_of(const struct analysis *a, const struct dw_sentence *s)
{
    uint32_t any = NO_ENTITY;
    for (size_t i = s->first; i < s->last; i++) {
        const struct name *name = name_at(a, i);
        if (name == NULL)
            continue;
        i = name->last - 1;
        if (name->entity == NO_ENTITY || name->aside || name->kind == NAME_PLACE ||
            a->entities.at[name->entity].person)
            continue;
        bool oblique = name->first > s->first && token_has(a, name->first - 1, CLASS(PREPOSITION));
        bool media = dw_str_eq(a->entities.at[name->entity].category, DW_STR("media"));
        if (!oblique && !media)
            return name->entity;
        if (any == NO_ENTITY && !media)
            any = name->entity;
    }
    return any;
}

/* The next organisation to the left of *at, where *at goes on to; NULL: none above the floor. */
static const struct name *organisation_before(const struct analysis *a, size_t *at, size_t floor)
{
    while (*at > floor) {
        const struct name *name = name_at(a, *at - 1);
        *at = name != NULL ? name->first : *at - 1;
        if (name != NULL && name->kind == NAME_ORGANISATION && name->entity != NO_ENTITY &&
            !name->aside)
            return name;
    }
    return NULL;
}

/* The newest organisation before a token that the noun fits; those of the same sentence first. */
static uint32_t newest_fitting(const struct analysis *a, const struct name *reference, size_t floor,
                               uint32_t excluded)
{
    bool startup = is_startup_word(a, reference);
    size_t at = reference->first;
    const struct name *name;
    while ((name = organisation_before(a, &at, floor)) != NULL) {
        const struct entity *e = &a->entities.at[name->entity];
        bool media = dw_str_eq(e->category, DW_STR("media"));
        bool suits = startup ? !e->listed && !dw_str_eq(e->category, DW_STR("vc"))
                             : e->category.len > 0 && category_fits(a, reference, e->category);
        if (!e->person && !media && suits && name->entity != excluded)
            return name->entity;
    }
    return NO_ENTITY;
}

/* "the university", "the Department": the newest organisation that has the noun in its name. */
static uint32_t newest_named_so(const struct analysis *a, const struct name *reference,
                                size_t floor)
{
    size_t noun = reference->last - 1u;
    size_t at = reference->first;
    const struct name *name;
    if (reference->last - reference->first < 2)
        return NO_ENTITY;
    while ((name = organisation_before(a, &at, floor)) != NULL) {
        for (size_t k = name->first; k < name->last; k++) {
            if (a->words[k].id == a->words[noun].id && a->words[k].id != 0)
                return name->entity;
        }
    }
    return NO_ENTITY;
}

/* Whether "the company", "the startup" may mean somebody: not who lends, funds, governs or tells,
 * unless the article is about them. */
static bool may_be_company(const struct analysis *a, uint32_t entity)
{
    static const char *const others[] = {"vc",      "pe",   "swf",        "government", "media",
                                         "pension", "bank", "university", "charity",    "research"};
    if (entity == NO_ENTITY || entity == a->topic)
        return true;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (dw_str_eq(a->entities.at[entity].category, dw_str_from_c(others[i])))
            return false;
    }
    return true;
}

/* "the company", "the four-year-old startup", "the Bristol-based firm". */
static bool is_company_word(const struct analysis *a, const struct name *reference)
{
    size_t noun = reference->last - 1u;
    return reference->last - reference->first > 1 &&
           (token_is(a, noun, W_COMPANY) || token_has(a, noun, CLASS(STARTUPCUE)));
}

static bool names_a_category(const struct analysis *a, const struct name *reference)
{
    return !category_fits(a, reference, DW_STR("no such category"));
}

/* "it paid $35 billion for the maker": not who acts in the same sentence. */
static bool behind_preposition(const struct analysis *a, const struct name *reference)
{
    return reference->last - reference->first > 1 && reference->first > 0 &&
           token_has(a, reference->first - 1, CLASS(PREPOSITION));
}

/* The organisation told of most; `excluded` is none. */
static uint32_t find_topic(const struct analysis *a, uint32_t excluded)
{
    uint32_t best = NO_ENTITY;
    double most = 0;
    uint32_t first = NO_ENTITY;
    for (size_t n = 0; n < a->sentences.len && first == NO_ENTITY && n < 3; n++)
        first = subject_of(a, &a->sentences.at[n]);
    for (size_t i = 0; i < a->entities.len; i++) {
        const struct entity *e = &a->entities.at[i];
        if (e->person || i == excluded || dw_str_eq(e->category, DW_STR("media")))
            continue;
        double weight = e->count + (i == first ? 2.5 : 0);
        if (weight > most) {
            most = weight;
            best = (uint32_t)i;
        }
    }
    return best;
}

/* "we", "our", "the Company": who tells the text of itself. */
static bool is_self(const struct analysis *a, const struct name *reference)
{
    size_t last = reference->last - 1u;
    return token_is(a, last, W_WE) || token_is(a, last, W_OUR) || token_is(a, last, W_US) ||
           (reference->last - reference->first == 2 && token_is(a, last, W_COMPANY) &&
            a->tokens.at[last].capital);
}

void resolve_references(struct analysis *a)
{
    a->topic = find_topic(a, NO_ENTITY);
    a->second_topic = find_topic(a, a->topic);
    uint32_t previous = a->topic;
    for (size_t n = 0; n < a->sentences.len; n++) {
        const struct dw_sentence *s = &a->sentences.at[n];
        uint32_t here = NO_ENTITY; /* the first organisation of this sentence, once it was met */
        for (size_t i = s->first; i < s->last; i++) {
            if (a->name_at[i] == 0)
                continue;
            struct name *name = &a->names.at[a->name_at[i] - 1];
            i = name->last - 1;
            if (name->kind == NAME_REFERENCE) {
                uint32_t found = NO_ENTITY;
                if (names_a_category(a, name))
                    found = newest_fitting(
                        a, name, n > 0 && n < 6 ? 0 : a->sentences.at[n > 5 ? n - 5 : 0].first,
                        behind_preposition(a, name) ? here : NO_ENTITY);
                if (found == NO_ENTITY && is_self(a, name))
                    found = a->topic;
                if (found == NO_ENTITY)
                    found = newest_named_so(a, name, a->sentences.at[n > 5 ? n - 5 : 0].first);
                if (found == NO_ENTITY)
                    found = here != NO_ENTITY ? here : previous;
                if (is_company_word(a, name) && !may_be_company(a, found))
                    found = may_be_company(a, previous) ? previous : a->topic;
                name->entity = found;
                if (here == NO_ENTITY && is_reference_to_anything(a, name))
                    here = found;
                continue;
            }
            bool counts = name->kind == NAME_ORGANISATION && name->entity != NO_ENTITY &&
                          !name->aside &&
                          !dw_str_eq(a->entities.at[name->entity].category, DW_STR("media"));
            if (here == NO_ENTITY && counts &&
                !(name->first > s->first && token_has(a, name->first - 1, CLASS(PREPOSITION))))
                here = name->entity;
        }
        uint32_t subject = subject_of(a, s);
        if (subject != NO_ENTITY)
            previous = subject;
    }
}
