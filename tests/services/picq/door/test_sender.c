#include "picq/door/sender.h"

#include "standin.h"

enum { SOON_MS = 200, LATE_MS = 20000, PATIENCE_MS = 50000 };

/* What the receipts said: each line once. */
typedef struct Told {
    uint64_t lines[20000]; /* receipts by line of the feed */
    uint64_t refused_line;
    char code[32];
} Told;

static void tell(void *owner, LinePlace place, const Receipt *receipt)
{
    Told *told = owner;
    told->lines[place.line]++;
    if (!receipt->admitted) {
        told->refused_line = place.line;
        snprintf(told->code, sizeof told->code, "%s", receipt->code);
    }
}

static Sender *sender_to(const Stage *stage, const char *endpoints, int silence_ms, Told *told)
{
    const DoorSettings settings = {
        .endpoints = endpoints,
        .key = stage->key_path,
        .door_key = stage->door_path,
        .silence_ms = silence_ms,
        .patience_ms = PATIENCE_MS,
    };
    Sender *sender = NULL;
    must(sender_open(&settings, (ReceiptReader){tell, told}, &sender));
    return sender;
}

/* Lines "first" to "last", each waiting for room; then, when asked, for the last receipt. */
static void send(Sender *sender, uint64_t first, uint64_t last)
{
    for (uint64_t line = first; line <= last; line++) {
        char text[32];
        int size = snprintf(text, sizeof text, "line %06llu", (unsigned long long)line);
        while (!sender_has_room(sender, (size_t)size))
            must(sender_work(sender, -1));
        sender_add(sender, (LinePlace){"feed", line}, (Bytes){(const uint8_t *)text, (size_t)size});
    }
}

static void finish(Sender *sender)
{
    while (sender_is_waiting(sender))
        must(sender_work(sender, -1));
}

static void assert_all_kept_in_order(Stage *stage, const Told *told, uint64_t count)
{
    assert_int_equal(kept_count(stage->kept), count);
    for (uint64_t line = 1; line <= count; line++) {
        char text[32];
        snprintf(text, sizeof text, "line %06llu", (unsigned long long)line);
        assert_string_equal(stage->kept->lines[line - 1], text);
        assert_int_equal(told->lines[line], 1);
    }
}

static void every_line_is_kept_in_order_and_told_once(void **state)
{
    Stage *stage = *state;
    Told told = {0};
    Sender *sender = sender_to(stage, stage->endpoints, LATE_MS, &told);
    send(sender, 1, 3000);
    finish(sender);
    SenderCounts counts = sender_counts(sender);
    sender_free(sender);
    assert_all_kept_in_order(stage, &told, 3000);
    assert_int_equal(counts.lines, 3000);
    assert_int_equal(counts.admitted, 3000);
    assert_int_equal(counts.resent, 0);
}

static void lines_that_get_lost_are_sent_again_in_order(void **state)
{
    Stage *stage = *state;
    stage->standins[0].loses_lines = 97;
    Told told = {0};
    Sender *sender = sender_to(stage, stage->standins[0].endpoint, SOON_MS, &told);
    send(sender, 1, 3000);
    finish(sender);
    SenderCounts counts = sender_counts(sender);
    sender_free(sender);
    assert_all_kept_in_order(stage, &told, 3000);
    assert_true(stage->standins[0].resends > 0);
    assert_true(counts.resent > 0);
    assert_int_equal(counts.lines, 3000);
}

static void receipts_that_get_lost_are_given_again_and_count_once(void **state)
{
    Stage *stage = *state;
    stage->standins[0].loses_receipts = 401;
    Told told = {0};
    Sender *sender = sender_to(stage, stage->standins[0].endpoint, SOON_MS, &told);
    send(sender, 1, 2000);
    finish(sender);
    SenderCounts counts = sender_counts(sender);
    sender_free(sender);
    assert_all_kept_in_order(stage, &told, 2000);
    assert_int_equal(counts.lines, 2000);
    assert_int_equal(counts.admitted, 2000);
    assert_true(counts.heard_before > 0);
}

static void a_door_that_starts_anew_gets_what_it_did_not_confirm(void **state)
{
    Stage *stage = *state;
    Told told = {0};
    Sender *sender = sender_to(stage, stage->standins[0].endpoint, SOON_MS, &told);
    for (uint64_t round = 0; round < 3; round++) {
        send(sender, round * 1500 + 1, round * 1500 + 1500);
        standin_stop(&stage->standins[0]);
        standin_start(&stage->standins[0]);
    }
    finish(sender);
    sender_free(sender);
    assert_all_kept_in_order(stage, &told, 4500);
}

