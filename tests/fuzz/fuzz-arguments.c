/* Fuzz target: any words, one a line, as arguments of the program. */
#include "internal.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is said about wrong words reaches a terminal: it may hold no control but the line's end. */
static void check_messages(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)text[i] < 0x20 && text[i] != '\n')
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = NULL;
    size_t len = 0;
    struct cli cli = {.out = NULL, .messages = open_memstream(&text, &len)};
    struct dw_str rest = {(const char *)data, size};
    struct dw_str argument;
    struct dw_strs arguments = {0};
    if (cli.messages == NULL)
        return 0;
    dw_arena_init(&cli.arena, 64u << 20);
    while (rest.len > 0 && dw_str_split(&rest, '\n', &argument))
        dw_strs_push(&cli.arena, &arguments, argument);
    bool read = cli_read_arguments(&cli, arguments.len, arguments.at);
    fclose(cli.messages);
    check_messages(text, len);
    if (!read && len == 0)
        abort();
    free(text);
    dw_arena_release(&cli.arena);
    return 0;
}
