/* One item or entry of any XML dialect. */
#include "xml.h"

/* No honest entry has more. */
#define MOST_CATEGORIES 200
#define MOST_AUTHORS 20

static void keep_first(struct dw_str *field, struct dw_str value)
{
    if (field->len == 0)
        *field = value;
}

static int64_t length_of(struct dw_str number)
{
    int64_t value;
    return dw_str_to_int(dw_str_trim(number), &value) && value >= 0 ? value : -1;
}

/* xml:base at the element at hand. */
static struct dw_str base_of(const struct feed_xml *x)
{
    return x->frames[x->depth - 1].base;
}

/* ---- Links and files ---- */

/* The address becomes the entry's link; false if it is none. */
static bool set_link(struct feed_xml *x, struct dw_str base, struct dw_str written)
{
    struct feed_entry *e = feed_entry_at(x);
    bool waits = written.len > 0 && feed_address_waits(x, base, written);
    struct dw_str link = waits ? dw_str_dup(x->r->arena, written) : feed_address(x, base, written);
    if (link.len == 0)
        return false;
    e->entry.link = link;
    e->link_base = base;
    e->link_waits = waits;
    return true;
}

/* A file whose address and length stand in these attributes. */
static void add_file(struct feed_xml *x, const struct feed_element *element,
                     enum feed_attribute address, enum feed_attribute length)
{
    struct reading *r = x->r;
    struct feed_entry *e = feed_entry_at(x);
    struct dw_str written = feed_attribute(r->arena, element, address);
    if (written.len == 0 || !feed_takes_file(&e->entry))
        return;
    bool waits = feed_address_waits(x, base_of(x), written);
    struct dw_enclosure file = {
        waits ? dw_str_dup(r->arena, written) : feed_address(x, base_of(x), written),
        dw_text_clean(r->arena, feed_attribute(r->arena, element, FEED_TYPE), DW_CLEAN_LINE),
        length_of(feed_attribute(r->arena, element, length))};
    bool added = feed_add_enclosure(r, &e->entry, file);
    struct feed_late *late = waits && added ? dw_vec_push(r->arena, &x->late) : NULL;
    if (late != NULL)
        *late = (struct feed_late){e->number, e->entry.enclosure_count - 1, base_of(x)};
}

/* Atom's links tell in attributes, RSS's in the text. */
static enum feed_place start_link(struct feed_xml *x, const struct feed_element *element)
{
    struct feed_entry *e = feed_entry_at(x);
    struct dw_str href = feed_attribute(x->r->arena, element, FEED_HREF);
    if (href.len == 0 && base_of(x).len > 0 && feed_has_attribute(element, FEED_HREF))
        href = base_of(x); /* an empty address is the base itself */
    if (href.len == 0)
        return e->entry.link.len == 0 ? FEED_PLACE_VALUE : FEED_PLACE_NOTHING;
    struct dw_str rel = feed_rel(x, element);
    if (dw_str_eq_nocase(rel, DW_STR("enclosure")))
        add_file(x, element, FEED_HREF, FEED_LENGTH);
    else if (!e->has_alternate && dw_str_eq_nocase(rel, DW_STR("alternate")))
        e->has_alternate = set_link(x, base_of(x), href);
    return FEED_PLACE_NOTHING;
}

static void put_link(struct feed_xml *x, struct dw_str value)
{
    /* the element is closed: its frame is the one behind the last */
    set_link(x, x->frames[x->depth].base, value);
}

static enum feed_place start_guid(struct feed_xml *x, const struct feed_element *element)
{
    struct feed_entry *e = feed_entry_at(x);
    struct dw_str permanent = feed_attribute(x->r->arena, element, FEED_IS_PERMALINK);
    e->guid_is_link = dw_str_eq_nocase(permanent, DW_STR("true"));
    e->guid_is_other = permanent.len > 0 && !e->guid_is_link;
    return FEED_PLACE_VALUE;
}

