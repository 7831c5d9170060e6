/* Bench of the feed reader: feeds of made-up articles read whole, HTML rendered to text, against a
 * bare walk of libxml2 over the same bytes, in processor time.
 *
 * bench-feed [MEGABYTES]: megabytes a second of each, the best of fifteen, and the ratio of the
 * feed reader to it. Programs that are not installed are left out. */
#define _DEFAULT_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include <libxml/parser.h>
#include <libxml/xmlreader.h>

#include "base/base.h"
#include "feed/feed.h"

#define ROUNDS 15
#define CHUNK 65536

/* How a feed holds its articles. */
enum form { RSS_CDATA, RSS_ESCAPED, ATOM_ESCAPED, ATOM_XHTML, FORM_COUNT };

static const struct {
    const char *name;
    const char *head, *tail;
    const char *entry; /* what stands before a body; @ is the title, # the number */
    const char *end;
    bool escaped;
} forms[FORM_COUNT] = {
    {"rss-cdata",
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
     "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
     "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Grid and Cloud</title>\n"
     "<link>https://news.example/</link><description>What was built</description>\n",
     "</channel></rss>\n",
     "<item><title>@</title><link>https://news.example/#</link><dc:creator><![CDATA[Ann "
     "Grey]]></dc:creator>\n<pubDate>Thu, 29 Jan 2026 09:30:00 +0000</pubDate><category>"
     "<![CDATA[Chips]]></category>\n<guid isPermaLink=\"false\">https://news.example/?p=#</guid>"
     "<description><![CDATA[What the council heard.]]></description>\n<content:encoded><![CDATA[",
     "]]></content:encoded></item>\n", false},
    {"rss-escaped",
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel>"
     "<title>Grid and Cloud</title>\n<link>https://news.example/</link>"
     "<description>What was built</description>\n",
     "</channel></rss>\n",
     "<item><title>@</title><link>https://news.example/#</link>\n"
     "<pubDate>Thu, 29 Jan 2026 09:30:00 +0000</pubDate><guid>https://news.example/?p=#</guid>"
     "<description>",
     "</description></item>\n", true},
    {"atom-escaped",
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">"
     "<title>Grid and Cloud</title>\n<link href=\"https://news.example/\"/>"
     "<updated>2026-01-29T09:30:00Z</updated>\n",
     "</feed>\n",
     "<entry><title>@</title><link rel=\"alternate\" href=\"https://news.example/#\"/>\n"
     "<published>2026-01-29T09:30:00Z</published><updated>2026-01-29T10:00:00Z</updated>"
     "<author><name>Ann Grey</name></author><id>tag:news.example,2026:#</id>"
     "<category term=\"chips\"/>\n<content type=\"html\">",
     "</content></entry>\n", true},
    {"atom-xhtml",
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">"
     "<title>Grid and Cloud</title>\n<link href=\"https://news.example/\"/>"
     "<updated>2026-01-29T09:30:00Z</updated>\n",
     "</feed>\n",
     "<entry><title>@</title><link href=\"https://news.example/#\"/>\n"
     "<published>2026-01-29T09:30:00Z</published><updated>2026-01-29T10:00:00Z</updated>"
     "<id>tag:news.example,2026:#</id>\n<content type=\"xhtml\"><div "
     "xmlns=\"http://www.w3.org/1999/xhtml\">",
     "</div></content></entry>\n", false},
};

/* ---- Made-up articles ---- */

