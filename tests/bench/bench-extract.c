/* Bench of the extractor: made-up news, an amount in every other sentence, through its stages.
 *
 * bench-extract [MEGABYTES [quantities]]: megabytes a second of processor time, each the best of
 * three, beside a count of the same text's words, which is the least that any reader of text does.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "internal.h"

#define ARTICLE_BYTES 4000
#define RUNS 3

static struct dw_extractor *extractor;

/* Of this process: what others do on the machine does not count. */
static double cpu_seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

/* Numbers that look random and are the same each time. */
static uint64_t below(uint64_t limit)
{
    static uint64_t state = 88172645463325252u;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state % limit;
}

/* ---- Made-up news ---- */

/* In a pattern, C is a company known or unknown, P a person, A an amount of money, N a count, L a
 * place, W a word of no weight, and the rest stands as it is. */
static const char *const with_amounts[] = {
    "C will invest A in C over the next three years, the companies said on Monday.",
    "The startup raised A in a round led by C, which values it at A.",
    "C said it would cut N jobs, or about 4% of its workforce, as it shifts spending to data "
    "centers.",
    "Under the agreement C is to pay A for computing capacity through 2030, P told investors.",
    "Revenue rose 34% to A in the quarter, while its capital expenditure reached A.",
    "C agreed to buy C for A in cash and stock, its largest purchase so far.",
    "The campus near L will draw up to 1.2 GW and cost between A and A, according to C.",
    "Shares of C fell 6% after the report, wiping out A of its market value.",
};
static const char *const without_amounts[] = {
    "P, who joined C from C two years ago, declined to comment on the W plans of the company.",
    "Analysts had expected the decision for months, but few thought it would come before the "
    "summer.",
    "The company has not said where the W servers will stand or who is going to run them.",
    "In L, officials welcomed the news and said they would work with C on permits and water.",
    "It is not clear whether the regulators in L are going to look at the agreement at all.",
    "\"We are at the beginning of something W,\" P wrote in a note to the staff of C.",
    "The partnership gives its engineers a W way to train models that were out of reach until now.",
    "Customers of the service, among them banks and hospitals, were told about it in a short "
    "letter.",
};
static const char *const companies[] = {
    "OpenAI",          "Amazon",   "Microsoft",       "Nvidia",    "Oracle",        "CoreWeave",
    "Osterberg Cloud", "SoftBank", "Halden Robotics", "Anthropic", "Meridian Grid", "Qvantel AI"};
static const char *const people[] = {"Sam Altman",      "Jane Whitfield", "Andy Jassy",
                                     "Marta Lindqvist", "Jensen Huang",   "Tomas Keller"};
static const char *const places[] = {"Texas",  "Abilene", "Frankfurt",
                                     "Norway", "Ohio",    "Singapore"};
static const char *const fillers[] = {"remarkable",   "new",   "wider",
                                      "long-awaited", "quiet", "bold"};
static const char *const amounts[] = {"$# billion",           "$#.5bn",    "\xe2\x82\xac# million",
                                      "more than $# million", "about $#B", "\xc2\xa3# million"};

#define PICK(list) (list)[below(sizeof(list) / sizeof *(list))]

static void write_amount(struct dw_buf *out, const char *form)
{
    for (; *form != '\0'; form++) {
        if (*form == '#')
            dw_buf_add_format(out, "%d", (int)below(90) + 2);
        else
            dw_buf_add_char(out, *form);
    }
}

static void write_word(struct dw_buf *out, char c)
{
    if (c == 'C')
        dw_buf_add(out, dw_str_from_c(PICK(companies)));
    else if (c == 'P')
        dw_buf_add(out, dw_str_from_c(PICK(people)));
    else if (c == 'L')
        dw_buf_add(out, dw_str_from_c(PICK(places)));
    else if (c == 'W')
        dw_buf_add(out, dw_str_from_c(PICK(fillers)));
    else if (c == 'N')
        dw_buf_add_format(out, "%d,%d00", (int)below(30) + 1, (int)below(9));
    else
        write_amount(out, PICK(amounts));
}

/* A placeholder is a capital that stands alone. */
static void write_sentence(struct dw_buf *out, const char *pattern)
{
    for (const char *at = pattern; *at != '\0'; at++) {
        bool alone = strchr("CPANLW", *at) != NULL && (at == pattern || at[-1] == ' ') &&
                     strchr(" ,.\"", at[1]) != NULL;
        if (alone)
            write_word(out, *at);
        else
            dw_buf_add_char(out, *at);
    }
}

static void write_article(struct dw_buf *out)
{
    size_t start = out->len;
    for (int i = 0; out->len - start < ARTICLE_BYTES; i++) {
        write_sentence(out, i % 2 == 0 ? PICK(with_amounts) : PICK(without_amounts));
        dw_buf_add(out, i % 3 == 2 ? DW_STR("\n\n") : DW_STR(" "));
    }
}