static void put_guid(struct feed_xml *x, struct dw_str id)
{
    struct feed_entry *e = feed_entry_at(x);
    bool web =
        dw_str_starts_nocase(id, DW_STR("http://")) || dw_str_starts_nocase(id, DW_STR("https://"));
    keep_first(&e->entry.id, id);
    if (e->guid_is_link || (web && !e->guid_is_other))
        e->guid_link = id;
}

static enum feed_place start_enclosure(struct feed_xml *x, const struct feed_element *element)
{
    add_file(x, element, FEED_URL, FEED_LENGTH);
    return FEED_PLACE_NOTHING;
}

static enum feed_place start_media(struct feed_xml *x, const struct feed_element *element)
{
    add_file(x, element, FEED_URL, FEED_FILE_SIZE);
    return FEED_PLACE_GROUP;
}

static enum feed_place start_group(struct feed_xml *x, const struct feed_element *element)
{
    (void)x, (void)element;
    return FEED_PLACE_GROUP;
}

/* ---- Texts ---- */

static void put_title(struct feed_xml *x, struct dw_str value)
{
    keep_first(&feed_entry_at(x)->entry.title, value);
}

static void put_other_title(struct feed_xml *x, struct dw_str value)
{
    keep_first(&feed_entry_at(x)->other_title, value);
}

static void put_other_text(struct feed_xml *x, struct dw_str value)
{
    keep_first(&feed_entry_at(x)->other_text, value);
}

static void put_id(struct feed_xml *x, struct dw_str value)
{
    keep_first(&feed_entry_at(x)->entry.id, value);
}

/* Long texts that nobody would keep are not taken at all. */
static enum feed_place start_summary(struct feed_xml *x, const struct feed_element *element)
{
    (void)element;
    return feed_entry_at(x)->entry.summary.len == 0 ? FEED_PLACE_VALUE : FEED_PLACE_NOTHING;
}

static void put_summary(struct feed_xml *x, struct dw_str value)
{
    feed_entry_at(x)->entry.summary = value;
}

/* Atom may keep the content elsewhere: then there is none here. */
static enum feed_place start_content(struct feed_xml *x, const struct feed_element *element)
{
    bool wanted =
        feed_entry_at(x)->entry.content.len == 0 && !feed_has_attribute(element, FEED_SRC);
    return wanted ? FEED_PLACE_VALUE : FEED_PLACE_NOTHING;
}

/* Beside a description, what calls itself a summary is the longer text. */
static void put_second(struct feed_xml *x, struct dw_str value)
{
    struct dw_entry *entry = &feed_entry_at(x)->entry;
    keep_first(entry->summary.len == 0 ? &entry->summary : &entry->content, value);
}

static void put_content(struct feed_xml *x, struct dw_str value)
{
    feed_entry_at(x)->entry.content = value;
}

static void put_media_text(struct feed_xml *x, struct dw_str value)
{
    keep_first(&feed_entry_at(x)->media_text, value);
}

static enum feed_place start_author(struct feed_xml *x, const struct feed_element *element)
{
    feed_entry_at(x)->author_now = element->name->vocabulary;
    return FEED_PLACE_PERSON;
}

/* Several authors are told by one kind of element; others say the same again. */
static void put_last_text(struct feed_xml *x, struct dw_str value)
{
    keep_first(&feed_entry_at(x)->last_text, value);
}

static void put_author(struct feed_xml *x, struct dw_str value)
{
    struct feed_entry *e = feed_entry_at(x);
    if (value.len == 0 || e->authors.len >= MOST_AUTHORS || dw_strs_has(&e->authors, value))
        return;
    if (e->authors.len == 0)
        e->author_kind = e->author_now;
    if (e->author_kind == e->author_now)
        dw_strs_push(x->r->arena, &e->authors, value);
}

static void put_contributor(struct feed_xml *x, struct dw_str value)
{
    keep_first(&feed_entry_at(x)->contributor, value);
}

static enum feed_place start_source(struct feed_xml *x, const struct feed_element *element)
{
    (void)x, (void)element;
    return FEED_PLACE_SOURCE;
}

static void put_source_author(struct feed_xml *x, struct dw_str value)
{
    keep_first(&feed_entry_at(x)->source_author, value);
}

