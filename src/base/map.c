/* A hash map from slices to numbers, in an arena. */
#include "base/base.h"

#define FIRST_SLOTS 32

/* Invariant: at most half of the slots are used, so that a search always ends. */
struct dw_map_slot {
    struct dw_str key;
    uint64_t value;
    uint64_t hash; /* 0: free */
};

void dw_map_init(struct dw_map *map, struct dw_arena *arena)
{
    *map = (struct dw_map){.arena = arena};
}

static uint64_t hash_of(struct dw_str key)
{
    uint64_t hash = dw_str_hash(key);
    return hash != 0 ? hash : 1;
}

/* The slot that holds the key, or the free one where it belongs. */
static struct dw_map_slot *slot_of(const struct dw_map *map, struct dw_str key, uint64_t hash)
{
    size_t mask = map->cap - 1;
    for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
        struct dw_map_slot *slot = &map->slots[i];
        if (slot->hash == 0 || (slot->hash == hash && dw_str_eq(slot->key, key)))
            return slot;
    }
}

static bool grow(struct dw_map *map)
{
    struct dw_map larger = *map;
    larger.cap = map->cap > 0 ? map->cap * 2 : FIRST_SLOTS;
    larger.slots = dw_arena_array(map->arena, larger.cap, sizeof *larger.slots);
    if (larger.slots == NULL)
        return false;
    for (size_t i = 0; i < map->cap; i++) {
        const struct dw_map_slot *slot = &map->slots[i];
        if (slot->hash != 0)
            *slot_of(&larger, slot->key, slot->hash) = *slot;
    }
    *map = larger;
    return true;
}

bool dw_map_put(struct dw_map *map, struct dw_str key, uint64_t value)
{
    if (map->len * 2 >= map->cap && !grow(map))
        return false;
    uint64_t hash = hash_of(key);
    struct dw_map_slot *slot = slot_of(map, key, hash);
    if (slot->hash == 0)
        map->len++;
    *slot = (struct dw_map_slot){key, value, hash};
    return true;
}

bool dw_map_get(const struct dw_map *map, struct dw_str key, uint64_t *value)
{
    if (map->cap == 0)
        return false;
    const struct dw_map_slot *slot = slot_of(map, key, hash_of(key));
    if (slot->hash == 0)
        return false;
    *value = slot->value;
    return true;
}
