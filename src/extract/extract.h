/* What extract offers to the other folders: its public interface. */
#ifndef EXTRACT_EXTRACT_H
#define EXTRACT_EXTRACT_H

#include <dealwire/extract.h>

#endif
