#include "picq/region.h"

#include "book/check.h"
#include "picq/command.h"

#include <stdlib.h>
#include <string.h>

enum { OPTION_JSON = 256 };

typedef struct Parsed {
    BookArguments arguments;
    size_t paths_least, paths_most;
} Parsed;

static error_t parse(int key, char *value, struct argp_state *state)
{
    Parsed *parsed = state->input;
    BookArguments *arguments = &parsed->arguments;
    switch (key) {
    case 'b':
        arguments->region = value;
        return 0;
    case OPTION_JSON:
        arguments->json = true;
        return 0;
    case ARGP_KEY_ARGS:
        arguments->paths = state->argv + state->next;
        arguments->path_count = (size_t)(state->argc - state->next);
        return 0;
    case ARGP_KEY_END:
        if (arguments->path_count < parsed->paths_least)
            argp_error(state,
                       "name the folder of a book, such as deploy/regions/haaglanden/book/002-phased-introduction");
        if (arguments->path_count > parsed->paths_most)
            argp_error(state, "at most %zu folders", parsed->paths_most);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

BookArguments region_arguments(int argc, char **argv, const char *arguments_doc, const char *doc, size_t paths_least,
                               size_t paths_most)
{
    static const struct argp_option OPTIONS[] = {
        {"book", 'b', "REGION", 0, "The region's folder, such as deploy/regions/haaglanden", 0},
        {"json", OPTION_JSON, NULL, 0, "For programs", 0},
        {0},
    };
    struct argp argp = {.options = OPTIONS, .parser = parse, .args_doc = arguments_doc, .doc = doc};
    Parsed parsed = {.paths_least = paths_least, .paths_most = paths_most};
    command_parse(&argp, argc, argv, &parsed);
    return parsed.arguments;
}

RegionFolder *region_folder_new(void)
{
    RegionFolder *region = calloc(1, sizeof *region);
    if (!region)
        abort();
    region->arena = arena_new();
    return region;
}

void region_folder_free(RegionFolder *region)
{
    if (!region)
        return;
    for (size_t i = 0; i < BOOKS_MAX; i++)
        book_free(region->held[i]);
    arena_free(region->arena);
    free(region);
}

void region_folder_freep(RegionFolder **region)
{
    region_folder_free(*region);
    *region = NULL;
}

static void check_name(const BookFiles *files, const Book *book, BookFaults *faults)
{
    Decision decision = book_decision(book);
    if (!book_folder_fits(files, book))
        book_fault_add(faults, decision.file, decision.line,
                       arena_format(faults->arena, "Name the folder %03d-%s, or mend number and slug.",
                                    book_number(book), book_slug(book)),
                       "the folder %s is not named after its decision", files->name);
}

static Book **room_for_book(RegionFolder *region)
{
    for (size_t i = 0; i < BOOKS_MAX; i++)
        if (!region->held[i])
            return &region->held[i];
    return NULL;
}

Status region_folder_take(RegionFolder *region, const char *path, ReadBook *read_out)
{
    ReadBook read = {.faults = book_faults(region->arena)};
    Book **held = room_for_book(region);
    if (!held)
        return FAULT(STATUS_STOP, "more than %d books", BOOKS_MAX);
    TRY(book_folder_read(region->arena, path, &read.files));
    read.book = *held = book_draft(read.files.files, read.files.count, &read.faults);
    check_name(&read.files, read.book, &read.faults);
    book_check(&region->books, read.book, &read.faults);
    if (read.faults.errors == 0 && !books_add(&region->books, read.book, DAY_FIRST))
        return FAULT(STATUS_STOP, "%s cannot follow the books before it", path);
    *read_out = read;
    return STATUS_OK;
}

static const char *without_last_part(Arena *arena, const char *path)
{
    const char *name = path_last_part(arena, path);
    size_t size = strlen(path);
    while (size > 1 && path[size - 1] == '/')
        size--;
    size -= strlen(name);
    while (size > 1 && path[size - 1] == '/')
        size--;
    return size == 0 ? "." : arena_text_sized(arena, path, size);
}

Status region_folders_before(Arena *arena, const char *region, const char *path, BookFolders *before_out)
{
    const char *name = path_last_part(arena, path);
    BookFolders all;
    TRY(book_folder_list(arena, region ? region : without_last_part(arena, path), &all));
    BookFolders before = {all.paths, 0};
    while (before.count < all.count && strncmp(path_last_part(arena, all.paths[before.count]), name, 3) < 0)
        before.count++;
    *before_out = before;
    return STATUS_OK;
}

Status region_folder_take_before(RegionFolder *region, const char *region_path, const char *path, ReadBook *wrong_out)
{
    *wrong_out = (ReadBook){0};
    BookFolders before;
    TRY(region_folders_before(region->arena, region_path, path, &before));
    for (size_t i = 0; i < before.count; i++) {
        ReadBook read;
        TRY(region_folder_take(region, before.paths[i], &read));
        if (read.faults.errors > 0) {
            *wrong_out = read;
            return STATUS_OK;
        }
    }
    return STATUS_OK;
}

const char *region_fault_place(Arena *arena, const BookFiles *files, const BookFault *fault)
{
    bool of_another_book = strchr(fault->file, '/') != NULL;
    return arena_format(arena, "%s/%s:%d", of_another_book ? without_last_part(arena, files->path) : files->path,
                        fault->file, fault->line);
}
