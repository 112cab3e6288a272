#include "http/readers.h"

#include <stdio.h>
#include <string.h>

enum { READERS_MAX = 1000, SECRET_LEAST = 16, FILE_BYTES_MAX = 1 << 20 };

static bool is_known(const Readers *readers, const char *name)
{
    for (size_t i = 0; i < readers->count; i++)
        if (strcmp(readers->tokens[i].name, name) == 0)
            return true;
    return false;
}

static Status read_line(Readers *readers, char *line, int number)
{
    char *rest = line;
    const char *name = strtok_r(line, " \t\r", &rest);
    if (!name || *name == '#')
        return STATUS_OK;
    const char *secret = strtok_r(NULL, " \t\r", &rest);
    const char *municipalities = strtok_r(NULL, " \t\r", &rest);
    if (!secret || !municipalities || strtok_r(NULL, " \t\r", &rest))
        return FAULT(STATUS_STOP, "line %d of the readers: write name, secret and municipalities", number);
    if (strlen(secret) < SECRET_LEAST)
        return FAULT(STATUS_STOP, "line %d of the readers: a secret has at least %d characters", number, SECRET_LEAST);
    if (is_known(readers, name))
        return FAULT(STATUS_STOP, "line %d of the readers: there is another reader of this name", number);
    if (readers->count == READERS_MAX)
        return FAULT(STATUS_STOP, "there are more than %d readers", READERS_MAX);
    readers->tokens[readers->count] = (HttpToken){name, secret};
    readers->municipalities[readers->count++] = municipalities;
    return STATUS_OK;
}

Status readers_read(Arena *arena, const char *text, Readers *readers_out)
{
    Readers readers = {
        .tokens = ARENA_MANY(arena, HttpToken, READERS_MAX),
        .municipalities = ARENA_MANY(arena, const char *, READERS_MAX),
    };
    char *rest = arena_text(arena, text);
    for (int number = 1; rest; number++)
        TRY(read_line(&readers, strsep(&rest, "\n"), number));
    *readers_out = readers;
    return STATUS_OK;
}

Status readers_load(Arena *arena, const char *path, Readers *readers_out)
{
    FILE *file = fopen(path, "re");
    if (!file)
        return FAULT(STATUS_STOP, "the readers cannot be read: %s: %m", path);
    char *text = arena_take(arena, FILE_BYTES_MAX + 1);
    size_t size = fread(text, 1, FILE_BYTES_MAX + 1, file);
    bool failed = ferror(file) || size > FILE_BYTES_MAX;
    fclose(file);
    if (failed)
        return FAULT(STATUS_STOP, "the readers cannot be read, or are too many: %s", path);
    return readers_read(arena, text, readers_out);
}

/* "0503,0518" has "0518". */
static bool has_word(const char *list, const char *word)
{
    size_t size = strlen(word);
    for (const char *at = list; *at; at += strcspn(at, ","), at += *at == ',')
        if (strcspn(at, ",") == size && memcmp(at, word, size) == 0)
            return true;
    return false;
}

bool readers_see(const Readers *readers, const char *name, const char *municipality)
{
    for (size_t i = 0; i < readers->count; i++)
        if (strcmp(readers->tokens[i].name, name) == 0)
            return has_word(readers->municipalities[i], "*") ||
                   (*municipality && has_word(readers->municipalities[i], municipality));
    return false;
}
