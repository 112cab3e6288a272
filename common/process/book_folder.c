#include "process/book_folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void closedirp(DIR **folder)
{
    if (*folder)
        closedir(*folder);
}

static void fclosep(FILE **stream)
{
    if (*stream)
        fclose(*stream);
}

static bool is_folder(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

static bool is_yaml(const char *name)
{
    size_t size = strlen(name);
    return name[0] != '.' && size > 5 && strcmp(name + size - 5, ".yaml") == 0;
}

/* Three digits and a hyphen. */
static bool is_decision(const char *name)
{
    return strspn(name, "0123456789") == 3 && name[3] == '-';
}

static Status read_file(Arena *arena, const char *path, Bytes *text_out)
{
    [[gnu::cleanup(fclosep)]] FILE *stream = fopen(path, "rbe");
    if (!stream)
        return FAULT(STATUS_STOP, "%s cannot be read: %s", path, strerror(errno));
    char *bytes = arena_take(arena, BOOK_FILE_BYTES_MAX + 1);
    size_t size = fread(bytes, 1, BOOK_FILE_BYTES_MAX + 1, stream);
    if (ferror(stream))
        return FAULT(STATUS_STOP, "%s cannot be read", path);
    *text_out = (Bytes){(const uint8_t *)bytes, size};
    return STATUS_OK;
}

const char *path_last_part(Arena *arena, const char *path)
{
    size_t size = strlen(path);
    while (size > 1 && path[size - 1] == '/')
        size--;
    char *trimmed = arena_text_sized(arena, path, size);
    char *slash = strrchr(trimmed, '/');
    return slash ? slash + 1 : trimmed;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names in a folder that are wanted, in order; one more than `most` at the most. */
static Status names_in(Arena *arena, const char *path, bool (*wanted)(const char *), size_t most,
                       const char ***names_out, size_t *count_out)
{
    [[gnu::cleanup(closedirp)]] DIR *folder = opendir(path);
    if (!folder)
        return FAULT(STATUS_STOP, "%s cannot be read: %s", path, strerror(errno));
    const char **names = ARENA_MANY(arena, const char *, most + 1);
    size_t count = 0;
    for (struct dirent *item; (item = readdir(folder)) && count <= most;)
        if (wanted(item->d_name))
            names[count++] = arena_text(arena, item->d_name);
    qsort(names, count, sizeof *names, by_name);
    *names_out = names;
    *count_out = count;
    return STATUS_OK;
}

Status book_folder_read(Arena *arena, const char *path, BookFiles *files_out)
{
    const char **names;
    size_t count;
    TRY(names_in(arena, path, is_yaml, BOOK_FILES_MAX, &names, &count));
    if (count == 0)
        return FAULT(STATUS_STOP, "%s holds no .yaml file", path);
    BookFiles files = {path_last_part(arena, path), arena_text(arena, path), ARENA_MANY(arena, BookFile, count), count};
    for (size_t i = 0; i < count; i++) {
        files.files[i].name = names[i];
        TRY(read_file(arena, arena_format(arena, "%s/%s", path, names[i]), &files.files[i].text));
    }
    *files_out = files;
    return STATUS_OK;
}

Status book_folder_list(Arena *arena, const char *path, BookFolders *folders_out)
{
    const char *below = arena_format(arena, "%s/book", path);
    const char *books = is_folder(below) ? below : path;
    BookFolders folders;
    TRY(names_in(arena, books, is_decision, 999, &folders.paths, &folders.count));
    for (size_t i = 0; i < folders.count; i++)
        folders.paths[i] = arena_format(arena, "%s/%s", books, folders.paths[i]);
    *folders_out = folders;
    return STATUS_OK;
}

bool book_folder_fits(const BookFiles *files, const Book *book)
{
    char name[128];
    snprintf(name, sizeof name, "%03d-%s", book_number(book), book_slug(book));
    return strcmp(name, files->name) == 0;
}
