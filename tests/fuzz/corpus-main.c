/* Runs a fuzz target over its corpus: each file of the folders and files named as arguments. */
#define _DEFAULT_SOURCE
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define LARGEST_INPUT (8u << 20)

static int run_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        return 0;
    }
    uint8_t *bytes = malloc(LARGEST_INPUT);
    if (bytes == NULL) {
        fclose(file);
        return 0;
    }
    size_t len = fread(bytes, 1, LARGEST_INPUT, file);
    fclose(file);
    /* a copy of the exact size, so that a sanitizer sees reads beyond its end */
    uint8_t *exact = realloc(bytes, len > 0 ? len : 1);
    LLVMFuzzerTestOneInput(exact != NULL ? exact : bytes, len);
    free(exact != NULL ? exact : bytes);
    return 1;
}

static int run_folder(const char *path)
{
    DIR *folder = opendir(path);
    if (folder == NULL) {
        perror(path);
        return 0;
    }
    int count = 0;
    for (struct dirent *item = readdir(folder); item != NULL; item = readdir(folder)) {
        char name[4096];
        snprintf(name, sizeof name, "%s/%s", path, item->d_name);
        struct stat info;
        if (stat(name, &info) == 0 && S_ISREG(info.st_mode))
            count += run_file(name);
    }
    closedir(folder);
    return count;
}

int main(int argc, char **argv)
{
    int count = 0;
    for (int i = 1; i < argc; i++) {
        struct stat info;
        int is_folder = stat(argv[i], &info) == 0 && S_ISDIR(info.st_mode);
        count += is_folder ? run_folder(argv[i]) : run_file(argv[i]);
    }
    printf("%d inputs\n", count);
    return count > 0 ? 0 : 1;
}
