/* libdealwire: feeds to entries, pages to text, text to figures, figures to events. */
#ifndef DW_DEALWIRE_H
#define DW_DEALWIRE_H

#include <dealwire/base.h>
#include <dealwire/event.h>
#include <dealwire/extract.h>
#include <dealwire/feed.h>
#include <dealwire/page.h>

#endif
