/* What page offers to the other folders: its public interface. */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include <dealwire/page.h>

#endif
