#include "process/book_enclosed.h"

#include "support/unit.h"

#define BOOKS "deploy/regions/haaglanden/book/"

static int open_arena(void **state)
{
    *state = arena_new();
    return 0;
}

static int close_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static BookFiles files_of(Arena *arena, const char *path)
{
    BookFiles files;
    assert_int_equal(book_folder_read(arena, path, &files), STATUS_OK);
    return files;
}

static Bytes bytes_of(const char *text)
{
    return (Bytes){(const uint8_t *)text, strlen(text)};
}

static void a_book_arrives_as_it_was_enclosed(void **state)
{
    BookFiles first_files = files_of(*state, BOOKS "001-pxq-contracts-to-2019");
    BookFiles next_files = files_of(*state, BOOKS "002-phased-introduction");
    Books earlier = {0};
    const char *faults = NULL;
    Book *first = NULL, *next = NULL;
    bool first_read =
        book_enclosed_read(*state, bytes_of(book_enclosed_write(*state, &first_files)), &earlier, &first, &faults);
    bool added = first_read && books_add(&earlier, first, day_of(2019, 1, 1));
    bool next_read =
        book_enclosed_read(*state, bytes_of(book_enclosed_write(*state, &next_files)), &earlier, &next, &faults);
    Digest sent = book_files_digest(next_files.files, next_files.count);
    Digest got = next_read ? book_digest(next) : (Digest){0};
    book_free(next);
    book_free(first);
    assert_true(first_read && added && next_read);
    assert_memory_equal(&sent, &got, sizeof sent);
}

static void what_is_wrong_is_said_with_its_place(void **state)
{
    static const struct {
        const char *enclosed, *says;
    } CASES[] = {
        {"", "the enclosure is no JSON"},
        {"{\"files\": [", "the enclosure is no JSON"},
        {"[]", "holds no file"},
        {"{\"files\": []}", "holds no file"},
        {"{\"files\": [{\"name\": \"a.yaml\"}]}", "file 1 of the enclosure has no name or no text"},
        {"{\"files\": [{\"name\": \"a.yaml\", \"text\": 1}]}", "file 1 of the enclosure has no name or no text"},
        {"{\"files\": [{\"name\": \"a.yaml\", \"text\": \"segments: [{code: S, nome: Es}]\\n\"}]}", "a.yaml:1: "},
    };
    Books none = {0};
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        Book *book = NULL;
        const char *faults = "";
        assert_false(book_enclosed_read(*state, bytes_of(CASES[i].enclosed), &none, &book, &faults));
        assert_null(book);
        if (!strstr(faults, CASES[i].says))
            fail_msg("\"%s\" is told as: %s", CASES[i].enclosed, faults);
    }
}

static void a_book_that_does_not_follow_the_earlier_ones_is_refused(void **state)
{
    BookFiles files = files_of(*state, BOOKS "002-phased-introduction");
    Books none = {0};
    Book *book = NULL;
    const char *faults = "";
    assert_false(book_enclosed_read(*state, bytes_of(book_enclosed_write(*state, &files)), &none, &book, &faults));
    assert_null(book);
    assert_non_null(strstr(faults, "decision.yaml:"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_book_arrives_as_it_was_enclosed, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(what_is_wrong_is_said_with_its_place, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_book_that_does_not_follow_the_earlier_ones_is_refused, open_arena,
                                        close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
