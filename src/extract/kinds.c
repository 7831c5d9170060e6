/* The names of kinds, qualifiers and statuses, made from their lists in the public header. */
#include "extract/extract.h"

#include "base/base.h"

struct kind {
    struct dw_str name;
    struct dw_str label;
    enum dw_group group;
};

static const struct kind kinds[] = {
#define KIND_ROW(id, json, group, label) {DW_STR_INIT(json), DW_STR_INIT(label), group},
    DW_KINDS(KIND_ROW)
#undef KIND_ROW
};

static const struct dw_str qualifiers[] = {
#define QUALIFIER_ROW(id, json) DW_STR_INIT(json),
    DW_QUALIFIERS(QUALIFIER_ROW)
#undef QUALIFIER_ROW
};

struct status {
    struct dw_str name;
    char sign;
};

static const struct status statuses[] = {
#define STATUS_ROW(id, json, sign) {DW_STR_INIT(json), sign},
    DW_STATUSES(STATUS_ROW)
#undef STATUS_ROW
};

struct dw_str dw_kind_name(enum dw_kind kind)
{
    return kinds[kind].name;
}

struct dw_str dw_kind_label(enum dw_kind kind)
{
    return kinds[kind].label;
}

enum dw_group dw_kind_group(enum dw_kind kind)
{
    return kinds[kind].group;
}

struct dw_str dw_qualifier_name(enum dw_qualifier qualifier)
{
    return qualifiers[qualifier];
}

struct dw_str dw_status_name(enum dw_status status)
{
    return statuses[status].name;
}

char dw_status_sign(enum dw_status status)
{
    return statuses[status].sign;
}

bool dw_kind_find(struct dw_str name, enum dw_kind *kind)
{
    for (int i = 0; i < DW_KIND_COUNT; i++) {
        if (dw_str_eq(kinds[i].name, name)) {
            *kind = (enum dw_kind)i;
            return true;
        }
    }
    return false;
}

bool dw_qualifier_find(struct dw_str name, enum dw_qualifier *qualifier)
{
    for (int i = 0; i < DW_QUALIFIER_COUNT; i++) {
        if (dw_str_eq(qualifiers[i], name)) {
            *qualifier = (enum dw_qualifier)i;
            return true;
        }
    }
    return false;
}

bool dw_status_find(struct dw_str name, enum dw_status *status)
{
    for (int i = 0; i < DW_STATUS_COUNT; i++) {
        if (dw_str_eq(statuses[i].name, name)) {
            *status = (enum dw_status)i;
            return true;
        }
    }
    return false;
}
