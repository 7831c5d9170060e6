/* Pages that stand in the place of a story: tests for people, cookie banners, errors, and stories
 * whose rest is for subscribers. */
#include "internal.h"

#include <pthread.h>

/* what, where, words */
extern const struct dw_tsv page_barriers;

#define STORY_BYTES 1500 /* a page with more of a story is one, whatever its title says */
#define SHORT_BYTES 700  /* a page with less is none if its text says so */
#define NOTICE_BYTES 400 /* longer blocks tell of subscriptions, they ask for none */
#define STUB_BYTES 3000  /* a story with more was not cut off */

static const struct {
    struct dw_str name;
    enum page_barrier barrier;
    const char *message;
} kinds[] = {
    {DW_STR_INIT("robot"), PAGE_BARRIER_ROBOT,
     "the page asks whether a person reads it and has no story; open it in a browser"},
    {DW_STR_INIT("consent"), PAGE_BARRIER_CONSENT,
     "the page asks about cookies and has no story; open it in a browser"},
    {DW_STR_INIT("missing"), PAGE_BARRIER_MISSING,
     "the page says that it is missing or out of order"},
    {DW_STR_INIT("script"), PAGE_BARRIER_SCRIPT,
     "the page has no text; it may need a browser that runs its scripts"},
    {DW_STR_INIT("subscribe"), PAGE_BARRIER_SUBSCRIBE,
     "the page has its story for subscribers only"},
};

const char *page_barrier_message(enum page_barrier barrier)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (kinds[i].barrier == barrier)
            return kinds[i].message;
    }
    return "";
}

static enum page_barrier barrier_of_row(const struct dw_tsv_row *row)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (dw_str_eq(row->cell[0], kinds[i].name))
            return kinds[i].barrier;
    }
    return PAGE_BARRIER_NONE;
}

/* "’" as "'", so that the table needs one of them. */
static struct dw_str plain_quotes(struct dw_arena *arena, struct dw_str s)
{
    static const struct dw_str quote = DW_STR_INIT("\xE2\x80\x99");
    if (dw_str_find(s, quote, 0) == SIZE_MAX)
        return s;
    char *copy = dw_arena_array(arena, s.len, 1);
    size_t len = 0;
    for (size_t i = 0; copy != NULL && i < s.len; i++) {
        bool is_quote = dw_str_starts(dw_str_slice(s, i, s.len), quote);
        copy[len++] = is_quote ? '\'' : s.at[i];
        i += is_quote ? quote.len - 1 : 0;
    }
    return (struct dw_str){copy, len};
}

#define FIRST_BYTES 256
#define MOST_ROWS 512

/* Rows by their first byte: most words of a text begin none of them. */
static struct {
    uint16_t from[FIRST_BYTES + 1];
    uint16_t order[MOST_ROWS];
} rows;
static pthread_once_t rows_once = PTHREAD_ONCE_INIT;

static void index_rows(void)
{
    uint16_t count = 0;
    for (unsigned byte = 0; byte < FIRST_BYTES; byte++) {
        rows.from[byte] = count;
        for (size_t i = 0; i < page_barriers.len && i < MOST_ROWS; i++) {
            if ((unsigned char)page_barriers.rows[i].cell[2].at[0] == byte)
                rows.order[count++] = (uint16_t)i;
        }
    }
    rows.from[FIRST_BYTES] = count;
}

static bool begins_word(struct dw_str s, size_t at)
{
    return at == 0 || !(dw_is_alpha(s.at[at - 1]) || dw_is_digit(s.at[at - 1]) ||
                        (unsigned char)s.at[at - 1] >= 0x80);
}

/* The kind whose words stand first in the text, among those that are said there. */
static enum page_barrier find_words(struct page_work *work, struct dw_str text, struct dw_str where)
{
    struct dw_scratch scratch = dw_scratch_begin(work->arena);
    struct dw_str plain = plain_quotes(work->arena, text);
    enum page_barrier found = PAGE_BARRIER_NONE;
    pthread_once(&rows_once, index_rows);
    for (size_t at = 0; at < plain.len && found == PAGE_BARRIER_NONE; at++) {
        unsigned first = (unsigned char)dw_to_lower(plain.at[at]);
        if (!begins_word(plain, at))
            continue;
        for (unsigned i = rows.from[first]; i < rows.from[first + 1]; i++) {
            const struct dw_tsv_row *row = &page_barriers.rows[rows.order[i]];
            if (dw_str_eq(row->cell[1], where) &&
                dw_str_starts_nocase(dw_str_slice(plain, at, plain.len), row->cell[2]))
                found = barrier_of_row(row);
        }
    }
    dw_scratch_end(scratch);
    return found;
}

bool page_is_notice(struct page_work *work, const struct page_block *block)
{
    return block->text.len <= NOTICE_BYTES &&
           find_words(work, block->text, DW_STR("text")) == PAGE_BARRIER_SUBSCRIBE;
}

static size_t kept_bytes(const struct page_work *work)
{
    size_t sum = 0;
    for (size_t i = 0; i < work->blocks.len; i++)
        sum += work->blocks.at[i].kept ? work->blocks.at[i].text.len : 0;
    return sum;
}

/* What a block that is not too long says of the page. Banners about cookies may be long where the
 * title names them too. */
static enum page_barrier by_block(struct page_work *work, const struct page_block *block,
                                  enum page_barrier by_title, size_t kept)
{
    if (block->text.len > STORY_BYTES)
        return PAGE_BARRIER_NONE;
    enum page_barrier found = find_words(work, block->text, DW_STR("text"));
    bool is_long_banner = found == PAGE_BARRIER_CONSENT && found == by_title && kept < STORY_BYTES;
    bool is_page = kept < SHORT_BYTES && (block->kept || kept == 0);
    if (found == PAGE_BARRIER_SUBSCRIBE)
        return block->text.len <= NOTICE_BYTES ? found : PAGE_BARRIER_NONE;
    return is_long_banner || is_page ? found : PAGE_BARRIER_NONE;
}

enum page_barrier page_find_barrier(struct page_work *work)
{
    size_t kept = kept_bytes(work);
    enum page_barrier by_title = find_words(work, work->title, DW_STR("title"));
    bool subscribe = work->not_free;
    if (by_title != PAGE_BARRIER_NONE && kept < SHORT_BYTES)
        return by_title;
    for (size_t i = 0; kept < STUB_BYTES && i < work->blocks.len; i++) {
        enum page_barrier found = by_block(work, &work->blocks.at[i], by_title, kept);
        if (found != PAGE_BARRIER_NONE && found != PAGE_BARRIER_SUBSCRIBE)
            return found;
        subscribe = subscribe || found == PAGE_BARRIER_SUBSCRIBE;
    }
    return subscribe && kept < STUB_BYTES ? PAGE_BARRIER_SUBSCRIBE : PAGE_BARRIER_NONE;
}
