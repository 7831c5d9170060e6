/* A feed as the JSON of `dealwire parse`. */
#ifndef CLI_FEED_JSON_H
#define CLI_FEED_JSON_H

#include <jansson.h>

#include "feed/feed.h"

/* The feed as a JSON object: what it does not say is null or an empty list. A new reference, to be
 * given back by json_decref(); NULL: out of memory. Dates are written in the arena. */
json_t *cli_feed_json(struct dw_arena *arena, const struct dw_feed *feed);

#endif
