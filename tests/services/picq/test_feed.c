/* picq feed, as a sender types it. */
#include "typed.h"

static void refused_lines_are_named_and_the_others_admitted(void **state)
{
    Stage *stage = *state;
    write_file(stage, "march.ndjson", "one\nBAD two\nthree\n");
    write_file(stage, "april.ndjson", "four\n\nBAD six\n");
    Said said = typed(stage, "feed send march.ndjson april.ndjson");
    assert_says(&said, 1, "march.ndjson:2: NOT_JSON de regel is geen JSON\n");
    assert_says(&said, 1, "april.ndjson:3: NOT_JSON de regel is geen JSON\n");
    assert_says(&said, 1, "5 sent, 3 admitted, 0 heard before, 2 refused, in ");
    assert_int_equal(kept_count(stage->kept), 3);
}

static void what_is_sent_again_is_heard_before(void **state)
{
    Stage *stage = *state;
    write_file(stage, "feed", "one\ntwo\n");
    Said said = typed(stage, "feed send feed");
    assert_says(&said, 0, "2 sent, 2 admitted, 0 heard before, 0 refused");
    said = typed(stage, "feed send feed");
    assert_says(&said, 0, "2 sent, 2 admitted, 2 heard before, 0 refused");
}

static void blank_lines_and_line_ends_of_every_kind_are_no_part_of_a_message(void **state)
{
    Stage *stage = *state;
    write_file(stage, "feed", "\n one \r\n\t \r\n\ntwo");
    Said said = typed(stage, "feed send feed");
    assert_says(&said, 0, "2 sent, 2 admitted");
    assert_string_equal(stage->kept->lines[0], " one ");
    assert_string_equal(stage->kept->lines[1], "two");
}

static void lines_that_come_slowly_are_sent_as_they_come(void **state)
{
    Stage *stage = *state;
    Said said = typed(stage, "feed send - < /dev/null");
    assert_says(&said, 0, "0 sent, 0 admitted");

    said = typed_script(stage, "(echo one; sleep 0.3; printf 'tw'; sleep 0.3; echo o; sleep 0.3; echo BAD) |"
                               " $picq feed send -");
    assert_says(&said, 1, "-:3: NOT_JSON");
    assert_says(&said, 1, "3 sent, 2 admitted");
    assert_string_equal(stage->kept->lines[1], "two");
}

static void a_line_that_is_too_long_is_refused_before_it_is_sent(void **state)
{
    Stage *stage = *state;
    Said said = typed_script(stage, "(echo one; head -c 9000000 /dev/zero | tr '\\0' x; echo; echo three;"
                                    " head -c 8388609 /dev/zero | tr '\\0' y) > feed; $picq feed send feed");
    assert_says(&said, 1, "feed:2: LINE_TOO_LONG the line is longer than 8 MB and was not sent; split the message\n");
    assert_says(&said, 1, "feed:4: LINE_TOO_LONG");
    assert_says(&said, 1, "2 sent, 2 admitted, 0 heard before, 2 refused");
}

static void a_file_named_xml_is_sent_whole(void **state)
{
    Stage *stage = *state;
    write_file(stage, "start.xml", "<Bericht>\n<Header/>\n</Bericht>\n");
    write_file(stage, "stop.XML", "<Bericht>BAD</Bericht>");
    write_file(stage, "feed", "one\n");
    Said said = typed(stage, "feed send start.xml stop.XML feed");
    assert_says(&said, 1, "stop.XML: NOT_JSON ");
    assert_says(&said, 1, "3 sent, 2 admitted, 0 heard before, 1 refused");
    assert_string_equal(stage->kept->lines[0], "<Bericht>\n<Header/>\n</Bericht>\n");
    assert_string_equal(stage->kept->lines[1], "one");

    said = typed_script(stage, "head -c 26214401 /dev/zero | tr '\\0' x > large.xml; $picq feed send large.xml feed");
    assert_says(&said, 1,
                "large.xml: LINE_TOO_LONG the file is larger than 25 MB and was not sent; split the message\n");
    assert_says(&said, 1, "1 sent, 1 admitted, 1 heard before, 1 refused");
}

static void a_hundred_refusals_are_told_and_the_rest_is_counted(void **state)
{
    Stage *stage = *state;
    Said said = typed_script(stage, "yes BAD | head -n 250 | $picq feed send -");
    assert_says(&said, 1, "-:100: NOT_JSON");
    assert_null(strstr(said.text, "-:101:"));
    assert_says(&said, 1, "... and 150 more refused\n250 sent, 0 admitted, 0 heard before, 250 refused");
}

