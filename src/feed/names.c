/* Names of elements and attributes: looked up in the tables once a document, then by address. */
#include "names.h"

extern const struct dw_tsv feed_elements;
extern const struct dw_tsv feed_namespaces;

/* Columns of elements.tsv. */
enum { COLUMN_VOCABULARY, COLUMN_NAME, COLUMN_IN_FEED, COLUMN_IN_ENTRY };

#define TEXT_OF(name, text) DW_STR_INIT(text),
static const struct dw_str vocabulary_names[] = {FEED_VOCABULARIES(TEXT_OF)};
static const struct dw_str meaning_names[] = {FEED_MEANINGS(TEXT_OF)};
static const struct dw_str tag_names[] = {FEED_TAGS(TEXT_OF)};
static const struct dw_str attribute_names[] = {FEED_ATTRIBUTES(TEXT_OF)};
#undef TEXT_OF

/* Elements of HTML that have no end. */
static const struct dw_str void_names[] = {
    DW_STR_INIT("area"),  DW_STR_INIT("base"), DW_STR_INIT("br"),    DW_STR_INIT("col"),
    DW_STR_INIT("embed"), DW_STR_INIT("hr"),   DW_STR_INIT("img"),   DW_STR_INIT("input"),
    DW_STR_INIT("link"),  DW_STR_INIT("meta"), DW_STR_INIT("param"), DW_STR_INIT("source"),
    DW_STR_INIT("track"), DW_STR_INIT("wbr"),
};

/* Index of a name in any case; `count` if it is not there. */
static size_t index_of(const struct dw_str *names, size_t count, struct dw_str name)
{
    size_t i = 0;
    while (i < count && !dw_str_eq_nocase(names[i], name))
        i++;
    return i;
}

enum feed_meaning feed_meaning_of(struct dw_str word)
{
    return (enum feed_meaning)index_of(meaning_names, FEED_MEANING_COUNT, word);
}

enum feed_vocabulary feed_vocabulary_of(struct dw_str uri)
{
    enum feed_vocabulary best = FEED_OTHER;
    size_t longest = 0;
    for (size_t i = 0; i < feed_namespaces.len; i++) {
        const struct dw_str *cell = feed_namespaces.rows[i].cell;
        if (cell[0].len <= longest || !dw_str_starts_nocase(uri, cell[0]))
            continue;
        best = (enum feed_vocabulary)index_of(vocabulary_names, FEED_VOCABULARY_COUNT, cell[1]);
        longest = cell[0].len;
    }
    return best;
}

static enum feed_vocabulary vocabulary_of_prefix(struct dw_str prefix)
{
    size_t known = index_of(vocabulary_names, FEED_VOCABULARY_COUNT, prefix);
    return known < FEED_VOCABULARY_COUNT ? (enum feed_vocabulary)known : FEED_OTHER;
}

/* By its namespace, or by its prefix where that is not declared or unknown: addresses are often
 * mistyped. An unknown namespace that the document's root has too is the dialect's own: early Atom
 * had many. */
static enum feed_vocabulary vocabulary_of(const struct feed_names *names, struct dw_str prefix,
                                          struct dw_str uri)
{
    if (uri.at == NULL && prefix.at == NULL)
        return FEED_RSS;
    if (uri.at == NULL)
        return vocabulary_of_prefix(prefix);
    enum feed_vocabulary vocabulary = feed_vocabulary_of(uri);
    if (vocabulary != FEED_OTHER)
        return vocabulary;
    return dw_str_eq(uri, names->own_address) ? names->own : vocabulary_of_prefix(prefix);
}

static enum feed_meaning meaning_in(const struct dw_tsv_row *row, int column)
{
    enum feed_meaning meaning = feed_meaning_of(row->cell[column]);
    return meaning < FEED_MEANING_COUNT ? meaning : FEED_SAYS_NOTHING;
}

static struct feed_name resolve(const struct feed_names *names, struct dw_str local,
                                struct dw_str prefix, struct dw_str uri)
{
    struct feed_name name = {.local = local, .vocabulary = vocabulary_of(names, prefix, uri)};
    size_t tag = index_of(tag_names, FEED_TAG_COUNT, local);
    name.tag = tag < FEED_TAG_COUNT ? (enum feed_tag)tag : FEED_TAG_OTHER;
    size_t void_count = sizeof void_names / sizeof void_names[0];
    name.is_void = index_of(void_names, void_count, local) < void_count;
    for (size_t i = 0; i < feed_elements.len; i++) {
        const struct dw_tsv_row *row = &feed_elements.rows[i];
        if (!dw_str_eq_nocase(row->cell[COLUMN_NAME], local) ||
            !dw_str_eq(row->cell[COLUMN_VOCABULARY], vocabulary_names[name.vocabulary]))
            continue;
        name.in_feed = meaning_in(row, COLUMN_IN_FEED);
        name.in_entry = meaning_in(row, COLUMN_IN_ENTRY);
        break;
    }
    return name;
}

/* Slots that are looked at for one name; beyond them an older name is forgotten. */
#define PROBES 8

static size_t slot_of(const void *a, const void *b, size_t slots)
{
    uint64_t mixed = ((uintptr_t)a >> 2) * 0x9E3779B97F4A7C15u + ((uintptr_t)b >> 2);
    return (size_t)((mixed * 0x9E3779B97F4A7C15u) >> 32) % slots;
}

const struct feed_name *feed_name_find(struct feed_names *names, const char *local,
                                       const char *prefix, const char *uri)
{
    const void *space = uri != NULL ? uri : prefix;
    size_t first = slot_of(local, space, FEED_NAME_SLOTS);
    struct feed_name_slot *slot = NULL;
    for (size_t i = 0; i < PROBES; i++) {
        slot = &names->elements[(first + i) % FEED_NAME_SLOTS];
        if (slot->local == local && slot->space == space && slot->declared == (uri != NULL))
            return &slot->name;
        if (slot->local == NULL)
            break;
    }
    slot->local = local;
    slot->space = space;
    slot->declared = uri != NULL;
    slot->name = resolve(names, dw_str_from_c(local), dw_str_from_c(prefix), dw_str_from_c(uri));
    return &slot->name;
}

enum feed_attribute feed_attribute_find(struct feed_names *names, const char *local)
{
    size_t first = slot_of(local, NULL, FEED_ATTRIBUTE_SLOTS);
    struct feed_attribute_slot *slot = NULL;
    for (size_t i = 0; i < PROBES; i++) {
        slot = &names->attributes[(first + i) % FEED_ATTRIBUTE_SLOTS];
        if (slot->local == local)
            return slot->attribute;
        if (slot->local == NULL)
            break;
    }
    size_t known = index_of(attribute_names, FEED_ATTRIBUTE_COUNT, dw_str_from_c(local));
    slot->local = local;
    slot->attribute = known < FEED_ATTRIBUTE_COUNT ? (enum feed_attribute)known : FEED_NO_ATTRIBUTE;
    return slot->attribute;
}
