/* Subscriptions: feeds.opml is the truth about which feeds there are; the store mirrors it. */
#include "internal.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "text/text.h"

/* A list of DW_LIMIT_OPML_FEEDS, read and written anew. */
#define LIST_BYTES (256u << 20)
/* Under this name the store keeps what the list was when it was mirrored. */
#define MIRRORED DW_STR("feeds.opml")

/* The list while it is changed. */
struct list {
    struct dw_arena *arena;
    struct dw_str path; /* empty: there is none, the store alone knows the feeds */
    struct dw_opml opml;
    size_t room; /* for feeds in the list's array; 0: as many as there are */
    struct dw_str bytes;
};

/* ---- The file -------------------------------------------------------------------------------- */

static struct dw_str list_path(struct dw_arena *arena, struct dw_str folder)
{
    return dw_str_format(arena, "%.*s/feeds.opml", DW_FMT(folder));
}

/* Whether a folder is missing or empty: then there is no configuration at all. */
static bool is_bare(struct dw_arena *arena, struct dw_str folder)
{
    DIR *entries = opendir(dw_str_cstr(arena, folder));
    if (entries == NULL)
        return errno == ENOENT;
    bool bare = true;
    const struct dirent *entry = NULL;
    while (bare && (entry = readdir(entries)) != NULL)
        bare = entry->d_name[0] == '.';
    closedir(entries);
    return bare;
}

static bool exists(struct dw_arena *arena, struct dw_str path)
{
    char *real = realpath(dw_str_cstr(arena, path), NULL);
    bool found = real != NULL || errno != ENOENT;
    free(real);
    return found;
}

/* A list that ends before its end was cut off by an accident: mirroring it would lose feeds. */
static bool is_whole(struct dw_str bytes)
{
    return dw_str_find_nocase(bytes, DW_STR("</opml"), 0) != SIZE_MAX ||
           dw_str_find_nocase(bytes, DW_STR("<opml"), 0) == SIZE_MAX;
}

/* Names and passwords in addresses are moved to where nobody sees them. */
static bool take_secrets(struct list *list, struct dw_str folder, struct dw_error *err)
{
    bool taken = false;
    if (!engine_credentials_take_all(list->arena, folder, &list->opml, &taken, err))
        return false;
    if (!taken)
        return true;
    list->bytes = dw_opml_render(list->arena, &list->opml);
    if (list->arena->failed)
        return dw_error_set(err, DW_ERR_MEMORY, "out of memory for the list of feeds");
    return dw_file_write(list->path, list->bytes, err);
}

/* Where there is no configuration at all, `set_up` begins one with the default list; a user who
 * adds feeds of his own first, begins with those. */
static bool list_read(struct list *list, struct dw_str folder, bool set_up, struct dw_error *err)
{
    list->opml.title = DW_STR("Feeds");
    if (folder.len == 0)
        return true;
    list->path = list_path(list->arena, folder);
    if (!exists(list->arena, list->path)) {
        if (!set_up || !is_bare(list->arena, folder))
            return true;
        list->bytes = engine_default_list();
        if (!dw_folder_make(folder, err) || !dw_file_write(list->path, list->bytes, err))
            return false;
    } else if (!dw_file_read(list->arena, list->path, DW_LIMIT_BODY_BYTES, &list->bytes, err)) {
        return false;
    }
    if (!is_whole(list->bytes))
        return dw_error_set(err, DW_ERR_CONFIG, "%.*s is cut off: its end </opml> is missing",
                            DW_FMT(list->path));
    if (!dw_opml_parse(list->arena, list->bytes, &list->opml, err))
        return dw_error_wrap(err, "%.*s", DW_FMT(list->path));
    return take_secrets(list, folder, err);
}

static bool note_mirrored(struct store *store, const struct list *list, struct dw_error *err)
{
    return store_meta_put(store, MIRRORED, (int64_t)dw_str_hash(list->bytes), err);
}

static bool list_write(struct list *list, struct store *store, struct dw_str folder,
                       struct dw_error *err)
{
    if (list->path.len == 0)
        return true;
    list->bytes = dw_opml_render(list->arena, &list->opml);
    if (list->arena->failed)
        return dw_error_set(err, DW_ERR_MEMORY, "out of memory for the list of feeds");
    return dw_folder_make(folder, err) && dw_file_write(list->path, list->bytes, err) &&
           note_mirrored(store, list, err);
}

/* ---- Feeds of the list ----------------------------------------------------------------------- */

static bool is_web(struct dw_str address)
{
    return dw_str_starts_nocase(address, DW_STR("http://")) ||
           dw_str_starts_nocase(address, DW_STR("https://"));
}

/* A feed of the user's own list may be a file; it is named by its whole path. */
static bool is_local(struct dw_str address)
{
    return dw_str_starts(address, DW_STR("/"));
}