static void programs_are_told_the_same(void **state)
{
    Stage *stage = *state;
    write_file(stage, "feed", "one\nBAD two\n");
    Said said = typed(stage, "feed send --json feed");
    assert_says(&said, 1, "\"sent\": 2,\n  \"admitted\": 1,\n  \"heard_before\": 0,\n  \"refused\": 1,");
    assert_says(&said, 1,
                "\"file\": \"feed\",\n      \"line\": 2,\n      \"id\": \"m-bad\",\n      \"code\": \"NOT_JSON\"");
}

static void a_door_that_never_answers_is_the_world_away(void **state)
{
    Stage *stage = *state;
    stage->standins[0].is_silent = true;
    stage->standins[1].is_silent = true;
    write_file(stage, "feed", "one\n");
    Said said = typed(stage, "feed send --patience 0.5 feed");
    assert_says(&said, 3, "picq feed send: no answer from tcp://127.0.0.1:");
    said = typed(stage, "feed fetch --patience 0.5");
    assert_says(&said, 3, "picq feed fetch: no answer from tcp://127.0.0.1:");
}

static void letters_are_read_from_a_position_that_the_reader_keeps(void **state)
{
    Stage *stage = *state;
    Said said = typed(stage, "feed fetch --municipality 0503 --provider 90000001");
    assert_says(&said, 0, "picq feed fetch: 0 letters; go on with --after 0\n");

    typed_script(stage, "seq 450 | $picq feed send -");
    said = typed(stage, "feed fetch --municipality 0503 --provider 90000001");
    assert_says(&said, 0, "\n449\n450\npicq feed fetch: 450 letters; go on with --after 450\n");
    said = typed(stage, "feed fetch --municipality 0503 --provider 90000001 --after 449");
    assert_string_equal(said.text, "450\npicq feed fetch: 1 letter; go on with --after 450\n");
}

static void who_follows_gets_letters_as_they_come_until_interrupted(void **state)
{
    Stage *stage = *state;
    write_file(stage, "feed", "one\ntwo\n");
    Said said = typed_script(stage, "$picq feed follow > letters & reader=$!; $picq feed send feed; "
                                    "for i in $(seq 100); do grep -q two letters && break; sleep 0.05; done; "
                                    "kill -INT $reader; wait $reader; cat letters");
    assert_says(&said, 0, "picq feed follow: 2 letters; go on with --after 2\none\ntwo\n");
}

static void who_may_not_read_a_mailbox_is_told_so(void **state)
{
    Stage *stage = *state;
    Said said = typed(stage, "feed fetch --municipality 0503 --provider 90000009");
    assert_says(&said, 1, "picq feed fetch: uw sleutel mag niet spreken voor deze aanbieder\n");
}

static const struct {
    const char *arguments;
    const char *says;
} WRONG[] = {
    {"feed send", "name the files with messages, or - for standard input"},
    {"feed send nowhere", "nowhere cannot be read: No such file or directory"},
    {"feed send sender .", ". is a folder; name the files in it"},
    {"feed send --door '' sender", "name the door: --door tcp://HOST:PORT, or PICQ_DOOR"},
    {"feed send --door nowhere sender", "connect to nowhere: Invalid argument"},
    {"feed send --key nobody sender", "key nobody_secret: No such file or directory"},
    {"feed send --door-key nobody sender", "key nobody cannot be read"},
    {"feed send --patience long sender", "--patience is a number of seconds, up to a day: long"},
    {"feed fetch --provider 90000001", "a conversation is one municipality with one provider"},
    {"feed fetch --after -1", "--after is a position"},
    {"feed fetch everything", "\"everything\" says nothing here"},
};

static void wrong_use_is_told_with_what_to_do(void **state)
{
    for (size_t i = 0; i < COUNT(WRONG); i++) {
        Said said = typed(*state, WRONG[i].arguments);
        assert_says(&said, 2, WRONG[i].says);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_on_stage(refused_lines_are_named_and_the_others_admitted),
        test_on_stage(what_is_sent_again_is_heard_before),
        test_on_stage(blank_lines_and_line_ends_of_every_kind_are_no_part_of_a_message),
        test_on_stage(lines_that_come_slowly_are_sent_as_they_come),
        test_on_stage(a_line_that_is_too_long_is_refused_before_it_is_sent),
        test_on_stage(a_file_named_xml_is_sent_whole),
        test_on_stage(a_hundred_refusals_are_told_and_the_rest_is_counted),
        test_on_stage(programs_are_told_the_same),
        test_on_stage(a_door_that_never_answers_is_the_world_away),
        test_on_stage(letters_are_read_from_a_position_that_the_reader_keeps),
        test_on_stage(who_follows_gets_letters_as_they_come_until_interrupted),
        test_on_stage(who_may_not_read_a_mailbox_is_told_so),
        test_on_stage(wrong_use_is_told_with_what_to_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
