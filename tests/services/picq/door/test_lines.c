#include "picq/door/lines.h"

#include "support/unit.h"

#include <stdlib.h>
#include <unistd.h>

typedef struct Shelf {
    char folder[64];
    char paths[2][100];
    const char *both[2];
    Lines *lines;
} Shelf;

static int open_shelf(void **state)
{
    Shelf *shelf = calloc(1, sizeof *shelf);
    strcpy(shelf->folder, "/tmp/picq-lines-XXXXXX");
    assert_non_null(mkdtemp(shelf->folder));
    for (int i = 0; i < 2; i++) {
        snprintf(shelf->paths[i], sizeof shelf->paths[i], "%s/%d", shelf->folder, i + 1);
        shelf->both[i] = shelf->paths[i];
    }
    *state = shelf;
    return 0;
}

static int close_shelf(void **state)
{
    Shelf *shelf = *state;
    lines_free(shelf->lines);
    for (int i = 0; i < 2; i++)
        unlink(shelf->paths[i]);
    rmdir(shelf->folder);
    free(shelf);
    return 0;
}

static void put(const Shelf *shelf, int file, const char *text, size_t times)
{
    FILE *stream = fopen(shelf->paths[file], "a");
    assert_non_null(stream);
    for (size_t i = 0; i < times; i++)
        fputs(text, stream);
    fclose(stream);
}

static void open_files(Shelf *shelf, size_t count)
{
    assert_int_equal(lines_open(shelf->both, count, &shelf->lines), STATUS_OK);
}

static LinesAnswer take(Shelf *shelf, LinePlace *place, Bytes *line)
{
    LinesAnswer answer;
    assert_int_equal(lines_take(shelf->lines, &answer, place, line), STATUS_OK);
    return answer;
}

static void assert_line(Shelf *shelf, int file, uint64_t number, const char *text)
{
    LinePlace place;
    Bytes line;
    assert_int_equal(take(shelf, &place, &line), LINES_LINE);
    assert_string_equal(place.file, shelf->paths[file]);
    assert_int_equal(place.line, number);
    assert_int_equal(line.size, strlen(text));
    assert_memory_equal(line.data, text, line.size);
}

static void assert_end(Shelf *shelf)
{
    LinePlace place;
    Bytes line;
    assert_int_equal(take(shelf, &place, &line), LINES_END);
    assert_int_equal(take(shelf, &place, &line), LINES_END);
}

static void files_follow_each_other_and_count_their_own_lines(void **state)
{
    Shelf *shelf = *state;
    put(shelf, 0, "one\n\n \t\ntwo\r\n", 1);
    put(shelf, 1, "three\nfour", 1);
    open_files(shelf, 2);
    assert_line(shelf, 0, 1, "one");
    assert_line(shelf, 0, 4, "two");
    assert_line(shelf, 1, 1, "three");
    assert_line(shelf, 1, 2, "four");
    assert_end(shelf);
}

static void an_empty_file_has_no_lines(void **state)
{
    Shelf *shelf = *state;
    put(shelf, 0, "", 1);
    put(shelf, 1, "\n", 1);
    open_files(shelf, 2);
    assert_end(shelf);
}

static void what_was_taken_is_counted_in_bytes(void **state)
{
    Shelf *shelf = *state;
    put(shelf, 0, "one\ntwo\n", 1);
    open_files(shelf, 1);
    assert_int_equal(lines_bytes(shelf->lines), 8);
    assert_int_equal(lines_bytes_taken(shelf->lines), 0);
    assert_line(shelf, 0, 1, "one");
    assert_int_equal(lines_bytes_taken(shelf->lines), 4);
    assert_line(shelf, 0, 2, "two");
    assert_int_equal(lines_bytes_taken(shelf->lines), 8);
}

static void a_line_may_be_longer_than_any_piece_that_is_read(void **state)
{
    Shelf *shelf = *state;
    put(shelf, 0, "one\n", 1);
    put(shelf, 0, "0123456789abcdef", LINE_SIZE_MAX / 16);
    put(shelf, 0, "\nthree\n", 1);
    open_files(shelf, 1);
    LinePlace place;
    Bytes line;
    assert_line(shelf, 0, 1, "one");
    assert_int_equal(take(shelf, &place, &line), LINES_LINE);
    assert_int_equal(line.size, LINE_SIZE_MAX);
    assert_memory_equal(line.data + line.size - 16, "0123456789abcdef", 16);
    assert_line(shelf, 0, 3, "three");
    assert_end(shelf);
}

static void a_line_that_is_too_long_is_told_once_and_passed_over(void **state)
{
    Shelf *shelf = *state;
    put(shelf, 0, "0123456789abcdef", LINE_SIZE_MAX / 16);
    put(shelf, 0, "x\ntwo\n", 1);
    put(shelf, 0, "0123456789abcdef", LINE_SIZE_MAX / 8);
    put(shelf, 1, "one\n", 1);
    open_files(shelf, 2);
    LinePlace place;
    Bytes line;
    assert_int_equal(take(shelf, &place, &line), LINES_TOO_LONG);
    assert_int_equal(place.line, 1);
    assert_line(shelf, 0, 2, "two");
    assert_int_equal(take(shelf, &place, &line), LINES_TOO_LONG);
    assert_int_equal(place.line, 3);
    assert_line(shelf, 1, 1, "one");
    assert_end(shelf);
}

static void a_pipe_is_waited_for_by_who_reads_it(void **state)
{
    Shelf *shelf = *state;
    int ends[2], input = dup(STDIN_FILENO);
    assert_int_equal(pipe(ends), 0);
    dup2(ends[0], STDIN_FILENO);
    shelf->both[0] = "-";
    open_files(shelf, 1);
    assert_int_equal(lines_bytes(shelf->lines), 0);

    LinePlace place;
    Bytes line;
    assert_int_equal(take(shelf, &place, &line), LINES_WAIT);
    assert_int_equal(lines_file(shelf->lines), STDIN_FILENO);
    assert_int_equal(write(ends[1], "one\ntw", 6), 6);
    assert_int_equal(take(shelf, &place, &line), LINES_LINE);
    assert_int_equal(take(shelf, &place, &line), LINES_WAIT);
    assert_int_equal(write(ends[1], "o", 1), 1);
    close(ends[1]);
    assert_int_equal(take(shelf, &place, &line), LINES_LINE);
    assert_memory_equal(line.data, "two", 3);
    assert_end(shelf);
    close(ends[0]);
    dup2(input, STDIN_FILENO);
    close(input);
}

static void all_files_are_looked_at_before_the_first_is_read(void **state)
{
    Shelf *shelf = *state;
    put(shelf, 0, "one\n", 1);
    assert_int_equal(lines_open(shelf->both, 2, &shelf->lines), STATUS_STOP);
    assert_non_null(strstr(fault_words(), "cannot be read: No such file or directory"));
    assert_null(shelf->lines);
}

#define test_of_shelf(test) cmocka_unit_test_setup_teardown(test, open_shelf, close_shelf)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_of_shelf(files_follow_each_other_and_count_their_own_lines),
        test_of_shelf(an_empty_file_has_no_lines),
        test_of_shelf(what_was_taken_is_counted_in_bytes),
        test_of_shelf(a_line_may_be_longer_than_any_piece_that_is_read),
        test_of_shelf(a_line_that_is_too_long_is_told_once_and_passed_over),
        test_of_shelf(a_pipe_is_waited_for_by_who_reads_it),
        test_of_shelf(all_files_are_looked_at_before_the_first_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