static struct store_feed_settings settings_of(const struct dw_opml_feed *feed)
{
    return (struct store_feed_settings){
        .url = feed->url,
        .title = dw_str_eq(feed->title, feed->url) ? DW_STR("") : feed->title,
        .home = feed->home,
        .tags = feed->folders,
        .local = is_local(feed->url),
        .full_text = feed->full_text,
    };
}

static struct dw_opml_feed *find(const struct list *list, struct dw_str url)
{
    for (size_t i = 0; i < list->opml.feed_count; i++)
        if (dw_str_eq(list->opml.feeds[i].url, url))
            return &list->opml.feeds[i];
    return NULL;
}

static bool append(struct list *list, const struct dw_opml_feed *feed, struct dw_error *err)
{
    struct dw_opml *opml = &list->opml;
    if (opml->feed_count >= DW_LIMIT_OPML_FEEDS)
        return dw_error_set(err, DW_ERR_LIMIT, "the list has %d feeds, and no room for more",
                            DW_LIMIT_OPML_FEEDS);
    if (opml->feed_count >= list->room) {
        size_t room = 2 * opml->feed_count + 16;
        struct dw_opml_feed *longer = dw_arena_array(list->arena, room, sizeof *longer);
        if (longer == NULL)
            return dw_error_set(err, DW_ERR_MEMORY, "out of memory for the list of feeds");
        if (opml->feed_count > 0)
            memcpy(longer, opml->feeds, opml->feed_count * sizeof *longer);
        opml->feeds = longer;
        list->room = room;
    }
    opml->feeds[opml->feed_count++] = *feed;
    return true;
}

/* Two writings of one address, such as http and https, are one feed. */
static bool is_subscribed(struct dw_arena *arena, const struct store_feeds *feeds,
                          struct dw_str url)
{
    struct dw_str identity = is_web(url) ? dw_url_identity(arena, url) : url;
    for (size_t i = 0; i < feeds->len; i++) {
        struct dw_str other = feeds->at[i].url;
        if (dw_str_eq(is_web(other) ? dw_url_identity(arena, other) : other, identity))
            return true;
    }
    return false;
}

/* What the user typed as an address that can be fetched. */
static bool tidy_address(struct dw_arena *arena, struct dw_str typed, struct dw_str *address,
                         struct dw_error *err)
{
    struct dw_str line = dw_text_clean(arena, typed, DW_CLEAN_LINE);
    if (!dw_str_eq(line, dw_str_trim(typed)) || line.len == 0 || line.len > DW_LIMIT_URL_BYTES)
        return dw_error_set(err, DW_ERR_INPUT, "\"%.*s\" is no address", DW_FMT(line));
    line = dw_feed_address(arena, line);
    *address = line;
    if (is_web(line)) {
        struct dw_str host = dw_url_host(arena, line);
        if (host.len > 0)
            return true;
        return dw_error_set(err, DW_ERR_INPUT, "%.*s names no host", DW_FMT(line));
    }
    struct dw_str path =
        dw_str_starts(line, DW_STR("file://")) ? dw_str_slice(line, 7, line.len) : line;
    char *real = realpath(dw_str_cstr(arena, path), NULL);
    if (real == NULL)
        return dw_error_set(err, DW_ERR_INPUT,
                            "%.*s: neither an http(s) address nor a file that can be read: %s",
                            DW_FMT(line), strerror(errno));
    *address = dw_str_dup(arena, dw_str_from_c(real));
    free(real);
    return true;
}

/* ---- Inside a transaction -------------------------------------------------------------------- */

static bool put_all(struct store *store, const struct list *list, struct dw_error *err)
{
    for (size_t i = 0; i < list->opml.feed_count; i++) {
        const struct dw_opml_feed *feed = &list->opml.feeds[i];
        struct store_feed_settings settings = settings_of(feed);
        int64_t id = 0;
        if (!is_web(feed->url) && !is_local(feed->url))
            continue;
        if (!store_feed_put(store, &settings, &id, NULL, err))
            return false;
    }
    return true;
}

static bool remove_missing(struct store *store, struct list *list, struct dw_error *err)
{
    struct store_feeds feeds = {0};
    if (!store_feed_list(store, list->arena, &feeds, err))
        return false;
    struct dw_map wanted;
    dw_map_init(&wanted, list->arena);
    for (size_t i = 0; i < list->opml.feed_count; i++)
        if (!dw_map_put(&wanted, list->opml.feeds[i].url, 1))
            return dw_error_set(err, DW_ERR_MEMORY, "out of memory for the list of feeds");
    for (size_t i = 0; i < feeds.len; i++) {
        uint64_t is_wanted = 0;
        if (!dw_map_get(&wanted, feeds.at[i].url, &is_wanted) &&
            !store_feed_remove(store, feeds.at[i].id, err))
            return false;
    }
    return true;
}

