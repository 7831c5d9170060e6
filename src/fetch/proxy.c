/* The proxy that the user's environment names. Found here rather than by libcurl, because the guard
 * of addresses must know whether a connection goes to a proxy. */
#include "internal.h"

#include <stdlib.h>

static struct dw_str variable(const char *name)
{
    return dw_str_trim(dw_str_from_c(getenv(name)));
}

static struct dw_str first_of(const char *lower, const char *upper)
{
    struct dw_str value = variable(lower);
    return value.len > 0 ? value : variable(upper);
}

/* "example.org" excepts itself and all hosts below it; so does ".example.org"; "*" all. */
static bool excepted(struct dw_str host)
{
    struct dw_str rest = first_of("no_proxy", "NO_PROXY");
    struct dw_str name;
    while (dw_str_split(&rest, ',', &name)) {
        name = dw_str_trim(name);
        if (dw_str_eq(name, DW_STR("*")))
            return true;
        if (dw_str_starts(name, DW_STR(".")))
            name = dw_str_slice(name, 1, name.len);
        if (name.len == 0 || name.len > host.len)
            continue;
        size_t from = host.len - name.len;
        if (dw_str_eq_nocase(dw_str_slice(host, from, host.len), name) &&
            (from == 0 || host.at[from - 1] == '.'))
            return true;
    }
    return false;
}

struct dw_str fetch_proxy_find(struct dw_str url, struct dw_str host)
{
    if (excepted(host))
        return (struct dw_str){"", 0};
    /* HTTP_PROXY in capitals is what a web server sets from a request's "Proxy:" header */
    struct dw_str proxy = dw_str_starts_nocase(url, DW_STR("https:"))
                              ? first_of("https_proxy", "HTTPS_PROXY")
                              : variable("http_proxy");
    return proxy.len > 0 ? proxy : first_of("all_proxy", "ALL_PROXY");
}
