/* Addresses of feeds as other programs and people write them. */
#include "feed/feed.h"

#include "base/base.h"

/* Schemes that only say who is to read the feed, and what they stand for before "//". */
static const struct {
    struct dw_str scheme;
    const char *stands_for;
} schemes[] = {{DW_STR_INIT("feed:"), "http"},    {DW_STR_INIT("feeds:"), "https"},
               {DW_STR_INIT("itpc:"), "http"},    {DW_STR_INIT("pcast:"), "http"},
               {DW_STR_INIT("podcast:"), "http"}, {DW_STR_INIT("rss:"), "http"}};

struct dw_str dw_feed_address(struct dw_arena *arena, struct dw_str written)
{
    if (dw_str_starts(written, DW_STR("//")))
        return dw_str_format(arena, "https:%.*s", DW_FMT(written));
    if (dw_str_starts_nocase(written, DW_STR("www.")))
        return dw_str_format(arena, "http://%.*s", DW_FMT(written));
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        if (!dw_str_starts_nocase(written, schemes[i].scheme))
            continue;
        struct dw_str rest = dw_str_slice(written, schemes[i].scheme.len, written.len);
        if (dw_str_starts(rest, DW_STR("//")))
            return dw_str_format(arena, "%s:%.*s", schemes[i].stands_for, DW_FMT(rest));
        if (dw_str_starts_nocase(rest, DW_STR("http://")) ||
            dw_str_starts_nocase(rest, DW_STR("https://")))
            return rest;
    }
    return written;
}