/* Reads the list and brings the store up to it, if it was changed since. Comes before every change
 * of our own, so that none of the user's is taken for mirrored. */
static bool list_open(struct list *list, struct store *store, struct dw_str folder, bool set_up,
                      struct dw_error *err)
{
    if (!list_read(list, folder, set_up, err))
        return false;
    int64_t hash = (int64_t)dw_str_hash(list->bytes);
    if (list->bytes.len == 0 || store_meta_get(store, MIRRORED, 0) == hash)
        return true;
    return put_all(store, list, err) && remove_missing(store, list, err) &&
           note_mirrored(store, list, err);
}

bool engine_list_mirror(struct store *store, struct dw_str folder, struct dw_error *err)
{
    if (folder.len == 0)
        return true;
    struct dw_arena arena;
    dw_arena_init(&arena, LIST_BYTES);
    struct list list = {.arena = &arena};
    bool done = store_document_begin(store, err);
    if (done) {
        done = list_open(&list, store, folder, true, err);
        if (done)
            done = store_document_keep(store, err);
        else
            store_document_undo(store);
    }
    dw_arena_release(&arena);
    return done;
}

static bool add(struct store *store, struct list *list, struct dw_str folder,
                const struct dw_opml_feed *wanted, int64_t *id, struct dw_error *err)
{
    struct dw_opml_feed feed = *wanted;
    struct store_feeds feeds = {0};
    bool taken = false;
    if (!tidy_address(list->arena, wanted->url, &feed.url, err) ||
        !engine_credentials_take(list->arena, folder, &feed.url, &taken, err) ||
        !store_feed_list(store, list->arena, &feeds, err))
        return false;
    if (is_subscribed(list->arena, &feeds, feed.url))
        return dw_error_set(err, DW_ERR_INPUT, "%.*s is in the list already", DW_FMT(feed.url));
    struct store_feed_settings settings = settings_of(&feed);
    return append(list, &feed, err) && store_feed_put(store, &settings, id, NULL, err);
}

/* The list read, changed by `feed`, and written, with the store in step. */
bool engine_list_add(struct store *store, struct dw_str folder, const struct dw_opml_feed *feed,
                     int64_t *id, struct dw_error *err)
{
    struct dw_arena arena;
    dw_arena_init(&arena, LIST_BYTES);
    struct list list = {.arena = &arena};
    bool done = list_open(&list, store, folder, false, err) &&
                add(store, &list, folder, feed, id, err) && list_write(&list, store, folder, err);
    dw_arena_release(&arena);
    return done;
}

static bool take_out(struct store *store, struct list *list, int64_t id, struct dw_error *err)
{
    struct store_feed stored;
    if (!store_feed_get(store, list->arena, id, &stored, err))
        return false;
    if (stored.id == 0)
        return dw_error_set(err, DW_ERR_INPUT, "there is no such feed");
    size_t kept = 0;
    for (size_t i = 0; i < list->opml.feed_count; i++) {
        if (dw_str_eq(list->opml.feeds[i].url, stored.url))
            continue;
        list->opml.feeds[kept++] = list->opml.feeds[i];
    }
    list->opml.feed_count = kept;
    return store_feed_remove(store, id, err);
}

bool engine_list_remove(struct store *store, struct dw_str folder, int64_t feed,
                        struct dw_error *err)
{
    struct dw_arena arena;
    dw_arena_init(&arena, LIST_BYTES);
    struct list list = {.arena = &arena};
    bool done = list_open(&list, store, folder, false, err) && take_out(store, &list, feed, err) &&
                list_write(&list, store, folder, err);
    dw_arena_release(&arena);
    return done;
}

static bool move(struct store *store, struct list *list, int64_t id, struct dw_str url,
                 struct dw_error *err)
{
    struct store_feed stored;
    if (!store_feed_get(store, list->arena, id, &stored, err))
        return false;
    struct dw_opml_feed *feed = find(list, stored.url);
    if (feed != NULL)
        feed->url = url;
    return store_feed_move(store, id, url, err);
}

bool engine_list_move(struct store *store, struct dw_str folder, int64_t feed, struct dw_str url,
                      struct dw_error *err)
{
    struct dw_arena arena;
    dw_arena_init(&arena, LIST_BYTES);
    struct list list = {.arena = &arena};
    bool done = list_open(&list, store, folder, false, err) && move(store, &list, feed, url, err) &&
                list_write(&list, store, folder, err);
    dw_arena_release(&arena);
    return done;
}

/* ---- With a transaction of their own --------------------------------------------------------- */

/* The write lock of the store keeps two processes from changing the list at once. */
static bool finish(struct store *store, bool done, struct dw_error *err)
{
    if (done)
        return store_commit(store, err);
    store_rollback(store);
    return false;
}

