/*
 * picq book check: every fault of a book, with file and line.
 */
#include "picq/book.h"
#include "picq/region.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

static const char DOC[] =
    "Tells every fault of a book beside the books before it: those with a lower number in the same folder, or in the "
    "region's folder when --book names one. A region's folder as DIR: all its books in order.";

static json_t *fault_as_json(Arena *arena, const BookFiles *files, const BookFault *fault)
{
    return json_pack("{s:s, s:b, s:s, s:s}", "place", region_fault_place(arena, files, fault), "warning",
                     fault->warning, "what", fault->what, "what_to_do", fault->what_to_do);
}

static json_t *as_json(Arena *arena, const ReadBook *read)
{
    json_t *faults = json_array();
    for (size_t i = 0; i < read->faults.count; i++)
        json_array_append_new(faults, fault_as_json(arena, &read->files, &read->faults.faults[i]));
    return json_pack("{s:s, s:b, s:o}", "book", read->files.path, "in_order", read->faults.errors == 0, "faults",
                     faults);
}

static const char *counted(Arena *arena, size_t count, const char *noun)
{
    return arena_format(arena, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

static void print(Arena *arena, const ReadBook *read)
{
    for (size_t i = 0; i < read->faults.count; i++) {
        const BookFault *fault = &read->faults.faults[i];
        printf("%s: %s%s. %s\n", region_fault_place(arena, &read->files, fault), fault->warning ? "warning: " : "",
               fault->what, fault->what_to_do);
    }
    size_t warnings = 0;
    for (size_t i = 0; i < read->faults.count; i++)
        warnings += read->faults.faults[i].warning;
    const char *verdict = read->faults.errors ? counted(arena, read->faults.errors, "fault") : "in order";
    printf("%s: %s%s%s\n", read->files.path, verdict, warnings ? ", " : "",
           warnings ? counted(arena, warnings, "warning") : "");
}

typedef struct Check {
    RegionFolder *region;
    json_t *told;
    bool in_order;
} Check;

static void tell(Check *check, const ReadBook *read)
{
    if (check->told)
        json_array_append_new(check->told, as_json(check->region->arena, read));
    else
        print(check->region->arena, read);
    check->in_order = check->in_order && read->faults.errors == 0;
}

/* Every book of the region, up to the first that is not in order: what follows leans on it. */
static Status check_region(Check *check, const BookFolders *folders)
{
    for (size_t i = 0; i < folders->count && check->in_order; i++) {
        ReadBook read;
        TRY(region_folder_take(check->region, folders->paths[i], &read));
        tell(check, &read);
    }
    return STATUS_OK;
}

static Status check_one(Check *check, const char *region_path, const char *path)
{
    ReadBook read;
    TRY(region_folder_take_before(check->region, region_path, path, &read));
    if (!read.book)
        TRY(region_folder_take(check->region, path, &read));
    tell(check, &read);
    return STATUS_OK;
}

static Status check_path(Check *check, const char *region_path, const char *path)
{
    BookFolders folders;
    TRY(book_folder_list(check->region->arena, path, &folders));
    check->region = region_folder_new();
    Status status = folders.count > 0 ? check_region(check, &folders) : check_one(check, region_path, path);
    region_folder_free(check->region);
    return status;
}

ExitStatus picq_book_check(int argc, char **argv)
{
    BookArguments arguments = region_arguments(argc, argv, "DIR...", DOC, 1, 1000);
    [[gnu::cleanup(region_folder_freep)]] RegionFolder *region = region_folder_new();
    Check check = {.told = arguments.json ? json_array() : NULL, .in_order = true};
    Status status = STATUS_OK;
    for (size_t i = 0; i < arguments.path_count && status == STATUS_OK; i++) {
        check.region = region;
        status = check_path(&check, arguments.region, arguments.paths[i]);
    }
    if (check.told) {
        json_dumpf(check.told, stdout, JSON_INDENT(2));
        putchar('\n');
        json_decref(check.told);
    }
    if (status != STATUS_OK) {
        command_complain(argv[0], "%s", fault_words());
        return EXIT_WRONG_USE;
    }
    return check.in_order ? EXIT_DONE : EXIT_NO;
}
