#include "support/books.h"

#include "book/check.h"
#include "process/book_folder.h"
#include "support/unit.h"

#include <stdlib.h>

static BookFile one_file(Arena *arena, int32_t number, const char *sections)
{
    const char *text = arena_format(arena,
                                    "decision: {number: %d, slug: test-%d, name: Decision %d, decided: 2019-01-01, "
                                    "source: nobody}\nsynthetic: true\n%s",
                                    number, number, number, sections);
    return (BookFile){"book.yaml", {(const uint8_t *)text, strlen(text)}};
}

static void tell(const BookFaults *faults)
{
    for (size_t i = 0; i < faults->count; i++)
        print_error("%s:%d: %s. %s\n", faults->faults[i].file, faults->faults[i].line, faults->faults[i].what,
                    faults->faults[i].what_to_do);
}

Book *book_written(int32_t number, const char *sections)
{
    Arena *arena = arena_new();
    BookFile file = one_file(arena, number, sections);
    BookFaults faults = book_faults(arena);
    Book *book = NULL;
    bool read = book_read(&file, 1, &book, &faults);
    tell(&faults);
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

static Book *checked(RegionBooks *region, const char *path)
{
    BookFiles files;
    assert_int_equal(book_folder_read(region->arena, path, &files), STATUS_OK);
    BookFaults faults = book_faults(region->arena);
    Book *book = book_draft(files.files, files.count, &faults);
    book_check(&region->books, book, &faults);
    if (faults.count)
        print_error("in %s:\n", path);
    tell(&faults);
    assert_int_equal(faults.count, 0);
    assert_true(book_folder_fits(&files, book));
    return book;
}

/* Whether both folders begin with the same three digits. */
static bool same_number(const char *a, const char *b)
{
    return strncmp(strrchr(a, '/') + 1, strrchr(b, '/') + 1, 3) == 0;
}

RegionBooks *region_books_open(const char *folder, const char *instead, const char *const *known, size_t known_count)
{
    RegionBooks *region = calloc(1, sizeof *region);
    assert_non_null(region);
    region->arena = arena_new();
    BookFolders folders;
    assert_int_equal(book_folder_list(region->arena, folder, &folders), STATUS_OK);
    assert_int_equal(folders.count, known_count);
    for (size_t i = 0; i < folders.count; i++) {
        bool takes_its_place = instead && same_number(instead, folders.paths[i]);
        region->held[i] = checked(region, takes_its_place ? instead : folders.paths[i]);
        assert_true(books_add(&region->books, region->held[i], day_at(known[i])));
    }
    return region;
}

void region_books_close(RegionBooks *region)
{
    for (size_t i = 0; i < region->books.count; i++)
        book_free(region->held[i]);
    arena_free(region->arena);
    free(region);
}

static const char *const HAAGLANDEN_KNOWN[] = {"2018-12-31", "2019-04-23", "2019-12-20",
                                               "2020-07-07", "2020-10-01", "2021-12-15"};

RegionBooks *haaglanden_open(void)
{
    return region_books_open("deploy/regions/haaglanden", NULL, HAAGLANDEN_KNOWN, COUNT(HAAGLANDEN_KNOWN));
}

RegionBooks *haaglanden_pxq_open(void)
{
    return region_books_open("deploy/regions/haaglanden",
                             "deploy/regions/haaglanden/variants/003-bridging-contracts-2020-pxq", HAAGLANDEN_KNOWN,
                             COUNT(HAAGLANDEN_KNOWN));
}
