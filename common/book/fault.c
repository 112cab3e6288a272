#include "book/fault.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

BookFaults book_faults(Arena *arena)
{
    return (BookFaults){.arena = arena, .faults = ARENA_MANY(arena, BookFault, BOOK_FAULTS_MAX)};
}

/* A line that is written out for many municipalities says the same fault many times. */
static bool is_told(const BookFaults *faults, const char *file, int line, const char *what)
{
    for (size_t i = faults->count; i-- > 0;)
        if (faults->faults[i].line == line && strcmp(faults->faults[i].what, what) == 0 &&
            strcmp(faults->faults[i].file, file) == 0)
            return true;
    return false;
}

[[gnu::format(printf, 6, 0)]] static void add(BookFaults *faults, bool warning, const char *file, int line,
                                              const char *what_to_do, const char *what, va_list values)
{
    const char *words = arena_format_list(faults->arena, what, values);
    if (is_told(faults, file, line, words))
        return;
    faults->errors += !warning;
    if (faults->count == BOOK_FAULTS_MAX)
        return;
    faults->faults[faults->count++] = (BookFault){
        .warning = warning,
        .file = arena_text(faults->arena, file),
        .line = line,
        .what = words,
        .what_to_do = what_to_do,
    };
}

void book_fault_add(BookFaults *faults, const char *file, int line, const char *what_to_do, const char *what, ...)
{
    va_list values;
    va_start(values, what);
    add(faults, false, file, line, what_to_do, what, values);
    va_end(values);
}

void book_warning_add(BookFaults *faults, const char *file, int line, const char *what_to_do, const char *what, ...)
{
    va_list values;
    va_start(values, what);
    add(faults, true, file, line, what_to_do, what, values);
    va_end(values);
}

static int by_place(const void *a, const void *b)
{
    const BookFault *left = a, *right = b;
    int files = strcmp(left->file, right->file);
    if (files != 0)
        return files;
    if (left->line != right->line)
        return (left->line > right->line) - (left->line < right->line);
    return strcmp(left->what, right->what);
}

void book_faults_sort(BookFaults *faults)
{
    qsort(faults->faults, faults->count, sizeof *faults->faults, by_place);
}
