/* Fuzz target: RSS 2.0, and what may stand in an item. */
#include "fuzz-feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_feed_within(
        data, size,
        DW_STR("<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
               "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
               "xmlns:media=\"http://search.yahoo.com/mrss/\"><channel><item>"),
        DW_STR("</item></channel></rss>"));
}