static void a_door_that_falls_silent_is_left_for_the_next(void **state)
{
    Stage *stage = *state;
    Told told = {0};
    Sender *sender = sender_to(stage, stage->endpoints, SOON_MS, &told);
    send(sender, 1, 1500);
    stage->standins[0].is_silent = true;
    send(sender, 1501, 3000);
    finish(sender);
    SenderCounts counts = sender_counts(sender);
    assert_string_equal(sender_endpoint(sender), stage->standins[1].endpoint);
    sender_free(sender);
    assert_all_kept_in_order(stage, &told, 3000);
    assert_true(counts.doors_left > 0);
    assert_true(stage->standins[1].heard > 0);
}

static void no_more_is_under_way_than_the_window_holds(void **state)
{
    Stage *stage = *state;
    stage->standins[0].holds_receipts = 1000;
    Told told = {0};
    Sender *sender = sender_to(stage, stage->standins[0].endpoint, LATE_MS, &told);
    send(sender, 1, 4000);
    finish(sender);
    sender_free(sender);
    assert_all_kept_in_order(stage, &told, 4000);
    assert_int_equal(stage->standins[0].waits_max, 1000);
}

static void a_refusal_is_told_with_its_place_and_the_rest_goes_on(void **state)
{
    Stage *stage = *state;
    Told told = {0};
    Sender *sender = sender_to(stage, stage->endpoints, SOON_MS, &told);
    send(sender, 1, 10);
    sender_add(sender, (LinePlace){"feed", 11}, (Bytes){(const uint8_t *)"BAD", 3});
    send(sender, 12, 20);
    finish(sender);
    SenderCounts counts = sender_counts(sender);
    sender_free(sender);
    assert_int_equal(told.refused_line, 11);
    assert_string_equal(told.code, "NOT_JSON");
    assert_int_equal(counts.admitted, 19);
    assert_int_equal(counts.refused, 1);
    assert_int_equal(kept_count(stage->kept), 19);
}

static void a_sender_that_starts_anew_is_heard_before(void **state)
{
    Stage *stage = *state;
    Told told = {0};
    for (int run = 0; run < 2; run++) {
        Sender *sender = sender_to(stage, stage->endpoints, SOON_MS, &told);
        send(sender, 1, 100);
        finish(sender);
        assert_int_equal(sender_counts(sender).heard_before, run == 0 ? 0 : 100);
        sender_free(sender);
    }
    assert_int_equal(kept_count(stage->kept), 100);
}

static void patience_ends_where_nobody_answers(void **state)
{
    Stage *stage = *state;
    stage->standins[0].is_silent = true;
    stage->standins[1].is_silent = true;
    const DoorSettings settings = {
        .endpoints = stage->endpoints,
        .key = stage->key_path,
        .door_key = stage->door_path,
        .silence_ms = 50,
        .patience_ms = 500,
    };
    Told told = {0};
    Sender *sender = NULL;
    must(sender_open(&settings, (ReceiptReader){tell, &told}, &sender));
    send(sender, 1, 3);
    Status status = STATUS_OK;
    while (status == STATUS_OK)
        status = sender_work(sender, -1);
    SenderCounts counts = sender_counts(sender);
    sender_free(sender);
    assert_int_equal(status, STATUS_RETRY);
    assert_non_null(strstr(fault_words(), "no answer from tcp://"));
    assert_int_equal(counts.lines, 0);
    assert_true(counts.doors_left >= 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_on_stage(every_line_is_kept_in_order_and_told_once),
        test_on_stage(lines_that_get_lost_are_sent_again_in_order),
        test_on_stage(receipts_that_get_lost_are_given_again_and_count_once),
        test_on_stage(a_door_that_starts_anew_gets_what_it_did_not_confirm),
        test_on_stage(a_door_that_falls_silent_is_left_for_the_next),
        test_on_stage(no_more_is_under_way_than_the_window_holds),
        test_on_stage(a_refusal_is_told_with_its_place_and_the_rest_goes_on),
        test_on_stage(a_sender_that_starts_anew_is_heard_before),
        test_on_stage(patience_ends_where_nobody_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
