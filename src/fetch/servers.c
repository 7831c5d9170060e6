/* Servers that a fetch has to do with: how many transfers each has, and whether it is to be spared.
 */
#include "internal.h"

#define SERVERS_BYTES (16u << 20) /* each has some 100 bytes: more than anybody's feeds have */

void fetch_servers_init(struct fetch_servers *servers)
{
    dw_arena_init(&servers->arena, SERVERS_BYTES);
    dw_map_init(&servers->by_name, &servers->arena);
}

void fetch_servers_release(struct fetch_servers *servers)
{
    dw_arena_release(&servers->arena);
}

struct fetch_server *fetch_server_get(struct fetch_servers *servers, struct dw_str name)
{
    uint64_t known = 0;
    if (dw_map_get(&servers->by_name, name, &known))
        return (struct fetch_server *)(uintptr_t)known;
    struct fetch_server *server = dw_arena_array(&servers->arena, 1, sizeof *server);
    struct dw_str key = dw_str_dup(&servers->arena, name);
    bool put = server != NULL && !servers->arena.failed &&
               dw_map_put(&servers->by_name, key, (uint64_t)(uintptr_t)server);
    /* what failed for want of memory may succeed later */
    servers->arena.failed = false;
    return put ? server : NULL;
}

bool fetch_server_rests(const struct fetch_server *server)
{
    return server->rests_until_ms > dw_clock_milliseconds();
}