/* Numbers that look random and are the same each time. */
static uint64_t next_random(void)
{
    static uint64_t state = 88172645463325252u;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static unsigned below(unsigned limit)
{
    return (unsigned)(next_random() % limit);
}

static void add_words(struct dw_buf *out, unsigned count)
{
    static const char *const words[] = {"the",
                                        "council",
                                        "of",
                                        "a",
                                        "river",
                                        "town",
                                        "has",
                                        "leased",
                                        "land",
                                        "for",
                                        "halls",
                                        "that",
                                        "hold",
                                        "racks",
                                        "of",
                                        "chips",
                                        "and",
                                        "will",
                                        "draw",
                                        "power",
                                        "from",
                                        "the",
                                        "dam",
                                        "by",
                                        "spring",
                                        "while",
                                        "its",
                                        "lenders",
                                        "wait",
                                        "to",
                                        "see",
                                        "rents",
                                        "builders",
                                        "said",
                                        "they",
                                        "expected",
                                        "more",
                                        "orders",
                                        "in",
                                        "autumn",
                                        "engineer",
                                        "cooling",
                                        "water",
                                        "which",
                                        "nobody",
                                        "counted",
                                        "before",
                                        "harvest",
                                        "it\xe2\x80\x99s",
                                        "\xe2\x80\x9cgrid\xe2\x80\x9d",
                                        "caf\xc3\xa9"};
    for (unsigned i = 0; i < count; i++)
        dw_buf_add_format(out, "%s%s", words[below(sizeof words / sizeof words[0])],
                          i + 1 < count ? " " : "");
}

/* A paragraph, list, quotation or picture as content systems write them. */
static void add_block(struct dw_buf *out)
{
    switch (below(8)) {
    case 0:
        dw_buf_add(out, DW_STR("<ul>\n<li>"));
        add_words(out, 6);
        dw_buf_add(out, DW_STR("</li>\n<li>"));
        add_words(out, 7);
        dw_buf_add(out, DW_STR("</li>\n</ul>\n"));
        break;
    case 1:
        dw_buf_add_format(
            out,
            "<figure class=\"wp-block-image\"><img src=\"https://img.example/%u.jpg\" "
            "alt=\"A hall at night\" width=\"1024\" /></figure>\n",
            below(100000));
        break;
    case 2:
        dw_buf_add(out, DW_STR("<h2>"));
        add_words(out, 5);
        dw_buf_add(out, DW_STR("</h2>\n"));
        break;
    default:
        dw_buf_add(out, DW_STR("<p>"));
        add_words(out, 20 + below(20));
        dw_buf_add_format(out, " <a href=\"https://news.example/tag/%u?a=1&amp;b=2\">", below(999));
        add_words(out, 3);
        dw_buf_add(out, DW_STR("</a> &amp; <strong>"));
        add_words(out, 2);
        dw_buf_add(out, DW_STR("</strong> "));
        add_words(out, 10 + below(25));
        dw_buf_add(out, DW_STR(".</p>\n"));
    }
}

static void add_escaped(struct dw_buf *out, struct dw_str html)
{
    for (size_t i = 0; i < html.len; i++) {
        char c = html.at[i];
        if (c == '<')
            dw_buf_add(out, DW_STR("&lt;"));
        else if (c == '>')
            dw_buf_add(out, DW_STR("&gt;"));
        else if (c == '&')
            dw_buf_add(out, DW_STR("&amp;"));
        else
            dw_buf_add_char(out, c);
    }
}

/* What stands before the body of an article. */
static void add_head(struct dw_buf *out, struct dw_str pattern, struct dw_str title, int number)
{
    for (size_t i = 0; i < pattern.len; i++) {
        if (pattern.at[i] == '@')
            dw_buf_add(out, title);
        else if (pattern.at[i] == '#')
            dw_buf_add_format(out, "%d", number);
        else
            dw_buf_add_char(out, pattern.at[i]);
    }
}

/* A feed of about `size` bytes. */
static void generate(struct dw_buf *out, enum form form, size_t size)
{
    struct dw_buf html;
    dw_buf_init(&html, 1u << 20);
    dw_buf_add_format(out, "%s", forms[form].head);
    for (int number = 1; out->len < size; number++) {
        size_t wanted = 1000 + below(2000);
        dw_buf_clear(&html);
        add_words(&html, 8);
        add_head(out, dw_str_from_c(forms[form].entry), dw_buf_str(&html), number);
        dw_buf_clear(&html);
        while (html.len < wanted)
            add_block(&html);
        if (forms[form].escaped)
            add_escaped(out, dw_buf_str(&html));
        else
            dw_buf_add(out, dw_buf_str(&html));
        dw_buf_add_format(out, "%s", forms[form].end);
    }
    dw_buf_add_format(out, "%s", forms[form].tail);
    dw_buf_release(&html);
}

/* ---- What is timed ---- */

/* Everything that the contract gives. */
static void read_feed(struct dw_str bytes, const char *path)
{
    (void)path;
    struct dw_arena arena;
    struct dw_feed feed;
    struct dw_error err;
    struct dw_feed_input input = {.bytes = bytes, .now = DW_TIME_NONE};
    dw_arena_init(&arena, DW_LIMIT_DOCUMENT_ARENA);
    if (!dw_feed_parse(&arena, &input, &feed, &err) || feed.entry_count == 0 ||
        feed.warnings.len > 0) {
        fprintf(stderr, "bench-feed: a feed was not read as it should be\n");
        exit(1);
    }
    dw_arena_release(&arena);
}

static void on_text(void *context, const xmlChar *text, int len)
{
    (void)text;
    *(size_t *)context += (size_t)len;
}

/* NOLINTNEXTLINE(readability-function-size): the signature is libxml2's */
static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int attribute_count,
                     int defaulted, const xmlChar **attributes)
{
    (void)name, (void)prefix, (void)uri, (void)namespace_count, (void)namespaces;
    (void)attribute_count, (void)defaulted, (void)attributes;
    ++*(size_t *)context;
}

