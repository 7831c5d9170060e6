/* Errors as sentences for a person, with a code for the program. */
#include "base/base.h"

#include <stdio.h>
#include <string.h>

bool dw_error_set(struct dw_error *err, enum dw_code code, const char *format, ...)
{
    if (err == NULL)
        return false;
    char message[DW_ERROR_BYTES];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    err->code = code;
    memcpy(err->message, message, sizeof message);
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
    struct dw_str cut = dw_utf8_cut(dw_str_from_c(message), DW_ERROR_BYTES - 1);
    memcpy(err->message, cut.at, cut.len);
    err->message[cut.len] = '\0';
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
