/* Triggers: the words of a sentence that tell what its amounts are. */
#include "internal.h"

/* ---- Triggers of a sentence ---- */

bool is_participle(const struct analysis *a, size_t token)
{
    const struct dw_token *t = &a->tokens.at[token];
    bool past =
        t->end - t->start >= 2 && a->text.at[t->end - 2] == 'e' && a->text.at[t->end - 1] == 'd';
    return past || token_has(a, token, CLASS(VERBPAST) | CLASS(VERBPARTICIPLE));
}

static bool is_passive(const struct analysis *a, const struct dw_sentence *s, size_t token)
{
    if (!is_participle(a, token))
        return false;
    for (size_t back = 1; back <= 3 && token >= s->first + back; back++) {
        size_t at = token - back;
        if (token_has(a, at, CLASS(PASSIVE)))
            return true;
        if (a->tokens.at[at].kind != DW_TOKEN_WORD || name_at(a, at) != NULL)
            break;
    }
    /* "a company valued at", "jobs lost", ", led by": a participle without its verb */
    return token_is(a, token + 1, W_BY) ||
           (token_is(a, token, W_VALUED) && !token_has(a, token - 1, CLASS(PRONOUN)));
}

/* "Capital expenditure" is not "capital": the longer phrase is what is meant. They stand in the
 * order of their first words, so that only those that overlap are compared. */
static void drop_contained(struct scene *scene)
{
    size_t kept = 0;
    uint32_t reach = 0; /* of all before it */
    for (size_t i = 0; i < scene->count; i++) {
        struct occurrence o = scene->triggers[i];
        bool contained = false;
        for (size_t k = 0; k < i && reach >= o.last; k++) {
            const struct occurrence *other = &scene->triggers[k];
            contained = contained || (other->first <= o.first && other->last >= o.last &&
                                      other->last - other->first > o.last - o.first);
        }
        for (size_t k = i + 1; k < scene->count && scene->triggers[k].first == o.first; k++)
            contained = contained || scene->triggers[k].last > o.last;
        reach = o.last > reach ? o.last : reach;
        if (!contained)
            scene->triggers[kept++] = o;
    }
    scene->count = kept;
}

/* "its own shares", "Amazon's buy": what follows its owner is no verb. */
static bool follows_owner(const struct analysis *a, size_t token)
{
    return token > 0 &&
           (a->tokens.at[token - 1].possessive || token_has(a, token - 1, CLASS(POSSESSIVE)));
}

/* All triggers that begin at a token. A word that belongs to a name is none. */
static void add_triggers(const struct analysis *a, struct scene *scene, size_t token)
{
    const struct lexicon *l = a->lexicon;
    const struct dw_sentence *s = scene->sentence;
    uint32_t node = lexicon_begin(l, a->words[token].id);
    for (size_t k = token; node != 0; k++) {
        if (a->tokens.at[k].capital && name_at(a, k) != NULL)
            return;
        for (uint32_t n = l->nodes.at[node]; n != 0; n = l->senses.at[n].next) {
            const struct sense *sense = &l->senses.at[n];
            bool verb =
                sense->kind == SENSE_TRIGGER && l->triggers.at[sense->index].part == TRIGGER_VERB;
            if (verb && follows_owner(a, token))
                continue;
            if (sense->kind == SENSE_TRIGGER && scene->count < MOST_TRIGGERS)
                scene->triggers[scene->count++] = (struct occurrence){
                    (uint32_t)token, (uint32_t)k + 1, sense->index, is_passive(a, s, token)};
        }
        node = k + 1 < s->last ? lexicon_step(l, node, a->words[k + 1].id) : 0;
    }
}

static void find_triggers(const struct analysis *a, struct scene *scene)
{
    const struct dw_sentence *s = scene->sentence;
    scene->count = 0;
    for (size_t i = s->first; i < s->last && scene->count + 4 < MOST_TRIGGERS; i++) {
        if (a->words[i].starts & 1u << SENSE_TRIGGER)
            add_triggers(a, scene, i);
    }
    drop_contained(scene);
}

void open_scene(const struct analysis *a, const struct dw_sentence *sentence, struct scene *scene)
{
    scene->sentence = sentence;
    find_triggers(a, scene);
    cut_groups(a, sentence, &scene->syntax);
    attach_groups(a, &scene->syntax);
}

/* ---- Clauses between words ---- */

/* A comma and what follows it begin a clause. */
static bool opens_clause(const struct analysis *a, size_t token, bool comma)
{
    return comma && (token_has(a, token + 1, CLASS(CONJUNCTION) | CLASS(RELATIVE)) ||
                     token_is(a, token + 1, W_AFTER) || token_is(a, token + 1, W_FOLLOWING));
}

size_t boundaries_between(const struct analysis *a, size_t from, size_t to)
{
    size_t count = 0;
    to = to < a->tokens.len ? to : a->tokens.len;
    for (size_t i = next_mark(a, from, to, MARK_BORDER); i < to;
         i = next_mark(a, i + 1, to, MARK_BORDER)) {
        bool comma = token_is(a, i, W_COMMA);
        if (token_is(a, i, W_SEMICOLON) || token_is(a, i, W_COLON))
            count += 2;
        else if (comma && (token_is(a, i + 1, W_AND) || token_is(a, i + 1, W_OR)))
            count += verb_follows(a, i + 2);
        else if (opens_clause(a, i, comma) || (token_has(a, i, CLASS(RELATIVE)) && i > from))
            count++;
    }
    return count;
}