/* libxml2's push parser with handlers that do nothing. */
static void walk_events(struct dw_str bytes, const char *path)
{
    (void)path;
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                             .startElementNs = on_start,
                             .characters = on_text,
                             .cdataBlock = on_text};
    size_t count = 0;
    xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&handler, &count, NULL, 0, NULL);
    for (size_t at = 0; at < bytes.len; at += CHUNK) {
        size_t len = bytes.len - at < CHUNK ? bytes.len - at : CHUNK;
        xmlParseChunk(parser, bytes.at + at, (int)len, at + len == bytes.len);
    }
    xmlFreeParserCtxt(parser);
}

/* What `xmllint --stream` does, without its process. */
static void walk_nodes(struct dw_str bytes, const char *path)
{
    (void)path;
    xmlTextReaderPtr reader = xmlReaderForMemory(bytes.at, (int)bytes.len, NULL, NULL, 0);
    while (xmlTextReaderRead(reader) == 1)
        continue;
    xmlFreeTextReader(reader);
}

static void run(const char *program, const char *path)
{
    char command[512];
    snprintf(command, sizeof command, "exec %s '%s' >/dev/null", program, path);
    if (system(command) != 0)
        fprintf(stderr, "bench-feed: failed: %s\n", command);
}

static void run_xmllint(struct dw_str bytes, const char *path)
{
    (void)bytes;
    run("xmllint --stream", path);
}

static void run_sfeed(struct dw_str bytes, const char *path)
{
    (void)bytes;
    run("sfeed <", path);
}

/* ---- Timing ---- */

static double seconds_of(int who)
{
    struct rusage used;
    getrusage(who, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

/* Megabytes a second of processor time. */
static double speed_of(void (*work)(struct dw_str, const char *), int who, struct dw_str bytes,
                       const char *path)
{
    double start = seconds_of(who);
    work(bytes, path);
    return (double)bytes.len / 1e6 / (seconds_of(who) - start);
}

static bool has_program(const char *name)
{
    char command[128];
    snprintf(command, sizeof command, "command -v %s >/dev/null", name);
    return system(command) == 0;
}

/* Who reads; the first is ours. A program that is not installed is left out. */
static const struct {
    const char *name;
    const char *program;
    void (*work)(struct dw_str bytes, const char *path);
    int who; /* whose processor time counts */
} readers[] = {
    {"dw_feed_parse", NULL, read_feed, RUSAGE_SELF},
    {"libxml2 events", NULL, walk_events, RUSAGE_SELF},
    {"libxml2 reader", NULL, walk_nodes, RUSAGE_SELF},
    {"xmllint --stream", "xmllint", run_xmllint, RUSAGE_CHILDREN},
    {"sfeed", "sfeed", run_sfeed, RUSAGE_CHILDREN},
};
#define READERS (sizeof readers / sizeof readers[0])

/* One line of the result; `path` is the feed as a file. The readers take turns, so that a slow
 * spell of the machine meets all of them. */
static void measure(enum form form, struct dw_str bytes, const char *path)
{
    double best[READERS] = {0};
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < READERS; i++) {
            if (readers[i].program != NULL && !has_program(readers[i].program))
                continue;
            double speed = speed_of(readers[i].work, readers[i].who, bytes, path);
            best[i] = speed > best[i] ? speed : best[i];
        }
    }
    printf("%s, %.1f MB\n", forms[form].name, (double)bytes.len / 1e6);
    for (size_t i = 0; i < READERS; i++) {
        if (best[i] > 0)
            printf("  %-16s %7.1f MB/s  ratio %.2f\n", readers[i].name, best[i], best[0] / best[i]);
    }
}

int main(int argc, char **argv)
{
    size_t megabytes = argc > 1 ? strtoul(argv[1], NULL, 10) : 20;
    char folder[] = "/tmp/bench-feed-XXXXXX";
    if (mkdtemp(folder) == NULL)
        return 1;
    printf("processor time, best of %d; ratio of dw_feed_parse to each\n", ROUNDS);
    for (int form = 0; form < FORM_COUNT; form++) {
        struct dw_buf feed;
        struct dw_error err;
        char path[64];
        dw_buf_init(&feed, DW_LIMIT_BODY_BYTES);
        generate(&feed, (enum form)form, megabytes * 1000000 / FORM_COUNT);
        snprintf(path, sizeof path, "%s/%s.xml", folder, forms[form].name);
        if (!dw_buf_ok(&feed) || !dw_file_write(dw_str_from_c(path), dw_buf_str(&feed), &err)) {
            fprintf(stderr, "bench-feed: no feed of that size can be made\n");
            return 1;
        }
        measure((enum form)form, dw_buf_str(&feed), path);
        unlink(path);
        dw_buf_release(&feed);
    }
    rmdir(folder);
    return 0;
}
