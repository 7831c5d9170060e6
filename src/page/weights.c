/* How much each thing that is known of a block speaks for or against it: the table of weights, made
 * ready for quick asking. */
#include "internal.h"

#include <pthread.h>
#include <stdio.h>

/* family, number or word, weight in thousandths */
extern const struct dw_tsv page_weights;

#define NUMBERS 64 /* of a family: larger ones have no weight */
#define MOST_WORDS 4096
#define SLOTS 8192 /* twice the words and a power of two, so that a search ends soon */
#define WORD_FAMILIES (PAGE_FAMILY_COUNT - PAGE_FAMILY_TAG)

struct entry {
    struct dw_str word;
    uint32_t hash;
    float weights[WORD_FAMILIES];
};

static float numbers[PAGE_FAMILY_TAG][NUMBERS];
static struct entry entries[MOST_WORDS];
static uint16_t slots[SLOTS]; /* entry and one; 0: free */
static size_t entry_count;
static pthread_once_t weights_once = PTHREAD_ONCE_INIT;

static const struct dw_str family_names[PAGE_FAMILY_COUNT] = {
#define PAGE_FAMILY_NAME(family, name) [PAGE_FAMILY_##family] = DW_STR_INIT(name),
    PAGE_FAMILIES(PAGE_FAMILY_NAME)
#undef PAGE_FAMILY_NAME
};

struct dw_str page_family_name(enum page_family family)
{
    return family_names[family];
}

/* The slot of a word, or the free one where it belongs. */
static size_t slot_of(struct dw_str word, uint32_t hash)
{
    size_t at = hash % SLOTS;
    while (slots[at] != 0) {
        const struct entry *entry = &entries[slots[at] - 1];
        if (entry->hash == hash && dw_str_eq_nocase(entry->word, word))
            break;
        at = (at + 1) % SLOTS;
    }
    return at;
}

static const struct entry *find_entry(struct dw_str word)
{
    size_t at = slot_of(word, dw_word_hash(word));
    return slots[at] != 0 ? &entries[slots[at] - 1] : NULL;
}

static void add_word_weight(int family, struct dw_str word, float weight)
{
    uint32_t hash = dw_word_hash(word);
    size_t at = slot_of(word, hash);
    if (slots[at] == 0) {
        if (entry_count == MOST_WORDS)
            return;
        entries[entry_count] = (struct entry){.word = word, .hash = hash};
        slots[at] = (uint16_t)++entry_count;
    }
    entries[slots[at] - 1].weights[family - PAGE_FAMILY_TAG] = weight;
}

static void read_row(const struct dw_tsv_row *row)
{
    int64_t thousandths;
    int64_t number;
    if (!dw_str_to_int(row->cell[2], &thousandths))
        return;
    float weight = (float)thousandths / 1000.0F;
    for (int family = 0; family < PAGE_FAMILY_COUNT; family++) {
        if (!dw_str_eq(row->cell[0], family_names[family]))
            continue;
        if (family >= PAGE_FAMILY_TAG)
            add_word_weight(family, row->cell[1], weight);
        else if (dw_str_to_int(row->cell[1], &number) && number >= 0 && number < NUMBERS)
            numbers[family][number] = weight;
    }
}

static void read_weights(void)
{
    for (size_t i = 0; i < page_weights.len; i++)
        read_row(&page_weights.rows[i]);
}

void page_add_number(struct page_sum *sum, enum page_family family, unsigned number)
{
    pthread_once(&weights_once, read_weights);
    if (number >= NUMBERS)
        number = NUMBERS - 1;
    sum->total += (double)numbers[family][number];
    if (sum->tell != NULL) {
        char digits[12];
        int len = snprintf(digits, sizeof digits, "%u", number);
        sum->tell(sum->context, family, (struct dw_str){digits, (size_t)len});
    }
}

void page_add_word(struct page_sum *sum, enum page_family family, struct dw_str word)
{
    pthread_once(&weights_once, read_weights);
    const struct entry *entry = find_entry(word);
    if (entry != NULL)
        sum->total += (double)entry->weights[family - PAGE_FAMILY_TAG];
    if (sum->tell != NULL)
        sum->tell(sum->context, family, word);
}

void page_name_weights(struct dw_str word, float weights[PAGE_PLACE_COUNT])
{
    pthread_once(&weights_once, read_weights);
    const struct entry *entry = find_entry(word);
    for (int place = 0; place < PAGE_PLACE_COUNT; place++)
        weights[place] =
            entry != NULL ? entry->weights[PAGE_FAMILY_OWN - PAGE_FAMILY_TAG + place] : 0;
}
