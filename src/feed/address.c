/* Addresses in feeds: what they are relative to, and when that is known. */
#include "xml.h"

/* Whether an address names its scheme, and so is relative to nothing. */
static bool has_scheme(struct dw_str s)
{
    size_t i = 0;
    while (i < s.len && (dw_is_alpha(s.at[i]) || dw_is_digit(s.at[i]) || s.at[i] == '+' ||
                         s.at[i] == '-' || s.at[i] == '.'))
        i++;
    return i > 0 && i < s.len && s.at[i] == ':' && dw_is_alpha(s.at[0]);
}

struct dw_str feed_base_within(struct feed_xml *x, struct dw_str around, struct dw_str declared)
{
    if (declared.len == 0)
        return around;
    if (!has_scheme(declared) && has_scheme(around)) {
        struct dw_str resolved = dw_url_resolve(x->r->arena, around, declared);
        return resolved.len > 0 ? resolved : around;
    }
    return dw_str_dup(x->r->arena, declared);
}

bool feed_address_waits(const struct feed_xml *x, struct dw_str base, struct dw_str written)
{
    return x->r->feed->link.len == 0 && !has_scheme(dw_str_trim(written)) && !has_scheme(base);
}

struct dw_str feed_address(struct feed_xml *x, struct dw_str base, struct dw_str written)
{
    struct reading *r = x->r;
    struct dw_str around = r->feed->link.len > 0 ? r->feed->link : r->input->url;
    if (base.len > 0) {
        struct dw_str resolved = dw_url_resolve(r->arena, around, base);
        around = resolved.len > 0 ? resolved : around;
    }
    return feed_link(r, around, written);
}

/* Drops the files whose addresses turned out to be none. */
static void drop_empty_files(struct dw_entry *entry)
{
    size_t kept = 0;
    for (size_t i = 0; i < entry->enclosure_count; i++) {
        if (entry->enclosures[i].url.len > 0)
            entry->enclosures[kept++] = entry->enclosures[i];
    }
    entry->enclosure_count = kept;
}

void feed_settle_addresses(struct feed_xml *x)
{
    for (size_t i = 0; i < x->late.len; i++) {
        const struct feed_late *late = &x->late.at[i];
        struct dw_entry *entry = &x->r->entries.at[late->entry];
        struct dw_str *address =
            late->file == SIZE_MAX ? &entry->link : &entry->enclosures[late->file].url;
        *address = feed_address(x, late->base, *address);
    }
    for (size_t i = 0; i < x->late.len; i++)
        drop_empty_files(&x->r->entries.at[x->late.at[i].entry]);
}

struct dw_str feed_rel(struct feed_xml *x, const struct feed_element *e)
{
    const struct dw_str registry = DW_STR("http://www.iana.org/assignments/relation/");
    struct dw_str rel = feed_attribute(x->r->arena, e, FEED_REL);
    if (dw_str_starts_nocase(rel, registry))
        rel = dw_str_slice(rel, registry.len, rel.len);
    return rel.len > 0 ? rel : DW_STR("alternate");
}
