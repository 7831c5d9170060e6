/* libcurl, loaded when the first transfer is made ready: it brings some thirty libraries along,
 * which take longer to start than all the rest of a command that needs no network.
 *
 * The functions of libcurl that this folder calls are defined here under their own names, so that
 * the calls read as ever, and hand over to the library. Where it cannot be loaded, the first one,
 * curl_global_init(), says so. */
#include <curl/curl.h>

#include <dlfcn.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

/* name, what it returns, its parameters, their names, what it returns without the library */
#define CALLS(X)                                                                                \
    X(curl_global_init, CURLcode, (long flags), (flags), CURLE_FAILED_INIT)                     \
    X(curl_easy_init, CURL *, (void), (), NULL)                                                 \
    X(curl_easy_pause, CURLcode, (CURL * easy, int mask), (easy, mask), CURLE_FAILED_INIT)      \
    X(curl_easy_strerror, const char *, (CURLcode code), (code), "libcurl is missing")          \
    X(curl_multi_init, CURLM *, (void), (), NULL)                                               \
    X(curl_multi_cleanup, CURLMcode, (CURLM * multi), (multi), CURLM_BAD_HANDLE)                \
    X(curl_multi_add_handle, CURLMcode, (CURLM * multi, CURL * easy), (multi, easy),            \
      CURLM_BAD_HANDLE)                                                                         \
    X(curl_multi_remove_handle, CURLMcode, (CURLM * multi, CURL * easy), (multi, easy),         \
      CURLM_BAD_HANDLE)                                                                         \
    X(curl_multi_info_read, CURLMsg *, (CURLM * multi, int *left), (multi, left), NULL)         \
    X(curl_multi_perform, CURLMcode, (CURLM * multi, int *running), (multi, running),           \
      CURLM_BAD_HANDLE)                                                                         \
    X(curl_multi_poll, CURLMcode,                                                               \
      (CURLM * multi, struct curl_waitfd extra[], unsigned int count, int timeout, int *ready), \
      (multi, extra, count, timeout, ready), CURLM_BAD_HANDLE)                                  \
    X(curl_multi_wakeup, CURLMcode, (CURLM * multi), (multi), CURLM_BAD_HANDLE)                 \
    X(curl_slist_append, struct curl_slist *, (struct curl_slist * list, const char *line),     \
      (list, line), NULL)

/* The same for those that return nothing. */
#define VOID_CALLS(X)                           \
    X(curl_global_cleanup, (void), ())          \
    X(curl_easy_cleanup, (CURL * easy), (easy)) \
    X(curl_slist_free_all, (struct curl_slist * list), (list))

/* Filled once, by load(). */
static struct {
#define POINTER(name, type, parameters, arguments, missing) type(*name) parameters;
    CALLS(POINTER)
#undef POINTER
#define POINTER(name, parameters, arguments) void(*name) parameters;
    VOID_CALLS(POINTER)
#undef POINTER
    CURLcode (*easy_setopt)(CURL *easy, CURLoption option, ...);
    CURLcode (*easy_getinfo)(CURL *easy, CURLINFO info, ...);
    CURLMcode (*multi_setopt)(CURLM *multi, CURLMoption option, ...);
} library;

/* Sets a pointer to a function of the library; all of them are of one size. */
static bool find(void *handle, const char *name, void *pointer)
{
    void *symbol = dlsym(handle, name);
    memcpy(pointer, &symbol, sizeof symbol);
    return symbol != NULL;
}

static void load_once(void)
{
    void *handle = dlopen(DW_CURL_LIBRARY, RTLD_LAZY | RTLD_LOCAL);
    bool all = handle != NULL;
#define FIND(name, ...) all = all && find(handle, #name, &library.name);
    CALLS(FIND)
    VOID_CALLS(FIND)
#undef FIND
    all = all && find(handle, "curl_easy_setopt", &library.easy_setopt) &&
          find(handle, "curl_easy_getinfo", &library.easy_getinfo) &&
          find(handle, "curl_multi_setopt", &library.multi_setopt);
    if (!all)
        memset(&library, 0, sizeof library);
}

static void load(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load_once);
}

#define FORWARD(name, type, parameters, arguments, missing)             \
    type name parameters                                                \
    {                                                                   \
        load();                                                         \
        return library.name != NULL ? library.name arguments : missing; \
    }
CALLS(FORWARD)
#undef FORWARD

#define FORWARD(name, parameters, arguments) \
    void name parameters                     \
    {                                        \
        load();                              \
        if (library.name != NULL)            \
            library.name arguments;          \
    }
VOID_CALLS(FORWARD)
#undef FORWARD

/* The number of an option tells what type its value has. */
static bool takes_pointer(int option)
{
    return option >= CURLOPTTYPE_BLOB ||
           (option >= CURLOPTTYPE_OBJECTPOINT && option < CURLOPTTYPE_FUNCTIONPOINT);
}

#define SET_OPTION(set, handle, option, args)                                             \
    (takes_pointer((int)(option))         ? set(handle, option, va_arg(args, void *))     \
     : (int)(option) >= CURLOPTTYPE_OFF_T ? set(handle, option, va_arg(args, curl_off_t)) \
     : (int)(option) >= CURLOPTTYPE_FUNCTIONPOINT                                         \
         ? set(handle, option, va_arg(args, void (*)(void)))                              \
         : set(handle, option, va_arg(args, long)))

CURLcode(curl_easy_setopt)(CURL *easy, CURLoption option, ...)
{
    load();
    va_list args;
    va_start(args, option);
    CURLcode code = CURLE_FAILED_INIT;
    if (library.easy_setopt != NULL)
        /* NOLINTNEXTLINE(bugprone-branch-clone): the types of the values differ */
        code = SET_OPTION(library.easy_setopt, easy, option, args);
    va_end(args);
    return code;
}

CURLMcode(curl_multi_setopt)(CURLM *multi, CURLMoption option, ...)
{
    load();
    va_list args;
    va_start(args, option);
    CURLMcode code = CURLM_BAD_HANDLE;
    if (library.multi_setopt != NULL)
        /* NOLINTNEXTLINE(bugprone-branch-clone): the types of the values differ */
        code = SET_OPTION(library.multi_setopt, multi, option, args);
    va_end(args);
    return code;
}

CURLcode(curl_easy_getinfo)(CURL *easy, CURLINFO info, ...)
{
    load();
    va_list args;
    va_start(args, info);
    CURLcode code = library.easy_getinfo != NULL
                        ? library.easy_getinfo(easy, info, va_arg(args, void *))
                        : CURLE_FAILED_INIT;
    va_end(args);
    return code;
}
