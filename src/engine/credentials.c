/* Credentials: what a feed's server wants to know before it answers. They stand in a file of their
 * own that nobody else may read, never in the list of feeds, the store or anything that is shown.
 *
 * A line each: an address, "login" with a name and a password, or "header" with a whole header
 * line. A line is for every feed whose address begins with the one that it names; the longest
 * counts. */
#include "internal.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "text/text.h"

#define FILE_BYTES (1u << 20)

static const char preface[] =
    "# Names and passwords of feeds, which only you may read (chmod 600). A line each:\n"
    "#   https://example.org/private/  login   NAME PASSWORD\n"
    "#   https://example.org/api/feed  header  Authorization: Bearer TOKEN\n"
    "# A line is for all feeds whose address begins with the one that it names.\n";

static struct dw_str path_of(struct dw_arena *arena, struct dw_str folder)
{
    return dw_str_format(arena, "%.*s/credentials", DW_FMT(folder));
}

/* The next word of a line; what is behind it stays in `line`. */
static struct dw_str word(struct dw_str *line)
{
    struct dw_str rest = dw_str_trim(*line);
    size_t end = 0;
    while (end < rest.len && rest.at[end] != ' ' && rest.at[end] != '\t')
        end++;
    *line = dw_str_trim(dw_str_slice(rest, end, rest.len));
    return dw_str_slice(rest, 0, end);
}

static bool read_line(struct dw_str line, struct engine_credential *credential)
{
    credential->address = word(&line);
    struct dw_str what = word(&line);
    if (dw_str_eq(what, DW_STR("login"))) {
        credential->user = word(&line);
        credential->password = line;
        return credential->user.len > 0;
    }
    credential->header = line;
    return dw_str_eq(what, DW_STR("header")) && dw_str_find_char(line, ':', 0) != SIZE_MAX;
}

static bool read_lines(struct dw_arena *arena, struct dw_str path, struct dw_str bytes,
                       struct engine_credentials *credentials, struct dw_error *err)
{
    struct dw_str line;
    for (unsigned number = 1; dw_str_split(&bytes, '\n', &line); number++) {
        line = dw_str_trim(line);
        if (line.len == 0 || line.at[0] == '#')
            continue;
        struct engine_credential *credential = dw_vec_push(arena, credentials);
        if (credential == NULL)
            return dw_error_set(err, DW_ERR_MEMORY, "out of memory for %.*s", DW_FMT(path));
        /* the line itself is a secret */
        if (!read_line(line, credential))
            return dw_error_set(err, DW_ERR_CONFIG,
                                "%.*s, line %u: wanted is ADDRESS login NAME PASSWORD, or ADDRESS "
                                "header NAME: VALUE",
                                DW_FMT(path), number);
    }
    return true;
}

bool engine_credentials_read(struct dw_arena *arena, struct dw_str folder,
                             struct engine_credentials *credentials, struct dw_error *err)
{
    struct stat info;
    struct dw_str bytes;
    struct dw_str path = path_of(arena, folder);
    *credentials = (struct engine_credentials){0};
    if (folder.len == 0 || stat(dw_str_cstr(arena, path), &info) != 0)
        return folder.len == 0 || errno == ENOENT ||
               dw_error_set(err, DW_ERR_FILE, "%.*s: %s", DW_FMT(path), strerror(errno));
    if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return dw_error_set(err, DW_ERR_CONFIG,
                            "%.*s can be read by others, so it is not used: chmod 600 it",
                            DW_FMT(path));
    return dw_file_read(arena, path, FILE_BYTES, &bytes, err) &&
           read_lines(arena, path, bytes, credentials, err);
}

/* "https://ex.org/a" is for itself, "https://ex.org/a/b" and "https://ex.org/a?b", but not for
 * "https://ex.org/abc" or "https://ex.org.evil.example/". */
static bool is_for(struct dw_str address, struct dw_str url)
{
    if (address.len == 0 || !dw_str_starts(url, address))
        return false;
    char last = address.at[address.len - 1];
    char next = url.len > address.len ? url.at[address.len] : '/';
    return last == '/' || next == '/' || next == '?' || next == '#';
}

