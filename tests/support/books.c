#include "support/books.h"

#include "book/check.h"
#include "support/unit.h"

#include <stdio.h>

static BookFile one_file(Arena *arena, int32_t number, const char *sections)
{
    const char *text = arena_format(arena,
                                    "decision: {number: %d, slug: test-%d, name: Decision %d, decided: 2019-01-01, "
                                    "source: nobody}\nsynthetic: true\n%s",
                                    number, number, number, sections);
    return (BookFile){"book.yaml", {(const uint8_t *)text, strlen(text)}};
}

Book *book_written(int32_t number, const char *sections)
{
    Arena *arena = arena_new();
    BookFile file = one_file(arena, number, sections);
    BookFaults faults = book_faults(arena);
    Book *book = NULL;
    bool read = book_read(&file, 1, &book, &faults);
    for (size_t i = 0; i < faults.count; i++)
        print_error("%s:%d: %s. %s\n", faults.faults[i].file, faults.faults[i].line, faults.faults[i].what,
                    faults.faults[i].what_to_do);
    arena_free(arena);
    assert_true(read);
    return book;
}

BookFaults book_faults_of(Arena *arena, const Books *earlier, int32_t number, const char *sections)
{
    static const Books NONE;
    BookFile file = one_file(arena, number, sections);
    BookFaults faults = book_faults(arena);
    Book *book = book_draft(&file, 1, &faults);
    book_check(earlier ? earlier : &NONE, book, &faults);
    book_free(book);
    return faults;
}

Day day_at(const char *text)
{
    Day day = {0};
    assert_true(day_read(text, &day));
    return day;
}