const struct feed_reader feed_source_author = {FEED_TAKE_PERSON, put_source_author, NULL};

/* ---- Categories ---- */

/* Adds a name that is clean. */
static void add_category(struct feed_xml *x, struct dw_str name)
{
    struct dw_strs *all = &feed_entry_at(x)->entry.categories;
    if (name.len > 0 && all->len < MOST_CATEGORIES && !dw_strs_has(all, name))
        dw_strs_push(x->r->arena, all, dw_utf8_cut(name, DW_LIMIT_TITLE_BYTES));
}

/* The label before the text before the term. */
static enum feed_place start_category(struct feed_xml *x, const struct feed_element *element)
{
    struct feed_entry *e = feed_entry_at(x);
    struct dw_str label = feed_attribute(x->r->arena, element, FEED_LABEL);
    if (label.len > 0) {
        add_category(x, dw_text_clean(x->r->arena, label, DW_CLEAN_LINE));
        return FEED_PLACE_NOTHING;
    }
    struct dw_str term = feed_attribute(x->r->arena, element, FEED_TERM);
    if (term.len == 0)
        term = feed_attribute(x->r->arena, element, FEED_TEXT);
    e->category = dw_text_clean(x->r->arena, term, DW_CLEAN_LINE);
    return FEED_PLACE_VALUE;
}

static void put_category(struct feed_xml *x, struct dw_str value)
{
    add_category(x, value.len > 0 ? value : feed_entry_at(x)->category);
}

static void put_keywords(struct feed_xml *x, struct dw_str value)
{
    struct dw_str word;
    while (dw_str_split(&value, ',', &word))
        add_category(x, dw_str_trim(word));
}

/* ---- Dates ---- */

static void put_date(struct feed_xml *x, struct dw_str value, int64_t *place)
{
    if (*place == DW_TIME_NONE)
        *place = feed_date(x->r, value, "date");
}

static void put_published(struct feed_xml *x, struct dw_str value)
{
    put_date(x, value, &feed_entry_at(x)->entry.published);
}

static void put_issued(struct feed_xml *x, struct dw_str value)
{
    put_date(x, value, &feed_entry_at(x)->issued);
}

static void put_updated(struct feed_xml *x, struct dw_str value)
{
    put_date(x, value, &feed_entry_at(x)->entry.updated);
}

static void put_any_date(struct feed_xml *x, struct dw_str value)
{
    put_date(x, value, &feed_entry_at(x)->date);
}

static void put_created(struct feed_xml *x, struct dw_str value)
{
    put_date(x, value, &feed_entry_at(x)->created);
}

const struct feed_reader feed_entry_readers[FEED_MEANING_COUNT] = {
    [FEED_SAYS_TITLE] = {FEED_TAKE_LINE, put_title, NULL},
    [FEED_SAYS_OTHER_TITLE] = {FEED_TAKE_LINE, put_other_title, NULL},
    [FEED_SAYS_OTHER_TEXT] = {FEED_TAKE_TEXT, put_other_text, NULL},
    [FEED_SAYS_LINK] = {FEED_TAKE_RAW, put_link, start_link},
    [FEED_SAYS_GUID] = {FEED_TAKE_LINE, put_guid, start_guid},
    [FEED_SAYS_ID] = {FEED_TAKE_LINE, put_id, NULL},
    [FEED_SAYS_SUMMARY] = {FEED_TAKE_TEXT, put_summary, start_summary},
    [FEED_SAYS_SECOND] = {FEED_TAKE_TEXT, put_second, NULL},
    [FEED_SAYS_CONTENT] = {FEED_TAKE_TEXT, put_content, start_content},
    [FEED_SAYS_MEDIATEXT] = {FEED_TAKE_TEXT, put_media_text, NULL},
    [FEED_SAYS_LAST_TEXT] = {FEED_TAKE_TEXT, put_last_text, NULL},
    [FEED_SAYS_AUTHOR] = {FEED_TAKE_PERSON, put_author, start_author},
    [FEED_SAYS_CONTRIBUTOR] = {FEED_TAKE_PERSON, put_contributor, NULL},
    [FEED_SAYS_SOURCE] = {FEED_TAKE_TEXT, NULL, start_source},
    [FEED_SAYS_CATEGORY] = {FEED_TAKE_LINE, put_category, start_category},
    [FEED_SAYS_KEYWORDS] = {FEED_TAKE_LINE, put_keywords, NULL},
    [FEED_SAYS_PUBLISHED] = {FEED_TAKE_RAW, put_published, NULL},
    [FEED_SAYS_ISSUED] = {FEED_TAKE_RAW, put_issued, NULL},
    [FEED_SAYS_UPDATED] = {FEED_TAKE_RAW, put_updated, NULL},
    [FEED_SAYS_DATE] = {FEED_TAKE_RAW, put_any_date, NULL},
    [FEED_SAYS_CREATED] = {FEED_TAKE_RAW, put_created, NULL},
    [FEED_SAYS_ENCLOSURE] = {FEED_TAKE_RAW, NULL, start_enclosure},
    [FEED_SAYS_MEDIA] = {FEED_TAKE_RAW, NULL, start_media},
    [FEED_SAYS_GROUP] = {FEED_TAKE_RAW, NULL, start_group},
};

