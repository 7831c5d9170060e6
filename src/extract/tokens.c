/* Tokens as the grammar wants them: wrapped lines joined, codes glued to their number set apart. */
#include "internal.h"

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
    while (kept < a->tokens.len && !(a->tokens.at[kept].kind == DW_TOKEN_BREAK && is_wrap(a, kept)))
        kept++;
    for (size_t i = kept; i < a->tokens.len; i++) {
        if (a->tokens.at[i].kind == DW_TOKEN_BREAK && is_wrap(a, i)) {
            a->tokens.at[i + 1].space = true;
            continue;
        }
        a->tokens.at[kept++] = a->tokens.at[i];
    }
    a->tokens.len = kept;
}

/* Length of the currency code that a word glues to digits ("USD115m", "Rs20"); 0: none. */
static size_t glued_code(const struct analysis *a, const struct dw_token *token)
{
    enum { LONGEST = 3 };
    struct dw_str word = dw_str_slice(a->text, token->start, token->end);
    size_t len = 0;
    if (!token->digits || !dw_is_upper(word.at[0]))
        return 0;
    while (len < word.len && len < LONGEST && dw_is_alpha(word.at[len]))
        len++;
    if (len < 2 || len == word.len || !dw_is_digit(word.at[len]))
        return 0;
    uint32_t id = lexicon_word(a->lexicon, dw_str_slice(word, 0, len));
    return id != 0 && lexicon_measure(a->lexicon, id)->currencies[CURRENCY_CODE] != 0 ? len : 0;
}

/* Where the digits that begin at a byte end: "3.01", "1,200". */
static uint32_t end_of_digits(struct dw_str text, uint32_t at)
{
    while (at < text.len) {
        bool separator = (text.at[at] == '.' || text.at[at] == ',') && at + 1 < text.len &&
                         dw_is_digit(text.at[at + 1]);
        if (!dw_is_digit(text.at[at]) && !separator)
            break;
        at++;
    }
    return at;
}

/* Writes the parts of a glued token; the index of the first token that they leave untouched. */
static size_t split_token(const struct analysis *a, size_t from, size_t code,
                          struct dw_tokens *split)
{
    struct dw_token token = a->tokens.at[from];
    uint32_t digits = token.start + (uint32_t)code;
    uint32_t behind = end_of_digits(a->text, digits);
    size_t next = from + 1;
    struct dw_token part = token;
    part.end = digits;
    part.ending = 0;
    dw_token_read(a->text, &part);
    split->at[split->len++] = part;
    part = (struct dw_token){.start = digits, .end = behind, .kind = DW_TOKEN_NUMBER};
    dw_token_read(a->text, &part);
    split->at[split->len++] = part;
    uint32_t end = token.end;
    while (next < a->tokens.len && a->tokens.at[next].start < behind)
        end = a->tokens.at[next++].end;
    if (end > behind) {
        part = (struct dw_token){.start = behind, .end = end, .kind = DW_TOKEN_WORD};
        dw_token_read(a->text, &part);
        split->at[split->len++] = part;
    }
    return next;
}

/* What there is to do at all: most texts need neither. */
struct repairs {
    bool wrapped;
    size_t glued;
};

static struct repairs look_for_repairs(const struct analysis *a)
{
    struct repairs found = {0};
    for (size_t i = 0, len = a->tokens.len; i < len; i++) {
        const struct dw_token *token = &a->tokens.at[i];
        if (token->kind == DW_TOKEN_BREAK)
            found.wrapped = found.wrapped || is_wrap(a, i);
        else if (token->digits)
            found.glued += glued_code(a, token) > 0;
    }
    return found;
}

bool prepare_tokens(struct analysis *a)
{
    enum { PARTS = 3 };
    struct repairs wanted = look_for_repairs(a);
    if (wanted.wrapped)
        unwrap(a);
    if (wanted.glued == 0)
        return true;
    struct dw_tokens split = {0};
    split.at =
        dw_arena_array(a->arena, a->tokens.len + wanted.glued * (PARTS - 1) + 1, sizeof *split.at);
    if (split.at == NULL || a->arena->failed)
        return false;
    for (size_t i = 0; i < a->tokens.len;) {
        size_t code = glued_code(a, &a->tokens.at[i]);
        if (code > 0) {
            i = split_token(a, i, code, &split);
            continue;
        }
        split.at[split.len++] = a->tokens.at[i++];
    }
    a->tokens = split;
    return true;
}