/* ---- Measured ---- */

/* Where each article ends. */
struct ends {
    size_t *at;
    size_t len;
};

typedef size_t work(struct dw_str article, struct dw_arena *arena);

/* What `wc -w` does. */
static size_t count_words(struct dw_str article, struct dw_arena *arena)
{
    size_t words = 0;
    bool inside = false;
    (void)arena;
    for (size_t i = 0; i < article.len; i++) {
        bool space = dw_is_space(article.at[i]);
        words += inside && space;
        inside = !space;
    }
    return words;
}

static size_t count_quantities(struct dw_str article, struct dw_arena *arena)
{
    struct analysis a;
    struct dw_article input = {.text = article, .published = 1769680800};
    return read_quantities(extractor, arena, &input, &a) ? a.quantities.len : 0;
}

static size_t count_figures(struct dw_str article, struct dw_arena *arena)
{
    struct dw_extraction found;
    struct dw_article input = {.text = article, .published = 1769680800};
    return dw_extract(extractor, arena, &input, &found, NULL) ? found.figure_count : 0;
}

/* Megabytes a second, the best of some runs over all articles. */
static double measure(work *run, struct dw_str text, const struct ends *ends, size_t *found)
{
    double best = 0;
    for (int i = 0; i < RUNS; i++) {
        struct dw_arena arena;
        dw_arena_init(&arena, DW_LIMIT_DOCUMENT_ARENA);
        double start = cpu_seconds();
        size_t from = 0;
        *found = 0;
        for (size_t k = 0; k < ends->len; k++) {
            struct dw_scratch scratch = dw_scratch_begin(&arena);
            *found += run(dw_str_slice(text, from, ends->at[k]), &arena);
            dw_scratch_end(scratch);
            from = ends->at[k];
        }
        double speed = (double)text.len / 1e6 / (cpu_seconds() - start);
        best = speed > best ? speed : best;
        dw_arena_release(&arena);
    }
    return best;
}

/* Milliseconds until an extractor knows a user's own 10,000 names, each with an alias; the best of
 * some. Negative: it failed. */
static double measure_own_names(void)
{
    enum { NAMES = 10000, NAME_BYTES = 64 };
    struct dw_buf names;
    double best = -1;
    dw_buf_init(&names, NAMES * NAME_BYTES);
    for (int i = 0; i < NAMES; i++)
        dw_buf_add_format(&names, "Corvid%d Kilnworks\t-\tchips\tCorvid%d\n", i, i);
    for (int run = 0; run < RUNS; run++) {
        double start = cpu_seconds();
        struct dw_extractor *own = dw_extractor_new(dw_buf_str(&names), NULL);
        double taken = (cpu_seconds() - start) * 1000;
        if (own != NULL && (best < 0 || taken < best))
            best = taken;
        dw_extractor_free(own);
    }
    dw_buf_release(&names);
    return best;
}

int main(int argc, char **argv)
{
    size_t bytes = (argc > 1 ? strtoul(argv[1], NULL, 10) : 64) << 20;
    bool all_stages = argc < 3;
    struct dw_buf text;
    struct ends ends = {calloc(bytes / ARTICLE_BYTES + 1, sizeof *ends.at), 0};
    size_t found;
    double start = cpu_seconds();
    extractor = dw_extractor_new((struct dw_str){"", 0}, NULL);
    if (extractor == NULL || ends.at == NULL)
        return 1;
    printf("lexicon built in       %8.1f ms\n", (cpu_seconds() - start) * 1000);
    printf("10,000 names on top    %8.1f ms\n", measure_own_names());
    dw_buf_init(&text, bytes + 2 * ARTICLE_BYTES);
    while (text.len < bytes) {
        write_article(&text);
        ends.at[ends.len++] = text.len;
    }
    struct dw_str all = dw_buf_str(&text);
    double words = measure(count_words, all, &ends, &found);
    printf("counting words         %8.1f MB/s  %zu words\n", words, found);
    double stages = measure(count_quantities, all, &ends, &found);
    printf("up to the quantities   %8.1f MB/s  %zu quantities, %.2f of counting words\n", stages,
           found, stages / words);
    double whole = all_stages ? measure(count_figures, all, &ends, &found) : 0;
    if (all_stages)
        printf("the whole cascade      %8.1f MB/s  %zu figures, %.2f of counting words\n", whole,
               found, whole / words);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("most memory            %8.1f MB, %.1f of it the text\n", (double)usage.ru_maxrss / 1e3,
           (double)text.len / 1e6);
    dw_buf_release(&text);
    free(ends.at);
    dw_extractor_free(extractor);
    return 0;
}
