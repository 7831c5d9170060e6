/* The cascade: one article through all stages. */
#include "internal.h"

#include <string.h>

struct dw_extractor *dw_extractor_new(struct dw_str user_companies, struct dw_error *err)
{
    struct dw_extractor *extractor = dw_alloc(sizeof *extractor);
    if (extractor == NULL) {
        dw_error_set(err, DW_ERR_MEMORY, "out of memory for the extractor");
        return NULL;
    }
    if (!lexicon_build(&extractor->lexicon, user_companies, err)) {
        dw_extractor_free(extractor);
        return NULL;
    }
    return extractor;
}

void dw_extractor_free(struct dw_extractor *extractor)
{
    if (extractor == NULL)
        return;
    lexicon_release(&extractor->lexicon);
    dw_free(extractor);
}

/* Title and body as one text, so that both are understood together. */
static bool join_title(struct analysis *a, const struct dw_article *article)
{
    if (article->title.len == 0) {
        a->text = article->text;
        return true;
    }
    char *joined = dw_arena_array(a->arena, article->title.len + article->text.len + 2, 1);
    if (joined == NULL)
        return false;
    memcpy(joined, article->title.at, article->title.len);
    joined[article->title.len] = '\n';
    joined[article->title.len + 1] = '\n';
    if (article->text.len > 0)
        memcpy(joined + article->title.len + 2, article->text.at, article->text.len);
    a->title_len = article->title.len + 2;
    a->text = (struct dw_str){joined, a->title_len + article->text.len};
    return true;
}

/* Letters at the front of a word with digits behind them: their length, 0 if it is another word. */
static size_t code_before_digits(struct dw_str word)
{
    size_t letters = 0;
    while (letters < word.len && dw_is_alpha(word.at[letters]))
        letters++;
    bool digits = letters < word.len && dw_is_digit(word.at[letters]);
    return letters >= 2 && letters <= 3 && digits ? letters : 0;
}

static bool is_currency_code(const struct lexicon *lexicon, struct dw_str word)
{
    char lower[4];
    for (size_t i = 0; i < word.len; i++)
        lower[i] = dw_to_lower(word.at[i]);
    uint32_t id = lexicon_word(lexicon, (struct dw_str){lower, word.len});
    for (size_t i = 0; id != 0 && i < lexicon->currencies.len; i++) {
        if (lexicon->currencies.at[i].word == id &&
            lexicon->currencies.at[i].style == CURRENCY_CODE)
            return true;
    }
    return false;
}

/* Where the number ends that begins at a byte: digits, and points or commas between digits. */
static size_t end_of_number(struct dw_str text, size_t at)
{
    while (at < text.len &&
           (dw_is_digit(text.at[at]) || ((text.at[at] == '.' || text.at[at] == ',') &&
                                         at + 1 < text.len && dw_is_digit(text.at[at + 1]))))
        at++;
    return at;
}

static bool push_token(struct analysis *a, struct dw_tokens *all, struct dw_token token)
{
    struct dw_token *added = dw_vec_push(a->arena, all);
    if (added != NULL)
        *added = token;
    return added != NULL;
}

/* The code, the number and the magnitude of "USD115.5m". */
static bool push_parts(struct analysis *a, struct dw_tokens *all, struct dw_token word,
                       uint32_t letters)
{
    uint32_t number = word.start + letters;
    uint32_t end = (uint32_t)end_of_number(a->text, number);
    return push_token(a, all, (struct dw_token){word.start, number, DW_TOKEN_WORD, word.space}) &&
           push_token(a, all, (struct dw_token){number, end, DW_TOKEN_NUMBER, false}) &&
           (end >= word.end ||
            push_token(a, all, (struct dw_token){end, word.end, DW_TOKEN_WORD, false}));
}

/* "USD115m" is three tokens to a reader: the currency, the number, the magnitude. */
static bool split_codes(struct analysis *a)
{
    struct dw_tokens all = {0};
    bool split = false;
    for (size_t i = 0; i < a->tokens.len && !split; i++)
        split = a->tokens.at[i].kind == DW_TOKEN_WORD && code_before_digits(token_text(a, i)) > 0;
    if (!split)
        return true;
    for (size_t i = 0; i < a->tokens.len; i++) {
        struct dw_token token = a->tokens.at[i];
        struct dw_str word = token_text(a, i);
        size_t letters = token.kind == DW_TOKEN_WORD ? code_before_digits(word) : 0;
        bool code = letters > 0 && is_currency_code(a->lexicon, dw_str_slice(word, 0, letters));
        if (all.len > 0 && token.start < all.at[all.len - 1].end)
            continue; /* a decimal that was taken in already */
        if (code ? !push_parts(a, &all, token, (uint32_t)letters) : !push_token(a, &all, token))
            return false;
    }
    a->tokens = all;
    return true;
}

