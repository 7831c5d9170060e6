/* Entities: who is named in an article, whatever the name's form. */
#include "names.h"

#define MOST_LOOKED_AT 64 /* of entities that share a word: more are no article's */

static uint32_t hash_of_last(struct dw_str name)
{
    size_t at = name.len;
    while (at > 0 && name.at[at - 1] != ' ')
        at--;
    return dw_word_hash(dw_str_slice(name, at, name.len));
}

void link_entity(struct analysis *a, uint32_t hash, uint32_t entity)
{
    uint32_t *list = &a->entity_lists[hash % ENTITY_LISTS];
    struct entity_link *link = dw_vec_push(a->arena, &a->entity_links);
    if (link == NULL)
        return;
    *link = (struct entity_link){.hash = hash, .entity = entity, .next = *list};
    *list = (uint32_t)a->entity_links.len;
}

/* Walks the entities that have a word, the newest first: begin with *link 0 and `looked` 0. */
uint32_t next_entity(const struct analysis *a, uint32_t hash, uint32_t *link, size_t *looked)
{
    uint32_t at =
        *link == 0 ? a->entity_lists[hash % ENTITY_LISTS] : a->entity_links.at[*link - 1].next;
    while (at != 0 && ++*looked < MOST_LOOKED_AT) {
        *link = at;
        if (a->entity_links.at[at - 1].hash == hash)
            return a->entity_links.at[at - 1].entity;
        at = a->entity_links.at[at - 1].next;
    }
    return NO_ENTITY;
}

/* The entity of a name, made if there is none; `hash` is that of the name's first word. */
uint32_t entity_named(struct analysis *a, struct dw_str name, uint32_t hash, bool person)
{
    uint32_t link = 0;
    size_t looked = 0;
    uint32_t e;
    while ((e = next_entity(a, hash, &link, &looked)) != NO_ENTITY) {
        const struct entity *known = &a->entities.at[e];
        bool same = known->name.at == name.at || dw_str_eq_nocase(known->name, name);
        if (known->person == person && same)
            return e;
    }
    struct entity *entity = dw_vec_push(a->arena, &a->entities);
    if (entity == NULL)
        return NO_ENTITY;
    *entity = (struct entity){.name = name, .surface = name, .person = person};
    e = (uint32_t)(a->entities.len - 1);
    link_entity(a, hash, e);
    if (person)
        link_entity(a, hash_of_last(name), e);
    return e;
}

void add_name(struct analysis *a, struct name name)
{
    struct name *added = dw_vec_push(a->arena, &a->names);
    if (added == NULL)
        return;
    *added = name;
    if (name.entity != NO_ENTITY && name.entity < a->entities.len)
        a->entities.at[name.entity].count++;
    for (size_t i = name.first; i < name.last; i++)
        a->name_at[i] = (uint32_t)a->names.len;
}

struct dw_str span_text(const struct analysis *a, size_t first, size_t last)
{
    struct dw_str s = dw_str_slice(a->text, a->tokens.at[first].start, a->tokens.at[last - 1].end);
    if (a->tokens.at[last - 1].possessive) {
        size_t apostrophe = s.len - 1;
        while (apostrophe > 0 && s.at[apostrophe] != '\'' && s.at[apostrophe] != '\xe2')
            apostrophe--;
        s = dw_str_slice(s, 0, apostrophe);
    }
    return s;
}
