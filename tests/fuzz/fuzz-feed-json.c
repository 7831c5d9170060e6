/* Fuzz target: JSON Feed, and what may stand in an item. */
#include "fuzz-feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_feed_within(
        data, size, DW_STR("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{"),
        DW_STR("}]}"));
}