/* Whether a line end only wraps the line: the sentence goes on in lower case, or an amount is cut.
 */
static bool is_wrap(const struct analysis *a, size_t at)
{
    if (at == 0 || at + 1 >= a->tokens.len)
        return false;
    const struct dw_token *before = &a->tokens.at[at - 1];
    const struct dw_token *after = &a->tokens.at[at + 1];
    if (before->kind == DW_TOKEN_BREAK || after->kind == DW_TOKEN_BREAK)
        return false;
    bool lower = after->kind == DW_TOKEN_WORD && dw_is_lower(a->text.at[after->start]);
    bool cut = (before->kind == DW_TOKEN_CURRENCY && after->kind == DW_TOKEN_NUMBER) ||
               (before->kind == DW_TOKEN_WORD && after->kind == DW_TOKEN_CURRENCY &&
                dw_is_lower(a->text.at[before->end - 1]));
    return lower || cut;
}

/* Takes out the line ends of wrapped text, which would cut sentences and amounts in two. */
static void unwrap(struct analysis *a)
{
    size_t kept = 0;
    for (size_t i = 0; i < a->tokens.len; i++) {
        bool wraps = a->tokens.at[i].kind == DW_TOKEN_BREAK && is_wrap(a, i);
        if (wraps) {
            a->tokens.at[i + 1].space = true;
            continue;
        }
        a->tokens.at[kept++] = a->tokens.at[i];
    }
    a->tokens.len = kept;
}

bool dw_extract(const struct dw_extractor *extractor, struct dw_arena *arena,
                const struct dw_article *article, struct dw_extraction *out, struct dw_error *err)
{
    *out = (struct dw_extraction){0};
    if (article->text.len + article->title.len > DW_LIMIT_ARTICLE_BYTES)
        return dw_error_set(err, DW_ERR_LIMIT, "an article of more than %u MiB",
                            DW_LIMIT_ARTICLE_BYTES >> 20);
    struct analysis a = {.lexicon = &extractor->lexicon,
                         .arena = arena,
                         .published = article->published,
                         .topic = UINT32_MAX};
    bool done = join_title(&a, article) && dw_tokenize(arena, a.text, &a.tokens) && split_codes(&a);
    unwrap(&a);
    done = done && dw_sentences(arena, a.text, &a.tokens, &a.sentences) && annotate_words(&a) &&
           find_names(&a) && find_quantities(&a);
    if (done) {
        resolve_references(&a);
        done = read_facts(&a) && make_figures(&a, out);
    }
    if (!done || arena->failed)
        return dw_error_set(err, DW_ERR_MEMORY, "out of memory for an article");
    return true;
}

struct dw_str dw_company_find(const struct dw_extractor *extractor, struct dw_str name)
{
    const struct lexicon *l = &extractor->lexicon;
    struct dw_arena arena;
    struct dw_tokens tokens;
    struct dw_str found = {"", 0};
    dw_arena_init(&arena, 1 << 20);
    uint32_t node = dw_tokenize(&arena, name, &tokens) && tokens.len > 0 ? LEXICON_ROOT : 0;
    for (size_t i = 0; i < tokens.len && node != 0; i++) {
        char lower[64];
        struct dw_str word = dw_str_slice(name, tokens.at[i].start, tokens.at[i].end);
        if (word.len > sizeof lower) {
            node = 0;
            break;
        }
        for (size_t k = 0; k < word.len; k++)
            lower[k] = dw_to_lower(word.at[k]);
        node = lexicon_step(l, node, lexicon_word(l, (struct dw_str){lower, word.len}));
    }
    for (uint32_t s = node != 0 ? l->nodes.at[node] : 0; s != 0; s = l->senses.at[s].next) {
        if (l->senses.at[s].kind == SENSE_COMPANY) {
            found = l->organisations.at[l->senses.at[s].index].name;
            break;
        }
    }
    dw_arena_release(&arena);
    return found;
}
