/* What the files that read dates share. */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/base.h"

/* Minutes east of UTC at a local time in a zone named by region and city ("Europe/Berlin", in any
 * case); false if nobody knows the zone (region.c). */
bool date_region(struct dw_str name, const struct dw_civil *local, int *minutes) DW_MUST_CHECK;

#endif
