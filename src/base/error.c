/* Errors as sentences for a person, with a code for the program. */
#include "base/base.h"

#include <stdio.h>
#include <string.h>

/* Room for cleaning one message; more is never needed. */
#define CLEAN_ARENA 16384

/* What an error quotes may come from a server or a file name: no control reaches the terminal. */
static void put_message(struct dw_error *err, struct dw_str message)
{
    struct dw_arena arena;
    dw_arena_init(&arena, CLEAN_ARENA);
    struct dw_str clean = dw_text_clean(&arena, message, DW_CLEAN_LINE);
    if (!arena.failed) {
        clean = dw_utf8_cut(clean, DW_ERROR_BYTES - 1);
        memcpy(err->message, clean.at, clean.len);
        err->message[clean.len] = '\0';
    } else { /* no memory to do it well: plain ASCII is safe as it stands */
        size_t len = message.len < DW_ERROR_BYTES ? message.len : DW_ERROR_BYTES - 1;
        for (size_t i = 0; i < len; i++)
            err->message[i] = message.at[i] >= ' ' && message.at[i] < 0x7F ? message.at[i] : '?';
        err->message[len] = '\0';
    }
    dw_arena_release(&arena);
}

bool dw_error_set(struct dw_error *err, enum dw_code code, const char *format, ...)
{
    if (err == NULL)
        return false;
    char message[DW_ERROR_BYTES * 2];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    err->code = code;
    put_message(err, dw_str_from_c(message));
    return false;
}

bool dw_error_wrap(struct dw_error *err, const char *format, ...)
{
    if (err == NULL)
        return false;
    char context[DW_ERROR_BYTES / 2];
    va_list args;
    va_start(args, format);
    vsnprintf(context, sizeof context, format, args);
    va_end(args);
    char message[DW_ERROR_BYTES * 2];
    snprintf(message, sizeof message, "%s: %s", context, err->message);
    put_message(err, dw_str_from_c(message));
    return false;
}

struct dw_str dw_code_text(enum dw_code code)
{
    static const struct dw_str texts[] = {
#define CODE_TEXT(name, text, status) DW_STR_INIT(text),
        DW_CODES(CODE_TEXT)
#undef CODE_TEXT
    };
    return texts[code];
}

int dw_code_status(enum dw_code code)
{
    static const int statuses[] = {
#define CODE_STATUS(name, text, status) status,
        DW_CODES(CODE_STATUS)
#undef CODE_STATUS
    };
    return statuses[code];
}
