/* Stories in parts: the headings within a text, further pages, several pages as one. */
#include "internal.h"

#define MOST_SECTIONS 1000
#define HEADING_BYTES 300 /* longer ones are paragraphs in large letters */

static bool is_section(const struct page_work *work, const struct page_block *block)
{
    struct dw_str tag = page_tag(work->elements.at[block->element].node);
    return block->kept && tag.len == 2 && tag.at[0] == 'h' && dw_is_digit(tag.at[1]) &&
           block->text.len <= HEADING_BYTES;
}

/* Where a line stands in the text at or after `from`; SIZE_MAX if nowhere. */
static size_t find_line(struct dw_str text, struct dw_str line, size_t from)
{
    for (size_t at = dw_str_find(text, line, from); at != SIZE_MAX;
         at = dw_str_find(text, line, at + 1)) {
        size_t end = at + line.len;
        if ((at == 0 || text.at[at - 1] == '\n') && (end == text.len || text.at[end] == '\n'))
            return at;
    }
    return SIZE_MAX;
}

void page_fill_sections(struct page_work *work, struct dw_page *page)
{
    DW_VEC(struct dw_page_section) sections = {0};
    size_t from = 0;
    for (size_t i = 0; i < work->blocks.len && sections.len < MOST_SECTIONS; i++) {
        const struct page_block *block = &work->blocks.at[i];
        if (!is_section(work, block))
            continue;
        struct dw_str title = dw_text_clean(work->arena, block->text, DW_CLEAN_LINE);
        size_t at = title.len > 0 ? find_line(page->text, title, from) : SIZE_MAX;
        struct dw_page_section *section =
            at != SIZE_MAX ? dw_vec_push(work->arena, &sections) : NULL;
        if (section == NULL)
            continue;
        *section = (struct dw_page_section){.title = title, .start = at, .end = page->text.len};
        if (sections.len > 1)
            section[-1].end = at;
        from = at + title.len;
    }
    page->sections = sections.at;
    page->section_count = sections.len;
}

/* The text behind its first paragraphs that the story has already: title, standfirst. */
static struct dw_str without_repeats(struct dw_str story, struct dw_str more)
{
    while (more.len > 0) {
        size_t end = dw_str_find(more, DW_STR("\n\n"), 0);
        struct dw_str first = dw_str_slice(more, 0, end);
        if (dw_str_find(story, first, 0) == SIZE_MAX)
            break;
        more = end == SIZE_MAX ? (struct dw_str){"", 0} : dw_str_slice(more, end + 2, more.len);
    }
    return more;
}

bool dw_page_append(struct dw_arena *arena, struct dw_page *page, const struct dw_page *more)
{
    struct dw_str rest = without_repeats(page->text, more->text);
    size_t shift = page->text.len + 2 - (more->text.len - rest.len);
    size_t count = page->section_count + more->section_count;
    struct dw_page_section *sections = dw_arena_array(arena, count + 1, sizeof *sections);
    struct dw_str text = dw_str_format(arena, "%.*s%s%.*s", DW_FMT(page->text),
                                       rest.len > 0 ? "\n\n" : "", DW_FMT(rest));
    if (sections == NULL || arena->failed)
        return false;
    for (size_t i = 0; i < page->section_count; i++)
        sections[i] = page->sections[i];
    size_t filled = page->section_count;
    for (size_t i = 0; i < more->section_count; i++) {
        if (more->sections[i].start < more->text.len - rest.len)
            continue;
        sections[filled] = more->sections[i];
        sections[filled].start += shift;
        sections[filled].end += shift;
        filled++;
    }
    if (page->section_count > 0 && rest.len > 0)
        sections[page->section_count - 1].end = page->text.len + 2;
    page->sections = sections;
    page->section_count = filled;
    page->text = text;
    page->next = more->next;
    page->partial = page->partial || more->partial;
    return true;
}
