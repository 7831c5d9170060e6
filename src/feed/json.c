/* JSON Feed 1.0 and 1.1. */
#include "internal.h"

#include <jansson.h>

static struct dw_str str_at(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_string(value))
        return DW_STR("");
    return (struct dw_str){json_string_value(value), json_string_length(value)};
}

/* Ids are strings, but numbers are met as well. */
static struct dw_str id_at(struct reading *r, const json_t *object)
{
    const json_t *value = json_object_get(object, "id");
    if (json_is_integer(value))
        return dw_str_format(r->arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    if (json_is_real(value))
        return dw_str_format(r->arena, "%.17g", json_real_value(value));
    return feed_line(r, str_at(object, "id"), false);
}

/* Names joined where there are several; 1.0 has `author`, 1.1 `authors`. */
static struct dw_str authors_at(struct reading *r, const json_t *object)
{
    struct dw_str name = str_at(json_object_get(object, "author"), "name");
    const json_t *list = json_object_get(object, "authors");
    if (name.len > 0 || !json_is_array(list))
        return feed_line(r, name, false);
    struct dw_strs names = {0};
    for (size_t i = 0; i < json_array_size(list) && i < 20; i++) {
        struct dw_str one = feed_line(r, str_at(json_array_get(list, i), "name"), false);
        if (one.len > 0 && !dw_strs_has(&names, one))
            dw_strs_push(r->arena, &names, one);
    }
    return dw_strs_join(r->arena, &names, DW_STR(", "));
}

static void read_attachments(struct reading *r, const json_t *item, struct dw_str base,
                             struct dw_entry *entry)
{
    const json_t *list = json_object_get(item, "attachments");
    for (size_t i = 0; feed_takes_file(entry) && i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        const json_t *size = json_object_get(one, "size_in_bytes");
        feed_add_enclosure(
            r, entry,
            (struct dw_enclosure){feed_link(r, base, str_at(one, "url")),
                                  feed_line(r, str_at(one, "mime_type"), false),
                                  json_is_integer(size) ? json_integer_value(size) : -1});
    }
}

static void read_tags(struct reading *r, const json_t *item, struct dw_entry *entry)
{
    const json_t *list = json_object_get(item, "tags");
    for (size_t i = 0; i < json_array_size(list) && i < 200; i++) {
        const json_t *tag = json_array_get(list, i);
        if (!json_is_string(tag))
            continue;
        struct dw_str name =
            feed_line(r, (struct dw_str){json_string_value(tag), json_string_length(tag)}, false);
        if (name.len > 0 && !dw_strs_has(&entry->categories, name))
            dw_strs_push(r->arena, &entry->categories, name);
    }
}

static void read_item(struct reading *r, const json_t *item, struct dw_str feed_authors)
{
    struct dw_entry *entry = json_is_object(item) ? feed_new_entry(r) : NULL;
    if (entry == NULL)
        return;
    struct dw_str base = r->feed->link.len > 0 ? r->feed->link : r->input->url;
    struct dw_str html = str_at(item, "content_html");
    entry->id = id_at(r, item);
    entry->title = feed_line(r, str_at(item, "title"), false);
    entry->link = feed_link(r, base, str_at(item, "url"));
    if (entry->link.len == 0)
        entry->link = feed_link(r, base, str_at(item, "external_url"));
    entry->author = authors_at(r, item);
    if (entry->author.len == 0)
        entry->author = feed_authors;
    entry->published = feed_date(r, str_at(item, "date_published"), "date_published");
    entry->updated = feed_date(r, str_at(item, "date_modified"), "date_modified");
    entry->summary = feed_text(r, str_at(item, "summary"), false);
    entry->content =
        html.len > 0 ? feed_text(r, html, true) : feed_text(r, str_at(item, "content_text"), false);
    read_tags(r, item, entry);
    read_attachments(r, item, base, entry);
}

static void read_feed(struct reading *r, const json_t *root)
{
    struct dw_feed *feed = r->feed;
    struct dw_str version = str_at(root, "version");
    feed->format = dw_str_ends(version, DW_STR("1.1")) ? DW_FEED_JSON_11 : DW_FEED_JSON_10;
    feed->title = feed_line(r, str_at(root, "title"), false);
    feed->link = feed_link(r, r->input->url, str_at(root, "home_page_url"));
    feed->description = feed_text(r, str_at(root, "description"), false);
    feed->language = feed_line(r, str_at(root, "language"), false);
    struct dw_str authors = authors_at(r, root);
    const json_t *items = json_object_get(root, "items");
    for (size_t i = 0; i < json_array_size(items); i++)
        read_item(r, json_array_get(items, i), authors);
}

/* Values of one document: each takes jansson up to 300 bytes, so that 16 MiB of "{}," would take a
 * gigabyte. Honest feeds of 5 MB have 50,000. */
#define MOST_VALUES 300000

/* Counts what begins a value, outside of strings. */
static bool has_too_many_values(struct dw_str text)
{
    size_t count = 0;
    bool in_string = false;
    for (size_t i = 0; i < text.len && count <= MOST_VALUES; i++) {
        char c = text.at[i];
        if (c == '"')
            in_string = !in_string;
        else if (in_string && c == '\\')
            i++;
        else if (!in_string)
            count += c == ',' || c == '{' || c == '[';
    }
    return count > MOST_VALUES;
}

/* Reads the text as it is, or else repaired. NULL: it is no JSON, as the error says. */
static json_t *load(struct reading *r, struct dw_str text, json_error_t *error)
{
    /* strings may hold U+0000, which cleaning takes out */
    const size_t flags = JSON_ALLOW_NUL | JSON_DISABLE_EOF_CHECK;
    struct dw_buf repaired;
    json_t *root = json_loadb(text.at, text.len, flags, error);
    if (root != NULL)
        return root;
    if (feed_repair_json(r, text, &repaired)) {
        json_error_t second;
        root = json_loadb(repaired.at, repaired.len, flags, &second);
    }
    dw_buf_release(&repaired);
    return root;
}

bool feed_read_json(struct reading *r, struct dw_error *err)
{
    struct dw_str text = dw_str_trim(r->text);
    if (has_too_many_values(text))
        return dw_error_set(err, DW_ERR_LIMIT, "this is JSON of more than %d values", MOST_VALUES);
    json_error_t error;
    json_t *root = load(r, text, &error);
    if (root == NULL)
        return dw_error_set(err, DW_ERR_INPUT, "this is broken JSON, not a feed: line %d: %s",
                            error.line, error.text);
    struct dw_str version = str_at(root, "version");
    bool is_feed = dw_str_find_nocase(version, DW_STR("jsonfeed.org"), 0) != SIZE_MAX ||
                   json_is_array(json_object_get(root, "items"));
    if (is_feed)
        read_feed(r, root);
    json_decref(root);
    return is_feed || feed_not_a_feed(r->arena, r->input, r->text, err);
}
