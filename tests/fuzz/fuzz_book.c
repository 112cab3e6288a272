/*
 * Any bytes as a book: faults with words and a place, or a book that answers; with and without the right beginning.
 */
#include "book/check.h"
#include "book/diff.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_changes(Arena *arena, const Books *earlier, const Book *book)
{
    BookChanges changes = book_diff(arena, earlier, book);
    for (size_t i = 0; i < changes.count; i++)
        if (changes.changes[i].before || !*changes.changes[i].now)
            abort();
}

static void judge(Arena *arena, const BookFile *files, size_t count)
{
    BookFaults faults = book_faults(arena);
    Book *book = book_draft(files, count, &faults);
    Books *earlier = ARENA_NEW(arena, Books);
    book_check(earlier, book, &faults);
    for (size_t i = 0; i < faults.count; i++)
        if (!*faults.faults[i].what || !*faults.faults[i].what_to_do || faults.faults[i].line < 1)
            abort();
    if (faults.errors == 0)
        read_changes(arena, earlier, book);
    book_free(book);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char DECISION[] =
        "synthetic: true\ndecision: {number: 1, slug: s, name: N, decided: 2019-01-01, source: s}\n";
    Arena *arena = arena_new();
    BookFile files[] = {
        {"book.yaml", {data, size}},
        {"decision.yaml", {(const uint8_t *)DECISION, sizeof DECISION - 1}},
    };
    judge(arena, files, 1);
    judge(arena, files, 2);
    arena_free(arena);
    return 0;
}
