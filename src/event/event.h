/* What event offers to the other folders: its public interface. */
#ifndef EVENT_EVENT_H
#define EVENT_EVENT_H

#include <dealwire/event.h>

#endif
