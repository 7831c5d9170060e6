/* Which addresses are public: the guard against feeds that reach into the private network. */
#include "fetch/fetch.h"

#include <string.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

/* Blocks of the special-purpose registries (RFC 6890 and later): first bytes and their length. */
struct block {
    uint8_t bytes[16];
    unsigned bits;
};

static const struct block blocks_4[] = {
    {{0}, 8},             /* this network; 0.0.0.0 reaches the own machine */
    {{10}, 8},            /* private */
    {{100, 64}, 10},      /* shared by carriers (CGNAT) */
    {{127}, 8},           /* loopback */
    {{169, 254}, 16},     /* link-local; the clouds' metadata servers */
    {{172, 16}, 12},      /* private */
    {{192, 0, 0}, 24},    /* protocol assignments */
    {{192, 0, 2}, 24},    /* documentation */
    {{192, 168}, 16},     /* private */
    {{198, 18}, 15},      /* benchmarks */
    {{198, 51, 100}, 24}, /* documentation */
    {{203, 0, 113}, 24},  /* documentation */
    {{224}, 4},           /* multicast */
    {{240}, 4},           /* reserved, broadcast */
};

static const struct block blocks_6[] = {
    {{0x01, 0x00}, 64},                   /* discard */
    {{0x20, 0x01, 0x00, 0x00}, 32},       /* Teredo: hides an IPv4 address */
    {{0x20, 0x01, 0x0d, 0xb8}, 32},       /* documentation */
    {{0x00, 0x64, 0xff, 0x9b, 0, 1}, 48}, /* local translation */
    {{0xfc}, 7},                          /* unique local */
    {{0xfe, 0x80}, 10},                   /* link-local */
    {{0xfe, 0xc0}, 10},                   /* site-local */
    {{0xff}, 8},                          /* multicast */
};

/* IPv6 blocks that carry an IPv4 address, which decides; at which byte. */
static const struct {
    struct block block;
    size_t at;
} wrapped[] = {
    {{{0}, 96}, 12},                                              /* compatible, ::, ::1 */
    {{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96}, 12},       /* mapped */
    {{{0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0}, 96}, 12},       /* translated */
    {{{0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0}, 96}, 12}, /* NAT64 */
    {{{0x20, 0x02}, 16}, 2},                                      /* 6to4 */
};

static bool within(const uint8_t *address, const struct block *block)
{
    size_t whole = block->bits / 8;
    if (memcmp(address, block->bytes, whole) != 0)
        return false;
    unsigned rest = block->bits % 8;
    if (rest == 0)
        return true;
    unsigned mask = 0xFFu << (8 - rest) & 0xFFu;
    return (address[whole] & mask) == (block->bytes[whole] & mask);
}

static bool public_4(const uint8_t *address)
{
    for (size_t i = 0; i < sizeof blocks_4 / sizeof blocks_4[0]; i++)
        if (within(address, &blocks_4[i]))
            return false;
    return true;
}

static bool public_6(const uint8_t *address)
{
    for (size_t i = 0; i < sizeof wrapped / sizeof wrapped[0]; i++)
        if (within(address, &wrapped[i].block))
            return public_4(address + wrapped[i].at);
    for (size_t i = 0; i < sizeof blocks_6 / sizeof blocks_6[0]; i++)
        if (within(address, &blocks_6[i]))
            return false;
    return true;
}

bool fetch_address_public(const struct sockaddr *address)
{
    uint8_t bytes[16];
    if (address->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        memcpy(bytes, &in.sin_addr, 4);
        return public_4(bytes);
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 in;
        memcpy(&in, address, sizeof in);
        memcpy(bytes, &in.sin6_addr, 16);
        return public_6(bytes);
    }
    return false;
}
