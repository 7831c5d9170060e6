/* The lexicon: words and phrases, built into the program ready to be searched. */
#include "lexicon-build.h"

uint32_t lexicon_word(const struct lexicon *lexicon, struct dw_str word)
{
    return lexicon_find(lexicon, dw_word_hash(word), dw_word_head(word));
}

uint32_t hash_of_first(struct dw_str name)
{
    size_t space = dw_str_find_char(name, ' ', 0);
    return dw_word_hash(space == SIZE_MAX ? name : dw_str_slice(name, 0, space));
}

uint32_t lexicon_step(const struct lexicon *lexicon, uint32_t node, uint32_t word)
{
    if (word == 0)
        return 0;
    size_t at = lexicon_edge(lexicon->edges, lexicon->edge_cap, (uint64_t)node << 32 | word);
    return (uint32_t)lexicon->edges[at * 2 + 1];
}
