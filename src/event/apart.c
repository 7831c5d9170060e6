/* Words that set a deal apart from the one known before. */
#include "internal.h"

extern const struct dw_tsv event_apart;

static bool is_inside_word(struct dw_str s, size_t at)
{
    return at < s.len && (dw_is_alpha(s.at[at]) || dw_is_digit(s.at[at]));
}

/* Where `words` stand as whole words at or behind `from`; SIZE_MAX if nowhere. */
static size_t find_words(struct dw_str s, struct dw_str words, size_t from)
{
    for (size_t at = dw_str_find_nocase(s, words, from); at != SIZE_MAX;
         at = dw_str_find_nocase(s, words, at + 1)) {
        if ((at == 0 || !is_inside_word(s, at - 1)) && !is_inside_word(s, at + words.len))
            return at;
    }
    return SIZE_MAX;
}

static bool is_apart(struct dw_str sentence)
{
    for (size_t i = 0; i < event_apart.len; i++) {
        if (find_words(sentence, event_apart.rows[i].cell[0], 0) != SIZE_MAX)
            return true;
    }
    return false;
}

/* The letter of the round that a sentence names ("Series C": 'C', seed: 's'); 0: none. */
static char series_of(struct dw_str sentence)
{
    static const struct dw_str series = DW_STR_INIT("series");
    for (size_t at = find_words(sentence, series, 0); at != SIZE_MAX;
         at = find_words(sentence, series, at + 1)) {
        size_t letter = at + series.len + 1;
        if (letter < sentence.len && dw_is_upper(sentence.at[letter]) &&
            !(letter + 1 < sentence.len && dw_is_alpha(sentence.at[letter + 1])))
            return sentence.at[letter];
    }
    return find_words(sentence, DW_STR("seed"), 0) != SIZE_MAX ? 's' : 0;
}

struct dw_told dw_event_told(struct dw_str sentence)
{
    return (struct dw_told){.apart = is_apart(sentence), .series = series_of(sentence)};
}
