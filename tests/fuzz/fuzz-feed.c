/* Fuzz target: a feed of any dialect. */
#include "fuzz-feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_read_feed((struct dw_str){(const char *)data, size});
    return 0;
}
