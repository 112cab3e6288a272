/*
 * Ijw files: the files of a command, each read by the reader of national messages.
 */
#pragma once

#include "picq/command.h"
#include "picq/door/hear_file.h"

#include <jansson.h>

typedef struct IjwFiles {
    const char *const *paths;
    size_t count;
    bool json;
} IjwFiles;

/* Of the command line: FILE..., and --json where `has_json`. */
IjwFiles ijw_files_parse(int argc, char **argv, const char *doc, bool has_json);

/* Calls `tell` for each file in turn. Done when it says true of all of them, NO when not. */
ExitStatus ijw_files_read(const char *command, const IjwFiles *files,
                          bool (*tell)(void *owner, const char *path, const ReadFile *read), void *owner);