bool engine_subscriptions_load(struct store *store, struct dw_str config_folder,
                               struct dw_error *err)
{
    if (config_folder.len == 0)
        return true;
    return store_begin(store, err) &&
           finish(store, engine_list_mirror(store, config_folder, err), err);
}

bool engine_subscribe(struct store *store, struct dw_str config_folder,
                      const struct dw_opml_feed *feed, int64_t *id, struct dw_error *err)
{
    return store_begin(store, err) &&
           finish(store, engine_list_add(store, config_folder, feed, id, err), err);
}

bool engine_unsubscribe(struct store *store, struct dw_str config_folder, int64_t feed,
                        struct dw_error *err)
{
    return store_begin(store, err) &&
           finish(store, engine_list_remove(store, config_folder, feed, err), err);
}

/* ---- Lists in and out ------------------------------------------------------------------------ */

/* A list from elsewhere names no local files: only the user may. */
static bool import_all(struct store *store, struct list *list, const struct dw_opml *from,
                       struct engine_import *import, struct dw_error *err)
{
    struct store_feeds feeds = {0};
    if (!store_feed_list(store, list->arena, &feeds, err))
        return false;
    struct dw_map known;
    dw_map_init(&known, list->arena);
    for (size_t i = 0; i < feeds.len; i++)
        if (is_web(feeds.at[i].url) &&
            !dw_map_put(&known, dw_url_identity(list->arena, feeds.at[i].url), 1))
            return dw_error_set(err, DW_ERR_MEMORY, "out of memory for the list of feeds");
    for (size_t i = 0; i < from->feed_count; i++) {
        const struct dw_opml_feed *feed = &from->feeds[i];
        struct dw_str identity =
            is_web(feed->url) ? dw_url_identity(list->arena, feed->url) : DW_STR("");
        uint64_t is_known = 0;
        bool there = identity.len > 0 && dw_map_get(&known, identity, &is_known);
        import->known += there;
        import->left_out += identity.len == 0;
        if (there || identity.len == 0)
            continue;
        struct store_feed_settings settings = settings_of(feed);
        int64_t id = 0;
        if (!append(list, feed, err) || !store_feed_put(store, &settings, &id, NULL, err))
            return false;
        if (!dw_map_put(&known, identity, 1))
            return dw_error_set(err, DW_ERR_MEMORY, "out of memory for the list of feeds");
        import->added++;
    }
    return true;
}

static bool import_list(struct store *store, struct list *list, struct dw_str folder,
                        struct engine_import *import, struct dw_error *err)
{
    struct dw_opml from;
    if (!dw_opml_parse(list->arena, import->opml, &from, err))
        return false;
    import->left_out = from.left_out;
    for (size_t i = 0; i < from.warnings.len; i++)
        dw_strs_push(import->arena, &import->warnings,
                     dw_str_dup(import->arena, from.warnings.at[i]));
    bool taken = false;
    return engine_credentials_take_all(list->arena, folder, &from, &taken, err) &&
           list_open(list, store, folder, false, err) &&
           import_all(store, list, &from, import, err) && list_write(list, store, folder, err);
}

bool engine_subscriptions_import(struct store *store, struct dw_str config_folder,
                                 struct engine_import *import, struct dw_error *err)
{
    struct dw_arena arena;
    dw_arena_init(&arena, 2 * LIST_BYTES);
    struct list list = {.arena = &arena};
    *import = (struct engine_import){.opml = import->opml, .arena = import->arena};
    bool done = store_begin(store, err) &&
                finish(store, import_list(store, &list, config_folder, import, err), err);
    dw_arena_release(&arena);
    return done;
}

bool engine_subscriptions_export(struct store *store, struct dw_arena *arena, struct dw_str *opml,
                                 struct dw_error *err)
{
    struct store_feeds feeds = {0};
    if (!store_feed_list(store, arena, &feeds, err))
        return false;
    struct dw_opml list = {.title = DW_STR("Feeds")};
    list.feeds = dw_arena_array(arena, feeds.len, sizeof *list.feeds);
    if (list.feeds == NULL)
        return dw_error_set(err, DW_ERR_MEMORY, "out of memory for the list of feeds");
    for (size_t i = 0; i < feeds.len; i++)
        list.feeds[list.feed_count++] = (struct dw_opml_feed){
            .title = feeds.at[i].title,
            .url = feeds.at[i].url,
            .home = feeds.at[i].home,
            .folders = feeds.at[i].tags,
            .full_text = feeds.at[i].full_text,
        };
    *opml = dw_opml_render(arena, &list);
    return !arena->failed ||
           dw_error_set(err, DW_ERR_MEMORY, "out of memory for the list of feeds");
}