const struct engine_credential *engine_credential_find(const struct engine_credentials *credentials,
                                                       struct dw_str url)
{
    const struct engine_credential *best = NULL;
    for (size_t i = 0; i < credentials->len; i++) {
        const struct engine_credential *credential = &credentials->at[i];
        if (is_for(credential->address, url) &&
            (best == NULL || credential->address.len > best->address.len))
            best = credential;
    }
    return best;
}

/* ---- Out of addresses ------------------------------------------------------------------------ */

static int hex(char c)
{
    if (dw_is_digit(c))
        return c - '0';
    char low = dw_to_lower(c);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* %XX as the byte that it means; one that would end a line stays as it is. */
static struct dw_str decoded(struct dw_arena *arena, struct dw_str s)
{
    char *out = dw_arena_array(arena, s.len + 1, 1);
    size_t len = 0;
    for (size_t i = 0; out != NULL && i < s.len; i++) {
        int high = s.at[i] == '%' && i + 2 < s.len ? hex(s.at[i + 1]) : -1;
        int low = high >= 0 ? hex(s.at[i + 2]) : -1;
        int byte = low >= 0 ? high * 16 + low : -1;
        out[len++] = byte >= ' ' ? (char)byte : s.at[i];
        i += byte >= ' ' ? 2 : 0;
    }
    return (struct dw_str){out, len};
}

/* The name and password before the host of an address; false: it has none. */
static bool split(struct dw_arena *arena, struct dw_str url, struct engine_credential *credential)
{
    struct dw_str shown = dw_url_shown(arena, url);
    if (shown.len >= url.len)
        return false;
    size_t from = dw_str_find(url, DW_STR("://"), 0) + 3;
    struct dw_str login = dw_str_slice(url, from, from + url.len - shown.len - 1);
    size_t colon = dw_str_find_char(login, ':', 0);
    struct dw_str password =
        colon == SIZE_MAX ? DW_STR("") : dw_str_slice(login, colon + 1, login.len);
    *credential = (struct engine_credential){
        .address = shown,
        .user = decoded(arena, dw_str_slice(login, 0, colon)),
        .password = decoded(arena, password),
    };
    return true;
}

bool engine_credentials_take(struct dw_arena *arena, struct dw_str folder, struct dw_str *url,
                             bool *taken, struct dw_error *err)
{
    struct engine_credential found;
    struct dw_str bytes = DW_STR("");
    struct stat info;
    *taken = false;
    if (folder.len == 0 || !split(arena, *url, &found))
        return true;
    struct dw_str path = path_of(arena, folder);
    if (stat(dw_str_cstr(arena, path), &info) != 0)
        bytes = dw_str_from_c(preface);
    else if (!dw_file_read(arena, path, FILE_BYTES, &bytes, err))
        return false;
    bool ends = bytes.len == 0 || bytes.at[bytes.len - 1] == '\n';
    bytes = dw_str_format(arena, "%.*s%s%.*s login %.*s %.*s\n", DW_FMT(bytes), ends ? "" : "\n",
                          DW_FMT(found.address), DW_FMT(found.user), DW_FMT(found.password));
    if (arena->failed)
        return dw_error_set(err, DW_ERR_MEMORY, "out of memory for %.*s", DW_FMT(path));
    if (!dw_folder_make(folder, err) || !dw_file_write(path, bytes, err))
        return false;
    *url = found.address;
    *taken = true;
    return true;
}

bool engine_credentials_take_all(struct dw_arena *arena, struct dw_str folder, struct dw_opml *opml,
                                 bool *taken, struct dw_error *err)
{
    *taken = false;
    for (size_t i = 0; i < opml->feed_count; i++) {
        struct dw_opml_feed *feed = &opml->feeds[i];
        bool has_taken = false;
        if (!engine_credentials_take(arena, folder, &feed->url, &has_taken, err))
            return false;
        if (has_taken)
            feed->title = dw_url_shown(arena, feed->title);
        *taken = *taken || has_taken;
    }
    return true;
}
