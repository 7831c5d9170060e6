/* Sentences: groups of tokens between full stops; line ends are hard limits. */
#include "text/text.h"

extern const struct dw_tsv text_abbreviations;

static struct dw_str text_of(struct dw_str text, const struct dw_token *token)
{
    return dw_str_slice(text, token->start, token->end);
}

static bool is_mark(struct dw_str text, const struct dw_token *token, char c)
{
    return token->end - token->start == 1 && text.at[token->start] == c;
}

/* The order of two short words: the first letters answer nearly always. */
static int compare(struct dw_str a, struct dw_str b)
{
    size_t i = 0;
    while (i < a.len && i < b.len && a.at[i] == b.at[i])
        i++;
    int left = i < a.len ? (unsigned char)a.at[i] : -1;
    int right = i < b.len ? (unsigned char)b.at[i] : -1;
    return left - right;
}

/* The role of an abbreviation, as its table names it; empty if the word is none. */
static struct dw_str abbreviation(struct dw_str word)
{
    char lower[12];
    if (word.len == 0 || word.len > sizeof lower)
        return (struct dw_str){"", 0};
    for (size_t i = 0; i < word.len; i++)
        lower[i] = dw_to_lower(word.at[i]);
    struct dw_str key = {lower, word.len};
    size_t low = 0;
    size_t high = text_abbreviations.len;
    while (low < high) {
        size_t middle = (low + high) / 2;
        struct dw_str other = text_abbreviations.rows[middle].cell[0];
        int order = compare(key, other);
        if (order == 0)
            return text_abbreviations.rows[middle].cell[1];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return (struct dw_str){"", 0};
}

/* Whether the token can begin a sentence: a capital, a figure, a sign of money, an opening quote.
 */
static bool can_begin(struct dw_str text, const struct dw_token *token)
{
    if (token->kind == DW_TOKEN_NUMBER || token->kind == DW_TOKEN_CURRENCY ||
        token->kind == DW_TOKEN_QUOTE || token->kind == DW_TOKEN_BREAK)
        return true;
    if (token->kind != DW_TOKEN_WORD)
        return token->kind == DW_TOKEN_PUNCT && is_mark(text, token, '(');
    struct dw_str word = text_of(text, token);
    uint32_t first = dw_utf8_next(&word);
    /* brands with a small first letter (iPhone, xAI) show a capital soon after it */
    return dw_is_wide_upper(first) || (word.len > 0 && dw_is_upper(word.at[0])) ||
           (first > 0x2E80 && dw_is_wide_letter(first));
}

/* Words that begin a sentence more often than they go on after "Inc." or "U.S.". */
static bool begins_sentence(struct dw_str word)
{
    static const struct dw_str words[] = {
        DW_STR_INIT("The"),   DW_STR_INIT("A"),     DW_STR_INIT("An"),   DW_STR_INIT("It"),
        DW_STR_INIT("Its"),   DW_STR_INIT("In"),    DW_STR_INIT("He"),   DW_STR_INIT("She"),
        DW_STR_INIT("They"),  DW_STR_INIT("We"),    DW_STR_INIT("But"),  DW_STR_INIT("And"),
        DW_STR_INIT("This"),  DW_STR_INIT("That"),  DW_STR_INIT("On"),   DW_STR_INIT("At"),
        DW_STR_INIT("For"),   DW_STR_INIT("If"),    DW_STR_INIT("As"),   DW_STR_INIT("By"),
        DW_STR_INIT("With"),  DW_STR_INIT("After"), DW_STR_INIT("When"), DW_STR_INIT("While"),
        DW_STR_INIT("There"), DW_STR_INIT("These"), DW_STR_INIT("Both"), DW_STR_INIT("Under"),
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (dw_str_eq(word, words[i]))
            return true;
    }
    return false;
}

/* Whether an abbreviation goes on with the token behind its stop: by the role in its table. */
static bool abbreviation_goes_on(struct dw_str text, struct dw_str word,
                                 const struct dw_token *next)
{
    struct dw_str role = abbreviation(word);
    bool capital = dw_is_upper(word.at[0]);
    bool number = next->kind == DW_TOKEN_NUMBER || next->kind == DW_TOKEN_CURRENCY;
    if (dw_str_eq(role, DW_STR("number")))
        return number;
    if (dw_str_eq(role, DW_STR("always")) || (dw_str_eq(role, DW_STR("title")) && capital))
        return next->kind != DW_TOKEN_BREAK;
    if (!dw_str_eq(role, DW_STR("maybe")) && !(dw_str_eq(role, DW_STR("name")) && capital))
        return false;
    return number || (next->kind == DW_TOKEN_WORD && !begins_sentence(text_of(text, next)));
}

/* Whether the full stop at `stop` belongs to the word before it and the sentence goes on. */
static bool stop_goes_on(struct dw_str text, const struct dw_tokens *tokens, size_t stop)
{
    const struct dw_token *next = &tokens->at[stop + 1];
    if (stop == 0 || tokens->at[stop].space || tokens->at[stop - 1].kind != DW_TOKEN_WORD)
        return false;
    struct dw_str word = text_of(text, &tokens->at[stop - 1]);
    bool initial = word.len == 1 && dw_is_upper(word.at[0]);
    if (initial)
        return next->kind == DW_TOKEN_WORD && !begins_sentence(text_of(text, next));
    return abbreviation_goes_on(text, word, next);
}

static bool is_closing(struct dw_str text, const struct dw_token *token)
{
    return !token->space && (token->kind == DW_TOKEN_QUOTE || is_mark(text, token, ')') ||
                             is_mark(text, token, ']'));
}

/* The last token of the sentence that ends with token i and the closing quotes and brackets behind
 * it; SIZE_MAX if it goes on. */
static size_t end_from(struct dw_str text, const struct dw_tokens *tokens, size_t i)
{
    const struct dw_token *token = &tokens->at[i];
    bool initials = token->initials;
    struct dw_str word = text_of(text, token);
    bool stop = token->kind == DW_TOKEN_PUNCT &&
                (is_mark(text, token, '.') || is_mark(text, token, '!') ||
                 is_mark(text, token, '?') || dw_str_eq(word, DW_STR("\xe3\x80\x82")));
    bool ellipsis = dw_str_eq(word, DW_STR("\xe2\x80\xa6"));
    if (i + 1 >= tokens->len || (!stop && !initials && !ellipsis))
        return SIZE_MAX;
    const struct dw_token *next = &tokens->at[i + 1];
    if (initials) {
        bool begins =
            next->space && next->kind == DW_TOKEN_WORD && begins_sentence(text_of(text, next));
        return begins ? i : SIZE_MAX;
    }
    if (ellipsis || is_mark(text, token, '.')) {
        if (!ellipsis && stop_goes_on(text, tokens, i))
            return SIZE_MAX;
    }
    size_t last = i;
    while (last + 1 < tokens->len && is_closing(text, &tokens->at[last + 1]))
        last++;
    if (last + 1 >= tokens->len)
        return SIZE_MAX;
    next = &tokens->at[last + 1];
    if (!next->space && next->kind != DW_TOKEN_BREAK)
        return SIZE_MAX;
    /* in `"Why?" he asked` the sentence goes on */
    if (!can_begin(text, next))
        return SIZE_MAX;
    return last;
}

static bool add(struct dw_arena *arena, struct dw_sentences *sentences,
                const struct dw_tokens *tokens, size_t first, size_t last)
{
    if (first == last)
        return true;
    struct dw_sentence *sentence = dw_vec_push(arena, sentences);
    if (sentence == NULL)
        return false;
    *sentence = (struct dw_sentence){.first = (uint32_t)first,
                                     .last = (uint32_t)last,
                                     .start = tokens->at[first].start,
                                     .end = tokens->at[last - 1].end};
    return true;
}

/* A line of its own without a stop at its end, as headings and list items are. */
static bool looks_like_heading(struct dw_str text, const struct dw_token *last)
{
    return !is_mark(text, last, '.') && !is_mark(text, last, '!') && !is_mark(text, last, '?') &&
           !is_mark(text, last, ':') && last->kind != DW_TOKEN_QUOTE;
}

/* Whether seven words of ten begin with a capital, as headlines in the American manner do. */
static bool has_title_case(const struct dw_tokens *tokens, const struct dw_sentence *sentence)
{
    size_t words = 0;
    size_t capitals = 0;
    for (size_t i = sentence->first; i < sentence->last; i++) {
        words += tokens->at[i].kind == DW_TOKEN_WORD;
        capitals += tokens->at[i].capital;
    }
    return capitals * 10 >= words * 7;
}

static void read_heading(struct dw_str text, const struct dw_tokens *tokens,
                         struct dw_sentence *sentence)
{
    sentence->heading = looks_like_heading(text, &tokens->at[sentence->last - 1]);
    sentence->title_case = sentence->heading && has_title_case(tokens, sentence);
}

/* Whether it takes no second look to see that no sentence ends here: words, and commas and the
 * like.
 */
static inline bool ends_nothing(struct dw_str text, const struct dw_token *token)
{
    if (token->kind <= DW_TOKEN_QUOTE)
        return !token->initials;
    char c = text.at[token->start];
    return token->kind == DW_TOKEN_PUNCT && c != '.' && c != '!' && c != '?' && c > ' ';
}

bool dw_sentences(struct dw_arena *arena, struct dw_str text, const struct dw_tokens *tokens,
                  struct dw_sentences *sentences)
{
    size_t first = 0;
    size_t line_first = 0; /* index of the line's first sentence */
    *sentences = (struct dw_sentences){0};
    for (size_t i = 0; i <= tokens->len; i++) {
        while (i < tokens->len && ends_nothing(text, &tokens->at[i]))
            i++;
        const struct dw_token *token = i < tokens->len ? &tokens->at[i] : NULL;
        bool line_end = token == NULL || token->kind == DW_TOKEN_BREAK;
        if (line_end) {
            if (!add(arena, sentences, tokens, first, i))
                return false;
            if (sentences->len == line_first + 1 && i > 0 && first < i)
                read_heading(text, tokens, &sentences->at[line_first]);
            line_first = sentences->len;
            first = i + 1;
            continue;
        }
        size_t end = end_from(text, tokens, i);
        if (end != SIZE_MAX) {
            i = end;
            if (!add(arena, sentences, tokens, first, i + 1))
                return false;
            first = i + 1;
        }
    }
    return true;
}
