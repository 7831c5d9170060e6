/* Words of the filter language: brackets, quotes, signs, fields with their values. */
#include "internal.h"

#include <stdio.h>

struct field {
    struct dw_str name;
    struct dw_str help;
};

static const struct field fields[QUERY_FIELD_COUNT] = {
    [QUERY_WORDS] = {DW_STR_INIT(""), DW_STR_INIT("")},
#define FIELD_ROW(id, name, help) [id] = {DW_STR_INIT(name), DW_STR_INIT(help)},
    QUERY_FIELDS(FIELD_ROW)
#undef FIELD_ROW
};

struct dw_str query_field_name(enum query_field field)
{
    return fields[field].name;
}

struct dw_str query_field_help(enum query_field field)
{
    return fields[field].help;
}

bool query_fail(struct query_error *err, size_t start, size_t end, const char *format, ...)
{
    if (err == NULL)
        return false;
    char message[DW_ERROR_BYTES];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    err->start = start;
    err->end = end;
    return dw_error_set(&err->error, DW_ERR_USAGE, "%s", message);
}

static bool fail_field(struct words *words, struct dw_str name, size_t start)
{
    struct dw_str names[QUERY_FIELD_COUNT];
    for (int i = 0; i < QUERY_FIELD_COUNT; i++)
        names[i] = fields[i].name;
    struct dw_str nearest = dw_str_nearest(name, names, QUERY_FIELD_COUNT);
    if (nearest.len > 0)
        return query_fail(words->err, start, start + name.len,
                          "there is no field \"%.*s\": did you mean %.*s?", DW_FMT(name),
                          DW_FMT(nearest));
    return query_fail(words->err, start, start + name.len,
                      "there is no field \"%.*s\": kind, amount, from, to, company, status, since, "
                      "until, feed, tag, is (quotes make it a word)",
                      DW_FMT(name));
}

static bool find_field(struct dw_str name, enum query_field *field)
{
    for (int i = QUERY_WORDS + 1; i < QUERY_FIELD_COUNT; i++) {
        if (dw_str_eq_nocase(fields[i].name, name)) {
            *field = (enum query_field)i;
            return true;
        }
    }
    return false;
}

/* Comparison signs, longer ones first. */
struct sign {
    struct dw_str text;
    enum query_compare compare;
};
static const struct sign signs[] = {
    {DW_STR_INIT(">="), QUERY_GE}, {DW_STR_INIT("<="), QUERY_LE}, {DW_STR_INIT(">"), QUERY_GT},
    {DW_STR_INIT("<"), QUERY_LT},  {DW_STR_INIT("="), QUERY_EQ},  {DW_STR_INIT(":"), QUERY_EQ},
};

/* The sign at this place, or NULL. */
static const struct sign *sign_at(struct dw_str text, size_t at)
{
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (dw_str_starts(dw_str_slice(text, at, text.len), signs[i].text))
            return &signs[i];
    }
    return NULL;
}

static bool ends_word(char c)
{
    return dw_is_space(c) || c == '(' || c == ')' || c == '"';
}

/* Takes "…" from `at` on. */
static bool take_quoted(struct words *words, struct word *word)
{
    size_t open = words->at;
    size_t close = dw_str_find_char(words->text, '"', open + 1);
    if (close == SIZE_MAX)
        return query_fail(words->err, open, words->text.len,
                          "the quote is not closed: put \" at the end of the phrase");
    word->text = dw_str_slice(words->text, open + 1, close);
    word->quoted = true;
    words->at = close + 1;
    return true;
}

/* Takes bytes up to the word's end. An amount's unit may follow after a space: see value.c. */
static struct dw_str take_bare(struct words *words)
{
    size_t start = words->at;
    while (words->at < words->text.len && !ends_word(words->text.at[words->at]))
        words->at++;
    return dw_str_slice(words->text, start, words->at);
}

