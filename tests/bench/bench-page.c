/* Bench of the page reader: pages read whole (story, facts), against a bare parse of the same bytes
 * by libxml2, in processor time.
 *
 * bench-page FILE…: pages and megabytes a second of each, the best of seven rounds, and the ratio
 * of the page reader to the parse. Without files, on a made-up page of 120 kB. */
#define _DEFAULT_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <libxml/HTMLparser.h>

#include <dealwire/page.h>

#include "base/base.h"

#define ROUNDS 7

static double cpu_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* A page as news sites make them: navigation, scripts, a story, other stories. */
static struct dw_str made_up(struct dw_arena *arena)
{
    struct dw_buf out;
    dw_buf_init(&out, 1u << 20);
    dw_buf_add(&out, DW_STR("<!DOCTYPE html><html lang=en><head><title>Plant | News</title></head>"
                            "<body><nav class=\"main-nav\"><ul>"));
    for (int i = 0; i < 120; i++)
        dw_buf_add_format(
            &out, "<li class=\"nav-item nav-item-%d\"><a href=\"/s/%d\">Section %d</a>", i, i, i);
    dw_buf_add(&out, DW_STR("</ul></nav><script>var config = {"));
    for (int i = 0; i < 1500; i++)
        dw_buf_add_format(&out, "\"key%d\": \"value %d\",", i, i);
    dw_buf_add(&out, DW_STR("};</script><main><article class=\"story\"><h1>A plant opens</h1>"));
    for (int i = 0; i < 60; i++)
        dw_buf_add_format(&out,
                          "<p class=\"text\">The maker of chips said in its report of week %d that "
                          "it had raised <b>$%d million</b> from <a href=\"/i\">investors</a>, and "
                          "that the plant would open in the year to come, not before.</p>\n",
                          i, i);
    dw_buf_add(&out, DW_STR("</article></main><aside class=\"related-stories\">"));
    for (int i = 0; i < 150; i++)
        dw_buf_add_format(&out,
                          "<div class=\"teaser card\"><a href=\"/t/%d\"><h3>Another story, the "
                          "number %d of all</h3></a><span class=\"date\">%d h</span></div>",
                          i, i, i);
    dw_buf_add(&out, DW_STR("</aside></body></html>"));
    struct dw_str page = dw_str_dup(arena, dw_buf_str(&out));
    dw_buf_release(&out);
    return page;
}

static void read_page(struct dw_str bytes)
{
    struct dw_arena arena;
    struct dw_page page;
    struct dw_error err;
    struct dw_page_input input = {.bytes = bytes, .url = DW_STR("https://ex.example/a")};
    dw_arena_init(&arena, DW_LIMIT_DOCUMENT_ARENA);
    /* a page without a story costs as much as another */
    bool read = dw_page_read(&arena, &input, &page, &err);
    (void)read;
    dw_arena_release(&arena);
}

static void parse_page(struct dw_str bytes)
{
    xmlFreeDoc(htmlReadMemory(bytes.at, (int)bytes.len, NULL, "UTF-8",
                              HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                  HTML_PARSE_NONET | HTML_PARSE_COMPACT));
}

static double time_of(void (*run)(struct dw_str), const struct dw_strs *pages)
{
    double start = cpu_seconds();
    for (size_t i = 0; i < pages->len; i++)
        run(pages->at[i]);
    return cpu_seconds() - start;
}

static void report(const char *name, double seconds, const struct dw_strs *pages, double bytes)
{
    printf("%-12s %7.0f pages/s %8.1f MB/s\n", name, (double)pages->len / seconds,
           bytes / 1e6 / seconds);
}

int main(int argc, char **argv)
{
    struct dw_arena arena;
    struct dw_strs pages = {0};
    double bytes = 0;
    double best_read = 1e9;
    double best_parse = 1e9;
    dw_arena_init(&arena, 1u << 30);
    for (int i = 1; i < argc; i++) {
        struct dw_str page;
        struct dw_error err;
        if (dw_file_read(&arena, dw_str_from_c(argv[i]), DW_LIMIT_BODY_BYTES, &page, &err))
            dw_strs_push(&arena, &pages, page);
        else
            fprintf(stderr, "bench-page: %s\n", err.message);
    }
    for (int i = 0; argc == 1 && i < 50; i++)
        dw_strs_push(&arena, &pages, made_up(&arena));
    for (size_t i = 0; i < pages.len; i++)
        bytes += (double)pages.at[i].len;
    for (int round = 0; round < ROUNDS && pages.len > 0; round++) {
        double read = time_of(read_page, &pages);
        double parse = time_of(parse_page, &pages);
        best_read = read < best_read ? read : best_read;
        best_parse = parse < best_parse ? parse : best_parse;
    }
    printf("%zu pages, %.1f MB\n", pages.len, bytes / 1e6);
    report("page reader", best_read, &pages, bytes);
    report("bare libxml2", best_parse, &pages, bytes);
    printf("ratio        %.2f of the bare parse\n", best_parse / best_read);
    dw_arena_release(&arena);
    return pages.len > 0 && !arena.failed ? 0 : 1;
}
