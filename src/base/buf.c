/* A buffer that grows up to a limit known from birth. */
#include "base/base.h"

#include <stdio.h>
#include <string.h>

#define FIRST_SIZE 256

void dw_buf_init(struct dw_buf *buf, size_t limit)
{
    *buf = (struct dw_buf){.limit = limit};
}

void dw_buf_release(struct dw_buf *buf)
{
    dw_free(buf->at);
    dw_buf_init(buf, buf->limit);
}

void dw_buf_clear(struct dw_buf *buf)
{
    buf->len = 0;
    buf->failed = false;
}

/* Makes room for `more` bytes; false and the flag if that is beyond the limit or the memory. */
static bool reserve(struct dw_buf *buf, size_t more)
{
    if (buf->failed)
        return false;
    if (more > buf->limit - buf->len) {
        buf->failed = true;
        return false;
    }
    size_t wanted = buf->len + more;
    if (wanted <= buf->cap)
        return true;
    size_t cap = buf->cap > 0 ? buf->cap * 2 : FIRST_SIZE;
    if (cap < wanted)
        cap = wanted;
    if (cap > buf->limit)
        cap = buf->limit;
    char *larger = dw_alloc_hook(buf->at, cap);
    if (larger == NULL) {
        buf->failed = true;
        return false;
    }
    buf->at = larger;
    buf->cap = cap;
    return true;
}

void dw_buf_add(struct dw_buf *buf, struct dw_str s)
{
    if (s.len == 0 || !reserve(buf, s.len))
        return;
    memcpy(buf->at + buf->len, s.at, s.len);
    buf->len += s.len;
}

void dw_buf_add_char(struct dw_buf *buf, char c)
{
    if (!reserve(buf, 1))
        return;
    buf->at[buf->len++] = c;
}

void dw_buf_add_format(struct dw_buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    /* vsnprintf wants room for a NUL, which is not counted afterwards */
    if (len < 0 || !reserve(buf, (size_t)len + 1)) {
        buf->failed = true;
        return;
    }
    va_start(args, format);
    vsnprintf(buf->at + buf->len, (size_t)len + 1, format, args);
    va_end(args);
    buf->len += (size_t)len;
}

bool dw_buf_ok(const struct dw_buf *buf)
{
    return !buf->failed;
}

struct dw_str dw_buf_str(const struct dw_buf *buf)
{
    return (struct dw_str){buf->at, buf->len};
}