/* "amount>10k people": the unit belongs to the value where it is one. */
static void take_unit(struct words *words, struct word *word)
{
    static const struct dw_str units[] = {
        DW_STR_INIT("people"),     DW_STR_INIT("jobs"),  DW_STR_INIT("percent"),
        DW_STR_INIT("parameters"), DW_STR_INIT("chips"), DW_STR_INIT("tokens"),
        DW_STR_INIT("users"),      DW_STR_INIT("GW"),    DW_STR_INIT("MW"),
    };
    struct words ahead = *words;
    while (ahead.at < ahead.text.len && ahead.text.at[ahead.at] == ' ')
        ahead.at++;
    struct dw_str unit = take_bare(&ahead);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (!dw_str_eq_nocase(units[i], unit))
            continue;
        words->at = ahead.at;
        word->text = dw_str_slice(words->text, word->value, words->at);
        return;
    }
}

/* After the sign of a field: its value. */
static bool take_value(struct words *words, struct word *word, struct dw_str name,
                       const struct sign *sign)
{
    if (!find_field(name, &word->field))
        return fail_field(words, name, word->start);
    word->kind = WORD_FIELD;
    word->compare = sign->compare;
    bool amount = word->field == QUERY_AMOUNT;
    if (!amount && !dw_str_eq(sign->text, DW_STR(":")) && !dw_str_eq(sign->text, DW_STR("=")))
        return query_fail(words->err, words->at, words->at + sign->text.len,
                          "only amount compares: write %.*s:value",
                          DW_FMT(fields[word->field].name));
    words->at += sign->text.len;
    const struct sign *more = amount ? sign_at(words->text, words->at) : NULL;
    if (more != NULL) { /* amount:>1B */
        word->compare = more->compare;
        words->at += more->text.len;
    }
    word->value = words->at;
    if (words->at < words->text.len && words->text.at[words->at] == '"') {
        if (!take_quoted(words, word))
            return false;
    } else {
        word->text = take_bare(words);
        if (amount)
            take_unit(words, word);
    }
    word->end = words->at;
    if (dw_str_trim(word->text).len > 0)
        return true;
    return query_fail(words->err, word->start, word->end, "%.*s wants a value: %.*s", DW_FMT(name),
                      DW_FMT(fields[word->field].help));
}

static bool take_word(struct words *words, struct word *word)
{
    while (words->at < words->text.len && !ends_word(words->text.at[words->at])) {
        const struct sign *sign = sign_at(words->text, words->at);
        struct dw_str name = dw_str_slice(words->text, word->start, words->at);
        /* "https://…" and "12:30" are words; a name has letters alone */
        bool is_name = name.len > 0;
        for (size_t i = 0; i < name.len; i++)
            is_name = is_name && dw_is_alpha(name.at[i]);
        bool is_address =
            dw_str_starts(dw_str_slice(words->text, words->at, words->text.len), DW_STR("://"));
        if (sign != NULL && is_name && !is_address)
            return take_value(words, word, name, sign);
        words->at++;
    }
    word->text = dw_str_slice(words->text, word->start, words->at);
    word->end = words->at;
    word->kind = WORD_TEXT;
    if (dw_str_eq_nocase(word->text, DW_STR("or")))
        word->kind = WORD_OR;
    else if (dw_str_eq_nocase(word->text, DW_STR("and")))
        word->kind = WORD_AND;
    else if (dw_str_eq(word->text, DW_STR("NOT")))
        word->kind = WORD_NOT;
    return true;
}

bool words_next(struct words *words, struct word *word)
{
    while (words->at < words->text.len && dw_is_space(words->text.at[words->at]))
        words->at++;
    *word = (struct word){.kind = WORD_END, .start = words->at, .end = words->at};
    if (words->at == words->text.len)
        return true;
    char c = words->text.at[words->at];
    if (c == '"') {
        word->kind = WORD_PHRASE;
        bool ok = take_quoted(words, word);
        word->end = words->at;
        return ok;
    }
    if (c != '(' && c != ')' && c != '-')
        return take_word(words, word);
    word->kind = c == '(' ? WORD_OPEN : c == ')' ? WORD_CLOSE : WORD_NOT;
    words->at++;
    word->end = words->at;
    bool alone = words->at == words->text.len || dw_is_space(words->text.at[words->at]);
    if (c == '-' && alone)
        return query_fail(words->err, word->start, word->end,
                          "- negates what follows it: write it right before a word");
    return true;
}
