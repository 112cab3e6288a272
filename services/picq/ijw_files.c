#include "picq/ijw_files.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { OPTION_JSON = 0x100, SIZE_READ_MAX = 25 * 1024 * 1024 + 1 }; /* one byte more than any message has */

static error_t parse(int option, char *value, struct argp_state *state)
{
    (void)value;
    IjwFiles *files = state->input;
    switch (option) {
    case OPTION_JSON:
        files->json = true;
        return 0;
    case ARGP_KEY_ARGS:
        files->paths = (const char *const *)state->argv + state->next;
        files->count = (size_t)(state->argc - state->next);
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "name the files with national messages");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

IjwFiles ijw_files_parse(int argc, char **argv, const char *doc, bool has_json)
{
    static const struct argp_option WITH_JSON[] = {{"json", OPTION_JSON, NULL, 0, "For programs: one object", 0}, {0}};
    static const struct argp_option WITHOUT[] = {{0}};
    struct argp argp = {.options = has_json ? WITH_JSON : WITHOUT, .parser = parse, .args_doc = "FILE...", .doc = doc};
    IjwFiles files = {0};
    command_parse(&argp, argc, argv, &files);
    return files;
}

static Status load(Arena *arena, const char *path, Bytes *file_out)
{
    FILE *stream = fopen(path, "rb");
    if (!stream)
        return FAULT(STATUS_STOP, "%s cannot be read: %s", path, strerror(errno));
    uint8_t *data = arena_take(arena, SIZE_READ_MAX);
    size_t size = fread(data, 1, SIZE_READ_MAX, stream);
    int fault = ferror(stream) ? errno : 0;
    fclose(stream);
    if (fault)
        return FAULT(STATUS_STOP, "%s cannot be read: %s", path, strerror(fault));
    *file_out = (Bytes){data, size};
    return STATUS_OK;
}

ExitStatus ijw_files_read(const char *command, const IjwFiles *files,
                          bool (*tell)(void *owner, const char *path, const ReadFile *read), void *owner)
{
    Arena *settings = arena_new();
    Arena *arena = arena_new();
    FileReader *reader = file_reader_open(settings);
    ExitStatus exit_status = EXIT_DONE;
    for (size_t i = 0; i < files->count && exit_status <= EXIT_NO; i++) {
        Bytes file;
        ReadFile read;
        arena_reset(arena);
        Status status = load(arena, files->paths[i], &file);
        if (status == STATUS_OK)
            status = file_reader_read(reader, arena, file, &read);
        if (status != STATUS_OK) {
            command_complain(command, "%s", fault_words());
            exit_status = status == STATUS_STOP ? EXIT_WRONG_USE : EXIT_WORLD_AWAY;
        } else if (!tell(owner, files->paths[i], &read)) {
            exit_status = EXIT_NO;
        }
    }
    file_reader_free(reader);
    arena_free(arena);
    arena_free(settings);
    return exit_status;
}