/* ---- The entry ---- */

/* CDF and RSS 1.0 say things of an item in its tag. */
static void read_attributes(struct feed_xml *x, const struct feed_element *element)
{
    struct dw_arena *arena = x->r->arena;
    struct feed_entry *e = feed_entry_at(x);
    struct dw_str href = feed_attribute(arena, element, FEED_HREF);
    e->entry.id = dw_text_clean(arena, feed_attribute(arena, element, FEED_ABOUT), DW_CLEAN_LINE);
    if (href.len > 0)
        set_link(x, e->base, href);
    e->entry.updated = feed_date(x->r, feed_attribute(arena, element, FEED_LASTMOD), "lastmod");
}

bool feed_start_entry(struct feed_xml *x, const struct feed_element *element)
{
    if (x->entry_depth == FEED_NESTED_ENTRIES || feed_new_entry(x->r) == NULL)
        return false;
    struct feed_entry *e = &x->entries[x->entry_depth++];
    *e = (struct feed_entry){.number = x->r->entries.len - 1,
                             .base = base_of(x),
                             .issued = DW_TIME_NONE,
                             .date = DW_TIME_NONE,
                             .created = DW_TIME_NONE};
    e->entry.published = DW_TIME_NONE;
    e->entry.updated = DW_TIME_NONE;
    if (element->attribute_count > 0)
        read_attributes(x, element);
    return true;
}

/* Fills what the plain elements left empty. */
static void settle(struct feed_xml *x, struct feed_entry *e)
{
    const int64_t dates[] = {e->issued, e->date, e->created};
    for (size_t i = 0; i < 3 && e->entry.published == DW_TIME_NONE; i++)
        e->entry.published = dates[i];
    keep_first(&e->entry.title, e->other_title);
    keep_first(&e->entry.summary, e->other_text);
    keep_first(&e->entry.summary, e->media_text);
    keep_first(&e->entry.summary, e->last_text);
    if (e->authors.len > 0)
        e->entry.author =
            dw_utf8_cut(dw_strs_join(x->r->arena, &e->authors, DW_STR(", ")), DW_LIMIT_TITLE_BYTES);
    keep_first(&e->entry.author, e->contributor);
    keep_first(&e->entry.author, e->source_author);
}

void feed_end_entry(struct feed_xml *x)
{
    struct feed_entry *e = feed_entry_at(x);
    if (e->entry.link.len == 0 && e->guid_link.len > 0)
        set_link(x, e->base, e->guid_link);
    settle(x, e);
    struct feed_late *late = e->link_waits ? dw_vec_push(x->r->arena, &x->late) : NULL;
    if (late != NULL)
        *late = (struct feed_late){e->number, SIZE_MAX, e->link_base};
    x->r->entries.at[e->number] = e->entry;
    x->entry_depth--;
}
