/* A folder of its own for a test, removed with all that is in it. */
#ifndef UNIT_FOLDER_H
#define UNIT_FOLDER_H

#include <ftw.h>
#include <stdio.h>
#include <unistd.h>

#include "unit.h"

struct folder {
    char path[200];
};

static inline void folder_make(struct folder *folder)
{
    const char *base = getenv("TMPDIR");
    snprintf(folder->path, sizeof folder->path, "%s/dealwire-test.XXXXXX",
             base != NULL ? base : "/tmp");
    assert_non_null(mkdtemp(folder->path));
}

static inline int folder_remove_entry(const char *path, const struct stat *info, int kind,
                                      struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

static inline void folder_remove(struct folder *folder)
{
    nftw(folder->path, folder_remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

#endif
