/* Fuzz target: Atom, and what may stand in an entry. */
#include "fuzz-feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_feed_within(
        data, size,
        DW_STR("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"https://ex.org/\"><entry>"),
        DW_STR("</entry></feed>"));
}
