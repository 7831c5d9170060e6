/* What feed offers to the other folders: its public interface. */
#ifndef FEED_FEED_H
#define FEED_FEED_H

#include <dealwire/feed.h>

#endif
