/* Fuzz target: reference rates. What is read is within bounds and comes from the bytes. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/base.h"
#include "event/event.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dw_arena arena;
    struct dw_rates rates;
    struct dw_error err;
    struct dw_str bytes = {(const char *)data, size};
    dw_arena_init(&arena, DW_LIMIT_DOCUMENT_ARENA);
    if (dw_rates_parse(&arena, bytes, &rates, &err))
        for (size_t i = 0; i < rates.len; i++)
            if (!(rates.at[i].per_euro > 0) || rates.at[i].currency.len != DW_CURRENCY_BYTES ||
                rates.at[i].currency.at < bytes.at ||
                rates.at[i].currency.at > bytes.at + bytes.len)
                abort();
    dw_arena_release(&arena);
    return 0;
}
