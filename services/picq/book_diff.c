/*
 * picq book diff: what a book changes.
 */
#include "book/diff.h"
#include "picq/book.h"
#include "picq/region.h"

#include <jansson.h>
#include <stdio.h>

static const char DOC[] =
    "Tells in words what a book changes beside the books before it: those with a lower number in the same folder, or "
    "in the region's folder when --book names one.";

enum { WHOM_SHOWN = 10 };

static const char *period_words(Arena *arena, Period period)
{
    char first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
    bool from_ever = day_compare(period.first, DAY_FIRST) == 0, for_ever = day_compare(period.last, DAY_LAST) == 0;
    day_write(period.first, first);
    day_write(period.last, last);
    if (from_ever)
        return for_ever ? "always" : arena_format(arena, "to %s", last);
    return for_ever ? arena_format(arena, "from %s", first) : arena_format(arena, "%s to %s", first, last);
}

static const char *whom_words(Arena *arena, const BookChange *change)
{
    const char *words = "";
    for (size_t i = 0; i < change->whom_count && i < WHOM_SHOWN; i++)
        words = arena_format(arena, "%s%s%s", words, i ? ", " : ", ", change->whom[i]);
    if (change->whom_count > WHOM_SHOWN)
        words = arena_format(arena, "%s and %zu more", words, change->whom_count - WHOM_SHOWN);
    return words;
}

static void print(Arena *arena, const Book *book, const BookChanges *changes)
{
    Decision decision = book_decision(book);
    char decided[DAY_TEXT_SIZE];
    printf("%s, decided %s\n", decision.name, day_write(decision.decided, decided));
    const char *file = "";
    int line = 0;
    for (size_t i = 0; i < changes->count; i++) {
        const BookChange *change = &changes->changes[i];
        if (change->entry->file != file || change->entry->line != line)
            printf("\n%s:%d%s\n", change->entry->file, change->entry->line,
                   change->entry->synthetic ? " (synthetic)" : "");
        file = change->entry->file;
        line = change->entry->line;
        printf("  %s, %s%s\n", change->about, period_words(arena, change->period), whom_words(arena, change));
        if (change->before)
            printf("    was  %s\n", change->before);
        printf("    %s  %s\n", change->before ? "now" : "new", change->now);
    }
    printf("\n%zu changes; %zu entries say what held already.\n", changes->count, changes->unchanged);
}

static json_t *change_as_json(const BookChange *change)
{
    char first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
    json_t *whom = json_array();
    for (size_t i = 0; i < change->whom_count; i++)
        json_array_append_new(whom, json_string(change->whom[i]));
    return json_pack("{s:s, s:i, s:b, s:s, s:s, s:s, s:o, s:s?, s:s}", "file", change->entry->file, "line",
                     change->entry->line, "synthetic", change->entry->synthetic, "about", change->about, "first",
                     day_write(change->period.first, first), "last", day_write(change->period.last, last), "whom", whom,
                     "before", change->before, "now", change->now);
}

static void print_json(const BookChanges *changes)
{
    json_t *all = json_array();
    for (size_t i = 0; i < changes->count; i++)
        json_array_append_new(all, change_as_json(&changes->changes[i]));
    json_dumpf(all, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(all);
}

static ExitStatus complain(const char *command, const ReadBook *read)
{
    command_complain(command, "%s is not in order (%zu faults); `picq book check %s` tells them", read->files.path,
                     read->faults.errors, read->files.path);
    return EXIT_NO;
}

ExitStatus picq_book_diff(int argc, char **argv)
{
    BookArguments arguments = region_arguments(argc, argv, "DIR", DOC, 1, 1);
    [[gnu::cleanup(region_folder_freep)]] RegionFolder *region = region_folder_new();
    ReadBook wrong, read;
    if (region_folder_take_before(region, arguments.region, arguments.paths[0], &wrong) != STATUS_OK) {
        command_complain(argv[0], "%s", fault_words());
        return EXIT_WRONG_USE;
    }
    if (wrong.book)
        return complain(argv[0], &wrong);
    Books earlier = region->books;
    if (region_folder_take(region, arguments.paths[0], &read) != STATUS_OK) {
        command_complain(argv[0], "%s", fault_words());
        return EXIT_WRONG_USE;
    }
    if (read.faults.errors)
        return complain(argv[0], &read);
    BookChanges changes = book_diff(region->arena, &earlier, read.book);
    if (arguments.json)
        print_json(&changes);
    else
        print(region->arena, read.book, &changes);
    return EXIT_DONE;
}
