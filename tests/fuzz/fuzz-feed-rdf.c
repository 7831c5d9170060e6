/* Fuzz target: RSS 0.90 and 1.0 (RDF) and CDF, and what may stand beside their items. */
#include "fuzz-feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_feed_within(
        data, size,
        DW_STR("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
               "xmlns=\"http://purl.org/rss/1.0/\"><channel><title>T</title></channel>"),
        DW_STR("</rdf:RDF>"));
}
