#include "picq/door/window.h"

#include "support/unit.h"

enum { LINES_MAX = 4, BYTES_MAX = 100 };

static int open_window(void **state)
{
    *state = window_new(LINES_MAX, BYTES_MAX);
    return 0;
}

static int close_window(void **state)
{
    window_free(*state);
    return 0;
}

static void add(Window *window, const char *line)
{
    static uint64_t lines;
    window_add(window, (LinePlace){"feed", ++lines}, (Bytes){(const uint8_t *)line, strlen(line)});
}

/* The numbers that are sent, as digits. */
static const char *sent(Window *window)
{
    static char numbers[16];
    size_t count = 0;
    for (Parcel parcel; window_next(window, &parcel); window_sent(window))
        numbers[count++] = (char)('0' + parcel.number);
    numbers[count] = '\0';
    return numbers;
}

static bool receive(Window *window, uint64_t number)
{
    LinePlace place;
    return window_receive(window, number, &place);
}

static void lines_are_sent_in_order_and_once(void **state)
{
    Window *window = *state;
    add(window, "a");
    add(window, "b");
    assert_string_equal(sent(window), "12");
    add(window, "c");
    assert_string_equal(sent(window), "3");
    assert_string_equal(sent(window), "");
}

static void a_receipt_tells_the_place_of_its_line_once(void **state)
{
    Window *window = *state;
    window_add(window, (LinePlace){"march.ndjson", 17}, (Bytes){(const uint8_t *)"a", 1});
    sent(window);
    LinePlace place;
    assert_true(window_receive(window, 1, &place));
    assert_string_equal(place.file, "march.ndjson");
    assert_int_equal(place.line, 17);
    assert_false(window_receive(window, 1, &place));
}

static void a_receipt_for_what_was_never_sent_is_none(void **state)
{
    Window *window = *state;
    add(window, "a");
    assert_false(receive(window, 1));
    sent(window);
    assert_false(receive(window, 0));
    assert_false(receive(window, 2));
    assert_true(receive(window, 1));
}

static void the_oldest_is_the_first_that_waits(void **state)
{
    Window *window = *state;
    assert_int_equal(window_oldest(window), 1);
    add(window, "a");
    add(window, "b");
    add(window, "c");
    sent(window);
    receive(window, 2);
    assert_int_equal(window_oldest(window), 1);
    receive(window, 1);
    assert_int_equal(window_oldest(window), 3);
    receive(window, 3);
    assert_int_equal(window_oldest(window), 4);
    assert_int_equal(window_count(window), 0);
}

static void sending_again_has_no_gap_even_where_receipts_came(void **state)
{
    Window *window = *state;
    add(window, "a");
    add(window, "b");
    add(window, "c");
    sent(window);
    receive(window, 2);
    window_send_again(window, 1);
    assert_string_equal(sent(window), "123");
    window_send_again(window, 3);
    assert_string_equal(sent(window), "3");
}

static void sending_again_never_goes_back_before_the_oldest_nor_ahead(void **state)
{
    Window *window = *state;
    add(window, "a");
    add(window, "b");
    sent(window);
    receive(window, 1);
    window_send_again(window, 1);
    assert_string_equal(sent(window), "2");
    window_send_again(window, 9);
    assert_string_equal(sent(window), "");
}

static void a_receipt_that_comes_while_sending_again_spares_the_line(void **state)
{
    Window *window = *state;
    add(window, "a");
    add(window, "b");
    sent(window);
    window_send_again(window, 1);
    receive(window, 1);
    assert_string_equal(sent(window), "2");
}

static void room_is_bounded_in_lines(void **state)
{
    Window *window = *state;
    for (int i = 0; i < LINES_MAX; i++) {
        assert_true(window_has_room(window, 1));
        add(window, "a");
    }
    assert_false(window_has_room(window, 1));
    sent(window);
    receive(window, 2);
    assert_false(window_has_room(window, 1));
    receive(window, 1);
    assert_true(window_has_room(window, 1));
}

static void room_is_bounded_in_bytes_yet_one_line_always_fits(void **state)
{
    Window *window = *state;
    assert_true(window_has_room(window, 2 * BYTES_MAX));
    add(window, "ten bytes.");
    assert_true(window_has_room(window, BYTES_MAX - 10));
    assert_false(window_has_room(window, BYTES_MAX - 9));
    sent(window);
    receive(window, 1);
    assert_true(window_has_room(window, 2 * BYTES_MAX));
}

#define test_of_window(test) cmocka_unit_test_setup_teardown(test, open_window, close_window)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_of_window(lines_are_sent_in_order_and_once),
        test_of_window(a_receipt_tells_the_place_of_its_line_once),
        test_of_window(a_receipt_for_what_was_never_sent_is_none),
        test_of_window(the_oldest_is_the_first_that_waits),
        test_of_window(sending_again_has_no_gap_even_where_receipts_came),
        test_of_window(sending_again_never_goes_back_before_the_oldest_nor_ahead),
        test_of_window(a_receipt_that_comes_while_sending_again_spares_the_line),
        test_of_window(room_is_bounded_in_lines),
        test_of_window(room_is_bounded_in_bytes_yet_one_line_always_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
