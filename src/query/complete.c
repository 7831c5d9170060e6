/* Completion: how the word at the cursor may go on, by the same tables and reader as the parser. */
#include "internal.h"

/* Where the word at the cursor is, and what it is. */
struct place {
    struct word word;
    size_t start; /* of the part that is completed */
};

/* Reads words up to the cursor. What the last one lacks is no error: it is being typed. */
static void find_word(struct dw_str before, struct place *place)
{
    struct query_error wrong = {0};
    struct words words = {before, 0, &wrong};
    struct word word = {0};
    bool read = true;
    place->word = (struct word){.kind = WORD_END, .start = before.len, .end = before.len};
    while (read && words.at < before.len) {
        read = words_next(&words, &word);
        bool is_typed = !read || word.end == before.len;
        if (is_typed && word.kind != WORD_END)
            place->word = word;
    }
    bool is_field = place->word.kind == WORD_FIELD;
    bool is_joint = place->word.kind == WORD_OPEN || place->word.kind == WORD_CLOSE ||
                    place->word.kind == WORD_NOT;
    place->start = is_field ? place->word.value : is_joint ? before.len : place->word.start;
    for (size_t i = place->start; is_field && i < before.len; i++)
        if (before.at[i] == ',' || (before.at[i] == '"' && i == place->start))
            place->start = i + 1;
}

static bool add(struct dw_arena *arena, struct query_completion *completion, struct dw_str text,
                struct dw_str help)
{
    struct query_candidate *candidate = dw_vec_push(arena, &completion->candidates);
    if (candidate == NULL)
        return false;
    *candidate = (struct query_candidate){text, help};
    return true;
}

/* Names that begin with what is typed; those with spaces in quotes, unless one is open. */
static bool add_names(struct dw_arena *arena, struct query_completion *completion,
                      const struct dw_strs *names, struct dw_str typed, bool is_quoted)
{
    for (size_t i = 0; i < names->len; i++) {
        struct dw_str name = names->at[i];
        bool has_space = dw_str_find_char(name, ' ', 0) != SIZE_MAX;
        if (!dw_str_starts_nocase(name, typed) || dw_str_find_char(name, '"', 0) != SIZE_MAX)
            continue;
        const char *open = has_space && !is_quoted ? "\"" : "";
        const char *close = has_space || is_quoted ? "\"" : "";
        struct dw_str text = dw_str_format(arena, "%s%.*s%s", open, DW_FMT(name), close);
        if (!add(arena, completion, text, DW_STR("")))
            return false;
    }
    return true;
}

/* Fields, and the words that join. */
static bool add_fields(struct dw_arena *arena, struct query_completion *completion,
                       struct dw_str typed)
{
    for (int i = QUERY_WORDS + 1; i < QUERY_FIELD_COUNT; i++) {
        enum query_field field = (enum query_field)i;
        struct dw_str name = query_field_name(field);
        const char *sign = field == QUERY_AMOUNT ? ">=" : ":";
        if (dw_str_starts_nocase(name, typed) &&
            !add(arena, completion, dw_str_format(arena, "%.*s%s", DW_FMT(name), sign),
                 query_field_help(field)))
            return false;
    }
    return true;
}

bool query_complete(struct dw_arena *arena, struct dw_str text, size_t cursor,
                    const struct query_options *options, struct query_completion *completion)
{
    struct dw_str before = dw_str_slice(text, 0, cursor < text.len ? cursor : text.len);
    struct place place;
    struct dw_strs names = {0};
    *completion = (struct query_completion){.start = before.len, .end = before.len};
    if (before.len > DW_LIMIT_QUERY_BYTES || !dw_utf8_valid(before))
        return true;
    find_word(before, &place);
    struct dw_str typed = dw_str_slice(before, place.start, before.len);
    completion->start = place.start;
    if (place.word.kind == WORD_PHRASE)
        return true;
    if (place.word.kind != WORD_FIELD)
        return add_fields(arena, completion, typed) && !arena->failed;
    bool is_quoted = place.start > 0 && before.at[place.start - 1] == '"';
    if (!query_value_names(arena, place.word.field, &names))
        return false;
    if (options->names != NULL &&
        !options->names(options->context, arena, place.word.field, typed, &names))
        return false;
    return add_names(arena, completion, &names, typed, is_quoted) && !arena->failed;
}
